/*
 * gap.h
 *		What keeps a row from a rung, and what would suffice: shared by the files of gap.
 *
 * Conditions are instructions, which the evaluator tests.  To find a value that makes a
 * condition hold, we invert the arithmetic.  The value counts only if the evaluator
 * confirms it by a run on the row with that fact replaced.
 */
#ifndef ZJTX_GAP_H
#define ZJTX_GAP_H

#include "postgres.h"

#include "answers/phrases.h"
#include "session/cache.h"
#include "engine/value.h"

/*
 * A condition to satisfy: a boolean must be true or false or, if bounded is set, a number
 * must compare with a bound in the given way.
 */
typedef struct Condition
{
	int			instr;
	Truth		want;
	const Expression *within;	/* the enclosing between or in, or NULL */
	bool		bounded;
	CompareOp	op;
	Number		bound;
	const struct Condition *score;	/* the score of which it is a step, or
									 * NULL */
} Condition;

/* The row's facts with some of them replaced. */
typedef struct Overlay
{
	FactSource	source;
	FactSource *row;
	const Value **set;			/* by fact; NULL: not replaced */
	const Condition **reason;	/* by fact: the condition for which it was
								 * replaced */
} Overlay;

typedef struct Gap
{
	Run		   *run;
	const Program *program;
	const char *text;			/* text of the policy */
	const Phrases *words;		/* phrases in the document's language */
	Overlay		overlay;
	bool	   *depends;		/* scratch, by instruction */
	bool	   *followed;		/* by instruction and truth */
	List	  **ways;
	int			undone;			/* operations inverted for the current fact */
	bool		search;			/* an operation has no inverse, so days must
								 * be tried */
	const Expression **names;	/* by instruction: its shortest source */
	const Expression **sources; /* by instruction: its source without the use
								 * of definitions' names */
	int			depth;			/* nesting depth of gap_settle */
	int			trials;			/* number of runs so far */
} Gap;

/* The next band, item or amount of a score. */
typedef struct Step
{
	const Condition *condition;
	int			fact;			/* the first fact that the step changes */
	Number		points;			/* increase of the score */
	Number		cost;			/* sum of the relative changes */
	const Value **set;			/* as in Overlay */
	const Condition **reason;
} Step;

/* words.c: the author's words, and values for people and programs */
extern void gap_enter_words(Gap *gap);
extern char *condition_words(const Gap *gap, const Condition *condition);
extern char *found_words(Gap *gap, const Condition *condition);
extern char *needed_words(Gap *gap, const Condition *condition);
extern bool condition_short(Gap *gap, const Condition *condition, Number *by);
extern char *gap_json(const Value *value, ValueType type);

/* undo.c: converts a requirement on an instruction into one on a fact */
typedef struct Asked
{
	CompareOp	op;
	Number		number;
	DateADT		day;
} Asked;

extern CompareOp compare_flipped(CompareOp op);
extern CompareOp compare_negated(CompareOp op);

/*
 * Converts a requirement on an instruction into one on the fact marked in
 * gap->depends.  Returns false if it cannot be expressed.
 */
extern bool gap_undo(Gap *gap, int number, Asked asked, Asked *result);

/*
 * Each finds the nearest number or day that meets the requirement, with the decimals of
 * the fact.
 */
extern bool nearest_number(const Fact *fact, const Asked *asked, Value *value);
extern void nearest_day(const Asked *asked, Value *value);

/* solve.c: satisfies one condition by changing one fact */

/* Begins a run on the row with the replaced facts. */
extern void gap_begin(Gap *gap);
extern bool condition_holds(Gap *gap, const Condition *condition);

/*
 * Returns the facts that a condition depends on, those most likely to change first, as
 * ints.
 */
extern List *condition_facts(Gap *gap, const Condition *condition);

/* Marks in gap->depends the instructions that depend on a fact. */
extern void find_dependents(Gap *gap, int fact);

/*
 * Finds a value of the fact for which a condition holds if all other facts stay the
 * same.  The value is not verified.
 */
extern bool solve_for(Gap *gap, const Condition *condition, int fact, Value *value);

/* Replaces a value outside the fact's range by the nearest bound. */
extern bool clamp_to_range(const Fact *fact, Value *value);

/*
 * Replaces the first fact that can make the condition hold; if there is none, tries
 * several together.
 */
extern bool gap_solve(Gap *gap, const Condition *condition);

extern void replace_fact(Gap *gap, int fact, const Value *value, const Condition *reason);

/* ways.c: conditions that consist of other conditions */

/*
 * Finds the ways to satisfy a condition.  Each is a list of conditions that fail or are
 * undecided; ways with few conditions come first.
 */
extern List *find_ways(Gap *gap, const Condition *condition);

/* Replaces facts until the condition holds.  Otherwise returns false and replaces none. */
extern bool gap_settle(Gap *gap, const Condition *condition);

/*
 * The same along one way to a goal.  Also satisfies conditions that the changes make fail.
 */
extern bool gap_settle_way(Gap *gap, const Condition *goal, List *way);

/* score.c: raises a score */

extern bool is_score(const Gap *gap, const Condition *condition);
extern List *score_steps(Gap *gap, const Condition *condition);
extern bool gap_settle_score(Gap *gap, const Condition *condition);
extern bool score_points(Gap *gap, const Condition *condition, Number *points);
extern Number change_cost(Gap *gap, int fact, const Value *value);

/* lines.c: the rows of the result */
typedef struct Line
{
	int			place;			/* position of its condition in the way */
	const Condition *condition;
	int			fact;			/* -1 for none */
	const Value *set;			/* required value of the fact, or NULL */
	bool		has_points;
	Number		points;
	bool		suffices;
} Line;

/* Returns the lines of one way, and marks those that together suffice for the goal. */
extern List *way_lines(Gap *gap, const Condition *goal, List *way);

/* Adds the lines of one condition, which is at a position of the way. */
extern void add_condition_lines(Gap *gap, List **lines, int place, const Condition *condition);

/* Resets all replaced facts. */
extern void nothing_replaced(Gap *gap);

extern Condition *make_condition(int instr, Truth want);
extern void save_overlay(const Gap *gap, Overlay *saved);
extern void restore_overlay(Gap *gap, const Overlay *saved);

#endif							/* ZJTX_GAP_H */
