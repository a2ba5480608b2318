/*
 * natives.h
 *		Conditions of a rule as PostgreSQL's own expressions on columns.
 */
#ifndef ZJTX_NATIVES_H
#define ZJTX_NATIVES_H

#include "postgres.h"

#include "nodes/primnodes.h"

#include "necessary.h"

/*
 * native_comparison: the condition on a column as it reads, for estimates; NULL where
 * the column's type does not allow it.
 */
extern Expr *native_comparison(const Condition *condition, Expr *column);

/*
 * native_condition: an expression that is never lower than the condition, in the order
 * false, NULL, true, whatever the column holds; so that `native and rule` is the rule.
 * NULL where there is none.  exact: it is the condition.  Both are booleans, whatever domain
 * the column is of.
 */
extern Expr *native_condition(const Condition *condition, const Fact *fact, Expr *column, bool *exact);

#endif							/* ZJTX_NATIVES_H */
