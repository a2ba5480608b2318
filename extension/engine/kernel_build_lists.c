/*
 * kernel_build_lists.c
 *		The float kernel of a program: lists, and what does not depend on their elements.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "kernel_build.h"

void
kernel_build_field(Builder *builder, const Instr *instr, KernelNode *node)
{
	Kernel	   *kernel = builder->kernel;
	KernelField *field;

	node->args = 1 + RESERVE(kernel->fields, KernelField, builder->kernel->nfields, builder->max_fields, 1);
	field = &kernel->fields[node->args - 1];
	kernel_build_fact(&field->fact, list_nth(builder->program->facts[instr->c]->fields, instr->a));
	field->list = instr->c;
	field->depth = instr->b;
	field->field = instr->a;
	field->number = node->args - 1;
}

/* Marks the instructions that must be computed again for each element at a depth. */
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
 * Collects the parts of an element's condition that do not depend on the element at a depth.  With `none`,
 * collects the registers instead that make a comparison in the condition false if they are none.  If one of these
 * is false (or none), no element counts.
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
		/* each element tests it again */
		kernel->nodes[number].shared = true;
		i = RESERVE(kernel->args, int, kernel->nargs, builder->max_args, 1);
		kernel->args[i] = number;
		(*count)++;
	}
	else if (node->op == OP_AND)
	{
		for (i = 0; i < node->count; i++)
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

/* Returns the condition that an element must satisfy to count in a list function; -1 if there is none. */
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

void
kernel_build_list(Builder *builder, const Instr *instr, KernelNode *node)
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
	list->fact = builder->program->instrs[instr->a].op == OP_FACT ? builder->program->instrs[instr->a].a : -1;
	list->depth = instr->depth;
	list->where = instr->b;
	list->body = instr->c;
	list->weight = instr->c < 0 ? 0 : builder->weights[instr->c];
	list->depending = first;
	list->ndepending = builder->kernel->nargs - first;
	list->nfixed = list->nnone = 0;
	build_fixed(builder, instr, list);
}
