/*
 * batch_fast.c
 *		Conditions that a batch tests for all of its rows at once, with vectors.
 *
 * A condition is answered for all rows that are wanted: those whose numbers are too near to a bound are computed as
 * fractions (batch_near.c), and those that cannot be decided so are asked of the kernel, group by group.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "batch_fast.h"
#include "kernel_number.h"

static void
none_of(Batch *batch, BatchTruths *out)
{
	int			g;

	for (g = 0; g < batch->ngroups; g++)
		out->yes[g] = out->no[g] = out->doubt[g] = 0;
}

/* Asks the kernel for the wanted rows that have no answer yet. */
static void
ask_rest(Batch *batch, int number, const uint64 *wanted, BatchTruths *out)
{
	uint64		rest[BATCH_GROUPS];
	uint64		any = 0;
	int			g;

	for (g = 0; g < batch->ngroups; g++)
		any |= rest[g] = wanted[g] & ~(out->yes[g] | out->no[g]);
	if (any == 0 || batch_test_gathered(batch, number, rest, out))
		return;
	for (g = 0; g < batch->ngroups; g++)
	{
		Truths		truths;

		if (rest[g] == 0)
			continue;
		truths = batch_test_group(batch, number, g, rest[g]);
		out->yes[g] |= truths.yes & rest[g];
		out->no[g] |= truths.no & rest[g];
		out->doubt[g] = truths.doubt & rest[g];
	}
}

/*
 * Sets the truth of a comparison, given the rows in which a number is surely below and surely above.  It is equal
 * in the other known rows.
 */
static void
set_order(Batch *batch, CompareOp op, const uint64 *known, const uint64 *below, const uint64 *above, bool equal,
		  BatchTruths *out)
{
	int			g;

	for (g = 0; g < batch->ngroups; g++)
	{
		uint64		same = equal ? ~(below[g] | above[g]) : 0;
		uint64		yes = 0;
		uint64		sure = known[g] & (below[g] | above[g] | same);

		switch (op)
		{
			case CMP_EQ:
				yes = same;
				break;
			case CMP_NE:
				yes = ~same;
				break;
			case CMP_LT:
				yes = below[g];
				break;
			case CMP_LE:
				yes = below[g] | same;
				break;
			case CMP_GT:
				yes = above[g];
				break;
			case CMP_GE:
				yes = above[g] | same;
				break;
		}
		out->yes[g] = sure & yes;
		out->no[g] = sure & ~yes;
		out->doubt[g] = 0;
	}
}

/* The rows in which a number is known to be none, of which every comparison is false; of facts only. */
static inline uint64
none_of_fact(const Batch *batch, int number, int g)
{
	return batch->plan.fast[number].kind == FAST_FACT ? batch->frames[0]->registers[number]->groups[g].none : 0;
}

/* A comparison with a bound that is one of doubles: > c is >= the double after it. */
static void
compare_sharply(Batch *batch, const KernelNode *node, const FastNode *fast, const double *x, const uint64 *known,
				BatchTruths *out)
{
	bool		equal = node->flag == CMP_EQ || node->flag == CMP_NE;
	bool		from = node->flag == CMP_GE || node->flag == CMP_GT;
	uint64		passed[BATCH_GROUPS];
	int			g;

	if (equal)
		batch->loops->equal(x, node->number, passed, batch->ngroups);
	else
		batch->loops->at_least(x, fast->below, passed, batch->ngroups);
	for (g = 0; g < batch->ngroups; g++)
	{
		uint64		yes = from || node->flag == CMP_EQ ? passed[g] : ~passed[g];

		out->yes[g] = known[g] & yes;
		out->no[g] = known[g] & ~yes;
		out->doubt[g] = 0;
	}
}

/* How many elements lists have that count. */
static void
fast_list_bound(Batch *batch, int number, const uint64 *wanted, BatchTruths *out)
{
	const KernelNode *node = &batch->nodes[number];
	const BatchRegister *x;
	uint64		known[BATCH_GROUPS];
	int			g;

	x = batch_get_prepared(batch, node->a, wanted);
	for (g = 0; g < batch->ngroups; g++)
		known[g] = wanted[g] & x->groups[g].value;
	compare_sharply(batch, node, &batch->plan.fast[number], x->groups[0].number, known, out);
	ask_rest(batch, number, wanted, out);
}

