/*
 * text.c
 *		Reads texts from the cells of an office's table.
 */
#include "postgres.h"

#include "compat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "cell.h"
#include "office_values.h"

ZJTX_FUNCTION(zjtx_to_text);

static bool
is_space(pg_wchar c)
{
	return c <= ' ' || c == 0x00A0 || (c >= 0x2000 && c <= 0x200F) || c == 0x202F || c == 0x3000 || c == 0xFEFF;
}

/* Full-width letters and digits; full-width punctuation is the normal form in Chinese. */
static pg_wchar
fold_letter(pg_wchar c)
{
	if ((c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A))
		return c - 0xFEE0;
	return c;
}

/* Marks for an empty cell.  A word such as 无 can be a value of a text. */
static const char *const marks[] = {"", "-", "--", "---", "/", "\\"};

OfficeReading
office_text(const char *text, int length, StringInfo value)
{
	const char *end = text + length;
	CellText	folded;
	int			last = 0;		/* end of the last character that is no space */

	if (cell_fold(text, length, &folded) && cell_is_among(folded.text, marks, lengthof(marks)))
		return OFFICE_NOTHING;
	resetStringInfo(value);
	while (text < end)
	{
		int			bytes = Min(pg_utf_mblen((const unsigned char *) text), end - text);
		pg_wchar	c = utf8_to_unicode((const unsigned char *) text);
		unsigned char made[5] = {0};

		text += bytes;
		if (is_space(c) && value->len == 0)
			continue;
		unicode_to_utf8(fold_letter(c), made);
		appendBinaryStringInfo(value, (char *) made, pg_utf_mblen(made));
		if (!is_space(c))
			last = value->len;
	}
	value->len = last;
	value->data[last] = '\0';
	return last > 0 ? OFFICE_VALUE : OFFICE_NOTHING;
}

/* to_text(text) → text; NULL for an empty text */
Datum
zjtx_to_text(PG_FUNCTION_ARGS)
{
	text	   *cell = PG_GETARG_TEXT_PP(0);
	StringInfoData value;

	initStringInfo(&value);
	if (office_text(VARDATA_ANY(cell), VARSIZE_ANY_EXHDR(cell), &value) != OFFICE_VALUE)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text_with_len(value.data, value.len));
}
