/*
 * example_source.c
 *		The facts that an example gives, as a source of facts.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "engine/value.h"
#include "example_parts.h"

static void load_literal(const Fact *fact, const Expression *literal, Value *value);

static void
load_rows(const Fact *fact, const Expression *rows, Value *value)
{
	ListValue  *list = palloc(sizeof(ListValue));
	ListCell   *row_cell;

	list->count = list_length(rows->args);
	list->nfields = list_length(fact->fields);
	list->fields = palloc0_array(Value, (Size) Max(list->count, 1) * list->nfields);
	foreach(row_cell, rows->args)
	{
		const Expression *row = lfirst(row_cell);
		Value	   *fields = (Value *) list->fields + foreach_current_index(row_cell) * list->nfields;
		ListCell   *cell;

		if (fact->scalars)
		{
			load_literal(linitial(fact->fields), row, fields);
			continue;
		}
		foreach(cell, fact->fields)
		{
			load_literal(lfirst(cell), NULL, &fields[foreach_current_index(cell)]);
		}
		foreach(cell, row->args)
		{
			const Expression *set = lfirst(cell);

			load_literal(set->fact, linitial(set->args), &fields[set->fact->index]);
		}
	}
	value->known = true;
	value->none = false;
	value->list = list;
}

static void
load_literal(const Fact *fact, const Expression *literal, Value *value)
{
	if (literal == NULL || literal->kind == EXPR_NONE)
	{
		value_set_null(value, fact);
		return;
	}
	if (literal->kind == EXPR_ROWS)
		load_rows(fact, literal, value);
	else if (!value_set_literal(value, literal))
		value_set_unknown(value, fact);
	value_check_range(value, fact);
}

static void
load_year(const ExampleSource *example, const Fact *fact, int year, Value *value)
{
	ListCell   *cell;

	foreach(cell, example->in_years)
	{
		const Expression *set = lfirst(cell);

		if (set->fact->index == fact->index && set->year == year)
		{
			load_literal(fact, linitial(set->args), value);
			return;
		}
	}
	value_set_unknown(value, fact);
}

/*
 * A fact that is not given is NULL: none if the document defines NULL so, otherwise
 * unknown.  A year that is not given is missing, and so unknown.
 */
static void
example_load(FactSource *source, int number, Value *value)
{
	ExampleSource *example = (ExampleSource *) source;
	int			fact = fact_number(example->program, number);

	if (example->program->facts[fact]->by_year)
		load_year(example, example->program->facts[fact], fact_year(example->program, number), value);
	else
		load_literal(example->program->facts[number], example->given[number], value);
}

void
example_give(ExampleSource *source, const List *given)
{
	ListCell   *cell;

	foreach(cell, given)
	{
		Expression *set = lfirst(cell);

		if (set->fact->by_year)
			source->in_years = lcons(set, source->in_years);
		else
			source->given[set->fact->index] = linitial(set->args);
	}
}

/* Collects the facts of an example, those of its base first. */
static void
collect_given(const Example *example, ExampleSource *source)
{
	check_stack_depth();
	if (example->base)
		collect_given(example->base, source);
	example_give(source, example->given);
}

void
example_source(ExampleSource *source, const Program *program, const Example *example)
{
	memset(source, 0, sizeof(*source));
	source->source.load = example_load;
	source->program = program;
	source->given = palloc0_array(const Expression *, program->nfacts);
	collect_given(example, source);
}
