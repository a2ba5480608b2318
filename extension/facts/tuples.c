/*
 * tuples.c
 *		Takes tuples apart, column by column.
 *
 * An attribute begins where the one before it ends, which differs from tuple to tuple: by what is NULL,
 * and by how long values are.  So 64 tuples are taken apart side by side: for each there is the place
 * where it goes on.  While no tuple has a NULL, and the attributes are of one length, this
 * place is only one offset for all of them.
 */
#include "postgres.h"

#include "compat.h"
#include "access/htup_details.h"
#include "access/tupmacs.h"
#include "catalog/pg_attribute.h"
#include "port/pg_bitutils.h"

#include "engine/batch_vectors.h"
#include "engine/numeric_parts.h"
#include "tuples.h"

/* What is done with an attribute. */
typedef struct TupleStep
{
	int16		length;			/* as attlen */
	uint8		align;			/* in bytes */
	bool		by_value;
	DatumColumn *column;		/* where values go; NULL: nowhere */
	NullableDatum missing;		/* the value in tuples from before it was
								 * added */
} TupleStep;

struct TupleSteps
{
	int			nsteps;
	TupleStep  *steps;
};

/* 64 tuples, or fewer. */
typedef struct Tuples
{
	const HeapTupleHeader *tuples;
	int			n;
	int			fewest;			/* attributes, of any of them */
	bool		nulls;			/* whether any has one */
	int			offset;			/* to add to at */
	int			align;			/* of at, in bytes */
	const char *at[GROUP_ROWS]; /* where the next attribute may begin */
	uint64		null[GROUP_ROWS];	/* of 64 attributes: tuples, where it is
									 * NULL */
} Tuples;

#define EACH_TUPLE(i, set) \
	for (uint64 rest_of_tuples = (set); \
		 rest_of_tuples != 0 && ((i) = pg_rightmost_one_pos64(rest_of_tuples), true); \
		 rest_of_tuples &= rest_of_tuples - 1)

/* ---------------- NULLs ---------------- */

/* Bit i of word j becomes bit j of word i. */
static void
transpose(uint64 *words)
{
	uint64		mask = UINT64CONST(0x00000000FFFFFFFF);
	int			width;
	int			i;

	for (width = 32; width != 0; width >>= 1, mask ^= mask << width)
		for (i = 0; i < 64; i = ((i | width) + 1) & ~width)
		{
			uint64		swapped = ((words[i] >> width) ^ words[i | width]) & mask;

			words[i] ^= swapped << width;
			words[i | width] ^= swapped;
		}
}

/* Which of 64 attributes, from 64 * block on, are NULL in a tuple; others may be set behind its last one. */
static inline uint64
nulls_of(HeapTupleHeader tuple, int block)
{
	int			left = tuple->t_hoff - SizeofHeapTupleHeader - block * 8;
	uint64		there = 0;

	if ((tuple->t_infomask & HEAP_HASNULL) == 0 || left <= 0)
		return 0;
#ifndef WORDS_BIGENDIAN
	if (left >= 8)
	{
		memcpy(&there, tuple->t_bits + block * 8, 8);
		return ~there;
	}
#endif
	for (int i = 0; i < Min(left, 8); i++)
		there |= (uint64) tuple->t_bits[block * 8 + i] << (8 * i);
	return ~there;
}

static void
find_nulls(Tuples *group, int block)
{
	int			i;

	if (!group->nulls)
		return;
	for (i = 0; i < group->n; i++)
		group->null[i] = nulls_of(group->tuples[i], block);
	for (; i < GROUP_ROWS; i++)
		group->null[i] = 0;
	transpose(group->null);
}

/* The tuples that were stored before an attribute was added. */
static uint64
find_short(const Tuples *group, int attribute)
{
	uint64		found = 0;
	int			i;

	for (i = 0; i < group->n; i++)
		found |= (uint64) (HeapTupleHeaderGetNatts(group->tuples[i]) < attribute) << i;
	return found;
}

/* ---------------- attributes ---------------- */

static void
go_on(Tuples *group)
{
	int			n = group->n;
	int			offset = group->offset;
	int			i;

	if (offset == 0)
		return;
	for (i = 0; i < n; i++)
		group->at[i] += offset;
	group->offset = 0;
	group->align = 1;
}

static inline Datum
fetch(const char *at, int length)
{
	switch (length)
	{
		case 1:
			return CharGetDatum(*at);
		case 2:
			return Int16GetDatum(*(const int16 *) at);
		case 4:
			return Int32GetDatum(*(const int32 *) at);
		default:
#if SIZEOF_DATUM == 8
			return *(const Datum *) at;
#else
			return fetch_att(at, true, length);
#endif
	}
}

