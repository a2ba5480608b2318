/*
 * check_uses.c
 *		Finds the documents that a document uses, and merges their facts.
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

/* ---------------- which documents ---------------- */

/* The path of documents to the current one, the first document last. */
typedef struct Chain
{
	const Document *doc;
	const DocumentUse *use;
	const struct Chain *before;
} Chain;

typedef struct Walk
{
	ReadState  *state;
	Symbols    *by_code;
	Symbols    *entered;		/* codes of documents being visited */
	Symbols    *left;			/* codes of documents already visited */
	List	   *order;			/* the visited documents, each after the
								 * documents that it uses */
} Walk;

static int
compare_days(const ListCell *a, const ListCell *b)
{
	const Document *one = lfirst(a);
	const Document *other = lfirst(b);

	return one->from < other->from ? -1 : one->from > other->from;
}

/*
 * Finds the documents for a name among those of the text: the one with this code, else the
 * versions of a series.
 */
static void
find_used(Walk *walk, DocumentUse *use)
{
	Document   *doc = symbols_find(walk->by_code, use->code);
	ListCell   *cell;

	if (doc)
	{
		use->documents = list_make1(doc);
		return;
	}
	foreach(cell, walk->state->policy->documents)
	{
		doc = lfirst(cell);
		if (doc->series && strcmp(doc->series, use->code) == 0)
			use->documents = lappend(use->documents, doc);
	}
	use->is_series = use->documents != NIL;
	list_sort(use->documents, compare_days);
}

/* Reports a cycle, starting with the document that comes first in the text. */
static pg_noreturn void
uses_itself(Walk *walk, const Chain *chain, const Document *again)
{
	char	   *words = psprintf("\"%s\"", again->provision.code);
	const Chain *at = chain;

	for (; chain; chain = chain->before)
	{
		at = chain;
		if (words)
			words = chain->doc == again ?
				psprintf("\"%s\" uses %s", chain->doc->provision.code, words) :
				psprintf("\"%s\", which uses %s", chain->doc->provision.code, words);
		if (chain->doc == again)
			break;
	}
	while (at->before)
		at = at->before;
	read_error(walk->state, at->use->span.start, _("A document cannot use one that uses it."), "%s", words);
}

static void
walk_document(Walk *walk, Document *doc, const Chain *before)
{
	ListCell   *cell;
	ListCell   *used;

	check_stack_depth();
	if (symbols_find(walk->left, doc->provision.code) == doc)
		return;
	symbols_add(walk->entered, doc->provision.code, doc);
	foreach(cell, doc->uses)
	{
		DocumentUse *use = lfirst(cell);
		Chain		chain = {doc, use, before};

		CHECK_FOR_INTERRUPTS();
		if (policy_find_use(doc, use->code) != use)
			read_error(walk->state, use->span.start, NULL, "\"%s\" is already used", use->code);
		find_used(walk, use);
		foreach(used, use->documents)
		{
			Document   *other = lfirst(used);

			if (symbols_find(walk->left, other->provision.code) == other)
				continue;
			if (symbols_find(walk->entered, other->provision.code) == other)
				uses_itself(walk, &chain, other);
			walk_document(walk, other, &chain);
		}
	}
	symbols_add(walk->left, doc->provision.code, doc);
	walk->order = lappend(walk->order, doc);
}

/* ---------------- repealed documents ---------------- */

static bool
repeals(const Document *by, const Document *doc)
{
	ListCell   *cell;

	foreach(cell, by->repeals)
	{
		if (strcmp(doc->provision.code, lfirst(cell)) == 0 || (doc->number && strcmp(doc->number, lfirst(cell)) == 0))
			return by != doc;
	}
	return false;
}

static bool
repeals_any(const Document *by, const List *documents)
{
	ListCell   *cell;

	foreach(cell, documents)
	{
		if (repeals(by, lfirst(cell)))
			return true;
	}
	return false;
}

static void
repeal(Document *doc, DateADT from)
{
	doc->repealed = doc->is_repealed ? Min(doc->repealed, from) : from;
	doc->is_repealed = true;
}

/*
 * Determines from which day on documents are repealed.  A version that another one of its
 * series has replaced does not come into force again when that one is repealed.
 */
static void
find_repealed(const List *documents)
{
	ListCell   *cell;
	ListCell   *other;

	foreach(cell, documents)
	{
		const Document *by = lfirst(cell);

		if (!by->has_from || by->repeals == NIL)
			continue;
		foreach(other, documents)
		{
			Document   *doc = lfirst(other);

			if (repeals(by, doc))
				repeal(doc, by->from);
		}
	}
	foreach(cell, documents)
	{
		const Document *last = lfirst(cell);

		if (!last->is_repealed || last->series == NULL)
			continue;
		foreach(other, documents)
		{
			Document   *doc = lfirst(other);

			CHECK_FOR_INTERRUPTS();
			if (doc->series && strcmp(doc->series, last->series) == 0 && doc->from < last->from)
				repeal(doc, Max(last->repealed, last->from));
		}
	}
}

