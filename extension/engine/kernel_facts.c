/*
 * kernel_facts.c
 *		Facts of the kernel: what a register holds, from datums and values.
 */
#include "postgres.h"

#include "numeric_parts.h"
#include "kernel_number.h"

void
lane_set_integer(Lane *lane, int64 number)
{
	if (number < (int64) KERNEL_EXACT && number > -(int64) KERNEL_EXACT)
		lane_set_exact(lane, (double) number);
	else
		lane_set_inexact(lane, (double) number, 0);
}

static void
set_double(Lane *lane, double number, bool exact, bool decimal)
{
	lane->state = LANE_VALUE;
	lane->number = number;
	lane->error = exact ? 0 : KERNEL_ROUNDED(number);
	lane->decimal = decimal;
}

/* 10000^i, all of them doubles */
static const double groups_double[] = {1, 1e4, 1e8, 1e12, 1e16, 1e20};

/* Of up to 32 digits; nothing cancels, and each step rounds at most twice. */
static void
set_long_numeric(Lane *lane, const NumericParts *parts, int exponent)
{
	double		number = 0;
	int			i;

	lane_set_other(lane);
	if (parts->special || parts->ndigits > 8 || exponent < -5 || exponent > 5)
		return;
	for (i = 0; i < parts->ndigits; i++)
	{
		int16		digit;

		memcpy(&digit, parts->digits + 2 * i, sizeof(digit));
		number = number * 10000 + digit;
	}
	if (exponent < 0)
		number /= groups_double[-exponent];
	else
		number *= groups_double[exponent];
	set_double(lane, parts->negative ? -number : number, false, false);
}

void
lane_set_numeric(Lane *lane, Datum numeric)
{
	NumericParts parts;
	int64		digits = 0;
	int			exponent;
	int			i;

	if (VARATT_IS_EXTENDED(DatumGetPointer(numeric)) && !VARATT_IS_SHORT(DatumGetPointer(numeric)))
	{
		lane_set_other(lane);
		return;
	}
	parts = numeric_parts(numeric);
	exponent = parts.weight - parts.ndigits + 1;
	if (parts.special || parts.ndigits > 4 || exponent < -5 || parts.ndigits + Max(exponent, 0) > 4)
	{
		set_long_numeric(lane, &parts, exponent);
		return;
	}
	for (i = 0; i < parts.ndigits; i++)
	{
		int16		digit;

		memcpy(&digit, parts.digits + 2 * i, sizeof(digit));
		digits = digits * 10000 + digit;
	}
	for (i = 0; i < exponent; i++)
		digits *= 10000;
	if (parts.negative)
		digits = -digits;
	if (exponent >= 0)
		lane_set_integer(lane, digits);
	else
		/* below 2^53 both are doubles, and their quotient is rounded once */
		set_double(lane, (double) digits / groups_double[-exponent], false,
				   digits < KERNEL_DECIMAL && digits > -KERNEL_DECIMAL);
}

/* It stands for the shortest decimal that reads back as the same float. */
void
lane_set_float(Lane *lane, double number, bool single)
{
	/* so far below these, an integer reads back from itself alone */
	if (fabs(number) < (single ? 1e6 : 1e15) && number == (double) (int64) number)
		lane_set_exact(lane, number + 0.0);
	else
		lane_set_inexact(lane, number, single ? fabs(number) * 0x1p-23 + 1e-44 : KERNEL_ROUNDED(number));
}

void
lane_set_null(Lane *lane, const Fact *fact)
{
	switch (fact->null_means)
	{
		case NULL_UNKNOWN:
			lane_set_other(lane);
			break;
		case NULL_NONE:
			lane->state = LANE_NONE;
			lane->truth = TRUTH_FALSE;
			break;
		case NULL_ZERO:
			lane_set_exact(lane, 0);
			break;
	}
}

void
lane_set_value(Lane *lane, const Value *value, ValueType type)
{
	double		number;
	bool		exact,
				decimal;

	if (type == TYPE_BOOLEAN)
	{
		lane_set_truth(lane, value->truth);
		return;
	}
	lane_set_other(lane);
	if (!value->known)
		return;
	if (value->none)
	{
		lane->state = LANE_NONE;
		return;
	}
	switch (type)
	{
		case TYPE_NUMBER:
			if (number_double(&value->low, &number, &exact, &decimal))
				set_double(lane, number, exact, decimal);
			break;
		case TYPE_DATE:
			lane_set_date(lane, value->day);
			break;
		case TYPE_TEXT:
			lane_set_text(lane, value->text, value->length);
			break;
		case TYPE_LIST:
			if (value->list->count == 0)
				lane->state = LANE_NONE;
			break;
		default:
			break;
	}
}
