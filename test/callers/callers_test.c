/*
 * callers_test.c
 *		Calls functions as C code does that passes no expression: fn_expr is NULL.
 *
 * A function of this library is created with the name and the arguments of a function of zjtx.  It calls
 * that function with the same arguments.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_proc.h"
#include "fmgr.h"
#include "utils/syscache.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(call_without_expression);

/* The function of zjtx with the name and the argument types of a function. */
static Oid
function_of_zjtx(Oid function)
{
	static const char *const schemas[] = {"zjtx", "zjtx_internal", "zjtx_author"};
	HeapTuple	own = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
	Form_pg_proc form;
	HeapTuple	other = NULL;
	Oid			result;
	size_t		i;

	if (!HeapTupleIsValid(own))
		elog(ERROR, "cache lookup failed for function %u", function);
	form = (Form_pg_proc) GETSTRUCT(own);
	for (i = 0; i < lengthof(schemas) && !HeapTupleIsValid(other); i++)
		other = SearchSysCache3(PROCNAMEARGSNSP, CStringGetDatum(NameStr(form->proname)),
								PointerGetDatum(&form->proargtypes),
								ObjectIdGetDatum(get_namespace_oid(schemas[i], false)));
	if (!HeapTupleIsValid(other))
		elog(ERROR, "zjtx has no function like %s", NameStr(form->proname));
	result = ((Form_pg_proc) GETSTRUCT(other))->oid;
	ReleaseSysCache(other);
	ReleaseSysCache(own);
	return result;
}

Datum
call_without_expression(PG_FUNCTION_ARGS)
{
	FmgrInfo   *function = fcinfo->flinfo->fn_extra;
	FunctionCallInfo call = palloc(SizeForFunctionCallInfo(PG_NARGS()));
	Datum		result;

	if (function == NULL)
	{
		function = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(FmgrInfo));
		fmgr_info_cxt(function_of_zjtx(fcinfo->flinfo->fn_oid), function, fcinfo->flinfo->fn_mcxt);
		fcinfo->flinfo->fn_extra = function;
	}
	memcpy(call, fcinfo, SizeForFunctionCallInfo(PG_NARGS()));
	call->flinfo = function;
	call->isnull = false;
	result = FunctionCallInvoke(call);
	fcinfo->isnull = call->isnull;
	return result;
}
