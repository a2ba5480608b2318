/*
 * allot_rows.h
 *		The rows of a relation, read once and kept within work_mem, for allotments.
 */
#ifndef ZJTX_ALLOT_ROWS_H
#define ZJTX_ALLOT_ROWS_H

#include "postgres.h"

#include "allot/allot.h"
#include "facts/bind.h"
#include "allot_policy.h"

typedef struct RelationRows
{
	AllotRows	rows;			/* must be first */
	Oid			relation;
	char	   *name;			/* qualified */
	char	   *key_column;
	Oid			key_type;
	struct Tuplestorestate *store;
	struct TupleTableSlot *slot;
	RowSource  *source;
	NullableDatum *columns;
} RelationRows;

/*
 * relation_rows_read: reads the key and the columns that give the facts of a program, with the rights of the current
 * user, in the order of the keys; text keys by their bytes.  Without a key (NULL), in any order. policy is a name for
 * messages.  Allocates in the current memory context; connects to SPI during the call.  Errors: no such column
 * (42703), a NULL key (22004), two rows with the same key (21000).
 */
extern RelationRows *relation_rows_read(Oid relation, const char *key, const Program *program, const char *policy,
										DaySource day);

/*
 * relation_rows_recorded: the same for the relation of an account, with the facts that our tables know about its
 * rows; policy is the name under which it is watched.  Row security that hides rows is an error.
 */
extern RelationRows *relation_rows_recorded(Oid relation, const char *key, const AllotPolicy *policy, const char *name,
											const char *account);

/* relation_rows_end: frees the rows, which may be in files.  Call it before the memory context is deleted. */
extern void relation_rows_end(RelationRows *rows);

/* relation_rows_key: the text of the key of the row that next() returned last. */
extern char *relation_rows_key(const RelationRows *rows);

#endif							/* ZJTX_ALLOT_ROWS_H */
