/*
 * table.c
 *		Lookups in the tables of a document.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "compat.h"
#include "miscadmin.h"

#include "emit.h"
#include "exact.h"
#include "table.h"

/* ---------------- tables ---------------- */

static uint32
find_slot(const LookupTable *table, const char *text, int length)
{
	uint32		at = hash_bytes((const unsigned char *) text, length) & (table->nslots - 1);

	while (table->slots[at] >= 0)
	{
		const char *key = table->texts[table->slots[at]];

		if (strlen(key) == (size_t) length && memcmp(key, text, length) == 0)
			break;
		at = (at + 1) & (table->nslots - 1);
	}
	return at;
}

static void
set_cell(Value *value, const Expression *literal)
{
	if (literal->kind == EXPR_NONE)
		value_set_none(value);
	else if (!value_set_literal(value, literal))
		elog(ERROR, "number literal out of limits");
}

static void
set_columns(LookupTable *table, const Table *source)
{
	ListCell   *cell;
	int			row;

	table->ncolumns = list_length(source->columns);
	table->columns = palloc0_array(TableColumn, table->ncolumns);
	foreach(cell, source->columns)
	{
		const Fact *declared = lfirst(cell);
		int			number = foreach_current_index(cell);
		TableColumn *column = &table->columns[number];

		column->name = declared->name;
		column->type = declared->type;
		column->cells = palloc0_array(Value, table->nrows + table->has_else);
		for (row = 0; row < table->nrows + table->has_else; row++)
		{
			const TableRow *from = row < table->nrows ? list_nth(source->rows, row) : source->otherwise;

			CHECK_FOR_INTERRUPTS();
			set_cell(&column->cells[row], list_nth(from->cells, number));
			value_widen(&column->all, &column->cells[row], column->type, row == 0);
		}
	}
}

LookupTable *
table_create(const Table *source)
{
	LookupTable *table = palloc0(sizeof(LookupTable));
	ListCell   *cell;
	int			i;

	table->source = source;
	table->name = source->provision.code;
	table->by = source->by;
	table->nrows = list_length(source->rows);
	table->has_else = source->otherwise != NULL;
	if (table->by == TABLE_BY_TEXT)
	{
		for (table->nslots = 8; table->nslots < 2 * table->nrows;)
			table->nslots *= 2;
		table->slots = palloc_array(int, table->nslots);
		for (i = 0; i < table->nslots; i++)
			table->slots[i] = -1;
	}
	table->days = palloc_array(DateADT, table->by == TABLE_BY_DATE ? table->nrows : 0);
	table->texts = palloc_array(const char *, table->by == TABLE_BY_TEXT ? table->nrows : 0);
	table->numbers = palloc_array(Number, table->by == TABLE_BY_NUMBER || table->by == TABLE_BY_YEAR ? table->nrows : 0);
	foreach(cell, source->rows)
	{
		const Expression *key = ((const TableRow *) lfirst(cell))->key;
		int			row = foreach_current_index(cell);

		if (table->by == TABLE_BY_DATE)
			table->days[row] = key->date;
		else if (table->by == TABLE_BY_TEXT)
		{
			table->texts[row] = key->name;
			table->slots[find_slot(table, key->name, strlen(key->name))] = row;
		}
		else if (!value_of_literal(&table->numbers[row], key))
			elog(ERROR, "number literal out of limits");
	}
	table->constant = palloc0_array(bool, table->nrows + 1);
	set_columns(table, source);
	kernel_set_table(table);
	return table;
}

/* ---------------- rows ---------------- */

/* The last row whose key is not above a day or a number, or -1. */
int
table_row_of_day(const LookupTable *table, DateADT day)
{
	int			low = 0;
	int			high = table->nrows;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (table->days[middle] <= day)
			low = middle + 1;
		else
			high = middle;
	}
	return low - 1;
}

