/*
 * ask.c
 *		Makes a question from the arguments of a call.
 */
#include "postgres.h"

#include "compat.h"
#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

#include "ask.h"
#include "facts/bind.h"
#include "facts/bound.h"
#include "lru.h"
#include "messages.h"
#include "session/held.h"
#include "session/stored.h"
#include "session/used.h"

/* the index of the first fact in FORM_FACTS */
#define FIRST_FACT(form) (2 + FORM_EXTRAS(form))

struct KeptPolicy
{
	LruEntry	entry;			/* must be first; its context pins the
								 * compiled policy */
	Question	question;		/* the current question */
	void	   *place;			/* state of the answering function */
	PolicyKey	key;			/* the argument: the policy or its name */
	bool		by_name;
	SnapshotMark mark;			/* when the name or the TOAST pointer was
								 * resolved */
	const Compiled *compiled;
	Run		  **runs;			/* by version */

	/* state of the binding */
	bool		bound;
	Oid			type;			/* the row type */
	int32		typmod;
	uint64		version;		/* of the row type; ALTER TABLE changes it */
	const char *names;			/* names in FORM_FACTS */
	bool		of_row;			/* they are those of a row's columns */
	MemoryContext bind_context;
	void	   *bound_place;	/* state of the answering function */
	RowSource **rows;			/* by version */
};

