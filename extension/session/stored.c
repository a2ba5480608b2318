/*
 * stored.c
 *		Finds stored policies by name.
 *
 * A call site resolves a name once, and again when the snapshot may show something else
 * (SnapshotMark).  Across statements, the session remembers the rows that a name referred to,
 * by their column version, a hash of the document from which all other columns follow.  A
 * query with the active snapshot finds the current rows, also under REPEATABLE READ, and the
 * documents are read only if the versions differ.  System columns would identify rows too,
 * but not on engines that keep a table on several nodes.
 */
#include "postgres.h"

#include "compat.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "storage/proc.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "cache.h"
#include "language/derive.h"
#include "language/names.h"
#include "messages.h"
#include "own.h"
#include "stored.h"
#include "used.h"

#define MAX_NAMES 4096

/* A name is a code, or else a series.  No name means a draft. */
#define BY_CODE "FROM zjtx.policies WHERE code OPERATOR(pg_catalog.=) $1 AND NOT draft"
#define BY_SERIES "FROM zjtx.policies WHERE series OPERATOR(pg_catalog.=) $1 AND NOT draft ORDER BY pg_catalog.lower(in_force), code"

static SPIPlanPtr by_code = NULL;
static SPIPlanPtr by_series = NULL;
static SPIPlanPtr rows_by_code = NULL;
static SPIPlanPtr rows_by_series = NULL;
static SPIPlanPtr all_codes = NULL;
static SPIPlanPtr drafts = NULL;

/* Runs a prepared read-only query. */
static void
run_plan(SPIPlanPtr *plan, const char *query, const char *argument)
{
	Oid			type = TEXTOID;
	Datum		value = argument ? CStringGetTextDatum(argument) : (Datum) 0;

	(void) own_execute(plan, query, argument ? 1 : 0, &type, &value, NULL, true);
}

/*
 * Joins the texts that a query returned, after a first line and followed by the documents
 * that they use.  The result is allocated in a context that outlives SPI_finish(); NULL if
 * there are no rows.
 */
static char *
joined_rows(MemoryContext context, const char *first)
{
	UsedText	used;

	if (SPI_processed == 0)
		return NULL;
	used_start(&used, first);
	used_add_rows(&used);
	used_add_others(&used);
	return MemoryContextStrdup(context, used.text.data);
}

/* Recognizes a rule written where a name belongs, so that the hint can show the cast. */
static bool
looks_like_rule(const char *name)
{
	return strpbrk(name, " <>=()'\n") != NULL || strstr(name, "≥") || strstr(name, "≤");
}

/*
 * Returns what a message shows of a text that is not a name: its first line, up to 60 bytes.  The text may be a whole
 * document.
 */
static const char *
first_words(const char *text)
{
	int			length = (int) strcspn(text, "\n");

	if (length > 60)
		length = pg_mbcliplen(text, length, 60);
	return text[length] == '\0' ? text : psprintf("%.*s...", length, text);
}

static void
unknown_policy(const char *name, const char *code)
{
	Nearest		nearest;
	char	   *hint;
	uint64		i;

	run_plan(&drafts, "SELECT code FROM zjtx.policies WHERE code OPERATOR(pg_catalog.=) $1 AND draft", code);
	if (SPI_processed > 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("policy \"%s\" is a draft", code),
				 errhint("Store it without draft => true when its examples hold; until then ask its text: SELECT doc FROM zjtx.policies WHERE code = '%s'.", code)));
	run_plan(&all_codes,
			 "SELECT code FROM zjtx.policies WHERE NOT draft UNION "
			 "SELECT series FROM zjtx.policies WHERE series IS NOT NULL AND NOT draft ORDER BY 1",
			 NULL);
	nearest_start(&nearest, code);
	for (i = 0; i < SPI_processed; i++)
		nearest_offer(&nearest, SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1));
	hint = nearest_hint(&nearest);
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 errmsg("there is no stored policy \"%s\"", looks_like_rule(name) ? first_words(name) : code),
			 hint && !looks_like_rule(name) ? errhint("%s", hint) :
			 errhint("Text on the right names a stored policy; a rule is written '...'::zjtx.policy.")));
}

