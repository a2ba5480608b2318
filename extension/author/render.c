/*
 * render.c
 *		render(p): a document as one page of HTML for people.
 *
 * The page is self-contained: it has no script, image or font.  Every text of the
 * document is escaped, and the page's content security policy forbids scripts.
 */
#include "postgres.h"

#include "compat.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "answers/labelled.h"
#include "messages.h"
#include "page.h"

ZJTX_FUNCTION(zjtx_render);

static const char style[] =
"body{font:16px/1.6 \"Noto Serif CJK SC\",\"Source Han Serif SC\",SimSun,serif;color:#1a1a1a;margin:0 auto;max-width:70rem;padding:1rem}"
"h1{font-size:1.6rem;line-height:1.3;margin:1.5rem 0 .5rem}h2{font-size:1.2rem;border-bottom:2px solid #8a1f1f;margin:2rem 0 .5rem}"
"h3{font-size:1rem;margin:0 0 .4rem}.code{color:#777;font:.8rem monospace}"
".provision{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:.2rem 1.5rem;border-bottom:1px solid #ddd;padding:.8rem 0}"
".provision>h3{grid-column:1/-1}.provision>div:empty{display:none}.provision>div:empty+div,.provision:not(:has(dt,.note,table))>div{grid-column:1/-1}"
".stage{margin-left:1rem}blockquote{margin:0;color:#333}.offices,.note,.summary{font-size:.85rem;color:#555;margin:.3rem 0 0}"
"dl{margin:0;display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.2rem .7rem}dt{color:#8a1f1f}dd{margin:0;overflow-wrap:anywhere}"
"table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.3rem 0}th,td{border:1px solid #ccc;padding:.2rem .5rem;text-align:left;vertical-align:top;overflow-wrap:break-word}"
"th{background:#f5f1ea}.facts{table-layout:fixed}.facts th:first-child{width:30%}.facts th:nth-child(2){width:24%}.facts th:nth-child(3){width:11%}.row{color:#8a1f1f}.examples>tbody>tr>td:first-child{width:22%}.examples>tbody>tr>td:last-child{width:33%}td table{font-size:.95em}dl+blockquote{margin-top:.5rem}"
"@media(max-width:42rem){.provision{grid-template-columns:minmax(0,1fr)}th,td{padding:.1rem .25rem;overflow-wrap:anywhere}td table{font-size:.8em}}"
"@media print{body{max-width:none;font-size:10.5pt}h2,h3{break-after:avoid}tr,dl,.note,.summary,.offices{break-inside:avoid}table{font-size:8.5pt}}";

static void
put_expression(Page *page, const char *name, const Expression *expr)
{
	if (expr)
		page_put_property(page, name, page_shown(page, expr));
}

static void
put_expressions(Page *page, const char *name, const List *exprs)
{
	ListCell   *cell;

	foreach(cell, exprs)
		put_expression(page, name, lfirst(cell));
}

/* ---------------- bands ---------------- */

/* A band as a table: the steps, and the results. */
static void
put_band(Page *page, const Expression *band)
{
	ListCell   *cell;

	page_put(page, "<table><tr>");
	page_put_element(page, "<th>", page_shown(page, linitial(band->args)), "</th>");
	page_put_element(page, "<th>", page->words->page_result, "</th></tr>\n");
	for_each_from(cell, band->args, 1)
	{
		const Expression *arm = lfirst(cell);
		const Expression *value = linitial(arm->args);
		char	   *text = page_shown(page, arm);
		char	   *result = page_shown(page, value);
		Span		step = {arm->span.start, value->span.start};

		if (list_length(arm->args) == 1)
			text = pstrdup(page->words->page_otherwise);
		else
		{
			/* the step, up to its "then" */
			Expression	condition = *arm;

			step.end = ((const Expression *) llast(arm->args))->span.end;
			condition.span = step;
			text = page_shown(page, &condition);
		}
		page_put_element(page, "<tr><td>", text, "</td>");
		page_put_element(page, "<td>", result, "</td></tr>\n");
	}
	page_put(page, "</table>\n");
}

static void
put_bands(const Expression *expr, void *page)
{
	if (expr == NULL)
		return;
	if (expr->kind == EXPR_BAND)
		put_band(page, expr);
	expr_walk(expr, put_bands, page);
}

/* ---------------- provisions ---------------- */

