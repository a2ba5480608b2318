/*
 * sweep_rows.c
 *		Finds the enterprises of a sweep of which something may have changed.
 */
#include "postgres.h"

#include "compat.h"
#include "access/xact.h"
#include "common/hashfn.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "facts/day.h"
#include "language/tree.h"
#include "digest.h"
#include "keys.h"
#include "ledger.h"
#include "messages.h"
#include "own.h"
#include "sweep_rows.h"

/* An enterprise: a row of the relation, or a key that was judged before. */
typedef struct Known
{
	const char *key;
	uint32		hash;
	char		status;
	bool		row;			/* the relation has it */
	bool		digested;		/* has a digest */
	bool		same;			/* which is that of the row */
	pg_uuid_t	digest;
} Known;

#define SH_PREFIX			known
#define SH_ELEMENT_TYPE		Known
#define SH_KEY_TYPE			const char *
#define SH_KEY				key
#define SH_HASH_KEY(table, key)	hash_bytes((const unsigned char *) (key), strlen(key))
#define SH_EQUAL(table, a, b)	(strcmp(a, b) == 0)
#define SH_STORE_HASH
#define SH_GET_HASH(table, known) (known)->hash
#define SH_SCOPE			static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

typedef struct Reading
{
	const Watched *watched;
	SweepRows  *rows;
	int			ndigests;		/* number of those that are known */
	Digests    *digests;
	DateADT		today;
	Oid			verdict_type;
	Oid			key_type;		/* the column's type, once it is checked */
	Datum	   *verdicts;
	MemoryContext context;		/* of what is kept */
	MemoryContext row;			/* of what is not */
} Reading;

/* ---------------- who was judged before ---------------- */

static void
take_digest(TupleTableSlot *slot, void *taker)
{
	Reading    *reading = taker;
	MemoryContext old = MemoryContextSwitchTo(reading->context);
	Known	   *known;
	bool		found;
	bool		null;
	Datum		digest;

	known = known_insert(reading->rows->known, TextDatumGetCString(slot_getattr(slot, 1, &null)), &found);
	known->row = known->same = false;
	digest = slot_getattr(slot, 2, &null);
	known->digested = !null;
	if (!null)
	{
		known->digest = *DatumGetUUIDP(digest);
		reading->ndigests++;
	}
	MemoryContextSwitchTo(old);
}

/* ---------------- the rows ---------------- */

/* Two rows with one key are judged; then they are an error. */
static void
compare_row(Reading *reading, const char *key, int year)
{
	bool		found;
	Known	   *known = known_lookup(reading->rows->known, key);
	pg_uuid_t	digest;

	if (known == NULL)
	{
		known = known_insert(reading->rows->known, MemoryContextStrdup(reading->context, key), &found);
		known->digested = known->same = false;
	}
	else if (known->row)
		known->digested = known->same = false;
	known->row = true;
	if (!known->digested)
		return;
	digest = digest_of(reading->digests, key, year, reading->verdicts);
	known->same = digest_equal(&digest, &known->digest);
}

static void
take_row(TupleTableSlot *slot, void *taker)
{
	Reading    *reading = taker;
	const Watched *watched = reading->watched;
	MemoryContext old = MemoryContextSwitchTo(reading->row);
	bool		null;
	Datum		own;
	bool		no_day;
	DateADT		day;
	char	   *key;
	int			i;

	slot_getallattrs(slot);
	if (TupleDescAttr(slot->tts_tupleDescriptor, 0)->atttypid != reading->key_type)
	{
		watched_check_row_type(watched, slot->tts_tupleDescriptor);
		reading->key_type = TupleDescAttr(slot->tts_tupleDescriptor, 0)->atttypid;
	}
	if (slot->tts_isnull[0])
	{
		reading->rows->nulls++;
		MemoryContextSwitchTo(old);
		return;
	}
	key = key_text(watched->key_type, slot->tts_values[0]);
	if (strlen(key) > KEY_BYTES)
		reading->rows->long_keys++;
	else
	{
		own = slot_getattr(slot, 2, &no_day);
		for (i = 0; i < watched->npolicies; i++)
		{
			reading->verdicts[i] = slot_getattr(slot, 3 + i, &null);
			if (null || TupleDescAttr(slot->tts_tupleDescriptor, 2 + i)->atttypid != reading->verdict_type)
				elog(ERROR, "%s was judged without a verdict", watched->name);
		}
		compare_row(reading, key, watched_row_day(watched, own, no_day, reading->today, &day));
	}
	MemoryContextSwitchTo(old);
	MemoryContextReset(reading->row);
}

