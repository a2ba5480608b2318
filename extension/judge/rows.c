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
#include "miscadmin.h"
#include "storage/bufmgr.h"
#include "utils/datum.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "state.h"

void
judge_release_rows(JudgeState *state)
{
	while (state->npins > 0)
		ReleaseBuffer(state->pins[--state->npins]);
	state->nrows = state->next = 0;
}

/*
 * Keeps the page of a row pinned, and returns whether it is on one: then values on it need not be
 * copied.
 */
static bool
pin_page(JudgeState *state, TupleTableSlot *slot)
{
	Buffer		buffer;

	if (!state->plan.scans || !TTS_IS_BUFFERTUPLE(slot))
		return false;
	buffer = ((BufferHeapTupleTableSlot *) slot)->buffer;
	if (!BufferIsValid(buffer))
		return false;
	if (state->npins > 0 && state->pins[state->npins - 1] == buffer)
		return true;
	IncrBufferRefCount(buffer);
	state->pins[state->npins++] = buffer;
	return true;
}

static void
put(VectorColumn *column, int row, Datum value, bool null, bool copy, bool by_value, int16 length)
{
	uint64		bit = UINT64CONST(1) << (row % 64);

	if (null)
	{
		column->nulls[row / 64] |= bit;
		column->values[row] = (Datum) 0;
		return;
	}
	column->values[row] = copy && !by_value ? datumCopy(value, false, length) : value;
}

/* The values of a row that arguments are, and those that are kept. */
static void
keep_row(JudgeState *state, TupleTableSlot *row, bool copy)
{
	TupleDesc	desc = state->css.ss.ss_ScanTupleSlot->tts_tupleDescriptor;
	ExprContext *econtext = state->css.ss.ps.ps_ExprContext;
	int			column = -1;
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
			{
				int			attribute = state->attributes[argument->column - 1];

				put(&call->facts[j], state->nrows, row->tts_values[attribute - 1], row->tts_isnull[attribute - 1], copy,
					argument->by_value, argument->length);
				continue;
			}
			value = ExecEvalExprSwitchContext(argument->expr, econtext, &null);
			put(&call->facts[j], state->nrows, value, null, true, argument->by_value, argument->length);
		}
	}
	while ((column = bms_next_member(state->kept_columns, column)) >= 0)
	{
		Form_pg_attribute att = TupleDescAttr(desc, column - 1);
		int			attribute = state->attributes[column - 1];

		put(&state->kept[column - 1], state->nrows, row->tts_values[attribute - 1], row->tts_isnull[attribute - 1], copy,
			att->attbyval, att->attlen);
	}
}

/* Whether a row passes the conditions that need no answer. */
static bool
passes(JudgeState *state, TupleTableSlot *row)
{
	TupleTableSlot *slot = state->css.ss.ss_ScanTupleSlot;
	ExprContext *econtext = state->css.ss.ps.ps_ExprContext;
	int			column = -1;

	if (bms_is_empty(state->filter_columns) && state->filter == NULL)
		return true;
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
clear_columns(JudgeState *state)
{
	int			column = -1;
	int			i;
	int			j;

	for (i = 0; i < state->ncalls; i++)
		for (j = 0; j < state->calls[i].many->nfacts; j++)
			memset(state->calls[i].facts[j].nulls, 0, MANY_WORDS * sizeof(uint64));
	while ((column = bms_next_member(state->kept_columns, column)) >= 0)
		memset(state->kept[column - 1].nulls, 0, MANY_WORDS * sizeof(uint64));
}

void
judge_read_rows(JudgeState *state)
{
	ExprContext *econtext = state->css.ss.ps.ps_ExprContext;
	MemoryContext old;
	int			i;

	judge_release_rows(state);
	MemoryContextReset(state->context);
	clear_columns(state);
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
		ResetExprContext(econtext);
		slot_getsomeattrs(row, state->last_attribute);
		if (!passes(state, row))
		{
			InstrCountFiltered1(&state->css, 1);
			continue;
		}
		keep_row(state, row, !pin_page(state, row));
		state->nrows++;
	}
	MemoryContextSwitchTo(old);
	for (i = 0; i < MANY_WORDS; i++)
	{
		int			rest = state->nrows - i * 64;

		state->alive[i] = rest >= 64 ? PG_UINT64_MAX : rest > 0 ? (UINT64CONST(1) << rest) - 1 : 0;
	}
}
