/*
 * totals_state.h
 *		The state of a node Judge Totals that is executed.
 *
 * Rows with the same answers, and the same values by which the query groups and filters, are one cell: it has their
 * number, the sums of their amounts and of their lines.
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

/*
 * The cells by some dimensions: the answers to calls, by their number; the conditions on rows, whose numbers follow;
 * and the groups of rows.
 */
typedef struct Cross
{
	Bitmapset  *dimensions;
	int			ndimensions;
	int		   *order;			/* the same */
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
	int			next;			/* of the same group of rows; -1: none */
} TotalGroup;

/* Rows with the same values in the columns by which they are grouped. */
typedef struct RowGroup
{
	uint32		hash;
	NullableDatum *values;		/* by key */
} RowGroup;

typedef struct TotalKey
{
	ExprState  *expr;
	int			plain;			/* the value of a row that it is; -1: it is of
								 * answers */
	FmgrInfo	equal;
	FmgrInfo	hash;			/* if it is one */
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
	int			nplain;			/* number of values of a row */
	TupleTableSlot *plain;		/* those of a cell */
	uint8	  **truths;			/* conditions in the rows of the batch: false,
								 * true, 2 for NULL; NULL for a key */
	int		   *group_of_row;	/* of the batch */
	AggState   *aggregating;	/* for functions of numeric's aggregates */

	MemoryContext context;		/* of what follows */
	bool		done;
	int			ngroups;
	int			most_groups;
	TotalGroup *groups;
	int			next;			/* group */
	int			nrow_groups;
	RowGroup   *row_groups;
	int			nplaces;		/* of a hash table, a power of 2 */
	int		   *places;			/* of row_groups; -1: none */
	int			row_group;		/* of the cell */
	int		   *heads;			/* by row group, the first of its groups; -1:
								 * none */
} TotalsState;

/* totals_cells.c: adds the rows of a batch; adds the cells to the groups. */
extern void totals_add_batch(TotalsState *state, JudgeState *child);
extern void totals_finish(TotalsState *state);

/*
 * totals_rows.c: values of rows: the dimension of one, those of the rows of a batch, and those of a place in a dimension,
 * as columns of the slot.
 */
extern void totals_prepare_rows(TotalsState *state, TupleDesc desc);
extern bool totals_has_row_keys(const TotalsState *state);
extern int	totals_dimension(const TotalsState *state, int plain);
extern void totals_read_rows(TotalsState *state, JudgeState *child, int ngroups);
extern void totals_put_place(TotalsState *state, int dimension, int place);

/* totals_values.c: adds a cell to an aggregate; the aggregate's result. */
extern void totals_add_cell(TotalsState *state, const TotalColumn *column, const Cell *cell, TotalValue *value);
extern Datum totals_result(TotalsState *state, const TotalColumn *column, TotalValue *value, bool *isnull);

#endif							/* ZJTX_JUDGE_TOTALS_STATE_H */
