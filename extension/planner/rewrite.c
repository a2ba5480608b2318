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
#include "catalog/namespace.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/optimizer.h"
#include "optimizer/tlist.h"
#include "parser/parse_relation.h"
#include "parser/parsetree.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

#include "fold_names.h"
#include "folded.h"
#include "natives.h"
#include "rewrite.h"
#include "session/stored.h"
#include "own.h"

#define MAX_FACTS (FUNC_MAX_ARGS - 2)

/* ---------------- the row ---------------- */

/* A row in a query whose columns can be accessed separately. */
typedef struct Row
{
	Expr	   *expr;			/* a whole-row Var or a RowExpr */
	TupleDesc	desc;
} Row;

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

	if (root == NULL || root->parse == NULL || var->varno < 1 || var->varno > list_length(root->parse->rtable))
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
	return desc;
}

/* Returns the arguments of a call of a function that has one of our support functions, or NIL. */
static List *
question_arguments(Node *node, Oid *function)
{
	List	   *args = NIL;

	if (IsA(node, FuncExpr))
	{
		*function = ((FuncExpr *) node)->funcid;
		args = ((FuncExpr *) node)->args;
	}
	else if (IsA(node, OpExpr))
	{
		*function = get_opcode(((OpExpr *) node)->opno);
		args = ((OpExpr *) node)->args;
	}
	return list_length(args) >= 2 && OidIsValid(get_func_support(*function)) &&
		own_member(ProcedureRelationId, *function) ? args : NIL;
}

/* Whether an expression contains a row other than those that questions ask about. */
static bool
contains_row(Node *node, void *context)
{
	List	   *args;
	Oid			function;

	if (node == NULL)
		return false;
	if (IsA(node, RowExpr) || (IsA(node, Var) && ((Var *) node)->varattno == InvalidAttrNumber))
		return true;
	args = question_arguments(node, &function);
	if (args && IsA(linitial(args), Var))
		return contains_row((Node *) list_copy_tail(args, 1), context);
	return expression_tree_walker(node, contains_row, context);
}

/*
 * Grouping sets replace the grouping expressions by NULL, and recognize them by their form.
 * If the query groups by a row, we must not replace the row by its columns.  If it groups by
 * a question, every occurrence of the question becomes the same call; see is_grouped().  If
 * the row depends on the key by which the query groups, the row is not replaced by NULL, but
 * its columns may be.
 */
static bool
is_nulled_by_grouping(const PlannerInfo *root)
{
	ListCell   *cell;

	if (root == NULL || root->parse == NULL || root->parse->groupingSets == NIL)
		return false;
	if (root->parse->constraintDeps)
		return true;
	foreach(cell, root->parse->groupClause)
	{
		if (contains_row(get_sortgroupclause_expr(lfirst(cell), root->parse->targetList), NULL))
			return true;
	}
	return false;
}

/* A question, and the call that replaces it. */
typedef struct Grouped
{
	PlannerInfo *root;
	const FuncExpr *call;
	const FuncExpr *facts;
} Grouped;

static bool
contains_question(Node *node, void *context)
{
	const Grouped *grouped = context;
	List	   *args;
	Oid			function;

	if (node == NULL)
		return false;
	if (equal(node, grouped->facts))
		return true;
	args = question_arguments(node, &function);
	if (args && function == grouped->call->funcid && equal(linitial(args), linitial(grouped->call->args)) &&
		equal(eval_const_expressions(grouped->root, lsecond(args)), lsecond(grouped->call->args)))
		return true;
	return expression_tree_walker(node, contains_question, context);
}

/*
 * Whether grouping sets replace a question by NULL.  It must then stay one call: native
 * conditions would be merged into the conditions around it, where it could not be recognized.
 * The grouping expressions may have been rewritten already.
 */
static bool
is_grouped(PlannerInfo *root, const FuncExpr *call, const FuncExpr *facts)
{
	Grouped		grouped = {root, call, facts};
	ListCell   *cell;

	if (root == NULL || root->parse == NULL || root->parse->groupingSets == NIL)
		return false;
	foreach(cell, root->parse->groupClause)
	{
		if (contains_question(get_sortgroupclause_expr(lfirst(cell), root->parse->targetList), &grouped))
			return true;
	}
	return false;
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
	return !root->parse->hasSubLinks && var->varno >= 1 && var->varno <= list_length(root->parse->rtable) &&
		list_length(rt_fetch(var->varno, root->parse->rtable)->eref->colnames) == natts;
}

