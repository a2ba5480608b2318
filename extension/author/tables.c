/*
 * tables.c
 *		Tables whose cells are separated by |, with a line for each row or for each cell; the
 *		columns of all tables.
 *
 * A table with a line for each cell, as copied from a page, has its heading before the cell
 * "1"; its rows begin with 1, 2, 3 and so on.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "outline.h"

/* greatest width of a heading */
#define MAX_WIDTH 64

static int
count_bars(Slice line, bool *at_end)
{
	int			count = 0;
	pg_wchar	c = 0;

	line = slice_trim(line);
	while (!slice_is_empty(line))
		if ((c = slice_next(&line)) == '|')
			count++;
	*at_end = c == '|';
	return count;
}

bool
table_begins(Slice line)
{
	bool		at_end;
	int			bars = count_bars(line, &at_end);

	return bars > 1 || (bars == 1 && (at_end || slice_peek(slice_trim(line)) == '|'));
}

/* Cuts a line at its bars; a bar at its beginning and one at its end are borders. */
static List *
cells_of(Slice line)
{
	List	   *cells = NIL;
	Slice		cell;

	line = slice_trim(line);
	(void) slice_take(&line, "|");
	cell.at = line.at;
	while (!slice_is_empty(line))
	{
		const char *before = line.at;

		if (slice_next(&line) != '|')
			continue;
		cells = lappend(cells, slice_copy(slice_trim(slice(cell.at, before))));
		cell.at = line.at;
	}
	if (!slice_is_empty(slice_trim(slice(cell.at, line.end))))
		cells = lappend(cells, slice_copy(slice_trim(slice(cell.at, line.end))));
	return cells;
}

/* |---|:--| below the heading of a table of Markdown */
static bool
is_rule(Slice line)
{
	bool		dashed = false;

	line = slice_trim(line);
	while (!slice_is_empty(line))
	{
		pg_wchar	c = slice_next(&line);

		if (c == '-')
			dashed = true;
		else if (c != '|' && c != ':' && c != ' ')
			return false;
	}
	return dashed;
}

static bool
cell_is_number(const char *cell, int number)
{
	Slice		text = {cell, cell + strlen(cell)};

	return slice_integer(&text, 4) == number && slice_is_empty(text);
}

OutlineRow *
table_add_row(OutlineTable *table, const char *at)
{
	OutlineRow *row = palloc(sizeof(OutlineRow));

	row->at = at;
	row->cells = NIL;
	row->spanned = 0;
	table->rows = lappend(table->rows, row);
	return row;
}

bool
table_is_listed(const OutlineTable *table)
{
	static const char *const titles[] = {"序号", "编号", "项次"};
	const OutlineRow *heading = list_nth(table->rows, Max(table->headings - 1, 0));
	const char *title = linitial(heading->cells);

	return table->headings > 0 && slice_begins_any(slice(title, title + strlen(title)), titles, lengthof(titles));
}

void
table_set_headings(OutlineTable *table, int headings)
{
	static const char *const offices[] = {"责任单位", "责任部门", "牵头单位", "牵头部门", "责任主体", "主管部门"};
	const OutlineRow *heading = list_nth(table->rows, Max(headings - 1, 0));
	ListCell   *cell;

	table->headings = headings;
	table->width = list_length(heading->cells);
	table->offices = table->unit = -1;
	if (headings == 0)
		return;
	foreach(cell, heading->cells)
	{
		const char *title = lfirst(cell);
		Slice		text = {title, title + strlen(title)};

		if (slice_begins_any(text, offices, lengthof(offices)))
			table->offices = foreach_current_index(cell);
		else if (slice_take(&text, "单位") && slice_is_empty(text))
			table->unit = foreach_current_index(cell);
	}
}

bool
table_has_heading(const OutlineTable *table)
{
	const OutlineRow *first = linitial(table->rows);
	const char *title = linitial(first->cells);
	Slice		text = {title, title + strlen(title)};

	return slice_integer(&text, 4) < 0 || !slice_is_empty(text);
}

void
table_read(Markup *markup, Slice text, OutlineTable *table)
{
	bool		at_end;
	Slice		first = text;
	bool		by_cell;
	OutlineRow *row = NULL;

	memset(table, 0, sizeof(OutlineTable));
	table->end = text.at;
	first = markup_line_next(markup, &first);
	by_cell = count_bars(first, &at_end) == 1 && at_end;
	while (!slice_is_empty(text))
	{
		Slice		line = markup_line_next(markup, &text);
		List	   *cells;
		const char *at = slice_trim(line).at;

		CHECK_FOR_INTERRUPTS();
		if (slice_is_empty(slice_trim(line)))
		{
			/* a tag begins here */
			if (text.at == line.end && !slice_is_empty(text))
				break;
			continue;
		}
		if (line_is_page_number(line))
			continue;
		if (count_bars(line, &at_end) == 0)
			break;
		table->end = text.at;
		cells = cells_of(line);
		if (!by_cell)
		{
			if (row == NULL || !is_rule(line))
			{
				row = table_add_row(table, at);
				row->cells = cells;
			}
			continue;
		}

		/*
		 * the cells of the heading end at 1, those of a row at the next
		 * number
		 */
		if (row == NULL ||
			(cells != NIL && cell_is_number(linitial(cells), list_length(table->rows)) &&
			 (list_length(table->rows) == 1 ||
			  list_length(row->cells) >= list_length(((OutlineRow *) linitial(table->rows))->cells))))
			row = table_add_row(table, at);
		if (cells == NIL)
			cells = list_make1(pstrdup(""));
		if (list_length(row->cells) < MAX_WIDTH)
			row->cells = list_concat(row->cells, cells);
	}
	table_set_headings(table, 1);
}
