/*
 * prepare.c
 *		Prepares a node Judge: where the facts of its calls come from, which columns it keeps, and what
 *		becomes of its conditions.
 */
#include "postgres.h"

#include "compat.h"
#include "access/sysattr.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_proc.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "state.h"

/* Returns the columns that an expression reads, from one to another.  These are numbered from number on. */
static Bitmapset *
columns_between(Node *expr, int from, int to, int number)
{
	Bitmapset  *found = NULL;
	Bitmapset  *columns = NULL;
	int			member = -1;

	pull_varattnos(expr, INDEX_VAR, &found);
	while ((member = bms_next_member(found, member)) >= 0)
	{
		int			column = member + FirstLowInvalidHeapAttributeNumber;

		if (column >= from && column <= to)
			columns = bms_add_member(columns, column - from + number);
	}
	return columns;
}

/* Returns the columns before the outputs that an expression reads, from 1 on. */
static Bitmapset *
columns_of(const JudgeState *state, Node *expr)
{
	return columns_between(expr, 1, state->plan.ncolumns, 1);
}

/* Returns the outputs that an expression reads, from 0 on. */
static Bitmapset *
outputs_of(const JudgeState *state, Node *expr)
{
	return columns_between(expr, state->plan.ncolumns + 1, MaxAttrNumber, 0);
}

/* Returns the output that an expression is, or -1. */
static int
output_of(const JudgeState *state, const Node *expr)
{
	const Var  *var = (const Var *) expr;

	return IsA(expr, Var) && var->varno == INDEX_VAR && var->varattno > state->plan.ncolumns
		? var->varattno - state->plan.ncolumns - 1 : -1;
}

/* Conditions before the first that needs an answer are the filter. */
static void
prepare_conditions(JudgeState *state, List *quals)
{
	PlanState  *parent = &state->css.ss.ps;
	List	   *before = NIL;
	ListCell   *cell;

	state->conditions = palloc0_array(JudgedCondition, list_length(quals) + 1);
	foreach(cell, quals)
	{
		Node	   *qual = lfirst(cell);
		Bitmapset  *outputs = outputs_of(state, qual);
		JudgedCondition *condition;

		if (state->nconditions == 0 && outputs == NULL)
		{
			before = lappend(before, qual);
			continue;
		}
		condition = &state->conditions[state->nconditions++];
		condition->state = ExecInitQual(list_make1(qual), parent);
		condition->columns = columns_of(state, qual);
		condition->outputs = outputs;
		condition->output = output_of(state, qual);
		state->kept_columns = bms_add_members(state->kept_columns, condition->columns);
	}
	if (before == NIL)
		return;
	state->filter = ExecInitQual(before, parent);
	state->filter_columns = bms_add_members(state->filter_columns, columns_of(state, (Node *) before));
}

/* Sets the column that an argument is, or what it reads if it is more. */
static void
prepare_argument(JudgeState *state, JudgeArgument *argument, Node *expr)
{
	Node	   *bare = expr;

	while (IsA(bare, RelabelType))
		bare = (Node *) ((RelabelType *) bare)->arg;
	if (IsA(bare, Var) && ((Var *) bare)->varno == INDEX_VAR && ((Var *) bare)->varattno <= state->plan.ncolumns)
	{
		argument->column = ((Var *) bare)->varattno;
		return;
	}
	state->filter_columns = bms_add_members(state->filter_columns, columns_of(state, expr));
	state->expressions = true;
}

/* A fact that is more than a column. */
static void
prepare_fact_expression(JudgeState *state, DatumColumn *column, Node *expr)
{
	int			n = list_length(state->fact_exprs);

	*column = column_create(exprType(expr), state->nrows_most);
	column->bare = column->numbered != NULL;
	state->fact_exprs = lappend(state->fact_exprs, makeTargetEntry((Expr *) expr, n + 1, NULL, false));
	state->fact_columns = n == 0 ? palloc_array(DatumColumn *, 1)
		: repalloc_array(state->fact_columns, DatumColumn *, n + 1);
	state->fact_columns[n] = column;
}

/* They are evaluated together. */
static void
prepare_fact_expressions(JudgeState *state)
{
	PlanState  *parent = &state->css.ss.ps;
	TupleTableSlot *slot;

	if (state->fact_exprs == NIL)
		return;
	slot = ExecInitExtraTupleSlot(parent->state, ExecTypeFromTL(state->fact_exprs), &TTSOpsVirtual);
	state->facts = ExecBuildProjectionInfo(state->fact_exprs, parent->ps_ExprContext, slot, parent, NULL);
}

