/*
 * facts_call.c
 *		Calls of eligible_facts and similar functions, which have facts as arguments.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "utils/builtins.h"
#include "utils/snapmgr.h"

#include "facts_call.h"
#include "folded.h"

/* Adds the columns that give the facts of a program. */
static Bitmapset *
add_given(Bitmapset *given, const Program *program, const FactColumns *places)
{
	int			i;
	int			year;

	for (i = 0; i < program->nfacts; i++)
	{
		if (places[i].attnum != 0)
			given = bms_add_member(given, places[i].attnum);
		for (year = 0; year < places[i].nyears; year++)
			if (places[i].years[year] != 0)
				given = bms_add_member(given, places[i].years[year]);
	}
	return given;
}

/*
 * Binds the columns as the call itself does.  Returns false if the call would raise an
 * error.
 */
static bool
bind_columns(FactsCall *call, const char *names, bool by_name)
{
	int			ntypes = list_length(call->columns);
	Oid		   *types = palloc_array(Oid, ntypes);
	const char *hash;
	TupleDesc	desc;
	bool		row;
	ListCell   *cell;
	int			i;

	foreach(cell, call->columns)
	{
		types[foreach_current_index(cell)] = exprType(lfirst(cell));
	}
	desc = bind_arguments_desc(pstrdup(names), by_name, ntypes, types, &hash, &row);
	call->desc = desc;
	call->given = NULL;
	for (i = 0; desc && i < call->compiled->nprograms; i++)
	{
		const FactColumns *places = row_columns(call->compiled->programs[i], desc, row, call->day);

		if (places == NULL)
			return false;
		if (i == 0)
			call->places = places;
		call->given = add_given(call->given, call->compiled->programs[i], places);
	}
	return desc != NULL;
}

bool
rewrite_read_facts_call(List *args, MemoryContext pins, FactsCall *call)
{
	Node	   *policy;
	const Const *names;
	FoldedPolicy folded;

	if (list_length(args) < 2)
		return false;
	policy = linitial(args);
	names = lsecond(args);
	if (!policy_folds(policy) || !IsA(names, Const) || names->constisnull)
		return false;
	if (!ActiveSnapshotSet() && (!IsA(policy, Const) || ((const Const *) policy)->consttype == TEXTOID))
		return false;
	folded = policy_fold(policy, pins);
	if (folded.compiled == NULL)
		return false;
	call->compiled = folded.compiled;
	call->day = compiled_day(folded.compiled, folded.by_name);
	call->columns = list_copy_tail(args, 2);
	return bind_columns(call, TextDatumGetCString(names->constvalue), folded.by_name);
}

Expr *
rewrite_facts_column(const FactsCall *call, int fact)
{
	const Program *program = call->compiled->programs[0];
	const FactColumns *columns = &call->places[fact_number(program, fact)];
	int			year = fact_year(program, fact);
	int			place = 0;

	if (year == 0)
		place = columns->attnum;
	else if (year >= columns->first_year && year < columns->first_year + columns->nyears)
		place = columns->years[year - columns->first_year];
	return place == 0 ? NULL : list_nth(call->columns, place - 1);
}

bool
rewrite_facts_whole(const FactsCall *call, int fact)
{
	const Program *program = call->compiled->programs[0];

	return fact_year(program, fact) != 0 && call->places[fact_number(program, fact)].attnum != 0;
}

Analysis *
rewrite_analyse_facts_call(const FactsCall *call)
{
	if (call->compiled->series)
		return NULL;
	return analysis_create(call->compiled->programs[0], call->day);
}
