/*
 * tally.h
 *		The state of the aggregate tally(zjtx.verdict).
 */
#ifndef ZJTX_TALLY_H
#define ZJTX_TALLY_H

#include "postgres.h"

#include "utils/expandeddatum.h"
#include "utils/hsearch.h"

#include "line_rows.h"
#include "sum.h"
#include "verdict.h"

typedef struct TallyLine
{
	const char *key;			/* hash key, so first */
	VerdictSubject subject;
	int			position;		/* order within its policy */
	int64		eligible;
	int64		refused;
	int64		undecided;
	int64		undetermined;
	Sum			amount;
	Sum			low;
	Sum			high;
	bool		unbounded;
} TallyLine;

/* The sums of many verdicts.  It is the expanded form of zjtx.tally_state. */
typedef struct Tally
{
	ExpandedObjectHeader header;	/* must be first */
	MemoryContext context;		/* contains this structure */
	HTAB	   *lines;			/* of LineSlot, by subject */
	HTAB	   *shapes;			/* of ShapeEntry */
	struct TallyShape *last;	/* shape of the previous row */
	StringInfo	flat;			/* as get_flat_size() made it, or NULL */
} Tally;

typedef struct LineSlot
{
	const char *key;
	TallyLine  *line;
} LineSlot;

/* Creates a state without lines, in a context of its own. */
extern Tally *tally_create(MemoryContext parent);

/* Finds or creates the line for a subject. */
extern TallyLine *tally_line(Tally *tally, const VerdictSubject *subject, int position);

/* Adds a verdict; the lines of many rows, of which those in `rows` count; another state; a line of another state. */
extern void tally_add_verdict(Tally *tally, const Verdict *verdict);
extern void tally_add_rows(Tally *tally, const LinesOfRows *lines, const uint64 *rows);
extern void tally_add_state(Tally *tally, const Tally *other);
extern void tally_merge(Tally *tally, const TallyLine *from);

/* Returns the lines by policy, then in the order of the document. */
extern TallyLine **tally_sorted(const Tally *tally, int *count);

/*
 * Returns a state as an object: the one in memory, or a new one in the context, read from a flat state.  An object is
 * changed only if its datum allows it.
 */
extern Tally *tally_argument(Datum datum, MemoryContext context, bool to_change);

#endif							/* ZJTX_TALLY_H */
