/*
 * kernel.h
 *		The float kernel: a program in doubles with error bounds.
 *
 * Most numbers are well away from the bounds that they are compared with.  Then a double
 * with a bound on its error decides a comparison as surely as exact arithmetic does.  The
 * kernel of an instruction says what exact arithmetic (exact_<name>) would say, or
 * that it is in doubt: two numbers are too near to each other, or one is too large, or
 * odd.  Then exact arithmetic decides that one instruction, and the kernel goes on above it.
 * So the kernel has no answers of its own: it only finds them sooner.
 *
 * What is unknown is a range, as it is in exact arithmetic: each end is a double with
 * its own error, or open; and it may be none.  The ends are those that exact arithmetic
 * finds, not wider ones, for that something is unknown is an answer too.
 *
 * Each kernel is written once, for a register that holds one lane or 64, and made for
 * both (kernel_lanes.h).  One lane is a row: it follows demand, as a run does, and leaves
 * an operator as soon as that is decided (kernel_lane.c; for indexes, joins, triggers).
 * 64 lanes are rows of a batch: conditions are two words of bits, and a row in doubt is
 * left to exact arithmetic as a whole (batch.c).
 */
#ifndef ZJTX_KERNEL_H
#define ZJTX_KERNEL_H

#include "language/texts.h"
#include "program.h"

/* ---------------- registers ---------------- */

typedef enum LaneState
{
	LANE_DOUBT,					/* only exact arithmetic knows */
	LANE_NONE,					/* known to be none; of a list, to be empty */
	LANE_VALUE,					/* known */
	LANE_RANGE					/* unknown, within a range */
} LaneState;

/* Of a comparison or condition, besides false, unknown and true (Truth). */
#define TRUTH_DOUBT 3

/*
 * An end of a range of numbers, or a known number, which is within error of number.
 * If error is 0, it is that integer, below 2^53 in magnitude, or an open end, infinite.
 * decimal: it is the double nearest to a decimal of at most 15 significant digits; two such
 * numbers compare as their doubles do.  So are exact integers below 10^15, which need
 * not say so.
 */
typedef struct End
{
	double		number;
	double		error;
	bool		decimal;
} End;

/* The register of an instruction, for one row; and one of the lanes of a batch, taken out. */
typedef struct Lane
{
	uint8		state;			/* LaneState */
	uint8		truth;			/* of a boolean, whatever its state: Truth, or
								 * TRUTH_DOUBT */
	bool		maybe;			/* of a range: it may be none */
	uint8		code;			/* of a fact that is a text: which of those
								 * declared */
	int32		length;			/* of a text; of a list, how many elements */
	union
	{
		struct
		{
			End			low;	/* of a known number, the number */
			End			high;	/* of a range */
		};
		struct
		{
			DateADT		day;	/* NOBEGIN and NOEND where open */
			DateADT		last_day;	/* the same, if known */
		};
		struct
		{
			const char *text;	/* of a list, the source's */
			int32		first;	/* of a range of whole numbers, the first */
		};
	};
} Lane;

/* ---------------- a program's kernel ---------------- */

/*
 * What a node does: its instruction (Op), or one of these forms of it.
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
	KERNEL_EXACT_TRUTH,			/* what only exact arithmetic does */
	KERNEL_EXACT_VALUE
} KernelForm;

/* How ops.h says that an instruction is computed. */
typedef enum KernelKind
{
	KIND_LANES,					/* in kernel_lanes.h, or a part of it */
	KIND_EACH,					/* kernel_<name>(), lane by lane */
	KIND_EXACT					/* by exact arithmetic alone */
} KernelKind;

/* What b of a case may be: else where in Kernel.args it stands what an unknown text can reach. */
#define CASE_BY_STEPS (-1)		/* conditions decide, one after another */
#define CASE_BY_EXACT (-2)		/* as long as what it compares is unknown */

typedef struct KernelNode
{
	uint8		op;				/* Op or KernelForm */
	uint8		flag;
	uint8		type;			/* ValueType */
	bool		shared:1;		/* asked more than once: kept for the row */
	bool		decimal:1;		/* of the constant */
	bool		of_day:1;		/* depends on as_of alone */
	bool		scoped:1;		/* depends on an element of a list */
	int32		a;
	int32		b;				/* or which fact; of a membership, what it is
								 * of an unknown text (Truth); of a case, see
								 * above */
	int32		args;			/* where in Kernel.args, .steps, .texts,
								 * .masks, .lists or .lookups; of a field, one
								 * more than where in .fields; of what has
								 * neither, the third operand */
	union
	{
		struct
		{
			double		number; /* the constant and its error */
			double		error;
		};
		int32		count;		/* how many args, steps or texts */
	};
} KernelNode;

