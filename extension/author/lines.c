/*
 * lines.c
 *		Recognizes what a line of an official text without a number is.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "outline.h"

/* longer lines are sentences */
#define MAX_TITLE 50
#define MAX_SIGNATURE 12

static bool
take_space(Slice *text)
{
	Slice		rest = *text;
	pg_wchar	c = slice_next(&rest);

	if (c == '&' && (slice_begins(rest, "nbsp;") || slice_begins(rest, "emsp;") || slice_begins(rest, "ensp;")))
		rest.at += strlen("nbsp;");
	else if (c != ' ' && (c != 0 || slice_is_empty(*text)))
		return false;
	*text = rest;
	return true;
}

void
slice_skip_spaces(Slice *text)
{
	while (take_space(text))
		CHECK_FOR_INTERRUPTS();
}

/* Moves the end before the last character. */
static pg_wchar
take_last(Slice *text)
{
	Slice		last;

	if (slice_is_empty(*text))
		return 0;
	last.end = text->end;
	do
		text->end--;
	while (text->end > text->at && (*text->end & 0xC0) == 0x80);
	last.at = text->end;
	return slice_next(&last);
}

Slice
slice_trim(Slice text)
{
	slice_skip_spaces(&text);
	for (;;)
	{
		Slice		shorter = text;
		pg_wchar	c = take_last(&shorter);

		CHECK_FOR_INTERRUPTS();
		if (slice_is_empty(text))
			return text;
		if (c == ';' && shorter.end - shorter.at >= 5)
		{
			Slice		entity = slice(shorter.end - 5, text.end);

			if (take_space(&entity) && slice_is_empty(entity))
			{
				text.end -= strlen("&nbsp;");
				continue;
			}
		}
		if (c != ' ' && c != 0)
			return text;
		text = shorter;
	}
}

bool
slice_take(Slice *text, const char *word)
{
	Slice		rest = *text;
	Slice		wanted = {word, word + strlen(word)};

	while (!slice_is_empty(wanted))
		if (slice_is_empty(rest) || slice_next(&rest) != slice_next(&wanted))
			return false;
	*text = rest;
	return true;
}

bool
slice_begins(Slice text, const char *word)
{
	return slice_take(&text, word);
}

bool
slice_begins_any(Slice text, const char *const *words, int count)
{
	int			i;

	for (i = 0; i < count; i++)
		if (slice_begins(text, words[i]))
			return true;
	return false;
}

int
slice_integer(Slice *text, int most)
{
	int			value = -1;

	while (is_digit(slice_peek(*text)))
	{
		if (most-- == 0)
			return -1;
		value = Max(value, 0) * 10 + (slice_next(text) - '0');
	}
	return value;
}

pg_wchar
slice_last(Slice text)
{
	text = slice_trim(text);
	return take_last(&text);
}

int
slice_length(Slice text)
{
	int			count = 0;

	for (; !slice_is_empty(text); count++)
	{
		CHECK_FOR_INTERRUPTS();
		(void) slice_next(&text);
	}
	return count;
}

bool
ends_sentence(pg_wchar c)
{
	switch (c)
	{
		case 0:
		case 0x3002:			/* 。 */
		case ';':
		case ':':
		case '!':
		case '?':
		case ')':
		case '>':
		case '|':
		case 0x201D:			/* ” */
		case 0x2026:			/* … */
			return true;
		default:
			return false;
	}
}

/*
 * Goes byte by byte: in a text without newlines, a search for one would read the rest of
 * the text for each line.
 */
Slice
line_next(Slice *text)
{
	Slice		line = *text;
	const char *at;

	for (at = text->at; at < text->end; at++)
	{
		/* a lone CR, of old Macintosh files, breaks a line too */
		if (*at == '\n' || (*at == '\r' && at + 1 < text->end && at[1] != '\n'))
		{
			text->at = at + 1;
			line.end = at;
			return line;
		}
	}
	text->at = text->end;
	return line;
}

bool
line_is_page_number(Slice line)
{
	bool		dashed;

	line = slice_trim(line);
	if (line.end - line.at > 40)
		return false;
	dashed = slice_take(&line, "-");
	while (slice_take(&line, "-"))
		;
	slice_skip_spaces(&line);
	if (slice_take(&line, "第"))
		dashed = true;
	slice_skip_spaces(&line);
	if (slice_integer(&line, 4) < 0)
		return false;
	slice_skip_spaces(&line);
	if (slice_take(&line, "页"))
	{
		slice_skip_spaces(&line);
		(void) slice_take(&line, "/");
		if (slice_take(&line, "共"))
		{
			slice_skip_spaces(&line);
			(void) slice_integer(&line, 4);
			slice_skip_spaces(&line);
			(void) slice_take(&line, "页");
		}
	}
	else if (slice_take(&line, "/"))
	{
		slice_skip_spaces(&line);
		if (slice_integer(&line, 4) < 0)
			return false;
	}
	else if (dashed && !slice_take(&line, "-"))
		return false;
	while (slice_take(&line, "-"))
		;
	return slice_is_empty(slice_trim(line));
}

bool
line_is_title(Slice line)
{
	int			length = 0;
	pg_wchar	last = slice_last(line);

	line = slice_trim(line);
	if (slice_is_empty(line) || last == 0x3001 || last == ',' || last == '|')
		return false;
	while (!slice_is_empty(line))
	{
		pg_wchar	c = slice_next(&line);

		if (c == 0x3002 || c == ';' || c == ':' || c == '!' || c == '?' || ++length > MAX_TITLE)
			return false;
	}
	return true;
}

