/*
 * kernel_years.h
 *		The kernels of facts by year, of ranges of whole numbers and of lookups in tables, over
 *		registers of NLANES lanes; a part of kernel_lanes.h.
 *
 * The file that includes kernel_lanes.h defines lanes_load_year(), which loads a fact of one
 * year, lanes_take_year(), which does so for one lane, and TRUTHS_IN(x), the truths of a register.
 */

/* ---------------- facts by year ---------------- */

/* Sets one lane to the range that holds the values of several years. */
static pg_noinline void
lanes_load_years(KernelRun *run, const KernelNode *node, int i, int first, int last, Register *out)
{
	Lane		of_year = {0};
	int			year;

	for (year = first; year <= last; year++)
	{
		KEPT_LANE(kept, out, i, node->type);

		lanes_take_year(run, node, year, i, &of_year);
		lane_widen(kept, &of_year, node->type, year == first);
		PUT_LANE(out, i, kept, node->type);
	}
}

/* If the index may be none, the result may be none, unless the fact is a boolean. */
static pg_noinline void
lanes_widen_no_year(const KernelNode *node, Mask wanted, Register *out)
{
	Lane		none = {.state = LANE_NONE,.truth = TRUTH_FALSE};
	int			i;

	EACH_LANE(i, wanted)
	{
		KEPT_LANE(kept, out, i, node->type);

		lane_widen(kept, &none, node->type, false);
		PUT_LANE(out, i, kept, node->type);
	}
}

/* Computes the lanes whose index is unknown or is not a year. */
static pg_noinline void
lanes_yearly_rest(KernelRun *run, const KernelNode *node, Mask rest, const Register *index, Register *out)
{
	const KernelFact *fact = &run->program->kernel->facts[node->a];
	Mask		none = node->type == TYPE_BOOLEAN ? 0 : rest & NONES(index);
	Mask		maybe = node->type == TYPE_BOOLEAN ? 0 : rest & MAYBES(index);
	int			i;

	SET_STATE(out, none, LANE_NONE);
	EACH_LANE(i, rest & ~none)
	{
		TAKE_LANE(x, index, i, TYPE_NUMBER);
		RESULT_LANE(result, out, i);
		int			first;
		int			last;

		switch (lane_years(x, &first, &last))
		{
			case YEARS_OF_LANE:
				lanes_load_years(run, node, i, first, last, out);
				continue;
			case YEARS_ANY:
				lane_set_unknown(result, fact);
				break;
			case YEARS_IN_DOUBT:
				lane_set_doubt(result);
				break;
		}
		PUT_LANE(out, i, result, node->type);
	}
	if (maybe)
		lanes_widen_no_year(node, maybe, out);
}

/* Loads the lanes of the same year together.  Usually all lanes have the same year. */
static void
lanes_yearly(KernelRun *run, const KernelNode *node, Mask wanted, Register *out)
{
	const Register *index = lanes_get(run, node->b, wanted);
	Mask		years = 0;
	Mask		doubt;
	int			i;

	SOME_LANES(wanted);
	EACH_LANE(i, wanted & VALUES(index))
		years |= (Mask) (ERROR_OF(index, i) == 0 && is_year(NUMBER(index, i))) << i;
	if (unlikely(wanted & ~years))
		lanes_yearly_rest(run, node, wanted & ~years, index, out);
	while (years)
	{
		Mask		same = 0;
		double		year = 0;

		EACH_LANE(i, years)
		{
			year = NUMBER(index, i);
			break;
		}
		EACH_LANE(i, years)
			same |= (Mask) (NUMBER(index, i) == year) << i;
		lanes_load_year(run, node, (int) year, same, out);
		years &= ~same;
	}
	doubt = wanted & DOUBTS(out);
	if (unlikely(doubt))
		lanes_ask(run, node - run->nodes, doubt, out);
}

static Truths
lanes_truth_yearly(KernelRun *run, int number, const KernelNode *node pg_attribute_unused(), Mask wanted)
{
	const Register *x = lanes_get(run, number, wanted);

	return lanes_ask_truths(run, number, TRUTHS_IN(x));
}

/* ---------------- ranges ---------------- */

static pg_noinline void
lanes_range(KernelRun *run, const KernelNode *node, Mask wanted, Register *out)
{
	const Register *a = lanes_get(run, node->a, wanted);
	const Register *b = lanes_get(run, node->b, wanted);
	Mask		doubt;
	int			i;

	EACH_LANE(i, wanted)
	{
		TAKE_LANE(x, a, i, TYPE_NUMBER);
		TAKE_LANE(y, b, i, TYPE_NUMBER);
		RESULT_LANE(result, out, i);

		lane_range(x, y, result);
		PUT_LANE(out, i, result, TYPE_LIST);
	}
	doubt = wanted & DOUBTS(out);
	if (doubt)
		lanes_ask(run, node - run->nodes, doubt, out);
}

/* ---------------- tables ---------------- */

static void
lanes_table(KernelRun *run, const KernelNode *node, Mask wanted, Register *out)
{
	const KernelLookup *lookup = &run->program->kernel->lookups[node->args];
	const Register *key = lanes_get(run, node->a, wanted);
	Mask		doubt;
	int			i;

	EACH_LANE(i, wanted)
	{
		TAKE_LANE(x, key, i, run->nodes[node->a].type);
		RESULT_LANE(result, out, i);

		lane_look_up(run->program, lookup, x, result);
		PUT_LANE(out, i, result, node->type);
	}
	doubt = wanted & DOUBTS(out) & ~DOUBTS(key);
	if (unlikely(doubt))
		lanes_ask(run, node - run->nodes, doubt, out);
}

static Truths
lanes_truth_table(KernelRun *run, int number, const KernelNode *node pg_attribute_unused(), Mask wanted)
{
	const Register *x = lanes_get(run, number, wanted);

	return lanes_ask_truths(run, number, TRUTHS_IN(x));
}
