/*
 * kernel.c
 *		Running a program in the kernel.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "kernel_number.h"
#include "value.h"

/* ---------------- facts ---------------- */

/* The range of what the evaluator gave. */
static void
check_range(const KernelFact *fact, Lane *lane)
{
	switch (fact->type)
	{
		case TYPE_NUMBER:
			lane_check_number(fact, lane);
			break;
		case TYPE_DATE:
			lane_check_date(fact, lane);
			break;
		case TYPE_TEXT:
			lane_check_text(fact, lane);
			break;
		default:
			break;
	}
}

void
lane_ask_exact(Run *run, int number, Lane *out)
{
	/* the evaluator sees other elements than the kernel */
	if (run->program->instrs[number].scopes != 0)
	{
		lane_set_other(out);
		return;
	}
	lane_set_value(out, run_value(run, number), run->program->instrs[number].type);
}

static inline void
load(Run *run, int number, Lane *out)
{
	int			fact = run->nodes[number].b;

	if (run->nodes[number].args > 0)
	{
		const KernelField *field = &run->program->kernel->fields[run->nodes[number].args - 1];

		run->source->field(run->source, field, out);
		return;
	}
	if (likely(run->source->lane != NULL))
	{
		run->source->lane(run->source, fact, out);
		return;
	}
	lane_ask_exact(run, number, out);
	if (out->state == LANE_VALUE)
		check_range(&run->program->kernel->facts[fact], out);
}

/* Their nodes are forms; these are for whoever computes each instruction in its turn. */
void
kernel_fact(Run *run, int number, const KernelNode *node pg_attribute_unused(), Lane *out)
{
	load(run, number, out);
}

void
kernel_field(Run *run, int number, const KernelNode *node pg_attribute_unused(), Lane *out)
{
	load(run, number, out);
}

Truth
kernel_truth_fact(Run *run, int number, const KernelNode *node pg_attribute_unused())
{
	return lane_get(run, number)->truth;
}

Truth
kernel_truth_field(Run *run, int number, const KernelNode *node pg_attribute_unused())
{
	return lane_get(run, number)->truth;
}

/* ---------------- registers ---------------- */

Lane *
lane_registers(int ninstrs)
{
	return palloc0_array(Lane, ninstrs);
}

void
lane_forget(Run *run)
{
	int			i;

	for (i = 0; i < run->program->ninstrs; i++)
		run->lanes[i].stamp = 0;
}

Truth
lane_ask_exact_truth(Run *run, int number)
{
	if (run->program->instrs[number].scopes != 0)
		return TRUTH_UNKNOWN;
	return run_value(run, number)->truth;
}

static pg_noinline const Lane *
compute_other(Run *run, int number)
{
	const KernelNode *node = &run->nodes[number];
	Lane	   *out = &run->lanes[number];

	if (unlikely(run->deep))
		check_stack_depth();
	switch (node->op)
	{
#define CALL(NAME, name) case NAME: kernel_##name(run, number, node, out); break;
#define CALL_BOOLEAN(NAME, name)
#define CALL_NUMBER(NAME, name) CALL(NAME, name)
#define CALL_DATE(NAME, name) CALL(NAME, name)
#define CALL_TEXT(NAME, name) CALL(NAME, name)
#define CALL_ORDERED(NAME, name) CALL(NAME, name)
#define CALL_ANY(NAME, name) CALL(NAME, name)
#define OP(NAME, name, a, b, c, args, flag, result, ...) CALL_##result(OP_##NAME, name)
#include "ops.h"
			CALL(KERNEL_BAND, band)
				CALL(KERNEL_LADDER, ladder)
#undef CALL
#undef CALL_BOOLEAN
#undef CALL_NUMBER
#undef CALL_DATE
#undef CALL_TEXT
#undef CALL_ORDERED
#undef CALL_ANY
		default:
			lane_ask_exact(run, number, out);
			break;
	}
	/* constants are computed once and for all */
	out->stamp = is_constant_op(run->program->instrs[number].op) ? PG_UINT64_MAX : run->epochs[0];
	return out;
}

