/*
 * answer.c
 *		What a policy answers about one row.
 *
 * If the row's day is unknown, several versions of a series may be in force.  An answer is
 * then decided only if all of them agree.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "answer.h"
#include "engine/kernel.h"
#include "engine/value.h"
#include "language/names.h"
#include "messages.h"

/* Returns the type of the definition that the policy is narrowed to; TYPE_UNKNOWN if it is not. */
static ValueType
part_type(const Question *question)
{
	int			i;

	for (i = 0; i < question->compiled->nprograms; i++)
		if (question->compiled->programs[i]->value >= 0)
			return question->compiled->programs[i]->value_type;
	return TYPE_UNKNOWN;
}

Truth
answer_eligible(const Question *question)
{
	Truth		all = TRUTH_FALSE;
	ValueType	type = part_type(question);
	int			i;

	if (type != TYPE_UNKNOWN && type != TYPE_BOOLEAN)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a definition that is a %s cannot be satisfied", _(type_name(type))),
				 type == TYPE_NUMBER ? errhint("Ask for it with zjtx.value().") : 0));
	for (i = 0; i < question->nruns; i++)
	{
		Truth		truth = run_truth(question->runs[i], question->runs[i]->program->satisfied);

		if (i > 0 && truth != all)
			return TRUTH_UNKNOWN;
		all = truth;
	}
	if (question->nothing && all != TRUTH_FALSE)
		return TRUTH_UNKNOWN;
	return all;
}

static Placement
run_placement(Run *run)
{
	Placement	placement = {PLACEMENT_NONE, NULL};
	int			i;

	for (i = run->program->nrungs - 1; i >= 0; i--)
	{
		Truth		truth = run_truth(run, run->program->rungs[i].when);

		if (truth == TRUTH_TRUE)
		{
			placement.state = PLACEMENT_RUNG;
			placement.rung = run->program->rungs[i].rung;
			break;
		}
		if (truth == TRUTH_UNKNOWN)
			placement.state = PLACEMENT_UNDECIDED;
	}
	return placement;
}

bool
answer_has_ladder(const Question *question)
{
	const Compiled *compiled = question->compiled;
	int			i;

	for (i = 0; i < compiled->nprograms; i++)
		if (compiled->programs[i]->nrungs > 0)
			return true;
	return false;
}

Placement
answer_placement(const Question *question)
{
	Placement	all = {PLACEMENT_NONE, NULL};
	int			i;

	if (!answer_has_ladder(question))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("policy \"%s\" has no ladder", question->compiled->name),
				 errhint("Use |= or zjtx.eligible() to ask whether a clause is satisfied.")));

	for (i = 0; i < question->nruns; i++)
	{
		Placement	placement = run_placement(question->runs[i]);

		if (i > 0 &&
			(placement.state != all.state ||
			 (placement.rung && strcmp(placement.rung->provision.code, all.rung->provision.code) != 0)))
			placement.state = PLACEMENT_UNDECIDED;
		all = placement;
		if (all.state == PLACEMENT_UNDECIDED)
			break;
	}
	if (question->nothing && all.state == PLACEMENT_RUNG)
		all.state = PLACEMENT_UNDECIDED;
	return all;
}

Truth
answer_in_force(Run *run, Value *day)
{
	const Document *doc = run->program->doc;

	memset(day, 0, sizeof(*day));
	if (!document_is_dated(doc))
		return TRUTH_TRUE;
	run->source->load(run->source, 0, day);
	if (!day->known || is_none(day))
		return TRUTH_UNKNOWN;
	if ((doc->has_from && day->day < doc->from) || (doc->has_until && day->day >= doc->until))
		return TRUTH_FALSE;
	return TRUTH_TRUE;
}

/* Widens a range to include that of another version. */
static void
add_version(AnsweredValue *all, const Value *value, bool first)
{
	bool		low_open = !value->known && value->low_open;
	bool		high_open = !value->known && value->high_open;

	if (first)
	{
		all->known = value->known;
		all->none = is_none(value);
		all->low_open = low_open;
		all->high_open = high_open;
		all->low = value->low;
		all->high = *value_high(value);
		return;
	}
	all->known = all->known && value->known && all->none == is_none(value) &&
		(all->none || number_compare(&all->low, &value->low) == 0);
	all->none = all->none && is_none(value);
	all->low_open |= low_open;
	all->high_open |= high_open;
	if (!all->low_open && number_compare(&value->low, &all->low) < 0)
		all->low = value->low;
	if (!all->high_open && number_compare(value_high(value), &all->high) > 0)
		all->high = *value_high(value);
}

AnsweredValue
answer_value(const Question *question)
{
	AnsweredValue all = {false, false, true, true, number_zero, number_zero};
	ValueType	type = part_type(question);
	bool		first = true;
	int			i;

	if (type != TYPE_NUMBER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 type == TYPE_UNKNOWN ?
				 errmsg("policy \"%s\" is not narrowed to a definition", question->compiled->name) :
				 errmsg("a definition that is a %s has no number", _(type_name(type))),
				 type == TYPE_BOOLEAN ? errhint("Ask with |= whether it holds.") :
				 errhint("Narrow it to a definition or score that is a number: policy -> 'name'.")));
	for (i = 0; i < question->nruns; i++)
	{
		Run		   *run = question->runs[i];

		/* a version of a series need not have the definition */
		if (run->program->value < 0)
		{
			all.known = false;
			all.low_open = all.high_open = true;
			return all;
		}
		add_version(&all, run_value(run, run->program->value), first);
		first = false;
	}
	if (question->nothing)
		all.known = false;
	return all;
}

