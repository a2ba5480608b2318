/*
 * watch_view.c
 *		What is watched: a view with a row for each enterprise, and how it is read.
 */
#include "postgres.h"

#include "compat.h"
#include "access/relation.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

#include "ledger.h"
#include "own.h"
#include "relation.h"
#include "watch.h"

/* ---------------- what is watched ---------------- */

Oid
key_type_of(TupleDesc desc, int attnum, const char *relation)
{
	Form_pg_attribute column = TupleDescAttr(desc, attnum - 1);
	Oid			type = getBaseType(column->atttypid);
	Oid			output;
	bool		varlena;

	getTypeOutputInfo(type, &output, &varlena);
	if (func_volatile(output) != PROVOLATILE_IMMUTABLE && !type_is_enum(type))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("column \"%s\" of %s cannot be a key", NameStr(column->attname), relation),
				 errdetail("How a value of type %s is written depends on the session.",
						   format_type_be(column->atttypid)),
				 errhint("Give the view a column that writes it as text.")));
	return type;
}

char *
key_text(Oid type, Oid key_type, Datum value)
{
	Oid			output;
	Oid			input;
	Oid			element;
	bool		varlena;
	char	   *text;

	getTypeOutputInfo(type, &output, &varlena);
	text = OidOutputFunctionCall(output, value);
	if (type == key_type)
		return text;
	getTypeInputInfo(key_type, &input, &element);
	value = OidInputFunctionCall(input, text, element, -1);
	getTypeOutputInfo(key_type, &output, &varlena);
	return OidOutputFunctionCall(output, value);
}

Datum
key_value(const Watched *watched, const char *key)
{
	Oid			input;
	Oid			element;

	getTypeInputInfo(watched->key_type, &input, &element);
	return OidInputFunctionCall(input, (char *) key, element, -1);
}

/* The column from which a row has its day, as row_bind finds it. */
static char *
day_column(TupleDesc desc)
{
	const char *names[2] = {"as_of", "判断日"};
	int			i;

	for (i = 0; i < 2; i++)
	{
		int			number = column_number(desc, names[i]);
		Oid			type;

		if (number == 0)
			continue;
		type = getBaseType(TupleDescAttr(desc, number - 1)->atttypid);
		return type == DATEOID || type == TIMESTAMPOID ? pstrdup(names[i]) : NULL;
	}
	return NULL;
}

static void
read_option(Watched *watched, const char *option)
{
	const char *channel = strchr(option, '=') + 1;

	if (strncmp(option, "notify=", strlen("notify=")) != 0 || *channel == '\0')
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no option \"%s\"", option),
				 errhint("The option is notify=channel.")));
	watched->channel = pstrdup(channel);
}

Watched *
watched_create(Oid relation, const char *key, char **arguments, int narguments)
{
	Watched    *watched = palloc0(sizeof(Watched));
	Relation	rel = relation_open(relation, AccessShareLock);
	TupleDesc	desc = RelationGetDescr(rel);
	int			number = column_number(desc, key);
	int			i;

	watched->relation = relation;
	watched->name = relation_words(relation);
	if (number == 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"%s\" of %s does not exist", key, watched->name),
				 errhint("The key is the column by which the view has one row for an enterprise.")));
	watched->key = pstrdup(key);
	watched->key_type = key_type_of(desc, number, watched->name);
	if (!OidIsValid(lookup_type_cache(watched->key_type, TYPECACHE_EQ_OPR)->eq_opr) ||
		!OidIsValid(get_array_type(watched->key_type)))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FUNCTION),
				 errmsg("column \"%s\" of %s cannot be a key", key, watched->name),
				 errdetail("Values of type %s cannot be compared.", format_type_be(watched->key_type))));
	watched->day = day_column(desc);
	relation_close(rel, NoLock);

	watched->policies = palloc0_array(char *, narguments + 1);
	for (i = 0; i < narguments; i++)
	{
		if (strchr(arguments[i], '='))
			read_option(watched, arguments[i]);
		else
			watched->policies[watched->npolicies++] = pstrdup(arguments[i]);
	}
	if (watched->npolicies == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no policy to judge by"),
				 errhint("Give the names of stored policies behind the view and its key.")));
	return watched;
}

