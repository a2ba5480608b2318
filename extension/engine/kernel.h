/*
 * kernel.h
 *		the kernel of a run: booleans by floating point with error bounds.
 *
 * Most rows are known through and through, and their numbers stand well away from the
 * bounds they are compared with.  Then a double with a bound on its error decides a
 * comparison as surely as exact arithmetic.  Where it does not (the numbers are too
 * near, something is unknown, out of range, too large or odd) the run's own evaluator
 * answers that one instruction, and the kernel goes on above it.
 *
 * So the kernel says nothing of its own: what it answers is what run_value() holds,
 * only sooner.  The elements of a list are looked at where they stand; where one of them
 * leaves a doubt, the evaluator answers the function over the whole list.
 */
#ifndef ZJTX_KERNEL_H
#define ZJTX_KERNEL_H

#include "language/texts.h"
#include "program.h"

typedef enum LaneState
{
	LANE_OTHER,					/* only the evaluator knows */
	LANE_NONE,					/* known to be none; of a list, to be empty */
	LANE_VALUE					/* of a list: text is the source's, item its
								 * elements */
} LaneState;

/*
 * A register.  A number is within error of number; where error is 0 it is that integer,
 * below 2^53 in magnitude.  decimal: it is the double nearest to a decimal of at most
 * 15 significant digits; two such numbers compare as their doubles do.
 */
typedef struct Lane
{
	uint64		stamp;			/* when it was computed */
	uint8		state;
	uint8		truth;			/* of a boolean, whatever its state */
	bool		decimal;
	uint8		code;			/* of a fact that is a text: which of those
								 * declared */
	int32		item;			/* of a date, the day; of a text, its length */
	double		number;
	double		error;
	const char *text;
} Lane;

/*
 * What a node does: its instruction (Op), or one of these forms of it.  The first four are
 * looked at in place.
 */
typedef enum KernelForm
{
	KERNEL_TRUTH = 128,			/* a boolean fact; flag: negated */
	KERNEL_BOUND,				/* a register compared with a constant */
	KERNEL_MEMBER,				/* a text among declared ones; flag: not in */
	KERNEL_COMPARE_DATES,
	KERNEL_FACT,				/* of another type */
	KERNEL_SAME,				/* two booleans; flag: CompareOp */
	KERNEL_BAND,
	KERNEL_LADDER,				/* a band whose steps go one way; flag: down */
	KERNEL_GENERAL_TRUTH,		/* the evaluator's */
	KERNEL_GENERAL
} KernelForm;

typedef struct KernelNode
{
	uint8		op;				/* Op or KernelForm */
	uint8		flag;
	bool		shared;			/* asked more than once: kept for the row */
	bool		decimal;		/* of the constant */
	int32		a;
	int32		b;				/* or how many args or steps, or which fact */
	int32		args;			/* the third operand, or where in Kernel.args,
								 * .steps, .texts, .masks or .lists; of a
								 * field, one more than where in .fields */
	double		number;			/* the constant and its error */
	double		error;
} KernelNode;

/* A step of a band of numbers: a comparison with a constant, and a constant or register. */
typedef struct KernelStep
{
	double		number;
	double		error;
	double		value;			/* where result is -1 */
	int32		condition;		/* instruction, for the evaluator */
	int32		result;
	uint8		compare;
	bool		decimal;
} KernelStep;

typedef struct KernelText
{
	const char *text;
	int			length;
} KernelText;

/* What a fact may be: a number or day within the bounds is surely in the declared range. */
typedef struct KernelFact
{
	uint8		type;			/* ValueType; TYPE_UNKNOWN where there is
								 * nothing to check */
	double		low;
	double		high;
	DateADT		first;
	DateADT		last;
	const Texts *texts;			/* or NULL */
} KernelFact;

/* A field of an element. */
typedef struct KernelField
{
	KernelFact	fact;
	int			list;			/* the fact that is the list */
	int			depth;
	int			field;
	int			number;			/* its own */
} KernelField;

/* A function over a list. */
typedef struct KernelList
{
	int			fact;			/* the list */
	int			depth;			/* of its element */
	int			where;			/* or -1 */
	int			body;			/* or -1 */
	int			weight;			/* of the body: how long its numbers get */
	int			depending;		/* on the element: where in Kernel.args */
	int			ndepending;
	int			fixed;			/* conditions that are the same for each
								 * element: one that is */
	int			nfixed;			/* false refuses all; then registers: one that
								 * is none does */
	int			nnone;
} KernelList;

#define MAX_KERNEL_VALUES 64	/* declared texts that fit a mask */
#define MAX_SUM_WEIGHT 50		/* of all that a sum adds up */

typedef struct Kernel
{
	KernelNode *nodes;			/* by instruction */
	KernelFact *facts;
	int			nargs;
	int		   *args;
	int			nsteps;
	KernelStep *steps;
	int			ntexts;
	KernelText *texts;
	int			nmasks;
	uint64	   *masks;
	int			nfields;
	KernelField *fields;
	int			nlists;
	KernelList *lists;
	bool		deep;			/* recursion has to look at the stack */
} Kernel;

