/*
 * allot_policy.h
 *		The policy of an allotment, and its other arguments.
 */
#ifndef ZJTX_ALLOT_POLICY_H
#define ZJTX_ALLOT_POLICY_H

#include "postgres.h"

#include "allot/allot.h"
#include "session/cache.h"

typedef struct AllotPolicy
{
	const Compiled *compiled;
	const Program *program;
	DaySource	day;
} AllotPolicy;

/*
 * allot_policy: sets the policy of an argument, which is a policy or, with by_name, the name of a stored one.  For a
 * series, that is the version in force on the policy's day or, if it has none, on the session's day.  Returns false
 * if there is none.  It is valid in the current memory context.
 *
 * allot_policy_check: requires that it has a selection or a budget.
 */
extern bool allot_policy(AllotPolicy *policy, Datum argument, bool by_name);
extern void allot_policy_check(const AllotPolicy *policy);

/* allot_is_strict: reads the argument undecided: true for out, false for open; otherwise an error. */
extern bool allot_is_strict(const text *undecided);

/* allotted_amount: an amount in 分, as 元 with two decimals */
extern Numeric allotted_amount(int64 amount);

#endif							/* ZJTX_ALLOT_POLICY_H */
