/*
 * check_columns.c
 *		Matches the columns of a table to the facts of a policy.
 *
 * A column provides the fact whose name or label it has, as in a question about a row.
 * The view can also take a fact from a column whose header says the same in another way:
 * with a unit, with the year that the fact means, or with filler such as 是否.
 */
#include "postgres.h"

#include "catalog/objectaddress.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/datetime.h"
#include "utils/lsyscache.h"

#include "check_table.h"
#include "facts/bind.h"
#include "language/names.h"
#include "relation.h"

/* ---------------- the year ---------------- */

int
check_this_year(const TableCheck *table)
{
	int			year,
				month,
				mday;

	j2date(table->day + POSTGRES_EPOCH_JDATE, &year, &month, &mday);
	return year;
}

/*
 * 前一年度 means the year before the last one only if another fact is about 上年度.
 */
bool
check_year_is_certain(const TableCheck *table, const Header *label)
{
	ListCell   *cell;

	if (label->back < 2)
		return true;
	foreach(cell, table->checks)
	{
		const Fact *fact = ((const FactCheck *) lfirst(cell))->fact;
		Header		other;

		if (fact->label == NULL)
			continue;
		header_read(fact->label, &other);
		if (other.back == 1 && header_named(&other, label, false))
			return true;
	}
	return false;
}

static bool
same_year(const TableCheck *table, const Header *label, const Header *column)
{
	if (label->back >= 0 && column->year != 0)
		return column->year == check_this_year(table) - label->back && check_year_is_certain(table, label);
	return column->year == label->year && column->back == label->back;
}

/* ---------------- columns ---------------- */

static TextReading
reading_of(const Fact *fact, Oid type)
{
	char		category;
	bool		preferred;

	get_type_category_preferred(type, &category, &preferred);
	if (category != TYPCATEGORY_STRING)
		return READ_NOT;
	switch (fact->type)
	{
		case TYPE_BOOLEAN:
			return READ_YES;
		case TYPE_NUMBER:
			return READ_AMOUNT;
		case TYPE_DATE:
			return READ_DAY;
		case TYPE_TEXT:
			return READ_TEXT;
		case TYPE_LIST:
			return fact->scalars ? READ_LIST : READ_NOT;
		default:
			return READ_NOT;
	}
}

/* Sets what is known from the type of the column. */
static void
set_type(TableCheck *table, FactCheck *check, int column)
{
	check->type = getBaseType(TupleDescAttr(table->desc, column - 1)->atttypid);
	check->gives = bind_type_gives(check->fact, check->type);
	check->denied = table->denied[column - 1];
	check->reading = check->fact->by_year ? READ_NOT : reading_of(check->fact, check->type);
}

bool
check_map_column(TableCheck *table, FactCheck *check, int column)
{
	const Header *header = &table->headers[column - 1];
	const Scale *scale = NULL;

	set_type(table, check, column);
	if (!check->gives && check->reading == READ_NOT)
		return false;
	if (header->unit && check->fact->type == TYPE_NUMBER)
	{
		scale = check_scale_of(check->fact, header->unit);
		if (scale == NULL)
			return false;
	}
	check->near_column = column;
	check->mapped = true;
	check->scale = scale;
	check->unit = scale ? scale->words : NULL;
	table->taken[column - 1] = true;
	return true;
}

/* Maps the column whose header has the words of the fact's name or label. */
static void
match_header(TableCheck *table, FactCheck *check, bool loosely)
{
	const char *names[] = {check->fact->label, check->fact->name};
	int			i;
	size_t		n;

	for (n = 0; n < lengthof(names); n++)
	{
		Header		name;

		if (names[n] == NULL)
			continue;
		header_read(names[n], &name);
		for (i = 0; i < table->desc->natts; i++)
		{
			const Header *header = &table->headers[i];

			if (TupleDescAttr(table->desc, i)->attisdropped || (table->taken[i] && !table->of_year[i]) ||
				!header_named(&name, header, loosely) || !same_year(table, &name, header) ||
				!check_map_column(table, check, i + 1))
				continue;
			check->of_year = name.back >= 0 ? header->year : 0;
			return;
		}
	}
}

/* Maps the column whose name is the fact's name and a unit, such as rd_expense_wan. */
static void
match_scaled_name(TableCheck *table, FactCheck *check)
{
	int			i;

	for (i = 0; i < table->desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(table->desc, i);
		const Scale *scale;

		if (att->attisdropped || table->taken[i])
			continue;
		scale = check_scaled_name(check, NameStr(att->attname));
		if (scale == NULL)
			continue;
		set_type(table, check, i + 1);
		if (!check->gives && check->reading == READ_NOT)
			continue;
		check->near_column = i + 1;
		check->mapped = true;
		check->scale = scale;
		check->unit = scale->words;
		table->taken[i] = true;
		return;
	}
}

static bool
is_open(const FactCheck *check)
{
	return check->column == 0 && !check->mapped && check->years == NIL;
}

/*
 * Makes a FactCheck for each fact.  For a series it includes the facts of all versions;
 * where several have the same name, the first one counts.
 */
