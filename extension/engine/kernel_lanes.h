/*
 * kernel_lanes.h
 *		The kernels, over registers of NLANES lanes.
 *
 * The file that includes this one (kernel_lane.c, batch.c) defines first what a register is:
 *
 *		NLANES			how many lanes it has
 *		KernelRun		what is run: Run, or Batch
 *		Register		the register
 *		Mask			a set of lanes, as bits; ALL_LANES
 *		Truths			a condition of each lane: YES(t), NO(t), UNKNOWN(t) and IN_DOUBT(t) are masks,
 *						TRUTHS_OF(yes, no, doubt) makes one
 *		VALUES(x), NONES(x), RANGES(x), DOUBTS(x), MAYBES(x)
 *						the lanes of a register in that state; MAYBES: ranges that may be none
 *		DONE(x)			the lanes that were computed before
 *		NUMBER(x, i), ERROR_OF(x, i), …
 *						what a lane of a register holds
 *		TAKE_LANE, RESULT_LANE, KEPT_LANE, PUT_LANE
 *						a lane of a register as a Lane: to read, to set, to change; and back
 *
 *		LANES_LOOP		of a function that is one loop over all lanes
 *
 * and how it is computed: lanes_ask() and lanes_ask_truths() for what is in doubt,
 * lanes_order(), lanes_order_constant(), lanes_each_lane(), lanes_copy_lanes(), lanes_fact(),
 * lanes_yearly(), lanes_range(), lanes_element(); below
 * lanes_get(), lanes_test() and lanes_elements().
 *
 * A kernel is asked for the lanes that are wanted.  What it leaves in other lanes is never
 * looked at; so one that does the same in each lane may do it in all of them.  A condition is
 * asked only of lanes for which it still matters.  With one lane that is how a run leaves an
 * operator as soon as it is decided.
 */

static const Register *lanes_get(KernelRun *run, int number, Mask wanted);
static Truths lanes_test(KernelRun *run, int number, Mask wanted);

/* ---------------- constants ---------------- */

static void
lanes_number(KernelRun *run pg_attribute_unused(), const KernelNode *node, Mask wanted, Register *out)
{
	int			i;

	FOR_LANES(i)
	{
		NUMBER(out, i) = node->number;
		ERROR_OF(out, i) = node->error;
	}
	SET_DECIMALS(out, wanted, node->decimal ? ALL_LANES : 0);
	SET_STATE(out, wanted, LANE_VALUE);
}

static void
lanes_date(KernelRun *run pg_attribute_unused(), const KernelNode *node, Mask wanted, Register *out)
{
	int			i;

	FOR_LANES(i)
		DAY(out, i) = LAST_DAY(out, i) = node->a;
	SET_STATE(out, wanted, DATE_NOT_FINITE(node->a) ? LANE_RANGE : LANE_VALUE);
}

static void
lanes_text(KernelRun *run, const KernelNode *node, Mask wanted, Register *out)
{
	const char *text = run->program->texts[node->a];
	int			length = strlen(text);
	int			i;

	FOR_LANES(i)
	{
		TEXT(out, i) = text;
		LENGTH(out, i) = length;
	}
	SET_STATE(out, wanted, LANE_VALUE);
}

static Truths
lanes_truth_boolean(KernelRun *run pg_attribute_unused(), int number pg_attribute_unused(), const KernelNode *node, Mask wanted)
{
	return node->flag ? TRUTHS_OF(wanted, 0, 0) : TRUTHS_OF(0, wanted, 0);
}

/* ---------------- arithmetic ---------------- */

/* Those lanes of two operands, or of one, that are not both known, one after another. */
static pg_noinline void
lanes_rest(KernelRun *run pg_attribute_unused(), const KernelNode *node, Mask rest, const Register *a, const Register *b, Register *out, EachKernel each)
{
	int			i;

	EACH_LANE(i, rest)
	{
		TAKE_LANE(x, a, i, run->nodes[node->a].type);
		TAKE_LANE(y, b, i, run->nodes[node->b].type);
		const Lane *operands[2] = {x, y};

		RESULT_LANE(result, out, i);

		each(node, operands, result);
		PUT_LANE(out, i, result, node->type);
	}
}

/*
 * The operands are known in the lanes of values; bad are those whose result is in doubt.  It is
 * computed in all lanes, so also in those that were wanted before (DONE): a range in one of
 * them has to be made again.
 */
