/*
 * compare.c
 *		Functions with which the author's functions that are written in SQL compare texts.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "language/tree.h"
#include "outline.h"

ZJTX_FUNCTION(zjtx_bare);
ZJTX_FUNCTION(zjtx_unit_of);

/* bare(text) → text: the text without white space, in half-width characters. */
Datum
zjtx_bare(PG_FUNCTION_ARGS)
{
	text	   *argument = PG_GETARG_TEXT_PP(0);
	Slice		rest = slice(VARDATA_ANY(argument), VARDATA_ANY(argument) + VARSIZE_ANY_EXHDR(argument));
	StringInfoData bare;

	initStringInfo(&bare);
	while (!slice_is_empty(rest))
	{
		pg_wchar	c = slice_next(&rest);
		unsigned char made[5] = {0};

		CHECK_FOR_INTERRUPTS();
		if (c == 0 || c == ' ')
			continue;
		unicode_to_utf8(c, made);
		appendBinaryStringInfo(&bare, (char *) made, pg_utf_mblen(made));
	}
	PG_RETURN_TEXT_P(cstring_to_text_with_len(bare.data, bare.len));
}

/*
 * unit_of(text) → text: the unit in a word such as 万家, without its multiples; NULL if it is not a unit of the
 * language.
 */
Datum
zjtx_unit_of(PG_FUNCTION_ARGS)
{
	char	   *word = text_to_cstring(PG_GETARG_TEXT_PP(0));
	const char *suffix = word;
	int			exponent = 0;
	Unit		unit = UNIT_FREE;

	if (*word == '\0' || !unit_split(NIL, &suffix, &exponent, &unit) || unit == UNIT_FREE)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(unit_name(unit)));
}
