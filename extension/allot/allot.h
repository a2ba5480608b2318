/*
 * allot.h
 *		Selections, budgets and populations over all rows of a relation.
 *
 * The rows are read several times, in the same order: first for the populations and selections that need no others,
 * then for those that need these, and so on, and last for the budgets.  What a pass finds about a row is a fact of
 * the row in the next pass.  Memory is bounded by work_mem, except for one byte for each row and selection, and one
 * for each row and line of a budget.
 */
#ifndef ZJTX_ALLOT_ALLOT_H
#define ZJTX_ALLOT_ALLOT_H

#include "postgres.h"

#include "engine/across.h"
#include "known.h"
#include "shares.h"

/*
 * Where the rows come from.  rewind begins at the first row; next returns the facts of the next row,
 * valid until the next call, or NULL after the last.
 */
typedef struct AllotRows
{
	void		(*rewind) (struct AllotRows *rows);
	FactSource *(*next) (struct AllotRows *rows);
} AllotRows;

/*
 * One line of the result: a row and a selection, or a row and a clause or group that is paid from a
 * budget.
 */
typedef struct Allotted
{
	int64		row;			/* from 0 */
	const SelectionEntry *selection;	/* or NULL */
	Truth		member;
	int64		place_low;		/* 0 if it is proved not to be a member */
	int64		place_high;
	Truth		selected;
	const char *needed;			/* the bound that the first sort key must
								 * outdo for the row to be surely selected; or
								 * NULL */
	const BudgetEntry *budget;	/* or NULL */
	const BudgetLine *line;
	ClaimRange	claim;
	ClaimRange	amount;
} Allotted;

typedef struct Allotment Allotment;

/*
 * allotment_create: in the current memory context, which is the allotment's. strict: only what is proved counts.  A
 * row is a member only if that is proved, and is sorted by the worst values of its keys.  A claim is the amount that
 * is proved.  A population consists of the proved members whose value is known.
 *
 * allotment_given: the rows say whether they are selected, so selection number i is not computed and has no lines.
 *
 * allotment_populations: computes the populations, and the selections that they need.
 *
 * allotment_population: the value of a population, by its fact.
 *
 * allotment_run: computes everything, and calls put for each line, row after row.  While it is called, the
 * row is the one that rows->next() gave last.
 *
 * allotment_end: closes what is open, before the memory context goes.
 */
extern Allotment *allotment_create(const Program *program, AllotRows *rows, bool strict);
extern void allotment_given(Allotment *allotment, int i);
extern void allotment_populations(Allotment *allotment);
extern const Value *allotment_population(const Allotment *allotment, int fact);
extern void allotment_run(Allotment *allotment, void (*put) (void *state, const Allotted *line), void *state);

extern void allotment_end(Allotment *allotment);

/* Calls a function for every value that is computed for a row (program.h). */
extern void allotment_watch(Allotment *allotment, void (*watch) (Run *run, int instr, const Value *value), void *watcher);

#endif							/* ZJTX_ALLOT_ALLOT_H */
