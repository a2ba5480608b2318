/*
 * rows.c
 *		Builds the rows of a set-returning function.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "messages.h"
#include "rows.h"

void
rows_start(FunctionCallInfo fcinfo, Rows *rows)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	/*
	 * use the expected descriptor if there is one: a catalog lookup would
	 * leak memory at each call
	 */
	InitMaterializedSRF(fcinfo, result && IsA(result, ReturnSetInfo) && result->expectedDesc ?
						MAT_SRF_USE_EXPECTED_DESC : 0);
	rows->result = result;
	rows->column = 0;
}

static void
put(Rows *rows, Datum value, bool null)
{
	Assert(rows->column < MAX_COLUMNS);
	rows->values[rows->column] = value;
	rows->nulls[rows->column++] = null;
}

void
rows_put_null(Rows *rows)
{
	put(rows, (Datum) 0, true);
}

void
rows_put_datum(Rows *rows, Datum value)
{
	put(rows, value, false);
}

void
rows_put_text(Rows *rows, const char *text)
{
	if (text)
		put(rows, CStringGetTextDatum(text), false);
	else
		rows_put_null(rows);
}

void
rows_put_texts(Rows *rows, const List *texts)
{
	Datum	   *items = palloc_array(Datum, list_length(texts) + 1);
	ListCell   *cell;

	foreach(cell, texts)
	{
		items[foreach_current_index(cell)] = CStringGetTextDatum(lfirst(cell));
	}
	rows_put_datum(rows, PointerGetDatum(construct_array(items, list_length(texts), TEXTOID, -1, false, TYPALIGN_INT)));
}

void
rows_put_boolean(Rows *rows, bool value)
{
	rows_put_datum(rows, BoolGetDatum(value));
}

void
rows_put_date(Rows *rows, DateADT date, bool known)
{
	put(rows, known ? DateADTGetDatum(date) : (Datum) 0, !known);
}

void
rows_put_row(Rows *rows)
{
	/* the library may be newer than the installed SQL objects */
	if (rows->column != rows->result->setDesc->natts)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the SQL objects of zjtx are from another version than its library"),
				 errhint("ALTER EXTENSION zjtx UPDATE.")));
	tuplestore_putvalues(rows->result->setResult, rows->result->setDesc, rows->values, rows->nulls);
	rows->column = 0;
}