static void
read_relation(Reading *reading)
{
	const Watched *watched = reading->watched;
	MemoryContext old = CurrentMemoryContext;
	SPIPlanPtr	plan = watched_prepare(watched, WATCHED_ALL);
	SPIExecuteOptions options = {0};
	const char *before;
	int			nest = watched_start(watched);

	options.read_only = true;
	options.dest = own_receiver(take_row, reading);
	before = ledger_judging(watched->account);
	PG_TRY();
	{
		if (SPI_execute_plan_extended(plan, &options) != SPI_OK_SELECT)
			elog(ERROR, "could not read %s", watched->name);
	}
	PG_FINALLY();
	{
		(void) ledger_judging(before);
	}
	PG_END_TRY();
	AtEOXact_GUC(true, nest);
	SPI_freeplan(plan);
	MemoryContextSwitchTo(old);
}

/* ---------------- which are to be judged ---------------- */

static bool
has_changed(Reading *reading, Known *known)
{
	pg_uuid_t	digest;

	if (!known->digested || known->row)
		return !known->same;
	digest = digest_of(reading->digests, known->key, date_year(reading->today), NULL);
	return !digest_equal(&digest, &known->digest);
}

static void
find_changed(Reading *reading)
{
	SweepRows  *rows = reading->rows;
	known_iterator iterator;
	Known	   *known;

	rows->total = rows->known->members;
	rows->keys = palloc_extended((rows->total + 1) * sizeof(char *), MCXT_ALLOC_HUGE);
	known_start_iterate(rows->known, &iterator);
	while ((known = known_iterate(rows->known, &iterator)) != NULL)
	{
		CHECK_FOR_INTERRUPTS();
		if (has_changed(reading, known))
			rows->keys[rows->nkeys++] = unconstify(char *, known->key);
	}
	rows->nkeys = keys_sort(rows->keys, rows->nkeys);
}

SweepRows *
sweep_rows(const Watched *watched)
{
	SweepRows  *rows = palloc0_object(SweepRows);
	Reading		reading = {.watched = watched,.rows = rows,.context = CurrentMemoryContext};
	MemoryContext old;
	MemoryContext work = AllocSetContextCreate(CurrentMemoryContext, "zjtx sweep", ALLOCSET_DEFAULT_SIZES);
	int			nest = NewGUCNestLevel();

	watched_set_day(watched);
	watched_check(watched);
	rows->known = known_create(CurrentMemoryContext, 1024, NULL);
	old = MemoryContextSwitchTo(work);
	reading.row = AllocSetContextCreate(work, "zjtx sweep row", ALLOCSET_DEFAULT_SIZES);
	reading.verdicts = palloc_array(Datum, watched->npolicies);
	reading.verdict_type = own_type(OWN_VERDICT);
	reading.today = day_of_session();
	CommandCounterIncrement();
	PushActiveSnapshot(GetTransactionSnapshot());
	reading.digests = digests_create(watched);
	ledger_digests(watched->account, own_receiver(take_digest, &reading));
	if (reading.ndigests > 0)
		read_relation(&reading);
	PopActiveSnapshot();
	MemoryContextSwitchTo(old);
	if (reading.ndigests > 0)
		find_changed(&reading);
	MemoryContextDelete(work);
	AtEOXact_GUC(true, nest);
	return reading.ndigests > 0 ? rows : NULL;
}

int
sweep_rows_new(const SweepRows *rows, char **keys, int nkeys)
{
	int			count = 0;
	int			i;

	for (i = 0; i < nkeys; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (known_lookup(rows->known, keys[i]) == NULL)
			keys[count++] = keys[i];
	}
	return count;
}
