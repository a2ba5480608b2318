/*
 * version.c
 *		Compares the versions of the library and of the extension's SQL objects.
 *
 * An upgraded package replaces the library at once, and the objects of a database only with ALTER EXTENSION.  The
 * Makefile also gives both a number of the build, so that objects of another build of the same version are found.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "compat.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "messages.h"

ZJTX_FUNCTION(zjtx_version_of_library);

/*
 * version_of_library(objects text, build text) → (library text, message text): the version of the library, and what
 * is wrong if the objects have another version or build; else NULL
 */
Datum
zjtx_version_of_library(PG_FUNCTION_ARGS)
{
	const char *objects = text_to_cstring(PG_GETARG_TEXT_PP(0));
	const char *build = text_to_cstring(PG_GETARG_TEXT_PP(1));
	const char *message = NULL;
	TupleDesc	desc;
	Datum		values[2];
	bool		nulls[2] = {false, false};

	if (strcmp(objects, ZJTX_VERSION) != 0)
		message = psprintf(_("The library has version %s and the SQL objects have version %s: ALTER EXTENSION zjtx UPDATE, and begin new sessions."),
						   ZJTX_VERSION, objects);
	else if (strcmp(build, ZJTX_BUILD) != 0)
		message = _("The library and the SQL objects are of different builds: begin a new session, or create the extension again.");
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE || desc->natts != lengthof(values))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the SQL objects of zjtx are from another version than its library"),
				 errhint("ALTER EXTENSION zjtx UPDATE.")));
	values[0] = CStringGetTextDatum(ZJTX_VERSION);
	values[1] = message ? CStringGetTextDatum(message) : (Datum) 0;
	nulls[1] = message == NULL;
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls)));
}
