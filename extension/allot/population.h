/*
 * population.h
 *		Values of a population: aggregates over ranges, some of which may be undecided to count.
 *
 * A result is the range of the aggregate over every choice of the undecided values, and over every value within its
 * range.  Values that are none do not count.  Over no values, count and sum are 0 and the others none.
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
 * Sorts the ends of ranges for a percentile, in memory or on disk. get returns them in ascending order, or false
 * after the last; a number is valid until the next call.
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

/* Ends of one direction.  High ends are kept as their negatives, so that only least values need to be found. */
typedef struct EndList
{
	Number	   *numbers;
	int64		count;
	int64		room;
	int64		open;			/* number of further ends that are infinite */
} EndList;

typedef struct PopulationEnds
{
	Number		sum;			/* sum of the values that surely count, and of
								 * those below 0 that may count */
	bool		open;			/* it is infinite */
	bool		has_sure;
	bool		has_possible;
	bool		sure_least_open;
	bool		sure_greatest_open;
	bool		possible_least_open;
	Number		sure_least;
	Number		sure_greatest;
	Number		possible_least;
	EndList		sure;			/* for a percentile: the ends that surely
								 * count, sorted */
	EndList		possible;		/* the ends that may count; also for an
								 * average */
} PopulationEnds;

typedef struct Aggregated
{
	PopulationKind kind;
	Number		fraction;		/* for a percentile, from 0 to 1 */
	EndSorter  *sorter;			/* for a percentile */
	int64		limit;			/* greatest number of ends kept in memory */
	int64		sure;			/* number of values that surely count */
	int64		possible;		/* number of values that may count */
	PopulationEnds low;
	PopulationEnds high;
} Aggregated;

/*
 * population_start: limit is the number of values that may be kept in memory.  If there are more values of which it
 * is undecided whether they count, the range of an average or a percentile may be wider than necessary.
 *
 * population_add: adds the value of a member, or NULL for count() of the members. proved: it is proved to be a
 * member.  Allocates in the current memory context, which must live as long as the aggregate.
 *
 * population_end: sets the result.
 */
extern void population_start(Aggregated *all, PopulationKind kind, const Number *fraction, EndSorter *sorter, int64 limit);
extern void population_add(Aggregated *all, const Value *value, bool proved);
extern void population_end(Aggregated *all, Value *result);

#endif							/* ZJTX_ALLOT_POPULATION_H */
