/*
 * column_source.h
 *		Reads facts from columns of many rows, for the float kernel of batches.
 */
#ifndef ZJTX_COLUMN_SOURCE_H
#define ZJTX_COLUMN_SOURCE_H

#include "postgres.h"

#include "bind.h"
#include "columns.h"

typedef struct ColumnSource ColumnSource;

/* Creates a source for many batches, in the current memory context. */
extern ColumnSource *column_source_create(const RowBinding *binding);

/*
 * column_source_rows: sets the rows of the next batch: columns, one for each bound attribute.  They must
 * remain valid while the batch is judged.  Values that are decompressed or fetched from a TOAST
 * table are allocated in the current memory context.
 */
extern BatchSource *column_source_rows(ColumnSource *source, const DatumColumn *columns);

/* Reads a column, up to as many rows as out has groups for. */
extern void column_read(const DatumColumn *column, const LaneColumn *lane_column, BatchColumn *out);

/*
 * column_lists.c: the elements of lists.  What was taken of arrays is forgotten before they are gone.
 */
typedef struct ColumnLists ColumnLists;

extern ColumnLists *column_lists_create(const RowBinding *binding);
extern void column_lists_forget(ColumnLists *lists);
extern bool column_lists_field(ColumnLists *lists, const KernelField *field, const char *const *arrays,
							   const int32 *index, BatchColumn *out);

#endif							/* ZJTX_COLUMN_SOURCE_H */
