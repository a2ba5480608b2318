/*
 * path.c
 *		Paths that judge in batches, and what they cost.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_class.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/pathnode.h"
#include "parser/parsetree.h"
#include "optimizer/tlist.h"

#include "judge.h"

static const CustomPathMethods path_methods = {
	.CustomName = "Judge",
	.PlanCustomPath = judge_plan
};

bool
judge_is_path(const Path *path)
{
	return IsA(path, CustomPath) && ((const CustomPath *) path)->methods == &path_methods;
}

/* ---------------- where it is offered ---------------- */

/* Whether functions of a query may see that rows are read ahead.  nextval() of what is selected is called in their order. */
static bool
has_volatile_functions(const Query *query)
{
	Query		rest = *query;

	rest.targetList = NIL;
	return contain_volatile_functions((Node *) &rest) || contain_volatile_functions_not_nextval((Node *) query->targetList);
}

/*
 * Rows are read ahead of being judged.  Nobody may see that, or need the row itself again: no locks on
 * rows, no changes of them, no volatile functions.  A query around this one sees its rows as before.
 */
bool
judge_takes_query(PlannerInfo *root)
{
	const Query *query = root->parse;

	return zjtx_batch && (query->commandType == CMD_SELECT || query->commandType == CMD_INSERT) &&
		root->rowMarks == NIL && query->rowMarks == NIL && !query->hasModifyingCTE && !has_volatile_functions(query);
}

static bool
has_special_columns(List *exprs)
{
	List	   *vars = pull_var_clause((Node *) exprs, PVC_RECURSE_AGGREGATES | PVC_RECURSE_WINDOWFUNCS |
									   PVC_RECURSE_PLACEHOLDERS);
	ListCell   *cell;

	foreach(cell, vars)
	{
		if (((Var *) lfirst(cell))->varattno <= 0)
			return true;
	}
	return false;
}

bool
judge_takes_table(const RelOptInfo *rel, const RangeTblEntry *rte)
{
	List	   *conditions = NIL;
	ListCell   *cell;

	if (rel->reloptkind != RELOPT_BASEREL && rel->reloptkind != RELOPT_OTHER_MEMBER_REL)
		return false;
	/* a table that others inherit from is an Append */
	if (rte->rtekind != RTE_RELATION || rte->inh || rte->tablesample || rte->securityQuals != NIL ||
		(rte->relkind != RELKIND_RELATION && rte->relkind != RELKIND_MATVIEW))
		return false;
	if (!bms_is_empty(rel->lateral_relids))
		return false;
	foreach(cell, rel->baserestrictinfo)
	{
		const RestrictInfo *clause = lfirst(cell);

		/* conditions that hide rows come first, whatever they cost */
		if (clause->security_level > 0)
			return false;
		conditions = lappend(conditions, clause->clause);
	}
	return !has_special_columns(conditions) && !has_special_columns(rel->reltarget->exprs);
}

/* ---------------- costs ---------------- */

/* The cost of judging rows: to begin costs what zjtx.batch_rows rows save. */
static Cost
cost_in_batch(const JudgeCall *call, double rows)
{
	return call->cost * (call->part * rows + Max(1 - call->part, 0) * zjtx_batch_rows);
}

static Cost
judging_cost(const JudgeCalls *calls, double rows)
{
	Cost		cost = 0;
	ListCell   *cell;

	foreach(cell, calls->calls)
	{
		cost += cost_in_batch(lfirst(cell), rows);
	}
	return cost;
}

/* One row is planned in less time than it takes to look for what could be judged in it. */
bool
judge_are_too_few(double rows)
{
	return rows < zjtx_batch_rows / 10.0;
}

bool
judge_is_worth_it(const JudgeCalls *calls, double rows)
{
	return calls->outputs != NIL && calls->cost * rows > judging_cost(calls, rows);
}

JudgePath *
judge_make_path(RelOptInfo *rel, const Path *of, PathTarget *target, JudgeCalls *calls)
{
	JudgePath  *path = (JudgePath *) newNode(sizeof(JudgePath), T_CustomPath);

	path->path.path.pathtype = T_CustomScan;
	path->path.path.parent = rel;
	path->path.path.pathtarget = target;
	path->path.path.param_info = of->param_info;
	path->path.path.parallel_aware = of->parallel_aware;
	path->path.path.parallel_safe = of->parallel_safe;
	path->path.path.parallel_workers = of->parallel_workers;
	path->path.path.rows = of->rows;
	path->path.path.startup_cost = of->startup_cost;
	path->path.path.total_cost = of->total_cost;
	path->path.path.pathkeys = of->pathkeys;
	PATH_ADD_DISABLED(&path->path.path, of);
	path->path.flags = CUSTOMPATH_SUPPORT_PROJECTION;
	path->path.methods = &path_methods;
	path->calls = calls;
	return path;
}

