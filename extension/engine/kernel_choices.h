/*
 * kernel_choices.h
 *		The kernels of case, band and other choices, over registers of NLANES lanes; a part of
 *		kernel_lanes.h.
 */

/* ---------------- case and band ---------------- */

/* The state of a case or band while its conditions are tested in order. */
typedef struct Choice
{
	Mask		open;			/* no condition has taken these lanes yet */
	Mask		doubt;
	Mask		begun;			/* the result holds at least one value in
								 * these lanes */
} Choice;

/*
 * Returns the lanes that can reach a value of a case, given the condition before it.  For an unknown text, the
 * program says which values it can reach.  Any other unknown operand whose steps could be followed is left to
 * exact arithmetic.
 */
static Mask
lanes_reach(KernelRun *run, const KernelNode *node, int step, Mask followed, Choice *choice)
{
	const int  *args = run->kernel_args + node->args;
	Mask		reached = followed && run->kernel_args[node->b + step] ? followed : 0;
	Truths		truths;

	if ((choice->open & ~followed) == 0)
		return reached;
	truths = lanes_test(run, args[2 * step], choice->open & ~followed);
	choice->doubt |= choice->open & ~followed & IN_DOUBT(truths);
	reached |= choice->open & ~followed & ~NO(truths) & ~IN_DOUBT(truths);
	choice->open &= followed | ~(YES(truths) | IN_DOUBT(truths));
	return reached;
}

/* Returns the lanes in which the operand of a band is unknown and the steps that it can reach are determined. */
static Mask
lanes_followed(KernelRun *run, const KernelNode *node, Mask wanted, Choice *choice)
{
	const Register *x;
	Mask		unknown;

	choice->open = wanted;
	choice->doubt = choice->begun = 0;
	if (node->a < 0 || node->b == CASE_BY_STEPS)
		return 0;
	x = lanes_get(run, node->a, wanted);
	choice->doubt = wanted & (node->b == CASE_BY_EXACT ? RANGES(x) | DOUBTS(x) : DOUBTS(x));
	unknown = wanted & RANGES(x) & ~choice->doubt;
	choice->open &= ~choice->doubt;
	return unknown;
}

static pg_noinline Truths
lanes_truth_case(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	const int  *args = run->kernel_args + node->args;
	Choice		choice;
	Mask		followed = lanes_followed(run, node, wanted, &choice);
	Mask		yes = 0;
	Mask		no = 0;
	Mask		unknown = 0;
	int			i;

	for (i = 0; 2 * i + 1 < node->count && choice.open; i++)
	{
		Mask		reached = lanes_reach(run, node, i, followed, &choice);
		Truths		truths;

		if (reached == 0)
			continue;
		truths = lanes_test(run, args[2 * i + 1], reached);
		yes |= reached & YES(truths);
		no |= reached & NO(truths);
		unknown |= reached & UNKNOWN(truths);
		choice.doubt |= reached & IN_DOUBT(truths);
	}
	if (followed && !run->kernel_args[node->b + node->count / 2])
		choice.open &= ~followed;
	if (node->count % 2 == 0)
		no |= choice.open;
	else if (choice.open)
	{
		Truths		truths = lanes_test(run, args[node->count - 1], choice.open);

		yes |= choice.open & YES(truths);
		no |= choice.open & NO(truths);
		unknown |= choice.open & UNKNOWN(truths);
		choice.doubt |= choice.open & IN_DOUBT(truths);
	}
	unknown |= yes & no;
	return lanes_ask_truths(run, number, TRUTHS_OF(yes & ~unknown & ~choice.doubt, no & ~unknown & ~choice.doubt, choice.doubt));
}

/* Extends the result to include another value, in the lanes that can reach it. */
static void
lanes_widen(const KernelNode *node, Mask reached, const Register *value, Register *out, Choice *choice)
{
	Mask		again = reached & choice->begun;
	int			i;

	if (reached & ~again)
		lanes_copy_lanes(out, value, reached & ~again, node->type);
	EACH_LANE(i, again)
	{
		TAKE_LANE(x, value, i, node->type);
		KEPT_LANE(kept, out, i, node->type);

		lane_widen(kept, x, node->type, false);
		PUT_LANE(out, i, kept, node->type);
	}
	choice->begun |= reached;
}

/* Extends the result to include none. */
static void
lanes_widen_none(const KernelNode *node, Mask reached, Register *out, Choice *choice)
{
	Mask		again = reached & choice->begun;
	Lane		none;
	int			i;

	none.state = LANE_NONE;
	SET_STATE(out, reached & ~again, LANE_NONE);
	EACH_LANE(i, again)
	{
		KEPT_LANE(kept, out, i, node->type);

		lane_widen(kept, &none, node->type, false);
		PUT_LANE(out, i, kept, node->type);
	}
	choice->begun |= reached;
}

