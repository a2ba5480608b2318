/*
 * policies_judge.c
 *		Divides the rows of a batch by their policies, and judges them.
 *
 * Rows of one policy that are scattered over the batch are put together before they are judged.  Rows of a text that is
 * no policy, of a policy that refuses the question or the columns, and of policies that few rows have, are answered
 * singly, by the call itself, when it is their turn.
 */
#include "postgres.h"

#include "compat.h"
#include "executor/executor.h"
#include "nodes/nodeFuncs.h"
#include "port/pg_bitutils.h"
#include "utils/datum.h"
#include "utils/memutils.h"

#include "state.h"

/* From so many rows of a batch on, to judge them together costs less than singly. */
#define LEAST_ROWS 32

/* ---------------- dividing ---------------- */

#define EACH_ROW(i, word, group) \
	for (uint64 rest_of_rows = (word); \
		 rest_of_rows != 0 && ((i) = (group) * 64 + pg_rightmost_one_pos64(rest_of_rows), true); \
		 rest_of_rows &= rest_of_rows - 1)

/* The policy of all rows. */
static void
evaluate_of_scan(JudgeState *state, const JudgedCall *call)
{
	RowPolicies *policies = call->policies;
	Datum		value;
	bool		null;

	if (policies->evaluated)
		return;
	if (state->joined)
		judge_put_joined(state);
	value = ExecEvalExprSwitchContext(call->arguments[0].expr, state->css.ss.ps.ps_ExprContext, &null);
	policies->of_scan = null ? NULL : policies_look_up(state, policies, value, false);
	policies->evaluated = true;
}

static void
set_null(RowPolicies *policies, int row)
{
	policies->own[row / 64] |= UINT64CONST(1) << (row % 64);
	policies->answers[row].isnull = true;
	policies->answers[row].value = (Datum) 0;
}

/* Divides the rows that are left by their policies. */
static void
divide(JudgeState *state, const JudgedCall *call)
{
	RowPolicies *policies = call->policies;
	const DatumColumn *column = state->plan.scans && call->arguments[0].column > 0
	? &state->taken[call->arguments[0].column - 1] : NULL;
	int			g;
	int			i;

	for (g = 0; g * 64 < state->nrows; g++)
		EACH_ROW(i, state->alive[g], g)
	{
		RowPolicy  *policy;

		/* the values stay where they are, on pages or in the batch */
		if (policies->kind == POLICY_OF_ROW && column)
			policies->of_row[i] = (column->nulls[g] >> (i % 64)) & 1 ? NULL : policies_look_up(state, policies, column->values[i], true);
		policy = policy_of_row(policies, i);
		if (policy == NULL)
			set_null(policies, i);
		else
		{
			policy->rows[g] |= UINT64CONST(1) << (i % 64);
			policy->nrows++;
		}
	}
}

/* Returns whether a row is left that certainly satisfies the conditions before. */
static bool
is_any_sure(const JudgeState *state)
{
	int			g;

	for (g = 0; g * 64 < state->nrows; g++)
		if (state->alive[g] & ~state->late[g])
			return true;
	return false;
}

/* ---------------- judging ---------------- */

static DatumColumn *
make_gathered(const JudgeState *state, const JudgedCall *call)
{
	MemoryContext old = MemoryContextSwitchTo(state->css.ss.ps.state->es_query_cxt);
	DatumColumn *columns = palloc_array(DatumColumn, call->many->nfacts);
	int			i;

	for (i = 0; i < call->many->nfacts; i++)
		columns[i] = column_create(exprType(list_nth(call->call->args, i + 2)), state->nrows_most);
	MemoryContextSwitchTo(old);
	return columns;
}

/* Copies what a column holds of a row to a row of another column, of which nothing is set. */
static inline void
copy_fact(const DatumColumn *from, int row, DatumColumn *to, int i)
{
	uint64		bit = UINT64CONST(1) << (i % 64);

	if (column_is_null(from, row))
	{
		to->nulls[i / 64] |= bit;
		return;
	}
	column_set(to, i, column_value(from, row));
	if (from->numbered && (from->numbered[row / 64] >> (row % 64)) & 1)
	{
		to->numbers[i] = from->numbers[row];
		to->numbered[i / 64] |= bit;
	}
}

/* Puts the facts of a policy's rows together, in the order of the rows. */
static void
gather(const JudgeState *state, const JudgedCall *call, const RowPolicy *policy)
{
	RowPolicies *policies = call->policies;
	int			i;
	int			j;

	if (policies->gathered == NULL)
		policies->gathered = make_gathered(state, call);
	for (i = 0; i < policy->nfacts; i++)
	{
		const DatumColumn *from = &call->facts[policy->facts[i]];
		DatumColumn *to = &policies->gathered[policy->facts[i]];
		Size		size = (policy->nrows + 63) / 64 * sizeof(uint64);

		memset(to->nulls, 0, size);
		if (to->numbered)
			memset(to->numbered, 0, size);
		for (j = 0; j < policy->nrows; j++)
			copy_fact(from, policies->rows[j], to, j);
	}
}

/* Numbers the rows of a policy.  If they are in more words than they need, they are put together. */
static void
number_rows(const JudgeState *state, RowPolicies *policies, RowPolicy *policy)
{
	int			nwords = 0;
	int			count = 0;
	int			g;
	int			i;

	for (g = 0; g * 64 < state->nrows; g++)
		nwords += policy->rows[g] != 0;
	policy->gathered = nwords > (policy->nrows + 63) / 64;
	for (g = 0; g * 64 < state->nrows; g++)
		EACH_ROW(i, policy->rows[g], g)
	{
		policies->rows[count] = i;
		policies->number[i] = policy->gathered ? count : i;
		count++;
	}
}

