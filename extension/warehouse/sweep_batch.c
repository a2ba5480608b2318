/*
 * sweep_batch.c
 *		Judges the rows of a sweep many at a time.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_proc.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "nodes/plannodes.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/plancache.h"

#include "judge/judge.h"
#include "own.h"
#include "sweep_batch.h"

/* How the rows are judged by one of the policies. */
typedef struct Gathered
{
	const FuncExpr *call;		/* the call of judge_facts in the plan; NULL:
								 * the verdicts are kept */
	List	   *calls;			/* one for each part of an Append */
	const FuncExpr *last;		/* of these, the one evaluated last */
	Many	   *many;
	DatumColumn *facts;
	Datum	   *verdicts;		/* by row */
} Gathered;

/* ---------------- the calls of the plan ---------------- */

static bool
is_judge_facts(const Node *node)
{
	const FuncExpr *call = (const FuncExpr *) node;
	char	   *name;

	if (node == NULL || !IsA(node, FuncExpr) || list_length(call->args) < 3 || !own_member(ProcedureRelationId, call->funcid))
		return false;
	name = get_func_name(call->funcid);
	return name && strcmp(name, "judge_facts") == 0;
}

/* Whether two calls have the same policy, facts and types. */
static bool
is_alike(const FuncExpr *call, const FuncExpr *other)
{
	ListCell   *cell;
	ListCell   *other_cell;

	if (call->funcid != other->funcid || list_length(call->args) != list_length(other->args) ||
		!equal(linitial(call->args), linitial(other->args)) || !equal(lsecond(call->args), lsecond(other->args)))
		return false;
	forboth(cell, call->args, other_cell, other->args)
	{
		if (exprType(lfirst(cell)) != exprType(lfirst(other_cell)))
			return false;
	}
	return true;
}

/*
 * Finds the calls in a column of a plan: its own, or those of all parts of an Append, which yield a row at a time, one
 * after the other.  Returns false if there is a part without one.
 */
static bool
find_in_plan(List **calls, const Plan *plan, int column)
{
	const TargetEntry *entry;
	ListCell   *cell;

	check_stack_depth();
	if (IsA(plan, Append))
	{
		/* rows of asynchronous parts are read ahead */
		if (((const Append *) plan)->nasyncplans > 0)
			return false;
		foreach(cell, ((const Append *) plan)->appendplans)
		{
			if (!find_in_plan(calls, lfirst(cell), column))
				return false;
		}
		return true;
	}
	entry = list_length(plan->targetlist) > column ? list_nth_node(TargetEntry, plan->targetlist, column) : NULL;
	if (entry == NULL || !is_judge_facts((Node *) entry->expr))
		return false;
	*calls = lappend(*calls, entry->expr);
	return is_alike(linitial(*calls), llast(*calls));
}

/* A plan without parameters is made once, so that the calls in it are those that are evaluated. */
static void
find_calls(SweepBatch *batch, SPIPlanPtr plan)
{
	CachedPlan *cached = SPI_plan_get_cached_plan(plan);
	const PlannedStmt *statement = cached ? linitial_node(PlannedStmt, cached->stmt_list) : NULL;
	int			i;

	for (i = 0; statement && statement->planTree && i < batch->npolicies; i++)
	{
		Gathered   *policy = &batch->policies[i];
		List	   *calls = NIL;

		if (!find_in_plan(&calls, statement->planTree, 2 + i) || calls == NIL)
			continue;
		policy->calls = calls;
		policy->call = policy->last = linitial(calls);
	}
	if (cached)
		ReleaseCachedPlan(cached, NULL);
}

/* Whether an expression is a call for the policy. */
static inline bool
is_call(Gathered *policy, const Node *expr)
{
	if (policy->call == NULL)
		return false;
	if ((const Node *) policy->last != expr)
	{
		if (!list_member_ptr(policy->calls, expr))
			return false;
		policy->last = (const FuncExpr *) expr;
	}
	return true;
}

static void
prepare(Gathered *policy)
{
	int			i;

	policy->many = many_create(unconstify(FuncExpr *, policy->call), QUESTION_JUDGE, MANY_ROWS);
	policy->facts = palloc_array(DatumColumn, policy->many->nfacts);
	for (i = 0; i < policy->many->nfacts; i++)
	{
		policy->facts[i] = column_create(exprType(list_nth(policy->call->args, i + 2)), MANY_ROWS);
	}
}

