/*
 * batch_near.c
 *		Numbers of rows that are too near to a bound for doubles, as fractions of integers.
 *
 * Ratios of round amounts are often exactly a bound: 3 % of a revenue.  What vectors computed of such a row is
 * within its error of the bound, and says nothing.  The same number is computed here again as a fraction, of
 * the decimals that its facts are.
 *
 * A fact that vectors read is sharp: a decimal D of at most 15 digits whose nearest double is x, or an integer
 * below 2^53 (batch_fast_build.c).  If n is an integer below 10^15, and x is the double nearest to n / 10^k, which is
 * what their quotient is, then D = n / 10^k: no two decimals of 15 digits have one double.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"

#include "batch_fast.h"
#include "kernel_number.h"

/* under is positive. */
typedef struct Fraction
{
	int128		over;
	int128		under;
} Fraction;

#define OVERFLOWS(operation, a, b, out) __builtin_##operation##_overflow(a, b, out)

static bool
set_decimal(double x, Fraction *out)
{
	static const double powers[] = {1, 1e2, 1e4, 1e8};
	int			i;

	for (i = 0; i < (int) lengthof(powers); i++)
	{
		double		digits = x * powers[i];
		double		integer;

		if (!(fabs(digits) < (i == 0 ? KERNEL_EXACT : (double) KERNEL_DECIMAL)))
			return false;
		integer = (double) (int64) (digits + (digits < 0 ? -0.5 : 0.5));
		if (fabs(integer) < KERNEL_EXACT && integer / powers[i] == x)
		{
			out->over = (int64) integer;
			out->under = (int64) powers[i];
			return true;
		}
	}
	return false;
}

static bool
set_sum(const Fraction *a, const Fraction *b, bool add, Fraction *out)
{
	int128		x;
	int128		y;

	if (a->under == b->under)
	{
		out->under = a->under;
		return !(add ? OVERFLOWS(add, a->over, b->over, &out->over) : OVERFLOWS(sub, a->over, b->over, &out->over));
	}
	return !OVERFLOWS(mul, a->over, b->under, &x) && !OVERFLOWS(mul, b->over, a->under, &y) &&
		!OVERFLOWS(mul, a->under, b->under, &out->under) &&
		!(add ? OVERFLOWS(add, x, y, &out->over) : OVERFLOWS(sub, x, y, &out->over));
}

static bool
set_product(const Fraction *a, const Fraction *b, Fraction *out)
{
	return !OVERFLOWS(mul, a->over, b->over, &out->over) && !OVERFLOWS(mul, a->under, b->under, &out->under);
}

/* Of amounts with as many decimals, these cancel. */
static bool
set_quotient(const Fraction *a, const Fraction *b, Fraction *out)
{
	Fraction	inverse = {b->under, b->over};

	if (b->over == 0)
		return false;
	if (a->under == b->under)
	{
		out->over = a->over;
		out->under = b->over;
	}
	else if (!set_product(a, &inverse, out))
		return false;
	if (out->under > 0)
		return true;
	return !OVERFLOWS(sub, (int128) 0, out->over, &out->over) && !OVERFLOWS(sub, (int128) 0, out->under, &out->under);
}

static bool
set_number(Batch *batch, int number, int row, Fraction *out)
{
	const FastNode *fast = &batch->plan.fast[number];
	const KernelNode *node = &batch->nodes[number];
	const FastRegister *x;
	Fraction	a;
	Fraction	b;

	if (fast->kind == FAST_CONSTANT)
		return fast->sharp && set_decimal(node->number, out);
	x = batch_fast_number(batch, number);
	if (((x->valid[row / GROUP_ROWS] >> (row % GROUP_ROWS)) & 1) == 0)
		return false;
	if (fast->sharp)
		return set_decimal(x->number[row], out);
	if (fast->kind != FAST_ARITHMETIC)
		return false;
	check_stack_depth();
	if (!set_number(batch, node->a, row, &a) || !set_number(batch, node->b, row, &b))
		return false;
	switch ((VectorOperation) fast->operation)
	{
		case VECTOR_ADD:
		case VECTOR_SUBTRACT:
			return set_sum(&a, &b, fast->operation == VECTOR_ADD, out);
		case VECTOR_MULTIPLY:
			return set_product(&a, &b, out);
		case VECTOR_DIVIDE:
			return set_quotient(&a, &b, out);
		default:
			return false;
	}
}

static bool
set_order(const Fraction *a, const Fraction *b, int *order)
{
	int128		x;
	int128		y;

	if (OVERFLOWS(mul, a->over, b->under, &x) || OVERFLOWS(mul, b->over, a->under, &y))
		return false;
	*order = (x > y) - (x < y);
	return true;
}

static bool
is_so(int order, CompareOp op)
{
	switch (op)
	{
		case CMP_EQ:
			return order == 0;
		case CMP_NE:
			return order != 0;
		case CMP_LT:
			return order < 0;
		case CMP_LE:
			return order <= 0;
		case CMP_GT:
			return order > 0;
		case CMP_GE:
			return order >= 0;
	}
	return false;
}

/* ---------------- what batch_fast.c asks ---------------- */

static bool
compare_bound(const Fraction *x, const End *bound, CompareOp op, bool *result)
{
	Fraction	y;
	int			order;

	if (!is_decimal(bound->number, bound->error, bound->decimal) || !set_decimal(bound->number, &y) ||
		!set_order(x, &y, &order))
		return false;
	*result = is_so(order, op);
	return true;
}

bool
batch_near_bound(Batch *batch, int number, int row, const End *bound, CompareOp op, bool *result)
{
	Fraction	x;

	return set_number(batch, number, row, &x) && compare_bound(&x, bound, op, result);
}

bool
batch_near_order(Batch *batch, int a, int b, int row, CompareOp op, bool *result)
{
	Fraction	x;
	Fraction	y;
	int			order;

	if (!set_number(batch, a, row, &x) || !set_number(batch, b, row, &y) || !set_order(&x, &y, &order))
		return false;
	*result = is_so(order, op);
	return true;
}

bool
batch_near_ladder(Batch *batch, const KernelNode *node, int row, double *result)
{
	const KernelStep *steps = batch->program->kernel->steps + node->args;
	Fraction	x;
	int			i;

	if (!set_number(batch, node->a, row, &x))
		return false;
	for (i = 0; i < node->count - 1; i++)
	{
		bool		passes;

		if (!compare_bound(&x, &steps[i].bound, steps[i].compare, &passes))
			return false;
		if (passes)
			break;
	}
	*result = steps[i].value;
	return true;
}
