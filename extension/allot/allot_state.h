/*
 * allot_state.h
 *		State of an allotment, shared by allot.c, allot_select.c and allot_budget.c.
 */
#ifndef ZJTX_ALLOT_STATE_H
#define ZJTX_ALLOT_STATE_H

#include "postgres.h"

#include "lib/stringinfo.h"

#include "allot.h"
#include "places.h"
#include "population.h"
#include "sorting.h"

/* The tags of corners, in the order in which a sweep meets them; and the tags of what it finds about a row. */
#define TAG_BEST	0
#define TAG_WORST	1

/* What a selection knows about a row: whether it is selected, and whether it is a member. */
#define MARK(selected, member)	((selected) | (member) << 2)
#define MARK_SELECTED(mark)		((Truth) ((mark) & 3))
#define MARK_MEMBER(mark)		((Truth) ((mark) >> 2))

typedef struct SelectionState
{
	const SelectionEntry *entry;
	bool		done;
	bool		now;			/* in this pass */
	bool		given;			/* not computed, because the rows say it */
	int64		proved;			/* number of proved members */
	int64		undecided;
	uint8	   *marks;			/* by row */
	int64		room;
	Sorting    *corners;
	int64	   *ends;			/* by row: place_low, negative if the row is
								 * inside, and place_high; NULL if they are in
								 * `places` */
	Sorting    *places;			/* the same, if they do not fit in work_mem */
	char	   *inside;			/* what rows need that have few enough best
								 * corners before them */
	char	   *outside;		/* … and the others; or NULL */
	int64		inside_at;		/* the numbers of the corners to which these
								 * first keys belong; 0 before they are found */
	int64		outside_at;
} SelectionState;

typedef struct PopulationState
{
	const PopulationEntry *entry;
	bool		done;
	bool		now;
	Aggregated *values;
} PopulationState;

typedef struct BudgetState
{
	const BudgetEntry *entry;
	int64		budget;			/* in 分 */
	Shares		shares;			/* without an order */
	bool		decided;
	Sorting    *claims;			/* by row and line */
	uint8	   *more;			/* bits by row and line: whether it gets one 分
								 * more */
	Sorting    *corners;		/* with an order */
	Sorting    *left;			/* by row: the greatest amount left, then the
								 * least */
	uint8	   *members;		/* by row and line: whether it is satisfied */
	int64		room;
} BudgetState;

struct Allotment
{
	const Program *program;
	AllotRows  *rows;
	bool		strict;
	MemoryContext context;
	MemoryContext row_context;
	Run		   *run;
	KnownFacts *known;
	int64		nrows;
	SelectionState *selections;
	PopulationState *populations;
	BudgetState *budgets;
	StringInfoData best;		/* the corners of a row */
	StringInfoData worst;
};

/* allot.c: reads all rows, and visits each with its run. */
typedef void (*VisitRow) (Allotment *allotment, int64 row);
extern void allot_pass(Allotment *allotment, VisitRow visit);

/* allot.c: puts the two corners of the row, best and worst; otherwise the records are alike. */
extern void allot_put_corners(Allotment *allotment, const SortEntry *keys, int nkeys, Sorting *corners, Sorted *corner);

/* allot.c: returns whether a corner differs from the previous one, and replaces that by it. */
extern bool allot_next_corner(StringInfo before, bool *first, const Sorted *record);

/* allot.c: makes room for a byte of this index in an array, which may be NULL. */
extern uint8 *allot_room(Allotment *allotment, uint8 *bytes, int64 *room, int64 index);

/* allot_select.c: handles a row in a pass, the end of the pass, and a line of the result. */
extern void allot_select_row(Allotment *allotment, SelectionState *selection, int64 row);
extern void allot_select_end(Allotment *allotment, SelectionState *selection);
extern void allot_select_line(SelectionState *selection, int64 row, Allotted *line);

/* allot_budget.c: the same for the lines of a budget. */
extern void allot_budget_start(Allotment *allotment, BudgetState *budget);
extern void allot_budget_row(Allotment *allotment, BudgetState *budget, int64 row);
extern void allot_budget_end(Allotment *allotment, BudgetState *budget);
extern void allot_budget_lines(Allotment *allotment, BudgetState *budget, int64 row, Allotted *lines);

#endif							/* ZJTX_ALLOT_STATE_H */
