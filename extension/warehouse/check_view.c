/*
 * check_view.c
 *		Builds the CREATE VIEW that maps a table to the facts of a policy.
 *
 * The view keeps the order of the table's columns.  Columns that provide a fact unchanged,
 * or that belong to no fact, are copied.  Others are read as texts, cast, scaled or renamed,
 * with a comment for the user to check before creating the view.  A fact that the table lacks
 * becomes a comment and not a column of NULLs, because NULL would say "none" where the
 * truth is "unknown".
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "check_detail.h"
#include "check_table.h"
#include "own.h"
#include "relation.h"

/* An SQL comment ends with its line, but an author's text may have several lines. */
static char *
one_line(const char *text)
{
	char	   *line = pstrdup(text);
	char	   *at;

	for (at = line; *at; at++)
		if (*at == '\n' || *at == '\r')
			*at = ' ';
	return line;
}

/*
 * Returns the expression that converts a column of another type to the fact's type, or
 * NULL if there is no conversion.
 */
static char *
cast_words(const Fact *fact, Oid type, const char *column)
{
	char		category;
	bool		preferred;

	get_type_category_preferred(type, &category, &preferred);
	switch (fact->type)
	{
		case TYPE_NUMBER:
			if (type == MONEYOID)
				return psprintf("%s::numeric", column);
			return NULL;
		case TYPE_BOOLEAN:
			if (type == INT2OID || type == INT4OID || type == INT8OID || type == NUMERICOID)
				return psprintf("%s <> 0", column);
			return NULL;
		case TYPE_DATE:
			if (type == TIMESTAMPTZOID)
				return psprintf("(%s AT TIME ZONE 'Asia/Shanghai')::date", column);
			return NULL;
		case TYPE_TEXT:
			if (category == TYPCATEGORY_NUMERIC || category == TYPCATEGORY_BOOLEAN || type == UUIDOID)
				return psprintf("%s::text", column);
			return NULL;
		case TYPE_LIST:
			return type == JSONOID ? psprintf("%s::jsonb", column) : NULL;
		case TYPE_UNKNOWN:
			break;
	}
	return NULL;
}

/* ---------------- texts ---------------- */

const char *
check_reading_name(TextReading reading)
{
	switch (reading)
	{
		case READ_YES:
			return "to_yes";
		case READ_AMOUNT:
			return "to_amount";
		case READ_DAY:
			return "to_day";
		case READ_TEXT:
			return "to_text";
		case READ_LIST:
			return "regexp_split_to_array";
		case READ_NOT:
			break;
	}
	return NULL;
}

/*
 * Returns the value to use for a text that cannot be read.  If NULL means none or 0, it
 * must be a value that counts as unknown.  NULL if none is needed, or if there is none.
 */
static const char *
unreadable_words(const FactCheck *check)
{
	if (check->fact->null_means == NULL_UNKNOWN)
		return NULL;
	return check->reading == READ_AMOUNT ? "'NaN'" : check->reading == READ_DAY ? "'infinity'" : NULL;
}

static char *
text_words(const FactCheck *check, const char *column)
{
	const TextFindings *found = &check->texts;
	char	   *words = psprintf("%s.to_text(%s)", own_schema(), column);
	ListCell   *cell;

	foreach(cell, found->nothing.texts)
	{
		words = psprintf("NULLIF(%s, %s)", words, quote_literal_cstr(((const TextCount *) lfirst(cell))->text));
	}
	return words;
}

/* Several elements in one cell; a number can have a comma inside. */
static char *
list_words(const FactCheck *check, const char *column)
{
	const Fact *field = linitial(check->fact->fields);
	char	   *text = psprintf("%s.to_text(%s)", own_schema(), column);
	const char *separator = field->type == TYPE_NUMBER ? "'\\s*[、;；]\\s*'" : "'\\s*[、,，;；]\\s*'";
	char	   *elements;

	if (field->type == TYPE_TEXT)
		elements = psprintf("regexp_split_to_array(%s, %s)", text, separator);
	else
		elements = psprintf("(SELECT array_agg(%s.%s(e)) FROM regexp_split_to_table(%s, %s) AS e)", own_schema(),
							field->type == TYPE_DATE ? "to_day" : field->type == TYPE_NUMBER ? "to_amount" : "to_yes",
							text, separator);
	return psprintf("CASE WHEN %s = '无' THEN '{}' ELSE %s END", text, elements);
}

