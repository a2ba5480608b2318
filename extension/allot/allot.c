/*
 * allot.c
 *		Selections, budgets and populations over all rows of a relation.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "engine/value.h"
#include "allot_state.h"
#include "corner.h"

/* ---------------- rows ---------------- */

/* Adds to the row's facts what the selections have found about it. */
static void
give_selections(Allotment *allotment, int64 row)
{
	int			i;

	for (i = 0; i < allotment->program->nselections; i++)
	{
		SelectionState *selection = &allotment->selections[i];
		Value		selected;

		if (!selection->done || selection->given)
			continue;
		memset(&selected, 0, sizeof(selected));
		value_set_truth(&selected, MARK_SELECTED(selection->marks[row]));
		known_facts_give(allotment->known, selection->entry->fact, &selected);
	}
}

void
allot_pass(Allotment *allotment, VisitRow visit)
{
	int64		row = 0;
	FactSource *source;

	allotment->rows->rewind(allotment->rows);
	while ((source = allotment->rows->next(allotment->rows)) != NULL)
	{
		MemoryContext old;

		CHECK_FOR_INTERRUPTS();
		give_selections(allotment, row);
		run_begin(allotment->run, known_facts_row(allotment->known, source));
		old = MemoryContextSwitchTo(allotment->row_context);
		visit(allotment, row);
		MemoryContextSwitchTo(old);
		MemoryContextReset(allotment->row_context);
		row++;
	}
	allotment->nrows = row;
}

void
allot_put_corners(Allotment *allotment, const SortEntry *keys, int nkeys, Sorting *corners, Sorted *corner)
{
	int			i;

	resetStringInfo(&allotment->best);
	resetStringInfo(&allotment->worst);
	for (i = 0; i < nkeys; i++)
	{
		const Value *value = run_value(allotment->run, keys[i].instr);
		CornerKey	key = {keys[i].type, keys[i].descending};

		corner_append(&allotment->best, &key, value, !allotment->strict);
		corner_append(&allotment->worst, &key, value, false);
	}
	corner->tag = TAG_BEST;
	corner->bytes = allotment->best.data;
	corner->length = allotment->best.len;
	sorting_put(corners, corner);
	corner->tag = TAG_WORST;
	corner->bytes = allotment->worst.data;
	corner->length = allotment->worst.len;
	sorting_put(corners, corner);
}

bool
allot_next_corner(StringInfo before, bool *first, const Sorted *record)
{
	if (!*first && before->len == record->length && memcmp(before->data, record->bytes, record->length) == 0)
		return false;
	*first = false;
	resetStringInfo(before);
	appendBinaryStringInfo(before, record->bytes, record->length);
	return true;
}

uint8 *
allot_room(Allotment *allotment, uint8 *bytes, int64 *room, int64 index)
{
	if (index < *room)
		return bytes;
	*room = Max(1024, 2 * index);
	return bytes ? repalloc_huge(bytes, *room) : MemoryContextAllocHuge(allotment->context, *room);
}

/* ---------------- populations ---------------- */

static const PopulationKind kinds[] = {
	[AGGREGATE_COUNT] = POPULATION_COUNT,
	[AGGREGATE_SUM] = POPULATION_SUM,
	[AGGREGATE_AVG] = POPULATION_AVERAGE,
	[AGGREGATE_MIN] = POPULATION_LEAST,
	[AGGREGATE_MAX] = POPULATION_GREATEST,
	[AGGREGATE_MEDIAN] = POPULATION_PERCENTILE,
	[AGGREGATE_PERCENTILE] = POPULATION_PERCENTILE
};

/* Sorts the ends of a percentile. */
typedef struct EndSorting
{
	EndSorter	sorter;			/* must be first */
	Sorting    *sorting;
	StringInfoData bytes;
	StringInfoData data;
	int64		row;
} EndSorting;

static void
put_end(EndSorter *sorter, const Number *end, int flags)
{
	EndSorting *ends = (EndSorting *) sorter;
	Sorted		record = {.tag = flags};

	resetStringInfo(&ends->bytes);
	resetStringInfo(&ends->data);
	if (!corner_number(&ends->bytes, end))
		elog(ERROR, "a number is too long to be sorted");
	appendBinaryStringInfo(&ends->data, (const char *) end, sizeof(Number));
	if (end->den == 0)
	{
		appendBinaryStringInfo(&ends->data, (const char *) end->big_num, VARSIZE_ANY(end->big_num));
		appendBinaryStringInfo(&ends->data, (const char *) end->big_den, VARSIZE_ANY(end->big_den));
	}
	record.bytes = ends->bytes.data;
	record.length = ends->bytes.len;
	record.data = ends->data.data;
	record.data_length = ends->data.len;
	record.row = ends->row++;
	sorting_put(ends->sorting, &record);
}

static void
sort_ends(EndSorter *sorter)
{
	sorting_sort(((EndSorting *) sorter)->sorting);
}

