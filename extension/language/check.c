/*
 * check.c
 *		Checks names, types, units and ranges of a parsed policy.
 *
 * Afterwards every expression has a type, unit and meaning, and the document compiles
 * without errors.  In a policy that is an expression, the facts are collected and their
 * types inferred.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "messages.h"
#include "names.h"
#include "teach.h"

/* Each pass carries a type through one more name. */
#define MAX_INFERENCE_PASSES 100

static void
infer_types(Checker *checker)
{
	Clause	   *clause = linitial(checker->doc->clauses);
	ListCell   *cell;
	int			pass = 0;

	do
	{
		checker->progress = false;
		check_boolean(checker, clause->when, NULL, "a policy of one expression");
	} while (checker->progress && ++pass < MAX_INFERENCE_PASSES);

	foreach(cell, checker->doc->facts)
	{
		Fact	   *fact = lfirst(cell);

		if (fact->type != TYPE_UNKNOWN)
			continue;
		teach_untyped(checker, clause->when);
		read_error(checker->state, fact->span.start,
				   _("Write a document that begins with \"policy\" and declare it with \"fact\"."),
				   "the type of \"%s\" cannot be inferred", fact->name);
	}
}

/* Enters the names of a document and checks its facts. */
static void
check_declarations(Checker *checker)
{
	Document   *doc = checker->doc;
	ListCell   *cell;

	check_add_as_of(checker);
	check_enter_names(checker);
	if (doc->bare)
		return;
	if (doc->series && !doc->has_from)
		read_error(checker->state, doc->header.start,
				   _("Write \"in force from\" and a date."),
				   "a version of a series needs the day from which it is in force");
	if (doc->has_until && doc->until <= doc->from)
		read_error(checker->state, doc->header.start, NULL, "the document is never in force");

	foreach(cell, doc->facts)
	{
		CHECK_FOR_INTERRUPTS();
		check_fact(checker, lfirst(cell), false);
	}
	check_uses_facts(checker);
	check_levels(checker);
	check_members(checker);
	check_across_facts(checker);
}

static void
check_document(Checker *checker)
{
	Document   *doc = checker->doc;
	ListCell   *cell;

	if (doc->bare)
	{
		infer_types(checker);
		return;
	}
	check_uses_mappings(checker);
	foreach(cell, doc->tables)
	{
		CHECK_FOR_INTERRUPTS();
		check_table(checker, lfirst(cell));
	}
	foreach(cell, doc->defines)
	{
		Define	   *define = lfirst(cell);

		check_define(checker, define, define->provision.span.start);
	}
	foreach(cell, doc->clauses)
	{
		CHECK_FOR_INTERRUPTS();
		check_clause(checker, lfirst(cell), -1);
	}
	foreach(cell, doc->rungs)
	{
		CHECK_FOR_INTERRUPTS();
		check_rung(checker, lfirst(cell), -1);
	}
	foreach(cell, doc->groups)
	{
		CHECK_FOR_INTERRUPTS();
		check_group(checker, lfirst(cell), -1);
	}
	check_across(checker);
	foreach(cell, doc->targets)
	{
		Target	   *target = lfirst(cell);

		if (target->count)
			check_boolean(checker, target->count, NULL, "what is counted");
		if (target->of)
			check_boolean(checker, target->of, NULL, "what is counted");
		check_goals(checker, target);
	}
	foreach(cell, doc->examples)
	{
		check_example(checker, lfirst(cell));
	}
	foreach(cell, doc->examples)
	{
		check_example_chain(checker, lfirst(cell));
	}
	foreach(cell, doc->examples)
	{
		check_example_rows(checker, lfirst(cell));
	}
}

/* Sorts by first day in force, then by position in the text. */
static int
compare_versions(const void *a, const void *b)
{
	const Document *one = *(const Document *const *) a;
	const Document *other = *(const Document *const *) b;

	if (one->from != other->from)
		return one->from < other->from ? -1 : 1;
	return one->provision.span.start - other->provision.span.start;
}

/* A row's day selects the version, so two versions must not begin on the same day. */
static void
check_versions(ReadState *state)
{
	List	   *documents = state->policy->documents;
	Document  **versions = palloc_array(Document *, list_length(documents));
	ListCell   *cell;
	int			i;

	foreach(cell, documents)
	{
		versions[foreach_current_index(cell)] = lfirst(cell);
	}
	qsort(versions, list_length(documents), sizeof(Document *), compare_versions);
	for (i = 1; i < list_length(documents); i++)
		if (versions[i - 1]->has_from && versions[i]->has_from && versions[i - 1]->from == versions[i]->from)
			read_error(state, versions[i]->provision.span.start,
					   _("Give one of them another day, or leave it out."),
					   "\"%s\" and \"%s\" of series \"%s\" are both in force from %s",
					   versions[i - 1]->provision.code, versions[i]->provision.code,
					   state->policy->series, date_text(versions[i]->from));
	pfree(versions);
}

/* Finds the only provision that gives answers.  Not every version of a series needs to have it. */
static void
check_part(ReadState *state)
{
	const char *part = state->policy->part;
	Nearest		nearest;
	bool		found = false;
	ListCell   *cell;

	nearest_start(&nearest, part);
	foreach(cell, state->policy->documents)
	{
		Document   *doc = lfirst(cell);
		const Define *define;

		doc->part = part;
		if (doc->bare)
			read_error(state, state->policy->part_at, NULL, "a rule of one expression has no parts");
		define = policy_find_define(doc, part);
		if (define && define->of)
			read_error(state, state->policy->part_at, NULL, "\"%s\" is a value of each element of \"%s\", not of a row",
					   part, define->of);
		found |= policy_find_clause(doc, part) || policy_find_rung(doc, part) || define ||
			policy_find_table(doc, part) || policy_find_group(doc, part) || policy_find_selection(doc, part) ||
			policy_find_population_value(doc, part);
		check_offer_codes(&nearest, doc->defines);
		check_offer_codes(&nearest, doc->clauses);
		check_offer_codes(&nearest, doc->rungs);
		check_offer_codes(&nearest, doc->groups);
		check_offer_codes(&nearest, doc->selections);
	}
	if (!found)
		read_error(state, state->policy->part_at, nearest_hint(&nearest),
				   "there is no clause, rung, group or definition \"%s\"", part);
}

void
check_policy(ReadState *state)
{
	List	   *order = check_uses_order(state);
	Checker    *checkers = palloc0_array(Checker, list_length(order));
	ListCell   *cell;
	int			i;

	/*
	 * used documents come first, because their facts become facts of the
	 * documents that use them
	 */
	foreach(cell, order)
	{
		Checker    *checker = &checkers[foreach_current_index(cell)];

		checker->state = state;
		checker->doc = lfirst(cell);
		check_declarations(checker);
	}

	/*
	 * here they come last, because the documents that use them determine
	 * whether their facts can be none
	 */
	for (i = list_length(order) - 1; i >= 0; i--)
		check_document(&checkers[i]);
	/* the units of the merged values of populations are known only now */
	for (i = 0; i < list_length(order); i++)
		check_across_merged(&checkers[i]);
	if (state->policy->series)
		check_versions(state);
	if (state->policy->part)
		check_part(state);
}
