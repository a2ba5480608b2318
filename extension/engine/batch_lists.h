/*
 * batch_lists.h
 *		The elements of lists in batches; a part of batch.c.
 *
 * Elements are lanes of a frame of their own, 64 at a time, in the order of their lists.  Functions over the
 * lists of a document are computed for all rows at once, so that the few elements of many rows fill
 * groups; other lists go through the elements of the lists of one group.
 *
 * The elements of a row's lists, if there are not too many, are kept until the next batch with all that is
 * computed of them: several functions visit the same list.
 */

static BatchFrame *
new_frame(Batch *batch, int depth, int ngroups)
{
	BatchFrame *frame = MemoryContextAllocZero(batch->context, sizeof(BatchFrame));

	frame->depth = depth;
	frame->ngroups = ngroups;
	frame->registers = MemoryContextAllocZero(batch->context, batch->program->ninstrs * sizeof(BatchRegister *));
	return frame;
}

static BatchFrame *
create_frame(Batch *batch, int depth, int ngroups)
{
	BatchFrame *frame = new_frame(batch, depth, ngroups);

	frame->spare = batch->frames[depth];
	batch->frames[depth] = frame;
	return frame;
}

#define MOST_KEPT_FRAMES 16		/* of a list, in all rows of a batch */

/* The elements of a list of the rows.  Those of a row follow each other. */
typedef struct KeptLists
{
	struct KeptLists *next;
	int			list;			/* instruction */
	bool		unknown;
	uint64		stamp;			/* of the rows */
	uint64		rows[BATCH_GROUPS]; /* whose elements these are */
	uint16		first[BATCH_ROWS];	/* by row: the place of its first element */
	int			nframes;
	BatchFrame *frames[MOST_KEPT_FRAMES];
} KeptLists;

/* Returns the elements at depth 1 of a known list of the rows, or NULL. */
static const KeptLists *
find_kept(const Batch *batch, int list)
{
	const KeptLists *kept;

	for (kept = batch->kept_lists; kept != NULL; kept = kept->next)
		if (kept->list == list && !kept->unknown && kept->stamp == batch->frames[0]->stamp)
			return kept;
	return NULL;
}

/* Returns the kept frame that has a number. */
static BatchFrame *
kept_frame(const BatchFrame *frame, int number)
{
	return frame->kept->frames[number];
}

/*
 * Returns the place at depth 1 of the first element of a list.  If it is not kept, the elements of the frame have no
 * such places.
 */
static int
first_kept(BatchFrame *frame, int group, int i)
{
	const BatchFrame *of_list;

	for (of_list = frame->up; of_list->depth > 0; of_list = of_list->up)
	{
		group = of_list->parent_groups[i];
		i = of_list->parents[i];
	}
	if (((frame->kept->rows[group] >> i) & 1) == 0)
	{
		frame->kept = NULL;
		return 0;
	}
	return frame->kept->first[group * GROUP_ROWS + i];
}

/*
 * Takes a frame for the elements of a list, until end_elements().  An element can ask for something of its row
 * that visits another list of the same depth; that list then takes another frame.
 */
static BatchFrame *
begin_elements(Batch *batch, const KernelNode *node, bool unknown)
{
	int			depth = batch->program->kernel->lists[node->args].depth;
	BatchFrame *frame = batch->frames[depth];

	while (frame != NULL && frame->busy)
		frame = frame->spare;
	if (frame == NULL)
		frame = create_frame(batch, depth, 1);
	frame->busy = true;
	frame->up = batch->frame;
	frame->unknown = unknown;
	frame->range = &batch->nodes[node->a];
	frame->count = 0;
	frame->kept = depth > 1 && !unknown ? find_kept(batch, node->a) : NULL;
	return frame;
}

static void
add_element(BatchFrame *frame, int group, const Lanes *list, int i, int index)
{
	int			count = frame->count++;

	frame->parent_groups[count] = group;
	frame->parents[count] = i;
	frame->lists[count] = frame->unknown ? NULL : list->text[i];
	frame->first[count] = frame->unknown ? 0 : list->first[i];
	frame->index[count] = index;
}

static void
visit_group(Batch *batch, BatchFrame *frame, const KernelNode *node, Visit visit, void *state)
{
	int			group = frame->up->group;

	if (frame->count == 0)
		return;
	CHECK_FOR_INTERRUPTS();
	frame->stamp = ++batch->clock;
	batch->frame = frame;
	visit(batch, node, frame->count == NLANES ? ALL_LANES : ((Mask) 1 << frame->count) - 1, frame->places, state);
	batch->frame = frame->up;
	frame->up->group = group;
	frame->count = 0;
}

