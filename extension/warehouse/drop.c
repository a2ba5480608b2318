/*
 * drop.c
 *		Refuses a DROP that would lose documents and payments.
 *
 * DROP EXTENSION silently drops the contents of the extension's tables.  So does any DROP
 * ...  CASCADE of an object on which the extension or one of its members depends, usually
 * its schema.  The check runs before the statement because the rows are gone afterwards.
 */
#include "postgres.h"

#include "compat.h"
#include "access/table.h"
#include "access/tableam.h"
#include "catalog/dependency.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "executor/tuptable.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "events.h"
#include "messages.h"
#include "own.h"

bool		zjtx_allow_drop = false;

/* ---------------- objects to be dropped ---------------- */

/*
 * The objects whose DROP ...  CASCADE drops the extension: everything on which it and its
 * members depend, directly or indirectly.  Dependencies of single columns are left out,
 * because they drop only the column.
 */
#define BELOW \
	"WITH RECURSIVE below (classid, objid) AS (" \
	"SELECT 'pg_catalog.pg_extension'::pg_catalog.regclass::pg_catalog.oid, $1" \
	" UNION SELECT d.classid, d.objid FROM pg_catalog.pg_depend d" \
	" WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass" \
	" AND d.refobjid OPERATOR(pg_catalog.=) $1 AND d.deptype OPERATOR(pg_catalog.=) 'e'" \
	" UNION SELECT d.refclassid, d.refobjid FROM below b JOIN pg_catalog.pg_depend d" \
	" ON d.classid OPERATOR(pg_catalog.=) b.classid AND d.objid OPERATOR(pg_catalog.=) b.objid AND d.objsubid OPERATOR(pg_catalog.=) 0)"

static bool
is_below(const ObjectAddress *object)
{
	Oid			types[3] = {OIDOID, OIDOID, OIDOID};
	Datum		values[3] = {ObjectIdGetDatum(own_extension()), ObjectIdGetDatum(object->classId),
	ObjectIdGetDatum(object->objectId)};

	if (SPI_execute_with_args(BELOW " SELECT FROM below WHERE classid OPERATOR(pg_catalog.=) $2 AND objid OPERATOR(pg_catalog.=) $3",
							  3, types, values, NULL, true, 1) != SPI_OK_SELECT)
		elog(ERROR, "could not look at dependencies");
	return SPI_processed > 0;
}

/* Returns whether a role owns such an object in this database. */
static bool
owns_one(Oid role)
{
	Oid			types[2] = {OIDOID, OIDOID};
	Datum		values[2] = {ObjectIdGetDatum(own_extension()), ObjectIdGetDatum(role)};

	if (SPI_execute_with_args(BELOW " SELECT FROM below b JOIN pg_catalog.pg_shdepend s"
							  " ON s.classid OPERATOR(pg_catalog.=) b.classid AND s.objid OPERATOR(pg_catalog.=) b.objid"
							  " JOIN pg_catalog.pg_database d ON d.oid OPERATOR(pg_catalog.=) s.dbid"
							  " WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()"
							  " AND s.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_authid'::pg_catalog.regclass"
							  " AND s.refobjid OPERATOR(pg_catalog.=) $2 AND s.deptype OPERATOR(pg_catalog.=) 'o'",
							  2, types, values, NULL, true, 1) != SPI_OK_SELECT)
		elog(ERROR, "could not look at owners");
	return SPI_processed > 0;
}

static bool
takes_extension(const Node *statement)
{
	ListCell   *cell;

	if (IsA(statement, DropOwnedStmt))
	{
		foreach(cell, ((const DropOwnedStmt *) statement)->roles)
		{
			Oid			role = get_rolespec_oid(lfirst(cell), true);

			/* otherwise PostgreSQL reports the missing privilege */
			if (OidIsValid(role) && has_privs_of_role(GetUserId(), role) && owns_one(role))
				return true;
		}
		return false;
	}
	if (!IsA(statement, DropStmt))
		return false;
	foreach(cell, ((const DropStmt *) statement)->objects)
	{
		const DropStmt *drop = (const DropStmt *) statement;
		Relation	relation = NULL;
		ObjectAddress object;
		bool		takes;

		if (drop->removeType != OBJECT_EXTENSION && drop->behavior != DROP_CASCADE)
			continue;
		object = get_object_address(drop->removeType, lfirst(cell), &relation, AccessShareLock, true);
		/* PostgreSQL itself refuses to drop a member */
		takes = OidIsValid(object.objectId) && getExtensionOfObject(object.classId, object.objectId) != own_extension() &&
			is_below(&object);
		if (takes)
			check_object_ownership(GetUserId(), drop->removeType, object, lfirst(cell), relation);
		if (relation)
			table_close(relation, NoLock);
		if (takes)
			return true;
	}
	return false;
}

/* ---------------- data that would be lost ---------------- */

/*
 * Returns whether a table has rows.  Of zjtx.policies, it counts only those that CREATE
 * EXTENSION does not bring back.  The lock keeps other sessions from adding rows until the
 * statement, which will drop the table, has ended.
 */
static bool
has_rows(const char *name, const char *shipped)
{
	Relation	table = table_open(own_relation(name), AccessExclusiveLock);
	Snapshot	snapshot = RegisterSnapshot(GetLatestSnapshot());
	TupleTableSlot *slot = table_slot_create(table, NULL);
	TableScanDesc scan = TABLE_BEGINSCAN(table, snapshot);
	int			column = shipped ? SPI_fnumber(RelationGetDescr(table), shipped) : 0;
	bool		found = false;

	while (!found && table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		bool		null;

		CHECK_FOR_INTERRUPTS();
		found = column <= 0 || !DatumGetBool(slot_getattr(slot, column, &null));
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	UnregisterSnapshot(snapshot);
	table_close(table, NoLock);
	return found;
}

void
drop_check(const Node *statement)
{
	bool		documents;
	bool		ledger;

	if (zjtx_allow_drop || !OidIsValid(own_extension()) || !takes_extension(statement))
		return;
	documents = has_rows("policies", "shipped");
	ledger = has_rows("ledger", NULL) || has_rows("allotments", NULL);
	if (documents || ledger)
		ereport(ERROR,
				(errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
				 documents && ledger ? errmsg("this would drop documents of your own and the ledger of what is owed and was paid") :
				 documents ? errmsg("this would drop documents of your own") :
				 errmsg("this would drop the ledger of what is owed and was paid"),
				 errdetail("They are in tables of the extension zjtx, which this statement would also drop."),
				 errhint("Copy the rows that you need, then SET zjtx.allow_drop = on.  For pg_restore --clean, set PGOPTIONS='-c zjtx.allow_drop=on'.")));
}
