/*
 * refill.c
 *		The procedure zjtx.refill(relation): answers that have changed although the rows have not.
 *
 * Rows are found in the order of the primary key and written one by one, so that two such
 * procedures, or one and a writer in the same order, do not wait for each other in a circle.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/relation.h"
#include "access/sysattr.h"
#include "catalog/pg_type.h"
#include "compat.h"
#include "executor/spi.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "tcop/pquery.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "fill.h"
#include "messages.h"
#include "own.h"
#include "relation.h"

ZJTX_FUNCTION(zjtx_refill);

#define FETCHED 500				/* number of rows fetched at a time */
#define COMMITTED 1000			/* number of rows written in one transaction */
#define PASSES 3				/* greatest number of passes over rows that
								 * other sessions change meanwhile */

/* The position of a row. */
typedef struct RowPlace
{
	Oid			table;
	ItemPointerData tid;
} RowPlace;

typedef struct Refill
{
	Oid			relation;
	bool		atomic;			/* no commits: in a transaction block */
	List	   *columns;		/* of FillColumn */
	OwnCall    *calls;			/* by column */
	char	   *order;			/* ORDER BY …, or "" */
	MemoryContext keep;
	RowPlace   *places;
	int			nplaces;
	int			room;
	int64		changed;
	bool		skipped;		/* a row was changed by another session */
} Refill;

/* ---------------- statements ---------------- */

/* Returns the expression of a column; $number is the question. */
static char *
answer_words(const FillColumn *column, int number)
{
	const char *type = format_type_extended(column->type, column->typmod,
											FORMAT_TYPE_TYPEMOD_GIVEN | FORMAT_TYPE_FORCE_QUALIFY);

	return psprintf("($%d)%s::%s", number,
					column->kind == FILL_CODE ? ".code" : column->kind == FILL_LEVEL ? ".level" : "", type);
}

/* Returns a condition that is true for rows whose answer differs from the column. */
static char *
differs_words(const Refill *refill, int first)
{
	StringInfoData buf;
	ListCell   *cell;

	initStringInfo(&buf);
	foreach(cell, refill->columns)
	{
		const FillColumn *column = lfirst(cell);
		char	   *answer = answer_words(column, first + foreach_current_index(cell));
		char	   *value = psprintf("t.%s", quote_identifier(column->name));

		/* a value with NULL fields is compared by its text */
		if (column->kind == FILL_PLACEMENT)
		{
			answer = psprintf("(%s)::pg_catalog.text", answer);
			value = psprintf("(%s)::pg_catalog.text", value);
		}
		appendStringInfo(&buf, "%s(%s OPERATOR(pg_catalog.=) %s) IS NOT TRUE AND (%s IS NOT NULL OR %s IS NOT NULL)",
						 buf.len > 0 ? " OR " : "", value, answer, value, answer);
	}
	return buf.data;
}

static void
find_columns(Refill *refill, ArrayType *given)
{
	Relation	table = relation_opened(refill->relation);
	List	   *arguments = NIL;
	ListCell   *cell;
	Datum	   *items;
	bool	   *nulls;
	int			count;
	int			i;

	if (table->rd_rel->relkind != RELKIND_RELATION && table->rd_rel->relkind != RELKIND_PARTITIONED_TABLE)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("\"%s\" is not a table", RelationGetRelationName(table))));
	if (given)
	{
		deconstruct_array(given, TEXTOID, -1, false, TYPALIGN_INT, &items, &nulls, &count);
		for (i = 0; i < count; i++)
			if (!nulls[i])
				arguments = lappend(arguments, TextDatumGetCString(items[i]));
	}
	else
		arguments = fill_arguments(table);
	if (arguments == NIL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("%s has no trigger of zjtx.fill()", relation_words(refill->relation)),
				 errhint("Create one, or give the columns: '{tier=miit-ladder}'.")));
	refill->calls = palloc0_array(OwnCall, list_length(arguments));
	foreach(cell, arguments)
	{
		FillColumn *column = fill_column(table, lfirst(cell));
		OwnCall    *call = &refill->calls[foreach_current_index(cell)];
		Oid			function;

		call->name = fill_function(column->kind, &call->result, &function);
		call->by_name = true;
		call->constant = CStringGetTextDatum(column->policy);
		call->row = "t";
		refill->columns = lappend(refill->columns, column);
	}
	relation_close(table, NoLock);
}

/* Orders by the primary key. */
static void
find_order(Refill *refill)
{
	Relation	table = relation_opened(refill->relation);
	Oid			index_oid = PRIMARY_KEY_INDEX(table);
	StringInfoData buf;

	initStringInfo(&buf);
	if (OidIsValid(index_oid))
	{
		Relation	index = index_open(index_oid, AccessShareLock);
		int			i;

		for (i = 0; i < index->rd_index->indnkeyatts; i++)
		{
			Form_pg_attribute att = TupleDescAttr(RelationGetDescr(table), index->rd_index->indkey.values[i] - 1);

			appendStringInfo(&buf, "%st.%s", i == 0 ? " ORDER BY " : ", ", quote_identifier(NameStr(att->attname)));
		}
		index_close(index, NoLock);
	}
	refill->order = buf.data;
	relation_close(table, NoLock);
}

/* ---------------- rows ---------------- */

