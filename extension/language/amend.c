/*
 * amend.c
 *		Replaces statements in the text of a policy.
 *
 * The amendment is parsed on its own.  Each statement replaces the one of the same kind and name.  Statements after
 * the header of a used document replace those of that document.  The result is parsed and checked like any policy.
 * Errors are reported at their place in the amendment or in the policy.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "derive.h"
#include "messages.h"
#include "names.h"
#include "tree.h"

typedef struct Statement
{
	const char *kind;			/* the keyword */
	const char *name;			/* NULL for the header of the only document,
								 * and for a ladder */
	const char *key;			/* kind and name, where a score counts as a
								 * define; with the document in front if
								 * another one uses it */
	const char *within;			/* the code of that document, or NULL */
	Span		span;
	const Document *doc;
	bool		shared;			/* several versions of a series have the same
								 * statement */
	const struct Statement *replaced_by;
	int			amended_at;		/* its position in the amended text */
} Statement;

/* Returns the used document with this code, or NULL. */
static const Document *
find_used(const Policy *policy, const char *code)
{
	ListCell   *cell;

	foreach(cell, policy->used)
	{
		const Document *doc = lfirst(cell);

		if (code && strcmp(doc->provision.code, code) == 0)
			return doc;
	}
	return NULL;
}

static Statement *
add_statement(List **statements, const Policy *policy, const Document *doc,
			  const char *kind, const char *name, Span span)
{
	Statement  *statement = palloc0(sizeof(Statement));

	statement->kind = kind;
	statement->name = name;
	statement->key = psprintf("%s %s", strcmp(kind, "score") == 0 ? "define" : kind, name ? name : "");
	if (find_used(policy, doc->provision.code))
	{
		statement->within = doc->provision.code;
		statement->key = psprintf("%s/%s", statement->within, statement->key);
	}
	statement->span = span;
	statement->doc = doc;
	*statements = lappend(*statements, statement);
	return statement;
}

/*
 * Returns whether a header in an amendment only names the used document that the
 * statements after it amend.
 */
static bool
is_address(const Policy *policy, const Document *amendment)
{
	const Document *used = find_used(policy, amendment->provision.code);

	return used && used != amendment && amendment->header.end == amendment->provision.name_end &&
		strcmp(used->provision.title, amendment->provision.title) == 0;
}

static List *
add_provisions(List *statements, const Policy *policy, const Document *doc, const char *kind, const List *provisions)
{
	ListCell   *cell;

	foreach(cell, provisions)
	{
		const Provision *provision = lfirst(cell);

		add_statement(&statements, policy, doc, kind, provision->code, provision->span);
	}
	return statements;
}

/*
 * Returns the statements of a document of the policy or of an amendment.  The name of the
 * header is the document's code, or NULL if the document is the only one.
 */
static List *
statements_of(List *statements, const Policy *policy, const Document *doc)
{
	bool		by_code = policy->series || find_used(policy, doc->provision.code);
	ListCell   *cell;

	CHECK_FOR_INTERRUPTS();
	if (doc->provision.code && !is_address(policy, doc))
		add_statement(&statements, policy, doc, "policy", by_code ? doc->provision.code : NULL, doc->header);
	foreach(cell, doc->facts)
	{
		const Fact *fact = lfirst(cell);

		/* as_of is not in the text */
		if (fact->span.end > 0)
			add_statement(&statements, policy, doc, "fact", fact->name, fact->span);
	}
	foreach(cell, doc->tables)
	{
		const Table *table = lfirst(cell);

		add_statement(&statements, policy, doc, "table", table->provision.code, table->provision.span);
	}
	foreach(cell, doc->defines)
	{
		const Define *define = lfirst(cell);

		add_statement(&statements, policy, doc, define->is_score ? "score" : "define",
					  define->provision.code, define->provision.span);
	}
	foreach(cell, doc->clauses)
	{
		const Clause *clause = lfirst(cell);

		/* a clause of a used document is in that document's text */
		if (!clause->of_used)
			add_statement(&statements, policy, doc, "clause", clause->provision.code, clause->provision.span);
	}
	if (doc->has_ladder)
		add_statement(&statements, policy, doc, "ladder", NULL, doc->ladder_span);
	foreach(cell, doc->rungs)
	{
		const Rung *rung = lfirst(cell);

		add_statement(&statements, policy, doc, "rung", rung->provision.code, rung->provision.span);
	}
	foreach(cell, doc->groups)
	{
		const ClauseGroup *group = lfirst(cell);

		add_statement(&statements, policy, doc, "group", group->provision.code, group->provision.span);
	}
	statements = add_provisions(statements, policy, doc, "population", doc->populations);
	statements = add_provisions(statements, policy, doc, "select", doc->selections);
	statements = add_provisions(statements, policy, doc, "budget", doc->budgets);
	foreach(cell, doc->targets)
	{
		const Target *target = lfirst(cell);

		add_statement(&statements, policy, doc, "target", target->provision.code, target->provision.span);
	}
	foreach(cell, doc->services)
	{
		const Service *service = lfirst(cell);

		add_statement(&statements, policy, doc, "service", service->provision.code, service->provision.span);
	}
	foreach(cell, doc->examples)
	{
		const Example *example = lfirst(cell);

		add_statement(&statements, policy, doc, "example", example->title, example->span);
	}
	return statements;
}

