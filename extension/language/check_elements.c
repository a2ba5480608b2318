/*
 * check_elements.c
 *		Checks names of elements of lists, of their fields and of definitions over them.
 *
 * Without the name of an element, a field is that of the innermost list that has it.
 */
#include "postgres.h"

#include "check.h"
#include "messages.h"
#include "names.h"

static const Scope *
find_element(const Scope *scope, const char *element, int *up)
{
	for (*up = 0; scope; scope = scope->outer, (*up)++)
		if (scope->element && strcmp(scope->element, element) == 0)
			return scope;
	return NULL;
}

static Fact *
field_of(const Scope *scope, const char *name)
{
	return policy_find_field(scope->list, is_predefined(name, PREDEFINED_IT) ? IT_NAME : name);
}

/* A definition over the elements of a list. */
static bool
use_define_of(Checker *checker, Expression *expr, const Scope *scope)
{
	Define	   *define = policy_find_define(checker->doc, expr->name);

	if (define == NULL || define->list == NULL || define->list != scope->list)
		return false;
	check_use_define(checker, expr, define);
	return true;
}

/* p.limit */
static Fact *
field_of_element(Checker *checker, Expression *expr, const Scope *scope)
{
	const Scope *found = find_element(scope, expr->element, &expr->up);
	Fact	   *field;
	Nearest		nearest;
	ListCell   *cell;

	if (found == NULL)
	{
		nearest_start(&nearest, expr->element);
		for (; scope; scope = scope->outer)
			if (scope->element)
				nearest_offer(&nearest, scope->element);
		read_error(checker->state, expr->span.start,
				   nearest.best ? nearest_hint(&nearest)
				   : psprintf(_("Name the element of a list: sum(list as %s : %s.%s)."), expr->element, expr->element, expr->name),
				   "no list around this names its element \"%s\"", expr->element);
	}
	field = field_of(found, expr->name);
	if (field)
		return field;
	if (use_define_of(checker, expr, found))
		return NULL;
	if (found->list->scalars)
		read_error(checker->state, expr->span.start, psprintf(_("Write %s."), expr->element),
				   "the elements of \"%s\" have no fields", found->list->name);
	nearest_start(&nearest, expr->name);
	foreach(cell, found->list->fields)
	{
		nearest_offer(&nearest, ((Fact *) lfirst(cell))->name);
	}
	read_error(checker->state, expr->span.start, nearest_hint(&nearest),
			   "the elements of \"%s\" have no field \"%s\"", found->list->name, expr->name);
}

Fact *
check_field(Checker *checker, Expression *expr, const Scope *scope)
{
	const Scope *named = NULL;
	const Scope *inner;
	Fact	   *field;

	expr->meaning = NAME_FIELD;
	if (expr->element)
		return field_of_element(checker, expr, scope);
	expr->up = 0;
	for (inner = scope; inner; inner = inner->outer, expr->up++)
	{
		bool		is_element = inner->element && strcmp(inner->element, expr->name) == 0;

		if (is_element && inner->list->scalars)
			return linitial(inner->list->fields);
		field = field_of(inner, expr->name);
		if (field)
			return field;
		if (use_define_of(checker, expr, inner))
			return NULL;
		if (is_element && named == NULL)
			named = inner;
	}
	if (named)
		read_error(checker->state, expr->span.start,
				   psprintf(_("Write one of its fields, such as %s.%s."), expr->name, ((Fact *) linitial(named->list->fields))->name),
				   "\"%s\" is an element of \"%s\", not a value", expr->name, named->list->name);
	expr->meaning = NAME_UNRESOLVED;
	return NULL;
}

void
check_element_name(Checker *checker, const Expression *call, const Scope *outer)
{
	int			up;

	if (call->element && find_element(outer, call->element, &up))
		read_error(checker->state, call->span.start, NULL,
				   "a list around this names its element \"%s\" already", call->element);
}
