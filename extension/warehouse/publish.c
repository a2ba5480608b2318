/*
 * publish.c
 *		publish(table, p, view): a view with a column for each clause, stage and rung.
 *
 * The view judges each row once, however many of its columns are read.  To get this, the
 * verdict is a column of a UNION ALL, which the planner evaluates at the scan of the
 * table.  The other arm of the union is empty, and the planner removes it.  Conditions on
 * the table's columns, its indexes and parallel plans work as without the view.  A query
 * that reads no answers judges no row.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "commands/comment.h"
#include "commands/view.h"
#include "compat.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/regproc.h"
#include "utils/rel.h"
#include "utils/varlena.h"

#include "facts/bind.h"
#include "messages.h"
#include "session/stored.h"
#include "accounts.h"
#include "own.h"
#include "paid_row.h"
#include "publish.h"
#include "relation.h"

ZJTX_FUNCTION(zjtx_publish);
ZJTX_FUNCTION(zjtx_publish_name);

#define FACTS_MISSING "missing"

typedef struct Publishing
{
	Oid			table;
	TupleDesc	desc;
	const char *name;			/* name of a stored policy, or NULL */
	const Compiled *compiled;
	List	   *columns;		/* of PublishedColumn */
	char	   *view;			/* its qualified name, quoted */
	Oid			replaced;		/* existing view of that name, or InvalidOid */
	TupleDesc	existing;		/* columns of that view */
	char	   *options;		/* its WITH options, or NULL */
	PaidRow		paid;			/* columns from the ledger, if paid.account is
								 * set */
} Publishing;

static void
execute(const char *statement)
{
	int			result = SPI_execute(statement, false, 0);

	if (result < 0)
		elog(ERROR, "SPI_execute failed: %s", SPI_result_code_string(result));
}

/* ---------------- which view ---------------- */

/* Finds judge(record, text or policy); raises an error if the extension has none. */
static Oid
judge_function(bool by_name)
{
	Oid			types[2] = {RECORDOID, by_name ? TEXTOID : own_type(OWN_POLICY)};
	Oid			function = own_function("judge", 2, types, own_type(OWN_VERDICT), false);

	if (!OidIsValid(function))
		elog(ERROR, "the extension has no function judge");
	return function;
}

List *
published_view_functions(Oid view)
{
	MemoryContext context = CurrentMemoryContext;
	Oid			types[2] = {OIDOID, OIDOID};
	Datum		values[2] = {ObjectIdGetDatum(view), ObjectIdGetDatum(ProcedureRelationId)};
	List	   *objects = NIL;
	uint64		i;

	if (SPI_execute_with_args("SELECT d.refobjid FROM pg_catalog.pg_rewrite w"
							  " JOIN pg_catalog.pg_depend d ON d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass"
							  " AND d.objid OPERATOR(pg_catalog.=) w.oid"
							  " WHERE w.ev_class OPERATOR(pg_catalog.=) $1"
							  " AND d.refclassid OPERATOR(pg_catalog.=) $2",
							  2, types, values, NULL, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not look at a view");
	MemoryContextSwitchTo(context);
	for (i = 0; i < SPI_processed; i++)
	{
		bool		null;

		objects = lappend_oid(objects, DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &null)));
	}
	return objects;
}

/* Returns whether publish created the view: then it calls judge. */
static bool
was_published(Oid view)
{
	List	   *functions = published_view_functions(view);

	return list_member_oid(functions, judge_function(true)) || list_member_oid(functions, judge_function(false));
}

/*
 * Our functions were resolved by name in the view's definition.  The call uses their exact
 * argument types, so no other function matches better, but the name of the schema may have
 * come to mean another schema.
 */
static void
check_functions(const Publishing *publishing, Oid view)
{
	List	   *functions = published_view_functions(view);
	ListCell   *cell;
	bool		ours = list_member_oid(functions, judge_function(publishing->name != NULL));

	foreach(cell, functions)
	{
		ours &= own_member(ProcedureRelationId, lfirst_oid(cell));
	}
	if (!ours)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the view would call functions that are not of the extension zjtx"),
				 errhint("Publish again.")));
}

