/*
 * kernel_fold.h
 *		What the elements of a list come to, in the float kernel; and what is paid, in
 *		hundredths.
 */
#ifndef ZJTX_KERNEL_FOLD_H
#define ZJTX_KERNEL_FOLD_H

#include <math.h>

#include "kernel.h"

/* What a function over a list knows so far, for one row: see tally_element() in aggregate.c. */
typedef struct ListSoFar
{
	uint8		function;		/* Function */
	uint8		type;			/* of the result */
	uint8		truth;			/* Truth, or TRUTH_DOUBT */
	bool		doubt;
	bool		any;			/* an element may have been there */
	bool		known;			/* and all of them surely were, with known
								 * values */
	bool		sure;			/* one surely was */
	int			nsure;
	int			npossible;
	Lane		value;			/* sum so far; extreme of all that may be
								 * there */
	End			bound;			/* extreme of those surely there */
	DateADT		day;
} ListSoFar;

extern void fold_start(ListSoFar *fold, const KernelNode *node);

/* An element that is there as truth says; what it has. */
extern void fold_truth(ListSoFar *fold, int here, int truth);
extern void fold_count(ListSoFar *fold, int here);
extern void fold_value(ListSoFar *fold, int here, const Lane *value);

/* Whether no further element matters. */
static inline bool
fold_is_decided(const ListSoFar *fold)
{
	return fold->doubt ||
		(fold->function == FUNC_ANY && fold->truth == TRUTH_TRUE) ||
		(fold->function == FUNC_ALL && fold->truth == TRUTH_FALSE);
}

/*
 * The result.  unknown: the list is unknown, and the one element was one of which nothing is known;
 * here, whether it would count; value, of a sum, what it would add.
 */
extern int	fold_result_truth(const ListSoFar *fold, bool unknown);
extern void fold_result(const ListSoFar *fold, Lane *out);
extern void fold_result_unknown(ListSoFar *fold, int here, const Lane *value, Lane *out);

/* ---------------- money ---------------- */

/* The greatest sum that is computed in hundredths. */
#define MAX_HUNDREDTHS (INT64CONST(1) << 50)

/*
 * What a line pays, in hundredths: rounded, not below zero; nothing unless sure.  False if only exact
 * arithmetic knows.
 */
extern bool pay_of_other(const Lane *pay, bool sure, int64 *low, int64 *high, bool *open);

static inline bool
pay_of(const Lane *pay, bool sure, int64 *low, int64 *high, bool *open)
{
	/* most are whole 元 */
	if (likely(pay->state == LANE_VALUE && pay->low.error == 0 && fabs(pay->low.number) < MAX_HUNDREDTHS / 100))
	{
		*high = pay->low.number > 0 ? (int64) pay->low.number * 100 : 0;
		*low = sure ? *high : 0;
		*open = false;
		return true;
	}
	return pay_of_other(pay, sure, low, high, open);
}

/* The register of so many hundredths, in 元. */
extern void lane_set_hundredths(Lane *out, int64 low, int64 high, bool open);

#define MAX_ONCE_DAYS 16		/* more are left to exact arithmetic */

/* What was paid for each day, for one row. */
typedef struct OnceSoFar
{
	bool		doubt;
	int			ndays;
	DateADT		days[MAX_ONCE_DAYS];
	int64		paid[MAX_ONCE_DAYS];
	int64		sum;
} OnceSoFar;

/* An element that surely counts: its day, and what it pays. */
extern void once_add(OnceSoFar *once, DateADT day, int64 pays);

#endif							/* ZJTX_KERNEL_FOLD_H */
