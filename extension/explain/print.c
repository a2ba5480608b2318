/*
 * print.c
 *		Prints an explanation as text, with a line for each node.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "engine/value.h"
#include "explain.h"

typedef struct Printer
{
	StringInfoData buf;
	const Phrases *words;
	bool		alone;			/* only one clause or rung was asked, so its
								 * notes are printed in full */
	List	   *notes;			/* otherwise: those whose first sentence was
								 * printed */
} Printer;

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

/* ---------------- parts of a line ---------------- */

static void
put_origin(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	if (!node->has_origin)
		return;
	switch (node->origin.kind)
	{
		case ORIGIN_COLUMN:
		case ORIGIN_KEY:
			if (node->name && strcmp(node->name, node->origin.name) != 0)
				appendStringInfo(buf, node->origin.kind == ORIGIN_COLUMN ? words->column : words->key,
								 node->origin.name);
			break;
		case ORIGIN_POLICY:
			if (node->kind == EXPLAIN_POLICY)
				appendStringInfoString(buf, words->day_of_policy);
			break;
		case ORIGIN_SESSION:
			if (node->kind == EXPLAIN_POLICY)
				appendStringInfoString(buf, words->day_of_session);
			break;
		default:
			break;
	}
}

/* Prints the value found, or why there is none. */
static void
put_value(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;
	char	   *text = explain_value_text(words, &node->value, node->type, node->unit, node->texts,
										  node->has_bound ? &node->bound : NULL);
	bool		says_unknown = strncmp(text, words->unknown, strlen(words->unknown)) == 0;

	if (node->has_most && !says_unknown)
		appendStringInfoString(buf, words->points);
	if (node->unknown)
	{
		appendStringInfo(buf, node->not_given ? words->not_given : words->unknown_why, node->unknown);
		if (!says_unknown)
			appendStringInfo(buf, "%s%s", words->comma, text);
		else
			appendStringInfoString(buf, text + strlen(words->unknown));
	}
	else
	{
		appendStringInfoString(buf, text);
		if (node->has_origin && node->origin.null && node->value.known && !node->value.none &&
			node->type == TYPE_NUMBER)
			appendStringInfoString(buf, words->null_is_zero);
	}
	if (node->has_most)
		appendStringInfo(buf, words->of_most, explain_number(&node->most, node->unit, NULL));
	put_origin(printer, node);
}

/* In Chinese the day judged, and the day of a stage, has no name beside its title. */
static bool
is_day_judged(const ExplainNode *node)
{
	return node->name && node->title && strcmp(node->name, "as_of") == 0;
}

static bool
has_title(const Printer *printer, const ExplainNode *node)
{
	return node->name && node->title && strcmp(node->name, node->title) != 0 &&
		!(printer->words->chinese && is_day_judged(node));
}

/* Prints the name or source of the expression that has the value. */
static void
put_subject(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	if (has_title(printer, node))
		appendStringInfo(buf, words->titled, node->title, node->name);
	else if (words->chinese && is_day_judged(node))
		appendStringInfoString(buf, node->title);
	else if (node->name)
		appendStringInfoString(buf, node->name);
	else if (node->kind == EXPLAIN_VALUE && node->band)
		appendStringInfoString(buf, node->tiers ? words->tiers : node->operand ? words->band : words->cases);
	else if (node->expression)
		appendStringInfoString(buf, node->expression);
}

/* Prints the separator between a name and its value. */
static void
put_after_name(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;

	appendStringInfoString(&printer->buf, has_title(printer, node) ? words->after_aside : words->after_name);
}

static void
put_facts(Printer *printer, const List *facts)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;
	ListCell   *cell;

	foreach(cell, facts)
	{
		const ExplainNode *fact = lfirst(cell);

		if (foreach_current_index(cell) > 0)
			appendStringInfoString(buf, words->comma);
		put_subject(printer, fact);
		if (fact->name)
			put_after_name(printer, fact);
		put_value(printer, fact);
	}
}

/* Prints the step of a band and the band's subject. */
static void
put_band(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;
	const ExplainNode *about = node->operand;

	if (node->band == NULL)
		return;
	appendStringInfoString(buf, words->semicolon);
	if (about)
	{
		put_subject(printer, about);
		if (about->has_value)
		{
			put_after_name(printer, about);
			put_value(printer, about);
		}
		if (about->facts && about->band == NULL)
		{
			appendStringInfoString(buf, words->band_from);
			put_facts(printer, about->facts);
		}
		appendStringInfoString(buf, words->semicolon);
	}
	appendStringInfoString(buf, node->band);
	if (node->facts)
	{
		appendStringInfoString(buf, words->semicolon);
		put_facts(printer, node->facts);
	}
}

static char *
amount_text(const Phrases *words, const Amount *amount, const Clause *clause)
{
	Unit		unit = clause ? clause_unit(clause) : UNIT_YUAN;

	if (amount->undetermined)
		return pstrdup(words->undetermined);
	if (amount->unbounded)
		return psprintf(words->at_least, explain_number(&amount->low, unit, NULL));
	if (number_compare(&amount->low, &amount->high) == 0)
		return explain_number(&amount->low, unit, NULL);
	return psprintf(words->between, explain_number(&amount->low, unit, NULL),
					explain_number(&amount->high, unit, NULL));
}

static void
put_amount(Printer *printer, const Amount *amount, const Clause *clause)
{
	appendStringInfoString(&printer->buf, amount_text(printer->words, amount, clause));
}

