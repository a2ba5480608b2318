/*
 * compact.c
 *		Copies a program and the parts of the tree that it needs into one piece of
 *		memory.
 *
 * The copying code runs twice; the first pass measures the memory needed.
 *
 * The texts that facts can have are shared between programs.  All documents of one city
 * declare its districts with their labels, which would otherwise take most of the memory
 * of each.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "utils/memutils.h"

#include "language/names.h"
#include "language/texts.h"
#include "across.h"
#include "table.h"
#include "kernel.h"

#define MANY_FORMS 10			/* facts with fewer texts do not share them */

typedef struct Piece
{
	char	   *start;			/* NULL during the measuring pass */
	Size		used;
	Symbols    *strings;		/* strings already copied */
	List	   *offices;		/* the last list that was copied */
	MemoryContext context;		/* the context of the piece */
} Piece;

/* ---------------- pieces ---------------- */

static void *
take(Piece *piece, Size size)
{
	void	   *result = piece->start ? piece->start + piece->used : palloc(Max(size, 1));

	piece->used += MAXALIGN(size);
	return result;
}

static void *
copy_bytes(Piece *piece, const void *from, Size size)
{
	void	   *result = take(piece, size);

	if (size > 0)
		memcpy(result, from, size);
	return result;
}

#define COPY(piece, array, n) ((array) = copy_bytes((piece), (array), (n) * sizeof(*(array))))

/*
 * Copies a string, or returns the copy made earlier: strings such as the name of an office
 * occur many times.
 */
static char *
copy_string(Piece *piece, const char *string)
{
	char	   *copy;

	if (string == NULL)
		return NULL;
	copy = symbols_find(piece->strings, string);
	if (copy == NULL)
	{
		copy = copy_bytes(piece, string, strlen(string) + 1);
		symbols_add(piece->strings, copy, copy);
	}
	return copy;
}

static void
copy_number(Piece *piece, Number *number)
{
	if (number->den != 0)
		return;
	number->big_num = copy_bytes(piece, number->big_num, VARSIZE_ANY(number->big_num));
	number->big_den = copy_bytes(piece, number->big_den, VARSIZE_ANY(number->big_den));
}

/* Copies a list.  The copy must not be modified. */
static List *
copy_items(Piece *piece, const List *from, void *(*copy_item) (Piece *piece, const void *item))
{
	int			length = list_length(from);
	List	   *list;
	int			i;

	if (length == 0)
		return NIL;
	list = take(piece, offsetof(List, initial_elements) + length * sizeof(ListCell));
	list->type = T_List;
	list->length = list->max_length = length;
	list->elements = list->initial_elements;
	for (i = 0; i < length; i++)
		lfirst(list_nth_cell(list, i)) = copy_item(piece, list_nth(from, i));
	return list;
}

/* ---------------- texts ---------------- */

static void *
copy_label(Piece *piece, const void *from)
{
	TextLabel  *label = copy_bytes(piece, from, sizeof(TextLabel));

	label->text = copy_string(piece, label->text);
	return label;
}

/* Answers show only the first label.  All labels are among the forms. */
static void *
copy_value(Piece *piece, const void *from)
{
	TextValue  *value = copy_bytes(piece, from, sizeof(TextValue));
	List	   *first = list_truncate(list_copy(value->labels), 1);

	value->text = copy_string(piece, value->text);
	value->labels = copy_items(piece, first, copy_label);
	return value;
}

static Texts *
copy_texts(Piece *piece, const Texts *from, const List *values)
{
	Texts	   *texts = copy_bytes(piece, from, sizeof(Texts));
	ListCell   *cell;
	int			i;

	COPY(piece, texts->values, texts->nvalues);
	COPY(piece, texts->forms, texts->nforms);
	COPY(piece, texts->slots, texts->nslots);
	foreach(cell, values)
	{
		texts->values[foreach_current_index(cell)] = lfirst(cell);
	}
	for (i = 0; i < texts->nforms; i++)
		texts->forms[i].text = copy_string(piece, texts->forms[i].text);
	return texts;
}

/* ---------------- shared texts ---------------- */

typedef struct SharedTexts
{
	MemoryContext context;		/* contains this structure */
	uint32		hash;
	int			pins;
	List	   *values;
	Texts	   *texts;
	struct SharedTexts *next;
} SharedTexts;

static SharedTexts *shared_texts = NULL;

static uint32
texts_hash(const Texts *texts)
{
	uint32		hash = 0;
	int			i;

	for (i = 0; i < texts->nforms; i++)
		hash = hash_combine(hash, hash_bytes((const unsigned char *) texts->forms[i].text, texts->forms[i].length));
	return hash;
}

