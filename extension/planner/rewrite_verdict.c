/*
 * rewrite_verdict.c
 *		Narrows judge(e, p) in a query that reads only one clause or rung of the verdict.
 *
 * A published view computes the verdict in a UNION ALL, so that each row is judged once, and
 * its columns read the verdict with verdict_amount and verdict_eligible.  If a query uses only
 * columns of one clause, judge(e, 'x') becomes judge(e, 'x/clause').
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "own.h"
#include "rewrite.h"
#include "session/stored.h"

/* What a query does with verdicts. */
typedef struct VerdictUses
{
	const PlannerInfo *root;
	const FuncExpr *judge;		/* the call */
	Oid			verdict;
	const char *clause;			/* the only clause or rung that is read */
	bool		other;			/* something else is done */
} VerdictUses;

/* Whether a function reads a clause or rung, or a stage, of a verdict. */
static bool
reads_clause(const FuncExpr *call, Oid verdict)
{
	Oid			types[3] = {verdict, TEXTOID, TEXTOID};
	int			nargs = list_length(call->args);

	if (nargs < 2 || nargs > 3 || !own_member(ProcedureRelationId, call->funcid))
		return false;
	return call->funcid == own_internal_function("verdict_amount", nargs, types, NUMERICOID, false) ||
		call->funcid == own_internal_function("verdict_eligible", nargs, types, BOOLOID, false);
}

bool
rewrite_reads_verdict(Node *node)
{
	const FuncExpr *call = (const FuncExpr *) node;
	static const char *const readers[] = {"verdict_amount", "verdict_eligible", "verdict_total", "verdict_placement"};
	char	   *name;
	size_t		i;

	if (!IsA(node, FuncExpr) || call->args == NIL)
		return false;
	name = get_func_name(call->funcid);
	for (i = 0; name && i < lengthof(readers); i++)
		if (strcmp(name, readers[i]) == 0)
			return own_member(ProcedureRelationId, call->funcid);
	return false;
}

static void
note_clause(VerdictUses *uses, const Node *argument)
{
	const Const *clause = (const Const *) argument;
	const char *code;

	if (!IsA(argument, Const) || clause->constisnull)
	{
		uses->other = true;
		return;
	}
	code = TextDatumGetCString(clause->constvalue);
	if (*code == '\0' || (uses->clause && strcmp(uses->clause, code) != 0))
		uses->other = true;
	uses->clause = code;
}

static bool
joins(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, RangeTblRef))
		return ((const RangeTblRef *) node)->rtindex == *(const int *) context;
	return expression_tree_walker(node, joins, context);
}

/*
 * Whether a subquery was pulled up.  Then neither the join tree nor an inheritance set has
 * it, but servers before 16 leave it in the range table.
 */
static bool
is_pulled_up(const PlannerInfo *root, int index)
{
	ListCell   *cell;

	if (root->parse->setOperations || joins((Node *) root->parse->jointree, &index))
		return false;
	foreach(cell, root->append_rel_list)
	{
		if ((int) ((const AppendRelInfo *) lfirst(cell))->child_relid == index)
			return false;
	}
	return true;
}

static bool
find_uses(Node *node, void *context)
{
	VerdictUses *uses = context;

	if (node == NULL || uses->other)
		return uses->other;
	check_stack_depth();
	if (IsA(node, Query))
	{
		Query	   *query = (Query *) node;
		ListCell   *cell;

		/*
		 * the parts of a UNION ALL that was pulled up are not part of the
		 * query
		 */
		foreach(cell, query->rtable)
		{
			RangeTblEntry *rte = lfirst(cell);

			if (rte->rtekind == RTE_SUBQUERY && !rte->inh &&
				!(query == uses->root->parse && is_pulled_up(uses->root, foreach_current_index(cell) + 1)) &&
				find_uses((Node *) rte->subquery, uses))
				return true;
		}
		return query_tree_walker(query, find_uses, context, QTW_IGNORE_RT_SUBQUERIES | QTW_IGNORE_JOINALIASES);
	}
	if (IsA(node, Var))
	{
		const Var  *column = (const Var *) node;

		uses->other = column->vartype == uses->verdict || column->varattno == InvalidAttrNumber;
		return uses->other;
	}
	if (IsA(node, FuncExpr))
	{
		const FuncExpr *call = (const FuncExpr *) node;

		if (call->funcid == uses->judge->funcid)
			uses->other = true;
		else if (reads_clause(call, uses->verdict) && IsA(linitial(call->args), Var))
		{
			note_clause(uses, lsecond(call->args));
			return uses->other;
		}
	}
	return uses->other || expression_tree_walker(node, find_uses, context);
}

