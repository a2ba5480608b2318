/*
 * lint.h
 *		Functions shared by the parts of lint.
 */
#ifndef ZJTX_LINT_H
#define ZJTX_LINT_H

#include "postgres.h"

#include "examples.h"
#include "answers/phrases.h"

/* What the examples showed about a comparison. */
typedef struct Seen
{
	bool		yes;
	bool		no;
	bool		on_bound;
} Seen;

#define LINT_USED 1				/* in Linter.answers */
#define LINT_OTHER 2

/* A finding; all texts are palloc'd. */
typedef struct LintFinding
{
	const char *kind;
	const char *place;			/* the code or name of the statement, or an
								 * expression */
	const char *finding;		/* one of the phrases */
	Span		span;			/* in the text of the policy */
} LintFinding;

typedef struct Linter
{
	List	   *findings;		/* of LintFinding */
	Span		at;				/* the statement being checked */
	const Policy *policy;
	const Program *program;
	const Phrases *phrases;		/* in the language of the document */
	Run		   *unknown;		/* a run with all facts unknown */
	const Expression **words;	/* by instruction: its source */
	Seen	   *seen;			/* by instruction */
	uint8	   *answers;		/* by instruction: whether it is an answer of
								 * a used document, or something else; NULL if
								 * no document is used */
	bool	   *own;			/* … whether it does not belong only to used
								 * documents */
} Linter;

/* lint_policy: returns the findings of a policy that was compiled with its words, as a list of LintFinding. */
extern List *lint_policy(const Compiled *compiled);

/* Sets the statement being checked.  Findings about it are placed at its code and title. */
extern void lint_look_at(Linter *linter, const Provision *provision);

/* Reports a finding: its kind, its place and its text, one of the phrases; about the statement at hand. */
extern void lint_report(Linter *linter, const char *kind, const char *place, const char *finding);

/* The same about a part of the text. */
extern void lint_report_at(Linter *linter, const char *kind, const char *place, const char *finding, Span span);

/* Returns an expression as the author wrote it. */
extern char *lint_words(const Linter *linter, const Expression *expr);

/* lint.c: enters the words of an expression; checks bands, tiers and lists in it, and a condition. */
extern void lint_enter(Linter *linter, const Expression *expr);
extern void lint_expression(Linter *linter, const char *place, const Expression *expr);
extern void lint_condition(Linter *linter, const char *place, const Expression *when, int satisfied);

/* lint_across.c: checks selections, budgets and populations. */
extern void lint_across(Linter *linter);

/* lint_bands.c: reports problems of the bands in an expression. */
extern void lint_bands(Linter *linter, const char *place, const Expression *expr);

/* lint_lists.c: checks the functions over lists in an expression. */
extern void lint_lists(Linter *linter, const char *place, const Expression *expr);

/*
 * lint_implied.c: whether a condition implies another one, or excludes it, by what both
 * compare with constants.
 */
extern bool lint_implies(const Program *program, int from, int to);
extern bool lint_contradict(const Program *program, int a, int b);

/* lint_tables.c: reports tables and rows of them that nothing looks up. */
extern void lint_tables(Linter *linter, const Document *doc);

/* lint_bounds.c: reports bounds without an example on them or on each side of them. */
extern void lint_bounds(Linter *linter, const Compiled *compiled);

/*
 * lint_is_bound: whether an instruction compares with a bound.  lint_same_bound: whether two
 * such comparisons differ only in the day for which they are judged.
 */
extern bool lint_is_bound(const Instr *instr);
extern bool lint_same_bound(const Program *program, const Instr *a, const Instr *b);

#endif							/* ZJTX_LINT_H */
