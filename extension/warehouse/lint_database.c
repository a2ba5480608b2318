/*
 * lint_database.c
 *		lint() reports problems of database objects that ask about rows.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/dependency.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "answers/rows.h"
#include "own.h"
#include "uses.h"

ZJTX_FUNCTION(zjtx_lint_database);

#define SHOWN 60				/* bytes shown of a policy that is not a name */

static void
report(void *argument, const Use *use, const char *kind, const char *finding, const char *hint)
{
	Rows	   *rows = argument;
	const char *policy = use->policy;

	if (policy && strlen(policy) > SHOWN)
		policy = use->compiled ? use->compiled->name : NULL;
	rows_put_text(rows, kind);
	rows_put_text(rows, use->description);
	rows_put_datum(rows, ObjectIdGetDatum(use->row));
	rows_put_text(rows, policy);
	rows_put_text(rows, finding);
	rows_put_text(rows, hint);
	rows_put_row(rows);
}

/*
 * Reports foreign objects in the extension's schemas, which could shadow ours in a
 * statement.
 */
static void
report_strangers(Rows *rows)
{
	Oid			types[3] = {OIDOID, OIDOID, OIDOID};
	Datum		values[3] = {ObjectIdGetDatum(own_namespace()), ObjectIdGetDatum(own_extension()),
	ObjectIdGetDatum(own_internal_namespace())};
	uint64		i;

	if (SPI_execute_with_args("SELECT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid) FROM pg_catalog.pg_depend d"
							  " WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_namespace'::pg_catalog.regclass"
							  " AND (d.refobjid OPERATOR(pg_catalog.=) $1 OR d.refobjid OPERATOR(pg_catalog.=) $3)"
							  " AND d.classid OPERATOR(pg_catalog.=) ANY ('{pg_catalog.pg_proc,pg_catalog.pg_operator,pg_catalog.pg_class,pg_catalog.pg_type}'::pg_catalog.regclass[]::pg_catalog.oid[])"
							  " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid OPERATOR(pg_catalog.=) d.classid"
							  " AND e.objid OPERATOR(pg_catalog.=) d.objid AND e.refobjid OPERATOR(pg_catalog.=) $2 AND e.deptype OPERATOR(pg_catalog.=) 'e')"
							  " ORDER BY 1",
							  3, types, values, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not look at the schema");
	for (i = 0; i < SPI_processed; i++)
	{
		rows_put_text(rows, "stranger");
		rows_put_text(rows, SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1));
		rows_put_null(rows);
		rows_put_null(rows);
		rows_put_text(rows, "it is in a schema of the extension but not part of it: statements can use it instead of our objects");
		rows_put_text(rows, "Drop it, and revoke CREATE on the schema.");
		rows_put_row(rows);
	}
}

/* Reports array types that pg_upgrade failed to add to the extension. */
static void
report_arrays(Rows *rows)
{
	Oid			array = get_array_type(own_type(OWN_POLICY));

	/* reads the catalog, because own_member has cached an older state */
	if (getExtensionOfObject(TypeRelationId, array) == own_extension())
		return;
	rows_put_text(rows, "upgrade");
	rows_put_text(rows, format_type_be_qualified(array));
	rows_put_null(rows);
	rows_put_null(rows);
	rows_put_text(rows, "array types are not members of the extension: postgres_fdw does not send tally to shards");
	rows_put_text(rows, "SELECT zjtx.after_upgrade(), as the owner of the extension.");
	rows_put_row(rows);
}

/* lint() → kind, object, relation, policy, finding, hint */
Datum
zjtx_lint_database(PG_FUNCTION_ARGS)
{
	Rows		rows;
	ListCell   *cell;

	rows_start(fcinfo, &rows);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	foreach(cell, uses_find(InvalidOid))
	{
		use_check(lfirst(cell), report, &rows);
	}
	report_strangers(&rows);
	report_arrays(&rows);
	SPI_finish();
	return (Datum) 0;
}
