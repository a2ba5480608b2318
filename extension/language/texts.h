/*
 * texts.h
 *		Lookup of the texts that a fact can have, from a row, a jsonb key or a rule.
 */
#ifndef ZJTX_TEXTS_H
#define ZJTX_TEXTS_H

#include "tree.h"

/* The first and the last bytes of a text: all of them, if there are up to 16. */
typedef struct TextEnds
{
	uint64		head;
	uint64		tail;
} TextEnds;

typedef struct TextForm
{
	const char *text;			/* a value or one of its labels */
	int			length;
	int			value;			/* index of the value in the declaration */
	TextEnds	ends;
} TextForm;

typedef struct Texts
{
	int			nvalues;
	const TextValue **values;	/* in the order of the declaration */
	int			nforms;
	TextForm   *forms;			/* values and labels in the order of the
								 * declaration */
	int			shift;			/* of hashes, to numbers below nslots */
	uint32		nslots;			/* a power of two */
	int		   *slots;			/* by hash: index of a form, or -1 */
} Texts;

/*
 * texts_create: builds the lookup from a list of TextValue.  If a text occurs twice,
 * returns NULL and sets twice to its second position and other to the value that has it
 * already.
 */
extern Texts *texts_create(const List *values, Span *twice, const TextValue **other);

/* Returns the index of the value that a text is or denotes, or -1. */
extern int	texts_find(const Texts *texts, const char *text, int length);

/* Returns the displayed form of a value: its first label, or the value itself. */
extern const char *text_value_shown(const TextValue *value);

/*
 * The same for a text of a fact; returns the text itself if the fact declares no values.
 */
extern const char *texts_fact_shown(const Fact *fact, const char *text, int length);

/* Whether the same values are declared, with the same labels, in the same order. */
extern bool texts_same(const Texts *a, const Texts *b);

#endif							/* ZJTX_TEXTS_H */
