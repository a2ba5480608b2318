/*
 * changes.c
 *		changes(old, new): the differences between two documents, statement by statement.
 *
 * The examples of each document are also run on the other one, to show which give
 * different results.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "answers/phrases.h"
#include "answers/rows.h"
#include "documents/examples.h"
#include "language/derive.h"
#include "language/names.h"
#include "statements.h"

ZJTX_FUNCTION(zjtx_changes);

/* The greatest number of characters of a text that a sentence shows. */
#define MAX_SHOWN 60

typedef struct Changes
{
	Rows		rows;
	bool		chinese;
} Changes;

static const char *
word(const Changes *changes, const TwoWords *words)
{
	return changes->chinese ? words->chinese : words->english;
}

static void
put_change(Changes *changes, const char *kind, const char *code, const char *change, const char *part,
		   const char *before, const char *after, const char *words)
{
	Rows	   *rows = &changes->rows;

	rows_put_text(rows, kind);
	rows_put_text(rows, *code ? code : NULL);
	rows_put_text(rows, change);
	rows_put_text(rows, part);
	rows_put_text(rows, before);
	rows_put_text(rows, after);
	rows_put_text(rows, words);
	rows_put_row(rows);
}

/* ---------------- statements ---------------- */

static char *
name_of(const Changes *changes, const PartedStatement *statement)
{
	const char *kind = word(changes, statement->kind);

	return *statement->code ? psprintf("%s %s", kind, statement->code) : pstrdup(kind);
}

/* Finds the other document's statement of the same kind and code. */
static void
match_statements(const List *old, const List *new)
{
	Symbols    *by_name = symbols_create();
	ListCell   *cell;

	foreach(cell, old)
	{
		PartedStatement *statement = lfirst(cell);

		(void) symbols_add(by_name, psprintf("%s %s", statement->kind->english, statement->code), statement);
	}
	foreach(cell, new)
	{
		PartedStatement *statement = lfirst(cell);
		PartedStatement *other = symbols_find(by_name, psprintf("%s %s", statement->kind->english, statement->code));

		if (other && other->other == NULL)
		{
			statement->other = other;
			other->other = statement;
		}
	}
}

/* Returns the parts with this name, as one text; NULL if there are none. */
static char *
text_of_part(const PartedStatement *statement, const TwoWords *name)
{
	StringInfoData text;
	ListCell   *cell;

	initStringInfo(&text);
	foreach(cell, statement->parts)
	{
		const StatementPart *part = lfirst(cell);

		if (part->name == name)
			appendStringInfo(&text, "%s%s", text.len > 0 ? "\n" : "", part->text);
	}
	return text.len > 0 ? text.data : NULL;
}

/* Returns a text as a sentence shows it. */
static char *
shown(const char *text)
{
	int			length = strlen(text);
	int			shorter = pg_mbcharcliplen(text, length, MAX_SHOWN);

	return shorter < length ? psprintf("%.*s\xE2\x80\xA6", shorter, text) : pstrdup(text);
}

static void
put_part(Changes *changes, const PartedStatement *statement, const TwoWords *name, const char *before,
		 const char *after)
{
	char	   *place = name_of(changes, statement);
	const char *part = word(changes, name);
	char	   *words;

	if (before && after)
		words = changes->chinese ? psprintf("%s的%s由“%s”改为“%s”", place, part, shown(before), shown(after)) :
			psprintf("%s: %s changes from \"%s\" to \"%s\"", place, part, shown(before), shown(after));
	else if (after)
		words = changes->chinese ? psprintf("%s增加%s“%s”", place, part, shown(after)) :
			psprintf("%s: %s \"%s\" is added", place, part, shown(after));
	else
		words = changes->chinese ? psprintf("%s删去%s“%s”", place, part, shown(before)) :
			psprintf("%s: %s \"%s\" is removed", place, part, shown(before));
	put_change(changes, statement->kind->english, statement->code, "changed", name->english, before, after, words);
}

/* Whether a statement has a part with this name and text. */
static bool
has_part(const PartedStatement *statement, const StatementPart *wanted)
{
	ListCell   *cell;

	foreach(cell, statement->parts)
	{
		const StatementPart *part = lfirst(cell);

		if (part->name == wanted->name && strcmp(part->text, wanted->text) == 0)
			return true;
	}
	return false;
}

