/*
 * windows.c
 *		Judging below window functions whose arguments are answers.
 *
 * PostgreSQL evaluates these arguments where it evaluates the function.  Its path is kept, over rows that have the answers
 * as columns.  Other answers that are selected, or that partition or order rows, are expressions of the scan anyway.
 */
#include "postgres.h"

#include "compat.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/pathnode.h"
#include "optimizer/tlist.h"

#include "judge.h"

static void
find_in_functions(JudgeCalls *calls, List *exprs)
{
	ListCell   *cell;

	foreach(cell, pull_var_clause((Node *) exprs, PVC_INCLUDE_WINDOWFUNCS | PVC_INCLUDE_PLACEHOLDERS))
	{
		if (IsA(lfirst(cell), WindowFunc))
			judge_find_in_window_function(calls, lfirst(cell));
	}
}

PathTarget *
judge_input_target(PlannerInfo *root, const PathTarget *given, const List *read, const JudgeCalls *calls)
{
	PathTarget *target = create_empty_pathtarget();
	List	   *needed = pull_var_clause(judge_without_outputs((Node *) read, calls),
										 PVC_RECURSE_WINDOWFUNCS | PVC_INCLUDE_PLACEHOLDERS);
	ListCell   *cell;
	int			i = 0;

	foreach(cell, given->exprs)
	{
		Index		clause = get_pathtarget_sortgroupref(given, i++);

		if (clause != 0 || !IsA(lfirst(cell), Var) || list_member(needed, lfirst(cell)))
			add_column_to_pathtarget(target, lfirst(cell), clause);
	}
	foreach(cell, calls->outputs)
	{
		add_new_column_to_pathtarget(target, ((JudgeOutput *) lfirst(cell))->expr);
	}
	return set_pathtarget_cost_width(root, target);
}

/* A path with the answers that functions need; and what their calls cost for a row. */
static Path *
judged_input(PlannerInfo *root, const WindowAggPath * window, Path *input, bool early, Cost *of_calls)
{
	JudgeCalls *calls = judge_calls(root, early);
	PathTarget *target;

	if (judge_are_too_few(input->rows))
		return NULL;
	find_in_functions(calls, window->path.pathtarget->exprs);
	*of_calls = calls->cost;
	if (calls->outputs == NIL)
		return NULL;
	target = judge_input_target(root, input->pathtarget, window->path.pathtarget->exprs, calls);
	if (IsA(input, ProjectionPath))
		judge_find(calls, (Node *) input->pathtarget->exprs);
	if (!judge_is_worth_it(calls, input->rows))
		return NULL;
	return (Path *) judge_path(root, judge_below_projection(input), target, calls);
}

/* A copy of a path, over answers; or NULL. */
static Path *
with_answers(PlannerInfo *root, const WindowAggPath * window)
{
	Path	   *input = window->subpath;
	bool		sorted = IsA(input, SortPath);
	Path	   *judged;
	WindowAggPath *copy;
	Cost		of_calls;

	if (sorted)
		input = ((SortPath *) input)->subpath;
	/* the columns of answers do not pass through other window functions */
	if (IsA(input, WindowAggPath))
		return NULL;
	judged = judged_input(root, window, input, !sorted && judge_is_early_path(root, input), &of_calls);
	if (judged == NULL)
		return NULL;
	if (sorted)
		judged = (Path *) create_sort_path(root, judged->parent, judged, window->subpath->pathkeys, -1);
	copy = makeNode(WindowAggPath);
	*copy = *window;
	copy->subpath = judged;
	copy->path.startup_cost = judged->startup_cost;
	copy->path.total_cost -= window->subpath->total_cost - judged->total_cost + of_calls * input->rows;
	copy->path.total_cost = Max(copy->path.total_cost, judged->total_cost);
	return &copy->path;
}

void
judge_windows(PlannerInfo *root, RelOptInfo *windows)
{
	List	   *made = NIL;
	ListCell   *cell;

	foreach(cell, windows->pathlist)
	{
		Path	   *path = IsA(lfirst(cell), WindowAggPath) ? with_answers(root, lfirst(cell)) : NULL;

		if (path)
			made = lappend(made, path);
	}
	/* this may free paths that they are copies of */
	foreach(cell, made)
	{
		add_path(windows, lfirst(cell));
	}
}