char *
stored_part_or_error(const Compiled *compiled, const char *part)
{
	char	   *result = policy_part(compiled->policy, part);
	Nearest		nearest;
	ListCell   *doc_cell;
	ListCell   *cell;
	List	   *codes;
	StringInfoData list;
	char	   *hint;

	if (result)
		return result;
	codes = policy_parts_named(compiled->policy, part);
	if (codes)
	{
		initStringInfo(&list);
		foreach(cell, codes)
		{
			appendStringInfo(&list, "%s%s", foreach_current_index(cell) > 0 ? ", " : "", (char *) lfirst(cell));
		}
		ereport(ERROR,
				(errcode(ERRCODE_AMBIGUOUS_PARAMETER),
				 errmsg("policy \"%s\" has %d clauses and rungs that \"%s\" may mean",
						compiled->name, list_length(codes), part),
				 errhint("Name one of them: %s.", list.data)));
	}
	nearest_start(&nearest, part);
	foreach(doc_cell, compiled->policy->documents)
	{
		Document   *doc = lfirst(doc_cell);

		if (doc->bare)
			continue;
		foreach(cell, doc->clauses)
		{
			nearest_offer(&nearest, ((Clause *) lfirst(cell))->provision.code);
		}
		foreach(cell, doc->rungs)
		{
			nearest_offer(&nearest, ((Rung *) lfirst(cell))->provision.code);
		}
		foreach(cell, doc->defines)
		{
			nearest_offer(&nearest, ((Define *) lfirst(cell))->provision.code);
		}
	}
	hint = nearest_hint(&nearest);
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 errmsg("policy \"%s\" has no clause, rung or definition \"%s\"", compiled->name, part),
			 hint ? errhint("%s", hint) : 0));
}

char *
stored_policy(const char *name, int length, bool missing_ok)
{
	MemoryContext context = CurrentMemoryContext;
	char	   *code = pnstrdup(name, length);
	char	   *whole = pstrdup(code);
	char	   *part = strchr(code, '/');
	char	   *text;
	const Compiled *compiled;

	if (part)
		*part++ = '\0';

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	run_plan(&by_code, "SELECT " USED_DOCUMENT " " BY_CODE, code);
	text = joined_rows(context, "");
	if (text == NULL)
	{
		run_plan(&by_series, "SELECT " USED_DOCUMENT " " BY_SERIES, code);
		text = joined_rows(context, psprintf("series %s", code));
	}
	if (text == NULL && !missing_ok)
		unknown_policy(whole, code);
	SPI_finish();

	if (part == NULL || text == NULL)
		return text;
	compiled = compiled_tree(text, strlen(text), CurrentMemoryContext);
	return missing_ok ? policy_part(compiled->policy, part) : stored_part_or_error(compiled, part);
}

/* ---------------- names already looked up ---------------- */

StoredRow
stored_row(HeapTuple tuple, TupleDesc desc, int column)
{
	StoredRow	row;
	bool		null;

	row.version = *DatumGetUUIDP(SPI_getbinval(tuple, desc, column, &null));
	return row;
}

bool
stored_row_equal(const StoredRow *a, const StoredRow *b)
{
	return memcmp(&a->version, &b->version, sizeof(pg_uuid_t)) == 0;
}

typedef struct NameKey
{
	uint64		hash;
	uint64		length;
} NameKey;

/* The rows found for a name, and the policy compiled from them. */
typedef struct StoredName
{
	NameKey		key;
	char	   *name;
	SnapshotMark mark;			/* when the rows were last checked */
	int			nrows;
	StoredRow  *rows;			/* its own rows, followed by those of the
								 * documents that it uses */
	int			nused;
	char	  **used;			/* names of the documents that it uses,
								 * directly or indirectly */
	CompiledId	compiled;
} StoredName;

static HTAB *names = NULL;
static MemoryContext names_context = NULL;

