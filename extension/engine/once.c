/*
 * once.c
 *		A stage that comes with the elements of a list, of one day once.
 *
 * Of the elements that count, those of one day are paid once.  Where they differ, or where
 * it is not known which count or on which day, the sum is a range: at least what is due
 * if every day that may coincide does and the least of each day is paid; at most what is
 * due if none does that need not, and the greatest is paid.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "kernel.h"
#include "run.h"
#include "value.h"

typedef struct Occurrence
{
	bool		sure;			/* it counts; else it may */
	DateADT		first;			/* its day, from here to there */
	DateADT		last;
	Number		low;			/* what it pays if it counts */
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

/* The elements that count or may; the array is as long as the list. */
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

/* A day that occurrences which surely count cannot share with any other such day. */
typedef struct SureDay
{
	DateADT		first;
	DateADT		last;
	Number		least;			/* of what may be paid for it */
} SureDay;

/* The first of the days, which ascend, that does not end before a day. */
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
 * The least: as many days as surely differ, and for each the least that an occurrence
 * which may fall on it pays.  They are sorted by_last_day.
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

/* The most: the greatest of each day that is known, and all whose day is not. */
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

		/* sorted as they are, those of one day stand together */
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

/* Of a list that is unknown: nothing, or as much as may be. */
static void
set_of_unknown(Run *run, const Instr *instr, Value *out)
{
	const Value *line;

	run_enter_element(run, instr->depth, run_unknown_element(program_list(run->program, instr)));
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
