/*
 * lint_lists.c
 *		Finds functions over lists that look up one element as if it always existed, and lists
 *		inside themselves.
 *
 * In a list without an element for a year, the maximum, minimum or sum over the elements
 * of that year is none or 0, so a condition on it is refused although the value is only
 * unknown.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"

#include "lint.h"

/* Returns whether an expression depends on the element of the list function `up` levels above. */
static bool
depends_on_element(const Expression *expr, int up)
{
	ListCell   *cell;

	if (expr == NULL)
		return false;
	check_stack_depth();
	if (expr->kind == EXPR_NAME && expr->meaning == NAME_FIELD)
		return expr->up == up;
	foreach(cell, expr->args)
	{
		if (depends_on_element(lfirst(cell), up))
			return true;
	}
	if (expr->kind == EXPR_LIST_CALL)
		up++;
	return depends_on_element(expr->where, up) || depends_on_element(expr->body, up);
}

/*
 * Whether an expression is a field that identifies elements: a number or a day, such as a
 * year.
 */
static bool
is_key(const Expression *expr)
{
	return expr->kind == EXPR_NAME && expr->meaning == NAME_FIELD && expr->up == 0 &&
		(expr->type == TYPE_NUMBER || expr->type == TYPE_DATE);
}

/*
 * Returns whether a condition compares a key for equality with a value that is the same
 * for all elements.
 */
static bool
looks_up(const Expression *where)
{
	const Expression *left;
	const Expression *right;

	if (where->kind != EXPR_COMPARE || where->compare != CMP_EQ)
		return false;
	left = linitial(where->args);
	right = lsecond(where->args);
	return (is_key(left) && !depends_on_element(right, 0)) || (is_key(right) && !depends_on_element(left, 0));
}

/*
 * A sum with several conditions adds up related elements.  It is a lookup only if the key
 * is the only condition and the value is a single field.
 */
static bool
is_lookup(const Expression *expr)
{
	ListCell   *cell;

	if (expr->where == NULL || expr->body == NULL)
		return false;
	if (looks_up(expr->where))
		return expr->function != FUNC_SUM || expr->body->kind == EXPR_NAME;
	if (expr->function == FUNC_SUM || expr->where->kind != EXPR_AND)
		return false;
	foreach(cell, expr->where->args)
	{
		if (looks_up(lfirst(cell)))
			return true;
	}
	return false;
}

/* The list functions around an expression, innermost first. */
typedef struct Around
{
	const Expression *call;
	const struct Around *outer;
} Around;

/*
 * In a list inside itself, a field belongs to the inner element; the outer element cannot
 * be reached if it has no name.
 */
static void
lint_inner_list(Linter *linter, const char *place, const Expression *expr, const Around *around)
{
	for (; around; around = around->outer)
		if (around->call->fact == expr->fact && around->call->element == NULL)
		{
			lint_report_at(linter, "element", place,
						   psprintf(linter->phrases->lint_element,
									lint_words(linter, expr), lint_words(linter, around->call)), expr->span);
			return;
		}
}

static void
lint_lists_in(Linter *linter, const char *place, const Expression *expr, const Around *around)
{
	Around		here = {expr, around};
	ListCell   *cell;

	if (expr == NULL)
		return;
	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (expr->kind == EXPR_LIST_CALL)
		lint_inner_list(linter, place, expr, around);
	if (expr->kind == EXPR_LIST_CALL &&
		(expr->function == FUNC_MAX || expr->function == FUNC_MIN || expr->function == FUNC_SUM) && is_lookup(expr))
		lint_report_at(linter, "lookup", place,
					   psprintf(expr->function == FUNC_SUM
								? linter->phrases->lint_lookup_sum
								: linter->phrases->lint_lookup,
								lint_words(linter, expr)), expr->span);
	foreach(cell, expr->args)
	{
		lint_lists_in(linter, place, lfirst(cell), around);
	}
	if (expr->kind != EXPR_LIST_CALL)
		return;
	lint_lists_in(linter, place, expr->where, &here);
	lint_lists_in(linter, place, expr->body, &here);
}

void
lint_lists(Linter *linter, const char *place, const Expression *expr)
{
	lint_lists_in(linter, place, expr, NULL);
}
