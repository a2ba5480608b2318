/*
 * population.c
 *		Values of a population.
 *
 * Both ends of a result are found as a least value.  For the high end, every number is negated: the
 * greatest average of numbers is minus the least average of their negatives.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "engine/value.h"
#include "percentile.h"
#include "population.h"

void
population_start(Aggregated *all, PopulationKind kind, const Number *fraction, EndSorter *sorter, int64 limit)
{
	memset(all, 0, sizeof(Aggregated));
	all->kind = kind;
	if (fraction)
		all->fraction = *fraction;
	all->sorter = sorter;
	all->limit = limit;
	all->low.sum = all->high.sum = number_zero;
}

void
ends_append(EndList *list, const Number *end)
{
	if (list->count == list->room)
	{
		Size		room = Max(64, 2 * list->room);

		list->numbers = list->numbers ?
			repalloc_huge(list->numbers, room * sizeof(Number)) :
			MemoryContextAllocHuge(CurrentMemoryContext, room * sizeof(Number));
		list->room = room;
	}
	list->numbers[list->count++] = *end;
}

static void
keep_least(Number *least, bool *open, bool has, const Number *end)
{
	if (end == NULL)
		*open = true;
	else if (!*open && (!has || number_compare(end, least) < 0))
		*least = *end;
}

static void
add_sure(PopulationEnds *ends, const Number *end)
{
	Number		before = ends->sum;

	if (end == NULL || !number_add(&ends->sum, &before, end))
		ends->open = true;
	keep_least(&ends->sure_least, &ends->sure_least_open, ends->has_sure, end);
	if (end && (!ends->has_sure || ends->sure_greatest_open || number_compare(end, &ends->sure_greatest) > 0))
		ends->sure_greatest = *end;
	ends->sure_greatest_open = end == NULL && (!ends->has_sure || ends->sure_greatest_open);
	ends->has_sure = true;
}

static void
add_possible(PopulationEnds *ends, const Aggregated *all, const Number *end)
{
	Number		before = ends->sum;

	if (all->kind == POPULATION_SUM)
	{
		if (end == NULL || (number_sign(end) < 0 && !number_add(&ends->sum, &before, end)))
			ends->open = true;
	}
	else if (all->kind == POPULATION_AVERAGE && end == NULL)
		ends->open = true;
	else if (all->kind == POPULATION_AVERAGE && ends->possible.count <= all->limit)
		ends_append(&ends->possible, end);
	keep_least(&ends->possible_least, &ends->possible_least_open, ends->has_possible, end);
	ends->has_possible = true;
}

static void
add_end(Aggregated *all, PopulationEnds *ends, const Number *end, bool sure)
{
	if (all->kind == POPULATION_PERCENTILE)
	{
		if (end == NULL && sure)
			ends->sure.open++;
		else if (end == NULL)
			ends->possible.open++;
	}
	else if (sure)
		add_sure(ends, end);
	else
		add_possible(ends, all, end);
}

/*
 * Returns a copy of an end that outlives the row; NULL if there is none, or for a number that is too long for
 * arithmetic.
 */
static const Number *
usable(const Number *end, Number *copy)
{
	if (end == NULL || number_is_long(end))
		return NULL;
	*copy = number_copy(end);
	return copy;
}

void
population_add(Aggregated *all, const Value *value, bool proved)
{
	bool		sure = proved && (value == NULL || !may_be_none(value));
	const Number *low;
	const Number *high;
	Number		least;
	Number		greatest;
	Number		negative;

	if (value && is_none(value))
		return;
	if (sure)
		all->sure++;
	else
		all->possible++;
	if (all->kind == POPULATION_COUNT)
		return;
	low = usable(low_of(value), &least);
	high = usable(high_of(value), &greatest);
	if (high)
		negative = number_negate(high);
	add_end(all, &all->low, low, sure);
	add_end(all, &all->high, high ? &negative : NULL, sure);
	if (all->kind != POPULATION_PERCENTILE)
		return;
	if (low && high && number_compare(low, high) == 0)
		all->sorter->put(all->sorter, low, END_LOW | END_HIGH | (sure ? END_SURE : 0));
	else
	{
		if (low)
			all->sorter->put(all->sorter, low, END_LOW | (sure ? END_SURE : 0));
		if (high)
			all->sorter->put(all->sorter, high, END_HIGH | (sure ? END_SURE : 0));
	}
}

