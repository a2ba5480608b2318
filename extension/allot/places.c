/*
 * places.c
 *		The places that rows can have in an order, and whether they are among the first.
 */
#include "postgres.h"

#include "places.h"

void
places_start(Places *places, const Quota *quota, int64 proved, int64 undecided)
{
	memset(places, 0, sizeof(Places));
	places->quota = *quota;
	places->proved = proved;
	places->undecided = undecided;
}

void
places_corner(Places *places)
{
	places->worst_proved += places->here_proved;
	places->worst_undecided += places->here_undecided;
	places->here_proved = places->here_undecided = 0;
}

/* Returns how many rows are selected if there are this many members. */
static int64
selected_of(const Quota *quota, int64 members)
{
	Number		all = number_of(members);
	Number		share;

	if (!quota->share)
		return quota->first;
	if (!number_multiply(&share, &all, &quota->fraction))
		return 0;
	/* at most the number of members, so it fits an integer */
	share = number_floor(&share);
	return (int64) (share.num / share.den);
}

int64
places_selected(const Places *places)
{
	return selected_of(&places->quota, places->proved + places->best_undecided);
}

/*
 * A row has its best place if the undecided rows that are surely better are not members: each of them would take one
 * place, and raise the share by at most one.  The other undecided rows can only raise the share.
 */
int64
places_best(Places *places, bool proved, bool *refused)
{
	int64		place = 1 + places->worst_proved;
	int64		members = places->proved + places->undecided - places->worst_undecided;

	*refused = place > selected_of(&places->quota, members);
	if (proved)
		places->best_proved++;
	else
		places->best_undecided++;
	return place;
}

/*
 * It has its worst place if all rows that can tie or be better are members, and the other undecided rows, which would
 * only raise the share, are not.  The row is itself one of those that can tie.
 */
int64
places_worst(Places *places, bool proved, bool *fits)
{
	int64		place = places->best_proved + places->best_undecided;

	*fits = place <= selected_of(&places->quota, places->proved + places->best_undecided);
	if (proved)
		places->here_proved++;
	else
		places->here_undecided++;
	return place;
}