#define ARITHMETIC(name, operation, its_error) \
static LANES_LOOP int \
name##_numbers(const Register *a, const Register *b, Register *out) \
{ \
	int			any = 0; \
	int			i; \
	\
	FOR_LANES(i) \
	{ \
		double		number = NUMBER(a, i) operation NUMBER(b, i); \
		double		error = its_error; \
		\
		NUMBER(out, i) = number; \
		ERROR_OF(out, i) = error; \
		any |= number_in_doubt(error); \
	} \
	return any; \
} \
\
static void \
lanes_##name(KernelRun *run, const KernelNode *node, Mask wanted, Register *out) \
{ \
	const Register *a = lanes_get(run, node->a, wanted |= DONE(out)); \
	const Register *b = lanes_get(run, node->b, wanted); \
	Mask		values = wanted & VALUES(a) & VALUES(b); \
	Mask		bad = 0; \
	int			i; \
	\
	if (LIKELY_LANES(values)) \
	{ \
		if (unlikely(name##_numbers(a, b, out))) \
			FOR_LANES(i) \
				bad |= (Mask) number_in_doubt(ERROR_OF(out, i)) << i; \
		SET_DECIMALS(out, values, 0); \
		SET_STATE(out, values & ~bad, LANE_VALUE); \
	} \
	if (unlikely((wanted & ~values) | (bad & values))) \
		lanes_rest(run, node, (wanted & ~values) | (bad & values), a, b, out, range_##name); \
}

ARITHMETIC(add, +, sum_error(number, ERROR_OF(a, i), ERROR_OF(b, i)))
ARITHMETIC(subtract, -, sum_error(number, ERROR_OF(a, i), ERROR_OF(b, i)))
ARITHMETIC(multiply, *, product_error(number, NUMBER(a, i), ERROR_OF(a, i), NUMBER(b, i), ERROR_OF(b, i)))
ARITHMETIC(divide, /, quotient_error(number, ERROR_OF(a, i), NUMBER(b, i), ERROR_OF(b, i)))

/* ---------------- kernels that look at one lane ---------------- */

#define FEW_OPERANDS 8

static void
lanes_each(KernelRun *run, int number, const KernelNode *node, Mask wanted, Register *out, EachKernel each)
{
	const int  *args = run->kernel_args + node->args;
	const Register *few[FEW_OPERANDS];
	const Register **registers = node->count <= FEW_OPERANDS ? few : palloc_array(const Register *, node->count);
	int			i;

	for (i = 0; i < node->count; i++)
		registers[i] = lanes_get(run, args[i], wanted);
	lanes_each_lane(run, number, node, wanted, registers, out, each);
	if (registers != few)
		pfree(registers);
}

/* ---------------- comparison ---------------- */

/* Those lanes of a comparison that are not both known, and those that are too near. */
static pg_noinline Truths
lanes_compare_rest(KernelRun *run, int number, const KernelNode *node, Mask rest, const Register *a, const Register *b, Truths known)
{
	ValueType	type = run->nodes[node->a].type;
	Mask		yes = 0;
	Mask		no = 0;
	Mask		doubt = 0;
	int			i;

	EACH_LANE(i, rest)
	{
		TAKE_LANE(x, a, i, type);
		Lane		constant;
		int			truth;

		if (b == NULL)
		{
			constant.state = LANE_VALUE;
			constant.low = node_constant(node);
			truth = lane_compare(x, &constant, type, node->flag);
		}
		else
		{
			TAKE_LANE(y, b, i, type);

			truth = lane_compare(x, y, type, node->flag);
		}
		yes |= (Mask) (truth == TRUTH_TRUE) << i;
		no |= (Mask) (truth == TRUTH_FALSE) << i;
		doubt |= (Mask) (truth == TRUTH_DOUBT) << i;
	}
	return lanes_ask_truths(run, number, TRUTHS_OF((YES(known) & ~rest) | yes, (NO(known) & ~rest) | no, doubt));
}

/* A register compared with a constant. */
static inline Truths
lanes_bound(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	const Register *x = lanes_get(run, node->a, wanted);
	Mask		values = wanted & VALUES(x);
	Mask		rest = wanted & ~values;
	Truths		known = TRUTHS_OF(0, 0, 0);

	if (LIKELY_LANES(values))
		known = lanes_order_constant(x, node_constant(node), node->flag, values, &rest);
	if (LIKELY_LANES(rest == 0))
		return known;
	return lanes_compare_rest(run, number, node, rest, x, NULL, known);
}

/* Two numbers, or two texts. */
static Truths
lanes_truth_compare(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	const Register *a = lanes_get(run, node->a, wanted);
	const Register *b;
	Mask		nones = wanted & NONES(a);
	Mask		values;
	Mask		rest;
	Truths		known = TRUTHS_OF(0, 0, 0);

	if (nones == wanted)
		return TRUTHS_OF(0, wanted, 0);
	b = lanes_get(run, node->b, wanted & ~nones);
	values = wanted & VALUES(a) & VALUES(b) & ~nones;
	rest = wanted & ~values & ~nones;
	if (run->nodes[node->a].type == TYPE_NUMBER && values)
		known = lanes_order(a, b, node->flag, values, &rest);
	else
		rest |= values;
	if (nones)
		known = TRUTHS_OF(YES(known), NO(known) | nones, 0);
	return rest ? lanes_compare_rest(run, number, node, rest, a, b, known) : known;
}

static inline Truths
lanes_compare_dates(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	const Register *a = lanes_get(run, node->a, wanted);
	Mask		nones = wanted & NONES(a);
	const Register *b;
	Mask		values;
	Mask		yes = 0;
	int			i;
	Truths		known;

	if (nones == wanted)
		return TRUTHS_OF(0, wanted, 0);
	b = lanes_get(run, node->b, wanted & ~nones);
	values = wanted & VALUES(a) & VALUES(b) & ~nones;
	if (LIKELY_LANES(values))
		FOR_LANES(i)
			yes |= (Mask) (order_truth(DAY(a, i) < DAY(b, i) ? -1 : DAY(a, i) > DAY(b, i), node->flag) == TRUTH_TRUE) << i;
	known = TRUTHS_OF(yes & values, (values & ~yes) | nones, 0);
	wanted &= ~(values | nones);
	return wanted ? lanes_compare_rest(run, number, node, wanted, a, b, known) : known;
}

/* Two booleans: unknown if one is. */
static Truths
lanes_same(KernelRun *run, const KernelNode *node, Mask wanted)
{
	Truths		a = lanes_test(run, node->a, wanted);
	Truths		b = lanes_test(run, node->b, wanted);
	Mask		known = wanted & (YES(a) | NO(a)) & (YES(b) | NO(b));
	Mask		same = known & ~(YES(a) ^ YES(b));
	Mask		doubt = wanted & ((IN_DOUBT(a) & ~UNKNOWN(b)) | (IN_DOUBT(b) & ~UNKNOWN(a)));

	return node->flag == CMP_EQ ? TRUTHS_OF(same, known & ~same, doubt) : TRUTHS_OF(known & ~same, same, doubt);
}

/* Adds those lanes of a membership whose text is not known. */
static pg_noinline Truths
lanes_member_rest(KernelRun *run, int number, const KernelNode *node, Mask rest, const Register *x, Truths known)
{
	Mask		unknown = rest & RANGES(x);
	Mask		yes = YES(known);
	Mask		no = NO(known) | (rest & NONES(x));

	if (node->b == TRUTH_TRUE)
		yes |= unknown & ~MAYBES(x);
	else if (node->b == TRUTH_FALSE)
		no |= unknown;
	return lanes_ask_truths(run, number, TRUTHS_OF(yes, no, rest & DOUBTS(x)));
}

/* A text among declared ones. */
static inline Truths
lanes_member(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	const Register *x = lanes_get(run, node->a, wanted);
	uint64		members = run->program->kernel->masks[node->args];
	Mask		values = wanted & VALUES(x);
	Mask		yes = 0;
	Truths		known;
	int			i;

	if (LIKELY_LANES(values))
		FOR_LANES(i)
			yes |= (Mask) ((members >> (CODE(x, i) & 63)) & 1) << i;
	known = TRUTHS_OF(yes & values, values & ~yes, 0);
	return LIKELY_LANES(wanted == values) ? known : lanes_member_rest(run, number, node, wanted & ~values, x, known);
}

static Truths
lanes_truth_text_in(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	const KernelText *texts = run->program->kernel->texts + node->args;
	const Register *x = lanes_get(run, node->a, wanted);
	Mask		values = wanted & VALUES(x);
	Mask		yes = 0;
	Truths		known;
	int			i,
				j;

	EACH_LANE(i, values)
	{
		bool		found = false;

		for (j = 0; j < node->count && !found; j++)
			found = same_text(&texts[j], TEXT(x, i), LENGTH(x, i));
		yes |= (Mask) (found != (bool) node->flag) << i;
	}
	known = TRUTHS_OF(yes, values & ~yes, 0);
	return wanted == values ? known : lanes_member_rest(run, number, node, wanted & ~values, x, known);
}

static Truths
lanes_truth_is_none(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	const Register *x = lanes_get(run, node->a, wanted);
	Mask		none = wanted & NONES(x);
	Mask		there = wanted & (VALUES(x) | (RANGES(x) & ~MAYBES(x)));
	Mask		doubt = wanted & DOUBTS(x);

	return lanes_ask_truths(run, number, node->flag ? TRUTHS_OF(there, none, doubt) : TRUTHS_OF(none, there, doubt));
}

/* ---------------- logic ---------------- */

/* And is decided by false, or by true. */
static pg_attribute_always_inline Truths
lanes_logic(KernelRun *run, const KernelNode *node, Mask wanted, bool is_or)
{
	const int  *args = run->kernel_args + node->args;
	Mask		open = wanted;
	Mask		unknown = 0;
	Mask		doubt = 0;
	int			i;

	for (i = 0; i < node->count; i++)
	{
		Truths		truths = lanes_test(run, args[i], open);

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

static Truths
lanes_truth_and(KernelRun *run, int number pg_attribute_unused(), const KernelNode *node, Mask wanted)
{
	return lanes_logic(run, node, wanted, false);
}

static Truths
lanes_truth_or(KernelRun *run, int number pg_attribute_unused(), const KernelNode *node, Mask wanted)
{
	return lanes_logic(run, node, wanted, true);
}

static Truths
lanes_truth_not(KernelRun *run, int number pg_attribute_unused(), const KernelNode *node, Mask wanted)
{
	Truths		truths = lanes_test(run, node->a, wanted);

	return TRUTHS_OF(NO(truths), YES(truths), IN_DOUBT(truths));
}

/* ---------------- case and band ---------------- */

/* What a case goes through: the lanes that no condition has taken yet, and what they reach. */
typedef struct Choice
{
	Mask		open;			/* still to be taken */
	Mask		doubt;
	Mask		begun;			/* reached something already */
} Choice;

/*
 * The lanes that reach a value of a case, given the condition before it.  Of an unknown text, what
 * it reaches is in the program; any other that is unknown and compared in steps that
 * can be followed is left to exact arithmetic.
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

/* The lanes in which what a band compares is unknown, and its steps are followed. */
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

static Truths
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

/* What lanes reach, besides what they have reached. */
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

/* The same of none. */
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

static void
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

/* Lanes that take a step of a band. */
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

/* A band of what is unknown: all the steps that it can reach. */
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

static void
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

		/* what is left when no step holds is a step without a condition */
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
 * A band that goes one way: of n steps with ever lower bounds ("at least"), one that is
 * above k of them takes the step n - k; likewise upwards.  Counted without branches, for
 * no two rows are alike.
 */
static LANES_LOOP void
count_steps(const Register *x, double bound, double error, bool down, int *passed, int *failed)
{
	int			i;

	FOR_LANES(i)
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
	Mask		values = wanted & VALUES(x);
	Mask		sure = 0;
	int			nsteps = node->count - 1;
	int			passed[NLANES] = {0};
	int			failed[NLANES] = {0};
	int			i,
				j;

	if (LIKELY_LANES(values))
	{
		for (j = 0; j < nsteps; j++)
			count_steps(x, steps[j].bound.number, 2 * steps[j].bound.error, node->flag, passed, failed);
		FOR_LANES(i)
			sure |= (Mask) (passed[i] + failed[i] == nsteps) << i;
		sure &= values;
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

/* A boolean is never none; of one that is unknown, only exact arithmetic knows. */
static Truths
lanes_truth_coalesce(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	Truths		truths = lanes_test(run, node->a, wanted);

	return lanes_ask_truths(run, number, TRUTHS_OF(YES(truths), NO(truths), wanted & ~YES(truths) & ~NO(truths)));
}

static void
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
		FOR_LANES(i)
		{
			sure[i] += (YES(truths) >> i) & 1;
			possible[i] += 1 - ((NO(truths) >> i) & 1);
		}
	}
	lanes_set_counts(out, wanted & ~doubt, sure, possible);
	SET_STATE(out, doubt, LANE_DOUBT);
}

#include "kernel_lists.h"

/* ---------------- each instruction ---------------- */

/*
 * What is in doubt, although no operand is: exact arithmetic may know, and everything above
 * is spared.
 */
static void
lanes_compute_value(KernelRun *run, int number, const KernelNode *node, Mask wanted, Register *out)
{
	switch (node->op)
	{
#define CALL_LANES(NAME, name) case OP_##NAME: lanes_##name(run, node, wanted, out); break;
#define CALL_EACH(NAME, name) case OP_##NAME: lanes_each(run, number, node, wanted, out, kernel_##name); break;
#define CALL_EXACT(NAME, name)
#define CALL_BOOLEAN(NAME, name, kernel)
#define CALL_NUMBER(NAME, name, kernel) CALL_##kernel(NAME, name)
#define CALL_DATE(NAME, name, kernel) CALL_##kernel(NAME, name)
#define CALL_TEXT(NAME, name, kernel) CALL_##kernel(NAME, name)
#define CALL_ORDERED(NAME, name, kernel) CALL_##kernel(NAME, name)
#define CALL_LIST(NAME, name, kernel) CALL_##kernel(NAME, name)
#define CALL_ANY(NAME, name, kernel) CALL_##kernel(NAME, name)
#define OP(NAME, name, a, b, c, args, flag, result, digits, reads, missing, undo, kernel) CALL_##result(NAME, name, kernel)
#include "ops.h"
#undef CALL_LANES
#undef CALL_EACH
#undef CALL_EXACT
#undef CALL_BOOLEAN
#undef CALL_NUMBER
#undef CALL_DATE
#undef CALL_TEXT
#undef CALL_ORDERED
#undef CALL_LIST
#undef CALL_ANY
		case KERNEL_BAND:
			lanes_band(run, node, wanted, out);
			break;
		case KERNEL_LADDER:
			lanes_ladder(run, node, wanted, out);
			break;
		default:
			lanes_ask(run, number, wanted, out);
			break;
	}
}

/* Those that are called from more than one place, or rarely. */
static Truths
lanes_compute_truth(KernelRun *run, int number, const KernelNode *node, Mask wanted)
{
	switch (node->op)
	{
#define CALL_LANES(NAME, name) case OP_##NAME: return lanes_truth_##name(run, number, node, wanted);
#define CALL_EACH(NAME, name) case OP_##NAME: return lanes_each_truth(run, number, node, wanted, kernel_##name);
#define CALL_EXACT(NAME, name)
#define CALL_BOOLEAN(NAME, name, kernel) CALL_##kernel(NAME, name)
#define CALL_NUMBER(NAME, name, kernel)
#define CALL_DATE(NAME, name, kernel)
#define CALL_TEXT(NAME, name, kernel)
#define CALL_ORDERED(NAME, name, kernel)
#define CALL_LIST(NAME, name, kernel)
#define CALL_ANY(NAME, name, kernel) CALL_##kernel(NAME, name)
#define OP(NAME, name, a, b, c, args, flag, result, digits, reads, missing, undo, kernel) CALL_##result(NAME, name, kernel)
#include "ops.h"
#undef CALL_LANES
#undef CALL_EACH
#undef CALL_EXACT
#undef CALL_BOOLEAN
#undef CALL_NUMBER
#undef CALL_DATE
#undef CALL_TEXT
#undef CALL_ORDERED
#undef CALL_LIST
#undef CALL_ANY
		case KERNEL_BOUND:
			return lanes_bound(run, number, node, wanted);
		case KERNEL_MEMBER:
			return lanes_member(run, number, node, wanted);
		case KERNEL_COMPARE_DATES:
			return lanes_compare_dates(run, number, node, wanted);
		case KERNEL_TRUTH:
			return lanes_truth_of_fact(run, node, wanted);
		case KERNEL_SAME:
			return lanes_same(run, node, wanted);
		default:
			return lanes_ask_truths(run, number, TRUTHS_OF(0, 0, wanted));
	}
}