static int
by_position(const ListCell *a, const ListCell *b)
{
	const Statement *left = lfirst(a);
	const Statement *right = lfirst(b);

	return left->span.start < right->span.start ? -1 : left->span.start > right->span.start;
}

/* Returns, for example, fact "revenue", or "ladder". */
static char *
statement_words(const Statement *statement)
{
	return statement->name ? psprintf("%s \"%s\"", statement->kind, statement->name) :
		pstrdup(statement->kind);
}

/* ---------------- errors ---------------- */

/* Returns a position in the amendment, for an error detail. */
static char *
place_in(const char *statements, int at)
{
	int			line,
				column;

	text_position(statements, at, &line, &column);
	return psprintf(_("It is at line %d, column %d of the amendment."), line, column);
}

static void
invalid_amendment(const char *statements, int at, const ReadProblem *problem)
{
	int			line,
				column;

	text_position(statements, at, &line, &column);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid amendment at line %d, column %d: %s", line, column, problem->message),
			 problem->detail ? errdetail_internal("%s", problem->detail) : 0,
			 problem->hint ? errhint("%s", problem->hint) : 0));
}

pg_noreturn static void
no_namesake(const char *name, const List *there, const Statement *wanted, const char *statements)
{
	Nearest		nearest;
	ListCell   *cell;
	char	   *hint = NULL;

	if (wanted->name)
	{
		nearest_start(&nearest, wanted->name);
		foreach(cell, there)
		{
			const Statement *statement = lfirst(cell);

			if (statement->name && strncmp(statement->key, wanted->key, strcspn(wanted->key, " ") + 1) == 0)
				nearest_offer(&nearest, statement->name);
		}
		hint = nearest_hint(&nearest);
	}
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 wanted->name && strcmp(wanted->kind, "policy") == 0 ?
			 errmsg("series \"%s\" has no version \"%s\"", name, wanted->name) :
			 errmsg("policy \"%s\" has no %s", wanted->within ? wanted->within : name, statement_words(wanted)),
			 errdetail_internal("%s", place_in(statements, wanted->span.start)),
			 hint ? errhint("%s", hint) :
			 errhint("An amendment replaces existing statements and adds none.")));
}

/*
 * Reports that the amended text is invalid.  The cause is a statement of the amendment,
 * or a statement of the policy that is inconsistent with the amendment.
 */
