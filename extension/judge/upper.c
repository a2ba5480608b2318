/*
 * upper.c
 *		Judging above scans and joins: what a query selects, and what it aggregates.
 */
#include "postgres.h"

#include "compat.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/pathnode.h"
#include "optimizer/paths.h"
#include "optimizer/planner.h"
#include "optimizer/prep.h"
#include "optimizer/tlist.h"
#include "utils/selfuncs.h"

#include "judge.h"

/* ---------------- expressions that are selected ---------------- */

Path *
judge_below_projection(Path *path)
{
	return IsA(path, ProjectionPath) ? ((ProjectionPath *) path)->subpath : path;
}

/* All rows are asked for if they are sorted. */
bool
judge_is_early_path(PlannerInfo *root, const Path *path)
{
	int			nsorted;

	if (root->tuple_fraction == 0)
		return false;
	return root->sort_pathkeys == NIL || pathkeys_count_contained_in(root->sort_pathkeys, path->pathkeys, &nsorted) ||
		nsorted > 0;
}

/* Puts the node below a projection that calls.  The paths above refer to the projection. */
static void
judge_projection(PlannerInfo *root, ProjectionPath *projection)
{
	Path	   *subpath = projection->subpath;
	PathTarget *target = projection->path.pathtarget;
	JudgeCalls *calls = judge_calls(root, judge_is_early_path(root, subpath));
	JudgePath  *path;

	if (judge_are_too_few(subpath->rows))
		return;
	judge_find_selected(calls, target->exprs);
	if (!judge_is_worth_it(calls, subpath->rows))
		return;

	/*
	 * The answers are columns of the path: a Result between them, with a
	 * condition that is the same for all rows, must not evaluate the calls
	 */
	path = judge_path(root, subpath, target, calls);
	if (path == NULL)
		return;
	projection->path.total_cost = path->path.path.total_cost +
		Max(target->cost.per_tuple - calls->cost, 0) * subpath->rows + target->cost.startup;
	projection->subpath = &path->path.path;
	projection->dummypp = true;
}

static void
judge_selected(PlannerInfo *root, Path *path)
{
	List	   *subpaths = NIL;
	ListCell   *cell;

	if (IsA(path, ProjectionPath))
		judge_projection(root, (ProjectionPath *) path);
	else if (IsA(path, ProjectSetPath))
		judge_set(root, (ProjectSetPath *) path);
	else if (IsA(path, AppendPath))
		subpaths = ((AppendPath *) path)->subpaths;
	else if (IsA(path, MergeAppendPath))
		subpaths = ((MergeAppendPath *) path)->subpaths;
	foreach(cell, subpaths)
	{
		judge_selected(root, lfirst(cell));
	}
}

void
judge_projections(PlannerInfo *root, RelOptInfo *rel)
{
	ListCell   *cell;

	foreach(cell, rel->pathlist)
	{
		judge_selected(root, lfirst(cell));
	}
	foreach(cell, rel->partial_pathlist)
	{
		judge_selected(root, lfirst(cell));
	}
}

/* ---------------- aggregates ---------------- */

typedef struct Grouping
{
	PlannerInfo *root;
	RelOptInfo *grouped;
	GroupPathExtraData *extra;
	List	   *clause;
	double		ngroups;
	List	   *outputs;
	List	   *keys;			/* by which the rows are sorted for it, or NIL */
} Grouping;

static Node *
without_outputs(Node *node, void *context)
{
	const JudgeCalls *calls = context;
	ListCell   *cell;

	if (node == NULL)
		return NULL;
	foreach(cell, calls->outputs)
	{
		if (equal(((JudgeOutput *) lfirst(cell))->expr, node))
			return (Node *) makeNullConst(exprType(node), -1, exprCollation(node));
	}
	return expression_tree_mutator(node, without_outputs, context);
}

Node *
judge_without_outputs(Node *node, const JudgeCalls *calls)
{
	return without_outputs(node, unconstify(JudgeCalls *, calls));
}

/* Whether a key of an order is one of these expressions. */
static bool
is_among(EquivalenceClass * key, const List *exprs)
{
	ListCell   *cell;

	foreach(cell, exprs)
	{
		if (find_ec_member_matching_expr(key, lfirst(cell), NULL))
			return true;
	}
	return false;
}

