/*
 * ledger_correct.c
 *		withdraw() cancels what was owed for an earlier year.  move_key() moves what an
 *		enterprise was owed and paid to its corrected key.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"

#include "accounts.h"
#include "engine/program.h"
#include "facts/day.h"
#include "messages.h"
#include "session/stored.h"
#include "keys.h"
#include "ledger.h"
#include "recorded.h"
#include "relation.h"
#include "watch.h"

ZJTX_FUNCTION(zjtx_withdraw);
ZJTX_FUNCTION(zjtx_move_key);

static SPIPlanPtr withdraw_plan = NULL;
static SPIPlanPtr entries_plan = NULL;
static SPIPlanPtr move_plan = NULL;

#define EQUAL " OPERATOR(pg_catalog.=) "
#define UNEQUAL " OPERATOR(pg_catalog.<>) "
#define LESS " OPERATOR(pg_catalog.<) "
#define MINUS " OPERATOR(pg_catalog.-) "

static void
check_given(FunctionCallInfo fcinfo, int argument, const char *function, const char *name)
{
	if (PG_ARGISNULL(argument))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s needs its %s", _(function), _(name))));
	if (strcmp(name, "note") == 0 && !ledger_is_note(PG_GETARG_DATUM(argument)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s needs its %s", _(function), _(name)),
				 errdetail("An empty note is not accepted.")));
}

/* ---------------- withdraw ---------------- */

/*
 * Refuses to withdraw a line that is still being judged because the relation has the key:
 * the next judgement would only enter it again.
 */
static void
check_withdrawable(const char *account, const char *key, int period)
{
	char	   *column;
	Oid			relation = account_relation(account, &column);
	DateADT		day = day_of_session();
	DateADT		of_row;
	bool		own;

	if (!OidIsValid(relation) || !watched_relation_has(relation, column, key, &of_row, &own))
		return;
	if (own)
		day = of_row;
	if (period == 0 || period == date_year(day))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 period == 0 ? errmsg("cannot withdraw a line without a period while %s has the key \"%s\"", relation_identity(relation), key) :
				 errmsg("cannot withdraw a line of %d, the year judged, while %s has the key \"%s\"", period, relation_identity(relation), key),
				 errdetail("The next judgement of the row would enter it again."),
				 errhint("Correct the facts of the row.")));
}

/*
 * withdraw(account, key, policy, code, stage, period, note) → amount paid that is no
 * longer owed
 */
Datum
zjtx_withdraw(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {
		gettext_noop("account"), gettext_noop("key"), gettext_noop("policy"), gettext_noop("code"), NULL, NULL, gettext_noop("note")
	};
	Oid			types[8] = {TEXTOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID, INT4OID, TEXTOID, DATEOID};
	Datum		values[8];
	char		nulls[9] = "        ";
	char	   *account;
	char	   *key;
	Datum		paid;
	bool		null;
	int			i;

	for (i = 0; i < 7; i++)
	{
		if (names[i])
			check_given(fcinfo, i, gettext_noop("a withdrawal"), names[i]);
		values[i] = PG_GETARG_DATUM(i);
		nulls[i] = PG_ARGISNULL(i) ? 'n' : ' ';
	}
	values[7] = DateADTGetDatum(day_of_session());
	account = TextDatumGetCString(values[0]);
	key = TextDatumGetCString(values[1]);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	ledger_lock(account, &key, 1, day_of_session(), false);
	check_withdrawable(account, key, PG_ARGISNULL(5) ? 0 : PG_GETARG_INT32(5));
	ledger_run(&withdraw_plan,
			   "WITH line AS (SELECT unit, payable, in_group, pg_catalog.sum(difference) AS stood, pg_catalog.sum(paid) AS paid FROM zjtx.ledger "
			   "WHERE account" EQUAL "$1 AND key" EQUAL "$2 AND policy" EQUAL "$3 AND code" EQUAL "$4 "
			   "AND (stage" EQUAL "$5 OR stage IS NULL AND $5 IS NULL) AND (period" EQUAL "$6 OR period IS NULL AND $6 IS NULL) "
			   "GROUP BY unit, payable, in_group), "
			   "taken AS (INSERT INTO zjtx.ledger (account, key, policy, code, stage, period, unit, payable, in_group, kind, old, new, note, judged_on) "
			   "SELECT $1, $2, $3, $4, $5, $6, unit, payable, in_group, 'withdrawn', stood, stood" MINUS "stood, $7, $8 FROM line WHERE stood" UNEQUAL "0 RETURNING 1) "
			   "SELECT (SELECT pg_catalog.count(*) FROM taken), coalesce((SELECT pg_catalog.sum(paid) FROM line WHERE payable), 0.00)",
			   8, types, values, nulls);
	if (DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null)) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_NO_DATA_FOUND),
				 errmsg("nothing is recorded on that line of account \"%s\", key \"%s\"", account, key),
				 errhint("zjtx.standing shows what is recorded, with the stage and the period of each line.")));
	paid = SPI_datumTransfer(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2, &null), false, -1);
	SPI_finish();
	PG_RETURN_DATUM(paid);
}

/* ---------------- move_key ---------------- */

/* Checks that the relation no longer has the old key, and that it can have the new one. */
static void
check_relation(const char *account, const char *old, const char *new)
{
	char	   *column;
	Oid			relation = account_relation(account, &column);
	TupleDesc	desc;
	DateADT		day;
	bool		own;
	Datum		value;

	if (!OidIsValid(relation))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("the relation of account \"%s\" is gone", account),
				 errdetail("It is unknown whether the relation still has the old key."),
				 errhint("CALL zjtx.sweep with account => '%s' gives the account to another relation.", account)));
	if (watched_relation_has(relation, column, old, &day, &own))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("%s still has the key \"%s\"", relation_identity(relation), old),
				 errhint("Correct the key there first.")));
	desc = relation_columns(relation);
	if (!key_value(key_type(desc, get_attnum(relation, column), relation_identity(relation)), new, &value))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("no key of %s is written \"%s\"", relation_identity(relation), new),
				 errhint("Write it as zjtx.judged shows keys: numbers without trailing zeros, dates as 2025-06-30.")));
}

