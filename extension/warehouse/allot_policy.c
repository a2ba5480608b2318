/*
 * allot_policy.c
 *		The policy of an allotment, and its other arguments.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "messages.h"
#include "session/stored.h"
#include "session/used.h"
#include "allot_policy.h"

/* The version of a series that is in force on a day; or NULL. */
static const Program *
version_on(const Compiled *compiled, DateADT day)
{
	const Program *chosen = NULL;
	int			i;

	for (i = 0; i < compiled->nprograms; i++)
	{
		const Document *doc = compiled->programs[i]->doc;

		if (doc->from <= day && (!doc->has_until || day < doc->until) && (chosen == NULL || doc->from > chosen->doc->from))
			chosen = compiled->programs[i];
	}
	return chosen;
}

bool
allot_policy(AllotPolicy *policy, Datum argument, bool by_name)
{
	const text *words = DatumGetTextPP(argument);
	const Compiled *compiled = by_name ?
	stored_compiled(VARDATA_ANY(words), VARSIZE_ANY_EXHDR(words), false, CurrentMemoryContext) :
	compiled_get(VARDATA_ANY(words), VARSIZE_ANY_EXHDR(words), CurrentMemoryContext);

	used_want(compiled);
	policy->compiled = compiled;
	policy->day = compiled_day(compiled, by_name);
	policy->program = compiled->series ?
		version_on(compiled, compiled->has_as_of ? compiled->as_of : day_of_session()) : compiled->programs[0];
	return policy->program != NULL;
}

void
allot_policy_check(const AllotPolicy *policy)
{
	if (policy->program->nselections > 0 || policy->program->nbudgets > 0)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("policy \"%s\" has no selection and no budget", policy->compiled->name),
			 errhint("The statements \"select\" and \"budget\" of a document say what is allotted.")));
}

bool
allot_is_strict(const text *undecided)
{
	char	   *word = text_to_cstring(undecided);

	if (strcmp(word, "out") == 0)
		return true;
	if (strcmp(word, "open") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is not a way to treat what is undecided", word),
				 errhint("It is open, or out: what is not proved is not claimed.")));
	return false;
}
