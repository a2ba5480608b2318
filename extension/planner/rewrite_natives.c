/*
 * rewrite_natives.c
 *		Native conditions with a call of eligible_facts: those that its policy implies.
 *
 * They are derived from the policy as it is while the query is planned.  With a stored policy comes stands(…), which
 * raises an error once the policy is another.
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
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "natives.h"
#include "rewrite.h"
#include "session/stored.h"
#include "own.h"

/*
 * Builds stands(name, hash) or policy_stands(policy, hash), which raises an error once the policy is another.
 * Returns NULL if the user may not call it.
 */
static Expr *
stands_call(Node *policy, const Compiled *compiled)
{
	Oid			types[2] = {exprType(policy), TEXTOID};
	const char *name = types[0] == TEXTOID ? "stands" : "policy_stands";
	Oid			function = own_internal_function(name, lengthof(types), types, BOOLOID, false);

	if (!OidIsValid(function) || !MAY_EXECUTE(function))
		return NULL;
	return (Expr *) makeFuncExpr(function, BOOLOID,
								 list_make2(copyObject(policy), rewrite_text_const(stored_policy_hash(compiled))),
								 InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL);
}

/* The necessary conditions of a rule as expressions.  Sets whole if they are equivalent to it. */
static List *
natives_of(const FactsCall *call, Analysis *analysis, bool *whole)
{
	const Program *program = call->compiled->programs[0];
	Bitmapset  *conditions = analysis_necessary(analysis, program->satisfied, whole);
	List	   *natives = NIL;
	int			instr = -1;

	while ((instr = bms_next_member(conditions, instr)) >= 0)
	{
		const RuleCondition *condition = analysis_condition(analysis, instr);
		const Fact *fact = program->facts[fact_number(program, condition->fact)];
		Expr	   *column = rewrite_facts_column(call, condition->fact);
		Expr	   *native = NULL;
		bool		exact = false;

		if (column && IsA(column, Var))
			native = native_condition(condition, fact, column, &exact);
		if (native)
			natives = lappend(natives, native);
		*whole &= native != NULL && exact;
	}
	return natives;
}

/* Whether an expression is stands(policy, …) or policy_stands(policy, …) of the policy of a call. */
static bool
is_stands(const Node *node, const FuncExpr *call)
{
	const FuncExpr *stands = (const FuncExpr *) node;
	char	   *name;

	if (!IsA(node, FuncExpr) || !own_member(ProcedureRelationId, stands->funcid))
		return false;
	name = get_func_name(stands->funcid);
	return name && (strcmp(name, "stands") == 0 || strcmp(name, "policy_stands") == 0) &&
		equal(linitial(stands->args), linitial(call->args));
}

List *
rewrite_natives(PlannerInfo *root, const FuncExpr *call)
{
	MemoryContext pins = AllocSetContextCreate(CurrentMemoryContext, "zjtx planning", ALLOCSET_SMALL_SIZES);
	List	   *natives = NIL;
	FactsCall	read;
	Analysis   *analysis;
	Node	   *both;
	bool		whole;

	if (rewrite_read_facts_call(call->args, pins, &read) && (analysis = rewrite_analyse_facts_call(&read)) != NULL)
		natives = natives_of(&read, analysis, &whole);
	both = natives == NIL ? NULL : eval_const_expressions(root, (Node *) makeBoolExpr(AND_EXPR, natives, -1));
	MemoryContextDelete(pins);
	return both == NULL ? NIL : is_andclause(both) ? ((BoolExpr *) both)->args : list_make1(both);
}

List *
rewrite_without_natives(List *conditions, const FuncExpr *call, const List *natives)
{
	List	   *rest = NIL;
	ListCell   *cell;

	foreach(cell, conditions)
	{
		if (!list_member(natives, lfirst(cell)) && !is_stands(lfirst(cell), call))
			rest = lappend(rest, lfirst(cell));
	}
	return rest;
}

Node *
rewrite_with_natives(PlannerInfo *root, FuncExpr *call)
{
	Node	   *policy = linitial(call->args);
	MemoryContext pins = AllocSetContextCreate(CurrentMemoryContext, "zjtx planning", ALLOCSET_SMALL_SIZES);
	Node	   *result = (Node *) call;
	List	   *natives = NIL;
	FactsCall	read;
	Analysis   *analysis;
	bool		whole;

	if (rewrite_read_facts_call(call->args, pins, &read) && (analysis = rewrite_analyse_facts_call(&read)) != NULL)
		natives = natives_of(&read, analysis, &whole);
	if (natives != NIL && (exprType(policy) == TEXTOID || !IsA(policy, Const)))
	{
		Expr	   *stands = stands_call(policy, read.compiled);

		natives = stands ? lcons(stands, natives) : NIL;
	}
	if (natives != NIL)
	{
		if (!whole)
			natives = lappend(natives, call);
		result = eval_const_expressions(root, (Node *) makeBoolExpr(AND_EXPR, natives, -1));
	}
	MemoryContextDelete(pins);
	return result;
}
