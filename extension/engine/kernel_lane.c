/*
 * kernel_lane.c
 *		The float kernel of one row: registers of one lane, computed on demand.
 *
 * What is in doubt is asked of exact arithmetic at once, instruction by instruction; except where
 * it depends on an element of a list, which exact arithmetic would have to enter: then it
 * answers the function over the whole list.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "exact.h"
#include "kernel_fold.h"
#include "kernel_number.h"
#include "kernel_range.h"
#include "value.h"

/* ---------------- registers of one lane ---------------- */

#define NLANES 1
typedef Run KernelRun;
typedef Lane Register;
typedef uint32 Mask;			/* 0 or 1 */
typedef uint32 Truths;			/* Truth, or TRUTH_DOUBT */

#define ALL_LANES 1

#define FOR_LANES(i) for ((i) = 0; (i) < 1; (i)++)
#define FOR_BLOCKS(i, wanted) FOR_LANES(i)
#define IN_BLOCKS(wanted) (wanted)
#define EACH_LANE(i, mask) for ((i) = 0; (i) < 1 && (mask) != 0; (i)++)
#define LIKELY_LANES(condition) likely(condition)
#define TEST_LANES(run, number, wanted) test(run, number)
#define SOME_LANES(wanted) do { if ((wanted) != ALL_LANES) pg_unreachable(); } while (0)
#define LANES_LOOP inline

#define YES(truths) lanes_if((truths) == TRUTH_TRUE)
#define NO(truths) lanes_if((truths) == TRUTH_FALSE)
#define UNKNOWN(truths) lanes_if((truths) == TRUTH_UNKNOWN)
#define IN_DOUBT(truths) lanes_if((truths) == TRUTH_DOUBT)
#define TRUTHS_OF(yes, no, doubt) ((doubt) ? TRUTH_DOUBT : (yes) ? TRUTH_TRUE : (no) ? TRUTH_FALSE : TRUTH_UNKNOWN)
#define TRUTH_AT(truths, i) ((int) (truths))
#define TRUTHS_IN(x) ((x)->truth)

#define VALUES(x) lanes_if((x)->state == LANE_VALUE)
#define NONES(x) lanes_if((x)->state == LANE_NONE)
#define RANGES(x) lanes_if((x)->state == LANE_RANGE)
#define DOUBTS(x) lanes_if((x)->state == LANE_DOUBT)
#define MAYBES(x) lanes_if((x)->state == LANE_RANGE && (x)->maybe)
#define DONE(x) 0
#define SET_STATE(x, lanes, as) ((lanes) ? (void) ((x)->state = (as)) : (void) 0)

#define NUMBER(x, i) ((x)->low.number)
#define ERROR_OF(x, i) ((x)->low.error)
#define SET_DECIMALS(x, lanes, decimals) ((lanes) ? (void) ((x)->low.decimal = (decimals)) : (void) 0)
#define DAY(x, i) ((x)->day)
#define LAST_DAY(x, i) ((x)->last_day)
#define TEXT(x, i) ((x)->text)
#define LENGTH(x, i) ((x)->length)
#define CODE(x, i) ((x)->code)

#define TAKE_LANE(lane, x, i, type) const Lane *lane = (x)
#define RESULT_LANE(lane, x, i) Lane *lane = (x)
#define KEPT_LANE(lane, x, i, type) Lane *lane = (x)
#define PUT_LANE(x, i, lane, type) ((void) 0)

static pg_attribute_always_inline Truths test(Run *run, int number);

static inline Mask
lanes_if(bool condition)
{
	return condition;
}

static inline void
lanes_copy_lanes(Lane *out, const Lane *from, Mask lanes pg_attribute_unused(), ValueType type pg_attribute_unused())
{
	*out = *from;
}

static inline void
lanes_set_counts(Lane *out, Mask lanes, const int *sure, const int *possible)
{
	End			low = end_exact(*sure);
	End			high = end_exact(*possible);

	if (lanes)
		lane_set_range(out, &low, &high, false);
}

/* ---------------- comparison ---------------- */

/* Compares with a constant.  Sets *near if the order is in doubt. */
static inline Truths
lanes_order_constant(const Lane *x, End bound, CompareOp op, Mask values pg_attribute_unused(), Mask *near)
{
	int			order = end_order(&x->low, &bound);

	if (likely(order != ORDER_DOUBT))
		return order_truth(order, op);
	*near = 1;
	return TRUTH_UNKNOWN;
}