static void
fast_bound(Batch *batch, int number, const uint64 *wanted, BatchTruths *out)
{
	const KernelNode *node = &batch->nodes[number];
	const FastNode *fast = &batch->plan.fast[number];
	const FastRegister *x = batch_fast_number(batch, node->a);
	End			bound = node_constant(node);
	uint64		known[BATCH_GROUPS];
	uint64		above[BATCH_GROUPS];
	uint64		below[BATCH_GROUPS];
	int			g;
	int			i;

	for (g = 0; g < batch->ngroups; g++)
		known[g] = wanted[g] & x->valid[g];
	if (fast->kind == FAST_SHARP_BOUND)
		compare_sharply(batch, node, fast, x->number, known, out);
	else
	{
		batch->loops->order(x->number, x->bound, fast->below, fast->above, below, above, batch->ngroups);
		set_order(batch, node->flag, known, below, above, false, out);
		for (g = 0; g < batch->ngroups; g++)
			EACH_LANE(i, known[g] & ~(below[g] | above[g]))
		{
			bool		yes;

			if (batch_near_bound(batch, node->a, g * GROUP_ROWS + i, &bound, node->flag, &yes))
				*(yes ? &out->yes[g] : &out->no[g]) |= UINT64CONST(1) << i;
		}
	}
	for (g = 0; g < batch->ngroups; g++)
		out->no[g] |= wanted[g] & none_of_fact(batch, node->a, g);
	ask_rest(batch, number, wanted, out);
}

/* Compares two numbers by their difference. */
static void
fast_order(Batch *batch, int number, const uint64 *wanted, BatchTruths *out)
{
	const KernelNode *node = &batch->nodes[number];
	bool		sharp = batch->plan.fast[number].sharp;
	const FastRegister *a = batch_fast_number(batch, node->a);
	const FastRegister *b = batch_fast_number(batch, node->b);
	VectorOperand x = batch_fast_operand(batch, node->a, a);
	VectorOperand y = batch_fast_operand(batch, node->b, b);
	uint64		known[BATCH_GROUPS];
	uint64		above[BATCH_GROUPS];
	uint64		below[BATCH_GROUPS];
	int			g;
	int			i;

	for (g = 0; g < batch->ngroups; g++)
		known[g] = wanted[g] & a->valid[g] & b->valid[g];
	batch->loops->arithmetic(VECTOR_SUBTRACT, &x, &y, batch->scratch[0], sharp ? NULL : batch->scratch[1], batch->ngroups);
	batch->loops->order(batch->scratch[0], sharp ? NULL : batch->scratch[1], 0, 0, below, above, batch->ngroups);
	set_order(batch, node->flag, known, below, above, sharp, out);
	for (g = 0; g < batch->ngroups; g++)
	{
		EACH_LANE(i, sharp ? 0 : known[g] & ~(below[g] | above[g]))
		{
			bool		yes;

			if (batch_near_order(batch, node->a, node->b, g * GROUP_ROWS + i, node->flag, &yes))
				*(yes ? &out->yes[g] : &out->no[g]) |= UINT64CONST(1) << i;
		}
		out->no[g] |= wanted[g] & (none_of_fact(batch, node->a, g) | none_of_fact(batch, node->b, g));
	}
	ask_rest(batch, number, wanted, out);
}

/* Whether a text is a member of a list of declared texts. */
static void
fast_member(Batch *batch, int number, const uint64 *wanted, BatchTruths *out)
{
	const KernelNode *node = &batch->nodes[number];
	const BatchRegister *x = batch_fact_register(batch, node->a);
	uint64		members = batch->program->kernel->masks[node->args];
	uint64		found[BATCH_GROUPS];
	int			g;

	batch->loops->members(x->groups[0].code, members, found, batch->ngroups);
	for (g = 0; g < batch->ngroups; g++)
	{
		uint64		known = wanted[g] & x->groups[g].value;

		out->yes[g] = known & found[g];
		out->no[g] = (known & ~found[g]) | (wanted[g] & x->groups[g].none);
		out->doubt[g] = 0;
	}
	ask_rest(batch, number, wanted, out);
}