/*
 * Returns the WITH options of a view, such as security_invoker, or NULL.  CREATE OR REPLACE
 * VIEW drops options that it does not repeat.
 */
static char *
view_options(Oid view)
{
	MemoryContext context = CurrentMemoryContext;
	Oid			types[1] = {OIDOID};
	Datum		values[1] = {ObjectIdGetDatum(view)};
	char	   *words;

	if (SPI_execute_with_args("SELECT pg_catalog.string_agg(pg_catalog.format('%I = %L', o.option_name, o.option_value), ', ')"
							  " FROM pg_catalog.pg_class c, pg_catalog.pg_options_to_table(c.reloptions) o"
							  " WHERE c.oid OPERATOR(pg_catalog.=) $1",
							  1, types, values, NULL, true, 1) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "could not look at a view");
	words = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1);
	return words ? MemoryContextStrdup(context, words) : NULL;
}

/* Resolves the view's name; for an existing view, also reads its columns and options. */
static void
find_view(Publishing *publishing, text *name)
{
	RangeVar   *range = makeRangeVarFromNameList(textToQualifiedNameList(name));
	bool		temporary = get_rel_persistence(publishing->table) == RELPERSISTENCE_TEMP;
	Oid			schema = InvalidOid;
	Oid			view = InvalidOid;

	if (range->schemaname == NULL && temporary)
		range->schemaname = "pg_temp";
	if (range->schemaname == NULL)
		schema = RangeVarGetCreationNamespace(range);
	else
		schema = LookupExplicitNamespace(range->schemaname, strcmp(range->schemaname, "pg_temp") == 0);
	publishing->view = quote_qualified_identifier(range->schemaname ? range->schemaname : get_namespace_name(schema),
												  range->relname);
	if (OidIsValid(schema))
		view = get_relname_relid(range->relname, schema);
	if (!OidIsValid(view) || get_rel_relkind(view) != RELKIND_VIEW)
		return;
	if (!was_published(view))
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_TABLE),
				 errmsg("view %s exists and was not published by zjtx", publishing->view),
				 errhint("Choose another name, or drop the view first.")));
	publishing->replaced = view;
	publishing->existing = relation_columns(view);
	publishing->options = view_options(view);
}

/* ---------------- its columns ---------------- */

/* A column of an existing view for a provision that the policy no longer has. */
static PublishedColumn *
former_column(const Phrases *words, Form_pg_attribute att)
{
	PublishedColumn *column = palloc(sizeof(PublishedColumn));

	column->name = pstrdup(NameStr(att->attname));
	column->type = InvalidOid;
	column->words = psprintf("NULL::%s", format_type_extended(att->atttypid, att->atttypmod,
															  FORMAT_TYPE_TYPEMOD_GIVEN | FORMAT_TYPE_FORCE_QUALIFY));
	column->comment = pstrdup(words->published_former);
	return column;
}

/* Returns whether the existing view has the column of missing facts, which then stays. */
static bool
had_missing(const Publishing *publishing)
{
	int			number = publishing->existing ? column_number(publishing->existing, FACTS_MISSING) : 0;
	Oid			table;
	AttrNumber	attnum;

	return number > 0 && published_source(publishing->replaced, number, &table, &attnum) == PUBLISHED_ANSWER;
}

/* Adds the column that lists the unknown facts that still matter. */
static void
add_missing(Publishing *publishing)
{
	PublishedColumn *column = palloc(sizeof(PublishedColumn));

	if (publish_has_column(publishing->desc, FACTS_MISSING))
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_COLUMN),
				 errmsg("the table has a column \"%s\" of its own", FACTS_MISSING),
				 errhint("Publish a view of the table that gives it another name.")));
	column->name = pstrdup(FACTS_MISSING);
	column->type = TEXTARRAYOID;
	column->words = NULL;
	column->comment = pstrdup(published_words(publishing->compiled)->published_missing);
	publishing->columns = lappend(publishing->columns, column);
}

/* ---------------- the statements ---------------- */

static void
append_separator(StringInfo query, bool *first)
{
	appendStringInfoString(query, *first ? "" : ", ");
	*first = false;
}

