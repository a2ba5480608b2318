/*
 * batch_gather.c
 *		Asks the kernel for few rows of many groups at once.
 *
 * Vectors leave to the kernel the rows in which a fact is unknown: often a few rows of each group of 64.  Most
 * of the time that the kernel takes for them does not depend on how many they are.  Therefore these rows become the lanes
 * of a second batch.  It has one group, and reads its facts from the registers of the first batch.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "batch_fast.h"
#include "kernel_number.h"

/* If a condition has fewer instructions, asking group by group is faster than copying its facts. */
#define FEWEST_GATHERED 8

struct Gathered
{
	BatchSource source;			/* of the second batch */
	Batch	   *from;
	Batch	   *batch;
	int			nrows;
	uint16		rows[GROUP_ROWS];	/* by lane of the second batch: the row */
};

/* ---------------- facts ---------------- */

/* The rows of some lanes. */
static void
rows_of(const struct Gathered *gathered, uint64 lanes, uint64 *rows)
{
	int			i;

	memset(rows, 0, gathered->from->ngroups * sizeof(uint64));
	EACH_LANE(i, lanes)
		rows[gathered->rows[i] / GROUP_ROWS] |= UINT64CONST(1) << (gathered->rows[i] % GROUP_ROWS);
}

/* Copies the value that the source gave.  The rest of the lane is not set yet. */
static inline void
take_due(const Lanes *from, int place, BatchColumn *out, int lane)
{
	if (out->number)
		out->number[lane] = from->number[place];
	else if (out->day)
		out->day[lane] = from->day[place];
	else
		out->code[lane] = from->code[place];
	out->known[0] |= UINT64CONST(1) << lane;
}

static void
take_lanes(const struct Gathered *gathered, const BatchRegister *from, BatchColumn *out)
{
	ValueType	type = out->fact->type;
	Lane		lane = {0};
	int			i;

	EACH_LANE(i, out->wanted[0])
	{
		const Lanes *lanes = &from->groups[gathered->rows[i] / GROUP_ROWS];
		int			place = gathered->rows[i] % GROUP_ROWS;

		if ((lanes->due >> place) & 1)
			take_due(lanes, place, out, i);
		else
			batch_put(out->lanes, i, batch_take(&lane, lanes, place, type), type);
	}
}

static bool
load(BatchSource *source, int fact, int year, BatchColumn *out)
{
	struct Gathered *gathered = (struct Gathered *) source;
	Batch	   *from = gathered->from;
	int			number = from->program->fact_instrs[fact];
	const BatchRegister *loaded;

	if (year != 0)
		loaded = batch_load_year(from, fact, year);
	else if (out->fact->type == TYPE_LIST)
	{
		uint64		rows[BATCH_GROUPS];

		rows_of(gathered, out->wanted[0], rows);
		batch_load_lists(from, number, rows);
		loaded = batch_register(from, from->frames[0], number);
	}
	else
		loaded = batch_fact_register(from, number);
	take_lanes(gathered, loaded, out);
	return true;
}

static bool
field(BatchSource *source, const KernelField *field, const char *const *lists, const int32 *index, BatchColumn *out)
{
	BatchSource *rows = ((struct Gathered *) source)->from->source;

	return rows->field(rows, field, lists, index, out);
}

bool
batch_take_gathered(const Batch *batch, int number, uint64 wanted, Lanes *out)
{
	const struct Gathered *gathered = batch->gathered_from;
	const BatchRegister *from = gathered->from->frames[0]->registers[number];
	ValueType	type = batch->nodes[number].type;
	uint64		rows[BATCH_GROUPS];
	Lane		lane = {0};
	int			g;
	int			i;

	if (from == NULL || from->stamp != gathered->from->frames[0]->stamp)
		return false;
	rows_of(gathered, wanted, rows);
	for (g = 0; g < gathered->from->ngroups; g++)
		if (rows[g] & ~from->groups[g].done)
			return false;
	EACH_LANE(i, wanted)
		batch_put(out, i, batch_take(&lane, &from->groups[gathered->rows[i] / GROUP_ROWS],
									 gathered->rows[i] % GROUP_ROWS, type), type);
	return true;
}

/* ---------------- what vectors have computed ---------------- */

static inline int
row_of(const Batch *batch, int lane)
{
	return batch->gathered_from ? batch->gathered_from->rows[lane] : batch->frame->group * GROUP_ROWS + lane;
}

