/*
 * hooks.c
 *		The planner's hooks, which offer the node.
 *
 * A question is rewritten by a support function in the library, so the library is loaded, and the hooks
 * are set, before the paths of a query with a question are made.
 */
#include "postgres.h"

#include "compat.h"
#include "optimizer/cost.h"
#include "optimizer/geqo.h"
#include "optimizer/optimizer.h"
#include "optimizer/pathnode.h"
#include "optimizer/paths.h"
#include "optimizer/planner.h"

#include "judge.h"

bool		zjtx_batch = true;
int			zjtx_batch_rows = 500;

static set_rel_pathlist_hook_type next_pathlist_hook = NULL;
static set_join_pathlist_hook_type next_join_hook = NULL;
static join_search_hook_type next_search_hook = NULL;
static create_upper_paths_hook_type next_upper_hook = NULL;

bool
judge_is_early(const PlannerInfo *root)
{
	const Query *query = root->parse;

	return root->tuple_fraction > 0 && query->groupClause == NIL && !query->hasAggs && query->groupingSets == NIL;
}

/* Offers scans of a table that judge its conditions, and what an arm of UNION ALL selects. */
static void
offer_scans(PlannerInfo *root, RelOptInfo *rel, Index index pg_attribute_unused(), RangeTblEntry *rte)
{
	JudgeCalls *calls;
	JudgePath  *path;
	int			workers;

	if (next_pathlist_hook)
		next_pathlist_hook(root, rel, index, rte);
	if (!zjtx_batch || IS_DUMMY_REL(rel) || judge_are_too_few(rel->tuples) || !judge_takes_table(rel, rte))
		return;
	calls = judge_calls(root, judge_is_early(root));
	judge_find_in_clauses(calls, rel->baserestrictinfo);
	judge_find_selected(calls, rel->reltarget->exprs);
	if (!judge_is_worth_it(calls, rel->tuples) || !judge_takes_query(root))
		return;
	calls = judge_calls(root, judge_is_early(root));
	judge_find_selected(calls, rel->reltarget->exprs);
	path = judge_scan(root, rel, 0, rel->reltarget, calls);
	if (path)
		add_path(rel, &path->path.path);
	workers = rel->consider_parallel ? compute_parallel_worker(rel, rel->pages, -1, max_parallel_workers_per_gather) : 0;
	if (workers > 0 && path)
		add_partial_path(rel, &judge_scan(root, rel, workers, rel->reltarget, calls)->path.path);
}

/*
 * Whether foreign servers may judge, sort and aggregate their rows themselves.  What that saves is not in the costs of
 * their paths, which are those of judging row by row.
 */
static bool
is_foreign(const RelOptInfo *rel, UpperRelationKind stage)
{
	int			i;

	if (rel->fdwroutine)
		return true;
	if (!enable_partitionwise_aggregate || stage != UPPERREL_GROUP_AGG || rel->part_rels == NULL)
		return false;
	for (i = 0; i < rel->nparts; i++)
	{
		if (rel->part_rels[i] && rel->part_rels[i]->fdwroutine)
			return true;
	}
	return false;
}

static bool
offer_join(PlannerInfo *root, RelOptInfo *join, const RelOptInfo *outer, const RelOptInfo *inner)
{
	return zjtx_batch && !IS_DUMMY_REL(join) && !is_foreign(join, UPPERREL_FINAL) && judge_joins(root, join, outer, inner);
}

/*
 * PostgreSQL does not call this for a join with a condition that is the same for all rows, as questions by name have
 * one: whether the document still has the text of the plan.
 */
static void
offer_joins(PlannerInfo *root, RelOptInfo *join, RelOptInfo *outer, RelOptInfo *inner, JoinType type,
			JoinPathExtraData * extra)
{
	if (next_join_hook)
		next_join_hook(root, join, outer, inner, type, extra);
	(void) offer_join(root, join, outer, inner);
}

/* Therefore the join of all tables is looked at once more. */
static RelOptInfo *
search_joins(PlannerInfo *root, int nlevels, List *rels)
{
	RelOptInfo *all;

	if (next_search_hook)
		all = next_search_hook(root, nlevels, rels);
	else if (enable_geqo && nlevels >= geqo_threshold)
		all = geqo(root, nlevels, rels);
	else
		all = standard_join_search(root, nlevels, rels);
	if (offer_join(root, all, NULL, NULL))
		set_cheapest(all);
	return all;
}

static void
offer_upper(PlannerInfo *root, UpperRelationKind stage, RelOptInfo *input, RelOptInfo *output, void *extra)
{
	if (next_upper_hook)
		next_upper_hook(root, stage, input, output, extra);
	if (!zjtx_batch || input == NULL || (input->reloptkind != RELOPT_BASEREL && input->reloptkind != RELOPT_JOINREL) ||
		IS_DUMMY_REL(input) || !judge_takes_query(root) || is_foreign(input, stage))
		return;
	judge_projections(root, input);
	if (stage == UPPERREL_GROUP_AGG)
		judge_grouping(root, input, output, extra);
	else if (stage == UPPERREL_WINDOW)
		judge_windows(root, output);
}

void
judge_init(void)
{
	RegisterCustomScanMethods(&judge_scan_methods);
	RegisterCustomScanMethods(&judge_totals_methods);
	next_pathlist_hook = set_rel_pathlist_hook;
	set_rel_pathlist_hook = offer_scans;
	next_join_hook = set_join_pathlist_hook;
	set_join_pathlist_hook = offer_joins;
	next_search_hook = join_search_hook;
	join_search_hook = search_joins;
	next_upper_hook = create_upper_paths_hook;
	create_upper_paths_hook = offer_upper;
}
