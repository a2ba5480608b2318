/*
 * print.c
 *		Prints an explanation as text, with a line for each node.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "engine/value.h"
#include "language/names.h"
#include "print.h"

static const char *
mark(Truth truth)
{
	return truth == TRUTH_TRUE ? "√" : truth == TRUTH_FALSE ? "×" : "?";
}

static void
start_line(Printer *printer, int indent)
{
	if (printer->buf.len > 0)
		appendStringInfoChar(&printer->buf, '\n');
	appendStringInfoSpaces(&printer->buf, indent * 2);
}

/* ---------------- lines ---------------- */

static void
put_policy(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	if (node->title)
		appendStringInfoString(buf, node->title);
	if (node->number)
		appendStringInfo(buf, words->aside, node->number);
	if (node->has_day)
		appendStringInfo(buf, words->version, node->code, date_text(node->day));
	if (node->has_value)
	{
		appendStringInfo(buf, "%s%s", node->title ? words->comma : "", words->as_of);
		explain_put_value(printer, node);
	}
	if (node->outside)
		appendStringInfo(buf, node->no_longer ? words->no_longer_in_force : words->not_yet_in_force,
						 date_text(node->force_day));
}

static void
put_stage_day(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	if (is_none(&node->value))
		appendStringInfoString(buf, words->no_day);
	else
	{
		if (words->event_day)
			appendStringInfo(buf, "%s ", words->event_day);
		explain_put_value(printer, node);
		if (node->needed && node->value.known)
			appendStringInfo(buf, words->after, node->needed);
		else if (node->needed && strcmp(node->needed, words->unknown) != 0)
			appendStringInfo(buf, words->needed_compare, node->operator, node->needed);
	}
}

static void
put_no_version(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	if (node->count == 0)
		appendStringInfo(buf, node->alone ? words->not_in_force : words->no_version, node->code,
						 explain_value_text(words, &node->value, TYPE_DATE, UNIT_FREE, NULL, NULL));
	else
		appendStringInfo(buf, node->alone ? words->perhaps_in_force : words->perhaps_no_version, node->code);
}

static void
put_document_amount(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	appendStringInfoString(buf, words->amount);
	explain_put_amount(printer, &node->amount, NULL);
}

/* An amount, with the year of a line per year. */
static void
put_year_amount(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;

	if (node->has_day)
		appendStringInfo(&printer->buf, words->in_year, explain_amount_text(words, &node->amount, node->clause),
						 date_year(node->day));
	else
		explain_put_amount(printer, &node->amount, node->clause);
}

static void
put_group(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	explain_put_provision(printer, node, words->group);
	appendStringInfo(buf, "%s%s", words->colon, node->best ? words->best_of : words->sum_of);
	if (node->has_amount)
	{
		appendStringInfoString(buf, words->comma);
		put_year_amount(printer, node);
	}
}

static void
put_member(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	if (!words->chinese || node->title == NULL)
		appendStringInfoString(buf, node->code);
	if (node->title)
		appendStringInfoString(buf, phrases_of_title(words, node->title));
	appendStringInfoString(buf, words->colon);
	explain_put_amount(printer, &node->amount, NULL);
	if (node->chosen)
		appendStringInfoString(buf, words->highest_member);
}

static void
put_clause(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	if (node->code == NULL)
		appendStringInfoString(buf, node->expression ? node->expression : words->rule);
	else
		explain_put_provision(printer, node, words->clause);
	if (node->clause->has_kind && node->code)
	{
		const char *kind = phrases_of_kind(words, node->clause->kind);

		appendStringInfoString(buf, words->colon);
		appendStringInfo(buf, node->clause->per_year ? words->per_year : "%s", kind);
	}
	if (node->has_amount)
	{
		appendStringInfoString(buf, words->comma);
		put_year_amount(printer, node);
	}
}

static void
put_stage(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	explain_put_provision(printer, node, words->stage);
	if (node->has_value || node->has_amount)
		appendStringInfoString(buf, words->colon);
	if (node->has_value && node->type == TYPE_LIST)
		explain_put_value(printer, node);
	else if (node->has_value)
		put_stage_day(printer, node);
	if (node->has_amount)
	{
		if (node->has_value)
			appendStringInfoString(buf, words->comma);
		explain_put_amount(printer, &node->amount, node->clause);
	}
}

static void
put_pay(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	appendStringInfo(buf, "%s%s", words->pay, node->band && !node->name ? "" : " ");
	explain_put_money(printer, node);
	explain_put_band(printer, node);
}

static void
put_cap(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	appendStringInfoString(buf, words->cap);
	explain_put_money(printer, node);
	if (node->in_all)
		appendStringInfoString(buf, words->cap_in_all);
	if (node->capped == TRUTH_FALSE)
		appendStringInfoString(buf, words->cap_not_reached);
	else
		appendStringInfo(buf, node->capped == TRUTH_TRUE ? words->cap_reached : words->cap_perhaps_reached,
						 explain_amount_text(words, &node->before, node->clause));
}