/* Returns the number that vectors have computed for all rows; or NULL, also if it is not sharp. */
static const FastRegister *
computed_number(const Batch *batch, int number)
{
	const Batch *from = batch->gathered_from ? batch->gathered_from->from : batch;
	const FastNode *fast = &from->plan.fast[number];
	const FastRegister *x = from->fast_registers[number];

	return fast->kind != FAST_NOT && fast->sharp && x != NULL && x->asked == from->asking ? x : NULL;
}

uint64
batch_find_fast(const Batch *batch, int number, uint64 wanted)
{
	const FastRegister *x = computed_number(batch, number);
	uint64		found = 0;
	int			i;

	if (x == NULL)
		return 0;
	if (batch->gathered_from == NULL)
		return wanted & x->valid[batch->frame->group];
	EACH_LANE(i, wanted)
	{
		int			row = row_of(batch, i);

		found |= ((x->valid[row / GROUP_ROWS] >> (row % GROUP_ROWS)) & 1) << i;
	}
	return found;
}

void
batch_take_fast(const Batch *batch, int number, uint64 lanes, Lanes *out)
{
	const FastRegister *x = computed_number(batch, number);
	int			i;

	EACH_LANE(i, lanes)
	{
		out->number[i] = x->number[row_of(batch, i)];
		out->error[i] = error_of_known(out->number[i]);
	}
	out->decimal |= lanes;
	lanes_set_state(out, lanes, LANE_VALUE);
}

/* ---------------- conditions ---------------- */

uint8 *
batch_find_weights(const Program *program)
{
	uint8	   *weights = palloc_array(uint8, program->ninstrs);
	int			i;

	for (i = 0; i < program->ninstrs; i++)
	{
		int			weight = 1;

		foreach_operand(operand, program, &program->instrs[i])
			weight = Min(weight + weights[operand], PG_UINT8_MAX);
		weights[i] = is_constant_op(program->instrs[i].op) ? 0 : weight;
	}
	return weights;
}

static struct Gathered *
gathered_of(Batch *batch)
{
	struct Gathered *gathered = batch->gathered;
	MemoryContext old;

	if (gathered != NULL)
		return gathered;
	old = MemoryContextSwitchTo(batch->context);
	gathered = palloc0_object(struct Gathered);
	gathered->source.load = load;
	gathered->source.field = field;
	gathered->from = batch;
	gathered->batch = batch_create_like(batch, GROUP_ROWS);
	gathered->batch->gathered_from = gathered;
	MemoryContextSwitchTo(old);
	return batch->gathered = gathered;
}

/* Tests the rows that are put together, and forgets them. */
static void
test_gathered(struct Gathered *gathered, int number, BatchTruths *out)
{
	uint64		all = PG_UINT64_MAX >> (GROUP_ROWS - gathered->nrows);
	Truths		truths;
	int			i;

	CHECK_FOR_INTERRUPTS();
	batch_begin(gathered->batch, &gathered->source, gathered->nrows);
	batch_ask(gathered->batch, &all);
	truths = batch_test_group(gathered->batch, number, 0, all);
	for (i = 0; i < gathered->nrows; i++)
	{
		int			g = gathered->rows[i] / GROUP_ROWS;
		int			place = gathered->rows[i] % GROUP_ROWS;

		out->yes[g] |= ((truths.yes >> i) & 1) << place;
		out->no[g] |= ((truths.no >> i) & 1) << place;
		out->doubt[g] |= ((truths.doubt >> i) & 1) << place;
	}
	gathered->nrows = 0;
}

bool
batch_test_gathered(Batch *batch, int number, const uint64 *wanted, BatchTruths *out)
{
	struct Gathered *gathered;
	int			nrows = 0;
	int			ngroups = 0;
	int			g;
	int			i;

	if (batch->plan.weights[number] < FEWEST_GATHERED)
		return false;
	for (g = 0; g < batch->ngroups; g++)
	{
		nrows += pg_popcount64(wanted[g]);
		ngroups += wanted[g] != 0;
	}
	if (ngroups < 2 || (nrows - 1) / GROUP_ROWS + 1 >= ngroups)
		return false;
	gathered = gathered_of(batch);
	/* an error may have left rows */
	gathered->nrows = 0;
	for (g = 0; g < batch->ngroups; g++)
		EACH_LANE(i, wanted[g])
	{
		gathered->rows[gathered->nrows++] = g * GROUP_ROWS + i;
		if (gathered->nrows == GROUP_ROWS)
			test_gathered(gathered, number, out);
	}
	if (gathered->nrows > 0)
		test_gathered(gathered, number, out);
	return true;
}
