/*
 * batch_money.c
 *		What instructions of money pay in the rows of a batch.
 *
 * Amounts are integers of hundredths, in doubles, so that vectors add and compare them; a sum of MAX_HUNDREDTHS or
 * more is in doubt.  Most lines pay a constant, and most pay nothing in most rows.  What is paid for each element of a
 * list is asked of the kernel, group by group.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "batch_fast.h"
#include "kernel_fold.h"

/* By row: from low to high, or from low upwards where open. */
typedef struct Sums
{
	double		low[BATCH_ROWS];
	double		high[BATCH_ROWS];
	uint64		open[BATCH_GROUPS];
	uint64		doubt[BATCH_GROUPS];
} Sums;

static void add_money(Batch *batch, int number, const uint64 *wanted, Sums *sums);

static void
start_sums(const Batch *batch, Sums *sums)
{
	memset(sums->low, 0, batch->ngroups * GROUP_ROWS * sizeof(double));
	memset(sums->high, 0, batch->ngroups * GROUP_ROWS * sizeof(double));
	memset(sums->open, 0, sizeof(sums->open));
	memset(sums->doubt, 0, sizeof(sums->doubt));
}

/* Marks the rows whose sums are too large. */
static void
check_sums(const Batch *batch, Sums *sums)
{
	uint64		low[BATCH_GROUPS];
	uint64		high[BATCH_GROUPS];
	int			g;

	batch->loops->at_least(sums->low, MAX_HUNDREDTHS, low, batch->ngroups);
	batch->loops->at_least(sums->high, MAX_HUNDREDTHS, high, batch->ngroups);
	for (g = 0; g < batch->ngroups; g++)
		sums->doubt[g] |= low[g] | high[g];
}

/* Adds other sums, or takes the greater ones. */
static void
merge_sums(const Batch *batch, VectorOperation operation, const Sums *other, Sums *sums)
{
	VectorOperand a = {sums->low, NULL, 0, false};
	VectorOperand b = {other->low, NULL, 0, false};
	int			g;

	batch->loops->arithmetic(operation, &a, &b, sums->low, NULL, batch->ngroups);
	a.number = sums->high;
	b.number = other->high;
	batch->loops->arithmetic(operation, &a, &b, sums->high, NULL, batch->ngroups);
	for (g = 0; g < batch->ngroups; g++)
	{
		sums->open[g] |= other->open[g];
		sums->doubt[g] |= other->doubt[g];
	}
	check_sums(batch, sums);
}

/* ---------------- lines ---------------- */

/* Whether what is paid is a constant; sets it. */
static bool
is_constant_pay(const Batch *batch, int number, Lane *pay)
{
	const KernelNode *node = &batch->nodes[number];

	if (node->op != OP_NUMBER)
		return false;
	memset(pay, 0, sizeof(Lane));
	pay->state = LANE_VALUE;
	pay->low = node_constant(node);
	return true;
}

static void
add_constant(const Batch *batch, const Lane *pay, const uint64 *yes, const uint64 *pays, Sums *sums)
{
	int64		low;
	int64		high;
	bool		open;
	int			g;

	if (pay_of(pay, true, &low, &high, &open))
	{
		batch->loops->add(yes, low, sums->low, batch->ngroups);
		batch->loops->add(pays, high, sums->high, batch->ngroups);
		check_sums(batch, sums);
	}
	else
		for (g = 0; g < batch->ngroups; g++)
			sums->doubt[g] |= pays[g];
}

/* Adds what a line pays in the rows in which its condition is not false. */
static void
add_line(Batch *batch, const Instr *line, const uint64 *wanted, Sums *sums)
{
	const BatchRegister *x;
	BatchTruths truths;
	uint64		pays[BATCH_GROUPS];
	uint64		any = 0;
	Lane		pay = {0};
	int			g;
	int			i;

	batch_fast_test(batch, line->a, wanted, &truths);
	for (g = 0; g < batch->ngroups; g++)
	{
		sums->doubt[g] |= truths.doubt[g];
		any |= pays[g] = wanted[g] & ~(truths.no[g] | truths.doubt[g]);
		truths.yes[g] &= wanted[g];
	}
	if (any == 0)
		return;
	if (is_constant_pay(batch, line->b, &pay))
	{
		add_constant(batch, &pay, truths.yes, pays, sums);
		return;
	}
	x = batch_get_prepared(batch, line->b, pays);
	for (g = 0; g < batch->ngroups; g++)
		EACH_LANE(i, pays[g])
	{
		bool		sure = (truths.yes[g] >> i) & 1;
		int64		low;
		int64		high;
		bool		open;

		if (!pay_of(batch_take(&pay, &x->groups[g], i, TYPE_NUMBER), sure, &low, &high, &open))
		{
			sums->doubt[g] |= UINT64CONST(1) << i;
			continue;
		}
		sums->low[g * GROUP_ROWS + i] += low;
		sums->high[g * GROUP_ROWS + i] += high;
		sums->open[g] |= (uint64) open << i;
	}
	check_sums(batch, sums);
}

