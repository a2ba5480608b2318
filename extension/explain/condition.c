/*
 * condition.c
 *		Explains conditions: the value found, the value needed, and the part that decided.
 *
 * Parts that did not matter are folded: if a condition fails, the parts that hold; if it
 * holds by one of several alternatives, the other alternatives.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "condition.h"
#include "language/names.h"
#include "language/texts.h"

/* Returns the text of a bound; remembers the facts in it. */
static char *
bound_text(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	const Phrases *words = explainer->words;
	const Value *value;
	const char *found;
	const char *name;
	FactShown	shown = {expr->name, NULL, -1};

	if (expr->kind == EXPR_TEXT && (words->chinese || expr->texts))
		return psprintf(words->quoted, explain_short(texts_fact_shown(expr->texts, expr->name, strlen(expr->name))));
	if (expr->kind == EXPR_BOOLEAN)
		return pstrdup(expr->boolean ? words->yes : words->no);
	if (number < 0 || is_literal(expr))
		return explain_source(explainer, expr);
	value = run_value(explainer->run, number);
	found = explain_value_text(words, value, expr->type, expr->unit, expr->texts, NULL);
	if (is_define(expr))
	{
		if (!explainer->brief && !is_literal(expr->define->expr))
			explain_parts(explainer, node, expr, number);
		name = expr->define->provision.title;
	}
	else if (is_fact(expr))
	{
		const ExplainNode *fact;

		node->bounds = explain_with_fact(explainer, node->bounds, expr, number);
		fact = llast(node->bounds);
		shown = explain_fact_shown(explainer, expr, number);
		if (fact->unknown && strcmp(fact->name, shown.name) == 0)
			found = psprintf(fact->not_given ? words->not_given : words->unknown_why, fact->unknown);
		name = shown.label;
	}
	else
	{
		if (!explainer->brief)
			explain_parts(explainer, node, expr, number);
		return psprintf(words->titled, explain_source(explainer, expr), found);
	}
	if (name && words->chinese && strcmp(shown.name, AS_OF_NAME) == 0)
		return psprintf("%s %s", name, found);
	if (name)
		return psprintf("%s%s%s", psprintf(words->titled, explain_short(name), shown.name),
						words->after_aside, found);
	return psprintf("%s%s%s", shown.name, words->after_name, found);
}

const char *
explain_compare_words(const Phrases *words, CompareOp op, ValueType type)
{
	bool		days = type == TYPE_DATE;

	switch (op)
	{
		case CMP_EQ:
			return words->is_equal;
		case CMP_NE:
			return type == TYPE_TEXT ? words->is_not_text : words->is_unequal;
		case CMP_LT:
			return days ? words->is_before : words->is_less;
		case CMP_LE:
			return days ? words->is_not_after : words->is_at_most;
		case CMP_GT:
			return days ? words->is_after : words->is_more;
		case CMP_GE:
			return days ? words->is_not_before : words->is_at_least;
	}
	return NULL;
}

/* Explains a > b as a requirement on a, or on b if a is a constant. */
static void
explain_compare(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	const Program *program = explainer->run->program;
	const Expression *left = linitial(expr->args);
	const Expression *right = lsecond(expr->args);
	int			a = explain_argument(program, expr, number, 0);
	int			b = explain_argument(program, expr, number, 1);
	CompareOp	op = expr->compare;

	if (is_literal(left) && !is_literal(right))
	{
		const Expression *other = left;
		int			c = a;

		left = right, right = other;
		a = b, b = c;
		op = compare_mirrored(op);
	}
	node->operator = explain_compare_words(explainer->words, op, left->type);
	explain_subject(explainer, node, left, a);
	explain_as_ratio(node, right);
	node->needed = bound_text(explainer, node, right, b);
	if (right->type == TYPE_NUMBER)
	{
		if (b >= 0 && run_value(explainer->run, b)->known && !is_none(run_value(explainer->run, b)))
		{
			node->has_bound = true;
			node->bound = run_value(explainer->run, b)->low;
		}
	}
}

