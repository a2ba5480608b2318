/*
 * kernel_build.c
 *		the kernel of a program.
 *
 * Each instruction becomes a node; what the kernel has no way with becomes one that asks
 * the evaluator.  Conditions are ordered so that cheap ones come first: Kleene's and and
 * or do not depend on the order.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "kernel_number.h"

/*
 * The evaluator gives up numbers of thousands of digits; the kernel must not know more.
 * A fact or constant that is a double has at most 32 digits on either side of the
 * fraction, and arithmetic adds those of its operands up.
 */
#define MAX_WEIGHT 100

#define DEEP 100				/* levels that need no look at the stack */
#define LIST_COST 40			/* most lists are empty */

typedef struct Builder
{
	const Program *program;
	Kernel	   *kernel;
	int		   *uses;			/* by instruction: how many ask it */
	int		   *weights;
	int		   *heights;
	int		   *costs;
	int			max_args;
	int			max_steps;
	int			max_texts;
	int			max_masks;
	int			max_fields;
	int			max_lists;
	int		   *seen;			/* by instruction: for which list it was
								 * visited last */
} Builder;

/* Room for more items of an array; evaluates to the index of the first. */
#define RESERVE(array, type, n, max, more) \
	((n) + (more) > (max) ? \
	 (void) ((array) = repalloc_array((array), type, (max) = 2 * ((n) + (more)))) : (void) 0, \
	 (n) += (more), (n) - (more))

/* ---------------- facts ---------------- */

static void
build_fact(KernelFact *bounds, const Fact *fact)
{
	Value		range;
	double		number;
	bool		exact,
				decimal;

	value_set_unknown(&range, fact);
	bounds->low = -HUGE_VAL;
	bounds->high = HUGE_VAL;
	bounds->first = DATEVAL_NOBEGIN;
	bounds->last = DATEVAL_NOEND;
	if (fact->type == TYPE_DATE)
	{
		bounds->first = range.day;
		bounds->last = range.last_day;
	}
	if (fact->type == TYPE_NUMBER && fact->has_low)
		bounds->low = !number_double(&range.low, &number, &exact, &decimal) ? HUGE_VAL
			: exact ? number : number + KERNEL_ROUNDED(number);
	if (fact->type == TYPE_NUMBER && fact->has_high)
		bounds->high = !number_double(&range.high, &number, &exact, &decimal) ? -HUGE_VAL
			: exact ? number : number - KERNEL_ROUNDED(number);
	bounds->type = fact->values || fact->has_low || fact->has_high ? fact->type : TYPE_UNKNOWN;
	bounds->texts = fact->texts;
}

/* ---------------- conditions ---------------- */

/* A comparison with a constant, which is then in the node. */
static bool
set_constant(const Builder *builder, KernelNode *node, int number)
{
	const Instr *instr = &builder->program->instrs[number];
	bool		exact;

	if (instr->op != OP_NUMBER ||
		!number_double(&builder->program->numbers[instr->a], &node->number, &exact, &node->decimal))
		return false;
	node->error = exact ? 0 : KERNEL_ROUNDED(node->number);
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

static void
build_text_in(Builder *builder, const Instr *instr, KernelNode *node)
{
	const Program *program = builder->program;
	Kernel	   *kernel = builder->kernel;
	const Instr *x = &program->instrs[instr->a];
	const KernelFact *fact = x->op == OP_FACT ? &kernel->facts[x->a] : NULL;
	KernelText *texts;
	uint64		mask = 0;
	int			first = RESERVE(kernel->texts, KernelText, builder->kernel->ntexts, builder->max_texts, instr->nargs);
	int			i,
				j;

	texts = kernel->texts + first;
	for (i = 0; i < instr->nargs; i++)
	{
		texts[i].text = program->texts[program->instrs[program->args[instr->args + i]].a];
		texts[i].length = strlen(texts[i].text);
	}
	node->args = first;
	node->b = instr->nargs;
	if (fact == NULL || fact->texts == NULL || fact->texts->nvalues > MAX_KERNEL_VALUES)
		return;

	for (j = 0; j < fact->texts->nvalues; j++)
	{
		bool		member = false;

		for (i = 0; i < instr->nargs; i++)
			member |= strcmp(texts[i].text, fact->texts->values[j]->text) == 0;
		if (member != (bool) instr->flag)
			mask |= UINT64CONST(1) << j;
	}
	node->op = KERNEL_MEMBER;
	node->args = RESERVE(kernel->masks, uint64, builder->kernel->nmasks, builder->max_masks, 1);
	kernel->masks[node->args] = mask;
}

/* The operands of and and or, those of operands of the same kind among them. */
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

		count += operand->op == node->op && builder->uses[from[i]] == 1 ? operand->b : 1;
	}
	first = RESERVE(kernel->args, int, builder->kernel->nargs, builder->max_args, count);
	node->args = first;
	node->b = count;
	for (i = 0; i < instr->nargs; i++)
	{
		const KernelNode *operand = &kernel->nodes[from[i]];

		if (operand->op == node->op && builder->uses[from[i]] == 1)
			for (j = 0; j < operand->b; j++)
				kernel->args[first++] = kernel->args[operand->args + j];
		else
			kernel->args[first++] = from[i];
	}
	/* cheap ones first, otherwise as they stand */
	for (i = 1; i < count; i++)
	{
		int		   *args = kernel->args + node->args;
		int			moved = args[i];

		for (j = i; j > 0 && builder->costs[args[j - 1]] > builder->costs[moved]; j--)
			args[j] = args[j - 1];
		args[j] = moved;
	}
}

