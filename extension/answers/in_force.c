/*
 * in_force.c
 *		Asks every stored document that is in force.
 *
 * A form asks about one enterprise in a statement of its own.  Therefore the list of
 * documents, each compiled and bound to the last row type, is kept for the whole
 * session.  Each statement checks once which rows zjtx.policies has, by their positions and
 * transactions and without reading the documents, and reads only new rows.
 *
 * The total is limited by zjtx.cache_size.  A document that does not fit is compiled each
 * time.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "compat.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "ask.h"
#include "session/stored.h"
#include "own.h"

typedef struct StoredDocument
{
	MemoryContext context;		/* contains this structure */
	const char *code;

	StoredRow	row;			/* the row it was read from */
	DateADT		from;
	DateADT		until;			/* first day on which it is no longer in force */
	bool		has_from;
	const char *number;
	List	   *repeals;		/* of char *: codes or numbers */
	DateADT		repealed;		/* first day on which it is repealed */
	bool		uses_others;	/* the documents that it uses may change
								 * without its row changing */
	KeptPolicy *kept;			/* NULL if there was no room */
} StoredDocument;

static MemoryContext session_context = NULL;
static List *documents = NIL;	/* of StoredDocument, sorted by code */
static bool complete = false;	/* documents match the snapshot in `seen` */
static bool settled = true;		/* sorted, and it is known which are repealed */
static SnapshotMark seen;
static KeptPolicy *day_policy = NULL;	/* determines the day to judge a row
										 * for */
static Lru *kept_policies = NULL;	/* for the documents and the two other
									 * policies here */
static KeptPolicy *transient = NULL;	/* a policy that did not fit and is
										 * freed after use */

static SPIPlanPtr all_rows = NULL;

/* ---------------- reading ---------------- */

static int
compare_codes(const ListCell *a, const ListCell *b)
{
	return strcmp(((const StoredDocument *) lfirst(a))->code, ((const StoredDocument *) lfirst(b))->code);
}

static bool
has_room(void)
{
	return kept_policies->bytes < (Size) zjtx_cache_size * 1024;
}

static void
forget(StoredDocument *document)
{
	if (document->kept)
		ask_kept_free(document->kept);
	MemoryContextDelete(document->context);
}

/* zjtx.cache_size may have been reduced. */
static void
make_room(void)
{
	ListCell   *cell;

	foreach(cell, documents)
	{
		StoredDocument *document = lfirst(cell);

		if (has_room())
			break;
		if (document->kept)
			ask_kept_free(document->kept);
		document->kept = NULL;
	}
}

/* Adds the document of a row to the list.  It is compiled once, also for questions by its name. */
static void
add_document(const StoredDocument *row)
{
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext, "zjtx reading", ALLOCSET_DEFAULT_SIZES);
	MemoryContext context = AllocSetContextCreate(scratch, "zjtx document", ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(scratch);
	StoredDocument *document = MemoryContextAllocZero(context, sizeof(StoredDocument));
	const Compiled *compiled = stored_compiled(row->code, strlen(row->code), false, scratch);
	const Document *doc = compiled->programs[0]->doc;
	ListCell   *cell;

	MemoryContextSwitchTo(context);
	*document = *row;
	document->context = context;
	document->code = pstrdup(row->code);
	document->from = doc->has_from ? doc->from : DATEVAL_NOBEGIN;
	document->has_from = doc->has_from;
	document->until = doc->has_until ? doc->until : DATEVAL_NOEND;
	document->repealed = DATEVAL_NOEND;
	document->number = doc->number ? pstrdup(doc->number) : NULL;
	foreach(cell, compiled->repeals)
	{
		document->repeals = lappend(document->repeals, pstrdup(lfirst(cell)));
	}
	document->uses_others = compiled->uses_others;
	document->kept = NULL;
	MemoryContextSwitchTo(session_context);
	settled = false;
	documents = lappend(documents, document);
	MemoryContextSetParent(context, session_context);
	MemoryContextSwitchTo(scratch);
	/* a document that cannot be asked raises its error when it is asked */
	if (has_room() && compiled->programs[0]->not_there == NULL)
		document->kept = ask_kept_share(kept_policies, compiled);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
}

/*
 * Determines when each document is repealed by another, which refers to its code or its
 * number.
 */
static void
find_repeals(void)
{
	ListCell   *cell;
	ListCell   *other;
	ListCell   *repeal;

	foreach(cell, documents)
	{
		((StoredDocument *) lfirst(cell))->repealed = DATEVAL_NOEND;
	}
	foreach(cell, documents)
	{
		const StoredDocument *by = lfirst(cell);

		CHECK_FOR_INTERRUPTS();
		if (!by->has_from)
			continue;
		foreach(repeal, by->repeals)
		{
			foreach(other, documents)
			{
				StoredDocument *document = lfirst(other);

				if (strcmp(document->code, lfirst(repeal)) == 0 ||
					(document->number && strcmp(document->number, lfirst(repeal)) == 0))
					document->repealed = Min(document->repealed, by->from);
			}
		}
	}
}

