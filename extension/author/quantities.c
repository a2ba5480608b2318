/*
 * quantities.c
 *		Numbers with their units in a sentence.
 *
 * Calendar days and years are no quantities, nor are numbers without a unit, such as those
 * of documents and slogans.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "outline.h"

#define MAX_NUMERALS 16

/* Words that count and measure, besides the units of the language. */
static const char *const counted[] = {
	"个百分点", "百分点", "个工作日", "工作日", "个月", "个", "‰", "元", "位", "处", "所", "栋", "期", "批", "类", "款", "倍",
	"层", "间", "株", "头", "周", "学时", "课时", "万", "亿", "平米", "周年",
#define UNIT(NAME, name, ...) name,
#define ALIAS(name, NAME) name,
#include "language/units.h"
};

/* Units before which Chinese numerals are quantities: 三年, 五十万元. */
static const char *const measured[] = {"年", "个月", "个工作日", "工作日", "周年", "倍", "元", "%", "个百分点", "小时"};

/* Moves past the longest of several words. */
static bool
take_longest(Slice *text, const char *const *words, int count)
{
	const char *longest = NULL;
	pg_wchar	c = slice_peek(*text);
	int			i;

	if (c < 0x80 && c != '%')
		return false;
	for (i = 0; i < count; i++)
	{
		Slice		rest = *text;

		if (slice_take(&rest, words[i]) && rest.at > (longest ? longest : text->at))
			longest = rest.at;
	}
	if (longest)
		text->at = longest;
	return longest != NULL;
}

static bool
take_unit(Slice *text)
{
	return take_longest(text, counted, lengthof(counted));
}

/* 元/平方米·月, 万元/年 */
static void
take_per(Slice *text)
{
	Slice		rest = *text;

	if (!slice_take(&rest, "/"))
		return;
	if (!take_unit(&rest))
		return;
	*text = rest;
	while (slice_take(&rest, "·") && take_unit(&rest))
		*text = rest;
}

static bool
take_multiples(Slice *text)
{
	static const char *const multiples[] = {"十", "百", "千", "万", "亿", "萬", "億"};
	bool		any = false;

	while (!slice_begins(*text, "千瓦") && !slice_begins(*text, "千克") &&
		   take_longest(text, multiples, lengthof(multiples)))
		any = true;
	return any;
}

/* Digits with separators of thousands and a decimal point; returns how many there are before the point. */
static int
take_digits(Slice *text, bool *decimal)
{
	int			count = 0;

	*decimal = false;
	while (is_digit(slice_peek(*text)))
	{
		(void) slice_next(text);
		count++;
		if (slice_peek(*text) == ',')
		{
			Slice		group = *text;
			Slice		before;
			int			digits = 0;

			(void) slice_next(&group);
			before = group;
			while (is_digit(slice_peek(group)) && digits < 4)
			{
				(void) slice_next(&group);
				digits++;
			}
			if (digits == 3)
				*text = before;
		}
	}
	if (slice_peek(*text) == '.')
	{
		Slice		rest = *text;

		(void) slice_next(&rest);
		while (is_digit(slice_peek(rest)))
		{
			(void) slice_next(&rest);
			*text = rest;
			*decimal = true;
		}
	}
	return count;
}

/* 年 after a year, with the month and the day; moves past them. */
static bool
take_calendar(Slice *text, int digits, int value)
{
	Slice		rest = *text;
	bool		any = false;
	bool		decimal;

	slice_skip_spaces(&rest);
	if (digits == 4 && value >= 1900 && value <= 2999)
	{
		if (!slice_take(&rest, "年"))
			return false;
		*text = rest;
		any = true;
		slice_skip_spaces(&rest);
		if (take_digits(&rest, &decimal) == 0)
			return any;
		slice_skip_spaces(&rest);
	}
	if (slice_take(&rest, "月"))
	{
		*text = rest;
		any = true;
		slice_skip_spaces(&rest);
		if (take_digits(&rest, &decimal) > 0)
		{
			slice_skip_spaces(&rest);
			if (slice_take(&rest, "日"))
				*text = rest;
		}
	}
	return any;
}

/* Reads a quantity in digits; moves past the number in any case. */
static bool
take_number(Slice *text)
{
	Slice		rest = *text;
	bool		decimal;
	Slice		number = *text;
	int			digits = take_digits(&rest, &decimal);
	int			value = digits <= 4 && !decimal ? slice_integer(&number, 4) : -1;
	bool		multiples;

	*text = rest;
	if (!decimal && take_calendar(text, digits, value))
		return false;
	slice_skip_spaces(&rest);
	multiples = take_multiples(&rest);
	if (multiples)
		*text = rest;
	slice_skip_spaces(&rest);
	if (!take_unit(&rest))
		return multiples;
	take_per(&rest);
	*text = rest;
	return true;
}

/* Reads a quantity in Chinese numerals; moves past the numerals in any case. */
static bool
take_chinese(Slice *text)
{
	Slice		rest = *text;
	int			digits = 0;
	int			length = 0;
	bool		year = false;

	for (; length < MAX_NUMERALS; length++)
	{
		Slice		next = rest;
		pg_wchar	c = slice_next(&next);

		if (!is_numeral(c))
			break;
		if (is_chinese_digit(c) || c == 0x5341) /* 十 */
			digits++;
		year |= c == 0x3007 || c == 0x25CB;
		rest = next;
	}
	if (length == 0)
	{
		(void) slice_next(text);
		return false;
	}
	*text = rest;
	if (digits == 0 || year || !take_longest(&rest, measured, lengthof(measured)))
		return false;
	take_per(&rest);
	*text = rest;
	return true;
}

List *
quantities_in(const char *text)
{
	List	   *found = NIL;
	Slice		rest = {text, text + strlen(text)};
	pg_wchar	before = 0;

	while (!slice_is_empty(rest))
	{
		const char *at = rest.at;
		pg_wchar	c = slice_peek(rest);
		bool		is_quantity;

		CHECK_FOR_INTERRUPTS();
		/* 第3条, X10 and 〔2022〕92号 are names */
		if (before == 0x7B2C || is_letter(before) || before == 0x3014 || before == 0x3015)
		{
			bool		decimal;

			if (is_digit(c))
				(void) take_digits(&rest, &decimal);
			else
				(void) slice_next(&rest);
			before = 0;
			if (is_letter(c))
				before = c;
			continue;
		}
		if (c == 0x767E && slice_take(&rest, "百分之"))
		{
			bool		decimal;

			if (is_digit(slice_peek(rest)))
				(void) take_digits(&rest, &decimal);
			else
				(void) take_chinese(&rest);
			is_quantity = true;
		}
		else if (is_digit(c))
			is_quantity = take_number(&rest);
		else if (is_numeral(c))
			is_quantity = take_chinese(&rest);
		else
		{
			(void) slice_next(&rest);
			is_quantity = false;
		}
		if (is_quantity)
			found = lappend(found, slice_copy(slice(at, rest.at)));
		before = c;
	}
	return found;
}

List *
quantities_of_cell(const char *cell, const char *unit)
{
	Slice		text = {cell, cell + strlen(cell)};
	bool		decimal;

	if (is_digit(slice_peek(text)) && take_digits(&text, &decimal) > 0 && slice_is_empty(text))
		return list_make1(unit ? psprintf("%s%s", cell, unit) : pstrdup(cell));
	return quantities_in(cell);
}
