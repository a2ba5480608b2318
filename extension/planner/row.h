/*
 * row.h
 *		Rows in a query whose columns can be read one by one.
 */
#ifndef ZJTX_ROW_H
#define ZJTX_ROW_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "nodes/pathnodes.h"

typedef struct Row
{
	Expr	   *expr;			/* a whole-row Var or a RowExpr */
	TupleDesc	desc;
} Row;

/*
 * row_find: sets *row to the row that an expression is.  Returns false if it is no row, or if its
 * columns may not stand in its place.  root may be NULL.
 */
extern bool row_find(PlannerInfo *root, Node *node, Row *row);

/* row_column: returns one column of the row. */
extern Expr *row_column(PlannerInfo *root, const Row *row, int attnum);

/*
 * row_depend: makes the plan depend on the row's type, whose attributes may change even if it has
 * no table.
 */
extern void row_depend(PlannerInfo *root, const Row *row);

#endif							/* ZJTX_ROW_H */
