/*
 * watch_judge.c
 *		Reads the rows of enterprises with their verdicts, which watch_compare.c compares with the ledger.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/portal.h"
#include "utils/snapmgr.h"

#include "answers/verdict.h"
#include "engine/program.h"
#include "facts/day.h"
#include "messages.h"
#include "session/stored.h"
#include "keys.h"
#include "ledger.h"
#include "own.h"
#include "watch.h"
#include "watch_judge.h"

#define FETCHED 500				/* number of rows fetched from the view at a
								 * time */
#define FEW 4					/* up to this number of keys, each is read by
								 * itself */

/*
 * The first day on which an answer to a row can change.  A row whose own day is unknown may have
 * one at any time.
 */
static DateADT
next_change(const Watched *watched, HeapTuple tuple, TupleDesc desc, bool no_day)
{
	DateADT		next = no_day ? DATEVAL_NOBEGIN : DATEVAL_NOEND;
	int			i;

	for (i = 0; i < watched->npolicies; i++)
	{
		bool		null;
		Datum		day = SPI_getbinval(tuple, desc, 3 + watched->npolicies + i, &null);

		if (!null)
			next = Min(next, DatumGetDateADT(day));
	}
	return next;
}

static void
judge_row(WatchChunk *judging, HeapTuple tuple, TupleDesc desc)
{
	Watched    *watched = judging->watched;
	Claims	   *claims = palloc_array(Claims, watched->npolicies);
	Datum	   *verdicts = palloc_array(Datum, watched->npolicies);
	bool		null;
	Datum		own;
	char	   *text = key_text(watched->key_type, SPI_getbinval(tuple, desc, 1, &null));
	int			key = key_number(judging->keys, judging->nkeys, text);
	DateADT		day;
	int			year;
	int			i;

	/* equal keys have the same text */
	if (key < 0)
		elog(ERROR, "%s gave the key \"%s\", which was not asked for", watched->name, text);
	if (judging->judged[key])
		ereport(ERROR,
				(errcode(ERRCODE_CARDINALITY_VIOLATION),
				 errmsg("%s has more than one row with the key \"%s\"", watched->name, text),
				 errdetail("It must have one row for each value of column \"%s\".", watched->key)));
	judging->judged[key] = true;

	own = SPI_getbinval(tuple, desc, 2, &null);
	year = watched_row_day(watched, own, null, judging->today, &day);
	for (i = 0; i < watched->npolicies; i++)
	{
		verdicts[i] = SPI_getbinval(tuple, desc, 3 + i, &null);
		if (null || TupleDescAttr(desc, 2 + i)->atttypid != own_type(OWN_VERDICT))
			elog(ERROR, "%s was judged without a verdict", watched->name);
		verdicts[i] = PointerGetDatum(PG_DETOAST_DATUM(verdicts[i]));
		claims[i].count = watched_claims((const Verdict *) DatumGetPointer(verdicts[i]), &claims[i].claims);
	}
	watched_compare(judging, key, claims, year, day, verdicts);
	if (watched->due)
		judging->next[key] = next_change(watched, tuple, desc, watched->day && year == 0);
}

/*
 * A kept plan is rebuilt if the relation has changed.  This can happen even within a statement,
 * because of functions that the view calls.  The key column may then have another type.
 */
void
watched_check_row_type(const Watched *watched, TupleDesc desc)
{
	if (getBaseType(TupleDescAttr(desc, 0)->atttypid) != watched->key_type)
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("the type of the key of %s has changed", watched->name),
				 errhint("Run the statement again.")));
}

/* Judges the rows that a plan returns for an argument. */
static void
judge_rows(WatchChunk *judging, SPIPlanPtr plan, Oid type, Datum argument)
{
	int			nest = watched_start(judging->watched);
	Portal		portal = SPI_cursor_open_with_paramlist(NULL, plan, own_parameters(1, &type, &argument, NULL), false);
	uint64		i;

	if (portal == NULL)
		elog(ERROR, "could not read %s", judging->watched->name);
	do
	{
		MemoryContext old;
		SPITupleTable *table;

		SPI_cursor_fetch(portal, true, FETCHED);
		table = SPI_tuptable;
		watched_check_row_type(judging->watched, table->tupdesc);
		old = MemoryContextSwitchTo(judging->row);
		for (i = 0; i < table->numvals; i++)
		{
			CHECK_FOR_INTERRUPTS();
			judge_row(judging, table->vals[i], table->tupdesc);
			MemoryContextReset(judging->row);
		}
		MemoryContextSwitchTo(old);
		SPI_freetuptable(table);
	} while (i == FETCHED);
	SPI_cursor_close(portal);
	AtEOXact_GUC(true, nest);
}

