/*
 * fold_names.h
 *		Puts the value of a stored policy in place of its name in a plan (zjtx.fold_names).
 *
 * A value travels to other servers, and is not judged there by another text or on another day.
 */
#ifndef ZJTX_FOLD_NAMES_H
#define ZJTX_FOLD_NAMES_H

#include "postgres.h"

#include "nodes/pathnodes.h"

/*
 * fold_name: returns the value of a policy argument that depends on a stored document, bound to the day judged if
 * it is a name, and makes the plan depend on the document and the day.  NULL to leave the argument alone: the
 * setting is off, or the plan could not be checked when it is used.
 */
extern Const *fold_name(PlannerInfo *root, Node *argument);

/* The same for the policy of a question: returns the call with its value, or NULL. */
extern FuncExpr *fold_name_of_call(PlannerInfo *root, const FuncExpr *call);

/*
 * The same for all questions of a query, before it is planned: another planner may send parts of it to other servers as
 * they are.
 */
extern Query *fold_names_of_query(Query *query);

/* Defines zjtx.fold_names and checks plans when they start. */
extern void fold_names_init(void);

/* To be called when zjtx.as_of or zjtx.time_zone gets another value: plans for another day are made again. */
extern void fold_names_day_changed(void);

#endif							/* ZJTX_FOLD_NAMES_H */
