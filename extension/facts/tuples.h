/*
 * tuples.h
 *		Takes tuples apart, column by column.
 */
#ifndef ZJTX_TUPLES_H
#define ZJTX_TUPLES_H

#include "postgres.h"

#include "access/htup.h"
#include "access/tupdesc.h"

#include "columns.h"

/* How the tuples of a row type are taken apart. */
typedef struct TupleSteps TupleSteps;

/*
 * tuples_create: of a row type, up to an attribute, in the current memory context.
 *
 * tuples_put_into: where the values of an attribute go, and which of them are NULL.
 *
 * tuples_begin: before the tuples of the next batch.
 *
 * tuples_take: takes n tuples apart, up to GROUP_ROWS, as the rows of group g of the columns.  Values that are no
 * datums by themselves are pointers into the tuples.  What is NULL has no value.
 */
extern TupleSteps *tuples_create(TupleDesc desc, int last);
extern void tuples_put_into(TupleSteps *steps, int attribute, DatumColumn *column);
extern void tuples_begin(const TupleSteps *steps);
extern void tuples_take(const TupleSteps *steps, const HeapTupleHeader *tuples, int g, int n);

#endif							/* ZJTX_TUPLES_H */
