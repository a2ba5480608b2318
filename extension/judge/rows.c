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
#define SPACE_OF_VALUES 8000	/* bytes that are taken from the memory of the
								 * batch at a time */

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

/* Copies a value that is not passed by value to the memory of the batch. */
static Datum
copy_value(JudgeState *state, Datum value, int16 length)
{
	const char *bytes = DatumGetPointer(value);
	Size		size;
	char	   *copy;

	if (length == -2 || (length == -1 && VARATT_IS_EXTERNAL_EXPANDED(bytes)))
		return datumCopy(value, false, length);
	size = length > 0 ? (Size) length : VARSIZE_ANY(bytes);
	if (size > SPACE_OF_VALUES / 8)
		return datumCopy(value, false, length);
	if (state->nspace < MAXALIGN(size))
	{
		state->space = palloc(SPACE_OF_VALUES);
		state->nspace = SPACE_OF_VALUES;
	}
	copy = memcpy(state->space, bytes, size);
	state->space += MAXALIGN(size);
	state->nspace -= MAXALIGN(size);
	return PointerGetDatum(copy);
}

/* Keeps a value of the next row: column_put(), with less work for each value. */
static inline void
put(JudgeState *state, DatumColumn *column, Datum value, bool null)
{
	int			row = state->nrows;
	uint64		bit = UINT64CONST(1) << (row % 64);

	if (null)
	{
		column->nulls[row / 64] |= bit;
		return;
	}
	column->nulls[row / 64] &= ~bit;
	if (!column_set_number(column, row, value))
		column_set(column, row, column->by_value ? value : copy_value(state, value, column->length));
}

/* The policy of a row that is more than a column. */
static void
keep_expression_of_policy(JudgeState *state, JudgedCall *call)
{
	RowPolicies *policies = call->policies;
	Datum		value;
	bool		null;

	if (policies->kind != POLICY_OF_ROW || call->arguments[0].column > 0)
		return;
	value = ExecEvalExprSwitchContext(call->arguments[0].expr, state->css.ss.ps.ps_ExprContext, &null);
	policies_keep(state, policies, value, null);
}

/* The values of arguments that are more than columns. */
static void
keep_expressions(JudgeState *state)
{
	int			nfacts = list_length(state->fact_exprs);
	TupleTableSlot *facts;
	int			i;

	for (i = 0; state->npolicies > 0 && i < state->ncalls; i++)
		if (state->calls[i].policies)
			keep_expression_of_policy(state, &state->calls[i]);
	if (nfacts == 0)
		return;
	facts = ExecProject(state->facts);
	for (i = 0; i < nfacts; i++)
		put(state, state->fact_columns[i], facts->tts_values[i], facts->tts_isnull[i]);
}

/* A column of a row of another plan, once. */
static inline void
take_column(JudgeState *state, TupleTableSlot *row, int number)
{
	JudgedColumn *column = &state->columns[number - 1];
	int			i = column->attribute - 1;

	if (column->row == state->nkept)
		return;
	column->row = state->nkept;
	put(state, &column->kept, row->tts_values[i], row->tts_isnull[i]);
}

/* The policy of a row of another plan, and the columns that it needs. */
static void
keep_policy(JudgeState *state, TupleTableSlot *row, JudgedCall *call)
{
	RowPolicies *policies = call->policies;
	const RowPolicy *policy;
	int			ncolumns = policies->nall_columns;
	const int  *columns = policies->all_columns;
	int			i;

	if (call->arguments[0].column > 0)
	{
		int			attribute = state->attributes[call->arguments[0].column - 1];

		policies_keep(state, policies, row->tts_values[attribute - 1], row->tts_isnull[attribute - 1]);
	}
	if (policies->kind == POLICY_OF_ROW || policies->evaluated)
	{
		policy = policy_of_row(policies, state->nrows);
		if (policy == NULL)
			return;
		if (policy->many)
		{
			ncolumns = policy->ncolumns;
			columns = policy->columns;
		}
	}
	for (i = 0; i < ncolumns; i++)
		take_column(state, row, columns[i]);
}

