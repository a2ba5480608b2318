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
	int32		first[BATCH_ROWS];	/* of ranges */
	int32		index[BATCH_ROWS];
	const KernelNode *range;	/* the list, if it is one */
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

#include "batch_lanes.h"

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

static Mask parents_of(const BatchFrame *frame, Mask elements);

/* The row in which an element is. */
static inline int
row_of(const BatchFrame *frame, int i)
{
	for (; frame->depth > 0; frame = frame->up)
		i = frame->parents[i];
	return i;
}

/* A fact of one year is a column of its own. */
static void
lanes_load_year(Batch *batch, const KernelNode *node, int year, Mask wanted, Lanes *out)
{
	const BatchFrame *frame = batch->frame;
	Lanes		rows = {0};
	Lane		lane = {0};
	Mask		rows_wanted = 0;
	int			i;

	if (frame->depth == 0)
	{
		batch->source->load_year(batch->source, node->a, year, wanted, out);
		return;
	}
	EACH_LANE(i, wanted)
		rows_wanted |= (Mask) 1 << row_of(frame, i);
	batch->source->load_year(batch->source, node->a, year, rows_wanted, &rows);
	EACH_LANE(i, wanted)
		batch_put(out, i, batch_take(&lane, &rows, row_of(frame, i), node->type), node->type);
}

static void
lanes_element(Batch *batch, const KernelNode *node pg_attribute_unused(), Mask wanted, Lanes *out)
{
	BatchFrame *frame = batch->frame;
	const Lanes *a;
	const Lanes *b;
	Lane		result = {0};
	int			i;

	if (!frame->unknown)
	{
		EACH_LANE(i, wanted)
		{
			lane_set_exact(&result, frame->first[i] + frame->index[i]);
			batch_put(out, i, &result, TYPE_NUMBER);
		}
		return;
	}
	batch->frame = frame->up;
	a = lanes_get(batch, frame->range->a, parents_of(frame, wanted));
	b = lanes_get(batch, frame->range->b, parents_of(frame, wanted));
	batch->frame = frame;
	EACH_LANE(i, wanted)
	{
		TAKE_LANE(x, a, frame->parents[i], TYPE_NUMBER);
		TAKE_LANE(y, b, frame->parents[i], TYPE_NUMBER);

		lane_set_unknown_item(&result, x, y);
		batch_put(out, i, &result, TYPE_NUMBER);
	}
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

/* And is decided by false, or by true; a lane that is decided is asked nothing more. */
static Truths
lanes_logic(Batch *batch, const KernelNode *node, Mask wanted)
{
	const int  *args = batch->kernel_args + node->args;
	Mask		open = wanted;
	Mask		unknown = 0;
	Mask		doubt = 0;
	bool		is_or = node->op == OP_OR;
	int			i;

	for (i = 0; i < node->count; i++)
	{
		Truths		truths = lanes_test(batch, args[i], open);

		open &= is_or ? ~YES(truths) : ~NO(truths);
		if (open == 0)
			return is_or ? TRUTHS_OF(wanted, 0, 0) : TRUTHS_OF(0, wanted, 0);
		unknown |= UNKNOWN(truths);
		doubt |= IN_DOUBT(truths);
	}
	doubt &= open;
	unknown &= open & ~doubt;
	return is_or ? TRUTHS_OF(wanted & ~open, open & ~unknown & ~doubt, doubt)
		: TRUTHS_OF(open & ~unknown & ~doubt, wanted & ~open, doubt);
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
	frame->range = &batch->nodes[node->a];
	EACH_LANE(i, wanted)
	{
		for (j = 0; j < (unknown ? 1 : list->length[i]); j++)
		{
			frame->parents[count] = i;
			frame->lists[count] = unknown ? NULL : list->text[i];
			frame->first[count] = unknown ? 0 : list->first[i];
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
