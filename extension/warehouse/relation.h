/*
 * relation.h
 *		The user's tables, as the queries that read them name them.
 */
#ifndef ZJTX_RELATION_H
#define ZJTX_RELATION_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "utils/relcache.h"

/* The qualified name of a relation, quoted for a query; one that is gone is an error. */
extern char *relation_words(Oid relation);

/* The same whatever the session sets: quote_all_identifiers has no say. */
extern char *relation_identity(Oid relation);

/* Opened and locked for reading; one that is gone is an error. */
extern Relation relation_opened(Oid relation);

/* Its columns, in the current memory context; what is no table or view is an error. */
extern TupleDesc relation_columns(Oid relation);

/* The number of the column of that name, 0 if there is none. */
extern int	column_number(TupleDesc desc, const char *name);

#endif							/* ZJTX_RELATION_H */
