/*
 * explain.h
 *		Explains the answers of a policy as a tree.
 *
 * explain.c builds the tree of a question, condition.c and value.c that of an expression.
 * print.c prints it as text, json.c as jsonb.
 *
 * Expressions and their instructions are visited in parallel, so that the words come from
 * the document and the values from the run, even if an expression was compiled for several
 * days.
 */
#ifndef ZJTX_EXPLAIN_H
#define ZJTX_EXPLAIN_H

#include "postgres.h"

#include "utils/jsonb.h"

#include "answers/answer.h"
#include "answers/phrases.h"

typedef enum ExplainKind
{
	EXPLAIN_POLICY,				/* a document, or a version of a series */
	EXPLAIN_NO_VERSION,			/* no version of the series is in force on the
								 * day */
	EXPLAIN_AMOUNT,				/* the document's total */
	EXPLAIN_CLAUSE,
	EXPLAIN_STAGE,
	EXPLAIN_PAY,
	EXPLAIN_CAP,
	EXPLAIN_BUDGET,				/* the budget from which a clause or group is
								 * paid */
	EXPLAIN_SELECTED,			/* whether a selection has selected the row */
	EXPLAIN_GROUP,
	EXPLAIN_MEMBER,				/* a member of a group */
	EXPLAIN_PLACEMENT,
	EXPLAIN_RUNG,
	EXPLAIN_CONDITION,			/* a condition with the values found */
	EXPLAIN_AND,
	EXPLAIN_OR,
	EXPLAIN_NOT,
	EXPLAIN_DEFINITION,
	EXPLAIN_SCORE,
	EXPLAIN_VALUE,				/* an expression without a name */
	EXPLAIN_FACT,
	EXPLAIN_ELEMENT,			/* an element of a list, or one occurrence of
								 * a repeated stage */
	EXPLAIN_FOLDED				/* number of omitted parts that did not matter */
} ExplainKind;

/*
 * A node of the tree.  Members that a kind does not use are NULL, NIL or false.  Texts may
 * be truncated.
 */
typedef struct ExplainNode
{
	ExplainKind kind;
	bool		has_truth;
	Truth		truth;
	bool		alone;			/* for a policy: only one clause or rung was
								 * asked */
	const Phrases *words;		/* for a policy: phrases of its language */
	bool		soft;			/* a `should` condition, whose failure does
								 * not refuse */
	int			count;			/* the number of folded parts; the level of a
								 * rung */
	const char *what;			/* for folded parts, a description, in Chinese
								 * with the number; for a selection, the place
								 * of the row; for a budget, how it is divided */
	bool		sorts;			/* a value by which rows are sorted */
	bool		descending;

	/* from the document */
	const char *code;
	const char *title;			/* title of a provision or definition; label
								 * of a fact */
	const char *number;			/* number of the document */
	const char *article;
	const char *citation;
	const char *wording;		/* not truncated */
	const List *offices;		/* of char * */
	const char *name;			/* name of a fact or definition */
	const char *expression;		/* source text */
	const List *notes;			/* of Note */
	const Clause *clause;

	/* what was found */
	bool		has_value;
	ValueType	type;
	Unit		unit;
	Value		value;
	const Fact *texts;			/* for a text: the fact that declares its
								 * values */
	bool		has_origin;
	Origin		origin;
	const char *unknown;		/* why a fact is unknown */
	bool		not_given;		/* … the row or jsonb value has none */
	const char *operator;		/* NULL if `needed` includes it */
	const char *needed;
	List	   *bounds;			/* the facts named in `needed` */
	bool		has_bound;		/* `needed` is this number */
	Number		bound;
	const char *band;			/* the step of a band or case that applied */
	bool		tiers;			/* band: the parts of a number and their rates */
	bool		has_most;		/* the score has a maximum */
	Number		most;
	bool		has_day;
	DateADT		day;
	bool		above;			/* it has been explained above */

	/* the document is judged for a day on which it is not in force */
	bool		outside;
	bool		no_longer;
	DateADT		force_day;		/* the first day in force, or the last */

	/* the amount paid */
	bool		has_amount;
	Amount		amount;
	Truth		capped;			/* whether a cap or the division of a budget
								 * changed the amount; `before` is the amount
								 * without that */
	Amount		before;
	bool		in_all;			/* a cap over all periods */
	bool		best;			/* for a group: only the highest member is
								 * paid */
	bool		chosen;			/* for a member: it is the highest */

	struct ExplainNode *operand;	/* the subject of a band or of tiers */
	List	   *facts;			/* shown on one line */
	List	   *children;
} ExplainNode;

