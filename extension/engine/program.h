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
	 * known: exactly one value, or none.  Otherwise none says that it may be none.
	 * Booleans are known where their truth is.
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

typedef enum Op
{
	OP_NUMBER,					/* constants: a is their index */
	OP_DATE,					/* a is the day */
	OP_TEXT,
	OP_BOOLEAN,					/* a */
	OP_FACT,					/* a: which */
	OP_FIELD,					/* a: which, b: depth of its list, c: the list */
	OP_AND,						/* args */
	OP_OR,						/* args */
	OP_NOT,						/* a */
	OP_COMPARE,					/* a, b; flag: CompareOp */
	OP_TEXT_IN,					/* a; args: text constants; flag: not in */
	OP_IS_NONE,					/* a; flag: is not */
	OP_ADD,						/* a, b */
	OP_SUBTRACT,
	OP_MULTIPLY,
	OP_DIVIDE,
	OP_NEGATE,					/* a */
	OP_SHIFT,					/* a; b: by how many; flag: Unit */
	OP_DAYS,					/* a - b, dates */
	OP_CASE,					/* args: condition, value, …, [else]; a: of a band,
								 * what its conditions compare */
	OP_LEAST,					/* args; passes over none */
	OP_GREATEST,
	OP_LATEST,					/* args; none if one is */
	OP_COALESCE,				/* a, b */
	OP_YEAR,					/* a */
	OP_FLOOR,
	OP_ROUND,					/* a; b: decimals */
	OP_COUNT_TRUE,				/* args */
	OP_LIST,					/* a: list fact, b: where or -1, c: body or -1;
								 * flag: Function; depth */
	OP_LINE,					/* a: condition, b: pay: a line of money */
	OP_TOTAL,					/* args: lines */
	OP_CAP						/* a: total, b: cap */
} Op;

#define MAX_LIST_DEPTH 16

typedef struct Instr
{
	uint8		op;
	uint8		type;			/* ValueType of the result */
	uint8		flag;
	uint8		depth;			/* OP_LIST: of its element */
	uint32		scopes;			/* list depths its value depends on, as bits */
	int32		a;
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
} RungEntry;

typedef struct Program
{
	const Document *doc;
	int			ninstrs;
	Instr	   *instrs;
	int		   *args;
	Number	   *numbers;
	char	  **texts;

	int			nfacts;
	const Fact **facts;
	int		   *fact_instrs;	/* -1 where not used */
	bool		uses_as_of;		/* fact 0 always has an instruction */
	int		   *define_instrs;
	int			nclauses;
	ClauseEntry *clauses;
	int			nrungs;
	RungEntry  *rungs;

	int			satisfied;		/* any clause or rung */
	int			amount;			/* rewards and subsidies, or the only clause */
	bool		undetermined;	/* the only clause has no figure */

	struct PlainProgram *plain; /* its plain mode */
} Program;

/* The registers among a, b and c of an instruction; returns how many. */
extern int	instr_operands(const Instr *instr, int operands[3]);

/*
 * Compiles a checked document, in the current memory context.  One that is nested deeper
 * than can be run is an error (54000), which goes to escontext where that takes soft ones:
 * then the result is NULL.
 */
extern Program *program_compile(const Document *doc, struct Node *escontext);

/* ---------------- running ---------------- */

struct Origin;
struct Plain;
struct PlainField;

/*
 * Where the facts of a row come from.  load sets the value of a fact: known, none or
 * unknown.  It may allocate in the current memory context.
 */
typedef struct FactSource
{
	void		(*load) (struct FactSource *source, int fact, Value *value);

	/* the same for the plain mode; or NULL */
	void		(*plain) (struct FactSource *source, int fact, struct Plain *plain);

	/*
	 * Of a list that plain gave: goes to its next element, the first at index 0; and a
	 * field of the element at that depth.
	 */
	void		(*element) (struct FactSource *source, int fact, const struct Plain *list, int depth, int index);
	void		(*field) (struct FactSource *source, const struct PlainField *field, struct Plain *plain);

	/* where load finds a fact, for those who explain; NULL where that has no name */
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
	const char *written;		/* a number or text as it stands there, or NULL */
} Origin;

typedef struct Run
{
	const Program *program;
	FactSource *source;
	Value	   *values;			/* registers */
	uint64	   *stamps;			/* when each was computed */
	uint64		epochs[MAX_LIST_DEPTH + 1];
	const Value *elements[MAX_LIST_DEPTH + 1];
	uint64		clock;
	const struct PlainNode *nodes;	/* of the plain mode, and its registers */
	struct Plain *plain;
	const int  *plain_args;
	bool		deep;

	/* who watches: told of every value as it is computed; or NULL */
	void		(*watch) (struct Run *run, int instr, const Value *value);
	void	   *watcher;
} Run;

/* A run for many rows, in the current memory context. */
extern Run *run_create(const Program *program);

/* The next row. */
extern void run_begin(Run *run, FactSource *source);

/* The value of an instruction; valid until the next row. */
extern const Value *run_value(Run *run, int instr);

extern Truth plain_truth(Run *run, int instr);

/* The truth of one, of those whom nobody watches by the plain mode. */
static inline Truth
run_truth(Run *run, int instr)
{
	if (run->watch == NULL && run->program->instrs[instr].scopes == 0)
		return plain_truth(run, instr);
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
