/*
 * sweep_rows.h
 *		Finds the enterprises of a sweep of which something may have changed.
 *
 * All rows of the relation are judged, and the digest of what is found is compared with the one in zjtx.judged.  Both
 * are read in one snapshot, without locks.  A writer that commits later, or that was not committed yet, has
 * reset the digest, and has judged the enterprise itself.
 */
#ifndef ZJTX_SWEEP_ROWS_H
#define ZJTX_SWEEP_ROWS_H

#include "postgres.h"

#include "watch.h"

/* What is known of a sweep's enterprises; in the memory context in which it was created. */
typedef struct SweepRows
{
	int			total;			/* number of enterprises: rows, and keys that
								 * were judged before */
	int			nulls;			/* rows that are left out: without a key */
	int			long_keys;		/* ... with a key longer than KEY_BYTES */
	char	  **keys;			/* of those to judge, sorted */
	int			nkeys;
	struct known_hash *known;	/* all keys */
} SweepRows;

/* sweep_rows: judges all rows; but if no digest is known, returns NULL. */
extern SweepRows *sweep_rows(const Watched *watched);

/* sweep_rows_new: of these keys, moves those that were not known then to the front; returns their number. */
extern int	sweep_rows_new(const SweepRows *rows, char **keys, int nkeys);

#endif							/* ZJTX_SWEEP_ROWS_H */
