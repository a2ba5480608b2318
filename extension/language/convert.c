/*
 * convert.c
 *		Checks and converts the units of numbers that are compared or added.
 *
 * Units of one kind convert into each other.  Only literals are converted, while the text
 * is read: a fact keeps its unit, so that results of computations with it are in that
 * unit.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "messages.h"
#include "names.h"
#include "teach.h"

/* ---------------- conversion ---------------- */

/*
 * Visits a value that an expression chooses or adds up.  A literal without a unit is in
 * the unit `from`.
 */
typedef bool (*VisitValue) (Expression *value, Unit from, Unit to);

static bool
visit_all(List *values, int first, int step, VisitValue visit, Unit from, Unit to)
{
	int			i;

	for (i = first; i < list_length(values); i += step)
	{
		Expression *value = list_nth(values, i);

		if (value->kind == EXPR_ARM)
			value = linitial(value->args);
		if (!visit(value, from, to))
			return false;
	}
	return true;
}

/* Returns false if one of the visits returns false, or for another kind of expression. */
static bool
visit_values(Expression *expr, VisitValue visit, Unit from, Unit to)
{
	switch (expr->kind)
	{
		case EXPR_NEGATE:
		case EXPR_ADD:
		case EXPR_SUBTRACT:
			return visit_all(expr->args, 0, 1, visit, from, to);
		case EXPR_CASE:
			return visit_all(expr->args, 1, 2, visit, from, to) &&
				(!expr->has_else || visit(llast(expr->args), from, to));
		case EXPR_BAND:
			return visit_all(expr->args, 1, 1, visit, from, to);
		case EXPR_CALL:
			return (expr->function == FUNC_LEAST || expr->function == FUNC_GREATEST ||
					expr->function == FUNC_CLAMP || expr->function == FUNC_COALESCE) &&
				visit_all(expr->args, 0, 1, visit, from, to);
		default:
			return false;
	}
}

/* Returns the literal that an expression consists of, perhaps under the name of a definition; or NULL. */
static const Expression *
literal_of(const Expression *expr)
{
	while (expr->kind == EXPR_NAME && expr->meaning == NAME_DEFINE)
		expr = expr->define->expr;
	return expr->kind == EXPR_NUMBER ? expr : NULL;
}

/* Whether an expression consists of literals, so that it can be converted. */
static bool
can_convert(Expression *expr, Unit from, Unit to)
{
	check_stack_depth();
	return literal_of(expr) != NULL || visit_values(expr, can_convert, from, to);
}

/* Multiplies a literal by a fraction.  The result has a divisor only if it is no decimal. */
static void
scale_literal(Expression *literal, Numeric numerator, Numeric denominator)
{
	Datum		number = DirectFunctionCall2(numeric_mul, NumericGetDatum(literal->number), NumericGetDatum(numerator));
	Datum		divisor = NumericGetDatum(denominator);
	Datum		quotient;

	if (literal->divisor)
		divisor = DirectFunctionCall2(numeric_mul, divisor, NumericGetDatum(literal->divisor));
	quotient = DirectFunctionCall1(numeric_trim_scale, DirectFunctionCall2(numeric_div, number, divisor));
	if (DatumGetBool(DirectFunctionCall2(numeric_eq, number, DirectFunctionCall2(numeric_mul, quotient, divisor))))
	{
		literal->number = DatumGetNumeric(quotient);
		literal->divisor = NULL;
		return;
	}
	literal->number = DatumGetNumeric(number);
	literal->divisor = DatumGetNumeric(divisor);
}

static bool
convert(Expression *expr, Unit from, Unit to)
{
	const Expression *literal = literal_of(expr);
	Numeric		numerator;
	Numeric		denominator;

	check_stack_depth();
	if (expr->unit != UNIT_FREE)
		from = expr->unit;
	if (literal)
	{
		/* the definition itself keeps its unit */
		expr->kind = EXPR_NUMBER;
		expr->number = literal->number;
		expr->divisor = literal->divisor;
		unit_ratio(from, to, &numerator, &denominator);
		scale_literal(expr, numerator, denominator);
	}
	else
		(void) visit_values(expr, convert, from, to);
	expr->unit = to;
	return true;
}

bool
check_convert(Expression *expr, Unit to)
{
	if (!unit_converts(expr->unit, to) || !can_convert(expr, expr->unit, to))
		return false;
	(void) convert(expr, expr->unit, to);
	return true;
}

/* ---------------- units ---------------- */

