/*
 * numbering.c
 *		The number at the beginning of a line.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "outline.h"

#define MAX_NUMERAL 8			/* characters of a Chinese numeral */

/* Reads Chinese numerals such as 二十一; returns 0 if there are none. */
static int
take_chinese(Slice *text, Slice *numeral)
{
	char		digits[MAX_NUMERAL * 4 + 1];
	Slice		rest = *text;
	int			length = 0;
	Cell		cell = {digits};
	StringInfoData value;
	bool		whole;
	int			number;

	while (!slice_is_empty(rest) && length < MAX_NUMERAL * 3)
	{
		Slice		next = rest;

		if (!is_numeral(slice_next(&next)) || next.at - rest.at > 4)
			break;
		memcpy(digits + length, rest.at, next.at - rest.at);
		length += next.at - rest.at;
		rest = next;
	}
	digits[length] = '\0';
	if (length == 0)
		return 0;
	initStringInfo(&value);
	if (!cell_take_numeral(&cell, 0, &value, &whole) || !cell_at_end(&cell))
		return 0;
	number = atoi(value.data);
	pfree(value.data);
	*numeral = slice(text->at, rest.at);
	*text = rest;
	return number;
}

static bool
found(Marker *marker, MarkerStyle style, int number, Slice after)
{
	marker->style = style;
	marker->number = number;
	slice_skip_spaces(&after);
	marker->after = after.at;
	return number > 0;
}

static void
label(Marker *marker, const char *before, Slice numeral, const char *after)
{
	snprintf(marker->label, MAX_LABEL, "%s%.*s%s", before, (int) (numeral.end - numeral.at), numeral.at, after);
}

static void
label_number(Marker *marker, const char *format)
{
	snprintf(marker->label, MAX_LABEL, format, marker->number);
}

/* 第一章, 第二节, 第三条 */
static bool
read_article(Slice line, Marker *marker)
{
	static const struct
	{
		const char *word;
		MarkerStyle style;
	}			words[] = {{"章", MARKER_CHAPTER}, {"节", MARKER_SECTION}, {"節", MARKER_SECTION}, {"条", MARKER_ARTICLE}, {"條", MARKER_ARTICLE}};
	Slice		numeral = {NULL, NULL};
	int			number;
	size_t		i;

	if (!slice_take(&line, "第"))
		return false;
	slice_skip_spaces(&line);
	number = slice_integer(&line, 4);
	if (number < 0)
		number = take_chinese(&line, &numeral);
	slice_skip_spaces(&line);
	for (i = 0; i < lengthof(words); i++)
		if (slice_take(&line, words[i].word))
		{
			/* 第五条第二款: a sentence that cites an article */
			if (slice_begins(line, "第") || slice_begins(line, "规定") || slice_begins(line, "所") ||
				slice_begins(line, "、") || slice_begins(line, "和") || slice_begins(line, "至") ||
				slice_begins(line, "的"))
				return false;
			if (!found(marker, words[i].style, number, line))
				return false;
			if (numeral.at)
				label(marker, "第", numeral, words[i].word);
			else
				snprintf(marker->label, MAX_LABEL, "第%d%s", number, words[i].word);
			return true;
		}
	return false;
}

/* ①, and (一), (1) and 1. in one character */
static bool
read_single(Slice line, Marker *marker)
{
	static const char *const chinese[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
	pg_wchar	c = slice_next(&line);

	if (c >= 0x3220 && c <= 0x3229)
	{
		(void) found(marker, MARKER_CHINESE_BRACKETS, c - 0x3220 + 1, line);
		snprintf(marker->label, MAX_LABEL, "(%s)", chinese[c - 0x3220]);
	}
	else if (c >= 0x2460 && c <= 0x2473)
	{
		(void) found(marker, MARKER_CIRCLED, c - 0x2460 + 1, line);
		memset(marker->label, 0, 5);
		unicode_to_utf8(c, (unsigned char *) marker->label);
	}
	else if (c >= 0x2474 && c <= 0x2487)
	{
		(void) found(marker, MARKER_DIGITS_BRACKETS, c - 0x2474 + 1, line);
		label_number(marker, "(%d)");
	}
	else if (c >= 0x2488 && c <= 0x249B)
	{
		(void) found(marker, MARKER_DIGITS, c - 0x2488 + 1, line);
		label_number(marker, "%d");
	}
	else
		return false;
	return true;
}

/* (一), (1) */
static bool
read_brackets(Slice line, Marker *marker)
{
	Slice		numeral;
	int			number;
	bool		chinese = false;

	if (!slice_take(&line, "("))
		return false;
	slice_skip_spaces(&line);
	number = slice_integer(&line, 3);
	if (number < 0)
	{
		number = take_chinese(&line, &numeral);
		chinese = true;
	}
	slice_skip_spaces(&line);
	if (!slice_take(&line, ")"))
		return false;
	(void) slice_take(&line, "、");
	if (!found(marker, chinese ? MARKER_CHINESE_BRACKETS : MARKER_DIGITS_BRACKETS, number, line))
		return false;
	if (chinese)
		label(marker, "(", numeral, ")");
	else
		label_number(marker, "(%d)");
	return true;
}

/* 一、 and 一是 */
static bool
read_chinese(Slice line, Marker *marker)
{
	Slice		numeral;
	int			number = take_chinese(&line, &numeral);

	if (number == 0)
		return false;
	slice_skip_spaces(&line);
	if (slice_take(&line, "、") || slice_take(&line, "."))
	{
		(void) found(marker, MARKER_CHINESE, number, line);
		label(marker, "", numeral, "");
		return true;
	}
	if (slice_take(&line, "是"))
	{
		(void) found(marker, MARKER_FIRSTLY, number, line);
		label(marker, "", numeral, "是");
		return true;
	}
	return false;
}

/* 1. 1、 1) and 1.1 */
static bool
read_digits(Slice line, Marker *marker)
{
	int			number = slice_integer(&line, 3);
	Slice		after;

	if (number <= 0)
		return false;
	slice_skip_spaces(&line);
	after = line;
	if (slice_take(&after, ")"))
	{
		(void) found(marker, MARKER_DIGITS_BRACKET, number, after);
		label_number(marker, "%d)");
		return true;
	}
	if (!slice_take(&after, ".") && !slice_take(&after, "、"))
		return false;
	if (!is_digit(slice_peek(after)))
	{
		(void) found(marker, MARKER_DIGITS, number, after);
		label_number(marker, "%d");
		return true;
	}
	/* 1.2024年: a number and a year */
	line = after;
	if (slice_integer(&line, 4) >= 1900 && slice_begins(line, "年"))
	{
		(void) found(marker, MARKER_DIGITS, number, after);
		label_number(marker, "%d");
		return true;
	}
	line = after;
	(void) slice_integer(&line, 2);
	while (slice_take(&line, "."))
		(void) slice_integer(&line, 2);
	/* 1.5万家 and 1.5%: a quantity */
	if (slice_begins(line, "%") || slice_begins(line, "万") || slice_begins(line, "亿") || slice_begins(line, "元") ||
		slice_begins(line, "倍") || slice_begins(line, "个") || slice_begins(line, "家"))
		return false;
	return found(marker, MARKER_DECIMAL, number, line);
}

bool
marker_read(Slice line, Marker *marker)
{
	pg_wchar	c = slice_peek(line);

	if (is_digit(c))
		return read_digits(line, marker);
	if (c == '(')
		return read_brackets(line, marker);
	if (c == 0x7B2C)			/* 第 */
		return read_article(line, marker);
	if (c < 0x80)
		return false;
	return read_single(line, marker) || read_chinese(line, marker);
}
