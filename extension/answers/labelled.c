/*
 * labelled.c
 *		The source of an expression as people read it.
 *
 * The tree says what to show in place of each name and text, and where that is in the
 * source.  Everything else, such as brackets and numbers, is copied.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "labelled.h"
#include "language/texts.h"

/* A position in the source, and what is shown there instead. */
typedef struct Shown
{
	Span		span;
	const char *text;
} Shown;

typedef struct Labeller
{
	const Phrases *words;
	const char *text;			/* of the policy */
	List	   *shown;			/* of Shown */
} Labeller;

const char *
labelled_fact(const Phrases *words, const Fact *fact)
{
	return words->chinese && fact->label ? fact->label : fact->name;
}

static void
add_shown(Labeller *labeller, int start, int end, const char *text)
{
	Shown	   *shown = palloc(sizeof(Shown));

	shown->span.start = start;
	shown->span.end = end;
	shown->text = text;
	labeller->shown = lappend(labeller->shown, shown);
}

/* A literal.  One that the parser made from something else has no position in the source. */
static void
show_whole(Labeller *labeller, const Expression *expr, const char *text)
{
	if (expr->span.end > expr->span.start)
		add_shown(labeller, expr->span.start, expr->span.end, text);
}

/* A name in the source can only differ from its folded form in the case of ASCII letters. */
static void
show(Labeller *labeller, int start, const char *name, const char *text)
{
	if (text && pg_strncasecmp(labeller->text + start, name, strlen(name)) == 0)
		add_shown(labeller, start, start + strlen(name), text);
}

/* The name of a field of a named element is behind the point: p.area. */
static int
name_start(const Expression *expr)
{
	return expr->element ? expr->span.end - (int) strlen(expr->name) : expr->span.start;
}

static void
label_name(Labeller *labeller, const Expression *expr)
{
	if (expr->meaning == NAME_DEFINE && expr->define)
		show(labeller, name_start(expr), expr->name, expr->define->provision.title);
	else if ((expr->meaning == NAME_FACT || expr->meaning == NAME_FIELD) && expr->fact)
		show(labeller, name_start(expr), expr->name, expr->fact->label);
}

static void
label(const Expression *expr, void *context)
{
	Labeller   *labeller = context;
	const Expression *first;

	if (expr == NULL)
		return;
	switch (expr->kind)
	{
		case EXPR_NAME:
			label_name(labeller, expr);
			break;
		case EXPR_INDEX:
			if (expr->meaning == NAME_FACT && expr->fact)
				show(labeller, expr->span.start, expr->name, expr->fact->label);
			else if (expr->meaning == NAME_TABLE && expr->table)
				show(labeller, expr->span.start, expr->name, expr->table->provision.title);
			break;
		case EXPR_LIST_CALL:
			/* the call knows which list it is */
			first = linitial(expr->args);
			if (first->kind == EXPR_NAME && first->meaning == NAME_UNRESOLVED && expr->fact)
				show(labeller, first->span.start, first->name, expr->fact->label);
			break;
		case EXPR_TEXT:
			if (expr->texts)
				show_whole(labeller, expr, psprintf(labeller->words->quoted, texts_fact_shown(expr->texts, expr->name, strlen(expr->name))));
			break;
		case EXPR_BOOLEAN:
			show_whole(labeller, expr, expr->boolean ? labeller->words->yes : labeller->words->no);
			break;
		default:
			break;
	}
	expr_walk(expr, label, labeller);
}

static int
compare_places(const ListCell *a, const ListCell *b)
{
	return ((const Shown *) lfirst(a))->span.start - ((const Shown *) lfirst(b))->span.start;
}

/* Appends what is shown for the places that begin at `at`; returns where to go on. */
static int
append_shown(StringInfo buf, const List *places, int *next, int at)
{
	int			end = at;

	while (*next < list_length(places) && ((const Shown *) list_nth(places, *next))->span.start <= at)
	{
		const Shown *shown = list_nth(places, *next);

		/* an expression that two others share is in the tree twice */
		if (shown->span.start == at && end == at)
		{
			appendStringInfoString(buf, shown->text);
			end = shown->span.end;
		}
		(*next)++;
	}
	return end;
}

char *
labelled_source(const Phrases *words, const char *text, const Expression *expr, int most)
{
	Labeller	labeller = {words, text, NIL};
	StringInfoData buf;
	bool		quoted = false;
	int			next = 0;
	int			i;

	if (words->chinese)
		label(expr, &labeller);
	list_sort(labeller.shown, compare_places);
	initStringInfo(&buf);
	for (i = expr->span.start; i < expr->span.end && (most == 0 || buf.len <= most); i++)
	{
		int			end = append_shown(&buf, labeller.shown, &next, i);

		if (end > i)
		{
			i = end - 1;
			continue;
		}
		if (text[i] == '\'')
			quoted = !quoted;
		if (!quoted && text[i] == '-' && text[i + 1] == '-')
		{
			while (i + 1 < expr->span.end && text[i + 1] != '\n')
				i++;
			continue;
		}
		if (!quoted && strchr(" \t\r\n", text[i]))
		{
			if (buf.len > 0 && buf.data[buf.len - 1] != ' ')
				appendStringInfoChar(&buf, ' ');
			continue;
		}
		appendStringInfoChar(&buf, text[i]);
	}
	return buf.data;
}
