/*
 * percentile.c
 *		The percentile of a population: percentile_cont over ranges, of which it may be undecided whether they
 *		count.
 *
 * The percentile p of n sorted numbers is at the position p · (n - 1), counted from 0; between two numbers it is
 * interpolated.  It rises with every number.  So the least percentile is that of the low ends of the certain numbers
 * and of the k least undecided ones, for some k: replacing one of these by another would not lower it.  Every k is
 * tried, because adding a number can raise the percentile and adding more of them lower it.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "percentile.h"

/* Computes the position p · (count - 1) as a whole number and a rest. */
static int64
position(const Number *fraction, int64 count, Number *rest)
{
	Number		steps = number_of(count - 1);
	Number		at;
	Number		floor;

	/*
	 * the product of a fraction with few digits and a number of rows is never
	 * long
	 */
	if (!number_multiply(&at, fraction, &steps))
		elog(ERROR, "the position of a percentile is too long");
	floor = number_floor(&at);
	if (!number_subtract(rest, &at, &floor) || floor.den == 0)
		elog(ERROR, "the position of a percentile is too long");
	return (int64) (floor.num / floor.den);
}

/* between a and b; NULL is minus infinity */
static bool
interpolate(Number *result, const Number *a, const Number *b, const Number *rest)
{
	Number		difference;
	Number		part;

	if (a == NULL)
		return false;
	*result = *a;
	if (number_sign(rest) == 0)
		return true;
	return b && number_subtract(&difference, b, a) && number_multiply(&part, &difference, rest) &&
		number_add(result, a, &part);
}

/* Number i of the sorted list, whose infinite ends come first; NULL for these. */
static const Number *
sorted_end(const EndList *list, int64 i)
{
	return i < list->open ? NULL : &list->numbers[i - list->open];
}

static int
compare_ends(const Number *a, const Number *b)
{
	if (a == NULL || b == NULL)
		return (a != NULL) - (b != NULL);
	return number_compare(a, b);
}

/* Number i of the sorted union of `sure` and of the first k of `possible`. */
static const Number *
merged_end(const EndList *sure, const EndList *possible, int64 k, int64 i)
{
	int64		nsure = sure->count + sure->open;
	int64		least = Max(0, i - nsure);
	int64		most = Min(i, k);

	/*
	 * find how many of the numbers before it are possible ones: the least
	 * count for which the next possible number is not below the last sure
	 * number before it
	 */
	while (least < most)
	{
		int64		taken = (least + most) / 2;

		if (compare_ends(sorted_end(possible, taken), sorted_end(sure, i - taken - 1)) < 0)
			least = taken + 1;
		else
			most = taken;
	}
	if (least >= k)
		return sorted_end(sure, i - least);
	if (i - least >= nsure)
		return sorted_end(possible, least);
	return compare_ends(sorted_end(possible, least), sorted_end(sure, i - least)) < 0 ?
		sorted_end(possible, least) : sorted_end(sure, i - least);
}

/* The least percentile; false if it is infinite. */
static bool
least_percentile(const EndList *sure, const EndList *possible, const Number *fraction, Number *least)
{
	int64		nsure = sure->count + sure->open;
	int64		npossible = possible->count + possible->open;
	bool		found = false;
	int64		k;

	for (k = nsure == 0 ? 1 : 0; k <= npossible; k++)
	{
		Number		rest;
		int64		i = position(fraction, nsure + k, &rest);
		Number		here;
		const Number *next = number_sign(&rest) == 0 ? NULL : merged_end(sure, possible, k, i + 1);

		CHECK_FOR_INTERRUPTS();
		if (!interpolate(&here, merged_end(sure, possible, k, i), next, &rest))
			return false;
		if (!found || number_compare(&here, least) < 0)
			*least = here;
		found = true;
	}
	return true;
}

/* ---------------- in memory ---------------- */

static void
reverse(EndList *list)
{
	int64		i;

	for (i = 0; i < list->count / 2; i++)
	{
		Number		swap = list->numbers[i];

		list->numbers[i] = list->numbers[list->count - 1 - i];
		list->numbers[list->count - 1 - i] = swap;
	}
}