static void
compare_statement(Changes *changes, const PartedStatement *old, const PartedStatement *new)
{
	const PartedStatement *both[2] = {new, old};
	List	   *done = NIL;
	ListCell   *cell;
	int			i;

	for (i = 0; i < 2; i++)
		foreach(cell, both[i]->parts)
	{
		const StatementPart *part = lfirst(cell);
		char	   *before;
		char	   *after;

		/* a statement can have several notes */
		if (part->several)
		{
			if (!has_part(both[1 - i], part))
				put_part(changes, new, part->name, i == 1 ? part->text : NULL, i == 0 ? part->text : NULL);
			continue;
		}
		if (list_member_ptr(done, part->name))
			continue;
		done = lappend(done, (void *) part->name);
		before = text_of_part(old, part->name);
		after = text_of_part(new, part->name);
		if (before == NULL || after == NULL || strcmp(before, after) != 0)
			put_part(changes, new, part->name, before, after);
	}
}

static void
compare_documents(Changes *changes, const Policy *old, const Document *old_doc, const Policy *new,
				  const Document *new_doc)
{
	List	   *before = old_doc ? statements_parted(old, old_doc) : NIL;
	List	   *after = new_doc ? statements_parted(new, new_doc) : NIL;
	ListCell   *cell;

	match_statements(before, after);
	foreach(cell, after)
	{
		const PartedStatement *statement = lfirst(cell);
		char	   *text;

		CHECK_FOR_INTERRUPTS();
		if (statement->other)
		{
			compare_statement(changes, statement->other, statement);
			continue;
		}
		text = statement_text(new, statement->span);
		put_change(changes, statement->kind->english, statement->code, "added", NULL, NULL, text,
				   psprintf(changes->chinese ? "新增%s" : "%s is new", name_of(changes, statement)));
	}
	foreach(cell, before)
	{
		const PartedStatement *statement = lfirst(cell);

		if (statement->other == NULL)
			put_change(changes, statement->kind->english, statement->code, "removed", NULL,
					   statement_text(old, statement->span), NULL,
					   psprintf(changes->chinese ? "删去%s" : "%s is removed", name_of(changes, statement)));
	}
}

/* ---------------- examples ---------------- */

/* Returns the text of a document with other examples in place of its own. */
static char *
with_examples(const Policy *policy, const char *examples)
{
	char	   *bare = policy_without_examples(policy);
	int			end = strlen(bare);
	ListCell   *cell;

	foreach(cell, policy->used)
	{
		const Document *used = lfirst(cell);

		end = Min(end, used->header.start);
	}
	return psprintf("%.*s\n%s\n%s", end, bare, examples, bare + end);
}

/* Appends the source of an example, after the examples that it is like. */
static void
append_example(StringInfo text, const Policy *policy, const Example *example)
{
	check_stack_depth();
	if (example->base)
		append_example(text, policy, example->base);
	appendBinaryStringInfo(text, policy->text + example->span.start, example->span.end - example->span.start);
	appendStringInfoChar(text, '\n');
}

/* Runs examples on a document; returns NIL and sets *problem if they do not fit it. */
static List *
run_examples(const Policy *policy, const char *examples, char **problem)
{
	char	   *text = with_examples(policy, examples);
	ReadProblem error;

	*problem = NULL;
	if (policy_try(text, &error) == NULL)
	{
		*problem = error.message;
		return NIL;
	}
	return examples_run(policy_compile(text, false));
}

static void
put_result(Changes *changes, const ExampleResult *old, const ExampleResult *new)
{
	if (strcmp(old->found, new->found) == 0)
		return;
	put_change(changes, "example", old->example, "differs", old->expected, old->found, new->found,
			   psprintf(changes->chinese ? "例“%s”：%s，原为 %s，现为 %s" : "example '%s': %s was %s, and is now %s",
						old->example, old->expected, old->found, new->found));
}

