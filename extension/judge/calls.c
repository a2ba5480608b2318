/*
 * calls.c
 *		Finds the calls in a query that can be judged in batches.
 *
 * With the node, an expression may be evaluated in rows in which it would not be evaluated without:
 * those that CASE leaves out, or that come after the last row of a LIMIT.  There must be no
 * error that would not be there otherwise.  Some calls raise none (takes.c); comparisons raise none.
 * Others are taken only where they are evaluated for every row.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/restrictinfo.h"
#include "optimizer/prep.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "answers/many.h"
#include "judge.h"
#include "own.h"
#include "planner/folded.h"
#include "planner/rewrite.h"

JudgeCalls *
judge_calls(PlannerInfo *root, bool early)
{
	JudgeCalls *calls = palloc0(sizeof(JudgeCalls));

	calls->root = root;
	calls->early = early;
	return calls;
}

/* ---------------- expressions of one answer ---------------- */

/* Replaces the calls in an expression. */
typedef struct Replacing
{
	FuncExpr   *call;			/* the only one, or NULL */
	QuestionKind question;
	bool		other;			/* there is something else that differs
								 * between rows */
} Replacing;

/* Whether a node differs between rows, or executions, by itself. */
bool
judge_is_varying(const Node *node)
{
	switch (nodeTag(node))
	{
		case T_Var:
		case T_PlaceHolderVar:
		case T_Param:
		case T_Aggref:
		case T_GroupingFunc:
		case T_WindowFunc:
		case T_SubLink:
		case T_SubPlan:
		case T_AlternativeSubPlan:
		case T_CurrentOfExpr:
		case T_NextValueExpr:
			return true;
		default:
			return false;
	}
}

static Node *
replace_call(Node *node, void *context)
{
	Replacing  *replacing = context;
	QuestionKind question;

	if (node == NULL)
		return NULL;
	if (judge_is_question(node, &question))
	{
		FuncExpr   *call = (FuncExpr *) node;

		if (replacing->call && !equal(replacing->call, call))
			replacing->other = true;
		replacing->call = call;
		replacing->question = question;
		return (Node *) makeVar(OUTER_VAR, 1, call->funcresulttype, -1, call->funccollid, 0);
	}
	if (judge_is_varying(node))
	{
		replacing->other = true;
		return node;
	}
	return expression_tree_mutator(node, replace_call, context);
}

/*
 * Returns whether an expression depends on nothing but one answer, which is one of few, so that it
 * can be evaluated once for each.
 */
static bool
is_of_one_answer(Node *node, Replacing *replacing, Expr **of_answer)
{
	memset(replacing, 0, sizeof(*replacing));
	*of_answer = (Expr *) replace_call(node, replacing);
	return replacing->call && !replacing->other && many_has_codes(replacing->question) &&
		!contain_mutable_functions((Node *) *of_answer) && !expression_returns_set((Node *) *of_answer);
}

/* Whether an expression raises no error: it only compares. */
static bool
may_raise(Node *node, void *context)
{
	if (node == NULL)
		return false;
	switch (nodeTag(node))
	{
		case T_Var:
		case T_Const:
		case T_RelabelType:
		case T_FieldSelect:
		case T_BoolExpr:
		case T_NullTest:
		case T_BooleanTest:
		case T_List:
			break;
		case T_OpExpr:
			if (ORDERING_FAMILIES(((OpExpr *) node)->opno) == NIL)
				return true;
			break;
		case T_ScalarArrayOpExpr:
			if (ORDERING_FAMILIES(((ScalarArrayOpExpr *) node)->opno) == NIL)
				return true;
			break;
		default:
			return true;
	}
	return expression_tree_walker(node, may_raise, context);
}

static Node *
replace_all_calls(Node *node, void *context)
{
	QuestionKind question;

	if (node == NULL)
		return NULL;
	if (judge_is_question(node, &question))
		return (Node *) makeVar(OUTER_VAR, 1, ((FuncExpr *) node)->funcresulttype, -1, InvalidOid, 0);
	return expression_tree_mutator(node, replace_all_calls, context);
}

