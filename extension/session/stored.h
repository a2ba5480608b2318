/*
 * stored.h
 *		Policies by name: code, series, code/clause, code/rung.
 */
#ifndef ZJTX_STORED_H
#define ZJTX_STORED_H

#include "postgres.h"

#include "executor/spi.h"
#include "storage/itemptr.h"
#include "utils/date.h"

#include "cache.h"

/*
 * stored_policy: the text that a name stands for in the active snapshot, in the
 * current memory context.  A series is its documents in the order of their days.
 * A name that stands for nothing is an error with the nearest one, or with
 * missing_ok NULL.
 */
extern char *stored_policy(const char *name, int length, bool missing_ok);

/*
 * stored_compiled: the same, compiled.  It stays until `until` is reset or deleted.  Its
 * rows are looked at; the text is only read where they are not those that the name stood
 * for before.
 */
extern const Compiled *stored_compiled(const char *name, int length, bool missing_ok, MemoryContext until);

/*
 * A row of zjtx.policies as it was read: no other has all of these, also where a
 * transaction writes a place twice.
 */
typedef struct StoredRow
{
	Oid			table;
	TransactionId xmin;
	CommandId	cmin;
	ItemPointerData ctid;
} StoredRow;

/* What a query selects of a row, for stored_row to read it off from that column on. */
#define STORED_ROW "tableoid, xmin, cmin, ctid"
extern StoredRow stored_row(HeapTuple tuple, TupleDesc desc, int column);
extern bool stored_row_equal(const StoredRow *a, const StoredRow *b);

/* The table zjtx.policies, on which plans depend into which a name was folded. */
extern Oid	policies_relation(void);

/* By what a plan knows whether the text behind a name is still the one it was made for. */
extern char *stored_policy_hash(const Compiled *compiled);

/*
 * stored_is_latest: whether the policy, which the name stands for in the active snapshot,
 * is what it stands for in a new one.  False also where that cannot be seen.
 */
extern bool stored_is_latest(const char *name, int length, const Compiled *compiled);

/*
 * stored_check: an error unless the hash is that of the policy which the name stands for
 * now.  A plan that was made for another is then no longer used.
 */
extern void stored_check(const char *name, int length, const Compiled *compiled, const char *hash);

/*
 * policy_part_or_error: what policy_part gives; a part that the policy does not have
 * is an error with the nearest one.
 */
extern char *stored_part_or_error(const Compiled *compiled, const char *part);

/*
 * What the active snapshot shows the user cannot have changed while this is the same.
 */
typedef struct SnapshotMark
{
	TransactionId xmin;
	TransactionId xmax;
	CommandId	command;
	uint32		in_progress;
	LocalTransactionId transaction;
	SubTransactionId subtransaction;	/* what it did may be rolled back */
	Oid			user;			/* row security may show others other
								 * documents */
} SnapshotMark;

extern SnapshotMark stored_snapshot_mark(void);

#endif							/* ZJTX_STORED_H */
