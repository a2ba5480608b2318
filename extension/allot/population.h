/*
 * population.h
 *		Values of a population: aggregates over ranges, of which it may be undecided whether they count.
 *
 * A result is the range of what the aggregate can be: over every choice of the undecided values, and
 * of every value within its range.  Values that are none do not count.  Over no values, count and sum
 * are 0 and the others none.
 */
#ifndef ZJTX_ALLOT_POPULATION_H
#define ZJTX_ALLOT_POPULATION_H

#include "postgres.h"

#include "engine/program.h"

typedef enum PopulationKind
{
	POPULATION_COUNT,
	POPULATION_SUM,
	POPULATION_AVERAGE,
	POPULATION_LEAST,
	POPULATION_GREATEST,
	POPULATION_PERCENTILE		/* interpolated, as percentile_cont */
} PopulationKind;

/*
 * Sorts the ends of ranges for a percentile, in whatever memory there is.  get returns them in ascending
 * order, or false after the last; a number is valid until the next call.
 */
#define END_LOW			1		/* it is the low end of a value */
#define END_HIGH		2		/* the high end; or both */
#define END_SURE		4		/* the value surely counts */

typedef struct EndSorter
{
	void		(*put) (struct EndSorter *sorter, const Number *end, int flags);
	void		(*sort) (struct EndSorter *sorter);
	bool		(*get) (struct EndSorter *sorter, Number *end, int *flags);
} EndSorter;

/* Ends of one direction.  Of high ends the negatives are kept, so that only least values are looked for. */
typedef struct EndList
{
	Number	   *numbers;
	int64		count;
	int64		room;
	int64		open;			/* how many more are infinite */
} EndList;

typedef struct PopulationEnds
{
	Number		sum;			/* of those that surely count; and of those
								 * below 0 that may */
	bool		open;			/* it is infinite */
	bool		has_sure;
	bool		has_possible;
	bool		sure_least_open;
	bool		sure_greatest_open;
	bool		possible_least_open;
	Number		sure_least;
	Number		sure_greatest;
	Number		possible_least;
	EndList		sure;			/* of a percentile, sorted */
	EndList		possible;		/* … and of an average */
} PopulationEnds;

typedef struct Aggregated
{
	PopulationKind kind;
	Number		fraction;		/* of a percentile, from 0 to 1 */
	EndSorter  *sorter;			/* of a percentile */
	int64		limit;			/* so many ends may be kept in memory */
	int64		sure;			/* values that surely count */
	int64		possible;		/* … and that may */
	PopulationEnds low;
	PopulationEnds high;
} Aggregated;

/*
 * population_start: limit is the number of values that may be kept in memory.  If there are more whose counting is
 * undecided, the range of an average or a percentile may be wider than need be.
 *
 * population_add: adds the value of a member, or NULL for count() of the members.  proved: it is proved to be one.
 * Allocates in the current memory context, which must live as long as the aggregate.
 *
 * population_end: sets the result.
 */
extern void population_start(Aggregated *all, PopulationKind kind, const Number *fraction, EndSorter *sorter, int64 limit);
extern void population_add(Aggregated *all, const Value *value, bool proved);
extern void population_end(Aggregated *all, Value *result);

#endif							/* ZJTX_ALLOT_POPULATION_H */
