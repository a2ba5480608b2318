/*
 * kernel_years.c
 *		The years of an index, and ranges of whole numbers, in the float kernel, one lane at a time.
 *
 * These are the rules of years.c.
 */
#include "postgres.h"

#include "exact.h"
#include "kernel_number.h"
#include "kernel_range.h"

typedef enum Whole
{
	WHOLE_NUMBERS,
	WHOLE_OPEN,					/* an end is open, or outside the 32-bit
								 * integers */
	WHOLE_DOUBT
} Whole;

/* Finds the whole numbers between two ends. */
static Whole
whole_numbers(const End *low, const End *high, int64 *first, int64 *last)
{
	End			least;
	End			greatest;

	if (end_is_open(low) || end_is_open(high))
		return WHOLE_OPEN;
	if (!end_whole(&least, low, ceil) || !end_whole(&greatest, high, floor))
		return WHOLE_DOUBT;
	if (least.number < PG_INT32_MIN || least.number > PG_INT32_MAX ||
		greatest.number < PG_INT32_MIN || greatest.number > PG_INT32_MAX)
		return WHOLE_OPEN;
	*first = (int64) least.number;
	*last = (int64) greatest.number;
	return WHOLE_NUMBERS;
}

LaneYears
lane_years(const Lane *index, int *first, int *last)
{
	int64		low;
	int64		high;

	if (index->state == LANE_DOUBT)
		return YEARS_IN_DOUBT;
	if (index->state == LANE_NONE)
		return YEARS_ANY;
	switch (whole_numbers(&index->low, lane_high(index), &low, &high))
	{
		case WHOLE_NUMBERS:
			break;
		case WHOLE_OPEN:
			return YEARS_ANY;
		case WHOLE_DOUBT:
			return YEARS_IN_DOUBT;
	}
	low = Max(low, FIRST_YEAR);
	high = Min(high, LAST_YEAR);
	if (low > high || high - low >= MAX_RANGE)
		return YEARS_ANY;
	*first = low;
	*last = high;
	return YEARS_OF_LANE;
}

/*
 * The list of the whole numbers from a to b.  It is empty if an end is none.  If there are too many numbers, the
 * list is unknown.
 */
void
lane_range(const Lane *a, const Lane *b, Lane *out)
{
	const Lane *ends[2] = {a, b};
	int64		first;
	int64		last;
	Whole		whole;

	if (!lane_operands(ends, 2, out))
		return;
	whole = whole_numbers(&a->low, lane_high(b), &first, &last);
	out->maybe = false;
	if (whole == WHOLE_DOUBT)
		lane_set_doubt(out);
	else if (whole == WHOLE_NUMBERS && first > last)
		out->state = LANE_NONE;
	else if (whole == WHOLE_NUMBERS && a->state == LANE_VALUE && b->state == LANE_VALUE && last - first < MAX_RANGE)
	{
		out->state = LANE_VALUE;
		out->text = NULL;
		out->length = last - first + 1;
		out->first = first;
	}
	else
		out->state = LANE_RANGE;
}

void
lane_set_unknown_item(Lane *out, const Lane *a, const Lane *b)
{
	if (a->state == LANE_NONE || b->state == LANE_NONE || a->state == LANE_DOUBT || b->state == LANE_DOUBT)
		lane_set_doubt(out);
	else
		lane_set_range(out, &a->low, lane_high(b), false);
}
