/*
 * kernel_values.c
 *		The kernel's constants, numbers and choices.
 */
#include "postgres.h"

#include "kernel_number.h"
#include "value.h"

/* ---------------- constants ---------------- */

void
kernel_number(Run *run, int number, const KernelNode *node pg_attribute_unused(), Lane *out)
{
	Value		value;

	value_set_number(&value, &run->program->numbers[run->program->instrs[number].a]);
	lane_set_value(out, &value, TYPE_NUMBER);
}

void
kernel_date(Run *run, int number, const KernelNode *node pg_attribute_unused(), Lane *out)
{
	lane_set_date(out, run->program->instrs[number].a);
}

void
kernel_text(Run *run, int number, const KernelNode *node pg_attribute_unused(), Lane *out)
{
	const char *text = run->program->texts[run->program->instrs[number].a];

	lane_set_text(out, text, strlen(text));
}

/* ---------------- arithmetic ---------------- */

void
kernel_add(Run *run, int number pg_attribute_unused(), const KernelNode *node, Lane *out)
{
	const Lane *a = lane_get(run, node->a);
	const Lane *b = lane_get(run, node->b);

	if (both_known(a, b, out))
		lane_set_sum(out, a->number + b->number, a->error + b->error);
}

void
kernel_subtract(Run *run, int number pg_attribute_unused(), const KernelNode *node, Lane *out)
{
	const Lane *a = lane_get(run, node->a);
	const Lane *b = lane_get(run, node->b);

	if (both_known(a, b, out))
		lane_set_sum(out, a->number - b->number, a->error + b->error);
}

void
kernel_multiply(Run *run, int number pg_attribute_unused(), const KernelNode *node, Lane *out)
{
	const Lane *a = lane_get(run, node->a);
	const Lane *b = lane_get(run, node->b);

	if (both_known(a, b, out))
		lane_set_product(out, a, b);
}

void
kernel_divide(Run *run, int number pg_attribute_unused(), const KernelNode *node, Lane *out)
{
	const Lane *a = lane_get(run, node->a);
	const Lane *b = lane_get(run, node->b);

	if (both_known(a, b, out))
		lane_set_quotient(out, a, b);
}

void
kernel_negate(Run *run, int number pg_attribute_unused(), const KernelNode *node, Lane *out)
{
	const Lane *x = lane_get(run, node->a);

	if (!is_known(x, out))
		return;
	lane_copy(out, x);
	/* zero stays positive */
	out->number = 0 - x->number;
}

/* Rounded to an integer: the same one throughout the error. */
static inline void
whole(Run *run, int number, const KernelNode *node, double (*of) (double), Lane *out)
{
	const Lane *x = lane_get(run, node->a);
	double		low;

	if (!is_known(x, out))
		return;
	low = of(x->number - 2 * x->error);
	if (x->error == 0)
		lane_copy(out, x);
	else if (fabs(x->number) < KERNEL_EXACT / 4 && low == of(x->number + 2 * x->error))
		lane_set_exact(out, low + 0.0);
	else
		lane_ask_exact(run, number, out);
}

void
kernel_floor(Run *run, int number, const KernelNode *node, Lane *out)
{
	whole(run, number, node, floor, out);
}

void
kernel_ceil(Run *run, int number, const KernelNode *node, Lane *out)
{
	whole(run, number, node, ceil, out);
}

/* To decimals, a fraction is rounded by the evaluator. */
void
kernel_round(Run *run, int number, const KernelNode *node, Lane *out)
{
	const Lane *x = lane_get(run, node->a);

	if (node->b == 0)
	{
		whole(run, number, node, round, out);
		return;
	}
	if (!is_known(x, out))
		return;
	if (x->error == 0)
		lane_copy(out, x);
	else
		lane_ask_exact(run, number, out);
}

/* ---------------- choices ---------------- */

void
kernel_band(Run *run, int number pg_attribute_unused(), const KernelNode *node, Lane *out)
{
	const KernelStep *steps = run->program->kernel->steps + node->args;
	const Lane *x = lane_get(run, node->a);
	int			i;

	if (x->state == LANE_OTHER)
	{
		lane_set_other(out);
		return;
	}
	for (i = 0; i < node->b; i++)
	{
		const KernelStep *step = &steps[i];
		Truth		truth;

		/* what is left when no step holds is a step without a condition */
		if (step->condition >= 0)
		{
			int			order;

			if (x->state == LANE_NONE)
				continue;
			order = lane_order(x, step->number, step->error, step->decimal);
			truth = unlikely(order == LANE_DOUBT) ? lane_ask_exact_truth(run, step->condition)
				: lane_order_truth(order, step->compare);
			if (truth == TRUTH_FALSE)
				continue;
			if (truth == TRUTH_UNKNOWN)
			{
				lane_set_other(out);
				return;
			}
		}
		if (step->result < 0)
			lane_set_exact(out, step->value);
		else
			lane_copy(out, lane_get(run, step->result));
		return;
	}
	out->state = LANE_NONE;
}

/*
 * A band that goes one way: of n steps with ever lower bounds ("at least"), one that is
 * above k of them takes the step n - k; likewise upwards.  Counted without branches, for
 * no two rows are alike.
 */
