/*
 * plain.c
 *		Running a program in plain mode.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "plain_number.h"
#include "value.h"

static const Plain *compute(Run *run, int number);

/* ---------------- facts ---------------- */

/* The range of what the evaluator gave. */
static void
check_range(const PlainFact *fact, Plain *plain)
{
	switch (fact->type)
	{
		case TYPE_NUMBER:
			plain_check_number(fact, plain);
			break;
		case TYPE_DATE:
			plain_check_date(fact, plain);
			break;
		case TYPE_TEXT:
			plain_check_text(fact, plain);
			break;
		default:
			break;
	}
}

static void
set_general(Run *run, int number, Plain *out)
{
	/* the evaluator sees other elements than plain mode */
	if (run->program->instrs[number].scopes != 0)
	{
		plain_set_other(out);
		return;
	}
	plain_set_value(out, run_value(run, number), run->program->instrs[number].type);
}

static inline void
load(Run *run, int number, Plain *out)
{
	int			fact = run->nodes[number].b;

	if (run->nodes[number].args > 0)
	{
		const PlainField *field = &run->program->plain->fields[run->nodes[number].args - 1];

		run->source->field(run->source, field, out);
		return;
	}
	if (likely(run->source->plain != NULL))
	{
		run->source->plain(run->source, fact, out);
		return;
	}
	set_general(run, number, out);
	if (out->state == PLAIN_VALUE)
		check_range(&run->program->plain->facts[fact], out);
}

/* ---------------- registers ---------------- */

/* The register of an instruction, computed. */
static inline const Plain *
get(Run *run, int number)
{
	const Plain *plain = &run->plain[number];

	return plain->stamp < run->epochs[0] ? compute(run, number) : plain;
}

static inline Truth
general_truth(Run *run, int number)
{
	if (run->program->instrs[number].scopes != 0)
		return TRUTH_UNKNOWN;
	return run_value(run, number)->truth;
}

static void
copy(Plain *out, const Plain *from)
{
	uint64		stamp = out->stamp;

	*out = *from;
	out->stamp = stamp;
}

static Truth
bound(Run *run, int number, const PlainNode *node)
{
	const Plain *x = get(run, node->a);
	int			order;

	if (x->state != PLAIN_VALUE)
		return x->state == PLAIN_NONE ? TRUTH_FALSE : general_truth(run, number);
	order = plain_order(x, node->number, node->error, node->decimal);
	if (unlikely(order == PLAIN_DOUBT))
		return general_truth(run, number);
	return plain_order_truth(order, node->flag);
}

static void
band(Run *run, const PlainNode *node, Plain *out)
{
	const PlainStep *steps = run->program->plain->steps + node->args;
	const Plain *x = get(run, node->a);
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
			truth = unlikely(order == PLAIN_DOUBT) ? general_truth(run, step->condition)
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
			copy(out, get(run, step->result));
		return;
	}
	out->state = PLAIN_NONE;
}

/*
 * A band that goes one way: of n steps with ever lower bounds ("at least"), one that is
 * above k of them takes the step n - k; likewise upwards.  Counted without branches, for
 * no two rows are alike.
 */
