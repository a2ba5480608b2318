/*
 * explain.c
 *		What EXPLAIN shows of a node Judge.
 */
#include "postgres.h"

#define ZJTX_EXPLAINS
#include "compat.h"
#include "utils/builtins.h"
#include "utils/ruleutils.h"

#include "state.h"

/* The policy of a call: its name, or else the beginning of its text; or the expression that it comes from. */
static char *
policy_of(const JudgedCall *call, List *context, bool prefix)
{
	Node	   *policy = linitial(call->call->args);
	const Const *constant = (const Const *) policy;
	char	   *policy_text;
	char	   *end;

	if (!IsA(policy, Const))
		return deparse_expression(policy, context, prefix, false);
	if (constant->constisnull)
		return NULL;
	policy_text = TextDatumGetCString(constant->constvalue);
	end = strchr(policy_text, '\n');
	if (end)
		*end = '\0';
	return policy_text;
}

/* The names of the facts that a call is given, without what is before them. */
static List *
facts_of(const JudgedCall *call, List *names)
{
	const Const *constant = lsecond(call->call->args);
	char	   *name = strtok(TextDatumGetCString(constant->constvalue), " ");

	for (; name; name = strtok(NULL, " "))
	{
		ListCell   *cell;
		bool		found = name[0] == '#' || strcmp(name, NAMES_OF_ROW) == 0;

		foreach(cell, names)
		{
			found |= strcmp(lfirst(cell), name) == 0;
		}
		if (!found)
			names = lappend(names, name);
	}
	return names;
}

void
judge_explain(CustomScanState *node, List *ancestors, ExplainState * es)
{
	JudgeState *state = (JudgeState *) node;
	List	   *context = set_deparse_context_plan(es->deparse_cxt, node->ss.ps.plan, ancestors);
	bool		prefix = es->verbose || EXPLAINED_RELATIONS(es) > 1;
	List	   *policies = NIL;
	List	   *facts = NIL;
	int			i;

	for (i = 0; i < state->ncalls; i++)
	{
		char	   *policy = policy_of(&state->calls[i], context, prefix);
		ListCell   *cell;
		bool		found = policy == NULL;

		foreach(cell, policies)
		{
			found = found || strcmp(lfirst(cell), policy) == 0;
		}
		if (!found)
			policies = lappend(policies, policy);
		facts = facts_of(&state->calls[i], facts);
	}
	ExplainPropertyList("Policy", policies, es);
	if (es->verbose)
		ExplainPropertyList("Columns", facts, es);
	if (!es->analyze)
		return;
	judge_count_whole(state);
	ExplainPropertyInteger("Batches", NULL, (int64) state->counts.nbatches, es);
	ExplainPropertyInteger("Rows Judged Singly", NULL, (int64) state->counts.singly, es);
}