/* Puts the results of the last example of a text with several examples. */
static void
put_results(Changes *changes, const List *old, const List *new, const char *only)
{
	ListCell   *a;
	ListCell   *b;

	forboth(a, old, b, new)
	{
		const ExampleResult *before = lfirst(a);

		if (only == NULL || strcmp(before->example, only) == 0)
			put_result(changes, before, lfirst(b));
	}
}

/* Runs one example on both documents. */
static void
compare_example(Changes *changes, const Policy *old, const Policy *new, const Policy *from, const Example *example)
{
	const Policy *both[2] = {old, new};
	List	   *results[2];
	StringInfoData text;
	int			i;

	CHECK_FOR_INTERRUPTS();
	initStringInfo(&text);
	append_example(&text, from, example);
	for (i = 0; i < 2; i++)
	{
		char	   *problem;

		results[i] = run_examples(both[i], text.data, &problem);
		if (problem == NULL)
			continue;
		put_change(changes, "example", example->title, i == 0 ? "only new" : "only old", NULL,
				   i == 0 ? problem : NULL, i == 1 ? problem : NULL,
				   psprintf(changes->chinese ? (i == 0 ? "例“%s”不能用于原文件：%s" : "例“%s”不能用于新文件：%s") :
							(i == 0 ? "example '%s' does not fit the old document: %s" :
							 "example '%s' does not fit the new document: %s"), example->title, problem));
		return;
	}
	put_results(changes, results[0], results[1], example->title);
}

/* Whether a document has the same example, which is also like the same examples. */
static bool
has_example(const Policy *policy, const Example *example, const Policy *other)
{
	const Document *doc = linitial(other->documents);
	const Example *found = symbols_find(doc->examples_by_title, example->title);
	StringInfoData texts[2];

	if (found == NULL)
		return false;
	initStringInfo(&texts[0]);
	initStringInfo(&texts[1]);
	append_example(&texts[0], policy, example);
	append_example(&texts[1], other, found);
	return strcmp(texts[0].data, texts[1].data) == 0;
}

/* Runs the examples of one document on both. */
static void
compare_examples(Changes *changes, const Policy *old, const Policy *new, const Policy *from, const Policy *without)
{
	const Document *doc = linitial(from->documents);
	StringInfoData all;
	char	   *problem;
	List	   *before;
	List	   *after = NIL;
	ListCell   *cell;
	bool		any = false;

	initStringInfo(&all);
	foreach(cell, doc->examples)
	{
		const Example *example = lfirst(cell);

		appendBinaryStringInfo(&all, from->text + example->span.start, example->span.end - example->span.start);
		appendStringInfoChar(&all, '\n');
		any |= without == NULL || !has_example(from, example, without);
	}
	if (!any)
		return;
	before = run_examples(old, all.data, &problem);
	if (problem == NULL)
		after = run_examples(new, all.data, &problem);
	foreach(cell, doc->examples)
	{
		const Example *example = lfirst(cell);

		if (without && has_example(from, example, without))
			continue;
		if (problem)
			compare_example(changes, old, new, from, example);
		else
			put_results(changes, before, after, example->title);
	}
}

/* changes(old, new) → kind, code, change, part, before, after, words */
Datum
zjtx_changes(PG_FUNCTION_ARGS)
{
	const Policy *old = policy_read(text_to_cstring(PG_GETARG_TEXT_PP(0)), NULL);
	const Policy *new = policy_read(text_to_cstring(PG_GETARG_TEXT_PP(1)), NULL);
	int			most = Max(list_length(old->documents), list_length(new->documents));
	const Document *doc = linitial(new->documents);
	Changes		changes;
	int			i;

	rows_start(fcinfo, &changes.rows);
	changes.chinese = phrases_of(doc, new->text)->chinese;
	for (i = 0; i < most; i++)
		compare_documents(&changes, old, i < list_length(old->documents) ? list_nth(old->documents, i) : NULL,
						  new, i < list_length(new->documents) ? list_nth(new->documents, i) : NULL);
	if (most == 1 && !policy_not_there(linitial(old->documents)) && !policy_not_there(doc))
	{
		compare_examples(&changes, old, new, old, NULL);
		compare_examples(&changes, old, new, new, old);
	}
	return (Datum) 0;
}
