/*
 * check_detail_view.c
 *		The part of the mapping view that aggregates a detail table.
 *
 * Facts by year become arrays of objects with year and value, so that two rows of one
 * year are detected, and not one of them chosen.  A fact of a single year is the value of
 * its only row.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "check_detail.h"
#include "relation.h"

static const char *
column_name(const TableCheck *table, int column)
{
	return quote_identifier(NameStr(TupleDescAttr(table->desc, column - 1)->attname));
}

/* The year of a row as an integer. */
static char *
year_words(const Detail *detail)
{
	Oid			type = getBaseType(TupleDescAttr(detail->table.desc, detail->year - 1)->atttypid);
	const char *column = column_name(&detail->table, detail->year);

	if (type == INT2OID || type == INT4OID || type == INT8OID)
		return psprintf("r.%s", column);
	if (type == DATEOID || type == TIMESTAMPOID)
		return psprintf("extract(year FROM r.%s)::int", column);
	return psprintf("substring(r.%s::text FROM '[0-9]{4}')::int", column);
}

/* The value of a row. */
static char *
value_words(const Detail *detail, const FactCheck *check)
{
	return check_value_words(check, psprintf("r.%s", column_name(&detail->table, check_source(check))));
}

/* Returns a value that counts as unknown for a fact whose NULL means none or 0; NULL if there is no such value. */
static const char *
unknown_words(const Fact *fact)
{
	if (fact->null_means == NULL_UNKNOWN)
		return NULL;
	if (fact->by_year)
		return "'[]'";
	return fact->type == TYPE_NUMBER ? "'NaN'" : fact->type == TYPE_DATE ? "'infinity'" : NULL;
}

/* The aggregate that chooses the only value. */
static const char *
only_words(const Fact *fact)
{
	return fact->type == TYPE_BOOLEAN ? "bool_and" : "min";
}

static char *
aggregate_words(const Detail *detail, const DetailFact *fact)
{
	char	   *value = value_words(detail, fact->check);
	char	   *year = year_words(detail);
	const char *unknown = unknown_words(fact->of->fact);

	if (fact->year == 0)
		return psprintf("jsonb_agg(jsonb_build_object('year', %s, 'value', %s)) FILTER (WHERE %s IS NOT NULL)",
						year, value, year);
	return psprintf("CASE WHEN count(*) FILTER (WHERE %s = %d) = 1 THEN %s(%s) FILTER (WHERE %s = %d)%s%s END",
					year, fact->year, only_words(fact->of->fact), value, year, fact->year, unknown ? " ELSE " : "",
					unknown ? unknown : "");
}

/* The array of all elements of the list. */
static char *
list_words(const Detail *detail)
{
	StringInfoData buf;
	ListCell   *cell;

	if (detail->list->fact->scalars)
		return psprintf("jsonb_agg(%s)", value_words(detail, ((const DetailFact *) linitial(detail->facts))->check));
	initStringInfo(&buf);
	foreach(cell, detail->facts)
	{
		const DetailFact *fact = lfirst(cell);

		appendStringInfo(&buf, "%s%s, %s", buf.len > 0 ? ", " : "", quote_literal_cstr(fact->field->name),
						 value_words(detail, fact->check));
	}
	return psprintf("jsonb_agg(jsonb_build_object(%s))", buf.data);
}

List *
check_detail_columns(const Detail *detail)
{
	List	   *columns = NIL;
	ListCell   *cell;

	if (detail->list)
		return list_make1(psprintf("d.%s", quote_identifier(detail->list->fact->name)));
	foreach(cell, detail->facts)
	{
		const DetailFact *fact = lfirst(cell);
		const char *name = quote_identifier(fact->of->fact->name);
		const char *unknown = unknown_words(fact->of->fact);

		columns = lappend(columns, unknown ? psprintf("COALESCE(d.%s, %s) AS %s", name, unknown, name)
						  : psprintf("d.%s", name));
	}
	return columns;
}

char *
check_detail_join(const Detail *detail)
{
	const char *link = column_name(&detail->table, detail->link);
	StringInfoData buf;
	ListCell   *cell;

	initStringInfo(&buf);
	appendStringInfo(&buf, "\nLEFT JOIN (\n    SELECT r.%s", link);
	if (detail->list)
		appendStringInfo(&buf, ",\n           %s AS %s", list_words(detail), quote_identifier(detail->list->fact->name));
	foreach(cell, detail->list ? NIL : detail->facts)
	{
		const DetailFact *fact = lfirst(cell);

		appendStringInfo(&buf, ",\n           %s AS %s", aggregate_words(detail, fact),
						 quote_identifier(fact->of->fact->name));
	}
	appendStringInfo(&buf, "\n    FROM %s AS r\n    GROUP BY r.%s\n) AS d", relation_words(detail->table.relation), link);
	return buf.data;
}
