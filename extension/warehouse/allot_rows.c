/*
 * allot_rows.c
 *		The rows of a relation, read once and kept within work_mem, for allotments.
 *
 * Every pass must find the same rows, so they are read once, even if the view that gives them is
 * volatile.
 */
#include "postgres.h"

#include "compat.h"
#include "access/relation.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "executor/tstoreReceiver.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "nodes/bitmapset.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/plancache.h"
#include "utils/rel.h"
#include "utils/tuplestore.h"

#include "allot_rows.h"
#include "keys.h"
#include "ledger.h"
#include "messages.h"
#include "own.h"
#include "paid_row.h"
#include "relation.h"

#define KEY_ALIAS "zjtx key"

/* ---------------- reading ---------------- */

/* The columns that give a fact of the program. */
static Bitmapset *
columns_read(const Program *program, const char *policy, TupleDesc desc, DaySource day)
{
	FactColumns *columns = row_columns(program, desc, true, day);
	Bitmapset  *read = NULL;
	int			i,
				j;

	/* row_bind raises the error */
	if (columns == NULL)
		(void) row_bind(program, policy, row_shape(desc), true, day);
	for (i = 0; columns && i < program->nfacts; i++)
	{
		if (columns[i].attnum > 0)
			read = bms_add_member(read, columns[i].attnum);
		for (j = 0; j < columns[i].nyears; j++)
			if (columns[i].years[j] > 0)
				read = bms_add_member(read, columns[i].years[j]);
	}
	return read;
}

/*
 * The expression in place of the key if the caller wants none: NULL, computed from a column.  The permission to read
 * the relation is checked only if a column is named, and the relation may have no column that gives a fact.
 */
static const char *
no_key(TupleDesc desc)
{
	int			i;

	for (i = 0; i < desc->natts; i++)
		if (!TupleDescAttr(desc, i)->attisdropped)
			return psprintf("CASE WHEN false THEN e.%s::pg_catalog.text END",
							quote_identifier(NameStr(TupleDescAttr(desc, i)->attname)));
	return "CASE WHEN false THEN e::pg_catalog.text END";
}

/* The query: the key, the columns in the order of the relation, and the columns from our tables. */
static char *
query_of(const RelationRows *rows, TupleDesc desc, int key, const Bitmapset *read, const PaidRow *paid)
{
	const char *column = key > 0 ? psprintf("e.%s", quote_identifier(NameStr(TupleDescAttr(desc, key - 1)->attname)))
	: no_key(desc);
	StringInfoData query;
	ListCell   *cell;
	int			i = -1;

	initStringInfo(&query);
	appendStringInfo(&query, "SELECT %s AS \"" KEY_ALIAS "\"", column);
	while ((i = bms_next_member(read, i)) >= 0)
	{
		const char *name = NameStr(TupleDescAttr(desc, i - 1)->attname);

		if (paid == NULL || !paid_row_replaces(paid, name))
			appendStringInfo(&query, ", e.%s", quote_identifier(name));
	}
	foreach(cell, paid ? paid->facts : NIL)
	{
		appendStringInfoString(&query, ", ");
		paid_row_column(&query, paid, lfirst(cell));
	}
	appendStringInfo(&query, " FROM %s AS e", rows->name);
	if (key > 0)
		appendStringInfo(&query, " ORDER BY %s%s", column,
						 OidIsValid(TupleDescAttr(desc, key - 1)->attcollation) ? " COLLATE pg_catalog.\"C\"" : "");
	return query.data;
}

static void
run_query(RelationRows *rows, const char *query, MemoryContext context)
{
	SPIExecuteOptions options = {0};
	SPIPlanPtr	plan = own_prepare(CurrentMemoryContext, query, 0, NULL, rows->relation, NULL, 0, 0);
	CachedPlanSource *source = linitial(SPI_plan_get_plan_sources(plan));
	MemoryContext old = MemoryContextSwitchTo(context);
	TupleDesc	desc = CreateTupleDescCopy(source->resultDesc);

	rows->store = tuplestore_begin_heap(false, false, work_mem);
	tuplestore_set_eflags(rows->store, EXEC_FLAG_REWIND);
	rows->slot = MakeSingleTupleTableSlot(desc, &TTSOpsMinimalTuple);
	rows->columns = palloc0_array(NullableDatum, desc->natts);
	MemoryContextSwitchTo(old);
	options.read_only = true;
	options.dest = CreateTuplestoreDestReceiver();
	SetTuplestoreDestReceiverParams(options.dest, rows->store, context, false, NULL, NULL);
	if (SPI_execute_plan_extended(plan, &options) != SPI_OK_SELECT)
		elog(ERROR, "could not read %s", rows->name);
}

