/*
 * rows.h
 *		Builds the rows of a set-returning function, column by column.
 */
#ifndef ZJTX_ROWS_H
#define ZJTX_ROWS_H

#include "postgres.h"

#include "fmgr.h"
#include "nodes/execnodes.h"
#include "utils/date.h"

#include "engine/number.h"

#define MAX_COLUMNS 24

typedef struct Rows
{
	ReturnSetInfo *result;
	int			column;
	Datum		values[MAX_COLUMNS];
	bool		nulls[MAX_COLUMNS];
} Rows;

/* Starts the result of a function that returns a set of records. */
extern void rows_start(FunctionCallInfo fcinfo, Rows *rows);

/* Each sets the next column; a NULL text becomes NULL. */
extern void rows_put_null(Rows *rows);
extern void rows_put_datum(Rows *rows, Datum value);
extern void rows_put_text(Rows *rows, const char *text);
extern void rows_put_texts(Rows *rows, const List *texts);

/* Whether two lists of char * hold the same texts. */
extern bool rows_same_texts(const List *a, const List *b);
extern void rows_put_boolean(Rows *rows, bool value);
extern void rows_put_date(Rows *rows, DateADT date, bool known);

/* Ends the row. */
extern void rows_put_row(Rows *rows);

#endif							/* ZJTX_ROWS_H */
