/*
 * fold_names.c
 *		Puts the value of a stored policy in place of its name in a plan (zjtx.fold_names).
 *
 * That is done twice: before a query is planned, for planners that send parts of it to other servers, and while it is
 * planned, for what appears then, as from functions in SQL that are inlined.
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
#include "access/htup_details.h"
#include "access/parallel.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/guc.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/plancache.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "depends.h"
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

/* The value of a policy argument, as fold_name says, without a look at the query. */
static Const *
value_of(PlannerInfo *root, Node *argument)
{
	MemoryContext pins;
	FoldedValue folded;
	const Compiled *named;
	Const	   *result = NULL;

	if (!ActiveSnapshotSet() || IsParallelWorker() || !policy_folds(argument) ||
		(IsA(argument, Const) && exprType(argument) != TEXTOID))
		return NULL;
	depends_on_relation(root, policies_relation());
	/* row security may show another user other documents */
	depends_on_role(root);
	folded = policy_fold_value(argument, day_of_session());
	if (folded.value == (Datum) 0 || folded.name == NULL)
		return NULL;
	pins = AllocSetContextCreate(CurrentMemoryContext, "zjtx planning", ALLOCSET_SMALL_SIZES);
	named = stored_compiled(folded.name, strlen(folded.name), true, pins);
	if (named && stored_is_latest(folded.name, strlen(folded.name), named))
	{
		Oid			policy = own_type(OWN_POLICY);

		depends_on_item(root, GUARD_ID, guard_number(folded.name, stored_policy_hash(named), folded.has_day,
													 folded.has_day ? folded.day : 0));
		result = makeConst(policy, -1, get_typcollation(policy), -1, folded.value, false, false);
	}
	else
		depends_on_moment(root);
	MemoryContextDelete(pins);
	return result;
}

/*
 * Whether a query reads a relation.  One that does not may be evaluated without starting its plan, for example by
 * PL/pgSQL, and needs no other server.
 */
static bool
reads_relation(const Query *query)
{
	return query && query->rtable != NIL && query->jointree && query->jointree->fromlist != NIL;
}

Const *
fold_name(PlannerInfo *root, Node *argument)
{
	return zjtx_fold_names && root && root->glob && reads_relation(root->parse) ? value_of(root, argument) : NULL;
}

/* Returns a call with a value in place of the name that is its argument number i, or NULL. */
static FuncExpr *
call_with_value_at(PlannerInfo *root, const FuncExpr *call, int i)
{
	Oid		   *types;
	int			ntypes;
	const char *name = get_func_name(call->funcid);
	Const	   *value;
	Oid			function;
	FuncExpr   *result;

	(void) get_func_signature(call->funcid, &types, &ntypes);
	if (i >= ntypes || i >= list_length(call->args))
		return NULL;
	types[i] = own_type(OWN_POLICY);
	function = own_function(name, ntypes, types, call->funcresulttype, call->funcretset);
	if (!OidIsValid(function) || !MAY_EXECUTE(call->funcid) || !MAY_EXECUTE(function) ||
		(value = value_of(root, list_nth(call->args, i))) == NULL)
		return NULL;
	result = copyObject((FuncExpr *) call);
	result->funcid = function;
	/* a policy has no collation, and foreign servers get no call with one */
	result->inputcollid = InvalidOid;
	lfirst(list_nth_cell(result->args, i)) = value;
	return result;
}

/* Returns a call with values in place of its names, which follow the row; or NULL. */
static FuncExpr *
call_with_value(PlannerInfo *root, const FuncExpr *call)
{
	FuncExpr   *first;
	FuncExpr   *second;

	if (list_length(call->args) < 2 || !own_member(ProcedureRelationId, call->funcid))
		return NULL;
	first = call_with_value_at(root, call, 1);
	/* differences compares two */
	second = call_with_value_at(root, first ? first : call, 2);
	return second ? second : first;
}

FuncExpr *
fold_name_of_call(PlannerInfo *root, const FuncExpr *call)
{
	return zjtx_fold_names && root && root->glob && reads_relation(root->parse) ? call_with_value(root, call) : NULL;
}

/* The call with all its arguments by position, as the planner makes it later. */
static FuncExpr *
with_all_arguments(FuncExpr *call)
{
	HeapTuple	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(call->funcid));

	if (!HeapTupleIsValid(tuple))
		return call;
	call->args = expand_function_arguments(call->args, false, call->funcresulttype, tuple);
	ReleaseSysCache(tuple);
	return call;
}