static void
create_names(void)
{
	HASHCTL		info;

	if (names_context == NULL)
		names_context = AllocSetContextCreate(TopMemoryContext, "zjtx names", ALLOCSET_DEFAULT_SIZES);
	memset(&info, 0, sizeof(info));
	info.keysize = sizeof(NameKey);
	info.entrysize = sizeof(StoredName);
	info.hcxt = names_context;
	names = hash_create("zjtx names", 64, &info, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

static NameKey
name_key(const char *name, int length)
{
	NameKey		key = {hash_bytes_extended((const unsigned char *) name, length, 0), length};

	return key;
}

static StoredName *
find_name(const char *name, int length)
{
	NameKey		key = name_key(name, length);
	StoredName *found = names ? hash_search(names, &key, HASH_FIND, NULL) : NULL;

	return found && memcmp(found->name, name, length) == 0 ? found : NULL;
}

/*
 * Reads the identity of the rows that a name refers to in the active snapshot, but not
 * their documents.
 */
static StoredRow *
read_rows(const char *name, int length, int *nrows)
{
	MemoryContext context = CurrentMemoryContext;
	const char *slash = memchr(name, '/', length);
	char	   *code = pnstrdup(name, slash ? slash - name : length);
	StoredRow  *rows;
	uint64		i;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	run_plan(&rows_by_code, "SELECT " STORED_ROW " " BY_CODE, code);
	if (SPI_processed == 0)
		run_plan(&rows_by_series, "SELECT " STORED_ROW " " BY_SERIES, code);
	*nrows = SPI_processed;
	rows = MemoryContextAllocZero(context, sizeof(StoredRow) * (SPI_processed + 1));
	for (i = 0; i < SPI_processed; i++)
		rows[i] = stored_row(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1);
	SPI_finish();
	return rows;
}

/* Adds the rows of the documents that a name uses. */
static StoredRow *
add_used_rows(StoredRow *rows, int *nrows, char *const *used, int nused)
{
	StoredRow  *more;
	int			nmore;

	if (nused == 0)
		return rows;
	more = used_rows(used, nused, &nmore);
	rows = repalloc_array(rows, StoredRow, *nrows + nmore + 1);
	memcpy(rows + *nrows, more, nmore * sizeof(StoredRow));
	*nrows += nmore;
	return rows;
}

static void
keep_name(const char *name, int length, const StoredRow *rows, int nrows,
		  char *const *used, int nused, const Compiled *compiled)
{
	NameKey		key = name_key(name, length);
	char	   *kept_name;
	char	  **kept_used;
	StoredRow  *kept_rows;
	StoredName *kept;
	bool		found;
	int			i;

	if (names && hash_get_num_entries(names) >= MAX_NAMES)
	{
		names = NULL;
		MemoryContextReset(names_context);
	}
	if (names == NULL)
		create_names();
	kept_name = MemoryContextStrdup(names_context, pnstrdup(name, length));
	kept_used = MemoryContextAlloc(names_context, sizeof(char *) * (nused + 1));
	for (i = 0; i < nused; i++)
		kept_used[i] = MemoryContextStrdup(names_context, used[i]);
	kept_rows = MemoryContextAlloc(names_context, sizeof(StoredRow) * (nrows + 1));
	memcpy(kept_rows, rows, sizeof(StoredRow) * nrows);
	kept = hash_search(names, &key, HASH_ENTER, &found);
	if (found)
	{
		pfree(kept->name);
		pfree(kept->rows);
		for (i = 0; i < kept->nused; i++)
			pfree(kept->used[i]);
		pfree(kept->used);
	}
	kept->name = kept_name;
	kept->mark = stored_snapshot_mark();
	kept->nrows = nrows;
	kept->rows = kept_rows;
	kept->nused = nused;
	kept->used = kept_used;
	kept->compiled = compiled->id;
}

static bool
stands_for_rows(const StoredName *kept, const StoredRow *rows, int nrows)
{
	int			i;

	for (i = 0; i < nrows && i < kept->nrows; i++)
		if (!stored_row_equal(&kept->rows[i], &rows[i]))
			return false;
	return nrows == kept->nrows;
}

/* Copies names to the current memory context. */
static char **
copy_names(const List *from)
{
	char	  **names = palloc_array(char *, list_length(from) + 1);
	ListCell   *cell;

	foreach(cell, from)
	{
		names[foreach_current_index(cell)] = pstrdup(lfirst(cell));
	}
	return names;
}

/*
 * Returns the rows that a name refers to, and the rows of the documents that its text
 * used when it was last read.
 */
static StoredRow *
rows_of_name(const char *name, int length, int *nrows)
{
	StoredRow  *rows = read_rows(name, length, nrows);
	const StoredName *kept = find_name(name, length);
	List	   *used = NIL;
	int			i;

	/* row security may look up names while the rows are read */
	for (i = 0; kept && i < kept->nused; i++)
		used = lappend(used, kept->used[i]);
	return add_used_rows(rows, nrows, copy_names(used), list_length(used));
}

const Compiled *
stored_compiled(const char *name, int length, bool missing_ok, MemoryContext until)
{
	StoredName *kept = find_name(name, length);
	SnapshotMark now = stored_snapshot_mark();
	const Compiled *compiled = NULL;
	StoredRow  *rows;
	int			nrows;
	char	  **used = NULL;
	int			nused = 0;
	char	   *text;
	MemoryContext scratch;
	MemoryContext old;

	if (kept && memcmp(&kept->mark, &now, sizeof(now)) == 0)
		compiled = compiled_again(&kept->compiled, until);
	if (compiled)
		return compiled;

	rows = rows_of_name(name, length, &nrows);
	kept = find_name(name, length);
	if (kept && stands_for_rows(kept, rows, nrows))
		compiled = compiled_again(&kept->compiled, until);
	if (compiled)
	{
		kept->mark = now;
		return compiled;
	}

	/* the text and its tree are needed only for compiling */
	scratch = AllocSetContextCreate(CurrentMemoryContext, "zjtx reading", ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(scratch);
	text = stored_policy(name, length, missing_ok);
	if (text)
	{
		const Compiled *read = policy_compile(text, false);
		const List *names_used = used_names(read->policy);

		compiled = compiled_keep(read, until);
		MemoryContextSwitchTo(old);
		nused = list_length(names_used);
		used = copy_names(names_used);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
	if (compiled == NULL)
		return NULL;
	rows = add_used_rows(read_rows(name, length, &nrows), &nrows, used, nused);
	keep_name(name, length, rows, nrows, used, nused, compiled);
	return compiled;
}

SnapshotMark
stored_snapshot_mark(void)
{
	SnapshotMark mark;
	Snapshot	snapshot = GetActiveSnapshot();

	memset(&mark, 0, sizeof(mark));
	mark.xmin = snapshot->xmin;
	mark.xmax = snapshot->xmax;
	mark.command = snapshot->curcid;
	mark.in_progress = snapshot->xcnt + snapshot->subxcnt;
	mark.transaction = MY_TRANSACTION_ID;
	mark.subtransaction = GetCurrentSubTransactionId();
	mark.user = GetUserId();
	return mark;
}

Oid
policies_relation(void)
{
	return own_relation("policies");
}

/* The codes are hashed in the order of their bytes, so the result is the same in every database of one encoding. */
char *
stored_fingerprint(void)
{
	static SPIPlanPtr plan = NULL;
	uint64		hash = 0;
	uint64		i;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	run_plan(&plan, "SELECT code, doc FROM zjtx.policies WHERE NOT draft ORDER BY code COLLATE pg_catalog.\"C\"", NULL);
	for (i = 0; i < SPI_processed; i++)
	{
		HeapTuple	tuple = SPI_tuptable->vals[i];
		bool		null;
		const char *code = SPI_getvalue(tuple, SPI_tuptable->tupdesc, 1);
		const text *doc = DatumGetTextPP(SPI_getbinval(tuple, SPI_tuptable->tupdesc, 2, &null));
		const Compiled *compiled;

		CHECK_FOR_INTERRUPTS();
		compiled = compiled_get(VARDATA_ANY(doc), VARSIZE_ANY_EXHDR(doc), CurrentMemoryContext);
		hash = hash_bytes_extended((const unsigned char *) code, strlen(code), hash);
		hash = hash_combine64(hash, compiled->content);
	}
	SPI_finish();
	return psprintf("%016llx", (unsigned long long) hash);
}
