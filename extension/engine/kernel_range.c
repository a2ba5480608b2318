/*
 * kernel_range.c
 *		Ranges in the float kernel: their ends, arithmetic, rounding and comparison.
 *
 * Step by step these are the rules of value.c, choose.c and exact.c, with ends in doubles
 * instead of fractions.  A missing end is infinite; inf - inf does not occur, since only low ends are
 * minus infinity and only high ends plus infinity; 0 * inf is 0, as it is there.  Where the
 * rule depends on something that the errors leave open, the result is in doubt.
 */
#include "postgres.h"

#include "kernel_number.h"
#include "kernel_range.h"

/* ---------------- ends ---------------- */

void
end_lower(End *end, const End *other)
{
	switch (end_order(other, end))
	{
		case -1:
			*end = *other;
			break;
		case ORDER_DOUBT:
			end->decimal &= other->decimal;
			end->number = Min(end->number, other->number);
			end->error = Max(end->error, other->error);
			break;
		default:
			break;
	}
}

void
end_raise(End *end, const End *other)
{
	switch (end_order(other, end))
	{
		case 1:
			*end = *other;
			break;
		case ORDER_DOUBT:
			end->decimal &= other->decimal;
			end->number = Max(end->number, other->number);
			end->error = Max(end->error, other->error);
			break;
		default:
			break;
	}
}

/* Adds two low ends, or two high ends.  Returns false if the sum is in doubt. */
static bool
end_add(End *out, const End *a, const End *b)
{
	if (end_is_open(a) || end_is_open(b))
	{
		*out = end_exact(end_is_open(a) ? a->number : b->number);
		return true;
	}
	out->number = a->number + b->number;
	out->error = sum_error(out->number, a->error, b->error);
	out->decimal = false;
	return !number_in_doubt(out->error);
}

static End
end_negate(const End *a)
{
	End			end = *a;

	/* not -0 */
	end.number = 0 - a->number;
	return end;
}

/* Returns -1, 0 or 1; ORDER_DOUBT if the error leaves the sign open. */
static int
end_sign(const End *a)
{
	End			zero = end_exact(0);

	return end_order(a, &zero);
}

static inline bool
end_is_zero(const End *a)
{
	return a->number == 0 && a->error == 0;
}

/* Multiplies two ends.  Zero times any end is zero, also an infinite one. */
static bool
end_multiply(End *out, const End *a, const End *b)
{
	if (end_is_zero(a) || end_is_zero(b))
	{
		*out = end_exact(0);
		return true;
	}
	if (end_is_open(a) || end_is_open(b))
	{
		int			a_sign = end_sign(a);
		int			b_sign = end_sign(b);

		if (a_sign == ORDER_DOUBT || b_sign == ORDER_DOUBT)
			return false;
		*out = end_exact(a_sign * b_sign == 0 ? 0 : a_sign * b_sign * HUGE_VAL);
		return true;
	}
	out->number = a->number * b->number;
	out->error = product_error(out->number, a->number, a->error, b->number, b->error);
	out->decimal = false;
	return !number_in_doubt(out->error);
}

/* Returns 1 / a for an end that is not zero.  The reciprocal of an infinite end is zero. */
static bool
end_reciprocal(End *out, const End *a)
{
	if (end_is_open(a))
	{
		*out = end_exact(0);
		return true;
	}
	out->number = 1 / a->number;
	out->error = quotient_error(out->number, 0, a->number, a->error);
	out->decimal = false;
	return !number_in_doubt(out->error);
}

/* ---------------- ranges ---------------- */

void
lane_set_range(Lane *lane, const End *low, const End *high, bool maybe)
{
	bool		open = end_is_open(low) || end_is_open(high);
	End			from = *low;
	End			to = *high;

	lane->state = !maybe && !open && end_order(&from, &to) == 0 ? LANE_VALUE : LANE_RANGE;
	lane->maybe = maybe;
	lane->low = from;
	lane->high = to;
}

void
lane_set_ends(Lane *lane, const End *low, const End *high, bool known, bool maybe)
{
	if (known)
	{
		lane->state = LANE_VALUE;
		lane->low = *low;
	}
	else
		lane_set_range(lane, low, high, maybe);
}

void
lane_set_integers(Lane *lane, bool bounded_low, double low, bool bounded_high, double high, bool maybe)
{
	End			from = end_exact(bounded_low ? low : -HUGE_VAL);
	End			to = end_exact(bounded_high ? high : HUGE_VAL);

	lane_set_range(lane, &from, &to, maybe);
}

void
lane_set_anything(Lane *lane, bool maybe)
{
	lane->state = LANE_RANGE;
	lane->maybe = maybe;
	lane->low = end_exact(-HUGE_VAL);
	lane->high = end_exact(HUGE_VAL);
}

