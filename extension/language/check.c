/*
 * check.c
 *		Names, types, units and ranges of a policy that the grammar has read.
 *
 * After it every expression has its type, unit and meaning, and the document can be
 * compiled without a further error.  In a policy of one expression the facts are
 * collected and their types inferred here.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "read.h"

/* The list whose element's fields a name may mean, innermost first. */
typedef struct Scope
{
	Fact	   *list;
	struct Scope *outer;
} Scope;

typedef struct Checker
{
	ReadState  *state;
	Document   *doc;
	bool		progress;		/* a type was inferred in this pass */
} Checker;

static const struct
{
	const char *name;
	const char *chinese;
	Function	function;
	int			least;			/* arguments */
	int			most;
	bool		over_list;
}			functions[] =
{
	{"least", "取低", FUNC_LEAST, 1, 100, false},
	{"greatest", "取高", FUNC_GREATEST, 1, 100, false},
	{"latest", "最晚", FUNC_LATEST, 1, 100, false},
	{"earliest", "最早", FUNC_EARLIEST, 1, 100, false},
	{"coalesce", "缺省为", FUNC_COALESCE, 2, 2, false},
	{"year", "年份", FUNC_YEAR, 1, 1, false},
	{"floor", "取整", FUNC_FLOOR, 1, 1, false},
	{"round", "四舍五入", FUNC_ROUND, 1, 2, false},
	{"count_true", "满足数", FUNC_COUNT_TRUE, 1, 1000, false},
	{"count", "计数", FUNC_COUNT, 1, 1, true},
	{"sum", "合计", FUNC_SUM, 1, 1, true},
	{"min", "最小", FUNC_MIN, 1, 1, true},
	{"max", "最大", FUNC_MAX, 1, 1, true},
	{"any", "任一", FUNC_ANY, 1, 1, true},
	{"all", "全部", FUNC_ALL, 1, 1, true},
};

static void check_expr(Checker *checker, Expression *expr, Scope *scope);

/* ---------------- types and units ---------------- */

/*
 * The expression must have this type.  A fact whose type is not inferred yet gets
 * it.
 */
static void
want_type(Checker *checker, Expression *expr, ValueType type, const char *what)
{
	if (expr->type == type)
		return;
	if (expr->type == TYPE_UNKNOWN)
	{
		if (expr->kind == EXPR_NAME && expr->meaning == NAME_FACT && expr->fact->inferred)
		{
			expr->fact->type = type;
			expr->type = type;
			checker->progress = true;
		}
		return;
	}
	read_error(checker->state, expr->span.start, NULL,
			   "%s must be a %s, but this is a %s", what, type_name(type), type_name(expr->type));
}

static bool
is_literal_without_unit(const Expression *expr)
{
	if (expr->kind == EXPR_NEGATE)
		expr = linitial(expr->args);
	return expr->kind == EXPR_NUMBER && expr->unit == UNIT_FREE &&
		DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(expr->number),
										  DirectFunctionCall1(int4_numeric, Int32GetDatum(0)))) != 0;
}

static const char *
unit_phrase(Unit unit)
{
	switch (unit)
	{
		case UNIT_FREE:
			return "a number without a unit";
		case UNIT_PLAIN:
			return "a ratio or percentage";
		default:
			return unit_name(unit);
	}
}

/* Money wants its unit written: 1000元 and 1000万元 are both likely. */
static void
want_money_unit(Checker *checker, const Expression *expr, Unit beside)
{
	if (beside == UNIT_YUAN && is_literal_without_unit(expr))
	{
		char	   *written = pnstrdup(checker->state->text + expr->span.start,
									   expr->span.end - expr->span.start);

		read_error(checker->state, expr->span.start,
				   psprintf("Write %s元 or %s万元.", written, written),
				   "an amount of money needs its unit");
	}
}

/* A fact whose type is inferred has the unit of what it stands beside. */
static void
infer_unit(Checker *checker, const Expression *expr, Unit beside)
{
	if (expr->kind == EXPR_NAME && expr->meaning == NAME_FACT && expr->fact->inferred &&
		expr->fact->unit == UNIT_FREE && beside != UNIT_FREE && beside != UNIT_PLAIN)
	{
		expr->fact->unit = beside;
		checker->progress = true;
	}
}

/* The unit of two numbers that are added or compared. */
static Unit
join_units(Checker *checker, const Expression *left, const Expression *right)
{
	Unit		a = left->unit;
	Unit		b = right->unit;

	want_money_unit(checker, left, b);
	want_money_unit(checker, right, a);
	infer_unit(checker, left, b);
	infer_unit(checker, right, a);
	if (a == UNIT_FREE)
		return b;
	if (b == UNIT_FREE || a == b)
		return a;
	read_error(checker->state, right->span.start, NULL,
			   "units do not fit: %s and %s", unit_phrase(a), unit_phrase(b));
}

/* Both expressions have one type, or get it from each other. */
static void
same_type(Checker *checker, Expression *left, Expression *right)
{
	if (left->type == TYPE_UNKNOWN && right->type != TYPE_UNKNOWN)
		want_type(checker, left, right->type, "this");
	else if (right->type == TYPE_UNKNOWN && left->type != TYPE_UNKNOWN)
		want_type(checker, right, left->type, "this");
	else if (left->type != right->type)
		read_error(checker->state, right->span.start, NULL,
				   "a %s cannot stand beside a %s", type_name(right->type), type_name(left->type));
}

