/*
 * batch_registers.h
 *		Registers of batches, for batch.c and batch_facts.c.
 *
 * A register has a lane for each row.  Its arrays go through all rows; what is one bit of a row is in
 * words of 64 rows, next to pointers to their part of the arrays.
 */
#ifndef ZJTX_BATCH_REGISTERS_H
#define ZJTX_BATCH_REGISTERS_H

#include "batch.h"
#include "batch_vectors.h"

/*
 * 64 lanes of a register.  A lane is known (value), known to be none, within a range, or else
 * in doubt; maybe says of ranges that they may be none.  Of a boolean, yes and no are what
 * counts, and in_doubt; it is unknown in all other lanes.
 */
typedef struct Lanes
{
	uint64		done;			/* lanes that are computed */
	uint64		value;
	uint64		none;
	uint64		range;
	uint64		maybe;
	uint64		decimal;		/* numbers and high ends: End.decimal */
	uint64		high_decimal;
	uint64		yes;
	uint64		no;
	uint64		in_doubt;
	uint64		due;			/* facts: lanes for which only number or code
								 * is set so far; batch_make_due() completes
								 * them */
	uint64		plain;			/* facts that vectors can read: sharp numbers
								 * of ordinary size (batch_fast.h) */
	uint64		zero;			/* … that are 0 */
	union
	{
		struct
		{
			double	   *number; /* numbers, or low ends of ranges */
			double	   *error;
			double	   *high;
			double	   *high_error;
		};
		struct
		{
			DateADT    *day;
			DateADT    *last_day;
		};
		struct
		{
			const char **text;	/* of a list, the pointer of the source */
			int32	   *length; /* of a list, how many elements */
			int32	   *first;	/* of a range, the first number */
			uint8	   *code;
		};
	};
} Lanes;

typedef struct BatchRegister
{
	uint64		stamp;			/* the rows for which it was computed */
	uint64		asked;			/* of a fact: Batch.asking when it was loaded */
	bool		lasts;			/* a constant: the same for all rows */
	bool		of_day;			/* computed for all rows of this day */
	DateADT		day;
	Lanes		groups[FLEXIBLE_ARRAY_MEMBER];
} BatchRegister;

/* A fact by year, in one year. */
typedef struct YearRegister
{
	struct YearRegister *next;
	int			fact;
	int			year;
	BatchRegister *rows;
} YearRegister;

/* A number that is computed by vectors, for all rows. */
typedef struct FastRegister
{
	uint64		asked;			/* Batch.asking when it was computed */
	double	   *number;			/* of a fact, the register's */
	double	   *bound;
	uint64		valid[BATCH_GROUPS];
	uint64		zero[BATCH_GROUPS]; /* of facts */
} FastRegister;

/* A condition in each lane; it is unknown in lanes that are in none of the sets. */
typedef struct Truths
{
	uint64		yes;
	uint64		no;
	uint64		doubt;
} Truths;

/* A set of lanes: the rows, or elements of their lists. */
typedef struct BatchFrame
{
	struct BatchFrame *up;		/* the frame of the lists */
	int			depth;			/* of lists; 0: rows */
	int			ngroups;		/* the most groups of a register */
	int			group;			/* the group that is being computed */
	uint64		stamp;
	BatchRegister **registers;	/* by instruction; NULL if not used yet */
	bool		unknown;		/* elements of unknown lists */
	int			count;			/* elements so far */
	uint16		places[GROUP_ROWS]; /* by lane: the lane of its list, or its
									 * row, as visitors are told */
	uint8		parent_groups[GROUP_ROWS];	/* by lane: the group and lane in
											 * the frame above */
	uint16		parents[GROUP_ROWS];
	const char *lists[GROUP_ROWS];
	int32		first[GROUP_ROWS];	/* of ranges */
	int32		index[GROUP_ROWS];
	const KernelNode *range;	/* the list, if it is a range */
	const struct KeptLists *kept;	/* below depth 1: the same elements at
									 * depth 1, or NULL */
	uint16		kept_places[GROUP_ROWS];	/* by lane: its place among these */
	bool		busy;			/* its elements are being visited */
} BatchFrame;

