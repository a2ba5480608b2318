/*
 * kernel_table.c
 *		Lookups in the tables of a document, in the float kernel, one lane at a time.
 *
 * These are the rules of table.c, with keys and cells that are doubles.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "exact.h"
#include "kernel_build.h"
#include "kernel_number.h"
#include "kernel_range.h"
#include "table.h"

/* ---------------- cells and keys ---------------- */

/*
 * Sets the cells and keys of a table for the kernel.  If a key is too long for a double,
 * every key is in doubt.
 */
void
kernel_set_table(LookupTable *table)
{
	int			i,
				j;

	if (table->by == TABLE_BY_NUMBER || table->by == TABLE_BY_YEAR)
	{
		table->ends = palloc_array(End, Max(table->nrows, 1));
		for (i = 0; i < table->nrows; i++)
		{
			if (end_set_number(&table->ends[i], &table->numbers[i]))
				continue;
			pfree(table->ends);
			table->ends = NULL;
			break;
		}
	}
	for (i = 0; i < table->ncolumns; i++)
	{
		TableColumn *column = &table->columns[i];

		column->lanes = palloc0_array(Lane, table->nrows + 1);
		for (j = 0; j < table->nrows + table->has_else; j++)
		{
			CHECK_FOR_INTERRUPTS();
			lane_set_value(&column->lanes[j], &column->cells[j], column->type);
		}
	}
}

/* Sets the result for a key without a row: any value of the column. */
static void
set_any_cell(Lane *out, const TableColumn *column, bool key_may_be_none)
{
	bool		maybe = key_may_be_none || may_be_none(&column->all);

	if (column->type == TYPE_NUMBER)
		lane_set_anything(out, maybe);
	else if (column->type == TYPE_DATE)
		lane_set_days(out, DATEVAL_NOBEGIN, DATEVAL_NOEND, maybe);
	else
	{
		out->state = LANE_RANGE;
		out->maybe = maybe;
		out->truth = TRUTH_UNKNOWN;
	}
}

static void
widen_by_none(Lane *out, ValueType type, bool first)
{
	Lane		none = {.state = LANE_NONE,.truth = TRUTH_FALSE};

	lane_widen(out, &none, type, first);
}

/* ---------------- unknown texts ---------------- */

/* Sets the result for an unknown text: the range of the rows that it can match. */
static void
set_unknown_text(const LookupTable *table, const TableColumn *column, const Fact *fact, bool maybe, Lane *out)
{
	bool	   *reached = palloc0_array(bool, table->nrows + 1);
	bool		first = true;
	int			i;

	memset(out, 0, sizeof(Lane));
	if (table_rows(table, NULL, fact, false, reached))
		set_any_cell(out, column, maybe);
	else
	{
		for (i = 0; i < table->nrows + table->has_else; i++)
		{
			if (!reached[i])
				continue;
			lane_widen(out, &column->lanes[i], column->type, first);
			first = false;
		}
		if (maybe || first)
			widen_by_none(out, column->type, first);
	}
	pfree(reached);
}

void
kernel_build_lookup(Builder *builder, const Instr *instr, KernelNode *node)
{
	const Program *program = builder->program;
	const LookupTable *table = program->tables[instr->b];
	KernelLookup *lookup;

	node->args = RESERVE(builder->kernel->lookups, KernelLookup, builder->kernel->nlookups, builder->max_lookups, 1);
	lookup = &builder->kernel->lookups[node->args];
	memset(lookup, 0, sizeof(KernelLookup));
	lookup->table = instr->b;
	lookup->column = instr->c;
	if (table->by == TABLE_BY_TEXT)
	{
		const Fact *fact = program_register_fact(program, instr->a);

		set_unknown_text(table, &table->columns[instr->c], fact, false, &lookup->unknown[0]);
		set_unknown_text(table, &table->columns[instr->c], fact, true, &lookup->unknown[1]);
	}
	else
		lookup->whole = table_key_whole(program, instr);
}

/* ---------------- lookups ---------------- */

