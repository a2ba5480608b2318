/*
 * watch_view.c
 *		Reads the watched view, which has a row for each enterprise.
 */
#include "postgres.h"

#include "compat.h"
#include "access/relation.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

#include "facts/bind.h"
#include "language/names.h"
#include "language/tree.h"
#include "messages.h"
#include "session/stored.h"
#include "accounts.h"
#include "keys.h"
#include "ledger.h"
#include "own.h"
#include "paid_row.h"
#include "relation.h"
#include "watch.h"

/* ---------------- the watched relation ---------------- */

/* Returns the column that provides a row's day, found as row_bind finds it. */
static char *
day_column(TupleDesc desc)
{
	const char *const *names = predefined_names[PREDEFINED_AS_OF];
	int			i;

	for (i = 0; i < 2; i++)
	{
		int			number = column_number(desc, names[i]);
		Fact		day = {0};

		if (number == 0)
			continue;
		day.type = TYPE_DATE;
		return bind_type_gives(&day, TupleDescAttr(desc, number - 1)->atttypid) ? pstrdup(names[i]) : NULL;
	}
	return NULL;
}

bool
watched_is_option(const char *argument)
{
	return strchr(argument, '=') != NULL;
}

static void
read_option(Watched *watched, const char *option, const char **account)
{
	const char *value = strchr(option, '=') + 1;

	if (*value != '\0' && strncmp(option, "notify=", strlen("notify=")) == 0)
		watched->channel = pstrdup(value);
	else if (*value != '\0' && strncmp(option, "account=", strlen("account=")) == 0)
		*account = value;
	else
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no option \"%s\"", option),
				 errhint("The options are notify=channel and account=name.")));
}

/* Skips duplicates, so that each policy is judged only once. */
static bool
is_named(const Watched *watched, const char *policy)
{
	int			i;

	for (i = 0; i < watched->npolicies; i++)
		if (strcmp(watched->policies[i], policy) == 0)
			return true;
	return false;
}

/* Requires a table or view that all sessions can see. */
static void
check_relation(Relation rel)
{
	char		kind = rel->rd_rel->relkind;

	if (kind != RELKIND_RELATION && kind != RELKIND_PARTITIONED_TABLE && kind != RELKIND_VIEW &&
		kind != RELKIND_MATVIEW && kind != RELKIND_FOREIGN_TABLE)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("\"%s\" is not a table or view", RelationGetRelationName(rel))));
	if (rel->rd_rel->relpersistence == RELPERSISTENCE_TEMP)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("\"%s\" is temporary and cannot have an account", RelationGetRelationName(rel)),
				 errdetail("Another session's relation of this name would have the same account.")));
}

Watched *
watched_create(Oid relation, const char *key, char **arguments, int narguments, bool options, const char *account)
{
	Watched    *watched = palloc0(sizeof(Watched));
	Relation	rel = relation_opened(relation);
	TupleDesc	desc = RelationGetDescr(rel);
	int			number = column_number(desc, key);
	int			i;

	check_relation(rel);
	watched->relation = relation;
	watched->name = relation_identity(relation);
	if (number == 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"%s\" of %s does not exist", key, watched->name),
				 errhint("The key is the column by which the view has one row for an enterprise.")));
	watched->key = pstrdup(key);
	watched->key_type = key_type(desc, number, watched->name);
	if (watched_view_key_varies(relation, number))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("column \"%s\" of %s cannot be a key", key, watched->name),
				 errdetail("The text that the view produces for it depends on session settings."),
				 errhint("Select the column unchanged from its table, or compute it with immutable functions.")));
	watched->day = day_column(desc);
	relation_close(rel, NoLock);

	watched->policies = palloc0_array(char *, narguments + 1);
	for (i = 0; i < narguments; i++)
	{
		if (options && watched_is_option(arguments[i]))
			read_option(watched, arguments[i], &account);
		else if (!is_named(watched, arguments[i]))
			watched->policies[watched->npolicies++] = pstrdup(arguments[i]);
	}
	if (watched->npolicies == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("no policy was named"),
				 errhint("List the names of stored policies after the view and its key.")));
	if (account && strlen(account) > ACCOUNT_BYTES)
		ereport(ERROR,
				(errcode(ERRCODE_NAME_TOO_LONG),
				 errmsg("the name of an account has at most %d bytes", ACCOUNT_BYTES)));
	watched->account = account_find(relation, key, account);
	return watched;
}

