/*
 * lint.h
 *		The parts of lint.
 */
#ifndef ZJTX_LINT_H
#define ZJTX_LINT_H

#include "postgres.h"

#include "examples.h"
#include "answers/rows.h"

/* What was seen of a comparison in the examples. */
typedef struct Seen
{
	bool		yes;
	bool		no;
	bool		on_bound;
} Seen;

typedef struct Linter
{
	Rows		rows;
	const Policy *policy;
	const Program *program;
	Run		   *unknown;		/* on facts of which nothing is known */
	const Expression **words;	/* by instruction: what it was written as */
	Seen	   *seen;			/* by instruction */
} Linter;

/* A finding: its kind, where it is, and what it is. */
extern void lint_report(Linter *linter, const char *kind, const char *place,
						const char *fmt,...) ZJTX_PRINTF(4, 5);

/* An expression as the author wrote it. */
extern char *lint_words(const Linter *linter, const Expression *expr);

/* The bands in an expression: lint_bands.c */
extern void lint_bands(Linter *linter, const char *place, const Expression *expr);

/* The bounds on which, or beside which, no example stands: lint_bounds.c */
extern void lint_bounds(Linter *linter, const Compiled *compiled);

#endif							/* ZJTX_LINT_H */