static void
list_facts(TableCheck *table)
{
	Symbols    *seen = symbols_create();
	ListCell   *doc_cell;
	ListCell   *cell;

	foreach(doc_cell, table->policy->documents)
	{
		const Document *doc = lfirst(doc_cell);
		FactCheck **by_index = palloc0_array(FactCheck *, list_length(doc->facts));

		foreach(cell, doc->facts)
		{
			const Fact *fact = lfirst(cell);
			FactCheck  *check = palloc0(sizeof(FactCheck));
			int			column = fact_column(table->desc, fact);

			/* as_of needs no column: without one, the session's day applies */
			if ((fact->index == 0 && column == 0) || !symbols_add(seen, fact->name, check))
				continue;
			if (column > 0)
				table->taken[column - 1] = true;
			check->fact = fact;
			table->checks = lappend(table->checks, check);
			by_index[fact->index] = check;
		}
		check_note_document(by_index, doc);
	}
}

/* Records which columns the current role may not read; raises an error if it may read none. */
static void
find_rights(TableCheck *table)
{
	Oid			role = GetUserId();
	int			i;

	table->denied = palloc0_array(bool, table->desc->natts + 1);
	if (pg_class_aclcheck(table->relation, role, ACL_SELECT) == ACLCHECK_OK)
		return;
	if (pg_attribute_aclcheck_all(table->relation, role, ACL_SELECT, ACLMASK_ANY) != ACLCHECK_OK)
		aclcheck_error(ACLCHECK_NO_PRIV, get_relkind_objtype(get_rel_relkind(table->relation)),
					   get_rel_name(table->relation));
	for (i = 0; i < table->desc->natts; i++)
		table->denied[i] = !TupleDescAttr(table->desc, i)->attisdropped &&
			pg_attribute_aclcheck(table->relation, i + 1, role, ACL_SELECT) != ACLCHECK_OK;
}

void
check_open_table(TableCheck *table)
{
	int			i;

	table->desc = relation_columns(table->relation);
	find_rights(table);
	table->taken = palloc0_array(bool, table->desc->natts + 1);
	table->of_year = palloc0_array(bool, table->desc->natts + 1);
	table->headers = palloc0_array(Header, table->desc->natts + 1);
	table->texts = palloc0_array(TextCounts, table->desc->natts + 1);
	for (i = 0; i < table->desc->natts; i++)
		header_read(NameStr(TupleDescAttr(table->desc, i)->attname), &table->headers[i]);
}

void
check_find_facts(TableCheck *table)
{
	ListCell   *cell;

	list_facts(table);
	foreach(cell, table->checks)
	{
		FactCheck  *check = lfirst(cell);

		if (check->fact->by_year)
			check_find_years(table, check);
	}
	table->checks = check_with_years(table->checks);
	check_match_columns(table);
}

void
check_match_columns(TableCheck *table)
{
	ListCell   *cell;
	int			i;

	foreach(cell, table->checks)
	{
		FactCheck  *check = lfirst(cell);

		CHECK_FOR_INTERRUPTS();
		if (check->years == NIL && check->year == 0)
			check->column = fact_column(table->desc, check->fact);
		if (check->column > 0)
			set_type(table, check, check->column);
		else if (is_open(check))
			match_scaled_name(table, check);
	}
	for (i = 0; i < 2; i++)
		foreach(cell, table->checks)
	{
		FactCheck  *check = lfirst(cell);

		CHECK_FOR_INTERRUPTS();
		if (is_open(check) && !check->fact->by_year)
			match_header(table, check, i == 1);
	}
}

/* ---------------- similar names ---------------- */

/* Returns whether a column of this type may give a fact: a text, number or date cannot give a list of records. */
static bool
may_give(const Fact *fact, Oid type)
{
	char		category;
	bool		preferred;

	if (fact->type != TYPE_LIST || fact->scalars)
		return true;
	get_type_category_preferred(type, &category, &preferred);
	return category != TYPCATEGORY_STRING && category != TYPCATEGORY_NUMERIC && category != TYPCATEGORY_DATETIME &&
		category != TYPCATEGORY_BOOLEAN;
}

/* Compares the words of headers with those of the label, and names with the name. */
static void
find_near(const TableCheck *table, FactCheck *check)
{
	Nearest		by_name;
	Nearest		by_label;
	Header		label;
	int			i;

	header_read(check->fact->label ? check->fact->label : "", &label);
	nearest_start(&by_name, check->fact->name);
	nearest_start(&by_label, label.base);
	for (i = 0; i < table->desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(table->desc, i);

		if (att->attisdropped || table->taken[i] || !may_give(check->fact, att->atttypid))
			continue;
		nearest_offer(&by_name, NameStr(att->attname));
		nearest_offer(&by_label, table->headers[i].base);
	}
	for (i = 0; i < table->desc->natts && check->near_column == 0; i++)
		if (by_name.best ? NameStr(TupleDescAttr(table->desc, i)->attname) == by_name.best
			: by_label.best != NULL && table->headers[i].base == by_label.best)
			check->near_column = i + 1;
}

void
check_find_near(TableCheck *table)
{
	ListCell   *cell;

	foreach(cell, table->checks)
	{
		CHECK_FOR_INTERRUPTS();
		if (is_open(lfirst(cell)))
			find_near(table, lfirst(cell));
	}
}
