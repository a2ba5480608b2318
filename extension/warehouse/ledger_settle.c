/*
 * ledger_settle.c
 *		settle(…): what was paid.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "engine/stored.h"
#include "ledger.h"
#include "relation.h"

ZJTX_FUNCTION(zjtx_settle);

static SPIPlanPtr lock_plan = NULL;
static SPIPlanPtr owed_plan = NULL;
static SPIPlanPtr pay_plan = NULL;

/* The arguments, and those of the statements. */
#define RELATION	0
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

/* An amount of 元 with at most two decimals, and not zero. */
static void
check_amount(Datum amount, bool has_note)
{
	Datum		zero = NumericGetDatum(int64_to_numeric(0));

	if (numeric_is_nan(DatumGetNumeric(amount)) || numeric_is_inf(DatumGetNumeric(amount)) ||
		compare(amount, zero) == 0 ||
		compare(amount, DirectFunctionCall2(numeric_round, amount, Int32GetDatum(2))) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is no amount to pay", words(amount)),
				 errhint("Give yuan, with at most two decimals.")));
	if (compare(amount, zero) < 0 && !has_note)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a payment of %s needs a note", words(amount)),
				 errdetail("A negative amount takes back a payment, wholly or in part.")));
}

/*
 * settle(relation, key, policy, code, stage, period, amount, note) → what is due after it
 */
Datum
zjtx_settle(PG_FUNCTION_ARGS)
{
	Oid			types[NVALUES] = {TEXTOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID, INT4OID, NUMERICOID, TEXTOID,
	DATEOID, NUMERICOID};
	const char *names[4] = {"relation", "key", "policy", "code"};
	Datum		values[NVALUES];
	char		nulls[NVALUES + 1];
	Datum		owed;
	Datum		paid;
	Datum		after;
	Datum		due;
	bool		null;
	int			i;

	for (i = 0; i <= NOTE; i++)
	{
		nulls[i] = PG_ARGISNULL(i) ? 'n' : ' ';
		values[i] = PG_GETARG_DATUM(i);
		if (PG_ARGISNULL(i) && (i <= CODE || i == AMOUNT))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("a payment needs its %s", i == AMOUNT ? "amount" : names[i])));
	}
	check_amount(values[AMOUNT], !PG_ARGISNULL(NOTE));
	values[AMOUNT] = DirectFunctionCall2(numeric_round, values[AMOUNT], Int32GetDatum(2));
	values[RELATION] = CStringGetTextDatum(relation_words(PG_GETARG_OID(RELATION)));
	values[DAY] = DateADTGetDatum(stored_day());
	nulls[DAY] = nulls[STANDING] = ' ';
	nulls[NVALUES] = '\0';

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");

	/* the row is written, as it is before judging: an older snapshot than the last payment's fails */
	ledger_run(&lock_plan,
			   "UPDATE zjtx.judged SET at = pg_catalog.now() "
			   "WHERE relation OPERATOR(pg_catalog.=) $1 AND key OPERATOR(pg_catalog.=) $2",
			   2, types, values, nulls);
	ledger_run(&owed_plan,
			   "SELECT pg_catalog.sum(difference), pg_catalog.sum(paid) FROM zjtx.ledger "
			   "WHERE relation OPERATOR(pg_catalog.=) $1 AND key OPERATOR(pg_catalog.=) $2 "
			   "AND policy OPERATOR(pg_catalog.=) $3 AND code OPERATOR(pg_catalog.=) $4 "
			   "AND (stage OPERATOR(pg_catalog.=) $5 OR stage IS NULL AND $5 IS NULL) "
			   "AND (period OPERATOR(pg_catalog.=) $6 OR period IS NULL AND $6 IS NULL) "
			   "AND payable",
			   6, types, values, nulls);
	owed = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null);
	if (null)
		ereport(ERROR,
				(errcode(ERRCODE_NO_DATA_FOUND),
				 errmsg("the ledger has no amount of %s, key \"%s\", policy \"%s\", %s%s%s%s%s",
						TextDatumGetCString(values[RELATION]), TextDatumGetCString(values[KEY]),
						TextDatumGetCString(values[POLICY]), TextDatumGetCString(values[CODE]),
						PG_ARGISNULL(STAGE) ? "" : ", stage ",
						PG_ARGISNULL(STAGE) ? "" : TextDatumGetCString(values[STAGE]),
						PG_ARGISNULL(PERIOD) ? "" : ", period ",
						PG_ARGISNULL(PERIOD) ? "" : psprintf("%d", PG_GETARG_INT32(PERIOD))),
				 errhint("zjtx.owed has what is owed, with the stage and the period of each line.")));
	paid = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2, &null);
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
	values[STANDING] = owed;
	due = SPI_datumTransfer(DirectFunctionCall2(numeric_sub, owed, after), false, -1);
	ledger_run(&pay_plan,
			   "INSERT INTO zjtx.ledger (relation, key, policy, code, stage, period, unit, payable, kind, old, new, paid, note, judged_on) "
			   "VALUES ($1, $2, $3, $4, $5, $6, '元', true, 'paid', $10, $10, $7, $8, $9)",
			   NVALUES, types, values, nulls);
	SPI_finish();
	if (compare(due, NumericGetDatum(int64_to_numeric(0))) < 0)
		due = DirectFunctionCall2(numeric_round, NumericGetDatum(int64_to_numeric(0)), Int32GetDatum(2));
	PG_RETURN_DATUM(due);
}
