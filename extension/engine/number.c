/*
 * number.c
 *		Exact numbers.
 *
 * Enterprise figures are decimals of at most some twenty digits and rules divide
 * one by another, so nearly everything fits a fraction of 128-bit integers.  What
 * does not goes to a fraction of numerics, whose arithmetic is exact as long as
 * nothing is divided.
 */
#include "postgres.h"

#include "fmgr.h"
#include "port/pg_bitutils.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"

#include "number.h"
#include "numeric_parts.h"

const Number number_zero = {0, 1, NULL, NULL};

#define MAX_INPUT_GROUPS 250	/* 1,000 decimal digits */
#define MAX_GROUPS 1000			/* of intermediate results */
#define WIDE_BITS 126

static int
bits(int128 value)
{
	/* -2^127 never occurs: magnitudes stay below 2^WIDE_BITS + 2^WIDE_BITS */
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

/* Products of two such numbers, and sums of two such products, fit 128 bits. */
static inline bool
is_narrow(const Number *a)
{
	return a->num == (int64) a->num && a->den == (int64) a->den && a->den != 0;
}

static bool
wide_multiply(int128 *result, int128 a, int128 b)
{
	if (bits(a) + bits(b) > WIDE_BITS)
		return false;
	*result = a * b;
	return true;
}

static int128
wide_power_of_ten(int exponent)
{
	static const int64 powers[] = {
		INT64CONST(1), INT64CONST(10), INT64CONST(100), INT64CONST(1000), INT64CONST(10000),
		INT64CONST(100000), INT64CONST(1000000), INT64CONST(10000000), INT64CONST(100000000),
		INT64CONST(1000000000), INT64CONST(10000000000), INT64CONST(100000000000),
		INT64CONST(1000000000000), INT64CONST(10000000000000), INT64CONST(100000000000000),
		INT64CONST(1000000000000000), INT64CONST(10000000000000000)
	};
	int128		result = 1;

	for (; exponent >= (int) lengthof(powers); exponent -= lengthof(powers) - 1)
		result *= powers[lengthof(powers) - 1];
	return result * powers[exponent];
}

static void
reduce(Number *number)
{
	uint128		a = number->num < 0 ? -(uint128) number->num : (uint128) number->num;
	uint128		b = (uint128) number->den;

	while (b != 0)
	{
		uint128		rest = a % b;

		a = b;
		b = rest;
	}
	if (a > 1)
	{
		number->num /= (int128) a;
		number->den /= (int128) a;
	}
}

/* ---------------- large numbers ---------------- */

static Numeric
wide_to_numeric(int128 value)
{
	char		buf[48];
	char	   *at = buf + sizeof(buf);
	uint128		magnitude = value < 0 ? -(uint128) value : (uint128) value;

	if (value >= PG_INT64_MIN && value <= PG_INT64_MAX)
		return int64_to_numeric((int64) value);
	*--at = '\0';
	while (magnitude != 0)
	{
		*--at = '0' + (int) (magnitude % 10);
		magnitude /= 10;
	}
	if (value < 0)
		*--at = '-';
	return DatumGetNumeric(DirectFunctionCall3(numeric_in, CStringGetDatum(at),
											   ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
}

static Number
big(const Number *a)
{
	Number		result = *a;

	if (is_big(a))
		return result;
	result.big_num = wide_to_numeric(a->num);
	result.big_den = wide_to_numeric(a->den);
	result.den = 0;
	return result;
}

static bool
within_limits(Numeric value)
{
	NumericParts parts = numeric_parts(NumericGetDatum(value));

	return !parts.special && parts.ndigits <= MAX_GROUPS &&
		parts.weight <= MAX_GROUPS && parts.weight >= -MAX_GROUPS;
}

static bool
big_multiply(Numeric *result, Numeric a, Numeric b)
{
	bool		error = false;

	*result = numeric_mul_opt_error(a, b, &error);
	return !error && within_limits(*result);
}

static bool
big_add(Numeric *result, Numeric a, Numeric b)
{
	bool		error = false;

	*result = numeric_add_opt_error(a, b, &error);
	return !error && within_limits(*result);
}

static int
big_compare(Numeric a, Numeric b)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(a), NumericGetDatum(b)));
}

static Numeric
big_power_of_ten(int exponent)
{
	return wide_to_numeric(wide_power_of_ten(exponent));
}

