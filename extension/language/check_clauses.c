/*
 * check_clauses.c
 *		Checks clauses, rungs and targets.
 */
#include "postgres.h"

#include "check.h"
#include "messages.h"
#include "names.h"

void
check_money(Checker *checker, Expression *money, Unit unit, Scope *scope)
{
	check_expr(checker, money, scope);
	check_want_type(checker, money, TYPE_NUMBER, "what is paid");
	check_want_money_unit(checker, money, unit);
	if (money->unit != UNIT_FREE && money->unit != unit)
		read_error(checker->state, money->span.start, NULL,
				   "a clause of this kind is paid in %s, not in %s", unit_word(unit), check_unit_phrase(money->unit));
	if (money->money == MONEY_ANY || check_money_equal(money->money, check_money_of_unit(unit)))
		return;
	if (unit == UNIT_YUAN)
		read_error(checker->state, money->span.start, check_money_hint(checker, money, check_money_of_unit(unit)),
				   "a clause of this kind pays an amount of %s, and this is %s",
				   unit_word(unit), check_money_phrase(money->money));
	read_error(checker->state, money->span.start,
			   psprintf(_("Divide it by an amount, such as 1%s or 1%s%s."), unit_word(UNIT_YUAN),
						message_word("万", "0000 "), unit_word(UNIT_YUAN)),
			   "points are a number, and this is %s", check_money_phrase(money->money));
}

/*
 * Begins the check of a provision; returns false if it has been checked.  `at` is the
 * position of the reference to it, for errors.
 */
bool
check_begin(Checker *checker, Provision *provision, const char *what, int at)
{
	if (provision->state == 2)
		return false;
	if (provision->state == 1)
		read_error(checker->state, at, NULL, "the %s \"%s\" refers to itself", _(what), provision->code);
	provision->state = 1;
	return true;
}

static void
check_cap(Checker *checker, const Clause *clause, Expression *cap)
{
	if (cap == NULL)
		return;
	if (clause->pay == NULL && clause->stages == NIL)
		read_error(checker->state, cap->span.start, NULL, "a clause that pays nothing cannot have a cap");
	check_money(checker, cap, clause_unit(clause), NULL);
	if (cap == clause->cap_in_all && clause_unit(clause) != UNIT_YUAN)
		read_error(checker->state, cap->span.start, NULL, "points are not paid, and have no cap over all periods");
}

static void
check_clause_body(Checker *checker, Clause *clause)
{
	ListCell   *cell;
	int			at = clause->provision.span.start;
	Unit		unit = clause_unit(clause);

	if (clause->when)
		check_boolean(checker, clause->when, NULL, "a condition");
	foreach(cell, clause->should)
	{
		check_boolean(checker, lfirst(cell), NULL, "a condition");
	}

	if (clause->pay || clause->undetermined || clause->stages)
	{
		if (clause->kind == CLAUSE_ELIGIBILITY)
			read_error(checker->state, at,
					   _("Add reward, subsidy, tax or points after its title."),
					   "a clause that pays needs a kind");
		if ((clause->pay != NULL) + clause->undetermined + (clause->stages != NIL) > 1)
			read_error(checker->state, at, NULL, "a clause pays once or in stages");
	}
	else if (clause->kind != CLAUSE_ELIGIBILITY)
		read_error(checker->state, at,
				   _("Write \"pay undetermined\" where the text has no figure."),
				   "a %s says what it pays", _(clause_kind_name(clause->kind)));
	if (clause->pay)
		check_money(checker, clause->pay, unit, NULL);
	check_cap(checker, clause, clause->cap);
	check_cap(checker, clause, clause->cap_in_all);
	foreach(cell, clause->stages)
	{
		Stage	   *stage = lfirst(cell);
		Scope		scope;
		Scope	   *inner = NULL;
		ListCell   *other;

		foreach(other, clause->stages)
		{
			if (lfirst(other) == stage)
				break;
			if (strcmp(((Stage *) lfirst(other))->provision.code, stage->provision.code) == 0)
				check_declared_twice(checker, &stage->provision, "stage");
		}
		if (stage->each)
		{
			stage->list = policy_find_fact(checker->doc, stage->each);
			if (stage->list == NULL || stage->list->type != TYPE_LIST)
				read_error(checker->state, stage->each_span.start, NULL,
						   "\"%s\" is not a list fact", stage->each);
			stage->list->used = true;
			scope.list = stage->list;
			scope.element = NULL;
			scope.outer = NULL;
			inner = &scope;
		}
		check_expr(checker, stage->on, inner);
		check_want_type(checker, stage->on, TYPE_DATE, "the day of a stage");
		if (stage->when)
			check_boolean(checker, stage->when, inner, "a condition");
		check_money(checker, stage->pay, unit, inner);
	}
}

void
check_clause(Checker *checker, Clause *clause, int at)
{
	if (!check_begin(checker, &clause->provision, "clause", at))
		return;
	check_clause_body(checker, clause);
	clause->provision.state = 2;
}

void
check_rung(Checker *checker, Rung *rung, int at)
{
	ListCell   *cell;

	if (!check_begin(checker, &rung->provision, "rung", at))
		return;
	if (rung->when == NULL)
		read_error(checker->state, rung->provision.span.start, NULL, "a rung needs \"when\"");
	check_boolean(checker, rung->when, NULL, "a condition");
	foreach(cell, rung->should)
	{
		check_boolean(checker, lfirst(cell), NULL, "a condition");
	}
	rung->provision.state = 2;
}

void
check_levels(Checker *checker)
{
	Document   *doc = checker->doc;
	int			level = 0;
	ListCell   *cell;

	foreach(cell, doc->rungs)
	{
		Rung	   *rung = lfirst(cell);

		if (rung->level == 0)
			rung->level = level + 1;
		if (rung->level <= level)
			read_error(checker->state, rung->provision.span.start, NULL,
					   "rungs must be in ascending order of their levels");
		level = rung->level;
		if (strcmp(rung->provision.code, "none") == 0)
			read_error(checker->state, rung->provision.span.start, NULL,
					   "\"none\" cannot be the code of a rung");
	}
}

void
check_goals(Checker *checker, const Target *target)
{
	ListCell   *cell;

	if (target->of && target->unit != UNIT_PLAIN)
		read_error(checker->state, target->provision.span.start, NULL,
				   "a target that is a share must be in %%");
	foreach(cell, target->goals)
	{
		Goal	   *goal = lfirst(cell);

		if (goal->year == 0 && list_length(target->goals) > 1)
			read_error(checker->state, goal->value->span.start, _("Write either one goal for every year or goals for single years."),
					   "a target with a goal for every year cannot have other goals");
		if (goal->value->unit != UNIT_FREE && goal->value->unit != target->unit &&
			!check_convert(goal->value, target->unit))
			read_error(checker->state, goal->value->span.start, NULL,
					   "units do not fit: %s and %s", check_unit_phrase(target->unit), check_unit_phrase(goal->value->unit));
	}
}
