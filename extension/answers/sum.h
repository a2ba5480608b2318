/*
 * sum.h
 *		Sums of amounts in the states of aggregates.
 */
#ifndef ZJTX_SUM_H
#define ZJTX_SUM_H

#include "postgres.h"

#include "lib/stringinfo.h"

#include "verdict.h"

/* A sum: in hundredths, plus a numeric for values that are too large. */
typedef struct Sum
{
	int64		count;			/* number of values added */
	int128		hundredths;
	Numeric		large;			/* or NULL */
} Sum;

/* Adds a numeric that does not fit into 64 bits; it is kept in the context. */
extern void sum_add_large(MemoryContext context, Sum *sum, Numeric numeric);

/* Adds another sum. */
extern void sum_merge(MemoryContext context, Sum *sum, const Sum *other);

/* The sum as numeric, with two decimals. */
extern Datum sum_numeric(const Sum *sum);

/* For serialization.  A text may be NULL. */
extern void sum_send(StringInfo buf, const Sum *sum);
extern Sum	sum_receive(StringInfo buf);
extern void sum_send_text(StringInfo buf, const char *text);
extern const char *sum_receive_text(StringInfo buf);

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