static inline Truths
lanes_order(const Lane *a, const Lane *b, CompareOp op, Mask values, Mask *near)
{
	return lanes_order_constant(a, b->low, op, values, near);
}

static inline Mask
lanes_order_days(Run *run pg_attribute_unused(), const Lane *a, const Lane *b, CompareOp op)
{
	return order_truth(a->day < b->day ? -1 : a->day > b->day, op) == TRUTH_TRUE;
}

static inline Mask
lanes_members(Run *run pg_attribute_unused(), const Lane *x, uint64 members)
{
	return (members >> (x->code & 63)) & 1;
}

/* ---------------- exact arithmetic ---------------- */

void
lane_ask_exact(Run *run, int number, Lane *out)
{
	/* exact arithmetic would read another element than the kernel */
	if (run->program->instrs[number].scopes != 0)
		lane_set_doubt(out);
	else
		lane_set_value(out, run_value(run, number), run->program->instrs[number].type);
}

static inline void
lanes_ask(Run *run, int number, Mask lanes pg_attribute_unused(), Lane *out)
{
	lane_ask_exact(run, number, out);
}

static inline Truths
lanes_ask_truths(Run *run, int number, Truths truths)
{
	if (likely(truths != TRUTH_DOUBT) || run->program->instrs[number].scopes != 0)
		return truths;
	return run_value(run, number)->truth;
}

/* ---------------- facts ---------------- */

static inline Truths
truth_of_mark(uint64 mark)
{
	return mark & 3;
}

static pg_noinline void
load_other(Run *run, int number, Lane *out)
{
	const KernelNode *node = &run->nodes[number];

	if (node->args > 0)
	{
		const KernelField *field = &run->program->kernel->fields[node->args - 1];

		if ((run->unknown_elements >> field->depth) & 1)
			lane_set_unknown(out, &field->fact);
		else
			run->source->field(run->source, field, out);
		return;
	}
	if (likely(run->source->lane != NULL))
	{
		run->source->lane(run->source, node->b, out);
		return;
	}
	lane_ask_exact(run, number, out);
	if (out->state == LANE_VALUE && node->type == TYPE_TEXT)
		lane_check_text(&run->program->kernel->facts[node->b], out);
}

/* Most facts are columns of the row, or fields of known elements. */
static pg_attribute_always_inline void
load(Run *run, int number, const KernelNode *node, Lane *out)
{
	FactSource *source = run->source;

	if (node->args > 0 && likely(run->unknown_elements == 0))
		source->field(source, &run->program->kernel->fields[node->args - 1], out);
	else if (likely(node->args <= 0 && source->lane_columns != NULL && source->lane_columns[node->b].attnum > 0))
	{
		const LaneColumn *column = &source->lane_columns[node->b];

		lane_set_column(out, column, &source->datums[column->attnum - 1]);
	}
	else
		load_other(run, number, out);
}

static void
lanes_fact(Run *run, const KernelNode *node, Mask lanes pg_attribute_unused(), Lane *out)
{
	load_other(run, node - run->nodes, out);
}

static void
lanes_field(Run *run, const KernelNode *node, Mask lanes pg_attribute_unused(), Lane *out)
{
	load_other(run, node - run->nodes, out);
}

static inline void
lanes_load_year(Run *run, const KernelNode *node, int year, Mask lanes pg_attribute_unused(), Lane *out)
{
	if (likely(run->source->lane_year))
		run->source->lane_year(run->source, node->a, year, out);
	else
		lane_set_doubt(out);
}

static inline void
lanes_take_year(Run *run, const KernelNode *node, int year, int i pg_attribute_unused(), Lane *out)
{
	lanes_load_year(run, node, year, 1, out);
}

static void
lanes_element(Run *run, const KernelNode *node, Mask lanes pg_attribute_unused(), Lane *out)
{
	if (unlikely((run->unknown_elements >> node->a) & 1))
	{
		const KernelNode *range = run->ranges[node->a];

		lane_set_unknown_item(out, lane_get(run, range->a), lane_get(run, range->b));
	}
	else
		lane_set_exact(out, run->items[node->a]);
}

static inline Truths
lanes_truth_of_fact(Run *run, const KernelNode *node, Mask lanes pg_attribute_unused())
{
	Truths		truth;

	if (run->marks[node->a] < run->mark)
		lane_compute(run, node->a);
	truth = lanes_ask_truths(run, node->a, truth_of_mark(run->marks[node->a]));
	return node->flag && truth != TRUTH_DOUBT ? TRUTH_TRUE - truth : truth;
}

