/*
 * digest.h
 *		A digest of the result of a judgement, by which a sweep recognizes enterprises for which nothing has
 *		changed.
 *
 * zjtx.judged keeps the digest of the last judgement that changed nothing more in the ledger.  What a judgement does
 * to the ledger depends on the lines of the verdicts, the year judged, and the entries of the enterprise.  The first
 * two are in the digest.  Everything that adds entries resets the digest: a trigger that judges, settle(), withdraw()
 * and move_key().  So while the digest is the same, another judgement would add nothing.
 *
 * The verdicts are judged with what was allotted and paid, so both are in the lines.  The digest also contains:
 *		the name of each policy, which the entries have, and the hash of its document with all that it uses;
 *		the account and the key: a digest that was copied to another row says nothing there;
 *		the cluster and the database: zjtx.judged may be restored or replicated without the ledger;
 *		the number of times that entries of the ledger were changed by hand.
 * It does not contain the relation.  Where the account goes to another one, as when a view is dropped and created again,
 * the lines of its rows decide.
 */
#ifndef ZJTX_DIGEST_H
#define ZJTX_DIGEST_H

#include "postgres.h"

#include "utils/uuid.h"

#include "watch.h"

typedef struct Digests Digests;
struct LinesOfRows;

/*
 * digests_create: reads the documents and the account in the active snapshot.  Allocates in the current memory
 * context.
 */
extern Digests *digests_create(const Watched *watched);

/*
 * The digest of an enterprise, piece by piece: for each policy, by its number, its answers about the enterprise, as a
 * verdict or as a row of a batch.  The policies must come in the order of digests_order.
 */
extern const int *digests_order(const Digests *digests);
extern void digest_begin(Digests *digests, const char *key, int year);
extern void digest_add(Digests *digests, int policy, Datum verdict);
extern void digest_add_row(Digests *digests, int policy, const struct LinesOfRows *lines, int row);
extern pg_uuid_t digest_end(Digests *digests);

/*
 * digest_of: the digest of an enterprise with these verdicts, in the order of the policies; `verdicts` is NULL
 * for a key without a row.  The year is 0 if the day judged is unknown.
 */
extern pg_uuid_t digest_of(Digests *digests, const char *key, int year, const Datum *verdicts);

static inline bool
digest_equal(const pg_uuid_t *a, const pg_uuid_t *b)
{
	return memcmp(a, b, sizeof(pg_uuid_t)) == 0;
}

#endif							/* ZJTX_DIGEST_H */
