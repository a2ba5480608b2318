/*
 * example_parts.h
 *		Functions shared by the parts that run worked examples.
 */
#ifndef ZJTX_EXAMPLE_PARTS_H
#define ZJTX_EXAMPLE_PARTS_H

#include "postgres.h"

#include "answers/answer.h"
#include "examples.h"

typedef struct ExampleSource
{
	FactSource	source;
	const Program *program;
	const Expression **given;	/* by fact; NULL if the example does not give
								 * it */
	List	   *in_years;		/* of Expression, EXPR_SET of facts by year;
								 * the last one that was given comes first */
} ExampleSource;

/* ---------------- the facts that are given: example_source.c ---------------- */

/* Starts the source of an example's facts, in the current memory context. */
extern void example_source(ExampleSource *source, const Program *program, const Example *example);

/* Adds the facts given for one row; they replace those given before. */
extern void example_give(ExampleSource *source, const List *given);

/* ---------------- what was found, and whether it is as expected: example_found.c ---------------- */

extern char *example_truth_text(Truth truth);
extern char *example_number_text(const Number *number, Unit unit);
extern char *example_value_text(const Value *value, ValueType type, Unit unit);
extern char *example_amount_text(const Amount *amount, Unit unit);
extern bool example_truth_is(Truth truth, VerdictKind verdict);
extern bool example_amount_is(const Amount *amount, const Expectation *expect);
extern bool example_value_is(const Value *value, ValueType type, const Expectation *expect);

/* ---------------- several rows: example_rows.c ---------------- */

/* The rows of an example, or of the one on which it is based; NIL if it has one row. */
extern const List *example_rows_of(const Example *example);

/*
 * Runs an example of several rows: allots over them, and returns a result for each expectation.  text is the policy's
 * source.  watch, if it is not NULL, is called for every value that is computed (program.h).
 */
extern List *example_rows_run(const Program *program, const char *text, const Example *example,
							  void (*watch) (Run *run, int instr, const Value *value), void *watcher);

#endif							/* ZJTX_EXAMPLE_PARTS_H */
