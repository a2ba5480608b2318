/*
 * sweep.c
 *		CALL zjtx.sweep('view', 'key', '{policy, …}') judges every enterprise again.
 *
 * A sweep first finds the enterprises for which something may have changed (sweep_rows.c).  These are judged once
 * more, with their rows in zjtx.judged locked, and compared with the ledger.
 *
 * Outside a transaction block, the sweep commits after each chunk.  It leaves enterprises
 * locked by other transactions for the end.  It must not skip them: a sweep often follows a
 * new law, and judgements by the old law must not remain.
 */
#include "postgres.h"

#include "compat.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "storage/lock.h"
#include "tcop/pquery.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "facts/day.h"
#include "accounts.h"
#include "keys.h"
#include "ledger.h"
#include "messages.h"
#include "sweep_rows.h"
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

/* State of a sweep. */
typedef struct Sweep
{
	Watched    *watched;
	bool		atomic;			/* no commits: in a transaction block */
	bool		due;			/* judge only what is due on the day */
	bool		all;			/* judge all enterprises */
	SweepRows  *rows;			/* enterprises for which nothing has changed,
								 * which are not compared with the ledger;
								 * NULL if all are */
	DateADT		day;
	int			total;			/* number of enterprises known so far */
	int			judged;
	int64		changes;
	int			nlate;			/* number of enterprises locked by others */
	char	  **late;
	int			room;
} Sweep;

/* Commits the chunk, unless in a transaction block, which also releases its locks. */
static void
commit(const Sweep *sweep)
{
	if (!sweep->atomic)
	{
		SPI_commit();
		EnsurePortalSnapshotExists();
	}
}

static void
report(const Sweep *sweep)
{
	ereport(NOTICE,
			(errmsg("%d of %d enterprises judged, changes so far: %lld", sweep->judged, sweep->total, (long long) sweep->changes)));
}

static void
judge_keys(Sweep *sweep, char **keys, int nkeys)
{
	sweep->changes += watched_judge(sweep->watched, keys, nkeys);

	/*
	 * plans are rebuilt for each chunk, because a concurrent change may make
	 * them stale
	 */
	watched_forget(sweep->watched);
	sweep->judged += nkeys;
	report(sweep);
	commit(sweep);
}

/*
 * Moves the keys that others have locked from the chunk to those judged at the end;
 * returns the number that are left.
 */
static int
leave_locked(Sweep *sweep, char **keys, int nkeys, char **left)
{
	char	  **locked;
	int			nlocked = ledger_locked(sweep->watched->account, keys, nkeys, &locked);
	int			nleft = 0;
	int			i;

	nlocked = keys_sort(locked, nlocked);
	for (i = 0; i < nkeys; i++)
		if (key_number(locked, nlocked, keys[i]) < 0)
			left[nleft++] = keys[i];
		else
		{
			if (sweep->nlate == sweep->room)
			{
				sweep->room = Max(1024, sweep->room * 2);
				sweep->late = sweep->late ? repalloc_huge(sweep->late, sweep->room * sizeof(char *)) :
					palloc_array(char *, sweep->room);
			}
			sweep->late[sweep->nlate++] = keys[i];
		}
	return nleft;
}

/* Returns, sorted, the keys of the enterprises to judge; see watched_all(). */
static int
keys_to_judge(Sweep *sweep, char ***keys, int *nulls, int *long_keys)
{
	int			nkeys;

	if (sweep->all)
		return watched_all(sweep->watched, keys, nulls, long_keys);
	*nulls = *long_keys = 0;
	nkeys = ledger_due(sweep->watched->account, sweep->watched->law, sweep->day, keys);
	return keys_sort(*keys, nkeys);
}

/*
 * Finds the keys that are new since an earlier list of keys, which count as enterprises from now on, and those whose
 * digest a writer has reset since.
 */
static int
new_keys(Sweep *sweep, char ***keys, int nkeys, char **before, int nbefore)
{
	int			count = 0;
	int			nreset;
	char	  **reset;
	int			i;

	if (sweep->rows)
	{
		count = sweep_rows_new(sweep->rows, *keys, nkeys);
		sweep->total += count;
		nreset = ledger_without_digest(sweep->watched->account, &reset);
		*keys = repalloc_huge(*keys, (count + nreset + 1) * sizeof(char *));
		memcpy(*keys + count, reset, nreset * sizeof(char *));
		return count + nreset;
	}
	for (i = 0; i < nkeys; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (key_number(before, nbefore, (*keys)[i]) < 0)
			(*keys)[count++] = (*keys)[i];
	}
	sweep->total += count;
	return count;
}

/*
 * Transactions that had written entries when the sweep began may have judged by a law that
 * has been replaced since, even enterprises that are not visible to others yet.  This waits
 * for them to end, then judges those enterprises and all that were locked.
 */
