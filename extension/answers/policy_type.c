/*
 * policy_type.c
 *		The type zjtx.policy: input and output.
 *
 * A value is stored as the author's text.  Input reads and compiles it, so every existing
 * value can be asked.  A text that the session has compiled is not read again.
 */
#include "postgres.h"

#include "compat.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "messages.h"
#include "session/cache.h"

ZJTX_FUNCTION(zjtx_policy_in);
ZJTX_FUNCTION(zjtx_policy_out);
ZJTX_FUNCTION(zjtx_policy_recv);
ZJTX_FUNCTION(zjtx_policy_send);

/* Checks the text, which then becomes the value. */
static Datum
policy_from_text(FunctionCallInfo fcinfo, const char *text)
{
	if (!compiled_check(text, strlen(text), (struct Node *) fcinfo->context))
		return (Datum) 0;
	return PointerGetDatum(cstring_to_text(text));
}

/* cstring → zjtx.policy; errors: 22P02 with line and column */
Datum
zjtx_policy_in(PG_FUNCTION_ARGS)
{
	return policy_from_text(fcinfo, PG_GETARG_CSTRING(0));
}

/* zjtx.policy → cstring: the author's text */
Datum
zjtx_policy_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(TextDatumGetCString(PG_GETARG_DATUM(0)));
}

/*
 * The binary format is the text, which is parsed again, so the evaluator never sees
 * unchecked input.
 */
Datum
zjtx_policy_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			length;
	char	   *text = pq_getmsgtext(buf, buf->len - buf->cursor, &length);

	if (strlen(text) != (size_t) length)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid zjtx.policy: the text contains a zero byte")));
	return policy_from_text(fcinfo, text);
}

Datum
zjtx_policy_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;
	char	   *source = TextDatumGetCString(PG_GETARG_DATUM(0));

	pq_begintypsend(&buf);
	pq_sendtext(&buf, source, strlen(source));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}
