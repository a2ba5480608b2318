/*
 * outline_rows.c
 *		The rows of outline(text).
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "headings.h"
#include "messages.h"
#include "outliner.h"

static const char *const kind_names[] = {"heading", "item", "row", "part", "header", "closing", "markup", "warning"};

static void
put_row(Outliner *outliner, const char *kind, const OpenRow *row, const Heading *heading, List *offices,
		List *quantities, const char *end)
{
	Rows	   *rows = &outliner->rows;

	rows_put_text(rows, row->path);
	rows_put_datum(rows, Int32GetDatum(row->level));
	rows_put_text(rows, kind);
	rows_put_text(rows, heading->words);
	rows_put_text(rows, heading->wording);
	rows_put_texts(rows, offices);
	rows_put_texts(rows, quantities);
	rows_put_datum(rows, Int32GetDatum(row->at - outliner->begin));
	rows_put_datum(rows, Int32GetDatum(end - row->at));
	rows_put_row(rows);
}

void
outline_warn(Outliner *outliner, const char *at, char *message)
{
	Warning    *warning = palloc(sizeof(Warning));

	warning->at = at;
	warning->message = message;
	outliner->warnings = lappend(outliner->warnings, warning);
}

/* The fields of a row of a table. */
static void
fill_table_row(const OpenRow *row, Heading *heading, List **offices, List **quantities)
{
	StringInfoData joined;
	const OutlineTable *table = row->table;
	const char *unit = NULL;
	ListCell   *cell;

	initStringInfo(&joined);
	if (table->unit >= 0 && list_length(row->cells) > table->unit)
		unit = list_nth(row->cells, table->unit);
	foreach(cell, row->cells)
	{
		char	   *words = lfirst(cell);
		int			column = foreach_current_index(cell);
		bool		is_last = column == list_length(row->cells) - 1;

		if (column < list_length(row->cells) - row->spanned)
			appendStringInfo(&joined, "%s%s", column > 0 ? " | " : "", words);
		/* a row with fewer cells has its offices in the last */
		if (row->is_heading)
			continue;
		if (table->offices >= 0 && (column == table->offices || (is_last && *offices == NIL)) && column > 1)
		{
			const char *found = words;
			int			i;

			for (i = column; *found == '\0' && i > 1; i--)
				found = list_nth(row->cells, i);
			*offices = offices_of_cell(found);
		}
		else if (column > 0 && column != table->unit)
			*quantities = list_concat(*quantities, quantities_of_cell(words, unit));
	}
	/* a single cell above the heading is the title of the table */
	if (row->is_heading && strchr(joined.data, '|') == NULL)
	{
		heading->words = joined.data;
		return;
	}
	heading->words = list_length(row->cells) > 1 && *(char *) lsecond(row->cells) ? lsecond(row->cells) : NULL;
	heading->wording = heading->whole = joined.data;
}

void
outline_check(const Outliner *outliner, const char *at)
{
	if (at != outliner->done)
		ereport(ERROR,
				(errcode(ERRCODE_INTERNAL_ERROR),
				 errmsg("the outline of the text is not complete"),
				 errdetail("Byte %d belongs to no row or to two rows.", (int) (outliner->done - outliner->begin))));
}

void
outline_end_row(Outliner *outliner, const char *end, int next_level)
{
	OpenRow    *row = &outliner->row;
	Slice		content = slice(row->content, end);
	Heading		heading = {NULL, NULL, NULL, false};
	List	   *offices = NIL;
	List	   *quantities = NIL;
	RowKind		kind = row->kind;
	MemoryContext old;
	ListCell   *cell;

	if (!outliner->is_open)
		return;
	outline_check(outliner, row->at);
	old = MemoryContextSwitchTo(outliner->memory);
	switch (kind)
	{
		case KIND_ROW:
			fill_table_row(row, &heading, &offices, &quantities);
			if (row->is_heading)
				kind = KIND_HEADING;
			break;
		case KIND_MARKUP:
			break;
		case KIND_HEADER:
		case KIND_PART:
			heading_of_part(content, kind == KIND_HEADER, &heading);
			break;
		case KIND_HEADING:
			heading.words = heading.whole = lines_join(content);
			break;
		default:
			heading_find(content, row->numbered, next_level > row->level, row->article, &heading);
			if (heading.only)
				kind = KIND_HEADING;
			break;
	}
	if (heading.whole && row->kind != KIND_ROW)
	{
		offices = offices_in(heading.whole);
		quantities = quantities_in(heading.whole);
	}
	if (end > row->at || kind == KIND_PART)
		put_row(outliner, kind_names[kind], row, &heading, offices, quantities, end);
	foreach(cell, outliner->warnings)
	{
		const Warning *warning = lfirst(cell);
		OpenRow		place = *row;
		Heading		message = {NULL, warning->message, NULL, false};

		place.at = warning->at;
		put_row(outliner, kind_names[KIND_WARNING], &place, &message, NIL, NIL, warning->at);
	}
	MemoryContextSwitchTo(old);
	MemoryContextReset(outliner->memory);
	outliner->warnings = NIL;
	outliner->done = end;
	outliner->is_open = false;
}

void
outline_start_row(Outliner *outliner, RowKind kind, const char *at, const char *path, int level, const char *content)
{
	OpenRow    *row = &outliner->row;

	outline_end_row(outliner, at, 0);
	memset(row, 0, sizeof(OpenRow));
	row->kind = kind;
	row->at = at;
	row->content = content;
	row->path = path ? pstrdup(path) : NULL;
	row->level = level;
	outliner->is_open = true;
	/* the title is in the open row */
	outliner->title = NULL;
	outliner->in_title = false;
}
