/*
 * shares.h
 *		Divides a budget among claims, to the 分.
 *
 * Amounts are in 分. A claim is a range from the amount that is proved to the greatest possible amount; if it is open,
 * it has no upper end.
 */
#ifndef ZJTX_ALLOT_SHARES_H
#define ZJTX_ALLOT_SHARES_H

#include "postgres.h"

typedef struct ClaimRange
{
	int64		low;
	int64		high;
	bool		open;			/* it has no high end; `high` is then 0 */
} ClaimRange;

/* ---------------- in proportion ---------------- */

typedef struct Shares
{
	int64		budget;
	int128		low;			/* sums of the claims */
	int128		high;
	int64		open;			/* number of claims without a high end */
	int128		given;			/* what shares_whole has allotted */
} Shares;

extern void shares_start(Shares *shares, int64 budget);
extern void shares_add(Shares *shares, const ClaimRange *claim);

/* shares_decided: every claim is known. */
extern bool shares_decided(const Shares *shares);

/*
 * shares_range: the least and the greatest share of a claim, if claims are ranges.  A claim is paid in full while all
 * claims together do not exceed the budget.  The share has a high end.
 */
extern ClaimRange shares_range(const Shares *shares, const ClaimRange *claim);

/*
 * If all claims are known, the shares add up to the budget, or to the sum of the claims
 * if that is less.
 *
 * shares_whole: a claim's share without fractions of a 分; *rest is the fraction,
 * multiplied by the sum of all claims.  Call it for every claim.
 *
 * shares_left: returns how many claims then receive one 分 more: those with the greatest
 * fractions.
 */
extern int64 shares_whole(Shares *shares, const ClaimRange *claim, int128 *rest);
extern int64 shares_left(const Shares *shares);

/* ---------------- in an order ---------------- */

/*
 * Claims are paid in an order until the money is spent, the last one in part.  The sweep is that of
 * places.h: spending_best for the rows whose best corner it is, then spending_worst.
 */
typedef struct Spending
{
	int64		budget;
	int128		surely;			/* the least amount that the rows before take */
	int128		here;			/* the same for the rows at this corner */
	int128		possibly;		/* the greatest amount that the rows before or
								 * tied take */
	int64		open;			/* number of these without a high end */
} Spending;

extern void spending_start(Spending *spending, int64 budget);
extern void spending_corner(Spending *spending);

/* Return the greatest and the least amount that is left for a row with this claim. */
extern int64 spending_best(Spending *spending, const ClaimRange *claim);
extern int64 spending_worst(Spending *spending, const ClaimRange *claim);

/* The claims of one row are paid in turn: takes a claim from what is left, and returns its share. */
extern ClaimRange spending_take(const ClaimRange *claim, ClaimRange *left);

#endif							/* ZJTX_ALLOT_SHARES_H */
