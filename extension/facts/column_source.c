/*
 * column_source.c
 *		Reads facts from columns of many rows, for the float kernel of batches.
 */
#include "postgres.h"

#include "port/pg_bitutils.h"

#include "bound.h"
#include "column_source.h"
#include "engine/batch_vectors.h"

struct ColumnSource
{
	BatchSource batch;
	const RowBinding *binding;
	RowSource  *row;			/* reads what is rare, row by row */
	NullableDatum *datums;		/* of one row */
	const DatumColumn *columns;
	int			ncolumns;
	ColumnLists *lists;
	DatumColumn *space;			/* for some rows of a column */
};

#define EACH_ROW(i, word, group) \
	for (uint64 rest_of_rows = (word); \
		 rest_of_rows != 0 && ((i) = (group) * GROUP_ROWS + pg_rightmost_one_pos64(rest_of_rows), true); \
		 rest_of_rows &= rest_of_rows - 1)

#define MOST_COPIES 8			/* of texts, by a column that gives facts of
								 * several policies */

/* ---------------- columns ---------------- */

/*
 * These read the rows in `rows`, none of which is NULL, of group g.  What they cannot read at once, they
 * return.
 */
typedef uint64 (*ReadGroup) (const DatumColumn *column, int g, uint64 rows, BatchColumn *out);

static uint64
read_bool(const DatumColumn *column, int g, uint64 rows, BatchColumn *out)
{
	out->yes[g] = column->yes[g] & rows;
	out->known[g] |= rows;
	return 0;
}

static uint64
read_integer(const DatumColumn *column, int g, uint64 rows, BatchColumn *out)
{
	memcpy(out->number + g * GROUP_ROWS, column->integers + g * GROUP_ROWS, GROUP_ROWS * sizeof(double));
	out->known[g] |= rows;
	return 0;
}

static uint64
read_date(const DatumColumn *column, int g, uint64 rows, BatchColumn *out)
{
	memcpy(out->day + g * GROUP_ROWS, column->days + g * GROUP_ROWS, GROUP_ROWS * sizeof(DateADT));
	out->known[g] |= rows;
	return 0;
}

/* Numbers of up to 15 digits, as most amounts are.  Their digits are put together all at once. */
static uint64
read_numeric(const DatumColumn *column, int g, uint64 rows, BatchColumn *out)
{
	const Datum *values = column->values + g * GROUP_ROWS;
	uint64		digits[GROUP_ROWS];
	double		under[GROUP_ROWS];
	uint64		known = 0;
	int			i;

	if (column->numbered[g])
	{
		memcpy(out->number + g * GROUP_ROWS, column->numbers + g * GROUP_ROWS, GROUP_ROWS * sizeof(double));
		out->known[g] |= rows & column->numbered[g];
		return rows & ~column->numbered[g];
	}
	EACH_ROW(i, rows, 0)
	{
		const char *datum = DatumGetPointer(values[i]);

		if (numeric_may_be_plain(datum))
			numeric_read_plain(datum, &digits[i], &under[i]);
		else if (!numeric_read_long(datum, &digits[i], &under[i]))
			continue;
		known |= (uint64) numeric_is_plain(digits[i], under[i]) << i;
	}
	EACH_ROW(i, ~known, 0)
	{
		digits[i] = 0;
		under[i] = 1;
	}
	(void) batch_loops()->decimals(digits, under, out->number + g * GROUP_ROWS);
	out->known[g] |= known;
	return rows & ~known;
}

/* Learns which texts are declared, for the tuples that are taken apart from now on. */
static void
learn_texts(ColumnCodes *codes, const Texts *texts)
{
	MemoryContext old;

	if (!codes->of_tuples || codes->ncopies == MOST_COPIES)
		return;
	codes->ncopies++;
	memset(codes->coded, 0, codes->ngroups * sizeof(uint64));
	old = MemoryContextSwitchTo(codes->context);
	codes->texts = texts_copy(texts);
	MemoryContextSwitchTo(old);
}

/* Declared texts. */
static uint64
read_code(const DatumColumn *column, int g, uint64 rows, BatchColumn *out)
{
	const Datum *values = column->values + g * GROUP_ROWS;
	ColumnCodes *coded = column->codes;
	const Texts texts = *out->fact->texts;
	uint8		codes[GROUP_ROWS] = {0};
	uint64		others = 0;
	int			i;

	if (coded && coded->texts && coded->texts->serial == texts.serial)
	{
		if (coded->coded[g])
			memcpy(codes, coded->code + g * GROUP_ROWS, sizeof(codes));
		out->known[g] |= rows & coded->coded[g];
		rows &= ~coded->coded[g];
	}
	else if (coded)
		learn_texts(coded, &texts);
	EACH_ROW(i, rows, 0)
	{
		const char *datum = DatumGetPointer(values[i]);

		if (likely(VARATT_IS_SHORT(datum) && !VARATT_IS_EXTERNAL(datum)))
			codes[i] = column_code(&texts, VARDATA_SHORT(datum), VARSIZE_SHORT(datum) - VARHDRSZ_SHORT);
		else if (!VARATT_IS_EXTENDED(datum))
			codes[i] = column_code(&texts, VARDATA(datum), VARSIZE(datum) - VARHDRSZ);
		else
			others |= UINT64CONST(1) << i;
	}
	memcpy(out->code + g * GROUP_ROWS, codes, sizeof(codes));
	out->known[g] |= rows & ~others;
	return others;
}

