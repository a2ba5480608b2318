/*
 * search.c
 *		Satisfies a condition by trying values of a fact where no formula gives one.
 *
 * It tries days month by month; numbers of the latest year that a range sums, counts or
 * compares; and texts that are looked up in a table.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "engine/table.h"
#include "gap.h"

#define MONTHS_TRIED 600		/* months tried for a day */
#define MAX_DOUBLINGS 60		/* doublings of the distance from a number */

/* ---------------- days ---------------- */

static bool
try_day(Gap *gap, const GapCondition *condition, int fact, DateADT day)
{
	Value		value;

	value_set_date(&value, day);
	return !gap_clamp_to_range(gap_declared(gap, fact), &value) && gap_try_value(gap, condition, fact, &value);
}

/*
 * Tries the first days of later months (direction 1) or the last days of earlier ones
 * (-1): twelve months, then one month in each year.  Then bisects between the first day
 * that is enough and the one tried before it.
 */
static bool
search_days_one_way(Gap *gap, const GapCondition *condition, int fact, DateADT from, int direction)
{
	DateADT		before = from;
	DateADT		enough;
	int			i;

	for (i = 1; i <= MONTHS_TRIED; i += i < 12 ? 1 : 12)
	{
		DateADT		month = shift_day(from, UNIT_MONTH, direction > 0 ? i : 1 - i);

		if (DATE_NOT_FINITE(month))
			return false;
		enough = month - date_day(month) + (direction > 0 ? 1 : 0);
		if (try_day(gap, condition, fact, enough))
			break;
		before = enough;
	}
	if (i > MONTHS_TRIED)
		return false;
	while (abs(enough - before) > 1)
	{
		DateADT		middle = before + (enough - before) / 2;

		if (try_day(gap, condition, fact, middle))
			enough = middle;
		else
			before = middle;
	}
	return true;
}

/*
 * Tries the days nearest to the fact's own day, or to the day judged if that is unknown;
 * later days first.  The day judged only gets later.
 */
static bool
search_days(Gap *gap, const GapCondition *condition, int fact)
{
	Value		from;

	gap->overlay.row->load(gap->overlay.row, fact, &from);
	if (!from.known || from.none)
		gap->overlay.row->load(gap->overlay.row, 0, &from);
	return from.known && !from.none &&
		(search_days_one_way(gap, condition, fact, from.day, 1) ||
		 (fact != 0 && search_days_one_way(gap, condition, fact, from.day, -1)));
}

/* ---------------- numbers ---------------- */

/*
 * Tries a number at a distance from another one, counted in units of the fact's last decimal.  Beyond the fact's
 * range, tries its end, and sets *ended.
 */
static bool
try_distance(Gap *gap, const GapCondition *condition, int fact, const Number *from, const Number *distance,
			 bool *ended)
{
	const Fact *declared = gap_declared(gap, fact);
	Number		scale = gap_decimal_scale(declared);
	Number		by;
	Number		number;
	Value		value;

	CHECK_FOR_INTERRUPTS();
	if (!number_divide(&by, distance, &scale) || !number_add(&number, from, &by))
	{
		*ended = true;
		return false;
	}
	memset(&value, 0, sizeof(value));
	value_set_number(&value, &number);
	*ended = gap_clamp_to_range(declared, &value);
	return gap_try_value(gap, condition, fact, &value);
}

/*
 * Doubles the distance until the condition holds, then bisects between the last distance that was not enough and the
 * first that was.
 */
static bool
search_numbers_one_way(Gap *gap, const GapCondition *condition, int fact, const Number *from, int direction)
{
	Number		two = number_of(2);
	Number		before = number_zero;
	Number		enough = number_of(direction);
	bool		ended = false;
	int			i;

	for (i = 0; i < MAX_DOUBLINGS && !try_distance(gap, condition, fact, from, &enough, &ended); i++)
	{
		Number		twice;

		if (ended || !number_multiply(&twice, &enough, &two))
			return false;
		before = enough;
		enough = twice;
	}
	if (i == MAX_DOUBLINGS)
		return false;
	for (;;)
	{
		Number		sum;
		Number		half;
		Number		middle;

		if (!number_add(&sum, &before, &enough) || !number_divide(&half, &sum, &two))
			return true;
		middle = number_floor(&half);
		if (number_compare(&middle, &before) == 0 || number_compare(&middle, &enough) == 0)
			return true;
		if (try_distance(gap, condition, fact, from, &middle, &ended))
			enough = middle;
		else
			before = middle;
	}
}

/* Tries numbers with the fact's decimals, nearest to the fact's own or to 0 first; higher ones first. */
static bool
search_numbers(Gap *gap, const GapCondition *condition, int fact)
{
	Number		scale = gap_decimal_scale(gap_declared(gap, fact));
	Number		from = number_zero;
	Number		scaled;
	Number		floor;
	Value		present;

	gap->overlay.row->load(gap->overlay.row, fact, &present);
	if (present.known && !present.none && number_multiply(&scaled, &present.low, &scale))
	{
		floor = number_floor(&scaled);
		if (!number_divide(&from, &floor, &scale))
			return false;
	}
	return search_numbers_one_way(gap, condition, fact, &from, 1) ||
		search_numbers_one_way(gap, condition, fact, &from, -1);
}

/* ---------------- texts ---------------- */

static bool
try_text(Gap *gap, const GapCondition *condition, int fact, const char *text)
{
	Value		value;

	CHECK_FOR_INTERRUPTS();
	memset(&value, 0, sizeof(value));
	value_set_text(&value, text, strlen(text));
	return gap_try_value(gap, condition, fact, &value);
}

/*
 * Tries the values that the fact can have, in their order; for a fact without such values, the keys of the tables in
 * which it is looked up.
 */
static bool
search_texts(Gap *gap, const GapCondition *condition, int fact)
{
	const Program *program = gap->program;
	const Fact *declared = gap_declared(gap, fact);
	ListCell   *cell;
	int			i,
				j;

	foreach(cell, declared->values)
	{
		if (try_text(gap, condition, fact, ((const TextValue *) lfirst(cell))->text))
			return true;
	}
	if (declared->values)
		return false;
	for (i = 0; i < program->ninstrs; i++)
	{
		const Instr *lookup = &program->instrs[i];

		if (lookup->op != OP_TABLE || program->tables[lookup->b]->by != TABLE_BY_TEXT || !gap->depends[lookup->a])
			continue;
		for (j = 0; j < program->tables[lookup->b]->nrows; j++)
			if (try_text(gap, condition, fact, program->tables[lookup->b]->texts[j]))
				return true;
	}
	return false;
}

bool
gap_search(Gap *gap, const GapCondition *condition, int fact)
{
	switch (gap_declared(gap, fact)->type)
	{
		case TYPE_DATE:
			return search_days(gap, condition, fact);
		case TYPE_NUMBER:
			return gap_declared(gap, fact)->by_year && search_numbers(gap, condition, fact);
		case TYPE_TEXT:
			return search_texts(gap, condition, fact);
		default:
			return false;
	}
}
