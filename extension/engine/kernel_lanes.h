/*
 * kernel_lanes.h
 *		The kernels, over registers of NLANES lanes.
 *
 * The file that includes this one (kernel_lane.c, batch.c) defines first what a register is:
 *
 *		NLANES			how many lanes it has
 *		KernelRun		what is run: Run, or Batch
 *		Register		the register
 *		Mask			a set of lanes, as bits; ALL_LANES
 *		Truths			a condition of each lane: YES(t), NO(t), UNKNOWN(t) and IN_DOUBT(t) are masks,
 *						TRUTHS_OF(yes, no, doubt) makes one; TRUTHS_IN(x) is the one in a register
 *		VALUES(x), NONES(x), RANGES(x), DOUBTS(x), MAYBES(x)
 *						the lanes of a register in that state; MAYBES: ranges that may be none
 *		DONE(x)			the lanes that were computed before
 *		NUMBER(x, i), ERROR_OF(x, i), …
 *						what a lane of a register holds
 *		TAKE_LANE, RESULT_LANE, KEPT_LANE, PUT_LANE
 *						a lane of a register as a Lane: to read, to set, to change; and back
 *
 *		SOME_LANES(wanted)
 *						tells the compiler that a set of lanes is not empty: with one lane
 *						there is one such set
 *		TEST_LANES		lanes_test(), where many conditions are asked one after another
 *		LANES_LOOP		of a function that is one loop over all lanes
 *
 * and how it is computed: lanes_ask() and lanes_ask_truths() for what is in doubt,
 * lanes_order(), lanes_order_constant(), lanes_each_lane(), lanes_copy_lanes(), lanes_fact(),
 * lanes_load_year(), lanes_element(); below
 * lanes_get(), lanes_test(), lanes_logic() (of and, and or), lanes_elements(); and the comparisons lanes_order(),
 * lanes_order_constant(), lanes_order_days() and lanes_members().
 *
 * A kernel is asked for the lanes that are wanted.  What it leaves in other lanes is never
 * looked at; so one that does the same in each lane may do it in all of them.  A condition is
 * asked only of lanes for which it still matters.  With one lane that is how a run leaves an
 * operator as soon as it is decided.
 */

static const Register *lanes_get(KernelRun *run, int number, Mask wanted);
static Truths lanes_test(KernelRun *run, int number, Mask wanted);
static Truths lanes_logic(KernelRun *run, const KernelNode *node, Mask wanted);

/* ---------------- constants ---------------- */

static void
lanes_number(KernelRun *run pg_attribute_unused(), const KernelNode *node, Mask wanted, Register *out)
{
	int			i;

	FOR_LANES(i)
	{
		NUMBER(out, i) = node->number;
		ERROR_OF(out, i) = node->error;
	}
	SET_DECIMALS(out, wanted, node->decimal ? ALL_LANES : 0);
	SET_STATE(out, wanted, LANE_VALUE);
}

static void
lanes_date(KernelRun *run pg_attribute_unused(), const KernelNode *node, Mask wanted, Register *out)
{
	int			i;

	FOR_LANES(i)
		DAY(out, i) = LAST_DAY(out, i) = node->a;
	SET_STATE(out, wanted, DATE_NOT_FINITE(node->a) ? LANE_RANGE : LANE_VALUE);
}

static void
lanes_text(KernelRun *run, const KernelNode *node, Mask wanted, Register *out)
{
	const char *text = run->program->texts[node->a];
	int			length = strlen(text);
	int			i;

	FOR_LANES(i)
	{
		TEXT(out, i) = text;
		LENGTH(out, i) = length;
	}
	SET_STATE(out, wanted, LANE_VALUE);
}

static Truths
lanes_truth_boolean(KernelRun *run pg_attribute_unused(), int number pg_attribute_unused(),
					const KernelNode *node, Mask wanted)
{
	return node->flag ? TRUTHS_OF(wanted, 0, 0) : TRUTHS_OF(0, wanted, 0);
}

/* ---------------- arithmetic ---------------- */

/* Computes, one after another, the lanes in which an operand is not known. */
static pg_noinline void
lanes_rest(KernelRun *run pg_attribute_unused(), const KernelNode *node, Mask rest,
		   const Register *a, const Register *b, Register *out, EachKernel each)
{
	int			i;

	EACH_LANE(i, rest)
	{
		TAKE_LANE(x, a, i, run->nodes[node->a].type);
		TAKE_LANE(y, b, i, run->nodes[node->b].type);
		const Lane *operands[2] = {x, y};

		RESULT_LANE(result, out, i);

		each(node, operands, result);
		PUT_LANE(out, i, result, node->type);
	}
}