void
watched_check(const Watched *watched)
{
	Relation	rel = try_relation_open(watched->relation, AccessShareLock);
	TupleDesc	desc = rel ? RelationGetDescr(rel) : NULL;
	int			number = rel ? column_number(desc, watched->key) : 0;
	char	   *day = rel ? day_column(desc) : NULL;

	if (number == 0 || key_type(desc, number, watched->name) != watched->key_type ||
		(day == NULL) != (watched->day == NULL) || (day && strcmp(day, watched->day) != 0))
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("%s was changed while its enterprises were judged", watched->name),
				 errhint("Run the statement again.")));
	relation_close(rel, NoLock);
}

/* ---------------- reading the view ---------------- */

/* Returns the qualified = operator of the key's type. */
static char *
equality(Oid type)
{
	Oid			operator = lookup_type_cache(type, TYPECACHE_EQ_OPR)->eq_opr;
	Oid			left;
	Oid			right;
	Oid			namespace;
	HeapTuple	tuple = SearchSysCache1(OPEROID, ObjectIdGetDatum(operator));

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for operator %u", operator);
	namespace = ((Form_pg_operator) GETSTRUCT(tuple))->oprnamespace;
	ReleaseSysCache(tuple);
	op_input_types(operator, &left, &right);
	return psprintf("OPERATOR(%s.%s)", quote_identifier(get_namespace_name(namespace)), get_opname(operator));
}

/* ---------------- what our tables know of a row ---------------- */

/* The facts of a stored policy that our tables know. */
static List *
stored_recorded_facts(const char *policy)
{
	return recorded_facts(stored_compiled(policy, strlen(policy), true, CurrentMemoryContext));
}

char *
watched_paid(const Watched *watched)
{
	StringInfoData buf;
	ListCell   *cell;
	int			i;

	initStringInfo(&buf);
	for (i = 0; i < watched->npolicies; i++)
	{
		foreach(cell, stored_recorded_facts(watched->policies[i]))
		{
			appendStringInfo(&buf, "%d %s ", i, ((RecordedFact *) lfirst(cell))->name);
		}
	}
	return buf.data;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *) a, *(char *const *) b);
}