/* What a program is asked. */
typedef enum BatchEntry
{
	ENTRY_SATISFIED,
	ENTRY_RUNGS,
	ENTRY_AMOUNT,
	NENTRIES
} BatchEntry;

/* Conditions that hold in all rows that are eligible, have a rung, or are paid something. */
typedef struct Demanded
{
	int			count;
	int		   *conditions;
} Demanded;

/*
 * How instructions are computed, which is the same in all batches of a program.  The arrays are by instruction.
 */
typedef struct BatchPlan
{
	const struct FastNode *fast;
	int		   *twins;			/* see batch_twins.c */
	bool	   *lists;			/* it needs lists (batch_prepare) */
	bool	   *keep;			/* a condition that is kept with the registers */
	uint8	   *weights;		/* of how many it is made, or PG_UINT8_MAX */
	Demanded   *demanded;		/* by BatchEntry */
} BatchPlan;

struct Batch
{
	const Program *program;
	const KernelNode *nodes;
	const int  *kernel_args;
	BatchPlan	plan;
	BatchSource *source;
	const BatchSelection *selection;	/* of the source's rows, or NULL */
	int			ngroups;		/* of the rows in the batch */
	uint64		asked[BATCH_GROUPS];	/* rows for which something was asked */
	uint64		asking;			/* changes whenever asked does */
	uint64		day_asking;		/* Batch.asking when day was found */
	bool		same_day;		/* whether all of them are judged on day */
	DateADT		day;
	BatchFrame *frame;			/* that is computed */
	BatchFrame *frames[MAX_LIST_DEPTH + 1];
	struct KeptLists *kept_lists;	/* elements of the lists of rows */
	struct RowLists *row_lists; /* results of functions over the lists of all
								 * rows */
	struct RowMoney **money;	/* by instruction: what lists pay once a day */
	struct OnceSoFar *once;		/* by row, while it is computed */
	YearRegister *years;
	struct Gathered *gathered;	/* rows that are asked of the kernel together,
								 * or NULL */
	const struct Gathered *gathered_from;	/* of the batch of such rows;
											 * otherwise NULL */
	struct Narrowed *narrowed;	/* rows that are left, or NULL */
	FastRegister **fast_registers;
	double	   *scratch[2];		/* by row */
	const BatchLoops *loops;
	uint64		clock;
	MemoryContext context;
};

/*
 * In batch_facts.c.
 *
 * batch_new_array: returns an array that begins at a cache line.  batch_new_register: returns a new register.
 * batch_begin_register: returns the register of an instruction in a frame, for the current rows.
 */
extern void *batch_new_array(Batch *batch, int nlanes, Size size, bool zero);
extern BatchRegister *batch_new_register(Batch *batch, int ngroups, ValueType type);
extern BatchRegister *batch_begin_register(Batch *batch, BatchFrame *frame, int number);

static inline BatchRegister *
batch_register(Batch *batch, BatchFrame *frame, int number)
{
	BatchRegister *found = frame->registers[number];

	return likely(found != NULL && found->stamp == frame->stamp) ? found : batch_begin_register(batch, frame, number);
}

/* Sets the wanted rows in which a register has not been computed.  Returns whether there are any. */
static inline bool
batch_lacks(const Batch *batch, const BatchRegister *found, const uint64 *wanted, uint64 *more)
{
	uint64		any = 0;
	int			g;

	for (g = 0; g < batch->ngroups; g++)
		any |= more[g] = wanted[g] & ~found->groups[g].done;
	return any != 0;
}

/*
 * batch_fact_register: the register of a fact, loaded for the rows for which something was asked.
 * batch_load_lists: loads a fact that is a list.
 * batch_load_year: of a fact in one year.  batch_load_field: of a field of the elements.
 */
extern BatchRegister *batch_fact_register(Batch *batch, int number);
extern void batch_load_lists(Batch *batch, int number, const uint64 *wanted);
extern BatchRegister *batch_load_year(Batch *batch, int fact, int year);
extern void batch_load_field(Batch *batch, const KernelField *field, uint64 wanted, Lanes *out);

