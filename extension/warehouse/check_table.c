/*
 * check_table.c
 *		Reports whether a table provides the facts that a policy needs.
 *
 * Columns are matched to facts as in a question about a row.  One query then reads their
 * values, with the rights of the caller.
 */
#include "postgres.h"

#include "catalog/pg_operator.h"
#include "catalog/pg_type.h"
#include "compat.h"
#include "commands/defrem.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/typcache.h"

#include "answers/rows.h"
#include "check_table.h"
#include "language/texts.h"
#include "facts/bind.h"
#include "session/cache.h"
#include "own.h"
#include "relation.h"
#include "uses.h"

ZJTX_FUNCTION(zjtx_check_table);

#define FACTS_PER_QUERY 200		/* each takes seven columns; a query has at
								 * most 1664 */
#define COLUMNS_PER_FACT 7

#define NOT_FINITE "('{NaN,Infinity,-Infinity}'::pg_catalog.numeric[])"

/* ---------------- facts and columns ---------------- */

static void
find_columns(FactCheck *check, TupleDesc desc, const bool *taken)
{
	Nearest		by_name;
	Nearest		by_label;
	int			i;

	if (check->years)
		return;
	if (check->year == 0)
		check->column = fact_column(desc, check->fact);
	if (check->column > 0)
	{
		check->type = getBaseType(TupleDescAttr(desc, check->column - 1)->atttypid);
		check->gives = bind_type_gives(check->fact, check->type);
		return;
	}
	nearest_start(&by_name, check->fact->name);
	nearest_start(&by_label, check->fact->label ? check->fact->label : "");
	for (i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		if (att->attisdropped || taken[i])
			continue;
		check->scale = check_scaled_name(check, NameStr(att->attname));
		if (check->scale && !bind_type_gives(check->fact, getBaseType(att->atttypid)))
			check->scale = NULL;
		if (check->scale)
		{
			check->near_column = i + 1;
			return;
		}
		nearest_offer(&by_name, NameStr(att->attname));
		nearest_offer(&by_label, NameStr(att->attname));
	}
	for (i = 0; i < desc->natts; i++)
		if (NameStr(TupleDescAttr(desc, i)->attname) == (by_name.best ? by_name.best : by_label.best))
			check->near_column = i + 1;
}

/*
 * Makes a FactCheck for each fact.  For a series it includes the facts of all versions;
 * where several have the same name, the first one counts.
 */
static List *
find_facts(const Policy *policy, TupleDesc desc)
{
	List	   *checks = NIL;
	Symbols    *seen = symbols_create();
	bool	   *taken = palloc0_array(bool, desc->natts + 1);
	ListCell   *doc_cell;
	ListCell   *cell;

	foreach(doc_cell, policy->documents)
	{
		const Document *doc = lfirst(doc_cell);
		FactCheck **by_index = palloc0_array(FactCheck *, list_length(doc->facts));

		foreach(cell, doc->facts)
		{
			const Fact *fact = lfirst(cell);
			FactCheck  *check = palloc0(sizeof(FactCheck));
			int			column = fact_column(desc, fact);

			/* as_of needs no column: without one, the session's day applies */
			if ((fact->index == 0 && column == 0) || !symbols_add(seen, fact->name, check))
				continue;
			if (column > 0)
				taken[column - 1] = true;
			check->fact = fact;
			if (fact->by_year)
				check_find_years(check, desc, taken);
			checks = lappend(checks, check);
			by_index[fact->index] = check;
		}
		check_note_document(by_index, doc);
	}
	checks = check_with_years(checks);
	foreach(cell, checks)
	{
		CHECK_FOR_INTERRUPTS();
		find_columns(lfirst(cell), desc, taken);
	}
	return checks;
}

/* ---------------- the values ---------------- */

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

/* Appends seven columns: values, outside, nonzero, low, high, median, greatest. */
static void
append_aggregates(StringInfo query, const FactCheck *check, const char *column)
{
	/* a column of all years is as a list is */
	static const Fact whole = {.type = TYPE_LIST};
	const Fact *fact = check->fact->by_year ? &whole : check->fact;
	char	   *value = psprintf(fact->type == TYPE_NUMBER ? "(%s)::pg_catalog.numeric" :
								 fact->type == TYPE_DATE ? "(%s)::pg_catalog.date" :
								 "((%s)::pg_catalog.text COLLATE pg_catalog.\"C\")", column);
	char	   *outside = outside_words(fact, value);

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
						  psprintf("t.%s", quote_identifier(NameStr(TupleDescAttr(desc, check->column - 1)->attname))));
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