/* Where the values of a group go. */
static inline DatumColumn
column_of(const TupleStep *step, int g)
{
	DatumColumn column = *step->column;
	int			first = g * GROUP_ROWS;

	switch (column.form)
	{
		case COLUMN_DATUMS:
			column.values += first;
			break;
		case COLUMN_TRUTHS:
			column.yes += g;
			break;
		case COLUMN_INTEGERS:
			column.integers += first;
			break;
		case COLUMN_DAYS:
			column.days += first;
			break;
	}
	return column;
}

static pg_attribute_always_inline void
put_value(const DatumColumn *column, ColumnForm form, int length, int i, const char *at)
{
	switch (form)
	{
		case COLUMN_TRUTHS:
			*column->yes |= (uint64) (*at & 1) << i;
			break;
		case COLUMN_INTEGERS:
			column->integers[i] = length == 2 ? *(const int16 *) at : *(const int32 *) at;
			break;
		case COLUMN_DAYS:
			column->days[i] = *(const DateADT *) at;
			break;
		case COLUMN_DATUMS:
			column->values[i] = column->by_value ? fetch(at, length) : PointerGetDatum(at);
			break;
	}
}

/* The truths that all tuples have in one place. */
static uint64
fetch_truths(const char *const *at, int n, int offset)
{
	uint64		yes = 0;
	int			i;

	for (i = 0; i + 8 <= n; i += 8)
	{
		unsigned	eight = 0;

#ifdef __GNUC__
#pragma GCC unroll 8
#endif
		for (int j = 0; j < 8; j++)
			eight |= (unsigned) (at[i + j][offset] & 1) << j;
		yes |= (uint64) eight << i;
	}
	for (; i < n; i++)
		yes |= (uint64) (at[i][offset] & 1) << i;
	return yes;
}

/*
 * The values of an attribute of one length: in all tuples, which then have it where the group says, or only in those
 * that have it.
 */
static pg_attribute_always_inline void
fetch_values(Tuples *group, const DatumColumn *column, ColumnForm form, int length, int align, uint64 there, bool all)
{
	int			n = group->n;
	int			offset = group->offset;
	int			i;

	if (form == COLUMN_TRUTHS)
		*column->yes = all ? fetch_truths(group->at, n, offset) : 0;
	if (form == COLUMN_TRUTHS && all)
		return;
	if (all)
		for (i = 0; i < n; i++)
			put_value(column, form, length, i, group->at[i] + offset);
	else
		EACH_TUPLE(i, there)
	{
		const char *at = (const char *) TYPEALIGN(align, group->at[i]);

		put_value(column, form, length, i, at);
		group->at[i] = at + length;
	}
}

static pg_attribute_always_inline void
fetch_form(Tuples *group, const TupleStep *step, int g, uint64 there, bool all)
{
	DatumColumn column = column_of(step, g);

	switch (column.form)
	{
		case COLUMN_TRUTHS:
			fetch_values(group, &column, COLUMN_TRUTHS, 1, 1, there, all);
			break;
		case COLUMN_INTEGERS:
			if (step->length == 2)
				fetch_values(group, &column, COLUMN_INTEGERS, 2, ALIGNOF_SHORT, there, all);
			else
				fetch_values(group, &column, COLUMN_INTEGERS, 4, ALIGNOF_INT, there, all);
			break;
		case COLUMN_DAYS:
			fetch_values(group, &column, COLUMN_DAYS, 4, ALIGNOF_INT, there, all);
			break;
		case COLUMN_DATUMS:
			fetch_values(group, &column, COLUMN_DATUMS, step->length, step->align, there, all);
			break;
	}
}

/* An attribute of one length that no tuple has as NULL. */
static void
take_fixed(Tuples *group, const TupleStep *step, int g)
{
	int			n = group->n;
	int			offset = group->offset;
	int			align = step->align;
	int			i;

	if (align > group->align)
	{
		for (i = 0; i < n; i++)
			group->at[i] = (const char *) TYPEALIGN(align, group->at[i] + offset);
		group->offset = 0;
		group->align = align;
	}
	else
		group->offset = TYPEALIGN(step->align, group->offset);
	if (step->column)
		fetch_form(group, step, g, 0, true);
	group->offset += step->length;
}

