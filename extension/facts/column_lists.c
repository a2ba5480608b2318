/*
 * column_lists.c
 *		Reads the elements of lists from arrays, for the float kernel of batches.
 *
 * The kernel asks for one field after another of up to 64 elements.  They are taken apart when it asks
 * for the first.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/tupmacs.h"
#include "port/pg_bitutils.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "bound.h"
#include "column_source.h"
#include "tuples.h"

/* An element of an array, and where the next one is. */
typedef struct ArrayPlace
{
	const ArrayType *array;
	int			index;
	const char *next;
	Datum		datum;
	bool		null;
} ArrayPlace;

/* The elements of a list that were asked for last. */
typedef struct Elements
{
	const ColumnBinding *column;
	TupleSteps *steps;			/* of composites */
	DatumColumn *fields;		/* by attribute - 1; of scalars, one */
	int			nfields;
	uint64		there;			/* which of the following are valid */
	const char *lists[GROUP_ROWS];
	int32		index[GROUP_ROWS];
	HeapTupleHeader tuples[GROUP_ROWS];
} Elements;

struct ColumnLists
{
	const RowBinding *binding;
	Elements  **elements;		/* by fact; NULL: not asked for */
	ArrayPlace	place;			/* the latest */
};

#define EACH_ELEMENT(i, set) \
	for (uint64 rest_of_elements = (set); \
		 rest_of_elements != 0 && ((i) = pg_rightmost_one_pos64(rest_of_elements), true); \
		 rest_of_elements &= rest_of_elements - 1)

/* Goes to an element; from the one before it, that is one step. */
static void
go_to(ArrayPlace *place, const ColumnBinding *column, const ArrayType *array, int index)
{
	const uint8 *bitmap = ARR_NULLBITMAP(array);

	if (place->array == array && place->index == index)
		return;
	if (place->array != array || place->index > index)
	{
		place->array = array;
		place->index = -1;
		place->next = ARR_DATA_PTR(array);
	}
	while (place->index < index)
	{
		int			at = ++place->index;

		place->null = bitmap && (bitmap[at / 8] & (1 << (at % 8))) == 0;
		if (place->null)
			continue;
		place->datum = fetch_att(place->next, column->element_by_value, column->element_length);
		place->next = att_addlength_pointer(place->next, column->element_length, place->next);
		place->next = (char *) att_align_nominal(place->next, column->element_align);
	}
}

/* Composites are taken apart as far as a field of them is read. */
static void
prepare_composites(const ColumnLists *lists, int fact, Elements *elements)
{
	const Kernel *kernel = lists->binding->program->kernel;
	int			i;

	for (i = 0; i < kernel->nfields; i++)
		if (kernel->fields[i].list == fact)
			elements->nfields = Max(elements->nfields, lists->binding->lane_fields[i].attnum);
	elements->fields = palloc0_array(DatumColumn, elements->nfields + 1);
	elements->steps = tuples_create(elements->column->element_desc, elements->nfields);
	for (i = 0; i < kernel->nfields; i++)
	{
		int			attnum = lists->binding->lane_fields[i].attnum;

		if (kernel->fields[i].list != fact || attnum == 0 || elements->fields[attnum - 1].nulls)
			continue;
		elements->fields[attnum - 1] =
			column_create(TupleDescAttr(elements->column->element_desc, attnum - 1)->atttypid, GROUP_ROWS);
		tuples_put_into(elements->steps, attnum, &elements->fields[attnum - 1]);
	}
}

static Elements *
elements_of(ColumnLists *lists, int fact)
{
	Elements   *elements = lists->elements[fact];
	MemoryContext old;

	if (elements)
		return elements;
	old = MemoryContextSwitchTo(GetMemoryChunkContext(lists));
	elements = palloc0(sizeof(Elements));
	elements->column = &lists->binding->columns[fact];
	if (elements->column->conversion == FROM_ROWS)
		prepare_composites(lists, fact, elements);
	else
	{
		elements->nfields = 1;
		elements->fields = palloc_array(DatumColumn, 1);
		elements->fields[0] = column_create(elements->column->element_type, GROUP_ROWS);
	}
	MemoryContextSwitchTo(old);
	return lists->elements[fact] = elements;
}

static bool
are_there(const Elements *elements, uint64 wanted, const char *const *lists, const int32 *index)
{
	int			i;

	if (wanted & ~elements->there)
		return false;
	EACH_ELEMENT(i, wanted)
	{
		if (elements->lists[i] != lists[i] || elements->index[i] != index[i])
			return false;
	}
	return true;
}

/* PostgreSQL stores composites in arrays as they are, neither short nor compressed. */
static inline HeapTupleHeader
tuple_of(Datum datum)
{
	return likely(VARATT_IS_4B_U(DatumGetPointer(datum))) ? (HeapTupleHeader) DatumGetPointer(datum)
		: DatumGetHeapTupleHeader(datum);
}

static void
take(ColumnLists *lists, Elements *elements, uint64 wanted, const char *const *arrays, const int32 *index)
{
	bool		rows = elements->column->conversion == FROM_ROWS;
	HeapTupleHeader any = NULL;
	uint64		null = 0;
	int			last = 0;
	int			i;

	elements->there = 0;
	EACH_ELEMENT(i, wanted)
	{
		elements->lists[i] = arrays[i];
		elements->index[i] = index[i];
		go_to(&lists->place, elements->column, (const ArrayType *) arrays[i], index[i]);
		last = i;
		if (lists->place.null)
			null |= UINT64CONST(1) << i;
		else if (rows)
			any = elements->tuples[i] = tuple_of(lists->place.datum);
		else
			column_set(&elements->fields[0], i, lists->place.datum);
	}
	if (rows && any)
	{
		/* what is not wanted is any of the others */
		for (i = 0; i < last; i++)
			if ((((wanted & ~null) >> i) & 1) == 0)
				elements->tuples[i] = any;
		if ((null >> last) & 1)
			elements->tuples[last] = any;
		tuples_take(elements->steps, elements->tuples, 0, last + 1);
	}
	for (i = 0; i < elements->nfields; i++)
	{
		if (elements->fields[i].nulls == NULL)
			continue;
		if (rows && any)
			elements->fields[i].nulls[0] |= null;
		else
			elements->fields[i].nulls[0] = null;
	}
	elements->there = wanted;
}

/* ---------------- what column_source.c calls ---------------- */

ColumnLists *
column_lists_create(const RowBinding *binding)
{
	ColumnLists *lists = palloc0(sizeof(ColumnLists));

	lists->binding = binding;
	lists->elements = palloc0_array(Elements *, binding->program->nfacts);
	return lists;
}

void
column_lists_forget(ColumnLists *lists)
{
	int			i;

	lists->place.array = NULL;
	for (i = 0; i < lists->binding->program->nfacts; i++)
		if (lists->elements[i])
			lists->elements[i]->there = 0;
}

bool
column_lists_field(ColumnLists *lists, const KernelField *field, const char *const *arrays, const int32 *index,
				   BatchColumn *out)
{
	const LaneColumn *bound = &lists->binding->lane_fields[field->number];
	Elements   *elements = elements_of(lists, field->list);

	if (elements->column->conversion == FROM_ROWS && bound->attnum == 0)
		return false;
	if (!are_there(elements, out->wanted[0], arrays, index))
		take(lists, elements, out->wanted[0], arrays, index);
	column_read(&elements->fields[elements->steps ? bound->attnum - 1 : 0], bound, out);
	return true;
}