static int64
read_table(Oid relation, TupleDesc desc, const List *checks)
{
	List	   *some = NIL;
	int64		rows = -1;
	ListCell   *cell;

	foreach(cell, checks)
	{
		FactCheck  *check = lfirst(cell);

		if (check->gives)
			some = lappend(some, check);
		if (check->gives && check->fact->by_year)
			check_read_years(relation, desc, check);
		if (list_length(some) == FACTS_PER_QUERY)
		{
			rows = read_values(relation, desc, some);
			some = NIL;
		}
	}
	if (some != NIL || rows < 0)
		rows = read_values(relation, desc, some);
	return rows;
}

/* ---------------- findings ---------------- */

typedef struct Reporter
{
	Rows		rows;
	const Policy *policy;
	TupleDesc	desc;
	int64		nrows;
} Reporter;

static void
report(Reporter *reporter, const FactCheck *check, int column, const char *finding,
	   const char *message, const char *hint)
{
	const Fact *fact = check->fact;
	Form_pg_attribute att = column > 0 ? TupleDescAttr(reporter->desc, column - 1) : NULL;

	rows_put_text(&reporter->rows, check->shown ? check->shown : fact->name);
	rows_put_text(&reporter->rows, fact->label);
	rows_put_text(&reporter->rows, psprintf("%s%s%s", type_name(fact->type), unit_name(fact->unit)[0] ? " " : "",
											unit_name(fact->unit)));
	rows_put_text(&reporter->rows, att ? NameStr(att->attname) : NULL);
	rows_put_text(&reporter->rows, att ? format_type_with_typemod(att->atttypid, att->atttypmod) : NULL);
	rows_put_text(&reporter->rows, finding);
	rows_put_text(&reporter->rows, message);
	rows_put_text(&reporter->rows, hint);
	rows_put_row(&reporter->rows);
}

#define WORDS_OF_VALUES 12		/* a longer list of values is cut off */

/*
 * Returns, for example, "at least 0, at most 15", with the bounds as the author wrote
 * them, or the list of values with their labels.
 */
static char *
range_words(const Policy *policy, const Fact *fact)
{
	StringInfoData buf;
	ListCell   *cell;
	ListCell   *label_cell;

	initStringInfo(&buf);
	if (fact->low)
		appendStringInfo(&buf, "at least %.*s", fact->low->span.end - fact->low->span.start,
						 policy->text + fact->low->span.start);
	if (fact->high)
		appendStringInfo(&buf, "%sat most %.*s", fact->low ? ", " : "",
						 fact->high->span.end - fact->high->span.start, policy->text + fact->high->span.start);
	foreach(cell, fact->values)
	{
		const TextValue *value = lfirst(cell);

		if (foreach_current_index(cell) == WORDS_OF_VALUES)
		{
			appendStringInfoString(&buf, ", …");
			break;
		}
		appendStringInfo(&buf, "%s'%s'", buf.len > 0 ? ", " : "", value->text);
		foreach(label_cell, value->labels)
		{
			appendStringInfo(&buf, " '%s'", ((const TextLabel *) lfirst(label_cell))->text);
		}
	}
	return buf.len > 0 ? buf.data : pstrdup("any finite value");
}

static void
report_absent(Reporter *reporter, const FactCheck *check)
{
	const char *near = check->near_column > 0 ?
	NameStr(TupleDescAttr(reporter->desc, check->near_column - 1)->attname) : NULL;
	char	   *hint = NULL;

	if (check->scale)
		hint = psprintf("The column \"%s\" seems to have it in %s.", near, check->scale->words);
	else if (near)
		hint = psprintf("The column \"%s\" may be the right one.", near);
	report(reporter, check, 0, "absent",
		   "no column has the fact's name or label, so the fact is unknown in every row", hint);
}

