/*
 * kernel_range.h
 *		Ranges in the float kernel, one lane at a time.
 */
#ifndef ZJTX_KERNEL_RANGE_H
#define ZJTX_KERNEL_RANGE_H

#include "kernel.h"

/* What is surely so, or surely not, or neither. */
static inline Truth
truth_of(bool yes, bool no)
{
	return yes ? TRUTH_TRUE : no ? TRUTH_FALSE : TRUTH_UNKNOWN;
}

/* A comparison with what may be none is not surely true. */
static inline int
kernel_unless_none(int truth, bool maybe)
{
	return truth == TRUTH_TRUE && maybe ? TRUTH_UNKNOWN : truth;
}

/* A number of which nothing is known but whether it may be none. */
extern void lane_set_anything(Lane *lane, bool maybe);

/* Truth or TRUTH_DOUBT; of numbers, dates or texts. */
extern int	lane_compare(const Lane *a, const Lane *b, ValueType type, CompareOp op);

/* Makes out hold what it held and value besides; the first time, only value. */
extern void lane_widen(Lane *out, const Lane *value, ValueType type, bool first);

/* Arithmetic of which an operand is not known, as KERNEL_EACH has it. */
extern void range_add(const KernelNode *node, const Lane *const *x, Lane *out);
extern void range_subtract(const KernelNode *node, const Lane *const *x, Lane *out);
extern void range_multiply(const KernelNode *node, const Lane *const *x, Lane *out);
extern void range_divide(const KernelNode *node, const Lane *const *x, Lane *out);

/* kernel_years.c: the years that an index can be. */
typedef enum LaneYears
{
	YEARS_OF_LANE,				/* from *first to *last */
	YEARS_ANY,					/* they are open, too many, or none is
								 * possible */
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

/* An end rounded by floor() or ceil(); false if it is in doubt. */
extern bool end_whole(End *out, const End *x, double (*of) (double));

/* reached has a place for each of the steps, and one more for what no step takes. */
extern bool band_reached(const KernelStep *steps, int nsteps, const Lane *x, bool *reached);

#endif							/* ZJTX_KERNEL_RANGE_H */
