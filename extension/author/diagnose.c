/*
 * diagnose.c
 *		diagnose(text): the problems of a document, with their places in its text.
 *
 * These are the error that keeps the text from being read or, if it can be read, the
 * examples that fail and the findings of lint.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "answers/phrases.h"
#include "answers/rows.h"
#include "documents/examples.h"
#include "documents/lint.h"
#include "messages.h"
#include "session/used.h"

ZJTX_FUNCTION(zjtx_diagnose);

typedef struct Diagnosis
{
	const char *severity;		/* error, warning, info */
	Span		span;			/* in bytes */
	const char *message;
	const char *hint;			/* or NULL */
} Diagnosis;

typedef struct Diagnoses
{
	const char *text;
	int			length;			/* of the text */
	List	   *found;			/* of Diagnosis */
} Diagnoses;

static void
add(Diagnoses *diagnoses, const char *severity, Span span, const char *message, const char *hint)
{
	Diagnosis  *diagnosis = palloc(sizeof(Diagnosis));

	/* the texts of used documents follow */
	if (span.start > diagnoses->length)
		return;
	diagnosis->severity = severity;
	diagnosis->span = span;
	diagnosis->message = message;
	diagnosis->hint = hint;
	diagnoses->found = lappend(diagnoses->found, diagnosis);
}

/* ---------------- the text that cannot be read ---------------- */

/* The end of the word, number or sign at a place. */
static int
end_of_word(const char *text, int at)
{
	int			end = at;

	while (text[end] && (IS_HIGHBIT_SET(text[end]) || isalnum((unsigned char) text[end]) || text[end] == '_'))
		end++;
	return end == at && text[at] && text[at] != '\n' ? at + 1 : end;
}

static Policy *
read_policy(Diagnoses *diagnoses)
{
	ReadProblem problem = {0};
	Policy	   *policy = policy_try(diagnoses->text, &problem);
	Span		span = {problem.at, problem.at};

	if (policy)
		return policy;
	span.end = end_of_word(diagnoses->text, problem.at);
	add(diagnoses, "error", span, problem.message,
		problem.detail && problem.hint ? psprintf("%s %s", problem.detail, problem.hint) :
		problem.detail ? problem.detail : problem.hint);
	return NULL;
}

/* ---------------- the text that can ---------------- */

/* Returns the phrases of the document that contains a place, if there are several documents. */
static const Phrases *
words_at(const Policy *policy, int at)
{
	const Document *doc = linitial(policy->documents);
	ListCell   *cell;

	foreach(cell, policy->documents)
	{
		const Document *next = lfirst(cell);

		if (next->header.start <= at)
			doc = next;
	}
	return phrases_of(doc, policy->text);
}

/* Returns the first used document whose text is missing; NULL if none is missing. */
static const DocumentUse *
not_there(const Policy *policy)
{
	ListCell   *cell;

	foreach(cell, policy->documents)
	{
		const DocumentUse *use = policy_not_there(lfirst(cell));

		if (use)
			return use;
	}
	return NULL;
}

static void
run_examples(Diagnoses *diagnoses, const Compiled *compiled)
{
	ListCell   *cell;

	foreach(cell, examples_run(compiled))
	{
		const ExampleResult *result = lfirst(cell);

		if (!result->holds)
			add(diagnoses, "error", result->span,
				psprintf(words_at(compiled->policy, result->span.start)->example_fails, result->example,
						 result->expected, result->found), NULL);
	}
}

static void
add_findings(Diagnoses *diagnoses, const Compiled *compiled)
{
	ListCell   *cell;

	foreach(cell, lint_policy(compiled))
	{
		const LintFinding *finding = lfirst(cell);

		/* the place of a rule of one expression has no code */
		add(diagnoses, strcmp(finding->kind, "bound") == 0 ? "info" : "warning", finding->span,
			finding->place ? psprintf(words_at(compiled->policy, finding->span.start)->diagnosis, finding->place,
									  finding->finding) : finding->finding, NULL);
	}
}

static void
examine(Diagnoses *diagnoses)
{
	const Policy *policy = read_policy(diagnoses);
	const Compiled *compiled;

	if (policy == NULL)
		return;
	compiled = not_there(policy) ? policy_compile(stored_with_used(policy), true) : policy_compile_read(policy, true);
	if (not_there(compiled->policy) == NULL)
		run_examples(diagnoses, compiled);
	add_findings(diagnoses, compiled);
}

/*
 * Reading and judging a document raises errors only for what is too large or nested too
 * deeply, and uses nothing that would have to be released.  Other errors, such as a
 * cancelled query, are raised again.
 */
static void
examine_all(Diagnoses *diagnoses)
{
	MemoryContext context = CurrentMemoryContext;

	PG_TRY();
	{
		examine(diagnoses);
	}
	PG_CATCH();
	{
		ErrorData  *error;
		int			category;
		Span		start = {0, 0};

		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		category = ERRCODE_TO_CATEGORY(error->sqlerrcode);
		if (category != ERRCODE_TO_CATEGORY(ERRCODE_PROGRAM_LIMIT_EXCEEDED) &&
			category != ERRCODE_TO_CATEGORY(ERRCODE_DATA_EXCEPTION))
			PG_RE_THROW();
		FlushErrorState();
		add(diagnoses, "error", start, error->message, error->hint);
	}
	PG_END_TRY();
}

/* ---------------- rows ---------------- */

static int
compare_places(const ListCell *a, const ListCell *b)
{
	const Diagnosis *first = lfirst(a);
	const Diagnosis *second = lfirst(b);

	return first->span.start - second->span.start;
}

static int
characters(const char *text, int start, int end)
{
	int			count = 0;

	for (; start < end && text[start]; start++)
		count += ((unsigned char) text[start] & 0xC0) != 0x80;
	return count;
}

static void
put_rows(Diagnoses *diagnoses, Rows *rows)
{
	const char *text = diagnoses->text;
	int			line = 1;
	int			column = 1;
	int			at = 0;
	ListCell   *cell;

	list_sort(diagnoses->found, compare_places);
	foreach(cell, diagnoses->found)
	{
		const Diagnosis *diagnosis = lfirst(cell);

		CHECK_FOR_INTERRUPTS();
		for (; at < diagnosis->span.start && text[at]; at++)
		{
			if (text[at] == '\n')
			{
				line++;
				column = 1;
			}
			else
				column += ((unsigned char) text[at] & 0xC0) != 0x80;
		}
		rows_put_text(rows, diagnosis->severity);
		rows_put_datum(rows, Int32GetDatum(line));
		rows_put_datum(rows, Int32GetDatum(column));
		rows_put_datum(rows, Int32GetDatum(characters(text, diagnosis->span.start, diagnosis->span.end)));
		rows_put_text(rows, diagnosis->message);
		rows_put_text(rows, diagnosis->hint);
		rows_put_row(rows);
	}
}

/* diagnose(document text) → severity, line, column, length, message, hint */
Datum
zjtx_diagnose(PG_FUNCTION_ARGS)
{
	Diagnoses	diagnoses = {.found = NIL};
	Rows		rows;

	rows_start(fcinfo, &rows);
	diagnoses.text = text_to_cstring(PG_GETARG_TEXT_PP(0));
	diagnoses.length = strlen(diagnoses.text);
	examine_all(&diagnoses);
	put_rows(&diagnoses, &rows);
	return (Datum) 0;
}
