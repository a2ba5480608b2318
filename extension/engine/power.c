/*
 * power.c
 *		Powers with a constant exponent, exact and in the kernel.
 *
 * An odd power never decreases.  An even power is least where the number is nearest to
 * zero.
 */
#include "postgres.h"

#include "exact.h"
#include "kernel_number.h"
#include "value.h"

bool
number_power(Number *result, const Number *a, int exponent)
{
	*result = number_of(1);
	while (exponent-- > 0)
	{
		Number		so_far = *result;

		if (!number_multiply(result, &so_far, a))
			return false;
	}
	return true;
}

/* Returns the power of an end of a range; NULL if the end is open or the power is too large. */
static const Number *
power_of_end(Number *result, const Number *end, int exponent)
{
	return end && number_power(result, end, exponent) ? result : NULL;
}

void
exact_power(Run *run, const Instr *instr, Value *out)
{
	const Value *x = run_value(run, instr->a);
	bool		even = instr->b % 2 == 0;
	Number		of_low;
	Number		of_high;
	const Number *low;
	const Number *high;

	if (is_none(x))
	{
		value_set_none(out);
		return;
	}
	low = power_of_end(&of_low, low_of(x), instr->b);
	high = power_of_end(&of_high, high_of(x), instr->b);
	if (instr->b == 0)
	{
		of_low = number_of(1);
		value_set_range(out, &of_low, &of_low, may_be_none(x));
	}
	else if (x->known && low == NULL)
		value_set_anything(out, false);
	else if (!even || (low_of(x) && number_sign(low_of(x)) >= 0))
		value_set_range(out, low, high, may_be_none(x));
	else if (high_of(x) && number_sign(high_of(x)) <= 0)
		value_set_range(out, high, low, may_be_none(x));
	else
	{
		/* around zero, the high end is the greater of both */
		if (low && high && number_compare(low, high) > 0)
			high = low;
		value_set_range(out, &number_zero, low ? high : NULL, may_be_none(x));
	}
}

/* Sets the power of an end; an open end stays open.  Returns false if it is in doubt. */
static bool
end_power(End *power, const End *x, int exponent)
{
	*power = end_exact(1);
	if (end_is_open(x))
	{
		power->number = pow(x->number, exponent);
		return true;
	}
	while (exponent-- > 0)
	{
		double		number = power->number * x->number;

		power->error = product_error(number, power->number, power->error, x->number, x->error);
		power->number = number;
		if (number_in_doubt(power->error))
			return false;
	}
	return true;
}

void
kernel_power(const KernelNode *node, const Lane *const *x, Lane *out)
{
	bool		even = node->b % 2 == 0;
	End			zero = end_exact(0);
	End			low;
	End			high;

	if (!lane_operands(x, 1, out))
		return;
	if (!end_power(&low, &x[0]->low, node->b) || !end_power(&high, lane_high(x[0]), node->b))
		lane_set_doubt(out);
	else if (x[0]->state == LANE_VALUE || !even || node->b == 0)
		lane_set_ends(out, &low, &high, x[0]->state == LANE_VALUE, lane_may_be_none(x[0]));
	else if (end_order(&x[0]->low, &zero) == ORDER_DOUBT || end_order(&x[0]->high, &zero) == ORDER_DOUBT)
		lane_set_doubt(out);
	else if (end_order(&x[0]->low, &zero) >= 0)
		lane_set_range(out, &low, &high, x[0]->maybe);
	else if (end_order(&x[0]->high, &zero) <= 0)
		lane_set_range(out, &high, &low, x[0]->maybe);
	else
	{
		/* around zero, the high end is the greater of both */
		end_raise(&high, &low);
		lane_set_range(out, &zero, &high, x[0]->maybe);
	}
}