/* A day that is none is in no order with another.  Where the first one is, the other is not asked for. */
static void
fast_dates(Batch *batch, int number, const uint64 *wanted, BatchTruths *out)
{
	const KernelNode *node = &batch->nodes[number];
	const BatchRegister *a = batch_days_of(batch, node->a, wanted);
	const BatchRegister *b;
	uint64		none[BATCH_GROUPS];
	uint64		open[BATCH_GROUPS];
	uint64		known[BATCH_GROUPS];
	uint64		above[BATCH_GROUPS];
	uint64		below[BATCH_GROUPS];
	uint64		any = 0;
	int			g;

	for (g = 0; g < batch->ngroups; g++)
	{
		none[g] = wanted[g] & a->groups[g].none;
		any |= open[g] = wanted[g] & ~none[g];
	}
	none_of(batch, out);
	if (any)
	{
		b = batch_days_of(batch, node->b, open);
		batch->loops->days(a->groups[0].day, b->groups[0].day, below, above, batch->ngroups);
		for (g = 0; g < batch->ngroups; g++)
		{
			none[g] |= open[g] & b->groups[g].none;
			known[g] = open[g] & a->groups[g].value & b->groups[g].value;
			/* above holds the equal rows so far */
			above[g] = ~(below[g] | above[g]);
		}
		set_order(batch, node->flag, known, below, above, true, out);
	}
	for (g = 0; g < batch->ngroups; g++)
		out->no[g] |= none[g];
	ask_rest(batch, number, wanted, out);
}

/* Whether a fact, or a day, is none. */
static void
fast_none(Batch *batch, int number, const uint64 *wanted, BatchTruths *out)
{
	const KernelNode *node = &batch->nodes[number];
	ValueType	type = batch->nodes[node->a].type;
	const BatchRegister *x = type == TYPE_DATE ? batch_days_of(batch, node->a, wanted)
	: type == TYPE_LIST ? batch_get_groups(batch, node->a, wanted) : batch_fact_register(batch, node->a);
	int			g;

	for (g = 0; g < batch->ngroups; g++)
	{
		uint64		none = wanted[g] & x->groups[g].none;
		uint64		there = wanted[g] & x->groups[g].value;

		out->yes[g] = node->flag ? there : none;
		out->no[g] = node->flag ? none : there;
		out->doubt[g] = 0;
	}
	ask_rest(batch, number, wanted, out);
}

static void
fast_fact_truth(Batch *batch, int number, const uint64 *wanted, BatchTruths *out)
{
	const KernelNode *node = &batch->nodes[number];
	const BatchRegister *x = batch_fact_register(batch, node->a);
	int			g;

	for (g = 0; g < batch->ngroups; g++)
	{
		const Lanes *lanes = &x->groups[g];

		out->yes[g] = wanted[g] & (node->flag ? lanes->no : lanes->yes);
		out->no[g] = wanted[g] & (node->flag ? lanes->yes : lanes->no);
		out->doubt[g] = wanted[g] & lanes->in_doubt;
	}
}

/* Evaluates `and` or `or`.  A row in which the result is decided is not tested again. */
static void
fast_logic(Batch *batch, int number, const uint64 *wanted, BatchTruths *out)
{
	const KernelNode *node = &batch->nodes[number];
	const int  *args = batch->kernel_args + node->args;
	bool		is_or = node->op == OP_OR;
	uint64		open[BATCH_GROUPS];
	uint64		unknown[BATCH_GROUPS];
	uint64		doubt[BATCH_GROUPS];
	BatchTruths truths;
	int			g;
	int			i;

	for (g = 0; g < batch->ngroups; g++)
	{
		open[g] = wanted[g];
		unknown[g] = doubt[g] = 0;
	}
	for (i = 0; i < node->count; i++)
	{
		uint64		any = 0;

		batch_fast_test(batch, args[i], open, &truths);
		for (g = 0; g < batch->ngroups; g++)
		{
			unknown[g] |= open[g] & ~(truths.yes[g] | truths.no[g] | truths.doubt[g]);
			doubt[g] |= open[g] & truths.doubt[g];
			any |= open[g] &= ~(is_or ? truths.yes[g] : truths.no[g]);
		}
		if (any == 0)
			break;
	}
	for (g = 0; g < batch->ngroups; g++)
	{
		uint64		decided = wanted[g] & ~open[g];
		uint64		other = open[g] & ~(unknown[g] | doubt[g]);

		out->yes[g] = is_or ? decided : other;
		out->no[g] = is_or ? other : decided;
		out->doubt[g] = open[g] & doubt[g];
	}
}

