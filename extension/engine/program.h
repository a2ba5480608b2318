/*
 * program.h
 *		A document as a flat program, the facts it is run on, and its answers.
 *
 * Every instruction computes one value into the register of its own number, from
 * registers with lower numbers.  Equal instructions are one instruction.  Clauses,
 * stages, rungs and definitions are entries: numbers of instructions.
 *
 * A value is known, or it is what is known about one that is not: a range, and
 * whether it may be none.  Running follows demand, so that only what an answer
 * needs is computed, once per row.
 */
#ifndef ZJTX_PROGRAM_H
#define ZJTX_PROGRAM_H

#include "postgres.h"

#include "utils/hsearch.h"

#include "number.h"
#include "language/tree.h"

/* ---------------- values ---------------- */

/* Kleene's truth values, in their order: and is the least, or the greatest. */
typedef enum Truth
{
	TRUTH_FALSE,
	TRUTH_UNKNOWN,
	TRUTH_TRUE
} Truth;

struct Value;

typedef struct ListValue
{
	int			count;
	int			nfields;
	struct Value *fields;		/* of element i: fields + i * nfields */
} ListValue;

typedef struct Value
{
	/*
	 * known: exactly one value, or none.  Otherwise none says that it may be
	 * none. Booleans are known where their truth is.
	 */
	bool		known;
	bool		none;
	bool		low_open;		/* numbers: no lower, no upper bound */
	bool		high_open;
	Truth		truth;
	Number		low;			/* a known number or date has only low */
	Number		high;
	DateADT		day;			/* dates; NOBEGIN and NOEND where unbounded */
	DateADT		last_day;
	const char *text;			/* not terminated */
	int			length;
	const ListValue *list;
} Value;

/* ---------------- instructions ---------------- */

/* OP_NUMBER and so on, as ops.h lists them */
typedef enum Op
{
#define OP(NAME, ...) OP_##NAME,
#include "ops.h"
} Op;

/* the args of OP_ONCE */
#define ONCE_DAY 0
#define ONCE_PAYS 1				/* what an element pays if it counts */

#define MAX_LIST_DEPTH 16

typedef struct Instr
{
	uint8		op;
	uint8		type;			/* ValueType of the result */
	uint8		flag;
	uint8		depth;			/* OP_LIST, OP_ONCE: of its element */
	uint32		scopes;			/* list depths its value depends on, as bits */
	int32		a;				/* what stands in a, b, c and args: ops.h */
	int32		b;
	int32		c;
	int32		args;			/* where in Program.args */
	int32		nargs;
} Instr;

typedef struct StageEntry
{
	const Stage *stage;
	int			on;				/* of each, in the element's scope */
	int			earned;
	int			amount;			/* before the cap */
} StageEntry;

typedef struct ClauseEntry
{
	const Clause *clause;
	int			when;
	int			satisfied;
	int			nshould;
	int		   *should;
	const char **should_texts;	/* as they are written */
	int			nstages;
	StageEntry *stages;
	int			amount;			/* -1: pays nothing or undetermined */
	int			uncapped;		/* the same before the cap */
	int			cap;			/* or -1 */
	bool		in_whole;		/* counts in the document's own answers */
} ClauseEntry;

typedef struct RungEntry
{
	const Rung *rung;
	int			when;
	int			nshould;
	int		   *should;
	const char **should_texts;
} RungEntry;

/*
 * What an expression of the tree became.  One expression can become several instructions:
 * the condition of a clause is judged for the day of the question and for the day of each
 * stage, and a definition is computed in each list that uses it.
 */
typedef struct WordsKey
{
	const Expression *expr;
	int			within;			/* its own instruction, or that of the
								 * expression of which it is a part; -1: any */
} WordsKey;

typedef struct Words
{
	WordsKey	key;
	int			instr;
} Words;

/*
 * What doc, facts and the entries say of statements are the program's own copies, without
 * expressions, where there is no tree (compact.c).
 */
typedef struct Program
{
	const Document *doc;
	int			ninstrs;
	Instr	   *instrs;
	int			nargs;
	int		   *args;
	int			nnumbers;
	Number	   *numbers;
	int			ntexts;
	char	  **texts;

	int			nfacts;
	const Fact **facts;
	int		   *fact_instrs;	/* -1 where not used */
	bool		uses_as_of;		/* fact 0 always has an instruction */
	int			ndefines;
	int		   *define_instrs;
	int			nclauses;
	ClauseEntry *clauses;
	int			nrungs;
	RungEntry  *rungs;

	int			satisfied;		/* any clause or rung */
	int			amount;			/* rewards and subsidies, or the only clause */
	bool		undetermined;	/* the only clause has no figure */

	const char *not_there;		/* a document that it uses, whose text is not
								 * there, so that it cannot be run; or NULL */

	struct Kernel *kernel;		/* its float kernel */
	HTAB	   *words;			/* of Words, or NULL */
} Program;