static void
explain_between(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	const Phrases *words = explainer->words;
	bool		days = ((Expression *) linitial(expr->args))->type == TYPE_DATE;
	const char *form = expr->negated ? (days ? words->days_not_between : words->numbers_not_between)
	: days ? words->days_between : words->numbers_between;
	const Program *program = explainer->run->program;
	char	   *low;

	node->operator = expr->negated ? words->op_not_between : words->op_between;
	explain_subject(explainer, node, linitial(expr->args), explain_argument(program, expr, number, 0));
	explain_as_ratio(node, lsecond(expr->args));
	low = bound_text(explainer, node, lsecond(expr->args), explain_argument(program, expr, number, 1));
	node->needed = psprintf(form, low, bound_text(explainer, node, lthird(expr->args),
												  explain_argument(program, expr, number, 2)));
}

static void
explain_in(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	const Phrases *words = explainer->words;
	StringInfoData buf;
	int			i;

	node->operator = expr->negated ? words->op_not_in : words->op_in;
	explain_subject(explainer, node, linitial(expr->args), explain_argument(explainer->run->program, expr, number, 0));
	initStringInfo(&buf);
	for (i = 1; i < list_length(expr->args) && buf.len < EXPLAIN_TEXT; i++)
		appendStringInfo(&buf, "%s%s", i > 1 ? words->member_comma : "",
						 bound_text(explainer, node, list_nth(expr->args, i),
									explain_argument(explainer->run->program, expr, number, i)));
	if (i < list_length(expr->args))
		appendStringInfo(&buf, "%s…", words->member_comma);
	node->needed = psprintf(expr->negated ? words->not_members : words->members, buf.data);
}

static void
explain_all(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	Run		   *run = explainer->run;
	const Phrases *words = explainer->words;
	Truth		truth = run_truth(run, number);
	int			counts[3] = {0, 0, 0};
	bool		is_and = expr->kind == EXPR_AND;
	int			shown = 0;
	int			above = 0;
	ListCell   *cell;

	foreach(cell, expr->args)
	{
		const Expression *part = lfirst(cell);
		int			i = explain_argument(run->program, expr, number, foreach_current_index(cell));
		Truth		here;

		CHECK_FOR_INTERRUPTS();
		here = run_truth(run, i);
		if (here != truth)
			counts[here]++;
		else if (explainer->brief && shown >= 2)
			above++;
		else if (is_and && truth == TRUTH_TRUE && explainer->seen[i] != 0 && run->program->instrs[i].scopes == 0)
			above++;
		else
		{
			ExplainNode *child = explain_condition(explainer, part, i);

			if (!explainer->brief)
				explain_shown_before(explainer, i);
			explain_add(node, child);
			shown++;
		}
	}
	if (explainer->brief)
		explain_fold_truth(explainer, node, above, truth, words->more, words->more);
	else
		explain_fold_truth(explainer, node, above, truth, words->condition_above_holds, words->conditions_above_hold);
	if (explainer->brief)
		return;
	explain_fold_truth(explainer, node, counts[TRUTH_FALSE], TRUTH_FALSE,
					   words->alternative_fails, words->alternatives_fail);
	explain_fold_truth(explainer, node, counts[TRUTH_UNKNOWN], TRUTH_UNKNOWN,
					   words->condition_undecided, words->conditions_undecided);
	explain_fold_truth(explainer, node, counts[TRUTH_TRUE], TRUTH_TRUE,
					   words->condition_holds, words->conditions_hold);
}

/* Explains a condition as children of a node; an `and` does not need a line of its own. */
void
explain_conditions(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	check_stack_depth();
	if (expr->kind == EXPR_AND)
		explain_all(explainer, node, expr, number);
	else
		explain_add(node, explain_condition(explainer, expr, number));
}

/*
 * Explains not x as a statement about x if x is a boolean, and in Chinese if it is a comparison.
 */
