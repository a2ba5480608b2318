/*
 * across.h
 *		Selections, budgets and populations of a program.
 *
 * They are about all rows of a relation.  A program holds what they read of each row, as
 * registers, and what they say of a row, as facts.  Whoever runs over the rows (allot())
 * evaluates the registers of every row, computes, and then gives the facts: whether the row is
 * selected (boolean), the values of populations (numbers), and what a budget leaves of a line (元).
 * Each may be a range.  Where nobody does, a fact is read from a column or key of its name, and is
 * unknown without one.
 *
 * The order is that of their dependence: populations, selections, clauses and groups, budgets.
 * A population or selection may also read another one, never itself: evaluate them by the facts
 * that their registers depend on (program_reads_fact).
 *
 * The entries stand in Program: npopulations, populations, nselections, selections, nbudgets and
 * budgets.  A part of a policy (program->doc->part) has those that its answers need.
 */
#ifndef ZJTX_ACROSS_H
#define ZJTX_ACROSS_H

#include "program.h"

/* One key by which rows are sorted; none comes last in both directions. */
typedef struct SortEntry
{
	int			instr;			/* register: a number or a date */
	ValueType	type;			/* TYPE_NUMBER or TYPE_DATE */
	bool		descending;
} SortEntry;

typedef struct SelectionEntry
{
	const Selection *selection; /* without a tree, only its provision is set */
	bool		answers;		/* it is asked for; otherwise the part that is
								 * asked for needs it */
	int			when;			/* register: whether a row is a member */
	int			reached;		/* register: it is one, and is selected */
	int			fact;			/* index in Program.facts: ACROSS_SELECTED */
	int			nkeys;			/* 0: the text states no order */
	SortEntry  *keys;
	bool		percent;		/* share, not places */
	int			places;			/* "first 10": 10 */
	Number		share;			/* "first 20%": 1/5, of the members, rounded
								 * down */
} SelectionEntry;

/* A clause or group that is paid from a budget. */
typedef struct BudgetLine
{
	const char *code;
	bool		is_group;
	int			number;			/* among the program's clauses or groups; -1
								 * where it does not answer */
	bool		per_year;
	int			satisfied;		/* register */
	int			claim;			/* register: the amount in 元, after caps,
								 * before the budget; never none */
	int			fact;			/* index in Program.facts: ACROSS_ALLOTTED */
} BudgetLine;

typedef struct BudgetEntry
{
	const ClauseBudget *budget; /* as in SelectionEntry */
	Number		amount;			/* in 元, more than 0 */
	int			nkeys;			/* 0: pro rata; otherwise paid in this order */
	SortEntry  *keys;
	int			nlines;
	BudgetLine *lines;
} BudgetEntry;

typedef struct PopulationValueEntry
{
	const char *name;
	const char *title;			/* or NULL */
	Unit		unit;
	Aggregate	aggregate;
	int			instr;			/* register: a number; -1 of count() */
	Number		share;			/* of a percentile or median, 0 to 1 */
	int			fact;			/* index in Program.facts: ACROSS_POPULATION */
} PopulationValueEntry;

typedef struct PopulationEntry
{
	const Population *population;	/* as in SelectionEntry; its code is its
									 * name */
	int			when;			/* register: whether a row is a member */
	int			nvalues;
	PopulationValueEntry *values;
} PopulationEntry;

/*
 * Whether a register depends on a fact, directly or not: fact is an index in Program.facts.  For
 * the order in which populations and selections are computed.
 */
extern bool program_reads_fact(const Program *program, int instr, int fact);

/* across.c: adds the entries of a document to its program */
struct Compiler;
extern void compile_across(struct Compiler *compiler);

#endif							/* ZJTX_ACROSS_H */
