/*
 * batches.c
 *		Reads a batch of rows for a node Judge, judges it, and returns row after row.
 *
 * Conditions are evaluated in their order: those that need no answer while rows are read, then one
 * after another for all rows that are left, whose answers are asked when the first condition needs them.
 * What is selected is judged for the rows that pass all.  Rows in doubt are judged one by one at the
 * same places.
 */
#include "postgres.h"

#include "compat.h"
#include "access/tableam.h"
#include "executor/executor.h"
#include "executor/instrument.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/datum.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "state.h"

#define EACH_ROW(i, word, group) \
	for (uint64 rest_of_rows = (word); \
		 rest_of_rows != 0 && ((i) = (group) * 64 + pg_rightmost_one_pos64(rest_of_rows), true); \
		 rest_of_rows &= rest_of_rows - 1)

/* ---------------- judging ---------------- */

/* Evaluates the policy of a call for the rows of a batch: in its memory, because rows in doubt ask it later. */
static void
begin_call(JudgeState *state, JudgedCall *call)
{
	ExprContext *econtext = state->css.ss.ps.ps_ExprContext;
	FunctionCallInfo fcinfo = call->many->fcinfo;
	int			i;

	for (i = 0; i < 2; i++)
		fcinfo->args[i].value = ExecEvalExpr(call->arguments[i].expr, econtext, &fcinfo->args[i].isnull);
	call->many->rows = state->counts.nbatches;
}

/* Judges the rows that are left. */
static void
judge(JudgeState *state, JudgedCall *call)
{
	MemoryContext old = MemoryContextSwitchTo(state->context);

	if (call->policies)
	{
		policies_judge(state, call);
		MemoryContextSwitchTo(old);
		return;
	}
	call->judged = true;
	begin_call(state, call);
	if (call->beside && !call->beside->judged)
		begin_call(state, call->beside);
	memset(call->many->doubt, 0, sizeof(call->many->doubt));
	many_judge(call->many, state->nrows, state->alive, call->facts);
	MemoryContextSwitchTo(old);
}

static inline bool
is_in(const uint64 *rows, int row)
{
	return (rows[row / 64] >> (row % 64)) & 1;
}

static inline void
take_out(uint64 *rows, int row)
{
	rows[row / 64] &= ~(UINT64CONST(1) << (row % 64));
}

/* Judges a row that is in doubt. */
void
judge_single(JudgeState *state, JudgedCall *call, int row)
{
	MemoryContext old = MemoryContextSwitchTo(state->context);

	state->counts.singly++;
	if (call->policies)
		policies_single(state, call, row);
	else
		many_single(call->many, row, call->facts);
	take_out(judge_doubt(call), row);
	MemoryContextSwitchTo(old);
}

/* ---------------- values of outputs ---------------- */

/* The value of an output for an answer, in the memory of a context. */
static NullableDatum
value_of_answer(JudgeState *state, JudgedOutput *output, NullableDatum answer, MemoryContext context)
{
	ExprContext *econtext = state->css.ss.ps.ps_ExprContext;
	TupleTableSlot *slot = output->slot;
	NullableDatum result;
	MemoryContext old;

	if (output->expr == NULL)
		return answer;
	ExecClearTuple(slot);
	slot->tts_values[0] = answer.value;
	slot->tts_isnull[0] = answer.isnull;
	ExecStoreVirtualTuple(slot);
	econtext->ecxt_outertuple = slot;
	result.value = ExecEvalExprSwitchContext(output->state, econtext, &result.isnull);
	econtext->ecxt_outertuple = NULL;
	old = MemoryContextSwitchTo(context);
	if (!result.isnull)
		result.value = datumCopy(result.value, output->by_value, output->length);
	MemoryContextSwitchTo(old);
	return result;
}

/* Evaluates an output for the answer with a code, once. */
static NullableDatum *
evaluate(JudgeState *state, JudgedOutput *output, Many *many, int code, MemoryContext context, NullableDatum **values)
{
	NullableDatum answer;

	answer.value = many_answer(many, code, &answer.isnull);
	values[code] = MemoryContextAlloc(context, sizeof(NullableDatum));
	*values[code] = value_of_answer(state, output, answer, context);
	return values[code];
}

/* The value of an output in a row whose answer has no code. */
static NullableDatum
value_of_row(JudgeState *state, JudgedOutput *output, Many *many, int row)
{
	MemoryContext old = MemoryContextSwitchTo(state->context);
	NullableDatum answer;

	answer.value = many_answer_of_row(many, row, &answer.isnull);
	MemoryContextSwitchTo(old);
	return value_of_answer(state, output, answer, state->context);
}

