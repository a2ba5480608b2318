/*
 * derived.h
 *		Policies derived from others: read from text, stored by name, a part, amended, bound to
 *		a day.
 */
#ifndef ZJTX_DERIVED_H
#define ZJTX_DERIVED_H

#include "postgres.h"

#include "utils/date.h"

#include "held.h"

/* How a policy is derived.  Unused members are 0. */
typedef struct Recipe
{
	bool		by_name;
	PolicyKey	policy;			/* the policy's text or name */
	Datum		datum;			/* the argument with this key */
	const text *part;			/* code of a clause or rung */
	const text *statements;		/* the amendments */
	bool		has_day;
	bool		default_day;	/* the as_of of a row takes precedence */
	DateADT		day;			/* the day to bind to */
} Recipe;

/* Sets the policy, or its name, of a recipe. */
extern void recipe_from(Recipe *recipe, Datum policy, bool by_name);

/* Binds to a day; with default_day, the as_of of a row takes precedence. */
extern void recipe_bind(Recipe *recipe, DateADT day, bool default_day);

/*
 * Returns the text of the derived policy, in the current memory context, and the serial
 * number of values with this text (policy_hold).  It raises an error if there is none; with
 * missing_ok, an unknown name or part, a day that is no day of the calendar and an amendment
 * that does not fit give NULL.
 */
extern char *recipe_make(const Recipe *recipe, bool missing_ok, uint64 *serial);

/*
 * A cache of derived policies, for one call site.
 *
 * derivations_create: an empty cache in the given context.
 *
 * derived_value: returns the derived policy as a value made by policy_hold(), which the
 * cache keeps while the call site does not ask for too many others.
 */
typedef struct Derivations Derivations;

extern Derivations *derivations_create(MemoryContext context);
extern Datum derived_value(Derivations *derivations, const Recipe *recipe);

#endif							/* ZJTX_DERIVED_H */
