/*
 * parallel.c
 *		What the processes of a parallel query share for a node Judge: the scan of the table, and counts.
 */
#include "postgres.h"

#include "compat.h"
#include "access/tableam.h"
#include "utils/rel.h"

#include "state.h"

/* What the processes share; behind it is what the scan of a table shares. */
typedef struct JudgeShared
{
	pg_atomic_uint64 nbatches;	/* of finished workers */
	pg_atomic_uint64 singly;
} JudgeShared;

static inline void *
scan_of(JudgeShared *shared)
{
	return (char *) shared + MAXALIGN(sizeof(JudgeShared));
}

Size
judge_estimate_shared(CustomScanState *node, ParallelContext *context pg_attribute_unused())
{
	Size		size = MAXALIGN(sizeof(JudgeShared));

	if (((JudgeState *) node)->plan.scans)
		size = add_size(size, table_parallelscan_estimate(node->ss.ss_currentRelation, node->ss.ps.state->es_snapshot));
	return size;
}

void
judge_initialize_shared(CustomScanState *node, ParallelContext *context pg_attribute_unused(), void *shared)
{
	JudgeState *state = (JudgeState *) node;

	state->shared = shared;
	pg_atomic_init_u64(&state->shared->nbatches, 0);
	pg_atomic_init_u64(&state->shared->singly, 0);
	if (!state->plan.scans)
		return;
	table_parallelscan_initialize(node->ss.ss_currentRelation, scan_of(shared), node->ss.ps.state->es_snapshot);
	state->scan = TABLE_BEGINSCAN_PARALLEL(node->ss.ss_currentRelation, scan_of(shared));
}

void
judge_reinitialize_shared(CustomScanState *node, ParallelContext *context pg_attribute_unused(), void *shared)
{
	if (((JudgeState *) node)->plan.scans)
		table_parallelscan_reinitialize(node->ss.ss_currentRelation, scan_of(shared));
}

void
judge_initialize_worker(CustomScanState *node, shm_toc * toc pg_attribute_unused(), void *shared)
{
	JudgeState *state = (JudgeState *) node;

	state->shared = shared;
	if (state->plan.scans)
		state->scan = TABLE_BEGINSCAN_PARALLEL(node->ss.ss_currentRelation, scan_of(shared));
}

void
judge_count_whole(JudgeState *state)
{
	int			i;

	for (i = 0; i < state->ncalls; i++)
	{
		state->counts.singly += state->calls[i].many->nsingly;
		state->calls[i].many->nsingly = 0;
	}
}

/* A worker hands in its counts; the leader, which shuts down after its workers, adds them to its own. */
void
judge_shut_down(CustomScanState *node)
{
	JudgeState *state = (JudgeState *) node;

	if (state->shared == NULL)
		return;
	judge_count_whole(state);
	if (IsParallelWorker())
	{
		pg_atomic_fetch_add_u64(&state->shared->nbatches, state->counts.nbatches);
		pg_atomic_fetch_add_u64(&state->shared->singly, state->counts.singly);
	}
	else
	{
		state->counts.nbatches += pg_atomic_read_u64(&state->shared->nbatches);
		state->counts.singly += pg_atomic_read_u64(&state->shared->singly);
	}
	state->shared = NULL;
}
