/*
 * outline.c
 *		outline(text): the items of an official text, with their places in it.
 *
 * One pass over the lines of the text.  A row is open until the next begins, so that every
 * byte belongs to exactly one row.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "messages.h"
#include "outliner.h"

ZJTX_FUNCTION(zjtx_outline);

/* A line that ends within a sentence is longer than this, in characters; a shorter one is a heading. */
#define HEADING_LINE 15
/* The greatest length of an unnumbered heading between tags. */
#define TAGGED_HEADING 25
/* A line longer than this, in bytes, is a text without line breaks. */
#define LONG_LINE 600

/* Starts a row to which lines without a number belong from now on. */
static void
start_place(Outliner *outliner, RowKind kind, const char *at, const char *path, int level, const char *content)
{
	outline_start_row(outliner, kind, at, path, level, content);
	outliner->kind = kind == KIND_HEADING ? KIND_ITEM : kind;
	outliner->path = outliner->row.path;
	outliner->level = level;
	outliner->tables = 0;
	outliner->listed = 0;
}

static void
start_part(Outliner *outliner, const char *at, const char *path)
{
	memset(&outliner->levels, 0, sizeof(Levels));
	outliner->part = path ? pstrdup(path) : "";
	outliner->awaits_title = false;
	start_place(outliner, KIND_PART, at, path, 0, at);
}

/* A path that no other item or part has: the second 附件 is 附件(2), the second 二/1 is 二/1(2). */
static char *
own_path(Outliner *outliner, char *path)
{
	int		   *count = symbols_find(outliner->paths, path);

	if (count)
		return psprintf("%s(%d)", path, ++*count);
	count = palloc(sizeof(int));
	*count = 1;
	(void) symbols_add(outliner->paths, pstrdup(path), count);
	return path;
}

/* ---------------- lines with a number ---------------- */

/* Returns whether the last line ended within a sentence, so that the next begins there. */
static bool
within_sentence(const Outliner *outliner)
{
	return !ends_sentence(outliner->last) && outliner->length > HEADING_LINE;
}

static bool
take_numbered(Outliner *outliner, Slice line)
{
	Marker		marker;
	int			depth;
	bool		within = within_sentence(outliner);
	LevelStep	step;
	int			last;

	if (!marker_read(line, &marker))
		return false;
	if (marker.style == MARKER_DECIMAL)
	{
		if (!within)
			outline_warn(outliner, line.at, warning_decimal());
		return false;
	}
	if (outliner->listed > 0 && marker.style == MARKER_DIGITS && marker.number == outliner->listed)
	{
		outliner->listed++;
		return false;
	}
	if (within && outliner->in_title && marker.number == 1)
		within = false;
	last = outliner->levels.last[marker.style];
	step = levels_step(&outliner->levels, &marker, within, &depth);
	if (step == STEP_NONE)
		return false;
	if (step == STEP_NEW_TEXT)
	{
		const char *at = outliner->title ? outliner->title : line.at;

		start_part(outliner, at, psprintf("部分%d", ++outliner->parts));
		outline_warn(outliner, at, warning_new_text());
		depth = 0;
	}
	levels_enter(&outliner->levels, &marker, depth);
	/* the level tells the row before whether it has items below it */
	outline_end_row(outliner, line.at, depth + 1);
	start_place(outliner, KIND_ITEM, line.at, own_path(outliner, levels_path(&outliner->levels, outliner->part)), depth + 1,
				marker.after);
	outliner->row.numbered = true;
	outliner->row.article = marker.style == MARKER_ARTICLE;
	if (step == STEP_ODD)
		outline_warn(outliner, line.at, warning_number(marker.label, last));
	else if (step == STEP_AGAIN)
		outline_warn(outliner, line.at, warning_again(marker.label));
	return true;
}

/* ---------------- tables ---------------- */

/* Whether a table at this place, if its rows have no numbers, lays out a page or says where it was published. */
static bool
is_outside(const Outliner *outliner)
{
	return outliner->kind == KIND_HEADER || outliner->kind == KIND_CLOSING;
}

/* Puts the rows of a table.  The first one begins at the first byte that belongs to no row yet. */
static void
take_rows(Outliner *outliner, OutlineTable *table)
{
	char	   *base = outliner->path;
	ListCell   *cell;
	int			number = 0;

	if (++outliner->tables > 1 || base == NULL)
		base = psprintf("%s%s表%d", base ? base : "", base ? "/" : "", outliner->tables);
	foreach(cell, table->rows)
	{
		OutlineRow *row = lfirst(cell);
		const char *first = row->cells == NIL ? "" : linitial(row->cells);
		bool		is_heading = number < table->headings;
		char	   *path;

		CHECK_FOR_INTERRUPTS();
		number++;
		if (*first == '\0' || strlen(first) > MAX_LABEL || strchr(first, '/'))
			path = psprintf("%s/%d", base, number);
		else
			path = psprintf("%s/%s", base, first);
		outline_start_row(outliner, KIND_ROW, row->at, is_heading ? path : own_path(outliner, path), outliner->level + 1, row->at);
		outliner->row.table = table;
		outliner->row.is_heading = is_heading;
		outliner->row.cells = row->cells;
		outliner->row.spanned = row->spanned;
		if (!is_heading && list_length(row->cells) != table->width)
			outline_warn(outliner, row->at, warning_width(list_length(row->cells), table->width));
	}
	outliner->text.at = table->end;
	outliner->last = '|';
	outliner->length = 0;
}