static void
put_budget(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	explain_put_provision(printer, node, words->budget);
	appendStringInfo(buf, words->budget_of, explain_amount_text(words, &node->amount, NULL), node->what);
	appendStringInfo(buf, node->capped == TRUTH_TRUE ? words->before_budget : words->not_allotted,
					 explain_amount_text(words, &node->before, NULL));
}

static void
put_placement(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	appendStringInfo(buf, "%s%s", node->title ? node->title : words->placement, words->colon);
	if (node->operand)
		appendStringInfo(buf, "%s%s%s", psprintf(words->level, node->operand->count), words->comma,
						 node->operand->title ? node->operand->title : node->operand->code);
	else
		appendStringInfoString(buf, node->truth == TRUTH_FALSE ? words->no_placement : words->undecided);
}

static void
put_rung(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;

	explain_put_provision(printer, node, words->rung);
}

static void
put_and(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	appendStringInfoString(buf, node->truth == TRUTH_FALSE ? words->not_all_of : words->all_of);
}

static void
put_or(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	appendStringInfoString(buf, node->truth == TRUTH_FALSE ? words->none_of : words->one_of);
}

static void
put_not(Printer *printer, const ExplainNode *node pg_attribute_unused())
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	appendStringInfoString(buf, words->not_of);
}

static void
put_element(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	appendStringInfo(buf, words->number_of_list, node->code);
	/* for a list of scalars, prints the element itself */
	if (list_length(node->facts) == 1 && strcmp(((ExplainNode *) linitial(node->facts))->name, IT_NAME) == 0)
		explain_put_value(printer, linitial(node->facts));
	else
		explain_put_facts(printer, node->facts);
	if (node->has_value && node->type == TYPE_DATE && node->clause)
	{
		appendStringInfoString(buf, words->colon);
		put_stage_day(printer, node);
	}
	else if (node->has_value)
	{
		appendStringInfoString(buf, words->colon);
		explain_put_value(printer, node);
	}
	if (node->has_amount)
	{
		appendStringInfoString(buf, words->comma);
		explain_put_amount(printer, &node->amount, node->clause);
	}
	if (node->what)
		appendStringInfo(buf, "%s%s", words->comma, node->what);
}

static void
put_folded(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	appendStringInfoString(buf, words->chinese ? node->what : psprintf("%d %s", node->count, node->what));
}

static void
put_finding(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	if (node->sorts)
		appendStringInfoString(buf, words->sorted_by);
	explain_put_subject(printer, node);
	if (node->has_value)
	{
		appendStringInfoString(buf, words->colon);
		explain_put_value(printer, node);
	}
	if (node->descending)
		appendStringInfoString(buf, words->descending);
	if (node->needed && node->operator == NULL)
		appendStringInfo(buf, words->needed_phrase, node->needed);
	else if (node->needed && (node->type == TYPE_BOOLEAN || strcmp(node->operator, "is") == 0))
		appendStringInfo(buf, words->needed, node->needed);
	else if (node->needed)
		appendStringInfo(buf, words->needed_compare, node->operator, node->needed);
	explain_put_band(printer, node);
	if (node->above && (node->kind != EXPLAIN_CONDITION || node->has_value))
		appendStringInfoString(buf, words->shown_above);
}

/* A selection: whether it has selected the row, and the place of the row. */
static void
put_selected(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	if (node->code)
		explain_put_provision(printer, node, words->selection);
	else
		explain_put_subject(printer, node);
	appendStringInfoString(buf, words->colon);
	explain_put_value(printer, node);
	if (node->needed)
		appendStringInfo(buf, words->needed, node->needed);
	if (node->what)
		appendStringInfo(buf, "%s%s", words->semicolon, node->what);
	if (node->above)
		appendStringInfoString(buf, words->shown_above);
}

/* Prints a node of one kind, after the mark of its truth. */
typedef void (*PutKind) (Printer *printer, const ExplainNode *node);

static const PutKind put_kind[] =
{
	[EXPLAIN_POLICY] = put_policy,
	[EXPLAIN_NO_VERSION] = put_no_version,
	[EXPLAIN_AMOUNT] = put_document_amount,
	[EXPLAIN_CLAUSE] = put_clause,
	[EXPLAIN_STAGE] = put_stage,
	[EXPLAIN_PAY] = put_pay,
	[EXPLAIN_CAP] = put_cap,
	[EXPLAIN_BUDGET] = put_budget,
	[EXPLAIN_SELECTED] = put_selected,
	[EXPLAIN_GROUP] = put_group,
	[EXPLAIN_MEMBER] = put_member,
	[EXPLAIN_PLACEMENT] = put_placement,
	[EXPLAIN_RUNG] = put_rung,
	[EXPLAIN_AND] = put_and,
	[EXPLAIN_OR] = put_or,
	[EXPLAIN_NOT] = put_not,
	[EXPLAIN_ELEMENT] = put_element,
	[EXPLAIN_FOLDED] = put_folded,
	[EXPLAIN_CONDITION] = put_finding,
	[EXPLAIN_DEFINITION] = put_finding,
	[EXPLAIN_SCORE] = put_finding,
	[EXPLAIN_VALUE] = put_finding,
	[EXPLAIN_FACT] = put_finding
};