static pg_noinline void
lanes_case(KernelRun *run, const KernelNode *node, Mask wanted, Register *out)
{
	const int  *args = run->kernel_args + node->args;
	Choice		choice;
	Mask		followed = lanes_followed(run, node, wanted, &choice);
	int			i;

	for (i = 0; 2 * i + 1 < node->count && choice.open; i++)
	{
		Mask		reached = lanes_reach(run, node, i, followed, &choice);

		if (reached)
			lanes_widen(node, reached, lanes_get(run, args[2 * i + 1], reached), out, &choice);
	}
	if (followed && !run->kernel_args[node->b + node->count / 2])
		choice.open &= ~followed;
	if (choice.open && node->count % 2 == 1)
		lanes_widen(node, choice.open, lanes_get(run, args[node->count - 1], choice.open), out, &choice);
	else if (choice.open)
		lanes_widen_none(node, choice.open, out, &choice);
	SET_STATE(out, choice.doubt, LANE_DOUBT);
}

/* Gives the value of a step of a band to the lanes that take it. */
static inline void
lanes_take_step(KernelRun *run, const KernelNode *node, const KernelStep *step, Mask taken, Register *out, Choice *choice)
{
	Lane		constant;
	Mask		again = taken & choice->begun;
	int			i;

	if (step->result >= 0)
	{
		lanes_widen(node, taken, lanes_get(run, step->result, taken), out, choice);
		return;
	}
	EACH_LANE(i, taken & ~again)
	{
		NUMBER(out, i) = step->value;
		ERROR_OF(out, i) = 0;
	}
	SET_DECIMALS(out, taken & ~again, 0);
	SET_STATE(out, taken & ~again, LANE_VALUE);
	EACH_LANE(i, again)
	{
		KEPT_LANE(kept, out, i, node->type);

		lane_set_exact(&constant, step->value);
		lane_widen(kept, &constant, node->type, false);
		PUT_LANE(out, i, kept, node->type);
	}
	choice->begun |= taken;
}

/* A band whose operand is unknown: the result includes the values of all steps that it can reach. */
static pg_noinline void
lanes_band_ranges(KernelRun *run, const KernelNode *node, Mask ranges, const Register *x, Register *out)
{
	const KernelStep *steps = run->program->kernel->steps + node->args;
	int			nsteps = steps[node->count - 1].condition < 0 ? node->count - 1 : node->count;
	bool	   *reached = palloc_array(bool, nsteps + 1);
	Choice		choice = {0, 0, 0};
	int			i,
				j;

	EACH_LANE(i, ranges)
	{
		TAKE_LANE(lane, x, i, TYPE_NUMBER);

		if (!band_reached(steps, nsteps, lane, reached))
		{
			SET_STATE(out, (Mask) 1 << i, LANE_DOUBT);
			continue;
		}
		for (j = 0; j < node->count; j++)
			if (reached[j])
				lanes_take_step(run, node, &steps[j], (Mask) 1 << i, out, &choice);
		if (nsteps == node->count && reached[nsteps])
			lanes_widen_none(node, (Mask) 1 << i, out, &choice);
	}
	pfree(reached);
}

static pg_noinline void
lanes_band(KernelRun *run, const KernelNode *node, Mask wanted, Register *out)
{
	const KernelStep *steps = run->program->kernel->steps + node->args;
	const Register *x = lanes_get(run, node->a, wanted);
	Mask		values = wanted & VALUES(x);
	Choice		choice = {wanted & (VALUES(x) | NONES(x)), 0, 0};
	int			i;

	for (i = 0; i < node->count && choice.open; i++)
	{
		const KernelStep *step = &steps[i];
		Mask		taken = choice.open;

		/* the last step, without a condition, is taken when no other step is */
		if (step->condition >= 0)
		{
			Mask		near = 0;
			Truths		truths;

			if ((choice.open & values) == 0)
				continue;
			truths = lanes_order_constant(x, step->bound, step->compare, choice.open & values, &near);
			if (unlikely(near))
				truths = lanes_ask_truths(run, step->condition, TRUTHS_OF(YES(truths), NO(truths), near));
			choice.doubt |= choice.open & values & ~YES(truths) & ~NO(truths);
			choice.open &= ~choice.doubt;
			taken = choice.open & values & YES(truths);
		}
		if (taken)
			lanes_take_step(run, node, step, taken, out, &choice);
		choice.open &= ~taken;
	}
	if (choice.open)
		SET_STATE(out, choice.open, LANE_NONE);
	if (unlikely(choice.doubt | (wanted & DOUBTS(x))))
		SET_STATE(out, choice.doubt | (wanted & DOUBTS(x)), LANE_DOUBT);
	if (unlikely(wanted & RANGES(x)))
		lanes_band_ranges(run, node, wanted & RANGES(x), x, out);
}