static int
big_sign(Numeric a)
{
	return big_compare(a, int64_to_numeric(0));
}

/* ---------------- in ---------------- */

bool
number_from_datum(Number *result, Datum datum)
{
	NumericParts parts;
	int128		value = 0;
	int			exponent;
	int			i;

	if (VARATT_IS_EXTENDED(DatumGetPointer(datum)) && !VARATT_IS_SHORT(DatumGetPointer(datum)))
		datum = PointerGetDatum(pg_detoast_datum_packed((struct varlena *) DatumGetPointer(datum)));

	parts = numeric_parts(datum);
	if (parts.special || parts.ndigits > 2 * MAX_INPUT_GROUPS ||
		parts.weight >= MAX_INPUT_GROUPS || parts.weight - parts.ndigits < -MAX_INPUT_GROUPS - 1)
		return false;

	/* the value is the digits taken as one integer, times 10000^exponent */
	exponent = parts.weight - parts.ndigits + 1;
	result->big_num = result->big_den = NULL;
	if (parts.ndigits <= 4 && exponent >= -1 && exponent <= 0)
	{
		/* up to 16 digits, at most four of them decimals: nearly every figure */
		int64		narrow = 0;
		int			zeros = -4 * exponent;

		for (i = 0; i < parts.ndigits; i++)
		{
			int16		digit;

			memcpy(&digit, parts.digits + 2 * i, sizeof(digit));
			narrow = narrow * 10000 + digit;
		}
		while (zeros > 0 && narrow % 10 == 0)
		{
			narrow /= 10;
			zeros--;
		}
		result->num = parts.negative ? -narrow : narrow;
		result->den = wide_power_of_ten(zeros);
		return true;
	}
	if (parts.ndigits <= 8 && exponent >= -8 && parts.ndigits + Max(exponent, 0) <= 8)
	{
		for (i = 0; i < parts.ndigits; i++)
		{
			int16		digit;

			memcpy(&digit, parts.digits + 2 * i, sizeof(digit));
			value = value * 10000 + digit;
		}
		if (exponent > 0)
			value *= wide_power_of_ten(4 * exponent);
		result->num = parts.negative ? -value : value;
		result->den = 1;
		if (exponent < 0 && value != 0)
		{
			/* the last group often ends in zeros: 12.50 is 1250/100 */
			int			zeros = -4 * exponent;

			while (zeros > 0 && value % 10 == 0)
			{
				value /= 10;
				zeros--;
			}
			result->num = parts.negative ? -value : value;
			result->den = wide_power_of_ten(zeros);
		}
		return true;
	}
	result->num = 0;
	result->den = 0;
	result->big_num = DatumGetNumericCopy(datum);
	result->big_den = int64_to_numeric(1);
	return true;
}

/* ---------------- doubles ---------------- */

#define EXACT_DOUBLE INT64CONST(9007199254740992)	/* 2^53 */
#define DECIMAL_DOUBLE INT64CONST(1000000000000000) /* 10^DBL_DIG */

bool
number_double(const Number *number, double *result, bool *exact, bool *decimal)
{
	int64		num = (int64) number->num;
	int64		den = (int64) number->den;
	int64		power = 1;

	if (is_big(number))
		return false;
	*exact = *decimal = false;
	*result = (double) number->num / (double) number->den;
	if (num != number->num || den != number->den)
		return true;
	if (num % den == 0)
	{
		num /= den;
		den = 1;
	}
	if (num <= -EXACT_DOUBLE || num >= EXACT_DOUBLE)
		return true;
	while (power < den && power <= EXACT_DOUBLE / 10)
		power *= 10;
	*exact = den == 1;
	*decimal = den == power && num > -DECIMAL_DOUBLE && num < DECIMAL_DOUBLE;
	*result = (double) num / (double) den;
	return true;
}

/* ---------------- arithmetic ---------------- */

