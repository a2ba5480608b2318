/*
 * kernel_build.c
 *		The float kernel of a program.
 *
 * Each instruction becomes a node.  Conditions are ordered so that cheap ones come first:
 * Kleene's and and or do not depend on the order.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "exact.h"
#include "kernel_build.h"
#include "kernel_number.h"

/*
 * Exact arithmetic gives up numbers of thousands of digits; the kernel must not know more.
 * A fact or constant that is a double has at most 32 digits on either side of the
 * fraction, and arithmetic adds those of its operands up.
 */
#define MAX_WEIGHT 100

#define DEEP 100				/* levels that need no look at the stack */
#define LIST_COST 40			/* most lists are empty */
#define LIST_ELEMENTS 4			/* in a list, roughly */

/* ---------------- facts ---------------- */

void
kernel_build_fact(KernelFact *kept, const Fact *fact)
{
	Value		range;

	value_set_unknown(&range, fact);
	kept->type = fact->type;
	kept->maybe = fact->null_means == NULL_NONE || fact->perhaps_none;
	kept->limited = fact->values || fact->has_low || fact->has_high;
	kept->texts = fact->texts;
	kept->low = end_exact(-HUGE_VAL);
	kept->high = end_exact(HUGE_VAL);
	kept->first = DATEVAL_NOBEGIN;
	kept->last = DATEVAL_NOEND;
	if (fact->type == TYPE_DATE)
	{
		kept->first = range.day;
		kept->last = range.last_day;
	}

	/*
	 * if a bound is too long for a double, every number of the fact is in
	 * doubt
	 */
	if (fact->type == TYPE_NUMBER && fact->has_low && !end_set_number(&kept->low, &range.low))
		kept->low = end_unsure();
	if (fact->type == TYPE_NUMBER && fact->has_high && !end_set_number(&kept->high, &range.high))
		kept->high = end_unsure();
	kept->inner_low = kept->low.number + kept->low.error;
	kept->inner_high = kept->high.number - kept->high.error;
}

/* ---------------- conditions ---------------- */

bool
kernel_find_constant(const Builder *builder, End *end, int number)
{
	const Instr *instr = &builder->program->instrs[number];

	return instr->op == OP_NUMBER && end_set_number(end, &builder->program->numbers[instr->a]);
}

static bool
set_constant(const Builder *builder, KernelNode *node, int number)
{
	End			end;

	if (!kernel_find_constant(builder, &end, number))
		return false;
	node->number = end.number;
	node->error = end.error;
	node->decimal = end.decimal;
	return true;
}

static void
build_compare(Builder *builder, const Instr *instr, KernelNode *node)
{
	static const CompareOp mirrored[] = {
		[CMP_EQ] = CMP_EQ,[CMP_NE] = CMP_NE,[CMP_LT] = CMP_GT,
		[CMP_LE] = CMP_GE,[CMP_GT] = CMP_LT,[CMP_GE] = CMP_LE
	};

	switch (builder->program->instrs[instr->a].type)
	{
		case TYPE_NUMBER:
			node->op = KERNEL_BOUND;
			if (set_constant(builder, node, instr->b))
				break;
			if (set_constant(builder, node, instr->a))
			{
				node->a = instr->b;
				node->flag = mirrored[instr->flag];
				break;
			}
			node->op = OP_COMPARE;
			break;
		case TYPE_DATE:
			node->op = KERNEL_COMPARE_DATES;
			break;
		case TYPE_BOOLEAN:
			node->op = KERNEL_SAME;
			break;
		default:
			break;
	}
}

Truth
kernel_truth_of_unknown(const Program *program, const Instr *instr, const Fact *fact, const bool *excluded)
{
	Truth		truth = values_in_constants(program, instr, fact, excluded);

	return instr->flag ? TRUTH_TRUE - truth : truth;
}

