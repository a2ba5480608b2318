/*
 * rows.c
 *		Builds the rows of a set-returning function.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

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

/*
 * The array is laid out here: construct_array would need each text as a datum first, and a row of
 * assess() has two arrays.
 */
void
rows_put_texts(Rows *rows, const List *texts)
{
	Size		size = ARR_OVERHEAD_NONULLS(1);
	ArrayType  *array;
	char	   *next;
	ListCell   *cell;

	if (texts == NIL)
	{
		rows_put_datum(rows, PointerGetDatum(construct_empty_array(TEXTOID)));
		return;
	}
	foreach(cell, texts)
	{
		size += INTALIGN(VARHDRSZ + strlen(lfirst(cell)));
	}
	array = palloc0(size);
	SET_VARSIZE(array, size);
	array->ndim = 1;
	array->elemtype = TEXTOID;
	ARR_DIMS(array)[0] = list_length(texts);
	ARR_LBOUND(array)[0] = 1;
	next = ARR_DATA_PTR(array);
	foreach(cell, texts)
	{
		Size		length = strlen(lfirst(cell));

		SET_VARSIZE(next, VARHDRSZ + length);
		memcpy(VARDATA(next), lfirst(cell), length);
		next += INTALIGN(VARHDRSZ + length);
	}
	rows_put_datum(rows, PointerGetDatum(array));
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

bool
rows_same_texts(const List *a, const List *b)
{
	ListCell   *one;
	ListCell   *other;

	if (list_length(a) != list_length(b))
		return false;
	forboth(one, a, other, b)
	{
		if (strcmp(lfirst(one), lfirst(other)) != 0)
			return false;
	}
	return true;
}
