/*
 * check_values.c
 *		Summarizes the values of the columns that provide facts, and counts the rows.
 *
 * One query reads them, with the rights of the caller.
 */
#include "postgres.h"

#include "compat.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"

#include "facts/bind.h"
#include "check_table.h"
#include "language/texts.h"
#include "own.h"
#include "relation.h"

#define FACTS_PER_QUERY 200		/* each takes seven columns; a query has at
								 * most 1664 */
#define COLUMNS_PER_FACT 7

#define NOT_FINITE "('{NaN,Infinity,-Infinity}'::pg_catalog.numeric[])"

static char *
date_or_number(const Expression *literal)
{
	Datum		number;

	if (literal->kind == EXPR_DATE)
		return psprintf("%s::pg_catalog.date", quote_literal_cstr(date_text(literal->date)));
	number = DirectFunctionCall1(numeric_out, NumericGetDatum(literal_numeric(literal)));
	return psprintf("%s::pg_catalog.numeric", quote_literal_cstr(DatumGetCString(number)));
}

/* Returns an SQL condition that is true for values outside the fact's range. */
static char *
outside_words(const Fact *fact, const char *value)
{
	StringInfoData buf;
	int			i;

	initStringInfo(&buf);
	switch (fact->type)
	{
		case TYPE_NUMBER:
			appendStringInfo(&buf, "%s OPERATOR(pg_catalog.=) ANY " NOT_FINITE, value);
			break;
		case TYPE_DATE:
			appendStringInfo(&buf, "NOT pg_catalog.isfinite(%s)", value);
			break;
		case TYPE_TEXT:
			if (fact->values == NIL)
				return NULL;
			appendStringInfo(&buf, "%s OPERATOR(pg_catalog.<>) ALL (ARRAY[", value);
			for (i = 0; i < fact->texts->nforms; i++)
				appendStringInfo(&buf, "%s%s", i > 0 ? ", " : "",
								 quote_literal_cstr(fact->texts->forms[i].text));
			appendStringInfoString(&buf, "]::pg_catalog.text[])");
			return buf.data;
		default:
			return NULL;
	}
	if (fact->low)
		appendStringInfo(&buf, " OR %s OPERATOR(pg_catalog.<) %s", value, date_or_number(fact->low));
	if (fact->high)
		appendStringInfo(&buf, " OR %s OPERATOR(pg_catalog.>) %s", value, date_or_number(fact->high));
	return buf.data;
}

/* Returns a factor such as "* 10000 / 15.0" with operators of pg_catalog. */
static char *
operators_qualified(const char *factor)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (; *factor; factor++)
	{
		if (*factor == '*' || *factor == '/')
			appendStringInfo(&buf, "OPERATOR(pg_catalog.%c)", *factor);
		else
			appendStringInfoChar(&buf, *factor);
	}
	return buf.data;
}

/* Appends seven columns: values, outside, nonzero, low, high, median, greatest. */
static void
append_aggregates(StringInfo query, const FactCheck *check, const char *column)
{
	/* a column of all years is handled like a list */
	static const Fact whole = {.type = TYPE_LIST};
	const Fact *fact = check->fact->by_year ? &whole : check->fact;
	Oid			type = getBaseType(check->type);
	Oid			ours = bind_representation(fact->type, type);
	const char *cast = ours == type ? column :
	psprintf("(%s)::%s", column, format_type_extended(ours, -1, FORMAT_TYPE_FORCE_QUALIFY));
	char	   *value = psprintf(fact->type == TYPE_NUMBER ? "(%s)::pg_catalog.numeric" :
								 fact->type == TYPE_DATE ? "(%s)::pg_catalog.date" :
								 "((%s)::pg_catalog.text COLLATE pg_catalog.\"C\")", cast);
	char	   *outside;

	if (check->mapped && check->scale && check->scale->factor[0] != '\0')
		value = psprintf("(%s %s)", value, operators_qualified(check->scale->factor));
	outside = outside_words(fact, value);
	appendStringInfo(query, ", pg_catalog.count(%s)", column);
	if (outside)
		appendStringInfo(query, ", pg_catalog.count(*) FILTER (WHERE %s)", outside);
	else
		appendStringInfoString(query, ", 0::pg_catalog.int8");
	if (fact->type == TYPE_NUMBER)
	{
		char	   *finite = psprintf("%s OPERATOR(pg_catalog.<>) ALL " NOT_FINITE, value);
		char	   *nonzero = psprintf("%s AND %s OPERATOR(pg_catalog.<>) 0::pg_catalog.numeric", finite, value);

		appendStringInfo(query, ", pg_catalog.count(*) FILTER (WHERE %s)"
						 ", pg_catalog.trim_scale(pg_catalog.min(%s) FILTER (WHERE %s))::pg_catalog.text"
						 ", pg_catalog.trim_scale(pg_catalog.max(%s) FILTER (WHERE %s))::pg_catalog.text",
						 nonzero, value, finite, value, finite);
		if (check_unit_is_guessed(check))
			appendStringInfo(query, ", pg_catalog.percentile_disc(0.5::pg_catalog.float8)"
							 " WITHIN GROUP (ORDER BY pg_catalog.abs(%s)) FILTER (WHERE %s)"
							 ", pg_catalog.max(pg_catalog.abs(%s)) FILTER (WHERE %s)",
							 value, nonzero, value, nonzero);
		else
			appendStringInfoString(query, ", NULL::pg_catalog.numeric, NULL::pg_catalog.numeric");
		return;
	}
	appendStringInfoString(query, ", 0::pg_catalog.int8");
	if (fact->type == TYPE_TEXT && outside)
		appendStringInfo(query, ", pg_catalog.min(%s) FILTER (WHERE %s)", value, outside);
	else
		appendStringInfoString(query, ", NULL::pg_catalog.text");
	appendStringInfoString(query, ", NULL::pg_catalog.text"
						   ", NULL::pg_catalog.numeric, NULL::pg_catalog.numeric");
}

