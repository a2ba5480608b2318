/*
 * print.c
 *		An explanation as text, a line for each node.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "engine/value.h"
#include "explain.h"

typedef struct Printer
{
	StringInfoData buf;
	bool		alone;			/* one clause or rung: notes are printed in full */
} Printer;

static const char *
mark(Truth truth)
{
	return truth == TRUTH_TRUE ? "✓" : truth == TRUTH_FALSE ? "✗" : "?";
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
put_origin(StringInfo buf, const ExplainNode *node)
{
	if (!node->has_origin)
		return;
	switch (node->origin.kind)
	{
		case ORIGIN_COLUMN:
		case ORIGIN_KEY:
			if (node->name && strcmp(node->name, node->origin.name) != 0)
				appendStringInfo(buf, " [%s %s]", node->origin.kind == ORIGIN_COLUMN ? "column" : "key",
								 node->origin.name);
			break;
		case ORIGIN_POLICY:
			if (node->kind == EXPLAIN_POLICY)
				appendStringInfoString(buf, " [day of the policy]");
			break;
		case ORIGIN_SESSION:
			if (node->kind == EXPLAIN_POLICY)
				appendStringInfoString(buf, " [day of the session]");
			break;
		default:
			break;
	}
}

/* What was found, or why nothing was. */
static void
put_value(StringInfo buf, const ExplainNode *node)
{
	char	   *text = explain_value_text(&node->value, node->type, node->unit,
										  node->has_bound ? &node->bound : NULL);

	if (node->unknown)
	{
		appendStringInfo(buf, "unknown (%s)", node->unknown);
		if (strncmp(text, "unknown", 7) != 0)
			appendStringInfo(buf, ", %s", text);
		else
			appendStringInfoString(buf, text + 7);
	}
	else
	{
		appendStringInfoString(buf, text);
		if (node->has_origin && node->origin.null && node->value.known && !node->value.none &&
			node->type == TYPE_NUMBER)
			appendStringInfoString(buf, " (NULL)");
	}
	if (node->has_most)
		appendStringInfo(buf, " of %s", explain_number(&node->most, node->unit, NULL));
	put_origin(buf, node);
}

/* What a value is the value of. */
static void
put_subject(StringInfo buf, const ExplainNode *node)
{
	if (node->name && node->title && strcmp(node->name, node->title) != 0)
		appendStringInfo(buf, "%s (%s)", node->title, node->name);
	else if (node->name)
		appendStringInfoString(buf, node->name);
	else if (node->kind == EXPLAIN_VALUE && node->band)
		appendStringInfoString(buf, node->operand ? "band" : "case");
	else if (node->expression)
		appendStringInfoString(buf, node->expression);
}

static void
put_facts(StringInfo buf, const List *facts)
{
	ListCell   *cell;

	foreach(cell, facts)
	{
		const ExplainNode *fact = lfirst(cell);

		if (foreach_current_index(cell) > 0)
			appendStringInfoString(buf, ", ");
		put_subject(buf, fact);
		if (fact->name)
			appendStringInfoChar(buf, ' ');
		put_value(buf, fact);
	}
}

/* The step of a band, and what it was about. */
static void
put_band(StringInfo buf, const ExplainNode *node)
{
	const ExplainNode *about = node->operand;

	if (node->band == NULL)
		return;
	appendStringInfoString(buf, "; ");
	if (about)
	{
		put_subject(buf, about);
		if (about->has_value)
		{
			appendStringInfoChar(buf, ' ');
			put_value(buf, about);
		}
		if (about->facts && about->band == NULL)
		{
			appendStringInfoString(buf, " from ");
			put_facts(buf, about->facts);
		}
		appendStringInfoString(buf, "; ");
	}
	appendStringInfoString(buf, node->band);
	if (node->facts)
	{
		appendStringInfoString(buf, "; ");
		put_facts(buf, node->facts);
	}
}

static void
put_amount(StringInfo buf, const Amount *amount, const Clause *clause)
{
	Unit		unit = clause ? clause_unit(clause) : UNIT_YUAN;

	if (amount->undetermined)
		appendStringInfoString(buf, "undetermined");
	else if (amount->unbounded)
		appendStringInfo(buf, "at least %s", explain_number(&amount->low, unit, NULL));
	else if (number_compare(&amount->low, &amount->high) == 0)
		appendStringInfoString(buf, explain_number(&amount->low, unit, NULL));
	else
		appendStringInfo(buf, "between %s and %s", explain_number(&amount->low, unit, NULL),
						 explain_number(&amount->high, unit, NULL));
}

/* clause 3 'title' (article) */
static void
put_provision(StringInfo buf, const ExplainNode *node, const char *what)
{
	appendStringInfo(buf, "%s %s", what, node->code);
	if (node->title)
		appendStringInfo(buf, " '%s'", node->title);
	if (node->kind == EXPLAIN_RUNG)
		appendStringInfo(buf, " (level %d%s%s)", node->count, node->article ? ", article " : "",
						 node->article ? node->article : "");
	else if (node->article)
		appendStringInfo(buf, " (article %s)", node->article);
}

/* What a sum is called, and how much it is where that says more. */
static void
put_money(StringInfo buf, const ExplainNode *node)
{
	if (node->band == NULL || node->name)
		put_subject(buf, node);
	if (node->name || strcmp(node->expression, explain_value_text(&node->value, node->type, node->unit, NULL)) != 0)
	{
		appendStringInfoString(buf, ": ");
		put_value(buf, node);
	}
}

/* ---------------- lines ---------------- */

static void
put_policy(StringInfo buf, const ExplainNode *node)
{
	if (node->title)
		appendStringInfoString(buf, node->title);
	if (node->number)
		appendStringInfo(buf, " (%s)", node->number);
	if (node->has_day)
		appendStringInfo(buf, ", version %s in force from %s", node->code, date_text(node->day));
	if (node->has_value)
	{
		appendStringInfo(buf, "%sas of ", node->title ? ", " : "");
		put_value(buf, node);
	}
}

static void
put_stage_day(StringInfo buf, const ExplainNode *node)
{
	if (is_none(&node->value))
		appendStringInfoString(buf, "has no day");
	else
	{
		put_value(buf, node);
		if (node->needed && node->value.known)
			appendStringInfo(buf, ", after %s", node->needed);
		else if (node->needed && strcmp(node->needed, "unknown") != 0)
			appendStringInfo(buf, ", needed <= %s", node->needed);
	}
}

static void
put_line(StringInfo buf, const ExplainNode *node)
{
	if (node->has_truth && node->kind != EXPLAIN_PLACEMENT)
		appendStringInfo(buf, "%s ", mark(node->truth));
	if (node->soft)
		appendStringInfoString(buf, "should: ");
	switch (node->kind)
	{
		case EXPLAIN_POLICY:
			put_policy(buf, node);
			break;
		case EXPLAIN_NO_VERSION:
			if (node->count == 0)
				appendStringInfo(buf, "no version of %s is in force on %s", node->code,
								 explain_value_text(&node->value, TYPE_DATE, UNIT_FREE, NULL));
			else
				appendStringInfo(buf, "the day judged is unknown: a version of %s is in force, or none", node->code);
			break;
		case EXPLAIN_AMOUNT:
			appendStringInfoString(buf, "amount: ");
			put_amount(buf, &node->amount, NULL);
			break;
		case EXPLAIN_CLAUSE:
			if (node->code == NULL)
				appendStringInfoString(buf, node->expression ? node->expression : "the rule");
			else
				put_provision(buf, node, "clause");
			if (node->clause->has_kind && node->code)
				appendStringInfo(buf, ": %s%s", clause_kind_name(node->clause->kind),
								 node->clause->per_year ? " per year" : "");
			if (node->has_amount)
			{
				appendStringInfoString(buf, ", ");
				put_amount(buf, &node->amount, node->clause);
				if (node->has_day)
					appendStringInfo(buf, " for %d", date_year(node->day));
			}
			break;
		case EXPLAIN_STAGE:
			put_provision(buf, node, "stage");
			if (node->has_value || node->has_amount)
				appendStringInfoString(buf, ": ");
			if (node->has_value && node->type == TYPE_LIST)
				put_value(buf, node);
			else if (node->has_value)
				put_stage_day(buf, node);
			if (node->has_amount)
			{
				if (node->has_value)
					appendStringInfoString(buf, ", ");
				put_amount(buf, &node->amount, node->clause);
			}
			break;
		case EXPLAIN_PAY:
			appendStringInfoString(buf, node->band && !node->name ? "pay" : "pay ");
			put_money(buf, node);
			put_band(buf, node);
			break;
		case EXPLAIN_CAP:
			appendStringInfoString(buf, "cap ");
			put_money(buf, node);
			if (node->capped == TRUTH_FALSE)
				appendStringInfoString(buf, ", not reached");
			else
			{
				appendStringInfoString(buf, node->capped == TRUTH_TRUE ? ", reached: " : ", perhaps reached: ");
				put_amount(buf, &node->before, node->clause);
				appendStringInfoString(buf, " before it");
			}
			break;
		case EXPLAIN_PLACEMENT:
			appendStringInfo(buf, "%s: ", node->title ? node->title : "placement");
			if (node->operand)
				appendStringInfo(buf, "level %d, %s", node->operand->count, node->operand->title
								 ? node->operand->title : node->operand->code);
			else
				appendStringInfoString(buf, node->truth == TRUTH_FALSE ? "none" : "undecided");
			break;
		case EXPLAIN_RUNG:
			put_provision(buf, node, "rung");
			break;
		case EXPLAIN_AND:
			appendStringInfoString(buf, node->truth == TRUTH_FALSE ? "not all of:" : "all of:");
			break;
		case EXPLAIN_OR:
			appendStringInfoString(buf, node->truth == TRUTH_FALSE ? "none of:" : "one of:");
			break;
		case EXPLAIN_NOT:
			appendStringInfoString(buf, "not:");
			break;
		case EXPLAIN_ELEMENT:
			appendStringInfo(buf, "%s: ", node->code);
			/* of a list of scalars, the element itself */
			if (list_length(node->facts) == 1 && strcmp(((ExplainNode *) linitial(node->facts))->name, "it") == 0)
				put_value(buf, linitial(node->facts));
			else
				put_facts(buf, node->facts);
			if (node->has_value && node->type == TYPE_DATE && node->clause)
			{
				appendStringInfoString(buf, ": ");
				put_stage_day(buf, node);
			}
			else if (node->has_value)
			{
				appendStringInfoString(buf, ": ");
				put_value(buf, node);
			}
			if (node->has_amount)
			{
				appendStringInfoString(buf, ", ");
				put_amount(buf, &node->amount, node->clause);
			}
			break;
		case EXPLAIN_FOLDED:
			appendStringInfo(buf, "%d %s", node->count, node->what);
			break;
		case EXPLAIN_CONDITION:
		case EXPLAIN_DEFINITION:
		case EXPLAIN_SCORE:
		case EXPLAIN_VALUE:
		case EXPLAIN_FACT:
			put_subject(buf, node);
			if (node->has_value)
			{
				appendStringInfoString(buf, ": ");
				put_value(buf, node);
			}
			if (node->needed && (node->type == TYPE_BOOLEAN || strcmp(node->operator, "is") == 0))
				appendStringInfo(buf, ", needed %s", node->needed);
			else if (node->needed)
				appendStringInfo(buf, ", needed %s %s", node->operator, node->needed);
			put_band(buf, node);
			if (node->above && (node->kind != EXPLAIN_CONDITION || node->has_value))
				appendStringInfoString(buf, " (above)");
			break;
	}
	if (node->soft && node->truth != TRUTH_TRUE)
		appendStringInfoString(buf, " (does not refuse)");
}

/* The notes of a provision: in full where one was asked, else the readings by their codes. */
static void
put_notes(Printer *printer, const ExplainNode *node, int indent)
{
	bool		first = true;
	ListCell   *cell;

	foreach(cell, node->notes)
	{
		const Note *note = lfirst(cell);

		if (printer->alone)
		{
			start_line(printer, indent);
			appendStringInfo(&printer->buf, "note%s%s: %s", note->code ? " " : "",
							 note->code ? note->code : "", note->text);
		}
		else if (note->code)
		{
			if (first)
				start_line(printer, indent);
			appendStringInfo(&printer->buf, "%s%s", first ? "notes " : ", ", note->code);
			first = false;
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
	if (is_policy)
		printer->alone = node->alone;
	if (!is_policy || node->title || node->has_value)
	{
		start_line(printer, indent);
		put_line(&printer->buf, node);
	}
	/* a policy's notes are about all of it, and are asked with notes() */
	if (!is_policy)
	{
		indent++;
		if (node->operand && node->kind != EXPLAIN_PLACEMENT)
			foreach(cell, node->operand->children)
				put_node(printer, lfirst(cell), indent);
	}
	if (node->facts && node->band == NULL && node->kind != EXPLAIN_ELEMENT)
	{
		start_line(printer, indent);
		if (node->name && node->expression &&
			strcmp(node->expression, ((ExplainNode *) linitial(node->facts))->name) != 0)
			appendStringInfo(&printer->buf, "= %s, ", node->expression);
		appendStringInfoString(&printer->buf, "from ");
		put_facts(&printer->buf, node->facts);
	}
	foreach(cell, node->children)
		put_node(printer, lfirst(cell), indent);
	if (!is_policy)
		put_notes(printer, node, indent);
}

char *
explain_text(const List *nodes)
{
	Printer		printer;
	ListCell   *cell;

	initStringInfo(&printer.buf);
	printer.alone = false;
	foreach(cell, nodes)
		put_node(&printer, lfirst(cell), 0);
	return printer.buf.data;
}
