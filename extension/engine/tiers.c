/*
 * tiers.c
 *		A sum over the parts of a number, each at its own rate, exact and in the kernel.
 *
 * The first part begins at zero; negative numbers count as zero.  Rates are not negative,
 * so the result never decreases, and its ends follow from the ends of the number.
 */
#include "postgres.h"

#include "exact.h"
#include "kernel_number.h"
#include "value.h"

static const Number *
constant_at(const Program *program, const Instr *instr, int i)
{
	return &program->numbers[program->instrs[program->args[instr->args + i]].a];
}

/*
 * Computes the sum for a number; NULL means unbounded above.  Returns false if the sum is
 * beyond the limits of exact numbers or unbounded.
 */
static bool
tiers_sum(const Program *program, const Instr *instr, const Number *x, Number *sum)
{
	const Number *from = &number_zero;
	int			i;

	*sum = number_zero;
	for (i = 0; i < instr->nargs; i += 2)
	{
		const Number *rate = constant_at(program, instr, i);
		const Number *to = i + 1 < instr->nargs ? constant_at(program, instr, i + 1) : NULL;
		const Number *until = to && (x == NULL || number_compare(x, to) > 0) ? to : x;
		Number		so_far = *sum;
		Number		part;
		Number		share;

		if (until == NULL)
			return number_sign(rate) == 0;
		if (number_compare(until, from) <= 0)
			return true;
		if (!number_subtract(&part, until, from) || !number_multiply(&share, &part, rate) ||
			!number_add(sum, &so_far, &share))
			return false;
		from = to;
	}
	return true;
}

void
exact_tiers(Run *run, const Instr *instr, Value *out)
{
	const Value *x = run_value(run, instr->a);
	Number		low = number_zero;
	Number		high;
	bool		bounded;

	if (is_none(x))
	{
		value_set_none(out);
		return;
	}
	/* if the low end is too large to compute, it is at least not negative */
	if (low_of(x) && !tiers_sum(run->program, instr, low_of(x), &low))
		low = number_zero;
	bounded = tiers_sum(run->program, instr, high_of(x), &high);
	value_set_range(out, &low, bounded ? &high : NULL, may_be_none(x));
}

/*
 * Does the same for an end of a range; rates and bounds follow the number.  Returns false
 * if it is in doubt.  A part that is only possibly below the number adds zero within its
 * error.
 */
static bool
end_tiers(End *sum, const End *x, const Lane *const *tiers, int count)
{
	End			from = end_exact(0);
	int			i;

	*sum = end_exact(0);
	for (i = 0; i < count; i += 2)
	{
		const End  *rate = &tiers[i]->low;
		End			until = *x;
		double		part;
		double		part_error;
		double		share;
		double		error;

		if (i + 1 < count)
			end_lower(&until, &tiers[i + 1]->low);
		if (end_is_open(&until))
		{
			if (rate->number != 0)
				*sum = until;
			return true;
		}
		if (end_order(&until, &from) <= 0)
			return true;
		part = until.number - from.number;
		part_error = sum_error(part, until.error, from.error);
		part = Max(part, 0);
		share = part * rate->number;
		error = product_error(share, part, part_error, rate->number, rate->error);
		sum->number += share;
		sum->error = sum_error(sum->number, sum->error, error);
		if (number_in_doubt(sum->error))
			return false;
		if (i + 1 < count)
			from = tiers[i + 1]->low;
	}
	return true;
}

void
kernel_tiers(const KernelNode *node, const Lane *const *x, Lane *out)
{
	End			low = end_exact(0);
	End			high;

	if (!lane_operands(x, node->count, out))
		return;
	if ((!end_is_open(&x[0]->low) && !end_tiers(&low, &x[0]->low, x + 1, node->count - 1)) ||
		!end_tiers(&high, lane_high(x[0]), x + 1, node->count - 1))
		lane_set_doubt(out);
	else
		lane_set_ends(out, &low, &high, x[0]->state == LANE_VALUE, lane_may_be_none(x[0]));
}
