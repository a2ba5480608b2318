/*
 * totals.c
 *		Paths and plans that aggregate answers without a row for each: the node Judge Totals.
 *
 * Its child is a node Judge, or one for each partition, from which it takes whole batches.  It is offered if
 * all that a query aggregates are answers.  It can be grouped by columns and filtered by conditions on them, which are
 * the columns of the child.
 */
#include "postgres.h"

#include "compat.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/appendinfo.h"
#include "optimizer/clauses.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/pathnode.h"
#include "optimizer/tlist.h"
#include "miscadmin.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"

#include "catalog/pg_aggregate.h"
#include "catalog/pg_proc.h"
#include "judge.h"
#include "own.h"

/* What is aggregated. */
typedef struct Total
{
	Aggref	   *aggregate;
	TotalKind	kind;
	int			call;			/* of amounts or lines; or -1 */
	Expr	   *filter;
	Expr	   *argument;
} Total;

typedef struct TotalsPath
{
	CustomPath	path;
	List	   *totals;			/* of Total */
	List	   *keys;			/* the groups' expressions, as they are in the
								 * query */
	List	   *key_answers;	/* … as judge_of_answers() or judge_of_row()
								 * makes them */
	List	   *equals;			/* of Oid */
	List	   *hashes;			/* of Oid: of groups of columns */
	List	   *plain;			/* values of a row that are read besides
								 * answers */
	List	   *having;
} TotalsPath;

/* ---------------- aggregates ---------------- */

typedef struct Search
{
	List	   *keys;
	List	   *aggregates;
	bool		other;			/* something that is neither */
} Search;

static bool
find_aggregates(Node *node, void *context)
{
	Search	   *search = context;

	if (node == NULL)
		return false;
	if (list_member(search->keys, node))
		return false;
	switch (nodeTag(node))
	{
		case T_Aggref:
			search->aggregates = list_append_unique(search->aggregates, node);
			return false;
		case T_Var:
		case T_PlaceHolderVar:
		case T_GroupingFunc:
			search->other = true;
			return true;
		default:
			return expression_tree_walker(node, find_aggregates, context);
	}
}

/* Aggregates of integers and booleans, and of amounts. */
static const struct
{
	Oid			function;
	TotalKind	kind;
}			aggregates[] = {
	{F_COUNT_ANY, TOTAL_COUNT},
	{F_SUM_INT2, TOTAL_SUM},
	{F_SUM_INT4, TOTAL_SUM},
	{F_AVG_INT2, TOTAL_AVG},
	{F_AVG_INT4, TOTAL_AVG},
	{F_MIN_INT2, TOTAL_MIN},
	{F_MIN_INT4, TOTAL_MIN},
	{F_MAX_INT2, TOTAL_MAX},
	{F_MAX_INT4, TOTAL_MAX},
	{F_BOOL_AND, TOTAL_EVERY},
	{F_EVERY, TOTAL_EVERY},
	{F_BOOL_OR, TOTAL_ANY}
},			of_amounts[] = {
	{F_COUNT_ANY, TOTAL_COUNT_AMOUNTS},
	{F_SUM_NUMERIC, TOTAL_SUM_AMOUNTS},
	{F_AVG_NUMERIC, TOTAL_AVG_AMOUNTS},
	{F_MIN_NUMERIC, TOTAL_MIN_AMOUNT},
	{F_MAX_NUMERIC, TOTAL_MAX_AMOUNT}
};

/* The aggregates of verdicts: tally and budget, and those that yield their states. */
static bool
is_of_verdicts(Oid function, TotalKind *kind)
{
	static const struct
	{
		const char *name;
		TotalKind	kind;
	}			of_verdicts[] = {
		{"tally", TOTAL_TALLY},
		{"partial_tally", TOTAL_TALLY},
		{"budget", TOTAL_BUDGET},
		{"partial_budget", TOTAL_BUDGET}
	};
	char	   *name;
	size_t		i;

	if (!own_member(ProcedureRelationId, function))
		return false;
	name = get_func_name(function);
	for (i = 0; name && i < lengthof(of_verdicts); i++)
		if (strcmp(name, of_verdicts[i].name) == 0)
		{
			*kind = of_verdicts[i].kind;
			return true;
		}
	return false;
}