static bool
append_table_columns(StringInfo query, const char *alias, TupleDesc desc)
{
	bool		first = true;
	int			i;

	for (i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		if (att->attisdropped)
			continue;
		append_separator(query, &first);
		appendStringInfo(query, "%s.%s", alias, quote_identifier(NameStr(att->attname)));
	}
	return first;
}

static void
append_published(StringInfo query, const PublishedColumn *column, const char *verdict, const char *missing)
{
	if (column->words == NULL)
		appendStringInfoString(query, missing);
	else
	{
		const char *place = strstr(column->words, "(%s");

		/*
		 * the code in the text may also contain %s, so only the first one is
		 * replaced
		 */
		if (place == NULL || !OidIsValid(column->type))
			appendStringInfoString(query, column->words);
		else
			appendStringInfo(query, "%.*s(%s%s", (int) (place - column->words), column->words, verdict, place + 3);
	}
	appendStringInfo(query, " AS %s", quote_identifier(column->name));
}

/* Returns a name that no column of the table has. */
static char *
free_name(TupleDesc desc, const char *name)
{
	char	   *result = pstrdup(name);

	while (publish_has_column(desc, result))
		result = psprintf("%s_", result);
	return result;
}

/* Appends the view's columns: existing ones in their old order, then new ones. */
static void
append_view_columns(StringInfo query, Publishing *publishing, const char *verdict, const char *missing)
{
	TupleDesc	existing = publishing->existing;
	List	   *former = NIL;
	bool		first = true;
	ListCell   *cell;
	int			i;

	for (i = 0; existing && i < existing->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(existing, i);
		const PublishedColumn *column = published_find(publishing->columns, NameStr(att->attname));

		append_separator(query, &first);
		if (publish_has_column(publishing->desc, NameStr(att->attname)))
			appendStringInfo(query, "u.%s", quote_identifier(NameStr(att->attname)));
		else
		{
			if (column == NULL)
			{
				column = former_column(published_words(publishing->compiled), att);
				former = lappend(former, (void *) column);
			}
			append_published(query, column, verdict, missing);
		}
	}
	for (i = 0; i < publishing->desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(publishing->desc, i);

		if (att->attisdropped || (existing && publish_has_column(existing, NameStr(att->attname))))
			continue;
		append_separator(query, &first);
		appendStringInfo(query, "u.%s", quote_identifier(NameStr(att->attname)));
	}
	foreach(cell, publishing->columns)
	{
		const PublishedColumn *column = lfirst(cell);

		if (existing && publish_has_column(existing, column->name))
			continue;
		append_separator(query, &first);
		append_published(query, column, verdict, missing);
	}
	publishing->columns = list_concat(publishing->columns, former);
}

/* Looks up the OID of the view by name, after it has been created. */
static Oid
view_oid(const Publishing *publishing)
{
	return RangeVarGetRelid(makeRangeVarFromNameList(textToQualifiedNameList(cstring_to_text(publishing->view))),
							NoLock, false);
}

/*
 * Builds the view's query. verdict and missing are the expressions for a row's verdict and
 * missing facts.  A statement must not call our functions, whose argument is any record,
 * with the row: a user's function of the same name whose argument is the table's row type
 * would match better.  Statements therefore get placeholders.
 */
static char *
view_query(Publishing *publishing, const char *verdict, const char *missing)
{
	char	   *table = relation_words(publishing->table);
	char	   *verdict_column = free_name(publishing->desc, "verdict");
	char	   *missing_column = free_name(publishing->desc, "missing_facts");
	bool		with_missing = published_find(publishing->columns, FACTS_MISSING) != NULL;
	StringInfoData query;
	StringInfoData inner;

	initStringInfo(&inner);
	if (!append_table_columns(&inner, "t", publishing->desc))
		appendStringInfoString(&inner, ", ");
	initStringInfo(&query);
	appendStringInfoString(&query, "SELECT ");
	append_view_columns(&query, publishing, psprintf("u.%s", verdict_column), psprintf("u.%s", missing_column));
	appendStringInfo(&query, " FROM (SELECT %s%s AS %s", inner.data, verdict, verdict_column);
	if (with_missing)
		appendStringInfo(&query, ", %s AS %s", missing, missing_column);
	appendStringInfo(&query, " FROM %s AS t", table);
	if (publishing->paid.account)
	{
		appendStringInfoString(&query, ", LATERAL (");
		paid_row_append(&query, &publishing->paid);
		appendStringInfoString(&query, ") AS \"zjtx row\"");
	}
	appendStringInfo(&query, " UNION ALL SELECT %sNULL::%s.verdict%s FROM %s AS t WHERE false) AS u",
					 inner.data, own_schema(), with_missing ? ", NULL::pg_catalog.text[]" : "", table);
	return query.data;
}

