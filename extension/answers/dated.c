/*
 * dated.c
 *		What a document answers on one day, kept to be compared with other days.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/fmgrprotos.h"

#include "engine/value.h"
#include "dated.h"
#include "rows.h"

/* ---------------- taking ---------------- */

void
dated_document_lines(const Program *program, DocumentLines *lines)
{
	int			i;

	lines->nlines = lines_of(program, &lines->entries);
	lines->keys = palloc_array(char *, lines->nlines + 1);
	for (i = 0; i < lines->nlines; i++)
		lines->keys[i] = line_key(&lines->entries[i]);
}

static List *
names_of(Run *run, const Bitmapset *facts)
{
	List	   *names = NIL;
	int			fact = -1;

	while ((fact = bms_next_member(facts, fact)) >= 0)
		names = lappend(names, run_missing_name(run, fact));
	return names;
}

static void
take_definition(Run *run, DatedLine *line)
{
	line->key = run->program->doc->part;
	line->type = run->program->value_type;
	line->value = *run_value(run, run->program->value);
	if (!value_decided(&line->value, line->type))
		line->missing = names_of(run, run_missing(run, run->program->value, NULL));
}

Dated *
dated_take(const Question *question, const DocumentLines *lines)
{
	Dated	   *dated = palloc0(sizeof(Dated));
	Run		   *run;
	Line	   *said;
	const char **superseded;
	Lacking    *lacking;
	Value		day;
	Truth		in_force;
	int			i;

	Assert(!question_is_conditional(question));
	if (question->nruns == 0)
		return dated;
	run = question->runs[0];
	in_force = answer_in_force(run, &day);
	said = palloc_array(Line, lines->nlines + 1);
	superseded = palloc_array(const char *, lines->nlines + 1);
	lines_read(run, lines->entries, lines->nlines, false, said);
	lines_superseded(lines->entries, said, lines->nlines, superseded);
	lacking = lacking_start(run);
	dated->lines = palloc0_array(DatedLine, lines->nlines + 1);
	for (i = 0; i < lines->nlines; i++)
	{
		DatedLine  *line = &dated->lines[i];

		line->key = lines->keys[i];
		line->entry = &lines->entries[i];
		line->line = said[i];
		line->in_force = in_force;
		line->missing = line_missing(lacking, line->entry, &line->line, false);
		line->reservations = line_reservations(run, line->entry, &line->line);
		line->superseded_by = superseded[i];
	}
	dated->nlines = lines->nlines;
	if (run->program->value >= 0)
	{
		take_definition(run, &dated->lines[dated->nlines]);
		dated->lines[dated->nlines++].in_force = in_force;
	}
	lacking_end(lacking);
	pfree(said);
	pfree(superseded);
	return dated;
}

/* ---------------- comparing ---------------- */

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* The period of a line that is not satisfied does not matter. */
static bool
same_answer(const Line *a, const Line *b)
{
	if (a->truth != b->truth || a->status != b->status || (a->truth != TRUTH_FALSE && a->period != b->period) ||
		a->pays != b->pays || a->has_amount != b->has_amount || a->unbounded != b->unbounded)
		return false;
	if (a->has_amount && number_compare(&a->amount, &b->amount) != 0)
		return false;
	return !a->pays || (number_compare(&a->low, &b->low) == 0 &&
						(a->unbounded || number_compare(&a->high, &b->high) == 0));
}

/* Compares the parts of a line that can differ between versions of a series. */
static bool
same_entry(const LineEntry *a, const LineEntry *b)
{
	if (a == b)
		return true;
	return a && b && a->in_total == b->in_total && same_text(a->unit, b->unit) &&
		(a->rung ? a->rung->rung->level : 0) == (b->rung ? b->rung->rung->level : 0);
}

bool
dated_line_same(const DatedLine *a, const DatedLine *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return same_answer(&a->line, &b->line) && same_entry(a->entry, b->entry) && a->in_force == b->in_force &&
		rows_same_texts(a->missing, b->missing) && rows_same_texts(a->reservations, b->reservations) &&
		same_text(a->superseded_by, b->superseded_by) &&
		a->type == b->type &&
		(a->entry || value_same(&a->value, &b->value, a->type) || (a->type == TYPE_TEXT && !a->value.known && !b->value.known));
}

