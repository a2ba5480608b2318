/*
 * run.c
 *		Running a program on the facts of one row: the evaluator.
 *
 * The result of an instruction holds every value that some way of filling in the
 * unknown facts gives, so an answer that is decided is right; it may hold more
 * where a fact occurs twice.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "plain.h"
#include "value.h"
#include "run.h"

/* ---------------- money ---------------- */

/* A payment rounded to the 分, never below zero. */
static Number
money(const Number *amount)
{
	if (number_sign(amount) <= 0)
		return number_zero;
	/* most are whole 元 */
	if (amount->den == 1)
		return *amount;
	return number_round(amount, 2);
}

/* What is paid while a condition holds: one line. */
static void
line(Run *run, const Instr *instr, Value *out)
{
	Truth		condition = run_truth(run, instr->a);
	const Value *pay;
	Number		low = number_zero;
	Number		high = number_zero;

	if (condition == TRUTH_FALSE)
	{
		value_set_number(out, &number_zero);
		return;
	}
	pay = run_value(run, instr->b);
	if (is_none(pay))
	{
		value_set_number(out, &number_zero);
		return;
	}
	if (condition == TRUTH_TRUE && !may_be_none(pay) && low_of(pay))
		low = money(low_of(pay));
	if (high_of(pay))
		high = money(high_of(pay));
	value_set_range(out, &low, high_of(pay) ? &high : NULL, false);
}

/* Whether an instruction is a line that surely pays nothing: that costs its condition. */
static inline bool
pays_nothing(Run *run, int number)
{
	const Instr *instr = &run->program->instrs[number];

	/* who watches wants to see every line */
	return run->watch == NULL && instr->op == OP_LINE && run_truth(run, instr->a) == TRUTH_FALSE;
}

static void
total(Run *run, const Instr *instr, Value *out)
{
	const int  *args = run->program->args + instr->args;
	Value		sum;
	int			i;

	value_set_number(out, &number_zero);
	for (i = 0; i < instr->nargs; i++)
	{
		const Value *value;

		if (pays_nothing(run, args[i]))
			continue;
		value = run_value(run, args[i]);
		if (is_zero(value))
			continue;
		if (is_zero(out))
		{
			*out = *value;
			continue;
		}
		value_arithmetic(&sum, OP_ADD, out, value);
		*out = sum;
	}
}

/* A cap that is none caps nothing; one that may be none only from above. */
static void
cap(Run *run, const Instr *instr, Value *out)
{
	const Value *amount = run_value(run, instr->a);
	const Value *limit;
	Number		limit_low = number_zero;
	Number		limit_high = number_zero;
	const Number *low = low_of(amount);
	const Number *high = high_of(amount);

	/* no cap is below zero */
	if (run->watch == NULL && is_zero(amount))
	{
		*out = *amount;
		return;
	}
	limit = run_value(run, instr->b);
	if (is_none(limit))
	{
		*out = *amount;
		return;
	}
	if (low_of(limit))
		limit_low = money(low_of(limit));
	if (high_of(limit))
		limit_high = money(high_of(limit));
	if (number_compare(&limit_low, low) < 0)
		low = &limit_low;
	if (!may_be_none(limit) && high_of(limit) &&
		(high == NULL || number_compare(&limit_high, high) < 0))
		high = &limit_high;
	{
		Value		result;

		value_set_range(&result, low, high, false);
		*out = result;
	}
}

/* ---------------- the evaluator ---------------- */

static void
logic(Run *run, const Instr *instr, Value *out)
{
	const int  *args = run->program->args + instr->args;
	Truth		decisive = instr->op == OP_AND ? TRUTH_FALSE : TRUTH_TRUE;
	Truth		result = TRUTH_TRUE - decisive;
	int			i;

	for (i = 0; i < instr->nargs; i++)
	{
		Truth		truth = run_truth(run, args[i]);

		if (truth == decisive)
		{
			result = decisive;
			break;
		}
		if (truth == TRUTH_UNKNOWN)
			result = TRUTH_UNKNOWN;
	}
	value_set_truth(out, result);
}

