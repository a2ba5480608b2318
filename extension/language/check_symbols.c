/*
 * check_symbols.c
 *		Enters the names of a document, before anything is checked.
 */
#include "postgres.h"

#include "check.h"
#include "messages.h"
#include "names.h"

void
check_offer_codes(Nearest *nearest, const List *provisions)
{
	ListCell   *cell;

	foreach(cell, provisions)
	{
		nearest_offer(nearest, ((const Provision *) lfirst(cell))->code);
	}
}

void
check_declared_twice(Checker *checker, const Provision *provision, const char *what)
{
	read_error(checker->state, provision->span.start, NULL,
			   "duplicate %s \"%s\"", _(what), provision->code);
}

void
check_add_as_of(Checker *checker)
{
	Document   *doc = checker->doc;
	Fact	   *as_of = palloc0(sizeof(Fact));
	ListCell   *cell;

	as_of->name = pstrdup(AS_OF_NAME);
	as_of->label = pstrdup(AS_OF_LABEL);
	as_of->type = TYPE_DATE;
	as_of->index = -1;
	doc->facts = lcons(as_of, doc->facts);
	foreach(cell, doc->facts)
	{
		((Fact *) lfirst(cell))->index++;
	}
}

/* Finds the list over whose elements a definition is. */
static void
enter_list(Checker *checker, Define *define)
{
	define->list = policy_find_fact(checker->doc, define->of);
	if (define->list == NULL || define->list->type != TYPE_LIST)
		read_error(checker->state, define->of_span.start, NULL, "\"%s\" is not a list fact", define->of);
	if (policy_find_field(define->list, define->provision.code))
		read_error(checker->state, define->provision.span.start, NULL,
				   "\"%s\" is a field of \"%s\" already", define->provision.code, define->of);
}

void
check_enter_names(Checker *checker)
{
	Document   *doc = checker->doc;
	ListCell   *cell;

	doc->facts_by_name = symbols_create();
	foreach(cell, doc->facts)
	{
		Fact	   *fact = lfirst(cell);

		if (symbols_add(doc->facts_by_name, fact->name, fact))
			continue;
		if (strcmp(fact->name, AS_OF_NAME) == 0)
			read_error(checker->state, fact->span.start, NULL,
					   "\"as_of\" is predefined and cannot be declared");
		read_error(checker->state, fact->span.start, NULL,
				   "the fact \"%s\" is declared twice", fact->name);
	}
	doc->tables_by_name = symbols_create();
	foreach(cell, doc->tables)
	{
		Table	   *table = lfirst(cell);

		table->index = foreach_current_index(cell);
		if (!symbols_add(doc->tables_by_name, table->provision.code, table))
			check_declared_twice(checker, &table->provision, "table");
		if (policy_find_fact(doc, table->provision.code))
			read_error(checker->state, table->provision.span.start, NULL,
					   "\"%s\" is already a fact", table->provision.code);
	}
	doc->defines_by_name = symbols_create();
	foreach(cell, doc->defines)
	{
		Define	   *define = lfirst(cell);

		define->index = foreach_current_index(cell);
		if (!symbols_add(doc->defines_by_name, define->provision.code, define))
			check_declared_twice(checker, &define->provision, "definition");
		if (define->of)
			enter_list(checker, define);
		if (policy_find_fact(doc, define->provision.code))
			read_error(checker->state, define->provision.span.start, NULL,
					   "\"%s\" is already a fact", define->provision.code);
		if (policy_find_table(doc, define->provision.code))
			read_error(checker->state, define->provision.span.start, NULL,
					   "\"%s\" is already a table", define->provision.code);
	}
	doc->clauses_by_code = symbols_create();
	foreach(cell, doc->clauses)
	{
		Clause	   *clause = lfirst(cell);

		clause->provision.index = foreach_current_index(cell);
		if (!doc->bare && !symbols_add(doc->clauses_by_code, clause->provision.code, clause))
			check_declared_twice(checker, &clause->provision, "clause");
	}
	doc->rungs_by_code = symbols_create();
	foreach(cell, doc->rungs)
	{
		Rung	   *rung = lfirst(cell);

		rung->provision.index = foreach_current_index(cell);
		if (!symbols_add(doc->rungs_by_code, rung->provision.code, rung))
			check_declared_twice(checker, &rung->provision, "rung");
		if (policy_find_clause(doc, rung->provision.code))
			read_error(checker->state, rung->provision.span.start, NULL,
					   "\"%s\" is already a clause", rung->provision.code);
	}
	doc->groups_by_code = symbols_create();
	foreach(cell, doc->groups)
	{
		ClauseGroup *group = lfirst(cell);
		const char *code = group->provision.code;

		group->provision.index = foreach_current_index(cell);
		if (!symbols_add(doc->groups_by_code, code, group))
			check_declared_twice(checker, &group->provision, "group");
		if (policy_find_clause(doc, code) || policy_find_rung(doc, code) || policy_find_fact(doc, code) ||
			policy_find_define(doc, code))
			read_error(checker->state, group->provision.span.start, NULL,
					   "\"%s\" is a %s already", code,
					   policy_find_clause(doc, code) ? _("clause") : policy_find_rung(doc, code) ? _("rung") :
					   policy_find_fact(doc, code) ? _("fact") : _("definition"));
	}
	check_across_names(checker);
	doc->examples_by_title = symbols_create();
	foreach(cell, doc->examples)
	{
		Example    *example = lfirst(cell);

		if (!symbols_add(doc->examples_by_title, example->title, example))
			read_error(checker->state, example->span.start, NULL,
					   "duplicate example '%s'", example->title);
	}
}
