/*
 * necessary.h
 *		What a rule cannot do without: conditions each of which must be true for the
 *		rule to be true.
 *
 * What the planner takes out of a rule stands apart from what runs it.
 */
#ifndef ZJTX_NECESSARY_H
#define ZJTX_NECESSARY_H

#include "postgres.h"

#include "facts/bind.h"

typedef enum ConditionKind
{
	CONDITION_COMPARE,			/* fact op constant: a number or a date */
	CONDITION_TEXT_IN,			/* the fact is one of some texts */
	CONDITION_TRUE,				/* the fact is true */
	CONDITION_FALSE				/* the fact is false */
} ConditionKind;

/* A fact against a constant. */
typedef struct Condition
{
	ConditionKind kind;
	int			fact;
	CompareOp	op;
	Value		constant;
	List	   *texts;			/* of char *: what a column may hold where it is */
	List	   *others;			/* and, of a fact that declares values, where it is not */
	Truth		when_unknown;	/* what it is of a fact of which nothing is known */
	Truth		when_null;		/* and of one that is there and NULL */
} Condition;

typedef struct Analysis Analysis;

/*
 * analysis_create: a program about to be looked into.  day is what as_of is where
 * no column gives it.
 */
extern Analysis *analysis_create(const Program *program, DefaultDay day, bool as_of_given);

/* The condition that an instruction is; NULL if it is none. */
extern const Condition *analysis_condition(Analysis *analysis, int instr);

/*
 * The conditions that are necessary for an instruction: numbers of instructions, each a
 * condition.  whole: they are all there is to it.
 */
extern Bitmapset *analysis_necessary(Analysis *analysis, int instr, bool *whole);

#endif							/* ZJTX_NECESSARY_H */
