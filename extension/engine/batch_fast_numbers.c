/*
 * batch_fast_numbers.c
 *		Numbers that a batch computes for all of its rows at once, with vectors.
 *
 * They are computed for all rows asked about, and are valid in some of them (batch_fast_build.c).
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "batch_fast.h"
#include "kernel_number.h"
#include "kernel_range.h"

static FastRegister *
new_fast_register(Batch *batch, int number)
{
	int			nlanes = batch->frames[0]->ngroups * GROUP_ROWS;
	FastRegister *out = MemoryContextAllocZero(batch->context, sizeof(FastRegister));

	/*
	 * rows that are not valid here have their values in the arrays of the
	 * kernel
	 */
	if (batch->plan.fast[number].kind != FAST_FACT && batch->plan.fast[number].kind != FAST_YEAR &&
		batch->plan.fast[number].kind != FAST_CONSTANT)
		out->number = batch_new_array(batch, nlanes, sizeof(double), true);
	if (batch->plan.fast[number].bounded)
		out->bound = batch_new_array(batch, nlanes, sizeof(double), true);
	return batch->fast_registers[number] = out;
}

VectorOperand
batch_fast_operand(Batch *batch, int number, const FastRegister *x)
{
	const FastNode *node = &batch->plan.fast[number];
	VectorOperand operand = {x->number, x->bound, node->rel, false};

	if (node->kind == FAST_CONSTANT)
	{
		operand.number = &batch->nodes[number].number;
		operand.constant = true;
	}
	return operand;
}

static void
take_plain(Batch *batch, const BatchRegister *rows, FastRegister *out)
{
	int			g;

	out->number = rows->groups[0].number;
	for (g = 0; g < batch->ngroups; g++)
	{
		out->valid[g] = rows->groups[g].plain;
		out->zero[g] = rows->groups[g].zero;
	}
}

static void
fast_fact(Batch *batch, int number, FastRegister *out)
{
	take_plain(batch, batch_fact_register(batch, number), out);
}

/* A fact by year in a year that depends on the day judged alone, if all rows have the same day. */
static void
fast_year(Batch *batch, const KernelNode *node, FastRegister *out)
{
	const Lanes *index = batch_get_groups(batch, node->b, batch->asked)->groups;
	int			g;
	int			i;

	/* any numbers, none of which is valid */
	out->number = batch->scratch[0];
	memset(out->valid, 0, sizeof(out->valid));
	memset(out->zero, 0, sizeof(out->zero));
	for (g = 0; g < batch->ngroups && batch->asked[g] == 0; g++)
		 /* find a row that is asked about */ ;
	if (g == batch->ngroups || (batch->nodes[node->b].of_day && !batch_same_day(batch)))
		return;
	i = pg_rightmost_one_pos64(batch->asked[g]);
	index += g;
	if (((index->value >> i) & 1) && index->error[i] == 0 && is_year(index->number[i]))
		take_plain(batch, batch_load_year(batch, node->a, (int) index->number[i]), out);
}

/* Makes the rows in which a divisor is zero invalid. */
static void
exclude_zero(Batch *batch, int number, const FastRegister *x, uint64 *valid)
{
	const uint64 *zero = x->zero;
	uint64		found[BATCH_GROUPS];
	int			g;

	if (batch->plan.fast[number].kind == FAST_CONSTANT)
		return;
	if (batch->plan.fast[number].kind != FAST_FACT && batch->plan.fast[number].kind != FAST_YEAR)
	{
		batch->loops->equal(x->number, 0, found, batch->ngroups);
		zero = found;
	}
	for (g = 0; g < batch->ngroups; g++)
		valid[g] &= ~zero[g];
}

static void
fast_arithmetic(Batch *batch, const KernelNode *node, const FastNode *fast, FastRegister *out)
{
	const FastRegister *a = batch_fast_number(batch, node->a);
	const FastRegister *b = batch_fast_number(batch, node->b);
	VectorOperand x = batch_fast_operand(batch, node->a, a);
	VectorOperand y = batch_fast_operand(batch, node->b, b);
	int			g;

	for (g = 0; g < batch->ngroups; g++)
		out->valid[g] = a->valid[g] & b->valid[g];
	if (fast->operation == VECTOR_DIVIDE)
		exclude_zero(batch, node->b, b, out->valid);
	batch->loops->arithmetic(fast->operation, &x, &y, out->number, out->bound, batch->ngroups);
}

static void
fast_ladder(Batch *batch, const KernelNode *node, const FastNode *fast, FastRegister *out)
{
	const FastRegister *x = batch_fast_number(batch, node->a);
	uint64		near[BATCH_GROUPS];
	int			g;
	int			i;

	batch->loops->ladder(x->number, x->bound, fast->nsteps, fast->down, fast->steps_below, fast->steps_above,
						 fast->values, fast->rest, out->number, near, batch->ngroups);
	for (g = 0; g < batch->ngroups; g++)
	{
		out->valid[g] = x->valid[g] & ~near[g];
		EACH_LANE(i, x->valid[g] & near[g] & batch->asked[g])
			out->valid[g] |= (uint64) batch_near_ladder(batch, node, g * GROUP_ROWS + i, &out->number[g * GROUP_ROWS + i]) << i;
	}
}

