/*
 * ahead.c
 *		Whether rows of a plan can be read before they are asked for.
 *
 * The node reads a whole batch of rows when it is asked for the first one.  Behind a LIMIT, some of them would never be
 * read without it.  What the plan below evaluates in these must not raise an error.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "optimizer/pathnode.h"
#include "parser/parsetree.h"

#include "judge.h"

bool
judge_conditions_raise_nothing(JudgeCalls *calls, List *restrictinfos)
{
	ListCell   *cell;

	foreach(cell, restrictinfos)
	{
		const RestrictInfo *condition = lfirst(cell);

		/* what is the same for all rows is evaluated before the first one */
		if (!condition->pseudoconstant && !judge_raises_nothing(calls, (Node *) condition->clause))
			return false;
	}
	return true;
}

/* What a path evaluates itself: its conditions and what it yields. */
static bool
raises_nothing(PlannerInfo *root, const Path *path, List *restrictinfos)
{
	JudgeCalls *none = judge_calls(root, true);

	return judge_conditions_raise_nothing(none, restrictinfos) &&
		(path->param_info == NULL || judge_conditions_raise_nothing(none, path->param_info->ppi_clauses)) &&
		judge_raises_nothing(none, (Node *) path->pathtarget->exprs);
}

static bool
are_all_ahead(PlannerInfo *root, List *paths)
{
	ListCell   *cell;

	foreach(cell, paths)
	{
		if (!judge_may_read_ahead(root, lfirst(cell)))
			return false;
	}
	return true;
}

static bool
values_raise_nothing(PlannerInfo *root, const Path *path)
{
	return judge_raises_nothing(judge_calls(root, true),
								(Node *) planner_rt_fetch(path->parent->relid, root)->values_lists);
}

bool
judge_may_read_ahead(PlannerInfo *root, const Path *path)
{
	const RelOptInfo *rel = path->parent;
	const JoinPath *join = (const JoinPath *) path;

	check_stack_depth();
	switch (path->pathtype)
	{
		case T_SeqScan:
		case T_IndexScan:
		case T_IndexOnlyScan:
		case T_BitmapHeapScan:
			return raises_nothing(root, path, rel->baserestrictinfo);
		case T_FunctionScan:

			/*
			 * the function has returned all rows before the first one is
			 * read, unless it is called again
			 */
			return bms_is_empty(rel->lateral_relids) && raises_nothing(root, path, rel->baserestrictinfo);
		case T_ValuesScan:
			return raises_nothing(root, path, rel->baserestrictinfo) && values_raise_nothing(root, path);
		case T_SubqueryScan:
			return raises_nothing(root, path, rel->baserestrictinfo) &&
				judge_may_read_ahead(rel->subroot, ((const SubqueryScanPath *) path)->subpath);
		case T_CustomScan:
			return judge_is_path(path) && ((const JudgePath *) path)->calls->early;
		case T_NestLoop:
		case T_MergeJoin:
		case T_HashJoin:
			return raises_nothing(root, path, join->joinrestrictinfo) &&
				judge_may_read_ahead(root, join->outerjoinpath) && judge_may_read_ahead(root, join->innerjoinpath);
		case T_Sort:
			/* all rows below have been read before the first one is returned */
			return true;
		case T_Result:
			return IsA(path, ProjectionPath) && raises_nothing(root, path, NIL) &&
				judge_may_read_ahead(root, ((const ProjectionPath *) path)->subpath);
		case T_IncrementalSort:
			return judge_may_read_ahead(root, ((const SortPath *) path)->subpath);
		case T_Material:
			return judge_may_read_ahead(root, ((const MaterialPath *) path)->subpath);
		case T_Memoize:
			return judge_may_read_ahead(root, ((const MemoizePath *) path)->subpath);
		case T_Gather:
			return judge_may_read_ahead(root, ((const GatherPath *) path)->subpath);
		case T_GatherMerge:
			return judge_may_read_ahead(root, ((const GatherMergePath *) path)->subpath);
		case T_Limit:
			return judge_may_read_ahead(root, ((const LimitPath *) path)->subpath);
		case T_Append:
			return are_all_ahead(root, ((const AppendPath *) path)->subpaths);
		case T_MergeAppend:
			return are_all_ahead(root, ((const MergeAppendPath *) path)->subpaths);
		default:
			return false;
	}
}
