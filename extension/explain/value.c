/*
 * value.c
 *		Explains calculations: definitions, scores and bands, cases, sums over lists.
 *
 * Each definition is expanded only once.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"

#include "condition.h"
#include "engine/exact.h"

#define MAX_STEPS 64			/* limit for naming the reachable steps of a
								 * band */

/* Shows a definition in the node that refers to it. */
void
explain_define(Explainer *explainer, ExplainNode *node, const Define *define, int number)
{
	node->name = define->provision.code;
	node->title = explain_short(define->provision.title);
	node->article = define->provision.article;
	if (define->expr->type != TYPE_BOOLEAN)
		explain_found_as(node, run_value(explainer->run, number), define->expr,
						 define->is_score && define->expr->unit == UNIT_FREE ? UNIT_POINT : define->expr->unit);
	if (explainer->brief || is_literal(define->expr))
		return;
	node->expression = explain_source(explainer, define->expr);
	/* a definition that only renames another one has the same instruction */
	if (!is_define(define->expr) && explain_shown_before(explainer, number))
	{
		node->above = true;
		return;
	}
	node->notes = define->provision.notes;
	if (define->expr->type == TYPE_BOOLEAN)
		explain_conditions(explainer, node, define->expr, number);
	else
		explain_calculation(explainer, node, define->expr, number);
}

/* A number without a unit that is compared with a percentage is also shown as one. */
void
explain_as_ratio(ExplainNode *node, const Expression *bound)
{
	if (node->unit == UNIT_FREE && bound->type == TYPE_NUMBER && bound->unit == UNIT_PLAIN)
		node->unit = UNIT_PLAIN;
}

/* ---------------- calculations ---------------- */

static bool
has_steps(const Expression *expr)
{
	return is_define(expr) || expr->kind == EXPR_BAND || expr->kind == EXPR_CASE || expr->kind == EXPR_TIERS ||
		expr->kind == EXPR_LIST_CALL;
}

/* Shows the parts of a calculation: facts on one line, everything else below. */
void
explain_parts(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	ListCell   *cell;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (number < 0 || is_literal(expr))
		return;
	if (is_fact(expr))
	{
		node->facts = explain_with_fact(explainer, node->facts, expr, number);
		return;
	}
	if (has_steps(expr))
	{
		if (expr->type == TYPE_BOOLEAN)
			explain_add(node, explain_condition(explainer, expr, number));
		else
			explain_add(node, explain_value(explainer, expr, number));
		return;
	}
	foreach(cell, expr->args)
	{
		explain_parts(explainer, node, lfirst(cell),
					  explain_argument(explainer->run->program, expr, number, foreach_current_index(cell)));
	}
}

/* Records the maximum of a set of values. */
static void
set_most(ExplainNode *node, Run *run, int number)
{
	const Value *value = run_value(run, number);

	if (node->type != TYPE_NUMBER || node->unit != UNIT_POINT || high_of(value) == NULL || is_none(value))
		return;
	if (!node->has_most || number_compare(high_of(value), &node->most) > 0)
		node->most = *high_of(value);
	node->has_most = true;
}

static void
add_band(const Phrases *words, ExplainNode *node, const char *step)
{
	node->band = node->band ? psprintf(words->or_step, node->band, step) : step;
}

/* A step of a band, in words or as it is written. */
static char *
arm_text(Explainer *explainer, const Expression *arm)
{
	return explainer->words->chinese ? explain_arm_words(explainer, arm) : explain_source(explainer, arm);
}

