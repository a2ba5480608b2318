/*
 * program.h
 *		The compiled form of a document, the facts on which it runs, and its results.
 *
 * Each instruction computes one value into the register with its own number, from
 * registers with lower numbers.  Equal instructions are shared.  Clauses, stages, rungs
 * and definitions are entries, which refer to instructions by number.
 *
 * A value is known, or it is a range that may include none.  Evaluation is on demand: only
 * values that an answer needs are computed, once per row.
 */
#ifndef ZJTX_PROGRAM_H
#define ZJTX_PROGRAM_H

#include "postgres.h"

#include "utils/hsearch.h"

#include "compat.h"
#include "number.h"
#include "language/tree.h"

/* ---------------- values ---------------- */

/* Kleene's truth values in ascending order: `and` is the minimum, `or` the maximum. */
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
	struct Value *fields;		/* fields of element i: fields + i * nfields */
} ListValue;

typedef struct Value
{
	/*
	 * Whether the value is a single one, or none.  If not known, `none` means
	 * that it may be none.  Booleans are known if their truth is.
	 */
	bool		known;
	bool		none;
	bool		low_open;		/* numbers: whether the range has no lower, no
								 * upper bound */
	bool		high_open;
	Truth		truth;
	Number		low;			/* a known number or date uses only low */
	Number		high;
	DateADT		day;			/* dates; DATE_NOBEGIN and DATE_NOEND if
								 * unbounded */
	DateADT		last_day;
	const char *text;			/* not NUL-terminated */
	int			length;
	const ListValue *list;
} Value;

/* ---------------- instructions ---------------- */

/* OP_NUMBER and so on, in the order of ops.h */
typedef enum Op
{
#define OP(NAME, ...) OP_##NAME,
#include "ops.h"
} Op;

/* the args of OP_ONCE */
#define ONCE_DAY 0
#define ONCE_PAYS 1				/* the amount of an element if it counts */

#define MAX_LIST_DEPTH 16

typedef struct Instr
{
	uint8		op;
	uint8		type;			/* ValueType of the result */
	uint8		flag;
	uint8		depth;			/* OP_LIST, OP_ONCE: depth of the element */
	uint32		scopes;			/* bit set of the list depths that the value
								 * depends on */
	int32		a;				/* operands a, b and c; ops.h defines their
								 * meaning */
	int32		b;
	int32		c;
	int32		args;			/* index into Program.args */
	int32		nargs;
} Instr;

typedef struct StageEntry
{
	const Stage *stage;
	int			on;				/* of each element, in the scope of the
								 * element */
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
	const char **should_texts;	/* source texts */
	int			nstages;
	StageEntry *stages;
	int			amount;			/* -1 if it pays nothing or has no figure */
	int			uncapped;		/* before the cap */
	int			claim;			/* after caps and before a budget; amount is
								 * what the budget leaves of it */
	int			allotted;		/* what the budget leaves, or -1 */
	int			cap;			/* the lower of both caps, or -1 */
	int			rest_in_all;	/* what the cap over all periods leaves, or -1 */
	bool		in_whole;		/* whether it counts in the document's own
								 * answers */
	bool		in_total;		/* whether it is added up to what the document
								 * pays */
} ClauseEntry;

/* A member of a group: a clause or a group, by its number among the program's. */
typedef struct MemberEntry
{
	bool		is_group;
	int			number;
} MemberEntry;

typedef struct GroupEntry
{
	const ClauseGroup *group;
	int			nmembers;
	MemberEntry *members;
	int			satisfied;		/* any member is */
	int			amount;
	int			uncapped;
	int			claim;			/* as in ClauseEntry */
	int			allotted;
	int			cap;			/* or -1 */
	int			rest_in_all;
	bool		in_whole;
	bool		in_total;
} GroupEntry;

typedef struct RungEntry
{
	const Rung *rung;
	int			when;
	int			nshould;
	int		   *should;
	const char **should_texts;
} RungEntry;

/*
 * Maps an expression of the tree to its instructions.  An expression can have several: the
 * condition of a clause is compiled for the day judged and for the day of each stage, and
 * a definition is compiled in each list that uses it.
 */
