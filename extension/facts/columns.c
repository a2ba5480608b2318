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
#include "engine/batch_vectors.h"

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
	column.use = palloc0_object(ColumnUse);
	column.use->now = column.use->before = true;
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

/* ---------------- some rows of a column ---------------- */

DatumColumn *
column_create_space(void)
{
	DatumColumn *column = palloc0_object(DatumColumn);

	StaticAssertStmt(sizeof(Datum) <= sizeof(double), "the forms of a column share their space");
	/* vectors also compute what is behind the last row */
	column->nulls = palloc0_array(uint64, BATCH_GROUPS);
	column->integers = palloc0_array(double, BATCH_ROWS);
	column->numbers = palloc0_array(double, BATCH_ROWS);
	column->numbered = palloc0_array(uint64, BATCH_GROUPS);
	column->codes = new_codes(BATCH_GROUPS);
	return column;
}

/* The numbers, or texts, that were read when tuples were taken apart. */
static void
pick_read(const DatumColumn *column, const BatchSelection *selection, DatumColumn *picked)
{
	const ColumnCodes *codes = column->codes;
	int			i;

	if (column->numbered == NULL)
		picked->numbered = NULL;
	else
	{
		batch_loops()->pick(column->numbered, selection->words, picked->numbered, selection->ngroups);
		for (i = 0; i < selection->nrows; i++)
			picked->numbers[i] = column->numbers[selection->rows[i]];
	}
	if (codes == NULL)
		picked->codes = NULL;
	else
	{
		picked->codes->texts = codes->texts;
		batch_loops()->pick(codes->coded, selection->words, picked->codes->coded, selection->ngroups);
		for (i = 0; i < selection->nrows; i++)
			picked->codes->code[i] = codes->code[selection->rows[i]];
	}
}

DatumColumn
column_pick(const DatumColumn *column, const BatchSelection *selection, const DatumColumn *space)
{
	DatumColumn picked = *space;
	const uint16 *rows = selection->rows;
	int			i;

	picked.form = column->form;
	picked.by_value = column->by_value;
	picked.length = column->length;
	picked.bare = column->bare;
	picked.use = NULL;
	batch_loops()->pick(column->nulls, selection->words, picked.nulls, selection->ngroups);
	switch (column->form)
	{
		case COLUMN_TRUTHS:
			batch_loops()->pick(column->yes, selection->words, picked.yes, selection->ngroups);
			break;
		case COLUMN_INTEGERS:
			for (i = 0; i < selection->nrows; i++)
				picked.integers[i] = column->integers[rows[i]];
			break;
		case COLUMN_DAYS:
			for (i = 0; i < selection->nrows; i++)
				picked.days[i] = column->days[rows[i]];
			break;
		case COLUMN_DATUMS:
			for (i = 0; i < selection->nrows; i++)
				picked.values[i] = column->values[rows[i]];
			pick_read(column, selection, &picked);
			break;
	}
	return picked;
}
