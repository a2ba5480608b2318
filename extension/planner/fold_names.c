/*
 * fold_names.c
 *		Puts the value of a stored policy in place of its name in a plan (zjtx.fold_names).
 *
 * A plan with a value must not answer for another text or another day.  The text: such a plan depends on
 * zjtx.policies, as every plan with a name does.  The day: nothing invalidates plans at midnight.  So each plan has
 * guards (name, hash, day), which are checked whenever the plan starts.
 *
 * A condition in the plan, such as stands(name, hash), would check the same, but it keeps the executor from asking
 * foreign servers at the same time, and foreign servers from computing sums.  Therefore a guard is an item of
 * invalItems, where plans list the catalog entries that they depend on: it is kept and copied with the plan, and
 * with the number of no catalog cache the server ignores it.  It refers to a table of the session, because plans do
 * not outlive sessions.
 */
#include "postgres.h"

#include "compat.h"
#include "access/parallel.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "utils/acl.h"
#include "utils/guc.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/plancache.h"
#include "utils/snapmgr.h"

#include "facts/day.h"
#include "fold_names.h"
#include "folded.h"
#include "messages.h"
#include "own.h"
#include "session/stored.h"

/* What PlanInvalItem.cacheId is for a guard. */
#define GUARD_ID (-122)

/* What a plan was made for. */
typedef struct Guard
{
	char	   *name;			/* of the stored policy */
	char	   *hash;			/* of its text */
	bool		has_day;
	DateADT		day;			/* the day judged */
} Guard;

static bool zjtx_fold_names = false;

/* The guards of the session's plans; hashValue of an item is the index in it. */
static Guard *guards = NULL;
static uint32 nguards = 0;
static uint32 room = 0;

static ExecutorStart_hook_type next_executor_start = NULL;

/* ---------------- making ---------------- */

static uint32
guard_number(const char *name, const char *hash, bool has_day, DateADT day)
{
	MemoryContext old;
	Guard	   *guard;
	uint32		i;

	/* the latest ones are the most likely */
	for (i = nguards; i > 0; i--)
	{
		guard = &guards[i - 1];
		if (guard->has_day == has_day && guard->day == day && strcmp(guard->hash, hash) == 0 &&
			strcmp(guard->name, name) == 0)
			return i - 1;
	}
	old = MemoryContextSwitchTo(TopMemoryContext);
	if (nguards == room)
	{
		uint32		more = Max(16, room * 2);

		guards = guards ? repalloc_array(guards, Guard, more) : palloc_array(Guard, more);
		room = more;
	}
	guard = &guards[nguards];
	guard->name = pstrdup(name);
	guard->hash = pstrdup(hash);
	guard->has_day = has_day;
	guard->day = day;
	MemoryContextSwitchTo(old);
	return nguards++;
}

static void
add_guard(PlannerGlobal *glob, const char *name, const char *hash, bool has_day, DateADT day)
{
	PlanInvalItem *item;
	uint32		number = guard_number(name, hash, has_day, day);
	ListCell   *cell;

	foreach(cell, glob->invalItems)
	{
		item = lfirst(cell);
		if (item->cacheId == GUARD_ID && item->hashValue == number)
			return;
	}
	item = makeNode(PlanInvalItem);
	item->cacheId = GUARD_ID;
	item->hashValue = number;
	glob->invalItems = lappend(glob->invalItems, item);
}

Const *
fold_name(PlannerInfo *root, Node *argument)
{
	MemoryContext pins;
	FoldedValue folded;
	const Compiled *named;
	Const	   *result = NULL;

	/*
	 * A query without a relation may be evaluated without starting its plan,
	 * for example by PL/pgSQL. It needs no other server either.
	 */
	if (!zjtx_fold_names || root == NULL || root->glob == NULL || root->parse == NULL || root->parse->rtable == NIL ||
		root->parse->jointree == NULL || root->parse->jointree->fromlist == NIL ||
		!ActiveSnapshotSet() || IsParallelWorker() || !policy_folds(argument) ||
		(IsA(argument, Const) && exprType(argument) != TEXTOID))
		return NULL;
	root->glob->relationOids = list_append_unique_oid(root->glob->relationOids, policies_relation());
	/* row security may show another user other documents */
	root->glob->dependsOnRole = true;
	folded = policy_fold_value(argument, day_of_session());
	if (folded.value == (Datum) 0 || folded.name == NULL)
		return NULL;
	pins = AllocSetContextCreate(CurrentMemoryContext, "zjtx planning", ALLOCSET_SMALL_SIZES);
	named = stored_compiled(folded.name, strlen(folded.name), true, pins);
	if (named && stored_is_latest(folded.name, strlen(folded.name), named))
	{
		Oid			policy = own_type(OWN_POLICY);

		add_guard(root->glob, folded.name, stored_policy_hash(named), folded.has_day, folded.has_day ? folded.day : 0);
		result = makeConst(policy, -1, get_typcollation(policy), -1, folded.value, false, false);
	}
	else
		root->glob->transientPlan = true;
	MemoryContextDelete(pins);
	return result;
}

