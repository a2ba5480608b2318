/*
 * check_header.c
 *		Reads the header of a spreadsheet's column.
 *
 * Widths are folded and spaces dropped.  The year is at the beginning (2024年, 2024年度), at
 * the end (_2024, 2024年) or in brackets; the unit is in brackets, or after “单位：”.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

#include "check_header.h"
#include "language/tree.h"
#include "office/cell.h"

/* Years before the day judged; longer words come first. */
static const struct
{
	const char *word;
	int			back;
}			relative_years[] = {
	{"上上年度", 2}, {"上上年", 2}, {"上一年度", 1}, {"上一年", 1}, {"上年度", 1}, {"上年", 1}, {"去年", 1},
	{"前一年度", 2}, {"前一年", 2}, {"前两年度", 3}, {"前二年度", 3}, {"前两年", 3}, {"前年度", 2}, {"前年", 2},
	{"本年度", 0}, {"本年", 0}, {"当年度", 0}, {"当年", 0}, {"今年", 0}
};

/* Words in brackets that are instructions for filling in the column. */
static const char *const instructions[] = {
	"是/否", "是否", "是或否", "填是或否", "Y/N", "y/n", "√", "必填", "选填", "*", "可空", "文本", "日期"
};

/* Filler, and words that mean the same without it. */
static const struct
{
	const char *front;
	const char *as;
}			fronts[] = {{"是否为", ""}, {"是否属于", "属"}, {"是否属", "属"}, {"是否是", ""}, {"是否", ""}, {"属于", "属"}};

static const struct
{
	const char *end;
	const char *as;
}			ends[] = {
	{"有效期截止日期", "有效期至"}, {"有效期截止日", "有效期至"}, {"有效期到期日", "有效期至"}, {"有效截止日期", "有效期至"},
	{"到期日期", "有效期至"}, {"到期日", "有效期至"}, {"有效期止", "有效期至"}, {"有效期", "有效期至"},
	{"日期", "日"}, {"时间", "日"}, {"从业人数", "从业人员数"}, {"从业人员", "从业人员数"}, {"职工人数", "从业人员数"},
	{"研发人员", "研发人员数"}, {"个数", "数"}, {"数量", "数"}, {"情况", ""}
};

static bool
starts(const char *text, const char *word)
{
	return strncmp(text, word, strlen(word)) == 0;
}

static bool
ends_in(const char *text, const char *word)
{
	return strlen(text) >= strlen(word) && strcmp(text + strlen(text) - strlen(word), word) == 0;
}

/* Folds widths, drops spaces, and makes all brackets round ones. */
static char *
folded_words(const char *text)
{
	CellText	cell;
	StringInfoData words;
	const char *at;

	if (!cell_fold(text, strlen(text), &cell))
		return pstrdup(text);
	initStringInfo(&words);
	for (at = cell.text; *at; at++)
	{
		bool		opens = starts(at, "【");

		if (opens || starts(at, "】"))
		{
			appendStringInfoChar(&words, opens ? '(' : ')');
			at += strlen("【") - 1;
		}
		else if (*at == '[' || *at == ']')
			appendStringInfoChar(&words, *at == '[' ? '(' : ')');
		else if (*at != ' ')
			appendStringInfoChar(&words, *at);
	}
	return words.data;
}

/* Returns the year that a text begins with, as four digits, or 0. */
static int
year_at(const char *text)
{
	int			year;

	if (strspn(text, "0123456789") != 4)
		return 0;
	year = atoi(text);
	return year >= 1900 && year <= 2999 ? year : 0;
}

/* Takes a year with its 年 off the start of *text. */
static int
take_year(const char **text)
{
	int			year = year_at(*text);

	if (year == 0)
		return 0;
	*text += 4;
	if (starts(*text, "年度"))
		*text += strlen("年度");
	else if (starts(*text, "年"))
		*text += strlen("年");
	return year;
}

/* Whether a text is a unit, perhaps after multiples. */
static bool
is_unit(const char *text)
{
	const char *rest = text;
	int			exponent;
	Unit		unit;

	return strcmp(text, "%") == 0 || (unit_split(NIL, &rest, &exponent, &unit) && unit != UNIT_FREE);
}

/* Reads one part of a text in brackets; returns whether it was a unit, a year or an instruction. */
static bool
read_piece(Header *header, const char *piece)
{
	const char *rest = piece;
	int			year;
	size_t		i;

	if (starts(rest, "单位"))
	{
		rest += strlen("单位");
		if (*rest == ':')
			rest++;
	}
	if (header->unit == NULL && is_unit(rest))
	{
		header->unit = pstrdup(rest);
		return true;
	}
	rest = piece;
	year = take_year(&rest);
	if (year != 0 && *rest == '\0' && header->year == 0)
	{
		header->year = year;
		return true;
	}
	for (i = 0; i < lengthof(instructions); i++)
		if (strcmp(piece, instructions[i]) == 0)
			return true;
	return *piece == '\0';
}

