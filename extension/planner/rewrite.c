/*
 * rewrite.c
 *		Rewrites a question about a row into one about only the columns that it reads.
 *
 * eligible(e, p) becomes native conditions and eligible_facts(p, names, e.a, e.b, …).  The
 * other questions become a single call.  This avoids building the row, and it exposes the
 * columns to indexes, partition pruning and foreign servers.
 *
 * A stored policy is read during planning, so the plan depends on zjtx.policies.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "depends.h"
#include "fold_names.h"
#include "folded.h"
#include "grouping.h"
#include "natives.h"
#include "rewrite.h"
#include "row.h"
#include "session/stored.h"
#include "own.h"

#define MAX_FACTS (FUNC_MAX_ARGS - 2)

/* ---------------- the policy ---------------- */

/* The instructions from whose values an answer is read. */
typedef enum Roots
{
	ROOTS_SATISFIED,
	ROOTS_RUNGS,
	ROOTS_AMOUNT,
	ROOTS_VALUE,
	ROOTS_EVERYTHING
} Roots;

#define QUESTION_ROW(NAME, name, roots) [QUESTION_##NAME] = {#name "_facts", ROOTS_##roots},
static const struct
{
	const char *facts_function;
	Roots		roots;
}			questions[] = {

	QUESTIONS(QUESTION_ROW)
};

typedef struct AskedRow
{
	QuestionKind question;
	Oid			facts_function;
	Node	   *policy;			/* the argument: a policy or its name */
	bool		by_name;
	bool		stored;			/* it depends on a stored document */
	const Compiled *compiled;	/* valid as long as pins */
	MemoryContext pins;
	List	   *extras;			/* further arguments of the question */
} AskedRow;

/*
 * Evaluates a policy argument that depends on a stored document, and makes the plan depend
 * on that.  Returns false if the call must be left alone.
 */
static bool
resolve_stored(PlannerInfo *root, AskedRow *asked)
{
	FoldedPolicy folded;
	const Compiled *named;

	if (!ZJTX_PLANS_FOLLOW_POLICIES || root == NULL || root->glob == NULL || !ActiveSnapshotSet())
		return false;
	depends_on_relation(root, policies_relation());
	folded = policy_fold(asked->policy, asked->pins);
	asked->compiled = folded.compiled;
	if (folded.compiled == NULL || folded.name == NULL)
		return false;
	named = asked->by_name ? folded.compiled
		: stored_compiled(folded.name, strlen(folded.name), true, asked->pins);

	/*
	 * The active snapshot may be older than the plan's later use: it is that
	 * of a transaction, or of a query that has been running for a while.
	 */
	if (named && stored_is_latest(folded.name, strlen(folded.name), named))
		return true;
	depends_on_moment(root);
	return false;
}

#define MAX_EXTRAS 3			/* further arguments of a question */

/* Finds, for example, eligible_facts(policy or text, text, VARIADIC "any"). */
static Oid
find_facts_function(const AskedRow *asked, const FuncExpr *call)
{
	Oid			types[3 + MAX_EXTRAS] = {exprType(asked->policy), TEXTOID};
	int			ntypes = 2;
	ListCell   *cell;

	if (list_length(asked->extras) > MAX_EXTRAS)
		return InvalidOid;
	foreach(cell, asked->extras)
	{
		types[ntypes++] = exprType(lfirst(cell));
	}
	types[ntypes++] = ANYOID;
	return own_internal_function(questions[asked->question].facts_function, ntypes, types, call->funcresulttype,
								 call->funcretset);
}

/* Whether the question will be refused, so that nothing may be derived from its answer. */
static bool
is_refused(const AskedRow *asked)
{
	int			i;

	for (i = 0; i < asked->compiled->nprograms; i++)
		if (asked->question == QUESTION_ELIGIBLE && asked->compiled->programs[i]->value >= 0 &&
			asked->compiled->programs[i]->value_type != TYPE_BOOLEAN)
			return true;
	return false;
}

