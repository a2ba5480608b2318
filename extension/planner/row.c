/*
 * row.c
 *		Rows in a query whose columns can be read one by one.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/optimizer.h"
#include "parser/parse_relation.h"
#include "parser/parsetree.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "depends.h"
#include "grouping.h"
#include "row.h"

/*
 * Returns whether a query has an outer join.  A record from its nullable side may be a
 * missing row; its columns would then be NULL, whereas the question about the missing row
 * itself treats its facts as absent.
 */
static bool
has_outer_join(const Query *query)
{
	ListCell   *cell;

	foreach(cell, query->rtable)
	{
		const RangeTblEntry *rte = lfirst(cell);

		if (rte->rtekind == RTE_JOIN && IS_OUTER_JOIN(rte->jointype))
			return true;
	}
	return false;
}

/* Returns the columns of a subquery, function or similar. */
static TupleDesc
record_desc(PlannerInfo *root, const Var *var)
{
	RangeTblEntry *rte;
	List	   *names;
	List	   *columns;
	ListCell   *name;
	ListCell   *cell;
	TupleDesc	desc;
	int			natts = 0;
	int			i;

	if (root == NULL || root->parse == NULL || var->varno < 1 || (int) var->varno > list_length(root->parse->rtable))
		return NULL;
	if (has_outer_join(root->parse))
		return NULL;
	/* when EXISTS is converted to IN, root is that of the outer query */
	if (root->parse->hasSubLinks)
		return NULL;
	rte = rt_fetch(var->varno, root->parse->rtable);
	EXPAND_RTE(rte, var->varno, &names, &columns);
	foreach(cell, columns)
	{
		if (!IsA(lfirst(cell), Var))
			return NULL;
		natts = Max(natts, ((Var *) lfirst(cell))->varattno);
	}
	desc = CreateTemplateTupleDesc(natts);
	for (i = 0; i < natts; i++)
		TupleDescAttr(desc, i)->attisdropped = true;
	forboth(name, names, cell, columns)
	{
		Var		   *column = lfirst(cell);

		/* a function need not obey the typmods of its column definition list */
		int32		typmod = rte->rtekind == RTE_FUNCTION ? -1 : column->vartypmod;

		TupleDescInitEntry(desc, column->varattno, strVal(lfirst(name)), column->vartype, typmod, 0);
		TupleDescInitEntryCollation(desc, column->varattno, column->varcollid);
	}
	TupleDescFinalize(desc);
	return desc;
}

static TupleDesc
row_expr_desc(const RowExpr *row)
{
	TupleDesc	desc;
	ListCell   *cell;

	if (row->row_typeid != RECORDOID)
		return lookup_rowtype_tupdesc_copy(row->row_typeid, -1);
	if (list_length(row->colnames) != list_length(row->args))
		return NULL;
	desc = CreateTemplateTupleDesc(list_length(row->args));
	foreach(cell, row->args)
	{
		int			i = foreach_current_index(cell);
		Node	   *column = lfirst(cell);

		TupleDescInitEntry(desc, i + 1, strVal(list_nth(row->colnames, i)),
						   exprType(column), exprTypmod(column), 0);
		TupleDescInitEntryCollation(desc, i + 1, exprCollation(column));
	}
	TupleDescFinalize(desc);
	return desc;
}

/*
 * Returns whether a row of a named type has all attributes of that type in this query.  A
 * change of a table invalidates statements that read it.  A statement that reads a
 * function's rows is not invalidated and may know only the earlier columns.
 */
static bool
has_all_columns(PlannerInfo *root, const Var *var, int natts)
{
	ListCell   *cell;

	/* in a constraint, index or trigger, the row is the table's own */
	if (root == NULL)
		return true;
	if (root->parse == NULL)
		return false;

	/*
	 * search the whole list: root may belong to another query level than the
	 * row
	 */
	foreach(cell, root->parse->rtable)
	{
		const RangeTblEntry *rte = lfirst(cell);

		if (rte->rtekind == RTE_RELATION && get_rel_type_id(rte->relid) == var->vartype)
			return true;
	}
	return !root->parse->hasSubLinks && var->varno >= 1 && (int) var->varno <= list_length(root->parse->rtable) &&
		list_length(rt_fetch(var->varno, root->parse->rtable)->eref->colnames) == natts;
}

bool
row_find(PlannerInfo *root, Node *node, Row *row)
{
	row->expr = (Expr *) node;
	row->desc = NULL;
	if (IsA(node, Var))
	{
		Var		   *var = (Var *) node;

		if (var->varattno != InvalidAttrNumber || var->varlevelsup != 0)
			return false;
		row->desc = var->vartype == RECORDOID ? record_desc(root, var)
			: lookup_rowtype_tupdesc_copy(getBaseType(var->vartype), -1);
		if (row->desc && var->vartype != RECORDOID && !has_all_columns(root, var, row->desc->natts))
			return false;
	}
	else if (IsA(node, RowExpr) && !contain_volatile_functions(node))
		row->desc = row_expr_desc((RowExpr *) node);
	return row->desc != NULL && !grouping_nulls_rows(root);
}

Expr *
row_column(PlannerInfo *root, const Row *row, int attnum)
{
	Form_pg_attribute att = TupleDescAttr(row->desc, attnum - 1);
	FieldSelect *field;

	if (IsA(row->expr, RowExpr))
	{
		List	   *args = ((RowExpr *) row->expr)->args;

		if (attnum <= list_length(args) && exprType(list_nth(args, attnum - 1)) == att->atttypid)
			return copyObject(list_nth(args, attnum - 1));
	}
	field = makeNode(FieldSelect);
	field->arg = copyObject(row->expr);
	field->fieldnum = attnum;
	field->resulttype = att->atttypid;
	field->resulttypmod = att->atttypmod;
	field->resultcollid = att->attcollation;
	return (Expr *) eval_const_expressions(root, (Node *) field);
}

void
row_depend(PlannerInfo *root, const Row *row)
{
	Oid			relation = get_typ_typrelid(getBaseType(exprType((const Node *) row->expr)));

	if (root && root->glob && OidIsValid(relation))
		depends_on_relation(root, relation);
}