typedef struct CallState
{
	KeptPolicy *constant;		/* the only policy of a call site where the
								 * policy is constant */
	Lru		   *kept;			/* of KeptPolicy */
	RowShape   *row;			/* of constant names that are the columns of a
								 * row, or NULL */
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

/* Constant arguments need not be compared again for each row. */
static bool
argument_is_constant(FunctionCallInfo fcinfo, int argument)
{
	Node	   *expr = fcinfo->flinfo->fn_expr;
	List	   *args;

	if (expr == NULL)
		return false;
	if (IsA(expr, FuncExpr))
		args = ((FuncExpr *) expr)->args;
	else if (IsA(expr, OpExpr))
		args = ((OpExpr *) expr)->args;
	else
		return false;
	return argument < list_length(args) && IsA(list_nth(args, argument), Const);
}

/* ---------------- the policy ---------------- */

/* The size of a kept policy with its bindings and of the compiled policy. */
static Size
kept_bytes(const KeptPolicy *kept)
{
	return MemoryContextMemAllocated(kept->entry.context, true) + kept->compiled->bytes;
}

/* Initializes a kept policy from a compiled one, which the context of kept pins. */
static void
set_compiled(KeptPolicy *kept, const Compiled *compiled, bool by_name)
{
	MemoryContext old;
	int			i;

	used_want(compiled);
	old = MemoryContextSwitchTo(kept->entry.context);

	kept->by_name = by_name;
	kept->compiled = compiled;
	kept->question.compiled = kept->compiled;
	kept->question.runs = palloc_array(Run *, kept->compiled->nprograms);
	kept->rows = palloc0_array(RowSource *, kept->compiled->nprograms);
	kept->runs = palloc_array(Run *, kept->compiled->nprograms);
	for (i = 0; i < kept->compiled->nprograms; i++)
		kept->runs[i] = run_create_shared(kept->compiled->programs[i], i);
	MemoryContextSwitchTo(old);
}

KeptPolicy *
ask_kept_create(Lru *lru, const Compiled *compiled, bool by_name)
{
	KeptPolicy *kept = lru_entry(sizeof(KeptPolicy), "zjtx call");

	set_compiled(kept, compiled_keep(compiled, kept->entry.context), by_name);
	lru_enter(lru, &kept->entry, PointerGetDatum(kept), kept_bytes(kept));
	return kept;
}

KeptPolicy *
ask_kept_share(Lru *lru, const Compiled *compiled)
{
	KeptPolicy *kept = lru_entry(sizeof(KeptPolicy), "zjtx call");

	set_compiled(kept, compiled_again(&compiled->id, kept->entry.context), true);
	lru_enter(lru, &kept->entry, PointerGetDatum(kept), kept_bytes(kept));
	return kept;
}

void
ask_kept_free(KeptPolicy *kept)
{
	lru_remove(&kept->entry);
}

static void
drop_policy(CallState *state, KeptPolicy *kept)
{
	if (state->constant == kept)
		state->constant = NULL;
	ask_kept_free(kept);
}

/*
 * Returns the compiled policy with this text or name, with its tree if the form includes
 * FORM_TREE.
 */
static const Compiled *
find_compiled(const char *key, int length, int form, MemoryContext until)
{
	char	   *text;

	if ((form & FORM_BY_NAME) == 0)
		return form & FORM_TREE ? compiled_tree(key, length, until) : compiled_get(key, length, until);
	if ((form & FORM_TREE) == 0)
		return stored_compiled(key, length, false, until);
	text = stored_policy(key, length, false);
	return compiled_tree(text, strlen(text), until);
}

/* Whether a key means the same only while the snapshot shows the same rows. */
static inline bool
needs_snapshot(const PolicyKey *key, bool by_name)
{
	return by_name || key->kind == KEY_TOASTED;
}

/* Returns the text or name that an argument contains.  datum is 0 if the key has it. */
static PolicyKey
text_of(const PolicyKey *key, Datum datum)
{
	const text *value;

	if (key->kind == KEY_TEXT)
		return *key;
	value = DatumGetTextPP(datum);
	return policy_key_of_text(VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
}

static KeptPolicy *
keep_policy(CallState *state, const PolicyKey *key, Datum datum, uint64 hash, int form)
{
	bool		by_name = (form & FORM_BY_NAME) != 0;
	PolicyKey	source = text_of(key, datum);
	KeptPolicy *kept = lru_entry(sizeof(KeptPolicy), "zjtx call");
	MemoryContext context = kept->entry.context;

	set_compiled(kept, find_compiled(source.data, source.length, form, context), by_name);
	if (needs_snapshot(key, by_name))
		kept->mark = stored_snapshot_mark();

	/* a policy's text belongs to the compiled policy, which is pinned */
	if (by_name || key->kind != KEY_TEXT)
	{
		MemoryContext old = MemoryContextSwitchTo(context);

		kept->key = policy_key_copy(key);
		MemoryContextSwitchTo(old);
	}
	else
		kept->key = policy_key_of_text(kept->compiled->text, key->length);
	lru_enter(state->kept, &kept->entry, hash, kept_bytes(kept));
	state->constant = NULL;
	lru_shrink(state->kept, (Size) zjtx_cache_size * 1024, PG_INT32_MAX);
	return kept;
}

/* Returns false if a name or a TOAST pointer may now mean another policy. */
static bool
is_current(const KeptPolicy *kept)
{
	SnapshotMark now;

	if (!needs_snapshot(&kept->key, kept->by_name))
		return true;
	now = stored_snapshot_mark();
	return memcmp(&kept->mark, &now, sizeof(now)) == 0;
}

/* The same, but reads the text behind a TOAST pointer if necessary. */
static bool
is_still(KeptPolicy *kept, Datum datum)
{
	PolicyKey	source;

	if (is_current(kept))
		return true;
	if (kept->by_name || datum == (Datum) 0)
		return false;
	source = text_of(&kept->key, datum);
	if (kept->compiled->id.length != (uint64) source.length ||
		memcmp(kept->compiled->text, source.data, source.length) != 0)
		return false;
	kept->mark = stored_snapshot_mark();
	return true;
}

/* Whether the kept policy has this text or name. */
static inline bool
is_kept_for(const KeptPolicy *kept, const PolicyKey *key, bool by_name)
{
	return kept->by_name == by_name && policy_key_equal(&kept->key, key);
}

/*
 * Raises an error if a call by facts has a name that refers to no policy.  A statement from another node may have
 * brought it.
 */
static void
want_name(FunctionCallInfo fcinfo, PolicyKey name)
{
	char	   *hash;

	if (stored_compiled(name.data, name.length, true, CurrentMemoryContext))
		return;
	hash = text_to_cstring(PG_GETARG_TEXT_PP(1));
	hash[strcspn(hash, " ")] = '\0';
	stored_missing(name.data, name.length, hash);
}

/* Returns the policy with this key, which is that of a datum, or has the text or name. */
static KeptPolicy *
find_policy(FunctionCallInfo fcinfo, CallState *state, const PolicyKey *key, Datum datum, int form)
{
	bool		by_name = (form & FORM_BY_NAME) != 0;
	KeptPolicy *kept;
	uint64		hash;

	if (state->kept == NULL)
		state->kept = lru_create(fcinfo->flinfo->fn_mcxt, "zjtx calls");

	/*
	 * the policy is usually the same as for the previous row, and comparing
	 * is much cheaper than hashing
	 */
	kept = lru_latest(state->kept);
	if (kept && is_kept_for(kept, key, by_name) && is_still(kept, datum))
		return kept;
	hash = policy_key_hash(key, by_name);
	for (kept = lru_first(state->kept, hash); kept; kept = lru_next(&kept->entry))
		if (is_kept_for(kept, key, by_name))
			break;
	if (kept && is_still(kept, datum))
	{
		lru_use(&kept->entry);
		return kept;
	}
	if (kept)
		drop_policy(state, kept);
	if (by_name && (form & FORM_FACTS))
		want_name(fcinfo, text_of(key, datum));
	return keep_policy(state, key, datum, hash, form);
}

/* Returns the policy that an argument contains or names. */
static KeptPolicy *
policy_argument(FunctionCallInfo fcinfo, int number, int form)
{
	CallState  *state = call_state(fcinfo);
	Datum		argument;
	PolicyKey	key;
	KeptPolicy *kept;

	if (state->constant && is_current(state->constant))
		return state->constant;
	state->constant = NULL;
	argument = PG_GETARG_DATUM(number);
	key = policy_key(argument);
	kept = find_policy(fcinfo, state, &key, argument, form);
	if (argument_is_constant(fcinfo, number) && (number > 0 || argument_is_constant(fcinfo, 1)))
		state->constant = kept;
	return kept;
}

/* ---------------- the facts ---------------- */

/* Frees the previous binding and creates a context for the next one. */
static MemoryContext
begin_binding(KeptPolicy *kept)
{
	kept->bound = false;
	kept->bound_place = NULL;
	if (kept->bind_context)
		MemoryContextDelete(kept->bind_context);
	kept->bind_context = AllocSetContextCreate(kept->entry.context, "zjtx binding", ALLOCSET_SMALL_SIZES);
	return MemoryContextSwitchTo(kept->bind_context);
}

static void
bind_kept(KeptPolicy *kept, RowShape *shape, bool labels, MemoryContext old)
{
	int			i;

	for (i = 0; i < kept->compiled->nprograms; i++)
		kept->rows[i] = row_source_create(row_bind(kept->compiled->programs[i], kept->compiled->name, shape,
												   labels, compiled_day(kept->compiled, kept->by_name)));
	MemoryContextSwitchTo(old);
	lru_resize(&kept->entry, kept_bytes(kept));
	kept->bound = true;
}

/* Returns whether the binding still matches the row type. */
static bool
is_bound(const KeptPolicy *kept)
{
	int			i;

	for (i = 0; kept->bound && i < kept->compiled->nprograms; i++)
		if (!row_is_current(kept->rows[i]))
			return false;
	return kept->bound;
}

static void
bind_row_type(KeptPolicy *kept, Oid type, int32 typmod)
{
	bool		known = type != RECORDOID || typmod >= 0;
	uint64		version = known ? assign_record_type_identifier(getBaseType(type), typmod) : 0;
	MemoryContext old;

	if (is_bound(kept) && kept->type == type && kept->typmod == typmod && kept->version == version)
		return;
	old = begin_binding(kept);
	bind_kept(kept, known ? row_shape_of_type(type, typmod, version, kept->bind_context) : NULL, true, old);
	kept->type = type;
	kept->typmod = typmod;
	kept->version = version;
}

/*
 * Returns a descriptor for the arguments of FORM_FACTS.  Sets *row if they are the columns of a
 * row, for any policy; otherwise checks that they are meant for this policy.
 */
static TupleDesc
facts_desc(FunctionCallInfo fcinfo, const KeptPolicy *kept, const char *names, int form, bool *row)
{
	int			ntypes = PG_NARGS() - FIRST_FACT(form);
	Oid		   *types = palloc_array(Oid, ntypes);
	const char *hash;
	TupleDesc	desc;
	int			i;

	if (get_fn_expr_variadic(fcinfo->flinfo))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("the facts of policy \"%s\" cannot be passed as a variadic array", kept->compiled->name)));
	for (i = 0; i < ntypes; i++)
		types[i] = get_fn_expr_argtype(fcinfo->flinfo, FIRST_FACT(form) + i);
	desc = bind_arguments_desc(pstrdup(names), kept->by_name, ntypes, types, &hash, row);
	if (*row)
		 /* every policy may be asked */ ;
	else if (kept->by_name)
		stored_check(kept->key.data, kept->key.length, kept->compiled, hash ? hash : "");
	else if (hash)
		stored_check(kept->compiled->name, strlen(kept->compiled->name), kept->compiled, hash);
	if (desc == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("policy \"%s\" must be passed as many facts as names", kept->compiled->name)));
	return desc;
}

