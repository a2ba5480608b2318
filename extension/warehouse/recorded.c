/*
 * recorded.c
 *		zjtx.allotments: what was selected and allotted, as it was announced.
 *
 * Statements run with the rights of the ledger's owner, like those on the ledger.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/numeric.h"

#include "facts/day.h"
#include "messages.h"
#include "allot_policy.h"
#include "keys.h"
#include "ledger.h"
#include "recorded.h"

ZJTX_FUNCTION(zjtx_recorded_selected);
ZJTX_FUNCTION(zjtx_recorded_amount);
ZJTX_FUNCTION(zjtx_guard_allotments);

static SPIPlanPtr selected_plan = NULL;
static SPIPlanPtr amount_plan = NULL;
static SPIPlanPtr exists_plan = NULL;
static SPIPlanPtr insert_plan = NULL;
static SPIPlanPtr move_plan = NULL;
static SPIPlanPtr due_plan = NULL;

#define EQUAL LEDGER_EQUAL
#define FAMILY(name) LEDGER_FAMILY(name)

/* ---------------- what is recorded of a row ---------------- */

/*
 * Runs a query of (account, key, policy, code, year) → the recorded value, whether anything is recorded.  Returns
 * whether there is a value; *exists whether anything is.
 */
static bool
recorded_value(FunctionCallInfo fcinfo, SPIPlanPtr *plan, const char *query, Datum *value, bool *exists, bool by_value)
{
	Oid			types[5] = {TEXTOID, TEXTOID, TEXTOID, TEXTOID, INT4OID};
	Datum		values[5];
	Oid			key_type = get_fn_expr_argtype(fcinfo->flinfo, 1);
	DateADT		day;
	char	   *code;
	char	   *slash;
	bool		null;
	int			i;

	*exists = false;
	for (i = 0; i < 4; i++)
		if (PG_ARGISNULL(i))
			return false;
	day = PG_ARGISNULL(4) ? day_of_session() : PG_GETARG_DATEADT(4);
	if (DATE_NOT_FINITE(day) || !OidIsValid(key_type) ||
		!ledger_may_read(TextDatumGetCString(PG_GETARG_DATUM(0)), "allotments"))
		return false;
	for (i = 0; i < 4; i++)
		values[i] = PG_GETARG_DATUM(i);
	/* a literal without a type is text */
	values[1] = CStringGetTextDatum(key_type == UNKNOWNOID ? DatumGetCString(values[1]) :
									key_text(key_argument_type(key_type), values[1]));
	values[4] = Int32GetDatum(date_year(day));
	code = TextDatumGetCString(values[3]);
	slash = strchr(code, '/');
	if (slash)
	{
		/* the code is that of a used document */
		values[2] = PointerGetDatum(cstring_to_text_with_len(code, slash - code));
		values[3] = CStringGetTextDatum(slash + 1);
	}
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	ledger_run_same(plan, query, 5, types, values, NULL);
	*value = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null);
	if (!null)
		*value = SPI_datumTransfer(*value, by_value, by_value ? 1 : -1);
	{
		bool		unused;

		*exists = DatumGetBool(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2, &unused));
	}
	SPI_finish();
	return !null;
}

/* The value recorded for a line, and whether anything is recorded for it for any enterprise. */
#define RECORDED_LINE(line) line " AND " RECORDED_FOR("$5") " AND " FAMILY("a.policy") EQUAL FAMILY("$3")
#define RECORDED_VALUE(value, line) \
	"SELECT (SELECT " value " FROM zjtx.allotments a WHERE a.account" EQUAL "$1 AND a.key" EQUAL "$2 AND " \
	RECORDED_LINE(line) "), EXISTS (SELECT FROM zjtx.allotments a WHERE a.account" EQUAL "$1 AND " RECORDED_LINE(line) ")"

/*
 * recorded_selected(account, key, policy, code, day) → whether the selection selected the enterprise for the year of
 * the day.  False if others were recorded and this enterprise was not.  NULL if none was recorded, if an argument is
 * NULL, or if the caller may not read zjtx.allotments.
 */
Datum
zjtx_recorded_selected(PG_FUNCTION_ARGS)
{
	Datum		value;
	bool		exists;

	if (recorded_value(fcinfo, &selected_plan,
					   RECORDED_VALUE("pg_catalog.bool_or(a.selected)", "a.code" EQUAL "$4 AND a.clause IS NULL"),
					   &value, &exists, true))
		PG_RETURN_DATUM(value);
	if (exists)
		PG_RETURN_BOOL(false);
	PG_RETURN_NULL();
}

/*
 * recorded_amount(account, key, policy, clause, day) → the same for what a budget leaves of a clause or group, in 元
 */
Datum
zjtx_recorded_amount(PG_FUNCTION_ARGS)
{
	Datum		value;
	bool		exists;

	if (recorded_value(fcinfo, &amount_plan,
					   RECORDED_VALUE("pg_catalog.sum(a.amount)", "a.clause" EQUAL "$4"),
					   &value, &exists, false))
		PG_RETURN_DATUM(value);
	if (exists)
		PG_RETURN_NUMERIC(allotted_amount(0));
	PG_RETURN_NULL();
}

/* ---------------- recording ---------------- */

bool
recorded_exists(const char *account, const char *policy, const char *code, int period)
{
	Oid			types[4] = {TEXTOID, TEXTOID, TEXTOID, INT4OID};
	Datum		values[4] = {CStringGetTextDatum(account), CStringGetTextDatum(policy), CStringGetTextDatum(code), Int32GetDatum(period)};
	char		nulls[5] = "    ";
	bool		null;

	if (period == 0)
		nulls[3] = 'n';
	ledger_run_latest(&exists_plan,
					  "SELECT EXISTS (SELECT FROM zjtx.allotments a WHERE a.account" EQUAL "$1 AND a.code" EQUAL "$3 "
					  "AND (" RECORDED_FOR("$4") " OR $4 IS NULL) AND " FAMILY("a.policy") EQUAL FAMILY("$2") ")",
					  4, types, values, nulls);
	return DatumGetBool(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null));
}

