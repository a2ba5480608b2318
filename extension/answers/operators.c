/*
 * operators.c
 *		The type zjtx.policy, and the operators and functions that ask it.
 *
 * Each question has four forms: of a row or a jsonb object, to a policy value or a
 * stored name.  What a call prepares is kept in fn_extra: policies with their
 * bindings to row types, most recently used first.
 */
#include "postgres.h"

#include "compat.h"
#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/jsonb.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

#include "answer.h"
#include "engine/bind.h"
#include "engine/stored.h"

/* ---------------- what a call keeps ---------------- */

#define MAX_KEPT 256			/* policies that one call site keeps bound */

typedef struct KeptPolicy
{
	MemoryContext context;		/* holds this; pins the compiled policy */
	const char *key;			/* its text, or its name */
	int			length;
	SnapshotMark mark;			/* of a name */
	const Compiled *compiled;
	bool		bound;
	Oid			type;			/* the row type that is bound */
	int32		typmod;
	uint64		version;		/* of the row type, which ALTER TABLE changes */
	MemoryContext bind_context;
	RowBinding **bindings;		/* by version */
	Run		  **runs;
} KeptPolicy;

typedef struct CallState
{
	List	   *kept;			/* of KeptPolicy, most recently used first */
} CallState;

static CallState *
call_state(FunctionCallInfo fcinfo)
{
	CallState  *state = fcinfo->flinfo->fn_extra;

	if (state == NULL)
	{
		state = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(CallState));
		fcinfo->flinfo->fn_extra = state;
	}
	return state;
}

static KeptPolicy *
keep_policy(FunctionCallInfo fcinfo, CallState *state, const char *key, int length, bool by_name)
{
	MemoryContext context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "zjtx call", ALLOCSET_SMALL_SIZES);
	MemoryContext old;
	KeptPolicy *kept = MemoryContextAllocZero(context, sizeof(KeptPolicy));
	const char *text = key;
	int			text_length = length;
	int			i;

	kept->context = context;
	old = MemoryContextSwitchTo(context);
	kept->key = pnstrdup(key, length);
	kept->length = length;
	if (by_name)
	{
		kept->mark = snapshot_mark();
		text = stored_policy(key, length);
		text_length = strlen(text);
	}
	kept->compiled = compiled_get(text, text_length, context);
	kept->bindings = palloc0_array(RowBinding *, kept->compiled->nprograms);
	kept->runs = palloc_array(Run *, kept->compiled->nprograms);
	for (i = 0; i < kept->compiled->nprograms; i++)
		kept->runs[i] = run_create(kept->compiled->programs[i]);
	MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	if (list_length(state->kept) >= MAX_KEPT)
	{
		KeptPolicy *oldest = llast(state->kept);

		state->kept = list_delete_last(state->kept);
		MemoryContextDelete(oldest->context);
	}
	state->kept = lcons(kept, state->kept);
	MemoryContextSwitchTo(old);
	return kept;
}

/* The policy that the second argument gives or names. */
static KeptPolicy *
kept_policy(FunctionCallInfo fcinfo, bool by_name)
{
	CallState  *state = call_state(fcinfo);
	struct varlena *argument = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(1));
	const char *key = VARDATA_ANY(argument);
	int			length = VARSIZE_ANY_EXHDR(argument);
	ListCell   *cell;

	foreach(cell, state->kept)
	{
		KeptPolicy *kept = lfirst(cell);

		if (kept->length != length || memcmp(kept->key, key, length) != 0)
			continue;
		if (by_name)
		{
			SnapshotMark now = snapshot_mark();

			if (memcmp(&kept->mark, &now, sizeof(now)) != 0)
			{
				state->kept = foreach_delete_current(state->kept, cell);
				MemoryContextDelete(kept->context);
				break;
			}
		}
		if (foreach_current_index(cell) > 0)
		{
			MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

			state->kept = foreach_delete_current(state->kept, cell);
			state->kept = lcons(kept, state->kept);
			MemoryContextSwitchTo(old);
		}
		return kept;
	}
	return keep_policy(fcinfo, state, key, length, by_name);
}