static void
read_rows(WatchChunk *judging)
{
	Watched    *watched = judging->watched;
	int16		length;
	bool		by_value;
	char		align;
	Datum	   *values;
	int			nvalues = 0;
	int			i;

	if (judging->nkeys <= FEW)
	{
		if (watched->one == NULL)
			watched->one = watched_prepare(watched, WATCHED_ONE);
		for (i = 0; i < judging->nkeys; i++)
		{
			Datum		value;

			if (key_value(watched->key_type, judging->keys[i], &value))
				judge_rows(judging, watched->one, watched->key_type, value);
		}
		return;
	}
	if (watched->many == NULL)
		watched->many = watched_prepare(watched, WATCHED_MANY);
	values = palloc_array(Datum, judging->nkeys);
	for (i = 0; i < judging->nkeys; i++)
		if (key_value(watched->key_type, judging->keys[i], &values[nvalues]))
			nvalues++;
	get_typlenbyvalalign(watched->key_type, &length, &by_value, &align);
	judge_rows(judging, watched->many, get_array_type(watched->key_type),
			   PointerGetDatum(construct_array(values, nvalues, watched->key_type, length, by_value, align)));
}

/* Lowers the lines of keys that have no row to zero. */
static void
judge_gone(WatchChunk *judging)
{
	int			i;

	for (i = 0; i < judging->nkeys; i++)
		if (!judging->judged[i])
			watched_compare(judging, i, NULL, date_year(judging->today), judging->today, NULL);
}

/* A new law may ask what was paid on other lines. */
static void
prepare_again(Watched *watched)
{
	char	   *paid = watched_paid(watched);

	if (watched->paid && strcmp(watched->paid, paid) == 0)
		return;
	if (watched->one && watched->many && watched->paid)
	{
		/* plans that are kept */
		watched_forget(watched);
		watched_keep(watched);
		return;
	}
	watched->one = watched->many = NULL;
	watched->paid = MemoryContextStrdup(GetMemoryChunkContext(watched), paid);
}

static int64
judge_chunk(Watched *watched, char **keys, int nkeys)
{
	MemoryContext old = CurrentMemoryContext;
	const char *before;
	WatchChunk	judging;
	int			i;

	memset(&judging, 0, sizeof(judging));
	judging.chunk = AllocSetContextCreate(old, "zjtx watch", ALLOCSET_DEFAULT_SIZES);
	judging.row = AllocSetContextCreate(judging.chunk, "zjtx watch row", ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(judging.chunk);
	judging.watched = watched;
	judging.keys = keys;
	judging.nkeys = nkeys;
	judging.judged = palloc0_array(bool, nkeys);
	judging.standings = palloc0_array(Standing *, nkeys);
	judging.room = 16;
	judging.entries = palloc_array(LedgerEntry, judging.room);
	judging.today = day_of_session();
	judging.notified = -1;
	if (watched->due)
	{
		/* of a key without a row nothing changes */
		judging.next = palloc_array(DateADT, nkeys);
		for (i = 0; i < nkeys; i++)
			judging.next[i] = DATEVAL_NOEND;
	}

	ledger_lock(watched->account, keys, nkeys, judging.today, watched->due);
	watched_check(watched);
	prepare_again(watched);
	if (watched->digests)
	{
		/*
		 * the ledger and the rows are read after what the digests have in
		 * common
		 */
		judging.digest = palloc0_array(pg_uuid_t *, nkeys);
		PushActiveSnapshot(GetTransactionSnapshot());
		judging.digests = digests_create(watched);
		PopActiveSnapshot();
	}
	ledger_standings(watched->account, keys, nkeys, watched->policies, watched->npolicies, judging.standings);
	before = ledger_judging(watched->account);
	PG_TRY();
	{
		read_rows(&judging);
	}
	PG_FINALLY();
	{
		(void) ledger_judging(before);
	}
	PG_END_TRY();
	MemoryContextSwitchTo(judging.chunk);
	judge_gone(&judging);
	watched_flush(&judging);
	if (watched->digests)
		ledger_set_judged(watched->account, keys, nkeys, judging.digest, judging.next, watched->law);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(judging.chunk);
	return judging.total;
}

int64
watched_judge(Watched *watched, char **keys, int nkeys)
{
	int64		total = 0;
	int			done;
	int			nest = NewGUCNestLevel();

	watched_set_day(watched);
	for (done = 0; done < nkeys; done += WATCH_CHUNK)
	{
		CHECK_FOR_INTERRUPTS();
		total += judge_chunk(watched, keys + done, Min(WATCH_CHUNK, nkeys - done));
	}
	AtEOXact_GUC(true, nest);
	return total;
}
