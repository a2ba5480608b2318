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

/* Numbers from 0 on of things that are found by hash. */
typedef struct Numbers
{
	int			count;
	uint32	   *hashes;			/* by number */
	int			nplaces;		/* a power of 2, or 0 */
	int		   *places;			/* numbers; -1: none */
} Numbers;

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
	int			of_code[MANY_CODES + 1];	/* or -1 */
} AnswerCodes;

/* The answers to a call that occurred. */
typedef struct Answers
{
	AnswerCodes codes[JUDGE_POLICIES];	/* the first, if its policy is
										 * constant; else by RowPolicy.place */
	Numbers		numbers;
	int			most;
	NullableDatum *values;		/* by number */
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
	int			row_group;
	NullableDatum *keys;
	TotalValue *values;			/* by aggregate */
} TotalGroup;

typedef struct TotalKey
{
	ExprState  *expr;
	int			plain;			/* the value of a row that it is; -1: it is of
								 * answers */
	FmgrInfo	equal;
	FmgrInfo	hash;			/* if it can be hashed, as those of rows can */
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
	Numbers		groups_by_hash;
	int			most_groups;
	TotalGroup *groups;			/* by number */
	int			next;			/* group */

	/* rows with the same values in the columns by which they are grouped */
	Numbers		rows_by_hash;
	int			most_rows;
	NullableDatum **values_of_rows; /* by number and key */
	int			row_group;		/* of the cell */
} TotalsState;

/* The next number with a hash, and the first one; -1 if there is none.  place is where the search is. */
static inline int
numbers_next(const Numbers *numbers, uint32 hash, uint32 *place)
{
	int			number;

	while ((number = numbers->places[*place]) >= 0)
	{
		*place = (*place + 1) & (numbers->nplaces - 1);
		if (numbers->hashes[number] == hash)
			return number;
	}
	return -1;
}

static inline int
numbers_first(const Numbers *numbers, uint32 hash, uint32 *place)
{
	if (numbers->count == 0)
		return -1;
	*place = hash & (numbers->nplaces - 1);
	return numbers_next(numbers, hash, place);
}

/* totals_rows.c: the number of another thing. */
extern int	numbers_add(Numbers *numbers, MemoryContext context, uint32 hash);

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