/* Binds the row type unless it is bound. */
static void
bind_row_type(KeptPolicy *kept, Oid type, int32 typmod)
{
	MemoryContext old;
	bool		known = type != RECORDOID || typmod >= 0;
	uint64		version = known ? assign_record_type_identifier(getBaseType(type), typmod) : 0;
	TupleDesc	desc = NULL;
	int			i;

	if (kept->bound && kept->type == type && kept->typmod == typmod && kept->version == version)
		return;
	kept->bound = false;
	if (kept->bind_context)
		MemoryContextDelete(kept->bind_context);
	kept->bind_context = AllocSetContextCreate(kept->context, "zjtx binding", ALLOCSET_SMALL_SIZES);
	if (known)
		desc = lookup_rowtype_tupdesc_domain(type, typmod, false);
	old = MemoryContextSwitchTo(kept->bind_context);
	for (i = 0; i < kept->compiled->nprograms; i++)
		kept->bindings[i] = row_bind(kept->compiled->programs[i], kept->compiled->name, desc);
	MemoryContextSwitchTo(old);
	if (desc)
		ReleaseTupleDesc(desc);
	kept->type = type;
	kept->typmod = typmod;
	kept->version = version;
	kept->bound = true;
}

/* ---------------- a question ---------------- */

static FactSource *
version_source(FunctionCallInfo fcinfo, KeptPolicy *kept, int version, bool is_jsonb, DefaultDay day)
{
	HeapTupleHeader header;

	if (is_jsonb)
		return jsonb_source(kept->compiled->programs[version], kept->compiled->name,
							PG_ARGISNULL(0) ? NULL : PG_GETARG_JSONB_P(0), day);
	if (PG_ARGISNULL(0))
	{
		Oid			type = get_fn_expr_argtype(fcinfo->flinfo, 0);

		/* an outer join's missing row: every column is NULL */
		bind_row_type(kept, OidIsValid(type) ? type : RECORDOID, -1);
		return row_source(kept->bindings[version], NULL, day);
	}
	header = PG_GETARG_HEAPTUPLEHEADER(0);
	bind_row_type(kept, HeapTupleHeaderGetTypeId(header), HeapTupleHeaderGetTypMod(header));
	return row_source(kept->bindings[version], header, day);
}

/*
 * Which versions of a series may be in force: that of the row's day, or all where
 * the day is unknown.
 */
static void
choose_versions(Question *question, KeptPolicy *kept, const Value *day)
{
	int			chosen = -1;
	int			i;

	if (!day->known)
	{
		question->nothing = true;
		return;
	}
	for (i = 0; i < kept->compiled->nprograms; i++)
	{
		const Document *doc = kept->compiled->programs[i]->doc;

		if (doc->from <= day->day && (!doc->has_until || day->day < doc->until) &&
			(chosen < 0 || doc->from > kept->compiled->programs[chosen]->doc->from))
			chosen = i;
	}
	question->nruns = chosen >= 0 ? 1 : 0;
	question->nothing = chosen < 0;
	if (chosen >= 0)
		question->runs[0] = kept->runs[chosen];
}

static Question
ask(FunctionCallInfo fcinfo, bool is_jsonb, bool by_name)
{
	KeptPolicy *kept = kept_policy(fcinfo, by_name);
	Question	question;
	DefaultDay	day = {false, 0};
	int			i;

	if (kept->compiled->policy->has_as_of)
	{
		day.known = true;
		day.day = kept->compiled->policy->as_of;
	}
	else if (by_name)
		day = stored_day();

	question.compiled = kept->compiled;
	question.nruns = kept->compiled->nprograms;
	question.runs = palloc_array(Run *, question.nruns);
	question.nothing = false;
	for (i = 0; i < question.nruns; i++)
	{
		question.runs[i] = kept->runs[i];
		run_begin(question.runs[i], version_source(fcinfo, kept, i, is_jsonb, day));
	}
	if (kept->compiled->policy->series)
	{
		Value		as_of;
		FactSource *source = kept->runs[0]->source;

		source->load(source, 0, &as_of);
		choose_versions(&question, kept, &as_of);
	}
	return question;
}

