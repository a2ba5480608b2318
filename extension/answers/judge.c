/*
 * judge.c
 *		judge(e, p) returns every line of a policy as one value.
 */
#include "postgres.h"

#include "compat.h"
#include "utils/memutils.h"

#include "ask.h"
#include "gather.h"
#include "verdict.h"

ZJTX_FUNCTION(zjtx_judge_row);
ZJTX_FUNCTION(zjtx_judge_row_name);
ZJTX_FUNCTION(zjtx_judge_jsonb);
ZJTX_FUNCTION(zjtx_judge_jsonb_name);
ZJTX_FUNCTION(zjtx_judge_facts);
ZJTX_FUNCTION(zjtx_judge_facts_name);

/* What a call site keeps for one version. */
typedef struct Judged
{
	int			nlines;
	LineEntry  *entries;
	Line	   *lines;
	StringInfoData shape;
	uint32		hash;			/* of the shape */
} Judged;

/* What a call site keeps for a policy. */
typedef struct KeptJudge
{
	Judged	   *versions;
	StringInfoData shape;		/* used if several versions may apply */
	StringInfoData lines;
} KeptJudge;

int
verdict_shape_of(const Program *program, LineEntry **entries, StringInfo shape)
{
	int			nlines = lines_of(program, entries);
	int			i;

	initStringInfo(shape);
	for (i = 0; i < nlines; i++)
	{
		const LineEntry *entry = &(*entries)[i];
		VerdictSubject subject;

		subject.policy = program->doc->provision.code;
		subject.clause = entry->code;
		subject.stage = entry->stage ? entry->provision->code : NULL;
		subject.title = entry->provision->title;
		subject.kind = entry->kind;
		subject.unit = entry->unit;
		subject.in_total = entry->in_total;
		subject.in_group = entry->outer < 0 ? NULL : (*entries)[entry->outer].code;
		subject.level = entry->rung ? psprintf("%d", entry->rung->rung->level) : NULL;
		subject.offices = line_offices_joined(line_offices(entry));
		verdict_shape_append(shape, &subject);
	}
	return nlines;
}

static KeptJudge *
judging_of(const Question *question)
{
	void	  **place = ask_place(question);
	const Compiled *compiled = question->compiled;
	MemoryContext old;
	KeptJudge  *judging;
	int			i;

	if (*place)
		return *place;
	old = MemoryContextSwitchTo(ask_context(question));
	judging = palloc0(sizeof(KeptJudge));
	judging->versions = palloc0_array(Judged, compiled->nprograms);
	initStringInfo(&judging->shape);
	initStringInfo(&judging->lines);
	for (i = 0; i < compiled->nprograms; i++)
	{
		Judged	   *judged = &judging->versions[i];

		judged->nlines = verdict_shape_of(compiled->programs[i], &judged->entries, &judged->shape);
		judged->lines = palloc_array(Line, judged->nlines + 1);
		judged->hash = verdict_shape_hash(&judged->shape);
	}
	MemoryContextSwitchTo(old);
	*place = judging;
	return judging;
}

static bool
is_per_year(const LineEntry *entry)
{
	return entry->clause ? entry->clause->clause->per_year : entry->group && entry->group->group->per_year;
}

/* no_day: the answers depend on the day judged, which is unknown. */
static void
append_line(StringInfo lines, const LineEntry *entry, const Line *line, bool no_day)
{
	VerdictLine said;

	said.truth = line->truth;
	said.status = line->status;
	said.period = line->period != 0 ? line->period : is_per_year(entry) ? PERIOD_UNKNOWN :
		no_day && line->status == LINE_UNDECIDED ? PERIOD_NO_DAY : 0;
	said.has_amount = line->has_amount;

	/*
	 * the range of a stage's share is stored only if it does not follow from
	 * its amount
	 */
	said.ranged = line->pays && (entry->stage == NULL || !line->has_amount);
	said.unbounded = said.ranged && line->unbounded;
	if (said.has_amount)
		said.amount = verdict_hundredths_of(&line->amount);
	if (said.ranged)
		said.low = verdict_hundredths_of(&line->low);
	if (said.ranged && !said.unbounded)
		said.high = verdict_hundredths_of(&line->high);
	verdict_line_append(lines, &said);
}

static Gatherer *gatherer = NULL;

Gatherer *
judge_gather(Gatherer *other)
{
	Gatherer   *before = gatherer;

	gatherer = other;
	return before;
}

static Datum
judge(FunctionCallInfo fcinfo, int form)
{
	const Question *question = ask_question(fcinfo, form);
	KeptJudge  *judging;
	const StringInfoData *shape;
	uint32		hash = 0;
	int			nlines = 0;
	bool		undecided = false;
	int			i,
				j;

	if (question == NULL)
		PG_RETURN_NULL();
	judging = judging_of(question);
	resetStringInfo(&judging->shape);
	resetStringInfo(&judging->lines);
	shape = &judging->shape;
	for (i = 0; i < question->nruns; i++)
	{
		int			version = 0;
		bool		no_day = answer_lacks_day(question, question->runs[i]);
		Judged	   *judged;

		while (question->compiled->programs[version] != question->runs[i]->program)
			version++;
		judged = &judging->versions[version];
		lines_read(question->runs[i], judged->entries, judged->nlines,
				   question_is_conditional(question), judged->lines);
		for (j = 0; j < judged->nlines; j++)
		{
			append_line(&judging->lines, &judged->entries[j], &judged->lines[j], no_day);
			undecided |= judged->lines[j].status == LINE_UNDECIDED;
		}
		nlines += judged->nlines;
		if (question->nruns == 1)
		{
			shape = &judged->shape;
			hash = judged->hash;
		}
		else
			appendBinaryStringInfo(&judging->shape, judged->shape.data, judged->shape.len);
	}
	if (undecided)
		answer_warn_of_day(question);
	if (question->nruns != 1)
		hash = verdict_shape_hash(&judging->shape);
	PG_RETURN_POINTER(verdict_make((StringInfo) shape, hash, nlines, &judging->lines));
}

static Datum
judge_facts(FunctionCallInfo fcinfo, int form)
{
	if (gatherer && gatherer->take(gatherer, fcinfo))
		PG_RETURN_NULL();
	return judge(fcinfo, form);
}

/* judge(e, p) → zjtx.verdict; NULL if the policy is NULL */
Datum
zjtx_judge_row(PG_FUNCTION_ARGS)
{
	return judge(fcinfo, FORM_ROW);
}

Datum
zjtx_judge_row_name(PG_FUNCTION_ARGS)
{
	return judge(fcinfo, FORM_ROW | FORM_BY_NAME);
}

Datum
zjtx_judge_jsonb(PG_FUNCTION_ARGS)
{
	return judge(fcinfo, FORM_JSONB);
}

Datum
zjtx_judge_jsonb_name(PG_FUNCTION_ARGS)
{
	return judge(fcinfo, FORM_JSONB | FORM_BY_NAME);
}

Datum
zjtx_judge_facts(PG_FUNCTION_ARGS)
{
	return judge_facts(fcinfo, FORM_FACTS);
}

Datum
zjtx_judge_facts_name(PG_FUNCTION_ARGS)
{
	return judge_facts(fcinfo, FORM_FACTS | FORM_BY_NAME);
}
