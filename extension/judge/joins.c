/*
 * joins.c
 *		Joins whose conditions ask questions.
 *
 * A condition on a view that joins tables is one of the join, if it reads columns of both sides.  The node then reads
 * the rows of the join without this condition, and leaves out those that do not satisfy it.
 */
#include "postgres.h"

#include "optimizer/clauses.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/pathnode.h"
#include "optimizer/restrictinfo.h"
#include "optimizer/tlist.h"

#include "judge.h"

#define LEAST_SELECTIVITY 1e-6

/*
 * Returns the conditions that ask.  They are conditions of the joined rows, not of which rows are joined; NIL if there
 * are none, or if conditions that hide rows must come first.
 */
static List *
asking(PlannerInfo *root, const RelOptInfo *join, List *restrictinfos)
{
	List	   *found = NIL;
	ListCell   *cell;

	foreach(cell, restrictinfos)
	{
		const RestrictInfo *condition = lfirst(cell);

		if (condition->security_level > 0)
			return NIL;
		if (!condition->pseudoconstant && RINFO_IS_PUSHED_DOWN(condition, join->relids) &&
			judge_has_question((Node *) condition->clause) && judge_is_asked_by(root, condition))
			found = lappend(found, lfirst(cell));
	}
	return found;
}

/* The columns of a join, and those that the conditions read. */
static PathTarget *
with_facts(PlannerInfo *root, const RelOptInfo *join, List *conditions)
{
	PathTarget *target = copy_pathtarget(join->reltarget);

	add_new_columns_to_pathtarget(target, pull_var_clause((Node *) extract_actual_clauses(conditions, false),
														  PVC_INCLUDE_PLACEHOLDERS));
	return set_pathtarget_cost_width(root, target);
}

/* A copy of a path of a join without some of its conditions. */
static JoinPath *
without(PlannerInfo *root, const JoinPath *path, List *conditions)
{
	double		selectivity = Max(clauselist_selectivity(root, conditions, 0, JOIN_INNER, NULL), LEAST_SELECTIVITY);
	Size		size = IsA(path, NestPath) ? sizeof(NestPath) : IsA(path, MergePath) ? sizeof(MergePath) : sizeof(HashPath);
	JoinPath   *copy = palloc(size);
	QualCost	cost;

	memcpy(copy, path, size);
	copy->joinrestrictinfo = list_difference_ptr(copy->joinrestrictinfo, conditions);
	copy->path.pathtarget = with_facts(root, path->path.parent, conditions);
	copy->path.rows = clamp_row_est(path->path.rows / selectivity);
	cost_qual_eval(&cost, conditions, root);
	copy->path.total_cost = Max(copy->path.total_cost - cost.per_tuple * copy->path.rows, copy->path.startup_cost);
	return copy;
}

/* Whether a path is a join of two relations, which are NULL for any, whose rows conditions may ask of. */
static bool
is_join(const Path *path, const RelOptInfo *outer, const RelOptInfo *inner)
{
	const JoinPath *join = (const JoinPath *) path;

	if (!(IsA(path, NestPath) || IsA(path, MergePath) || IsA(path, HashPath)) || path->param_info != NULL)
		return false;
	if ((outer && join->outerjoinpath->parent != outer) || (inner && join->innerjoinpath->parent != inner))
		return false;
	switch (join->jointype)
	{
		case JOIN_INNER:
		case JOIN_LEFT:
		case JOIN_RIGHT:
		case JOIN_FULL:
			return true;
		default:
			/* the conditions of a semijoin are not of the joined rows */
			return false;
	}
}

/* A path that judges the rows of another, or NULL. */
static JudgePath *
judged_join(PlannerInfo *root, RelOptInfo *join, JoinPath *path)
{
	List	   *conditions = asking(root, join, path->joinrestrictinfo);
	JoinPath   *rows;

	if (conditions == NIL || !judge_takes_query(root))
		return NULL;
	rows = without(root, path, conditions);
	if (judge_are_too_few(rows->path.rows))
		return NULL;
	return judge_filter(root, join, &rows->path, conditions, path->path.rows, join->reltarget,
						judge_calls(root, judge_is_early(root)));
}

static List *
judged(PlannerInfo *root, RelOptInfo *join, List *paths, const RelOptInfo *outer, const RelOptInfo *inner)
{
	List	   *found = NIL;
	ListCell   *cell;

	foreach(cell, paths)
	{
		JudgePath  *path = is_join(lfirst(cell), outer, inner) ? judged_join(root, join, lfirst(cell)) : NULL;

		if (path)
			found = lappend(found, path);
	}
	return found;
}

static bool
has_filter(const List *paths)
{
	ListCell   *cell;

	foreach(cell, paths)
	{
		if (judge_is_path(lfirst(cell)) && ((const JudgePath *) lfirst(cell))->conditions != NIL)
			return true;
	}
	return false;
}

bool
judge_joins(PlannerInfo *root, RelOptInfo *join, const RelOptInfo *outer, const RelOptInfo *inner)
{
	List	   *paths;
	List	   *partial;
	ListCell   *cell;

	if (join->reloptkind != RELOPT_JOINREL || !bms_is_empty(join->lateral_relids) ||
		(outer == NULL && has_filter(join->pathlist)))
		return false;
	/* adding a path can remove others from the list */
	paths = judged(root, join, join->pathlist, outer, inner);
	partial = judged(root, join, join->partial_pathlist, outer, inner);
	foreach(cell, paths)
	{
		add_path(join, lfirst(cell));
	}
	foreach(cell, partial)
	{
		add_partial_path(join, lfirst(cell));
	}
	return paths != NIL;
}
