/*
 * tables_tabs.c
 *		Tables whose cells are separated by tabs, as word processors, spreadsheets and
 *		browsers copy them.
 *
 * A line is a row.  A line break within a cell divides a row among lines, which together have
 * as many tabs as the heading.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "outline.h"

/* The greatest number of lines of a row; and of those that belong to its last cell. */
#define MAX_LINES 20
#define MAX_REST 3

static int
count_tabs(Slice line)
{
	int			count = 0;

	for (; line.at < line.end; line.at++)
		count += *line.at == '\t';
	return count;
}

bool
table_is_other(Slice line)
{
	return count_tabs(slice_trim(line)) >= 2;
}

/* Whether a line begins with a number and so is text, even if it contains tabs. */
static bool
is_numbered(Slice line)
{
	Marker		marker;

	return marker_read(slice_trim(line), &marker);
}

/* The cell without the quotes that a spreadsheet writes around line breaks. */
static char *
unquoted(char *cell)
{
	size_t		length = strlen(cell);
	char	   *to = cell;
	char	   *from = cell + 1;

	if (length < 2 || cell[0] != '"' || cell[length - 1] != '"')
		return cell;
	cell[length - 1] = '\0';
	while (*from)
	{
		if (from[0] == '"' && from[1] == '"')
			from++;
		*to++ = *from++;
	}
	*to = '\0';
	return cell;
}

/* Appends the cells of a line.  The first cell continues the last cell of the row, if there is one. */
static void
add_cells(OutlineRow *row, Slice line)
{
	bool		goes_on = row->cells != NIL;

	for (;;)
	{
		const char *tab = line.at < line.end ? memchr(line.at, '\t', line.end - line.at) : NULL;
		char	   *words = slice_copy(slice_trim(slice(line.at, tab ? tab : line.end)));

		if (goes_on)
			llast(row->cells) = unquoted(psprintf("%s%s", (char *) llast(row->cells), words));
		else
			row->cells = lappend(row->cells, words);
		goes_on = false;
		if (tab == NULL)
			break;
		line.at = tab + 1;
	}
}

static void
drop_empty_cells(OutlineRow *row, int width)
{
	while (list_length(row->cells) > width && *(char *) llast(row->cells) == '\0')
		row->cells = list_delete_last(row->cells);
}

/* The next line; *whole is false if a tag ends it. */
static Slice
next_line(Markup *markup, Slice *text, bool *whole)
{
	Slice		line = markup_line_next(markup, text);

	*whole = text->at != line.end || slice_is_empty(*text);
	return line;
}

/*
 * Returns how many of the next lines form a row with this number of tabs; 0 if none do.
 * A single line is a row even if it has another number of tabs.
 */
static int
lines_of_row(Markup *markup, Slice text, int tabs)
{
	int			found = 0;
	int			first = 0;
	int			lines;
	bool		whole = true;

	for (lines = 1; whole && lines <= MAX_LINES && !slice_is_empty(text); lines++)
	{
		Slice		line = next_line(markup, &text, &whole);

		CHECK_FOR_INTERRUPTS();
		if (slice_is_empty(slice_trim(line)) || (is_numbered(line) && (lines > 1 || tabs == 1 || count_tabs(line) != tabs)))
			break;
		found += count_tabs(line);
		if (lines == 1)
			first = found;
		if (first == 0 || found > tabs)
			break;
		if (found == tabs)
			return lines;
	}
	return first > 0 ? 1 : 0;
}

/* Returns how many lines without tabs follow a row and belong to its last cell; 0 for none. */
static int
lines_of_cell(Markup *markup, Slice text, int tabs)
{
	int			lines;
	bool		whole = true;

	for (lines = 0; whole && lines <= MAX_REST && !slice_is_empty(text); lines++)
	{
		Slice		line = next_line(markup, &text, &whole);
		int			found = count_tabs(line);

		if (found == tabs)
			return lines;
		if (found > 0 || slice_is_empty(slice_trim(line)) || is_numbered(line) ||
			slice_begins(slice_trim(line), "表") || slice_begins(slice_trim(line), "附"))
			break;
	}
	return 0;
}

/* Moves past blank lines and page numbers. */
static Slice
skip_blank(Markup *markup, Slice text)
{
	while (!slice_is_empty(text))
	{
		Slice		rest = text;
		bool		whole;
		Slice		line = next_line(markup, &rest, &whole);

		CHECK_FOR_INTERRUPTS();
		if (!whole || (!slice_is_empty(slice_trim(line)) && (count_tabs(line) > 0 || !line_is_page_number(line))))
			break;
		text = rest;
	}
	return text;
}

bool
table_of_tabs_read(Markup *markup, Slice text, OutlineTable *table)
{
	bool		whole;
	Slice		rest = text;
	Slice		line = next_line(markup, &rest, &whole);
	int			tabs = count_tabs(line);
	int			inner = count_tabs(slice_trim(line));
	ListCell   *cell;

	/* one tab can also be an indent: then all rows have it, and two cells */
	if (inner == 0 || !whole || is_numbered(line))
		return false;
	rest = skip_blank(markup, rest);
	if (inner == 1)
	{
		Slice		next = rest;

		line = next_line(markup, &next, &whole);
		if (tabs != 1 || count_tabs(line) != 1 || count_tabs(slice_trim(line)) != 1 || is_numbered(line))
			return false;
	}
	else if (lines_of_row(markup, rest, tabs) == 0)
		return false;
	memset(table, 0, sizeof(OutlineTable));
	for (;;)
	{
		int			lines = lines_of_row(markup, text, tabs);
		int			more;
		OutlineRow *row;

		if (lines == 0)
			break;
		row = table_add_row(table, text.at);
		for (more = 0; more < 2; more++)
		{
			for (; lines > 0; lines--)
			{
				line = next_line(markup, &text, &whole);
				add_cells(row, line);
			}
			if (more > 0 || !whole)
				break;
			lines = lines_of_cell(markup, text, tabs);
		}
		table->end = text.at;
		if (!whole)
			break;
		text = skip_blank(markup, text);
	}
	drop_empty_cells(linitial(table->rows), 2);
	table_set_headings(table, table_has_heading(table));
	foreach(cell, table->rows)
		drop_empty_cells(lfirst(cell), table->width);
	return true;
}
