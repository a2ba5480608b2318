/*
 * bound.c
 *		Texts of a policy bound to a day, and without its examples.
 */
#include "postgres.h"

#include "utils/datetime.h"

#include "derive.h"
#include "messages.h"

char *
policy_bound_words(DateADT day, bool is_default)
{
	return psprintf("as of %s%s", is_default ? "default " : "", date_text(day));
}

bool
policy_may_bind(DateADT day)
{
	return !DATE_NOT_FINITE(day) && day >= date2j(1, 1, 1) - POSTGRES_EPOCH_JDATE &&
		day <= date2j(9999, 12, 31) - POSTGRES_EPOCH_JDATE;
}

char *
policy_at(const Policy *policy, DateADT day, bool is_default)
{
	const char *body = policy->text + policy->body;

	if (!policy_may_bind(day))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("a policy is judged for a day from 0001-01-01 to 9999-12-31")));
	/* when binding again, replace the day and the line end after it */
	if (policy->has_as_of && *body == '\n')
		body++;
	return psprintf("%s\n%s", policy_bound_words(day, is_default), body);
}

char *
policy_without_examples(const Policy *policy)
{
	char	   *text = pstrdup(policy->text);
	ListCell   *doc_cell;
	ListCell   *cell;

	foreach(doc_cell, policy->documents)
	{
		foreach(cell, ((const Document *) lfirst(doc_cell))->examples)
		{
			Span		span = ((const Example *) lfirst(cell))->span;

			memset(text + span.start, ' ', span.end - span.start);
		}
	}
	return text;
}
