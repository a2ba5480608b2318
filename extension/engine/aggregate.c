/*
 * aggregate.c
 *		Functions over lists.
 *
 * The evaluator enters each element in turn and recomputes the instructions that depend on
 * it.  An element whose condition is undecided may or may not count.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "exact.h"
#include "kernel.h"
#include "value.h"

void
run_enter_element(Run *run, int depth, const Value *fields)
{
	run->elements[depth] = fields;
	run->epochs[depth] = ++run->clock;
}

/* Of a range that is unknown: a number between its ends. */
static Value *
unknown_element_of_range(Run *run, const Instr *range)
{
	Value	   *it = palloc0(sizeof(Value));
	const Value *low = run_value(run, range->a);

	value_set_range(it, low_of(low), high_of(run_value(run, range->b)), false);
	return it;
}

Value *
run_unknown_element(Run *run, const Instr *call)
{
	const Fact *list = program_list(run->program, call);
	Value	   *fields;
	ListCell   *cell;

	if (list == NULL)
		return unknown_element_of_range(run, &run->program->instrs[call->a]);
	fields = palloc0_array(Value, list_length(list->fields));
	foreach(cell, list->fields)
	{
		value_set_unknown(&fields[foreach_current_index(cell)], lfirst(cell));
	}
	return fields;
}

/* State of an aggregate. */
typedef struct ListFold
{
	bool		empty;			/* no element certainly counted */
	bool		any;			/* an element may have counted */
	int			sure;			/* number of elements that certainly counted */
	int			possible;
	Truth		truth;
	Value		value;			/* the sum so far, or the extreme of all
								 * elements that may count */
	Value		bound;			/* the extreme of the elements that certainly
								 * count */
} ListFold;

static void
tally_start(ListFold *tally, const Instr *instr)
{
	tally->empty = true;
	tally->any = false;
	tally->sure = tally->possible = 0;
	tally->truth = instr->flag == FUNC_ALL ? TRUTH_TRUE : TRUTH_FALSE;
}

static void
tally_element(Run *run, const Instr *instr, ListFold *tally)
{
	Truth		here = instr->b >= 0 ? run_truth(run, instr->b) : TRUTH_TRUE;
	const Value *body;
	Value		value;
	Value		total;

	if (here == TRUTH_FALSE)
		return;
	tally->sure += here == TRUTH_TRUE;
	tally->possible++;
	switch ((Function) instr->flag)
	{
		case FUNC_ANY:
			tally->truth = Max(tally->truth, instr->c >= 0 ? Min(here, run_truth(run, instr->c)) : here);
			break;
		case FUNC_ALL:
			tally->truth = Min(tally->truth, Max(TRUTH_TRUE - here, run_truth(run, instr->c)));
			break;
		case FUNC_SUM:
			body = run_value(run, instr->c);
			if (is_none(body))
				break;
			value = *body;
			if (here == TRUTH_UNKNOWN || may_be_none(body))
			{
				Value		zero;

				value.none = false;
				value_set_number(&zero, &number_zero);
				value_widen(&value, &zero, TYPE_NUMBER, false);
			}
			value_add(&total, &tally->value, &value);
			tally->value = total;
			break;
		case FUNC_MIN:
		case FUNC_MAX:
			body = run_value(run, instr->c);
			if (is_none(body))
				break;
			value_widen(&tally->value, body, instr->type, !tally->any);
			tally->any = true;
			if (here == TRUTH_TRUE && !may_be_none(body))
			{
				/* keep the tighter of two valid bounds */
				bool		least = instr->flag == FUNC_MIN;
				bool		better = tally->empty;

				if (!better && instr->type == TYPE_DATE)
					better = least ? body->last_day < tally->bound.last_day : body->day > tally->bound.day;
				else if (!better && least)
					better = high_of(body) && (high_of(&tally->bound) == NULL ||
											   number_compare(high_of(body), high_of(&tally->bound)) < 0);
				else if (!better)
					better = low_of(body) && (low_of(&tally->bound) == NULL ||
											  number_compare(low_of(body), low_of(&tally->bound)) > 0);
				if (better)
					tally->bound = *body;
				tally->empty = false;
			}
			break;
		default:
			break;
	}
}

