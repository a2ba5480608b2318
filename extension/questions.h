/*
 * questions.h
 *		The questions that a policy answers about a row.
 *
 * Each is a SQL function of a row or a jsonb object and of a policy or its name, and a
 * second function, <name>_facts, of the facts that the policy reads.  The planner puts the
 * second in the place of the first.
 *
 *		QUESTION(NAME, name, roots)
 *
 * roots	the instructions of a program from which the answer is read: SATISFIED, RUNGS,
 *			AMOUNT, or EVERYTHING
 */
#ifndef ZJTX_QUESTIONS_H
#define ZJTX_QUESTIONS_H

#define QUESTIONS(QUESTION) \
	QUESTION(ELIGIBLE, eligible, SATISFIED) \
	QUESTION(PLACEMENT, placement, RUNGS) \
	QUESTION(AMOUNT, amount, AMOUNT) \
	QUESTION(AMOUNT_RANGE, amount_range, AMOUNT) \
	QUESTION(MISSING, missing, EVERYTHING) \
	QUESTION(ASSESS, assess, EVERYTHING) \
	QUESTION(JUDGE, judge, EVERYTHING)

#define QUESTION_ENUM(NAME, name, roots) QUESTION_##NAME,
typedef enum QuestionKind
{
	QUESTIONS(QUESTION_ENUM)
} QuestionKind;
#undef QUESTION_ENUM

#endif							/* ZJTX_QUESTIONS_H */
