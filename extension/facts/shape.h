/*
 * shape.h
 *		Row types: an index of their columns by name, and space for one deformed row.
 */
#ifndef ZJTX_SHAPE_H
#define ZJTX_SHAPE_H

#include "postgres.h"

#include "access/htup.h"
#include "access/tupdesc.h"

typedef struct RowShape
{
	TupleDesc	desc;
	uint32		nslots;			/* a power of two */
	int16	   *slots;			/* hash table of names: attribute numbers, or
								 * 0 */
	int16	   *rivals;			/* by attribute: the next one with the same
								 * name, or 0 */

	/* A deformed row; the next call of row_shape_take_apart overwrites it. */
	NullableDatum *columns;
	Datum	   *datums;
	bool	   *nulls;
} RowShape;

/*
 * row_shape: creates the shape of a descriptor, which must remain valid, in the current
 * context.
 */
extern RowShape *row_shape(TupleDesc desc);

/*
 * row_shape_of_type: returns the shape of a row type or a domain over one.  version is the
 * result of assign_record_type_identifier.  The shape is valid until `until` is reset or
 * deleted.
 */
extern RowShape *row_shape_of_type(Oid type, int32 typmod, uint64 version, MemoryContext until);

/*
 * row_shape_column: returns the number of the column with a name, or 0.  Sets *rival to
 * the number of a second column with that name, or 0.
 */
extern int	row_shape_column(const RowShape *shape, const char *name, int *rival);

/* row_shape_take_apart: deforms a row into shape->columns.  The row must remain valid. */
extern void row_shape_take_apart(RowShape *shape, HeapTupleHeader header);

#endif							/* ZJTX_SHAPE_H */
