/*
 * kernel_money.h
 *		The kernels of money, over registers of NLANES lanes; a part of kernel_lanes.h.
 *
 * An amount is in hundredths, exactly, until it is asked for as a number.
 */

/* The amount paid in each lane, in hundredths: from low to high, or from low upwards if it is open. */
typedef struct Paid
{
	Mask		open;
	Mask		doubt;
	int64		low[NLANES];
	int64		high[NLANES];
} Paid;

/*
 * Those lanes for which what a list pays once a day is known already, which is set; the file that includes this has
 * it.
 */
static Mask lanes_kept_once(KernelRun *run, int number, Mask wanted, Paid *paid);

static void
lanes_pay_nothing(Paid *paid)
{
	int			i;

	paid->open = paid->doubt = 0;
	FOR_LANES(i)
		paid->low[i] = paid->high[i] = 0;
}

/* Computes what a line pays in the lanes in which its condition is not false. */
static void
lanes_pay_line(KernelRun *run, const Instr *instr, Mask wanted, Truths condition, Paid *paid)
{
	Mask		pays = wanted & ~IN_DOUBT(condition);
	const Register *x = lanes_get(run, instr->b, pays);
	int			i;

	paid->doubt = wanted & IN_DOUBT(condition);
	EACH_LANE(i, pays)
	{
		TAKE_LANE(pay, x, i, TYPE_NUMBER);
		bool		open;

		if (!pay_of(pay, TRUTH_AT(condition, i) == TRUTH_TRUE, &paid->low[i], &paid->high[i], &open))
			paid->doubt |= (Mask) 1 << i;
		paid->open |= (Mask) open << i;
	}
}

/* Adds what a line pays.  Its condition is not false in the wanted lanes. */
static inline void
lanes_add_line(KernelRun *run, int number, Mask wanted, Truths condition, Paid *sum)
{
	Mask		pays = wanted & ~IN_DOUBT(condition);
	const Register *x;
	int			i;

	sum->doubt |= wanted & IN_DOUBT(condition);
	if (unlikely(pays == 0))
		return;
	x = lanes_get(run, number, pays);
	EACH_LANE(i, pays)
	{
		TAKE_LANE(pay, x, i, TYPE_NUMBER);
		int64		low;
		int64		high;
		bool		open;

		if (!pay_of(pay, TRUTH_AT(condition, i) == TRUTH_TRUE, &low, &high, &open))
		{
			sum->doubt |= (Mask) 1 << i;
			continue;
		}
		sum->low[i] += low;
		sum->high[i] += high;
		sum->open |= (Mask) open << i;
		if (unlikely(sum->high[i] >= MAX_HUNDREDTHS || sum->low[i] >= MAX_HUNDREDTHS))
			sum->doubt |= (Mask) 1 << i;
	}
}

/* A line pays if its condition holds. */
static inline void
lanes_line_money(KernelRun *run, const Instr *instr, Mask wanted, Paid *paid)
{
	Truths		condition = lanes_test(run, instr->a, wanted);

	lanes_pay_nothing(paid);
	if (wanted & ~NO(condition))
		lanes_pay_line(run, instr, wanted & ~NO(condition), condition, paid);
}

/* Adds the amount of one lane to a sum. */
static inline void
lanes_add_paid(Paid *sum, int i, const Paid *paid, int from)
{
	sum->low[i] += paid->low[from];
	sum->high[i] += paid->high[from];
	sum->open |= (Mask) ((paid->open >> from) & 1) << i;
	sum->doubt |= (Mask) (((paid->doubt >> from) & 1) || sum->high[i] >= MAX_HUNDREDTHS || sum->low[i] >= MAX_HUNDREDTHS) << i;
}

static void lanes_money(KernelRun *run, int number, Mask wanted, Paid *paid);

static void
lanes_total_money(KernelRun *run, const KernelNode *node, Mask wanted, Paid *sum)
{
	const int  *args = run->kernel_args + node->args;
	Paid		paid;
	int			i,
				j;

	lanes_pay_nothing(sum);
	for (j = 0; j < node->count; j++)
	{
		int			line = args[2 * j];

		if (line >= 0)
		{
			Truths		condition = TEST_LANES(run, line, wanted);
			Mask		pays = wanted & ~NO(condition);

			/* most lines pay nothing */
			if (pays == 0)
				continue;
			lanes_add_line(run, args[2 * j + 1], pays, condition, sum);
		}
		else
		{
			lanes_money(run, args[2 * j + 1], wanted, &paid);
			FOR_LANES(i)
				lanes_add_paid(sum, i, &paid, i);
		}
		/* lanes in doubt need no further lines */
		wanted &= ~sum->doubt;
		if (wanted == 0)
			break;
	}
}

