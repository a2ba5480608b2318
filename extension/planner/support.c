/*
 * support.c
 *		Planner support functions.
 *
 * The questions (eligible(e, p) and so on) are rewritten.  For the resulting calls, the
 * planner gets cost, selectivity, row and index information.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/selfuncs.h"

#include "fold_names.h"
#include "natives.h"
#include "rewrite.h"
#include "sampled.h"

ZJTX_FUNCTION(zjtx_eligible_support);
ZJTX_FUNCTION(zjtx_placement_support);
ZJTX_FUNCTION(zjtx_amount_support);
ZJTX_FUNCTION(zjtx_amount_range_support);
ZJTX_FUNCTION(zjtx_value_support);
ZJTX_FUNCTION(zjtx_value_range_support);
ZJTX_FUNCTION(zjtx_missing_support);
ZJTX_FUNCTION(zjtx_assess_support);
ZJTX_FUNCTION(zjtx_judge_support);
ZJTX_FUNCTION(zjtx_differences_support);
ZJTX_FUNCTION(zjtx_lines_support);
ZJTX_FUNCTION(zjtx_next_change_support);
ZJTX_FUNCTION(zjtx_changes_ahead_support);
ZJTX_FUNCTION(zjtx_over_days_support);
ZJTX_FUNCTION(zjtx_facts_support);

/*
 * Replaces the row of a question by columns.  If that cannot be done, puts the value of a stored name in its place, or
 * leaves the call alone.
 */
static Datum
question_support(FunctionCallInfo fcinfo, QuestionKind question)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);
	Node	   *result = NULL;

	if (IsA(request, SupportRequestSimplify))
	{
		SupportRequestSimplify *simplify = (SupportRequestSimplify *) request;
		FuncExpr   *narrow = question == QUESTION_JUDGE ? narrow_judge(simplify->root, simplify->fcall) : NULL;

		if (narrow)
			result = rewrite_question(simplify->root, narrow, question);
		if (result == NULL)
			result = rewrite_question(simplify->root, simplify->fcall, question);
		if (result == NULL)
			result = (Node *) fold_name_of_call(simplify->root, simplify->fcall);
	}
	PG_RETURN_POINTER(result);
}

Datum
zjtx_eligible_support(PG_FUNCTION_ARGS)
{
	return question_support(fcinfo, QUESTION_ELIGIBLE);
}

Datum
zjtx_placement_support(PG_FUNCTION_ARGS)
{
	return question_support(fcinfo, QUESTION_PLACEMENT);
}

Datum
zjtx_amount_support(PG_FUNCTION_ARGS)
{
	return question_support(fcinfo, QUESTION_AMOUNT);
}

Datum
zjtx_amount_range_support(PG_FUNCTION_ARGS)
{
	return question_support(fcinfo, QUESTION_AMOUNT_RANGE);
}

Datum
zjtx_value_support(PG_FUNCTION_ARGS)
{
	return question_support(fcinfo, QUESTION_VALUE);
}

Datum
zjtx_value_range_support(PG_FUNCTION_ARGS)
{
	return question_support(fcinfo, QUESTION_VALUE_RANGE);
}

Datum
zjtx_missing_support(PG_FUNCTION_ARGS)
{
	return question_support(fcinfo, QUESTION_MISSING);
}

Datum
zjtx_assess_support(PG_FUNCTION_ARGS)
{
	return question_support(fcinfo, QUESTION_ASSESS);
}

Datum
zjtx_judge_support(PG_FUNCTION_ARGS)
{
	return question_support(fcinfo, QUESTION_JUDGE);
}

/* Replaces a call and does nothing else.  The rewrite returns NULL to leave the call alone. */
static Datum
simplify_support(FunctionCallInfo fcinfo, Node *(*rewrite) (PlannerInfo *root, FuncExpr *call))
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);
	Node	   *result = NULL;

	if (IsA(request, SupportRequestSimplify))
	{
		SupportRequestSimplify *simplify = (SupportRequestSimplify *) request;

		result = rewrite(simplify->root, simplify->fcall);
	}
	PG_RETURN_POINTER(result);
}