static uint64
read_text(const DatumColumn *column, int g, uint64 rows, BatchColumn *out)
{
	const Datum *values = column->values + g * GROUP_ROWS;
	uint64		others = 0;
	int			i;

	if (out->code)
		return read_code(column, g, rows, out);
	EACH_ROW(i, rows, 0)
	{
		const char *datum = DatumGetPointer(values[i]);

		if (!datum_is_in_place(datum))
		{
			others |= UINT64CONST(1) << i;
			continue;
		}
		out->text[g * GROUP_ROWS + i] = VARDATA_ANY(datum);
		out->length[g * GROUP_ROWS + i] = VARSIZE_ANY_EXHDR(datum);
	}
	out->known[g] |= rows & ~others;
	return others;
}

/* Returns NULL if rows are read one by one, also where a column holds another type, as binary compatible ones may be. */
static ReadGroup
read_group_of(const ColumnBinding *binding, const DatumColumn *column)
{
	switch (binding->conversion)
	{
		case FROM_BOOL:
			return column->form == COLUMN_TRUTHS ? read_bool : NULL;
		case FROM_INT2:
		case FROM_INT4:
			return column->form == COLUMN_INTEGERS ? read_integer : NULL;
		case FROM_NUMERIC:
			return column->numbered ? read_numeric : NULL;
		case FROM_DATE:
			return column->form == COLUMN_DAYS ? read_date : NULL;
		case FROM_TEXT:
			return column->form == COLUMN_DATUMS ? read_text : NULL;
		default:
			return NULL;
	}
}

void
column_read(const DatumColumn *column, const LaneColumn *lane_column, BatchColumn *out)
{
	ReadGroup	read = read_group_of(lane_column->binding, column);
	Lane		lane = {0};
	int			g;
	int			i;

	if (column->use)
		column->use->now = true;
	for (g = 0; g < out->ngroups; g++)
	{
		uint64		rows = out->wanted[g] & ~column->nulls[g];

		out->null[g] = out->wanted[g] & column->nulls[g];
		if (read && rows != 0)
			rows = read(column, g, rows, out);
		EACH_ROW(i, rows, g)
		{
			lane_column->set(lane_column, column_value(column, i), &lane);
			batch_put_fact(out, i, &lane);
		}
	}
}

/* A fact without a column: nothing gives it, unless it is the day judged. */
static bool
load_absent(ColumnSource *source, int fact, BatchColumn *out)
{
	DateADT		day;
	int			g;
	int			i;

	if (fact != 0 || !day_without_row(source->binding->day, &day))
		return false;
	for (g = 0; g < out->ngroups; g++)
	{
		for (i = g * GROUP_ROWS; i < (g + 1) * GROUP_ROWS; i++)
			out->day[i] = day;
		out->known[g] = out->wanted[g];
	}
	return true;
}

/* One column has all years of a fact. */
static void
load_from_whole(ColumnSource *source, int fact, int year, BatchColumn *out)
{
	Lane		lane = {0};
	int			g;
	int			i;

	for (g = 0; g < out->ngroups; g++)
		EACH_ROW(i, out->wanted[g], g)
	{
		columns_row(source->columns, source->ncolumns, out->selection ? out->selection->rows[i] : i, source->datums);
		row_lane_year(row_source_arguments(source->row, source->datums), fact, year, &lane);
		batch_put_fact(out, i, &lane);
	}
}

static bool
load(BatchSource *batch, int fact, int year, BatchColumn *out)
{
	ColumnSource *source = (ColumnSource *) batch;
	const LaneColumn *column = &source->binding->lanes[fact];

	if (source->binding->program->facts[fact]->by_year)
	{
		const YearColumns *years = source->binding->columns[fact].years;

		if (column->attnum > 0)
		{
			load_from_whole(source, fact, year, out);
			return true;
		}
		if (years == NULL || year < years->first || year >= years->first + years->count)
			return false;
		column = &years->lanes[year - years->first];
	}
	if (column->attnum == 0)
		return load_absent(source, fact, out);
	if (out->selection == NULL)
		column_read(&source->columns[column->attnum - 1], column, out);
	else
	{
		DatumColumn picked = column_pick(&source->columns[column->attnum - 1], out->selection, source->space);

		column_read(&picked, column, out);
	}
	return true;
}

static bool
field(BatchSource *batch, const KernelField *field, const char *const *lists, const int32 *index, BatchColumn *out)
{
	return column_lists_field(((ColumnSource *) batch)->lists, field, lists, index, out);
}

/* ---------------- what others call ---------------- */

ColumnSource *
column_source_create(const RowBinding *binding)
{
	ColumnSource *source = palloc0(sizeof(ColumnSource));

	source->batch.load = load;
	source->batch.field = field;
	source->binding = binding;
	source->row = row_source_create(binding);
	source->lists = column_lists_create(binding);
	source->space = column_create_space();
	source->ncolumns = binding->shape ? binding->shape->desc->natts : 0;
	source->datums = palloc_array(NullableDatum, source->ncolumns + 1);
	return source;
}

BatchSource *
column_source_rows(ColumnSource *source, const DatumColumn *columns)
{
	source->columns = columns;
	column_lists_forget(source->lists);
	return &source->batch;
}
