/*
 * watch_judge.c
 *		Judging enterprises anew and adding to the ledger what changed.
 *
 * What is written to the ledger is what is proved: of a line with an amount its least,
 * of one without 1 or 0.  A clause that pays in stages stands by its stages, each with
 * the least of its share; amounts would otherwise move between clause and stage with
 * what is known, away from what was paid on them.
 */
#include "postgres.h"

#include "compat.h"
#include "access/relation.h"
#include "catalog/namespace.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "commands/async.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/guc.h"
#include "utils/json.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/portal.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

#include "answers/verdict.h"
#include "engine/program.h"
#include "engine/stored.h"
#include "ledger.h"
#include "relation.h"
#include "watch.h"

#define FETCHED 500				/* rows of the view at a time */
#define FLUSHED 10000			/* entries at a time */
#define FEW 4					/* keys that are read one by one */

/* A verdict's line as the ledger keeps it. */
typedef struct Claim
{
	const char *code;
	const char *stage;
	const char *unit;			/* NULL without an amount */
	bool		payable;
	int			period;
	bool		undecided;
	bool		zero;
	Numeric		amount;
} Claim;

/* What is done for one chunk of keys. */
typedef struct Judging
{
	Watched    *watched;
	char	  **keys;
	int			nkeys;
	bool	   *judged;			/* by the number of the key */
	Standing  **standings;
	DateADT		today;
	LedgerEntry *entries;
	int			nentries;
	int			room;
	int64		total;
	int			notified;		/* the key of the last notification */
	MemoryContext chunk;
	MemoryContext row;
} Judging;

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

