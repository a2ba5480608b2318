/*
 * batch_decided.c
 *		The rows of a batch in which a value is known.
 */
#include "postgres.h"

#include "port/pg_bitutils.h"

#include "batch_registers.h"

/* What an instruction of money pays: mostly nothing. */
static void
decided_money(Batch *batch, int number, uint64 *rows)
{
	BatchMoney	money;
	uint64		pays[BATCH_GROUPS];
	uint64		doubt[BATCH_GROUPS];
	uint64		any = 0;
	int			g;
	int			i;

	batch_pays(batch, number, rows, pays, doubt);
	for (g = 0; g < batch->ngroups; g++)
	{
		rows[g] &= ~doubt[g];
		any |= pays[g] &= rows[g];
	}
	if (any == 0)
		return;
	batch_money(batch, number, pays, &money);
	for (g = 0; g < batch->ngroups; g++)
	{
		rows[g] &= ~(money.doubt[g] | money.open[g]);
		EACH_LANE(i, pays[g] & rows[g])
			if (money.low[g * GROUP_ROWS + i] != money.high[g * GROUP_ROWS + i])
			rows[g] &= ~(UINT64CONST(1) << i);
	}
}

static void
decided_value(Batch *batch, int number, uint64 *rows)
{
	const BatchRegister *x;
	int			g;

	batch_ask(batch, rows);
	x = batch_get_prepared(batch, number, rows);
	for (g = 0; g < batch->ngroups; g++)
		rows[g] &= x->groups[g].value | x->groups[g].none;
}

/* Whether an instruction rounds what it pays: a range of less than a hundredth is then a known amount. */
static bool
rounds(const Instr *instr)
{
	switch ((Op) instr->op)
	{
		case OP_LINE:
		case OP_TOTAL:
		case OP_HIGHEST:
		case OP_CAP:
		case OP_ONCE:
			return true;
		default:
			return false;
	}
}

void
batch_decided(Batch *batch, int number, uint64 *rows)
{
	const Instr *instr = &batch->program->instrs[number];
	BatchTruths truths;
	int			g;

	if (instr->type == TYPE_BOOLEAN)
	{
		batch_truth(batch, number, rows, &truths);
		for (g = 0; g < batch->ngroups; g++)
			rows[g] &= truths.yes[g] | truths.no[g];
	}
	else if (rounds(instr))
		decided_money(batch, number, rows);
	else
		decided_value(batch, number, rows);
}
