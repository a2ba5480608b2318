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
	char	   *text;			/* NULL: it is found by its id alone */
	bool		tree;			/* with the tree */
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

Compiled *
policy_compile(const char *text, bool words)
{
	const Policy *policy = policy_read(text, NULL);
	Compiled   *compiled = palloc0(sizeof(Compiled));
	ListCell   *cell;

	compiled->policy = policy;
	compiled->name = policy_name(policy);
	compiled->series = policy->series;
	compiled->has_as_of = policy->has_as_of;
	compiled->as_of = policy->as_of;
	compiled->nprograms = list_length(policy->documents);
	compiled->programs = palloc_array(Program *, compiled->nprograms);
	foreach(cell, policy->documents)
	{
		compiled->programs[foreach_current_index(cell)] = program_compile(lfirst(cell), policy->text, words, NULL);
	}
	return compiled;
}

/* A copy without the tree, in a context. */
static Compiled *
compact(const Compiled *from, MemoryContext context)
{
	MemoryContext old = MemoryContextSwitchTo(context);
	Compiled   *compiled = palloc(sizeof(Compiled));
	int			i;

	*compiled = *from;
	compiled->policy = NULL;
	compiled->name = pstrdup(from->name);
	compiled->series = from->series ? pstrdup(from->series) : NULL;
	compiled->programs = palloc_array(Program *, from->nprograms);
	for (i = 0; i < from->nprograms; i++)
		compiled->programs[i] = program_compact(from->programs[i], context);
	MemoryContextSwitchTo(old);
	return compiled;
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

/* An entry of its own context, which an error takes along until it is entered. */
static CachedPolicy *
new_cached(CacheKey key)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "zjtx policy", ALLOCSET_SMALL_SIZES);
	CachedPolicy *cached = MemoryContextAllocZero(context, sizeof(CachedPolicy));

	cached->context = context;
	cached->key = key;
	return cached;
}

static CachedPolicy *
enter_cached(CachedPolicy *cached)
{
	CacheEntry *entry;
	bool		found;

	entry = hash_search(cache, &cached->key, HASH_ENTER, &found);
	if (!found)
		entry->policies = NULL;
	MemoryContextSetParent(cached->context, cache_context);
	cached->compiled->id.hash = cached->key.hash;
	cached->compiled->id.length = cached->key.length;
	cached->compiled->id.serial = ++last_serial;
	cached->same_hash = entry->policies;
	entry->policies = cached;
	cached->bytes = MemoryContextMemAllocated(cached->context, true);
	cached->compiled->text = cached->text;
	cached->compiled->bytes = cached->bytes;
	cache_bytes += cached->bytes;
	cache_entries++;
	dlist_push_head(&by_use, &cached->by_use);
	return cached;
}

static CachedPolicy *
compile_cached(const char *text, int length, CacheKey key, bool tree)
{
	CachedPolicy *cached = new_cached(key);
	MemoryContext scratch = NULL;
	MemoryContext old = MemoryContextSwitchTo(cached->context);

	cached->tree = tree;
	cached->text = pnstrdup(text, length);
	if (tree)
		cached->compiled = policy_compile(cached->text, true);
	else
	{
		scratch = AllocSetContextCreate(cached->context, "zjtx tree", ALLOCSET_DEFAULT_SIZES);
		MemoryContextSwitchTo(scratch);
		cached->compiled = compact(policy_compile(cached->text, false), cached->context);
	}
	MemoryContextSwitchTo(old);
	if (scratch)
		MemoryContextDelete(scratch);
	return enter_cached(cached);
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

static CacheKey
key_of(const char *text, int length)
{
	CacheKey	key = {hash_bytes_extended((const unsigned char *) text, length, 0), length};

	return key;
}

static const Compiled *
get(const char *text, int length, bool tree, MemoryContext until)
{
	CacheKey	key = key_of(text, length);
	CachedPolicy *cached = find_cached(key);

	while (cached && (cached->tree != tree || cached->text == NULL || memcmp(cached->text, text, length) != 0))
		cached = cached->same_hash;
	return use(cached ? cached : compile_cached(text, length, key, tree), until);
}

const Compiled *
compiled_get(const char *text, int length, MemoryContext until)
{
	return get(text, length, false, until);
}

const Compiled *
compiled_tree(const char *text, int length, MemoryContext until)
{
	return get(text, length, true, until);
}

const Compiled *
compiled_keep(const Compiled *compiled, MemoryContext until)
{
	CacheKey	key = key_of(compiled->policy->text, strlen(compiled->policy->text));
	CachedPolicy *cached;

	if (cache == NULL)
		create_cache();
	cached = new_cached(key);
	cached->compiled = compact(compiled, cached->context);
	return use(enter_cached(cached), until);
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
