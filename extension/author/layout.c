/*
 * layout.c
 *		The layout of a document.
 *
 * The text becomes items: words and comments, each with the line breaks before it.  Each
 * statement begins a new line.  Its parts, such as `when` and `note`, are indented on
 * lines of their own where the author gave them one, or where a line of the statement is
 * too long.  Other lines keep their place relative to the line that they continue: under
 * the word under which the author put them, or at the same distance.  Therefore laying
 * out a text a second time changes nothing.
 */
#include "postgres.h"

#include "compat.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "language/read.h"
#include "language/gram.h"
#include "layout.h"

#define LINE_WIDTH 100
#define PART_INDENT 2
#define INNER_INDENT 4
#define CONTINUED 1				/* least indentation of a continuation, in
								 * addition to that of the line that it
								 * continues */

typedef enum ItemRole
{
	ROLE_NONE,
	ROLE_STATEMENT,
	ROLE_PART,
	ROLE_RUNG,					/* a statement below the ladder */
	ROLE_INNER_PART				/* a part of a stage or rung */
} ItemRole;

typedef struct Item
{
	const char *text;
	const Word *word;			/* NULL for a comment */
	int			breaks;			/* line breaks before it; 2 means an empty
								 * line */
	int			spaces;			/* white space before it in its line */
	int			source_column;
	int			column;			/* column in the result */
	ItemRole	role;
} Item;

typedef struct Layout
{
	const char *source;
	Item	   *items;
	int			count;
	int			size;
} Layout;

/* ---------------- widths ---------------- */

static int
width(const char *text, int length)
{
	int			result = 0;
	int			i;

	for (i = 0; i < length;)
	{
		int			step = pg_utf_mblen((const unsigned char *) text + i);

		result += text[i] == '\t' ? 4 : Max(pg_encoding_dsplen(PG_UTF8, text + i), 0);
		i += step;
	}
	return result;
}

/* The column after a text that begins at a column; a text in quotes can have several lines. */
static int
column_after(int column, const char *text)
{
	const char *last = strrchr(text, '\n');

	return last ? width(last + 1, strlen(last + 1)) : column + width(text, strlen(text));
}

/* ---------------- items ---------------- */

static Item *
add_item(Layout *layout, const char *text, const Word *word, int breaks, int spaces, int column)
{
	Item	   *item;

	if (layout->count == layout->size)
	{
		layout->size *= 2;
		layout->items = repalloc_huge(layout->items, layout->size * sizeof(Item));
	}
	item = &layout->items[layout->count++];
	memset(item, 0, sizeof(Item));
	item->text = text;
	item->word = word;
	item->breaks = layout->count == 1 ? 0 : Min(breaks, 2);
	item->spaces = spaces;
	item->source_column = column;
	return item;
}

/*
 * Adds the comments between two places, and the word at the second one, if there is one.
 * *column is the column of the first place.
 */
static void
add_gap(Layout *layout, int from, int to, const Word *word, int *column, int *breaks)
{
	const char *source = layout->source;
	int			spaces = 0;

	while (from < to)
	{
		int			step = pg_utf_mblen((const unsigned char *) source + from);

		if (source[from] == '\n')
		{
			(*breaks)++;
			spaces = *column = 0;
		}
		else if (source[from] == '-' && source[from + 1] == '-')
		{
			int			end = from;
			int			last;

			while (end < to && source[end] != '\n' && source[end] != '\r')
				end++;
			for (last = end; last > from && strchr(" \t", source[last - 1]);)
				last--;
			add_item(layout, pnstrdup(source + from, last - from), NULL, *breaks, spaces, *column);
			*breaks = 0;
			spaces = 0;
			from = end;
			continue;
		}
		else if (source[from] != '\r')
		{
			int			wide = width(source + from, step);

			spaces += Max(wide, 1);
			*column += Max(wide, 1);
		}
		from += step;
	}
	if (word && word->text)
	{
		add_item(layout, word->text, word, *breaks, spaces, *column);
		*breaks = 0;
	}
}

static void
make_items(Layout *layout, const Word *words, int count)
{
	int			at = 0;
	int			column = 0;
	int			breaks = 0;
	int			i;

	for (i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		add_gap(layout, at, words[i].span.start, &words[i], &column, &breaks);
		column = column_after(column, pnstrdup(layout->source + words[i].span.start, words[i].span.end - words[i].span.start));
		at = words[i].span.end;
	}
	add_gap(layout, at, strlen(layout->source), NULL, &column, &breaks);
}

/* ---------------- statements and their parts ---------------- */

typedef struct WordPlace
{
	bool		header;
	bool		example;
	bool		inner;			/* in a stage or rung */
} WordPlace;

/* In an example, some words that begin statements begin expectations. */
static bool
is_expectation(const WordPlace *place, const Word *word)
{
	return place->example && (word[-1].token == ',' || word_is(&word[-1], EXPECT_P) || word_is(&word[-1], PLACEMENT_P));
}

