/*
 * compact.c
 *		A program in one piece of memory, with all that it needs of the tree.
 *
 * The copying is done twice: the first time to learn how much memory it takes.
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "language/texts.h"
#include "plain.h"

typedef struct Piece
{
	char	   *start;			/* NULL while it is measured */
	Size		used;
} Piece;

/* ---------------- pieces ---------------- */

static void *
take(Piece *piece, Size size)
{
	void	   *result = piece->start ? piece->start + piece->used : palloc(Max(size, 1));

	piece->used += MAXALIGN(size);
	return result;
}

static void *
copy_bytes(Piece *piece, const void *from, Size size)
{
	void	   *result = take(piece, size);

	if (size > 0)
		memcpy(result, from, size);
	return result;
}

#define COPY(piece, array, n) ((array) = copy_bytes((piece), (array), (n) * sizeof(*(array))))

static char *
copy_string(Piece *piece, const char *string)
{
	return string ? copy_bytes(piece, string, strlen(string) + 1) : NULL;
}

static void
copy_number(Piece *piece, Number *number)
{
	if (number->den != 0)
		return;
	number->big_num = copy_bytes(piece, number->big_num, VARSIZE_ANY(number->big_num));
	number->big_den = copy_bytes(piece, number->big_den, VARSIZE_ANY(number->big_den));
}

/* A list of copies; it is not to be changed. */
static List *
copy_items(Piece *piece, const List *from, void *(*copy_item) (Piece *piece, const void *item))
{
	int			length = list_length(from);
	List	   *list;
	int			i;

	if (length == 0)
		return NIL;
	list = take(piece, offsetof(List, initial_elements) + length * sizeof(ListCell));
	list->type = T_List;
	list->length = list->max_length = length;
	list->elements = list->initial_elements;
	for (i = 0; i < length; i++)
		lfirst(list_nth_cell(list, i)) = copy_item(piece, list_nth(from, i));
	return list;
}

/* ---------------- facts ---------------- */

static void *
copy_label(Piece *piece, const void *from)
{
	TextLabel  *label = copy_bytes(piece, from, sizeof(TextLabel));

	label->text = copy_string(piece, label->text);
	return label;
}

static void *
copy_value(Piece *piece, const void *from)
{
	TextValue  *value = copy_bytes(piece, from, sizeof(TextValue));

	value->text = copy_string(piece, value->text);
	value->labels = copy_items(piece, value->labels, copy_label);
	return value;
}

/* The text of a form, which is that of a value or of one of its labels. */
static const char *
form_text(const char *text, const TextValue *from, const TextValue *value)
{
	ListCell   *old;
	ListCell   *new;

	forboth(old, from->labels, new, value->labels)
		if (((const TextLabel *) lfirst(old))->text == text)
			return ((const TextLabel *) lfirst(new))->text;
	Assert(text == from->text);
	return value->text;
}

static Texts *
copy_texts(Piece *piece, const Texts *from, const List *values)
{
	Texts	   *texts = copy_bytes(piece, from, sizeof(Texts));
	ListCell   *cell;
	int			i;

	COPY(piece, texts->values, texts->nvalues);
	COPY(piece, texts->forms, texts->nforms);
	COPY(piece, texts->slots, texts->nslots);
	foreach(cell, values)
		texts->values[foreach_current_index(cell)] = lfirst(cell);
	for (i = 0; i < texts->nforms; i++)
	{
		TextForm   *form = &texts->forms[i];

		form->text = form_text(form->text, from->values[form->value], texts->values[form->value]);
	}
	return texts;
}

static void *
copy_fact(Piece *piece, const void *from)
{
	Fact	   *fact = copy_bytes(piece, from, sizeof(Fact));

	fact->name = copy_string(piece, fact->name);
	fact->label = copy_string(piece, fact->label);
	fact->low = fact->high = NULL;
	fact->values = copy_items(piece, fact->values, copy_value);
	if (fact->texts)
		fact->texts = copy_texts(piece, fact->texts, fact->values);
	fact->fields = copy_items(piece, fact->fields, copy_fact);
	if (fact->unknown)
	{
		Value	   *unknown = copy_bytes(piece, fact->unknown, sizeof(Value));

		copy_number(piece, &unknown->low);
		copy_number(piece, &unknown->high);
		fact->unknown = unknown;
	}
	return fact;
}

/* ---------------- statements ---------------- */

static void *
copy_office(Piece *piece, const void *from)
{
	return copy_string(piece, from);
}

/* What answers say of a statement. */
static void
copy_provision(Piece *piece, Provision *to, const Provision *from)
{
	memset(to, 0, sizeof(Provision));
	to->code = copy_string(piece, from->code);
	to->title = copy_string(piece, from->title);
	to->article = copy_string(piece, from->article);
	to->offices = copy_items(piece, from->offices, copy_office);
	to->subject = from->subject;
}

static Document *
copy_document(Piece *piece, const Document *from)
{
	Document   *doc = take(piece, sizeof(Document));

	memset(doc, 0, sizeof(Document));
	doc->bare = from->bare;
	copy_provision(piece, &doc->provision, &from->provision);
	doc->number = copy_string(piece, from->number);
	doc->series = copy_string(piece, from->series);
	doc->has_from = from->has_from;
	doc->from = from->from;
	doc->has_until = from->has_until;
	doc->until = from->until;
	doc->has_ladder = from->has_ladder;
	doc->ladder = copy_string(piece, from->ladder);
	return doc;
}

