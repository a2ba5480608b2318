/*
 * kernel_lists.c
 *		The kernel over the elements of lists, and sums of money.
 *
 * Whatever is not decided here is left to the evaluator, for the whole list.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "kernel_number.h"

/* Goes to an element of a list; what depends on the one before is forgotten. */
static inline void
enter_element(Run *run, const KernelList *call, const Lane *list, int index)
{
	const int  *depending = run->kernel_args + call->depending;
	int			i;

	CHECK_FOR_INTERRUPTS();
	run->source->element(run->source, call->fact, list, call->depth, index);
	for (i = 0; i < call->ndepending; i++)
		run->lanes[depending[i]].stamp = 0;
}

/* The list, if its elements can be looked at. */
static const Lane *
open_list(Run *run, const KernelNode *node)
{
	const Lane *list = lane_get(run, node->a);

	return list->state == LANE_VALUE ? list : NULL;
}

/* Whether a condition that no element changes refuses every element. */
static inline bool
refuses(Run *run, const KernelList *call)
{
	const int  *fixed = run->kernel_args + call->fixed;
	int			i;

	for (i = 0; i < call->nfixed; i++)
		if (lane_truth(run, fixed[i]) == TRUTH_FALSE)
			return true;
	return false;
}

/* The same of a register that is none. */
static inline bool
refuses_none(Run *run, const KernelList *call)
{
	const int  *none = run->kernel_args + call->fixed + call->nfixed;
	int			i;

	for (i = 0; i < call->nnone; i++)
		if (lane_get(run, none[i])->state == LANE_NONE)
			return true;
	return false;
}

static Truth
list_truth(Run *run, const KernelNode *node)
{
	const KernelList *call = &run->program->kernel->lists[node->args];
	const Lane *list = open_list(run, node);
	bool		all = node->flag == FUNC_ALL;
	Truth		result = all ? TRUTH_TRUE : TRUTH_FALSE;
	int			i;

	if (list == NULL)
		return TRUTH_UNKNOWN;
	for (i = 0; i < list->item && result == (all ? TRUTH_TRUE : TRUTH_FALSE); i++)
	{
		Truth		here;
		Truth		body;

		enter_element(run, call, list, i);
		here = call->where >= 0 ? lane_truth(run, call->where) : TRUTH_TRUE;
		if (here == TRUTH_FALSE)
			continue;
		body = call->body >= 0 ? lane_truth(run, call->body) : TRUTH_TRUE;
		if (here == TRUTH_UNKNOWN && body != result)
			return TRUTH_UNKNOWN;
		if (here == TRUTH_TRUE)
			result = body;
	}
	return result;
}

static bool
extreme(Run *run, const KernelNode *node, const KernelList *call, const Lane *list, Lane *out)
{
	bool		numbers = run->program->instrs[call->body].type == TYPE_NUMBER;
	Lane		best;
	bool		any = false;
	int			i;

	memset(&best, 0, sizeof(best));
	for (i = 0; i < list->item; i++)
	{
		const Lane *x;
		Truth		here;
		bool		below;

		enter_element(run, call, list, i);
		here = call->where >= 0 ? lane_truth(run, call->where) : TRUTH_TRUE;
		if (here == TRUTH_FALSE)
			continue;
		x = lane_get(run, call->body);
		if (here == TRUTH_UNKNOWN || x->state == LANE_OTHER)
			return false;
		if (x->state == LANE_NONE)
			continue;
		if (!any)
		{
			best = *x;
			any = true;
			continue;
		}
		below = numbers ? x->number < best.number : x->item < best.item;
		if (below == (node->flag == FUNC_MIN))
		{
			best.number = x->number;
			best.item = x->item;
		}
		if (numbers)
		{
			/* off by no more than the one of them that is off most */
			best.error = Max(best.error, x->error);
			best.decimal &= x->decimal;
		}
	}
	best.stamp = out->stamp;
	if (any)
		*out = best;
	else
		out->state = LANE_NONE;
	return true;
}

