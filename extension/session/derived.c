/*
 * derived.c
 *		Policies derived from others: read from text, stored by name, a part, amended, bound to
 *		a day.
 *
 * In a query, a call derives the same policies for row after row, so each call site keeps
 * them.  The session keeps the most recent texts, because the planner derives the
 * policies of a statement before its execution does.
 */
#include "postgres.h"

#include "compat.h"
#include "common/hashfn.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "cache.h"
#include "derived.h"
#include "language/derive.h"
#include "lru.h"

/* The numbers of derived policies that a call site and the session keep. */
#define MAX_OF_CALL 256
#define MAX_OF_SESSION 16

typedef struct Made
{
	LruEntry	entry;			/* must be first */
	Recipe		recipe;			/* without its datum */
	SnapshotMark mark;
	uint64		serial;			/* of values with this text */
	char	   *text;			/* in the session's cache */
	Datum		value;			/* in the cache of a call site */
} Made;

struct Derivations
{
	Lru		   *made;
};

static Lru *made_in_session = NULL;

void
recipe_from(Recipe *recipe, Datum policy, bool by_name)
{
	recipe->by_name = by_name;
	recipe->policy = policy_key(policy);
	recipe->datum = policy;
}

void
recipe_bind(Recipe *recipe, DateADT day, bool default_day)
{
	recipe->has_day = true;
	recipe->default_day = default_day;
	recipe->day = day;
}

/* ---------------- recipes ---------------- */

static bool
same_text(const text *a, const text *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

static bool
same_recipe(const Recipe *a, const Recipe *b)
{
	return a->by_name == b->by_name && a->has_day == b->has_day && a->default_day == b->default_day && a->day == b->day &&
		policy_key_equal(&a->policy, &b->policy) && same_text(a->part, b->part) &&
		same_text(a->statements, b->statements);
}

static uint64
hash_text(const text *value, uint64 seed)
{
	return value ? hash_bytes_extended((const unsigned char *) VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value), seed)
		: seed + 1;
}

static uint64
hash_recipe(const Recipe *recipe)
{
	return policy_key_hash(&recipe->policy, hash_text(recipe->part, hash_text(recipe->statements, recipe->day)));
}

static text *
copy_text(const text *source)
{
	return source ? cstring_to_text_with_len(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source)) : NULL;
}

static Recipe
copy_recipe(const Recipe *recipe)
{
	Recipe		copy = *recipe;

	copy.datum = (Datum) 0;
	copy.policy = policy_key_copy(&recipe->policy);
	copy.part = copy_text(recipe->part);
	copy.statements = copy_text(recipe->statements);
	return copy;
}

/* Returns the snapshot for which a recipe is valid; empty if it is valid for any. */
static SnapshotMark
mark_of(const Recipe *recipe)
{
	SnapshotMark mark;

	if (recipe->by_name || recipe->policy.kind == KEY_TOASTED)
		return stored_snapshot_mark();
	memset(&mark, 0, sizeof(mark));
	return mark;
}

/* ---------------- making ---------------- */

/*
 * Returns an amended text, or NULL if the amendment is invalid.  Amending works only on
 * texts in memory, so an error leaves nothing to be undone.
 */
static char *
amend_if_valid(const Compiled *compiled, const char *statements)
{
	MemoryContext context = CurrentMemoryContext;
	char	   *volatile result = NULL;

	PG_TRY();
	{
		result = policy_amend(compiled->policy, compiled->name, statements);
	}
	PG_CATCH();
	{
		ErrorData  *error;
		int			category;

		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		category = ERRCODE_TO_CATEGORY(error->sqlerrcode);
		if (category != ERRCODE_DATA_EXCEPTION && category != ERRCODE_SYNTAX_ERROR_OR_ACCESS_RULE_VIOLATION)
			ReThrowError(error);
		FreeErrorData(error);
	}
	PG_END_TRY();
	return result;
}

