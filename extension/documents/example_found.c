/*
 * example_found.c
 *		The answers to an example, as text, and whether they are the expected ones.
 */
#include "postgres.h"

#include "engine/value.h"
#include "example_parts.h"

/* ---------------- what was found ---------------- */

char *
example_number_text(const Number *number, Unit unit)
{
	if (unit == UNIT_PLAIN)
	{
		Number		hundred = number_of(100);
		Number		percent;

		if (number_multiply(&percent, number, &hundred))
			return psprintf("%s%%", number_text(&percent));
	}
	return psprintf("%s%s", number_text(number), unit_name(unit));
}

char *
example_truth_text(Truth truth)
{
	return pstrdup(truth == TRUTH_TRUE ? "true" : truth == TRUTH_FALSE ? "false" : "unknown");
}

char *
example_value_text(const Value *value, ValueType type, Unit unit)
{
	if (type == TYPE_BOOLEAN)
		return example_truth_text(value->truth);
	if (value->known && value->none)
		return pstrdup("none");
	switch (type)
	{
		case TYPE_NUMBER:
			if (value->known)
				return example_number_text(&value->low, unit);
			if (value->low_open && value->high_open)
				return pstrdup("unknown");
			if (value->low_open || value->high_open)
				return psprintf("%s %s%s", value->low_open ? "at most" : "at least",
								example_number_text(value->low_open ? &value->high : &value->low, unit),
								value->none ? ", or none" : "");
			return psprintf("between %s and %s%s",
							example_number_text(&value->low, unit), example_number_text(&value->high, unit),
							value->none ? ", or none" : "");
		case TYPE_DATE:
			if (value->known)
				return date_text(value->day);
			return pstrdup("unknown");
		case TYPE_TEXT:
			if (value->known)
				return psprintf("'%s'", pnstrdup(value->text, value->length));
			return pstrdup("unknown");
		default:
			break;
	}
	return pstrdup("unknown");
}

char *
example_amount_text(const Amount *amount, Unit unit)
{
	if (amount->undetermined)
		return pstrdup("undetermined");
	if (!amount->unbounded && number_compare(&amount->low, &amount->high) == 0)
		return example_number_text(&amount->low, unit);
	if (amount->unbounded)
		return psprintf("at least %s", example_number_text(&amount->low, unit));
	return psprintf("between %s and %s", example_number_text(&amount->low, unit), example_number_text(&amount->high, unit));
}

/* ---------------- comparing ---------------- */

static bool
number_is(const Number *number, const Expression *literal)
{
	Number		wanted;

	value_of_literal(&wanted, literal);
	return number_compare(number, &wanted) == 0;
}

bool
example_truth_is(Truth truth, VerdictKind verdict)
{
	return (verdict == VERDICT_TRUE && truth == TRUTH_TRUE) ||
		(verdict == VERDICT_FALSE && truth == TRUTH_FALSE) ||
		(verdict == VERDICT_UNKNOWN && truth == TRUTH_UNKNOWN);
}

bool
example_amount_is(const Amount *amount, const Expectation *expect)
{
	if (amount->undetermined || amount->unbounded)
		return false;
	return number_is(&amount->low, expect->low) &&
		number_is(&amount->high, expect->verdict == VERDICT_BETWEEN ? expect->high : expect->low);
}

bool
example_value_is(const Value *value, ValueType type, const Expectation *expect)
{
	const Expression *low = expect->low;

	switch (expect->verdict)
	{
		case VERDICT_TRUE:
		case VERDICT_FALSE:
			return example_truth_is(value->truth, expect->verdict);
		case VERDICT_UNKNOWN:
			return !value_decided(value, type);
		case VERDICT_NONE:
			return value->known && value->none;
		case VERDICT_BETWEEN:
			if (value->known || value->none)
				return false;
			if (type == TYPE_DATE)
				return value->day == low->date && value->last_day == expect->high->date;
			return !value->low_open && !value->high_open &&
				number_is(&value->low, low) && number_is(&value->high, expect->high);
		case VERDICT_EQUALS:
			if (type == TYPE_BOOLEAN)
				return example_truth_is(value->truth, low->boolean ? VERDICT_TRUE : VERDICT_FALSE);
			if (!value->known || value->none)
				return false;
			if (type == TYPE_DATE)
				return value->day == low->date;
			if (type == TYPE_TEXT)
				return strlen(low->name) == (size_t) value->length &&
					memcmp(low->name, value->text, value->length) == 0;
			return number_is(&value->low, low);
		default:
			return false;
	}
}
