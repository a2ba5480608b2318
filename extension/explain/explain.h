/*
 * explain.h
 *		Why a policy answers as it does: a tree of what was asked and found.
 *
 * explain.c builds the tree of a question; condition.c and value.c that of
 * an expression; print.c writes it as text, json.c as jsonb.
 *
 * An expression and the instruction that it became are walked side by side, so that the
 * words are the document's and the values the run's, also where one expression was
 * compiled for more than one day.
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
	EXPLAIN_NO_VERSION,			/* of a series, in force on the day */
	EXPLAIN_AMOUNT,				/* the document's total */
	EXPLAIN_CLAUSE,
	EXPLAIN_STAGE,
	EXPLAIN_PAY,
	EXPLAIN_CAP,
	EXPLAIN_PLACEMENT,
	EXPLAIN_RUNG,
	EXPLAIN_CONDITION,			/* one that is shown with what was found */
	EXPLAIN_AND,
	EXPLAIN_OR,
	EXPLAIN_NOT,
	EXPLAIN_DEFINITION,
	EXPLAIN_SCORE,
	EXPLAIN_VALUE,				/* of an expression without a name */
	EXPLAIN_FACT,
	EXPLAIN_ELEMENT,			/* of a list, or a time that a stage came */
	EXPLAIN_FOLDED				/* what did not matter: how many */
} ExplainKind;

/*
 * A node of the tree.  What a kind does not have is NULL, NIL or false; texts may be
 * cut.
 */
typedef struct ExplainNode
{
	ExplainKind kind;
	bool		has_truth;
	Truth		truth;
	bool		alone;			/* of a policy: one clause or rung was asked */
	const Phrases *words;		/* of a policy: its language */
	bool		soft;			/* should: failing it does not refuse */
	int			count;			/* folded, the level of a rung */
	const char *what;			/* folded: what they are and do; in Chinese with how many */

	/* what stands in the document */
	const char *code;
	const char *title;			/* of provisions, definitions; the label of a fact */
	const char *number;			/* of the document */
	const char *article;
	const char *citation;
	const char *wording;		/* not cut */
	const List *offices;		/* of char * */
	const char *name;			/* of facts and definitions */
	const char *expression;		/* as written */
	const List *notes;			/* of Note */
	const Clause *clause;

	/* what was found */
	bool		has_value;
	ValueType	type;
	Unit		unit;
	Value		value;
	const Fact *texts;			/* of a text: the fact whose values it has */
	bool		has_origin;
	Origin		origin;
	const char *unknown;		/* why a fact is unknown */
	const char *operator;		/* NULL where needed says it */
	const char *needed;
	List	   *bounds;			/* the facts that needed names */
	bool		has_bound;		/* needed is this number */
	Number		bound;
	const char *band;			/* the step of a band or case that was reached */
	bool		has_most;		/* the most that a score can have */
	Number		most;
	bool		has_day;
	DateADT		day;
	bool		above;			/* it was opened further up */

	/* what is paid */
	bool		has_amount;
	Amount		amount;
	Truth		capped;			/* whether the cap held; before is what it held */
	Amount		before;

	struct ExplainNode *operand;	/* what a band is about */
	List	   *facts;			/* shown on one line */
	List	   *children;
} ExplainNode;

typedef struct Explainer
{
	Run		   *run;
	const Policy *policy;
	const Document *doc;
	const Phrases *words;
	bool		alone;			/* one clause or rung was asked: nothing is left out */
	bool		brief;			/* the conditions alone */
	uint64	   *seen;			/* by instruction: the element in which it was shown */
	uint64		element;		/* how many were entered, and 1 */
} Explainer;

/* explain.c: a node for each version that may be in force; in its words, or in English */
extern List *explain_question(const Question *question, bool english);

/*
 * node.c, condition.c, value.c: nodes, and what an expression of
 * the document became, into a new node or one that is given
 */
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
extern ExplainNode *explain_element(const Fact *list, int number, const Value *fields);
extern char *explain_source(const Explainer *explainer, const Expression *expr);
extern char *explain_short(const char *text);

/*
 * words.c: a number with its unit, and a value or what is known of one, for
 * people; not so much cut that it would seem to be on the other side of a bound.  A text
 * that is a value of the fact texts (or NULL) is shown as its first label.
 */
extern char *explain_number(const Number *number, Unit unit, const Number *bound);
extern char *explain_value_text(const Phrases *words, const Value *value, ValueType type, Unit unit,
								const Fact *texts, const Number *bound);

/* print.c, json.c: the two ways to write a tree */
extern char *explain_text(const List *nodes);
extern Jsonb *explain_jsonb(const List *nodes);

/* how many elements of a list are shown */
#define EXPLAIN_ELEMENTS 5

#endif							/* ZJTX_EXPLAIN_H */