static void
compute(Run *run, const Instr *instr, Value *out)
{
	const Program *program = run->program;

	switch ((Op) instr->op)
	{
		case OP_NUMBER:
			value_set_number(out, &program->numbers[instr->a]);
			break;
		case OP_DATE:
			value_set_date(out, instr->a);
			break;
		case OP_TEXT:
			value_set_text(out, program->texts[instr->a], strlen(program->texts[instr->a]));
			break;
		case OP_BOOLEAN:
			value_set_truth(out, instr->b ? TRUTH_TRUE : TRUTH_FALSE);
			break;
		case OP_FACT:
			run->source->load(run->source, instr->a, out);
			break;
		case OP_FIELD:
			*out = run->elements[instr->b][instr->a];
			break;
		case OP_AND:
		case OP_OR:
			logic(run, instr, out);
			break;
		case OP_NOT:
			value_set_truth(out, TRUTH_TRUE - run_truth(run, instr->a));
			break;
		case OP_COMPARE:
			{
				const Value *a = run_value(run, instr->a);

				value_set_truth(out, value_compare(a, run_value(run, instr->b),
											 program->instrs[instr->a].type, instr->flag));
			}
			break;
		case OP_TEXT_IN:
			choose_text_in(run, instr, out);
			break;
		case OP_IS_NONE:
			{
				const Value *a = run_value(run, instr->a);
				Truth		truth = is_none(a) ? TRUTH_TRUE :
					may_be_none(a) ? TRUTH_UNKNOWN : TRUTH_FALSE;

				value_set_truth(out, instr->flag ? TRUTH_TRUE - truth : truth);
			}
			break;
		case OP_ADD:
		case OP_SUBTRACT:
		case OP_MULTIPLY:
		case OP_DIVIDE:
			{
				const Value *a = run_value(run, instr->a);

				value_arithmetic(out, instr->op, a, run_value(run, instr->b));
			}
			break;
		case OP_NEGATE:
			if (is_none(run_value(run, instr->a)))
				value_set_none(out);
			else
				value_negate(out, run_value(run, instr->a));
			break;
		case OP_SHIFT:
			value_shift(out, run_value(run, instr->a), instr->flag, instr->b);
			break;
		case OP_DAYS:
			{
				const Value *a = run_value(run, instr->a);

				value_days_between(out, a, run_value(run, instr->b));
			}
			break;
		case OP_CASE:
			choose_case(run, instr, out);
			break;
		case OP_LEAST:
		case OP_GREATEST:
			choose_extreme(run, instr, out);
			break;
		case OP_LATEST:
			choose_latest(run, instr, out);
			break;
		case OP_COALESCE:
			choose_coalesce(run, instr, out);
			break;
		case OP_YEAR:
			value_year(out, run_value(run, instr->a));
			break;
		case OP_FLOOR:
		case OP_ROUND:
			value_round(out, run_value(run, instr->a), instr->op, instr->b);
			break;
		case OP_COUNT_TRUE:
			choose_count_true(run, instr, out);
			break;
		case OP_LIST:
			run_aggregate(run, instr, out);
			break;
		case OP_LINE:
			line(run, instr, out);
			break;
		case OP_TOTAL:
			total(run, instr, out);
			break;
		case OP_CAP:
			cap(run, instr, out);
			break;
	}
}

/* When what an instruction depends on last changed. */
static inline uint64
epoch_of(const Run *run, const Instr *instr)
{
	uint64		epoch = run->epochs[0];
	uint32		scopes = instr->scopes;
	int			depth;

	for (depth = 1; scopes >> depth; depth++)
		if (scopes & ((uint32) 1 << depth))
			epoch = Max(epoch, run->epochs[depth]);
	return epoch;
}

const Value *
run_value(Run *run, int number)
{
	const Instr *instr = &run->program->instrs[number];
	uint64		epoch = instr->scopes == 0 ? run->epochs[0] : epoch_of(run, instr);

	if (run->stamps[number] < epoch)
	{
		check_stack_depth();
		compute(run, instr, &run->values[number]);
		run->stamps[number] = run->clock;
		if (run->watch)
			run->watch(run, number, &run->values[number]);
	}
	return &run->values[number];
}

Run *
run_create(const Program *program)
{
	Run		   *run = palloc0(sizeof(Run));
	int			i;

	run->program = program;
	run->values = palloc0_array(Value, program->ninstrs);
	run->stamps = palloc0_array(uint64, program->ninstrs);
	run->nodes = program->plain->nodes;
	run->plain = plain_registers(program);
	run->plain_args = program->plain->args;
	run->deep = program->plain->deep;
	for (i = 0; i < program->ninstrs; i++)
	{
		const Instr *instr = &program->instrs[i];

		if (instr->op == OP_NUMBER || instr->op == OP_DATE ||
			instr->op == OP_TEXT || instr->op == OP_BOOLEAN)
		{
			/* constants are computed once and for all */
			compute(run, instr, &run->values[i]);
			run->stamps[i] = PG_UINT64_MAX;
		}
	}
	return run;
}

void
run_begin(Run *run, FactSource *source)
{
	run->source = source;
	run->epochs[0] = ++run->clock;
}