static int
column_number(TupleDesc desc, const char *name)
{
	int			i;

	for (i = 0; i < desc->natts; i++)
		if (!TupleDescAttr(desc, i)->attisdropped && strcmp(NameStr(TupleDescAttr(desc, i)->attname), name) == 0)
			return i + 1;
	return 0;
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

static SPIPlanPtr
prepare_reading(const Watched *watched, bool many)
{
	Oid			type = many ? get_array_type(watched->key_type) : watched->key_type;
	const char *key = quote_identifier(watched->key);
	StringInfoData query;
	SPIPlanPtr	plan;
	int			i;

	initStringInfo(&query);
	appendStringInfo(&query, "SELECT \"zjtx row\".%s", key);
	if (watched->day)
		appendStringInfo(&query, ", \"zjtx row\".%s::pg_catalog.date", quote_identifier(watched->day));
	else
		appendStringInfoString(&query, ", NULL::pg_catalog.date");
	for (i = 0; i < watched->npolicies; i++)
		appendStringInfo(&query, ", zjtx.judge(\"zjtx row\", %s::pg_catalog.text)",
						 quote_literal_cstr(watched->policies[i]));
	appendStringInfo(&query, " FROM %s \"zjtx row\" WHERE \"zjtx row\".%s %s %s", watched->name, key,
					 equality(watched->key_type), many ? "ANY ($1)" : "$1");

	/* how many keys there are is seen when they are there */
	plan = SPI_prepare_cursor(query.data, 1, &type, many ? CURSOR_OPT_CUSTOM_PLAN : 0);
	if (plan == NULL)
		elog(ERROR, "could not prepare \"%s\"", query.data);
	return plan;
}

void
watched_keep(Watched *watched)
{
	SPIPlanPtr	one = prepare_reading(watched, false);
	SPIPlanPtr	many = prepare_reading(watched, true);

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
static int
start_reading(const Watched *watched)
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
	int			nest = start_reading(watched);
	int			njudged;
	int			nkeys = 0;
	uint64		i;

	njudged = ledger_keys(watched->name, keys);
	if (SPI_execute(query, false, 0) != SPI_OK_SELECT)
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

/* ---------------- what changed ---------------- */

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* Amounts have two decimals. */
static Numeric
zero_of(const char *unit)
{
	const Hundredths nothing = {0, NULL};

	return unit ? hundredths_numeric(&nothing) : int64_to_numeric(0);
}

static void
flush(Judging *judging)
{
	MemoryContext old = MemoryContextSwitchTo(judging->row);

	ledger_insert(judging->watched->name, judging->entries, judging->nentries);
	MemoryContextSwitchTo(old);
	judging->total += judging->nentries;
	judging->nentries = 0;
}

static void
notify(Judging *judging, int key)
{
	StringInfoData payload;

	if (judging->watched->channel == NULL || judging->notified == key)
		return;
	judging->notified = key;
	initStringInfo(&payload);
	appendStringInfoString(&payload, "{\"relation\": ");
	escape_json(&payload, judging->watched->name);
	appendStringInfoString(&payload, ", \"key\": ");
	escape_json(&payload, judging->keys[key]);
	appendStringInfoChar(&payload, '}');
	Async_Notify(judging->watched->channel, payload.data);
	pfree(payload.data);
}

static const char *
copy_text(const char *text)
{
	return text ? pstrdup(text) : NULL;
}

static Numeric
copy_numeric(Numeric numeric)
{
	return DatumGetNumericCopy(NumericGetDatum(numeric));
}

static void
add_entry(Judging *judging, int key, const char *policy, const Claim *claim, Numeric old, DateADT day, bool rise)
{
	MemoryContext context = MemoryContextSwitchTo(judging->chunk);
	LedgerEntry *entry;

	if (judging->nentries == judging->room)
	{
		judging->room *= 2;
		judging->entries = repalloc(judging->entries, judging->room * sizeof(LedgerEntry));
	}
	entry = &judging->entries[judging->nentries++];
	entry->key = judging->keys[key];
	entry->policy = policy;
	entry->code = pstrdup(claim->code);
	entry->stage = copy_text(claim->stage);
	entry->unit = copy_text(claim->unit);
	entry->payable = claim->payable;
	entry->period = claim->period;
	entry->kind = rise ? (claim->unit ? "owed" : "reached") :
		claim->undecided ? "undecided" : claim->unit ? "lapsed" : "lost";
	entry->old = copy_numeric(old);
	entry->new = copy_numeric(claim->amount);
	entry->judged_on = day;
	MemoryContextSwitchTo(context);
	notify(judging, key);
}

static Standing *
find_standing(Judging *judging, int key, const char *policy, const Claim *claim)
{
	Standing   *standing;

	for (standing = judging->standings[key]; standing; standing = standing->next)
		if (standing->period == claim->period && standing->payable == claim->payable &&
			strcmp(standing->code, claim->code) == 0 &&
			same_text(standing->stage, claim->stage) && same_text(standing->unit, claim->unit) &&
			strcmp(standing->policy, policy) == 0)
			return standing;
	return NULL;
}

static int
compare_numerics(Numeric a, Numeric b)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(a), NumericGetDatum(b)));
}

/* A line of the document beside where the ledger stands. */
static void
compare_claim(Judging *judging, int key, const char *policy, const Claim *claim, DateADT day)
{
	Standing   *standing = find_standing(judging, key, policy, claim);
	Numeric		old;
	int			order;

	if (standing)
		standing->judged = true;
	else if (claim->zero)
		return;
	old = standing ? standing->amount : zero_of(claim->unit);
	order = compare_numerics(claim->amount, old);
	if (order == 0)
		return;
	add_entry(judging, key, policy, claim, old, day, order > 0);
	if (standing)
	{
		MemoryContext context = MemoryContextSwitchTo(judging->chunk);

		standing->amount = copy_numeric(claim->amount);
		MemoryContextSwitchTo(context);
	}
}

/* Whether the document has a line about the same that is undecided. */
static bool
is_undecided(const Claim *claims, int nclaims, const Standing *standing)
{
	int			i;

	for (i = 0; i < nclaims; i++)
		if (claims[i].undecided && strcmp(claims[i].code, standing->code) == 0 &&
			same_text(claims[i].stage, standing->stage))
			return true;
	return false;
}

/*
 * What stands in the ledger and in no line falls: of what has a period only that of the
 * year judged, unless the row is gone.
 */
