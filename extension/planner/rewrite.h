/*
 * rewrite.h
 *		A question about a row as the same question about just the columns it reads.
 */
#ifndef ZJTX_REWRITE_H
#define ZJTX_REWRITE_H

#include "postgres.h"

#include "nodes/pathnodes.h"

#include "session/cache.h"
#include "necessary.h"
#include "questions.h"

/*
 * rewrite_question: what to put in the place of a call such as eligible(e, p), or NULL
 * to leave it alone.  root may be NULL.
 */
extern Node *rewrite_question(PlannerInfo *root, FuncExpr *call, QuestionKind question);

/* A call of eligible_facts and its like, made by the rewrite or by anybody. */
typedef struct FactsCall
{
	const Compiled *compiled;
	DefaultDay	day;
	List	   *columns;		/* of Expr, the arguments that are facts */
	const int  *places;			/* of the facts of the first program, from 1 on; 0: none */
} FactsCall;

/*
 * Reads such a call off its arguments.  False where policy and names are no constants, or
 * the call would be an error: then nothing may be read out of it.  Every column has a type
 * that gives its fact.  The policy stays until pins goes.
 */
extern bool read_facts_call(List *args, MemoryContext pins, FactsCall *call);

/* The column of a fact of the first program, by number; NULL if the call has none. */
extern Expr *facts_column(const FactsCall *call, int fact);

/* Looks into the only program of a call; NULL for a series. */
extern Analysis *analyse_facts_call(const FactsCall *call);

#endif							/* ZJTX_REWRITE_H */
