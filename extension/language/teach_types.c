/*
 * teach_types.c
 *		Corrections for types and units that do not fit.
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"

#include "messages.h"
#include "names.h"
#include "teach.h"

static Span
joined(Span from, Span to)
{
	Span		span = {Min(from.start, to.start), Max(from.end, to.end)};

	return span;
}

/* ---------------- comparisons ---------------- */

/* Reports a literal that is meant to be a date. */
static void
teach_date_operand(Checker *checker, const Expression *date, const Expression *other)
{
	const char *text = checker->state->text;
	Span		span = other->span;
	DateLike	found;

	if (other->kind == EXPR_TEXT && teach_date_like(other->name, &found) && found.length == (int) strlen(other->name))
		teach_correct(checker->state, span, teach_date_correction(&found), "a date has no quotes");
	if ((other->type == TYPE_NUMBER || other->kind == EXPR_NUMBER) && teach_date_like(text + span.start, &found) && found.length >= span.end - span.start)
	{
		span.end = span.start + found.length;
		teach_correct(checker->state, span, teach_date_correction(&found),
					  "a date is written with its year, month and day");
	}
	if (other->kind == EXPR_NUMBER && (other->unit == UNIT_YEAR || other->unit == UNIT_FREE) && date->kind != EXPR_DATE)
	{
		char	   *year = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(other->number)));

		if (strlen(year) == 4 && strspn(year, "0123456789") == 4 && atoi(year) >= 1900 && atoi(year) <= 2999)
			teach_correct(checker->state, date->span,
						  psprintf("%s(%s)", teach_checked_word(checker, "year", "年份"), teach_expr_text(checker, date)),
						  "a date is not a year");
	}
}

/* 是, 1 or 'Y' for a boolean. */
static void
teach_boolean_operand(Checker *checker, const Expression *other)
{
	int			yes = other->kind == EXPR_TEXT ? teach_yes_no(other->name) :
	other->kind == EXPR_NUMBER ? teach_yes_no(teach_expr_text(checker, other)) : -1;

	if (yes >= 0)
		teach_correct(checker->state, other->span, yes ? teach_checked_word(checker, "true", "真") : teach_checked_word(checker, "false", "假"),
					  "a boolean is true or false");
}

/* Whether a text is exactly a quantity. */
static bool
is_quantity(const char *text)
{
	bool		has_unit;

	return *text != '\0' && teach_quantity_length(text, &has_unit) == (int) strlen(text);
}

static void
teach_pair(Checker *checker, const Expression *one, const Expression *other)
{
	if (one->type == TYPE_DATE)
		teach_date_operand(checker, one, other);
	if (one->type == TYPE_BOOLEAN)
		teach_boolean_operand(checker, other);
	if (one->type == TYPE_NUMBER && other->kind == EXPR_TEXT && is_quantity(other->name))
		teach_correct(checker->state, other->span, other->name, "a number has no quotes");
	if (one->type == TYPE_TEXT && one->kind != EXPR_TEXT && one->texts == NULL && other->kind == EXPR_NUMBER)
		teach_correct(checker->state, other->span, psprintf("'%s'", teach_expr_text(checker, other)), "a text must be in single quotes");
	if (one->type == TYPE_LIST && one->kind == EXPR_NAME && one->fact->scalars && checker->within &&
		checker->within->kind == EXPR_COMPARE)
	{
		Span		whole = checker->within->span;

		teach_correct(checker->state, whole,
					  psprintf("%s(%s : %s%s)", teach_checked_word(checker, "any", "任一"), one->name, teach_checked_word(checker, IT_NAME, IT_LABEL),
							   whole.start == one->span.start ? teach_text(checker->state, one->span.end, whole.end) :
							   psprintf(" = %s", teach_expr_text(checker, other))),
					  "a list is asked for its elements");
	}
}

/*
 * teach_comparison_types: two operands of different types.
 */
void
teach_comparison_types(Checker *checker, Expression *left, Expression *right)
{
	teach_pair(checker, left, right);
	teach_pair(checker, right, left);
}

/*
 * teach_days: a number of days compared with years or months.
 */
void
teach_days(Checker *checker, Expression *left, Expression *right)
{
	static const char *const turned[] = {[CMP_EQ] = "=",[CMP_NE] = "<>",[CMP_LT] = ">",[CMP_LE] = ">=",[CMP_GT] = "<",[CMP_GE] = "<="};
	static const char *const kept[] = {[CMP_EQ] = "=",[CMP_NE] = "<>",[CMP_LT] = "<",[CMP_LE] = "<=",[CMP_GT] = ">",[CMP_GE] = ">="};
	const Expression *within = checker->within;
	const Expression *days = left;
	const Expression *interval = right;
	const char *sign;

	if (within == NULL || within->kind != EXPR_COMPARE)
		return;
	sign = turned[within->compare];
	if (left->kind == EXPR_NUMBER)
	{
		days = right;
		interval = left;
		sign = kept[within->compare];
	}
	if (days->kind != EXPR_SUBTRACT || days->unit != UNIT_DAY || interval->kind != EXPR_NUMBER ||
		(interval->unit != UNIT_YEAR && interval->unit != UNIT_MONTH) ||
		((const Expression *) linitial(days->args))->type != TYPE_DATE)
		return;
	teach_correct(checker->state, within->span,
				  psprintf("%s %s %s - %s", teach_expr_text(checker, lsecond(days->args)), sign,
						   teach_expr_text(checker, linitial(days->args)), teach_expr_text(checker, interval)),
				  "a number of days is not compared with years or months");
}