/* A policy that is not constant, or its text. */
static void
prepare_policies(JudgeState *state, JudgedCall *call, JudgePolicy policy)
{
	Node	   *argument = linitial(call->call->args);
	Node	   *text = judge_text_of_policy(argument);
	const Const *names = lsecond_node(Const, call->call->args);

	state->npolicies++;
	call->policies = policies_create(state, call, policy);
	call->many->fcinfo->args[1].isnull = false;
	call->many->fcinfo->args[1].value = names->constvalue;
	if (policy == POLICY_OF_ROW)
		prepare_argument(state, &call->arguments[0], text ? text : argument);
	if (call->arguments[0].column == 0)
		call->arguments[0].expr = ExecInitExpr((Expr *) (text ? text : argument), &state->css.ss.ps);
}

static void
prepare_calls(JudgeState *state, const CustomScan *scan)
{
	ListCell   *call_cell;
	ListCell   *question_cell;
	ListCell   *args_cell;
	int			i;
	int			j;

	state->ncalls = list_length(state->plan.calls);
	state->calls = palloc0_array(JudgedCall, state->ncalls);
	forthree(call_cell, state->plan.calls, question_cell, state->plan.questions, args_cell, scan->custom_exprs)
	{
		JudgedCall *call = &state->calls[foreach_current_index(call_cell)];
		JudgePolicy policy = list_nth_int(state->plan.policies, foreach_current_index(call_cell));
		List	   *args = lfirst(args_cell);

		call->call = copyObject(lfirst_node(FuncExpr, call_cell));
		if (!MAY_EXECUTE(call->call->funcid))
			aclcheck_error(ACLCHECK_NO_PRIV, OBJECT_FUNCTION, get_func_name(call->call->funcid));
		InvokeFunctionExecuteHook(call->call->funcid);
		call->call->args = args;
		call->question = lfirst_int(question_cell);
		call->many = many_create(call->call, call->question, state->nrows_most);
		if (call->question == QUESTION_JUDGE && policy == POLICY_CONSTANT)
		{
			call->verdicts = row_verdicts_create(call->many);
			call->many->one_by_one = true;
		}
		call->arguments = palloc0_array(JudgeArgument, list_length(args));
		call->facts = palloc0_array(DatumColumn, call->many->nfacts);
		for (i = 0; i < 2; i++)
			call->arguments[i].expr = ExecInitExpr(list_nth(args, i), &state->css.ss.ps);
		if (policy != POLICY_CONSTANT)
			prepare_policies(state, call, policy);
		for (j = 0; j < call->many->nfacts; j++)
		{
			prepare_argument(state, &call->arguments[j + 2], list_nth(args, j + 2));
			if (call->arguments[j + 2].column == 0)
				prepare_fact_expression(state, &call->facts[j], list_nth(args, j + 2));
		}
	}
}

static void
prepare_outputs(JudgeState *state)
{
	TupleDesc	desc = state->css.ss.ss_ScanTupleSlot->tts_tupleDescriptor;
	ListCell   *call_cell;
	ListCell   *expr_cell;

	state->noutputs = list_length(state->plan.output_calls);
	state->outputs = palloc0_array(JudgedOutput, state->noutputs);
	forboth(call_cell, state->plan.output_calls, expr_cell, state->plan.output_exprs)
	{
		int			i = foreach_current_index(call_cell);
		JudgedOutput *output = &state->outputs[i];
		Form_pg_attribute att = TupleDescAttr(desc, state->plan.ncolumns + i);
		const FuncExpr *call;
		TupleDesc	answer;

		output->number = i;
		output->call = &state->calls[lfirst_int(call_cell)];
		output->by_value = att->attbyval;
		output->length = att->attlen;
		output->expr = lfirst(expr_cell);
		if (output->expr == NULL)
			continue;
		call = output->call->call;
		answer = CreateTemplateTupleDesc(1);
		TupleDescInitEntry(answer, 1, "answer", call->funcresulttype, -1, 0);
		TupleDescInitEntryCollation(answer, 1, call->funccollid);
		TupleDescFinalize(answer);
		output->slot = MakeSingleTupleTableSlot(answer, &TTSOpsVirtual);
		output->state = ExecInitExpr(output->expr, NULL);
	}
}

static DatumColumn
new_column(const JudgeState *state, int column)
{
	TupleDesc	desc = state->css.ss.ss_ScanTupleSlot->tts_tupleDescriptor;

	return column_create(TupleDescAttr(desc, column - 1)->atttypid, state->nrows_most);
}

static void
make_column(JudgeState *state, int column)
{
	if (state->taken[column - 1].nulls != NULL)
		return;
	state->taken[column - 1] = new_column(state, column);
	/* nothing but facts is read from it */
	state->taken[column - 1].bare = !state->plan.scans && state->taken[column - 1].numbered != NULL;
}

