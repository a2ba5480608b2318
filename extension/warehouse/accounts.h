/*
 * accounts.h
 *		Accounts: which relation's enterprises an entry of the ledger is about.
 *
 * A relation is known by its OID in this database of this cluster, so that it keeps its
 * account under another name; where that says nothing (a view that was made again, a
 * restored dump, a logical replica) by its qualified name.  Whatever is doubtful is an
 * error: a second account would be paid once more.  SPI is connected.
 */
#ifndef ZJTX_ACCOUNTS_H
#define ZJTX_ACCOUNTS_H

#include "postgres.h"

#include "storage/lock.h"

/* Qualified names fit in, also where every letter is quoted. */
#define ACCOUNT_BYTES 300

/*
 * account_find: the name of the relation's account, in the current memory context.  It is
 * opened, or given to the relation, where that is in no doubt or the caller gives its name;
 * `given` is NULL where he gives none.  The key column has to be the account's.
 */
extern char *account_find(Oid relation, const char *key, const char *given);

/*
 * account_relation: the relation of an account, or InvalidOid where it is gone; *key is its
 * key column.  No such account is an error.
 */
extern Oid	account_relation(const char *account, char **key);

/*
 * account_lock: whoever writes entries takes RowExclusiveLock until the transaction's end.
 * ShareLock waits for all of these and lets no other begin.
 */
extern void account_lock(const char *account, LOCKMODE mode);

/* account_writers: the transactions of others that hold it, in the current memory context. */
extern VirtualTransactionId *account_writers(const char *account, int *count);

/* account_swept: a sweep begins.  What has an older snapshot and writes entries later, fails. */
extern void account_swept(const char *account);

/* account_check_snapshot: that failure; nothing in READ COMMITTED. */
extern void account_check_snapshot(const char *account);

/*
 * accounts_refresh: after an ALTER, names of relations and key columns in zjtx.accounts are
 * those of now.  So a later relation of the old name is not taken for the one that was
 * renamed.
 */
extern void accounts_refresh(void);

/* The table zjtx.accounts, whose changes invalidate what a session keeps of accounts. */
extern Oid	accounts_table(void);

#endif							/* ZJTX_ACCOUNTS_H */