static void
judge_late(Sweep *sweep, VirtualTransactionId *writers, char **keys, int nkeys)
{
	char	  **found;
	int			nfound;
	int			nulls;
	int			long_keys;
	int			i;

	if (!VirtualTransactionIdIsValid(*writers))
		return;
	SPI_commit();
	for (; VirtualTransactionIdIsValid(*writers); writers++)
		VirtualXactLock(*writers, true);
	EnsurePortalSnapshotExists();

	nfound = keys_to_judge(sweep, &found, &nulls, &long_keys);
	nfound = new_keys(sweep, &found, nfound, keys, nkeys);
	found = repalloc_huge(found, (nfound + sweep->nlate + 1) * sizeof(char *));
	for (i = 0; i < sweep->nlate; i++)
		found[nfound++] = sweep->late[i];
	nfound = keys_sort(found, nfound);
	sweep->judged = sweep->total - nfound;
	for (i = 0; i < nfound; i += WATCH_CHUNK)
		judge_keys(sweep, found + i, Min(WATCH_CHUNK, nfound - i));
	if (nfound > 0)
		ereport(NOTICE,
				(errmsg_plural("%d enterprise was locked by other transactions and was judged after they ended",
							   "%d enterprises were locked by other transactions and were judged after they ended",
							   nfound, nfound)));
}

static void
judge_all(Sweep *sweep)
{
	VirtualTransactionId *writers = NULL;
	char	  **keys;
	char	  **left = palloc_array(char *, WATCH_CHUNK);
	int			nkeys;
	int			nwriters = 0;
	int			nulls;
	int			long_keys;
	int			done;
	TimestampTz at;

	/*
	 * without commits, the sweep cannot wait at the end, so it blocks all
	 * writers
	 */
	if (sweep->atomic)
		account_lock(sweep->watched->account, ShareLock);
	if (sweep->due)
	{
		DateADT		before;

		/* results for a later day say nothing about the days before it */
		sweep->all = !account_due_on(sweep->watched->account, &before) || sweep->day < before;
		sweep->watched->due = true;
		sweep->watched->law = watched_law(sweep->watched);
	}
	at = account_swept(sweep->watched->account, sweep->due ? &sweep->day : NULL);
	commit(sweep);
	if (!sweep->atomic)
		writers = account_writers(sweep->watched->account, &nwriters);
	sweep->rows = sweep->due ? NULL : sweep_rows(sweep->watched);
	if (sweep->rows)
	{
		keys = sweep->rows->keys;
		nkeys = sweep->rows->nkeys;
		nulls = sweep->rows->nulls;
		long_keys = sweep->rows->long_keys;
		sweep->total = sweep->rows->total;
		sweep->judged = sweep->total - nkeys;
	}
	else
		sweep->total = nkeys = keys_to_judge(sweep, &keys, &nulls, &long_keys);
	if (nkeys == 0 && sweep->total > 0)
		report(sweep);
	for (done = 0; done < nkeys; done += WATCH_CHUNK)
	{
		int			chunk = Min(WATCH_CHUNK, nkeys - done);

		if (nwriters == 0)
			judge_keys(sweep, keys + done, chunk);
		else if ((chunk = leave_locked(sweep, keys + done, chunk, left)) > 0)
			judge_keys(sweep, left, chunk);
	}
	if (nwriters > 0)
		judge_late(sweep, writers, keys, nkeys);
	if (sweep->due && sweep->all)
		account_due_finished(sweep->watched->account, at, sweep->day);
	account_sweep_ended(sweep->watched->account, sweep->day, !sweep->due);
	if (nulls > 0)
		ereport(NOTICE,
				(errmsg_plural("%d row without a key was skipped", "%d rows without a key were skipped",
							   nulls, nulls)));
	if (long_keys > 0)
		ereport(WARNING,
				(errmsg_plural("%d row was skipped because its key has more than %d bytes", "%d rows were skipped because their keys have more than %d bytes",
							   long_keys, long_keys, KEY_BYTES)));
}

/* sweep(relation, key, policies, as_of, account, due) */
Datum
zjtx_sweep(PG_FUNCTION_ARGS)
{
	Sweep		sweep;
	char	  **policies;
	int			npolicies;

	memset(&sweep, 0, sizeof(sweep));
	sweep.atomic = fcinfo->context == NULL || !IsA(fcinfo->context, CallContext) ||
		castNode(CallContext, fcinfo->context)->atomic;
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("zjtx.sweep needs a view, its key column and a policy")));
	if (sweep.atomic && IsolationUsesXactSnapshot())
		ereport(ERROR,
				(errcode(ERRCODE_ACTIVE_SQL_TRANSACTION),
				 errmsg("zjtx.sweep needs READ COMMITTED in a transaction block"),
				 errdetail("An older snapshot does not show every enterprise that is owed something."),
				 errhint("CALL it outside a transaction block, or under READ COMMITTED.")));
	if (SPI_connect_ext(sweep.atomic ? 0 : SPI_OPT_NONATOMIC) != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	policies = text_items(PG_GETARG_ARRAYTYPE_P(2), &npolicies);
	sweep.watched = watched_create(PG_GETARG_OID(0), TextDatumGetCString(PG_GETARG_DATUM(1)), policies, npolicies, false,
								   PG_ARGISNULL(4) ? NULL : TextDatumGetCString(PG_GETARG_DATUM(4)));
	sweep.watched->everyone = true;
	sweep.watched->digests = true;
	sweep.due = !PG_ARGISNULL(5) && PG_GETARG_BOOL(5);
	sweep.all = !sweep.due;
	sweep.day = PG_ARGISNULL(3) ? day_of_session() : PG_GETARG_DATEADT(3);
	/* a sweep of what is due is for one day, even if it takes longer */
	if (!PG_ARGISNULL(3) || sweep.due)
		sweep.watched->as_of = key_text(DATEOID, DateADTGetDatum(sweep.day));
	judge_all(&sweep);
	SPI_finish();
	PG_RETURN_VOID();
}