/* The columns that the keys of an order are computed from, which are no expressions of these. */
static List *
columns_of_keys(const List *keys, const List *exprs)
{
	List	   *columns = NIL;
	ListCell   *key_cell;
	ListCell   *cell;

	foreach(key_cell, keys)
	{
		EquivalenceClass *key = lfirst_node(PathKey, key_cell)->pk_eclass;

		if (is_among(key, exprs))
			continue;
		foreach(cell, key->ec_members)
		{
			const		EquivalenceMember *member = lfirst(cell);

			if (!member->em_is_child && !member->em_is_const)
				columns = list_concat(columns, pull_var_clause((Node *) member->em_expr, PVC_RECURSE_AGGREGATES |
															   PVC_RECURSE_WINDOWFUNCS | PVC_INCLUDE_PLACEHOLDERS));
		}
	}
	return columns;
}

static List *
exprs_of_outputs(const JudgeCalls *calls)
{
	List	   *exprs = NIL;
	ListCell   *cell;

	foreach(cell, calls->outputs)
	{
		exprs = lappend(exprs, ((JudgeOutput *) lfirst(cell))->expr);
	}
	return exprs;
}

/* What the aggregation needs: the groups, answers, and the columns that it reads besides. */
static PathTarget *
input_target(const Grouping *grouping, const PathTarget *given, JudgeCalls *calls)
{
	PathTarget *target = create_empty_pathtarget();
	List	   *read = list_make2(grouping->grouped->reltarget->exprs, grouping->extra->havingQual);
	List	   *needed = pull_var_clause(judge_without_outputs((Node *) read, calls), PVC_RECURSE_AGGREGATES |
										 PVC_RECURSE_WINDOWFUNCS | PVC_INCLUDE_PLACEHOLDERS);
	ListCell   *cell;
	int			i = 0;

	needed = list_concat(needed, columns_of_keys(grouping->keys, exprs_of_outputs(calls)));
	foreach(cell, given->exprs)
	{
		Index		group = get_pathtarget_sortgroupref(given, i++);

		if (group != 0 || list_member(needed, lfirst(cell)))
			add_column_to_pathtarget(target, lfirst(cell), group);
	}
	foreach(cell, calls->outputs)
	{
		add_new_column_to_pathtarget(target, ((JudgeOutput *) lfirst(cell))->expr);
	}
	return set_pathtarget_cost_width(grouping->root, target);
}

/* Adds what aggregates ask.  Those that share their state are evaluated once. */
static void
find_in_aggregates(JudgeCalls *calls, const Grouping *grouping)
{
	List	   *read = list_make2(grouping->grouped->reltarget->exprs, grouping->extra->havingQual);
	Bitmapset  *states = NULL;
	ListCell   *cell;

	foreach(cell, pull_var_clause((Node *) read, PVC_INCLUDE_AGGREGATES | PVC_RECURSE_WINDOWFUNCS |
								  PVC_INCLUDE_PLACEHOLDERS))
	{
		const Aggref *aggregate = lfirst(cell);

		if (!IsA(aggregate, Aggref) || bms_is_member(aggregate->aggtransno, states))
			continue;
		judge_find_in_aggregates(calls, lfirst(cell));
		states = bms_add_member(states, aggregate->aggtransno);
	}
}

/* A path that yields the answers that aggregates need, besides columns of path. */
static Path *
judged_input(const Grouping *grouping, Path *path)
{
	JudgeCalls *calls = judge_calls(grouping->root, false);
	PathTarget *target;

	if (judge_are_too_few(path->rows))
		return NULL;
	find_in_aggregates(calls, grouping);
	target = input_target(grouping, path->pathtarget, calls);
	if (IsA(path, ProjectionPath))
		judge_find(calls, (Node *) path->pathtarget->exprs);
	if (!judge_is_worth_it(calls, path->rows))
		return NULL;
	return (Path *) judge_path(grouping->root, judge_below_projection(path), target, calls);
}