/* Creates the view with NULLs in place of our calls, then stores the query with the calls. */
static void
create_view(Publishing *publishing)
{
	List	   *columns = publishing->columns;
	OwnCall		calls[2] = {{.name = "judge",.result = own_type(OWN_VERDICT)}, {.name = "missing",.result = TEXTARRAYOID}};
	char	   *query = view_query(publishing, psprintf("NULL::%s.verdict", own_schema()), "NULL::pg_catalog.text[]");
	int			i;

	for (i = 0; i < 2; i++)
	{
		calls[i].by_name = publishing->name != NULL;
		calls[i].row = publishing->paid.account ? "zjtx row" : NULL;
		calls[i].constant = CStringGetTextDatum(publishing->name ? publishing->name : publishing->compiled->policy->text);
	}
	execute(psprintf("CREATE OR REPLACE VIEW %s %s AS %s", publishing->view,
					 publishing->options ? psprintf("WITH (%s)", publishing->options) : "", query));
	publishing->columns = columns;
	query = view_query(publishing, "$1", "$2");
	StoreViewQuery(view_oid(publishing), own_analyze(query, publishing->table, calls, 2), true);
	CommandCounterIncrement();
}

/* ---------------- what was paid ---------------- */

/* Returns the day judged, as an SQL expression, and NULL if it is unknown for every row. */
static const char *
day_expression(const Publishing *publishing)
{
	const Fact *as_of = publishing->compiled->programs[0]->facts[0];
	int			column = fact_column(publishing->desc, as_of);
	DaySource	source = compiled_day(publishing->compiled, publishing->name != NULL);

	if (source.kind != DAY_OF_POLICY && column > 0)
		return paid_row_day("t", NameStr(TupleDescAttr(publishing->desc, column - 1)->attname));
	switch (source.kind)
	{
		case DAY_OF_POLICY:
		case DAY_DEFAULT:
			return psprintf("'%s'::pg_catalog.date", date_text(source.day));
		case DAY_OF_SESSION:
			return "NULL::pg_catalog.date";
		case DAY_OF_ROW:
			break;
	}
	return NULL;
}

/* Reports the lines for which neither the ledger nor a column gives what was paid. */
static void
report_unknown(const Publishing *publishing)
{
	ListCell   *cell;

	foreach(cell, publishing->paid.facts)
	{
		const RecordedFact *fact = lfirst(cell);
		const char *code = fact->code;

		/*
		 * it is usual that no selection and no allotment is recorded
		 */
		if (fact->kind != RECORDED_PAID || publish_has_column(publishing->desc, fact->name) ||
			(fact->label && publish_has_column(publishing->desc, fact->label)))
			continue;
		ereport(NOTICE,
				(errmsg("what was paid on line \"%s\" for other periods is unknown: %s has no account", code,
						relation_identity(publishing->table)),
				 errhint("Call zjtx.sweep or create a trigger of zjtx.watch, then publish again; or publish a view with a column \"paid of %s\".", code)));
		return;
	}
}

/*
 * If the policy asks what was paid or allotted, finds the account from which the view takes that.  For a relation
 * without an account, columns of the relation give it, or it is unknown.
 */
