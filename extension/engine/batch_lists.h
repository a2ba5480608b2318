/*
 * batch_lists.h
 *		Functions over the lists of all rows of a batch; a part of batch.c.
 *
 * They are computed for all rows at once, so that the few elements of many rows fill groups; other functions over
 * lists go through the elements of the lists of one group.
 */

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

/* ---------------- lists without an element that a condition demands ---------------- */

/* Removes the elements for which a condition on an element of the same list, at depth 2, is false. */
static void
remove_refused(Batch *batch, int number, Mask *elements)
{
	const KernelNode *node = &batch->nodes[number];
	int			i;

	check_stack_depth();
	if (node->op == OP_AND)
		for (i = 0; i < node->count; i++)
			remove_refused(batch, batch->kernel_args[node->args + i], elements);
	else if (batch->plan.twins[number] >= 0 && batch->program->instrs[number].scopes != 0)
		*elements &= ~NO(lanes_test(batch, batch->plan.twins[number], *elements));
}

/*
 * A condition on an element may also demand that the same list has some other element: it calls `any`, at depth 2.
 * Removes the rows whose list has no element that can satisfy such a call.
 */
static void
remove_rows(Batch *batch, const KeptLists *kept, int number, uint64 *rows)
{
	const KernelNode *node = &batch->nodes[number];
	const Instr *instr = &batch->program->instrs[number];
	BatchFrame *up = batch->frame;
	int			group = up->group;
	uint64		possible[BATCH_GROUPS] = {0};
	int			i,
				j;

	check_stack_depth();
	if (node->op == OP_AND)
		for (i = 0; i < node->count; i++)
			remove_rows(batch, kept, batch->kernel_args[node->args + i], rows);
	if (node->op != OP_LIST || instr->flag != FUNC_ANY || instr->depth != 2 || instr->a != kept->list || instr->b < 0)
		return;
	for (i = 0; i < kept->nframes; i++)
	{
		BatchFrame *frame = kept->frames[i];
		Mask		elements = 0;

		for (j = 0; j < frame->count; j++)
			elements |= (Mask) ((rows[frame->parent_groups[j]] >> frame->parents[j]) & 1) << j;
		if (elements == 0)
			continue;
		CHECK_FOR_INTERRUPTS();
		batch->frame = frame;
		remove_refused(batch, instr->b, &elements);
		batch->frame = up;
		up->group = group;
		EACH_LANE(j, elements)
			possible[frame->parent_groups[j]] |= (Mask) 1 << frame->parents[j];
	}
	for (i = 0; i < batch->ngroups; i++)
		rows[i] &= possible[i] | ~kept->rows[i];
}

/* Visits the elements of the lists of all wanted rows.  Those that cannot count are left out. */
static void
visit_rows(Batch *batch, const KernelNode *node, const uint64 *wanted, const BatchRegister *list, bool unknown,
		   Visit visit, void *state)
{
	int			where = batch->program->kernel->lists[node->args].where;
	BatchFrame *frame;
	uint64		others[BATCH_GROUPS];
	uint64		rows[BATCH_GROUPS];
	int			g;

	memcpy(others, wanted, batch->ngroups * sizeof(uint64));
	if (may_keep(batch, node))
	{
		KeptLists  *kept = kept_lists(batch, node, unknown);

		for (g = 0; g < batch->ngroups; g++)
		{
			keep_elements(batch, kept, g, wanted[g], &list->groups[g]);
			others[g] &= ~kept->rows[g];
			rows[g] = wanted[g] & kept->rows[g];
		}
		if (where >= 0 && !unknown)
			remove_rows(batch, kept, where, rows);
		visit_kept(batch, kept, node, rows, false, visit, state);
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
	batch_refuse_rows(batch, node, wanted, rows->empty);
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

	batch_refuse_rows(batch, node, wanted, empty);
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

	if (!batch->plan.lists[number])
		return;
	check_stack_depth();
	/* it is the same number, and taken from there */
	if (batch->plan.twins[number] >= 0)
	{
		batch_prepare(batch, batch->plan.twins[number], wanted);
		return;
	}
	if (instr->type != TYPE_BOOLEAN && is_of_all_rows(batch, number))
	{
		const BatchRegister *kept = batch_register(batch, batch->frames[0], number);
		uint64		more[BATCH_GROUPS];

		if (batch_lacks(batch, kept, wanted, more))
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
