/*
 * planner.c
 *		A planner that makes a plan of its own of PostgreSQL's, as extensions do that distribute tables.
 *
 * It gets the query before PostgreSQL plans it and reports the texts in it, and whether it calls functions that are
 * not IMMUTABLE.  Its plan for tables of the schema public does not say on what it depends.  Loaded by
 * shared_preload_libraries.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/optimizer.h"
#include "optimizer/planner.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"

PG_MODULE_MAGIC;

extern PGDLLEXPORT void _PG_init(void);

#if PG_VERSION_NUM >= 190000
#define MORE_PARAMETERS , struct ExplainState *explained
#define MORE_ARGUMENTS , explained
#else
#define MORE_PARAMETERS
#define MORE_ARGUMENTS
#endif

static bool reports = false;

static bool
report_texts(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, Query))
		return query_tree_walker((Query *) node, report_texts, context, 0);
	if (IsA(node, Const) && ((Const *) node)->consttype == TEXTOID && !((Const *) node)->constisnull)
		ereport(NOTICE, (errmsg("text: %s", TextDatumGetCString(((Const *) node)->constvalue))));
	return expression_tree_walker(node, report_texts, context);
}

/* Whether a query reads a table of the schema public. */
static bool
reads_public(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, RangeTblEntry))
		return get_rel_namespace(((RangeTblEntry *) node)->relid) == get_namespace_oid("public", false);
	if (IsA(node, Query))
		return query_tree_walker((Query *) node, reads_public, context, QTW_EXAMINE_RTES_BEFORE);
	return expression_tree_walker(node, reads_public, context);
}

static PlannedStmt *
plan_and_forget(Query *query, const char *text, int options, ParamListInfo parameters MORE_PARAMETERS)
{
	bool		forgets = reads_public((Node *) query, NULL);
	PlannedStmt *plan;

	if (reports)
	{
		(void) report_texts((Node *) query, NULL);
		ereport(NOTICE, (errmsg(contain_mutable_functions((Node *) query) ? "mutable" : "immutable")));
	}
	plan = standard_planner(query, text, options, parameters MORE_ARGUMENTS);
	if (forgets)
	{
		plan->relationOids = NIL;
		plan->invalItems = NIL;
		plan->dependsOnRole = false;
		plan->transientPlan = false;
	}
	return plan;
}

void
_PG_init(void)
{
	DefineCustomBoolVariable("planner.reports", "Reports the query.", NULL, &reports, false, PGC_USERSET, 0,
							 NULL, NULL, NULL);
	planner_hook = plan_and_forget;
}
