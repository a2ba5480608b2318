/*
 * accounts.h
 *		Accounts: which relation's enterprises an entry of the ledger is about.
 *
 * A relation is identified by its OID in this database of this cluster, so it keeps its
 * account when it is renamed.  If the OID does not help (after the view was recreated, in
 * a restored dump, on a logical replica), the qualified name identifies it.  Every
 * ambiguity is an error, because a second account for the same enterprises would pay them
 * a second time.  Callers must have connected to SPI.
 */
#ifndef ZJTX_ACCOUNTS_H
#define ZJTX_ACCOUNTS_H

#include "postgres.h"

#include "storage/lock.h"
#include "utils/date.h"

/* Long enough for a qualified name in which every character is quoted. */
#define ACCOUNT_BYTES 300

/*
 * account_find: returns the name of the relation's account, in the current memory
 * context.  It creates the account, or assigns an existing one to the relation, if the
 * choice is unambiguous or the caller names the account in `given` (else NULL).  The key
 * column must match the account's.
 */
extern char *account_find(Oid relation, const char *key, const char *given);

/*
 * account_of: returns the account that the relation has, in the current memory context; *key is set to its key
 * column.  NULL if it has none, or if it is not certain which.
 */
extern char *account_of(Oid relation, char **key);

/*
 * account_relation: returns the relation of an account, or InvalidOid if it no longer
 * exists; *key is set to its key column.  An unknown account is an error.
 */
extern Oid	account_relation(const char *account, char **key);

/* account_unknown: raises that error. */
pg_noreturn extern void account_unknown(const char *account);

/*
 * accounts_refresh: after an ALTER, updates the names of relations and key columns in
 * zjtx.accounts.  Otherwise a new relation with the old name would be mistaken for the
 * renamed one.
 */
extern void accounts_refresh(void);

/* Returns the OID of zjtx.accounts.  Changes of that table invalidate cached accounts. */
extern Oid	accounts_table(void);

/* ---------------- writers and sweeps: account_sweeps.c ---------------- */

/*
 * account_lock: sessions that write entries take RowExclusiveLock until the end of the
 * transaction.  ShareLock waits for them and blocks new ones.
 */
extern void account_lock(const char *account, LOCKMODE mode);

/*
 * account_writers: returns the other transactions that hold that lock, in the current
 * memory context.
 */
extern VirtualTransactionId *account_writers(const char *account, int *count);

/*
 * account_swept: records the start of a sweep; returns its time.  Transactions with an older snapshot can no longer
 * write entries. due: for a sweep of what is due, its day; else NULL.
 *
 * account_sweep_ended: records that a sweep for this day has ended. all: it was a full sweep, not one of what is due.
 *
 * account_sweeps: returns how many full sweeps have begun or ended.  A full sweep does not compute next changes for
 * enterprises whose answers are the same, although facts that determine them may have changed.  So next changes found
 * before a full sweep are not relied on.
 *
 * account_due_on: the day of the last sweep of what is due; false if there was none.
 *
 * account_due_finished: a sweep that began at this time has judged all enterprises for this day;
 * does nothing if another sweep has begun since.
 */
extern TimestampTz account_swept(const char *account, const DateADT *due);
extern void account_sweep_ended(const char *account, DateADT day, bool all);
extern int64 account_sweeps(const char *account);
extern bool account_due_on(const char *account, DateADT *day);
extern void account_due_finished(const char *account, TimestampTz at, DateADT day);

/*
 * account_corrections: counts the statements that changed entries of the ledger by hand, in the active snapshot.
 * accounts_corrected: counts one more, for all accounts.
 */
extern int64 account_corrections(const char *account);
extern void accounts_corrected(void);

/*
 * account_check_snapshot: raises a serialization failure if a sweep has begun since the transaction took
 * its snapshot; does nothing in READ COMMITTED.
 */
extern void account_check_snapshot(const char *account);

#endif							/* ZJTX_ACCOUNTS_H */