/*
 * Adds the elements of the wanted lists of a group, and visits them whenever there are 64.  An unknown list has
 * one element, of which nothing is known.  place is what visitors are told for the list in the first lane.
 */
static void
add_elements(Batch *batch, BatchFrame *frame, const KernelNode *node, int group, Mask wanted, const Lanes *list,
			 int place, Visit visit, void *state)
{
	int			i,
				j;

	EACH_LANE(i, wanted)
	{
		int			first = frame->kept ? first_kept(frame, group, i) : 0;

		for (j = 0; j < (frame->unknown ? 1 : list->length[i]); j++)
		{
			frame->places[frame->count] = place + i;
			frame->kept_places[frame->count] = first + j;
			add_element(frame, group, list, i, j);
			if (frame->count == NLANES)
				visit_group(batch, frame, node, visit, state);
		}
	}
}

/* Visits the elements that are left, and releases the frame. */
static void
end_elements(Batch *batch, BatchFrame *frame, const KernelNode *node, Visit visit, void *state)
{
	visit_group(batch, frame, node, visit, state);
	frame->busy = false;
}

/* ---------------- lists whose elements are kept ---------------- */

static KeptLists *
kept_lists(Batch *batch, const KernelNode *node, bool unknown)
{
	KeptLists  *kept = batch->kept_lists;

	while (kept != NULL && (kept->list != node->a || kept->unknown != unknown))
		kept = kept->next;
	if (kept == NULL)
	{
		kept = MemoryContextAllocZero(batch->context, sizeof(KeptLists));
		kept->next = batch->kept_lists;
		kept->list = node->a;
		kept->unknown = unknown;
		batch->kept_lists = kept;
	}
	if (kept->stamp != batch->frame->stamp)
	{
		kept->stamp = batch->frame->stamp;
		kept->nframes = 0;
		memset(kept->rows, 0, sizeof(kept->rows));
	}
	return kept;
}

/* Begins to keep 64 elements. */
static BatchFrame *
next_kept_frame(Batch *batch, KeptLists *kept)
{
	BatchFrame **place = &kept->frames[kept->nframes++];

	if (*place == NULL)
		*place = new_frame(batch, 1, 1);
	(*place)->up = batch->frame;
	(*place)->unknown = kept->unknown;
	(*place)->range = &batch->nodes[kept->list];
	(*place)->count = 0;
	(*place)->stamp = ++batch->clock;
	return *place;
}

/* Keeps the elements of the lists of a group, except those for which there is no room. */
static void
keep_elements(Batch *batch, KeptLists *kept, int group, Mask wanted, const Lanes *list)
{
	BatchFrame *frame = kept->nframes > 0 ? kept->frames[kept->nframes - 1] : NULL;
	int			i,
				j;

	EACH_LANE(i, wanted & ~kept->rows[group])
	{
		int			count = kept->unknown ? 1 : list->length[i];
		int			room = (MOST_KEPT_FRAMES - kept->nframes) * NLANES + (frame ? NLANES - frame->count : 0);

		if (count > room)
			continue;
		kept->first[group * GROUP_ROWS + i] = frame == NULL ? 0 : (kept->nframes - 1) * NLANES + frame->count;
		for (j = 0; j < count; j++)
		{
			if (frame == NULL || frame->count == NLANES)
				frame = next_kept_frame(batch, kept);
			add_element(frame, group, list, i, j);
		}
		kept->rows[group] |= (Mask) 1 << i;
	}
}

/* Visits the kept elements of lists of some rows.  Visitors are told the row, or its lane. */
static void
visit_kept(Batch *batch, const KeptLists *kept, const KernelNode *node, const uint64 *rows, bool lanes, Visit visit,
		   void *state)
{
	BatchFrame *up = batch->frame;
	int			group = up->group;
	uint16		places[GROUP_ROWS];
	int			i,
				j;

	for (i = 0; i < kept->nframes; i++)
	{
		BatchFrame *frame = kept->frames[i];
		Mask		elements = 0;

		for (j = 0; j < frame->count; j++)
		{
			int			g = frame->parent_groups[j];

			elements |= (Mask) ((rows[g] >> frame->parents[j]) & 1) << j;
			places[j] = frame->parents[j] + (lanes ? 0 : g * GROUP_ROWS);
		}
		if (elements == 0)
			continue;
		CHECK_FOR_INTERRUPTS();
		batch->frame = frame;
		visit(batch, node, elements, places, state);
		batch->frame = up;
		up->group = group;
	}
}

