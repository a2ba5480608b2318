/*
 * folded.h
 *		Policy arguments that are the same for a whole statement.
 *
 * These are a policy or a stored name that is a constant, and the functions stored, part
 * (->), as_of and amend of such constants.  Functions of policies that are constants are
 * constants themselves, so what is left depends on a stored document.
 */
#ifndef ZJTX_FOLDED_H
#define ZJTX_FOLDED_H

#include "postgres.h"

#include "nodes/primnodes.h"

#include "session/cache.h"

typedef struct FoldedPolicy
{
	const Compiled *compiled;	/* NULL if there is no such policy */
	bool		by_name;		/* the argument is a name */
	const char *name;			/* of the stored policy from which it is
								 * derived, or NULL */
} FoldedPolicy;

/* Whether a policy argument has one of these forms. */
extern bool policy_folds(Node *argument);

/*
 * policy_fold: evaluates such an argument for the active snapshot, which must be set unless
 * it is a constant policy.  The compiled policy is valid as long as pins.  An argument whose
 * evaluation would raise an error has no policy.
 */
extern FoldedPolicy policy_fold(Node *argument, MemoryContext pins);

/* The value of an argument that depends on a stored document. */
typedef struct FoldedValue
{
	Datum		value;			/* of type zjtx.policy, without TOAST; or 0 */
	const char *name;			/* of the stored policy, or NULL */
	bool		has_day;		/* whether it depends on the day judged */
	DateADT		day;
} FoldedValue;

/*
 * policy_fold_value: evaluates such an argument for the active snapshot.  A name gives its policy bound to the given
 * day as its default, which has the answers that the name has on that day.  An argument whose evaluation would raise
 * an error has no value.
 */
extern FoldedValue policy_fold_value(Node *argument, DateADT day);

#endif							/* ZJTX_FOLDED_H */
