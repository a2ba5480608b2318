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
#include "answers/rows.h"
#include "answers/ask.h"
#include "engine/value.h"

/*
 * A condition to satisfy: a boolean must be true or false or, if bounded is set, a number
 * must compare with a bound in the given way.
 */
typedef struct GapCondition
{
	int			instr;
	Truth		want;
	const Expression *within;	/* the enclosing between or in, or NULL */
	bool		bounded;
	CompareOp	op;
	Number		bound;
	const struct GapCondition *score;	/* the score of which it is a step, or
										 * NULL */
} GapCondition;

/* The row's facts with some of them replaced. */
typedef struct Overlay
{
	FactSource	source;
	FactSource *row;
	const Value **set;			/* by fact; NULL: not replaced */
	const GapCondition **reason;	/* by fact: the condition for which it was
									 * replaced */
	const Program *program;
	const int  *years;			/* for a fact by year, the year that can be
								 * replaced */
} Overlay;

/* The instructions that depend on a fact. */
typedef struct GapDependents
{
	const bool *marks;			/* by instruction; for a fact by year, the
								 * dependents of all years */
	int			count;
	const int  *instrs;			/* the same as a list */
} GapDependents;

/* What gap needs to know about a program, independent of the row; see gap_program(). */
typedef struct GapProgram
{
	const Program *program;
	MemoryContext context;
	const Expression **names;	/* by instruction: its shortest source */
	const Expression **sources; /* by instruction: its source without the use
								 * of definitions' names */
	bool		yearly;			/* whether it reads facts by year */
	bool		grown;			/* it has allocated memory since it was last
								 * counted */
	const GapDependents **dependents;	/* by fact; NULL until asked for */
	List	  **facts;			/* by instruction: the facts of a condition;
								 * NIL until asked for, or if they depend on
								 * the row */
	const bool *nothing;		/* by instruction: false */
	bool		has_margins;
	List	   *margins;		/* for margin.c */
} GapProgram;

typedef struct Gap
{
	Run		   *run;
	const Program *program;
	GapProgram *known;
	const char *text;			/* text of the policy */
	const Phrases *words;		/* phrases in the document's language */
	Overlay		overlay;
	int		   *years;			/* by fact: for a fact by year, the latest
								 * year that the goal reads; else 0 */
	const bool *depends;		/* by instruction: whether it depends on the
								 * current fact */
	bool	   *depends_in_year;	/* scratch, by instruction */
	bool		begun;			/* whether the run is on the overlay */
	const Value **begun_with;	/* by fact: what was set when it last began */
	bool	   *followed;		/* by instruction and truth */
	List	  **ways;
	int			undone;			/* operations inverted for the current fact */
	bool		search;			/* an operation has no inverse, so values must
								 * be tried */
	bool		two_ways;		/* a table has suitable rows above and below */
	bool		other_way;		/* look for the farther one */
	const Expression **names;	/* as in GapProgram */
	const Expression **sources;
	int			depth;			/* nesting depth of gap_settle */
	int			trials;			/* number of runs so far */
} Gap;

/* The next band, item or amount of a score. */
typedef struct Step
{
	const GapCondition *condition;
	int			fact;			/* the first fact that the step changes */
	Number		points;			/* increase of the score */
	Number		cost;			/* sum of the relative changes */
	const Value **set;			/* as in Overlay */
	const GapCondition **reason;
} Step;

/*
 * Facts are denoted by their numbers as in a run.  Arrays indexed by fact have one place
 * for all years.
 */
static inline const Fact *
gap_declared(const Gap *gap, int fact)
{
	return gap->program->facts[fact_number(gap->program, fact)];
}

/* The fact that can be replaced; for a fact by year, its latest year. */
static inline int
gap_fact_at(const Gap *gap, int place)
{
	return fact_in_year(gap->program, place, gap->years[place]);
}

/*
 * years.c: gap_find_latest_years sets gap->years to the latest years that an instruction reads.  The others return
 * the facts in years that it reads, as ints, the latest first, and mark in gap->depends the instructions that depend
 * on one.
 */
extern void gap_find_latest_years(Gap *gap, int number);
extern List *gap_facts_in_years(Gap *gap, int number);
extern void gap_find_year_dependents(Gap *gap, int fact);

/*
 * known.c: returns what is known about a program of the question's policy.  The call site
 * keeps it as long as it keeps the policy.
 */
extern GapProgram *gap_program(const Question *question, const Program *program);

/* known.c: counts the memory allocated for a question's program.  Call it after the last use for a row. */
extern void gap_program_done(const Question *question, GapProgram *known);

/* known.c: returns the instructions that depend on a fact, given by its place. */
extern const GapDependents *gap_dependents(GapProgram *known, int place);

/* known.c: prepares a run, which has begun on a row, for a search. */
extern void gap_start(Gap *gap, const Question *question, Run *run);

/*
 * show.c: put a number, with at most 6 decimals and rounded away from zero, so that a
 * distance is not understated; and a value as gap_json prints it, NULL for none.
 */
extern void gap_put_number(Rows *rows, const Number *number);
extern void gap_put_json(Rows *rows, const char *json);

