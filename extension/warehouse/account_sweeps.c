/*
 * account_sweeps.c
 *		Sessions that write entries of an account at the same time: locks, and when the account was swept.
 */
#include "postgres.h"

#include "compat.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "accounts.h"
#include "ledger.h"
#include "messages.h"

static SPIPlanPtr swept_plan = NULL;
static SPIPlanPtr due_plan = NULL;
static SPIPlanPtr finished_plan = NULL;
static SPIPlanPtr snapshot_plan = NULL;
static SPIPlanPtr ended_plan = NULL;
static SPIPlanPtr sweeps_plan = NULL;
static SPIPlanPtr corrections_plan = NULL;
static SPIPlanPtr corrected_plan = NULL;

/* ---------------- locks ---------------- */

static Oid
lock_number(const char *account)
{
	Oid			number = hash_bytes((const unsigned char *) account, strlen(account));

	return OidIsValid(number) ? number : 1;
}

void
account_lock(const char *account, LOCKMODE mode)
{
	LockDatabaseObject(accounts_table(), lock_number(account), 0, mode);
}

VirtualTransactionId *
account_writers(const char *account, int *count)
{
	LOCKTAG		tag;

	SET_LOCKTAG_OBJECT(tag, MyDatabaseId, accounts_table(), lock_number(account), 0);
	return GetLockConflicts(&tag, ShareLock, count);
}

/* ---------------- sweeps and corrections ---------------- */

TimestampTz
account_swept(const char *account, const DateADT *due)
{
	Oid			types[2] = {TEXTOID, DATEOID};
	Datum		values[2] = {CStringGetTextDatum(account), due ? DateADTGetDatum(*due) : (Datum) 0};
	bool		null;
	TimestampTz at;

	ledger_run(&swept_plan,
			   "UPDATE zjtx.accounts SET swept_at = pg_catalog.now(), "
			   "sweeps = CASE WHEN $2 IS NULL THEN sweeps OPERATOR(pg_catalog.+) 1 ELSE sweeps END, "
			   "due_on = CASE WHEN due_on OPERATOR(pg_catalog.>) $2 OR $2 IS NULL THEN due_on ELSE $2 END "
			   "WHERE account OPERATOR(pg_catalog.=) $1 RETURNING swept_at",
			   2, types, values, due ? NULL : " n");
	at = SPI_processed > 0 ? DatumGetTimestampTz(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null)) : 0;
	SPI_freetuptable(SPI_tuptable);
	return at;
}

void
account_sweep_ended(const char *account, DateADT day, bool all)
{
	Oid			types[3] = {TEXTOID, DATEOID, BOOLOID};
	Datum		values[3] = {CStringGetTextDatum(account), DateADTGetDatum(day), BoolGetDatum(all)};

	/*
	 * if next changes are used, another sweep may have recorded some while
	 * this one ran
	 */
	ledger_run(&ended_plan,
			   "UPDATE zjtx.accounts SET swept_on = $2, "
			   "sweeps = CASE WHEN $3 AND due_on IS NOT NULL THEN sweeps OPERATOR(pg_catalog.+) 1 ELSE sweeps END "
			   "WHERE account OPERATOR(pg_catalog.=) $1",
			   3, types, values, NULL);
}

/* Reads a count of an account; 0 if there is no such account. */
static int64
read_count(void)
{
	bool		null = true;
	int64		count = 0;

	if (SPI_processed > 0)
		count = DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null));
	SPI_freetuptable(SPI_tuptable);
	return count;
}

int64
account_sweeps(const char *account)
{
	Oid			types[1] = {TEXTOID};
	Datum		values[1] = {CStringGetTextDatum(account)};

	ledger_run(&sweeps_plan, "SELECT sweeps FROM zjtx.accounts WHERE account OPERATOR(pg_catalog.=) $1", 1, types, values, NULL);
	return read_count();
}

int64
account_corrections(const char *account)
{
	Oid			types[1] = {TEXTOID};
	Datum		values[1] = {CStringGetTextDatum(account)};

	ledger_run_same(&corrections_plan, "SELECT corrections FROM zjtx.accounts WHERE account OPERATOR(pg_catalog.=) $1",
					1, types, values, NULL);
	return read_count();
}

void
accounts_corrected(void)
{
	ledger_run(&corrected_plan, "UPDATE zjtx.accounts SET corrections = corrections OPERATOR(pg_catalog.+) 1",
			   0, NULL, NULL, NULL);
}

bool
account_due_on(const char *account, DateADT *day)
{
	Oid			types[1] = {TEXTOID};
	Datum		values[1] = {CStringGetTextDatum(account)};
	bool		null = true;

	ledger_run(&due_plan, "SELECT due_on FROM zjtx.accounts WHERE account OPERATOR(pg_catalog.=) $1", 1, types, values, NULL);
	if (SPI_processed > 0)
		*day = DatumGetDateADT(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null));
	SPI_freetuptable(SPI_tuptable);
	return !null;
}

void
account_due_finished(const char *account, TimestampTz at, DateADT day)
{
	Oid			types[3] = {TEXTOID, TIMESTAMPTZOID, DATEOID};
	Datum		values[3] = {CStringGetTextDatum(account), TimestampTzGetDatum(at), DateADTGetDatum(day)};

	ledger_run(&finished_plan,
			   "UPDATE zjtx.accounts SET due_on = $3 WHERE account OPERATOR(pg_catalog.=) $1 "
			   "AND swept_at OPERATOR(pg_catalog.=) $2 AND due_on OPERATOR(pg_catalog.<>) $3",
			   3, types, values, NULL);
}

/*
 * Returns the time of the account's last sweep, or 0.  It uses the transaction's snapshot,
 * or with `latest` a new one.
 */
static TimestampTz
swept_at(const char *account, bool latest)
{
	Oid			types[1] = {TEXTOID};
	Datum		values[1] = {CStringGetTextDatum(account)};
	TimestampTz at = 0;
	bool		null = true;

	(latest ? ledger_run_latest : ledger_run)
		(&snapshot_plan, "SELECT swept_at FROM zjtx.accounts WHERE account OPERATOR(pg_catalog.=) $1", 1, types, values, NULL);
	if (SPI_processed > 0)
		at = DatumGetTimestampTz(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null));
	SPI_freetuptable(SPI_tuptable);
	return null ? 0 : at;
}

void
account_check_snapshot(const char *account)
{
	if (IsolationUsesXactSnapshot() && swept_at(account, false) != swept_at(account, true))
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("could not serialize access due to a sweep of account \"%s\" since the transaction began", account)));
}
