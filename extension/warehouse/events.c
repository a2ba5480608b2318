/*
 * events.c
 *		Event triggers, which watch for DDL that affects our objects.
 *
 * An error in an event trigger aborts the statement.  Only drop_check and accounts_refresh
 * raise errors, because there money is at stake.  All other errors become warnings.
 */
#include "postgres.h"

#include "compat.h"
#include "access/relation.h"
#include "catalog/pg_inherits.h"
#include "commands/event_trigger.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "accounts.h"
#include "attempt.h"
#include "events.h"
#include "messages.h"
#include "uses.h"

ZJTX_FUNCTION(zjtx_before_drop);
ZJTX_FUNCTION(zjtx_after_alter);
ZJTX_FUNCTION(zjtx_after_drop);

static EventTriggerData *
event_data(FunctionCallInfo fcinfo, const char *event)
{
	EventTriggerData *data = (EventTriggerData *) fcinfo->context;

	if (!CALLED_AS_EVENT_TRIGGER(fcinfo) || strcmp(data->event, event) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_EVENT_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("this function is for event triggers on %s", event)));
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	return data;
}

/* ddl_command_start, for every DROP */
Datum
zjtx_before_drop(PG_FUNCTION_ARGS)
{
	drop_check(event_data(fcinfo, "ddl_command_start")->parsetree);
	SPI_finish();
	PG_RETURN_VOID();
}

/* ---------------- after the statement ---------------- */

/*
 * Runs a handler and turns its errors into warnings, because the user's statement must not
 * fail for a reason that has nothing to do with it.
 */
static void
handle(void (*handler) (void *data), EventTriggerData *data)
{
	const		ErrorData *error = attempt(handler, data);

	if (error)
		ereport(WARNING,
				(errcode(error->sqlerrcode),
				 errmsg("zjtx could not check the effect of this statement on its objects: %s", error->message)));
}

/* Returns the descriptor with one attribute renamed, or dropped if the name is NULL. */
static TupleDesc
with_attribute(TupleDesc desc, int number, const char *name)
{
	TupleDesc	copy = CreateTupleDescCopy(desc);
	Form_pg_attribute att = TupleDescAttr(copy, number - 1);

	att->attisdropped = name == NULL;
	if (name)
		namestrcpy(&att->attname, name);
	return copy;
}

/*
 * Handles a column of a relation, and of those that inherit it, that was renamed, or added
 * if `before` is NULL.
 */
static void
column_changed(Oid relation, const char *now, const char *before)
{
	ListCell   *cell;

	foreach(cell, find_all_inheritors(relation, NoLock, NULL))
	{
		Relation	rel = try_relation_open(lfirst_oid(cell), AccessShareLock);
		AttrNumber	number;

		if (rel == NULL)
			continue;
		number = get_attnum(lfirst_oid(cell), now);
		if (number > 0)
			uses_warn(lfirst_oid(cell), with_attribute(RelationGetDescr(rel), number, before), RelationGetDescr(rel));
		relation_close(rel, AccessShareLock);
	}
}

/* Returns the relation whose columns the statement changed, or InvalidOid. */
static Oid
altered_relation(void)
{
	bool		null;

	if (SPI_execute("SELECT c.objid FROM pg_catalog.pg_event_trigger_ddl_commands() c"
					" JOIN pg_catalog.pg_class r ON r.oid OPERATOR(pg_catalog.=) c.objid"
					" WHERE c.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass"
					" AND r.relkind OPERATOR(pg_catalog.=) ANY ('{r,p,v,m,f,c}'::pg_catalog.\"char\"[])"
					" AND c.command_tag OPERATOR(pg_catalog.~) '^ALTER '", false, 1) != SPI_OK_SELECT)
		elog(ERROR, "could not see what was altered");
	return SPI_processed > 0 ? DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null)) : InvalidOid;
}

/* handles RENAME and ADD of columns and attributes */
static void
columns_altered(void *argument)
{
	const EventTriggerData *data = argument;
	const Node *statement = data->parsetree;
	ListCell   *cell;

	if (IsA(statement, RenameStmt))
	{
		const RenameStmt *rename = (const RenameStmt *) statement;

		if (rename->renameType == OBJECT_COLUMN || rename->renameType == OBJECT_ATTRIBUTE)
		{
			Oid			relation = altered_relation();

			if (OidIsValid(relation))
				column_changed(relation, rename->newname, rename->subname);
		}
		return;
	}
	if (!IsA(statement, AlterTableStmt))
		return;
	foreach(cell, ((const AlterTableStmt *) statement)->cmds)
	{
		const AlterTableCmd *command = lfirst(cell);

		if (command->subtype == AT_AddColumn)
		{
			Oid			relation = altered_relation();

			if (OidIsValid(relation))
				column_changed(relation, castNode(ColumnDef, command->def)->colname, NULL);
		}
	}
}

/*
 * ddl_command_end, for statements that rename relations, schemas or columns or add
 * columns.
 */
Datum
zjtx_after_alter(PG_FUNCTION_ARGS)
{
	EventTriggerData *data = event_data(fcinfo, "ddl_command_end");

	accounts_refresh();
	handle(columns_altered, data);
	SPI_finish();
	PG_RETURN_VOID();
}

/* handles dropped columns and attributes, whichever statement dropped them */
static void
columns_dropped(void *data pg_attribute_unused())
{
	MemoryContext context = CurrentMemoryContext;
	SPITupleTable *table;
	uint64		i;

	if (SPI_execute("SELECT o.objid, o.objsubid, o.address_names[pg_catalog.array_upper(o.address_names, 1)]"
					" FROM pg_catalog.pg_event_trigger_dropped_objects() o"
					" JOIN pg_catalog.pg_class r ON r.oid OPERATOR(pg_catalog.=) o.objid"
					" WHERE o.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass"
					" AND o.objsubid OPERATOR(pg_catalog.>) 0", false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not see what was dropped");
	table = SPI_tuptable;
	MemoryContextSwitchTo(context);
	for (i = 0; i < table->numvals; i++)
	{
		bool		null;
		Oid			oid = DatumGetObjectId(SPI_getbinval(table->vals[i], table->tupdesc, 1, &null));
		int			number = DatumGetInt32(SPI_getbinval(table->vals[i], table->tupdesc, 2, &null));
		Relation	rel = try_relation_open(oid, AccessShareLock);

		if (rel == NULL)
			continue;
		uses_warn(oid, with_attribute(RelationGetDescr(rel), number, SPI_getvalue(table->vals[i], table->tupdesc, 3)),
				  RelationGetDescr(rel));
		relation_close(rel, AccessShareLock);
	}
}

/* sql_drop */
Datum
zjtx_after_drop(PG_FUNCTION_ARGS)
{
	handle(columns_dropped, event_data(fcinfo, "sql_drop"));
	SPI_finish();
	PG_RETURN_VOID();
}
