/*
 * sweep.c
 *		CALL zjtx.sweep('view', 'key', 'policy', …): everybody is judged anew.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "tcop/pquery.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "watch.h"

ZJTX_FUNCTION(zjtx_sweep);

static char **
text_items(ArrayType *array, int *count)
{
	Datum	   *values;
	bool	   *nulls;
	char	  **items;
	int			i;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, count);
	items = palloc_array(char *, *count + 1);
	for (i = 0; i < *count; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("the name of a policy cannot be NULL")));
		items[i] = TextDatumGetCString(values[i]);
	}
	return items;
}

/*
 * sweep(relation, key, VARIADIC policies).  Each chunk is committed where the caller has
 * no transaction block open, and its plans are made for it: nothing is kept that a change
 * in between could make stale.
 */
Datum
zjtx_sweep(PG_FUNCTION_ARGS)
{
	bool		atomic = fcinfo->context == NULL || !IsA(fcinfo->context, CallContext) ||
		castNode(CallContext, fcinfo->context)->atomic;
	Oid			relation;
	char	   *key;
	char	  **policies;
	int			npolicies;
	Watched    *watched;
	char	  **keys;
	int			nkeys;
	int			done;
	int64		changes = 0;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("zjtx.sweep needs a view, its key column and a policy")));
	if (SPI_connect_ext(atomic ? 0 : SPI_OPT_NONATOMIC) != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	relation = PG_GETARG_OID(0);
	key = TextDatumGetCString(PG_GETARG_DATUM(1));
	policies = text_items(PG_GETARG_ARRAYTYPE_P(2), &npolicies);
	watched = watched_create(relation, key, policies, npolicies);
	watched->everyone = true;
	nkeys = watched_all(watched, &keys);
	for (done = 0; done < nkeys; done += WATCH_CHUNK)
	{
		changes += watched_judge(watched, keys + done, Min(WATCH_CHUNK, nkeys - done));
		watched_forget(watched);
		ereport(NOTICE,
				(errmsg("%d of %d enterprises judged, changes so far: " INT64_FORMAT,
						Min(done + WATCH_CHUNK, nkeys), nkeys, changes)));
		if (!atomic)
		{
			SPI_commit();
			EnsurePortalSnapshotExists();
		}
	}
	SPI_finish();
	PG_RETURN_VOID();
}