/* Returns the constants of an array of texts, or NIL. */
static List *
texts_of(Node *array)
{
	List	   *result = NIL;
	Datum	   *elements;
	bool	   *nulls;
	int			nelements;
	int			i;

	if (IsA(array, ArrayExpr) && ((ArrayExpr *) array)->element_typeid == TEXTOID && !((ArrayExpr *) array)->multidims)
		return ((ArrayExpr *) array)->elements;
	if (!IsA(array, Const) || ((Const *) array)->consttype != TEXTARRAYOID || ((Const *) array)->constisnull)
		return NIL;
	deconstruct_array(DatumGetArrayTypeP(((Const *) array)->constvalue), TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls,
					  &nelements);
	for (i = 0; i < nelements; i++)
		result = lappend(result, makeConst(TEXTOID, -1, DEFAULT_COLLATION_OID, -1, elements[i], nulls[i], false));
	return result;
}

/* Returns e |= 'a' OR e |= 'b', with values, for e |= ANY (ARRAY['a', 'b']), and with AND for ALL; or NULL. */
static Node *
any_with_values(const ScalarArrayOpExpr *asked)
{
	List	   *calls = NIL;
	List	   *texts;
	ListCell   *cell;

	if (!own_member(ProcedureRelationId, get_opcode(asked->opno)))
		return NULL;
	texts = texts_of(lsecond(asked->args));
	if (texts == NIL || contain_volatile_functions(linitial(asked->args)))
		return NULL;
	foreach(cell, texts)
	{
		FuncExpr   *call = makeFuncExpr(get_opcode(asked->opno), BOOLOID, list_make2(linitial(asked->args), lfirst(cell)),
										InvalidOid, asked->inputcollid, COERCE_EXPLICIT_CALL);

		call = call_with_value(NULL, call);
		if (call == NULL)
			return NULL;
		calls = lappend(calls, call);
	}
	return list_length(calls) == 1 ? linitial(calls)
		: (Node *) makeBoolExpr(asked->useOr ? OR_EXPR : AND_EXPR, calls, asked->location);
}

/* Puts values into the calls and operators of an expression of a query, if that or one around it reads a relation. */
static Node *
put_values(Node *node, void *reading)
{
	FuncExpr   *call = NULL;
	Node	   *valued;

	if (node == NULL)
		return NULL;
	check_stack_depth();
	if (IsA(node, Query))
		return (Node *) query_tree_mutator((Query *) node, put_values,
										   reads_relation((Query *) node) ? node : reading, 0);
	node = expression_tree_mutator(node, put_values, reading);
	if (reading == NULL)
		return node;
	if (IsA(node, ScalarArrayOpExpr))
	{
		valued = any_with_values((ScalarArrayOpExpr *) node);
		return valued ? valued : node;
	}
	if (IsA(node, FuncExpr) && own_member(ProcedureRelationId, ((FuncExpr *) node)->funcid))
		call = with_all_arguments((FuncExpr *) node);
	else if (IsA(node, OpExpr) && list_length(((OpExpr *) node)->args) == 2)
	{
		OpExpr	   *asked = (OpExpr *) node;

		call = makeFuncExpr(get_opcode(asked->opno), asked->opresulttype, asked->args, asked->opcollid,
							asked->inputcollid, COERCE_EXPLICIT_CALL);
		call->location = asked->location;
	}
	valued = call ? (Node *) call_with_value(NULL, call) : NULL;
	/* stored('name'), and what is derived from it, outside a question */
	if (valued == NULL && call && call->funcresulttype == own_type(OWN_POLICY) && !call->funcretset)
		valued = (Node *) value_of(NULL, (Node *) call);
	return valued ? valued : node;
}

Query *
fold_names_of_query(Query *query)
{
	return zjtx_fold_names && OidIsValid(own_extension()) && ActiveSnapshotSet() && !IsParallelWorker()
		? (Query *) put_values((Node *) query, NULL) : query;
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

	if (depends_lost(query->plannedstmt) && zjtx_fold_names)
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("the library zjtx was loaded after the planning of the statement had begun, so it may contain names"),
				 errhint("Run the statement again. To prevent this, add zjtx to session_preload_libraries.")));
	foreach(cell, query->plannedstmt->invalItems)
	{
		const PlanInvalItem *item = lfirst(cell);

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
