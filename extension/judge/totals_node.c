/*
 * totals_node.c
 *		Executes a node Judge Totals.
 */
#include "postgres.h"

#define ZJTX_EXPLAINS
#include "compat.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_proc.h"
#include "executor/executor.h"
#include "executor/instrument.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/ruleutils.h"

#include "totals_state.h"

/* ---------------- preparing ---------------- */

/* The dimensions that an expression of judge_of_answers() reads. */
static Bitmapset *
dimensions_of(const TotalsState *state, Expr *expr)
{
	Bitmapset  *dimensions = NULL;
	ListCell   *cell;

	foreach(cell, pull_var_clause((Node *) expr, 0))
	{
		const Var  *var = lfirst_node(Var, cell);

		dimensions = bms_add_member(dimensions, var->varno == OUTER_VAR ? var->varattno - 1
									: totals_dimension(state, var->varattno - 1));
	}
	return dimensions;
}

static Bitmapset *
dimensions_of_keys(const TotalsState *state, const TotalsPlan *plan)
{
	Bitmapset  *dimensions = NULL;
	ListCell   *cell;

	foreach(cell, plan->keys)
	{
		dimensions = bms_add_members(dimensions, dimensions_of(state, lfirst(cell)));
	}
	return dimensions;
}

/* Finds or adds the cells by some dimensions. */
static int
cross_of(TotalsState *state, Bitmapset *dimensions)
{
	Cross	   *cross;
	int			i;
	int			dimension = -1;

	for (i = 0; i < state->ncrosses; i++)
		if (bms_equal(state->crosses[i].dimensions, dimensions))
			return i;
	cross = &state->crosses[state->ncrosses++];
	cross->dimensions = dimensions;
	cross->order = palloc0_array(int, bms_num_members(dimensions) + 1);
	while ((dimension = bms_next_member(dimensions, dimension)) >= 0)
		cross->order[cross->ndimensions++] = dimension;
	cross->amount_calls = palloc0_array(int, state->ncolumns + 1);
	cross->line_calls = palloc0_array(int, state->ncolumns + 1);
	cross->tallies = palloc0_array(bool, state->ncolumns + 1);
	cross->budgets = palloc0_array(bool, state->ncolumns + 1);
	cross->touched = palloc0_array(Cell *, MANY_ROWS);
	return i;
}

/* Finds or adds a call in a list. */
static int
place_in(int *calls, int *count, int call)
{
	int			i;

	for (i = 0; i < *count; i++)
		if (calls[i] == call)
			return i;
	calls[(*count)++] = call;
	return i;
}

/* As an Agg does. */
static void
check_may_execute(const Aggref *aggregate)
{
	if (!MAY_EXECUTE(aggregate->aggfnoid))
		aclcheck_error(ACLCHECK_NO_PRIV, OBJECT_AGGREGATE, get_func_name(aggregate->aggfnoid));
	InvokeFunctionExecuteHook(aggregate->aggfnoid);
}

static void
prepare_column(TotalsState *state, TotalColumn *column, Expr *filter, Expr *argument, const Bitmapset *keys)
{
	Bitmapset  *dimensions = bms_union(keys, dimensions_of(state, filter));
	Cross	   *cross;

	check_may_execute(column->aggregate);
	column->filter = ExecInitExpr(filter, NULL);
	column->argument = ExecInitExpr(argument, NULL);
	column->type = exprType((Node *) argument);
	column->cross = cross_of(state, bms_add_members(dimensions, dimensions_of(state, argument)));
	cross = &state->crosses[column->cross];
	if (column->kind == TOTAL_TALLY || column->kind == TOTAL_BUDGET)
	{
		column->place = place_in(cross->line_calls, &cross->nlines, column->call);
		if (column->kind == TOTAL_TALLY)
			cross->tallies[column->place] = true;
		else
			cross->budgets[column->place] = true;
	}
	else if (column->call >= 0)
		column->place = place_in(cross->amount_calls, &cross->namounts, column->call);
}

