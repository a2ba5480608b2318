/*
 * tree.h
 *		A policy as a tree: what the grammar builds, the checker completes and the
 *		compiler reads.
 *
 * Reading looks at nothing outside the text.  Everything is allocated in the
 * memory context that is current when policy_read is called, and dies with it.
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
 * UNIT_FREE goes with every unit (products, literals without one); UNIT_PLAIN
 * is a ratio or a percentage and goes with no unit; the others are units.tab's
 * rows in tree.c.
 */
typedef enum Unit
{
	UNIT_FREE,
	UNIT_PLAIN,
	UNIT_YUAN,
	UNIT_POINT,
	UNIT_PERSON,
	UNIT_YEAR,
	UNIT_MONTH,
	UNIT_DAY,
	UNIT_ITEM,
	UNIT_RANK,
	UNIT_GRADE,
	UNIT_FIRM,
	UNIT_PIECE,
	UNIT_DOCUMENT,
	UNIT_TIME,
	UNIT_HOUSEHOLD,
	UNIT_SQUARE_METRE
} Unit;

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
	EXPR_SET,					/* name = args[0] */
	EXPR_NAME,
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
	EXPR_CASE,					/* args: condition, value, …, [else] */
	EXPR_BAND,					/* args: x, then EXPR_ARM */
	EXPR_ARM,					/* args: value, then bounds; none for else */
	EXPR_CALL,					/* a function, or one over a list */
	EXPR_LIST_CALL				/* list, [where], [body] in fields below */
} ExprKind;

/* FUNC_LEAST and so on, as functions.h lists them */
typedef enum Function
{
#define FUNCTION(NAME, ...) FUNC_##NAME,
#include "functions.h"
} Function;

/* What a name turned out to mean. */
typedef enum NameKind
{
	NAME_UNRESOLVED,
	NAME_FACT,
	NAME_FIELD,					/* of the innermost list */
	NAME_DEFINE
} NameKind;

typedef struct Span
{
	int			start;
	int			end;
} Span;

/* One of them is many in a document with examples: its fields are packed. */
typedef struct Expression
{
	ExprKind	kind:8;
	CompareOp	compare:8;		/* EXPR_COMPARE; EXPR_ARM with one bound */
	bool		negated;		/* not between, not in, is not null */
	bool		has_else;		/* EXPR_CASE: the last argument is one */
	Span		span;
	int			depth;			/* of nesting; 1 for a leaf */
	List	   *args;			/* of Expression */

	char	   *name;			/* names, calls, EXPR_SET; text */
	Numeric		number;
	DateADT		date;
	bool		boolean;

	/* the checker's */
	bool		can_be_none;
	bool		asked;			/* as_of of the question, also within a stage */
	bool		shifts;			/* a date beside + or -: by so many */
	int			shift;
	int			up;				/* NAME_FIELD: how many lists further out */
	ValueType	type:8;
	Unit		unit:8;
	Function	function:8;
	NameKind	meaning:8;
	struct Fact *fact;			/* NAME_FACT, NAME_FIELD; of a list call, the
								 * list */
	struct Define *define;
	struct Fact *texts;			/* of a text: the fact whose values it has, or NULL */

	struct Expression *where;			/* EXPR_LIST_CALL */
	struct Expression *body;
} Expression;

/* A text that a fact can have, and the words that mean it. */
typedef struct TextLabel
{
	char	   *text;
	Span		span;
} TextLabel;

typedef struct TextValue
{
	char	   *text;
	List	   *labels;			/* of TextLabel; answers show the first */
	Span		span;
	int			length;			/* of the text, in bytes: the checker's */
} TextValue;

typedef struct Fact
{
	char	   *name;
	char	   *label;			/* or NULL */
	Span		span;
	ValueType	type;
	Unit		unit;
	Expression *low;			/* declared range, literals, or NULL */
	Expression *high;
	bool		has_low;		/* the checker's: the same, where there is no tree */
	bool		has_high;
	List	   *values;			/* of TextValue; texts it can have, or NIL */
	struct Texts *texts;		/* the checker's: the same with their labels, by text */
	bool		fixed;			/* nobody can change it */
	NullMeaning null_means;
	List	   *fields;			/* of Fact; a list of scalars has one, "it" */
	bool		scalars;		/* a list of scalars */
	bool		inferred;		/* from a policy of one expression */
	int			index;			/* in its document, or its list */
	bool		used;

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

/* What every provision may carry. */
typedef struct Provision
{
	char	   *code;
	char	   *title;			/* or NULL */
	char	   *article;
	char	   *summary;
	char	   *wording;		/* the article's sentence */
	List	   *offices;		/* of char *; who decides and pays */
	List	   *covers;			/* of char * */
	List	   *notes;			/* of Note */
	Subject		subject;
	Span		span;
	int			name_end;		/* where code and title end */
} Provision;

typedef struct Define
{
	Provision	provision;		/* its code is the name */
	bool		is_score;
	Expression *expr;
	int			state;			/* 0 unchecked, 1 being checked, 2 checked */
	int			index;			/* in its document */
} Define;

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
	char	   *each;			/* the list it runs over, or NULL */
	bool		once;			/* elements of one day count once */
	Span		each_span;
	Fact	   *list;			/* the checker's */
	Expression *on;
	Expression *when;			/* or NULL */
	Expression *pay;
} Stage;