static void
explain_band(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	Run		   *run = explainer->run;
	const Instr *instr = &run->program->instrs[number];
	const int  *args = run->program->args + instr->args;
	Truth		reached = TRUTH_FALSE;
	int			next = 0;
	int			i;

	node->operand = explain_value(explainer, linitial(expr->args), instr->a);
	for (i = 1; i < list_length(expr->args); i++)
	{
		const Expression *arm = list_nth(expr->args, i);
		Truth		here = list_length(arm->args) > 1 ? run_truth(run, args[next++]) : TRUTH_TRUE;

		if (list_length(arm->args) > 1)
			explain_as_ratio(node->operand, lsecond(arm->args));
		if (reached != TRUTH_TRUE && here != TRUTH_FALSE && i <= MAX_STEPS)
			add_band(explainer->words, node, arm_text(explainer, arm));
		if (here > reached)
			reached = here;
		set_most(node, run, args[next++]);
	}
	if (reached != TRUTH_TRUE)
		add_band(explainer->words, node, explainer->words->no_band);
}

/* Returns the tiers as they are written. */
static char *
tiers_text(Explainer *explainer, const Expression *expr)
{
	Expression	tiers = *expr;

	tiers.span.start = ((const Expression *) lsecond(expr->args))->span.start;
	tiers.span.end = ((const Expression *) llast(expr->args))->span.end;
	return explain_source(explainer, &tiers);
}

/* Shows each part of the number and its rate; for an unknown number, the tiers. */
static void
explain_tiers(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	Run		   *run = explainer->run;
	const Instr *instr = &run->program->instrs[number];
	const int  *args = run->program->args + instr->args;
	const Expression *x = linitial(expr->args);
	const Value *value = run_value(run, instr->a);
	Number		from = number_zero;
	int			i;

	node->tiers = true;
	node->operand = explain_value(explainer, x, instr->a);
	if (!value->known || value->none)
	{
		node->band = tiers_text(explainer, expr);
		return;
	}
	for (i = 0; i < instr->nargs && i < MAX_STEPS && number_compare(&value->low, &from) > 0; i += 2)
	{
		const Number *to = i + 1 < instr->nargs ? &run->program->numbers[run->program->instrs[args[i + 1]].a] : NULL;
		Number		part;
		char	   *text;

		if (!number_subtract(&part, to && number_compare(&value->low, to) > 0 ? to : &value->low, &from))
			break;
		text = psprintf("%s × %s", explain_number(&part, x->unit, NULL),
						explain_source(explainer, list_nth(expr->args, i + 1)));
		node->band = node->band ? psprintf("%s + %s", node->band, text) : text;
		if (to)
			from = *to;
	}
	if (node->band == NULL)
		node->band = explain_number(&number_zero, x->unit, NULL);
}

static void
explain_case(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	const Phrases *words = explainer->words;
	Run		   *run = explainer->run;
	const Instr *instr = &run->program->instrs[number];
	const int  *args = run->program->args + instr->args;
	Truth		reached = TRUTH_FALSE;
	int			i;

	for (i = 0; i + 1 < instr->nargs; i += 2)
	{
		const Expression *condition = list_nth(expr->args, i);
		const Expression *value = list_nth(expr->args, i + 1);
		Truth		here = reached == TRUTH_TRUE ? TRUTH_FALSE : run_truth(run, args[i]);

		if (reached != TRUTH_TRUE)
			explain_parts(explainer, node, condition, args[i]);
		if (here != TRUTH_FALSE && i <= MAX_STEPS)
		{
			add_band(words, node, words->chinese ? explain_when_words(explainer, condition, value) :
					 psprintf(words->when_then, explain_source(explainer, condition), explain_source(explainer, value)));
			explain_parts(explainer, node, value, args[i + 1]);
		}
		if (here > reached)
			reached = here;
		set_most(node, run, args[i + 1]);
	}
	if (i < instr->nargs)
	{
		if (reached != TRUTH_TRUE)
		{
			add_band(words, node, words->chinese ? explain_else_words(explainer, llast(expr->args)) :
					 psprintf(words->otherwise, explain_source(explainer, llast(expr->args))));
			explain_parts(explainer, node, llast(expr->args), args[i]);
		}
		set_most(node, run, args[i]);
	}
	else if (reached != TRUTH_TRUE)
		add_band(words, node, words->else_none);
}