static ItemRole
role_of(WordPlace *place, const Word *words, const Word *word)
{
	switch (word->keyword ? word->token : 0)
	{
		case CLAUSE_P:
		case RUNG_P:
		case GROUP_P:
		case SELECT_P:
		case BUDGET_P:
			if (word > words && is_expectation(place, word))
				return ROLE_NONE;
			pg_fallthrough;
		case POLICY_P:
		case FACT_P:
		case TABLE_P:
		case DEFINE_P:
		case SCORE_P:
		case LADDER_P:
		case POPULATION_P:
		case TARGET_P:
		case SERVICE_P:
		case EXAMPLE_P:
			place->header = word->token == POLICY_P;
			place->example = word->token == EXAMPLE_P;
			place->inner = word->token == RUNG_P;
			return word->token == RUNG_P ? ROLE_RUNG : ROLE_STATEMENT;
		case GIVEN_P:
		case EXPECT_P:
			return ROLE_PART;
		case NUMBER_P:
		case ISSUER_P:
		case SOURCE_P:
		case ISSUED_P:
		case REPEALS_P:
		case SERIES_P:
		case UNIT_P:
		case USES_P:
			return place->header ? ROLE_PART : ROLE_NONE;
		case REGION_P:
			return place->header && !word_is(word - 1, SUBJECT_P) ? ROLE_PART : ROLE_NONE;
		case IN_P:
		case FORCE_P:
			return place->header && !(word_is(word - 1, IN_P) && word[-1].text) ? ROLE_PART : ROLE_NONE;
		case STAGE_P:
			place->inner = !place->example;
			return place->example ? ROLE_NONE : ROLE_PART;
		case CAP_P:
			place->inner = false;
			return ROLE_PART;
		case SHOULD_P:
		case WHEN_P:
		case PAY_P:
		case NOTE_P:
		case ARTICLE_P:
		case WORDING_P:
		case OFFICE_P:
		case SUMMARY_P:
		case COVERS_P:
		case SUBJECT_P:
			return place->example ? ROLE_NONE : place->inner ? ROLE_INNER_PART : ROLE_PART;
		default:
			return ROLE_NONE;
	}
}

static void
find_roles(Layout *layout, const Word *words)
{
	WordPlace	place = {false, false, false};
	int			depth = 0;
	int			i;

	for (i = 0; i < layout->count; i++)
	{
		Item	   *item = &layout->items[i];
		const Word *word = item->word;

		if (word == NULL)
			continue;
		if (word->token == ')' || word->token == ']' || word_is(word, END_P))
			depth--;
		if (depth == 0)
			item->role = role_of(&place, words, word);
		if (word->token == '(' || word->token == '[' || word_is(word, CASE_P))
			depth++;
		if ((item->role == ROLE_STATEMENT || item->role == ROLE_RUNG) && i > 0)
			item->breaks = Max(item->breaks, 1);
		if (i > 0 && layout->items[i - 1].word == NULL)
			item->breaks = Max(item->breaks, 1);
	}
}

/* ---------------- columns ---------------- */

static bool
is_comparison(const Word *word)
{
	return word && (word->token == '=' || word->token == NOT_EQUAL || word->token == '<' || word->token == '>' ||
					word->token == AT_MOST_SIGN || word->token == AT_LEAST_SIGN || strchr("=<>", *word->text));
}

static bool
is_wordlike(const Word *word)
{
	return word->token >= IDENT && word->token != NOT_EQUAL && word->token != AT_MOST_SIGN && word->token != AT_LEAST_SIGN;
}

/* The spaces before an item that does not begin a line. */
static int
spaces_before(const Item *item)
{
	const Word *word = item->word;
	const Word *before = item[-1].word;

	if (word == NULL)
		return Max(item->spaces, 1);
	if (before == NULL)
		return 0;
	switch (word->token)
	{
		case ',':
		case ';':
		case ')':
		case ']':
			return 0;
		default:
			break;
	}
	if (before->token == '(' || before->token == '[')
		return 0;
	if (is_comparison(word) || is_comparison(before) || before->token == ';' ||
		(before->token == ',' && *before->text == ','))
		return 1;
	if (is_wordlike(word) && is_wordlike(before))
		return 1;
	return Min(item->spaces, 1);
}

/* The line that other lines continue: the last one that begins with a statement or a part. */
typedef struct Owner
{
	int			item;			/* or -1 */
	int			source_column;	/* of its line */
	int			column;
} Owner;

/*
 * Returns the column of the word under which the author put a line: a word of an earlier
 * line of the owner that begins in the same column. -1 if there is none.
 */
static int
aligned_with(const Layout *layout, const Owner *owner, int number)
{
	int			column = layout->items[number].source_column;
	int			i;

	for (i = number - 1; i >= Max(owner->item, 0) && i >= number - 200; i--)
	{
		const Item *item = &layout->items[i];

		if (item->word && item->source_column == column && i > owner->item)
			return item->column;
	}
	return -1;
}

