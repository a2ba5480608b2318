/*
 * lines_missing.c
 *		The facts that can still change a line.
 */
#include "postgres.h"

#include "lines.h"

/* Adds the facts that keep a line's amount from being known. */
static void
add_for_amount(Lacking *lacking, const LineEntry *entry)
{
	const ClauseEntry *clause = entry->clause;
	int			i;

	if (entry->group)
	{
		lacking_add(lacking, entry->group->amount);
		return;
	}
	if (entry->stage == NULL)
	{
		lacking_add(lacking, clause->amount);
		return;
	}

	/* its own amount, and those of earlier stages, which use up the cap */
	for (i = 0; i < clause->nstages; i++)
	{
		const StageEntry *stage = &clause->stages[i];

		if (stage == entry->stage || clause->cap >= 0)
			lacking_add(lacking, stage->amount);
		if (stage == entry->stage)
			break;
	}
	if (clause->cap >= 0)
		lacking_add(lacking, clause->cap);
}

List *
line_missing(Lacking *lacking, const LineEntry *entry, const Line *line, bool conditional)
{
	int			number = entry->rung ? entry->rung->when : entry->group ? entry->group->satisfied :
	entry->stage ? entry->stage->earned : entry->clause->satisfied;
	List	   *names = NIL;

	if (line->truth != TRUTH_UNKNOWN && (!line->pays || line_is_decided(line)))
		return NIL;
	lacking_begin(lacking);
	if (conditional)
	{
		lacking_add_day(lacking);
		names = lacking_take(lacking, names);
	}
	lacking_add_deciding(lacking, number);
	names = lacking_take(lacking, names);
	lacking_add(lacking, number);
	names = lacking_take(lacking, names);
	if (line->pays && (entry->group || entry->clause->amount >= 0) && !line_is_decided(line))
	{
		add_for_amount(lacking, entry);
		names = lacking_take(lacking, names);
	}
	return names;
}
