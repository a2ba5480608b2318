/*
 * run.c
 *		Running a program on the facts of one row: the evaluator.
 *
 * The result of an instruction holds every value that some way of filling in the
 * unknown facts gives, so an answer that is decided is right; it may hold more
 * where a fact occurs twice.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "plain.h"
#include "run.h"

static void
compute(Run *run, const Instr *instr, Value *out)
{
	switch ((Op) instr->op)
	{
#define OP(NAME, name, ...) \
		case OP_##NAME: \
			exact_##name(run, instr, out); \
			break;
#include "ops.h"
	}
}

/* When what an instruction depends on last changed. */
static inline uint64
epoch_of(const Run *run, const Instr *instr)
{
	uint64		epoch = run->epochs[0];
	uint32		scopes = instr->scopes;
	int			depth;

	for (depth = 1; scopes >> depth; depth++)
		if (scopes & ((uint32) 1 << depth))
			epoch = Max(epoch, run->epochs[depth]);
	return epoch;
}

const Value *
run_value(Run *run, int number)
{
	const Instr *instr = &run->program->instrs[number];
	uint64		epoch = instr->scopes == 0 ? run->epochs[0] : epoch_of(run, instr);

	if (run->stamps[number] < epoch)
	{
		check_stack_depth();
		compute(run, instr, &run->values[number]);
		run->stamps[number] = run->clock;
		if (run->watch)
			run->watch(run, number, &run->values[number]);
	}
	return &run->values[number];
}

Run *
run_create(const Program *program)
{
	Run		   *run = palloc0(sizeof(Run));
	int			i;

	run->program = program;
	run->values = palloc0_array(Value, program->ninstrs);
	run->stamps = palloc0_array(uint64, program->ninstrs);
	run->nodes = program->plain->nodes;
	run->plain_args = program->plain->args;
	run->deep = program->plain->deep;
	plain_start(run);
	for (i = 0; i < program->ninstrs; i++)
	{
		const Instr *instr = &program->instrs[i];

		if (is_constant_op(instr->op))
		{
			/* constants are computed once and for all */
			compute(run, instr, &run->values[i]);
			run->stamps[i] = PG_UINT64_MAX;
		}
	}
	return run;
}

void
run_begin(Run *run, FactSource *source)
{
	run->source = source;
	run->epochs[0] = ++run->clock;
}
