/*
 * compat.c
 *		Functions that some server versions lack.
 */
#include "postgres.h"

#include "compat.h"

#if PG_VERSION_NUM < 150000

#include "funcapi.h"
#include "miscadmin.h"
#include "parser/analyze.h"
#include "utils/tuplestore.h"

#include "messages.h"

void
InitMaterializedSRF(FunctionCallInfo fcinfo, int flags)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	MemoryContext old;
	TupleDesc	desc;

	if (result == NULL || !IsA(result, ReturnSetInfo))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("set-valued function called in context that cannot accept a set")));
	if (!(result->allowedModes & SFRM_Materialize))
		ereport(ERROR,
				(errcode(ERRCODE_SYNTAX_ERROR),
				 errmsg("materialize mode required, but it is not allowed in this context")));
	old = MemoryContextSwitchTo(result->econtext->ecxt_per_query_memory);
	if (flags & MAT_SRF_USE_EXPECTED_DESC)
		desc = CreateTupleDescCopy(result->expectedDesc);
	else if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	result->returnMode = SFRM_Materialize;
	result->setResult = tuplestore_begin_heap((result->allowedModes & SFRM_Materialize_Random) != 0, false, work_mem);
	result->setDesc = desc;
	MemoryContextSwitchTo(old);
}

Query *
parse_analyze_withcb(RawStmt *statement, const char *source, ParserSetupHook set_up, void *argument,
					 QueryEnvironment *environment)
{
	ParseState *pstate = make_parsestate(NULL);
	Query	   *query;

	pstate->p_sourcetext = source;
	pstate->p_queryEnv = environment;
	set_up(pstate, argument);
	query = transformTopLevelStmt(pstate, statement);
	if (post_parse_analyze_hook)
		post_parse_analyze_hook(pstate, query, NULL);
	free_parsestate(pstate);
	return query;
}

#endif

#if PG_VERSION_NUM >= 190000

/* Returns the context for an operation that must not raise an error, or NULL. */
#define CONTEXT(error, context) ((error) ? (Node *) &(context) : NULL)

Numeric
numeric_add_opt_error(Numeric a, Numeric b, bool *error)
{
	ErrorSaveContext context = {.type = T_ErrorSaveContext};
	Numeric		result = numeric_add_safe(a, b, CONTEXT(error, context));

	if (error)
		*error = context.error_occurred;
	return result;
}

Numeric
numeric_sub_opt_error(Numeric a, Numeric b, bool *error)
{
	ErrorSaveContext context = {.type = T_ErrorSaveContext};
	Numeric		result = numeric_sub_safe(a, b, CONTEXT(error, context));

	if (error)
		*error = context.error_occurred;
	return result;
}

Numeric
numeric_mul_opt_error(Numeric a, Numeric b, bool *error)
{
	ErrorSaveContext context = {.type = T_ErrorSaveContext};
	Numeric		result = numeric_mul_safe(a, b, CONTEXT(error, context));

	if (error)
		*error = context.error_occurred;
	return result;
}

#endif
