/*
 * batch.h
 *		The float kernel of many rows at a time.
 *
 * A batch is asked about up to 64 rows; who judges more of them goes through groups of 64.  Its
 * registers hold a lane for each: numbers as doubles with error bounds, conditions as bits.  What a
 * lane says is what exact arithmetic says; the others are in doubt, and their rows have to
 * be asked of exact arithmetic.  A batch raises no error of its own, whatever the facts are.
 *
 * To be settled for the plan node: it reads columns into Lanes (a BatchSource), asks the roots of
 * a question with batch_truth() or batch_money(), and runs the rows in doubt.  Nothing
 * in here knows of tuples.
 */
#ifndef ZJTX_BATCH_H
#define ZJTX_BATCH_H

#include "kernel.h"

#define BATCH_ROWS 64

/*
 * A register.  A lane is known (value), known to be none, within a range, or else in doubt; maybe
 * says of ranges that they may be none.  Of a boolean, yes and no are what counts, and in_doubt; it is
 * unknown in all other lanes.
 */
typedef struct Lanes
{
	uint64		stamp;			/* the group of rows it was computed for */
	uint64		done;			/* in which lanes */
	uint64		value;
	uint64		none;
	uint64		range;
	uint64		maybe;
	uint64		decimal;		/* as in End: of numbers, and of high ends */
	uint64		high_decimal;
	uint64		yes;
	uint64		no;
	uint64		in_doubt;
	union
	{
		struct
		{
			double		number[BATCH_ROWS]; /* or low ends */
			double		error[BATCH_ROWS];
			double		high[BATCH_ROWS];
			double		high_error[BATCH_ROWS];
		};
		struct
		{
			DateADT		day[BATCH_ROWS];
			DateADT		last_day[BATCH_ROWS];
		};
		struct
		{
			const char *text[BATCH_ROWS];	/* of a list, the source's */
			int32		length[BATCH_ROWS]; /* of a list, how many elements */
			int32		first[BATCH_ROWS];	/* of a range, the first number */
			uint8		code[BATCH_ROWS];
		};
	};
} Lanes;

/*
 * Where the facts of the rows come from.  Each function sets the lanes that are wanted;
 * batch_put() sets one.
 */
typedef struct BatchSource
{
	void		(*load) (struct BatchSource *source, int fact, uint64 wanted, Lanes *out);

	/* a fact by year, in one year */
	void		(*load_year) (struct BatchSource *source, int fact, int year, uint64 wanted, Lanes *out);

	/* a field of the element index[i] of the list lists[i], which load gave */
	void		(*field) (struct BatchSource *source, const KernelField *field, uint64 wanted,
						  const char *const *lists, const int32 *index, Lanes *out);
} BatchSource;

typedef struct Batch Batch;

/* A batch for many groups of rows, in the current memory context. */
extern Batch *batch_create(const Program *program);

/* The next group of rows. */
extern void batch_begin(Batch *batch, BatchSource *source);

/* A condition of the rows that are wanted; those in doubt are for exact arithmetic. */
extern void batch_truth(Batch *batch, int instr, uint64 wanted, uint64 *yes, uint64 *no, uint64 *in_doubt);

/* The register of an instruction that is no condition; valid in the lanes that are wanted. */
extern const Lanes *batch_value(Batch *batch, int instr, uint64 wanted);

/*
 * What an instruction of money pays, in hundredths: from low to high, or more where open.  Each array
 * has a place for each row.  Returns the rows in doubt.
 */
extern uint64 batch_money(Batch *batch, int instr, uint64 wanted, int64 *low, int64 *high, uint64 *open);

/* A lane of a register, taken out and put in. */
extern Lane *batch_take(Lane *lane, const Lanes *lanes, int i, ValueType type);
extern void batch_put(Lanes *lanes, int i, const Lane *lane, ValueType type);

#endif							/* ZJTX_BATCH_H */