static Truths
lanes_truth_fact(Run *run, int number pg_attribute_unused(), const KernelNode *node, Mask lanes)
{
	return lanes_truth_of_fact(run, node, lanes);
}

static Truths
lanes_truth_field(Run *run, int number pg_attribute_unused(), const KernelNode *node, Mask lanes)
{
	return lanes_truth_of_fact(run, node, lanes);
}

/* ---------------- kernels that look at one lane ---------------- */

static bool
any_in_doubt(const Lane **x, int count)
{
	int			i;

	for (i = 0; i < count; i++)
		if (x[i]->state == LANE_DOUBT)
			return true;
	return false;
}

/*
 * Computes one instruction.  If the result is in doubt although no operand is, asks exact arithmetic at once, so
 * that the doubt does not spread to what depends on it.
 */
static inline void
lanes_each_lane(Run *run, int number, const KernelNode *node, Mask lanes pg_attribute_unused(),
				const Lane **x, Lane *out, EachKernel each)
{
	each(node, (const Lane *const *) x, out);
	if (unlikely(out->state == LANE_DOUBT) && !any_in_doubt(x, node->count))
		lane_ask_exact(run, number, out);
}

#include "kernel_lanes.h"

static Mask
lanes_kept_once(Run *run pg_attribute_unused(), int number pg_attribute_unused(), Mask wanted pg_attribute_unused(),
				Paid *paid pg_attribute_unused())
{
	return 0;
}

/* ---------------- demand ---------------- */

static inline const Lane *
lanes_get(Run *run, int number, Mask lanes pg_attribute_unused())
{
	return lane_get(run, number);
}

static pg_noinline Truths test_other(Run *run, int number, const KernelNode *node);

/* Tests a condition.  The most frequent kinds are tested without a call. */
static pg_attribute_always_inline Truths
test(Run *run, int number)
{
	const KernelNode *node = &run->nodes[number];

	switch (node->op)
	{
		case KERNEL_TRUTH:
			return lanes_truth_of_fact(run, node, 1);
		case KERNEL_BOUND:
			return lanes_bound(run, number, node, 1);
		case KERNEL_MEMBER:
			return lanes_member(run, number, node, 1);
		case KERNEL_COMPARE_DATES:
			return lanes_compare_dates(run, number, node, 1);
		default:
			break;
	}
	if (node->shared && run->marks[number] >= run->mark)
		return truth_of_mark(run->marks[number]);
	return test_other(run, number, node);
}

/* Evaluates `and` or `or`, until the result is decided. */
static pg_attribute_always_inline Truths
lanes_logic(Run *run, const KernelNode *node, Mask lanes pg_attribute_unused())
{
	const int  *args = run->kernel_args + node->args;
	const int  *end = args + node->count;
	Truths		decisive = node->op == OP_OR ? TRUTH_TRUE : TRUTH_FALSE;
	uint32		seen = 0;

	for (; args < end; args++)
	{
		Truths		truth = test(run, *args);

		if (truth == decisive)
			return truth;
		seen |= (uint32) 1 << truth;
	}
	if (likely((seen & ((1 << TRUTH_UNKNOWN) | (1 << TRUTH_DOUBT))) == 0))
		return TRUTH_TRUE - decisive;
	return seen & (1 << TRUTH_DOUBT) ? TRUTH_DOUBT : TRUTH_UNKNOWN;
}

/* Tests conditions of other kinds, and those whose result is kept for the row. */
static Truths
test_other(Run *run, int number, const KernelNode *node)
{
	Truths		truth;

	if (unlikely(run->deep))
		check_stack_depth();
	if (node->op == OP_AND || node->op == OP_OR)
		truth = lanes_logic(run, node, 1);
	else
		truth = lanes_compute_truth(run, number, node, 1);
	if (node->shared)
		run->marks[number] = run->mark | truth;
	return truth;
}

static Truths
lanes_test(Run *run, int number, Mask lanes pg_attribute_unused())
{
	return test(run, number);
}

/* Whether something that depends on as_of alone was computed for the row's day, maybe for another row. */
static inline bool
is_of_same_day(Run *run, int number)
{
	const Lane *day = lane_get(run, run->program->kernel->day);

	if (day->state != LANE_VALUE || day->day != run->day || run->day_mark == 0)
	{
		run->day = day->day;
		/* a day that is not known is not read again */
		run->day_mark = day->state == LANE_VALUE ? run->mark : 0;
		return false;
	}
	return run->marks[number] >= run->day_mark;
}

