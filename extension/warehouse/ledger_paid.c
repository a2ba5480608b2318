/*
 * ledger_paid.c
 *		What the ledger says was paid on a line for other periods.
 *
 * A cap over all periods leaves what was not paid for others.  What is owed for another period
 * and not paid yet counts as well: otherwise the amounts due for two periods could together
 * exceed the cap.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"

#include "engine/program.h"
#include "facts/day.h"
#include "keys.h"
#include "ledger.h"
#include "own.h"

ZJTX_FUNCTION(zjtx_paid_before);

static SPIPlanPtr paid_plan = NULL;

/* the account whose enterprises are being judged, or NULL */
static const char *judging = NULL;

const char *
ledger_judging(const char *account)
{
	const char *before = judging;

	judging = account;
	return before;
}

/*
 * Whoever judges for the ledger may know what it says of the account; everybody else needs the
 * right to read it.
 */
static bool
may_read(const char *account)
{
	if (judging && strcmp(judging, account) == 0)
		return true;
	return pg_class_aclcheck(own_relation("ledger"), GetUserId(), ACL_SELECT) == ACLCHECK_OK;
}

/*
 * paid_before(account, key, policy, code, day) → what was paid or is owed on the line of a
 * clause or group for other periods than that of the day, in 元; NULL if an argument is NULL,
 * or if the caller may not read the ledger.  A NULL day is that of the session.
 */
Datum
zjtx_paid_before(PG_FUNCTION_ARGS)
{
	Oid			types[5] = {TEXTOID, TEXTOID, TEXTOID, TEXTOID, INT4OID};
	Datum		values[5];
	Oid			key_type = get_fn_expr_argtype(fcinfo->flinfo, 1);
	DateADT		day;
	Datum		paid;
	bool		null;
	int			i;

	for (i = 0; i < 4; i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_NULL();
	day = PG_ARGISNULL(4) ? day_of_session() : PG_GETARG_DATEADT(4);
	if (DATE_NOT_FINITE(day) || !OidIsValid(key_type) || !may_read(TextDatumGetCString(PG_GETARG_DATUM(0))))
		PG_RETURN_NULL();
	for (i = 0; i < 4; i++)
		values[i] = PG_GETARG_DATUM(i);
	values[1] = CStringGetTextDatum(key_text(getBaseType(key_type), PG_GETARG_DATUM(1)));
	values[4] = Int32GetDatum(date_year(day));
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	ledger_run_same(&paid_plan,
					"SELECT coalesce(pg_catalog.sum(greatest(p.paid, p.owed)), 0.00) FROM ("
					"SELECT n.period, pg_catalog.sum(n.paid) AS paid, pg_catalog.max(n.owed) AS owed FROM ("
					"SELECT l.policy, l.period, pg_catalog.sum(l.difference) AS owed, pg_catalog.sum(l.paid) AS paid "
					"FROM zjtx.ledger l WHERE l.account" LEDGER_EQUAL "$1 AND l.key" LEDGER_EQUAL "$2 AND l.code" LEDGER_EQUAL "$4 "
					"AND l.payable AND coalesce(l.period, 0) OPERATOR(pg_catalog.<>) $5 "
					"AND " LEDGER_FAMILY("l.policy") LEDGER_EQUAL LEDGER_FAMILY("$3") " "
					"GROUP BY l.policy, l.period) n GROUP BY n.period) p",
					5, types, values, NULL);
	paid = SPI_datumTransfer(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null), false, -1);
	SPI_finish();
	PG_RETURN_DATUM(paid);
}
