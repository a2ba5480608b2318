/*
 * bare.c
 *		Expressions without the conditions that the rewrite derived from questions.
 *
 * The rewrite makes of e |= p an AND of conditions that p implies and of eligible_facts(…).  Where the node gives
 * the answer, the conditions would be evaluated for nothing: the AND is the answer.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/optimizer.h"
#include "optimizer/prep.h"
#include "optimizer/restrictinfo.h"

#include "judge.h"
#include "planner/rewrite.h"

/* What was derived from a call. */
typedef struct Derived
{
	FuncExpr   *call;
	List	   *conditions;
}			Derived;

static bool
is_eligible(Node *node)
{
	QuestionKind question;

	return judge_is_question(node, &question) && question == QUESTION_ELIGIBLE;
}

static List *
without_derived(JudgeCalls *calls, List *conditions, FuncExpr *call)
{
	Derived    *derived;
	ListCell   *cell;

	foreach(cell, calls->derived)
	{
		derived = lfirst(cell);
		if (equal(derived->call, call))
			return rewrite_without_natives(conditions, call, derived->conditions);
	}
	derived = palloc(sizeof(Derived));
	derived->call = call;
	derived->conditions = rewrite_natives(calls->root, call);
	calls->derived = lappend(calls->derived, derived);
	return rewrite_without_natives(conditions, call, derived->conditions);
}

/* ---------------- expressions ---------------- */

/* Whether a question stands beside other conditions. */
static bool
is_beside(Node *node, void *context)
{
	ListCell   *cell;

	if (node == NULL)
		return false;
	check_stack_depth();
	if (is_orclause(node) || is_andclause(node))
	{
		foreach(cell, ((BoolExpr *) node)->args)
		{
			Node	   *arg = lfirst(cell);

			if (is_eligible(is_notclause(arg) ? (Node *) get_notclausearg((Expr *) arg) : arg))
				return true;
		}
	}
	return expression_tree_walker(node, is_beside, context);
}

/* What was an AND under NOT has become an OR of the opposites. */
static Node *
make_bare(Node *node, void *context)
{
	List	   *conditions = NIL;
	List	   *rest = NIL;
	bool		is_or;
	ListCell   *cell;

	if (node == NULL)
		return NULL;
	check_stack_depth();
	is_or = is_orclause(node);
	if (!is_or && !is_andclause(node))
		return expression_tree_mutator(node, make_bare, context);
	foreach(cell, ((BoolExpr *) node)->args)
	{
		conditions = lappend(conditions, is_or ? negate_clause(lfirst(cell)) : lfirst(cell));
	}
	rest = conditions;
	foreach(cell, conditions)
	{
		if (is_eligible(lfirst(cell)))
			rest = without_derived(context, rest, lfirst(cell));
	}
	conditions = NIL;
	foreach(cell, rest)
	{
		Node	   *condition = is_or ? negate_clause(lfirst(cell)) : lfirst(cell);

		conditions = lappend(conditions, make_bare(condition, context));
	}
	if (list_length(conditions) == 1)
		return linitial(conditions);
	return is_or ? (Node *) make_orclause(conditions) : (Node *) make_andclause(conditions);
}

Node *
judge_bare(JudgeCalls *calls, Node *expr)
{
	Node	   *bare;

	if (!is_beside(expr, NULL))
		return expr;
	bare = make_bare(expr, calls);
	return equal(bare, expr) ? expr : bare;
}

/* ---------------- conditions of a scan ---------------- */

List *
judge_needed_clauses(JudgeCalls *calls, List *restrictinfos)
{
	List	   *clauses = extract_actual_clauses(restrictinfos, false);
	List	   *rest = clauses;
	List	   *needed = NIL;
	ListCell   *cell;

	foreach(cell, calls->calls)
	{
		const JudgeCall *call = lfirst(cell);

		/* others keep rows from expressions */
		if (call->question == QUESTION_ELIGIBLE && call->meets >= DEMAND_COLUMNS && list_member(clauses, call->call))
			rest = without_derived(calls, rest, call->call);
	}
	foreach(cell, restrictinfos)
	{
		const RestrictInfo *clause = lfirst(cell);

		if (clause->pseudoconstant || list_member_ptr(rest, clause->clause))
			needed = lappend(needed, lfirst(cell));
	}
	return needed;
}