static pg_noinline const Lane *
compute_other(Run *run, int number)
{
	const KernelNode *node = &run->nodes[number];
	Lane	   *out = &run->lanes[number];

	if (unlikely(run->deep))
		check_stack_depth();
	lanes_compute_value(run, number, node, 1, out);
	/* constants are computed only once */
	run->marks[number] = (is_constant_op(run->program->instrs[number].op) ? PG_UINT64_MAX << 2 : run->mark) |
		(node->type == TYPE_BOOLEAN ? out->truth : 0);
	return out;
}

/* Computes a fact by year in a known year. */
static pg_noinline const Lane *
compute_yearly(Run *run, int number)
{
	const KernelNode *node = &run->nodes[number];
	Lane	   *out = &run->lanes[number];
	const Lane *year = lane_get(run, node->b);

	if (unlikely(year->state != LANE_VALUE || year->low.error != 0 || !is_year(year->low.number) ||
				 run->source->lane_year == NULL))
		return compute_other(run, number);
	run->source->lane_year(run->source, node->a, (int) year->low.number, out);
	if (unlikely(out->state == LANE_DOUBT))
		return compute_other(run, number);
	run->marks[number] = run->mark | (node->type == TYPE_BOOLEAN ? out->truth : 0);
	return out;
}

static pg_noinline const Lane *
compute_of_day(Run *run, int number)
{
	if (!is_of_same_day(run, number))
		return compute_other(run, number);
	run->marks[number] = run->mark;
	return &run->lanes[number];
}

/* Computes a register.  Most of those computed are facts. */
const Lane *
lane_compute(Run *run, int number)
{
	const KernelNode *node = &run->nodes[number];
	Lane	   *out = &run->lanes[number];

	if (node->op != KERNEL_FACT && node->op != KERNEL_TRUTH)
		return node->of_day ? compute_of_day(run, number) :
			node->op == OP_YEARLY ? compute_yearly(run, number) : compute_other(run, number);
	load(run, number, node, out);
	run->marks[number] = run->mark | (node->op == KERNEL_TRUTH ? out->truth : 0);
	return out;
}

/* ---------------- elements of lists ---------------- */

/* Forgets the registers that depend on the previous element. */
static inline void
forget_element(const KernelList *call, const int *depending, uint64 *marks)
{
	int			i;

	for (i = 0; i < call->ndepending; i++)
		marks[depending[i]] = 0;
}

/*
 * Visits the elements one after another, until no further element matters.  An unknown list has one element, of
 * which nothing is known.
 */
static void
lanes_elements(Run *run, const KernelNode *node, Mask lanes pg_attribute_unused(), const Lane *list,
			   bool unknown, Visit visit, void *state)
{
	static const uint16 parents[1] = {0};
	const KernelList *call = &run->program->kernel->lists[node->args];
	const int  *depending = run->kernel_args + call->depending;
	FactSource *source = run->source;
	int			length = list->length;
	int			i;

	if (call->fact < 0)
		run->ranges[call->depth] = &run->nodes[node->a];
	if (unknown)
	{
		run->unknown_elements |= (uint32) 1 << call->depth;
		forget_element(call, depending, run->marks);
		visit(run, node, 1, parents, state);
		run->unknown_elements &= ~((uint32) 1 << call->depth);
		forget_element(call, depending, run->marks);
		return;
	}
	for (i = 0; i < length; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (unlikely(call->fact < 0))
			run->items[call->depth] = list->first + i;
		else
			source->element(source, call->fact, list, call->depth, i);
		forget_element(call, depending, run->marks);
		if (!visit(run, node, 1, parents, state))
			break;
	}
}

/* ---------------- what others ask ---------------- */

void
lane_forget(Run *run)
{
	memset(run->marks, 0, run->program->ninstrs * sizeof(uint64));
	run->day_mark = 0;
	run->unknown_elements = 0;
}

Truth
run_truth(Run *run, int number)
{
	if (likely(run->watch == NULL && !run->nodes[number].scoped))
		return test(run, number);
	return run_value(run, number)->truth;
}

bool
lane_is_empty(Run *run, int number)
{
	return lane_get(run, number)->state == LANE_NONE;
}

bool
lane_money(Run *run, int number, int64 *low, int64 *high, bool *open)
{
	Paid		paid;

	lanes_money(run, number, 1, &paid);
	*low = paid.low[0];
	*high = paid.high[0];
	*open = paid.open;
	return !paid.doubt;
}
