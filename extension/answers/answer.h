/*
 * answer.h
 *		What a policy answers about one row.
 *
 * The answers are read from the values of a run; nothing is evaluated here.
 */
#ifndef ZJTX_ANSWER_H
#define ZJTX_ANSWER_H

#include "postgres.h"

#include "fmgr.h"

#include "session/cache.h"

/*
 * The versions of a policy that may be in force on the row's day: exactly one, unless the
 * policy is a series.  `nothing` means that possibly none is in force. runs[0] has begun
 * even if there is none.
 */
typedef struct Question
{
	const Compiled *compiled;
	int			nruns;
	Run		  **runs;
	bool		nothing;
} Question;

/* the row's place on the ladder */
typedef enum PlacementState
{
	PLACEMENT_RUNG,				/* a rung is proved */
	PLACEMENT_NONE,				/* every rung is proved false */
	PLACEMENT_UNDECIDED
} PlacementState;

typedef struct Placement
{
	PlacementState state;
	const Rung *rung;
} Placement;

/* an amount of money or points */
typedef struct Amount
{
	bool		undetermined;	/* it is owed, or may be, but the text gives
								 * no figure */
	Number		low;
	bool		unbounded;		/* it has no upper bound */
	Number		high;
} Amount;

/* `e |= p` */
extern Truth answer_eligible(const Question *question);

/* whether any version of the policy has a ladder */
extern bool answer_has_ladder(const Question *question);

/* `e |^ p`; an error if the policy has no ladder */
extern Placement answer_placement(const Question *question);

/*
 * operators.c: the zjtx.placement of a rung, or of none if it is NULL, in the current memory
 * context.  fcinfo is that of a function that returns this type.
 */
extern Datum placement_datum(FunctionCallInfo fcinfo, const Rung *rung);

/* operators.c: an array of names, as |! returns it */
extern Datum missing_datum(List *names);

/* `e |# p` and amount_range */
extern Amount answer_amount(const Question *question);

/*
 * `e |# p` for an amount in hundredths: sets *decided and, if it is decided,
 * *hundredths.  Returns false if answer_amount() must be asked.
 */
extern bool answer_hundredths(const Question *question, bool *decided, int64 *hundredths);

/*
 * value and value_range: the value of a definition to which the policy is narrowed.  If it is not known, the ends of
 * its range, each with a flag that the range is open.
 */
typedef struct AnsweredValue
{
	bool		known;
	bool		none;			/* known to be none; then there is no number */
	bool		low_open;
	bool		high_open;
	Number		low;
	Number		high;
} AnsweredValue;

extern AnsweredValue answer_value(const Question *question);

/* `e |! p`: names of facts, without duplicates, most decisive first */
extern List *answer_missing(const Question *question);

/*
 * The instructions on which that depends: whether each clause is satisfied and what it pays; and, besides these, the
 * rungs above the highest proved one.  There is room for all rungs.
 */
extern int *answer_missing_goals(const Program *program, int *ngoals);

/*
 * Whether the document is in force on the day judged, according to its header; unknown if
 * the day is unknown.  Sets *day.
 */
extern Truth answer_in_force(Run *run, Value *day);

/*
 * answer_lacks_day: whether the answers of a run depend on the day judged, which is unknown.
 *
 * answer_warn_of_day: called if an answer is undecided.  Warns, once in each statement of
 * the client, if that is because no day was given at all: the policy is a value that is
 * not bound to a day, and the row has no as_of.
 */
extern bool answer_lacks_day(const Question *question, Run *run);
extern void answer_warn_of_day(const Question *question);

/* the amount of a value, and the amount that a register of money holds */
extern Amount answer_amount_of(const Value *value);
extern Amount answer_amount_of_register(Run *run, int instr);

#endif							/* ZJTX_ANSWER_H */
