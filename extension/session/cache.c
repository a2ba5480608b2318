/*
 * cache.c
 *		Keeps compiled policies, one copy per backend, found by the hash of their text.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "mb/pg_wchar.h"
#include "utils/memutils.h"

#include "cache.h"
#include "lru.h"

typedef struct CachedPolicy
{
	LruEntry	entry;			/* must be first */
	char	   *text;			/* NULL if it is found only by its id */
	uint64		length;			/* length of the text that was compiled */
	bool		tree;			/* whether the tree is kept */
	Compiled   *compiled;
} CachedPolicy;

int			zjtx_cache_size = 48 * 1024;

static Lru *cache = NULL;
static uint64 last_serial = 0;

static uint64
hash_of(const char *text, int length)
{
	return hash_bytes_extended((const unsigned char *) text, length, 0);
}

/* Returns the name that messages use for a policy. */
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

/* Reports errors to escontext, if there is one; the result is then NULL. */
static Compiled *
compile(const Policy *policy, bool words, struct Node *escontext)
{
	Compiled   *compiled = palloc0(sizeof(Compiled));
	ListCell   *cell;

	compiled->policy = policy;
	compiled->name = policy_name(policy);
	compiled->series = policy->series;
	compiled->has_as_of = policy->has_as_of;
	compiled->as_of_default = policy->as_of_default;
	compiled->as_of = policy->as_of;
	compiled->content = policy->content;
	compiled->uses_others = ((Document *) linitial(policy->documents))->uses != NIL;
	compiled->repeals = ((Document *) linitial(policy->documents))->repeals;
	compiled->nprograms = list_length(policy->documents);
	compiled->programs = palloc_array(Program *, compiled->nprograms);
	foreach(cell, policy->documents)
	{
		Program    *program = program_compile(lfirst(cell), policy->text, words, escontext);

		if (program == NULL)
			return NULL;
		compiled->programs[foreach_current_index(cell)] = program;
	}
	return compiled;
}

static Compiled *
read_and_compile(const char *text, bool words, struct Node *escontext)
{
	const Policy *policy = policy_read(text, escontext);

	return policy ? compile(policy, words, escontext) : NULL;
}

Compiled *
policy_compile(const char *text, bool words)
{
	return read_and_compile(text, words, NULL);
}

Compiled *
policy_compile_read(const Policy *policy, bool words)
{
	return compile(policy, words, NULL);
}

/* Copies a compiled policy without its tree into a memory context. */
static Compiled *
compact(const Compiled *from, MemoryContext context)
{
	MemoryContext old = MemoryContextSwitchTo(context);
	Compiled   *compiled = palloc(sizeof(Compiled));
	ListCell   *cell;
	int			i;

	*compiled = *from;
	compiled->repeals = NIL;
	foreach(cell, from->repeals)
	{
		compiled->repeals = lappend(compiled->repeals, pstrdup(lfirst(cell)));
	}
	compiled->policy = NULL;
	compiled->name = pstrdup(from->name);
	compiled->series = from->series ? pstrdup(from->series) : NULL;
	compiled->programs = palloc_array(Program *, from->nprograms);
	for (i = 0; i < from->nprograms; i++)
		compiled->programs[i] = program_compact(from->programs[i], context);
	MemoryContextSwitchTo(old);
	return compiled;
}

static CachedPolicy *
enter_cached(CachedPolicy *cached, uint64 hash)
{
	cached->compiled->id.hash = hash;
	cached->compiled->id.length = cached->length;
	cached->compiled->id.serial = ++last_serial;
	cached->compiled->text = cached->text;
	cached->compiled->bytes = MemoryContextMemAllocated(cached->entry.context, true);
	lru_enter(cache, &cached->entry, hash, cached->compiled->bytes);
	return cached;
}

/* Reports errors to escontext, if there is one; the result is then NULL. */
static CachedPolicy *
compile_cached(const char *text, int length, uint64 hash, bool tree, struct Node *escontext)
{
	CachedPolicy *cached = lru_entry(sizeof(CachedPolicy), "zjtx policy");
	MemoryContext context = cached->entry.context;
	MemoryContext scratch = NULL;
	MemoryContext old = MemoryContextSwitchTo(context);
	Compiled   *compiled;

	cached->tree = tree;
	cached->text = pnstrdup(text, length);
	cached->length = length;
	if (!tree)
	{
		scratch = AllocSetContextCreate(context, "zjtx tree", ALLOCSET_DEFAULT_SIZES);
		MemoryContextSwitchTo(scratch);
	}
	compiled = read_and_compile(cached->text, tree, escontext);
	/* the error belongs to the caller, and its texts to this context */
	if (compiled == NULL)
	{
		MemoryContextSwitchTo(old);
		return NULL;
	}
	cached->compiled = tree ? compiled : compact(compiled, context);
	MemoryContextSwitchTo(old);
	if (scratch)
		MemoryContextDelete(scratch);
	return enter_cached(cached, hash);
}

/* Returns the first entry with this hash. */
static CachedPolicy *
find_cached(uint64 hash)
{
	if (cache == NULL)
		cache = lru_create(TopMemoryContext, "zjtx policies");
	return lru_first(cache, hash);
}

static const Compiled *
use(CachedPolicy *cached, MemoryContext until)
{
	lru_use(&cached->entry);
	lru_pin(&cached->entry, until);
	lru_shrink(cache, (Size) zjtx_cache_size * 1024, PG_INT32_MAX);
	return cached->compiled;
}

static bool
has_text(const CachedPolicy *cached, const char *text, int length)
{
	return cached->text && cached->length == (uint64) length && memcmp(cached->text, text, length) == 0;
}

static const Compiled *
get(const char *text, int length, bool tree, MemoryContext until)
{
	uint64		hash = hash_of(text, length);
	CachedPolicy *cached = find_cached(hash);

	while (cached && (cached->tree != tree || !has_text(cached, text, length)))
		cached = lru_next(&cached->entry);
	return use(cached ? cached : compile_cached(text, length, hash, tree, NULL), until);
}

bool
compiled_check(const char *text, int length, struct Node *escontext)
{
	uint64		hash = hash_of(text, length);
	CachedPolicy *cached = find_cached(hash);

	while (cached && !has_text(cached, text, length))
		cached = lru_next(&cached->entry);
	if (cached)
		lru_use(&cached->entry);
	else
		cached = compile_cached(text, length, hash, false, escontext);
	lru_shrink(cache, (Size) zjtx_cache_size * 1024, PG_INT32_MAX);
	return cached != NULL;
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
	int			length = strlen(compiled->policy->text);
	uint64		hash = hash_of(compiled->policy->text, length);
	CachedPolicy *cached;

	(void) find_cached(hash);
	cached = lru_entry(sizeof(CachedPolicy), "zjtx policy");
	cached->length = length;
	cached->compiled = compact(compiled, cached->entry.context);
	return use(enter_cached(cached, hash), until);
}

const Compiled *
compiled_again(const CompiledId *id, MemoryContext until)
{
	CachedPolicy *cached = find_cached(id->hash);

	while (cached && cached->compiled->id.serial != id->serial)
		cached = lru_next(&cached->entry);
	return cached ? use(cached, until) : NULL;
}

void
compiled_statistics(int *entries, Size *bytes)
{
	*entries = cache ? cache->count : 0;
	*bytes = cache ? cache->bytes : 0;
}

DaySource
compiled_day(const Compiled *compiled, bool by_name)
{
	return compiled->has_as_of ? day_bound(compiled->as_of, compiled->as_of_default) : day_source(by_name);
}
