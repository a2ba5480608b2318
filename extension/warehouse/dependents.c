/*
 * dependents.c
 *		Stored documents and those that use them.
 *
 * Storing a document runs its examples with the documents that it uses, and the examples
 * of the documents that use it.  Of two transactions that store a document and one that
 * it uses at the same time, one waits for the other: one takes share locks on the used
 * documents, and the other writes such a row.  Each then reads again, with a snapshot
 * taken after it got the lock.
 */
#include "postgres.h"

#include "compat.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "dependents.h"
#include "documents/examples.h"
#include "language/names.h"
#include "messages.h"
#include "own.h"
#include "session/stored.h"
#include "session/used.h"

#define MAX_SHOWN 10			/* failed examples listed in an error */

static SPIPlanPtr lock_plan = NULL;
static SPIPlanPtr named_plan = NULL;
static SPIPlanPtr users_plan = NULL;

/* ---------------- examples ---------------- */

void
dependents_run_examples(const Compiled *compiled, const char *by)
{
	List	   *results = examples_run(compiled);
	StringInfoData detail;
	int			failed = 0;
	ListCell   *cell;

	initStringInfo(&detail);
	foreach(cell, results)
	{
		const ExampleResult *result = lfirst(cell);

		if (result->holds)
			continue;
		if (++failed <= MAX_SHOWN)
			appendStringInfo(&detail, "%sexample '%s': expected %s, found %s",
							 failed > 1 ? "\n" : "", result->example, result->expected, result->found);
	}
	if (failed > MAX_SHOWN)
		appendStringInfo(&detail, "\nand %d more", failed - MAX_SHOWN);
	if (failed > 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 strcmp(compiled->name, by) == 0 ?
				 errmsg("policy \"%s\" is not stored: %d of its %d expectations fail",
						by, failed, list_length(results)) :
				 errmsg("policy \"%s\" is not stored: %d of %d expectations of \"%s\", which uses it, fail",
						by, failed, list_length(results), compiled->name),
				 errdetail_internal("%s", detail.data)));
}

/* ---------------- what a document uses ---------------- */

/* Locks the rows to which names refer. */
static void
lock_rows(const List *names)
{
	Oid			type = TEXTARRAYOID;
	Datum		value = used_text_array(names);

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	(void) own_execute(&lock_plan, "SELECT code FROM zjtx.policies "
					   "WHERE code OPERATOR(pg_catalog.=) ANY ($1) OR series OPERATOR(pg_catalog.=) ANY ($1) "
					   "ORDER BY code FOR SHARE", 1, &type, &value, NULL, false);
	SPI_finish();
}

/* Begins to read what is stored now, with what this statement has stored. */
static void
begin_reading(void)
{
	CommandCounterIncrement();
	PushActiveSnapshot(GetTransactionSnapshot());
}

static char *
nearest_stored(const char *name)
{
	static SPIPlanPtr plan = NULL;
	Nearest		nearest;
	MemoryContext context = CurrentMemoryContext;
	char	   *hint;
	uint64		i;

	nearest_start(&nearest, name);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	(void) own_execute(&plan, "SELECT code FROM zjtx.policies WHERE NOT draft UNION "
					   "SELECT series FROM zjtx.policies WHERE series IS NOT NULL AND NOT draft ORDER BY 1", 0, NULL, NULL, NULL, true);
	for (i = 0; i < SPI_processed; i++)
		nearest_offer(&nearest, SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1));
	hint = nearest_hint(&nearest);
	hint = hint ? MemoryContextStrdup(context, hint) : NULL;
	SPI_finish();
	return hint;
}

/* Requires that all documents which a policy uses are stored. */
static void
want_stored(const Policy *policy)
{
	const Document *own = linitial(policy->documents);
	const DocumentUse *use = policy_not_there(own);
	ListCell   *cell;
	int			line,
				column;
	char	   *hint;

	if (use)
	{
		text_position(policy->text, use->span.start, &line, &column);
		hint = nearest_stored(use->code);
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("invalid zjtx.policy at line %d, column %d: there is no stored policy \"%s\"",
						line, column, use->code),
				 hint ? errhint("%s", hint) :
				 errhint("Store it before the documents that use it.")));
	}
	foreach(cell, policy->used)
	{
		const Document *doc = lfirst(cell);

		use = policy_not_there(doc);
		if (use)
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_OBJECT),
					 errmsg("policy \"%s\" is not stored: \"%s\", which it uses, uses \"%s\", which is not stored",
							own->provision.code, doc->provision.code, use->code)));
	}
}

const Compiled *
dependents_with_used(const Compiled *own)
{
	const Compiled *compiled = own;
	List	   *locked = NIL;
	List	   *names = used_names(own->policy);

	/*
	 * the names that the locked documents use are known only once they are
	 * locked
	 */
	while (list_length(names) > list_length(locked))
	{
		CHECK_FOR_INTERRUPTS();
		lock_rows(names);
		begin_reading();
		compiled = policy_compile(stored_with_used(own->policy), false);
		PopActiveSnapshot();
		locked = names;
		names = used_names(compiled->policy);
	}
	want_stored(compiled->policy);
	return compiled;
}

