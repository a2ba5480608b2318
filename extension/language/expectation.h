/*
 * expectation.h
 *		Worked examples of a document: given facts and expected answers.
 */
#ifndef ZJTX_EXPECTATION_H
#define ZJTX_EXPECTATION_H

#include "expression.h"

typedef enum ExpectKind
{
	EXPECT_CLAUSE,
	EXPECT_STAGE,
	EXPECT_RUNG,
	EXPECT_GROUP,
	EXPECT_SELECTION,
	EXPECT_BUDGET,				/* only over several rows */
	EXPECT_PLACEMENT,
	EXPECT_AMOUNT,
	EXPECT_NAME,
	EXPECT_MISSING
} ExpectKind;

typedef enum VerdictKind
{
	VERDICT_TRUE,
	VERDICT_FALSE,
	VERDICT_UNKNOWN,
	VERDICT_NONE,
	VERDICT_UNDETERMINED,
	VERDICT_EQUALS,
	VERDICT_BETWEEN,
	VERDICT_NAMES,				/* placement, missing */
	VERDICT_ROWS				/* one verdict for each row */
} VerdictKind;

typedef struct Expectation
{
	ExpectKind	kind;
	Span		span;
	char	   *code;			/* of the clause or rung, or a name */
	char	   *stage;
	VerdictKind verdict;
	Expression *low;			/* the only bound of VERDICT_EQUALS */
	Expression *high;
	List	   *names;			/* of char * */
	List	   *rows;			/* of Expectation, of which only the verdict
								 * and its bounds are set */
	Expression *expr;			/* EXPECT_NAME: the name, as an expression */
} Expectation;

typedef struct Example
{
	char	   *title;
	Span		span;
	char	   *like;			/* or NULL */
	struct Example *base;		/* set by the checker */
	List	   *given;			/* of Expression, EXPR_SET */
	List	   *rows;			/* of Expression, EXPR_ROW: what else is given
								 * of each row; NIL: the example has one row */
	List	   *expect;			/* of Expectation */
} Example;

#endif							/* ZJTX_EXPECTATION_H */
