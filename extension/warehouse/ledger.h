/*
 * ledger.h
 *		zjtx.ledger: what the watched enterprises are owed, as changes.
 *
 * Everything here runs with the rights of the ledger's owner, and in a connection to
 * SPI that the caller has made.  Each call is a statement of its own: in READ COMMITTED
 * it sees what was committed before it.
 */
#ifndef ZJTX_LEDGER_H
#define ZJTX_LEDGER_H

#include "postgres.h"

#include "executor/spi.h"
#include "utils/date.h"
#include "utils/numeric.h"

/* A line of the ledger that does not stand at zero. */
typedef struct Standing
{
	const char *policy;			/* the name by which it is watched */
	const char *code;			/* of the clause or rung */
	const char *stage;			/* or NULL */
	const char *unit;			/* NULL: 1 while it is satisfied */
	bool		payable;		/* of a reward or subsidy */
	int			period;			/* the year, or 0 */
	Numeric		amount;
	bool		judged;			/* a line of the document speaks of it */
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
	int			period;
	const char *kind;
	Numeric		old;
	Numeric		new;
	DateADT		judged_on;
	bool		rise;
} LedgerEntry;

/*
 * ledger_run: prepares a statement once, keeps it, and runs it as the ledger's owner.  Its
 * names have to be qualified, operators too: the search path is the caller's.
 */
extern void ledger_run(SPIPlanPtr *plan, const char *query, int nargs, Oid *types, Datum *values, const char *nulls);

/* ledger_run_latest: one that reads, by a snapshot of now also where the transaction has an older one. */
extern void ledger_run_latest(SPIPlanPtr *plan, const char *query, int nargs, Oid *types, Datum *values, const char *nulls);

/*
 * ledger_lock: from here to the transaction's end, nobody else judges these enterprises,
 * whose keys are sorted.  Where the transaction's snapshot is older than what another has
 * judged since, it fails with a serialization failure.
 */
extern void ledger_lock(const char *account, char **keys, int nkeys, DateADT day);

/*
 * ledger_locked: of keys those whose row another transaction has locked; the others' rows
 * are locked.  Returns how many.
 */
extern int	ledger_locked(const char *account, char **keys, int nkeys, char ***locked);

/* ledger_standings: by the number of the key, in the current memory context. */
extern void ledger_standings(const char *account, char **keys, int nkeys, char **policies, int npolicies,
							 Standing **standings);

extern void ledger_insert(const char *account, const LedgerEntry *entries, int nentries);

/* ledger_keys: the keys that were ever judged; returns how many. */
extern int	ledger_keys(const char *account, char ***keys);

#endif							/* ZJTX_LEDGER_H */
