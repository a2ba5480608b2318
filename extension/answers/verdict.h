/*
 * verdict.h
 *		zjtx.verdict: every line that a policy answers about one row, in one value.
 *
 * A verdict is a shape, which says what its lines are about and is the same for all
 * rows, and behind it what each line says.  It is made by judge, or of its text, which
 * is JSON and checked; binary input is that text.
 */
#ifndef ZJTX_VERDICT_H
#define ZJTX_VERDICT_H

#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/numeric.h"

#include "lines.h"

typedef struct Verdict
{
	int32		vl_len_;
	uint32		hash;			/* of the shape */
	int32		shape_length;
	int32		nlines;
	char		data[FLEXIBLE_ARRAY_MEMBER];	/* the shape, then the lines */
} Verdict;

/* What a line is about; a text that there is not is NULL. */
typedef struct VerdictSubject
{
	const char *policy;
	const char *clause;
	const char *stage;
	const char *title;
	const char *kind;
	const char *unit;
	const char *level;			/* of a rung, in digits */
	const char *offices;		/* who decides and pays, a line end between two of them */
} VerdictSubject;

/* An amount: hundredths, or a numeric where they are too many for 64 bits. */
typedef struct Hundredths
{
	int64		value;
	Numeric		numeric;		/* or NULL */
} Hundredths;

/*
 * What a line says; as assess shows it.  A stage without an amount has the range of its
 * share besides, which its clause's range holds already.
 */
typedef struct VerdictLine
{
	Truth		truth;
	LineStatus	status;
	int			period;			/* or 0 */
	bool		has_amount;
	bool		ranged;			/* has low, and high unless it is unbounded */
	bool		unbounded;
	Hundredths	amount;
	Hundredths	low;
	Hundredths	high;
} VerdictLine;

/* The offices of a line as one text, of char *, and as text[]; NULL and 0 for none. */
extern char *offices_joined(const List *offices);
extern Datum offices_array(const char *joined);

extern Hundredths hundredths_of(const Number *number);
extern Numeric hundredths_numeric(const Hundredths *amount);

/* Writing: subjects to a shape and its hash; the lines; the value. */
extern void shape_append(StringInfo shape, const VerdictSubject *subject);
extern void line_append(StringInfo lines, const VerdictLine *line);
extern uint32 shape_hash(const StringInfo shape);
extern Verdict *verdict_make(const StringInfo shape, uint32 hash, int nlines, const StringInfo lines);

/* Reading: from the first line on; the cursor begins at its first byte. */
extern const char *shape_next(const char *cursor, VerdictSubject *subject);
extern const char *line_next(const char *cursor, VerdictLine *line);
extern const char *line_skip(const char *cursor);

/* Appends its text, which is JSON. */
extern void verdict_put(StringInfo buf, const Verdict *verdict);

static inline const char *
verdict_lines(const Verdict *verdict)
{
	return verdict->data + verdict->shape_length;
}

#endif							/* ZJTX_VERDICT_H */
