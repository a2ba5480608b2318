/*
 * quantity.h
 *		Numbers as people are shown them.
 */
#ifndef ZJTX_QUANTITY_H
#define ZJTX_QUANTITY_H

#include "engine/number.h"
#include "language/tree.h"

/*
 * quantity_rounded: the number in its unit (of UNIT_PLAIN, in %), with so many decimals as
 * are shown; exact: nothing was cut.  What is cut is not so much that the number would seem
 * to stand on the other side of bound (NULL: none).
 * False where the number is too large to be counted in %.
 */
extern bool quantity_rounded(const Number *number, Unit unit, const Number *bound,
							 Number *rounded, bool *exact);

/*
 * target_text: a number that stands beside the goal of a target, written as that is: 12.5%
 * (number is a fraction), 2.3万家, 180家; rounded to two
 * decimals of that, or to as many as the goal has.
 */
extern char *target_text(const Policy *policy, const Target *target, const Goal *goal, Numeric number);

#endif							/* ZJTX_QUANTITY_H */
