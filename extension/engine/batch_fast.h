/*
 * batch_fast.h
 *		What a batch computes for all of its rows at once, with vectors.
 *
 * An instruction is fast if its rows whose facts are all known, and not odd, can be computed by a loop
 * over all rows that asks no questions.  All other rows are left to the kernel, group by group; so
 * are those whose numbers are too near to each other.
 */
#ifndef ZJTX_BATCH_FAST_H
#define ZJTX_BATCH_FAST_H

#include "batch_registers.h"
#include "batch_vectors.h"

typedef enum FastKind
{
	FAST_NOT,
	FAST_FACT,
	FAST_YEAR,					/* a fact of the same year in all rows */
	FAST_CONSTANT,
	FAST_ARITHMETIC,
	FAST_LADDER,
	FAST_CASE,					/* a case whose results are constants */
	FAST_EXTREME,				/* the least or greatest of integers */
	FAST_FLOOR,					/* of a sharp number over an integer */
	FAST_COUNT,					/* of conditions that are true */
	FAST_DAYS,					/* days: the latest, the first or the last of
								 * some (batch_days.c) */
	FAST_LIST,					/* how many elements; known to the kernel */
	FAST_SHARP_BOUND,			/* conditions: a comparison of doubles */
	FAST_BOUND,					/* conditions: a comparison with a threshold
								 * on either side of the bound */
	FAST_ORDER					/* conditions: a comparison of two numbers */
} FastKind;

/*
 * Of a number that is fast: within rel of itself, as far as its bound is not computed row
 * by row.  It is zero, or from 10^-low to 10^high in magnitude.
 */
typedef struct FastNode
{
	uint8		kind;			/* FastKind */
	uint8		operation;		/* VectorOperation */
	bool		sharp;			/* compares with other sharp numbers as its
								 * double does: a decimal of up to 15 digits,
								 * or an integer below 2^53 */
	bool		whole;			/* an integer without error */
	bool		positive;		/* or zero */
	bool		bounded;		/* its error has a bound for each row */
	bool		down;			/* of a ladder: its bounds fall */
	double		rel;
	double		most;			/* of a whole number, in magnitude */
	int			low;
	int			high;

	/*
	 * Thresholds: below the first a number is surely below the bound, above
	 * the second surely above it.  A ladder has them for each step, and the
	 * values of its steps.
	 */
	double		below;
	double		above;
	int			nsteps;
	double	   *steps_below;
	double	   *steps_above;
	double	   *values;
	double		rest;

	int			dividend;		/* of a floor: an instruction */
	double		divisor;
} FastNode;

/* batch_fast_build.c: finds which instructions are fast.  The result is an array by instruction. */
extern FastNode *batch_fast_build(const Program *program);

/* batch_fast.c: tests a condition.  All wanted rows get an answer. */
extern void batch_fast_test(Batch *batch, int number, const uint64 *wanted, BatchTruths *out);

/*
 * batch_fast_numbers.c: a number of the rows asked about; not of FAST_DAYS or FAST_LIST.  The same as an operand of
 * vectors.
 */
extern const FastRegister *batch_fast_number(Batch *batch, int number);
extern VectorOperand batch_fast_operand(Batch *batch, int number, const FastRegister *x);

/*
 * batch_days.c: whether days are chosen with vectors; and the register of days of rows, in which the wanted rows are
 * computed.
 */
extern bool batch_chooses_days(const Program *program, int number);
extern const BatchRegister *batch_days_of(Batch *batch, int number, const uint64 *wanted);

/*
 * batch_near.c: a comparison with a bound, and of two numbers, in one row; the value of a ladder.  They return false
 * if the kernel has to be asked.
 */
extern bool batch_near_bound(Batch *batch, int number, int row, const End *bound, CompareOp op, bool *result);
extern bool batch_near_order(Batch *batch, int a, int b, int row, CompareOp op, bool *result);
extern bool batch_near_ladder(Batch *batch, const KernelNode *node, int row, double *result);

/* For tests: sets *value and *bound to what vectors compute for one row.  Returns false if the row is not valid. */
extern bool batch_fast_value(Batch *batch, int number, int row, double *value, double *bound);

#endif							/* ZJTX_BATCH_FAST_H */