/* a + b, or a - b: sign is 1 or -1 */
static bool
add_signed(Number *result, const Number *a, const Number *b, int sign)
{
	if (is_narrow(a) && is_narrow(b))
	{
		result->num = a->den == b->den ? a->num + sign * b->num
			: a->num * b->den + sign * (b->num * a->den);
		result->den = a->den == b->den ? a->den : a->den * b->den;
		result->big_num = result->big_den = NULL;
		return true;
	}
	if (!is_big(a) && !is_big(b))
	{
		Number		x = *a;
		Number		y = *b;
		int			attempt;

		for (attempt = 0; attempt < 2; attempt++)
		{
			int128		left,
						right,
						den;

			if (x.den == y.den)
			{
				if (bits(x.num) <= WIDE_BITS && bits(y.num) <= WIDE_BITS)
				{
					int128		num = x.num + sign * y.num;

					if (bits(num) <= WIDE_BITS)
					{
						result->num = num;
						result->den = x.den;
						result->big_num = result->big_den = NULL;
						return true;
					}
				}
			}
			else if (wide_multiply(&left, x.num, y.den) &&
					 wide_multiply(&right, y.num, x.den) &&
					 wide_multiply(&den, x.den, y.den) &&
					 bits(left + sign * right) <= WIDE_BITS)
			{
				result->num = left + sign * right;
				result->den = den;
				result->big_num = result->big_den = NULL;
				return true;
			}
			reduce(&x);
			reduce(&y);
		}
	}

	{
		Number		x = big(a);
		Number		y = big(b);
		Numeric		left,
					right;

		if (sign < 0)
			y = number_negate(&y);
		result->num = 0;
		result->den = 0;
		return big_multiply(&left, x.big_num, y.big_den) &&
			big_multiply(&right, y.big_num, x.big_den) &&
			big_add(&result->big_num, left, right) &&
			big_multiply(&result->big_den, x.big_den, y.big_den);
	}
}

bool
number_add(Number *result, const Number *a, const Number *b)
{
	return add_signed(result, a, b, 1);
}

bool
number_subtract(Number *result, const Number *a, const Number *b)
{
	return add_signed(result, a, b, -1);
}

bool
number_multiply(Number *result, const Number *a, const Number *b)
{
	Number		x;
	Number		y;

	if (is_narrow(a) && is_narrow(b))
	{
		int128		num = a->num * b->num;
		int128		den = a->den * b->den;

		result->num = num;
		result->den = den;
		result->big_num = result->big_den = NULL;
		return true;
	}
	x = *a;
	y = *b;
	if (!is_big(a) && !is_big(b))
	{
		int			attempt;

		for (attempt = 0; attempt < 2; attempt++)
		{
			int128		num,
						den;

			if (wide_multiply(&num, x.num, y.num) && wide_multiply(&den, x.den, y.den))
			{
				result->num = num;
				result->den = den;
				result->big_num = result->big_den = NULL;
				return true;
			}
			reduce(&x);
			reduce(&y);
		}
	}
	x = big(&x);
	y = big(&y);
	result->num = 0;
	result->den = 0;
	return big_multiply(&result->big_num, x.big_num, y.big_num) &&
		big_multiply(&result->big_den, x.big_den, y.big_den);
}

bool
number_divide(Number *result, const Number *a, const Number *b)
{
	Number		reciprocal = *b;
	int			sign = number_sign(b);

	if (sign == 0)
		return false;
	if (is_big(b))
	{
		reciprocal.big_num = b->big_den;
		reciprocal.big_den = b->big_num;
	}
	else
	{
		reciprocal.num = b->den;
		reciprocal.den = b->num;
	}
	if (sign < 0)
	{
		/* the denominator stays positive */
		if (is_big(b))
		{
			reciprocal.big_num = DatumGetNumeric(DirectFunctionCall1(numeric_uminus, NumericGetDatum(reciprocal.big_num)));
			reciprocal.big_den = DatumGetNumeric(DirectFunctionCall1(numeric_uminus, NumericGetDatum(reciprocal.big_den)));
		}
		else
		{
			reciprocal.num = -reciprocal.num;
			reciprocal.den = -reciprocal.den;
		}
	}
	return number_multiply(result, a, &reciprocal);
}

Number
number_negate(const Number *a)
{
	Number		result = *a;

	if (is_big(a))
		result.big_num = DatumGetNumeric(DirectFunctionCall1(numeric_uminus, NumericGetDatum(a->big_num)));
	else
		result.num = -a->num;
	return result;
}

int
number_sign(const Number *a)
{
	if (is_big(a))
		return big_sign(a->big_num);
	return a->num < 0 ? -1 : a->num > 0;
}

