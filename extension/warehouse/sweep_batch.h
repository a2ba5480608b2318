/*
 * sweep_batch.h
 *		Judges the rows of a sweep many at a time, as far as the float kernel can, and else one by one.
 *
 *		batch = sweep_batch_create(watched, digests, plan, context);
 *		before = judge_gather(&batch->gatherer);
 *		... the plan evaluates the calls of judge for a row: what can be gathered is gathered, and is NULL
 *		sweep_batch_put(batch, verdicts, nulls) keeps the row and the verdicts that are not NULL;
 *		when batch->nrows is batch->most, or at the end:
 *		sweep_batch_judge(batch, wanted), and sweep_batch_digest(batch, row, key, year) of the rows that are wanted;
 *		sweep_batch_clear(batch)
 */
#ifndef ZJTX_SWEEP_BATCH_H
#define ZJTX_SWEEP_BATCH_H

#include "postgres.h"

#include "executor/spi.h"

#include "answers/gather.h"
#include "answers/many.h"
#include "digest.h"

#define SWEEP_BATCH_ROWS MANY_ROWS

typedef struct SweepBatch
{
	Gatherer	gatherer;		/* first */
	Digests    *digests;
	int			npolicies;
	struct Gathered *policies;
	int			nrows;
	int			most;			/* number of rows to judge at a time */
	MemoryContext rows;			/* context of what is kept of them */
} SweepBatch;

/* Allocates in the current memory context.  Only calls that the plan evaluates unchanged are gathered. */
extern SweepBatch *sweep_batch_create(const Watched *watched, Digests *digests, SPIPlanPtr plan);

extern void sweep_batch_put(SweepBatch *batch, const Datum *verdicts, const bool *nulls);
extern void sweep_batch_judge(SweepBatch *batch, const uint64 *wanted);
extern pg_uuid_t sweep_batch_digest(SweepBatch *batch, int row, const char *key, int year);
extern void sweep_batch_clear(SweepBatch *batch);

#endif							/* ZJTX_SWEEP_BATCH_H */
