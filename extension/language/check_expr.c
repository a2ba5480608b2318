/*
 * check_expr.c
 *		Checks names, types and units of expressions.
 *
 * In a policy that is an expression, collects the facts, with the types and units that the
 * context implies.
 */
#include "postgres.h"

#include "miscadmin.h"
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

/* ---------------- types and units ---------------- */

/* Requires a type; a fact whose type has not been inferred yet gets it. */
void
check_want_type(Checker *checker, Expression *expr, ValueType type, const char *what)
{
	if (expr->type == type)
		return;
	if (expr->type == TYPE_UNKNOWN)
	{
		if ((expr->kind == EXPR_NAME || expr->kind == EXPR_INDEX) && expr->meaning == NAME_FACT && expr->fact->inferred)
		{
			expr->fact->type = type;
			expr->type = type;
			checker->progress = true;
		}
		return;
	}
	if (type == TYPE_BOOLEAN)
		teach_boolean(checker, expr);
	read_error(checker->state, expr->span.start, NULL,
			   "%s must be a %s, but this is a %s", _(what), _(type_name(type)), _(type_name(expr->type)));
}

/* Requires two expressions of the same type; one may get its type from the other. */
static void
same_type(Checker *checker, Expression *left, Expression *right)
{
	if (left->type == TYPE_UNKNOWN && right->type != TYPE_UNKNOWN)
		check_want_type(checker, left, right->type, "this");
	else if (right->type == TYPE_UNKNOWN && left->type != TYPE_UNKNOWN)
		check_want_type(checker, right, left->type, "this");
	else if (left->type != right->type)
	{
		teach_comparison_types(checker, left, right);
		read_error(checker->state, right->span.start, NULL,
				   "a %s cannot be combined with a %s", _(type_name(right->type)), _(type_name(left->type)));
	}
}

static bool
has_labels(const Fact *fact)
{
	ListCell   *cell;

	foreach(cell, fact->values)
	{
		if (((const TextValue *) lfirst(cell))->labels)
			return true;
	}
	return false;
}

static void
give_literal(Checker *checker, Expression *literal, Fact *fact, bool strict)
{
	int			value = texts_find(fact->texts, literal->name, strlen(literal->name));
	Nearest		nearest;
	int			i;

	if (value >= 0)
	{
		literal->name = fact->texts->values[value]->text;
		literal->texts = fact;
	}
	if (value >= 0 || !strict)
		return;
	nearest_start(&nearest, literal->name);
	for (i = 0; i < fact->texts->nforms; i++)
		nearest_offer(&nearest, fact->texts->forms[i].text);
	read_error(checker->state, literal->span.start, nearest_hint(&nearest),
			   "\"%s\" is not a value of \"%s\"", literal->name, fact->name);
}

/*
 * Passes a fact's values on to every literal that the expression may yield.  Only literals
 * next to a fact itself must be one of its values; the alternatives of a case may include
 * others.
 */
void
check_give_texts(Checker *checker, Expression *expr, Fact *fact, bool strict)
{
	int			i;

	if (expr->type != TYPE_TEXT || expr->texts != NULL)
		return;
	check_stack_depth();
	switch (expr->kind)
	{
		case EXPR_TEXT:
			give_literal(checker, expr, fact, strict);
			break;
		case EXPR_NAME:
		case EXPR_INDEX:
			if (expr->meaning == NAME_DEFINE)
			{
				check_give_texts(checker, expr->define->expr, fact, strict);
				if (check_text_column(expr))
					expr->texts = fact;
			}
			else if (check_text_column(expr))
				check_give_column(checker, expr, fact);
			else if (has_labels(fact))
				read_error(checker->state, expr->span.start,
						   psprintf(_("Declare \"%s\" with the same values."), expr->name),
						   "\"%s\" declares no values, and \"%s\" has labels", expr->name, fact->name);
			break;
		case EXPR_CASE:
			expr->texts = fact;
			for (i = 1; i < list_length(expr->args); i += 2)
				check_give_texts(checker, list_nth(expr->args, i), fact, false);
			if (expr->has_else)
				check_give_texts(checker, llast(expr->args), fact, false);
			break;
		case EXPR_BAND:
			expr->texts = fact;
			for (i = 1; i < list_length(expr->args); i++)
				check_give_texts(checker, linitial(((Expression *) list_nth(expr->args, i))->args), fact, false);
			break;
		case EXPR_CALL:
			expr->texts = fact;
			for (i = 0; i < list_length(expr->args); i++)
				check_give_texts(checker, list_nth(expr->args, i), fact, false);
			break;
		default:
			break;
	}
}