/*
 * A band whose bounds are sorted.  Of n steps with ever lower bounds ("at least"), a number above k of the bounds
 * takes step n - k; likewise for rising bounds.  The bounds are counted without branches, because branches would
 * be mispredicted: neighbouring rows take different steps.
 */
static LANES_LOOP void
count_steps(const Register *x, double bound, double error, bool down, Mask wanted pg_attribute_unused(),
			int *passed, int *failed)
{
	int			i;

	FOR_BLOCKS(i, wanted)
	{
		double		difference = down ? NUMBER(x, i) - bound : bound - NUMBER(x, i);
		double		doubt = 2 * ERROR_OF(x, i) + error;

		passed[i] += difference > doubt;
		failed[i] += difference < -doubt;
	}
}

static void
lanes_ladder(KernelRun *run, const KernelNode *node, Mask wanted, Register *out)
{
	const KernelStep *steps = run->program->kernel->steps + node->args;
	const Register *x = lanes_get(run, node->a, wanted);
	Mask		values;
	Mask		sure = 0;
	int			nsteps = node->count - 1;
	int			passed[NLANES] = {0};
	int			failed[NLANES] = {0};
	int			i,
				j;

	SOME_LANES(wanted);
	values = wanted & VALUES(x);
	if (LIKELY_LANES(values))
	{
		for (j = 0; j < nsteps; j++)
			count_steps(x, steps[j].bound.number, 2 * steps[j].bound.error, node->flag, values, passed, failed);
		EACH_LANE(i, values)
			sure |= (Mask) (passed[i] + failed[i] == nsteps) << i;
		EACH_LANE(i, sure)
		{
			NUMBER(out, i) = steps[nsteps - passed[i]].value;
			ERROR_OF(out, i) = 0;
		}
		SET_DECIMALS(out, sure, 0);
		SET_STATE(out, sure, LANE_VALUE);
	}
	if (unlikely(wanted & ~sure))
		lanes_band(run, node, wanted & ~sure, out);
}

/* ---------------- other choices ---------------- */

static void
lanes_coalesce(KernelRun *run, const KernelNode *node, Mask wanted, Register *out)
{
	const Register *x = lanes_get(run, node->a, wanted);
	Mask		none = wanted & NONES(x);
	Mask		maybe = wanted & MAYBES(x);
	const Register *other;
	int			i;

	if (wanted & ~none)
		lanes_copy_lanes(out, x, wanted & ~none, node->type);
	if ((none | maybe) == 0)
		return;
	other = lanes_get(run, node->b, none | maybe);
	if (none)
		lanes_copy_lanes(out, other, none, node->type);
	EACH_LANE(i, maybe)
	{
		TAKE_LANE(y, other, i, node->type);
		KEPT_LANE(kept, out, i, node->type);

		kept->maybe = false;
		lane_widen(kept, y, node->type, false);
		PUT_LANE(out, i, kept, node->type);
	}
}

/* In the kernel a boolean is never none.  Whether an unknown one may be none, only exact arithmetic knows. */
static Truths
lanes_truth_coalesce(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	Truths		truths = lanes_test(run, node->a, wanted);

	return lanes_ask_truths(run, number, TRUTHS_OF(YES(truths), NO(truths), wanted & ~YES(truths) & ~NO(truths)));
}

static pg_noinline void
lanes_count_true(KernelRun *run, const KernelNode *node, Mask wanted, Register *out)
{
	const int  *args = run->kernel_args + node->args;
	int			sure[NLANES] = {0};
	int			possible[NLANES] = {0};
	Mask		doubt = 0;
	int			i,
				j;

	for (j = 0; j < node->count; j++)
	{
		Truths		truths = lanes_test(run, args[j], wanted);

		doubt |= wanted & IN_DOUBT(truths);
		EACH_LANE(i, wanted & YES(truths))
			sure[i]++;
		EACH_LANE(i, wanted & ~NO(truths))
			possible[i]++;
	}
	lanes_set_counts(out, wanted & ~doubt, sure, possible);
	SET_STATE(out, doubt, LANE_DOUBT);
}
