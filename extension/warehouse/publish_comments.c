/*
 * publish_comments.c
 *		Comments of a published view and its columns, in the language of the document.
 *
 * A comment begins with a name of the column for people, which ends at the first full
 * stop.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "facts/bind.h"
#include "publish.h"
#include "relation.h"

static const Phrases *
words_of(const Compiled *compiled, const Document *doc)
{
	return phrases_of(doc, compiled->policy->text);
}

const Phrases *
published_words(const Compiled *compiled)
{
	return words_of(compiled, linitial(compiled->policy->documents));
}

/*
 * Appends the title of the clause and of the stage; in Chinese, where neither has one, the
 * article or the code.
 */
static void
append_titles(StringInfo comment, const Phrases *words, const LineEntry *entry)
{
	const Provision *clause = entry->clause ? &entry->clause->clause->provision : entry->provision;
	const char *title = clause->title;
	const char *stage = entry->stage ? entry->provision->title : NULL;

	if (title == NULL && stage == NULL && words->chinese && entry->code)
		title = clause->article ? phrases_of_article(words, clause->article) : psprintf("%s %s", words->clause, entry->code);
	if (title == NULL && stage == NULL)
		return;
	appendStringInfoString(comment, title == NULL ? stage : stage == NULL ? title :
						   psprintf(words->published_titles, title, stage));
	appendStringInfoString(comment, words->published_stop);
}

/* Appends the wording of the article, who decides and who pays, one to a line. */
static void
append_wording(StringInfo comment, const Phrases *words, const LineEntry *entry)
{
	const char *wording = entry->provision->wording;
	ListCell   *cell;

	if (wording == NULL && entry->stage)
		wording = entry->clause->clause->provision.wording;
	if (wording)
	{
		appendStringInfoChar(comment, '\n');
		appendStringInfo(comment, words->wording, wording);
	}
	foreach(cell, line_offices(entry))
	{
		appendStringInfo(comment, "%s%s", foreach_current_index(cell) > 0 ? words->member_comma
						 : psprintf("\n%s", words->offices), (char *) lfirst(cell));
	}
}

/* Appends a description of the amount. */
static void
append_amount(StringInfo comment, const Phrases *words, const LineEntry *entry, const char *whole)
{
	const Provision *clause = entry->clause ? &entry->clause->clause->provision : entry->provision;

	appendStringInfo(comment, words->published_in_unit, entry->unit);
	if (entry->group ? entry->group->group->per_year : entry->clause->clause->per_year)
		appendStringInfoString(comment, words->published_per_year);
	if (entry->stage)
		appendStringInfo(comment, words->published_part,
						 words->chinese && clause->title ? phrases_of_title(words, clause->title) : whole);
	if (entry->outer >= 0)
		appendStringInfoString(comment, words->published_not_added);
}

char *
published_line_comment(const Compiled *compiled, const Document *doc, const LineEntry *entry, bool amount, const char *whole)
{
	const Phrases *words = words_of(compiled, doc);
	char	   *citation = line_citation(doc, entry);
	StringInfoData buf;

	initStringInfo(&buf);
	append_titles(&buf, words, entry);
	if (amount)
		append_amount(&buf, words, entry, whole);
	else if (entry->rung)
		appendStringInfo(&buf, words->published_rung, entry->rung->rung->level);
	else
		appendStringInfoString(&buf, entry->unit ? words->published_no_figure : words->published_satisfied);
	appendStringInfoString(&buf, words->published_null);
	if (citation)
		appendStringInfo(&buf, words->published_citation, citation);
	if (!doc->bare)
		append_wording(&buf, words, entry);
	return buf.data;
}

/*
 * The label and the unit of the fact that a column of the table gives, such as
 * 上年度主营业务收入（元）.
 */
char *
published_fact_comment(const Compiled *compiled, TupleDesc table, int column)
{
	int			i,
				j;

	for (i = 0; i < compiled->nprograms; i++)
	{
		const Program *program = compiled->programs[i];

		for (j = 0; j < program->nfacts; j++)
		{
			const Fact *fact = program->facts[j];
			const char *unit;

			CHECK_FOR_INTERRUPTS();
			if (fact->label == NULL || fact->by_year || fact_column(table, fact) != column)
				continue;
			unit = unit_name(fact->unit);

			/* a column of a fact in % has fractions: 0.08 is 8% */
			return *unit == '\0' || strcmp(unit, "%") == 0 ? pstrdup(fact->label) : psprintf("%s（%s）", fact->label, unit);
		}
	}
	return NULL;
}

/* Appends the day for which the view judges. */
static void
append_day(StringInfo comment, const Phrases *words, const Compiled *compiled, bool by_name, TupleDesc table)
{
	const Policy *policy = compiled->policy;
	int			column = fact_column(table, compiled->programs[0]->facts[0]);
	const char *day = by_name ? words->published_day_of_session : words->published_no_day;

	if (policy->has_as_of && (column == 0 || !policy->as_of_default))
		day = date_text(policy->as_of);
	else if (column > 0)
		day = psprintf(words->published_day_of_row, quote_identifier(NameStr(TupleDescAttr(table, column - 1)->attname)));
	appendStringInfo(comment, words->published_judged, day);
}

char *
published_view_comment(const Compiled *compiled, const char *name, TupleDesc table, const char *account)
{
	const Phrases *words = published_words(compiled);
	StringInfoData buf;
	ListCell   *cell;

	initStringInfo(&buf);
	foreach(cell, compiled->policy->documents)
	{
		const Document *doc = lfirst(cell);

		if (doc->bare)
			continue;
		appendStringInfo(&buf, "%s《%s》", buf.len > 0 ? "，" : "", doc->provision.title);
		if (doc->number)
			appendStringInfo(&buf, "（%s）", doc->number);
	}
	if (buf.len > 0)
		appendStringInfoString(&buf, words->chinese ? words->published_stop : " ");
	appendStringInfo(&buf, name ? words->published_by_name : words->published_by_value, name ? name : compiled->name);
	append_day(&buf, words, compiled, name != NULL, table);
	if (account)
		appendStringInfo(&buf, words->published_account, account);
	return buf.data;
}
