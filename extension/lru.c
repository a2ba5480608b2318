/*
 * lru.c
 *		A cache whose entries are found by a hash and leave in the order of their last use.
 */
#include "postgres.h"

#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "lru.h"

/* Entries with one hash are a list. */
typedef struct LruChain
{
	uint64		hash;
	LruEntry   *first;
} LruChain;

Lru *
lru_create(MemoryContext parent, const char *name)
{
	MemoryContext context = AllocSetContextCreateInternal(parent, name, ALLOCSET_DEFAULT_SIZES);
	Lru		   *lru = MemoryContextAllocZero(context, sizeof(Lru));
	HASHCTL		info;

	memset(&info, 0, sizeof(info));
	info.keysize = sizeof(uint64);
	info.entrysize = sizeof(LruChain);
	info.hcxt = context;
	lru->context = context;
	lru->by_hash = hash_create(name, 16, &info, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	dlist_init(&lru->by_use);
	return lru;
}

void *
lru_entry(Size size, const char *name)
{
	MemoryContext context = AllocSetContextCreateInternal(CurrentMemoryContext, name, ALLOCSET_SMALL_SIZES);
	LruEntry   *entry = MemoryContextAllocZero(context, size);

	entry->context = context;
	return entry;
}

void
lru_enter(Lru *lru, LruEntry *entry, uint64 hash, Size bytes)
{
	bool		found;
	LruChain   *chain = hash_search(lru->by_hash, &hash, HASH_ENTER, &found);

	MemoryContextSetParent(entry->context, lru->context);
	entry->lru = lru;
	entry->hash = hash;
	entry->same_hash = found ? chain->first : NULL;
	entry->bytes = bytes;
	chain->first = entry;
	dlist_push_head(&lru->by_use, &entry->by_use);
	lru->bytes += bytes;
	lru->count++;
}

void *
lru_first(Lru *lru, uint64 hash)
{
	LruChain   *chain = hash_search(lru->by_hash, &hash, HASH_FIND, NULL);

	return chain ? chain->first : NULL;
}

void *
lru_next(const LruEntry *entry)
{
	return entry->same_hash;
}

void *
lru_latest(Lru *lru)
{
	return dlist_is_empty(&lru->by_use) ? NULL : dlist_head_element(LruEntry, by_use, &lru->by_use);
}

void
lru_resize(LruEntry *entry, Size bytes)
{
	entry->lru->bytes += bytes - entry->bytes;
	entry->bytes = bytes;
}

static void
unpin(void *arg)
{
	((LruEntry *) arg)->pins--;
}

void
lru_pin(LruEntry *entry, MemoryContext until)
{
	MemoryContextCallback *callback = MemoryContextAllocZero(until, sizeof(MemoryContextCallback));

	callback->func = unpin;
	callback->arg = entry;
	MemoryContextRegisterResetCallback(until, callback);
	entry->pins++;
}

void
lru_remove(LruEntry *entry)
{
	Lru		   *lru = entry->lru;
	LruChain   *chain = hash_search(lru->by_hash, &entry->hash, HASH_FIND, NULL);
	LruEntry  **link;

	for (link = &chain->first; *link != entry; link = &(*link)->same_hash)
		 /* find it */ ;
	*link = entry->same_hash;
	if (chain->first == NULL)
		hash_search(lru->by_hash, &entry->hash, HASH_REMOVE, NULL);
	dlist_delete(&entry->by_use);
	lru->bytes -= entry->bytes;
	lru->count--;
	MemoryContextDelete(entry->context);
}

void
lru_shrink(Lru *lru, Size most_bytes, int most_entries)
{
	dlist_node *node;
	dlist_node *previous;

	if (lru->bytes <= most_bytes && lru->count <= most_entries)
		return;
	for (node = dlist_tail_node(&lru->by_use); dlist_has_prev(&lru->by_use, node); node = previous)
	{
		LruEntry   *entry = dlist_container(LruEntry, by_use, node);

		previous = dlist_prev_node(&lru->by_use, node);
		if (entry->pins == 0)
			lru_remove(entry);
		if (lru->bytes <= most_bytes && lru->count <= most_entries)
			break;
	}
}
