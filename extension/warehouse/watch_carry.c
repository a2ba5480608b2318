/*
 * watch_carry.c
 *		Moves payments to the lines on which they are owed now, when the law forms or dissolves a group.
 *
 * A member of a group is not paid out; its group is.  When a new law forms a group, all payments on a member's line
 * move to the line of the group, so that only the difference is still due for the group.  When a law dissolves the
 * group or takes a clause out of it, what was paid for the group beyond what the group is still owed moves to the
 * lines that were its members, as far as something is due on them: first what had come from them, then to the line
 * that is owed the most.  The ledger says which these were: the text of the former law may be gone.  Only payments
 * for the same period move.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "answers/lines.h"
#include "watch_judge.h"

/* The policy whose lines are being compared. */
typedef struct Carrying
{
	WatchChunk *judging;
	int			key;
	const char *policy;
	const Claim *claims;
	int			nclaims;
	DateADT		day;
} Carrying;

static Numeric
plus(Numeric a, Numeric b)
{
	return DatumGetNumeric(DirectFunctionCall2(numeric_add, NumericGetDatum(a), NumericGetDatum(b)));
}

static Numeric
minus(Numeric a, Numeric b)
{
	return DatumGetNumeric(DirectFunctionCall2(numeric_sub, NumericGetDatum(a), NumericGetDatum(b)));
}

static int
compare(Numeric a, Numeric b)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(a), NumericGetDatum(b)));
}

static bool
is_positive(Numeric numeric)
{
	return compare(numeric, int64_to_numeric(0)) > 0;
}

static bool
has_code(const List *codes, const char *code)
{
	ListCell   *cell;

	foreach(cell, codes)
	{
		if (strcmp(lfirst(cell), code) == 0)
			return true;
	}
	return false;
}

/* ---------------- the payments ---------------- */

static void
enter_payment(Carrying *carrying, Standing *standing, Numeric paid, const char *way, const Standing *other)
{
	LedgerEntry entry = {0};
	MemoryContext old;

	entry.policy = carrying->policy;
	entry.code = standing->code;
	entry.stage = standing->stage;
	entry.unit = standing->unit;
	entry.payable = true;
	entry.period = standing->period;
	entry.kind = "carried";
	entry.old = entry.new = standing->amount;
	entry.paid = paid;
	entry.note = psprintf("%s %s", way, line_key_of(other->code, other->stage));
	entry.judged_on = carrying->day;
	entry.rise = is_positive(paid);
	watched_enter(carrying->judging, carrying->key, entry);
	old = MemoryContextSwitchTo(carrying->judging->chunk);
	standing->paid = plus(standing->paid, paid);
	standing->carried = plus(standing->carried, paid);
	MemoryContextSwitchTo(old);
}

static void
carry(Carrying *carrying, Standing *from, const Claim *claim, Numeric paid)
{
	Standing   *to = watched_standing(carrying->judging, carrying->key, carrying->policy, claim, true);

	enter_payment(carrying, from, minus(int64_div_fast_to_numeric(0, 2), paid), "to", to);
	enter_payment(carrying, to, paid, "from", from);
}

/* ---------------- the lines of the law ---------------- */

/*
 * Returns the code of the line that is paid out in place of a clause or group: its outermost
 * group, or itself.  NULL if the policy has no such line, or if versions of a series that may
 * apply differ in that.
 */
static const char *
paid_in(const Carrying *carrying, const char *code)
{
	int			depth;

	for (depth = 0; depth <= carrying->nclaims; depth++)
	{
		const char *group = NULL;
		bool		alone = false;
		int			i;

		for (i = 0; i < carrying->nclaims; i++)
		{
			const Claim *claim = &carrying->claims[i];

			if (strcmp(claim->code, code) != 0)
				continue;
			if (claim->in_group == NULL)
				alone = true;
			else if (group && strcmp(group, claim->in_group) != 0)
				return NULL;
			else
				group = claim->in_group;
		}
		if (alone)
			return group ? NULL : code;
		if (group == NULL)
			return NULL;
		code = group;
	}
	return NULL;
}

/* Returns the line of the verdict that pays what a group owes for the period, or NULL. */
static const Claim *
payable_claim(const Carrying *carrying, const char *code, int period)
{
	int			i;

	for (i = 0; i < carrying->nclaims; i++)
		if (carrying->claims[i].payable && carrying->claims[i].period == period &&
			strcmp(carrying->claims[i].code, code) == 0)
			return &carrying->claims[i];
	return NULL;
}

