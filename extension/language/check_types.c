/*
 * check_types.c
 *		Types of operands of comparisons and choices, and the texts that these can be.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "messages.h"
#include "names.h"
#include "teach.h"

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

/* A literal next to a fact or field, even under the name of a definition, must be one of its values. */
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
		/* the fact whose texts they are may become known later */
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

void
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

void
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
