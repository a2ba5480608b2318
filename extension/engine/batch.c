/*
 * batch.c
 *		The float kernel of 64 rows: registers of 64 lanes.
 *
 * An instruction is computed in all lanes of the group in which something still depends on it.  The
 * elements of lists are lanes of further groups, each with registers of its own for what
 * depends on the element (frames); the rest it reads from the group that it came from.
 */
/*
 * Functions that are one loop over all lanes are compiled for several vector sets, of which the CPU's best
 * is taken when the library is loaded.  They compute the same: products are not fused with sums, and only
 * the flags of floating point exceptions, which nobody reads, may differ.
 */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3", "no-trapping-math", "fp-contract=off")
#if defined(__x86_64__) && defined(__linux__) && !defined(__SANITIZE_ADDRESS__)
#define LANES_LOOP __attribute__((noinline, target_clones("avx512f", "avx2", "default")))
#endif
#endif
#ifndef LANES_LOOP
#define LANES_LOOP
#endif

#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "batch.h"
#include "kernel_fold.h"
#include "kernel_number.h"
#include "kernel_range.h"

/* A group of rows, or of elements of their lists. */
typedef struct BatchFrame
{
	struct BatchFrame *up;		/* the group that the lists are in */
	int			depth;			/* of the element; 0: rows */
	uint64		stamp;
	Lanes	  **registers;		/* by instruction; NULL if not used yet */
	bool		unknown;		/* elements of unknown lists */
	uint8		parents[BATCH_ROWS];	/* lanes of up */
	const char *lists[BATCH_ROWS];
	int32		index[BATCH_ROWS];
} BatchFrame;

struct Batch
{
	const Program *program;
	const KernelNode *nodes;
	const int  *kernel_args;
	BatchSource *source;
	BatchFrame *frame;			/* that is computed */
	BatchFrame *frames[MAX_LIST_DEPTH + 1];
	uint64		clock;
	MemoryContext context;
};

/* ---------------- registers of 64 lanes ---------------- */

#define NLANES BATCH_ROWS

typedef Batch KernelRun;
typedef Lanes Register;
typedef uint64 Mask;
typedef struct Truths
{
	Mask		yes;
	Mask		no;
	Mask		doubt;
} Truths;

#define ALL_LANES PG_UINT64_MAX

#define FOR_LANES(i) for ((i) = 0; (i) < NLANES; (i)++)
#define EACH_LANE(i, mask) \
	for (Mask rest_of_lanes = (mask); \
		 rest_of_lanes != 0 && ((i) = pg_rightmost_one_pos64(rest_of_lanes), true); \
		 rest_of_lanes &= rest_of_lanes - 1)
#define LIKELY_LANES(condition) (condition)

#define YES(truths) ((truths).yes)
#define NO(truths) ((truths).no)
#define UNKNOWN(truths) (~((truths).yes | (truths).no | (truths).doubt))
#define IN_DOUBT(truths) ((truths).doubt)
#define TRUTHS_OF(yes, no, doubt) ((Truths) {(yes), (no), (doubt)})
#define TRUTH_AT(truths, i) lanes_truth_at(&(truths), i)

#define VALUES(x) ((x)->value)
#define NONES(x) ((x)->none)
#define RANGES(x) ((x)->range)
#define DOUBTS(x) (~((x)->value | (x)->none | (x)->range))
#define MAYBES(x) ((x)->range & (x)->maybe)
#define DONE(x) ((x)->done)
#define SET_STATE(x, lanes, as) lanes_set_state(x, lanes, as)

#define NUMBER(x, i) ((x)->number[i])
#define ERROR_OF(x, i) ((x)->error[i])
#define SET_DECIMALS(x, lanes, decimals) ((x)->decimal = ((x)->decimal & ~(lanes)) | ((decimals) & (lanes)))
#define DAY(x, i) ((x)->day[i])
#define LAST_DAY(x, i) ((x)->last_day[i])
#define TEXT(x, i) ((x)->text[i])
#define LENGTH(x, i) ((x)->length[i])
#define CODE(x, i) ((x)->code[i])

