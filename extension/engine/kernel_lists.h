/*
 * kernel_lists.h
 *		The kernels of lists, over registers of NLANES lanes; a part of kernel_lanes.h.
 *
 * The elements of the lists of a register are in lanes too: lanes_elements goes through them
 * and calls a visitor for so many of them at a time.
 */

/*
 * Called for up to NLANES elements.  elements: the lanes that hold an element.  parents: for each of these lanes,
 * the lane of its list, or the place of its list in state.  Returns false if no further element of these lists
 * matters.
 */
typedef bool (*Visit) (KernelRun *run, const KernelNode *node, Mask elements, const uint16 *parents, void *state);

static void lanes_elements(KernelRun *run, const KernelNode *node, Mask wanted, const Register *list,
						   bool unknown, Visit visit, void *state);

/*
 * Returns the lanes in which no element of the list counts, because a condition that does not depend on the
 * element is false, or compares with a value that is none.
 */
static Mask
lanes_refused(KernelRun *run, const KernelList *call, Mask wanted)
{
	const int  *fixed = run->kernel_args + call->fixed;
	Mask		refused = 0;
	int			i;

	for (i = 0; i < call->nfixed && refused != wanted; i++)
	{
		Truths		truths = TEST_LANES(run, fixed[i], wanted & ~refused);

		refused |= wanted & ~refused & NO(truths);
	}
	for (; i < call->nfixed + call->nnone && refused != wanted; i++)
	{
		const Register *x = lanes_get(run, fixed[i], wanted & ~refused);

		refused |= wanted & ~refused & NONES(x);
	}
	return refused;
}

/* ---------------- functions over lists ---------------- */

typedef struct ListState
{
	ListSoFar  *folds;			/* by lane of the list */
	bool		unknown;		/* the lists are unknown: each has one
								 * element, of which nothing is known */
	uint8	   *here;			/* for unknown lists: whether that element
								 * would count, and its value */
	Lane	   *values;
} ListState;

