/*
 * policies.c
 *		Storing, guarding and listing the documents of zjtx.policies.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/date.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/uuid.h"

#include "dependents.h"
#include "documents/examples.h"
#include "answers/rows.h"
#include "messages.h"
#include "session/cache.h"
#include "session/stored.h"
#include "session/used.h"
#include "own.h"

ZJTX_FUNCTION(zjtx_store);
ZJTX_FUNCTION(zjtx_examples);
ZJTX_FUNCTION(zjtx_guard_policies);
ZJTX_FUNCTION(zjtx_policies_changed);
ZJTX_FUNCTION(zjtx_fingerprint);
ZJTX_FUNCTION(zjtx_policy_fingerprint);
ZJTX_FUNCTION(zjtx_policy_version);

static SPIPlanPtr store_plan = NULL;
static SPIPlanPtr version_plan = NULL;

/* Returns the document of a value that can be stored: a single one with a header. */
static const Document *
storable(const Compiled *compiled)
{
	const Document *doc = linitial(compiled->policy->documents);

	if (doc->bare || compiled->policy->series || compiled->policy->has_as_of || compiled->policy->used)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("only a single document that begins with \"policy\" can be stored"),
				 doc->bare ? errhint("Add a header to the rule: policy my-rule 'its title' ... clause 1 when ....") :
				 compiled->policy->used ? errhint("Store each of the documents by itself, those that others use first.") :
				 compiled->policy->series ? errhint("Store the versions of a series one by one.") :
				 errhint("A stored policy cannot be bound to a day; as_of sets the day when the policy is asked.")));
	return doc;
}

/*
 * Inserts or replaces the row of a document.  A draft replaces only a draft: otherwise a law
 * would cease to be in force.
 */
static void
store_row(const char *code, Datum doc, bool draft)
{
	Oid			types[2] = {own_type(OWN_POLICY), BOOLOID};
	Datum		values[2] = {doc, BoolGetDatum(draft)};

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	(void) own_execute(&store_plan, "INSERT INTO zjtx.policies AS p (doc, draft) VALUES ($1, $2) "
					   "ON CONFLICT (code) DO UPDATE SET doc = excluded.doc, draft = excluded.draft WHERE p.draft OR NOT excluded.draft",
					   2, types, values, NULL, false);
	if (SPI_processed == 0)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("policy \"%s\" is stored and is not a draft", code),
				 errhint("Give the draft a code of its own, or delete the stored document first.")));
	SPI_finish();
}

/* Reports how many expectations of a draft fail, unless a document that it uses is missing. */
static void
report_draft(const Compiled *compiled, const char *code)
{
	List	   *results;
	ListCell   *cell;
	int			failed = 0;
	int			i;

	if (((const Document *) linitial(compiled->policy->documents))->uses)
		compiled = policy_compile(stored_with_used(compiled->policy), false);
	for (i = 0; i < compiled->nprograms; i++)
		if (compiled->programs[i]->not_there)
		{
			ereport(NOTICE,
					(errmsg("draft \"%s\" uses \"%s\", which is not stored", code, compiled->programs[i]->not_there)));
			return;
		}
	results = examples_run(compiled);
	foreach(cell, results)
	{
		failed += !((const ExampleResult *) lfirst(cell))->holds;
	}
	if (failed > 0)
		ereport(NOTICE,
				(errmsg("%d of the %d expectations of draft \"%s\" fail", failed, list_length(results), code),
				 errhint("SELECT e.* FROM zjtx.policies, zjtx.examples(doc) e WHERE code = '%s' AND NOT holds;", code)));
}

/*
 * store(text, draft) → the document's code.  Parses, runs the examples of the document and of
 * those that use it, inserts or replaces.
 */
