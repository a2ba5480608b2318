/*
 * check_tables.c
 *		Checks the tables of a document, and lookups in them.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "build.h"
#include "check.h"
#include "messages.h"
#include "names.h"

/* ---------------- tables ---------------- */

/* Returns whether a literal is an integer from 1900 to 2999. */
static bool
is_year(const Expression *literal)
{
	return literal->kind == EXPR_NUMBER && literal->divisor == NULL &&
		(literal->unit == UNIT_FREE || literal->unit == UNIT_YEAR) &&
		whole_number(literal->number, 1900, 2999) > 0;
}

/* Checks the key of a row by itself. */
static void
check_key(Checker *checker, Table *table, Expression *key)
{
	static const ExprKind kinds[] = {
		[TABLE_BY_DATE] = EXPR_DATE,[TABLE_BY_NUMBER] = EXPR_NUMBER,[TABLE_BY_YEAR] = EXPR_NUMBER,[TABLE_BY_TEXT] = EXPR_TEXT
	};
	static const char *const words[] = {
		[TABLE_BY_DATE] = gettext_noop("date"),[TABLE_BY_NUMBER] = gettext_noop("number"),[TABLE_BY_YEAR] = gettext_noop("year"),[TABLE_BY_TEXT] = gettext_noop("text")
	};

	if (key->kind != kinds[table->by] || (table->by == TABLE_BY_YEAR && !is_year(key)))
		read_error(checker->state, key->span.start,
				   table->by == TABLE_BY_YEAR ? _("A year is a whole number from 1900 to 2999.") : NULL,
				   "a key of \"%s\" is a %s", table->provision.code, _(words[table->by]));
	if (key->kind == EXPR_NUMBER)
		check_number(key);
	if (table->by == TABLE_BY_YEAR)
		key->unit = UNIT_FREE;
	if (table->by != TABLE_BY_NUMBER || key->unit == table->key_unit)
		return;
	if (table->key_unit == UNIT_FREE && key == ((const TableRow *) linitial(table->rows))->key)
		table->key_unit = key->unit;
	else if (!check_is_zero(key) && !check_convert(key, table->key_unit))
		read_error(checker->state, key->span.start, NULL, "units do not fit: %s and %s",
				   check_unit_phrase(table->key_unit), check_unit_phrase(key->unit));
}

static void
check_rows(Checker *checker, Table *table)
{
	const Expression *before = NULL;
	Symbols    *keys = symbols_create();
	ListCell   *cell;

	foreach(cell, table->rows)
	{
		const TableRow *row = lfirst(cell);

		CHECK_FOR_INTERRUPTS();
		check_key(checker, table, row->key);
		if (table->by == TABLE_BY_TEXT)
		{
			if (!symbols_add(keys, row->key->name, row->key))
				read_error(checker->state, row->span.start, NULL,
						   "the table \"%s\" has the key '%s' twice", table->provision.code, row->key->name);
			continue;
		}
		if (before)
		{
			int			order = compare_literals(before, row->key);

			if (order == 0)
				read_error(checker->state, row->span.start, NULL,
						   "the table \"%s\" has the same key twice", table->provision.code);
			if (order > 0)
				read_error(checker->state, row->span.start, _("Write the rows from the lowest key to the highest."),
						   "the keys of the table \"%s\" do not ascend", table->provision.code);
		}
		before = row->key;
	}
	if (table->rows == NIL)
		read_error(checker->state, table->provision.span.start, NULL,
				   "the table \"%s\" has no rows but \"else\"", table->provision.code);
	if (table->otherwise && (table->by == TABLE_BY_DATE || table->by == TABLE_BY_NUMBER))
		read_error(checker->state, table->otherwise->span.start,
				   _("The row of the greatest key that is not above counts. Write a lower key."),
				   "a table by date or by number has no \"else\"");
}

static void
check_cells(Checker *checker, const Table *table, const TableRow *row)
{
	ListCell   *cell;

	if (list_length(row->cells) != list_length(table->columns))
		read_error(checker->state, row->span.start, NULL, "the table \"%s\" has %d columns, and this row has %d",
				   table->provision.code, list_length(table->columns), list_length(row->cells));
	foreach(cell, row->cells)
	{
		Expression *value = lfirst(cell);
		Fact	   *column = list_nth(table->columns, foreach_current_index(cell));

		if (value->kind == EXPR_NONE && column->type != TYPE_BOOLEAN)
		{
			value->type = column->type;
			column->null_means = NULL_NONE;
		}
		else
			check_want_literal(checker, column, value);
	}
}

