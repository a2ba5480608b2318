/*
 * cache.h
 *		Compiled policies, once per backend.
 */
#ifndef ZJTX_CACHE_H
#define ZJTX_CACHE_H

#include "postgres.h"

#include "program.h"

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
	const Policy *policy;
	const char *name;			/* for messages: its code, or its beginning */
	int			nprograms;
	Program   **programs;

	/* of one from the cache */
	const char *text;			/* what it was found by */
	CompiledId	id;
	Size		bytes;			/* its memory */
} Compiled;

/*
 * policy_compile: text to programs, in the current memory context.  An error if it is
 * no policy.
 */
extern Compiled *policy_compile(const char *text);

/*
 * compiled_get: the same from the cache, without the examples, which few ask for and
 * which take most of the memory.  The result stays until `until` is reset or deleted;
 * other entries go, least recently used first, when all together take
 * more than the setting zjtx.cache_size.
 */
extern const Compiled *compiled_get(const char *text, int length, MemoryContext until);

/* compiled_again: the same of one that was got before; NULL once it has gone. */
extern const Compiled *compiled_again(const CompiledId *id, MemoryContext until);

/* zjtx.cache_size, in kB */
extern int	zjtx_cache_size;

/* How many policies are cached, and their bytes. */
extern void compiled_statistics(int *entries, Size *bytes);

#endif							/* ZJTX_CACHE_H */
