/*
 * check_merge.c
 *		Merges the facts of the documents that a document uses into its own.
 *
 * A row is read once for all documents of a policy.  Therefore facts with the same name
 * are one fact, and all documents must declare it the same way.  A fact that only a used
 * document declares becomes a fact of the document that uses it; a mapped fact is an
 * expression there.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "check.h"
#include "messages.h"
#include "names.h"

/* ---------------- facts of one name ---------------- */

static bool
same_bound(const Expression *a, const Expression *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return compare_literals(a, b) == 0;
}

/* Returns how two declarations differ, or NULL. */
static const char *
difference(const Fact *a, const Fact *b)
{
	ListCell   *one;
	ListCell   *other;

	if (a->type != b->type || a->scalars != b->scalars || a->by_year != b->by_year)
		return gettext_noop("type");
	if (!unit_same(a->unit, b->unit))
		return gettext_noop("unit");
	if (a->label && b->label && strcmp(a->label, b->label) != 0)
		return gettext_noop("label");
	if (!same_bound(a->low, b->low) || !same_bound(a->high, b->high))
		return gettext_noop("range");
	if ((a->texts == NULL) != (b->texts == NULL) || (a->texts && !texts_same(a->texts, b->texts)))
		return gettext_noop("list of values");
	if (a->null_means != b->null_means)
		return gettext_noop("meaning of NULL");
	if (list_length(a->fields) != list_length(b->fields))
		return gettext_noop("list of fields");
	forboth(one, a->fields, other, b->fields)
	{
		const Fact *field = lfirst(one);
		const Fact *beside = lfirst(other);

		if (strcmp(field->name, beside->name) != 0 || difference(field, beside))
			return gettext_noop("list of fields");
	}
	return NULL;
}

/*
 * Facts about payments for lines of a used document, or about its rows, get a name that differs from those of this
 * document.
 */
const char *
policy_used_name(const Document *used, const Fact *fact)
{
	if (fact->paid_of)
		return psprintf("paid of %s/%s", used->provision.code, fact->paid_of);
	if (fact->across == ACROSS_ALLOTTED && fact->declared_by == NULL)
		return psprintf("allotted of %s/%s", used->provision.code, fact->across_of);
	if (fact->across && fact->declared_by == NULL)
		return psprintf("%s/%s", used->provision.code, fact->name);
	return fact->name;
}

static Expression *
find_mapping(const DocumentUse *use, const char *name)
{
	ListCell   *cell;

	foreach(cell, use->mapped)
	{
		Expression *mapping = lfirst(cell);

		if (strcmp(mapping->name, name) == 0)
			return mapping;
	}
	return NULL;
}

Expression *
policy_mapped(const DocumentUse *use, const char *fact)
{
	const Expression *mapping = find_mapping(use, fact);

	return mapping ? linitial(mapping->args) : NULL;
}

/* Merges a fact of a used document that is not mapped. */
static void
merge_fact(Checker *checker, const DocumentUse *use, Document *from, const Fact *fact)
{
	Document   *doc = checker->doc;
	const char *name = policy_used_name(from, fact);
	Fact	   *own = policy_find_fact(doc, name);
	const char *differs = own ? difference(own, fact) : NULL;
	const char *declared_by = (fact->declared_by ? fact->declared_by : from)->provision.code;

	if (differs)
		read_error(checker->state, use->span.start,
				   psprintf(_("Declare it alike, or say what it is here: uses %s (%s = ...)."), use->code, fact->name),
				   "the fact \"%s\" has another %s in \"%s\" than in \"%s\"",
				   fact->name, _(differs), declared_by,
				   (own->declared_by ? own->declared_by : doc)->provision.code);
	if (own)
	{
		if (own->label == NULL)
			own->label = fact->label;
		own->used = true;
		return;
	}
	if (policy_find_define(doc, fact->name))
		read_error(checker->state, use->span.start,
				   psprintf(_("Say that it is the same, or another name's: uses %s (%s = %s)."),
							use->code, fact->name, fact->name),
				   "\"%s\" is a fact of \"%s\", and a definition here", fact->name, declared_by);
	own = palloc(sizeof(Fact));
	*own = *fact;
	own->name = pstrdup(name);
	if (fact->paid_of)
		own->label = psprintf("已付之%s/%s", from->provision.code, fact->paid_of);
	own->paid_of = NULL;
	if (fact->across && fact->declared_by == NULL)
		own->across_of = psprintf("%s/%s", from->provision.code, fact->across_of);
	if (fact->across == ACROSS_ALLOTTED && fact->declared_by == NULL)
	{
		own->label = psprintf("兑现之%s", own->across_of);
		own->budget = psprintf("%s/%s", from->provision.code, fact->budget);
	}
	own->span.start = own->span.end = 0;
	own->used = false;
	own->index = list_length(doc->facts);
	own->declared_by = fact->declared_by ? fact->declared_by : from;
	doc->facts = lappend(doc->facts, own);
	symbols_add(doc->facts_by_name, own->name, own);
}

