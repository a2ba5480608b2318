/*
 * batch.c
 *		The float kernel of 64 rows: registers of 64 lanes.
 *
 * An instruction is computed in all lanes of the group in which something still depends on it.  The
 * elements of lists are lanes of further groups, each with registers of its own for what
 * depends on the element (frames); the rest it reads from the group that it came from.
 */
/*
 * Functions that are one loop over all lanes are compiled for several vector sets.  The best set of the CPU is
 * chosen when the library is loaded.  All sets compute the same results: products are not fused with sums.  Only
 * the flags of floating point exceptions may differ; they are not read.
 */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3", "no-trapping-math", "fp-contract=off")
#if defined(__x86_64__) && defined(__linux__) && !defined(__SANITIZE_ADDRESS__)
#define LANES_LOOP __attribute__((noinline, target_clones("avx512f", "avx2", "default")))
#endif
#endif
#ifndef LANES_LOOP
#define LANES_LOOP
#endif

#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "batch_fast.h"
#include "batch_registers.h"
#include "kernel_fold.h"
#include "kernel_number.h"
#include "kernel_range.h"

#include "batch_lanes.h"

/* ---------------- what only exact arithmetic knows ---------------- */

static inline void
lanes_ask(Batch *batch pg_attribute_unused(), int number pg_attribute_unused(), Mask lanes, Lanes *out)
{
	lanes_set_state(out, lanes, LANE_DOUBT);
}

static inline Truths
lanes_ask_truths(Batch *batch pg_attribute_unused(), int number pg_attribute_unused(), Truths truths)
{
	return truths;
}

/* ---------------- facts ---------------- */

static const Lanes *lanes_get(Batch *batch, int number, Mask wanted);

/* Loads a fact: of rows for all groups, a field of elements for the groups of the frame. */
static void
lanes_fact(Batch *batch, const KernelNode *node, Mask wanted, Lanes *out)
{
	if (node->args > 0)
		batch_load_field(batch, &batch->program->kernel->fields[node->args - 1], wanted, out);
	else if (node->type == TYPE_LIST)
	{
		uint64		rows[BATCH_GROUPS] = {0};

		rows[batch->frame->group] = wanted;
		batch_load_lists(batch, node->a, rows);
	}
	else
		batch_fact_register(batch, node->a);
}

static void
lanes_field(Batch *batch, const KernelNode *node, Mask wanted, Lanes *out)
{
	lanes_fact(batch, node, wanted, out);
}

static pg_attribute_always_inline Mask go_elsewhere(Batch *batch, BatchFrame *frame, bool by_twin, Mask *rest, Mask *lanes);

/* Returns the group and sets the lane of the row to which an element belongs. */
static inline int
group_of(const BatchFrame *frame, int i, int *row)
{
	int			group = frame->group;

	for (; frame->depth > 0; frame = frame->up)
	{
		group = frame->parent_groups[i];
		i = frame->parents[i];
	}
	*row = i;
	return group;
}

/* A fact of one year is a column of its own. */
static const Lanes *
lanes_of_year(Batch *batch, int fact, int year, int group, Mask wanted)
{
	Lanes	   *lanes = &batch_load_year(batch, fact, year)->groups[group];

	if (wanted & lanes->due)
		batch_make_due(&batch->program->kernel->facts[fact], wanted & lanes->due, lanes);
	return lanes;
}

static void
lanes_load_year(Batch *batch, const KernelNode *node, int year, Mask wanted, Lanes *out)
{
	const BatchFrame *frame = batch->frame;
	Lane		lane = {0};
	int			i;

	if (frame->depth == 0)
	{
		lanes_copy_lanes(out, lanes_of_year(batch, node->a, year, frame->group, wanted), wanted, node->type);
		return;
	}
	EACH_LANE(i, wanted)
	{
		int			row;
		int			group = group_of(frame, i, &row);
		const Lanes *of_row = lanes_of_year(batch, node->a, year, group, (Mask) 1 << row);

		batch_put(out, i, batch_take(&lane, of_row, row, node->type), node->type);
	}
}

static void
lanes_take_year(Batch *batch, const KernelNode *node, int year, int i, Lane *out)
{
	int			group = group_of(batch->frame, i, &i);
	const Lanes *of_row = lanes_of_year(batch, node->a, year, group, (Mask) 1 << i);

	batch_take(out, of_row, i, node->type);
}