/* What ops.h says of an instruction. */
typedef enum Role
{
	ROLE__,						/* nothing stands there */
	ROLE_REGISTER,
	ROLE_OPTIONAL,
	ROLE_REGISTERS,
	ROLE_CONSTANT,
	ROLE_INTEGER,
	ROLE_FACT,
	ROLE_FIELD,
	ROLE_LIST,
	ROLE_DEPTH
} Role;

typedef enum FlagRole
{
	FLAG__,
	FLAG_COMPARE,
	FLAG_UNIT,
	FLAG_NEGATED,
	FLAG_FUNCTION
} FlagRole;

typedef enum Digits
{
	DIGITS_KEEPS,
	DIGITS_ADDS,
	DIGITS_POWERS
} Digits;

typedef struct OpInfo
{
	const char *name;
	uint8		roles[3];		/* Role, of a, b and c */
	uint8		args;			/* Role */
	uint8		registers;		/* which of a, b and c are registers, as bits */
	uint8		flag;			/* FlagRole */
	uint8		result;			/* ValueType; TYPE_UNKNOWN: any */
	uint8		digits;			/* Digits */
	const char *reads;
} OpInfo;

extern const OpInfo op_info[];

/*
 * The registers that an instruction reads, each where it stands: a, b and c, then args.
 * The cursor begins with 0; -1 after the last.
 */
static inline int
next_operand(const Program *program, const Instr *instr, int *cursor)
{
	uint8		registers = op_info[instr->op].registers;

	while (*cursor < 3)
	{
		int			i = (*cursor)++;
		int			number = i == 0 ? instr->a : i == 1 ? instr->b : instr->c;

		if (registers >> i == 0)
			*cursor = 3;
		else if ((registers >> i & 1) != 0 && number >= 0)
			return number;
	}
	return *cursor - 3 < instr->nargs ? program->args[instr->args + (*cursor)++ - 3] : -1;
}

