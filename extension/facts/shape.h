/*
 * shape.h
 *		Row types: their columns by name, and room for one row taken apart.
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
	int16	   *slots;			/* by hash of the name: an attribute's number,
								 * or 0 */
	int16	   *rivals;			/* by attribute: the next one of the same
								 * name, or 0 */

	/*
	 * a row taken apart; the next one that anybody takes apart has the same
	 * place
	 */
	NullableDatum *columns;
	Datum	   *datums;
	bool	   *nulls;
} RowShape;

/* row_shape: of a descriptor, which must stay, in the current memory context. */
extern RowShape *row_shape(TupleDesc desc);

/*
 * row_shape_of_type: of a row type, which may be a domain over one, in its version
 * (assign_record_type_identifier).  It stays until `until` is reset or deleted.
 */
extern RowShape *row_shape_of_type(Oid type, int32 typmod, uint64 version, MemoryContext until);

/* row_shape_column: the number of the column with a name, 0 if none has it; rival: of another, or 0. */
extern int	row_shape_column(const RowShape *shape, const char *name, int *rival);

/* row_shape_take_apart: a row's columns into shape->columns; the row must stay. */
extern void row_shape_take_apart(RowShape *shape, HeapTupleHeader header);

#endif							/* ZJTX_SHAPE_H */