#define LIST_STATE(state) \
	ListSoFar	state##_folds[NLANES]; \
	uint8		state##_here[NLANES]; \
	Lane		state##_values[NLANES]; \
	ListState	state = {state##_folds, false, state##_here, state##_values}

static bool
lanes_visit_list(KernelRun *run, const KernelNode *node, Mask elements, const uint16 *parents, void *state)
{
	const KernelList *call = &run->program->kernel->lists[node->args];
	ListState  *so_far = state;
	ListSoFar  *folds = so_far->folds;
	Truths		here = TRUTHS_OF(elements, 0, 0);
	int			i;

	if (call->where >= 0)
		here = lanes_test(run, call->where, elements);
	if (so_far->unknown)
		EACH_LANE(i, elements)
			so_far->here[parents[i]] = TRUTH_AT(here, i);
	elements &= ~NO(here);
	if (elements == 0)
		return true;
	if (node->flag == FUNC_ANY || node->flag == FUNC_ALL)
	{
		Truths		body = TRUTHS_OF(elements, 0, 0);
		bool		open = false;

		if (call->body >= 0)
			body = lanes_test(run, call->body, elements);
		EACH_LANE(i, elements)
		{
			fold_truth(&folds[parents[i]], TRUTH_AT(here, i), TRUTH_AT(body, i));
			open |= !fold_is_decided(&folds[parents[i]]);
		}
		return open;
	}
	else if (node->flag == FUNC_COUNT)
	{
		EACH_LANE(i, elements)
			fold_count(&folds[parents[i]], TRUTH_AT(here, i));
	}
	else
	{
		const Register *body = lanes_get(run, call->body, elements);

		EACH_LANE(i, elements)
		{
			TAKE_LANE(x, body, i, run->nodes[call->body].type);

			fold_value(&folds[parents[i]], TRUTH_AT(here, i), x);
			if (so_far->unknown)
				so_far->values[parents[i]] = *x;
		}
	}
	return true;
}

/* Visits the elements of the known lists, and then one unknown element for each unknown list. */
static void
lanes_fold(KernelRun *run, const KernelNode *node, Mask known, Mask unknown, const Register *list, ListState *state)
{
	int			i;

	EACH_LANE(i, known | unknown)
		fold_start(&state->folds[i], node);
	state->unknown = false;
	if (known)
		lanes_elements(run, node, known, list, false, lanes_visit_list, state);
	state->unknown = true;
	if (unknown)
		lanes_elements(run, node, unknown, list, true, lanes_visit_list, state);
}

/*
 * Returns the lanes whose lists are too long: the error bound of a sum of so many doubles could leave open what
 * exact arithmetic decides.
 */
static Mask
lanes_too_long(KernelRun *run, const KernelNode *node, Mask known, const Register *list)
{
	const KernelList *call = &run->program->kernel->lists[node->args];
	Mask		result = 0;
	int			i;

	if (node->flag == FUNC_SUM || node->flag == FUNC_AVG)
		EACH_LANE(i, known)
			result |= (Mask) ((int64) call->weight * LENGTH(list, i) > MAX_SUM_WEIGHT) << i;
	return result;
}

/* Evaluates an element of which nothing is known. */
static bool
lanes_visit_unknown(KernelRun *run, const KernelNode *node, Mask elements, const uint16 *parents, void *state)
{
	const KernelList *call = &run->program->kernel->lists[node->args];
	const Register *body = lanes_get(run, call->body, elements);
	ListState  *so_far = state;
	int			i;

	EACH_LANE(i, elements)
	{
		TAKE_LANE(x, body, i, run->nodes[call->body].type);

		fold_value(&so_far->folds[parents[i]], TRUTH_UNKNOWN, x);
	}
	return true;
}

/*
 * `one`: the value that all elements that count have.  If no element surely counts, the value of one that may
 * count.
 */
static pg_noinline void
lanes_only(KernelRun *run, const KernelNode *node, Mask wanted, Register *out)
{
	const Register *list = lanes_get(run, node->a, wanted);
	Mask		doubt = wanted & DOUBTS(list);
	Mask		known = wanted & VALUES(list);
	Mask		missing = 0;

	LIST_STATE(state);
	int			i;

	EACH_LANE(i, wanted & ~doubt)
		fold_start(&state.folds[i], node);
	state.unknown = false;
	if (known)
		lanes_elements(run, node, known, list, false, lanes_visit_list, &state);
	EACH_LANE(i, wanted & ~doubt)
		missing |= (Mask) !state.folds[i].sure << i;
	if (missing)
		lanes_elements(run, node, missing, list, true, lanes_visit_unknown, &state);
	EACH_LANE(i, wanted & ~doubt)
	{
		RESULT_LANE(result, out, i);

		fold_result(&state.folds[i], result);
		PUT_LANE(out, i, result, node->type);
		doubt |= (Mask) (result->state == LANE_DOUBT) << i;
	}
	if (doubt)
		lanes_ask(run, node - run->nodes, doubt, out);
}

static pg_noinline void
lanes_list(KernelRun *run, const KernelNode *node, Mask wanted, Register *out)
{
	const KernelList *call = &run->program->kernel->lists[node->args];
	const Register *list = lanes_get(run, node->a, wanted);
	Mask		empty = wanted & NONES(list);
	Mask		known;
	Mask		unknown;
	Mask		doubt;

	LIST_STATE(state);
	int			i;

	if (node->flag == FUNC_ONE)
	{
		lanes_only(run, node, wanted, out);
		return;
	}
	if (empty != wanted)
		empty |= lanes_refused(run, call, wanted & ~empty);
	known = wanted & ~empty & VALUES(list);
	unknown = wanted & ~empty & RANGES(list);
	doubt = (wanted & ~empty & DOUBTS(list)) | lanes_too_long(run, node, known, list);
	known &= ~doubt;
	if (known | unknown)
		lanes_fold(run, node, known, unknown, list, &state);
	EACH_LANE(i, known | unknown)
	{
		RESULT_LANE(result, out, i);

		if ((known >> i) & 1)
			fold_result(&state.folds[i], result);
		else
			fold_result_unknown(&state.folds[i], state.here[i], &state.values[i], result);
		PUT_LANE(out, i, result, node->type);
		doubt |= (Mask) (result->state == LANE_DOUBT) << i;
	}
	if (empty && (node->flag == FUNC_COUNT || node->flag == FUNC_SUM))
	{
		EACH_LANE(i, empty)
		{
			NUMBER(out, i) = 0;
			ERROR_OF(out, i) = 0;
		}
		SET_DECIMALS(out, empty, 0);
		SET_STATE(out, empty, LANE_VALUE);
	}
	else if (empty)
		SET_STATE(out, empty, LANE_NONE);
	if (doubt)
		lanes_ask(run, node - run->nodes, doubt, out);
}

static pg_noinline Truths
lanes_truth_list(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	const KernelList *call = &run->program->kernel->lists[node->args];
	const Register *list = lanes_get(run, node->a, wanted);
	Mask		empty = wanted & NONES(list);
	Mask		yes;
	Mask		no;
	Mask		doubt;
	Mask		known;
	Mask		unknown;

	LIST_STATE(state);
	int			i;

	if (node->flag == FUNC_ONE)
		return lanes_ask_truths(run, number, TRUTHS_OF(0, 0, wanted));
	if (empty != wanted)
		empty |= lanes_refused(run, call, wanted & ~empty);
	yes = node->flag == FUNC_ALL ? empty : 0;
	no = node->flag == FUNC_ALL ? 0 : empty;
	if (empty == wanted)
		return TRUTHS_OF(yes, no, 0);
	known = wanted & ~empty & VALUES(list);
	unknown = wanted & ~empty & RANGES(list);
	doubt = wanted & ~empty & DOUBTS(list);
	if (known | unknown)
		lanes_fold(run, node, known, unknown, list, &state);
	EACH_LANE(i, known | unknown)
	{
		int			truth = fold_result_truth(&state.folds[i], (unknown >> i) & 1);

		yes |= (Mask) (truth == TRUTH_TRUE) << i;
		no |= (Mask) (truth == TRUTH_FALSE) << i;
		doubt |= (Mask) (truth == TRUTH_DOUBT) << i;
	}
	return lanes_ask_truths(run, number, TRUTHS_OF(yes, no, doubt));
}
