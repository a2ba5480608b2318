/*
 * rewrite.h
 *		Rewrites a question about a row into one about only the columns that it reads.
 */
#ifndef ZJTX_REWRITE_H
#define ZJTX_REWRITE_H

#include "postgres.h"

#include "nodes/pathnodes.h"

#include "facts_call.h"
#include "questions.h"

/*
 * rewrite_question: returns the replacement of a call such as eligible(e, p), or NULL to
 * leave it alone. root may be NULL.
 */
extern Node *rewrite_question(PlannerInfo *root, FuncExpr *call, QuestionKind question);

/*
 * rewrite_natives.c
 *
 * rewrite_natives: the conditions that rewrite_question adds to a call of eligible_facts.
 *
 * rewrite_without_natives: the conditions of an AND, one of which is the call, without these, and without the one that
 * the policy stands.  The conjunction is the same.
 *
 * rewrite_with_natives: eligible_facts(…) and these conditions; or these alone, if they are equivalent.
 */
extern List *rewrite_natives(PlannerInfo *root, const FuncExpr *call);
extern List *rewrite_without_natives(List *conditions, const FuncExpr *call, const List *natives);
extern Node *rewrite_with_natives(PlannerInfo *root, FuncExpr *call);

/* rewrite_question for differences(e, p1, p2). */
extern Node *rewrite_differences(PlannerInfo *root, FuncExpr *call);

/*
 * rewrite_reads_verdict: whether a node is a call of a function that reads lines of a verdict, its first argument, for
 * a column of a published view.
 *
 * rewrite_only_reads_verdicts: whether a query, and those around it, do that and nothing else with columns of verdicts.
 */
extern bool rewrite_reads_verdict(Node *node);
extern bool rewrite_only_reads_verdicts(const PlannerInfo *root);

/*
 * narrow_judge: returns judge(e, policy) narrowed to a clause or rung, if the query reads only
 * that from the verdict; else NULL.
 */
extern FuncExpr *narrow_judge(PlannerInfo *root, FuncExpr *call);

/*
 * The same as rewrite_question for lines(verdict), which is no question.  It may add a condition to the query's
 * WHERE.
 */
extern Node *rewrite_lines(PlannerInfo *root, FuncExpr *call);

/*
 * rewrite_in_place_of: checks a replacement, or returns NULL: it must have the type, typmod
 * and collation of the original call, and return a set if the call did.  Every rewrite goes
 * through this function.
 */
extern Node *rewrite_in_place_of(const FuncExpr *call, Node *result);

extern Const *rewrite_text_const(const char *text);

#endif							/* ZJTX_REWRITE_H */
