/*
 * check_years.c
 *		Findings about the columns of facts by year: which years a table has.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "check_table.h"
#include "compat.h"
#include "facts/bind.h"
#include "own.h"
#include "relation.h"

static int
compare_years(const ListCell *a, const ListCell *b)
{
	return ((const FactCheck *) lfirst(a))->year - ((const FactCheck *) lfirst(b))->year;
}

/* The fact for a single year has the name of its column, so that the view has such columns. */
static FactCheck *
single_year(const Fact *fact, int year)
{
	FactCheck  *of_year = palloc0(sizeof(FactCheck));
	Fact	   *single = palloc(sizeof(Fact));

	*single = *fact;
	single->by_year = false;
	single->name = psprintf("%s_%d", fact->name, year);
	single->label = fact->label ? psprintf("%d年%s", year, fact->label) : NULL;
	of_year->year = year;
	of_year->fact = single;
	of_year->shown = psprintf("%s[%d]", fact->name, year);
	return of_year;
}

static bool
has_year(const FactCheck *check, int year)
{
	ListCell   *cell;

	foreach(cell, check->years)
	{
		if (((const FactCheck *) lfirst(cell))->year == year)
			return true;
	}
	return false;
}

/* The year in a header, also relative to the day judged; 0 if there is none. */
static int
header_year(const TableCheck *table, const Header *header)
{
	return header->year ? header->year : header->back >= 0 ? check_this_year(table) - header->back : 0;
}

/* Maps columns whose headers are the fact's label, a year and perhaps a unit. */
static void
map_years(TableCheck *table, FactCheck *check)
{
	const Fact *fact = check->fact;
	Header		label;
	int			i;

	header_read(fact->label ? fact->label : fact->name, &label);
	for (i = 0; i < table->desc->natts; i++)
	{
		const Header *header = &table->headers[i];
		int			year = header_year(table, header);
		FactCheck  *of_year;

		if (TupleDescAttr(table->desc, i)->attisdropped || table->taken[i] || year == 0 ||
			!header_named(&label, header, true) || has_year(check, year))
			continue;
		of_year = single_year(fact, year);
		if (!check_map_column(table, of_year, i + 1))
			continue;
		check->years = lappend(check->years, of_year);
		table->of_year[i] = true;
	}
}

/* Makes a FactCheck for each column of a single year. */
void
check_find_years(TableCheck *table, FactCheck *check)
{
	int			column = 0;

	while ((column = years_column(table->desc, check->fact, column)) != 0)
	{
		FactCheck  *of_year;

		CHECK_FOR_INTERRUPTS();
		table->taken[column - 1] = true;
		of_year = single_year(check->fact, years_column_year(NameStr(TupleDescAttr(table->desc, column - 1)->attname),
															 check->fact));
		of_year->column = column;
		table->of_year[column - 1] = true;
		check->years = lappend(check->years, of_year);
	}
	if (fact_column(table->desc, check->fact) == 0 || check->years)
		map_years(table, check);
	list_sort(check->years, compare_years);
}

/* The constants of the document are compared with every year. */
List *
check_with_years(List *checks)
{
	List	   *result = NIL;
	ListCell   *cell;
	ListCell   *year;

	foreach(cell, checks)
	{
		FactCheck  *check = lfirst(cell);

		result = lappend(result, check);
		foreach(year, check->years)
		{
			FactCheck  *of_year = lfirst(year);

			of_year->least = check->least;
			of_year->compared = check->compared;
			of_year->shares = check->shares;
			result = lappend(result, of_year);
		}
	}
	return result;
}

/* Returns a query for the years in the column c of s, which has all years. */
static char *
years_query(const FactCheck *check)
{
	char	   *field;

	if (check->type == JSONBOID)
		return "SELECT k FROM pg_catalog.jsonb_object_keys(CASE WHEN pg_catalog.jsonb_typeof(s.c)"
			" OPERATOR(pg_catalog.=) 'object'::pg_catalog.text THEN s.c END) AS k"
			" UNION ALL SELECT COALESCE(x OPERATOR(pg_catalog.->>) 'year'::pg_catalog.text,"
			" x OPERATOR(pg_catalog.->>) '年份'::pg_catalog.text)"
			" FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(s.c)"
			" OPERATOR(pg_catalog.=) 'array'::pg_catalog.text THEN s.c END) AS x";
	field = years_year_field(check->type);
	return field ? psprintf("SELECT (x.%s)::pg_catalog.text FROM pg_catalog.unnest(s.c) AS x", quote_identifier(field))
		: NULL;
}

/* Reads which years a column of all years has. */
void
check_read_years(Oid oid, TupleDesc desc, FactCheck *check)
{
	const char *column = quote_identifier(NameStr(TupleDescAttr(desc, check->column - 1)->attname));
	char	   *years = years_query(check);
	Oid			type = BOOLOID;
	Datum		always = BoolGetDatum(true);
	SPIPlanPtr	plan;
	bool		null;

	if (years == NULL)
		return;
	plan = own_prepare(CurrentMemoryContext,
					   psprintf("SELECT pg_catalog.string_agg(DISTINCT u.y, ', ' ORDER BY u.y),"
								" pg_catalog.string_agg(DISTINCT u.y, ', ' ORDER BY u.y) FILTER (WHERE u.n),"
								" pg_catalog.count(DISTINCT u.r) FILTER (WHERE u.n)"
								" FROM (SELECT s.r, e.y, pg_catalog.count(*) OPERATOR(pg_catalog.>) 1::pg_catalog.int8 AS n"
								" FROM (SELECT pg_catalog.row_number() OVER () AS r, t.%s AS c FROM %s AS t WHERE $1) AS s,"
								" LATERAL (%s) AS e(y) WHERE e.y IS NOT NULL GROUP BY s.r, e.y) AS u",
								column, relation_words(oid), years),
					   1, &type, oid, NULL, 0, 0);
	if (SPI_execute_plan_with_paramlist(plan, own_parameters(1, &type, &always, NULL), true, 0) != SPI_OK_SELECT ||
		SPI_processed != 1)
		elog(ERROR, "could not look at the years of %s", column);
	check->found = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1);
	check->twice = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2);
	check->ambiguous = DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 3, &null));
	SPI_freetuptable(SPI_tuptable);
	SPI_freeplan(plan);
}