/* A text literal must be one that the fact beside it can have. */
static void
want_known_text(Checker *checker, const Expression *fact_side, const Expression *literal)
{
	Nearest		nearest;
	ListCell   *cell;

	if (fact_side->kind != EXPR_NAME || literal->kind != EXPR_TEXT ||
		(fact_side->meaning != NAME_FACT && fact_side->meaning != NAME_FIELD) ||
		fact_side->fact->values == NIL)
		return;
	nearest_start(&nearest, literal->name);
	foreach(cell, fact_side->fact->values)
	{
		if (strcmp(lfirst(cell), literal->name) == 0)
			return;
		nearest_offer(&nearest, lfirst(cell));
	}
	read_error(checker->state, literal->span.start, nearest_hint(&nearest),
			   "\"%s\" is not a value of \"%s\"", literal->name, fact_side->fact->name);
}

/* left op right, for comparisons of every form */
static void
check_comparison(Checker *checker, Expression *left, Expression *right, bool ordered)
{
	same_type(checker, left, right);
	if (left->type == TYPE_NUMBER && right->type == TYPE_NUMBER)
		join_units(checker, left, right);
	if (left->type == TYPE_LIST)
		read_error(checker->state, left->span.start,
				   pstrdup("Ask with count, any or all."), "a list cannot be compared");
	if (ordered && (left->type == TYPE_TEXT || left->type == TYPE_BOOLEAN))
		read_error(checker->state, left->span.start, NULL,
				   "a %s can be compared with = and <> only", type_name(left->type));
	want_known_text(checker, left, right);
	want_known_text(checker, right, left);
}

/*
 * The values of a case, a band, least and so on: one type and one unit, which
 * the whole expression gets.
 */
static void
check_alternatives(Checker *checker, Expression *expr, List *values)
{
	Expression	   *first = NULL;
	ListCell   *cell;

	foreach(cell, values)
	{
		Expression	   *value = lfirst(cell);

		if (first == NULL || first->type == TYPE_UNKNOWN)
		{
			if (first != NULL)
				same_type(checker, first, value);
			first = value;
			expr->unit = value->unit;
			continue;
		}
		same_type(checker, first, value);
		if (value->type == TYPE_NUMBER)
		{
			Expression		so_far = *first;

			so_far.unit = expr->unit;
			expr->unit = join_units(checker, &so_far, value);
		}
	}
	expr->type = first->type;
	if (first->type == TYPE_LIST)
		read_error(checker->state, first->span.start, NULL, "a list cannot stand here");
}

/* ---------------- names ---------------- */

static void
unknown_name(Checker *checker, Expression *expr, Scope *scope)
{
	Nearest		nearest;
	ListCell   *cell;

	nearest_start(&nearest, expr->name);
	for (; scope; scope = scope->outer)
		foreach(cell, scope->list->fields)
			nearest_offer(&nearest, ((Fact *) lfirst(cell))->name);
	foreach(cell, checker->doc->facts)
		nearest_offer(&nearest, ((Fact *) lfirst(cell))->name);
	foreach(cell, checker->doc->defines)
		nearest_offer(&nearest, ((Define *) lfirst(cell))->provision.code);
	read_error(checker->state, expr->span.start, nearest_hint(&nearest),
			   "\"%s\" is not declared", expr->name);
}

static void
check_define(Checker *checker, Define *define, int at)
{
	if (define->state == 2)
		return;
	if (define->state == 1)
		read_error(checker->state, at, NULL, "the definition of \"%s\" needs itself",
				   define->provision.code);
	define->state = 1;
	check_expr(checker, define->expr, NULL);
	if (define->expr->type == TYPE_LIST)
		read_error(checker->state, define->expr->span.start, NULL, "a list cannot be defined");
	if (define->is_score)
		want_type(checker, define->expr, TYPE_NUMBER, "a score");
	define->state = 2;
}

static void
check_name(Checker *checker, Expression *expr, Scope *scope)
{
	Scope	   *inner;
	Fact	   *fact = NULL;

	expr->up = 0;
	for (inner = scope; inner; inner = inner->outer, expr->up++)
	{
		fact = find_field(inner->list, strcmp(expr->name, "其") == 0 ? "it" : expr->name);
		if (fact)
		{
			expr->meaning = NAME_FIELD;
			break;
		}
	}
	if (fact == NULL)
	{
		fact = find_fact(checker->doc, strcmp(expr->name, "判断日") == 0 ? "as_of" : expr->name);
		expr->meaning = NAME_FACT;
	}
	if (fact == NULL)
	{
		expr->define = find_define(checker->doc, expr->name);
		if (expr->define)
		{
			expr->meaning = NAME_DEFINE;
			check_define(checker, expr->define, expr->span.start);
			expr->type = expr->define->expr->type;
			expr->unit = expr->define->expr->unit;
			expr->can_be_none = expr->define->expr->can_be_none;
			return;
		}
		if (!checker->doc->bare)
			unknown_name(checker, expr, scope);
		fact = palloc0(sizeof(Fact));
		fact->name = expr->name;
		fact->inferred = true;
		fact->span = expr->span;
		fact->index = list_length(checker->doc->facts);
		checker->doc->facts = lappend(checker->doc->facts, fact);
		symbols_add(checker->doc->facts_by_name, fact->name, fact);
	}
	fact->used = true;
	expr->fact = fact;
	expr->type = fact->type;
	expr->unit = fact->unit;
	expr->can_be_none = fact->null_means == NULL_NONE &&
		fact->type != TYPE_BOOLEAN && fact->type != TYPE_LIST;
}

/* ---------------- calls ---------------- */

