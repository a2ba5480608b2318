/*
 * missing.c
 *		Finds the facts that keep a value from being known: the unknown ones, and those that
 *		make a divisor zero.
 *
 * It reads the values of a run.  A decided value needs no facts below it, and neither does
 * an operand that ranges prove to be irrelevant.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "exact.h"
#include "kernel.h"
#include "missing.h"
#include "value.h"

static inline void
missing_add(Missing *missing, int fact)
{
	if (missing->kept)
		missing->kept->add(missing->kept, fact);
	else
		missing->facts = bms_add_member(missing->facts, fact);
}

static void
add_all(Missing *missing, const Bitmapset *facts)
{
	int			fact = -1;

	while ((fact = bms_next_member(facts, fact)) >= 0)
		missing_add(missing, fact);
}

/* ---------------- irrelevant operands ---------------- */

/*
 * Whether an argument of least or greatest is at least as extreme as another one for all
 * their possible values.
 */
static bool
beats(const Instr *instr, const Value *value, const Value *other)
{
	bool		least = instr->op == OP_LEAST;
	const Number *far = least ? high_of(value) : low_of(value);
	const Number *near = least ? low_of(other) : high_of(other);

	if (instr->type == TYPE_DATE)
		return least ? value->last_day <= other->day : value->day >= other->last_day;
	return far && near && (least ? number_compare(far, near) <= 0 : number_compare(far, near) >= 0);
}

/* Returns the argument, except one, that is certainly present and beats the most others. */
static const Value *
strongest(Run *run, const Instr *instr, const Value *but)
{
	const int  *args = run->program->args + instr->args;
	bool		least = instr->op == OP_LEAST;
	const Value *best = NULL;
	int			i;

	for (i = 0; i < instr->nargs; i++)
	{
		const Value *value = run_value(run, args[i]);
		const Number *far = least ? high_of(value) : low_of(value);
		bool		better = best == NULL;

		if (value == but || may_be_none(value))
			continue;
		if (instr->type == TYPE_DATE)
			better = better || (least ? value->last_day < best->last_day : value->day > best->day);
		else if (far == NULL)
			continue;
		else if (!better)
			better = least ? number_compare(far, high_of(best)) < 0 : number_compare(far, low_of(best)) > 0;
		if (better)
			best = value;
	}
	return best;
}

static void
find_in_extreme(Missing *missing, const Instr *instr)
{
	Run		   *run = missing->run;
	const int  *args = run->program->args + instr->args;
	const Value *first = strongest(run, instr, NULL);
	const Value *second = first ? strongest(run, instr, first) : NULL;
	int			i;

	for (i = 0; i < instr->nargs; i++)
	{
		const Value *value = run_value(run, args[i]);
		const Value *rival = value == first ? second : first;

		if (instr->op == OP_HIGHEST && is_zero(value))
			continue;

		if (rival == NULL || !beats(instr, rival, value))
			missing_find(missing, args[i]);
	}
}

/*
 * A cap that is never reached does not matter, nor does an amount that is always above the
 * cap.
 */
static void
find_in_cap(Missing *missing, const Instr *instr)
{
	const Value *amount = run_value(missing->run, instr->a);
	const Value *cap = run_value(missing->run, instr->b);

	if (is_none(cap) || !low_of(cap) || !high_of(amount) ||
		number_compare(high_of(amount), low_of(cap)) > 0)
		missing_find(missing, instr->b);
	if (may_be_none(cap) || !high_of(cap) || !low_of(amount) ||
		number_compare(high_of(cap), low_of(amount)) > 0)
		missing_find(missing, instr->a);
}

static void
find_in_fact(Missing *missing, const Instr *instr)
{
	missing_add(missing, instr->a);
}

/*
 * While the year is unknown within open ends, the years that matter are those between
 * the known ones that are unknown themselves: a row has values for some years running.
 */
static void
find_between_known_years(Missing *missing, const Instr *instr)
{
	Run		   *run = missing->run;
	Bitmapset  *unknown = NULL;
	bool		any = false;
	int			year;

	for (year = FIRST_YEAR; year <= LAST_YEAR; year++)
	{
		int			fact = fact_in_year(run->program, instr->a, year);
		Value		value;

		run->source->load(run->source, fact, &value);
		if (!value_decided(&value, instr->type))
		{
			if (any && year_is_possible(run_value(run, instr->b), year))
				unknown = bms_add_member(unknown, fact);
			continue;
		}
		add_all(missing, unknown);
		unknown = NULL;
		any = true;
	}
}

/*
 * The value of a year; while the year itself is open, what that depends on and the values
 * of the years that it can be.
 */
static void
find_in_yearly(Missing *missing, const Instr *instr)
{
	Run		   *run = missing->run;
	const Value *index = run_value(run, instr->b);
	int			first;
	int			last;
	int			year;

	if (!index->known)
		missing_find(missing, instr->b);
	if (!years_of_index(index, &first, &last))
	{
		if (index->known)
			missing_add(missing, instr->a);
		else
			find_between_known_years(missing, instr);
		return;
	}
	for (year = first; year <= last; year++)
	{
		int			fact = fact_in_year(run->program, instr->a, year);
		Value		value;

		run->source->load(run->source, fact, &value);
		if (!value_decided(&value, instr->type))
			missing_add(missing, fact);
	}
}