static bool
ends_in(const char *name, const char *const *endings, int count)
{
	int			i;

	for (i = 0; i < count; i++)
	{
		size_t		length = strlen(endings[i]);

		if (strlen(name) >= length && strcmp(name + strlen(name) - length, endings[i]) == 0)
			return true;
	}
	return false;
}

/*
 * teach_rule: a rule without declarations takes any number for any name.  Where the name says that
 * it is a date or money, a year or a number without its unit is refused.
 */
void
teach_rule(Checker *checker, const Expression *left, const Expression *right)
{
	static const char *const dates[] = {"日", "日期", "时间", "_on", "_date", "date"};
	static const char *const money[] = {"收入", "产值", "额", "利润", "资产", "税收", "费用", "投入", "投资", "租金", "营收",
		"资金", "成本", "贷款", "工资", "revenue", "income", "amount", "profit", "assets", "cost", "investment"
	};
	char	   *number;

	if (!checker->doc->bare || left->kind != EXPR_NAME || right->kind != EXPR_NUMBER)
		return;
	if (right->unit == UNIT_YEAR && ends_in(left->name, dates, lengthof(dates)))
		teach_date_operand(checker, left, right);
	number = teach_expr_text(checker, right);
	if (right->unit == UNIT_FREE && teach_ends_in_magnitude(number) && ends_in(left->name, money, lengthof(money)))
		teach_correct(checker->state, right->span, psprintf("%s%s", number, unit_word(UNIT_YUAN)),
					  "an amount of money needs its unit");
}

/*
 * teach_order: a text that is compared by order, and is a date.
 */
void
teach_order(Checker *checker, const Expression *left, const Expression *right)
{
	const Expression *literal = left->kind == EXPR_TEXT ? left : right;
	DateLike	found;

	if (literal->kind == EXPR_TEXT && teach_date_like(literal->name, &found) && found.length == (int) strlen(literal->name))
		teach_correct(checker->state, literal->span, teach_date_correction(&found), "a date has no quotes");
}

/*
 * teach_itself: a comparison of a name with itself.
 */
void
teach_itself(Checker *checker, const Expression *left, const Expression *right)
{
	const Expression *within = checker->within;
	bool		never;

	if (within == NULL || within->kind != EXPR_COMPARE || left->kind != EXPR_NAME || right->kind != EXPR_NAME ||
		left->meaning != NAME_FIELD || right->meaning != NAME_FIELD || left->up != right->up || left->fact != right->fact)
		return;
	never = within->compare == CMP_NE || within->compare == CMP_LT || within->compare == CMP_GT;
	read_error(checker->state, within->span.start,
			   psprintf(never ? _("Within the list both mean the field \"%s\". So this is always false.") :
						_("Within the list both mean the field \"%s\". So this is always true, unless the field is none."), left->name),
			   "\"%s\" is compared with itself", left->name);
}

/* ---------------- units ---------------- */

/*
 * teach_shift: a date plus a number without a unit.
 */
void
teach_shift(Checker *checker, const Expression *expr)
{
	const Expression *left = linitial(expr->args);
	const Expression *right = expr->kind == EXPR_NEGATE ? left : lsecond(expr->args);
	char	   *number = teach_expr_text(checker, right);

	if (left->type == TYPE_DATE && (expr->kind == EXPR_ADD || expr->kind == EXPR_SUBTRACT) && right->kind == EXPR_NUMBER && right->unit == UNIT_FREE &&
		strspn(number, "0123456789") == strlen(number))
		teach_correct(checker->state, right->span,
					  psprintf("%s%s or %s%s or %s%s", number, unit_word(UNIT_YEAR), number, unit_word(UNIT_MONTH),
							   number, unit_word(UNIT_DAY)),
					  "a date is shifted by years, months or days");
}

/*
 * teach_division: 30万元/人, where 人 is a unit and no name, and 2024/3/1.
 */
void
teach_division(Checker *checker, const Expression *expr, const Scope *scope)
{
	const Expression *left = linitial(expr->args);
	const Expression *right = lsecond(expr->args);
	DateLike	date;

	if (left->kind == EXPR_DIVIDE && right->kind == EXPR_NUMBER &&
		teach_date_like(checker->state->text + expr->span.start, &date) && date.whole &&
		date.length == expr->span.end - expr->span.start)
		teach_correct(checker->state, expr->span, teach_date_correction(&date),
					  "a date is written with its year, month and day");
	if (left->kind == EXPR_NUMBER && left->unit != UNIT_FREE && right->kind == EXPR_NAME &&
		left->span.end + 1 >= right->span.start - 3 && unit_find(checker->doc->units, right->name) &&
		!teach_is_declared(checker, right->name, scope))
		teach_correct(checker->state, joined(left->span, right->span), teach_expr_text(checker, left), "a quantity has one unit");
}

/*
 * teach_boolean: the number of a clause or rung, where a condition is asked for.
 */
void
teach_boolean(Checker *checker, const Expression *expr)
{
	char	   *code = teach_expr_text(checker, expr);

	if (expr->kind == EXPR_NUMBER && !checker->doc->bare &&
		(policy_find_clause(checker->doc, code) || policy_find_rung(checker->doc, code)))
		teach_correct(checker->state, expr->span, psprintf("%s %s", teach_checked_word(checker, "satisfies", "符合"), code),
					  "a clause is not a condition");
}