static void
lanes_highest_money(KernelRun *run, const Instr *instr, Mask wanted, Paid *most)
{
	const int  *args = run->program->args + instr->args;
	Paid		paid;
	int			i,
				j;

	lanes_pay_nothing(most);
	for (j = 0; j < instr->nargs && wanted != 0; j++)
	{
		lanes_money(run, args[j], wanted, &paid);
		FOR_LANES(i)
		{
			most->low[i] = Max(most->low[i], paid.low[i]);
			most->high[i] = Max(most->high[i], paid.high[i]);
		}
		most->open |= paid.open;
		most->doubt |= paid.doubt;
		wanted &= ~most->doubt;
	}
}

/* Applies a cap.  A cap that is none has no effect.  A cap that may be none lowers the low end only. */
static void
lanes_cap_money(KernelRun *run, const Instr *instr, Mask wanted, Paid *paid)
{
	const Register *limit;
	Mask		capped = 0;
	int			i;

	lanes_money(run, instr->a, wanted, paid);
	FOR_LANES(i)
		capped |= (Mask) (paid->high[i] > 0) << i;
	capped = wanted & (capped | paid->open) & ~paid->doubt;
	if (capped == 0)
		return;
	limit = lanes_get(run, instr->b, capped);
	EACH_LANE(i, capped & ~NONES(limit))
	{
		TAKE_LANE(lane, limit, i, TYPE_NUMBER);
		int64		low;
		int64		high;
		bool		open;
		bool		maybe = lane_may_be_none(lane);
		Lane		there = *lane;

		there.maybe = false;
		if (!pay_of(&there, true, &low, &high, &open))
		{
			paid->doubt |= (Mask) 1 << i;
			continue;
		}
		paid->low[i] = Min(paid->low[i], low);
		if (!maybe && !open)
		{
			if (((paid->open >> i) & 1) || high < paid->high[i])
				paid->high[i] = high;
			paid->open &= ~((Mask) 1 << i);
		}
	}
}

/* Visits the elements of a stage that pays for each element. */
static bool
lanes_visit_lines(KernelRun *run, const KernelNode *node, Mask elements, const uint16 *parents, void *state)
{
	const KernelList *call = &run->program->kernel->lists[node->args];
	Paid	   *sum = state;
	Paid		paid;
	int			i;

	lanes_line_money(run, &run->program->instrs[call->body], elements, &paid);
	EACH_LANE(i, elements)
		lanes_add_paid(sum, parents[i], &paid, i);
	return true;
}

/*
 * Visits the elements of a stage that pays once a day.  A list with an unknown element is left to exact
 * arithmetic.
 */
static bool
lanes_visit_once(KernelRun *run, const KernelNode *node, Mask elements, const uint16 *parents, void *state)
{
	const Instr *instr = &run->program->instrs[node - run->nodes];
	const int  *args = run->program->args + instr->args;
	OnceSoFar  *once = state;
	Truths		counts = lanes_test(run, instr->b, elements);
	const Register *day;
	Paid		paid;
	int			i;

	elements &= ~NO(counts);
	if (elements == 0)
		return true;
	day = lanes_get(run, args[ONCE_DAY], elements);
	lanes_line_money(run, &run->program->instrs[args[ONCE_PAYS]], elements, &paid);
	EACH_LANE(i, elements)
	{
		if ((YES(counts) & VALUES(day) & ~paid.doubt & ~paid.open) >> i & 1 && paid.low[i] == paid.high[i])
			once_add(&once[parents[i]], DAY(day, i), paid.low[i]);
		else
			once[parents[i]].doubt = true;
	}
	return true;
}

static void
lanes_once_money(KernelRun *run, const KernelNode *node, Mask known, const Register *list, Paid *paid)
{
	OnceSoFar	once[NLANES];
	int			i;

	EACH_LANE(i, known)
	{
		once[i].doubt = false;
		once[i].ndays = 0;
		once[i].sum = 0;
	}
	lanes_elements(run, node, known, list, false, lanes_visit_once, once);
	EACH_LANE(i, known)
	{
		paid->low[i] = paid->high[i] = once[i].sum;
		paid->doubt |= (Mask) once[i].doubt << i;
	}
}

