/*
 * install.c
 *		Functions called by the install script and after pg_upgrade.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "messages.h"
#include "own.h"

ZJTX_FUNCTION(zjtx_check_schema);
ZJTX_FUNCTION(zjtx_after_upgrade);

/* Returns one column of the single result row. */
static char *
found(int column)
{
	return SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, column);
}

/*
 * check_schema(): raises an error if anyone other than a superuser can create objects in
 * the function's schema, or has created some.  PostgreSQL would prefer a function there
 * that takes exactly a call's argument types to ours, which take a record; and it would
 * prefer an operator there to one of pg_catalog that matches less exactly.  So the schema
 * and its objects must belong to superusers.
 */
Datum
zjtx_check_schema(PG_FUNCTION_ARGS)
{
	Oid			types[2] = {OIDOID, OIDOID};
	Datum		values[2] = {ObjectIdGetDatum(get_func_namespace(fcinfo->flinfo->fn_oid)),
	ObjectIdGetDatum(fcinfo->flinfo->fn_oid)};

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (SPI_execute_with_args("SELECT n.nspname, r.rolname, r.rolsuper,"
							  " EXISTS (SELECT FROM pg_catalog.aclexplode(n.nspacl) a"
							  " WHERE a.privilege_type OPERATOR(pg_catalog.=) 'CREATE' AND a.grantee OPERATOR(pg_catalog.<>) n.nspowner),"
							  " (SELECT pg_catalog.pg_describe_object(o.classid, o.objid, o.objsubid) FROM pg_catalog.pg_depend o"
							  " WHERE o.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_namespace'::pg_catalog.regclass"
							  " AND o.refobjid OPERATOR(pg_catalog.=) n.oid AND o.objid OPERATOR(pg_catalog.<>) $2"
							  " AND o.classid OPERATOR(pg_catalog.<>) ALL ('{pg_catalog.pg_extension,pg_catalog.pg_default_acl}'::pg_catalog.regclass[]::pg_catalog.oid[])"
							  " ORDER BY o.objid LIMIT 1)"
							  " FROM pg_catalog.pg_namespace n"
							  " JOIN pg_catalog.pg_roles r ON r.oid OPERATOR(pg_catalog.=) n.nspowner"
							  " WHERE n.oid OPERATOR(pg_catalog.=) $1",
							  2, types, values, NULL, true, 0) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "could not look at the schema");
	if (found(5) != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("schema \"%s\" is not empty", found(1)),
				 errdetail("It holds %s.", found(5)),
				 errhint("Drop or move its objects, or drop the schema: CREATE EXTENSION creates it.")));
	if (strcmp(found(3), "t") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("schema \"%s\" belongs to \"%s\"", found(1), found(2)),
				 errdetail("Its owner could create functions there that are called in place of the extension's."),
				 errhint("Drop the schema: CREATE EXTENSION creates it.")));
	if (strcmp(found(4), "t") == 0)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("roles other than its owner may create objects in schema \"%s\"", found(1)),
				 errdetail("They could create functions there that are called in place of the extension's."),
				 errhint("Drop the schema: CREATE EXTENSION creates it.")));
	SPI_finish();
	PG_RETURN_VOID();
}

/*
 * after_upgrade() → number of array types added to the extension.  Before PostgreSQL 17,
 * the array type of a member type is no member unless it is added, and pg_upgrade adds
 * only objects that pg_dump dumps, which excludes array types.
 */
Datum
zjtx_after_upgrade(FunctionCallInfo fcinfo pg_attribute_unused())
{
	Oid			types[1] = {OIDOID};
	Datum		values[1] = {ObjectIdGetDatum(own_extension())};
	SPITupleTable *table;
	uint64		narrays;
	uint64		i;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (SPI_execute_with_args("SELECT t.typarray FROM pg_catalog.pg_depend d"
							  " JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) d.objid"
							  " WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass"
							  " AND d.refobjid OPERATOR(pg_catalog.=) $1 AND d.deptype OPERATOR(pg_catalog.=) 'e'"
							  " AND d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass"
							  " AND t.typarray OPERATOR(pg_catalog.<>) 0::pg_catalog.oid"
							  " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend a WHERE a.classid OPERATOR(pg_catalog.=) d.classid"
							  " AND a.objid OPERATOR(pg_catalog.=) t.typarray AND a.deptype OPERATOR(pg_catalog.=) 'e')",
							  1, types, values, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not look for array types");
	table = SPI_tuptable;
	narrays = SPI_processed;
	for (i = 0; i < narrays; i++)
	{
		bool		null;
		Oid			array = DatumGetObjectId(SPI_getbinval(table->vals[i], table->tupdesc, 1, &null));
		char	   *statement = psprintf("ALTER EXTENSION zjtx ADD TYPE %s", format_type_be_qualified(array));

		if (SPI_execute(statement, false, 0) != SPI_OK_UTILITY)
			elog(ERROR, "could not execute \"%s\"", statement);
	}
	SPI_finish();
	PG_RETURN_INT32((int32) narrays);
}
