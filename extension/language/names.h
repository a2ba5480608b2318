/*
 * names.h
 *		Lookup of names, exact or by similarity; predefined names; words in messages.
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
 * Messages are in ASCII and include words of the language as arguments.  If the client's
 * encoding is a single-byte encoding, which has no Chinese, this returns the English
 * word, because the client would get an encoding error instead of the message.
 */
extern const char *message_word(const char *word, const char *english);

/* The names that the language itself defines, in English and Chinese. */
typedef enum Predefined
{
#define PREDEFINED(NAME, english, chinese) PREDEFINED_##NAME,
#include "language/predefined.h"
	NPREDEFINED
} Predefined;

extern const char *const predefined_names[NPREDEFINED][2];

/* Whether a name is one of them, in either language. */
extern bool is_predefined(const char *name, Predefined which);

/* The day judged: the name and the label of fact 0 of every document. */
#define AS_OF_NAME (predefined_names[PREDEFINED_AS_OF][0])
#define AS_OF_LABEL (predefined_names[PREDEFINED_AS_OF][1])
#define is_as_of(name) is_predefined((name), PREDEFINED_AS_OF)

/* The element of a list of scalars: the name of its only field. */
#define IT_NAME (predefined_names[PREDEFINED_IT][0])
#define IT_LABEL (predefined_names[PREDEFINED_IT][1])

#endif							/* ZJTX_NAMES_H */