/* A literal next to a fact or field, under whatever name, must be one of its values. */
static bool
names_fact(const Expression *expr)
{
	for (;;)
	{
		if (expr->kind == EXPR_NAME && expr->meaning == NAME_DEFINE)
			expr = expr->define->expr;
		else if (expr->kind == EXPR_LIST_CALL && expr->body)
			expr = expr->body;
		else
			return (expr->kind == EXPR_NAME || expr->kind == EXPR_INDEX) && expr->meaning != NAME_TABLE;
	}
}

/*
 * A definition that is a literal must have the same meaning for every fact it is compared
 * with.
 */
static void
want_same_literal(Checker *checker, const Expression *expr, const Fact *fact)
{
	const Expression *literal = expr;
	int			value;

	while (literal->kind == EXPR_NAME && literal->meaning == NAME_DEFINE)
		literal = literal->define->expr;
	if (literal->kind != EXPR_TEXT)
		return;
	value = texts_find(fact->texts, literal->name, strlen(literal->name));
	if (value < 0 || strcmp(fact->texts->values[value]->text, literal->name) != 0)
		read_error(checker->state, expr->span.start, NULL,
				   "\"%s\" is not a value of \"%s\"", literal->name, fact->name);
}

/* The same for the cells of a table. */
static void
check_same_cells(Checker *checker, Expression *expr, Fact *fact)
{
	while (expr->kind == EXPR_NAME && expr->meaning == NAME_DEFINE)
		expr = expr->define->expr;
	check_give_column(checker, expr, fact);
}

/* Checks two texts that are compared. */
static void
join_texts(Checker *checker, Expression *left, Expression *right)
{
	Fact	   *of_left = check_text_column(left);
	Fact	   *of_right = check_text_column(right);

	if (of_left && left->texts == NULL)
		left->texts = of_left->cells_of;
	if (of_right && right->texts == NULL)
		right->texts = of_right->cells_of;
	if (left->texts == NULL && right->texts == NULL)
	{
		/* what they mean may become known later */
		if (of_left)
			of_left->compared = lappend(of_left->compared, right);
		if (of_right)
			of_right->compared = lappend(of_right->compared, left);
	}
	else if (left->texts && right->texts == NULL)
		check_give_texts(checker, right, left->texts, names_fact(left));
	else if (right->texts && left->texts == NULL)
		check_give_texts(checker, left, right->texts, names_fact(right));
	else if (left->texts && left->texts != right->texts)
	{
		want_same_literal(checker, left, right->texts);
		want_same_literal(checker, right, left->texts);
		if (of_left)
			check_same_cells(checker, left, right->texts);
		if (of_right)
			check_same_cells(checker, right, left->texts);
	}
}

/* Checks the operands of any form of comparison. */
static void
check_comparison(Checker *checker, Expression *left, Expression *right, bool ordered)
{
	same_type(checker, left, right);
	teach_itself(checker, left, right);
	teach_days(checker, left, right);
	teach_rule(checker, left, right);
	if (left->type == TYPE_NUMBER && right->type == TYPE_NUMBER)
		check_join_numbers(checker, left, right, NULL);
	if (left->type == TYPE_LIST)
		read_error(checker->state, left->span.start,
				   _("Ask with count, any or all."), "a list cannot be compared");
	if (ordered && left->type == TYPE_TEXT)
		teach_order(checker, left, right);
	if (ordered && (left->type == TYPE_TEXT || left->type == TYPE_BOOLEAN))
		read_error(checker->state, left->span.start, NULL,
				   "a %s can be compared only with = and <>", _(type_name(left->type)));
	join_texts(checker, left, right);
}

/*
 * Checks that the values of a case, band, least and so on have the same type and unit,
 * which the whole expression gets.
 */