static bool
get_end(EndSorter *sorter, Number *end, int *flags)
{
	EndSorting *ends = (EndSorting *) sorter;
	Sorted		record;

	if (!sorting_get(ends->sorting, &record))
		return false;
	*flags = record.tag;
	memcpy(end, record.data, sizeof(Number));
	if (end->den == 0)
	{
		/* aligned, as the numerics that they were */
		char	   *copy = palloc(record.data_length - sizeof(Number));

		memcpy(copy, record.data + sizeof(Number), record.data_length - sizeof(Number));
		end->big_num = (Numeric) copy;
		copy += VARSIZE_ANY(copy);
		end->big_den = DatumGetNumericCopy(PointerGetDatum(copy));
	}
	return true;
}

static EndSorter *
create_sorter(void)
{
	EndSorting *ends = palloc0_object(EndSorting);

	ends->sorter.put = put_end;
	ends->sorter.sort = sort_ends;
	ends->sorter.get = get_end;
	ends->sorting = sorting_create(SORTING_BY_BYTES, false);
	initStringInfo(&ends->bytes);
	initStringInfo(&ends->data);
	return &ends->sorter;
}

static void
start_population(PopulationState *population)
{
	int			i;

	population->values = palloc0_array(Aggregated, population->entry->nvalues + 1);
	for (i = 0; i < population->entry->nvalues; i++)
	{
		const PopulationValueEntry *value = &population->entry->values[i];
		PopulationKind kind = kinds[value->aggregate];

		population_start(&population->values[i], kind, &value->share,
						 kind == POPULATION_PERCENTILE ? create_sorter() : NULL,
						 (int64) work_mem * 1024 / sizeof(Number) / 4);
	}
}

static void
add_to_population(Allotment *allotment, PopulationState *population)
{
	Truth		member = run_truth(allotment->run, population->entry->when);
	int			i;

	if (member == TRUTH_FALSE || (allotment->strict && member == TRUTH_UNKNOWN))
		return;
	for (i = 0; i < population->entry->nvalues; i++)
	{
		const PopulationValueEntry *entry = &population->entry->values[i];
		const Value *value = entry->instr < 0 ? NULL : run_value(allotment->run, entry->instr);
		MemoryContext old;

		if (value && allotment->strict && !value->known)
			continue;
		old = MemoryContextSwitchTo(allotment->context);
		population_add(&population->values[i], value, member == TRUTH_TRUE);
		MemoryContextSwitchTo(old);
	}
}

static void
end_population(Allotment *allotment, PopulationState *population)
{
	int			i;

	for (i = 0; i < population->entry->nvalues; i++)
	{
		Value		result;

		memset(&result, 0, sizeof(result));
		population_end(&population->values[i], &result);
		if (population->values[i].sorter)
			sorting_end(((EndSorting *) population->values[i].sorter)->sorting);
		known_facts_give(allotment->known, population->entry->values[i].fact, &result);
	}
	population->done = true;
}

/* ---------------- the order of the passes ---------------- */

/* Whether a register reads a population or selection that has not been computed yet. */
static bool
reads_undone(const Allotment *allotment, int instr)
{
	const Program *program = allotment->program;
	int			i,
				j;

	if (instr < 0)
		return false;
	for (i = 0; i < program->nselections; i++)
		if (!allotment->selections[i].done && program_reads_fact(program, instr, program->selections[i].fact))
			return true;
	for (i = 0; i < program->npopulations; i++)
		for (j = 0; j < program->populations[i].nvalues && !allotment->populations[i].done; j++)
			if (program_reads_fact(program, instr, program->populations[i].values[j].fact))
				return true;
	return false;
}

static bool
population_waits(const Allotment *allotment, const PopulationEntry *entry)
{
	int			i;

	if (reads_undone(allotment, entry->when))
		return true;
	for (i = 0; i < entry->nvalues; i++)
		if (reads_undone(allotment, entry->values[i].instr))
			return true;
	return false;
}

static bool
selection_waits(const Allotment *allotment, const SelectionEntry *entry)
{
	int			i;

	if (reads_undone(allotment, entry->when))
		return true;
	for (i = 0; i < entry->nkeys; i++)
		if (reads_undone(allotment, entry->keys[i].instr))
			return true;
	return false;
}

static void
visit_row(Allotment *allotment, int64 row)
{
	int			i;

	for (i = 0; i < allotment->program->npopulations; i++)
		if (allotment->populations[i].now)
			add_to_population(allotment, &allotment->populations[i]);
	for (i = 0; i < allotment->program->nselections; i++)
		if (allotment->selections[i].now)
			allot_select_row(allotment, &allotment->selections[i], row);
}

/* Computes the populations and selections that need only what has been computed; returns whether there were any. */
static bool
next_pass(Allotment *allotment, bool selections)
{
	const Program *program = allotment->program;
	bool		any = false;
	int			i;

	for (i = 0; i < program->npopulations; i++)
	{
		PopulationState *population = &allotment->populations[i];

		population->now = !population->done && !population_waits(allotment, population->entry);
		if (population->now)
			start_population(population);
		any |= population->now;
	}
	for (i = 0; i < program->nselections; i++)
	{
		SelectionState *selection = &allotment->selections[i];

		selection->now = selections && !selection->done && !selection_waits(allotment, selection->entry);
		any |= selection->now;
	}
	if (!any)
		return false;
	allot_pass(allotment, visit_row);
	for (i = 0; i < program->npopulations; i++)
		if (allotment->populations[i].now)
			end_population(allotment, &allotment->populations[i]);
	for (i = 0; i < program->nselections; i++)
		if (allotment->selections[i].now)
			allot_select_end(allotment, &allotment->selections[i]);
	return true;
}

