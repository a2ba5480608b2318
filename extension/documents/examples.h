/*
 * examples.h
 *		Runs the worked examples of a document.
 */
#ifndef ZJTX_EXAMPLES_H
#define ZJTX_EXAMPLES_H

#include "postgres.h"

#include "session/cache.h"

typedef struct ExampleResult
{
	const char *example;		/* title of the example */
	char	   *expected;		/* as written */
	char	   *found;
	bool		holds;
	Span		span;			/* position of the expectation in the text */
} ExampleResult;

/*
 * examples_run: returns the result of every expectation of every example, in their order,
 * in the current memory context.
 */
extern List *examples_run(const Compiled *compiled);

/*
 * examples_watch: runs the examples of one document with a watch function (program.h).
 * `begin` is called before each example, unless it is NULL.
 */
extern void examples_watch(const Compiled *compiled, const Program *program,
						   void (*begin) (Run *run, const Example *example),
						   void (*watch) (Run *run, int instr, const Value *value), void *watcher);

#endif							/* ZJTX_EXAMPLES_H */
