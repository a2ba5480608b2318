/*
 * verdict_order.c
 *		Equality, order and hash of verdicts, by the bytes of their text.
 */
#include "postgres.h"

#include "compat.h"
#include "common/hashfn.h"
#include "fmgr.h"

#include "verdict.h"

ZJTX_FUNCTION(zjtx_verdict_eq);
ZJTX_FUNCTION(zjtx_verdict_ne);
ZJTX_FUNCTION(zjtx_verdict_lt);
ZJTX_FUNCTION(zjtx_verdict_le);
ZJTX_FUNCTION(zjtx_verdict_gt);
ZJTX_FUNCTION(zjtx_verdict_ge);
ZJTX_FUNCTION(zjtx_verdict_cmp);
ZJTX_FUNCTION(zjtx_verdict_hash);
ZJTX_FUNCTION(zjtx_verdict_hash_extended);

static StringInfoData
text_of(const Verdict *verdict)
{
	StringInfoData buf;

	initStringInfo(&buf);
	verdict_put(&buf, verdict);
	return buf;
}

/*
 * Frees detoasted copies and texts, because an index may compare many values in one memory
 * context.
 */
static int
compare(FunctionCallInfo fcinfo)
{
	Verdict    *a = (Verdict *) PG_GETARG_VARLENA_P(0);
	Verdict    *b = (Verdict *) PG_GETARG_VARLENA_P(1);
	int			result = 0;

	/* equal bytes have equal texts, but different bytes may also */
	if (VARSIZE(a) != VARSIZE(b) || memcmp(a, b, VARSIZE(a)) != 0)
	{
		StringInfoData left = text_of(a);
		StringInfoData right = text_of(b);

		result = memcmp(left.data, right.data, Min(left.len, right.len));
		if (result == 0)
			result = left.len - right.len;
		pfree(left.data);
		pfree(right.data);
	}
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return result < 0 ? -1 : result > 0;
}

/* zjtx.verdict, zjtx.verdict → boolean */
Datum
zjtx_verdict_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) == 0);
}

Datum
zjtx_verdict_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) != 0);
}

Datum
zjtx_verdict_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) < 0);
}

Datum
zjtx_verdict_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) <= 0);
}

Datum
zjtx_verdict_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) > 0);
}

Datum
zjtx_verdict_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) >= 0);
}

/* zjtx.verdict, zjtx.verdict → int: -1, 0 or 1 */
Datum
zjtx_verdict_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare(fcinfo));
}

/* zjtx.verdict → int */
Datum
zjtx_verdict_hash(PG_FUNCTION_ARGS)
{
	Verdict    *verdict = (Verdict *) PG_GETARG_VARLENA_P(0);
	StringInfoData text = text_of(verdict);
	uint32		hash = hash_bytes((const unsigned char *) text.data, text.len);

	pfree(text.data);
	PG_FREE_IF_COPY(verdict, 0);
	PG_RETURN_UINT32(hash);
}

/* zjtx.verdict, bigint → bigint */
Datum
zjtx_verdict_hash_extended(PG_FUNCTION_ARGS)
{
	Verdict    *verdict = (Verdict *) PG_GETARG_VARLENA_P(0);
	StringInfoData text = text_of(verdict);
	uint64		hash = hash_bytes_extended((const unsigned char *) text.data, text.len,
										   (uint64) PG_GETARG_INT64(1));

	pfree(text.data);
	PG_FREE_IF_COPY(verdict, 0);
	PG_RETURN_UINT64(hash);
}
