/*
 * questions.h
 *		The questions that a policy answers about a row.
 *
 * Each question is a SQL function of a row or jsonb object and a policy or the name of
 * one.  A second function, <name>_facts, takes the facts that the policy reads; the planner
 * replaces calls of the first function by calls of the second.  Further arguments of a
 * question, which follow the policy, come before the facts there.
 *
 *		QUESTION(NAME, name, roots)
 *
 * roots	the instructions of a program that hold the answer: SATISFIED, RUNGS, AMOUNT,
 *			VALUE or EVERYTHING
 */
#ifndef ZJTX_QUESTIONS_H
#define ZJTX_QUESTIONS_H

#define QUESTIONS(QUESTION) \
	QUESTION(ELIGIBLE, eligible, SATISFIED) \
	QUESTION(PLACEMENT, placement, RUNGS) \
	QUESTION(AMOUNT, amount, AMOUNT) \
	QUESTION(AMOUNT_RANGE, amount_range, AMOUNT) \
	QUESTION(VALUE, value, VALUE) \
	QUESTION(VALUE_RANGE, value_range, VALUE) \
	QUESTION(MISSING, missing, EVERYTHING) \
	QUESTION(ASSESS, assess, EVERYTHING) \
	QUESTION(JUDGE, judge, EVERYTHING) \
	QUESTION(NEXT_CHANGE, next_change, EVERYTHING) \
	QUESTION(CHANGES_AHEAD, changes_ahead, EVERYTHING) \
	QUESTION(OVER_DAYS, over_days, EVERYTHING)

#define QUESTION_ENUM(NAME, name, roots) QUESTION_##NAME,
typedef enum QuestionKind
{
	QUESTIONS(QUESTION_ENUM)
	NQUESTIONS
} QuestionKind;
#undef QUESTION_ENUM

#endif							/* ZJTX_QUESTIONS_H */