Amount
answer_amount_of(const Value *value)
{
	Amount		amount;

	amount.undetermined = false;
	amount.low = value->low;
	amount.unbounded = !value->known && value->high_open;
	amount.high = *value_high(value);
	return amount;
}

static Number
number_of_hundredths(int64 hundredths)
{
	Number		number = number_of(hundredths);

	if (hundredths % 100 == 0)
		number.num /= 100;
	else
		number.den = 100;
	return number;
}

Amount
answer_amount_of_register(Run *run, int instr)
{
	Amount		amount;
	int64		low;
	int64		high;

	/* a watched run must evaluate every value exactly */
	if (run->watch != NULL || !lane_money(run, instr, &low, &high, &amount.unbounded))
		return answer_amount_of(run_value(run, instr));
	amount.undetermined = false;
	amount.low = number_of_hundredths(low);
	if (amount.unbounded)
		amount.high = number_zero;
	else
		amount.high = low == high ? amount.low : number_of_hundredths(high);
	return amount;
}

static Amount
run_amount(Run *run)
{
	Amount		amount = answer_amount_of_register(run, run->program->amount);

	amount.undetermined = run->program->undetermined &&
		run_truth(run, run->program->satisfied) != TRUTH_FALSE;
	return amount;
}

Amount
answer_amount(const Question *question)
{
	Amount		all = {false, number_zero, false, number_zero};
	int			i;

	if (part_type(question) != TYPE_UNKNOWN)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a definition pays nothing"),
				 errhint("Ask for it with zjtx.value().")));
	for (i = 0; i < question->nruns; i++)
	{
		Amount		amount = run_amount(question->runs[i]);

		if (i == 0)
		{
			all = amount;
			continue;
		}
		all.undetermined |= amount.undetermined;
		all.unbounded |= amount.unbounded;
		if (number_compare(&amount.low, &all.low) < 0)
			all.low = amount.low;
		if (!all.unbounded && number_compare(&amount.high, &all.high) > 0)
			all.high = amount.high;
	}
	if (question->nothing)
		all.low = number_zero;
	return all;
}

bool
answer_hundredths(const Question *question, bool *decided, int64 *hundredths)
{
	Run		   *run = question->runs[0];
	const Program *program = run->program;
	int64		high;
	bool		open;

	if (question->nruns != 1 || question->nothing || program->value >= 0 || program->undetermined ||
		run->watch != NULL || !lane_money(run, program->amount, hundredths, &high, &open))
		return false;
	*decided = !open && high == *hundredths;
	return true;
}

int *
answer_missing_goals(const Program *program, int *ngoals)
{
	int		   *goals = palloc_array(int, 2 * program->nclauses + program->ngroups + program->nrungs + 2);
	int			i;

	*ngoals = 0;
	for (i = 0; i < program->nclauses; i++)
	{
		if (!program->clauses[i].in_whole)
			continue;
		goals[(*ngoals)++] = program->clauses[i].satisfied;
		if (program->clauses[i].amount >= 0)
			goals[(*ngoals)++] = program->clauses[i].amount;
	}
	if (program->value >= 0)
		goals[(*ngoals)++] = program->value;
	/* a selection that is asked alone */
	if (program->value < 0 && program->nclauses + program->nrungs == 0)
		goals[(*ngoals)++] = program->satisfied;
	for (i = 0; i < program->ngroups; i++)
		if (program->groups[i].in_whole)
			goals[(*ngoals)++] = program->groups[i].amount;
	return goals;
}

/* Returns the facts that still matter to one version, most decisive first. */
static List *
missing_facts(Run *run)
{
	const Program *program = run->program;
	int			ngoals;
	int		   *goals = answer_missing_goals(program, &ngoals);
	int			i;

	for (i = program->nrungs - 1; i >= 0; i--)
	{
		if (run_truth(run, program->rungs[i].when) == TRUTH_TRUE)
			break;
		goals[ngoals++] = program->rungs[i].when;
	}
	return run_missing_ranked(run, goals, ngoals);
}

/* Returns whether the answers are the same for all versions that may be in force. */
static bool
is_decided(const Question *question)
{
	Amount		amount;

	if (part_type(question) == TYPE_NUMBER)
		return answer_value(question).known;
	if (part_type(question) != TYPE_UNKNOWN)
		return part_type(question) == TYPE_BOOLEAN && answer_eligible(question) != TRUTH_UNKNOWN;
	amount = answer_amount(question);
	return answer_eligible(question) != TRUTH_UNKNOWN &&
		!(answer_has_ladder(question) &&
		  answer_placement(question).state == PLACEMENT_UNDECIDED) &&
		!amount.undetermined && !amount.unbounded &&
		number_compare(&amount.low, &amount.high) == 0;
}

List *
answer_missing(const Question *question)
{
	List	   *names = NIL;
	Symbols    *seen = symbols_create();
	int			i;

	/* the version depends on the day */
	if (question->nruns + question->nothing > 1 && !is_decided(question))
	{
		names = list_make1(pstrdup(AS_OF_NAME));
		symbols_add(seen, AS_OF_NAME, NULL);
	}
	for (i = 0; i < question->nruns; i++)
	{
		List	   *facts = missing_facts(question->runs[i]);
		ListCell   *cell;

		foreach(cell, facts)
		{
			char	   *name = run_missing_name(question->runs[i], lfirst_int(cell));

			CHECK_FOR_INTERRUPTS();
			if (symbols_add(seen, name, NULL))
				names = lappend(names, name);
		}
	}
	return names;
}
