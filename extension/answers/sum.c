/*
 * sum.c
 *		Sums of amounts in the states of aggregates.
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "messages.h"
#include "sum.h"

void
sum_add_large(MemoryContext context, Sum *sum, Numeric numeric)
{
	MemoryContext old = MemoryContextSwitchTo(context);
	Numeric		before = sum->large;

	sum->large = before ?
		DatumGetNumeric(DirectFunctionCall2(numeric_add, NumericGetDatum(before), NumericGetDatum(numeric))) :
		DatumGetNumericCopy(NumericGetDatum(numeric));
	if (before)
		pfree(before);
	MemoryContextSwitchTo(old);
}

void
sum_count(int64 *count, int64 added)
{
	if (pg_add_s64_overflow(*count, added, count))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("bigint out of range")));
}

void
sum_merge(MemoryContext context, Sum *sum, const Sum *other)
{
	sum_count(&sum->count, other->count);
	sum->hundredths += other->hundredths;
	if (other->large)
		sum_add_large(context, sum, other->large);
}

Datum
sum_numeric(const Sum *sum)
{
	Number		number = {sum->hundredths, 100, NULL, NULL};
	Datum		small = NumericGetDatum(number_to_numeric(&number, 2));

	return sum->large ? DirectFunctionCall2(numeric_add, small, NumericGetDatum(sum->large)) : small;
}