static bool
find_row(PlannerInfo *root, Node *node, Row *row)
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
	return row->desc != NULL && !is_nulled_by_grouping(root);
}

/* Returns one column of the row. */
static Expr *
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

typedef struct Question
{
	QuestionKind question;
	Oid			facts_function;
	Node	   *policy;			/* the argument: a policy or its name */
	bool		by_name;
	bool		stored;			/* it depends on a stored document */
	const Compiled *compiled;	/* valid as long as pins */
	MemoryContext pins;
	List	   *extras;			/* further arguments of the question */
} Question;

/*
 * Evaluates a policy argument that depends on a stored document, and makes the plan depend
 * on that.  Returns false if the call must be left alone.
 */
static bool
resolve_stored(PlannerInfo *root, Question *asked)
{
	FoldedPolicy folded;
	const Compiled *named;

	if (root == NULL || root->glob == NULL || !ActiveSnapshotSet())
		return false;
	root->glob->relationOids = list_append_unique_oid(root->glob->relationOids, policies_relation());
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
	root->glob->transientPlan = true;
	return false;
}

#define MAX_EXTRAS 3			/* further arguments of a question */

/* Finds, for example, eligible_facts(policy or text, text, VARIADIC "any"). */
static Oid
find_facts_function(const Question *asked, const FuncExpr *call)
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
	return own_function(questions[asked->question].facts_function, ntypes, types, call->funcresulttype,
						call->funcretset);
}

/* Whether the question will be refused, so that nothing may be derived from its answer. */
static bool
is_refused(const Question *asked)
{
	int			i;

	for (i = 0; i < asked->compiled->nprograms; i++)
		if (asked->question == QUESTION_ELIGIBLE && asked->compiled->programs[i]->value >= 0 &&
			asked->compiled->programs[i]->value_type != TYPE_BOOLEAN)
			return true;
	return false;
}

static bool
find_asked(PlannerInfo *root, const FuncExpr *call, Question *asked)
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
find_bound(Bound *bound, const Question *asked, TupleDesc desc)
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
facts_call(PlannerInfo *root, const FuncExpr *call, const Question *asked, const Row *row, const Bound *bound)
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
stands_call(const Question *asked)
{
	Oid			types[2] = {exprType(asked->policy), TEXTOID};
	Oid			function = own_function(asked->by_name ? "stands" : "policy_stands", lengthof(types), types, BOOLOID, false);

	if (!OidIsValid(function) || !MAY_EXECUTE(function))
		return NULL;
	return (Expr *) makeFuncExpr(function, BOOLOID,
								 list_make2(copyObject(asked->policy), text_const(stored_policy_hash(asked->compiled))),
								 InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL);
}

/*
 * Combines the necessary conditions with the call, or replaces the call if they are
 * equivalent.
 */
static Node *
with_natives(PlannerInfo *root, const Question *asked, FuncExpr *facts)
{
	FactsCall	read;
	Analysis   *analysis;
	Bitmapset  *conditions;
	List	   *natives = NIL;
	Expr	   *stands = NULL;
	bool		whole;
	int			instr = -1;

	if (asked->stored && (stands = stands_call(asked)) == NULL)
		return (Node *) facts;
	if (!rewrite_read_facts_call(facts->args, asked->pins, &read) || (analysis = rewrite_analyse_facts_call(&read)) == NULL)
		return (Node *) facts;
	conditions = analysis_necessary(analysis, asked->compiled->programs[0]->satisfied, &whole);
	while ((instr = bms_next_member(conditions, instr)) >= 0)
	{
		const RuleCondition *condition = analysis_condition(analysis, instr);
		const Program *program = asked->compiled->programs[0];
		const Fact *fact = program->facts[fact_number(program, condition->fact)];
		Expr	   *column = rewrite_facts_column(&read, condition->fact);
		Expr	   *native = NULL;
		bool		exact = false;

		if (column && IsA(column, Var))
			native = native_condition(condition, fact, column, &exact);
		if (native)
			natives = lappend(natives, native);
		whole &= native != NULL && exact;
	}
	if (natives == NIL)
		return (Node *) facts;
	if (stands)
		natives = lcons(stands, natives);
	if (!whole)
		natives = lappend(natives, facts);
	return eval_const_expressions(root, (Node *) makeBoolExpr(AND_EXPR, natives, -1));
}