/* Judges the rows of a policy that is known; those in doubt are added to doubt. */
static void
judge_known(JudgeState *state, const JudgedCall *call, RowPolicy *policy)
{
	RowPolicies *policies = call->policies;
	Many	   *many = policy->many;
	uint64		all[MANY_WORDS];
	int			g;
	int			i;

	number_rows(state, policies, policy);
	memset(many->doubt, 0, sizeof(many->doubt));
	if (!policy->gathered)
	{
		many_judge(many, state->nrows, policy->rows, call->facts);
		for (g = 0; g * 64 < state->nrows; g++)
			policies->doubt[g] |= many->doubt[g];
		return;
	}
	gather(state, call, policy);
	memset(all, 0, sizeof(all));
	for (g = 0; g * 64 < policy->nrows; g++)
		all[g] = policy->nrows - g * 64 >= 64 ? PG_UINT64_MAX : (UINT64CONST(1) << (policy->nrows - g * 64)) - 1;
	many_judge(many, policy->nrows, all, policies->gathered);
	for (g = 0; g * 64 < policy->nrows; g++)
		EACH_ROW(i, many->doubt[g], g)
			policies->doubt[policies->rows[i] / 64] |= UINT64CONST(1) << (policies->rows[i] % 64);
}

static void
judge_rows(JudgeState *state, const JudgedCall *call, RowPolicy *policy)
{
	RowPolicies *policies = call->policies;
	int			g;

	policy->used = state->counts.nbatches;
	if (policy->many && policy->nrows >= LEAST_ROWS)
	{
		judge_known(state, call, policy);
		return;
	}
	for (g = 0; g * 64 < state->nrows; g++)
		policies->doubt[g] |= policy->rows[g];
}

bool
policies_sure(const RowPolicies *policies, const RowPolicy *policy, const uint64 *rows, int ngroups, uint64 *sure)
{
	uint64		any = 0;
	int			g;
	int			i;

	memset(sure, 0, MANY_WORDS * sizeof(uint64));
	for (g = 0; g < ngroups; g++)
	{
		uint64		known = rows[g] & policy->rows[g] & ~policies->doubt[g] & ~policies->own[g];

		any |= known;
		if (!policy->gathered)
			sure[g] = known;
		else
			EACH_ROW(i, known, g)
				sure[policies->number[i] / 64] |= UINT64CONST(1) << (policies->number[i] % 64);
	}
	return any != 0;
}

/* A policy has become known: its rows refer to it. */
static void
replace(const JudgeState *state, RowPolicies *policies, const RowPolicy *other, RowPolicy *known)
{
	int			g;
	int			i;

	if (policies->latest == other)
		policies->latest = known;
	if (policies->kind == POLICY_OF_SCAN)
	{
		policies->of_scan = known;
		return;
	}
	for (g = 0; g * 64 < state->nrows; g++)
		EACH_ROW(i, known->rows[g], g)
			policies->of_row[i] = known;
}

static void
begin_rows(RowPolicy *policy)
{
	policy->nrows = 0;
	memset(policy->rows, 0, sizeof(policy->rows));
}

void
policies_judge(JudgeState *state, JudgedCall *call)
{
	RowPolicies *policies = call->policies;
	int			i;

	call->judged = true;
	memset(policies->doubt, 0, sizeof(policies->doubt));
	memset(policies->own, 0, sizeof(policies->own));
	for (i = 0; i < JUDGE_POLICIES; i++)
		if (policies->known[i])
			begin_rows(policies->known[i]);
	if (policies->kind == POLICY_OF_SCAN)
	{
		/* evaluating it may raise an error: there must be a row that does */
		if (!policies->evaluated && !is_any_sure(state))
		{
			memcpy(policies->doubt, state->alive, sizeof(policies->doubt));
			return;
		}
		evaluate_of_scan(state, call);
	}
	divide(state, call);
	for (i = 0; i < JUDGE_POLICIES; i++)
		if (policies->known[i] && policies->known[i]->nrows > 0)
			judge_rows(state, call, policies->known[i]);
	for (i = 0; i < POLICY_SLOTS; i++)
	{
		RowPolicy  *other;

		for (other = policies->others[i]; other; other = other->next)
		{
			RowPolicy  *policy = other->nrows >= LEAST_ROWS ? policies_know(state, call, other) : other;

			if (policy != other)
				replace(state, policies, other, policy);
			if (policy->nrows > 0)
				judge_rows(state, call, policy);
		}
	}
}

/* ---------------- one row ---------------- */

Datum
policies_ask(JudgeState *state, JudgedCall *call, int row, bool *isnull)
{
	RowPolicies *policies = call->policies;
	NullableDatum *argument = &call->many->fcinfo->args[0];
	const RowPolicy *policy;

	if (policies->kind == POLICY_OF_SCAN)
		evaluate_of_scan(state, call);
	policy = policy_of_row(policies, row);
	*isnull = policy == NULL;
	if (policy == NULL)
		return (Datum) 0;
	if (policy->many)
		return many_value(policy->many, row, call->facts, isnull);
	argument->isnull = false;
	argument->value = policies->from_text ? FunctionCall1(&policies->cast, policy->value) : policy->value;
	return many_value(call->many, row, call->facts, isnull);
}

void
policies_single(JudgeState *state, JudgedCall *call, int row)
{
	RowPolicies *policies = call->policies;
	NullableDatum *answer = &policies->answers[row];

	answer->value = policies_ask(state, call, row, &answer->isnull);
	/* what a call site keeps for a policy may go when it asks another */
	if (call->question == QUESTION_PLACEMENT && !answer->isnull)
		answer->value = datumCopy(answer->value, false, -1);
	policies->own[row / 64] |= UINT64CONST(1) << (row % 64);
}
