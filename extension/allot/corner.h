/*
 * corner.h
 *		Places in an order as byte strings.
 *
 * A row's sort keys are ranges, so the row has a best and a worst corner.  A corner is written as bytes, key after
 * key: of two corners the better one comes first in the order of memcmp, and equal corners are equal bytes.  So the
 * server can sort any number of corners within work_mem.
 */
#ifndef ZJTX_ALLOT_CORNER_H
#define ZJTX_ALLOT_CORNER_H

#include "postgres.h"

#include "lib/stringinfo.h"

#include "engine/program.h"

/* A sort key: its type is TYPE_NUMBER or TYPE_DATE. */
typedef struct CornerKey
{
	ValueType	type;
	bool		descending;		/* the greatest comes first */
} CornerKey;

/*
 * corner_append: appends the best or the worst value that a key can have.  None is last
 * in both directions; an open end is better, or worse, than every value, but before none.
 */
extern void corner_append(StringInfo corner, const CornerKey *key, const Value *value, bool best);

/*
 * corner_number: appends a number, so that a greater one is greater in the order of memcmp.  No such string
 * begins with another.  Returns false, and appends nothing, if the number is too long for arithmetic.
 */
extern bool corner_number(StringInfo corner, const Number *number);

/*
 * corner_first: the first key of a corner.  Returns false if it is none or an open end.
 */
extern bool corner_first(const char *bytes, const CornerKey *key, Number *number, DateADT *day);

#endif							/* ZJTX_ALLOT_CORNER_H */