/* Opens a provision: its heading, and its text on one side. */
static void
begin_provision(Page *page, const Provision *provision, const char *kind, bool stage)
{
	ListCell   *cell;

	page_put(page, stage ? "<section class=\"provision stage\"><h3>" : "<section class=\"provision\"><h3>");
	if (provision->article && !stage)
		page_put_element(page, "", phrases_of_article(page->words, provision->article), " ");
	page_put_text(page, provision->title ? provision->title : provision->code);
	if (kind)
		page_put_text(page, psprintf(page->words->aside, kind));
	page_put_element(page, " <span class=\"code\">", provision->code, "</span></h3>\n<div>");
	if (provision->wording)
		page_put_element(page, "<blockquote>", provision->wording, "</blockquote>\n");
	if (provision->summary)
		page_put_element(page, "<p class=\"summary\">", provision->summary, "</p>\n");
	if (provision->offices)
	{
		page_put_element(page, "<p class=\"offices\">", page->words->offices, "");
		foreach(cell, provision->offices)
			page_put_element(page, foreach_current_index(cell) > 0 ? page->words->member_comma : "", lfirst(cell), "");
		page_put(page, "</p>\n");
	}
	page_put(page, "</div>\n<div><dl>\n");
}

static void
put_notes(Page *page, const Provision *provision)
{
	ListCell   *cell;

	foreach(cell, provision->notes)
	{
		const Note *note = lfirst(cell);

		page_put_element(page, "<p class=\"note\">", note->code ? psprintf(page->words->reading, note->code) : page->words->note, "");
		page_put_element(page, "", note->text, "</p>\n");
	}
}

static void
end_provision(Page *page, const Provision *provision, const Expression *bands)
{
	page_put(page, "</dl>\n");
	put_bands(bands, page);
	put_notes(page, provision);
	page_put(page, "</div></section>\n");
}

static void
put_stage(Page *page, const Stage *stage)
{
	begin_provision(page, &stage->provision, page->words->stage, true);
	put_expression(page, page->words->page_on, stage->on);
	put_expression(page, page->words->page_when, stage->when);
	put_expression(page, page->words->page_pay, stage->pay);
	end_provision(page, &stage->provision, stage->pay);
}

static void
put_clause(Page *page, const Clause *clause)
{
	const Phrases *words = page->words;
	const char *kind = phrases_of_kind(words, clause->kind);
	ListCell   *cell;

	begin_provision(page, &clause->provision, clause->per_year ? psprintf(words->per_year, kind) : kind, false);
	put_expression(page, words->page_when, clause->when);
	put_expressions(page, words->page_should, clause->should);
	put_expression(page, words->page_pay, clause->pay);
	if (clause->undetermined)
		page_put_property(page, words->page_pay, words->page_undetermined);
	put_expression(page, words->page_cap, clause->cap);
	put_expression(page, words->page_cap_in_all, clause->cap_in_all);
	end_provision(page, &clause->provision, clause->pay);
	foreach(cell, clause->stages)
		put_stage(page, lfirst(cell));
}

static void
put_rungs(Page *page, const Document *doc)
{
	ListCell   *cell;

	foreach(cell, doc->rungs)
	{
		const Rung *rung = lfirst(cell);

		begin_provision(page, &rung->provision, psprintf(page->words->level, rung->level), false);
		put_expression(page, page->words->page_when, rung->when);
		put_expressions(page, page->words->page_should, rung->should);
		end_provision(page, &rung->provision, NULL);
	}
}

/* Definitions, or scores. */
static void
put_defines(Page *page, const Document *doc, bool scores)
{
	bool		any = false;
	ListCell   *cell;

	foreach(cell, doc->defines)
	{
		const Define *define = lfirst(cell);

		if (define->is_score != scores)
			continue;
		if (!any)
			page_put_element(page, "<h2>", scores ? page->words->page_scores : page->words->page_definitions, "</h2>\n");
		any = true;
		begin_provision(page, &define->provision, NULL, false);
		if (define->expr->kind != EXPR_BAND)
			put_expression(page, page->words->page_is, define->expr);
		end_provision(page, &define->provision, define->expr);
	}
}

static void
put_groups(Page *page, const Document *doc)
{
	ListCell   *cell;

	foreach(cell, doc->groups)
	{
		const ClauseGroup *group = lfirst(cell);
		StringInfoData members;
		ListCell   *inner;

		initStringInfo(&members);
		foreach(inner, group->members)
			appendStringInfo(&members, "%s%s", members.len > 0 ? page->words->member_comma : "",
							 ((const GroupMember *) lfirst(inner))->code);
		begin_provision(page, &group->provision, group->best ? page->words->best_of : page->words->sum_of, false);
		page_put_property(page, page->words->page_members, members.data);
		put_expression(page, page->words->page_cap, group->cap);
		put_expression(page, page->words->page_cap_in_all, group->cap_in_all);
		end_provision(page, &group->provision, NULL);
	}
}

