/*
 * compact.c
 *		Copies a program and the parts of the tree that it needs into one piece of
 *		memory.
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "across.h"
#include "kernel.h"
#include "piece.h"
#include "shared_texts.h"
#include "table.h"

/* ---------------- facts ---------------- */

/* Of a declared unit there is a copy for each fact. */
static Unit
copy_unit(Piece *piece, Unit from)
{
	UnitInfo   *unit;

	if (from == UNIT_FREE || !from->declared)
		return from;
	unit = piece_copy(piece, from, sizeof(UnitInfo));
	unit->name = piece_string(piece, unit->name);
	unit->numerator = piece_string(piece, unit->numerator);
	unit->denominator = piece_string(piece, unit->denominator);
	unit->of = from->of == from ? unit : copy_unit(piece, from->of);
	return unit;
}

static void *
copy_fact(Piece *piece, const void *from)
{
	Fact	   *fact = piece_copy(piece, from, sizeof(Fact));

	fact->unit = copy_unit(piece, fact->unit);
	fact->name = piece_string(piece, fact->name);
	fact->label = piece_string(piece, fact->label);
	fact->paid_of = piece_string(piece, fact->paid_of);
	fact->across_of = piece_string(piece, fact->across_of);
	fact->budget = piece_string(piece, fact->budget);
	fact->low = fact->high = NULL;
	shared_texts_copy(piece, fact, from);
	fact->fields = piece_list(piece, fact->fields, copy_fact);
	if (fact->unknown)
	{
		Value	   *unknown = piece_copy(piece, fact->unknown, sizeof(Value));

		piece_number(piece, &unknown->low);
		piece_number(piece, &unknown->high);
		fact->unknown = unknown;
	}
	return fact;
}

/* ---------------- statements ---------------- */

static void *
copy_office(Piece *piece, const void *from)
{
	return piece_string(piece, from);
}

/* Copies offices, or returns the previous copy if they are the same. */
static List *
copy_offices(Piece *piece, const List *from)
{
	bool		same = list_length(from) == list_length(piece->offices);
	int			i;

	for (i = 0; same && i < list_length(from); i++)
		same = strcmp(list_nth(from, i), list_nth(piece->offices, i)) == 0;
	if (!same)
		piece->offices = piece_list(piece, from, copy_office);
	return piece->offices;
}

/* Copies the members of a statement that answers use. */
static void
copy_provision(Piece *piece, Provision *to, const Provision *from)
{
	memset(to, 0, sizeof(Provision));
	to->code = piece_string(piece, from->code);
	to->title = piece_string(piece, from->title);
	to->article = piece_string(piece, from->article);
	to->offices = copy_offices(piece, from->offices);
	to->subject = from->subject;
}

static Document *
copy_document(Piece *piece, const Document *from)
{
	Document   *doc = piece_take(piece, sizeof(Document));

	memset(doc, 0, sizeof(Document));
	doc->bare = from->bare;
	copy_provision(piece, &doc->provision, &from->provision);
	doc->number = piece_string(piece, from->number);
	doc->series = piece_string(piece, from->series);
	doc->part = piece_string(piece, from->part);
	doc->has_from = from->has_from;
	doc->from = from->from;
	doc->has_until = from->has_until;
	doc->until = from->until;
	doc->has_ladder = from->has_ladder;
	doc->ladder = piece_string(piece, from->ladder);
	return doc;
}

static const char **
copy_strings(Piece *piece, const char **from, int n)
{
	const char **strings = piece_copy(piece, from, n * sizeof(char *));
	int			i;

	for (i = 0; i < n; i++)
		strings[i] = piece_string(piece, strings[i]);
	return strings;
}

static void
copy_stage(Piece *piece, const Program *program, StageEntry *entry)
{
	Stage	   *stage = piece_take(piece, sizeof(Stage));

	memset(stage, 0, sizeof(Stage));
	copy_provision(piece, &stage->provision, &entry->stage->provision);
	if (entry->stage->list)
		stage->list = unconstify(Fact *, program->facts[entry->stage->list->index]);
	entry->stage = stage;
}

static void
copy_clause(Piece *piece, const Program *program, ClauseEntry *entry)
{
	Clause	   *clause = piece_take(piece, sizeof(Clause));
	int			i;

	memset(clause, 0, sizeof(Clause));
	copy_provision(piece, &clause->provision, &entry->clause->provision);
	clause->kind = entry->clause->kind;
	clause->has_kind = entry->clause->has_kind;
	clause->per_year = entry->clause->per_year;
	clause->undetermined = entry->clause->undetermined;
	entry->clause = clause;
	PIECE_COPY(piece, entry->should, entry->nshould);
	entry->should_texts = copy_strings(piece, entry->should_texts, entry->nshould);
	PIECE_COPY(piece, entry->stages, entry->nstages);
	for (i = 0; i < entry->nstages; i++)
		copy_stage(piece, program, &entry->stages[i]);
}

