/*
 * texts.c
 *		Lookup of the texts that a fact can have.
 */
#include "postgres.h"

#include "compat.h"

#include "texts.h"

static inline TextEnds
ends_of(const char *text, int length)
{
	TextEnds	ends = {0, 0};
	uint32		head;
	uint32		tail;

	if (length >= 8)
	{
		memcpy(&ends.head, text, 8);
		memcpy(&ends.tail, text + length - 8, 8);
	}
	else if (length >= 4)
	{
		memcpy(&head, text, 4);
		memcpy(&tail, text + length - 4, 4);
		ends.head = head;
		ends.tail = tail;
	}
	else if (length > 0)
	{
		ends.head = (unsigned char) text[0];
		ends.tail = (unsigned char) text[length / 2] << 8 | (unsigned char) text[length - 1];
	}
	return ends;
}

static inline bool
same(const TextForm *form, const char *text, int length, TextEnds ends)
{
	return form->length == length && form->ends.head == ends.head && form->ends.tail == ends.tail &&
		(length <= 16 || memcmp(form->text, text, length) == 0);
}

/* Returns the slot of a form, or the free slot for it. */
static inline uint32
find_slot(const Texts *texts, const char *text, int length, TextEnds ends)
{
	uint64		hash = (ends.head * UINT64CONST(0x9E3779B97F4A7C15) ^ ends.tail) + length;
	uint32		at;

	hash = (hash ^ hash >> 32) * UINT64CONST(0xD6E8FEB86659FD93);
	at = hash >> texts->shift;
	while (texts->slots[at] >= 0 && !same(&texts->forms[texts->slots[at]], text, length, ends))
		at = (at + 1) & (texts->nslots - 1);
	return at;
}

static bool
add_form(Texts *texts, const char *text, int value)
{
	TextForm   *form = &texts->forms[texts->nforms];
	uint32		slot;

	form->text = text;
	form->length = strlen(text);
	form->value = value;
	form->ends = ends_of(text, form->length);
	slot = find_slot(texts, text, form->length, form->ends);
	if (texts->slots[slot] >= 0)
		return false;
	texts->slots[slot] = texts->nforms;
	texts->nforms++;
	return true;
}

Texts *
texts_create(const List *values, Span *twice, const TextValue **other)
{
	Texts	   *texts = palloc0(sizeof(Texts));
	int			nforms = list_length(values);
	ListCell   *cell;
	ListCell   *label_cell;
	uint32		i;

	foreach(cell, values)
	{
		nforms += list_length(((const TextValue *) lfirst(cell))->labels);
	}
	texts->values = palloc_array(const TextValue *, list_length(values));
	texts->forms = palloc_array(TextForm, nforms);
	texts->shift = 64 - 4;
	for (texts->nslots = 1 << 4; texts->nslots < (uint32) nforms * 4; texts->nslots *= 2)
		texts->shift--;
	texts->slots = palloc_array(int, texts->nslots);
	for (i = 0; i < texts->nslots; i++)
		texts->slots[i] = -1;
	foreach(cell, values)
	{
		TextValue  *value = lfirst(cell);
		int			number = texts->nvalues;

		texts->values[texts->nvalues++] = value;
		value->length = strlen(value->text);
		*twice = value->span;
		if (!add_form(texts, value->text, number))
		{
			*other = texts->values[texts_find(texts, value->text, value->length)];
			return NULL;
		}
		foreach(label_cell, value->labels)
		{
			const TextLabel *label = lfirst(label_cell);

			/* the first label, which is displayed, may equal the value */
			if (label_cell == list_head(value->labels) && strcmp(label->text, value->text) == 0)
				continue;
			*twice = label->span;
			if (!add_form(texts, label->text, number))
			{
				*other = texts->values[texts_find(texts, label->text, strlen(label->text))];
				return NULL;
			}
		}
	}
	return texts;
}

int
texts_find(const Texts *texts, const char *text, int length)
{
	int			form = texts->slots[find_slot(texts, text, length, ends_of(text, length))];

	return form >= 0 ? texts->forms[form].value : -1;
}

const char *
text_value_shown(const TextValue *value)
{
	return value->labels ? ((const TextLabel *) linitial(value->labels))->text : value->text;
}

const char *
texts_fact_shown(const Fact *fact, const char *text, int length)
{
	int			value = fact && fact->texts ? texts_find(fact->texts, text, length) : -1;

	return value >= 0 ? text_value_shown(fact->texts->values[value]) : pnstrdup(text, length);
}

bool
texts_same(const Texts *a, const Texts *b)
{
	int			i;

	if (a->nvalues != b->nvalues || a->nforms != b->nforms)
		return false;
	for (i = 0; i < a->nforms; i++)
		if (a->forms[i].value != b->forms[i].value || strcmp(a->forms[i].text, b->forms[i].text) != 0)
			return false;
	for (i = 0; i < a->nvalues; i++)
		if (strcmp(a->values[i]->text, b->values[i]->text) != 0 ||
			strcmp(text_value_shown(a->values[i]), text_value_shown(b->values[i])) != 0)
			return false;
	return true;
}
