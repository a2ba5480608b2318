/*
 * condition.h
 *		What those share who explain expressions: the nodes of the tree, the words of the
 *		document, and the instruction of each expression.
 *
 * node.c has what is declared here, value.c calculations, and
 * condition.c conditions.
 */
#ifndef ZJTX_EXPLAIN_CONDITION_H
#define ZJTX_EXPLAIN_CONDITION_H

#include "engine/value.h"
#include "explain.h"

#define EXPLAIN_TEXT 200		/* characters that are shown of a text */

/*
 * The instruction of an argument of an expression, given that of the expression; -1
 * where it has none, being a constant or part of one.  Of a between those of x, low and
 * high; of an in that of x (0) or of a member.
 */
extern int	explain_argument(const Program *program, const Expression *expr, int number, int i);
extern void explain_between_instrs(const Program *program, const Expression *expr, int number, int found[3]);
extern int	explain_in_instr(const Program *program, const Expression *expr, int number, int i);

/* A fact or field into the node that shows it, or to a list of facts, each once. */
extern void explain_fact(Explainer *explainer, ExplainNode *node, const Expression *expr, int number);
extern List *explain_with_fact(Explainer *explainer, List *facts, const Expression *expr, int number);

/*
 * Whether what stands here was shown before; from now on it was.  What depends on
 * the element of a list is another thing in the next element.
 */
extern bool explain_shown_before(Explainer *explainer, int number);

/* value.c: a definition into its node, and what a value was calculated from */
extern void explain_define(Explainer *explainer, ExplainNode *node, const Define *define, int number);
extern void explain_parts(Explainer *explainer, ExplainNode *node, const Expression *expr, int number);

/* A number without a unit that is compared with a percentage is shown as one. */
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
	return expr->kind == EXPR_NAME && expr->meaning != NAME_DEFINE;
}

static inline bool
is_define(const Expression *expr)
{
	return expr->kind == EXPR_NAME && expr->meaning == NAME_DEFINE;
}

#endif							/* ZJTX_EXPLAIN_CONDITION_H */