typedef struct WordsKey
{
	const Expression *expr;
	int			within;			/* its own instruction, or the instruction of
								 * the expression that contains it; -1 for any */
} WordsKey;

typedef struct Words
{
	WordsKey	key;
	int			instr;
} Words;

/*
 * If there is no tree (compact.c), doc, facts and the entries refer to the program's own
 * copies of statements, without expressions.
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
	int		   *fact_instrs;	/* by fact: -1 if the program does not use it;
								 * for a fact by year, its first instruction */
	bool		uses_as_of;		/* fact 0 always has an instruction */
	int			ntables;		/* those that are looked up in */
	struct LookupTable **tables;
	int			ndefines;
	int		   *define_instrs;	/* -1 for one over an element */
	int			nclauses;
	ClauseEntry *clauses;
	int			nrungs;
	RungEntry  *rungs;
	int			ngroups;
	GroupEntry *groups;

	/* statements about several rows: across.h */
	int			npopulations;
	struct PopulationEntry *populations;
	int			nselections;
	struct SelectionEntry *selections;
	int			nbudgets;
	struct BudgetEntry *budgets;

	int			satisfied;		/* whether any clause or rung is satisfied */
	int			amount;			/* the sum of the lines that are in_total */
	bool		undetermined;	/* the only clause has no figure */

	/* the register of a part that is a definition, or -1 */
	int			value;
	ValueType	value_type;

	const char *not_there;		/* a used document whose text is missing, so
								 * that the program cannot run; or NULL */

	int			ndays;			/* instructions that give as_of to provisions
								 * judged on another day; only with words */
	int		   *days;
	struct Kernel *kernel;		/* the float kernel */
	HTAB	   *words;			/* of Words, or NULL */
} Program;

/* The meaning of an operand in ops.h. */
typedef enum Role
{
	ROLE__,						/* unused */
	ROLE_REGISTER,
	ROLE_OPTIONAL,
	ROLE_REGISTERS,
	ROLE_CONSTANT,
	ROLE_INTEGER,
	ROLE_FACT,
	ROLE_FIELD,
	ROLE_LIST,
	ROLE_DEPTH,
	ROLE_TABLE,
	ROLE_COLUMN
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
	uint8		registers;		/* bit set of the operands a, b and c that are
								 * registers */
	uint8		flag;			/* FlagRole */
	uint8		result;			/* ValueType; TYPE_UNKNOWN for any */
	uint8		digits;			/* Digits */
	const char *reads;
} OpInfo;

extern const OpInfo op_info[];