static bool
read_argument(JudgeCalls *calls, List **plain, Total *total)
{
	Oid			function = total->aggregate->aggfnoid;
	bool		perhaps = total->filter != NULL;
	Node	   *argument;
	size_t		i;

	total->kind = TOTAL_COUNT;
	if (function == F_COUNT_)
		return true;
	if (list_length(total->aggregate->args) != 1)
		return false;
	argument = (Node *) linitial_node(TargetEntry, total->aggregate->args)->expr;
	if (is_of_verdicts(function, &total->kind))
	{
		total->call = judge_add_call(calls, argument, QUESTION_JUDGE, perhaps);
		return total->call >= 0;
	}
	for (i = 0; i < lengthof(of_amounts); i++)
	{
		if (function != of_amounts[i].function)
			continue;
		total->kind = of_amounts[i].kind;
		total->call = judge_add_call(calls, argument, QUESTION_AMOUNT, perhaps);
		if (total->call >= 0)
			return true;
	}
	for (i = 0; i < lengthof(aggregates); i++)
	{
		if (function != aggregates[i].function)
			continue;
		total->kind = aggregates[i].kind;
		total->argument = judge_of_answers(calls, plain, argument, perhaps);
		return total->argument != NULL;
	}
	return false;
}

/* Returns what an aggregate needs, or NULL if it is left to PostgreSQL. */
static Total *
make_total(JudgeCalls *calls, List **plain, Aggref *aggregate)
{
	Total	   *total = palloc0(sizeof(Total));

	total->aggregate = aggregate;
	total->call = -1;
	if (aggregate->aggkind != AGGKIND_NORMAL || aggregate->aggdistinct != NIL || aggregate->aggorder != NIL ||
		aggregate->aggdirectargs != NIL || aggregate->aggvariadic || aggregate->agglevelsup != 0)
		return NULL;
	if (aggregate->aggfilter)
	{
		total->filter = judge_of_answers(calls, plain, (Node *) aggregate->aggfilter, false);
		if (total->filter == NULL)
			return NULL;
	}
	return read_argument(calls, plain, total) ? total : NULL;
}

/* ---------------- groups ---------------- */

static bool
read_groups(TotalsPath *path, List *clause, List *tlist)
{
	ListCell   *cell;

	foreach(cell, clause)
	{
		const SortGroupClause *group = lfirst_node(SortGroupClause, cell);
		Oid			equal = get_opcode(group->eqop);
		Oid			hash = InvalidOid;
		Oid			other;

		if (!OidIsValid(equal))
			return false;
		if (group->hashable)
			(void) get_op_hash_functions(group->eqop, &hash, &other);
		path->keys = lappend(path->keys, get_sortgroupclause_expr(unconstify(SortGroupClause *, group), tlist));
		path->equals = lappend_oid(path->equals, equal);
		path->hashes = lappend_oid(path->hashes, hash);
	}
	return true;
}

/* ---------------- paths that judge ---------------- */

/* Reads the groups and aggregates as they are for a relation: a partition has columns of its own. */
static bool
read_totals(TotalsPath *path, JudgeCalls *calls, List *found, bool first, RelOptInfo *child, RelOptInfo *parent,
			List **plain)
{
	List	   *keys = path->keys;
	List	   *of_child = found;
	ListCell   *cell;
	ListCell   *child_cell;

	if (!bms_equal(child->relids, parent->relids))
	{
		keys = (List *) CHILD_EXPRESSION(calls->root, (Node *) keys, child, parent);
		of_child = (List *) CHILD_EXPRESSION(calls->root, (Node *) found, child, parent);
	}
	foreach(cell, keys)
	{
		Expr	   *of_answers = judge_of_answers(calls, NULL, lfirst(cell), false);

		if (of_answers == NULL && OidIsValid(list_nth_oid(path->hashes, foreach_current_index(cell))))
			of_answers = judge_of_row(plain, lfirst(cell));
		if (of_answers == NULL)
			return false;
		if (first)
			path->key_answers = lappend(path->key_answers, of_answers);
	}
	forboth(cell, found, child_cell, of_child)
	{
		Total	   *total = make_total(calls, plain, lfirst_node(Aggref, child_cell));

		if (total == NULL)
			return false;
		total->aggregate = lfirst_node(Aggref, cell);
		if (first)
			path->totals = lappend(path->totals, total);
	}
	if (first)
		path->plain = *plain;
	return list_length(path->plain) == list_length(*plain);
}

