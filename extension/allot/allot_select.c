/*
 * allot_select.c
 *		Selections: the members and their corners, then the places.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "allot_state.h"
#include "corner.h"

/*
 * In strict mode, a row that may be a member is not one, and a row's place is that of its worst corner.
 */
void
allot_select_row(Allotment *allotment, SelectionState *selection, int64 row)
{
	Truth		member = run_truth(allotment->run, selection->entry->when);
	Sorted		corner = {0};

	if (allotment->strict && member == TRUTH_UNKNOWN)
		member = TRUTH_FALSE;
	selection->marks = allot_room(allotment, selection->marks, &selection->room, row);
	selection->marks[row] = MARK(member == TRUTH_FALSE ? TRUTH_FALSE : TRUTH_UNKNOWN, member);
	if (member == TRUTH_FALSE)
		return;
	if (member == TRUTH_TRUE)
		selection->proved++;
	else
		selection->undecided++;
	if (selection->corners == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(allotment->context);

		selection->corners = sorting_create(SORTING_BY_BYTES, false);
		MemoryContextSwitchTo(old);
	}
	corner.row = row;
	corner.low = member == TRUTH_TRUE;
	allot_put_corners(allotment, selection->entry->keys, selection->entry->nkeys, selection->corners, &corner);
}

static void
set_selected(SelectionState *selection, int64 row, Truth selected)
{
	selection->marks[row] = MARK(selected, MARK_MEMBER(selection->marks[row]));
}

/* The first key of a corner as text; NULL for none and for an open end. */
static char *
first_key(const SelectionEntry *entry, const Sorted *corner)
{
	CornerKey	key = {entry->keys[0].type, entry->keys[0].descending};
	Number		number;
	DateADT		day;

	if (!corner_first(corner->bytes, &key, &number, &day))
		return NULL;
	return key.type == TYPE_DATE ? date_text(day) : number_text(&number);
}

/*
 * Finds what a proved member needs in order to be selected, no matter which others are members: the first key that it
 * must outdo.  With k others that can be better or tie, among them u undecided ones, it is selected if 1 + k is at most
 * the quota of the proved members and these u.  Another row raises the left side by one and the right side by at most
 * one, so the corner to outdo is the first one at which the condition fails.  For a row whose own corner was among
 * these, there is one other fewer. met is the number of corners swept, this one included.
 */
static void
note_needed(SelectionState *selection, const Places *places, int64 met, const Sorted *corner)
{
	int64		selected = places_selected(places);

	if (selection->entry->nkeys == 0)
		return;
	if (selection->outside_at == 0 && met + 1 > selected)
	{
		selection->outside_at = met;
		selection->outside = first_key(selection->entry, corner);
	}
	if (selection->inside_at == 0 && met > selected)
	{
		selection->inside_at = met;
		selection->inside = first_key(selection->entry, corner);
	}
}

/* Keeps an end of the range of a row's places. */
static void
keep_end(SelectionState *selection, const Sorted *corner, int64 place, bool inside)
{
	Sorted		end = {.row = corner->row,.tag = corner->tag,.low = inside ? -place : place};

	if (selection->ends)
		selection->ends[2 * end.row + end.tag] = end.low;
	else
		sorting_put(selection->places, &end);
}

static int64
kept_end(SelectionState *selection, int64 row, int tag)
{
	Sorted		end;

	if (selection->ends)
		return selection->ends[2 * row + tag];
	if (!sorting_get(selection->places, &end) || end.row != row || end.tag != tag)
		elog(ERROR, "a row has no place");
	return end.low;
}

void
allot_select_end(Allotment *allotment, SelectionState *selection)
{
	const SelectionEntry *entry = selection->entry;
	Quota		quota = {entry->percent, entry->places, entry->share};
	StringInfoData before;
	bool		first = true;
	int64		met = 0;
	Places		places;
	Sorted		corner;

	selection->done = true;
	if (selection->corners == NULL)
		return;
	places_start(&places, &quota, selection->proved, selection->undecided);
	/* no value of a row suffices */
	if (places_selected(&places) < 1)
		selection->outside_at = selection->inside_at = -1;
	if (allotment->nrows * 2 * sizeof(int64) <= (Size) work_mem * 1024)
		selection->ends = MemoryContextAllocHuge(allotment->context, allotment->nrows * 2 * sizeof(int64));
	else
		selection->places = sorting_create(SORTING_BY_ROW, false);
	initStringInfo(&before);
	sorting_sort(selection->corners);
	while (sorting_get(selection->corners, &corner))
	{
		bool		proved = corner.low != 0;
		bool		decided;
		int64		place;

		CHECK_FOR_INTERRUPTS();
		if (allot_next_corner(&before, &first, &corner))
			places_corner(&places);
		if (corner.tag == TAG_BEST)
		{
			place = places_best(&places, proved, &decided);
			note_needed(selection, &places, ++met, &corner);
			keep_end(selection, &corner, place, selection->outside_at == 0 || met <= selection->outside_at);
			if (decided)
				set_selected(selection, corner.row, TRUTH_FALSE);
		}
		else
		{
			place = places_worst(&places, proved, &decided);
			keep_end(selection, &corner, place, decided);
			if (proved && decided)
				set_selected(selection, corner.row, TRUTH_TRUE);
		}
	}
	sorting_end(selection->corners);
	selection->corners = NULL;
	if (selection->places)
		sorting_sort(selection->places);
	pfree(before.data);
}

void
allot_select_line(SelectionState *selection, int64 row, Allotted *line)
{
	int64		best;
	int64		worst;

	line->selection = selection->entry;
	line->member = MARK_MEMBER(selection->marks[row]);
	line->selected = MARK_SELECTED(selection->marks[row]);
	if (line->member == TRUTH_FALSE)
		return;
	best = kept_end(selection, row, TAG_BEST);
	line->place_low = best < 0 ? -best : best;
	worst = kept_end(selection, row, TAG_WORST);
	line->place_high = worst < 0 ? -worst : worst;

	/*
	 * a place that is surely among the first needs nothing more; only
	 * membership may be undecided
	 */
	if (worst > 0)
		line->needed = best < 0 ? selection->inside : selection->outside;
}
