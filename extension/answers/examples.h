/*
 * examples.h
 *		Running the worked examples of a document.
 */
#ifndef ZJTX_EXAMPLES_H
#define ZJTX_EXAMPLES_H

#include "postgres.h"

#include "engine/cache.h"

typedef struct ExampleResult
{
	const char *example;		/* its title */
	char	   *expected;		/* as it is written */
	char	   *found;
	bool		holds;
} ExampleResult;

/*
 * examples_run: every expectation of every example, in their order, in the current
 * memory context.
 */
extern List *examples_run(const Compiled *compiled);

#endif							/* ZJTX_EXAMPLES_H */