static bool
take_table(Outliner *outliner, Slice whole)
{
	OutlineTable read;
	OutlineTable *table;
	Slice		line = slice_trim(whole);

	if (table_begins(line))
		table_read(&outliner->markup, slice(line.at, outliner->text.end), &read);
	else if (!table_of_tabs_read(&outliner->markup, slice(whole.at, outliner->text.end), &read) ||
			 (is_outside(outliner) && !table_is_listed(&read)))
		return false;
	/* its last row stays open */
	table = palloc(sizeof(OutlineTable));
	*table = read;
	take_rows(outliner, table);
	return true;
}

/* ---------------- lines without a number ---------------- */

/* Starts a row for the text after markup or a table, which belongs to the item of lines without a number. */
static void
start_text(Outliner *outliner, const char *at)
{
	outline_start_row(outliner, outliner->kind, at, outliner->path, outliner->level, at);
}

/* Whether the next line with words is also the heading of an annex. */
static bool
annex_follows(const Outliner *outliner)
{
	Slice		rest = outliner->text;

	while (!slice_is_empty(rest))
	{
		Slice		line = slice_trim(line_next(&rest));

		if (!slice_is_empty(line))
			return slice_begins(line, "附件") || slice_begins(line, "附表") || slice_begins(line, "附录");
	}
	return false;
}

/* 附件2, which begins a part; not a line of the list of annexes */
static bool
take_annex(Outliner *outliner, Slice line)
{
	char		name[MAX_LABEL];
	bool		titled;
	Slice		title;

	if (!line_is_annex(line, name, sizeof(name), &title))
		return false;
	titled = !slice_is_empty(title);
	if (within_sentence(outliner) && (titled || !outliner->was_annex))
		return false;
	if (titled && (outliner->was_annex || annex_follows(outliner)))
		return false;
	start_part(outliner, line.at, own_path(outliner, name));
	outliner->row.content = titled ? title.at : line.end;
	return true;
}

/* 附件：1.…, whose next lines can be 2.… */
static void
find_list(Outliner *outliner, Slice line)
{
	Marker		marker;

	if (!slice_take(&line, "附件"))
		return;
	if (!slice_take(&line, ":"))
		return;
	slice_skip_spaces(&line);
	if (marker_read(line, &marker) && marker.style == MARKER_DIGITS && marker.number == 1)
		outliner->listed = 2;
}

/* 抄送 and others, the date of a signature with the line before it, and names in brackets */
static bool
take_closing(Outliner *outliner, Slice line)
{
	const char *at = line.at;

	if (outliner->kind == KIND_HEADER || outliner->kind == KIND_CLOSING ||
		(outliner->kind == KIND_PART && (outliner->path == NULL || !line_closes(line))))
		return false;
	if (line_is_date(line) || line_is_printed(line))
	{
		if (outliner->in_title && outliner->is_open && outliner->title > outliner->row.at)
			at = outliner->title;
	}
	else if (!line_closes(line) && !(line_is_signed(line) && ends_sentence(outliner->last)))
		return false;
	start_place(outliner, KIND_CLOSING, at, NULL, 0, at);
	return true;
}

/* A title after the notice that carries the document. */
static bool
take_title(Outliner *outliner, Slice line)
{
	if (outliner->kind != KIND_HEADER)
		return false;
	if (line_is_date(line))
	{
		outliner->awaits_title = true;
		return false;
	}
	if (!outliner->awaits_title || line_is_bracketed(line) || line_is_office(line))
		return false;
	if (!line_is_title(line) || slice_begins(line, "附件") || line_is_number(line))
	{
		outliner->awaits_title = false;
		return false;
	}
	start_part(outliner, line.at, NULL);
	return true;
}

/* A heading between tags. */
static bool
take_tagged_heading(Outliner *outliner, Slice line)
{
	if (outliner->row.kind != KIND_MARKUP || outliner->kind == KIND_CLOSING || outliner->kind == KIND_PART ||
		(outliner->kind == KIND_HEADER && !outliner->has_sentence))
		return false;
	if (slice_is_empty(outliner->text) || *outliner->text.at != '<' || !line_is_title(line) ||
		slice_length(line) > TAGGED_HEADING || line_is_date(line) || line_is_bracketed(line) || line_is_office(line))
		return false;
	start_place(outliner, KIND_HEADING, line.at, NULL, 1, line.at);
	return true;
}

/* Remembers where the lines that may be the title of a following text began. */
static void
follow_title(Outliner *outliner, Slice line)
{
	bool		in_title = line_is_title(line) && (outliner->in_title || !within_sentence(outliner));

	if (in_title && !outliner->in_title)
		outliner->title = line.at;
	outliner->in_title = in_title;
}