static void
check_alternatives(Checker *checker, Expression *expr, List *values)
{
	Expression *first = NULL;
	ListCell   *cell;

	foreach(cell, values)
	{
		Expression *value = lfirst(cell);

		if (first != NULL)
			same_type(checker, first, value);
		if (first == NULL || first->type == TYPE_UNKNOWN)
			first = value;
	}
	Assert(first != NULL);
	expr->unit = UNIT_FREE;
	expr->money = first->type == TYPE_UNKNOWN ? MONEY_ANY : NULL;
	if (first->type == TYPE_NUMBER)
		check_join_all(checker, values, expr);
	expr->type = first->type;
	expr->texts = NULL;
	foreach(cell, values)
	{
		if (expr->texts == NULL)
			expr->texts = ((Expression *) lfirst(cell))->texts;
	}
	foreach(cell, values)
	{
		if (expr->texts)
			check_give_texts(checker, lfirst(cell), expr->texts, false);
	}
	if (first->type == TYPE_LIST)
		read_error(checker->state, first->span.start, NULL, "a list is not allowed here");
}

/* ---------------- names ---------------- */

void
check_unknown_name(Checker *checker, Expression *expr, Scope *scope)
{
	Nearest		nearest;
	ListCell   *cell;

	teach_name(checker, expr, scope);
	nearest_start(&nearest, expr->name);
	for (; scope; scope = scope->outer)
	{
		foreach(cell, scope->list->fields)
		{
			nearest_offer(&nearest, ((Fact *) lfirst(cell))->name);
		}
	}
	foreach(cell, checker->doc->facts)
	{
		nearest_offer(&nearest, ((Fact *) lfirst(cell))->name);
	}
	foreach(cell, checker->doc->defines)
	{
		nearest_offer(&nearest, ((Define *) lfirst(cell))->provision.code);
	}
	foreach(cell, checker->doc->tables)
	{
		Table	   *table = lfirst(cell);

		if (strcmp(table->provision.code, expr->name) == 0)
			read_error(checker->state, expr->span.start,
					   psprintf(_("Write %s[...] with a key in the brackets."), expr->name),
					   "\"%s\" is a table", expr->name);
		nearest_offer(&nearest, table->provision.code);
	}
	read_error(checker->state, expr->span.start, nearest_hint(&nearest),
			   "\"%s\" is not declared", expr->name);
}

void
check_define(Checker *checker, Define *define, int at)
{
	if (define->state == 2)
		return;
	if (define->state == 1)
		read_error(checker->state, at, NULL, "the definition of \"%s\" refers to itself",
				   define->provision.code);
	define->state = 1;
	if (define->list)
	{
		Scope		element = {define->list, define->element, NULL};

		define->list->used = true;
		check_expr(checker, define->expr, &element);
	}
	else
		check_expr(checker, define->expr, NULL);
	if (define->expr->type == TYPE_LIST)
		read_error(checker->state, define->expr->span.start, NULL, "a list cannot be defined");
	if (define->is_score)
		check_want_type(checker, define->expr, TYPE_NUMBER, "a score");
	define->state = 2;
}

Fact *
check_infer_fact(Checker *checker, const Expression *expr)
{
	Fact	   *fact = palloc0(sizeof(Fact));

	check_want_column_name(checker, expr->name, expr->span.start);
	fact->name = expr->name;
	fact->inferred = true;
	fact->span = expr->span;
	fact->index = list_length(checker->doc->facts);
	checker->doc->facts = lappend(checker->doc->facts, fact);
	symbols_add(checker->doc->facts_by_name, fact->name, fact);
	return fact;
}

void
check_declared_here(Checker *checker, const Expression *expr, const Fact *fact)
{
	if (fact->declared_by)
		read_error(checker->state, expr->span.start, _("Declare it here also."),
				   "\"%s\" is declared only in \"%s\"", fact->name, fact->declared_by->provision.code);
}

void
check_set_fact(Expression *expr, Fact *fact)
{
	fact->used = true;
	expr->fact = fact;
	expr->type = fact->type;
	expr->unit = fact->unit;
	/* an inferred fact without a unit may be an amount */
	expr->money = fact->inferred && fact->unit == UNIT_FREE ? MONEY_ANY
		: fact->value ? fact->value->money : check_money_of_unit(fact->unit);
	expr->texts = fact->values ? fact : NULL;
	expr->can_be_none = (fact->null_means == NULL_NONE || fact->perhaps_none || fact->mapped_to_none) &&
		fact->type != TYPE_BOOLEAN && fact->type != TYPE_LIST;
}

