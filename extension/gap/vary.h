/*
 * vary.h
 *		The bounds of a document's conditions, and their places in its text.
 */
#ifndef ZJTX_VARY_H
#define ZJTX_VARY_H

#include "postgres.h"

#include "language/tree.h"
#include "session/cache.h"

/* A bound that can be moved: a literal in the text of a policy. */
typedef struct VaryBound
{
	const char *name;			/* the condition, as explain, gap and margin
								 * print it */
	const char *code;			/* code of its provision, definition or score */
	const char *outer;			/* for a stage, the code of its clause; or
								 * NULL */
	Span		literal;		/* start is -1: the bound is no literal */
	ValueType	type;			/* number or date */
	const char *unit;			/* what follows the number in the name */
	const char *both;			/* for a between as a whole, the names of its
								 * two bounds; or NULL */
} VaryBound;

/*
 * Returns the bounds that a condition names, as a list of VaryBound, in the order of the
 * text.  A name that is unknown, or whose bound cannot be moved, is an error.
 */
extern List *vary_find(const Compiled *compiled, const char *condition);

/*
 * A condition as messages quote it.  For a client whose encoding has no Chinese, "..."
 * replaces what is not ASCII.
 */
extern const char *vary_shown(const char *condition);

#endif							/* ZJTX_VARY_H */