/* What conditions ask is asked of all rows, the rest of the rows that pass. */
static Cost
cost_of_scan(const JudgeCalls *calls, double tuples, double rows)
{
	Cost		cost = 0;
	ListCell   *cell;

	foreach(cell, calls->calls)
	{
		const JudgeCall *call = lfirst(cell);

		cost += cost_in_batch(call, call->in_condition ? tuples : rows);
	}
	return cost;
}

/* What the conditions cost, for a row, that the node need not evaluate. */
static Cost
cost_of_implied(PlannerInfo *root, const RelOptInfo *rel, JudgeCalls *calls)
{
	List	   *needed = judge_needed_clauses(calls, rel->baserestrictinfo);
	QualCost	cost;

	cost_qual_eval(&cost, list_difference_ptr(rel->baserestrictinfo, needed), root);
	return cost.per_tuple;
}

JudgePath *
judge_scan(PlannerInfo *root, RelOptInfo *rel, int workers, PathTarget *target, JudgeCalls *calls)
{
	Path	   *scan = create_seqscan_path(root, rel, NULL, workers);
	JudgePath  *path;
	double		part = rel->rows > 0 ? scan->rows / rel->rows : 1;
	JudgeCalls *selected = judge_calls(root, calls->early);
	Cost		in_expressions = calls->cost;
	Cost		in_conditions;
	int			ncalls = list_length(calls->calls);
	int			noutputs = list_length(calls->outputs);

	judge_find_selected(selected, rel->reltarget->exprs);
	calls->cost = 0;
	judge_find_in_clauses(calls, rel->baserestrictinfo);
	in_conditions = calls->cost;
	calls->cost = in_expressions;
	/* rows are read ahead of the last one that is asked for */
	if (calls->outputs == NIL || !judge_may_answer(calls, rel->baserestrictinfo) ||
		(calls->early && !judge_conditions_raise_nothing(calls, rel->baserestrictinfo)))
	{
		calls->calls = list_truncate(calls->calls, ncalls);
		calls->outputs = list_truncate(calls->outputs, noutputs);
		return NULL;
	}
	path = judge_make_path(rel, scan, target, calls);
	path->scans = true;
	path->table = rel;
	path->columns = target->exprs;
	path->path.path.total_cost += cost_of_scan(calls, rel->tuples * part, scan->rows) -
		(in_conditions + cost_of_implied(root, rel, calls)) * rel->tuples * part - selected->cost * scan->rows;
	path->path.path.total_cost = Max(path->path.path.total_cost, path->path.path.startup_cost);
	return path;
}

/* The conditions of a relation are those of the path below; so the path's own relation has none. */
static RelOptInfo *
without_conditions(const RelOptInfo *rel)
{
	RelOptInfo *copy;

	if (rel->baserestrictinfo == NIL)
		return unconstify(RelOptInfo *, rel);
	copy = palloc(sizeof(RelOptInfo));
	*copy = *rel;
	copy->baserestrictinfo = NIL;
	return copy;
}

/* Whether all facts of the calls are columns. */
static bool
are_simple(const JudgeCalls *calls)
{
	ListCell   *cell;

	foreach(cell, calls->calls)
	{
		if (((JudgeCall *) lfirst(cell))->meets < DEMAND_COLUMNS)
			return false;
	}
	return true;
}

/* Whether a path is a scan of a table that the node can do itself. */
static bool
is_own_scan(PlannerInfo *root, const Path *path, const JudgeCalls *calls)
{
	if (path->param_info || !(path->pathtype == T_SeqScan || (judge_is_path(path) && ((const JudgePath *) path)->scans)))
		return false;
	if (!judge_takes_table(path->parent, planner_rt_fetch(path->parent->relid, root)))
		return false;

	/* expressions must not be evaluated before the conditions */
	return path->pathtype == T_SeqScan ? true : are_simple(calls);
}

/* Whether a path yields the columns that the calls read. */
static bool
yields_facts(const Path *path, const JudgeCalls *calls)
{
	ListCell   *call_cell;
	ListCell   *cell;

	foreach(call_cell, calls->calls)
	{
		foreach(cell, pull_var_clause((Node *) ((JudgeCall *) lfirst(call_cell))->call, PVC_INCLUDE_PLACEHOLDERS))
		{
			if (!list_member(path->pathtarget->exprs, lfirst(cell)))
				return false;
		}
	}
	return true;
}


