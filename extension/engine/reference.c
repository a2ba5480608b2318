/*
 * reference.c
 *		Compiles expressions that refer to provisions.
 *
 * A provision is compiled where it is referred to, for the day that as_of means there.
 * For the day of the row, this gives the instructions of the provision itself.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "module.h"

/* ---------------- provisions ---------------- */

/* Returns the amount of a satisfied provision without a figure, which can be any number. */
int
compile_undetermined(Compiler *compiler, int satisfied)
{
	return emit_op(compiler, OP_LINE, TYPE_NUMBER, 0, satisfied,
				   emit_op(compiler, OP_UNDETERMINED, TYPE_NUMBER, 0, -1, -1));
}

/*
 * What was paid for other periods than that of the day judged.  That is not known on another
 * day.
 */
int
compile_paid(Compiler *compiler, const Fact *paid, const Place *place)
{
	if (place->asked != compiler->row.asked)
		return emit_op(compiler, OP_UNDETERMINED, TYPE_NUMBER, 0, -1, -1);
	return emit_fact(compiler, module_fact(compiler, place->module, paid));
}

int
compile_allotted(Compiler *compiler, int claim, const Fact *allotted, const Place *place, int *instr)
{
	*instr = -1;
	if (allotted == NULL)
		return claim;
	/* a budget is divided for the day judged; on another day nothing is known */
	*instr = compile_paid(compiler, allotted, place);
	return emit_op(compiler, OP_CAP, TYPE_NUMBER, 0, claim, *instr);
}

/* A truth that is not known: whether an unknown amount is more than 0. */
static int
compile_unknown_truth(Compiler *compiler)
{
	return emit_op(compiler, OP_COMPARE, TYPE_BOOLEAN, CMP_GT,
				   emit_op(compiler, OP_UNDETERMINED, TYPE_NUMBER, 0, -1, -1),
				   emit_number(compiler, &number_zero));
}

int
compile_unknown_number(Compiler *compiler)
{
	int			amount = emit_op(compiler, OP_UNDETERMINED, TYPE_NUMBER, 0, -1, -1);
	int			args[2];

	/* without else */
	args[0] = compile_unknown_truth(compiler);
	args[1] = emit_op(compiler, OP_SUBTRACT, TYPE_NUMBER, 0, amount, amount);
	return emit_args(compiler, OP_CASE, TYPE_NUMBER, args, 2);
}

int
compile_selected(Compiler *compiler, const Fact *selected, const Place *place)
{
	if (place->asked == compiler->row.asked)
		return emit_fact(compiler, module_fact(compiler, place->module, selected));

	/* who is selected on another day is not known */
	return compile_unknown_truth(compiler);
}

static List **
memos_of(Module *module, NameKind kind, const Provision *provision)
{
	return (kind == NAME_CLAUSE ? module->clauses : kind == NAME_RUNG ? module->rungs : module->groups) + provision->index;
}

/* What a provision of the document of a place becomes there: NAME_CLAUSE, NAME_RUNG or NAME_GROUP. */
static ProvisionMemo *
refer(Compiler *compiler, NameKind kind, const Provision *provision, const Place *place)
{
	List	  **memos = memos_of(place->module, kind, provision);
	ProvisionMemo *memo = (ProvisionMemo *) module_find_memo(*memos, place);

	/* a provision does not see the lists around the reference */
	Place		here = module_outside(place);
	ProvisionMemo found;

	if (memo)
		return memo;
	check_stack_depth();
	memset(&found, 0, sizeof(found));
	compiler->elsewhere += !place_is_row(compiler, place);
	if (compiler->failed)
	{
		/* the limit was exceeded */
		found.satisfied = emit_boolean(compiler, false);
		found.amount = found.claim = emit_number(compiler, &number_zero);
	}
	else if (kind == NAME_CLAUSE)
	{
		const Clause *clause = (const Clause *) provision;
		ClauseEntry entry;

		memset(&entry, 0, sizeof(entry));
		compile_clause(compiler, clause, &here, &entry);
		found.satisfied = entry.satisfied;
		found.amount = clause->undetermined ? compile_undetermined(compiler, entry.satisfied) : entry.amount;
		found.claim = entry.claim;
	}
	else if (kind == NAME_GROUP)
	{
		GroupEntry	entry;

		memset(&entry, 0, sizeof(entry));
		compile_group(compiler, (const ClauseGroup *) provision, &here, &entry);
		found.satisfied = entry.satisfied;
		found.amount = entry.amount;
		found.claim = entry.claim;
	}
	else
	{
		found.satisfied = compile_expr(compiler, ((const Rung *) provision)->when, &here);
		found.amount = found.claim = -1;
	}
	compiler->elsewhere -= !place_is_row(compiler, place);
	memo = (ProvisionMemo *) module_add_memo(compiler, memos, sizeof(ProvisionMemo), place);
	memo->satisfied = found.satisfied;
	memo->amount = found.amount;
	memo->claim = found.claim;
	return memo;
}

