/*
 * teach_check.c
 *		Corrections for names, types and units that do not fit.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/fmgrprotos.h"

#include "messages.h"
#include "names.h"
#include "teach.h"

static char *
text_of(Checker *checker, const Expression *expr)
{
	return teach_text(checker->state, expr->span.start, expr->span.end);
}

static const char *
word_of(Checker *checker, const char *english, const char *chinese)
{
	return teach_in_chinese(checker->state, 0) ? message_word(chinese, english) : english;
}

static Span
joined(Span from, Span to)
{
	Span		span = {Min(from.start, to.start), Max(from.end, to.end)};

	return span;
}

/* What a name means so far, without checking it: its type, or TYPE_UNKNOWN. */
static ValueType
peek_type(Checker *checker, const Expression *expr, const Scope *scope)
{
	const Fact *fact = NULL;

	if (expr->type != TYPE_UNKNOWN)
		return expr->type;
	if (expr->kind != EXPR_NAME)
		return TYPE_UNKNOWN;
	for (; scope && fact == NULL; scope = scope->outer)
		fact = policy_find_field(scope->list, expr->name);
	if (fact == NULL)
		fact = policy_find_fact(checker->doc, expr->name);
	return fact ? fact->type : TYPE_UNKNOWN;
}

static bool
is_declared(Checker *checker, const char *name, const Scope *scope)
{
	for (; scope; scope = scope->outer)
		if (policy_find_field(scope->list, name))
			return true;
	return policy_find_fact(checker->doc, name) != NULL || policy_find_define(checker->doc, name) != NULL;
}

/* ---------------- names that are not declared ---------------- */

/* The name of the fact, field or definition that has a label or title. */
static const char *
name_of_label(Checker *checker, const char *label, const Scope *scope)
{
	ListCell   *cell;

	for (; scope; scope = scope->outer)
	{
		foreach(cell, scope->list->fields)
		{
			const Fact *field = lfirst(cell);

			if (field->label && strcmp(field->label, label) == 0)
				return field->name;
		}
	}
	foreach(cell, checker->doc->facts)
	{
		const Fact *fact = lfirst(cell);

		if (fact->label && strcmp(fact->label, label) == 0)
			return fact->name;
	}
	foreach(cell, checker->doc->defines)
	{
		const Provision *provision = &((const Define *) lfirst(cell))->provision;

		if (provision->title && strcmp(provision->title, label) == 0)
			return provision->code;
	}
	return NULL;
}

/* The other operand of the comparison in which a name stands, or NULL. */
static const Expression *
compared_with(Checker *checker, const Expression *expr)
{
	const Expression *within = checker->within;

	if (within == NULL || list_length(within->args) < 2 ||
		(within->kind != EXPR_COMPARE && within->kind != EXPR_IN && within->kind != EXPR_BETWEEN))
		return NULL;
	return linitial(within->args) == expr ? lsecond(within->args) : linitial(within->args);
}

/* A word that stands for a value: '渝北区' without quotes, 是, 五百万元. */
static void
teach_value(Checker *checker, Expression *expr, Scope *scope)
{
	const Expression *other = compared_with(checker, expr);
	ValueType	type = other ? peek_type(checker, other, scope) : TYPE_UNKNOWN;
	int			yes = teach_yes_no(expr->name);
	bool		has_unit;
	char	   *number = teach_numeral(expr->name, &has_unit);

	if (number && (has_unit || !checker->doc->bare))
		teach_correct(checker->state, expr->span, number, "numbers are written in digits");
	if (checker->doc->bare)
		return;
	if (type == TYPE_BOOLEAN && yes >= 0)
		teach_correct(checker->state, expr->span, yes ? word_of(checker, "true", "真") : word_of(checker, "false", "假"),
					  "a boolean is true or false");
	if (type == TYPE_TEXT && other->kind == EXPR_NAME)
		teach_correct(checker->state, expr->span, psprintf("'%s'", text_of(checker, expr)),
					  "\"%s\" is not declared", expr->name);
}

