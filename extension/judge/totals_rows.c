/*
 * totals_rows.c
 *		Values of rows by which a node Judge Totals groups and filters.
 *
 * They are the columns of the plan that judges.  Conditions have three values.  The others are columns of GROUP BY: rows
 * with equal ones have the same number, which is found by hash.
 */
#include "postgres.h"

#include "compat.h"
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

/* ---------------- numbers ---------------- */

static void
put_number(Numbers *numbers, int number)
{
	uint32		place = numbers->hashes[number] & (numbers->nplaces - 1);

	while (numbers->places[place] >= 0)
		place = (place + 1) & (numbers->nplaces - 1);
	numbers->places[place] = number;
}

/* At most half of the places are taken. */
static void
make_room(Numbers *numbers, MemoryContext context)
{
	int			size = Max(64, numbers->nplaces * 2);
	int			i;

	if (numbers->count * 2 < numbers->nplaces)
		return;
	if (numbers->places)
		pfree(numbers->places);
	numbers->nplaces = size;
	numbers->places = MemoryContextAllocHuge(context, size * sizeof(int));
	memset(numbers->places, -1, size * sizeof(int));
	numbers->hashes = numbers->hashes ? repalloc_huge(numbers->hashes, size / 2 * sizeof(uint32))
		: MemoryContextAllocHuge(context, size / 2 * sizeof(uint32));
	for (i = 0; i < numbers->count; i++)
		put_number(numbers, i);
}

int
numbers_add(Numbers *numbers, MemoryContext context, uint32 hash)
{
	make_room(numbers, context);
	numbers->hashes[numbers->count] = hash;
	put_number(numbers, numbers->count);
	return numbers->count++;
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
is_equal(TotalsState *state, const NullableDatum *values, const TupleTableSlot *row)
{
	int			i;

	for (i = 0; i < state->nkeys; i++)
	{
		TotalKey   *key = &state->keys[i];
		const NullableDatum *value = &values[i];

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

static int
add_group(TotalsState *state, const TupleTableSlot *row, uint32 hash)
{
	MemoryContext old = MemoryContextSwitchTo(state->context);
	int			number = numbers_add(&state->rows_by_hash, state->context, hash);
	NullableDatum *values = palloc0_array(NullableDatum, state->nkeys);
	int			i;

	if (number == state->most_rows)
	{
		state->most_rows = Max(state->most_rows * 2, 32);
		state->values_of_rows = state->values_of_rows
			? repalloc_huge(state->values_of_rows, state->most_rows * sizeof(NullableDatum *))
			: palloc_array(NullableDatum *, state->most_rows);
	}
	state->values_of_rows[number] = values;
	for (i = 0; i < state->nkeys; i++)
	{
		const TotalKey *key = &state->keys[i];

		if (key->plain < 0)
			continue;
		values[i].isnull = row->tts_isnull[key->plain];
		if (!values[i].isnull)
			values[i].value = datumCopy(row->tts_values[key->plain], key->by_value, key->length);
	}
	MemoryContextSwitchTo(old);
	return number;
}

static int
group_of(TotalsState *state, const TupleTableSlot *row)
{
	uint32		hash = hash_of(state, row);
	uint32		place;
	int			number = numbers_first(&state->rows_by_hash, hash, &place);

	while (number >= 0 && !is_equal(state, state->values_of_rows[number], row))
		number = numbers_next(&state->rows_by_hash, hash, &place);
	return number >= 0 ? number : add_group(state, row, hash);
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
		state->plain->tts_values[key->plain] = state->values_of_rows[place][i].value;
		state->plain->tts_isnull[key->plain] = state->values_of_rows[place][i].isnull;
	}
}