/* ---------------- the four forms of a question ---------------- */

#define QUESTION(name) \
	static Datum name(FunctionCallInfo fcinfo, const Question *question); \
	ZJTX_FUNCTION(zjtx_##name##_row); \
	ZJTX_FUNCTION(zjtx_##name##_row_name); \
	ZJTX_FUNCTION(zjtx_##name##_jsonb); \
	ZJTX_FUNCTION(zjtx_##name##_jsonb_name); \
	Datum zjtx_##name##_row(PG_FUNCTION_ARGS) { return answer(fcinfo, name, false, false); } \
	Datum zjtx_##name##_row_name(PG_FUNCTION_ARGS) { return answer(fcinfo, name, false, true); } \
	Datum zjtx_##name##_jsonb(PG_FUNCTION_ARGS) { return answer(fcinfo, name, true, false); } \
	Datum zjtx_##name##_jsonb_name(PG_FUNCTION_ARGS) { return answer(fcinfo, name, true, true); } \
	static Datum \
	name(FunctionCallInfo fcinfo pg_attribute_unused(), const Question *question)

static Datum
answer(FunctionCallInfo fcinfo, Datum (*read_off) (FunctionCallInfo, const Question *),
	   bool is_jsonb, bool by_name)
{
	Question	question;

	if (PG_ARGISNULL(1))
		PG_RETURN_NULL();
	question = ask(fcinfo, is_jsonb, by_name);
	return read_off(fcinfo, &question);
}

QUESTION(eligible)
{
	switch (answer_eligible(question))
	{
		case TRUTH_TRUE:
			PG_RETURN_BOOL(true);
		case TRUTH_FALSE:
			PG_RETURN_BOOL(false);
		case TRUTH_UNKNOWN:
			break;
	}
	PG_RETURN_NULL();
}

/* The tuple that a function of a composite type returns. */
static Datum
form_result(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	TupleDesc	desc;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls));
}

QUESTION(placement)
{
	Placement	placement = answer_placement(question);
	Datum		values[3];
	bool		nulls[3] = {false, false, false};

	switch (placement.state)
	{
		case PLACEMENT_UNDECIDED:
			PG_RETURN_NULL();
		case PLACEMENT_NONE:
			values[0] = Int32GetDatum(0);
			values[1] = CStringGetTextDatum("none");
			values[2] = CStringGetTextDatum("未入梯度");
			break;
		case PLACEMENT_RUNG:
			values[0] = Int32GetDatum(placement.rung->level);
			values[1] = CStringGetTextDatum(placement.rung->provision.code);
			nulls[2] = placement.rung->provision.title == NULL;
			if (!nulls[2])
				values[2] = CStringGetTextDatum(placement.rung->provision.title);
			break;
	}
	return form_result(fcinfo, values, nulls);
}

QUESTION(amount)
{
	Amount		amount = answer_amount(question);

	if (amount.undetermined || amount.unbounded || number_compare(&amount.low, &amount.high) != 0)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(number_to_numeric(&amount.low, 2));
}

QUESTION(amount_range)
{
	Amount		amount = answer_amount(question);
	Datum		values[2] = {(Datum) 0, (Datum) 0};
	bool		nulls[2];

	nulls[0] = amount.undetermined;
	nulls[1] = amount.undetermined || amount.unbounded;
	if (!nulls[0])
		values[0] = NumericGetDatum(number_to_numeric(&amount.low, 2));
	if (!nulls[1])
		values[1] = NumericGetDatum(number_to_numeric(&amount.high, 2));
	return form_result(fcinfo, values, nulls);
}

QUESTION(missing)
{
	List	   *names = answer_missing(question);
	Datum	   *items = palloc_array(Datum, list_length(names) + 1);
	ListCell   *cell;

	foreach(cell, names)
		items[foreach_current_index(cell)] = CStringGetTextDatum(lfirst(cell));
	PG_RETURN_ARRAYTYPE_P(construct_array(items, list_length(names), TEXTOID, -1, false, TYPALIGN_INT));
}

/* ---------------- the type ---------------- */

ZJTX_FUNCTION(zjtx_policy_in);
ZJTX_FUNCTION(zjtx_policy_out);
ZJTX_FUNCTION(zjtx_policy_recv);
ZJTX_FUNCTION(zjtx_policy_send);
ZJTX_FUNCTION(zjtx_policy_part);
ZJTX_FUNCTION(zjtx_policy_as_of);

/* Reads and checks; what is kept is the text. */
static Datum
policy_from_text(FunctionCallInfo fcinfo, const char *text)
{
	struct Node *escontext = (struct Node *) fcinfo->context;
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "zjtx reading", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	Policy	   *policy = policy_read(text, escontext);

	if (policy)
	{
		/* what no program can be made of is no policy */
		ListCell   *cell;

		foreach(cell, policy->documents)
			(void) program_compile(lfirst(cell));
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	if (policy == NULL)
		return (Datum) 0;
	return PointerGetDatum(cstring_to_text(text));
}

/* cstring → zjtx.policy; errors: 22P02 with line and column */
Datum
zjtx_policy_in(PG_FUNCTION_ARGS)
{
	return policy_from_text(fcinfo, PG_GETARG_CSTRING(0));
}

/* zjtx.policy → cstring: the author's text */
Datum
zjtx_policy_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(TextDatumGetCString(PG_GETARG_DATUM(0)));
}

/* The wire carries text, which is read again: nothing hostile reaches the evaluator. */
Datum
zjtx_policy_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			length;
	char	   *text = pq_getmsgtext(buf, buf->len - buf->cursor, &length);

	if (strlen(text) != (size_t) length)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid zjtx.policy: the text holds a zero byte")));
	return policy_from_text(fcinfo, text);
}

Datum
zjtx_policy_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;
	char	   *source = TextDatumGetCString(PG_GETARG_DATUM(0));

	pq_begintypsend(&buf);
	pq_sendtext(&buf, source, strlen(source));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* p -> 'clause': the policy that holds only what one clause or rung needs */
Datum
zjtx_policy_part(PG_FUNCTION_ARGS)
{
	text	   *policy = PG_GETARG_TEXT_PP(0);
	char	   *code = text_to_cstring(PG_GETARG_TEXT_PP(1));
	const Compiled *compiled = compiled_get(VARDATA_ANY(policy), VARSIZE_ANY_EXHDR(policy), CurrentMemoryContext);

	PG_RETURN_TEXT_P(cstring_to_text(policy_part_or_error(compiled, code)));
}

/* as_of(p, date): the policy bound to a day */
Datum
zjtx_policy_as_of(PG_FUNCTION_ARGS)
{
	text	   *policy = PG_GETARG_TEXT_PP(0);
	DateADT		day = PG_GETARG_DATEADT(1);
	const Compiled *compiled = compiled_get(VARDATA_ANY(policy), VARSIZE_ANY_EXHDR(policy), CurrentMemoryContext);

	if (DATE_NOT_FINITE(day) || day < date2j(1, 1, 1) - POSTGRES_EPOCH_JDATE ||
		day > date2j(9999, 12, 31) - POSTGRES_EPOCH_JDATE)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("a policy is judged for a day from 0001-01-01 to 9999-12-31")));
	PG_RETURN_TEXT_P(cstring_to_text(policy_at(compiled->policy, day)));
}