/* 收入大于5万元, in one word */
static void
teach_glued_comparison(Checker *checker, Expression *expr, Scope *scope)
{
	static const char *const words[] = {"大于等于", "小于等于", "大于", "超过", "高于", "多于", "不低于", "不少于", "不小于", "达到",
		"至少", "小于", "低于", "少于", "不足", "不满", "不超过", "不高于", "不大于", "不多于", "至多", "等于", "不等于"
	};
	size_t		i;

	for (i = 0; i < lengthof(words); i++)
	{
		const char *found = strstr(expr->name, words[i]);
		const char *back = found ? found + strlen(words[i]) : NULL;
		char	   *front = found ? pnstrdup(expr->name, found - expr->name) : NULL;
		bool		has_unit;

		if (found == NULL || *front == '\0' || *back == '\0' ||
			teach_quantity_length(back, &has_unit) != (int) strlen(back) ||
			!(checker->doc->bare || is_declared(checker, front, scope)))
			continue;

		/* 不低于 is not 低于 */
		if (found - expr->name > (int) strlen("不") && strncmp(found - strlen("不"), "不", strlen("不")) == 0)
			continue;
		teach_correct(checker->state, expr->span,
					  psprintf("%s %s %s", front, keyword_find(words[i], 0) ? words[i] : teach_comparison(words[i]), back),
					  "words are separated by white space");
	}
}

/* 不收入异常, 收入且人员: a keyword glued to a name that is declared. */
static void
teach_glued_name(Checker *checker, Expression *expr, Scope *scope)
{
	static const char *const words[] = {"并且", "且", "或者", "或", "非", "大于", "小于", "超过", "不低于", "不超过", "等于"};
	int			length;
	size_t		i;

	if (checker->doc->bare)
		return;
	if (teach_negation(expr->name, &length) && is_declared(checker, expr->name + length, scope))
		teach_correct(checker->state, expr->span, psprintf("%s %s", word_of(checker, "not", "非"), expr->name + length),
					  "\"%s\" is not declared", expr->name);
	for (i = 0; i < lengthof(words); i++)
	{
		const char *found = strstr(expr->name, words[i]);
		char	   *front;
		const char *back;

		if (found == NULL)
			continue;
		front = pnstrdup(expr->name, found - expr->name);
		back = found + strlen(words[i]);
		if ((*front != '\0' || *back != '\0') &&
			(*front == '\0' || is_declared(checker, front, scope)) &&
			(*back == '\0' || is_declared(checker, back, scope)))
			teach_correct(checker->state, expr->span,
						  psprintf("%s%s%s%s%s", front, *front ? " " : "", words[i], *back ? " " : "", back),
						  "words are separated by white space");
	}
}

/* miit-2022-63/little_giant, or the code of a clause or rung, as a condition. */
static void
teach_code_name(Checker *checker, Expression *expr)
{
	const char *text = checker->state->text;
	int			end = expr->span.end;
	bool		hyphen = false;
	bool		slash = false;
	Span		span = expr->span;

	while (strchr("-/.", text[end]) && text[end] != '\0' && teach_word_end(text, end + 1) > end + 1)
	{
		hyphen |= text[end] == '-';
		slash |= text[end] == '/';
		end = teach_word_end(text, end + 1);
	}
	span.end = end;
	if ((hyphen && slash) ||
		(checker->doc->clauses_by_code && policy_find_clause(checker->doc, teach_text(checker->state, span.start, span.end))) ||
		(checker->doc->rungs_by_code && policy_find_rung(checker->doc, teach_text(checker->state, span.start, span.end))))
		teach_correct(checker->state, span,
					  psprintf("%s %s", word_of(checker, "satisfies", "符合"), teach_text(checker->state, span.start, span.end)),
					  "\"%s\" is not declared", expr->name);
}

/*
 * teach_name: a name that is not declared, or one of a rule without declarations.
 */
void
teach_name(Checker *checker, Expression *expr, Scope *scope)
{
	static const char *const days[] = {"today", "now", "current_date", "sysdate", "今天", "当前日期", "今日"};
	const char *name;
	size_t		i;

	teach_value(checker, expr, scope);
	teach_glued_comparison(checker, expr, scope);
	if (checker->doc->bare)
	{
		/* a rule has no other place where a name could end in a conjunction */
		const char *found = strstr(expr->name, "且");

		if (found && found > expr->name && found[strlen("且")] != '\0' && strstr(expr->name, "况且") == NULL &&
			strstr(expr->name, "而且") == NULL && strstr(expr->name, "尚且") == NULL && strstr(expr->name, "并且") == NULL)
			teach_correct(checker->state, expr->span,
						  psprintf("%s 且 %s", pnstrdup(expr->name, found - expr->name), found + strlen("且")),
						  "words are separated by white space");
		return;
	}
	name = name_of_label(checker, expr->name, scope);
	if (name)
		teach_correct(checker->state, expr->span, name, "\"%s\" is a label, and no name", expr->name);
	for (i = 0; i < lengthof(days); i++)
		if (strcmp(expr->name, days[i]) == 0)
			teach_correct(checker->state, expr->span, word_of(checker, "as_of", "判断日"), "\"%s\" is not declared", expr->name);
	teach_glued_name(checker, expr, scope);
	teach_code_name(checker, expr);
}

