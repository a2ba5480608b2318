/*
 * tree.h
 *		A policy as a tree, which the grammar builds, the checker completes and the compiler reads.
 *
 * Parsing depends only on the text.  Everything is allocated in the memory context that is
 * current when policy_read is called.
 *
 * Positions are byte offsets into the text (UTF-8).
 */
#ifndef ZJTX_TREE_H
#define ZJTX_TREE_H

#include "postgres.h"

#include "compat.h"
#include "nodes/bitmapset.h"
#include "nodes/pg_list.h"
#include "utils/date.h"
#include "utils/numeric.h"

typedef enum ValueType
{
	TYPE_UNKNOWN,				/* not inferred yet */
	TYPE_BOOLEAN,
	TYPE_NUMBER,
	TYPE_TEXT,
	TYPE_DATE,
	TYPE_LIST
} ValueType;

/*
 * A unit, of units.h or declared by the document.  Within a document, units are the same if
 * the pointers are.
 */
typedef struct UnitInfo
{
	const char *name;
	const char *english;		/* for messages; NULL for a declared unit */
	const struct UnitInfo *of;	/* the unit that those of this kind are
								 * converted to */
	const char *numerator;		/* one of this unit is numerator / denominator */
	const char *denominator;	/* of that, both whole or decimal numbers */
	int			decimals;		/* for values proposed by gap() */
	bool		currency;
	bool		declared;
} UnitInfo;

typedef const UnitInfo *Unit;

typedef enum BuiltinUnit
{
#define UNIT(NAME, ...) BUILTIN_##NAME,
#define ALIAS(...)
#include "units.h"
} BuiltinUnit;

extern const UnitInfo builtin_units[];

/*
 * UNIT_FREE is compatible with every unit (products, literals without a unit).  UNIT_PLAIN
 * is for ratios and percentages and is compatible with no other unit.
 */
#define UNIT_FREE ((Unit) NULL)
#define UNIT_PLAIN (&builtin_units[BUILTIN_PLAIN])
#define UNIT_YUAN (&builtin_units[BUILTIN_YUAN])
#define UNIT_POINT (&builtin_units[BUILTIN_POINT])
#define UNIT_YEAR (&builtin_units[BUILTIN_YEAR])
#define UNIT_MONTH (&builtin_units[BUILTIN_MONTH])
#define UNIT_DAY (&builtin_units[BUILTIN_DAY])

/*
 * The powers of currencies that a number is a product of (dimension.c): NULL for none, as
 * of persons or shares; 元 for an amount, 1/元 for a number per 元.  MONEY_ANY is that of
 * 0, none and facts whose unit is not known, which go with every amount.
 */
typedef struct Money Money;

extern const Money money_any;

#define MONEY_ANY (&money_any)

typedef enum NullMeaning
{
	NULL_UNKNOWN,
	NULL_NONE,
	NULL_ZERO
} NullMeaning;

typedef enum CompareOp
{
	CMP_EQ,
	CMP_NE,
	CMP_LT,
	CMP_LE,
	CMP_GT,
	CMP_GE
} CompareOp;

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
	EXPR_SATISFIES,				/* of the provision named; args: the day, or
								 * nothing */
	EXPR_AMOUNT_OF,
	EXPR_PAID_OF,				/* for other periods */
	EXPR_LEVEL_OF				/* of a document's ladder */
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
	NAME_FIELD,					/* of a list that is in scope */
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
	bool		negated;		/* of not between, not in, is not null */
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
	bool		asked;			/* the day of the question, even within a
								 * stage */
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

/* A text that a fact can have, with its labels. */
typedef struct TextLabel
{
	char	   *text;
	Span		span;
} TextLabel;

typedef struct TextValue
{
	char	   *text;
	List	   *labels;			/* of TextLabel; the first one is displayed */
	Span		span;
	int			length;			/* of the text, in bytes; set by the checker */
} TextValue;

/*
 * What depends on the other rows of a relation, and is a fact of each row: whether a selection
 * has selected it, a value of a population, and what a budget leaves of the amount of a line.
 * It is known where rows are allotted and from what was recorded; otherwise from a column or key
 * of its name.
 */
typedef enum AcrossKind
{
	ACROSS_NONE,				/* a declared fact, or what was paid */
	ACROSS_SELECTED,
	ACROSS_POPULATION,
	ACROSS_ALLOTTED
} AcrossKind;