/* ---------------- a group that was dissolved ---------------- */

/*
 * The codes of the lines that are paid out now for the former members of a group in that
 * period, including members of its members.
 */
static List *
heirs_of(const Carrying *carrying, const Standing *group)
{
	List	   *members = list_make1(unconstify(char *, group->code));
	List	   *heirs = NIL;
	ListCell   *cell;
	bool		found = true;

	while (found)
	{
		const Standing *standing;

		found = false;
		for (standing = carrying->judging->standings[carrying->key]; standing; standing = standing->next)
		{
			CHECK_FOR_INTERRUPTS();
			if (standing->in_group == NULL || standing->period != group->period ||
				strcmp(standing->policy, carrying->policy) != 0 ||
				!has_code(members, standing->in_group) || has_code(members, standing->code))
				continue;
			members = lappend(members, unconstify(char *, standing->code));
			found = true;
		}
	}
	foreach(cell, members)
	{
		const char *code = paid_in(carrying, lfirst(cell));

		if (code && strcmp(code, group->code) != 0 && !has_code(heirs, code))
			heirs = lappend(heirs, unconstify(char *, code));
	}
	return heirs;
}

/*
 * Among the lines with these codes on which something is due, returns the one on which
 * the most is owed, the first if several are equal; sets *due.  With `back`, considers
 * only lines from which payments were carried away, and no more than was carried away.
 */
static const Claim *
most_due(const Carrying *carrying, const List *codes, int period, bool back, Numeric *due)
{
	const Claim *most = NULL;
	int			i;

	for (i = 0; i < carrying->nclaims; i++)
	{
		const Claim *claim = &carrying->claims[i];
		const Standing *standing;
		Numeric		rest;

		if (!claim->payable || claim->period != period || !has_code(codes, claim->code) ||
			(most && compare(claim->amount, most->amount) <= 0))
			continue;
		standing = watched_standing(carrying->judging, carrying->key, carrying->policy, claim, false);
		rest = standing ? minus(claim->amount, standing->paid) : claim->amount;
		if (back)
		{
			Numeric		away = minus(int64_to_numeric(0), standing ? standing->carried : int64_to_numeric(0));

			if (compare(away, rest) < 0)
				rest = away;
		}
		if (!is_positive(rest))
			continue;
		most = claim;
		*due = rest;
	}
	return most;
}

/* Carries what was paid on a line beyond what is owed to the lines that were its members. */
static void
carry_excess(Carrying *carrying, Standing *group)
{
	List	   *heirs = heirs_of(carrying, group);
	Numeric		excess = minus(group->paid, group->amount);
	const Claim *claim;
	Numeric		due = NULL;
	bool		back = true;

	while (heirs && is_positive(excess))
	{
		CHECK_FOR_INTERRUPTS();
		claim = most_due(carrying, heirs, group->period, back, &due);
		if (claim == NULL && !back)
			break;
		if (claim == NULL)
		{
			back = false;
			continue;
		}
		if (compare(due, excess) > 0)
			due = excess;
		carry(carrying, group, claim, due);
		excess = minus(excess, due);
	}
}

/* ---------------- every line ---------------- */

void
watched_carry(WatchChunk *judging, int key, const char *policy, const Claim *claims, int nclaims, int year, DateADT day)
{
	Carrying	carrying = {judging, key, policy, claims, nclaims, day};
	Standing   *standing;

	for (standing = judging->standings[key]; standing; standing = standing->next)
	{
		const char *code;
		const Claim *claim;

		CHECK_FOR_INTERRUPTS();
		if (!standing->payable || strcmp(standing->policy, policy) != 0 || !is_positive(standing->paid) ||
			(standing->period != 0 && standing->period != year))
			continue;
		code = paid_in(&carrying, standing->code);
		if (code && strcmp(code, standing->code) != 0)
		{
			claim = payable_claim(&carrying, code, standing->period);
			if (claim)
				carry(&carrying, standing, claim, standing->paid);
		}
		else if (is_positive(minus(standing->paid, standing->amount)))
			carry_excess(&carrying, standing);
	}
}