typedef struct Clause
{
	Provision	provision;		/* code is NULL in a policy of one expression */
	ClauseKind	kind;
	bool		has_kind;
	bool		per_year;
	Expression *when;			/* or NULL: everyone */
	List	   *should;			/* of Expression */
	Expression *pay;			/* or NULL */
	bool		undetermined;
	Expression *cap;			/* or NULL */
	List	   *stages;			/* of Stage */
} Clause;

typedef struct Rung
{
	Provision	provision;
	int			level;			/* 0 until the checker counts */
	bool		level_written;
	Expression *when;
	List	   *should;
} Rung;

typedef struct Goal
{
	int			year;			/* 0: of every year */
	Expression *value;
} Goal;

typedef struct Target
{
	Provision	provision;
	Unit		unit;
	bool		flow;			/* else a stock */
	bool		at_most;		/* the goal is an upper bound */
	List	   *goals;			/* of Goal */
	Expression *count;			/* count where, or NULL */
	Expression *of;				/* … of: the rows that it is a share of, or NULL */
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
	VERDICT_NAMES				/* placement, missing */
} VerdictKind;

typedef struct Expectation
{
	ExpectKind	kind;
	Span		span;
	char	   *code;			/* of the clause or rung; a name */
	char	   *stage;
	VerdictKind verdict;
	Expression *low;			/* VERDICT_EQUALS has only this */
	Expression *high;
	List	   *names;			/* of char * */
	Expression *expr;			/* EXPECT_NAME: the name as an expression */
} Expectation;

typedef struct Example
{
	char	   *title;
	Span		span;
	char	   *like;			/* or NULL */
	struct Example *base;		/* the checker's */
	List	   *given;			/* of Expression, EXPR_SET */
	List	   *expect;			/* of Expectation */
} Example;

typedef struct Document
{
	bool		bare;			/* one expression, no header */
	Provision	provision;		/* code and title; NULL when bare */
	char	   *number;
	char	   *issuer;
	char	   *region;
	char	   *source;
	char	   *series;
	List	   *repeals;		/* of char * */
	bool		has_issued;
	DateADT		issued;
	bool		has_from;
	DateADT		from;
	bool		has_until;
	DateADT		until;
	Span		header;

	List	   *facts;			/* of Fact */
	List	   *defines;		/* of Define, scores among them */
	List	   *clauses;
	bool		has_ladder;
	char	   *ladder;			/* title or NULL */
	Span		ladder_span;
	List	   *rungs;
	List	   *targets;
	List	   *services;
	List	   *examples;

	/* the checker's: the same by name, code or title */
	struct Symbols *facts_by_name;
	struct Symbols *defines_by_name;
	struct Symbols *clauses_by_code;
	struct Symbols *rungs_by_code;
	struct Symbols *examples_by_title;
} Document;

typedef struct Policy
{
	const char *text;			/* the author's */
	bool		has_as_of;
	DateADT		as_of;
	int			body;			/* where the text after "as of …" begins */
	char	   *series;			/* its code, if the value is one */
	List	   *documents;		/* one, or the versions of a series */
} Policy;

/* nesting beyond this is refused, long before any stack is in danger */
#define MAX_EXPR_DEPTH 1000
#define MAX_NUMBER_DIGITS 1000

/*
 * policy_read: text to a checked tree.
 *
 * In: the text of a policy, in UTF-8, NUL-terminated.  Out: the tree, whose text
 * points to the argument.  A text that is no policy is reported through
 * escontext as PostgreSQL's soft errors are (NULL: ERROR), with line and
 * column; then NULL is returned.
 */
extern Policy *policy_read(const char *text, struct Node *escontext);

