/*
 * once.c
 *		A stage for the elements of a list, where elements of the same day count once.
 *
 * If elements of one day pay different amounts, or if it is unknown which elements count
 * or on which day, the sum is a range.  The low end assumes that all days that can
 * coincide do, and takes the least amount of each day.  The high end assumes that only
 * days that must coincide do, and takes the greatest amount.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "exact.h"
#include "kernel.h"
#include "value.h"

typedef struct Occurrence
{
	bool		sure;			/* whether it certainly counts */
	DateADT		first;			/* the range of its day */
	DateADT		last;
	Number		low;			/* the range of what it pays if it counts */
	Number		high;
	bool		high_open;
} Occurrence;

static int
by_last_day(const void *a, const void *b)
{
	DateADT		left = ((const Occurrence *) a)->last;
	DateADT		right = ((const Occurrence *) b)->last;

	if (left == right)
	{
		left = ((const Occurrence *) a)->first;
		right = ((const Occurrence *) b)->first;
	}
	return left < right ? -1 : left > right;
}

/* Returns the elements that count or may count, in an array with room for the whole list. */
static Occurrence *
find_occurrences(Run *run, const Instr *instr, const ListValue *list, int *count)
{
	const int  *args = run->program->args + instr->args;
	Occurrence *result = palloc_array(Occurrence, Max(list->count, 1));
	int			i;

	*count = 0;
	for (i = 0; i < list->count; i++)
	{
		Occurrence *here = &result[*count];
		Truth		counts;
		const Value *day;
		const Value *pays;

		CHECK_FOR_INTERRUPTS();
		run_enter_element(run, instr->depth, list->fields + i * list->nfields);
		counts = run_truth(run, instr->b);
		if (counts == TRUTH_FALSE)
			continue;
		here->sure = counts == TRUTH_TRUE;
		day = run_value(run, args[ONCE_DAY]);
		here->first = day->day;
		here->last = day->last_day;
		pays = run_value(run, args[ONCE_PAYS]);
		here->low = low_of(pays) ? *low_of(pays) : number_zero;
		here->high_open = high_of(pays) == NULL;
		here->high = here->high_open ? number_zero : *high_of(pays);
		(*count)++;
	}
	return result;
}

/* A day with an occurrence that certainly counts and shares the day with no other SureDay. */
typedef struct SureDay
{
	DateADT		first;
	DateADT		last;
	Number		least;			/* the least amount that may be paid for it */
} SureDay;

/* Returns the first of the ascending days that does not end before a given day. */
static int
first_reaching(const SureDay *days, int ndays, DateADT day)
{
	int			low = 0;
	int			high = ndays;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (days[middle].last < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * The low end: for each day that certainly differs from the others, the least amount of an
 * occurrence that may be on it.  The occurrences are sorted by_last_day.
 */
static bool
least_sum(const Occurrence *occurrences, int count, Number *sum)
{
	SureDay    *days = palloc_array(SureDay, Max(count, 1));
	int			ndays = 0;
	int			i;
	int			j;

	for (i = 0; i < count; i++)
	{
		const Occurrence *here = &occurrences[i];

		if (!here->sure || (ndays > 0 && here->first <= days[ndays - 1].last))
			continue;
		days[ndays].first = here->first;
		days[ndays].last = here->last;
		days[ndays++].least = here->low;
	}
	for (i = 0; i < count; i++)
	{
		const Occurrence *here = &occurrences[i];

		for (j = first_reaching(days, ndays, here->first); j < ndays && days[j].first <= here->last; j++)
		{
			CHECK_FOR_INTERRUPTS();
			if (number_compare(&here->low, &days[j].least) < 0)
				days[j].least = here->low;
		}
	}
	*sum = number_zero;
	for (i = 0; i < ndays; i++)
	{
		Number		so_far = *sum;

		if (!number_add(sum, &so_far, &days[i].least))
			return false;
	}
	pfree(days);
	return true;
}

/* The high end: the greatest amount of each known day, and the amounts of all unknown days. */
static bool
greatest_sum(const Occurrence *occurrences, int count, Number *sum)
{
	int			i = 0;

	*sum = number_zero;
	while (i < count)
	{
		const Occurrence *here = &occurrences[i];
		const Occurrence *most = here;
		Number		so_far = *sum;
		int			next = i + 1;

		/* the sort order puts occurrences of one day next to each other */
		while (next < count && here->first == here->last && occurrences[next].last == here->last &&
			   occurrences[next].first == here->first)
		{
			if (occurrences[next].high_open || number_compare(&occurrences[next].high, &most->high) > 0)
				most = &occurrences[next];
			if (most->high_open)
				return false;
			next++;
		}
		if (most->high_open || !number_add(sum, &so_far, &most->high))
			return false;
		i = next;
	}
	return true;
}

/* For an unknown list: from nothing to an unbounded amount. */
static void
set_of_unknown(Run *run, const Instr *instr, Value *out)
{
	const Value *line;

	run_enter_element(run, instr->depth, run_unknown_element(run, instr));
	line = run_value(run, instr->c);
	value_set_range(out, &number_zero, high_of(line) && number_sign(high_of(line)) == 0 ? &number_zero : NULL, false);
}

void
exact_once(Run *run, const Instr *instr, Value *out)
{
	const Value *list;
	Occurrence *occurrences;
	int			count;
	Number		low;
	Number		high;
	bool		low_known;
	bool		high_known;

	if (run->watch == NULL && lane_is_empty(run, instr->a))
	{
		value_set_number(out, &number_zero);
		return;
	}
	list = run_value(run, instr->a);
	if (!list->known)
	{
		set_of_unknown(run, instr, out);
		return;
	}
	occurrences = find_occurrences(run, instr, list->list, &count);
	qsort(occurrences, count, sizeof(Occurrence), by_last_day);
	low_known = least_sum(occurrences, count, &low);
	high_known = greatest_sum(occurrences, count, &high);
	value_set_range(out, low_known ? &low : &number_zero, high_known ? &high : NULL, false);
	pfree(occurrences);
}

bool
once_days_differ(Run *run, const Instr *instr, const ListValue *list)
{
	int			count;
	Occurrence *occurrences = find_occurrences(run, instr, list, &count);
	bool		differ = false;
	int			i;

	qsort(occurrences, count, sizeof(Occurrence), by_last_day);
	for (i = 1; i < count && !differ; i++)
	{
		const Occurrence *here = &occurrences[i];
		const Occurrence *before = &occurrences[i - 1];

		differ = here->first == here->last && before->first == here->first && before->last == here->last &&
			(here->high_open != before->high_open || number_compare(&here->low, &before->low) != 0 ||
			 number_compare(&here->high, &before->high) != 0);
	}
	pfree(occurrences);
	return differ;
}