#define TAKE_LANE(lane, x, i, type) \
	Lane		lane##_taken = {0}; \
	const Lane *lane = batch_take(&lane##_taken, x, i, type)
#define RESULT_LANE(lane, x, i) \
	Lane		lane##_made = {0}; \
	Lane	   *lane = &lane##_made
#define KEPT_LANE(lane, x, i, type) \
	Lane		lane##_kept = {0}; \
	Lane	   *lane = batch_take(&lane##_kept, x, i, type)
#define PUT_LANE(x, i, lane, type) batch_put(x, i, lane, type)

static inline int
lanes_truth_at(const Truths *truths, int i)
{
	if ((truths->yes >> i) & 1)
		return TRUTH_TRUE;
	if ((truths->no >> i) & 1)
		return TRUTH_FALSE;
	return (truths->doubt >> i) & 1 ? TRUTH_DOUBT : TRUTH_UNKNOWN;
}

static inline void
lanes_set_state(Lanes *x, Mask lanes, LaneState state)
{
	x->value &= ~lanes;
	x->none &= ~lanes;
	x->range &= ~lanes;
	switch (state)
	{
		case LANE_VALUE:
			x->value |= lanes;
			break;
		case LANE_NONE:
			x->none |= lanes;
			break;
		case LANE_RANGE:
			x->range |= lanes;
			break;
		case LANE_DOUBT:
			break;
	}
}

static void
set_bit(Mask *mask, int i, bool bit)
{
	*mask = (*mask & ~((Mask) 1 << i)) | (Mask) bit << i;
}

Lane *
batch_take(Lane *lane, const Lanes *lanes, int i, ValueType type)
{
	lane->state = (lanes->value >> i) & 1 ? LANE_VALUE : (lanes->none >> i) & 1 ? LANE_NONE
		: (lanes->range >> i) & 1 ? LANE_RANGE : LANE_DOUBT;
	lane->maybe = (lanes->maybe >> i) & 1;
	switch (type)
	{
		case TYPE_NUMBER:
			lane->low.number = lanes->number[i];
			lane->low.error = lanes->error[i];
			lane->low.decimal = (lanes->decimal >> i) & 1;
			if (lane->state != LANE_RANGE)
				break;
			lane->high.number = lanes->high[i];
			lane->high.error = lanes->high_error[i];
			lane->high.decimal = (lanes->high_decimal >> i) & 1;
			break;
		case TYPE_DATE:
			lane->day = lanes->day[i];
			lane->last_day = lanes->last_day[i];
			break;
		case TYPE_BOOLEAN:
			lane->truth = (lanes->yes >> i) & 1 ? TRUTH_TRUE : (lanes->no >> i) & 1 ? TRUTH_FALSE
				: (lanes->in_doubt >> i) & 1 ? TRUTH_DOUBT : TRUTH_UNKNOWN;
			break;
		default:
			lane->text = lanes->text[i];
			lane->length = lanes->length[i];
			lane->code = lanes->code[i];
			break;
	}
	return lane;
}

void
batch_put(Lanes *lanes, int i, const Lane *lane, ValueType type)
{
	lanes_set_state(lanes, (Mask) 1 << i, lane->state);
	set_bit(&lanes->maybe, i, lane->state == LANE_RANGE && lane->maybe);
	if (type == TYPE_BOOLEAN)
	{
		set_bit(&lanes->yes, i, lane->truth == TRUTH_TRUE);
		set_bit(&lanes->no, i, lane->truth == TRUTH_FALSE);
		set_bit(&lanes->in_doubt, i, lane->truth == TRUTH_DOUBT);
	}
	if (lane->state == LANE_NONE || lane->state == LANE_DOUBT)
		return;
	switch (type)
	{
		case TYPE_BOOLEAN:
			break;
		case TYPE_NUMBER:
			lanes->number[i] = lane->low.number;
			lanes->error[i] = lane->low.error;
			set_bit(&lanes->decimal, i, lane->low.decimal);
			if (lane->state != LANE_RANGE)
				break;
			lanes->high[i] = lane->high.number;
			lanes->high_error[i] = lane->high.error;
			set_bit(&lanes->high_decimal, i, lane->high.decimal);
			break;
		case TYPE_DATE:
			lanes->day[i] = lane->day;
			lanes->last_day[i] = lane->last_day;
			break;
		default:
			/* of an unknown text or list there is nothing to keep */
			lanes->text[i] = lane->state == LANE_VALUE ? lane->text : NULL;
			lanes->length[i] = lane->state == LANE_VALUE ? lane->length : 0;
			lanes->code[i] = lane->state == LANE_VALUE ? lane->code : 0;
			break;
	}
}


static void
lanes_copy_lanes(Lanes *out, const Lanes *from, Mask lanes, ValueType type)
{
	Lane		lane = {0};
	int			i;

	EACH_LANE(i, lanes)
		batch_put(out, i, batch_take(&lane, from, i, type), type);
}

static void
lanes_set_counts(Lanes *out, Mask lanes, const int *sure, const int *possible)
{
	Lane		lane = {0};
	int			i;

	EACH_LANE(i, lanes)
	{
		lane_set_integers(&lane, true, sure[i], true, possible[i], false);
		batch_put(out, i, &lane, TYPE_NUMBER);
	}
}

/* ---------------- comparison ---------------- */

/* The lanes in which a is below, equal to and above b; in values, the others are too near to each other. */
static Truths
truths_of_order(CompareOp op, Mask values, Mask below, Mask equal, Mask above, Mask *near)
{
	Mask		sure = values & (below | equal | above);
	Mask		yes = 0;

	switch (op)
	{
		case CMP_EQ:
			yes = equal;
			break;
		case CMP_NE:
			yes = below | above;
			break;
		case CMP_LT:
			yes = below;
			break;
		case CMP_LE:
			yes = below | equal;
			break;
		case CMP_GT:
			yes = above;
			break;
		case CMP_GE:
			yes = above | equal;
			break;
	}
	*near |= values & ~sure;
	return TRUTHS_OF(sure & yes, sure & ~yes, 0);
}

/* Of 64 bytes that are 0 or 1, the bits. */
static Mask
bits_of(const uint8 *bytes)
{
	Mask		bits = 0;
	int			i;

#ifndef WORDS_BIGENDIAN
	for (i = 0; i < NLANES; i += 8)
	{
		uint64		eight;

		/*
		 * byte j times 2^(56 - 7 j) is bit 56 + j; no two of the other
		 * products are equal
		 */
		memcpy(&eight, bytes + i, sizeof(eight));
		bits |= ((eight * UINT64CONST(0x0102040810204080)) >> 56) << i;
	}
#else
	for (i = 0; i < NLANES; i++)
		bits |= (Mask) bytes[i] << i;
#endif
	return bits;
}

/* For each lane what number_order() asks first. */
typedef struct Orders
{
	uint8		below[NLANES];
	uint8		equal[NLANES];
	uint8		above[NLANES];
} Orders;

static LANES_LOOP void
order_constant(const Lanes *x, double bound, double error, Orders *orders)
{
	int			i;

	for (i = 0; i < NLANES; i++)
	{
		double		difference = x->number[i] - bound;
		double		doubt = 2 * (x->error[i] + error);

		orders->above[i] = difference > doubt;
		orders->below[i] = difference < -doubt;
		orders->equal[i] = (difference == 0) & (doubt == 0);
	}
}

static LANES_LOOP void
order_lanes(const Lanes *a, const Lanes *b, Orders *orders)
{
	int			i;

	for (i = 0; i < NLANES; i++)
	{
		double		difference = a->number[i] - b->number[i];
		double		doubt = 2 * (a->error[i] + b->error[i]);

		orders->above[i] = difference > doubt;
		orders->below[i] = difference < -doubt;
		orders->equal[i] = (difference == 0) & (doubt == 0);
	}
}

static Truths
lanes_order_constant(const Lanes *x, End bound, CompareOp op, Mask values, Mask *near)
{
	Orders		orders;
	Mask		below;
	Mask		equal;
	Mask		above;
	int			i;

	order_constant(x, bound.number, bound.error, &orders);
	below = bits_of(orders.below);
	equal = bits_of(orders.equal);
	above = bits_of(orders.above);
	EACH_LANE(i, values & ~(above | below | equal))
	{
		int			order = near_order(x->number[i], x->error[i], (x->decimal >> i) & 1,
									   bound.number, bound.error, bound.decimal);

		below |= (Mask) (order == -1) << i;
		equal |= (Mask) (order == 0) << i;
		above |= (Mask) (order == 1) << i;
	}
	return truths_of_order(op, values, below, equal, above, near);
}

static Truths
lanes_order(const Lanes *a, const Lanes *b, CompareOp op, Mask values, Mask *near)
{
	Orders		orders;
	Mask		below;
	Mask		equal;
	Mask		above;
	int			i;

	order_lanes(a, b, &orders);
	below = bits_of(orders.below);
	equal = bits_of(orders.equal);
	above = bits_of(orders.above);
	EACH_LANE(i, values & ~(above | below | equal))
	{
		int			order = near_order(a->number[i], a->error[i], (a->decimal >> i) & 1,
									   b->number[i], b->error[i], (b->decimal >> i) & 1);

		below |= (Mask) (order == -1) << i;
		equal |= (Mask) (order == 0) << i;
		above |= (Mask) (order == 1) << i;
	}
	return truths_of_order(op, values, below, equal, above, near);
}

/* ---------------- what only exact arithmetic knows ---------------- */

static inline void
lanes_ask(Batch *batch pg_attribute_unused(), int number pg_attribute_unused(), Mask lanes, Lanes *out)
{
	lanes_set_state(out, lanes, LANE_DOUBT);
}

static inline Truths
lanes_ask_truths(Batch *batch pg_attribute_unused(), int number pg_attribute_unused(), Truths truths)
{
	return truths;
}

/* ---------------- facts ---------------- */

static const Lanes *lanes_get(Batch *batch, int number, Mask wanted);

static void
lanes_fact(Batch *batch, const KernelNode *node, Mask wanted, Lanes *out)
{
	const BatchFrame *frame = batch->frame;
	const KernelField *field;
	Lane		unknown = {0};
	int			i;

	if (node->args <= 0)
	{
		batch->source->load(batch->source, node->b, wanted, out);
		return;
	}
	field = &batch->program->kernel->fields[node->args - 1];
	if (!frame->unknown)
	{
		batch->source->field(batch->source, field, wanted, frame->lists, frame->index, out);
		return;
	}
	lane_set_unknown(&unknown, &field->fact);
	EACH_LANE(i, wanted)
		batch_put(out, i, &unknown, field->fact.type);
}

static void
lanes_field(Batch *batch, const KernelNode *node, Mask wanted, Lanes *out)
{
	lanes_fact(batch, node, wanted, out);
}

/*
 * Facts by year and ranges are left to exact arithmetic: a source gives one column of a
 * fact, and which year a row reads depends on its day.
 */
static void
lanes_yearly(Batch *batch, const KernelNode *node, Mask wanted, Lanes *out)
{
	lanes_ask(batch, node - batch->nodes, wanted, out);
}

static Truths
lanes_truth_yearly(Batch *batch, int number, const KernelNode *node pg_attribute_unused(), Mask wanted)
{
	return lanes_ask_truths(batch, number, TRUTHS_OF(0, 0, wanted));
}

static void
lanes_range(Batch *batch, const KernelNode *node, Mask wanted, Lanes *out)
{
	lanes_ask(batch, node - batch->nodes, wanted, out);
}

static void
lanes_element(Batch *batch, const KernelNode *node, Mask wanted, Lanes *out)
{
	lanes_ask(batch, node - batch->nodes, wanted, out);
}

static Truths
lanes_truth_of_fact(Batch *batch, const KernelNode *node, Mask wanted)
{
	const Lanes *x = lanes_get(batch, node->a, wanted);

	return node->flag ? TRUTHS_OF(x->no, x->yes, x->in_doubt) : TRUTHS_OF(x->yes, x->no, x->in_doubt);
}

static Truths
lanes_truth_fact(Batch *batch, int number pg_attribute_unused(), const KernelNode *node, Mask wanted)
{
	return lanes_truth_of_fact(batch, node, wanted);
}

static Truths
lanes_truth_field(Batch *batch, int number pg_attribute_unused(), const KernelNode *node, Mask wanted)
{
	return lanes_truth_of_fact(batch, node, wanted);
}

/* ---------------- kernels that look at one lane ---------------- */

static void
lanes_each_lane(Batch *batch, int number pg_attribute_unused(), const KernelNode *node, Mask wanted,
				const Lanes **x, Lanes *out, EachKernel each)
{
	const int  *args = batch->kernel_args + node->args;
	Lane	   *taken = palloc_array(Lane, node->count);
	const Lane **operands = palloc_array(const Lane *, node->count);
	Lane		result = {0};
	int			i,
				j;

	for (j = 0; j < node->count; j++)
		operands[j] = &taken[j];
	EACH_LANE(i, wanted)
	{
		for (j = 0; j < node->count; j++)
			batch_take(&taken[j], x[j], i, batch->nodes[args[j]].type);
		each(node, (const Lane *const *) operands, &result);
		batch_put(out, i, &result, node->type);
	}
	pfree(operands);
	pfree(taken);
}

#include "kernel_lanes.h"

/* ---------------- demand ---------------- */

/* Whether what an instruction gives differs between the elements of a group. */
static inline bool
is_of_frame(const Batch *batch, int number)
{
	return batch->frame->depth == 0 || (batch->program->instrs[number].scopes >> batch->frame->depth) & 1;
}

/* The lanes from which the elements come. */
static Mask
parents_of(const BatchFrame *frame, Mask elements)
{
	Mask		parents = 0;
	int			i;

	EACH_LANE(i, elements)
		parents |= (Mask) 1 << frame->parents[i];
	return parents;
}

/* A register of this group of rows. */
static Lanes *
register_of(Batch *batch, int number)
{
	BatchFrame *frame = batch->frame;
	Lanes	   *lanes = frame->registers[number];

	if (lanes == NULL)
		lanes = frame->registers[number] = MemoryContextAllocZero(batch->context, sizeof(Lanes));
	if (lanes->stamp < frame->stamp)
	{
		lanes->stamp = frame->stamp;
		lanes->done = 0;
	}
	return lanes;
}

static void
compute(Batch *batch, int number, Mask wanted, Lanes *out)
{
	const KernelNode *node = &batch->nodes[number];
	BatchFrame *frame = batch->frame;
	const Lanes *from;
	Lane		lane = {0};
	int			i;

	if (unlikely(batch->program->kernel->deep))
		check_stack_depth();
	if (is_of_frame(batch, number))
	{
		if (node->op == KERNEL_FACT || node->op == KERNEL_TRUTH)
			lanes_fact(batch, node, wanted, out);
		else
			lanes_compute_value(batch, number, node, wanted, out);
		return;
	}
	batch->frame = frame->up;
	from = lanes_get(batch, number, parents_of(frame, wanted));
	batch->frame = frame;
	EACH_LANE(i, wanted)
		batch_put(out, i, batch_take(&lane, from, frame->parents[i], node->type), node->type);
}

static const Lanes *
lanes_get(Batch *batch, int number, Mask wanted)
{
	Lanes	   *lanes = register_of(batch, number);

	if (wanted & ~lanes->done)
	{
		compute(batch, number, wanted & ~lanes->done, lanes);
		lanes->done |= wanted;
	}
	return lanes;
}

/* A condition that does not depend on the element, of elements. */
static Truths
test_parents(Batch *batch, int number, Mask wanted)
{
	BatchFrame *frame = batch->frame;
	Truths		truths = {0, 0, 0};
	Truths		of_parents;
	int			i;

	batch->frame = frame->up;
	of_parents = lanes_test(batch, number, parents_of(frame, wanted));
	batch->frame = frame;
	EACH_LANE(i, wanted)
	{
		truths.yes |= (Mask) ((of_parents.yes >> frame->parents[i]) & 1) << i;
		truths.no |= (Mask) ((of_parents.no >> frame->parents[i]) & 1) << i;
		truths.doubt |= (Mask) ((of_parents.doubt >> frame->parents[i]) & 1) << i;
	}
	return truths;
}

static Truths
lanes_test(Batch *batch, int number, Mask wanted)
{
	const KernelNode *node = &batch->nodes[number];
	Lanes	   *kept;
	Mask		more;

	if (wanted == 0)
		return TRUTHS_OF(0, 0, 0);
	if (unlikely(batch->program->kernel->deep))
		check_stack_depth();
	if (!is_of_frame(batch, number))
		return test_parents(batch, number, wanted);
	if (!node->shared || node->op == KERNEL_TRUTH)
		return lanes_compute_truth(batch, number, node, wanted);
	kept = register_of(batch, number);
	more = wanted & ~kept->done;
	if (more)
	{
		Truths		truths = lanes_compute_truth(batch, number, node, more);

		kept->yes = (kept->yes & kept->done) | (truths.yes & more);
		kept->no = (kept->no & kept->done) | (truths.no & more);
		kept->in_doubt = (kept->in_doubt & kept->done) | (truths.doubt & more);
		kept->done |= more;
	}
	return TRUTHS_OF(kept->yes, kept->no, kept->in_doubt);
}

/* ---------------- elements of lists ---------------- */

static BatchFrame *
create_frame(Batch *batch, int depth)
{
	BatchFrame *frame = MemoryContextAllocZero(batch->context, sizeof(BatchFrame));

	frame->depth = depth;
	frame->registers = MemoryContextAllocZero(batch->context, batch->program->ninstrs * sizeof(Lanes *));
	batch->frames[depth] = frame;
	return frame;
}

static void
visit_group(Batch *batch, BatchFrame *frame, const KernelNode *node, int count, Visit visit, void *state)
{
	CHECK_FOR_INTERRUPTS();
	frame->stamp = ++batch->clock;
	batch->frame = frame;
	visit(batch, node, count == NLANES ? ALL_LANES : ((Mask) 1 << count) - 1, frame->parents, state);
	batch->frame = frame->up;
}

/* In groups of 64.  Each unknown list has one element, of which nothing is known. */
static void
lanes_elements(Batch *batch, const KernelNode *node, Mask wanted, const Lanes *list, bool unknown, Visit visit, void *state)
{
	int			depth = batch->program->kernel->lists[node->args].depth;
	BatchFrame *frame = batch->frames[depth] ? batch->frames[depth] : create_frame(batch, depth);
	int			count = 0;
	int			i,
				j;

	frame->up = batch->frame;
	frame->unknown = unknown;
	EACH_LANE(i, wanted)
	{
		for (j = 0; j < (unknown ? 1 : list->length[i]); j++)
		{
			frame->parents[count] = i;
			frame->lists[count] = unknown ? NULL : list->text[i];
			frame->index[count++] = j;
			if (count < NLANES)
				continue;
			visit_group(batch, frame, node, count, visit, state);
			count = 0;
		}
	}
	if (count > 0)
		visit_group(batch, frame, node, count, visit, state);
}

/* ---------------- what others ask ---------------- */

Batch *
batch_create(const Program *program)
{
	Batch	   *batch = palloc0(sizeof(Batch));

	batch->program = program;
	batch->nodes = program->kernel->nodes;
	batch->kernel_args = program->kernel->args;
	batch->context = CurrentMemoryContext;
	create_frame(batch, 0);
	return batch;
}

void
batch_begin(Batch *batch, BatchSource *source)
{
	batch->source = source;
	batch->frame = batch->frames[0];
	batch->frame->stamp = ++batch->clock;
}

void
batch_truth(Batch *batch, int number, uint64 wanted, uint64 *yes, uint64 *no, uint64 *in_doubt)
{
	Truths		truths = lanes_test(batch, number, wanted);

	*yes = truths.yes & wanted;
	*no = truths.no & wanted;
	*in_doubt = truths.doubt & wanted;
}

const Lanes *
batch_value(Batch *batch, int number, uint64 wanted)
{
	return lanes_get(batch, number, wanted);
}

uint64
batch_money(Batch *batch, int number, uint64 wanted, int64 *low, int64 *high, uint64 *open)
{
	Paid		paid;

	lanes_money(batch, number, wanted, &paid);
	memcpy(low, paid.low, sizeof(paid.low));
	memcpy(high, paid.high, sizeof(paid.high));
	*open = paid.open & wanted;
	return paid.doubt & wanted;
}
