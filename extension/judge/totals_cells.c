/*
 * totals_cells.c
 *		The rows of batches by their answers, and the groups that they form.
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

/* ---------------- answers ---------------- */

static uint32
hash_of_answer(const Answers *answers, Datum value, bool isnull)
{
	if (isnull)
		return 0;
	if (answers->by_value)
		return murmurhash32((uint32) value);
	return hash_bytes((const unsigned char *) DatumGetPointer(value), datumGetSize(value, false, answers->length));
}

static bool
is_answer(const Answers *answers, int number, Datum value, bool isnull)
{
	const NullableDatum *answer = &answers->values[number];

	return isnull ? answer->isnull
		: !answer->isnull && datumIsEqual(answer->value, value, answers->by_value, answers->length);
}

/* Finds or adds the place of an answer that is equal in all its bytes. */
static int
place_of(Answers *answers, Datum value, bool isnull)
{
	uint32		hash = hash_of_answer(answers, value, isnull);
	uint32		place;
	int			number = numbers_first(&answers->numbers, hash, &place);

	while (number >= 0 && !is_answer(answers, number, value, isnull))
		number = numbers_next(&answers->numbers, hash, &place);
	if (number >= 0)
		return number;
	number = numbers_add(&answers->numbers, CurrentMemoryContext, hash);
	if (number == answers->most)
	{
		answers->most = Max(answers->most * 2, 8);
		answers->values = answers->values ? repalloc_huge(answers->values, answers->most * sizeof(NullableDatum))
			: palloc_array(NullableDatum, answers->most);
	}
	answers->values[number].isnull = isnull;
	answers->values[number].value = isnull ? (Datum) 0 : datumCopy(value, answers->by_value, answers->length);
	return number;
}

/* Codes are those of a call and of a policy. */
static void
check_codes(AnswerCodes *codes, const Many *many, uint64 number)
{
	if (codes->many == many && codes->number == number && codes->policy == many->policy)
		return;
	codes->many = many;
	codes->number = number;
	codes->policy = many->policy;
	memset(codes->of_code, -1, sizeof(codes->of_code));
}

static void
check_codes_of_call(Answers *answers, const JudgedCall *call)
{
	int			i;

	if (call->policies == NULL)
		check_codes(&answers->codes[0], call->many, 0);
	for (i = 0; call->policies && i < JUDGE_POLICIES; i++)
	{
		const RowPolicy *known = call->policies->known[i];

		if (known && known->many)
			check_codes(&answers->codes[i], known->many, known->number);
	}
}

static inline int
answer_of(Answers *answers, const JudgedCall *call, int row)
{
	Many	   *many = call->many;
	AnswerCodes *codes = answers->codes;
	int			code;

	if (call->policies)
	{
		const RowPolicy *policy = policy_of_row(call->policies, row);

		if ((call->policies->own[row / 64] >> (row % 64)) & 1)
			return place_of(answers, call->policies->answers[row].value, call->policies->answers[row].isnull);
		many = policy->many;
		codes = &answers->codes[policy->place];
		row = call->policies->number[row];
	}
	code = many->code[row];
	if (unlikely(codes->of_code[code] < 0))
	{
		bool		isnull;
		Datum		value = many_answer(many, code, &isnull);

		codes->of_code[code] = place_of(answers, value, isnull);
	}
	return codes->of_code[code];
}

/* ---------------- cells ---------------- */

static Cell *
make_cell(const Cross *cross)
{
	Cell	   *cell = palloc0(sizeof(Cell));

	cell->amounts = palloc0_array(AmountTotal, cross->namounts + 1);
	cell->lines = palloc0_array(LinesTotal, cross->nlines + 1);
	return cell;
}

static inline Cell *
next_cell(const Cross *cross, Cell *cell, int answer)
{
	if (unlikely(answer >= cell->nnext))
	{
		int			count = Max(answer + 4, cell->nnext * 2);

		cell->next = cell->next ? repalloc_huge(cell->next, count * sizeof(Cell *)) :
			palloc_extended(count * sizeof(Cell *), MCXT_ALLOC_HUGE);
		memset(cell->next + cell->nnext, 0, (count - cell->nnext) * sizeof(Cell *));
		cell->nnext = count;
	}
	if (unlikely(cell->next[answer] == NULL))
		cell->next[answer] = make_cell(cross);
	return cell->next[answer];
}

