/*
 * amount.c
 *		Reads numbers from the cells of an office's table.
 */
#include "postgres.h"

#include "compat.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "cell.h"
#include "language/names.h"
#include "language/tree.h"
#include "messages.h"
#include "office_values.h"

ZJTX_FUNCTION(zjtx_to_amount);
ZJTX_FUNCTION(zjtx_to_amount_in);
ZJTX_FUNCTION(zjtx_to_amount_or);

/* Units of numbers.  Only % and ‰ change the value. */
static const struct
{
	const char *word;
	int			exponent;
}			units[] = {
	{"元整", 0}, {"圆整", 0}, {"元人民币", 0}, {"圆", 0}, {"人民币", 0}, {"rmb", 0}, {"RMB", 0},
	{"%", -2}, {"\u2030", -3},
	{"m\u00B2", 0}, {"m2", 0}, {"平米", 0}, {"位", 0}, {"倍", 0},
#define UNIT(NAME, name, ...) {name, 0},
#define ALIAS(name, NAME) {name, 0},
#include "language/units.h"
};

/* Returns the index of the longest unit that comes next, or -1. */
static int
next_unit(const Cell *cell)
{
	size_t		longest = 0;
	int			found = -1;
	size_t		i;

	for (i = 0; i < lengthof(units); i++)
	{
		size_t		length = strlen(units[i].word);

		if (length > longest && strncmp(cell->at, units[i].word, length) == 0)
		{
			longest = length;
			found = i;
		}
	}
	return found;
}

bool
cell_at_unit(const Cell *cell)
{
	return next_unit(cell) >= 0;
}

/* Reads an optional unit and adds its power of ten to *exponent. */
static void
take_unit(Cell *cell, int *exponent)
{
	int			unit = next_unit(cell);

	if (unit < 0)
		return;
	cell->at += strlen(units[unit].word);
	*exponent += units[unit].exponent;
}

/*
 * Reads digits with a decimal point, and with thousands separators if every group but the
 * first has three digits.  Appends them without the separators.  Returns false if there is
 * no such number.
 */
static bool
take_digits(Cell *cell, StringInfo digits)
{
	int			group = 0;
	char		separator = '\0';

	for (;;)
	{
		while (cell_is_digit(*cell->at))
		{
			appendStringInfoChar(digits, *cell->at++);
			group++;
		}
		if (group == 0 || (separator && group != 3))
			return false;
		if (*cell->at != ',' && *cell->at != ' ')
			break;
		if (*cell->at == ' ' && !cell_is_digit(cell->at[1]))
			break;
		if ((separator && separator != *cell->at) || (!separator && group > 3))
			return false;
		separator = *cell->at++;
		group = 0;
	}
	if (*cell->at == '.')
	{
		appendStringInfoChar(digits, *cell->at++);
		if (!cell_is_digit(*cell->at))
			return false;
		while (cell_is_digit(*cell->at))
			appendStringInfoChar(digits, *cell->at++);
	}
	return true;
}

