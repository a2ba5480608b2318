/*
 * texts.h
 *		Lookup of the texts that a fact can have, from a row, a jsonb key or a rule.
 */
#ifndef ZJTX_TEXTS_H
#define ZJTX_TEXTS_H

#include "tree.h"

/* The last 16 bytes of a text, the very last one on top; zeros before it. */
typedef struct TextEnd
{
	uint64		before;
	uint64		last;
} TextEnd;

typedef struct TextForm
{
	const char *text;			/* a value or one of its labels */
	int			length;
	int			value;			/* index of the value in the declaration */
	TextEnd		end;
} TextForm;

typedef struct Texts
{
	uint64		serial;			/* no other texts of the process have it */
	int			nvalues;
	const TextValue **values;	/* in the order of the declaration */
	int			nforms;
	TextForm   *forms;			/* values and labels in the order of the
								 * declaration */
	uint64		multiplier;		/* multiplier of the hash, chosen so that few
								 * forms do not collide */
	int			shift;			/* shift that reduces a hash to a number below
								 * nslots */
	uint32		nslots;			/* a power of two */
	int		   *slots;			/* by hash: index of a form, or -1 */
} Texts;

/*
 * texts_create: builds the lookup from a list of TextValue.  If a text occurs twice,
 * returns NULL, and sets *twice to its second position and *other to the value that has
 * it already.
 */
extern Texts *texts_create(const List *values, Span *twice, const TextValue **other);

/* Returns a copy for texts_find() in the current memory context: without the values, and with the same serial number. */
extern Texts *texts_copy(const Texts *texts);

/* Returns the index of the value that a text equals or is a label of, or -1. */
extern int	texts_find(const Texts *texts, const char *text, int length);

static inline uint32
texts_first_slot(const Texts *texts, int length, TextEnd end)
{
	return ((end.before * 5 ^ end.last) + length) * texts->multiplier >> texts->shift;
}

/* The slot of a form, or the free slot for it. */
static inline uint32
texts_slot(const Texts *texts, const char *text, int length, TextEnd end)
{
	uint32		at = texts_first_slot(texts, length, end);

	for (; texts->slots[at] >= 0; at = (at + 1) & (texts->nslots - 1))
	{
		const TextForm *form = &texts->forms[texts->slots[at]];

		if (form->end.before == end.before && form->end.last == end.last && form->length == length &&
			(length <= 16 || memcmp(form->text, text, length) == 0))
			break;
	}
	return at;
}

/*
 * The same as texts_find(), but reads up to 16 bytes before the text, which belong to its tuple or chunk of memory.
 */
static inline int
texts_find_in_place(const Texts *texts, const char *text, int length)
{
#ifdef WORDS_BIGENDIAN
	return texts_find(texts, text, length);
#else
	static const uint64 there[] = {0, UINT64CONST(0xFF) << 56, UINT64CONST(0xFFFF) << 48, UINT64CONST(0xFFFFFF) << 40,
		UINT64CONST(0xFFFFFFFF) << 32, UINT64CONST(0xFFFFFFFFFF) << 24, UINT64CONST(0xFFFFFFFFFFFF) << 16,
	UINT64CONST(0xFFFFFFFFFFFFFF) << 8, PG_UINT64_MAX};
	TextEnd		end;
	int			form;

	memcpy(&end.before, text + length - 16, 8);
	memcpy(&end.last, text + length - 8, 8);
	end.before &= there[Max(Min(length, 16), 8) - 8];
	end.last &= there[Min(length, 8)];
	form = texts->slots[texts_slot(texts, text, length, end)];
	return form >= 0 ? texts->forms[form].value : -1;
#endif
}

/* Returns the displayed form of a value: its first label, or the value itself. */
extern const char *text_value_shown(const TextValue *value);

/*
 * The same for a text of a fact; returns the text itself if the fact declares no values.
 */
extern const char *texts_fact_shown(const Fact *fact, const char *text, int length);

/* Whether the same values are declared, with the same labels, in the same order. */
extern bool texts_same(const Texts *a, const Texts *b);

#endif							/* ZJTX_TEXTS_H */