static void
build_text_in(Builder *builder, const Instr *instr, KernelNode *node)
{
	const Program *program = builder->program;
	Kernel	   *kernel = builder->kernel;
	const Fact *fact = program_register_fact(program, instr->a);
	const Texts *known = fact ? fact->texts : NULL;
	KernelText *texts;
	uint64		mask = 0;
	int			first = RESERVE(kernel->texts, KernelText, builder->kernel->ntexts, builder->max_texts, instr->nargs);
	int			i;

	texts = kernel->texts + first;
	for (i = 0; i < instr->nargs; i++)
	{
		texts[i].text = program->texts[program->instrs[program->args[instr->args + i]].a];
		texts[i].length = strlen(texts[i].text);
	}
	node->args = first;
	node->count = instr->nargs;
	node->b = kernel_truth_of_unknown(program, instr, fact, NULL);
	if (known == NULL || known->nvalues > MAX_KERNEL_VALUES)
		return;

	for (i = 0; i < known->nvalues; i++)
		if (text_in_constants(program, instr, known->values[i]->text, known->values[i]->length) != (bool) instr->flag)
			mask |= UINT64CONST(1) << i;
	node->op = KERNEL_MEMBER;
	node->args = RESERVE(kernel->masks, uint64, builder->kernel->nmasks, builder->max_masks, 1);
	kernel->masks[node->args] = mask;
}

/* Collects the operands of `and` or `or`.  Operands that are the same operation contribute their own operands. */
static void
build_logic(Builder *builder, const Instr *instr, KernelNode *node)
{
	const int  *from = builder->program->args + instr->args;
	Kernel	   *kernel = builder->kernel;
	int			count = 0;
	int			first;
	int			i,
				j;

	for (i = 0; i < instr->nargs; i++)
	{
		const KernelNode *operand = &kernel->nodes[from[i]];

		count += operand->op == node->op && builder->uses[from[i]] == 1 ? operand->count : 1;
	}
	first = RESERVE(kernel->args, int, builder->kernel->nargs, builder->max_args, count);
	node->args = first;
	node->count = count;
	for (i = 0; i < instr->nargs; i++)
	{
		const KernelNode *operand = &kernel->nodes[from[i]];

		if (operand->op == node->op && builder->uses[from[i]] == 1)
			for (j = 0; j < operand->count; j++)
				kernel->args[first++] = kernel->args[operand->args + j];
		else
			kernel->args[first++] = from[i];
	}
	/* sort by cost; equal ones keep their order */
	for (i = 1; i < count; i++)
	{
		int		   *args = kernel->args + node->args;
		int			moved = args[i];

		for (j = i; j > 0 && builder->costs[args[j - 1]] > builder->costs[moved]; j--)
			args[j] = args[j - 1];
		args[j] = moved;
	}
}

/* ---------------- operands ---------------- */

void
kernel_copy_args(Builder *builder, const Instr *instr, KernelNode *node)
{
	const int  *from = builder->program->args + instr->args;
	Kernel	   *kernel = builder->kernel;

	node->args = RESERVE(kernel->args, int, builder->kernel->nargs, builder->max_args, instr->nargs);
	node->count = instr->nargs;
	if (instr->nargs > 0)
		memcpy(kernel->args + node->args, from, instr->nargs * sizeof(int));
}

/*
 * Collects the operands of a total as pairs: for a line, its condition and its payment; for others, -1 and the
 * operand.
 */
static void
build_total(Builder *builder, const Instr *instr, KernelNode *node)
{
	const Program *program = builder->program;
	Kernel	   *kernel = builder->kernel;
	int			first = RESERVE(kernel->args, int, builder->kernel->nargs, builder->max_args, 2 * instr->nargs);
	int		   *args = kernel->args + first;
	int			i;

	node->args = first;
	node->count = instr->nargs;
	for (i = 0; i < instr->nargs; i++)
	{
		int			operand = program->args[instr->args + i];
		const Instr *line = &program->instrs[operand];

		args[2 * i] = line->op == OP_LINE ? line->a : -1;
		args[2 * i + 1] = line->op == OP_LINE ? line->b : operand;
	}
}