static void
prepare_columns(TotalsState *state, const CustomScan *scan, const TotalsPlan *plan)
{
	Bitmapset  *keys = dimensions_of_keys(state, plan);
	int			i;

	state->ncolumns = list_length(plan->kinds);
	state->columns = palloc0_array(TotalColumn, state->ncolumns + 1);
	state->crosses = palloc0_array(Cross, state->ncolumns + 1);
	for (i = 0; i < state->ncolumns; i++)
	{
		TotalColumn *column = &state->columns[i];

		column->aggregate = castNode(Aggref, list_nth_node(TargetEntry, scan->custom_scan_tlist, i)->expr);
		column->kind = list_nth_int(plan->kinds, i);
		column->call = list_nth_int(plan->calls, i);
		prepare_column(state, column, list_nth(plan->filters, i), list_nth(plan->arguments, i), keys);
	}
	if (state->ncolumns == 0)
		(void) cross_of(state, keys);
}

static void
prepare_keys(TotalsState *state, const TotalsPlan *plan)
{
	int			i;

	state->nkeys = list_length(plan->keys);
	state->keys = palloc0_array(TotalKey, state->nkeys + 1);
	for (i = 0; i < state->nkeys; i++)
	{
		TotalKey   *key = &state->keys[i];
		Expr	   *expr = list_nth(plan->keys, i);

		key->expr = ExecInitExpr(expr, NULL);
		key->plain = IsA(expr, Var) && ((Var *) expr)->varno == INNER_VAR ? ((Var *) expr)->varattno - 1 : -1;
		fmgr_info(list_nth_oid(plan->equals, i), &key->equal);
		if (OidIsValid(list_nth_oid(plan->hashes, i)))
			fmgr_info(list_nth_oid(plan->hashes, i), &key->hash);
		key->collation = list_nth_oid(plan->collations, i);
		get_typlenbyval(exprType((Node *) expr), &key->length, &key->by_value);
	}
}

/* The answers to the calls are the columns of a slot. */
static void
prepare_answers(TotalsState *state, const JudgeState *child)
{
	TupleDesc	desc = CreateTemplateTupleDesc(Max(child->ncalls, 1));
	int			i;

	state->ncalls = child->ncalls;
	state->answers = palloc0_array(Answers, state->ncalls + 1);
	for (i = 0; i < Max(state->ncalls, 1); i++)
	{
		const FuncExpr *call = state->ncalls > 0 ? child->calls[i].call : NULL;
		Oid			type = call ? call->funcresulttype : INT4OID;

		TupleDescInitEntry(desc, i + 1, "answer", type, -1, 0);
		TupleDescInitEntryCollation(desc, i + 1, call ? call->funccollid : InvalidOid);
		get_typlenbyval(type, &state->answers[i].length, &state->answers[i].by_value);
	}
	TupleDescFinalize(desc);
	state->slot = MakeSingleTupleTableSlot(desc, &TTSOpsVirtual);
}

/* Begins without rows. */
static void
forget(TotalsState *state)
{
	MemoryContext old;
	int			i;

	MemoryContextReset(state->context);
	old = MemoryContextSwitchTo(state->context);
	state->done = false;
	memset(&state->groups_by_hash, 0, sizeof(Numbers));
	memset(&state->rows_by_hash, 0, sizeof(Numbers));
	state->most_groups = state->most_rows = state->next = state->row_group = 0;
	state->groups = NULL;
	state->values_of_rows = NULL;
	for (i = 0; i < state->ncalls; i++)
	{
		memset(state->answers[i].codes, 0, sizeof(state->answers[i].codes));
		memset(&state->answers[i].numbers, 0, sizeof(Numbers));
		state->answers[i].most = 0;
		state->answers[i].values = NULL;
	}
	for (i = 0; i < state->ncrosses; i++)
	{
		Cross	   *cross = &state->crosses[i];

		cross->ntouched = 0;
		cross->cells = palloc0(sizeof(Cell));
		cross->cells->amounts = palloc0_array(AmountTotal, cross->namounts + 1);
		cross->cells->lines = palloc0_array(LinesTotal, cross->nlines + 1);
	}
	MemoryContextSwitchTo(old);
}