static void
lanes_element(Batch *batch, const KernelNode *node pg_attribute_unused(), Mask wanted, Lanes *out)
{
	BatchFrame *frame = batch->frame;
	const Lanes *a;
	const Lanes *b;
	Mask		here;
	Mask		parents;
	Lane		result = {0};
	int			i;

	if (!frame->unknown)
	{
		EACH_LANE(i, wanted)
		{
			lane_set_exact(&result, frame->first[i] + frame->index[i]);
			batch_put(out, i, &result, TYPE_NUMBER);
		}
		return;
	}
	while ((here = go_elsewhere(batch, frame, false, &wanted, &parents)) != 0)
	{
		a = lanes_get(batch, frame->range->a, parents);
		b = lanes_get(batch, frame->range->b, parents);
		EACH_LANE(i, here)
		{
			TAKE_LANE(x, a, frame->parents[i], TYPE_NUMBER);
			TAKE_LANE(y, b, frame->parents[i], TYPE_NUMBER);

			lane_set_unknown_item(&result, x, y);
			batch_put(out, i, &result, TYPE_NUMBER);
		}
	}
}

static Truths
lanes_truth_of_fact(Batch *batch, const KernelNode *node, Mask wanted)
{
	const Lanes *x = lanes_get(batch, node->a, wanted);

	return node->flag ? TRUTHS_OF(x->no, x->yes, x->in_doubt) : TRUTHS_OF(x->yes, x->no, x->in_doubt);
}

static Truths
lanes_truth_fact(Batch *batch, int number pg_attribute_unused(), const KernelNode *node, Mask wanted)
{
	return lanes_truth_of_fact(batch, node, wanted);
}

static Truths
lanes_truth_field(Batch *batch, int number pg_attribute_unused(), const KernelNode *node, Mask wanted)
{
	return lanes_truth_of_fact(batch, node, wanted);
}

/* ---------------- kernels that look at one lane ---------------- */

static void
lanes_each_lane(Batch *batch, int number pg_attribute_unused(), const KernelNode *node, Mask wanted,
				const Lanes **x, Lanes *out, EachKernel each)
{
	const int  *args = batch->kernel_args + node->args;
	Lane	   *taken = palloc_array(Lane, node->count);
	const Lane **operands = palloc_array(const Lane *, node->count);
	Lane		result = {0};
	int			i,
				j;

	for (j = 0; j < node->count; j++)
		operands[j] = &taken[j];
	EACH_LANE(i, wanted)
	{
		for (j = 0; j < node->count; j++)
			batch_take(&taken[j], x[j], i, batch->nodes[args[j]].type);
		each(node, (const Lane *const *) operands, &result);
		batch_put(out, i, &result, node->type);
	}
	pfree(operands);
	pfree(taken);
}

#include "kernel_lanes.h"

#include "batch_demand.h"
#include "batch_elements.h"
#include "batch_lists.h"

/* ---------------- what others ask ---------------- */

/* Creates a batch without a plan, with the registers for up to nrows rows, in the current memory context. */
static Batch *
new_batch(const Program *program, int nrows)
{
	Batch	   *batch = palloc0(sizeof(Batch));

	Assert(nrows > 0 && nrows <= BATCH_ROWS);
	batch->program = program;
	batch->nodes = program->kernel->nodes;
	batch->kernel_args = program->kernel->args;
	batch->loops = batch_loops();
	batch->context = CurrentMemoryContext;
	batch->fast_registers = palloc0_array(FastRegister *, program->ninstrs);
	batch->money = palloc0_array(struct RowMoney *, program->ninstrs);
	batch->frames[0] = new_frame(batch, 0, (nrows + GROUP_ROWS - 1) / GROUP_ROWS);
	batch->scratch[0] = batch_new_array(batch, batch->frames[0]->ngroups * GROUP_ROWS, sizeof(double), true);
	batch->scratch[1] = batch_new_array(batch, batch->frames[0]->ngroups * GROUP_ROWS, sizeof(double), true);
	return batch;
}

/* BatchPlan.keep. */
static bool *
conditions_to_keep(const Program *program, const int *twins)
{
	bool	   *keep = palloc_array(bool, program->ninstrs);
	int			i;

	for (i = 0; i < program->ninstrs; i++)
		keep[i] = program->kernel->nodes[i].shared;
	for (i = 0; i < program->ninstrs; i++)
		if (program->instrs[i].op == OP_LINE)
			keep[program->instrs[i].a] = true;
	for (i = 0; i < program->ninstrs; i++)
		if (twins[i] >= 0)
			keep[i] = keep[twins[i]] = true;
	return keep;
}

Batch *
batch_create(const Program *program, int nrows)
{
	Batch	   *batch = new_batch(program, nrows);
	int			i;
	int			j;

	batch->plan.fast = batch_fast_build(program);
	batch->plan.weights = batch_find_weights(program);
	batch->plan.twins = batch_find_twins(program);
	batch->plan.keep = conditions_to_keep(program, batch->plan.twins);
	batch->plan.lists = find_lists(batch);
	batch->plan.demanded = batch_find_demanded(program, batch->plan.weights);
	for (i = 0; i < NENTRIES; i++)
		for (j = 0; j < batch->plan.demanded[i].count; j++)
			batch->plan.keep[batch->plan.demanded[i].conditions[j]] = true;
	return batch;
}

