/*
 * assess.c
 *		assess(e, p) returns a row for each clause, stage and rung; assess(e) does so for every stored
 *		document in force.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/memutils.h"

#include "ask.h"
#include "lines.h"
#include "rows.h"
#include "status_label.h"
#include "verdict.h"

ZJTX_FUNCTION(zjtx_assess_row);
ZJTX_FUNCTION(zjtx_assess_row_name);
ZJTX_FUNCTION(zjtx_assess_jsonb);
ZJTX_FUNCTION(zjtx_assess_jsonb_name);
ZJTX_FUNCTION(zjtx_assess_facts);
ZJTX_FUNCTION(zjtx_assess_facts_name);
ZJTX_FUNCTION(zjtx_assess_all_row);
ZJTX_FUNCTION(zjtx_assess_all_jsonb);

/* The columns of a line that do not depend on the enterprise. */
typedef struct FixedColumns
{
	Datum		policy;			/* 0 means NULL */
	Datum		code;
	Datum		stage;
	Datum		title;
	Datum		kind;
	Datum		unit;
	Datum		citation;
	Datum		offices;
	Datum		line;
} FixedColumns;

/* What a call site keeps for one program. */
typedef struct Assessed
{
	int			nlines;
	LineEntry  *entries;
	FixedColumns *columns;
} Assessed;

/* ---------------- columns that are the same for all rows ---------------- */

/* Copies a datum into the context; its source is freed at the end of the call. */
static Datum
kept_datum(MemoryContext context, Datum datum)
{
	MemoryContext old = MemoryContextSwitchTo(context);

	datum = datumCopy(datum, false, -1);
	MemoryContextSwitchTo(old);
	return datum;
}

static Datum
text_or_null(MemoryContext context, const char *text)
{
	return text ? kept_datum(context, CStringGetTextDatum(text)) : (Datum) 0;
}

/* Shares a text with the preceding lines if they have the same one. */
typedef struct SharedText
{
	const char *text;
	Datum		datum;
} SharedText;

static Datum
shared_text(MemoryContext context, SharedText *last, const char *text)
{
	if (text && (last->text == NULL || strcmp(last->text, text) != 0))
	{
		last->text = text;
		last->datum = text_or_null(context, text);
	}
	return text ? last->datum : (Datum) 0;
}

/* Shares an array of offices with the preceding lines if they have the same one. */
typedef struct SharedOffices
{
	const List *offices;
	Datum		datum;
} SharedOffices;

static Datum
shared_offices(MemoryContext context, SharedOffices *last, const List *offices)
{
	if (offices && !rows_same_texts(last->offices, offices))
	{
		last->offices = offices;
		last->datum = kept_datum(context, line_offices_array(line_offices_joined(offices)));
	}
	return offices ? last->datum : (Datum) 0;
}

/* Returns the kept columns for the question's programs, one for each version. */
static const Assessed *
assessed_programs(const Question *question)
{
	void	  **place = ask_place(question);
	const Compiled *compiled = question->compiled;
	MemoryContext context = ask_context(question);
	Assessed   *all;
	int			i,
				j;

	if (*place)
		return *place;
	all = MemoryContextAllocZero(context, compiled->nprograms * sizeof(Assessed));
	for (i = 0; i < compiled->nprograms; i++)
	{
		Assessed   *assessed = &all[i];
		const Document *doc = compiled->programs[i]->doc;
		SharedText	policy = {NULL, 0};
		SharedText	code = {NULL, 0};
		SharedText	kind = {NULL, 0};
		SharedText	unit = {NULL, 0};
		SharedOffices offices = {NIL, 0};
		LineEntry  *entries;

		assessed->nlines = lines_of(compiled->programs[i], &entries);
		assessed->entries = MemoryContextAlloc(context, (assessed->nlines + 1) * sizeof(LineEntry));
		memcpy(assessed->entries, entries, (assessed->nlines + 1) * sizeof(LineEntry));
		assessed->columns = MemoryContextAllocZero(context, (assessed->nlines + 1) * sizeof(FixedColumns));
		for (j = 0; j < assessed->nlines; j++)
		{
			const LineEntry *entry = &assessed->entries[j];
			FixedColumns *columns = &assessed->columns[j];

			columns->policy = shared_text(context, &policy, doc->provision.code);
			columns->code = shared_text(context, &code, entry->code);
			columns->stage = text_or_null(context, entry->stage ? entry->provision->code : NULL);
			columns->title = text_or_null(context, entry->provision->title);
			columns->kind = shared_text(context, &kind, entry->kind);
			columns->unit = shared_text(context, &unit, entry->unit);
			columns->citation = text_or_null(context, line_citation(doc, entry));
			columns->offices = shared_offices(context, &offices, line_offices(entry));
			columns->line = entry->code && entry->stage == NULL ? columns->code :
				text_or_null(context, line_key(entry));
		}
	}
	*place = all;
	return all;
}

static const Assessed *
assessed_of(const Question *question, const Program *program)
{
	const Assessed *all = assessed_programs(question);
	int			i = 0;

	while (question->compiled->programs[i] != program)
		i++;
	return &all[i];
}

/* ---------------- rows ---------------- */

static void
put_kept(Rows *rows, Datum value)
{
	if (value)
		rows_put_datum(rows, value);
	else
		rows_put_null(rows);
}