static void
unpin_texts(void *arg)
{
	SharedTexts *shared = arg;
	SharedTexts **link;

	if (--shared->pins > 0)
		return;
	for (link = &shared_texts; *link != shared; link = &(*link)->next)
		 /* find it */ ;
	*link = shared->next;
	MemoryContextDelete(shared->context);
}

static SharedTexts *
new_shared(const Fact *fact, uint32 hash)
{
	MemoryContext context = AllocSetContextCreate(TopMemoryContext, "zjtx texts", ALLOCSET_SMALL_SIZES);
	MemoryContext scratch = CurrentMemoryContext;
	Piece		measured = {NULL, 0, symbols_create(), NIL, NULL};
	Piece		piece = {NULL, 0, symbols_create(), NIL, NULL};
	SharedTexts *shared;
	List	   *values;

	values = copy_items(&measured, fact->values, copy_value);
	(void) copy_texts(&measured, fact->texts, values);
	MemoryContextSwitchTo(context);
	shared = palloc0(sizeof(SharedTexts));
	piece.start = palloc(measured.used);
	MemoryContextSwitchTo(scratch);
	shared->context = context;
	shared->hash = hash;
	shared->values = copy_items(&piece, fact->values, copy_value);
	shared->texts = copy_texts(&piece, fact->texts, shared->values);
	shared->next = shared_texts;
	shared_texts = shared;
	return shared;
}

/* Returns the shared texts of a fact, which remain until the context is reset or deleted. */
static const SharedTexts *
share_texts(const Fact *fact, MemoryContext until)
{
	MemoryContextCallback *callback = MemoryContextAllocZero(until, sizeof(MemoryContextCallback));
	uint32		hash = texts_hash(fact->texts);
	SharedTexts *shared = shared_texts;

	while (shared && (shared->hash != hash || !texts_same(shared->texts, fact->texts)))
		shared = shared->next;
	if (shared == NULL)
		shared = new_shared(fact, hash);
	shared->pins++;
	callback->func = unpin_texts;
	callback->arg = shared;
	MemoryContextRegisterResetCallback(until, callback);
	return shared;
}

/* ---------------- facts ---------------- */

/* Of a declared unit there is a copy for each fact. */
static Unit
copy_unit(Piece *piece, Unit from)
{
	UnitInfo   *unit;

	if (from == UNIT_FREE || !from->declared)
		return from;
	unit = copy_bytes(piece, from, sizeof(UnitInfo));
	unit->name = copy_string(piece, unit->name);
	unit->numerator = copy_string(piece, unit->numerator);
	unit->denominator = copy_string(piece, unit->denominator);
	unit->of = from->of == from ? unit : copy_unit(piece, from->of);
	return unit;
}

static void *
copy_fact(Piece *piece, const void *from)
{
	Fact	   *fact = copy_bytes(piece, from, sizeof(Fact));

	fact->unit = copy_unit(piece, fact->unit);
	fact->name = copy_string(piece, fact->name);
	fact->label = copy_string(piece, fact->label);
	fact->paid_of = copy_string(piece, fact->paid_of);
	fact->across_of = copy_string(piece, fact->across_of);
	fact->budget = copy_string(piece, fact->budget);
	fact->low = fact->high = NULL;
	if (fact->texts == NULL || fact->texts->nforms < MANY_FORMS)
	{
		fact->values = copy_items(piece, fact->values, copy_value);
		if (fact->texts)
			fact->texts = copy_texts(piece, fact->texts, fact->values);
	}
	else if (piece->start)
	{
		const SharedTexts *shared = share_texts(from, piece->context);

		fact->values = shared->values;
		fact->texts = shared->texts;
	}
	fact->fields = copy_items(piece, fact->fields, copy_fact);
	if (fact->unknown)
	{
		Value	   *unknown = copy_bytes(piece, fact->unknown, sizeof(Value));

		copy_number(piece, &unknown->low);
		copy_number(piece, &unknown->high);
		fact->unknown = unknown;
	}
	return fact;
}

/* ---------------- statements ---------------- */

static void *
copy_office(Piece *piece, const void *from)
{
	return copy_string(piece, from);
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
		piece->offices = copy_items(piece, from, copy_office);
	return piece->offices;
}

/* Copies the members of a statement that answers use. */
static void
copy_provision(Piece *piece, Provision *to, const Provision *from)
{
	memset(to, 0, sizeof(Provision));
	to->code = copy_string(piece, from->code);
	to->title = copy_string(piece, from->title);
	to->article = copy_string(piece, from->article);
	to->offices = copy_offices(piece, from->offices);
	to->subject = from->subject;
}

static Document *
copy_document(Piece *piece, const Document *from)
{
	Document   *doc = take(piece, sizeof(Document));

	memset(doc, 0, sizeof(Document));
	doc->bare = from->bare;
	copy_provision(piece, &doc->provision, &from->provision);
	doc->number = copy_string(piece, from->number);
	doc->series = copy_string(piece, from->series);
	doc->part = copy_string(piece, from->part);
	doc->has_from = from->has_from;
	doc->from = from->from;
	doc->has_until = from->has_until;
	doc->until = from->until;
	doc->has_ladder = from->has_ladder;
	doc->ladder = copy_string(piece, from->ladder);
	return doc;
}