/* Whether two values are surely the same. */
static bool
same_values(const Lane *a, const Lane *b, ValueType type)
{
	if (a->state != b->state)
		return false;
	if (a->state == LANE_NONE)
		return true;
	switch (type)
	{
		case TYPE_NUMBER:
			return lane_order(a, b->number, b->error, b->decimal) == 0;
		case TYPE_DATE:
			return a->item == b->item;
		default:
			return a->item == b->item && memcmp(a->text, b->text, a->item) == 0;
	}
}

/* The value of the elements that count, if they surely have one. */
static bool
only(Run *run, const KernelList *call, const Lane *list, Lane *out)
{
	ValueType	type = run->program->instrs[call->body].type;
	Lane		found;
	bool		any = false;
	int			i;

	memset(&found, 0, sizeof(found));
	for (i = 0; i < list->item; i++)
	{
		const Lane *x;
		Truth		here;

		enter_element(run, call, list, i);
		here = call->where >= 0 ? lane_truth(run, call->where) : TRUTH_TRUE;
		if (here == TRUTH_FALSE)
			continue;
		x = lane_get(run, call->body);
		if (here == TRUTH_UNKNOWN || x->state == LANE_OTHER || (any && !same_values(&found, x, type)))
			return false;
		found = *x;
		any = true;
	}
	if (any)
	{
		found.stamp = out->stamp;
		*out = found;
	}
	return any;
}

static bool
sum(Run *run, const KernelNode *node, const KernelList *call, const Lane *list, Lane *out)
{
	Lane		total;
	Lane		number;
	int			count = 0;
	int			i;

	if (node->flag != FUNC_COUNT && (int64) call->weight * list->item > MAX_SUM_WEIGHT)
		return false;
	lane_set_exact(&total, 0);
	for (i = 0; i < list->item; i++)
	{
		const Lane *x;
		Truth		here;

		enter_element(run, call, list, i);
		here = call->where >= 0 ? lane_truth(run, call->where) : TRUTH_TRUE;
		if (here == TRUTH_FALSE)
			continue;
		if (here == TRUTH_UNKNOWN)
			return false;
		if (node->flag == FUNC_COUNT)
		{
			lane_set_sum(&total, total.number + 1, 0);
			continue;
		}
		x = lane_get(run, call->body);
		if (x->state == LANE_OTHER)
			return false;
		if (x->state == LANE_VALUE)
		{
			lane_set_sum(&total, total.number + x->number, total.error + x->error);
			count++;
		}
		if (total.state != LANE_VALUE)
			return false;
	}
	if (node->flag == FUNC_AVG && count == 0)
	{
		out->state = LANE_NONE;
		return true;
	}
	if (node->flag == FUNC_AVG)
	{
		Lane		all = total;

		lane_set_exact(&number, count);
		lane_set_quotient(&total, &all, &number);
		if (total.state != LANE_VALUE)
			return false;
	}
	out->state = LANE_VALUE;
	out->number = total.number;
	out->error = total.error;
	out->decimal = total.decimal;
	return true;
}

static bool
list_value(Run *run, const KernelNode *node, Lane *out)
{
	const KernelList *call = &run->program->kernel->lists[node->args];
	const Lane *list = open_list(run, node);

	if (list == NULL)
		return false;
	if (node->flag == FUNC_ONE)
		return only(run, call, list, out);
	if (node->flag == FUNC_COUNT || node->flag == FUNC_SUM || node->flag == FUNC_AVG)
		return sum(run, node, call, list, out);
	return extreme(run, node, call, list, out);
}

/* One that is known and not empty is gone through; what leaves a doubt is the evaluator's. */
void
kernel_list(Run *run, int number, const KernelNode *node, Lane *out)
{
	const KernelList *call = &run->program->kernel->lists[node->args];

	if (lane_get(run, node->a)->state != LANE_NONE && !refuses(run, call) && !refuses_none(run, call))
	{
		if (!list_value(run, node, out))
			lane_ask_exact(run, number, out);
	}
	else if (node->flag == FUNC_COUNT || node->flag == FUNC_SUM)
		lane_set_exact(out, 0);
	else if (node->flag == FUNC_ONE)
		lane_ask_exact(run, number, out);
	else
		out->state = LANE_NONE;
}

