/*
 * solve.c
 *		Satisfies one condition by changing one fact, or several.
 *
 * undo.c computes the required values.  They count only if the evaluator confirms them by a
 * run.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "gap.h"

#define MAX_DAYS_OFF 3			/* month ends: 31 March less a month */

/* ---------------- the facts replaced ---------------- */

void
gap_begin(Gap *gap)
{
	int			nfacts = gap->program->nfacts;
	int			fact;

	CHECK_FOR_INTERRUPTS();
	gap->trials++;
	if (!gap->begun)
		run_begin(gap->run, &gap->overlay.source);
	/* mostly nothing was replaced */
	if (memcmp(gap->overlay.set, gap->begun_with, nfacts * sizeof(Value *)) == 0)
		nfacts = 0;
	for (fact = 0; fact < nfacts; fact++)
	{
		if (gap->overlay.set[fact] == gap->begun_with[fact])
			continue;
		if (gap->begun)
		{
			const GapDependents *dependents = gap_dependents(gap->known, fact);

			run_forget(gap->run, dependents->instrs, dependents->count);
		}
		gap->begun_with[fact] = gap->overlay.set[fact];
	}
	gap->begun = true;
}

void
gap_replace_fact(Gap *gap, int fact, const Value *value, const GapCondition *reason)
{
	Value	   *copy = NULL;

	if (value)
	{
		copy = palloc(sizeof(Value));
		*copy = *value;
	}
	gap->overlay.set[fact_number(gap->program, fact)] = copy;
	gap->overlay.reason[fact_number(gap->program, fact)] = reason;
}

bool
gap_condition_holds(Gap *gap, const GapCondition *condition)
{
	const Value *value = run_value(gap->run, condition->instr);
	Value		bound;

	if (!condition->bounded)
		return value->truth == condition->want;
	value_set_number(&bound, &condition->bound);
	return value_compare(value, &bound, TYPE_NUMBER, condition->op) == TRUTH_TRUE;
}

/* ---------------- which facts ---------------- */

typedef struct Finder
{
	Gap		   *gap;
	bool	   *seen;
	List	   *front;			/* facts that are divided or subtracted from,
								 * and similar */
	List	   *back;
} Finder;

static void
find_facts(Finder *finder, int number, bool back)
{
	const Program *program = finder->gap->program;
	const Instr *instr = &program->instrs[number];
	bool		first = true;

	check_stack_depth();
	if (finder->seen[number])
		return;
	finder->seen[number] = true;
	if (instr->op == OP_FACT)
	{
		if (instr->a == 0 || back)
			finder->back = list_append_unique_int(finder->back, instr->a);
		else
			finder->front = list_append_unique_int(finder->front, instr->a);
	}
	/* from here, the elements of a range are visited */
	if ((instr->op == OP_YEARLY && instr->scopes == 0) || instr->op == OP_LIST)
	{
		List	  **facts = back ? &finder->back : &finder->front;

		*facts = list_concat_unique_int(*facts, gap_facts_in_years(finder->gap, number));
	}
	foreach_operand(operand, program, instr)
	{
		find_facts(finder, operand,
				   back || (!first && (instr->op == OP_DIVIDE || instr->op == OP_SUBTRACT ||
									   instr->op == OP_DAYS)));
		first = false;
	}
}

static List *
facts_of(Gap *gap, int instr)
{
	Finder		finder = {gap, NULL, NIL, NIL};
	List	   *facts;

	finder.seen = palloc0_array(bool, gap->program->ninstrs);
	find_facts(&finder, instr, false);
	pfree(finder.seen);
	facts = list_concat_unique_int(finder.front, finder.back);
	/* the day comes by itself, so it is changed last */
	if (list_member_int(facts, 0))
		facts = lappend_int(list_delete_int(facts, 0), 0);
	return facts;
}

List *
gap_condition_facts(Gap *gap, const GapCondition *condition)
{
	GapProgram *known = gap->known;
	MemoryContext old;

	/* the years that a condition reads depend on the row */
	if (known->yearly)
		return facts_of(gap, condition->instr);
	if (known->facts[condition->instr] == NIL)
	{
		old = MemoryContextSwitchTo(known->context);
		known->facts[condition->instr] = facts_of(gap, condition->instr);
		known->grown = true;
		MemoryContextSwitchTo(old);
	}
	return known->facts[condition->instr];
}

void
gap_find_dependents(Gap *gap, int fact)
{
	if (gap_declared(gap, fact)->by_year)
		gap_find_year_dependents(gap, fact);
	else if (gap->program->fact_instrs[fact] < 0)
		gap->depends = gap->known->nothing;
	else
		gap->depends = gap_dependents(gap->known, fact)->marks;
}