/* Copies the registers that an instruction reads, in their order. */
static void
copy_operands(Builder *builder, const Instr *instr, KernelNode *node)
{
	Kernel	   *kernel = builder->kernel;

	node->args = kernel->nargs;
	foreach_operand(operand, builder->program, instr)
	{
		int			i = RESERVE(kernel->args, int, builder->kernel->nargs, builder->max_args, 1);

		kernel->args[i] = operand;
		node->count++;
	}
}

/* ---------------- nodes ---------------- */

/* How ops.h says that an instruction is computed. */
static const uint8 kinds[] =
{
#define OP(NAME, name, a, b, c, args, flag, result, digits, reads, missing, undo, kernel) [OP_##NAME] = KIND_##kernel,
#include "ops.h"
};

static void
build_node(Builder *builder, int number)
{
	const Program *program = builder->program;
	const Instr *instr = &program->instrs[number];
	KernelNode *node = &builder->kernel->nodes[number];
	ValueType	of = instr->a >= 0 && op_info[instr->op].roles[0] == ROLE_REGISTER
	? program->instrs[instr->a].type : TYPE_UNKNOWN;

	/* other nodes are the instruction and its operands */
	node->op = instr->op;
	node->flag = instr->flag;
	node->type = instr->type;
	node->a = instr->a;
	node->b = instr->b;
	node->args = instr->c;
	node->shared = builder->uses[number] > 1;
	node->scoped = instr->scopes != 0;
	if (kinds[instr->op] == KIND_EACH)
	{
		copy_operands(builder, instr, node);
		return;
	}
	switch ((Op) instr->op)
	{
		case OP_NUMBER:
			if (!set_constant(builder, node, number))
				node->op = KERNEL_EXACT_VALUE;
			break;
		case OP_BOOLEAN:
			node->flag = instr->a != 0;
			break;
		case OP_FACT:
		case OP_FIELD:
			node->op = instr->type == TYPE_BOOLEAN ? KERNEL_TRUTH : KERNEL_FACT;
			node->a = number;
			node->b = instr->a;
			if (instr->op == OP_FIELD)
				kernel_build_field(builder, instr, node);
			break;
		case OP_AND:
		case OP_OR:
			build_logic(builder, instr, node);
			break;
		case OP_NOT:
			if (program->instrs[instr->a].op == OP_FACT)
			{
				node->op = KERNEL_TRUTH;
				node->flag = true;
			}
			break;
		case OP_COMPARE:
			build_compare(builder, instr, node);
			break;
		case OP_TEXT_IN:
			build_text_in(builder, instr, node);
			break;
		case OP_IS_NONE:
			/* registers do not say whether a boolean or list may be none */
			if (of == TYPE_BOOLEAN || of == TYPE_LIST)
				node->op = KERNEL_EXACT_TRUTH;
			break;
		case OP_CASE:
			kernel_build_case(builder, instr, node);
			break;
		case OP_TOTAL:
			build_total(builder, instr, node);
			break;
		case OP_LIST:
		case OP_ONCE:
			kernel_build_list(builder, instr, node);
			break;
		case OP_TABLE:
			kernel_build_lookup(builder, instr, node);
			break;
		default:
			if (op_info[instr->op].args == ROLE_REGISTERS)
				kernel_copy_args(builder, instr, node);
			break;
	}
}