static void
ladder(Run *run, const PlainNode *node, Plain *out)
{
	const PlainStep *steps = run->program->plain->steps + node->args;
	const Plain *x = get(run, node->a);
	double		doubt = 2 * x->error;
	int			nsteps = node->b - 1;
	int			passed = 0;
	int			failed = 0;
	int			i;

	if (x->state != PLAIN_VALUE)
	{
		band(run, node, out);
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
		band(run, node, out);
}

static void
choose(Run *run, const PlainNode *node, Plain *out)
{
	const int  *args = run->plain_args + node->args;
	int			i;

	for (i = 0; i + 1 < node->b; i += 2)
	{
		Truth		truth = plain_truth(run, args[i]);

		if (truth == TRUTH_FALSE)
			continue;
		if (truth == TRUTH_TRUE)
			copy(out, get(run, args[i + 1]));
		else
			plain_set_other(out);
		return;
	}
	if (i < node->b)
		copy(out, get(run, args[i]));
	else
		out->state = PLAIN_NONE;
}

/*
 * The least or the greatest of those that are not none.  Of numbers it is off by no
 * more than the one of them that is off most.
 */
static void
extreme(Run *run, int number, const PlainNode *node, Plain *out)
{
	const int  *args = run->plain_args + node->args;
	bool		numbers = run->program->instrs[number].type == TYPE_NUMBER;
	double		error = 0;
	bool		decimal = true;
	const Plain *best = NULL;
	int			i;

	for (i = 0; i < node->b; i++)
	{
		const Plain *x = get(run, args[i]);
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
		if (below != (bool) node->flag)
			best = x;
	}
	if (best == NULL)
	{
		out->state = PLAIN_NONE;
		return;
	}
	copy(out, best);
	if (numbers)
	{
		out->error = error;
		out->decimal = decimal;
	}
}

/* The latest, none if one is none. */
static void
latest(Run *run, const PlainNode *node, Plain *out)
{
	const int  *args = run->plain_args + node->args;
	DateADT		day = DATEVAL_NOBEGIN;
	bool		other = false;
	int			i;

	for (i = 0; i < node->b; i++)
	{
		const Plain *x = get(run, args[i]);

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

static void
count_true(Run *run, const PlainNode *node, Plain *out)
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

/* Rounding down; a fraction is rounded to decimals by the evaluator. */
static void
round_down(Run *run, int number, const PlainNode *node, const Plain *x, Plain *out)
{
	double		low = floor(x->number - 2 * x->error);

	if (x->error == 0)
		copy(out, x);
	else if (node->flag == OP_FLOOR && fabs(x->number) < PLAIN_EXACT / 4 &&
			 low == floor(x->number + 2 * x->error))
		plain_set_exact(out, low);
	else
		set_general(run, number, out);
}

static void
list(Run *run, int number, const PlainNode *node, Plain *out)
{
	if (get(run, node->a)->state != PLAIN_NONE)
	{
		if (!plain_list(run, node, out))
			set_general(run, number, out);
	}
	else if (node->flag == FUNC_COUNT || node->flag == FUNC_SUM)
		plain_set_exact(out, 0);
	else
		out->state = PLAIN_NONE;
}

static void
arithmetic(Run *run, const PlainNode *node, Plain *out)
{
	const Plain *a = get(run, node->a);
	const Plain *b = get(run, node->b);

	if (a->state != PLAIN_VALUE || b->state != PLAIN_VALUE)
	{
		/* none with anything is none */
		if (a->state == PLAIN_NONE || b->state == PLAIN_NONE)
			out->state = PLAIN_NONE;
		else
			plain_set_other(out);
		return;
	}
	switch ((PlainOp) node->op)
	{
		case PLAIN_ADD:
			plain_set_sum(out, a->number + b->number, a->error + b->error);
			break;
		case PLAIN_SUBTRACT:
			plain_set_sum(out, a->number - b->number, a->error + b->error);
			break;
		case PLAIN_MULTIPLY:
			plain_set_product(out, a, b);
			break;
		case PLAIN_DIVIDE:
			plain_set_quotient(out, a, b);
			break;
		default:
			plain_set_exact(out, (double) a->item - b->item);
			break;
	}
}

/* Over one register that is neither none nor unknown. */
static void
unary(Run *run, int number, const PlainNode *node, const Plain *x, Plain *out)
{
	switch ((PlainOp) node->op)
	{
		case PLAIN_NEGATE:
			copy(out, x);
			/* zero stays positive */
			out->number = 0 - x->number;
			break;
		case PLAIN_YEAR:
			plain_set_exact(out, date_year(x->item));
			break;
		case PLAIN_SHIFT:
			plain_set_date(out, shift_day(x->item, node->flag, node->b));
			break;
		default:
			round_down(run, number, node, x, out);
			break;
	}
}

static const Plain *compute_other(Run *run, int number);

/* Facts are most of what is computed. */
static const Plain *
compute(Run *run, int number)
{
	const PlainNode *node = &run->nodes[number];
	Plain	   *out = &run->plain[number];

	if (node->op != PLAIN_FACT && node->op != PLAIN_TRUTH)
		return compute_other(run, number);
	load(run, number, out);
	out->stamp = run->epochs[0];
	return out;
}

static pg_noinline const Plain *
compute_other(Run *run, int number)
{
	const PlainNode *node = &run->nodes[number];
	Plain	   *out = &run->plain[number];
	const Plain *x;

	if (unlikely(run->deep))
		check_stack_depth();
	switch ((PlainOp) node->op)
	{
		case PLAIN_ADD:
		case PLAIN_SUBTRACT:
		case PLAIN_MULTIPLY:
		case PLAIN_DIVIDE:
		case PLAIN_DAYS:
			arithmetic(run, node, out);
			break;
		case PLAIN_NEGATE:
		case PLAIN_ROUND:
		case PLAIN_YEAR:
		case PLAIN_SHIFT:
			x = get(run, node->a);
			if (x->state == PLAIN_VALUE)
				unary(run, number, node, x, out);
			else if (x->state == PLAIN_NONE)
				out->state = PLAIN_NONE;
			else
				plain_set_other(out);
			break;
		case PLAIN_COUNT_TRUE:
			count_true(run, node, out);
			break;
		case PLAIN_EXTREME:
			extreme(run, number, node, out);
			break;
		case PLAIN_LATEST:
			latest(run, node, out);
			break;
		case PLAIN_COALESCE:
			x = get(run, node->a);
			copy(out, x->state == PLAIN_NONE ? get(run, node->b) : x);
			break;
		case PLAIN_CASE:
			choose(run, node, out);
			break;
		case PLAIN_BAND:
			band(run, node, out);
			break;
		case PLAIN_LADDER:
			ladder(run, node, out);
			break;
		case PLAIN_LIST:
			list(run, number, node, out);
			break;
		default:
			set_general(run, number, out);
			break;
	}
	out->stamp = run->epochs[0];
	return out;
}

/* ---------------- booleans ---------------- */

static Truth logic(Run *run, const PlainNode *node, Truth decisive);
static Truth compute_truth(Run *run, int number, const PlainNode *node);

static Truth
compare(Run *run, int number, const PlainNode *node)
{
	const Plain *a = get(run, node->a);
	const Plain *b;
	int			order;

	if (a->state == PLAIN_NONE)
		return TRUTH_FALSE;
	b = get(run, node->b);
	if (b->state == PLAIN_NONE)
		return TRUTH_FALSE;
	if (a->state == PLAIN_OTHER || b->state == PLAIN_OTHER)
		return general_truth(run, number);
	if (node->op == PLAIN_COMPARE_DATES)
		order = a->item < b->item ? -1 : a->item > b->item;
	else
		order = plain_order(a, b->number, b->error, b->decimal);
	if (unlikely(order == PLAIN_DOUBT))
		return general_truth(run, number);
	return plain_order_truth(order, node->flag);
}

/* A boolean: the four that conditions are made of most are looked at here. */
static inline Truth
test(Run *run, int number)
{
	const PlainNode *node = &run->nodes[number];
	const Plain *x;

	switch ((PlainOp) node->op)
	{
		case PLAIN_TRUTH:
			x = get(run, node->a);
			return node->flag ? TRUTH_TRUE - x->truth : x->truth;
		case PLAIN_BOUND:
			return bound(run, number, node);
		case PLAIN_MEMBER:
			x = get(run, node->a);
			if (x->state != PLAIN_VALUE)
				return x->state == PLAIN_NONE ? TRUTH_FALSE : general_truth(run, number);
			return (run->program->plain->masks[node->args] >> x->code) & 1 ? TRUTH_TRUE : TRUTH_FALSE;
		case PLAIN_COMPARE_DATES:
			return compare(run, number, node);
		case PLAIN_AND:
			if (!node->shared && likely(!run->deep))
				return logic(run, node, TRUTH_FALSE);
			break;
		case PLAIN_OR:
			if (!node->shared && likely(!run->deep))
				return logic(run, node, TRUTH_TRUE);
			break;
		default:
			break;
	}
	if (node->shared)
	{
		Plain	   *kept = &run->plain[number];

		if (kept->stamp < run->epochs[0])
		{
			kept->truth = compute_truth(run, number, node);
			kept->stamp = run->epochs[0];
		}
		return kept->truth;
	}
	return compute_truth(run, number, node);
}

static Truth
logic(Run *run, const PlainNode *node, Truth decisive)
{
	const int  *args = run->plain_args + node->args;
	Truth		result = TRUTH_TRUE - decisive;
	int			i;

	for (i = 0; i < node->b; i++)
	{
		Truth		truth = test(run, args[i]);

		if (truth == decisive)
			return decisive;
		if (truth == TRUTH_UNKNOWN)
			result = TRUTH_UNKNOWN;
	}
	return result;
}

static Truth
text_in(Run *run, int number, const PlainNode *node)
{
	const PlainText *texts = run->program->plain->texts + node->args;
	const Plain *x = get(run, node->a);
	bool		found = false;
	int			i;

	if (x->state != PLAIN_VALUE)
		return x->state == PLAIN_NONE ? TRUTH_FALSE : general_truth(run, number);
	for (i = 0; i < node->b && !found; i++)
		found = plain_same_text(&texts[i], x->text, x->item);
	return found != (bool) node->flag ? TRUTH_TRUE : TRUTH_FALSE;
}

static Truth
choose_truth(Run *run, int number, const PlainNode *node)
{
	const int  *args = run->plain_args + node->args;
	int			i;

	for (i = 0; i + 1 < node->b; i += 2)
	{
		Truth		truth = test(run, args[i]);

		if (truth == TRUTH_TRUE)
			return test(run, args[i + 1]);
		if (truth == TRUTH_UNKNOWN)
			return general_truth(run, number);
	}
	return i < node->b ? test(run, args[i]) : TRUTH_FALSE;
}

static Truth
compute_truth(Run *run, int number, const PlainNode *node)
{
	Truth		a,
				b;

	if (unlikely(run->deep))
		check_stack_depth();
	switch ((PlainOp) node->op)
	{
		case PLAIN_CONSTANT_TRUTH:
			return node->flag ? TRUTH_TRUE : TRUTH_FALSE;
		case PLAIN_AND:
			return logic(run, node, TRUTH_FALSE);
		case PLAIN_OR:
			return logic(run, node, TRUTH_TRUE);
		case PLAIN_NOT:
			return TRUTH_TRUE - test(run, node->a);
		case PLAIN_COMPARE:
			return compare(run, number, node);
		case PLAIN_SAME:
			a = test(run, node->a);
			b = test(run, node->b);
			if (a == TRUTH_UNKNOWN || b == TRUTH_UNKNOWN)
				return TRUTH_UNKNOWN;
			return (a == b) == (node->flag == CMP_EQ) ? TRUTH_TRUE : TRUTH_FALSE;
		case PLAIN_TEXT_IN:
			return text_in(run, number, node);
		case PLAIN_IS_NONE:
			switch (get(run, node->a)->state)
			{
				case PLAIN_NONE:
					return node->flag ? TRUTH_FALSE : TRUTH_TRUE;
				case PLAIN_VALUE:
					return node->flag ? TRUTH_TRUE : TRUTH_FALSE;
			}
			return general_truth(run, number);
		case PLAIN_CASE_TRUTH:
			return choose_truth(run, number, node);
		case PLAIN_LIST_TRUTH:
			if (get(run, node->a)->state == PLAIN_NONE)
				return node->flag == FUNC_ALL ? TRUTH_TRUE : TRUTH_FALSE;
			a = plain_list_truth(run, node);
			return a == TRUTH_UNKNOWN ? general_truth(run, number) : a;
		default:
			return general_truth(run, number);
	}
}

Truth
plain_truth(Run *run, int number)
{
	return test(run, number);
}

const Plain *
plain_get(Run *run, int number)
{
	return get(run, number);
}

bool
plain_is_empty(Run *run, int number)
{
	return get(run, number)->state == PLAIN_NONE;
}