/* The last row whose key is not above x, or -1.  Returns false if that is in doubt. */
static bool
row_of_end(const LookupTable *table, const End *x, int *row)
{
	int			low = 0;
	int			high = table->nrows;

	while (low < high)
	{
		int			middle = (low + high) / 2;
		int			order = end_order(&table->ends[middle], x);

		if (order == ORDER_DOUBT)
			return false;
		if (order <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	*row = low - 1;
	return true;
}

static int
else_row(const LookupTable *table)
{
	return table->has_else ? table->nrows : -1;
}

/* The row of a known key, or -1.  Returns false if it is in doubt. */
static bool
row_of_key(const LookupTable *table, const Lane *key, int *row)
{
	switch ((TableKey) table->by)
	{
		case TABLE_BY_DATE:
			*row = table_row_of_day(table, key->day);
			break;
		case TABLE_BY_TEXT:
			*row = table_row_of_text(table, key->text, key->length);
			break;
		case TABLE_BY_NUMBER:
			return table->ends != NULL && row_of_end(table, &key->low, row);
		case TABLE_BY_YEAR:
			if (table->ends == NULL || !row_of_end(table, &key->low, row))
				return false;
			if (*row < 0 || end_order(&table->ends[*row], &key->low) != 0)
				*row = else_row(table);
			break;
	}
	return true;
}

/* The rows that an unknown key can match. */
typedef struct LookupRows
{
	int			first;
	int			last;
	bool		other;			/* including the else row */
	bool		absent;			/* it may have no row */
} LookupRows;

/* Finds the rows for a range of years: those of the years that have one, and the else row for the others. */
static bool
rows_of_years(const LookupTable *table, const Lane *key, bool whole, LookupRows *rows)
{
	const End  *low = &key->low;
	const End  *high = lane_high(key);
	bool		bounded = !end_is_open(low) && !end_is_open(high);

	if (rows->first < 0 || (!end_is_open(low) && end_order(&table->ends[rows->first], low) < 0))
		rows->first++;
	/* every year of the range has a row if there are as many */
	if (whole && bounded && (low->error != 0 || high->error != 0))
		return false;
	if (!whole || !bounded || high->number - low->number + 1 != Max(rows->last - rows->first + 1, 0))
	{
		rows->other = table->has_else;
		rows->absent = !table->has_else;
	}
	return true;
}

/* Finds the rows for a range of keys.  Returns false if that is in doubt. */
static bool
rows_of_range(const LookupTable *table, const Lane *key, bool whole, LookupRows *rows)
{
	rows->first = -1;
	rows->last = table->nrows - 1;
	rows->other = rows->absent = false;
	if (table->by == TABLE_BY_DATE)
	{
		rows->first = table_row_of_day(table, key->day);
		rows->last = table_row_of_day(table, key->last_day);
	}
	else if (table->ends == NULL ||
			 (!end_is_open(&key->low) && !row_of_end(table, &key->low, &rows->first)) ||
			 (!end_is_open(lane_high(key)) && !row_of_end(table, lane_high(key), &rows->last)))
		return false;
	if (table->by == TABLE_BY_YEAR)
		return rows_of_years(table, key, whole, rows);
	rows->absent = rows->first < 0;
	return true;
}

static void
look_up_range(const LookupTable *table, const TableColumn *column, const Lane *key, bool whole, Lane *out)
{
	LookupRows	rows;
	bool		first = true;
	int			i;

	if (!rows_of_range(table, key, whole, &rows))
		lane_set_doubt(out);
	else if (rows.absent)
		set_any_cell(out, column, key->maybe);
	else
	{
		for (i = rows.first; i <= rows.last; i++)
		{
			lane_widen(out, &column->lanes[i], column->type, first);
			first = false;
		}
		if (rows.other)
		{
			lane_widen(out, &column->lanes[table->nrows], column->type, first);
			first = false;
		}
		if (key->maybe || first)
			widen_by_none(out, column->type, first);
	}
}

/* A cell that is too long for a double is in doubt. */
void
lane_look_up(const Program *program, const KernelLookup *lookup, const Lane *key, Lane *out)
{
	const LookupTable *table = program->tables[lookup->table];
	const TableColumn *column = &table->columns[lookup->column];
	int			row = -1;

	switch ((LaneState) key->state)
	{
		case LANE_DOUBT:
			lane_set_doubt(out);
			break;
		case LANE_NONE:
			widen_by_none(out, column->type, true);
			break;
		case LANE_VALUE:
			if (!row_of_key(table, key, &row))
				lane_set_doubt(out);
			else if (row < 0)
				set_any_cell(out, column, false);
			else
				*out = column->lanes[row];
			break;
		case LANE_RANGE:
			if (table->by == TABLE_BY_TEXT)
				*out = lookup->unknown[key->maybe];
			else
				look_up_range(table, column, key, lookup->whole, out);
			break;
	}
}
