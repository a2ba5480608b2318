/*
 * plain.c
 *		Running a program in plain mode.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "plain_number.h"
#include "value.h"

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

void
plain_general(Run *run, int number, Plain *out)
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
	plain_general(run, number, out);
	if (out->state == PLAIN_VALUE)
		check_range(&run->program->plain->facts[fact], out);
}

/* Their nodes are forms; these are for whoever computes each instruction in its turn. */
void
kernel_fact(Run *run, int number, const PlainNode *node pg_attribute_unused(), Plain *out)
{
	load(run, number, out);
}

void
kernel_field(Run *run, int number, const PlainNode *node pg_attribute_unused(), Plain *out)
{
	load(run, number, out);
}

Truth
kernel_truth_fact(Run *run, int number, const PlainNode *node pg_attribute_unused())
{
	return plain_get(run, number)->truth;
}

Truth
kernel_truth_field(Run *run, int number, const PlainNode *node pg_attribute_unused())
{
	return plain_get(run, number)->truth;
}

/* ---------------- registers ---------------- */

Plain *
plain_registers(int ninstrs)
{
	return palloc0_array(Plain, ninstrs);
}

void
plain_forget(Run *run)
{
	int			i;

	for (i = 0; i < run->program->ninstrs; i++)
		run->plain[i].stamp = 0;
}

Truth
plain_general_truth(Run *run, int number)
{
	if (run->program->instrs[number].scopes != 0)
		return TRUTH_UNKNOWN;
	return run_value(run, number)->truth;
}

static pg_noinline const Plain *
compute_other(Run *run, int number)
{
	const PlainNode *node = &run->nodes[number];
	Plain	   *out = &run->plain[number];

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
			CALL(PLAIN_BAND, band)
				CALL(PLAIN_LADDER, ladder)
#undef CALL
#undef CALL_BOOLEAN
#undef CALL_NUMBER
#undef CALL_DATE
#undef CALL_TEXT
#undef CALL_ORDERED
#undef CALL_ANY
		default:
			plain_general(run, number, out);
			break;
	}
	/* constants are computed once and for all */
	out->stamp = is_constant_op(run->program->instrs[number].op) ? PG_UINT64_MAX : run->epochs[0];
	return out;
}

/* Facts are most of what is computed. */
const Plain *
plain_compute(Run *run, int number)
{
	const PlainNode *node = &run->nodes[number];
	Plain	   *out = &run->plain[number];

	if (node->op != PLAIN_FACT && node->op != PLAIN_TRUTH)
		return compute_other(run, number);
	load(run, number, out);
	out->stamp = run->epochs[0];
	return out;
}

static Truth
bound(Run *run, int number, const PlainNode *node)
{
	const Plain *x = plain_get(run, node->a);
	int			order;

	if (x->state != PLAIN_VALUE)
		return x->state == PLAIN_NONE ? TRUTH_FALSE : plain_general_truth(run, number);
	order = plain_order(x, node->number, node->error, node->decimal);
	if (unlikely(order == PLAIN_DOUBT))
		return plain_general_truth(run, number);
	return plain_order_truth(order, node->flag);
}

/* ---------------- booleans ---------------- */

static Truth logic(Run *run, const PlainNode *node, Truth decisive);
static Truth compute_truth(Run *run, int number, const PlainNode *node);
static Truth same(Run *run, const PlainNode *node);

static inline Truth
compare_dates(Run *run, int number, const PlainNode *node)
{
	const Plain *a = plain_get(run, node->a);
	const Plain *b;

	if (a->state == PLAIN_NONE)
		return TRUTH_FALSE;
	b = plain_get(run, node->b);
	if (b->state == PLAIN_NONE)
		return TRUTH_FALSE;
	if (a->state == PLAIN_OTHER || b->state == PLAIN_OTHER)
		return plain_general_truth(run, number);
	return plain_order_truth(a->item < b->item ? -1 : a->item > b->item, node->flag);
}

/* A boolean: those that conditions are made of most are looked at here. */
static inline Truth
test(Run *run, int number)
{
	const PlainNode *node = &run->nodes[number];
	const Plain *x;

	switch (node->op)
	{
		case PLAIN_TRUTH:
			x = plain_get(run, node->a);
			return node->flag ? TRUTH_TRUE - x->truth : x->truth;
		case PLAIN_BOUND:
			return bound(run, number, node);
		case PLAIN_MEMBER:
			x = plain_get(run, node->a);
			if (x->state != PLAIN_VALUE)
				return x->state == PLAIN_NONE ? TRUTH_FALSE : plain_general_truth(run, number);
			return (run->program->plain->masks[node->args] >> x->code) & 1 ? TRUTH_TRUE : TRUTH_FALSE;
		case PLAIN_COMPARE_DATES:
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
compute_truth(Run *run, int number, const PlainNode *node)
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
		case PLAIN_SAME:
			return same(run, node);
		default:
			return plain_general_truth(run, number);
	}
}