char *
check_reading_words(const FactCheck *check, const char *column)
{
	const char *unreadable = unreadable_words(check);
	const char *unit = check->unit ? quote_literal_cstr(check->unit) : NULL;
	const char *ratio = check->unit ? check_ratio_of(check->fact, check->unit) : "";

	switch (check->reading)
	{
		case READ_YES:
			return psprintf("%s.to_yes(%s)", own_schema(), column);
		case READ_DAY:
			return unreadable ? psprintf("%s.to_day(%s, %s)", own_schema(), column, unreadable)
				: psprintf("%s.to_day(%s)", own_schema(), column);
		case READ_AMOUNT:
			if (unreadable)
				return psprintf("%s.to_amount(%s, %s, %s)%s%s", own_schema(), column, unit ? unit : "NULL", unreadable,
								*ratio ? " " : "", ratio);
			return psprintf("%s.to_amount(%s%s%s)%s%s", own_schema(), column, unit ? ", " : "", unit ? unit : "",
							*ratio ? " " : "", ratio);
		case READ_TEXT:
			return text_words(check, column);
		case READ_LIST:
			return list_words(check, column);
		case READ_NOT:
			break;
	}
	return NULL;
}

/* Whether the view must read the texts of a column that could give the fact as it is. */
static bool
needs_reading(const FactCheck *check)
{
	return !check->gives || check->texts.near > 0 || check->texts.nothing.texts != NIL;
}

/* ---------------- columns ---------------- */

/* Returns the facts that a column gives; a list of NULL if there is none. */
static List *
checks_of_column(const List *checks, int column)
{
	List	   *found = NIL;
	ListCell   *cell;

	foreach(cell, checks)
	{
		FactCheck  *check = lfirst(cell);

		if (check_source(check) == column)
			found = lappend(found, check);
	}
	return found ? found : list_make1(NULL);
}

/* Returns a comment on what the user should check: the unit, the year, a guess. */
static char *
comment_words(const TableCheck *table, const FactCheck *check)
{
	const Phrases *words = table->words;
	StringInfoData buf;

	initStringInfo(&buf);
	if (check->scale && check->scale->factor[0] != '\0' && (check->scale_guessed || check->reading != READ_AMOUNT))
		appendStringInfo(&buf, check->scale_guessed ? words->view_in_unit_guess : words->view_in_unit, check->scale->words);
	else if (check->column > 0 && !check->gives && check->reading == READ_NOT)
		appendStringInfo(&buf, words->view_was, format_type_be(check->type));
	if (check->of_year)
		appendStringInfo(&buf, "%s%s", buf.len > 0 ? words->semicolon : "",
						 psprintf(words->view_year, check->of_year, date_text(table->day)));
	if (check->by_values)
		appendStringInfo(&buf, "%s%s", buf.len > 0 ? words->semicolon : "", words->view_guess);
	return buf.len > 0 ? one_line(buf.data) : NULL;
}

char *
check_value_words(const FactCheck *check, const char *column)
{
	if (check->reading != READ_NOT && needs_reading(check))
		return check_reading_words(check, column);
	if (check->scale && check->scale->factor[0] != '\0')
	{
		/* an integer column multiplied by 10000 may overflow */
		return psprintf("%s%s %s", column,
						check->type == INT2OID || check->type == INT4OID || check->type == INT8OID ? "::numeric" : "",
						check->scale->factor);
	}
	return check->gives ? pstrdup(column) : cast_words(check->fact, check->type, column);
}

/* Returns a column of the view, or NULL if it cannot be included. */
static char *
column_words(const FactCheck *check, const char *column)
{
	char	   *value;

	if (check == NULL)
		return pstrdup(column);
	value = check_value_words(check, column);
	if (value == NULL || (check->column > 0 && strcmp(value, column) == 0))
		return value;
	return psprintf("%s AS %s", value, quote_identifier(check->fact->name));
}

static const char *
null_type(const Fact *fact)
{
	return fact->type == TYPE_NUMBER ? "numeric" : fact->type == TYPE_LIST ? "jsonb" : type_name(fact->type);
}

