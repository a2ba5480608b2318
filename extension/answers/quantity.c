/*
 * quantity.c
 *		Formats numbers for people.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "quantity.h"

#define EXACT_DECIMALS 6		/* a number with at most so many decimals is
								 * shown in full */
#define MOST_DECIMALS 20

bool
quantity_rounded(const Number *number, Unit unit, const Number *bound, Number *rounded, bool *exact)
{
	Number		shown = *number;
	Number		limit = bound ? *bound : number_zero;
	int			decimals = unit == UNIT_PLAIN || unit == UNIT_YUAN ? 2 : 4;

	if (unit == UNIT_PLAIN)
	{
		Number		hundred = number_of(100);

		if (!number_multiply(&shown, number, &hundred) ||
			(bound && !number_multiply(&limit, bound, &hundred)))
			return false;
	}
	*rounded = number_round(&shown, EXACT_DECIMALS);
	*exact = number_compare(rounded, &shown) == 0;
	for (; !*exact; decimals++)
	{
		*rounded = number_round(&shown, decimals);
		*exact = number_compare(rounded, &shown) == 0;
		if (decimals == MOST_DECIMALS || bound == NULL ||
			number_compare(rounded, &limit) == number_compare(&shown, &limit))
			break;
	}
	return true;
}

/*
 * Returns the multiple after the digits of a goal as written (万, 亿, 万亿, or nothing)
 * and its value.
 */
static const char *
scale_of(const Policy *policy, const Goal *goal, int64 *scale)
{
	static const struct
	{
		const char *name;
		int64		value;
	}			scales[] = {
		{"万亿", INT64CONST(1000000000000)}, {"亿", 100000000}, {"万", 10000}
	};
	const char *written = policy->text + goal->value->span.start;
	int			length = goal->value->span.end - goal->value->span.start;
	size_t		i;

	for (i = 0; i < lengthof(scales); i++)
	{
		int			at;

		for (at = 0; at + (int) strlen(scales[i].name) <= length; at++)
			if (strncmp(written + at, scales[i].name, strlen(scales[i].name)) == 0)
			{
				*scale = scales[i].value;
				return scales[i].name;
			}
	}
	*scale = 1;
	return "";
}

/* Converts a target's number to what the goal is counted in: percent, or the multiple. */
static Datum
counted_in(const Target *target, Numeric number, int64 scale)
{
	Datum		shown = NumericGetDatum(number);

	if (target->unit == UNIT_PLAIN)
		shown = DirectFunctionCall2(numeric_mul, shown, NumericGetDatum(int64_to_numeric(100)));
	else if (scale > 1)
		shown = DirectFunctionCall2(numeric_div, shown, NumericGetDatum(int64_to_numeric(scale)));
	return DirectFunctionCall1(numeric_trim_scale, shown);
}

#define SHARE_DECIMALS 2

char *
quantity_target_text(const Policy *policy, const Target *target, const Goal *goal, Numeric number)
{
	int64		scale;
	const char *name = scale_of(policy, goal, &scale);
	Datum		wanted = counted_in(target, literal_numeric(goal->value), scale);
	int			decimals = DatumGetInt32(DirectFunctionCall1(numeric_scale, wanted));
	Datum		shown = counted_in(target, number, scale);

	/* shows 8 and not 0.00万 */
	if (DatumGetInt32(DirectFunctionCall2(numeric_cmp, shown, NumericGetDatum(int64_to_numeric(1)))) < 0 &&
		DatumGetInt32(DirectFunctionCall2(numeric_cmp, shown, wanted)) != 0)
	{
		shown = counted_in(target, number, 1);
		name = "";
	}
	shown = DirectFunctionCall2(numeric_round, shown, Int32GetDatum(Max(decimals, SHARE_DECIMALS)));
	shown = DirectFunctionCall1(numeric_trim_scale, shown);
	return psprintf("%s%s%s", DatumGetCString(DirectFunctionCall1(numeric_out, shown)),
					target->unit == UNIT_PLAIN ? "" : name, unit_name(target->unit));
}

bool
quantity_cents(Numeric number, Numeric *cents)
{
	Datum		rounded = NumericGetDatum(int64_to_numeric(0));
	bool		finite = !numeric_is_nan(number) && !numeric_is_inf(number);

	if (finite)
		rounded = DirectFunctionCall2(numeric_round, NumericGetDatum(number), Int32GetDatum(2));
	if (finite && DatumGetBool(DirectFunctionCall2(numeric_eq, rounded, NumericGetDatum(number))))
	{
		*cents = DatumGetNumeric(rounded);
		return true;
	}
	*cents = DatumGetNumeric(DirectFunctionCall2(numeric_round, NumericGetDatum(int64_to_numeric(0)), Int32GetDatum(2)));
	return false;
}
