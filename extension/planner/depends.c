/*
 * depends.c
 *		Adds to a plan what it depends on beyond the objects that its query names.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_proc.h"
#include "commands/extension.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/planner.h"
#include "utils/lsyscache.h"
#include "utils/plancache.h"

#include "depends.h"
#include "fold_names.h"
#include "own.h"
#include "session/stored.h"

/* PlanInvalItem.cacheId of a mark: all that this plan depends on was added to it. */
#define COMPLETE_ID (-123)

/* What was found for one call of the planner, and for those that it calls. */
typedef struct Found
{
	struct Found *outer;
	MemoryContext context;		/* as long as the call */
	List	   *relations;
	List	   *items;
	bool		role;
	bool		moment;
} Found;

static Found *found = NULL;
static planner_hook_type next_planner = NULL;

/*
 * Whether a plan of another planner depends on the table of policies, and was begun before the library was loaded, so
 * that nothing is added to it.
 */
static bool lost = false;

static bool
lists_item(List *items, const PlanInvalItem *item)
{
	ListCell   *cell;

	foreach(cell, items)
	{
		const PlanInvalItem *other = lfirst(cell);

		if (other->cacheId == item->cacheId && other->hashValue == item->hashValue)
			return true;
	}
	return false;
}

static List *
add_item(List *items, const PlanInvalItem *item)
{
	return lists_item(items, item) ? items : lappend(items, copyObject(unconstify(PlanInvalItem *, item)));
}

void
depends_on_relation(PlannerInfo *root, Oid relation)
{
	MemoryContext old;

	if (root)
		root->glob->relationOids = list_append_unique_oid(root->glob->relationOids, relation);
	if (found)
	{
		old = MemoryContextSwitchTo(found->context);
		found->relations = list_append_unique_oid(found->relations, relation);
		MemoryContextSwitchTo(old);
	}
	else if (next_planner && relation == policies_relation())
		lost = true;
}

void
depends_on_role(PlannerInfo *root)
{
	if (root)
		root->glob->dependsOnRole = true;
	if (found)
		found->role = true;
}

void
depends_on_moment(PlannerInfo *root)
{
	if (root)
		root->glob->transientPlan = true;
	if (found)
		found->moment = true;
}

void
depends_on_item(PlannerInfo *root, int number, uint32 value)
{
	PlanInvalItem *item = makeNode(PlanInvalItem);
	MemoryContext old;

	item->cacheId = number;
	item->hashValue = value;
	if (root)
		root->glob->invalItems = add_item(root->glob->invalItems, item);
	if (found)
	{
		old = MemoryContextSwitchTo(found->context);
		found->items = add_item(found->items, item);
		MemoryContextSwitchTo(old);
	}
}

static const PlanInvalItem complete = {.type = T_PlanInvalItem,.cacheId = COMPLETE_ID};

bool
depends_lost(const PlannedStmt *plan)
{
	if (!lost || lists_item(plan->invalItems, &complete))
		return false;
	lost = false;
	if (list_member_oid(plan->relationOids, policies_relation()))
		return false;
	ResetPlanCache();
	return true;
}

/* Adds to a plan what was found for it, and to what was found for the plan of which it is a part. */
static void
add_found(PlannedStmt *plan, const Found *inner)
{
	ListCell   *cell;

	foreach(cell, inner->relations)
	{
		plan->relationOids = list_append_unique_oid(plan->relationOids, lfirst_oid(cell));
		if (found)
			depends_on_relation(NULL, lfirst_oid(cell));
	}
	foreach(cell, inner->items)
	{
		const PlanInvalItem *item = lfirst(cell);

		plan->invalItems = add_item(plan->invalItems, item);
		if (found)
			depends_on_item(NULL, item->cacheId, item->hashValue);
	}
	plan->dependsOnRole |= inner->role;
	plan->transientPlan |= inner->moment;
	if (found)
	{
		found->role |= inner->role;
		found->moment |= inner->moment;
	}
}

/* Whether a query calls one of the extension's functions. */
static bool
calls_ours(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, Query))
		return query_tree_walker((Query *) node, calls_ours, context, 0);
	if ((IsA(node, FuncExpr) && own_member(ProcedureRelationId, ((FuncExpr *) node)->funcid)) ||
		(IsA(node, OpExpr) && own_member(ProcedureRelationId, get_opcode(((OpExpr *) node)->opno))))
		return true;
	return expression_tree_walker(node, calls_ours, context);
}

static PlannedStmt *
plan_and_note(Query *query, const char *text, int options, PLANNER_PARAMETERS)
{
	Found		inner = {.outer = found,.context = CurrentMemoryContext};
	PlannedStmt *result;

	found = &inner;
	PG_TRY();
	{
		/*
		 * another planner may send the query as it is, or keep parts of its
		 * plan
		 */
		if (next_planner && !creating_extension && OidIsValid(own_extension()) && calls_ours((Node *) query, NULL))
			depends_on_relation(NULL, policies_relation());
		query = fold_names_of_query(query);
		result = next_planner ? next_planner(query, text, options, PLANNER_ARGUMENTS)
			: standard_planner(query, text, options, PLANNER_ARGUMENTS);
	}
	PG_FINALLY();
	{
		found = inner.outer;
	}
	PG_END_TRY();
	add_found(result, &inner);
	if (lost)
		result->invalItems = add_item(result->invalItems, &complete);
	return result;
}

void
depends_init(void)
{
	next_planner = planner_hook;
	planner_hook = plan_and_note;
}
