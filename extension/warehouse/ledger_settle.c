/*
 * ledger_settle.c
 *		settle() records payments.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "accounts.h"
#include "answers/quantity.h"
#include "facts/day.h"
#include "messages.h"
#include "session/stored.h"
#include "ledger.h"

ZJTX_FUNCTION(zjtx_settle);

static SPIPlanPtr lock_plan = NULL;
static SPIPlanPtr owed_plan = NULL;
static SPIPlanPtr pay_plan = NULL;

/* Indexes of the arguments, also in the statements. */
#define ACCOUNT		0
#define KEY			1
#define POLICY		2
#define CODE		3
#define STAGE		4
#define PERIOD		5
#define AMOUNT		6
#define NOTE		7
#define DAY			8
#define STANDING	9
#define NVALUES		10

static int
compare(Datum a, Datum b)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, a, b));
}

static char *
words(Datum amount)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, amount));
}

/*
 * The amounts owed and paid on a line, and those paid on the same line under another
 * name.  A series and its versions, and a document and its part, are watched under
 * different names but owe the same money.  Under another name, the line may be a member
 * of a group that is paid in its place, or it may be a group of which another name pays a
 * member.
 */
#define EQUAL LEDGER_EQUAL
#define UNEQUAL " OPERATOR(pg_catalog.<>) "
#define FAMILY(name) LEDGER_FAMILY(name)
#define THIS "policy" EQUAL "$3 AND code" EQUAL "$4 AND (stage" EQUAL "$5 OR stage IS NULL AND $5 IS NULL)"
#define OTHER "policy" UNEQUAL "$3 AND (code" UNEQUAL "$4 OR stage" EQUAL "$5 OR stage IS NULL AND $5 IS NULL)"
#define OWED \
	"WITH RECURSIVE line AS MATERIALIZED (SELECT l.policy, l.code, l.stage, l.line, l.payable, l.in_group, l.difference, l.paid FROM zjtx.ledger l " \
	"WHERE l.account" EQUAL "$1 AND l.key" EQUAL "$2 AND (l.period" EQUAL "$6 OR l.period IS NULL AND $6 IS NULL) " \
	"AND " FAMILY("l.policy") EQUAL FAMILY("$3") "), " \
	"below AS (SELECT $4 AS code UNION SELECT l.code FROM line l, below b WHERE l.in_group" EQUAL "b.code), " \
	"above AS (SELECT $4 AS code UNION SELECT l.in_group FROM line l, above a WHERE l.code" EQUAL "a.code AND l.in_group IS NOT NULL) " \
	"SELECT pg_catalog.sum(difference) FILTER (WHERE " THIS "), " \
	"pg_catalog.sum(paid) FILTER (WHERE " THIS "), " \
	"coalesce(pg_catalog.sum(paid) FILTER (WHERE " OTHER "), 0), " \
	"(pg_catalog.array_agg(policy ORDER BY policy, line) FILTER (WHERE " OTHER " AND paid" UNEQUAL "0))[1], " \
	"(pg_catalog.array_agg(line ORDER BY policy, line) FILTER (WHERE " OTHER " AND paid" UNEQUAL "0))[1] " \
	"FROM line l WHERE payable AND code" EQUAL "ANY (SELECT code FROM below UNION ALL SELECT code FROM above)"

/* Returns an amount in 元 with two decimals.  Requires that it is not zero and has no more. */
static Datum
check_amount(Datum amount, bool has_note)
{
	Datum		zero = NumericGetDatum(int64_to_numeric(0));
	Numeric		cents;

	if (!quantity_cents(DatumGetNumeric(amount), &cents) || compare(amount, zero) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is not a valid payment amount", words(amount)),
				 errhint("The amount must be in yuan, with at most two decimals.")));
	if (compare(amount, zero) < 0 && !has_note)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a payment of %s needs a note", words(amount)),
				 errdetail("A negative amount takes back a payment, wholly or in part.")));
	return NumericGetDatum(cents);
}

/*
 * settle(account, key, policy, code, stage, period, amount, note) → amount that is still
 * due
 */
