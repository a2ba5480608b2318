/*
 * lacking.c
 *		The facts that many values of one row lack.
 *
 * Conditions are walked by the nodes of the float kernel, which have just been read for the
 * answers.  For other instructions missing.c says which operands matter.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "kernel.h"
#include "lacking.h"
#include "missing.h"

/* The sets of an unknown value. */
enum
{
	SET_MISSING,				/* facts that keep it from being known */
	SET_TO_FALSE,				/* facts that alone can make the condition
								 * false */
	SET_TO_TRUE,				/* or true */
	NSETS
};

/*
 * A set of facts: bits by the number of the fact, and the numbers of facts in a year and of
 * lookups, which are larger.
 */
typedef struct FactSet
{
	uint64	   *facts;
	Bitmapset  *others;
} FactSet;

typedef struct Unknown
{
	FactSet		sets[NSETS];
} Unknown;

#define UNKNOWNS_AT_ONCE 32		/* allocated together */

struct Lacking
{
	Run		   *run;
	int			nwords;			/* of FactSet.facts */
	char	   *free;			/* room for so many unknown values */
	int			nfree;
	Unknown   **unknowns;		/* by instruction; NULL before the first
								 * lookup */
	FactSet		chosen;
	FactSet		named;
};

/* stands for a value that is known */
static Unknown known_value;

/* ---------------- sets ---------------- */

static FactSet
set_create(const Lacking *lacking)
{
	FactSet		set = {palloc0_array(uint64, lacking->nwords), NULL};

	return set;
}

static void
set_add(const Lacking *lacking, FactSet *set, int number)
{
	if (number < lacking->run->program->nfacts)
		set->facts[number / 64] |= UINT64CONST(1) << (number % 64);
	else
		set->others = bms_add_member(set->others, number);
}

static void
set_add_all(const Lacking *lacking, FactSet *set, const FactSet *from)
{
	int			i;

	for (i = 0; i < lacking->nwords; i++)
		set->facts[i] |= from->facts[i];
	if (from->others)
		set->others = bms_add_members(set->others, from->others);
}

static void
set_keep_common(const Lacking *lacking, FactSet *set, const FactSet *with)
{
	int			i;

	for (i = 0; i < lacking->nwords; i++)
		set->facts[i] &= with->facts[i];
	if (set->others)
		set->others = bms_int_members(set->others, with->others);
}

/* Whether it has exactly one member. */
static bool
set_is_single(const Lacking *lacking, const FactSet *set)
{
	int			count = bms_num_members(set->others);
	int			i;

	for (i = 0; i < lacking->nwords && count < 2; i++)
		count += pg_popcount64(set->facts[i]);
	return count == 1;
}

static void
set_clear(const Lacking *lacking, FactSet *set)
{
	memset(set->facts, 0, lacking->nwords * sizeof(uint64));
	bms_free(set->others);
	set->others = NULL;
}

/* ---------------- the walk ---------------- */

static const Unknown *unknown_of(Lacking *lacking, int number);

static Unknown *
unknown_create(Lacking *lacking)
{
	Size		size = sizeof(Unknown) + NSETS * lacking->nwords * sizeof(uint64);
	Unknown    *unknown;
	int			i;

	if (lacking->nfree == 0)
	{
		lacking->free = palloc0(UNKNOWNS_AT_ONCE * size);
		lacking->nfree = UNKNOWNS_AT_ONCE;
	}
	unknown = (Unknown *) lacking->free;
	lacking->free += size;
	lacking->nfree--;
	for (i = 0; i < NSETS; i++)
		unknown->sets[i].facts = (uint64 *) (unknown + 1) + i * lacking->nwords;
	return unknown;
}

/*
 * For `and`: any operand can make it false, but only a fact shared by all unknown operands
 * can make it true.
 */
static Unknown *
unknown_logic(Lacking *lacking, const KernelNode *node)
{
	Unknown    *unknown = unknown_create(lacking);
	const int  *args = lacking->run->kernel_args + node->args;
	int			by_any = node->op == OP_AND ? SET_TO_FALSE : SET_TO_TRUE;
	int			by_all = node->op == OP_AND ? SET_TO_TRUE : SET_TO_FALSE;
	bool		first = true;
	int			i;

	for (i = 0; i < node->count; i++)
	{
		const Unknown *operand = unknown_of(lacking, args[i]);

		if (operand == NULL)
			continue;
		set_add_all(lacking, &unknown->sets[SET_MISSING], &operand->sets[SET_MISSING]);
		set_add_all(lacking, &unknown->sets[by_any], &operand->sets[by_any]);
		if (first)
			set_add_all(lacking, &unknown->sets[by_all], &operand->sets[by_all]);
		else
			set_keep_common(lacking, &unknown->sets[by_all], &operand->sets[by_all]);
		first = false;
	}
	return unknown;
}

static Unknown *
unknown_not(Lacking *lacking, const KernelNode *node)
{
	Unknown    *unknown = unknown_create(lacking);
	const Unknown *operand = unknown_of(lacking, node->a);

	if (operand == NULL)
		return unknown;
	set_add_all(lacking, &unknown->sets[SET_MISSING], &operand->sets[SET_MISSING]);
	set_add_all(lacking, &unknown->sets[SET_TO_FALSE], &operand->sets[SET_TO_TRUE]);
	set_add_all(lacking, &unknown->sets[SET_TO_TRUE], &operand->sets[SET_TO_FALSE]);
	return unknown;
}