void
range_add(const KernelNode *node pg_attribute_unused(), const Lane *const *x, Lane *out)
{
	End			low;
	End			high;

	if (!lane_operands(x, 2, out))
		return;
	if (end_add(&low, &x[0]->low, &x[1]->low) && end_add(&high, lane_high(x[0]), lane_high(x[1])))
		lane_set_range(out, &low, &high, lane_may_be_none(x[0]) || lane_may_be_none(x[1]));
	else
		lane_set_doubt(out);
}

void
range_subtract(const KernelNode *node pg_attribute_unused(), const Lane *const *x, Lane *out)
{
	End			low;
	End			high;
	End			minus_low;
	End			minus_high;

	if (!lane_operands(x, 2, out))
		return;
	minus_low = end_negate(lane_high(x[1]));
	minus_high = end_negate(&x[1]->low);
	if (end_add(&low, &x[0]->low, &minus_low) && end_add(&high, lane_high(x[0]), &minus_high))
		lane_set_range(out, &low, &high, lane_may_be_none(x[0]) || lane_may_be_none(x[1]));
	else
		lane_set_doubt(out);
}

/* Finds the least and the greatest product of the ends. */
static void
multiply_ends(const End *a_low, const End *a_high, const End *b_low, const End *b_high, bool maybe, Lane *out)
{
	End			low;
	End			high;
	End			product;
	int			i;

	if (!end_multiply(&low, a_low, b_low))
	{
		lane_set_doubt(out);
		return;
	}
	high = low;
	for (i = 1; i < 4; i++)
	{
		if (!end_multiply(&product, i & 1 ? a_high : a_low, i & 2 ? b_high : b_low))
		{
			lane_set_doubt(out);
			return;
		}
		end_lower(&low, &product);
		end_raise(&high, &product);
	}
	lane_set_range(out, &low, &high, maybe);
}

void
range_multiply(const KernelNode *node pg_attribute_unused(), const Lane *const *x, Lane *out)
{
	if (lane_operands(x, 2, out))
		multiply_ends(&x[0]->low, lane_high(x[0]), &x[1]->low, lane_high(x[1]),
					  lane_may_be_none(x[0]) || lane_may_be_none(x[1]), out);
}

/* Division.  If the divisor may be zero, the result can be any number. */
void
range_divide(const KernelNode *node pg_attribute_unused(), const Lane *const *x, Lane *out)
{
	bool		maybe = lane_may_be_none(x[0]) || lane_may_be_none(x[1]);
	const End  *b_low = &x[1]->low;
	const End  *b_high = lane_high(x[1]);
	End			low;
	End			high;
	int			sign;

	if (!lane_operands(x, 2, out))
		return;
	sign = end_sign(b_low);
	if (sign == -1 || sign == 0)
		sign = end_sign(b_high) == ORDER_DOUBT ? ORDER_DOUBT : end_sign(b_high) < 0 ? -1 : 0;
	if (sign == 0)
		lane_set_anything(out, maybe);
	else if (sign == ORDER_DOUBT || !end_reciprocal(&low, b_high) || !end_reciprocal(&high, b_low))
		lane_set_doubt(out);
	else
		multiply_ends(&x[0]->low, lane_high(x[0]), &low, &high, maybe, out);
}

void
kernel_negate(const KernelNode *node pg_attribute_unused(), const Lane *const *x, Lane *out)
{
	End			low;
	End			high;

	if (!lane_operands(x, 1, out))
		return;
	low = end_negate(lane_high(x[0]));
	high = end_negate(&x[0]->low);
	out->state = x[0]->state;
	out->maybe = lane_may_be_none(x[0]);
	out->low = low;
	out->high = high;
}

/* ---------------- rounding ---------------- */

/* Rounds an end by a function that never decreases.  Returns false if the error leaves open how it is rounded. */
bool
end_whole(End *out, const End *x, double (*of) (double))
{
	double		low;

	*out = *x;
	if (x->error == 0)
		return true;
	low = of(x->number - 2 * x->error);
	if (fabs(x->number) >= KERNEL_EXACT / 4 || low != of(x->number + 2 * x->error))
		return false;
	*out = end_exact(low + 0.0);
	return true;
}

static void
whole(const Lane *const *x, double (*of) (double), Lane *out)
{
	End			low;
	End			high;

	if (!lane_operands(x, 1, out))
		return;
	if (!end_whole(&low, &x[0]->low, of) || !end_whole(&high, lane_high(x[0]), of))
		lane_set_doubt(out);
	else
		lane_set_range(out, &low, &high, lane_may_be_none(x[0]));
}

void
kernel_floor(const KernelNode *node pg_attribute_unused(), const Lane *const *x, Lane *out)
{
	whole(x, floor, out);
}

void
kernel_ceil(const KernelNode *node pg_attribute_unused(), const Lane *const *x, Lane *out)
{
	whole(x, ceil, out);
}

/*
 * Rounds an end half away from zero to a number of decimals.  The result is a decimal, n / 10^decimals, which has
 * at most 15 digits if n has.
 */