/* Reads a text in brackets; returns false if it belongs to the words. */
static bool
read_brackets(Header *header, const char *inside)
{
	char	   *copy = pstrdup(inside);
	char	   *at = copy;
	bool		all = true;
	size_t		i;

	for (i = 0; i < lengthof(instructions); i++)
		if (strcmp(inside, instructions[i]) == 0)
			return true;
	while (at)
	{
		char	   *next = strpbrk(at, ",;");

		if (next)
			*next++ = '\0';
		all &= read_piece(header, at);
		at = next;
	}
	return all;
}

/* Takes the parts in brackets out of the words, except those that are part of the name. */
static char *
without_brackets(Header *header, const char *text)
{
	StringInfoData rest;

	initStringInfo(&rest);
	while (*text)
	{
		const char *close = *text == '(' ? strchr(text, ')') : NULL;

		/* a long name may have been truncated inside the brackets */
		if (*text == '(' && close == NULL)
			close = text + strlen(text);
		if (close && read_brackets(header, pnstrdup(text + 1, close - text - 1)))
		{
			text = *close ? close + 1 : close;
			continue;
		}
		appendStringInfoChar(&rest, *text++);
	}
	return rest.data;
}

/* Takes the year or 上年度 off the front, and the year off the end. */
static char *
without_year(Header *header, char *words)
{
	const char *at = words;
	size_t		i;
	size_t		length;

	if (header->year == 0)
		header->year = take_year(&at);
	for (i = 0; header->year == 0 && i < lengthof(relative_years); i++)
		if (starts(at, relative_years[i].word) && strlen(at) > strlen(relative_years[i].word))
		{
			header->back = relative_years[i].back;
			at += strlen(relative_years[i].word);
			break;
		}
	words = pstrdup(at);
	length = strlen(words);
	if (header->year == 0 && header->back < 0)
	{
		static const char *const behind[] = {"年度", "年", ""};

		for (i = 0; i < lengthof(behind); i++)
			if (ends_in(words, behind[i]) && length > strlen(behind[i]) + 4 &&
				year_at(words + length - strlen(behind[i]) - 4) != 0 &&
				!(words[length - strlen(behind[i]) - 5] >= '0' && words[length - strlen(behind[i]) - 5] <= '9'))
			{
				header->year = year_at(words + length - strlen(behind[i]) - 4);
				words[length - strlen(behind[i]) - 4] = '\0';
				break;
			}
	}
	while (*words && words[strlen(words) - 1] == '_')
		words[strlen(words) - 1] = '\0';
	return *words == '_' ? words + 1 : words;
}

static char *
without_filler(const char *words)
{
	char	   *result = pstrdup(words);
	size_t		i;

	for (i = 0; i < lengthof(fronts); i++)
		if (starts(result, fronts[i].front) && strlen(result) > strlen(fronts[i].front))
		{
			result = psprintf("%s%s", fronts[i].as, result + strlen(fronts[i].front));
			break;
		}
	for (i = 0; i < lengthof(ends); i++)
		if (ends_in(result, ends[i].end))
		{
			result[strlen(result) - strlen(ends[i].end)] = '\0';
			result = psprintf("%s%s", result, ends[i].as);
			break;
		}
	return result;
}

void
header_read(const char *text, Header *header)
{
	char	   *words;

	memset(header, 0, sizeof(Header));
	header->back = -1;
	words = without_brackets(header, folded_words(text));
	words = without_year(header, words);
	if (header->unit == NULL && (ends_in(words, "万元") || ends_in(words, "亿元") || ends_in(words, "%")))
	{
		size_t		length = ends_in(words, "%") ? 1 : strlen("万元");

		if (strlen(words) > length)
		{
			header->unit = pstrdup(words + strlen(words) - length);
			words[strlen(words) - length] = '\0';
			if (ends_in(words, "_"))
				words[strlen(words) - 1] = '\0';
		}
	}
	header->base = words;
	header->loose = without_filler(words);
}

bool
header_named(const Header *a, const Header *b, bool loosely)
{
	return a->base[0] != '\0' && (loosely ? strcmp(a->loose, b->loose) == 0 : strcmp(a->base, b->base) == 0);
}

bool
header_akin(const char *a, const char *b)
{
	for (; *a; a += pg_utf_mblen((const unsigned char *) a))
	{
		int			length = pg_utf_mblen((const unsigned char *) a);

		if (length < 3 || a[length] == '\0')
			continue;
		length += pg_utf_mblen((const unsigned char *) a + length);
		if (strstr(b, pnstrdup(a, length)))
			return true;
	}
	return false;
}
