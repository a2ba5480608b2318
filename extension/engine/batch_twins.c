/*
 * batch_twins.c
 *		Instructions that say the same of an element at two depths.
 *
 * A condition of an element can go through the list of that element again: whether another one is of the same day.
 * Then the elements of that list are at two depths, and what a document says of an element is compiled for
 * both.  The elements at depth 1 are kept with all that was computed of them, so that what is asked at a greater
 * depth can be taken from there: from the twin of an instruction, which differs from it only in the depth of its
 * element.
 *
 * A function over a list that depends on no element has a twin, too, if the same function goes through the list at
 * depth 1: it is the same number.
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "batch_registers.h"

#define FIRST_SCOPE ((uint32) 1 << 1)

typedef struct Twins
{
	const Program *program;
	int		   *twins;			/* by instruction, or -1 */
	uint32		nbuckets;
	int		   *buckets;		/* hash table of the instructions at depth 1:
								 * instruction + 1, or 0 */
	int		   *next;
	int		   *args;			/* of the instruction that is looked up */
} Twins;

/* Returns the operand at depth 1 that stands for an operand; NO_OPERAND if there is none. */
#define NO_OPERAND (-2)

static int
operand_at_first(const Twins *twins, uint8 role, int operand)
{
	if (role == ROLE_DEPTH)
		return 1;
	if ((role != ROLE_REGISTER && role != ROLE_OPTIONAL && role != ROLE_REGISTERS) || operand < 0 ||
		twins->program->instrs[operand].scopes == 0)
		return operand;
	return twins->twins[operand] < 0 ? NO_OPERAND : twins->twins[operand];
}

/*
 * Sets the instruction that would be the twin of another, and twins->args.  Returns false if one of its operands has
 * no twin.
 */
static bool
set_at_first(Twins *twins, const Instr *instr, Instr *out)
{
	const OpInfo *info = &op_info[instr->op];
	int			i;

	*out = *instr;
	out->depth = Min(instr->depth, 1);
	out->a = operand_at_first(twins, info->roles[0], instr->a);
	out->b = operand_at_first(twins, info->roles[1], instr->b);
	out->c = operand_at_first(twins, info->roles[2], instr->c);
	if (out->a == NO_OPERAND || out->b == NO_OPERAND || out->c == NO_OPERAND)
		return false;
	for (i = 0; i < instr->nargs; i++)
	{
		twins->args[i] = operand_at_first(twins, info->args, twins->program->args[instr->args + i]);
		if (twins->args[i] == NO_OPERAND)
			return false;
	}
	return true;
}

static uint32
hash_of(const Twins *twins, const Instr *instr, const int *args)
{
	uint32		hash = hash_bytes((const unsigned char *) args, instr->nargs * sizeof(int));

	hash = hash_combine(hash, hash_bytes_uint32(instr->op | instr->flag << 8));
	hash = hash_combine(hash, hash_bytes_uint32(instr->a));
	hash = hash_combine(hash, hash_bytes_uint32(instr->b));
	return hash_combine(hash, hash_bytes_uint32(instr->c)) % twins->nbuckets;
}

/* Returns the instruction at depth 1 with the operands of another, and twins->args; or -1. */
static int
find_at_first(const Twins *twins, const Instr *instr)
{
	int			i;

	for (i = twins->buckets[hash_of(twins, instr, twins->args)]; i != 0; i = twins->next[i - 1])
	{
		const Instr *other = &twins->program->instrs[i - 1];

		if (other->op == instr->op && other->flag == instr->flag && other->type == instr->type && other->a == instr->a &&
			other->b == instr->b && other->c == instr->c && other->nargs == instr->nargs &&
			memcmp(twins->program->args + other->args, twins->args, instr->nargs * sizeof(int)) == 0)
			return i - 1;
	}
	return -1;
}

/* Whether an instruction depends on nothing but the element at one depth; or goes through a list, and depends on none. */
static bool
is_of_one_depth(const Instr *instr, bool first)
{
	if (instr->op == OP_ONCE)
		return false;
	if (instr->op == OP_LIST)
		return instr->scopes == 0 && (instr->depth == 1) == first;
	return first ? instr->scopes == FIRST_SCOPE : instr->scopes > FIRST_SCOPE && (instr->scopes & (instr->scopes - 1)) == 0;
}

int *
batch_find_twins(const Program *program)
{
	Twins		twins = {0};
	bool		any = false;
	int			i;

	twins.program = program;
	twins.twins = palloc_array(int, program->ninstrs);
	for (i = 0; i < program->ninstrs; i++)
	{
		twins.twins[i] = -1;
		any |= is_of_one_depth(&program->instrs[i], false);
	}
	if (!any)
		return twins.twins;
	twins.nbuckets = 2 * program->ninstrs;
	twins.buckets = palloc0_array(int, twins.nbuckets);
	twins.next = palloc_array(int, program->ninstrs);
	twins.args = palloc_array(int, program->nargs + 1);
	for (i = 0; i < program->ninstrs; i++)
	{
		const Instr *instr = &program->instrs[i];
		uint32		hash;

		if (!is_of_one_depth(instr, true))
			continue;
		hash = hash_of(&twins, instr, program->args + instr->args);
		twins.next[i] = twins.buckets[hash];
		twins.buckets[hash] = i + 1;
	}
	for (i = 0; i < program->ninstrs; i++)
	{
		Instr		at_first;

		if (is_of_one_depth(&program->instrs[i], false) && set_at_first(&twins, &program->instrs[i], &at_first))
			twins.twins[i] = find_at_first(&twins, &at_first);
	}
	pfree(twins.buckets);
	pfree(twins.next);
	pfree(twins.args);
	return twins.twins;
}
