/*
 * batch_fast_build.c
 *		Which instructions of a program are computed with vectors, and how exact they are.
 *
 * Write x for a double and X for the number that it stands for, u = 2^-53.  One operation gives
 * fl(z) with |fl(z) - z| <= u |fl(z)|, if it does not underflow, and as little of |z|, but for a factor
 * of 1 + u.  Facts that are computed here are zero or from 10^-20 to 10^15 in magnitude (batch_facts.c leaves others
 * out), and each of them, like each constant, is off by at most r |x| with r <= 2^-47.  low and high
 * follow from those of the operands, and nothing is fast whose low or high is above MAX_DIGITS: so nothing
 * overflows or underflows, and no bound does.
 *
 *	a b		XY = xy (1 + ra')(1 + rb') with |ra'| <= ra, |rb'| <= rb: off by (ra + rb + ra rb) |xy|, and u
 *			for its own rounding.
 *	a / b	x (1 + ra') / (y (1 + rb')) = x/y (1 + d) with |d| <= (ra + rb) / (1 - rb)
 *			<= (ra + rb) (1 + 2 rb), as rb <= 2^-20; and u.  y is not zero.
 *	a + b	of numbers that are not negative: off by ra x + rb y <= max(ra, rb) (x + y); and u.
 *	other	sums have a bound by row (batch_loops.h): ea + eb + u |sum|, where ea = ra |x|, or is itself a
 *			bound by row.  Products and quotients of such: kernel_number.h; a divisor is not such.
 *
 * All of them are taken larger than they must be, for they are computed in floating point: by 8 u, as each
 * takes at most four operations on terms that are not negative.
 *
 * A threshold: x > above implies X > C, where |C - c| <= e, if above >= T + |T| (4 r + 16 u) and T = c + e.
 * For X >= x - r |x|; if x >= 0, x (1 - r) > T whenever x > T (1 + 2 r), or x >= 0 > T, or x > 0 = T;
 * if x < 0, so is T, and x (1 + r) > T whenever x > T (1 - r).  Each operation by which it is computed is off
 * by u of a term below 2 |T|.  Likewise below.  With a bound by row, x - 2 e > above with r = 0: X > x - e,
 * and e >= 2 u |x| covers the rounding of x - 2 e.
 *
 * Sharp numbers are decimals of at most 15 digits, as the nearest doubles, and integers below 2^53.
 * Their order is that of their doubles: rounding does not reverse the order of two numbers, and two different
 * sharp numbers have different doubles.  For decimals of 15 digits that is what DBL_DIG means.  An integer X of
 * 16 digits that is the double of a decimal D of 15 digits: |D| rounds to at least 10^15, where each decimal of
 * 15 digits is an integer; below 2^53 it is its own double.
 */
#include "postgres.h"

#include "batch_fast.h"
#include "kernel_number.h"

#define MAX_DIGITS 250
#define MAX_REL 0x1p-30
#define REL_OF_FACT (64 * KERNEL_UNIT)
#define REL_OF_OPERATION (8 * KERNEL_UNIT)

static bool
is_sharp(const End *end)
{
	return is_decimal(end->number, end->error, end->decimal) || (end->error == 0 && fabs(end->number) < KERNEL_EXACT);
}

/* At least the digits of a number before its point, and after it. */
static void
set_digits(FastNode *node, double size)
{
	int			digits = size == 0 ? 0 : (int) ceil(fabs(log10(size))) + 1;

	node->high = size >= 1 ? digits : 1;
	node->low = size < 1 ? digits : 1;
}

/* Whether a number is computed for all rows at once. */
static bool
is_number(const FastNode *node)
{
	return node->kind != FAST_NOT && node->kind != FAST_LIST && node->kind != FAST_DAYS;
}

static void
build_constant(const End *end, FastNode *node)
{
	node->kind = FAST_CONSTANT;
	node->sharp = is_sharp(end);
	node->whole = end->error == 0;
	node->positive = end->number >= 0;
	node->rel = end->error == 0 ? 0 : end->error / fabs(end->number) * (1 + 0x1p-20);
	node->most = fabs(end->number);
	set_digits(node, node->most);
}

static void
build_fact(const KernelFact *fact, FastNode *node)
{
	/* what is in range is asked of doubles */
	if ((!is_sharp(&fact->low) && !end_is_open(&fact->low)) || (!is_sharp(&fact->high) && !end_is_open(&fact->high)))
		return;
	node->kind = FAST_FACT;
	node->sharp = true;
	node->positive = fact->low.number >= 0;
	node->rel = REL_OF_FACT;
	node->low = ORDINARY_LOW_DIGITS;
	node->high = ORDINARY_HIGH_DIGITS;
}

