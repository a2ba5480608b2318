/*
 * check_flat.c
 *		Columns of the table itself that are the fields of a list's only element, such as 租用面积,
 *		租金 and 租用月数.
 *
 * The view does not use them, because it is a guess that an enterprise has at most one
 * element.  A comment in the view shows the expression.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "check_table.h"

#define FEWEST_FIELDS 2
#define FEWEST_CHARACTERS 2

static bool
is_part(const char *inner, const char *outer)
{
	return pg_mbstrlen(inner) >= FEWEST_CHARACTERS && strstr(outer, inner) != NULL;
}

/* Whether a header contains the words of a field's label, perhaps with other words around them. */
static bool
is_like(const Fact *field, const Header *header)
{
	Header		label;

	if (field->label == NULL || header->year || header->back >= 0)
		return false;
	header_read(field->label, &label);
	return is_part(label.base, header->base) || is_part(header->base, label.base);
}

/* Whether most texts of a column are values of a field. */
static bool
has_values(const Fact *field, const TextCounts *texts)
{
	int			values = 0;
	ListCell   *cell;

	foreach(cell, texts->texts)
	{
		values += check_is_value(field, ((const TextCount *) lfirst(cell))->text);
	}
	return values >= 2 && 2 * values >= list_length(texts->texts);
}

/* Makes a column the source of a field, if only one fits. */
static bool
find_column(TableCheck *table, FactCheck *check, bool by_values)
{
	int			found = 0;
	int			i;

	for (i = 0; i < table->desc->natts; i++)
	{
		if (TupleDescAttr(table->desc, i)->attisdropped || table->denied[i] || table->taken[i] ||
			!(by_values ? has_values(check->fact, &table->texts[i]) : is_like(check->fact, &table->headers[i])))
			continue;
		if (found)
			return false;
		found = i + 1;
	}
	return found && check_map_column(table, check, found);
}

/* Finds the columns of the fields of a list. */
static void
find_fields(TableCheck *table, FactCheck *list)
{
	bool	   *taken = palloc_array(bool, table->desc->natts + 1);
	List	   *fields = NIL;
	ListCell   *cell;
	int			pass;

	memcpy(taken, table->taken, table->desc->natts + 1);
	foreach(cell, list->fact->fields)
	{
		FactCheck  *field = palloc0(sizeof(FactCheck));

		field->fact = lfirst(cell);
		fields = lappend(fields, field);
	}
	for (pass = 0; pass < 2; pass++)
		foreach(cell, fields)
	{
		FactCheck  *field = lfirst(cell);

		CHECK_FOR_INTERRUPTS();
		if (pass == 1 && list_length(list->flat) < FEWEST_FIELDS)
			break;
		if (!field->mapped && (pass == 0 || field->fact->texts) && find_column(table, field, pass == 1))
			list->flat = lappend(list->flat, field);
	}
	if (list_length(list->flat) >= FEWEST_FIELDS)
		return;
	list->flat = NIL;
	memcpy(table->taken, taken, table->desc->natts + 1);
}

void
check_find_flat(TableCheck *table)
{
	ListCell   *cell;

	foreach(cell, table->checks)
	{
		FactCheck  *check = lfirst(cell);

		if (check->fact->type == TYPE_LIST && !check->fact->scalars && check_source(check) == 0 && !check->from_detail)
			find_fields(table, check);
	}
}

static char *
column_of(const TableCheck *table, const FactCheck *field)
{
	return psprintf("t.%s", quote_identifier(NameStr(TupleDescAttr(table->desc, check_source(field) - 1)->attname)));
}

char *
check_flat_words(const TableCheck *table, const FactCheck *list)
{
	StringInfoData columns;
	StringInfoData fields;
	ListCell   *cell;

	initStringInfo(&columns);
	initStringInfo(&fields);
	foreach(cell, list->flat)
	{
		const FactCheck *field = lfirst(cell);
		char	   *column = column_of(table, field);

		appendStringInfo(&columns, "%s%s", columns.len > 0 ? ", " : "", column);
		appendStringInfo(&fields, "%s%s, %s", fields.len > 0 ? ", " : "", quote_literal_cstr(field->fact->name),
						 check_value_words(field, column));
	}
	return psprintf("CASE WHEN num_nonnulls(%s) > 0 THEN jsonb_build_array(jsonb_build_object(%s)) END AS %s",
					columns.data, fields.data, quote_identifier(list->fact->name));
}

char *
check_flat_columns(const TableCheck *table, const FactCheck *list)
{
	StringInfoData columns;
	ListCell   *cell;

	initStringInfo(&columns);
	foreach(cell, list->flat)
	{
		const char *name = NameStr(TupleDescAttr(table->desc, check_source(lfirst(cell)) - 1)->attname);

		appendStringInfo(&columns, "%s%s", columns.len > 0 ? table->words->member_comma : "",
						 psprintf(table->words->table_column, name));
	}
	return columns.data;
}