/* Whether elements of a list may be kept. */
static inline bool
may_keep(const Batch *batch, const KernelNode *node)
{
	return batch->frame->depth == 0 && batch->program->kernel->lists[node->args].depth == 1;
}

/* Visits the elements of the lists of one group, 64 at a time. */
static void
lanes_elements(Batch *batch, const KernelNode *node, Mask wanted, const Lanes *list, bool unknown, Visit visit, void *state)
{
	BatchFrame *frame;

	if (may_keep(batch, node))
	{
		KeptLists  *kept = kept_lists(batch, node, unknown);
		uint64		rows[BATCH_GROUPS] = {0};
		int			group = batch->frame->group;

		keep_elements(batch, kept, group, wanted, list);
		rows[group] = wanted & kept->rows[group];
		visit_kept(batch, kept, node, rows, true, visit, state);
		wanted &= ~rows[group];
		if (wanted == 0)
			return;
	}
	frame = begin_elements(batch, node, unknown);
	add_elements(batch, frame, node, batch->frame->group, wanted, list, 0, visit, state);
	end_elements(batch, frame, node, visit, state);
}

/* ---------------- the lists of all rows ---------------- */

/* The results of a function over the lists of all rows. */
typedef struct RowLists
{
	bool		busy;
	struct RowLists *spare;
	ListState	state;
	uint64		empty[BATCH_GROUPS];	/* or no element of theirs counts */
	uint64		known[BATCH_GROUPS];
	uint64		unknown[BATCH_GROUPS];
	uint64		doubt[BATCH_GROUPS];
} RowLists;

/* Takes an unused RowLists, and marks it as busy. */
static RowLists *
take_row_lists(Batch *batch)
{
	int			nrows = batch->frames[0]->ngroups * GROUP_ROWS;
	RowLists   *rows = batch->row_lists;

	while (rows != NULL && rows->busy)
		rows = rows->spare;
	if (rows == NULL)
	{
		rows = MemoryContextAllocZero(batch->context, sizeof(RowLists));
		rows->state.folds = MemoryContextAlloc(batch->context, nrows * sizeof(ListSoFar));
		rows->state.here = MemoryContextAlloc(batch->context, nrows * sizeof(uint8));
		rows->state.values = MemoryContextAlloc(batch->context, nrows * sizeof(Lane));
		rows->spare = batch->row_lists;
		batch->row_lists = rows;
	}
	rows->busy = true;
	return rows;
}

static void find_possible(Batch *batch, int number, const uint64 *wanted, uint64 *possible);

/* Removes the rows in which an operand of a comparison is none that does not depend on the element. */
static void
remove_none(Batch *batch, const Instr *instr, uint64 *possible)
{
	foreach_operand(operand, batch->program, instr)
	{
		const BatchRegister *x;
		int			g;

		if (batch->program->instrs[operand].scopes != 0 || is_constant_op(batch->program->instrs[operand].op))
			continue;
		x = batch->nodes[operand].type == TYPE_DATE ? batch_days_of(batch, operand, possible)
			: batch_get_groups(batch, operand, possible);
		for (g = 0; g < batch->ngroups; g++)
			possible[g] &= ~(x->groups[g].none & x->groups[g].done);
	}
}

/* Finds the rows in which one of several conditions can hold. */
static void
find_either(Batch *batch, const KernelNode *node, const uint64 *wanted, uint64 *possible)
{
	uint64		rest[BATCH_GROUPS];
	uint64		here[BATCH_GROUPS];
	int			i;
	int			g;

	memcpy(rest, wanted, batch->ngroups * sizeof(uint64));
	memset(possible, 0, batch->ngroups * sizeof(uint64));
	for (i = 0; i < node->count; i++)
	{
		uint64		any = 0;

		find_possible(batch, batch->kernel_args[node->args + i], rest, here);
		for (g = 0; g < batch->ngroups; g++)
		{
			possible[g] |= here[g];
			any |= rest[g] &= ~here[g];
		}
		if (any == 0)
			break;
	}
}