/* Warns of numbers of items within a long line. */
static void
check_long_line(Outliner *outliner, Slice line)
{
	const char *first = NULL;
	int			count = 0;
	Slice		rest = line;
	Marker		marker;

	if (line.end - line.at < LONG_LINE)
		return;
	while (!slice_is_empty(rest))
	{
		pg_wchar	c = slice_next(&rest);

		CHECK_FOR_INTERRUPTS();
		if ((c == 0x3002 || c == ' ') && !slice_is_empty(rest) && marker_read(rest, &marker) &&
			(marker.style == MARKER_ARTICLE || marker.style == MARKER_CHINESE) && ++count == 1)
			first = rest.at;
	}
	if (count >= 2)
		outline_warn(outliner, first, warning_long_line());
}

static void
take_line(Outliner *outliner, Slice whole)
{
	Slice		line = slice_trim(whole);
	bool		is_title = false;
	bool		taken;

	if (slice_is_empty(line) || line_is_page_number(line))
		return;
	if (take_table(outliner, whole))
		return;
	taken = take_numbered(outliner, line) || take_annex(outliner, line) || take_title(outliner, line) ||
		take_closing(outliner, line) || take_tagged_heading(outliner, line);
	if (!taken)
	{
		if (!outliner->is_open || outliner->row.kind == KIND_MARKUP || outliner->row.kind == KIND_ROW)
			start_text(outliner, line.at);
		is_title = true;
	}
	if (table_is_other(line))
	{
		if (!outliner->in_columns)
			outline_warn(outliner, line.at, warning_columns());
		outliner->in_columns = true;
	}
	else
		outliner->in_columns = false;
	find_list(outliner, line);
	check_long_line(outliner, line);
	if (is_title)
		follow_title(outliner, line);
	else
		outliner->in_title = outliner->kind == KIND_PART;
	outliner->last = slice_last(line);
	outliner->length = slice_length(line);
	outliner->was_annex = slice_begins(line, "附件");
	outliner->has_sentence |= outliner->last == 0x3002;
}

/* ---------------- the text ---------------- */

/* Reads a table of tags; its rows are put when their position is reached. */
static void
find_rows(Outliner *outliner)
{
	OutlineTable table;

	if (table_of_tags_read(&outliner->markup, outliner->text, &table) && (!is_outside(outliner) || table_is_listed(&table)))
	{
		outliner->awaited = palloc(sizeof(OutlineTable));
		*outliner->awaited = table;
	}
	else if (outliner->kind != KIND_HEADER && !outliner->has_tags_of_tables)
	{
		outline_warn(outliner, outliner->text.at, warning_columns());
		outliner->has_tags_of_tables = true;
	}
}

static void
take_markup(Outliner *outliner, const char *end)
{
	const char *at = outliner->text.at;

	if (!outliner->is_open || outliner->row.kind != KIND_MARKUP)
		outline_start_row(outliner, KIND_MARKUP, at, NULL, 0, at);
	if (end - at > 6 && pg_strncasecmp(at, "<table", 6) == 0)
		find_rows(outliner);
	outliner->last = 0;
	outliner->text.at = end;
}

/*
 * outline(text) → rows: path, level, kind, heading, wording, offices, quantities, at, length.
 * at and length are in bytes.
 */
Datum
zjtx_outline(PG_FUNCTION_ARGS)
{
	text	   *argument = PG_GETARG_TEXT_PP(0);
	Outliner   *outliner = palloc0(sizeof(Outliner));
	const char *end;

	rows_start(fcinfo, &outliner->rows);
	outliner->begin = outliner->done = VARDATA_ANY(argument);
	outliner->text = slice(outliner->begin, outliner->begin + VARSIZE_ANY_EXHDR(argument));
	outliner->memory = AllocSetContextCreate(CurrentMemoryContext, "zjtx outline", ALLOCSET_DEFAULT_SIZES);
	outliner->kind = KIND_HEADER;
	outliner->part = "";
	outliner->parts = 1;
	outliner->paths = symbols_create();
	end = front_matter_end(outliner->text);
	if (end)
		take_markup(outliner, end);
	else
		outline_start_row(outliner, KIND_HEADER, outliner->begin, NULL, 0, outliner->begin);
	while (!slice_is_empty(outliner->text))
	{
		CHECK_FOR_INTERRUPTS();
		end = markup_end(&outliner->markup, outliner->text);
		if (outliner->awaited && outliner->text.at == ((OutlineRow *) linitial(outliner->awaited->rows))->at)
		{
			take_rows(outliner, outliner->awaited);
			outliner->awaited = NULL;
		}
		else if (end)
			take_markup(outliner, end);
		else
			take_line(outliner, markup_line_next(&outliner->markup, &outliner->text));
	}
	outline_end_row(outliner, outliner->text.end, 0);
	outline_check(outliner, outliner->text.end);
	MemoryContextDelete(outliner->memory);
	return (Datum) 0;
}