typedef struct Fact
{
	char	   *name;
	char	   *label;			/* or NULL */
	Span		span;
	ValueType	type;
	Unit		unit;
	Expression *low;			/* declared range as literals, or NULL */
	Expression *high;
	bool		has_low;		/* the checker's: the same, where there is no
								 * tree */
	bool		has_high;
	List	   *values;			/* of TextValue; texts it can have, or NIL */
	struct Texts *texts;		/* the checker's: the same with their labels,
								 * by text */
	bool		by_year;		/* a scalar for each year */
	bool		fixed;			/* nobody can change it */
	NullMeaning null_means;
	List	   *fields;			/* of Fact; a list of scalars has one, "it" */
	bool		scalars;		/* a list of scalars */
	bool		inferred;		/* in a policy that is an expression */
	char	   *paid_of;		/* the clause or group of which it says what
								 * was paid for other periods; or NULL */
	AcrossKind	across;
	char	   *across_of;		/* code of the selection, name of the
								 * population, or code of the clause or group;
								 * or NULL */
	char	   *budget;			/* ACROSS_ALLOTTED: the code of the budget,
								 * which is missing where it is unknown */
	const struct PopulationValue *value;	/* ACROSS_POPULATION: its
											 * definition, where there is a
											 * tree */
	int			index;			/* in its document or list */
	bool		used;
	struct Document *declared_by;	/* a used document, where only that
									 * declares it; or NULL */
	bool		perhaps_none;	/* while it is unknown, it may be none,
								 * although NULL is unknown */
	bool		mapped_to_none; /* a document that uses this one maps it to
								 * what can be none */

	/*
	 * Of a column of a table, set by the checker: the fact whose texts its
	 * cells are, or NULL; and until that is known, the expressions with which
	 * it was compared.
	 */
	struct Fact *cells_of;
	List	   *compared;

	/* of a program's own facts: what is known of one that is unknown, or NULL */
	const struct Value *unknown;
} Fact;

typedef struct Note
{
	char	   *code;			/* or NULL */
	char	   *text;
} Note;

typedef enum Subject
{
	SUBJECT_ENTERPRISE,
	SUBJECT_PLATFORM,
	SUBJECT_REGION
} Subject;

/* Attributes common to all provisions. */
typedef struct Provision
{
	char	   *code;
	char	   *title;			/* or NULL */
	char	   *article;
	char	   *summary;
	char	   *wording;		/* wording of the article */
	List	   *offices;		/* of char *: who decides and pays */
	List	   *covers;			/* of char * */
	List	   *notes;			/* of Note */
	Subject		subject;
	Span		span;
	int			name_end;		/* end of code and title */

	/* of clauses and rungs, set by the checker */
	int			index;			/* among those of its kind */
	int			state;			/* 0 unchecked, 1 being checked, 2 checked */
} Provision;

typedef struct Define
{
	Provision	provision;		/* the code is the name */
	bool		is_score;
	char	   *of;				/* the list over whose elements it is, or NULL */
	Span		of_span;
	char	   *element;		/* what the element is called, or NULL */
	Fact	   *list;			/* the same, set by the checker */
	Expression *expr;
	int			state;			/* 0 unchecked, 1 being checked, 2 checked */
	int			index;			/* in its document */
} Define;

typedef enum TableKey
{
	TABLE_BY_DATE,
	TABLE_BY_NUMBER,
	TABLE_BY_YEAR,
	TABLE_BY_TEXT
} TableKey;

typedef struct TableRow
{
	Expression *key;			/* NULL in the else row */
	List	   *cells;			/* of Expression: literals and EXPR_NONE */
	Span		span;
} TableRow;

typedef struct Table
{
	Provision	provision;		/* the code is the name */
	TableKey	by;
	List	   *columns;		/* of Fact */
	List	   *rows;			/* of TableRow, without the else row */
	TableRow   *otherwise;		/* or NULL */
	Unit		key_unit;		/* by number: of the keys */
	Fact	   *texts;			/* by text: the fact whose values the keys
								 * are, or NULL */
	List	   *found_by;		/* by text: the lookups in other tables, of
								 * Expression, that give keys */
	int			index;			/* in its document */
	bool		used;
} Table;

typedef enum ClauseKind
{
	CLAUSE_ELIGIBILITY,
	CLAUSE_REWARD,
	CLAUSE_SUBSIDY,
	CLAUSE_TAX,
	CLAUSE_POINTS
} ClauseKind;