static const char **
copy_strings(Piece *piece, const char **from, int n)
{
	const char **strings = copy_bytes(piece, from, n * sizeof(char *));
	int			i;

	for (i = 0; i < n; i++)
		strings[i] = copy_string(piece, strings[i]);
	return strings;
}

static void
copy_stage(Piece *piece, const Program *program, StageEntry *entry)
{
	Stage	   *stage = take(piece, sizeof(Stage));

	memset(stage, 0, sizeof(Stage));
	copy_provision(piece, &stage->provision, &entry->stage->provision);
	if (entry->stage->list)
		stage->list = unconstify(Fact *, program->facts[entry->stage->list->index]);
	entry->stage = stage;
}

static void
copy_clause(Piece *piece, const Program *program, ClauseEntry *entry)
{
	Clause	   *clause = take(piece, sizeof(Clause));
	int			i;

	memset(clause, 0, sizeof(Clause));
	copy_provision(piece, &clause->provision, &entry->clause->provision);
	clause->kind = entry->clause->kind;
	clause->has_kind = entry->clause->has_kind;
	clause->per_year = entry->clause->per_year;
	clause->undetermined = entry->clause->undetermined;
	entry->clause = clause;
	COPY(piece, entry->should, entry->nshould);
	entry->should_texts = copy_strings(piece, entry->should_texts, entry->nshould);
	COPY(piece, entry->stages, entry->nstages);
	for (i = 0; i < entry->nstages; i++)
		copy_stage(piece, program, &entry->stages[i]);
}

static void
copy_group(Piece *piece, GroupEntry *entry)
{
	ClauseGroup *group = take(piece, sizeof(ClauseGroup));

	memset(group, 0, sizeof(ClauseGroup));
	copy_provision(piece, &group->provision, &entry->group->provision);
	group->best = entry->group->best;
	group->per_year = entry->group->per_year;
	entry->group = group;
	COPY(piece, entry->members, entry->nmembers);
}

static void
copy_rung(Piece *piece, RungEntry *entry)
{
	Rung	   *rung = take(piece, sizeof(Rung));

	memset(rung, 0, sizeof(Rung));
	copy_provision(piece, &rung->provision, &entry->rung->provision);
	rung->level = entry->rung->level;
	entry->rung = rung;
	COPY(piece, entry->should, entry->nshould);
	entry->should_texts = copy_strings(piece, entry->should_texts, entry->nshould);
}

/* ---------------- statements about several rows ---------------- */

static void
copy_selection(Piece *piece, SelectionEntry *entry)
{
	Selection  *selection = take(piece, sizeof(Selection));

	memset(selection, 0, sizeof(Selection));
	copy_provision(piece, &selection->provision, &entry->selection->provision);
	entry->selection = selection;
	COPY(piece, entry->keys, entry->nkeys);
	copy_number(piece, &entry->share);
}

static void
copy_budget(Piece *piece, BudgetEntry *entry)
{
	ClauseBudget *budget = take(piece, sizeof(ClauseBudget));
	int			i;

	memset(budget, 0, sizeof(ClauseBudget));
	copy_provision(piece, &budget->provision, &entry->budget->provision);
	entry->budget = budget;
	copy_number(piece, &entry->amount);
	COPY(piece, entry->keys, entry->nkeys);
	COPY(piece, entry->lines, entry->nlines);
	for (i = 0; i < entry->nlines; i++)
		entry->lines[i].code = copy_string(piece, entry->lines[i].code);
}

static void
copy_population(Piece *piece, PopulationEntry *entry)
{
	Population *population = take(piece, sizeof(Population));
	int			i;

	memset(population, 0, sizeof(Population));
	copy_provision(piece, &population->provision, &entry->population->provision);
	entry->population = population;
	COPY(piece, entry->values, entry->nvalues);
	for (i = 0; i < entry->nvalues; i++)
	{
		PopulationValueEntry *value = &entry->values[i];

		value->name = copy_string(piece, value->name);
		value->title = copy_string(piece, value->title);
		value->unit = copy_unit(piece, value->unit);
		copy_number(piece, &value->share);
	}
}

static void
copy_across(Piece *piece, Program *program)
{
	int			i;

	COPY(piece, program->populations, program->npopulations);
	for (i = 0; i < program->npopulations; i++)
		copy_population(piece, &program->populations[i]);
	COPY(piece, program->selections, program->nselections);
	for (i = 0; i < program->nselections; i++)
		copy_selection(piece, &program->selections[i]);
	COPY(piece, program->budgets, program->nbudgets);
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
		cell->text = copy_string(piece, pnstrdup(cell->text, cell->length));
	if (type != TYPE_NUMBER)
		return;
	if (cell->known || !cell->low_open)
		copy_number(piece, &cell->low);
	if (!cell->known && !cell->high_open)
		copy_number(piece, &cell->high);
}