/*
 * Makes the plan depend on the row's type, whose attributes may change even if it has no
 * table.
 */
static void
depend_on_type(PlannerInfo *root, const Expr *row)
{
	Oid			relation = get_typ_typrelid(getBaseType(exprType((const Node *) row)));

	if (root && root->glob && OidIsValid(relation))
		root->glob->relationOids = list_append_unique_oid(root->glob->relationOids, relation);
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

Node *
rewrite_question(PlannerInfo *root, FuncExpr *call, QuestionKind question)
{
	Row			row;
	Question	asked;
	Bound		bound;
	Node	   *result = NULL;

	if (list_length(call->args) < 2 || !find_row(root, linitial(call->args), &row))
		return NULL;
	asked.question = question;
	asked.pins = AllocSetContextCreate(CurrentMemoryContext, "zjtx planning", ALLOCSET_SMALL_SIZES);
	if (find_asked(root, call, &asked) && find_bound(&bound, &asked, row.desc))
	{
		FuncExpr   *facts = facts_call(root, call, &asked, &row, &bound);

		result = question == QUESTION_ELIGIBLE && !is_grouped(root, call, facts)
			? with_natives(root, &asked, facts) : (Node *) facts;
		result = rewrite_in_place_of(call, result);
	}
	MemoryContextDelete(asked.pins);
	if (result)
		depend_on_type(root, row.expr);
	return result;
}

/* ---------------- a call that was made ---------------- */

/*
 * Binds the columns as the call itself does.  Returns false if the call would raise an
 * error.
 */
static bool
bind_columns(FactsCall *call, const char *names, bool by_name)
{
	int			ntypes = list_length(call->columns);
	Oid		   *types = palloc_array(Oid, ntypes);
	const char *hash;
	TupleDesc	desc;
	ListCell   *cell;
	int			i;

	foreach(cell, call->columns)
	{
		types[foreach_current_index(cell)] = exprType(lfirst(cell));
	}
	desc = bind_arguments_desc(pstrdup(names), by_name, ntypes, types, &hash);
	call->desc = desc;
	for (i = 0; desc && i < call->compiled->nprograms; i++)
	{
		const FactColumns *places = row_columns(call->compiled->programs[i], desc, false, call->day);

		if (places == NULL)
			return false;
		if (i == 0)
			call->places = places;
	}
	return desc != NULL;
}

bool
rewrite_read_facts_call(List *args, MemoryContext pins, FactsCall *call)
{
	Node	   *policy;
	const Const *names;
	FoldedPolicy folded;

	if (list_length(args) < 2)
		return false;
	policy = linitial(args);
	names = lsecond(args);
	if (!policy_folds(policy) || !IsA(names, Const) || names->constisnull)
		return false;
	if (!ActiveSnapshotSet() && (!IsA(policy, Const) || ((const Const *) policy)->consttype == TEXTOID))
		return false;
	folded = policy_fold(policy, pins);
	if (folded.compiled == NULL)
		return false;
	call->compiled = folded.compiled;
	call->day = compiled_day(folded.compiled, folded.by_name);
	call->columns = list_copy_tail(args, 2);
	return bind_columns(call, TextDatumGetCString(names->constvalue), folded.by_name);
}

Expr *
rewrite_facts_column(const FactsCall *call, int fact)
{
	const Program *program = call->compiled->programs[0];
	const FactColumns *columns = &call->places[fact_number(program, fact)];
	int			year = fact_year(program, fact);
	int			place = 0;

	if (year == 0)
		place = columns->attnum;
	else if (year >= columns->first_year && year < columns->first_year + columns->nyears)
		place = columns->years[year - columns->first_year];
	return place == 0 ? NULL : list_nth(call->columns, place - 1);
}

bool
rewrite_facts_whole(const FactsCall *call, int fact)
{
	const Program *program = call->compiled->programs[0];

	return fact_year(program, fact) != 0 && call->places[fact_number(program, fact)].attnum != 0;
}

Analysis *
rewrite_analyse_facts_call(const FactsCall *call)
{
	if (call->compiled->series)
		return NULL;
	return analysis_create(call->compiled->programs[0], call->day);
}
