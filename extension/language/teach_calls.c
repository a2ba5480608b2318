/*
 * teach_calls.c
 *		Corrections for calls of functions.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "messages.h"
#include "names.h"
#include "teach.h"

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
				  psprintf("%s(%s %s %s%s)", expr->name, first->name, expr->function == FUNC_COUNT ? teach_checked_word(checker, "where", "其中") : ":",
						   teach_checked_word(checker, IT_NAME, IT_LABEL), teach_text(checker->state, first->span.end, list->span.end)),
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
						 teach_expr_text(checker, lfirst(cell)));
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
								  teach_expr_text(checker, linitial(expr->args)), teach_expr_text(checker, lsecond(expr->args)),
								  count < 3 ? "" : chinese ? "否则 " : "else ",
								  count < 3 ? "" : psprintf("%s ", teach_expr_text(checker, lthird(expr->args))));
		}
	if ((strcmp(name, "max") == 0 || strcmp(name, "最大") == 0))
		correction = renamed(checker, expr, teach_checked_word(checker, "greatest", "取高"));
	else if ((strcmp(name, "min") == 0 || strcmp(name, "最小") == 0))
		correction = renamed(checker, expr, teach_checked_word(checker, "least", "取低"));
	else if ((strcmp(name, "sum") == 0 || strcmp(name, "合计") == 0))
		correction = arguments_joined(checker, expr, "+");
	else if ((strcmp(name, "any") == 0 || strcmp(name, "任一") == 0) && count > 1)
		correction = arguments_joined(checker, expr, teach_checked_word(checker, "or", "或"));
	else if ((strcmp(name, "all") == 0 || strcmp(name, "全部") == 0) && count > 1)
		correction = arguments_joined(checker, expr, teach_checked_word(checker, "and", "且"));
	else if ((strcmp(name, "count") == 0 || strcmp(name, "计数") == 0) && count > 1)
		correction = renamed(checker, expr, teach_checked_word(checker, "count_true", "满足数"));
	else if (other)
		correction = renamed(checker, expr, other);
	if (correction)
		teach_correct(checker->state, expr->span, correction,
					  other || strstr(correction, "case") ? gettext_noop("there is no function \"%s\"") :
					  gettext_noop("%s asks the elements of a list"), name);
}