static void
find_in_memory(Aggregated *all, Number *low, bool *has_low, Number *high, bool *has_high)
{
	const Number one = number_of(1);
	Number		other;
	Number		end;
	int			flags;

	while (all->sorter->get(all->sorter, &end, &flags))
	{
		CHECK_FOR_INTERRUPTS();
		end = number_copy(&end);
		if (flags & END_LOW)
			ends_append(flags & END_SURE ? &all->low.sure : &all->low.possible, &end);
		end = number_negate(&end);
		if (flags & END_HIGH)
			ends_append(flags & END_SURE ? &all->high.sure : &all->high.possible, &end);
	}
	reverse(&all->high.sure);
	reverse(&all->high.possible);
	if (!number_subtract(&other, &one, &all->fraction))
		elog(ERROR, "a percentile is too long");
	*has_low = least_percentile(&all->low.sure, &all->low.possible, &all->fraction, low);
	*has_high = least_percentile(&all->high.sure, &all->high.possible, &other, high);
	if (*has_high)
		*high = number_negate(high);
}

/* ---------------- beyond memory ---------------- */

/* The position of an end of the result among the sorted ends of one direction. */
typedef struct Wanted
{
	int64		at;				/* -1: at an infinite end */
	Number		rest;
	int64		passed;
	Number		first;
	Number		second;
} Wanted;

/*
 * If all values surely count, the ends are exact.  Otherwise the low end is the number at the least possible position
 * among all values that may count: in any subset of these, the number at the same or a greater position is not below
 * it.  The high end is found in the same way from the other side.
 */
static void
want(Wanted *wanted, const Aggregated *all, const PopulationEnds *ends, const Number *fraction, bool exact)
{
	int64		open = ends->sure.open + ends->possible.open;

	memset(wanted, 0, sizeof(Wanted));
	wanted->rest = number_zero;
	wanted->at = all->sure == 0 ? 0 : position(fraction, all->sure, &wanted->rest);
	if (!exact)
		wanted->rest = number_zero;
	wanted->at = wanted->at < open ? -1 : wanted->at - open;
}

static void
pass(Wanted *wanted, const Number *end)
{
	if (wanted->passed == wanted->at)
		wanted->first = wanted->second = number_copy(end);
	else if (wanted->at >= 0 && wanted->passed == wanted->at + 1)
		wanted->second = number_copy(end);
	wanted->passed++;
}

static bool
found(const Wanted *wanted, Number *result)
{
	return wanted->at >= 0 && interpolate(result, &wanted->first, &wanted->second, &wanted->rest);
}

static void
find_in_order(Aggregated *all, Number *low, bool *has_low, Number *high, bool *has_high)
{
	const Number one = number_of(1);
	bool		exact = all->possible == 0;
	int64		finite = all->sure + all->possible - all->high.sure.open - all->high.possible.open;
	Number		other;
	Wanted		low_end;
	Wanted		high_end;
	Number		end;
	int			flags;

	if (!number_subtract(&other, &one, &all->fraction))
		elog(ERROR, "a percentile is too long");
	want(&low_end, all, &all->low, &all->fraction, exact);
	want(&high_end, all, &all->high, &other, exact);

	/* counted from the other side, and interpolated from there */
	if (high_end.at >= 0)
	{
		bool		whole = number_sign(&high_end.rest) == 0;

		high_end.at = finite - 1 - high_end.at - (whole ? 0 : 1);
		if (!whole && !number_subtract(&high_end.rest, &one, &high_end.rest))
			elog(ERROR, "a percentile is too long");
	}
	while (all->sorter->get(all->sorter, &end, &flags))
	{
		CHECK_FOR_INTERRUPTS();
		if (flags & END_LOW)
			pass(&low_end, &end);
		if (flags & END_HIGH)
			pass(&high_end, &end);
	}
	*has_low = found(&low_end, low);
	*has_high = found(&high_end, high);
}

void
percentile_ends(Aggregated *all, Number *low, bool *has_low, Number *high, bool *has_high)
{
	all->sorter->sort(all->sorter);
	if (all->sure + all->possible <= all->limit)
		find_in_memory(all, low, has_low, high, has_high);
	else
		find_in_order(all, low, has_low, high, has_high);
}
