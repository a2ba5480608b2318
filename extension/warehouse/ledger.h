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
} LedgerEntry;

/*
 * ledger_run: prepares a statement once, keeps it, and runs it as the ledger's owner.  Its
 * names have to be qualified, operators too: the search path is the caller's.
 */
extern void ledger_run(SPIPlanPtr *plan, const char *query, int nargs, Oid *types, Datum *values, const char *nulls);

/*
 * ledger_lock: from here to the transaction's end, nobody else judges these enterprises,
 * whose keys are sorted.  Where the transaction's snapshot is older than what another has
 * judged since, it fails with a serialization failure.
 */
extern void ledger_lock(const char *relation, char **keys, int nkeys, DateADT day);

/* ledger_standings: by the number of the key, in the current memory context. */
extern void ledger_standings(const char *relation, char **keys, int nkeys, char **policies, int npolicies,
							 Standing **standings);

extern void ledger_insert(const char *relation, const LedgerEntry *entries, int nentries);

/* ledger_keys: the keys that were ever judged; returns how many. */
extern int	ledger_keys(const char *relation, char ***keys);

/* Where a key stands among sorted ones, or -1. */
extern int	key_number(char **keys, int nkeys, const char *key);

/* Sorts keys and leaves out what stands there twice; returns how many are left. */
extern int	keys_sort(char **keys, int nkeys);

#endif							/* ZJTX_LEDGER_H */
