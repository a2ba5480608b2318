/*
 * test_sources.c
 *		Gives the facts to exact arithmetic, to the kernel of one row, and to that of a batch.
 */
#include "postgres.h"

#include <math.h>

#include "engine/kernel_number.h"
#include "batch_test.h"

static void
check_list(const Fact *fact, Value *value)
{
	ListCell   *cell;
	int			i;

	if (!value->known || value->list == NULL)
		return;
	for (i = 0; i < value->list->count; i++)
		foreach(cell, fact->fields)
			value_check_range(&value->list->fields[i * value->list->nfields + foreach_current_index(cell)], lfirst(cell));
}

/* Since 2015, a fact by year is in one year of three unknown.  In others it is that of the row, or of the next row. */
static void
fact_of_row(Test * test, int row, int fact, int year, Value *value)
{
	if (year >= 2015 && year % 3 == 2)
		value_set_unknown(value, test->program->facts[fact]);
	else
		*value = test->facts[year % 3 == 0 ? row : (row + 1) % test->all][fact];
}

static void
load_exact(FactSource *source, int number, Value *value)
{
	Test	   *test = ((RowOfTest *) source)->test;
	int			fact = fact_number(test->program, number);

	fact_of_row(test, test->row, fact, fact_year(test->program, number), value);
	if (test->program->facts[fact]->type == TYPE_LIST)
		check_list(test->program->facts[fact], value);
	else
		value_check_range(value, test->program->facts[fact]);
}

static void
set_lane(Lane *lane, const Value *value, const KernelFact *fact)
{
	lane_set_value(lane, value, fact->type);
	if (fact->type == TYPE_LIST && value->known && value->list->count > 0)
	{
		lane->state = LANE_VALUE;
		lane->text = (const char *) value->list;
		lane->length = value->list->count;
	}
	if (lane->state != LANE_VALUE)
		return;
	if (fact->type == TYPE_NUMBER)
		lane_check_number(fact, lane);
	else if (fact->type == TYPE_DATE)
		lane_set_day(fact, lane, lane->day);
	else if (fact->type == TYPE_TEXT)
		lane_check_text(fact, lane);
}

static void
load_lane(FactSource *source, int fact, Lane *lane)
{
	Test	   *test = ((RowOfTest *) source)->test;

	set_lane(lane, &test->facts[test->row][fact], &test->program->kernel->facts[fact]);
}

static void
load_year(FactSource *source, int fact, int year, Lane *lane)
{
	Test	   *test = ((RowOfTest *) source)->test;
	Value		value;

	fact_of_row(test, test->row, fact, year, &value);
	set_lane(lane, &value, &test->program->kernel->facts[fact]);
}

static void
enter_element(FactSource *source, int fact pg_attribute_unused(), const Lane *list, int depth, int index)
{
	Test	   *test = ((RowOfTest *) source)->test;

	test->lists[depth] = (const ListValue *) list->text;
	test->index[depth] = index;
}

static void
load_field(FactSource *source, const KernelField *field, Lane *lane)
{
	Test	   *test = ((RowOfTest *) source)->test;
	const ListValue *list = test->lists[field->depth];

	set_lane(lane, &list->fields[test->index[field->depth] * list->nfields + field->field], &field->fact);
}

RowOfTest
test_row_of(Test * test)
{
	RowOfTest	row = {.source = {.load = load_exact,.lane = load_lane,.lane_year = load_year,
	.element = enter_element,.field = load_field},.test = test};

	return row;
}

void
test_set_row(uint64 *rows, int row)
{
	rows[row / GROUP_ROWS] |= UINT64CONST(1) << (row % GROUP_ROWS);
}

bool
test_has_row(const uint64 *rows, int row)
{
	return (rows[row / GROUP_ROWS] >> (row % GROUP_ROWS)) & 1;
}

/* What a source may leave in rows that it does not give. */
static void
set_garbage(BatchColumn *column, int row)
{
	if (column->number)
		column->number[row] = row % 3 == 0 ? NAN : row % 3 == 1 ? -INFINITY : 1e308;
	if (column->day)
		column->day[row] = DATEVAL_NOBEGIN;
	if (column->code)
		column->code[row] = NO_CODE;
	if (column->text)
		column->text[row] = NULL;
}

