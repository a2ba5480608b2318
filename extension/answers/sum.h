/*
 * sum.h
 *		Sums of amounts in the states of aggregates.
 */
#ifndef ZJTX_SUM_H
#define ZJTX_SUM_H

#include "postgres.h"

#include "verdict.h"

/* A sum: in hundredths, plus a numeric for values that are too large. */
typedef struct Sum
{
	int64		count;			/* number of values added */
	int128		hundredths;
	Numeric		large;			/* or NULL */
} Sum;

/* Adds to a count, which states from elsewhere can make too large (22003). */
extern void sum_count(int64 *count, int64 added);

/* Adds a numeric that does not fit into 64 bits; it is kept in the context. */
extern void sum_add_large(MemoryContext context, Sum *sum, Numeric numeric);

/* Adds another sum. */
extern void sum_merge(MemoryContext context, Sum *sum, const Sum *other);

/* The sum as numeric, with two decimals. */
extern Datum sum_numeric(const Sum *sum);

/* Adds an amount. */
static inline void
sum_add(MemoryContext context, Sum *sum, const Hundredths *amount)
{
	sum->count++;
	if (amount->numeric)
		sum_add_large(context, sum, amount->numeric);
	else
		sum->hundredths += amount->value;
}

#endif							/* ZJTX_SUM_H */