/* Puts a statement whose rule is in its first line, as it is written. */
static void
put_as_written(Page *page, const Provision *provision)
{
	begin_provision(page, provision, NULL, false);
	page_put_property(page, page->words->page_is, page_source(page, provision->span));
	end_provision(page, provision, NULL);
}

static void
put_across(Page *page, const Document *doc)
{
	ListCell   *cell;

	foreach(cell, doc->populations)
		put_as_written(page, &((const Population *) lfirst(cell))->provision);
	foreach(cell, doc->selections)
		put_as_written(page, &((const Selection *) lfirst(cell))->provision);
	foreach(cell, doc->budgets)
		put_as_written(page, &((const ClauseBudget *) lfirst(cell))->provision);
}

static void
put_row(Page *page, const char *key, const TableRow *row)
{
	ListCell   *cell;

	page_put_element(page, "<tr><td>", key, "</td>");
	foreach(cell, row->cells)
		page_put_element(page, "<td>", page_source(page, ((const Expression *) lfirst(cell))->span), "</td>");
	page_put(page, "</tr>\n");
}

static void
put_tables(Page *page, const Document *doc)
{
	ListCell   *cell;
	ListCell   *inner;

	foreach(cell, doc->tables)
	{
		const Table *table = lfirst(cell);

		begin_provision(page, &table->provision, NULL, false);
		page_put(page, "</dl><table><tr><th></th>");
		foreach(inner, table->columns)
			page_put_element(page, "<th>", ((const Fact *) lfirst(inner))->name, "</th>");
		page_put(page, "</tr>\n");
		foreach(inner, table->rows)
		{
			const TableRow *row = lfirst(inner);

			put_row(page, page_source(page, row->key->span), row);
		}
		if (table->otherwise)
			put_row(page, page->words->page_otherwise, table->otherwise);
		page_put(page, "</table><dl>\n");
		end_provision(page, &table->provision, NULL);
	}
}

static void
put_targets(Page *page, const Document *doc)
{
	ListCell   *cell;

	foreach(cell, doc->targets)
	{
		const Target *target = lfirst(cell);
		StringInfoData goals;
		ListCell   *inner;

		initStringInfo(&goals);
		foreach(inner, target->goals)
		{
			const Goal *goal = lfirst(inner);

			appendStringInfo(&goals, "%s%s%s", goals.len > 0 ? page->words->semicolon : "",
							 goal->year ? psprintf("%d%s", goal->year, page->words->colon) : "", page_source(page, goal->value->span));
		}
		begin_provision(page, &target->provision, unit_name(target->unit), false);
		page_put_property(page, page->words->page_goals, goals.data);
		put_expression(page, page->words->page_when, target->count);
		end_provision(page, &target->provision, NULL);
	}
}

static void
put_services(Page *page, const Document *doc)
{
	ListCell   *cell;

	foreach(cell, doc->services)
	{
		const Service *service = lfirst(cell);

		begin_provision(page, &service->provision, NULL, false);
		end_provision(page, &service->provision, NULL);
	}
}

/* ---------------- facts ---------------- */

/* Returns the kind of a fact for its cell: the unit of a number, else the type. */
static const char *
kind_of_fact(const Page *page, const Fact *fact)
{
	switch (fact->type)
	{
		case TYPE_BOOLEAN:
			return page->words->page_boolean;
		case TYPE_DATE:
			return page->words->page_date;
		case TYPE_TEXT:
			return page->words->page_text;
		case TYPE_LIST:
			return page->words->page_list;
		default:
			return unit_name(fact->unit);
	}
}

