/*
 * watch_compare.c
 *		Compares the lines of verdicts with the ledger, and enters what has changed.
 *
 * The ledger records what is proved: the lower bound of an amount, or 1 or 0 for a line
 * without one.  A clause that pays in stages is recorded by stage, each with the lower
 * bound of its share.  Otherwise amounts would move between the clause and its stages as
 * facts become known, away from the payments recorded for them.
 */
#include "postgres.h"

#include "compat.h"
#include "commands/async.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"
#include "utils/memutils.h"

#include "answers/verdict.h"
#include "engine/program.h"
#include "watch_judge.h"

#define FLUSHED 10000			/* number of entries written at a time */

/* ---------------- entries ---------------- */

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* Amounts have two decimals. */
static Numeric
zero_of(const char *unit)
{
	const Hundredths nothing = {0, NULL};

	return unit ? verdict_hundredths_numeric(&nothing) : int64_to_numeric(0);
}

/*
 * Writes decreases before increases.  So if a key was changed, the old key leaves a line
 * before the new key enters it; zjtx.move_key recognizes such pairs by this order.
 */
void
watched_flush(WatchChunk *judging)
{
	MemoryContext old = MemoryContextSwitchTo(judging->row);
	LedgerEntry *entries = palloc_array(LedgerEntry, judging->nentries);
	int			count = 0;
	int			rises;
	int			i;

	for (rises = 0; rises <= 1; rises++)
		for (i = 0; i < judging->nentries; i++)
			if (judging->entries[i].rise == (rises == 1))
				entries[count++] = judging->entries[i];
	ledger_insert(judging->watched->account, entries, count);
	pfree(entries);
	MemoryContextSwitchTo(old);
	judging->total += judging->nentries;
	judging->nentries = 0;
}

static void
notify(WatchChunk *judging, int key)
{
	StringInfoData payload;

	if (judging->watched->channel == NULL || judging->notified == key)
		return;
	judging->notified = key;
	initStringInfo(&payload);
	appendStringInfoString(&payload, "{\"account\": ");
	escape_json(&payload, judging->watched->account);
	appendStringInfoString(&payload, ", \"key\": ");
	escape_json(&payload, judging->keys[key]);
	appendStringInfoChar(&payload, '}');
	Async_Notify(judging->watched->channel, payload.data);
	pfree(payload.data);
}

static const char *
copy_text(const char *text)
{
	return text ? pstrdup(text) : NULL;
}

static Numeric
copy_numeric(Numeric numeric)
{
	return DatumGetNumericCopy(NumericGetDatum(numeric));
}

void
watched_enter(WatchChunk *judging, int key, LedgerEntry entry)
{
	MemoryContext context;

	if (judging->again)
	{
		judging->added++;
		return;
	}
	context = MemoryContextSwitchTo(judging->chunk);
	if (judging->nentries == judging->room)
	{
		judging->room *= 2;
		judging->entries = repalloc(judging->entries, judging->room * sizeof(LedgerEntry));
	}
	entry.key = judging->keys[key];
	entry.code = pstrdup(entry.code);
	entry.stage = copy_text(entry.stage);
	entry.unit = copy_text(entry.unit);
	entry.in_group = copy_text(entry.in_group);
	entry.note = copy_text(entry.note);
	entry.old = copy_numeric(entry.old);
	entry.new = copy_numeric(entry.new);
	entry.paid = entry.paid ? copy_numeric(entry.paid) : NULL;
	judging->entries[judging->nentries++] = entry;
	MemoryContextSwitchTo(context);
	notify(judging, key);
}

static void
add_entry(WatchChunk *judging, int key, const char *policy, const Claim *claim, Numeric old, DateADT day, bool rise)
{
	LedgerEntry entry = {0};

	entry.policy = policy;
	entry.code = claim->code;
	entry.stage = claim->stage;
	entry.unit = claim->unit;
	entry.payable = claim->payable;
	entry.in_group = claim->in_group;
	entry.rise = rise;
	entry.period = claim->period;
	entry.kind = rise ? (claim->unit ? "owed" : "reached") :
		claim->undecided ? "undecided" : claim->unit ? "lapsed" : "lost";
	entry.old = old;
	entry.new = claim->amount;
	entry.judged_on = day;
	watched_enter(judging, key, entry);
}