Datum
zjtx_differences_support(PG_FUNCTION_ARGS)
{
	return simplify_support(fcinfo, rewrite_differences);
}

Datum
zjtx_next_change_support(PG_FUNCTION_ARGS)
{
	return question_support(fcinfo, QUESTION_NEXT_CHANGE);
}

Datum
zjtx_changes_ahead_support(PG_FUNCTION_ARGS)
{
	return question_support(fcinfo, QUESTION_CHANGES_AHEAD);
}

Datum
zjtx_over_days_support(PG_FUNCTION_ARGS)
{
	return question_support(fcinfo, QUESTION_OVER_DAYS);
}

/* for lines(verdict) */
Datum
zjtx_lines_support(PG_FUNCTION_ARGS)
{
	return simplify_support(fcinfo, rewrite_lines);
}

/* ---------------- how many rows ---------------- */

typedef struct Estimate
{
	SupportRequestSelectivity *request;
	const FactsCall *call;
	const Program *program;
	Analysis   *analysis;
	Bitmapset  *natives;		/* conditions that also appear in the query as
								 * natives */
	double	   *known;			/* by instruction; negative until computed */
} Estimate;

/* The default selectivity of a boolean, as in core. */
#define DEFAULT_SELECTIVITY 0.3333333

static double
expression_selectivity(Estimate *estimate, Expr *expr)
{
	return clause_selectivity(estimate->request->root, (Node *) expr, estimate->request->varRelid,
							  estimate->request->jointype, estimate->request->sjinfo);
}

static double
condition_selectivity(Estimate *estimate, const RuleCondition *condition)
{
	Expr	   *column = rewrite_facts_column(estimate->call, condition->fact);
	Expr	   *comparison = column ? native_comparison(condition, column) : NULL;

	if (rewrite_facts_whole(estimate->call, condition->fact))
		return DEFAULT_SELECTIVITY;
	if (column == NULL)
		return condition->when_unknown == TRUTH_TRUE ? 1.0 : 0.0;
	if (comparison == NULL)
		return DEFAULT_SELECTIVITY;
	return expression_selectivity(estimate, comparison);
}

/*
 * Returns the selectivity of a condition among the rows that its native lets pass.  For a
 * fact with declared values, the native also lets undeclared values pass.
 */
static double
native_selectivity(Estimate *estimate, const RuleCondition *condition)
{
	const Fact *fact = estimate->program->facts[fact_number(estimate->program, condition->fact)];
	Expr	   *column = rewrite_facts_column(estimate->call, condition->fact);
	bool		exact;
	double		passed;

	if (condition->others == NIL)
		return 1.0;
	passed = expression_selectivity(estimate, native_condition(condition, fact, column, &exact));
	return passed > 0 ? Min(1.0, condition_selectivity(estimate, condition) / passed) : 1.0;
}

static double
selectivity(Estimate *estimate, int number)
{
	const Program *program = estimate->program;
	const Instr *instr = &program->instrs[number];
	const RuleCondition *condition;
	double		result;
	int			i;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (estimate->known[number] >= 0)
		return estimate->known[number];
	condition = analysis_condition(estimate->analysis, number);
	if (bms_is_member(number, estimate->natives))
		result = native_selectivity(estimate, condition);
	else if (condition)
		result = condition_selectivity(estimate, condition);
	else if (instr->op == OP_AND || instr->op == OP_OR)
	{
		result = 1.0;
		for (i = 0; i < instr->nargs; i++)
		{
			double		arg = selectivity(estimate, program->args[instr->args + i]);

			result *= instr->op == OP_AND ? arg : 1.0 - arg;
		}
		if (instr->op == OP_OR)
			result = 1.0 - result;
	}
	else if (instr->op == OP_NOT)
		result = 1.0 - selectivity(estimate, instr->a);
	else if (instr->op == OP_BOOLEAN)
		result = instr->a ? 1.0 : 0.0;
	else
		result = DEFAULT_SELECTIVITY;
	estimate->known[number] = result;
	return result;
}

