/*
 * kept.c
 *		The policies that a call site keeps between calls, with their runs.
 *
 * A policy is found by its text, by the number of a held value, by a TOAST pointer or by
 * its name.  A name and a TOAST pointer mean the same only while the snapshot shows the
 * same rows.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/memutils.h"

#include "kept.h"
#include "session/used.h"

CallState *
kept_call_state(FunctionCallInfo fcinfo)
{
	CallState  *state = fcinfo->flinfo->fn_extra;

	if (state == NULL)
	{
		state = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(CallState));
		fcinfo->flinfo->fn_extra = state;
	}
	return state;
}

bool
kept_argument_is_constant(FunctionCallInfo fcinfo, int argument)
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

Size
kept_bytes(const KeptPolicy *kept)
{
	return MemoryContextMemAllocated(kept->entry.context, true) + kept->compiled->bytes;
}

/* Initializes a kept policy from a compiled one, which the context of the kept policy pins. */
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

KeptPolicy *
kept_find(FunctionCallInfo fcinfo, CallState *state, const PolicyKey *key, Datum datum, int form)
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

KeptPolicy *
kept_argument(FunctionCallInfo fcinfo, int number, int form)
{
	CallState  *state = kept_call_state(fcinfo);
	Datum		argument;
	PolicyKey	key;
	KeptPolicy *kept;

	if (state->constant && is_current(state->constant))
		return state->constant;
	state->constant = NULL;
	argument = PG_GETARG_DATUM(number);
	key = policy_key(argument);
	kept = kept_find(fcinfo, state, &key, argument, form);
	if (kept_argument_is_constant(fcinfo, number) && (number > 0 || kept_argument_is_constant(fcinfo, 1)))
		state->constant = kept;
	return kept;
}
