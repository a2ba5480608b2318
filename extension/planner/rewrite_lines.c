/*
 * rewrite_lines.c
 *		Rewrites lines(verdict) in a query that wants only the lines that are satisfied.
 *
 * lines(judge_facts(…)) l WHERE l.eligible becomes eligible_lines(CASE WHEN
 * eligible_facts(…) THEN judge_facts(…) END): a line can be satisfied only if the policy is,
 * so a row that is refused costs a condition, and no lines are made for it.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/acl.h"
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

/* Returns CASE WHEN eligible_facts(…) THEN verdict END for judge_facts(…), or else the verdict. */
static Node *
judged_if_eligible(Node *verdict)
{
	const FuncExpr *judge = (const FuncExpr *) verdict;
	Oid			types[3] = {InvalidOid, TEXTOID, ANYOID};
	Oid			eligible;
	CaseExpr   *result;
	CaseWhen   *when;

	if (!IsA(verdict, FuncExpr) || list_length(judge->args) < 3)
		return verdict;
	types[0] = exprType(linitial(judge->args));
	if (judge->funcid != own_internal_function("judge_facts", lengthof(types), types, judge->funcresulttype, false) ||
		contain_volatile_functions((Node *) judge->args) || !lines_imply_policy(judge->args))
		return verdict;
	eligible = own_internal_function("eligible_facts", lengthof(types), types, BOOLOID, false);
	if (!OidIsValid(eligible) || !MAY_EXECUTE(eligible))
		return verdict;
	when = makeNode(CaseWhen);
	when->expr = (Expr *) makeFuncExpr(eligible, BOOLOID, copyObject(judge->args), InvalidOid, InvalidOid,
									   COERCE_EXPLICIT_CALL);
	when->result = (Expr *) verdict;
	when->location = -1;
	result = makeNode(CaseExpr);
	result->casetype = judge->funcresulttype;
	result->args = list_make1(when);
	result->defresult = (Expr *) makeNullConst(judge->funcresulttype, -1, InvalidOid);
	result->location = -1;
	return (Node *) result;
}

Node *
rewrite_lines(PlannerInfo *root, FuncExpr *call)
{
	Oid			type = own_type(OWN_VERDICT);
	Oid			function;
	FuncExpr   *result;

	if (root == NULL || root->parse == NULL || root->parse->jointree == NULL || list_length(call->args) != 1 ||
		!own_member(ProcedureRelationId, call->funcid) || !only_eligible(root->parse, call->funcid))
		return NULL;
	function = own_internal_function("eligible_lines", 1, &type, call->funcresulttype, true);
	if (!OidIsValid(function) || !MAY_EXECUTE(call->funcid) || !MAY_EXECUTE(function))
		return NULL;
	result = makeFuncExpr(function, call->funcresulttype, list_make1(judged_if_eligible(linitial(call->args))),
						  call->funccollid, InvalidOid, COERCE_EXPLICIT_CALL);
	result->funcretset = true;
	return rewrite_in_place_of(call, (Node *) result);
}
