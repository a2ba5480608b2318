/*
 * names.h
 *		Finds names: exactly, or the one that is meant; and shows words in messages.
 */
#ifndef ZJTX_NAMES_H
#define ZJTX_NAMES_H

#include "postgres.h"

/*
 * Symbols: a hash table of items by name. symbols_add returns false and changes nothing if
 * the name exists. symbols_find returns NULL if it does not.
 */
typedef struct Symbols Symbols;

extern Symbols *symbols_create(void);
extern bool symbols_add(Symbols *symbols, const char *name, void *item);
extern void *symbols_find(const Symbols *symbols, const char *name);

/* The candidate most similar to a name, or NULL if none is similar. */
typedef struct Nearest
{
	const char *wanted;
	const char *best;
	int			distance;
} Nearest;

extern void nearest_start(Nearest *nearest, const char *wanted);
extern void nearest_offer(Nearest *nearest, const char *candidate);
extern char *nearest_hint(const Nearest *nearest);

/*
 * Messages are in ASCII and include words of the language as arguments.  If the client has
 * a single-byte encoding, which has no Chinese, these return the English word; otherwise
 * the client would get an encoding error and no message.
 */
extern const char *message_word(const char *word, const char *english);

#endif							/* ZJTX_NAMES_H */