/* Reads 2024年7月12日, 2024-07-12 or 二〇二四年七月十二日. */
static bool
take_date(Slice *text)
{
	Slice		rest = *text;
	int			digits = 0;

	for (;;)
	{
		Slice		before = rest;
		pg_wchar	c;

		slice_skip_spaces(&rest);
		c = slice_next(&rest);
		if (c == 0x5E74 || c == 0x6708 || c == 0x65E5)	/* 年月日 */
		{
			if (digits == 0)
				return false;
			if (c == 0x65E5)
				break;
			continue;
		}
		if (!is_digit(c) && !is_numeral(c) && c != '-' && c != '/' && c != '.')
		{
			rest = before;
			break;
		}
		digits++;
	}
	if (digits < 6 || digits > 16)
		return false;
	*text = rest;
	return true;
}

bool
line_is_date(Slice line)
{
	line = slice_trim(line);
	return line.end - line.at <= 80 && take_date(&line) && slice_is_empty(slice_trim(line));
}

bool
line_is_bracketed(Slice line)
{
	line = slice_trim(line);
	return slice_peek(line) == '(' && slice_last(line) == ')';
}

bool
line_is_number(Slice line)
{
	Slice		rest = slice_trim(line);

	if ((slice_last(rest) != 0x53F7 && slice_last(rest) != 0x865F) || slice_length(rest) > 40)	/* 号, 號 */
		return false;
	while (!slice_is_empty(rest))
	{
		pg_wchar	c = slice_next(&rest);

		if ((c == 0x3014 || c == '[' || c == '(') && slice_integer(&rest, 4) >= 1900)
			return true;
	}
	return false;
}

bool
line_is_office(Slice line)
{
	switch (slice_last(line))
	{
		case 0x59D4:			/* 委 */
		case 0x5BA4:			/* 室 */
		case 0x5C40:			/* 局 */
		case 0x5E9C:			/* 府 */
		case 0x4F1A:			/* 会 */
		case 0x5385:			/* 厅 */
		case 0x90E8:			/* 部 */
			return true;
		default:
			return false;
	}
}

bool
line_is_signed(Slice line)
{
	static const char *const offices[] = {"(责任", "(牵头", "(配合"};

	line = slice_trim(line);
	return line_is_bracketed(line) && slice_length(line) <= MAX_SIGNATURE &&
		!slice_begins_any(line, offices, lengthof(offices));
}

bool
line_closes(Slice line)
{
	static const char *const beginnings[] = {
		"抄送", "联系人:", "联系电话:", "联系方式:", "一图读懂", "政策解读", "相关解读", "相关链接", "相关文档",
		"扫一扫", "打印本页", "【打印", "[打印", "公开方式:", "信息公开选项", "(此件", "(此页无正文", "此件公开", "来源:",
	"(来源", "(文章来源", "文章来源:", "责任编辑", "(责任编辑", "编辑:", "附件:", "附件下载", "[返回", "返回", "上一篇", "下一篇", "主题词:"};

	line = slice_trim(line);
	return slice_begins_any(line, beginnings, lengthof(beginnings)) || line_is_printed(line);
}

bool
line_is_printed(Slice line)
{
	pg_wchar	last = slice_last(line);

	if (last != 0x53D1 || line.end - line.at > 240)
		return false;
	while (!slice_is_empty(line))
	{
		Slice		date = line;

		if (take_date(&date))
			return slice_begins(date, "印发") || slice_begins(slice_trim(date), "印发");
		(void) slice_next(&line);
	}
	return false;
}

bool
line_is_annex(Slice line, char *name, size_t size, Slice *title)
{
	const char *words[] = {"附件", "附表", "附录"};
	size_t		i;

	line = slice_trim(line);
	if (slice_peek(line) != 0x9644) /* 附 */
		return false;
	for (i = 0; i < lengthof(words); i++)
	{
		Slice		rest = line;
		Slice		number;
		bool		separated;

		if (!slice_take(&rest, words[i]))
			continue;
		slice_skip_spaces(&rest);
		number = rest;
		while (is_digit(slice_peek(rest)) || is_numeral(slice_peek(rest)))
			(void) slice_next(&rest);
		number.end = rest.at;
		if (number.end - number.at > 12)
			return false;
		separated = slice_peek(rest) == ' ';
		separated |= slice_take(&rest, ":");
		*title = slice_trim(rest);
		/* 附件: a list of annexes;  附件1所列: a sentence */
		if (!slice_is_empty(*title) && (!separated || slice_is_empty(number)))
			return false;
		snprintf(name, size, "%s", words[i]);
		while (!slice_is_empty(number))
		{
			const char *at = number.at;
			pg_wchar	c = slice_next(&number);

			if (is_digit(c))
				snprintf(name + strlen(name), size - strlen(name), "%c", (char) c);
			else
				snprintf(name + strlen(name), size - strlen(name), "%.*s", (int) (number.at - at), at);
		}
		return true;
	}
	return false;
}

char *
lines_join(Slice text)
{
	StringInfoData joined;
	bool		word = false;	/* the last character belongs to a word in
								 * Latin letters */

	if (slice_is_empty(slice_trim(text)))
		return NULL;
	initStringInfo(&joined);
	while (!slice_is_empty(text))
	{
		Slice		line = slice_trim(line_next(&text));
		pg_wchar	c;

		CHECK_FOR_INTERRUPTS();
		if (slice_is_empty(line) || line_is_page_number(line))
			continue;
		c = slice_peek(line);
		if (word && (is_letter(c) || is_digit(c)))
			appendStringInfoChar(&joined, ' ');
		appendBinaryStringInfo(&joined, line.at, line.end - line.at);
		c = slice_last(line);
		word = is_letter(c);
	}
	return joined.len > 0 ? joined.data : NULL;
}