static void
compare_rest(Judging *judging, int key, const char *policy, const Claim *claims, int nclaims, bool gone,
			 int year, DateADT day)
{
	Standing   *standing;

	for (standing = judging->standings[key]; standing; standing = standing->next)
	{
		Claim		claim;

		if (standing->judged || strcmp(standing->policy, policy) != 0 ||
			(!gone && standing->period != 0 && standing->period != year))
			continue;
		claim.code = standing->code;
		claim.stage = standing->stage;
		claim.unit = standing->unit;
		claim.payable = standing->payable;
		claim.period = standing->period;
		claim.undecided = is_undecided(claims, nclaims, standing);
		claim.amount = zero_of(claim.unit);
		add_entry(judging, key, policy, &claim, standing->amount, day, false);
		if (judging->nentries == FLUSHED)
			flush(judging);
	}
}

static bool
is_zero(const Hundredths *amount)
{
	return amount->numeric == NULL && amount->value == 0;
}

/* The claims that a verdict makes; returns how many. */
static int
read_claims(const Verdict *verdict, Claim **claims)
{
	const char *shape = verdict->data;
	const char *lines = verdict_lines(verdict);
	Claim	   *claim;
	int			i;

	*claims = claim = palloc_array(Claim, verdict->nlines + 1);
	for (i = 0; i < verdict->nlines; i++)
	{
		VerdictSubject subject;
		VerdictLine line;

		CHECK_FOR_INTERRUPTS();
		shape = shape_next(shape, &subject);
		lines = line_next(lines, &line);

		/* a clause stands by its stages, which follow it */
		if (subject.stage && claim > *claims && claim[-1].stage == NULL && strcmp(claim[-1].code, subject.clause) == 0)
			claim--;
		claim->code = subject.clause ? subject.clause : "";
		claim->stage = subject.stage;
		claim->unit = line.status == LINE_UNDETERMINED ? NULL : subject.unit;
		claim->payable = claim->unit && (strcmp(subject.kind, "reward") == 0 || strcmp(subject.kind, "subsidy") == 0);
		claim->period = line.period;
		claim->undecided = line.status == LINE_UNDECIDED;
		if (claim->unit == NULL)
		{
			claim->zero = line.truth != TRUTH_TRUE;
			claim->amount = int64_to_numeric(claim->zero ? 0 : 1);
		}
		else
		{
			const Hundredths nothing = {0, NULL};
			const Hundredths *least = line.ranged ? &line.low : line.has_amount ? &line.amount : &nothing;

			claim->zero = is_zero(least);
			claim->amount = hundredths_numeric(least);
		}
		claim++;
	}
	return claim - *claims;
}

/* ---------------- rows ---------------- */

static void
judge_row(Judging *judging, HeapTuple tuple, TupleDesc desc)
{
	Watched    *watched = judging->watched;
	bool		null;
	char	   *text = key_text(watched->key_type, watched->key_type, SPI_getbinval(tuple, desc, 1, &null));
	int			key = key_number(judging->keys, judging->nkeys, text);
	DateADT		day = judging->today;
	int			year = date_year(day);
	int			i,
				j;

	if (key < 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"%s\" of %s writes the key \"%s\" otherwise than it was asked for",
						watched->key, watched->name, text),
				 errhint("Let the view and the table that is written have keys of one type.")));
	if (judging->judged[key])
		ereport(ERROR,
				(errcode(ERRCODE_CARDINALITY_VIOLATION),
				 errmsg("%s has more than one row with the key \"%s\"", watched->name, text),
				 errdetail("By column \"%s\" it has to have one row for an enterprise.", watched->key)));
	judging->judged[key] = true;

	if (watched->day)
	{
		DateADT		own = DatumGetDateADT(SPI_getbinval(tuple, desc, 2, &null));

		/* while the day is unknown, so is the year */
		if (null || DATE_NOT_FINITE(own))
			year = 0;
		else
		{
			day = own;
			year = date_year(day);
		}
	}
	for (i = 0; i < watched->npolicies; i++)
	{
		Datum		judged = SPI_getbinval(tuple, desc, 3 + i, &null);
		Claim	   *claims;
		int			nclaims = read_claims((const Verdict *) PG_DETOAST_DATUM(judged), &claims);

		for (j = 0; j < nclaims; j++)
		{
			compare_claim(judging, key, watched->policies[i], &claims[j], day);
			if (judging->nentries == FLUSHED)
				flush(judging);
		}
		compare_rest(judging, key, watched->policies[i], claims, nclaims, false, year, day);
	}
}