/* ---------------- standings ---------------- */

static Standing *
find_standing(WatchChunk *judging, int key, const char *policy, const Claim *claim)
{
	Standing   *standing;

	for (standing = judging->standings[key]; standing; standing = standing->next)
		if (standing->period == claim->period && standing->payable == claim->payable &&
			strcmp(standing->code, claim->code) == 0 &&
			same_text(standing->stage, claim->stage) && same_text(standing->unit, claim->unit) &&
			same_text(standing->in_group, claim->in_group) &&
			strcmp(standing->policy, policy) == 0)
			return standing;
	return NULL;
}

/*
 * Creates the standing of a line that was not in the ledger, so that a repeated line adds
 * nothing.
 */
static Standing *
new_standing(WatchChunk *judging, int key, const char *policy, const Claim *claim)
{
	MemoryContext context = MemoryContextSwitchTo(judging->chunk);
	Standing   *standing = palloc0_object(Standing);

	standing->policy = policy;
	standing->code = pstrdup(claim->code);
	standing->stage = copy_text(claim->stage);
	standing->unit = copy_text(claim->unit);
	standing->payable = claim->payable;
	standing->in_group = copy_text(claim->in_group);
	standing->period = claim->period;
	standing->amount = zero_of(claim->unit);
	standing->paid = standing->carried = zero_of("元");
	standing->judged = true;
	standing->next = judging->standings[key];
	judging->standings[key] = standing;
	MemoryContextSwitchTo(context);
	return standing;
}

Standing *
watched_standing(WatchChunk *judging, int key, const char *policy, const Claim *claim, bool create)
{
	Standing   *standing = find_standing(judging, key, policy, claim);

	return standing == NULL && create ? new_standing(judging, key, policy, claim) : standing;
}

/* ---------------- claims ---------------- */

static bool
is_zero(const Hundredths *amount)
{
	return amount->numeric == NULL && amount->value == 0;
}

int
watched_claims(const Verdict *verdict, Claim **claims)
{
	VerdictReader reader = verdict_reader(verdict);
	VerdictSubject subject;
	VerdictLine line;
	Claim	   *claim;

	*claims = claim = palloc_array(Claim, verdict->nlines + 1);
	while (verdict_read(&reader, &subject, &line))
	{
		/* the stages, which follow their clause, replace it */
		if (subject.stage && claim > *claims && claim[-1].stage == NULL && strcmp(claim[-1].code, subject.clause) == 0)
			claim--;
		claim->code = subject.clause ? subject.clause : "";
		claim->stage = subject.stage;
		claim->unit = line.status == LINE_UNDETERMINED ? NULL : subject.unit;
		/* members of a group are paid as part of the group */
		claim->in_group = subject.in_group;
		claim->payable = claim->unit && subject.in_total &&
			(strcmp(subject.kind, "reward") == 0 || strcmp(subject.kind, "subsidy") == 0 || strcmp(subject.kind, "group") == 0);
		claim->period = Max(line.period, 0);
		claim->undecided = line.status == LINE_UNDECIDED || line.period == PERIOD_UNKNOWN;
		if (claim->unit == NULL)
		{
			claim->zero = line.truth != TRUTH_TRUE || line.period == PERIOD_UNKNOWN;
			claim->amount = int64_to_numeric(claim->zero ? 0 : 1);
		}
		else
		{
			const Hundredths nothing = {0, NULL};
			const Hundredths *least = line.ranged ? &line.low : line.has_amount ? &line.amount : &nothing;

			/*
			 * it is not proved for which year it is owed; once the year is
			 * known, it would be owed a second time
			 */
			if (line.period == PERIOD_UNKNOWN)
				least = &nothing;
			claim->zero = is_zero(least);
			claim->amount = verdict_hundredths_numeric(least);
		}
		claim++;
	}
	return claim - *claims;
}

/* ---------------- comparison ---------------- */

static int
compare_numerics(Numeric a, Numeric b)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(a), NumericGetDatum(b)));
}