static const char **
copy_strings(Piece *piece, const char **from, int n)
{
	const char **strings = copy_bytes(piece, from, n * sizeof(char *));
	int			i;

	for (i = 0; i < n; i++)
		strings[i] = copy_string(piece, strings[i]);
	return strings;
}

static void
copy_stage(Piece *piece, const Program *program, StageEntry *entry)
{
	Stage	   *stage = take(piece, sizeof(Stage));

	memset(stage, 0, sizeof(Stage));
	copy_provision(piece, &stage->provision, &entry->stage->provision);
	if (entry->stage->list)
		stage->list = unconstify(Fact *, program->facts[entry->stage->list->index]);
	entry->stage = stage;
}

static void
copy_clause(Piece *piece, const Program *program, ClauseEntry *entry)
{
	Clause	   *clause = take(piece, sizeof(Clause));
	int			i;

	memset(clause, 0, sizeof(Clause));
	copy_provision(piece, &clause->provision, &entry->clause->provision);
	clause->kind = entry->clause->kind;
	clause->has_kind = entry->clause->has_kind;
	clause->per_year = entry->clause->per_year;
	clause->undetermined = entry->clause->undetermined;
	entry->clause = clause;
	COPY(piece, entry->should, entry->nshould);
	entry->should_texts = copy_strings(piece, entry->should_texts, entry->nshould);
	COPY(piece, entry->stages, entry->nstages);
	for (i = 0; i < entry->nstages; i++)
		copy_stage(piece, program, &entry->stages[i]);
}

static void
copy_rung(Piece *piece, RungEntry *entry)
{
	Rung	   *rung = take(piece, sizeof(Rung));

	memset(rung, 0, sizeof(Rung));
	copy_provision(piece, &rung->provision, &entry->rung->provision);
	rung->level = entry->rung->level;
	entry->rung = rung;
	COPY(piece, entry->should, entry->nshould);
	entry->should_texts = copy_strings(piece, entry->should_texts, entry->nshould);
}

/* ---------------- instructions ---------------- */

static Program *
copy_program(Piece *piece, const Program *from)
{
	Program    *program = copy_bytes(piece, from, sizeof(Program));
	int			i;

	program->words = NULL;
	program->doc = copy_document(piece, from->doc);
	COPY(piece, program->instrs, program->ninstrs);
	COPY(piece, program->args, program->nargs);
	COPY(piece, program->numbers, program->nnumbers);
	for (i = 0; i < program->nnumbers; i++)
		copy_number(piece, &program->numbers[i]);
	COPY(piece, program->texts, program->ntexts);
	for (i = 0; i < program->ntexts; i++)
		program->texts[i] = copy_string(piece, program->texts[i]);
	COPY(piece, program->facts, program->nfacts);
	for (i = 0; i < program->nfacts; i++)
		program->facts[i] = copy_fact(piece, program->facts[i]);
	COPY(piece, program->fact_instrs, program->nfacts);
	COPY(piece, program->define_instrs, program->ndefines);
	COPY(piece, program->clauses, program->nclauses);
	for (i = 0; i < program->nclauses; i++)
		copy_clause(piece, program, &program->clauses[i]);
	COPY(piece, program->rungs, program->nrungs);
	for (i = 0; i < program->nrungs; i++)
		copy_rung(piece, &program->rungs[i]);
	return program;
}

/* The plain mode points to the texts of constants and to the texts of facts. */
static void
copy_plain(Piece *piece, Program *program)
{
	PlainProgram *plain = copy_bytes(piece, program->plain, sizeof(PlainProgram));
	int			i,
				j;

	program->plain = plain;
	COPY(piece, plain->nodes, program->ninstrs);
	COPY(piece, plain->args, plain->nargs);
	COPY(piece, plain->steps, plain->nsteps);
	COPY(piece, plain->texts, plain->ntexts);
	COPY(piece, plain->masks, plain->nmasks);
	COPY(piece, plain->lists, plain->nlists);
	COPY(piece, plain->facts, program->nfacts);
	for (i = 0; i < program->nfacts; i++)
		plain->facts[i].texts = program->facts[i]->texts;
	COPY(piece, plain->fields, plain->nfields);
	for (i = 0; i < plain->nfields; i++)
	{
		PlainField *field = &plain->fields[i];

		field->fact.texts = ((const Fact *) list_nth(program->facts[field->list]->fields, field->field))->texts;
	}
	for (i = 0; i < program->ninstrs; i++)
	{
		const Instr *instr = &program->instrs[i];

		for (j = 0; instr->op == OP_TEXT_IN && plain->nodes[i].op == OP_TEXT_IN && j < instr->nargs; j++)
			plain->texts[plain->nodes[i].args + j].text =
				program->texts[program->instrs[program->args[instr->args + j]].a];
	}
}

Program *
program_compact(const Program *program, MemoryContext context)
{
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext, "zjtx compacting", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(scratch);
	Piece		piece = {NULL, 0};
	Program    *result;

	copy_plain(&piece, copy_program(&piece, program));
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);

	piece.start = MemoryContextAlloc(context, piece.used);
	piece.used = 0;
	result = copy_program(&piece, program);
	copy_plain(&piece, result);
	return result;
}
