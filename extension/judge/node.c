/*
 * node.c
 *		Executes a node Judge: what the executor calls.
 */
#include "postgres.h"

#include "compat.h"
#include "access/relscan.h"
#include "access/tableam.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "state.h"

#define FIRST_BATCH 64			/* rows: a LIMIT may need no more */
#define ROWS_OF_BATCH 512		/* what belongs to them stays in the cache */
#define MOST_PINS 64			/* pages pinned at a time */
#define MOST_LOCAL_PINS 8		/* of a temporary table */

/*
 * WHERE CURRENT OF a cursor looks for a node that scans the table, and for its row.  Such a node below is not found, and
 * is ahead of the row that was returned.
 */
static void
prepare_current_of(JudgeState *state)
{
	CustomScanState *node = &state->css;

	if (node->custom_ps != NIL && state->plan.joined == NIL)
		switch (nodeTag(linitial(node->custom_ps)))
		{
			case T_SeqScanState:
			case T_SampleScanState:
			case T_IndexScanState:
			case T_IndexOnlyScanState:
			case T_BitmapHeapScanState:
			case T_TidScanState:
			case T_TidRangeScanState:
				state->row_of = linitial(node->custom_ps);
				node->ss.ss_currentRelation = state->row_of->ss_currentRelation;
				break;
			default:
				break;
		}
	if (node->ss.ss_currentRelation)
		state->tids = palloc_array(ItemPointerData, state->nrows_most);
}

static void
begin(CustomScanState *node, EState *estate, int eflags)
{
	JudgeState *state = (JudgeState *) node;
	CustomScan *scan = (CustomScan *) node->ss.ps.plan;
	TupleTableSlot *slot = node->ss.ss_ScanTupleSlot;

	state->plan = judge_read_plan(scan);
	state->nrows_most = ROWS_OF_BATCH;
	state->late_from = palloc0_array(int16, state->nrows_most);
	state->wanted = FIRST_BATCH;
	if (scan->custom_plans != NIL)
		node->custom_ps = list_make1(ExecInitNode(linitial(scan->custom_plans), estate, eflags));
	prepare_current_of(state);
	judge_prepare(state, scan);
	state->context = AllocSetContextCreate(estate->es_query_cxt, "zjtx batch", ALLOCSET_DEFAULT_SIZES);
	/* others need buffers, too */
	state->npins_most = Max(1, Min(MOST_PINS, NBuffers / MaxConnections));
	if (state->plan.scans && RelationUsesLocalBuffers(node->ss.ss_currentRelation))
		state->npins_most = MOST_LOCAL_PINS;
	state->pins = palloc0_array(Buffer, state->npins_most);
	/* columns that nobody reads */
	ExecClearTuple(slot);
	memset(slot->tts_isnull, true, slot->tts_tupleDescriptor->natts * sizeof(bool));
}

static TupleTableSlot *
execute(CustomScanState *node)
{
	ExprContext *econtext = node->ss.ps.ps_ExprContext;
	ProjectionInfo *projection = node->ss.ps.ps_ProjInfo;
	TupleTableSlot *slot;

	ResetExprContext(econtext);
	slot = judge_next_slot((JudgeState *) node);
	if (slot == NULL)
	{
		slot = ExecClearTuple(node->ss.ss_ScanTupleSlot);
		return projection ? ExecClearTuple(projection->pi_state.resultslot) : slot;
	}
	if (projection == NULL)
		return slot;
	econtext->ecxt_scantuple = slot;
	return ExecProject(projection);
}

static void
end(CustomScanState *node)
{
	JudgeState *state = (JudgeState *) node;
	int			i;

	judge_release_rows(state);
	for (i = 0; i < state->noutputs; i++)
		if (state->outputs[i].slot)
			ExecDropSingleTupleTableSlot(state->outputs[i].slot);
	if (state->scan)
		table_endscan(state->scan);
	if (node->custom_ps != NIL)
		ExecEndNode(linitial(node->custom_ps));
}

static void
rescan(CustomScanState *node)
{
	JudgeState *state = (JudgeState *) node;

	judge_release_rows(state);
	state->finished = false;
	state->joined = NULL;
	state->wanted = FIRST_BATCH;
	policies_rescan(state);
	if (state->scan)
		table_rescan(state->scan, NULL);
	ExecScanReScan(&node->ss);
	if (node->custom_ps != NIL)
	{
		PlanState  *child = linitial(node->custom_ps);

		if (node->ss.ps.chgParam != NULL)
			UpdateChangedParamSet(child, node->ss.ps.chgParam);
		if (child->chgParam == NULL)
			ExecReScan(child);
	}
}

static const CustomExecMethods exec_methods = {
	.CustomName = "Judge",
	.BeginCustomScan = begin,
	.ExecCustomScan = execute,
	.EndCustomScan = end,
	.ReScanCustomScan = rescan,
	.EstimateDSMCustomScan = judge_estimate_shared,
	.InitializeDSMCustomScan = judge_initialize_shared,
	.ReInitializeDSMCustomScan = judge_reinitialize_shared,
	.InitializeWorkerCustomScan = judge_initialize_worker,
	.ShutdownCustomScan = judge_shut_down,
	.ExplainCustomScan = judge_explain
};

static Node *
create_state(CustomScan *scan pg_attribute_unused())
{
	JudgeState *state = (JudgeState *) newNode(sizeof(JudgeState), T_CustomScanState);

	state->css.methods = &exec_methods;
	return (Node *) state;
}

const CustomScanMethods judge_scan_methods = {
	.CustomName = "Judge",
	.CreateCustomScanState = create_state
};

bool
judge_is_state(const PlanState *state)
{
	return IsA(state, CustomScanState) && ((const CustomScanState *) state)->methods == &exec_methods;
}