/* ---------------- those that use it ---------------- */

/* The codes and series of the stored documents that use one of these names, as char *. */
static List *
find_users(const List *names, List **series)
{
	MemoryContext context = CurrentMemoryContext;
	Oid			type = TEXTARRAYOID;
	Datum		value = used_text_array(names);
	List	   *codes = NIL;
	uint64		i;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	(void) own_execute(&users_plan, "SELECT code, series FROM zjtx.policies WHERE uses OPERATOR(pg_catalog.&&) $1 AND NOT draft "
					   "ORDER BY code COLLATE pg_catalog.\"C\"", 1, &type, &value, NULL, false);
	for (i = 0; i < SPI_processed; i++)
	{
		char	   *code = SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1);
		char	   *of = SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 2);
		MemoryContext old = MemoryContextSwitchTo(context);

		codes = lappend(codes, pstrdup(code));
		*series = lappend(*series, of ? pstrdup(of) : NULL);
		MemoryContextSwitchTo(old);
	}
	SPI_finish();
	return codes;
}

/*
 * The codes and series of the stored documents that a document repeals.  They are locked, so that no transaction can
 * store a document that uses one of them.
 */
static List *
find_repealed(const Document *doc)
{
	static SPIPlanPtr plan = NULL;
	MemoryContext context = CurrentMemoryContext;
	Oid			type = TEXTARRAYOID;
	Datum		value;
	List	   *names = NIL;
	uint64		i;

	if (doc->repeals == NIL || !doc->has_from)
		return NIL;
	value = used_text_array(doc->repeals);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	(void) own_execute(&plan, "SELECT code, series FROM zjtx.policies WHERE NOT draft AND (code OPERATOR(pg_catalog.=) ANY ($1) "
					   "OR number OPERATOR(pg_catalog.=) ANY ($1)) ORDER BY code FOR NO KEY UPDATE",
					   1, &type, &value, NULL, false);
	for (i = 0; i < SPI_processed; i++)
	{
		char	   *code = SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1);
		char	   *series = SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 2);
		MemoryContext old = MemoryContextSwitchTo(context);

		names = lappend(names, pstrdup(code));
		if (series)
			names = lappend(names, pstrdup(series));
		MemoryContextSwitchTo(old);
	}
	SPI_finish();
	return names;
}

/* Reads a document that uses the one which is being stored, and runs its examples. */
static void
check_user(const char *code, const char *by)
{
	char	   *text = stored_policy(code, strlen(code), false);
	ReadProblem problem = {0};
	int			line,
				column;

	if (policy_try(text, &problem) == NULL)
	{
		text_position(text, problem.at, &line, &column);
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("policy \"%s\" is not stored: \"%s\", which uses it, could no longer be read", by, code),
				 errdetail("Line %d, column %d of \"%s\": %s", line, column, code, problem.message),
				 problem.hint ? errhint("%s", problem.hint) : 0));
	}
	dependents_run_examples(policy_compile(text, false), by);
}

void
dependents_check(const Document *doc)
{
	const char *by = doc->provision.code;
	Symbols    *seen = symbols_create();
	List	   *names = list_make1(doc->provision.code);
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext, "zjtx dependents", ALLOCSET_DEFAULT_SIZES);

	symbols_add(seen, doc->provision.code, doc->provision.code);
	if (doc->series)
		names = lappend(names, doc->series);
	names = list_concat(names, find_repealed(doc));
	begin_reading();
	while (names)
	{
		List	   *series = NIL;
		List	   *codes = find_users(names, &series);
		ListCell   *cell;

		names = NIL;
		foreach(cell, codes)
		{
			char	   *code = lfirst(cell);
			char	   *of = list_nth(series, foreach_current_index(cell));
			MemoryContext old;

			CHECK_FOR_INTERRUPTS();
			if (!symbols_add(seen, code, code))
				continue;
			old = MemoryContextSwitchTo(scratch);
			check_user(code, by);
			MemoryContextSwitchTo(old);
			MemoryContextReset(scratch);
			names = lappend(names, code);
			if (of)
				names = lappend(names, of);
		}
	}
	PopActiveSnapshot();
	MemoryContextDelete(scratch);
}

void
dependents_refuse(const char *name)
{
	Oid			type = TEXTOID;
	Datum		value;
	List	   *series = NIL;
	List	   *codes;
	bool		named;

	if (name == NULL)
		return;
	value = CStringGetTextDatum(name);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	(void) own_execute(&named_plan, "SELECT code FROM zjtx.policies WHERE NOT draft AND (code OPERATOR(pg_catalog.=) $1 "
					   "OR series OPERATOR(pg_catalog.=) $1)", 1, &type, &value, NULL, false);
	named = SPI_processed > 0;
	SPI_finish();
	if (named)
		return;
	codes = find_users(list_make1(unconstify(char *, name)), &series);
	if (codes)
		ereport(ERROR,
				(errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
				 errmsg("policy \"%s\" cannot be deleted: \"%s\" uses it", name, (char *) linitial(codes)),
				 errhint("Delete or change the documents that use it first, or in the same statement.")));
}