/* ---------------- an allotment ---------------- */

void
allotment_watch(Allotment *allotment, void (*watch) (Run *run, int instr, const Value *value), void *watcher)
{
	allotment->run->watch = watch;
	allotment->run->watcher = watcher;
}

Allotment *
allotment_create(const Program *program, AllotRows *rows, bool strict)
{
	Allotment  *allotment = palloc0_object(Allotment);
	int			i;

	allotment->program = program;
	allotment->rows = rows;
	allotment->strict = strict;
	allotment->context = CurrentMemoryContext;
	allotment->row_context = AllocSetContextCreate(CurrentMemoryContext, "zjtx allot row", ALLOCSET_DEFAULT_SIZES);
	allotment->run = run_create(program);
	allotment->known = known_facts(program);
	allotment->selections = palloc0_array(SelectionState, program->nselections + 1);
	for (i = 0; i < program->nselections; i++)
		allotment->selections[i].entry = &program->selections[i];
	allotment->populations = palloc0_array(PopulationState, program->npopulations + 1);
	for (i = 0; i < program->npopulations; i++)
		allotment->populations[i].entry = &program->populations[i];
	allotment->budgets = palloc0_array(BudgetState, program->nbudgets + 1);
	for (i = 0; i < program->nbudgets; i++)
		allotment->budgets[i].entry = &program->budgets[i];
	initStringInfo(&allotment->best);
	initStringInfo(&allotment->worst);
	return allotment;
}

void
allotment_given(Allotment *allotment, int i)
{
	allotment->selections[i].given = allotment->selections[i].done = true;
}

/* A population may need a selection, so all passes are made. */
void
allotment_populations(Allotment *allotment)
{
	int			i;
	bool		waits = false;

	while (next_pass(allotment, false))
		 /* the next one */ ;
	for (i = 0; i < allotment->program->npopulations; i++)
		waits |= !allotment->populations[i].done;
	while (waits && next_pass(allotment, true))
		 /* the next one */ ;
}

const Value *
allotment_population(const Allotment *allotment, int fact)
{
	return &allotment->known->values[fact];
}

static void
visit_budgets(Allotment *allotment, int64 row)
{
	int			i;

	for (i = 0; i < allotment->program->nbudgets; i++)
		allot_budget_row(allotment, &allotment->budgets[i], row);
}

static void
put_row(Allotment *allotment, int64 row, void (*put) (void *state, const Allotted *line), void *state)
{
	const Program *program = allotment->program;
	int			i,
				j;

	for (i = 0; i < program->nselections; i++)
	{
		Allotted	line = {.row = row};

		if (allotment->selections[i].given)
			continue;
		allot_select_line(&allotment->selections[i], row, &line);
		/* other selections are only needed by the one that is asked for */
		if (program->selections[i].answers)
			put(state, &line);
	}
	for (i = 0; i < program->nbudgets; i++)
	{
		const BudgetEntry *entry = &program->budgets[i];
		Allotted   *lines = palloc0_array(Allotted, entry->nlines);

		allot_budget_lines(allotment, &allotment->budgets[i], row, lines);
		for (j = 0; j < entry->nlines; j++)
		{
			lines[j].row = row;
			if (entry->lines[j].number >= 0)
				put(state, &lines[j]);
		}
	}
}

void
allotment_run(Allotment *allotment, void (*put) (void *state, const Allotted *line), void *state)
{
	int64		row = 0;
	int			i;

	while (next_pass(allotment, true))
		 /* the next one */ ;
	for (i = 0; i < allotment->program->nbudgets; i++)
		allot_budget_start(allotment, &allotment->budgets[i]);
	if (allotment->program->nbudgets > 0)
		allot_pass(allotment, visit_budgets);
	for (i = 0; i < allotment->program->nbudgets; i++)
		allot_budget_end(allotment, &allotment->budgets[i]);

	allotment->rows->rewind(allotment->rows);
	while (allotment->rows->next(allotment->rows) != NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(allotment->row_context);

		CHECK_FOR_INTERRUPTS();
		put_row(allotment, row, put, state);
		MemoryContextSwitchTo(old);
		MemoryContextReset(allotment->row_context);
		row++;
	}
}

void
allotment_end(Allotment *allotment)
{
	int			i;

	for (i = 0; i < allotment->program->nselections; i++)
	{
		sorting_end(allotment->selections[i].corners);
		sorting_end(allotment->selections[i].places);
	}
	for (i = 0; i < allotment->program->nbudgets; i++)
	{
		sorting_end(allotment->budgets[i].claims);
		sorting_end(allotment->budgets[i].corners);
		sorting_end(allotment->budgets[i].left);
	}
}
