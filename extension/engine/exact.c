/*
 * exact.c
 *		Exact implementations: constants, facts, conditions, numbers.
 */
#include "postgres.h"

#include "exact.h"
#include "value.h"

/* ---------------- constants and facts ---------------- */

void
exact_number(Run *run, const Instr *instr, Value *out)
{
	value_set_number(out, &run->program->numbers[instr->a]);
}

void
exact_date(Run *run pg_attribute_unused(), const Instr *instr, Value *out)
{
	value_set_date(out, instr->a);
}

void
exact_text(Run *run, const Instr *instr, Value *out)
{
	const char *text = run->program->texts[instr->a];

	value_set_text(out, text, strlen(text));
}

void
exact_boolean(Run *run pg_attribute_unused(), const Instr *instr, Value *out)
{
	value_set_truth(out, instr->a ? TRUTH_TRUE : TRUTH_FALSE);
}

void
exact_fact(Run *run, const Instr *instr, Value *out)
{
	run->source->load(run->source, instr->a, out);
}

void
exact_field(Run *run, const Instr *instr, Value *out)
{
	*out = run->elements[instr->b][instr->a];
}

/* ---------------- conditions ---------------- */

static void
logic(Run *run, const Instr *instr, Truth decisive, Value *out)
{
	const int  *args = run->program->args + instr->args;
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

void
exact_and(Run *run, const Instr *instr, Value *out)
{
	logic(run, instr, TRUTH_FALSE, out);
}

void
exact_or(Run *run, const Instr *instr, Value *out)
{
	logic(run, instr, TRUTH_TRUE, out);
}

void
exact_not(Run *run, const Instr *instr, Value *out)
{
	value_set_truth(out, TRUTH_TRUE - run_truth(run, instr->a));
}

void
exact_compare(Run *run, const Instr *instr, Value *out)
{
	const Value *a = run_value(run, instr->a);

	value_set_truth(out, value_compare(a, run_value(run, instr->b),
									   run->program->instrs[instr->a].type, instr->flag));
}

void
exact_is_none(Run *run, const Instr *instr, Value *out)
{
	const Value *a = run_value(run, instr->a);
	Truth		truth = is_none(a) ? TRUTH_TRUE : may_be_none(a) ? TRUTH_UNKNOWN : TRUTH_FALSE;

	value_set_truth(out, instr->flag ? TRUTH_TRUE - truth : truth);
}

/* ---------------- numbers ---------------- */

void
exact_add(Run *run, const Instr *instr, Value *out)
{
	const Value *a = run_value(run, instr->a);

	value_add(out, a, run_value(run, instr->b));
}

void
exact_subtract(Run *run, const Instr *instr, Value *out)
{
	const Value *a = run_value(run, instr->a);

	value_subtract(out, a, run_value(run, instr->b));
}

void
exact_multiply(Run *run, const Instr *instr, Value *out)
{
	const Value *a = run_value(run, instr->a);

	value_multiply(out, a, run_value(run, instr->b));
}

void
exact_divide(Run *run, const Instr *instr, Value *out)
{
	const Value *a = run_value(run, instr->a);

	value_divide(out, a, run_value(run, instr->b));
}

void
exact_negate(Run *run, const Instr *instr, Value *out)
{
	const Value *a = run_value(run, instr->a);

	if (is_none(a))
		value_set_none(out);
	else
		value_negate(out, a);
}

/*
 * Applies a non-decreasing function: the ends of the result come from the ends of the
 * operand.  An end that is still a long number becomes unbounded.
 */
static void
monotone(Value *out, const Value *a, Number (*of) (const Number *number, int operand), int operand)
{
	Number		low = number_zero;
	Number		high = number_zero;
	bool		bounded_low = low_of(a) != NULL;
	bool		bounded_high = high_of(a) != NULL;

	if (is_none(a))
	{
		value_set_none(out);
		return;
	}
	if (bounded_low)
	{
		low = of(low_of(a), operand);
		bounded_low = !number_is_long(&low);
	}
	if (a->known && bounded_low)
	{
		value_set_number(out, &low);
		return;
	}
	if (bounded_high)
	{
		high = of(high_of(a), operand);
		bounded_high = !number_is_long(&high);
	}
	value_set_range(out, bounded_low ? &low : NULL, bounded_high ? &high : NULL, may_be_none(a));
}

static Number
floor_of(const Number *number, int operand pg_attribute_unused())
{
	return number_floor(number);
}

void
exact_floor(Run *run, const Instr *instr, Value *out)
{
	monotone(out, run_value(run, instr->a), floor_of, 0);
}

static Number
ceil_of(const Number *number, int operand pg_attribute_unused())
{
	return number_ceil(number);
}

void
exact_ceil(Run *run, const Instr *instr, Value *out)
{
	monotone(out, run_value(run, instr->a), ceil_of, 0);
}

void
exact_round(Run *run, const Instr *instr, Value *out)
{
	monotone(out, run_value(run, instr->a), number_round, instr->b);
}
