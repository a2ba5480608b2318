/*
 * ahead.h
 *		Judges a row on days after its own, and finds the days on which the answer changes.
 *
 * The row stays as it is, except its as_of.  The answer is all lines, as assess shows them:
 * whether each is satisfied, its amounts, period and status, what it lacks, and whether the
 * document is in force.
 */
#ifndef ZJTX_AHEAD_H
#define ZJTX_AHEAD_H

#include "postgres.h"

#include "ask.h"
#include "dated.h"

/* The last day of a search: 2999-12-31, like the last year of facts. */
#define AHEAD_LAST_DAY (date2j(2999, 12, 31) - POSTGRES_EPOCH_JDATE)

/*
 * The number of days that next_change judges if it cannot exclude an earlier change.
 * After these it returns the next day for which it cannot exclude one.
 */
#define AHEAD_TRIES 400

/* What a call site keeps for a policy. */
typedef struct AheadPolicy AheadPolicy;

typedef struct Ahead
{
	const Question *question;	/* on the day below */
	DateADT		day;			/* the day judged; then that of the last
								 * change */
	const Dated *before;		/* the lines before the last change */
	const Dated *now;			/* the lines on the day */
	AheadPolicy *policy;
	struct Steady **steady;		/* by version; NULL until it is judged */
} Ahead;

/*
 * ahead_policy: prepares a compiled policy, in the current memory context.
 *
 * ahead_start: starts on the day for which the question's row is judged, in the current memory
 * context.  The question must stay the current one of its call site.  Returns NULL if the
 * day is unknown.  ahead_start_on: starts on another day than the row's.
 *
 * ahead_judge: judges the row on a day; the question is then that of the day.
 *
 * ahead_next: goes on to the next day, until a last one, on which the lines differ.  Returns
 * false if there is none, which is proved.  After so many tries it returns the first day on
 * which a change cannot be excluded, without judging it.
 *
 * The question's run keeps the day last judged until the next question of its call site.
 */
extern AheadPolicy *ahead_policy(const Compiled *compiled);
extern Ahead *ahead_start(const Question *question, AheadPolicy *policy);
extern Ahead *ahead_start_on(const Question *question, AheadPolicy *policy, DateADT day);
extern void ahead_judge(Ahead *ahead, DateADT day);
extern bool ahead_next(Ahead *ahead, DateADT last, int tries);

/*
 * ahead_next_change: returns the first day on which the lines of the question's row change.
 * Returns false if there is none until AHEAD_LAST_DAY, or if the day judged is unknown.
 */
extern bool ahead_next_change(const Question *question, AheadPolicy *policy, DateADT *day);

/* The prepared policy of a call site, kept in ask_place(). */
extern AheadPolicy *ahead_policy_of(const Question *question);

#endif							/* ZJTX_AHEAD_H */
