/*
 * policies.h
 *		The policies of a call in which they are not constant.
 *
 * Rows are divided by their policies.  Some policies of a call are known from batch to batch: their rows are judged in
 * batches, and of other rows only the columns are kept that their facts need.  The rest is answered one by one.
 */
#ifndef ZJTX_JUDGE_POLICIES_H
#define ZJTX_JUDGE_POLICIES_H

#include "postgres.h"

#include "answers/many.h"
#include "session/held.h"
#include "judge.h"

typedef struct JudgeState JudgeState;
typedef struct JudgedCall JudgedCall;

/* A policy that rows are asked about. */
typedef struct RowPolicy
{
	PolicyKey	key;			/* of value */
	uint32		sketch;			/* of key */
	Datum		value;			/* of the policy, of its text or its name */
	struct RowPolicy *next;		/* of the batch, with the same slot */

	/* in the batch */
	int			nrows;
	uint64		rows[MANY_WORDS];

	/* of a policy that is known */
	MemoryContext context;		/* of all that belongs to it; NULL: it is not
								 * known */
	int			place;			/* among those that are known */
	uint64		number;			/* never given again */
	uint64		used;			/* the last batch that had it */
	Many	   *many;			/* NULL: its rows are answered singly */
	int			ncolumns;		/* that its facts need, … */
	int		   *columns;		/* … of the rows read */
	int			nfacts;			/* the same, … */
	int		   *facts;			/* … as arguments, from 0 on */
	bool		gathered;		/* its rows were put together: of many, they
								 * have other numbers */
	uint64		codes_of;		/* many->policy, of which values are */
	NullableDatum **values;		/* of outputs, by their number and code */
} RowPolicy;

#define POLICY_SLOTS 64

typedef struct RowPolicies
{
	JudgePolicy kind;
	Oid			type;			/* of the argument of the call */
	bool		from_text;		/* which a cast reads from text: the text is
								 * looked up */
	FmgrInfo	cast;
	SnapshotMark mark;			/* when the policies were found */
	RowPolicy  *known[JUDGE_POLICIES];	/* or NULL */
	int			nall_columns;	/* those of all facts */
	int		   *all_columns;

	/* the batch */
	RowPolicy  *latest;			/* that was looked up */
	RowPolicy  *others[POLICY_SLOTS];	/* not known, by sketch */
	bool		evaluated;		/* POLICY_OF_SCAN: whether of_scan is the
								 * policy of this scan */
	RowPolicy  *of_scan;		/* NULL: the policy is NULL */
	RowPolicy **of_row;			/* POLICY_OF_ROW: the same by row */
	uint16	   *number;			/* by row, of a policy that has many: the
								 * row's number there */
	uint16	   *rows;			/* … and back, of the policy judged last */
	DatumColumn *gathered;		/* facts of rows that were put together */
	uint64		doubt[MANY_WORDS];
	uint64		own[MANY_WORDS];	/* rows whose answers are here: */
	NullableDatum *answers;		/* by row */
} RowPolicies;

/* The policy of a row; NULL if it is NULL. */
static inline RowPolicy *
policy_of_row(const RowPolicies *policies, int row)
{
	return policies->kind == POLICY_OF_SCAN ? policies->of_scan : policies->of_row[row];
}

/* Prepares a call whose policy is not constant. */
extern RowPolicies *policies_create(JudgeState *state, const JudgedCall *call, JudgePolicy kind);

/* Before rows of the next batch are read; before a scan of other rows. */
extern void policies_begin(JudgeState *state);
extern void policies_rescan(JudgeState *state);

/* The next row that is kept has this policy; the value is copied. */
extern void policies_keep(JudgeState *state, RowPolicies *policies, Datum value, bool null);

/* The policy that a value is, which stays as it is as long as the batch, or else is copied. */
extern RowPolicy *policies_look_up(JudgeState *state, RowPolicies *policies, Datum value, bool stays);

/* policies_known.c: makes a policy known if there is room for it; returns it as it is then. */
extern RowPolicy *policies_know(JudgeState *state, JudgedCall *call, RowPolicy *other);

/* policies_judge.c: judges the rows that are left. */
extern void policies_judge(JudgeState *state, JudgedCall *call);

/*
 * Of some rows, those of a policy that is known whose answers many has: neither in doubt nor their own.  Sets sure to
 * them, by their numbers in many, and returns whether there are any.
 */
extern bool policies_sure(const RowPolicies *policies, const RowPolicy *policy, const uint64 *rows, int ngroups,
						  uint64 *sure);

/*
 * policies_single: answers a row singly; the answer is the row's own.  policies_ask: the same, but only returns
 * the answer, in the current memory context.
 */
extern void policies_single(JudgeState *state, JudgedCall *call, int row);
extern Datum policies_ask(JudgeState *state, JudgedCall *call, int row, bool *isnull);

#endif							/* ZJTX_JUDGE_POLICIES_H */