/* Returns one column of the single result row. */
static int64
result_count(int column)
{
	bool		null;

	return DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, column, &null));
}

static char *
result_text(int column)
{
	return SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, column);
}

static Numeric
result_numeric(int column)
{
	bool		null;
	Datum		datum = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, column, &null);

	return null ? NULL : DatumGetNumericCopy(datum);
}

/* Reads the values for some of the checks; returns the number of rows in the table. */
static int64
read_values(Oid oid, TupleDesc desc, List *checks)
{
	char	   *relation = relation_words(oid);
	StringInfoData query;
	Oid			type = BOOLOID;
	Datum		always = BoolGetDatum(true);
	SPIPlanPtr	plan;
	ListCell   *cell;
	int			column = 1;
	int64		rows;

	initStringInfo(&query);
	appendStringInfoString(&query, "SELECT pg_catalog.count(*) FILTER (WHERE $1)");
	foreach(cell, checks)
	{
		const FactCheck *check = lfirst(cell);

		append_aggregates(&query, check,
						  psprintf("t.%s", quote_identifier(NameStr(TupleDescAttr(desc, check_source(check) - 1)->attname))));
	}
	appendStringInfo(&query, " FROM %s AS t", relation);

	/*
	 * the parameter makes the query read the relation even if no column is
	 * needed
	 */
	plan = own_prepare(CurrentMemoryContext, query.data, 1, &type, oid, NULL, 0, 0);
	if (SPI_execute_plan_with_paramlist(plan, own_parameters(1, &type, &always, NULL), true, 0) != SPI_OK_SELECT ||
		SPI_processed != 1)
		elog(ERROR, "could not look at %s", relation);
	rows = result_count(column++);
	foreach(cell, checks)
	{
		FactCheck  *check = lfirst(cell);

		check->values = result_count(column);
		check->outside = result_count(column + 1);
		check->nonzero = result_count(column + 2);
		check->low = result_text(column + 3);
		check->high = result_text(column + 4);
		check->median = result_numeric(column + 5);
		check->greatest = result_numeric(column + 6);
		column += COLUMNS_PER_FACT;
	}
	SPI_freetuptable(SPI_tuptable);
	SPI_freeplan(plan);
	return rows;
}

void
check_read_values(TableCheck *table)
{
	List	   *some = NIL;
	ListCell   *cell;

	table->rows = -1;
	foreach(cell, table->checks)
	{
		FactCheck  *check = lfirst(cell);

		if (!check->gives || check_source(check) == 0 || check->denied)
			continue;
		some = lappend(some, check);
		if (check->fact->by_year)
			check_read_years(table->relation, table->desc, check);
		if (list_length(some) == FACTS_PER_QUERY)
		{
			table->rows = read_values(table->relation, table->desc, some);
			some = NIL;
		}
	}
	if (some != NIL || table->rows < 0)
		table->rows = read_values(table->relation, table->desc, some);
}