/* Shows the fields of an element of a list, which must have been entered. */
ExplainNode *
explain_element(const Phrases *words, const Fact *list, int number, const Value *fields)
{
	ExplainNode *node = explain_node(EXPLAIN_ELEMENT);
	ListCell   *cell;

	node->code = psprintf("%d", number);
	foreach(cell, list->fields)
	{
		const Fact *field = lfirst(cell);
		ExplainNode *fact = explain_node(EXPLAIN_FACT);

		fact->name = words->chinese && field->label ? field->label : field->name;
		explain_found(fact, &fields[foreach_current_index(cell)], field->type, field->unit);
		fact->texts = field;
		node->facts = lappend(node->facts, fact);
	}
	return node;
}

/* Shows what a function over a range finds for one of its numbers. */
static ExplainNode *
range_element(Explainer *explainer, const Expression *expr, const Instr *instr, const Value *it)
{
	ExplainNode *node = explain_node(EXPLAIN_ELEMENT);

	if (expr->where)
		explain_parts(explainer, node, expr->where, instr->b);
	if (expr->body)
		explain_parts(explainer, node, expr->body, instr->c);
	if (node->facts == NIL && node->children == NIL)
		node = explain_element(explainer->words, expr->fact, 1, it);
	node->code = number_text(&it->low);
	return node;
}

/* Returns the instruction of a function over a list; compile_all_of_range may have put an `and` above it. */
static const Instr *
list_instr(const Program *program, int number)
{
	const Instr *instr = &program->instrs[number];

	return instr->op == OP_AND ? &program->instrs[program->args[instr->args + instr->nargs - 1]] : instr;
}

static void
explain_list(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	Run		   *run = explainer->run;
	const Instr *instr = list_instr(run->program, number);
	const Value *list = run_value(run, instr->a);
	bool		logical = expr->type == TYPE_BOOLEAN;
	int			shown = 0;
	int			more = 0;
	int			left_out = 0;
	int			pass;
	int			i;

	if (instr->flag == FUNC_ONE && list->known && !value_decided(run_value(run, number), expr->type))
	{
		OneOpen		open = list_one_open(run, instr, list->list);

		if (open != ONE_NOT_OPEN)
			node->unknown = open == ONE_DIFFERS ? explainer->words->elements_differ : explainer->words->no_such_element;
	}
	if (!list->known || list->list->count == 0)
	{
		/* the expression's fact is the list; a range has no name */
		if (expr->fact->index >= 0)
			node->facts = explain_with_fact(explainer, node->facts, expr, instr->a);
		else
			explain_parts(explainer, node, linitial(expr->args), instr->a);
		return;
	}
	/* first the elements that count; if there are none, the others */
	for (pass = 0; pass < 2 && (pass == 0 || shown == 0); pass++)
	{
		left_out = more = 0;
		for (i = 0; i < list->list->count; i++)
		{
			const Value *fields = list->list->fields + i * list->list->nfields;
			ExplainNode *element;
			Truth		here;
			Truth		mark;

			CHECK_FOR_INTERRUPTS();
			explain_enter(explainer, instr->depth, fields);
			here = instr->b >= 0 ? run_truth(run, instr->b) : TRUTH_TRUE;
			mark = here;
			if (logical && instr->c >= 0 && here != TRUTH_FALSE)
				mark = instr->flag == FUNC_ANY ? Min(here, run_truth(run, instr->c)) : run_truth(run, instr->c);

			/*
			 * for `any`, a failing element does not decide; for `all` that
			 * fails, one that holds does not
			 */
			if (pass == 0 && (here == TRUTH_FALSE ||
							  (instr->flag == FUNC_ANY && mark == TRUTH_FALSE) ||
							  (instr->flag == FUNC_ALL && mark == TRUTH_TRUE &&
							   run_truth(run, number) != TRUTH_TRUE)))
			{
				left_out++;
				continue;
			}
			if (shown >= EXPLAIN_ELEMENTS)
			{
				more++;
				continue;
			}
			shown++;
			element = expr->fact->index >= 0 ? explain_element(explainer->words, expr->fact, i + 1, fields)
				: range_element(explainer, expr, instr, fields);
			if (instr->b >= 0 || logical)
				explain_truth(element, mark);
			if (!logical && instr->c >= 0 && here != TRUTH_FALSE)
				explain_found(element, run_value(run, instr->c), expr->type,
							  expr->unit == UNIT_FREE ? node->unit : expr->unit);
			explain_add(node, element);
		}
	}
	explain_fold(explainer, node, more, explainer->words->more, explainer->words->more);
	explain_fold(explainer, node, left_out, explainer->words->does_not_matter, explainer->words->do_not_matter);
}