/* Of the rows of another plan, only what their policies need is taken. */
static void
prepare_policy_columns(JudgeState *state, JudgedCall *call)
{
	RowPolicies *policies = call->policies;
	int			column = call->arguments[0].column;
	int			i;

	policies->all_columns = palloc_array(int, call->many->nfacts + 1);
	for (i = 0; i < call->many->nfacts; i++)
	{
		int			fact = call->arguments[i + 2].column;

		if (fact == 0)
			continue;
		policies->all_columns[policies->nall_columns++] = fact;
		state->policy_columns = bms_add_member(state->policy_columns, fact);
	}
	if (column == 0)
		return;
	make_column(state, column);
	state->policy_columns = bms_add_member(state->policy_columns, column);
}

/* Facts that are columns share their values with these. */
static void
prepare_facts(JudgeState *state, JudgedCall *call)
{
	int			i;

	for (i = 0; i < call->many->nfacts; i++)
	{
		int			column = call->arguments[i + 2].column;

		if (column == 0)
			continue;
		make_column(state, column);
		call->facts[i] = state->taken[column - 1];
		if (call->policies == NULL)
			state->taken_columns = bms_add_member(state->taken_columns, column);
	}
	if (call->policies)
		prepare_policy_columns(state, call);
}

static int
last_attribute_of(const JudgeState *state, const Bitmapset *columns)
{
	int			column = -1;
	int			last = 0;

	while ((column = bms_next_member(columns, column)) >= 0)
		last = Max(last, state->attributes[column - 1]);
	return last;
}

/* How the columns are found in the rows that are read, and which of them are needed. */
static void
prepare_columns(JudgeState *state, const CustomScan *scan)
{
	ListCell   *cell;
	int			column = -1;
	int			i;

	state->attributes = palloc0_array(int, state->plan.ncolumns + 1);
	foreach(cell, scan->custom_scan_tlist)
	{
		i = foreach_current_index(cell);
		if (i >= state->plan.ncolumns)
			break;
		state->attributes[i] = state->plan.scans ? castNode(Var, ((TargetEntry *) lfirst(cell))->expr)->varattno : i + 1;
		if (state->plan.joined == NIL || list_nth_int(state->plan.joined, i) == 0)
			continue;
		state->attributes[i] = list_nth_int(state->plan.joined, i);
		state->joined_columns = bms_add_member(state->joined_columns, i + 1);
	}
	state->kept_columns = bms_add_members(state->kept_columns, columns_of(state, (Node *) scan->scan.plan.targetlist));
	state->taken_columns = bms_copy(state->kept_columns);
	state->taken = palloc0_array(DatumColumn, state->plan.ncolumns + 1);
	while ((column = bms_next_member(state->kept_columns, column)) >= 0)
		state->taken[column - 1] = new_column(state, column);
	for (i = 0; i < state->ncalls; i++)
		prepare_facts(state, &state->calls[i]);
	if (state->plan.scans)
		state->taken_columns = bms_add_members(state->taken_columns, state->policy_columns);
	state->taken_columns = bms_del_members(state->taken_columns, state->joined_columns);
	state->last_filtered = last_attribute_of(state, state->filter_columns);
	state->last_attribute = state->plan.scans ? last_attribute_of(state, state->taken_columns)
		: last_attribute_of(state, bms_union(state->taken_columns, state->policy_columns));
}

/* How values of the rows of another plan are kept. */
static void
prepare_rows(JudgeState *state)
{
	int			column = -1;
	int			i;

	if (state->plan.scans)
		return;
	state->columns = palloc0_array(JudgedColumn, state->plan.ncolumns + 1);
	for (i = 0; i < state->plan.ncolumns; i++)
	{
		state->columns[i].kept = state->taken[i];
		state->columns[i].attribute = state->attributes[i];
	}
	state->taken_of_row = palloc_array(int, bms_num_members(state->taken_columns) + 1);
	while ((column = bms_next_member(state->taken_columns, column)) >= 0)
		state->taken_of_row[state->ntaken++] = column;
}

/* The tuples of a table are taken apart here. */
static void
prepare_tuples(JudgeState *state)
{
	int			column = -1;

	if (!state->plan.scans)
		return;
	state->tuples = palloc_array(HeapTupleHeader, state->nrows_most);
	state->steps = tuples_create(RelationGetDescr(state->css.ss.ss_currentRelation), state->last_attribute);
	while ((column = bms_next_member(state->taken_columns, column)) >= 0)
		tuples_put_into(state->steps, state->attributes[column - 1], &state->taken[column - 1]);
}

void
judge_prepare(JudgeState *state, const CustomScan *scan)
{
	prepare_calls(state, scan);
	prepare_fact_expressions(state);
	prepare_outputs(state);
	prepare_conditions(state, scan->scan.plan.qual);
	prepare_columns(state, scan);
	prepare_tuples(state);
	prepare_rows(state);
	judge_find_beside(state);
}
