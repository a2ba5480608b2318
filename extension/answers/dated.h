/*
 * dated.h
 *		What a document answers on one day, kept to be compared with other days.
 */
#ifndef ZJTX_DATED_H
#define ZJTX_DATED_H

#include "postgres.h"

#include "lines.h"

/* The lines of a program, which are the same for every row and day. */
typedef struct DocumentLines
{
	int			nlines;
	LineEntry  *entries;
	char	  **keys;			/* line_key() */
} DocumentLines;

/* Allocates in the current memory context. */
extern void dated_document_lines(const Program *program, DocumentLines *lines);

/* One line on one day: all columns of assess that depend on the row or the day. */
typedef struct DatedLine
{
	const char *key;			/* of a definition, its name */
	const LineEntry *entry;		/* NULL for a definition */
	Line		line;
	ValueType	type;			/* of a definition */
	Value		value;			/* of a definition */
	Truth		in_force;
	List	   *missing;		/* of char * */
	List	   *reservations;	/* of char * */
	const char *superseded_by;
} DatedLine;

typedef struct Dated
{
	int			nlines;
	DatedLine  *lines;
} Dated;

/*
 * dated_take: reads the lines of a question whose day is known, in the current memory
 * context.  lines are those of the version in force.  A policy narrowed to a definition has
 * one line, its value.
 */
extern Dated *dated_take(const Question *question, const DocumentLines *lines);

/*
 * dated_find: returns the line with this key, or NULL.  place is where it was in another
 * dated, where it is looked for first.
 *
 * dated_line_same: whether two lines say the same; both may be NULL.
 *
 * dated_same: whether two sets of lines have the same lines.
 */
extern const DatedLine *dated_find(const Dated *dated, const char *key, int place);
extern bool dated_line_same(const DatedLine *a, const DatedLine *b);
extern bool dated_same(const Dated *a, const Dated *b);

/* A line in words: "owed 500000.00 元 in 2026", "undecided 0.00 to 80.00 元; missing staff". */
extern char *dated_line_text(const DatedLine *line);

#endif							/* ZJTX_DATED_H */