/*
 * Finds the rows in which a condition on an element can hold, as far as the rows alone say: where it does not depend
 * on the element, it must not be false, and where it compares an element with something of the row, that must not be
 * none.
 */
static void
find_possible(Batch *batch, int number, const uint64 *wanted, uint64 *possible)
{
	const KernelNode *node = &batch->nodes[number];
	const Instr *instr = &batch->program->instrs[number];
	BatchTruths truths;
	uint64		any = 0;
	int			g;
	int			i;

	check_stack_depth();
	memmove(possible, wanted, batch->ngroups * sizeof(uint64));
	for (g = 0; g < batch->ngroups; g++)
		any |= wanted[g];
	if (any == 0)
		return;
	if (instr->scopes == 0)
	{
		/* each element tests it again */
		batch->keep[number] = true;
		batch_fast_test(batch, number, wanted, &truths);
		for (g = 0; g < batch->ngroups; g++)
			possible[g] = wanted[g] & ~truths.no[g];
	}
	else if (node->op == OP_AND)
	{
		for (i = 0; i < node->count; i++)
			find_possible(batch, batch->kernel_args[node->args + i], possible, possible);
	}
	else if (node->op == OP_OR)
		find_either(batch, node, wanted, possible);
	else if (instr->op == OP_COMPARE && batch->program->instrs[instr->a].type != TYPE_BOOLEAN)
		remove_none(batch, instr, possible);
}

/* Finds the lists of which no element counts.  Does for all rows what lanes_refused() does, and more. */
static void
refuse_rows(Batch *batch, const KernelNode *node, const uint64 *wanted, uint64 *empty)
{
	const KernelList *call = &batch->program->kernel->lists[node->args];
	uint64		possible[BATCH_GROUPS];
	int			g;

	for (g = 0; g < batch->ngroups; g++)
		possible[g] = wanted[g] & ~empty[g];
	if (call->where >= 0)
		find_possible(batch, call->where, possible, possible);
	if (call->body >= 0 && batch->program->instrs[call->body].op == OP_LINE)
		find_possible(batch, batch->program->instrs[call->body].a, possible, possible);
	else if (call->body >= 0 && node->flag == FUNC_ANY)
		find_possible(batch, call->body, possible, possible);
	for (g = 0; g < batch->ngroups; g++)
		empty[g] |= wanted[g] & ~possible[g];
}

/* Visits the elements of the lists of all wanted rows. */
static void
visit_rows(Batch *batch, const KernelNode *node, const uint64 *wanted, const BatchRegister *list, bool unknown,
		   Visit visit, void *state)
{
	BatchFrame *frame;
	uint64		others[BATCH_GROUPS];
	int			g;

	memcpy(others, wanted, batch->ngroups * sizeof(uint64));
	if (may_keep(batch, node))
	{
		KeptLists  *kept = kept_lists(batch, node, unknown);

		for (g = 0; g < batch->ngroups; g++)
		{
			keep_elements(batch, kept, g, wanted[g], &list->groups[g]);
			others[g] &= ~kept->rows[g];
		}
		visit_kept(batch, kept, node, wanted, false, visit, state);
	}
	frame = begin_elements(batch, node, unknown);
	for (g = 0; g < batch->ngroups; g++)
		if (others[g])
			add_elements(batch, frame, node, g, others[g], &list->groups[g], g * GROUP_ROWS, visit, state);
	end_elements(batch, frame, node, visit, state);
}

/* Visits the lists of all wanted rows, except those in doubt.  The result is marked as busy. */
static RowLists *
fold_rows(Batch *batch, int number, const uint64 *wanted)
{
	const KernelNode *node = &batch->nodes[number];
	RowLists   *rows = take_row_lists(batch);
	const BatchRegister *list;
	uint64		open[BATCH_GROUPS];
	uint64		any = 0;
	int			g;
	int			i;

	memset(rows->empty, 0, sizeof(rows->empty));
	refuse_rows(batch, node, wanted, rows->empty);
	for (g = 0; g < batch->ngroups; g++)
		open[g] = wanted[g] & ~rows->empty[g];
	list = batch_get_groups(batch, node->a, open);
	for (g = 0; g < batch->ngroups; g++)
	{
		const Lanes *lists = &list->groups[g];
		uint64		there = open[g] & ~lists->none;

		rows->empty[g] |= open[g] & lists->none;
		any |= there;

		rows->known[g] = there & lists->value;
		rows->unknown[g] = there & lists->range;
		rows->doubt[g] = (there & DOUBTS(lists)) | lanes_too_long(batch, node, rows->known[g], lists);
		rows->known[g] &= ~rows->doubt[g];
		EACH_LANE(i, rows->known[g] | rows->unknown[g])
			fold_start(&rows->state.folds[g * GROUP_ROWS + i], node);
	}
	if (any)
	{
		rows->state.unknown = false;
		visit_rows(batch, node, rows->known, list, false, lanes_visit_list, &rows->state);
		rows->state.unknown = true;
		visit_rows(batch, node, rows->unknown, list, true, lanes_visit_list, &rows->state);
	}
	return rows;
}