/* One row of a column: in its arrays if that is possible, or as a lane. */
static void
set_column(Test * test, BatchColumn *column, const Fact *fact, int row, const Value *value)
{
	const KernelFact *range = column->fact;
	Lane		lane = {0};
	Value		null;

	/* the rows of a list that were loaded before keep theirs */
	if (range->type != TYPE_LIST || test_has_row(column->wanted, row))
		set_garbage(column, row);
	if (!test_has_row(column->wanted, row))
		return;
	value_set_null(&null, fact);
	if (!value->known && !null.known && fact->null_means != NULL_NONE)
	{
		test_set_row(column->null, row);
		test_set_row(column->known, row);
		return;
	}
	lane_set_value(&lane, value, range->type);
	if ((lane.state == LANE_NONE && fact->null_means == NULL_NONE) ||
		(fact->null_means == NULL_ZERO && value->known && number_compare(&value->low, &number_zero) == 0) ||
		(fact->type == TYPE_BOOLEAN && null.known && value->truth == TRUTH_FALSE))
	{
		test_set_row(column->null, row);
		return;
	}
	if (range->type == TYPE_LIST && value->known)
	{
		lane_set_text(&lane, (const char *) value->list, value->list ? value->list->count : 0);
		lane.first = 0;
	}
	if (lane.state == LANE_DOUBT)
		return;
	if (lane.state != LANE_VALUE || test_below(test, 4) == 0)
	{
		batch_put_fact(column, row, &lane);
		return;
	}
	switch ((ValueType) range->type)
	{
		case TYPE_BOOLEAN:
			if (lane.truth == TRUTH_TRUE)
				test_set_row(column->yes, row);
			break;
		case TYPE_NUMBER:
			column->number[row] = lane.low.number;
			if (lane.low.error != 0 && !lane.low.decimal)
			{
				test_set_row(column->rough, row);
				return;
			}
			break;
		case TYPE_DATE:
			column->day[row] = lane.day;
			break;
		case TYPE_TEXT:
			if (column->code)
			{
				int			code = texts_find(range->texts, lane.text, lane.length);

				column->code[row] = code < 0 ? NO_CODE : code;
				break;
			}
			/* fall through */
		default:
			column->text[row] = lane.text;
			column->length[row] = lane.length;
			break;
	}
	test_set_row(column->known, row);
}

static bool
load_column(BatchSource *source, int fact, int year, BatchColumn *column)
{
	Test	   *test = ((RowsOfTest *) source)->test;
	Value		value;
	int			row;

	for (row = 0; row < column->ngroups * GROUP_ROWS; row++)
	{
		int			of_test = column->selection ? column->selection->rows[row] : row;

		if (of_test >= test->nrows)
		{
			set_garbage(column, row);
			continue;
		}
		if (year != 0)
			fact_of_row(test, test->first + of_test, fact, year, &value);
		else
			value = test->facts[test->first + of_test][fact];
		set_column(test, column, test->program->facts[fact], row, &value);
	}
	return true;
}

static bool
load_elements(BatchSource *source, const KernelField *field, const char *const *lists, const int32 *index,
			  BatchColumn *column)
{
	Test	   *test = ((RowsOfTest *) source)->test;
	const Fact *fact = list_nth(test->program->facts[field->list]->fields, field->field);
	int			row;

	for (row = 0; row < column->ngroups * GROUP_ROWS; row++)
	{
		const ListValue *list = (const ListValue *) lists[row];

		if (test_has_row(column->wanted, row))
			set_column(test, column, fact, row, &list->fields[index[row] * list->nfields + field->field]);
		else
			set_garbage(column, row);
	}
	return true;
}

RowsOfTest
test_rows_of(Test * test)
{
	RowsOfTest	rows = {.source = {.load = load_column,.field = load_elements},.test = test};

	return rows;
}