const DatedLine *
dated_find(const Dated *dated, const char *key, int place)
{
	int			i;

	if (place < dated->nlines && strcmp(dated->lines[place].key, key) == 0)
		return &dated->lines[place];
	for (i = 0; i < dated->nlines; i++)
		if (strcmp(dated->lines[i].key, key) == 0)
			return &dated->lines[i];
	return NULL;
}

bool
dated_same(const Dated *a, const Dated *b)
{
	int			i;

	if (a->nlines != b->nlines)
		return false;
	for (i = 0; i < a->nlines; i++)
		if (!dated_line_same(&a->lines[i], dated_find(b, a->lines[i].key, i)))
			return false;
	return true;
}

/* ---------------- in words ---------------- */

static char *
decimal_text(const Number *number, int decimals)
{
	Datum		numeric = NumericGetDatum(number_to_numeric(number, decimals));

	if (decimals > 2)
		numeric = DirectFunctionCall1(numeric_trim_scale, numeric);
	return DatumGetCString(DirectFunctionCall1(numeric_out, numeric));
}

/* Appends a number, or the range from low to high, of which NULL is open. */
static void
put_range(StringInfo text, const Number *low, const Number *high, int decimals, const char *unit)
{
	unit = unit ? psprintf(" %s", unit) : "";
	if (low && high && number_compare(low, high) == 0)
		appendStringInfo(text, " %s%s", decimal_text(low, decimals), unit);
	else if (low && high)
		appendStringInfo(text, " %s to %s%s", decimal_text(low, decimals), decimal_text(high, decimals), unit);
	else if (low)
		appendStringInfo(text, " %s%s or more", decimal_text(low, decimals), unit);
	else if (high)
		appendStringInfo(text, " %s%s or less", decimal_text(high, decimals), unit);
}

static void
put_answer(StringInfo text, const LineEntry *entry, const Line *line)
{
	if (line->truth == TRUTH_TRUE && line->status == LINE_UNDECIDED)
		appendStringInfoString(text, "eligible, ");
	appendStringInfoString(text, line_status_name(line->status));
	if (line->pays && line->truth != TRUTH_FALSE && line->status != LINE_UNDETERMINED)
		put_range(text, &line->low, line->unbounded ? NULL : &line->high, 2, entry->unit);
	if (entry->rung)
		appendStringInfo(text, " level %d", entry->rung->rung->level);
	if (line->period != 0 && line->truth != TRUTH_FALSE)
		appendStringInfo(text, " in %d", line->period);
}

static void
put_definition(StringInfo text, const Value *value, ValueType type)
{
	if (type == TYPE_BOOLEAN)
		appendStringInfoString(text, value->truth == TRUTH_TRUE ? "true" : value->truth == TRUTH_FALSE ? "false"
							   : "undecided");
	else if (is_none(value))
		appendStringInfoString(text, "none");
	else if (!value->known)
	{
		appendStringInfoString(text, "undecided");
		if (type == TYPE_NUMBER)
			put_range(text, low_of(value), high_of(value), 20, NULL);
	}
	else if (type == TYPE_NUMBER)
		appendStringInfoString(text, decimal_text(&value->low, 20));
	else if (type == TYPE_DATE)
		appendStringInfoString(text, date_text(value->day));
	else if (type == TYPE_TEXT)
		appendBinaryStringInfo(text, value->text, value->length);
}

static void
put_texts(StringInfo text, const char *label, const List *texts)
{
	ListCell   *cell;

	foreach(cell, texts)
	{
		appendStringInfo(text, "%s%s", foreach_current_index(cell) == 0 ? label : ", ", (char *) lfirst(cell));
	}
}

char *
dated_line_text(const DatedLine *line)
{
	StringInfoData text;

	initStringInfo(&text);
	if (line->entry)
		put_answer(&text, line->entry, &line->line);
	else
		put_definition(&text, &line->value, line->type);
	put_texts(&text, "; missing ", line->missing);
	put_texts(&text, "; should ", line->reservations);
	if (line->superseded_by)
		appendStringInfo(&text, "; superseded by %s", line->superseded_by);
	if (line->in_force == TRUTH_FALSE)
		appendStringInfoString(&text, "; not in force");
	return text.data;
}