/* ---------------- caps ---------------- */

/* Limits one row. */
static void
cap_row(Sums *paid, int row, const Lane *limit)
{
	uint64		bit = UINT64CONST(1) << (row % GROUP_ROWS);
	uint64	   *open = &paid->open[row / GROUP_ROWS];
	bool		maybe = lane_may_be_none(limit);
	Lane		there = *limit;
	int64		low;
	int64		high;
	bool		unbounded;

	there.maybe = false;
	if (!pay_of(&there, true, &low, &high, &unbounded))
	{
		paid->doubt[row / GROUP_ROWS] |= bit;
		return;
	}
	paid->low[row] = Min(paid->low[row], low);
	if (maybe || unbounded)
		return;
	if ((*open & bit) || high < paid->high[row])
		paid->high[row] = high;
	*open &= ~bit;
}

/* A cap that is none has no effect.  A cap that may be none lowers the low end only. */
static void
cap_sums(Batch *batch, int number, const uint64 *wanted, Sums *paid)
{
	const BatchRegister *x;
	uint64		capped[BATCH_GROUPS];
	uint64		any = 0;
	Lane		limit = {0};
	int			g;
	int			i;

	batch->loops->at_least(paid->high, 1, capped, batch->ngroups);
	for (g = 0; g < batch->ngroups; g++)
		any |= capped[g] = wanted[g] & (capped[g] | paid->open[g]) & ~paid->doubt[g];
	if (any == 0)
		return;
	if (is_constant_pay(batch, number, &limit))
	{
		for (g = 0; g < batch->ngroups; g++)
			EACH_LANE(i, capped[g])
				cap_row(paid, g * GROUP_ROWS + i, &limit);
		return;
	}
	x = batch_get_prepared(batch, number, capped);
	for (g = 0; g < batch->ngroups; g++)
		EACH_LANE(i, capped[g] & ~x->groups[g].none)
			cap_row(paid, g * GROUP_ROWS + i, batch_take(&limit, &x->groups[g], i, TYPE_NUMBER));
}

/* ---------------- other instructions of money ---------------- */

static void
add_capped(Batch *batch, const Instr *instr, const uint64 *wanted, Sums *sums)
{
	Sums		paid;

	start_sums(batch, &paid);
	add_money(batch, instr->a, wanted, &paid);
	cap_sums(batch, instr->b, wanted, &paid);
	merge_sums(batch, VECTOR_ADD, &paid, sums);
}

static void
add_highest(Batch *batch, const Instr *instr, const uint64 *wanted, Sums *sums)
{
	Sums		most;
	Sums		paid;
	int			i;

	start_sums(batch, &most);
	for (i = 0; i < instr->nargs; i++)
	{
		start_sums(batch, &paid);
		add_money(batch, batch->program->args[instr->args + i], wanted, &paid);
		merge_sums(batch, VECTOR_GREATEST, &paid, &most);
	}
	merge_sums(batch, VECTOR_ADD, &most, sums);
}

/* Adds what only the kernel computes. */
static void
add_by_group(Batch *batch, int number, const uint64 *wanted, Sums *sums)
{
	int64		low[GROUP_ROWS];
	int64		high[GROUP_ROWS];
	uint64		open;
	uint64		doubt;
	int			g;
	int			i;

	for (g = 0; g < batch->ngroups; g++)
	{
		if (wanted[g] == 0)
			continue;
		batch_money_of_group(batch, number, g, wanted[g], low, high, &open, &doubt);
		sums->open[g] |= open & wanted[g];
		sums->doubt[g] |= doubt & wanted[g];
		EACH_LANE(i, wanted[g] & ~doubt)
		{
			sums->low[g * GROUP_ROWS + i] += low[i];
			sums->high[g * GROUP_ROWS + i] += high[i];
		}
	}
	check_sums(batch, sums);
}

/*
 * Adds what an instruction pays.  Rows in doubt need no further sums.  The recursion goes no deeper than a document's
 * sum, nested groups, a cap, a clause's sum and a line.
 */
