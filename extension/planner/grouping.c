/*
 * grouping.c
 *		What grouping sets replace by NULL.
 */
#include "postgres.h"

#include "catalog/pg_proc.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "optimizer/tlist.h"
#include "utils/lsyscache.h"

#include "grouping.h"
#include "own.h"

/* Returns the arguments of a call of a function that has one of our support functions, or NIL. */
static List *
question_arguments(Node *node, Oid *function)
{
	List	   *args = NIL;

	if (IsA(node, FuncExpr))
	{
		*function = ((FuncExpr *) node)->funcid;
		args = ((FuncExpr *) node)->args;
	}
	else if (IsA(node, OpExpr))
	{
		*function = get_opcode(((OpExpr *) node)->opno);
		args = ((OpExpr *) node)->args;
	}
	return list_length(args) >= 2 && OidIsValid(get_func_support(*function)) &&
		own_member(ProcedureRelationId, *function) ? args : NIL;
}

/* Whether an expression contains a row other than those that questions ask about. */
static bool
contains_row(Node *node, void *context)
{
	List	   *args;
	Oid			function;

	if (node == NULL)
		return false;
	if (IsA(node, RowExpr) || (IsA(node, Var) && ((Var *) node)->varattno == InvalidAttrNumber))
		return true;
	args = question_arguments(node, &function);
	if (args && IsA(linitial(args), Var))
		return contains_row((Node *) list_copy_tail(args, 1), context);
	return expression_tree_walker(node, contains_row, context);
}

/*
 * Grouping sets replace the grouping expressions by NULL, and recognize them by their form.
 * If the query groups by a row, we must not replace the row by its columns.  If it groups by
 * a question, every occurrence of the question becomes the same call; see
 * grouping_has_question().  If
 * the row depends on the key by which the query groups, the row is not replaced by NULL, but
 * its columns may be.
 */
bool
grouping_nulls_rows(const PlannerInfo *root)
{
	ListCell   *cell;

	if (root == NULL || root->parse == NULL || root->parse->groupingSets == NIL)
		return false;
	if (root->parse->constraintDeps)
		return true;
	foreach(cell, root->parse->groupClause)
	{
		if (contains_row(get_sortgroupclause_expr(lfirst(cell), root->parse->targetList), NULL))
			return true;
	}
	return false;
}

/* A question, and the call that replaces it. */
typedef struct Grouped
{
	PlannerInfo *root;
	const FuncExpr *call;
	const FuncExpr *facts;
} Grouped;

static bool
contains_question(Node *node, void *context)
{
	const Grouped *grouped = context;
	List	   *args;
	Oid			function;

	if (node == NULL)
		return false;
	if (equal(node, grouped->facts))
		return true;
	args = question_arguments(node, &function);
	if (args && function == grouped->call->funcid && equal(linitial(args), linitial(grouped->call->args)) &&
		equal(eval_const_expressions(grouped->root, lsecond(args)), lsecond(grouped->call->args)))
		return true;
	return expression_tree_walker(node, contains_question, context);
}

/* The grouping expressions may have been rewritten already. */
bool
grouping_has_question(PlannerInfo *root, const FuncExpr *call, const FuncExpr *facts)
{
	Grouped		grouped = {root, call, facts};
	ListCell   *cell;

	if (root == NULL || root->parse == NULL || root->parse->groupingSets == NIL)
		return false;
	foreach(cell, root->parse->groupClause)
	{
		if (contains_question(get_sortgroupclause_expr(lfirst(cell), root->parse->targetList), &grouped))
			return true;
	}
	return false;
}