static void
report_values(Reporter *reporter, const FactCheck *check)
{
	const Fact *fact = check->fact;
	int64		nulls = reporter->nrows - check->values;
	char	   *range = range_words(reporter->policy, fact);

	if (nulls > 0 && fact->null_means == NULL_UNKNOWN)
		report(reporter, check, check->column, "nulls",
			   psprintf("NULL in " INT64_FORMAT " of " INT64_FORMAT " rows, where it is unknown",
						nulls, reporter->nrows), NULL);
	else if (nulls > 0 && check->values == 0)
		report(reporter, check, check->column, "nulls",
			   psprintf("NULL in every row, which means %s", fact->null_means == NULL_ZERO ? "0" : "none"),
			   "If the fact is not known, leave the column out; then the fact is unknown.");
	if (check->outside > 0)
		report(reporter, check, check->column, "range",
			   psprintf(INT64_FORMAT " of " INT64_FORMAT " values are impossible and count as unknown",
						check->outside, check->values),
			   check->low && check->high ?
			   psprintf("They range from %s to %s; the fact can be: %s.", check->low, check->high, range) :
			   check->low ? psprintf("One is \"%s\"; the fact can be: %s.", check->low, range) :
			   psprintf("The fact can be: %s.", range));
	if (check->scale)
		report(reporter, check, check->column, "unit",
			   psprintf("half of its " INT64_FORMAT " values that are not zero are at most %s: in %s?", check->nonzero,
						numeric_normalize(check->median), check->scale->words),
			   check->scale->share ? "The fact is a fraction: 10% is 0.10." : psprintf("The fact is in %s.", unit_name(check->fact->unit)));
}

/*
 * Returns what makes PostgreSQL treat different texts of this type and collation as equal,
 * or NULL.
 */
static char *
lenient(Oid type, Oid collation)
{
	Oid			base = getBaseType(type);

	/* an extension type such as citext, which zjtx reads as text */
	if (base != TEXTOID && base != VARCHAROID && base != BPCHAROID && base != NAMEOID && !type_is_enum(base) &&
		lookup_type_cache(base, TYPECACHE_EQ_OPR)->eq_opr != TextEqualOperator)
		return psprintf("the type %s", format_type_be(base));
	if (OidIsValid(collation) && !get_collation_isdeterministic(collation))
		return psprintf("the collation \"%s\"", get_collation_name(collation));
	return NULL;
}

static void
report_lenient(Reporter *reporter, const FactCheck *check, const char *what, char *found)
{
	if (found)
		report(reporter, check, check->column, "equality",
			   psprintf("%s treats different texts%s as equal, but the policy compares them byte for byte", found, what),
			   "Write the values as the policy does, or add labels for their other forms to the fact.");
}

/*
 * Reports texts that PostgreSQL and the policy compare differently: those of the column,
 * or of its array's elements.
 */
static void
report_equality(Reporter *reporter, const FactCheck *check)
{
	Form_pg_attribute att = TupleDescAttr(reporter->desc, check->column - 1);
	const Fact *fact = check->fact;
	Oid			element;
	TupleDesc	desc;
	ListCell   *cell;

	if (fact->type == TYPE_TEXT)
		report_lenient(reporter, check, "", lenient(check->type, att->attcollation));
	if (fact->type != TYPE_LIST || check->type == JSONBOID)
		return;
	element = get_element_type(check->type);
	if (fact->scalars)
	{
		if (((const Fact *) linitial(fact->fields))->type == TYPE_TEXT)
			report_lenient(reporter, check, "", lenient(element, att->attcollation));
		return;
	}
	desc = lookup_rowtype_tupdesc_copy(getBaseType(element), -1);
	foreach(cell, fact->fields)
	{
		const Fact *field = lfirst(cell);
		int			column = fact_column(desc, field);

		if (field->type == TYPE_TEXT && column > 0)
			report_lenient(reporter, check, psprintf(" of the field \"%s\"", field->name),
						   lenient(TupleDescAttr(desc, column - 1)->atttypid,
								   TupleDescAttr(desc, column - 1)->attcollation));
	}
}