/* What the aggregates cost without the calls. */
static AggClauseCosts
without_calls(const Grouping *grouping, const AggClauseCosts *costs)
{
	AggClauseCosts result = *costs;
	JudgeCalls *calls = judge_calls(grouping->root, false);

	find_in_aggregates(calls, grouping);
	result.transCost.per_tuple = Max(result.transCost.per_tuple - calls->cost, 0);
	return result;
}

static double
number_of_groups(const Grouping *grouping, double rows)
{
	if (grouping->clause == NIL)
		return 1;
	return estimate_num_groups(grouping->root,
							   get_sortgrouplist_exprs(grouping->clause, grouping->extra->targetList), rows, NULL, NULL);
}

/* Adds an aggregation over a path for each strategy, or adds its partial aggregations to partial. */
static void
aggregate(const Grouping *grouping, Path *path, RelOptInfo *rel, PathTarget *target, AggSplit split,
		  const AggClauseCosts *costs, List **partial)
{
	PlannerInfo *root = grouping->root;
	List	   *having = DO_AGGSPLIT_SKIPFINAL(split) ? NIL : (List *) grouping->extra->havingQual;
	double		ngroups = number_of_groups(grouping, path->rows);
	List	   *made = NIL;
	ListCell   *cell;

	if (grouping->clause == NIL)
		made = list_make1(create_agg_path(root, rel, path, target, AGG_PLAIN, split, NIL, having, costs, 1));
	if (grouping->clause && (grouping->extra->flags & GROUPING_CAN_USE_HASH))
		made = list_make1(create_agg_path(root, rel, path, target, AGG_HASHED, split, grouping->clause, having, costs,
										  ngroups));
	if (grouping->clause && (grouping->extra->flags & GROUPING_CAN_USE_SORT) && root->parse->hasAggs)
	{
		if (!pathkeys_contained_in(root->group_pathkeys, path->pathkeys))
			path = (Path *) create_sort_path(root, rel, path, root->group_pathkeys, -1);
		made = lappend(made, create_agg_path(root, rel, path, target, AGG_SORTED, split, grouping->clause, having, costs,
											 ngroups));
	}
	foreach(cell, made)
	{
		if (partial)
			*partial = lappend(*partial, lfirst(cell));
		else
			add_path(rel, lfirst(cell));
	}
}

static Path *
totals(const Grouping *grouping, RelOptInfo *rel, Path *input, List *having)
{
	return judge_totals(grouping->root, rel, input, grouping->clause, grouping->extra->targetList, having,
						number_of_groups(grouping, input->rows));
}

/* Partial aggregation below a Gather. */
static void
aggregate_in_parallel(const Grouping *grouping, RelOptInfo *input)
{
	GroupPathExtraData *extra = grouping->extra;
	RelOptInfo *partly = fetch_upper_rel(grouping->root, UPPERREL_PARTIAL_GROUP_AGG, grouping->grouped->relids);
	AggClauseCosts costs;
	List	   *partial = NIL;
	Path	   *path;
	ListCell   *cell;

	if (partly->reltarget == NULL || partly->reltarget->exprs == NIL || !extra->partial_costs_set)
		return;
	path = judged_input(grouping, linitial(input->partial_pathlist));
	costs = without_calls(grouping, &extra->agg_partial_costs);
	if (path)
		aggregate(grouping, path, partly, partly->reltarget, AGGSPLIT_INITIAL_SERIAL, &costs, &partial);
	path = totals(grouping, partly, linitial(input->partial_pathlist), NIL);
	if (path)
		partial = lappend(partial, path);
	foreach(cell, partial)
	{
		Path	   *below = lfirst(cell);
		double		rows = below->rows * below->parallel_workers;

		aggregate(grouping, (Path *) create_gather_path(grouping->root, partly, below, partly->reltarget, NULL, &rows),
				  grouping->grouped, grouping->grouped->reltarget, AGGSPLIT_FINAL_DESERIAL, &extra->agg_final_costs, NULL);
	}
}

/* ---------------- aggregation that is left to PostgreSQL ---------------- */

/* What the calls in aggregates cost for a row. */
static Cost
cost_of_calls(const Grouping *grouping)
{
	JudgeCalls *calls = judge_calls(grouping->root, false);

	find_in_aggregates(calls, grouping);
	return calls->cost;
}

