/*
 * kernel_build_case.c
 *		The float kernel: case and band.
 *
 * A band whose steps compare a number with ascending or descending constants is a ladder.
 */
#include "postgres.h"

#include "exact.h"
#include "kernel_build.h"
#include "kernel_number.h"

/* Whether each step of a band compares it with a constant, or by membership. */
static bool
has_steps(const Program *program, const Instr *instr)
{
	const int  *args = program->args + instr->args;
	bool		numbers = program->instrs[instr->a].type == TYPE_NUMBER;
	int			i;

	for (i = 0; i + 1 < instr->nargs; i += 2)
	{
		const Instr *step = &program->instrs[args[i]];

		if (step->a != instr->a ||
			!(numbers ? step->op == OP_COMPARE && program->instrs[step->b].op == OP_NUMBER : step->op == OP_TEXT_IN))
			return false;
	}
	return true;
}

/*
 * Finds which steps of a band an unknown text can take, and whether it can pass all of them.  Each step is tested
 * only for the texts that the earlier steps have left.
 */
static void
build_reached(Builder *builder, const Instr *instr, const Fact *fact, KernelNode *node)
{
	const Program *program = builder->program;
	const int  *args = program->args + instr->args;
	bool	   *excluded = palloc0_array(bool, list_length(fact->values));
	int			nsteps = instr->nargs / 2;
	int			first = RESERVE(builder->kernel->args, int, builder->kernel->nargs, builder->max_args, nsteps + 1);
	int		   *reached = builder->kernel->args + first;
	Truth		truth = TRUTH_UNKNOWN;
	ListCell   *cell;
	int			i;

	for (i = 0; i < nsteps; i++)
	{
		const Instr *step = &program->instrs[args[2 * i]];

		reached[i] = false;
		if (truth == TRUTH_TRUE)
			continue;
		truth = kernel_truth_of_unknown(program, step, fact, excluded);
		reached[i] = truth != TRUTH_FALSE;
		if (truth != TRUTH_UNKNOWN)
			continue;
		foreach(cell, fact->values)
		{
			const TextValue *value = lfirst(cell);

			if (text_in_constants(program, step, value->text, value->length) != (bool) step->flag)
				excluded[foreach_current_index(cell)] = true;
		}
	}
	reached[nsteps] = truth != TRUTH_TRUE || fact->null_means == NULL_NONE;
	node->b = first;
	pfree(excluded);
}

/* Builds a case whose conditions are tested one after another, in the order of the document. */
static void
build_case_by_conditions(Builder *builder, const Instr *instr, KernelNode *node)
{
	const Fact *fact = instr->a >= 0 ? program_register_fact(builder->program, instr->a) : NULL;

	kernel_copy_args(builder, instr, node);
	node->b = CASE_BY_STEPS;
	if (instr->a < 0 || !has_steps(builder->program, instr))
		return;
	if (builder->program->instrs[instr->a].type == TYPE_NUMBER)
		node->b = CASE_BY_EXACT;
	else if (fact && fact->type == TYPE_TEXT && fact->values)
		build_reached(builder, instr, fact, node);
}

void
kernel_build_case(Builder *builder, const Instr *instr, KernelNode *node)
{
	const Program *program = builder->program;
	const int  *args = program->args + instr->args;
	KernelStep *steps;
	bool		down = true,
				up = true;
	int			nsteps = (instr->nargs + 1) / 2;
	int			i;

	/* a band of a number, whose steps compare it with constants */
	if (instr->type == TYPE_BOOLEAN || instr->a < 0 || program->instrs[instr->a].type != TYPE_NUMBER ||
		!has_steps(program, instr))
	{
		build_case_by_conditions(builder, instr, node);
		return;
	}
	for (i = 0; i + 1 < instr->nargs; i += 2)
	{
		const KernelNode *condition = &builder->kernel->nodes[args[i]];

		if (condition->op != KERNEL_BOUND || condition->a != instr->a)
		{
			build_case_by_conditions(builder, instr, node);
			return;
		}
	}
	node->op = KERNEL_BAND;
	node->args = RESERVE(builder->kernel->steps, KernelStep, builder->kernel->nsteps, builder->max_steps, nsteps);
	node->count = nsteps;
	steps = builder->kernel->steps + node->args;
	for (i = 0; i < nsteps; i++)
	{
		bool		conditional = 2 * i + 1 < instr->nargs;
		int			result = args[conditional ? 2 * i + 1 : 2 * i];
		const KernelNode *condition = conditional ? &builder->kernel->nodes[args[2 * i]] : NULL;
		End			value;

		memset(&steps[i], 0, sizeof(KernelStep));
		steps[i].condition = -1;
		if (conditional)
		{
			steps[i].condition = args[2 * i];
			steps[i].bound = node_constant(condition);
			steps[i].compare = condition->flag;
		}
		steps[i].result = result;
		if (kernel_find_constant(builder, &value, result) && value.error == 0)
		{
			steps[i].result = -1;
			steps[i].value = value.number;
		}
		else
			down = up = false;
		if (conditional)
		{
			down &= (steps[i].compare == CMP_GE || steps[i].compare == CMP_GT) &&
				(i == 0 || steps[i].bound.number < steps[i - 1].bound.number);
			up &= (steps[i].compare == CMP_LE || steps[i].compare == CMP_LT) &&
				(i == 0 || steps[i].bound.number > steps[i - 1].bound.number);
		}
		else if (down || up)
		{
			node->op = KERNEL_LADDER;
			node->flag = down;
		}
	}
}
