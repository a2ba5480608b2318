/*
 * rewrite_differences.c
 *		Rewrites differences(e, p1, p2) into differences(judge(e, p1), judge(e, p2)), whose row is
 *		replaced by the columns that each policy reads.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "utils/acl.h"

#include "own.h"
#include "rewrite.h"

/* Returns judge(e, policy), rewritten; NULL if that is not possible. */
static Node *
judge_call(PlannerInfo *root, Node *row, Node *policy)
{
	Oid			types[2] = {RECORDOID, exprType(policy)};
	Oid			verdict = own_type(OWN_VERDICT);
	Oid			judge = own_function("judge", lengthof(types), types, verdict, false);
	FuncExpr   *call;

	if (!OidIsValid(judge))
		return NULL;
	call = makeFuncExpr(judge, verdict, list_make2(copyObject(row), copyObject(policy)), InvalidOid, InvalidOid,
						COERCE_EXPLICIT_CALL);
	return rewrite_question(root, call, QUESTION_JUDGE);
}

Node *
rewrite_differences(PlannerInfo *root, FuncExpr *call)
{
	Oid			types[2];
	Oid			function;
	List	   *verdicts = NIL;
	FuncExpr   *result;
	int			i;

	if (list_length(call->args) != 3 || !own_member(ProcedureRelationId, call->funcid))
		return NULL;
	types[0] = types[1] = own_type(OWN_VERDICT);
	function = own_function("differences", lengthof(types), types, call->funcresulttype, true);
	if (!OidIsValid(function) || !MAY_EXECUTE(call->funcid) || !MAY_EXECUTE(function))
		return NULL;
	for (i = 1; i <= 2; i++)
	{
		Node	   *verdict = judge_call(root, linitial(call->args), list_nth(call->args, i));

		if (verdict == NULL)
			return NULL;
		verdicts = lappend(verdicts, verdict);
	}
	result = makeFuncExpr(function, call->funcresulttype, verdicts, call->funccollid, InvalidOid, COERCE_EXPLICIT_CALL);
	result->funcretset = true;
	return rewrite_in_place_of(call, (Node *) result);
}