bool
judge_only_compares(Node *condition)
{
	return !may_raise(replace_all_calls(condition, NULL), NULL);
}

/* Whether a call raises no error: one that the node answers does so only when it is the turn of its row. */
static bool
is_safe_call(const JudgeCalls *calls, FuncExpr *call, QuestionKind question)
{
	return judge_place_of(calls, (Node *) call) >= 0 ||
		judge_add(judge_calls(calls->root, true), call, question, DEMAND_NO_ERROR) >= 0;
}

/* Replaces what raises no error although may_raise() does not know. */
static Node *
replace_safe(Node *node, void *context)
{
	const JudgeCalls *calls = context;
	QuestionKind question;
	bool		safe;

	if (node == NULL)
		return NULL;
	if (IsA(node, PlaceHolderVar))
		return replace_safe((Node *) ((PlaceHolderVar *) node)->phexpr, context);
	if (judge_is_any_question(node, &question))
		safe = is_safe_call(calls, (FuncExpr *) node, question);
	else if (IsA(node, Param))
		/* others stand for subqueries, or for rows of other plans */
		safe = ((Param *) node)->paramkind == PARAM_EXTERN;
	else
		return expression_tree_mutator(node, replace_safe, context);
	return safe ? (Node *) makeVar(OUTER_VAR, 1, exprType(node), -1, exprCollation(node), 0) : node;
}

bool
judge_raises_nothing(JudgeCalls *calls, Node *expr)
{
	return !may_raise(replace_safe(expr, calls), NULL);
}

static void
add_output(JudgeCalls *calls, Node *expr, int call, Expr *of_answer)
{
	JudgeOutput *output;
	ListCell   *cell;

	foreach(cell, calls->outputs)
	{
		if (equal(((JudgeOutput *) lfirst(cell))->expr, expr))
			return;
	}
	output = palloc0(sizeof(JudgeOutput));
	output->expr = (Expr *) expr;
	output->call = call;
	output->of_answer = of_answer && !IsA(of_answer, Var) ? of_answer : NULL;
	calls->outputs = lappend(calls->outputs, output);
}

/* ---------------- walking through expressions ---------------- */

typedef struct Search
{
	JudgeCalls *calls;
	JudgeDemand least;			/* that is demanded of calls: more than
								 * nothing if they are not evaluated in every
								 * row */
	bool		aggregates;		/* look only into aggregates */
	bool		condition;		/* of the rows */
	bool		columns;		/* only calls of columns */
	bool		whole;			/* only the calls, not expressions of them */
} Search;

static bool find(Node *node, void *context);

/*
 * Looks into the first expression of a list, which is evaluated, and into others, which may not be.  AND and OR promise no
 * order, and keep no error from a row that is answered singly.
 */
static void
find_in_turn(List *list, JudgeDemand others, Search *search)
{
	JudgeDemand least = search->least;
	ListCell   *cell;

	foreach(cell, list)
	{
		(void) find(lfirst(cell), search);
		search->least = Max(least, others);
	}
	search->least = least;
}

static void
find_in_case(CaseExpr *expr, Search *search)
{
	List	   *parts = NIL;
	ListCell   *cell;

	(void) find((Node *) expr->arg, search);
	foreach(cell, expr->args)
	{
		parts = lappend(parts, ((CaseWhen *) lfirst(cell))->expr);
		parts = lappend(parts, ((CaseWhen *) lfirst(cell))->result);
	}
	find_in_turn(lappend(parts, expr->defresult), DEMAND_NO_ERROR, search);
}

/* Looks into the arguments of an aggregate or window function, which are evaluated in rows that pass its filter. */
static void
find_in_arguments(Expr *filter, List *args, const Search *search)
{
	Search		inside = {search->calls, DEMAND_NOTHING, false, search->condition, search->columns, search->whole};

	(void) find((Node *) filter, &inside);
	inside.least = filter ? DEMAND_NO_ERROR : DEMAND_NOTHING;
	(void) find((Node *) args, &inside);
}

static JudgeDemand
demand_of(const Search *search)
{
	return Max(search->least, search->columns || search->calls->early ? DEMAND_COLUMNS : DEMAND_NOTHING);
}