/* The first line of operands is aligned with the operand of the second line, which follows its `and` or `or`. */
static int
aligned_with_next(const Layout *layout, int number, int shift)
{
	int			i;

	for (i = number + 1; i < layout->count && i < number + 200; i++)
	{
		const Item *item = &layout->items[i];

		if (item->role != ROLE_NONE)
			break;
		if (item->breaks == 0 || item->word == NULL || !(word_is(item->word, AND_P) || word_is(item->word, OR_P)))
			continue;
		if (i + 1 < layout->count && item[1].source_column == layout->items[number].source_column && item[1].breaks == 0)
			return item->source_column + shift + width(item->text, strlen(item->text)) + 1;
	}
	return -1;
}

static int
column_of_line(const Layout *layout, const Owner *owner, int number)
{
	const Item *item = &layout->items[number];
	int			next = number;
	int			shift = owner->column - owner->source_column;
	int			least = owner->item < 0 ? 0 : owner->column + CONTINUED;
	int			column;

	/* a comment is aligned with what follows it */
	while (next < layout->count && layout->items[next].word == NULL)
		next++;
	if (next == layout->count)
		return 0;
	switch (layout->items[next].role)
	{
		case ROLE_STATEMENT:
			return 0;
		case ROLE_PART:
		case ROLE_RUNG:
			return PART_INDENT;
		case ROLE_INNER_PART:
			return INNER_INDENT;
		case ROLE_NONE:
			break;
	}
	column = aligned_with(layout, owner, number);
	if (column < 0)
		column = aligned_with_next(layout, number, Max(shift, least - item->source_column));
	if (column < 0)
		column = item->source_column + shift;
	if (item->word && (item->word->token == ')' || item->word->token == ']'))
		least = owner->column;
	return Max(column, least);
}

/* The width of an item in its line, from a column on. */
static int
widest(int column, const char *text)
{
	const char *end = strchr(text, '\n');

	return column + width(text, end ? (int) (end - text) : (int) strlen(text));
}

/*
 * Puts the parts within a line on lines of their own; lines that continued the line
 * continue them.  Returns whether there was such a part.
 */
static bool
break_line(Layout *layout, int first, int last)
{
	bool		result = false;
	int			i;

	for (i = first + 1; i < last; i++)
	{
		Item	   *item = &layout->items[i];

		if (item->role == ROLE_NONE)
			continue;
		item->breaks = 1;
		item->source_column = layout->items[first].source_column;
		result = true;
	}
	return result;
}

/*
 * Sets the columns of the items of a statement.  Returns whether a line was too long and
 * parts of it were put on other lines; then the columns must be set again.
 */
static bool
place_items(Layout *layout, Owner *owner, int first, int last)
{
	int			column = 0;
	int			line = first;
	int			line_width = 0;
	bool		again = false;
	int			i;

	for (i = first; i < last; i++)
	{
		Item	   *item = &layout->items[i];

		if (i == 0 || item->breaks > 0)
		{
			again |= line_width > LINE_WIDTH && break_line(layout, line, i);
			line = i;
			line_width = 0;
			column = i == 0 && item->role == ROLE_NONE ? 0 : column_of_line(layout, owner, i);
			if (item->role != ROLE_NONE || i == 0)
			{
				owner->item = item->role != ROLE_NONE ? i : -1;
				owner->source_column = item->source_column;
				owner->column = column;
			}
		}
		else
			column += spaces_before(item);
		item->column = column;
		line_width = Max(line_width, widest(column, item->text));
		column = column_after(column, item->text);
	}
	return (line_width > LINE_WIDTH && break_line(layout, line, last)) || again;
}

static void
set_columns(Layout *layout)
{
	Owner		owner = {-1, 0, 0};
	int			first = 0;

	while (first < layout->count)
	{
		Owner		before = owner;
		int			last = first + 1;

		CHECK_FOR_INTERRUPTS();
		while (last < layout->count && layout->items[last].role != ROLE_STATEMENT && layout->items[last].role != ROLE_RUNG)
			last++;
		while (place_items(layout, &owner, first, last))
			owner = before;
		first = last;
	}
}

/* ---------------- the text ---------------- */

static char *
write_items(const Layout *layout)
{
	StringInfoData buf;
	bool		statements = false;
	int			length = strlen(layout->source);
	int			i;

	initStringInfo(&buf);
	for (i = 0; i < layout->count; i++)
	{
		const Item *item = &layout->items[i];
		int			spaces = item->column;

		CHECK_FOR_INTERRUPTS();
		if (i > 0 && item->breaks == 0)
			spaces = spaces_before(item);
		else if (i > 0)
			appendStringInfoString(&buf, item->breaks > 1 ? "\n\n" : "\n");
		appendStringInfoSpaces(&buf, spaces);
		appendStringInfoString(&buf, item->text);
		statements |= item->role == ROLE_STATEMENT || item->word == NULL;
	}
	if (statements || (length > 0 && layout->source[length - 1] == '\n'))
		appendStringInfoChar(&buf, '\n');
	return buf.data;
}

char *
layout(const char *source, const Word *words, int count)
{
	Layout		layout = {.source = source,.size = 256};

	layout.items = palloc_array(Item, layout.size);
	make_items(&layout, words, count);
	find_roles(&layout, words);
	set_columns(&layout);
	return write_items(&layout);
}