static inline End
node_constant(const KernelNode *node)
{
	End			end = {node->number, node->error, node->decimal};

	return end;
}

/* A step of a band of numbers: a comparison with a constant, and a constant or register. */
typedef struct KernelStep
{
	End			bound;
	double		value;			/* where result is -1 */
	int32		condition;		/* instruction, for exact arithmetic; -1: the
								 * rest */
	int32		result;
	uint8		compare;
} KernelStep;

typedef struct KernelText
{
	const char *text;
	int			length;
} KernelText;

/* What a fact may be: a number or day within the bounds is surely in the declared range. */
typedef struct KernelFact
{
	uint8		type;			/* ValueType */
	bool		maybe;			/* while unknown, it may be none */
	bool		limited;		/* there is something to check */
	double		inner_low;
	double		inner_high;
	End			low;
	End			high;
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
	int			fact;			/* the list; -1: a range */
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

/* A lookup in a table of the document. */
typedef struct KernelLookup
{
	int			table;
	int			column;
	bool		whole;			/* the key is an integer */
	Lane		unknown[2];		/* by text: what an unknown key finds; the
								 * second, one that may be none */
} KernelLookup;

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
	int			nlookups;
	KernelLookup *lookups;
	bool		deep;			/* recursion has to look at the stack */
	int			day;			/* the instruction that is as_of, or -1 */
} Kernel;

/* kernel_build.c: the kernel of a program that is complete. */
extern Kernel *kernel_build(const Program *program);

/* ---------------- one lane: kernel_lane.c ---------------- */

/* Marks the registers of a run as not computed. */
extern void lane_forget(Run *run);

/* Whether a fact that is a list is known to be empty. */
extern bool lane_is_empty(Run *run, int instr);

/* The register of an instruction, computed. */
extern const Lane *lane_compute(Run *run, int number);

static inline const Lane *
lane_get(Run *run, int number)
{
	return run->marks[number] < run->mark ? lane_compute(run, number) : &run->lanes[number];
}

/*
 * What an instruction of money pays, in hundredths: from *low to *high, or more if *open.
 * Returns false if only exact arithmetic knows.
 */
extern bool lane_money(Run *run, int instr, int64 *low, int64 *high, bool *open);

/* What exact arithmetic says. */
extern void lane_ask_exact(Run *run, int number, Lane *out);

/* ---------------- each instruction ---------------- */

/*
 * kernel_<name>(node, x, out), if ops.h has EACH there: its result for one lane of each operand, in
 * the order in which foreach_operand() finds them.  They are pure: they read nothing else.
 */
typedef void (*EachKernel) (const KernelNode *node, const Lane *const *x, Lane *out);

#define DECLARE_EACH(name) \
extern void kernel_##name(const KernelNode *node, const Lane *const *x, Lane *out);
#define DECLARE_LANES(name)
#define DECLARE_EXACT(name)
#define OP(NAME, name, a, b, c, args, flag, result, digits, reads, missing, undo, kernel) DECLARE_##kernel(name)
#include "ops.h"
#undef DECLARE_EACH
#undef DECLARE_LANES
#undef DECLARE_EXACT

/*
 * Whether there is something to compute with in the first count operands.  Otherwise out is none,
 * because one of them is, or in doubt.
 */
static inline bool
lane_operands(const Lane *const *x, int count, Lane *out)
{
	bool		doubt = false;
	int			i;

	for (i = 0; i < count; i++)
	{
		if (x[i]->state == LANE_NONE)
		{
			out->state = LANE_NONE;
			return false;
		}
		doubt |= x[i]->state == LANE_DOUBT;
	}
	if (doubt)
		out->state = LANE_DOUBT;
	return !doubt;
}

static inline bool
lane_may_be_none(const Lane *x)
{
	return x->state == LANE_NONE || (x->state == LANE_RANGE && x->maybe);
}

static inline const End *
lane_high(const Lane *x)
{
	return x->state == LANE_VALUE ? &x->low : &x->high;
}

/* kernel_table.c: what a lookup finds for a key. */
extern void lane_look_up(const Program *program, const KernelLookup *lookup, const Lane *key, Lane *out);

/* ---------------- what a fact source says of a fact ---------------- */