/* ---------------- one condition ---------------- */

/* Whether a register is a fact itself. */
static bool
is_fact(const Gap *gap, int number, int fact)
{
	const Instr *instr = &gap->program->instrs[number];

	return (instr->op == OP_FACT || instr->op == OP_YEARLY) && instr->a == fact_number(gap->program, fact);
}

static bool
solve_comparison(Gap *gap, const GapCondition *condition, const Instr *instr, int fact, Value *value)
{
	const Fact *declared = gap_declared(gap, fact);
	ValueType	type = gap->program->instrs[instr->a].type;
	bool		left = gap->depends[instr->a];
	const Value *bound = run_value(gap->run, left ? instr->b : instr->a);
	int			side = left ? instr->a : instr->b;
	GapTarget	asked;
	GapTarget	result;

	if (!bound->known || bound->none)
		return false;
	asked.op = condition->want == TRUTH_TRUE ? instr->flag : compare_opposite(instr->flag);
	if (!left)
		asked.op = compare_mirrored(asked.op);
	if (type == TYPE_TEXT)
	{
		if (asked.op != CMP_EQ || !is_fact(gap, side, fact))
			return false;
		value_set_text(value, bound->text, bound->length);
		return true;
	}
	asked.number = bound->low;
	asked.day = bound->day;
	if (!gap_undo(gap, side, asked, &result))
		return false;
	if (declared->type == TYPE_NUMBER)
		return gap_nearest_number(declared, &result, value);
	if (declared->type != TYPE_DATE)
		return false;
	gap_nearest_day(&result, value);
	return true;
}

/* Finds a text that is, or is not, among the constants. */
static bool
solve_text_in(Gap *gap, const GapCondition *condition, const Instr *instr, int fact, Value *value)
{
	const Program *program = gap->program;
	bool		inside = (condition->want == TRUTH_TRUE) != (bool) instr->flag;
	ListCell   *cell;
	int			i;

	if (inside)
	{
		*value = *run_value(gap->run, program->args[instr->args]);
		return true;
	}
	foreach(cell, gap_declared(gap, fact)->values)
	{
		const TextValue *text = lfirst(cell);

		for (i = 0; i < instr->nargs; i++)
			if (strcmp(program->texts[program->instrs[program->args[instr->args + i]].a], text->text) == 0)
				break;
		if (i == instr->nargs)
		{
			value_set_text(value, text->text, text->length);
			return true;
		}
	}
	return false;
}

static bool
find_value(Gap *gap, const GapCondition *condition, int fact, Value *value)
{
	const Instr *instr = &gap->program->instrs[condition->instr];
	const Fact *declared = gap_declared(gap, fact);
	GapTarget	asked = {condition->op, condition->bound, 0};
	GapTarget	result;

	if (gap->program->fact_instrs[fact_number(gap->program, fact)] < 0)
		return false;
	gap_find_dependents(gap, fact);
	gap->undone = 0;
	/* operations on the elements of a range have no inverse */
	gap->search = declared->by_year && !gap->depends[condition->instr];
	memset(value, 0, sizeof(Value));
	if (condition->bounded)
		return declared->type == TYPE_NUMBER && gap_undo(gap, condition->instr, asked, &result) &&
			gap_nearest_number(declared, &result, value);
	if (declared->type == TYPE_BOOLEAN)
	{
		/* the other of the two truth values */
		value_set_truth(value, condition->want);
		return true;
	}
	if (declared->type == TYPE_LIST)
	{
		/*
		 * an unknown list may be empty, but existing elements cannot be
		 * removed
		 */
		static const ListValue empty = {0, 0, NULL};
		bool		unknown = !run_value(gap->run, gap->program->fact_instrs[fact])->known;

		value->known = true;
		value->list = &empty;
		return unknown;
	}
	/* an operation between the condition and a text is not inverted */
	if (declared->type == TYPE_TEXT)
		gap->search = true;
	switch ((Op) instr->op)
	{
		case OP_COMPARE:
			return solve_comparison(gap, condition, instr, fact, value);
		case OP_TEXT_IN:
			return is_fact(gap, instr->a, fact) &&
				solve_text_in(gap, condition, instr, fact, value);
		case OP_IS_NONE:
			if ((condition->want == TRUTH_TRUE) == (bool) instr->flag || declared->null_means != NULL_NONE ||
				declared->type == TYPE_LIST)
				return false;
			value_set_none(value);
			return true;
		default:
			return false;
	}
}

/*
 * Returns whether a fact can change.  Facts that are fixed, days that have passed and
 * years before the latest cannot.  The day judged always can.
 */