/* Computes what the elements of a list pay together. */
static void
lanes_elements_money(KernelRun *run, int number, Mask wanted, Paid *paid)
{
	const KernelNode *node = &run->nodes[number];
	const KernelList *call = &run->program->kernel->lists[node->args];
	const Register *list;
	Mask		unknown;
	int			i;

	lanes_pay_nothing(paid);
	if (run->program->instrs[number].op == OP_ONCE)
		wanted &= ~lanes_kept_once(run, number, wanted, paid);
	wanted &= ~lanes_refused(run, call, wanted);
	if (wanted == 0)
		return;
	list = lanes_get(run, node->a, wanted);
	unknown = wanted & RANGES(list);
	paid->doubt |= wanted & DOUBTS(list);
	if (wanted & VALUES(list))
	{
		if (run->program->instrs[number].op == OP_ONCE)
			lanes_once_money(run, node, wanted & VALUES(list), list, paid);
		else
			lanes_elements(run, node, wanted & VALUES(list), list, false, lanes_visit_lines, paid);
	}
	if (unknown == 0)
		return;
	if (run->program->instrs[call->body].op != OP_LINE)
	{
		paid->doubt |= unknown;
		return;
	}
	lanes_elements(run, node, unknown, list, true, lanes_visit_lines, paid);
	/* an unknown list can have any number of elements */
	EACH_LANE(i, unknown)
	{
		if (paid->high[i] > 0)
			paid->open |= (Mask) 1 << i;
		paid->low[i] = paid->high[i] = 0;
	}
}

/*
 * Any other number in the place of a sum, such as that of a document that pays nothing.  It is known if it is an
 * integer.
 */
static void
lanes_other_money(KernelRun *run, int number, Mask wanted, Paid *paid)
{
	const Register *x = lanes_get(run, number, wanted);
	int			i;

	lanes_pay_nothing(paid);
	paid->doubt = wanted & ~VALUES(x);
	EACH_LANE(i, wanted & VALUES(x))
	{
		if (ERROR_OF(x, i) == 0 && NUMBER(x, i) >= 0 && NUMBER(x, i) < MAX_HUNDREDTHS / 100)
			paid->low[i] = paid->high[i] = (int64) NUMBER(x, i) * 100;
		else
			paid->doubt |= (Mask) 1 << i;
	}
}

/*
 * Computes an instruction of money.  The recursion goes no deeper than a document's sum, nested groups, a cap, a
 * clause's sum, a list and a line.
 */
static void
lanes_money(KernelRun *run, int number, Mask wanted, Paid *paid)
{
	const Instr *instr = &run->program->instrs[number];

	switch ((Op) instr->op)
	{
		case OP_LINE:
			lanes_line_money(run, instr, wanted, paid);
			return;
		case OP_TOTAL:
			lanes_total_money(run, &run->nodes[number], wanted, paid);
			return;
		case OP_HIGHEST:
			lanes_highest_money(run, instr, wanted, paid);
			return;
		case OP_CAP:
			lanes_cap_money(run, instr, wanted, paid);
			return;
		case OP_LIST:
			if (instr->flag != FUNC_SUM || instr->b >= 0 || run->program->instrs[instr->c].op != OP_LINE)
				break;
			lanes_elements_money(run, number, wanted, paid);
			return;
		case OP_ONCE:
			lanes_elements_money(run, number, wanted, paid);
			return;
		default:
			break;
	}
	lanes_other_money(run, number, wanted, paid);
}

/* Sets a register to an amount, in 元. */
static pg_noinline void
lanes_set_money(KernelRun *run, const KernelNode *node, Mask wanted, Register *out)
{
	Paid		paid;
	int			i;

	lanes_money(run, node - run->nodes, wanted, &paid);
	EACH_LANE(i, wanted & ~paid.doubt)
	{
		RESULT_LANE(result, out, i);

		lane_set_hundredths(result, paid.low[i], paid.high[i], (paid.open >> i) & 1);
		PUT_LANE(out, i, result, TYPE_NUMBER);
	}
	if (wanted & paid.doubt)
		lanes_ask(run, node - run->nodes, wanted & paid.doubt, out);
}

/* As numbers, all payments are the same. */
#define lanes_line lanes_set_money
#define lanes_once lanes_set_money
#define lanes_total lanes_set_money
#define lanes_highest lanes_set_money
#define lanes_cap lanes_set_money
