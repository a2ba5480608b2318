/*
 * outline.h
 *		The outline of an official text: its numbered items, with their places in the text.
 *
 * Texts are UTF-8 and not NUL-terminated.  Widths are folded while they are compared: a
 * full-width （一） is the same number as (一).  Results are spelled as in the text.
 */
#ifndef ZJTX_OUTLINE_H
#define ZJTX_OUTLINE_H

#include "postgres.h"

#include "mb/pg_wchar.h"
#include "nodes/pg_list.h"

#include "office/cell.h"

/* A part of the text. */
typedef struct Slice
{
	const char *at;
	const char *end;
} Slice;

static inline Slice
slice(const char *at, const char *end)
{
	Slice		made = {at, end};

	return made;
}

static inline bool
slice_is_empty(Slice text)
{
	return text.at >= text.end;
}

static inline char *
slice_copy(Slice text)
{
	return pnstrdup(text.at, text.end - text.at);
}

/*
 * slice_next: returns the next character with its width folded, and moves past it; 0 at
 * the end and for characters without a meaning, such as a byte order mark.
 */
static inline pg_wchar
slice_next(Slice *text)
{
	int			bytes;
	pg_wchar	c;

	if (text->at >= text->end)
		return 0;
	if (!IS_HIGHBIT_SET(*text->at))
	{
		c = *text->at++;
		return c == '\t' || c == '\r' || c == '\n' ? ' ' : c;
	}
	bytes = pg_utf_mblen((const unsigned char *) text->at);
	if (bytes > text->end - text->at)
	{
		text->at = text->end;
		return 0;
	}
	c = cell_fold_character(utf8_to_unicode((const unsigned char *) text->at));
	text->at += bytes;
	return c;
}

/* The next character, without moving. */
static inline pg_wchar
slice_peek(Slice text)
{
	return slice_next(&text);
}

static inline bool
is_digit(pg_wchar c)
{
	return c >= '0' && c <= '9';
}