static bool
can_change(Gap *gap, int fact)
{
	const Fact *declared = gap_declared(gap, fact);
	Value		present;
	Value		today;

	if (declared->fixed || (declared->by_year && fact != gap_fact_at(gap, fact_number(gap->program, fact))))
		return false;
	if (declared->type != TYPE_DATE || fact == 0)
		return true;
	gap->overlay.row->load(gap->overlay.row, fact, &present);
	gap->overlay.row->load(gap->overlay.row, 0, &today);
	return !present.known || present.none || !today.known || present.day > today.day;
}

/* Rejects a day before the day judged for something that has not happened yet. */
static bool
can_become(Gap *gap, int fact, const Value *value)
{
	Value		present;
	Value		today;

	if (gap_declared(gap, fact)->type != TYPE_DATE || fact == 0 || value->none)
		return true;
	gap->overlay.row->load(gap->overlay.row, fact, &present);
	gap->overlay.row->load(gap->overlay.row, 0, &today);
	return !present.known || !today.known || value->day >= today.day;
}

bool
gap_solve_for(Gap *gap, const GapCondition *condition, int fact, Value *value)
{
	return can_change(gap, fact) && find_value(gap, condition, fact, value) && can_become(gap, fact, value);
}

bool
gap_try_value(Gap *gap, const GapCondition *condition, int fact, const Value *value)
{
	int			place = fact_number(gap->program, fact);
	const Value *set = gap->overlay.set[place];
	const GapCondition *reason = gap->overlay.reason[place];

	if (!can_become(gap, fact, value))
		return false;
	gap_replace_fact(gap, fact, value, condition);
	gap_begin(gap);
	if (gap_condition_holds(gap, condition))
		return true;
	gap->overlay.set[place] = set;
	gap->overlay.reason[place] = reason;
	gap_begin(gap);
	return false;
}

static bool
solve_one_way(Gap *gap, const GapCondition *condition, int fact)
{
	const Fact *declared = gap_declared(gap, fact);
	Value		value;
	int			direction;
	int			i;

	gap->search = false;
	if (!can_change(gap, fact))
		return false;
	if (!gap_solve_for(gap, condition, fact, &value))
		return gap->search && gap_search(gap, condition, fact);
	if (declared->type == TYPE_NUMBER || declared->type == TYPE_DATE)
	{
		Value		inside = value;

		if (!value.none && gap_clamp_to_range(declared, &inside))
			return false;
	}
	if (gap_try_value(gap, condition, fact, &value))
		return true;
	if (declared->type == TYPE_BOOLEAN)
	{
		value_set_truth(&value, TRUTH_TRUE - value.truth);
		return gap_try_value(gap, condition, fact, &value);
	}
	if (declared->type != TYPE_DATE || value.none)
		return false;
	/* the ends of months may shift the result by some days */
	for (i = 1; i <= MAX_DAYS_OFF; i++)
		for (direction = -1; direction <= 1; direction += 2)
		{
			Value		near;

			value_set_date(&near, value.day + direction * i);
			if (!gap_clamp_to_range(declared, &near) && gap_try_value(gap, condition, fact, &near))
				return true;
		}
	return false;
}

static bool
solve_by(Gap *gap, const GapCondition *condition, int fact)
{
	bool		solved;

	gap->two_ways = gap->other_way = false;
	if (solve_one_way(gap, condition, fact))
		return true;
	gap->other_way = gap->two_ways;
	solved = gap->two_ways && solve_one_way(gap, condition, fact);
	gap->other_way = false;
	return solved;
}

/*
 * Changes several facts, each to what the condition requires of it, as in latest(a, b) <=
 * as_of.
 */
static bool
solve_together(Gap *gap, const GapCondition *condition, const List *facts)
{
	Overlay		saved;
	ListCell   *cell;

	gap_save_overlay(gap, &saved);
	foreach(cell, facts)
	{
		Value		value;

		if (lfirst_int(cell) == 0 || !gap_solve_for(gap, condition, lfirst_int(cell), &value) ||
			(!value.none && gap_clamp_to_range(gap_declared(gap, lfirst_int(cell)), &value)))
			continue;
		gap_replace_fact(gap, lfirst_int(cell), &value, condition);
		gap_begin(gap);
		if (gap_condition_holds(gap, condition))
			return true;
	}
	gap_restore_overlay(gap, &saved);
	return false;
}

bool
gap_solve(Gap *gap, const GapCondition *condition)
{
	List	   *facts = gap_condition_facts(gap, condition);
	ListCell   *cell;

	foreach(cell, facts)
	{
		if (solve_by(gap, condition, lfirst_int(cell)))
			return true;
	}
	return list_length(facts) > 1 && solve_together(gap, condition, facts);
}