/* ---------------- choices ---------------- */

static void
copy_args(Builder *builder, const Instr *instr, KernelNode *node)
{
	const int  *from = builder->program->args + instr->args;
	Kernel	   *kernel = builder->kernel;

	node->args = RESERVE(kernel->args, int, builder->kernel->nargs, builder->max_args, instr->nargs);
	node->b = instr->nargs;
	if (instr->nargs > 0)
		memcpy(kernel->args + node->args, from, instr->nargs * sizeof(int));
}

static void
build_case(Builder *builder, const Instr *instr, KernelNode *node)
{
	const Program *program = builder->program;
	const int  *args = program->args + instr->args;
	KernelStep *steps;
	bool		down = true,
				up = true;
	int			nsteps = (instr->nargs + 1) / 2;
	int			i;

	if (instr->type == TYPE_BOOLEAN)
	{
		copy_args(builder, instr, node);
		return;
	}
	/* a band of a number, whose steps compare it with constants */
	if (instr->a < 0 || program->instrs[instr->a].type != TYPE_NUMBER)
	{
		copy_args(builder, instr, node);
		return;
	}
	for (i = 0; i + 1 < instr->nargs; i += 2)
	{
		const KernelNode *condition = &builder->kernel->nodes[args[i]];

		if (condition->op != KERNEL_BOUND || condition->a != instr->a)
		{
			copy_args(builder, instr, node);
			return;
		}
	}
	node->op = KERNEL_BAND;
	node->args = RESERVE(builder->kernel->steps, KernelStep, builder->kernel->nsteps, builder->max_steps, nsteps);
	node->b = nsteps;
	steps = builder->kernel->steps + node->args;
	for (i = 0; i < nsteps; i++)
	{
		bool		conditional = 2 * i + 1 < instr->nargs;
		int			result = args[conditional ? 2 * i + 1 : 2 * i];
		const KernelNode *condition = conditional ? &builder->kernel->nodes[args[2 * i]] : NULL;
		KernelNode	value;

		steps[i].condition = -1;
		if (conditional)
		{
			steps[i].condition = args[2 * i];
			steps[i].number = condition->number;
			steps[i].error = condition->error;
			steps[i].decimal = condition->decimal;
			steps[i].compare = condition->flag;
		}
		steps[i].result = result;
		if (set_constant(builder, &value, result) && value.error == 0)
		{
			steps[i].result = -1;
			steps[i].value = value.number;
		}
		else
			down = up = false;
		if (conditional)
		{
			down &= (steps[i].compare == CMP_GE || steps[i].compare == CMP_GT) &&
				(i == 0 || steps[i].number < steps[i - 1].number);
			up &= (steps[i].compare == CMP_LE || steps[i].compare == CMP_LT) &&
				(i == 0 || steps[i].number > steps[i - 1].number);
		}
		else if (down || up)
		{
			node->op = KERNEL_LADDER;
			node->flag = down;
		}
	}
}