void
check_use_define(Checker *checker, Expression *expr, Define *define)
{
	check_define(checker, define, expr->span.start);
	expr->meaning = NAME_DEFINE;
	expr->define = define;
	expr->type = define->expr->type;
	expr->unit = define->expr->unit;
	expr->money = define->expr->money;
	expr->texts = define->expr->texts;
	expr->can_be_none = define->expr->can_be_none;
}

static void
check_name(Checker *checker, Expression *expr, Scope *scope)
{
	Fact	   *fact = check_field(checker, expr, scope);

	/* a definition over an element */
	if (fact == NULL && expr->meaning == NAME_DEFINE)
		return;
	if (fact == NULL)
	{
		fact = policy_find_fact(checker->doc, strcmp(expr->name, "判断日") == 0 ? "as_of" : expr->name);
		expr->meaning = NAME_FACT;
	}
	if (fact == NULL)
	{
		Define	   *define = policy_find_define(checker->doc, expr->name);

		if (define && define->list)
			read_error(checker->state, expr->span.start,
					   psprintf(_("Use it in a function over the list, such as count(%s where %s > 0)."),
								define->list->name, expr->name),
					   "\"%s\" is a value of each element of \"%s\"", expr->name, define->list->name);
		if (define)
		{
			expr->up = 0;
			check_use_define(checker, expr, define);
			return;
		}
		if (check_year_name(checker, expr))
			return;
		if (checker->doc->bare)
		{
			teach_name(checker, expr, scope);
			fact = check_infer_fact(checker, expr);
		}
		else if (strcmp(expr->name, "asked_on") == 0 || strcmp(expr->name, "提问日") == 0)
		{
			fact = policy_find_fact(checker->doc, "as_of");
			expr->asked = true;
		}
		else
			check_unknown_name(checker, expr, scope);
	}
	check_declared_here(checker, expr, fact);
	if (expr->meaning == NAME_FACT && fact->across)
		check_read_across(checker, expr, fact);
	if (fact->by_year && expr->meaning == NAME_FACT)
		read_error(checker->state, expr->span.start,
				   psprintf(_("Write %s[%s] or %s[2023]."), expr->name, message_word("上年度", "last_year"), expr->name),
				   "\"%s\" is by year", expr->name);
	check_set_fact(expr, fact);
}

