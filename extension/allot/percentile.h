/*
 * percentile.h
 *		The percentile of a population.
 */
#ifndef ZJTX_ALLOT_PERCENTILE_H
#define ZJTX_ALLOT_PERCENTILE_H

#include "postgres.h"

#include "population.h"

/* The least and the greatest percentile of at least one value; *has_low and *has_high: whether they are finite. */
extern void percentile_ends(Aggregated *all, Number *low, bool *has_low, Number *high, bool *has_high);

/* population.c: appends to a list. */
extern void ends_append(EndList *list, const Number *end);

#endif							/* ZJTX_ALLOT_PERCENTILE_H */
