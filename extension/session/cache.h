/*
 * cache.h
 *		Compiled policies, once per backend.
 */
#ifndef ZJTX_CACHE_H
#define ZJTX_CACHE_H

#include "postgres.h"

#include "engine/program.h"

/* By what a policy in the cache is known again: no other ever has the same serial number. */
typedef struct CompiledId
{
	uint64		hash;			/* of its text */
	uint64		length;			/* of its text */
	uint64		serial;
} CompiledId;

/* A policy that was read, with a program for each of its documents. */
typedef struct Compiled
{
	const char *name;			/* for messages: its code, or its beginning */
	const char *series;			/* its code, if it is one */
	bool		has_as_of;		/* it is bound to a day */
	DateADT		as_of;
	int			nprograms;
	Program   **programs;
	const Policy *policy;		/* the tree and its text; NULL where they were
								 * dropped */

	/* of one from the cache */
	const char *text;			/* what it was found by; NULL of one that was
								 * kept for its name */
	CompiledId	id;
	Size		bytes;			/* its memory */
} Compiled;

/*
 * policy_compile: text to programs, in the current memory context.  With words, they can
 * be asked what became of an expression.  An error if it is no policy.
 */
extern Compiled *policy_compile(const char *text, bool words);

/*
 * compiled_get: the same from the cache, without the tree, which takes most of the memory.
 * The result stays until `until` is reset or deleted; other entries go, least recently
 * used first, when all together take more than the setting zjtx.cache_size.
 *
 * compiled_tree: the same with the tree, for those who explain a policy or look into it.
 */
extern const Compiled *compiled_get(const char *text, int length, MemoryContext until);
extern const Compiled *compiled_tree(const char *text, int length, MemoryContext until);

/*
 * compiled_keep: puts one that policy_compile() gave into the cache, without tree and text:
 * it is found again by its id alone.
 */
extern const Compiled *compiled_keep(const Compiled *compiled, MemoryContext until);

/* compiled_again: the same of one that was got before; NULL once it has gone. */
extern const Compiled *compiled_again(const CompiledId *id, MemoryContext until);

/* zjtx.cache_size, in kB */
extern int	zjtx_cache_size;

/* How many policies are cached, and their bytes. */
extern void compiled_statistics(int *entries, Size *bytes);

#endif							/* ZJTX_CACHE_H */
