/*
 * many.h
 *		The answers of a question for many rows at a time.
 *
 * The float kernel answers for most rows; the caller then has the others, which are in doubt,
 * answered one by one.  The answers are those of <question>_facts(policy, names, facts…).
 */
#ifndef ZJTX_MANY_H
#define ZJTX_MANY_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "fmgr.h"
#include "nodes/primnodes.h"

#include "facts/columns.h"
#include "line_rows.h"
#include "questions.h"
#include "session/cache.h"

#define MANY_ROWS BATCH_ROWS
#define MANY_WORDS BATCH_GROUPS
#define MANY_CODES 255

/*
 * The state of a call site.  The answers to |= and |^ have codes, from 0 on, and so has the answer to |! of which nothing
 * is missing; the answers to |# and amount_range are amounts, that to value is a number; that of judge is its lines.
 */
typedef struct Many
{
	QuestionKind question;
	int			form;
	FmgrInfo	flinfo;
	FunctionCallInfo fcinfo;	/* its arguments are policy, names and facts */
	TupleDesc	result;			/* of amount_range, or NULL so far */
	int			nfacts;
	int			nrows;			/* at most */
	uint64		policy;			/* the policy that the codes are of */
	int			ncodes;

	/*
	 * Another call about the same policy that has the same facts, and perhaps
	 * more, with their columns; or NULL.  What was computed for one of them
	 * the other one goes on with, if the caller has given their rows the same
	 * number.
	 */
	struct Many *beside;
	const DatumColumn *beside_columns;
	uint64		rows;			/* the number, or 0 */
	struct ManyBinding *begun;	/* has begun a batch … */
	uint64		begun_rows;		/* … with these rows */
	const struct Rung *rungs[MANY_CODES];	/* by code */
	NullableDatum *answers[MANY_CODES]; /* by code, or NULL */

	/* the answers, by row */
	uint64		doubt[MANY_WORDS];
	uint8		code[MANY_ROWS];
	bool		by_row;			/* the answers have no codes */
	uint64		own[MANY_WORDS];	/* rows whose answers many_single() gave:
									 * they have none either */
	Datum	   *values;			/* by row: the answer, or 0 if it is one of
								 * the figures */
	uint64		null[MANY_WORDS];	/* of these */
	BatchMoney *money;			/* figures: of amounts, … */
	BatchWhole *whole;			/* … of numbers */
	MemoryContext scratch;		/* of one call */

	/* of judge */
	bool		one_by_one;		/* lines are read when they are asked for */
	const LinesOfRows *lines;	/* NULL if all rows are in doubt */
	struct ManyLines *reading;	/* their state */
	uint64		wanted[MANY_WORDS];
	const DatumColumn *columns;
	MemoryContext context;		/* in which many_judge() was called */
	uint64		nbatches;		/* how often it was */
	uint64		nsingly;		/* rows that row_verdict.c answered one by one */
	Datum		verdict;		/* of the row judged last by many_single() */
} Many;

/*
 * many_takes: whether a question can be asked of many rows.  many_takes_policy: whether the kernel answers it for all
 * versions of a policy.  many_has_codes: whether answers have codes, so that what depends on one is evaluated once for
 * each code.  many_has_only_codes: whether all have, so that they are few.
 */
extern bool many_takes(QuestionKind question);
extern bool many_has_codes(QuestionKind question);
extern bool many_has_only_codes(QuestionKind question);
extern bool many_takes_policy(const Compiled *compiled, QuestionKind question);

/*
 * many_create: for a call of <question>_facts and up to nrows rows, in the current memory context.  The
 * caller sets the first two arguments in fcinfo before it asks.
 */
extern Many *many_create(FuncExpr *call, QuestionKind question, int nrows);

/*
 * many_judge: answers for the rows that are wanted, of nrows, whose facts are columns.  Sets doubt to
 * those that it did not answer for.  Answers for other rows, given before, stay.
 *
 * many_single: answers for one row.
 *
 * They may allocate in the current memory context.
 */
extern void many_judge(Many *many, int nrows, const uint64 *wanted, const DatumColumn *columns);
extern void many_single(Many *many, int row, const DatumColumn *columns);

/* The value of the call for a row, in the current memory context. */
extern Datum many_value(Many *many, int row, const DatumColumn *columns, bool *isnull);

/*
 * If many->one_by_one is set, many_judge() reads no lines.  many_has_line: reads a line, unless that
 * has been done, and returns whether it says something of a row; otherwise the row is answered by many_single().
 * many_read_lines: reads all of them, and sets doubt to the rows of which they do not say everything.
 */
extern bool many_has_line(Many *many, int row, int number);
extern void many_read_lines(Many *many);

static inline bool
many_has_code(const Many *many, int row)
{
	return !many->by_row && ((many->own[row / 64] >> (row % 64)) & 1) == 0;
}

/*
 * The answer with a code, which remains valid while many->policy is the same; and the answer of
 * row i if it has no code, in the current memory context.
 */
extern Datum many_answer(Many *many, int code, bool *isnull);
extern Datum many_answer_of_row(Many *many, int i, bool *isnull);

#endif							/* ZJTX_MANY_H */