static void
check_list_call(Checker *checker, Expression *expr, Scope *scope)
{
	Expression	   *list = linitial(expr->args);
	Scope		inner;

	check_expr(checker, list, scope);
	if (list->kind != EXPR_NAME || list->meaning != NAME_FACT || list->type != TYPE_LIST)
		read_error(checker->state, list->span.start,
				   expr->function == FUNC_MIN || expr->function == FUNC_MAX
				   ? pstrdup("Of several values, least and greatest choose.") : NULL,
				   "%s needs a list fact", expr->name);
	expr->fact = list->fact;
	inner.list = list->fact;
	inner.outer = scope;

	if (expr->where)
	{
		check_expr(checker, expr->where, &inner);
		want_type(checker, expr->where, TYPE_BOOLEAN, "the condition of a list");
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
						   pstrdup("count counts the elements; a condition follows \"where\"."),
						   "count takes no expression");
			expr->type = TYPE_NUMBER;
			break;
		case FUNC_ANY:
			if (expr->body)
				want_type(checker, expr->body, TYPE_BOOLEAN, "what any asks");
			else if (expr->where == NULL)
				read_error(checker->state, expr->span.start,
						   pstrdup("Write any(list where condition)."), "any needs a condition");
			expr->type = TYPE_BOOLEAN;
			break;
		case FUNC_ALL:
			if (expr->body == NULL)
				read_error(checker->state, expr->span.start,
						   pstrdup("Write all(list : condition)."), "all needs a condition after a colon");
			want_type(checker, expr->body, TYPE_BOOLEAN, "what all asks");
			expr->type = TYPE_BOOLEAN;
			break;
		case FUNC_SUM:
		case FUNC_MIN:
		case FUNC_MAX:
			if (expr->body == NULL)
				read_error(checker->state, expr->span.start,
						   psprintf("Write %s(list : expression).", expr->name),
						   "%s needs an expression after a colon", expr->name);
			if (expr->function == FUNC_SUM || expr->body->type != TYPE_DATE)
				want_type(checker, expr->body, TYPE_NUMBER, "this");
			expr->type = expr->body->type;
			expr->unit = expr->body->unit;
			expr->can_be_none = expr->function != FUNC_SUM;
			break;
		default:
			break;
	}
}

static void
check_call(Checker *checker, Expression *expr, Scope *scope)
{
	Nearest		nearest;
	size_t		i;
	ListCell   *cell;
	Expression	   *first = linitial(expr->args);

	nearest_start(&nearest, expr->name);
	for (i = 0; i < lengthof(functions); i++)
	{
		if (strcmp(functions[i].name, expr->name) == 0 ||
			strcmp(functions[i].chinese, expr->name) == 0)
			break;
		nearest_offer(&nearest, functions[i].name);
		nearest_offer(&nearest, functions[i].chinese);
	}
	if (i == lengthof(functions))
		read_error(checker->state, expr->span.start, nearest_hint(&nearest),
				   "there is no function \"%s\"", expr->name);
	expr->function = functions[i].function;
	if (expr->kind == EXPR_LIST_CALL && !functions[i].over_list)
		read_error(checker->state, expr->span.start, NULL,
				   "%s does not work on a list", expr->name);
	if (list_length(expr->args) < functions[i].least || list_length(expr->args) > functions[i].most)
		read_error(checker->state, expr->span.start,
				   functions[i].over_list ? psprintf("Write %s(list where condition : expression).", expr->name) : NULL,
				   "%s has the wrong number of arguments", expr->name);
	if (functions[i].over_list)
	{
		expr->kind = EXPR_LIST_CALL;
		check_list_call(checker, expr, scope);
		return;
	}

	foreach(cell, expr->args)
		check_expr(checker, lfirst(cell), scope);

	switch (expr->function)
	{
		case FUNC_LEAST:
		case FUNC_GREATEST:
			check_alternatives(checker, expr, expr->args);
			if (expr->type != TYPE_DATE && expr->type != TYPE_UNKNOWN)
				want_type(checker, expr, TYPE_NUMBER, "what is chosen from");
			expr->can_be_none = true;
			foreach(cell, expr->args)
				expr->can_be_none &= ((Expression *) lfirst(cell))->can_be_none;
			break;
		case FUNC_LATEST:
		case FUNC_EARLIEST:
			expr->can_be_none = expr->function == FUNC_EARLIEST;
			foreach(cell, expr->args)
			{
				Expression	   *arg = lfirst(cell);

				want_type(checker, arg, TYPE_DATE, "this");
				if (expr->function == FUNC_LATEST)
					expr->can_be_none |= arg->can_be_none;
				else
					expr->can_be_none &= arg->can_be_none;
			}
			expr->type = TYPE_DATE;
			break;
		case FUNC_COALESCE:
			if (!first->can_be_none && first->type != TYPE_UNKNOWN)
				read_error(checker->state, first->span.start,
						   pstrdup("Only what can be none has a default; an unknown value stays unknown."),
						   "this is never none");
			check_alternatives(checker, expr, expr->args);
			expr->can_be_none = ((Expression *) lsecond(expr->args))->can_be_none;
			break;
		case FUNC_YEAR:
			want_type(checker, first, TYPE_DATE, "the argument of year");
			expr->type = TYPE_NUMBER;
			expr->can_be_none = first->can_be_none;
			break;
		case FUNC_FLOOR:
		case FUNC_ROUND:
			want_type(checker, first, TYPE_NUMBER, "what is rounded");
			if (list_length(expr->args) == 2)
			{
				Expression	   *digits = lsecond(expr->args);
				char	   *text;

				text = digits->kind == EXPR_NUMBER
					? DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(digits->number))) : NULL;
				if (text == NULL || strlen(text) > 2 || strspn(text, "0123456789") != strlen(text) || atoi(text) > 20)
					read_error(checker->state, digits->span.start, NULL,
							   "round takes a number of decimals from 0 to 20");
				expr->shift = atoi(text);
			}
			expr->type = TYPE_NUMBER;
			expr->unit = first->unit;
			expr->can_be_none = first->can_be_none;
			break;
		case FUNC_COUNT_TRUE:
			foreach(cell, expr->args)
				want_type(checker, lfirst(cell), TYPE_BOOLEAN, "what is counted");
			expr->type = TYPE_NUMBER;
			break;
		default:
			break;
	}
}

