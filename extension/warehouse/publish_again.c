/*
 * publish_again.c
 *		Replacing a published view: which of its columns can stay.
 *
 * CREATE OR REPLACE VIEW keeps every column with its type, so views, privileges and
 * dashboards that depend on the view survive.  If a column cannot stay, the error lists the
 * dependents and says what to do.  A column that has lost its source never silently becomes
 * NULL.
 */
#include "postgres.h"

#include "access/relation.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "parser/parsetree.h"
#include "rewrite/rewriteHandler.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "messages.h"
#include "publish.h"
#include "relation.h"

/* Returns an error detail that lists what depends on a view. */
static char *
dependents_detail(Oid view)
{
	MemoryContext context = CurrentMemoryContext;
	Oid			types[1] = {OIDOID};
	Datum		values[1] = {ObjectIdGetDatum(view)};
	char	   *words;

	if (SPI_execute_with_args("SELECT pg_catalog.string_agg(DISTINCT CASE WHEN w.oid IS NULL THEN"
							  " pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)"
							  " ELSE pg_catalog.pg_describe_object(d.refclassid, w.ev_class, 0) END, ', ')"
							  " FROM pg_catalog.pg_class v JOIN pg_catalog.pg_depend d ON"
							  " (d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass"
							  " AND d.refobjid OPERATOR(pg_catalog.=) v.oid)"
							  " OR (d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass"
							  " AND d.refobjid OPERATOR(pg_catalog.=) v.reltype)"
							  " LEFT JOIN pg_catalog.pg_rewrite w ON d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass"
							  " AND w.oid OPERATOR(pg_catalog.=) d.objid"
							  " WHERE v.oid OPERATOR(pg_catalog.=) $1 AND d.deptype OPERATOR(pg_catalog.=) 'n'"
							  " AND (w.oid IS NULL OR w.ev_class OPERATOR(pg_catalog.<>) $1)",
							  1, types, values, NULL, true, 1) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "could not look for what depends on a view");
	words = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1);
	if (words == NULL)
		return MemoryContextStrdup(context, _("Nothing in the database depends on the view."));
	return MemoryContextStrdup(context, psprintf(_("These depend on the view: %s."), words));
}

/* Finds the query that reads the table: the first arm of the UNION ALL in the view. */
static const Query *
judging_query(const Query *view, const Var *var)
{
	const RangeTblEntry *entry = rt_fetch(var->varno, view->rtable);
	const Query *query = entry->rtekind == RTE_SUBQUERY ? entry->subquery : NULL;
	const Node *operation = query ? query->setOperations : NULL;

	while (operation && IsA(operation, SetOperationStmt))
		operation = ((const SetOperationStmt *) operation)->larg;
	if (operation && IsA(operation, RangeTblRef))
	{
		entry = rt_fetch(((const RangeTblRef *) operation)->rtindex, query->rtable);
		query = entry->rtekind == RTE_SUBQUERY ? entry->subquery : NULL;
	}
	return query;
}

PublishedSource
published_source(Oid view, int number, Oid *table, AttrNumber *attnum)
{
	Relation	relation = relation_open(view, AccessShareLock);
	const Query *query = get_view_query(relation);
	const Node *expr = (Node *) ((TargetEntry *) list_nth(query->targetList, number - 1))->expr;
	PublishedSource source = PUBLISHED_ANSWER;

	if (IsA(expr, CoerceToDomain))
		expr = (Node *) ((const CoerceToDomain *) expr)->arg;
	if (IsA(expr, Const))
		source = PUBLISHED_NOTHING;
	else if (IsA(expr, Var))
	{
		const Query *judging = judging_query(query, (const Var *) expr);
		int			column = ((const Var *) expr)->varattno;

		if (judging && column > 0 && column <= list_length(judging->targetList))
			expr = (Node *) ((TargetEntry *) list_nth(judging->targetList, column - 1))->expr;
		if (judging && IsA(expr, Var) &&
			rt_fetch(((const Var *) expr)->varno, judging->rtable)->rtekind == RTE_RELATION)
		{
			source = PUBLISHED_COLUMN;
			*table = rt_fetch(((const Var *) expr)->varno, judging->rtable)->relid;
			*attnum = ((const Var *) expr)->varattno;
		}
	}
	relation_close(relation, NoLock);
	return source;
}