static Datum
decimal(const char *digits, int exponent)
{
	char		text[MAX_CELL_TEXT + 16];

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
begins_number(const Cell *cell)
{
	Cell		copy = *cell;

	return cell_is_digit(*cell->at) || cell_take_digit(&copy) >= 0;
}

/*
 * Reads a number without its magnitude.  Sets *whole if it specifies all of the `places`
 * below the previous part.
 */
static bool
take_part(Cell *cell, int places, bool several, StringInfo digits, bool *whole)
{
	Cell		before = *cell;
	bool		zero = several && cell_take(cell, "零");

	if (cell_is_digit(*cell->at))
	{
		if (!take_digits(cell, digits))
			return false;
		*whole = zero || integer_digits(digits) == places;
		cell_skip_spaces(cell);
		return true;
	}
	*cell = before;
	if (!cell_take_numeral(cell, places, digits, whole))
		return false;
	cell_skip_spaces(cell);
	/* rejects 二十百 */
	before = *cell;
	return cell_take_magnitude(&before, true) == 0;
}

/*
 * Reads a number with its unit, or several of descending magnitude that add up, such as
 * 1亿2000万元.  People mean 35000 by 3万5, not 30005, so a part that omits places is
 * rejected.
 */
static bool
take_number(Cell *cell, const char *default_unit, Datum *sum, bool *named)
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
		if (!take_part(cell, below, several, &digits, &whole))
			return false;
		unit = cell->at;
		exponent = cell_take_magnitudes(cell);
		if (exponent >= below || (several && exponent == 0 && !whole))
			return false;
		below = exponent;
		cell_skip_spaces(cell);
		last = exponent < 4 || !begins_number(cell);
		if (last)
		{
			int			scale = 0;

			take_unit(cell, &scale);
			if (several && scale != 0)
				return false;	/* rejects 1亿2000万% */
			exponent += scale;
			*named = cell->at != unit || several;
			if (!*named && default_unit)
			{
				Cell		heading = {default_unit};

				exponent += cell_take_magnitudes(&heading);
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
	bool		named;

	return office_amount_unit(text, length, default_unit, numeric, &named);
}

OfficeReading
office_amount_unit(const char *text, int length, const char *default_unit, Datum *numeric, bool *named)
{
	CellText	folded;
	Cell		cell;
	bool		negative;
	bool		percent;

	if (!cell_fold(text, length, &folded))
		return OFFICE_UNREADABLE;
	if (!cell_is_digit(folded.text[0]) && cell_is_nothing(&folded))
		return OFFICE_NOTHING;
	cell.at = folded.text;
	if (cell_take(&cell, "人民币"))
		cell_skip_spaces(&cell);
	(void) (cell_take(&cell, "\u00A5") || cell_take(&cell, "RMB") || cell_take(&cell, "CNY"));
	cell_skip_spaces(&cell);
	negative = cell_take(&cell, "-") || cell_take(&cell, "负");
	if (!negative)
		(void) cell_take(&cell, "+");
	percent = cell_take(&cell, "百分之");
	if (!take_number(&cell, percent ? "%" : default_unit, numeric, named))
		return OFFICE_UNREADABLE;
	*named |= percent;
	cell_skip_spaces(&cell);
	(void) (cell_take(&cell, "(含)") || cell_take(&cell, "(含本数)"));
	if (!cell_at_end(&cell))
		return OFFICE_UNREADABLE;
	if (negative)
		*numeric = DirectFunctionCall1(numeric_uminus, *numeric);
	return OFFICE_VALUE;
}

/* Reads the first argument.  Returns the third argument, if there is one, for a text that cannot be read. */
static Datum
amount(FunctionCallInfo fcinfo, const char *default_unit)
{
	text	   *cell = PG_GETARG_TEXT_PP(0);
	Datum		value;

	switch (office_amount(VARDATA_ANY(cell), VARSIZE_ANY_EXHDR(cell), default_unit, &value))
	{
		case OFFICE_VALUE:
			return value;
		case OFFICE_UNREADABLE:
			if (PG_NARGS() > 2 && !PG_ARGISNULL(2))
				PG_RETURN_DATUM(PG_GETARG_DATUM(2));
			break;
		case OFFICE_NOTHING:
			break;
	}
	PG_RETURN_NULL();
}

/* Sets the unit from an argument; raises an error (22023) for an unknown unit. */
static void
read_unit(text *unit, CellText *folded)
{
	Cell		cell;
	int			exponent = 0;

	if (!cell_fold(VARDATA_ANY(unit), VARSIZE_ANY_EXHDR(unit), folded))
		folded->text[0] = '\0';
	cell.at = folded->text;
	(void) cell_take_magnitudes(&cell);
	take_unit(&cell, &exponent);
	if (folded->text[0] == '\0' || !cell_at_end(&cell))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is not a unit of a number", text_to_cstring(unit)),
				 errhint("Write a unit such as %s, %s or %s.",
						 message_word("'万元'", "'RMB'"), message_word("'元'", "'m2'"), "'%'")));
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
	CellText	unit;

	read_unit(PG_GETARG_TEXT_PP(1), &unit);
	return amount(fcinfo, unit.text);
}

/* to_amount(text, unit text, unreadable numeric) → numeric; NULL for an empty text; the unit can be NULL */
Datum
zjtx_to_amount_or(PG_FUNCTION_ARGS)
{
	CellText	unit;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(1))
		read_unit(PG_GETARG_TEXT_PP(1), &unit);
	return amount(fcinfo, PG_ARGISNULL(1) ? NULL : unit.text);
}