Datum
zjtx_store(PG_FUNCTION_ARGS)
{
	text	   *source = PG_GETARG_TEXT_PP(0);
	const Compiled *compiled;
	const Document *doc;
	bool		draft = PG_GETARG_BOOL(1);
	char	   *code;

	compiled = policy_compile(text_to_cstring(source), false);
	doc = storable(compiled);
	code = pstrdup(doc->provision.code);
	if (doc->uses == NIL && !draft)
		dependents_run_examples(compiled, code);
	store_row(code, PointerGetDatum(source), draft);
	if (draft)
	{
		report_draft(compiled, code);
		PG_RETURN_TEXT_P(cstring_to_text(code));
	}
	if (doc->uses)
		dependents_run_examples(dependents_with_used(compiled), code);
	dependents_check(doc);
	PG_RETURN_TEXT_P(cstring_to_text(code));
}

/* examples(p) → example, expected, found, holds */
Datum
zjtx_examples(PG_FUNCTION_ARGS)
{
	text	   *policy = PG_GETARG_TEXT_PP(0);
	Rows		rows;
	ListCell   *cell;

	rows_start(fcinfo, &rows);
	foreach(cell, examples_run(policy_compile(text_to_cstring(policy), false)))
	{
		const ExampleResult *result = lfirst(cell);

		rows_put_text(&rows, result->example);
		rows_put_text(&rows, result->expected);
		rows_put_text(&rows, result->found);
		rows_put_boolean(&rows, result->holds);
		rows_put_row(&rows);
	}
	return (Datum) 0;
}

/* ---------------- the guard ---------------- */

/*
 * Returns whether a script of the extension is running.  Only scripts change shipped
 * documents.
 */
static bool
in_own_script(void)
{
	return creating_extension && CurrentExtensionObject == own_extension();
}

static bool
has_typed_column(TupleDesc desc, const char *name, Oid type)
{
	int			number = SPI_fnumber(desc, name);

	return number > 0 && TupleDescAttr(desc, number - 1)->atttypid == type;
}

/*
 * The owner of any table can attach our trigger function to it.  The code below relies on
 * the column types of zjtx.policies.
 */
static void
check_guarded(TupleDesc desc)
{
	if (!has_typed_column(desc, "doc", own_type(OWN_POLICY)) ||
		!has_typed_column(desc, "code", TEXTOID) || !has_typed_column(desc, "title", TEXTOID) ||
		!has_typed_column(desc, "series", TEXTOID) || !has_typed_column(desc, "uses", TEXTARRAYOID) ||
		!has_typed_column(desc, "number", TEXTOID) || !has_typed_column(desc, "repeals", TEXTARRAYOID) ||
		!has_typed_column(desc, "in_force", DATERANGEOID) ||
		!has_typed_column(desc, "shipped", BOOLOID) || !has_typed_column(desc, "draft", BOOLOID))
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("zjtx_internal.guard_policies can guard only zjtx.policies")));
}

static void
set_column(TupleDesc desc, Datum *values, bool *nulls, const char *name, Datum value, bool null)
{
	int			number = SPI_fnumber(desc, name) - 1;

	values[number] = value;
	nulls[number] = null;
}

static bool
is_set(HeapTuple tuple, TupleDesc desc, const char *name)
{
	bool		null;
	Datum		value = heap_getattr(tuple, SPI_fnumber(desc, name), desc, &null);

	return !null && DatumGetBool(value);
}

static bool
is_shipped(HeapTuple tuple, TupleDesc desc)
{
	return is_set(tuple, desc, "shipped");
}

static bool
is_draft(HeapTuple tuple, TupleDesc desc)
{
	return is_set(tuple, desc, "draft");
}

/* The names that a document uses, as text[]. */
static Datum
uses_array(const Document *doc)
{
	List	   *names = NIL;
	ListCell   *cell;

	foreach(cell, doc->uses)
	{
		names = lappend(names, ((const DocumentUse *) lfirst(cell))->code);
	}
	return used_text_array(names);
}

static Datum
in_force_range(const Document *doc)
{
	char	   *text = psprintf("[%s,%s)", doc->has_from ? date_text(doc->from) : "",
								doc->has_until ? date_text(doc->until) : "");
	Oid			input;
	Oid			element;

	getTypeInputInfo(DATERANGEOID, &input, &element);
	return OidInputFunctionCall(input, text, element, -1);
}

