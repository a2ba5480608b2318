/*
 * sets.c
 *		Judging below functions that return sets, of answers: unnest(e |! p).
 *
 * PostgreSQL evaluates them in a node of their own.  Its path stays, over rows that have the answers as columns.
 */
#include "postgres.h"

#include "optimizer/optimizer.h"
#include "optimizer/pathnode.h"

#include "judge.h"

/* The hooks of later stages see the same path again. */
static bool
is_judged(const Path *input, const JudgeCalls *calls)
{
	ListCell   *cell;

	if (!judge_is_path(input))
		return false;
	foreach(cell, calls->outputs)
	{
		if (!list_member(input->pathtarget->exprs, ((JudgeOutput *) lfirst(cell))->expr))
			return false;
	}
	return true;
}

void
judge_set(PlannerInfo *root, ProjectSetPath * set)
{
	Path	   *input = set->subpath;
	JudgeCalls *calls = judge_calls(root, judge_is_early_path(root, input));
	PathTarget *target;
	JudgePath  *judged;
	Cost		of_calls;

	/* the innermost functions come first */
	if (IsA(input, ProjectSetPath))
		judge_set(root, (ProjectSetPath *) input);
	if (IsA(input, ProjectSetPath) || judge_are_too_few(input->rows))
		return;
	judge_find(calls, (Node *) set->path.pathtarget->exprs);
	of_calls = calls->cost;
	if (calls->outputs == NIL || is_judged(input, calls))
		return;
	target = judge_input_target(root, input->pathtarget, set->path.pathtarget->exprs, calls);
	if (IsA(input, ProjectionPath))
		judge_find(calls, (Node *) input->pathtarget->exprs);
	if (!judge_is_worth_it(calls, input->rows))
		return;
	judged = judge_path(root, judge_below_projection(input), target, calls);
	if (judged == NULL)
		return;
	set->subpath = &judged->path.path;
	set->path.startup_cost = judged->path.path.startup_cost;
	set->path.total_cost -= input->total_cost - judged->path.path.total_cost + of_calls * input->rows;
	set->path.total_cost = Max(set->path.total_cost, judged->path.path.total_cost);
}