static inline void
touch(Cross *cross, Cell *cell)
{
	if (cell->listed)
		return;
	cell->listed = true;
	memset(cell->here, 0, sizeof(cell->here));
	cross->touched[cross->ntouched++] = cell;
}

/* The place of a row in a dimension. */
static inline int
place_in(TotalsState *state, JudgeState *child, int dimension, int row)
{
	if (dimension < state->ncalls)
		return answer_of(&state->answers[dimension], &child->calls[dimension], row);
	if (dimension < state->ncalls + state->nplain)
		return state->truths[dimension - state->ncalls][row];
	return state->group_of_row[row];
}

/* Finds the cells of the rows. */
static void
divide(TotalsState *state, JudgeState *child, Cross *cross, int ngroups)
{
	int			i;
	int			d;
	int			g;

	cross->ntouched = 0;
	if (cross->ndimensions == 0)
	{
		touch(cross, cross->cells);
		memcpy(cross->cells->here, child->alive, ngroups * sizeof(uint64));
		return;
	}
	for (g = 0; g < ngroups; g++)
	{
		uint64		rest = child->alive[g];

		for (; rest != 0; rest &= rest - 1)
		{
			Cell	   *cell = cross->cells;

			i = pg_rightmost_one_pos64(rest);
			for (d = 0; d < cross->ndimensions; d++)
				cell = next_cell(cross, cell, place_in(state, child, cross->order[d], g * 64 + i));
			touch(cross, cell);
			cell->here[g] |= UINT64CONST(1) << i;
		}
	}
}

/* ---------------- lines ---------------- */

static void
add_verdict(const LinesTotal *total, Datum value)
{
	const Verdict *verdict = (const Verdict *) PG_DETOAST_DATUM(value);

	if (total->tally)
		tally_add_verdict(total->tally, verdict);
	if (total->budget)
		budget_add_verdict(total->budget, verdict);
}

static void
add_sure_lines(const Many *many, LinesTotal *total, const uint64 *sure)
{
	if (many->lines && total->tally)
		tally_add_rows(total->tally, many->lines, sure);
	if (many->lines && total->budget)
		budget_add_rows(total->budget, many->lines, sure);
}

/* The lines of one row. */
static void
add_lines_singly(JudgeState *child, JudgedCall *call, LinesTotal *total, int row)
{
	MemoryContext old = MemoryContextSwitchTo(child->context);
	bool		isnull = false;
	Datum		verdict;

	if (call->policies)
		verdict = policies_ask(child, call, row, &isnull);
	else
		verdict = many_value(call->many, row, call->facts, &isnull);
	MemoryContextSwitchTo(old);
	if (!isnull)
		add_verdict(total, verdict);
}

/* Adds the lines of a cell's rows; those in doubt one by one. */
static void
add_lines(JudgeState *child, JudgedCall *call, LinesTotal *total, const uint64 *rows, int ngroups)
{
	uint64		sure[MANY_WORDS];
	int			g;
	int			i;

	if (call->policies == NULL)
	{
		for (g = 0; g < ngroups; g++)
			sure[g] = rows[g] & ~call->many->doubt[g];
		add_sure_lines(call->many, total, sure);
	}
	for (i = 0; call->policies && i < JUDGE_POLICIES; i++)
	{
		const RowPolicy *known = call->policies->known[i];

		if (known && known->many && known->nrows > 0 && policies_sure(call->policies, known, rows, ngroups, sure))
			add_sure_lines(known->many, total, sure);
	}
	for (g = 0; g < ngroups; g++)
	{
		uint64		rest = rows[g] & judge_doubt(call)[g];

		for (; rest != 0; rest &= rest - 1)
		{
			CHECK_FOR_INTERRUPTS();
			add_lines_singly(child, call, total, g * 64 + pg_rightmost_one_pos64(rest));
		}
	}
}

/* ---------------- amounts ---------------- */

/* Adds the amounts of a cell's rows. */
static void
add_amounts(MemoryContext context, AmountTotal *total, const JudgedCall *call, const uint64 *rows, int ngroups)
{
	const RowPolicies *policies = call->policies;
	uint64		sure[MANY_WORDS];
	int			g;
	int			i;

	if (policies == NULL)
		amounts_add(context, total, call->many, ngroups, rows);
	for (i = 0; policies && i < JUDGE_POLICIES; i++)
	{
		const RowPolicy *known = policies->known[i];

		if (known && known->many && known->nrows > 0 && policies_sure(policies, known, rows, ngroups, sure))
			amounts_add(context, total, known->many, ngroups, sure);
	}
	for (g = 0; policies && g < ngroups; g++)
	{
		uint64		rest = rows[g] & policies->own[g];

		for (; rest != 0; rest &= rest - 1)
		{
			const NullableDatum *amount = &policies->answers[g * 64 + pg_rightmost_one_pos64(rest)];

			if (!amount->isnull)
				amounts_add_one(context, total, DatumGetNumeric(amount->value));
		}
	}
}