/* Facts are most of what is computed. */
const Lane *
lane_compute(Run *run, int number)
{
	const KernelNode *node = &run->nodes[number];
	Lane	   *out = &run->lanes[number];

	if (node->op != KERNEL_FACT && node->op != KERNEL_TRUTH)
		return compute_other(run, number);
	load(run, number, out);
	out->stamp = run->epochs[0];
	return out;
}

static Truth
bound(Run *run, int number, const KernelNode *node)
{
	const Lane *x = lane_get(run, node->a);
	int			order;

	if (x->state != LANE_VALUE)
		return x->state == LANE_NONE ? TRUTH_FALSE : lane_ask_exact_truth(run, number);
	order = lane_order(x, node->number, node->error, node->decimal);
	if (unlikely(order == LANE_DOUBT))
		return lane_ask_exact_truth(run, number);
	return lane_order_truth(order, node->flag);
}

/* ---------------- booleans ---------------- */

static Truth logic(Run *run, const KernelNode *node, Truth decisive);
static Truth compute_truth(Run *run, int number, const KernelNode *node);
static Truth same(Run *run, const KernelNode *node);

static inline Truth
compare_dates(Run *run, int number, const KernelNode *node)
{
	const Lane *a = lane_get(run, node->a);
	const Lane *b;

	if (a->state == LANE_NONE)
		return TRUTH_FALSE;
	b = lane_get(run, node->b);
	if (b->state == LANE_NONE)
		return TRUTH_FALSE;
	if (a->state == LANE_OTHER || b->state == LANE_OTHER)
		return lane_ask_exact_truth(run, number);
	return lane_order_truth(a->item < b->item ? -1 : a->item > b->item, node->flag);
}

