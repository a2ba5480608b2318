/*
 * keys.h
 *		The text form of an enterprise's key in the ledger.
 *
 * Each key value has exactly one text, independent of session settings and of the declared
 * type modifier: numbers without trailing zeros, char(n) without padding, dates and UUIDs
 * in ISO form, bytea as hex, booleans as true and false, and text unchanged.  Values that
 * are equal under the type's = operator have the same text.
 */
#ifndef ZJTX_KEYS_H
#define ZJTX_KEYS_H

#include "postgres.h"

#include "access/tupdesc.h"

/*
 * key_type: returns the base type of a key column.  Raises an error for types without such
 * a text, and for text with a nondeterministic collation.
 */
extern Oid	key_type(TupleDesc desc, int attnum, const char *relation);

/* key_argument_type: the same for the type of an argument that is a key. */
extern Oid	key_argument_type(Oid type);

/* key_text: returns the text of a value of such a type, in the current memory context. */
extern char *key_text(Oid type, Datum value);

/*
 * key_value: sets *value to the value with this text.  Returns false if the type has no
 * such value; then no row can have this key now, although the ledger has it.
 */
extern bool key_value(Oid type, const char *text, Datum *value);

/*
 * key_types_agree: returns whether key_through can convert a table's key of the first type
 * to a view's key of the second.
 */
extern bool key_types_agree(Oid table_type, Oid view_type);

/*
 * key_through: returns the text that a table's key has in the view.  If only the view's key
 * is text, this is the result of a cast to text.  If only the table's key is text, the text
 * is parsed as the view's type; a text that cannot be parsed is an error.
 */
extern char *key_through(Oid table_type, Oid view_type, Datum value);

/* Longer keys do not fit into the ledger's indexes. */
#define KEY_BYTES 2000

/* Sorts keys and removes duplicates; returns the number that are left. */
extern int	keys_sort(char **keys, int nkeys);

/* Returns the index of a key in a sorted array, or -1. */
extern int	key_number(char **keys, int nkeys, const char *key);

#endif							/* ZJTX_KEYS_H */
