/*
 * uses_triggers.c
 *		Finds the triggers of watch and fill, whose arguments name the policies that they ask.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/namespace.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_trigger.h"
#include "catalog/pg_type.h"
#include "catalog/partition.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "utils/lsyscache.h"
#include "utils/varlena.h"

#include "session/stored.h"
#include "own.h"
#include "uses.h"
#include "watch.h"

/* pg_trigger.tgargs: each argument is followed by a zero byte. */
static List *
split_arguments(const bytea *bytes)
{
	const char *at = VARDATA_ANY(bytes);
	const char *end = at + VARSIZE_ANY_EXHDR(bytes);
	List	   *arguments = NIL;

	while (at < end)
	{
		Size		length = strnlen(at, end - at);

		arguments = lappend(arguments, pnstrdup(at, length));
		at += length + 1;
	}
	return arguments;
}

/*
 * The relation that a trigger of watch reads.  An invalid name or a name without a relation is an error when the
 * trigger fires; here the result is InvalidOid.
 */
static Oid
watched_relation(const char *name, Oid table)
{
	List	   *names;
	RangeVar   *view;

	if (!SplitIdentifierString(pstrdup(name), '.', &names) || names == NIL || list_length(names) > 2)
		return InvalidOid;
	view = list_length(names) == 1 ? makeRangeVar(NULL, linitial(names), -1) : makeRangeVar(linitial(names), lsecond(names), -1);
	if (view->schemaname == NULL)
		view->schemaname = get_namespace_name(get_rel_namespace(watched_topmost(table)));
	return view->schemaname ? RangeVarGetRelid(view, NoLock, true) : InvalidOid;
}

/* The policy in an argument of fill, column=policy, or NULL. */
static const char *
filled_policy(const char *argument)
{
	const char *equals = strchr(argument, '=');

	if (equals == NULL)
		return NULL;
	return equals[1] == '!' || equals[1] == '~' ? equals + 2 : equals + 1;
}

static List *
add_policy(List *uses, const Use *trigger, const char *policy)
{
	Use		   *use = palloc(sizeof(Use));

	*use = *trigger;
	use->policy = pstrdup(policy);
	use->compiled = stored_compiled(policy, strlen(policy), true, CurrentMemoryContext);
	return lappend(uses, use);
}

/* Adds the questions of one trigger. */
static List *
add_trigger(List *uses, Use *trigger, Oid table, bool watch, List *arguments, Oid row)
{
	ListCell   *cell;

	trigger->kind = USE_TRIGGER;
	trigger->row = watch ? arguments ? watched_relation(linitial(arguments), table) : InvalidOid : table;
	if (!OidIsValid(trigger->row) || (OidIsValid(row) && row != trigger->row))
		return uses;
	foreach(cell, arguments)
	{
		const char *policy = lfirst(cell);

		/* the relation and its key come first */
		if (watch && (foreach_current_index(cell) < 2 || watched_is_option(policy)))
			continue;
		if (!watch)
			policy = filled_policy(policy);
		if (policy)
			uses = add_policy(uses, trigger, policy);
	}
	return uses;
}

List *
uses_of_triggers(List *uses, Oid row)
{
	MemoryContext context = CurrentMemoryContext;
	Oid			types[2] = {OIDOID, OIDOID};
	Datum		values[2] = {ObjectIdGetDatum(own_function("watch", 0, NULL, TRIGGEROID, false)),
	ObjectIdGetDatum(own_function("fill", 0, NULL, TRIGGEROID, false))};
	SPITupleTable *table;
	uint64		count;
	uint64		i;

	if (SPI_execute_with_args("SELECT t.oid, t.tgrelid, t.tgfoid OPERATOR(pg_catalog.=) $1, t.tgargs,"
							  " pg_catalog.pg_describe_object('pg_catalog.pg_trigger'::pg_catalog.regclass, t.oid, 0)"
							  " FROM pg_catalog.pg_trigger t WHERE t.tgfoid OPERATOR(pg_catalog.=) ANY (ARRAY[$1, $2])"
							  " AND t.tgparentid OPERATOR(pg_catalog.=) 0 ORDER BY 5",
							  2, types, values, NULL, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not look for triggers");
	table = SPI_tuptable;
	count = SPI_processed;
	MemoryContextSwitchTo(context);
	for (i = 0; i < count; i++)
	{
		HeapTuple	tuple = table->vals[i];
		Use			trigger = {0};
		Oid			relation;
		bool		watch;
		bool		null;

		CHECK_FOR_INTERRUPTS();
		trigger.classid = TriggerRelationId;
		trigger.object = DatumGetObjectId(SPI_getbinval(tuple, table->tupdesc, 1, &null));
		relation = DatumGetObjectId(SPI_getbinval(tuple, table->tupdesc, 2, &null));
		watch = DatumGetBool(SPI_getbinval(tuple, table->tupdesc, 3, &null));
		trigger.description = SPI_getvalue(tuple, table->tupdesc, 5);
		if (trigger.description == NULL)
			continue;			/* it was dropped concurrently */
		uses = add_trigger(uses, &trigger, relation, watch,
						   split_arguments(DatumGetByteaPP(SPI_getbinval(tuple, table->tupdesc, 4, &null))), row);
	}
	SPI_freetuptable(table);
	return uses;
}