Batch *
batch_create_like(const Batch *other, int nrows)
{
	Batch	   *batch = new_batch(other->program, nrows);

	batch->plan = other->plan;
	return batch;
}

void
batch_begin(Batch *batch, BatchSource *source, int nrows)
{
	RowLists   *lists;
	int			depth;

	batch->source = source;
	batch->ngroups = (nrows + GROUP_ROWS - 1) / GROUP_ROWS;
	Assert(batch->ngroups <= batch->frames[0]->ngroups);
	batch->frame = batch->frames[0];
	batch->frame->stamp = ++batch->clock;
	/* an error may have left frames and results marked as busy */
	for (depth = 1; depth <= MAX_LIST_DEPTH; depth++)
		if (batch->frames[depth])
			batch->frames[depth]->busy = false;
	for (lists = batch->row_lists; lists; lists = lists->spare)
		lists->busy = false;
	memset(batch->asked, 0, sizeof(batch->asked));
	batch->asking = ++batch->clock;
}

/* Adds rows to those for which something was asked.  Facts are loaded for all of these. */
static void
ask(Batch *batch, int g, uint64 wanted)
{
	if (wanted & ~batch->asked[g])
	{
		batch->asked[g] |= wanted;
		batch->asking = ++batch->clock;
	}
}

void
batch_ask(Batch *batch, const uint64 *wanted)
{
	int			g;

	for (g = 0; g < batch->ngroups; g++)
		ask(batch, g, wanted[g]);
}

Truths
batch_test_group(Batch *batch, int number, int group, uint64 wanted)
{
	batch->frame->group = group;
	return lanes_test(batch, number, wanted);
}

const BatchRegister *
batch_get_groups(Batch *batch, int number, const uint64 *wanted)
{
	const BatchRegister *found = batch_register(batch, batch->frame, number);
	int			g;

	if (batch->nodes[number].op == KERNEL_FACT && batch->nodes[number].type == TYPE_LIST)
		batch_load_lists(batch, number, wanted);
	for (g = 0; g < batch->ngroups; g++)
	{
		if ((wanted[g] & (~found->groups[g].done | found->groups[g].due)) == 0)
			continue;
		batch->frame->group = g;
		lanes_get(batch, number, wanted[g]);
	}
	return found;
}

void
batch_truth(Batch *batch, int number, const uint64 *wanted, BatchTruths *out)
{
	uint64		left[BATCH_GROUPS];
	uint64		rows[BATCH_GROUPS];
	BatchTruths truths;
	Batch	   *narrowed = number == batch->program->satisfied ? batch_narrow(batch, ENTRY_SATISFIED, wanted, left) : NULL;
	int			g;

	if (narrowed == NULL)
	{
		batch_ask(batch, wanted);
		batch_fast_test(batch, number, wanted, out);
		return;
	}
	batch_truth(narrowed, number, left, &truths);
	batch_widen(narrowed, truths.yes, out->yes);
	batch_widen(narrowed, truths.no, out->no);
	batch_widen(narrowed, truths.doubt, out->doubt);
	batch_widen(narrowed, left, rows);
	for (g = 0; g < batch->ngroups; g++)
		out->no[g] |= wanted[g] & ~rows[g];
}

void
batch_value(Batch *batch, int number, int row, Lane *lane)
{
	uint64		wanted = UINT64CONST(1) << (row % GROUP_ROWS);

	batch->frame->group = row / GROUP_ROWS;
	ask(batch, row / GROUP_ROWS, wanted);
	memset(lane, 0, sizeof(Lane));
	batch_take(lane, lanes_get(batch, number, wanted), row % GROUP_ROWS, batch->nodes[number].type);
}

void
batch_money_of_group(Batch *batch, int number, int group, uint64 wanted, int64 *low, int64 *high, uint64 *open,
					 uint64 *doubt)
{
	Paid		paid;

	batch->frame->group = group;
	lanes_money(batch, number, wanted, &paid);
	memcpy(low, paid.low, sizeof(paid.low));
	memcpy(high, paid.high, sizeof(paid.high));
	*open = paid.open;
	*doubt = paid.doubt;
}

void
batch_dated(Batch *batch, const uint64 *wanted, DateADT first, DateADT last, uint64 *dated)
{
	const BatchRegister *days;
	int			g;
	int			i;

	batch_ask(batch, wanted);
	days = batch_get_groups(batch, batch->program->fact_instrs[0], wanted);
	for (g = 0; g < batch->ngroups; g++)
	{
		const Lanes *lanes = &days->groups[g];

		dated[g] = wanted[g] & lanes->value;
		EACH_LANE(i, dated[g])
			if (lanes->day[i] < first || lanes->day[i] > last)
			dated[g] &= ~((Mask) 1 << i);
	}
}
