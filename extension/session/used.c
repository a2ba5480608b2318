/*
 * used.c
 *		Finds the documents that stored documents use.
 *
 * A stored document contains only its own text.  When a name is read, the documents that
 * it uses are appended, each once, and the headers of documents that repeal one of these.  So
 * the text of a policy contains everything that it depends on, and its hash changes with
 * each of them.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "messages.h"
#include "own.h"
#include "used.h"

static SPIPlanPtr by_code = NULL;
static SPIPlanPtr by_series = NULL;
static SPIPlanPtr by_repeals = NULL;
static SPIPlanPtr rows_by_name = NULL;

/* ---------------- texts ---------------- */

void
used_start(UsedText *used, const char *first)
{
	used->context = CurrentMemoryContext;
	initStringInfo(&used->text);
	appendStringInfoString(&used->text, first);
	used->codes = symbols_create();
	used->names = symbols_create();
	used->to_find = NIL;
	used->documents = NIL;
}

/* Records a name that a document in the text uses. */
static void
add_name(UsedText *used, const char *name)
{
	char	   *copy;

	if (symbols_find(used->names, name))
		return;
	copy = pstrdup(name);
	symbols_add(used->names, copy, copy);
	used->to_find = lappend(used->to_find, copy);
}

static void
add_names(UsedText *used, Datum array)
{
	Datum	   *names;
	int			nnames;
	int			i;

	deconstruct_array(DatumGetArrayTypeP(array), TEXTOID, -1, false, TYPALIGN_INT, &names, NULL, &nnames);
	for (i = 0; i < nnames; i++)
		add_name(used, TextDatumGetCString(names[i]));
}

static void
add_document(UsedText *used, const char *code, const char *series, const char *number)
{
	UsedDocument *document = palloc(sizeof(UsedDocument));

	document->code = code;
	document->series = series;
	document->number = number;
	used->documents = lappend(used->documents, document);
}

void
used_add_rows(UsedText *used)
{
	SPITupleTable *rows = SPI_tuptable;
	uint64		nrows = SPI_processed;
	MemoryContext old = MemoryContextSwitchTo(used->context);
	uint64		i;

	for (i = 0; i < nrows; i++)
	{
		HeapTuple	tuple = rows->vals[i];
		char	   *code = SPI_getvalue(tuple, rows->tupdesc, 1);
		Datum		names;
		bool		null;

		CHECK_FOR_INTERRUPTS();
		if (!symbols_add(used->codes, code, code))
			continue;
		add_document(used, code, SPI_getvalue(tuple, rows->tupdesc, 4), SPI_getvalue(tuple, rows->tupdesc, 5));
		appendStringInfo(&used->text, "%s%s", used->text.len > 0 ? "\n" : "",
						 SPI_getvalue(tuple, rows->tupdesc, 2));
		names = SPI_getbinval(tuple, rows->tupdesc, 3, &null);
		if (!null)
			add_names(used, names);
	}
	MemoryContextSwitchTo(old);
}

Datum
used_text_array(const List *texts)
{
	int			count = list_length(texts);
	Datum	   *values = palloc_array(Datum, count);
	int			i;

	for (i = 0; i < count; i++)
		values[i] = CStringGetTextDatum(list_nth(texts, i));
	return PointerGetDatum(construct_array(values, count, TEXTOID, -1, false, TYPALIGN_INT));
}

/* Returns the codes and numbers by which other documents may repeal the used ones. */
static List *
names_repealed(const List *documents, Symbols *names)
{
	List	   *result = NIL;
	ListCell   *cell;

	foreach(cell, documents)
	{
		const UsedDocument *document = lfirst(cell);

		if (symbols_find(names, document->code) == NULL &&
			(document->series == NULL || symbols_find(names, document->series) == NULL))
			continue;
		result = lappend(result, unconstify(char *, document->code));
		if (document->number)
			result = lappend(result, unconstify(char *, document->number));
	}
	return result;
}

static void
append_quoted(StringInfo buf, const char *text)
{
	appendStringInfoChar(buf, '\'');
	for (; *text; text++)
	{
		if (*text == '\'')
			appendStringInfoChar(buf, '\'');
		appendStringInfoChar(buf, *text);
	}
	appendStringInfoChar(buf, '\'');
}

/* Appends the part of a repealing document that is needed: a header. */
static void
append_repealing(UsedText *used, const char *code, const char *title, const char *from, Datum repeals)
{
	Datum	   *names;
	int			nnames;
	int			i;

	deconstruct_array(DatumGetArrayTypeP(repeals), TEXTOID, -1, false, TYPALIGN_INT, &names, NULL, &nnames);
	appendStringInfo(&used->text, "\npolicy %s ", code);
	append_quoted(&used->text, title);
	appendStringInfo(&used->text, " in force from %s", from);
	for (i = 0; i < nnames; i++)
	{
		appendStringInfoString(&used->text, " repeals ");
		append_quoted(&used->text, TextDatumGetCString(names[i]));
	}
}

/*
 * Adds the headers of documents that repeal a used one.  A document without a day from
 * which it is in force repeals nothing.
 */
