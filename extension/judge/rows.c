/*
 * rows.c
 *		Reads the rows of a batch.
 *
 * Values stay where they are as long as the batch is judged: on pages that are kept pinned, or in
 * the memory of the batch.
 */
#include "postgres.h"

#include "access/tableam.h"
#include "executor/executor.h"
#include "executor/instrument.h"
#include "miscadmin.h"
#include "storage/bufmgr.h"
#include "utils/datum.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "state.h"

#define MOST_PREFETCHED 1024	/* bytes of a tuple */

void
judge_release_rows(JudgeState *state)
{
	while (state->npins > 0)
		ReleaseBuffer(state->pins[--state->npins]);
	state->nrows = state->next = 0;
}

/* Keeps the page of a row pinned, if it is on one, and returns its tuple, which is on it or else a copy. */
static HeapTuple
keep_tuple(JudgeState *state, TupleTableSlot *slot)
{
	Buffer		buffer;

	if (!TTS_IS_BUFFERTUPLE(slot) || !BufferIsValid(buffer = ((BufferHeapTupleTableSlot *) slot)->buffer))
		return ExecCopySlotHeapTuple(slot);
	if (state->npins == 0 || state->pins[state->npins - 1] != buffer)
	{
		IncrBufferRefCount(buffer);
		state->pins[state->npins++] = buffer;
	}
	return ((HeapTupleTableSlot *) slot)->tuple;
}

/* What is read of a tuple will be needed soon. */
static inline void
fetch_tuple(HeapTuple tuple pg_attribute_unused())
{
#if defined(__GNUC__)
	uint32		i;

	for (i = 0; i < Min(tuple->t_len, MOST_PREFETCHED); i += 64)
		__builtin_prefetch((const char *) tuple->t_data + i);
#endif
}

/* The values of arguments that are more than columns. */
static void
keep_expressions(JudgeState *state)
{
	ExprContext *econtext = state->css.ss.ps.ps_ExprContext;
	int			i;
	int			j;

	for (i = 0; i < state->ncalls; i++)
	{
		JudgedCall *call = &state->calls[i];

		for (j = 0; j < call->many->nfacts; j++)
		{
			const JudgeArgument *argument = &call->arguments[j + 2];
			Datum		value;
			bool		null;

			if (argument->column > 0)
				continue;
			value = ExecEvalExprSwitchContext(argument->expr, econtext, &null);
			vectors_put(&call->facts[j], state->nrows, value, null);
		}
	}
}

/* The values of a row of another plan. */
static void
keep_row(JudgeState *state, TupleTableSlot *row)
{
	int			column = -1;

	slot_getsomeattrs(row, state->last_attribute);
	while ((column = bms_next_member(state->taken_columns, column)) >= 0)
	{
		int			attribute = state->attributes[column - 1];

		vectors_put(&state->taken[column - 1], state->nrows, row->tts_values[attribute - 1],
					row->tts_isnull[attribute - 1]);
	}
}

/* Whether a row passes the conditions that need no answer. */
static bool
passes(JudgeState *state, TupleTableSlot *row)
{
	TupleTableSlot *slot = state->css.ss.ss_ScanTupleSlot;
	ExprContext *econtext = state->css.ss.ps.ps_ExprContext;
	int			column = -1;

	ResetExprContext(econtext);
	slot_getsomeattrs(row, state->last_filtered);
	ExecClearTuple(slot);
	while ((column = bms_next_member(state->filter_columns, column)) >= 0)
	{
		int			attribute = state->attributes[column - 1];

		slot->tts_values[column - 1] = row->tts_values[attribute - 1];
		slot->tts_isnull[column - 1] = row->tts_isnull[attribute - 1];
	}
	ExecStoreVirtualTuple(slot);
	econtext->ecxt_scantuple = slot;
	return ExecQual(state->filter, econtext);
}

static TupleTableSlot *
next_row(JudgeState *state)
{
	TupleTableSlot *row;

	if (state->plan.scans)
		return table_scan_getnextslot(state->scan, ForwardScanDirection, state->slot) ? state->slot : NULL;
	row = ExecProcNode(linitial(state->css.custom_ps));
	return TupIsNull(row) ? NULL : row;
}

static void
keep(JudgeState *state, TupleTableSlot *row)
{
	if (state->expressions)
		keep_expressions(state);
	if (state->plan.scans)
	{
		HeapTuple	tuple = keep_tuple(state, row);

		fetch_tuple(tuple);
		state->tuples[state->nrows] = tuple->t_data;
	}
	else
		keep_row(state, row);
	state->nrows++;
	/* as long as they are in the cache */
	if (state->plan.scans && state->nrows % GROUP_ROWS == 0)
		tuples_take(state->steps, state->tuples, state->nrows / GROUP_ROWS - 1, GROUP_ROWS);
}

void
judge_read_rows(JudgeState *state)
{
	bool		filtered = state->filter != NULL || state->expressions;
	MemoryContext old;
	int			i;

	judge_release_rows(state);
	MemoryContextReset(state->context);
	old = MemoryContextSwitchTo(state->context);
	while (state->nrows < state->wanted && state->npins < state->npins_most)
	{
		TupleTableSlot *row;

		CHECK_FOR_INTERRUPTS();
		MemoryContextSwitchTo(old);
		row = next_row(state);
		MemoryContextSwitchTo(state->context);
		if (row == NULL)
		{
			state->finished = true;
			break;
		}
		if (filtered && !passes(state, row))
			InstrCountFiltered1(&state->css, 1);
		else
			keep(state, row);
	}
	if (state->plan.scans && state->nrows % GROUP_ROWS > 0)
		tuples_take(state->steps, state->tuples, state->nrows / GROUP_ROWS, state->nrows % GROUP_ROWS);
	MemoryContextSwitchTo(old);
	for (i = 0; i < MANY_WORDS; i++)
	{
		int			rest = state->nrows - i * 64;

		state->alive[i] = rest >= 64 ? PG_UINT64_MAX : rest > 0 ? (UINT64CONST(1) << rest) - 1 : 0;
	}
}
