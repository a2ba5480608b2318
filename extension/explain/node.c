/*
 * node.c
 *		Nodes of an explanation: their words and facts.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "answers/labelled.h"
#include "condition.h"
#include "engine/exact.h"

ExplainNode *
explain_node(ExplainKind kind)
{
	ExplainNode *node = palloc0(sizeof(ExplainNode));

	CHECK_FOR_INTERRUPTS();
	node->kind = kind;
	return node;
}

void
explain_found(ExplainNode *node, const Value *value, ValueType type, Unit unit)
{
	node->has_value = true;
	node->value = *value;
	node->type = type;
	node->unit = unit;
}

/* Also sets the type from the expression, and shows a text by the labels of its values. */
void
explain_found_as(ExplainNode *node, const Value *value, const Expression *expr, Unit unit)
{
	explain_found(node, value, expr->type, unit);
	node->texts = expr->texts;
}

/* Adds one line for omitted parts: their number, and a description for one or for many. */
void
explain_fold(Explainer *explainer, ExplainNode *node, int count, const char *one, const char *many)
{
	ExplainNode *folded;

	if (count == 0)
		return;
	folded = explain_node(EXPLAIN_FOLDED);
	folded->count = count;
	folded->what = count == 1 ? one : many;
	if (explainer->words->chinese)
		folded->what = psprintf(folded->what, count);
	explain_add(node, folded);
}

void
explain_fold_truth(Explainer *explainer, ExplainNode *node, int count, Truth truth,
				   const char *one, const char *many)
{
	explain_fold(explainer, node, count, one, many);
	if (count > 0)
		explain_truth(llast(node->children), truth);
}

/* ---------------- words ---------------- */

/* Truncates a text so that it can be shown at every mention. */
char *
explain_short(const char *text)
{
	int			length;
	int			cut;

	if (text == NULL)
		return NULL;
	length = strlen(text);
	if (length <= EXPLAIN_TEXT)
		return pstrdup(text);
	cut = pg_mbcharcliplen(text, length, EXPLAIN_TEXT);
	return cut == length ? pstrdup(text) : psprintf("%s…", pnstrdup(text, cut));
}

/* Returns the source of an expression, with labels in a Chinese document. */
char *
explain_source(const Explainer *explainer, const Expression *expr)
{
	return explain_short(labelled_source(explainer->words, explainer->policy->text, expr,
										 EXPLAIN_TEXT * MAX_MULTIBYTE_CHAR_LEN));
}

/* ---------------- facts ---------------- */

/* Returns the value as it is in the row; in Chinese, with the fact's unit. */
static const char *
written_text(const Phrases *words, const Fact *fact, const Origin *origin)
{
	const char *text;

	if (origin->written == NULL)
		return words->it;
	text = explain_short(origin->written);
	if (fact->type == TYPE_TEXT)
		return psprintf(words->quoted, text);
	if (words->chinese && fact->type == TYPE_NUMBER && fact->unit != UNIT_PLAIN && strspn(text, "-.0123456789") > 0)
		return psprintf("%s%s", text, unit_name(fact->unit));
	return text;
}

/* Explains why a value that was found counts as unknown. */
static char *
outside(const Phrases *words, const Fact *fact, const Origin *origin)
{
	bool		is_date = fact->type == TYPE_DATE;
	const char *found;
	char	   *low = NULL;
	char	   *high = NULL;
	Value		range;

	if (fact->type == TYPE_LIST)
		return NULL;
	value_set_unknown(&range, fact);
	found = written_text(words, fact, origin);
	if (fact->values)
		return psprintf(words->no_such_value, found);
	if (fact->low)
		low = is_date ? date_text(fact->low->date) : explain_number(&range.low, fact->unit, NULL);
	if (fact->high)
		high = is_date ? date_text(fact->high->date) : explain_number(&range.high, fact->unit, NULL);
	/* if both ends have the same unit, write it once */
	if (low && high && !is_date && !(words->chinese && (fact->unit == UNIT_YUAN || fact->unit == UNIT_PLAIN)))
		low = number_text(&range.low);
	if (low && high)
		return psprintf(words->outside, found, low, high);
	if (low)
		return psprintf(is_date ? words->too_early : words->below, found, low);
	if (high)
		return psprintf(is_date ? words->too_late : words->above, found, high);
	return psprintf(words->no_value, found);
}

/* Explains a fact of a used document that is a value of the document that uses it. */
static bool
explain_mapped(Explainer *explainer, ExplainNode *node, const Fact *fact, int number)
{
	const Within *within = explainer->within;
	const Within *inner = within;
	const Expression *mapped = NULL;

	for (; inner && mapped == NULL; inner = inner->user)
	{
		mapped = policy_mapped(inner->use, fact->name);
		explainer->within = inner->user;
	}
	if (mapped)
	{
		node->expression = explain_source(explainer, mapped);
		if (!explainer->brief)
			explain_parts(explainer, node, mapped, number);
	}
	explainer->within = within;
	return mapped != NULL;
}

