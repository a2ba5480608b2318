/*
 * cache.c
 *		Compiled policies, once per backend, found by the hash of their text.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "lib/ilist.h"
#include "mb/pg_wchar.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "cache.h"

/* The first two of a CompiledId. */
typedef struct CacheKey
{
	uint64		hash;
	uint64		length;
} CacheKey;

typedef struct CacheEntry
{
	CacheKey	key;
	struct CachedPolicy *policies;	/* all whose texts have this hash */
} CacheEntry;

typedef struct CachedPolicy
{
	dlist_node	by_use;			/* most recently used first */
	struct CachedPolicy *same_hash;
	CacheKey	key;
	MemoryContext context;		/* holds this and all below it */
	char	   *text;
	Compiled   *compiled;
	Size		bytes;
	int			pins;
} CachedPolicy;

int			zjtx_cache_size = 48 * 1024;

static MemoryContext cache_context = NULL;
static HTAB *cache = NULL;
static dlist_head by_use = DLIST_STATIC_INIT(by_use);
static Size cache_bytes = 0;
static int	cache_entries = 0;
static uint64 last_serial = 0;

/* What messages call a policy. */
static const char *
policy_name(const Policy *policy)
{
	const Document *doc = linitial(policy->documents);
	const char *text = policy->text + policy->body;
	int			length;

	if (policy->series)
		return pstrdup(policy->series);
	if (!doc->bare)
		return pstrdup(doc->provision.code);
	while (*text == '\n' || *text == ' ')
		text++;
	length = strlen(text);
	if (length <= 40)
		return pstrdup(text);
	return psprintf("%s...", pnstrdup(text, pg_mbcliplen(text, length, 40)));
}

/* The programs of a policy that was read, in the current memory context. */
static Compiled *
compile(const Policy *policy)
{
	Compiled   *compiled = palloc0(sizeof(Compiled));
	ListCell   *cell;

	compiled->policy = policy;
	compiled->name = policy_name(policy);
	compiled->nprograms = list_length(policy->documents);
	compiled->programs = palloc_array(Program *, compiled->nprograms);
	foreach(cell, policy->documents)
		compiled->programs[foreach_current_index(cell)] = program_compile(lfirst(cell), NULL);
	return compiled;
}

Compiled *
policy_compile(const char *text)
{
	return compile(policy_read(text, NULL));
}

static void
create_cache(void)
{
	HASHCTL		info;

	if (cache_context == NULL)
		cache_context = AllocSetContextCreate(TopMemoryContext, "zjtx policies", ALLOCSET_DEFAULT_SIZES);
	memset(&info, 0, sizeof(info));
	info.keysize = sizeof(CacheKey);
	info.entrysize = sizeof(CacheEntry);
	info.hcxt = cache_context;
	cache = hash_create("zjtx policies", 64, &info, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

static void
evict(CachedPolicy *victim)
{
	CacheEntry *entry = hash_search(cache, &victim->key, HASH_FIND, NULL);
	CachedPolicy **link;

	for (link = &entry->policies; *link != victim; link = &(*link)->same_hash)
		 /* find it */ ;
	*link = victim->same_hash;
	if (entry->policies == NULL)
		hash_search(cache, &victim->key, HASH_REMOVE, NULL);
	dlist_delete(&victim->by_use);
	cache_bytes -= victim->bytes;
	cache_entries--;
	MemoryContextDelete(victim->context);
}

static void
make_room(void)
{
	Size		limit = (Size) zjtx_cache_size * 1024;
	dlist_iter	iter;

	while (cache_bytes > limit)
	{
		CachedPolicy *victim = NULL;

		dlist_reverse_foreach(iter, &by_use)
		{
			CachedPolicy *candidate = dlist_container(CachedPolicy, by_use, iter.cur);

			if (candidate->pins == 0)
			{
				victim = candidate;
				break;
			}
		}
		if (victim == NULL)
			break;
		evict(victim);
	}
}

static void
unpin(void *arg)
{
	((CachedPolicy *) arg)->pins--;
}

static void
pin(CachedPolicy *cached, MemoryContext until)
{
	MemoryContextCallback *callback = MemoryContextAllocZero(until, sizeof(MemoryContextCallback));

	callback->func = unpin;
	callback->arg = cached;
	MemoryContextRegisterResetCallback(until, callback);
	cached->pins++;
}

/* A policy that is asked of rows needs no examples, and most of a tree may be examples. */
static Compiled *
compile_lean(const char *text)
{
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext, "zjtx tree", ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(scratch);
	Policy	   *policy = policy_read(text, NULL);
	char	   *lean = policy_without_examples(policy);

	MemoryContextSwitchTo(old);
	if (strcmp(lean, text) != 0)
	{
		policy = policy_read(lean, NULL);
		policy->text = text;
		MemoryContextDelete(scratch);
	}
	return compile(policy);
}

static CachedPolicy *
compile_cached(const char *text, int length, CacheKey key)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "zjtx policy", ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	CachedPolicy *cached = palloc0(sizeof(CachedPolicy));
	CacheEntry *entry;
	bool		found;

	/* an error in here takes the context with it */
	cached->context = context;
	cached->key = key;
	cached->text = pnstrdup(text, length);
	cached->compiled = compile_lean(cached->text);
	MemoryContextSwitchTo(old);

	entry = hash_search(cache, &key, HASH_ENTER, &found);
	if (!found)
		entry->policies = NULL;
	MemoryContextSetParent(context, cache_context);
	cached->compiled->id.hash = key.hash;
	cached->compiled->id.length = key.length;
	cached->compiled->id.serial = ++last_serial;
	cached->same_hash = entry->policies;
	entry->policies = cached;
	cached->bytes = MemoryContextMemAllocated(context, true);
	cached->compiled->text = cached->text;
	cached->compiled->bytes = cached->bytes;
	cache_bytes += cached->bytes;
	cache_entries++;
	dlist_push_head(&by_use, &cached->by_use);
	return cached;
}

/* All whose texts have this hash. */
static CachedPolicy *
find_cached(CacheKey key)
{
	CacheEntry *entry;

	if (cache == NULL)
		create_cache();
	entry = hash_search(cache, &key, HASH_FIND, NULL);
	return entry ? entry->policies : NULL;
}

static const Compiled *
use(CachedPolicy *cached, MemoryContext until)
{
	dlist_move_head(&by_use, &cached->by_use);
	pin(cached, until);
	make_room();
	return cached->compiled;
}

const Compiled *
compiled_get(const char *text, int length, MemoryContext until)
{
	CacheKey	key = {hash_bytes_extended((const unsigned char *) text, length, 0), length};
	CachedPolicy *cached = find_cached(key);

	while (cached && memcmp(cached->text, text, length) != 0)
		cached = cached->same_hash;
	return use(cached ? cached : compile_cached(text, length, key), until);
}

const Compiled *
compiled_again(const CompiledId *id, MemoryContext until)
{
	CacheKey	key = {id->hash, id->length};
	CachedPolicy *cached = find_cached(key);

	while (cached && cached->compiled->id.serial != id->serial)
		cached = cached->same_hash;
	return cached ? use(cached, until) : NULL;
}

void
compiled_statistics(int *entries, Size *bytes)
{
	*entries = cache_entries;
	*bytes = cache_bytes;
}
