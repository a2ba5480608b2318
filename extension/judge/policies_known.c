/*
 * policies_known.c
 *		Makes policies known: each is read once, and has a Many of its own, so that codes of different policies are
 *		never mixed.
 *
 * Nothing here raises an error that a row would raise if it were asked.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "planner/facts_call.h"
#include "state.h"

static uint64 last_number = 0;

/* Whether a text is a policy.  Reading it works only in memory, so an error leaves nothing to be undone. */
static bool
is_valid(const char *text, int length)
{
	MemoryContext context = CurrentMemoryContext;
	volatile bool valid = true;

	PG_TRY();
	{
		(void) compiled_check(text, length, NULL);
	}
	PG_CATCH();
	{
		ErrorData  *error;
		int			category;

		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		category = ERRCODE_TO_CATEGORY(error->sqlerrcode);
		if (category != ERRCODE_DATA_EXCEPTION && category != ERRCODE_SYNTAX_ERROR_OR_ACCESS_RULE_VIOLATION &&
			category != ERRCODE_PROGRAM_LIMIT_EXCEEDED)
			ReThrowError(error);
		FreeErrorData(error);
		valid = false;
	}
	PG_END_TRY();
	return valid;
}

/* Whether a batch answers the question of the call with this policy, or name. */
static bool
takes_policy(const JudgedCall *call, const text *policy, MemoryContext pins, FactsCall *facts)
{
	List	   *args = list_copy(call->call->args);
	Oid			type = call->policies->type;

	if (type != TEXTOID && !is_valid(VARDATA_ANY(policy), VARSIZE_ANY_EXHDR(policy)))
		return false;
	linitial(args) = makeConst(type, -1, get_typcollation(type), -1, PointerGetDatum(policy), false, false);
	return rewrite_read_facts_call(args, pins, facts) && judge_takes_facts(facts, call->question);
}

/* The arguments, and columns of the rows read, that give the facts of a policy. */
static void
find_columns(const JudgedCall *call, RowPolicy *known, const Bitmapset *given)
{
	int			place = -1;

	known->columns = palloc_array(int, bms_num_members(given) + 1);
	known->facts = palloc_array(int, bms_num_members(given) + 1);
	while ((place = bms_next_member(given, place)) >= 0)
	{
		int			column = call->arguments[1 + place].column;

		known->facts[known->nfacts++] = place - 1;
		if (column > 0)
			known->columns[known->ncolumns++] = column;
	}
}

/* How a policy is asked. */
static void
prepare_many(JudgeState *state, const JudgedCall *call, RowPolicy *known, const text *policy)
{
	FunctionCallInfo fcinfo;

	known->many = many_create(call->call, call->question, state->nrows_most);
	known->values = palloc0_array(NullableDatum *, state->noutputs * MANY_CODES);
	fcinfo = known->many->fcinfo;
	fcinfo->args[0].isnull = false;
	fcinfo->args[0].value = call->policies->type == TEXTOID
		? PointerGetDatum(cstring_to_text_with_len(VARDATA_ANY(policy), VARSIZE_ANY_EXHDR(policy)))
		: policy_hold(VARDATA_ANY(policy), VARSIZE_ANY_EXHDR(policy), policy_new_serial());
	fcinfo->args[1] = call->many->fcinfo->args[1];
}

/* A place for another policy, or -1 if rows of the batch need all. */
static int
find_place(const JudgeState *state, const RowPolicies *policies)
{
	int			place = -1;
	int			i;

	for (i = 0; i < JUDGE_POLICIES; i++)
	{
		const RowPolicy *known = policies->known[i];

		if (known == NULL)
			return i;
		if (known->nrows == 0 && known->used != state->counts.nbatches &&
			(place < 0 || known->used < policies->known[place]->used))
			place = i;
	}
	return place;
}

/* Makes a policy known in whose rows there are enough, if there is room. */
RowPolicy *
policies_know(JudgeState *state, JudgedCall *call, RowPolicy *other)
{
	RowPolicies *policies = call->policies;
	int			place = find_place(state, policies);
	MemoryContext context;
	MemoryContext pins;
	MemoryContext old;
	RowPolicy  *known;
	const text *policy;
	FactsCall	facts;

	if (place < 0)
		return other;
	context = AllocSetContextCreate(state->css.ss.ps.state->es_query_cxt, "zjtx policy", ALLOCSET_DEFAULT_SIZES);
	pins = AllocSetContextCreate(context, "zjtx policy", ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(context);
	known = palloc(sizeof(RowPolicy));
	*known = *other;
	known->next = NULL;
	known->context = context;
	known->place = place;
	known->number = ++last_number;
	known->key = policy_key_copy(&other->key);
	known->value = datumCopy(other->value, false, -1);
	MemoryContextSwitchTo(pins);
	policy = DatumGetTextPP(other->value);
	if (takes_policy(call, policy, pins, &facts))
	{
		MemoryContextSwitchTo(context);
		find_columns(call, known, facts.given);
		prepare_many(state, call, known, policy);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(pins);
	if (policies->known[place])
		MemoryContextDelete(policies->known[place]->context);
	policies->known[place] = known;
	return known;
}
