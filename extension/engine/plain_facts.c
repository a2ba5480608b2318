/*
 * plain_facts.c
 *		Facts of plain mode: what a register holds, from datums and values.
 */
#include "postgres.h"

#include "numeric_parts.h"
#include "plain_number.h"

void
plain_set_integer(Plain *plain, int64 number)
{
	if (number < (int64) PLAIN_EXACT && number > -(int64) PLAIN_EXACT)
		plain_set_exact(plain, (double) number);
	else
		plain_set_inexact(plain, (double) number, 0);
}

static void
set_double(Plain *plain, double number, bool exact, bool decimal)
{
	plain->state = PLAIN_VALUE;
	plain->number = number;
	plain->error = exact ? 0 : PLAIN_ROUNDED(number);
	plain->decimal = decimal;
}

/* 10000^i, all of them doubles */
static const double groups_double[] = {1, 1e4, 1e8, 1e12, 1e16, 1e20};

/* Of up to 32 digits; nothing cancels, and each step rounds at most twice. */
static void
set_long_numeric(Plain *plain, const NumericParts *parts, int exponent)
{
	double		number = 0;
	int			i;

	plain_set_other(plain);
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
	set_double(plain, parts->negative ? -number : number, false, false);
}

void
plain_set_numeric(Plain *plain, Datum numeric)
{
	NumericParts parts;
	int64		digits = 0;
	int			exponent;
	int			i;

	if (VARATT_IS_EXTENDED(DatumGetPointer(numeric)) && !VARATT_IS_SHORT(DatumGetPointer(numeric)))
	{
		plain_set_other(plain);
		return;
	}
	parts = numeric_parts(numeric);
	exponent = parts.weight - parts.ndigits + 1;
	if (parts.special || parts.ndigits > 4 || exponent < -5 || parts.ndigits + Max(exponent, 0) > 4)
	{
		set_long_numeric(plain, &parts, exponent);
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
		plain_set_integer(plain, digits);
	else
		/* below 2^53 both are doubles, and their quotient is rounded once */
		set_double(plain, (double) digits / groups_double[-exponent], false,
				   digits < PLAIN_DECIMAL && digits > -PLAIN_DECIMAL);
}

/* It stands for the shortest decimal that reads back as the same float. */
void
plain_set_float(Plain *plain, double number, bool single)
{
	/* so far below these, an integer reads back from itself alone */
	if (fabs(number) < (single ? 1e6 : 1e15) && number == (double) (int64) number)
		plain_set_exact(plain, number + 0.0);
	else
		plain_set_inexact(plain, number, single ? fabs(number) * 0x1p-23 + 1e-44 : PLAIN_ROUNDED(number));
}

void
plain_set_null(Plain *plain, const Fact *fact)
{
	switch (fact->null_means)
	{
		case NULL_UNKNOWN:
			plain_set_other(plain);
			break;
		case NULL_NONE:
			plain->state = PLAIN_NONE;
			plain->truth = TRUTH_FALSE;
			break;
		case NULL_ZERO:
			plain_set_exact(plain, 0);
			break;
	}
}

void
plain_set_value(Plain *plain, const Value *value, ValueType type)
{
	double		number;
	bool		exact,
				decimal;

	if (type == TYPE_BOOLEAN)
	{
		plain_set_truth(plain, value->truth);
		return;
	}
	plain_set_other(plain);
	if (!value->known)
		return;
	if (value->none)
	{
		plain->state = PLAIN_NONE;
		return;
	}
	switch (type)
	{
		case TYPE_NUMBER:
			if (number_double(&value->low, &number, &exact, &decimal))
				set_double(plain, number, exact, decimal);
			break;
		case TYPE_DATE:
			plain_set_date(plain, value->day);
			break;
		case TYPE_TEXT:
			plain_set_text(plain, value->text, value->length);
			break;
		case TYPE_LIST:
			if (value->list->count == 0)
				plain->state = PLAIN_NONE;
			break;
		default:
			break;
	}
}