typedef struct Stage
{
	Provision	provision;
	char	   *each;			/* the list over which it repeats, or NULL */
	bool		once;			/* elements with the same day count once */
	Span		each_span;
	Fact	   *list;			/* set by the checker */
	Expression *on;
	Expression *when;			/* or NULL */
	Expression *pay;
} Stage;

typedef struct Clause
{
	Provision	provision;		/* code is NULL in a policy that is an
								 * expression */
	ClauseKind	kind;
	bool		has_kind;
	bool		per_year;
	Expression *when;			/* NULL: for everyone */
	List	   *should;			/* of Expression */
	Expression *pay;			/* or NULL */
	bool		undetermined;
	Expression *cap;			/* or NULL */
	Expression *cap_in_all;		/* over all periods, or NULL */
	struct Fact *paid;			/* set by the checker: what was paid for other
								 * periods; NULL where there are none */
	List	   *stages;			/* of Stage */
	struct ClauseGroup *group;	/* set by the checker: of which it is a
								 * member, or NULL */
	struct ClauseBudget *budget;	/* set by the checker: from which it is
									 * paid, or NULL */
	struct Fact *allotted;		/* set by the checker: what the budget leaves
								 * of its amount; NULL without a budget */
	bool		of_used;		/* it is a clause of a used document, which is
								 * a member of a group here */
} Clause;

/* A member of a group, as it is written, and what it is: a clause or a group. */
typedef struct GroupMember
{
	char	   *code;
	Span		span;

	/* set by the checker; one of them is NULL */
	struct Clause *clause;
	struct ClauseGroup *group;
} GroupMember;

typedef struct ClauseGroup
{
	Provision	provision;
	bool		best;			/* the highest member is paid; otherwise all
								 * are */
	List	   *members;		/* of GroupMember */
	Expression *cap;			/* or NULL */
	Expression *cap_in_all;		/* over all periods, or NULL */

	/* set by the checker */
	bool		per_year;		/* its members are */
	struct Fact *paid;			/* as in Clause */
	struct ClauseGroup *group;	/* of which it is a member, or NULL */
	struct ClauseBudget *budget;	/* as in Clause */
	struct Fact *allotted;
} ClauseGroup;

/* By what the rows of a selection or budget are sorted: a number or a date. */
typedef struct SortKey
{
	Expression *expr;
	bool		descending;
} SortKey;

/* "select": the first of the rows that satisfy a condition. */
typedef struct Selection
{
	Provision	provision;
	Expression *first;			/* a number of rows, or % of the members */
	List	   *keys;			/* of SortKey; NIL: no order */
	Expression *when;			/* NULL: all rows are members */

	/* set by the checker */
	Fact	   *selected;		/* whether a row is selected */
} Selection;

/* "budget": an amount from which clauses and groups are paid. */
typedef struct ClauseBudget
{
	Provision	provision;
	Expression *amount;			/* a literal in 元 */
	List	   *keys;			/* of SortKey: paid in this order; NIL: pro
								 * rata */
	List	   *lines;			/* of GroupMember */
} ClauseBudget;

/* AGGREGATE_AVG and so on, from aggregates.h */
typedef enum Aggregate
{
#define AGGREGATE(NAME, ...) AGGREGATE_##NAME,
#include "aggregates.h"
} Aggregate;

/* A value of a population: an aggregate of an expression over its members. */
typedef struct PopulationValue
{
	char	   *name;
	char	   *title;			/* or NULL */
	Span		span;
	char	   *function;		/* as it is written */
	Span		function_span;
	Expression *expr;			/* NULL: count() */
	Expression *share;			/* of a percentile, a literal from 0% to 100%;
								 * NULL if none is written */

	/* set by the checker */
	Aggregate	aggregate;
	Fact	   *fact;
	const Money *money;
	struct Population *population;
} PopulationValue;

/* "population": values of the rows that satisfy a condition. */
typedef struct Population
{
	Provision	provision;		/* the code is its name */
	Expression *when;			/* NULL: all rows */
	List	   *values;			/* of PopulationValue */
} Population;

typedef struct Rung
{
	Provision	provision;
	int			level;			/* 0 until set by the checker */
	bool		level_written;
	Expression *when;
	List	   *should;
} Rung;

typedef struct Goal
{
	int			year;			/* 0: every year */
	Expression *value;
} Goal;

typedef struct Target
{
	Provision	provision;
	Unit		unit;
	bool		flow;			/* counts during the year; otherwise at its
								 * end */
	bool		at_most;		/* the goal is an upper bound */
	List	   *goals;			/* of Goal */
	Expression *count;			/* condition of `count where`, or NULL */
	Expression *of;				/* condition of the denominator, or NULL */
} Target;