static void
find_in_field(Missing *missing, const Instr *instr)
{
	missing_add(missing, instr->c);
}

static void
find_in_all(Missing *missing, const Instr *instr)
{
	foreach_operand(operand, missing->run->program, instr)
		missing_find(missing, operand);
}

/* ---------------- divisors that are zero ---------------- */

typedef struct Zero
{
	Run		   *run;
	Bitmapset  *walked;			/* instructions */
	Bitmapset  *facts;
} Zero;

static void find_zero(Zero *zero, int number);

/* Of a case, the conditions up to the first that holds, and its value. */
static void
find_zero_in_case(Zero *zero, const Instr *instr)
{
	const int  *args = zero->run->program->args + instr->args;
	int			i;

	for (i = 0; i + 1 < instr->nargs; i += 2)
	{
		find_zero(zero, args[i]);
		if (run_truth(zero->run, args[i]) == TRUTH_FALSE)
			continue;
		find_zero(zero, args[i + 1]);
		return;
	}
	if (i < instr->nargs)
		find_zero(zero, args[i]);
}

/* Of a product, the factors that are zero themselves; else all that an instruction reads. */
static void
find_zero(Zero *zero, int number)
{
	const Program *program = zero->run->program;
	const Instr *instr = &program->instrs[number];
	int			first;
	int			last;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (bms_is_member(number, zero->walked))
		return;
	zero->walked = bms_add_member(zero->walked, number);
	switch ((Op) instr->op)
	{
		case OP_FACT:
			zero->facts = bms_add_member(zero->facts, instr->a);
			return;
		case OP_FIELD:
			zero->facts = bms_add_member(zero->facts, instr->c);
			return;
		case OP_YEARLY:
			if (years_of_index(run_value(zero->run, instr->b), &first, &last))
				zero->facts = bms_add_member(zero->facts, fact_in_year(program, instr->a, last));
			return;
		case OP_CASE:
			find_zero_in_case(zero, instr);
			return;
		default:
			break;
	}
	foreach_operand(operand, program, instr)
		if (instr->op != OP_MULTIPLY || is_zero(run_value(zero->run, operand)))
		find_zero(zero, operand);
}

/*
 * While the divisor is zero, no value of the dividend makes the quotient known.  The facts of
 * the divisor, which are known, are what is missing; the day judged only if it reads no other.
 */
static void
find_in_divide(Missing *missing, const Instr *instr)
{
	Zero		zero = {missing->run, NULL, NULL};

	missing_find(missing, instr->a);
	if (!is_zero(run_value(missing->run, instr->b)))
	{
		missing_find(missing, instr->b);
		return;
	}
	find_zero(&zero, instr->b);
	if (bms_num_members(zero.facts) > 1)
		zero.facts = bms_del_member(zero.facts, 0);
	add_all(missing, zero.facts);
}

/* ---------------- what is chosen between operands ---------------- */

static void
find_in_coalesce(Missing *missing, const Instr *instr)
{
	missing_find(missing, instr->a);
	if (may_be_none(run_value(missing->run, instr->a)))
		missing_find(missing, instr->b);
}

/*
 * For a band of an unknown value, only the steps that it can reach matter.  Returns false
 * if the steps cannot be analysed.
 */
static bool
find_in_band(Missing *missing, const Instr *instr)
{
	Run		   *run = missing->run;
	const int  *args = run->program->args + instr->args;
	int			nsteps = instr->nargs / 2;
	bool	   *reached;
	int			i;

	if (instr->a < 0 || run_value(run, instr->a)->known)
		return false;
	reached = palloc_array(bool, nsteps + 1);
	if (!run_band_steps(run, instr, reached))
		return false;
	missing_find(missing, instr->a);
	for (i = 0; i < nsteps; i++)
	{
		if (!reached[i])
			continue;
		if (missing->walked)
			missing->walked[args[2 * i]] = run_truth(run, args[2 * i]) == TRUTH_UNKNOWN;
		missing_find(missing, args[2 * i + 1]);
	}
	if (reached[nsteps] && 2 * nsteps < instr->nargs)
		missing_find(missing, args[2 * nsteps]);
	return true;
}

static void
find_in_case(Missing *missing, const Instr *instr)
{
	const int  *args = missing->run->program->args + instr->args;
	int			i;

	if (find_in_band(missing, instr))
		return;
	for (i = 0; i + 1 < instr->nargs; i += 2)
	{
		Truth		condition = run_truth(missing->run, args[i]);

		if (condition == TRUTH_FALSE)
			continue;
		missing_find(missing, args[i]);
		missing_find(missing, args[i + 1]);
		if (condition == TRUTH_TRUE)
			break;
	}
	if (i + 1 == instr->nargs)
		missing_find(missing, args[i]);
}

