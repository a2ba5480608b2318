/*
 * record.c
 *		record_allotment() freezes a selection or a budget as it is announced.
 */
#include "postgres.h"

#include "compat.h"
#include "access/xact.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "storage/lock.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "facts/day.h"
#include "messages.h"
#include "session/stored.h"
#include "accounts.h"
#include "allot_policy.h"
#include "allot_rows.h"
#include "ledger.h"
#include "recorded.h"
#include "relation.h"

ZJTX_FUNCTION(zjtx_record_allotment);

#define FLUSHED	1000			/* number of rows written at a time */
#define SHOWN	5				/* greatest number of keys in a message */

typedef struct Recording
{
	RecordedHeader header;
	const RelationRows *relation;
	MemoryContext context;		/* context of the rows that have not been
								 * written yet */
	Recorded   *rows;
	int			nrows;
	int64		total;
	int64		undecided;
	StringInfoData keys;		/* keys of the first undecided rows */
} Recording;

static void
flush(Recording *recording)
{
	recorded_insert(&recording->header, recording->rows, recording->nrows);
	recording->nrows = 0;
	MemoryContextReset(recording->context);
}

static void
add_undecided(Recording *recording, const char *key)
{
	if (recording->undecided++ < SHOWN)
		appendStringInfo(&recording->keys, "%s\"%s\"", recording->keys.len > 0 ? ", " : "", key);
}

/*
 * Rows that are not members or claim nothing are not recorded: an enterprise that is not recorded is not selected and
 * receives nothing.
 */
static void
record_line(void *state, const Allotted *line)
{
	Recording  *recording = state;
	const char *code = line->selection ? line->selection->selection->provision.code : line->budget->budget->provision.code;
	Recorded   *row;
	MemoryContext old;

	if (strcmp(code, recording->header.code) != 0)
		return;
	if (line->selection ? line->member == TRUTH_FALSE : !line->claim.open && line->claim.high == 0)
		return;
	if (line->selection ? line->selected == TRUTH_UNKNOWN : line->amount.low != line->amount.high)
	{
		add_undecided(recording, relation_rows_key(recording->relation));
		return;
	}
	old = MemoryContextSwitchTo(recording->context);
	row = &recording->rows[recording->nrows++];
	memset(row, 0, sizeof(Recorded));
	row->key = relation_rows_key(recording->relation);
	if (line->selection)
	{
		row->place_low = line->place_low;
		row->place_high = line->place_high;
		row->selected = line->selected == TRUTH_TRUE;
	}
	else
	{
		row->clause = line->line->code;
		row->claim = line->claim.open ? line->claim.low : line->claim.high;
		row->amount = line->amount.low;
	}
	MemoryContextSwitchTo(old);
	recording->total++;
	if (recording->nrows == FLUSHED)
		flush(recording);
}

static void
refuse_undecided(const Recording *recording)
{
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg_plural("%lld row of \"%s\" is undecided", "%lld rows of \"%s\" are undecided",
						   (unsigned long) recording->undecided, (long long) recording->undecided, recording->header.code),
			 recording->undecided > SHOWN ?
			 errdetail("The first keys are %s.", recording->keys.data) : errdetail("The keys are %s.", recording->keys.data),
			 recording->header.strict ?
			 errhint("They tie where the document draws the line.  Add a sort key to the document that tells them apart; zjtx.allot shows the places.") :
			 errhint("Enter the facts that are unknown, or record with undecided => 'out'; rows that tie need another sort key in the document.")));
}

/* Requires that the policy has the selection or budget, and that its rows are judged for the period. */
static void
check_code(const AllotPolicy *policy, const char *name, const char *code, int period, bool own_day)
{
	const Program *program = policy->program;
	bool		found = false;
	bool		per_year = false;
	int			i,
				j;

	for (i = 0; i < program->nselections; i++)
		found |= program->selections[i].answers && strcmp(program->selections[i].selection->provision.code, code) == 0;
	for (i = 0; i < program->nbudgets; i++)
	{
		if (strcmp(program->budgets[i].budget->provision.code, code) != 0)
			continue;
		found = true;
		for (j = 0; j < program->budgets[i].nlines; j++)
			per_year |= program->budgets[i].lines[j].per_year;
	}
	if (!found)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("policy \"%s\" has no selection or budget \"%s\"", name, code)));
	if (per_year && period == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("budget \"%s\" pays clauses per year, so it is recorded for a year", code),
				 errhint("Pass the year as period.")));
	if (period != 0 && !own_day && period != date_year(day_of_session()))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the rows are judged for %d, not for %d", date_year(day_of_session()), period),
				 errhint("SET zjtx.as_of to a day of %d, such as its last.", period)));
}