SPIPlanPtr
watched_prepare(const Watched *watched, WatchedRows which)
{
	MemoryContext context = GetMemoryChunkContext(unconstify(Watched *, watched));
	MemoryContext old = MemoryContextSwitchTo(context);
	int			ncalls = watched->npolicies * (watched->due ? 2 : 1);
	OwnCall    *calls = palloc0_array(OwnCall, ncalls);
	Oid		   *type = palloc_object(Oid);
	const char *key = quote_identifier(watched->key);
	StringInfoData query;
	StringInfoData rows;
	Relation	rel;
	int			nargs = which == WATCHED_ALL ? 0 : 1;
	int			i;

	*type = which == WATCHED_MANY ? get_array_type(watched->key_type) : watched->key_type;
	for (i = 0; i < watched->npolicies; i++)
	{
		calls[i].name = "judge";
		calls[i].result = own_type(OWN_VERDICT);
		calls[i].by_name = true;
		calls[i].constant = CStringGetTextDatum(watched->policies[i]);
		calls[i].row = "zjtx row";
	}
	MemoryContextSwitchTo(old);

	initStringInfo(&rows);
	rel = relation_opened(watched->relation);
	for (i = 0; i < watched->npolicies; i++)
	{
		PaidRow		paid = {RelationGetDescr(rel), "\"zjtx row\"", watched->account, watched->key, watched->policies[i],
		stored_recorded_facts(watched->policies[i]), NULL};

		if (paid.facts == NIL)
			continue;
		paid.day = watched->day ? paid_row_day(paid.row, watched->day) : "NULL::pg_catalog.date";
		appendStringInfoString(&rows, ", LATERAL (");
		paid_row_append(&rows, &paid);
		appendStringInfo(&rows, ") \"zjtx %d\"", i);
		calls[i].row = MemoryContextStrdup(context, psprintf("zjtx %d", i));
	}
	relation_close(rel, NoLock);
	for (i = watched->npolicies; i < ncalls; i++)
	{
		calls[i] = calls[i - watched->npolicies];
		calls[i].name = "next_change";
		calls[i].result = DATEOID;
	}

	initStringInfo(&query);
	appendStringInfo(&query, "SELECT \"zjtx row\".%s", key);
	if (watched->day)
		appendStringInfo(&query, ", \"zjtx row\".%s::pg_catalog.date", quote_identifier(watched->day));
	else
		appendStringInfoString(&query, ", NULL::pg_catalog.date");
	for (i = 0; i < ncalls; i++)
		appendStringInfo(&query, ", $%d", i + 1 + nargs);
	appendStringInfo(&query, " FROM %s \"zjtx row\"%s", watched->name, rows.data);

	/*
	 * the = operator for enums does not accept a domain over one; for other
	 * types the cast is a no-op
	 */
	if (which != WATCHED_ALL)
		appendStringInfo(&query, " WHERE \"zjtx row\".%s::%s %s %s", key,
						 format_type_extended(watched->key_type, -1, FORMAT_TYPE_TYPEMOD_GIVEN | FORMAT_TYPE_FORCE_QUALIFY),
						 equality(watched->key_type), which == WATCHED_MANY ? "ANY ($1)" : "$1");

	/* a custom plan, because a generic plan does not know the number of keys */
	return own_prepare(context, query.data, nargs, type, watched->relation, calls, ncalls,
					   which == WATCHED_MANY ? CURSOR_OPT_CUSTOM_PLAN : 0);
}

int64
watched_law(const Watched *watched)
{
	char	  **policies = palloc_array(char *, watched->npolicies);
	StringInfoData buf;
	int			i;
	int64		law;

	memcpy(policies, watched->policies, watched->npolicies * sizeof(char *));
	qsort(policies, watched->npolicies, sizeof(char *), compare_names);
	initStringInfo(&buf);
	appendStringInfo(&buf, INT64_FORMAT "\n", account_sweeps(watched->account));
	for (i = 0; i < watched->npolicies; i++)
		appendStringInfo(&buf, "%s %s\n", policies[i],
						 stored_policy_hash(stored_compiled(policies[i], strlen(policies[i]), false, CurrentMemoryContext)));
	law = (int64) hash_bytes_extended((const unsigned char *) buf.data, buf.len, 0);
	return law == 0 ? 1 : law;
}

void
watched_keep(Watched *watched)
{
	SPIPlanPtr	one = watched_prepare(watched, WATCHED_ONE);
	SPIPlanPtr	many = watched_prepare(watched, WATCHED_MANY);

	if (SPI_keepplan(one) != 0 || SPI_keepplan(many) != 0)
		elog(ERROR, "could not keep the plans of %s", watched->name);
	watched->one = one;
	watched->many = many;
	watched->paid = MemoryContextStrdup(GetMemoryChunkContext(watched), watched_paid(watched));
}

void
watched_forget(Watched *watched)
{
	if (watched->one)
		SPI_freeplan(watched->one);
	if (watched->many)
		SPI_freeplan(watched->many);
	watched->one = watched->many = NULL;
}

/*
 * A read of everyone sets row_security to off, which raises an error if a policy would
 * hide rows.
 */
