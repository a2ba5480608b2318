/*
 * office_values.c
 *		Reads booleans, numbers and days from texts in an office's tables.
 *
 * People type these texts into spreadsheets, so one column has many notations of one
 * value.  A notation is accepted only if it is unambiguous.  Rejected are two-digit years,
 * foreign currencies, bounds such as “500万元以上”, and numbers in scientific notation,
 * which a spreadsheet has rounded.
 */
#include "postgres.h"

#include "compat.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/numeric.h"

#include "language/tree.h"
#include "office_values.h"

/* No value is longer. */
#define MAX_TEXT 200

/* No amount exceeds the order of 万亿亿. */
#define MAX_EXPONENT 20

ZJTX_FUNCTION(zjtx_to_yes);
ZJTX_FUNCTION(zjtx_to_amount);
ZJTX_FUNCTION(zjtx_to_amount_in);
ZJTX_FUNCTION(zjtx_to_day);

/* ---------------- folding ---------------- */

/* A text with full-width characters folded and without leading and trailing spaces. */
typedef struct Folded
{
	char		text[MAX_TEXT + 4];
	int			length;
} Folded;

/* Returns the normal form of a full-width or variant character, or 0 to drop it. */
static pg_wchar
fold_character(pg_wchar c)
{
	if (c >= 0xFF01 && c <= 0xFF5E)
		return c - 0xFEE0;
	switch (c)
	{
		case '\t':
		case '\r':
		case '\n':
		case 0x00A0:
		case 0x2002:
		case 0x2003:
		case 0x2009:
		case 0x202F:
		case 0x3000:
			return ' ';
		case 0x200B:
		case 0x200E:
		case 0x200F:
		case 0xFEFF:
			return 0;
		case 0x2010:
		case 0x2013:
		case 0x2014:
		case 0x2212:
			return '-';
		case 0xFFE5:
			return 0x00A5;
		default:
			return c;
	}
}

/* Returns false if the text is longer than any value. */
static bool
fold(const char *text, int length, Folded *folded)
{
	const char *end = text + length;

	folded->length = 0;
	while (text < end)
	{
		int			bytes = pg_utf_mblen((const unsigned char *) text);
		unsigned char made[5] = {0};
		pg_wchar	c;

		if (bytes > end - text)
			return false;
		c = fold_character(utf8_to_unicode((const unsigned char *) text));
		text += bytes;
		if (c == 0 || (c == ' ' && folded->length == 0))
			continue;
		if (folded->length >= MAX_TEXT)
			return false;
		unicode_to_utf8(c, made);
		memcpy(folded->text + folded->length, made, pg_utf_mblen(made));
		folded->length += pg_utf_mblen(made);
	}
	while (folded->length > 0 && folded->text[folded->length - 1] == ' ')
		folded->length--;
	folded->text[folded->length] = '\0';
	return true;
}

/* ---------------- reading a folded text from the left ---------------- */

typedef struct Reader
{
	const char *at;
} Reader;

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
take(Reader *reader, const char *word)
{
	size_t		length = strlen(word);

	if (strncmp(reader->at, word, length) != 0)
		return false;
	reader->at += length;
	return true;
}

static void
skip_spaces(Reader *reader)
{
	while (*reader->at == ' ')
		reader->at++;
}

static bool
at_end(const Reader *reader)
{
	return *reader->at == '\0';
}

static bool
is_among(const char *text, const char *const *words, int count)
{
	int			i;

	for (i = 0; i < count; i++)
		if (pg_strcasecmp(text, words[i]) == 0)
			return true;
	return false;
}

/* Marks for an empty cell. */
static const char *const nothing[] = {"", "-", "--", "---", "/", "\\", "无", "暂无", "不适用", "n/a", "na", "null", "none"};

/* ---------------- yes and no ---------------- */

static const char *const yes[] = {
	"是", "有", "对", "真", "符合", "具备", "已认定", "\u221A", "\u2713", "\u2714", "\u2611",
"y", "yes", "t", "true", "1"};
static const char *const no[] = {
	"否", "无", "没有", "不是", "非", "错", "假", "不符合", "不具备", "未认定", "\u00D7", "\u2717", "\u2718", "\u2612",
"n", "no", "f", "false", "0"};

OfficeReading
office_yes(const char *text, int length, bool *value)
{
	Folded		folded;

	if (!fold(text, length, &folded))
		return OFFICE_UNREADABLE;
	*value = is_among(folded.text, yes, lengthof(yes));
	if (*value || is_among(folded.text, no, lengthof(no)))
		return OFFICE_VALUE;
	return is_among(folded.text, nothing, lengthof(nothing)) ? OFFICE_NOTHING : OFFICE_UNREADABLE;
}