typedef struct Service
{
	Provision	provision;
} Service;

typedef enum ExpectKind
{
	EXPECT_CLAUSE,
	EXPECT_STAGE,
	EXPECT_RUNG,
	EXPECT_GROUP,
	EXPECT_SELECTION,
	EXPECT_BUDGET,				/* only over several rows */
	EXPECT_PLACEMENT,
	EXPECT_AMOUNT,
	EXPECT_NAME,
	EXPECT_MISSING
} ExpectKind;

typedef enum VerdictKind
{
	VERDICT_TRUE,
	VERDICT_FALSE,
	VERDICT_UNKNOWN,
	VERDICT_NONE,
	VERDICT_UNDETERMINED,
	VERDICT_EQUALS,
	VERDICT_BETWEEN,
	VERDICT_NAMES,				/* placement, missing */
	VERDICT_ROWS				/* one verdict for each row */
} VerdictKind;

typedef struct Expectation
{
	ExpectKind	kind;
	Span		span;
	char	   *code;			/* of the clause or rung, or a name */
	char	   *stage;
	VerdictKind verdict;
	Expression *low;			/* the only bound of VERDICT_EQUALS */
	Expression *high;
	List	   *names;			/* of char * */
	List	   *rows;			/* of Expectation, of which only the verdict
								 * and its bounds are set */
	Expression *expr;			/* EXPECT_NAME: the name, as an expression */
} Expectation;

typedef struct Example
{
	char	   *title;
	Span		span;
	char	   *like;			/* or NULL */
	struct Example *base;		/* set by the checker */
	List	   *given;			/* of Expression, EXPR_SET */
	List	   *rows;			/* of Expression, EXPR_ROW: what else is given
								 * of each row; NIL: the example has one row */
	List	   *expect;			/* of Expectation */
} Example;

/*
 * A document or series that a document uses, by name.  Its text stands behind that of the
 * document that uses it: always where a policy was read from the store, and not where a
 * document stands alone, as it is stored.
 */
typedef struct DocumentUse
{
	char	   *code;			/* of the document or series */
	Span		span;			/* of the code */
	List	   *mapped;			/* of Expression, EXPR_SET: a fact of the used
								 * document = what it is in this one */

	/* set by the checker */
	bool		is_series;
	List	   *documents;		/* of Document: the one, or the versions from
								 * the earliest; NIL where it is not behind */
} DocumentUse;

typedef struct Document
{
	bool		bare;			/* a single expression without a header */
	Provision	provision;		/* code and title; NULL if bare */
	char	   *number;
	char	   *issuer;
	char	   *region;
	char	   *source;
	char	   *series;
	List	   *repeals;		/* of char * */
	List	   *uses;			/* of DocumentUse */
	List	   *units;			/* of Unit: those that it declares */
	bool		has_issued;
	DateADT		issued;
	bool		has_from;
	DateADT		from;
	bool		has_until;		/* until is the first day on which it is no
								 * longer in force */
	bool		through;		/* the day before it was written */
	DateADT		until;
	bool		is_repealed;	/* set by the checker: by another document of
								 * the text, from this day on */
	DateADT		repealed;
	Span		header;
	const char *part;			/* set by the checker: of the policy */

	List	   *facts;			/* of Fact */
	List	   *tables;			/* of Table */
	List	   *defines;		/* of Define, including scores */
	List	   *clauses;
	bool		has_ladder;
	char	   *ladder;			/* title or NULL */
	Span		ladder_span;
	List	   *rungs;
	List	   *groups;
	List	   *populations;
	List	   *selections;
	List	   *budgets;
	List	   *targets;
	List	   *services;
	List	   *examples;

	/* set by the checker: by name, code or title */
	struct Symbols *facts_by_name;
	struct Symbols *defines_by_name;
	struct Symbols *tables_by_name;
	struct Symbols *clauses_by_code;
	struct Symbols *rungs_by_code;
	struct Symbols *groups_by_code;
	struct Symbols *selections_by_code;
	struct Symbols *budgets_by_code;
	struct Symbols *populations_by_name;
	struct Symbols *population_values_by_name;
	struct Symbols *examples_by_title;
} Document;

/* Whether the header says when the document is in force. */
static inline bool
document_is_dated(const Document *doc)
{
	return doc->has_from || doc->has_until;
}