/* batch_make_due: completes lanes of a fact. */
extern void batch_make_due(const KernelFact *fact, uint64 lanes, Lanes *out);

/*
 * batch_same_day: whether all rows for which something was asked are judged on the same day, which is then
 * batch->day.
 */
extern bool batch_same_day(Batch *batch);

/*
 * batch.c: what the kernel says of rows of a group, and of rows of all groups; a function over a list
 * that is a condition, of all rows; what an instruction asks of lists, computed for all rows, and what lists pay
 * once a day; what the rows of a group are paid.  batch_ask: adds rows to those for which something is asked.
 */
extern Truths batch_test_group(Batch *batch, int number, int group, uint64 wanted);
extern bool batch_test_lists(Batch *batch, int number, const uint64 *wanted, BatchTruths *out);
extern void batch_prepare(Batch *batch, int number, const uint64 *wanted);
extern void batch_prepare_once(Batch *batch, int number, const uint64 *wanted);
extern void batch_money_of_group(Batch *batch, int number, int group, uint64 wanted, int64 *low, int64 *high, uint64 *open,
								 uint64 *doubt);
extern void batch_ask(Batch *batch, const uint64 *wanted);
extern const BatchRegister *batch_get_groups(Batch *batch, int number, const uint64 *wanted);

/* The register of an instruction, computed in the wanted rows: what it needs of lists for all of them at once. */
static inline const BatchRegister *
batch_get_prepared(Batch *batch, int number, const uint64 *wanted)
{
	batch_prepare(batch, number, wanted);
	return batch_get_groups(batch, number, wanted);
}

/*
 * batch_gather.c
 *
 * batch_test_gathered: asks the kernel for wanted rows of many groups at once, if that is worth while; out must hold
 * none of them.  batch_take_gathered: in the batch of such rows, takes a register from the batch that they are of, if it
 * is computed there.  batch_find_fast, batch_take_fast: finds and takes the lanes of a number that vectors have computed
 * for all rows.  batch_find_weights: finds BatchPlan.weights.  batch_create_like: in batch.c, creates a batch
 * for the same program, with the same plan.
 */
extern bool batch_test_gathered(Batch *batch, int number, const uint64 *wanted, BatchTruths *out);
extern bool batch_take_gathered(const Batch *batch, int number, uint64 wanted, Lanes *out);
extern uint64 batch_find_fast(const Batch *batch, int number, uint64 wanted);
extern void batch_take_fast(const Batch *batch, int number, uint64 lanes, Lanes *out);
extern uint8 *batch_find_weights(const Program *program);
extern Batch *batch_create_like(const Batch *batch, int nrows);

/*
 * batch_narrow.c: goes on with the rows that are left of those wanted, after conditions that are demanded of an entry.
 *
 * batch_narrow: the batch of these rows, if they are few, and its rows that are left; or NULL.  batch_widen: the rows of
 * the batch in which bits of rows of the other one are set; the selection says which row is which.
 *
 * batch_find_demanded: finds BatchPlan.demanded.
 */
extern Batch *batch_narrow(Batch *batch, BatchEntry entry, const uint64 *wanted, uint64 *left);
extern void batch_widen(const Batch *narrowed, const uint64 *bits, uint64 *rows);
extern Demanded *batch_find_demanded(const Program *program, const uint8 *weights);

/* batch_possible.c: adds the rows of whose list no element counts, of a function over lists. */
extern void batch_refuse_rows(Batch *batch, const KernelNode *node, const uint64 *wanted, uint64 *empty);

/*
 * batch_twins.c: finds, by instruction, the instruction that says the same of an element at depth 1; -1 if there is
 * none.
 */
extern int *batch_find_twins(const Program *program);

/* ---------------- one lane of a register ---------------- */

#define EACH_LANE(i, mask) \
	for (uint64 rest_of_lanes = (mask); \
		 rest_of_lanes != 0 && ((i) = pg_rightmost_one_pos64(rest_of_lanes), true); \
		 rest_of_lanes &= rest_of_lanes - 1)