static inline bool
is_letter(pg_wchar c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether a character is a Chinese digit; a Chinese digit or 十, 百, 千, 万 or 亿. */
static inline bool
is_chinese_digit(pg_wchar c)
{
	switch (c)
	{
		case 0x25CB:			/* ○ */
		case 0x3007:			/* 〇 */
		case 0x4E00:			/* 一 */
		case 0x4E03:			/* 七 */
		case 0x4E09:			/* 三 */
		case 0x4E24:			/* 两 */
		case 0x4E5D:			/* 九 */
		case 0x4E8C:			/* 二 */
		case 0x4E94:			/* 五 */
		case 0x516B:			/* 八 */
		case 0x516D:			/* 六 */
		case 0x56DB:			/* 四 */
		case 0x96F6:			/* 零 */
			return true;
		default:
			return false;
	}
}

static inline bool
is_numeral(pg_wchar c)
{
	return is_chinese_digit(c) || c == 0x5341 || c == 0x767E || c == 0x5343 || c == 0x4E07 || c == 0x4EBF;
}

/* lines.c: reading the characters of a line */

/* slice_trim: without spaces and &nbsp; at both ends. */
extern Slice slice_trim(Slice text);

/* slice_take: if a word, in half-width characters, comes next, moves past it and returns true. */
extern bool slice_take(Slice *text, const char *word);
extern bool slice_begins(Slice text, const char *word);
extern bool slice_begins_any(Slice text, const char *const *words, int count);
extern void slice_skip_spaces(Slice *text);

/* slice_integer: reads up to `most` decimal digits; -1 if there are none or more. */
extern int	slice_integer(Slice *text, int most);

/* slice_last: the last character that is not a space, folded; 0 if there is none. */
extern pg_wchar slice_last(Slice text);

/* The number of characters. */
extern int	slice_length(Slice text);

/* Whether a character ends a sentence or a part of one, so that no sentence goes on after it. */
extern bool ends_sentence(pg_wchar c);

/* Kinds of lines without a number. */
extern bool line_is_page_number(Slice line);	/* - 3 -, 第3页 */
extern bool line_is_title(Slice line);	/* short, without a sentence */
extern bool line_is_date(Slice line);	/* only a date, as under a signature */
extern bool line_is_bracketed(Slice line);
extern bool line_is_office(Slice line); /* ends like the name of one */
extern bool line_is_number(Slice line); /* the number of a document:
										 * 渝府办发〔2024〕14号 */
extern bool line_closes(Slice line);	/* 抄送, 联系人 and others that
										 * follow the text */
extern bool line_is_printed(Slice line);	/* 某某办公室 2023年11月24日印发 */
extern bool line_is_signed(Slice line); /* (刘英) */

/*
 * line_is_annex: whether a line is the heading of an annex, such as 附件2; sets its name in
 * half-width characters.  *title: its title on the same line, or an empty one.  A line
 * with a title may also belong to the list of annexes.
 */
extern bool line_is_annex(Slice line, char *name, size_t size, Slice *title);

/* lines_join: the lines of a text, without line breaks, indents and page numbers; NULL if nothing remains. */
extern char *lines_join(Slice text);

/* The next line of a text, without its line break; moves past the break. */
extern Slice line_next(Slice *text);

/* numbering.c: the number at the beginning of a line */
typedef enum MarkerStyle
{
	MARKER_CHAPTER,				/* 第一章 */
	MARKER_SECTION,				/* 第一节 */
	MARKER_ARTICLE,				/* 第一条, 第1条 */
	MARKER_CHINESE,				/* 一、 */
	MARKER_CHINESE_BRACKETS,	/* (一) */
	MARKER_DIGITS,				/* 1. */
	MARKER_DIGITS_BRACKETS,		/* (1) */
	MARKER_DIGITS_BRACKET,		/* 1) */
	MARKER_CIRCLED,				/* ① */
	MARKER_FIRSTLY,				/* 一是 */
	MARKER_DECIMAL				/* 1.1, which is not read */
} MarkerStyle;

#define MARKER_STYLES (MARKER_DECIMAL + 1)
#define MAX_LABEL 48

typedef struct Marker
{
	MarkerStyle style;
	int			number;
	char		label[MAX_LABEL];	/* in a path: 二, (四), 18 */
	const char *after;			/* the text after it */
} Marker;

/* marker_read: reads the number at the beginning of a trimmed line, if there is one. */
extern bool marker_read(Slice line, Marker *marker);

/* levels.c: the numbers that are open, from the outermost */
#define MAX_LEVELS 12

typedef struct Levels
{
	int			depth;
	struct
	{
		MarkerStyle style;
		int			number;
		char		label[MAX_LABEL];
	}			open[MAX_LEVELS];
	int			last[MARKER_STYLES];	/* the last number of a style, 0 for
										 * none */
} Levels;

typedef enum LevelStep
{
	STEP_NEXT,					/* an item */
	STEP_ODD,					/* an item whose number is neither 1 nor the
								 * next */
	STEP_AGAIN,					/* an item whose numbers begin again without a
								 * reason */
	STEP_NEW_TEXT,				/* the numbers of the text begin again */
	STEP_NONE					/* not an item: within a sentence, and not
								 * expected */
} LevelStep;

/*
 * levels_step: determines what a number is: at the beginning of a line or, with `within`, after a line that ends
 * within a sentence.
 */
extern LevelStep levels_step(const Levels *levels, const Marker *marker, bool within, int *depth);

/* levels_enter: makes it the innermost number, at a depth that levels_step() gave. */
extern void levels_enter(Levels *levels, const Marker *marker, int depth);

/* levels_path: its path, prefixed with that of the part of the text ("" for the first part). */
extern char *levels_path(const Levels *levels, const char *part);

/* markup.c: tags of HTML and front matter; returns the end, or NULL if there is none at the beginning of the text */
typedef struct Markup
{
	bool		unclosed[3];	/* kinds of constructs that are known not to
								 * be closed */
} Markup;

extern const char *markup_end(Markup *markup, Slice text);
extern const char *front_matter_end(Slice text);

/* markup_line_next: the next line, up to the first tag in it; moves past it. */
extern Slice markup_line_next(Markup *markup, Slice *text);

/* tables.c: rows whose cells are separated by |, and functions for all kinds of tables */
typedef struct OutlineRow
{
	const char *at;				/* where it begins */
	List	   *cells;			/* of char * */
	int			spanned;		/* number of cells at the end that the cell
								 * before them spans */
} OutlineRow;

typedef struct OutlineTable
{
	List	   *rows;			/* of OutlineRow; the first are the heading */
	int			headings;		/* number of rows of the heading, or 0 */
	int			width;			/* cells of the last row of the heading, or of
								 * the first row */
	int			offices;		/* column of the offices, or -1 */
	int			unit;			/* column of the units, or -1 */
	const char *end;			/* after its last line */
} OutlineTable;

/* table_begins: whether a line is the first of a table. */
extern bool table_begins(Slice line);

/* table_read: reads the table at the beginning of a text, up to the next tag. */
extern void table_read(Markup *markup, Slice text, OutlineTable *table);

/* table_add_row, table_set_headings: used by the readers of tables.  The rows must have cells. */
extern OutlineRow *table_add_row(OutlineTable *table, const char *at);
extern void table_set_headings(OutlineTable *table, int headings);

/*
 * table_has_heading: whether the first row is a heading and not a row of the list, as where a page break divides a
 * list.
 */
extern bool table_has_heading(const OutlineTable *table);

/*
 * table_is_listed: whether the first column contains numbers, according to its heading.
 * Other tables before the first item lay out a page or say where it was published.
 */
extern bool table_is_listed(const OutlineTable *table);

/* tables_tabs.c: rows whose cells are separated by tabs; returns false if a text does not begin with such a table */
extern bool table_of_tabs_read(Markup *markup, Slice text, OutlineTable *table);

/* table_is_other: whether a line seems to be a row of a table of another shape. */
extern bool table_is_other(Slice line);

/*
 * tables_tags.c: <table>. Returns false if it has no rows with the same columns, as a
 * table that lays out a page.  Its end is before </table>.
 */
extern bool table_of_tags_read(Markup *markup, Slice text, OutlineTable *table);

/* quantities.c, offices.c: return lists of char *, spelled as in the text */
extern List *quantities_in(const char *text);
extern List *quantities_of_cell(const char *cell, const char *unit);
extern List *offices_in(const char *text);
extern List *offices_of_cell(const char *cell);

#endif							/* ZJTX_OUTLINE_H */
