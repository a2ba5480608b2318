/*
 * check_examples.c
 *		Checks the facts and expectations of examples against the document's declarations.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "check.h"
#include "messages.h"
#include "names.h"

/* ---------------- given ---------------- */

/* Checks the value of a fact or field in an example. */
static void
check_given(Checker *checker, Fact *fact, Expression *value)
{
	ListCell   *cell;

	if (value->kind == EXPR_UNKNOWN)
		return;
	if (value->kind == EXPR_NONE)
	{
		if (fact->null_means != NULL_NONE)
			read_error(checker->state, value->span.start,
					   _("Leave it out, or write \"unknown\"."),
					   "\"%s\" is not declared with \"null means none\"", fact->name);
		return;
	}
	if (fact->type == TYPE_LIST)
	{
		if (value->kind != EXPR_ROWS)
			read_error(checker->state, value->span.start,
					   _("Write a list in square brackets."), "\"%s\" is a list", fact->name);
		foreach(cell, value->args)
		{
			Expression *element = lfirst(cell);
			ListCell   *set_cell;

			CHECK_FOR_INTERRUPTS();
			if (fact->scalars)
			{
				check_given(checker, linitial(fact->fields), element);
				continue;
			}
			if (element->kind != EXPR_ROW)
				read_error(checker->state, element->span.start,
						   _("Write (field = value, ...)."),
						   "the elements of \"%s\" have fields", fact->name);
			foreach(set_cell, element->args)
			{
				Expression *set = lfirst(set_cell);
				Fact	   *field = policy_find_field(fact, set->name);

				if (field == NULL)
				{
					Nearest		nearest;
					ListCell   *field_cell;

					nearest_start(&nearest, set->name);
					foreach(field_cell, fact->fields)
					{
						nearest_offer(&nearest, ((Fact *) lfirst(field_cell))->name);
					}
					read_error(checker->state, set->span.start, nearest_hint(&nearest),
							   "\"%s\" has no field \"%s\"", fact->name, set->name);
				}
				set->fact = field;
				check_given(checker, field, linitial(set->args));
			}
		}
		return;
	}
	check_want_literal(checker, fact, value);
	if (fact->values)
		check_give_texts(checker, value, fact, true);
}

/* ---------------- expected ---------------- */

pg_noreturn static void
unknown_code(Checker *checker, int at, const char *what, const char *code, const List *provisions)
{
	Nearest		nearest;

	nearest_start(&nearest, code);
	check_offer_codes(&nearest, provisions);
	read_error(checker->state, at, nearest_hint(&nearest), "there is no %s \"%s\"", _(what), code);
}

/* Requires an amount in the unit that is paid. */
static void
want_amount(Checker *checker, const Expression *literal, Unit unit)
{
	if (literal == NULL)
		return;
	if (literal->kind != EXPR_NUMBER || (literal->unit != unit && literal->unit != UNIT_FREE) ||
		check_is_literal_without_unit(literal))
		read_error(checker->state, literal->span.start,
				   psprintf(_("Write it with its unit, %s."), unit_word(unit)), "this is not an amount");
}

/* The total is in points only if the document has a single clause, which pays points. */
static Unit
total_unit(const Document *doc)
{
	return list_length(doc->clauses) == 1 && doc->groups == NIL ? clause_unit(linitial(doc->clauses)) : UNIT_YUAN;
}

/* Checks a fact that is expected to be missing, or one in a year: revenue[2023]. */
static void
check_missing_name(Checker *checker, int at, const char *written)
{
	int			length = strcspn(written, "[");
	char	   *name = pnstrdup(written, length);
	const Fact *fact = policy_find_fact(checker->doc, name);
	bool		year = strspn(written + length, "[0123456789") == 5 && written[length + 5] == ']';

	/* `missing` names the code of a budget whose division is unknown */
	if (fact == NULL && policy_find_budget(checker->doc, written))
		return;
	if (fact == NULL && (policy_not_there(checker->doc) || (written[length] == '[' && policy_find_table(checker->doc, name))))
		return;
	if (fact == NULL)
	{
		Nearest		nearest;
		ListCell   *cell;

		nearest_start(&nearest, name);
		foreach(cell, checker->doc->facts)
		{
			nearest_offer(&nearest, ((Fact *) lfirst(cell))->name);
		}
		read_error(checker->state, at, nearest_hint(&nearest), "there is no fact \"%s\"", name);
	}
	if (written[length] == '\0')
		return;
	if (!fact->by_year)
		read_error(checker->state, at, NULL, "\"%s\" is not by year", name);
	if (!year || atoi(written + length + 1) < FIRST_YEAR || atoi(written + length + 1) > LAST_YEAR)
		read_error(checker->state, at, NULL, "a year must be a whole number from %d to %d", FIRST_YEAR, LAST_YEAR);
}

static bool
is_truth(const Expectation *expect)
{
	return expect->verdict == VERDICT_TRUE || expect->verdict == VERDICT_FALSE || expect->verdict == VERDICT_UNKNOWN;
}

static bool
is_value(const Expectation *expect)
{
	return expect->verdict == VERDICT_EQUALS || expect->verdict == VERDICT_BETWEEN;
}