/* ---------------- expressions ---------------- */

/*
 * date + 3年, date - 6月, date + 30日: marks the expression, and returns whether
 * it is one.
 */
static bool
check_shift(Checker *checker, Expression *expr)
{
	Expression	   *date = linitial(expr->args);
	Expression	   *by = lsecond(expr->args);
	char	   *text;

	if (expr->kind == EXPR_ADD && by->type == TYPE_DATE && date->kind == EXPR_NUMBER)
	{
		Expression	   *swap = date;

		date = by;
		by = swap;
		expr->args = list_make2(date, by);
	}
	if (by->kind != EXPR_NUMBER ||
		(by->unit != UNIT_YEAR && by->unit != UNIT_MONTH && by->unit != UNIT_DAY))
		return false;
	if (date->type == TYPE_NUMBER)
		return false;
	want_type(checker, date, TYPE_DATE, "what is shifted");

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
	Expression	   *left = linitial(expr->args);
	Expression	   *right = expr->kind == EXPR_NEGATE ? left : lsecond(expr->args);

	expr->type = TYPE_NUMBER;
	expr->unit = UNIT_FREE;
	if ((expr->kind == EXPR_ADD || expr->kind == EXPR_SUBTRACT) && check_shift(checker, expr))
		return;

	expr->can_be_none = left->can_be_none || right->can_be_none;
	if (expr->kind == EXPR_SUBTRACT && (left->type == TYPE_DATE || right->type == TYPE_DATE))
	{
		want_type(checker, left, TYPE_DATE, "this");
		want_type(checker, right, TYPE_DATE, "this");
		expr->unit = UNIT_DAY;
		return;
	}
	if (left->type == TYPE_DATE || right->type == TYPE_DATE)
		read_error(checker->state, expr->span.start,
				   pstrdup("A date is shifted by a quantity such as 3年, 6月 or 30日."),
				   "a date cannot be calculated with");
	want_type(checker, left, TYPE_NUMBER, "this");
	want_type(checker, right, TYPE_NUMBER, "this");
	switch (expr->kind)
	{
		case EXPR_ADD:
		case EXPR_SUBTRACT:
			expr->unit = join_units(checker, left, right);
			break;
		case EXPR_DIVIDE:
			if (left->unit == right->unit && left->unit != UNIT_FREE)
				expr->unit = UNIT_PLAIN;
			break;
		case EXPR_NEGATE:
			expr->unit = left->unit;
			break;
		default:
			break;
	}
}

static void
check_band(Checker *checker, Expression *expr)
{
	Expression	   *x = linitial(expr->args);
	List	   *values = NIL;
	bool		has_else = false;
	int			i;

	for (i = 1; i < list_length(expr->args); i++)
	{
		Expression	   *arm = list_nth(expr->args, i);
		ListCell   *cell;

		if (has_else)
			read_error(checker->state, arm->span.start, NULL, "nothing can follow else");
		has_else = list_length(arm->args) == 1;
		values = lappend(values, linitial(arm->args));
		for_each_from(cell, arm->args, 1)
			check_comparison(checker, x, lfirst(cell),
							 arm->compare != CMP_EQ && arm->compare != CMP_NE);
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
		want_type(checker, list_nth(expr->args, i), TYPE_BOOLEAN, "the condition of a case");
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

static void
check_expr(Checker *checker, Expression *expr, Scope *scope)
{
	ListCell   *cell;
	Expression	   *first = expr->args ? linitial(expr->args) : NULL;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();

	/* calls look at their arguments themselves */
	if (expr->kind != EXPR_CALL && expr->kind != EXPR_LIST_CALL)
		foreach(cell, expr->args)
			check_expr(checker, lfirst(cell), scope);

	switch (expr->kind)
	{
		case EXPR_NUMBER:
			expr->type = TYPE_NUMBER;
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
			foreach(cell, expr->args)
				want_type(checker, lfirst(cell), TYPE_BOOLEAN,
						  expr->kind == EXPR_AND ? "what \"and\" joins" :
						  expr->kind == EXPR_OR ? "what \"or\" joins" : "what \"not\" negates");
			expr->type = TYPE_BOOLEAN;
			break;
		case EXPR_COMPARE:
			check_comparison(checker, first, lsecond(expr->args),
							 expr->compare != CMP_EQ && expr->compare != CMP_NE);
			expr->type = TYPE_BOOLEAN;
			break;
		case EXPR_BETWEEN:
			check_comparison(checker, first, lsecond(expr->args), true);
			check_comparison(checker, first, lthird(expr->args), true);
			expr->type = TYPE_BOOLEAN;
			break;
		case EXPR_IN:
			for_each_from(cell, expr->args, 1)
				check_comparison(checker, first, lfirst(cell), false);
			expr->type = TYPE_BOOLEAN;
			break;
		case EXPR_IS_NULL:
			if (!first->can_be_none && first->type != TYPE_UNKNOWN)
				read_error(checker->state, first->span.start,
						   pstrdup("Only what can be none can be asked for NULL; an unknown value is not NULL."),
						   "this is never none");
			expr->type = TYPE_BOOLEAN;
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
		case EXPR_CALL:
		case EXPR_LIST_CALL:
			check_call(checker, expr, scope);
			break;
		case EXPR_NONE:
		case EXPR_UNKNOWN:
		case EXPR_ROWS:
		case EXPR_ROW:
		case EXPR_SET:
			break;
	}
}

static void
check_boolean(Checker *checker, Expression *expr, Scope *scope, const char *what)
{
	check_expr(checker, expr, scope);
	want_type(checker, expr, TYPE_BOOLEAN, what);
}

/* ---------------- literals against what is declared ---------------- */

static int
compare_literals(const Expression *a, const Expression *b)
{
	if (a->kind == EXPR_DATE)
		return a->date < b->date ? -1 : a->date > b->date;
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(a->number),
											 NumericGetDatum(b->number)));
}