/* Judges the rows that a plan reads with an argument. */
static void
judge_rows(Judging *judging, SPIPlanPtr plan, Datum argument)
{
	int			nest = start_reading(judging->watched);
	Portal		portal = SPI_cursor_open(NULL, plan, &argument, NULL, false);
	uint64		i;

	if (portal == NULL)
		elog(ERROR, "could not read %s", judging->watched->name);
	do
	{
		MemoryContext old;
		SPITupleTable *table;

		SPI_cursor_fetch(portal, true, FETCHED);
		table = SPI_tuptable;
		old = MemoryContextSwitchTo(judging->row);
		for (i = 0; i < table->numvals; i++)
		{
			CHECK_FOR_INTERRUPTS();
			judge_row(judging, table->vals[i], table->tupdesc);
			MemoryContextReset(judging->row);
		}
		MemoryContextSwitchTo(old);
		SPI_freetuptable(table);
	} while (i == FETCHED);
	SPI_cursor_close(portal);
	AtEOXact_GUC(true, nest);
}

static Datum
key_value(const Watched *watched, const char *key)
{
	Oid			input;
	Oid			element;

	getTypeInputInfo(watched->key_type, &input, &element);
	return OidInputFunctionCall(input, (char *) key, element, -1);
}

static void
read_rows(Judging *judging)
{
	Watched    *watched = judging->watched;
	int16		length;
	bool		by_value;
	char		align;
	Datum	   *values;
	int			i;

	if (judging->nkeys <= FEW)
	{
		if (watched->one == NULL)
			watched->one = prepare_reading(watched, false);
		for (i = 0; i < judging->nkeys; i++)
			judge_rows(judging, watched->one, key_value(watched, judging->keys[i]));
		return;
	}
	if (watched->many == NULL)
		watched->many = prepare_reading(watched, true);
	values = palloc_array(Datum, judging->nkeys);
	for (i = 0; i < judging->nkeys; i++)
		values[i] = key_value(watched, judging->keys[i]);
	get_typlenbyvalalign(watched->key_type, &length, &by_value, &align);
	judge_rows(judging, watched->many,
			   PointerGetDatum(construct_array(values, judging->nkeys, watched->key_type, length, by_value, align)));
}

static int64
judge_chunk(Watched *watched, char **keys, int nkeys)
{
	MemoryContext old = CurrentMemoryContext;
	Judging		judging;
	int			i,
				j;

	memset(&judging, 0, sizeof(judging));
	judging.chunk = AllocSetContextCreate(old, "zjtx watch", ALLOCSET_DEFAULT_SIZES);
	judging.row = AllocSetContextCreate(judging.chunk, "zjtx watch row", ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(judging.chunk);
	judging.watched = watched;
	judging.keys = keys;
	judging.nkeys = nkeys;
	judging.judged = palloc0_array(bool, nkeys);
	judging.standings = palloc0_array(Standing *, nkeys);
	judging.room = 16;
	judging.entries = palloc_array(LedgerEntry, judging.room);
	judging.today = stored_day();
	judging.notified = -1;

	ledger_lock(watched->name, keys, nkeys, judging.today);
	ledger_standings(watched->name, keys, nkeys, watched->policies, watched->npolicies, judging.standings);
	read_rows(&judging);
	MemoryContextSwitchTo(judging.chunk);
	for (i = 0; i < nkeys; i++)
		for (j = 0; j < watched->npolicies && !judging.judged[i]; j++)
			compare_rest(&judging, i, watched->policies[j], NULL, 0, true, 0, judging.today);
	flush(&judging);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(judging.chunk);
	return judging.total;
}

int64
watched_judge(Watched *watched, char **keys, int nkeys)
{
	int64		total = 0;
	int			done;

	for (done = 0; done < nkeys; done += WATCH_CHUNK)
	{
		CHECK_FOR_INTERRUPTS();
		total += judge_chunk(watched, keys + done, Min(WATCH_CHUNK, nkeys - done));
	}
	return total;
}
