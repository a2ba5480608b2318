/*
 * check_reference.c
 *		Checks expressions that refer to provisions: satisfies, amount of, level of.
 *
 * The provision referred to is checked first.  So a provision that needs itself is found,
 * even through definitions.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "check.h"
#include "messages.h"
#include "names.h"

const char *
check_own_code(const Document *doc, const char *code)
{
	size_t		length = doc->provision.code ? strlen(doc->provision.code) : 0;

	if (length > 0 && strncmp(code, doc->provision.code, length) == 0 && code[length] == '/')
		return code + length + 1;
	return code;
}

/* Offers the codes that a reference can name. */
static void
offer_provisions(Nearest *nearest, const Document *doc, ExprKind kind)
{
	check_offer_codes(nearest, doc->clauses);
	check_offer_codes(nearest, doc->groups);
	if (kind == EXPR_SATISFIES)
	{
		check_offer_codes(nearest, doc->rungs);
		check_offer_codes(nearest, doc->selections);
	}
}

void
check_unknown_provision(Checker *checker, const Expression *expr, const char *code)
{
	const Document *doc = checker->doc;
	Nearest		nearest;

	if (doc->bare)
		read_error(checker->state, expr->span.start,
				   _("Write a document that begins with \"policy\"."),
				   "a rule of one expression has no clauses to refer to");
	nearest_start(&nearest, code);
	offer_provisions(&nearest, doc, expr->kind);
	read_error(checker->state, expr->name_at, nearest_hint(&nearest),
			   expr->kind == EXPR_SATISFIES ? gettext_noop("there is no clause, rung, group or selection \"%s\"") : gettext_noop("there is no clause or group \"%s\""),
			   code);
}