/* A literal of a fact's type and unit; its range is another matter. */
static void
want_literal(Checker *checker, const Fact *fact, Expression *literal)
{
	static const struct
	{
		ExprKind	kind;
		ValueType	type;
	}			kinds[] = {
		{EXPR_NUMBER, TYPE_NUMBER}, {EXPR_DATE, TYPE_DATE},
		{EXPR_TEXT, TYPE_TEXT}, {EXPR_BOOLEAN, TYPE_BOOLEAN}
	};
	size_t		i;

	for (i = 0; i < lengthof(kinds); i++)
		if (kinds[i].kind == literal->kind)
			break;
	if (i == lengthof(kinds) || kinds[i].type != fact->type)
		read_error(checker->state, literal->span.start, NULL,
				   "\"%s\" is a %s", fact->name, type_name(fact->type));
	literal->type = fact->type;
	if (fact->type == TYPE_NUMBER)
	{
		Expression		declared = *literal;

		declared.kind = EXPR_NAME;
		declared.unit = fact->unit;
		join_units(checker, &declared, literal);
	}
}

static void
check_fact(Checker *checker, Fact *fact, bool is_field)
{
	ListCell   *cell;

	if (fact->low)
		want_literal(checker, fact, fact->low);
	if (fact->high)
		want_literal(checker, fact, fact->high);
	if ((fact->low || fact->high) && fact->type != TYPE_NUMBER && fact->type != TYPE_DATE)
		read_error(checker->state, fact->span.start, NULL, "only a number or a date has a range");
	if (fact->low && fact->high && compare_literals(fact->low, fact->high) > 0)
		read_error(checker->state, fact->high->span.start, NULL, "the range is empty");
	if (fact->values && fact->type != TYPE_TEXT)
		read_error(checker->state, fact->span.start,
				   fact->type == TYPE_NUMBER ? pstrdup("A number has a range: between, at least, at most.") : NULL,
				   "only a text has a list of values");
	if (fact->null_means == NULL_ZERO && fact->type != TYPE_NUMBER)
		read_error(checker->state, fact->span.start, NULL, "only a number's NULL can mean 0");
	if (is_field && fact->type == TYPE_LIST)
		read_error(checker->state, fact->span.start, NULL, "a list cannot hold lists");
	foreach(cell, fact->fields)
	{
		Fact	   *field = lfirst(cell);

		if (find_field(fact, field->name) != field)
			read_error(checker->state, field->span.start, NULL,
					   "the field \"%s\" is declared twice", field->name);
		check_fact(checker, field, true);
	}
}

/* A value given in an example, for a fact or a field. */
static void
check_given(Checker *checker, const Fact *fact, Expression *value)
{
	Expression		declared;
	ListCell   *cell;

	if (value->kind == EXPR_UNKNOWN)
		return;
	if (value->kind == EXPR_NONE)
	{
		if (fact->null_means != NULL_NONE)
			read_error(checker->state, value->span.start,
					   pstrdup("Leave it out, or write \"unknown\"."),
					   "\"%s\" is not declared with \"null means none\"", fact->name);
		return;
	}
	if (fact->type == TYPE_LIST)
	{
		if (value->kind != EXPR_ROWS)
			read_error(checker->state, value->span.start,
					   pstrdup("A list stands in square brackets."), "\"%s\" is a list", fact->name);
		foreach(cell, value->args)
		{
			Expression	   *element = lfirst(cell);
			ListCell   *set_cell;

			CHECK_FOR_INTERRUPTS();
			if (fact->scalars)
			{
				check_given(checker, linitial(fact->fields), element);
				continue;
			}
			if (element->kind != EXPR_ROW)
				read_error(checker->state, element->span.start,
						   pstrdup("Write (field = value, …)."),
						   "the elements of \"%s\" have fields", fact->name);
			foreach(set_cell, element->args)
			{
				Expression	   *set = lfirst(set_cell);
				Fact	   *field = find_field(fact, set->name);

				if (field == NULL)
				{
					Nearest		nearest;
					ListCell   *field_cell;

					nearest_start(&nearest, set->name);
					foreach(field_cell, fact->fields)
						nearest_offer(&nearest, ((Fact *) lfirst(field_cell))->name);
					read_error(checker->state, set->span.start, nearest_hint(&nearest),
							   "\"%s\" has no field \"%s\"", fact->name, set->name);
				}
				set->fact = field;
				check_given(checker, field, linitial(set->args));
			}
		}
		return;
	}
	want_literal(checker, fact, value);
	declared = *value;
	declared.kind = EXPR_NAME;
	declared.meaning = NAME_FACT;
	declared.fact = (Fact *) fact;
	want_known_text(checker, &declared, value);
}

/* ---------------- statements ---------------- */

static void
declared_twice(Checker *checker, const Provision *provision, const char *what)
{
	read_error(checker->state, provision->span.start, NULL,
			   "the %s \"%s\" stands twice", what, provision->code);
}

