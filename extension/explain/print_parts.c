/*
 * print_parts.c
 *		The parts of a printed line: names, values, amounts and provisions.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "engine/value.h"
#include "language/names.h"
#include "print.h"

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
void
explain_put_value(Printer *printer, const ExplainNode *node)
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

/* In Chinese, only the title of the day judged and of the day of a stage is printed. */
static bool
is_day_judged(const ExplainNode *node)
{
	return node->name && node->title && strcmp(node->name, AS_OF_NAME) == 0;
}

static bool
has_title(const Printer *printer, const ExplainNode *node)
{
	return node->name && node->title && strcmp(node->name, node->title) != 0 &&
		!(printer->words->chinese && is_day_judged(node));
}

/* Prints the name or source of the expression that has the value. */
void
explain_put_subject(Printer *printer, const ExplainNode *node)
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

void
explain_put_facts(Printer *printer, const List *facts)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;
	ListCell   *cell;

	foreach(cell, facts)
	{
		const ExplainNode *fact = lfirst(cell);

		if (foreach_current_index(cell) > 0)
			appendStringInfoString(buf, words->comma);
		explain_put_subject(printer, fact);
		if (fact->name)
			put_after_name(printer, fact);
		explain_put_value(printer, fact);
	}
}

/* Prints the step of a band and the band's subject. */
void
explain_put_band(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;
	const ExplainNode *about = node->operand;

	if (node->band == NULL)
		return;
	appendStringInfoString(buf, words->semicolon);
	if (about)
	{
		explain_put_subject(printer, about);
		if (about->has_value)
		{
			put_after_name(printer, about);
			explain_put_value(printer, about);
		}
		if (about->facts && about->band == NULL)
		{
			appendStringInfoString(buf, words->band_from);
			explain_put_facts(printer, about->facts);
		}
		appendStringInfoString(buf, words->semicolon);
	}
	appendStringInfoString(buf, node->band);
	if (node->facts)
	{
		appendStringInfoString(buf, words->semicolon);
		explain_put_facts(printer, node->facts);
	}
}

char *
explain_amount_text(const Phrases *words, const Amount *amount, const Clause *clause)
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

void
explain_put_amount(Printer *printer, const Amount *amount, const Clause *clause)
{
	appendStringInfoString(&printer->buf, explain_amount_text(printer->words, amount, clause));
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

void
explain_put_provision(Printer *printer, const ExplainNode *node, const char *what)
{
	if (printer->words->chinese)
		put_provision_in_chinese(printer, node, what);
	else
		put_provision_in_english(printer, node, what);
}

/* Prints the name of an amount, and the amount itself if it adds information. */
void
explain_put_money(Printer *printer, const ExplainNode *node)
{
	const Phrases *words = printer->words;
	StringInfo	buf = &printer->buf;

	if (node->band == NULL || node->name)
		explain_put_subject(printer, node);
	if (node->name ||
		strcmp(node->expression, explain_value_text(words, &node->value, node->type, node->unit, node->texts, NULL)) != 0)
	{
		appendStringInfoString(buf, words->colon);
		explain_put_value(printer, node);
	}
}