Truth
plain_truth(Run *run, int number)
{
	return test(run, number);
}

bool
plain_is_empty(Run *run, int number)
{
	return plain_get(run, number)->state == PLAIN_NONE;
}

/* ---------------- each instruction ---------------- */

Truth
kernel_truth_boolean(Run *run pg_attribute_unused(), int number pg_attribute_unused(), const PlainNode *node)
{
	return node->flag ? TRUTH_TRUE : TRUTH_FALSE;
}

Truth
kernel_truth_and(Run *run, int number pg_attribute_unused(), const PlainNode *node)
{
	return logic(run, node, TRUTH_FALSE);
}

Truth
kernel_truth_or(Run *run, int number pg_attribute_unused(), const PlainNode *node)
{
	return logic(run, node, TRUTH_TRUE);
}

Truth
kernel_truth_not(Run *run, int number pg_attribute_unused(), const PlainNode *node)
{
	return TRUTH_TRUE - test(run, node->a);
}

/* Two numbers, or two texts; for all others there are forms. */
Truth
kernel_truth_compare(Run *run, int number, const PlainNode *node)
{
	const Plain *a = plain_get(run, node->a);
	const Plain *b;
	int			order;

	if (a->state == PLAIN_NONE)
		return TRUTH_FALSE;
	b = plain_get(run, node->b);
	if (b->state == PLAIN_NONE)
		return TRUTH_FALSE;
	if (a->state == PLAIN_OTHER || b->state == PLAIN_OTHER)
		return plain_general_truth(run, number);
	if (run->program->instrs[node->a].type == TYPE_TEXT)
		order = a->item != b->item || memcmp(a->text, b->text, a->item) != 0;
	else
		order = plain_order(a, b->number, b->error, b->decimal);
	if (unlikely(order == PLAIN_DOUBT))
		return plain_general_truth(run, number);
	return plain_order_truth(order, node->flag);
}

/* Two booleans. */
static Truth
same(Run *run, const PlainNode *node)
{
	Truth		a = test(run, node->a);
	Truth		b = test(run, node->b);

	if (a == TRUTH_UNKNOWN || b == TRUTH_UNKNOWN)
		return TRUTH_UNKNOWN;
	return (a == b) == (node->flag == CMP_EQ) ? TRUTH_TRUE : TRUTH_FALSE;
}

Truth
kernel_truth_text_in(Run *run, int number, const PlainNode *node)
{
	const PlainText *texts = run->program->plain->texts + node->args;
	const Plain *x = plain_get(run, node->a);
	bool		found = false;
	int			i;

	if (x->state != PLAIN_VALUE)
		return x->state == PLAIN_NONE ? TRUTH_FALSE : plain_general_truth(run, number);
	for (i = 0; i < node->b && !found; i++)
		found = plain_same_text(&texts[i], x->text, x->item);
	return found != (bool) node->flag ? TRUTH_TRUE : TRUTH_FALSE;
}

Truth
kernel_truth_is_none(Run *run, int number, const PlainNode *node)
{
	switch (plain_get(run, node->a)->state)
	{
		case PLAIN_NONE:
			return node->flag ? TRUTH_FALSE : TRUTH_TRUE;
		case PLAIN_VALUE:
			return node->flag ? TRUTH_TRUE : TRUTH_FALSE;
	}
	return plain_general_truth(run, number);
}

Truth
kernel_truth_case(Run *run, int number, const PlainNode *node)
{
	const int  *args = run->plain_args + node->args;
	int			i;

	for (i = 0; i + 1 < node->b; i += 2)
	{
		Truth		truth = test(run, args[i]);

		if (truth == TRUTH_TRUE)
			return test(run, args[i + 1]);
		if (truth == TRUTH_UNKNOWN)
			return plain_general_truth(run, number);
	}
	return i < node->b ? test(run, args[i]) : TRUTH_FALSE;
}

/* A boolean is never none. */
Truth
kernel_truth_coalesce(Run *run, int number pg_attribute_unused(), const PlainNode *node)
{
	return test(run, node->a);
}
