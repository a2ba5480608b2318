/*
 * watch.h
 *		Judging enterprises anew and adding to the ledger what changed.
 *
 * Facts live in several tables and meet in a view, dates fall due without a write, and
 * documents change.  So what changed is never read off a table's old and new row: the
 * view's row is judged as it is now and compared with where the ledger stands.
 */
#ifndef ZJTX_WATCH_H
#define ZJTX_WATCH_H

#include "postgres.h"

#include "executor/spi.h"
#include "utils/date.h"

/* Enterprises that are read and judged together. */
#define WATCH_CHUNK 10000

typedef struct Watched
{
	Oid			relation;		/* a row for each enterprise */
	char	   *name;			/* its qualified name */
	char	   *account;		/* the name of its account */
	char	   *key;			/* its key column */
	Oid			key_type;
	char	   *day;			/* its column with the day judged, or NULL */
	char	  **policies;		/* stored names */
	int			npolicies;
	char	   *channel;		/* to notify, or NULL */
	bool		everyone;		/* rows that are hidden from the reader are an error */
	char	   *as_of;			/* the day judged in the place of zjtx.as_of, or NULL */
	SPIPlanPtr	one;			/* reads the row of a key */
	SPIPlanPtr	many;			/* the rows of an array of keys */
} Watched;

/*
 * watched_create: in the current memory context, of the arguments behind the relation:
 * policies and, where `options` says so, options.  `account` is the account's name, or NULL.
 * Whatever of it does not exist is an error; what a policy's name stands for is seen when it
 * is judged.
 */
extern Watched *watched_create(Oid relation, const char *key, char **arguments, int narguments,
							   bool options, const char *account);

/*
 * watched_prepare: a plan that reads the row of a key, or the rows of an array of keys:
 * the key, the day of its own or NULL, and a verdict for each policy.
 */
extern SPIPlanPtr watched_prepare(const Watched *watched, bool many);

/*
 * watched_check: locks the relation, until the transaction ends, and sees that it still is as
 * it was found.  Others can change it while a sweep commits or a trigger waits for a lock.
 */
extern void watched_check(const Watched *watched);

/* watched_start: what reads begins with it and ends with AtEOXact_GUC at its level. */
extern int	watched_start(const Watched *watched);

/* watched_keep: its plans outlive the call.  watched_forget frees them. */
extern void watched_keep(Watched *watched);
extern void watched_forget(Watched *watched);

/*
 * watched_judge: judges enterprises by their keys, which are sorted; returns how many
 * entries the ledger got.  SPI is connected.
 */
extern int64 watched_judge(Watched *watched, char **keys, int nkeys);

/*
 * watched_all: every key that the relation has or that was ever judged, sorted.  *nulls is
 * the number of rows without a key, and *long_keys that of rows whose key has more than
 * KEY_BYTES; both are left out.
 */
extern int	watched_all(Watched *watched, char ***keys, int *nulls, int *long_keys);

/*
 * view_key_varies: whether a column of a view is written by something that settings of the
 * session have a say in.  False for tables.
 */
extern bool view_key_varies(Oid relation, int column);

/*
 * relation_has: whether the relation has a row with the key, whose day of its own is *day
 * where it has one and *own says so.  It is read as a sweep reads it.
 */
extern bool relation_has(Oid relation, const char *key_column, const char *key, DateADT *day, bool *own);

#endif							/* ZJTX_WATCH_H */
