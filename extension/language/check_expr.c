/*
 * check_expr.c
 *		Checks types and units of expressions.
 *
 * In a policy that is an expression, the facts get the types and units that the context implies.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "messages.h"
#include "teach.h"

/* Marks date + 3年, date - 6月, date + 30日 and the like; returns whether it is one. */
static bool
check_shift(Checker *checker, Expression *expr)
{
	Expression *date = linitial(expr->args);
	Expression *by = lsecond(expr->args);
	char	   *text;

	if (expr->kind == EXPR_ADD && by->type == TYPE_DATE && date->kind == EXPR_NUMBER)
	{
		Expression *swap = date;

		date = by;
		by = swap;
		expr->args = list_make2(date, by);
	}
	if (by->kind == EXPR_NUMBER && by->unit != UNIT_FREE && by->unit->declared)
		(void) check_convert(by, by->unit->of);
	if (by->kind != EXPR_NUMBER ||
		(by->unit != UNIT_YEAR && by->unit != UNIT_MONTH && by->unit != UNIT_DAY))
		return false;
	if (date->type == TYPE_NUMBER)
		return false;
	check_want_type(checker, date, TYPE_DATE, "what is shifted");

	text = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(by->number)));
	if (strlen(text) > 6 || strspn(text, "0123456789") != strlen(text))
		read_error(checker->state, by->span.start, NULL,
				   "a date is shifted by a whole number below 1000000");
	expr->shifts = true;
	expr->shift = expr->kind == EXPR_ADD ? atoi(text) : -atoi(text);
	expr->type = TYPE_DATE;
	expr->can_be_none = date->can_be_none;
	return true;
}

static void
check_arithmetic(Checker *checker, Expression *expr)
{
	Expression *left = linitial(expr->args);
	Expression *right = expr->kind == EXPR_NEGATE ? left : lsecond(expr->args);

	expr->type = TYPE_NUMBER;
	expr->unit = UNIT_FREE;
	expr->money = NULL;
	if ((expr->kind == EXPR_ADD || expr->kind == EXPR_SUBTRACT) && check_shift(checker, expr))
		return;

	expr->can_be_none = left->can_be_none || right->can_be_none;
	if (expr->kind == EXPR_SUBTRACT && (left->type == TYPE_DATE || right->type == TYPE_DATE))
	{
		check_want_type(checker, left, TYPE_DATE, "this");
		check_want_type(checker, right, TYPE_DATE, "this");
		expr->unit = UNIT_DAY;
		return;
	}
	if (left->type == TYPE_DATE || right->type == TYPE_DATE)
	{
		teach_shift(checker, expr);
		read_error(checker->state, expr->span.start,
				   psprintf(_("A date is shifted by a quantity such as 3%s, 6%s or 30%s."),
							unit_word(UNIT_YEAR), unit_word(UNIT_MONTH), unit_word(UNIT_DAY)),
				   "a date cannot be used in arithmetic");
	}
	check_want_type(checker, left, TYPE_NUMBER, "this");
	check_want_type(checker, right, TYPE_NUMBER, "this");
	switch (expr->kind)
	{
		case EXPR_ADD:
		case EXPR_SUBTRACT:
			check_join_numbers(checker, left, right, expr);
			break;
		case EXPR_DIVIDE:
			/* of two units of one kind, the literal is converted */
			if (left->unit != right->unit && !check_convert(right, left->unit))
				(void) check_convert(left, right->unit);
			if (left->unit == right->unit && left->unit != UNIT_FREE)
				expr->unit = UNIT_PLAIN;
			expr->money = check_money_product(checker, left->money, right->money, -1, expr->span.start);
			break;
		case EXPR_MULTIPLY:
			expr->money = check_money_product(checker, left->money, right->money, 1, expr->span.start);
			break;
		case EXPR_NEGATE:
			expr->unit = left->unit;
			expr->money = left->money;
			break;
		default:
			break;
	}
}

static void
check_band(Checker *checker, Expression *expr)
{
	Expression *x = linitial(expr->args);
	List	   *values = NIL;
	bool		has_else = false;
	int			i;

	for (i = 1; i < list_length(expr->args); i++)
	{
		Expression *arm = list_nth(expr->args, i);
		ListCell   *cell;

		if (has_else)
			read_error(checker->state, arm->span.start, NULL, "nothing can follow else");
		has_else = list_length(arm->args) == 1;
		values = lappend(values, linitial(arm->args));
		for_each_from(cell, arm->args, 1)
		{
			check_comparison(checker, x, lfirst(cell),
							 arm->compare != CMP_EQ && arm->compare != CMP_NE);
		}
	}
	check_alternatives(checker, expr, values);
	expr->can_be_none = !has_else;
	for (i = 0; i < list_length(values); i++)
		expr->can_be_none |= ((Expression *) list_nth(values, i))->can_be_none;
}

