/*
 * many_missing.c
 *		In which of many rows nothing is missing: missing_facts() of answer.c for batches.
 */
#include "postgres.h"

#include "compat.h"
#include "port/pg_bitutils.h"

#include "answer.h"
#include "many_missing.h"

struct ManyMissing
{
	const Program *program;
	int			ngoals;
	int		   *goals;			/* one that left out most rows is the first */
};

ManyMissing *
many_missing_create(const Program *program)
{
	ManyMissing *missing = palloc_object(ManyMissing);

	missing->program = program;
	missing->goals = answer_missing_goals(program, &missing->ngoals);
	return missing;
}

static int
count(const uint64 *rows, int ngroups)
{
	int			n = 0;
	int			g;

	for (g = 0; g < ngroups; g++)
		n += pg_popcount64(rows[g]);
	return n;
}

/* Leaves out the rows in which a rung is undecided above the highest proved one. */
static void
leave_out_open_rungs(const Program *program, Batch *batch, int ngroups, uint64 *rows)
{
	uint64		above[BATCH_GROUPS];
	BatchTruths truths;
	int			number;
	int			g;

	memcpy(above, rows, ngroups * sizeof(uint64));
	for (number = program->nrungs - 1; number >= 0 && count(above, ngroups) > 0; number--)
	{
		batch_truth(batch, program->rungs[number].when, above, &truths);
		for (g = 0; g < ngroups; g++)
		{
			rows[g] &= ~(above[g] & ~(truths.yes[g] | truths.no[g]));
			above[g] &= truths.no[g];
		}
	}
}

/* Where the same facts are unknown in most rows, the next batch is spared the other goals. */
static void
put_first(ManyMissing *missing, int number)
{
	int			goal = missing->goals[number];

	memmove(missing->goals + 1, missing->goals, number * sizeof(int));
	missing->goals[0] = goal;
}

void
many_missing_nothing(ManyMissing *missing, Batch *batch, int ngroups, uint64 *rows)
{
	int			before = count(rows, ngroups);
	int			i;

	for (i = 0; i < missing->ngoals && before > 0; i++)
	{
		int			after;

		batch_decided(batch, missing->goals[i], rows);
		after = count(rows, ngroups);
		if (2 * after < before)
			put_first(missing, i);
		before = after;
	}
	leave_out_open_rungs(missing->program, batch, ngroups, rows);
}