/* Whether a path yields the values of a row, or the columns that they read. */
static bool
yields(const Path *path, List *plain)
{
	ListCell   *cell;
	ListCell   *var;

	foreach(cell, plain)
	{
		if (list_member(path->pathtarget->exprs, lfirst(cell)))
			continue;
		foreach(var, pull_var_clause(lfirst(cell), PVC_INCLUDE_PLACEHOLDERS))
		{
			if (!list_member(path->pathtarget->exprs, lfirst(var)))
				return false;
		}
	}
	return true;
}

static PathTarget *
target_of(PlannerInfo *root, List *exprs)
{
	PathTarget *target = create_empty_pathtarget();
	ListCell   *cell;

	foreach(cell, exprs)
	{
		add_column_to_pathtarget(target, lfirst(cell), 0);
	}
	return set_pathtarget_cost_width(root, target);
}

/* Adds a path that judges the rows of another. */
static bool
add_input(PlannerInfo *root, TotalsPath *path, List *found, Path *input, RelOptInfo *parent, double rows)
{
	JudgeCalls *calls = judge_calls(root, false);
	bool		first = path->path.custom_paths == NIL;
	List	   *plain = NIL;
	JudgePath  *judging;

	input = judge_below_projection(input);
	if (!read_totals(path, calls, found, first, input->parent, parent, &plain))
		return false;
	/* without questions that are selected, those of conditions remain */
	if (calls->calls == NIL ? !judge_is_path(input) : !judge_is_worth_it(calls, rows))
		return false;
	judging = judge_path(root, input, target_of(root, plain), calls);
	if (judging == NULL || judging->calls->calls == NIL || (calls->calls == NIL && !judging->scans && judging->conditions == NIL))
		return false;
	if (!judging->scans && !yields(linitial(judging->path.custom_paths), plain))
		return false;
	path->path.custom_paths = lappend(path->path.custom_paths, judging);
	return true;
}

static bool
has_params(Node *node, void *context)
{
	if (node == NULL)
		return false;
	return IsA(node, Param) || expression_tree_walker(node, has_params, context);
}

/* Whether each scan of a partition can be replaced by one that judges. */
static bool
is_of_partitions(const AppendPath *append, const RelOptInfo *parent)
{
	ListCell   *cell;

	if (parent->reloptkind != RELOPT_BASEREL || append->subpaths == NIL || append->path.param_info ||
		(append->path.parallel_workers > 0 && append->first_partial_path > 0))
		return false;
	foreach(cell, parent->baserestrictinfo)
	{
		/* partitions may be left out while the query runs */
		if (has_params((Node *) lfirst_node(RestrictInfo, cell)->clause, NULL))
			return false;
	}
	foreach(cell, append->subpaths)
	{
		const RelOptInfo *child = judge_below_projection(lfirst(cell))->parent;

		if (child->reloptkind != RELOPT_OTHER_MEMBER_REL)
			return false;
	}
	return true;
}

static bool
add_partitions(PlannerInfo *root, TotalsPath *path, List *found, const AppendPath *append, RelOptInfo *parent)
{
	ListCell   *cell;

	if (!is_of_partitions(append, parent))
		return false;
	foreach(cell, append->subpaths)
	{
		if (!add_input(root, path, found, lfirst(cell), parent, append->path.rows))
			break;
	}
	if (cell == NULL)
		return true;
	path->path.custom_paths = path->totals = path->key_answers = path->plain = NIL;
	return false;
}

