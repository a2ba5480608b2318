/*
 * relation.h
 *		Names and columns of the user's tables.
 */
#ifndef ZJTX_RELATION_H
#define ZJTX_RELATION_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "utils/relcache.h"

/* Returns the quoted, qualified name of a relation; raises an error if it is gone. */
extern char *relation_words(Oid relation);

/* The same, but independent of quote_all_identifiers. */
extern char *relation_identity(Oid relation);

/*
 * relation_opened: opens the relation and locks it for reading.  Errors: undefined_table if
 * there is none, serialization_failure if another transaction dropped it meanwhile.
 */
extern Relation relation_opened(Oid relation);

/*
 * Returns the relation's columns in the current memory context; raises an error if it is not
 * a table or view.
 */
extern TupleDesc relation_columns(Oid relation);

/* Returns the number of the column with that name, or 0. */
extern int	column_number(TupleDesc desc, const char *name);

#endif							/* ZJTX_RELATION_H */
