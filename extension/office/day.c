/*
 * day.c
 *		Reads days from the cells of an office's table.
 */
#include "postgres.h"

#include "compat.h"
#include "utils/builtins.h"
#include "utils/datetime.h"

#include "cell.h"
#include "language/tree.h"
#include "office_values.h"

ZJTX_FUNCTION(zjtx_to_day);
ZJTX_FUNCTION(zjtx_to_day_or);

/* Excel's day 0, for days from 1900-03-01 on. */
#define EXCEL_EPOCH (date2j(1899, 12, 30) - POSTGRES_EPOCH_JDATE)
#define EXCEL_FIRST 10000		/* 1927-05-18 */
#define EXCEL_LAST 99999		/* 2173-10-13 */

/* Reads up to `most` decimal digits; returns their number. */
static int
take_integer(Cell *cell, int most, int *value)
{
	int			count = 0;

	for (*value = 0; count < most && cell_is_digit(*cell->at); count++)
		*value = *value * 10 + (*cell->at++ - '0');
	return count;
}

/* Reads a year digit by digit (二〇二四), or a month or day (十二, 三十一). */
static bool
take_chinese_part(Cell *cell, bool year, int *value)
{
	StringInfoData digits;
	bool		whole;
	int			i;

	if (!year)
	{
		initStringInfo(&digits);
		if (!cell_take_numeral(cell, 0, &digits, &whole) || strchr(digits.data, '.'))
			return false;
		*value = atoi(digits.data);
		return true;
	}
	for (*value = 0, i = 0; i < 4; i++)
	{
		int			digit = cell_take_digit(cell);

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
take_time(Cell *cell)
{
	int			part;
	int			parts;

	if (!cell_take(cell, "T"))
		cell_skip_spaces(cell);
	if (cell_at_end(cell))
		return true;
	for (parts = 0; parts < 3; parts++)
	{
		if (parts > 0 && !cell_take(cell, ":"))
			break;
		if (take_integer(cell, 2, &part) == 0 || part > (parts == 0 ? 24 : 60))
			return false;
	}
	if (parts == 3 && cell_take(cell, "."))
		(void) take_integer(cell, 6, &part);
	return parts >= 2 && cell_at_end(cell);
}

/*
 * Reads a date from digits alone: 20240301, or a spreadsheet's serial number, possibly
 * with a fraction.
 */
static OfficeReading
read_number_of_day(Cell *cell, int digits, int number, DateADT *day)
{
	int			fraction;

	if (digits == 8)
		return take_time(cell) && make_day(number / 10000, number / 100 % 100, number % 100, day)
			? OFFICE_VALUE : OFFICE_UNREADABLE;
	if (cell_take(cell, "."))
		while (take_integer(cell, 9, &fraction) > 0)
			 /* a fraction is the time of day */ ;
	if (!cell_at_end(cell) || number < EXCEL_FIRST || number > EXCEL_LAST)
		return OFFICE_UNREADABLE;
	*day = EXCEL_EPOCH + number;
	return OFFICE_VALUE;
}

OfficeReading
office_day(const char *text, int length, DateADT *day)
{
	CellText	folded;
	Cell		cell;
	int			year;
	int			month;
	int			mday;
	int			digits;
	bool		words;
	bool		chinese;

	if (!cell_fold(text, length, &folded))
		return OFFICE_UNREADABLE;
	if (!cell_is_digit(folded.text[0]) && cell_is_nothing(&folded))
		return OFFICE_NOTHING;
	cell.at = folded.text;
	digits = take_integer(&cell, 8, &year);
	if (digits == 5 || digits == 8)
		return read_number_of_day(&cell, digits, year, day);
	chinese = digits == 0;
	if (chinese ? !take_chinese_part(&cell, true, &year) : digits != 4)
		return OFFICE_UNREADABLE;
	cell_skip_spaces(&cell);
	words = cell_take(&cell, "年");
	if (!words && (chinese || (*cell.at != '-' && *cell.at != '/' && *cell.at != '.')))
		return OFFICE_UNREADABLE;
	if (!words)
	{
		char		separator[2] = {*cell.at++, '\0'};

		if (take_integer(&cell, 2, &month) == 0 || !cell_take(&cell, separator) || take_integer(&cell, 2, &mday) == 0)
			return OFFICE_UNREADABLE;
	}
	else
	{
		cell_skip_spaces(&cell);
		if ((take_integer(&cell, 2, &month) == 0 && !take_chinese_part(&cell, false, &month)) ||
			(cell_skip_spaces(&cell), !cell_take(&cell, "月")))
			return OFFICE_UNREADABLE;
		cell_skip_spaces(&cell);
		if ((take_integer(&cell, 2, &mday) == 0 && !take_chinese_part(&cell, false, &mday)) ||
			(cell_skip_spaces(&cell), !(cell_take(&cell, "日") || cell_take(&cell, "号"))))
			return OFFICE_UNREADABLE;
	}
	return take_time(&cell) && make_day(year, month, mday, day) ? OFFICE_VALUE : OFFICE_UNREADABLE;
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

/* to_day(text, unreadable date) → date; NULL for an empty text */
Datum
zjtx_to_day_or(PG_FUNCTION_ARGS)
{
	text	   *cell;
	DateADT		value;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	cell = PG_GETARG_TEXT_PP(0);
	switch (office_day(VARDATA_ANY(cell), VARSIZE_ANY_EXHDR(cell), &value))
	{
		case OFFICE_VALUE:
			PG_RETURN_DATEADT(value);
		case OFFICE_UNREADABLE:
			if (!PG_ARGISNULL(1))
				PG_RETURN_DATUM(PG_GETARG_DATUM(1));
			break;
		case OFFICE_NOTHING:
			break;
	}
	PG_RETURN_NULL();
}
