/*
 * answer.h
 *		What a policy answers about one row.
 *
 * The answers are read off a run; nothing here evaluates.
 */
#ifndef ZJTX_ANSWER_H
#define ZJTX_ANSWER_H

#include "postgres.h"

#include "session/cache.h"

/*
 * The versions of a policy that may be in force on the row's day: one, unless the
 * policy is a series.  nothing says that there may also be none; runs[0] has begun also
 * where there is none.
 */
typedef struct Question
{
	const Compiled *compiled;
	int			nruns;
	Run		  **runs;
	bool		nothing;
} Question;

/* where on its ladder a row stands */
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

/* money, or points */
typedef struct Amount
{
	bool		undetermined;	/* it is owed, or may be, and has no figure */
	Number		low;
	bool		unbounded;		/* nothing is known of its height */
	Number		high;
} Amount;

/* `e |= p` */
extern Truth answer_eligible(const Question *question);

/* `e |^ p`; an error where the policy has no ladder */
extern Placement answer_placement(const Question *question);

/* `e |# p` and amount_range */
extern Amount answer_amount(const Question *question);

/* `e |! p`: facts by name, each once, the most decisive first */
extern List *answer_missing(const Question *question);

/* the amount that a value is, and that a register of money holds */
extern Amount amount_of(const Value *value);
extern Amount amount_of_register(Run *run, int instr);

#endif							/* ZJTX_ANSWER_H */