/*
 * A day selects one version of a series, so two versions must not take effect on the same
 * day.  Raises an error if a version other than `code`, which is being replaced, does.  The
 * unique index policies_series catches what this check cannot see: concurrent
 * transactions, and rows hidden by row security.
 */
static void
check_version(const Document *doc, const char *code)
{
	Oid			types[3] = {TEXTOID, DATEOID, TEXTOID};
	Datum		values[3];

	values[0] = CStringGetTextDatum(doc->series);
	values[1] = DateADTGetDatum(doc->from);
	values[2] = CStringGetTextDatum(code);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");

	/*
	 * not read-only, so that rows stored earlier by this statement are
	 * visible
	 */
	(void) own_execute(&version_plan, "SELECT code FROM zjtx.policies WHERE series OPERATOR(pg_catalog.=) $1 "
					   "AND pg_catalog.lower(in_force) OPERATOR(pg_catalog.=) $2 "
					   "AND code OPERATOR(pg_catalog.<>) $3 AND NOT draft",
					   3, types, values, NULL, false);
	if (SPI_processed > 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNIQUE_VIOLATION),
				 errmsg("\"%s\" and the stored \"%s\" of series \"%s\" are both in force from %s",
						doc->provision.code, SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1),
						doc->series, date_text(doc->from)),
				 errhint("Change the day of one of them, or delete the stored one first.")));
	SPI_finish();
}

/*
 * The row trigger of zjtx.policies.  It fills the other columns from doc, and it lets only
 * the extension's scripts change shipped rows.
 */
Datum
zjtx_guard_policies(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;
	TupleDesc	desc;
	HeapTuple	tuple;
	const Compiled *compiled;
	const Document *doc;
	Datum		given;
	text	   *source;
	Datum	   *values;
	bool	   *nulls;
	bool		null;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_BEFORE(trigger->tg_event) ||
		TRIGGER_FIRED_FOR_ROW(trigger->tg_event) == TRIGGER_FIRED_BY_TRUNCATE(trigger->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("zjtx_internal.guard_policies must be fired before each row, or before truncate")));
	if (TRIGGER_FIRED_BY_TRUNCATE(trigger->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("zjtx.policies cannot be truncated"),
				 errhint("Delete the rows that are not shipped.")));
	desc = RelationGetDescr(trigger->tg_relation);
	check_guarded(desc);

	if (!TRIGGER_FIRED_BY_INSERT(trigger->tg_event) && !in_own_script() &&
		is_shipped(trigger->tg_trigtuple, desc))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("a policy shipped with zjtx cannot be changed"),
				 errhint("Store your version under a code of your own.")));
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) && in_own_script() &&
		!is_shipped(trigger->tg_trigtuple, desc))
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_OBJECT),
				 errmsg("policy \"%s\" is shipped with this version of zjtx, but a policy of your own has its code",
						SPI_getvalue(trigger->tg_trigtuple, desc, SPI_fnumber(desc, "code"))),
				 errhint("Store yours under another code and delete it under this one before you update.")));
	if (TRIGGER_FIRED_BY_DELETE(trigger->tg_event))
		return PointerGetDatum(trigger->tg_trigtuple);

	tuple = TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) ? trigger->tg_newtuple : trigger->tg_trigtuple;
	values = palloc_array(Datum, desc->natts);
	nulls = palloc_array(bool, desc->natts);
	heap_deform_tuple(tuple, desc, values, nulls);
	given = heap_getattr(tuple, SPI_fnumber(desc, "doc"), desc, &null);
	if (null)
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a stored policy needs its document"),
				 errhint("Set only doc; the other columns are derived from it.")));
	source = DatumGetTextPP(given);
	compiled = compiled_tree(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source), CurrentMemoryContext);
	doc = storable(compiled);
	if (doc->series && !is_draft(tuple, desc))
		check_version(doc, TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) ?
					  SPI_getvalue(trigger->tg_trigtuple, desc, SPI_fnumber(desc, "code")) : doc->provision.code);
	set_column(desc, values, nulls, "code", CStringGetTextDatum(doc->provision.code), false);
	set_column(desc, values, nulls, "title", CStringGetTextDatum(doc->provision.title), false);
	set_column(desc, values, nulls, "series",
			   doc->series ? CStringGetTextDatum(doc->series) : (Datum) 0, doc->series == NULL);
	set_column(desc, values, nulls, "uses", uses_array(doc), doc->uses == NIL);
	set_column(desc, values, nulls, "number",
			   doc->number ? CStringGetTextDatum(doc->number) : (Datum) 0, doc->number == NULL);
	set_column(desc, values, nulls, "repeals", used_text_array(doc->repeals), doc->repeals == NIL);
	set_column(desc, values, nulls, "in_force", in_force_range(doc), false);
	set_column(desc, values, nulls, "shipped", BoolGetDatum(in_own_script()), false);
	return PointerGetDatum(heap_form_tuple(desc, values, nulls));
}

