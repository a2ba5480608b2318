/*
 * rewrite_lines.c
 *		Rewrites lines(verdict) in a query that wants only the lines that are satisfied.
 *
 * A line can be satisfied only if the policy is.  So lines(judge_facts(…)) l WHERE l.eligible becomes
 * eligible_lines(judge_facts(…)) l WHERE l.eligible AND eligible_facts(…): rows that are refused are left out where
 * their table is read.  Where that condition cannot be added, the function becomes
 * eligible_lines(CASE WHEN eligible_facts(…) THEN judge_facts(…) END).
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "parser/parsetree.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "own.h"
#include "rewrite.h"

/* The number of the column eligible of lines(verdict). */
#define ELIGIBLE_COLUMN 7

/* Whether a condition is true only if this column of a relation is. */
static bool
wants_eligible(Node *condition, int relation)
{
	ListCell   *cell;

	if (condition == NULL)
		return false;
	check_stack_depth();
	if (IsA(condition, BooleanTest) && ((BooleanTest *) condition)->booltesttype == IS_TRUE)
		condition = (Node *) ((BooleanTest *) condition)->arg;
	if (IsA(condition, Var))
	{
		const Var  *column = (const Var *) condition;

		return (int) column->varno == relation && column->varattno == ELIGIBLE_COLUMN && column->varlevelsup == 0;
	}
	if (!IsA(condition, BoolExpr) || ((BoolExpr *) condition)->boolop != AND_EXPR)
		return false;
	foreach(cell, ((BoolExpr *) condition)->args)
	{
		if (wants_eligible(lfirst(cell), relation))
			return true;
	}
	return false;
}

/*
 * Whether a query drops the rows of a relation that are not eligible, by WHERE or by the
 * condition of an inner join.
 */
static bool
drops_others(Query *query, Node *from, int relation)
{
	ListCell   *cell;

	check_stack_depth();
	if (from && IsA(from, FromExpr))
	{
		if (((FromExpr *) from)->quals &&
			wants_eligible(FLATTEN_VARS(query, copyObject(((FromExpr *) from)->quals)), relation))
			return true;
		foreach(cell, ((FromExpr *) from)->fromlist)
		{
			if (drops_others(query, lfirst(cell), relation))
				return true;
		}
	}
	else if (from && IsA(from, JoinExpr) && ((JoinExpr *) from)->jointype == JOIN_INNER)
	{
		const		JoinExpr *join = (const JoinExpr *) from;

		return (join->quals && wants_eligible(FLATTEN_VARS(query, copyObject(join->quals)), relation)) ||
			drops_others(query, join->larg, relation) || drops_others(query, join->rarg, relation);
	}
	return false;
}

/*
 * Whether a query wants only the lines that are satisfied, wherever it calls this function.
 * The call itself cannot be told from others, because its arguments have been simplified.
 */
static bool
only_eligible(Query *query, Oid function)
{
	bool		found = false;
	ListCell   *cell;

	foreach(cell, query->rtable)
	{
		const RangeTblEntry *rte = lfirst(cell);
		const		RangeTblFunction *called;

		if (rte->rtekind != RTE_FUNCTION || list_length(rte->functions) != 1)
		{
			if (rte->rtekind == RTE_FUNCTION)
				return false;
			continue;
		}
		called = linitial(rte->functions);
		if (!IsA(called->funcexpr, FuncExpr) || ((const FuncExpr *) called->funcexpr)->funcid != function)
			continue;
		if (rte->funcordinality || !drops_others(query, (Node *) query->jointree, foreach_current_index(cell) + 1))
			return false;
		found = true;
	}
	return found && !query->hasTargetSRFs;
}

/*
 * Whether no line of a program can be satisfied unless the program is.  A group may have
 * members for other subjects, and a part that is a definition has a value.
 */
static bool
lines_imply_program(const Program *program)
{
	int			i,
				j;

	for (i = 0; i < program->ngroups; i++)
	{
		const GroupEntry *group = &program->groups[i];

		for (j = 0; j < group->nmembers; j++)
			if (!group->members[j].is_group && !program->clauses[group->members[j].number].in_whole)
				return false;
	}
	return program->value < 0;
}

/* The same of the policy of a call of judge_facts. */
static bool
lines_imply_policy(List *args)
{
	MemoryContext pins = AllocSetContextCreate(CurrentMemoryContext, "zjtx planning", ALLOCSET_SMALL_SIZES);
	FactsCall	call;
	bool		implied = rewrite_read_facts_call(args, pins, &call);
	int			i;

	for (i = 0; implied && i < call.compiled->nprograms; i++)
		implied = lines_imply_program(call.compiled->programs[i]);
	MemoryContextDelete(pins);
	return implied;
}

/* Returns eligible_facts(…), which is true if a line of judge_facts(…) is satisfied; NULL for another verdict. */
static FuncExpr *
implied_condition(Node *verdict)
{
	const FuncExpr *judge = (const FuncExpr *) verdict;
	Oid			types[3] = {InvalidOid, TEXTOID, ANYOID};
	Oid			eligible;

	if (!IsA(verdict, FuncExpr) || list_length(judge->args) < 3)
		return NULL;
	types[0] = exprType(linitial(judge->args));
	if (judge->funcid != own_internal_function("judge_facts", lengthof(types), types, judge->funcresulttype, false) ||
		contain_volatile_functions((Node *) judge->args) || !lines_imply_policy(judge->args))
		return NULL;
	eligible = own_internal_function("eligible_facts", lengthof(types), types, BOOLOID, false);
	if (!OidIsValid(eligible) || !MAY_EXECUTE(eligible))
		return NULL;
	return makeFuncExpr(eligible, BOOLOID, copyObject(judge->args), InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL);
}