static void
bind_arguments(FunctionCallInfo fcinfo, KeptPolicy *kept, int form)
{
	CallState  *state = call_state(fcinfo);
	bool		bound = is_bound(kept);
	bool		constant = argument_is_constant(fcinfo, 1);
	bool		row = true;
	RowShape   *shape = constant ? state->row : NULL;
	char	   *names;
	MemoryContext old;

	/* constant names are the same for all rows, whatever their policies are */
	if (bound && (state->constant == kept || constant))
		return;
	names = text_to_cstring(PG_GETARG_TEXT_PP(1));
	if (bound && strcmp(kept->names, names) == 0)
		return;
	old = begin_binding(kept);
	if (shape == NULL)
	{
		MemoryContext binding = MemoryContextSwitchTo(constant ? fcinfo->flinfo->fn_mcxt : CurrentMemoryContext);

		shape = row_shape(facts_desc(fcinfo, kept, names, form, &row));
		if (constant && row)
			state->row = shape;
		MemoryContextSwitchTo(binding);
	}
	bind_kept(kept, shape, row, old);
	kept->of_row = row;
	kept->names = MemoryContextStrdup(kept->bind_context, names);
}

/* Returns the facts of argument 0. */
static FactSource *
version_source(FunctionCallInfo fcinfo, KeptPolicy *kept, int version, int form)
{
	HeapTupleHeader header;

	if (form & FORM_JSONB)
		return jsonb_source(kept->compiled->programs[version], kept->compiled->name,
							PG_ARGISNULL(0) ? NULL : PG_GETARG_JSONB_P(0), compiled_day(kept->compiled, kept->by_name));
	if (PG_ARGISNULL(0))
	{
		Oid			type = get_fn_expr_argtype(fcinfo->flinfo, 0);

		/* in the missing row of an outer join, all columns are NULL */
		bind_row_type(kept, OidIsValid(type) ? type : RECORDOID, -1);
		return row_source_row(kept->rows[version], NULL);
	}
	header = PG_GETARG_HEAPTUPLEHEADER(0);
	bind_row_type(kept, HeapTupleHeaderGetTypeId(header), HeapTupleHeaderGetTypMod(header));
	return row_source_row(kept->rows[version], header);
}

