/*
 * cache.h
 *		Keeps compiled policies, one copy per backend.
 */
#ifndef ZJTX_CACHE_H
#define ZJTX_CACHE_H

#include "postgres.h"

#include "engine/program.h"
#include "facts/day.h"

/* Identifies a policy in the cache.  Serial numbers are never reused. */
typedef struct CompiledId
{
	uint64		hash;			/* of the text */
	uint64		length;			/* of the text */
	uint64		serial;
} CompiledId;

/* A policy that was read, with a program for each of its documents. */
typedef struct Compiled
{
	const char *name;			/* for messages: the code, or the beginning of
								 * the text */
	const char *series;			/* the code of a series, or NULL */
	bool		has_as_of;		/* whether it is bound to a day */
	bool		as_of_default;	/* the as_of of a row takes precedence over it */
	DateADT		as_of;
	uint64		content;		/* hash of the text's tokens; see Policy */
	bool		uses_others;	/* whether the first document uses others */
	List	   *repeals;		/* what the first document repeals, of char *:
								 * codes or numbers */
	int			nprograms;
	Program   **programs;
	const Policy *policy;		/* the tree and its text, or NULL if they were
								 * dropped */

	/* The following members are set for a policy from the cache. */
	const char *text;			/* the key, or NULL if it is found only by its
								 * id */
	CompiledId	id;
	Size		bytes;			/* memory used */
} Compiled;

/*
 * compiled_day: returns the source of the day judged, for a policy given by name or as a
 * value.
 */
extern DaySource compiled_day(const Compiled *compiled, bool by_name);

/*
 * policy_compile: compiles a text in the current memory context.  With `words`, the
 * programs keep a map from expressions to instructions.  A text that is no policy is an
 * error.
 */
extern Compiled *policy_compile(const char *text, bool words);

/* policy_compile_read: the same for a policy that has been read. */
extern Compiled *policy_compile_read(const Policy *policy, bool words);

/*
 * compiled_get: like policy_compile, but from the cache and without the tree, which takes
 * most of the memory.  The result is valid until `until` is reset or deleted.  When all
 * entries take more than zjtx.cache_size, the least recently used ones are removed.
 *
 * compiled_tree: the same with the tree, for callers that show the source of a policy.
 */
extern const Compiled *compiled_get(const char *text, int length, MemoryContext until);
extern const Compiled *compiled_tree(const char *text, int length, MemoryContext until);

/*
 * compiled_check: returns whether a text is a policy, and enters it into the cache.  The
 * error is reported to escontext, an ErrorSaveContext, or raised if that is NULL.
 */
extern bool compiled_check(const char *text, int length, struct Node *escontext);

/*
 * compiled_keep: enters a result of policy_compile() into the cache, without its tree and
 * text.  It can be found only by its id.
 */
extern const Compiled *compiled_keep(const Compiled *compiled, MemoryContext until);

/* compiled_again: returns the cached policy with this id, or NULL if it was removed. */
extern const Compiled *compiled_again(const CompiledId *id, MemoryContext until);

/* zjtx.cache_size, in kB */
extern int	zjtx_cache_size;

/* Returns the number of cached policies and the memory that they use. */
extern void compiled_statistics(int *entries, Size *bytes);

#endif							/* ZJTX_CACHE_H */