Truth
kernel_truth_list(Run *run, int number, const KernelNode *node)
{
	const KernelList *call = &run->program->kernel->lists[node->args];
	Truth		truth;

	if (node->flag == FUNC_ONE)
		return lane_ask_exact_truth(run, number);
	if (lane_get(run, node->a)->state == LANE_NONE || refuses(run, call) || refuses_none(run, call))
		return node->flag == FUNC_ALL ? TRUTH_TRUE : TRUTH_FALSE;
	truth = list_truth(run, node);
	return truth == TRUTH_UNKNOWN ? lane_ask_exact_truth(run, number) : truth;
}

/* ---------------- money ---------------- */

#define MAX_HUNDREDTHS (INT64CONST(1) << 50)
#define ASK_EVALUATOR (-1)

/*
 * A payment in hundredths, rounded, not below zero.  What is surely not at the middle
 * between two of them is rounded as the double is.
 */
static int64
verdict_hundredths_of(const Lane *x)
{
	double		scaled = x->number * 100;
	double		error = 2 * (100 * x->error + KERNEL_UNIT * fabs(scaled) + KERNEL_TINY);
	double		nearest;

	if (x->state != LANE_VALUE)
		return x->state == LANE_NONE ? 0 : ASK_EVALUATOR;
	/* most are whole 元 */
	if (x->error == 0 && fabs(scaled) < MAX_HUNDREDTHS)
		return x->number > 0 ? (int64) x->number * 100 : 0;
	if (scaled < -error)
		return 0;
	/* NaN is not below anything */
	if (!(scaled < MAX_HUNDREDTHS))
		return ASK_EVALUATOR;
	nearest = floor(scaled + 0.5);
	if (!(fabs(scaled - nearest) + error < 0.5))
		return ASK_EVALUATOR;
	return Max((int64) nearest, 0);
}

static int64 elements_money(Run *run, const KernelNode *node);
static int64 elements_once(Run *run, const Instr *instr, const KernelNode *node);

/* A line pays while its condition holds. */
static inline int64
line_money(Run *run, const Instr *instr)
{
	Truth		condition = lane_truth(run, instr->a);

	if (likely(condition == TRUTH_FALSE))
		return 0;
	return condition == TRUTH_TRUE ? verdict_hundredths_of(lane_get(run, instr->b)) : ASK_EVALUATOR;
}

/* A document's sum, a cap, a clause's sum, a list, a line: it goes no deeper. */
static int64
money(Run *run, int number)
{
	const Instr *instr = &run->program->instrs[number];
	const int  *args;
	int64		sum = 0;
	int64		paid;
	int			i;

	switch ((Op) instr->op)
	{
		case OP_LINE:
			return line_money(run, instr);
		case OP_TOTAL:
			args = run->program->args + instr->args;
			for (i = 0; i < instr->nargs; i++)
			{
				const Instr *arg = &run->program->instrs[args[i]];

				paid = arg->op == OP_LINE ? line_money(run, arg) : money(run, args[i]);
				sum += paid;
				if (paid < 0 || sum >= MAX_HUNDREDTHS)
					return ASK_EVALUATOR;
			}
			return sum;
		case OP_CAP:
			sum = money(run, instr->a);
			if (sum <= 0)
				return sum;
			paid = verdict_hundredths_of(lane_get(run, instr->b));
			/* one that is none caps nothing */
			if (run->lanes[instr->b].state == LANE_NONE)
				return sum;
			return Min(sum, paid);
		case OP_LIST:
			/* of an each stage */
			if (instr->flag == FUNC_SUM && instr->b < 0 && run->program->instrs[instr->c].op == OP_LINE)
				return elements_money(run, &run->nodes[number]);
			return ASK_EVALUATOR;
		case OP_ONCE:
			return elements_once(run, instr, &run->nodes[number]);
		default:
			return ASK_EVALUATOR;
	}
}

