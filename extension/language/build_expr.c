/*
 * build_expr.c
 *		Builds expressions and literals.
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"

#include "build.h"

Expression *
build_expr(ReadState *state, ExprKind kind, List *args, Span span)
{
	Expression *expr = palloc0(sizeof(Expression));
	ListCell   *cell;

	expr->kind = kind;
	expr->args = args;
	expr->span = span;
	foreach(cell, args)
	{
		expr->depth = Max(expr->depth, ((Expression *) lfirst(cell))->depth);
	}
	expr->depth++;
	if (expr->depth > MAX_EXPR_DEPTH)
		read_error(state, span.start, NULL, "nested more than %d levels deep", MAX_EXPR_DEPTH);
	return expr;
}

Expression *
build_named(ReadState *state, ExprKind kind, char *name, List *args, Span span)
{
	Expression *expr = build_expr(state, kind, args, span);

	expr->name = name;
	return expr;
}

Expression *
build_list_call(ReadState *state, char *name, Expression *list, char *element,
				Expression *where, Expression *body, Span span)
{
	Expression *expr = build_named(state, EXPR_LIST_CALL, name, list_make1(list), span);

	expr->element = element;
	expr->where = where;
	expr->body = body;
	if (where)
		expr->depth = Max(expr->depth, where->depth + 1);
	if (body)
		expr->depth = Max(expr->depth, body->depth + 1);
	if (expr->depth > MAX_EXPR_DEPTH)
		read_error(state, span.start, NULL, "nested more than %d levels deep", MAX_EXPR_DEPTH);
	return expr;
}

Expression *
build_compare(ReadState *state, CompareOp op, Expression *left, Expression *right, Span span)
{
	Expression *expr = build_expr(state, EXPR_COMPARE, list_make2(left, right), span);

	expr->compare = op;
	return expr;
}

Expression *
build_number(ReadState *state, Quantity quantity, Span span)
{
	Expression *expr = build_expr(state, EXPR_NUMBER, NIL, span);

	expr->number = quantity.number;
	expr->unit = quantity.unit;
	return expr;
}

Expression *
build_power(ReadState *state, Expression *base, Quantity exponent, Span at, Span span)
{
	Expression *expr = build_expr(state, EXPR_POWER, list_make1(base), span);

	expr->shift = exponent.unit == UNIT_FREE ? whole_number(exponent.number, 0, MAX_EXPONENT) : -1;
	if (expr->shift < 0)
		read_error(state, at.start, NULL, "an exponent must be a whole number from 0 to %d", MAX_EXPONENT);
	return expr;
}

/* A reference to an answer of a provision, perhaps on another day. */
Expression *
build_reference(ReadState *state, ExprKind kind, char *code, Span code_span, Expression *day, Span span)
{
	Expression *expr = build_named(state, kind, code, day ? list_make1(day) : NIL, span);

	expr->name_at = code_span.start;
	return expr;
}

/* Joins `a and b and c` in a single node, however long the chain is. */
Expression *
build_logic(ReadState *state, ExprKind kind, Expression *left, Expression *right, Span span)
{
	/* parentheses on the left side make no difference */
	if (left->kind == kind)
	{
		left->args = lappend(left->args, right);
		left->span.end = span.end;
		left->depth = Max(left->depth, right->depth + 1);
		if (left->depth > MAX_EXPR_DEPTH)
			read_error(state, span.start, NULL, "nested more than %d levels deep", MAX_EXPR_DEPTH);
		return left;
	}
	return build_expr(state, kind, list_make2(left, right), span);
}

Expression *
build_negative(ReadState *state, Quantity quantity, Span span)
{
	quantity.number = DatumGetNumeric(DirectFunctionCall1(numeric_uminus, NumericGetDatum(quantity.number)));
	return build_number(state, quantity, span);
}

Expression *
build_date(ReadState *state, DateADT date, Span span)
{
	Expression *expr = build_expr(state, EXPR_DATE, NIL, span);

	expr->date = date;
	return expr;
}

Expression *
build_boolean(ReadState *state, bool boolean, Span span)
{
	Expression *expr = build_expr(state, EXPR_BOOLEAN, NIL, span);

	expr->boolean = boolean;
	return expr;
}

Expression *
build_negated(ReadState *state, bool negated, ExprKind kind, List *args, Span span)
{
	Expression *expr = build_expr(state, kind, args, span);

	expr->negated = negated;
	return expr;
}

Expression *
build_cases(ReadState *state, bool has_else, ExprKind kind, List *args, Span span)
{
	Expression *expr = build_expr(state, kind, args, span);

	expr->has_else = has_else;
	return expr;
}

Expression *
build_arm(ReadState *state, CompareOp op, List *args, Span span)
{
	Expression *expr = build_expr(state, EXPR_ARM, args, span);

	expr->compare = op;
	return expr;
}

Expression *
build_in_year(Expression *set, int year)
{
	set->year = year;
	return set;
}

/* Returns the number if it is an integer between low and high, otherwise -1. */
int
whole_number(Numeric number, int low, int high)
{
	char	   *text = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(number)));
	char	   *end;
	long		value;

	errno = 0;
	value = strtol(text, &end, 10);
	if (errno != 0 || *end != '\0' || value < low || value > high)
		return -1;
	return (int) value;
}

/* A constant year, with or without its unit. */
int
build_year(ReadState *state, Quantity quantity, Span span)
{
	int			year = quantity.unit == UNIT_FREE || quantity.unit == UNIT_YEAR
	? whole_number(quantity.number, FIRST_YEAR, LAST_YEAR) : -1;

	if (year < 0)
		read_error(state, span.start, NULL, "a year must be a whole number from %d to %d", FIRST_YEAR, LAST_YEAR);
	return year;
}
