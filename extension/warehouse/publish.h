/*
 * publish.h
 *		Columns of a published view.
 */
#ifndef ZJTX_PUBLISH_H
#define ZJTX_PUBLISH_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "nodes/pg_list.h"

#include "answers/lines.h"
#include "answers/phrases.h"
#include "session/cache.h"

/* A column that follows those of the table. */
typedef struct PublishedColumn
{
	char	   *name;
	Oid			type;			/* InvalidOid if the policy no longer has it */
	char	   *words;			/* SQL expression, with %s for the verdict */
	char	   *comment;
} PublishedColumn;

/*
 * published_columns: returns the columns for a policy's clauses, stages and rungs, in the
 * order of its documents, one for each code; then placement and total.  `table` has the
 * table's columns.  A name that the table also has is an error.
 */
extern List *published_columns(const Compiled *compiled, TupleDesc table);

/* ---------------- comments: publish_comments.c ---------------- */

/* published_words: the phrases of a view: those of the first document. */
extern const Phrases *published_words(const Compiled *compiled);

/*
 * published_line_comment: returns the comment of the column of a clause, group, stage or rung;
 * `whole` is the name of the column of the clause to which a stage belongs.
 */
extern char *published_line_comment(const Compiled *compiled, const Document *doc, const LineEntry *entry, bool amount,
									const char *whole);

/*
 * published_view_comment: returns the comment of a view: the documents, the policy, the day judged, and the account
 * from which it takes what was paid. name is NULL if the policy is not a stored one, account if there is none.
 */
extern char *published_view_comment(const Compiled *compiled, const char *name, TupleDesc table, const char *account);

/*
 * published_fact_comment: returns the comment of a table's column that gives a fact of the
 * policy, or NULL if it gives none or the fact has no label.
 */
extern char *published_fact_comment(const Compiled *compiled, TupleDesc table, int column);

/* Returns the column of that name, or NULL. */
extern const PublishedColumn *published_find(const List *columns, const char *name);

/* Returns whether a row has a column of that name. */
extern bool publish_has_column(TupleDesc desc, const char *name);

/*
 * published_view_functions: returns the functions on which a view's rule depends, except PostgreSQL's own, in the
 * current memory context.  SPI must be connected.
 */
extern List *published_view_functions(Oid view);

/* The source of a column of a published view. */
typedef enum PublishedSource
{
	PUBLISHED_COLUMN,			/* a column of the table */
	PUBLISHED_ANSWER,			/* the policy's answer */
	PUBLISHED_NOTHING			/* NULL, because the policy had already lost
								 * it */
} PublishedSource;

/*
 * published_source: returns the source of a view's column; if it is a table's column, also
 * sets table and attnum.
 */
extern PublishedSource published_source(Oid view, int number, Oid *table, AttrNumber *attnum);

/*
 * published_check: checks whether an existing view can be replaced by one with the columns
 * of the table (desc) and of the policy.  Raises an error, which lists the view's
 * dependents, if a column would change its type (42P16) or no longer exists in the table
 * (42703).  Warns if the policy has lost a clause, stage or rung, whose column remains as
 * NULL.
 */
extern void published_check(Oid view, const char *view_name, TupleDesc existing, Oid table, TupleDesc desc,
							const List *columns);

#endif							/* ZJTX_PUBLISH_H */