FuncExpr *
fold_name_of_call(PlannerInfo *root, const FuncExpr *call)
{
	Oid			types[FUNC_MAX_ARGS];
	const char *name;
	Const	   *value;
	Oid			function;
	FuncExpr   *result;
	ListCell   *cell;

	if (!zjtx_fold_names || list_length(call->args) < 2 || list_length(call->args) > FUNC_MAX_ARGS ||
		!own_member(ProcedureRelationId, call->funcid))
		return NULL;
	foreach(cell, call->args)
	{
		types[foreach_current_index(cell)] = exprType(lfirst(cell));
	}
	/* a row of any type is a record */
	if (types[0] != JSONBOID)
		types[0] = RECORDOID;
	types[1] = own_type(OWN_POLICY);
	name = get_func_name(call->funcid);
	function = own_function(name, list_length(call->args), types, call->funcresulttype, call->funcretset);
	if (!OidIsValid(function) || !MAY_EXECUTE(call->funcid) || !MAY_EXECUTE(function) ||
		(value = fold_name(root, lsecond(call->args))) == NULL)
		return NULL;
	result = copyObject((FuncExpr *) call);
	result->funcid = function;
	/* a policy has no collation, and foreign servers get no call with one */
	result->inputcollid = InvalidOid;
	lsecond(result->args) = value;
	return result;
}

/* ---------------- checking ---------------- */

static void
check_guard(const Guard *guard)
{
	const Compiled *compiled = stored_compiled(guard->name, strlen(guard->name), true, CurrentMemoryContext);

	if (compiled == NULL)
		stored_missing(guard->name, strlen(guard->name), guard->hash);
	else
		stored_check(guard->name, strlen(guard->name), compiled, guard->hash);
	if (guard->has_day && guard->day != day_of_session())
	{
		ResetPlanCache();
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("policy \"%s\" is judged for another day than that for which the statement was planned", guard->name),
				 errhint("Run the statement again.")));
	}
}

static void
fold_names_executor_start(QueryDesc *query, int flags)
{
	ListCell   *cell;

	foreach(cell, query->plannedstmt->invalItems)
	{
		const		PlanInvalItem *item = lfirst(cell);

		if (item->cacheId != GUARD_ID)
			continue;
		/* an item that does not come from this session cannot be checked */
		if (item->hashValue >= nguards)
			ereport(ERROR,
					(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
					 errmsg("the statement was planned in another session"),
					 errhint("Run the statement again.")));
		PushActiveSnapshot(query->snapshot);
		check_guard(&guards[item->hashValue]);
		PopActiveSnapshot();
	}
	if (next_executor_start)
		next_executor_start(query, flags);
	else
		standard_ExecutorStart(query, flags);
}

/* ---------------- settings ---------------- */

void
fold_names_day_changed(void)
{
	if (nguards > 0)
		ResetPlanCache();
}

static void
assign_fold_names(bool value, void *extra pg_attribute_unused())
{
	if (value != zjtx_fold_names)
		ResetPlanCache();
}

void
fold_names_init(void)
{
	DefineCustomBoolVariable("zjtx.fold_names",
							 "Plans questions that name a stored policy with its value, bound to the day judged, in place of the name.",
							 "The value travels to other servers, which need not have the document and do not judge for a day of their own.",
							 &zjtx_fold_names, false, PGC_USERSET, 0,
							 NULL, assign_fold_names, NULL);
	next_executor_start = ExecutorStart_hook;
	ExecutorStart_hook = fold_names_executor_start;
}
