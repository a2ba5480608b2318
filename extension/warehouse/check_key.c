/*
 * check_key.c
 *		The column that identifies the rows of a table, and keys that several rows have.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/relation.h"
#include "access/sysattr.h"
#include "catalog/pg_type.h"
#include "compat.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/relcache.h"

#include "check_table.h"
#include "messages.h"
#include "own.h"
#include "relation.h"

/* Headers of columns that identify enterprises, the best first. */
static const char *const key_names[] = {
	"统一社会信用代码", "社会信用代码", "统一信用代码", "信用代码", "纳税人识别号", "组织机构代码", "注册号", "uscc", "credit_code",
	"enterprise_id", "企业编号", "id", "企业名称", "单位名称", "公司名称", "name"
};

#define SHOWN_KEYS 3

/* Returns the only column of the primary key, or 0. */
static int
primary_key(Oid oid)
{
	Relation	relation = relation_open(oid, AccessShareLock);
	Bitmapset  *columns = relation->rd_rel->relhasindex
	? RelationGetIndexAttrBitmap(relation, INDEX_ATTR_BITMAP_PRIMARY_KEY) : NULL;
	int			column = 0;

	if (bms_num_members(columns) == 1)
		column = bms_singleton_member(columns) + FirstLowInvalidHeapAttributeNumber;
	relation_close(relation, NoLock);
	return column;
}

void
check_find_key(TableCheck *table, const char *name)
{
	size_t		n;
	int			i;

	if (name)
	{
		table->key = column_number(table->desc, name);
		if (table->key == 0)
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_COLUMN),
					 errmsg("column \"%s\" of %s does not exist", name, relation_words(table->relation))));
		return;
	}
	table->key = primary_key(table->relation);
	table->key_is_unique = table->key > 0;
	for (n = 0; n < lengthof(key_names) && table->key == 0; n++)
		for (i = 0; i < table->desc->natts; i++)
			if (!TupleDescAttr(table->desc, i)->attisdropped && strcmp(table->headers[i].base, key_names[n]) == 0)
			{
				table->key = i + 1;
				break;
			}
	if (table->key > 0 && table->denied[table->key - 1])
		table->key = 0;
}

void
check_read_keys(TableCheck *table)
{
	const char *column;
	Oid			type = BOOLOID;
	Datum		always = BoolGetDatum(true);
	SPIPlanPtr	plan;
	StringInfoData words;
	bool		null;
	uint64		i;

	if (table->key == 0 || table->key_is_unique || table->rows < 1)
		return;
	column = quote_identifier(NameStr(TupleDescAttr(table->desc, table->key - 1)->attname));
	plan = own_prepare(CurrentMemoryContext,
					   psprintf("SELECT g.k, g.n::pg_catalog.text, pg_catalog.count(*) OVER () FROM"
								" (SELECT s.k, pg_catalog.count(*) AS n FROM"
								" (SELECT (t.%s)::pg_catalog.text COLLATE pg_catalog.\"C\" AS k FROM %s AS t WHERE $1) AS s"
								" GROUP BY s.k) AS g"
								" WHERE g.n OPERATOR(pg_catalog.>) 1::pg_catalog.int8 OR g.k IS NULL"
								" ORDER BY g.k IS NULL DESC, g.n DESC, g.k LIMIT %d",
								column, relation_words(table->relation), SHOWN_KEYS + 1),
					   1, &type, table->relation, NULL, 0, 0);
	if (SPI_execute_plan_with_paramlist(plan, own_parameters(1, &type, &always, NULL), true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not look at the keys of %s", relation_words(table->relation));
	initStringInfo(&words);
	for (i = 0; i < SPI_processed; i++)
	{
		HeapTuple	row = SPI_tuptable->vals[i];
		TupleDesc	desc = SPI_tuptable->tupdesc;
		char	   *key = SPI_getvalue(row, desc, 1);
		char	   *count = SPI_getvalue(row, desc, 2);

		if (i == 0)
			table->nduplicates = DatumGetInt64(SPI_getbinval(row, desc, 3, &null)) - (key == NULL ? 1 : 0);
		if (key == NULL)
			table->no_key = strtoi64(count, NULL, 10);
		else if (i - (table->no_key > 0 ? 1 : 0) < SHOWN_KEYS)
			appendStringInfo(&words, "%s%s", words.len > 0 ? table->words->member_comma : "",
							 psprintf(table->words->table_duplicate, key, count));
	}
	if (table->nduplicates > SHOWN_KEYS)
		appendStringInfo(&words, "%s…", table->words->member_comma);
	table->duplicates = table->nduplicates > 0 ? words.data : NULL;
	SPI_freetuptable(SPI_tuptable);
	SPI_freeplan(plan);
}