/* Whether a function is computed for the lists of all rows at once.  `one` is not. */
static inline bool
is_of_all_rows(const Batch *batch, int number)
{
	const KernelNode *node = &batch->nodes[number];

	return node->op == OP_LIST && batch->program->instrs[number].scopes == 0 && node->flag != FUNC_ONE;
}

bool
batch_test_lists(Batch *batch, int number, const uint64 *wanted, BatchTruths *out)
{
	const KernelNode *node = &batch->nodes[number];
	RowLists   *rows;
	int			g;
	int			i;

	if (!is_of_all_rows(batch, number))
		return false;
	rows = fold_rows(batch, number, wanted);
	for (g = 0; g < batch->ngroups; g++)
	{
		out->yes[g] = node->flag == FUNC_ALL ? rows->empty[g] : 0;
		out->no[g] = node->flag == FUNC_ALL ? 0 : rows->empty[g];
		out->doubt[g] = rows->doubt[g];
		EACH_LANE(i, rows->known[g] | rows->unknown[g])
		{
			int			truth = fold_result_truth(&rows->state.folds[g * GROUP_ROWS + i], (rows->unknown[g] >> i) & 1);

			out->yes[g] |= (Mask) (truth == TRUTH_TRUE) << i;
			out->no[g] |= (Mask) (truth == TRUTH_FALSE) << i;
			out->doubt[g] |= (Mask) (truth == TRUTH_DOUBT) << i;
		}
	}
	rows->busy = false;
	return true;
}

static void
compute_lists(Batch *batch, int number, const uint64 *wanted)
{
	const KernelNode *node = &batch->nodes[number];
	bool		zero = node->flag == FUNC_COUNT || node->flag == FUNC_SUM;
	RowLists   *rows = fold_rows(batch, number, wanted);
	BatchRegister *out = batch_register(batch, batch->frames[0], number);
	Lane		result = {0};
	int			g;
	int			i;

	for (g = 0; g < batch->ngroups; g++)
	{
		Lanes	   *lanes = &out->groups[g];

		EACH_LANE(i, rows->known[g] | rows->unknown[g])
		{
			int			row = g * GROUP_ROWS + i;

			if ((rows->known[g] >> i) & 1)
				fold_result(&rows->state.folds[row], &result);
			else
				fold_result_unknown(&rows->state.folds[row], rows->state.here[row], &rows->state.values[row], &result);
			batch_put(lanes, i, &result, node->type);
		}
		lanes_set_state(lanes, rows->doubt[g], LANE_DOUBT);
		lanes_set_state(lanes, rows->empty[g], zero ? LANE_VALUE : LANE_NONE);
		lanes->done |= wanted[g];
		if (!zero)
			continue;
		lanes->decimal &= ~rows->empty[g];
		EACH_LANE(i, rows->empty[g])
			lanes->number[i] = lanes->error[i] = 0;
	}
	rows->busy = false;
}

/* ---------------- what the lists of all rows pay once a day ---------------- */

typedef struct RowMoney
{
	uint64		stamp;			/* the rows it was computed for */
	uint64		done[BATCH_GROUPS];
	uint64		doubt[BATCH_GROUPS];
	int64	   *paid;
} RowMoney;

static RowMoney *
row_money(Batch *batch, int number)
{
	int			nrows = batch->frames[0]->ngroups * GROUP_ROWS;
	RowMoney   *rows = batch->money[number];

	if (rows == NULL)
	{
		rows = batch->money[number] = MemoryContextAllocZero(batch->context, sizeof(RowMoney));
		rows->paid = MemoryContextAlloc(batch->context, nrows * sizeof(int64));
	}
	if (rows->stamp != batch->frames[0]->stamp)
		memset(rows->done, 0, sizeof(rows->done));
	rows->stamp = batch->frames[0]->stamp;
	if (batch->once == NULL)
		batch->once = MemoryContextAlloc(batch->context, nrows * sizeof(OnceSoFar));
	return rows;
}

