/*
 * batch_days.c
 *		Days that a batch chooses between, for all rows at once.
 *
 * A row is computed here if each of the days is known, or known to be none.  The results are in the registers of the
 * kernel, which computes the other rows.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "batch_fast.h"

/* What is known so far of the rows of an instruction. */
typedef struct Days
{
	uint64		value[BATCH_GROUPS];
	uint64		none[BATCH_GROUPS];
	const DateADT *day;
	DateADT    *chosen;			/* by row, once there are two operands */
} Days;

bool
batch_chooses_days(const Program *program, int number)
{
	const KernelNode *node = &program->kernel->nodes[number];

	return node->type == TYPE_DATE && !node->of_day && program->instrs[number].scopes == 0 &&
		(node->op == OP_LATEST || node->op == OP_LEAST || node->op == OP_GREATEST || node->op == OP_COALESCE);
}

/* Takes another day into account.  none: whether one that is none makes the result none. */
static void
add_days(const Batch *batch, DaysOperation operation, bool none, const BatchRegister *x, Days *days)
{
	uint64		value[BATCH_GROUPS];
	int			g;

	for (g = 0; g < batch->ngroups; g++)
		value[g] = x->groups[g].value & x->groups[g].done;
	batch->loops->days_of_two(operation, days->day, days->value, x->groups[0].day, value, days->chosen, batch->ngroups);
	days->day = days->chosen;
	for (g = 0; g < batch->ngroups; g++)
	{
		uint64		none_here = x->groups[g].none & x->groups[g].done;
		uint64		known = value[g] | none_here;
		uint64		before = days->value[g] | days->none[g];

		if (none)
		{
			days->none[g] |= none_here;
			days->value[g] &= value[g] & ~days->none[g];
		}
		else
		{
			/* what comes first decides, whatever the others are */
			known |= operation == DAYS_FIRST ? days->value[g] : 0;
			days->value[g] = (days->value[g] | value[g]) & known & before;
			days->none[g] &= none_here;
		}
	}
}

/* Keeps the results of the rows that are known. */
static void
put_days(Batch *batch, const uint64 *more, const Days *days, BatchRegister *out)
{
	int			g;
	int			i;

	for (g = 0; g < batch->ngroups; g++)
	{
		Lanes	   *lanes = &out->groups[g];
		const DateADT *day = days->day + g * GROUP_ROWS;
		uint64		known = more[g] & (days->value[g] | days->none[g]);

		if (known == 0)
			continue;
		lanes_set_state(lanes, known & days->value[g], LANE_VALUE);
		lanes_set_state(lanes, known & days->none[g], LANE_NONE);
		if (lanes->done == 0)
		{
			memcpy(lanes->day, day, GROUP_ROWS * sizeof(DateADT));
			memcpy(lanes->last_day, day, GROUP_ROWS * sizeof(DateADT));
		}
		else
			EACH_LANE(i, known & days->value[g])
				lanes->day[i] = lanes->last_day[i] = day[i];
		lanes->done |= known;
	}
}

static void
choose_days(Batch *batch, int number, const uint64 *more, BatchRegister *out)
{
	const KernelNode *node = &batch->nodes[number];
	DaysOperation operation = node->op == OP_LEAST ? DAYS_LEAST : node->op == OP_COALESCE ? DAYS_FIRST : DAYS_GREATEST;
	const int	two[2] = {node->a, node->b};
	const int  *args = node->op == OP_COALESCE ? two : batch->kernel_args + node->args;
	int			count = node->op == OP_COALESCE ? 2 : node->count;
	DateADT		chosen[BATCH_ROWS];
	uint64		open[BATCH_GROUPS];
	const BatchRegister *x = batch_days_of(batch, args[0], more);
	Days		days;
	int			g;
	int			i;

	days.day = x->groups[0].day;
	days.chosen = chosen;
	for (g = 0; g < batch->ngroups; g++)
	{
		days.value[g] = x->groups[g].value & x->groups[g].done;
		days.none[g] = x->groups[g].none & x->groups[g].done;
	}
	for (i = 1; i < count; i++)
	{
		uint64		any = 0;

		/* the rows for which another operand matters */
		for (g = 0; g < batch->ngroups; g++)
			any |= open[g] = more[g] & (node->op == OP_LATEST ? ~days.none[g] : node->op == OP_COALESCE ? ~days.value[g]
										: PG_UINT64_MAX);
		if (any == 0)
			break;
		add_days(batch, operation, node->op == OP_LATEST, batch_days_of(batch, args[i], open), &days);
	}
	put_days(batch, more, &days, out);
}

const BatchRegister *
batch_days_of(Batch *batch, int number, const uint64 *wanted)
{
	const KernelNode *node = &batch->nodes[number];

	/* the days of a fact are set as soon as it is loaded */
	if (node->op == KERNEL_FACT && node->args <= 0)
		return batch_fact_register(batch, number);
	if (batch->plan.fast[number].kind == FAST_DAYS)
	{
		BatchRegister *out = batch_register(batch, batch->frames[0], number);
		uint64		more[BATCH_GROUPS];

		if (unlikely(batch->program->kernel->deep))
			check_stack_depth();
		if (batch_lacks(batch, out, wanted, more))
			choose_days(batch, number, more, out);
	}
	return batch_get_prepared(batch, number, wanted);
}
