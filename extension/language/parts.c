/*
 * parts.c
 *		Prints parts of a policy.
 *
 * The output consists of the author's own text, so it can be compared with the document,
 * and it parses to the same meaning.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "derive.h"
#include "needs.h"

static void
append_span(StringInfo buf, const Policy *policy, Span span)
{
	if (buf->len > 0)
		appendStringInfoString(buf, "\n");
	appendBinaryStringInfo(buf, policy->text + span.start, span.end - span.start);
}

/* Prints the level, because in a part the rung may be the first one. */
static void
append_rung(StringInfo buf, const Policy *policy, const Rung *rung)
{
	Span		name = {rung->provision.span.start, rung->provision.name_end};
	Span		rest = {rung->provision.name_end, rung->provision.span.end};

	append_span(buf, policy, name);
	if (!rung->level_written)
		appendStringInfo(buf, " level %d", rung->level);
	appendBinaryStringInfo(buf, policy->text + rest.start, rest.end - rest.start);
}

/* Prints the statements whose index is in the set. */
static void
append_members(StringInfo buf, const Policy *policy, const List *provisions, const Bitmapset *needed)
{
	ListCell   *cell;

	foreach(cell, provisions)
	{
		const Provision *provision = lfirst(cell);

		if (bms_is_member(provision->index, needed))
			append_span(buf, policy, provision->span);
	}
}

static void
append_needs(StringInfo buf, const Policy *policy, const Needs *needs)
{
	const Document *doc = needs->doc;
	ListCell   *cell;

	append_span(buf, policy, doc->header);
	foreach(cell, doc->facts)
	{
		Fact	   *fact = lfirst(cell);

		/*
		 * as_of and the facts about payments and allotments are not in the
		 * text
		 */
		if (fact->span.end > 0 && bms_is_member(fact->index, needs->facts))
			append_span(buf, policy, fact->span);
	}
	foreach(cell, doc->tables)
	{
		Table	   *table = lfirst(cell);

		if (bms_is_member(table->index, needs->tables))
			append_span(buf, policy, table->provision.span);
	}
	foreach(cell, doc->defines)
	{
		Define	   *define = lfirst(cell);

		if (bms_is_member(define->index, needs->defines))
			append_span(buf, policy, define->provision.span);
	}
	foreach(cell, doc->clauses)
	{
		Clause	   *clause = lfirst(cell);

		/* a clause of a used document is in that document's text */
		if (!clause->of_used && bms_is_member(clause->provision.index, needs->clauses))
			append_span(buf, policy, clause->provision.span);
	}
	foreach(cell, doc->groups)
	{
		ClauseGroup *group = lfirst(cell);

		if (bms_is_member(group->provision.index, needs->groups))
			append_span(buf, policy, group->provision.span);
	}
	append_members(buf, policy, doc->populations, needs->populations);
	append_members(buf, policy, doc->selections, needs->selections);
	append_members(buf, policy, doc->budgets, needs->budgets);
	if (needs->rungs)
		append_span(buf, policy, doc->ladder_span);
	foreach(cell, doc->rungs)
	{
		Rung	   *rung = lfirst(cell);

		if (bms_is_member(rung->provision.index, needs->rungs))
			append_rung(buf, policy, rung);
	}
}

/* Prints the documents that others use, as they are. */
static void
append_used(StringInfo buf, const Policy *policy)
{
	const char *text = policy->text;
	ListCell   *cell;
	ListCell   *other;

	foreach(cell, policy->used)
	{
		const Document *doc = lfirst(cell);
		Span		span = {doc->header.start, strlen(text)};

		/* to the next document */
		foreach(other, list_concat_copy(policy->documents, policy->used))
		{
			int			start = ((const Document *) lfirst(other))->header.start;

			if (start > span.start && start < span.end)
				span.end = start;
		}
		while (span.end > span.start && strchr(" \t\r\n", text[span.end - 1]))
			span.end--;
		append_span(buf, policy, span);
	}
}

/*
 * Returns whether a code belongs to a table, to a definition or score of a row, to a
 * selection or to a value of a population, and to no clause or rung.
 */
static bool
is_definition(const Document *doc, const char *code)
{
	const Define *define = doc->bare ? NULL : policy_find_define(doc, code);

	if (doc->bare || policy_find_clause(doc, code) || policy_find_rung(doc, code))
		return false;
	return (define != NULL && define->list == NULL) || policy_find_table(doc, code) || policy_find_selection(doc, code) ||
		policy_find_population_value(doc, code);
}

static char *
part_of_code(const Policy *policy, const char *code)
{
	StringInfoData buf;
	ListCell   *cell;
	bool		others = false;
	bool		used = false;

	initStringInfo(&buf);
	if (policy->has_as_of)
		appendStringInfoString(&buf, policy_bound_words(policy->as_of, policy->as_of_default));
	foreach(cell, policy->documents)
	{
		Needs		needs = needs_of(lfirst(cell), code);

		others |= needs_others(&needs, code) || is_definition(lfirst(cell), code);
	}
	/* the provisions that the part needs give no answers */
	if (others)
		appendStringInfo(&buf, "%spart '%s' of", buf.len > 0 ? "\n" : "", code);
	if (policy->series)
		appendStringInfo(&buf, "%sseries %s", buf.len > 0 ? "\n" : "", policy->series);
	foreach(cell, policy->documents)
	{
		Needs		needs = needs_of(lfirst(cell), code);

		append_needs(&buf, policy, &needs);
		used |= needs.used;
	}
	if (used)
		append_used(&buf, policy);
	return buf.data;
}

const char *
policy_part_code(const Policy *policy, const char *name)
{
	List	   *codes;
	ListCell   *cell;

	foreach(cell, policy->documents)
	{
		if (policy_find_clause(lfirst(cell), name) || policy_find_rung(lfirst(cell), name) ||
			policy_find_group(lfirst(cell), name))
			return name;
	}
	foreach(cell, policy->documents)
	{
		if (is_definition(lfirst(cell), name))
			return name;
	}
	codes = policy_parts_named(policy, name);
	return list_length(codes) == 1 ? linitial(codes) : NULL;
}

char *
policy_part(const Policy *policy, const char *name)
{
	const char *code = policy_part_code(policy, name);

	return code ? part_of_code(policy, code) : NULL;
}

char *
policy_counting(const Policy *policy, const Document *doc, const Target *target, bool of)
{
	const Expression *counted = of ? target->of : target->count;
	Needs		needs;
	StringInfoData buf;

	initStringInfo(&buf);
	memset(&needs, 0, sizeof(needs));
	needs.doc = doc;
	need_expr(&needs, counted);
	need_header(&needs);
	if (needs.clauses || needs.rungs || needs.groups || needs.selections || needs.populations)
		appendStringInfoString(&buf, "part 'count' of\n");
	append_needs(&buf, policy, &needs);
	appendStringInfoString(&buf, "\nclause count when");
	append_span(&buf, policy, counted->span);
	if (needs.used)
		append_used(&buf, policy);
	return buf.data;
}
