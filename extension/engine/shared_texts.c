/*
 * shared_texts.c
 *		The texts that facts can have, shared between programs.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "utils/memutils.h"

#include "language/texts.h"
#include "shared_texts.h"

#define MANY_FORMS 10			/* facts with fewer texts do not share them */

typedef struct SharedTexts
{
	MemoryContext context;		/* contains this structure */
	uint32		hash;
	int			pins;
	List	   *values;
	Texts	   *texts;
	struct SharedTexts *next;
} SharedTexts;

static SharedTexts *shared_texts = NULL;

/* ---------------- copies ---------------- */

static void *
copy_label(Piece *piece, const void *from)
{
	TextLabel  *label = piece_copy(piece, from, sizeof(TextLabel));

	label->text = piece_string(piece, label->text);
	return label;
}

/* Answers show only the first label.  All labels are among the forms. */
static void *
copy_value(Piece *piece, const void *from)
{
	TextValue  *value = piece_copy(piece, from, sizeof(TextValue));
	List	   *first = list_truncate(list_copy(value->labels), 1);

	value->text = piece_string(piece, value->text);
	value->labels = piece_list(piece, first, copy_label);
	return value;
}

static Texts *
copy_texts(Piece *piece, const Texts *from, const List *values)
{
	Texts	   *texts = piece_copy(piece, from, sizeof(Texts));
	ListCell   *cell;
	int			i;

	PIECE_COPY(piece, texts->values, texts->nvalues);
	PIECE_COPY(piece, texts->forms, texts->nforms);
	PIECE_COPY(piece, texts->slots, texts->nslots);
	foreach(cell, values)
	{
		texts->values[foreach_current_index(cell)] = lfirst(cell);
	}
	for (i = 0; i < texts->nforms; i++)
		texts->forms[i].text = piece_string(piece, texts->forms[i].text);
	return texts;
}

/* ---------------- sharing ---------------- */

static uint32
texts_hash(const Texts *texts)
{
	uint32		hash = 0;
	int			i;

	for (i = 0; i < texts->nforms; i++)
		hash = hash_combine(hash, hash_bytes((const unsigned char *) texts->forms[i].text, texts->forms[i].length));
	return hash;
}

static void
unpin_texts(void *arg)
{
	SharedTexts *shared = arg;
	SharedTexts **link;

	if (--shared->pins > 0)
		return;
	for (link = &shared_texts; *link != shared; link = &(*link)->next)
		 /* find it */ ;
	*link = shared->next;
	MemoryContextDelete(shared->context);
}

static SharedTexts *
new_shared(const Fact *fact, uint32 hash)
{
	MemoryContext context = AllocSetContextCreate(TopMemoryContext, "zjtx texts", ALLOCSET_SMALL_SIZES);
	MemoryContext scratch = CurrentMemoryContext;
	Piece		measured = {NULL, 0, symbols_create(), NIL, NULL};
	Piece		piece = {NULL, 0, symbols_create(), NIL, NULL};
	SharedTexts *shared;
	List	   *values;

	values = piece_list(&measured, fact->values, copy_value);
	(void) copy_texts(&measured, fact->texts, values);
	MemoryContextSwitchTo(context);
	shared = palloc0(sizeof(SharedTexts));
	piece.start = palloc(measured.used);
	MemoryContextSwitchTo(scratch);
	shared->context = context;
	shared->hash = hash;
	shared->values = piece_list(&piece, fact->values, copy_value);
	shared->texts = copy_texts(&piece, fact->texts, shared->values);
	shared->next = shared_texts;
	shared_texts = shared;
	return shared;
}

/* Returns the shared texts of a fact, which remain until the context is reset or deleted. */
static const SharedTexts *
share_texts(const Fact *fact, MemoryContext until)
{
	MemoryContextCallback *callback = MemoryContextAllocZero(until, sizeof(MemoryContextCallback));
	uint32		hash = texts_hash(fact->texts);
	SharedTexts *shared = shared_texts;

	while (shared && (shared->hash != hash || !texts_same(shared->texts, fact->texts)))
		shared = shared->next;
	if (shared == NULL)
		shared = new_shared(fact, hash);
	shared->pins++;
	callback->func = unpin_texts;
	callback->arg = shared;
	MemoryContextRegisterResetCallback(until, callback);
	return shared;
}

void
shared_texts_copy(Piece *piece, Fact *copy, const Fact *from)
{
	if (from->texts == NULL || from->texts->nforms < MANY_FORMS)
	{
		copy->values = piece_list(piece, from->values, copy_value);
		if (from->texts)
			copy->texts = copy_texts(piece, from->texts, copy->values);
	}
	else if (piece->start)
	{
		const SharedTexts *shared = share_texts(from, piece->context);

		copy->values = shared->values;
		copy->texts = shared->texts;
	}
}