/* ---------------- numbers ---------------- */

/* Chinese digits, everyday and financial forms. */
static const struct
{
	const char *word;
	int			value;
}			chinese_digits[] = {
	{"零", 0}, {"〇", 0}, {"○", 0}, {"一", 1}, {"壹", 1}, {"二", 2}, {"贰", 2}, {"貳", 2}, {"两", 2},
	{"三", 3}, {"叁", 3}, {"參", 3}, {"四", 4}, {"肆", 4}, {"五", 5}, {"伍", 5}, {"六", 6}, {"陆", 6}, {"陸", 6},
	{"七", 7}, {"柒", 7}, {"八", 8}, {"捌", 8}, {"九", 9}, {"玖", 9}
};

/* Reads a Chinese digit; returns -1 if there is none. */
static int
chinese_digit(Reader *reader)
{
	size_t		i;

	for (i = 0; i < lengthof(chinese_digits); i++)
		if (take(reader, chinese_digits[i].word))
			return chinese_digits[i].value;
	return -1;
}

typedef struct Magnitude
{
	const char *word;
	int			exponent;
} Magnitude;

static const Magnitude magnitudes[] = {
	{"亿", 8}, {"億", 8}, {"万", 4}, {"萬", 4},
	{"千", 3}, {"仟", 3}, {"百", 2}, {"佰", 2}, {"十", 1}, {"拾", 1}
};
#define FIRST_SMALL 4			/* 千 and below */

/*
 * Reads one of 十 百 千 and, unless small, 万 亿; returns its exponent, or 0 if there is
 * none.
 */
static int
magnitude(Reader *reader, bool small)
{
	size_t		i;

	for (i = small ? FIRST_SMALL : 0; i < lengthof(magnitudes); i++)
		if (take(reader, magnitudes[i].word))
			return magnitudes[i].exponent;
	return 0;
}

/* Reads several such words, as in 千万; returns the sum of their exponents. */
static int
all_magnitudes(Reader *reader)
{
	int			sum = 0;
	int			exponent;

	while (sum <= MAX_EXPONENT && (exponent = magnitude(reader, false)) > 0)
		sum += exponent;
	return sum;
}

/* Units of numbers.  Only % and ‰ change the value. */
static const struct
{
	const char *word;
	int			exponent;
}			units[] = {
	{"元整", 0}, {"圆整", 0}, {"元人民币", 0}, {"元", 0}, {"圆", 0}, {"人民币", 0}, {"rmb", 0}, {"RMB", 0},
	{"%", -2}, {"\u2030", -3},
	{"平方米", 0}, {"\u33A1", 0}, {"m\u00B2", 0}, {"m2", 0}, {"平米", 0}, {"公顷", 0}, {"亩", 0},
	{"个月", 0}, {"月", 0}, {"年", 0}, {"日", 0}, {"天", 0}, {"小时", 0},
	{"人", 0}, {"名", 0}, {"位", 0}, {"家", 0}, {"户", 0}, {"项", 0}, {"个", 0}, {"件", 0}, {"次", 0}, {"级", 0},
	{"分", 0}, {"台", 0}, {"套", 0}, {"辆", 0}, {"条", 0}, {"篇", 0}, {"部", 0}, {"张", 0}, {"股", 0}, {"吨", 0}, {"倍", 0}
};

/* Reads an optional unit and adds its power of ten to *exponent. */
static void
take_unit(Reader *reader, int *exponent)
{
	size_t		i;

	for (i = 0; i < lengthof(units); i++)
		if (take(reader, units[i].word))
		{
			*exponent += units[i].exponent;
			return;
		}
}

/*
 * Reads digits with a decimal point, and with thousands separators if every group but the
 * first has three digits.  Appends them without the separators.  Returns false if there is
 * no such number.
 */
static bool
take_digits(Reader *reader, StringInfo digits)
{
	int			group = 0;
	char		separator = '\0';

	for (;;)
	{
		while (is_digit(*reader->at))
		{
			appendStringInfoChar(digits, *reader->at++);
			group++;
		}
		if (group == 0 || (separator && group != 3))
			return false;
		if (*reader->at != ',' && *reader->at != ' ')
			break;
		if (*reader->at == ' ' && !is_digit(reader->at[1]))
			break;
		if ((separator && separator != *reader->at) || (!separator && group > 3))
			return false;
		separator = *reader->at++;
		group = 0;
	}
	if (*reader->at == '.')
	{
		appendStringInfoChar(digits, *reader->at++);
		if (!is_digit(*reader->at))
			return false;
		while (is_digit(*reader->at))
			appendStringInfoChar(digits, *reader->at++);
	}
	return true;
}