static char *
make(const Recipe *recipe, bool missing_ok)
{
	char	   *source = TextDatumGetCString(recipe->datum);
	const Compiled *compiled;

	if (recipe->by_name)
		source = stored_policy(source, strlen(source), missing_ok);
	if (source == NULL)
		return NULL;
	if (recipe->part == NULL && recipe->statements == NULL && !recipe->has_day)
	{
		if (!recipe->by_name)
			(void) compiled_check(source, strlen(source), NULL);
		return source;
	}
	if (missing_ok && recipe->has_day && !policy_may_bind(recipe->day))
		return NULL;
	if (recipe->statements)
	{
		const char *statements = text_to_cstring(recipe->statements);

		compiled = policy_compile(source, false);
		source = missing_ok ? amend_if_valid(compiled, statements)
			: policy_amend(compiled->policy, compiled->name, statements);
		if (source == NULL)
			return NULL;
	}

	/*
	 * raises the error for too deep nesting here, and not when the policy is
	 * asked
	 */
	compiled = compiled_tree(source, strlen(source), CurrentMemoryContext);
	if (recipe->part)
		return missing_ok ? policy_part(compiled->policy, text_to_cstring(recipe->part))
			: stored_part_or_error(compiled, text_to_cstring(recipe->part));
	return recipe->has_day ? policy_at(compiled->policy, recipe->day, recipe->default_day) : source;
}

/* Returns an entry with this recipe, or NULL. */
static Made *
find_made(Lru *lru, const Recipe *recipe, uint64 hash)
{
	Made	   *made = lru_first(lru, hash);

	while (made && !same_recipe(&made->recipe, recipe))
		made = lru_next(&made->entry);
	return made;
}

/*
 * Enters a recipe with its text, which is copied, as a text or as a value.
 */
static Made *
enter_made(Lru *lru, const Recipe *recipe, uint64 hash, const SnapshotMark *mark, const char *text, uint64 serial,
		   bool as_value)
{
	Made	   *made = lru_entry(sizeof(Made), "zjtx derived policy");
	MemoryContext old = MemoryContextSwitchTo(made->entry.context);

	made->recipe = copy_recipe(recipe);
	made->mark = *mark;
	made->serial = serial;
	if (as_value)
		made->value = policy_hold(text, strlen(text), serial);
	else
		made->text = pstrdup(text);
	MemoryContextSwitchTo(old);
	lru_enter(lru, &made->entry, hash, MemoryContextMemAllocated(made->entry.context, true));
	return made;
}

static bool
is_current(const Made *made, const SnapshotMark *now)
{
	return memcmp(&made->mark, now, sizeof(*now)) == 0;
}

char *
recipe_make(const Recipe *recipe, bool missing_ok, uint64 *serial)
{
	uint64		hash = hash_recipe(recipe);
	SnapshotMark now = mark_of(recipe);
	Made	   *made;
	char	   *text;

	if (made_in_session == NULL)
		made_in_session = lru_create(TopMemoryContext, "zjtx derived policies");
	made = find_made(made_in_session, recipe, hash);
	if (made && is_current(made, &now))
		text = pstrdup(made->text);
	else
	{
		text = make(recipe, missing_ok);
		if (text == NULL)
			return NULL;
		/* row security may have derived policies meanwhile */
		made = find_made(made_in_session, recipe, hash);
		if (made && strcmp(made->text, text) != 0)
		{
			lru_remove(&made->entry);
			made = NULL;
		}
		if (made == NULL)
			made = enter_made(made_in_session, recipe, hash, &now, text, policy_new_serial(), false);
		made->mark = now;
	}
	*serial = made->serial;
	lru_use(&made->entry);
	lru_shrink(made_in_session, (Size) zjtx_cache_size * 1024, MAX_OF_SESSION);
	return text;
}

/* ---------------- the values of a call site ---------------- */

Derivations *
derivations_create(MemoryContext context)
{
	Derivations *derivations = MemoryContextAllocZero(context, sizeof(Derivations));

	derivations->made = lru_create(context, "zjtx derived policies");
	return derivations;
}

Datum
derived_value(Derivations *derivations, const Recipe *recipe)
{
	SnapshotMark now = mark_of(recipe);
	Made	   *made = lru_latest(derivations->made);
	uint64		hash;
	uint64		serial;
	char	   *text;

	if (made && same_recipe(&made->recipe, recipe) && is_current(made, &now))
		return made->value;
	hash = hash_recipe(recipe);
	made = find_made(derivations->made, recipe, hash);
	if (made == NULL || !is_current(made, &now))
	{
		text = recipe_make(recipe, false, &serial);
		if (made && made->serial != serial)
		{
			lru_remove(&made->entry);
			made = NULL;
		}
		if (made == NULL)
			made = enter_made(derivations->made, recipe, hash, &now, text, serial, true);
		made->mark = now;
	}
	lru_use(&made->entry);
	lru_shrink(derivations->made, (Size) zjtx_cache_size * 1024, MAX_OF_CALL);
	return made->value;
}
