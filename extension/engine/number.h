/*
 * number.h
 *		Exact numbers: fractions of two 128-bit integers, or for large numbers of two
 *		numerics.
 *
 * A number is num/den with den > 0, or big_num/big_den if den is 0.  The fractions need
 * not be in lowest terms.  Numbers are copied by assignment; their numerics belong to the
 * memory context that was current when they were made.
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
 * Converts a numeric datum, read in place, packed or toasted.  Returns false for NaN and
 * infinities.
 */
extern bool number_from_datum(Number *result, Datum datum);

/*
 * Returns the nearest double.  exact: the number is an integer below 2^53 in magnitude,
 * equal to the double.  decimal: the double is the nearest to a decimal of at most 15
 * significant digits.  Otherwise the relative error is below 2^-48.  Returns false if the
 * number is too long for that.
 */
extern bool number_double(const Number *number, double *result, bool *exact, bool *decimal);

/*
 * Whether a number has more than 4,000 digits before the point or about 8,000 after it.
 * Such a number is compared exactly; arithmetic and rounding give no result for it.
 */
extern bool number_is_long(const Number *number);

/*
 * Exact arithmetic.  Return false if an operand or the result is long or, for
 * number_divide, if the divisor is zero; the result is then undefined.
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

/* Returns the greatest integer not above a. */
extern Number number_floor(const Number *a);
extern Number number_ceil(const Number *a);

/* Rounds to the given number of decimals (0 to 20), half away from zero. */
extern Number number_round(const Number *a, int decimals);

/* Returns a numeric with exactly the given number of decimals, rounded half away from zero. */
extern Numeric number_to_numeric(const Number *a, int decimals);

/* Formats a number as a decimal, truncated to 20 places if it does not end. */
extern char *number_text(const Number *a);

/* Returns a copy whose numerics are in the current memory context. */
extern Number number_copy(const Number *a);

#endif							/* ZJTX_NUMBER_H */