/* Sets the extreme of the elements that may count, given those that certainly do. */
static void
set_extreme(Value *out, const Instr *instr, const ListFold *tally)
{
	bool		least = instr->flag == FUNC_MIN;

	if (!tally->any)
		value_set_none(out);
	else if (tally->empty)
	{
		Value		none;

		*out = tally->value;
		value_set_none(&none);
		value_widen(out, &none, instr->type, false);
	}
	else if (instr->type == TYPE_DATE)
		value_set_days(out, least ? tally->value.day : tally->bound.day,
					   least ? tally->bound.last_day : tally->value.last_day, false);
	else
		value_set_range(out, least ? low_of(&tally->value) : low_of(&tally->bound),
						least ? high_of(&tally->bound) : high_of(&tally->value), false);
}

/* Sets the result for an unknown list: any number of elements, each unknown. */
static void
list_unknown(Run *run, const Instr *instr, Value *out)
{
	Truth		here;
	ListFold	tally;

	run_enter_element(run, instr->depth, run_unknown_element(run, instr));
	here = instr->b >= 0 ? run_truth(run, instr->b) : TRUTH_TRUE;
	tally_start(&tally, instr);

	switch ((Function) instr->flag)
	{
		case FUNC_COUNT:
			value_set_range(out, &number_zero, here == TRUTH_FALSE ? &number_zero : NULL, false);
			break;
		case FUNC_ANY:
			tally_element(run, instr, &tally);
			value_set_truth(out, tally.truth == TRUTH_FALSE ? TRUTH_FALSE : TRUTH_UNKNOWN);
			break;
		case FUNC_ALL:
			tally_element(run, instr, &tally);
			value_set_truth(out, tally.truth == TRUTH_TRUE ? TRUTH_TRUE : TRUTH_UNKNOWN);
			break;
		case FUNC_SUM:
			if (here == TRUTH_FALSE)
				value_set_number(out, &number_zero);
			else
			{
				const Value *body = run_value(run, instr->c);
				bool		none = is_none(body);
				bool		negative = !none && (low_of(body) == NULL || number_sign(low_of(body)) < 0);
				bool		positive = !none && (high_of(body) == NULL || number_sign(high_of(body)) > 0);

				value_set_range(out, negative ? NULL : &number_zero, positive ? NULL : &number_zero, false);
			}
			break;
		default:
			tally_element(run, instr, &tally);
			tally.empty = true;
			set_extreme(out, instr, &tally);
			break;
	}
}

static void
set_of_empty(Value *out, const Instr *instr)
{
	switch ((Function) instr->flag)
	{
		case FUNC_COUNT:
		case FUNC_SUM:
			value_set_number(out, &number_zero);
			break;
		case FUNC_ANY:
		case FUNC_ALL:
			value_set_truth(out, instr->flag == FUNC_ALL ? TRUTH_TRUE : TRUTH_FALSE);
			break;
		default:
			value_set_none(out);
			break;
	}
}

void
exact_list(Run *run, const Instr *instr, Value *out)
{
	const Value *list;
	ListFold	tally;
	Number		low,
				high;
	int			i;

	if (instr->flag == FUNC_ONE || instr->flag == FUNC_AVG)
	{
		(instr->flag == FUNC_ONE ? list_one : list_average) (run, instr, out);
		return;
	}
	if (run->watch == NULL && run->program->instrs[instr->a].op == OP_FACT && lane_is_empty(run, instr->a))
	{
		set_of_empty(out, instr);
		return;
	}
	list = run_value(run, instr->a);
	if (!list->known)
	{
		list_unknown(run, instr, out);
		return;
	}
	tally_start(&tally, instr);
	value_set_number(&tally.value, &number_zero);
	for (i = 0; i < list->list->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		run_enter_element(run, instr->depth, list->list->fields + i * list->list->nfields);
		tally_element(run, instr, &tally);
		if (instr->flag == FUNC_ANY && tally.truth == TRUTH_TRUE)
			break;
		if (instr->flag == FUNC_ALL && tally.truth == TRUTH_FALSE)
			break;
	}
	switch ((Function) instr->flag)
	{
		case FUNC_COUNT:
			low = number_of(tally.sure);
			high = number_of(tally.possible);
			value_set_range(out, &low, &high, false);
			break;
		case FUNC_ANY:
		case FUNC_ALL:
			value_set_truth(out, tally.truth);
			break;
		case FUNC_SUM:
			*out = tally.value;
			break;
		default:
			set_extreme(out, instr, &tally);
			break;
	}
}
