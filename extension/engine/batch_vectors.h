/*
 * batch_vectors.h
 *		Loops over the rows of a batch, for each vector set of the CPU.
 *
 * They are written once (batch_loops.h) and compiled for AVX-512, AVX2, the baseline of the CPU, and in
 * plain C.  All of them compute the same bits: each operation is IEEE's, and none is fused with
 * another.  ngroups counts groups of 64 rows; bits are a word for each group.
 */
#ifndef ZJTX_BATCH_VECTORS_H
#define ZJTX_BATCH_VECTORS_H

#include "postgres.h"

#include "utils/date.h"

/*
 * An operand: an array by row, or one number for all rows.  The exact value is within bound of x; or, if bound is
 * NULL, within rel * |x|.
 */
typedef struct VectorOperand
{
	const double *number;
	const double *bound;
	double		rel;
	bool		constant;
} VectorOperand;

typedef enum VectorOperation
{
	VECTOR_ADD,
	VECTOR_SUBTRACT,
	VECTOR_MULTIPLY,
	VECTOR_DIVIDE,
	VECTOR_LEAST,				/* without bounds */
	VECTOR_GREATEST
} VectorOperation;

typedef enum DaysOperation
{
	DAYS_LEAST,
	DAYS_GREATEST,
	DAYS_FIRST
} DaysOperation;

typedef struct BatchLoops
{
	const char *name;

	/*
	 * computes an operation; if bound is not NULL, also the greatest error of
	 * its result
	 */
	void		(*arithmetic) (VectorOperation operation, const VectorOperand *a, const VectorOperand *b,
							   double *out, double *bound, int ngroups);

	/*
	 * below: x < low; above: x > high; with bounds, x + 2 bound < low, and x
	 * - 2 bound > high
	 */
	void		(*order) (const double *x, const double *bound, double low, double high,
						  uint64 *below, uint64 *above, int ngroups);

	/* x >= bound, x = bound */
	void		(*at_least) (const double *x, double bound, uint64 *bits, int ngroups);
	void		(*equal) (const double *x, double bound, uint64 *bits, int ngroups);

	/*
	 * out is the value of the last step that x passes (x > high; with down
	 * false, x < low), or rest; near: x is between low and high of a step
	 */
	void		(*ladder) (const double *x, const double *bound, int nsteps, bool down, const double *low,
						   const double *high, const double *values, double rest, double *out, uint64 *near,
						   int ngroups);

	/*
	 * outside: not from low to high, or not zero and not of ordinary size;
	 * zero: 0
	 */
	void		(*check) (const double *x, double low, double high, uint64 *outside, uint64 *zero, int ngroups);

	/*
	 * the greatest integer up to x / divisor, an integer from 1 up; both at
	 * most ORDINARY_HIGH
	 */
	void		(*floor) (const double *x, double divisor, double *out, int ngroups);

	/*
	 * of a group: out is an integer over under; digits has its four digits of
	 * base 10000, the first one lowest.  Returns whether all are plain
	 * (numeric_is_plain)
	 */
	bool		(*decimals) (const uint64 *digits, const double *under, double *out);

	/* out is value where the bits are set; value is added there */
	void		(*set) (const uint64 *bits, double value, double *out, int ngroups);
	void		(*add) (const uint64 *bits, double value, double *out, int ngroups);

	void		(*days) (const DateADT *a, const DateADT *b, uint64 *below, uint64 *equal, int ngroups);
	void		(*days_within) (const DateADT *x, DateADT first, DateADT last, uint64 *bits, int ngroups);

	/*
	 * out is the earlier or later one of two days, or the first; where only
	 * one of them is there, that one
	 */
	void		(*days_of_two) (DaysOperation operation, const DateADT *a, const uint64 *has_a,
								const DateADT *b, const uint64 *has_b, DateADT *out, int ngroups);

	/* members has the bit of the code */
	void		(*members) (const uint8 *code, uint64 members, uint64 *bits, int ngroups);

	/* out has the bits of selected rows, one after another, and zeros */
	void		(*pick) (const uint64 *bits, const uint64 *selected, uint64 *out, int ngroups);
} BatchLoops;

/* The magnitudes of numbers of ordinary size.  A product or quotient of a few of these does not overflow. */
#define ORDINARY_LOW 1e-20
#define ORDINARY_HIGH 1e15
#define ORDINARY_LOW_DIGITS 20
#define ORDINARY_HIGH_DIGITS 15

/* Returns the loops of the CPU's best vector set, or of the one that batch_use_vectors() chose. */
extern const BatchLoops *batch_loops(void);

#endif							/* ZJTX_BATCH_VECTORS_H */
