/*
 * batch_narrow.c
 *		Goes on with the rows that are left of a batch.
 *
 * Vectors compute all rows of a batch, also those that a condition has decided.  Often some conditions that are demanded of
 * every rung, or of all that is paid, refuse most rows.  These are tested first.  If few rows are left, they become the rows
 * of a second batch: of them alone the other facts are read.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "batch_fast.h"

/* What is demanded is only tested if so many instructions are left then; and so many rows of 64 are few. */
#define FEWEST_INSTRUCTIONS 32
#define FEW_ROWS 30

/* The rows that are left, for a batch of their own. */
struct Narrowed
{
	BatchSelection selection;
	Batch	   *batch;
	uint64		stamp;			/* of the rows of the first batch */
};

/* ---------------- what is demanded ---------------- */

/* The conditions of an `and`, or a condition. */
static List *
conditions_of(const Program *program, int number)
{
	const KernelNode *node = &program->kernel->nodes[number];
	List	   *found = NIL;
	int			i;

	if (node->op != OP_AND)
		return list_make1_int(number);
	for (i = 0; i < node->count; i++)
		found = lappend_int(found, program->kernel->args[node->args + i]);
	return found;
}

/* What is demanded of all parts of an entry, in their order. */
typedef struct Search
{
	const Program *program;
	const uint8 *weights;
	List	   *conditions;
	int			nparts;
	int			weight;			/* of all parts */
} Search;

static void
add_part(Search *search, int number)
{
	List	   *found = conditions_of(search->program, number);

	search->conditions = search->nparts++ > 0 ? list_intersection_int(search->conditions, found) : found;
	search->weight += search->weights[number];
}

/* A condition that is an `or` has parts. */
static void
add_condition(Search *search, int number)
{
	const KernelNode *node = &search->program->kernel->nodes[number];
	int			i;

	if (node->op != OP_OR)
		add_part(search, number);
	else
		for (i = 0; i < node->count; i++)
			add_part(search, search->program->kernel->args[node->args + i]);
}

/* Adds what is demanded of what an instruction of money pays. */
static void
add_paid(Search *search, int number)
{
	const Program *program = search->program;
	const Instr *instr = &program->instrs[number];
	int			i;

	check_stack_depth();
	switch (instr->scopes == 0 ? (Op) instr->op : OP_UNDETERMINED)
	{
		case OP_LINE:
			add_part(search, instr->a);
			break;
		case OP_TOTAL:
		case OP_HIGHEST:
			for (i = 0; i < instr->nargs; i++)
				add_paid(search, program->args[instr->args + i]);
			break;
		case OP_CAP:
			add_paid(search, instr->a);
			break;
		case OP_LIST:
		case OP_ONCE:
			/* of each element, which the row's conditions also hold for */
			if (instr->c >= 0 && program->instrs[instr->c].op == OP_LINE)
			{
				add_part(search, program->instrs[instr->c].a);
				break;
			}
			pg_fallthrough;
		default:
			search->conditions = NIL;
			search->nparts++;
			break;
	}
}

/* Those that leave enough to do. */
static Demanded
demanded_of(const Search *search)
{
	Demanded	demanded = {0};
	int			rest = search->weight;
	ListCell   *cell;

	demanded.conditions = palloc_array(int, list_length(search->conditions) + 1);
	foreach(cell, search->conditions)
	{
		int			condition = lfirst_int(cell);

		if (search->program->instrs[condition].scopes != 0)
			continue;
		rest -= search->nparts * search->weights[condition];
		if (rest < FEWEST_INSTRUCTIONS)
			break;
		demanded.conditions[demanded.count++] = condition;
	}
	return demanded;
}

Demanded *
batch_find_demanded(const Program *program, const uint8 *weights)
{
	Demanded   *demanded = palloc0_array(Demanded, NENTRIES);
	Search		satisfied = {program, weights, NIL, 0, 0};
	Search		rungs = {program, weights, NIL, 0, 0};
	Search		amount = {program, weights, NIL, 0, 0};
	int			i;

	if (program->satisfied >= 0)
		add_condition(&satisfied, program->satisfied);
	for (i = 0; i < program->nrungs; i++)
		add_part(&rungs, program->rungs[i].when);
	if (program->amount >= 0)
		add_paid(&amount, program->amount);
	demanded[ENTRY_SATISFIED] = demanded_of(&satisfied);
	demanded[ENTRY_RUNGS] = demanded_of(&rungs);
	demanded[ENTRY_AMOUNT] = demanded_of(&amount);
	return demanded;
}

