/*
 * state.h
 *		The state of a node Judge that is executed.
 */
#ifndef ZJTX_JUDGE_STATE_H
#define ZJTX_JUDGE_STATE_H

#include "postgres.h"

#include "access/htup.h"
#include "access/parallel.h"
#include "access/relscan.h"
#include "nodes/execnodes.h"
#include "storage/buf.h"

#include "answers/row_verdict.h"
#include "facts/tuples.h"
#include "judge.h"
#include "policies.h"

/* Where the value of an argument of a call comes from. */
typedef struct JudgeArgument
{
	int			column;			/* of the rows read, from 1 on; 0: expr */
	ExprState  *expr;
} JudgeArgument;

struct JudgedCall
{
	FuncExpr   *call;			/* with its arguments */
	Many	   *many;			/* NULL before the first batch */
	RowVerdict *verdicts;		/* of judge: by row */
	QuestionKind question;
	JudgeArgument *arguments;	/* policy, names and facts */
	DatumColumn *facts;
	RowPolicies *policies;		/* NULL: its policy is constant; else many
								 * answers single rows of policies that are
								 * not known */
	struct JudgedCall *beside;	/* Many.beside */
	bool		judged;			/* in this batch */
};

/* A column of the rows of another plan: where it is in them, and where it is kept. */
typedef struct JudgedColumn
{
	DatumColumn kept;
	int			attribute;
	uint64		row;			/* in which it was taken last, of all that
								 * were kept */
} JudgedColumn;

/* A column of answers. */
typedef struct JudgedOutput
{
	int			number;
	JudgedCall *call;
	Expr	   *expr;			/* of the answer, or NULL */
	ExprState  *state;
	TupleTableSlot *slot;		/* the answer, for expr */
	bool		by_value;
	int16		length;
	uint64		policy;			/* of which values are */
	NullableDatum *values[MANY_CODES];	/* by code; NULL: not evaluated */
} JudgedOutput;

/* A condition that uses answers, or comes after one that does. */
typedef struct JudgedCondition
{
	ExprState  *state;
	Bitmapset  *columns;		/* that it reads */
	Bitmapset  *outputs;		/* the same, from 0 on */
	int			output;			/* it is this output; -1: it is more */
} JudgedCondition;

typedef struct JudgeCounts
{
	uint64		nbatches;
	uint64		singly;			/* rows judged one by one */
} JudgeCounts;

struct JudgeState
{
	CustomScanState css;		/* must be first */
	JudgePlan	plan;
	int			nrows_most;		/* rows of a batch, at most */

	int			ncalls;
	JudgedCall *calls;
	int			npolicies;		/* calls whose policies are not constant */
	int			noutputs;
	JudgedOutput *outputs;

	ExprState  *filter;			/* the conditions before any answer */
	Bitmapset  *filter_columns; /* that filter and arguments read, from 1 on */
	int			last_filtered;	/* the last attribute of them */
	int			nconditions;
	JudgedCondition *conditions;
	Bitmapset  *kept_columns;	/* that are read of the rows of a batch */
	Bitmapset  *taken_columns;	/* these, and facts: taken from the rows read */
	Bitmapset  *policy_columns; /* policies that are not constant, and their
								 * facts: also taken, if not of another plan */
	int			last_attribute; /* of all */
	int		   *attributes;		/* by column - 1: of the row read */
	bool		expressions;	/* arguments are more than columns */
	List	   *fact_exprs;		/* facts that are: TargetEntry */
	DatumColumn **fact_columns; /* … where they are kept */
	ProjectionInfo *facts;		/* … all of them */

	/* reading */
	TableScanDesc scan;
	TupleTableSlot *slot;		/* of the table */
	Bitmapset  *joined_columns; /* those of another plan, for whose rows the
								 * table is scanned */
	TupleTableSlot *joined;		/* its row, or NULL */
	bool		ended;			/* the table has no more rows for it */
	TupleSteps *steps;			/* how its tuples are taken apart */
	HeapTupleHeader *tuples;	/* of the batch */
	JudgedColumn *columns;		/* of another plan, by column - 1 */
	int			ntaken;			/* those that are taken of each row, … */
	int		   *taken_of_row;	/* … from 1 on */
	uint64		nkept;			/* rows, of all batches */
	char	   *space;			/* for values, in the memory of the batch */
	Size		nspace;
	ScanState  *row_of;			/* the scan of a table that the rows come
								 * from, or NULL */
	ItemPointerData *tids;		/* … where they are in it, for WHERE CURRENT
								 * OF */
	bool		finished;		/* there are no more rows */
	Buffer	   *pins;
	int			npins;
	int			npins_most;

	/* the batch */
	MemoryContext context;
	int			nrows;
	int			wanted;			/* rows of the next batch, at most */
	uint64		alive[MANY_WORDS];	/* rows that passed all conditions, and
									 * those in late */
	uint64		late[MANY_WORDS];	/* rows whose conditions are in doubt: */
	int16	   *late_from;		/* this and later conditions are evaluated
								 * when the row is returned */
	DatumColumn *taken;			/* by column - 1; nulls is NULL if not taken */
	int			next;			/* row */

	/* what EXPLAIN shows, of this process and of finished workers */
	JudgeCounts counts;
	struct JudgeShared *shared; /* by the processes of a parallel query, or
								 * NULL */
};

/* node.c: whether a planned node is one. */
extern bool judge_is_state(const PlanState *state);

/*
 * batches.c
 *
 * judge_next_slot: the next row, with its answers; NULL if there are no more.
 *
 * judge_next_rows, for a node that takes whole batches: reads and judges the next one.  Then alive are the rows that
 * satisfy all conditions, of which calls may be in doubt.  Returns false if there are no more.  judge_single answers
 * a row that is in doubt.  judge_row: a row of the batch without answers.
 */
extern TupleTableSlot *judge_next_slot(JudgeState *state);
extern bool judge_next_rows(JudgeState *state);
extern void judge_single(JudgeState *state, JudgedCall *call, int row);
extern TupleTableSlot *judge_row(JudgeState *state, int row);

/* The rows whose answers to a call are in doubt. */
static inline uint64 *
judge_doubt(const JudgedCall *call)
{
	return call->policies ? call->policies->doubt : call->many->doubt;
}

/*
 * parallel.c: methods of the node.  judge_count_whole adds the rows that were judged one by one because somebody needed
 * their whole verdict.
 */
extern Size judge_estimate_shared(CustomScanState *node, ParallelContext *context);
extern void judge_initialize_shared(CustomScanState *node, ParallelContext *context, void *shared);
extern void judge_reinitialize_shared(CustomScanState *node, ParallelContext *context, void *shared);
extern void judge_initialize_worker(CustomScanState *node, shm_toc * toc, void *shared);
extern void judge_shut_down(CustomScanState *node);
extern void judge_count_whole(JudgeState *state);

/* prepare.c */
extern void judge_prepare(JudgeState *state, const CustomScan *scan);

/* beside.c: finds the calls that begin batches for others. */
extern void judge_find_beside(JudgeState *state);

/* rows.c: reads rows for the next batch; sets nrows and alive. */
extern void judge_read_rows(JudgeState *state);
extern void judge_release_rows(JudgeState *state);

/* rows.c: puts the row that is joined with those of the table where expressions find it. */
extern void judge_put_joined(JudgeState *state);

/* explain.c */
extern void judge_explain(CustomScanState *node, List *ancestors, struct ExplainState *es);

#endif							/* ZJTX_JUDGE_STATE_H */
