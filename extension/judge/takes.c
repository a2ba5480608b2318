/*
 * takes.c
 *		Which calls can be judged in batches.
 *
 * A call raises no error of its own if its policy is constant and its facts are columns other than jsonb.
 * What a policy that is not constant needs is seen only when rows are judged: rows of a policy that cannot be judged
 * in batches are then judged one by one, when it is their turn (policies.c).
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/selfuncs.h"

#include "answers/many.h"
#include "judge.h"
#include "own.h"
#include "planner/folded.h"

/* The part of a call's cost that it has in a batch: measured from 0.3, of short rules, to 0.4, of rules with lists. */
#define PART_IN_BATCH 0.35

/*
 * The same if its policy is not constant, of one policy and of each further one: measured 0.54, 0.6 of four and 0.9
 * of eight, whose rows alternate in a join.
 */
#define PART_OF_POLICY 0.5
#define PART_OF_NEXT 0.07

/* How many answers to |^ are expected of policies that are not known. */
#define ANSWERS_OF_ANY 10

/* ---------------- questions ---------------- */

bool
judge_is_any_question(Node *node, QuestionKind *question)
{
#define QUESTION_NAME(NAME, name, roots) [QUESTION_##NAME] = #name "_facts",
	static const char *const functions[] = {QUESTIONS(QUESTION_NAME)};
#undef QUESTION_NAME
	Oid			function;
	char	   *name;
	size_t		i;

	if (!IsA(node, FuncExpr))
		return false;
	function = ((FuncExpr *) node)->funcid;
	if (((FuncExpr *) node)->funcretset || list_length(((FuncExpr *) node)->args) < 3 ||
		!OidIsValid(get_func_support(function)) || !own_member(ProcedureRelationId, function))
		return false;
	name = get_func_name(function);
	for (i = 0; name && i < lengthof(functions); i++)
		if (many_takes(i) && strcmp(name, functions[i]) == 0)
		{
			*question = i;
			return true;
		}
	return false;
}

bool
judge_is_question(Node *node, QuestionKind *question)
{
	return judge_is_any_question(node, question) && *question != QUESTION_JUDGE;
}

/* ---------------- policies ---------------- */

/* What an expression is but for changes of its type alone. */
static Node *
bare(Node *node)
{
	while (IsA(node, RelabelType))
		node = (Node *) ((RelabelType *) node)->arg;
	return node;
}

Node *
judge_text_of_policy(Node *policy)
{
	Oid			types[1] = {TEXTOID};
	const FuncExpr *cast = (const FuncExpr *) bare(policy);

	if (IsA(cast, FuncExpr) && list_length(cast->args) == 1 && own_member(ProcedureRelationId, cast->funcid) &&
		cast->funcid == own_internal_function("text_policy", 1, types, own_type(OWN_POLICY), false))
		return linitial(cast->args);
	return NULL;
}

/* Whether the names of a call's facts are those of all columns of a row. */
static bool
has_names_of_row(const Node *names)
{
	const Const *constant = (const Const *) names;

	return IsA(names, Const) && !constant->constisnull &&
		strncmp(TextDatumGetCString(constant->constvalue), NAMES_OF_ROW " ", strlen(NAMES_OF_ROW " ")) == 0;
}

/* Returns false if the policy of a call cannot be looked up by the node. */
static bool
find_policy(const FuncExpr *call, JudgePolicy *policy)
{
	Node	   *argument = linitial(call->args);

	*policy = POLICY_CONSTANT;
	if (policy_folds(argument))
		return true;
	*policy = contain_var_clause(argument) ? POLICY_OF_ROW : POLICY_OF_SCAN;
	return !IsA(argument, Const) && has_names_of_row(lsecond(call->args)) && !contain_subplans(argument);
}

/* ---------------- facts ---------------- */

static bool
has_day(const FactsCall *call, const Program *program)
{
	return call->day.kind != DAY_OF_ROW || (!program->uses_as_of && call->compiled->series == NULL) ||
		rewrite_facts_column(call, 0) != NULL;
}

bool
judge_takes_facts(const FactsCall *call, QuestionKind question)
{
	int			i;

	/* the versions of a series can differ between rows */
	if (call->compiled->series && rewrite_facts_column(call, 0))
		return false;
	for (i = 0; i < call->compiled->nprograms; i++)
		if (!has_day(call, call->compiled->programs[i]))
			return false;
	return many_takes_policy(call->compiled, question);
}

