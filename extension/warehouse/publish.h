/*
 * publish.h
 *		The columns of a published view.
 */
#ifndef ZJTX_PUBLISH_H
#define ZJTX_PUBLISH_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "nodes/pg_list.h"

#include "session/cache.h"

/* A column behind those of the table. */
typedef struct PublishedColumn
{
	char	   *name;
	Oid			type;			/* invalid for what the policy has no more */
	char	   *words;			/* its expression over the verdict, which is written %s */
	char	   *comment;
} PublishedColumn;

/*
 * published_columns: those of a policy's clauses, stages and rungs, in the order of its
 * documents and each code once; then placement and total.  table are the columns of the
 * table, which must not have such names.
 */
extern List *published_columns(const Compiled *compiled, TupleDesc table);

/* The one of that name, or NULL. */
extern const PublishedColumn *published_find(const List *columns, const char *name);

/* Whether a row has a column of that name. */
extern bool has_column(TupleDesc desc, const char *name);

/* Where a column of a published view comes from. */
typedef enum PublishedSource
{
	PUBLISHED_COLUMN,			/* a column of the table */
	PUBLISHED_ANSWER,			/* the policy */
	PUBLISHED_NOTHING			/* it is NULL: the policy has lost it before */
} PublishedSource;

/* published_source: of the view's column of that number.  Of a column also table and attnum. */
extern PublishedSource published_source(Oid view, int number, Oid *table, AttrNumber *attnum);

/*
 * published_check: whether a view, with these columns, can be made to show the columns of
 * the table (desc) and of the policy.  An error, which names what depends on the view,
 * where a column would have another type (42P16) or the table has it no more (42703).
 * A warning where the policy has lost a clause, stage or rung: its column stays as NULL.
 */
extern void published_check(Oid view, const char *view_name, TupleDesc existing, Oid table, TupleDesc desc,
							const List *columns);

#endif							/* ZJTX_PUBLISH_H */