static bool
find_asked(PlannerInfo *root, const FuncExpr *call, AskedRow *asked)
{
	Node	   *policy = lsecond(call->args);
	Const	   *value;

	if (!own_member(ProcedureRelationId, call->funcid) || !policy_folds(policy))
		return false;
	if ((value = fold_name(root, policy)) != NULL)
		policy = (Node *) value;
	asked->policy = policy;
	asked->by_name = exprType(policy) == TEXTOID;
	asked->stored = asked->by_name || !IsA(policy, Const);
	asked->extras = list_copy_tail(call->args, 2);
	asked->facts_function = find_facts_function(asked, call);
	if (!OidIsValid(asked->facts_function))
		return false;

	/*
	 * The rewrite neither adds nor removes privileges.  If the user may not
	 * ask, the question reports it at execution.
	 */
	if (!MAY_EXECUTE(call->funcid) || !MAY_EXECUTE(asked->facts_function))
		return false;
	if (!asked->stored)
		asked->compiled = policy_fold(policy, asked->pins).compiled;
	else if (!resolve_stored(root, asked))
		return false;
	return asked->compiled != NULL && !is_refused(asked);
}

/* ---------------- the facts ---------------- */

/* Marks the instructions from whose values the answer is read. */
static void
mark_roots(const Program *program, QuestionKind question, bool *roots)
{
	int			i;

	switch (questions[question].roots)
	{
		case ROOTS_SATISFIED:
			roots[program->satisfied] = true;
			break;
		case ROOTS_RUNGS:
			for (i = 0; i < program->nrungs; i++)
				roots[program->rungs[i].when] = true;
			break;
		case ROOTS_AMOUNT:
			roots[program->amount] = true;
			roots[program->satisfied] |= program->undetermined;
			break;
		case ROOTS_VALUE:
			if (program->value >= 0)
				roots[program->value] = true;
			break;
		case ROOTS_EVERYTHING:
			memset(roots, true, program->ninstrs);
			break;
	}
}

/* The number of a fact in a constant year, or in none. */
static int
read_in_year(const Program *program, const Instr *instr)
{
	const Instr *index = &program->instrs[instr->b];
	const Number *year = index->op == OP_NUMBER ? &program->numbers[index->a] : NULL;

	return year && year->den == 1 && year->num >= FIRST_YEAR && year->num <= LAST_YEAR
		? fact_in_year(program, instr->a, (int) year->num) : instr->a;
}

/*
 * Returns the numbers of the facts that a question reads.  Of a fact by year they are those
 * of its years where these are constants; else its own, for all years.
 */
static Bitmapset *
question_facts(const Program *program, QuestionKind question, bool series)
{
	bool	   *reached = palloc0_array(bool, program->ninstrs);
	Bitmapset  *facts = NULL;
	int			i;

	mark_roots(program, question, reached);
	program_reach(program, reached);
	for (i = 0; i < program->ninstrs; i++)
	{
		const Instr *instr = &program->instrs[i];

		if (reached[i] && (instr->op == OP_FACT || instr->op == OP_YEARLY))
			facts = bms_add_member(facts, instr->op == OP_FACT ? instr->a : read_in_year(program, instr));
	}
	if (series)
		facts = bms_add_member(facts, 0);
	if (!program->uses_as_of)
		facts = bms_del_member(facts, 0);

	/*
	 * assess tells whether the document is in force; these start from the day
	 * judged
	 */
	if ((question == QUESTION_ASSESS && document_is_dated(program->doc)) ||
		question == QUESTION_NEXT_CHANGE || question == QUESTION_CHANGES_AHEAD)
		facts = bms_add_member(facts, 0);
	return facts;
}

/* Facts and the attributes that provide them, without duplicates. */
typedef struct Bound
{
	int			count;
	const char *names[MAX_FACTS];
	int			attnums[MAX_FACTS];
} Bound;

static bool
add_column(Bound *bound, const char *name, int attnum)
{
	int			i;

	for (i = 0; i < bound->count && strcmp(bound->names[i], name) != 0; i++)
		 /* find it */ ;
	/* by a label, two versions read different columns for one fact */
	if (i < bound->count)
		return bound->attnums[i] == attnum;
	if (bound->count == MAX_FACTS)
		return false;
	bound->names[bound->count] = name;
	bound->attnums[bound->count++] = attnum;
	return true;
}