/* Appends a comment about what the view lacks for a fact. */
static void
append_lack(StringInfo buf, const TableCheck *table, const FactCheck *check)
{
	const Phrases *words = table->words;
	const Fact *fact = check->fact;
	int			source = check_source(check);

	if (source > 0 && check->denied)
		appendStringInfo(buf, "\n    -- %s",
						 psprintf(words->view_denied,
								  one_line(NameStr(TupleDescAttr(table->desc, source - 1)->attname))));
	else if (source > 0 && !check->gives && check->reading == READ_NOT && cast_words(fact, check->type, "") == NULL)
		appendStringInfo(buf, "\n    -- %s",
						 psprintf(words->view_left_out, one_line(NameStr(TupleDescAttr(table->desc, source - 1)->attname)),
								  one_line(format_type_be(check->type))));
	if (source > 0 || check->years || check->from_detail)
		return;
	if (check->flat)
		appendStringInfo(buf, "\n    -- %s", psprintf(words->view_perhaps, one_line(check_flat_words(table, check))));
	else if (fact->by_year)
		appendStringInfo(buf, "\n    -- %s",
						 psprintf(words->view_absent_years, quote_identifier(psprintf("%s_2023", fact->name))));
	else
		appendStringInfo(buf, "\n    -- %s%sNULL::%s AS %s%s%s%s%s", words->view_absent, words->colon, null_type(fact),
						 quote_identifier(fact->name),
						 unit_name(fact->unit)[0] ? words->comma : "", unit_name(fact->unit),
						 fact->label ? words->comma : "", fact->label ? one_line(fact->label) : "");
}

/* The condition of the join with the detail table; of texts if the types are of different kinds. */
static char *
join_words(const TableCheck *table)
{
	const Detail *detail = table->detail;
	Form_pg_attribute key = TupleDescAttr(table->desc, detail->key - 1);
	Form_pg_attribute link = TupleDescAttr(detail->table.desc, detail->link - 1);
	char		categories[2];
	bool		preferred;
	const char *cast;

	get_type_category_preferred(getBaseType(key->atttypid), &categories[0], &preferred);
	get_type_category_preferred(getBaseType(link->atttypid), &categories[1], &preferred);
	cast = categories[0] == categories[1] ? "" : "::text";
	return psprintf("d.%s%s = t.%s%s", quote_identifier(NameStr(link->attname)), cast,
					quote_identifier(NameStr(key->attname)), cast);
}

char *
check_mapping_view(const TableCheck *table)
{
	const char *view = quote_qualified_identifier(get_namespace_name(get_rel_namespace(table->relation)),
												  makeObjectName(get_rel_name(table->relation), NULL, "facts"));
	StringInfoData buf;
	bool		first = true;
	const char *pending = NULL; /* comment of the previous line */
	ListCell   *cell;
	int			i;

	initStringInfo(&buf);
	appendStringInfo(&buf, "CREATE VIEW %s AS\nSELECT ", view);
	for (i = 0; i < table->desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(table->desc, i);

		if (att->attisdropped || table->denied[i])
			continue;
		foreach(cell, checks_of_column(table->checks, i + 1))
		{
			const FactCheck *check = lfirst(cell);
			char	   *words = column_words(check, psprintf("t.%s", quote_identifier(NameStr(att->attname))));

			if (words == NULL)
				continue;
			if (!first)
				appendStringInfo(&buf, ",%s%s\n       ", pending ? "  -- " : "", pending ? pending : "");
			appendStringInfoString(&buf, words);
			pending = check ? comment_words(table, check) : NULL;
			first = false;
		}
	}
	foreach(cell, table->detail ? check_detail_columns(table->detail) : NIL)
	{
		if (!first)
			appendStringInfo(&buf, ",%s%s\n       ", pending ? "  -- " : "", pending ? pending : "");
		appendStringInfoString(&buf, lfirst(cell));
		pending = NULL;
		first = false;
	}
	if (pending)
		appendStringInfo(&buf, "  -- %s", pending);
	foreach(cell, table->checks)
	{
		append_lack(&buf, table, lfirst(cell));
	}
	appendStringInfo(&buf, "\nFROM %s AS t", relation_words(table->relation));
	if (table->detail)
		appendStringInfo(&buf, "%s ON %s", check_detail_join(table->detail), join_words(table));
	appendStringInfoChar(&buf, ';');
	return buf.data;
}
