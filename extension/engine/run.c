/*
 * run.c
 *		Exact arithmetic: runs a program on the facts of one row.
 *
 * The result of an instruction contains every value that some choice of the unknown facts
 * gives, so a decided answer is correct.  The range can be too wide if a fact occurs
 * twice.
 *
 * Registers are computed on demand and stamped with the time.  So and, or and case are
 * short-circuited without jumps, an entry that is not asked costs nothing, and an aggregate
 * over a list recomputes only what depends on its element.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "exact.h"
#include "kernel.h"

void
run_compute(Run *run, const Instr *instr, Value *out)
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

/* Returns when the inputs of an instruction last changed. */
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
		run_compute(run, instr, &run->values[number]);
		/* constants are computed only once */
		run->stamps[number] = is_constant_op(instr->op) ? PG_UINT64_MAX : run->clock;
		if (run->watch)
			run->watch(run, number, &run->values[number]);
	}
	return &run->values[number];
}

/* ---------------- registers ---------------- */

/*
 * Runs that are asked one after another share a set of registers, so a thousand documents
 * need only the registers of the longest program.
 */
struct Registers
{
	uint64		owner;			/* the run whose values they hold */
	int			room;			/* number of instructions */
	Value	   *values;
	uint64	   *stamps;
	Lane	   *lanes;
	uint64	   *marks;
};

static uint64 last_run = 0;

/* Allocates registers for a run, in a context of their own. */
static void
make_room(struct Registers *registers, int ninstrs)
{
	static MemoryContext context = NULL;
	MemoryContext old;

	if (registers->room >= ninstrs)
		return;
	if (context == NULL)
		context = AllocSetContextCreate(TopMemoryContext, "zjtx registers", ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(context);
	registers->owner = 0;
	registers->room = 0;
	if (registers->values)
	{
		pfree(registers->values);
		pfree(registers->stamps);
		pfree(registers->lanes);
		pfree(registers->marks);
		registers->values = NULL;
	}
	ninstrs += ninstrs / 4;
	registers->stamps = palloc_array(uint64, ninstrs);
	registers->lanes = palloc0_array(Lane, ninstrs);
	registers->marks = palloc_array(uint64, ninstrs);
	registers->values = palloc0_array(Value, ninstrs);
	registers->room = ninstrs;
	MemoryContextSwitchTo(old);
}

static void
take_registers(Run *run)
{
	struct Registers *registers = run->shared;

	make_room(registers, run->program->ninstrs);
	run->values = registers->values;
	run->stamps = registers->stamps;
	run->lanes = registers->lanes;
	run->marks = registers->marks;
	if (registers->owner == run->id)
		return;
	registers->owner = run->id;
	memset(run->stamps, 0, run->program->ninstrs * sizeof(uint64));
	lane_forget(run);
}

static void
start(Run *run, const Program *program)
{
	run->id = ++last_run;
	run->program = program;
	run->nodes = program->kernel->nodes;
	run->kernel_args = program->kernel->args;
	run->deep = program->kernel->deep;
}

Run *
run_create(const Program *program)
{
	Run		   *run = palloc0(sizeof(Run));

	start(run, program);
	run->values = palloc0_array(Value, program->ninstrs);
	run->stamps = palloc0_array(uint64, program->ninstrs);
	run->lanes = palloc0_array(Lane, program->ninstrs);
	run->marks = palloc0_array(uint64, program->ninstrs);
	return run;
}

#define MAX_SHARED 4			/* runs that can be active at the same time */

Run *
run_create_shared(const Program *program, int place)
{
	static struct Registers shared[MAX_SHARED];
	Run		   *run;

	if (place >= MAX_SHARED)
		return run_create(program);
	run = palloc0(sizeof(Run));
	start(run, program);
	run->shared = &shared[place];
	return run;
}

void
run_begin(Run *run, FactSource *source)
{
	if (run->shared)
		take_registers(run);
	run->source = source;
	run->epochs[0] = ++run->clock;
	run->mark = run->epochs[0] << 2;
}

void
run_forget(Run *run, const int *instrs, int count)
{
	int			i;

	for (i = 0; i < count; i++)
	{
		run->stamps[instrs[i]] = 0;
		run->marks[instrs[i]] = 0;
	}
}