/* Selections that were announced are not computed again. */
static void
give_recorded(Allotment *allotment, const AllotPolicy *policy, const RecordedHeader *header)
{
	int			i;

	for (i = 0; i < policy->program->nselections; i++)
		if (recorded_exists(header->account, header->policy, policy->program->selections[i].selection->provision.code,
							header->period))
			allotment_given(allotment, i);
}

static int64
record(RecordedHeader *header, Oid relation, const char *key)
{
	MemoryContext context = CurrentMemoryContext;
	AllotPolicy policy;
	Recording	recording;
	RelationRows *rows;
	Allotment  *allotment;

	if (!allot_policy(&policy, CStringGetTextDatum(header->policy), true))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("no version of \"%s\" is in force on %s", header->policy, date_text(day_of_session()))));
	check_code(&policy, header->policy, header->code, header->period,
			   fact_column(relation_columns(relation), policy.program->facts[0]) > 0);
	if (recorded_exists(header->account, header->policy, header->code, header->period))
		ereport(ERROR,
				(errcode(ERRCODE_UNIQUE_VIOLATION),
				 header->period ? errmsg("\"%s\" of %d was recorded already in account \"%s\"", header->code, header->period, header->account) :
				 errmsg("\"%s\" was recorded already in account \"%s\"", header->code, header->account),
				 errdetail("What was announced is not allotted again.")));
	memset(&recording, 0, sizeof(recording));
	header->law = stored_policy_hash(policy.compiled);
	rows = relation_rows_recorded(relation, key, &policy, header->policy, header->account);
	recording.header = *header;
	recording.relation = rows;
	recording.context = AllocSetContextCreate(context, "zjtx recorded rows", ALLOCSET_DEFAULT_SIZES);
	recording.rows = palloc_array(Recorded, FLUSHED);
	initStringInfo(&recording.keys);
	allotment = allotment_create(policy.program, &rows->rows, header->strict);
	give_recorded(allotment, &policy, header);
	allotment_run(allotment, record_line, &recording);
	if (recording.undecided > 0)
		refuse_undecided(&recording);
	flush(&recording);
	allotment_end(allotment);
	relation_rows_end(rows);
	return recording.total;
}

/* record_allotment(account, policy, code, period, undecided, note) → number of rows recorded */
Datum
zjtx_record_allotment(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {gettext_noop("account"), gettext_noop("policy"), gettext_noop("code")};
	RecordedHeader header;
	Oid			relation;
	char	   *key;
	int64		total;
	int			i;

	for (i = 0; i < 3; i++)
		if (PG_ARGISNULL(i))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("a recorded allotment needs its %s", _(names[i]))));
	if (IsolationUsesXactSnapshot())
		ereport(ERROR,
				(errcode(ERRCODE_ACTIVE_SQL_TRANSACTION),
				 errmsg("zjtx.record_allotment needs READ COMMITTED"),
				 errdetail("An older snapshot does not show what was recorded since.")));
	memset(&header, 0, sizeof(header));
	header.account = text_to_cstring(PG_GETARG_TEXT_PP(0));
	header.policy = text_to_cstring(PG_GETARG_TEXT_PP(1));
	header.code = text_to_cstring(PG_GETARG_TEXT_PP(2));
	header.period = PG_ARGISNULL(3) ? 0 : PG_GETARG_INT32(3);
	header.strict = PG_ARGISNULL(4) || allot_is_strict(PG_GETARG_TEXT_PP(4));
	header.note = PG_ARGISNULL(5) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(5));
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	relation = account_relation(header.account, &key);
	if (!OidIsValid(relation))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("the relation of account \"%s\" is gone", header.account),
				 errhint("CALL zjtx.sweep with account => '%s' gives the account to another relation.", header.account)));

	/*
	 * the lock keeps others from judging an enterprise while only some rows
	 * are recorded, and from recording
	 */
	account_lock(header.account, ShareRowExclusiveLock);

	/* a new snapshot, to see what was recorded while this waited */
	PushActiveSnapshot(GetLatestSnapshot());
	total = record(&header, relation, key);
	PopActiveSnapshot();
	recorded_changed(header.account);
	SPI_finish();
	PG_RETURN_INT64(total);
}
