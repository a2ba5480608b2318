/*
 * batch_whole.c
 *		Values of the rows of a batch that are whole numbers, such as scores.
 *
 * A double holds a whole number exactly; of a quotient it says only what it is near to.
 */
#include "postgres.h"

#include "port/pg_bitutils.h"

#include "batch_registers.h"
#include "kernel_number.h"

/* ---------------- which instructions ---------------- */

static bool
are_all(const bool *whole, const int *args, int count, int first, int step)
{
	int			i;

	for (i = first; i < count; i += step)
		if (!whole[args[i]])
			return false;
	return true;
}

/* The conditions of a case do not matter. */
static bool
is_whole_case(const bool *whole, const int *args, int count)
{
	return are_all(whole, args, count - count % 2, 1, 2) && (count % 2 == 0 || whole[args[count - 1]]);
}

/* What is counted is whole; amounts of money and ratios seldom are. */
static bool
is_whole_fact(const Fact *fact)
{
	return fact->unit == UNIT_FREE || fact->unit == UNIT_POINT || (!fact->unit->currency && fact->unit->decimals == 0);
}

static bool
is_whole_list(const bool *whole, const Instr *instr)
{
	switch (instr->flag)
	{
		case FUNC_COUNT:
			return true;
		case FUNC_SUM:
		case FUNC_MIN:
		case FUNC_MAX:
			return instr->c >= 0 && whole[instr->c];
		default:
			return false;
	}
}

/* Whether an instruction yields whole numbers, if those before it do for which whole is set. */
static bool
is_whole(const Program *program, const Instr *instr, const bool *whole)
{
	const int  *args = program->args + instr->args;

	switch ((Op) instr->op)
	{
		case OP_NUMBER:
			return program->numbers[instr->a].den == 1 && !number_is_long(&program->numbers[instr->a]);
		case OP_FACT:
		case OP_YEARLY:
			return is_whole_fact(program->facts[instr->a]);
		case OP_ADD:
		case OP_SUBTRACT:
		case OP_MULTIPLY:
		case OP_COALESCE:
			return whole[instr->a] && whole[instr->b];
		case OP_NEGATE:
			return whole[instr->a];
		case OP_CLAMP:
			return whole[instr->a] && whole[instr->b] && whole[instr->c];
		case OP_LEAST:
		case OP_GREATEST:
			return are_all(whole, args, instr->nargs, 0, 1);
		case OP_CASE:
			return is_whole_case(whole, args, instr->nargs);
		case OP_LIST:
			return is_whole_list(whole, instr);
		case OP_ROUND:
			return instr->b == 0;
		case OP_FLOOR:
		case OP_CEIL:
		case OP_DAYS:
		case OP_YEAR:
		case OP_MONTH:
		case OP_MONTHS:
		case OP_COUNT_TRUE:
			return true;
		default:
			return false;
	}
}

bool
batch_may_be_whole(const Program *program, int number)
{
	bool	   *whole = palloc0_array(bool, program->ninstrs);
	bool		result;
	int			i;

	for (i = 0; i <= number; i++)
		whole[i] = program->instrs[i].type == TYPE_NUMBER && is_whole(program, &program->instrs[i], whole);
	result = whole[number];
	pfree(whole);
	return result;
}

/* ---------------- rows ---------------- */

/* Whether a range leaves it open which number it is. */
static bool
is_open_range(const Lane *range)
{
	return range->maybe || end_is_open(&range->low) || end_is_open(&range->high) ||
		(range->low.error == 0 && range->high.error == 0 && range->low.number < range->high.number);
}

static void
read_group(const Lanes *lanes, int group, uint64 wanted, BatchWhole *out)
{
	Lane		lane = {0};
	int			i;

	out->none[group] = wanted & lanes->none;
	out->doubt[group] = wanted & ~(lanes->value | lanes->none | lanes->range);
	EACH_LANE(i, wanted & lanes->value)
	{
		out->number[group * GROUP_ROWS + i] = (int64) lanes->number[i];
		if (lanes->error[i] != 0)
			out->doubt[group] |= UINT64CONST(1) << i;
	}
	EACH_LANE(i, wanted & lanes->range)
	{
		if (is_open_range(batch_take(&lane, lanes, i, TYPE_NUMBER)))
			out->none[group] |= UINT64CONST(1) << i;
		else
			out->doubt[group] |= UINT64CONST(1) << i;
	}
}

void
batch_whole(Batch *batch, int number, const uint64 *wanted, BatchWhole *out)
{
	const BatchRegister *x;
	int			g;

	batch_ask(batch, wanted);
	x = batch_get_prepared(batch, number, wanted);
	for (g = 0; g < batch->ngroups; g++)
		read_group(&x->groups[g], g, wanted[g], out);
}
