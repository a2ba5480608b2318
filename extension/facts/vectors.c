/*
 * vectors.c
 *		Reads facts from many rows at a time, for the float kernel of batches.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "port/pg_bitutils.h"
#include "utils/datum.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"

#include "bound.h"
#include "engine/batch_vectors.h"
#include "engine/numeric_parts.h"
#include "vectors.h"

struct Vectors
{
	BatchSource source;
	const RowBinding *binding;
	RowSource  *row;			/* reads what is rare, row by row */
	NullableDatum *datums;		/* of one row */
	const VectorColumn *columns;
	int			ncolumns;
	VectorLists *lists;
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
typedef uint64 (*ReadGroup) (const VectorColumn *column, int g, uint64 rows, BatchColumn *out);

static uint64
read_bool(const VectorColumn *column, int g, uint64 rows, BatchColumn *out)
{
	out->yes[g] = column->yes[g] & rows;
	out->known[g] |= rows;
	return 0;
}

static uint64
read_integer(const VectorColumn *column, int g, uint64 rows, BatchColumn *out)
{
	memcpy(out->number + g * GROUP_ROWS, column->integers + g * GROUP_ROWS, GROUP_ROWS * sizeof(double));
	out->known[g] |= rows;
	return 0;
}

static uint64
read_date(const VectorColumn *column, int g, uint64 rows, BatchColumn *out)
{
	memcpy(out->day + g * GROUP_ROWS, column->days + g * GROUP_ROWS, GROUP_ROWS * sizeof(DateADT));
	out->known[g] |= rows;
	return 0;
}

/* Numbers of up to 15 digits, as most amounts are.  Their digits are put together all at once. */
static uint64
read_numeric(const VectorColumn *column, int g, uint64 rows, BatchColumn *out)
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
read_code(const VectorColumn *column, int g, uint64 rows, BatchColumn *out)
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
			codes[i] = vectors_code(&texts, VARDATA_SHORT(datum), VARSIZE_SHORT(datum) - VARHDRSZ_SHORT);
		else if (!VARATT_IS_EXTENDED(datum))
			codes[i] = vectors_code(&texts, VARDATA(datum), VARSIZE(datum) - VARHDRSZ);
		else
			others |= UINT64CONST(1) << i;
	}
	memcpy(out->code + g * GROUP_ROWS, codes, sizeof(codes));
	out->known[g] |= rows & ~others;
	return others;
}

static uint64
read_text(const VectorColumn *column, int g, uint64 rows, BatchColumn *out)
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
read_group_of(const ColumnBinding *binding, const VectorColumn *column)
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
vectors_read_column(const VectorColumn *column, const LaneColumn *lane_column, BatchColumn *out)
{
	ReadGroup	read = read_group_of(lane_column->binding, column);
	Lane		lane = {0};
	int			g;
	int			i;

	for (g = 0; g < out->ngroups; g++)
	{
		uint64		rows = out->wanted[g] & ~column->nulls[g];

		out->null[g] = out->wanted[g] & column->nulls[g];
		if (read && rows != 0)
			rows = read(column, g, rows, out);
		EACH_ROW(i, rows, g)
		{
			lane_column->set(lane_column, vectors_value(column, i), &lane);
			batch_put_fact(out, i, &lane);
		}
	}
}

