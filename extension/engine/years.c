/*
 * years.c
 *		Facts by year, and ranges of whole numbers.
 */
#include "postgres.h"

#include "exact.h"
#include "value.h"

/* ---------------- names ---------------- */

char *
fact_in_year_name(const Program *program, int number)
{
	int			year = fact_year(program, number);
	char	   *name = program->facts[fact_number(program, number)]->name;

	return year == 0 ? name : psprintf("%s[%d]", name, year);
}

char *
fact_in_year_label(const Program *program, int number)
{
	int			year = fact_year(program, number);
	char	   *label = program->facts[fact_number(program, number)]->label;

	return year == 0 || label == NULL ? label : psprintf("%d年%s", year, label);
}

/* ---------------- whole numbers ---------------- */

/* The whole numbers between two bounds; false if one is NULL or too long. */
static bool
whole_numbers(const Number *low, const Number *high, int64 *first, int64 *last)
{
	Number		least;
	Number		greatest;

	if (low == NULL || high == NULL)
		return false;
	least = number_ceil(low);
	greatest = number_floor(high);
	if (least.den != 1 || greatest.den != 1 ||
		least.num < PG_INT32_MIN || least.num > PG_INT32_MAX ||
		greatest.num < PG_INT32_MIN || greatest.num > PG_INT32_MAX)
		return false;
	*first = (int64) least.num;
	*last = (int64) greatest.num;
	return true;
}

bool
year_is_possible(const Value *index, int year)
{
	Number		number = number_of(year);

	return !is_none(index) && (low_of(index) == NULL || number_compare(low_of(index), &number) <= 0) &&
		(high_of(index) == NULL || number_compare(&number, high_of(index)) <= 0);
}

bool
years_of_index(const Value *index, int *first, int *last)
{
	int64		low;
	int64		high;

	if (is_none(index) || !whole_numbers(low_of(index), high_of(index), &low, &high))
		return false;
	low = Max(low, FIRST_YEAR);
	high = Min(high, LAST_YEAR);
	if (low > high || high - low >= MAX_RANGE)
		return false;
	*first = low;
	*last = high;
	return true;
}

/* ---------------- facts by year ---------------- */

/*
 * The value of the year; while that is open, all that the values of the years that it can
 * be allow.  A year that is none has no value.
 */
void
exact_yearly(Run *run, const Instr *instr, Value *out)
{
	const Fact *fact = run->program->facts[instr->a];
	const Value *index = run_value(run, instr->b);
	int			first;
	int			last;
	int			year;

	if (is_none(index) && instr->type != TYPE_BOOLEAN)
	{
		value_set_none(out);
		return;
	}
	if (!years_of_index(index, &first, &last))
	{
		value_set_unknown(out, fact);
		if (may_be_none(index) && instr->type != TYPE_BOOLEAN)
			out->none = true;
		return;
	}
	for (year = first; year <= last; year++)
	{
		Value		value = {0};

		run->source->load(run->source, fact_in_year(run->program, instr->a, year), &value);
		value_widen(out, &value, instr->type, year == first);
	}
	if (may_be_none(index) && instr->type != TYPE_BOOLEAN)
	{
		Value		none = {0};

		value_set_none(&none);
		value_widen(out, &none, instr->type, false);
	}
}

/* ---------------- ranges ---------------- */

static void
set_range(Value *out, int64 first, int64 count)
{
	ListValue  *list = palloc(sizeof(ListValue));
	int			i;

	list->count = Max(count, 0);
	list->nfields = 1;
	list->fields = palloc0_array(Value, Max(list->count, 1));
	for (i = 0; i < list->count; i++)
	{
		Number		number = number_of(first + i);

		value_set_number(&list->fields[i], &number);
	}
	out->known = true;
	out->none = false;
	out->list = list;
}

/* Without an end that is a number there is no element; of too many nothing is known. */
void
exact_range(Run *run, const Instr *instr, Value *out)
{
	const Value *a = run_value(run, instr->a);
	const Value *b = run_value(run, instr->b);
	int64		first;
	int64		last;

	if (is_none(a) || is_none(b))
	{
		set_range(out, 0, 0);
		return;
	}
	out->known = out->none = false;
	out->list = NULL;
	/* even the longest that it can be is empty */
	if (whole_numbers(low_of(a), high_of(b), &first, &last) && first > last)
		set_range(out, 0, 0);
	else if (a->known && b->known && whole_numbers(&a->low, &b->low, &first, &last) && last - first < MAX_RANGE)
		set_range(out, first, last - first + 1);
}

void
exact_element(Run *run, const Instr *instr, Value *out)
{
	*out = run->elements[instr->a][0];
}
