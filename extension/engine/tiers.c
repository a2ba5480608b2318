/*
 * tiers.c
 *		The parts of a number, each at its own rate, exact and in the kernel.
 *
 * The first part begins at zero; what is below zero counts as zero.  No rate is below zero,
 * so the result never decreases, and its ends are those of the number's ends.
 */
#include "postgres.h"

#include "kernel_number.h"
#include "run.h"
#include "value.h"

static const Number *
constant_at(const Program *program, const Instr *instr, int i)
{
	return &program->numbers[program->instrs[program->args[instr->args + i]].a];
}

/*
 * The sum for a number; NULL stands for one without an upper bound.  Returns false if it is
 * beyond the limits of exact numbers, or has no upper bound itself.
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
	/* a lower end that is too large to be computed is still not below zero */
	if (low_of(x) && !tiers_sum(run->program, instr, low_of(x), &low))
		low = number_zero;
	bounded = tiers_sum(run->program, instr, high_of(x), &high);
	value_set_range(out, &low, bounded ? &high : NULL, may_be_none(x));
}

/* The lesser of two numbers, of which one is a bound of the tiers. */
static void
set_lesser(Lane *out, const Lane *x, const Lane *bound)
{
	int			order = lane_order(x, bound->number, bound->error, bound->decimal);

	lane_copy(out, order == LANE_DOUBT ? x->number < bound->number ? x : bound : order < 0 ? x : bound);
	if (order == LANE_DOUBT)
	{
		out->error = Max(x->error, bound->error);
		out->decimal = false;
	}
}

/* Below a bound only in doubt, a part is zero within the error. */
void
kernel_tiers(Run *run, int number, const KernelNode *node, Lane *out)
{
	const int  *args = run->kernel_args + node->args;
	const Lane *x = lane_get(run, node->a);
	Lane		sum = {0};
	Lane		from = {0};
	int			i;

	if (!is_known(x, out))
		return;
	lane_set_exact(&sum, 0);
	lane_set_exact(&from, 0);
	for (i = 0; i < node->b && sum.state == LANE_VALUE; i += 2)
	{
		Lane		until = {0};
		Lane		part = {0};
		Lane		share = {0};
		int			order = lane_order(x, from.number, from.error, from.decimal);

		if (order != LANE_DOUBT && order <= 0)
			break;
		if (i + 1 < node->b)
			set_lesser(&until, x, lane_get(run, args[i + 1]));
		else
			until = *x;
		lane_set_sum(&part, until.number - from.number, until.error + from.error);
		part.number = Max(part.number, 0);
		lane_set_product(&share, &part, lane_get(run, args[i]));
		lane_set_sum(&sum, sum.number + share.number, sum.error + share.error);
		if (i + 1 < node->b)
			from = *lane_get(run, args[i + 1]);
	}
	if (sum.state == LANE_VALUE)
	{
		sum.stamp = out->stamp;
		*out = sum;
	}
	else
		lane_ask_exact(run, number, out);
}