/*
 * Returns the next register that an instruction reads, in the order a, b, c, args, and
 * advances the cursor, which starts at 0.  Returns -1 after the last.
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

/* for (int operand …) over the registers that an instruction reads */
#define foreach_operand(operand, program, instr) \
	for (int operand##_cursor = 0, operand; \
		 (operand = next_operand((program), (instr), &operand##_cursor)) >= 0;)

/* Whether an instruction has no operands, so that its value is the same for every row. */
static inline bool
is_constant_op(uint8 op)
{
	return op == OP_NUMBER || op == OP_DATE || op == OP_TEXT || op == OP_BOOLEAN;
}

/* Marks an instruction and all instructions that depend on it, in an array by instruction. */
extern void program_dependents(const Program *program, int number, bool *depends);

/* Also marks everything that the marked instructions read. */
extern void program_reach(const Program *program, bool *reached);

/* The fact or field that a register holds; NULL if it holds something else. */
extern const Fact *program_register_fact(const Program *program, int number);

/* Returns the list fact that a list function runs over, or NULL for a range. */
static inline const Fact *
program_list(const Program *program, const Instr *call)
{
	const Instr *list = &program->instrs[call->a];

	return list->op == OP_FACT ? program->facts[list->a] : NULL;
}

/*
 * Facts are identified by numbers.  The number of a fact is its index; the numbers of facts in
 * a year follow, so that a set of integers can hold both.  Year 0 means no year; for a fact by
 * year, an unknown year.
 */
static inline int
fact_in_year(const Program *program, int fact, int year)
{
	return year == 0 ? fact : fact + program->nfacts * (year - FIRST_YEAR + 1);
}

static inline int
fact_number(const Program *program, int number)
{
	return number % program->nfacts;
}

static inline int
fact_year(const Program *program, int number)
{
	return number < program->nfacts ? 0 : number / program->nfacts + FIRST_YEAR - 1;
}

/* years.c: return revenue or revenue[2023], and its label, 2023年营业收入, or NULL */
extern char *fact_in_year_name(const Program *program, int number);
extern char *fact_in_year_label(const Program *program, int number);

/*
 * Sets of missing facts have numbers above those of facts for lookups in tables whose key
 * has no row: one for each instruction.
 */
static inline int
lookup_number(const Program *program, const Instr *lookup)
{
	return program->nfacts * (LAST_YEAR - FIRST_YEAR + 2) + (lookup - program->instrs);
}

static inline bool
is_lookup_number(const Program *program, int number)
{
	return number >= program->nfacts * (LAST_YEAR - FIRST_YEAR + 2);
}

/* Prints a program, one instruction per line, in the current memory context. */
extern char *program_text(const Program *program);

/*
 * program_compile: compiles a checked document in the current memory context; text is its
 * source.  With `words`, the program can map expressions to instructions.  An expression
 * nested too deeply is an error (54000).  If escontext takes soft errors, the error goes
 * there and the result is NULL.
 */
extern Program *program_compile(const Document *doc, const char *text, bool words, struct Node *escontext);

/*
 * program_instr: returns the first instruction of an expression, or -1.
 *
 * program_part_instr: returns the instruction of a part of an expression whose instruction
 * is `number`.  Returns -1 if number is -1 or the part is a constant without a register.
 */
extern int	program_instr(const Program *program, const Expression *expr);
extern int	program_part_instr(const Program *program, int number, const Expression *part);

/*
 * program_compact: copies a program into one piece of memory in the context.  The copy
 * does not need the tree, and cannot map expressions to instructions.
 */
extern Program *program_compact(const Program *program, MemoryContext context);

/* ---------------- running ---------------- */

struct Origin;
struct Lane;
struct KernelField;

/*
 * Provides the facts of a row.  load sets the value of a fact, or of a fact in a year
 * (fact_in_year): known, none or unknown.  It may allocate in the current memory context.
 */
typedef struct FactSource
{
	void		(*load) (struct FactSource *source, int fact, Value *value);

	/*
	 * The same for the float kernel: lane may be NULL.  Facts with a column
	 * need no call of lane if lane_columns is not NULL: it has the columns by
	 * fact, and datums the columns' values by attnum - 1.
	 */
	void		(*lane) (struct FactSource *source, int fact, struct Lane *lane);
	const struct LaneColumn *lane_columns;
	const NullableDatum *datums;
	void		(*lane_year) (struct FactSource *source, int fact, int year, struct Lane *lane);

	/*
	 * For a list that lane returned: steps to the next element (the first has
	 * index 0), and reads a field of the current element at that depth.
	 */
	void		(*element) (struct FactSource *source, int fact, const struct Lane *list, int depth, int index);
	void		(*field) (struct FactSource *source, const struct KernelField *field, struct Lane *lane);

	/*
	 * The origin of a fact, for explanations; NULL if origins have no names.
	 */
	void		(*origin) (struct FactSource *source, int fact, struct Origin *origin);
} FactSource;

typedef enum OriginKind
{
	ORIGIN_COLUMN,
	ORIGIN_KEY,
	ORIGIN_NO_COLUMN,
	ORIGIN_NO_KEY,
	ORIGIN_NO_YEAR,				/* the column or key of all years has no value
								 * for the year, or two */
	ORIGIN_POLICY,				/* as_of: the policy is bound to a day */
	ORIGIN_SESSION,				/* as_of: zjtx.as_of, or today */
	ORIGIN_ALLOTTED				/* over all rows of a relation, now or when it
								 * was recorded */
} OriginKind;

typedef struct Origin
{
	OriginKind	kind;
	const char *name;			/* name of the column or key */
	bool		null;			/* it exists and is NULL */
	const char *written;		/* the original number or text, or NULL */

	/*
	 * ORIGIN_ALLOTTED, whether the row is selected: the places that it can
	 * have
	 */
	int64		place_low;		/* 0: not known, or it is no member */
	int64		place_high;
} Origin;

typedef struct Run
{
	uint64		id;
	const Program *program;
	FactSource *source;
	Value	   *values;			/* registers */
	uint64	   *stamps;			/* by register: when it was computed */
	uint64		epochs[MAX_LIST_DEPTH + 1];
	const Value *elements[MAX_LIST_DEPTH + 1];
	int			items[MAX_LIST_DEPTH + 1];	/* the element of a range, in the
											 * kernel */
	const struct KernelNode *ranges[MAX_LIST_DEPTH + 1];	/* the range */
	uint64		clock;
	const struct KernelNode *nodes; /* nodes and registers of the float kernel */
	struct Lane *lanes;
	uint64	   *marks;			/* by register of the kernel: the mark of the
								 * row it was computed for, plus, of a
								 * condition, its truth */
	uint64		mark;			/* of this row, a multiple of 4 */
	DateADT		day;			/* the last day judged of which the kernel
								 * computed something, if day_mark is not 0 */
	uint64		day_mark;		/* what depends on the day alone and has at
								 * least this mark was computed for this day */
	const int  *kernel_args;
	uint32		unknown_elements;	/* bit set of the depths at which the
									 * kernel is in an element of which
									 * nothing is known */
	bool		deep;
	struct Registers *shared;	/* shared registers, or NULL */

	/* called for every value that is computed, or NULL */
	void		(*watch) (struct Run *run, int instr, const Value *value);
	void	   *watcher;
} Run;

/*
 * run_create: creates a run for many rows, in the current memory context.
 *
 * run_create_shared: the same with registers shared between runs.  The values of a run are
 * valid until another run with the same place begins.  Runs of one question have different
 * places, starting at 0.
 */
extern Run *run_create(const Program *program);
extern Run *run_create_shared(const Program *program, int place);

/* Starts the next row. */
extern void run_begin(Run *run, FactSource *source);

/*
 * Forgets the values of instructions whose facts changed.  They must include all that
 * depend on them.
 */
extern void run_forget(Run *run, const int *instrs, int count);

/* Returns the value of an instruction, valid until the next row. */
extern const Value *run_value(Run *run, int instr);

/* Returns the truth of an instruction; uses the kernel if there is no watch function. */
extern Truth run_truth(Run *run, int instr);

/*
 * Sets for each step of a band, and for the else branch after them, whether it can be
 * reached while the operand is unknown.  Returns false if a step compares in a way that
 * cannot be analysed.
 */
extern bool run_band_steps(Run *run, const Instr *band, bool *reached);

/* For watch functions: enter an element of a list, and get one with unknown fields. */
extern void run_enter_element(Run *run, int depth, const Value *fields);
extern Value *run_unknown_element(Run *run, const Instr *call);

/*
 * Adds the facts that keep an instruction from being known to a set of fact numbers (see
 * fact_in_year).
 */
extern Bitmapset *run_missing(Run *run, int instr, Bitmapset *facts);

/* table.c: the name of a missing fact, or of a lookup whose key has no row: lpr[2019-01-01] */
extern char *run_missing_name(Run *run, int number);

/*
 * Returns the facts that keep several instructions from being known.  The fact of which
 * one value decides the most instructions comes first, then the fact in more undecided
 * conditions, then the fact declared first.
 */
extern List *run_missing_ranked(Run *run, const int *goals, int ngoals);

/*
 * Sets a value to the declared range of an unknown fact.  value_set_range_of reads the
 * declaration, once in the compiler; value_set_unknown copies its result.
 */
extern void value_set_unknown(Value *value, const Fact *fact);
extern void value_set_range_of(Value *value, const Fact *fact);

/* Sets the value that NULL means for a fact. */
extern void value_set_null(Value *value, const Fact *fact);

/* The value of a number literal; false if it is too long. */
extern bool value_of_literal(Number *number, const Expression *literal);

/* Sets a value to a literal; false if it is none that is known, or a number out of limits. */
extern bool value_set_literal(Value *value, const Expression *literal);

extern void value_set_number(Value *value, const Number *number);
extern void value_set_date(Value *value, DateADT day);
extern void value_set_truth(Value *value, Truth truth);
extern void value_set_text(Value *value, const char *text, int length);

/* Replaces a value outside the declared range or list by the declared range. */
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
