/*
 * batch.h
 *		The float kernel of many rows at a time.
 *
 * A batch is created for a program and judges up to so many rows at a time as it was created for.  A
 * set of rows is an array of words, one for each 64 rows: bit i of word g is row 64 g + i.
 *
 *		batch = batch_create(program, 512);
 *		for each 512 rows, or fewer:
 *			batch_begin(batch, source, nrows);
 *			batch_truth(batch, program->satisfied, rows, &truths);
 *			...
 *			for each row in truths.doubt: ask exact arithmetic (run_begin, run_truth)
 *
 * All answers are what exact arithmetic says, except of rows in doubt: exact arithmetic has to be
 * asked about those.  A batch raises no error of its own, whatever the facts are.
 *
 * Facts are read on demand, a column at a time: only those that the program reaches are loaded, and
 * only for rows for which an answer still depends on them.  Nothing in here knows of tuples.
 */
#ifndef ZJTX_BATCH_H
#define ZJTX_BATCH_H

#include "kernel.h"

#define GROUP_ROWS 64
#define BATCH_GROUPS 16
#define BATCH_ROWS (BATCH_GROUPS * GROUP_ROWS)	/* at most */

/* ---------------- facts ---------------- */

/* Some rows of a source, which are those of a batch. */
typedef struct BatchSelection
{
	int			ngroups;		/* of the source */
	uint64		words[BATCH_GROUPS];	/* the rows, as a set */
	int			nrows;
	uint16		rows[BATCH_ROWS];	/* the same, one after another; what is
									 * behind them is a row too */
} BatchSelection;

/*
 * A fact of the rows of a batch, to be filled by the source.  It is empty at first: a row
 * that is in none of null, known and rough, and that was not given to batch_put_fact(), is
 * in doubt.
 *
 * Which array holds the values depends on fact->type; the others are NULL.  The source writes
 * values as they are: the batch checks declared ranges and knows what NULL means.  It may
 * write anything into the arrays at rows that are not known, or not wanted (except of lists).
 */
typedef struct BatchColumn
{
	const KernelFact *fact;
	int			ngroups;
	const struct BatchSelection *selection; /* which rows of the source the
											 * rows are; NULL: the same */
	const uint64 *wanted;		/* the rows to load; values of other rows are
								 * ignored */
	uint64	   *null;
	uint64	   *known;			/* numbers: an integer below 2^53 in
								 * magnitude, or the double nearest to a
								 * decimal of at most 15 significant digits */
	uint64	   *rough;			/* numbers whose error is at most 2^-48 of
								 * their magnitude */
	uint64	   *yes;			/* booleans that are true */
	double	   *number;			/* by row */
	DateADT    *day;			/* any day; infinite ones are unknown */
	uint8	   *code;			/* texts, if not NULL: the text's place among
								 * fact->texts, or NO_CODE for any other */
	const char **text;			/* other texts; of a list, a pointer of the
								 * source's */
	int32	   *length;			/* in bytes; of a list, how many elements */
	struct Lanes *lanes;		/* the register, by group */
} BatchColumn;

#define NO_CODE 255

/*
 * Where the facts come from.  Each function fills a column; pointers that it stores must last until
 * the next batch_begin().  It returns false if nothing gives the fact: then it is unknown.
 *
 * load		a fact, or a fact by year in that year (otherwise year is 0).  It may be called
 *			again for more rows; then wanted has all of them; of lists, only these.
 * field	a field of elements: row i is the element index[i] of the list lists[i], which
 *			load gave.
 */
typedef struct BatchSource
{
	bool		(*load) (struct BatchSource *source, int fact, int year, BatchColumn *column);
	bool		(*field) (struct BatchSource *source, const KernelField *field, const char *const *lists,
						  const int32 *index, BatchColumn *column);
} BatchSource;

/* Sets the fact of one row: any value, in or out of range, as lane_set_<type>() makes it. */
extern void batch_put_fact(BatchColumn *column, int row, const Lane *lane);

/* ---------------- answers ---------------- */

typedef struct Batch Batch;

