/*
 * reference.c
 *		Compiles expressions that refer to provisions.
 *
 * A provision is compiled where it is referred to, for the day that as_of means there.
 * For the day of the row, this gives the instructions of the provision itself.
 */
#include "postgres.h"

#include "module.h"

/* ---------------- provisions ---------------- */

/* Returns the amount of a satisfied provision without a figure, which can be any number. */
static int
emit_undetermined(Compiler *compiler, int satisfied)
{
	return emit_op(compiler, OP_LINE, TYPE_NUMBER, 0, satisfied,
				   emit_op(compiler, OP_UNDETERMINED, TYPE_NUMBER, 0, -1, -1));
}

/* Compiles a clause or rung of the document at a place. */
static ProvisionMemo *
refer(Compiler *compiler, const Provision *provision, bool is_clause, const Place *place)
{
	Module	   *module = place->module;
	List	  **memos = (is_clause ? module->clauses : module->rungs) + provision->index;
	ProvisionMemo *memo = (ProvisionMemo *) module_find_memo(*memos, place);

	/* a provision does not see the lists around the reference */
	Place		here = module_outside(place);
	ProvisionMemo found;

	if (memo)
		return memo;
	memset(&found, 0, sizeof(found));
	compiler->elsewhere += !place_is_row(compiler, place);
	if (compiler->failed)
	{
		/* the limit was exceeded */
		found.satisfied = emit_boolean(compiler, false);
		found.amount = emit_number(compiler, &number_zero);
	}
	else if (is_clause)
	{
		const Clause *clause = (const Clause *) provision;
		ClauseEntry entry;

		memset(&entry, 0, sizeof(entry));
		compile_clause(compiler, clause, &here, &entry);
		found.satisfied = entry.satisfied;
		found.amount = clause->undetermined ? emit_undetermined(compiler, entry.satisfied) : entry.amount;
	}
	else
	{
		found.satisfied = compile_expr(compiler, ((const Rung *) provision)->when, &here);
		found.amount = -1;
	}
	compiler->elsewhere -= !place_is_row(compiler, place);
	memo = (ProvisionMemo *) module_add_memo(compiler, memos, sizeof(ProvisionMemo), place);
	memo->satisfied = found.satisfied;
	memo->amount = found.amount;
	return memo;
}

/* Compiles the level of the highest rung reached, or 0, as a case over the rungs. */
static int
compile_level(Compiler *compiler, const Place *place)
{
	const List *rungs = place->module->doc->rungs;
	int		   *args = palloc_array(int, 2 * list_length(rungs) + 1);
	int			nargs = 0;
	int			i;
	Number		level;

	for (i = list_length(rungs) - 1; i >= 0; i--)
	{
		const Rung *rung = list_nth(rungs, i);

		args[nargs++] = refer(compiler, &rung->provision, false, place)->satisfied;
		level = number_of(rung->level);
		args[nargs++] = emit_number(compiler, &level);
	}
	args[nargs++] = emit_number(compiler, &number_zero);
	return nargs == 1 ? args[0] : emit_args(compiler, OP_CASE, TYPE_NUMBER, args, nargs);
}

/* ---------------- used documents ---------------- */

/* Compiles the answer of an absent provision: not satisfied, no amount, no rung. */
static int
compile_nothing(Compiler *compiler, ExprKind kind)
{
	return kind == EXPR_SATISFIES ? emit_boolean(compiler, false) : emit_number(compiler, &number_zero);
}