/*
 * Reads Chinese numerals below 万, such as 一百二十, 两千零五 or 十二点五, as a
 * decimal.  An omitted place needs a 零: 一百五 is rejected because people mean 150.  Sets
 * *whole if the number has a leading 零 or as many digits as `places`.
 */
static bool
take_chinese(Reader *reader, int places, StringInfo digits, bool *whole)
{
	static const int powers[] = {1, 10, 100, 1000};
	int			total = 0;
	int			below = 4;		/* the next magnitude must be lower than this */
	bool		any = false;

	*whole = false;
	while (below > 0)
	{
		Reader		before = *reader;
		bool		zero = false;
		int			digit;
		int			exponent;

		while ((digit = chinese_digit(reader)) == 0)
			zero = true;
		exponent = magnitude(reader, true);
		if (digit < 0 && (exponent != 1 || any))
		{
			*reader = before;
			break;
		}
		if (exponent >= below || (any && exponent < below - 1 && !zero))
			return false;
		total += Max(digit, 1) * powers[exponent];
		*whole = any ? *whole : zero;
		any = true;
		below = exponent;
	}
	if (!any)
	{
		if (chinese_digit(reader) != 0)
			return false;
		*whole = true;
	}
	*whole |= places > 0 && places <= 4 && total >= powers[places - 1];
	appendStringInfo(digits, "%d", total);
	if (take(reader, "点"))
	{
		int			digit = chinese_digit(reader);

		if (digit < 0)
			return false;
		appendStringInfoChar(digits, '.');
		for (; digit >= 0; digit = chinese_digit(reader))
			appendStringInfo(digits, "%d", digit);
	}
	return true;
}

