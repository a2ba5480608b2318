/*
 * paid_row.h
 *		For statements: rows with what was paid according to the ledger and what was allotted
 *		according to zjtx.allotments.
 */
#ifndef ZJTX_PAID_ROW_H
#define ZJTX_PAID_ROW_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "lib/stringinfo.h"
#include "nodes/pg_list.h"

#include "session/cache.h"

/* A fact that our tables know about a row. */
typedef enum RecordedKind
{
	RECORDED_PAID,				/* what was paid for other periods */
	RECORDED_SELECTED,			/* whether a selection has selected it */
	RECORDED_ALLOTTED			/* what a budget leaves of a line */
} RecordedKind;

typedef struct RecordedFact
{
	RecordedKind kind;
	char	   *name;
	char	   *label;			/* or NULL */
	char	   *code;			/* code of the line or selection */
} RecordedFact;

typedef struct PaidRow
{
	TupleDesc	desc;			/* columns of the relation */
	const char *row;			/* its alias in the statement, quoted if
								 * needed */
	const char *account;
	const char *key;			/* key column */
	const char *policy;			/* name under which payments are recorded */
	const List *facts;			/* of recorded_facts() */
	const char *day;			/* SQL expression of type date: the day judged */
} PaidRow;

/* recorded_facts: the facts of a policy that our tables know, as a list of RecordedFact. */
extern List *recorded_facts(const Compiled *compiled);

/*
 * paid_row_day: the SQL expression for the day of a row in a column.  An unknown day is infinity, for which payments
 * are unknown.
 */
extern char *paid_row_day(const char *row, const char *column);

/*
 * paid_row_append: appends "SELECT columns", all columns of the relation and a column for each of the facts.  What
 * was paid is taken from the ledger, which takes precedence over a column of the relation with the same name.  What
 * was allotted is taken from such a column until it is recorded.
 *
 * paid_row_column: appends the expression of one of these columns and its name.
 *
 * paid_row_replaces: whether one of them replaces a column of the relation.
 */
extern bool paid_row_replaces(const PaidRow *paid, const char *column);
extern void paid_row_append(StringInfo query, const PaidRow *paid);
extern void paid_row_column(StringInfo query, const PaidRow *paid, const RecordedFact *fact);

#endif							/* ZJTX_PAID_ROW_H */
