/*
 * batch_possible.c
 *		In which rows of a batch an element of a list can count, as far as the rows alone say.
 *
 * In the other rows a list need not be read.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "batch_fast.h"

static void find_possible(Batch *batch, int number, const uint64 *wanted, uint64 *possible);

/* Removes the rows in which an operand of a comparison is none that does not depend on the element. */
static void
remove_none(Batch *batch, const Instr *instr, uint64 *possible)
{
	foreach_operand(operand, batch->program, instr)
	{
		const BatchRegister *x;
		int			g;

		if (batch->program->instrs[operand].scopes != 0 || is_constant_op(batch->program->instrs[operand].op))
			continue;
		x = batch->nodes[operand].type == TYPE_DATE ? batch_days_of(batch, operand, possible)
			: batch_get_groups(batch, operand, possible);
		for (g = 0; g < batch->ngroups; g++)
			possible[g] &= ~(x->groups[g].none & x->groups[g].done);
	}
}

/* Finds the rows in which one of several conditions can hold. */
static void
find_either(Batch *batch, const KernelNode *node, const uint64 *wanted, uint64 *possible)
{
	uint64		rest[BATCH_GROUPS];
	uint64		here[BATCH_GROUPS];
	int			i;
	int			g;

	memcpy(rest, wanted, batch->ngroups * sizeof(uint64));
	memset(possible, 0, batch->ngroups * sizeof(uint64));
	for (i = 0; i < node->count; i++)
	{
		uint64		any = 0;

		find_possible(batch, batch->kernel_args[node->args + i], rest, here);
		for (g = 0; g < batch->ngroups; g++)
		{
			possible[g] |= here[g];
			any |= rest[g] &= ~here[g];
		}
		if (any == 0)
			break;
	}
}

/*
 * Finds the rows in which a condition on an element can hold, as far as the rows alone say: where it does not depend
 * on the element, it must not be false, and where it compares an element with something of the row, that must not be
 * none.
 */
static void
find_possible(Batch *batch, int number, const uint64 *wanted, uint64 *possible)
{
	const KernelNode *node = &batch->nodes[number];
	const Instr *instr = &batch->program->instrs[number];
	BatchTruths truths;
	uint64		any = 0;
	int			g;
	int			i;

	check_stack_depth();
	memmove(possible, wanted, batch->ngroups * sizeof(uint64));
	for (g = 0; g < batch->ngroups; g++)
		any |= wanted[g];
	if (any == 0)
		return;
	if (instr->scopes == 0)
	{
		/* each element tests it again */
		batch->plan.keep[number] = true;
		batch_fast_test(batch, number, wanted, &truths);
		for (g = 0; g < batch->ngroups; g++)
			possible[g] = wanted[g] & ~truths.no[g];
	}
	else if (node->op == OP_AND)
	{
		for (i = 0; i < node->count; i++)
			find_possible(batch, batch->kernel_args[node->args + i], possible, possible);
	}
	else if (node->op == OP_OR)
		find_either(batch, node, wanted, possible);
	else if (instr->op == OP_COMPARE && batch->program->instrs[instr->a].type != TYPE_BOOLEAN)
		remove_none(batch, instr, possible);
}

/* Does for all rows what lanes_refused() does, and more. */
void
batch_refuse_rows(Batch *batch, const KernelNode *node, const uint64 *wanted, uint64 *empty)
{
	const KernelList *call = &batch->program->kernel->lists[node->args];
	uint64		possible[BATCH_GROUPS];
	int			g;

	for (g = 0; g < batch->ngroups; g++)
		possible[g] = wanted[g] & ~empty[g];
	if (call->where >= 0)
		find_possible(batch, call->where, possible, possible);
	if (call->body >= 0 && batch->program->instrs[call->body].op == OP_LINE)
		find_possible(batch, batch->program->instrs[call->body].a, possible, possible);
	else if (call->body >= 0 && node->flag == FUNC_ANY)
		find_possible(batch, call->body, possible, possible);
	for (g = 0; g < batch->ngroups; g++)
		empty[g] |= wanted[g] & ~possible[g];
}
