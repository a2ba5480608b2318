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

#include "tuples.h"

/* What is done with an attribute. */
typedef struct TupleStep
{
	int16		length;			/* as attlen */
	uint8		align;			/* in bytes */
	bool		by_value;
	VectorColumn *column;		/* where values go; NULL: nowhere */
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

static inline void
fetch_all(const Tuples *group, Datum *values, int length)
{
	int			n = group->n;
	int			offset = group->offset;
	int			i;

	for (i = 0; i < n; i++)
		values[i] = fetch(group->at[i] + offset, length);
}

static void
fetch_each(const Tuples *group, const TupleStep *step, Datum *values)
{
	int			i;

	if (!step->by_value)
	{
		for (i = 0; i < group->n; i++)
			values[i] = PointerGetDatum(group->at[i] + group->offset);
		return;
	}
	switch (step->length)
	{
		case 1:
			fetch_all(group, values, 1);
			break;
		case 2:
			fetch_all(group, values, 2);
			break;
		case 4:
			fetch_all(group, values, 4);
			break;
		default:
			fetch_all(group, values, step->length);
			break;
	}
}

/* An attribute of one length that no tuple has as NULL. */
static void
take_fixed(Tuples *group, const TupleStep *step, Datum *values)
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
	if (values)
		fetch_each(group, step, values);
	group->offset += step->length;
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
take_varied(const char *at, const TupleStep *step, const char **next)
{
	if (likely(step->length == -1 && VARATT_IS_1B(at) && !VARATT_IS_1B_E(at)))
	{
		*next = at + VARSIZE_1B(at);
		return at;
	}
	return take_long(at, step->length, step->align, next);
}

static void
take_all_varied(Tuples *group, const TupleStep *step, Datum *values)
{
	const TupleStep copy = *step;
	int			n = group->n;
	int			offset = group->offset;
	int			i;

	if (values)
		for (i = 0; i < n; i++)
			values[i] = PointerGetDatum(take_varied(group->at[i] + offset, &copy, &group->at[i]));
	else
		for (i = 0; i < n; i++)
			take_varied(group->at[i] + offset, &copy, &group->at[i]);
	group->offset = 0;
	group->align = 1;
}

/* An attribute of the tuples that have it. */
static void
take_some(Tuples *group, const TupleStep *step, uint64 there, Datum *values)
{
	int			i;

	go_on(group);
	group->align = 1;
	if (step->length < 0)
	{
		EACH_TUPLE(i, there)
		{
			const char *value = take_varied(group->at[i], step, &group->at[i]);

			if (values)
				values[i] = PointerGetDatum(value);
		}
		return;
	}
	EACH_TUPLE(i, there)
	{
		const char *at = (const char *) TYPEALIGN(step->align, group->at[i]);

		if (values)
			values[i] = step->by_value ? fetch(at, step->length) : PointerGetDatum(at);
		group->at[i] = at + step->length;
	}
}

static void
put_missing(const TupleStep *step, uint64 tuples, int g)
{
	int			i;

	if (step->column == NULL || step->missing.isnull)
		return;
	EACH_TUPLE(i, tuples)
		step->column->values[g * GROUP_ROWS + i] = step->missing.value;
	step->column->nulls[g] &= ~tuples;
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
		Datum	   *values = step->column ? step->column->values + g * GROUP_ROWS : NULL;
		uint64		short_ones = 0;
		uint64		null;

		if (i % 64 == 0)
			find_nulls(group, i / 64);
		null = group->nulls ? group->null[i % 64] & all : 0;
		if (unlikely(i >= group->fewest))
			null |= short_ones = find_short(group, i + 1);
		if (step->column)
			step->column->nulls[g] = null;
		if (null == 0 && step->length > 0)
			take_fixed(group, step, values);
		else if (null == 0)
			take_all_varied(group, step, values);
		else if (null != all)
			take_some(group, step, all & ~null, values);
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
tuples_put_into(TupleSteps *steps, int attribute, VectorColumn *column)
{
	steps->steps[attribute - 1].column = column;
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