/* ---------------- rows that are left ---------------- */

static int
count_rows(const Batch *batch, const uint64 *rows)
{
	int			count = 0;
	int			g;

	for (g = 0; g < batch->ngroups; g++)
		count += pg_popcount64(rows[g]);
	return count;
}

/* Removes the rows that a condition refuses.  Returns whether few are left. */
static bool
test_demanded(Batch *batch, const Demanded *demanded, uint64 *left)
{
	BatchTruths truths;
	int			g;
	int			i;

	for (i = 0; i < demanded->count; i++)
	{
		batch_fast_test(batch, demanded->conditions[i], left, &truths);
		for (g = 0; g < batch->ngroups; g++)
			left[g] &= ~truths.no[g];
		if (count_rows(batch, left) <= batch->ngroups * FEW_ROWS)
			return true;
	}
	return false;
}

static struct Narrowed *
narrowed_of(Batch *batch)
{
	MemoryContext old;

	if (batch->narrowed != NULL)
		return batch->narrowed;
	old = MemoryContextSwitchTo(batch->context);
	batch->narrowed = palloc0_object(struct Narrowed);
	batch->narrowed->batch = batch_create_like(batch, batch->frames[0]->ngroups * GROUP_ROWS);
	batch->narrowed->batch->selection = &batch->narrowed->selection;
	MemoryContextSwitchTo(old);
	return batch->narrowed;
}

static void
select_rows(struct Narrowed *narrowed, const Batch *batch, const uint64 *rows)
{
	BatchSelection *selection = &narrowed->selection;
	int			g;
	int			i;

	selection->ngroups = batch->ngroups;
	selection->nrows = 0;
	for (g = 0; g < batch->ngroups; g++)
	{
		selection->words[g] = rows[g];
		EACH_LANE(i, rows[g])
			selection->rows[selection->nrows++] = g * GROUP_ROWS + i;
	}
	batch_begin(narrowed->batch, batch->source, selection->nrows);
	narrowed->stamp = batch->frames[0]->stamp;
}

/* Whether the rows that are put together have all of some rows. */
static bool
has_rows(const struct Narrowed *narrowed, const Batch *batch, const uint64 *rows)
{
	int			g;

	if (narrowed->stamp != batch->frames[0]->stamp)
		return false;
	for (g = 0; g < batch->ngroups; g++)
		if (rows[g] & ~narrowed->selection.words[g])
			return false;
	return true;
}

Batch *
batch_narrow(Batch *batch, BatchEntry entry, const uint64 *wanted, uint64 *left)
{
	const Demanded *demanded = &batch->plan.demanded[entry];
	struct Narrowed *narrowed;
	uint64		rows[BATCH_GROUPS];

	batch_ask(batch, wanted);
	if (demanded->count == 0 || batch->ngroups < 2 || batch->selection != NULL)
		return NULL;
	memcpy(rows, wanted, batch->ngroups * sizeof(uint64));
	if (!test_demanded(batch, demanded, rows))
		return NULL;
	narrowed = narrowed_of(batch);
	if (!has_rows(narrowed, batch, rows))
		select_rows(narrowed, batch, rows);
	batch->loops->pick(rows, narrowed->selection.words, left, batch->ngroups);
	return narrowed->batch;
}

void
batch_widen(const Batch *narrowed, const uint64 *bits, uint64 *rows)
{
	const BatchSelection *selection = narrowed->selection;
	int			g;
	int			i;

	memset(rows, 0, selection->ngroups * sizeof(uint64));
	for (g = 0; g < narrowed->ngroups; g++)
		EACH_LANE(i, bits[g])
	{
		int			row = selection->rows[g * GROUP_ROWS + i];

		rows[row / GROUP_ROWS] |= UINT64CONST(1) << (row % GROUP_ROWS);
	}
}
