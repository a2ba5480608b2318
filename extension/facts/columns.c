/*
 * columns.c
 *		The values of many rows, column by column.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/datum.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"

#include "columns.h"

static ColumnForm
form_of(Oid type)
{
	switch (type)
	{
		case BOOLOID:
			return COLUMN_TRUTHS;
		case INT2OID:
		case INT4OID:
			return COLUMN_INTEGERS;
		case DATEOID:
			return COLUMN_DAYS;
		default:
			return COLUMN_DATUMS;
	}
}

static ColumnCodes *
new_codes(int ngroups)
{
	ColumnCodes *codes = palloc0_object(ColumnCodes);

	codes->context = CurrentMemoryContext;
	codes->code = palloc0_array(uint8, ngroups * GROUP_ROWS);
	codes->coded = palloc0_array(uint64, ngroups);
	codes->ngroups = ngroups;
	return codes;
}

DatumColumn
column_create(Oid type, int nrows)
{
	int			ngroups = (nrows + GROUP_ROWS - 1) / GROUP_ROWS;
	DatumColumn column = {0};
	Oid			base = getBaseType(type);

	column.form = form_of(base);
	get_typlenbyval(type, &column.length, &column.by_value);
	column.nulls = palloc0_array(uint64, ngroups);
	switch (column.form)
	{
		case COLUMN_DATUMS:
			column.values = palloc0_array(Datum, ngroups * GROUP_ROWS);
			if (base == NUMERICOID)
			{
				column.numbers = palloc0_array(double, ngroups * GROUP_ROWS);
				column.numbered = palloc0_array(uint64, ngroups);
			}
			else if (base == TEXTOID || base == VARCHAROID)
				column.codes = new_codes(ngroups);
			break;
		case COLUMN_TRUTHS:
			column.yes = palloc0_array(uint64, ngroups);
			break;
		case COLUMN_INTEGERS:
			column.integers = palloc0_array(double, ngroups * GROUP_ROWS);
			break;
		case COLUMN_DAYS:
			column.days = palloc0_array(DateADT, ngroups * GROUP_ROWS);
			break;
	}
	return column;
}

/* The decimal of at most 15 digits whose nearest double it is. */
Datum
column_datum_of_number(double number)
{
	return DirectFunctionCall1(float8_numeric, Float8GetDatum(number));
}

void
column_put(DatumColumn *column, int row, Datum value, bool null)
{
	uint64		bit = UINT64CONST(1) << (row % 64);

	if (null)
	{
		column->nulls[row / 64] |= bit;
		return;
	}
	column->nulls[row / 64] &= ~bit;
	if (!column_set_number(column, row, value))
		column_set(column, row, column->by_value ? value : datumCopy(value, false, column->length));
}