/* for (int operand …): each register that an instruction reads */
#define foreach_operand(operand, program, instr) \
	for (int operand##_cursor = 0, operand; \
		 (operand = next_operand((program), (instr), &operand##_cursor)) >= 0;)

/* Whether an instruction reads nothing: its value is the same for every row. */
static inline bool
is_constant_op(uint8 op)
{
	return op == OP_NUMBER || op == OP_DATE || op == OP_TEXT || op == OP_BOOLEAN;
}

/* Marks an instruction and all that depend on it; the array has a place for each. */
extern void program_dependents(const Program *program, int number, bool *depends);

/* Marks, besides those that are marked, all that they read. */
extern void program_reach(const Program *program, bool *reached);

/* The list that a list function runs over. */
static inline const Fact *
program_list(const Program *program, const Instr *call)
{
	return program->facts[program->instrs[call->a].a];
}

/* One instruction a line, for those who work on the compiler; in the current memory context. */
extern char *program_text(const Program *program);

/*
 * program_compile: compiles a checked document, in the current memory context; text is
 * what it was read from.  With words, it can be asked what became of an expression.  One
 * that is nested deeper than can be run is an error (54000), which goes to escontext where
 * that takes soft ones: then the result is NULL.
 */
extern Program *program_compile(const Document *doc, const char *text, bool words, struct Node *escontext);

/*
 * program_instr: the instruction that an expression first became; -1 if there is none.
 *
 * program_part_instr: the instruction of a part of an expression, where the expression
 * itself is instruction `number`; -1 if there is none, because the part is a constant that
 * needs no register, or because number is -1.
 */
extern int	program_instr(const Program *program, const Expression *expr);
extern int	program_part_instr(const Program *program, int number, const Expression *part);

/*
 * program_compact: a copy that needs nothing of the tree, in one piece of memory from the
 * context.  It cannot be asked what became of an expression.
 */
extern Program *program_compact(const Program *program, MemoryContext context);

/* ---------------- running ---------------- */

struct Origin;
struct Lane;
struct KernelField;

/*
 * Where the facts of a row come from.  load sets the value of a fact: known, none or
 * unknown.  It may allocate in the current memory context.
 */
typedef struct FactSource
{
	void		(*load) (struct FactSource *source, int fact, Value *value);

	/* the same for the float kernel; or NULL */
	void		(*lane) (struct FactSource *source, int fact, struct Lane *lane);

	/*
	 * Of a list that lane gave: goes to its next element, the first at index
	 * 0; and a field of the element at that depth.
	 */
	void		(*element) (struct FactSource *source, int fact, const struct Lane *list, int depth, int index);
	void		(*field) (struct FactSource *source, const struct KernelField *field, struct Lane *lane);

	/*
	 * where load finds a fact, for those who explain; NULL where that has no
	 * name
	 */
	void		(*origin) (struct FactSource *source, int fact, struct Origin *origin);
} FactSource;

typedef enum OriginKind
{
	ORIGIN_COLUMN,
	ORIGIN_KEY,
	ORIGIN_NO_COLUMN,
	ORIGIN_NO_KEY,
	ORIGIN_POLICY,				/* as_of: the day that the policy is bound to */
	ORIGIN_SESSION				/* as_of: zjtx.as_of, or today */
} OriginKind;

typedef struct Origin
{
	OriginKind	kind;
	const char *name;			/* of the column or key */
	bool		null;			/* it is there, and is NULL */
	const char *written;		/* a number or text as it stands there, or
								 * NULL */
} Origin;

typedef struct Run
{
	uint64		id;
	const Program *program;
	FactSource *source;
	Value	   *values;			/* registers */
	uint64	   *stamps;			/* when each was computed */
	uint64		epochs[MAX_LIST_DEPTH + 1];
	const Value *elements[MAX_LIST_DEPTH + 1];
	uint64		clock;
	const struct KernelNode *nodes; /* of the float kernel, and its registers */
	struct Lane *lanes;
	const int  *kernel_args;
	bool		deep;
	struct Registers *shared;	/* where its registers come from, or NULL */

	/* who watches: told of every value as it is computed; or NULL */
	void		(*watch) (struct Run *run, int instr, const Value *value);
	void	   *watcher;
} Run;

/*
 * run_create: a run for many rows, in the current memory context.
 *
 * run_create_shared: the same with registers that other runs use as well.  What it holds
 * stays until another of the same place begins; runs of one question have different places,
 * from 0.
 */
extern Run *run_create(const Program *program);
extern Run *run_create_shared(const Program *program, int place);

/* The next row. */
extern void run_begin(Run *run, FactSource *source);

/* The value of an instruction; valid until the next row. */
extern const Value *run_value(Run *run, int instr);

extern Truth lane_truth(Run *run, int instr);

/* The truth of one, of those whom nobody watches by the kernel. */
static inline Truth
run_truth(Run *run, int instr)
{
	if (run->watch == NULL && run->program->instrs[instr].scopes == 0)
		return lane_truth(run, instr);
	return run_value(run, instr)->truth;
}

/*
 * Which steps of a band can be reached while what it compares is unknown: reached has
 * a place for each step, and one more for what no step takes.  False where a step
 * compares in a way that cannot be followed.
 */
extern bool run_band_steps(Run *run, const Instr *band, bool *reached);

/* For those who watch a run: an element of a list, one that is not known. */
extern void run_enter_element(Run *run, int depth, const Value *fields);
extern Value *run_unknown_element(const Fact *list);

/*
 * The facts that keep an instruction's value from being known, added to a set of
 * their indexes.
 */
extern Bitmapset *run_missing(Run *run, int instr, Bitmapset *facts);

/*
 * The same of several instructions, as a list of facts: first the fact of which one value
 * decides most of them while all else stays unknown, then the one that stands in more
 * undecided conditions, then the one that the document declares first.
 */
extern List *run_missing_ranked(Run *run, const int *goals, int ngoals);

/*
 * What is known of a fact that is unknown: its declared range.  The compiler reads it
 * off the declaration once (value_set_range_of); value_set_unknown copies it.
 */
extern void value_set_unknown(Value *value, const Fact *fact);
extern void value_set_range_of(Value *value, const Fact *fact);

/* What NULL says of a fact that is there. */
extern void value_set_null(Value *value, const Fact *fact);

extern void value_set_number(Value *value, const Number *number);
extern void value_set_date(Value *value, DateADT day);
extern void value_set_truth(Value *value, Truth truth);
extern void value_set_text(Value *value, const char *text, int length);

/* A value outside the declared range or list says no more than that. */
extern void value_check_range(Value *value, const Fact *fact);

static inline const Number *
value_high(const Value *value)
{
	return value->known ? &value->low : &value->high;
}

static inline bool
value_decided(const Value *value, uint8 type)
{
	return type == TYPE_BOOLEAN ? value->truth != TRUTH_UNKNOWN : value->known;
}

#endif							/* ZJTX_PROGRAM_H */