static void
compute_truth(Batch *batch, int number, const uint64 *wanted, BatchTruths *out)
{
	const KernelNode *node = &batch->nodes[number];

	switch (node->op)
	{
		case OP_AND:
		case OP_OR:
			fast_logic(batch, number, wanted, out);
			return;
		case OP_NOT:
			{
				BatchTruths truths;
				int			g;

				batch_fast_test(batch, node->a, wanted, &truths);
				for (g = 0; g < batch->ngroups; g++)
				{
					out->yes[g] = truths.no[g];
					out->no[g] = truths.yes[g];
					out->doubt[g] = truths.doubt[g];
				}
				return;
			}
		case KERNEL_TRUTH:
			if (batch->nodes[node->a].args <= 0)
			{
				fast_fact_truth(batch, number, wanted, out);
				return;
			}
			break;
		case KERNEL_BOUND:
			if (batch->plan.fast[number].kind == FAST_NOT)
				break;
			if (batch->plan.fast[node->a].kind == FAST_LIST)
				fast_list_bound(batch, number, wanted, out);
			else
				fast_bound(batch, number, wanted, out);
			return;
			break;
		case OP_COMPARE:
			if (batch->plan.fast[number].kind == FAST_ORDER)
			{
				fast_order(batch, number, wanted, out);
				return;
			}
			break;
		case KERNEL_MEMBER:
			if (batch->nodes[node->a].op == KERNEL_FACT && batch->nodes[node->a].args <= 0)
			{
				fast_member(batch, number, wanted, out);
				return;
			}
			break;
		case KERNEL_COMPARE_DATES:
			fast_dates(batch, number, wanted, out);
			return;
		case OP_IS_NONE:
			if (batch->plan.fast[node->a].kind == FAST_DAYS ||
				(batch->nodes[node->a].op == KERNEL_FACT && batch->nodes[node->a].args <= 0))
			{
				fast_none(batch, number, wanted, out);
				return;
			}
			break;
		default:
			break;
	}
	if (node->op == OP_LIST && batch_test_lists(batch, number, wanted, out))
		return;
	batch_prepare(batch, number, wanted);
	none_of(batch, out);
	ask_rest(batch, number, wanted, out);
}

/*
 * Tests a condition that is asked for more than once.  The result is kept with the registers, where the kernel
 * also finds it.
 */
static void
test_kept(Batch *batch, int number, const uint64 *wanted, BatchTruths *out)
{
	BatchRegister *kept = batch_register(batch, batch->frames[0], number);
	uint64		more[BATCH_GROUPS];
	int			g;

	if (batch_lacks(batch, kept, wanted, more))
		compute_truth(batch, number, more, out);
	for (g = 0; g < batch->ngroups; g++)
	{
		Lanes	   *lanes = &kept->groups[g];

		if (more[g])
		{
			lanes->yes = (lanes->yes & lanes->done) | (out->yes[g] & more[g]);
			lanes->no = (lanes->no & lanes->done) | (out->no[g] & more[g]);
			lanes->in_doubt = (lanes->in_doubt & lanes->done) | (out->doubt[g] & more[g]);
			lanes->done |= more[g];
		}
		out->yes[g] = wanted[g] & lanes->yes;
		out->no[g] = wanted[g] & lanes->no;
		out->doubt[g] = wanted[g] & lanes->in_doubt;
	}
}

void
batch_fast_test(Batch *batch, int number, const uint64 *wanted, BatchTruths *out)
{
	const KernelNode *node = &batch->nodes[number];

	if (unlikely(batch->program->kernel->deep))
		check_stack_depth();
	if (batch->plan.keep[number] && node->op != KERNEL_TRUTH)
		test_kept(batch, number, wanted, out);
	else
		compute_truth(batch, number, wanted, out);
}
