/*
 * tables_tags.c
 *		Tables of HTML.
 *
 * A cell that spans rows is repeated in each, and a cell that spans columns is followed
 * by empty cells, so that all rows have the columns of the heading.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "outline.h"

/* greatest width of a row */
#define MAX_WIDTH 64
/* greatest number of rows of a heading */
#define MAX_HEADINGS 4

typedef struct TagReader
{
	OutlineTable *table;
	OutlineRow *row;			/* the open row, or NULL */
	bool		in_cell;
	StringInfoData words;		/* words of the cell */
	int			columns;		/* columns that the cell spans */
	int			rows;
	int			own;			/* number of cells of the row that do not span
								 * from a row above */
	int			first_own;		/* of the first row */
	int			spanned;		/* the most rows that a cell of the first row
								 * spans */
	struct
	{
		const char *words;
		int			rows;		/* number of further rows that it spans */
	}			above[MAX_WIDTH];
	Size		budget;			/* bytes that repeated cells may still take */
} TagReader;

static bool
tag_is(Slice tag, const char *name)
{
	size_t		length = strlen(name);

	return (size_t) (tag.end - tag.at) > length && pg_strncasecmp(tag.at, name, length) == 0 &&
		!is_letter((unsigned char) tag.at[length]) && !is_digit((unsigned char) tag.at[length]);
}

/* Returns the number of an attribute such as rowspan="2"; 1 if it is missing. */
static int
attribute(Slice tag, const char *name)
{
	size_t		length = strlen(name);

	for (; (size_t) (tag.end - tag.at) > length; tag.at++)
	{
		Slice		rest = slice(tag.at + length, tag.end);
		int			value;

		if (pg_strncasecmp(tag.at, name, length) != 0)
			continue;
		slice_skip_spaces(&rest);
		if (!slice_take(&rest, "="))
			continue;
		slice_skip_spaces(&rest);
		if (slice_peek(rest) == '"' || slice_peek(rest) == '\'')
			(void) slice_next(&rest);
		value = slice_integer(&rest, 4);
		return Max(value, 1);
	}
	return 1;
}

/* Appends a line of a cell, with a space between words in Latin letters. */
static void
add_words(TagReader *reader, Slice line)
{
	StringInfo	words = &reader->words;

	line = slice_trim(line);
	if (!reader->in_cell || slice_is_empty(line))
		return;
	if (words->len > 0 && is_letter((unsigned char) words->data[words->len - 1]) && is_letter(slice_peek(line)))
		appendStringInfoChar(words, ' ');
	appendBinaryStringInfo(words, line.at, line.end - line.at);
}

/* Adds the cells of rows above that span the next columns of this one. */
static void
add_spanning(TagReader *reader)
{
	OutlineRow *row = reader->row;

	while (list_length(row->cells) < MAX_WIDTH)
	{
		int			column = list_length(row->cells);
		Size		cost;

		if (reader->above[column].rows == 0)
			break;
		cost = strlen(reader->above[column].words) + sizeof(ListCell);
		if (cost > reader->budget)
		{
			reader->above[column].rows = 0;
			break;
		}
		reader->budget -= cost;
		reader->above[column].rows--;
		row->spanned = 0;
		row->cells = lappend(row->cells, unconstify(char *, reader->above[column].words));
	}
}

static void
end_cell(TagReader *reader)
{
	OutlineRow *row = reader->row;
	char	   *words;
	int			i;

	if (!reader->in_cell)
		return;
	reader->in_cell = false;
	words = pstrdup(reader->words.data);
	add_spanning(reader);
	row->spanned = 0;
	for (i = 0; i < reader->columns && list_length(row->cells) < MAX_WIDTH; i++)
	{
		int			column = list_length(row->cells);

		reader->above[column].words = i == 0 ? words : "";
		reader->above[column].rows = reader->rows - 1;
		row->cells = lappend(row->cells, i == 0 ? words : pstrdup(""));
		row->spanned = i;
	}
	reader->own++;
}

static void
end_row(TagReader *reader)
{
	OutlineTable *table = reader->table;
	OutlineRow *row = reader->row;

	end_cell(reader);
	if (row == NULL)
		return;
	reader->row = NULL;
	if (reader->own == 0)
	{
		/* a row without cells is dropped */
		table->rows = list_delete_last(table->rows);
		return;
	}
	reader->row = row;
	add_spanning(reader);
	reader->row = NULL;
	if (list_length(table->rows) == 1)
	{
		int			i;

		reader->first_own = reader->own;
		for (i = 0; i < MAX_WIDTH; i++)
			reader->spanned = Max(reader->spanned, reader->above[i].rows);
	}
}

static void
start_cell(TagReader *reader, Slice tag)
{
	end_cell(reader);
	if (reader->row == NULL)
		return;
	reader->in_cell = true;
	resetStringInfo(&reader->words);
	reader->columns = attribute(tag, "colspan");
	reader->rows = attribute(tag, "rowspan");
}

/* Whether a line of a cell is an article: the table lays out a page. */
static bool
is_article(Slice line)
{
	Marker		marker;

	return marker_read(slice_trim(line), &marker) && marker.style <= MARKER_ARTICLE;
}

/* Reads the rows up to </table>. */
static bool
read_rows(Markup *markup, Slice text, TagReader *reader)
{
	while (!slice_is_empty(text))
	{
		const char *end = markup_end(markup, text);
		Slice		tag = slice(text.at, end);

		CHECK_FOR_INTERRUPTS();
		if (end == NULL)
		{
			Slice		line = markup_line_next(markup, &text);

			if (is_article(line))
				return false;
			add_words(reader, line);
			continue;
		}
		text.at = end;
		if (tag_is(tag, "<table"))
			return false;
		if (tag_is(tag, "</table"))
		{
			end_row(reader);
			reader->table->end = tag.at;
			return true;
		}
		if (tag_is(tag, "<tr"))
		{
			end_row(reader);
			reader->row = table_add_row(reader->table, tag.at);
			reader->own = 0;
		}
		else if (tag_is(tag, "</tr"))
			end_row(reader);
		else if (tag_is(tag, "<td") || tag_is(tag, "<th"))
			start_cell(reader, tag);
		else if (tag_is(tag, "</td") || tag_is(tag, "</th"))
			end_cell(reader);
	}
	return false;
}

bool
table_of_tags_read(Markup *markup, Slice text, OutlineTable *table)
{
	TagReader	reader;
	bool		found;
	int			headings;

	memset(table, 0, sizeof(OutlineTable));
	memset(&reader, 0, sizeof(TagReader));
	reader.table = table;
	reader.budget = text.end - text.at;
	initStringInfo(&reader.words);
	text.at = markup_end(markup, text);
	found = read_rows(markup, text, &reader);
	pfree(reader.words.data);
	if (!found || list_length(table->rows) < 2)
		return false;
	/* a single cell above the heading is the title of the table */
	headings = reader.first_own == 1 ? 2 : !table_has_heading(table) ? 0 : Min(reader.spanned + 1, MAX_HEADINGS);
	if (list_length(table->rows) <= headings ||
		list_length(((OutlineRow *) list_nth(table->rows, Max(headings - 1, 0)))->cells) < 2)
		return false;
	table_set_headings(table, headings);
	return true;
}
