/*
 * statement.h
 *		The statements of a document: facts, tables, definitions, clauses, groups, rungs, targets.
 */
#ifndef ZJTX_STATEMENT_H
#define ZJTX_STATEMENT_H

#include "expression.h"

typedef enum NullMeaning
{
	NULL_UNKNOWN,
	NULL_NONE,
	NULL_ZERO
} NullMeaning;

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
 * Facts of a row that depend on the other rows of the relation: whether a selection has selected the row, a value of
 * a population, and what a budget leaves of the amount of a line. allot() computes them, and recorded allotments hold
 * them; otherwise they are read from the column or key of the same name.
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
	bool		has_low;		/* set by the checker: whether there is a
								 * range, for code that has no tree */
	bool		has_high;
	List	   *values;			/* of TextValue; texts it can have, or NIL */
	struct Texts *texts;		/* set by the checker: the same, indexed by
								 * value and label */
	bool		by_year;		/* a scalar for each year */
	bool		fixed;			/* the enterprise cannot change it: gap() does
								 * not propose to */
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
	struct Document *declared_by;	/* the used document, if only a used
									 * document declares it; or NULL */
	bool		perhaps_none;	/* while it is unknown it may be none,
								 * although NULL means unknown */
	bool		mapped_to_none; /* a document that uses this one maps it to an
								 * expression that can be none */

	/*
	 * For a column of a table, set by the checker: the fact whose texts its
	 * cells are, or NULL; and until that is known, the expressions with which
	 * the column was compared.
	 */
	struct Fact *cells_of;
	List	   *compared;

	/*
	 * in a program's copy of a fact: the range of the fact while it is
	 * unknown, or NULL
	 */
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

	/* for clauses and rungs, set by the checker */
	int			index;			/* among those of its kind */
	int			state;			/* 0 unchecked, 1 being checked, 2 checked */
} Provision;

typedef struct Define
{
	Provision	provision;		/* the code is the name */
	bool		is_score;
	char	   *of;				/* the list over whose elements it is defined,
								 * or NULL */
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
	Unit		key_unit;		/* by number: the unit of the keys */
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
	struct ClauseGroup *group;	/* set by the checker: the group of which it
								 * is a member, or NULL */
	struct ClauseBudget *budget;	/* set by the checker: the budget from
									 * which it is paid, or NULL */
	struct Fact *allotted;		/* set by the checker: what the budget leaves
								 * of its amount; NULL without a budget */
	bool		of_used;		/* it is a clause of a used document, which is
								 * a member of a group here */
} Clause;

/* A member of a group: the code as written, and the clause or group that it denotes. */
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

extern const char *clause_kind_name(ClauseKind kind);
extern const char *subject_name(Subject subject);

/* the unit of what a clause pays: 元 or 分 */
extern Unit clause_unit(const Clause *clause);

#endif							/* ZJTX_STATEMENT_H */