/* ---------------- the condition in WHERE ---------------- */

/*
 * Whether a relation is not behind an outer join that replaces by NULL what its function reads: then a condition of
 * WHERE on the same columns sees what the function sees.
 */
static bool
is_not_nulled(Node *from, int relation)
{
	ListCell   *cell;

	check_stack_depth();
	if (from && IsA(from, RangeTblRef))
		return ((const RangeTblRef *) from)->rtindex == relation;
	if (from && IsA(from, FromExpr))
	{
		foreach(cell, ((FromExpr *) from)->fromlist)
		{
			if (is_not_nulled(lfirst(cell), relation))
				return true;
		}
	}
	else if (from && IsA(from, JoinExpr))
	{
		const		JoinExpr *join = (const JoinExpr *) from;

		if (join->jointype == JOIN_INNER)
			return is_not_nulled(join->larg, relation) || is_not_nulled(join->rarg, relation);
		if (join->jointype == JOIN_LEFT)
			return is_not_nulled(join->larg, relation) ||
				(IsA(join->rarg, RangeTblRef) && is_not_nulled(join->rarg, relation));
	}
	return false;
}

/*
 * Whether an argument is a constant or a column of a table, perhaps through views.  The condition may be evaluated
 * in rows in which the function is not: those that have no partner in a join.  There must be no error that would not
 * be there otherwise; jsonb may be no list of facts.
 */
static bool
raises_nothing(Query *query, Node *fact)
{
	check_stack_depth();
	fact = FLATTEN_VARS(query, copyObject(fact));
	if (getBaseType(exprType(fact)) == JSONBOID)
		return false;
	while (IsA(fact, RelabelType))
		fact = (Node *) ((RelabelType *) fact)->arg;
	if (IsA(fact, Var))
	{
		const Var  *column = (const Var *) fact;
		const RangeTblEntry *rte;
		TargetEntry *entry;

		if (column->varlevelsup != 0 || column->varattno <= 0)
			return false;
		rte = rt_fetch(column->varno, query->rtable);
		if (rte->rtekind != RTE_SUBQUERY || rte->subquery->setOperations)
			return rte->rtekind == RTE_RELATION;
		entry = get_tle_by_resno(rte->subquery->targetList, column->varattno);
		return entry && raises_nothing(rte->subquery, (Node *) entry->expr);
	}
	return IsA(fact, Const);
}

/*
 * Whether a condition can be added to WHERE.  A row that is locked or changed may be another one once the lock is
 * there, and is then tested again with the lines of before.
 */
static bool
can_filter(Query *query, const FuncExpr *condition, Oid function)
{
	bool		column = false;
	ListCell   *cell;

	if (query->commandType != CMD_SELECT || query->rowMarks != NIL)
		return false;
	foreach(cell, query->rtable)
	{
		const RangeTblEntry *rte = lfirst(cell);

		if (rte->rtekind == RTE_FUNCTION && IsA(linitial_node(RangeTblFunction, rte->functions)->funcexpr, FuncExpr) &&
			((FuncExpr *) linitial_node(RangeTblFunction, rte->functions)->funcexpr)->funcid == function &&
			!is_not_nulled((Node *) query->jointree, foreach_current_index(cell) + 1))
			return false;
	}
	for_each_from(cell, condition->args, 2)
	{
		if (!raises_nothing(query, lfirst(cell)))
			return false;
		column |= !IsA(lfirst(cell), Const);
	}
	return column;
}

/* Returns CASE WHEN condition THEN verdict END. */
static Node *
verdict_if(Expr *condition, Node *verdict)
{
	CaseExpr   *result;
	CaseWhen   *when;

	when = makeNode(CaseWhen);
	when->expr = condition;
	when->result = (Expr *) verdict;
	when->location = -1;
	result = makeNode(CaseExpr);
	result->casetype = exprType(verdict);
	result->args = list_make1(when);
	result->defresult = (Expr *) makeNullConst(exprType(verdict), -1, InvalidOid);
	result->location = -1;
	return (Node *) result;
}

Node *
rewrite_lines(PlannerInfo *root, FuncExpr *call)
{
	Oid			type = own_type(OWN_VERDICT);
	Oid			function;
	Node	   *verdict;
	FuncExpr   *condition;
	Node	   *result;

	if (root == NULL || root->parse == NULL || root->parse->jointree == NULL || list_length(call->args) != 1 ||
		!own_member(ProcedureRelationId, call->funcid) || !only_eligible(root->parse, call->funcid))
		return NULL;
	function = own_internal_function("eligible_lines", 1, &type, call->funcresulttype, true);
	if (!OidIsValid(function) || !MAY_EXECUTE(call->funcid) || !MAY_EXECUTE(function))
		return NULL;
	verdict = linitial(call->args);
	condition = implied_condition(verdict);
	if (condition && !can_filter(root->parse, condition, call->funcid))
		verdict = verdict_if((Expr *) condition, verdict);
	result = (Node *) makeFuncExpr(function, call->funcresulttype, list_make1(verdict), call->funccollid, InvalidOid,
								   COERCE_EXPLICIT_CALL);
	((FuncExpr *) result)->funcretset = true;
	result = rewrite_in_place_of(call, result);

	/* the functions of FROM are simplified before any condition is looked at */
	if (result && condition && verdict == linitial(call->args))
		root->parse->jointree->quals = make_and_qual(root->parse->jointree->quals,
													 rewrite_with_natives(root, condition));
	return result;
}