static void
add_money(Batch *batch, int number, const uint64 *wanted, Sums *sums)
{
	const Instr *instr = &batch->program->instrs[number];
	uint64		rest[BATCH_GROUPS];
	uint64		any = 0;
	int			g;
	int			i;

	check_stack_depth();
	for (g = 0; g < batch->ngroups; g++)
		any |= rest[g] = wanted[g] & ~sums->doubt[g];
	if (any == 0)
		return;
	switch (instr->scopes == 0 ? (Op) instr->op : OP_UNDETERMINED)
	{
		case OP_LINE:
			add_line(batch, instr, rest, sums);
			break;
		case OP_TOTAL:
			for (i = 0; i < instr->nargs; i++)
				add_money(batch, batch->program->args[instr->args + i], rest, sums);
			break;
		case OP_HIGHEST:
			add_highest(batch, instr, rest, sums);
			break;
		case OP_CAP:
			add_capped(batch, instr, rest, sums);
			break;
		case OP_ONCE:
			batch_prepare_once(batch, number, rest);
			pg_fallthrough;
		default:
			add_by_group(batch, number, rest, sums);
			break;
	}
}

/* ---------------- what others ask ---------------- */

static void
find_money(Batch *batch, int number, const uint64 *wanted, BatchMoney *out)
{
	Sums		sums;
	int			g;
	int			i;

	start_sums(batch, &sums);
	add_money(batch, number, wanted, &sums);
	for (g = 0; g < batch->ngroups; g++)
	{
		out->open[g] = sums.open[g] & wanted[g];
		out->doubt[g] = sums.doubt[g] & wanted[g];
	}
	for (i = 0; i < batch->ngroups * GROUP_ROWS; i++)
	{
		out->low[i] = (int64) sums.low[i];
		out->high[i] = (int64) sums.high[i];
	}
}

void
batch_money(Batch *batch, int number, const uint64 *wanted, BatchMoney *out)
{
	uint64		left[BATCH_GROUPS];
	Batch	   *narrowed = number == batch->program->amount ? batch_narrow(batch, ENTRY_AMOUNT, wanted, left) : NULL;
	BatchMoney	money;
	int			g;
	int			i;

	if (narrowed == NULL)
	{
		batch_ask(batch, wanted);
		find_money(batch, number, wanted, out);
		return;
	}
	batch_ask(narrowed, left);
	find_money(narrowed, number, left, &money);
	memset(out->low, 0, batch->ngroups * GROUP_ROWS * sizeof(int64));
	memset(out->high, 0, batch->ngroups * GROUP_ROWS * sizeof(int64));
	batch_widen(narrowed, money.open, out->open);
	batch_widen(narrowed, money.doubt, out->doubt);
	for (g = 0; g < narrowed->ngroups; g++)
		EACH_LANE(i, left[g])
	{
		int			row = narrowed->selection->rows[g * GROUP_ROWS + i];

		out->low[row] = money.low[g * GROUP_ROWS + i];
		out->high[row] = money.high[g * GROUP_ROWS + i];
	}
}

/* Adds the rows in which an instruction may pay. */
static void
add_pays(Batch *batch, int number, const uint64 *wanted, uint64 *pays, uint64 *doubt)
{
	const Program *program = batch->program;
	const Instr *instr = &program->instrs[number];
	BatchTruths truths;
	int			g;
	int			i;

	check_stack_depth();
	switch (instr->scopes == 0 ? (Op) instr->op : OP_UNDETERMINED)
	{
		case OP_LINE:
			batch_fast_test(batch, instr->a, wanted, &truths);
			for (g = 0; g < batch->ngroups; g++)
			{
				pays[g] |= wanted[g] & ~truths.no[g];
				doubt[g] |= truths.doubt[g];
			}
			break;
		case OP_TOTAL:
		case OP_HIGHEST:
			for (i = 0; i < instr->nargs; i++)
				add_pays(batch, program->args[instr->args + i], wanted, pays, doubt);
			break;
		case OP_CAP:
			add_pays(batch, instr->a, wanted, pays, doubt);
			break;
		default:
			for (g = 0; g < batch->ngroups; g++)
				pays[g] |= wanted[g];
			break;
	}
}

void
batch_pays(Batch *batch, int number, const uint64 *wanted, uint64 *pays, uint64 *doubt)
{
	batch_ask(batch, wanted);
	memset(pays, 0, batch->ngroups * sizeof(uint64));
	memset(doubt, 0, batch->ngroups * sizeof(uint64));
	add_pays(batch, number, wanted, pays, doubt);
}

bool
batch_limit(Batch *batch, int number, int row, int64 *low, int64 *high, bool *open, bool *none)
{
	Lane		limit;
	bool		maybe;

	batch_value(batch, number, row, &limit);
	*none = limit.state == LANE_NONE;
	if (*none)
		return true;
	maybe = lane_may_be_none(&limit);
	limit.maybe = false;
	if (!pay_of(&limit, true, low, high, open))
		return false;
	*open |= maybe;
	return true;
}
