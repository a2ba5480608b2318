/*
 * sorting.h
 *		Sorts records about rows within work_mem.
 */
#ifndef ZJTX_ALLOT_SORTING_H
#define ZJTX_ALLOT_SORTING_H

#include "postgres.h"

/* A record.  The caller defines the meaning of its fields. */
typedef struct Sorted
{
	const char *bytes;			/* compared like memcmp; or NULL */
	int			length;
	int			tag;
	int64		row;
	int64		low;
	int64		high;
	const char *data;			/* or NULL */
	int			data_length;
} Sorted;

typedef enum SortingOrder
{
	SORTING_BY_BYTES,			/* then by tag, and by row */
	SORTING_BY_ROW				/* then by tag */
} SortingOrder;

typedef struct Sorting Sorting;

/*
 * Allocates in the current memory context. again: sorting_again() will be called.  Call sorting_sort after the last
 * put.
 */
extern Sorting *sorting_create(SortingOrder order, bool again);
extern void sorting_put(Sorting *sorting, const Sorted *record);
extern void sorting_sort(Sorting *sorting);

/*
 * sorting_get: the next record, valid until the next call; false after the last.
 *
 * sorting_peek: the same, but the next call returns it again.
 *
 * sorting_again: begins again with the first record.
 *
 * sorting_end: closes its files; does nothing for NULL.
 */
extern bool sorting_get(Sorting *sorting, Sorted *record);
extern bool sorting_peek(Sorting *sorting, Sorted *record);
extern void sorting_again(Sorting *sorting);
extern void sorting_end(Sorting *sorting);

#endif							/* ZJTX_ALLOT_SORTING_H */