typedef struct Policy
{
	const char *text;			/* source text */
	bool		has_as_of;
	bool		as_of_default;	/* the as_of of a row comes before it */
	DateADT		as_of;
	int			body;			/* position after "as of …" */
	uint64		content;		/* hash of its tokens, without a default day;
								 * comments and white space do not matter */
	char	   *part;			/* the code of the only provision that
								 * answers; NULL: all do */
	int			part_at;		/* where it is in the text */
	char	   *series;			/* code of the series, or NULL */
	List	   *documents;		/* one document, or the versions of a series */
	List	   *used;			/* of Document: those that they use, directly
								 * or not; set by the checker */
} Policy;

/* the years that a fact by year can have */
#define FIRST_YEAR 1900
#define LAST_YEAR 2999

#define MAX_EXPONENT 20

/* limit of nesting, far below what would overflow the stack */
#define MAX_EXPR_DEPTH 1000
#define MAX_NUMBER_DIGITS 1000

/*
 * policy_read: parses and checks a policy.
 *
 * Takes the text in UTF-8, NUL-terminated, and returns the tree, which refers to this
 * text.  An invalid text is reported with line and column, as a soft error in escontext
 * (then returns NULL), or with ereport if escontext is NULL.
 */
extern Policy *policy_read(const char *text, struct Node *escontext);

/* policy_try: the same, but for an invalid text returns NULL and sets *problem. */
typedef struct ReadProblem
{
	int			at;				/* byte offset */
	char	   *message;
	char	   *detail;			/* or NULL */
	const char *hint;			/* or NULL */
} ReadProblem;

extern Policy *policy_try(const char *text, ReadProblem *problem);

/* A token of a text.  Its number is one of language/gram.h. */
typedef struct TextToken
{
	int			token;
	Span		span;
	bool		name;			/* a keyword that is a name here */
} TextToken;

typedef struct TextTokens
{
	TextToken  *tokens;			/* ends with the token of the text's end, 0 */
	int			count;			/* without that */
	int			size;
} TextTokens;

/* policy_tokens: the same as policy_try, and returns the tokens of the text in *tokens. */
extern Policy *policy_tokens(const char *text, ReadProblem *problem, TextTokens *tokens);

/*
 * statements_read: parses statements without their document, or behind headers.  Returns
 * documents: first one without a header, with the statements before the first header, then
 * one for each header.  They are not checked, so only names and positions are reliable.  units
 * are those of the documents that they are for.  For an invalid text returns NIL and sets *problem.
 */
extern List *statements_read(const char *text, List *units, ReadProblem *problem);

/* Sets line and column (in characters), both from 1, for a byte offset. */
extern void text_position(const char *text, int at, int *line, int *column);

/* Reports an error at a byte offset and does not return. */
struct ReadState;
pg_noreturn extern void read_error(struct ReadState *state, int at, const char *hint,
								   const char *fmt,...) ZJTX_PRINTF(4, 5);

/* The candidate most similar to a name, or NULL if none is similar. */
typedef struct Nearest
{
	const char *wanted;
	const char *best;
	int			distance;
} Nearest;

extern void nearest_start(Nearest *nearest, const char *wanted);
extern void nearest_offer(Nearest *nearest, const char *candidate);
extern char *nearest_hint(const Nearest *nearest);

/*
 * Messages are in ASCII and include words of the language as arguments.  If the client has
 * a single-byte encoding, which has no Chinese, these return the English word; otherwise
 * the client would get an encoding error and no message.
 */
extern const char *message_word(const char *word, const char *english);
extern const char *unit_word(Unit unit);	/* the name of a unit in a message */
extern char *unit_words(const List *declared);	/* the names of all units */

/* The name of a unit, or "" for a number without one. */
extern const char *unit_name(Unit unit);

/* Finds a unit by its name or alias among the built-in ones and those declared, or NULL. */
extern Unit unit_find(const List *declared, const char *name);

/*
 * Splits what follows the digits of a quantity, such as 万平方米, into multiples and a unit:
 * 10 to the power of *exponent, and *unit (UNIT_FREE if there are only multiples).  The
 * longest unit wins.  Moves *suffix past the multiples, and returns false if what follows
 * them is no unit.
 */
extern bool unit_split(const List *declared, const char **suffix, int *exponent, Unit *unit);

/* Whether a word consists of multiples such as 万 only. */
extern bool is_multiple(const char *word);

/*
 * Whether two units are the same.  Those that documents declare are, if they declare them
 * alike.
 */
