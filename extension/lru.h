/*
 * lru.h
 *		A cache whose entries are found by a hash and leave in the order of their last use.
 *
 * Compiled policies (session/cache.c), policies that a call site asks and those in force
 * (answers/kept.c, answers/in_force.c) and row types (facts/shape.c) are kept in such
 * caches.
 *
 * An entry is a struct whose first member is an LruEntry.  The caller allocates it in a
 * memory context of its own, which holds everything that belongs to the entry; the cache
 * deletes this context when the entry leaves.  Until lru_enter() the context is the
 * caller's, so that an error while the entry is being made leaves nothing behind.
 */
#ifndef ZJTX_LRU_H
#define ZJTX_LRU_H

#include "postgres.h"

#include "lib/ilist.h"
#include "utils/hsearch.h"

typedef struct Lru
{
	MemoryContext context;		/* parent of the entries' contexts */
	HTAB	   *by_hash;
	dlist_head	by_use;			/* most recently used first */
	Size		bytes;			/* of all entries */
	int			count;
} Lru;

typedef struct LruEntry
{
	Lru		   *lru;			/* NULL before lru_enter */
	MemoryContext context;
	uint64		hash;
	struct LruEntry *same_hash;
	dlist_node	by_use;
	Size		bytes;
	int			pins;			/* while not 0, it does not leave */
} LruEntry;

/*
 * lru_create: an empty cache.  It lives in a child, called name, of the parent context;
 * the name must be a constant.
 */
extern Lru *lru_create(MemoryContext parent, const char *name);

/*
 * lru_entry: a new entry of the given size, zeroed, in a context of its own below the
 * current one.  The name of the context must be a constant.
 */
extern void *lru_entry(Size size, const char *name);

/* lru_enter: puts an entry into the cache, as the most recently used one. */
extern void lru_enter(Lru *lru, LruEntry *entry, uint64 hash, Size bytes);

/*
 * lru_first: an entry with this hash, or NULL; lru_next: another one.  The caller compares
 * what the hash was computed from.
 */
extern void *lru_first(Lru *lru, uint64 hash);
extern void *lru_next(const LruEntry *entry);

/* lru_latest: the most recently used entry, or NULL. */
extern void *lru_latest(Lru *lru);

/* lru_use: makes an entry the most recently used one. */
static inline void
lru_use(LruEntry *entry)
{
	dlist_move_head(&entry->lru->by_use, &entry->by_use);
}

/* lru_resize: states how many bytes an entry has now. */
extern void lru_resize(LruEntry *entry, Size bytes);

/* lru_pin: keeps an entry until the context is reset or deleted. */
extern void lru_pin(LruEntry *entry, MemoryContext until);

/* lru_remove: removes and frees an entry, which must not be pinned. */
extern void lru_remove(LruEntry *entry);

/*
 * lru_shrink: removes the entries that were not used for longest until the rest has at
 * most so many bytes and entries.  Pinned entries and the most recently used one stay.
 */
extern void lru_shrink(Lru *lru, Size most_bytes, int most_entries);

#endif							/* ZJTX_LRU_H */