/* ---------------- the question ---------------- */

/* Selects the version for the row's day, or all versions if the day is unknown. */
static void
choose_versions(KeptPolicy *kept, const Value *day)
{
	Question   *question = &kept->question;
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

/* Begins the run of each version. */
static const Question *
begun(KeptPolicy *kept)
{
	Question   *question = &kept->question;
	int			i;

	question->nothing = false;
	question->nruns = kept->compiled->nprograms;
	for (i = 0; i < question->nruns; i++)
		question->runs[i] = kept->runs[i];
	if (kept->compiled->series)
	{
		Value		as_of;
		FactSource *source = kept->runs[0]->source;

		source->load(source, 0, &as_of);
		choose_versions(kept, &as_of);
	}
	return question;
}

const Question *
ask_kept(FunctionCallInfo fcinfo, int form, KeptPolicy *kept)
{
	int			i;

	for (i = 0; i < kept->compiled->nprograms; i++)
		run_begin(kept->runs[i], version_source(fcinfo, kept, i, form));
	return begun(kept);
}

static const Question *
ask_facts(FunctionCallInfo fcinfo, int form)
{
	KeptPolicy *kept;
	int			i;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return NULL;
	kept = policy_argument(fcinfo, 0, form);
	bind_arguments(fcinfo, kept, form);
	for (i = 0; i < kept->compiled->nprograms; i++)
		run_begin(kept->runs[i], row_source_arguments(kept->rows[i], &fcinfo->args[FIRST_FACT(form)]));
	return begun(kept);
}

const Question *
ask_question(FunctionCallInfo fcinfo, int form)
{
	if (form & FORM_FACTS)
		return ask_facts(fcinfo, form);
	if (PG_ARGISNULL(1))
		return NULL;
	return ask_kept(fcinfo, form, policy_argument(fcinfo, 1, form));
}

const Question *
ask_policy(FunctionCallInfo fcinfo, int form, const char *policy, int length)
{
	PolicyKey	key = policy_key_of_text(policy, length);

	return ask_kept(fcinfo, form, find_policy(fcinfo, call_state(fcinfo), &key, (Datum) 0, form));
}

/* Returns the kept policy that a question belongs to. */
static KeptPolicy *
kept_of(const Question *question)
{
	return (KeptPolicy *) ((char *) question - offsetof(KeptPolicy, question));
}

bool
ask_row_is_null(FunctionCallInfo fcinfo, int form, const Question *question)
{
	int			i = FIRST_FACT(form);

	if ((form & FORM_FACTS) == 0)
		return PG_ARGISNULL(0);
	if (!kept_of(question)->of_row)
		return false;
	while (i < PG_NARGS() && PG_ARGISNULL(i))
		i++;
	return i == PG_NARGS();
}

MemoryContext
ask_context(const Question *question)
{
	return kept_of(question)->entry.context;
}

void	  **
ask_place(const Question *question)
{
	return &kept_of(question)->place;
}

FactSource *
ask_source(const Question *question)
{
	return kept_of(question)->runs[0]->source;
}

/* Returns the version of the first run, or -1. */
static int
first_version(const KeptPolicy *kept)
{
	int			i;

	for (i = 0; kept->question.nruns > 0 && i < kept->compiled->nprograms; i++)
		if (kept->runs[i] == kept->question.runs[0])
			return i;
	return -1;
}

const RowBinding *
ask_binding(const Question *question)
{
	const KeptPolicy *kept = kept_of(question);
	int			version = first_version(kept);

	return version < 0 ? NULL : kept->rows[version]->binding;
}

void	  **
ask_bound_place(const Question *question)
{
	return &kept_of(question)->bound_place;
}

MemoryContext
ask_bound_context(const Question *question)
{
	return kept_of(question)->bind_context;
}

bool
ask_day_of_row(const Question *question)
{
	const KeptPolicy *kept = kept_of(question);
	int			i;

	for (i = 0; i < kept->compiled->nprograms; i++)
		if (kept->rows[i]->binding->columns[0].attnum != 0)
			return true;
	return false;
}

void
ask_version(const Question *question, DateADT day)
{
	KeptPolicy *kept = kept_of(question);
	Value		as_of;

	if (kept->compiled->series == NULL)
		return;
	memset(&as_of, 0, sizeof(as_of));
	value_set_date(&as_of, day);
	choose_versions(kept, &as_of);
}

void
ask_grown(const Question *question)
{
	KeptPolicy *kept = kept_of(question);

	lru_resize(&kept->entry, kept_bytes(kept));
}

/* ---------------- names in plans ---------------- */

ZJTX_FUNCTION(zjtx_stands);
ZJTX_FUNCTION(zjtx_policy_stands);

/*
 * stands(name text, hash text) → boolean: returns true, or raises serialization_failure if
 * the name now refers to a text with another hash.  The planner evaluates it before
 * conditions that it took from a stored policy.
 */
Datum
zjtx_stands(PG_FUNCTION_ARGS)
{
	SnapshotMark *checked = fcinfo->flinfo->fn_extra;
	SnapshotMark mark = stored_snapshot_mark();
	const Compiled *compiled;
	char	   *name;
	char	   *hash;

	if (checked && memcmp(checked, &mark, sizeof(mark)) == 0)
		PG_RETURN_BOOL(true);
	name = text_to_cstring(PG_GETARG_TEXT_PP(0));
	hash = text_to_cstring(PG_GETARG_TEXT_PP(1));
	compiled = stored_compiled(name, strlen(name), true, CurrentMemoryContext);
	if (compiled == NULL)
		stored_missing(name, strlen(name), hash);
	else
		stored_check(name, strlen(name), compiled, hash);
	if (argument_is_constant(fcinfo, 0) && argument_is_constant(fcinfo, 1))
	{
		if (checked == NULL)
			checked = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(SnapshotMark));
		*checked = mark;
		fcinfo->flinfo->fn_extra = checked;
	}
	PG_RETURN_BOOL(true);
}

/* policy_stands(policy, hash) → boolean: the same for a policy derived from a stored one */
Datum
zjtx_policy_stands(PG_FUNCTION_ARGS)
{
	PolicyKey  *checked = fcinfo->flinfo->fn_extra;
	PolicyKey	key = policy_key(PG_GETARG_DATUM(0));
	const text *policy;
	const Compiled *compiled;

	if (checked && policy_key_equal(checked, &key))
		PG_RETURN_BOOL(true);
	policy = PG_GETARG_TEXT_PP(0);
	compiled = compiled_get(VARDATA_ANY(policy), VARSIZE_ANY_EXHDR(policy), CurrentMemoryContext);
	stored_check(compiled->name, strlen(compiled->name), compiled, text_to_cstring(PG_GETARG_TEXT_PP(1)));
	if (key.kind == KEY_HELD && argument_is_constant(fcinfo, 1))
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		if (checked == NULL)
			checked = palloc(sizeof(PolicyKey));
		else
			pfree(unconstify(char *, checked->data));
		*checked = policy_key_copy(&key);
		fcinfo->flinfo->fn_extra = checked;
		MemoryContextSwitchTo(old);
	}
	PG_RETURN_BOOL(true);
}
