/*
 * check_view.c
 *		Builds the CREATE VIEW that maps a table to the facts of a policy.
 *
 * The view keeps the order of the table's columns.  Columns that provide a fact unchanged,
 * or that belong to no fact, are copied.  Others are cast, scaled or renamed, with a
 * comment for the user to check before creating the view.  A fact that the table lacks
 * becomes a comment and not a column of NULLs, because NULL would say "none" where the
 * truth is "unknown".
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "check_table.h"

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
 * NULL if none is known.
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
			if (category == TYPCATEGORY_STRING || type == MONEYOID)
				return psprintf("%s::numeric", column);
			return NULL;
		case TYPE_BOOLEAN:
			if (type == INT2OID || type == INT4OID || type == INT8OID || type == NUMERICOID)
				return psprintf("%s <> 0", column);
			if (category == TYPCATEGORY_STRING)
				return psprintf("%s::boolean", column);
			return NULL;
		case TYPE_DATE:
			if (type == TIMESTAMPTZOID)
				return psprintf("(%s AT TIME ZONE 'Asia/Shanghai')::date", column);
			if (category == TYPCATEGORY_STRING)
				return psprintf("%s::date", column);
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

static const FactCheck *
check_of_column(const List *checks, int column)
{
	ListCell   *cell;

	foreach(cell, checks)
	{
		const FactCheck *check = lfirst(cell);

		if (check->column == column || (check->column == 0 && check->scale && check->near_column == column))
			return check;
	}
	return NULL;
}

/* Returns a column of the view; or NULL, with the reason, if it cannot be included. */
static char *
column_words(const FactCheck *check, const char *column, Oid type, const char **comment)
{
	const char *name;
	char	   *cast;

	*comment = NULL;
	if (check == NULL)
		return pstrdup(column);
	name = quote_identifier(check->fact->name);
	if (check->scale && check->scale->factor[0] != '\0')
	{
		*comment = psprintf("in %s?", check->scale->words);
		/* an integer column multiplied by 10000 may overflow */
		return psprintf("%s%s %s AS %s", column,
						type == INT2OID || type == INT4OID || type == INT8OID ? "::numeric" : "",
						check->scale->factor, name);
	}
	if (check->scale)
		return psprintf("%s AS %s", column, name);
	if (check->gives)
		return pstrdup(column);
	cast = cast_words(check->fact, check->type, column);
	*comment = psprintf("was %s", one_line(format_type_be(check->type)));
	return cast ? psprintf("%s AS %s", cast, name) : NULL;
}

static const char *
null_type(const Fact *fact)
{
	return fact->type == TYPE_NUMBER ? "numeric" : fact->type == TYPE_LIST ? "jsonb" : type_name(fact->type);
}

char *
check_mapping_view(const char *relation, const char *view, TupleDesc desc, const List *checks)
{
	StringInfoData buf;
	bool		first = true;
	const char *pending = NULL; /* comment of the previous line */
	ListCell   *cell;
	int			i;

	initStringInfo(&buf);
	appendStringInfo(&buf, "CREATE VIEW %s AS\nSELECT ", view);
	for (i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);
		const FactCheck *check = check_of_column(checks, i + 1);
		const char *column;
		const char *comment;
		char	   *words;

		if (att->attisdropped)
			continue;
		column = psprintf("t.%s", quote_identifier(NameStr(att->attname)));
		words = column_words(check, column, getBaseType(att->atttypid), &comment);
		if (words == NULL)
			continue;
		if (!first)
			appendStringInfo(&buf, ",%s%s\n       ", pending ? "  -- " : "", pending ? pending : "");
		appendStringInfoString(&buf, words);
		pending = comment;
		first = false;
	}
	if (pending)
		appendStringInfo(&buf, "  -- %s", pending);
	foreach(cell, checks)
	{
		const FactCheck *check = lfirst(cell);
		const Fact *fact = check->fact;

		if (fact->by_year && check->column == 0 && check->years == NIL)
			appendStringInfo(&buf, "\n    -- absent: a column for each year, such as %s",
							 quote_identifier(psprintf("%s_2023", fact->name)));
		else if (check->column == 0 && check->scale == NULL && check->years == NIL)
			appendStringInfo(&buf, "\n    -- absent: NULL::%s AS %s%s%s%s%s", null_type(fact),
							 quote_identifier(fact->name),
							 unit_name(fact->unit)[0] ? ", " : "", unit_name(fact->unit),
							 fact->label ? ", " : "", fact->label ? one_line(fact->label) : "");
		else if (check->column > 0 && !check->gives &&
				 cast_words(fact, check->type, "") == NULL)
			appendStringInfo(&buf, "\n    -- left out: %s, of type %s",
							 one_line(NameStr(TupleDescAttr(desc, check->column - 1)->attname)),
							 one_line(format_type_be(check->type)));
	}
	appendStringInfo(&buf, "\nFROM %s AS t;", relation);
	return buf.data;
}
