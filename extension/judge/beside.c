/*
 * beside.c
 *		Calls about the same policy, which share what is computed of a batch.
 *
 * e |= p and e |# p read nearly the same facts and test the same conditions.  Of the calls about a policy, the one that has
 * the facts of another begins the batch for both.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "state.h"

/* The names of a call's facts: the last words of its second argument, as bind_arguments_desc() reads them. */
static List *
names_of(const FuncExpr *call)
{
	const Const *names = lsecond_node(Const, call->args);
	char	   *rest;
	char	   *name;
	List	   *found = NIL;

	for (name = strtok_r(TextDatumGetCString(names->constvalue), " ", &rest); name; name = strtok_r(NULL, " ", &rest))
	{
		found = lappend(found, makeString(name));
	}
	return list_copy_tail(found, list_length(found) - (list_length(call->args) - 2));
}

/* The value of a fact of a call, or NULL. */
static Node *
fact_of(const FuncExpr *call, const List *names, const Node *name)
{
	ListCell   *cell;

	foreach(cell, names)
	{
		if (equal(lfirst(cell), name))
			return list_nth(call->args, foreach_current_index(cell) + 2);
	}
	return NULL;
}

/* Whether a call has all facts of another, with the same values. */
static bool
has_facts(const FuncExpr *call, const FuncExpr *other)
{
	List	   *names = names_of(call);
	ListCell   *name_cell;
	ListCell   *fact_cell;

	if (!equal(linitial(call->args), linitial(other->args)))
		return false;
	forboth(name_cell, names_of(other), fact_cell, list_copy_tail(other->args, 2))
	{
		if (!equal(fact_of(call, names, lfirst(name_cell)), lfirst(fact_cell)))
			return false;
	}
	return true;
}

/* The call that begins batches for another: the first one with the most facts. */
static JudgedCall *
call_beside(const JudgeState *state, JudgedCall *call)
{
	JudgedCall *best = call;
	int			i;

	for (i = state->ncalls - 1; i >= 0; i--)
	{
		JudgedCall *other = &state->calls[i];

		if (other->policies == NULL && other->many->nfacts >= best->many->nfacts && has_facts(other->call, call->call))
			best = other;
	}
	return best;
}

void
judge_find_beside(JudgeState *state)
{
	int			i;

	for (i = 0; i < state->ncalls; i++)
	{
		JudgedCall *call = &state->calls[i];
		JudgedCall *best = call->policies == NULL ? call_beside(state, call) : call;

		if (best == call)
			continue;
		call->beside = best;
		call->many->beside = best->many;
		call->many->beside_columns = best->facts;
	}
}