/* Lists the years that have columns, and those between them that have none. */
static void
report_years(Reporter *reporter, const FactCheck *check)
{
	StringInfoData found;
	StringInfoData lacking;
	int			next = 0;
	ListCell   *cell;

	initStringInfo(&found);
	initStringInfo(&lacking);
	foreach(cell, check->years)
	{
		int			year = ((const FactCheck *) lfirst(cell))->year;

		for (; next != 0 && next < year; next++)
			appendStringInfo(&lacking, "%s%d", lacking.len > 0 ? ", " : "", next);
		if (next == year + 1)
			continue;
		appendStringInfo(&found, "%s%d", found.len > 0 ? ", " : "", year);
		next = year + 1;
	}
	report(reporter, check, 0, "years",
		   lacking.len > 0 ? psprintf("columns give %s; %s is unknown in every row", found.data, lacking.data)
		   : psprintf("columns give %s", found.data), NULL);
}

static void
report_fact(Reporter *reporter, const FactCheck *check)
{
	Form_pg_attribute att;

	if (check->years)
	{
		report_years(reporter, check);
		return;
	}
	if (check->column == 0)
	{
		report_absent(reporter, check);
		return;
	}
	att = TupleDescAttr(reporter->desc, check->column - 1);
	if (!check->gives)
	{
		report(reporter, check, check->column, "type",
			   psprintf("a column of type %s cannot provide a %s: questions that read it fail",
						format_type_be(att->atttypid), type_name(check->fact->type)),
			   check->type == TIMESTAMPTZOID && check->fact->type == TYPE_DATE ?
			   "The day of a timestamp with time zone depends on the session: cast it at a time zone." :
			   "Cast the column in a view.");
		return;
	}
	report(reporter, check, check->column, "given",
		   strcmp(NameStr(att->attname), check->fact->name) == 0 ? "by its name" : "by its label", NULL);
	if (!check->fact->by_year)
		report_equality(reporter, check);
	if (check->found)
		report(reporter, check, check->column, "years", psprintf("the column gives %s", check->found), NULL);
	if (check->twice)
		report(reporter, check, check->column, "twice",
			   psprintf(INT64_FORMAT " of " INT64_FORMAT " rows have two values for a year, which is unknown there: %s",
						check->ambiguous, reporter->nrows, check->twice),
			   "Keep one element for a year.");
	report_values(reporter, check);
}

/* Reports an object that stores outdated answers about rows of the table. */
static void
report_stale(void *argument, const Use *use, const char *kind, const char *finding, const char *hint)
{
	Reporter   *reporter = argument;
	int			i;

	if (strcmp(kind, "stale") != 0)
		return;
	for (i = 0; i < 5; i++)
		rows_put_null(&reporter->rows);
	rows_put_text(&reporter->rows, kind);
	rows_put_text(&reporter->rows, psprintf("%s: %s", use->description, finding));
	rows_put_text(&reporter->rows, hint);
	rows_put_row(&reporter->rows);
}

/*
 * check_table(table, p): fact, label, type, column_name, column_type, finding, message,
 * hint.  The last row is the mapping view.
 */
Datum
zjtx_check_table(PG_FUNCTION_ARGS)
{
	Oid			oid = PG_GETARG_OID(0);
	text	   *source = PG_GETARG_TEXT_PP(1);
	char	   *relation = relation_words(oid);
	Reporter	reporter;
	List	   *checks;
	ListCell   *cell;
	char	   *view;
	int			i;

	memset(&reporter, 0, sizeof(reporter));
	rows_start(fcinfo, &reporter.rows);
	reporter.policy = compiled_tree(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source), CurrentMemoryContext)->policy;
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	reporter.desc = relation_columns(oid);
	checks = find_facts(reporter.policy, reporter.desc);
	reporter.nrows = read_table(oid, reporter.desc, checks);
	check_guess_units(checks);
	foreach(cell, checks)
	{
		report_fact(&reporter, lfirst(cell));
	}
	foreach(cell, uses_find(oid))
	{
		use_check(lfirst(cell), report_stale, &reporter);
	}

	view = quote_qualified_identifier(get_namespace_name(get_rel_namespace(oid)),
									  makeObjectName(get_rel_name(oid), NULL, "facts"));
	for (i = 0; i < 5; i++)
		rows_put_null(&reporter.rows);
	rows_put_text(&reporter.rows, "view");
	rows_put_text(&reporter.rows, check_mapping_view(relation, view, reporter.desc, checks));
	rows_put_text(&reporter.rows, "Read the comments before you create it.");
	rows_put_row(&reporter.rows);
	SPI_finish();
	return (Datum) 0;
}
