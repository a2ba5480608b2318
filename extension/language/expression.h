/*
 * expression.h
 *		Expressions, as they are written and as the checker completes them.
 */
#ifndef ZJTX_EXPRESSION_H
#define ZJTX_EXPRESSION_H

#include "nodes/pg_list.h"
#include "utils/date.h"
#include "utils/numeric.h"

#include "unit.h"

/* the years that a fact by year can have */
#define FIRST_YEAR 1900
#define LAST_YEAR 2999

#define MAX_EXPONENT 20

/* limit of nesting, far below what would overflow the stack */
#define MAX_EXPR_DEPTH 1000
#define MAX_NUMBER_DIGITS 1000

typedef enum CompareOp
{
	CMP_EQ,
	CMP_NE,
	CMP_LT,
	CMP_LE,
	CMP_GT,
	CMP_GE
} CompareOp;

/* The comparison with its operands swapped, and the one that holds where this one does not. */
extern CompareOp compare_mirrored(CompareOp op);
extern CompareOp compare_opposite(CompareOp op);

typedef enum ExprKind
{
	EXPR_NUMBER,
	EXPR_TEXT,
	EXPR_DATE,
	EXPR_BOOLEAN,
	EXPR_NONE,					/* only in examples */
	EXPR_UNKNOWN,				/* only in examples */
	EXPR_ROWS,					/* a list literal, only in examples */
	EXPR_ROW,					/* a row in one: args are EXPR_SET */
	EXPR_SET,					/* name = args[0]; name[year] = args[0] */
	EXPR_NAME,
	EXPR_INDEX,					/* name[args[0]], name[args[0]].column */
	EXPR_RANGE,					/* args: first, last; only as an argument of a
								 * call */
	EXPR_AND,
	EXPR_OR,
	EXPR_NOT,
	EXPR_COMPARE,
	EXPR_BETWEEN,				/* args: x, low, high */
	EXPR_IN,					/* args: x, then the members */
	EXPR_IS_NULL,
	EXPR_ADD,
	EXPR_SUBTRACT,
	EXPR_MULTIPLY,
	EXPR_DIVIDE,
	EXPR_NEGATE,
	EXPR_POWER,					/* args[0] to the power of shift */
	EXPR_CASE,					/* args: condition, value, …, [else] */
	EXPR_BAND,					/* args: x, then EXPR_ARM */
	EXPR_ARM,					/* args: value, then bounds; none for else */
	EXPR_TIERS,					/* args: x, rate, bound, rate, …, [else] */
	EXPR_CALL,					/* a function, possibly with a list as
								 * argument */
	EXPR_LIST_CALL,				/* list; [where] and [body] are members below */
	EXPR_SATISFIES,				/* refers to the provision named; args: the
								 * day, or nothing */
	EXPR_AMOUNT_OF,
	EXPR_PAID_OF,				/* what was paid for other periods */
	EXPR_LEVEL_OF				/* the level of a document's ladder */
} ExprKind;

/* FUNC_LEAST and so on, from functions.h */
typedef enum Function
{
#define FUNCTION(NAME, ...) FUNC_##NAME,
#include "functions.h"
} Function;

/* Meaning of a name. */
typedef enum NameKind
{
	NAME_UNRESOLVED,
	NAME_FACT,
	NAME_FIELD,					/* a field of a list that is in scope */
	NAME_YEAR,					/* this_year, last_year: shift years before */
	NAME_TABLE,					/* EXPR_INDEX */
	NAME_DEFINE,
	NAME_CLAUSE,
	NAME_RUNG,
	NAME_GROUP,
	NAME_SELECTION,
	NAME_LADDER,
	NAME_USED					/* a provision of a used document */
} NameKind;

typedef struct Span
{
	int			start;
	int			end;
} Span;

/* Bit fields save memory, because a document with examples has very many expressions. */
typedef struct Expression
{
	ExprKind	kind:8;
	CompareOp	compare:8;		/* EXPR_COMPARE; EXPR_ARM with one bound */
	bool		negated;		/* not between, not in, is not null */
	bool		has_else;		/* EXPR_CASE, EXPR_TIERS: the last argument is
								 * the else */
	Span		span;
	int			depth;			/* nesting depth; 1 for a leaf */
	List	   *args;			/* of Expression */

	char	   *name;			/* names, calls, EXPR_INDEX, EXPR_SET; text */
	char	   *column;			/* EXPR_INDEX: of a table, or NULL */
	char	   *element;		/* EXPR_LIST_CALL: what an element is called;
								 * EXPR_NAME: whose field it is; or NULL */
	Numeric		number;
	Numeric		divisor;		/* EXPR_NUMBER: the literal is number /
								 * divisor; NULL for 1 */
	DateADT		date;
	bool		boolean;

	/* set by the checker */
	bool		can_be_none;
	bool		asked;			/* the day judged, even within a stage:
								 * asked_on */
	bool		multiple;		/* a call that rounds args[0] to a multiple of
								 * args[1] */
	bool		shifts;			/* an interval added to or subtracted from a
								 * date */
	int			shift;
	int			year;			/* EXPR_SET: of a fact by year; 0: no index */
	int			name_at;		/* where the code of a reference is */
	int			up;				/* NAME_FIELD: number of enclosing lists to
								 * skip */
	ValueType	type:8;
	Function	function:8;
	NameKind	meaning:8;
	Unit		unit;
	const Money *money;
	struct Fact *fact;			/* NAME_FACT, NAME_FIELD; for a list call, the
								 * list, whose index is -1 if it is a range */
	struct Define *define;
	struct Table *table;		/* NAME_TABLE; its column is in shift */
	struct DocumentUse *use;	/* a reference: the used document; NULL for
								 * this one */
	const char *part;			/* … and the code in it, or NULL */
	struct Provision *provision;	/* NAME_CLAUSE, …: the first member of
									 * the statement */
	struct Fact *texts;			/* for a text: the fact that declares its
								 * values, or NULL */

	struct Expression *where;	/* EXPR_LIST_CALL */
	struct Expression *body;
} Expression;

extern const char *function_name(Function function);

/*
 * expr_walk: calls the walker for the arguments of an expression, and for the condition and the value of a function
 * over a list.  As with expression_tree_walker(), the walker is also called with NULL, for a missing condition or
 * value.  The walker itself calls expr_walk() to go deeper.
 */
typedef void (*ExprWalker) (const Expression *expr, void *context);

extern void expr_walk(const Expression *expr, ExprWalker walker, void *context);

/*
 * literal_numeric: the value of a number literal, rounded if it is a fraction without a
 * finite decimal form.
 */
extern Numeric literal_numeric(const Expression *literal);
extern Expression *expr_literal(ExprKind kind, ValueType type, Span span);
extern char *date_text(DateADT date);

/* date_of: sets the date; returns false if there is no such day. */
extern bool date_of(int year, int month, int day, DateADT *date);
extern int	date_year(DateADT date);
extern int	date_month(DateADT date);
extern int	date_day(DateADT date);

#endif							/* ZJTX_EXPRESSION_H */