/* kernel_build.c: the kernel of a program that is complete. */
extern Kernel *kernel_build(const Program *program);

/* Registers for so many instructions; and those of a run without anything computed. */
extern Lane *lane_registers(int ninstrs);
extern void lane_forget(Run *run);

/* Whether a fact that is a list is known to be empty. */
extern bool lane_is_empty(Run *run, int instr);

/* The register of an instruction, computed. */
extern const Lane *lane_compute(Run *run, int number);

static inline const Lane *
lane_get(Run *run, int number)
{
	const Lane *lane = &run->lanes[number];

	return lane->stamp < run->epochs[0] ? lane_compute(run, number) : lane;
}

static inline void
lane_copy(Lane *out, const Lane *from)
{
	uint64		stamp = out->stamp;

	*out = *from;
	out->stamp = stamp;
}

/*
 * One for each instruction, in kernel.c, kernel_values.c and kernel_lists.c: kernel_truth_and
 * and so on for booleans, kernel_add and so on for all else.
 */
#define KERNEL_TRUTH(name) \
extern Truth kernel_truth_##name(Run *run, int number, const KernelNode *node)
#define KERNEL_VALUE(name) \
extern void kernel_##name(Run *run, int number, const KernelNode *node, Lane *out)
#define KERNEL_BOOLEAN(name) KERNEL_TRUTH(name)
#define KERNEL_NUMBER(name) KERNEL_VALUE(name)
#define KERNEL_DATE(name) KERNEL_VALUE(name)
#define KERNEL_TEXT(name) KERNEL_VALUE(name)
#define KERNEL_ORDERED(name) KERNEL_VALUE(name)
#define KERNEL_ANY(name) KERNEL_TRUTH(name); KERNEL_VALUE(name)
#define OP(NAME, name, a, b, c, args, flag, result, ...) \
KERNEL_##result(name);
#include "ops.h"

/* Forms that are not looked at in place. */
KERNEL_VALUE(band);
KERNEL_VALUE(ladder);

/* What the evaluator says, where the kernel does not know. */
extern void lane_ask_exact(Run *run, int number, Lane *out);
extern Truth lane_ask_exact_truth(Run *run, int number);

/*
 * What an instruction of money pays, in hundredths; false where only the evaluator knows.
 */
extern bool lane_money(Run *run, int instr, int64 *hundredths);

/* What a fact source says of a fact. */
static inline void
lane_set_other(Lane *lane)
{
	lane->state = LANE_OTHER;
	lane->truth = TRUTH_UNKNOWN;
}

static inline void
lane_set_truth(Lane *lane, Truth truth)
{
	lane->state = truth == TRUTH_UNKNOWN ? LANE_OTHER : LANE_VALUE;
	lane->truth = truth;
}

static inline void
lane_set_date(Lane *lane, DateADT day)
{
	lane->state = DATE_NOT_FINITE(day) ? LANE_OTHER : LANE_VALUE;
	lane->item = day;
}

static inline void
lane_set_text(Lane *lane, const char *text, int length)
{
	lane->state = LANE_VALUE;
	lane->text = text;
	lane->item = length;
}

static inline bool
lane_same_text(const KernelText *text, const char *other, int length)
{
	return text->length == length && memcmp(text->text, other, length) == 0;
}

/*
 * What is outside the declared range, or may be, is left to the evaluator.  These are for
 * registers that have a value.
 */
static inline void
lane_check_number(const KernelFact *fact, Lane *lane)
{
	if (!(lane->number - 2 * lane->error >= fact->low &&
		  lane->number + 2 * lane->error <= fact->high))
		lane_set_other(lane);
}

static inline void
lane_check_date(const KernelFact *fact, Lane *lane)
{
	if (lane->item < fact->first || lane->item > fact->last)
		lane_set_other(lane);
}

/* Sets the code, too; a label becomes the value that it means. */
static inline void
lane_check_text(const KernelFact *fact, Lane *lane)
{
	int			value;

	if (fact->texts == NULL)
		return;
	value = texts_find(fact->texts, lane->text, lane->item);
	if (value < 0)
	{
		lane_set_other(lane);
		return;
	}
	lane->code = Min(value, MAX_KERNEL_VALUES);
	lane_set_text(lane, fact->texts->values[value]->text, fact->texts->values[value]->length);
}

/* An integer below 2^53 in magnitude. */
static inline void
lane_set_exact(Lane *lane, double number)
{
	lane->state = LANE_VALUE;
	lane->number = number;
	lane->error = 0;
	lane->decimal = number < 1e15 && number > -1e15;
}

extern void lane_set_integer(Lane *lane, int64 number);
extern void lane_set_numeric(Lane *lane, Datum numeric);
extern void lane_set_float(Lane *lane, double number, bool single);
extern void lane_set_null(Lane *lane, const Fact *fact);
extern void lane_set_value(Lane *lane, const Value *value, ValueType type);

#endif							/* ZJTX_KERNEL_H */