/* The value of a column of type text, or NULL. */
static char *
column_text(HeapTuple tuple, TupleDesc desc, const char *name)
{
	return SPI_getvalue(tuple, desc, SPI_fnumber(desc, name));
}

/*
 * Raises an error if a name that a stored document uses would disappear.  This runs at
 * the end of the statement, so that one statement can delete both documents.  A replica
 * receives the rows of a statement one by one, and the publisher has checked them.
 */
static void
check_gone(const TriggerData *trigger)
{
	TupleDesc	desc = RelationGetDescr(trigger->tg_relation);
	static const char *const names[] = {"code", "series"};
	size_t		i;

	if (SessionReplicationRole == SESSION_REPLICATION_ROLE_REPLICA ||
		!TRIGGER_FIRED_FOR_ROW(trigger->tg_event) || TRIGGER_FIRED_BY_INSERT(trigger->tg_event))
		return;
	check_guarded(desc);
	for (i = 0; i < lengthof(names); i++)
	{
		/* no name means a draft */
		char	   *before = is_draft(trigger->tg_trigtuple, desc) ? NULL :
		column_text(trigger->tg_trigtuple, desc, names[i]);
		char	   *after = TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) && !is_draft(trigger->tg_newtuple, desc) ?
		column_text(trigger->tg_newtuple, desc, names[i]) : NULL;

		if (before && (after == NULL || strcmp(before, after) != 0))
			dependents_refuse(before);
	}
}

/*
 * The trigger of zjtx.policies after a change.  Once the change commits, every session
 * rebuilds the plans into which a policy's name was folded.
 */
Datum
zjtx_policies_changed(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_AFTER(trigger->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("zjtx_internal.policies_changed() must be called by an AFTER trigger")));
	check_gone(trigger);
	CacheInvalidateRelcache(trigger->tg_relation);
	return PointerGetDatum(NULL);
}

/* fingerprint() → text: one hash of all stored documents */
Datum
zjtx_fingerprint(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_TEXT_P(cstring_to_text(stored_fingerprint()));
}

/* fingerprint(zjtx.policy) → text: the hash of one policy */
Datum
zjtx_policy_fingerprint(PG_FUNCTION_ARGS)
{
	const text *doc = PG_GETARG_TEXT_PP(0);
	const Compiled *compiled = compiled_get(VARDATA_ANY(doc), VARSIZE_ANY_EXHDR(doc), CurrentMemoryContext);

	PG_RETURN_TEXT_P(cstring_to_text(psprintf("%016llx", (unsigned long long) compiled->content)));
}

/* policy_version(zjtx.policy) → uuid: a hash that no other document has */
Datum
zjtx_policy_version(PG_FUNCTION_ARGS)
{
	bytea	   *hash = DatumGetByteaPP(DirectFunctionCall1(sha256_bytea, PG_GETARG_DATUM(0)));
	pg_uuid_t  *version = palloc(sizeof(pg_uuid_t));

	memcpy(version->data, VARDATA_ANY(hash), UUID_LEN);
	PG_RETURN_UUID_P(version);
}
