/*
 * money.c
 *		Exact arithmetic of payments: lines, their sums, caps.
 */
#include "postgres.h"

#include "exact.h"
#include "value.h"

bool
number_as_payment(Number *result, const Number *amount)
{
	if (number_sign(amount) <= 0)
		*result = number_zero;
	/* most amounts are whole 元 */
	else if (amount->den == 1)
		*result = *amount;
	else
		*result = number_round(amount, 2);
	return !number_is_long(result);
}

/* A line: the amount paid while a condition holds. */
void
exact_line(Run *run, const Instr *instr, Value *out)
{
	Truth		condition = run_truth(run, instr->a);
	const Value *pay;
	Number		low = number_zero;
	Number		high = number_zero;
	bool		bounded;

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
	if (condition == TRUTH_TRUE && !may_be_none(pay) && low_of(pay) && !number_as_payment(&low, low_of(pay)))
		low = number_zero;
	bounded = high_of(pay) && number_as_payment(&high, high_of(pay));
	value_set_range(out, &low, bounded ? &high : NULL, false);
}

/* A sum that the document does not name: anything. */
void
exact_undetermined(Run *run pg_attribute_unused(), const Instr *instr pg_attribute_unused(), Value *out)
{
	value_set_range(out, &number_zero, NULL, false);
}

/*
 * Whether an instruction is a line that certainly pays nothing, which needs only its
 * condition.
 */
static inline bool
pays_nothing(Run *run, int number)
{
	const Instr *instr = &run->program->instrs[number];

	/* a watch function must see every line */
	return run->watch == NULL && instr->op == OP_LINE && run_truth(run, instr->a) == TRUTH_FALSE;
}

void
exact_total(Run *run, const Instr *instr, Value *out)
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
		value_add(&sum, out, value);
		*out = sum;
	}
}

/* The highest of lines and the like, of which none is ever none. */
void
exact_highest(Run *run, const Instr *instr, Value *out)
{
	const int  *args = run->program->args + instr->args;
	Number		low = number_zero;
	Number		high = number_zero;
	bool		bounded = true;
	int			i;

	for (i = 0; i < instr->nargs; i++)
	{
		const Value *value;

		if (pays_nothing(run, args[i]))
			continue;
		value = run_value(run, args[i]);
		if (number_compare(low_of(value), &low) > 0)
			low = *low_of(value);
		if (high_of(value) == NULL)
			bounded = false;
		else if (number_compare(high_of(value), &high) > 0)
			high = *high_of(value);
	}
	value_set_range(out, &low, bounded ? &high : NULL, false);
}

/* A cap that is none has no effect; if it may be none, it lowers only the low end. */
void
exact_cap(Run *run, const Instr *instr, Value *out)
{
	const Value *amount = run_value(run, instr->a);
	const Value *limit;
	Number		limit_low = number_zero;
	Number		limit_high = number_zero;
	const Number *low = low_of(amount);
	const Number *high = high_of(amount);
	bool		bounded;

	/* caps are never negative */
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
	if (low_of(limit) && !number_as_payment(&limit_low, low_of(limit)))
		limit_low = number_zero;
	bounded = high_of(limit) && number_as_payment(&limit_high, high_of(limit));
	if (number_compare(&limit_low, low) < 0)
		low = &limit_low;
	if (!may_be_none(limit) && bounded &&
		(high == NULL || number_compare(&limit_high, high) < 0))
		high = &limit_high;
	{
		Value		result;

		value_set_range(&result, low, high, false);
		*out = result;
	}
}
