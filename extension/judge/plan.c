/*
 * plan.c
 *		Makes a plan of a path, with private data that can be copied and sent to workers.
 */
#include "postgres.h"

#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/value.h"
#include "optimizer/optimizer.h"
#include "optimizer/restrictinfo.h"
#include "optimizer/tlist.h"

#include "judge.h"

/* The columns that a scan of a table has to yield. */
static List *
scan_columns(const JudgePath *path, List *tlist, List *quals)
{
	List	   *columns = NIL;
	List	   *all = list_concat(list_copy(path->columns), list_make2(tlist, quals));
	ListCell   *cell;

	foreach(cell, path->calls->calls)
	{
		all = lappend(all, ((JudgeCall *) lfirst(cell))->call);
	}
	foreach(cell, pull_var_clause((Node *) all, PVC_RECURSE_AGGREGATES | PVC_RECURSE_WINDOWFUNCS |
								  PVC_RECURSE_PLACEHOLDERS))
	{
		columns = list_append_unique(columns, lfirst(cell));
	}
	return columns;
}

static List *
child_columns(const Plan *child)
{
	List	   *columns = NIL;
	ListCell   *cell;

	foreach(cell, child->targetlist)
	{
		columns = lappend(columns, ((TargetEntry *) lfirst(cell))->expr);
	}
	return columns;
}

static List *
add_column(List *tlist, const Expr *expr)
{
	return lappend(tlist, makeTargetEntry(copyObject(unconstify(Expr *, expr)), list_length(tlist) + 1, NULL, false));
}

/* Where the columns are that the plan has whose rows are joined with the table's. */
static List *
joined_columns(const JudgePath *path, List *columns, const Plan *joined)
{
	List	   *places = NIL;
	ListCell   *cell;

	foreach(cell, columns)
	{
		const TargetEntry *entry = NULL;

		if (!bms_is_member(lfirst_node(Var, cell)->varno, path->table->relids))
		{
			entry = tlist_member(lfirst(cell), joined->targetlist);
			if (entry == NULL)
				elog(ERROR, "column not found");
		}
		places = lappend_int(places, entry ? entry->resno : 0);
	}
	return places;
}

/* A call without its arguments, which are in custom_exprs. */
static FuncExpr *
without_arguments(const FuncExpr *call)
{
	FuncExpr   *copy = makeNode(FuncExpr);

	*copy = *call;
	copy->args = NIL;
	return copy;
}

Plan *
judge_plan(PlannerInfo *root pg_attribute_unused(), RelOptInfo *rel pg_attribute_unused(), CustomPath *custom, List *tlist, List *clauses,
		   List *custom_plans)
{
	const JudgePath *path = (const JudgePath *) custom;
	CustomScan *scan = makeNode(CustomScan);
	List	   *conditions = path->join ? list_concat_copy(path->table->baserestrictinfo, path->conditions)
	: path->scans ? clauses : path->conditions;
	List	   *quals = extract_actual_clauses(judge_needed_clauses(path->calls, conditions), false);
	List	   *columns = path->scans ? scan_columns(path, tlist, quals) : child_columns(linitial(custom_plans));
	List	   *joined = path->join ? joined_columns(path, columns, linitial(custom_plans)) : NIL;
	List	   *calls = NIL;
	List	   *questions = NIL;
	List	   *policies = NIL;
	List	   *output_calls = NIL;
	List	   *output_exprs = NIL;
	ListCell   *cell;

	scan->scan.plan.targetlist = tlist;
	scan->scan.plan.qual = quals;
	scan->scan.scanrelid = path->scans ? path->table->relid : 0;
	scan->flags = custom->flags;
	scan->custom_plans = custom_plans;
	scan->methods = &judge_scan_methods;
	foreach(cell, columns)
	{
		scan->custom_scan_tlist = add_column(scan->custom_scan_tlist, lfirst(cell));
	}
	foreach(cell, path->calls->outputs)
	{
		const JudgeOutput *output = lfirst(cell);

		scan->custom_scan_tlist = add_column(scan->custom_scan_tlist, output->expr);
		output_calls = lappend_int(output_calls, output->call);
		if (output->of_answer)
			fix_opfuncids((Node *) output->of_answer);
		output_exprs = lappend(output_exprs, copyObject(output->of_answer));
	}
	foreach(cell, path->calls->calls)
	{
		const JudgeCall *call = lfirst(cell);

		scan->custom_exprs = lappend(scan->custom_exprs, copyObject(call->call->args));
		calls = lappend(calls, without_arguments(call->call));
		questions = lappend_int(questions, call->question);
		/* of a row of the other plan, the table is scanned as a whole */
		policies = lappend_int(policies, path->join && call->policy == POLICY_OF_ROW ? POLICY_OF_SCAN : call->policy);
	}
	scan->custom_private = list_make5(list_make2(list_make2_int(path->scans, list_length(columns)), joined), calls,
									  list_make2(questions, policies), output_calls, output_exprs);
	return &scan->scan.plan;
}

JudgePlan
judge_read_plan(const CustomScan *scan)
{
	List	   *private = scan->custom_private;
	JudgePlan	plan;

	plan.scans = linitial_int(linitial(linitial(private))) != 0;
	plan.ncolumns = lsecond_int(linitial(linitial(private)));
	plan.joined = lsecond(linitial(private));
	plan.calls = lsecond(private);
	plan.questions = linitial(lthird(private));
	plan.policies = lsecond(lthird(private));
	plan.output_calls = lfourth(private);
	plan.output_exprs = list_nth(private, 4);
	return plan;
}