static void
check_payment(Checker *checker, const Clause *clause, Expression *pay, Scope *scope)
{
	Unit		unit = clause_unit(clause);

	check_expr(checker, pay, scope);
	want_type(checker, pay, TYPE_NUMBER, "what is paid");
	want_money_unit(checker, pay, unit);
	if (pay->unit != UNIT_FREE && pay->unit != unit)
		read_error(checker->state, pay->span.start, NULL,
				   "a clause of this kind is paid in %s, not in %s", unit_name(unit), unit_phrase(pay->unit));
}

static void
check_clause(Checker *checker, Clause *clause)
{
	ListCell   *cell;
	int			at = clause->provision.span.start;

	if (clause->when)
		check_boolean(checker, clause->when, NULL, "a condition");
	foreach(cell, clause->should)
		check_boolean(checker, lfirst(cell), NULL, "a condition");

	if (clause->pay || clause->undetermined || clause->stages)
	{
		if (clause->kind == CLAUSE_ELIGIBILITY)
			read_error(checker->state, at,
					   pstrdup("Add reward, subsidy, tax or points after its title."),
					   "a clause that pays needs a kind");
		if ((clause->pay != NULL) + clause->undetermined + (clause->stages != NIL) > 1)
			read_error(checker->state, at, NULL, "a clause pays once or in stages");
	}
	else if (clause->kind != CLAUSE_ELIGIBILITY)
		read_error(checker->state, at,
				   pstrdup("Write \"pay undetermined\" where the text has no figure."),
				   "a %s says what it pays", clause_kind_name(clause->kind));
	if (clause->pay)
		check_payment(checker, clause, clause->pay, NULL);
	if (clause->cap)
	{
		if (clause->pay == NULL && clause->stages == NIL)
			read_error(checker->state, clause->cap->span.start, NULL, "nothing is paid that could be capped");
		check_payment(checker, clause, clause->cap, NULL);
	}
	foreach(cell, clause->stages)
	{
		Stage	   *stage = lfirst(cell);
		Scope		scope;
		Scope	   *inner = NULL;
		ListCell   *other;

		foreach(other, clause->stages)
		{
			if (lfirst(other) == stage)
				break;
			if (strcmp(((Stage *) lfirst(other))->provision.code, stage->provision.code) == 0)
				declared_twice(checker, &stage->provision, "stage");
		}
		if (stage->each)
		{
			stage->list = find_fact(checker->doc, stage->each);
			if (stage->list == NULL || stage->list->type != TYPE_LIST)
				read_error(checker->state, stage->each_span.start, NULL,
						   "\"%s\" is not a list fact", stage->each);
			stage->list->used = true;
			scope.list = stage->list;
			scope.outer = NULL;
			inner = &scope;
		}
		check_expr(checker, stage->on, inner);
		want_type(checker, stage->on, TYPE_DATE, "the day of a stage");
		if (stage->when)
			check_boolean(checker, stage->when, inner, "a condition");
		check_payment(checker, clause, stage->pay, inner);
	}
}

static void
check_rungs(Checker *checker)
{
	Document   *doc = checker->doc;
	int			level = 0;
	ListCell   *cell;

	foreach(cell, doc->rungs)
	{
		Rung	   *rung = lfirst(cell);
		ListCell   *should;

		if (rung->level == 0)
			rung->level = level + 1;
		if (rung->level <= level)
			read_error(checker->state, rung->provision.span.start, NULL,
					   "rungs stand from the lowest to the highest level");
		level = rung->level;
		if (strcmp(rung->provision.code, "none") == 0)
			read_error(checker->state, rung->provision.span.start, NULL,
					   "\"none\" cannot be the code of a rung");
		if (rung->when == NULL)
			read_error(checker->state, rung->provision.span.start, NULL, "a rung needs \"when\"");
		check_boolean(checker, rung->when, NULL, "a condition");
		foreach(should, rung->should)
			check_boolean(checker, lfirst(should), NULL, "a condition");
	}
}

static void
check_goals(Checker *checker, const Target *target)
{
	ListCell   *cell;

	if (target->of && target->unit != UNIT_PLAIN)
		read_error(checker->state, target->provision.span.start, NULL,
				   "a share of something is a target in %%");
	foreach(cell, target->goals)
	{
		const Goal *goal = lfirst(cell);

		if (goal->value->unit != UNIT_FREE && goal->value->unit != target->unit)
			read_error(checker->state, goal->value->span.start, NULL,
					   "units do not fit: %s and %s", unit_phrase(target->unit), unit_phrase(goal->value->unit));
	}
}

/* ---------------- examples ---------------- */

static void
unknown_code(Checker *checker, int at, const char *what, const char *code, List *provisions)
{
	Nearest		nearest;
	ListCell   *cell;

	nearest_start(&nearest, code);
	foreach(cell, provisions)
		nearest_offer(&nearest, ((Provision *) lfirst(cell))->code);
	read_error(checker->state, at, nearest_hint(&nearest), "there is no %s \"%s\"", what, code);
}

/* An amount is expected in the unit that is paid. */
static void
want_amount(Checker *checker, const Expression *literal, Unit unit)
{
	if (literal == NULL)
		return;
	if (literal->kind != EXPR_NUMBER || (literal->unit != unit && literal->unit != UNIT_FREE) ||
		is_literal_without_unit(literal))
		read_error(checker->state, literal->span.start,
				   psprintf("Write it with its unit, %s.", unit_name(unit)), "this is no amount");
}

/* The document's total is in points only where a clause of points stands alone. */
static Unit
total_unit(const Document *doc)
{
	return list_length(doc->clauses) == 1 ? clause_unit(linitial(doc->clauses)) : UNIT_YUAN;
}

