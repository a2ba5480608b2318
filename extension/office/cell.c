/*
 * cell.c
 *		Reads the text of a cell of an office's table from the left.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "cell.h"

pg_wchar
cell_fold_character(pg_wchar c)
{
	if (c >= 0xFF01 && c <= 0xFF5E)
		return c - 0xFEE0;
	switch (c)
	{
		case '\t':
		case '\r':
		case '\n':
		case 0x00A0:
		case 0x2002:
		case 0x2003:
		case 0x2009:
		case 0x202F:
		case 0x3000:
			return ' ';
		case 0x200B:
		case 0x200E:
		case 0x200F:
		case 0xFEFF:
			return 0;
		case 0x2010:
		case 0x2013:
		case 0x2014:
		case 0x2212:
			return '-';
		case 0xFFE5:
			return 0x00A5;
		default:
			return c;
	}
}

bool
cell_fold(const char *text, int length, CellText *folded)
{
	const char *end = text + length;

	folded->length = 0;
	while (text < end)
	{
		int			bytes = pg_utf_mblen((const unsigned char *) text);
		unsigned char made[5] = {0};
		pg_wchar	c;

		if (bytes > end - text)
			return false;
		c = cell_fold_character(utf8_to_unicode((const unsigned char *) text));
		text += bytes;
		if (c == 0 || (c == ' ' && folded->length == 0))
			continue;
		if (folded->length >= MAX_CELL_TEXT)
			return false;
		unicode_to_utf8(c, made);
		memcpy(folded->text + folded->length, made, pg_utf_mblen(made));
		folded->length += pg_utf_mblen(made);
	}
	while (folded->length > 0 && folded->text[folded->length - 1] == ' ')
		folded->length--;
	folded->text[folded->length] = '\0';
	return true;
}

bool
cell_take(Cell *cell, const char *word)
{
	size_t		length = strlen(word);

	if (strncmp(cell->at, word, length) != 0)
		return false;
	cell->at += length;
	return true;
}

void
cell_skip_spaces(Cell *cell)
{
	while (*cell->at == ' ')
		cell->at++;
}

bool
cell_is_among(const char *text, const char *const *words, int count)
{
	int			i;

	for (i = 0; i < count; i++)
		if (pg_strcasecmp(text, words[i]) == 0)
			return true;
	return false;
}

/* Marks for an empty cell. */
static const char *const nothing[] = {"", "-", "--", "---", "/", "\\", "无", "暂无", "不适用", "n/a", "na", "null", "none"};

bool
cell_is_nothing(const CellText *folded)
{
	return cell_is_among(folded->text, nothing, lengthof(nothing));
}