/* The same if the policy is not constant. */
static NullableDatum
value_by_policy(JudgeState *state, JudgedOutput *output, int row)
{
	const RowPolicies *policies = output->call->policies;
	RowPolicy  *policy;
	Many	   *many;
	NullableDatum **values;
	int			number = policies->number[row];

	if (is_in(policies->own, row))
		return value_of_answer(state, output, policies->answers[row], state->context);
	policy = policy_of_row(policies, row);
	many = policy->many;
	if (!many_has_code(many, number))
		return value_of_row(state, output, many, number);
	if (policy->codes_of != many->policy)
	{
		memset(policy->values, 0, state->noutputs * MANY_CODES * sizeof(NullableDatum *));
		policy->codes_of = many->policy;
	}
	values = policy->values + output->number * MANY_CODES;
	if (values[many->code[number]])
		return *values[many->code[number]];
	return *evaluate(state, output, many, many->code[number], policy->context, values);
}

/* The value of an output in a row. */
static inline NullableDatum
output_value(JudgeState *state, JudgedOutput *output, int row)
{
	Many	   *many = output->call->many;
	NullableDatum verdict = {0};
	NullableDatum *found;

	if (output->call->policies)
		return value_by_policy(state, output, row);
	if (output->call->verdicts)
	{
		verdict.value = row_verdict_datum(output->call->verdicts, row);
		return verdict;
	}
	if (!many_has_code(many, row))
		return value_of_row(state, output, many, row);
	if (unlikely(output->policy != many->policy))
	{
		memset(output->values, 0, sizeof(output->values));
		output->policy = many->policy;
	}
	found = output->values[many->code[row]];
	return found ? *found
		: *evaluate(state, output, many, many->code[row], state->css.ss.ps.state->es_query_cxt, output->values);
}

static inline void
put_kept(JudgeState *state, const Bitmapset *columns, int row, TupleTableSlot *slot)
{
	int			column = -1;

	while ((column = bms_next_member(columns, column)) >= 0)
	{
		const DatumColumn *kept = &state->taken[column - 1];

		slot->tts_isnull[column - 1] = column_is_null(kept, row);
		slot->tts_values[column - 1] = column_value(kept, row);
	}
}

TupleTableSlot *
judge_row(JudgeState *state, int row)
{
	TupleTableSlot *slot = state->css.ss.ss_ScanTupleSlot;

	ExecClearTuple(slot);
	put_kept(state, state->kept_columns, row, slot);
	return ExecStoreVirtualTuple(slot);
}

static inline void
put_output(JudgeState *state, int number, int row, TupleTableSlot *slot)
{
	NullableDatum value = output_value(state, &state->outputs[number], row);

	slot->tts_values[state->plan.ncolumns + number] = value.value;
	slot->tts_isnull[state->plan.ncolumns + number] = value.isnull;
}

/* ---------------- conditions ---------------- */

/* Whether a row satisfies a condition; what it needs has been judged. */
static bool
satisfies(JudgeState *state, const JudgedCondition *condition, int row)
{
	TupleTableSlot *slot = state->css.ss.ss_ScanTupleSlot;
	ExprContext *econtext = state->css.ss.ps.ps_ExprContext;
	int			i;

	if (condition->output >= 0)
	{
		NullableDatum value = output_value(state, &state->outputs[condition->output], row);

		return !value.isnull && DatumGetBool(value.value);
	}
	ResetExprContext(econtext);
	ExecClearTuple(slot);
	put_kept(state, condition->columns, row, slot);
	i = -1;
	while ((i = bms_next_member(condition->outputs, i)) >= 0)
		put_output(state, i, row, slot);
	ExecStoreVirtualTuple(slot);
	econtext->ecxt_scantuple = slot;
	return ExecQual(condition->state, econtext);
}

/* The rows in which an answer is in doubt that a condition needs. */
static uint64
doubts_of(const JudgeState *state, const JudgedCondition *condition, int group)
{
	uint64		doubt = 0;
	int			i = -1;

	while ((i = bms_next_member(condition->outputs, i)) >= 0)
		doubt |= judge_doubt(state->outputs[i].call)[group];
	return doubt;
}