/*
 * Looks into each element; for an unknown list, also at facts that may matter once it has
 * elements.
 */
static void
find_in_list(Missing *missing, const Instr *instr)
{
	Run		   *run = missing->run;
	const Value *list = run_value(run, instr->a);
	int			i;

	if (!list->known)
	{
		missing_find(missing, instr->a);
		run_enter_element(run, instr->depth, run_unknown_element(run, instr));
		missing_find(missing, instr->b);
		run_enter_element(run, instr->depth, run_unknown_element(run, instr));
		missing_find(missing, instr->c);
		return;
	}

	/*
	 * all may be known of elements of which none, or not one alone, is the
	 * one
	 */
	if (instr->flag == FUNC_ONE && run->program->instrs[instr->a].op == OP_FACT &&
		list_one_open(run, instr, list->list) != ONE_NOT_OPEN)
		missing_add(missing, run->program->instrs[instr->a].a);
	for (i = 0; i < list->list->count; i++)
	{
		run_enter_element(run, instr->depth, list->list->fields + i * list->list->nfields);
		if (instr->b >= 0 && run_truth(run, instr->b) == TRUTH_FALSE)
			continue;
		missing_find(missing, instr->b);
		run_enter_element(run, instr->depth, list->list->fields + i * list->list->nfields);
		missing_find(missing, instr->c);
	}
}

/* Does the same for an OP_ONCE, which reads four registers for each element. */
static void
find_in_once_element(Missing *missing, const Instr *instr, const Value *fields)
{
	Run		   *run = missing->run;
	const int  *args = run->program->args + instr->args;
	const int	asked[] = {instr->b, args[ONCE_DAY], args[ONCE_PAYS]};
	size_t		i;

	run_enter_element(run, instr->depth, fields);
	if (run_truth(run, instr->b) == TRUTH_FALSE)
		return;
	for (i = 0; i < lengthof(asked); i++)
	{
		/* evaluating an operand may have entered other elements */
		run_enter_element(run, instr->depth, fields);
		missing_find(missing, asked[i]);
	}
}

static void
find_in_once(Missing *missing, const Instr *instr)
{
	Run		   *run = missing->run;
	const Value *list = run_value(run, instr->a);
	int			i;

	if (!list->known)
	{
		missing_find(missing, instr->a);
		find_in_once_element(missing, instr, run_unknown_element(run, instr));
		return;
	}

	/*
	 * all fields may be known while elements of the same day differ; then the
	 * list itself is undecided
	 */
	if (once_days_differ(run, instr, list->list))
		missing_add(missing, run->program->instrs[instr->a].a);
	for (i = 0; i < list->list->count; i++)
		find_in_once_element(missing, instr, list->list->fields + i * list->list->nfields);
}

/* A key without a row is what is missing; an unknown key, as far as its rows differ. */
static void
find_in_table(Missing *missing, const Instr *instr)
{
	if (run_value(missing->run, instr->a)->known)
		missing_add(missing, lookup_number(missing->run->program, instr));
	else
		missing_find(missing, instr->a);
}

/* ---------------- the walk ---------------- */

static void (*const find_in[]) (Missing *missing, const Instr *instr) =
{
#define OP(NAME, name, a, b, c, args, flag, result, digits, reads, missing, undo, ...) \
	[OP_##NAME] = find_in_##missing,
#include "ops.h"
};

void
missing_find_below(Missing *missing, int number)
{
	const Instr *instr = &missing->run->program->instrs[number];

	find_in[instr->op] (missing, instr);
}

bool
run_decided(Run *run, int number)
{
	const KernelNode *node = &run->nodes[number];
	const Lane *lane;

	if (run->watch || node->scoped)
		return value_decided(run_value(run, number), run->program->instrs[number].type);
	if (node->type == TYPE_BOOLEAN)
		return run_truth(run, number) != TRUTH_UNKNOWN;
	lane = lane_get(run, number);
	if (unlikely(lane->state == LANE_DOUBT))
		return value_decided(run_value(run, number), node->type);
	return lane->state != LANE_RANGE;
}

void
missing_find(Missing *missing, int number)
{
	Run		   *run = missing->run;
	bool		scoped;

	if (number < 0)
		return;
	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	scoped = run->nodes[number].scoped;
	if (missing->kept && !scoped)
	{
		missing->kept->add_below(missing->kept, number);
		return;
	}
	if (!scoped && missing->walked[number])
		return;
	if (run_decided(run, number))
		return;
	if (missing->walked)
		missing->walked[number] = true;
	missing_find_below(missing, number);
}

void
missing_start(Missing *missing, Run *run, Bitmapset *facts)
{
	missing->run = run;
	missing->facts = facts;
	missing->kept = NULL;
	missing->walked = palloc0_array(bool, run->program->ninstrs);
}

Bitmapset *
run_missing(Run *run, int instr, Bitmapset *facts)
{
	Missing		missing;

	missing_start(&missing, run, facts);
	missing_find(&missing, instr);
	/* the stages of one clause call this thousands of times */
	pfree(missing.walked);
	return missing.facts;
}
