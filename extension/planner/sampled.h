/*
 * sampled.h
 *		Estimates how many rows satisfy a rule, by judging rows made from the statistics of the
 *		columns.
 */
#ifndef ZJTX_SAMPLED_H
#define ZJTX_SAMPLED_H

#include "postgres.h"

#include "nodes/supportnodes.h"

#include "facts_call.h"

typedef struct Sampled
{
	int			rows;			/* judged */
	int			satisfied;
} Sampled;

/*
 * sampled_rows: judges rows whose columns have values from their statistics, independently of
 * each other.  natives are the necessary conditions that the rows satisfy, as numbers of
 * instructions.  Returns false if a column has no statistics that the user may read, or if
 * none of their values satisfies the conditions on a column.  The result is the same for the
 * same statistics.
 */
extern bool sampled_rows(SupportRequestSelectivity *request, const FactsCall *call, Analysis *analysis,
						 const Bitmapset *natives, Sampled *sampled);

#endif							/* ZJTX_SAMPLED_H */
