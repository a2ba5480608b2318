/*
 * plain.h
 *		The plain mode of a run: booleans by floating point with error bounds.
 *
 * Most rows are known through and through, and their numbers stand well away from the
 * bounds they are compared with.  Then a double with a bound on its error decides a
 * comparison as surely as exact arithmetic.  Where it does not (the numbers are too
 * near, something is unknown, out of range, too large or odd) the run's own evaluator
 * answers that one instruction, and plain mode goes on above it.
 *
 * So plain mode says nothing of its own: what it answers is what run_value() holds,
 * only sooner.  The elements of a list are looked at where they stand; where one of them
 * leaves a doubt, the evaluator answers the function over the whole list.
 */
#ifndef ZJTX_PLAIN_H
#define ZJTX_PLAIN_H

#include "language/texts.h"
#include "program.h"

typedef enum PlainState
{
	PLAIN_OTHER,				/* only the evaluator knows */
	PLAIN_NONE,					/* known to be none; of a list, to be empty */
	PLAIN_VALUE					/* of a list: text is the source's, item its
								 * elements */
} PlainState;

/*
 * A register.  A number is within error of number; where error is 0 it is that integer,
 * below 2^53 in magnitude.  decimal: it is the double nearest to a decimal of at most
 * 15 significant digits; two such numbers compare as their doubles do.
 */
typedef struct Plain
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
} Plain;

/*
 * What a node does: its instruction (Op), or one of these forms of it.  The first four are
 * looked at in place.
 */
typedef enum PlainForm
{
	PLAIN_TRUTH = 128,			/* a boolean fact; flag: negated */
	PLAIN_BOUND,				/* a register compared with a constant */
	PLAIN_MEMBER,				/* a text among declared ones; flag: not in */
	PLAIN_COMPARE_DATES,
	PLAIN_FACT,					/* of another type */
	PLAIN_SAME,					/* two booleans; flag: CompareOp */
	PLAIN_BAND,
	PLAIN_LADDER,				/* a band whose steps go one way; flag: down */
	PLAIN_GENERAL_TRUTH,		/* the evaluator's */
	PLAIN_GENERAL
} PlainForm;

typedef struct PlainNode
{
	uint8		op;				/* Op or PlainForm */
	uint8		flag;
	bool		shared;			/* asked more than once: kept for the row */
	bool		decimal;		/* of the constant */
	int32		a;
	int32		b;				/* or how many args or steps, or which fact */
	int32		args;			/* the third operand, or where in
								 * PlainProgram.args, .steps, .texts, .masks
								 * or .lists; of a field, one more than where
								 * in .fields */
	double		number;			/* the constant and its error */
	double		error;
} PlainNode;

/* A step of a band of numbers: a comparison with a constant, and a constant or register. */
typedef struct PlainStep
{
	double		number;
	double		error;
	double		value;			/* where result is -1 */
	int32		condition;		/* instruction, for the evaluator */
	int32		result;
	uint8		compare;
	bool		decimal;
} PlainStep;

typedef struct PlainText
{
	const char *text;
	int			length;
} PlainText;

/* What a fact may be: a number or day within the bounds is surely in the declared range. */
typedef struct PlainFact
{
	uint8		type;			/* ValueType; TYPE_UNKNOWN where there is
								 * nothing to check */
	double		low;
	double		high;
	DateADT		first;
	DateADT		last;
	const Texts *texts;			/* or NULL */
} PlainFact;

/* A field of an element. */
typedef struct PlainField
{
	PlainFact	fact;
	int			list;			/* the fact that is the list */
	int			depth;
	int			field;
	int			number;			/* its own */
} PlainField;

/* A function over a list. */
typedef struct PlainList
{
	int			fact;			/* the list */
	int			depth;			/* of its element */
	int			where;			/* or -1 */
	int			body;			/* or -1 */
	int			weight;			/* of the body: how long its numbers get */
	int			depending;		/* on the element: where in PlainProgram.args */
	int			ndepending;
	int			fixed;			/* conditions that are the same for each
								 * element: one that is */
	int			nfixed;			/* false refuses all; then registers: one that
								 * is none does */
	int			nnone;
} PlainList;

#define MAX_PLAIN_VALUES 64		/* declared texts that fit a mask */
#define MAX_SUM_WEIGHT 50		/* of all that a sum adds up */

