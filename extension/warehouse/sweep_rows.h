/*
 * sweep_rows.h
 *		Finds the enterprises of a sweep for which something may have changed.
 *
 * All rows of the relation are judged, and the digest of the result is compared with the one in zjtx.judged.  Both
 * are read in one snapshot, without locks.  A writer that commits later, or that was not committed yet, has reset the
 * digest, and has judged the enterprise itself.
 */
#ifndef ZJTX_SWEEP_ROWS_H
#define ZJTX_SWEEP_ROWS_H

#include "postgres.h"

#include "watch.h"

/* What is known about a sweep's enterprises.  It is allocated in the memory context in which it was created. */
typedef struct SweepRows
{
	int			total;			/* number of enterprises: rows, and keys that
								 * were judged before */
	int			nulls;			/* number of rows left out because they have
								 * no key */
	int			long_keys;		/* … or a key longer than KEY_BYTES */
	char	  **keys;			/* keys of the enterprises to judge, sorted */
	int			nkeys;
	struct known_hash *known;	/* all keys */
} SweepRows;

/* sweep_rows: judges all rows; but if no digest is known, returns NULL. */
extern SweepRows *sweep_rows(const Watched *watched);

/* sweep_rows_new: moves the keys that were not known then to the front of the array; returns their number. */
extern int	sweep_rows_new(const SweepRows *rows, char **keys, int nkeys);

#endif							/* ZJTX_SWEEP_ROWS_H */
