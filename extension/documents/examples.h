/*
 * examples.h
 *		Running the worked examples of a document.
 */
#ifndef ZJTX_EXAMPLES_H
#define ZJTX_EXAMPLES_H

#include "postgres.h"

#include "session/cache.h"

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

/*
 * examples_watch: runs the examples of one document for a watcher (program.h) to see
 * what becomes of them.
 */
extern void examples_watch(const Compiled *compiled, const Program *program,
						   void (*watch) (Run *run, int instr, const Value *value), void *watcher);

#endif							/* ZJTX_EXAMPLES_H */
