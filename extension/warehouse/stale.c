/*
 * stale.c
 *		Counts the rows for which the answer stored by an object differs from the one that its definition now
 *		gives.
 *
 * Functions in a definition are called as REINDEX calls them: with the rights of the
 * table's owner, in a security-restricted operation.
 */
#include "postgres.h"

#include "compat.h"
#include "access/genam.h"
#include "access/relation.h"
#include "access/table.h"
#include "access/tableam.h"
#include "catalog/index.h"
#include "catalog/pg_am.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_inherits.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "optimizer/optimizer.h"
#include "partitioning/partdesc.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/partcache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "messages.h"
#include "uses.h"

/*
 * Returns whether the stored answer of a row is outdated; state is the object's
 * expression.
 */
typedef bool (*RowTest) (ExprState *state, EState *estate, TupleTableSlot *slot, int column);

static int64
count_rows(Relation table, Expr *expression, bool check, RowTest test, int column)
{
	EState	   *estate = CreateExecutorState();
	ExprState  *state = check ? ExecPrepareCheck((List *) expression, estate) : ExecPrepareExpr(expression, estate);
	TupleTableSlot *slot = table_slot_create(table, NULL);
	TableScanDesc scan = TABLE_BEGINSCAN(table, GetActiveSnapshot());
	int64		count = 0;

	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		CHECK_FOR_INTERRUPTS();
		GetPerTupleExprContext(estate)->ecxt_scantuple = slot;
		count += test(state, estate, slot, column) ? 1 : 0;
		ResetPerTupleExprContext(estate);
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	FreeExecutorState(estate);
	return count;
}

static bool
fails_check(ExprState *state, EState *estate, TupleTableSlot *slot pg_attribute_unused(), int column pg_attribute_unused())
{
	return !ExecCheck(state, GetPerTupleExprContext(estate));
}

static bool
same_value(Datum a, bool a_null, Datum b, bool b_null, Form_pg_attribute att)
{
	return a_null || b_null ? a_null == b_null : datum_image_eq(a, b, att->attbyval, att->attlen);
}

static bool
generates_another(ExprState *state, EState *estate, TupleTableSlot *slot, int column)
{
	bool		kept_null;
	bool		null;
	Datum		kept = slot_getattr(slot, column, &kept_null);
	Datum		value = ExecEvalExprSwitchContext(state, GetPerTupleExprContext(estate), &null);

	return !same_value(kept, kept_null, value, null, TupleDescAttr(slot->tts_tupleDescriptor, column - 1));
}

/* Returns the expression of a constraint, or NULL if it no longer exists. */
static Expr *
check_expression(Relation table, Oid constraint)
{
	TupleConstr *constr = RelationGetDescr(table)->constr;
	HeapTuple	tuple = SearchSysCache1(CONSTROID, ObjectIdGetDatum(constraint));
	Form_pg_constraint form;
	Expr	   *expression = NULL;
	int			i;

	if (!HeapTupleIsValid(tuple))
		return NULL;
	form = (Form_pg_constraint) GETSTRUCT(tuple);
	for (i = 0; constr && form->convalidated && i < constr->num_check; i++)
		if (strcmp(constr->check[i].ccname, NameStr(form->conname)) == 0)
			expression = (Expr *) list_make1(stringToNode(constr->check[i].ccbin));
	ReleaseSysCache(tuple);
	return expression;
}

static Expr *
generated_expression(Relation table, int column)
{
	TupleConstr *constr = RelationGetDescr(table)->constr;
	int			i;

	if (TupleDescAttr(RelationGetDescr(table), column - 1)->attgenerated != ATTRIBUTE_GENERATED_STORED)
		return NULL;
	for (i = 0; constr && i < constr->num_defval; i++)
		if (constr->defval[i].adnum == column)
			return stringToNode(constr->defval[i].adbin);
	return NULL;
}

/* ---------------- indexes ---------------- */

/*
 * Counts rows that should be in an index (wanted), entries with correct values (good) and
 * other entries (bad).
 */
typedef struct Entries
{
	int64		wanted;
	int64		good;
	int64		bad;
} Entries;

static bool
is_good(IndexInfo *info, ExprState *predicate, EState *estate, TupleTableSlot *slot, IndexScanDesc scan)
{
	TupleDesc	desc = scan->xs_itupdesc;
	Datum		values[INDEX_MAX_KEYS];
	bool		nulls[INDEX_MAX_KEYS];
	int			i;

	GetPerTupleExprContext(estate)->ecxt_scantuple = slot;
	if (predicate && !ExecQual(predicate, GetPerTupleExprContext(estate)))
		return false;
	FormIndexDatum(info, slot, estate, values, nulls);
	for (i = 0; i < info->ii_NumIndexAttrs; i++)
	{
		bool		null;
		Datum		kept = index_getattr(scan->xs_itup, i + 1, desc, &null);

		/* plain columns cannot be outdated */
		if (info->ii_IndexAttrNumbers[i] == 0 && !same_value(kept, null, values[i], nulls[i], TupleDescAttr(desc, i)))
			return false;
	}
	return true;
}

/*
 * Reads an expression from the catalog.  The relcache's copy of an index expression has
 * already been simplified, with the columns as they were then.
 */
