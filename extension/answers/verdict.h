/*
 * verdict.h
 *		zjtx.verdict: all lines that a policy answers about one row, in one value.
 *
 * A verdict consists of a shape, which describes its lines and is the same for all rows,
 * followed by the content of each line.  It is created by judge or by input of its text,
 * which is JSON, or of its binary form; both are checked.
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
	char		data[FLEXIBLE_ARRAY_MEMBER];	/* the shape, followed by the
												 * lines */
} Verdict;

/* The subject of a line; absent texts are NULL. */
typedef struct VerdictSubject
{
	const char *policy;
	const char *clause;
	const char *stage;
	const char *title;
	const char *kind;
	const char *unit;
	const char *level;			/* of a rung, as digits */
	bool		in_total;		/* added up to what the document pays */
	const char *in_group;		/* the group of which it, or its clause, is a
								 * member */
	const char *offices;		/* who decides and pays, separated by line
								 * ends */
} VerdictSubject;

/* An amount in hundredths, or as numeric if it exceeds 64 bits. */
typedef struct Hundredths
{
	int64		value;
	Numeric		numeric;		/* or NULL */
} Hundredths;

#define BETWEEN_OFFICES '\n'	/* in VerdictSubject.offices */

#define MAX_LEVEL 1000			/* of a rung, as in the grammar */

/* The year of a yearly clause while the day judged is unknown; null in JSON. */
#define PERIOD_UNKNOWN (-1)

/*
 * The period of a line without one that is undecided while the day judged is unknown, if the
 * answers depend on the day; no_day in JSON.
 */
#define PERIOD_NO_DAY (-2)

/*
 * The content of a line, as assess shows it.  A stage without an amount has the range of
 * its share, which is already included in its clause's range.
 */
typedef struct VerdictLine
{
	Truth		truth;
	LineStatus	status;
	int			period;			/* year, 0 for none, PERIOD_UNKNOWN or
								 * PERIOD_NO_DAY */
	bool		has_amount;
	bool		ranged;			/* has low, and high unless unbounded */
	bool		unbounded;
	Hundredths	amount;
	Hundredths	low;
	Hundredths	high;
} VerdictLine;

/*
 * Converts the offices of a line, a list of char *, to one text, and that text to text[];
 * NULL and 0 if there are none.
 */
extern char *line_offices_joined(const List *offices);
extern Datum line_offices_array(const char *joined);

/* Returns the next of the joined offices, and advances the cursor; NULL at the end. */
extern char *line_office_next(const char **cursor);

extern Hundredths verdict_hundredths_of(const Number *number);
extern Numeric verdict_hundredths_numeric(const Hundredths *amount);
extern bool verdict_hundredths_equal(const Hundredths *a, const Hundredths *b);

/* For writing: append subjects to a shape, hash it, append lines, build the value. */
extern void verdict_shape_append(StringInfo shape, const VerdictSubject *subject);
extern void verdict_line_append(StringInfo lines, const VerdictLine *line);
extern uint32 verdict_shape_hash(const StringInfo shape);
extern Verdict *verdict_make(const StringInfo shape, uint32 hash, int nlines, const StringInfo lines);

/*
 * judge.c: the lines of a program and their shape, in the current memory context.  Returns the number of
 * lines.
 */
extern int	verdict_shape_of(const Program *program, LineEntry **entries, StringInfo shape);

/* For reading: start with the cursor at the first byte. */
extern const char *verdict_shape_next(const char *cursor, VerdictSubject *subject);
extern const char *verdict_line_next(const char *cursor, VerdictLine *line);
extern const char *verdict_line_skip(const char *cursor);

/*
 * Reads the lines of a verdict in order: verdict_reader() begins, verdict_read() returns false
 * after the last line.
 */
typedef struct VerdictReader
{
	const char *shape;
	const char *lines;
	int			rest;			/* lines not read yet */
} VerdictReader;

extern VerdictReader verdict_reader(const Verdict *verdict);
extern bool verdict_read(VerdictReader *reader, VerdictSubject *subject, VerdictLine *line);

/* Appends the verdict's text, which is JSON. */
extern void verdict_put(StringInfo buf, const Verdict *verdict);

static inline const char *
verdict_lines(const Verdict *verdict)
{
	return verdict->data + verdict->shape_length;
}

/* A line of one of two verdicts that are compared. */
typedef struct VerdictSide
{
	VerdictSubject subject;
	VerdictLine line;
	char	   *key;
	bool		matched;		/* the other verdict has it, too */
} VerdictSide;

/*
 * verdict_compare: calls a function for each line that differs: the lines of the first in
 * their order, then those that only the second has.  A side that has no such line is NULL.
 */
extern void verdict_compare(const Verdict *first, const Verdict *second,
							void (*take) (void *taker, const VerdictSide *one, const VerdictSide *other),
							void *taker);

#endif							/* ZJTX_VERDICT_H */
