/*
 * check_uses.c
 *		Finds the documents that a document uses, and those that others repeal.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "check.h"
#include "messages.h"
#include "names.h"

/* ---------------- which documents ---------------- */

/* The path of documents to the current one, the first document last. */
typedef struct UsePath
{
	const Document *doc;
	const DocumentUse *use;
	const struct UsePath *before;
} UsePath;

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
pg_noreturn static void
uses_itself(Walk *walk, const UsePath *chain, const Document *again)
{
	char	   *words = psprintf("\"%s\"", again->provision.code);
	const UsePath *at = chain;

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
walk_document(Walk *walk, Document *doc, const UsePath *before)
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
		UsePath		chain = {doc, use, before};

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
 * Determines the day from which documents are repealed.  A version that another one of
 * its series has replaced does not come into force again when that one is repealed.
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