static void
build_year(const Program *program, const KernelNode *kernel, FastNode *node)
{
	if (kernel->type != TYPE_NUMBER ||
		!(program->kernel->nodes[kernel->b].of_day || is_constant_op(program->instrs[kernel->b].op)))
		return;
	build_fact(&program->kernel->facts[kernel->a], node);
	if (node->kind == FAST_FACT)
		node->kind = FAST_YEAR;
}

static void
build_sum(const FastNode *a, const FastNode *b, bool add, FastNode *node)
{
	node->operation = add ? VECTOR_ADD : VECTOR_SUBTRACT;
	node->most = a->most + b->most;
	node->whole = a->whole && b->whole && node->most < KERNEL_EXACT;
	node->positive = add && a->positive && b->positive;
	node->bounded = !node->whole && (!node->positive || a->bounded || b->bounded);
	node->rel = node->whole ? 0 : Max(a->rel, b->rel) + REL_OF_OPERATION;
	/* what does not cancel is at least an ulp of the smaller one */
	node->low = Max(a->low, b->low) + 17;
	node->high = Max(a->high, b->high) + 1;
}

static void
build_product(const FastNode *a, const FastNode *b, FastNode *node)
{
	node->operation = VECTOR_MULTIPLY;
	node->most = a->most * b->most;
	node->whole = a->whole && b->whole && node->most < KERNEL_EXACT;
	node->positive = a->positive && b->positive;
	node->bounded = !node->whole && (a->bounded || b->bounded);
	node->rel = node->whole ? 0 : (a->rel + b->rel) * (1 + 0x1p-20) + REL_OF_OPERATION;
	node->low = a->low + b->low;
	node->high = a->high + b->high;
}

static void
build_quotient(const FastNode *a, const FastNode *b, FastNode *node)
{
	if (b->bounded || (b->kind == FAST_CONSTANT && b->most == 0))
	{
		node->kind = FAST_NOT;
		return;
	}
	node->operation = VECTOR_DIVIDE;
	node->positive = a->positive && b->positive;
	node->bounded = a->bounded;
	node->rel = (a->rel + b->rel) * (1 + 0x1p-20) + REL_OF_OPERATION;
	node->low = a->low + b->high;
	node->high = a->high + b->low;
}

static void
build_arithmetic(const FastNode *nodes, const KernelNode *kernel, FastNode *node)
{
	const FastNode *a = &nodes[kernel->a];
	const FastNode *b = &nodes[kernel->b];

	if (!is_number(a) || !is_number(b) || (a->kind == FAST_CONSTANT && b->kind == FAST_CONSTANT))
		return;
	node->kind = FAST_ARITHMETIC;
	if (kernel->op == OP_MULTIPLY)
		build_product(a, b, node);
	else if (kernel->op == OP_DIVIDE)
		build_quotient(a, b, node);
	else
		build_sum(a, b, kernel->op == OP_ADD, node);
	node->sharp = node->whole;
	if (node->low > MAX_DIGITS || node->high > MAX_DIGITS || node->rel > MAX_REL)
		node->kind = FAST_NOT;
}

/* ---------------- thresholds ---------------- */

/*
 * Of a comparison with a bound.  Between two sharp numbers there is nothing in doubt: of x >= c, below is c, and
 * above the double before it.
 */
static void
set_thresholds(const FastNode *x, const End *bound, CompareOp op, double *below, double *above)
{
	double		rel = x->bounded ? 0 : x->rel;
	double		high = bound->number + bound->error;
	double		low = bound->number - bound->error;

	if (x->sharp && is_sharp(bound))
	{
		bool		from = op == CMP_GE || op == CMP_LT;

		*below = from ? bound->number : nextafter(bound->number, HUGE_VAL);
		*above = from ? nextafter(bound->number, -HUGE_VAL) : bound->number;
		return;
	}
	*above = high + fabs(high) * (4 * rel + 16 * KERNEL_UNIT);
	*below = low - fabs(low) * (4 * rel + 16 * KERNEL_UNIT);
}

static void
build_bound(const FastNode *nodes, const KernelNode *kernel, FastNode *node)
{
	const FastNode *x = &nodes[kernel->a];
	End			bound = node_constant(kernel);

	if (x->kind == FAST_NOT || x->kind == FAST_CONSTANT)
		return;
	node->kind = x->sharp && is_sharp(&bound) ? FAST_SHARP_BOUND : FAST_BOUND;
	if (x->kind == FAST_LIST && node->kind != FAST_SHARP_BOUND)
		node->kind = FAST_NOT;
	set_thresholds(x, &bound, kernel->flag, &node->below, &node->above);
}