static int
compile_in_document(Compiler *compiler, const Expression *expr, const Document *doc, const Place *place)
{
	const Clause *clause = expr->part ? policy_find_clause(doc, expr->part) : NULL;
	const Rung *rung = expr->part ? policy_find_rung(doc, expr->part) : NULL;
	Place		there = module_outside(place);
	int			result = -1;

	there.module = module_used(compiler, place->module, expr->use, doc);
	if (expr->kind == EXPR_LEVEL_OF)
		return compile_level(compiler, &there);
	if (expr->kind == EXPR_AMOUNT_OF && clause)
		result = refer(compiler, &clause->provision, true, &there)->amount;
	else if (expr->kind == EXPR_SATISFIES && clause)
		result = refer(compiler, &clause->provision, true, &there)->satisfied;
	else if (expr->kind == EXPR_SATISFIES && rung)
		result = refer(compiler, &rung->provision, false, &there)->satisfied;
	/* another version of the series has the provision */
	return result >= 0 ? result : compile_nothing(compiler, expr->kind);
}

static int
emit_day(Compiler *compiler, DateADT day)
{
	Instr		instr = compiler_instr_of(OP_DATE, TYPE_DATE);

	instr.a = day;
	return emit(compiler, instr, NULL, 0);
}

/* Compiles whether a document is in force on the day of a place; returns -1 if it always is. */
static int
compile_in_force(Compiler *compiler, const Document *doc, const Place *place)
{
	int			from = -1;
	int			until = -1;

	if (doc->has_from)
		from = emit_op(compiler, OP_COMPARE, TYPE_BOOLEAN, CMP_GE, place->as_of, emit_day(compiler, doc->from));
	if (doc->has_until)
		until = emit_op(compiler, OP_COMPARE, TYPE_BOOLEAN, CMP_LT, place->as_of, emit_day(compiler, doc->until));
	return from >= 0 && until >= 0 ? emit_and(compiler, from, until) : from >= 0 ? from : until;
}

/*
 * Compiles the answer of a used document, or of the version of a used series that is in
 * force: of the versions that have begun and not ended, the one that began last.
 */
static int
compile_used(Compiler *compiler, const Expression *expr, const Place *place)
{
	const List *documents = expr->use->documents;
	ValueType	type = expr->kind == EXPR_SATISFIES ? TYPE_BOOLEAN : TYPE_NUMBER;
	int		   *args = palloc_array(int, 2 * list_length(documents) + 1);
	int			nargs = 0;
	int			i;

	if (documents == NIL)
	{
		compiler->program->not_there = expr->use->code;
		return compile_nothing(compiler, expr->kind);
	}
	for (i = list_length(documents) - 1; i >= 0; i--)
	{
		const Document *doc = list_nth(documents, i);
		int			in_force = compile_in_force(compiler, doc, place);
		int			answer = compile_in_document(compiler, expr, doc, place);

		if (in_force < 0)
			return answer;
		args[nargs++] = in_force;
		args[nargs++] = answer;
	}
	if (nargs == 2 && type == TYPE_BOOLEAN)
		return emit_and(compiler, args[0], args[1]);
	args[nargs++] = compile_nothing(compiler, expr->kind);
	return emit_args(compiler, OP_CASE, type, args, nargs);
}

/* ---------------- expressions ---------------- */

int
compile_reference(Compiler *compiler, const Expression *expr, const Place *place)
{
	const Expression *day = expr->args ? linitial(expr->args) : NULL;
	Place		there = *place;
	int			result;

	if (day)
	{
		there.as_of = there.asked = compile_expr(compiler, day, place);
		compiler_add_day(compiler, there.as_of);
	}
	if (expr->use)
		result = compile_used(compiler, expr, &there);
	else if (expr->kind == EXPR_LEVEL_OF)
		result = compile_level(compiler, &there);
	else if (expr->kind == EXPR_AMOUNT_OF)
		result = refer(compiler, expr->provision, true, &there)->amount;
	else
		result = refer(compiler, expr->provision, expr->meaning == NAME_CLAUSE, &there)->satisfied;
	/* if there is no day, nothing is satisfied */
	if (day && day->can_be_none)
		result = emit_and(compiler, emit_op(compiler, OP_IS_NONE, TYPE_BOOLEAN, true, there.as_of, -1), result);
	return result;
}