static void
want_amounts(Checker *checker, const Expectation *expect, Unit unit)
{
	want_amount(checker, expect->low, unit);
	want_amount(checker, expect->high, unit);
}

/* What is expected of a clause or one of its stages. */
static void
check_expected_clause(Checker *checker, const Expectation *expect)
{
	int			at = expect->span.start;
	const Clause *clause = policy_find_clause(checker->doc, expect->code);
	bool		found = false;
	ListCell   *cell;

	if (clause == NULL)
		unknown_code(checker, at, "clause", expect->code, checker->doc->clauses);
	if (expect->stage)
	{
		foreach(cell, clause->stages)
		{
			found |= strcmp(((Stage *) lfirst(cell))->provision.code, expect->stage) == 0;
		}
		if (!found)
			unknown_code(checker, at, "stage", expect->stage, clause->stages);
	}
	if (!is_value(expect) && (expect->stage || !(is_truth(expect) || expect->verdict == VERDICT_UNDETERMINED)))
		read_error(checker->state, at, NULL, "this cannot be expected of a clause or stage");
	want_amounts(checker, expect, clause_unit(clause));
}

static void
check_expected_selection(Checker *checker, const Expectation *expect)
{
	ListCell   *cell;

	if (policy_find_selection(checker->doc, expect->code) == NULL)
		unknown_code(checker, expect->span.start, "selection", expect->code, checker->doc->selections);
	if (!is_truth(expect) && expect->verdict != VERDICT_ROWS)
		read_error(checker->state, expect->span.start, NULL, "a row is selected or not: true, false or unknown");
	foreach(cell, expect->rows)
	{
		const Expectation *row = lfirst(cell);

		if (!is_truth(row))
			read_error(checker->state, row->span.start, NULL, "a row is selected or not: true, false or unknown");
	}
}

static void
check_expected_budget(Checker *checker, const Expectation *expect)
{
	ListCell   *cell;

	if (policy_find_budget(checker->doc, expect->code) == NULL)
		unknown_code(checker, expect->span.start, "budget", expect->code, checker->doc->budgets);
	foreach(cell, expect->rows)
	{
		const Expectation *row = lfirst(cell);

		if (row->low == NULL)
			read_error(checker->state, row->span.start, NULL, "a budget pays a row an amount");
		want_amounts(checker, row, UNIT_YUAN);
	}
}

/* What is expected of a fact or definition. */
static void
check_expected_name(Checker *checker, Expectation *expect)
{
	int			at = expect->span.start;
	Expression *expr = expect->expr;

	check_expr(checker, expr, NULL);
	if (expr->meaning == NAME_YEAR)
		read_error(checker->state, at, NULL, "\"%s\" is neither a fact nor a definition", expect->code);
	if (expr->type == TYPE_LIST)
		read_error(checker->state, at, NULL, "a list cannot be expected");
	if ((expect->verdict == VERDICT_TRUE || expect->verdict == VERDICT_FALSE) && expr->type != TYPE_BOOLEAN)
		read_error(checker->state, at, NULL, "\"%s\" is not a boolean", expect->code);
	if (expect->verdict == VERDICT_UNDETERMINED)
		read_error(checker->state, at, NULL, "only the amount of a clause can be undetermined");
	if (is_value(expect))
	{
		check_want_literal_of(checker, expect->code, expr, expect->low);
		if (expect->high)
			check_want_literal_of(checker, expect->code, expr, expect->high);
		if (expr->texts)
			check_give_texts(checker, expect->low, expr->texts, true);
	}
}

static void
check_expectation(Checker *checker, Expectation *expect)
{
	Document   *doc = checker->doc;
	int			at = expect->span.start;
	ListCell   *cell;

	switch (expect->kind)
	{
		case EXPECT_CLAUSE:
		case EXPECT_STAGE:
			check_expected_clause(checker, expect);
			break;
		case EXPECT_RUNG:
			if (policy_find_rung(doc, expect->code) == NULL)
				unknown_code(checker, at, "rung", expect->code, doc->rungs);
			if (!is_truth(expect))
				read_error(checker->state, at, NULL, "a rung can only be true, false or unknown");
			break;
		case EXPECT_GROUP:
			if (policy_find_group(doc, expect->code) == NULL)
				unknown_code(checker, at, "group", expect->code, doc->groups);
			if (!is_value(expect) && !is_truth(expect) && expect->verdict != VERDICT_UNDETERMINED)
				read_error(checker->state, at, NULL, "this cannot be expected of a group");
			want_amounts(checker, expect, UNIT_YUAN);
			break;
		case EXPECT_SELECTION:
			check_expected_selection(checker, expect);
			break;
		case EXPECT_BUDGET:
			check_expected_budget(checker, expect);
			break;
		case EXPECT_PLACEMENT:
			if (!doc->has_ladder)
				read_error(checker->state, at, NULL, "the document has no ladder");
			foreach(cell, expect->names)
			{
				if (policy_find_rung(doc, lfirst(cell)) == NULL)
					unknown_code(checker, at, "rung", lfirst(cell), doc->rungs);
			}
			break;
		case EXPECT_AMOUNT:
			if (!is_value(expect))
				read_error(checker->state, at, NULL, "an amount can be compared only with = or between");
			want_amounts(checker, expect, total_unit(doc));
			break;
		case EXPECT_NAME:
			check_expected_name(checker, expect);
			break;
		case EXPECT_MISSING:
			foreach(cell, expect->names)
			{
				check_missing_name(checker, at, lfirst(cell));
			}
			break;
	}
}

