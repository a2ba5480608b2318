/*
 * plain_list.c
 *		Plain mode over the elements of lists, and sums of money.
 *
 * Whatever is not decided here is left to the evaluator, for the whole list.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "plain_number.h"

/* Goes to an element of a list; what depends on the one before is forgotten. */
static inline void
enter_element(Run *run, const PlainList *call, const Plain *list, int index)
{
	const int  *depending = run->plain_args + call->depending;
	int			i;

	CHECK_FOR_INTERRUPTS();
	run->source->element(run->source, call->fact, list, call->depth, index);
	for (i = 0; i < call->ndepending; i++)
		run->plain[depending[i]].stamp = 0;
}

/* The list, if its elements can be looked at. */
static const Plain *
open_list(Run *run, const PlainNode *node)
{
	const Plain *list = plain_get(run, node->a);

	return list->state == PLAIN_VALUE ? list : NULL;
}

/* Whether a condition that no element changes refuses every element. */
static inline bool
refuses(Run *run, const PlainList *call)
{
	const int  *fixed = run->plain_args + call->fixed;
	int			i;

	for (i = 0; i < call->nfixed; i++)
		if (plain_truth(run, fixed[i]) == TRUTH_FALSE)
			return true;
	return false;
}

/* The same of a register that is none. */
static inline bool
refuses_none(Run *run, const PlainList *call)
{
	const int  *none = run->plain_args + call->fixed + call->nfixed;
	int			i;

	for (i = 0; i < call->nnone; i++)
		if (plain_get(run, none[i])->state == PLAIN_NONE)
			return true;
	return false;
}

static Truth
list_truth(Run *run, const PlainNode *node)
{
	const PlainList *call = &run->program->plain->lists[node->args];
	const Plain *list = open_list(run, node);
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
		here = call->where >= 0 ? plain_truth(run, call->where) : TRUTH_TRUE;
		if (here == TRUTH_FALSE)
			continue;
		body = call->body >= 0 ? plain_truth(run, call->body) : TRUTH_TRUE;
		if (here == TRUTH_UNKNOWN && body != result)
			return TRUTH_UNKNOWN;
		if (here == TRUTH_TRUE)
			result = body;
	}
	return result;
}

