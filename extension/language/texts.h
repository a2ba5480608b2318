/*
 * texts.h
 *		The texts that a fact can have, found by what a row, a key or a rule holds.
 */
#ifndef ZJTX_TEXTS_H
#define ZJTX_TEXTS_H

#include "tree.h"

typedef struct TextForm
{
	const char *text;			/* a value, or one of its labels */
	int			length;
	int			value;			/* which: its place in the declaration, from 0 */
} TextForm;

typedef struct Texts
{
	int			nvalues;
	const TextValue **values;	/* as declared */
	int			nforms;
	TextForm   *forms;			/* values and labels as they are declared */
	uint32		nslots;			/* a power of two; 0 where the forms are few */
	int		   *slots;			/* by hash: a form, or -1 */
} Texts;

/*
 * texts_create: of a list of TextValue.  Where a text stands twice, twice is its second
 * place and other the value to which it belongs already; NULL is returned.
 */
extern Texts *texts_create(const List *values, Span *twice, const TextValue **other);

/* The value that a text is or means, as its place in the declaration; -1 if it is none. */
extern int	texts_find(const Texts *texts, const char *text, int length);

/* What people are shown for a value: its first label, or the value itself. */
extern const char *text_value_shown(const TextValue *value);

/* The same for a text that a fact has; the text itself where the fact declares no values. */
extern const char *fact_text_shown(const Fact *fact, const char *text, int length);

#endif							/* ZJTX_TEXTS_H */