int
watched_start(const Watched *watched)
{
	int			nest = NewGUCNestLevel();

	if (watched->everyone)
		(void) set_config_option("row_security", "off", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	return nest;
}

/*
 * Other servers do not know the session's day; it travels to them with the policies' values.
 */
void
watched_set_day(const Watched *watched)
{
	if (watched->as_of == NULL)
		return;
	(void) set_config_option("zjtx.as_of", watched->as_of, PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	(void) set_config_option("zjtx.fold_names", "on", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
}

int
watched_row_day(const Watched *watched, Datum own, bool null, DateADT today, DateADT *day)
{
	*day = today;
	if (watched->day == NULL)
		return date_year(today);

	/* without a day there is no year */
	if (null || DATE_NOT_FINITE(DatumGetDateADT(own)))
		return 0;
	*day = DatumGetDateADT(own);
	return date_year(*day);
}

int
watched_all(Watched *watched, char ***keys, int *nulls, int *long_keys)
{
	MemoryContext context = CurrentMemoryContext;
	char	   *query = psprintf("SELECT %s FROM %s", quote_identifier(watched->key), watched->name);
	int			nest = watched_start(watched);
	int			njudged;
	int			nkeys = 0;
	uint64		i;

	watched_check(watched);
	njudged = ledger_keys(watched->account, keys);
	if (SPI_execute_plan(own_prepare(context, query, 0, NULL, watched->relation, NULL, 0, 0), NULL, NULL, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not execute \"%s\"", query);
	AtEOXact_GUC(true, nest);
	MemoryContextSwitchTo(context);
	*keys = repalloc_huge(*keys, (njudged + SPI_processed + 1) * sizeof(char *));
	nkeys = njudged;
	*nulls = *long_keys = 0;
	for (i = 0; i < SPI_processed; i++)
	{
		bool		null;
		Datum		key = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &null);

		CHECK_FOR_INTERRUPTS();
		if (null)
		{
			(*nulls)++;
			continue;
		}
		(*keys)[nkeys] = key_text(watched->key_type, key);
		if (strlen((*keys)[nkeys]) > KEY_BYTES)
			(*long_keys)++;
		else
			nkeys++;
	}
	SPI_freetuptable(SPI_tuptable);
	return keys_sort(*keys, nkeys);
}

bool
watched_relation_has(Oid relation, const char *key_column, const char *key, DateADT *day, bool *own)
{
	MemoryContext context = CurrentMemoryContext;
	Watched    *watched = palloc0(sizeof(Watched));
	Relation	rel = relation_opened(relation);
	int			number = column_number(RelationGetDescr(rel), key_column);
	int			nest;
	SPIPlanPtr	plan;
	Datum		value;
	bool		null;
	bool		has = false;

	watched->relation = relation;
	watched->name = relation_identity(relation);
	watched->key = pstrdup(key_column);
	watched->everyone = true;
	if (number == 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"%s\" of %s does not exist", key_column, watched->name)));
	watched->key_type = key_type(RelationGetDescr(rel), number, watched->name);
	watched->day = day_column(RelationGetDescr(rel));
	relation_close(rel, NoLock);
	*own = false;
	if (!key_value(watched->key_type, key, &value))
		return false;
	plan = watched_prepare(watched, WATCHED_ONE);
	nest = watched_start(watched);
	if (SPI_execute_plan_with_paramlist(plan, own_parameters(1, &watched->key_type, &value, NULL), false, 1) != SPI_OK_SELECT)
		elog(ERROR, "could not read %s", watched->name);
	AtEOXact_GUC(true, nest);
	MemoryContextSwitchTo(context);
	if (SPI_processed > 0)
	{
		has = true;
		*day = DatumGetDateADT(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2, &null));
		*own = !null && !DATE_NOT_FINITE(*day);
	}
	SPI_freetuptable(SPI_tuptable);
	SPI_freeplan(plan);
	return has;
}
