/*
 * definitions.c
 *		The definitions and scores of a document.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "answers/rows.h"
#include "engine/value.h"
#include "session/cache.h"
#include "unknown_facts.h"

ZJTX_FUNCTION(zjtx_definitions);

static void
load_unknown(FactSource *source, int fact, Value *value)
{
	const Program *program = ((UnknownFacts *) source)->program;

	value_set_unknown(value, program->facts[fact_number(program, fact)]);
}

FactSource *
unknown_facts(const Program *program)
{
	UnknownFacts *facts = palloc0(sizeof(UnknownFacts));

	facts->source.load = load_unknown;
	facts->program = program;
	return &facts->source;
}

/* Returns the value of a definition if it is the same for every row, else NULL. */
static char *
constant_text(const Value *value, const Define *define)
{
	if (define->expr->type == TYPE_BOOLEAN)
		return value->truth == TRUTH_UNKNOWN ? NULL : value->truth == TRUTH_TRUE ? "true" : "false";
	if (!value->known || is_none(value))
		return NULL;
	switch (define->expr->type)
	{
		case TYPE_NUMBER:
			return number_text(&value->low);
		case TYPE_DATE:
			return date_text(value->day);
		case TYPE_TEXT:
			return pnstrdup(value->text, value->length);
		default:
			return NULL;
	}
}

static void
put_definition(Rows *row, const Policy *policy, Run *run, const Define *define)
{
	const Expression *expr = define->expr;
	Unit		unit = define->is_score && expr->unit == UNIT_FREE ? UNIT_POINT : expr->unit;

	rows_put_text(row, define->provision.code);
	rows_put_text(row, define->provision.title);
	rows_put_text(row, define->is_score ? "score" : "definition");
	rows_put_text(row, type_name(expr->type));
	rows_put_text(row, unit == UNIT_FREE || unit == UNIT_PLAIN ? NULL : unit_name(unit));
	rows_put_text(row, pnstrdup(policy->text + expr->span.start, expr->span.end - expr->span.start));
	/* a definition over the elements of a list has a value for each element */
	rows_put_text(row, define->list ? NULL
				  : constant_text(run_value(run, run->program->define_instrs[define->index]), define));
	rows_put_text(row, define->of);
	rows_put_row(row);
}

/* A value of a population is not a constant, although it is the same for all rows of a relation. */
static void
put_population_value(Rows *row, const Policy *policy, const PopulationValue *value)
{
	Unit		unit = value->fact->unit;

	rows_put_text(row, value->name);
	rows_put_text(row, value->title);
	rows_put_text(row, "population");
	rows_put_text(row, type_name(TYPE_NUMBER));
	rows_put_text(row, unit == UNIT_FREE || unit == UNIT_PLAIN ? NULL : unit_name(unit));
	rows_put_text(row, pnstrdup(policy->text + value->function_span.start, value->span.end - value->function_span.start));
	rows_put_null(row);
	rows_put_null(row);
	rows_put_row(row);
}

/* definitions(p) → name, title, kind, type, unit, expression, value, list */
Datum
zjtx_definitions(PG_FUNCTION_ARGS)
{
	text	   *argument = PG_GETARG_TEXT_PP(0);
	Rows		row;
	const Compiled *compiled;
	ListCell   *cell;
	ListCell   *inner;
	int			i;

	rows_start(fcinfo, &row);
	compiled = compiled_tree(VARDATA_ANY(argument), VARSIZE_ANY_EXHDR(argument), CurrentMemoryContext);
	for (i = 0; i < compiled->nprograms; i++)
	{
		const Program *program = compiled->programs[i];
		Run		   *run = run_create(program);

		run_begin(run, unknown_facts(program));
		foreach(cell, program->doc->defines)
		{
			CHECK_FOR_INTERRUPTS();
			put_definition(&row, compiled->policy, run, lfirst(cell));
		}
		foreach(cell, program->doc->populations)
		{
			foreach(inner, ((const Population *) lfirst(cell))->values)
			{
				put_population_value(&row, compiled->policy, lfirst(inner));
			}
		}
	}
	return (Datum) 0;
}
