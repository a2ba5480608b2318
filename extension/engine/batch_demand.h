/*
 * batch_demand.h
 *		Computes a register in the lanes in which it is wanted; a part of batch.c.
 */

/* Whether what an instruction gives differs between the elements of a group. */
static inline bool
is_of_frame(const Batch *batch, int number)
{
	return batch->frame->depth == 0 || (batch->program->instrs[number].scopes >> batch->frame->depth) & 1;
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

static BatchFrame *kept_frame(const BatchFrame *frame, int number);

/*
 * What is the same for several elements is computed elsewhere: in the frame of their lists or, if the instruction has a
 * twin, in one of the frames in which the elements are kept at depth 1.
 *
 * group_elsewhere: the number of the frame in which an element is kept, or the group of its list.
 *
 * go_elsewhere: makes the next frame and group the current ones.  Removes from rest the elements that take from there,
 * and sets the lanes from which they take.  Returns these elements; 0 if none is left, and then the frame of the
 * elements is the current one again.
 *
 * These are inlined, with by_twin as a constant.
 */
static inline int
group_elsewhere(const BatchFrame *frame, bool by_twin, int i)
{
	return by_twin ? frame->kept_places[i] / NLANES : frame->parent_groups[i];
}

static pg_attribute_always_inline Mask
go_elsewhere(Batch *batch, BatchFrame *frame, bool by_twin, Mask *rest, Mask *lanes)
{
	const uint16 *places = by_twin ? frame->kept_places : frame->parents;
	Mask		here = 0;
	int			group;
	int			i;

	batch->frame = frame;
	if (*rest == 0)
		return 0;
	group = group_elsewhere(frame, by_twin, pg_rightmost_one_pos64(*rest));
	*lanes = 0;
	EACH_LANE(i, *rest)
	{
		if (group_elsewhere(frame, by_twin, i) != group)
			break;
		here |= (Mask) 1 << i;
		*lanes |= (Mask) 1 << (places[i] % NLANES);
	}
	*rest &= ~here;
	if (by_twin)
		batch->frame = kept_frame(frame, group);
	else
	{
		batch->frame = frame->up;
		batch->frame->group = group;
	}
	return here;
}

static pg_attribute_always_inline void
compute_elsewhere(Batch *batch, int number, bool by_twin, Mask wanted, Lanes *out)
{
	BatchFrame *frame = batch->frame;
	const uint16 *places = by_twin ? frame->kept_places : frame->parents;
	Mask		here;
	Mask		lanes;

	while ((here = go_elsewhere(batch, frame, by_twin, &wanted, &lanes)) != 0)
		lanes_gather(out, here, lanes_get(batch, by_twin ? batch->plan.twins[number] : number, lanes), lanes, places,
					 batch->nodes[number].type);
}

static pg_attribute_always_inline Truths
test_elsewhere(Batch *batch, int number, bool by_twin, Mask wanted)
{
	BatchFrame *frame = batch->frame;
	const uint16 *places = by_twin ? frame->kept_places : frame->parents;
	Truths		truths = {0, 0, 0};
	Mask		here;
	Mask		lanes;
	int			i;

	while ((here = go_elsewhere(batch, frame, by_twin, &wanted, &lanes)) != 0)
	{
		Truths		found = lanes_test(batch, by_twin ? batch->plan.twins[number] : number, lanes);

		EACH_LANE(i, here)
		{
			int			place = places[i] % NLANES;

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
	return batch->frame->kept != NULL && batch->plan.twins[number] >= 0;
}

/* Returns the register of the twin of a function over a list, if it is computed in the wanted rows; or NULL. */
static const Lanes *
computed_twin(Batch *batch, int number, Mask wanted)
{
	const Lanes *twin;

	if (batch->frame->depth > 0 || batch->plan.twins[number] < 0)
		return NULL;
	twin = register_of(batch, batch->plan.twins[number]);
	return (wanted & ~twin->done) == 0 ? twin : NULL;
}

/*
 * Computes an instruction of rows.  Where vectors have computed it, it is taken from them, after the others: loops
 * over lanes also write next to those that are wanted.
 */
static void
compute_rows(Batch *batch, int number, Mask wanted, Lanes *out)
{
	Mask		taken = batch_find_fast(batch, number, wanted);

	if (wanted & ~taken)
		lanes_compute_value(batch, number, &batch->nodes[number], wanted & ~taken, out);
	if (taken)
		batch_take_fast(batch, number, taken, out);
}

static void
compute(Batch *batch, int number, Mask wanted, Lanes *out)
{
	const KernelNode *node = &batch->nodes[number];
	BatchFrame *frame = batch->frame;
	const Lanes *from;

	if (unlikely(batch->program->kernel->deep))
		check_stack_depth();
	if (!is_of_frame(batch, number))
		compute_elsewhere(batch, number, false, wanted, out);
	else if (has_twin(batch, number))
		compute_elsewhere(batch, number, true, wanted, out);
	else if ((from = computed_twin(batch, number, wanted)) != NULL)
		lanes_copy_lanes(out, from, wanted, node->type);
	else if (batch->gathered_from && batch->plan.lists[number] && batch_take_gathered(batch, number, wanted, out))
		 /* the lists of all rows have been visited */ ;
	else if (node->op == KERNEL_FACT || node->op == KERNEL_TRUTH)
		lanes_fact(batch, node, wanted, out);
	else if (frame->depth == 0 && is_constant_op(batch->program->instrs[number].op))
		compute_constant(batch, number);
	else if (frame->depth == 0 && node->of_day && batch_same_day(batch))
		compute_of_day(batch, number);
	else if (frame->depth == 0)
	{
		/* what is kept of a day is overwritten */
		frame->registers[number]->of_day = false;
		compute_rows(batch, number, wanted, out);
	}
	else
		lanes_compute_value(batch, number, node, wanted, out);
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
		return test_elsewhere(batch, number, false, wanted);
	if (has_twin(batch, number))
		return test_elsewhere(batch, number, true, wanted);
	if (!batch->plan.keep[number] || node->op == KERNEL_TRUTH)
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