static void
explain_not(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	const Expression *x = linitial(expr->args);
	int			i = explain_argument(explainer->run->program, expr, number, 0);
	Expression	reversed = *x;

	reversed.negated = !x->negated;
	if (x->kind == EXPR_COMPARE)
		reversed.compare = compare_opposite(x->compare);
	node->kind = EXPLAIN_CONDITION;
	if (explainer->words->chinese && x->kind == EXPR_COMPARE)
		explain_compare(explainer, node, &reversed, i);
	else if (explainer->words->chinese && x->kind == EXPR_BETWEEN)
		explain_between(explainer, node, &reversed, i);
	else if (explainer->words->chinese && x->kind == EXPR_IN)
		explain_in(explainer, node, &reversed, i);
	else if (is_fact(x))
	{
		explain_fact(explainer, node, x, i);
		node->operator = "=";
		node->needed = explainer->words->no;
	}
	else if (explainer->brief)
		node->expression = explain_source(explainer, expr);
	else
	{
		node->kind = EXPLAIN_NOT;
		explain_add(node, explain_condition(explainer, x, i));
	}
}

/*
 * Finds the version of a used document that answers a reference, and the instruction of
 * its answer.  Returns NULL if none is in force; *unknown then says whether one may be in
 * force.
 */
static const Document *
find_version(Explainer *explainer, const Expression *expr, int *number, bool *unknown)
{
	Run		   *run = explainer->run;
	const Instr *instr = &run->program->instrs[*number];
	const int  *args = run->program->args + instr->args;
	const List *documents = expr->use->documents;
	const Document *last = llast(documents);
	int			i;

	*unknown = false;
	if (!last->has_from && !last->has_until)
		return last;

	/*
	 * one document is "it is in force, and …"; the versions of a series,
	 * the last first, are a case
	 */
	for (i = 0; i + 1 < instr->nargs; i += 2)
	{
		Truth		in_force = run_truth(run, args[i]);

		if (in_force == TRUTH_TRUE)
			*number = args[i + 1];
		*unknown = in_force == TRUTH_UNKNOWN;
		if (in_force != TRUTH_FALSE)
			return *unknown ? NULL : list_nth(documents, list_length(documents) - 1 - i / 2);
	}
	return NULL;
}

/*
 * Returns the day for which the condition tests whether a document is in force: the operand of the first comparison.
 */
static int
in_force_day(const Program *program, int number)
{
	const Instr *instr = &program->instrs[number];

	while (instr->op != OP_COMPARE)
		instr = &program->instrs[program->args[instr->args]];
	return instr->a;
}

/* Explains the condition of a provision in the node that refers to it, once. */
static void
explain_provision(Explainer *explainer, ExplainNode *node, const Provision *provision, NameKind kind, int number)
{
	const Expression *when = kind == NAME_CLAUSE ? ((const Clause *) provision)->when
	: kind == NAME_RUNG ? ((const Rung *) provision)->when : NULL;

	node->title = explain_short(provision->title);
	/* a clause in stages or a group is explained by itself */
	if (when == NULL || explainer->brief || (kind == NAME_CLAUSE && ((const Clause *) provision)->stages))
		return;
	if (explain_shown_before(explainer, number))
		node->above = true;
	else
		explain_conditions(explainer, node, when, number);
}

