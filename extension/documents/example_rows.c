/*
 * example_rows.c
 *		Runs examples of several rows, with what is allotted to each row.
 *
 * An example is like a small relation: its rows go through the same allotment.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "allot/allot.h"
#include "example_parts.h"

/* The rows of an example. */
typedef struct ExampleRows
{
	AllotRows	rows;			/* must be first */
	int			count;
	int			next;
	ExampleSource *sources;
} ExampleRows;

/* What was found for each row, for one expectation. */
typedef struct RowsFound
{
	const Expectation *expect;
	Truth	   *selected;		/* by row */
	Amount	   *amounts;		/* by row: all lines of the budget */
} RowsFound;

typedef struct Collector
{
	int			count;
	RowsFound  *found;
} Collector;

const List *
example_rows_of(const Example *example)
{
	while (example->rows == NIL && example->base)
		example = example->base;
	return example->rows;
}

static void
rewind_rows(AllotRows *rows)
{
	((ExampleRows *) rows)->next = 0;
}

static FactSource *
next_row(AllotRows *rows)
{
	ExampleRows *example = (ExampleRows *) rows;

	return example->next < example->count ? &example->sources[example->next++].source : NULL;
}

static void
start_rows(ExampleRows *rows, const Program *program, const Example *example)
{
	const List *given = example_rows_of(example);
	ListCell   *cell;

	rows->rows.rewind = rewind_rows;
	rows->rows.next = next_row;
	rows->count = list_length(given);
	rows->next = 0;
	rows->sources = palloc0_array(ExampleSource, rows->count);
	foreach(cell, given)
	{
		ExampleSource *source = &rows->sources[foreach_current_index(cell)];

		example_source(source, program, example);
		example_give(source, ((const Expression *) lfirst(cell))->args);
	}
}

/* Adds what a budget pays on one line to what it pays the row. */
static void
add_line(Amount *amount, const ClaimRange *paid)
{
	Number		hundred = number_of(100);
	Number		number = number_of(paid->low);

	/* a budget has an end, so its shares have one */
	(void) number_divide(&number, &number, &hundred);
	(void) number_add(&amount->low, &amount->low, &number);
	number = number_of(paid->high);
	(void) number_divide(&number, &number, &hundred);
	(void) number_add(&amount->high, &amount->high, &number);
}

static void
collect(void *state, const Allotted *line)
{
	Collector  *collector = state;
	int			i;

	CHECK_FOR_INTERRUPTS();
	for (i = 0; i < collector->count; i++)
	{
		RowsFound  *found = &collector->found[i];
		const char *code = found->expect->code;

		if (found->expect->kind == EXPECT_SELECTION && line->selection &&
			strcmp(line->selection->selection->provision.code, code) == 0)
			found->selected[line->row] = line->selected;
		if (found->expect->kind == EXPECT_BUDGET && line->budget &&
			strcmp(line->budget->budget->provision.code, code) == 0)
			add_line(&found->amounts[line->row], &line->amount);
	}
}

/* Compares what was found for each row with what is expected. */
static void
compare_rows(const RowsFound *found, int nrows, ExampleResult *result)
{
	bool		budget = found->expect->kind == EXPECT_BUDGET;
	StringInfoData buf;
	int			i;

	initStringInfo(&buf);
	appendStringInfo(&buf, "%s %s (", budget ? "budget" : "select", found->expect->code);
	result->holds = true;
	for (i = 0; i < nrows; i++)
	{
		const Expectation *row = list_nth(found->expect->rows, i);

		appendStringInfo(&buf, "%s%s", i > 0 ? ", " : "",
						 budget ? example_amount_text(&found->amounts[i], UNIT_YUAN)
						 : example_truth_text(found->selected[i]));
		result->holds &= budget ? example_amount_is(&found->amounts[i], row)
			: example_truth_is(found->selected[i], row->verdict);
	}
	appendStringInfoChar(&buf, ')');
	result->found = buf.data;
}

List *
example_rows_run(const Program *program, const char *text, const Example *example,
				 void (*watch) (Run *run, int instr, const Value *value), void *watcher)
{
	ExampleRows rows;
	Allotment  *allotment;
	Collector	collector;
	List	   *results = NIL;
	ListCell   *cell;

	start_rows(&rows, program, example);
	collector.count = list_length(example->expect);
	collector.found = palloc0_array(RowsFound, collector.count);
	foreach(cell, example->expect)
	{
		RowsFound  *found = &collector.found[foreach_current_index(cell)];

		found->expect = lfirst(cell);
		found->selected = palloc_array(Truth, rows.count);
		found->amounts = palloc0_array(Amount, rows.count);
		for (int i = 0; i < rows.count; i++)
			found->amounts[i].low = found->amounts[i].high = number_zero;
	}
	allotment = allotment_create(program, &rows.rows, false);
	allotment_watch(allotment, watch, watcher);
	allotment_run(allotment, collect, &collector);
	foreach(cell, example->expect)
	{
		const Expectation *expect = lfirst(cell);
		ExampleResult *result = palloc0(sizeof(ExampleResult));

		result->example = example->title;
		result->expected = pnstrdup(text + expect->span.start, expect->span.end - expect->span.start);
		if (expect->kind == EXPECT_NAME)
		{
			const Value *value = allotment_population(allotment, expect->expr->fact->index);

			result->found = example_value_text(value, TYPE_NUMBER, expect->expr->unit);
			result->holds = example_value_is(value, TYPE_NUMBER, expect);
		}
		else
			compare_rows(&collector.found[foreach_current_index(cell)], rows.count, result);
		results = lappend(results, result);
	}
	allotment_end(allotment);
	return results;
}
