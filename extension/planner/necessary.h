/*
 * necessary.h
 *		Finds the conditions that must be true for a rule to be true.
 */
#ifndef ZJTX_NECESSARY_H
#define ZJTX_NECESSARY_H

#include "postgres.h"

#include "facts/bind.h"

typedef enum ConditionKind
{
	CONDITION_COMPARE,			/* fact op constant, of a number or a date */
	CONDITION_TEXT_IN,			/* the fact is one of the texts */
	CONDITION_TRUE,				/* the fact is true */
	CONDITION_FALSE				/* the fact is false */
} ConditionKind;

/* A comparison of a fact with a constant. */
typedef struct RuleCondition
{
	ConditionKind kind;
	int			fact;
	CompareOp	op;
	Value		constant;
	List	   *texts;			/* of char *: column values for which it is
								 * true */
	List	   *others;			/* for a fact with declared values: those for
								 * which it is false */
	Truth		when_unknown;	/* its truth if the fact is unknown */
	Truth		when_null;		/* its truth if the fact is NULL */
} RuleCondition;

typedef struct Analysis Analysis;

/*
 * analysis_create: starts the analysis of a program. day is the value of as_of if no
 * column provides it.
 */
extern Analysis *analysis_create(const Program *program, DaySource day);

/* Returns the instruction as a condition, or NULL if it is none. */
extern const RuleCondition *analysis_condition(Analysis *analysis, int instr);

/*
 * Returns the numbers of the instructions whose conditions are necessary for an
 * instruction.  Sets whole if together they are equivalent to it.
 */
extern Bitmapset *analysis_necessary(Analysis *analysis, int instr, bool *whole);

#endif							/* ZJTX_NECESSARY_H */