static void
add_repealing(UsedText *used)
{
	List	   *names = names_repealed(used->documents, used->names);
	Oid			type = TEXTARRAYOID;
	Datum		value;
	uint64		i;

	if (names == NIL)
		return;
	value = used_text_array(names);
	(void) own_execute(&by_repeals, "SELECT code, title, pg_catalog.to_char(pg_catalog.lower(in_force), 'YYYY-MM-DD'), repeals "
					   "FROM zjtx.policies WHERE repeals OPERATOR(pg_catalog.&&) $1 AND NOT pg_catalog.lower_inf(in_force) AND NOT draft "
					   "ORDER BY code COLLATE pg_catalog.\"C\"", 1, &type, &value, NULL, true);
	for (i = 0; i < SPI_processed; i++)
	{
		HeapTuple	tuple = SPI_tuptable->vals[i];
		TupleDesc	desc = SPI_tuptable->tupdesc;
		char	   *code = SPI_getvalue(tuple, desc, 1);
		bool		null;

		CHECK_FOR_INTERRUPTS();
		if (symbols_find(used->codes, code) == NULL)
			append_repealing(used, code, SPI_getvalue(tuple, desc, 2), SPI_getvalue(tuple, desc, 3),
							 SPI_getbinval(tuple, desc, 4, &null));
	}
}

void
used_add_others(UsedText *used)
{
	Oid			type = TEXTOID;

	while (used->to_find)
	{
		char	   *name = linitial(used->to_find);
		Datum		value = CStringGetTextDatum(name);

		used->to_find = list_delete_first(used->to_find);
		if (symbols_find(used->codes, name))
			continue;
		(void) own_execute(&by_code, "SELECT " USED_DOCUMENT " FROM zjtx.policies "
						   "WHERE code OPERATOR(pg_catalog.=) $1 AND NOT draft", 1, &type, &value, NULL, true);
		if (SPI_processed == 0)
			(void) own_execute(&by_series, "SELECT " USED_DOCUMENT " FROM zjtx.policies "
							   "WHERE series OPERATOR(pg_catalog.=) $1 AND NOT draft ORDER BY pg_catalog.lower(in_force), code",
							   1, &type, &value, NULL, true);
		used_add_rows(used);
	}
	add_repealing(used);
}

static void
add_documents(UsedText *used, const List *documents)
{
	ListCell   *cell;
	ListCell   *name;

	foreach(cell, documents)
	{
		const Document *doc = lfirst(cell);

		if (doc->bare)
			continue;
		symbols_add(used->codes, doc->provision.code, unconstify(Document *, doc));
		add_document(used, doc->provision.code, doc->series, doc->number);
		foreach(name, doc->uses)
		{
			add_name(used, ((const DocumentUse *) lfirst(name))->code);
		}
	}
}

char *
stored_with_used(const Policy *policy)
{
	UsedText	used;

	used_start(&used, policy->text);
	add_documents(&used, policy->documents);
	add_documents(&used, policy->used);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	used_add_others(&used);
	SPI_finish();
	return used.text.data;
}

/* ---------------- rows ---------------- */

List *
used_names(const Policy *policy)
{
	List	   *documents = list_concat_copy(policy->documents, policy->used);
	List	   *names = NIL;
	Symbols    *seen = symbols_create();
	UsedText	used = {.documents = NIL};
	ListCell   *cell;
	ListCell   *use_cell;

	foreach(cell, documents)
	{
		foreach(use_cell, ((const Document *) lfirst(cell))->uses)
		{
			char	   *name = ((const DocumentUse *) lfirst(use_cell))->code;

			if (symbols_add(seen, name, name))
				names = lappend(names, name);
		}
	}
	foreach(cell, documents)
	{
		const Document *doc = lfirst(cell);

		if (doc->bare)
			break;
		add_document(&used, doc->provision.code, doc->series, doc->number);
	}
	return list_concat(names, names_repealed(used.documents, seen));
}

StoredRow *
used_rows(char *const *names, int nnames, int *nrows)
{
	MemoryContext context = CurrentMemoryContext;
	List	   *texts = NIL;
	Oid			type = TEXTARRAYOID;
	Datum		argument;
	StoredRow  *rows;
	uint64		i;

	for (i = 0; i < (uint64) nnames; i++)
		texts = lappend(texts, names[i]);
	argument = used_text_array(texts);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	(void) own_execute(&rows_by_name, "SELECT " STORED_ROW " FROM zjtx.policies "
					   "WHERE NOT draft AND (code OPERATOR(pg_catalog.=) ANY ($1) OR series OPERATOR(pg_catalog.=) ANY ($1) "
					   "OR repeals OPERATOR(pg_catalog.&&) $1) "
					   "ORDER BY code COLLATE pg_catalog.\"C\"", 1, &type, &argument, NULL, true);
	*nrows = SPI_processed;
	rows = MemoryContextAllocZero(context, sizeof(StoredRow) * (SPI_processed + 1));
	for (i = 0; i < SPI_processed; i++)
		rows[i] = stored_row(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1);
	SPI_finish();
	return rows;
}

/* ---------------- policies that lack used documents ---------------- */

pg_noreturn static void
is_not_there(const Compiled *compiled, const char *used)
{
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 errmsg("policy \"%s\" uses \"%s\", whose text is missing", compiled->name, used),
			 errhint("Store \"%s\", and ask \"%s\" by its name: a name brings the documents that it uses.",
					 used, compiled->name)));
}

void
used_want(const Compiled *compiled)
{
	int			i;

	for (i = 0; i < compiled->nprograms; i++)
	{
		const Program *program = compiled->programs[i];

		if (program->not_there)
			is_not_there(compiled, program->not_there);
	}
}

void
used_want_all(const Compiled *compiled)
{
	const Policy *policy = compiled->policy;
	ListCell   *cell;

	foreach(cell, list_concat_copy(policy->documents, policy->used))
	{
		const DocumentUse *use = policy_not_there(lfirst(cell));

		if (use)
			is_not_there(compiled, use->code);
	}
}
