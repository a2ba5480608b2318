/*
 * sum.c
 *		Sums of amounts in the states of aggregates.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

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
sum_merge(MemoryContext context, Sum *sum, const Sum *other)
{
	sum->count += other->count;
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

void
sum_send_text(StringInfo buf, const char *text)
{
	pq_sendint32(buf, text ? (int) strlen(text) : -1);
	if (text)
		pq_sendbytes(buf, text, strlen(text));
}

const char *
sum_receive_text(StringInfo buf)
{
	int			length = (int32) pq_getmsgint(buf, 4);

	return length < 0 ? NULL : pnstrdup(pq_getmsgbytes(buf, length), length);
}

void
sum_send(StringInfo buf, const Sum *sum)
{
	pq_sendint64(buf, sum->count);
	pq_sendint64(buf, (int64) (sum->hundredths >> 64));
	pq_sendint64(buf, (int64) sum->hundredths);
	sum_send_text(buf, sum->large == NULL ? NULL :
				  DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(sum->large))));
}

Sum
sum_receive(StringInfo buf)
{
	Sum			sum;
	const char *large;

	sum.count = pq_getmsgint64(buf);
	sum.hundredths = (int128) pq_getmsgint64(buf) << 64;
	sum.hundredths |= (uint64) pq_getmsgint64(buf);
	large = sum_receive_text(buf);
	sum.large = large == NULL ? NULL :
		DatumGetNumeric(DirectFunctionCall3(numeric_in, CStringGetDatum(large),
											ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
	return sum;
}