/*
 * Adds the facts of one version.  Where the day decides which years of a fact are read, they
 * are all that the row has, because the call may outlive the day.  Each has an argument of
 * its own, under the name that its column would have: an array of them would cost more than
 * the columns, and could not hold columns of different types.  Returns false if the row
 * cannot be replaced by the arguments of a call.
 */
static bool
add_bound(Bound *bound, const Program *program, QuestionKind question, bool series, const FactColumns *columns)
{
	Bitmapset  *facts = question_facts(program, question, series);
	int			fact = -1;

	while ((fact = bms_next_member(facts, fact)) >= 0)
	{
		int			declared = fact_number(program, fact);
		int			wanted = fact_year(program, fact);
		const FactColumns *found = &columns[declared];
		const char *name = program->facts[declared]->name;
		int			i;

		if (!add_column(bound, name, found->attnum))
			return false;
		for (i = 0; i < found->nyears; i++)
		{
			int			year = found->first_year + i;

			if (found->years[i] != 0 && (wanted == 0 || wanted == year) &&
				!add_column(bound, psprintf("%s_%d", name, year), found->years[i]))
				return false;
		}
	}
	return true;
}

static bool
find_bound(Bound *bound, const AskedRow *asked, TupleDesc desc)
{
	int			given = 0;
	int			i;

	bound->count = 0;
	for (i = 0; i < asked->compiled->nprograms; i++)
	{
		const Program *program = asked->compiled->programs[i];
		const FactColumns *columns = row_columns(program, desc, true, compiled_day(asked->compiled, asked->by_name));

		/*
		 * a column has the wrong type or is ambiguous: execution reports the
		 * error
		 */
		if (columns == NULL || !add_bound(bound, program, asked->question,
										  asked->compiled->series != NULL, columns))
			return false;
	}

	/*
	 * absent facts are omitted, because an absent fact is not the same as
	 * NULL
	 */
	for (i = 0; i < bound->count; i++)
	{
		if (bound->attnums[i] == 0)
			continue;
		bound->names[given] = bound->names[i];
		bound->attnums[given++] = bound->attnums[i];
	}
	bound->count = given;
	return given > 0 && given + list_length(asked->extras) <= MAX_FACTS;
}

/* ---------------- the call ---------------- */

static Const *
text_const(const char *text)
{
	return makeConst(TEXTOID, -1, DEFAULT_COLLATION_OID, -1, CStringGetTextDatum(text), false, false);
}

static FuncExpr *
facts_call(PlannerInfo *root, const FuncExpr *call, const AskedRow *asked, const Row *row, const Bound *bound)
{
	StringInfoData names;
	List	   *columns = NIL;
	FuncExpr   *result;
	const char *at;
	int			i;

	initStringInfo(&names);
	if (asked->stored)
		appendStringInfoString(&names, stored_policy_hash(asked->compiled));
	for (i = 0; i < bound->count; i++)
	{
		if (names.len > 0)
			appendStringInfoChar(&names, ' ');
		for (at = bound->names[i]; *at; at++)
			appendStringInfoChar(&names, *at == ' ' ? FACT_NAME_SPACE : *at);
		columns = lappend(columns, row_column(root, row, bound->attnums[i]));
	}
	result = makeFuncExpr(asked->facts_function, call->funcresulttype,
						  list_concat(list_concat(list_make2(copyObject(asked->policy), text_const(names.data)),
												  copyObject(asked->extras)), columns),
						  call->funccollid, InvalidOid, COERCE_EXPLICIT_CALL);
	result->funcretset = call->funcretset;
	return result;
}

/*
 * Builds stands(name, hash) or policy_stands(policy, hash), which raises an error once the policy is another.
 * Returns NULL if the user may not call it.
 */
static Expr *
stands_call(const AskedRow *asked)
{
	Oid			types[2] = {exprType(asked->policy), TEXTOID};
	Oid			function = own_internal_function(asked->by_name ? "stands" : "policy_stands", lengthof(types), types,
												 BOOLOID, false);

	if (!OidIsValid(function) || !MAY_EXECUTE(function))
		return NULL;
	return (Expr *) makeFuncExpr(function, BOOLOID,
								 list_make2(copyObject(asked->policy), text_const(stored_policy_hash(asked->compiled))),
								 InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL);
}