/* What lacks one fact alone, that fact decides. */
static Unknown *
decided_by_single(const Lacking *lacking, Unknown *unknown)
{
	if (set_is_single(lacking, &unknown->sets[SET_MISSING]))
	{
		set_add_all(lacking, &unknown->sets[SET_TO_FALSE], &unknown->sets[SET_MISSING]);
		set_add_all(lacking, &unknown->sets[SET_TO_TRUE], &unknown->sets[SET_MISSING]);
	}
	return unknown;
}

static Unknown *
unknown_fact(Lacking *lacking, int fact)
{
	Unknown    *unknown = unknown_create(lacking);

	set_add(lacking, &unknown->sets[SET_MISSING], fact);
	return decided_by_single(lacking, unknown);
}

/* What missing.c finds of the operands of an instruction. */
typedef struct KeptLacking
{
	MissingKept kept;			/* must be first */
	Lacking    *lacking;
	FactSet    *found;
} KeptLacking;

static void
keep_fact(MissingKept *kept, int fact)
{
	set_add(((KeptLacking *) kept)->lacking, ((KeptLacking *) kept)->found, fact);
}

static void
keep_below(MissingKept *kept, int number)
{
	Lacking    *lacking = ((KeptLacking *) kept)->lacking;
	const Unknown *below = unknown_of(lacking, number);

	if (below)
		set_add_all(lacking, ((KeptLacking *) kept)->found, &below->sets[SET_MISSING]);
}

static Unknown *
unknown_other(Lacking *lacking, int number)
{
	Unknown    *unknown = unknown_create(lacking);
	KeptLacking kept = {{keep_fact, keep_below}, lacking, &unknown->sets[SET_MISSING]};
	Missing		missing = {lacking->run, NULL, NULL, &kept.kept};

	missing_find_below(&missing, number);
	return decided_by_single(lacking, unknown);
}

/* The sets of a value that is unknown, or known_value. */
static Unknown *
look(Lacking *lacking, int number)
{
	Run		   *run = lacking->run;
	const KernelNode *node = &run->nodes[number];

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (run_decided(run, number))
		return &known_value;
	switch (node->op)
	{
		case OP_AND:
		case OP_OR:
			return unknown_logic(lacking, node);
		case OP_NOT:
			return unknown_not(lacking, node);
		case KERNEL_FACT:
			return unknown_fact(lacking, node->b);
		case KERNEL_TRUTH:
			if (node->a == number)
				return unknown_fact(lacking, node->b);
			pg_fallthrough;
		case KERNEL_BOUND:
		case KERNEL_MEMBER:
			/* it is compared with constants, and has the same sets */
			return unconstify(Unknown *, unknown_of(lacking, node->a));
		default:
			return unknown_other(lacking, number);
	}
}

/* The sets of a value that is unknown; NULL of one that is known. */
static const Unknown *
unknown_of(Lacking *lacking, int number)
{
	Unknown   **unknown;

	if (lacking->unknowns == NULL)
		lacking->unknowns = palloc0_array(Unknown *, lacking->run->program->ninstrs);
	unknown = &lacking->unknowns[number];
	if (*unknown == NULL)
	{
		*unknown = look(lacking, number);
		if (*unknown == NULL)
			*unknown = unknown_create(lacking);
	}
	return *unknown == &known_value ? NULL : *unknown;
}

/* ---------------- what lines ask ---------------- */

Lacking *
lacking_start(Run *run)
{
	Lacking    *lacking = palloc0(sizeof(Lacking));

	lacking->run = run;
	lacking->nwords = (run->program->nfacts + 63) / 64;
	return lacking;
}

void
lacking_end(Lacking *lacking)
{
	if (lacking->unknowns)
		pfree(lacking->unknowns);
	pfree(lacking);
}

bool
lacking_any(Lacking *lacking, int number)
{
	return unknown_of(lacking, number) != NULL;
}

void
lacking_begin(Lacking *lacking)
{
	if (lacking->chosen.facts == NULL)
	{
		lacking->chosen = set_create(lacking);
		lacking->named = set_create(lacking);
	}
	set_clear(lacking, &lacking->chosen);
	set_clear(lacking, &lacking->named);
}

void
lacking_add(Lacking *lacking, int number)
{
	const Unknown *unknown = unknown_of(lacking, number);

	if (unknown)
		set_add_all(lacking, &lacking->chosen, &unknown->sets[SET_MISSING]);
}

void
lacking_add_deciding(Lacking *lacking, int number)
{
	const Unknown *unknown = unknown_of(lacking, number);

	if (unknown == NULL)
		return;
	set_add_all(lacking, &lacking->chosen, &unknown->sets[SET_TO_FALSE]);
	set_add_all(lacking, &lacking->chosen, &unknown->sets[SET_TO_TRUE]);
}

void
lacking_add_day(Lacking *lacking)
{
	set_add(lacking, &lacking->chosen, 0);
}

List *
lacking_take(Lacking *lacking, List *names)
{
	const Program *program = lacking->run->program;
	FactSet    *chosen = &lacking->chosen;
	int			other = -1;
	int			i;

	for (i = 0; i < lacking->nwords; i++)
	{
		uint64		left = chosen->facts[i] & ~lacking->named.facts[i];

		for (; left != 0; left &= left - 1)
			names = lappend(names, program->facts[i * 64 + pg_rightmost_one_pos64(left)]->name);
	}
	while ((other = bms_next_member(chosen->others, other)) >= 0)
		if (!bms_is_member(other, lacking->named.others))
			names = lappend(names, run_missing_name(lacking->run, other));
	set_add_all(lacking, &lacking->named, chosen);
	set_clear(lacking, chosen);
	return names;
}