/* ---------------- lists ---------------- */

static void
build_field(Builder *builder, const Instr *instr, KernelNode *node)
{
	Kernel	   *kernel = builder->kernel;
	KernelField *field;

	node->args = 1 + RESERVE(kernel->fields, KernelField, builder->kernel->nfields, builder->max_fields, 1);
	field = &kernel->fields[node->args - 1];
	build_fact(&field->fact, list_nth(builder->program->facts[instr->c]->fields, instr->a));
	field->list = instr->c;
	field->depth = instr->b;
	field->field = instr->a;
	field->number = node->args - 1;
}

/* What has to be computed anew for each element at a depth. */
static void
find_depending(Builder *builder, int number, int depth)
{
	const Program *program = builder->program;
	const Instr *instr;
	int			i;

	if (number < 0 || builder->seen[number] == builder->kernel->nlists)
		return;
	instr = &program->instrs[number];
	if ((instr->scopes & ((uint32) 1 << depth)) == 0)
		return;
	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	builder->seen[number] = builder->kernel->nlists;
	i = RESERVE(builder->kernel->args, int, builder->kernel->nargs, builder->max_args, 1);
	builder->kernel->args[i] = number;
	foreach_operand(operand, program, instr)
		find_depending(builder, operand, depth);
}

/*
 * Of a condition that is asked of each element: the parts of it that no element at a depth
 * changes, or, with none, the registers that make a comparison in it false by being none.
 * Any of them refuses all elements.
 */
static void
find_fixed(Builder *builder, int number, int depth, bool none, int *count)
{
	const Program *program = builder->program;
	Kernel	   *kernel = builder->kernel;
	const Instr *instr = &program->instrs[number];
	const KernelNode *node = &kernel->nodes[number];
	uint32		scope = (uint32) 1 << depth;
	int			i;

	check_stack_depth();
	if ((instr->scopes & scope) == 0)
	{
		if (none)
			return;
		/* it is asked again of each element */
		kernel->nodes[number].shared = true;
		i = RESERVE(kernel->args, int, kernel->nargs, builder->max_args, 1);
		kernel->args[i] = number;
		(*count)++;
	}
	else if (node->op == OP_AND)
	{
		for (i = 0; i < node->b; i++)
			find_fixed(builder, kernel->args[node->args + i], depth, none, count);
	}
	else if (none && instr->op == OP_COMPARE && program->instrs[instr->a].type != TYPE_BOOLEAN)
	{
		foreach_operand(operand, program, instr)
		{
			if ((program->instrs[operand].scopes & scope) != 0 || is_constant_op(program->instrs[operand].op))
				continue;
			i = RESERVE(kernel->args, int, kernel->nargs, builder->max_args, 1);
			kernel->args[i] = operand;
			(*count)++;
		}
	}
}

/* What a list function asks of each element before it counts for anything: or -1. */
static void
build_fixed(Builder *builder, const Instr *call, KernelList *list)
{
	const Program *program = builder->program;
	int			conditions[2] = {call->b, -1};
	int			i;

	if (call->c >= 0 && program->instrs[call->c].op == OP_LINE)
		conditions[1] = program->instrs[call->c].a;
	else if (call->flag == FUNC_ANY)
		conditions[1] = call->c;
	list->fixed = builder->kernel->nargs;
	for (i = 0; i < 2; i++)
		if (conditions[i] >= 0)
			find_fixed(builder, conditions[i], call->depth, false, &list->nfixed);
	for (i = 0; i < 2; i++)
		if (conditions[i] >= 0)
			find_fixed(builder, conditions[i], call->depth, true, &list->nnone);
}