/* The fact that an example gives; NULL if the document has none. */
static Fact *
given_fact(Checker *checker, const Expression *set)
{
	const char *satisfies = "satisfies ";
	const char *name = set->name;
	Fact	   *fact;

	if (is_as_of(name))
		name = AS_OF_NAME;
	if (strncmp(name, satisfies, strlen(satisfies)) == 0)
	{
		fact = policy_find_fact(checker->doc, check_own_code(checker->doc, name + strlen(satisfies)));
		if (fact && fact->across != ACROSS_SELECTED)
			read_error(checker->state, set->span.start, _("Give the facts that it reads."),
					   "\"%s\" is not a selection", name + strlen(satisfies));
		return fact;
	}
	fact = policy_find_fact(checker->doc, name);
	if (fact && fact->across == ACROSS_SELECTED)
		read_error(checker->state, set->span.start, psprintf(_("Write \"satisfies %s\"."), name),
				   "\"%s\" is a selection", name);
	return fact;
}

static void
check_givens(Checker *checker, const List *given)
{
	Document   *doc = checker->doc;
	ListCell   *cell;

	foreach(cell, given)
	{
		Expression *set = lfirst(cell);
		Fact	   *fact = given_fact(checker, set);

		/* the fact may belong to a used document whose text is missing */
		if (fact == NULL && policy_not_there(doc))
			continue;
		if (fact == NULL)
		{
			Nearest		nearest;
			ListCell   *other;

			nearest_start(&nearest, set->name);
			foreach(other, doc->facts)
			{
				nearest_offer(&nearest, ((Fact *) lfirst(other))->name);
			}
			read_error(checker->state, set->span.start, nearest_hint(&nearest),
					   "there is no fact \"%s\"", set->name);
		}
		if (fact->by_year != (set->year != 0))
			read_error(checker->state, set->span.start,
					   fact->by_year ? psprintf(_("Write %s[2023] = ...."), set->name) : NULL,
					   fact->by_year ? gettext_noop("\"%s\" is by year") : gettext_noop("\"%s\" is not by year"), set->name);
		set->fact = fact;
		check_given(checker, fact, linitial(set->args));
	}
}

void
check_example(Checker *checker, Example *example)
{
	Document   *doc = checker->doc;
	ListCell   *cell;

	if (example->like)
	{
		Nearest		nearest;

		example->base = symbols_find(doc->examples_by_title, example->like);
		if (example->base == NULL)
		{
			nearest_start(&nearest, example->like);
			foreach(cell, doc->examples)
			{
				nearest_offer(&nearest, ((Example *) lfirst(cell))->title);
			}
			read_error(checker->state, example->span.start, nearest_hint(&nearest),
					   "there is no example '%s'", example->like);
		}
	}
	check_givens(checker, example->given);
	foreach(cell, example->rows)
	{
		check_givens(checker, ((const Expression *) lfirst(cell))->args);
	}
	foreach(cell, example->expect)
	{
		check_expectation(checker, lfirst(cell));
	}
}

static List *
rows_of(const Example *example)
{
	while (example->rows == NIL && example->base)
		example = example->base;
	return example->rows;
}

void
check_example_rows(Checker *checker, const Example *example)
{
	int			nrows = list_length(rows_of(example));
	ListCell   *cell;

	foreach(cell, example->expect)
	{
		const Expectation *expect = lfirst(cell);

		if (expect->verdict == VERDICT_ROWS && nrows == 0)
			read_error(checker->state, expect->span.start,
					   _("Give the rows: rows [(fact = value, ...), (fact = value, ...)]."),
					   "the example has one row");
		if (expect->verdict == VERDICT_ROWS && list_length(expect->rows) != nrows)
			read_error(checker->state, expect->span.start, NULL,
					   "this is for %d rows, and the example has %d", list_length(expect->rows), nrows);
		if (expect->verdict != VERDICT_ROWS && nrows > 0 &&
			!(expect->kind == EXPECT_NAME && expect->expr->meaning == NAME_FACT && expect->expr->fact->across == ACROSS_POPULATION))
			read_error(checker->state, expect->span.start, NULL,
					   "of several rows only selections, budgets and values of populations are expected");
	}
}

void
check_example_chain(Checker *checker, Example *example)
{
	Example    *slow = example;
	Example    *fast = example;

	while (fast && fast->base)
	{
		CHECK_FOR_INTERRUPTS();
		fast = fast->base->base;
		slow = slow->base;
		if (fast == slow)
			read_error(checker->state, example->span.start, NULL,
					   "the example '%s' extends itself", example->title);
	}
}