void
check_table(Checker *checker, Table *table)
{
	ListCell   *cell;
	ListCell   *other;

	foreach(cell, table->columns)
	{
		const Fact *column = lfirst(cell);

		foreach(other, table->columns)
		{
			if (lfirst(other) == column)
				break;
			if (strcmp(((const Fact *) lfirst(other))->name, column->name) == 0)
				read_error(checker->state, column->span.start, NULL,
						   "the column \"%s\" is declared twice", column->name);
		}
	}
	check_rows(checker, table);
	foreach(cell, table->rows)
	{
		CHECK_FOR_INTERRUPTS();
		check_cells(checker, table, lfirst(cell));
	}
	if (table->otherwise)
		check_cells(checker, table, table->otherwise);
}

/* ---------------- keys and cells that are texts ---------------- */

/*
 * The keys are texts that a fact can have: a label means its value, as in a comparison.
 */
static void
give_keys(Checker *checker, Table *table, Expression *index)
{
	Symbols    *values = symbols_create();
	ListCell   *cell;

	if (index->texts == NULL && check_text_column(index))
	{
		table->found_by = lappend(table->found_by, index);
		if (table->texts)
			check_give_texts(checker, index, table->texts, false);
	}
	if (index->texts == NULL || index->texts == table->texts)
		return;
	foreach(cell, table->rows)
	{
		TableRow   *row = lfirst(cell);
		int			value = texts_find(index->texts->texts, row->key->name, strlen(row->key->name));
		char	   *text = value >= 0 ? index->texts->texts->values[value]->text : row->key->name;

		if (table->texts && strcmp(text, row->key->name) != 0)
			read_error(checker->state, index->span.start, NULL,
					   "'%s' in the table \"%s\" is another value of \"%s\" than of \"%s\"",
					   row->key->name, table->provision.code, index->texts->name, table->texts->name);
		row->key->name = text;
		if (!symbols_add(values, text, row))
			read_error(checker->state, row->span.start, NULL,
					   "the table \"%s\" has the key '%s' twice", table->provision.code, text);
	}
	table->texts = index->texts;
	foreach(cell, table->found_by)
	{
		check_give_texts(checker, lfirst(cell), table->texts, false);
	}
}

Fact *
check_text_column(const Expression *expr)
{
	while (expr->kind == EXPR_NAME && expr->meaning == NAME_DEFINE)
		expr = expr->define->expr;
	if (expr->kind != EXPR_INDEX || expr->meaning != NAME_TABLE || expr->type != TYPE_TEXT)
		return NULL;
	return list_nth(expr->table->columns, expr->shift);
}

static void
give_cell(Checker *checker, const Expression *lookup, Expression *cell, Fact *fact)
{
	const Fact *before = check_text_column(lookup)->cells_of;
	int			value;

	if (cell->kind != EXPR_TEXT)
		return;
	if (before == fact)
	{
		check_give_texts(checker, cell, fact, false);
		return;
	}
	value = texts_find(fact->texts, cell->name, strlen(cell->name));
	if (value >= 0 && strcmp(fact->texts->values[value]->text, cell->name) != 0)
		read_error(checker->state, lookup->span.start, NULL,
				   "'%s' in the table \"%s\" is another value of \"%s\" than of \"%s\"",
				   cell->name, lookup->table->provision.code, fact->name, before->name);
}

/* Lookups by a column of texts: the keys of the table become texts of the fact to which the column's cells belong. */
static void
give_found(Checker *checker, const Fact *column)
{
	ListCell   *cell;
	ListCell   *found;

	foreach(cell, checker->doc->tables)
	{
		Table	   *table = lfirst(cell);

		foreach(found, table->found_by)
		{
			Expression *index = lfirst(found);

			if (check_text_column(index) != column)
				continue;
			index->texts = column->cells_of;
			give_keys(checker, table, index);
		}
	}
}