/* ---------------- reading the view ---------------- */

/* = on the key's type, by its qualified name */
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

SPIPlanPtr
watched_prepare(const Watched *watched, bool many)
{
	MemoryContext context = GetMemoryChunkContext(unconstify(Watched *, watched));
	MemoryContext old = MemoryContextSwitchTo(context);
	OwnCall    *calls = palloc0_array(OwnCall, watched->npolicies);
	Oid		   *type = palloc_object(Oid);
	const char *key = quote_identifier(watched->key);
	StringInfoData query;
	int			i;

	*type = many ? get_array_type(watched->key_type) : watched->key_type;
	for (i = 0; i < watched->npolicies; i++)
	{
		calls[i].name = "judge";
		calls[i].result = own_type(OWN_VERDICT);
		calls[i].by_name = true;
		calls[i].constant = CStringGetTextDatum(watched->policies[i]);
	}
	MemoryContextSwitchTo(old);

	initStringInfo(&query);
	appendStringInfo(&query, "SELECT \"zjtx row\".%s", key);
	if (watched->day)
		appendStringInfo(&query, ", \"zjtx row\".%s::pg_catalog.date", quote_identifier(watched->day));
	else
		appendStringInfoString(&query, ", NULL::pg_catalog.date");
	for (i = 0; i < watched->npolicies; i++)
		appendStringInfo(&query, ", $%d", i + 2);
	appendStringInfo(&query, " FROM %s \"zjtx row\" WHERE \"zjtx row\".%s %s %s", watched->name, key,
					 equality(watched->key_type), many ? "ANY ($1)" : "$1");

	/* how many keys there are is seen when they are there */
	return own_prepare(context, query.data, 1, type, watched->relation, calls, watched->npolicies,
					   many ? CURSOR_OPT_CUSTOM_PLAN : 0);
}

void
watched_keep(Watched *watched)
{
	SPIPlanPtr	one = watched_prepare(watched, false);
	SPIPlanPtr	many = watched_prepare(watched, true);

	if (SPI_keepplan(one) != 0 || SPI_keepplan(many) != 0)
		elog(ERROR, "could not keep the plans of %s", watched->name);
	watched->one = one;
	watched->many = many;
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

/* Whoever is to see everybody reads without row security, which is an error where it hides rows. */
int
watched_start(const Watched *watched)
{
	int			nest = NewGUCNestLevel();

	if (watched->everyone)
		(void) set_config_option("row_security", "off", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	return nest;
}

int
watched_all(Watched *watched, char ***keys)
{
	MemoryContext context = CurrentMemoryContext;
	char	   *query = psprintf("SELECT %s FROM %s", quote_identifier(watched->key), watched->name);
	int			nest = watched_start(watched);
	int			njudged;
	int			nkeys = 0;
	uint64		i;

	njudged = ledger_keys(watched->name, keys);
	if (SPI_execute_plan(own_prepare(context, query, 0, NULL, watched->relation, NULL, 0, 0), NULL, NULL, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not execute \"%s\"", query);
	AtEOXact_GUC(true, nest);
	MemoryContextSwitchTo(context);
	*keys = repalloc_huge(*keys, (njudged + SPI_processed + 1) * sizeof(char *));
	nkeys = njudged;
	for (i = 0; i < SPI_processed; i++)
	{
		bool		null;
		Datum		key = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &null);

		CHECK_FOR_INTERRUPTS();
		if (!null)
			(*keys)[nkeys++] = key_text(watched->key_type, watched->key_type, key);
	}
	SPI_freetuptable(SPI_tuptable);
	return keys_sort(*keys, nkeys);
}
