/*
 * batch_rungs.c
 *		The place on the ladder of the rows of a batch.
 */
#include "postgres.h"

#include "port/pg_bitutils.h"

#include "batch_registers.h"

/* Finds the highest rung that is proved.  Rungs below it are not tested. */
static void
find_rungs(Batch *batch, const uint64 *wanted, BatchRungs *out)
{
	uint64		open[BATCH_GROUPS];
	BatchTruths truths;
	int			number;
	int			g;
	int			i;

	memcpy(open, wanted, batch->ngroups * sizeof(uint64));
	for (number = batch->program->nrungs - 1; number >= 0; number--)
	{
		batch_truth(batch, batch->program->rungs[number].when, open, &truths);
		for (g = 0; g < batch->ngroups; g++)
		{
			EACH_LANE(i, truths.yes[g])
				out->rung[g * GROUP_ROWS + i] = number;
			out->doubt[g] |= truths.doubt[g];
			out->undecided[g] |= open[g] & ~(truths.yes[g] | truths.no[g] | truths.doubt[g]);
			out->undecided[g] &= ~(truths.yes[g] | truths.doubt[g]);
			open[g] &= ~(truths.yes[g] | truths.doubt[g]);
		}
	}
}

static void
start_rungs(const Batch *batch, BatchRungs *rungs)
{
	int			i;

	memset(rungs->undecided, 0, sizeof(rungs->undecided));
	memset(rungs->doubt, 0, sizeof(rungs->doubt));
	for (i = 0; i < batch->ngroups * GROUP_ROWS; i++)
		rungs->rung[i] = -1;
}

void
batch_rungs(Batch *batch, const uint64 *wanted, BatchRungs *out)
{
	uint64		left[BATCH_GROUPS];
	Batch	   *narrowed = batch_narrow(batch, ENTRY_RUNGS, wanted, left);
	BatchRungs	rungs;
	int			g;
	int			i;

	start_rungs(batch, out);
	if (narrowed == NULL)
	{
		find_rungs(batch, wanted, out);
		return;
	}
	start_rungs(narrowed, &rungs);
	find_rungs(narrowed, left, &rungs);
	batch_widen(narrowed, rungs.undecided, out->undecided);
	batch_widen(narrowed, rungs.doubt, out->doubt);
	for (g = 0; g < narrowed->ngroups; g++)
		EACH_LANE(i, left[g])
			out->rung[narrowed->selection->rows[g * GROUP_ROWS + i]] = rungs.rung[g * GROUP_ROWS + i];
}