static void
copy_group(Piece *piece, GroupEntry *entry)
{
	ClauseGroup *group = piece_take(piece, sizeof(ClauseGroup));

	memset(group, 0, sizeof(ClauseGroup));
	copy_provision(piece, &group->provision, &entry->group->provision);
	group->best = entry->group->best;
	group->per_year = entry->group->per_year;
	entry->group = group;
	PIECE_COPY(piece, entry->members, entry->nmembers);
}

static void
copy_rung(Piece *piece, RungEntry *entry)
{
	Rung	   *rung = piece_take(piece, sizeof(Rung));

	memset(rung, 0, sizeof(Rung));
	copy_provision(piece, &rung->provision, &entry->rung->provision);
	rung->level = entry->rung->level;
	entry->rung = rung;
	PIECE_COPY(piece, entry->should, entry->nshould);
	entry->should_texts = copy_strings(piece, entry->should_texts, entry->nshould);
}

/* ---------------- statements about several rows ---------------- */

static void
copy_selection(Piece *piece, SelectionEntry *entry)
{
	Selection  *selection = piece_take(piece, sizeof(Selection));

	memset(selection, 0, sizeof(Selection));
	copy_provision(piece, &selection->provision, &entry->selection->provision);
	entry->selection = selection;
	PIECE_COPY(piece, entry->keys, entry->nkeys);
	piece_number(piece, &entry->share);
}

static void
copy_budget(Piece *piece, BudgetEntry *entry)
{
	ClauseBudget *budget = piece_take(piece, sizeof(ClauseBudget));
	int			i;

	memset(budget, 0, sizeof(ClauseBudget));
	copy_provision(piece, &budget->provision, &entry->budget->provision);
	entry->budget = budget;
	piece_number(piece, &entry->amount);
	PIECE_COPY(piece, entry->keys, entry->nkeys);
	PIECE_COPY(piece, entry->lines, entry->nlines);
	for (i = 0; i < entry->nlines; i++)
		entry->lines[i].code = piece_string(piece, entry->lines[i].code);
}

static void
copy_population(Piece *piece, PopulationEntry *entry)
{
	Population *population = piece_take(piece, sizeof(Population));
	int			i;

	memset(population, 0, sizeof(Population));
	copy_provision(piece, &population->provision, &entry->population->provision);
	entry->population = population;
	PIECE_COPY(piece, entry->values, entry->nvalues);
	for (i = 0; i < entry->nvalues; i++)
	{
		PopulationValueEntry *value = &entry->values[i];

		value->name = piece_string(piece, value->name);
		value->title = piece_string(piece, value->title);
		value->unit = copy_unit(piece, value->unit);
		piece_number(piece, &value->share);
	}
}

static void
copy_across(Piece *piece, Program *program)
{
	int			i;

	PIECE_COPY(piece, program->populations, program->npopulations);
	for (i = 0; i < program->npopulations; i++)
		copy_population(piece, &program->populations[i]);
	PIECE_COPY(piece, program->selections, program->nselections);
	for (i = 0; i < program->nselections; i++)
		copy_selection(piece, &program->selections[i]);
	PIECE_COPY(piece, program->budgets, program->nbudgets);
	for (i = 0; i < program->nbudgets; i++)
		copy_budget(piece, &program->budgets[i]);
}

/* ---------------- tables ---------------- */

static void
copy_cell(Piece *piece, Value *cell, ValueType type)
{
	if (cell->known && cell->none)
		return;
	if (type == TYPE_TEXT && cell->known)
		cell->text = piece_string(piece, pnstrdup(cell->text, cell->length));
	if (type != TYPE_NUMBER)
		return;
	if (cell->known || !cell->low_open)
		piece_number(piece, &cell->low);
	if (!cell->known && !cell->high_open)
		piece_number(piece, &cell->high);
}

/* Of a register only a text is a pointer. */
static void
copy_lane(Piece *piece, Lane *lane, ValueType type)
{
	if (type == TYPE_TEXT && lane->state == LANE_VALUE)
		lane->text = piece_string(piece, pnstrdup(lane->text, lane->length));
}

static LookupTable *
copy_table(Piece *piece, const LookupTable *from)
{
	LookupTable *table = piece_copy(piece, from, sizeof(LookupTable));
	int			i,
				j;

	table->source = NULL;
	table->constant = NULL;
	table->name = piece_string(piece, table->name);
	if (table->by == TABLE_BY_DATE)
		PIECE_COPY(piece, table->days, table->nrows);
	else if (table->by == TABLE_BY_TEXT)
	{
		table->texts = copy_strings(piece, table->texts, table->nrows);
		PIECE_COPY(piece, table->slots, table->nslots);
	}
	else
	{
		PIECE_COPY(piece, table->numbers, table->nrows);
		for (i = 0; i < table->nrows; i++)
			piece_number(piece, &table->numbers[i]);
		if (table->ends)
			PIECE_COPY(piece, table->ends, table->nrows);
	}
	PIECE_COPY(piece, table->columns, table->ncolumns);
	for (i = 0; i < table->ncolumns; i++)
	{
		TableColumn *column = &table->columns[i];

		column->name = piece_string(piece, column->name);
		PIECE_COPY(piece, column->cells, table->nrows + table->has_else);
		PIECE_COPY(piece, column->lanes, table->nrows + table->has_else);
		for (j = 0; j < table->nrows + table->has_else; j++)
		{
			copy_cell(piece, &column->cells[j], column->type);
			copy_lane(piece, &column->lanes[j], column->type);
		}
		copy_cell(piece, &column->all, column->type);
	}
	return table;
}

