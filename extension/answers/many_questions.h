/*
 * many_questions.h
 *		What the questions differ in that are asked of many rows.
 */
#ifndef ZJTX_MANY_QUESTIONS_H
#define ZJTX_MANY_QUESTIONS_H

#include "postgres.h"

#include "engine/batch.h"
#include "facts/column_source.h"
#include "many.h"
#include "many_lines.h"
#include "many_missing.h"

/* What is kept for a policy that is bound to the facts of the call. */
typedef struct ManyBinding
{
	const Program *program;
	uint8	   *codes;			/* of |^: codes of no rung and of the rungs */
	Batch	   *batch;
	ColumnSource *source;
	ManyLines  *lines;			/* of judge */
	ManyMissing *missing;		/* of |! */
	bool		singly;			/* the kernel cannot be used: every row is in
								 * doubt */
} ManyBinding;

/*
 * takes	whether the kernel answers for a version of a policy
 * create	allocates what the call site needs, in its memory context; or NULL
 * bind		completes a binding, in the memory context of it; or NULL
 * judge	answers for the rows that are wanted of a batch, and sets doubt for them
 * single	answers for one row; NULL if the call itself does
 * answer	the answer with a code; NULL if there are no codes
 * value	the answer of a row that has no code, unless many_single() gave it
 */
typedef struct ManyQuestion
{
	bool		(*takes) (const Program *program);
	void		(*create) (Many *many);
	void		(*bind) (Many *many, ManyBinding *binding);
	void		(*judge) (Many *many, ManyBinding *binding, Batch *batch, int ngroups, const uint64 *wanted);
	void		(*single) (Many *many, int row, const Question *question);
	Datum		(*answer) (Many *many, int code, bool *isnull);
	Datum		(*value) (Many *many, int row);
	int			ncodes;			/* of any policy */
} ManyQuestion;

/* By question; one that has no judge is not asked of many rows. */
extern const ManyQuestion many_questions[NQUESTIONS];

#endif							/* ZJTX_MANY_QUESTIONS_H */
