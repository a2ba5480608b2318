/*
 * keys.h
 *		The key of an enterprise as the ledger keeps it.
 *
 * A key has one text, whatever a session sets and however its column is declared: numbers
 * without trailing zeros, char(n) without padding, dates and UUIDs in ISO form, bytea as
 * hex, booleans as true and false, and text as it is.  Two values that the type's = calls
 * equal have the same text.
 */
#ifndef ZJTX_KEYS_H
#define ZJTX_KEYS_H

#include "postgres.h"

#include "access/tupdesc.h"

/*
 * key_type: the base type of the column that is to be a key.  A type without such a text,
 * and text under a nondeterministic collation, is an error.
 */
extern Oid	key_type(TupleDesc desc, int attnum, const char *relation);

/* key_text: the text of a value of such a type, in the current memory context. */
extern char *key_text(Oid type, Datum value);

/*
 * key_value: the value of the type whose text this is.  False where the type has none: no
 * row can have that key today, whatever wrote it into the ledger.
 */
extern bool key_value(Oid type, const char *text, Datum *value);

/*
 * key_types_agree: whether key_through can say how a view of the second type shows the key
 * of a table of the first.
 */
extern bool key_types_agree(Oid table_type, Oid view_type);

/*
 * key_through: the text of a table's key as the view has it.  Where the view's key is text
 * and the table's is not, it is what a cast to text gives; where it is the other way round,
 * what the text is read as, and text that cannot be read is an error.
 */
extern char *key_through(Oid table_type, Oid view_type, Datum value);

/* Longer keys do not fit into the indexes of the ledger. */
#define KEY_BYTES 2000

/* Sorts keys and leaves out what is there twice; returns how many are left. */
extern int	keys_sort(char **keys, int nkeys);

/* The place of a key among sorted ones, or -1. */
extern int	key_number(char **keys, int nkeys, const char *key);

#endif							/* ZJTX_KEYS_H */
