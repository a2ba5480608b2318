/*
 * reference.c
 *		What expressions become that refer to provisions.
 *
 * A provision is compiled where it is referred to, for the day that stands for as_of there.
 * On the day of the row this gives the instructions that the provision itself has.
 */
#include "postgres.h"

#include "emit.h"

/* ---------------- provisions ---------------- */

static ProvisionMemo *
find_memo(List *memos, const Place *place)
{
	ListCell   *cell;

	foreach(cell, memos)
	{
		ProvisionMemo *memo = lfirst(cell);

		if (memo->as_of == place->as_of && memo->asked == place->asked && memo->depth == place->depth)
			return memo;
	}
	return NULL;
}

/* What a satisfied provision pays where the document names no sum: it may be anything. */
static int
emit_undetermined(Compiler *compiler, int satisfied)
{
	return emit_op(compiler, OP_LINE, TYPE_NUMBER, 0, satisfied,
				   emit_op(compiler, OP_UNDETERMINED, TYPE_NUMBER, 0, -1, -1));
}

static const ProvisionMemo *
refer(Compiler *compiler, const Expression *expr, const Place *place)
{
	bool		is_clause = expr->meaning == NAME_CLAUSE;
	List	  **memos = (is_clause ? compiler->clause_memos : compiler->rung_memos) + expr->provision->index;
	ProvisionMemo *memo = find_memo(*memos, place);
	Place		here;

	if (memo)
		return memo;
	/* a provision sees no list around the place where it is referred to */
	memset(&here, 0, sizeof(here));
	here.as_of = place->as_of;
	here.asked = place->asked;
	here.depth = place->depth;
	memo = palloc(sizeof(ProvisionMemo));
	memo->as_of = place->as_of;
	memo->asked = place->asked;
	memo->depth = place->depth;
	compiler->elsewhere += !place_is_row(compiler, place);
	if (is_clause)
	{
		const Clause *clause = (const Clause *) expr->provision;
		ClauseEntry entry;

		memset(&entry, 0, sizeof(entry));
		compile_clause(compiler, clause, &here, &entry);
		memo->satisfied = entry.satisfied;
		memo->amount = clause->undetermined ? emit_undetermined(compiler, entry.satisfied) : entry.amount;
	}
	else
	{
		memo->satisfied = compile_expr(compiler, ((const Rung *) expr->provision)->when, &here);
		memo->amount = -1;
	}
	compiler->elsewhere -= !place_is_row(compiler, place);
	*memos = lappend(*memos, memo);
	return memo;
}

/* ---------------- expressions ---------------- */

/* The level of the highest rung that is reached, or 0: a case over the rungs. */
static int
compile_level(Compiler *compiler, const Place *place)
{
	const List *rungs = compiler->program->doc->rungs;
	int		   *args = palloc_array(int, 2 * list_length(rungs) + 1);
	int			nargs = 0;
	int			i;
	Number		level;

	for (i = list_length(rungs) - 1; i >= 0; i--)
	{
		const Rung *rung = list_nth(rungs, i);
		Expression	expr;

		memset(&expr, 0, sizeof(expr));
		expr.meaning = NAME_RUNG;
		expr.provision = unconstify(Provision *, &rung->provision);
		args[nargs++] = refer(compiler, &expr, place)->satisfied;
		level = number_of(rung->level);
		args[nargs++] = emit_number(compiler, &level);
	}
	args[nargs++] = emit_number(compiler, &number_zero);
	return nargs == 1 ? args[0] : emit_args(compiler, OP_CASE, TYPE_NUMBER, args, nargs);
}

int
compile_reference(Compiler *compiler, const Expression *expr, const Place *place)
{
	const Expression *day = expr->args ? linitial(expr->args) : NULL;
	Place		there = *place;
	int			result;

	if (expr->kind == EXPR_LEVEL_OF)
		return compile_level(compiler, place);
	if (expr->kind == EXPR_AMOUNT_OF)
		return refer(compiler, expr, place)->amount;
	if (day)
	{
		there.as_of = there.asked = compile_expr(compiler, day, place);
		compiler_add_day(compiler, there.as_of);
	}
	result = refer(compiler, expr, &there)->satisfied;
	/* on no day nothing is satisfied */
	if (day && day->can_be_none)
		result = emit_and(compiler, emit_op(compiler, OP_IS_NONE, TYPE_BOOLEAN, true, there.as_of, -1), result);
	return result;
}
