/*
 * held.c
 *		Policies as arguments and results of calls, recognized without reading their text.
 */
#include "postgres.h"

#include "compat.h"
#include "common/hashfn.h"
#include "utils/expandeddatum.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "held.h"

typedef struct HeldPolicy
{
	ExpandedObjectHeader header;	/* must be first */
	uint64		serial;
	text	   *value;
} HeldPolicy;

static uint64 last_serial = 0;

static Size
flat_size(ExpandedObjectHeader *header)
{
	return VARSIZE(((HeldPolicy *) header)->value);
}

static void
flatten(ExpandedObjectHeader *header, void *result, Size size)
{
	memcpy(result, ((HeldPolicy *) header)->value, size);
}

static const ExpandedObjectMethods held_methods = {flat_size, flatten};

uint64
policy_new_serial(void)
{
	return ++last_serial;
}

Datum
policy_hold(const char *text, int length, uint64 serial)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "zjtx value", ALLOCSET_SMALL_SIZES);
	HeldPolicy *held = MemoryContextAlloc(context, sizeof(HeldPolicy));

	EOH_init_header(&held->header, &held_methods, context);
	held->serial = serial;
	held->value = MemoryContextAlloc(context, VARHDRSZ + length);
	SET_VARSIZE(held->value, VARHDRSZ + length);
	memcpy(VARDATA(held->value), text, length);
	return EOHPGetRODatum(&held->header);
}

PolicyKey
policy_held_key(const uint64 *serial)
{
	PolicyKey	key = {KEY_HELD, sizeof(*serial), (const char *) serial};

	return key;
}

PolicyKey
policy_key_of_text(const char *text, int length)
{
	PolicyKey	key = {KEY_TEXT, length, text};

	return key;
}

PolicyKey
policy_key(Datum datum)
{
	struct varlena *value = (struct varlena *) DatumGetPointer(datum);
	PolicyKey	key;

	if (VARATT_IS_EXTERNAL_EXPANDED(value))
	{
		HeldPolicy *held = (HeldPolicy *) DatumGetEOHP(datum);

		if (held->header.eoh_methods == &held_methods)
			return policy_held_key(&held->serial);
	}
	else if ((VARATT_IS_EXTERNAL_ONDISK(value) && ActiveSnapshotSet()) || VARATT_IS_COMPRESSED(value))
	{
		key.kind = VARATT_IS_COMPRESSED(value) ? KEY_COMPRESSED : KEY_TOASTED;
		key.length = VARSIZE_ANY(value);
		key.data = (const char *) value;
		return key;
	}
	value = pg_detoast_datum_packed(value);
	return policy_key_of_text(VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
}

PolicyKey
policy_key_copy(const PolicyKey *key)
{
	PolicyKey	copy = *key;
	char	   *data = palloc(key->length + 1);

	memcpy(data, key->data, key->length);
	data[key->length] = '\0';
	copy.data = data;
	return copy;
}

uint64
policy_key_hash(const PolicyKey *key, uint64 seed)
{
	return hash_bytes_extended((const unsigned char *) key->data, key->length, seed + key->kind);
}
