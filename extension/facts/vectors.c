/*
 * vectors.c
 *		Reads facts from many rows at a time, for the float kernel of batches.
 */
#include "postgres.h"

#include <math.h>

#include "port/pg_bitutils.h"

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

/* ---------------- columns ---------------- */

/*
 * These read the rows in `rows`, none of which is NULL, of group g.  What they cannot read at once, they
 * return.
 */
typedef uint64 (*ReadGroup) (const Datum *values, int g, uint64 rows, BatchColumn *out);

static uint64
read_bool(const Datum *values, int g, uint64 rows, BatchColumn *out)
{
	uint64		yes = 0;
	int			i;

	for (i = 0; i < GROUP_ROWS; i++)
		yes |= (uint64) DatumGetBool(values[g * GROUP_ROWS + i]) << i;
	out->yes[g] = yes & rows;
	out->known[g] |= rows;
	return 0;
}

static uint64
read_int2(const Datum *values, int g, uint64 rows, BatchColumn *out)
{
	double	   *pg_restrict number = out->number + g * GROUP_ROWS;
	int			i;

	values += g * GROUP_ROWS;
	for (i = 0; i < GROUP_ROWS; i++)
		number[i] = DatumGetInt16(values[i]);
	out->known[g] |= rows;
	return 0;
}

static uint64
read_int4(const Datum *values, int g, uint64 rows, BatchColumn *out)
{
	double	   *pg_restrict number = out->number + g * GROUP_ROWS;
	int			i;

	values += g * GROUP_ROWS;
	for (i = 0; i < GROUP_ROWS; i++)
		number[i] = DatumGetInt32(values[i]);
	out->known[g] |= rows;
	return 0;
}

static uint64
read_date(const Datum *values, int g, uint64 rows, BatchColumn *out)
{
	DateADT    *pg_restrict day = out->day + g * GROUP_ROWS;
	int			i;

	values += g * GROUP_ROWS;
	for (i = 0; i < GROUP_ROWS; i++)
		day[i] = DatumGetDateADT(values[i]);
	out->known[g] |= rows;
	return 0;
}

/* Numbers of up to 15 digits, as most amounts are.  Their digits are put together all at once. */
static uint64
read_numeric(const Datum *values, int g, uint64 rows, BatchColumn *out)
{
	uint64		digits[GROUP_ROWS];
	double		under[GROUP_ROWS];
	uint64		others = 0;
	int			i;

	values += g * GROUP_ROWS;
	if (rows == PG_UINT64_MAX)
		for (i = 0; i < GROUP_ROWS; i++)
			others |= (uint64) !numeric_read_plain(DatumGetPointer(values[i]), &digits[i], &under[i]) << i;
	else
	{
		for (i = 0; i < GROUP_ROWS; i++)
		{
			digits[i] = 0;
			under[i] = 1;
		}
		EACH_ROW(i, rows, 0)
			others |= (uint64) !numeric_read_plain(DatumGetPointer(values[i]), &digits[i], &under[i]) << i;
	}
	EACH_ROW(i, others, 0)
	{
		digits[i] = 0;
		under[i] = 1;
	}
	batch_loops()->decimals(digits, under, out->number + g * GROUP_ROWS);
	out->known[g] |= rows & ~others;
	return others;
}

/* Declared texts. */
static uint64
read_code(const Datum *values, int g, uint64 rows, BatchColumn *out)
{
	const Texts texts = *out->fact->texts;
	uint8		codes[GROUP_ROWS] = {0};
	uint64		others = 0;
	int			i;

	values += g * GROUP_ROWS;
	EACH_ROW(i, rows, 0)
	{
		const char *datum = DatumGetPointer(values[i]);
		int			code;

		if (likely(VARATT_IS_SHORT(datum) && !VARATT_IS_EXTERNAL(datum)))
			code = texts_find_in_place(&texts, VARDATA_SHORT(datum), VARSIZE_SHORT(datum) - VARHDRSZ_SHORT);
		else if (!VARATT_IS_EXTENDED(datum))
			code = texts_find_in_place(&texts, VARDATA(datum), VARSIZE(datum) - VARHDRSZ);
		else
		{
			others |= UINT64CONST(1) << i;
			continue;
		}
		codes[i] = code < 0 ? NO_CODE : code;
	}
	memcpy(out->code + g * GROUP_ROWS, codes, sizeof(codes));
	out->known[g] |= rows & ~others;
	return others;
}

static uint64
read_text(const Datum *values, int g, uint64 rows, BatchColumn *out)
{
	uint64		others = 0;
	int			i;

	if (out->code)
		return read_code(values, g, rows, out);
	EACH_ROW(i, rows, g)
	{
		const char *datum = DatumGetPointer(values[i]);

		if (!datum_is_in_place(datum))
		{
			others |= UINT64CONST(1) << (i % GROUP_ROWS);
			continue;
		}
		out->text[i] = VARDATA_ANY(datum);
		out->length[i] = VARSIZE_ANY_EXHDR(datum);
	}
	out->known[g] |= rows & ~others;
	return others;
}

static ReadGroup
read_group_of(const ColumnBinding *binding)
{
	switch (binding->conversion)
	{
		case FROM_BOOL:
			return read_bool;
		case FROM_INT2:
			return read_int2;
		case FROM_INT4:
			return read_int4;
		case FROM_NUMERIC:
			return read_numeric;
		case FROM_DATE:
			return read_date;
		case FROM_TEXT:
			return read_text;
		default:
			return NULL;
	}
}

void
vectors_read_column(const VectorColumn *column, const LaneColumn *lane_column, BatchColumn *out)
{
	ReadGroup	read = read_group_of(lane_column->binding);
	Lane		lane = {0};
	int			g;
	int			i;

	for (g = 0; g < out->ngroups; g++)
	{
		uint64		rows = out->wanted[g] & ~column->nulls[g];

		out->null[g] = out->wanted[g] & column->nulls[g];
		if (read && rows != 0)
			rows = read(column->values, g, rows, out);
		EACH_ROW(i, rows, g)
		{
			lane_column->set(lane_column, column->values[i], &lane);
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