static void
check_case(Checker *checker, Expression *expr)
{
	List	   *values = NIL;
	int			i;
	int			count = list_length(expr->args);

	expr->can_be_none = !expr->has_else;
	for (i = 0; i + 1 < count; i += 2)
	{
		check_want_type(checker, list_nth(expr->args, i), TYPE_BOOLEAN, "the condition of a case");
		values = lappend(values, list_nth(expr->args, i + 1));
	}
	if (expr->has_else)
		values = lappend(values, llast(expr->args));
	for (i = 0; i < list_length(values); i++)
		expr->can_be_none |= ((Expression *) list_nth(values, i))->can_be_none;
	check_alternatives(checker, expr, values);
	if (expr->type == TYPE_BOOLEAN)
	{
		if (!expr->has_else)
			read_error(checker->state, expr->span.start, NULL,
					   "a case of booleans needs an else");
		expr->can_be_none = false;
	}
}

/* Checks the conditions of an and, an or, or a not. */
static void
check_logic(Checker *checker, Expression *expr)
{
	ListCell   *cell;

	foreach(cell, expr->args)
	{
		check_want_type(checker, lfirst(cell), TYPE_BOOLEAN,
						expr->kind == EXPR_AND ? gettext_noop("what \"and\" joins") :
						expr->kind == EXPR_OR ? gettext_noop("what \"or\" joins") : gettext_noop("what \"not\" negates"));
	}
	expr->type = TYPE_BOOLEAN;
}

/* Checks the first argument of a comparison, a between or an in against each of the others. */
static void
check_compared(Checker *checker, Expression *expr)
{
	bool		ordered = expr->kind == EXPR_BETWEEN ||
	(expr->kind == EXPR_COMPARE && expr->compare != CMP_EQ && expr->compare != CMP_NE);
	ListCell   *cell;

	for_each_from(cell, expr->args, 1)
	{
		check_comparison(checker, linitial(expr->args), lfirst(cell), ordered);
	}
	expr->type = TYPE_BOOLEAN;
}

static void
check_is_null(Checker *checker, Expression *expr)
{
	const Expression *asked = linitial(expr->args);

	if (!asked->can_be_none && asked->type != TYPE_UNKNOWN)
		read_error(checker->state, asked->span.start,
				   _("Only what can be none can be asked for NULL; an unknown value is not NULL."),
				   "this is never none");
	expr->type = TYPE_BOOLEAN;
}

void
check_expr(Checker *checker, Expression *expr, Scope *scope)
{
	ListCell   *cell;
	const Expression *outer = checker->within;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (expr->kind != EXPR_NAME)
		checker->within = expr;
	if (expr->kind == EXPR_DIVIDE)
		teach_division(checker, expr, scope);

	/* calls check their arguments themselves */
	if (expr->kind != EXPR_CALL && expr->kind != EXPR_LIST_CALL)
	{
		foreach(cell, expr->args)
		{
			check_expr(checker, lfirst(cell), scope);
		}
	}

	switch (expr->kind)
	{
		case EXPR_NUMBER:
			check_number(expr);
			break;
		case EXPR_TEXT:
			expr->type = TYPE_TEXT;
			break;
		case EXPR_DATE:
			expr->type = TYPE_DATE;
			break;
		case EXPR_BOOLEAN:
			expr->type = TYPE_BOOLEAN;
			break;
		case EXPR_NAME:
			check_name(checker, expr, scope);
			break;
		case EXPR_AND:
		case EXPR_OR:
		case EXPR_NOT:
			check_logic(checker, expr);
			break;
		case EXPR_COMPARE:
		case EXPR_BETWEEN:
		case EXPR_IN:
			check_compared(checker, expr);
			break;
		case EXPR_IS_NULL:
			check_is_null(checker, expr);
			break;
		case EXPR_ADD:
		case EXPR_SUBTRACT:
		case EXPR_MULTIPLY:
		case EXPR_DIVIDE:
		case EXPR_NEGATE:
			check_arithmetic(checker, expr);
			break;
		case EXPR_CASE:
			check_case(checker, expr);
			break;
		case EXPR_BAND:
			check_band(checker, expr);
			break;
		case EXPR_ARM:
			break;
		case EXPR_POWER:
			check_power(checker, expr);
			break;
		case EXPR_TIERS:
			check_tiers(checker, expr);
			break;
		case EXPR_CALL:
		case EXPR_LIST_CALL:
			check_call(checker, expr, scope);
			break;
		case EXPR_INDEX:
			check_index(checker, expr);
			break;
		case EXPR_RANGE:
			read_error(checker->state, expr->span.start,
					   _("Write all(first to last : condition)."), "a range is allowed only in a function over a list");
			break;
		case EXPR_SATISFIES:
		case EXPR_AMOUNT_OF:
		case EXPR_PAID_OF:
		case EXPR_LEVEL_OF:
			check_reference(checker, expr, scope);
			break;
		case EXPR_NONE:
		case EXPR_UNKNOWN:
		case EXPR_ROWS:
		case EXPR_ROW:
		case EXPR_SET:
			break;
	}
	checker->within = outer;
}

void
check_boolean(Checker *checker, Expression *expr, Scope *scope, const char *what)
{
	check_expr(checker, expr, scope);
	check_want_type(checker, expr, TYPE_BOOLEAN, what);
}