/* policy_try: the same, but for NULL and the problem where the text is no policy. */
typedef struct ReadProblem
{
	int			at;				/* byte offset */
	char	   *message;
	char	   *detail;			/* or NULL */
	char	   *hint;			/* or NULL */
} ReadProblem;

extern Policy *policy_try(const char *text, ReadProblem *problem);

/*
 * statements_read: statements of a document that is elsewhere, with a header or without
 * one.  They are read and not checked: only their names and spans can be relied on.
 * NULL and the problem where they cannot be read.
 */
extern Document *statements_read(const char *text, ReadProblem *problem);

/* Line and column (in characters), both from 1, of a byte offset. */
extern void text_position(const char *text, int at, int *line, int *column);

/* Reports an error at a byte offset and does not return. */
struct ReadState;
pg_noreturn extern void read_error(struct ReadState *state, int at, char *hint,
								   const char *fmt,...) ZJTX_PRINTF(4, 5);

/* The candidate nearest to a name, or NULL where none is near. */
typedef struct Nearest
{
	const char *wanted;
	const char *best;
	int			distance;
} Nearest;

extern void nearest_start(Nearest *nearest, const char *wanted);
extern void nearest_offer(Nearest *nearest, const char *candidate);
extern char *nearest_hint(const Nearest *nearest);

extern const char *unit_name(Unit unit);

/*
 * Messages are written in ASCII.  A word of the language in them is an argument, and for a
 * client whose encoding has single bytes, and so no Chinese, it is the English one: else the
 * client would get an error about encodings in place of the message.
 */
extern const char *message_word(const char *word, const char *english);
extern const char *unit_word(Unit unit);	/* a unit, in a message */
extern char *unit_words(void);	/* all of them */

extern bool unit_find(const char *name, Unit *unit);
extern const char *type_name(ValueType type);
extern const char *function_name(Function function);
extern const char *clause_kind_name(ClauseKind kind);
extern const char *subject_name(Subject subject);

/* what a clause pays: 元, or 分 */
extern Unit clause_unit(const Clause *clause);

extern Expression *expr_literal(ExprKind kind, ValueType type, Span span);
extern char *date_text(DateADT date);

/* The day of a calendar date; false where there is none. */
extern bool date_of(int year, int month, int day, DateADT *date);
extern int	date_year(DateADT date);
extern int	date_month(DateADT date);
extern int	date_day(DateADT date);

/*
 * Symbols: items by name.  symbols_add returns false, and changes nothing, where the
 * name is taken; symbols_find gives NULL where it is not.
 */
typedef struct Symbols Symbols;

extern Symbols *symbols_create(void);
extern bool symbols_add(Symbols *symbols, const char *name, void *item);
extern void *symbols_find(const Symbols *symbols, const char *name);

/* lookups in a checked document; NULL where there is none */
extern Clause *find_clause(const Document *doc, const char *code);
extern Rung *find_rung(const Document *doc, const char *code);
extern Define *find_define(const Document *doc, const char *name);
extern Fact *find_fact(const Document *doc, const char *name);
extern Fact *find_field(const Fact *list, const char *name);

/*
 * policy_part: the text of the document that holds only what one of its clauses
 * or rungs needs, or NULL where the policy has neither.  It is named by its code, or by
 * its article where that has only one: 5 or 第5条 is 5-giant where nothing else begins so
 * or stands in that article.
 */
extern char *policy_part(const Policy *policy, const char *name);

/* The code of the one clause or rung that a name means; NULL where it means none or more. */
extern const char *policy_part_code(const Policy *policy, const char *name);

/* The codes of the clauses and rungs that a name may mean, as char *, each once. */
extern List *policy_parts_named(const Policy *policy, const char *name);

/*
 * policy_counting: the text of a document whose only clause, "count", holds what a
 * target counts (or, with `of`, the rows of which that is a share).
 */
extern char *policy_counting(const Policy *policy, const Document *doc, const Target *target, bool of);

/*
 * policy_amend: the text with statements in the place of their namesakes.  Statements
 * that cannot be read, have no namesake or do not fit are an error.  name is what
 * messages call the policy.
 */
extern char *policy_amend(const Policy *policy, const char *name, const char *statements);

/*
 * policy_without_examples: the text with blanks in the place of its examples, so that
 * all else stands where it stood.  It answers alike and takes a fraction of the memory.
 */
extern char *policy_without_examples(const Policy *policy);

/* policy_at: the text bound to a day; one that cannot be written is an error. */
extern char *policy_at(const Policy *policy, DateADT day);

#endif							/* ZJTX_TREE_H */
