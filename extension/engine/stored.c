/*
 * stored.c
 *		Policies by name.
 */
#include "postgres.h"

#include "compat.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "storage/proc.h"
#include "storage/sinval.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/snapmgr.h"

#include "bind.h"
#include "cache.h"
#include "stored.h"

static SPIPlanPtr by_code = NULL;
static SPIPlanPtr by_series = NULL;
static SPIPlanPtr all_codes = NULL;

/* Runs a kept plan, read only. */
static void
run_plan(SPIPlanPtr *plan, const char *query, const char *argument)
{
	Oid			type = TEXTOID;
	Datum		value = argument ? CStringGetTextDatum(argument) : (Datum) 0;

	if (*plan == NULL)
	{
		*plan = SPI_prepare(query, argument ? 1 : 0, &type);
		if (*plan == NULL || SPI_keepplan(*plan) != 0)
			elog(ERROR, "could not prepare \"%s\"", query);
	}
	if (SPI_execute_plan(*plan, &value, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not execute \"%s\"", query);
}

/*
 * The texts that a query gave, one after another behind a first line, in a context
 * that outlives SPI's; NULL if none.
 */
static char *
joined_rows(MemoryContext context, const char *first)
{
	StringInfoData buf;
	uint64		i;

	if (SPI_processed == 0)
		return NULL;
	initStringInfo(&buf);
	appendStringInfoString(&buf, first);
	for (i = 0; i < SPI_processed; i++)
		appendStringInfo(&buf, "%s%s", buf.len > 0 ? "\n" : "",
						 SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1));
	return MemoryContextStrdup(context, buf.data);
}

/* Whoever writes a rule where a name belongs finds the cast in the hint. */
static bool
looks_like_rule(const char *name)
{
	return strpbrk(name, " <>=()'\n") != NULL || strstr(name, "≥") || strstr(name, "≤");
}

static void
unknown_policy(const char *name, const char *code)
{
	Nearest		nearest;
	char	   *hint;
	uint64		i;

	run_plan(&all_codes,
			 "SELECT code FROM zjtx.policies UNION SELECT series FROM zjtx.policies WHERE series IS NOT NULL ORDER BY 1",
			 NULL);
	nearest_start(&nearest, code);
	for (i = 0; i < SPI_processed; i++)
		nearest_offer(&nearest, SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1));
	hint = nearest_hint(&nearest);
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 errmsg("there is no stored policy \"%s\"", looks_like_rule(name) ? name : code),
			 hint && !looks_like_rule(name) ? errhint("%s", hint) :
			 errhint("Text on the right names a stored policy; a rule is written '…'::zjtx.policy.")));
}

char *
policy_part_or_error(const Compiled *compiled, const char *part)
{
	char	   *result = policy_part(compiled->policy, part);
	Nearest		nearest;
	ListCell   *doc_cell;
	ListCell   *cell;
	char	   *hint;

	if (result)
		return result;
	nearest_start(&nearest, part);
	foreach(doc_cell, compiled->policy->documents)
	{
		Document   *doc = lfirst(doc_cell);

		if (doc->bare)
			continue;
		foreach(cell, doc->clauses)
			nearest_offer(&nearest, ((Clause *) lfirst(cell))->provision.code);
		foreach(cell, doc->rungs)
			nearest_offer(&nearest, ((Rung *) lfirst(cell))->provision.code);
	}
	hint = nearest_hint(&nearest);
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 errmsg("policy \"%s\" has no clause or rung \"%s\"", compiled->name, part),
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
	run_plan(&by_code, "SELECT doc FROM zjtx.policies WHERE code = $1", code);
	text = joined_rows(context, "");
	if (text == NULL)
	{
		run_plan(&by_series,
				 "SELECT doc FROM zjtx.policies WHERE series = $1 ORDER BY lower(in_force), code", code);
		text = joined_rows(context, psprintf("series %s", code));
	}
	if (text == NULL && !missing_ok)
		unknown_policy(whole, code);
	SPI_finish();

	if (part == NULL || text == NULL)
		return text;
	compiled = compiled_get(text, strlen(text), CurrentMemoryContext);
	return missing_ok ? policy_part(compiled->policy, part) : policy_part_or_error(compiled, part);
}

char *
policy_hash(const char *text)
{
	return psprintf("#" UINT64_FORMAT, hash_bytes_extended((const unsigned char *) text, strlen(text), 0));
}

/*
 * Plans that depend on zjtx.policies are made anew.  The message that said so may have
 * come while the plan was being made, so it is given again: to every backend, since this
 * one may be a parallel worker, which has no plans of its own.
 */
static void
forget_plans(void)
{
	SharedInvalidationMessage message;

	memset(&message, 0, sizeof(message));
	message.rc.id = SHAREDINVALRELCACHE_ID;
	message.rc.dbId = MyDatabaseId;
	message.rc.relId = policies_relation();
	SendSharedInvalidMessages(&message, 1);
	AcceptInvalidationMessages();
}

Oid
policies_relation(void)
{
	return get_relname_relid("policies", get_namespace_oid("zjtx", false));
}

bool
stored_is_latest(const char *name, int length, const char *text)
{
	Snapshot	active = GetActiveSnapshot();
	Snapshot	latest;
	char	   *found;

	/* no snapshot can be taken there */
	if (IsInParallelMode())
		return false;
	latest = GetLatestSnapshot();
	if (active->xmin == latest->xmin && active->xmax == latest->xmax &&
		active->xcnt == latest->xcnt && active->subxcnt == latest->subxcnt && active->curcid == latest->curcid)
		return true;
	PushActiveSnapshot(latest);
	found = stored_policy(name, length, true);
	PopActiveSnapshot();
	return found && strcmp(found, text) == 0;
}

void
stored_check(const char *name, int length, const char *text, const char *hash)
{
	if (strcmp(policy_hash(text), hash) == 0)
		return;
	forget_plans();
	ereport(ERROR,
			(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
			 errmsg("policy \"%s\" has changed since the statement was planned", pnstrdup(name, length)),
			 errhint("Run the statement again.")));
}

DateADT
stored_day(void)
{
	DateADT		day;

	if (zjtx_as_of == NULL || !parse_day(zjtx_as_of, strlen(zjtx_as_of), &day))
		day = GetSQLCurrentDate();
	return day;
}

SnapshotMark
snapshot_mark(void)
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
	return mark;
}