/* Prints clause 3 'title' (article). */
static void
put_provision_in_english(Printer *printer, const ExplainNode *node, const char *what)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;
	const char *article = node->article ? phrases_of_article(words, node->article) : NULL;

	appendStringInfo(buf, "%s %s", what, node->code);
	if (node->title)
		appendStringInfoString(buf, phrases_of_title(words, node->title));
	if (node->kind == EXPLAIN_RUNG)
		article = psprintf("%s%s%s", psprintf(words->level, node->count), article ? words->comma : "",
						   article ? article : "");
	if (article)
		appendStringInfo(buf, words->aside, article);
}

/*
 * Prints a provision as officials cite it: 第5条（认定奖励）, or 层级“title”（第2级）.  The code is shown
 * only where there is no title.
 */
static void
put_provision_in_chinese(Printer *printer, const ExplainNode *node, const char *what)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;
	const char *article = node->article ? phrases_of_article(words, node->article) : NULL;

	if (article && phrases_article_is_number(node->article) && node->kind != EXPLAIN_RUNG)
	{
		appendStringInfoString(buf, article);
		if (node->title)
			appendStringInfo(buf, words->aside, node->title);
		else if (strcmp(node->article, node->code) != 0)
			appendStringInfo(buf, words->aside, node->code);
		return;
	}
	if (node->title)
		appendStringInfo(buf, "%s%s", what, phrases_of_title(words, node->title));
	else
		appendStringInfo(buf, "%s %s", what, node->code);
	if (node->kind == EXPLAIN_RUNG)
		article = psprintf("%s%s%s", psprintf(words->level, node->count), article ? words->comma : "",
						   article ? article : "");
	if (article)
		appendStringInfo(buf, words->aside, article);
}

static void
put_provision(Printer *printer, const ExplainNode *node, const char *what)
{
	if (printer->words->chinese)
		put_provision_in_chinese(printer, node, what);
	else
		put_provision_in_english(printer, node, what);
}

/* Prints the name of an amount, and the amount itself if it adds information. */
static void
put_money(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	if (node->band == NULL || node->name)
		put_subject(printer, node);
	if (node->name ||
		strcmp(node->expression, explain_value_text(words, &node->value, node->type, node->unit, node->texts, NULL)) != 0)
	{
		appendStringInfoString(buf, words->colon);
		put_value(printer, node);
	}
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
		put_value(printer, node);
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
		put_value(printer, node);
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
	put_amount(printer, &node->amount, NULL);
}

/* An amount, with the year of a line per year. */
static void
put_year_amount(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;

	if (node->has_day)
		appendStringInfo(&printer->buf, words->in_year, amount_text(words, &node->amount, node->clause),
						 date_year(node->day));
	else
		put_amount(printer, &node->amount, node->clause);
}

static void
put_group(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	put_provision(printer, node, words->group);
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
	put_amount(printer, &node->amount, NULL);
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
		put_provision(printer, node, words->clause);
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

	put_provision(printer, node, words->stage);
	if (node->has_value || node->has_amount)
		appendStringInfoString(buf, words->colon);
	if (node->has_value && node->type == TYPE_LIST)
		put_value(printer, node);
	else if (node->has_value)
		put_stage_day(printer, node);
	if (node->has_amount)
	{
		if (node->has_value)
			appendStringInfoString(buf, words->comma);
		put_amount(printer, &node->amount, node->clause);
	}
}

static void
put_pay(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	appendStringInfo(buf, "%s%s", words->pay, node->band && !node->name ? "" : " ");
	put_money(printer, node);
	put_band(printer, node);
}

static void
put_cap(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	appendStringInfoString(buf, words->cap);
	put_money(printer, node);
	if (node->in_all)
		appendStringInfoString(buf, words->cap_in_all);
	if (node->capped == TRUTH_FALSE)
		appendStringInfoString(buf, words->cap_not_reached);
	else
		appendStringInfo(buf, node->capped == TRUTH_TRUE ? words->cap_reached : words->cap_perhaps_reached,
						 amount_text(words, &node->before, node->clause));
}

static void
put_budget(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	put_provision(printer, node, words->budget);
	appendStringInfo(buf, words->budget_of, amount_text(words, &node->amount, NULL), node->what);
	appendStringInfo(buf, node->capped == TRUTH_TRUE ? words->before_budget : words->not_allotted,
					 amount_text(words, &node->before, NULL));
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

	put_provision(printer, node, words->rung);
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
	if (list_length(node->facts) == 1 && strcmp(((ExplainNode *) linitial(node->facts))->name, "it") == 0)
		put_value(printer, linitial(node->facts));
	else
		put_facts(printer, node->facts);
	if (node->has_value && node->type == TYPE_DATE && node->clause)
	{
		appendStringInfoString(buf, words->colon);
		put_stage_day(printer, node);
	}
	else if (node->has_value)
	{
		appendStringInfoString(buf, words->colon);
		put_value(printer, node);
	}
	if (node->has_amount)
	{
		appendStringInfoString(buf, words->comma);
		put_amount(printer, &node->amount, node->clause);
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
	put_subject(printer, node);
	if (node->has_value)
	{
		appendStringInfoString(buf, words->colon);
		put_value(printer, node);
	}
	if (node->descending)
		appendStringInfoString(buf, words->descending);
	if (node->needed && node->operator == NULL)
		appendStringInfo(buf, words->needed_phrase, node->needed);
	else if (node->needed && (node->type == TYPE_BOOLEAN || strcmp(node->operator, "is") == 0))
		appendStringInfo(buf, words->needed, node->needed);
	else if (node->needed)
		appendStringInfo(buf, words->needed_compare, node->operator, node->needed);
	put_band(printer, node);
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
		put_provision(printer, node, words->selection);
	else
		put_subject(printer, node);
	appendStringInfoString(buf, words->colon);
	put_value(printer, node);
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
		put_facts(printer, node->facts);
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