/* Whether the documents are still those of the rows. */
static bool
same_rows(const StoredDocument *rows, int nrows)
{
	int			i;

	if (list_length(documents) != nrows)
		return false;
	for (i = 0; i < nrows; i++)
	{
		const StoredDocument *document = list_nth(documents, i);

		if (strcmp(document->code, rows[i].code) != 0 || !stored_row_equal(&document->row, &rows[i].row))
			return false;
	}
	return true;
}

/*
 * Removes the documents whose rows are gone, and documents that use others if any row has
 * changed.  Returns the rows to read.
 */
static List *
compare_rows(const StoredDocument *rows, int nrows)
{
	List	   *all = documents;
	List	   *left = NIL;
	List	   *gone = NIL;
	List	   *new = NIL;
	ListCell   *cell = list_head(all);
	bool		same = same_rows(rows, nrows);
	MemoryContext old;
	int			i = 0;

	while (i < nrows || cell)
	{
		StoredDocument *document = cell ? lfirst(cell) : NULL;
		int			order = i >= nrows ? -1 : cell == NULL ? 1 : strcmp(document->code, rows[i].code);

		if (order > 0)
		{
			new = lappend(new, (void *) &rows[i++]);
			continue;
		}
		if (order == 0 && stored_row_equal(&document->row, &rows[i].row) && (same || !document->uses_others))
		{
			left = lappend(left, document);
			i++;
		}
		else
			gone = lappend(gone, document);
		cell = lnext(all, cell);
	}

	/* remove them from the list before freeing them */
	old = MemoryContextSwitchTo(session_context);
	documents = list_copy(left);
	MemoryContextSwitchTo(old);
	list_free(all);
	settled &= gone == NIL;
	foreach(cell, gone)
	{
		forget(lfirst(cell));
	}
	return new;
}

static StoredDocument *
read_rows(int *nrows)
{
	StoredDocument *rows;
	uint64		i;

	(void) own_execute(&all_rows, "SELECT code, " STORED_ROW " FROM zjtx.policies WHERE NOT draft ORDER BY code COLLATE pg_catalog.\"C\"",
					   0, NULL, NULL, NULL, true);
	*nrows = SPI_processed;
	rows = palloc0_array(StoredDocument, SPI_processed + 1);
	for (i = 0; i < SPI_processed; i++)
	{
		rows[i].code = SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1);
		rows[i].row = stored_row(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 2);
	}
	return rows;
}

/* Updates the list to the active snapshot. */
static void
refresh(void)
{
	SnapshotMark now = stored_snapshot_mark();
	StoredDocument *rows;
	List	   *new;
	ListCell   *cell;
	int			nrows;

	if (complete && memcmp(&seen, &now, sizeof(now)) == 0)
		return;
	complete = false;
	if (session_context == NULL)
	{
		session_context = AllocSetContextCreate(TopMemoryContext, "zjtx in force", ALLOCSET_DEFAULT_SIZES);
		kept_policies = lru_create(session_context, "zjtx policies in force");
	}
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	/* an earlier error may have left the list unsorted */
	if (!settled)
		list_sort(documents, compare_codes);
	make_room();
	rows = read_rows(&nrows);
	new = compare_rows(rows, nrows);
	foreach(cell, new)
	{
		CHECK_FOR_INTERRUPTS();
		add_document(lfirst(cell));
	}
	SPI_finish();
	if (!settled)
	{
		list_sort(documents, compare_codes);
		find_repeals();
		settled = true;
	}
	seen = now;
	complete = true;
}

/* ---------------- asking ---------------- */

/* Determines the day for which argument 0 is judged. */
static bool
day_judged(FunctionCallInfo fcinfo, int form, DateADT *day)
{
	static const char text[] = "as_of >= 0001-01-01";
	const Question *question;
	const Value *value;

	if (day_policy == NULL)
		day_policy = ask_kept_create(kept_policies, policy_compile(text, false), true);
	question = ask_kept(fcinfo, form, day_policy);
	value = run_value(question->runs[0], question->runs[0]->program->fact_instrs[0]);
	*day = value->day;
	return value->known;
}

const Question *
ask_in_force(FunctionCallInfo fcinfo, int form, InForceLoop *loop)
{
	if (transient)
	{
		ask_kept_free(transient);
		transient = NULL;
	}
	if (loop->next == 0)
	{
		refresh();
		loop->day_known = day_judged(fcinfo, form, &loop->day);
	}
	while (loop->next < list_length(documents))
	{
		StoredDocument *document = list_nth(documents, loop->next++);
		KeptPolicy *kept = document->kept;
		const Question *question;

		if (loop->day_known &&
			(loop->day < document->from || loop->day >= document->until || loop->day >= document->repealed))
			continue;
		if (kept == NULL)
		{
			MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext, "zjtx reading",
														  ALLOCSET_DEFAULT_SIZES);
			MemoryContext old = MemoryContextSwitchTo(scratch);
			const Compiled *compiled = stored_compiled(document->code, strlen(document->code), false, scratch);

			kept = ask_kept_share(kept_policies, compiled);
			if (has_room())
				document->kept = kept;
			else
				transient = kept;
			MemoryContextSwitchTo(old);
			MemoryContextDelete(scratch);
		}
		question = ask_kept(fcinfo, form, kept);
		if (!loop->day_known)
			((Question *) question)->nothing = true;
		return question;
	}
	return NULL;
}