/* ---------------- instructions ---------------- */

static Program *
copy_program(Piece *piece, const Program *from)
{
	Program    *program = piece_copy(piece, from, sizeof(Program));
	int			i;

	program->words = NULL;
	program->not_there = piece_string(piece, program->not_there);
	program->days = NULL;
	program->ndays = 0;
	program->doc = copy_document(piece, from->doc);
	PIECE_COPY(piece, program->instrs, program->ninstrs);
	PIECE_COPY(piece, program->args, program->nargs);
	PIECE_COPY(piece, program->numbers, program->nnumbers);
	for (i = 0; i < program->nnumbers; i++)
		piece_number(piece, &program->numbers[i]);
	PIECE_COPY(piece, program->texts, program->ntexts);
	for (i = 0; i < program->ntexts; i++)
		program->texts[i] = piece_string(piece, program->texts[i]);
	PIECE_COPY(piece, program->facts, program->nfacts);
	for (i = 0; i < program->nfacts; i++)
		program->facts[i] = copy_fact(piece, program->facts[i]);
	PIECE_COPY(piece, program->fact_instrs, program->nfacts);
	PIECE_COPY(piece, program->tables, program->ntables);
	for (i = 0; i < program->ntables; i++)
		program->tables[i] = copy_table(piece, program->tables[i]);
	PIECE_COPY(piece, program->define_instrs, program->ndefines);
	PIECE_COPY(piece, program->clauses, program->nclauses);
	for (i = 0; i < program->nclauses; i++)
		copy_clause(piece, program, &program->clauses[i]);
	PIECE_COPY(piece, program->groups, program->ngroups);
	for (i = 0; i < program->ngroups; i++)
		copy_group(piece, &program->groups[i]);
	PIECE_COPY(piece, program->rungs, program->nrungs);
	for (i = 0; i < program->nrungs; i++)
		copy_rung(piece, &program->rungs[i]);
	copy_across(piece, program);
	return program;
}

/* adjusts the kernel's pointers to constants and to the texts of facts */
static void
copy_kernel(Piece *piece, Program *program)
{
	Kernel	   *kernel = piece_copy(piece, program->kernel, sizeof(Kernel));
	int			i,
				j;

	program->kernel = kernel;
	PIECE_COPY(piece, kernel->nodes, program->ninstrs);
	PIECE_COPY(piece, kernel->args, kernel->nargs);
	PIECE_COPY(piece, kernel->steps, kernel->nsteps);
	PIECE_COPY(piece, kernel->texts, kernel->ntexts);
	PIECE_COPY(piece, kernel->masks, kernel->nmasks);
	PIECE_COPY(piece, kernel->lists, kernel->nlists);
	PIECE_COPY(piece, kernel->lookups, kernel->nlookups);
	for (i = 0; i < kernel->nlookups; i++)
	{
		KernelLookup *lookup = &kernel->lookups[i];
		ValueType	type = program->tables[lookup->table]->columns[lookup->column].type;

		copy_lane(piece, &lookup->unknown[0], type);
		copy_lane(piece, &lookup->unknown[1], type);
	}
	PIECE_COPY(piece, kernel->facts, program->nfacts);
	for (i = 0; i < program->nfacts; i++)
		kernel->facts[i].texts = program->facts[i]->texts;
	PIECE_COPY(piece, kernel->fields, kernel->nfields);
	for (i = 0; i < kernel->nfields; i++)
	{
		KernelField *field = &kernel->fields[i];

		field->fact.texts = ((const Fact *) list_nth(program->facts[field->list]->fields, field->field))->texts;
	}
	for (i = 0; i < program->ninstrs; i++)
	{
		const Instr *instr = &program->instrs[i];

		for (j = 0; instr->op == OP_TEXT_IN && kernel->nodes[i].op == OP_TEXT_IN && j < instr->nargs; j++)
			kernel->texts[kernel->nodes[i].args + j].text =
				program->texts[program->instrs[program->args[instr->args + j]].a];
	}
}

Program *
program_compact(const Program *program, MemoryContext context)
{
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext, "zjtx compacting", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(scratch);
	Piece		measured = {NULL, 0, symbols_create(), NIL, NULL};
	Piece		piece = {NULL, 0, symbols_create(), NIL, context};
	Program    *result;

	copy_kernel(&measured, copy_program(&measured, program));
	piece.start = MemoryContextAlloc(context, measured.used);
	result = copy_program(&piece, program);
	copy_kernel(&piece, result);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
	return result;
}