static void
check_level_of(Checker *checker, Expression *expr)
{
	Document   *doc = checker->doc;
	ListCell   *cell;

	if (doc->bare || strcmp(expr->name, doc->provision.code) != 0)
		read_error(checker->state, expr->name_at,
				   doc->bare ? NULL : psprintf(_("The level on the ladder of this document is \"level of %s\"."),
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

/* ---------------- used documents ---------------- */

pg_noreturn static void
unknown_document(Checker *checker, const Expression *expr, const char *code)
{
	const Document *doc = checker->doc;
	Nearest		nearest;
	ListCell   *cell;
	char	   *hint;

	nearest_start(&nearest, code);
	foreach(cell, doc->uses)
	{
		nearest_offer(&nearest, ((const DocumentUse *) lfirst(cell))->code);
	}
	hint = nearest_hint(&nearest);
	if (hint == NULL && !doc->bare)
		hint = psprintf(_("Write \"uses %s\" in the header."), code);
	read_error(checker->state, expr->name_at, hint, "the document does not use \"%s\"", code);
}

/* Reports that no version of the used series has a provision. */
pg_noreturn static void
unknown_part(Checker *checker, const Expression *expr)
{
	Nearest		nearest;
	ListCell   *cell;

	nearest_start(&nearest, expr->part);
	foreach(cell, expr->use->documents)
	{
		const Document *doc = lfirst(cell);

		offer_provisions(&nearest, doc, expr->kind);
	}
	read_error(checker->state, expr->name_at, nearest_hint(&nearest),
			   expr->kind == EXPR_SATISFIES ? gettext_noop("\"%s\" has no clause, rung, group or selection \"%s\"") : gettext_noop("\"%s\" has no clause or group \"%s\""),
			   expr->use->code, expr->part);
}

/* Checks the amount of a version of a used provision: whether it pays, and in which unit. */
static void
check_used_amount(Checker *checker, Expression *expr, const Clause *clause)
{
	if (clause->kind == CLAUSE_ELIGIBILITY)
		read_error(checker->state, expr->name_at,
				   psprintf(_("Ask with \"satisfies %s\" whether it holds."), expr->name),
				   "clause \"%s\" pays nothing", expr->name);
	if (expr->unit != UNIT_FREE && expr->unit != clause_unit(clause))
		read_error(checker->state, expr->name_at, NULL,
				   "some versions of \"%s\" pay in %s, others in %s",
				   expr->name, check_unit_phrase(expr->unit), check_unit_phrase(clause_unit(clause)));
	expr->unit = clause_unit(clause);
	expr->money = check_money_of_unit(expr->unit);
}

/* Checks a reference to a used document, as far as the text of that document is present. */
static void
check_used(Checker *checker, Expression *expr)
{
	bool		found = expr->use->documents == NIL;
	ListCell   *cell;

	expr->meaning = NAME_USED;
	expr->type = expr->kind == EXPR_SATISFIES ? TYPE_BOOLEAN : TYPE_NUMBER;
	expr->unit = UNIT_FREE;
	/* without its text, an amount may be money or points */
	expr->money = expr->kind == EXPR_AMOUNT_OF && expr->use->documents == NIL ? MONEY_ANY : NULL;
	foreach(cell, expr->use->documents)
	{
		const Document *doc = lfirst(cell);
		const Clause *clause = expr->part ? policy_find_clause(doc, expr->part) : NULL;

		if (expr->kind == EXPR_LEVEL_OF)
			found |= doc->has_ladder;
		else
			found |= clause || policy_find_group(doc, expr->part) ||
				(expr->kind == EXPR_SATISFIES && (policy_find_rung(doc, expr->part) || policy_find_selection(doc, expr->part)));
		if (expr->kind == EXPR_AMOUNT_OF && clause)
			check_used_amount(checker, expr, clause);
		else if (expr->kind == EXPR_AMOUNT_OF && policy_find_group(doc, expr->part))
		{
			expr->unit = UNIT_YUAN;
			expr->money = check_money_of_unit(UNIT_YUAN);
		}
	}
	if (!found && expr->kind == EXPR_LEVEL_OF)
		read_error(checker->state, expr->name_at, NULL, "the document \"%s\" has no ladder", expr->use->code);
	if (!found)
		unknown_part(checker, expr);
}

/* Finds the used document that a reference is to; returns false if it is to this document. */
static bool
find_used(Checker *checker, Expression *expr)
{
	const Document *doc = checker->doc;
	char	   *code = pstrdup(expr->name);
	char	   *part = strchr(code, '/');

	if (part)
		*part++ = '\0';
	if (doc->bare || (part && strcmp(code, doc->provision.code) == 0))
		return false;
	if (part == NULL && (expr->kind != EXPR_LEVEL_OF || strcmp(code, doc->provision.code) == 0))
	{
		if (expr->kind != EXPR_LEVEL_OF && policy_find_clause(doc, code) == NULL &&
			policy_find_rung(doc, code) == NULL && policy_find_group(doc, code) == NULL &&
			policy_find_selection(doc, code) == NULL && policy_find_use(doc, code))
			read_error(checker->state, expr->name_at,
					   psprintf(_("Name one of its provisions: %s/1."), code), "\"%s\" is a document", code);
		return false;
	}
	if (part && expr->kind == EXPR_LEVEL_OF)
		read_error(checker->state, expr->name_at, psprintf(_("Write \"level of %s\", or \"satisfies %s\"."), code, expr->name),
				   "only a document has a level");
	expr->use = policy_find_use(doc, code);
	expr->part = part;
	if (expr->use == NULL)
		unknown_document(checker, expr, code);
	return true;
}

void
check_reference(Checker *checker, Expression *expr, Scope *scope pg_attribute_unused())
{
	const char *code = check_own_code(checker->doc, expr->name);
	Clause	   *clause;
	Rung	   *rung;
	ClauseGroup *group;
	Selection  *selection;

	if (expr->kind == EXPR_PAID_OF)
	{
		check_paid_of(checker, expr);
		return;
	}
	if (expr->args)
		check_want_type(checker, linitial(expr->args), TYPE_DATE, "the day on which a provision is judged");
	if (find_used(checker, expr))
	{
		check_used(checker, expr);
		return;
	}
	if (expr->kind == EXPR_LEVEL_OF)
	{
		check_level_of(checker, expr);
		return;
	}
	clause = checker->doc->bare ? NULL : policy_find_clause(checker->doc, code);
	rung = checker->doc->bare || expr->kind != EXPR_SATISFIES ? NULL : policy_find_rung(checker->doc, code);
	group = checker->doc->bare ? NULL : policy_find_group(checker->doc, code);
	selection = checker->doc->bare || expr->kind != EXPR_SATISFIES ? NULL : policy_find_selection(checker->doc, code);
	if (selection)
	{
		check_satisfies_selection(checker, expr, selection);
		return;
	}
	if (group)
	{
		check_group(checker, group, expr->span.start);
		expr->meaning = NAME_GROUP;
		expr->provision = &group->provision;
	}
	else if (clause)
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
		check_unknown_provision(checker, expr, code);
	if (expr->kind == EXPR_SATISFIES)
		expr->type = TYPE_BOOLEAN;
	else
	{
		if (clause && clause->kind == CLAUSE_ELIGIBILITY)
			read_error(checker->state, expr->name_at,
					   psprintf(_("Ask with \"satisfies %s\" whether it holds."), expr->name),
					   "clause \"%s\" pays nothing", code);
		/* the amount paid is known only where the budget is divided */
		if (clause ? clause->budget : group->budget)
			check_budget(checker, clause ? clause->budget : group->budget, expr->span.start);
		expr->type = TYPE_NUMBER;
		expr->unit = clause ? clause_unit(clause) : UNIT_YUAN;
		expr->money = check_money_of_unit(expr->unit);
	}
}
