/*
 * totals_state.h
 *		The state of a node Judge Totals that is executed.
 *
 * Rows with the same answers are one cell: it has their number, the sums of their amounts and of their lines.
 * What is aggregated is computed of the cells at the end.
 */
#ifndef ZJTX_JUDGE_TOTALS_STATE_H
#define ZJTX_JUDGE_TOTALS_STATE_H

#include "postgres.h"

#include "fmgr.h"
#include "nodes/execnodes.h"

#include "answers/budget.h"
#include "answers/many_amounts.h"
#include "answers/tally.h"
#include "judge.h"
#include "state.h"

/* What is added up of lines. */
typedef struct LinesTotal
{
	Tally	   *tally;			/* or NULL */
	Budget	   *budget;			/* or NULL */
} LinesTotal;

/* The rows with the same answers to some calls, or with the same first ones of them. */
typedef struct Cell
{
	int			nnext;
	struct Cell **next;			/* by answer to the next call */
	int64		nrows;
	AmountTotal *amounts;		/* as in Cross */
	LinesTotal *lines;
	uint64		here[MANY_WORDS];	/* its rows of the batch */
	bool		listed;			/* there are some */
} Cell;

/* The cells by the answers to some calls. */
typedef struct Cross
{
	Bitmapset  *dimensions;		/* the calls */
	int			ndimensions;
	int		   *calls;			/* the same */
	int			namounts;
	int		   *amount_calls;
	int			nlines;
	int		   *line_calls;
	bool	   *tallies;		/* by line call: what is wanted */
	bool	   *budgets;
	Cell	   *cells;
	int			ntouched;
	Cell	  **touched;		/* in this batch, at most one for each row */
} Cross;

/* The places of answers by their codes. */
typedef struct AnswerCodes
{
	const Many *many;			/* whose codes these are, … */
	uint64		number;			/* … of this policy among those known, or 0, */
	uint64		policy;			/* … and as it is compiled */
	int16		of_code[MANY_CODES + 1];	/* or -1 */
} AnswerCodes;

/* The answers to a call that occurred. */
typedef struct Answers
{
	AnswerCodes codes[JUDGE_POLICIES];	/* the first, if its policy is
										 * constant; else by RowPolicy.place */
	int			count;
	int			most;
	NullableDatum *values;
	bool		by_value;
	int16		length;
} Answers;

/* An aggregate. */
typedef struct TotalColumn
{
	Aggref	   *aggregate;
	TotalKind	kind;
	int			call;			/* or -1 */
	ExprState  *filter;			/* or NULL */
	ExprState  *argument;		/* or NULL */
	Oid			type;			/* of the argument */
	int			cross;			/* where its rows are */
	int			place;			/* of its call there */
} TotalColumn;

/* What an aggregate comes to in a group. */
typedef struct TotalValue
{
	int64		count;			/* of values that are not NULL */
	int64		sum;
	int64		extreme;
	bool		truth;
	AmountTotal amounts;
	LinesTotal	lines;
} TotalValue;

typedef struct TotalGroup
{
	NullableDatum *keys;
	TotalValue *values;			/* by aggregate */
} TotalGroup;

typedef struct TotalKey
{
	ExprState  *expr;
	FmgrInfo	equal;
	Oid			collation;
	bool		by_value;
	int16		length;
} TotalKey;

typedef struct TotalsState
{
	CustomScanState css;		/* must be first */
	int			ncolumns;
	TotalColumn *columns;
	int			nkeys;
	TotalKey   *keys;
	int			ncalls;
	Answers    *answers;		/* by call */
	int			ncrosses;
	Cross	   *crosses;
	TupleTableSlot *slot;		/* the answers of a cell, by call */
	AggState   *aggregating;	/* for functions of numeric's aggregates */

	MemoryContext context;		/* of what follows */
	bool		done;
	int			ngroups;
	int			most_groups;
	TotalGroup *groups;
	int			next;			/* group */
} TotalsState;

/* totals_cells.c: adds the rows of a batch; adds the cells to the groups. */
extern void totals_add_batch(TotalsState *state, JudgeState *child);
extern void totals_finish(TotalsState *state);

/* totals_values.c: adds a cell to an aggregate; the aggregate's result. */
extern void totals_add_cell(TotalsState *state, const TotalColumn *column, const Cell *cell, TotalValue *value);
extern Datum totals_result(TotalsState *state, const TotalColumn *column, TotalValue *value, bool *isnull);

#endif							/* ZJTX_JUDGE_TOTALS_STATE_H */