static bool
add_inputs(PlannerInfo *root, TotalsPath *path, List *found, Path *input)
{
	RelOptInfo *parent = input->parent;

	input = judge_below_projection(input);
	if (judge_is_path(input) && !((JudgePath *) input)->scans && ((JudgePath *) input)->conditions == NIL)
		input = linitial(((CustomPath *) input)->custom_paths);
	if (IsA(input, AppendPath) && add_partitions(root, path, found, (AppendPath *) input, parent))
		return true;
	return add_input(root, path, found, input, parent, input->rows);
}

/* How many combinations of answers the groups can have, at most. */
static double
most_answers(const TotalsPath *path)
{
	const JudgePath *judging = linitial(path->path.custom_paths);
	Bitmapset  *calls = NULL;
	double		most = 1;
	int			call = -1;
	ListCell   *cell;

	foreach(cell, pull_var_clause((Node *) path->key_answers, 0))
	{
		if (lfirst_node(Var, cell)->varno == OUTER_VAR)
			calls = bms_add_member(calls, lfirst_node(Var, cell)->varattno - 1);
	}
	while ((call = bms_next_member(calls, call)) >= 0)
		most *= ((const JudgeCall *) list_nth(judging->calls->calls, call))->nanswers;
	return most;
}

/* The groups by columns. */
static List *
keys_of_rows(const TotalsPath *path)
{
	List	   *keys = NIL;
	ListCell   *cell;
	ListCell   *answer_cell;

	forboth(cell, path->keys, answer_cell, path->key_answers)
	{
		const Var  *var = lfirst(answer_cell);

		if (IsA(var, Var) && var->varno == INNER_VAR)
			keys = lappend(keys, lfirst(cell));
	}
	return keys;
}

/* What a group takes, in bytes: as measured, a tally has 50 kB. */
#define BYTES_OF_LINES	50000
#define BYTES_OF_TOTAL	500

/* Whether the groups fit into memory.  Those of answers are few. */
static bool
do_fit(const TotalsPath *path, List *keys, double ngroups)
{
	double		bytes = BYTES_OF_TOTAL;
	ListCell   *cell;

	foreach(cell, path->totals)
	{
		const Total *total = lfirst(cell);

		bytes += total->kind == TOTAL_TALLY || total->kind == TOTAL_BUDGET ? BYTES_OF_LINES : BYTES_OF_TOTAL;
	}
	foreach(cell, keys)
	{
		bytes += get_typavgwidth(exprType(lfirst(cell)), exprTypmod(lfirst(cell)));
	}
	return keys == NIL || ngroups * bytes <= get_hash_memory_limit();
}

/* ---------------- the path ---------------- */

/* The part of cpu_operator_cost that an aggregate costs for a row; columns of GROUP BY cost one, as in an Agg. */
#define PART_OF_OPERATOR 0.1

static Plan *make_plan(PlannerInfo *root, RelOptInfo *rel, CustomPath *custom, List *tlist, List *clauses,
					   List *custom_plans);

static const CustomPathMethods path_methods = {
	.CustomName = "Judge Totals",
	.PlanCustomPath = make_plan
};

static void
set_costs(PlannerInfo *root, Path *path, const TotalsPath *totals, int nkeys, const PathTarget *target, double ngroups)
{
	ListCell   *cell;

	path->parallel_safe = true;
	foreach(cell, totals->path.custom_paths)
	{
		const Path *input = lfirst(cell);

		path->total_cost += input->total_cost +
			PART_OF_OPERATOR * cpu_operator_cost * input->rows * (1 + list_length(totals->totals) + list_length(totals->plain)) +
			cpu_operator_cost * nkeys * input->rows;
		PATH_ADD_DISABLED(path, input);
		path->parallel_safe &= input->parallel_safe;
		path->parallel_workers = Max(path->parallel_workers, input->parallel_workers);
	}
	path->startup_cost = path->total_cost;
	path->rows = clamp_row_est(ngroups * clauselist_selectivity(root, totals->having, 0, JOIN_INNER, NULL));
	path->total_cost += target->cost.startup + ngroups * cpu_tuple_cost + path->rows * target->cost.per_tuple;
}