/* The necessary conditions of a rule as expressions.  Sets whole if they are equivalent to it. */
static List *
natives_of(const FactsCall *call, Analysis *analysis, bool *whole)
{
	const Program *program = call->compiled->programs[0];
	Bitmapset  *conditions = analysis_necessary(analysis, program->satisfied, whole);
	List	   *natives = NIL;
	int			instr = -1;

	while ((instr = bms_next_member(conditions, instr)) >= 0)
	{
		const RuleCondition *condition = analysis_condition(analysis, instr);
		const Fact *fact = program->facts[fact_number(program, condition->fact)];
		Expr	   *column = rewrite_facts_column(call, condition->fact);
		Expr	   *native = NULL;
		bool		exact = false;

		if (column && IsA(column, Var))
			native = native_condition(condition, fact, column, &exact);
		if (native)
			natives = lappend(natives, native);
		*whole &= native != NULL && exact;
	}
	return natives;
}

/* Whether an expression is stands(policy, …) or policy_stands(policy, …) of the policy of a call. */
static bool
is_stands(const Node *node, const FuncExpr *call)
{
	const FuncExpr *stands = (const FuncExpr *) node;
	char	   *name;

	if (!IsA(node, FuncExpr) || !own_member(ProcedureRelationId, stands->funcid))
		return false;
	name = get_func_name(stands->funcid);
	return name && (strcmp(name, "stands") == 0 || strcmp(name, "policy_stands") == 0) &&
		equal(linitial(stands->args), linitial(call->args));
}

List *
rewrite_natives(PlannerInfo *root, const FuncExpr *call)
{
	MemoryContext pins = AllocSetContextCreate(CurrentMemoryContext, "zjtx planning", ALLOCSET_SMALL_SIZES);
	List	   *natives = NIL;
	FactsCall	read;
	Analysis   *analysis;
	Node	   *both;
	bool		whole;

	if (rewrite_read_facts_call(call->args, pins, &read) && (analysis = rewrite_analyse_facts_call(&read)) != NULL)
		natives = natives_of(&read, analysis, &whole);
	both = natives == NIL ? NULL : eval_const_expressions(root, (Node *) makeBoolExpr(AND_EXPR, natives, -1));
	MemoryContextDelete(pins);
	return both == NULL ? NIL : is_andclause(both) ? ((BoolExpr *) both)->args : list_make1(both);
}

List *
rewrite_without_natives(List *conditions, const FuncExpr *call, const List *natives)
{
	List	   *rest = NIL;
	ListCell   *cell;

	foreach(cell, conditions)
	{
		if (!list_member(natives, lfirst(cell)) && !is_stands(lfirst(cell), call))
			rest = lappend(rest, lfirst(cell));
	}
	return rest;
}

/*
 * Combines the necessary conditions with the call, or replaces the call if they are
 * equivalent.
 */
static Node *
with_natives(PlannerInfo *root, const AskedRow *asked, FuncExpr *facts)
{
	FactsCall	read;
	Analysis   *analysis;
	List	   *natives;
	Expr	   *stands = NULL;
	bool		whole;

	if (asked->stored && (stands = stands_call(asked)) == NULL)
		return (Node *) facts;
	if (!rewrite_read_facts_call(facts->args, asked->pins, &read) || (analysis = rewrite_analyse_facts_call(&read)) == NULL)
		return (Node *) facts;
	natives = natives_of(&read, analysis, &whole);
	if (natives == NIL)
		return (Node *) facts;
	if (stands)
		natives = lcons(stands, natives);
	if (!whole)
		natives = lappend(natives, facts);
	return eval_const_expressions(root, (Node *) makeBoolExpr(AND_EXPR, natives, -1));
}

