/*
 * placement.c
 *		The order of zjtx.placement, for its aggregates max and min.
 */
#include "postgres.h"

#include "compat.h"
#include "executor/executor.h"
#include "utils/builtins.h"

ZJTX_FUNCTION(zjtx_placement_larger);
ZJTX_FUNCTION(zjtx_placement_smaller);

/* By bytes, like everything that must not depend on a collation. */
static int
compare_texts(Datum a, bool a_null, Datum b, bool b_null)
{
	if (a_null || b_null)
		return b_null - a_null;
	return strcmp(TextDatumGetCString(a), TextDatumGetCString(b));
}

/* Compares level, code and label; a NULL is below everything. */
static int
compare(HeapTupleHeader a, HeapTupleHeader b)
{
	int			order = 0;
	int			i;

	for (i = 1; i <= 3 && order == 0; i++)
	{
		bool		a_null;
		bool		b_null;
		Datum		left = GetAttributeByNum(a, i, &a_null);
		Datum		right = GetAttributeByNum(b, i, &b_null);

		if (i > 1)
			order = compare_texts(left, a_null, right, b_null);
		else if (a_null || b_null)
			order = b_null - a_null;
		else
			order = (DatumGetInt32(left) > DatumGetInt32(right)) - (DatumGetInt32(left) < DatumGetInt32(right));
	}
	return order;
}

static bool
has_level(HeapTupleHeader placement)
{
	bool		null;

	(void) GetAttributeByNum(placement, 1, &null);
	return !null;
}

/* zjtx.placement, zjtx.placement → the one of the higher level */
Datum
zjtx_placement_larger(PG_FUNCTION_ARGS)
{
	HeapTupleHeader a = PG_GETARG_HEAPTUPLEHEADER(0);
	HeapTupleHeader b = PG_GETARG_HEAPTUPLEHEADER(1);

	PG_RETURN_DATUM(compare(a, b) >= 0 ? PG_GETARG_DATUM(0) : PG_GETARG_DATUM(1));
}

/* zjtx.placement, zjtx.placement → the one of the lower level; without a level it is no placement */
Datum
zjtx_placement_smaller(PG_FUNCTION_ARGS)
{
	HeapTupleHeader a = PG_GETARG_HEAPTUPLEHEADER(0);
	HeapTupleHeader b = PG_GETARG_HEAPTUPLEHEADER(1);

	if (has_level(a) != has_level(b))
		PG_RETURN_DATUM(has_level(a) ? PG_GETARG_DATUM(0) : PG_GETARG_DATUM(1));
	PG_RETURN_DATUM(compare(a, b) <= 0 ? PG_GETARG_DATUM(0) : PG_GETARG_DATUM(1));
}
