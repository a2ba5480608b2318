/*
 * steps.c
 *		The steps of bands and cases in the words of a Chinese document: 达到70%以上，得3分.
 *
 * In English a step is shown as it is written.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "condition.h"
#include "language/texts.h"

/* A fact or definition by its title; another expression as it is written. */
static char *
subject_words(const Explainer *explainer, const Expression *expr)
{
	const char *title = NULL;

	if (is_define(expr))
		title = expr->define->provision.title;
	else if (expr->kind == EXPR_NAME && expr->meaning == NAME_FACT)
		title = expr->fact->label;
	return title ? explain_short(title) : explain_source(explainer, expr);
}

static char *
bound_words(const Explainer *explainer, const Expression *expr)
{
	if (expr->kind == EXPR_BOOLEAN)
		return pstrdup(expr->boolean ? explainer->words->yes : explainer->words->no);
	if (expr->kind == EXPR_TEXT)
		return psprintf(explainer->words->quoted,
						explain_short(texts_fact_shown(expr->texts, expr->name, strlen(expr->name))));
	return is_literal(expr) ? explain_source(explainer, expr) : subject_words(explainer, expr);
}

/* A comparison with a bound, without what is compared. */
static char *
comparison_words(const Explainer *explainer, CompareOp op, const Expression *bound)
{
	if (op == CMP_GE && bound->type == TYPE_NUMBER)
		return psprintf(explainer->words->reaches, bound_words(explainer, bound));
	return psprintf("%s%s", explain_compare_words(explainer->words, op, bound->type), bound_words(explainer, bound));
}

/* 收入不低于100万元、不超过200万元 */
static char *
between_words(const Explainer *explainer, const Expression *expr)
{
	const Phrases *words = explainer->words;
	const char *format = ((const Expression *) lsecond(expr->args))->type == TYPE_DATE ? (expr->negated ? words->days_not_between : words->days_between) :
	(expr->negated ? words->numbers_not_between : words->numbers_between);

	return psprintf("%s%s", subject_words(explainer, linitial(expr->args)),
					psprintf(format, bound_words(explainer, lsecond(expr->args)), bound_words(explainer, lthird(expr->args))));
}

/* 为“小型企业”、“微型企业”之一 */
static char *
members_words(const Explainer *explainer, const Expression *expr)
{
	const Phrases *words = explainer->words;
	StringInfoData buf;
	ListCell   *cell;

	initStringInfo(&buf);
	for_each_from(cell, expr->args, 1)
	{
		appendStringInfo(&buf, "%s%s", buf.len > 0 ? words->member_comma : "", bound_words(explainer, lfirst(cell)));
	}
	return psprintf(expr->negated ? words->not_members : words->members, explain_short(buf.data));
}

static char *
condition_words(const Explainer *explainer, const Expression *expr)
{
	const Phrases *words = explainer->words;
	const Expression *first;
	StringInfoData buf;
	ListCell   *cell;

	check_stack_depth();
	switch (expr->kind)
	{
		case EXPR_NAME:
			return subject_words(explainer, expr);
		case EXPR_NOT:
			first = linitial(expr->args);
			if (first->kind != EXPR_NAME)
				break;
			return psprintf(words->not_so, subject_words(explainer, first));
		case EXPR_COMPARE:
			first = linitial(expr->args);
			if (is_literal(first))
				break;
			return psprintf("%s%s", subject_words(explainer, first),
							comparison_words(explainer, expr->compare, lsecond(expr->args)));
		case EXPR_IS_NULL:
			return psprintf("%s%s", expr->negated ? words->has : words->has_not,
							subject_words(explainer, linitial(expr->args)));
		case EXPR_BETWEEN:
			return between_words(explainer, expr);
		case EXPR_IN:
			return psprintf("%s%s", subject_words(explainer, linitial(expr->args)), members_words(explainer, expr));
		case EXPR_AND:
		case EXPR_OR:
			initStringInfo(&buf);
			foreach(cell, expr->args)
			{
				const Expression *part = lfirst(cell);

				/* brackets are in the source */
				if (part->kind == EXPR_AND || part->kind == EXPR_OR)
					return explain_source(explainer, expr);
				appendStringInfo(&buf, "%s%s", foreach_current_index(cell) == 0 ? "" :
								 expr->kind == EXPR_AND ? words->and_also : words->or_else,
								 condition_words(explainer, part));
			}
			return explain_short(buf.data);
		default:
			break;
	}
	return explain_source(explainer, expr);
}

/* 得3分, 按5万元; 是 and 否 alone */
static char *
result_words(const Explainer *explainer, const Expression *value)
{
	if (value->kind == EXPR_BOOLEAN)
		return bound_words(explainer, value);
	return psprintf(value->unit == UNIT_POINT ? explainer->words->gets : explainer->words->counts,
					bound_words(explainer, value));
}

char *
explain_arm_words(const Explainer *explainer, const Expression *arm)
{
	const Phrases *words = explainer->words;
	const Expression *value = linitial(arm->args);
	StringInfoData buf;
	ListCell   *cell;

	if (list_length(arm->args) == 1)
		return psprintf(words->otherwise, result_words(explainer, value));
	if (list_length(arm->args) == 2)
		return psprintf(words->then, comparison_words(explainer, arm->compare, lsecond(arm->args)),
						result_words(explainer, value));
	initStringInfo(&buf);
	for_each_from(cell, arm->args, 1)
	{
		appendStringInfo(&buf, "%s%s", buf.len > 0 ? words->member_comma : "", bound_words(explainer, lfirst(cell)));
	}
	return psprintf(words->then, psprintf(words->is_one_of, explain_short(buf.data)), result_words(explainer, value));
}

char *
explain_when_words(const Explainer *explainer, const Expression *condition, const Expression *value)
{
	return psprintf(explainer->words->when_then, condition_words(explainer, condition), result_words(explainer, value));
}

char *
explain_else_words(const Explainer *explainer, const Expression *value)
{
	return psprintf(explainer->words->otherwise, result_words(explainer, value));
}
