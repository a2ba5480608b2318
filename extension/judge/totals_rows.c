/*
 * totals_rows.c
 *		Values of rows by which a node Judge Totals groups and filters.
 *
 * They are the columns of the plan that judges.  Conditions have three values.  The others are columns of GROUP BY: rows
 * with equal ones have the same number, which is found by hash.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/datum.h"
#include "utils/memutils.h"

#include "totals_state.h"

/* ---------------- preparing ---------------- */

static bool
is_key(const TotalsState *state, int plain)
{
	int			i;

	for (i = 0; i < state->nkeys; i++)
		if (state->keys[i].plain == plain)
			return true;
	return false;
}

/* The dimension in which a value differs. */
int
totals_dimension(const TotalsState *state, int plain)
{
	return state->ncalls + (is_key(state, plain) ? state->nplain : plain);
}

void
totals_prepare_rows(TotalsState *state, TupleDesc desc)
{
	int			i;

	state->plain = MakeSingleTupleTableSlot(CreateTupleDescCopy(desc), &TTSOpsVirtual);
	state->truths = palloc0_array(uint8 *, state->nplain + 1);
	state->group_of_row = palloc0_array(int, MANY_ROWS);
	for (i = 0; i < state->nplain; i++)
		if (!is_key(state, i))
			state->truths[i] = palloc0_array(uint8, MANY_ROWS);
}

/* ---------------- groups of rows ---------------- */

static uint32
hash_of(TotalsState *state, const TupleTableSlot *row)
{
	uint32		hash = 0;
	int			i;

	for (i = 0; i < state->nkeys; i++)
	{
		TotalKey   *key = &state->keys[i];

		if (key->plain < 0)
			continue;
		hash = pg_rotate_left32(hash, 1);
		if (!row->tts_isnull[key->plain])
			hash ^= DatumGetUInt32(FunctionCall1Coll(&key->hash, key->collation, row->tts_values[key->plain]));
	}
	return murmurhash32(hash);
}

static bool
is_equal(TotalsState *state, const RowGroup *group, const TupleTableSlot *row)
{
	int			i;

	for (i = 0; i < state->nkeys; i++)
	{
		TotalKey   *key = &state->keys[i];
		const NullableDatum *value = &group->values[i];

		if (key->plain < 0)
			continue;
		if (value->isnull != row->tts_isnull[key->plain])
			return false;
		if (!value->isnull &&
			!DatumGetBool(FunctionCall2Coll(&key->equal, key->collation, value->value, row->tts_values[key->plain])))
			return false;
	}
	return true;
}

static void
make_room(TotalsState *state)
{
	int			size = Max(64, state->nplaces * 2);
	int			i;

	if (state->nrow_groups * 2 < state->nplaces)
		return;
	state->nplaces = size;
	state->places = MemoryContextAllocHuge(state->context, size * sizeof(int));
	memset(state->places, -1, size * sizeof(int));
	for (i = 0; i < state->nrow_groups; i++)
	{
		uint32		place = state->row_groups[i].hash & (size - 1);

		while (state->places[place] >= 0)
			place = (place + 1) & (size - 1);
		state->places[place] = i;
	}
	state->row_groups = state->row_groups ? repalloc_huge(state->row_groups, size / 2 * sizeof(RowGroup))
		: MemoryContextAllocHuge(state->context, size / 2 * sizeof(RowGroup));
}

static int
add_group(TotalsState *state, const TupleTableSlot *row, uint32 hash)
{
	MemoryContext old = MemoryContextSwitchTo(state->context);
	RowGroup   *group = &state->row_groups[state->nrow_groups];
	int			i;

	group->hash = hash;
	group->values = palloc0_array(NullableDatum, state->nkeys);
	for (i = 0; i < state->nkeys; i++)
	{
		const TotalKey *key = &state->keys[i];

		if (key->plain < 0)
			continue;
		group->values[i].isnull = row->tts_isnull[key->plain];
		if (!group->values[i].isnull)
			group->values[i].value = datumCopy(row->tts_values[key->plain], key->by_value, key->length);
	}
	MemoryContextSwitchTo(old);
	return state->nrow_groups++;
}

static int
group_of(TotalsState *state, const TupleTableSlot *row)
{
	uint32		hash = hash_of(state, row);
	uint32		place;

	make_room(state);
	for (place = hash & (state->nplaces - 1); state->places[place] >= 0; place = (place + 1) & (state->nplaces - 1))
	{
		const RowGroup *group = &state->row_groups[state->places[place]];

		if (group->hash == hash && is_equal(state, group, row))
			return state->places[place];
	}
	return state->places[place] = add_group(state, row, hash);
}

/* ---------------- a batch ---------------- */

void
totals_read_rows(TotalsState *state, JudgeState *child, int ngroups)
{
	ExprContext *econtext = child->css.ss.ps.ps_ExprContext;
	ProjectionInfo *projection = child->css.ss.ps.ps_ProjInfo;
	bool		grouped = totals_has_row_keys(state);
	int			g;
	int			i;

	for (g = 0; g < ngroups; g++)
	{
		uint64		rest = child->alive[g];

		for (; rest != 0; rest &= rest - 1)
		{
			int			row = g * 64 + pg_rightmost_one_pos64(rest);
			TupleTableSlot *slot;
			MemoryContext old;

			CHECK_FOR_INTERRUPTS();
			ResetExprContext(econtext);
			slot = econtext->ecxt_scantuple = judge_row(child, row);
			if (projection)
				slot = ExecProject(projection);
			for (i = 0; i < state->nplain; i++)
				if (state->truths[i])
					state->truths[i][row] = slot->tts_isnull[i] ? 2 : DatumGetBool(slot->tts_values[i]);
			if (!grouped)
				continue;
			old = MemoryContextSwitchTo(econtext->ecxt_per_tuple_memory);
			state->group_of_row[row] = group_of(state, slot);
			MemoryContextSwitchTo(old);
		}
	}
}

/* ---------------- at the end ---------------- */

bool
totals_has_row_keys(const TotalsState *state)
{
	int			i;

	for (i = 0; i < state->nkeys; i++)
		if (state->keys[i].plain >= 0)
			return true;
	return false;
}

/* Puts the values of a place in a dimension into the slot. */
void
totals_put_place(TotalsState *state, int dimension, int place)
{
	int			i;

	if (dimension < state->ncalls + state->nplain)
	{
		i = dimension - state->ncalls;
		state->plain->tts_isnull[i] = place == 2;
		state->plain->tts_values[i] = BoolGetDatum(place == 1);
		return;
	}
	state->row_group = place;
	for (i = 0; i < state->nkeys; i++)
	{
		const TotalKey *key = &state->keys[i];

		if (key->plain < 0)
			continue;
		state->plain->tts_values[key->plain] = state->row_groups[place].values[i].value;
		state->plain->tts_isnull[key->plain] = state->row_groups[place].values[i].isnull;
	}
}
