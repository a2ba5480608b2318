/*
 * vectors.h
 *		Reads facts from columns of many rows, for the float kernel of batches.
 */
#ifndef ZJTX_VECTORS_H
#define ZJTX_VECTORS_H

#include "postgres.h"

#include "engine/batch.h"
#include "bind.h"

/* A column: values by row, and a set of the rows where it is NULL. */
typedef struct VectorColumn
{
	Datum	   *values;
	uint64	   *nulls;
} VectorColumn;

typedef struct Vectors Vectors;

/* Creates a source for many batches, in the current memory context. */
extern Vectors *vectors_create(const RowBinding *binding);

/*
 * vectors_rows: sets the rows of the next batch: columns, one for each bound attribute.  They must
 * remain valid while the batch is judged.  Values that are decompressed or fetched from a TOAST
 * table are allocated in the current memory context.
 */
extern BatchSource *vectors_rows(Vectors *vectors, const VectorColumn *columns);

/* … reads a column, up to as many rows as out has groups for. */
extern void vectors_read_column(const VectorColumn *column, const LaneColumn *lane_column, BatchColumn *out);

/*
 * vector_lists.c: the elements of lists.  What was taken of arrays is forgotten before they are gone.
 */
typedef struct VectorLists VectorLists;

extern VectorLists *vector_lists_create(const RowBinding *binding);
extern void vector_lists_forget(VectorLists *lists);
extern bool vector_lists_field(VectorLists *lists, const KernelField *field, const char *const *arrays,
							   const int32 *index, BatchColumn *out);

/* The values of one row, one for each column. */
static inline void
vectors_row(const VectorColumn *columns, int ncolumns, int row, NullableDatum *datums)
{
	int			i;

	for (i = 0; i < ncolumns; i++)
	{
		datums[i].value = columns[i].values[row];
		datums[i].isnull = (columns[i].nulls[row / 64] >> (row % 64)) & 1;
	}
}

#endif							/* ZJTX_VECTORS_H */