int
table_row_of_number(const LookupTable *table, const Number *number)
{
	int			low = 0;
	int			high = table->nrows;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (number_compare(&table->numbers[middle], number) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low - 1;
}

static int
otherwise(const LookupTable *table)
{
	return table->has_else ? table->nrows : -1;
}

int
table_row_of_text(const LookupTable *table, const char *text, int length)
{
	int			row = table->slots[find_slot(table, text, length)];

	return row >= 0 ? row : otherwise(table);
}

int
table_row(const LookupTable *table, const Value *key)
{
	int			row;

	switch ((TableKey) table->by)
	{
		case TABLE_BY_DATE:
			return table_row_of_day(table, key->day);
		case TABLE_BY_NUMBER:
			return table_row_of_number(table, &key->low);
		case TABLE_BY_YEAR:
			row = table_row_of_number(table, &key->low);
			return row >= 0 && number_compare(&table->numbers[row], &key->low) == 0 ? row : otherwise(table);
		case TABLE_BY_TEXT:
			return table_row_of_text(table, key->text, key->length);
	}
	return -1;
}

/* Marks a row, or the lack of one. */
static void
reach(int row, bool *reached, bool *absent)
{
	if (row >= 0)
		reached[row] = true;
	else
		*absent = true;
}

/* Rows of texts: those of the values that the fact can have, or all. */
static bool
rows_of_texts(const LookupTable *table, const Fact *fact, bool *reached)
{
	bool		absent = false;
	ListCell   *cell;

	if (fact == NULL || fact->values == NIL)
	{
		memset(reached, true, table->nrows + table->has_else);
		return !table->has_else;
	}
	foreach(cell, fact->values)
	{
		const TextValue *value = lfirst(cell);

		reach(table_row_of_text(table, value->text, value->length), reached, &absent);
	}
	return absent;
}

/* Rows of years within a range: each, and what the years between them find. */
static bool
rows_of_years(const LookupTable *table, const Value *key, bool whole, bool *reached)
{
	int			first = low_of(key) ? table_row_of_number(table, low_of(key)) : -1;
	int			last = high_of(key) ? table_row_of_number(table, high_of(key)) : table->nrows - 1;
	bool		absent = false;
	bool		all = whole && low_of(key) && high_of(key);
	Number		years;
	Number		one = number_of(1);
	int			i;

	if (first < 0 || number_compare(&table->numbers[first], low_of(key)) < 0)
		first++;
	for (i = first; i <= last; i++)
		reached[i] = true;
	/* every year of the range has a row if there are as many */
	if (!all || !number_subtract(&years, high_of(key), low_of(key)) || !number_add(&years, &years, &one))
		reach(otherwise(table), reached, &absent);
	else
	{
		Number		rows = number_of(Max(last - first + 1, 0));

		if (number_compare(&rows, &years) != 0)
			reach(otherwise(table), reached, &absent);
	}
	return absent;
}

bool
table_rows(const LookupTable *table, const Value *key, const Fact *fact, bool whole, bool *reached)
{
	bool		absent = false;
	int			first = -1;
	int			last = table->nrows - 1;
	int			i;

	memset(reached, false, table->nrows + table->has_else);
	if (table->by == TABLE_BY_TEXT)
		return rows_of_texts(table, fact, reached);
	if (table->by == TABLE_BY_YEAR)
		return rows_of_years(table, key, whole, reached);
	if (table->by == TABLE_BY_DATE)
	{
		first = table_row_of_day(table, key->day);
		last = table_row_of_day(table, key->last_day);
	}
	else
	{
		if (low_of(key))
			first = table_row_of_number(table, low_of(key));
		if (high_of(key))
			last = table_row_of_number(table, high_of(key));
	}
	for (i = first; i <= last; i++)
		reach(i, reached, &absent);
	return absent;
}

char *
table_lookup_text(const LookupTable *table, const Value *key)
{
	switch ((TableKey) table->by)
	{
		case TABLE_BY_DATE:
			return psprintf("%s[%s]", table->name, date_text(key->day));
		case TABLE_BY_TEXT:
			return psprintf("%s[%s]", table->name, pnstrdup(key->text, key->length));
		default:
			return psprintf("%s[%s]", table->name, number_text(&key->low));
	}
}

/* ---------------- the instruction ---------------- */

/* The cell of a constant key is a constant, which an index can serve; unless it is none. */
static bool
constant_cell(Compiler *compiler, const LookupTable *table, int column, int key, int *result)
{
	const Program *program = compiler->program;
	const Instr *instr = &program->instrs[key];
	const Value *cell;
	Value		value;
	int			row;

	if (instr->op == OP_NUMBER)
		value_set_number(&value, &program->numbers[instr->a]);
	else if (instr->op == OP_DATE)
		value_set_date(&value, instr->a);
	else if (instr->op == OP_TEXT)
		value_set_text(&value, program->texts[instr->a], strlen(program->texts[instr->a]));
	else
		return false;
	row = table_row(table, &value);
	if (row < 0)
		return false;
	cell = &table->columns[column].cells[row];
	if (table->columns[column].type != TYPE_NUMBER || is_none(cell))
		return false;
	table->constant[row] = true;
	*result = emit_number(compiler, &cell->low);
	return true;
}

int
emit_table(Compiler *compiler, const Table *source, int column, ValueType type, int key)
{
	Program    *program = compiler->program;
	Instr		instr = compiler_instr_of(OP_TABLE, type);
	int			number;
	int			constant;

	for (number = 0; number < program->ntables; number++)
		if (program->tables[number]->source == source)
			break;
	if (number == program->ntables)
	{
		program->tables = program->ntables == 0 ? palloc_array(LookupTable *, 1)
			: repalloc_array(program->tables, LookupTable *, number + 1);
		program->tables[program->ntables++] = table_create(source);
	}
	if (constant_cell(compiler, program->tables[number], column, key, &constant))
		return constant;
	instr.a = key;
	instr.b = number;
	instr.c = column;
	instr.scopes = compiler_scopes_of(compiler, key);
	return emit(compiler, instr, NULL, 0);
}

/* Whether an instruction gives integers only. */
static bool
is_whole(const Program *program, int number)
{
	const Instr *instr = &program->instrs[number];

	switch ((Op) instr->op)
	{
		case OP_YEAR:
		case OP_FLOOR:
		case OP_CEIL:
			return true;
		case OP_NUMBER:
			{
				Number		floor = number_floor(&program->numbers[instr->a]);

				return number_compare(&floor, &program->numbers[instr->a]) == 0;
			}
		case OP_ADD:
		case OP_SUBTRACT:
			check_stack_depth();
			return is_whole(program, instr->a) && is_whole(program, instr->b);
		default:
			return false;
	}
}

bool
table_key_whole(const Program *program, const Instr *lookup)
{
	return is_whole(program, lookup->a);
}

/*
 * The cell of a row.  A key that is none gives none.  An unknown key gives the hull of the
 * rows that it can meet, and a key without a row anything.
 */
void
exact_table(Run *run, const Instr *instr, Value *out)
{
	const Program *program = run->program;
	const LookupTable *table = program->tables[instr->b];
	const TableColumn *column = &table->columns[instr->c];
	const Value *key = run_value(run, instr->a);
	bool	   *reached;
	bool		first = true;
	Value		other;
	int			i;

	if (is_none(key))
	{
		value_set_none(out);
		return;
	}
	if (key->known)
	{
		int			row = table_row(table, key);

		if (row >= 0)
			*out = column->cells[row];
		else
			value_set_anything(out, may_be_none(&column->all));
		return;
	}
	reached = palloc_array(bool, table->nrows + 1);
	if (table_rows(table, key, program_register_fact(program, instr->a), is_whole(program, instr->a), reached))
	{
		value_set_anything(&other, may_be_none(key) || may_be_none(&column->all));
		value_widen(out, &other, instr->type, true);
		pfree(reached);
		return;
	}
	for (i = 0; i < table->nrows + table->has_else; i++)
	{
		if (!reached[i])
			continue;
		value_widen(out, &column->cells[i], instr->type, first);
		first = false;
	}
	if (may_be_none(key) || first)
	{
		value_set_none(&other);
		value_widen(out, &other, instr->type, first);
	}
	pfree(reached);
}

char *
run_missing_name(Run *run, int number)
{
	const Program *program = run->program;
	const Instr *lookup;

	if (!is_lookup_number(program, number) && program->facts[fact_number(program, number)]->budget)
		return pstrdup(program->facts[fact_number(program, number)]->budget);
	if (!is_lookup_number(program, number))
		return fact_in_year_name(program, number);
	lookup = &program->instrs[number - lookup_number(program, program->instrs)];
	/* within a list, there is a key for each element */
	if (lookup->scopes != 0)
		return pstrdup(program->tables[lookup->b]->name);
	return table_lookup_text(program->tables[lookup->b], run_value(run, lookup->a));
}