Datum
zjtx_settle(PG_FUNCTION_ARGS)
{
	Oid			types[NVALUES] = {TEXTOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID, INT4OID, NUMERICOID, TEXTOID,
	DATEOID, NUMERICOID};
	static const char *const names[] = {
		gettext_noop("account"), gettext_noop("key"), gettext_noop("policy"), gettext_noop("code")
	};
	Datum		values[NVALUES];
	char		nulls[NVALUES + 1];
	char	   *account;
	Datum		owed;
	Datum		paid;
	Datum		elsewhere;
	char	   *other;
	char	   *line;
	char	   *other_line;
	Datum		after;
	Datum		due;
	Datum		zero = NumericGetDatum(int64_to_numeric(0));
	Numeric		cents;
	bool		null;
	int			i;

	for (i = 0; i <= NOTE; i++)
	{
		nulls[i] = PG_ARGISNULL(i) ? 'n' : ' ';
		values[i] = PG_GETARG_DATUM(i);
		if (PG_ARGISNULL(i) && (i <= CODE || i == AMOUNT))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("a payment needs its %s", i == AMOUNT ? _("amount") : _(names[i]))));
	}
	values[AMOUNT] = check_amount(values[AMOUNT], !PG_ARGISNULL(NOTE) && ledger_is_note(values[NOTE]));
	account = TextDatumGetCString(values[ACCOUNT]);
	values[DAY] = DateADTGetDatum(day_of_session());
	nulls[DAY] = nulls[STANDING] = ' ';
	nulls[NVALUES] = '\0';

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");

	(void) account_relation(account, &other);
	account_lock(account, RowExclusiveLock);

	/*
	 * writes the row, as judging does, so that a snapshot older than the last
	 * payment fails
	 */
	ledger_run(&lock_plan,
			   "UPDATE zjtx.judged SET at = pg_catalog.now(), law = 0, next_change = NULL, digest = NULL "
			   "WHERE account OPERATOR(pg_catalog.=) $1 AND key OPERATOR(pg_catalog.=) $2",
			   2, types, values, nulls);
	ledger_run(&owed_plan, OWED, 6, types, values, nulls);
	owed = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null);
	line = PG_ARGISNULL(STAGE) ? TextDatumGetCString(values[CODE]) :
		psprintf("%s/%s", TextDatumGetCString(values[CODE]), TextDatumGetCString(values[STAGE]));
	if (null)
		ereport(ERROR,
				(errcode(ERRCODE_NO_DATA_FOUND),
				 PG_ARGISNULL(PERIOD) ?
				 errmsg("the ledger has no amount in account \"%s\", key \"%s\", policy \"%s\", line \"%s\"",
						account, TextDatumGetCString(values[KEY]), TextDatumGetCString(values[POLICY]), line) :
				 errmsg("the ledger has no amount in account \"%s\", key \"%s\", policy \"%s\", line \"%s\" of %d",
						account, TextDatumGetCString(values[KEY]), TextDatumGetCString(values[POLICY]), line,
						PG_GETARG_INT32(PERIOD)),
				 errhint("zjtx.owed shows what is owed, with the stage and the period of each line.")));
	paid = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2, &null);
	elsewhere = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 3, &null);
	other = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 4);
	other_line = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 5);
	after = DirectFunctionCall2(numeric_add, paid, values[AMOUNT]);
	if (compare(after, NumericGetDatum(int64_to_numeric(0))) < 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s cannot be taken back: %s was paid", words(values[AMOUNT]), words(paid))));
	if (compare(values[AMOUNT], NumericGetDatum(int64_to_numeric(0))) > 0 && compare(after, owed) > 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s is more than is due: %s is owed and %s was paid",
						words(values[AMOUNT]), words(owed), words(paid))));
	if (compare(values[AMOUNT], NumericGetDatum(int64_to_numeric(0))) > 0 &&
		compare(DirectFunctionCall2(numeric_add, after, elsewhere), owed) > 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s is more than is due: %s is owed, %s was paid, and %s on line \"%s\" of policy \"%s\"",
						words(values[AMOUNT]), words(owed), words(paid), words(elsewhere), other_line, other)));
	values[STANDING] = owed;
	due = SPI_datumTransfer(DirectFunctionCall2(numeric_sub, owed, after), false, -1);
	ledger_run(&pay_plan,
			   "INSERT INTO zjtx.ledger (account, key, policy, code, stage, period, unit, payable, kind, old, new, paid, note, judged_on) "
			   "VALUES ($1, $2, $3, $4, $5, $6, '元', true, 'paid', $10, $10, $7, $8, $9)",
			   NVALUES, types, values, nulls);
	SPI_finish();
	/* nothing is due if more was paid than is owed */
	(void) quantity_cents(compare(due, zero) < 0 ? DatumGetNumeric(zero) : DatumGetNumeric(due), &cents);
	PG_RETURN_NUMERIC(cents);
}