/* Computes the cost of an instruction with its operands, the depth of the recursion, and the number of digits. */
static void
weigh(Builder *builder, int number)
{
	const Instr *instr = &builder->program->instrs[number];
	bool		adds = op_info[instr->op].digits == DIGITS_ADDS;
	int64		weight = 1;
	int64		cost = instr->op == OP_LIST || instr->op == OP_ONCE ? LIST_COST : instr->type == TYPE_BOOLEAN ? 1 : 2;
	int			height = 0;

	foreach_operand(operand, builder->program, instr)
	{
		if (adds)
			weight += builder->weights[operand];
		else
			weight = Max(weight, builder->weights[operand]);
		height = Max(height, builder->heights[operand]);

		/*
		 * instructions that share an operand share its cost, and so do the
		 * elements of a list what depends on none of them
		 */
		cost += builder->costs[operand] / Max(builder->uses[operand], 1) /
			(instr->scopes != 0 && builder->program->instrs[operand].scopes == 0 ? LIST_ELEMENTS : 1);
	}
	if ((instr->op == OP_LIST && (instr->flag == FUNC_SUM || instr->flag == FUNC_AVG)) || instr->op == OP_ONCE)
		weight = Max(weight, MAX_SUM_WEIGHT);
	builder->weights[number] = Min(weight, PG_INT32_MAX);
	builder->costs[number] = Min(cost, PG_INT32_MAX);
	builder->heights[number] = height + 1;
	if (op_info[instr->op].digits == DIGITS_POWERS)
	{
		adds = true;
		weight = 1 + (int64) instr->b * builder->weights[instr->a];
	}
	if (adds && weight > MAX_WEIGHT)
		builder->kernel->nodes[number].op = KERNEL_EXACT_VALUE;
	builder->kernel->deep |= height > DEEP;
}

/* Whether an instruction is a number or day that depends only on as_of.  Then it is kept for rows of the same day. */
static bool
is_of_day(const Builder *builder, int number)
{
	const Program *program = builder->program;
	const Instr *instr = &program->instrs[number];
	bool		found = false;

	if ((instr->type != TYPE_NUMBER && instr->type != TYPE_DATE) ||
		(kinds[instr->op] != KIND_EACH && instr->op != OP_ADD && instr->op != OP_SUBTRACT &&
		 instr->op != OP_MULTIPLY && instr->op != OP_DIVIDE))
		return false;
	foreach_operand(operand, program, instr)
	{
		bool		of_day = operand == builder->kernel->day || builder->kernel->nodes[operand].of_day;

		if (!of_day && !is_constant_op(program->instrs[operand].op))
			return false;
		found |= of_day;
	}
	return found;
}

Kernel *
kernel_build(const Program *program)
{
	Kernel	   *kernel = palloc0(sizeof(Kernel));
	Builder		builder;
	int			i;

	memset(&builder, 0, sizeof(builder));
	builder.program = program;
	builder.kernel = kernel;
	kernel->day = -1;
	builder.uses = palloc0_array(int, program->ninstrs);
	builder.weights = palloc0_array(int, program->ninstrs);
	builder.heights = palloc0_array(int, program->ninstrs);
	builder.costs = palloc0_array(int, program->ninstrs);
	builder.seen = palloc0_array(int, program->ninstrs);
	builder.max_args = builder.max_steps = builder.max_texts = builder.max_masks = 16;
	builder.max_fields = builder.max_lists = builder.max_lookups = 4;
	kernel->fields = palloc_array(KernelField, builder.max_fields);
	kernel->lists = palloc_array(KernelList, builder.max_lists);
	kernel->lookups = palloc_array(KernelLookup, builder.max_lookups);
	kernel->args = palloc_array(int, builder.max_args);
	kernel->steps = palloc_array(KernelStep, builder.max_steps);
	kernel->texts = palloc_array(KernelText, builder.max_texts);
	kernel->masks = palloc_array(uint64, builder.max_masks);
	kernel->nodes = palloc0_array(KernelNode, program->ninstrs);
	kernel->facts = palloc0_array(KernelFact, program->nfacts);
	for (i = 0; i < program->nfacts; i++)
		kernel_build_fact(&kernel->facts[i], program->facts[i]);
	for (i = 0; i < program->ninstrs; i++)
	{
		foreach_operand(operand, program, &program->instrs[i])
			builder.uses[operand]++;
	}
	for (i = 0; i < program->ninstrs; i++)
	{
		build_node(&builder, i);
		weigh(&builder, i);
		if (program->instrs[i].op == OP_FACT && program->instrs[i].a == 0)
			kernel->day = i;
		kernel->nodes[i].of_day = is_of_day(&builder, i);
	}
	pfree(builder.uses);
	pfree(builder.weights);
	pfree(builder.heights);
	pfree(builder.costs);
	pfree(builder.seen);
	return kernel;
}