/* ---------------- least values ---------------- */

static int
by_number(const void *a, const void *b)
{
	return number_compare(a, b);
}

/* Divides by a number of values; returns false if the quotient is too long. */
static bool
divided(Number *result, const Number *sum, int64 count)
{
	Number		counted = number_of(count);

	return number_divide(result, sum, &counted);
}

/*
 * The average of the values that surely count and of those that lower it, the lowest first.  If there are too many of
 * these, the least value is a bound.
 */
static bool
least_average(const Aggregated *all, PopulationEnds *ends, Number *least)
{
	Number		sum = ends->sum;
	int64		count = all->sure;
	int64		i;

	if (ends->open)
		return false;
	if (ends->possible.count > all->limit)
	{
		if (count > 0 && !divided(least, &sum, count))
			return false;
		if (count == 0 || number_compare(&ends->possible_least, least) < 0)
			*least = ends->possible_least;
		return true;
	}
	if (ends->possible.count > 0)
		qsort(ends->possible.numbers, ends->possible.count, sizeof(Number), by_number);
	for (i = 0; i < ends->possible.count; i++)
	{
		const Number *next = &ends->possible.numbers[i];
		Number		before = sum;
		Number		counted = number_of(count);
		Number		as_many;

		CHECK_FOR_INTERRUPTS();
		if (!number_multiply(&as_many, next, &counted))
			return false;
		if (count > 0 && number_compare(&as_many, &sum) >= 0)
			break;
		if (!number_add(&sum, &before, next))
			return false;
		count++;
	}
	return divided(least, &sum, count);
}

/* The lower bound of the least value. */
static bool
least_least(const PopulationEnds *ends, Number *least)
{
	if ((ends->has_sure && ends->sure_least_open) || (ends->has_possible && ends->possible_least_open))
		return false;
	*least = ends->has_sure ? ends->sure_least : ends->possible_least;
	if (ends->has_possible && number_compare(&ends->possible_least, least) < 0)
		*least = ends->possible_least;
	return true;
}

/* The lower bound of the greatest value, which only the values that surely count determine. */
static bool
least_greatest(const PopulationEnds *ends, Number *least)
{
	*least = ends->has_sure ? ends->sure_greatest : ends->possible_least;
	return ends->has_sure ? !ends->sure_greatest_open : !ends->possible_least_open;
}

static bool
least_value(Aggregated *all, PopulationEnds *ends, bool negated, Number *least)
{
	switch (all->kind)
	{
		case POPULATION_COUNT:
			break;
		case POPULATION_SUM:
			*least = ends->sum;
			return !ends->open;
		case POPULATION_AVERAGE:
			return least_average(all, ends, least);
		case POPULATION_LEAST:
			return negated ? least_greatest(ends, least) : least_least(ends, least);
		case POPULATION_GREATEST:
			return negated ? least_least(ends, least) : least_greatest(ends, least);
		case POPULATION_PERCENTILE:
			break;
	}
	return false;
}

void
population_end(Aggregated *all, Value *result)
{
	Number		low;
	Number		high;
	bool		has_low;
	bool		has_high;
	bool		none = all->sure == 0;

	if (all->kind == POPULATION_COUNT)
	{
		low = number_of(all->sure);
		high = number_of(all->sure + all->possible);
		value_set_range(result, &low, &high, false);
		return;
	}
	if (all->sure + all->possible == 0 && all->kind != POPULATION_SUM)
	{
		value_set_none(result);
		return;
	}
	if (all->kind == POPULATION_SUM)
		none = false;
	if (all->kind == POPULATION_PERCENTILE)
		percentile_ends(all, &low, &has_low, &high, &has_high);
	else
	{
		has_low = least_value(all, &all->low, false, &low);
		has_high = least_value(all, &all->high, true, &high);
		if (has_high)
			high = number_negate(&high);
	}
	value_set_range(result, has_low ? &low : NULL, has_high ? &high : NULL, none);
}
