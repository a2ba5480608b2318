/*
 * number_round.c
 *		Rounding and formatting of exact numbers.
 */
#include "postgres.h"

#include "compat.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"

#include "number_wide.h"
#include "numeric_parts.h"

/* ---------------- rounding ---------------- */

static Numeric
big_power_of_ten(int exponent)
{
	Number		power = number_zero;

	power.num = wide_power_of_ten(exponent);
	return big(&power).big_num;
}

/*
 * Rounds a long number.  If the result would be too large, truncates; callers that need
 * the difference do not round long numbers.
 */
static Numeric
round_long(Numeric a, int decimals, bool floor)
{
	if (numeric_parts(NumericGetDatum(a)).weight >= PG_INT16_MAX)
		return DatumGetNumeric(DirectFunctionCall2(numeric_trunc, NumericGetDatum(a), Int32GetDatum(decimals)));
	if (floor)
		return DatumGetNumeric(DirectFunctionCall1(numeric_floor, NumericGetDatum(a)));
	return DatumGetNumeric(DirectFunctionCall2(numeric_round, NumericGetDatum(a), Int32GetDatum(decimals)));
}

/*
 * Returns the integer nearest to a * 10^decimals, half away from zero; or with `floor`,
 * the greatest integer not above it.
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
		/*
		 * (2 num + sign den) / (2 den), truncated, rounds half away from zero
		 */
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
	if (number_is_long(a))
	{
		Number		result = *a;

		result.big_num = round_long(a->big_num, 0, true);
		return result;
	}
	return scaled_integer(a, 0, true);
}

Number
number_ceil(const Number *a)
{
	Number		minus = number_negate(a);
	Number		floor = number_floor(&minus);

	return number_negate(&floor);
}

Number
number_round(const Number *a, int decimals)
{
	Number		result = *a;

	if (number_is_long(a))
	{
		result.big_num = round_long(a->big_num, decimals, false);
		return result;
	}
	result = scaled_integer(a, decimals, false);
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

	if (number_is_long(a))
		return round_long(a->big_num, decimals, false);
	if (is_narrow(a) && a->den == wide_power_of_ten(decimals))
		return int64_div_fast_to_numeric((int64) a->num, decimals);
	scaled = scaled_integer(a, decimals, false);
	if (!is_big(&scaled) && scaled.num == (int64) scaled.num)
		return int64_div_fast_to_numeric((int64) scaled.num, decimals);
	all = big(&scaled);

	/*
	 * times 10^-decimals, a numeric with that scale, which the product keeps
	 */
	snprintf(unit, sizeof(unit), "1e-%d", decimals);
	return numeric_mul_opt_error(all.big_num,
								 DatumGetNumeric(DirectFunctionCall3(numeric_in, CStringGetDatum(unit),
																	 ObjectIdGetDatum(InvalidOid),
																	 Int32GetDatum(-1))),
								 NULL);
}

Number
number_root(const Number *a, int degree, int decimals)
{
	Number		one = number_of(1);
	Number		divisor = number_of(degree);
	Number		exponent;
	Number		result;
	Datum		root;

	if (number_sign(a) == 0 || !number_divide(&exponent, &one, &divisor))
		return number_zero;
	root = DirectFunctionCall2(numeric_power, NumericGetDatum(number_to_numeric(a, 20)),
							   NumericGetDatum(number_to_numeric(&exponent, 20)));
	root = DirectFunctionCall2(numeric_round, root, Int32GetDatum(decimals));
	if (!number_from_datum(&result, root))
		return number_zero;
	return result;
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
