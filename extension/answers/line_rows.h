/*
 * line_rows.h
 *		The lines of a document in many rows, as sets of rows and columns of amounts.
 *
 * It says of each row what VerdictLine says of one.
 */
#ifndef ZJTX_LINE_ROWS_H
#define ZJTX_LINE_ROWS_H

#include "postgres.h"

#include "lib/stringinfo.h"
#include "port/pg_bitutils.h"

#include "engine/batch.h"

typedef struct LineRows
{
	uint64		yes[BATCH_GROUPS];	/* satisfied */
	uint64		no[BATCH_GROUPS];	/* not satisfied; otherwise unknown */
	uint64		undecided[BATCH_GROUPS];	/* the status */
	uint64		undetermined[BATCH_GROUPS]; /* the status */
	uint64		has_amount[BATCH_GROUPS];	/* which is low */
	uint64		ranged[BATCH_GROUPS];
	uint64		unbounded[BATCH_GROUPS];
	uint64		paying[BATCH_GROUPS];	/* low and high are there; otherwise
										 * they are 0 */
	int64	   *low;			/* in hundredths, by row; NULL if there is no
								 * amount */
	int64	   *high;
} LineRows;

typedef struct LinesOfRows
{
	StringInfoData shape;		/* as in a verdict */
	uint32		hash;			/* of the shape */
	uint64		serial;			/* of the lines of this policy at this call */
	int			nlines;
	int			ngroups;		/* of rows */
	LineRows   *lines;
} LinesOfRows;

/* How many rows are in a set. */
static inline int
line_rows_count(const LinesOfRows *lines, const uint64 *rows, const uint64 *set)
{
	int			count = 0;
	int			g;

	for (g = 0; g < lines->ngroups; g++)
		if (rows[g] & set[g])
			count += pg_popcount64(rows[g] & set[g]);
	return count;
}

/* The sum of the amounts of rows that are in a set. */
static inline int64
line_rows_sum(const LinesOfRows *lines, const LineRows *line, const int64 *amounts, const uint64 *rows,
			  const uint64 *set)
{
	int64		sum = 0;
	int			g;

	for (g = 0; g < lines->ngroups; g++)
	{
		uint64		rest = rows[g] & set[g] & line->paying[g];

		for (; rest != 0; rest &= rest - 1)
			sum += amounts[g * GROUP_ROWS + pg_rightmost_one_pos64(rest)];
	}
	return sum;
}

#endif							/* ZJTX_LINE_ROWS_H */
