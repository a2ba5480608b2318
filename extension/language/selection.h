/*
 * selection.h
 *		Statements about several rows: selections, budgets and populations.
 */
#ifndef ZJTX_SELECTION_H
#define ZJTX_SELECTION_H

#include "statement.h"

/* The number or date by which the rows of a selection or budget are sorted. */
typedef struct SortKey
{
	Expression *expr;
	bool		descending;
} SortKey;

/* "select": the first of the rows that satisfy a condition. */
typedef struct Selection
{
	Provision	provision;
	Expression *first;			/* a number of rows, or % of the members */
	List	   *keys;			/* of SortKey; NIL: no order */
	Expression *when;			/* NULL: all rows are members */

	/* set by the checker */
	Fact	   *selected;		/* whether a row is selected */
} Selection;

/* "budget": an amount from which clauses and groups are paid. */
typedef struct ClauseBudget
{
	Provision	provision;
	Expression *amount;			/* a literal in 元 */
	List	   *keys;			/* of SortKey: paid in this order; NIL: pro
								 * rata */
	List	   *lines;			/* of GroupMember */
} ClauseBudget;

/* AGGREGATE_AVG and so on, from aggregates.h */
typedef enum Aggregate
{
#define AGGREGATE(NAME, ...) AGGREGATE_##NAME,
#include "aggregates.h"
} Aggregate;

/* A value of a population: an aggregate of an expression over its members. */
typedef struct PopulationValue
{
	char	   *name;
	char	   *title;			/* or NULL */
	Span		span;
	char	   *function;		/* as it is written */
	Span		function_span;
	Expression *expr;			/* NULL: count() */
	Expression *share;			/* of a percentile, a literal from 0% to 100%;
								 * NULL if none is written */

	/* set by the checker */
	Aggregate	aggregate;
	Fact	   *fact;
	const Money *money;
	struct Population *population;
} PopulationValue;

/* "population": values of the rows that satisfy a condition. */
typedef struct Population
{
	Provision	provision;		/* the code is its name */
	Expression *when;			/* NULL: all rows */
	List	   *values;			/* of PopulationValue */
} Population;

extern const char *aggregate_name(Aggregate aggregate, bool chinese);

#endif							/* ZJTX_SELECTION_H */