/* Of a register only a text is a pointer. */
static void
copy_lane(Piece *piece, Lane *lane, ValueType type)
{
	if (type == TYPE_TEXT && lane->state == LANE_VALUE)
		lane->text = copy_string(piece, pnstrdup(lane->text, lane->length));
}

static LookupTable *
copy_table(Piece *piece, const LookupTable *from)
{
	LookupTable *table = copy_bytes(piece, from, sizeof(LookupTable));
	int			i,
				j;

	table->source = NULL;
	table->constant = NULL;
	table->name = copy_string(piece, table->name);
	if (table->by == TABLE_BY_DATE)
		COPY(piece, table->days, table->nrows);
	else if (table->by == TABLE_BY_TEXT)
	{
		table->texts = copy_strings(piece, table->texts, table->nrows);
		COPY(piece, table->slots, table->nslots);
	}
	else
	{
		COPY(piece, table->numbers, table->nrows);
		for (i = 0; i < table->nrows; i++)
			copy_number(piece, &table->numbers[i]);
		if (table->ends)
			COPY(piece, table->ends, table->nrows);
	}
	COPY(piece, table->columns, table->ncolumns);
	for (i = 0; i < table->ncolumns; i++)
	{
		TableColumn *column = &table->columns[i];

		column->name = copy_string(piece, column->name);
		COPY(piece, column->cells, table->nrows + table->has_else);
		COPY(piece, column->lanes, table->nrows + table->has_else);
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
	Program    *program = copy_bytes(piece, from, sizeof(Program));
	int			i;

	program->words = NULL;
	program->not_there = copy_string(piece, program->not_there);
	program->days = NULL;
	program->ndays = 0;
	program->doc = copy_document(piece, from->doc);
	COPY(piece, program->instrs, program->ninstrs);
	COPY(piece, program->args, program->nargs);
	COPY(piece, program->numbers, program->nnumbers);
	for (i = 0; i < program->nnumbers; i++)
		copy_number(piece, &program->numbers[i]);
	COPY(piece, program->texts, program->ntexts);
	for (i = 0; i < program->ntexts; i++)
		program->texts[i] = copy_string(piece, program->texts[i]);
	COPY(piece, program->facts, program->nfacts);
	for (i = 0; i < program->nfacts; i++)
		program->facts[i] = copy_fact(piece, program->facts[i]);
	COPY(piece, program->fact_instrs, program->nfacts);
	COPY(piece, program->tables, program->ntables);
	for (i = 0; i < program->ntables; i++)
		program->tables[i] = copy_table(piece, program->tables[i]);
	COPY(piece, program->define_instrs, program->ndefines);
	COPY(piece, program->clauses, program->nclauses);
	for (i = 0; i < program->nclauses; i++)
		copy_clause(piece, program, &program->clauses[i]);
	COPY(piece, program->groups, program->ngroups);
	for (i = 0; i < program->ngroups; i++)
		copy_group(piece, &program->groups[i]);
	COPY(piece, program->rungs, program->nrungs);
	for (i = 0; i < program->nrungs; i++)
		copy_rung(piece, &program->rungs[i]);
	copy_across(piece, program);
	return program;
}

/* adjusts the kernel's pointers to constants and to the texts of facts */
static void
copy_kernel(Piece *piece, Program *program)
{
	Kernel	   *kernel = copy_bytes(piece, program->kernel, sizeof(Kernel));
	int			i,
				j;

	program->kernel = kernel;
	COPY(piece, kernel->nodes, program->ninstrs);
	COPY(piece, kernel->args, kernel->nargs);
	COPY(piece, kernel->steps, kernel->nsteps);
	COPY(piece, kernel->texts, kernel->ntexts);
	COPY(piece, kernel->masks, kernel->nmasks);
	COPY(piece, kernel->lists, kernel->nlists);
	COPY(piece, kernel->lookups, kernel->nlookups);
	for (i = 0; i < kernel->nlookups; i++)
	{
		KernelLookup *lookup = &kernel->lookups[i];
		ValueType	type = program->tables[lookup->table]->columns[lookup->column].type;

		copy_lane(piece, &lookup->unknown[0], type);
		copy_lane(piece, &lookup->unknown[1], type);
	}
	COPY(piece, kernel->facts, program->nfacts);
	for (i = 0; i < program->nfacts; i++)
		kernel->facts[i].texts = program->facts[i]->texts;
	COPY(piece, kernel->fields, kernel->nfields);
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