/* The sum of what each element pays. */
static int64
elements_money(Run *run, const KernelNode *node)
{
	const KernelList *call = &run->program->kernel->lists[node->args];
	const Instr *line = &run->program->instrs[call->body];
	const Lane *list;
	int64		sum = 0;
	int			i;

	if (refuses(run, call))
		return 0;
	list = lane_get(run, node->a);
	if (list->state == LANE_NONE || refuses_none(run, call))
		return 0;
	if (list->state == LANE_OTHER)
		return ASK_EVALUATOR;
	for (i = 0; i < list->item; i++)
	{
		int64		paid;

		enter_element(run, call, list, i);
		paid = line_money(run, line);
		sum += paid;
		if (paid < 0 || sum >= MAX_HUNDREDTHS)
			return ASK_EVALUATOR;
	}
	return sum;
}

#define MAX_DAYS 16				/* more are left to the evaluator */

/* The same of one day once: where all is known, and what is of one day is alike. */
static int64
elements_once(Run *run, const Instr *instr, const KernelNode *node)
{
	const KernelList *call = &run->program->kernel->lists[node->args];
	const int  *args = run->program->args + instr->args;
	const Lane *list;
	int32		days[MAX_DAYS];
	int64		paid[MAX_DAYS];
	int			ndays = 0;
	int64		sum = 0;
	int			i;
	int			j;

	if (refuses(run, call))
		return 0;
	list = lane_get(run, node->a);
	if (list->state == LANE_NONE || refuses_none(run, call))
		return 0;
	if (list->state == LANE_OTHER)
		return ASK_EVALUATOR;
	for (i = 0; i < list->item; i++)
	{
		Truth		counts;
		const Lane *day;
		int64		pays;

		enter_element(run, call, list, i);
		counts = lane_truth(run, instr->b);
		if (counts == TRUTH_FALSE)
			continue;
		if (counts == TRUTH_UNKNOWN || ndays == MAX_DAYS)
			return ASK_EVALUATOR;
		day = lane_get(run, args[ONCE_DAY]);
		if (day->state != LANE_VALUE)
			return ASK_EVALUATOR;
		days[ndays] = day->item;
		pays = line_money(run, &run->program->instrs[args[ONCE_PAYS]]);
		if (pays < 0)
			return ASK_EVALUATOR;
		for (j = 0; j < ndays && days[j] != days[ndays]; j++)
			;
		if (j < ndays)
		{
			if (paid[j] != pays)
				return ASK_EVALUATOR;
			continue;
		}
		paid[ndays++] = pays;
		sum += pays;
		if (sum >= MAX_HUNDREDTHS)
			return ASK_EVALUATOR;
	}
	return sum;
}

bool
lane_money(Run *run, int number, int64 *hundredths)
{
	*hundredths = money(run, number);
	return *hundredths >= 0;
}

/* As a register: 元. */
static void
set_money(Run *run, int number, Lane *out)
{
	int64		hundredths = money(run, number);

	if (hundredths < 0)
		lane_ask_exact(run, number, out);
	else if (hundredths % 100 == 0)
		lane_set_exact(out, (double) (hundredths / 100));
	else
		lane_set_inexact(out, hundredths / 100.0, 0);
}

void
kernel_undetermined(Run *run, int number, const KernelNode *node pg_attribute_unused(), Lane *out)
{
	lane_ask_exact(run, number, out);
}

void
kernel_line(Run *run, int number, const KernelNode *node pg_attribute_unused(), Lane *out)
{
	set_money(run, number, out);
}

void
kernel_once(Run *run, int number, const KernelNode *node pg_attribute_unused(), Lane *out)
{
	set_money(run, number, out);
}

void
kernel_total(Run *run, int number, const KernelNode *node pg_attribute_unused(), Lane *out)
{
	set_money(run, number, out);
}

void
kernel_cap(Run *run, int number, const KernelNode *node pg_attribute_unused(), Lane *out)
{
	set_money(run, number, out);
}
