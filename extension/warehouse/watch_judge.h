/*
 * watch_judge.h
 *		State while enterprises are judged, shared by watch_judge.c, watch_compare.c and watch_carry.c.
 */
#ifndef ZJTX_WATCH_JUDGE_H
#define ZJTX_WATCH_JUDGE_H

#include "postgres.h"

#include "answers/verdict.h"
#include "digest.h"
#include "ledger.h"
#include "watch.h"

/* A line of a verdict in the form of the ledger. */
typedef struct Claim
{
	const char *code;
	const char *stage;
	const char *unit;			/* NULL if the line has no amount */
	bool		payable;
	const char *in_group;		/* the group of which it is a member, or NULL */
	int			period;
	bool		undecided;
	bool		zero;
	Numeric		amount;
} Claim;

/* The lines of an enterprise by one of the policies. */
typedef struct Claims
{
	Claim	   *claims;
	int			count;
} Claims;

/* State for one chunk of keys. */
typedef struct WatchChunk
{
	Watched    *watched;
	char	  **keys;
	int			nkeys;
	bool	   *judged;			/* indexed by the number of the key */
	DateADT    *next;			/* the same: the next change, DATEVAL_NOEND
								 * for none; NULL unless it is wanted */
	Digests    *digests;		/* NULL unless they are wanted */
	pg_uuid_t **digest;			/* by number of the key: the digest, if
								 * another judgement would add nothing; else
								 * NULL */
	Standing  **standings;
	DateADT		today;
	bool		again;			/* only looks whether another judgement would
								 * add entries */
	int			added;			/* by it */
	LedgerEntry *entries;
	int			nentries;
	int			room;
	int64		total;
	int			notified;		/* number of the key that was last notified */
	MemoryContext chunk;
	MemoryContext row;
} WatchChunk;

/* watched_claims: reads the lines of a verdict; returns their number. */
extern int	watched_claims(const Verdict *verdict, Claim **claims);

/*
 * watched_compare: compares the lines by all policies with the ledger, and keeps the digest of the verdicts if digests
 * are wanted.  `claims` is NULL for a key without a row, whose lines become zero.
 */
extern void watched_compare(WatchChunk *judging, int key, const Claims *claims, int year, DateADT day,
							const Datum *verdicts);

/* watched_flush: writes the entries that were added. */
extern void watched_flush(WatchChunk *judging);

/*
 * watched_enter: adds an entry about the enterprise of that number, which is written later; copies what the entry
 * points to, except the key and the policy.
 */
extern void watched_enter(WatchChunk *judging, int key, LedgerEntry entry);

/*
 * watched_standing: returns the line of the ledger for a line of the verdict.  If there is none, returns NULL, or with
 * `create` a new one on which nothing is owed.
 */
extern Standing *watched_standing(WatchChunk *judging, int key, const char *policy, const Claim *claim, bool create);

/*
 * watched_carry: if the law now pays elsewhere what was paid on a line, because it formed a group or dissolved one,
 * carries the payments there.  Call it when the lines of the policy have been compared with the ledger.
 */
extern void watched_carry(WatchChunk *judging, int key, const char *policy, const Claim *claims, int nclaims, int year,
						  DateADT day);

#endif							/* ZJTX_WATCH_JUDGE_H */
