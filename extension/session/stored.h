/*
 * stored.h
 *		Finds stored policies by name: code, series, code/clause or code/rung.
 */
#ifndef ZJTX_STORED_H
#define ZJTX_STORED_H

#include "postgres.h"

#include "executor/spi.h"
#include "utils/date.h"
#include "utils/uuid.h"

#include "cache.h"

/*
 * stored_policy: returns the text of a stored policy in the active snapshot, allocated in
 * the current memory context.  The text of a series consists of its documents in the order
 * of the days they come into force.  An unknown name is an error whose hint gives the
 * nearest name; with missing_ok the result is NULL.
 */
extern char *stored_policy(const char *name, int length, bool missing_ok);

/*
 * stored_compiled: the same, compiled.  The result is valid until `until` is reset or
 * deleted.  The text is read only if the name refers to other rows than at the last call.
 */
extern const Compiled *stored_compiled(const char *name, int length, bool missing_ok, MemoryContext until);

/* Identifies a row in zjtx.policies by its content: rows with the same version have the same document. */
typedef struct StoredRow
{
	pg_uuid_t	version;
} StoredRow;

/* The columns of a query that stored_row() reads, starting with the given column. */
#define STORED_ROW "version"
extern StoredRow stored_row(HeapTuple tuple, TupleDesc desc, int column);
extern bool stored_row_equal(const StoredRow *a, const StoredRow *b);

/* Returns the OID of zjtx.policies.  Plans that contain a stored policy depend on it. */
extern Oid	policies_relation(void);

/*
 * Returns the hash with which a plan detects that a stored policy has changed.  The session remembers the hashes
 * that it has put into plans.
 */
extern char *stored_policy_hash(const Compiled *compiled);

/*
 * stored_is_latest: whether the name refers to the same policy in a new snapshot as in the
 * active one.  False if a new snapshot cannot be taken.
 */
extern bool stored_is_latest(const char *name, int length, const Compiled *compiled);

/*
 * stored_check: raises an error unless the hash is that of the policy that the name refers to now.  If this session
 * planned the statement, it is serialization_failure, and the plans that depend on zjtx.policies are invalidated.
 * Else another node did, whose documents differ (55000).
 *
 * stored_missing: raises the error for a name that refers to no policy.
 */
extern void stored_check(const char *name, int length, const Compiled *compiled, const char *hash);
extern void stored_missing(const char *name, int length, const char *hash);

/* Returns one hash of all stored documents that the user can read, without drafts, as 16 hexadecimal digits. */
extern char *stored_fingerprint(void);

/*
 * stored_part_or_error: like policy_part, but an unknown or ambiguous part is an error
 * with a hint.
 */
extern char *stored_part_or_error(const Compiled *compiled, const char *part);

/* While this is equal, the active snapshot shows the user the same rows. */
typedef struct SnapshotMark
{
	TransactionId xmin;
	TransactionId xmax;
	CommandId	command;
	uint32		in_progress;
	LocalTransactionId transaction;
	SubTransactionId subtransaction;	/* its changes may be rolled back */
	Oid			user;			/* row security depends on the user */
} SnapshotMark;

extern SnapshotMark stored_snapshot_mark(void);

#endif							/* ZJTX_STORED_H */