/*
 * The column that gives a fact.  attnum is 0 if there is none; otherwise set() makes a lane from a
 * datum that is not NULL.
 */
typedef struct LaneColumn
{
	int			attnum;
	void		(*set) (const struct LaneColumn *column, Datum datum, Lane *lane);
	const KernelFact *range;
	const Fact *fact;
	const struct ColumnBinding *binding;
} LaneColumn;

static inline void
lane_set_doubt(Lane *lane)
{
	lane->state = LANE_DOUBT;
	lane->truth = TRUTH_DOUBT;
}

static inline void
lane_set_truth(Lane *lane, Truth truth)
{
	lane->state = truth == TRUTH_UNKNOWN ? LANE_RANGE : LANE_VALUE;
	lane->truth = truth;
}

/* An integer below 2^53 in magnitude. */
static inline void
lane_set_exact(Lane *lane, double number)
{
	lane->state = LANE_VALUE;
	lane->low.number = number;
	lane->low.error = 0;
	lane->low.decimal = false;
}

/* From first to last, NOBEGIN and NOEND where open; one day is known. */
static inline void
lane_set_days(Lane *lane, DateADT first, DateADT last, bool maybe)
{
	lane->state = first == last && !maybe && !DATE_NOT_FINITE(first) ? LANE_VALUE : LANE_RANGE;
	lane->maybe = maybe;
	lane->day = first;
	lane->last_day = last;
}

static inline void
lane_set_text(Lane *lane, const char *text, int length)
{
	lane->state = LANE_VALUE;
	lane->text = text;
	lane->length = length;
}

/* kernel_range.c: a range of numbers; one that is a single value is known. */
extern void lane_set_range(Lane *lane, const End *low, const End *high, bool maybe);

/* Sets a number: `low` if it is known, else the range. */
extern void lane_set_ends(Lane *lane, const End *low, const End *high, bool known, bool maybe);

/* The same of integers, in doubles; an end that is not bounded is open. */
extern void lane_set_integers(Lane *lane, bool bounded_low, double low, bool bounded_high, double high, bool maybe);

/* kernel_facts.c: what is known of a fact that is unknown: its declared range. */
extern void lane_set_unknown(Lane *lane, const KernelFact *fact);
extern void lane_set_integer(Lane *lane, int64 number);
extern void lane_set_numeric(Lane *lane, Datum numeric);
extern void lane_set_float(Lane *lane, double number, bool single);
extern void lane_set_null(Lane *lane, const Fact *fact, const KernelFact *range);
extern void lane_set_value(Lane *lane, const Value *value, ValueType type);
extern bool end_set_number(End *end, const Number *number);

/* kernel_facts.c: of a number that may be outside its declared range. */
extern void lane_check_near(const KernelFact *fact, Lane *lane);

/*
 * A value outside the declared range says no more than that.  These are for registers that
 * have a value.
 */
static inline void
lane_check_number(const KernelFact *fact, Lane *lane)
{
	if (!(lane->low.number - 2 * lane->low.error >= fact->inner_low &&
		  lane->low.number + 2 * lane->low.error <= fact->inner_high))
		lane_check_near(fact, lane);
}

static inline void
lane_set_day(const KernelFact *fact, Lane *lane, DateADT day)
{
	if (DATE_NOT_FINITE(day) || day < fact->first || day > fact->last)
	{
		lane_set_unknown(lane, fact);
		return;
	}
	lane->state = LANE_VALUE;
	lane->day = lane->last_day = day;
}

/* Sets the code, too; a label becomes the value that it means. */
static inline void
lane_check_text(const KernelFact *fact, Lane *lane)
{
	int			value;

	if (fact->texts == NULL)
		return;
	value = texts_find(fact->texts, lane->text, lane->length);
	if (value < 0)
	{
		lane_set_unknown(lane, fact);
		return;
	}
	lane->code = Min(value, MAX_KERNEL_VALUES);
	lane_set_text(lane, fact->texts->values[value]->text, fact->texts->values[value]->length);
}

/* The value of a column. */
static inline void
lane_set_column(Lane *lane, const LaneColumn *column, const NullableDatum *datum)
{
	if (datum->isnull)
		lane_set_null(lane, column->fact, column->range);
	else
		column->set(column, datum->value, lane);
}

static inline bool
same_text(const KernelText *text, const char *other, int length)
{
	return text->length == length && memcmp(text->text, other, length) == 0;
}

#endif							/* ZJTX_KERNEL_H */