static void
check_expectation(Checker *checker, Expectation *expect)
{
	Document   *doc = checker->doc;
	int			at = expect->span.start;
	bool		truth = expect->verdict == VERDICT_TRUE || expect->verdict == VERDICT_FALSE ||
		expect->verdict == VERDICT_UNKNOWN;
	bool		value = expect->verdict == VERDICT_EQUALS || expect->verdict == VERDICT_BETWEEN;
	ListCell   *cell;

	switch (expect->kind)
	{
		case EXPECT_CLAUSE:
		case EXPECT_STAGE:
			{
				Clause	   *clause = find_clause(doc, expect->code);

				if (clause == NULL)
					unknown_code(checker, at, "clause", expect->code, doc->clauses);
				if (expect->stage)
				{
					bool		found = false;

					foreach(cell, clause->stages)
						found |= strcmp(((Stage *) lfirst(cell))->provision.code, expect->stage) == 0;
					if (!found)
						unknown_code(checker, at, "stage", expect->stage, clause->stages);
				}
				if (!value && !(truth && !expect->stage) &&
					!(expect->verdict == VERDICT_UNDETERMINED && !expect->stage))
					read_error(checker->state, at, NULL, "this cannot be expected of a clause or stage");
				want_amount(checker, expect->low, clause_unit(clause));
				want_amount(checker, expect->high, clause_unit(clause));
			}
			break;
		case EXPECT_RUNG:
			if (find_rung(doc, expect->code) == NULL)
				unknown_code(checker, at, "rung", expect->code, doc->rungs);
			if (!truth)
				read_error(checker->state, at, NULL, "a rung is true, false or unknown");
			break;
		case EXPECT_PLACEMENT:
			if (!doc->has_ladder)
				read_error(checker->state, at, NULL, "the document has no ladder");
			foreach(cell, expect->names)
				if (find_rung(doc, lfirst(cell)) == NULL)
					unknown_code(checker, at, "rung", lfirst(cell), doc->rungs);
			break;
		case EXPECT_AMOUNT:
			if (!value)
				read_error(checker->state, at, NULL, "an amount is compared with = or between");
			want_amount(checker, expect->low, total_unit(doc));
			want_amount(checker, expect->high, total_unit(doc));
			break;
		case EXPECT_NAME:
			check_expr(checker, expect->expr, NULL);
			if (expect->expr->type == TYPE_LIST)
				read_error(checker->state, at, NULL, "a list cannot be expected");
			if ((expect->verdict == VERDICT_TRUE || expect->verdict == VERDICT_FALSE) &&
				expect->expr->type != TYPE_BOOLEAN)
				read_error(checker->state, at, NULL, "\"%s\" is no boolean", expect->code);
			if (expect->verdict == VERDICT_UNDETERMINED)
				read_error(checker->state, at, NULL, "only the amount of a clause is undetermined");
			if (value)
			{
				Fact		like;

				memset(&like, 0, sizeof(like));
				like.name = expect->code;
				like.type = expect->expr->type;
				like.unit = expect->expr->unit;
				want_literal(checker, &like, expect->low);
				if (expect->high)
					want_literal(checker, &like, expect->high);
			}
			break;
		case EXPECT_MISSING:
			foreach(cell, expect->names)
				if (find_fact(doc, lfirst(cell)) == NULL)
				{
					Nearest		nearest;
					ListCell   *fact;

					nearest_start(&nearest, lfirst(cell));
					foreach(fact, doc->facts)
						nearest_offer(&nearest, ((Fact *) lfirst(fact))->name);
					read_error(checker->state, at, nearest_hint(&nearest),
							   "there is no fact \"%s\"", (char *) lfirst(cell));
				}
			break;
	}
}

static void
check_example(Checker *checker, Example *example)
{
	Document   *doc = checker->doc;
	ListCell   *cell;

	if (example->like)
	{
		Nearest		nearest;

		example->base = symbols_find(doc->examples_by_title, example->like);
		nearest_start(&nearest, example->like);
		foreach(cell, doc->examples)
			nearest_offer(&nearest, ((Example *) lfirst(cell))->title);
		if (example->base == NULL)
			read_error(checker->state, example->span.start, nearest_hint(&nearest),
					   "there is no example '%s'", example->like);
	}
	foreach(cell, example->given)
	{
		Expression	   *set = lfirst(cell);
		Fact	   *fact = find_fact(doc, strcmp(set->name, "判断日") == 0 ? "as_of" : set->name);

		if (fact == NULL)
		{
			Nearest		nearest;
			ListCell   *other;

			nearest_start(&nearest, set->name);
			foreach(other, doc->facts)
				nearest_offer(&nearest, ((Fact *) lfirst(other))->name);
			read_error(checker->state, set->span.start, nearest_hint(&nearest),
					   "there is no fact \"%s\"", set->name);
		}
		set->fact = fact;
		check_given(checker, fact, linitial(set->args));
	}
	foreach(cell, example->expect)
		check_expectation(checker, lfirst(cell));
}

/* No example may begin with the facts of itself. */
static void
check_example_chain(Checker *checker, Example *example)
{
	Example    *slow = example;
	Example    *fast = example;

	while (fast && fast->base)
	{
		CHECK_FOR_INTERRUPTS();
		fast = fast->base->base;
		slow = slow->base;
		if (fast == slow)
			read_error(checker->state, example->span.start, NULL,
					   "the example '%s' is like itself", example->title);
	}
}

/* ---------------- the whole ---------------- */

