/*
 * natives.h
 *		Translates conditions of a rule into PostgreSQL expressions on columns.
 */
#ifndef ZJTX_NATIVES_H
#define ZJTX_NATIVES_H

#include "postgres.h"

#include "nodes/primnodes.h"

#include "necessary.h"

/*
 * native_comparison: translates the condition literally, for selectivity
 * estimates.  Returns NULL if the column's type does not allow it.
 */
extern Expr *native_comparison(const RuleCondition *condition, Expr *column);

/*
 * native_condition: returns an expression that is never less than the condition, in the
 * order false < NULL < true, for any value of the column.  Therefore `native AND rule`
 * equals the rule.  Returns NULL if there is no such expression.  Sets exact if it equals
 * the condition.  Both yield plain booleans, even if the column is of a domain over
 * boolean.
 */
extern Expr *native_condition(const RuleCondition *condition, const Fact *fact, Expr *column, bool *exact);

#endif							/* ZJTX_NATIVES_H */
