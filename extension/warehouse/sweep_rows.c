/*
 * sweep_rows.c
 *		Finds the enterprises of a sweep for which something may have changed.
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
#include "sweep_batch.h"
#include "sweep_rows.h"

/* An enterprise: a row of the relation, or a key that was judged before. */
typedef struct Known
{
	const char *key;
	uint32		hash;
	char		status;
	bool		row;			/* the relation has it */
	bool		digested;		/* has a digest */
	bool		same;			/* … which equals that of the row */
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
	int			ndigests;		/* number of digests that are known */
	Digests    *digests;
	DateADT		today;
	Oid			key_type;		/* the column's type, once it is checked */
	SweepBatch *batch;
	char	   *keys[SWEEP_BATCH_ROWS]; /* keys of its rows */
	int			years[SWEEP_BATCH_ROWS];
	Known	   *known[SWEEP_BATCH_ROWS];
	MemoryContext context;		/* context of what is kept */
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

/*
 * Finds the enterprise of a row, or NULL if it is a new one.  Two rows with one key are judged; then they are an
 * error.
 */
static Known *
find_known(Reading *reading, const char *key)
{
	Known	   *known = known_lookup(reading->rows->known, key);

	if (known && known->row)
		known->digested = known->same = false;
	else if (known)
		known->row = true;
	return known;
}

static void
add_new(Reading *reading, const char *key)
{
	bool		found;
	Known	   *known = known_insert(reading->rows->known, key, &found);

	if (!found)
		known->key = MemoryContextStrdup(reading->context, key);
	known->row = true;
	known->digested = known->same = false;
}

/* Judges the rows of the batch that have a digest to compare with. */
static void
compare_batch(Reading *reading)
{
	SweepBatch *batch = reading->batch;
	uint64		wanted[MANY_WORDS] = {0};
	int			i;

	for (i = 0; i < batch->nrows; i++)
	{
		reading->known[i] = find_known(reading, reading->keys[i]);
		if (reading->known[i] && reading->known[i]->digested)
			wanted[i / 64] |= UINT64CONST(1) << (i % 64);
	}
	sweep_batch_judge(batch, wanted);
	for (i = 0; i < batch->nrows; i++)
		if (reading->known[i] && reading->known[i]->digested)
		{
			pg_uuid_t	digest = sweep_batch_digest(batch, i, reading->keys[i], reading->years[i]);

			reading->known[i]->same = digest_equal(&digest, &reading->known[i]->digest);
		}
	/* moves the others */
	for (i = 0; i < batch->nrows; i++)
		if (reading->known[i] == NULL)
			add_new(reading, reading->keys[i]);
	sweep_batch_clear(batch);
}

static void
take_row(TupleTableSlot *slot, void *taker)
{
	Reading    *reading = taker;
	const Watched *watched = reading->watched;
	TupleDesc	desc = slot->tts_tupleDescriptor;
	MemoryContext old;
	DateADT		day;
	char	   *key;
	int			i;

	slot_getallattrs(slot);
	if (TupleDescAttr(desc, 0)->atttypid != reading->key_type)
	{
		watched_check_row_type(watched, desc);
		for (i = 0; i < watched->npolicies; i++)
			if (TupleDescAttr(desc, 2 + i)->atttypid != own_type(OWN_VERDICT))
				elog(ERROR, "%s was judged without a verdict", watched->name);
		reading->key_type = TupleDescAttr(desc, 0)->atttypid;
	}
	if (slot->tts_isnull[0])
	{
		reading->rows->nulls++;
		return;
	}
	old = MemoryContextSwitchTo(reading->batch->rows);
	key = key_text(watched->key_type, slot->tts_values[0]);
	MemoryContextSwitchTo(old);
	if (strlen(key) > KEY_BYTES)
	{
		reading->rows->long_keys++;
		return;
	}
	i = reading->batch->nrows;
	reading->keys[i] = key;
	reading->years[i] = watched_row_day(watched, slot->tts_values[1], slot->tts_isnull[1], reading->today, &day);
	sweep_batch_put(reading->batch, slot->tts_values + 2, slot->tts_isnull + 2);
	if (reading->batch->nrows == reading->batch->most)
		compare_batch(reading);
}

static void
read_relation(Reading *reading)
{
	const Watched *watched = reading->watched;
	MemoryContext old = CurrentMemoryContext;
	SPIPlanPtr	plan = watched_prepare(watched, WATCHED_ALL);
	SPIExecuteOptions options = {0};
	const char *before;
	Gatherer   *gatherer;
	int			nest = watched_start(watched);

	options.read_only = true;
	options.dest = own_receiver(take_row, reading);
	reading->batch = sweep_batch_create(watched, reading->digests, plan);
	before = ledger_judging(watched->account);
	gatherer = judge_gather(&reading->batch->gatherer);
	PG_TRY();
	{
		if (SPI_execute_plan_extended(plan, &options) != SPI_OK_SELECT)
			elog(ERROR, "could not read %s", watched->name);
		compare_batch(reading);
	}
	PG_FINALLY();
	{
		(void) judge_gather(gatherer);
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