static void
put_facts(Page *page, const Document *doc)
{
	ListCell   *cell;
	ListCell   *inner;

	page_put_element(page, "<table class=\"facts\"><tr><th>", page->words->page_label, "</th>");
	page_put_element(page, "<th>", page->words->page_name, "</th>");
	page_put_element(page, "<th>", page->words->page_unit, "</th>");
	page_put_element(page, "<th>", page->words->page_values, "</th></tr>\n");
	foreach(cell, doc->facts)
	{
		const Fact *fact = lfirst(cell);

		if (fact->index == 0 || fact->declared_by)
			continue;
		page_put_element(page, "<tr><td>", fact->label ? fact->label : "", "</td>");
		page_put_element(page, "<td class=\"code\">", fact->name, "</td>");
		page_put_element(page, "<td>", kind_of_fact(page, fact), "</td><td>");
		foreach(inner, fact->values)
		{
			const TextValue *value = lfirst(inner);

			page_put_element(page, foreach_current_index(inner) > 0 ? page->words->member_comma : "",
							 value->labels ? ((const TextLabel *) linitial(value->labels))->text : value->text, "");
		}
		foreach(inner, fact->fields)
		{
			const Fact *field = lfirst(inner);

			if (!fact->scalars)
				page_put_element(page, foreach_current_index(inner) > 0 ? page->words->member_comma : "",
								 labelled_fact(page->words, field), "");
		}
		page_put(page, "</td></tr>\n");
	}
	page_put(page, "</table>\n");
}

/* ---------------- the page ---------------- */

static void
put_header(Page *page, const Document *doc)
{
	const Phrases *words = page->words;
	ListCell   *cell;

	page_put_element(page, "<h1>", doc->provision.title, "</h1>\n<dl>\n");
	page_put_property(page, words->page_number, doc->number);
	page_put_property(page, words->page_issuer, doc->issuer);
	if (doc->has_issued)
		page_put_property(page, words->page_issued, date_text(doc->issued));
	if (doc->has_from)
		page_put_property(page, words->page_from, doc->has_until
						  ? psprintf("%s %s %s", date_text(doc->from), words->page_through, date_text(doc->until - 1))
						  : date_text(doc->from));
	foreach(cell, doc->repeals)
		page_put_property(page, words->page_repeals, lfirst(cell));
	page_put_property(page, words->page_source, doc->source);
	page_put_property(page, words->page_summary, doc->provision.summary);
	page_put(page, "</dl>\n");
	if (doc->provision.wording)
		page_put_element(page, "<blockquote>", doc->provision.wording, "</blockquote>\n");
	put_notes(page, &doc->provision);
}

static void
put_heading(Page *page, const List *list, const char *heading)
{
	if (list)
		page_put_element(page, "<h2>", heading, "</h2>\n");
}

static void
put_document(Page *page, const Document *doc)
{
	const Phrases *words = page->words = phrases_of(doc, page->policy->text);
	ListCell   *cell;

	if (doc->bare)
	{
		page_put_element(page, "<p>", page_shown(page, ((const Clause *) linitial(doc->clauses))->when), "</p>\n");
		return;
	}
	put_header(page, doc);
	put_heading(page, doc->clauses, words->page_clauses);
	foreach(cell, doc->clauses)
		put_clause(page, lfirst(cell));
	put_heading(page, doc->groups, words->page_groups);
	put_groups(page, doc);
	put_heading(page, doc->rungs, doc->ladder ? doc->ladder : words->page_ladder);
	put_rungs(page, doc);
	put_heading(page, list_concat_copy(list_concat_copy(doc->populations, doc->selections), doc->budgets),
				words->page_across);
	put_across(page, doc);
	put_heading(page, doc->tables, words->page_tables);
	put_tables(page, doc);
	put_defines(page, doc, false);
	put_defines(page, doc, true);
	put_heading(page, doc->targets, words->page_targets);
	put_targets(page, doc);
	put_heading(page, doc->services, words->page_services);
	put_services(page, doc);
	put_heading(page, doc->facts, words->page_facts);
	put_facts(page, doc);
	put_heading(page, doc->examples, words->page_examples);
	if (doc->examples)
		page_put_examples(page, doc);
}

/* render(policy) → text, HTML */
Datum
zjtx_render(PG_FUNCTION_ARGS)
{
	Page		page;
	const Document *first;
	ListCell   *cell;

	page.policy = policy_read(text_to_cstring(PG_GETARG_TEXT_PP(0)), NULL);
	first = linitial(page.policy->documents);
	page.words = phrases_of(first, page.policy->text);
	initStringInfo(&page.html);
	page_put_element(&page, "<!DOCTYPE html>\n<html lang=\"", page.words->page_language, "\">\n<head>\n<meta charset=\"utf-8\">\n"
					 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
					 "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
	page_put_element(&page, "", first->bare ? "zjtx" : first->provision.title, "</title>\n<style>");
	page_put(&page, style);
	page_put(&page, "</style>\n</head>\n<body>\n");
	foreach(cell, page.policy->documents)
		put_document(&page, lfirst(cell));
	page_put(&page, "</body>\n</html>\n");
	PG_RETURN_TEXT_P(cstring_to_text_with_len(page.html.data, page.html.len));
}
