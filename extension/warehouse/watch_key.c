/*
 * watch_key.c
 *		Checks that a view produces the same key text in every session.
 *
 * Text keys are stored unchanged.  If a view produces the text by a cast from a date, or by
 * anything else that depends on DateStyle, TimeZone, the search path or the role, the
 * settings of the writing session would select the account.
 */
#include "postgres.h"

#include "compat.h"
#include "access/relation.h"
#include "catalog/pg_class.h"
#include "catalog/pg_proc.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/optimizer.h"
#include "parser/parsetree.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "rewrite/rewriteHandler.h"

#include "watch.h"

/* A query and the one around it, for the Vars of outer levels. */
typedef struct Level
{
	const Query *query;
	const struct Level *outer;
} Level;

static bool column_varies(const Level *level, int column);
static bool variable_varies(const Level *level, const Var *variable);

/*
 * Enum labels do not depend on settings.  The output functions listed here do, although
 * they are marked immutable: on bytea_output, extra_float_digits or IntervalStyle.
 */
static bool
function_varies(Oid function, void *context pg_attribute_unused())
{
	switch (function)
	{
		case F_ENUM_IN:
		case F_ENUM_OUT:
			return false;
		case F_BYTEAOUT:
		case F_FLOAT4OUT:
		case F_FLOAT8OUT:
		case F_INTERVAL_OUT:
		case F_POINT_OUT:
		case F_LSEG_OUT:
		case F_PATH_OUT:
		case F_BOX_OUT:
		case F_POLY_OUT:
		case F_LINE_OUT:
		case F_CIRCLE_OUT:
			return true;
		default:
			return func_volatile(function) != PROVOLATILE_IMMUTABLE;
	}
}

/* In a sublink, everything that the query reads counts, because it determines the row found. */
static bool
node_varies(Node *node, void *context)
{
	if (node == NULL)
		return false;
	check_stack_depth();
	if (IsA(node, Var))
		return variable_varies(context, (const Var *) node);
	if (IsA(node, SQLValueFunction) || IsA(node, NextValueExpr) || check_functions_in_node(node, function_varies, context))
		return true;
	if (IsA(node, Query))
	{
		Level		inner = {(const Query *) node, context};

		return query_tree_walker((Query *) node, node_varies, &inner, 0);
	}
	return expression_tree_walker(node, node_varies, context);
}

/*
 * Inlines SQL functions first: for example, 'A' || number calls a function that is only
 * marked stable.
 */
static bool
expression_varies(const Level *level, const Node *expression)
{
	Node	   *copy = copyObjectImpl(expression);

	copy = FLATTEN_VARS(unconstify(Query *, level->query), copy);
	return node_varies(eval_const_expressions(NULL, copy), unconstify(Level *, level));
}

/* ---------------- columns of range table entries ---------------- */

static bool
values_vary(const Level *level, const RangeTblEntry *rte, int column)
{
	ListCell   *cell;

	foreach(cell, rte->values_lists)
	{
		if (expression_varies(level, list_nth(lfirst(cell), column - 1)))
			return true;
	}
	return false;
}

static bool
functions_vary(const Level *level, const RangeTblEntry *rte)
{
	ListCell   *cell;

	foreach(cell, rte->functions)
	{
		if (expression_varies(level, lfirst_node(RangeTblFunction, cell)->funcexpr))
			return true;
	}
	return false;
}

static bool
cte_varies(const Level *level, const RangeTblEntry *rte, int column)
{
	Index		up;
	ListCell   *cell;

	/*
	 * a self-reference yields what the non-recursive term yields, which is
	 * also checked
	 */
	if (rte->self_reference)
		return false;
	for (up = 0; up < rte->ctelevelsup && level; up++)
		level = level->outer;
	if (level == NULL)
		return true;
	foreach(cell, level->query->cteList)
	{
		const CommonTableExpr *cte = lfirst(cell);
		Level		inner = {(const Query *) cte->ctequery, level};

		if (strcmp(cte->ctename, rte->ctename) == 0)
			return column_varies(&inner, column);
	}
	return true;
}

static bool
entry_varies(const Level *level, const RangeTblEntry *rte, int column)
{
	Level		inner;
	const List *groups;

	switch (rte->rtekind)
	{
		case RTE_RELATION:
			return watched_view_key_varies(rte->relid, column);
		case RTE_SUBQUERY:
			inner.query = rte->subquery;
			inner.outer = level;
			return column_varies(&inner, column);
		case RTE_CTE:
			return cte_varies(level, rte, column);
		case RTE_JOIN:
			return expression_varies(level, list_nth(rte->joinaliasvars, column - 1));
		case RTE_FUNCTION:
			return functions_vary(level, rte);
		case RTE_VALUES:
			return values_vary(level, rte, column);
		case RTE_TABLEFUNC:
			return expression_varies(level, (const Node *) rte->tablefunc);
		default:
			groups = GROUP_EXPRS(rte);
			return groups == NIL || expression_varies(level, list_nth(groups, column - 1));
	}
}

static bool
variable_varies(const Level *level, const Var *variable)
{
	const RangeTblEntry *rte;
	Index		up;
	int			column;

	for (up = 0; up < variable->varlevelsup && level; up++)
		level = level->outer;
	if (level == NULL)
		return true;
	rte = rt_fetch(variable->varno, level->query->rtable);
	if (variable->varattno != 0)
		return variable->varattno > 0 && entry_varies(level, rte, variable->varattno);

	/* a whole-row reference */
	for (column = 1; column <= list_length(rte->eref->colnames); column++)
		if (entry_varies(level, rte, column))
			return true;
	return false;
}

static bool
column_varies(const Level *level, int column)
{
	const TargetEntry *entry = get_tle_by_resno(level->query->targetList, column);
	ListCell   *cell;

	if (level->query->setOperations)
	{
		/* each arm of a UNION is a subquery */
		foreach(cell, level->query->rtable)
		{
			const RangeTblEntry *rte = lfirst(cell);

			if (rte->rtekind == RTE_SUBQUERY && entry_varies(level, rte, column))
				return true;
		}
		return false;
	}
	return entry && expression_varies(level, (const Node *) entry->expr);
}

bool
watched_view_key_varies(Oid relation, int column)
{
	Level		level = {NULL, NULL};
	Relation	view;
	bool		varies;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (get_rel_relkind(relation) != RELKIND_VIEW)
		return false;
	view = relation_open(relation, AccessShareLock);
	level.query = get_view_query(view);
	varies = column_varies(&level, column);
	relation_close(view, NoLock);
	return varies;
}