Path *
judge_totals(PlannerInfo *root, RelOptInfo *rel, Path *input, List *clause, List *tlist, List *having, double ngroups)
{
	TotalsPath *path = (TotalsPath *) newNode(sizeof(TotalsPath), T_CustomPath);
	Search		search = {NIL, NIL, false};
	double		of_rows = 1;
	List	   *keys;

	if (!read_groups(path, clause, tlist))
		return NULL;
	search.keys = path->keys;
	(void) find_aggregates((Node *) rel->reltarget->exprs, &search);
	(void) find_aggregates((Node *) having, &search);
	if (search.other || !add_inputs(root, path, search.aggregates, input))
		return NULL;
	path->having = having;
	path->path.path.pathtype = T_CustomScan;
	path->path.path.parent = rel;
	path->path.path.pathtarget = rel->reltarget;
	path->path.flags = CUSTOMPATH_SUPPORT_PROJECTION;
	path->path.methods = &path_methods;
	keys = keys_of_rows(path);
	if (keys != NIL)
		of_rows = estimate_num_groups(root, keys, input->rows, NULL, NULL);
	if (!do_fit(path, keys, of_rows))
		return NULL;
	set_costs(root, &path->path.path, path, list_length(keys), rel->reltarget, Min(ngroups, of_rows * most_answers(path)));
	return &path->path.path;
}

/* ---------------- the plan ---------------- */

static List *
add_column(List *tlist, Expr *expr)
{
	return lappend(tlist, makeTargetEntry(copyObject(expr), list_length(tlist) + 1, NULL, false));
}

static Plan *
make_plan(PlannerInfo *root pg_attribute_unused(), RelOptInfo *rel pg_attribute_unused(), CustomPath *custom,
		  List *tlist, List *clauses pg_attribute_unused(), List *custom_plans)
{
	const TotalsPath *path = (const TotalsPath *) custom;
	CustomScan *scan = makeNode(CustomScan);
	TotalsPlan	plan = {0};
	List	   *collations = NIL;
	ListCell   *cell;

	foreach(cell, path->totals)
	{
		const Total *total = lfirst(cell);

		scan->custom_scan_tlist = add_column(scan->custom_scan_tlist, (Expr *) total->aggregate);
		plan.kinds = lappend_int(plan.kinds, total->kind);
		plan.calls = lappend_int(plan.calls, total->call);
		plan.filters = lappend(plan.filters, total->filter);
		plan.arguments = lappend(plan.arguments, total->argument);
	}
	foreach(cell, path->keys)
	{
		scan->custom_scan_tlist = add_column(scan->custom_scan_tlist, lfirst(cell));
		collations = lappend_oid(collations, exprCollation(lfirst(cell)));
	}
	scan->scan.plan.targetlist = tlist;
	scan->scan.plan.qual = path->having;
	scan->flags = custom->flags;
	scan->custom_plans = custom_plans;
	scan->custom_private = list_make5(plan.kinds, plan.calls, plan.filters, plan.arguments,
									  list_make5(path->key_answers, path->equals, path->hashes, collations,
												 list_make1_int(list_length(path->plain))));
	scan->methods = &judge_totals_methods;
	return &scan->scan.plan;
}

TotalsPlan
judge_read_totals(const CustomScan *scan)
{
	List	   *private = scan->custom_private;
	List	   *groups = list_nth(private, 4);
	TotalsPlan	plan;

	plan.kinds = linitial(private);
	plan.calls = lsecond(private);
	plan.filters = lthird(private);
	plan.arguments = lfourth(private);
	plan.keys = linitial(groups);
	plan.equals = lsecond(groups);
	plan.hashes = lthird(groups);
	plan.collations = lfourth(groups);
	plan.nplain = linitial_int(list_nth(groups, 4));
	return plan;
}