void
kernel_ladder(Run *run, int number, const KernelNode *node, Lane *out)
{
	const KernelStep *steps = run->program->kernel->steps + node->args;
	const Lane *x = lane_get(run, node->a);
	double		doubt = 2 * x->error;
	int			nsteps = node->b - 1;
	int			passed = 0;
	int			failed = 0;
	int			i;

	if (x->state != LANE_VALUE)
	{
		kernel_band(run, number, node, out);
		return;
	}
	for (i = 0; i < nsteps; i++)
	{
		double		difference = node->flag ? x->number - steps[i].number : steps[i].number - x->number;

		passed += difference > doubt + 2 * steps[i].error;
		failed += difference < -(doubt + 2 * steps[i].error);
	}
	if (passed + failed == nsteps)
		lane_set_exact(out, steps[nsteps - passed].value);
	else
		kernel_band(run, number, node, out);
}

void
kernel_case(Run *run, int number pg_attribute_unused(), const KernelNode *node, Lane *out)
{
	const int  *args = run->kernel_args + node->args;
	int			i;

	for (i = 0; i + 1 < node->b; i += 2)
	{
		Truth		truth = lane_truth(run, args[i]);

		if (truth == TRUTH_FALSE)
			continue;
		if (truth == TRUTH_TRUE)
			lane_copy(out, lane_get(run, args[i + 1]));
		else
			lane_set_other(out);
		return;
	}
	if (i < node->b)
		lane_copy(out, lane_get(run, args[i]));
	else
		out->state = LANE_NONE;
}

/*
 * The least or the greatest of those that are not none.  Of numbers it is off by no
 * more than the one of them that is off most.
 */
static void
extreme(Run *run, int number, const KernelNode *node, bool greatest, Lane *out)
{
	const int  *args = run->kernel_args + node->args;
	bool		numbers = run->program->instrs[number].type == TYPE_NUMBER;
	double		error = 0;
	bool		decimal = true;
	const Lane *best = NULL;
	int			i;

	for (i = 0; i < node->b; i++)
	{
		const Lane *x = lane_get(run, args[i]);
		bool		below;

		if (x->state == LANE_OTHER)
		{
			lane_set_other(out);
			return;
		}
		if (x->state == LANE_NONE)
			continue;
		if (numbers)
		{
			error = Max(error, x->error);
			decimal &= x->decimal;
		}
		if (best == NULL)
		{
			best = x;
			continue;
		}
		below = numbers ? x->number < best->number : x->item < best->item;
		if (below != greatest)
			best = x;
	}
	if (best == NULL)
	{
		out->state = LANE_NONE;
		return;
	}
	lane_copy(out, best);
	if (numbers)
	{
		out->error = error;
		out->decimal = decimal;
	}
}

void
kernel_least(Run *run, int number, const KernelNode *node, Lane *out)
{
	extreme(run, number, node, false, out);
}

void
kernel_greatest(Run *run, int number, const KernelNode *node, Lane *out)
{
	extreme(run, number, node, true, out);
}

/* Of numbers off by no more than the one of them that is off most. */
void
kernel_clamp(Run *run, int number, const KernelNode *node, Lane *out)
{
	bool		numbers = run->program->instrs[number].type == TYPE_NUMBER;
	const Lane *x = lane_get(run, node->a);
	const Lane *bounds[2];
	double		error = x->error;
	bool		decimal = x->decimal;
	int			i;

	if (!is_known(x, out))
		return;
	bounds[0] = lane_get(run, node->b);
	bounds[1] = lane_get(run, node->args);
	for (i = 0; i < 2; i++)
	{
		const Lane *bound = bounds[i];

		if (bound->state == LANE_OTHER)
		{
			lane_set_other(out);
			return;
		}
		if (bound->state == LANE_NONE)
			continue;
		if (numbers)
		{
			error = Max(error, bound->error);
			decimal &= bound->decimal;
		}
		if (numbers ? (i == 0 ? bound->number > x->number : bound->number < x->number)
			: (i == 0 ? bound->item > x->item : bound->item < x->item))
			x = bound;
	}
	lane_copy(out, x);
	if (numbers)
	{
		out->error = error;
		out->decimal = decimal;
	}
}

/* The latest, none if one is none. */
void
kernel_latest(Run *run, int number pg_attribute_unused(), const KernelNode *node, Lane *out)
{
	const int  *args = run->kernel_args + node->args;
	DateADT		day = DATEVAL_NOBEGIN;
	bool		other = false;
	int			i;

	for (i = 0; i < node->b; i++)
	{
		const Lane *x = lane_get(run, args[i]);

		if (x->state == LANE_NONE)
		{
			out->state = LANE_NONE;
			return;
		}
		other |= x->state == LANE_OTHER;
		if (x->state == LANE_VALUE)
			day = Max(day, x->item);
	}
	if (other)
		lane_set_other(out);
	else
		lane_set_date(out, day);
}

void
kernel_coalesce(Run *run, int number pg_attribute_unused(), const KernelNode *node, Lane *out)
{
	const Lane *x = lane_get(run, node->a);

	lane_copy(out, x->state == LANE_NONE ? lane_get(run, node->b) : x);
}

void
kernel_count_true(Run *run, int number pg_attribute_unused(), const KernelNode *node, Lane *out)
{
	const int  *args = run->kernel_args + node->args;
	int			count = 0;
	int			i;

	for (i = 0; i < node->b; i++)
	{
		Truth		truth = lane_truth(run, args[i]);

		if (truth == TRUTH_UNKNOWN)
		{
			lane_set_other(out);
			return;
		}
		count += truth == TRUTH_TRUE;
	}
	lane_set_exact(out, count);
}