int
number_compare(const Number *a, const Number *b)
{
	int128		left,
				right;

	if (is_narrow(a) && is_narrow(b))
	{
		left = a->num * b->den;
		right = b->num * a->den;
		return left < right ? -1 : left > right;
	}
	if (!is_big(a) && !is_big(b))
	{
		if (a->den == b->den)
			return a->num < b->num ? -1 : a->num > b->num;
		if (wide_multiply(&left, a->num, b->den) && wide_multiply(&right, b->num, a->den))
			return left < right ? -1 : left > right;
	}
	{
		Number		x = big(a);
		Number		y = big(b);

		/* four factors within the limits: numeric holds their products exactly */
		return big_compare(numeric_mul_opt_error(x.big_num, y.big_den, NULL),
						   numeric_mul_opt_error(y.big_num, x.big_den, NULL));
	}
}

/* ---------------- rounding ---------------- */

/*
 * The integer nearest to a * 10^decimals, half away from zero; or, with floor, the
 * greatest not above it.
 */
static Number
scaled_integer(const Number *a, int decimals, bool floor)
{
	Number		result = number_zero;
	Numeric		num,
				den,
				quotient;
	Number		x;
	int			sign = number_sign(a);

	if (!is_big(a))
	{
		int128		scaled;
		int128		half;

		if (decimals <= 20 && wide_multiply(&scaled, a->num, wide_power_of_ten(decimals)) &&
			bits(a->den) < WIDE_BITS)
		{
			int128		rest = scaled % a->den;

			half = rest < 0 ? -rest : rest;
			result.num = scaled / a->den;
			if (floor)
				result.num -= rest < 0;
			else if (half >= a->den - half)
				result.num += sign;
			return result;
		}
	}
	x = big(a);
	num = numeric_mul_opt_error(x.big_num, big_power_of_ten(decimals), NULL);
	den = x.big_den;
	if (!floor)
	{
		/* (2 num + sign den) / (2 den), cut off, is half away from zero */
		num = numeric_add_opt_error(numeric_add_opt_error(num, num, NULL),
									sign < 0
									? DatumGetNumeric(DirectFunctionCall1(numeric_uminus, NumericGetDatum(den)))
									: den, NULL);
		den = numeric_add_opt_error(den, den, NULL);
	}
	quotient = DatumGetNumeric(DirectFunctionCall2(numeric_div_trunc, NumericGetDatum(num), NumericGetDatum(den)));
	if (floor && sign < 0 && big_compare(numeric_mul_opt_error(quotient, den, NULL), num) != 0)
		quotient = numeric_sub_opt_error(quotient, int64_to_numeric(1), NULL);
	result.num = 0;
	result.den = 0;
	result.big_num = quotient;
	result.big_den = int64_to_numeric(1);
	return result;
}

Number
number_floor(const Number *a)
{
	if (!is_big(a) && a->den == 1)
		return *a;
	return scaled_integer(a, 0, true);
}

Number
number_round(const Number *a, int decimals)
{
	Number		result = scaled_integer(a, decimals, false);

	if (is_big(&result))
		result.big_den = big_power_of_ten(decimals);
	else
		result.den = wide_power_of_ten(decimals);
	return result;
}

Numeric
number_to_numeric(const Number *a, int decimals)
{
	Number		scaled;
	Number		all;
	char		unit[16];

	if (is_narrow(a) && a->den == wide_power_of_ten(decimals))
		return int64_div_fast_to_numeric((int64) a->num, decimals);
	scaled = scaled_integer(a, decimals, false);
	if (!is_big(&scaled) && scaled.num == (int64) scaled.num)
		return int64_div_fast_to_numeric((int64) scaled.num, decimals);
	all = big(&scaled);
	/* times 10^-decimals, a numeric with that scale: the product has it too */
	snprintf(unit, sizeof(unit), "1e-%d", decimals);
	return numeric_mul_opt_error(all.big_num,
								 DatumGetNumeric(DirectFunctionCall3(numeric_in, CStringGetDatum(unit),
																	 ObjectIdGetDatum(InvalidOid),
																	 Int32GetDatum(-1))),
								 NULL);
}

char *
number_text(const Number *a)
{
	Numeric		value = number_to_numeric(a, 20);

	value = DatumGetNumeric(DirectFunctionCall1(numeric_trim_scale, NumericGetDatum(value)));
	return DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value)));
}

Number
number_copy(const Number *a)
{
	Number		result = *a;

	if (is_big(a))
	{
		result.big_num = DatumGetNumericCopy(NumericGetDatum(a->big_num));
		result.big_den = DatumGetNumericCopy(NumericGetDatum(a->big_den));
	}
	return result;
}
