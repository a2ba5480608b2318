/*
 * ledger.c
 *		Statements on zjtx.ledger, and the trigger that guards it.
 *
 * zjtx.judged has a row for each watched enterprise.  We write this row before we judge the
 * enterprise, and so lock it.  In READ COMMITTED a row lock would be enough.  At higher
 * levels, however, a transaction with an older snapshot must fail, and it fails only on a
 * row that was written.  Advisory locks would overflow the shared lock table during large
 * loads.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/snapmgr.h"

#include "accounts.h"
#include "keys.h"
#include "ledger.h"
#include "messages.h"
#include "own.h"

ZJTX_FUNCTION(zjtx_guard_ledger);

static SPIPlanPtr lock_plan = NULL;
static SPIPlanPtr locked_plan = NULL;
static SPIPlanPtr standings_plan = NULL;
static SPIPlanPtr insert_plan = NULL;
static SPIPlanPtr keys_plan = NULL;
static SPIPlanPtr due_plan = NULL;
static SPIPlanPtr without_plan = NULL;
static SPIPlanPtr digests_plan = NULL;
static SPIPlanPtr set_judged_plan = NULL;

/* ---------------- statements ---------------- */

/*
 * If the statement fails, the abort of the transaction restores the user ID.  Sequential
 * scans are disabled because a kept plan may date from a time when the tables were empty.
 */
typedef enum RunSnapshot
{
	RUN_NEXT,					/* a statement of its own, which may write */
	RUN_LATEST,					/* a read with a new snapshot */
	RUN_SAME					/* a read with the active snapshot */
}			RunSnapshot;