/* An array of values, of which some are NULL. */
static Datum
array_of(Datum *values, bool *nulls, int count, Oid type)
{
	int			lower = 1;
	int16		length;
	bool		by_value;
	char		align;

	get_typlenbyvalalign(type, &length, &by_value, &align);
	return PointerGetDatum(construct_md_array(values, nulls, 1, &count, &lower, type, length, by_value, align));
}

#define NHEADERS	8			/* parameters before the arrays */
#define NARRAYS		7

void
recorded_insert(const RecordedHeader *header, const Recorded *rows, int nrows)
{
	static const Oid elements[NARRAYS] = {TEXTOID, TEXTOID, INT8OID, INT8OID, BOOLOID, NUMERICOID, NUMERICOID};
	Oid			types[NHEADERS + NARRAYS] = {TEXTOID, TEXTOID, TEXTOID, INT4OID, TEXTOID, TEXTOID, DATEOID, TEXTOID};
	Datum		values[NHEADERS + NARRAYS];
	char		nulls[NHEADERS + NARRAYS + 1];
	Datum	   *columns[NARRAYS];
	bool	   *missing[NARRAYS];
	int			i,
				j;

	if (nrows == 0)
		return;
	memset(nulls, ' ', NHEADERS + NARRAYS);
	nulls[NHEADERS + NARRAYS] = '\0';
	for (j = 0; j < NARRAYS; j++)
	{
		columns[j] = palloc0_array(Datum, nrows);
		missing[j] = palloc0_array(bool, nrows);
	}
	for (i = 0; i < nrows; i++)
	{
		const Recorded *row = &rows[i];
		bool		selection = row->clause == NULL;

		columns[0][i] = CStringGetTextDatum(row->key);
		missing[1][i] = missing[5][i] = missing[6][i] = selection;
		missing[2][i] = missing[3][i] = row->place_low == 0;
		missing[4][i] = !selection;
		columns[2][i] = Int64GetDatum(row->place_low);
		columns[3][i] = Int64GetDatum(row->place_high);
		columns[4][i] = BoolGetDatum(row->selected);
		if (selection)
			continue;
		columns[1][i] = CStringGetTextDatum(row->clause);
		columns[5][i] = NumericGetDatum(allotted_amount(row->claim));
		columns[6][i] = NumericGetDatum(allotted_amount(row->amount));
	}
	values[0] = CStringGetTextDatum(header->account);
	values[1] = CStringGetTextDatum(header->policy);
	values[2] = CStringGetTextDatum(header->code);
	values[3] = Int32GetDatum(header->period);
	nulls[3] = header->period == 0 ? 'n' : ' ';
	values[4] = CStringGetTextDatum(header->strict ? "out" : "open");
	values[5] = CStringGetTextDatum(header->law);
	values[6] = DateADTGetDatum(day_of_session());
	values[7] = header->note ? CStringGetTextDatum(header->note) : (Datum) 0;
	nulls[7] = header->note ? ' ' : 'n';
	for (j = 0; j < NARRAYS; j++)
	{
		types[NHEADERS + j] = get_array_type(elements[j]);
		values[NHEADERS + j] = array_of(columns[j], missing[j], nrows, elements[j]);
	}
	ledger_run(&insert_plan,
			   "INSERT INTO zjtx.allotments (account, policy, code, period, undecided, law, judged_on, note, "
			   "key, clause, place_low, place_high, selected, claim, amount) "
			   "SELECT $1, $2, $3, $4, $5, $6, $7, $8, r.* FROM ROWS FROM (pg_catalog.unnest($9), pg_catalog.unnest($10), "
			   "pg_catalog.unnest($11), pg_catalog.unnest($12), pg_catalog.unnest($13), pg_catalog.unnest($14), "
			   "pg_catalog.unnest($15)) r",
			   NHEADERS + NARRAYS, types, values, nulls);
}

void
recorded_move(const char *account, const char *old, const char *new)
{
	Oid			types[3] = {TEXTOID, TEXTOID, TEXTOID};
	Datum		values[3] = {CStringGetTextDatum(account), CStringGetTextDatum(old), CStringGetTextDatum(new)};

	ledger_run(&move_plan,
			   "UPDATE zjtx.allotments SET key = $3 WHERE account" EQUAL "$1 AND key" EQUAL "$2",
			   3, types, values, NULL);
}

void
recorded_changed(const char *account)
{
	Oid			types[1] = {TEXTOID};
	Datum		values[1] = {CStringGetTextDatum(account)};

	ledger_run(&due_plan,
			   "UPDATE zjtx.judged SET law = 0, next_change = NULL, digest = NULL WHERE account" EQUAL "$1 "
			   "AND (law OPERATOR(pg_catalog.<>) 0 OR digest IS NOT NULL)",
			   1, types, values, NULL);
}

/* ---------------- the guard ---------------- */

/* The trigger of zjtx.allotments, which allows inserts and nothing else. */
Datum
zjtx_guard_allotments(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_BEFORE(trigger->tg_event) ||
		!TRIGGER_FIRED_FOR_STATEMENT(trigger->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("zjtx_internal.guard_allotments must be fired before each statement")));
	if (!superuser())
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("rows of zjtx.allotments can be added but never changed"),
				 errhint("Only a superuser can take back what was recorded by mistake.")));
	return PointerGetDatum(NULL);
}
