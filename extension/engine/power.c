/*
 * power.c
 *		Powers with a constant exponent, exact and in the kernel.
 *
 * An odd power never decreases.  An even one is least where the number is nearest to zero.
 */
#include "postgres.h"

#include "kernel_number.h"
#include "run.h"
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

/* The power of an end of a range; NULL is an open end, or a power that is too large. */
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
		/* around zero: the greater of both ends */
		if (low && high && number_compare(low, high) > 0)
			high = low;
		value_set_range(out, &number_zero, low ? high : NULL, may_be_none(x));
	}
}

void
kernel_power(Run *run, int number, const KernelNode *node, Lane *out)
{
	const Lane *x = lane_get(run, node->a);
	Lane		power = {0};
	int			i;

	if (!is_known(x, out))
		return;
	lane_set_exact(&power, 1);
	for (i = 0; i < node->b && power.state == LANE_VALUE; i++)
	{
		Lane		so_far = power;

		lane_set_product(&power, &so_far, x);
	}
	if (power.state != LANE_VALUE)
	{
		lane_ask_exact(run, number, out);
		return;
	}
	power.stamp = out->stamp;
	*out = power;
}
