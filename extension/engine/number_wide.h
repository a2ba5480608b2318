/*
 * number_wide.h
 *		Shared by number.c and number_round.c: 128-bit integers, and fractions of
 *		numerics.
 */
#ifndef ZJTX_NUMBER_WIDE_H
#define ZJTX_NUMBER_WIDE_H

#include "postgres.h"

#include "port/pg_bitutils.h"

#include "number.h"

#define WIDE_BITS 126

static inline int
bits(int128 value)
{
	/*
	 * -2^127 does not occur: magnitudes stay below 2^WIDE_BITS + 2^WIDE_BITS
	 */
	uint128		magnitude = value < 0 ? -(uint128) value : (uint128) value;
	uint64		high = (uint64) (magnitude >> 64);
	uint64		low = (uint64) magnitude;

	if (high != 0)
		return 65 + pg_leftmost_one_pos64(high);
	return low != 0 ? 1 + pg_leftmost_one_pos64(low) : 0;
}

static inline bool
is_big(const Number *a)
{
	return a->den == 0;
}

/* Whether products of two such numbers, and sums of two such products, fit 128 bits. */
static inline bool
is_narrow(const Number *a)
{
	return a->num == (int64) a->num && a->den == (int64) a->den && a->den != 0;
}

static inline bool
wide_multiply(int128 *result, int128 a, int128 b)
{
	if (bits(a) + bits(b) > WIDE_BITS)
		return false;
	*result = a * b;
	return true;
}

extern int128 wide_power_of_ten(int exponent);

/* big: converts a number to a fraction of numerics. */
extern Number big(const Number *a);
extern int	big_compare(Numeric a, Numeric b);

#endif							/* ZJTX_NUMBER_WIDE_H */
