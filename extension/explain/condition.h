/*
 * condition.h
 *		Functions for explaining expressions: the nodes of the tree and the words of the document.
 *
 * They are defined in node.c, value.c (calculations) and condition.c (conditions).
 */
#ifndef ZJTX_EXPLAIN_CONDITION_H
#define ZJTX_EXPLAIN_CONDITION_H

#include "engine/value.h"
#include "explain.h"

#define EXPLAIN_TEXT 200		/* longest text that is shown, in characters */

/* explain_argument: the instruction of argument i of an expression, as program_part_instr gives it. */
static inline int
explain_argument(const Program *program, const Expression *expr, int number, int i)
{
	return program_part_instr(program, number, list_nth(expr->args, i));
}

/* Each shows a fact or field: in a node, or in a list of facts without duplicates. */
extern void explain_fact(Explainer *explainer, ExplainNode *node, const Expression *expr, int number);
extern List *explain_with_fact(Explainer *explainer, List *facts, const Expression *expr, int number);

/* The name under which a fact is shown, revenue or revenue[2023]; its label; and its number (fact_in_year) or -1. */
typedef struct FactShown
{
	const char *name;
	const char *label;
	int			fact;
} FactShown;

/* A comparison in words, which are signs in English. */
extern const char *explain_compare_words(const Phrases *words, CompareOp op, ValueType type);

extern FactShown explain_fact_shown(Explainer *explainer, const Expression *expr, int number);

/*
 * Returns whether a register was shown before, and marks it as shown.  Registers that
 * depend on the element of a list are different for each element.
 */
extern bool explain_shown_before(Explainer *explainer, int number);

/* steps.c: steps of bands and cases in the words of a Chinese document */
extern char *explain_arm_words(const Explainer *explainer, const Expression *arm);
extern char *explain_when_words(const Explainer *explainer, const Expression *condition, const Expression *value);
extern char *explain_else_words(const Explainer *explainer, const Expression *value);

/* value.c: a definition in its node, and the parts of a calculation */
extern void explain_define(Explainer *explainer, ExplainNode *node, const Define *define, int number);
extern void explain_parts(Explainer *explainer, ExplainNode *node, const Expression *expr, int number);

/* A number without a unit that is compared with a percentage is also shown as one. */
extern void explain_as_ratio(ExplainNode *node, const Expression *bound);

static inline void
explain_add(ExplainNode *node, ExplainNode *child)
{
	node->children = lappend(node->children, child);
}

static inline void
explain_truth(ExplainNode *node, Truth truth)
{
	node->has_truth = true;
	node->truth = truth;
}

static inline bool
is_literal(const Expression *expr)
{
	return expr->kind == EXPR_NUMBER || expr->kind == EXPR_TEXT ||
		expr->kind == EXPR_DATE || expr->kind == EXPR_BOOLEAN ||
		(expr->kind == EXPR_NEGATE && ((Expression *) linitial(expr->args))->kind == EXPR_NUMBER);
}

static inline bool
is_fact(const Expression *expr)
{
	return (expr->kind == EXPR_INDEX && expr->meaning == NAME_FACT) ||
		(expr->kind == EXPR_NAME && expr->meaning != NAME_DEFINE && expr->meaning != NAME_YEAR);
}

static inline bool
is_define(const Expression *expr)
{
	return expr->kind == EXPR_NAME && expr->meaning == NAME_DEFINE;
}

#endif							/* ZJTX_EXPLAIN_CONDITION_H */
