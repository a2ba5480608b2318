/*
 * columns.h
 *		The values of many rows, column by column, as facts are read from them.
 */
#ifndef ZJTX_COLUMNS_H
#define ZJTX_COLUMNS_H

#include "postgres.h"

#include "engine/batch.h"
#include "engine/numeric_parts.h"

/*
 * What a column holds of its rows, next to a set of those that are NULL.  Facts of the commonest types are held as
 * batches read them.
 */
typedef enum ColumnForm
{
	COLUMN_DATUMS,
	COLUMN_TRUTHS,				/* of boolean */
	COLUMN_INTEGERS,			/* of smallint and integer, as doubles */
	COLUMN_DAYS					/* of date */
} ColumnForm;

/*
 * Declared texts that were found when tuples were taken apart.  Which texts are declared is learnt when a batch first
 * reads the column.
 */
typedef struct ColumnCodes
{
	bool		of_tuples;		/* the column is taken from tuples */
	Texts	   *texts;			/* a copy; NULL: not known yet */
	int			ncopies;
	MemoryContext context;		/* of the copies */
	uint8	   *code;			/* by row, as BatchColumn.code */
	uint64	   *coded;			/* rows that have one */
	int			ngroups;
} ColumnCodes;

/* Whether batches read all rows of a column: this one, and the one before. */
typedef struct ColumnUse
{
	bool		now;
	bool		before;
} ColumnUse;

typedef struct DatumColumn
{
	ColumnForm	form;
	bool		by_value;
	int16		length;			/* of the type */
	uint64	   *nulls;
	union
	{
		Datum	   *values;
		uint64	   *yes;
		double	   *integers;
		DateADT    *days;
	};

	/*
	 * of numeric: the nearest doubles to the values that were read when their
	 * tuples were taken apart, or when they were set, in the rows of a set
	 */
	double	   *numbers;
	uint64	   *numbered;
	bool		bare;			/* in these rows there is no other value; of a
								 * column that is not taken from tuples */

	ColumnCodes *codes;			/* of text */

	/*
	 * of numeric and text: if the batch before read all rows, they are read
	 * when tuples are taken apart
	 */
	ColumnUse  *use;
} DatumColumn;

/*
 * column_create: a column of a type, of up to nrows rows, in the current memory context.
 *
 * column_set: sets a row that is not NULL to a value, which must remain valid while the row is judged.  column_put:
 * sets a row to a copy of the value, in the current memory context, or to NULL.
 *
 * column_set_number: sets a row of a numeric column to the nearest double of a value alone.  Returns false if that does not
 * say all of the value, or if the column is not bare.
 *
 * column_value: returns the value of a row.
 */
extern DatumColumn column_create(Oid type, int nrows);

/*
 * column_pick: the selected rows of a column, in space that column_create_space made for up to BATCH_ROWS rows of any
 * column.
 */
extern DatumColumn *column_create_space(void);
extern DatumColumn column_pick(const DatumColumn *column, const BatchSelection *selection, const DatumColumn *space);

extern void column_put(DatumColumn *column, int row, Datum value, bool null);

extern Datum column_datum_of_number(double number);

static inline uint8
column_code(const Texts *texts, const char *text, int length)
{
	int			value = texts_find_in_place(texts, text, length);

	return value < 0 ? NO_CODE : value;
}

static inline bool
column_is_null(const DatumColumn *column, int row)
{
	return (column->nulls[row / 64] >> (row % 64)) & 1;
}

static inline Datum
column_value(const DatumColumn *column, int row)
{
	switch (column->form)
	{
		case COLUMN_TRUTHS:
			return BoolGetDatum((column->yes[row / 64] >> (row % 64)) & 1);
		case COLUMN_INTEGERS:
			return Int32GetDatum((int32) column->integers[row]);
		case COLUMN_DAYS:
			return DateADTGetDatum(column->days[row]);
		case COLUMN_DATUMS:
			if (column->bare && (column->numbered[row / 64] >> (row % 64)) & 1)
				return column_datum_of_number(column->numbers[row]);
			break;
	}
	return column->values[row];
}

static inline void
column_set(DatumColumn *column, int row, Datum value)
{
	uint64		bit = UINT64CONST(1) << (row % 64);

	switch (column->form)
	{
		case COLUMN_DATUMS:
			column->values[row] = value;
			break;
		case COLUMN_TRUTHS:
			column->yes[row / 64] = (column->yes[row / 64] & ~bit) | (DatumGetBool(value) ? bit : 0);
			break;
		case COLUMN_INTEGERS:
			column->integers[row] = column->length == sizeof(int16) ? DatumGetInt16(value) : DatumGetInt32(value);
			break;
		case COLUMN_DAYS:
			column->days[row] = DatumGetDateADT(value);
			break;
	}
}

static inline bool
column_set_number(DatumColumn *column, int row, Datum value)
{
	const char *datum = DatumGetPointer(value);
	uint64		bit = UINT64CONST(1) << (row % 64);
	uint64		digits;
	double		under;

	if (!column->bare)
		return false;
	column->numbered[row / 64] &= ~bit;
	if (numeric_may_be_plain(datum))
		numeric_read_plain(datum, &digits, &under);
	else if (!numeric_read_long(datum, &digits, &under))
		return false;
	if (!numeric_is_plain(digits, under))
		return false;
	column->numbered[row / 64] |= bit;
	column->numbers[row] = numeric_plain_number(digits, under);
	return true;
}

/* The values of one row, one for each column. */
static inline void
columns_row(const DatumColumn *columns, int ncolumns, int row, NullableDatum *datums)
{
	int			i;

	for (i = 0; i < ncolumns; i++)
	{
		datums[i].isnull = column_is_null(&columns[i], row);
		datums[i].value = datums[i].isnull ? (Datum) 0 : column_value(&columns[i], row);
	}
}

#endif							/* ZJTX_COLUMNS_H */