/*
 * teach_untyped: in a rule without declarations, two names are compared, and neither has a
 * type.  The second one is probably a text.
 */
void
teach_untyped(Checker *checker, Expression *expr)
{
	ListCell   *cell;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if ((expr->kind == EXPR_COMPARE && (expr->compare == CMP_EQ || expr->compare == CMP_NE)) || expr->kind == EXPR_IN)
	{
		Expression *left = linitial(expr->args);
		Expression *right = lsecond(expr->args);

		if (left->kind == EXPR_NAME && right->kind == EXPR_NAME &&
			left->type == TYPE_UNKNOWN && right->type == TYPE_UNKNOWN)
		{
			int			yes = teach_yes_no(right->name);
			char	   *name = text_of(checker, right);

			read_error(checker->state, right->span.start,
					   psprintf(_("Write %s instead of %s. If it is a fact, write a document that begins with \"policy\" "
								  "and declare it with \"fact\"."),
								yes < 0 ? psprintf("'%s'", name) :
								yes ? word_of(checker, "true", "真") : word_of(checker, "false", "假"), name),
					   "the type of \"%s\" cannot be inferred", right->name);
		}
	}
	foreach(cell, expr->args)
	{
		teach_untyped(checker, lfirst(cell));
	}
}

/* ---------------- comparisons ---------------- */

/* A literal that is meant as a date. */
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
						  psprintf("%s(%s)", word_of(checker, "year", "年份"), text_of(checker, date)),
						  "a date is not a year");
	}
}

