/*
 * instructions.c
 *		Prints the instructions of a compiled policy.
 */
#include "postgres.h"

#include "compat.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "session/cache.h"

ZJTX_FUNCTION(zjtx_instructions);

/* instructions(p zjtx.policy) → text, never NULL: see program_text() */
Datum
zjtx_instructions(PG_FUNCTION_ARGS)
{
	text	   *source = PG_GETARG_TEXT_PP(0);
	const Compiled *compiled = compiled_get(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source), CurrentMemoryContext);
	StringInfoData buf;
	int			i;

	initStringInfo(&buf);
	for (i = 0; i < compiled->nprograms; i++)
	{
		if (compiled->nprograms > 1)
			appendStringInfo(&buf, "%s%s\n", i > 0 ? "\n" : "", compiled->programs[i]->doc->provision.code);
		appendStringInfoString(&buf, program_text(compiled->programs[i]));
	}
	PG_RETURN_TEXT_P(cstring_to_text_with_len(buf.data, buf.len));
}