static bool
take(Gatherer *gatherer, FunctionCallInfo fcinfo)
{
	SweepBatch *batch = (SweepBatch *) gatherer;
	MemoryContext old;
	Gathered   *policy;
	int			row = batch->nrows;
	int			i;

	for (i = 0; i < batch->npolicies; i++)
		if (is_call(&batch->policies[i], fcinfo->flinfo->fn_expr))
			break;
	if (i == batch->npolicies)
		return false;
	policy = &batch->policies[i];
	old = MemoryContextSwitchTo(batch->rows);
	policy->many->fcinfo->args[0] = fcinfo->args[0];
	policy->many->fcinfo->args[1] = fcinfo->args[1];
	for (i = 0; i < policy->many->nfacts; i++)
		column_put(&policy->facts[i], row, fcinfo->args[i + 2].value, fcinfo->args[i + 2].isnull);
	MemoryContextSwitchTo(old);
	return true;
}

SweepBatch *
sweep_batch_create(const Watched *watched, Digests *digests, SPIPlanPtr plan)
{
	SweepBatch *batch = palloc0_object(SweepBatch);
	int			i;

	batch->gatherer.take = take;
	batch->digests = digests;
	batch->npolicies = watched->npolicies;
	batch->policies = palloc0_array(Gathered, watched->npolicies);
	batch->rows = AllocSetContextCreate(CurrentMemoryContext, "zjtx sweep batch", ALLOCSET_DEFAULT_SIZES);
	if (zjtx_batch)
		find_calls(batch, plan);
	batch->most = 1;
	for (i = 0; i < watched->npolicies; i++)
		if (batch->policies[i].call)
		{
			prepare(&batch->policies[i]);
			batch->most = SWEEP_BATCH_ROWS;
		}
		else
			batch->policies[i].verdicts = palloc0_array(Datum, MANY_ROWS);
	return batch;
}

/* ---------------- the rows ---------------- */

void
sweep_batch_put(SweepBatch *batch, const Datum *verdicts, const bool *nulls)
{
	MemoryContext old = MemoryContextSwitchTo(batch->rows);
	int			i;

	for (i = 0; i < batch->npolicies; i++)
	{
		Gathered   *policy = &batch->policies[i];

		if (policy->call && nulls[i])
			continue;
		if (nulls[i] || (policy->call && batch->nrows > 0))
			elog(ERROR, "a row was judged without a verdict");
		if (policy->call)
		{
			/* another plan has been made since */
			policy->call = NULL;
			policy->verdicts = MemoryContextAllocZero(GetMemoryChunkContext(batch), MANY_ROWS * sizeof(Datum));
		}
		policy->verdicts[batch->nrows] = datumCopy(verdicts[i], false, -1);
	}
	MemoryContextSwitchTo(old);
	batch->nrows++;
}

void
sweep_batch_judge(SweepBatch *batch, const uint64 *wanted)
{
	MemoryContext old = MemoryContextSwitchTo(batch->rows);
	int			i;

	for (i = 0; i < batch->npolicies; i++)
		if (batch->policies[i].call)
			many_judge(batch->policies[i].many, batch->nrows, wanted, batch->policies[i].facts);
	MemoryContextSwitchTo(old);
}

pg_uuid_t
sweep_batch_digest(SweepBatch *batch, int row, const char *key, int year)
{
	MemoryContext old = MemoryContextSwitchTo(batch->rows);
	Gatherer   *before = judge_gather(NULL);
	const int  *order = digests_order(batch->digests);
	int			i;

	digest_begin(batch->digests, key, year);
	for (i = 0; i < batch->npolicies; i++)
	{
		Gathered   *policy = &batch->policies[order[i]];

		if (policy->call == NULL)
			digest_add(batch->digests, order[i], policy->verdicts[row]);
		else if (policy->many->lines && ((policy->many->doubt[row / 64] >> (row % 64)) & 1) == 0)
			digest_add_row(batch->digests, order[i], policy->many->lines, row);
		else
		{
			many_single(policy->many, row, policy->facts);
			digest_add(batch->digests, order[i], policy->many->verdict);
		}
	}
	MemoryContextSwitchTo(old);
	(void) judge_gather(before);
	return digest_end(batch->digests);
}

void
sweep_batch_clear(SweepBatch *batch)
{
	batch->nrows = 0;
	MemoryContextReset(batch->rows);
}