void
check_uses_facts(Checker *checker)
{
	ListCell   *cell;
	ListCell   *used;
	ListCell   *fact_cell;

	foreach(cell, checker->doc->uses)
	{
		DocumentUse *use = lfirst(cell);

		foreach(used, use->documents)
		{
			Document   *from = lfirst(used);

			CHECK_FOR_INTERRUPTS();
			foreach(fact_cell, from->facts)
			{
				const Fact *fact = lfirst(fact_cell);

				/* as_of exists already */
				if (fact->index > 0 && find_mapping(use, fact->name) == NULL)
					merge_fact(checker, use, from, fact);
			}
		}
	}
}

void
check_across_merged(Checker *checker)
{
	ListCell   *cell;

	foreach(cell, checker->doc->facts)
	{
		Fact	   *fact = lfirst(cell);

		if (fact->value == NULL || fact->declared_by == NULL)
			continue;
		fact->unit = fact->value->fact->unit;
		fact->perhaps_none = fact->value->fact->perhaps_none;
	}
}

/* ---------------- mapped facts ---------------- */

/*
 * Requires that the values that a fact is compared with are values of the expression it is
 * mapped to.
 */
static void
check_mapped_texts(Checker *checker, const Fact *fact, Expression *expr)
{
	int			i;

	if (fact->texts == NULL)
		return;
	if (expr->texts == NULL)
	{
		check_give_texts(checker, expr, unconstify(Fact *, fact), true);
		return;
	}
	for (i = 0; i < fact->texts->nvalues; i++)
	{
		const TextValue *value = fact->texts->values[i];
		int			there = texts_find(expr->texts->texts, value->text, value->length);

		if (there < 0 || strcmp(expr->texts->texts->values[there]->text, value->text) != 0)
			read_error(checker->state, expr->span.start, NULL,
					   "\"%s\" is a value of \"%s\", not of \"%s\"",
					   value->text, fact->name, expr->texts->name);
	}
}

/* Checks the expression that a fact of a used document is mapped to. */
static void
check_mapping(Checker *checker, Fact *fact, Expression *expr)
{
	const char *differs;

	if (fact->by_year)
		read_error(checker->state, expr->span.start, _("Declare it here also, under the same name."),
				   "\"%s\" is by year and cannot be mapped", fact->name);
	if (fact->type == TYPE_LIST || expr->type == TYPE_LIST)
	{
		if (fact->type != TYPE_LIST || expr->kind != EXPR_NAME || expr->meaning != NAME_FACT)
			read_error(checker->state, expr->span.start, _("A list can only be mapped to a list, by its name."),
					   "\"%s\" is a %s", fact->name, _(type_name(fact->type)));
		differs = difference(fact, expr->fact);
		if (differs && strcmp(differs, "label") != 0)
			read_error(checker->state, expr->span.start, NULL,
					   "the list \"%s\" has another %s than \"%s\"", expr->name, _(differs), fact->name);
		return;
	}
	check_want_type(checker, expr, fact->type, psprintf(_("what \"%s\" is"), fact->name));
	if (fact->type == TYPE_NUMBER)
	{
		Expression	declared = *expr;

		declared.kind = EXPR_NAME;
		declared.unit = fact->unit;
		declared.money = check_money_of_unit(fact->unit);
		check_join_numbers(checker, &declared, expr, NULL);
	}
	if (fact->type == TYPE_TEXT)
		check_mapped_texts(checker, fact, expr);
	fact->mapped_to_none |= expr->can_be_none;
}

/* Finds a fact with a similar name that can be mapped, for the hint of an error. */
static char *
nearest_fact(const DocumentUse *use, const char *name)
{
	Nearest		nearest;
	ListCell   *used;
	ListCell   *cell;

	nearest_start(&nearest, name);
	foreach(used, use->documents)
	{
		foreach(cell, ((const Document *) lfirst(used))->facts)
		{
			nearest_offer(&nearest, ((const Fact *) lfirst(cell))->name);
		}
	}
	return nearest_hint(&nearest);
}

void
check_uses_mappings(Checker *checker)
{
	ListCell   *cell;
	ListCell   *mapping_cell;
	ListCell   *used;

	foreach(cell, checker->doc->uses)
	{
		DocumentUse *use = lfirst(cell);

		foreach(mapping_cell, use->mapped)
		{
			Expression *mapping = lfirst(mapping_cell);
			Expression *expr = linitial(mapping->args);
			bool		found = false;

			CHECK_FOR_INTERRUPTS();
			if (is_as_of(mapping->name))
				read_error(checker->state, mapping->span.start,
						   _("Another day is written where it is asked: satisfies code on day."),
						   "the day judged is not mapped");
			if (find_mapping(use, mapping->name) != mapping)
				read_error(checker->state, mapping->span.start, NULL, "\"%s\" is mapped twice", mapping->name);
			check_expr(checker, expr, NULL);
			foreach(used, use->documents)
			{
				Fact	   *fact = policy_find_fact(lfirst(used), mapping->name);

				if (fact == NULL)
					continue;
				found = true;
				check_mapping(checker, fact, expr);
			}
			if (!found && use->documents)
				read_error(checker->state, mapping->span.start, nearest_fact(use, mapping->name),
						   "\"%s\" has no fact \"%s\"", use->code, mapping->name);
		}
	}
}
