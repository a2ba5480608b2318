/*
 * check_calls.c
 *		Checks calls of functions, against functions.h.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "messages.h"
#include "names.h"
#include "teach.h"

/* Argument and result types in functions.h. */
typedef enum Takes
{
	TAKES_NUMBER,
	TAKES_DATE,
	TAKES_BOOLEAN,
	TAKES_ORDERED,
	TAKES_ALIKE,
	TAKES_ROUNDED,
	TAKES_LIST
} Takes;

typedef enum Gives
{
	GIVES_SAME,
	GIVES_NUMBER,
	GIVES_DATE,
	GIVES_BOOLEAN
} Gives;

typedef enum NoneWhen
{
	NONE_WHEN_NEVER,
	NONE_WHEN_ANY,
	NONE_WHEN_ALL,
	NONE_WHEN_FIRST,
	NONE_WHEN_LAST
} NoneWhen;

typedef struct FunctionInfo
{
	const char *name;
	const char *chinese;
	int			least;
	int			most;
	Takes		takes;
	const char *what;
	Gives		gives;
	Unit		unit;
	NoneWhen	none;
} FunctionInfo;

static const FunctionInfo functions[] =
{
#define FUNCTION(NAME, name, chinese, least, most, takes, what, gives, unit, none, instruction) \
	[FUNC_##NAME] = {name, chinese, least, most, TAKES_##takes, what, GIVES_##gives, UNIT_##unit, NONE_WHEN_##none},
#include "functions.h"
};

const char *
function_name(Function function)
{
	return functions[function].name;
}

static void
check_list_call(Checker *checker, Expression *expr, Scope *scope)
{
	Expression *list = linitial(expr->args);
	Scope		inner;

	teach_list_call(checker, expr);
	if (list->kind == EXPR_RANGE)
		expr->fact = check_range(checker, list, scope);
	else
		check_expr(checker, list, scope);
	if (list->kind != EXPR_RANGE && (list->kind != EXPR_NAME || list->meaning != NAME_FACT || list->type != TYPE_LIST))
	{
		teach_call(checker, expr);
		read_error(checker->state, list->span.start, NULL, "%s needs a list fact", expr->name);
	}
	expr->fact = list->fact;
	check_element_name(checker, expr, scope);
	inner.list = list->fact;
	inner.element = expr->element;
	inner.outer = scope;

	if (expr->where)
	{
		check_expr(checker, expr->where, &inner);
		check_want_type(checker, expr->where, TYPE_BOOLEAN, "the condition of a list");
	}
	if (expr->body == NULL && list->fact->scalars && expr->function != FUNC_COUNT &&
		!(expr->function == FUNC_ANY && expr->where))
	{
		expr->body = expr_literal(EXPR_NAME, TYPE_UNKNOWN, list->span);
		expr->body->name = pstrdup(IT_NAME);
	}
	if (expr->body)
		check_expr(checker, expr->body, &inner);

	switch (expr->function)
	{
		case FUNC_COUNT:
			if (expr->body)
				read_error(checker->state, expr->body->span.start,
						   _("count counts the elements; a condition follows \"where\"."),
						   "count takes no expression");
			expr->type = TYPE_NUMBER;
			break;
		case FUNC_ANY:
			if (expr->body)
				check_want_type(checker, expr->body, TYPE_BOOLEAN, "what any asks");
			else if (expr->where == NULL)
				read_error(checker->state, expr->span.start,
						   _("Write any(list where condition)."), "any needs a condition");
			expr->type = TYPE_BOOLEAN;
			break;
		case FUNC_ALL:
			if (expr->body == NULL)
				read_error(checker->state, expr->span.start,
						   _("Write all(list : condition)."), "all needs a condition after a colon");
			check_want_type(checker, expr->body, TYPE_BOOLEAN, "what all asks");
			expr->type = TYPE_BOOLEAN;
			break;
		case FUNC_SUM:
		case FUNC_AVG:
		case FUNC_MIN:
		case FUNC_MAX:
		case FUNC_ONE:
			if (expr->body == NULL)
				read_error(checker->state, expr->span.start,
						   psprintf(_("Write %s(list : expression)."), expr->name),
						   "%s needs an expression after a colon", expr->name);
			if (expr->function != FUNC_ONE &&
				(expr->function == FUNC_SUM || expr->function == FUNC_AVG || expr->body->type != TYPE_DATE))
				check_want_type(checker, expr->body, TYPE_NUMBER, "this");
			expr->type = expr->body->type;
			expr->unit = expr->body->unit;
			expr->money = expr->body->money;
			if (expr->function == FUNC_ONE)
				expr->texts = expr->body->texts;
			expr->can_be_none = expr->function == FUNC_ONE ? expr->body->can_be_none : expr->function != FUNC_SUM;
			break;
		default:
			break;
	}
}

/* Finds the function of a call and checks the number of arguments. */
static Function
find_function(Checker *checker, const Expression *expr)
{
	Nearest		nearest;
	size_t		i;

	for (i = 0; i < lengthof(functions); i++)
		if (strcmp(functions[i].name, expr->name) == 0 ||
			strcmp(functions[i].chinese, expr->name) == 0)
			break;
	if (i == lengthof(functions) || list_length(expr->args) < functions[i].least ||
		list_length(expr->args) > functions[i].most)
		teach_call(checker, expr);
	if (i == lengthof(functions))
	{
		nearest_start(&nearest, expr->name);
		for (i = 0; i < lengthof(functions); i++)
		{
			nearest_offer(&nearest, functions[i].name);
			nearest_offer(&nearest, functions[i].chinese);
		}
		read_error(checker->state, expr->span.start, nearest_hint(&nearest),
				   "there is no function \"%s\"", expr->name);
	}
	if (expr->kind == EXPR_LIST_CALL && functions[i].takes != TAKES_LIST)
		read_error(checker->state, expr->span.start, NULL,
				   "%s does not work on a list", expr->name);
	if (!expr->multiple &&
		(list_length(expr->args) < functions[i].least || list_length(expr->args) > functions[i].most))
		read_error(checker->state, expr->span.start,
				   functions[i].takes == TAKES_LIST
				   ? psprintf(_("Write %s(list where condition : expression)."), expr->name) : NULL,
				   "%s has the wrong number of arguments", expr->name);
	return i;
}

/* Checks a number to round and the number of decimals. */
static void
check_rounded(Checker *checker, Expression *expr, const char *what)
{
	Expression *x = linitial(expr->args);

	check_want_type(checker, x, TYPE_NUMBER, what);
	if (list_length(expr->args) == 2)
	{
		Expression *digits = lsecond(expr->args);
		char	   *text;

		text = digits->kind == EXPR_NUMBER
			? DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(digits->number))) : NULL;

		/*
		 * a number with a unit, such as 100元, makes it round to a multiple
		 */
		if (digits->kind == EXPR_NUMBER && digits->unit != UNIT_FREE)
		{
			Span		both = {x->span.start, digits->span.end};

			teach_correct(checker->state, both,
						  psprintf("%s %s %s", teach_text(checker->state, x->span.start, x->span.end),
								   teach_checked_word(checker, "to", "到"),
								   teach_text(checker->state, digits->span.start, digits->span.end)),
						  "round takes a number of decimals from 0 to 20");
		}
		if (text == NULL || strlen(text) > 2 || strspn(text, "0123456789") != strlen(text) || atoi(text) > 20)
			read_error(checker->state, digits->span.start, NULL,
					   "round takes a number of decimals from 0 to 20");
		expr->shift = atoi(text);
	}
	expr->type = TYPE_NUMBER;
	expr->unit = x->unit;
	expr->money = x->money;
}

