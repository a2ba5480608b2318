/*
 * publish.h
 *		The columns of a published view.
 */
#ifndef ZJTX_PUBLISH_H
#define ZJTX_PUBLISH_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "nodes/pg_list.h"

#include "engine/cache.h"

/* A column behind those of the table. */
typedef struct PublishedColumn
{
	char	   *name;
	const char *type;			/* boolean, numeric, … */
	char	   *words;			/* its expression over the verdict, which is written %s */
	char	   *comment;
} PublishedColumn;

/*
 * published_columns: those of a policy's clauses, stages and rungs, in the order of its
 * documents and each code once; then placement and total.  table are the columns of the
 * table, which must not have such names.
 */
extern List *published_columns(const Compiled *compiled, TupleDesc table);

/* Whether a row has a column of that name. */
extern bool has_column(TupleDesc desc, const char *name);

#endif							/* ZJTX_PUBLISH_H */
