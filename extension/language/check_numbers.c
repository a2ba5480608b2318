/*
 * check_numbers.c
 *		Checks expressions that take literal numbers: tiers, multiples and powers.
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"

#include "check.h"
#include "messages.h"

/* Returns whether a literal number is below, equal to or above zero. */
static int
literal_sign(const Expression *literal)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(literal->number),
											 DirectFunctionCall1(int4_numeric, Int32GetDatum(0))));
}

/*
 * tiers(): the parts of a number, each at its own rate.  If the rates are ratios, the
 * result has the number's unit; rates with a unit, such as 2元 for each person, give their
 * own.
 */
void
check_tiers(Checker *checker, Expression *expr)
{
	Expression *x = linitial(expr->args);
	Expression	rates = *(const Expression *) lsecond(expr->args);
	const Expression *bound = NULL;
	ListCell   *cell;

	check_want_type(checker, x, TYPE_NUMBER, "what has tiers");
	for_each_from(cell, expr->args, 1)
	{
		Expression *number = lfirst(cell);

		if (foreach_current_index(cell) % 2 == 1)
		{
			if (literal_sign(number) < 0)
				read_error(checker->state, number->span.start, NULL, "a rate must not be negative");
			if (bound != NULL)
				check_join_numbers(checker, &rates, number, &rates);
			continue;
		}
		check_join_numbers(checker, x, number, NULL);
		if (bound == NULL && literal_sign(number) <= 0)
			read_error(checker->state, number->span.start, NULL, "the first tier must end above 0");
		if (bound != NULL && compare_literals(bound, number) >= 0)
			read_error(checker->state, number->span.start,
					   _("Write the tiers from the lowest to the highest."),
					   "each tier must end above the preceding one");
		bound = number;
	}
	if (rates.unit != UNIT_FREE && rates.unit != UNIT_PLAIN && x->unit == UNIT_YUAN)
		read_error(checker->state, rates.span.start, _("Write a percentage."),
				   "the rate of an amount of money has no unit");
	expr->type = TYPE_NUMBER;
	expr->unit = rates.unit == UNIT_FREE || rates.unit == UNIT_PLAIN ? x->unit : rates.unit;
	expr->money = check_money_product(checker, x->money, rates.money, 1, expr->span.start);
	expr->can_be_none = x->can_be_none;
}

/* A number rounded to a multiple of a literal in its unit. */
void
check_multiple(Checker *checker, Expression *expr, const char *what)
{
	Expression *x = linitial(expr->args);
	Expression *multiple = lsecond(expr->args);

	check_want_type(checker, x, TYPE_NUMBER, what);
	if (multiple->kind != EXPR_NUMBER || literal_sign(multiple) <= 0)
		read_error(checker->state, multiple->span.start, NULL,
				   "%s takes a multiple of a number above 0, as a literal", expr->name);
	expr->type = TYPE_NUMBER;
	check_join_numbers(checker, x, multiple, expr);
}

/* The square of an amount of 元 is not an amount of 元, so only the first power keeps the unit. */
void
check_power(Checker *checker, Expression *expr)
{
	Expression *x = linitial(expr->args);

	check_want_type(checker, x, TYPE_NUMBER, "this");
	expr->type = TYPE_NUMBER;
	expr->unit = expr->shift == 1 ? x->unit : UNIT_FREE;
	expr->money = check_money_power(checker, x->money, expr->shift, expr->span.start);
	expr->can_be_none = x->can_be_none;
}
