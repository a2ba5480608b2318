/*
 * allot_budget.c
 *		Budgets: the claims of all rows, then what each receives.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "engine/value.h"
#include "messages.h"
#include "allot_state.h"

/* Amounts of money below this, in 元, are counted in 分 as integers. */
#define MOST_YUAN INT64CONST(90000000000000000)

/* Returns false if the amount is too large. */
static bool
in_hundredths(const Number *amount, int64 *result)
{
	const Number limit = number_of(MOST_YUAN);
	const Number hundred = number_of(100);
	Number		paid;
	Number		whole;

	if (!number_as_payment(&paid, amount) || number_compare(&paid, &limit) >= 0 ||
		!number_multiply(&whole, &paid, &hundred))
		return false;
	whole = number_floor(&whole);
	if (whole.den == 0)
		return false;
	*result = (int64) (whole.num / whole.den);
	return true;
}

static void
too_large(const BudgetEntry *entry)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("the amounts of budget \"%s\" are too large", entry->budget->provision.code),
			 errdetail("A budget and each of its claims must be below %lld yuan.", (long long) MOST_YUAN)));
}

void
allot_budget_start(Allotment *allotment, BudgetState *budget)
{
	if (!in_hundredths(&budget->entry->amount, &budget->budget))
		too_large(budget->entry);
	shares_start(&budget->shares, budget->budget);
	/* read twice if the last 分 are allotted by the fractions */
	budget->claims = sorting_create(SORTING_BY_ROW, budget->entry->nkeys == 0);
	if (budget->entry->nkeys > 0)
		budget->corners = sorting_create(SORTING_BY_BYTES, false);
	(void) allotment;
}

/* The claim of a row, in 分. */
static ClaimRange
claim_of(const Allotment *allotment, const BudgetEntry *entry, const BudgetLine *line)
{
	const Value *value = run_value(allotment->run, line->claim);
	const Number *low = low_of(value);
	const Number *high = high_of(value);
	ClaimRange	claim = {0, 0, false};

	if (is_none(value))
		return claim;
	if (low && !may_be_none(value) && !in_hundredths(low, &claim.low))
		too_large(entry);
	if (allotment->strict)
		claim.high = claim.low;
	else
		claim.open = high == NULL || !in_hundredths(high, &claim.high);
	return claim;
}

/* The tag of a claim among those of the row: its line, and whether it is open. */
#define CLAIM_TAG(line, open)	((line) << 1 | (open))

void
allot_budget_row(Allotment *allotment, BudgetState *budget, int64 row)
{
	const BudgetEntry *entry = budget->entry;
	int128		low = 0;
	int128		high = 0;
	bool		open = false;
	int			i;

	for (i = 0; i < entry->nlines; i++)
	{
		ClaimRange	claim = claim_of(allotment, entry, &entry->lines[i]);
		Sorted		record = {.row = row,.tag = CLAIM_TAG(i, claim.open),.low = claim.low,.high = claim.high};

		budget->members = allot_room(allotment, budget->members, &budget->room, row * entry->nlines + i);
		budget->members[row * entry->nlines + i] = run_truth(allotment->run, entry->lines[i].satisfied);
		sorting_put(budget->claims, &record);
		if (entry->nkeys == 0)
			shares_add(&budget->shares, &claim);
		low += claim.low;
		high += claim.high;
		open |= claim.open;
	}
	if (entry->nkeys > 0 && (high > 0 || open))
	{
		/*
		 * a claim above the budget leaves no less for others than a claim of
		 * the whole budget
		 */
		Sorted		corner = {
			.row = row,.low = (int64) Min(low, (int128) budget->budget),
			.high = open ? -1 : (int64) Min(high, (int128) budget->budget)
		};

		allot_put_corners(allotment, entry->keys, entry->nkeys, budget->corners, &corner);
	}
}

static ClaimRange
claim_in(const Sorted *record)
{
	ClaimRange	claim = {record->low, record->high, (record->tag & 1) != 0};

	return claim;
}

/* ---------------- in proportion ---------------- */

/* Sorts the fractions, the greatest first; equal ones by row, and so by key, then by line. */
static void
put_rest(Sorting *rests, int64 place, int128 rest)
{
	unsigned char bytes[16];
	Sorted		record = {.row = place,.bytes = (char *) bytes,.length = sizeof(bytes)};
	int			i;

	for (i = 0; i < 16; i++)
		bytes[i] = ~(unsigned char) (rest >> (8 * (15 - i)));
	sorting_put(rests, &record);
}