/*
 * words.c: values and the author's words, for people and programs
 *
 * gap_number_words: a number with its unit.  gap_op_name: "=", "<>", …
 *
 * gap_subject: returns the register that a condition tests; in a comparison, the side that
 * is not a constant.
 *
 * gap_unit: returns the unit of that register or, if it has none, of the other side.
 */
extern char *gap_number_words(const Number *number, Unit unit);
extern const char *gap_op_name(CompareOp op);
extern int	gap_subject(const Gap *gap, const GapCondition *condition);
extern Unit gap_unit(const Gap *gap, const GapCondition *condition);
extern char *gap_condition_words(const Gap *gap, const GapCondition *condition);
extern char *gap_found_words(Gap *gap, const GapCondition *condition);
extern char *gap_needed_words(Gap *gap, const GapCondition *condition);
extern bool gap_condition_short(Gap *gap, const GapCondition *condition, Number *by);
extern char *gap_json(const Value *value, ValueType type);

/* undo.c: converts a requirement on an instruction into one on a fact */
typedef struct GapTarget
{
	CompareOp	op;
	Number		number;
	DateADT		day;
} GapTarget;


/*
 * Converts a requirement on an instruction into one on the fact marked in
 * gap->depends.  Returns false if it cannot be expressed.
 */
extern bool gap_undo(Gap *gap, int number, GapTarget asked, GapTarget *result);

/*
 * Each finds the nearest number or day that meets the requirement, with the decimals of
 * the fact.
 */
extern bool gap_nearest_number(const Fact *fact, const GapTarget *asked, Value *value);
extern void gap_nearest_day(const GapTarget *asked, Value *value);

/* 10 to the power of the number of decimals of a fact. */
extern Number gap_decimal_scale(const Fact *fact);

/* solve.c: satisfies one condition by changing one fact */

/*
 * Begins a run on the row with the replaced facts.  Only instructions that depend on
 * facts replaced or reset since the last run are computed again.
 */
extern void gap_begin(Gap *gap);
extern bool gap_condition_holds(Gap *gap, const GapCondition *condition);

/*
 * Returns the facts that a condition depends on, those most likely to change first, as
 * ints.  The list must not be changed.
 */
extern List *gap_condition_facts(Gap *gap, const GapCondition *condition);

/* Sets gap->depends to the instructions that depend on a fact. */
extern void gap_find_dependents(Gap *gap, int fact);

/*
 * Finds a value of the fact for which a condition holds if all other facts stay the
 * same.  The value is not verified.
 */
extern bool gap_solve_for(Gap *gap, const GapCondition *condition, int fact, Value *value);

/*
 * Replaces the fact if the condition then holds; returns whether it does.
 *
 * gap_search: does the same with one of the values that the fact can have, the nearest
 * first.
 */
extern bool gap_try_value(Gap *gap, const GapCondition *condition, int fact, const Value *value);
extern bool gap_search(Gap *gap, const GapCondition *condition, int fact);

/* Replaces a value outside the fact's range by the nearest bound. */
extern bool gap_clamp_to_range(const Fact *fact, Value *value);

/*
 * Replaces the first fact that can make the condition hold; if there is none, tries
 * several together.
 */
extern bool gap_solve(Gap *gap, const GapCondition *condition);

extern void gap_replace_fact(Gap *gap, int fact, const Value *value, const GapCondition *reason);

/* ways.c: conditions that consist of other conditions */

/*
 * Finds the ways to satisfy a condition.  Each is a list of conditions that fail or are
 * undecided; ways with few conditions come first.
 */
extern List *gap_find_ways(Gap *gap, const GapCondition *condition);

/* Replaces facts until the condition holds.  Otherwise returns false and replaces none. */
extern bool gap_settle(Gap *gap, const GapCondition *condition);

/*
 * The same along one way to a goal.  Also satisfies conditions that the changes make fail.
 */
extern bool gap_settle_way(Gap *gap, const GapCondition *goal, List *way);

/* score.c: raises a score */

extern bool gap_is_score(const Gap *gap, const GapCondition *condition);
extern List *gap_score_steps(Gap *gap, const GapCondition *condition);
extern bool gap_settle_score(Gap *gap, const GapCondition *condition);
extern bool gap_score_points(Gap *gap, const GapCondition *condition, Number *points);
extern Number gap_change_cost(Gap *gap, int fact, const Value *value);

/* lines.c: the rows of the result */
typedef struct GapLine
{
	int			place;			/* position of its condition in the way */
	const GapCondition *condition;
	int			fact;			/* -1 for none */
	const Value *set;			/* required value of the fact, or NULL */
	bool		has_points;
	Number		points;
	bool		suffices;
} GapLine;

/* Returns the lines of one way, and marks the lines that together suffice for the goal. */
extern List *gap_way_lines(Gap *gap, const GapCondition *goal, List *way);

/* Adds the lines of one condition, which is at a position of the way. */
extern void gap_add_condition_lines(Gap *gap, List **lines, int place, const GapCondition *condition);

/* Resets all replaced facts. */
extern void gap_nothing_replaced(Gap *gap);

extern GapCondition *gap_make_condition(int instr, Truth want);
extern void gap_save_overlay(const Gap *gap, Overlay *saved);
extern void gap_restore_overlay(Gap *gap, const Overlay *saved);

#endif							/* ZJTX_GAP_H */
