/*
 * shape.c
 *		Row types: their columns by name, and room for one row taken apart.
 *
 * A thousand documents that are asked of one table share what is known of its type.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "common/hashfn.h"
#include "lib/ilist.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

#include "shape.h"

#define MAX_KEPT 16				/* row types that nobody uses at the moment */

/* One that the session keeps. */
typedef struct KeptShape
{
	RowShape	shape;			/* first */
	MemoryContext context;		/* holds this */
	Oid			type;
	int32		typmod;
	uint64		version;		/* of the type, which ALTER TABLE changes */
	int			pins;
	dlist_node	by_use;			/* most recently used first */
} KeptShape;

static dlist_head by_use = DLIST_STATIC_INIT(by_use);
static MemoryContext shapes_context = NULL;

/* The slot of a name, or the free one where it belongs. */
static uint32
find_slot(const RowShape *shape, const char *name)
{
	uint32		at = hash_bytes((const unsigned char *) name, strlen(name)) & (shape->nslots - 1);

	while (shape->slots[at] != 0 &&
		   strcmp(NameStr(TupleDescAttr(shape->desc, shape->slots[at] - 1)->attname), name) != 0)
		at = (at + 1) & (shape->nslots - 1);
	return at;
}

static void
fill(RowShape *shape, TupleDesc desc)
{
	int			i;

	shape->desc = desc;
	for (shape->nslots = 16; shape->nslots < (uint32) desc->natts * 2;)
		shape->nslots *= 2;
	shape->slots = palloc0_array(int16, shape->nslots);
	shape->rivals = palloc0_array(int16, Max(desc->natts, 1));
	for (i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);
		int16	   *first;

		if (att->attisdropped)
			continue;
		first = &shape->slots[find_slot(shape, NameStr(att->attname))];
		if (*first == 0)
			*first = i + 1;
		else if (shape->rivals[*first - 1] == 0)
			shape->rivals[*first - 1] = i + 1;
	}
	shape->columns = palloc_array(NullableDatum, Max(desc->natts, 1));
	shape->datums = palloc_array(Datum, Max(desc->natts, 1));
	shape->nulls = palloc_array(bool, Max(desc->natts, 1));
}

RowShape *
row_shape(TupleDesc desc)
{
	RowShape   *shape = palloc(sizeof(RowShape));

	fill(shape, desc);
	return shape;
}

int
row_shape_column(const RowShape *shape, const char *name, int *rival)
{
	int			attnum = shape->slots[find_slot(shape, name)];

	*rival = attnum ? shape->rivals[attnum - 1] : 0;
	return attnum;
}

void
row_shape_take_apart(RowShape *shape, HeapTupleHeader header)
{
	HeapTupleData tuple;
	int			i;

	tuple.t_len = HeapTupleHeaderGetDatumLength(header);
	ItemPointerSetInvalid(&tuple.t_self);
	tuple.t_tableOid = InvalidOid;
	tuple.t_data = header;
	heap_deform_tuple(&tuple, shape->desc, shape->datums, shape->nulls);
	for (i = 0; i < shape->desc->natts; i++)
	{
		shape->columns[i].value = shape->datums[i];
		shape->columns[i].isnull = shape->nulls[i];
	}
}

/* ---------------- those that the session keeps ---------------- */

/* Of those that nobody uses, the ones that were used last stay. */
static void
make_room(void)
{
	dlist_mutable_iter iter;
	int			kept = 0;

	dlist_foreach_modify(iter, &by_use)
	{
		KeptShape  *shape = dlist_container(KeptShape, by_use, iter.cur);

		if (shape->pins > 0 || ++kept <= MAX_KEPT)
			continue;
		dlist_delete(&shape->by_use);
		MemoryContextDelete(shape->context);
	}
}

static void
unpin(void *arg)
{
	((KeptShape *) arg)->pins--;
}

static KeptShape *
find_kept(Oid type, int32 typmod, uint64 version)
{
	dlist_iter	iter;

	dlist_foreach(iter, &by_use)
	{
		KeptShape  *shape = dlist_container(KeptShape, by_use, iter.cur);

		if (shape->type == type && shape->typmod == typmod && shape->version == version)
			return shape;
	}
	return NULL;
}

static KeptShape *
keep(Oid type, int32 typmod, uint64 version)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "zjtx row type", ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	KeptShape  *shape = palloc0(sizeof(KeptShape));
	TupleDesc	found = lookup_rowtype_tupdesc_domain(type, typmod, false);
	TupleDesc	desc;

	/* with the defaults of columns that old rows do not hold */
	desc = CreateTupleDescCopyConstr(found);
	ReleaseTupleDesc(found);
	fill(&shape->shape, desc);
	shape->context = context;
	shape->type = type;
	shape->typmod = typmod;
	shape->version = version;
	MemoryContextSwitchTo(old);
	if (shapes_context == NULL)
		shapes_context = AllocSetContextCreate(TopMemoryContext, "zjtx row types", ALLOCSET_SMALL_SIZES);
	MemoryContextSetParent(context, shapes_context);
	dlist_push_head(&by_use, &shape->by_use);
	return shape;
}

RowShape *
row_shape_of_type(Oid type, int32 typmod, uint64 version, MemoryContext until)
{
	MemoryContextCallback *callback = MemoryContextAllocZero(until, sizeof(MemoryContextCallback));
	KeptShape  *shape = find_kept(type, typmod, version);

	if (shape == NULL)
		shape = keep(type, typmod, version);
	dlist_move_head(&by_use, &shape->by_use);
	callback->func = unpin;
	callback->arg = shape;
	shape->pins++;
	MemoryContextRegisterResetCallback(until, callback);
	make_room();
	return &shape->shape;
}
