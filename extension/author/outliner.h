/*
 * outliner.h
 *		The state of outline(text): the open row, and the item to which lines belong.
 */
#ifndef ZJTX_OUTLINER_H
#define ZJTX_OUTLINER_H

#include "postgres.h"

#include "answers/rows.h"
#include "language/names.h"
#include "language/tree.h"
#include "outline.h"
#include "warnings.h"

typedef enum RowKind
{
	KIND_HEADING,
	KIND_ITEM,
	KIND_ROW,
	KIND_PART,
	KIND_HEADER,
	KIND_CLOSING,
	KIND_MARKUP,
	KIND_WARNING
} RowKind;

/* The open row. */
typedef struct OpenRow
{
	RowKind		kind;
	char	   *path;			/* or NULL */
	int			level;
	const char *at;
	const char *content;		/* after the number */
	bool		numbered;
	bool		article;		/* numbered like 第一条: a rule, even if it
								 * is short */
	const OutlineTable *table;	/* for a row of a table: the table */
	bool		is_heading;		/* it is the heading of the table */
	List	   *cells;
	int			spanned;
} OpenRow;

typedef struct Outliner
{
	Rows		rows;
	Slice		text;			/* the rest of the text */
	const char *begin;
	MemoryContext memory;		/* context for the fields of a row */
	const char *done;			/* everything before this belongs to rows */
	OpenRow		row;
	bool		is_open;
	List	   *warnings;		/* of Warning, for the open row */
	Markup		markup;
	Levels		levels;

	/* the item to which lines without a number belong */
	RowKind		kind;
	char	   *path;
	int			level;

	const char *part;			/* path of the part of the text */
	int			parts;
	Symbols    *paths;			/* by path: number of items or parts that have
								 * it */
	int			tables;			/* number of tables within the item */
	bool		in_columns;		/* the last line had columns of a table of
								 * another shape */
	bool		has_tags_of_tables; /* reported once */
	OutlineTable *awaited;		/* a table of tags whose rows begin further
								 * on, or NULL */
	int			listed;			/* the next number of a list of annexes, or 0 */
	bool		awaits_title;	/* the notice has ended */
	bool		has_sentence;	/* a sentence has been seen */

	/* the last line with words */
	pg_wchar	last;			/* its last character */
	int			length;
	bool		was_annex;
	bool		in_title;		/* the line is one of those that form a title */
	const char *title;			/* where the last such lines began, or NULL */
} Outliner;

/* outline_rows.c */

/* outline_warn: reports a problem at a position in the open row. */
extern void outline_warn(Outliner *outliner, const char *at, char *message);

/*
 * outline_end_row: ends the open row and puts it into the result.  The next row begins at
 * `end`, with this level if it has a number.
 */
extern void outline_end_row(Outliner *outliner, const char *end, int next_level);

/* outline_start_row: ends the open row, and starts another. */
extern void outline_start_row(Outliner *outliner, RowKind kind, const char *at, const char *path, int level,
							  const char *content);

/* outline_check: raises an error unless everything before a position belongs to rows. */
extern void outline_check(const Outliner *outliner, const char *at);

#endif							/* ZJTX_OUTLINER_H */