/* ---------------- a batch ---------------- */

static void
add_cell(TotalsState *state, JudgeState *child, const Cross *cross, Cell *cell, int ngroups)
{
	int			g;
	int			i;

	for (g = 0; g < ngroups; g++)
		cell->nrows += pg_popcount64(cell->here[g]);
	for (i = 0; i < cross->namounts; i++)
		add_amounts(state->context, &cell->amounts[i], &child->calls[cross->amount_calls[i]], cell->here, ngroups);
	for (i = 0; i < cross->nlines; i++)
	{
		LinesTotal *total = &cell->lines[i];

		if (cross->tallies[i] && total->tally == NULL)
			total->tally = tally_create(state->context);
		if (cross->budgets[i] && total->budget == NULL)
			total->budget = budget_create(state->context);
		add_lines(child, &child->calls[cross->line_calls[i]], total, cell->here, ngroups);
	}
	cell->listed = false;
}

/* Rows in doubt are answered, except for their lines. */
static void
answer_doubts(JudgeState *child, JudgedCall *call, int ngroups)
{
	int			g;

	if (call->question == QUESTION_JUDGE)
	{
		if (call->policies == NULL)
			many_read_lines(call->many);
		return;
	}
	for (g = 0; g < ngroups; g++)
	{
		uint64		rest = child->alive[g] & judge_doubt(call)[g];

		for (; rest != 0; rest &= rest - 1)
		{
			CHECK_FOR_INTERRUPTS();
			judge_single(child, call, g * 64 + pg_rightmost_one_pos64(rest));
		}
	}
}

void
totals_add_batch(TotalsState *state, JudgeState *child)
{
	MemoryContext old = MemoryContextSwitchTo(state->context);
	int			ngroups = (child->nrows + 63) / 64;
	uint64		any = 0;
	int			g;
	int			i;
	int			j;

	for (g = 0; g < ngroups; g++)
		any |= child->alive[g];
	for (i = 0; any != 0 && i < state->ncalls; i++)
	{
		answer_doubts(child, &child->calls[i], ngroups);
		check_codes_of_call(&state->answers[i], &child->calls[i]);
	}
	if (any != 0 && state->nplain > 0)
		totals_read_rows(state, child, ngroups);
	for (i = 0; any != 0 && i < state->ncrosses; i++)
	{
		Cross	   *cross = &state->crosses[i];

		divide(state, child, cross, ngroups);
		for (j = 0; j < cross->ntouched; j++)
			add_cell(state, child, cross, cross->touched[j], ngroups);
	}
	MemoryContextSwitchTo(old);
}

/* ---------------- groups ---------------- */

static uint32
hash_of_group(TotalsState *state, const NullableDatum *keys)
{
	uint32		hash = state->row_group;
	int			i;

	for (i = 0; i < state->nkeys; i++)
	{
		TotalKey   *key = &state->keys[i];

		hash = pg_rotate_left32(hash, 1);
		if (key->plain < 0 && OidIsValid(key->hash.fn_oid) && !keys[i].isnull)
			hash ^= DatumGetUInt32(FunctionCall1Coll(&key->hash, key->collation, keys[i].value));
	}
	return murmurhash32(hash);
}

static bool
is_group(TotalsState *state, const TotalGroup *group, const NullableDatum *keys)
{
	int			i;

	if (group->row_group != state->row_group)
		return false;
	for (i = 0; i < state->nkeys; i++)
	{
		TotalKey   *key = &state->keys[i];

		if (key->plain >= 0)
			continue;
		if (group->keys[i].isnull != keys[i].isnull)
			return false;
		if (!keys[i].isnull &&
			!DatumGetBool(FunctionCall2Coll(&key->equal, key->collation, group->keys[i].value, keys[i].value)))
			return false;
	}
	return true;
}

