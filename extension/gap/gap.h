/*
 * gap.h
 *		What keeps a row from a rung, and what would bring it there: shared by the files
 *		of gap.
 *
 * Conditions are instructions, and the evaluator says whether they hold.  What would
 * make one hold is worked out by inverting arithmetic, and believed only when the
 * evaluator, run on the row with that fact replaced, agrees.
 */
#ifndef ZJTX_GAP_H
#define ZJTX_GAP_H

#include "postgres.h"

#include "answers/phrases.h"
#include "session/cache.h"
#include "engine/value.h"

/*
 * What is to be reached: that a boolean is true or false, or, with bounded, that a number
 * compares so with a bound.
 */
typedef struct Condition
{
	int			instr;
	Truth		want;
	const Expression *within;	/* a between or in that it is a part of, or NULL */
	bool		bounded;
	CompareOp	op;
	Number		bound;
	const struct Condition *score;	/* that it is a step of, or NULL */
} Condition;

/* The row's facts with some replaced. */
typedef struct Overlay
{
	FactSource	source;
	FactSource *row;
	const Value **set;			/* by fact; NULL: the row's */
	const Condition **reason;	/* what each was set for */
} Overlay;

typedef struct Gap
{
	Run		   *run;
	const Program *program;
	const char *text;			/* the policy's */
	const Phrases *words;		/* the document's language */
	Overlay		overlay;
	bool	   *depends;		/* scratch, by instruction */
	bool	   *followed;		/* …: by instruction and truth */
	List	  **ways;
	int			undone;			/* operations, for one fact */
	bool		search;			/* one of them has no inverse; days are to be tried */
	const Expression **names;	/* by instruction: its shortest words */
	const Expression **sources; /* …: what is written out, not a name for it */
	int			depth;			/* of settling within settling */
	int			trials;			/* runs so far */
} Gap;

/* The next band, item or amount of a score. */
typedef struct Step
{
	const Condition *condition;
	int			fact;			/* the first that it changes */
	Number		points;			/* it adds to the score */
	Number		cost;			/* change relative to what is needed, summed */
	const Value **set;			/* as in Overlay */
	const Condition **reason;
} Step;

/* words.c: how the author wrote it, and values for people and programs */
extern void gap_enter_words(Gap *gap);
extern char *condition_words(const Gap *gap, const Condition *condition);
extern char *found_words(Gap *gap, const Condition *condition);
extern char *needed_words(Gap *gap, const Condition *condition);
extern bool condition_short(Gap *gap, const Condition *condition, Number *by);
extern char *gap_json(const Value *value, ValueType type);

/* undo.c: from what is asked of an instruction to what is asked of a fact */
typedef struct Asked
{
	CompareOp	op;
	Number		number;
	DateADT		day;
} Asked;

extern CompareOp compare_flipped(CompareOp op);
extern CompareOp compare_negated(CompareOp op);

/* What is asked of the fact that gap->depends marks; false where it cannot be said. */
extern bool gap_undo(Gap *gap, int number, Asked asked, Asked *result);

/* The nearest number or day, in what the fact is counted in, that is as it is asked. */
extern bool nearest_number(const Fact *fact, const Asked *asked, Value *value);
extern void nearest_day(const Asked *asked, Value *value);

/* solve.c: one condition by one fact */

/* Begins a run on the row with what is replaced. */
extern void gap_begin(Gap *gap);
extern bool condition_holds(Gap *gap, const Condition *condition);

/* The facts that a condition depends on, the likeliest to be changed first; as ints. */
extern List *condition_facts(Gap *gap, const Condition *condition);

/* The instructions that depend on a fact, into gap->depends. */
extern void find_dependents(Gap *gap, int fact);

/* What a fact must be for a condition to hold, all else as it stands; not verified. */
extern bool solve_for(Gap *gap, const Condition *condition, int fact, Value *value);

/* The value at the end of a fact's range nearest to one that is outside it. */
extern bool clamp_to_range(const Fact *fact, Value *value);

/* Replaces the first fact by which the condition can be made to hold, else several. */
extern bool gap_solve(Gap *gap, const Condition *condition);

extern void replace_fact(Gap *gap, int fact, const Value *value, const Condition *reason);

/* ways.c: conditions of conditions */

/*
 * What stands between the facts as they are and a condition: ways, each a list of
 * conditions that fail or are undecided, those with the fewest first.
 */
extern List *find_ways(Gap *gap, const Condition *condition);

/* Replaces facts until the condition holds; false, and nothing replaced, if none do. */
extern bool gap_settle(Gap *gap, const Condition *condition);

/* The same along one way to a goal; conditions that fail on the way are met too. */
extern bool gap_settle_way(Gap *gap, const Condition *goal, List *way);

/* score.c */

extern bool is_score(const Gap *gap, const Condition *condition);
extern List *score_steps(Gap *gap, const Condition *condition);
extern bool gap_settle_score(Gap *gap, const Condition *condition);
extern bool score_points(Gap *gap, const Condition *condition, Number *points);
extern Number change_cost(Gap *gap, int fact, const Value *value);

/* lines.c: the rows of the result */
/* One row of the result. */
typedef struct Line
{
	int			place;			/* of its condition in the way */
	const Condition *condition;
	int			fact;			/* -1: none */
	const Value *set;			/* what the fact must be, or NULL */
	bool		has_points;
	Number		points;
	bool		suffices;
} Line;

/* The lines of one way, with those marked that together suffice for the goal. */
extern List *way_lines(Gap *gap, const Condition *goal, List *way);

/* Those of one condition, which stands at a place of the way. */
extern void add_condition_lines(Gap *gap, List **lines, int place, const Condition *condition);

/* The row's facts as they are. */
extern void nothing_replaced(Gap *gap);

extern Condition *make_condition(int instr, Truth want);
extern void save_overlay(const Gap *gap, Overlay *saved);
extern void restore_overlay(Gap *gap, const Overlay *saved);

#endif							/* ZJTX_GAP_H */
