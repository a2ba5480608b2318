/*
 * many_amounts.h
 *		Sums and extremes of the amounts of many rows.
 */
#ifndef ZJTX_MANY_AMOUNTS_H
#define ZJTX_MANY_AMOUNTS_H

#include "postgres.h"

#include "many.h"
#include "sum.h"

/* Amounts that are not NULL.  All zeros: none. */
typedef struct AmountTotal
{
	Sum			sum;			/* and their count */
	bool		any;			/* in hundredths: least and most */
	int64		least;
	int64		most;
	Numeric		numeric_least;	/* others, or NULL */
	Numeric		numeric_most;
} AmountTotal;

/* Adds the amounts of some rows that were judged; numerics are kept in the context. */
extern void amounts_add(MemoryContext context, AmountTotal *total, const Many *many, int ngroups, const uint64 *rows);

extern void amounts_add_one(MemoryContext context, AmountTotal *total, Numeric numeric);

/* Adds those of another total. */
extern void amounts_merge(MemoryContext context, AmountTotal *total, const AmountTotal *other);

/* The sum, with two decimals; and the least or the greatest amount, if there is any. */
extern Datum amounts_sum(const AmountTotal *total);
extern Datum amounts_extreme(const AmountTotal *total, bool greatest);

#endif							/* ZJTX_MANY_AMOUNTS_H */
