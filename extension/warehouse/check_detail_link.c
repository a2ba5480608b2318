/*
 * check_detail_link.c
 *		Finds the column of a detail table that identifies rows of the main table.
 *
 * A foreign key decides; else the column with the name of the key; else the column whose
 * values are keys of the main table.
 */
#include "postgres.h"

#include "access/relation.h"
#include "catalog/pg_type.h"
#include "compat.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/relcache.h"

#include "check_detail.h"
#include "messages.h"
#include "own.h"
#include "relation.h"

#define COMPARED 1000			/* greatest number of keys that are compared */

static void
by_foreign_key(const TableCheck *main, Detail *detail)
{
	Relation	table = relation_opened(detail->table.relation);
	ListCell   *cell;

	foreach(cell, RelationGetFKeyList(table))
	{
		const		ForeignKeyCacheInfo *info = lfirst(cell);

		if (info->confrelid != main->relation || info->nkeys != 1)
			continue;
		detail->link = info->conkey[0];
		detail->key = info->confkey[0];
		break;
	}
	relation_close(table, NoLock);
}

/* Returns up to COMPARED keys of the main table as text[]. */
static Datum
read_keys(const TableCheck *main)
{
	Oid			type = BOOLOID;
	Datum		always = BoolGetDatum(true);
	char	   *query = psprintf("SELECT pg_catalog.array_agg(s.k) FROM (SELECT DISTINCT (t.%s)::pg_catalog.text"
								 " COLLATE pg_catalog.\"C\" AS k FROM %s AS t WHERE $1 LIMIT %d) AS s",
								 quote_identifier(NameStr(TupleDescAttr(main->desc, main->key - 1)->attname)),
								 relation_words(main->relation), COMPARED);
	SPIPlanPtr	plan = own_prepare(CurrentMemoryContext, query, 1, &type, main->relation, NULL, 0, 0);
	Datum		keys;
	bool		null;

	if (SPI_execute_plan_with_paramlist(plan, own_parameters(1, &type, &always, NULL), true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not look at the keys of %s", relation_words(main->relation));
	keys = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null);
	return null ? PointerGetDatum(construct_empty_array(TEXTOID)) : keys;
}

/* Returns the percentage of the first rows that have one of the keys in a column. */
static int64
share_of_keys(const Detail *detail, int column, Datum keys)
{
	Oid			type = TEXTARRAYOID;
	char	   *query = psprintf("SELECT 100::pg_catalog.int8 OPERATOR(pg_catalog.*) pg_catalog.count(*)"
								 " FILTER (WHERE s.k OPERATOR(pg_catalog.=) ANY ($1))"
								 " OPERATOR(pg_catalog./) GREATEST(pg_catalog.count(*), 1::pg_catalog.int8)"
								 " FROM (SELECT (t.%s)::pg_catalog.text AS k FROM %s AS t LIMIT %d) AS s",
								 quote_identifier(NameStr(TupleDescAttr(detail->table.desc, column - 1)->attname)),
								 relation_words(detail->table.relation), COMPARED);
	SPIPlanPtr	plan = own_prepare(CurrentMemoryContext, query, 1, &type, detail->table.relation, NULL, 0, 0);
	bool		null;

	if (SPI_execute_plan_with_paramlist(plan, own_parameters(1, &type, &keys, NULL), true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not look at %s", relation_words(detail->table.relation));
	return DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null));
}

static bool
is_taken(const Detail *detail, int column)
{
	ListCell   *cell;

	foreach(cell, detail->facts)
	{
		if (check_source(((const DetailFact *) lfirst(cell))->check) == column)
			return true;
	}
	return column == detail->year;
}

/* Small numbers are keys of many tables by chance, so a column of numbers also needs such a name. */
static const char *const names_of_keys[] = {
	"id", "no", "code", "company", "enterprise", "firm", "编号", "序号", "代码", "企业", "单位", "公司"
};

static bool
may_be_key(Form_pg_attribute att)
{
	char		category;
	bool		preferred;
	size_t		i;

	get_type_category_preferred(getBaseType(att->atttypid), &category, &preferred);
	if (category != TYPCATEGORY_NUMERIC)
		return true;
	for (i = 0; i < lengthof(names_of_keys); i++)
		if (strstr(NameStr(att->attname), names_of_keys[i]))
			return true;
	return false;
}

static void
by_values(const TableCheck *main, Detail *detail)
{
	Datum		keys = read_keys(main);
	int64		most = 49;
	int			i;

	for (i = 0; i < detail->table.desc->natts; i++)
	{
		int64		share;

		CHECK_FOR_INTERRUPTS();
		if (TupleDescAttr(detail->table.desc, i)->attisdropped || detail->table.denied[i] || is_taken(detail, i + 1) ||
			!may_be_key(TupleDescAttr(detail->table.desc, i)))
			continue;
		share = share_of_keys(detail, i + 1, keys);
		if (share <= most)
			continue;
		most = share;
		detail->link = i + 1;
	}
}

void
check_find_link(const TableCheck *main, Detail *detail)
{
	by_foreign_key(main, detail);
	if (detail->link)
		return;
	if (main->key)
	{
		detail->key = main->key;
		detail->link = column_number(detail->table.desc, NameStr(TupleDescAttr(main->desc, main->key - 1)->attname));
		if (detail->link == 0 || detail->table.denied[detail->link - 1] || is_taken(detail, detail->link))
		{
			detail->link = 0;
			by_values(main, detail);
		}
	}
	if (detail->link == 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("no column of %s identifies rows of %s", relation_words(detail->table.relation),
						relation_words(main->relation)),
				 errhint("Name the column that identifies rows of %s as the argument key.", relation_words(main->relation))));
}
