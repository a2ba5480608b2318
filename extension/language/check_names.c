/*
 * check_names.c
 *		Checks names in expressions: facts, definitions, and names that are not declared.
 *
 * In a policy that is an expression, collects the facts.
 */
#include "postgres.h"

#include "messages.h"
#include "names.h"
#include "teach.h"

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
	check_offer_codes(&nearest, checker->doc->defines);
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

void
check_name(Checker *checker, Expression *expr, Scope *scope)
{
	Fact	   *fact = check_field(checker, expr, scope);

	/* a definition over an element */
	if (fact == NULL && expr->meaning == NAME_DEFINE)
		return;
	if (fact == NULL)
	{
		fact = policy_find_fact(checker->doc, is_as_of(expr->name) ? AS_OF_NAME : expr->name);
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
		else if (is_predefined(expr->name, PREDEFINED_ASKED_ON))
		{
			fact = policy_find_fact(checker->doc, AS_OF_NAME);
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
