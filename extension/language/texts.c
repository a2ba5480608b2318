/*
 * texts.c
 *		Lookup of the texts that a fact can have.
 */
#include "postgres.h"

#include "compat.h"

#include "texts.h"

#define MULTIPLIER UINT64CONST(0x9E3779B97F4A7C15)
#define FEW_FORMS 32			/* up to this number of forms, look for a
								 * multiplier that gives each a slot of its
								 * own */

static TextEnd
end_of(const char *text, int length)
{
	TextEnd		end = {0, 0};
	int			i;

#ifndef WORDS_BIGENDIAN
	if (length >= 8)
	{
		memcpy(&end.last, text + length - 8, 8);
		if (length >= 16)
			memcpy(&end.before, text + length - 16, 8);
		else if (length > 8)
		{
			memcpy(&end.before, text, 8);
			end.before <<= 8 * (16 - length);
		}
		return end;
	}
	if (length >= 4)
	{
		uint32		first;
		uint32		last;

		memcpy(&first, text, 4);
		memcpy(&last, text + length - 4, 4);
		end.last = (uint64) last << 32 | (uint64) first << (64 - 8 * length);
		return end;
	}
#endif
	for (i = 1; i <= Min(length, 8); i++)
		end.last |= (uint64) (unsigned char) text[length - i] << (64 - 8 * i);
	for (i = 9; i <= Min(length, 16); i++)
		end.before |= (uint64) (unsigned char) text[length - i] << (128 - 8 * i);
	return end;
}

static void
clear_slots(Texts *texts)
{
	uint32		i;

	for (i = 0; i < texts->nslots; i++)
		texts->slots[i] = -1;
}

/* Puts all forms into slots; returns false if a form does not get the slot of its hash. */
static bool
fill_slots(Texts *texts)
{
	bool		perfect = true;
	int			i;

	clear_slots(texts);
	for (i = 0; i < texts->nforms; i++)
	{
		const TextForm *form = &texts->forms[i];
		uint32		slot = texts_slot(texts, form->text, form->length, form->end);

		perfect &= slot == texts_first_slot(texts, form->length, form->end);
		texts->slots[slot] = i;
	}
	return perfect;
}

/* Chooses the multiplier so that, if there are few forms, normally none collides with another. */
static void
separate(Texts *texts)
{
	int			i;

	for (i = 0; i < 100; i++)
	{
		if (texts->nforms > FEW_FORMS || fill_slots(texts))
			return;
		texts->multiplier += 2 * MULTIPLIER;
	}
	(void) fill_slots(texts);
}

static bool
add_form(Texts *texts, const char *text, int value)
{
	TextForm   *form = &texts->forms[texts->nforms];
	uint32		slot;

	form->text = text;
	form->length = strlen(text);
	form->value = value;
	form->end = end_of(text, form->length);
	slot = texts_slot(texts, text, form->length, form->end);
	if (texts->slots[slot] >= 0)
		return false;
	texts->slots[slot] = texts->nforms;
	texts->nforms++;
	return true;
}

Texts *
texts_create(const List *values, Span *twice, const TextValue **other)
{
	static uint64 nserials = 0;
	Texts	   *texts = palloc0(sizeof(Texts));
	int			nforms = list_length(values);
	ListCell   *cell;
	ListCell   *label_cell;

	foreach(cell, values)
	{
		nforms += list_length(((const TextValue *) lfirst(cell))->labels);
	}
	texts->serial = ++nserials;
	texts->values = palloc_array(const TextValue *, list_length(values));
	texts->forms = palloc_array(TextForm, nforms);
	texts->shift = 64 - 4;
	for (texts->nslots = 1 << 4; texts->nslots < (uint32) nforms * 4; texts->nslots *= 2)
		texts->shift--;
	texts->slots = palloc_array(int, texts->nslots);
	texts->multiplier = MULTIPLIER;
	clear_slots(texts);
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
	separate(texts);
	return texts;
}

Texts *
texts_copy(const Texts *texts)
{
	Texts	   *copy = palloc(sizeof(Texts));
	int			i;

	*copy = *texts;
	copy->values = NULL;
	copy->slots = palloc_array(int, texts->nslots);
	memcpy(copy->slots, texts->slots, texts->nslots * sizeof(int));
	copy->forms = palloc_array(TextForm, texts->nforms);
	for (i = 0; i < texts->nforms; i++)
	{
		copy->forms[i] = texts->forms[i];
		copy->forms[i].text = pnstrdup(texts->forms[i].text, texts->forms[i].length);
	}
	return copy;
}

int
texts_find(const Texts *texts, const char *text, int length)
{
	int			form = texts->slots[texts_slot(texts, text, length, end_of(text, length))];

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
