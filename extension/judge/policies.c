/*
 * policies.c
 *		Finds the policies of rows where they are not constant.
 *
 * A policy is recognized without reading its text (session/held.h).  One that enough rows of a batch have becomes
 * known, as long as there is room (policies_known.c).
 */
#include "postgres.h"

#include "compat.h"
#include "nodes/nodeFuncs.h"
#include "utils/datum.h"
#include "utils/memutils.h"

#include "state.h"

/* ---------------- preparing ---------------- */

RowPolicies *
policies_create(JudgeState *state, const JudgedCall *call, JudgePolicy kind)
{
	RowPolicies *policies = palloc0(sizeof(RowPolicies));
	Node	   *policy = linitial(call->call->args);
	Node	   *text = judge_text_of_policy(policy);

	policies->kind = kind;
	policies->type = exprType(policy);
	policies->from_text = text != NULL;
	if (text)
	{
		while (IsA(policy, RelabelType))
			policy = (Node *) ((RelabelType *) policy)->arg;
		fmgr_info(castNode(FuncExpr, policy)->funcid, &policies->cast);
		fmgr_info_set_expr(policy, &policies->cast);
	}
	if (kind == POLICY_OF_ROW)
		policies->of_row = palloc0_array(RowPolicy *, state->nrows_most);
	policies->answers = palloc0_array(NullableDatum, state->nrows_most);
	policies->number = palloc_array(uint16, state->nrows_most);
	policies->rows = palloc_array(uint16, state->nrows_most);
	return policies;
}

/* After a change of the snapshot, what was found before may be something else. */
static void
forget_known(RowPolicies *policies)
{
	int			i;

	policies->evaluated = false;

	for (i = 0; i < JUDGE_POLICIES; i++)
	{
		if (policies->known[i])
			MemoryContextDelete(policies->known[i]->context);
		policies->known[i] = NULL;
	}
}

void
policies_begin(JudgeState *state)
{
	SnapshotMark now;
	int			i;

	if (state->npolicies == 0)
		return;
	now = stored_snapshot_mark();
	for (i = 0; i < state->ncalls; i++)
	{
		RowPolicies *policies = state->calls[i].policies;

		if (policies == NULL)
			continue;
		if (memcmp(&policies->mark, &now, sizeof(now)) != 0)
			forget_known(policies);
		policies->mark = now;
		policies->latest = NULL;
		memset(policies->others, 0, sizeof(policies->others));
		/* what is not known is gone with the batch */
		if (policies->evaluated && policies->of_scan && policies->of_scan->context == NULL)
			policies->evaluated = false;
		if (!policies->evaluated)
			policies->of_scan = NULL;
	}
}

void
policies_rescan(JudgeState *state)
{
	int			i;

	for (i = 0; i < state->ncalls; i++)
		if (state->calls[i].policies)
			state->calls[i].policies->evaluated = false;
}

/* ---------------- looking up ---------------- */

/* A number that differs between most keys, from a few bytes of them. */
static inline uint32
sketch_of(const PolicyKey *key)
{
	uint64		first = 0;
	uint64		middle = 0;
	uint64		last = 0;
	int			bytes = Min(key->length, (int) sizeof(uint64));

	memcpy(&first, key->data, bytes);
	memcpy(&middle, key->data + (key->length - bytes) / 2, bytes);
	memcpy(&last, key->data + key->length - bytes, bytes);
	first = (first ^ (middle << 1) ^ (last << 2) ^ (uint64) key->length) * UINT64CONST(0x9E3779B97F4A7C15);
	return (uint32) (first >> 32);
}

static inline bool
is_policy(const RowPolicy *policy, const PolicyKey *key, uint32 sketch)
{
	return policy->sketch == sketch && policy_key_equal(&policy->key, key);
}

/* A policy that the batch has not had yet. */
static RowPolicy *
add_other(JudgeState *state, RowPolicies *policies, Datum value, const PolicyKey *key, uint32 sketch, bool stays)
{
	MemoryContext old = MemoryContextSwitchTo(state->context);
	RowPolicy  *other = palloc0(sizeof(RowPolicy));
	RowPolicy **slot = &policies->others[sketch % POLICY_SLOTS];

	other->sketch = sketch;
	other->key = stays ? *key : policy_key_copy(key);
	other->value = stays ? value : datumCopy(value, false, -1);
	other->next = *slot;
	*slot = other;
	MemoryContextSwitchTo(old);
	return other;
}

/* Returns the policy that a value is, which stays as it is as long as the batch, or else is copied. */
RowPolicy *
policies_look_up(JudgeState *state, RowPolicies *policies, Datum value, bool stays)
{
	PolicyKey	key = policy_key(value);
	RowPolicy  *policy = policies->latest;
	uint32		sketch;
	int			i;

	if (policy && policy_key_equal(&policy->key, &key))
		return policy;
	sketch = sketch_of(&key);
	for (i = 0; i < JUDGE_POLICIES; i++)
		if (policies->known[i] && is_policy(policies->known[i], &key, sketch))
			return policies->latest = policies->known[i];
	for (policy = policies->others[sketch % POLICY_SLOTS]; policy; policy = policy->next)
		if (is_policy(policy, &key, sketch))
			return policies->latest = policy;
	return policies->latest = add_other(state, policies, value, &key, sketch, stays);
}

void
policies_keep(JudgeState *state, RowPolicies *policies, Datum value, bool null)
{
	policies->of_row[state->nrows] = null ? NULL : policies_look_up(state, policies, value, false);
}