void
compile_claim(Compiler *compiler, const GroupMember *member, int *satisfied, int *claim)
{
	const ProvisionMemo *memo = refer(compiler, member->clause ? NAME_CLAUSE : NAME_GROUP,
									  member->clause ? &member->clause->provision : &member->group->provision,
									  &compiler->row);

	*satisfied = memo->satisfied;
	*claim = memo->claim;
}

/* ---------------- groups ---------------- */

void
compile_group(Compiler *compiler, const ClauseGroup *group, const Place *row, GroupEntry *entry)
{
	int			nmembers = list_length(group->members);
	int		   *satisfied = palloc_array(int, nmembers);
	int		   *amounts = palloc_array(int, nmembers);
	ListCell   *cell;

	foreach(cell, group->members)
	{
		const GroupMember *member = lfirst(cell);
		const ProvisionMemo *memo = refer(compiler, member->clause ? NAME_CLAUSE : NAME_GROUP,
										  member->clause ? &member->clause->provision : &member->group->provision, row);

		satisfied[foreach_current_index(cell)] = memo->satisfied;
		amounts[foreach_current_index(cell)] = memo->amount;
	}
	entry->group = group;
	entry->satisfied = emit_args(compiler, OP_OR, TYPE_BOOLEAN, satisfied, nmembers);
	entry->uncapped = emit_args(compiler, group->best ? OP_HIGHEST : OP_TOTAL, TYPE_NUMBER, amounts, nmembers);
	entry->amount = compile_caps(compiler, entry->uncapped, group->cap, group->cap_in_all, group->paid, row,
								 &entry->cap, &entry->rest_in_all);
	entry->claim = entry->amount;
	entry->amount = compile_allotted(compiler, entry->claim, group->allotted, row, &entry->allotted);
}

/* ---------------- levels ---------------- */

/* The level of the highest rung that is reached, or 0: a case over the rungs. */
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

		args[nargs++] = refer(compiler, NAME_RUNG, &rung->provision, place)->satisfied;
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
	const ClauseGroup *group = expr->part ? policy_find_group(doc, expr->part) : NULL;
	const Selection *selection = expr->part ? policy_find_selection(doc, expr->part) : NULL;
	Place		there = module_outside(place);
	int			result = -1;

	there.module = module_used(compiler, place->module, expr->use, doc);
	if (expr->kind == EXPR_LEVEL_OF)
		return compile_level(compiler, &there);
	if (expr->kind == EXPR_AMOUNT_OF && clause)
		result = refer(compiler, NAME_CLAUSE, &clause->provision, &there)->amount;
	else if (expr->kind == EXPR_AMOUNT_OF && group)
		result = refer(compiler, NAME_GROUP, &group->provision, &there)->amount;
	else if (expr->kind == EXPR_SATISFIES && clause)
		result = refer(compiler, NAME_CLAUSE, &clause->provision, &there)->satisfied;
	else if (expr->kind == EXPR_SATISFIES && group)
		result = refer(compiler, NAME_GROUP, &group->provision, &there)->satisfied;
	else if (expr->kind == EXPR_SATISFIES && rung)
		result = refer(compiler, NAME_RUNG, &rung->provision, &there)->satisfied;
	else if (expr->kind == EXPR_SATISFIES && selection)
		result = compile_selected(compiler, selection->selected, &there);
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
	DateADT		end = doc->has_until ? doc->until : doc->repealed;

	if (doc->is_repealed)
		end = Min(end, doc->repealed);
	if (doc->has_from)
		from = emit_op(compiler, OP_COMPARE, TYPE_BOOLEAN, CMP_GE, place->as_of, emit_day(compiler, doc->from));
	if (doc->has_until || doc->is_repealed)
		until = emit_op(compiler, OP_COMPARE, TYPE_BOOLEAN, CMP_LT, place->as_of, emit_day(compiler, end));
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

	if (expr->kind == EXPR_PAID_OF)
		return expr->meaning == NAME_FACT ? compile_paid(compiler, expr->fact, place)
			: emit_number(compiler, &number_zero);
	if (day)
	{
		there.asked = compile_expr(compiler, day, place);
		place_set_day(compiler, &there, there.asked);
		compiler_add_day(compiler, there.as_of);
	}
	if (expr->use)
		result = compile_used(compiler, expr, &there);
	else if (expr->kind == EXPR_LEVEL_OF)
		result = compile_level(compiler, &there);
	else if (expr->kind == EXPR_AMOUNT_OF)
		result = refer(compiler, expr->meaning, expr->provision, &there)->amount;
	else if (expr->meaning == NAME_SELECTION)
		result = compile_selected(compiler, expr->fact, &there);
	else
		result = refer(compiler, expr->meaning, expr->provision, &there)->satisfied;
	/* if there is no day, nothing is satisfied */
	if (day && day->can_be_none)
		result = emit_and(compiler, emit_op(compiler, OP_IS_NONE, TYPE_BOOLEAN, true, there.as_of, -1), result);
	return result;
}
