/*
 * sorting.c
 *		Sorts records about rows within work_mem, with the server's tuplesort.
 */
#include "postgres.h"

#include "compat.h"
#include "access/tupdesc.h"
#include "catalog/pg_type.h"
#include "executor/tuptable.h"
#include "miscadmin.h"
#include "utils/tuplesort.h"
#include "utils/typcache.h"

#include "sorting.h"

/* Columns of fixed length come first, so that their offsets are constant. */
#define NCOLUMNS	6
#define ROW			0
#define LOW			1
#define HIGH		2
#define TAG			3
#define BYTES		4
#define DATA		5

struct Sorting
{
	MemoryContext context;
	Tuplesortstate *state;
	TupleTableSlot *in;
	TupleTableSlot *out;
	bool		peeked;			/* out has the next record */
	bool		ended;			/* … or there is none */
	bytea	   *buffers[2];		/* for bytes and data */
	Size		rooms[2];
};

static TupleDesc
columns(void)
{
	static const Oid types[NCOLUMNS] = {INT8OID, INT8OID, INT8OID, INT4OID, BYTEAOID, BYTEAOID};
	TupleDesc	desc = CreateTemplateTupleDesc(NCOLUMNS);
	int			i;

	for (i = 0; i < NCOLUMNS; i++)
		TupleDescInitEntry(desc, i + 1, NULL, types[i], -1, 0);
	TupleDescFinalize(desc);
	return desc;
}

Sorting *
sorting_create(SortingOrder order, bool again)
{
	Sorting    *sorting = palloc0_object(Sorting);
	TupleDesc	desc = columns();
	AttrNumber	by_bytes[3] = {BYTES + 1, TAG + 1, ROW + 1};
	AttrNumber	by_row[2] = {ROW + 1, TAG + 1};
	AttrNumber *keys = order == SORTING_BY_ROW ? by_row : by_bytes;
	int			nkeys = order == SORTING_BY_ROW ? 2 : 3;
	Oid			operators[3];
	Oid			collations[3] = {InvalidOid, InvalidOid, InvalidOid};
	bool		nulls_first[3] = {false, false, false};
	int			i;

	sorting->context = CurrentMemoryContext;
	for (i = 0; i < nkeys; i++)
		operators[i] = lookup_type_cache(TupleDescAttr(desc, keys[i] - 1)->atttypid, TYPECACHE_LT_OPR)->lt_opr;
	sorting->state = tuplesort_begin_heap(desc, nkeys, keys, operators, collations, nulls_first, work_mem, NULL,
										  again ? TUPLESORT_RANDOMACCESS : TUPLESORT_NONE);
	sorting->in = MakeSingleTupleTableSlot(desc, &TTSOpsVirtual);
	sorting->out = MakeSingleTupleTableSlot(desc, &TTSOpsMinimalTuple);
	return sorting;
}

/* Puts bytes into a column, with a buffer that is reused. */
static void
set_bytes(Sorting *sorting, int column, int buffer, const char *bytes, int length)
{
	Size		size = length + VARHDRSZ;

	sorting->in->tts_isnull[column] = bytes == NULL;
	if (bytes == NULL)
		return;
	if (sorting->rooms[buffer] < size)
	{
		sorting->rooms[buffer] = Max(256, 2 * size);
		sorting->buffers[buffer] = sorting->buffers[buffer] ?
			repalloc(sorting->buffers[buffer], sorting->rooms[buffer]) :
			MemoryContextAlloc(sorting->context, sorting->rooms[buffer]);
	}
	memcpy(VARDATA(sorting->buffers[buffer]), bytes, length);
	SET_VARSIZE(sorting->buffers[buffer], size);
	sorting->in->tts_values[column] = PointerGetDatum(sorting->buffers[buffer]);
}

static void
set_column(Sorting *sorting, int column, Datum value)
{
	sorting->in->tts_values[column] = value;
	sorting->in->tts_isnull[column] = false;
}

void
sorting_put(Sorting *sorting, const Sorted *record)
{
	ExecClearTuple(sorting->in);
	set_bytes(sorting, BYTES, 0, record->bytes, record->length);
	set_bytes(sorting, DATA, 1, record->data, record->data_length);
	set_column(sorting, TAG, Int32GetDatum(record->tag));
	set_column(sorting, ROW, Int64GetDatum(record->row));
	set_column(sorting, LOW, Int64GetDatum(record->low));
	set_column(sorting, HIGH, Int64GetDatum(record->high));
	ExecStoreVirtualTuple(sorting->in);
	tuplesort_puttupleslot(sorting->state, sorting->in);
}

void
sorting_sort(Sorting *sorting)
{
	tuplesort_performsort(sorting->state);
}

static const char *
get_bytes(const Sorting *sorting, int column, int *length)
{
	const struct varlena *bytes = (const struct varlena *) DatumGetPointer(sorting->out->tts_values[column]);

	*length = 0;
	if (sorting->out->tts_isnull[column])
		return NULL;
	*length = VARSIZE_ANY_EXHDR(bytes);
	return VARDATA_ANY(bytes);
}

bool
sorting_peek(Sorting *sorting, Sorted *record)
{
	if (sorting->ended)
		return false;
	if (!sorting->peeked && !tuplesort_gettupleslot(sorting->state, true, false, sorting->out, NULL))
	{
		sorting->ended = true;
		return false;
	}
	sorting->peeked = true;
	slot_getallattrs(sorting->out);
	record->bytes = get_bytes(sorting, BYTES, &record->length);
	record->data = get_bytes(sorting, DATA, &record->data_length);
	record->tag = DatumGetInt32(sorting->out->tts_values[TAG]);
	record->row = DatumGetInt64(sorting->out->tts_values[ROW]);
	record->low = DatumGetInt64(sorting->out->tts_values[LOW]);
	record->high = DatumGetInt64(sorting->out->tts_values[HIGH]);
	return true;
}

bool
sorting_get(Sorting *sorting, Sorted *record)
{
	bool		found = sorting_peek(sorting, record);

	sorting->peeked = false;
	return found;
}

void
sorting_again(Sorting *sorting)
{
	tuplesort_rescan(sorting->state);
	sorting->peeked = sorting->ended = false;
}

void
sorting_end(Sorting *sorting)
{
	if (sorting == NULL)
		return;
	ExecDropSingleTupleTableSlot(sorting->in);
	ExecDropSingleTupleTableSlot(sorting->out);
	tuplesort_end(sorting->state);
}
