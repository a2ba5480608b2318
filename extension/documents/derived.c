/*
 * derived.c
 *		Functions that return policies derived from others.
 */
#include "postgres.h"

#include "compat.h"

#include "facts/day.h"
#include "session/derived.h"

ZJTX_FUNCTION(zjtx_text_policy);
ZJTX_FUNCTION(zjtx_stored);
ZJTX_FUNCTION(zjtx_policy_part);
ZJTX_FUNCTION(zjtx_policy_as_of);
ZJTX_FUNCTION(zjtx_as_of_name);
ZJTX_FUNCTION(zjtx_amend);
ZJTX_FUNCTION(zjtx_amend_name);

/* Starts a recipe from argument 0, which is a policy or the name of one. */
static Recipe
recipe_of(FunctionCallInfo fcinfo, bool by_name)
{
	Recipe		recipe = {0};

	recipe_from(&recipe, PG_GETARG_DATUM(0), by_name);
	return recipe;
}

/* Returns the result, which later calls share like a constant. */
static Datum
derived(FunctionCallInfo fcinfo, const Recipe *recipe)
{
	if (fcinfo->flinfo->fn_extra == NULL)
		fcinfo->flinfo->fn_extra = derivations_create(fcinfo->flinfo->fn_mcxt);
	return derived_value(fcinfo->flinfo->fn_extra, recipe);
}

/* text → zjtx.policy, like input from text */
Datum
zjtx_text_policy(PG_FUNCTION_ARGS)
{
	Recipe		recipe = recipe_of(fcinfo, false);

	return derived(fcinfo, &recipe);
}

/* stored(name): the stored policy; raises an error if the name is unknown */
Datum
zjtx_stored(PG_FUNCTION_ARGS)
{
	Recipe		recipe = recipe_of(fcinfo, true);

	return derived(fcinfo, &recipe);
}

/* part(p, code), p -> code: the policy reduced to what one clause or rung needs */
Datum
zjtx_policy_part(PG_FUNCTION_ARGS)
{
	Recipe		recipe = recipe_of(fcinfo, false);

	recipe.part = PG_GETARG_TEXT_PP(1);
	return derived(fcinfo, &recipe);
}

/* as_of(p, day): the policy bound to a day */
Datum
zjtx_policy_as_of(PG_FUNCTION_ARGS)
{
	Recipe		recipe = recipe_of(fcinfo, false);

	recipe_bind(&recipe, PG_GETARG_DATEADT(1), false);
	return derived(fcinfo, &recipe);
}

/* as_of(name, day): the stored policy bound to a day */
Datum
zjtx_as_of_name(PG_FUNCTION_ARGS)
{
	Recipe		recipe = recipe_of(fcinfo, true);

	recipe_bind(&recipe, PG_GETARG_DATEADT(1), false);
	return derived(fcinfo, &recipe);
}

/* amend(p, statements): replaces the statements of p that have the same names */
Datum
zjtx_amend(PG_FUNCTION_ARGS)
{
	Recipe		recipe = recipe_of(fcinfo, false);

	recipe.statements = PG_GETARG_TEXT_PP(1);
	return derived(fcinfo, &recipe);
}

/*
 * amend(name, statements): the same for a stored policy, in the version for the day of the
 * session.  Like the name, it judges a row for its own day, if it has one.
 */
Datum
zjtx_amend_name(PG_FUNCTION_ARGS)
{
	Recipe		recipe = recipe_of(fcinfo, true);

	recipe.statements = PG_GETARG_TEXT_PP(1);
	recipe_bind(&recipe, day_of_session(), true);
	return derived(fcinfo, &recipe);
}