static TotalGroup *
add_group(TotalsState *state, const NullableDatum *keys, uint32 hash)
{
	int			number = numbers_add(&state->groups_by_hash, state->context, hash);
	TotalGroup *group;
	int			i;

	if (number == state->most_groups)
	{
		state->most_groups = Max(state->most_groups * 2, 8);
		state->groups = state->groups ? repalloc_huge(state->groups, state->most_groups * sizeof(TotalGroup))
			: palloc_array(TotalGroup, state->most_groups);
	}
	group = &state->groups[number];
	group->row_group = state->row_group;
	group->keys = palloc_array(NullableDatum, state->nkeys + 1);
	group->values = palloc0_array(TotalValue, state->ncolumns + 1);
	for (i = 0; i < state->nkeys; i++)
	{
		const TotalKey *key = &state->keys[i];

		group->keys[i] = keys[i];
		if (!keys[i].isnull)
			group->keys[i].value = datumCopy(keys[i].value, key->by_value, key->length);
	}
	return group;
}

/* Finds or adds the group of a cell. */
static TotalGroup *
group_of(TotalsState *state, const NullableDatum *keys)
{
	MemoryContext old = MemoryContextSwitchTo(state->css.ss.ps.ps_ExprContext->ecxt_per_tuple_memory);
	uint32		hash = hash_of_group(state, keys);
	uint32		place;
	int			number = numbers_first(&state->groups_by_hash, hash, &place);

	while (number >= 0 && !is_group(state, &state->groups[number], keys))
		number = numbers_next(&state->groups_by_hash, hash, &place);
	MemoryContextSwitchTo(old);
	return number >= 0 ? &state->groups[number] : add_group(state, keys, hash);
}

/* Adds a cell, whose answers are in the slot, to its group. */
static void
add_to_group(TotalsState *state, int cross, const Cell *cell)
{
	ExprContext *econtext = state->css.ss.ps.ps_ExprContext;
	NullableDatum *keys;
	TotalGroup *group;
	int			i;

	if (cell->nrows == 0)
		return;
	CHECK_FOR_INTERRUPTS();
	ResetExprContext(econtext);
	ExecStoreVirtualTuple(state->slot);
	econtext->ecxt_outertuple = state->slot;
	ExecStoreVirtualTuple(state->plain);
	econtext->ecxt_innertuple = state->plain;
	keys = MemoryContextAlloc(econtext->ecxt_per_tuple_memory, (state->nkeys + 1) * sizeof(NullableDatum));
	for (i = 0; i < state->nkeys; i++)
		keys[i].value = ExecEvalExprSwitchContext(state->keys[i].expr, econtext, &keys[i].isnull);
	group = group_of(state, keys);
	for (i = 0; i < state->ncolumns; i++)
		if (state->columns[i].cross == cross)
			totals_add_cell(state, &state->columns[i], cell, &group->values[i]);
	econtext->ecxt_outertuple = econtext->ecxt_innertuple = NULL;
	ExecClearTuple(state->slot);
	ExecClearTuple(state->plain);
}

/* Goes through the cells that are at the places in the first dimensions that are in the slots. */
static void
visit(TotalsState *state, int cross, Cell *cell, int depth)
{
	const Cross *of = &state->crosses[cross];
	int			dimension;
	int			i;

	if (depth == of->ndimensions)
	{
		add_to_group(state, cross, cell);
		return;
	}
	dimension = of->order[depth];
	for (i = 0; i < cell->nnext; i++)
	{
		if (cell->next[i] == NULL)
			continue;
		if (dimension < state->ncalls)
		{
			state->slot->tts_values[dimension] = state->answers[dimension].values[i].value;
			state->slot->tts_isnull[dimension] = state->answers[dimension].values[i].isnull;
		}
		else
			totals_put_place(state, dimension, i);
		visit(state, cross, cell->next[i], depth + 1);
	}
}

void
totals_finish(TotalsState *state)
{
	MemoryContext old = MemoryContextSwitchTo(state->context);
	int			i;

	/* without GROUP BY, there is a result even of no rows */
	if (state->nkeys == 0)
		(void) group_of(state, NULL);
	for (i = 0; i < state->ncrosses; i++)
	{
		ExecClearTuple(state->slot);
		ExecClearTuple(state->plain);
		memset(state->plain->tts_isnull, true, state->nplain * sizeof(bool));
		visit(state, i, state->crosses[i].cells, 0);
	}
	MemoryContextSwitchTo(old);
}