static void
divide_rests(Allotment *allotment, BudgetState *budget)
{
	Sorting    *rests = sorting_create(SORTING_BY_BYTES, false);
	int			nlines = budget->entry->nlines;
	int64		left;
	int64		i;
	Sorted		record;

	while (sorting_get(budget->claims, &record))
	{
		ClaimRange	claim = claim_in(&record);
		int128		rest;

		CHECK_FOR_INTERRUPTS();
		(void) shares_whole(&budget->shares, &claim, &rest);
		if (rest > 0)
			put_rest(rests, record.row * nlines + (record.tag >> 1), rest);
	}
	sorting_again(budget->claims);
	left = shares_left(&budget->shares);
	sorting_sort(rests);
	budget->more = MemoryContextAllocExtended(allotment->context, allotment->nrows * nlines / 8 + 1,
											  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (i = 0; i < left && sorting_get(rests, &record); i++)
	{
		CHECK_FOR_INTERRUPTS();
		budget->more[record.row / 8] |= 1 << (record.row % 8);
	}
	sorting_end(rests);
}

/* ---------------- in an order ---------------- */

static void
spend(BudgetState *budget)
{
	StringInfoData before;
	bool		first = true;
	Spending	spending;
	Sorted		corner;

	spending_start(&spending, budget->budget);
	budget->left = sorting_create(SORTING_BY_ROW, false);
	initStringInfo(&before);
	sorting_sort(budget->corners);
	while (sorting_get(budget->corners, &corner))
	{
		Sorted		left = {.row = corner.row,.tag = corner.tag};
		ClaimRange	claim = {corner.low, Max(corner.high, 0), corner.high < 0};

		CHECK_FOR_INTERRUPTS();
		if (allot_next_corner(&before, &first, &corner))
			spending_corner(&spending);
		left.low = corner.tag == TAG_BEST ? spending_best(&spending, &claim) : spending_worst(&spending, &claim);
		sorting_put(budget->left, &left);
	}
	sorting_end(budget->corners);
	budget->corners = NULL;
	sorting_sort(budget->left);
	pfree(before.data);
}

void
allot_budget_end(Allotment *allotment, BudgetState *budget)
{
	sorting_sort(budget->claims);
	if (budget->entry->nkeys > 0)
	{
		spend(budget);
		return;
	}
	budget->decided = shares_decided(&budget->shares);
	if (budget->decided && budget->shares.low > budget->budget)
		divide_rests(allotment, budget);
}

/* ---------------- the result ---------------- */

/* Returns the greatest and the least amount that is left for a row; nothing for a row that claims nothing. */
static ClaimRange
left_for(BudgetState *budget, int64 row)
{
	ClaimRange	left = {0, 0, false};
	Sorted		record;

	if (!sorting_peek(budget->left, &record) || record.row != row)
		return left;
	(void) sorting_get(budget->left, &record);
	left.high = record.low;
	if (!sorting_get(budget->left, &record) || record.row != row)
		elog(ERROR, "a claim has no place");
	left.low = record.low;
	return left;
}

void
allot_budget_lines(Allotment *allotment, BudgetState *budget, int64 row, Allotted *lines)
{
	const BudgetEntry *entry = budget->entry;
	ClaimRange	left = {0, 0, false};
	int			i;

	if (entry->nkeys > 0)
		left = left_for(budget, row);
	for (i = 0; i < entry->nlines; i++)
	{
		Allotted   *line = &lines[i];
		int64		bit = row * entry->nlines + i;
		Sorted		record;

		if (!sorting_get(budget->claims, &record) || record.row != row)
			elog(ERROR, "a row has no claim");
		line->budget = entry;
		line->line = &entry->lines[i];
		line->member = (Truth) budget->members[bit];
		line->claim = claim_in(&record);
		if (entry->nkeys > 0)
			line->amount = spending_take(&line->claim, &left);
		else
			line->amount = shares_range(&budget->shares, &line->claim);
		if (budget->decided)
		{
			line->amount.low += budget->more && (budget->more[bit / 8] & 1 << (bit % 8)) ? 1 : 0;
			line->amount.high = line->amount.low;
		}
	}
	(void) allotment;
}
