/*
 * page_examples.c
 *		The examples of a document as a table: given facts and expected answers.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "answers/labelled.h"
#include "language/texts.h"
#include "page.h"

/* ---------------- what is given ---------------- */

/* A literal as people read it; fact is NULL if it is not the value of a fact. */
static char *
value_text(const Page *page, const Fact *fact, const Expression *value)
{
	const Phrases *words = page->words;

	switch (value->kind)
	{
		case EXPR_NONE:
			return pstrdup(words->none);
		case EXPR_UNKNOWN:
			return pstrdup(words->unknown);
		case EXPR_BOOLEAN:
			return pstrdup(value->boolean ? words->yes : words->no);
		case EXPR_TEXT:
			if (fact && fact->texts)
				return psprintf(words->quoted, texts_fact_shown(fact, value->name, strlen(value->name)));
			return psprintf(words->quoted, value->name);
		default:
			return page_source(page, value->span);
	}
}

static bool
is_set(const Expression *row, const Fact *field)
{
	ListCell   *cell;

	foreach(cell, row->args)
		if (strcmp(((const Expression *) lfirst(cell))->name, field->name) == 0)
		return true;
	return false;
}

/* A list of records as a table with a column for each field that is given. */
static void
put_records(Page *page, const Fact *list, const List *records)
{
	List	   *fields = NIL;
	ListCell   *cell;
	ListCell   *inner;

	foreach(cell, list->fields)
		foreach(inner, records)
		if (is_set(lfirst(inner), lfirst(cell)))
	{
		fields = lappend(fields, lfirst(cell));
		break;
	}
	page_put(page, "<table><tr>");
	foreach(cell, fields)
		page_put_element(page, "<th>", labelled_fact(page->words, lfirst(cell)), "</th>");
	page_put(page, "</tr>");
	foreach(cell, records)
	{
		const Expression *record = lfirst(cell);

		CHECK_FOR_INTERRUPTS();
		page_put(page, "<tr>");
		foreach(inner, fields)
		{
			const Fact *field = lfirst(inner);
			ListCell   *set_cell;

			page_put(page, "<td>");
			foreach(set_cell, record->args)
			{
				const Expression *set = lfirst(set_cell);

				if (strcmp(set->name, field->name) == 0)
					page_put_text(page, value_text(page, field, linitial(set->args)));
			}
			page_put(page, "</td>");
		}
		page_put(page, "</tr>");
	}
	page_put(page, "</table>");
}

static void
put_list(Page *page, const Fact *list, const Expression *value)
{
	ListCell   *cell;

	if (value->args == NIL)
		page_put_text(page, page->words->page_empty);
	else if (list == NULL || list->scalars || list->fields == NIL)
	{
		foreach(cell, value->args)
			page_put_element(page, foreach_current_index(cell) > 0 ? page->words->member_comma : "",
							 value_text(page, list && list->fields ? linitial(list->fields) : NULL, lfirst(cell)), "");
	}
	else
		put_records(page, list, value->args);
}

/* name = value, name[year] = value */
static void
put_given(Page *page, const Document *doc, const Expression *set)
{
	const Fact *fact = policy_find_fact(doc, set->name);
	const Expression *value = linitial(set->args);

	page_put_element(page, "<div>", fact ? page_fact(page, fact) : set->name, "");
	if (set->year != 0)
		page_put_text(page, psprintf(page->words->page_in_year, set->year));
	page_put_text(page, page->words->colon);
	if (value->kind == EXPR_ROWS)
		put_list(page, fact, value);
	else
		page_put_text(page, value_text(page, fact, value));
	page_put(page, "</div>");
}

static void
put_all_given(Page *page, const Document *doc, const Example *example)
{
	ListCell   *cell;
	ListCell   *inner;

	if (example->like)
		page_put_element(page, "<div>", psprintf("%s%s", page->words->page_like, phrases_of_title(page->words, example->like)), "</div>");
	foreach(cell, example->given)
		put_given(page, doc, lfirst(cell));
	foreach(cell, example->rows)
	{
		CHECK_FOR_INTERRUPTS();
		page_put_element(page, "<div class=\"row\">", psprintf(page->words->page_row, foreach_current_index(cell) + 1), "</div>");
		foreach(inner, ((const Expression *) lfirst(cell))->args)
			put_given(page, doc, lfirst(inner));
	}
}

/* ---------------- what is expected ---------------- */

static const char *
title_of(const Page *page, const Provision *provision, bool article)
{
	const char *title = provision->title ? provision->title : provision->code;

	if (article && provision->article)
		return psprintf("%s %s", phrases_of_article(page->words, provision->article), title);
	return title;
}

static const char *
stage_title(const Page *page, const Clause *clause, const char *code)
{
	ListCell   *cell;

	foreach(cell, clause->stages)
	{
		const Stage *stage = lfirst(cell);

		if (strcmp(stage->provision.code, code) == 0)
			return title_of(page, &stage->provision, false);
	}
	return code;
}