Node *
rewrite_with_natives(PlannerInfo *root, FuncExpr *call)
{
	Node	   *policy = linitial(call->args);
	AskedRow	asked = {.question = QUESTION_ELIGIBLE,.facts_function = call->funcid,.policy = policy};
	Node	   *result = (Node *) call;

	asked.by_name = exprType(policy) == TEXTOID;
	asked.stored = asked.by_name || !IsA(policy, Const);
	asked.pins = AllocSetContextCreate(CurrentMemoryContext, "zjtx planning", ALLOCSET_SMALL_SIZES);
	asked.compiled = policy_fold(policy, asked.pins).compiled;
	if (asked.compiled)
		result = with_natives(root, &asked, call);
	MemoryContextDelete(asked.pins);
	return result;
}

Node *
rewrite_in_place_of(const FuncExpr *call, Node *result)
{
	if (result == NULL ||
		exprType(result) != call->funcresulttype ||
		exprTypmod(result) != exprTypmod((const Node *) call) ||
		exprCollation(result) != call->funccollid ||
		expression_returns_set(result) != call->funcretset)
		return NULL;
	if (IsA(result, FuncExpr) &&
		get_func_rettype(((FuncExpr *) result)->funcid) != get_func_rettype(call->funcid))
		return NULL;
	return result;
}

/*
 * The call for a policy that is not the same for the whole statement: a column, a subquery or a
 * parameter.  Which facts it reads is known only at execution, so its arguments are all columns of
 * the row.  Forming the row would cost about as much as the answer.
 */
static Node *
columns_call(PlannerInfo *root, const FuncExpr *call, AskedRow *asked, const Row *row)
{
	StringInfoData names;
	List	   *columns = NIL;
	FuncExpr   *result;
	int			i;

	asked->policy = lsecond(call->args);
	if (IsA(asked->policy, Const) || !own_member(ProcedureRelationId, call->funcid))
		return NULL;
	asked->extras = list_copy_tail(call->args, 2);
	asked->facts_function = find_facts_function(asked, call);
	if (!OidIsValid(asked->facts_function) || !MAY_EXECUTE(call->funcid) || !MAY_EXECUTE(asked->facts_function))
		return NULL;
	initStringInfo(&names);
	appendStringInfoString(&names, NAMES_OF_ROW);
	for (i = 0; i < row->desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(row->desc, i);
		const char *at = NameStr(att->attname);

		if (att->attisdropped)
			continue;
		if (*at == '\0' || strchr(at, FACT_NAME_SPACE))
			return NULL;
		appendStringInfoChar(&names, ' ');
		for (; *at; at++)
			appendStringInfoChar(&names, *at == ' ' ? FACT_NAME_SPACE : *at);
		columns = lappend(columns, row_column(root, row, i + 1));
	}
	if (columns == NIL || list_length(columns) + list_length(asked->extras) > MAX_FACTS)
		return NULL;
	result = makeFuncExpr(asked->facts_function, call->funcresulttype,
						  list_concat(list_concat(list_make2(copyObject(asked->policy), text_const(names.data)),
												  copyObject(asked->extras)), columns),
						  call->funccollid, InvalidOid, COERCE_EXPLICIT_CALL);
	result->funcretset = call->funcretset;
	return (Node *) result;
}

Node *
rewrite_question(PlannerInfo *root, FuncExpr *call, QuestionKind question)
{
	Row			row;
	AskedRow	asked;
	Bound		bound;
	Node	   *result = NULL;

	if (list_length(call->args) < 2 || !row_find(root, linitial(call->args), &row))
		return NULL;
	asked.question = question;
	if (!policy_folds(lsecond(call->args)))
	{
		result = rewrite_in_place_of(call, columns_call(root, call, &asked, &row));
		if (result)
			row_depend(root, &row);
		return result;
	}
	asked.pins = AllocSetContextCreate(CurrentMemoryContext, "zjtx planning", ALLOCSET_SMALL_SIZES);
	if (find_asked(root, call, &asked) && find_bound(&bound, &asked, row.desc))
	{
		FuncExpr   *facts = facts_call(root, call, &asked, &row, &bound);

		result = question == QUESTION_ELIGIBLE && !grouping_has_question(root, call, facts)
			? with_natives(root, &asked, facts) : (Node *) facts;
		result = rewrite_in_place_of(call, result);
	}
	MemoryContextDelete(asked.pins);
	if (result)
		row_depend(root, &row);
	return result;
}