/*
 * The selectivity that the conditions of a rule have by the statistics of their columns.
 */
static double
selectivity_of_conditions(SupportRequestSelectivity *request, const FactsCall *call, Analysis *analysis,
						  Bitmapset *natives)
{
	Estimate	estimate;
	int			i;

	estimate.request = request;
	estimate.call = call;
	estimate.program = call->compiled->programs[0];
	estimate.analysis = analysis;
	estimate.natives = natives;
	estimate.known = palloc_array(double, estimate.program->ninstrs);
	for (i = 0; i < estimate.program->ninstrs; i++)
		estimate.known[i] = -1;
	return selectivity(&estimate, estimate.program->satisfied);
}

/*
 * Returns the necessary conditions that also appear in the query as natives.  They already
 * reduce the estimate, so the call must not do so again.
 */
static Bitmapset *
natives_in_query(const FactsCall *call, Analysis *analysis)
{
	const Program *program = call->compiled->programs[0];
	bool		whole;
	Bitmapset  *natives = bms_copy(analysis_necessary(analysis, program->satisfied, &whole));
	int			instr = -1;

	while ((instr = bms_next_member(natives, instr)) >= 0)
	{
		const RuleCondition *condition = analysis_condition(analysis, instr);
		const Fact *fact = program->facts[fact_number(program, condition->fact)];
		Expr	   *column = rewrite_facts_column(call, condition->fact);
		bool		exact;

		if (column == NULL || !IsA(column, Var) || native_condition(condition, fact, column, &exact) == NULL)
			natives = bms_del_member(natives, instr);
	}
	return natives;
}

/* From so many sampled rows on, their number is a better estimate than that of the conditions. */
#define ENOUGH_ROWS 8

/*
 * The estimate for the rows that the natives let pass: by sampled rows, or if few of them
 * satisfy the rule, by its conditions within what the sample allows.
 */
static bool
estimate_rows(SupportRequestSelectivity *request, const FactsCall *call)
{
	Analysis   *analysis = rewrite_analyse_facts_call(call);
	Bitmapset  *natives = analysis ? natives_in_query(call, analysis) : NULL;
	Sampled		sampled;
	double		part = -1;

	if (sampled_rows(request, call, analysis, natives, &sampled))
	{
		part = (double) sampled.satisfied / sampled.rows;
		if (sampled.satisfied < ENOUGH_ROWS)
		{
			double		most = (double) (2 * sampled.satisfied + 1) / sampled.rows;

			part = analysis ? selectivity_of_conditions(request, call, analysis, natives) : part;
			part = Max(Min(part, most), part > 0 && sampled.satisfied > 0 ? 0.5 / sampled.rows : 0);
		}
	}
	else if (analysis)
		part = selectivity_of_conditions(request, call, analysis, natives);
	if (part < 0)
		return false;
	request->selectivity = part;
	CLAMP_PROBABILITY(request->selectivity);
	return true;
}

/* ---------------- cost ---------------- */

/*
 * A call costs about four times as much as a comparison of two numerics, and an
 * instruction an eighth of that comparison.
 */
#define OPERATORS_PER_CALL 4
#define INSTRUCTIONS_PER_OPERATOR 8

static void
estimate_cost(SupportRequestCost *request, const FactsCall *call)
{
	int			ninstrs = 0;
	int			i;

	for (i = 0; i < call->compiled->nprograms; i++)
		ninstrs = Max(ninstrs, call->compiled->programs[i]->ninstrs);
	request->startup = 0;
	request->per_tuple = cpu_operator_cost * (OPERATORS_PER_CALL + (double) ninstrs / INSTRUCTIONS_PER_OPERATOR);
}

/* ---------------- which index ---------------- */