/* What an expectation is about; for a provision of a used document, its code. */
static const char *
subject_of(const Page *page, const Document *doc, const Expectation *expect)
{
	const Clause *clause;
	const ClauseGroup *group;
	const Selection *selection;
	const ClauseBudget *budget;
	const Rung *rung;

	switch (expect->kind)
	{
		case EXPECT_CLAUSE:
		case EXPECT_STAGE:
			clause = policy_find_clause(doc, expect->code);
			if (clause == NULL)
				break;
			if (expect->kind == EXPECT_CLAUSE)
				return title_of(page, &clause->provision, true);
			return psprintf("%s%s%s", title_of(page, &clause->provision, true), page->words->page_of_clause,
							stage_title(page, clause, expect->stage));
		case EXPECT_GROUP:
			group = policy_find_group(doc, expect->code);
			if (group)
				return title_of(page, &group->provision, true);
			break;
		case EXPECT_SELECTION:
			selection = policy_find_selection(doc, expect->code);
			if (selection)
				return title_of(page, &selection->provision, true);
			break;
		case EXPECT_BUDGET:
			budget = policy_find_budget(doc, expect->code);
			if (budget)
				return title_of(page, &budget->provision, true);
			break;
		case EXPECT_RUNG:
			rung = policy_find_rung(doc, expect->code);
			if (rung)
				return title_of(page, &rung->provision, false);
			break;
		case EXPECT_PLACEMENT:
			return doc->ladder ? doc->ladder : page->words->page_ladder;
		case EXPECT_AMOUNT:
			return page->words->page_amount;
		case EXPECT_NAME:
			return page_shown(page, expect->expr);
		case EXPECT_MISSING:
			return page->words->page_missing;
	}
	return expect->code ? expect->code : page_source(page, expect->span);
}

/* A name that is missing, such as revenue[2023], or the code of a rung. */
static const char *
name_shown(const Page *page, const Document *doc, const Expectation *expect, const char *name)
{
	const Rung *rung = expect->kind == EXPECT_PLACEMENT ? policy_find_rung(doc, name) : NULL;
	const Fact *fact;
	int			length = strcspn(name, "[");

	if (rung)
		return title_of(page, &rung->provision, false);
	fact = expect->kind == EXPECT_MISSING ? policy_find_fact(doc, pnstrdup(name, length)) : NULL;
	return fact ? psprintf("%s%s", page_fact(page, fact), name + length) : name;
}

static void
put_verdict(Page *page, const Document *doc, const Expectation *about, const Expectation *expect)
{
	const Phrases *words = page->words;
	bool		is_name = about->kind == EXPECT_NAME;
	ListCell   *cell;

	switch (expect->verdict)
	{
		case VERDICT_TRUE:
			page_put_text(page, is_name ? words->yes : words->page_holds);
			break;
		case VERDICT_FALSE:
			page_put_text(page, is_name ? words->no : words->page_fails);
			break;
		case VERDICT_UNKNOWN:
			page_put_text(page, words->unknown);
			break;
		case VERDICT_NONE:
			page_put_text(page, about->kind == EXPECT_PLACEMENT ? words->no_placement : words->none);
			break;
		case VERDICT_UNDETERMINED:
			page_put_text(page, words->page_undetermined);
			break;
		case VERDICT_EQUALS:
			page_put_text(page, value_text(page, NULL, expect->low));
			break;
		case VERDICT_BETWEEN:
			page_put_text(page, psprintf(words->page_between, value_text(page, NULL, expect->low), value_text(page, NULL, expect->high)));
			break;
		case VERDICT_NAMES:
			if (expect->names == NIL)
				page_put_text(page, words->none);
			foreach(cell, expect->names)
				page_put_element(page, foreach_current_index(cell) > 0 ? words->member_comma : "",
								 name_shown(page, doc, about, lfirst(cell)), "");
			break;
		case VERDICT_ROWS:
			foreach(cell, expect->rows)
			{
				page_put_element(page, "<div>", psprintf(words->page_row, foreach_current_index(cell) + 1), words->colon);
				put_verdict(page, doc, about, lfirst(cell));
				page_put(page, "</div>");
			}
			break;
	}
}

void
page_put_examples(Page *page, const Document *doc)
{
	ListCell   *cell;
	ListCell   *inner;

	page_put_element(page, "<table class=\"examples\"><tr><th>", page->words->page_example, "</th>");
	page_put_element(page, "<th>", page->words->page_given, "</th>");
	page_put_element(page, "<th>", page->words->page_expected, "</th></tr>\n");
	foreach(cell, doc->examples)
	{
		const Example *example = lfirst(cell);

		CHECK_FOR_INTERRUPTS();
		page_put_element(page, "<tr><td>", example->title, "</td><td>");
		put_all_given(page, doc, example);
		page_put(page, "</td><td>");
		foreach(inner, example->expect)
		{
			const Expectation *expect = lfirst(inner);

			page_put_element(page, "<div>", subject_of(page, doc, expect), page->words->colon);
			put_verdict(page, doc, expect, expect);
			page_put(page, "</div>");
		}
		page_put(page, "</td></tr>\n");
	}
	page_put(page, "</table>\n");
}
