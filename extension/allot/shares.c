/*
 * shares.c
 *		Divides a budget among claims, to the 分.
 *
 * A claim and a budget are below 2^63, so their product fits 128 bits.
 */
#include "postgres.h"

#include "shares.h"

/* ---------------- in proportion ---------------- */

void
shares_start(Shares *shares, int64 budget)
{
	memset(shares, 0, sizeof(Shares));
	shares->budget = budget;
}

void
shares_add(Shares *shares, const ClaimRange *claim)
{
	shares->low += claim->low;
	shares->high += claim->high;
	shares->open += claim->open;
}

bool
shares_decided(const Shares *shares)
{
	return shares->open == 0 && shares->low == shares->high;
}

ClaimRange
shares_range(const Shares *shares, const ClaimRange *claim)
{
	ClaimRange	share = {0, shares->budget, false};
	int128		others = shares->high - claim->high + claim->low;

	/*
	 * the other claims at their greatest; if they have no limit, they leave
	 * nothing
	 */
	if (shares->open == (claim->open ? 1 : 0))
		share.low = others <= shares->budget ? claim->low :
			(int64) ((int128) claim->low * shares->budget / others);

	/*
	 * the other claims at their least; if this claim has no limit, it takes
	 * almost everything
	 */
	others = shares->low - claim->low + claim->high;
	if (!claim->open)
		share.high = others <= shares->budget ? claim->high :
			(int64) (((int128) claim->high * shares->budget + others - 1) / others);
	return share;
}

int64
shares_whole(Shares *shares, const ClaimRange *claim, int128 *rest)
{
	int64		whole = claim->low;

	*rest = 0;
	if (shares->low > shares->budget)
	{
		int128		product = (int128) claim->low * shares->budget;

		whole = (int64) (product / shares->low);
		*rest = product % shares->low;
	}
	shares->given += whole;
	return whole;
}

int64
shares_left(const Shares *shares)
{
	return (int64) (Min(shares->low, (int128) shares->budget) - shares->given);
}

/* ---------------- in an order ---------------- */

void
spending_start(Spending *spending, int64 budget)
{
	memset(spending, 0, sizeof(Spending));
	spending->budget = budget;
}

void
spending_corner(Spending *spending)
{
	spending->surely += spending->here;
	spending->here = 0;
}

static int64
left_after(const Spending *spending, int128 spent)
{
	return spent < spending->budget ? (int64) (spending->budget - spent) : 0;
}

int64
spending_best(Spending *spending, const ClaimRange *claim)
{
	spending->possibly += claim->high;
	spending->open += claim->open;
	return left_after(spending, spending->surely);
}

int64
spending_worst(Spending *spending, const ClaimRange *claim)
{
	spending->here += claim->low;
	if (spending->open > (claim->open ? 1 : 0))
		return 0;
	return left_after(spending, spending->possibly - claim->high);
}

ClaimRange
spending_take(const ClaimRange *claim, ClaimRange *left)
{
	ClaimRange	share;

	share.low = Min(claim->low, left->low);
	share.high = claim->open ? left->high : Min(claim->high, left->high);
	share.open = false;
	left->low = claim->open ? 0 : Max(0, left->low - claim->high);
	left->high = Max(0, left->high - claim->low);
	return share;
}
