/*
 * of_answers.c
 *		Expressions that depend on nothing but answers, and on values of rows that Judge Totals groups by.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/optimizer.h"
#include "utils/lsyscache.h"

#include "answers/many.h"
#include "judge.h"

typedef struct OfAnswers
{
	const JudgeCalls *calls;
	List	  **plain;			/* or NULL: only answers */
	bool		other;			/* it depends on something else */
} OfAnswers;

/* ---------------- values of rows ---------------- */

static bool
has_question(Node *node, void *context)
{
	QuestionKind question;

	if (node == NULL)
		return false;
	check_stack_depth();
	return judge_is_any_question(node, &question) || expression_tree_walker(node, has_question, context);
}

bool
judge_has_question(Node *expr)
{
	return has_question(expr, NULL);
}

/* A Var (INNER_VAR, n + 1) for an expression, which becomes plain value n. */
static Var *
plain_value(List **plain, Node *expr)
{
	ListCell   *cell;
	int			number = 0;

	foreach(cell, *plain)
	{
		if (equal(lfirst(cell), expr))
			break;
		number++;
	}
	if (number == list_length(*plain))
		*plain = lappend(*plain, expr);
	return makeVar(INNER_VAR, number + 1, exprType(expr), exprTypmod(expr), exprCollation(expr), 0);
}

/* A condition on columns that can be evaluated in any row: it raises no error. */
static bool
is_plain_condition(Node *node)
{
	switch (nodeTag(node))
	{
		case T_Var:
		case T_OpExpr:
		case T_ScalarArrayOpExpr:
		case T_BoolExpr:
		case T_NullTest:
		case T_BooleanTest:
			return exprType(node) == BOOLOID && contain_var_clause(node) && !judge_has_question(node) &&
				judge_only_compares(node);
		default:
			return false;
	}
}

Expr *
judge_of_row(List **plain, Node *expr)
{
	if (!contain_var_clause(expr) || judge_has_question(expr) || contain_agg_clause(expr) ||
		contain_window_function(expr) || contain_subplans(expr) || expression_returns_set(expr))
		return NULL;
	return (Expr *) plain_value(plain, expr);
}

/* ---------------- expressions ---------------- */

static Node *replace(Node *node, void *context);

/* An AND or OR of which some conditions are plain: these are one value. */
static Node *
replace_some(const BoolExpr *expr, OfAnswers *of)
{
	List	   *conditions = NIL;
	List	   *rest = NIL;
	ListCell   *cell;

	foreach(cell, expr->args)
	{
		if (is_plain_condition(lfirst(cell)))
			conditions = lappend(conditions, lfirst(cell));
		else
			rest = lappend(rest, replace(lfirst(cell), of));
	}
	if (conditions != NIL)
		rest = lappend(rest, plain_value(of->plain, list_length(conditions) == 1 ? linitial(conditions)
										 : (Node *) makeBoolExpr(expr->boolop, conditions, -1)));
	return (Node *) makeBoolExpr(expr->boolop, rest, -1);
}

static Node *
replace(Node *node, void *context)
{
	OfAnswers  *of = context;
	QuestionKind question;

	if (node == NULL)
		return NULL;
	check_stack_depth();
	if (judge_is_any_question(node, &question))
	{
		int			number = judge_place_of(of->calls, node);

		of->other |= number < 0 || !many_has_only_codes(question);
		return (Node *) makeVar(OUTER_VAR, number + 1, exprType(node), -1, exprCollation(node), 0);
	}
	if (of->plain && is_plain_condition(node))
		return (Node *) plain_value(of->plain, node);
	if (of->plain && (is_andclause(node) || is_orclause(node)))
		return replace_some((BoolExpr *) node, of);
	if (judge_is_varying(node))
	{
		of->other = true;
		return node;
	}
	return expression_tree_mutator(node, replace, context);
}

Expr *
judge_of_answers(JudgeCalls *calls, List **plain, Node *expr, bool perhaps)
{
	OfAnswers	of = {calls, plain, false};
	Node	   *result;

	expr = judge_bare(calls, expr);
	judge_find_calls(calls, expr, perhaps);
	result = replace(expr, &of);
	if (of.other || contain_mutable_functions(result) || expression_returns_set(result))
		return NULL;
	fix_opfuncids(result);
	return (Expr *) result;
}