static void
refuse_type(Oid view, const char *view_name, Form_pg_attribute old, Oid type, int32 typmod)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TABLE_DEFINITION),
			 errmsg("column \"%s\" of view %s would change its type from %s to %s", NameStr(old->attname), view_name,
					format_type_with_typemod(old->atttypid, old->atttypmod), format_type_with_typemod(type, typmod)),
			 errdetail_internal("%s", dependents_detail(view)),
			 errhint("Publish under another name, or drop the view with what depends on it and publish again: "
					 "DROP VIEW %s CASCADE.", view_name)));
}

/* Raises the error for a view's column that the table no longer has. */
static void
refuse_lost(Oid view, const char *view_name, const char *name, Oid table, Oid former_table, AttrNumber attnum)
{
	char	   *now = table == former_table ? get_attname(table, attnum, true) : NULL;

	if (now)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"%s\" of the table is now called \"%s\", but view %s has the old name", name, now, view_name),
				 errdetail_internal("%s", dependents_detail(view)),
				 errhint("Rename it in the view too, which keeps what depends on it, and publish again: "
						 "ALTER VIEW %s RENAME COLUMN %s TO %s.", view_name, quote_identifier(name), quote_identifier(now))));
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_COLUMN),
			 errmsg("the table has no column \"%s\", which view %s shows from the table it was published for", name, view_name),
			 errdetail_internal("%s", dependents_detail(view)),
			 errhint("Publish under another name, or drop the view with what depends on it and publish again: "
					 "DROP VIEW %s CASCADE.", view_name)));
}

/* Raises an error if the column's new source has another type than the existing column. */
static void
check_type(Oid view, const char *view_name, Form_pg_attribute old, Oid type, int32 typmod, Oid collation)
{
	if (type != old->atttypid || typmod != old->atttypmod || collation != old->attcollation)
		refuse_type(view, view_name, old, type, typmod);
}

void
published_check(Oid view, const char *view_name, TupleDesc existing, Oid table, TupleDesc desc, const List *columns)
{
	StringInfoData lost;
	int			i;

	initStringInfo(&lost);
	for (i = 0; i < existing->natts; i++)
	{
		Form_pg_attribute old = TupleDescAttr(existing, i);
		int			number = column_number(desc, NameStr(old->attname));
		const PublishedColumn *column = published_find(columns, NameStr(old->attname));
		Oid			former_table = InvalidOid;
		AttrNumber	attnum = 0;

		if (number > 0)
		{
			Form_pg_attribute new = TupleDescAttr(desc, number - 1);

			check_type(view, view_name, old, new->atttypid, new->atttypmod, new->attcollation);
			continue;
		}
		if (column)
		{
			check_type(view, view_name, old, column->type, -1, get_typcollation(column->type));
			continue;
		}
		switch (published_source(view, i + 1, &former_table, &attnum))
		{
			case PUBLISHED_COLUMN:
				refuse_lost(view, view_name, NameStr(old->attname), table, former_table, attnum);
				break;
			case PUBLISHED_ANSWER:
				appendStringInfo(&lost, "%s%s", lost.len > 0 ? ", " : "", quote_identifier(NameStr(old->attname)));
				break;
			case PUBLISHED_NOTHING:
				break;
		}
	}
	if (lost.len > 0)
		ereport(WARNING,
				(errcode(ERRCODE_WARNING),
				 errmsg("the policy no longer has these columns of view %s, which are NULL from now on: %s", view_name, lost.data),
				 errdetail_internal("%s", dependents_detail(view)),
				 errhint("To remove them, drop the view with what depends on it and publish again: DROP VIEW %s CASCADE.", view_name)));
}
