/*
 * palloc.c
 *		Each piece of memory in a block of malloc's, where AddressSanitizer and valgrind see its ends.
 *
 * Linked into a zjtx.so under test with the linker's --wrap, so that what our code allocates
 * comes from here.  A context gets a child that dies with it and whose blocks are so
 * small that PostgreSQL gives every piece of more than eight bytes a block of its own.
 * What the server allocates for us, such as numerics and lists, is not seen.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/memutils.h"

/* aset.c halves its limit of 8 kB until four pieces fit a block: to eight bytes. */
#define TINY_BLOCK 160

static const char guarded[] = "guarded";

static MemoryContext
guarded_child(MemoryContext context)
{
	MemoryContext child;

	if (context->name == guarded)
		return context;
	for (child = context->firstchild; child; child = child->nextchild)
		if (child->name == guarded)
			return child;
	return AllocSetContextCreateInternal(context, guarded, 0, TINY_BLOCK, TINY_BLOCK);
}

extern void *__wrap_palloc(Size size);
extern void *__wrap_palloc0(Size size);
extern void *__wrap_palloc_mul(Size size, Size count);
extern void *__wrap_palloc0_mul(Size size, Size count);
extern void *__wrap_palloc_extended(Size size, int flags);
extern void *__wrap_MemoryContextAlloc(MemoryContext context, Size size);
extern void *__wrap_MemoryContextAllocZero(MemoryContext context, Size size);
extern void *__wrap_MemoryContextAllocZeroAligned(MemoryContext context, Size size);
extern char *__wrap_MemoryContextStrdup(MemoryContext context, const char *string);
extern char *__wrap_pstrdup(const char *string);
extern char *__wrap_pnstrdup(const char *string, Size length);
extern void __wrap_initStringInfo(StringInfo buf);
extern void __wrap_MemoryContextRegisterResetCallback(MemoryContext context, MemoryContextCallback *callback);
extern void __real_MemoryContextRegisterResetCallback(MemoryContext context, MemoryContextCallback *callback);
extern void *__real_MemoryContextAlloc(MemoryContext context, Size size);
extern void *__real_MemoryContextAllocZero(MemoryContext context, Size size);

void *
__wrap_MemoryContextAlloc(MemoryContext context, Size size)
{
	return __real_MemoryContextAlloc(guarded_child(context), size);
}

void *
__wrap_MemoryContextAllocZero(MemoryContext context, Size size)
{
	return __real_MemoryContextAllocZero(guarded_child(context), size);
}

void *
__wrap_MemoryContextAllocZeroAligned(MemoryContext context, Size size)
{
	return __real_MemoryContextAllocZero(guarded_child(context), size);
}

void *
__wrap_palloc(Size size)
{
	return __wrap_MemoryContextAlloc(CurrentMemoryContext, size);
}

void *
__wrap_palloc0(Size size)
{
	return __wrap_MemoryContextAllocZero(CurrentMemoryContext, size);
}

/* A product too large for a size is too large for an allocation. */
static Size
product(Size size, Size count)
{
	Size		bytes;

	return __builtin_mul_overflow(size, count, &bytes) ? SIZE_MAX : bytes;
}

void *
__wrap_palloc_mul(Size size, Size count)
{
	return __wrap_palloc(product(size, count));
}

void *
__wrap_palloc0_mul(Size size, Size count)
{
	return __wrap_palloc0(product(size, count));
}

void *
__wrap_palloc_extended(Size size, int flags)
{
	return MemoryContextAllocExtended(guarded_child(CurrentMemoryContext), size, flags);
}

char *
__wrap_pnstrdup(const char *string, Size length)
{
	Size		there = strnlen(string, length);
	char	   *copy = __wrap_palloc(there + 1);

	memcpy(copy, string, there);
	copy[there] = '\0';
	return copy;
}

char *
__wrap_MemoryContextStrdup(MemoryContext context, const char *string)
{
	Size		length = strlen(string) + 1;

	return memcpy(__wrap_MemoryContextAlloc(context, length), string, length);
}

char *
__wrap_pstrdup(const char *string)
{
	return __wrap_MemoryContextStrdup(CurrentMemoryContext, string);
}

/* It grows where it was made: repalloc stays in the context of its piece. */
void
__wrap_initStringInfo(StringInfo buf)
{
	buf->maxlen = 1024;
	buf->data = __wrap_palloc(buf->maxlen);
	resetStringInfo(buf);
}

/* It is called while its own memory is still there: where that lies, which goes first. */
void
__wrap_MemoryContextRegisterResetCallback(MemoryContext context, MemoryContextCallback *callback)
{
	__real_MemoryContextRegisterResetCallback(guarded_child(context), callback);
}
