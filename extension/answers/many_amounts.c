/*
 * many_amounts.c
 *		Sums and extremes of the amounts of many rows.
 */
#include "postgres.h"

#include "port/pg_bitutils.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "many_amounts.h"

/* A batch's amounts are below 2^50 in magnitude, so that those of a batch fit into 64 bits when added up. */
StaticAssertDecl(MANY_ROWS <= 1 << 12, "sums of a batch must fit into 64 bits");

static Numeric
copy_numeric(MemoryContext context, Numeric numeric)
{
	MemoryContext old = MemoryContextSwitchTo(context);
	Numeric		copy = DatumGetNumericCopy(NumericGetDatum(numeric));

	MemoryContextSwitchTo(old);
	return copy;
}

/* Replaces an extreme if another numeric is beyond it. */
static void
extend(MemoryContext context, Numeric *extreme, Numeric numeric, bool greatest)
{
	int			order;

	if (*extreme)
	{
		order = DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(numeric), NumericGetDatum(*extreme)));
		if (greatest ? order <= 0 : order >= 0)
			return;
		pfree(*extreme);
	}
	*extreme = copy_numeric(context, numeric);
}

void
amounts_add_one(MemoryContext context, AmountTotal *total, Numeric numeric)
{
	total->sum.count++;
	sum_add_large(context, &total->sum, numeric);
	extend(context, &total->numeric_least, numeric, false);
	extend(context, &total->numeric_most, numeric, true);
}

static void
add_hundredths(AmountTotal *total, const int64 *amounts, uint64 rows)
{
	int64		least = total->any ? total->least : PG_INT64_MAX;
	int64		most = total->any ? total->most : PG_INT64_MIN;
	int64		sum = 0;

	total->any = true;
	total->sum.count += pg_popcount64(rows);
	for (; rows != 0; rows &= rows - 1)
	{
		int64		amount = amounts[pg_rightmost_one_pos64(rows)];

		sum += amount;
		least = Min(least, amount);
		most = Max(most, amount);
	}
	total->sum.hundredths += sum;
	total->least = least;
	total->most = most;
}

void
amounts_add(MemoryContext context, AmountTotal *total, const Many *many, int ngroups, const uint64 *rows)
{
	int			g;

	for (g = 0; g < ngroups; g++)
	{
		uint64		known = rows[g] & ~many->null[g];
		uint64		rest = known & many->own[g];

		if (known & ~rest)
			add_hundredths(total, many->money->low + g * GROUP_ROWS, known & ~rest);
		for (; rest != 0; rest &= rest - 1)
			amounts_add_one(context, total, DatumGetNumeric(many->values[g * GROUP_ROWS + pg_rightmost_one_pos64(rest)]));
	}
}

void
amounts_merge(MemoryContext context, AmountTotal *total, const AmountTotal *other)
{
	sum_merge(context, &total->sum, &other->sum);
	if (other->any)
	{
		total->least = total->any ? Min(total->least, other->least) : other->least;
		total->most = total->any ? Max(total->most, other->most) : other->most;
		total->any = true;
	}
	if (other->numeric_least)
		extend(context, &total->numeric_least, other->numeric_least, false);
	if (other->numeric_most)
		extend(context, &total->numeric_most, other->numeric_most, true);
}

Datum
amounts_sum(const AmountTotal *total)
{
	return sum_numeric(&total->sum);
}

Datum
amounts_extreme(const AmountTotal *total, bool greatest)
{
	Numeric		numeric = greatest ? total->numeric_most : total->numeric_least;
	Numeric		small;

	if (!total->any)
		return NumericGetDatum(numeric);
	small = int64_div_fast_to_numeric(greatest ? total->most : total->least, 2);
	if (numeric == NULL)
		return NumericGetDatum(small);
	return DirectFunctionCall2(greatest ? numeric_larger : numeric_smaller, NumericGetDatum(small),
							   NumericGetDatum(numeric));
}
