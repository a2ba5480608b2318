/*
 * watch_key.c
 *		Whether a view writes its key the same in every session.
 *
 * A key is text as it is.  Where a view makes this text by a cast from a date, or by
 * anything else that DateStyle, TimeZone, the search path or the role has a say in, whoever
 * writes a row would choose the account by his settings.
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

static bool column_varies(const Query *query, int column);

/*
 * Labels of an enum are the same for all.  The output functions below are marked immutable,
 * though bytea_output, extra_float_digits and IntervalStyle have a say in them.
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

static bool
node_varies(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, SQLValueFunction) || IsA(node, NextValueExpr) || check_functions_in_node(node, function_varies, context))
		return true;
	if (IsA(node, Query))
		return query_tree_walker((Query *) node, node_varies, context, 0);
	return expression_tree_walker(node, node_varies, context);
}

/* The column of what a query reads. */
static bool
variable_varies(const Query *query, const Var *variable)
{
	RangeTblEntry *rte;
	ListCell   *cell;

	/* a row as a whole, and what an outer query gives, are left to the outer one */
	if (variable->varlevelsup > 0 || variable->varattno <= 0)
		return false;
	rte = rt_fetch(variable->varno, query->rtable);
	switch (rte->rtekind)
	{
		case RTE_RELATION:
			return view_key_varies(rte->relid, variable->varattno);
		case RTE_SUBQUERY:
			return column_varies(rte->subquery, variable->varattno);
		case RTE_CTE:
			foreach(cell, query->cteList)
			{
				const CommonTableExpr *cte = lfirst(cell);

				if (rte->ctelevelsup == 0 && !rte->self_reference && strcmp(cte->ctename, rte->ctename) == 0 &&
					IsA(cte->ctequery, Query))
					return column_varies((const Query *) cte->ctequery, variable->varattno);
			}
			return false;
		default:
			return false;
	}
}

/*
 * Functions in SQL are inlined first: 'A' || number calls one that is not immutable by
 * itself.
 */
static bool
expression_varies(const Query *query, Node *expression)
{
	ListCell   *cell;

	check_stack_depth();
	expression = FLATTEN_VARS(unconstify(Query *, query), expression);
	expression = eval_const_expressions(NULL, expression);
	if (node_varies(expression, NULL))
		return true;
	foreach(cell, pull_var_clause(expression, PVC_RECURSE_AGGREGATES | PVC_RECURSE_WINDOWFUNCS | PVC_RECURSE_PLACEHOLDERS))
		if (variable_varies(query, lfirst(cell)))
			return true;
	return false;
}

static bool
column_varies(const Query *query, int column)
{
	const TargetEntry *entry = get_tle_by_resno(query->targetList, column);
	ListCell   *cell;

	if (query->setOperations)
	{
		/* each arm is a subquery of its own */
		foreach(cell, query->rtable)
		{
			const RangeTblEntry *rte = lfirst(cell);

			if (rte->rtekind == RTE_SUBQUERY && column_varies(rte->subquery, column))
				return true;
		}
		return false;
	}
	return entry && expression_varies(query, (Node *) copyObject(entry->expr));
}

bool
view_key_varies(Oid relation, int column)
{
	Relation	view;
	bool		varies;

	if (get_rel_relkind(relation) != RELKIND_VIEW)
		return false;
	view = relation_open(relation, AccessShareLock);
	varies = column_varies(get_view_query(view), column);
	relation_close(view, NoLock);
	return varies;
}
