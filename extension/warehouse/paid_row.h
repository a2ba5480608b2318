/*
 * paid_row.h
 *		In statements: rows that also say what was paid, according to the ledger.
 */
#ifndef ZJTX_PAID_ROW_H
#define ZJTX_PAID_ROW_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "lib/stringinfo.h"
#include "nodes/pg_list.h"

#include "session/cache.h"

typedef struct PaidRow
{
	TupleDesc	desc;			/* columns of the relation */
	const char *row;			/* its alias in the statement, quoted if
								 * needed */
	const char *account;
	const char *key;			/* key column */
	const char *policy;			/* name under which payments are recorded */
	const List *codes;			/* of paid_codes() */
	const char *day;			/* SQL expression of type date: the day judged */
} PaidRow;

/* paid_codes: the lines of which a policy asks what was paid, as a list of char *: their codes. */
extern List *paid_codes(const Compiled *compiled);

/*
 * paid_row_day: the SQL expression for the day of a row in a column; an unknown day is infinity, for which nobody
 * knows what was paid.
 */
extern char *paid_row_day(const char *row, const char *column);

/*
 * paid_row_append: appends "SELECT columns", all columns of the relation and a column "paid of CODE" for each line,
 * taken from the ledger.  The ledger knows better than a column of the relation that has this name.
 */
extern void paid_row_append(StringInfo query, const PaidRow *paid);

#endif							/* ZJTX_PAID_ROW_H */