/*
 * The node that judges: the child itself, or below a Result, whose condition has no columns.  NULL if the child
 * is neither.
 */
static JudgeState *
judging(PlanState *child)
{
	if (IsA(child, ResultState) && outerPlanState(child))
		child = outerPlanState(child);
	return judge_is_state(child) ? (JudgeState *) child : NULL;
}

static void
begin(CustomScanState *node, EState *estate, int eflags)
{
	TotalsState *state = (TotalsState *) node;
	const CustomScan *scan = (const CustomScan *) node->ss.ps.plan;
	TotalsPlan	plan = judge_read_totals(scan);
	ExprContext *aggregating = CreateStandaloneExprContext();
	ListCell   *cell;

	foreach(cell, scan->custom_plans)
	{
		PlanState  *child = ExecInitNode(lfirst(cell), estate, eflags);

		if (judging(child) == NULL)
			elog(ERROR, "unexpected child of Judge Totals");
		node->custom_ps = lappend(node->custom_ps, child);
	}
	state->nplain = plan.nplain;
	prepare_keys(state, &plan);
	prepare_answers(state, judging(linitial(node->custom_ps)));
	totals_prepare_rows(state, ExecGetResultType(linitial(node->custom_ps)));
	prepare_columns(state, scan, &plan);
	state->context = aggregating->ecxt_per_tuple_memory;
	state->aggregating = makeNode(AggState);
	state->aggregating->curaggcontext = aggregating;
	forget(state);
}

/* ---------------- executing ---------------- */

/* Whether the condition of a Result is true. */
static bool
passes(PlanState *child)
{
	ResultState *result = (ResultState *) child;

	return !IsA(child, ResultState) || result->resconstantqual == NULL ||
		ExecQual(result->resconstantqual, child->ps_ExprContext);
}

/* Nodes that are not asked for rows do what ExecProcNode() would do. */
static void
start(PlanState *node)
{
	if (node->chgParam)
		ExecReScan(node);
	if (node->instrument)
		InstrStartNode(node->instrument);
}

static void
stop(PlanState *node, int64 nrows)
{
	if (node->instrument)
		InstrStopNode(node->instrument, nrows);
}

static void
add_rows(TotalsState *state, PlanState *child)
{
	JudgeState *source = judging(child);
	bool		more;

	start(child);
	more = passes(child);
	stop(child, 0);
	while (more)
	{
		int64		nrows = 0;
		int			g;

		CHECK_FOR_INTERRUPTS();
		start(&source->css.ss.ps);
		more = judge_next_rows(source);
		for (g = 0; more && g < MANY_WORDS; g++)
			nrows += pg_popcount64(source->alive[g]);
		if (more)
			totals_add_batch(state, source);
		stop(&source->css.ss.ps, nrows);
		if (child != &source->css.ss.ps)
		{
			start(child);
			stop(child, nrows);
		}
	}
}

/* The results of the next group. */
static TupleTableSlot *
next_group(TotalsState *state)
{
	TupleTableSlot *slot = state->css.ss.ss_ScanTupleSlot;
	TotalGroup *group = &state->groups[state->next++];
	ExprContext *econtext = state->css.ss.ps.ps_ExprContext;
	MemoryContext old;
	int			i;

	ExecClearTuple(slot);
	old = MemoryContextSwitchTo(econtext->ecxt_per_tuple_memory);
	for (i = 0; i < state->ncolumns; i++)
		slot->tts_values[i] = totals_result(state, &state->columns[i], &group->values[i], &slot->tts_isnull[i]);
	MemoryContextSwitchTo(old);
	for (i = 0; i < state->nkeys; i++)
	{
		slot->tts_values[state->ncolumns + i] = group->keys[i].value;
		slot->tts_isnull[state->ncolumns + i] = group->keys[i].isnull;
	}
	return ExecStoreVirtualTuple(slot);
}