/*
 * Arithmetic.  values: the lanes in which the operands are known.  bad: those whose result is in doubt.  The loop
 * also computes lanes next to the wanted ones, some of which were computed before (DONE); a range in one of these must
 * therefore be computed again.
 */
#define ARITHMETIC(name, operation, its_error) \
static LANES_LOOP int \
name##_numbers(const Register *a, const Register *b, Mask wanted pg_attribute_unused(), Register *out) \
{ \
	int			any = 0; \
	int			i; \
	\
	FOR_BLOCKS(i, wanted) \
	{ \
		double		number = NUMBER(a, i) operation NUMBER(b, i); \
		double		error = its_error; \
		\
		NUMBER(out, i) = number; \
		ERROR_OF(out, i) = error; \
		any |= number_in_doubt(error); \
	} \
	return any; \
} \
\
static void \
lanes_##name(KernelRun *run, const KernelNode *node, Mask wanted, Register *out) \
{ \
	const Register *a = lanes_get(run, node->a, wanted |= DONE(out) & IN_BLOCKS(wanted)); \
	const Register *b = lanes_get(run, node->b, wanted); \
	Mask		values; \
	Mask		bad = 0; \
	int			i; \
	\
	SOME_LANES(wanted); \
	values = wanted & VALUES(a) & VALUES(b); \
	if (LIKELY_LANES(values)) \
	{ \
		if (unlikely(name##_numbers(a, b, values, out))) \
			EACH_LANE(i, values) \
				bad |= (Mask) number_in_doubt(ERROR_OF(out, i)) << i; \
		SET_DECIMALS(out, values, 0); \
		SET_STATE(out, values & ~bad, LANE_VALUE); \
	} \
	if (unlikely((wanted & ~values) | (bad & values))) \
		lanes_rest(run, node, (wanted & ~values) | (bad & values), a, b, out, range_##name); \
}

ARITHMETIC(add, +, sum_error(number, ERROR_OF(a, i), ERROR_OF(b, i)))
ARITHMETIC(subtract, -, sum_error(number, ERROR_OF(a, i), ERROR_OF(b, i)))
ARITHMETIC(multiply, *, product_error(number, NUMBER(a, i), ERROR_OF(a, i), NUMBER(b, i), ERROR_OF(b, i)))
ARITHMETIC(divide, /, quotient_error(number, ERROR_OF(a, i), NUMBER(b, i), ERROR_OF(b, i)))

/* ---------------- kernels that look at one lane ---------------- */

#define FEW_OPERANDS 8

static pg_noinline void
lanes_each(KernelRun *run, int number, const KernelNode *node, Mask wanted, Register *out, EachKernel each)
{
	const int  *args = run->kernel_args + node->args;
	const Register *few[FEW_OPERANDS];
	const Register **registers = node->count <= FEW_OPERANDS ? few : palloc_array(const Register *, node->count);
	int			i;

	for (i = 0; i < node->count; i++)
		registers[i] = lanes_get(run, args[i], wanted);
	lanes_each_lane(run, number, node, wanted, registers, out, each);
	if (registers != few)
		pfree(registers);
}

/* ---------------- comparison ---------------- */

/*
 * Compares the lanes in which an operand is not known, and those in which the operands are too close to each
 * other.
 */
static pg_noinline Truths
lanes_compare_rest(KernelRun *run, int number, const KernelNode *node, Mask rest,
				   const Register *a, const Register *b, Truths known)
{
	ValueType	type = run->nodes[node->a].type;
	Mask		yes = 0;
	Mask		no = 0;
	Mask		doubt = 0;
	int			i;

	EACH_LANE(i, rest)
	{
		TAKE_LANE(x, a, i, type);
		Lane		constant;
		int			truth;

		if (b == NULL)
		{
			constant.state = LANE_VALUE;
			constant.low = node_constant(node);
			truth = lane_compare(x, &constant, type, node->flag);
		}
		else
		{
			TAKE_LANE(y, b, i, type);

			truth = lane_compare(x, y, type, node->flag);
		}
		yes |= (Mask) (truth == TRUTH_TRUE) << i;
		no |= (Mask) (truth == TRUTH_FALSE) << i;
		doubt |= (Mask) (truth == TRUTH_DOUBT) << i;
	}
	return lanes_ask_truths(run, number, TRUTHS_OF((YES(known) & ~rest) | yes, (NO(known) & ~rest) | no, doubt));
}

/* Compares a register with a constant. */
static pg_attribute_always_inline Truths
lanes_bound(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	const Register *x = lanes_get(run, node->a, wanted);
	Mask		values;
	Mask		rest;
	Truths		known = TRUTHS_OF(0, 0, 0);

	SOME_LANES(wanted);
	values = wanted & VALUES(x);
	rest = wanted & ~values;
	if (LIKELY_LANES(values))
		known = lanes_order_constant(x, node_constant(node), node->flag, values, &rest);
	if (LIKELY_LANES(rest == 0))
		return known;
	return lanes_compare_rest(run, number, node, rest, x, NULL, known);
}

/* Compares two numbers or two texts. */
static Truths
lanes_truth_compare(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	const Register *a = lanes_get(run, node->a, wanted);
	const Register *b;
	Mask		nones = wanted & NONES(a);
	Mask		values;
	Mask		rest;
	Truths		known = TRUTHS_OF(0, 0, 0);

	if (nones == wanted)
		return TRUTHS_OF(0, wanted, 0);
	b = lanes_get(run, node->b, wanted & ~nones);
	values = wanted & VALUES(a) & VALUES(b) & ~nones;
	rest = wanted & ~values & ~nones;
	if (run->nodes[node->a].type == TYPE_NUMBER && values)
		known = lanes_order(a, b, node->flag, values, &rest);
	else
		rest |= values;
	if (nones)
		known = TRUTHS_OF(YES(known), NO(known) | nones, 0);
	return rest ? lanes_compare_rest(run, number, node, rest, a, b, known) : known;
}

static pg_attribute_always_inline Truths
lanes_compare_dates(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	const Register *a = lanes_get(run, node->a, wanted);
	const Register *b;
	Mask		open;
	Mask		values;
	Mask		yes = 0;
	Truths		known;

	SOME_LANES(wanted);
	open = wanted & ~NONES(a);
	if (open == 0)
		return TRUTHS_OF(0, wanted, 0);
	b = lanes_get(run, node->b, open);
	open &= ~NONES(b);
	values = open & VALUES(a) & VALUES(b);
	if (LIKELY_LANES(values))
		yes = lanes_order_days(run, a, b, node->flag) & values;
	known = TRUTHS_OF(yes, wanted & ~(open & ~values) & ~yes, 0);
	open &= ~values;
	return LIKELY_LANES(open == 0) ? known : lanes_compare_rest(run, number, node, open, a, b, known);
}

/* Compares two booleans.  The result is unknown if one of them is. */
static Truths
lanes_same(KernelRun *run, const KernelNode *node, Mask wanted)
{
	Truths		a = lanes_test(run, node->a, wanted);
	Truths		b = lanes_test(run, node->b, wanted);
	Mask		known = wanted & (YES(a) | NO(a)) & (YES(b) | NO(b));
	Mask		same = known & ~(YES(a) ^ YES(b));
	Mask		doubt = wanted & ((IN_DOUBT(a) & ~UNKNOWN(b)) | (IN_DOUBT(b) & ~UNKNOWN(a)));

	return node->flag == CMP_EQ ? TRUTHS_OF(same, known & ~same, doubt) : TRUTHS_OF(known & ~same, same, doubt);
}

/* Adds the lanes whose text is not known to the result of a membership. */
static pg_noinline Truths
lanes_member_rest(KernelRun *run, int number, const KernelNode *node, Mask rest, const Register *x, Truths known)
{
	Mask		unknown = rest & RANGES(x);
	Mask		yes = YES(known);
	Mask		no = NO(known) | (rest & NONES(x));

	if (node->b == TRUTH_TRUE)
		yes |= unknown & ~MAYBES(x);
	else if (node->b == TRUTH_FALSE)
		no |= unknown;
	return lanes_ask_truths(run, number, TRUTHS_OF(yes, no, rest & DOUBTS(x)));
}

/* Whether a text is a member of a list of declared texts. */
static pg_attribute_always_inline Truths
lanes_member(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	const Register *x = lanes_get(run, node->a, wanted);
	uint64		members = run->program->kernel->masks[node->args];
	Mask		values;
	Mask		yes = 0;
	Truths		known;

	SOME_LANES(wanted);
	values = wanted & VALUES(x);
	if (LIKELY_LANES(values))
		yes = lanes_members(run, x, members);
	known = TRUTHS_OF(yes & values, values & ~yes, 0);
	return LIKELY_LANES(wanted == values) ? known : lanes_member_rest(run, number, node, wanted & ~values, x, known);
}

static Truths
lanes_truth_text_in(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	const KernelText *texts = run->program->kernel->texts + node->args;
	const Register *x = lanes_get(run, node->a, wanted);
	Mask		values = wanted & VALUES(x);
	Mask		yes = 0;
	Truths		known;
	int			i,
				j;

	EACH_LANE(i, values)
	{
		bool		found = false;

		for (j = 0; j < node->count && !found; j++)
			found = same_text(&texts[j], TEXT(x, i), LENGTH(x, i));
		yes |= (Mask) (found != (bool) node->flag) << i;
	}
	known = TRUTHS_OF(yes, values & ~yes, 0);
	return wanted == values ? known : lanes_member_rest(run, number, node, wanted & ~values, x, known);
}

static Truths
lanes_truth_is_none(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	const Register *x = lanes_get(run, node->a, wanted);
	Mask		none = wanted & NONES(x);
	Mask		there = wanted & (VALUES(x) | (RANGES(x) & ~MAYBES(x)));
	Mask		doubt = wanted & DOUBTS(x);

	return lanes_ask_truths(run, number, node->flag ? TRUTHS_OF(there, none, doubt) : TRUTHS_OF(none, there, doubt));
}

/* ---------------- logic ---------------- */

static Truths
lanes_truth_and(KernelRun *run, int number pg_attribute_unused(), const KernelNode *node, Mask wanted)
{
	return lanes_logic(run, node, wanted);
}

static Truths
lanes_truth_or(KernelRun *run, int number pg_attribute_unused(), const KernelNode *node, Mask wanted)
{
	return lanes_logic(run, node, wanted);
}

static Truths
lanes_truth_not(KernelRun *run, int number pg_attribute_unused(), const KernelNode *node, Mask wanted)
{
	Truths		truths = lanes_test(run, node->a, wanted);

	return TRUTHS_OF(NO(truths), YES(truths), IN_DOUBT(truths));
}

#include "kernel_choices.h"
#include "kernel_lists.h"
#include "kernel_money.h"
#include "kernel_years.h"

/* ---------------- each instruction ---------------- */

/* Of the table of instructions: what gives a value, a condition (BOOLEAN), or either (ANY). */
#define CALL_NUMBER CALL_VALUE
#define CALL_DATE CALL_VALUE
#define CALL_TEXT CALL_VALUE
#define CALL_ORDERED CALL_VALUE
#define CALL_LIST CALL_VALUE
#define CALL_ANY(NAME, name, kernel) CALL_##kernel(NAME, name)
#define CALL_EXACT(NAME, name)

/*
 * Computes a value.  If the result is in doubt although no operand is, asks exact arithmetic at once, so that the
 * doubt does not spread to what depends on it.
 */
static void
lanes_compute_value(KernelRun *run, int number, const KernelNode *node, Mask wanted, Register *out)
{
	switch (node->op)
	{
#define CALL_LANES(NAME, name) case OP_##NAME: lanes_##name(run, node, wanted, out); break;
#define CALL_EACH(NAME, name) case OP_##NAME: lanes_each(run, number, node, wanted, out, kernel_##name); break;
#define CALL_BOOLEAN(NAME, name, kernel)
#define CALL_VALUE(NAME, name, kernel) CALL_##kernel(NAME, name)
#define OP(NAME, name, a, b, c, args, flag, result, digits, reads, missing, undo, kernel) CALL_##result(NAME, name, kernel)
#include "ops.h"
#undef CALL_LANES
#undef CALL_EACH
#undef CALL_BOOLEAN
#undef CALL_VALUE
		case KERNEL_BAND:
			lanes_band(run, node, wanted, out);
			break;
		case KERNEL_LADDER:
			lanes_ladder(run, node, wanted, out);
			break;
		default:
			lanes_ask(run, number, wanted, out);
			break;
	}
}

/* Computes the conditions whose code is called from several places, or rarely. */
static Truths
lanes_compute_truth(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	switch (node->op)
	{
#define CALL_LANES(NAME, name) case OP_##NAME: return lanes_truth_##name(run, number, node, wanted);
#define CALL_EACH(NAME, name) case OP_##NAME: return lanes_each_truth(run, number, node, wanted, kernel_##name);
#define CALL_BOOLEAN(NAME, name, kernel) CALL_##kernel(NAME, name)
#define CALL_VALUE(NAME, name, kernel)
#define OP(NAME, name, a, b, c, args, flag, result, digits, reads, missing, undo, kernel) CALL_##result(NAME, name, kernel)
#include "ops.h"
#undef CALL_LANES
#undef CALL_EACH
#undef CALL_BOOLEAN
#undef CALL_VALUE
		case KERNEL_BOUND:
			return lanes_bound(run, number, node, wanted);
		case KERNEL_MEMBER:
			return lanes_member(run, number, node, wanted);
		case KERNEL_COMPARE_DATES:
			return lanes_compare_dates(run, number, node, wanted);
		case KERNEL_TRUTH:
			return lanes_truth_of_fact(run, node, wanted);
		case KERNEL_SAME:
			return lanes_same(run, node, wanted);
		default:
			return lanes_ask_truths(run, number, TRUTHS_OF(0, 0, wanted));
	}
}
