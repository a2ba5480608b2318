/*
 * plain_values.c
 *		Plain mode's constants, numbers and choices.
 */
#include "postgres.h"

#include "plain_number.h"
#include "value.h"

/* ---------------- constants ---------------- */

void
kernel_number(Run *run, int number, const PlainNode *node pg_attribute_unused(), Plain *out)
{
	Value		value;

	value_set_number(&value, &run->program->numbers[run->program->instrs[number].a]);
	plain_set_value(out, &value, TYPE_NUMBER);
}

void
kernel_date(Run *run, int number, const PlainNode *node pg_attribute_unused(), Plain *out)
{
	plain_set_date(out, run->program->instrs[number].a);
}

void
kernel_text(Run *run, int number, const PlainNode *node pg_attribute_unused(), Plain *out)
{
	const char *text = run->program->texts[run->program->instrs[number].a];

	plain_set_text(out, text, strlen(text));
}

/* ---------------- arithmetic ---------------- */

void
kernel_add(Run *run, int number pg_attribute_unused(), const PlainNode *node, Plain *out)
{
	const Plain *a = plain_get(run, node->a);
	const Plain *b = plain_get(run, node->b);

	if (both_known(a, b, out))
		plain_set_sum(out, a->number + b->number, a->error + b->error);
}

void
kernel_subtract(Run *run, int number pg_attribute_unused(), const PlainNode *node, Plain *out)
{
	const Plain *a = plain_get(run, node->a);
	const Plain *b = plain_get(run, node->b);

	if (both_known(a, b, out))
		plain_set_sum(out, a->number - b->number, a->error + b->error);
}

void
kernel_multiply(Run *run, int number pg_attribute_unused(), const PlainNode *node, Plain *out)
{
	const Plain *a = plain_get(run, node->a);
	const Plain *b = plain_get(run, node->b);

	if (both_known(a, b, out))
		plain_set_product(out, a, b);
}

void
kernel_divide(Run *run, int number pg_attribute_unused(), const PlainNode *node, Plain *out)
{
	const Plain *a = plain_get(run, node->a);
	const Plain *b = plain_get(run, node->b);

	if (both_known(a, b, out))
		plain_set_quotient(out, a, b);
}

void
kernel_negate(Run *run, int number pg_attribute_unused(), const PlainNode *node, Plain *out)
{
	const Plain *x = plain_get(run, node->a);

	if (!is_known(x, out))
		return;
	plain_copy(out, x);
	/* zero stays positive */
	out->number = 0 - x->number;
}

/* Rounded down, or up: what is surely between two integers. */
static inline void
whole(Run *run, int number, const PlainNode *node, double (*of) (double), Plain *out)
{
	const Plain *x = plain_get(run, node->a);
	double		low;

	if (!is_known(x, out))
		return;
	low = of(x->number - 2 * x->error);
	if (x->error == 0)
		plain_copy(out, x);
	else if (fabs(x->number) < PLAIN_EXACT / 4 && low == of(x->number + 2 * x->error))
		plain_set_exact(out, low + 0.0);
	else
		plain_general(run, number, out);
}

void
kernel_floor(Run *run, int number, const PlainNode *node, Plain *out)
{
	whole(run, number, node, floor, out);
}

void
kernel_ceil(Run *run, int number, const PlainNode *node, Plain *out)
{
	whole(run, number, node, ceil, out);
}

/* A fraction is rounded by the evaluator. */
void
kernel_round(Run *run, int number, const PlainNode *node, Plain *out)
{
	const Plain *x = plain_get(run, node->a);

	if (!is_known(x, out))
		return;
	if (x->error == 0)
		plain_copy(out, x);
	else
		plain_general(run, number, out);
}

/* ---------------- choices ---------------- */

void
kernel_band(Run *run, int number pg_attribute_unused(), const PlainNode *node, Plain *out)
{
	const PlainStep *steps = run->program->plain->steps + node->args;
	const Plain *x = plain_get(run, node->a);
	int			i;

	if (x->state == PLAIN_OTHER)
	{
		plain_set_other(out);
		return;
	}
	for (i = 0; i < node->b; i++)
	{
		const PlainStep *step = &steps[i];
		Truth		truth;

		/* what is left when no step holds is a step without a condition */
		if (step->condition >= 0)
		{
			int			order;

			if (x->state == PLAIN_NONE)
				continue;
			order = plain_order(x, step->number, step->error, step->decimal);
			truth = unlikely(order == PLAIN_DOUBT) ? plain_general_truth(run, step->condition)
				: plain_order_truth(order, step->compare);
			if (truth == TRUTH_FALSE)
				continue;
			if (truth == TRUTH_UNKNOWN)
			{
				plain_set_other(out);
				return;
			}
		}
		if (step->result < 0)
			plain_set_exact(out, step->value);
		else
			plain_copy(out, plain_get(run, step->result));
		return;
	}
	out->state = PLAIN_NONE;
}