static void
run(SPIPlanPtr *plan, const char *query, int nargs, Oid *types, Datum *values, const char *nulls, RunSnapshot snapshot,
	DestReceiver *dest)
{
	MemoryContext memory = CurrentMemoryContext;
	Oid			user;
	int			context;
	int			nest = NewGUCNestLevel();

	GetUserIdAndSecContext(&user, &context);
	SetUserIdAndSecContext(own_table_owner("ledger"), context | SECURITY_LOCAL_USERID_CHANGE | SECURITY_NOFORCE_RLS);
	(void) set_config_option("enable_seqscan", "off", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	if (snapshot == RUN_LATEST)
		PushActiveSnapshot(GetLatestSnapshot());
	if (dest)
		own_execute_into(plan, query, nargs, types, values, nulls, dest);
	else
		(void) own_execute(plan, query, nargs, types, values, nulls, snapshot != RUN_NEXT);
	if (snapshot == RUN_LATEST)
		PopActiveSnapshot();
	AtEOXact_GUC(true, nest);
	SetUserIdAndSecContext(user, context);
	MemoryContextSwitchTo(memory);
}

void
ledger_run(SPIPlanPtr *plan, const char *query, int nargs, Oid *types, Datum *values, const char *nulls)
{
	run(plan, query, nargs, types, values, nulls, RUN_NEXT, NULL);
}

void
ledger_run_latest(SPIPlanPtr *plan, const char *query, int nargs, Oid *types, Datum *values, const char *nulls)
{
	run(plan, query, nargs, types, values, nulls, RUN_LATEST, NULL);
}

void
ledger_run_same(SPIPlanPtr *plan, const char *query, int nargs, Oid *types, Datum *values, const char *nulls)
{
	run(plan, query, nargs, types, values, nulls, RUN_SAME, NULL);
}

void
ledger_run_into(SPIPlanPtr *plan, const char *query, int nargs, Oid *types, Datum *values, const char *nulls,
				DestReceiver *dest)
{
	run(plan, query, nargs, types, values, nulls, RUN_SAME, dest);
}

static Datum
text_array(char **texts, int ntexts)
{
	Datum	   *items = palloc_array(Datum, ntexts + 1);
	int			i;

	for (i = 0; i < ntexts; i++)
		items[i] = CStringGetTextDatum(texts[i]);
	return PointerGetDatum(construct_array(items, ntexts, TEXTOID, -1, false, TYPALIGN_INT));
}

static char *
text_column(uint64 row, int column)
{
	return SPI_getvalue(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, column);
}

void
ledger_lock(const char *account, char **keys, int nkeys, DateADT day, bool due)
{
	Oid			types[4] = {TEXTOID, TEXTARRAYOID, DATEOID, BOOLOID};
	Datum		values[4] = {CStringGetTextDatum(account), text_array(keys, nkeys), DateADTGetDatum(day), BoolGetDatum(due)};

	account_lock(account, RowExclusiveLock);

	/* rows that this transaction has written are already locked by it */
	ledger_run(&lock_plan,
			   "INSERT INTO zjtx.judged AS j (account, key, judged_on, at) "
			   "SELECT $1, k, $3, pg_catalog.now() FROM pg_catalog.unnest($2) k "
			   "ON CONFLICT (account, key) DO UPDATE SET judged_on = excluded.judged_on, at = excluded.at, "
			   "law = CASE WHEN $4 THEN j.law ELSE 0 END, next_change = CASE WHEN $4 THEN j.next_change END, digest = NULL "
			   "WHERE j.xmin OPERATOR(pg_catalog.<>) pg_catalog.pg_current_xact_id()::pg_catalog.xid "
			   "OR j.judged_on OPERATOR(pg_catalog.<>) excluded.judged_on OR (NOT $4 AND j.law OPERATOR(pg_catalog.<>) 0) "
			   "OR j.digest IS NOT NULL",
			   4, types, values, NULL);

	/*
	 * a sweep newer than our snapshot may use a law that the snapshot does
	 * not show
	 */
	account_check_snapshot(account);
}

int
ledger_locked(const char *account, char **keys, int nkeys, char ***locked)
{
	Oid			types[2] = {TEXTOID, TEXTARRAYOID};
	Datum		values[2] = {CStringGetTextDatum(account), text_array(keys, nkeys)};
	uint64		i;

	ledger_run(&locked_plan,
			   "WITH free AS MATERIALIZED (SELECT key FROM zjtx.judged WHERE account OPERATOR(pg_catalog.=) $1 "
			   "AND key OPERATOR(pg_catalog.=) ANY ($2) FOR UPDATE SKIP LOCKED) "
			   "SELECT key FROM zjtx.judged WHERE account OPERATOR(pg_catalog.=) $1 AND key OPERATOR(pg_catalog.=) ANY ($2) "
			   "EXCEPT SELECT key FROM free",
			   2, types, values, NULL);
	*locked = palloc_array(char *, SPI_processed + 1);
	for (i = 0; i < SPI_processed; i++)
		(*locked)[i] = text_column(i, 1);
	SPI_freetuptable(SPI_tuptable);
	return i;
}

void
ledger_standings(const char *account, char **keys, int nkeys, char **policies, int npolicies,
				 Standing **standings)
{
	Oid			types[3] = {TEXTOID, TEXTARRAYOID, TEXTARRAYOID};
	Datum		values[3] = {CStringGetTextDatum(account), text_array(keys, nkeys), text_array(policies, npolicies)};
	uint64		i;

	/*
	 * one lookup for each key: a plan made for an empty ledger would
	 * otherwise scan all of it
	 */
	ledger_run(&standings_plan,
			   "SELECT k, s.* FROM pg_catalog.unnest($2) k, LATERAL ("
			   "SELECT policy, code, stage, unit, period, pg_catalog.sum(difference), payable, in_group, pg_catalog.sum(paid), "
			   "coalesce(pg_catalog.sum(paid) FILTER (WHERE kind OPERATOR(pg_catalog.=) 'carried'), 0.00) FROM zjtx.ledger "
			   "WHERE account OPERATOR(pg_catalog.=) $1 AND key OPERATOR(pg_catalog.=) k "
			   "AND policy OPERATOR(pg_catalog.=) ANY ($3) GROUP BY policy, code, stage, unit, period, payable, in_group "
			   "HAVING pg_catalog.sum(difference) OPERATOR(pg_catalog.<>) 0 OR pg_catalog.sum(paid) OPERATOR(pg_catalog.<>) 0 "
			   "OR in_group IS NOT NULL OR pg_catalog.bool_or(kind OPERATOR(pg_catalog.=) 'carried') ORDER BY pg_catalog.min(id) DESC) s",
			   3, types, values, NULL);
	for (i = 0; i < SPI_processed; i++)
	{
		HeapTuple	tuple = SPI_tuptable->vals[i];
		int			number = key_number(keys, nkeys, text_column(i, 1));
		Standing   *standing;
		Datum		period;
		Datum		amount;
		bool		no_period;
		bool		null;

		CHECK_FOR_INTERRUPTS();
		if (number < 0)
			continue;
		standing = palloc0(sizeof(Standing));
		standing->policy = text_column(i, 2);
		standing->code = text_column(i, 3);
		standing->stage = text_column(i, 4);
		standing->unit = text_column(i, 5);
		period = SPI_getbinval(tuple, SPI_tuptable->tupdesc, 6, &no_period);
		standing->period = no_period ? 0 : DatumGetInt32(period);
		amount = SPI_getbinval(tuple, SPI_tuptable->tupdesc, 7, &null);
		standing->amount = DatumGetNumericCopy(amount);
		standing->payable = DatumGetBool(SPI_getbinval(tuple, SPI_tuptable->tupdesc, 8, &null));
		standing->in_group = text_column(i, 9);
		standing->paid = DatumGetNumericCopy(SPI_getbinval(tuple, SPI_tuptable->tupdesc, 10, &null));
		standing->carried = DatumGetNumericCopy(SPI_getbinval(tuple, SPI_tuptable->tupdesc, 11, &null));
		/* restores the order in which the lines were first entered */
		standing->next = standings[number];
		standings[number] = standing;
	}
	SPI_freetuptable(SPI_tuptable);
}

/* ---------------- entries ---------------- */

/* A column of the entries as an array; NULL texts and periods of 0 become NULL. */
typedef struct Column
{
	Datum	   *values;
	bool	   *nulls;
	Oid			type;
} Column;

static void
set_text(Column *column, int row, const char *text)
{
	column->type = TEXTOID;
	column->nulls[row] = text == NULL;
	column->values[row] = text ? CStringGetTextDatum(text) : (Datum) 0;
}

static void
set_value(Column *column, int row, Oid type, Datum value, bool null)
{
	column->type = type;
	column->nulls[row] = null;
	column->values[row] = value;
}

static Datum
column_array(const Column *column, int nrows)
{
	int			lower = 1;
	int16		length;
	bool		by_value;
	char		align;

	get_typlenbyvalalign(column->type, &length, &by_value, &align);
	return PointerGetDatum(construct_md_array(column->values, column->nulls, 1, &nrows, &lower,
											  column->type, length, by_value, align));
}

#define ENTRY_COLUMNS 14

void
ledger_insert(const char *account, const LedgerEntry *entries, int nentries)
{
	Column		columns[ENTRY_COLUMNS];
	Oid			types[ENTRY_COLUMNS + 1] = {TEXTOID};
	Datum		values[ENTRY_COLUMNS + 1] = {CStringGetTextDatum(account)};
	Numeric		nothing = int64_div_fast_to_numeric(0, 2);
	int			i;

	if (nentries == 0)
		return;
	for (i = 0; i < ENTRY_COLUMNS; i++)
	{
		columns[i].values = palloc_array(Datum, nentries);
		columns[i].nulls = palloc_array(bool, nentries);
	}
	for (i = 0; i < nentries; i++)
	{
		const LedgerEntry *entry = &entries[i];

		CHECK_FOR_INTERRUPTS();
		set_text(&columns[0], i, entry->key);
		set_text(&columns[1], i, entry->policy);
		set_text(&columns[2], i, entry->code);
		set_text(&columns[3], i, entry->stage);
		set_text(&columns[4], i, entry->unit);
		set_value(&columns[5], i, INT4OID, Int32GetDatum(entry->period), entry->period == 0);
		set_text(&columns[6], i, entry->kind);
		set_value(&columns[7], i, NUMERICOID, NumericGetDatum(entry->old), false);
		set_value(&columns[8], i, NUMERICOID, NumericGetDatum(entry->new), false);
		set_value(&columns[9], i, DATEOID, DateADTGetDatum(entry->judged_on), false);
		set_value(&columns[10], i, BOOLOID, BoolGetDatum(entry->payable), false);
		set_text(&columns[11], i, entry->in_group);
		set_value(&columns[12], i, NUMERICOID, NumericGetDatum(entry->paid ? entry->paid : nothing), false);
		set_text(&columns[13], i, entry->note);
	}
	for (i = 0; i < ENTRY_COLUMNS; i++)
	{
		types[i + 1] = get_array_type(columns[i].type);
		values[i + 1] = column_array(&columns[i], nentries);
	}
	ledger_run(&insert_plan,
			   "INSERT INTO zjtx.ledger (account, key, policy, code, stage, unit, period, kind, old, new, judged_on, payable, in_group, paid, note) "
			   "SELECT $1, e.* FROM ROWS FROM (pg_catalog.unnest($2), pg_catalog.unnest($3), pg_catalog.unnest($4), "
			   "pg_catalog.unnest($5), pg_catalog.unnest($6), pg_catalog.unnest($7), pg_catalog.unnest($8), "
			   "pg_catalog.unnest($9), pg_catalog.unnest($10), pg_catalog.unnest($11), pg_catalog.unnest($12), "
			   "pg_catalog.unnest($13), pg_catalog.unnest($14), pg_catalog.unnest($15)) e",
			   ENTRY_COLUMNS + 1, types, values, NULL);
}

/* ---------------- who was judged ---------------- */

/* Returns the keys that a query has found. */
static int
keys_found(char ***keys)
{
	uint64		i;

	*keys = palloc_extended((SPI_processed + 1) * sizeof(char *), MCXT_ALLOC_HUGE);
	for (i = 0; i < SPI_processed; i++)
		(*keys)[i] = text_column(i, 1);
	SPI_freetuptable(SPI_tuptable);
	return i;
}

int
ledger_keys(const char *account, char ***keys)
{
	Oid			types[1] = {TEXTOID};
	Datum		values[1] = {CStringGetTextDatum(account)};

	ledger_run(&keys_plan, "SELECT key FROM zjtx.judged WHERE account OPERATOR(pg_catalog.=) $1", 1, types, values, NULL);
	return keys_found(keys);
}

int
ledger_without_digest(const char *account, char ***keys)
{
	Oid			types[1] = {TEXTOID};
	Datum		values[1] = {CStringGetTextDatum(account)};

	ledger_run(&without_plan, "SELECT key FROM zjtx.judged WHERE account OPERATOR(pg_catalog.=) $1 AND digest IS NULL",
			   1, types, values, NULL);
	return keys_found(keys);
}

void
ledger_digests(const char *account, DestReceiver *dest)
{
	Oid			types[1] = {TEXTOID};
	Datum		values[1] = {CStringGetTextDatum(account)};

	ledger_run_into(&digests_plan, "SELECT key, digest FROM zjtx.judged WHERE account OPERATOR(pg_catalog.=) $1",
					1, types, values, NULL, dest);
}

int
ledger_due(const char *account, int64 law, DateADT day, char ***keys)
{
	Oid			types[3] = {TEXTOID, INT8OID, DATEOID};
	Datum		values[3] = {CStringGetTextDatum(account), Int64GetDatum(law), DateADTGetDatum(day)};
	int			nest = NewGUCNestLevel();

	/*
	 * Each part is a range of the index.  After a sweep that has judged all,
	 * the range of other laws is full of entries of dead rows.  An index scan
	 * marks them dead, so that the next scan skips the rows; a bitmap scan
	 * would visit all of them each time, until VACUUM.
	 */
	(void) set_config_option("enable_bitmapscan", "off", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	ledger_run(&due_plan,
			   "SELECT key FROM zjtx.judged WHERE account OPERATOR(pg_catalog.=) $1 AND law OPERATOR(pg_catalog.=) $2 "
			   "AND next_change OPERATOR(pg_catalog.<=) $3 "
			   "UNION ALL SELECT key FROM zjtx.judged WHERE account OPERATOR(pg_catalog.=) $1 AND law OPERATOR(pg_catalog.<) $2 "
			   "UNION ALL SELECT key FROM zjtx.judged WHERE account OPERATOR(pg_catalog.=) $1 AND law OPERATOR(pg_catalog.>) $2",
			   3, types, values, NULL);
	AtEOXact_GUC(true, nest);
	return keys_found(keys);
}

void
ledger_set_judged(const char *account, char **keys, int nkeys, pg_uuid_t *const *digests, const DateADT *days, int64 law)
{
	Oid			types[6] = {TEXTOID, TEXTARRAYOID, get_array_type(UUIDOID), get_array_type(DATEOID), INT8OID, BOOLOID};
	Datum		values[6] = {CStringGetTextDatum(account), text_array(keys, nkeys)};
	Column		digest = {palloc_array(Datum, nkeys + 1), palloc_array(bool, nkeys + 1), UUIDOID};
	Column		next = {palloc_array(Datum, nkeys + 1), palloc_array(bool, nkeys + 1), DATEOID};
	int			i;

	for (i = 0; i < nkeys; i++)
	{
		set_value(&digest, i, UUIDOID, digests[i] ? UUIDPGetDatum(digests[i]) : (Datum) 0, digests[i] == NULL);
		set_value(&next, i, DATEOID, days ? DateADTGetDatum(days[i]) : (Datum) 0, days == NULL);
	}
	values[2] = column_array(&digest, nkeys);
	values[3] = column_array(&next, nkeys);
	values[4] = Int64GetDatum(law);
	values[5] = BoolGetDatum(days != NULL);
	ledger_run(&set_judged_plan,
			   "UPDATE zjtx.judged j SET digest = n.digest, law = CASE WHEN $6 THEN $5 ELSE j.law END, "
			   "next_change = CASE WHEN $6 THEN n.day ELSE j.next_change END "
			   "FROM ROWS FROM (pg_catalog.unnest($2), pg_catalog.unnest($3), pg_catalog.unnest($4)) n (key, digest, day) "
			   "WHERE j.account OPERATOR(pg_catalog.=) $1 AND j.key OPERATOR(pg_catalog.=) n.key "
			   "AND (n.digest IS NOT NULL OR $6 AND (j.law OPERATOR(pg_catalog.<>) $5 OR j.next_change OPERATOR(pg_catalog.<>) n.day "
			   "OR j.next_change IS NULL))",
			   6, types, values, NULL);
}

bool
ledger_is_note(Datum note)
{
	char	   *words = TextDatumGetCString(note);

	return words[strspn(words, " \t\r\n")] != '\0';
}

/* ---------------- the guard ---------------- */

/*
 * The trigger of zjtx.ledger, which allows inserts and nothing else.  A change that is not made by one of our
 * statements makes all digests invalid.  Replicated changes come with the digests that belong to them.
 */
Datum
zjtx_guard_ledger(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_BEFORE(trigger->tg_event) ||
		!TRIGGER_FIRED_FOR_STATEMENT(trigger->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("zjtx_internal.guard_ledger must be fired before each statement")));
	if (!TRIGGER_FIRED_BY_INSERT(trigger->tg_event) && !superuser())
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("entries of zjtx.ledger can be added but never changed"),
				 errhint("To take back a payment that was recorded by mistake, call zjtx.settle with a negative amount.")));

	/*
	 * only ledger_run() sets this for a statement that writes the ledger
	 */
	if (InNoForceRLSOperation() || SessionReplicationRole == SESSION_REPLICATION_ROLE_REPLICA)
		return PointerGetDatum(NULL);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	accounts_corrected();
	SPI_finish();
	return PointerGetDatum(NULL);
}