extern bool unit_same(Unit a, Unit b);

/* Whether numbers of one unit can be converted to the other. */
extern bool unit_converts(Unit from, Unit to);

/*
 * Sets the ratio by which a number of one unit is multiplied to convert it to another unit
 * of the same kind.
 */
extern void unit_ratio(Unit from, Unit to, Numeric *numerator, Numeric *denominator);

extern const char *type_name(ValueType type);
extern const char *function_name(Function function);
extern const char *aggregate_name(Aggregate aggregate, bool chinese);
extern const char *clause_kind_name(ClauseKind kind);
extern const char *subject_name(Subject subject);

/* the unit of what a clause pays: 元 or 分 */
extern Unit clause_unit(const Clause *clause);

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

/*
 * Symbols: a hash table of items by name. symbols_add returns false and changes nothing if
 * the name exists. symbols_find returns NULL if it does not.
 */
typedef struct Symbols Symbols;

extern Symbols *symbols_create(void);
extern bool symbols_add(Symbols *symbols, const char *name, void *item);
extern void *symbols_find(const Symbols *symbols, const char *name);

/* Lookups in a checked document; NULL if there is none. */
extern Clause *policy_find_clause(const Document *doc, const char *code);
extern Rung *policy_find_rung(const Document *doc, const char *code);
extern Table *policy_find_table(const Document *doc, const char *name);
extern ClauseGroup *policy_find_group(const Document *doc, const char *code);
extern Selection *policy_find_selection(const Document *doc, const char *code);
extern ClauseBudget *policy_find_budget(const Document *doc, const char *code);
extern Population *policy_find_population(const Document *doc, const char *name);
extern PopulationValue *policy_find_population_value(const Document *doc, const char *name);
extern Define *policy_find_define(const Document *doc, const char *name);
extern Fact *policy_find_fact(const Document *doc, const char *name);
extern Fact *policy_find_field(const Fact *list, const char *name);

/* What a document uses under this code; NULL if nothing. */
extern DocumentUse *policy_find_use(const Document *doc, const char *code);

/* The first of the documents that a document uses whose text is not there; NULL if all are. */
extern const DocumentUse *policy_not_there(const Document *doc);

/* The name of a used document's fact in the document that uses it. */
extern const char *policy_used_name(const Document *used, const Fact *fact);

/* What a fact of the used documents is in the document that uses them; NULL where it is not mapped. */
extern Expression *policy_mapped(const DocumentUse *use, const char *fact);

/*
 * policy_part: returns a document reduced to what one of its clauses or rungs needs, or
 * NULL if there is none.  The part is named by its code, or by its article if only one
 * matches: 5 or 第5条 denotes 5-giant if no other code begins with 5 and no other
 * provision is in that article.
 */
extern char *policy_part(const Policy *policy, const char *name);

/* Whether a provision, a member of a group or of none, is in the part with a code. */
extern bool policy_is_part(const Provision *provision, const ClauseGroup *group, const char *code);

/* Returns the code of the only clause or rung that a name matches, or NULL. */
extern const char *policy_part_code(const Policy *policy, const char *name);

/*
 * Returns the codes of all clauses and rungs that a name may match, as char *, without
 * duplicates.
 */
extern List *policy_parts_named(const Policy *policy, const char *name);

/*
 * policy_counting: returns a document whose only clause, "count", has the condition of the
 * rows that a target counts or, with `of`, of its denominator.
 */
extern char *policy_counting(const Policy *policy, const Document *doc, const Target *target, bool of);

/*
 * policy_amend: replaces statements of the same kind and name in the text.  Raises an error
 * for statements that cannot be parsed, replace nothing or are inconsistent with the
 * policy. name is the policy's name in messages.
 */
extern char *policy_amend(const Policy *policy, const char *name, const char *statements);

/*
 * policy_without_examples: returns the text with its examples replaced by spaces, so that
 * all positions remain valid.  It gives the same answers and needs a fraction of the
 * memory.
 */
extern char *policy_without_examples(const Policy *policy);

/*
 * policy_at: binds the text to a day, also for rows that have an as_of or, as a default,
 * only for those that have none; raises an error if the language cannot express the day.
 */
extern char *policy_at(const Policy *policy, DateADT day, bool is_default);

/* Returns whether a policy can be bound to a day: one from 0001-01-01 to 9999-12-31. */
extern bool policy_may_bind(DateADT day);

#endif							/* ZJTX_TREE_H */