static bool
end_round(End *out, const End *x, int decimals)
{
	double		power = 1;
	double		scaled;
	double		error;
	double		size;
	double		steps;
	int			i;

	*out = *x;
	if (x->error == 0)
		return true;
	/* a power of ten up to 10^22 is a double */
	for (i = 0; i < decimals; i++)
		power *= 10;
	scaled = x->number * power;
	error = 2 * (power * x->error + KERNEL_UNIT * fabs(scaled) + KERNEL_TINY);
	size = fabs(scaled);
	steps = floor(size + 0.5);
	/* written so that NaN returns false, too */
	if (!(size < 1e15) || !(fabs(size - steps) + error < 0.5))
		return false;
	steps = scaled < 0 ? 0 - steps : steps;
	out->number = steps / power + 0.0;
	out->decimal = true;
	out->error = out->number == floor(out->number) && fmod(steps, power) == 0 ? 0 : KERNEL_ROUNDED(out->number);
	return true;
}

void
kernel_round(const KernelNode *node, const Lane *const *x, Lane *out)
{
	End			low;
	End			high;

	if (!lane_operands(x, 1, out))
		return;
	if (!end_round(&low, &x[0]->low, node->b) || !end_round(&high, lane_high(x[0]), node->b))
		lane_set_doubt(out);
	else
		lane_set_ends(out, &low, &high, x[0]->state == LANE_VALUE, lane_may_be_none(x[0]));
}

/* ---------------- comparison ---------------- */

/*
 * Returns the result of a comparison of ranges, given the order of the high end of a and the low end of b, and the
 * order of the low end of a and the high end of b.
 */
static Truth
compare_ends(int high_to_low, int low_to_high, CompareOp op)
{
	bool		below = high_to_low < 0;
	bool		at_most = high_to_low <= 0;
	bool		above = low_to_high > 0;
	bool		at_least = low_to_high >= 0;

	switch (op)
	{
		case CMP_EQ:
			return truth_of(at_most && at_least, below || above);
		case CMP_NE:
			return truth_of(below || above, at_most && at_least);
		case CMP_LT:
			return truth_of(below, at_least);
		case CMP_LE:
			return truth_of(at_most, above);
		case CMP_GT:
			return truth_of(above, at_most);
		case CMP_GE:
			return truth_of(at_least, below);
	}
	return TRUTH_UNKNOWN;
}

/* Compares two ranges.  If an order is in doubt, all possible orders are tried; the answer is sure if they agree. */
static int
compare_numbers(const Lane *a, const Lane *b, CompareOp op)
{
	/* an open high end is above every number, an open low end below */
	int			high_to_low = end_is_open(lane_high(a)) || end_is_open(&b->low) ? 1 : end_order(lane_high(a), &b->low);
	int			low_to_high = end_is_open(&a->low) || end_is_open(lane_high(b)) ? -1 : end_order(&a->low, lane_high(b));
	int			truth = -1;
	int			i,
				j;

	if (a->state == LANE_VALUE && b->state == LANE_VALUE)
		return high_to_low == ORDER_DOUBT ? TRUTH_DOUBT : order_truth(high_to_low, op);
	if (high_to_low != ORDER_DOUBT && low_to_high != ORDER_DOUBT)
		return compare_ends(high_to_low, low_to_high, op);
	for (i = -1; i <= 1; i++)
		for (j = -1; j <= 1; j++)
		{
			int			here;

			if ((high_to_low != ORDER_DOUBT && high_to_low != i) || (low_to_high != ORDER_DOUBT && low_to_high != j))
				continue;
			here = compare_ends(i, j, op);
			if (truth >= 0 && here != truth)
				return TRUTH_DOUBT;
			truth = here;
		}
	return truth;
}

static Truth
compare_days(const Lane *a, const Lane *b, CompareOp op)
{
	int			high_to_low = a->last_day < b->day ? -1
	: a->last_day <= b->day && a->last_day != DATEVAL_NOEND && b->day != DATEVAL_NOBEGIN ? 0 : 1;
	int			low_to_high = a->day > b->last_day ? 1
	: a->day >= b->last_day && a->day != DATEVAL_NOBEGIN && b->last_day != DATEVAL_NOEND ? 0 : -1;

	return compare_ends(high_to_low, low_to_high, op);
}

int
lane_compare(const Lane *a, const Lane *b, ValueType type, CompareOp op)
{
	int			truth = TRUTH_UNKNOWN;

	if (a->state == LANE_NONE || b->state == LANE_NONE)
		return TRUTH_FALSE;
	if (a->state == LANE_DOUBT || b->state == LANE_DOUBT)
		return TRUTH_DOUBT;
	if (type == TYPE_NUMBER)
		truth = compare_numbers(a, b, op);
	else if (type == TYPE_DATE)
		truth = compare_days(a, b, op);
	else if (a->state == LANE_VALUE && b->state == LANE_VALUE)
		truth = (a->length == b->length && memcmp(a->text, b->text, a->length) == 0) == (op == CMP_EQ)
			? TRUTH_TRUE : TRUTH_FALSE;
	return kernel_unless_none(truth, lane_may_be_none(a) || lane_may_be_none(b));
}