/* Removes the rows that do not satisfy a condition; rows in doubt are left for later. */
static void
apply(JudgeState *state, int number)
{
	const JudgedCondition *condition = &state->conditions[number];
	int			g;
	int			i;

	for (g = 0; g * 64 < state->nrows; g++)
	{
		uint64		rows = state->alive[g] & ~state->late[g];
		uint64		late = rows & doubts_of(state, condition, g);

		state->late[g] |= late;
		EACH_ROW(i, late, g)
			state->late_from[i] = number;
		EACH_ROW(i, rows & ~late, g)
		{
			CHECK_FOR_INTERRUPTS();
			if (satisfies(state, condition, i))
				continue;
			take_out(state->alive, i);
			InstrCountFiltered1(&state->css, 1);
		}
	}
}

/* Whether a row in doubt satisfies the conditions that are left. */
static bool
satisfies_late(JudgeState *state, int row)
{
	int			number;
	int			i;

	for (number = state->late_from[row]; number < state->nconditions; number++)
	{
		const JudgedCondition *condition = &state->conditions[number];

		i = -1;
		while ((i = bms_next_member(condition->outputs, i)) >= 0)
			if (is_in(judge_doubt(state->outputs[i].call), row))
				judge_single(state, state->outputs[i].call, row);
		if (!satisfies(state, condition, row))
		{
			InstrCountFiltered1(&state->css, 1);
			return false;
		}
	}
	return true;
}

/* ---------------- batches ---------------- */

static void
begin_reading(JudgeState *state)
{
	EState	   *estate = state->css.ss.ps.state;
	Relation	table = state->css.ss.ss_currentRelation;

	if (!state->plan.scans)
		return;
	if (state->scan == NULL)
		state->scan = TABLE_BEGINSCAN(table, estate->es_snapshot);
	if (state->slot == NULL)
		state->slot = ALLOC_TABLE_SLOT(&estate->es_tupleTable, RelationGetDescr(table), table_slot_callbacks(table));
}

/* Reads and judges the next batch. */
static void
next_batch(JudgeState *state)
{
	int			i;
	int			j;

	begin_reading(state);
	judge_read_rows(state);
	if (state->nrows == 0)
		return;
	state->counts.nbatches++;
	memset(state->late, 0, sizeof(state->late));
	state->wanted = Min(state->wanted * 4, state->nrows_most);
	for (i = 0; i < state->ncalls; i++)
		state->calls[i].judged = false;
	for (j = 0; j < state->nconditions; j++)
	{
		const JudgedCondition *condition = &state->conditions[j];

		for (i = 0; i < state->noutputs; i++)
			if (bms_is_member(i, condition->outputs) && !state->outputs[i].call->judged)
				judge(state, state->outputs[i].call);
		apply(state, j);
	}
	for (i = 0; i < state->ncalls; i++)
		if (!state->calls[i].judged)
			judge(state, &state->calls[i]);
}

/* Whether there are no more batches.  Then no page is kept: a plan may have a node for each of many partitions. */
static bool
has_ended(JudgeState *state)
{
	if (state->finished)
		judge_release_rows(state);
	return state->finished;
}

bool
judge_next_rows(JudgeState *state)
{
	int			g;
	int			i;

	do
	{
		if (has_ended(state))
			return false;
		next_batch(state);
	} while (state->nrows == 0);
	for (g = 0; g * 64 < state->nrows; g++)
		EACH_ROW(i, state->alive[g] & state->late[g], g)
			if (!satisfies_late(state, i))
			take_out(state->alive, i);
	return true;
}

TupleTableSlot *
judge_next_slot(JudgeState *state)
{
	TupleTableSlot *slot = state->css.ss.ss_ScanTupleSlot;
	int			row;
	int			i;

	for (;;)
	{
		while (state->next >= state->nrows)
		{
			CHECK_FOR_INTERRUPTS();
			if (has_ended(state))
				return NULL;
			next_batch(state);
		}
		row = state->next++;
		if (is_in(state->alive, row) && (!is_in(state->late, row) || satisfies_late(state, row)))
			break;
	}
	for (i = 0; i < state->ncalls; i++)
		if (is_in(judge_doubt(&state->calls[i]), row))
			judge_single(state, &state->calls[i], row);
	ExecClearTuple(slot);
	put_kept(state, state->kept_columns, row, slot);
	for (i = 0; i < state->noutputs; i++)
		put_output(state, i, row, slot);
	ExecStoreVirtualTuple(slot);
	if (state->css.ss.ss_currentRelation)
	{
		slot->tts_tid = state->tids[row];
		slot->tts_tableOid = RelationGetRelid(state->css.ss.ss_currentRelation);
	}
	return slot;
}