static void
build_order(const FastNode *nodes, const Program *program, const KernelNode *kernel, FastNode *node)
{
	if (program->instrs[kernel->a].type != TYPE_NUMBER || !is_number(&nodes[kernel->a]) || !is_number(&nodes[kernel->b]))
		return;
	node->kind = FAST_ORDER;
	node->sharp = nodes[kernel->a].sharp && nodes[kernel->b].sharp;
}

/* ---------------- choices ---------------- */

static void
set_values(FastNode *node)
{
	double		least = Min(node->rest, 0);
	int			i;

	node->most = fabs(node->rest);
	for (i = 0; i < node->nsteps; i++)
	{
		node->most = Max(node->most, fabs(node->values[i]));
		least = Min(least, node->values[i]);
	}
	node->whole = node->sharp = true;
	node->positive = least >= 0;
	set_digits(node, node->most);
	node->low = 1;
}

static void
build_ladder(const FastNode *nodes, const Program *program, const KernelNode *kernel, FastNode *node)
{
	const KernelStep *steps = program->kernel->steps + kernel->args;
	const FastNode *x = &nodes[kernel->a];
	int			i;

	if (!is_number(x) || x->kind == FAST_CONSTANT)
		return;
	node->kind = FAST_LADDER;
	node->down = kernel->flag;
	node->nsteps = kernel->count - 1;
	node->steps_below = palloc_array(double, node->nsteps);
	node->steps_above = palloc_array(double, node->nsteps);
	node->values = palloc_array(double, node->nsteps);
	for (i = 0; i < node->nsteps; i++)
	{
		set_thresholds(x, &steps[i].bound, steps[i].compare, &node->steps_below[i], &node->steps_above[i]);
		node->values[i] = steps[i].value;
	}
	node->rest = steps[node->nsteps].value;
	set_values(node);
}

static bool
find_whole(const Program *program, int number, double *value)
{
	const KernelNode *node = &program->kernel->nodes[number];

	*value = node->number;
	return node->op == OP_NUMBER && node->error == 0;
}

/* A case of conditions, or of a text, whose results are whole numbers. */
static void
build_case(const Program *program, const KernelNode *kernel, FastNode *node)
{
	const int  *args = program->kernel->args + kernel->args;
	bool		text = kernel->a >= 0 && program->kernel->nodes[kernel->a].op == KERNEL_FACT &&
	program->instrs[kernel->a].type == TYPE_TEXT;
	int			i;

	if (kernel->type != TYPE_NUMBER || kernel->count % 2 == 0 || !(kernel->a < 0 || text) ||
		!find_whole(program, args[kernel->count - 1], &node->rest))
		return;
	node->nsteps = kernel->count / 2;
	node->values = palloc_array(double, node->nsteps);
	for (i = 0; i < node->nsteps; i++)
		if (!find_whole(program, args[2 * i + 1], &node->values[i]))
			return;
	node->kind = FAST_CASE;
	set_values(node);
}

/* ---------------- integers ---------------- */

/* Of numbers that are not negative, the least is at most each of them. */
static void
build_extreme(const FastNode *nodes, const Program *program, const KernelNode *kernel, FastNode *node)
{
	const int  *args = program->kernel->args + kernel->args;
	bool		least = kernel->op == OP_LEAST;
	int			i;

	if (kernel->type != TYPE_NUMBER || kernel->count < 2)
		return;
	node->positive = true;
	for (i = 0; i < kernel->count; i++)
	{
		if (!is_number(&nodes[args[i]]) || !nodes[args[i]].whole)
			return;
		node->positive &= nodes[args[i]].positive;
	}
	node->most = nodes[args[0]].most;
	for (i = 1; i < kernel->count; i++)
		node->most = least && node->positive ? Min(node->most, nodes[args[i]].most) : Max(node->most, nodes[args[i]].most);
	node->kind = FAST_EXTREME;
	node->whole = node->sharp = true;
	set_digits(node, node->most);
	node->low = 1;
}

/*
 * The integers up to X / k, of a sharp X and an integer k from 1 up, are those n for which n k <= X, and n k is sharp:
 * as many as n k <= x.
 */