static void
build_list(Builder *builder, const Instr *instr, KernelNode *node)
{
	Kernel	   *kernel = builder->kernel;
	KernelList *list;
	int			first = builder->kernel->nargs;
	int			i;

	node->args = RESERVE(kernel->lists, KernelList, builder->kernel->nlists, builder->max_lists, 1);
	find_depending(builder, instr->b, instr->depth);
	find_depending(builder, instr->c, instr->depth);
	for (i = 0; i < instr->nargs; i++)
		find_depending(builder, builder->program->args[instr->args + i], instr->depth);
	list = &kernel->lists[node->args];
	list->fact = builder->program->instrs[instr->a].a;
	list->depth = instr->depth;
	list->where = instr->b;
	list->body = instr->c;
	list->weight = instr->c < 0 ? 0 : builder->weights[instr->c];
	list->depending = first;
	list->ndepending = builder->kernel->nargs - first;
	list->nfixed = list->nnone = 0;
	build_fixed(builder, instr, list);
}

/* ---------------- nodes ---------------- */

static void
build_node(Builder *builder, int number)
{
	const Program *program = builder->program;
	const Instr *instr = &program->instrs[number];
	KernelNode *node = &builder->kernel->nodes[number];
	ValueType	of = instr->a >= 0 && op_info[instr->op].roles[0] == ROLE_REGISTER
	? program->instrs[instr->a].type : TYPE_UNKNOWN;

	/* what has no form of its own is the instruction and its operands */
	node->op = instr->op;
	node->flag = instr->flag;
	node->a = instr->a;
	node->b = instr->b;
	node->args = instr->c;
	node->shared = builder->uses[number] > 1;
	switch ((Op) instr->op)
	{
		case OP_BOOLEAN:
			node->flag = instr->a != 0;
			break;
		case OP_FACT:
		case OP_FIELD:
			node->op = instr->type == TYPE_BOOLEAN ? KERNEL_TRUTH : KERNEL_FACT;
			node->a = number;
			node->b = instr->a;
			if (instr->op == OP_FIELD)
				build_field(builder, instr, node);
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
			if (of == TYPE_BOOLEAN || of == TYPE_LIST)
				node->op = KERNEL_GENERAL_TRUTH;
			break;
		case OP_CASE:
			build_case(builder, instr, node);
			break;
		case OP_LIST:
		case OP_ONCE:
			build_list(builder, instr, node);
			break;
		default:
			if (op_info[instr->op].args == ROLE_REGISTERS)
				copy_args(builder, instr, node);
			break;
	}
}

/* How much an instruction asks below it, how deep that goes and how large it gets. */
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
		/* those who share it share its cost */
		cost += builder->costs[operand] / Max(builder->uses[operand], 1);
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
		builder->kernel->nodes[number].op = KERNEL_GENERAL;
	builder->kernel->deep |= height > DEEP;
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
	builder.uses = palloc0_array(int, program->ninstrs);
	builder.weights = palloc0_array(int, program->ninstrs);
	builder.heights = palloc0_array(int, program->ninstrs);
	builder.costs = palloc0_array(int, program->ninstrs);
	builder.seen = palloc0_array(int, program->ninstrs);
	builder.max_args = builder.max_steps = builder.max_texts = builder.max_masks = 16;
	builder.max_fields = builder.max_lists = 4;
	kernel->fields = palloc_array(KernelField, builder.max_fields);
	kernel->lists = palloc_array(KernelList, builder.max_lists);
	kernel->args = palloc_array(int, builder.max_args);
	kernel->steps = palloc_array(KernelStep, builder.max_steps);
	kernel->texts = palloc_array(KernelText, builder.max_texts);
	kernel->masks = palloc_array(uint64, builder.max_masks);
	kernel->nodes = palloc0_array(KernelNode, program->ninstrs);
	kernel->facts = palloc0_array(KernelFact, program->nfacts);
	for (i = 0; i < program->nfacts; i++)
		build_fact(&kernel->facts[i], program->facts[i]);
	for (i = 0; i < program->ninstrs; i++)
	{
		foreach_operand(operand, program, &program->instrs[i])
			builder.uses[operand]++;
	}
	for (i = 0; i < program->ninstrs; i++)
	{
		build_node(&builder, i);
		weigh(&builder, i);
	}
	pfree(builder.uses);
	pfree(builder.weights);
	pfree(builder.heights);
	pfree(builder.costs);
	pfree(builder.seen);
	return kernel;
}
