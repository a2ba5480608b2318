/*
 * number.h
 *		Exact numbers: fractions, small ones in two 128-bit integers, large ones in
 *		two numerics.
 *
 * A number is num/den with den > 0, or, where den is 0, big_num/big_den.  Neither
 * form need be in lowest terms.  Numbers are copied by assignment; the numerics
 * belong to the memory context that was current when they were made.
 */
#ifndef ZJTX_NUMBER_H
#define ZJTX_NUMBER_H

#include "postgres.h"

#include "utils/numeric.h"

typedef struct Number
{
	int128		num;
	int128		den;
	Numeric		big_num;
	Numeric		big_den;
} Number;

extern const Number number_zero;

static inline Number
number_of(int64 value)
{
	Number		number = {value, 1, NULL, NULL};

	return number;
}

/*
 * From a numeric datum, read in place, packed or toasted as it may be.  False for NaN and
 * infinities.
 */
extern bool number_from_datum(Number *result, Datum datum);

/*
 * The nearest double.  exact: it is the number, an integer below 2^53 in magnitude.
 * decimal: it is the double nearest to a decimal of at most 15 significant digits.
 * Otherwise it is off by less than 2^-48 of itself.  False where the number is too long
 * for that.
 */
extern bool number_double(const Number *number, double *result, bool *exact, bool *decimal);

/*
 * A number of more than 4,000 digits before the point or some 8,000 behind it.  It is compared
 * exactly; arithmetic gives it up, and no rule rounds it.
 */
extern bool number_is_long(const Number *number);

/*
 * Exact arithmetic.  False where an operand or the result is long or, for number_divide, the
 * divisor is zero; the result is then undefined.
 */
extern bool number_add(Number *result, const Number *a, const Number *b);
extern bool number_subtract(Number *result, const Number *a, const Number *b);
extern bool number_multiply(Number *result, const Number *a, const Number *b);
extern bool number_divide(Number *result, const Number *a, const Number *b);

/* a to the power of a whole number, 0 or more.  False where it would be long. */
extern bool number_power(Number *result, const Number *a, int exponent);

/* The root of a number that is not below zero, to so many decimals; it may be off by one of the last. */
extern Number number_root(const Number *a, int degree, int decimals);

extern Number number_negate(const Number *a);
extern int	number_compare(const Number *a, const Number *b);
extern int	number_sign(const Number *a);

/* The greatest integer not above a. */
extern Number number_floor(const Number *a);

/* Rounded to so many decimals (0 to 20), half away from zero. */
extern Number number_round(const Number *a, int decimals);

/* As a numeric with exactly so many decimals, half away from zero. */
extern Numeric number_to_numeric(const Number *a, int decimals);

/* For people: a decimal, cut to 20 places where it does not end. */
extern char *number_text(const Number *a);

/* A copy whose numerics are in the current memory context. */
extern Number number_copy(const Number *a);

#endif							/* ZJTX_NUMBER_H */
