/*
 * quantity.h
 *		Formats numbers for people.
 */
#ifndef ZJTX_QUANTITY_H
#define ZJTX_QUANTITY_H

#include "engine/number.h"
#include "language/tree.h"

/*
 * quantity_rounded: converts the number to its unit (UNIT_PLAIN: percent) and rounds it
 * for display.  Sets exact if rounding changed nothing.  Uses more decimals if the number
 * would otherwise appear to be on the other side of bound (NULL for none).  Returns false
 * if the number is too large for percent.
 */
extern bool quantity_rounded(const Number *number, Unit unit, const Number *bound,
							 Number *rounded, bool *exact);

/*
 * quantity_target_text: formats a number like the goal next to which it is shown: 12.5% (number is
 * a fraction), 2.3万家, 180家.  Rounds it to two decimals, or to as many as the goal has.
 */
extern char *quantity_target_text(const Policy *policy, const Target *target, const Goal *goal, Numeric number);

/*
 * quantity_cents: sets *cents to the number with exactly two decimals, as amounts of money
 * in 元 are stored.  Returns false, and sets it to 0.00, if the number is not finite or has
 * more than two decimals: an amount that comes in is refused, not rounded.
 */
extern bool quantity_cents(Numeric number, Numeric *cents);

#endif							/* ZJTX_QUANTITY_H */
