/*
 * check_table.h
 *		Findings about the columns of a table that may provide a policy's facts.
 */
#ifndef ZJTX_CHECK_TABLE_H
#define ZJTX_CHECK_TABLE_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "utils/numeric.h"

#include "language/tree.h"

/* How to scale a column to the unit of the fact. */
typedef struct Scale
{
	const char *suffix;			/* follows the fact's name in the column's
								 * name */
	const char *words;			/* the unit of the column */
	const char *factor;			/* multiplier, or "" */
	bool		share;			/* for percentages; otherwise for money */
} Scale;

/* A fact, the column that provides it or might, and a summary of the values. */
typedef struct FactCheck
{
	const Fact *fact;			/* of a single year of a fact by year, a fact
								 * with the name of its column */
	const char *shown;			/* what reports call it: revenue[2023]; or
								 * NULL */
	List	   *years;			/* of a fact by year: of FactCheck, by year */
	int			year;			/* of a single year */
	char	   *found;			/* in a column of all years: those that are
								 * there, or NULL; those that are there twice
								 * in one row, or NULL; and in how many rows */
	char	   *twice;
	int64		ambiguous;
	int			column;			/* attribute number, or 0 if there is none */
	Oid			type;			/* base type of the column */
	bool		gives;			/* the type can be read as the fact's */

	int			near_column;	/* if column is 0: a similarly named column,
								 * or 0 */
	const Scale *scale;			/* suggested by the column's name or its
								 * values, or NULL */

	/* the constants with which the document compares it */
	Numeric		least;			/* the least positive one, or NULL */
	bool		compared;
	bool		shares;			/* every one is above 0 and at most 1 */

	/* what the table contains, if it provides the fact */
	int64		values;			/* number of values that are not NULL */
	int64		outside;
	int64		nonzero;
	char	   *low;			/* least number; or a text that the fact does
								 * not allow */
	char	   *high;
	Numeric		median;			/* of the absolute values of the nonzero ones */
	Numeric		greatest;		/* also of the absolute values */
} FactCheck;

/* True if the unit of the fact's figures can be guessed: money and shares. */
extern bool check_unit_is_guessed(const FactCheck *check);

/*
 * Records the constants with which a document compares its facts. by_index has the check
 * of each fact, or NULL.
 */
extern void check_note_document(FactCheck **by_index, const Document *doc);

/*
 * Returns the scale if a column's name is the name or label of the fact, followed by a
 * unit.
 */
extern const Scale *check_scaled_name(const FactCheck *check, const char *column);

/* Sets the scale of the facts whose values seem to be in another unit. */
extern void check_guess_units(const List *checks);

/* Returns the CREATE VIEW statement that maps the table to the policy's facts. */
extern char *check_mapping_view(const char *relation, const char *view, TupleDesc desc, const List *checks);

/*
 * check_table_years.c: makes the checks of the columns of single years; adds them to a list of
 * checks; reads which years a column of all years has.
 */
extern void check_find_years(FactCheck *check, TupleDesc desc, bool *taken);
extern List *check_with_years(List *checks);
extern void check_read_years(Oid oid, TupleDesc desc, FactCheck *check);

#endif							/* ZJTX_CHECK_TABLE_H */
