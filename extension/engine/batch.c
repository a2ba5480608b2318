/*
 * batch.c
 *		The float kernel of 64 rows: registers of 64 lanes.
 *
 * An instruction is computed in all lanes of the group in which something still depends on it.  The
 * elements of lists are lanes of further groups, each with registers of its own for what
 * depends on the element (frames); the rest it reads from the group that it came from.
 */
/*
 * Functions that are one loop over all lanes are compiled for several vector sets.  The best set of the CPU is
 * chosen when the library is loaded.  All sets compute the same results: products are not fused with sums.  Only
 * the flags of floating point exceptions may differ; they are not read.
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

#include "batch_fast.h"
#include "batch_registers.h"
#include "kernel_fold.h"
#include "kernel_number.h"
#include "kernel_range.h"

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

/* Loads a fact: of rows for all groups, a field of elements for the groups of the frame. */
static void
lanes_fact(Batch *batch, const KernelNode *node, Mask wanted, Lanes *out)
{
	if (node->args > 0)
		batch_load_field(batch, &batch->program->kernel->fields[node->args - 1], wanted, out);
	else if (node->type == TYPE_LIST)
	{
		uint64		rows[BATCH_GROUPS] = {0};

		rows[batch->frame->group] = wanted;
		batch_load_lists(batch, node->a, rows);
	}
	else
		batch_fact_register(batch, node->a);
}

static void
lanes_field(Batch *batch, const KernelNode *node, Mask wanted, Lanes *out)
{
	lanes_fact(batch, node, wanted, out);
}

static Mask of_next_parents(const BatchFrame *frame, Mask *rest, Mask *parents);

/* Returns the group and sets the lane of the row to which an element belongs. */
static inline int
group_of(const BatchFrame *frame, int i, int *row)
{
	int			group = frame->group;

	for (; frame->depth > 0; frame = frame->up)
	{
		group = frame->parent_groups[i];
		i = frame->parents[i];
	}
	*row = i;
	return group;
}

/* A fact of one year is a column of its own. */
static const Lanes *
lanes_of_year(Batch *batch, int fact, int year, int group, Mask wanted)
{
	Lanes	   *lanes = &batch_load_year(batch, fact, year)->groups[group];

	if (wanted & lanes->due)
		batch_make_due(&batch->program->kernel->facts[fact], wanted & lanes->due, lanes);
	return lanes;
}

static void
lanes_load_year(Batch *batch, const KernelNode *node, int year, Mask wanted, Lanes *out)
{
	const BatchFrame *frame = batch->frame;
	Lane		lane = {0};
	int			i;

	if (frame->depth == 0)
	{
		lanes_copy_lanes(out, lanes_of_year(batch, node->a, year, frame->group, wanted), wanted, node->type);
		return;
	}
	EACH_LANE(i, wanted)
	{
		int			row;
		int			group = group_of(frame, i, &row);
		const Lanes *of_row = lanes_of_year(batch, node->a, year, group, (Mask) 1 << row);

		batch_put(out, i, batch_take(&lane, of_row, row, node->type), node->type);
	}
}

static void
lanes_take_year(Batch *batch, const KernelNode *node, int year, int i, Lane *out)
{
	int			group = group_of(batch->frame, i, &i);
	const Lanes *of_row = lanes_of_year(batch, node->a, year, group, (Mask) 1 << i);

	batch_take(out, of_row, i, node->type);
}

