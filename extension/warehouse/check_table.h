/*
 * check_table.h
 *		What is found about the columns of a table that could give a policy its facts.
 */
#ifndef ZJTX_CHECK_TABLE_H
#define ZJTX_CHECK_TABLE_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "utils/numeric.h"

#include "language/tree.h"

/* How a column must be scaled to be in the fact's unit. */
typedef struct Scale
{
	const char *suffix;			/* of the column's name, behind the fact's */
	const char *words;			/* the unit that it is in */
	const char *factor;			/* to multiply it by, or "" */
	bool		share;			/* for numbers in %, else for money */
} Scale;

/* A fact, the column that gives it or could, and what its values show. */
typedef struct FactCheck
{
	const Fact *fact;
	int			column;			/* attribute number; 0: absent */
	Oid			type;			/* of the column, below domains */
	bool		gives;			/* the type can */

	int			near_column;	/* of an absent one: that may be meant, or 0 */
	const Scale *scale;			/* that its name, or its values, suggest; or NULL */

	/* what the law compares it with */
	Numeric		least;			/* the least positive constant, or NULL */
	bool		compared;
	bool		shares;			/* every constant is above 0 and at most 1 */

	/* what the table shows, where it gives the fact */
	int64		values;			/* that are not NULL */
	int64		outside;
	int64		nonzero;
	char	   *low;			/* of a number; of a text, one that it cannot be */
	char	   *high;
	Numeric		median;			/* of the nonzero ones, without their sign */
	Numeric		greatest;		/* of the same */
} FactCheck;

/* Whether the fact's figures can be in a unit that shows: money, shares. */
extern bool unit_is_guessed(const FactCheck *check);

/* Enters what a document compares its facts with; by_index holds their checks, or NULL. */
extern void note_document(FactCheck **by_index, const Document *doc);

/* Whether a column's name is the fact's, or its label, with a unit behind it. */
extern const Scale *scaled_name(const FactCheck *check, const char *column);

/* Sets the scale of those whose values were read and seem to be in another unit. */
extern void guess_units(const List *checks);

/* The CREATE VIEW that maps the table as found. */
extern char *mapping_view(const char *relation, const char *view, TupleDesc desc, const List *checks);

#endif							/* ZJTX_CHECK_TABLE_H */
