/*
 * choose.c
 *		Instructions that choose: case and band, membership, least and greatest.
 */
#include "postgres.h"

#include "exact.h"
#include "value.h"

/* ---------------- texts ---------------- */

/* The same for a fact in a year too. */
static const Fact *
register_fact(const Program *program, int number)
{
	const Instr *instr = &program->instrs[number];

	return instr->op == OP_YEARLY ? program->facts[instr->a] : program_register_fact(program, number);
}

/* Whether a text is among the constants of an OP_TEXT_IN. */
bool
text_in_constants(const Program *program, const Instr *instr, const char *text, int length)
{
	int			i;

	for (i = 0; i < instr->nargs; i++)
	{
		const char *member = program->texts[program->instrs[program->args[instr->args + i]].a];

		if (strlen(member) == (size_t) length && memcmp(member, text, length) == 0)
			return true;
	}
	return false;
}

Truth
values_in_constants(const Program *program, const Instr *instr, const Fact *fact, const bool *excluded)
{
	bool		inside = false;
	bool		outside = false;
	ListCell   *cell;

	if (fact == NULL || fact->values == NIL)
		return TRUTH_UNKNOWN;
	foreach(cell, fact->values)
	{
		const TextValue *value = lfirst(cell);

		if (excluded && excluded[foreach_current_index(cell)])
			continue;
		if (text_in_constants(program, instr, value->text, value->length))
			inside = true;
		else
			outside = true;
	}
	return inside && outside ? TRUTH_UNKNOWN : inside ? TRUTH_TRUE : TRUTH_FALSE;
}

void
exact_text_in(Run *run, const Instr *instr, Value *out)
{
	const Value *x = run_value(run, instr->a);
	Truth		truth;

	if (is_none(x))
	{
		value_set_truth(out, TRUTH_FALSE);
		return;
	}
	if (x->known)
		truth = text_in_constants(run->program, instr, x->text, x->length) ? TRUTH_TRUE : TRUTH_FALSE;
	else
		truth = values_in_constants(run->program, instr, register_fact(run->program, instr->a), NULL);
	if (instr->flag)
		truth = TRUTH_TRUE - truth;
	if (truth == TRUTH_TRUE && may_be_none(x))
		truth = TRUTH_UNKNOWN;
	value_set_truth(out, truth);
}

/* ---------------- bands ---------------- */

/*
 * The values that an unknown number or text can still have after the steps of a band that
 * failed: a range, whose ends may be excluded, or the texts that are not excluded.  The
 * case that it is none is handled separately, because then every step fails.
 */
typedef struct Remaining
{
	ValueType	type;
	const Number *low;
	const Number *high;
	bool		low_excluded;
	bool		high_excluded;
	const Fact *fact;
	bool	   *excluded;
} Remaining;

/* Whether remaining values are below the bound, above it, and equal to it. */
static void
compare_remaining(const Remaining *left, const Number *bound,
				  bool *below, bool *at_most, bool *above, bool *at_least)
{
	int			low = left->low ? number_compare(left->low, bound) : -1;
	int			high = left->high ? number_compare(left->high, bound) : 1;

	*above = low > 0 || (low == 0 && left->low_excluded);
	*at_least = low >= 0;
	*below = high < 0 || (high == 0 && left->high_excluded);
	*at_most = high <= 0;
}

/* Whether a step holds for the remaining values; removes the values for which it holds. */
static Truth
step_number(Remaining *left, CompareOp op, const Number *bound)
{
	bool		below,
				at_most,
				above,
				at_least;

	compare_remaining(left, bound, &below, &at_most, &above, &at_least);
	switch (op)
	{
		case CMP_LT:
		case CMP_LE:
			if (op == CMP_LT ? below : at_most)
				return TRUTH_TRUE;
			if (op == CMP_LT ? at_least : above)
				return TRUTH_FALSE;
			left->low = bound;
			left->low_excluded = op == CMP_LE;
			return TRUTH_UNKNOWN;
		case CMP_GT:
		case CMP_GE:
			if (op == CMP_GT ? above : at_least)
				return TRUTH_TRUE;
			if (op == CMP_GT ? at_most : below)
				return TRUTH_FALSE;
			left->high = bound;
			left->high_excluded = op == CMP_GE;
			return TRUTH_UNKNOWN;
		default:
			break;
	}
	if (below || above)
		return op == CMP_EQ ? TRUTH_FALSE : TRUTH_TRUE;
	if (at_most && at_least)
		return op == CMP_EQ ? TRUTH_TRUE : TRUTH_FALSE;
	if (op == CMP_NE)
	{
		left->low = left->high = bound;
		left->low_excluded = left->high_excluded = false;
	}
	return TRUTH_UNKNOWN;
}