List *
check_uses_order(ReadState *state)
{
	Policy	   *policy = state->policy;
	Walk		walk = {state, symbols_create(), symbols_create(), symbols_create(), NIL};
	List	   *own = NIL;
	List	   *used = NIL;
	ListCell   *cell;

	foreach(cell, policy->documents)
	{
		Document   *doc = lfirst(cell);

		if (!doc->bare && !symbols_add(walk.by_code, doc->provision.code, doc))
			read_error(state, doc->provision.span.start, NULL,
					   "duplicate document \"%s\"", doc->provision.code);
	}
	foreach(cell, policy->documents)
	{
		Document   *doc = lfirst(cell);

		if (doc->bare)
			return list_make1(doc);
		if (policy->series ? doc->series && strcmp(doc->series, policy->series) == 0 :
			foreach_current_index(cell) == 0)
		{
			own = lappend(own, doc);
			walk_document(&walk, doc, NULL);
		}
	}
	foreach(cell, policy->documents)
	{
		Document   *doc = lfirst(cell);

		if (list_member_ptr(own, doc))
			continue;
		/* only its header matters */
		if (symbols_find(walk.left, doc->provision.code) == NULL && repeals_any(doc, walk.order))
			walk_document(&walk, doc, NULL);
		if (symbols_find(walk.left, doc->provision.code) == NULL)
		{
			if (policy->series)
				read_error(state, doc->provision.span.start, NULL, "the documents of a series name it");
			read_error(state, doc->provision.span.start,
					   _("The versions of one document follow \"series code\"; "
						 "a document that another uses is named after \"uses\" there."),
					   "a policy is one document");
		}
		used = lappend(used, doc);
	}
	find_repealed(policy->documents);
	policy->documents = own;
	policy->used = used;
	return walk.order;
}

const DocumentUse *
policy_not_there(const Document *doc)
{
	ListCell   *cell;

	foreach(cell, doc->uses)
	{
		if (((const DocumentUse *) lfirst(cell))->documents == NIL)
			return lfirst(cell);
	}
	return NULL;
}

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
 * What was paid on a line of a used document, or is known of its rows, is told from the same of
 * this document.
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
					   "\"%s\" is a value of \"%s\", and no value of \"%s\"",
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
			if (strcmp(mapping->name, "as_of") == 0 || strcmp(mapping->name, "判断日") == 0)
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

/* ---------------- provisions of used documents as members of groups ---------------- */

static Expression *
member_expression(ExprKind kind, char *code, Span span)
{
	Expression *expr = expr_literal(kind, TYPE_UNKNOWN, span);

	expr->name = code;
	expr->name_at = span.start;
	return expr;
}

/* Whether a clause of this document, which is a member of the same group, is per year. */
static bool
others_per_year(const Document *doc, const ClauseGroup *group)
{
	ListCell   *cell;

	foreach(cell, group->members)
	{
		const Clause *clause = policy_find_clause(doc, ((const GroupMember *) lfirst(cell))->code);

		if (clause && !clause->of_used)
			return clause->per_year;
	}
	return false;
}

/* A stage of a clause of this document and a clause of a used one must not be the same line, such as "a/1". */
static void
check_other_line(Checker *checker, const GroupMember *member)
{
	ListCell   *cell;
	ListCell   *stages;

	foreach(cell, checker->doc->clauses)
	{
		const Clause *clause = lfirst(cell);
		int			length = clause->provision.code ? strlen(clause->provision.code) : 0;

		if (length == 0 || strncmp(clause->provision.code, member->code, length) != 0 || member->code[length] != '/')
			continue;
		foreach(stages, clause->stages)
		{
			if (strcmp(((const Stage *) lfirst(stages))->provision.code, member->code + length + 1) == 0)
				read_error(checker->state, member->span.start,
						   pstrdup(_("Give the clause or its stage another code.")),
						   "\"%s\" is also a stage of clause \"%s\" of this document", member->code, clause->provision.code);
		}
	}
}

Clause *
check_used_member(Checker *checker, const ClauseGroup *group, const GroupMember *member)
{
	Document   *doc = checker->doc;
	const char *slash = strchr(member->code, '/');
	const DocumentUse *use = slash ? policy_find_use(doc, pnstrdup(member->code, slash - member->code)) : NULL;
	const Clause *used = NULL;
	Clause	   *clause;
	ListCell   *cell;

	if (use == NULL)
		return NULL;
	check_other_line(checker, member);
	foreach(cell, use->documents)
	{
		const Clause *found = policy_find_clause(lfirst(cell), slash + 1);

		if (found)
			used = found;
	}
	clause = palloc0(sizeof(Clause));
	clause->provision.code = member->code;
	clause->provision.index = list_length(doc->clauses);
	clause->of_used = true;
	/* without the text of the used document, what fits */
	clause->kind = used ? used->kind : CLAUSE_REWARD;
	clause->has_kind = true;
	clause->per_year = used ? used->per_year : others_per_year(doc, group);
	clause->when = member_expression(EXPR_SATISFIES, member->code, member->span);
	clause->pay = member_expression(EXPR_AMOUNT_OF, member->code, member->span);
	if (used)
	{
		clause->provision.title = used->provision.title;
		clause->provision.subject = used->provision.subject;
		clause->provision.offices = used->provision.offices;
	}
	doc->clauses = lappend(doc->clauses, clause);
	symbols_add(doc->clauses_by_code, clause->provision.code, clause);
	return clause;
}