/* Computes a case whose results are constants.  A row in which a tested condition is not known is not valid. */
static void
fast_case(Batch *batch, const KernelNode *node, const FastNode *fast, FastRegister *out)
{
	const int  *args = batch->kernel_args + node->args;
	uint64		open[BATCH_GROUPS];
	BatchTruths truths;
	int			g;
	int			i;

	for (g = 0; g < batch->ngroups; g++)
		out->valid[g] = open[g] = PG_UINT64_MAX;
	if (node->a >= 0)
	{
		const BatchRegister *text = batch_fact_register(batch, node->a);

		for (g = 0; g < batch->ngroups; g++)
			open[g] = text->groups[g].value | text->groups[g].none;
	}
	for (g = 0; g < batch->ngroups; g++)
		out->valid[g] = open[g] &= batch->asked[g];
	for (i = 0; i < batch->ngroups * GROUP_ROWS; i++)
		out->number[i] = fast->rest;
	for (i = 0; i < fast->nsteps; i++)
	{
		uint64		any = 0;

		batch_fast_test(batch, args[2 * i], open, &truths);
		batch->loops->set(truths.yes, fast->values[i], out->number, batch->ngroups);
		for (g = 0; g < batch->ngroups; g++)
		{
			out->valid[g] &= ~open[g] | truths.yes[g] | truths.no[g];
			any |= open[g] &= truths.no[g];
		}
		if (any == 0)
			break;
	}
}

static void
fast_extreme(Batch *batch, const KernelNode *node, FastRegister *out)
{
	const int  *args = batch->kernel_args + node->args;
	VectorOperation operation = node->op == OP_LEAST ? VECTOR_LEAST : VECTOR_GREATEST;
	const FastRegister *x = batch_fast_number(batch, args[0]);
	VectorOperand so_far = batch_fast_operand(batch, args[0], x);
	int			g;
	int			i;

	memcpy(out->valid, x->valid, sizeof(out->valid));
	for (i = 1; i < node->count; i++)
	{
		VectorOperand other;

		x = batch_fast_number(batch, args[i]);
		other = batch_fast_operand(batch, args[i], x);
		for (g = 0; g < batch->ngroups; g++)
			out->valid[g] &= x->valid[g];
		batch->loops->arithmetic(operation, &so_far, &other, out->number, NULL, batch->ngroups);
		so_far.number = out->number;
		so_far.constant = false;
	}
}

static void
fast_floor(Batch *batch, const FastNode *fast, FastRegister *out)
{
	const FastRegister *x = batch_fast_number(batch, fast->dividend);

	memcpy(out->valid, x->valid, sizeof(out->valid));
	batch->loops->floor(x->number, fast->divisor, out->number, batch->ngroups);
}

/* A row for which a condition is not known is not valid. */
static void
fast_count(Batch *batch, const KernelNode *node, FastRegister *out)
{
	const int  *args = batch->kernel_args + node->args;
	BatchTruths truths;
	int			g;
	int			i;

	memcpy(out->valid, batch->asked, sizeof(out->valid));
	memset(out->number, 0, batch->ngroups * GROUP_ROWS * sizeof(double));
	for (i = 0; i < node->count; i++)
	{
		batch_fast_test(batch, args[i], batch->asked, &truths);
		batch->loops->add(truths.yes, 1, out->number, batch->ngroups);
		for (g = 0; g < batch->ngroups; g++)
			out->valid[g] &= truths.yes[g] | truths.no[g];
	}
}

const FastRegister *
batch_fast_number(Batch *batch, int number)
{
	const FastNode *fast = &batch->plan.fast[number];
	const KernelNode *node = &batch->nodes[number];
	FastRegister *out = batch->fast_registers[number];

	if (likely(out != NULL && out->asked == batch->asking))
		return out;
	if (out == NULL)
		out = new_fast_register(batch, number);
	out->asked = batch->asking;
	if (unlikely(batch->program->kernel->deep))
		check_stack_depth();
	switch ((FastKind) fast->kind)
	{
		case FAST_FACT:
			fast_fact(batch, number, out);
			break;
		case FAST_YEAR:
			fast_year(batch, node, out);
			break;
		case FAST_CONSTANT:
			memset(out->valid, 0xff, sizeof(out->valid));
			break;
		case FAST_ARITHMETIC:
			fast_arithmetic(batch, node, fast, out);
			break;
		case FAST_LADDER:
			fast_ladder(batch, node, fast, out);
			break;
		case FAST_CASE:
			fast_case(batch, node, fast, out);
			break;
		case FAST_EXTREME:
			fast_extreme(batch, node, out);
			break;
		case FAST_FLOOR:
			fast_floor(batch, fast, out);
			break;
		case FAST_COUNT:
			fast_count(batch, node, out);
			break;
		default:
			Assert(false);
			break;
	}
	return out;
}

bool
batch_fast_value(Batch *batch, int number, int row, double *value, double *bound)
{
	const FastNode *fast = &batch->plan.fast[number];
	const FastRegister *x;

	if (batch->nodes[number].type != TYPE_NUMBER || fast->kind == FAST_NOT || fast->kind == FAST_CONSTANT ||
		fast->kind == FAST_LIST)
		return false;
	x = batch_fast_number(batch, number);
	if (((x->valid[row / GROUP_ROWS] >> (row % GROUP_ROWS)) & 1) == 0)
		return false;
	*value = x->number[row];
	*bound = x->bound ? x->bound[row] : fast->rel * fabs(*value);
	return true;
}