/* as_of is always there, before the facts that are declared. */
static void
add_as_of(Checker *checker)
{
	Document   *doc = checker->doc;
	Fact	   *as_of = palloc0(sizeof(Fact));
	ListCell   *cell;

	as_of->name = pstrdup("as_of");
	as_of->label = pstrdup("判断日");
	as_of->type = TYPE_DATE;
	as_of->index = -1;
	doc->facts = lcons(as_of, doc->facts);
	foreach(cell, doc->facts)
		((Fact *) lfirst(cell))->index++;
}

/*
 * Enters everything under its name, before anything is looked at: the order of
 * statements does not matter.
 */
static void
enter_names(Checker *checker)
{
	Document   *doc = checker->doc;
	ListCell   *cell;

	doc->facts_by_name = symbols_create();
	foreach(cell, doc->facts)
	{
		Fact	   *fact = lfirst(cell);

		if (symbols_add(doc->facts_by_name, fact->name, fact))
			continue;
		if (strcmp(fact->name, "as_of") == 0)
			read_error(checker->state, fact->span.start, NULL,
					   "\"as_of\" is always there and is not declared");
		read_error(checker->state, fact->span.start, NULL,
				   "the fact \"%s\" is declared twice", fact->name);
	}
	doc->defines_by_name = symbols_create();
	foreach(cell, doc->defines)
	{
		Define	   *define = lfirst(cell);

		define->index = foreach_current_index(cell);
		if (!symbols_add(doc->defines_by_name, define->provision.code, define))
			declared_twice(checker, &define->provision, "definition");
		if (find_fact(doc, define->provision.code))
			read_error(checker->state, define->provision.span.start, NULL,
					   "\"%s\" is a fact already", define->provision.code);
	}
	doc->clauses_by_code = symbols_create();
	foreach(cell, doc->clauses)
	{
		Clause	   *clause = lfirst(cell);

		if (!doc->bare && !symbols_add(doc->clauses_by_code, clause->provision.code, clause))
			declared_twice(checker, &clause->provision, "clause");
	}
	doc->rungs_by_code = symbols_create();
	foreach(cell, doc->rungs)
	{
		Rung	   *rung = lfirst(cell);

		if (!symbols_add(doc->rungs_by_code, rung->provision.code, rung))
			declared_twice(checker, &rung->provision, "rung");
		if (find_clause(doc, rung->provision.code))
			read_error(checker->state, rung->provision.span.start, NULL,
					   "\"%s\" is a clause already", rung->provision.code);
	}
	doc->examples_by_title = symbols_create();
	foreach(cell, doc->examples)
	{
		Example    *example = lfirst(cell);

		if (!symbols_add(doc->examples_by_title, example->title, example))
			read_error(checker->state, example->span.start, NULL,
					   "the example '%s' stands twice", example->title);
	}
}

/* Each pass carries a type one name further; a rule that needs more is not legible. */
#define MAX_INFERENCE_PASSES 100

static void
infer_types(Checker *checker)
{
	Clause	   *clause = linitial(checker->doc->clauses);
	ListCell   *cell;
	int			pass = 0;

	do
	{
		checker->progress = false;
		check_boolean(checker, clause->when, NULL, "a policy of one expression");
	} while (checker->progress && ++pass < MAX_INFERENCE_PASSES);

	foreach(cell, checker->doc->facts)
	{
		Fact	   *fact = lfirst(cell);

		if (fact->type == TYPE_UNKNOWN)
			read_error(checker->state, fact->span.start,
					   pstrdup("Write a document that begins with \"policy\" and declare it with \"fact\"."),
					   "the type of \"%s\" cannot be inferred", fact->name);
	}
}

static void
check_document(Checker *checker)
{
	Document   *doc = checker->doc;
	ListCell   *cell;

	add_as_of(checker);
	enter_names(checker);
	if (doc->bare)
	{
		infer_types(checker);
		return;
	}
	if (doc->series && !doc->has_from)
		read_error(checker->state, doc->header.start,
				   pstrdup("Write \"in force from\" and a date."),
				   "a version of a series says from which day it is in force");
	if (doc->has_until && doc->until <= doc->from)
		read_error(checker->state, doc->header.start, NULL, "the document is never in force");

	foreach(cell, doc->facts)
	{
		CHECK_FOR_INTERRUPTS();
		check_fact(checker, lfirst(cell), false);
	}
	foreach(cell, doc->defines)
	{
		Define	   *define = lfirst(cell);

		check_define(checker, define, define->provision.span.start);
	}
	foreach(cell, doc->clauses)
	{
		CHECK_FOR_INTERRUPTS();
		check_clause(checker, lfirst(cell));
	}
	check_rungs(checker);
	foreach(cell, doc->targets)
	{
		Target	   *target = lfirst(cell);

		if (target->count)
			check_boolean(checker, target->count, NULL, "what is counted");
		if (target->of)
			check_boolean(checker, target->of, NULL, "what is counted");
		check_goals(checker, target);
	}
	foreach(cell, doc->examples)
		check_example(checker, lfirst(cell));
	foreach(cell, doc->examples)
		check_example_chain(checker, lfirst(cell));
}

void
check_policy(ReadState *state)
{
	const char *series = state->policy->series;
	ListCell   *cell;

	foreach(cell, state->policy->documents)
	{
		Document   *doc = lfirst(cell);
		Checker		checker;

		memset(&checker, 0, sizeof(checker));
		checker.state = state;
		checker.doc = doc;
		check_document(&checker);

		if (series && (doc->series == NULL || strcmp(series, doc->series) != 0))
			read_error(state, doc->provision.span.start, NULL, "the documents of a series name it");
		if (series == NULL && foreach_current_index(cell) > 0)
			read_error(state, doc->provision.span.start,
					   pstrdup("The versions of one document follow \"series code\"."),
					   "a policy is one document");
	}
}
