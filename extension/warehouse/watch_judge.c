/*
 * watch_judge.c
 *		Judges enterprises again and adds the changes to the ledger.
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
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/guc.h"
#include "utils/json.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/portal.h"
#include "utils/snapmgr.h"

#include "answers/verdict.h"
#include "engine/program.h"
#include "facts/day.h"
#include "messages.h"
#include "session/stored.h"
#include "keys.h"
#include "ledger.h"
#include "own.h"
#include "watch.h"
#include "watch_judge.h"

#define FETCHED 500				/* rows fetched from the view at a time */
#define FLUSHED 10000			/* entries written at a time */
#define FEW 4					/* up to this number, keys are read one by one */

/* ---------------- changes ---------------- */

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
static void
flush(WatchChunk *judging)
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
 * Lowers ledger lines that the document no longer has, to zero.  Of lines with a period,
 * only those of the year judged are lowered, also if the row is gone: what was owed for
 * earlier years stays owed.
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
			flush(judging);
	}
}

static bool
is_zero(const Hundredths *amount)
{
	return amount->numeric == NULL && amount->value == 0;
}

/* Reads the claims of a verdict; returns their number. */
static int
read_claims(const Verdict *verdict, Claim **claims)
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
		/* of the members of a group, the group is paid */
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
			 * of which year it is owed is not proved: with the year it would
			 * be owed once more
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

/* ---------------- rows ---------------- */

/*
 * The first day on which an answer to a row can change.  A row whose own day is unknown may have
 * one at any time.
 */
static DateADT
next_change(const Watched *watched, HeapTuple tuple, TupleDesc desc, bool no_day)
{
	DateADT		next = no_day ? DATEVAL_NOBEGIN : DATEVAL_NOEND;
	int			i;

	for (i = 0; i < watched->npolicies; i++)
	{
		bool		null;
		Datum		day = SPI_getbinval(tuple, desc, 3 + watched->npolicies + i, &null);

		if (!null)
			next = Min(next, DatumGetDateADT(day));
	}
	return next;
}

/* The lines of an enterprise by one of the policies. */
typedef struct Claims
{
	Claim	   *claims;
	int			count;
} Claims;

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
				flush(judging);
		}
		compare_rest(judging, key, policy, claims[i].claims, claims[i].count, year, day);
		watched_carry(judging, key, policy, claims[i].claims, claims[i].count, year, day);
	}
}

/*
 * The same, and keeps the digest.  If entries were added, the lines are compared once more with what the ledger now
 * has: in case that would add entries again, as when payments are carried in several steps, the next
 * sweep judges the enterprise.
 */
static void
compare_and_digest(WatchChunk *judging, int key, const Claims *claims, int year, DateADT day, const Datum *verdicts)
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

static void
judge_row(WatchChunk *judging, HeapTuple tuple, TupleDesc desc)
{
	Watched    *watched = judging->watched;
	Claims	   *claims = palloc_array(Claims, watched->npolicies);
	Datum	   *verdicts = palloc_array(Datum, watched->npolicies);
	bool		null;
	Datum		own;
	char	   *text = key_text(watched->key_type, SPI_getbinval(tuple, desc, 1, &null));
	int			key = key_number(judging->keys, judging->nkeys, text);
	DateADT		day;
	int			year;
	int			i;

	/* equal keys have the same text */
	if (key < 0)
		elog(ERROR, "%s gave the key \"%s\", which was not asked for", watched->name, text);
	if (judging->judged[key])
		ereport(ERROR,
				(errcode(ERRCODE_CARDINALITY_VIOLATION),
				 errmsg("%s has more than one row with the key \"%s\"", watched->name, text),
				 errdetail("It must have one row for each value of column \"%s\".", watched->key)));
	judging->judged[key] = true;

	own = SPI_getbinval(tuple, desc, 2, &null);
	year = watched_row_day(watched, own, null, judging->today, &day);
	for (i = 0; i < watched->npolicies; i++)
	{
		verdicts[i] = SPI_getbinval(tuple, desc, 3 + i, &null);
		if (null || TupleDescAttr(desc, 2 + i)->atttypid != own_type(OWN_VERDICT))
			elog(ERROR, "%s was judged without a verdict", watched->name);
		verdicts[i] = PointerGetDatum(PG_DETOAST_DATUM(verdicts[i]));
		claims[i].count = read_claims((const Verdict *) DatumGetPointer(verdicts[i]), &claims[i].claims);
	}
	compare_and_digest(judging, key, claims, year, day, verdicts);
	if (watched->due)
		judging->next[key] = next_change(watched, tuple, desc, watched->day && year == 0);
}

/*
 * A kept plan is rebuilt if the relation has changed.  This can happen even within a statement,
 * because of functions that the view calls.  The key column may then have another type.
 */
void
watched_check_row_type(const Watched *watched, TupleDesc desc)
{
	if (getBaseType(TupleDescAttr(desc, 0)->atttypid) != watched->key_type)
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("the type of the key of %s has changed", watched->name),
				 errhint("Run the statement again.")));
}

