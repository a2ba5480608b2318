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
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "depends.h"
#include "fold_names.h"
#include "folded.h"
#include "grouping.h"
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

/* A column that gives any fact, for a question that reads none, such as |# of a ladder. */
static void
find_any(const Program *program, const FactColumns *columns, Bound *any)
{
	int			i;

	for (i = 1; i < program->nfacts && any->count == 0; i++)
		if (columns[i].attnum != 0 && !program->facts[i]->by_year)
			(void) add_column(any, program->facts[i]->name, columns[i].attnum);
}

static bool
find_bound(Bound *bound, const AskedRow *asked, TupleDesc desc)
{
	Bound		any = {0};
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
		find_any(program, columns, &any);
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
	if (given == 0)
		*bound = any;
	return bound->count > 0 && bound->count + list_length(asked->extras) <= MAX_FACTS;
}

/* ---------------- the call ---------------- */

Const *
rewrite_text_const(const char *text)
{
	return makeConst(TEXTOID, -1, DEFAULT_COLLATION_OID, -1, CStringGetTextDatum(text), false, false);
}

/* Adds the name of a column to those of the arguments that are facts. */
static void
put_name(StringInfo names, const char *name)
{
	if (names->len > 0)
		appendStringInfoChar(names, ' ');
	for (; *name; name++)
		appendStringInfoChar(names, *name == ' ' ? FACT_NAME_SPACE : *name);
}

static FuncExpr *
make_facts_call(const FuncExpr *call, const AskedRow *asked, const char *names, List *columns)
{
	List	   *args = list_make2(copyObject(asked->policy), rewrite_text_const(names));
	FuncExpr   *result;

	args = list_concat(list_concat(args, copyObject(asked->extras)), columns);
	result = makeFuncExpr(asked->facts_function, call->funcresulttype, args, call->funccollid, InvalidOid,
						  COERCE_EXPLICIT_CALL);
	result->funcretset = call->funcretset;
	return result;
}

static FuncExpr *
facts_call(PlannerInfo *root, const FuncExpr *call, const AskedRow *asked, const Row *row, const Bound *bound)
{
	StringInfoData names;
	List	   *columns = NIL;
	int			i;

	initStringInfo(&names);
	if (asked->stored)
		appendStringInfoString(&names, stored_policy_hash(asked->compiled));
	for (i = 0; i < bound->count; i++)
	{
		put_name(&names, bound->names[i]);
		columns = lappend(columns, row_column(root, row, bound->attnums[i]));
	}
	return make_facts_call(call, asked, names.data, columns);
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
		const char *name = NameStr(att->attname);

		if (att->attisdropped)
			continue;
		if (*name == '\0' || strchr(name, FACT_NAME_SPACE))
			return NULL;
		put_name(&names, name);
		columns = lappend(columns, row_column(root, row, i + 1));
	}
	if (columns == NIL || list_length(columns) + list_length(asked->extras) > MAX_FACTS)
		return NULL;
	return (Node *) make_facts_call(call, asked, names.data, columns);
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
			? rewrite_with_natives(root, facts) : (Node *) facts;
		result = rewrite_in_place_of(call, result);
	}
	MemoryContextDelete(asked.pins);
	if (result)
		row_depend(root, &row);
	return result;
}