/* How many answers there can be. */
static double
answers_of(const FactsCall *call, QuestionKind question)
{
	double		count = question == QUESTION_PLACEMENT ? 2 : 3;
	int			i;

	for (i = 0; question == QUESTION_PLACEMENT && i < call->compiled->nprograms; i++)
		count += call->compiled->programs[i]->nrungs;
	return count;
}

/* Reads a call with a constant policy.  Returns false if it cannot be judged. */
static bool
takes_constant(const FuncExpr *call, QuestionKind question, double *nanswers)
{
	MemoryContext pins = AllocSetContextCreate(CurrentMemoryContext, "zjtx planning", ALLOCSET_SMALL_SIZES);
	FactsCall	facts;
	bool		takes = rewrite_read_facts_call(call->args, pins, &facts) && judge_takes_facts(&facts, question);

	if (takes)
		*nanswers = answers_of(&facts, question);
	MemoryContextDelete(pins);
	return takes;
}

/* ---------------- costs ---------------- */

double
judge_cost(PlannerInfo *root, Node *expr)
{
	QualCost	cost;

	cost_qual_eval_node(&cost, expr, root);
	return cost.per_tuple;
}

/* The part of its cost that a call has if its policy differs between rows.  If nothing is known of them, they are few. */
static double
part_of_policies(PlannerInfo *root, Node *policy)
{
	EstimationInfo info;
	double		npolicies = estimate_num_groups(root, list_make1(policy), 1e10, NULL, &info);

	return info.flags & SELFLAG_USED_DEFAULT ? PART_OF_POLICY : PART_OF_POLICY + PART_OF_NEXT * (npolicies - 1);
}

/* ---------------- calls ---------------- */

/* A fact that is a column or a constant. */
static bool
is_simple(Node *node)
{
	return IsA(bare(node), Var) || IsA(bare(node), Const);
}

static JudgeDemand
what_it_meets(const FuncExpr *call, JudgePolicy policy)
{
	JudgeDemand meets = policy == POLICY_CONSTANT ? DEMAND_NO_ERROR : DEMAND_COLUMNS;
	Node	   *text = judge_text_of_policy(linitial(call->args));
	int			i;

	if (policy == POLICY_OF_ROW && !is_simple(text ? text : linitial(call->args)))
		return DEMAND_NOTHING;
	for (i = 2; i < list_length(call->args); i++)
	{
		Node	   *fact = list_nth(call->args, i);

		if (!is_simple(fact))
			return DEMAND_NOTHING;
		if (getBaseType(exprType(fact)) == JSONBOID)
			meets = DEMAND_COLUMNS;
	}
	return meets;
}

int
judge_place_of(const JudgeCalls *calls, const Node *call)
{
	ListCell   *cell;

	foreach(cell, calls->calls)
	{
		if (equal(((JudgeCall *) lfirst(cell))->call, call))
			return foreach_current_index(cell);
	}
	return -1;
}

int
judge_add(JudgeCalls *calls, FuncExpr *call, QuestionKind question, JudgeDemand demand)
{
	JudgeCall  *added;
	JudgePolicy policy;
	double		nanswers = question == QUESTION_PLACEMENT ? ANSWERS_OF_ANY : 3;
	JudgeDemand meets;
	int			place = judge_place_of(calls, (Node *) call);

	/* it is answered already: whether it may be here, judge_may_answer() says */
	if (place >= 0)
		return place;
	if (list_member(calls->refused, call) || !find_policy(call, &policy))
		return -1;
	meets = what_it_meets(call, policy);
	if (meets < demand)
		return -1;
	if (policy == POLICY_CONSTANT && !takes_constant(call, question, &nanswers))
	{
		calls->refused = lappend(calls->refused, call);
		return -1;
	}
	added = palloc0(sizeof(JudgeCall));
	added->call = call;
	added->question = question;
	added->policy = policy;
	added->meets = meets;
	added->nanswers = nanswers;
	added->cost = judge_cost(calls->root, (Node *) call);
	added->part = policy == POLICY_CONSTANT ? PART_IN_BATCH
		: policy == POLICY_OF_SCAN ? PART_OF_POLICY : part_of_policies(calls->root, linitial(call->args));
	calls->calls = lappend(calls->calls, added);
	return list_length(calls->calls) - 1;
}