/* Explains the condition of a provision of a used document. */
static void
explain_used(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	bool		unknown;
	const Document *doc = find_version(explainer, expr, &number, &unknown);
	Within		within = {expr->use, explainer->within};
	const Clause *clause;
	const Rung *rung;
	const ClauseGroup *group;
	const Selection *selection;
	ExplainNode *no_version;

	if (doc == NULL)
	{
		no_version = explain_node(EXPLAIN_NO_VERSION);
		no_version->words = explainer->words;
		no_version->code = expr->use->code;
		no_version->alone = !expr->use->is_series;
		no_version->count = unknown;
		explain_found(no_version, run_value(explainer->run, in_force_day(explainer->run->program, number)),
					  TYPE_DATE, UNIT_FREE);
		explain_add(node, no_version);
		return;
	}
	clause = policy_find_clause(doc, expr->part);
	rung = policy_find_rung(doc, expr->part);
	group = policy_find_group(doc, expr->part);
	selection = policy_find_selection(doc, expr->part);
	node->citation = doc->number ? doc->number : doc->provision.title;
	explainer->within = &within;
	if (clause)
		explain_provision(explainer, node, &clause->provision, NAME_CLAUSE, number);
	else if (rung)
		explain_provision(explainer, node, &rung->provision, NAME_RUNG, number);
	else if (group)
		explain_provision(explainer, node, &group->provision, NAME_GROUP, number);
	else if (selection)
		explain_provision(explainer, node, &selection->provision, NAME_SELECTION, number);
	explainer->within = within.user;
}

/* Explains the condition of another provision. */
static void
explain_satisfies(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	const Program *program = explainer->run->program;
	const Instr *instr = &program->instrs[number];
	const Expression *on = expr->args ? linitial(expr->args) : NULL;

	node->expression = explain_source(explainer, expr);
	/* "there is such a day, and on it …" */
	if (on && on->can_be_none && instr->op == OP_AND)
		number = program->args[instr->args + 1];
	if (expr->use)
		explain_used(explainer, node, expr, number);
	else if (expr->meaning == NAME_SELECTION)
		explain_selected(explainer, node, expr, number);
	else
		explain_provision(explainer, node, expr->provision, expr->meaning, number);
}

ExplainNode *
explain_condition(Explainer *explainer, const Expression *expr, int number)
{
	ExplainNode *node;
	ListCell   *cell;

	check_stack_depth();
	/* show only the alternative that holds */
	if (expr->kind == EXPR_OR && run_truth(explainer->run, number) == TRUTH_TRUE)
	{
		foreach(cell, expr->args)
		{
			int			i = explain_argument(explainer->run->program, expr, number, foreach_current_index(cell));

			if (run_truth(explainer->run, i) == TRUTH_TRUE)
				return explain_condition(explainer, lfirst(cell), i);
		}
	}

	node = explain_node(EXPLAIN_CONDITION);
	explain_truth(node, run_truth(explainer->run, number));
	switch (expr->kind)
	{
		case EXPR_NAME:
		case EXPR_INDEX:
			if (expr->meaning == NAME_TABLE)
			{
				node->expression = explain_source(explainer, expr);
				explain_parts(explainer, node, expr, number);
				break;
			}
			if (is_define(expr))
			{
				node->kind = EXPLAIN_DEFINITION;
				explain_define(explainer, node, expr->define, number);
				break;
			}
			explain_fact(explainer, node, expr, number);
			node->operator = "=";
			node->needed = explainer->words->yes;
			break;
		case EXPR_AND:
		case EXPR_OR:
			if (explainer->brief)
				node->expression = explain_source(explainer, expr);
			else
			{
				node->kind = expr->kind == EXPR_AND ? EXPLAIN_AND : EXPLAIN_OR;
				explain_all(explainer, node, expr, number);
			}
			break;
		case EXPR_NOT:
			explain_not(explainer, node, expr, number);
			break;
		case EXPR_COMPARE:
			explain_compare(explainer, node, expr, number);
			break;
		case EXPR_BETWEEN:
			explain_between(explainer, node, expr, number);
			break;
		case EXPR_IN:
			explain_in(explainer, node, expr, number);
			break;
		case EXPR_IS_NULL:
			node->operator = "is";
			node->needed = expr->negated ? explainer->words->not_none : explainer->words->none;
			explain_subject(explainer, node, linitial(expr->args),
							explain_argument(explainer->run->program, expr, number, 0));
			break;
		case EXPR_SATISFIES:
			explain_satisfies(explainer, node, expr, number);
			break;
		default:
			node->expression = explain_source(explainer, expr);
			if (!is_literal(expr))
				explain_calculation(explainer, node, expr, number);
			break;
	}
	return node;
}