static List *
catalog_expressions(HeapTuple tuple, int attribute)
{
	bool		null;
	Datum		source = SysCacheGetAttr(INDEXRELID, tuple, attribute, &null);
	List	   *expressions;

	if (null)
		return NIL;
	expressions = stringToNode(text_to_cstring(DatumGetTextPP(source)));
	return attribute == Anum_pg_index_indpred ? make_ands_implicit((Expr *) expressions) : expressions;
}

static IndexInfo *
index_info(Relation index)
{
	IndexInfo  *info = BuildIndexInfo(index);

	info->ii_Expressions = catalog_expressions(index->rd_indextuple, Anum_pg_index_indexprs);
	info->ii_Predicate = catalog_expressions(index->rd_indextuple, Anum_pg_index_indpred);
	return info;
}

static int64
stale_entries(Relation table, Oid oid)
{
	Relation	index = index_open(oid, AccessShareLock);
	IndexInfo  *info = index_info(index);
	EState	   *estate = CreateExecutorState();
	ExprState  *predicate = info->ii_Predicate ? ExecPrepareQual(info->ii_Predicate, estate) : NULL;
	TupleTableSlot *slot = table_slot_create(table, NULL);
	Entries		entries = {0};
	IndexScanDesc scan;
	TableScanDesc rows;

	if (index->rd_rel->relam != BTREE_AM_OID || !index->rd_index->indisvalid || !index->rd_index->indisready)
	{
		index_close(index, AccessShareLock);
		ExecDropSingleTupleTableSlot(slot);
		FreeExecutorState(estate);
		return -1;
	}
	scan = INDEX_BEGINSCAN(table, index, GetActiveSnapshot(), 0);
	scan->xs_want_itup = true;
	index_rescan(scan, NULL, 0, NULL, 0);
	while (index_getnext_tid(scan, ForwardScanDirection) != NULL)
	{
		CHECK_FOR_INTERRUPTS();
		if (!index_fetch_heap(scan, slot))
			continue;
		if (is_good(info, predicate, estate, slot, scan))
			entries.good++;
		else
			entries.bad++;
		ResetPerTupleExprContext(estate);
	}
	index_endscan(scan);
	rows = TABLE_BEGINSCAN(table, GetActiveSnapshot());
	while (table_scan_getnextslot(rows, ForwardScanDirection, slot))
	{
		CHECK_FOR_INTERRUPTS();
		GetPerTupleExprContext(estate)->ecxt_scantuple = slot;
		entries.wanted += predicate == NULL || ExecQual(predicate, GetPerTupleExprContext(estate)) ? 1 : 0;
		ResetPerTupleExprContext(estate);
	}
	table_endscan(rows);
	ExecDropSingleTupleTableSlot(slot);
	FreeExecutorState(estate);
	index_close(index, AccessShareLock);
	/* a row with a bad entry may also be counted as wanted but not good */
	return Max(entries.bad, entries.wanted - entries.good);
}

/* ---------------- all of them ---------------- */

static int64
stale_in(const Use *use, Relation table)
{
	Expr	   *expression;

	switch (use->kind)
	{
		case USE_INDEX:
			return stale_entries(table, use->object);
		case USE_CHECK:
			expression = check_expression(table, use->object);
			return expression ? count_rows(table, expression, true, fails_check, 0) : -1;
		case USE_GENERATED:
			expression = generated_expression(table, use->subid);
			return expression ? count_rows(table, expression, false, generates_another, use->subid) : -1;
		default:
			return -1;
	}
}

/* Counts the rows that belong in another partition. */
static int64
stale_partitions(Oid parent)
{
	ListCell   *cell;
	int64		count = 0;

	foreach(cell, find_all_inheritors(parent, AccessShareLock, NULL))
	{
		Relation	partition = relation_open(lfirst_oid(cell), NoLock);
		List	   *qual = partition->rd_rel->relispartition ? RelationGetPartitionQual(partition) : NIL;

		if (partition->rd_rel->relkind == RELKIND_RELATION && qual != NIL)
			count += count_rows(partition, (Expr *) qual, true, fails_check, 0);
		relation_close(partition, NoLock);
	}
	return count;
}

int64
use_stale(const Use *use)
{
	Relation	table;
	Oid			user;
	int			context;
	int			nest;
	int64		count = -1;

	if (use->kind > USE_PARTITION_KEY)
		return -1;
	table = table_open(use->relation, AccessShareLock);
	GetUserIdAndSecContext(&user, &context);
	SetUserIdAndSecContext(table->rd_rel->relowner, context | SECURITY_RESTRICTED_OPERATION);
	nest = NewGUCNestLevel();
	(void) set_config_option("search_path", "pg_catalog, pg_temp", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	PushActiveSnapshot(GetTransactionSnapshot());
	if (RELATION_IS_OTHER_TEMP(table))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot access temporary tables of other sessions")));
	if (use->kind == USE_PARTITION_KEY)
		count = stale_partitions(use->relation);
	else if (table->rd_rel->relkind == RELKIND_RELATION || table->rd_rel->relkind == RELKIND_MATVIEW)
		count = stale_in(use, table);
	PopActiveSnapshot();
	AtEOXact_GUC(false, nest);
	SetUserIdAndSecContext(user, context);
	table_close(table, AccessShareLock);
	return count;
}