bool
check_is_literal_without_unit(const Expression *expr)
{
	if (expr->kind == EXPR_NEGATE)
		expr = linitial(expr->args);
	return expr->kind == EXPR_NUMBER && expr->unit == UNIT_FREE && !check_is_zero(expr);
}

static bool
is_number_alone(Expression *expr, Unit from, Unit to)
{
	const Expression *literal = literal_of(expr);

	check_stack_depth();
	return literal ? literal->unit == UNIT_FREE : visit_values(expr, is_number_alone, from, to);
}

bool
check_is_number_alone(Expression *expr)
{
	return is_number_alone(expr, UNIT_FREE, UNIT_FREE);
}

bool
check_is_zero(const Expression *literal)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(literal->number),
											 DirectFunctionCall1(int4_numeric, Int32GetDatum(0)))) == 0;
}

const char *
check_unit_phrase(Unit unit)
{
	if (unit == UNIT_FREE)
		return _("a number without a unit");
	return unit == UNIT_PLAIN ? _("a ratio or percentage") : unit_word(unit);
}

/* Requires a unit for money, because 1000 could mean 1000元 or 1000万元. */
void
check_want_money_unit(Checker *checker, const Expression *expr, Unit beside)
{
	if (beside != UNIT_FREE && beside->currency && check_is_literal_without_unit(expr))
	{
		char	   *written = pnstrdup(checker->state->text + expr->span.start,
									   expr->span.end - expr->span.start);

		teach_correct(checker->state, expr->span,
					  teach_ends_in_magnitude(written) ? psprintf("%s%s", written, unit_word(beside)) :
					  psprintf("%s%s or %s%s%s", written, unit_word(beside),
							   written, message_word("万", "0000 "), unit_word(beside)),
					  "an amount of money needs its unit");
	}
}

/* Infers the unit of a fact from the other operand. */
static void
infer_unit(Checker *checker, const Expression *expr, Unit beside)
{
	if ((expr->kind == EXPR_NAME || expr->kind == EXPR_INDEX) && expr->meaning == NAME_FACT && expr->fact->inferred &&
		expr->fact->unit == UNIT_FREE && beside != UNIT_FREE && beside != UNIT_PLAIN)
	{
		expr->fact->unit = beside;
		checker->progress = true;
	}
}

/* The unit that two numbers have; converts a literal where that helps. */
static Unit
join_units(Checker *checker, Expression *left, Expression *right)
{
	Unit		a = left->unit;
	Unit		b = right->unit;

	check_want_money_unit(checker, left, b);
	check_want_money_unit(checker, right, a);
	infer_unit(checker, left, b);
	infer_unit(checker, right, a);
	if (a == UNIT_FREE)
		return b;
	if (b == UNIT_FREE || unit_same(a, b) || check_convert(right, a))
		return a;
	if (check_convert(left, b))
		return b;
	read_error(checker->state, right->span.start,
			   unit_converts(a, b) ? _("Only literals are converted. Declare the facts in one unit.") : NULL,
			   "units do not fit: %s and %s", check_unit_phrase(a), check_unit_phrase(b));
}

void
check_join_numbers(Checker *checker, Expression *left, Expression *right, Expression *like)
{
	const Money *money;
	Unit		unit = join_units(checker, left, right);

	money = check_join_money(checker, left, right);
	if (like)
	{
		like->unit = unit;
		like->money = money;
	}
}

/*
 * The common unit is that of a value that cannot be converted, or else that of the first
 * value with a unit.  Values are joined with one that is not a literal, if there is one,
 * because it determines more.
 */
void
check_join_all(Checker *checker, List *values, Expression *like)
{
	Expression *first = linitial(values);
	Expression *other = NULL;
	Unit		unit = UNIT_FREE;
	bool		fixed = false;
	ListCell   *cell;

	foreach(cell, values)
	{
		Expression *value = lfirst(cell);

		if (value->unit != UNIT_FREE && !fixed)
		{
			fixed = !can_convert(value, value->unit, value->unit);
			if (fixed || unit == UNIT_FREE)
				unit = value->unit;
		}
	}
	foreach(cell, values)
	{
		Expression *value = lfirst(cell);

		if (value->unit != unit)
			(void) check_convert(value, unit);
		if (value == first)
		{
			like->unit = value->unit;
			like->money = value->money;
			other = value;
			continue;
		}
		if (check_is_number_alone(other))
		{
			check_join_numbers(checker, other, value, like);
			other = value;
		}
		else
		{
			Expression	so_far = *other;

			so_far.unit = like->unit;
			so_far.money = like->money;
			check_join_numbers(checker, &so_far, value, like);
		}
	}
}