static Truth
step_text(Run *run, Remaining *left, const Instr *step)
{
	Truth		truth = values_in_constants(run->program, step, left->fact, left->excluded);
	ListCell   *cell;

	if (step->flag)
		truth = TRUTH_TRUE - truth;
	if (truth == TRUTH_UNKNOWN)
	{
		foreach(cell, left->fact->values)
		{
			const TextValue *value = lfirst(cell);

			if (text_in_constants(run->program, step, value->text, value->length) != (bool) step->flag)
				left->excluded[foreach_current_index(cell)] = true;
		}
	}
	return truth;
}

/*
 * Tests each step for the values that the earlier steps left.  A step is reached if it may
 * hold.
 */
bool
run_band_steps(Run *run, const Instr *band, bool *reached)
{
	const Program *program = run->program;
	const int  *args = program->args + band->args;
	const Value *x = run_value(run, band->a);
	int			nsteps = band->nargs / 2;
	Remaining	left = {0};
	Truth		truth = TRUTH_UNKNOWN;
	int			i;

	left.type = program->instrs[band->a].type;
	if (left.type == TYPE_NUMBER)
	{
		left.low = low_of(x);
		left.high = high_of(x);
	}
	else
	{
		left.fact = register_fact(program, band->a);
		if (left.type != TYPE_TEXT || left.fact == NULL || left.fact->values == NIL)
			return false;
		left.excluded = palloc0_array(bool, list_length(left.fact->values));
	}
	for (i = 0; i < nsteps; i++)
	{
		const Instr *step = &program->instrs[args[2 * i]];

		if (step->a != band->a ||
			!(left.type == TYPE_NUMBER ? step->op == OP_COMPARE && program->instrs[step->b].op == OP_NUMBER
			  : step->op == OP_TEXT_IN))
			return false;
	}

	for (i = 0; i < nsteps; i++)
	{
		const Instr *step = &program->instrs[args[2 * i]];

		reached[i] = false;
		if (truth == TRUTH_TRUE)
			continue;
		truth = left.type == TYPE_NUMBER
			? step_number(&left, step->flag, &program->numbers[program->instrs[step->b].a])
			: step_text(run, &left, step);
		reached[i] = truth != TRUTH_FALSE;
	}
	/* the else branch: values that no step accepted, and none */
	reached[nsteps] = truth != TRUTH_TRUE || may_be_none(x);
	return true;
}

/* Evaluates a band of an unknown value.  Returns false if its steps cannot be analysed. */
static bool
choose_band(Run *run, const Instr *instr, Value *out)
{
	const int  *args = run->program->args + instr->args;
	int			nsteps = instr->nargs / 2;
	bool	   *reached = palloc_array(bool, nsteps + 1);
	bool		first = true;
	Value		none;
	int			i;

	if (!run_band_steps(run, instr, reached))
		return false;
	for (i = 0; i < nsteps; i++)
	{
		if (!reached[i])
			continue;
		value_widen(out, run_value(run, args[2 * i + 1]), instr->type, first);
		first = false;
	}
	if (reached[nsteps])
	{
		value_set_none(&none);
		value_widen(out, instr->nargs % 2 == 1 ? run_value(run, args[instr->nargs - 1]) : &none,
					instr->type, first);
	}
	return true;
}

/* ---------------- case ---------------- */

void
exact_case(Run *run, const Instr *instr, Value *out)
{
	const int  *args = run->program->args + instr->args;
	bool		first = true;
	Value		none;
	int			i;

	if (instr->a >= 0 && !run_value(run, instr->a)->known && choose_band(run, instr, out))
		return;
	for (i = 0; i + 1 < instr->nargs; i += 2)
	{
		Truth		condition = run_truth(run, args[i]);

		if (condition == TRUTH_FALSE)
			continue;
		value_widen(out, run_value(run, args[i + 1]), instr->type, first);
		first = false;
		if (condition == TRUTH_TRUE)
			return;
	}
	if (i < instr->nargs)
		value_widen(out, run_value(run, args[i]), instr->type, first);
	else
	{
		value_set_none(&none);
		value_widen(out, &none, instr->type, first);
	}
}

/* ---------------- extremes ---------------- */

/*
 * least, greatest and earliest ignore none.  While an operand may be none, a bound that
 * only this operand gives is not certain.
 */