static bool
extreme(Run *run, const PlainNode *node, const PlainList *call, const Plain *list, Plain *out)
{
	bool		numbers = run->program->instrs[call->body].type == TYPE_NUMBER;
	Plain		best;
	bool		any = false;
	int			i;

	memset(&best, 0, sizeof(best));
	for (i = 0; i < list->item; i++)
	{
		const Plain *x;
		Truth		here;
		bool		below;

		enter_element(run, call, list, i);
		here = call->where >= 0 ? plain_truth(run, call->where) : TRUTH_TRUE;
		if (here == TRUTH_FALSE)
			continue;
		x = plain_get(run, call->body);
		if (here == TRUTH_UNKNOWN || x->state == PLAIN_OTHER)
			return false;
		if (x->state == PLAIN_NONE)
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
		out->state = PLAIN_NONE;
	return true;
}

static bool
sum(Run *run, const PlainNode *node, const PlainList *call, const Plain *list, Plain *out)
{
	Plain		total;
	int			i;

	if (node->flag == FUNC_SUM && (int64) call->weight * list->item > MAX_SUM_WEIGHT)
		return false;
	plain_set_exact(&total, 0);
	for (i = 0; i < list->item; i++)
	{
		const Plain *x;
		Truth		here;

		enter_element(run, call, list, i);
		here = call->where >= 0 ? plain_truth(run, call->where) : TRUTH_TRUE;
		if (here == TRUTH_FALSE)
			continue;
		if (here == TRUTH_UNKNOWN)
			return false;
		if (node->flag == FUNC_COUNT)
		{
			plain_set_sum(&total, total.number + 1, 0);
			continue;
		}
		x = plain_get(run, call->body);
		if (x->state == PLAIN_OTHER)
			return false;
		if (x->state == PLAIN_VALUE)
			plain_set_sum(&total, total.number + x->number, total.error + x->error);
		if (total.state != PLAIN_VALUE)
			return false;
	}
	out->state = PLAIN_VALUE;
	out->number = total.number;
	out->error = total.error;
	out->decimal = total.decimal;
	return true;
}

static bool
list_value(Run *run, const PlainNode *node, Plain *out)
{
	const PlainList *call = &run->program->plain->lists[node->args];
	const Plain *list = open_list(run, node);

	if (list == NULL)
		return false;
	if (node->flag == FUNC_COUNT || node->flag == FUNC_SUM)
		return sum(run, node, call, list, out);
	return extreme(run, node, call, list, out);
}

/* One that is known and not empty is gone through; what leaves a doubt is the evaluator's. */
void
kernel_list(Run *run, int number, const PlainNode *node, Plain *out)
{
	const PlainList *call = &run->program->plain->lists[node->args];

	if (plain_get(run, node->a)->state != PLAIN_NONE && !refuses(run, call) && !refuses_none(run, call))
	{
		if (!list_value(run, node, out))
			plain_general(run, number, out);
	}
	else if (node->flag == FUNC_COUNT || node->flag == FUNC_SUM)
		plain_set_exact(out, 0);
	else
		out->state = PLAIN_NONE;
}

Truth
kernel_truth_list(Run *run, int number, const PlainNode *node)
{
	const PlainList *call = &run->program->plain->lists[node->args];
	Truth		truth;

	if (plain_get(run, node->a)->state == PLAIN_NONE || refuses(run, call) || refuses_none(run, call))
		return node->flag == FUNC_ALL ? TRUTH_TRUE : TRUTH_FALSE;
	truth = list_truth(run, node);
	return truth == TRUTH_UNKNOWN ? plain_general_truth(run, number) : truth;
}

/* ---------------- money ---------------- */

#define MAX_HUNDREDTHS (INT64CONST(1) << 50)
#define ASK_EVALUATOR (-1)

/*
 * A payment in hundredths, rounded, not below zero.  What is surely not at the middle
 * between two of them is rounded as the double is.
 */
static int64
verdict_hundredths_of(const Plain *x)
{
	double		scaled = x->number * 100;
	double		error = 2 * (100 * x->error + PLAIN_UNIT * fabs(scaled) + PLAIN_TINY);
	double		nearest;

	if (x->state != PLAIN_VALUE)
		return x->state == PLAIN_NONE ? 0 : ASK_EVALUATOR;
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

static int64 elements_money(Run *run, const PlainNode *node);
static int64 elements_once(Run *run, const Instr *instr, const PlainNode *node);

/* A line pays while its condition holds. */
static inline int64
line_money(Run *run, const Instr *instr)
{
	Truth		condition = plain_truth(run, instr->a);

	if (likely(condition == TRUTH_FALSE))
		return 0;
	return condition == TRUTH_TRUE ? verdict_hundredths_of(plain_get(run, instr->b)) : ASK_EVALUATOR;
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
			paid = verdict_hundredths_of(plain_get(run, instr->b));
			/* one that is none caps nothing */
			if (run->plain[instr->b].state == PLAIN_NONE)
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
elements_money(Run *run, const PlainNode *node)
{
	const PlainList *call = &run->program->plain->lists[node->args];
	const Instr *line = &run->program->instrs[call->body];
	const Plain *list;
	int64		sum = 0;
	int			i;

	if (refuses(run, call))
		return 0;
	list = plain_get(run, node->a);
	if (list->state == PLAIN_NONE || refuses_none(run, call))
		return 0;
	if (list->state == PLAIN_OTHER)
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
elements_once(Run *run, const Instr *instr, const PlainNode *node)
{
	const PlainList *call = &run->program->plain->lists[node->args];
	const int  *args = run->program->args + instr->args;
	const Plain *list;
	int32		days[MAX_DAYS];
	int64		paid[MAX_DAYS];
	int			ndays = 0;
	int64		sum = 0;
	int			i;
	int			j;

	if (refuses(run, call))
		return 0;
	list = plain_get(run, node->a);
	if (list->state == PLAIN_NONE || refuses_none(run, call))
		return 0;
	if (list->state == PLAIN_OTHER)
		return ASK_EVALUATOR;
	for (i = 0; i < list->item; i++)
	{
		Truth		counts;
		const Plain *day;
		int64		pays;

		enter_element(run, call, list, i);
		counts = plain_truth(run, instr->b);
		if (counts == TRUTH_FALSE)
			continue;
		if (counts == TRUTH_UNKNOWN || ndays == MAX_DAYS)
			return ASK_EVALUATOR;
		day = plain_get(run, args[ONCE_DAY]);
		if (day->state != PLAIN_VALUE)
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
plain_money(Run *run, int number, int64 *hundredths)
{
	*hundredths = money(run, number);
	return *hundredths >= 0;
}

/* As a register: 元. */
static void
set_money(Run *run, int number, Plain *out)
{
	int64		hundredths = money(run, number);

	if (hundredths < 0)
		plain_general(run, number, out);
	else if (hundredths % 100 == 0)
		plain_set_exact(out, (double) (hundredths / 100));
	else
		plain_set_inexact(out, hundredths / 100.0, 0);
}

void
kernel_line(Run *run, int number, const PlainNode *node pg_attribute_unused(), Plain *out)
{
	set_money(run, number, out);
}

void
kernel_once(Run *run, int number, const PlainNode *node pg_attribute_unused(), Plain *out)
{
	set_money(run, number, out);
}

void
kernel_total(Run *run, int number, const PlainNode *node pg_attribute_unused(), Plain *out)
{
	set_money(run, number, out);
}

void
kernel_cap(Run *run, int number, const PlainNode *node pg_attribute_unused(), Plain *out)
{
	set_money(run, number, out);
}
