/*
 * texts.c
 *		Lookup of the texts that a fact can have.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "compat.h"

#include "texts.h"

#define FEW_FORMS 8				/* up to this number, forms are compared in
								 * sequence */

static bool
same(const TextForm *form, const char *text, int length)
{
	return form->length == length && memcmp(form->text, text, length) == 0;
}

/* Returns the slot of a form, or the free slot for it. */
static uint32
find_slot(const Texts *texts, const char *text, int length)
{
	uint32		at = hash_bytes((const unsigned char *) text, length) & (texts->nslots - 1);

	while (texts->slots[at] >= 0 && !same(&texts->forms[texts->slots[at]], text, length))
		at = (at + 1) & (texts->nslots - 1);
	return at;
}

static bool
add_form(Texts *texts, const char *text, int value)
{
	TextForm   *form = &texts->forms[texts->nforms];

	form->text = text;
	form->length = strlen(text);
	form->value = value;
	if (texts->nslots > 0)
	{
		uint32		slot = find_slot(texts, form->text, form->length);

		if (texts->slots[slot] >= 0)
			return false;
		texts->slots[slot] = texts->nforms;
	}
	else if (texts_find(texts, form->text, form->length) >= 0)
		return false;
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
	if (nforms > FEW_FORMS)
	{
		for (texts->nslots = 16; texts->nslots < (uint32) nforms * 2;)
			texts->nslots *= 2;
		texts->slots = palloc_array(int, texts->nslots);
		for (i = 0; i < texts->nslots; i++)
			texts->slots[i] = -1;
	}
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
	int			i;

	if (texts->nslots > 0)
	{
		i = texts->slots[find_slot(texts, text, length)];
		return i >= 0 ? texts->forms[i].value : -1;
	}
	for (i = 0; i < texts->nforms; i++)
		if (same(&texts->forms[i], text, length))
			return texts->forms[i].value;
	return -1;
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
