/*
 * derived.c
 *		Policies derived from others: stored by name, a part, amended, bound to a day.
 *
 * In a query, such a call gets the same arguments for row after row, so its last result is
 * kept in fn_extra.
 */
#include "postgres.h"

#include "compat.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "facts/day.h"
#include "session/stored.h"

ZJTX_FUNCTION(zjtx_stored);
ZJTX_FUNCTION(zjtx_policy_part);
ZJTX_FUNCTION(zjtx_policy_as_of);
ZJTX_FUNCTION(zjtx_as_of_name);
ZJTX_FUNCTION(zjtx_amend);
ZJTX_FUNCTION(zjtx_amend_name);

/* The inputs of a derived policy; unused ones are NULL. */
typedef struct Recipe
{
	bool		by_name;
	const text *policy;			/* the policy's text or name */
	const text *part;			/* code of a clause or rung */
	const text *statements;		/* the amendments */
	bool		has_day;
	bool		default_day;	/* the as_of of a row comes before it */
	DateADT		day;			/* the day to bind to */
} Recipe;

typedef struct Made
{
	MemoryContext context;		/* for everything below; reset for a new
								 * recipe */
	bool		filled;
	Recipe		recipe;
	SnapshotMark mark;
	text	   *policy;
} Made;

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
		same_text(a->policy, b->policy) && same_text(a->part, b->part) &&
		same_text(a->statements, b->statements);
}

static text *
copy_text(const text *source)
{
	return source ? cstring_to_text_with_len(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source)) : NULL;
}

static char *
make(const Recipe *recipe)
{
	char	   *source = recipe->by_name ?
	stored_policy(VARDATA_ANY(recipe->policy), VARSIZE_ANY_EXHDR(recipe->policy), false) :
	text_to_cstring(recipe->policy);
	const Compiled *compiled;

	if (recipe->part == NULL && recipe->statements == NULL && !recipe->has_day)
		return source;
	if (recipe->statements)
	{
		compiled = policy_compile(source, false);
		source = policy_amend(compiled->policy, compiled->name, text_to_cstring(recipe->statements));
	}

	/*
	 * raises the error for a policy that is nested too deeply here, not when
	 * it is asked
	 */
	compiled = compiled_tree(source, strlen(source), CurrentMemoryContext);
	if (recipe->part)
		return stored_part_or_error(compiled, text_to_cstring(recipe->part));
	return recipe->has_day ? policy_at(compiled->policy, recipe->day, recipe->default_day) : source;
}

/* Returns the result, which later calls share like a constant. */
static Datum
made_policy(FunctionCallInfo fcinfo, const Recipe *recipe)
{
	Made	   *made = fcinfo->flinfo->fn_extra;
	SnapshotMark now;
	MemoryContext old;
	char	   *source;

	memset(&now, 0, sizeof(now));
	if (recipe->by_name)
		now = stored_snapshot_mark();
	if (made && made->filled && same_recipe(&made->recipe, recipe) &&
		memcmp(&made->mark, &now, sizeof(now)) == 0)
		PG_RETURN_TEXT_P(made->policy);

	source = make(recipe);
	if (made == NULL)
	{
		made = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(Made));
		made->context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "zjtx amended policy",
											  ALLOCSET_SMALL_SIZES);
		fcinfo->flinfo->fn_extra = made;
	}
	made->filled = false;
	MemoryContextReset(made->context);
	old = MemoryContextSwitchTo(made->context);
	made->recipe = *recipe;
	made->recipe.policy = copy_text(recipe->policy);
	made->recipe.part = copy_text(recipe->part);
	made->recipe.statements = copy_text(recipe->statements);
	made->mark = now;
	made->policy = cstring_to_text(source);
	made->filled = true;
	MemoryContextSwitchTo(old);
	PG_RETURN_TEXT_P(made->policy);
}

/* stored(name): the stored policy; raises an error if the name is unknown */
Datum
zjtx_stored(PG_FUNCTION_ARGS)
{
	Recipe		recipe = {0};

	recipe.by_name = true;
	recipe.policy = PG_GETARG_TEXT_PP(0);
	return made_policy(fcinfo, &recipe);
}

/* part(p, code), p -> code: the policy reduced to what one clause or rung needs */
Datum
zjtx_policy_part(PG_FUNCTION_ARGS)
{
	Recipe		recipe = {0};

	recipe.policy = PG_GETARG_TEXT_PP(0);
	recipe.part = PG_GETARG_TEXT_PP(1);
	return made_policy(fcinfo, &recipe);
}

/* as_of(p, day): the policy bound to a day */
Datum
zjtx_policy_as_of(PG_FUNCTION_ARGS)
{
	Recipe		recipe = {0};

	recipe.policy = PG_GETARG_TEXT_PP(0);
	recipe.has_day = true;
	recipe.day = PG_GETARG_DATEADT(1);
	return made_policy(fcinfo, &recipe);
}

/* as_of(name, day): the stored policy bound to a day */
Datum
zjtx_as_of_name(PG_FUNCTION_ARGS)
{
	Recipe		recipe = {0};

	recipe.by_name = true;
	recipe.policy = PG_GETARG_TEXT_PP(0);
	recipe.has_day = true;
	recipe.day = PG_GETARG_DATEADT(1);
	return made_policy(fcinfo, &recipe);
}

/* amend(p, statements): replaces the statements of p that have the same names */
Datum
zjtx_amend(PG_FUNCTION_ARGS)
{
	Recipe		recipe = {0};

	recipe.policy = PG_GETARG_TEXT_PP(0);
	recipe.statements = PG_GETARG_TEXT_PP(1);
	return made_policy(fcinfo, &recipe);
}

/*
 * amend(name, statements): the same for a stored policy, in the version for the day of the
 * session.  Like the name, it judges a row for its own day, if it has one.
 */
Datum
zjtx_amend_name(PG_FUNCTION_ARGS)
{
	Recipe		recipe = {0};

	recipe.by_name = true;
	recipe.policy = PG_GETARG_TEXT_PP(0);
	recipe.statements = PG_GETARG_TEXT_PP(1);
	recipe.has_day = true;
	recipe.default_day = true;
	recipe.day = day_of_session();
	return made_policy(fcinfo, &recipe);
}
