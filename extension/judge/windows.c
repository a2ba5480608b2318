/*
 * windows.c
 *		Judging below window functions whose arguments are answers.
 *
 * PostgreSQL evaluates these arguments where it evaluates the function.  Its paths are kept, over rows that have the answers
 * as columns, which pass through the windows below.  Other answers that are selected, or that partition or order rows, are
 * expressions of the scan anyway.
 */
#include "postgres.h"

#include "compat.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/pathnode.h"
#include "optimizer/tlist.h"

#include "judge.h"

/* The paths of the windows of a query, the last one first; and what is below the first one. */
typedef struct Windows
{
	PlannerInfo *root;
	List	   *paths;			/* of WindowAggPath */
	List	   *exprs;			/* that they yield */
	Path	   *input;
	bool		sorted;			/* all rows of the input are asked for */
}			Windows;

static void
find_windows(Windows * windows, Path *path)
{
	for (; IsA(path, WindowAggPath) || IsA(path, SortPath);)
	{
		windows->sorted |= IsA(path, SortPath);
		if (IsA(path, WindowAggPath))
		{
			windows->paths = lappend(windows->paths, path);
			windows->exprs = list_concat(windows->exprs, path->pathtarget->exprs);
			path = ((WindowAggPath *) path)->subpath;
		}
		else
			path = ((SortPath *) path)->subpath;
	}
	windows->input = path;
}

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

static PathTarget *
add_outputs(PathTarget *target, const JudgeCalls *calls)
{
	ListCell   *cell;

	foreach(cell, calls->outputs)
	{
		add_new_column_to_pathtarget(target, ((JudgeOutput *) lfirst(cell))->expr);
	}
	return target;
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
	return set_pathtarget_cost_width(root, add_outputs(target, calls));
}

/* A path with the answers that functions need. */
static Path *
judged_input(const Windows * windows, JudgeCalls *calls)
{
	Path	   *input = windows->input;
	PathTarget *target;

	if (calls->outputs == NIL)
		return NULL;
	target = judge_input_target(windows->root, input->pathtarget, windows->exprs, calls);
	if (IsA(input, ProjectionPath))
		judge_find(calls, (Node *) input->pathtarget->exprs);
	if (!judge_is_worth_it(calls, input->rows))
		return NULL;
	return (Path *) judge_path(windows->root, judge_below_projection(input), target, calls);
}

/* A copy of a window's path over another input, through which answers pass that windows above need. */
static Path *
window_over(const Windows * windows, const WindowAggPath * window, Path *input, const JudgeCalls *calls)
{
	WindowAggPath *copy = makeNode(WindowAggPath);

	if (IsA(window->subpath, SortPath))
		input = (Path *) create_sort_path(windows->root, input->parent, input, window->subpath->pathkeys, -1);
	*copy = *window;
	copy->subpath = input;
	if (window != linitial(windows->paths))
		copy->path.pathtarget = add_outputs(copy_pathtarget(window->path.pathtarget), calls);
	copy->path.startup_cost = input->startup_cost;
	copy->path.total_cost = Max(window->path.total_cost - window->subpath->total_cost + input->total_cost,
								input->total_cost);
	return &copy->path;
}

/* A copy of a path, over answers; or NULL. */
static Path *
with_answers(PlannerInfo *root, Path *path)
{
	Windows		windows = {root, NIL, NIL, NULL, false};
	JudgeCalls *calls;
	Path	   *made;
	Cost		of_calls;
	int			i;

	find_windows(&windows, path);
	if (judge_are_too_few(windows.input->rows))
		return NULL;
	calls = judge_calls(root, !windows.sorted && judge_is_early_path(root, windows.input));
	find_in_functions(calls, windows.exprs);
	of_calls = calls->cost;
	made = judged_input(&windows, calls);
	for (i = list_length(windows.paths) - 1; made && i >= 0; i--)
		made = window_over(&windows, list_nth(windows.paths, i), made, calls);
	if (made)
		made->total_cost = Max(made->total_cost - of_calls * windows.input->rows, made->startup_cost);
	return made;
}

void
judge_windows(PlannerInfo *root, RelOptInfo *rel)
{
	List	   *made = NIL;
	ListCell   *cell;

	foreach(cell, rel->pathlist)
	{
		Path	   *path = IsA(lfirst(cell), WindowAggPath) ? with_answers(root, lfirst(cell)) : NULL;

		if (path)
			made = lappend(made, path);
	}
	/* this may free paths that they are copies of */
	foreach(cell, made)
	{
		add_path(rel, lfirst(cell));
	}
}
