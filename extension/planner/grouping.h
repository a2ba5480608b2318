/*
 * grouping.h
 *		What grouping sets replace by NULL.
 */
#ifndef ZJTX_GROUPING_H
#define ZJTX_GROUPING_H

#include "postgres.h"

#include "nodes/pathnodes.h"

/* grouping_nulls_rows: whether grouping sets may replace rows, or their columns, by NULL. */
extern bool grouping_nulls_rows(const PlannerInfo *root);

/*
 * grouping_has_question: whether grouping sets replace a question by NULL; facts is the call that
 * is to replace it.  It must then stay one call: native conditions would be merged into the
 * conditions around it, where it could not be recognized.
 */
extern bool grouping_has_question(PlannerInfo *root, const FuncExpr *call, const FuncExpr *facts);

#endif							/* ZJTX_GROUPING_H */