/* Puts the status of a line and its Chinese word, which are the same few texts for all lines. */
static void
put_status(Rows *rows, LineStatus status)
{
	static Datum kept[LINE_CAPPED + 1][2];
	Datum	   *texts = kept[status];

	if (texts[0] == 0)
	{
		texts[1] = text_or_null(TopMemoryContext, status_label(line_status_name(status)));
		texts[0] = text_or_null(TopMemoryContext, line_status_name(status));
	}
	put_kept(rows, texts[0]);
	put_kept(rows, texts[1]);
}

static void
put_number(Rows *rows, const Number *number, bool known)
{
	if (known)
		rows_put_datum(rows, NumericGetDatum(number_to_numeric(number, 2)));
	else
		rows_put_null(rows);
}

static void
put_line(Rows *rows, const Question *question, Run *run, Lacking *lacking, const LineEntry *entry,
		 const FixedColumns *columns, const Line *line, Truth in_force, const char *superseded_by)
{
	bool		ranged = line->pays && entry->stage == NULL;

	put_kept(rows, columns->policy);
	put_kept(rows, columns->code);
	put_kept(rows, columns->stage);
	put_kept(rows, columns->title);
	put_kept(rows, columns->kind);
	if (line->truth == TRUTH_UNKNOWN)
		rows_put_null(rows);
	else
		rows_put_boolean(rows, line->truth == TRUTH_TRUE);
	put_number(rows, &line->amount, line->has_amount);
	put_number(rows, &line->low, ranged);
	put_number(rows, &line->high, ranged && !line->unbounded);
	put_kept(rows, columns->unit);
	if (line->period)
		rows_put_datum(rows, Int32GetDatum(line->period));
	else
		rows_put_null(rows);
	put_status(rows, line->status);
	rows_put_texts(rows, line_missing(lacking, entry, line, question_is_conditional(question)));
	rows_put_texts(rows, line_reservations(run, entry, line));
	put_kept(rows, columns->citation);
	put_kept(rows, columns->offices);
	if (in_force == TRUTH_UNKNOWN)
		rows_put_null(rows);
	else
		rows_put_boolean(rows, in_force == TRUTH_TRUE);
	put_kept(rows, columns->line);
	rows_put_boolean(rows, entry->in_total);
	rows_put_text(rows, superseded_by);
	rows_put_row(rows);
}

static void
put_question(Rows *rows, const Question *question)
{
	int			i,
				j;

	for (i = 0; i < question->nruns; i++)
	{
		Run		   *run = question->runs[i];
		const Assessed *assessed = assessed_of(question, run->program);
		Line	   *lines = palloc_array(Line, assessed->nlines + 1);
		const char **superseded = palloc_array(const char *, assessed->nlines + 1);
		Lacking    *lacking = lacking_start(run);
		Value		day;
		Truth		in_force = answer_in_force(run, &day);

		lines_read(run, assessed->entries, assessed->nlines, question_is_conditional(question), lines);
		lines_superseded(assessed->entries, lines, assessed->nlines, superseded);
		for (j = 0; j < assessed->nlines; j++)
			put_line(rows, question, run, lacking, &assessed->entries[j], &assessed->columns[j], &lines[j], in_force,
					 superseded[j]);
	}
}

static Datum
assess(FunctionCallInfo fcinfo, int form)
{
	const Question *question = ask_question(fcinfo, form);
	Rows		rows;

	rows_start(fcinfo, &rows);
	if (question)
		put_question(&rows, question);
	return (Datum) 0;
}

/* assess(e, p) → policy, clause, stage, title, kind, eligible, amount, low, high, unit, period, … */
Datum
zjtx_assess_row(PG_FUNCTION_ARGS)
{
	return assess(fcinfo, FORM_ROW);
}

Datum
zjtx_assess_row_name(PG_FUNCTION_ARGS)
{
	return assess(fcinfo, FORM_ROW | FORM_BY_NAME);
}

Datum
zjtx_assess_jsonb(PG_FUNCTION_ARGS)
{
	return assess(fcinfo, FORM_JSONB);
}

Datum
zjtx_assess_jsonb_name(PG_FUNCTION_ARGS)
{
	return assess(fcinfo, FORM_JSONB | FORM_BY_NAME);
}

Datum
zjtx_assess_facts(PG_FUNCTION_ARGS)
{
	return assess(fcinfo, FORM_FACTS);
}

Datum
zjtx_assess_facts_name(PG_FUNCTION_ARGS)
{
	return assess(fcinfo, FORM_FACTS | FORM_BY_NAME);
}

/* ---------------- every document in force ---------------- */

static Datum
assess_all(FunctionCallInfo fcinfo, int form)
{
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext, "zjtx assess", ALLOCSET_DEFAULT_SIZES);
	const Question *question;
	Rows		rows;
	InForceLoop loop = {0};

	rows_start(fcinfo, &rows);
	MemoryContextSwitchTo(scratch);
	while ((question = ask_in_force(fcinfo, form, &loop)) != NULL)
	{
		CHECK_FOR_INTERRUPTS();
		put_question(&rows, question);
		MemoryContextReset(scratch);
	}
	return (Datum) 0;
}

Datum
zjtx_assess_all_row(PG_FUNCTION_ARGS)
{
	return assess_all(fcinfo, FORM_ROW);
}

Datum
zjtx_assess_all_jsonb(PG_FUNCTION_ARGS)
{
	return assess_all(fcinfo, FORM_JSONB);
}