/* Whether an expression is read from the row, in this document or where it is used. */
static bool
is_read(const Explainer *explainer, const Expression *expr, int number)
{
	const Instr *instr = &explainer->run->program->instrs[number];

	if (instr->op == OP_YEARLY)
		return expr->kind == EXPR_INDEX && expr->meaning == NAME_FACT;
	return instr->op == OP_FACT && (explainer->within || instr->a == expr->fact->index);
}

FactShown
explain_fact_shown(Explainer *explainer, const Expression *expr, int number)
{
	const Program *program = explainer->run->program;
	const Instr *instr = &program->instrs[number];
	FactShown	shown = {expr->fact->name, expr->fact->label, -1};
	int			first;
	int			last;

	/* in a stage, as_of is the stage's day */
	if (!is_read(explainer, expr, number))
	{
		if (explainer->words->event_day && expr->meaning == NAME_FACT && expr->fact->index == 0)
			shown.label = explainer->words->event_day;
		return shown;
	}
	if (instr->op == OP_FACT)
	{
		const Fact *fact = program->facts[instr->a];

		shown.fact = instr->a;
		shown.name = fact->name;
		shown.label = fact->label;
		return shown;
	}
	if (years_of_index(run_value(explainer->run, instr->b), &first, &last) && first == last)
	{
		shown.fact = fact_in_year(program, instr->a, first);
		shown.name = fact_in_year_name(program, shown.fact);
		if (shown.label)
			shown.label = psprintf(explainer->words->of_year, first, shown.label);
	}
	else
		shown.name = explain_short(labelled_source(&english_phrases, explainer->policy->text, expr, 0));
	return shown;
}

void
explain_fact(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	const Fact *fact = expr->fact;
	FactSource *source = explainer->run->source;
	const Value *value = run_value(explainer->run, number);
	FactShown	shown = explain_fact_shown(explainer, expr, number);

	if (explainer->within && expr->meaning == NAME_FACT && fact->index > 0)
	{
		if (!is_read(explainer, expr, number))
		{
			node->name = fact->name;
			node->title = explain_short(fact->label);
			explain_found(node, value, fact->type, fact->unit);
			node->texts = fact;
			(void) explain_mapped(explainer, node, fact, number);
			return;
		}
		/* the row's fact to which it is mapped */
		fact = explainer->run->program->facts[explainer->run->program->instrs[number].a];
	}
	node->name = shown.name;
	node->title = explain_short(shown.label);
	explain_found(node, value, fact->type, fact->unit);
	node->texts = fact;
	if (shown.fact < 0 || source->origin == NULL)
		return;
	node->has_origin = true;
	source->origin(source, shown.fact, &node->origin);
	if (value_decided(value, fact->type))
		return;
	switch (node->origin.kind)
	{
		case ORIGIN_NO_COLUMN:
			node->unknown = explainer->words->no_column;
			node->not_given = true;
			break;
		case ORIGIN_NO_KEY:
			node->unknown = explainer->words->no_key;
			node->not_given = true;
			break;
		case ORIGIN_ALLOTTED:
			/* depends on other rows */
			break;
		case ORIGIN_NO_YEAR:
			node->unknown = explainer->words->no_year;
			break;
		default:
			node->not_given = node->origin.null;
			node->unknown = node->origin.null ? explainer->words->null
				: outside(explainer->words, fact, &node->origin);
			break;
	}
}

/* Adds a fact to a list unless it is already there. */
List *
explain_with_fact(Explainer *explainer, List *facts, const Expression *expr, int number)
{
	ExplainNode *fact;
	ListCell   *cell;
	const char *name = explain_fact_shown(explainer, expr, number).name;

	foreach(cell, facts)
	{
		if (strcmp(((ExplainNode *) lfirst(cell))->name, name) == 0)
			return facts;
	}
	fact = explain_node(EXPLAIN_FACT);
	explain_fact(explainer, fact, expr, number);
	return lappend(facts, fact);
}

/* ---------------- what was shown ---------------- */

bool
explain_shown_before(Explainer *explainer, int number)
{
	bool		scoped = explainer->run->program->instrs[number].scopes != 0;
	uint64		before = explainer->seen[number];

	explainer->seen[number] = explainer->element;
	return before != 0 && (!scoped || before == explainer->element);
}

void
explain_enter(Explainer *explainer, int depth, const Value *fields)
{
	run_enter_element(explainer->run, depth, fields);
	explainer->element++;
}
