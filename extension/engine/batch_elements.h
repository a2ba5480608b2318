/*
 * batch_elements.h
 *		The elements of lists in batches; a part of batch.c.
 *
 * Elements are lanes of a frame of their own, 64 at a time, in the order of their lists.
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
 * Takes the frame for the elements of a list, until end_elements().  An element can ask for something of its row that
 * visits another list; that is at another depth (place_set_day()).
 */
static BatchFrame *
begin_elements(Batch *batch, const KernelNode *node, bool unknown)
{
	int			depth = batch->program->kernel->lists[node->args].depth;
	BatchFrame *frame = batch->frames[depth];

	if (frame == NULL)
		frame = batch->frames[depth] = new_frame(batch, depth, 1);
	if (frame->busy)
		elog(ERROR, "elements of lists at depth %d are being visited", depth);
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
