/*
 * depends.h
 *		What a plan depends on that does not stand in its query: the table of policies, row types, days, and
 *		the role that may read.
 *
 * PostgreSQL's planner collects it in PlannerGlobal.  A planner of another extension may make another plan of what
 * PostgreSQL's gives, which loses it.  Therefore it is also kept here, and added to the plan that comes out last.
 */
#ifndef ZJTX_DEPENDS_H
#define ZJTX_DEPENDS_H

#include "postgres.h"

#include "nodes/pathnodes.h"
#include "nodes/plannodes.h"

/*
 * Make the plan depend on a relation, on the role, on the moment (so that it is planned again when others can see
 * more), or on an item of invalItems.  root may be NULL.
 */
extern void depends_on_relation(PlannerInfo *root, Oid relation);
extern void depends_on_role(PlannerInfo *root);
extern void depends_on_moment(PlannerInfo *root);
extern void depends_on_item(PlannerInfo *root, int number, uint32 value);

/*
 * Called when a statement starts: whether its plan lost what it depends on, because the library was loaded while
 * another planner made it.  Such plans are forgotten by the session.
 */
extern bool depends_lost(const PlannedStmt *plan);

extern void depends_init(void);

#endif							/* ZJTX_DEPENDS_H */