/* ---------------- rows ---------------- */

static void
rewind_rows(AllotRows *rows)
{
	tuplestore_rescan(((RelationRows *) rows)->store);
}

static bool
next_row(RelationRows *rows)
{
	if (!tuplestore_gettupleslot(rows->store, true, false, rows->slot))
		return false;
	slot_getallattrs(rows->slot);
	return true;
}

static FactSource *
next_source(AllotRows *all)
{
	RelationRows *rows = (RelationRows *) all;
	int			i;

	if (!next_row(rows))
		return NULL;
	for (i = 0; i < rows->slot->tts_nvalid; i++)
	{
		rows->columns[i].value = rows->slot->tts_values[i];
		rows->columns[i].isnull = rows->slot->tts_isnull[i];
	}
	return row_source_arguments(rows->source, rows->columns);
}

char *
relation_rows_key(const RelationRows *rows)
{
	return key_text(rows->key_type, rows->slot->tts_values[0]);
}

/* Raises an error if two rows have the same key.  Equal keys are adjacent. */
static void
check_keys(RelationRows *rows)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "zjtx keys", ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	StringInfoData before;
	bool		first = true;

	initStringInfo(&before);
	rewind_rows(&rows->rows);
	while (next_row(rows))
	{
		char	   *key;

		CHECK_FOR_INTERRUPTS();
		if (rows->slot->tts_isnull[0])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("%s has a row whose key is NULL", rows->name),
					 errdetail("Column \"%s\" must have a value in each row, because places and money are given by key.", rows->key_column)));
		key = relation_rows_key(rows);
		if (!first && strcmp(before.data, key) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_CARDINALITY_VIOLATION),
					 errmsg("%s has more than one row with the key \"%s\"", rows->name, key),
					 errdetail("It must have one row for each value of column \"%s\".", rows->key_column)));
		first = false;
		resetStringInfo(&before);
		appendStringInfoString(&before, key);
		pfree(key);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
}

void
relation_rows_end(RelationRows *rows)
{
	ExecDropSingleTupleTableSlot(rows->slot);
	tuplestore_end(rows->store);
}

static RelationRows *
read_rows(Oid relation, const char *key, const Program *program, const char *policy, DaySource day, PaidRow *paid)
{
	MemoryContext context = CurrentMemoryContext;
	RelationRows *rows = palloc0_object(RelationRows);
	TupleDesc	desc = relation_columns(relation);
	int			number = key ? column_number(desc, key) : 0;

	rows->rows.rewind = rewind_rows;
	rows->rows.next = next_source;
	rows->relation = relation;
	rows->name = relation_identity(relation);
	rows->key_column = key ? pstrdup(key) : NULL;
	if (key && number == 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"%s\" of %s does not exist", key, rows->name),
				 errhint("The key is the column by which the relation has one row for an enterprise.")));
	if (key)
		rows->key_type = key_type(desc, number, rows->name);
	if (paid)
		paid->desc = desc;
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	run_query(rows, query_of(rows, desc, number, columns_read(program, policy, desc, day), paid), context);
	SPI_finish();
	MemoryContextSwitchTo(context);
	rows->source = row_source_create(row_bind(program, policy, row_shape(rows->slot->tts_tupleDescriptor), true, day));
	if (key)
		check_keys(rows);
	return rows;
}

RelationRows *
relation_rows_read(Oid relation, const char *key, const Program *program, const char *policy, DaySource day)
{
	return read_rows(relation, key, program, policy, day, NULL);
}

RelationRows *
relation_rows_recorded(Oid relation, const char *key, const AllotPolicy *policy, const char *name, const char *account)
{
	PaidRow		paid = {NULL, "e", account, key, name, recorded_facts(policy->compiled), NULL};
	TupleDesc	desc = relation_columns(relation);
	int			day = policy->day.kind == DAY_OF_POLICY ? 0 : fact_column(desc, policy->program->facts[0]);
	int			nest = NewGUCNestLevel();
	const char *before;
	RelationRows *volatile rows = NULL;

	paid.day = day > 0 ? paid_row_day("e", NameStr(TupleDescAttr(desc, day - 1)->attname)) : "NULL::pg_catalog.date";
	(void) set_config_option("row_security", "off", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	before = ledger_judging(account);
	PG_TRY();
	{
		rows = read_rows(relation, key, policy->program, name, policy->day, &paid);
	}
	PG_FINALLY();
	{
		(void) ledger_judging(before);
	}
	PG_END_TRY();
	AtEOXact_GUC(true, nest);
	return rows;
}
