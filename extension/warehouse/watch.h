/*
 * watch.h
 *		Judges enterprises again and adds the changes to the ledger.
 *
 * Facts come from several tables that a view joins, dates pass without any write, and
 * documents change.  Therefore changes are never derived from a table's old and new
 * row.  Instead the view's current row is judged and compared with the ledger.
 */
#ifndef ZJTX_WATCH_H
#define ZJTX_WATCH_H

#include "postgres.h"

#include "executor/spi.h"
#include "utils/date.h"

/* Number of enterprises that are read and judged together. */
#define WATCH_CHUNK 10000

typedef struct Watched
{
	Oid			relation;		/* has a row for each enterprise */
	char	   *name;			/* its qualified name */
	char	   *account;		/* name of its account */
	char	   *key;			/* its key column */
	Oid			key_type;
	char	   *day;			/* the column with a row's own day, or NULL */
	char	  **policies;		/* names of stored policies */
	int			npolicies;
	char	   *channel;		/* for NOTIFY, or NULL */
	bool		everyone;		/* raise an error if row security hides rows */
	bool		digests;		/* keep digests of the results */
	bool		due;			/* also compute their next changes */
	int64		law;			/* the law of the next changes: watched_law() */
	char	   *as_of;			/* the day to judge by, in place of
								 * zjtx.as_of, or NULL */
	char	   *paid;			/* the lines for which the plans read what was
								 * paid: watched_paid() */
	SPIPlanPtr	one;			/* reads the row of one key */
	SPIPlanPtr	many;			/* reads the rows of an array of keys */
} Watched;

/*
 * watched_create: builds the structure in the current memory context from the arguments
 * that follow the relation: policies and, if `options` is set, options.  `account` is the
 * account's name, or NULL.  Objects that do not exist are an error.  The policies' names are
 * resolved later, when rows are judged.
 */
extern Watched *watched_create(Oid relation, const char *key, char **arguments, int narguments,
							   bool options, const char *account);

/* watched_topmost: the root of a partition's tree, or the table itself. */
extern Oid	watched_topmost(Oid table);

/* watched_is_option: whether an argument of a trigger is an option and not a policy. */
extern bool watched_is_option(const char *argument);

/*
 * watched_prepare: prepares a plan that reads the row of a key, the rows of an array of
 * keys, or all rows.  Its columns are the key, the row's own day or NULL, a verdict for each policy, and with `due` the next
 * change for each policy.
 */
typedef enum WatchedRows
{
	WATCHED_ONE,
	WATCHED_MANY,
	WATCHED_ALL
} WatchedRows;

extern SPIPlanPtr watched_prepare(const Watched *watched, WatchedRows rows);

/*
 * watched_paid: names the lines of the policies that ask what was paid for other periods.  The plans read it from the
 * ledger, and are made again when it has changed.
 */
extern char *watched_paid(const Watched *watched);

/*
 * watched_law: a hash of the names and the texts of the policies, and of the number of full sweeps.  It is not 0.
 */
extern int64 watched_law(const Watched *watched);

/*
 * watched_check: locks the relation until the end of the transaction, and raises an error if
 * it has changed since it was looked up.  Others can change it while a sweep commits or a
 * trigger waits for a lock.
 */
extern void watched_check(const Watched *watched);

/*
 * watched_check_row_type: raises an error if the key in rows that a plan returns has another type.
 */
extern void watched_check_row_type(const Watched *watched, TupleDesc desc);

/*
 * watched_start: sets up GUCs for reading.  The caller ends this with AtEOXact_GUC at the
 * level that is returned.
 */
extern int	watched_start(const Watched *watched);

/*
 * watched_set_day: sets the day to judge by at the current level of settings, if watched->as_of is given.
 */
extern void watched_set_day(const Watched *watched);

/*
 * watched_row_day: sets the day for which a row is judged, given the row's own day, or for which a key without a row
 * is judged; returns its year, or 0 if the row's own day is unknown.
 */
extern int	watched_row_day(const Watched *watched, Datum own, bool null, DateADT today, DateADT *day);

/* watched_keep: keeps the plans beyond the call.  watched_forget frees them. */
extern void watched_keep(Watched *watched);
extern void watched_forget(Watched *watched);

/*
 * watched_judge: judges enterprises by their sorted keys; returns the number of entries
 * added to the ledger.  The caller has connected to SPI.
 */
extern int64 watched_judge(Watched *watched, char **keys, int nkeys);

/*
 * watched_all: returns, sorted, all keys that the relation has or that were ever judged.
 * *nulls and *long_keys are set to the number of rows that are left out because their key
 * is NULL or is longer than KEY_BYTES.
 */
extern int	watched_all(Watched *watched, char ***keys, int *nulls, int *long_keys);

/*
 * watched_view_key_varies: returns whether a column of a view depends on session settings.  False
 * for tables.
 */
extern bool watched_view_key_varies(Oid relation, int column);

/*
 * watched_relation_has: returns whether the relation has a row with the key.  If the row has its
 * own day, *own is true and *day is set.  The relation is read as in a sweep.
 */
extern bool watched_relation_has(Oid relation, const char *key_column, const char *key, DateADT *day, bool *own);

#endif							/* ZJTX_WATCH_H */
