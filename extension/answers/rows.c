/*
 * rows.c
 *		Rows of a set-returning function.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "rows.h"

void
rows_start(FunctionCallInfo fcinfo, Rows *rows)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	/* looking the columns up in the catalogue leaves memory behind with each call of a query */
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
put_null(Rows *rows)
{
	put(rows, (Datum) 0, true);
}

void
put_datum(Rows *rows, Datum value)
{
	put(rows, value, false);
}

void
put_text(Rows *rows, const char *text)
{
	if (text)
		put(rows, CStringGetTextDatum(text), false);
	else
		put_null(rows);
}

void
put_texts(Rows *rows, const List *texts)
{
	Datum	   *items = palloc_array(Datum, list_length(texts) + 1);
	ListCell   *cell;

	foreach(cell, texts)
		items[foreach_current_index(cell)] = CStringGetTextDatum(lfirst(cell));
	put_datum(rows, PointerGetDatum(construct_array(items, list_length(texts), TEXTOID, -1, false, TYPALIGN_INT)));
}

void
put_boolean(Rows *rows, bool value)
{
	put_datum(rows, BoolGetDatum(value));
}

void
put_date(Rows *rows, DateADT date, bool known)
{
	put(rows, known ? DateADTGetDatum(date) : (Datum) 0, !known);
}

void
put_row(Rows *rows)
{
	/* a new library can stand beside the SQL objects of an old version */
	if (rows->column != rows->result->setDesc->natts)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the SQL objects of zjtx are of another version than its library"),
				 errhint("ALTER EXTENSION zjtx UPDATE.")));
	tuplestore_putvalues(rows->result->setResult, rows->result->setDesc, rows->values, rows->nulls);
	rows->column = 0;
}