static void
build_floor(const FastNode *nodes, const KernelNode *nodes_of_kernel, const KernelNode *kernel, FastNode *node)
{
	const KernelNode *quotient = &nodes_of_kernel[kernel->a];
	const FastNode *x;

	node->dividend = kernel->a;
	node->divisor = 1;
	if (quotient->op == OP_DIVIDE && nodes[quotient->b].kind == FAST_CONSTANT && nodes[quotient->b].whole)
	{
		node->dividend = quotient->a;
		node->divisor = nodes_of_kernel[quotient->b].number;
	}
	x = &nodes[node->dividend];
	if (x->kind != FAST_FACT || !(node->divisor >= 1 && node->divisor <= ORDINARY_HIGH))
		return;
	node->kind = FAST_FLOOR;
	node->whole = node->sharp = true;
	node->positive = x->positive;
	node->most = ORDINARY_HIGH;
	node->low = 1;
	node->high = ORDINARY_HIGH_DIGITS;
}

/* Whether a condition costs so little that it is asked of rows that may not need it. */
static bool
is_cheap(const FastNode *nodes, const KernelNode *nodes_of_kernel, int number)
{
	const KernelNode *condition = &nodes_of_kernel[number];

	switch (condition->op)
	{
		case KERNEL_TRUTH:
			return nodes_of_kernel[condition->a].args <= 0;
		case KERNEL_MEMBER:
			return nodes_of_kernel[condition->a].op == KERNEL_FACT && nodes_of_kernel[condition->a].args <= 0;
		case KERNEL_BOUND:
			return nodes[number].kind != FAST_NOT && nodes[condition->a].kind != FAST_LIST;
		case OP_NOT:
			return is_cheap(nodes, nodes_of_kernel, condition->a);
		default:
			return false;
	}
}

static void
build_count(const FastNode *nodes, const Program *program, const KernelNode *kernel, FastNode *node)
{
	const int  *args = program->kernel->args + kernel->args;
	int			i;

	for (i = 0; i < kernel->count; i++)
		if (!is_cheap(nodes, program->kernel->nodes, args[i]))
			return;
	node->kind = FAST_COUNT;
	node->whole = node->sharp = node->positive = true;
	node->most = kernel->count;
	set_digits(node, node->most);
	node->low = 1;
}

/* How many elements there are is an integer below 2^53. */
static void
build_list(const KernelNode *kernel, FastNode *node)
{
	if (kernel->type != TYPE_NUMBER || kernel->flag != FUNC_COUNT)
		return;
	node->kind = FAST_LIST;
	node->whole = node->sharp = node->positive = true;
	node->most = KERNEL_EXACT;
}

/* ---------------- all ---------------- */

FastNode *
batch_fast_build(const Program *program)
{
	FastNode   *nodes = palloc0_array(FastNode, program->ninstrs);
	int			i;

	for (i = 0; i < program->ninstrs; i++)
	{
		const KernelNode *kernel = &program->kernel->nodes[i];
		End			constant;

		/* only rows are computed at once */
		if (program->instrs[i].scopes != 0)
			continue;
		if (batch_chooses_days(program, i))
			nodes[i].kind = FAST_DAYS;
		switch (kernel->op)
		{
			case OP_NUMBER:
				constant = node_constant(kernel);
				build_constant(&constant, &nodes[i]);
				break;
			case KERNEL_FACT:
				if (program->instrs[i].type == TYPE_NUMBER && kernel->args <= 0)
					build_fact(&program->kernel->facts[kernel->b], &nodes[i]);
				break;
			case OP_YEARLY:
				build_year(program, kernel, &nodes[i]);
				break;
			case OP_ADD:
			case OP_SUBTRACT:
			case OP_MULTIPLY:
			case OP_DIVIDE:
				build_arithmetic(nodes, kernel, &nodes[i]);
				break;
			case KERNEL_BOUND:
				build_bound(nodes, kernel, &nodes[i]);
				break;
			case OP_COMPARE:
				build_order(nodes, program, kernel, &nodes[i]);
				break;
			case KERNEL_LADDER:
				build_ladder(nodes, program, kernel, &nodes[i]);
				break;
			case OP_CASE:
				build_case(program, kernel, &nodes[i]);
				break;
			case OP_LEAST:
			case OP_GREATEST:
				build_extreme(nodes, program, kernel, &nodes[i]);
				break;
			case OP_FLOOR:
				build_floor(nodes, program->kernel->nodes, kernel, &nodes[i]);
				break;
			case OP_COUNT_TRUE:
				build_count(nodes, program, kernel, &nodes[i]);
				break;
			case OP_LIST:
				build_list(kernel, &nodes[i]);
				break;
			default:
				break;
		}
	}
	return nodes;
}
