/*
 * day_warning.c
 *		Warns if answers are undecided because no day to judge was given.
 *
 * A sum over such answers looks like a valid figure: sum(e |# stored('x')) would contain
 * only what is certain on every day, often 0.00.
 */
#include "postgres.h"

#include "access/parallel.h"
#include "access/xact.h"
#include "optimizer/optimizer.h"

#include "answer.h"
#include "messages.h"

/* start of the statement in which a warning was given */
static TimestampTz warned = 0;

bool
answer_lacks_day(const Question *question, Run *run)
{
	const Value *as_of;

	if (!run->program->uses_as_of && !question->compiled->series)
		return false;
	as_of = run_value(run, run->program->fact_instrs[0]);
	return !as_of->known;
}

/* Whether this process warns: the leader or, if the leader does not execute the plan, one of its workers. */
static bool
may_warn(void)
{
	if (IsParallelWorker() && (parallel_leader_participation || ParallelWorkerNumber > 0))
		return false;
	return warned != GetCurrentStatementStartTimestamp();
}

void
answer_warn_of_day(const Question *question)
{
	Run		   *run = question->nruns > 0 ? question->runs[0] : NULL;
	Origin		origin;

	if (run == NULL || !may_warn() || !answer_lacks_day(question, run) || run->source->origin == NULL)
		return;
	run->source->origin(run->source, 0, &origin);
	/* a row whose as_of is NULL is one row, and says why */
	if (origin.kind != ORIGIN_NO_COLUMN && origin.kind != ORIGIN_NO_KEY)
		return;
	warned = GetCurrentStatementStartTimestamp();
	ereport(WARNING,
			(errcode(ERRCODE_WARNING),
			 errmsg("policy \"%s\" was judged without a day", question->compiled->name),
			 errdetail("Answers that depend on the day are undecided (NULL); sums leave them out."),
			 errhint("Bind the policy to a day, as_of(policy, '2025-06-30'), ask by the name of a stored policy, or give the rows a column as_of.")));
}