/* A boolean: those that conditions are made of most are looked at here. */
static inline Truth
test(Run *run, int number)
{
	const KernelNode *node = &run->nodes[number];
	const Lane *x;

	switch (node->op)
	{
		case KERNEL_TRUTH:
			x = lane_get(run, node->a);
			return node->flag ? TRUTH_TRUE - x->truth : x->truth;
		case KERNEL_BOUND:
			return bound(run, number, node);
		case KERNEL_MEMBER:
			x = lane_get(run, node->a);
			if (x->state != LANE_VALUE)
				return x->state == LANE_NONE ? TRUTH_FALSE : lane_ask_exact_truth(run, number);
			return (run->program->kernel->masks[node->args] >> x->code) & 1 ? TRUTH_TRUE : TRUTH_FALSE;
		case KERNEL_COMPARE_DATES:
			return compare_dates(run, number, node);
		case OP_AND:
			if (!node->shared && likely(!run->deep))
				return logic(run, node, TRUTH_FALSE);
			break;
		case OP_OR:
			if (!node->shared && likely(!run->deep))
				return logic(run, node, TRUTH_TRUE);
			break;
		default:
			break;
	}
	if (node->shared)
	{
		Lane	   *kept = &run->lanes[number];

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
logic(Run *run, const KernelNode *node, Truth decisive)
{
	const int  *args = run->kernel_args + node->args;
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
compute_truth(Run *run, int number, const KernelNode *node)
{
	if (unlikely(run->deep))
		check_stack_depth();
	switch (node->op)
	{
#define CALL(NAME, name) case NAME: return kernel_truth_##name(run, number, node);
#define CALL_BOOLEAN(NAME, name) CALL(NAME, name)
#define CALL_NUMBER(NAME, name)
#define CALL_DATE(NAME, name)
#define CALL_TEXT(NAME, name)
#define CALL_ORDERED(NAME, name)
#define CALL_ANY(NAME, name) CALL(NAME, name)
#define OP(NAME, name, a, b, c, args, flag, result, ...) CALL_##result(OP_##NAME, name)
#include "ops.h"
#undef CALL
#undef CALL_BOOLEAN
#undef CALL_NUMBER
#undef CALL_DATE
#undef CALL_TEXT
#undef CALL_ORDERED
#undef CALL_ANY
		case KERNEL_SAME:
			return same(run, node);
		default:
			return lane_ask_exact_truth(run, number);
	}
}

Truth
lane_truth(Run *run, int number)
{
	return test(run, number);
}

bool
lane_is_empty(Run *run, int number)
{
	return lane_get(run, number)->state == LANE_NONE;
}

/* ---------------- each instruction ---------------- */

Truth
kernel_truth_boolean(Run *run pg_attribute_unused(), int number pg_attribute_unused(), const KernelNode *node)
{
	return node->flag ? TRUTH_TRUE : TRUTH_FALSE;
}

Truth
kernel_truth_and(Run *run, int number pg_attribute_unused(), const KernelNode *node)
{
	return logic(run, node, TRUTH_FALSE);
}

Truth
kernel_truth_or(Run *run, int number pg_attribute_unused(), const KernelNode *node)
{
	return logic(run, node, TRUTH_TRUE);
}

Truth
kernel_truth_not(Run *run, int number pg_attribute_unused(), const KernelNode *node)
{
	return TRUTH_TRUE - test(run, node->a);
}

/* Two numbers, or two texts; for all others there are forms. */
Truth
kernel_truth_compare(Run *run, int number, const KernelNode *node)
{
	const Lane *a = lane_get(run, node->a);
	const Lane *b;
	int			order;

	if (a->state == LANE_NONE)
		return TRUTH_FALSE;
	b = lane_get(run, node->b);
	if (b->state == LANE_NONE)
		return TRUTH_FALSE;
	if (a->state == LANE_OTHER || b->state == LANE_OTHER)
		return lane_ask_exact_truth(run, number);
	if (run->program->instrs[node->a].type == TYPE_TEXT)
		order = a->item != b->item || memcmp(a->text, b->text, a->item) != 0;
	else
		order = lane_order(a, b->number, b->error, b->decimal);
	if (unlikely(order == LANE_DOUBT))
		return lane_ask_exact_truth(run, number);
	return lane_order_truth(order, node->flag);
}

/* Two booleans. */
static Truth
same(Run *run, const KernelNode *node)
{
	Truth		a = test(run, node->a);
	Truth		b = test(run, node->b);

	if (a == TRUTH_UNKNOWN || b == TRUTH_UNKNOWN)
		return TRUTH_UNKNOWN;
	return (a == b) == (node->flag == CMP_EQ) ? TRUTH_TRUE : TRUTH_FALSE;
}

Truth
kernel_truth_text_in(Run *run, int number, const KernelNode *node)
{
	const KernelText *texts = run->program->kernel->texts + node->args;
	const Lane *x = lane_get(run, node->a);
	bool		found = false;
	int			i;

	if (x->state != LANE_VALUE)
		return x->state == LANE_NONE ? TRUTH_FALSE : lane_ask_exact_truth(run, number);
	for (i = 0; i < node->b && !found; i++)
		found = lane_same_text(&texts[i], x->text, x->item);
	return found != (bool) node->flag ? TRUTH_TRUE : TRUTH_FALSE;
}

Truth
kernel_truth_is_none(Run *run, int number, const KernelNode *node)
{
	switch (lane_get(run, node->a)->state)
	{
		case LANE_NONE:
			return node->flag ? TRUTH_FALSE : TRUTH_TRUE;
		case LANE_VALUE:
			return node->flag ? TRUTH_TRUE : TRUTH_FALSE;
	}
	return lane_ask_exact_truth(run, number);
}

Truth
kernel_truth_case(Run *run, int number, const KernelNode *node)
{
	const int  *args = run->kernel_args + node->args;
	int			i;

	for (i = 0; i + 1 < node->b; i += 2)
	{
		Truth		truth = test(run, args[i]);

		if (truth == TRUTH_TRUE)
			return test(run, args[i + 1]);
		if (truth == TRUTH_UNKNOWN)
			return lane_ask_exact_truth(run, number);
	}
	return i < node->b ? test(run, args[i]) : TRUTH_FALSE;
}

/* A boolean is never none. */
Truth
kernel_truth_coalesce(Run *run, int number pg_attribute_unused(), const KernelNode *node)
{
	return test(run, node->a);
}
