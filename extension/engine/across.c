/*
 * across.c
 *		Compiles selections, budgets and populations.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/fmgrprotos.h"

#include "across.h"
#include "module.h"

static SortEntry *
compile_keys(Compiler *compiler, const List *keys)
{
	SortEntry  *entries = palloc0_array(SortEntry, list_length(keys) + 1);
	ListCell   *cell;

	foreach(cell, keys)
	{
		const SortKey *key = lfirst(cell);
		SortEntry  *entry = &entries[foreach_current_index(cell)];

		entry->instr = compile_expr(compiler, key->expr, &compiler->row);
		entry->type = key->expr->type;
		entry->descending = key->descending;
	}
	return entries;
}

static int
compile_members(Compiler *compiler, const Expression *when)
{
	return when ? compile_expr(compiler, when, &compiler->row) : emit_boolean(compiler, true);
}

static void
compile_selection(Compiler *compiler, const Selection *selection, SelectionEntry *entry)
{
	const char *part = compiler->program->doc->part;

	entry->selection = selection;
	entry->answers = part == NULL || strcmp(part, selection->provision.code) == 0;
	entry->when = compile_members(compiler, selection->when);
	entry->fact = selection->selected->index;
	entry->reached = emit_and(compiler, entry->when, compile_selected(compiler, selection->selected, &compiler->row));
	entry->nkeys = list_length(selection->keys);
	entry->keys = compile_keys(compiler, selection->keys);
	entry->percent = selection->first->unit == UNIT_PLAIN;
	(void) number_from_datum(&entry->share, NumericGetDatum(selection->first->number));
	if (!entry->percent)
	{
		entry->places = DatumGetInt32(DirectFunctionCall1(numeric_int4, NumericGetDatum(selection->first->number)));
		entry->share = number_zero;
	}
}

static void
compile_line(Compiler *compiler, const GroupMember *member, BudgetLine *line)
{
	const Program *program = compiler->program;
	int			i;

	line->is_group = member->group != NULL;
	line->number = -1;
	compile_claim(compiler, member, &line->satisfied, &line->claim);
	if (line->is_group)
	{
		line->code = member->group->provision.code;
		line->per_year = member->group->per_year;
		line->fact = member->group->allotted->index;
		for (i = 0; i < program->ngroups; i++)
			if (program->groups[i].group == member->group)
				line->number = i;
		return;
	}
	line->code = member->clause->provision.code;
	line->per_year = member->clause->per_year;
	line->fact = member->clause->allotted->index;
	for (i = 0; i < program->nclauses; i++)
		if (program->clauses[i].clause == member->clause)
			line->number = i;
}

static void
compile_budget(Compiler *compiler, const ClauseBudget *budget, BudgetEntry *entry)
{
	ListCell   *cell;

	entry->budget = budget;
	(void) number_from_datum(&entry->amount, NumericGetDatum(budget->amount->number));
	entry->nkeys = list_length(budget->keys);
	entry->keys = compile_keys(compiler, budget->keys);
	entry->lines = palloc0_array(BudgetLine, list_length(budget->lines));
	foreach(cell, budget->lines)
	{
		compile_line(compiler, lfirst(cell), &entry->lines[entry->nlines++]);
	}
}

static void
compile_population(Compiler *compiler, const Population *population, PopulationEntry *entry)
{
	ListCell   *cell;

	entry->population = population;
	entry->when = compile_members(compiler, population->when);
	entry->values = palloc0_array(PopulationValueEntry, list_length(population->values));
	foreach(cell, population->values)
	{
		const PopulationValue *value = lfirst(cell);
		PopulationValueEntry *found = &entry->values[entry->nvalues++];

		found->name = value->name;
		found->title = value->title;
		found->unit = value->fact->unit;
		found->aggregate = value->aggregate;
		found->instr = value->expr ? compile_expr(compiler, value->expr, &compiler->row) : -1;
		found->fact = value->fact->index;
		found->share = number_zero;
		if (value->share)
			(void) number_from_datum(&found->share, NumericGetDatum(value->share->number));
		else if (value->aggregate == AGGREGATE_MEDIAN)
		{
			Number		one = number_of(1);
			Number		two = number_of(2);

			number_divide(&found->share, &one, &two);
		}
	}
}

void
compile_across(Compiler *compiler)
{
	Program    *program = compiler->program;
	const Document *doc = program->doc;
	ListCell   *cell;

	program->populations = palloc0_array(PopulationEntry, list_length(doc->populations) + 1);
	foreach(cell, doc->populations)
	{
		compile_population(compiler, lfirst(cell), &program->populations[program->npopulations++]);
	}
	program->selections = palloc0_array(SelectionEntry, list_length(doc->selections) + 1);
	foreach(cell, doc->selections)
	{
		compile_selection(compiler, lfirst(cell), &program->selections[program->nselections++]);
	}
	program->budgets = palloc0_array(BudgetEntry, list_length(doc->budgets) + 1);
	foreach(cell, doc->budgets)
	{
		compile_budget(compiler, lfirst(cell), &program->budgets[program->nbudgets++]);
	}
}

bool
program_reads_fact(const Program *program, int instr, int fact)
{
	bool	   *depends;
	bool		result;

	if (instr < 0 || program->fact_instrs[fact] < 0)
		return false;
	depends = palloc_array(bool, program->ninstrs);
	program_dependents(program, program->fact_instrs[fact], depends);
	result = depends[instr];
	pfree(depends);
	return result;
}