/* The same of the tuples that have it. */
static void
take_some_fixed(Tuples *group, const TupleStep *step, uint64 there, int g)
{
	int			i;

	go_on(group);
	group->align = 1;
	if (step->column)
		fetch_form(group, step, g, there, false);
	else
		EACH_TUPLE(i, there)
			group->at[i] = (const char *) TYPEALIGN(step->align, group->at[i]) + step->length;
}

static pg_noinline const char *
take_long(const char *at, int length, int align, const char **next)
{
	if (length == -2)
	{
		*next = at + strlen(at) + 1;
		return at;
	}
	if (!VARATT_NOT_PAD_BYTE(at))
		at = (const char *) TYPEALIGN(align, at);
	*next = at + VARSIZE_ANY(at);
	return at;
}

/* A value whose length it says itself: where it begins, and the next one. */
static inline const char *
take_varied(const char *at, int length, int align, const char **next)
{
	if (likely(length == -1 && VARATT_IS_1B(at) && !VARATT_IS_1B_E(at)))
	{
		*next = at + VARSIZE_1B(at);
		return at;
	}
	return take_long(at, length, align, next);
}

/* An attribute of the tuples that have it. */
static void
take_some_varied(Tuples *group, const TupleStep *step, uint64 there, Datum *values)
{
	int			i;

	go_on(group);
	EACH_TUPLE(i, there)
	{
		const char *value = take_varied(group->at[i], step->length, step->align, &group->at[i]);

		if (values)
			values[i] = PointerGetDatum(value);
	}
}

static void
take_all_varied(Tuples *group, const TupleStep *step, Datum *values)
{
	int			length = step->length;
	int			align = step->align;
	int			n = group->n;
	int			offset = group->offset;
	int			i;

	if (values)
		for (i = 0; i < n; i++)
			values[i] = PointerGetDatum(take_varied(group->at[i] + offset, length, align, &group->at[i]));
	else
		for (i = 0; i < n; i++)
			take_varied(group->at[i] + offset, length, align, &group->at[i]);
	group->offset = 0;
}

/* Declared texts, as far as they are in place. */
static void
take_codes(Tuples *group, const TupleStep *step, uint64 there, int g)
{
	Datum	   *values = step->column->values + g * GROUP_ROWS;
	ColumnCodes *codes = step->column->codes;
	uint8	   *code = codes->code + g * GROUP_ROWS;
	const Texts texts = *codes->texts;
	uint64		coded = there;
	int			i;

	go_on(group);
	EACH_TUPLE(i, there)
	{
		const char *at = group->at[i];

		if (likely(VARATT_IS_1B(at) && !VARATT_IS_1B_E(at)))
		{
			values[i] = PointerGetDatum(at);
			group->at[i] = at + VARSIZE_1B(at);
			code[i] = column_code(&texts, VARDATA_1B(at), VARSIZE_1B(at) - VARHDRSZ_SHORT);
		}
		else
		{
			values[i] = PointerGetDatum(take_varied(at, -1, step->align, &group->at[i]));
			coded &= ~(UINT64CONST(1) << i);
		}
	}
	codes->coded[g] = coded;
}

/* Reads a numeric and goes on behind it.  What is not read divides by zero: it is odd. */
static inline void
fetch_numeric(const char **place, const char *at, int align, Datum *value, uint64 *digits, double *under)
{
	if (likely(numeric_may_be_plain(at)))
	{
		*value = PointerGetDatum(at);
		*place = at + VARSIZE_SHORT(at);
		numeric_read_plain(at, digits, under);
		return;
	}
	*value = PointerGetDatum(take_varied(at, -1, align, place));
	*digits = 0;
	*under = 0;
}

/*
 * Numerics.  The commonest are read at once, because where they end is at hand: of these there are the nearest doubles
 * too.
 */
static void
fetch_numerics(Tuples *group, const TupleStep *step, uint64 there, bool all, int g)
{
	Datum	   *values = step->column->values + g * GROUP_ROWS;
	const char **at = group->at;
	int			n = group->n;
	int			offset = group->offset;
	int			align = step->align;
	uint64		digits[GROUP_ROWS];
	double		under[GROUP_ROWS];
	int			i;

	if (all)
		for (i = 0; i < n; i++)
			fetch_numeric(&at[i], at[i] + offset, align, &values[i], &digits[i], &under[i]);
	else
	{
		go_on(group);
		EACH_TUPLE(i, there)
			fetch_numeric(&at[i], at[i], align, &values[i], &digits[i], &under[i]);
	}
	EACH_TUPLE(i, ~there)
	{
		digits[i] = 0;
		under[i] = 1;
	}
	if (!batch_loops()->decimals(digits, under, step->column->numbers + g * GROUP_ROWS))
		EACH_TUPLE(i, there)
			if (!numeric_is_plain(digits[i], under[i]))
			there &= ~(UINT64CONST(1) << i);
	step->column->numbered[g] = there;
	group->offset = 0;
}

