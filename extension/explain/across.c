/*
 * across.c
 *		Explains selections and budgets.
 *
 * The place of a row among others is known inside allot(), and once an allotment has been
 * recorded.  The source of facts returns it as the origin of the selection's fact.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "condition.h"
#include "engine/across.h"

/* ---------------- selections ---------------- */

static const SelectionEntry *
entry_of(const Program *program, const Selection *selection)
{
	int			i;

	for (i = 0; i < program->nselections; i++)
		if (program->selections[i].selection == selection)
			return &program->selections[i];
	return NULL;
}

/* The first 10, or the first 20%. */
static char *
first_words(const Explainer *explainer, const Selection *selection)
{
	bool		share = selection->first->unit == UNIT_PLAIN;
	Number		number;

	value_of_literal(&number, selection->first);
	return psprintf(share ? explainer->words->first_share : explainer->words->first_rows,
					explain_number(&number, share ? UNIT_PLAIN : UNIT_FREE, NULL));
}

static char *
place_words(const Phrases *words, const Origin *origin)
{
	if (origin->place_low == origin->place_high)
		return psprintf(words->place, origin->place_low);
	return psprintf(words->places, origin->place_low, origin->place_high);
}

/* The labels of the row's own facts whose absence leaves its place unknown. */
static char *
pending_words(Explainer *explainer, const SelectionEntry *entry)
{
	Run		   *run = explainer->run;
	const Phrases *words = explainer->words;
	int		   *goals = palloc_array(int, entry->nkeys + 1);
	StringInfoData buf;
	List	   *facts;
	ListCell   *cell;
	int			i;

	goals[0] = entry->when;
	for (i = 0; i < entry->nkeys; i++)
		goals[i + 1] = entry->keys[i].instr;
	facts = run_missing_ranked(run, goals, entry->nkeys + 1);
	if (facts == NIL)
		return pstrdup(words->pending_others);
	initStringInfo(&buf);
	foreach(cell, facts)
	{
		const char *name = run_missing_name(run, lfirst_int(cell));

		if (words->chinese && !is_lookup_number(run->program, lfirst_int(cell)))
		{
			const char *label = fact_in_year_label(run->program, lfirst_int(cell));

			name = label ? explain_short(label) : name;
		}
		appendStringInfo(&buf, "%s%s", buf.len > 0 ? words->member_comma : "", name);
	}
	return psprintf(words->pending, buf.data);
}

/*
 * Adds what is known about the place of the row: place 3, within the first 10; or places
 * 8 to 15, undecided, because a fact is not given.
 */
static void
tell_place(Explainer *explainer, ExplainNode *node, const Selection *selection, const SelectionEntry *entry, Truth truth)
{
	const Phrases *words = explainer->words;
	bool		placed = node->has_origin && node->origin.place_low > 0;
	const char *first = first_words(explainer, selection);

	if (truth == TRUTH_UNKNOWN)
		node->what = psprintf("%s%s%s", placed ? place_words(words, &node->origin) : first, words->comma,
							  pending_words(explainer, entry));
	else
		node->what = psprintf("%s%s%s", placed ? place_words(words, &node->origin) : "", placed ? words->comma : "",
							  psprintf(truth == TRUTH_TRUE ? words->within_first : words->outside_first, first));
}

void
explain_selected(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	const Selection *selection = (const Selection *) expr->provision;
	const SelectionEntry *entry = entry_of(explainer->run->program, selection);

	node->kind = EXPLAIN_SELECTED;
	explain_fact(explainer, node, expr, number);
	node->operator = "=";
	node->needed = explainer->words->yes;
	/* on another day, nothing is known about this row's place */
	if (entry == NULL || explainer->run->program->instrs[number].op != OP_FACT)
		return;
	tell_place(explainer, node, selection, entry, run_truth(explainer->run, number));
	if (selection->when == NULL || explainer->brief)
		return;
	if (explain_shown_before(explainer, entry->when))
		node->above = true;
	else
		explain_conditions(explainer, node, selection->when, entry->when);
}

/*
 * Explains the selection to which the policy is narrowed: the place, the condition, and the values by which rows are
 * sorted.
 */
void
explain_selection(Explainer *explainer, ExplainNode *parent)
{
	const Program *program = explainer->run->program;
	const Selection *selection = policy_find_selection(explainer->doc, explainer->doc->part);
	const SelectionEntry *entry = entry_of(program, selection);
	Expression *expr = expr_literal(EXPR_SATISFIES, TYPE_BOOLEAN, selection->provision.span);
	ExplainNode *node = explain_node(EXPLAIN_SELECTED);
	ListCell   *cell;

	expr->name = selection->provision.code;
	expr->meaning = NAME_SELECTION;
	expr->provision = unconstify(Provision *, &selection->provision);
	expr->fact = selection->selected;
	explain_truth(node, run_truth(explainer->run, program->satisfied));
	explain_selected(explainer, node, expr, program->satisfied);
	node->needed = node->operator = NULL;
	node->code = selection->provision.code;
	node->article = selection->provision.article;
	node->wording = selection->provision.wording;
	node->offices = selection->provision.offices;
	node->notes = selection->provision.notes;
	foreach(cell, selection->keys)
	{
		const SortKey *key = lfirst(cell);
		ExplainNode *sorted = explain_value(explainer, key->expr, entry->keys[foreach_current_index(cell)].instr);

		sorted->sorts = true;
		sorted->descending = key->descending;
		explain_add(node, sorted);
	}
	explain_add(parent, node);
}

/* ---------------- budgets ---------------- */

/* How a budget is divided: pro rata, or in an order, as written. */
static char *
order_words(const Explainer *explainer, const ClauseBudget *budget)
{
	const Phrases *words = explainer->words;
	StringInfoData buf;
	ListCell   *cell;

	if (budget->keys == NIL)
		return pstrdup(words->pro_rata);
	initStringInfo(&buf);
	foreach(cell, budget->keys)
	{
		const SortKey *key = lfirst(cell);

		appendStringInfo(&buf, "%s%s%s", buf.len > 0 ? words->member_comma : "", explain_source(explainer, key->expr),
						 key->descending ? words->descending : "");
	}
	return psprintf(words->in_order, buf.data);
}

void
explain_budget(Explainer *explainer, ExplainNode *parent, const ClauseBudget *budget, int claim, int allotted)
{
	ExplainNode *node;
	Number		amount;

	if (budget == NULL)
		return;
	node = explain_node(EXPLAIN_BUDGET);
	value_of_literal(&amount, budget->amount);
	node->code = budget->provision.code;
	node->title = explain_short(budget->provision.title);
	node->article = budget->provision.article;
	node->notes = budget->provision.notes;
	node->has_amount = true;
	node->amount.low = node->amount.high = amount;
	node->what = order_words(explainer, budget);
	node->before = answer_amount_of(run_value(explainer->run, claim));
	node->capped = run_value(explainer->run, allotted)->known ? TRUTH_TRUE : TRUTH_UNKNOWN;
	explain_add(parent, node);
}