/*
 * Takes a call, or an expression of one answer, with what was derived from the call.  Its facts are then read also in
 * rows where that would be false: the question as it was written is about the whole row.
 */
static bool
take(Node *node, Search *search)
{
	JudgeCalls *calls = search->calls;
	Node	   *bare = search->whole ? node : judge_bare(calls, node);
	Replacing	replacing;
	Expr	   *of_answer = NULL;
	QuestionKind question;
	int			number;
	bool		whole = judge_is_question(bare, &question);

	if (whole)
		replacing.call = (FuncExpr *) bare;
	else if (search->whole || !is_of_one_answer(bare, &replacing, &of_answer))
		return false;
	else if ((search->least > DEMAND_NOTHING || calls->early) && may_raise((Node *) of_answer, NULL))
		return false;
	else
		question = replacing.question;
	number = judge_add(calls, replacing.call, question, demand_of(search));
	if (number < 0)
		return false;
	if (search->condition)
		((JudgeCall *) list_nth(calls->calls, number))->in_condition = true;
	add_output(calls, node, number, of_answer);
	calls->cost += judge_cost(calls->root, node);
	return true;
}

/* Returns the call of judge_facts with a constant policy that a verdict is, or NULL. */
static Node *
verdict_call(Node *node)
{
	QuestionKind question;

	while (IsA(node, PlaceHolderVar))
		node = (Node *) ((PlaceHolderVar *) node)->phexpr;
	return judge_is_any_question(node, &question) && question == QUESTION_JUDGE &&
		policy_folds(linitial(((FuncExpr *) node)->args)) ? node : NULL;
}

/* Takes a verdict whose lines are only read: the node yields what is read for many rows at a time. */
static bool
take_verdict(Node *node, const Search *search)
{
	JudgeCalls *calls = search->calls;
	int			number;

	node = verdict_call(node);
	if (node == NULL)
		return false;
	number = judge_add(calls, (FuncExpr *) node, QUESTION_JUDGE, demand_of(search));
	if (number < 0)
		return false;
	add_output(calls, node, number, NULL);
	calls->cost += judge_cost(calls->root, node);
	return true;
}

static bool
find(Node *node, void *context)
{
	Search	   *search = context;

	if (node == NULL)
		return false;
	check_stack_depth();
	if (IsA(node, Aggref))
	{
		const Aggref *aggregate = (const Aggref *) node;

		find_in_arguments(aggregate->aggfilter, list_concat_copy(aggregate->args, aggregate->aggdirectargs), search);
		return false;
	}
	if (IsA(node, List))
	{
		ListCell   *cell;

		foreach(cell, (List *) node)
		{
			(void) find(lfirst(cell), search);
		}
		return false;
	}
	if (search->aggregates || IsA(node, TargetEntry))
		return expression_tree_walker(node, find, context);
	if (take(node, search))
		return false;
	if (rewrite_reads_verdict(node) && take_verdict(linitial(((FuncExpr *) node)->args), search))
		return false;
	switch (nodeTag(node))
	{
		case T_BoolExpr:
			find_in_turn(((BoolExpr *) node)->args, DEMAND_COLUMNS, search);
			return false;
		case T_CoalesceExpr:
			find_in_turn(((CoalesceExpr *) node)->args, DEMAND_NO_ERROR, search);
			return false;
		case T_CaseExpr:
			find_in_case((CaseExpr *) node, search);
			return false;
		case T_SubPlan:
		case T_AlternativeSubPlan:
		case T_SubLink:
		case T_WindowFunc:
		case T_GroupingFunc:
		case T_PlaceHolderVar:
			return false;
		default:
			return expression_tree_walker(node, find, context);
	}
}

void
judge_find(JudgeCalls *calls, Node *expr)
{
	Search		search = {calls, DEMAND_NOTHING, false, false, false, false};

	(void) find(expr, &search);
}

void
judge_find_selected(JudgeCalls *calls, List *exprs)
{
	Search		search = {calls, DEMAND_NOTHING, false, false, false, false};
	ListCell   *cell;

	judge_find(calls, (Node *) exprs);
	foreach(cell, exprs)
	{
		if (verdict_call(lfirst(cell)) && rewrite_only_reads_verdicts(calls->root))
			(void) take_verdict(lfirst(cell), &search);
	}
}

