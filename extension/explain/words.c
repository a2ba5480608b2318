/*
 * words.c
 *		Formats values for people.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "answers/quantity.h"
#include "engine/value.h"
#include "language/texts.h"
#include "explain.h"

/*
 * Formats money in 元, 万元 or 亿元, whichever is shortest; all are exact.  The length
 * counts digits, and 万 or 亿 as one character.
 */
static char *
money_text(const Number *number)
{
	char	   *best = number_text(number);
	const char *unit = "元";
	int			length = strlen(best);
	Number		size = number_sign(number) < 0 ? number_negate(number) : *number;
	static const struct
	{
		int64		value;
		const char *name;
	}			larger[] = {{10000, "万元"}, {100000000, "亿元"}};
	size_t		i;

	for (i = 0; i < lengthof(larger); i++)
	{
		Number		by = number_of(larger[i].value);
		Number		quotient;
		char	   *text;

		if (number_compare(&size, &by) < 0 || !number_divide(&quotient, number, &by))
			break;
		text = number_text(&quotient);
		if ((int) strlen(text) + 1 < length)
		{
			best = text;
			length = strlen(text) + 1;
			unit = larger[i].name;
		}
	}
	return psprintf("%s%s", best, unit);
}

static char *
digits_text(const Number *number, Unit unit)
{
	if (unit == UNIT_YUAN)
		return money_text(number);
	return psprintf("%s%s", number_text(number), unit_name(unit));
}

char *
explain_number(const Number *number, Unit unit, const Number *bound)
{
	Number		rounded;
	bool		exact;

	if (!quantity_rounded(number, unit, bound, &rounded, &exact))
		return psprintf("≈%s", number_text(number));
	return psprintf("%s%s", exact ? "" : "≈", digits_text(&rounded, unit));
}

static char *
number_range_text(const Phrases *words, const Value *value, Unit unit, const Number *bound)
{
	const Number *low = low_of(value);
	const Number *high = high_of(value);

	/* it may also be none */
	if (low && high && number_compare(low, high) == 0)
		return explain_number(low, unit, bound);
	if (low && high)
		return psprintf(words->between, explain_number(low, unit, bound), explain_number(high, unit, bound));
	if (low)
		return psprintf(words->at_least, explain_number(low, unit, bound));
	if (high)
		return psprintf(words->at_most, explain_number(high, unit, bound));
	return pstrdup(words->unknown);
}

static char *
date_range_text(const Phrases *words, const Value *value)
{
	bool		low = !DATE_NOT_FINITE(value->day);
	bool		high = !DATE_NOT_FINITE(value->last_day);

	if (low && high)
		return psprintf(words->between, date_text(value->day), date_text(value->last_day));
	if (low)
		return psprintf(words->from_day, date_text(value->day));
	if (high)
		return psprintf(words->until_day, date_text(value->last_day));
	return pstrdup(words->unknown);
}

char *
explain_value_text(const Phrases *words, const Value *value, ValueType type, Unit unit,
				   const Fact *texts, const Number *bound)
{
	char	   *text;

	if (type == TYPE_BOOLEAN)
		return pstrdup(value->truth == TRUTH_TRUE ? words->yes : value->truth == TRUTH_FALSE ? words->no : words->unknown);
	if (is_none(value))
		return pstrdup(words->none);
	switch (type)
	{
		case TYPE_NUMBER:
			if (value->known)
				return explain_number(&value->low, unit, bound);
			text = number_range_text(words, value, unit, bound);
			break;
		case TYPE_DATE:
			if (value->known)
				return date_text(value->day);
			text = date_range_text(words, value);
			break;
		case TYPE_TEXT:
			if (value->known)
				return psprintf(words->quoted, explain_short(texts_fact_shown(texts, value->text, value->length)));
			text = pstrdup(words->unknown);
			break;
		case TYPE_LIST:
			if (value->known)
				return psprintf(value->list->count == 1 ? words->element : words->elements, value->list->count);
			text = pstrdup(words->unknown);
			break;
		default:
			text = pstrdup(words->unknown);
			break;
	}
	return may_be_none(value) ? psprintf(words->or_none, text) : text;
}
