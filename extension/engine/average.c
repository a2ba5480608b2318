/*
 * average.c
 *		The average over the elements of a list.
 *
 * It ignores none, and is none if no other value remains.  While it is unknown which
 * elements count, the low end is the average of the elements that certainly count and of
 * those that lower it, lowest first.  For the high end, the reverse.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "exact.h"
#include "value.h"

typedef struct Members
{
	int			count;			/* number of elements that certainly count */
	Number		sum;			/* of their ends */
	bool		open;			/* the sum is unbounded */
	int			npossible;
	Number	   *possible;		/* ends of the elements that may count */
} Members;

static void
add_member(Members *members, bool sure, const Number *end)
{
	Number		so_far = members->sum;

	members->count += sure;
	if (end == NULL)
		members->open = true;
	else if (!sure)
		members->possible[members->npossible++] = *end;
	else if (!number_add(&members->sum, &so_far, end))
		members->open = true;
}

static int
by_number(const void *a, const void *b)
{
	return number_compare(a, b);
}

/* Computes the least or the greatest average.  Returns false if it is unbounded. */
static bool
average_of(Members *members, bool greatest, Number *average)
{
	Number		sum = members->sum;
	int			count = members->count;
	int			i;

	if (members->open)
		return false;
	qsort(members->possible, members->npossible, sizeof(Number), by_number);
	for (i = 0; i < members->npossible; i++)
	{
		const Number *next = &members->possible[greatest ? members->npossible - 1 - i : i];
		Number		so_far = sum;
		Number		counted = number_of(count);
		Number		as_many;
		int			order;

		if (!number_multiply(&as_many, next, &counted))
			return false;
		order = number_compare(&as_many, &sum);
		if (count > 0 && (greatest ? order <= 0 : order >= 0))
			break;
		if (!number_add(&sum, &so_far, next))
			return false;
		count++;
	}
	{
		Number		counted = number_of(count);

		return number_divide(average, &sum, &counted);
	}
}

/* Sets the result for an unknown list: the range of an element. */
static void
average_of_unknown(Run *run, const Instr *instr, Value *out)
{
	const Value *body;

	run_enter_element(run, instr->depth, run_unknown_element(run, instr));
	if (instr->b >= 0 && run_truth(run, instr->b) == TRUTH_FALSE)
	{
		value_set_none(out);
		return;
	}
	body = run_value(run, instr->c);
	if (is_none(body))
		value_set_none(out);
	else
		value_set_range(out, low_of(body), high_of(body), true);
}

void
list_average(Run *run, const Instr *instr, Value *out)
{
	const Value *list = run_value(run, instr->a);
	Members		low;
	Members		high;
	Number		least;
	Number		greatest;
	bool		bounded_low;
	bool		bounded_high;
	bool		any = false;
	int			i;

	if (!list->known)
	{
		average_of_unknown(run, instr, out);
		return;
	}
	memset(&low, 0, sizeof(low));
	low.sum = number_zero;
	high = low;
	low.possible = palloc_array(Number, Max(list->list->count, 1));
	high.possible = palloc_array(Number, Max(list->list->count, 1));
	for (i = 0; i < list->list->count; i++)
	{
		const Value *body;
		Truth		here;
		bool		sure;

		CHECK_FOR_INTERRUPTS();
		run_enter_element(run, instr->depth, list->list->fields + i * list->list->nfields);
		here = instr->b >= 0 ? run_truth(run, instr->b) : TRUTH_TRUE;
		if (here == TRUTH_FALSE)
			continue;
		body = run_value(run, instr->c);
		if (is_none(body))
			continue;
		any = true;
		sure = here == TRUTH_TRUE && !may_be_none(body);
		add_member(&low, sure, low_of(body));
		add_member(&high, sure, high_of(body));
	}
	if (!any)
		value_set_none(out);
	else
	{
		bounded_low = average_of(&low, false, &least);
		bounded_high = average_of(&high, true, &greatest);
		value_set_range(out, bounded_low ? &least : NULL, bounded_high ? &greatest : NULL, low.count == 0);
	}
	pfree(low.possible);
	pfree(high.possible);
}