/* A used document, and the one that uses it. */
typedef struct Within
{
	const DocumentUse *use;
	const struct Within *user;	/* NULL: the policy's own document */
} Within;

typedef struct Explainer
{
	Run		   *run;
	const Policy *policy;
	const Document *doc;
	const Phrases *words;
	bool		alone;			/* only one clause or rung was asked, so
								 * nothing is folded */
	bool		brief;			/* show only conditions */
	uint64	   *seen;			/* by instruction: the element in which it was
								 * shown */
	uint64		element;		/* number of elements entered, plus 1 */
	const struct Within *within;	/* the used document that is explained;
									 * NULL for the policy's own */
} Explainer;

/*
 * explain.c: returns a node for each version that may be in force, in the document's
 * language or in English
 */
extern List *explain_question(const Question *question, bool english);

/* node.c, condition.c, value.c: create nodes, or fill a given node for an expression */
extern ExplainNode *explain_node(ExplainKind kind);
extern ExplainNode *explain_condition(Explainer *explainer, const Expression *expr, int instr);
extern ExplainNode *explain_value(Explainer *explainer, const Expression *expr, int instr);
extern void explain_conditions(Explainer *explainer, ExplainNode *node, const Expression *expr, int instr);
extern void explain_calculation(Explainer *explainer, ExplainNode *node, const Expression *expr, int instr);
extern void explain_subject(Explainer *explainer, ExplainNode *node, const Expression *expr, int instr);
extern void explain_found(ExplainNode *node, const Value *value, ValueType type, Unit unit);
extern void explain_found_as(ExplainNode *node, const Value *value, const Expression *expr, Unit unit);
extern void explain_fold(Explainer *explainer, ExplainNode *node, int count, const char *one, const char *many);
extern void explain_fold_truth(Explainer *explainer, ExplainNode *node, int count, Truth truth,
							   const char *one, const char *many);
extern void explain_enter(Explainer *explainer, int depth, const Value *fields);
extern ExplainNode *explain_element(const Phrases *words, const Fact *list, int number, const Value *fields);
extern char *explain_source(const Explainer *explainer, const Expression *expr);
extern char *explain_short(const char *text);

/*
 * words.c: a number with its unit, and a value or its range, for people.  Rounding never
 * moves a number to the other side of bound.  A text that is a value of the fact `texts`
 * (may be NULL) is shown as its first label.
 */
extern char *explain_number(const Number *number, Unit unit, const Number *bound);
extern char *explain_value_text(const Phrases *words, const Value *value, ValueType type, Unit unit,
								const Fact *texts, const Number *bound);

/* print.c, json.c: the output formats */
extern char *explain_text(const List *nodes);
extern Jsonb *explain_jsonb(const List *nodes);

/*
 * across.c: explain_selected explains whether a selection has selected the row, in the node of a condition; the
 * others explain the selection to which the policy is narrowed, and the budget from which a line is paid (NULL: none)
 */
extern void explain_selected(Explainer *explainer, ExplainNode *node, const Expression *expr, int instr);
extern void explain_selection(Explainer *explainer, ExplainNode *parent);

/* clauses.c: explain the clauses and groups of a document, its ladder, or the definition to which it is narrowed */
extern void explain_clauses(Explainer *explainer, ExplainNode *node);
extern void explain_rungs(Explainer *explainer, ExplainNode *node);
extern void explain_part(Explainer *explainer, ExplainNode *node);
extern void explain_budget(Explainer *explainer, ExplainNode *parent, const ClauseBudget *budget, int claim, int allotted);

/* the greatest number of elements of a list that are shown */
#define EXPLAIN_ELEMENTS 5

#endif							/* ZJTX_EXPLAIN_H */