static void
note_place(Refill *refill, HeapTuple row, TupleDesc desc)
{
	bool		null;
	RowPlace   *place;

	if (refill->nplaces == refill->room)
	{
		refill->room = refill->room ? 2 * refill->room : 1024;
		refill->places = refill->places
			? repalloc_huge(refill->places, refill->room * sizeof(RowPlace))
			: MemoryContextAllocHuge(refill->keep, refill->room * sizeof(RowPlace));
	}
	place = &refill->places[refill->nplaces++];
	place->table = DatumGetObjectId(SPI_getbinval(row, desc, 1, &null));
	place->tid = *(ItemPointer) DatumGetPointer(SPI_getbinval(row, desc, 2, &null));
}

/* Finds the rows with an answer that differs. */
static void
find_places(Refill *refill)
{
	char	   *query = psprintf("SELECT t.tableoid, t.ctid FROM %s AS t WHERE %s%s", relation_words(refill->relation),
								 differs_words(refill, 1), refill->order);
	SPIPlanPtr	plan = own_prepare(refill->keep, query, 0, NULL, refill->relation, refill->calls,
								   list_length(refill->columns), 0);
	Portal		portal = SPI_cursor_open_with_paramlist(NULL, plan, NULL, true);
	uint64		i;

	for (;;)
	{
		SPI_cursor_fetch(portal, true, FETCHED);
		if (SPI_processed == 0)
			break;
		for (i = 0; i < SPI_processed; i++)
		{
			CHECK_FOR_INTERRUPTS();
			note_place(refill, SPI_tuptable->vals[i], SPI_tuptable->tupdesc);
		}
		SPI_freetuptable(SPI_tuptable);
	}
	SPI_freetuptable(SPI_tuptable);
	SPI_cursor_close(portal);
	SPI_freeplan(plan);
}

static SPIPlanPtr
prepare_update(const Refill *refill)
{
	static const Oid types[2] = {OIDOID, TIDOID};
	StringInfoData query;
	ListCell   *cell;

	initStringInfo(&query);
	appendStringInfo(&query, "UPDATE %s AS t SET ", relation_words(refill->relation));
	foreach(cell, refill->columns)
	{
		const FillColumn *column = lfirst(cell);

		appendStringInfo(&query, "%s%s = %s", foreach_current_index(cell) > 0 ? ", " : "",
						 quote_identifier(column->name), answer_words(column, 3 + foreach_current_index(cell)));
	}
	appendStringInfo(&query, " WHERE t.tableoid OPERATOR(pg_catalog.=) $1 AND t.ctid OPERATOR(pg_catalog.=) $2 AND (%s)",
					 differs_words(refill, 3));
	return own_prepare(refill->keep, query.data, 2, types, refill->relation, refill->calls, list_length(refill->columns), 0);
}

/* Writes some of the rows. */
static void
write_rows(Refill *refill, int first, int last)
{
	static const Oid types[2] = {OIDOID, TIDOID};
	SPIPlanPtr	plan = prepare_update(refill);
	int			i;

	for (i = first; i < last; i++)
	{
		Datum		values[2] = {ObjectIdGetDatum(refill->places[i].table), PointerGetDatum(&refill->places[i].tid)};

		CHECK_FOR_INTERRUPTS();
		if (SPI_execute_plan_with_paramlist(plan, own_parameters(2, types, values, NULL), false, 0) != SPI_OK_UPDATE)
			elog(ERROR, "could not update %s", relation_words(refill->relation));
		refill->changed += SPI_processed;
		refill->skipped |= SPI_processed == 0;
	}
	SPI_freeplan(plan);
	if (!refill->atomic)
	{
		SPI_commit();
		EnsurePortalSnapshotExists();
	}
}

/* refill(relation, columns, INOUT changed): the number of rows that were written */
Datum
zjtx_refill(PG_FUNCTION_ARGS)
{
	Refill		refill;
	TupleDesc	desc;
	Datum		value;
	bool		null = false;
	int			pass;
	int			first;

	memset(&refill, 0, sizeof(refill));
	if (PG_ARGISNULL(0))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("zjtx.refill needs a table")));
	refill.atomic = fcinfo->context == NULL || !IsA(fcinfo->context, CallContext) ||
		castNode(CallContext, fcinfo->context)->atomic;
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	desc = BlessTupleDesc(desc);
	if (SPI_connect_ext(refill.atomic ? 0 : SPI_OPT_NONATOMIC) != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	refill.keep = CurrentMemoryContext;
	refill.relation = PG_GETARG_OID(0);
	find_columns(&refill, PG_ARGISNULL(1) ? NULL : PG_GETARG_ARRAYTYPE_P(1));
	find_order(&refill);

	/*
	 * A writer may have locked a row, and judged it by the previous law.
	 */
	for (pass = 0; pass == 0 || (pass < PASSES && refill.skipped); pass++)
	{
		refill.nplaces = 0;
		refill.skipped = false;
		find_places(&refill);
		for (first = 0; first < refill.nplaces; first += COMMITTED)
			write_rows(&refill, first, Min(first + COMMITTED, refill.nplaces));
	}
	SPI_finish();
	value = Int64GetDatum(refill.changed);
	return HeapTupleGetDatum(heap_form_tuple(desc, &value, &null));
}