static ExplainNode *value_node(Explainer *explainer, const Expression *expr, int number, Unit unit);

/* Shows a + b + c as separate terms. */
static void
explain_terms(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	const Program *program = explainer->run->program;

	check_stack_depth();
	if (expr->kind == EXPR_ADD && number >= 0 && program->instrs[number].op == OP_ADD)
	{
		explain_terms(explainer, node, linitial(expr->args), explain_argument(program, expr, number, 0));
		explain_terms(explainer, node, lsecond(expr->args), explain_argument(program, expr, number, 1));
	}
	else if (number >= 0 && !is_literal(expr))
		explain_add(node, value_node(explainer, expr, number, node->unit));
}

static bool
terms_have_steps(const Expression *expr)
{
	for (; expr->kind == EXPR_ADD; expr = linitial(expr->args))
		if (has_steps(lsecond(expr->args)))
			return true;
	return has_steps(expr);
}

/* Shows a calculation in the node that has its value. */
void
explain_calculation(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	check_stack_depth();
	if (number < 0 || explainer->brief)
		return;
	switch (expr->kind)
	{
		case EXPR_BAND:
			explain_band(explainer, node, expr, number);
			break;
		case EXPR_CASE:
			explain_case(explainer, node, expr, number);
			break;
		case EXPR_TIERS:
			explain_tiers(explainer, node, expr, number);
			break;
		case EXPR_LIST_CALL:
			explain_list(explainer, node, expr, number);
			break;
		case EXPR_ADD:
			/* a date plus an interval has no terms */
			if (explainer->run->program->instrs[number].op == OP_ADD && terms_have_steps(expr))
			{
				explain_terms(explainer, node, expr, number);
				break;
			}
			pg_fallthrough;
		default:
			explain_parts(explainer, node, expr, number);
			break;
	}
}

/* Shows a value under the name of its fact or definition, or under its source. */
void
explain_subject(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	if (number < 0 || is_literal(expr))
		node->expression = explain_source(explainer, expr);
	else if (is_fact(expr))
		explain_fact(explainer, node, expr, number);
	else if (is_define(expr))
		explain_define(explainer, node, expr->define, number);
	else
	{
		node->expression = explain_source(explainer, expr);
		explain_found_as(node, run_value(explainer->run, number), expr,
						 expr->unit == UNIT_FREE ? node->unit : expr->unit);
		explain_calculation(explainer, node, expr, number);
	}
}

/* Creates a node for a value; `unit` applies if it has none. */
static ExplainNode *
value_node(Explainer *explainer, const Expression *expr, int number, Unit unit)
{
	ExplainNode *node = explain_node(EXPLAIN_VALUE);

	check_stack_depth();
	node->unit = unit;
	if (is_fact(expr))
		node->kind = EXPLAIN_FACT;
	else if (is_define(expr))
		node->kind = expr->define->is_score ? EXPLAIN_SCORE : EXPLAIN_DEFINITION;
	explain_subject(explainer, node, expr, number);
	return node;
}

ExplainNode *
explain_value(Explainer *explainer, const Expression *expr, int number)
{
	return value_node(explainer, expr, number, UNIT_FREE);
}
