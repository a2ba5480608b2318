/*
 * kernel_facts.c
 *		Facts in the float kernel: what a register holds, from datums and values.
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
set_double(End *end, double number, bool exact, bool decimal)
{
	end->number = number;
	end->error = exact ? 0 : KERNEL_ROUNDED(number);
	end->decimal = decimal;
}

bool
end_set_number(End *end, const Number *number)
{
	double		nearest;
	bool		exact,
				decimal;

	if (!number_double(number, &nearest, &exact, &decimal))
		return false;
	set_double(end, nearest, exact, decimal);
	return true;
}

/* 10000^i, all of them doubles */
static const double groups_double[] = {1, 1e4, 1e8, 1e12, 1e16, 1e20};

/*
 * Converts a numeric of up to 32 digits.  All terms have the same sign, so nothing cancels; each step rounds at
 * most twice.
 */
static void
set_long_numeric(Lane *lane, const NumericParts *parts, int exponent)
{
	double		number = 0;
	int			i;

	if (parts->special || parts->ndigits > 8 || exponent < -5 || exponent > 5)
	{
		lane_set_doubt(lane);
		return;
	}
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
	lane->state = LANE_VALUE;
	set_double(&lane->low, parts->negative ? -number : number, false, false);
}

void
lane_set_numeric(Lane *lane, Datum numeric)
{
	NumericParts parts;
	int64		digits = 0;
	int			exponent;
	int			i;

	if (!datum_is_in_place(DatumGetPointer(numeric)))
	{
		lane_set_doubt(lane);
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
	{
		/* below 2^53 both are doubles, and their quotient is rounded once */
		lane->state = LANE_VALUE;
		set_double(&lane->low, (double) digits / groups_double[-exponent], false,
				   digits < KERNEL_DECIMAL && digits > -KERNEL_DECIMAL);
	}
}

/* Sets a number from a float.  Its exact value is that of the shortest decimal that reads back as the same float. */
void
lane_set_float(Lane *lane, double number, bool single)
{
	/*
	 * below these bounds, the shortest decimal of an integer is the integer
	 * itself
	 */
	if (fabs(number) < (single ? 1e6 : 1e15) && number == (double) (int64) number)
		lane_set_exact(lane, number + 0.0);
	else
		lane_set_inexact(lane, number, single ? fabs(number) * 0x1p-23 + 1e-44 : KERNEL_ROUNDED(number));
}

/* ---------------- unknown facts ---------------- */

void
lane_set_unknown(Lane *lane, const KernelFact *fact)
{
	lane->state = LANE_RANGE;
	lane->maybe = fact->maybe;
	switch ((ValueType) fact->type)
	{
		case TYPE_NUMBER:
			lane->low = fact->low;
			lane->high = fact->high;
			break;
		case TYPE_DATE:
			lane->day = fact->first;
			lane->last_day = fact->last;
			break;
		default:
			lane->truth = TRUTH_UNKNOWN;
			break;
	}
}

void
lane_check_near(const KernelFact *fact, Lane *lane)
{
	int			low = end_order(&lane->low, &fact->low);
	int			high = end_order(&lane->low, &fact->high);

	if (low == -1 || high == 1)
		lane_set_unknown(lane, fact);
	else if (low == ORDER_DOUBT || high == ORDER_DOUBT)
		lane_set_doubt(lane);
}

void
lane_set_null(Lane *lane, const Fact *fact, const KernelFact *range)
{
	switch (fact->null_means)
	{
		case NULL_UNKNOWN:
			lane_set_unknown(lane, range);
			break;
		case NULL_NONE:
			if (fact->type == TYPE_BOOLEAN)
				lane_set_truth(lane, TRUTH_FALSE);
			else
				lane->state = LANE_NONE;
			break;
		case NULL_ZERO:
			lane_set_exact(lane, 0);
			/* it may be outside the declared range */
			lane_check_number(range, lane);
			break;
	}
}

/* ---------------- values of exact arithmetic ---------------- */

static void
set_number_value(Lane *lane, const Value *value)
{
	lane->state = value->known ? LANE_VALUE : LANE_RANGE;
	lane->low = end_exact(-HUGE_VAL);
	lane->high = end_exact(HUGE_VAL);
	if ((value->known || !value->low_open) && !end_set_number(&lane->low, &value->low))
		lane_set_doubt(lane);
	else if (!value->known && !value->high_open && !end_set_number(&lane->high, &value->high))
		lane_set_doubt(lane);
}

void
lane_set_value(Lane *lane, const Value *value, ValueType type)
{
	if (type == TYPE_BOOLEAN)
	{
		lane_set_truth(lane, value->truth);
		return;
	}
	lane->state = value->known ? LANE_VALUE : LANE_RANGE;
	lane->maybe = value->none;
	if (value->known && value->none)
	{
		lane->state = LANE_NONE;
		return;
	}
	switch (type)
	{
		case TYPE_NUMBER:
			set_number_value(lane, value);
			break;
		case TYPE_DATE:
			lane->day = value->day;
			lane->last_day = value->last_day;
			break;
		case TYPE_TEXT:
			lane->text = value->text;
			lane->length = value->length;
			break;
		case TYPE_LIST:
			/* the elements remain in the list of exact arithmetic */
			if (value->known)
				lane->state = value->list->count == 0 ? LANE_NONE : LANE_DOUBT;
			break;
		default:
			break;
	}
}
