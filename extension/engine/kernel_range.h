/*
 * kernel_range.h
 *		Ranges in the float kernel, one lane at a time.
 */
#ifndef ZJTX_KERNEL_RANGE_H
#define ZJTX_KERNEL_RANGE_H

#include "kernel.h"

/* Returns TRUTH_TRUE if yes, TRUTH_FALSE if no, else TRUTH_UNKNOWN. */
static inline Truth
truth_of(bool yes, bool no)
{
	return yes ? TRUTH_TRUE : no ? TRUTH_FALSE : TRUTH_UNKNOWN;
}

/* A comparison is not surely true if an operand may be none. */
static inline int
kernel_unless_none(int truth, bool maybe)
{
	return truth == TRUTH_TRUE && maybe ? TRUTH_UNKNOWN : truth;
}

/* Sets a number of which nothing is known, except whether it may be none. */
extern void lane_set_anything(Lane *lane, bool maybe);

/* Compares two numbers, dates or texts.  Returns a Truth or TRUTH_DOUBT. */
extern int	lane_compare(const Lane *a, const Lane *b, ValueType type, CompareOp op);

/* Extends the range in out to include value.  The first time, sets it to value. */
extern void lane_widen(Lane *out, const Lane *value, ValueType type, bool first);

/* Arithmetic with an operand that is not known.  The signature is that of the functions for EACH in ops.h. */
extern void range_add(const KernelNode *node, const Lane *const *x, Lane *out);
extern void range_subtract(const KernelNode *node, const Lane *const *x, Lane *out);
extern void range_multiply(const KernelNode *node, const Lane *const *x, Lane *out);
extern void range_divide(const KernelNode *node, const Lane *const *x, Lane *out);

/* kernel_years.c: the years that an index can be. */
typedef enum LaneYears
{
	YEARS_OF_LANE,				/* from *first to *last */
	YEARS_ANY,					/* an end is open, there are too many years,
								 * or no year is possible */
	YEARS_IN_DOUBT
} LaneYears;

static inline bool
is_year(double number)
{
	return number >= FIRST_YEAR && number <= LAST_YEAR && number == (int) number;
}

extern LaneYears lane_years(const Lane *index, int *first, int *last);

/* … the list of the whole numbers from a to b, and what its element is while it is unknown. */
extern void lane_range(const Lane *a, const Lane *b, Lane *out);
extern void lane_set_unknown_item(Lane *out, const Lane *a, const Lane *b);

/* Rounds an end by floor() or ceil().  Returns false if the result is in doubt. */
extern bool end_whole(End *out, const End *x, double (*of) (double));

/*
 * Sets reached for each step of a band that x can take, and in one more place whether x can pass all steps.
 * Returns false if that is in doubt.
 */
extern bool band_reached(const KernelStep *steps, int nsteps, const Lane *x, bool *reached);

#endif							/* ZJTX_KERNEL_RANGE_H */