/* Of known lists, and of those of which no element counts. */
void
batch_prepare_once(Batch *batch, int number, const uint64 *wanted)
{
	const KernelNode *node = &batch->nodes[number];
	RowMoney   *rows = row_money(batch, number);
	const BatchRegister *list;
	uint64		empty[BATCH_GROUPS] = {0};
	uint64		rest[BATCH_GROUPS];
	uint64		known[BATCH_GROUPS];
	int			g;
	int			i;

	refuse_rows(batch, node, wanted, empty);
	for (g = 0; g < batch->ngroups; g++)
		rest[g] = wanted[g] & ~empty[g];
	list = batch_get_groups(batch, node->a, rest);
	for (g = 0; g < batch->ngroups; g++)
	{
		known[g] = rest[g] & list->groups[g].value;
		EACH_LANE(i, known[g])
		{
			OnceSoFar  *once = &batch->once[g * GROUP_ROWS + i];

			once->doubt = false;
			once->ndays = 0;
			once->sum = 0;
		}
	}
	visit_rows(batch, node, known, list, false, lanes_visit_once, batch->once);
	for (g = 0; g < batch->ngroups; g++)
	{
		rows->done[g] = empty[g] | known[g] | (rest[g] & list->groups[g].none);
		rows->doubt[g] = 0;
		EACH_LANE(i, rows->done[g] & ~known[g])
			rows->paid[g * GROUP_ROWS + i] = 0;
		EACH_LANE(i, known[g])
		{
			rows->paid[g * GROUP_ROWS + i] = batch->once[g * GROUP_ROWS + i].sum;
			rows->doubt[g] |= (uint64) batch->once[g * GROUP_ROWS + i].doubt << i;
		}
	}
}

static Mask
lanes_kept_once(Batch *batch, int number, Mask wanted, Paid *paid)
{
	const RowMoney *rows = batch->money[number];
	int			g = batch->frame->group;
	Mask		kept;
	int			i;

	if (rows == NULL || batch->frame->depth > 0 || rows->stamp != batch->frame->stamp)
		return 0;
	kept = wanted & rows->done[g];
	EACH_LANE(i, kept)
		paid->low[i] = paid->high[i] = rows->paid[g * GROUP_ROWS + i];
	paid->doubt |= kept & rows->doubt[g];
	return kept;
}

/*
 * Computes the functions over lists that an instruction needs in all wanted rows.  What only some branch of a
 * choice needs is computed later.
 */
void
batch_prepare(Batch *batch, int number, const uint64 *wanted)
{
	const Program *program = batch->program;
	const Instr *instr = &program->instrs[number];

	if (!batch->lists[number])
		return;
	check_stack_depth();
	if (instr->type != TYPE_BOOLEAN && is_of_all_rows(batch, number))
	{
		const BatchRegister *kept = batch_register(batch, batch->frames[0], number);
		uint64		more[BATCH_GROUPS];
		uint64		any = 0;
		int			g;

		for (g = 0; g < batch->ngroups; g++)
			any |= more[g] = wanted[g] & ~kept->groups[g].done;
		if (any)
			compute_lists(batch, number, more);
		return;
	}
	foreach_operand(operand, program, instr)
		batch_prepare(batch, operand, wanted);
}

/* Finds, by instruction, whether it is a function over a list, or always needs one. */
static bool *
find_lists(const Batch *batch)
{
	const Program *program = batch->program;
	bool	   *lists = palloc0_array(bool, program->ninstrs);
	int			i;

	for (i = 0; i < program->ninstrs; i++)
	{
		switch (batch->nodes[i].op)
		{
			case OP_LIST:
				lists[i] = program->instrs[i].type != TYPE_BOOLEAN && is_of_all_rows(batch, i);
				break;
			case OP_ADD:
			case OP_SUBTRACT:
			case OP_MULTIPLY:
			case OP_DIVIDE:
			case OP_LEAST:
			case OP_GREATEST:
			case OP_LATEST:
			case OP_IS_NONE:
			case KERNEL_BOUND:
			case KERNEL_BAND:
			case KERNEL_LADDER:
				foreach_operand(operand, program, &program->instrs[i])
					lists[i] |= lists[operand];
				break;
			default:
				break;
		}
	}
	return lists;
}
