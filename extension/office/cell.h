/*
 * cell.h
 *		Reads the text of a cell of an office's table from the left.
 *
 * People type these texts into spreadsheets, so one column has many notations of one
 * value.  A notation is accepted only if it is unambiguous.  Rejected are two-digit years,
 * foreign currencies, bounds such as “500万元以上”, and numbers in scientific notation,
 * which a spreadsheet has rounded.
 */
#ifndef ZJTX_CELL_H
#define ZJTX_CELL_H

#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

/* No value is longer, in bytes. */
#define MAX_CELL_TEXT 200

/* No amount exceeds the order of 万亿亿. */
#define MAX_EXPONENT 20

/* The text of a cell with full-width characters folded and without leading and trailing spaces. */
typedef struct CellText
{
	char		text[MAX_CELL_TEXT + 4];
	int			length;
} CellText;

/* What is left to read of it. */
typedef struct Cell
{
	const char *at;
} Cell;

/* cell_fold_character: the normal form of a full-width or variant character; 0 if it is dropped. */
extern pg_wchar cell_fold_character(pg_wchar c);

/* cell_fold: sets the text; returns false if it is longer than any value. */
extern bool cell_fold(const char *text, int length, CellText *folded);

/* cell_is_nothing: whether the cell is empty or has a mark for that, such as "-", "/" or 无. */
extern bool cell_is_nothing(const CellText *folded);

/* cell_is_among: whether the text is one of some words, in any case. */
extern bool cell_is_among(const char *text, const char *const *words, int count);

/* cell_take: skips a word and returns true if it comes next. */
extern bool cell_take(Cell *cell, const char *word);
extern void cell_skip_spaces(Cell *cell);

/*
 * numerals.c
 *
 * cell_take_digit: reads a Chinese digit; returns -1 if there is none.
 *
 * cell_take_magnitude: reads one of 十 百 千 and, unless small, 万 亿; returns its exponent,
 * or 0 if there is none.  cell_take_magnitudes: reads several, as in 千万; returns the sum.
 *
 * cell_take_numeral: reads Chinese numerals below 万, such as 一百二十, 两千零五 or 十二点五,
 * and appends them as a decimal.  An omitted place needs a 零: 一百五 is rejected because
 * people mean 150.  Sets *whole if the number has a leading 零 or as many digits as
 * `places`.
 */
extern int	cell_take_digit(Cell *cell);
extern int	cell_take_magnitude(Cell *cell, bool small);
extern int	cell_take_magnitudes(Cell *cell);
extern bool cell_take_numeral(Cell *cell, int places, StringInfo digits, bool *whole);

/* amount.c: whether a unit comes next, such as 千瓦, which is not 千 of 瓦. */
extern bool cell_at_unit(const Cell *cell);

static inline bool
cell_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
cell_at_end(const Cell *cell)
{
	return *cell->at == '\0';
}

#endif							/* ZJTX_CELL_H */