static inline void
lanes_set_state(Lanes *x, uint64 lanes, LaneState state)
{
	x->value &= ~lanes;
	x->none &= ~lanes;
	x->range &= ~lanes;
	switch (state)
	{
		case LANE_VALUE:
			x->value |= lanes;
			break;
		case LANE_NONE:
			x->none |= lanes;
			break;
		case LANE_RANGE:
			x->range |= lanes;
			break;
		case LANE_DOUBT:
			break;
	}
}

static inline void
set_bit(uint64 *mask, int i, bool bit)
{
	*mask = (*mask & ~(UINT64CONST(1) << i)) | (uint64) bit << i;
}

/* Copies a lane of a register to a Lane, and back. */
static inline Lane *
batch_take(Lane *lane, const Lanes *lanes, int i, ValueType type)
{
	lane->state = (lanes->value >> i) & 1 ? LANE_VALUE : (lanes->none >> i) & 1 ? LANE_NONE
		: (lanes->range >> i) & 1 ? LANE_RANGE : LANE_DOUBT;
	lane->maybe = (lanes->maybe >> i) & 1;
	switch (type)
	{
		case TYPE_NUMBER:
			lane->low.number = lanes->number[i];
			lane->low.error = lanes->error[i];
			lane->low.decimal = (lanes->decimal >> i) & 1;
			if (lane->state != LANE_RANGE)
				break;
			lane->high.number = lanes->high[i];
			lane->high.error = lanes->high_error[i];
			lane->high.decimal = (lanes->high_decimal >> i) & 1;
			break;
		case TYPE_DATE:
			lane->day = lanes->day[i];
			lane->last_day = lanes->last_day[i];
			break;
		case TYPE_BOOLEAN:
			lane->truth = (lanes->yes >> i) & 1 ? TRUTH_TRUE : (lanes->no >> i) & 1 ? TRUTH_FALSE
				: (lanes->in_doubt >> i) & 1 ? TRUTH_DOUBT : TRUTH_UNKNOWN;
			break;
		default:
			lane->text = lanes->text[i];
			lane->length = lanes->length[i];
			lane->first = lanes->first[i];
			lane->code = lanes->code[i];
			break;
	}
	return lane;
}

static inline void
batch_put(Lanes *lanes, int i, const Lane *lane, ValueType type)
{
	lanes_set_state(lanes, UINT64CONST(1) << i, lane->state);
	set_bit(&lanes->maybe, i, lane->state == LANE_RANGE && lane->maybe);
	if (type == TYPE_BOOLEAN)
	{
		set_bit(&lanes->yes, i, lane->truth == TRUTH_TRUE);
		set_bit(&lanes->no, i, lane->truth == TRUTH_FALSE);
		set_bit(&lanes->in_doubt, i, lane->truth == TRUTH_DOUBT);
	}
	if (lane->state == LANE_NONE || lane->state == LANE_DOUBT)
		return;
	switch (type)
	{
		case TYPE_BOOLEAN:
			break;
		case TYPE_NUMBER:
			lanes->number[i] = lane->low.number;
			lanes->error[i] = lane->low.error;
			set_bit(&lanes->decimal, i, lane->low.decimal);
			if (lane->state != LANE_RANGE)
				break;
			lanes->high[i] = lane->high.number;
			lanes->high_error[i] = lane->high.error;
			set_bit(&lanes->high_decimal, i, lane->high.decimal);
			break;
		case TYPE_DATE:
			lanes->day[i] = lane->day;
			lanes->last_day[i] = lane->last_day;
			break;
		default:
			/* an unknown text or list has no pointer */
			lanes->text[i] = lane->state == LANE_VALUE ? lane->text : NULL;
			lanes->length[i] = lane->state == LANE_VALUE ? lane->length : 0;
			lanes->first[i] = lane->state == LANE_VALUE && type == TYPE_LIST ? lane->first : 0;
			lanes->code[i] = lane->state == LANE_VALUE ? lane->code : 0;
			break;
	}
}

#endif							/* ZJTX_BATCH_REGISTERS_H */