/* Compares a line of the document with the ledger. */
static void
compare_claim(WatchChunk *judging, int key, const char *policy, const Claim *claim, DateADT day)
{
	Standing   *standing = find_standing(judging, key, policy, claim);
	MemoryContext context;
	int			order;

	if (standing)
		standing->judged = true;
	else if (claim->zero)
		return;
	else
		standing = new_standing(judging, key, policy, claim);
	order = compare_numerics(claim->amount, standing->amount);
	if (order == 0)
		return;
	add_entry(judging, key, policy, claim, standing->amount, day, order > 0);
	context = MemoryContextSwitchTo(judging->chunk);
	standing->amount = copy_numeric(claim->amount);
	MemoryContextSwitchTo(context);
}

/* Returns whether the document has an undecided line with the same subject. */
static bool
is_undecided(const Claim *claims, int nclaims, const Standing *standing)
{
	int			i;

	for (i = 0; i < nclaims; i++)
		if (claims[i].undecided && strcmp(claims[i].code, standing->code) == 0 &&
			same_text(claims[i].stage, standing->stage))
			return true;
	return false;
}

/*
 * Lowers ledger lines that the document no longer has to zero.  Among lines with a
 * period, only those of the year judged are lowered, even if the row is gone: what was
 * owed for earlier years stays owed.
 */
static void
compare_rest(WatchChunk *judging, int key, const char *policy, const Claim *claims, int nclaims, int year, DateADT day)
{
	Standing   *standing;

	for (standing = judging->standings[key]; standing; standing = standing->next)
	{
		Claim		claim;
		MemoryContext context;

		if (standing->judged || strcmp(standing->policy, policy) != 0 ||
			(standing->period != 0 && standing->period != year) ||
			compare_numerics(standing->amount, zero_of(standing->unit)) == 0)
			continue;
		claim.code = standing->code;
		claim.stage = standing->stage;
		claim.unit = standing->unit;
		claim.payable = standing->payable;
		claim.in_group = standing->in_group;
		claim.period = standing->period;
		claim.undecided = is_undecided(claims, nclaims, standing);
		claim.amount = zero_of(claim.unit);
		add_entry(judging, key, policy, &claim, standing->amount, day, false);
		context = MemoryContextSwitchTo(judging->chunk);
		standing->amount = zero_of(claim.unit);
		MemoryContextSwitchTo(context);
		if (judging->nentries >= FLUSHED)
			watched_flush(judging);
	}
}

/* Compares the lines by all policies with the ledger; `claims` is NULL for a key without a row. */
static void
compare_all(WatchChunk *judging, int key, const Claims *claims, int year, DateADT day)
{
	int			i,
				j;

	for (i = 0; i < judging->watched->npolicies; i++)
	{
		const char *policy = judging->watched->policies[i];

		if (claims == NULL)
		{
			compare_rest(judging, key, policy, NULL, 0, year, day);
			continue;
		}
		for (j = 0; j < claims[i].count; j++)
		{
			compare_claim(judging, key, policy, &claims[i].claims[j], day);
			if (judging->nentries >= FLUSHED)
				watched_flush(judging);
		}
		compare_rest(judging, key, policy, claims[i].claims, claims[i].count, year, day);
		watched_carry(judging, key, policy, claims[i].claims, claims[i].count, year, day);
	}
}

/*
 * If entries were added, the lines are compared once more with what the ledger now has.  If that would add entries
 * again, as when payments are carried in several steps, no digest is kept, and the next sweep judges the enterprise.
 */
void
watched_compare(WatchChunk *judging, int key, const Claims *claims, int year, DateADT day, const Datum *verdicts)
{
	int64		before = judging->total + judging->nentries;
	Standing   *standing;

	compare_all(judging, key, claims, year, day);
	if (judging->digests == NULL)
		return;
	if (judging->total + judging->nentries > before)
	{
		for (standing = judging->standings[key]; standing; standing = standing->next)
			standing->judged = false;
		judging->again = true;
		judging->added = 0;
		compare_all(judging, key, claims, year, day);
		judging->again = false;
		if (judging->added > 0)
			return;
	}
	judging->digest[key] = MemoryContextAlloc(judging->chunk, sizeof(pg_uuid_t));
	*judging->digest[key] = digest_of(judging->digests, judging->keys[key], year, verdicts);
}