/* ---------------- calls ---------------- */

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
		expr->body->name = pstrdup("it");
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
		 * a number with a unit, such as 100元, is what it is rounded to a
		 * multiple of
		 */
		if (digits->kind == EXPR_NUMBER && digits->unit != UNIT_FREE)
		{
			Span		both = {x->span.start, digits->span.end};

			teach_correct(checker->state, both,
						  psprintf("%s %s %s", teach_text(checker->state, x->span.start, x->span.end),
								   teach_word(checker->state, "to", "到"),
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

static void
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

/* ---------------- expressions ---------------- */

/* Marks date + 3年, date - 6月, date + 30日 and the like; returns whether it is one. */
static bool
check_shift(Checker *checker, Expression *expr)
{
	Expression *date = linitial(expr->args);
	Expression *by = lsecond(expr->args);
	char	   *text;

	if (expr->kind == EXPR_ADD && by->type == TYPE_DATE && date->kind == EXPR_NUMBER)
	{
		Expression *swap = date;

		date = by;
		by = swap;
		expr->args = list_make2(date, by);
	}
	if (by->kind == EXPR_NUMBER && by->unit != UNIT_FREE && by->unit->declared)
		(void) check_convert(by, by->unit->of);
	if (by->kind != EXPR_NUMBER ||
		(by->unit != UNIT_YEAR && by->unit != UNIT_MONTH && by->unit != UNIT_DAY))
		return false;
	if (date->type == TYPE_NUMBER)
		return false;
	check_want_type(checker, date, TYPE_DATE, "what is shifted");

	text = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(by->number)));
	if (strlen(text) > 6 || strspn(text, "0123456789") != strlen(text))
		read_error(checker->state, by->span.start, NULL,
				   "a date is shifted by a whole number below 1000000");
	expr->shifts = true;
	expr->shift = expr->kind == EXPR_ADD ? atoi(text) : -atoi(text);
	expr->type = TYPE_DATE;
	expr->can_be_none = date->can_be_none;
	return true;
}

static void
check_arithmetic(Checker *checker, Expression *expr)
{
	Expression *left = linitial(expr->args);
	Expression *right = expr->kind == EXPR_NEGATE ? left : lsecond(expr->args);

	expr->type = TYPE_NUMBER;
	expr->unit = UNIT_FREE;
	expr->money = NULL;
	if ((expr->kind == EXPR_ADD || expr->kind == EXPR_SUBTRACT) && check_shift(checker, expr))
		return;

	expr->can_be_none = left->can_be_none || right->can_be_none;
	if (expr->kind == EXPR_SUBTRACT && (left->type == TYPE_DATE || right->type == TYPE_DATE))
	{
		check_want_type(checker, left, TYPE_DATE, "this");
		check_want_type(checker, right, TYPE_DATE, "this");
		expr->unit = UNIT_DAY;
		return;
	}
	if (left->type == TYPE_DATE || right->type == TYPE_DATE)
	{
		teach_shift(checker, expr);
		read_error(checker->state, expr->span.start,
				   psprintf(_("A date is shifted by a quantity such as 3%s, 6%s or 30%s."),
							unit_word(UNIT_YEAR), unit_word(UNIT_MONTH), unit_word(UNIT_DAY)),
				   "a date cannot be used in arithmetic");
	}
	check_want_type(checker, left, TYPE_NUMBER, "this");
	check_want_type(checker, right, TYPE_NUMBER, "this");
	switch (expr->kind)
	{
		case EXPR_ADD:
		case EXPR_SUBTRACT:
			check_join_numbers(checker, left, right, expr);
			break;
		case EXPR_DIVIDE:
			/* of two units of one kind, the literal is converted */
			if (left->unit != right->unit && !check_convert(right, left->unit))
				(void) check_convert(left, right->unit);
			if (left->unit == right->unit && left->unit != UNIT_FREE)
				expr->unit = UNIT_PLAIN;
			expr->money = check_money_product(checker, left->money, right->money, -1, expr->span.start);
			break;
		case EXPR_MULTIPLY:
			expr->money = check_money_product(checker, left->money, right->money, 1, expr->span.start);
			break;
		case EXPR_NEGATE:
			expr->unit = left->unit;
			expr->money = left->money;
			break;
		default:
			break;
	}
}

static void
check_band(Checker *checker, Expression *expr)
{
	Expression *x = linitial(expr->args);
	List	   *values = NIL;
	bool		has_else = false;
	int			i;

	for (i = 1; i < list_length(expr->args); i++)
	{
		Expression *arm = list_nth(expr->args, i);
		ListCell   *cell;

		if (has_else)
			read_error(checker->state, arm->span.start, NULL, "nothing can follow else");
		has_else = list_length(arm->args) == 1;
		values = lappend(values, linitial(arm->args));
		for_each_from(cell, arm->args, 1)
		{
			check_comparison(checker, x, lfirst(cell),
							 arm->compare != CMP_EQ && arm->compare != CMP_NE);
		}
	}
	check_alternatives(checker, expr, values);
	expr->can_be_none = !has_else;
	for (i = 0; i < list_length(values); i++)
		expr->can_be_none |= ((Expression *) list_nth(values, i))->can_be_none;
}

static void
check_case(Checker *checker, Expression *expr)
{
	List	   *values = NIL;
	int			i;
	int			count = list_length(expr->args);

	expr->can_be_none = !expr->has_else;
	for (i = 0; i + 1 < count; i += 2)
	{
		check_want_type(checker, list_nth(expr->args, i), TYPE_BOOLEAN, "the condition of a case");
		values = lappend(values, list_nth(expr->args, i + 1));
	}
	if (expr->has_else)
		values = lappend(values, llast(expr->args));
	for (i = 0; i < list_length(values); i++)
		expr->can_be_none |= ((Expression *) list_nth(values, i))->can_be_none;
	check_alternatives(checker, expr, values);
	if (expr->type == TYPE_BOOLEAN)
	{
		if (!expr->has_else)
			read_error(checker->state, expr->span.start, NULL,
					   "a case of booleans needs an else");
		expr->can_be_none = false;
	}
}

/* Checks the conditions of an and, an or, or a not. */
static void
check_logic(Checker *checker, Expression *expr)
{
	ListCell   *cell;

	foreach(cell, expr->args)
	{
		check_want_type(checker, lfirst(cell), TYPE_BOOLEAN,
						expr->kind == EXPR_AND ? gettext_noop("what \"and\" joins") :
						expr->kind == EXPR_OR ? gettext_noop("what \"or\" joins") : gettext_noop("what \"not\" negates"));
	}
	expr->type = TYPE_BOOLEAN;
}

/* Checks the first argument of a comparison, a between or an in against each of the others. */
static void
check_compared(Checker *checker, Expression *expr)
{
	bool		ordered = expr->kind == EXPR_BETWEEN ||
	(expr->kind == EXPR_COMPARE && expr->compare != CMP_EQ && expr->compare != CMP_NE);
	ListCell   *cell;

	for_each_from(cell, expr->args, 1)
	{
		check_comparison(checker, linitial(expr->args), lfirst(cell), ordered);
	}
	expr->type = TYPE_BOOLEAN;
}

static void
check_is_null(Checker *checker, Expression *expr)
{
	const Expression *asked = linitial(expr->args);

	if (!asked->can_be_none && asked->type != TYPE_UNKNOWN)
		read_error(checker->state, asked->span.start,
				   _("Only what can be none can be asked for NULL; an unknown value is not NULL."),
				   "this is never none");
	expr->type = TYPE_BOOLEAN;
}

void
check_expr(Checker *checker, Expression *expr, Scope *scope)
{
	ListCell   *cell;
	const Expression *outer = checker->within;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (expr->kind != EXPR_NAME)
		checker->within = expr;
	if (expr->kind == EXPR_DIVIDE)
		teach_division(checker, expr, scope);

	/* calls check their arguments themselves */
	if (expr->kind != EXPR_CALL && expr->kind != EXPR_LIST_CALL)
	{
		foreach(cell, expr->args)
		{
			check_expr(checker, lfirst(cell), scope);
		}
	}

	switch (expr->kind)
	{
		case EXPR_NUMBER:
			check_number(expr);
			break;
		case EXPR_TEXT:
			expr->type = TYPE_TEXT;
			break;
		case EXPR_DATE:
			expr->type = TYPE_DATE;
			break;
		case EXPR_BOOLEAN:
			expr->type = TYPE_BOOLEAN;
			break;
		case EXPR_NAME:
			check_name(checker, expr, scope);
			break;
		case EXPR_AND:
		case EXPR_OR:
		case EXPR_NOT:
			check_logic(checker, expr);
			break;
		case EXPR_COMPARE:
		case EXPR_BETWEEN:
		case EXPR_IN:
			check_compared(checker, expr);
			break;
		case EXPR_IS_NULL:
			check_is_null(checker, expr);
			break;
		case EXPR_ADD:
		case EXPR_SUBTRACT:
		case EXPR_MULTIPLY:
		case EXPR_DIVIDE:
		case EXPR_NEGATE:
			check_arithmetic(checker, expr);
			break;
		case EXPR_CASE:
			check_case(checker, expr);
			break;
		case EXPR_BAND:
			check_band(checker, expr);
			break;
		case EXPR_ARM:
			break;
		case EXPR_POWER:
			check_power(checker, expr);
			break;
		case EXPR_TIERS:
			check_tiers(checker, expr);
			break;
		case EXPR_CALL:
		case EXPR_LIST_CALL:
			check_call(checker, expr, scope);
			break;
		case EXPR_INDEX:
			check_index(checker, expr);
			break;
		case EXPR_RANGE:
			read_error(checker->state, expr->span.start,
					   _("Write all(first to last : condition)."), "a range is allowed only in a function over a list");
			break;
		case EXPR_SATISFIES:
		case EXPR_AMOUNT_OF:
		case EXPR_PAID_OF:
		case EXPR_LEVEL_OF:
			check_reference(checker, expr, scope);
			break;
		case EXPR_NONE:
		case EXPR_UNKNOWN:
		case EXPR_ROWS:
		case EXPR_ROW:
		case EXPR_SET:
			break;
	}
	checker->within = outer;
}

void
check_boolean(Checker *checker, Expression *expr, Scope *scope, const char *what)
{
	check_expr(checker, expr, scope);
	check_want_type(checker, expr, TYPE_BOOLEAN, what);
}
