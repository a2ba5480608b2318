/*
 * check_detail.c
 *		Matches the columns of a detail table to facts by year, to facts of a year such as
 *		上年度营业收入, and to the fields of a list.
 */
#include "postgres.h"

#include "utils/lsyscache.h"

#include "check_detail.h"

static const char *const year_headers[] = {
	"year", "年份", "年度", "会计年度", "报告年度", "所属年度", "统计年度", "数据年度", "报告年份", "统计年份"
};

/* The column of the year, or 0. */
static int
find_year(const TableCheck *table)
{
	size_t		n;
	int			i;

	for (n = 0; n < lengthof(year_headers); n++)
		for (i = 0; i < table->desc->natts; i++)
			if (!TupleDescAttr(table->desc, i)->attisdropped && !table->denied[i] &&
				strcmp(table->headers[i].base, year_headers[n]) == 0)
				return i + 1;
	return 0;
}

/* Adds a fact that a column of the detail table may give. */
static void
offer(Detail *detail, FactCheck *of, const Fact *fact, const Fact *field, int year)
{
	DetailFact *found = palloc0(sizeof(DetailFact));
	FactCheck  *check = palloc0(sizeof(FactCheck));

	check->fact = fact;
	check->shown = field ? psprintf("%s.%s", of->fact->name, field->name) : NULL;
	check->least = of->least;
	check->compared = of->compared;
	check->shares = of->shares;
	check->constants = of->constants;
	found->check = check;
	found->of = of;
	found->field = field;
	found->year = year;
	detail->facts = lappend(detail->facts, found);
	detail->table.checks = lappend(detail->table.checks, check);
}

/* Offers the facts that have a value for a year. */
static void
offer_years(const TableCheck *main, Detail *detail)
{
	ListCell   *cell;

	foreach(cell, main->checks)
	{
		FactCheck  *check = lfirst(cell);
		Fact	   *single;
		Header		label;

		if (check_source(check) != 0 || check->years || check->year || check->fact->type == TYPE_LIST)
			continue;
		single = palloc(sizeof(Fact));
		*single = *check->fact;
		single->by_year = false;
		if (check->fact->by_year)
		{
			offer(detail, check, single, NULL, 0);
			continue;
		}
		if (check->fact->label == NULL)
			continue;
		header_read(check->fact->label, &label);
		if (label.back < 0 || !check_year_is_certain(main, &label))
			continue;
		single->label = label.base;
		offer(detail, check, single, NULL, check_this_year(main) - label.back);
	}
}

/* Offers the fields of a list; an element of a list of scalars has the list's own name. */
static void
offer_fields(Detail *detail, FactCheck *list)
{
	ListCell   *cell;

	foreach(cell, list->fact->fields)
	{
		const Fact *field = lfirst(cell);
		Fact	   *single = palloc(sizeof(Fact));

		*single = *field;
		if (list->fact->scalars)
		{
			single->name = list->fact->name;
			single->label = list->fact->label;
		}
		offer(detail, list, single, field, 0);
	}
}

/* Forgets the facts for which no column was found; returns the number of the others. */
static int
keep_found(Detail *detail)
{
	List	   *facts = NIL;
	List	   *checks = NIL;
	ListCell   *cell;

	foreach(cell, detail->facts)
	{
		DetailFact *fact = lfirst(cell);

		if (check_source(fact->check) == 0 || fact->check->denied ||
			(!fact->check->gives && fact->check->reading == READ_NOT))
			continue;
		facts = lappend(facts, fact);
		checks = lappend(checks, fact->check);
	}
	detail->facts = facts;
	detail->table.checks = checks;
	return list_length(facts);
}

/* A detail table gives one list at most: the one with the most fields present, if at least half of its fields are. */
static void
find_list(const TableCheck *main, Detail *detail)
{
	int			most = 0;
	List	   *facts = NIL;
	List	   *checks = NIL;
	ListCell   *cell;

	foreach(cell, main->checks)
	{
		FactCheck  *check = lfirst(cell);
		int			found;

		if (check_source(check) != 0 || check->fact->type != TYPE_LIST)
			continue;
		detail->facts = NIL;
		detail->table.checks = NIL;
		offer_fields(detail, check);
		memset(detail->table.taken, 0, detail->table.desc->natts + 1);
		check_match_columns(&detail->table);
		found = keep_found(detail);
		if (found <= most || 2 * found < list_length(check->fact->fields))
			continue;
		most = found;
		facts = detail->facts;
		checks = detail->table.checks;
		detail->list = check;
	}
	detail->facts = facts;
	detail->table.checks = checks;
}

Detail *
check_find_detail(TableCheck *main, Oid relation)
{
	Detail	   *detail = palloc0(sizeof(Detail));
	TableCheck *table = &detail->table;
	ListCell   *cell;

	table->relation = relation;
	table->policy = main->policy;
	table->words = main->words;
	table->day = main->day;
	table->out = main->out;
	check_open_table(table);
	detail->year = find_year(table);
	if (detail->year)
	{
		/* one column can give a fact by year and facts of single years */
		memset(table->of_year, true, table->desc->natts + 1);
		table->taken[detail->year - 1] = true;
		table->of_year[detail->year - 1] = false;
		offer_years(main, detail);
		check_match_columns(table);
		(void) keep_found(detail);
	}
	if (detail->facts == NIL)
	{
		memset(table->of_year, false, table->desc->natts + 1);
		find_list(main, detail);
	}
	foreach(cell, detail->facts)
	{
		((const DetailFact *) lfirst(cell))->of->from_detail = true;
	}
	check_find_link(main, detail);

	/* texts that cannot be read are reported with the enterprise */
	table->key = detail->link;
	return detail;
}