/*
 * A band that goes one way: of n steps with ever lower bounds ("at least"), one that is
 * above k of them takes the step n - k; likewise upwards.  Counted without branches, for
 * no two rows are alike.
 */
void
kernel_ladder(Run *run, int number, const PlainNode *node, Plain *out)
{
	const PlainStep *steps = run->program->plain->steps + node->args;
	const Plain *x = plain_get(run, node->a);
	double		doubt = 2 * x->error;
	int			nsteps = node->b - 1;
	int			passed = 0;
	int			failed = 0;
	int			i;

	if (x->state != PLAIN_VALUE)
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
		plain_set_exact(out, steps[nsteps - passed].value);
	else
		kernel_band(run, number, node, out);
}

void
kernel_case(Run *run, int number pg_attribute_unused(), const PlainNode *node, Plain *out)
{
	const int  *args = run->plain_args + node->args;
	int			i;

	for (i = 0; i + 1 < node->b; i += 2)
	{
		Truth		truth = plain_truth(run, args[i]);

		if (truth == TRUTH_FALSE)
			continue;
		if (truth == TRUTH_TRUE)
			plain_copy(out, plain_get(run, args[i + 1]));
		else
			plain_set_other(out);
		return;
	}
	if (i < node->b)
		plain_copy(out, plain_get(run, args[i]));
	else
		out->state = PLAIN_NONE;
}

/*
 * The least or the greatest of those that are not none.  Of numbers it is off by no
 * more than the one of them that is off most.
 */
static void
extreme(Run *run, int number, const PlainNode *node, bool greatest, Plain *out)
{
	const int  *args = run->plain_args + node->args;
	bool		numbers = run->program->instrs[number].type == TYPE_NUMBER;
	double		error = 0;
	bool		decimal = true;
	const Plain *best = NULL;
	int			i;

	for (i = 0; i < node->b; i++)
	{
		const Plain *x = plain_get(run, args[i]);
		bool		below;

		if (x->state == PLAIN_OTHER)
		{
			plain_set_other(out);
			return;
		}
		if (x->state == PLAIN_NONE)
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
		out->state = PLAIN_NONE;
		return;
	}
	plain_copy(out, best);
	if (numbers)
	{
		out->error = error;
		out->decimal = decimal;
	}
}

void
kernel_least(Run *run, int number, const PlainNode *node, Plain *out)
{
	extreme(run, number, node, false, out);
}

void
kernel_greatest(Run *run, int number, const PlainNode *node, Plain *out)
{
	extreme(run, number, node, true, out);
}

/* Of numbers off by no more than the one of them that is off most. */
void
kernel_clamp(Run *run, int number, const PlainNode *node, Plain *out)
{
	bool		numbers = run->program->instrs[number].type == TYPE_NUMBER;
	const Plain *x = plain_get(run, node->a);
	const Plain *bounds[2];
	double		error = x->error;
	bool		decimal = x->decimal;
	int			i;

	if (!is_known(x, out))
		return;
	bounds[0] = plain_get(run, node->b);
	bounds[1] = plain_get(run, node->args);
	for (i = 0; i < 2; i++)
	{
		const Plain *bound = bounds[i];

		if (bound->state == PLAIN_OTHER)
		{
			plain_set_other(out);
			return;
		}
		if (bound->state == PLAIN_NONE)
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
	plain_copy(out, x);
	if (numbers)
	{
		out->error = error;
		out->decimal = decimal;
	}
}

/* The latest, none if one is none. */
void
kernel_latest(Run *run, int number pg_attribute_unused(), const PlainNode *node, Plain *out)
{
	const int  *args = run->plain_args + node->args;
	DateADT		day = DATEVAL_NOBEGIN;
	bool		other = false;
	int			i;

	for (i = 0; i < node->b; i++)
	{
		const Plain *x = plain_get(run, args[i]);

		if (x->state == PLAIN_NONE)
		{
			out->state = PLAIN_NONE;
			return;
		}
		other |= x->state == PLAIN_OTHER;
		if (x->state == PLAIN_VALUE)
			day = Max(day, x->item);
	}
	if (other)
		plain_set_other(out);
	else
		plain_set_date(out, day);
}

void
kernel_coalesce(Run *run, int number pg_attribute_unused(), const PlainNode *node, Plain *out)
{
	const Plain *x = plain_get(run, node->a);

	plain_copy(out, x->state == PLAIN_NONE ? plain_get(run, node->b) : x);
}

void
kernel_count_true(Run *run, int number pg_attribute_unused(), const PlainNode *node, Plain *out)
{
	const int  *args = run->plain_args + node->args;
	int			count = 0;
	int			i;

	for (i = 0; i < node->b; i++)
	{
		Truth		truth = plain_truth(run, args[i]);

		if (truth == TRUTH_UNKNOWN)
		{
			plain_set_other(out);
			return;
		}
		count += truth == TRUTH_TRUE;
	}
	plain_set_exact(out, count);
}