/*
 * Checks that the new key has no separate history.  If the key was corrected in a watched
 * table, the trigger has already judged the new key.  In that case the new key enters a
 * line only after the old key has left it, and its first entry is later than the last rise
 * of the old key.  Entries from before the new key was itself moved away do not count, so
 * that a correction can be reverted.
 */
static void
check_entries(const char *account, const char *old, const char *new, Oid *types, Datum *values)
{
	bool		nothing;
	bool		own;
	bool		null;

	ledger_run(&entries_plan,
			   "WITH whole AS (SELECT * FROM zjtx.ledger WHERE account" EQUAL "$1 AND key" EQUAL "ANY (ARRAY[$2, $3])), "
			   "entry AS (SELECT * FROM whole WHERE key" EQUAL "$2 OR id OPERATOR(pg_catalog.>) coalesce((SELECT pg_catalog.max(id) FROM whole "
			   "WHERE key" EQUAL "$3 AND kind" EQUAL "'moved' AND (new" LESS "old OR paid" LESS "0)), 0)), "
			   "line AS (SELECT pg_catalog.max(id) FILTER (WHERE key" EQUAL "$2 AND kind" UNEQUAL "ALL ('{paid,carried,withdrawn}')) AS last, "
			   "pg_catalog.min(id) FILTER (WHERE key" EQUAL "$3) AS first FROM entry GROUP BY policy, code, stage, unit, period, payable, in_group) "
			   "SELECT NOT EXISTS (SELECT FROM entry WHERE key" EQUAL "$2), "
			   "EXISTS (SELECT FROM entry WHERE key" EQUAL "$3 AND kind" EQUAL "ANY ('{paid,moved}')) "
			   "OR EXISTS (SELECT FROM line WHERE first" LESS "last) "
			   "OR coalesce((SELECT pg_catalog.min(id) FROM entry WHERE key" EQUAL "$3)" LESS
			   "(SELECT pg_catalog.max(id) FROM entry WHERE key" EQUAL "$2 AND new OPERATOR(pg_catalog.>) old), false)",
			   3, types, values, NULL);
	nothing = DatumGetBool(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null));
	own = DatumGetBool(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2, &null));
	if (nothing)
		ereport(ERROR,
				(errcode(ERRCODE_NO_DATA_FOUND),
				 errmsg("account \"%s\" has no entries with the key \"%s\"", account, old)));
	if (own)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the key \"%s\" of account \"%s\" has entries of its own", new, account),
				 errdetail("Something was owed to it before \"%s\" fell, or was paid to it: these are two enterprises.", old)));
}

/* move_key(account, old, new, note) → number of lines moved */
Datum
zjtx_move_key(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {
		gettext_noop("account"), gettext_noop("old key"), gettext_noop("new key"), gettext_noop("note")
	};
	Oid			types[5] = {TEXTOID, TEXTOID, TEXTOID, TEXTOID, DATEOID};
	Datum		values[5];
	char	   *account;
	char	   *keys[2];
	char	   *old;
	char	   *new;
	int64		moved;
	int			i;

	for (i = 0; i < 4; i++)
	{
		check_given(fcinfo, i, gettext_noop("a key that moves"), names[i]);
		values[i] = PG_GETARG_DATUM(i);
	}
	values[4] = DateADTGetDatum(day_of_session());
	account = TextDatumGetCString(values[0]);
	old = keys[0] = TextDatumGetCString(values[1]);
	new = keys[1] = TextDatumGetCString(values[2]);
	if (strcmp(old, new) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the old key and the new one are the same")));
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	ledger_lock(account, keys, keys_sort(keys, 2), day_of_session(), false);
	check_relation(account, old, new);
	check_entries(account, old, new, types, values);

	/*
	 * if the new key was judged, it already has the line; otherwise the line
	 * moves
	 */
	ledger_run(&move_plan,
			   "WITH line AS (SELECT policy, code, stage, period, unit, payable, in_group, "
			   "coalesce(pg_catalog.sum(difference) FILTER (WHERE key" EQUAL "$2), 0) AS stood, "
			   "coalesce(pg_catalog.sum(paid) FILTER (WHERE key" EQUAL "$2), 0) AS paid, "
			   "pg_catalog.sum(difference) FILTER (WHERE key" EQUAL "$3) AS stands "
			   "FROM zjtx.ledger WHERE account" EQUAL "$1 AND key" EQUAL "ANY (ARRAY[$2, $3]) "
			   "GROUP BY policy, code, stage, period, unit, payable, in_group) "
			   "INSERT INTO zjtx.ledger (account, key, policy, code, stage, period, unit, payable, in_group, kind, old, new, paid, note, judged_on) "
			   "SELECT $1, m.key, policy, code, stage, period, unit, payable, in_group, 'moved', m.old, m.new, m.paid, $4, $5 FROM line, "
			   "LATERAL (VALUES ($2, stood, stood" MINUS "stood, OPERATOR(pg_catalog.-) paid), "
			   "($3, coalesce(stands, stood" MINUS "stood), coalesce(stands, stood), paid)) m (key, old, new, paid) "
			   "WHERE stood" UNEQUAL "0 OR line.paid" UNEQUAL "0",
			   5, types, values, NULL);
	moved = SPI_processed / 2;
	recorded_move(account, old, new);
	SPI_finish();
	PG_RETURN_INT64(moved);
}