static void
find_paid(Publishing *publishing)
{
	PaidRow    *paid = &publishing->paid;
	const Compiled *compiled = publishing->compiled;
	char	   *key;
	char	   *account;

	paid->facts = recorded_facts(compiled);
	if (paid->facts == NIL)
		return;
	account = account_of(publishing->table, &key);
	paid->day = day_expression(publishing);
	if (account == NULL)
		report_unknown(publishing);
	if (account == NULL || paid->day == NULL)
		return;
	paid->desc = publishing->desc;
	paid->row = "t";
	paid->key = key;
	paid->policy = publishing->name ? publishing->name : compiled->programs[compiled->nprograms - 1]->doc->provision.code;
	paid->account = account;
}

/*
 * Gives a column of the table, which has no comment in the view yet, the comment that it
 * has in the table, or else the label of its fact.
 */
static void
comment_table_column(const Publishing *publishing, Oid view, int number)
{
	const char *name = NameStr(TupleDescAttr(publishing->desc, number - 1)->attname);
	char	   *comment;

	if (GetComment(view, RelationRelationId, get_attnum(view, name)))
		return;
	comment = GetComment(publishing->table, RelationRelationId, number);
	if (comment == NULL)
		comment = published_fact_comment(publishing->compiled, publishing->desc, number);
	if (comment)
		execute(psprintf("COMMENT ON COLUMN %s.%s IS %s", publishing->view, quote_identifier(name),
						 quote_literal_cstr(comment)));
}

static void
comment_view(const Publishing *publishing, Oid view)
{
	char	   *comment = published_view_comment(publishing->compiled, publishing->name, publishing->desc,
												 publishing->paid.account);
	ListCell   *cell;
	int			i;

	execute(psprintf("COMMENT ON VIEW %s IS %s", publishing->view, quote_literal_cstr(comment)));
	foreach(cell, publishing->columns)
	{
		const PublishedColumn *column = lfirst(cell);

		execute(psprintf("COMMENT ON COLUMN %s.%s IS %s", publishing->view, quote_identifier(column->name),
						 quote_literal_cstr(column->comment)));
	}
	for (i = 0; i < publishing->desc->natts; i++)
	{
		if (!TupleDescAttr(publishing->desc, i)->attisdropped)
			comment_table_column(publishing, view, i + 1);
	}
}

/*
 * Reports a column whose type does not fit its fact, before the view is queried.
 */
static void
check_columns(const Publishing *publishing)
{
	int			i;

	for (i = 0; i < publishing->compiled->nprograms; i++)
		(void) row_bind(publishing->compiled->programs[i], publishing->compiled->name, row_shape(publishing->desc), true,
						compiled_day(publishing->compiled, publishing->name != NULL));
}

static Datum
publish(FunctionCallInfo fcinfo, const char *name, const char *source, int length)
{
	Publishing	publishing;
	Oid			view;

	memset(&publishing, 0, sizeof(publishing));
	publishing.table = PG_GETARG_OID(0);
	publishing.name = name;
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	(void) relation_words(publishing.table);
	publishing.desc = relation_columns(publishing.table);
	publishing.compiled = compiled_tree(source, length, CurrentMemoryContext);
	check_columns(&publishing);
	publishing.columns = published_columns(publishing.compiled, publishing.desc);
	find_view(&publishing, PG_GETARG_TEXT_PP(2));
	if (PG_GETARG_BOOL(3) || had_missing(&publishing))
		add_missing(&publishing);
	find_paid(&publishing);
	if (publishing.existing)
		published_check(publishing.replaced, publishing.view, publishing.existing, publishing.table, publishing.desc,
						publishing.columns);
	create_view(&publishing);
	view = view_oid(&publishing);
	check_functions(&publishing, view);
	comment_view(&publishing, view);
	SPI_finish();
	PG_RETURN_OID(view);
}

/* publish(table, policy, view, with_missing) → name of the view */
Datum
zjtx_publish(PG_FUNCTION_ARGS)
{
	text	   *source = PG_GETARG_TEXT_PP(1);

	return publish(fcinfo, NULL, VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source));
}

/* publish(table, name of a stored policy, view, with_missing) → name of the view */
Datum
zjtx_publish_name(PG_FUNCTION_ARGS)
{
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(1));
	char	   *source = stored_policy(name, strlen(name), false);

	return publish(fcinfo, name, source, strlen(source));
}