void
check_give_column(Checker *checker, Expression *lookup, Fact *fact)
{
	Fact	   *column = check_text_column(lookup);
	const Table *table = lookup->table;
	bool		first = column->cells_of == NULL;
	ListCell   *cell;

	if (first)
	{
		column->cells_of = fact;
		foreach(cell, column->compared)
		{
			check_give_texts(checker, lfirst(cell), fact, false);
		}
	}
	foreach(cell, table->rows)
	{
		CHECK_FOR_INTERRUPTS();
		give_cell(checker, lookup, list_nth(((const TableRow *) lfirst(cell))->cells, lookup->shift), fact);
	}
	if (table->otherwise)
		give_cell(checker, lookup, list_nth(table->otherwise->cells, lookup->shift), fact);
	if (lookup->texts == NULL)
		lookup->texts = column->cells_of;
	if (first)
		give_found(checker, column);
}

/* ---------------- lookups ---------------- */

static Fact *
find_column(Checker *checker, const Table *table, Expression *expr)
{
	Nearest		nearest;
	StringInfoData names;
	ListCell   *cell;

	if (expr->column == NULL && list_length(table->columns) == 1)
		return linitial(table->columns);
	initStringInfo(&names);
	foreach(cell, table->columns)
	{
		Fact	   *column = lfirst(cell);

		if (expr->column && strcmp(column->name, expr->column) == 0)
		{
			expr->shift = foreach_current_index(cell);
			return column;
		}
		appendStringInfo(&names, "%s%s[...].%s", names.len > 0 ? " or " : "", expr->name, column->name);
	}
	if (expr->column == NULL)
		read_error(checker->state, expr->span.start, psprintf(_("Write %s."), names.data),
				   "the table \"%s\" has %d columns", expr->name, list_length(table->columns));
	nearest_start(&nearest, expr->column);
	foreach(cell, table->columns)
	{
		nearest_offer(&nearest, ((Fact *) lfirst(cell))->name);
	}
	read_error(checker->state, expr->span.start, nearest_hint(&nearest),
			   "the table \"%s\" has no column \"%s\"", expr->name, expr->column);
}

/* Returns a number in the unit of the keys: multiplied if it is in another unit of the same kind. */
static Expression *
in_unit(Expression *number, Unit unit)
{
	Expression *ratio;
	Expression *product;

	if (unit_same(number->unit, unit) || !unit_converts(number->unit, unit) || check_convert(number, unit))
		return number;
	ratio = expr_literal(EXPR_NUMBER, TYPE_NUMBER, number->span);
	unit_ratio(number->unit, unit, &ratio->number, &ratio->divisor);
	product = expr_literal(EXPR_MULTIPLY, TYPE_NUMBER, number->span);
	product->args = list_make2(number, ratio);
	product->depth = number->depth + 1;
	product->unit = unit;
	product->money = number->money;
	product->can_be_none = number->can_be_none;
	return product;
}

void
check_lookup(Checker *checker, Expression *expr, Table *table)
{
	static const ValueType types[] = {
		[TABLE_BY_DATE] = TYPE_DATE,[TABLE_BY_NUMBER] = TYPE_NUMBER,[TABLE_BY_YEAR] = TYPE_NUMBER,[TABLE_BY_TEXT] = TYPE_TEXT
	};
	Expression *index = linitial(expr->args);
	const Fact *column = find_column(checker, table, expr);

	check_want_type(checker, index, types[table->by], psprintf(_("a key of \"%s\""), expr->name));
	if (table->by == TABLE_BY_YEAR && index->kind == EXPR_NUMBER && !is_year(index))
		read_error(checker->state, index->span.start, _("A year is a whole number from 1900 to 2999."),
				   "this is not a year");
	if (table->by == TABLE_BY_NUMBER && index->type == TYPE_NUMBER)
	{
		Expression	key = *((const TableRow *) linitial(table->rows))->key;

		index = in_unit(index, table->key_unit);
		linitial(expr->args) = index;
		key.unit = table->key_unit;
		check_join_numbers(checker, index, &key, NULL);
	}
	else if (table->by == TABLE_BY_YEAR && index->unit != UNIT_FREE && index->unit != UNIT_YEAR)
		read_error(checker->state, index->span.start, NULL, "a year cannot be in %s", check_unit_phrase(index->unit));
	if (table->by == TABLE_BY_TEXT)
		give_keys(checker, table, index);
	table->used = true;
	expr->meaning = NAME_TABLE;
	expr->table = table;
	expr->type = column->type;
	expr->unit = column->unit;
	expr->money = check_money_of_unit(column->unit);
	expr->can_be_none = index->can_be_none || column->null_means == NULL_NONE;
	expr->texts = column->cells_of;
}