static void
take_numerics(Tuples *group, const TupleStep *step, uint64 there, bool all, int g)
{
	if (there == 0)
		step->column->numbered[g] = 0;
	else
		fetch_numerics(group, step, there, all, g);
}

static void
put_missing(const TupleStep *step, uint64 tuples, int g)
{
	int			i;

	if (step->column == NULL || step->missing.isnull)
		return;
	EACH_TUPLE(i, tuples)
		column_set(step->column, g * GROUP_ROWS + i, step->missing.value);
	step->column->nulls[g] &= ~tuples;
}

static void
take_varied_values(Tuples *group, const TupleStep *step, uint64 there, bool all, int g)
{
	DatumColumn *column = step->column;
	Datum	   *values = column ? column->values + g * GROUP_ROWS : NULL;
	bool		read = column && column->use->before;

	if (read && column->numbers)
		take_numerics(group, step, there, all, g);
	else if (read && column->codes && column->codes->texts)
		take_codes(group, step, there, g);
	else
	{
		if (column && column->numbers)
			column->numbered[g] = 0;
		if (column && column->codes)
			column->codes->coded[g] = 0;
		if (all)
			take_all_varied(group, step, values);
		else
			take_some_varied(group, step, there, values);
	}
	group->align = 1;
}

static void
take_group(const TupleSteps *steps, Tuples *group, int g)
{
	uint64		all = PG_UINT64_MAX >> (64 - group->n);
	int			i;

	for (i = 0; i < group->n; i++)
	{
		HeapTupleHeader tuple = group->tuples[i];

		group->at[i] = (const char *) tuple + tuple->t_hoff;
		group->nulls |= (tuple->t_infomask & HEAP_HASNULL) != 0;
		group->fewest = Min(group->fewest, HeapTupleHeaderGetNatts(tuple));
	}
	for (i = 0; i < steps->nsteps; i++)
	{
		const TupleStep *step = &steps->steps[i];
		uint64		short_ones = 0;
		uint64		null;

		if (i % 64 == 0)
			find_nulls(group, i / 64);
		null = group->nulls ? group->null[i % 64] & all : 0;
		if (unlikely(i >= group->fewest))
			null |= short_ones = find_short(group, i + 1);
		if (step->column)
			step->column->nulls[g] = null;
		if (step->length < 0)
			take_varied_values(group, step, all & ~null, null == 0, g);
		else if (null == 0)
			take_fixed(group, step, g);
		else if (null != all)
			take_some_fixed(group, step, all & ~null, g);
		if (unlikely(short_ones))
			put_missing(step, short_ones, g);
	}
}

/* ---------------- what others call ---------------- */

TupleSteps *
tuples_create(TupleDesc desc, int last)
{
	TupleSteps *steps = palloc0(sizeof(TupleSteps));
	int			i;

	steps->nsteps = last;
	steps->steps = palloc0_array(TupleStep, last + 1);
	for (i = 0; i < last; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);
		TupleStep  *step = &steps->steps[i];

		step->length = att->attlen;
		step->by_value = att->attbyval;
		step->align = att->attalign == TYPALIGN_CHAR ? 1 : att->attalign == TYPALIGN_SHORT ? ALIGNOF_SHORT
			: att->attalign == TYPALIGN_INT ? ALIGNOF_INT : ALIGNOF_DOUBLE;
		step->missing.value = getmissingattr(desc, i + 1, &step->missing.isnull);
	}
	return steps;
}

void
tuples_put_into(TupleSteps *steps, int attribute, DatumColumn *column)
{
	steps->steps[attribute - 1].column = column;
	if (column->codes)
		column->codes->of_tuples = true;
}

void
tuples_begin(const TupleSteps *steps)
{
	int			i;

	for (i = 0; i < steps->nsteps; i++)
	{
		DatumColumn *column = steps->steps[i].column;

		if (column == NULL)
			continue;
		column->use->before = column->use->now;
		column->use->now = false;
	}
}

void
tuples_take(const TupleSteps *steps, const HeapTupleHeader *tuples, int g, int n)
{
	Tuples		group;

	group.tuples = tuples + g * GROUP_ROWS;
	group.n = n;
	group.fewest = MaxTupleAttributeNumber;
	group.nulls = false;
	group.offset = 0;
	group.align = MAXIMUM_ALIGNOF;
	take_group(steps, &group, g);
}