static TupleTableSlot *
execute(CustomScanState *node)
{
	TotalsState *state = (TotalsState *) node;
	ExprContext *econtext = node->ss.ps.ps_ExprContext;
	ProjectionInfo *projection = node->ss.ps.ps_ProjInfo;
	ListCell   *cell;

	if (!state->done)
	{
		foreach(cell, node->custom_ps)
		{
			add_rows(state, lfirst(cell));
		}
		totals_finish(state);
		state->done = true;
	}
	while (state->next < state->groups_by_hash.count)
	{
		CHECK_FOR_INTERRUPTS();
		ResetExprContext(econtext);
		econtext->ecxt_scantuple = next_group(state);
		if (node->ss.ps.qual && !ExecQual(node->ss.ps.qual, econtext))
		{
			InstrCountFiltered1(node, 1);
			continue;
		}
		return projection ? ExecProject(projection) : econtext->ecxt_scantuple;
	}
	return ExecClearTuple(projection ? projection->pi_state.resultslot : node->ss.ss_ScanTupleSlot);
}

static void
end(CustomScanState *node)
{
	TotalsState *state = (TotalsState *) node;
	ListCell   *cell;

	ExecDropSingleTupleTableSlot(state->slot);
	ExecDropSingleTupleTableSlot(state->plain);
	FreeExprContext(state->aggregating->curaggcontext, true);
	foreach(cell, node->custom_ps)
	{
		ExecEndNode(lfirst(cell));
	}
}

static void
rescan(CustomScanState *node)
{
	ListCell   *cell;

	forget((TotalsState *) node);
	foreach(cell, node->custom_ps)
	{
		PlanState  *child = lfirst(cell);

		if (node->ss.ps.chgParam != NULL)
			UpdateChangedParamSet(child, node->ss.ps.chgParam);
		if (child->chgParam == NULL)
			ExecReScan(child);
	}
}

/* ---------------- EXPLAIN ---------------- */

static void
show(CustomScanState *node, List *ancestors, ExplainState * es)
{
	TotalsState *state = (TotalsState *) node;
	const CustomScan *scan = (const CustomScan *) node->ss.ps.plan;
	List	   *context = set_deparse_context_plan(es->deparse_cxt, node->ss.ps.plan, ancestors);
	bool		prefix = es->verbose || EXPLAINED_RELATIONS(es) > 1;
	List	   *keys = NIL;
	List	   *aggregates = NIL;
	ListCell   *cell;

	foreach(cell, scan->custom_scan_tlist)
	{
		Node	   *expr = (Node *) lfirst_node(TargetEntry, cell)->expr;
		char	   *text = deparse_expression(expr, context, prefix, false);

		if (foreach_current_index(cell) < state->ncolumns)
			aggregates = lappend(aggregates, text);
		else
			keys = lappend(keys, text);
	}
	if (keys != NIL)
		ExplainPropertyList("Group Key", keys, es);
	if (aggregates != NIL && es->verbose)
		ExplainPropertyList("Aggregates", aggregates, es);
}

static const CustomExecMethods exec_methods = {
	.CustomName = "Judge Totals",
	.BeginCustomScan = begin,
	.ExecCustomScan = execute,
	.EndCustomScan = end,
	.ReScanCustomScan = rescan,
	.ExplainCustomScan = show
};

static Node *
create_state(CustomScan *scan pg_attribute_unused())
{
	TotalsState *state = (TotalsState *) newNode(sizeof(TotalsState), T_CustomScanState);

	state->css.methods = &exec_methods;
	return (Node *) state;
}

const CustomScanMethods judge_totals_methods = {
	.CustomName = "Judge Totals",
	.CreateCustomScanState = create_state
};