typedef struct BatchTruths
{
	uint64		yes[BATCH_GROUPS];
	uint64		no[BATCH_GROUPS];
	uint64		doubt[BATCH_GROUPS];	/* a row in none of these sets is
										 * unknown */
} BatchTruths;

/* Amounts in hundredths, by row: from low to high, or from low upwards where open. */
typedef struct BatchMoney
{
	int64		low[BATCH_ROWS];
	int64		high[BATCH_ROWS];
	uint64		open[BATCH_GROUPS];
	uint64		doubt[BATCH_GROUPS];
} BatchMoney;

typedef struct BatchRungs
{
	int16		rung[BATCH_ROWS];	/* the highest one proved, or -1 */
	uint64		undecided[BATCH_GROUPS];	/* no rung is proved, but one may
											 * be */
	uint64		doubt[BATCH_GROUPS];
} BatchRungs;

/* Whole numbers, by row. */
typedef struct BatchWhole
{
	int64		number[BATCH_ROWS];
	uint64		none[BATCH_GROUPS]; /* no number, or it is not known which */
	uint64		doubt[BATCH_GROUPS];
} BatchWhole;

/*
 * A batch of up to nrows rows at a time, in the current memory context.  Registers are allocated
 * when they are first used: 16 to 50 bytes for each row and instruction that is reached.
 */
extern Batch *batch_create(const Program *program, int nrows);

/* Begins the next nrows rows. */
extern void batch_begin(Batch *batch, BatchSource *source, int nrows);

/*
 * batch_truth: evaluates a condition.  batch_money: computes what an instruction of money pays.  batch_rungs:
 * finds the place on the ladder.  Values of rows that are not wanted are undefined, but these rows are in no set
 * of the result.
 */
extern void batch_truth(Batch *batch, int instr, const uint64 *wanted, BatchTruths *truths);
extern void batch_money(Batch *batch, int instr, const uint64 *wanted, BatchMoney *money);
extern void batch_rungs(Batch *batch, const uint64 *wanted, BatchRungs *rungs);

/*
 * batch_pays: the rows, of those wanted, in which an instruction of money may pay something; in the others it
 * pays 0.  Sets doubt to rows in doubt.
 *
 * batch_limit: the payment that a number is in one row, as a cap; open if there is no upper bound, or possibly
 * no number.  Sets none if there is certainly no number.  Returns false if in doubt.
 *
 * batch_dated: the rows, of those wanted, whose day judged is known and from first to last.
 */
extern void batch_pays(Batch *batch, int instr, const uint64 *wanted, uint64 *pays, uint64 *doubt);
extern bool batch_limit(Batch *batch, int instr, int row, int64 *low, int64 *high, bool *open, bool *none);
extern void batch_dated(Batch *batch, const uint64 *wanted, DateADT first, DateADT last, uint64 *dated);

/* batch_decided.c: keeps those of the rows in which the value of an instruction is certainly known. */
extern void batch_decided(Batch *batch, int instr, uint64 *rows);

/*
 * batch_whole.c: the values of a number.  Those that are not whole are in doubt; batch_may_be_whole says whether there
 * are seldom any.
 */
extern bool batch_may_be_whole(const Program *program, int number);
extern void batch_whole(Batch *batch, int instr, const uint64 *wanted, BatchWhole *out);

/*
 * Sets *lane to the value of an instruction that is not a condition, in one row.  If it is in doubt, exact
 * arithmetic must be asked.
 */
extern void batch_value(Batch *batch, int instr, int row, Lane *lane);

/*
 * The vector set that batches use: "avx512", "avx2", "sse2" or "c".  All of them give the same answers.
 *
 * batch_vectors: returns its name.  batch_has_vectors: whether this build and CPU have a set.  batch_use_vectors:
 * chooses a set, or the best one for ""; returns false if there is no such set.
 */
extern const char *batch_vectors(void);
extern bool batch_has_vectors(const char *name);
extern bool batch_use_vectors(const char *name);

#endif							/* ZJTX_BATCH_H */