static Datum
decimal(const char *digits, int exponent)
{
	char		text[MAX_TEXT + 16];

	if (exponent != 0)
	{
		snprintf(text, sizeof(text), "%se%d", digits, exponent);
		digits = text;
	}
	return DirectFunctionCall3(numeric_in, CStringGetDatum(digits),
							   ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
}

/* Returns the number of digits before the decimal point. */
static int
integer_digits(const StringInfo digits)
{
	return strcspn(digits->data, ".");
}

static bool
begins_number(const Reader *reader)
{
	Reader		copy = *reader;

	return is_digit(*reader->at) || chinese_digit(&copy) >= 0;
}

/*
 * Reads a number without its magnitude.  Sets *whole if it specifies all of the `places`
 * below the previous part.
 */
static bool
take_part(Reader *reader, int places, bool several, StringInfo digits, bool *whole)
{
	Reader		before = *reader;
	bool		zero = several && take(reader, "零");

	if (is_digit(*reader->at))
	{
		if (!take_digits(reader, digits))
			return false;
		*whole = zero || integer_digits(digits) == places;
		skip_spaces(reader);
		return true;
	}
	*reader = before;
	if (!take_chinese(reader, places, digits, whole))
		return false;
	skip_spaces(reader);
	/* rejects 二十百 */
	before = *reader;
	return magnitude(&before, true) == 0;
}

/*
 * Reads a number with its unit, or several of descending magnitude that add up, such as
 * 1亿2000万元.  People mean 35000 by 3万5, not 30005, so a part that omits places is
 * rejected.
 */
static bool
take_number(Reader *reader, const char *default_unit, Datum *sum)
{
	int			below = MAX_EXPONENT + 1;
	bool		several = false;
	StringInfoData digits;

	initStringInfo(&digits);
	for (;;)
	{
		const char *unit;
		int			exponent;
		bool		whole;
		bool		last;

		resetStringInfo(&digits);
		if (!take_part(reader, below, several, &digits, &whole))
			return false;
		unit = reader->at;
		exponent = all_magnitudes(reader);
		if (exponent >= below || (several && exponent == 0 && !whole))
			return false;
		below = exponent;
		skip_spaces(reader);
		last = exponent < 4 || !begins_number(reader);
		if (last)
		{
			int			scale = 0;

			take_unit(reader, &scale);
			if (several && scale != 0)
				return false;	/* rejects 1亿2000万% */
			exponent += scale;
			if (reader->at == unit && !several && default_unit)
			{
				Reader		heading = {default_unit};

				exponent += all_magnitudes(&heading);
				take_unit(&heading, &exponent);
			}
		}
		*sum = several ? DirectFunctionCall2(numeric_add, *sum, decimal(digits.data, exponent))
			: decimal(digits.data, exponent);
		if (last)
			return true;
		several = true;
	}
}

OfficeReading
office_amount(const char *text, int length, const char *default_unit, Datum *numeric)
{
	Folded		folded;
	Reader		reader;
	bool		negative;
	bool		percent;

	if (!fold(text, length, &folded))
		return OFFICE_UNREADABLE;
	if (!is_digit(folded.text[0]) && is_among(folded.text, nothing, lengthof(nothing)))
		return OFFICE_NOTHING;
	reader.at = folded.text;
	if (take(&reader, "人民币"))
		skip_spaces(&reader);
	(void) (take(&reader, "\u00A5") || take(&reader, "RMB") || take(&reader, "CNY"));
	skip_spaces(&reader);
	negative = take(&reader, "-") || take(&reader, "负");
	if (!negative)
		(void) take(&reader, "+");
	percent = take(&reader, "百分之");
	if (!take_number(&reader, percent ? "%" : default_unit, numeric))
		return OFFICE_UNREADABLE;
	skip_spaces(&reader);
	(void) (take(&reader, "(含)") || take(&reader, "(含本数)"));
	if (!at_end(&reader))
		return OFFICE_UNREADABLE;
	if (negative)
		*numeric = DirectFunctionCall1(numeric_uminus, *numeric);
	return OFFICE_VALUE;
}

/* ---------------- days ---------------- */

/* Excel's day 0, for days from 1900-03-01 on. */
#define EXCEL_EPOCH (date2j(1899, 12, 30) - POSTGRES_EPOCH_JDATE)
#define EXCEL_FIRST 10000		/* 1927-05-18 */
#define EXCEL_LAST 99999		/* 2173-10-13 */

/* Reads up to `most` decimal digits; returns their number. */
static int
take_integer(Reader *reader, int most, int *value)
{
	int			count = 0;

	for (*value = 0; count < most && is_digit(*reader->at); count++)
		*value = *value * 10 + (*reader->at++ - '0');
	return count;
}

/* Reads a year digit by digit (二〇二四), or a month or day (十二, 三十一). */
static bool
take_chinese_part(Reader *reader, bool year, int *value)
{
	StringInfoData digits;
	bool		whole;
	int			i;

	if (!year)
	{
		initStringInfo(&digits);
		if (!take_chinese(reader, 0, &digits, &whole) || strchr(digits.data, '.'))
			return false;
		*value = atoi(digits.data);
		return true;
	}
	for (*value = 0, i = 0; i < 4; i++)
	{
		int			digit = chinese_digit(reader);

		if (digit < 0)
			return false;
		*value = *value * 10 + digit;
	}
	return true;
}

static bool
make_day(int year, int month, int mday, DateADT *day)
{
	struct pg_tm tm = {.tm_year = year,.tm_mon = month,.tm_mday = mday};

	if (year < 1900 || year > 2999 || ValidateDate(DTK_DATE_M, false, false, false, &tm) != 0)
		return false;
	*day = date2j(year, month, mday) - POSTGRES_EPOCH_JDATE;
	return true;
}

/* Skips a time of day after a date, which spreadsheets add. */
static bool
take_time(Reader *reader)
{
	int			part;
	int			parts;

	if (!take(reader, "T"))
		skip_spaces(reader);
	if (at_end(reader))
		return true;
	for (parts = 0; parts < 3; parts++)
	{
		if (parts > 0 && !take(reader, ":"))
			break;
		if (take_integer(reader, 2, &part) == 0 || part > (parts == 0 ? 24 : 60))
			return false;
	}
	if (parts == 3 && take(reader, "."))
		(void) take_integer(reader, 6, &part);
	return parts >= 2 && at_end(reader);
}

/*
 * Reads a date from digits alone: 20240301, or a spreadsheet's serial number, possibly
 * with a fraction.
 */
static OfficeReading
read_number_of_day(Reader *reader, int digits, int number, DateADT *day)
{
	int			fraction;

	if (digits == 8)
		return take_time(reader) && make_day(number / 10000, number / 100 % 100, number % 100, day)
			? OFFICE_VALUE : OFFICE_UNREADABLE;
	if (take(reader, "."))
		while (take_integer(reader, 9, &fraction) > 0)
			 /* a fraction is the time of day */ ;
	if (!at_end(reader) || number < EXCEL_FIRST || number > EXCEL_LAST)
		return OFFICE_UNREADABLE;
	*day = EXCEL_EPOCH + number;
	return OFFICE_VALUE;
}

OfficeReading
office_day(const char *text, int length, DateADT *day)
{
	Folded		folded;
	Reader		reader;
	int			year;
	int			month;
	int			mday;
	int			digits;
	bool		words;
	bool		chinese;

	if (!fold(text, length, &folded))
		return OFFICE_UNREADABLE;
	if (!is_digit(folded.text[0]) && is_among(folded.text, nothing, lengthof(nothing)))
		return OFFICE_NOTHING;
	reader.at = folded.text;
	digits = take_integer(&reader, 8, &year);
	if (digits == 5 || digits == 8)
		return read_number_of_day(&reader, digits, year, day);
	chinese = digits == 0;
	if (chinese ? !take_chinese_part(&reader, true, &year) : digits != 4)
		return OFFICE_UNREADABLE;
	skip_spaces(&reader);
	words = take(&reader, "年");
	if (!words && (chinese || (*reader.at != '-' && *reader.at != '/' && *reader.at != '.')))
		return OFFICE_UNREADABLE;
	if (!words)
	{
		char		separator[2] = {*reader.at++, '\0'};

		if (take_integer(&reader, 2, &month) == 0 || !take(&reader, separator) || take_integer(&reader, 2, &mday) == 0)
			return OFFICE_UNREADABLE;
	}
	else
	{
		skip_spaces(&reader);
		if ((take_integer(&reader, 2, &month) == 0 && !take_chinese_part(&reader, false, &month)) ||
			(skip_spaces(&reader), !take(&reader, "月")))
			return OFFICE_UNREADABLE;
		skip_spaces(&reader);
		if ((take_integer(&reader, 2, &mday) == 0 && !take_chinese_part(&reader, false, &mday)) ||
			(skip_spaces(&reader), !(take(&reader, "日") || take(&reader, "号"))))
			return OFFICE_UNREADABLE;
	}
	return take_time(&reader) && make_day(year, month, mday, day) ? OFFICE_VALUE : OFFICE_UNREADABLE;
}

/* ---------------- in SQL ---------------- */

/* to_yes(text) → boolean; NULL for an empty or unreadable text */
Datum
zjtx_to_yes(PG_FUNCTION_ARGS)
{
	text	   *cell = PG_GETARG_TEXT_PP(0);
	bool		value;

	if (office_yes(VARDATA_ANY(cell), VARSIZE_ANY_EXHDR(cell), &value) != OFFICE_VALUE)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(value);
}

static Datum
amount(FunctionCallInfo fcinfo, const char *default_unit)
{
	text	   *cell = PG_GETARG_TEXT_PP(0);
	Datum		value;

	if (office_amount(VARDATA_ANY(cell), VARSIZE_ANY_EXHDR(cell), default_unit, &value) != OFFICE_VALUE)
		PG_RETURN_NULL();
	return value;
}

/* to_amount(text) → numeric; NULL for an empty or unreadable text */
Datum
zjtx_to_amount(PG_FUNCTION_ARGS)
{
	return amount(fcinfo, NULL);
}

/*
 * to_amount(text, unit text) → numeric: the unit applies if the text names none; 22023 for
 * an unknown unit
 */
Datum
zjtx_to_amount_in(PG_FUNCTION_ARGS)
{
	text	   *unit = PG_GETARG_TEXT_PP(1);
	Folded		folded;
	Reader		reader;
	int			exponent = 0;

	if (!fold(VARDATA_ANY(unit), VARSIZE_ANY_EXHDR(unit), &folded))
		folded.text[0] = '\0';
	reader.at = folded.text;
	(void) all_magnitudes(&reader);
	take_unit(&reader, &exponent);
	if (folded.text[0] == '\0' || !at_end(&reader))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is not a unit of a number", text_to_cstring(unit)),
				 errhint("Write a unit such as %s, %s or %s.",
						 message_word("'万元'", "'RMB'"), message_word("'元'", "'m2'"), "'%'")));
	return amount(fcinfo, folded.text);
}

/* to_day(text) → date; NULL for an empty or unreadable text */
Datum
zjtx_to_day(PG_FUNCTION_ARGS)
{
	text	   *cell = PG_GETARG_TEXT_PP(0);
	DateADT		value;

	if (office_day(VARDATA_ANY(cell), VARSIZE_ANY_EXHDR(cell), &value) != OFFICE_VALUE)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(value);
}
