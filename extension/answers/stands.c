/*
 * stands.c
 *		Functions in plans: whether a policy still has the text for which the statement was planned.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/memutils.h"

#include "kept.h"

ZJTX_FUNCTION(zjtx_stands);
ZJTX_FUNCTION(zjtx_policy_stands);

/*
 * stands(name text, hash text) → boolean: returns true, or raises serialization_failure if
 * the name now refers to a text with another hash.  The planner evaluates it before
 * conditions that it took from a stored policy.
 */
Datum
zjtx_stands(PG_FUNCTION_ARGS)
{
	SnapshotMark *checked = fcinfo->flinfo->fn_extra;
	SnapshotMark mark = stored_snapshot_mark();
	const Compiled *compiled;
	char	   *name;
	char	   *hash;

	if (checked && memcmp(checked, &mark, sizeof(mark)) == 0)
		PG_RETURN_BOOL(true);
	name = text_to_cstring(PG_GETARG_TEXT_PP(0));
	hash = text_to_cstring(PG_GETARG_TEXT_PP(1));
	compiled = stored_compiled(name, strlen(name), true, CurrentMemoryContext);
	if (compiled == NULL)
		stored_missing(name, strlen(name), hash);
	else
		stored_check(name, strlen(name), compiled, hash);
	if (kept_argument_is_constant(fcinfo, 0) && kept_argument_is_constant(fcinfo, 1))
	{
		if (checked == NULL)
			checked = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(SnapshotMark));
		*checked = mark;
		fcinfo->flinfo->fn_extra = checked;
	}
	PG_RETURN_BOOL(true);
}

/* policy_stands(policy, hash) → boolean: the same for a policy derived from a stored one */
Datum
zjtx_policy_stands(PG_FUNCTION_ARGS)
{
	PolicyKey  *checked = fcinfo->flinfo->fn_extra;
	PolicyKey	key = policy_key(PG_GETARG_DATUM(0));
	const text *policy;
	const Compiled *compiled;

	if (checked && policy_key_equal(checked, &key))
		PG_RETURN_BOOL(true);
	policy = PG_GETARG_TEXT_PP(0);
	compiled = compiled_get(VARDATA_ANY(policy), VARSIZE_ANY_EXHDR(policy), CurrentMemoryContext);
	stored_check(compiled->name, strlen(compiled->name), compiled, text_to_cstring(PG_GETARG_TEXT_PP(1)));
	if (key.kind == KEY_HELD && kept_argument_is_constant(fcinfo, 1))
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		if (checked == NULL)
			checked = palloc(sizeof(PolicyKey));
		else
			pfree(unconstify(char *, checked->data));
		*checked = policy_key_copy(&key);
		fcinfo->flinfo->fn_extra = checked;
		MemoryContextSwitchTo(old);
	}
	PG_RETURN_BOOL(true);
}
