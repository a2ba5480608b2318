/*
 * budget.h
 *		The state of the aggregate budget(zjtx.verdict).
 */
#ifndef ZJTX_BUDGET_H
#define ZJTX_BUDGET_H

#include "postgres.h"

#include "line_rows.h"
#include "verdict.h"

typedef struct Budget Budget;

/* Creates a state without verdicts, in a context of its own. */
extern Budget *budget_create(MemoryContext parent);

/* Adds a verdict; the lines of many rows, of which those in `rows` count; another state. */
extern void budget_add_verdict(Budget *budget, const Verdict *verdict);
extern void budget_add_rows(Budget *budget, const LinesOfRows *lines, const uint64 *rows);
extern void budget_add_state(Budget *budget, const Budget *other);

/* The state as a read-only datum. */
extern Datum budget_datum(Budget *budget);

#endif							/* ZJTX_BUDGET_H */