/* What queries do with verdicts. */
typedef struct Reading
{
	Oid			verdict;
	bool		reads;
	bool		other;
} Reading;

static bool
find_reading(Node *node, void *context)
{
	Reading    *reading = context;

	/* a query in this one has a plan of its own */
	if (node == NULL || IsA(node, Query))
		return false;
	if (IsA(node, Var))
		reading->other |= ((Var *) node)->vartype == reading->verdict;
	else if (rewrite_reads_verdict(node) && IsA(linitial(((FuncExpr *) node)->args), Var))
	{
		reading->reads = true;
		return false;
	}
	return reading->other || expression_tree_walker(node, find_reading, context);
}

bool
rewrite_only_reads_verdicts(const PlannerInfo *root)
{
	Reading		reading = {own_type(OWN_VERDICT), false, false};

	for (; root && !reading.other; root = root->parent_root)
		(void) query_tree_walker(root->parse, find_reading, &reading, QTW_IGNORE_RT_SUBQUERIES |
								 QTW_IGNORE_CTE_SUBQUERIES | QTW_IGNORE_JOINALIASES);
	return reading.reads && !reading.other;
}

/* Whether an expression contains the call. */
static bool
contains_call(Node *node, void *context)
{
	const FuncExpr *call = context;

	if (node == NULL)
		return false;
	if (IsA(node, FuncExpr) && ((const FuncExpr *) node)->funcid == call->funcid &&
		equal(((const FuncExpr *) node)->args, call->args))
		return true;
	return expression_tree_walker(node, contains_call, context);
}

/* Whether a name is that of a stored clause, rung or group, and not of a definition. */
static bool
is_clause(const char *name)
{
	MemoryContext pins = AllocSetContextCreate(CurrentMemoryContext, "zjtx planning", ALLOCSET_SMALL_SIZES);
	const Compiled *compiled = ActiveSnapshotSet() ? stored_compiled(name, strlen(name), true, pins) : NULL;
	bool		clause = compiled != NULL;
	int			i;

	for (i = 0; clause && i < compiled->nprograms; i++)
		clause = compiled->programs[i]->value < 0;
	MemoryContextDelete(pins);
	return clause;
}

/* Returns a policy's name narrowed to a part, or NULL if that is not possible. */
static Const *
narrowed(const Const *policy, const char *part)
{
	const char *name;

	if (!IsA(policy, Const) || policy->constisnull || policy->consttype != TEXTOID)
		return NULL;
	name = TextDatumGetCString(policy->constvalue);
	if (strchr(name, '/'))
		return NULL;
	name = psprintf("%s/%s", name, part);
	return is_clause(name) ? rewrite_text_const(name) : NULL;
}

FuncExpr *
narrow_judge(PlannerInfo *root, FuncExpr *call)
{
	VerdictUses uses = {0};
	FuncExpr   *result;
	Const	   *policy;

	if (root == NULL || root->parse == NULL || root->append_rel_list == NIL || list_length(call->args) != 2 ||
		!own_member(ProcedureRelationId, call->funcid) || !contains_call((Node *) root->append_rel_list, call))
		return NULL;
	uses.root = root;
	uses.judge = call;
	uses.verdict = call->funcresulttype;
	if (find_uses((Node *) root->parse, &uses) || uses.other || uses.clause == NULL)
		return NULL;
	policy = narrowed(lsecond(call->args), uses.clause);
	if (policy == NULL)
		return NULL;
	result = copyObject(call);
	lsecond(result->args) = policy;
	return result;
}