/* Accepts `column op constant`, and `column = ANY (array)` if the index supports it. */
static bool
index_takes(const SupportRequestIndexCondition *request, Expr *comparison)
{
	Oid			operator;
	Oid			collation;

	if (IsA(comparison, OpExpr))
	{
		operator = ((OpExpr *) comparison)->opno;
		collation = ((OpExpr *) comparison)->inputcollid;
	}
	else if (IsA(comparison, ScalarArrayOpExpr) && request->index->amsearcharray)
	{
		operator = ((ScalarArrayOpExpr *) comparison)->opno;
		collation = ((ScalarArrayOpExpr *) comparison)->inputcollid;
	}
	else
		return false;
	return op_in_opfamily(operator, request->opfamily) &&
		(!OidIsValid(request->indexcollation) || collation == request->indexcollation);
}

/*
 * Returns the necessary conditions on an index's column, except those already present in
 * the query as exact natives.  They are lossy: the rule is evaluated again for every row
 * that the index returns.
 */
static List *
index_conditions(const SupportRequestIndexCondition *request, const FactsCall *call)
{
	const Program *program = call->compiled->programs[0];
	Analysis   *analysis = rewrite_analyse_facts_call(call);
	Expr	   *column = NULL;
	List	   *result = NIL;
	Bitmapset  *conditions;
	bool		whole;
	int			instr = -1;

	/* the first two arguments are policy and names */
	if (analysis == NULL || request->indexarg < 2)
		return NIL;
	column = list_nth(call->columns, request->indexarg - 2);
	conditions = analysis_necessary(analysis, program->satisfied, &whole);
	while ((instr = bms_next_member(conditions, instr)) >= 0)
	{
		const RuleCondition *condition = analysis_condition(analysis, instr);
		const Fact *fact = program->facts[fact_number(program, condition->fact)];
		Expr	   *comparison;
		bool		exact;

		/* the rule may be true for a NULL or out-of-range column */
		if (rewrite_facts_column(call, condition->fact) != column ||
			condition->when_null == TRUTH_TRUE || condition->when_unknown == TRUTH_TRUE)
			continue;
		comparison = native_comparison(condition, column);
		if (comparison && index_takes(request, comparison) &&
			!equal(comparison, native_condition(condition, fact, column, &exact)))
			result = lappend(result, comparison);
	}
	return result;
}

/*
 * The parser gives a call by facts the collation of its texts, which no question depends on; the rewrite's calls
 * have none, so that postgres_fdw can send them.  Without it, a call that was printed and read again, as on a
 * shard, is equal to the rewrite's, and both find the same indexes.  NULL if it has none.
 */
static Node *
without_collation(const FuncExpr *call)
{
	FuncExpr   *result;

	if (!OidIsValid(call->inputcollid))
		return NULL;
	result = (FuncExpr *) copyObjectImpl(call);
	result->inputcollid = InvalidOid;
	return (Node *) result;
}

/* support function (internal → internal) of eligible_facts and similar functions */
Datum
zjtx_facts_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);
	MemoryContext pins = AllocSetContextCreate(CurrentMemoryContext, "zjtx planning", ALLOCSET_SMALL_SIZES);
	void	   *result = NULL;
	FactsCall	call;

	if (IsA(request, SupportRequestSimplify))
		result = without_collation(((SupportRequestSimplify *) request)->fcall);
	else if (IsA(request, SupportRequestSelectivity))
	{
		SupportRequestSelectivity *rows = (SupportRequestSelectivity *) request;

		if (rewrite_read_facts_call(rows->args, pins, &call) && estimate_rows(rows, &call))
			result = request;
	}
	else if (IsA(request, SupportRequestCost))
	{
		SupportRequestCost *cost = (SupportRequestCost *) request;

		if (cost->node && IsA(cost->node, FuncExpr) &&
			rewrite_read_facts_call(((FuncExpr *) cost->node)->args, pins, &call))
		{
			estimate_cost(cost, &call);
			result = request;
		}
	}
	else if (IsA(request, SupportRequestIndexCondition))
	{
		SupportRequestIndexCondition *index = (SupportRequestIndexCondition *) request;

		if (IsA(index->node, FuncExpr) &&
			rewrite_read_facts_call(((FuncExpr *) index->node)->args, pins, &call))
		{
			index->lossy = true;
			result = index_conditions(index, &call);
		}
	}
	MemoryContextDelete(pins);
	PG_RETURN_POINTER(result);
}
