/*
 * teach_names.c
 *		Corrections for names that are not declared.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "messages.h"
#include "names.h"
#include "teach.h"

/* The type of a name as known so far, without checking it; or TYPE_UNKNOWN. */
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

bool
teach_is_declared(const Checker *checker, const char *name, const Scope *scope)
{
	for (; scope; scope = scope->outer)
		if (policy_find_field(scope->list, name))
			return true;
	return policy_find_fact(checker->doc, name) != NULL || policy_find_define(checker->doc, name) != NULL;
}

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

/* The other operand of the comparison that contains a name, or NULL. */
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
		teach_correct(checker->state, expr->span, yes ? teach_checked_word(checker, "true", "真") : teach_checked_word(checker, "false", "假"),
					  "a boolean is true or false");
	if (type == TYPE_TEXT && other->kind == EXPR_NAME)
		teach_correct(checker->state, expr->span, psprintf("'%s'", teach_expr_text(checker, expr)),
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
			!(checker->doc->bare || teach_is_declared(checker, front, scope)))
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
	if (teach_negation(expr->name, &length) && teach_is_declared(checker, expr->name + length, scope))
		teach_correct(checker->state, expr->span, psprintf("%s %s", teach_checked_word(checker, "not", "非"), expr->name + length),
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
			(*front == '\0' || teach_is_declared(checker, front, scope)) &&
			(*back == '\0' || teach_is_declared(checker, back, scope)))
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
					  psprintf("%s %s", teach_checked_word(checker, "satisfies", "符合"), teach_text(checker->state, span.start, span.end)),
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
		teach_correct(checker->state, expr->span, name, "\"%s\" is a label, not a name", expr->name);
	for (i = 0; i < lengthof(days); i++)
		if (strcmp(expr->name, days[i]) == 0)
			teach_correct(checker->state, expr->span, teach_checked_word(checker, AS_OF_NAME, AS_OF_LABEL), "\"%s\" is not declared", expr->name);
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
			char	   *name = teach_expr_text(checker, right);

			read_error(checker->state, right->span.start,
					   psprintf(_("Write %s instead of %s. If it is a fact, write a document that begins with \"policy\" "
								  "and declare it with \"fact\"."),
								yes < 0 ? psprintf("'%s'", name) :
								yes ? teach_checked_word(checker, "true", "真") : teach_checked_word(checker, "false", "假"), name),
					   "the type of \"%s\" cannot be inferred", right->name);
		}
	}
	foreach(cell, expr->args)
	{
		teach_untyped(checker, lfirst(cell));
	}
}
