/*
 * check_reference.c
 *		Checks expressions that refer to provisions: satisfies, amount of, level of.
 *
 * What is referred to is checked first, so that a provision that needs itself is found,
 * through whatever definitions.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "check.h"

const char *
check_own_code(const Document *doc, const char *code)
{
	size_t		length = doc->provision.code ? strlen(doc->provision.code) : 0;

	if (length > 0 && strncmp(code, doc->provision.code, length) == 0 && code[length] == '/')
		return code + length + 1;
	return code;
}

static void
offer_codes(Nearest *nearest, const List *provisions)
{
	ListCell   *cell;

	foreach(cell, provisions)
	{
		nearest_offer(nearest, ((const Provision *) lfirst(cell))->code);
	}
}

static pg_noreturn void
unknown_provision(Checker *checker, const Expression *expr, const char *code)
{
	const Document *doc = checker->doc;
	Nearest		nearest;

	if (doc->bare)
		read_error(checker->state, expr->span.start,
				   pstrdup("Write a document that begins with \"policy\"."),
				   "a rule of one expression has no clauses to refer to");
	nearest_start(&nearest, code);
	offer_codes(&nearest, doc->clauses);
	if (expr->kind == EXPR_SATISFIES)
		offer_codes(&nearest, doc->rungs);
	read_error(checker->state, expr->name_at, nearest_hint(&nearest),
			   expr->kind == EXPR_SATISFIES ? "there is no clause or rung \"%s\"" : "there is no clause \"%s\"",
			   code);
}

static void
check_level_of(Checker *checker, Expression *expr)
{
	Document   *doc = checker->doc;
	ListCell   *cell;

	if (doc->bare || strcmp(expr->name, doc->provision.code) != 0)
		read_error(checker->state, expr->name_at,
				   doc->bare ? NULL : psprintf("The level on the ladder of this document is \"level of %s\".",
											   doc->provision.code),
				   "there is no document \"%s\"", expr->name);
	if (!doc->has_ladder)
		read_error(checker->state, expr->name_at, NULL, "the document has no ladder");
	foreach(cell, doc->rungs)
	{
		check_rung(checker, lfirst(cell), expr->span.start);
	}
	expr->meaning = NAME_LADDER;
	expr->type = TYPE_NUMBER;
}

void
check_reference(Checker *checker, Expression *expr, Scope *scope pg_attribute_unused())
{
	const char *code = check_own_code(checker->doc, expr->name);
	Clause	   *clause;
	Rung	   *rung;

	if (expr->args)
		check_want_type(checker, linitial(expr->args), TYPE_DATE, "the day on which a provision is judged");
	if (expr->kind == EXPR_LEVEL_OF)
	{
		check_level_of(checker, expr);
		return;
	}
	clause = checker->doc->bare ? NULL : policy_find_clause(checker->doc, code);
	rung = checker->doc->bare || expr->kind != EXPR_SATISFIES ? NULL : policy_find_rung(checker->doc, code);
	if (clause)
	{
		check_clause(checker, clause, expr->span.start);
		expr->meaning = NAME_CLAUSE;
		expr->provision = &clause->provision;
	}
	else if (rung)
	{
		check_rung(checker, rung, expr->span.start);
		expr->meaning = NAME_RUNG;
		expr->provision = &rung->provision;
	}
	else
		unknown_provision(checker, expr, code);
	if (expr->kind == EXPR_SATISFIES)
		expr->type = TYPE_BOOLEAN;
	else
	{
		if (clause->kind == CLAUSE_ELIGIBILITY)
			read_error(checker->state, expr->name_at,
					   psprintf("Ask with \"satisfies %s\" whether it holds.", expr->name),
					   "clause \"%s\" pays nothing", code);
		expr->type = TYPE_NUMBER;
		expr->unit = clause_unit(clause);
	}
}