/* The input of a path that aggregates, with answers; or NULL.  From 16 on, it may be sorted for an aggregate, too. */
static Path *
judged_below(const Grouping *grouping, Path *input)
{
	Grouping	sorted = *grouping;
	Path	   *judged;
	List	   *columns;

	if (!IsA(input, SortPath))
		return judged_input(grouping, input);
	sorted.keys = input->pathkeys;
	judged = judged_input(&sorted, ((SortPath *) input)->subpath);
	if (judged == NULL)
		return NULL;
	/* PostgreSQL computes what is missing from columns */
	columns = judged->pathtarget->exprs;
	if (list_difference(columns_of_keys(sorted.keys, columns), columns) != NIL)
		return NULL;
	return (Path *) create_sort_path(grouping->root, judged->parent, judged, input->pathkeys, -1);
}

/* A copy of a path that aggregates, over another input. */
static Path *
aggregate_over(const Path *path, Path *old_input, Path *new_input, Cost of_calls)
{
	Cost		saved = old_input->total_cost - new_input->total_cost;
	int			times = 1;
	Path	   *copy;

	if (IsA(path, AggPath))
	{
		AggPath    *agg = makeNode(AggPath);

		*agg = *(const AggPath *) path;
		agg->subpath = new_input;
		copy = &agg->path;
	}
	else
	{
		GroupingSetsPath *sets = makeNode(GroupingSetsPath);

		*sets = *(const GroupingSetsPath *) path;
		sets->subpath = new_input;
		copy = &sets->path;
		/* PostgreSQL counts what aggregates evaluate for each of these */
		times = list_length(sets->rollups);
	}
	saved += times * of_calls * old_input->rows;
	copy->total_cost = Max(copy->total_cost - saved, new_input->total_cost);
	copy->startup_cost = Min(copy->startup_cost, copy->total_cost);
	return copy;
}

/* Sets of groups, and aggregates of sorted or distinct values: the paths that there are, over answers. */
static void
aggregate_as_planned(const Grouping *grouping)
{
	Cost		of_calls = cost_of_calls(grouping);
	List	   *made = NIL;
	ListCell   *cell;

	foreach(cell, grouping->grouped->pathlist)
	{
		Path	   *path = lfirst(cell);
		Path	   *input;
		Path	   *judged;

		if (IsA(path, AggPath) && ((AggPath *) path)->aggsplit == AGGSPLIT_SIMPLE)
			input = ((AggPath *) path)->subpath;
		else if (IsA(path, GroupingSetsPath))
			input = ((GroupingSetsPath *) path)->subpath;
		else
			continue;
		judged = judged_below(grouping, input);
		if (judged)
			made = lappend(made, aggregate_over(path, input, judged, of_calls));
	}
	/* this may free paths that they are copies of */
	foreach(cell, made)
	{
		add_path(grouping->grouped, lfirst(cell));
	}
}

/* ---------------- what the hook asks ---------------- */

void
judge_grouping(PlannerInfo *root, RelOptInfo *input, RelOptInfo *grouped, void *extra)
{
	Grouping	grouping = {root, grouped, extra, GROUP_CLAUSE(root), 0, NIL, NIL};
	AggClauseCosts costs;
	Path	   *path;

	if (input->cheapest_total_path == NULL || input->cheapest_total_path->param_info != NULL)
		return;
	if (root->parse->groupingSets != NIL || root->numOrderedAggs > 0)
	{
		aggregate_as_planned(&grouping);
		return;
	}
	path = totals(&grouping, grouped, input->cheapest_total_path, (List *) grouping.extra->havingQual);
	if (path)
		add_path(grouped, path);
	path = judged_input(&grouping, input->cheapest_total_path);
	if (path)
	{
		memset(&costs, 0, sizeof(costs));
		get_agg_clause_costs(root, AGGSPLIT_SIMPLE, &costs);
		costs = without_calls(&grouping, &costs);
		aggregate(&grouping, path, grouped, grouped->reltarget, AGGSPLIT_SIMPLE, &costs, NULL);
	}
	if (input->partial_pathlist != NIL && grouped->consider_parallel &&
		(grouping.extra->flags & GROUPING_CAN_PARTIAL_AGG))
		aggregate_in_parallel(&grouping, input);
}
