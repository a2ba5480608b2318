/*
 * cross.c
 *		Paths that scan a table for each row of another plan, which has the policies.
 *
 * PostgreSQL joins such rows with all columns of the table's, in whatever order.  The node takes only the columns that
 * are needed from the tuples, and the rows of a batch have one policy.
 */
#include "postgres.h"

#include "compat.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/pathnode.h"
#include "parser/parsetree.h"
#include "utils/spccache.h"

#include "judge.h"

/* Of fewer rows of the table, there are no batches to speak of. */
#define LEAST_ROWS 64

/* As of a constant policy (takes.c): the rows of a batch have one policy. */
#define PART_IN_BATCH 0.35

/* Whether all facts are the table's, and the policies are not. */
static bool
are_across(PlannerInfo *root, const JudgeCalls *calls, const RelOptInfo *table)
{
	bool		any = false;
	ListCell   *cell;

	foreach(cell, calls->calls)
	{
		const JudgeCall *call = lfirst(cell);
		Relids		facts = pull_varnos(root, (Node *) list_copy_tail(call->call->args, 2));
		Relids		policy = pull_varnos(root, linitial(call->call->args));

		if (!bms_is_subset(facts, table->relids) || bms_overlap(policy, table->relids) || call->meets < DEMAND_COLUMNS)
			return false;
		any |= call->policy == POLICY_OF_ROW;
	}
	return any;
}

/* The table that the node can scan, or NULL. */
static RelOptInfo *
scanned(PlannerInfo *root, const Path *path)
{
	RelOptInfo *rel;

	if (IsA(path, MaterialPath))
		path = ((const MaterialPath *) path)->subpath;
	rel = path->parent;
	if (path->pathtype != T_SeqScan || path->param_info || path->parallel_aware || rel->rows < LEAST_ROWS ||
		!judge_takes_table(rel, planner_rt_fetch(rel->relid, root)) || list_length(rel->baserestrictinfo) > 1)
		return NULL;
	return rel;
}

static Cost
judging_cost(const JudgeCalls *calls, double rows)
{
	Cost		cost = 0;
	ListCell   *cell;

	foreach(cell, calls->calls)
	{
		cost += ((const JudgeCall *) lfirst(cell))->cost * (PART_IN_BATCH * rows + (1 - PART_IN_BATCH) * zjtx_batch_rows);
	}
	return cost;
}

/* What it costs to scan a table again and again: once it is read, it is in the cache, unless it is too large. */
static Cost
scanning_cost(PlannerInfo *root, RelOptInfo *table, double times)
{
	const Path *scan = create_seqscan_path(root, table, NULL, 0);
	Cost		reading;

	get_tablespace_page_costs(table->reltablespace, NULL, &reading);
	reading *= table->pages;
	if (table->pages > (BlockNumber) effective_cache_size)
		reading = 0;
	return scan->startup_cost + times * scan->total_cost - (times - 1) * Min(reading, scan->total_cost);
}

static JudgePath *
make_cross(PlannerInfo *root, Path *join, RelOptInfo *table, Path *others, PathTarget *target, JudgeCalls *calls)
{
	JudgePath  *path = judge_make_path(join->parent, join, target, calls);

	path->scans = true;
	path->table = table;
	path->join = join;
	path->columns = join->pathtarget->exprs;
	path->path.custom_paths = list_make1(others);
	path->path.path.parallel_safe = false;
	path->path.path.startup_cost = others->startup_cost;
	path->path.path.total_cost = others->total_cost + scanning_cost(root, table, Max(others->rows, 1)) +
		judging_cost(calls, join->rows);
	return path;
}

JudgePath *
judge_cross(PlannerInfo *root, Path *subpath, PathTarget *target, JudgeCalls *calls)
{
	const JoinPath *join = (const JoinPath *) subpath;
	Path	   *others;
	RelOptInfo *table;

	if (!IsA(subpath, NestPath) || join->jointype != JOIN_INNER || join->joinrestrictinfo != NIL || subpath->param_info ||
		subpath->pathkeys != NIL || subpath->parallel_workers > 0 || root->placeholder_list != NIL)
		return NULL;

	/*
	 * the first rows shall be the same as without the node, also of those
	 * that are sorted as equal
	 */
	if (calls->early || (root->tuple_fraction > 0 && root->parse->groupClause == NIL && !root->parse->hasAggs))
		return NULL;
	others = join->innerjoinpath;
	table = scanned(root, join->outerjoinpath);
	if (table == NULL || !are_across(root, calls, table))
	{
		others = join->outerjoinpath;
		table = scanned(root, join->innerjoinpath);
		if (table == NULL || !are_across(root, calls, table))
			return NULL;
	}
	if (IsA(others, MaterialPath))
		others = ((MaterialPath *) others)->subpath;
	if (others->param_info || bms_overlap(PATH_REQ_OUTER(others), table->relids) ||
		!judge_may_answer(calls, table->baserestrictinfo))
		return NULL;
	return make_cross(root, subpath, table, others, target, calls);
}