/* 是, 1 or 'Y' for a boolean. */
static void
teach_boolean_operand(Checker *checker, const Expression *other)
{
	int			yes = other->kind == EXPR_TEXT ? teach_yes_no(other->name) :
	other->kind == EXPR_NUMBER ? teach_yes_no(text_of(checker, other)) : -1;

	if (yes >= 0)
		teach_correct(checker->state, other->span, yes ? word_of(checker, "true", "真") : word_of(checker, "false", "假"),
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
		teach_correct(checker->state, other->span, psprintf("'%s'", text_of(checker, other)), "a text must be in single quotes");
	if (one->type == TYPE_LIST && one->kind == EXPR_NAME && one->fact->scalars && checker->within &&
		checker->within->kind == EXPR_COMPARE)
	{
		Span		whole = checker->within->span;

		teach_correct(checker->state, whole,
					  psprintf("%s(%s : %s%s)", word_of(checker, "any", "任一"), one->name, word_of(checker, "it", "其"),
							   whole.start == one->span.start ? teach_text(checker->state, one->span.end, whole.end) :
							   psprintf(" = %s", text_of(checker, other))),
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
				  psprintf("%s %s %s - %s", text_of(checker, lsecond(days->args)), sign,
						   text_of(checker, linitial(days->args)), text_of(checker, interval)),
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
	number = text_of(checker, right);
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

/* ---------------- calls ---------------- */

/* any(tags = 'x') */
void
teach_list_call(Checker *checker, Expression *expr)
{
	const Expression *list = linitial(expr->args);
	const Expression *first;
	const Fact *fact;

	if (expr->where || expr->body || (list->kind != EXPR_COMPARE && list->kind != EXPR_IN && list->kind != EXPR_BETWEEN))
		return;
	first = linitial(list->args);
	fact = first->kind == EXPR_NAME ? policy_find_fact(checker->doc, first->name) : NULL;
	if (first->kind != EXPR_NAME || list->span.start != first->span.start)
		return;
	if (checker->doc->bare ? fact && fact->type != TYPE_UNKNOWN : fact == NULL || fact->type != TYPE_LIST || !fact->scalars)
		return;
	teach_correct(checker->state, expr->span,
				  psprintf("%s(%s %s %s%s)", expr->name, first->name, expr->function == FUNC_COUNT ? word_of(checker, "where", "其中") : ":",
						   word_of(checker, "it", "其"), teach_text(checker->state, first->span.end, list->span.end)),
				  "the condition of a list must follow it");
}

/* The arguments of a call, joined by a word or sign, in brackets. */
static char *
arguments_joined(Checker *checker, const Expression *expr, const char *between)
{
	StringInfoData buf;
	ListCell   *cell;

	initStringInfo(&buf);
	foreach(cell, expr->args)
	{
		appendStringInfo(&buf, "%s%s%s%s", buf.len > 0 ? " " : "(", buf.len > 0 ? between : "", buf.len > 0 ? " " : "",
						 text_of(checker, lfirst(cell)));
	}
	appendStringInfoChar(&buf, ')');
	return buf.data;
}

/* The call with another function. */
static char *
renamed(Checker *checker, const Expression *expr, const char *function)
{
	return psprintf("%s%s", function,
					teach_text(checker->state, expr->span.start + strlen(expr->name), expr->span.end));
}

/*
 * teach_call: a call of a function that is not there, or of a function of lists with several
 * values.
 */
void
teach_call(Checker *checker, const Expression *expr)
{
	static const char *const cases[] = {"if", "iif", "如果", "若", "ifs"};
	int			count = list_length(expr->args);
	const char *name = expr->name;
	const char *other = teach_function(name);
	char	   *correction = NULL;
	size_t		i;

	if (expr->where || expr->body)
		return;
	for (i = 0; i < lengthof(cases); i++)
		if (strcmp(name, cases[i]) == 0 && count >= 2)
		{
			bool		chinese = teach_in_chinese(checker->state, 0);

			correction = psprintf(chinese ? "分情形 当 %s 则 %s %s%s终" : "case when %s then %s %s%send",
								  text_of(checker, linitial(expr->args)), text_of(checker, lsecond(expr->args)),
								  count < 3 ? "" : chinese ? "否则 " : "else ",
								  count < 3 ? "" : psprintf("%s ", text_of(checker, lthird(expr->args))));
		}
	if ((strcmp(name, "max") == 0 || strcmp(name, "最大") == 0))
		correction = renamed(checker, expr, word_of(checker, "greatest", "取高"));
	else if ((strcmp(name, "min") == 0 || strcmp(name, "最小") == 0))
		correction = renamed(checker, expr, word_of(checker, "least", "取低"));
	else if ((strcmp(name, "sum") == 0 || strcmp(name, "合计") == 0))
		correction = arguments_joined(checker, expr, "+");
	else if ((strcmp(name, "any") == 0 || strcmp(name, "任一") == 0) && count > 1)
		correction = arguments_joined(checker, expr, word_of(checker, "or", "或"));
	else if ((strcmp(name, "all") == 0 || strcmp(name, "全部") == 0) && count > 1)
		correction = arguments_joined(checker, expr, word_of(checker, "and", "且"));
	else if ((strcmp(name, "count") == 0 || strcmp(name, "计数") == 0) && count > 1)
		correction = renamed(checker, expr, word_of(checker, "count_true", "满足数"));
	else if (other)
		correction = renamed(checker, expr, other);
	if (correction)
		teach_correct(checker->state, expr->span, correction,
					  other || strstr(correction, "case") ? gettext_noop("there is no function \"%s\"") :
					  gettext_noop("%s asks the elements of a list"), name);
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
	char	   *number = text_of(checker, right);

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
		!is_declared(checker, right->name, scope))
		teach_correct(checker->state, joined(left->span, right->span), text_of(checker, left), "a quantity has one unit");
}

/*
 * teach_boolean: the number of a clause or rung, where a condition is asked for.
 */
void
teach_boolean(Checker *checker, const Expression *expr)
{
	char	   *code = text_of(checker, expr);

	if (expr->kind == EXPR_NUMBER && !checker->doc->bare &&
		(policy_find_clause(checker->doc, code) || policy_find_rung(checker->doc, code)))
		teach_correct(checker->state, expr->span, psprintf("%s %s", word_of(checker, "satisfies", "符合"), code),
					  "a clause is not a condition");
}
