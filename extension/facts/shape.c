/*
 * shape.c
 *		Keeps row types: an index of their columns by name, and space for one deformed
 *		row.
 *
 * All documents that are asked about the same table share the entry of its row type.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "common/hashfn.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

#include "lru.h"
#include "shape.h"

#define MAX_KEPT 16				/* row types that are not in use */

/* A row type kept for the session. */
typedef struct KeptShape
{
	LruEntry	entry;			/* must be first */
	RowShape	shape;
	Oid			type;
	int32		typmod;
	uint64		version;		/* of the type; ALTER TABLE changes it */
} KeptShape;

static Lru *shapes = NULL;

/* Returns the slot of a name, or the free slot for it. */
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

/* ---------------- row types kept for the session ---------------- */

static KeptShape *
find_kept(uint64 hash, Oid type, int32 typmod, uint64 version)
{
	KeptShape  *kept;

	for (kept = lru_first(shapes, hash); kept; kept = lru_next(&kept->entry))
		if (kept->type == type && kept->typmod == typmod && kept->version == version)
			break;
	return kept;
}

static KeptShape *
keep(uint64 hash, Oid type, int32 typmod, uint64 version)
{
	KeptShape  *kept = lru_entry(sizeof(KeptShape), "zjtx row type");
	MemoryContext old = MemoryContextSwitchTo(kept->entry.context);
	TupleDesc	found = lookup_rowtype_tupdesc_domain(type, typmod, false);
	TupleDesc	desc;

	/* includes the defaults of columns that old rows do not hold */
	desc = CreateTupleDescCopyConstr(found);
	ReleaseTupleDesc(found);
	fill(&kept->shape, desc);
	kept->type = type;
	kept->typmod = typmod;
	kept->version = version;
	MemoryContextSwitchTo(old);
	lru_enter(shapes, &kept->entry, hash, 0);
	return kept;
}

RowShape *
row_shape_of_type(Oid type, int32 typmod, uint64 version, MemoryContext until)
{
	uint64		hash = hash_combine64(version, ((uint64) type << 32) | (uint32) typmod);
	KeptShape  *kept;

	if (shapes == NULL)
		shapes = lru_create(TopMemoryContext, "zjtx row types");
	kept = find_kept(hash, type, typmod, version);
	if (kept == NULL)
		kept = keep(hash, type, typmod, version);
	lru_use(&kept->entry);
	lru_pin(&kept->entry, until);
	lru_shrink(shapes, 0, MAX_KEPT);
	return &kept->shape;
}