typedef struct PlainProgram
{
	PlainNode  *nodes;			/* by instruction */
	PlainFact  *facts;
	int			nargs;
	int		   *args;
	int			nsteps;
	PlainStep  *steps;
	int			ntexts;
	PlainText  *texts;
	int			nmasks;
	uint64	   *masks;
	int			nfields;
	PlainField *fields;
	int			nlists;
	PlainList  *lists;
	bool		deep;			/* recursion has to look at the stack */
} PlainProgram;

/* plain_build.c: the plain mode of a program that is complete. */
extern PlainProgram *plain_build(const Program *program);

/* Registers for so many instructions; and those of a run without anything computed. */
extern Plain *plain_registers(int ninstrs);
extern void plain_forget(Run *run);

/* Whether a fact that is a list is known to be empty. */
extern bool plain_is_empty(Run *run, int instr);

/* The register of an instruction, computed. */
extern const Plain *plain_compute(Run *run, int number);

static inline const Plain *
plain_get(Run *run, int number)
{
	const Plain *plain = &run->plain[number];

	return plain->stamp < run->epochs[0] ? plain_compute(run, number) : plain;
}

static inline void
plain_copy(Plain *out, const Plain *from)
{
	uint64		stamp = out->stamp;

	*out = *from;
	out->stamp = stamp;
}

/*
 * One for each instruction, in plain.c, plain_values.c and plain_list.c: kernel_truth_and
 * and so on for booleans, kernel_add and so on for all else.
 */
#define KERNEL_TRUTH(name) \
extern Truth kernel_truth_##name(Run *run, int number, const PlainNode *node)
#define KERNEL_VALUE(name) \
extern void kernel_##name(Run *run, int number, const PlainNode *node, Plain *out)
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

/* What the evaluator says, where plain mode does not know. */
extern void plain_general(Run *run, int number, Plain *out);
extern Truth plain_general_truth(Run *run, int number);

/*
 * What an instruction of money pays, in hundredths; false where only the evaluator knows.
 */
extern bool plain_money(Run *run, int instr, int64 *hundredths);

/* What a fact source says of a fact. */
static inline void
plain_set_other(Plain *plain)
{
	plain->state = PLAIN_OTHER;
	plain->truth = TRUTH_UNKNOWN;
}

static inline void
plain_set_truth(Plain *plain, Truth truth)
{
	plain->state = truth == TRUTH_UNKNOWN ? PLAIN_OTHER : PLAIN_VALUE;
	plain->truth = truth;
}

static inline void
plain_set_date(Plain *plain, DateADT day)
{
	plain->state = DATE_NOT_FINITE(day) ? PLAIN_OTHER : PLAIN_VALUE;
	plain->item = day;
}

static inline void
plain_set_text(Plain *plain, const char *text, int length)
{
	plain->state = PLAIN_VALUE;
	plain->text = text;
	plain->item = length;
}

static inline bool
plain_same_text(const PlainText *text, const char *other, int length)
{
	return text->length == length && memcmp(text->text, other, length) == 0;
}

/*
 * What is outside the declared range, or may be, is left to the evaluator.  These are for
 * registers that have a value.
 */
static inline void
plain_check_number(const PlainFact *fact, Plain *plain)
{
	if (!(plain->number - 2 * plain->error >= fact->low &&
		  plain->number + 2 * plain->error <= fact->high))
		plain_set_other(plain);
}

static inline void
plain_check_date(const PlainFact *fact, Plain *plain)
{
	if (plain->item < fact->first || plain->item > fact->last)
		plain_set_other(plain);
}

/* Sets the code, too; a label becomes the value that it means. */
static inline void
plain_check_text(const PlainFact *fact, Plain *plain)
{
	int			value;

	if (fact->texts == NULL)
		return;
	value = texts_find(fact->texts, plain->text, plain->item);
	if (value < 0)
	{
		plain_set_other(plain);
		return;
	}
	plain->code = Min(value, MAX_PLAIN_VALUES);
	plain_set_text(plain, fact->texts->values[value]->text, fact->texts->values[value]->length);
}

/* An integer below 2^53 in magnitude. */
static inline void
plain_set_exact(Plain *plain, double number)
{
	plain->state = PLAIN_VALUE;
	plain->number = number;
	plain->error = 0;
	plain->decimal = number < 1e15 && number > -1e15;
}

extern void plain_set_integer(Plain *plain, int64 number);
extern void plain_set_numeric(Plain *plain, Datum numeric);
extern void plain_set_float(Plain *plain, double number, bool single);
extern void plain_set_null(Plain *plain, const Fact *fact);
extern void plain_set_value(Plain *plain, const Value *value, ValueType type);

#endif							/* ZJTX_PLAIN_H */