static void
put_line(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	if (node->has_truth && node->kind != EXPLAIN_PLACEMENT)
		appendStringInfo(buf, "%s ", mark(node->truth));
	if (node->soft)
		appendStringInfoString(buf, words->should);
	put_kind[node->kind] (printer, node);
	if (node->soft && node->truth != TRUTH_TRUE)
		appendStringInfoString(buf, words->does_not_refuse);
}

/* The first sentence of a text. */
static char *
first_sentence(const char *text)
{
	const char *full = strstr(text, "。");
	const char *stop = strstr(text, ". ");

	if (full && (stop == NULL || full < stop))
		return pnstrdup(text, full + strlen("。") - text);
	return stop ? pnstrdup(text, stop + 1 - text) : pstrdup(text);
}

static void
put_note(Printer *printer, const Note *note, int indent)
{
	start_line(printer, indent);
	if (note->code)
		appendStringInfo(&printer->buf, printer->words->reading, note->code);
	else
		appendStringInfoString(&printer->buf, printer->words->note);
	appendStringInfoString(&printer->buf, printer->alone ? note->text : first_sentence(note->text));
}

/*
 * Prints the notes of a provision: in full if only it was asked, otherwise the first sentence of
 * each where it is met first, and the codes of those shown above.
 */
static void
put_notes(Printer *printer, const ExplainNode *node, int indent)
{
	const Phrases *words = printer->words;
	bool		above = false;
	ListCell   *cell;

	foreach(cell, node->notes)
	{
		Note	   *note = lfirst(cell);

		if (!printer->alone && list_member_ptr(printer->notes, note))
			continue;
		put_note(printer, note, indent);
	}
	foreach(cell, node->notes)
	{
		Note	   *note = lfirst(cell);

		if (printer->alone || note->code == NULL || !list_member_ptr(printer->notes, note))
			continue;
		if (above)
			appendStringInfo(&printer->buf, "%s%s", words->member_comma, note->code);
		else
		{
			start_line(printer, indent);
			appendStringInfo(&printer->buf, words->readings, note->code);
		}
		above = true;
	}
	if (above)
		appendStringInfoString(&printer->buf, words->shown_above);
	if (!printer->alone)
		printer->notes = list_concat_unique_ptr(printer->notes, node->notes);
}

/* Prints the wording of the article. */
static void
put_wording(Printer *printer, const ExplainNode *node, int indent)
{
	if (node->wording)
	{
		start_line(printer, indent);
		appendStringInfo(&printer->buf, printer->words->wording, node->wording);
	}
}

/* Prints who decides and pays. */
static void
put_offices(Printer *printer, const ExplainNode *node, int indent)
{
	ListCell   *cell;

	if (node->offices)
	{
		start_line(printer, indent);
		appendStringInfoString(&printer->buf, printer->words->offices);
		foreach(cell, node->offices)
		{
			appendStringInfo(&printer->buf, "%s%s", foreach_current_index(cell) > 0 ? printer->words->member_comma : "",
							 (char *) lfirst(cell));
		}
	}
}

static void
put_node(Printer *printer, const ExplainNode *node, int indent)
{
	bool		is_policy = node->kind == EXPLAIN_POLICY;
	ListCell   *cell;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (node->words)
		printer->words = node->words;
	if (is_policy)
		printer->alone = node->alone;
	if (is_policy)
		put_wording(printer, node, indent);
	if (!is_policy || node->title || node->has_value)
	{
		start_line(printer, indent);
		put_line(printer, node);
	}
	/* notes() shows the notes on the policy as a whole */
	if (!is_policy)
	{
		indent++;
		if (node->operand && node->kind != EXPLAIN_PLACEMENT)
		{
			foreach(cell, node->operand->children)
			{
				put_node(printer, lfirst(cell), indent);
			}
		}
		if (node->kind == EXPLAIN_STAGE && printer->alone)
			put_wording(printer, node, indent);
	}
	if (node->facts && node->band == NULL && node->kind != EXPLAIN_ELEMENT)
	{
		const ExplainNode *first = linitial(node->facts);

		start_line(printer, indent);
		if (node->name && node->expression && strcmp(node->expression, first->name) != 0 &&
			(first->title == NULL || strcmp(node->expression, first->title) != 0))
			appendStringInfo(&printer->buf, printer->words->formula, node->expression);
		appendStringInfoString(&printer->buf, printer->words->from);
		explain_put_facts(printer, node->facts);
	}
	foreach(cell, node->children)
	{
		put_node(printer, lfirst(cell), indent);
	}
	if (!is_policy)
		put_notes(printer, node, indent);
	if (is_policy || (node->kind == EXPLAIN_STAGE && printer->alone))
		put_offices(printer, node, indent);
}

char *
explain_text(const List *nodes)
{
	Printer		printer;
	ListCell   *cell;

	initStringInfo(&printer.buf);
	printer.words = &english_phrases;
	printer.alone = false;
	printer.notes = NIL;
	foreach(cell, nodes)
	{
		put_node(&printer, lfirst(cell), 0);
	}
	return printer.buf.data;
}
