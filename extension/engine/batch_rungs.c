/*
 * batch_rungs.c
 *		The place on the ladder of the rows of a batch.
 */
#include "postgres.h"

#include "port/pg_bitutils.h"

#include "batch_registers.h"

/* Finds the highest rung that is proved.  Rungs below it are not tested. */
void
batch_rungs(Batch *batch, const uint64 *wanted, BatchRungs *out)
{
	uint64		open[BATCH_GROUPS];
	BatchTruths truths;
	int			number;
	int			g;
	int			i;

	memcpy(open, wanted, batch->ngroups * sizeof(uint64));
	memset(out->undecided, 0, sizeof(out->undecided));
	memset(out->doubt, 0, sizeof(out->doubt));
	for (i = 0; i < batch->ngroups * GROUP_ROWS; i++)
		out->rung[i] = -1;
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