static bool
has_expression(Node *node, void *expression)
{
	if (node == NULL)
		return false;
	return equal(node, expression) || expression_tree_walker(node, has_expression, expression);
}

bool
judge_has_call(const JudgeCalls *calls, Node *expr)
{
	ListCell   *cell;

	foreach(cell, calls->calls)
	{
		if (has_expression(expr, ((JudgeCall *) lfirst(cell))->call))
			return true;
	}
	return false;
}

/* judge_may_answer() for one condition: it must ask the calls that may raise an error whenever it is evaluated. */
static bool
may_answer(const JudgeCalls *calls, Node *condition)
{
	JudgeCalls *asked = judge_calls(calls->root, calls->early);
	ListCell   *cell;

	if (!judge_has_call(calls, condition))
		return true;
	judge_find(asked, condition);
	foreach(cell, calls->calls)
	{
		const JudgeCall *call = lfirst(cell);

		/*
		 * facts that are expressions are evaluated before the first condition
		 * that has calls
		 */
		if (call->meets < DEMAND_NO_ERROR && (call->meets < DEMAND_COLUMNS || has_expression(condition, call->call)) &&
			judge_place_of(asked, (Node *) call->call) < 0)
			return false;
	}
	return true;
}

bool
judge_may_answer(const JudgeCalls *calls, List *restrictinfos)
{
	ListCell   *cell;

	foreach(cell, restrictinfos)
	{
		if (!may_answer(calls, (Node *) lfirst_node(RestrictInfo, cell)->clause))
			return false;
	}
	return true;
}

static void
find_in_clauses(JudgeCalls *calls, List *restrictinfos, bool columns)
{
	Search		search = {calls, DEMAND_NOTHING, false, true, columns, false};
	ListCell   *cell;

	foreach(cell, restrictinfos)
	{
		const RestrictInfo *clause = lfirst(cell);

		if (!clause->pseudoconstant)
			(void) find((Node *) clause->clause, &search);
	}
}

void
judge_find_in_clauses(JudgeCalls *calls, List *restrictinfos)
{
	JudgeCalls	before = *calls;

	before.calls = list_copy(calls->calls);
	before.outputs = list_copy(calls->outputs);
	find_in_clauses(calls, restrictinfos, false);
	if (judge_may_answer(calls, restrictinfos))
		return;
	*calls = before;
	find_in_clauses(calls, restrictinfos, true);
}

bool
judge_is_asked_by(PlannerInfo *root, const RestrictInfo *condition)
{
	JudgeCalls *calls = judge_calls(root, false);

	find_in_clauses(calls, list_make1(unconstify(RestrictInfo *, condition)), false);
	return calls->calls != NIL;
}

void
judge_find_in_aggregates(JudgeCalls *calls, Node *expr)
{
	Search		search = {calls, DEMAND_NOTHING, true, false, false, false};

	(void) find(expr, &search);
}

void
judge_find_in_window_function(JudgeCalls *calls, const WindowFunc * function)
{
	Search		search = {calls, DEMAND_NOTHING, false, false, false, false};

	find_in_arguments(function->aggfilter, function->args, &search);
}

/* Adds the calls of an expression, not expressions of one answer. */
void
judge_find_calls(JudgeCalls *calls, Node *expr, bool perhaps)
{
	Search		search = {calls, perhaps ? DEMAND_NO_ERROR : DEMAND_NOTHING, false, false, false, true};

	(void) find(expr, &search);
}

int
judge_add_call(JudgeCalls *calls, Node *node, QuestionKind question, bool perhaps)
{
	QuestionKind found;
	int			number;

	if (!judge_is_any_question(node, &found) || found != question)
		return -1;
	number = judge_add(calls, (FuncExpr *) node, question, perhaps ? DEMAND_NO_ERROR : DEMAND_NOTHING);
	if (number < 0)
		return -1;
	add_output(calls, node, number, NULL);
	calls->cost += judge_cost(calls->root, node);
	return number;
}