/* Judges the rows that a plan returns for an argument. */
static void
judge_rows(WatchChunk *judging, SPIPlanPtr plan, Oid type, Datum argument)
{
	int			nest = watched_start(judging->watched);
	Portal		portal = SPI_cursor_open_with_paramlist(NULL, plan, own_parameters(1, &type, &argument, NULL), false);
	uint64		i;

	if (portal == NULL)
		elog(ERROR, "could not read %s", judging->watched->name);
	do
	{
		MemoryContext old;
		SPITupleTable *table;

		SPI_cursor_fetch(portal, true, FETCHED);
		table = SPI_tuptable;
		watched_check_row_type(judging->watched, table->tupdesc);
		old = MemoryContextSwitchTo(judging->row);
		for (i = 0; i < table->numvals; i++)
		{
			CHECK_FOR_INTERRUPTS();
			judge_row(judging, table->vals[i], table->tupdesc);
			MemoryContextReset(judging->row);
		}
		MemoryContextSwitchTo(old);
		SPI_freetuptable(table);
	} while (i == FETCHED);
	SPI_cursor_close(portal);
	AtEOXact_GUC(true, nest);
}

static void
read_rows(WatchChunk *judging)
{
	Watched    *watched = judging->watched;
	int16		length;
	bool		by_value;
	char		align;
	Datum	   *values;
	int			nvalues = 0;
	int			i;

	if (judging->nkeys <= FEW)
	{
		if (watched->one == NULL)
			watched->one = watched_prepare(watched, WATCHED_ONE);
		for (i = 0; i < judging->nkeys; i++)
		{
			Datum		value;

			if (key_value(watched->key_type, judging->keys[i], &value))
				judge_rows(judging, watched->one, watched->key_type, value);
		}
		return;
	}
	if (watched->many == NULL)
		watched->many = watched_prepare(watched, WATCHED_MANY);
	values = palloc_array(Datum, judging->nkeys);
	for (i = 0; i < judging->nkeys; i++)
		if (key_value(watched->key_type, judging->keys[i], &values[nvalues]))
			nvalues++;
	get_typlenbyvalalign(watched->key_type, &length, &by_value, &align);
	judge_rows(judging, watched->many, get_array_type(watched->key_type),
			   PointerGetDatum(construct_array(values, nvalues, watched->key_type, length, by_value, align)));
}

/* Lowers the lines of keys that have no row to zero. */
static void
judge_gone(WatchChunk *judging)
{
	int			i;

	for (i = 0; i < judging->nkeys; i++)
		if (!judging->judged[i])
			compare_and_digest(judging, i, NULL, date_year(judging->today), judging->today, NULL);
}

/* A law may have changed of which lines what was paid must be known. */
static void
prepare_again(Watched *watched)
{
	char	   *paid = watched_paid(watched);

	if (watched->paid && strcmp(watched->paid, paid) == 0)
		return;
	if (watched->one && watched->many && watched->paid)
	{
		/* plans that are kept */
		watched_forget(watched);
		watched_keep(watched);
		return;
	}
	watched->one = watched->many = NULL;
	watched->paid = MemoryContextStrdup(GetMemoryChunkContext(watched), paid);
}

static int64
judge_chunk(Watched *watched, char **keys, int nkeys)
{
	MemoryContext old = CurrentMemoryContext;
	const char *before;
	WatchChunk	judging;
	int			i;

	memset(&judging, 0, sizeof(judging));
	judging.chunk = AllocSetContextCreate(old, "zjtx watch", ALLOCSET_DEFAULT_SIZES);
	judging.row = AllocSetContextCreate(judging.chunk, "zjtx watch row", ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(judging.chunk);
	judging.watched = watched;
	judging.keys = keys;
	judging.nkeys = nkeys;
	judging.judged = palloc0_array(bool, nkeys);
	judging.standings = palloc0_array(Standing *, nkeys);
	judging.room = 16;
	judging.entries = palloc_array(LedgerEntry, judging.room);
	judging.today = day_of_session();
	judging.notified = -1;
	if (watched->due)
	{
		/* of a key without a row nothing changes */
		judging.next = palloc_array(DateADT, nkeys);
		for (i = 0; i < nkeys; i++)
			judging.next[i] = DATEVAL_NOEND;
	}

	ledger_lock(watched->account, keys, nkeys, judging.today, watched->due);
	watched_check(watched);
	prepare_again(watched);
	if (watched->digests)
	{
		/*
		 * the ledger and the rows are read after what the digests have in
		 * common
		 */
		judging.digest = palloc0_array(pg_uuid_t *, nkeys);
		PushActiveSnapshot(GetTransactionSnapshot());
		judging.digests = digests_create(watched);
		PopActiveSnapshot();
	}
	ledger_standings(watched->account, keys, nkeys, watched->policies, watched->npolicies, judging.standings);
	before = ledger_judging(watched->account);
	PG_TRY();
	{
		read_rows(&judging);
	}
	PG_FINALLY();
	{
		(void) ledger_judging(before);
	}
	PG_END_TRY();
	MemoryContextSwitchTo(judging.chunk);
	judge_gone(&judging);
	flush(&judging);
	if (watched->digests)
		ledger_set_judged(watched->account, keys, nkeys, judging.digest, judging.next, watched->law);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(judging.chunk);
	return judging.total;
}

int64
watched_judge(Watched *watched, char **keys, int nkeys)
{
	int64		total = 0;
	int			done;
	int			nest = NewGUCNestLevel();

	watched_set_day(watched);
	for (done = 0; done < nkeys; done += WATCH_CHUNK)
	{
		CHECK_FOR_INTERRUPTS();
		total += judge_chunk(watched, keys + done, Min(WATCH_CHUNK, nkeys - done));
	}
	AtEOXact_GUC(true, nest);
	return total;
}