/* A fact without a column: nothing gives it, unless it is the day judged. */
static bool
load_absent(Vectors *vectors, int fact, BatchColumn *out)
{
	DateADT		day;
	int			g;
	int			i;

	if (fact != 0 || !day_without_row(vectors->binding->day, &day))
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
load_from_whole(Vectors *vectors, int fact, int year, BatchColumn *out)
{
	Lane		lane = {0};
	int			g;
	int			i;

	for (g = 0; g < out->ngroups; g++)
		EACH_ROW(i, out->wanted[g], g)
	{
		vectors_row(vectors->columns, vectors->ncolumns, i, vectors->datums);
		row_lane_year(row_source_arguments(vectors->row, vectors->datums), fact, year, &lane);
		batch_put_fact(out, i, &lane);
	}
}

static bool
load(BatchSource *source, int fact, int year, BatchColumn *out)
{
	Vectors    *vectors = (Vectors *) source;
	const LaneColumn *column = &vectors->binding->lanes[fact];

	if (vectors->binding->program->facts[fact]->by_year)
	{
		const YearColumns *years = vectors->binding->columns[fact].years;

		if (column->attnum > 0)
		{
			load_from_whole(vectors, fact, year, out);
			return true;
		}
		if (years == NULL || year < years->first || year >= years->first + years->count)
			return false;
		column = &years->lanes[year - years->first];
	}
	if (column->attnum == 0)
		return load_absent(vectors, fact, out);
	vectors_read_column(&vectors->columns[column->attnum - 1], column, out);
	return true;
}

static bool
field(BatchSource *source, const KernelField *field, const char *const *lists, const int32 *index, BatchColumn *out)
{
	return vector_lists_field(((Vectors *) source)->lists, field, lists, index, out);
}

/* ---------------- what others call ---------------- */

static ColumnForm
form_of(Oid type)
{
	switch (type)
	{
		case BOOLOID:
			return COLUMN_TRUTHS;
		case INT2OID:
		case INT4OID:
			return COLUMN_INTEGERS;
		case DATEOID:
			return COLUMN_DAYS;
		default:
			return COLUMN_DATUMS;
	}
}

static ColumnCodes *
new_codes(int ngroups)
{
	ColumnCodes *codes = palloc0_object(ColumnCodes);

	codes->context = CurrentMemoryContext;
	codes->code = palloc0_array(uint8, ngroups * GROUP_ROWS);
	codes->coded = palloc0_array(uint64, ngroups);
	codes->ngroups = ngroups;
	return codes;
}

VectorColumn
vectors_column(Oid type, int nrows)
{
	int			ngroups = (nrows + GROUP_ROWS - 1) / GROUP_ROWS;
	VectorColumn column = {0};
	Oid			base = getBaseType(type);

	column.form = form_of(base);
	get_typlenbyval(type, &column.length, &column.by_value);
	column.nulls = palloc0_array(uint64, ngroups);
	switch (column.form)
	{
		case COLUMN_DATUMS:
			column.values = palloc0_array(Datum, ngroups * GROUP_ROWS);
			if (base == NUMERICOID)
			{
				column.numbers = palloc0_array(double, ngroups * GROUP_ROWS);
				column.numbered = palloc0_array(uint64, ngroups);
			}
			else if (base == TEXTOID || base == VARCHAROID)
				column.codes = new_codes(ngroups);
			break;
		case COLUMN_TRUTHS:
			column.yes = palloc0_array(uint64, ngroups);
			break;
		case COLUMN_INTEGERS:
			column.integers = palloc0_array(double, ngroups * GROUP_ROWS);
			break;
		case COLUMN_DAYS:
			column.days = palloc0_array(DateADT, ngroups * GROUP_ROWS);
			break;
	}
	return column;
}

/* The decimal of at most 15 digits whose nearest double it is. */
Datum
vectors_of_number(double number)
{
	return DirectFunctionCall1(float8_numeric, Float8GetDatum(number));
}

void
vectors_put(VectorColumn *column, int row, Datum value, bool null)
{
	uint64		bit = UINT64CONST(1) << (row % 64);

	if (null)
	{
		column->nulls[row / 64] |= bit;
		return;
	}
	column->nulls[row / 64] &= ~bit;
	if (!vectors_set_number(column, row, value))
		vectors_set(column, row, column->by_value ? value : datumCopy(value, false, column->length));
}

Vectors *
vectors_create(const RowBinding *binding)
{
	Vectors    *vectors = palloc0(sizeof(Vectors));

	vectors->source.load = load;
	vectors->source.field = field;
	vectors->binding = binding;
	vectors->row = row_source_create(binding);
	vectors->lists = vector_lists_create(binding);
	vectors->ncolumns = binding->shape ? binding->shape->desc->natts : 0;
	vectors->datums = palloc_array(NullableDatum, vectors->ncolumns + 1);
	return vectors;
}

BatchSource *
vectors_rows(Vectors *vectors, const VectorColumn *columns)
{
	vectors->columns = columns;
	vector_lists_forget(vectors->lists);
	return &vectors->source;
}
