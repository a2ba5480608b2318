/*
 * kernel_number.h
 *		Numbers of the kernel: doubles with a bound on their error.
 *
 * Write x for a register's double, e for its error and X for the number it stands for:
 * |X - x| <= e.  Doubles are IEEE's, rounded to nearest; u = 2^-53, and one operation
 * gives fl(z) with |fl(z) - z| <= u |fl(z)| + 2^-1074, the last where it underflows (not
 * for sums, which are then exact).  What holds of exact bounds is computed in floating
 * point too, so every bound below is taken larger than it needs be: each of its at most
 * six operations loses less than 2u of it, together less than 2^-49, for which it is
 * multiplied by GENEROUS = 1 + 2^-46; what underflows in it is less than TINY.
 *
 *	a ± b	|A ± B - fl(a ± b)| <= ea + eb + u |fl(a ± b)|
 *	a b		|AB - ab| = |(A - a) b + a (B - b) + (A - a)(B - b)|
 *						<= ea |b| + |a| eb + ea eb
 *	a / b	|A/B - a/b| = |(A - a) b - a (B - b)| / |B b|
 *						<= ea / |B| + |a/b| (eb / |B|), and |B| >= |b| - eb;
 *			only where eb < |b| / 4, so that B is not zero and |b| - eb is computed
 *			with a relative error below 2u.  Where eb / |B| underflows, the bound
 *			loses less than 2^-1074 |a/b|: the second u below covers that.
 *
 * To each is added u |fl(result)| for the result's own rounding, and as much again.
 * Products and quotients that are not zero may be so small that they underflow; TINY
 * covers that as well.  Overflow and what follows from it, NaN among it, makes the error
 * infinite or NaN: such a number is LANE_OTHER.
 *
 * Integers below 2^53 stay exact: where the computed sum or product of two is below
 * 2^53, so is the true one, and it is a double.  A quotient a/b that is no integer is at
 * least 1/|b| away from one; to round to an integer q it would have to be within u |q|,
 * but |q b| <= |a| (1 + u) < 2^53.  So a computed quotient that is an integer is exact.
 */
#ifndef ZJTX_KERNEL_NUMBER_H
#define ZJTX_KERNEL_NUMBER_H

#include <float.h>
#include <math.h>

#include "kernel.h"

StaticAssertDecl(DBL_MANT_DIG == 53 && DBL_DIG == 15 && FLT_EVAL_METHOD >= 0 && FLT_EVAL_METHOD < 2,
				 "doubles must be IEEE's, and computed as such");

#define KERNEL_EXACT 9007199254740992.0 /* 2^53 */
#define KERNEL_DECIMAL INT64CONST(1000000000000000) /* 10^DBL_DIG */
#define KERNEL_UNIT (1.0 / KERNEL_EXACT)	/* u */
#define KERNEL_GENEROUS (1.0 + 128 * KERNEL_UNIT)
#define KERNEL_TINY 1e-300
#define KERNEL_HUGE 1e290

/* Of a constant or a fact that is off by less than 2^-48 of itself. */
#define KERNEL_ROUNDED(number) (64 * KERNEL_UNIT * fabs(number) + KERNEL_TINY)

/* Whether there is something to compute with; otherwise out is none, or unknown. */
static inline bool
is_known(const Lane *x, Lane *out)
{
	if (likely(x->state == LANE_VALUE))
		return true;
	if (x->state == LANE_NONE)
		out->state = LANE_NONE;
	else
		lane_set_other(out);
	return false;
}

/* None with anything is none. */
static inline bool
both_known(const Lane *a, const Lane *b, Lane *out)
{
	if (likely(a->state == LANE_VALUE && b->state == LANE_VALUE))
		return true;
	if (a->state == LANE_NONE || b->state == LANE_NONE)
		out->state = LANE_NONE;
	else
		lane_set_other(out);
	return false;
}

static inline void
lane_set_inexact(Lane *out, double number, double error)
{
	error = error * KERNEL_GENEROUS + 2 * KERNEL_UNIT * fabs(number) + KERNEL_TINY;
	/* NaN is not below anything */
	out->state = error < KERNEL_HUGE ? LANE_VALUE : LANE_OTHER;
	out->number = number;
	out->error = error;
	out->decimal = false;
}

static inline void
lane_set_sum(Lane *out, double number, double error)
{
	if (error == 0 && fabs(number) < KERNEL_EXACT)
		lane_set_exact(out, number);
	else
		lane_set_inexact(out, number, error);
}

static inline void
lane_set_product(Lane *out, const Lane *a, const Lane *b)
{
	double		number = a->number * b->number;
	double		error = a->error * fabs(b->number) + fabs(a->number) * b->error + a->error * b->error;

	if (a->error == 0 && b->error == 0 && fabs(number) < KERNEL_EXACT)
		lane_set_exact(out, number);
	else
		lane_set_inexact(out, number, error);
}

static inline void
lane_set_quotient(Lane *out, const Lane *a, const Lane *b)
{
	double		number;
	double		size = fabs(b->number);

	/* this is false of zero, too */
	if (!(b->error < size * 0.25))
	{
		lane_set_other(out);
		return;
	}
	number = a->number / b->number;
	if (a->error == 0 && b->error == 0 && fabs(number) < KERNEL_EXACT &&
		(double) (int64) number == number)
		lane_set_exact(out, number);
	else
		lane_set_inexact(out, number, a->error / (size - b->error) +
						 fabs(number) * (b->error / (size - b->error)));
}

#define LANE_DOUBT 2

/*
 * -1, 0 or 1 as the number is surely below, equal to or above another, otherwise
 * LANE_DOUBT.  The difference is off by the errors and u of itself: beyond twice the
 * errors its sign is sure.  Of two exact numbers it has the right sign, or is zero.
 */
static inline int
lane_order(const Lane *a, double number, double error, bool decimal)
{
	double		difference = a->number - number;
	double		doubt = 2 * (a->error + error);

	if (difference > doubt)
		return 1;
	if (difference < -doubt)
		return -1;
	if (doubt == 0 || (a->decimal && decimal))
		return a->number < number ? -1 : a->number > number;
	return LANE_DOUBT;
}

static inline Truth
lane_order_truth(int order, CompareOp op)
{
	/* bits: below, equal, above */
	static const uint8 holds[] = {
		[CMP_EQ] = 2,[CMP_NE] = 5,[CMP_LT] = 1,[CMP_LE] = 3,[CMP_GT] = 4,[CMP_GE] = 6
	};

	return (holds[op] >> (order + 1)) & 1 ? TRUTH_TRUE : TRUTH_FALSE;
}

#endif							/* ZJTX_KERNEL_NUMBER_H */
