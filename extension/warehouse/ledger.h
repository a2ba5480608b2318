/*
 * ledger.h
 *		zjtx.ledger: what is owed to the watched enterprises, recorded as changes.
 *
 * All functions run with the rights of the ledger's owner, inside an SPI connection of the
 * caller.  Each call is a separate statement, so in READ COMMITTED it sees what was
 * committed before it.
 */
#ifndef ZJTX_LEDGER_H
#define ZJTX_LEDGER_H

#include "postgres.h"

#include "executor/spi.h"
#include "utils/date.h"
#include "utils/numeric.h"
#include "utils/uuid.h"

/*
 * A line of the ledger on which something is owed or was paid, to which payments were carried, or that is a
 * member of a group.
 */
typedef struct Standing
{
	const char *policy;			/* the name under which it is watched */
	const char *code;			/* code of the clause or rung */
	const char *stage;			/* or NULL */
	const char *unit;			/* NULL means: the amount is 1 while the line
								 * is satisfied */
	bool		payable;		/* the line is a reward or subsidy */
	int			period;			/* the year, or 0 */
	const char *in_group;		/* the group of which it is a member, or NULL */
	Numeric		amount;
	Numeric		paid;
	Numeric		carried;		/* the part of `paid` that was carried to it
								 * from other lines; negative if it was
								 * carried away */
	bool		judged;			/* the document still has such a line */
	struct Standing *next;
} Standing;

/* A change of a line. */
typedef struct LedgerEntry
{
	const char *key;
	const char *policy;
	const char *code;
	const char *stage;
	const char *unit;
	bool		payable;
	const char *in_group;
	int			period;
	const char *kind;
	Numeric		old;
	Numeric		new;
	Numeric		paid;			/* or NULL for zero */
	const char *note;
	DateADT		judged_on;
	bool		rise;
} LedgerEntry;

/*
 * ledger_run: prepares a statement once, keeps the plan, and runs it as the ledger's
 * owner.  Names and operators in the query must be schema-qualified, because the caller's
 * search path applies.
 */
extern void ledger_run(SPIPlanPtr *plan, const char *query, int nargs, Oid *types, Datum *values, const char *nulls);

/*
 * ledger_run_latest: the same for a read, with a new snapshot even if the transaction's is
 * older.
 */
extern void ledger_run_latest(SPIPlanPtr *plan, const char *query, int nargs, Oid *types, Datum *values, const char *nulls);

/*
 * ledger_run_same: the same for a read that sees what the statement around it sees.
 */
extern void ledger_run_same(SPIPlanPtr *plan, const char *query, int nargs, Oid *types, Datum *values, const char *nulls);

/*
 * In queries: the operator, and what the names have in common under which one line is watched.  A series
 * and its versions, and a document and its part, owe the same money.
 */
#define LEDGER_EQUAL " OPERATOR(pg_catalog.=) "
#define LEDGER_FIRST(name) "pg_catalog.split_part(" name ", '/', 1)"
#define LEDGER_FAMILY(name) \
	"coalesce((SELECT f.series FROM zjtx.policies f WHERE f.code" LEDGER_EQUAL LEDGER_FIRST(name) "), " LEDGER_FIRST(name) ")"

/* ledger_run_into: the same, but the rows go to a destination of own_receiver(). */
extern void ledger_run_into(SPIPlanPtr *plan, const char *query, int nargs, Oid *types, Datum *values, const char *nulls,
							DestReceiver *dest);

/*
 * ledger_judging: sets the account whose enterprises are being judged, or NULL if none are; returns the previous
 * one.  Meanwhile the entries of that account may be read in order to judge.
 */
extern const char *ledger_judging(const char *account);

/*
 * ledger_may_read: returns whether the caller may read the rows of an account in a table of ours.  That is allowed
 * while the account's enterprises are being judged; otherwise the caller needs the right to read the table.
 */
extern bool ledger_may_read(const char *account, const char *table);

/*
 * ledger_lock: locks these enterprises (sorted keys) until the end of the transaction, so that no other session
 * judges them.  Raises a serialization failure if another transaction has judged one of them since our snapshot was
 * taken.  It resets their digests and, unless `due` says that ledger_set_judged with days follows, their next
 * changes.
 */
extern void ledger_lock(const char *account, char **keys, int nkeys, DateADT day, bool due);

/*
 * ledger_locked: finds the keys whose rows are locked by other transactions, and locks the
 * rows of the others.  Returns the number found.
 */
extern int	ledger_locked(const char *account, char **keys, int nkeys, char ***locked);

/*
 * ledger_standings: returns the lines, indexed by the number of the key, in the current
 * memory context.
 */
extern void ledger_standings(const char *account, char **keys, int nkeys, char **policies, int npolicies,
							 Standing **standings);

extern void ledger_insert(const char *account, const LedgerEntry *entries, int nentries);

/* ledger_is_note: returns false for a text that is empty or blank. */
extern bool ledger_is_note(Datum note);

/*
 * ledger_set_judged: sets the digests of keys, NULL for none, and unless `days` is NULL the days of their next
 * changes under a law, DATEVAL_NOEND for none.
 */
extern void ledger_set_judged(const char *account, char **keys, int nkeys, pg_uuid_t *const *digests, const DateADT *days,
							  int64 law);

/*
 * ledger_keys: all keys that were ever judged.
 *
 * ledger_due: the keys whose next change is on or before this day, or is not known for this law.
 *
 * ledger_without_digest: the keys without a digest.
 *
 * They return the number of keys.
 */
extern int	ledger_keys(const char *account, char ***keys);
extern int	ledger_due(const char *account, int64 law, DateADT day, char ***keys);
extern int	ledger_without_digest(const char *account, char ***keys);

/* ledger_digests: gives the key and the digest or NULL of each key that was ever judged, in the active snapshot. */
extern void ledger_digests(const char *account, DestReceiver *dest);

#endif							/* ZJTX_LEDGER_H */