/* The values of a row of another plan. */
static void
keep_row(JudgeState *state, TupleTableSlot *row)
{
	int			i;

	state->nkept++;
	slot_getsomeattrs(row, state->last_attribute);
	for (i = 0; i < state->ntaken; i++)
		take_column(state, row, state->taken_of_row[i]);
	for (i = 0; state->npolicies > 0 && i < state->ncalls; i++)
		if (state->calls[i].policies)
			keep_policy(state, row, &state->calls[i]);
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

/* Goes to the next row that is joined with those of the table, if they have been.  Returns false after the last. */
static bool
next_joined(JudgeState *state)
{
	if (state->plan.joined == NIL || (state->joined && !state->ended))
		return true;
	state->ended = false;
	state->joined = ExecProcNode(linitial(state->css.custom_ps));
	if (TupIsNull(state->joined))
	{
		state->joined = NULL;
		return false;
	}
	slot_getallattrs(state->joined);
	table_rescan(state->scan, NULL);
	policies_rescan(state);
	return true;
}

void
judge_put_joined(JudgeState *state)
{
	TupleTableSlot *slot = state->css.ss.ss_ScanTupleSlot;
	int			column = -1;

	ExecClearTuple(slot);
	while ((column = bms_next_member(state->joined_columns, column)) >= 0)
	{
		slot->tts_values[column - 1] = state->joined->tts_values[state->attributes[column - 1] - 1];
		slot->tts_isnull[column - 1] = state->joined->tts_isnull[state->attributes[column - 1] - 1];
	}
	ExecStoreVirtualTuple(slot);
	state->css.ss.ps.ps_ExprContext->ecxt_scantuple = slot;
}

/* All rows of the batch have the same values in the columns of the row that is joined. */
static void
keep_joined(JudgeState *state)
{
	int			column = -1;
	int			i;

	while ((column = bms_next_member(state->joined_columns, column)) >= 0)
	{
		DatumColumn *kept = &state->taken[column - 1];
		int			attribute = state->attributes[column - 1];

		if (kept->nulls == NULL)
			continue;
		memset(kept->nulls, state->joined->tts_isnull[attribute - 1] ? 0xFF : 0, (state->nrows + 63) / 64 * sizeof(uint64));
		for (i = 0; i < state->nrows && !state->joined->tts_isnull[attribute - 1]; i++)
			column_set(kept, i, state->joined->tts_values[attribute - 1]);
	}
}

/* Where a row is in its table. */
static inline void
keep_place(JudgeState *state, const TupleTableSlot *row)
{
	ScanState  *scan = state->row_of;

	if (state->plan.scans)
		state->tids[state->nrows] = row->tts_tid;
	else if (scan && IsA(scan, IndexOnlyScanState))
		state->tids[state->nrows] = ((IndexOnlyScanState *) scan)->ioss_ScanDesc->xs_heaptid;
	else if (scan)
		state->tids[state->nrows] = scan->ss_ScanTupleSlot->tts_tid;
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
	keep_place(state, row);
	state->nrows++;
	/* as long as they are in the cache */
	if (state->plan.scans && state->nrows % GROUP_ROWS == 0)
		tuples_take(state->steps, state->tuples, state->nrows / GROUP_ROWS - 1, GROUP_ROWS);
}

void
judge_read_rows(JudgeState *state)
{
	bool		filtered = state->filter != NULL || state->expressions;
	bool		last = false;
	MemoryContext old;
	int			i;

	judge_release_rows(state);
	/* it looks at policies that were in the memory of the last batch */
	policies_begin(state);
	MemoryContextReset(state->context);
	state->nspace = 0;
	if (state->plan.scans)
		tuples_begin(state->steps);
	if (!next_joined(state))
	{
		state->finished = true;
		return;
	}
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
			state->finished = state->plan.joined == NIL;
			last = true;
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
	if (state->plan.joined != NIL)
		keep_joined(state);
	state->ended = last;
	for (i = 0; i < MANY_WORDS; i++)
	{
		int			rest = state->nrows - i * 64;

		state->alive[i] = rest >= 64 ? PG_UINT64_MAX : rest > 0 ? (UINT64CONST(1) << rest) - 1 : 0;
	}
}