static void
extreme(Run *run, const Instr *instr, bool greatest, Value *out)
{
	const int  *args = run->program->args + instr->args;
	const Value *sure = NULL;	/* the best bound of the operands that are
								 * certainly present */
	Value		all;			/* the range of all operands */
	bool		any = false;
	Value		result;
	int			i;

	/*
	 * For least: the result is not below the lowest low end of all operands,
	 * and not above the lowest high end of those that are certainly present
	 * (or, without any, the highest high end of all).  For greatest, the
	 * reverse.
	 */
	value_set_none(&all);
	for (i = 0; i < instr->nargs; i++)
	{
		const Value *value = run_value(run, args[i]);

		if (is_none(value))
			continue;
		value_widen(&all, value, instr->type, !any);
		any = true;
		if (may_be_none(value))
			continue;
		if (sure == NULL)
			sure = value;
		else if (instr->type == TYPE_DATE)
		{
			if (greatest ? value->day > sure->day : value->last_day < sure->last_day)
				sure = value;
		}
		else if (greatest)
		{
			if (low_of(value) && (low_of(sure) == NULL || number_compare(low_of(value), low_of(sure)) > 0))
				sure = value;
		}
		else if (high_of(value) && (high_of(sure) == NULL || number_compare(high_of(value), high_of(sure)) < 0))
			sure = value;
	}
	if (!any)
	{
		value_set_none(out);
		return;
	}
	if (sure == NULL)
	{
		*out = all;
		return;
	}
	if (instr->type == TYPE_DATE)
		value_set_days(&result, greatest ? sure->day : all.day, greatest ? all.last_day : sure->last_day, false);
	else
		value_set_range(&result, greatest ? low_of(sure) : low_of(&all),
						greatest ? high_of(&all) : high_of(sure), false);
	*out = result;
}

void
exact_least(Run *run, const Instr *instr, Value *out)
{
	extreme(run, instr, false, out);
}

void
exact_greatest(Run *run, const Instr *instr, Value *out)
{
	extreme(run, instr, true, out);
}

/* Return the lesser, and the greater, of two ends; NULL (unbounded) if one of them is NULL. */
static const Number *
lesser(const Number *a, const Number *b)
{
	return a && b ? (number_compare(a, b) <= 0 ? a : b) : NULL;
}

static const Number *
greater(const Number *a, const Number *b)
{
	return a && b ? (number_compare(a, b) >= 0 ? a : b) : NULL;
}

/*
 * Raises a to b and then lowers it to c.  A bound that is none has no effect.  The result
 * grows with each of the three, so its ends follow from their ends; while a bound may be
 * none, values that only this bound would exclude are possible.
 */
void
exact_clamp(Run *run, const Instr *instr, Value *out)
{
	const Value *x = run_value(run, instr->a);
	const Value *floor;
	const Value *ceiling;
	const Number *low = low_of(x);
	const Number *high = high_of(x);
	DateADT		first = x->day;
	DateADT		last = x->last_day;
	Value		result;

	if (is_none(x))
	{
		value_set_none(out);
		return;
	}
	floor = run_value(run, instr->b);
	ceiling = run_value(run, instr->c);
	if (instr->type == TYPE_DATE)
	{
		if (!may_be_none(floor))
			first = Max(first, floor->day);
		if (!is_none(floor))
			last = Max(last, floor->last_day);
		if (!is_none(ceiling))
			first = Min(first, ceiling->day);
		if (!may_be_none(ceiling))
			last = Min(last, ceiling->last_day);
		value_set_days(&result, first, last, may_be_none(x));
	}
	else
	{
		if (!may_be_none(floor) && low_of(floor))
			low = low ? greater(low, low_of(floor)) : low_of(floor);
		if (!is_none(floor))
			high = greater(high, high_of(floor));
		if (!is_none(ceiling))
			low = lesser(low, low_of(ceiling));
		if (!may_be_none(ceiling) && high_of(ceiling))
			high = high ? lesser(high, high_of(ceiling)) : high_of(ceiling);
		value_set_range(&result, low, high, may_be_none(x));
	}
	*out = result;
}

/* The day by which all have happened: none while one has not. */
void
exact_latest(Run *run, const Instr *instr, Value *out)
{
	const int  *args = run->program->args + instr->args;
	DateADT		first = DATEVAL_NOBEGIN;
	DateADT		last = DATEVAL_NOBEGIN;
	bool		none = false;
	int			i;

	for (i = 0; i < instr->nargs; i++)
	{
		const Value *value = run_value(run, args[i]);

		if (is_none(value))
		{
			value_set_none(out);
			return;
		}
		none |= may_be_none(value);
		first = Max(first, value->day);
		last = Max(last, value->last_day);
	}
	value_set_days(out, first, last, none);
}

void
exact_coalesce(Run *run, const Instr *instr, Value *out)
{
	const Value *a = run_value(run, instr->a);
	Value		present;

	if (!may_be_none(a))
	{
		*out = *a;
		return;
	}
	if (is_none(a))
	{
		*out = *run_value(run, instr->b);
		return;
	}
	present = *a;
	present.none = false;
	value_widen(&present, run_value(run, instr->b), instr->type, false);
	*out = present;
}

void
exact_count_true(Run *run, const Instr *instr, Value *out)
{
	const int  *args = run->program->args + instr->args;
	int			sure = 0;
	int			possible = 0;
	Number		low,
				high;
	int			i;

	for (i = 0; i < instr->nargs; i++)
	{
		Truth		truth = run_truth(run, args[i]);

		sure += truth == TRUTH_TRUE;
		possible += truth != TRUTH_FALSE;
	}
	low = number_of(sure);
	high = number_of(possible);
	value_set_range(out, &low, &high, false);
}