static void
lanes_element(Batch *batch, const KernelNode *node pg_attribute_unused(), Mask wanted, Lanes *out)
{
	BatchFrame *frame = batch->frame;
	const Lanes *a;
	const Lanes *b;
	Mask		here;
	Mask		parents;
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
	while ((here = of_next_parents(frame, &wanted, &parents)) != 0)
	{
		batch->frame = frame->up;
		a = lanes_get(batch, frame->range->a, parents);
		b = lanes_get(batch, frame->range->b, parents);
		batch->frame = frame;
		EACH_LANE(i, here)
		{
			TAKE_LANE(x, a, frame->parents[i], TYPE_NUMBER);
			TAKE_LANE(y, b, frame->parents[i], TYPE_NUMBER);

			lane_set_unknown_item(&result, x, y);
			batch_put(out, i, &result, TYPE_NUMBER);
		}
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

/*
 * Removes from rest the elements whose lists are in the same group, makes that group the current one of the frame
 * above, and sets the lanes of these lists.  Returns the removed elements; 0 if none is left.
 */
static Mask
of_next_parents(const BatchFrame *frame, Mask *rest, Mask *parents)
{
	Mask		here = 0;
	int			group;
	int			i;

	if (*rest == 0)
		return 0;
	group = frame->parent_groups[pg_rightmost_one_pos64(*rest)];
	*parents = 0;
	EACH_LANE(i, *rest)
	{
		if (frame->parent_groups[i] != group)
			break;
		here |= (Mask) 1 << i;
		*parents |= (Mask) 1 << frame->parents[i];
	}
	*rest &= ~here;
	frame->up->group = group;
	return here;
}

/* Returns the lanes of a register in the current group. */
static inline Lanes *
register_of(Batch *batch, int number)
{
	BatchFrame *frame = batch->frame;

	return &batch_register(batch, frame, number)->groups[frame->group];
}

/* Computes an instruction that depends only on the day judged, once for all rows, if these have the same day. */
static void
compute_of_day(Batch *batch, int number)
{
	const KernelNode *node = &batch->nodes[number];
	BatchFrame *frame = batch->frame;
	BatchRegister *rows = frame->registers[number];
	int			group = frame->group;
	Lane		lane = {0};
	int			g;
	int			i;

	if (!rows->of_day || rows->day != batch->day)
	{
		for (g = 0; batch->asked[g] == 0; g++)
			;
		i = pg_rightmost_one_pos64(batch->asked[g]);
		frame->group = g;
		lanes_compute_value(batch, number, node, (Mask) 1 << i, &rows->groups[g]);
		batch_take(&lane, &rows->groups[g], i, node->type);
		for (g = 0; g < frame->ngroups; g++)
			for (i = 0; i < GROUP_ROWS; i++)
				batch_put(&rows->groups[g], i, &lane, node->type);
		frame->group = group;
		rows->of_day = true;
		rows->day = batch->day;
	}
	for (g = 0; g < frame->ngroups; g++)
		rows->groups[g].done = batch->asked[g];
}

/* Computes a constant, once for all batches. */
static void
compute_constant(Batch *batch, int number)
{
	BatchFrame *frame = batch->frame;
	BatchRegister *rows = frame->registers[number];
	int			g;

	for (g = 0; g < frame->ngroups; g++)
	{
		lanes_compute_value(batch, number, &batch->nodes[number], ALL_LANES, &rows->groups[g]);
		rows->groups[g].done = ALL_LANES;
	}
	rows->lasts = true;
}

/*
 * Removes from rest the elements that are kept in the same frame, and sets that frame and their lanes there.  Returns
 * the removed elements; 0 if none is left.
 */
static Mask
of_next_kept(const BatchFrame *frame, Mask *rest, int *kept, Mask *lanes)
{
	Mask		here = 0;
	int			i;

	if (*rest == 0)
		return 0;
	*kept = frame->kept_places[pg_rightmost_one_pos64(*rest)] / NLANES;
	*lanes = 0;
	EACH_LANE(i, *rest)
	{
		if (frame->kept_places[i] / NLANES != *kept)
			break;
		here |= (Mask) 1 << i;
		*lanes |= (Mask) 1 << (frame->kept_places[i] % NLANES);
	}
	*rest &= ~here;
	return here;
}

static BatchFrame *kept_frame(const BatchFrame *frame, int number);

/* Computes an instruction from its twin at depth 1, where the elements are kept. */
static void
compute_by_twin(Batch *batch, int number, Mask wanted, Lanes *out)
{
	BatchFrame *frame = batch->frame;
	ValueType	type = batch->nodes[number].type;
	const Lanes *from;
	Mask		here;
	Mask		lanes;
	Lane		lane = {0};
	int			kept;
	int			i;

	while ((here = of_next_kept(frame, &wanted, &kept, &lanes)) != 0)
	{
		batch->frame = kept_frame(frame, kept);
		from = lanes_get(batch, batch->twins[number], lanes);
		batch->frame = frame;
		EACH_LANE(i, here)
			batch_put(out, i, batch_take(&lane, from, frame->kept_places[i] % NLANES, type), type);
	}
}

static Truths
test_by_twin(Batch *batch, int number, Mask wanted)
{
	BatchFrame *frame = batch->frame;
	Truths		truths = {0, 0, 0};
	Truths		found;
	Mask		here;
	Mask		lanes;
	int			kept;
	int			i;

	while ((here = of_next_kept(frame, &wanted, &kept, &lanes)) != 0)
	{
		batch->frame = kept_frame(frame, kept);
		found = lanes_test(batch, batch->twins[number], lanes);
		batch->frame = frame;
		EACH_LANE(i, here)
		{
			int			place = frame->kept_places[i] % NLANES;

			truths.yes |= (Mask) ((found.yes >> place) & 1) << i;
			truths.no |= (Mask) ((found.no >> place) & 1) << i;
			truths.doubt |= (Mask) ((found.doubt >> place) & 1) << i;
		}
	}
	return truths;
}

/* Whether the elements of the current frame are kept at depth 1, where an instruction has a twin. */
static inline bool
has_twin(const Batch *batch, int number)
{
	return batch->frame->kept != NULL && batch->twins[number] >= 0;
}

/* Returns the register of the twin of a function over a list, if it is computed in the wanted rows; or NULL. */
static const Lanes *
computed_twin(Batch *batch, int number, Mask wanted)
{
	const Lanes *twin;

	if (batch->frame->depth > 0 || batch->twins[number] < 0)
		return NULL;
	twin = register_of(batch, batch->twins[number]);
	return (wanted & ~twin->done) == 0 ? twin : NULL;
}

static void
compute(Batch *batch, int number, Mask wanted, Lanes *out)
{
	const KernelNode *node = &batch->nodes[number];
	BatchFrame *frame = batch->frame;
	const Lanes *from;
	Mask		here;
	Mask		parents;
	Lane		lane = {0};
	int			i;

	if (unlikely(batch->program->kernel->deep))
		check_stack_depth();
	if (is_of_frame(batch, number))
	{
		if (has_twin(batch, number))
			compute_by_twin(batch, number, wanted, out);
		else if ((from = computed_twin(batch, number, wanted)) != NULL)
			lanes_copy_lanes(out, from, wanted, node->type);
		else if (node->op == KERNEL_FACT || node->op == KERNEL_TRUTH)
			lanes_fact(batch, node, wanted, out);
		else if (frame->depth == 0 && is_constant_op(batch->program->instrs[number].op))
			compute_constant(batch, number);
		else if (frame->depth == 0 && node->of_day && batch_same_day(batch))
			compute_of_day(batch, number);
		else
			lanes_compute_value(batch, number, node, wanted, out);
		return;
	}
	while ((here = of_next_parents(frame, &wanted, &parents)) != 0)
	{
		batch->frame = frame->up;
		from = lanes_get(batch, number, parents);
		batch->frame = frame;
		EACH_LANE(i, here)
			batch_put(out, i, batch_take(&lane, from, frame->parents[i], node->type), node->type);
	}
}

static void
make_due(const Batch *batch, int number, Mask wanted, Lanes *out)
{
	const KernelNode *node = &batch->nodes[number];

	batch_make_due(node->args > 0 ? &batch->program->kernel->fields[node->args - 1].fact
				   : &batch->program->kernel->facts[node->b], wanted, out);
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
	if (wanted & lanes->due)
		make_due(batch, number, wanted & lanes->due, lanes);
	return lanes;
}

/* Tests a condition that does not depend on the element, in the lists of the elements. */
static Truths
test_parents(Batch *batch, int number, Mask wanted)
{
	BatchFrame *frame = batch->frame;
	Truths		truths = {0, 0, 0};
	Truths		of_parents;
	Mask		here;
	Mask		parents;
	int			i;

	while ((here = of_next_parents(frame, &wanted, &parents)) != 0)
	{
		batch->frame = frame->up;
		of_parents = lanes_test(batch, number, parents);
		batch->frame = frame;
		EACH_LANE(i, here)
		{
			truths.yes |= (Mask) ((of_parents.yes >> frame->parents[i]) & 1) << i;
			truths.no |= (Mask) ((of_parents.no >> frame->parents[i]) & 1) << i;
			truths.doubt |= (Mask) ((of_parents.doubt >> frame->parents[i]) & 1) << i;
		}
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
	if (has_twin(batch, number))
		return test_by_twin(batch, number, wanted);
	if (!batch->keep[number] || node->op == KERNEL_TRUTH)
		return lanes_compute_truth(batch, number, node, wanted);
	kept = register_of(batch, number);
	more = wanted & ~kept->done;
	if (more)
	{
		const Lanes *twin = computed_twin(batch, number, more);
		Truths		truths = twin ? TRUTHS_IN(twin) : lanes_compute_truth(batch, number, node, more);

		kept->yes = (kept->yes & kept->done) | (truths.yes & more);
		kept->no = (kept->no & kept->done) | (truths.no & more);
		kept->in_doubt = (kept->in_doubt & kept->done) | (truths.doubt & more);
		kept->done |= more;
	}
	return TRUTHS_OF(kept->yes, kept->no, kept->in_doubt);
}

/* Evaluates `and` or `or`.  A lane in which the result is decided is not tested again. */
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

#include "batch_lists.h"

/* ---------------- what others ask ---------------- */

Batch *
batch_create(const Program *program, int nrows)
{
	Batch	   *batch = palloc0(sizeof(Batch));
	int			i;

	Assert(nrows > 0 && nrows <= BATCH_ROWS);
	batch->program = program;
	batch->nodes = program->kernel->nodes;
	batch->kernel_args = program->kernel->args;
	batch->context = CurrentMemoryContext;
	batch->fast = batch_fast_build(program);
	batch->twins = batch_find_twins(program);
	batch->keep = palloc_array(bool, program->ninstrs);
	for (i = 0; i < program->ninstrs; i++)
		batch->keep[i] = batch->nodes[i].shared;
	for (i = 0; i < program->ninstrs; i++)
		if (program->instrs[i].op == OP_LINE)
			batch->keep[program->instrs[i].a] = true;
	for (i = 0; i < program->ninstrs; i++)
		if (batch->twins[i] >= 0)
			batch->keep[i] = batch->keep[batch->twins[i]] = true;
	batch->fast_registers = palloc0_array(FastRegister *, program->ninstrs);
	batch->money = palloc0_array(struct RowMoney *, program->ninstrs);
	batch->loops = batch_loops();
	batch->lists = find_lists(batch);
	create_frame(batch, 0, (nrows + GROUP_ROWS - 1) / GROUP_ROWS);
	batch->scratch[0] = batch_new_array(batch, batch->frames[0]->ngroups * GROUP_ROWS, sizeof(double), true);
	batch->scratch[1] = batch_new_array(batch, batch->frames[0]->ngroups * GROUP_ROWS, sizeof(double), true);
	return batch;
}

void
batch_begin(Batch *batch, BatchSource *source, int nrows)
{
	BatchFrame *frame;
	RowLists   *lists;
	int			depth;

	batch->source = source;
	batch->ngroups = (nrows + GROUP_ROWS - 1) / GROUP_ROWS;
	Assert(batch->ngroups <= batch->frames[0]->ngroups);
	batch->frame = batch->frames[0];
	batch->frame->stamp = ++batch->clock;
	/* an error may have left frames and results marked as busy */
	for (depth = 1; depth <= MAX_LIST_DEPTH; depth++)
		for (frame = batch->frames[depth]; frame; frame = frame->spare)
			frame->busy = false;
	for (lists = batch->row_lists; lists; lists = lists->spare)
		lists->busy = false;
	memset(batch->asked, 0, sizeof(batch->asked));
	batch->asking = ++batch->clock;
}

/* Adds rows to those for which something was asked.  Facts are loaded for all of these. */
static void
ask(Batch *batch, int g, uint64 wanted)
{
	if (wanted & ~batch->asked[g])
	{
		batch->asked[g] |= wanted;
		batch->asking = ++batch->clock;
	}
}

void
batch_ask(Batch *batch, const uint64 *wanted)
{
	int			g;

	for (g = 0; g < batch->ngroups; g++)
		ask(batch, g, wanted[g]);
}

Truths
batch_test_group(Batch *batch, int number, int group, uint64 wanted)
{
	batch->frame->group = group;
	return lanes_test(batch, number, wanted);
}

const BatchRegister *
batch_get_groups(Batch *batch, int number, const uint64 *wanted)
{
	const BatchRegister *found = batch_register(batch, batch->frame, number);
	int			g;

	if (batch->nodes[number].op == KERNEL_FACT && batch->nodes[number].type == TYPE_LIST)
		batch_load_lists(batch, number, wanted);
	for (g = 0; g < batch->ngroups; g++)
	{
		if ((wanted[g] & (~found->groups[g].done | found->groups[g].due)) == 0)
			continue;
		batch->frame->group = g;
		lanes_get(batch, number, wanted[g]);
	}
	return found;
}

void
batch_truth(Batch *batch, int number, const uint64 *wanted, BatchTruths *out)
{
	batch_ask(batch, wanted);
	batch_fast_test(batch, number, wanted, out);
}

void
batch_value(Batch *batch, int number, int row, Lane *lane)
{
	uint64		wanted = UINT64CONST(1) << (row % GROUP_ROWS);

	batch->frame->group = row / GROUP_ROWS;
	ask(batch, row / GROUP_ROWS, wanted);
	memset(lane, 0, sizeof(Lane));
	batch_take(lane, lanes_get(batch, number, wanted), row % GROUP_ROWS, batch->nodes[number].type);
}

void
batch_money_of_group(Batch *batch, int number, int group, uint64 wanted, int64 *low, int64 *high, uint64 *open,
					 uint64 *doubt)
{
	Paid		paid;

	batch->frame->group = group;
	lanes_money(batch, number, wanted, &paid);
	memcpy(low, paid.low, sizeof(paid.low));
	memcpy(high, paid.high, sizeof(paid.high));
	*open = paid.open;
	*doubt = paid.doubt;
}

void
batch_dated(Batch *batch, const uint64 *wanted, DateADT first, DateADT last, uint64 *dated)
{
	const BatchRegister *days;
	int			g;
	int			i;

	batch_ask(batch, wanted);
	days = batch_get_groups(batch, batch->program->fact_instrs[0], wanted);
	for (g = 0; g < batch->ngroups; g++)
	{
		const Lanes *lanes = &days->groups[g];

		dated[g] = wanted[g] & lanes->value;
		EACH_LANE(i, dated[g])
			if (lanes->day[i] < first || lanes->day[i] > last)
			dated[g] &= ~((Mask) 1 << i);
	}
}