/* Returns whether the result of a call can be none, depending on its arguments. */
static bool
call_can_be_none(const Expression *expr, NoneWhen when)
{
	bool		any = false;
	bool		all = true;
	ListCell   *cell;

	foreach(cell, expr->args)
	{
		bool		here = ((const Expression *) lfirst(cell))->can_be_none;

		any |= here;
		all &= here;
	}
	switch (when)
	{
		case NONE_WHEN_NEVER:
			break;
		case NONE_WHEN_ANY:
			return any;
		case NONE_WHEN_ALL:
			return all;
		case NONE_WHEN_FIRST:
			return ((const Expression *) linitial(expr->args))->can_be_none;
		case NONE_WHEN_LAST:
			return ((const Expression *) llast(expr->args))->can_be_none;
	}
	return false;
}

void
check_call(Checker *checker, Expression *expr, Scope *scope)
{
	static const ValueType types[] = {
		[TAKES_NUMBER] = TYPE_NUMBER,[TAKES_DATE] = TYPE_DATE,[TAKES_BOOLEAN] = TYPE_BOOLEAN
	};
	const FunctionInfo *info;
	Expression *first;
	ListCell   *cell;

	expr->function = find_function(checker, expr);
	info = &functions[expr->function];
	if (info->takes == TAKES_LIST)
	{
		expr->kind = EXPR_LIST_CALL;
		check_list_call(checker, expr, scope);
		return;
	}

	/* round(x to 5) */
	first = linitial(expr->args);
	if (info->takes == TAKES_ROUNDED && first->kind == EXPR_RANGE)
	{
		if (list_length(expr->args) > 1)
			read_error(checker->state, ((Expression *) lsecond(expr->args))->span.start, NULL,
					   "%s rounds to decimals or to a multiple", expr->name);
		expr->args = first->args;
		expr->multiple = true;
	}
	foreach(cell, expr->args)
	{
		check_expr(checker, lfirst(cell), scope);
	}

	switch (info->takes)
	{
		case TAKES_NUMBER:
		case TAKES_DATE:
		case TAKES_BOOLEAN:
			foreach(cell, expr->args)
			{
				check_want_type(checker, lfirst(cell), types[info->takes], info->what);
			}
			break;
		case TAKES_ORDERED:
			check_alternatives(checker, expr, expr->args);
			if (expr->type != TYPE_DATE && expr->type != TYPE_UNKNOWN)
				check_want_type(checker, expr, TYPE_NUMBER, info->what);
			break;
		case TAKES_ALIKE:
			first = linitial(expr->args);
			if (expr->function == FUNC_COALESCE && !first->can_be_none && first->type != TYPE_UNKNOWN)
				read_error(checker->state, first->span.start,
						   _("Only what can be none has a default; an unknown value stays unknown."),
						   "this is never none");
			check_alternatives(checker, expr, expr->args);
			break;
		case TAKES_ROUNDED:
			if (expr->multiple)
				check_multiple(checker, expr, info->what);
			else
				check_rounded(checker, expr, info->what);
			break;
		case TAKES_LIST:
			break;
	}
	if (info->gives != GIVES_SAME)
	{
		expr->type = info->gives == GIVES_NUMBER ? TYPE_NUMBER : info->gives == GIVES_DATE ? TYPE_DATE : TYPE_BOOLEAN;
		expr->unit = info->unit;
	}
	expr->can_be_none = call_can_be_none(expr, info->none);
}
