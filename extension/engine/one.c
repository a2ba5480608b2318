/*
 * one.c
 *		The value of the single element of a list that satisfies a condition.
 *
 * If several elements match, they must have the same value; otherwise the value is
 * unknown.  A list may lack elements that exist: unless an element certainly matches, the
 * value is that of an unknown element.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "exact.h"
#include "value.h"

void
list_one(Run *run, const Instr *instr, Value *out)
{
	const Value *list = run_value(run, instr->a);
	int			count = list->known ? list->list->count : 0;
	bool		any = false;
	bool		sure = false;
	int			i;

	for (i = 0; i < count; i++)
	{
		Truth		here;

		CHECK_FOR_INTERRUPTS();
		run_enter_element(run, instr->depth, list->list->fields + i * list->list->nfields);
		here = instr->b >= 0 ? run_truth(run, instr->b) : TRUTH_TRUE;
		if (here == TRUTH_FALSE)
			continue;
		value_widen(out, run_value(run, instr->c), instr->type, !any);
		any = true;
		sure |= here == TRUTH_TRUE;
	}
	if (sure)
		return;
	run_enter_element(run, instr->depth, run_unknown_element(run, instr));
	value_widen(out, run_value(run, instr->c), instr->type, !any);
}

OneOpen
list_one_open(Run *run, const Instr *instr, const ListValue *list)
{
	Value		first;
	bool		any = false;
	bool		sure = false;
	int			i;

	for (i = 0; i < list->count; i++)
	{
		const Value *body;
		Truth		here;

		CHECK_FOR_INTERRUPTS();
		run_enter_element(run, instr->depth, list->fields + i * list->nfields);
		here = instr->b >= 0 ? run_truth(run, instr->b) : TRUTH_TRUE;
		if (here == TRUTH_FALSE)
			continue;
		sure |= here == TRUTH_TRUE;
		body = run_value(run, instr->c);
		if (!value_decided(body, instr->type))
			continue;
		value_widen(&first, body, instr->type, !any);
		any = true;
	}
	if (!sure)
		return ONE_NO_ELEMENT;
	return any && !value_decided(&first, instr->type) ? ONE_DIFFERS : ONE_NOT_OPEN;
}
