/*
 * kernel_number.h
 *		Numbers of the float kernel: doubles with a bound on their error.
 *
 * Write x for a double, e for its error and X for the number that it represents:
 * |X - x| <= e.  Doubles are IEEE's, rounded to nearest; u = 2^-53, and one operation
 * gives fl(z) with |fl(z) - z| <= u |fl(z)| + 2^-1074.  The last term is for underflow;
 * sums that underflow are exact.  The bounds are computed in floating point too, so each
 * is taken larger than it must be: each of its at most six operations loses less than 2u
 * of it, together less than 2^-49, for which it is multiplied by
 * GENEROUS = 1 + 2^-46; what underflows in it is less than TINY.
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
 * infinite or NaN: such a number is in doubt.
 *
 * Integers below 2^53 stay exact: if the computed sum or product of two is below
 * 2^53, so is the true one, and it is a double.  A quotient a/b that is no integer is at
 * least 1/|b| from the nearest integer q.  Rounding it to q would take u |a/b| >= 1/|b|,
 * but |q b| <= |a| (1 + u) < 2^53.  So a computed quotient that is an integer is exact.
 *
 * The least of two numbers of which it is in doubt which is less, a and b, is off by no
 * more than the larger of their errors: min(A, B) is at most min(a, b) + max(ea, eb), and
 * at least min(a, b) - max(ea, eb).  So is the greatest.
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

/* ---------------- arithmetic of one lane ---------------- */

/* The bound of a result, given what its operands' errors contribute to it. */
static inline double
number_error(double number, double error)
{
	return error * KERNEL_GENEROUS + 2 * KERNEL_UNIT * fabs(number) + KERNEL_TINY;
}

/* Overflow, and what follows from it: NaN is not below anything. */
static inline bool
number_in_doubt(double error)
{
	return !(error < KERNEL_HUGE);
}

/* a + b, given that sum in floating point; a - b likewise. */
static inline double
sum_error(double sum, double a_error, double b_error)
{
	double		error = a_error + b_error;

	return error == 0 && fabs(sum) < KERNEL_EXACT ? 0 : number_error(sum, error);
}

/* a * b, likewise. */
static inline double
product_error(double product, double a, double a_error, double b, double b_error)
{
	double		error = a_error * fabs(b) + fabs(a) * b_error + a_error * b_error;

	return a_error + b_error == 0 && fabs(product) < KERNEL_EXACT ? 0 : number_error(product, error);
}

/* Whether a double from 0 up is an integer, in arithmetic alone: from 2^52 up all are. */
static inline bool
is_integer(double size)
{
	return (size >= KERNEL_EXACT / 2) | ((size + KERNEL_EXACT / 2) - KERNEL_EXACT / 2 == size);
}

/* Returns the error of the double nearest to a decimal.  0 for an integer. */
static inline double
error_of_known(double number)
{
	bool		whole = is_integer(fabs(number)) & (fabs(number) < KERNEL_EXACT);

	return whole ? 0 : KERNEL_ROUNDED(number);
}

/* a / b, likewise.  HUGE_VAL if b may be zero. */
static inline double
quotient_error(double quotient, double a_error, double b, double b_error)
{
	double		size = fabs(b);
	bool		exact = (a_error + b_error == 0) & (fabs(quotient) < KERNEL_EXACT) & is_integer(fabs(quotient));

	if (!(b_error < size * 0.25))
		return HUGE_VAL;
	return exact ? 0
		: number_error(quotient, a_error / (size - b_error) + fabs(quotient) * (b_error / (size - b_error)));
}

/* ---------------- order ---------------- */

#define ORDER_DOUBT 2

/* Whether a double is the one nearest to a decimal of at most 15 significant digits. */
static inline bool
is_decimal(double number, double error, bool decimal)
{
	return decimal || (error == 0 && fabs(number) < 1e15);
}

/*
 * The rest of number_order(), for numbers that are near each other.
 */
static inline int
near_order(double a, double a_error, bool a_decimal, double b, double b_error, bool b_decimal)
{
	if (a_error + b_error == 0 ||
		(is_decimal(a, a_error, a_decimal) && is_decimal(b, b_error, b_decimal)))
		return a < b ? -1 : a > b;
	return ORDER_DOUBT;
}

/*
 * -1, 0 or 1 as the number a is surely below, equal to or above b, otherwise ORDER_DOUBT.
 * Their difference is off by the errors and u of itself: beyond twice the errors its sign
 * is sure.  Of two exact numbers it has the right sign, or is zero.  Infinities have no
 * error.
 */
static inline int
number_order(double a, double a_error, bool a_decimal, double b, double b_error, bool b_decimal)
{
	double		difference = a - b;
	double		doubt = 2 * (a_error + b_error);

	if (difference > doubt)
		return 1;
	if (difference < -doubt)
		return -1;
	return near_order(a, a_error, a_decimal, b, b_error, b_decimal);
}

static inline Truth
order_truth(int order, CompareOp op)
{
	/* bits: below, equal, above */
	static const uint8 holds[] = {
		[CMP_EQ] = 2,[CMP_NE] = 5,[CMP_LT] = 1,[CMP_LE] = 3,[CMP_GT] = 4,[CMP_GE] = 6
	};

	return (holds[op] >> (order + 1)) & 1 ? TRUTH_TRUE : TRUTH_FALSE;
}

/* ---------------- ends of ranges ---------------- */

/* An end that is open is infinite. */
static inline bool
end_is_open(const End *end)
{
	return fabs(end->number) > DBL_MAX;
}

static inline int
end_order(const End *a, const End *b)
{
	return number_order(a->number, a->error, a->decimal, b->number, b->error, b->decimal);
}

static inline End
end_exact(double number)
{
	End			end = {number, 0, false};

	return end;
}

/* An end of which nothing is known. */
static inline End
end_unsure(void)
{
	End			end = {0, HUGE_VAL, false};

	return end;
}

/* kernel_range.c: makes an end the lesser, or the greater, of itself and another. */
extern void end_lower(End *end, const End *other);
extern void end_raise(End *end, const End *other);

/* ---------------- setting numbers of one lane ---------------- */

static inline void
lane_set_inexact(Lane *out, double number, double error)
{
	error = number_error(number, error);
	out->state = number_in_doubt(error) ? LANE_DOUBT : LANE_VALUE;
	out->low.number = number;
	out->low.error = error;
	out->low.decimal = false;
}

/* A number of which the error is known. */
static inline void
lane_set_number(Lane *out, double number, double error)
{
	out->state = number_in_doubt(error) ? LANE_DOUBT : LANE_VALUE;
	out->low.number = number;
	out->low.error = error;
	out->low.decimal = false;
}

#endif							/* ZJTX_KERNEL_NUMBER_H */