/* A path over the rows of another, of which those are left that satisfy conditions. */
static JudgePath *
over(PlannerInfo *root, RelOptInfo *rel, Path *subpath, List *conditions, double rows, PathTarget *target,
	 JudgeCalls *calls)
{
	JudgePath  *path;

	if (!yields_facts(subpath, calls) || !judge_may_answer(calls, conditions) ||
		(calls->early && !(judge_may_read_ahead(root, subpath) && judge_conditions_raise_nothing(calls, conditions))))
		return NULL;
	path = judge_make_path(without_conditions(rel), subpath, target, calls);
	/* of a part of a parallel query, too, EXPLAIN shows what all workers did */
	path->path.path.parallel_aware = subpath->parallel_workers > 0;
	path->path.path.rows = rows;
	path->columns = subpath->pathtarget->exprs;
	path->conditions = conditions;
	path->path.custom_paths = list_make1(subpath);
	path->path.path.total_cost += cost_of_scan(calls, subpath->rows, rows);
	return path;
}

/* The part of cpu_operator_cost that it costs to pass a column of a row through a join: measured about 10 ns. */
#define PART_OF_OPERATOR 0.25

/* Of a join of a table with policies, without other conditions, the faster way. */
static JudgePath *
over_or_across(PlannerInfo *root, RelOptInfo *rel, Path *subpath, List *conditions, double rows, PathTarget *target,
			   JudgeCalls *calls)
{
	JudgePath  *path = over(root, rel, subpath, conditions, rows, target, calls);
	JudgePath  *cross;
	Cost		in_join;

	if (path == NULL)
		return NULL;
	cross = judge_cross(root, subpath, target, calls);
	if (cross == NULL)
		return path;
	in_join = PART_OF_OPERATOR * cpu_operator_cost * list_length(subpath->pathtarget->exprs) * subpath->rows;
	if (cross->path.path.total_cost >= path->path.path.total_cost + in_join)
		return path;
	/* what PostgreSQL does not count in joins is no reason to answer singly */
	cross->path.path.total_cost = Min(cross->path.path.total_cost, path->path.path.total_cost);
	cross->path.path.rows = rows;
	cross->conditions = conditions;
	return cross;
}

/* Whether each row has a policy of its own: of joined rows, PostgreSQL then passes on all columns. */
static bool
is_of_rows(const JudgeCalls *calls)
{
	ListCell   *cell;

	foreach(cell, calls->calls)
	{
		if (((JudgeCall *) lfirst(cell))->policy == POLICY_OF_ROW)
			return true;
	}
	return false;
}

JudgePath *
judge_filter(PlannerInfo *root, RelOptInfo *rel, Path *subpath, List *conditions, double rows, PathTarget *target,
			 JudgeCalls *calls)
{
	JudgePath  *path;
	ListCell   *cell;

	judge_find_in_clauses(calls, conditions);
	foreach(cell, conditions)
	{
		if (!judge_has_call(calls, (Node *) lfirst_node(RestrictInfo, cell)->clause))
			return NULL;
	}
	path = over_or_across(root, rel, subpath, conditions, rows, target, calls);
	return path && path->join == NULL && is_of_rows(calls) ? NULL : path;
}

/* The same over the rows of a path that is such a path: one node answers both. */
static JudgePath *
in_filter(PlannerInfo *root, const JudgePath *filter, PathTarget *target, const JudgeCalls *calls)
{
	JudgeCalls *all = palloc_object(JudgeCalls);
	Path	   *subpath = filter->join ? filter->join : linitial(filter->path.custom_paths);

	*all = *calls;
	all->calls = list_copy(calls->calls);
	all->outputs = list_copy(calls->outputs);
	return judge_filter(root, filter->path.path.parent, subpath, filter->conditions, filter->path.path.rows, target, all);
}

JudgePath *
judge_path(PlannerInfo *root, Path *subpath, PathTarget *target, JudgeCalls *calls)
{
	JudgePath  *path;

	if (judge_is_path(subpath) && ((JudgePath *) subpath)->conditions != NIL)
	{
		path = in_filter(root, (JudgePath *) subpath, target, calls);
		if (path)
			return path;
	}
	else if (judge_is_path(subpath) && ((JudgePath *) subpath)->join)
		subpath = ((JudgePath *) subpath)->join;
	else if (judge_is_path(subpath) && !((JudgePath *) subpath)->scans)
		subpath = linitial(((CustomPath *) subpath)->custom_paths);
	if (is_own_scan(root, subpath, calls))
	{
		path = judge_scan(root, subpath->parent, subpath->parallel_aware ? subpath->parallel_workers : 0, target, calls);
		if (path)
			return path;
	}
	return over_or_across(root, subpath->parent, subpath, NIL, subpath->rows, target, calls);
}
