/*
 * places.h
 *		The places that rows can have in an order, and whether they are among the first.
 *
 * Some rows are proved to be members, others are undecided.  place_low is 1 + the number of proved
 * members that are surely better; place_high is 1 + the number of all others that can be better or
 * tie.  Both are found in one sweep over the corners of all rows (corner.h), from the best to the
 * worst: a row's best corner sees every worst corner that is better than it, its worst corner every
 * best corner that is not worse than it.
 *
 * Without an order all corners are equal: everybody ties with everybody.
 */
#ifndef ZJTX_ALLOT_PLACES_H
#define ZJTX_ALLOT_PLACES_H

#include "postgres.h"

#include "engine/number.h"

/* How many rows are selected: a number, or a share of the members, rounded down. */
typedef struct Quota
{
	bool		share;
	int64		first;
	Number		fraction;		/* from 0 to 1 */
} Quota;

typedef struct Places
{
	Quota		quota;
	int64		proved;			/* number of proved members */
	int64		undecided;		/* number of undecided ones */

	/*
	 * numbers of corners swept so far: best ones, and worst ones above this
	 * corner
	 */
	int64		best_proved;
	int64		best_undecided;
	int64		worst_proved;
	int64		worst_undecided;
	int64		here_proved;	/* worst ones at this corner */
	int64		here_undecided;
} Places;

/* places_start: called before the sweep, with the numbers of members. */
extern void places_start(Places *places, const Quota *quota, int64 proved, int64 undecided);

/*
 * places_selected: returns how many rows are selected if the undecided rows whose best corners were swept are
 * members, and the others are not.
 */
extern int64 places_selected(const Places *places);

/* places_corner: the sweep comes to another corner. */
extern void places_corner(Places *places);

/*
 * At each corner, places_best for every row whose best corner it is, then places_worst for every row
 * whose worst corner it is.  proved: the row is proved to be a member.
 *
 * places_best returns place_low, and sets *refused if the row is proved not to be selected.
 * places_worst returns place_high, and sets *fits if this place is among the first: a proved member is then selected.
 */
extern int64 places_best(Places *places, bool proved, bool *refused);
extern int64 places_worst(Places *places, bool proved, bool *fits);

#endif							/* ZJTX_ALLOT_PLACES_H */
