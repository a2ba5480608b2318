/*
 * number.c
 *		Exact numbers.
 *
 * The figures of enterprises are decimals of at most about twenty digits, and rules divide
 * them by each other, so nearly all numbers are fractions of 128-bit integers.  Other
 * numbers are fractions of numerics, whose arithmetic is exact as long as there is no
 * division.
 */
#include "postgres.h"

#include "compat.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"

#include "number_wide.h"
#include "numeric_parts.h"

const Number number_zero = {0, 1, NULL, NULL};

#define MAX_GROUPS 1000			/* of 4 decimal digits, before the point and
								 * after it */

int128
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

Number
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

/*
 * Longer numbers come from columns and are only compared.  Their products and quotients
 * would take seconds that cannot be interrupted.
 */
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

	if (!within_limits(a) || !within_limits(b))
		return false;
	*result = numeric_mul_opt_error(a, b, &error);
	return !error && within_limits(*result);
}

static bool
big_add(Numeric *result, Numeric a, Numeric b)
{
	bool		error = false;

	if (!within_limits(a) || !within_limits(b))
		return false;
	*result = numeric_add_opt_error(a, b, &error);
	return !error && within_limits(*result);
}

int
big_compare(Numeric a, Numeric b)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(a), NumericGetDatum(b)));
}

static int
big_sign(Numeric a)
{
	return big_compare(a, int64_to_numeric(0));
}

/* ---------------- conversion from numeric ---------------- */

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
	if (parts.special)
		return false;

	/* the value is the digits as one integer, times 10000^exponent */
	exponent = parts.weight - parts.ndigits + 1;
	result->big_num = result->big_den = NULL;
	if (parts.ndigits <= 4 && exponent >= -1 && exponent <= 0)
	{
		/*
		 * at most 16 digits, at most four of them decimals: nearly all
		 * figures
		 */
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

/* a + b or a - b; sign is 1 or -1 */
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
		/* keep the denominator positive */
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

bool
number_is_long(const Number *a)
{
	return is_big(a) && !within_limits(a->big_num);
}

static int
big_scale(Numeric a)
{
	return DatumGetInt32(DirectFunctionCall1(numeric_scale, NumericGetDatum(a)));
}

/* 10^exponent, for any exponent */
static Numeric
far_power_of_ten(int exponent)
{
	char		text[16];

	snprintf(text, sizeof(text), "1e%d", exponent);
	return DatumGetNumeric(DirectFunctionCall3(numeric_in, CStringGetDatum(text),
											   ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
}

/*
 * Compares a long number, whose denominator is 1, with a fraction within the limits.  If
 * the long number is larger than any such fraction, its sign decides.  Otherwise both are
 * multiplied by the denominator as an integer: the product has no more decimals than the
 * long number, so numeric represents it exactly.
 */
static int
compare_long(Numeric a, const Number *b)
{
	int			scale = big_scale(b->big_den);
	Numeric		den = b->big_den;
	Numeric		num = b->big_num;

	if (numeric_parts(NumericGetDatum(a)).weight > 4 * MAX_GROUPS)
		return big_sign(a);
	if (scale > 0)
	{
		den = numeric_mul_opt_error(den, far_power_of_ten(scale), NULL);
		num = numeric_mul_opt_error(num, far_power_of_ten(scale), NULL);
	}
	return big_compare(numeric_mul_opt_error(a, den, NULL), num);
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

		if (number_is_long(&x) && number_is_long(&y))
			return big_compare(x.big_num, y.big_num);
		if (number_is_long(&x))
			return compare_long(x.big_num, &y);
		if (number_is_long(&y))
			return -compare_long(y.big_num, &x);

		/*
		 * four factors within the limits: numeric represents their products
		 * exactly
		 */
		return big_compare(numeric_mul_opt_error(x.big_num, y.big_den, NULL),
						   numeric_mul_opt_error(y.big_num, x.big_den, NULL));
	}
}
