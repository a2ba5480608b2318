/*
 * check_years.c
 *		Checks facts in a year, the names of years, and ranges.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "build.h"
#include "check.h"
#include "messages.h"

static bool
is_zero(Numeric number)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(number),
											 DirectFunctionCall1(int4_numeric, Int32GetDatum(0)))) == 0;
}

/* Returns the value of an expression of constants, or NULL. */
static Numeric
constant_number(const Expression *expr)
{
	static PGFunction const of[] = {
		[EXPR_ADD] = numeric_add,[EXPR_SUBTRACT] = numeric_sub,[EXPR_MULTIPLY] = numeric_mul,[EXPR_DIVIDE] = numeric_div
	};
	Numeric		left;
	Numeric		right;

	switch (expr->kind)
	{
		case EXPR_NUMBER:
			return expr->number;
		case EXPR_NAME:
			return expr->meaning == NAME_DEFINE ? constant_number(expr->define->expr) : NULL;
		case EXPR_NEGATE:
			left = constant_number(linitial(expr->args));
			return left ? DatumGetNumeric(DirectFunctionCall1(numeric_uminus, NumericGetDatum(left))) : NULL;
		case EXPR_ADD:
		case EXPR_SUBTRACT:
		case EXPR_MULTIPLY:
		case EXPR_DIVIDE:
			left = constant_number(linitial(expr->args));
			right = left ? constant_number(lsecond(expr->args)) : NULL;
			if (right == NULL || (expr->kind == EXPR_DIVIDE && is_zero(right)))
				return NULL;
			return DatumGetNumeric(DirectFunctionCall2(of[expr->kind], NumericGetDatum(left), NumericGetDatum(right)));
		default:
			return NULL;
	}
}

/* Requires a year; a constant must be one. */
static void
check_year(Checker *checker, Expression *index)
{
	Numeric		constant;

	check_want_type(checker, index, TYPE_NUMBER, "a year");
	if (index->unit != UNIT_FREE && index->unit != UNIT_YEAR)
		read_error(checker->state, index->span.start, NULL,
				   "a year is a number without a unit, not %s", check_unit_phrase(index->unit));
	constant = constant_number(index);
	if (constant && whole_number(constant, FIRST_YEAR, LAST_YEAR) < 0)
		read_error(checker->state, index->span.start, NULL,
				   "a year must be a whole number from %d to %d", FIRST_YEAR, LAST_YEAR);
}

/* Checks name[index]: a fact in a year, or a lookup in a table. */
void
check_index(Checker *checker, Expression *expr)
{
	Fact	   *fact = policy_find_fact(checker->doc, expr->name);
	Table	   *table = policy_find_table(checker->doc, expr->name);

	if (fact == NULL && table)
	{
		check_lookup(checker, expr, table);
		return;
	}
	if (fact == NULL && checker->doc->bare)
	{
		fact = check_infer_fact(checker, expr);
		fact->by_year = true;
	}
	if (fact == NULL && policy_find_define(checker->doc, expr->name) == NULL)
		check_unknown_name(checker, expr, NULL);
	if (fact == NULL || !fact->by_year)
		read_error(checker->state, expr->span.start,
				   fact && fact->index > 0 && fact->type != TYPE_LIST
				   ? psprintf(_("Declare it with \"by year\", or write \"%s\" without brackets."), expr->name) : NULL,
				   "\"%s\" is not by year", expr->name);
	if (expr->column)
		read_error(checker->state, expr->span.start,
				   psprintf(_("Write \"%s\" and the year in brackets."), expr->name), "a fact by year has no columns");
	check_declared_here(checker, expr, fact);
	check_year(checker, linitial(expr->args));
	expr->meaning = NAME_FACT;
	check_set_fact(expr, fact);
	/* if the year is none, so is the value */
	expr->can_be_none |= ((Expression *) linitial(expr->args))->can_be_none && fact->type != TYPE_BOOLEAN;
}

/* Checks a name that is not declared; returns whether it is the name of a year. */
bool
check_year_name(Checker *checker, Expression *expr)
{
	bool		last = is_predefined(expr->name, PREDEFINED_LAST_YEAR);

	if (!last && !is_predefined(expr->name, PREDEFINED_THIS_YEAR))
		return false;
	policy_find_fact(checker->doc, AS_OF_NAME)->used = true;
	expr->meaning = NAME_YEAR;
	expr->shift = last ? 1 : 0;
	expr->type = TYPE_NUMBER;
	expr->unit = UNIT_FREE;
	return true;
}

/*
 * Checks a range, whose only place is the list of a function.  Returns what declares its
 * elements: a list of scalars that is no fact.
 */
Fact *
check_range(Checker *checker, Expression *range, Scope *scope)
{
	Expression *first = linitial(range->args);
	Expression *last = lsecond(range->args);
	Fact	   *list = palloc0(sizeof(Fact));
	Fact	   *it = palloc0(sizeof(Fact));

	check_expr(checker, first, scope);
	check_expr(checker, last, scope);
	check_want_type(checker, first, TYPE_NUMBER, "the first of a range");
	check_want_type(checker, last, TYPE_NUMBER, "the last of a range");
	it->name = pstrdup(IT_NAME);
	it->type = TYPE_NUMBER;
	check_join_numbers(checker, first, last, range);
	it->unit = range->unit;
	list->name = pstrdup("");
	list->type = TYPE_LIST;
	list->scalars = true;
	list->fields = list_make1(it);
	list->index = -1;
	range->type = TYPE_LIST;
	range->fact = list;
	return list;
}