static void
does_not_fit(const Policy *policy, const char *name, const List *there,
			 const char *statements, const ReadProblem *problem)
{
	int			shift = 0;		/* offset between the policy's and the amended
								 * text */
	const Statement *around = NULL;
	ListCell   *cell;
	int			line,
				column;

	foreach(cell, there)
	{
		const Statement *statement = lfirst(cell);
		const Statement *by = statement->replaced_by;
		int			start = by ? statement->amended_at : statement->span.start + shift;

		if (problem->at < start)
			break;
		around = statement;
		if (by == NULL)
			continue;
		if (problem->at <= start + by->span.end - by->span.start)
			invalid_amendment(statements, by->span.start + problem->at - start, problem);
		shift = start - statement->span.start +
			(by->span.end - by->span.start) - (statement->span.end - statement->span.start);
	}
	text_position(policy->text, problem->at - shift, &line, &column);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("the amendment does not fit policy \"%s\": %s", name, problem->message),
			 around ? errdetail("The error is in its %s, at line %d, column %d of its text.",
								statement_words(around), line, column) : 0,
			 problem->hint ? errhint("%s", problem->hint) : 0));
}

/* ---------------- amending ---------------- */

/* Matches each statement of the amendment with the one it replaces. */
static void
find_namesakes(const Policy *policy, const char *name, const List *there,
			   const List *amendment, const char *statements)
{
	Symbols    *by_key = symbols_create();
	Symbols    *seen = symbols_create();
	ListCell   *cell;

	foreach(cell, there)
	{
		Statement  *statement = lfirst(cell);

		if (!symbols_add(by_key, statement->key, statement))
			((Statement *) symbols_find(by_key, statement->key))->shared = true;
	}
	foreach(cell, amendment)
	{
		Statement  *statement = lfirst(cell);
		Statement  *namesake = symbols_find(by_key, statement->key);

		CHECK_FOR_INTERRUPTS();
		if (!symbols_add(seen, statement->key, statement))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the amendment has a second %s", statement_words(statement)),
					 errdetail_internal("%s", place_in(statements, statement->span.start))));
		if (namesake == NULL)
			no_namesake(name, there, statement, statements);
		if (namesake->shared)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("more than one version of series \"%s\" has a %s",
							policy->series, statement_words(statement)),
					 errdetail_internal("%s", place_in(statements, statement->span.start)),
					 errhint("Amend one of the versions by its own code.")));
		namesake->replaced_by = statement;
	}
}

/* Returns whether this byte may follow a statement without white space before it. */
static bool
separates(char following)
{
	return following == '\0' || strchr(" \t\r\n;", following) != NULL;
}

char *
policy_amend(const Policy *policy, const char *name, const char *statements)
{
	ReadProblem problem;
	List	   *amendment;
	List	   *by = NIL;
	List	   *there = NIL;
	List	   *units = NIL;
	StringInfoData buf;
	int			copied = 0;
	ListCell   *cell;

	if (((const Document *) linitial(policy->documents))->bare)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a rule of one expression has no statements to amend"),
				 errhint("Write a new rule, or give it a header: "
						 "policy my-rule 'its title' ... clause 1 when ....")));
	foreach(cell, list_concat_copy(policy->documents, policy->used))
	{
		units = list_concat(units, ((const Document *) lfirst(cell))->units);
	}
	amendment = statements_read(statements, units, &problem);
	if (amendment == NIL)
		invalid_amendment(statements, problem.at, &problem);

	foreach(cell, list_concat_copy(policy->documents, policy->used))
	{
		there = statements_of(there, policy, lfirst(cell));
	}
	foreach(cell, amendment)
	{
		by = statements_of(by, policy, lfirst(cell));
	}
	find_namesakes(policy, name, there, by, statements);
	list_sort(there, by_position);

	initStringInfo(&buf);
	foreach(cell, there)
	{
		Statement  *statement = lfirst(cell);
		const Statement *with = statement->replaced_by;

		if (with == NULL)
			continue;
		appendBinaryStringInfo(&buf, policy->text + copied, statement->span.start - copied);
		statement->amended_at = buf.len;
		appendBinaryStringInfo(&buf, statements + with->span.start, with->span.end - with->span.start);
		copied = statement->span.end;
		if (!separates(policy->text[copied]))
			appendStringInfoChar(&buf, '\n');
	}
	appendStringInfoString(&buf, policy->text + copied);

	if (policy_try(buf.data, &problem) == NULL)
		does_not_fit(policy, name, there, statements, &problem);
	return buf.data;
}
