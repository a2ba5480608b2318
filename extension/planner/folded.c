/*
 * folded.c
 *		Policy arguments that are the same for a whole statement.
 *
 * A plan keeps the argument as it is written, with the names of stored documents, and a hash
 * of the policy, so that neither the plan nor EXPLAIN contains a document; with zjtx.fold_names
 * they do (fold_names.c).
 */
#include "postgres.h"

#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"

#include "compat.h"
#include "facts/day.h"
#include "folded.h"
#include "own.h"
#include "session/derived.h"
#include "session/stored.h"

typedef enum Derivation
{
	DERIVE_STORED,
	DERIVE_PART,
	DERIVE_AS_OF,
	DERIVE_AMEND,
	DERIVE_NOTHING
} Derivation;

static const char *const function_names[] = {
	[DERIVE_STORED] = "stored",
	[DERIVE_PART] = "part",
	[DERIVE_AS_OF] = "as_of",
	[DERIVE_AMEND] = "amend"
};

static bool
is_constant(Node *node, Oid type)
{
	return IsA(node, Const) && !((Const *) node)->constisnull && ((Const *) node)->consttype == type;
}

/*
 * Returns the function that an expression calls, and its arguments, if it is one of ours
 * with a constant second argument and the user may call it.
 */
static Derivation
derivation_of(Node *node, List **args)
{
	Oid			function;
	Oid			types[2];
	int			derivation;

	if (IsA(node, FuncExpr))
	{
		function = ((FuncExpr *) node)->funcid;
		*args = ((FuncExpr *) node)->args;
	}
	else if (IsA(node, OpExpr))
	{
		function = get_opcode(((OpExpr *) node)->opno);
		*args = ((OpExpr *) node)->args;
	}
	else
		return DERIVE_NOTHING;
	if (!own_member(ProcedureRelationId, function) || exprType(node) != own_type(OWN_POLICY) ||
		list_length(*args) < 1 || list_length(*args) > 2 || !MAY_EXECUTE(function))
		return DERIVE_NOTHING;
	types[0] = exprType(linitial(*args));
	types[1] = list_length(*args) == 2 ? exprType(lsecond(*args)) : InvalidOid;
	if (list_length(*args) == 2 && !is_constant(lsecond(*args), types[1]))
		return DERIVE_NOTHING;
	for (derivation = 0; derivation < DERIVE_NOTHING; derivation++)
		if (list_length(*args) == (derivation == DERIVE_STORED ? 1 : 2) &&
			own_function(function_names[derivation], list_length(*args), types, own_type(OWN_POLICY), false) == function)
			break;
	return derivation;
}

bool
policy_folds(Node *argument)
{
	List	   *args;

	check_stack_depth();
	if (is_constant(argument, TEXTOID) || is_constant(argument, own_type(OWN_POLICY)))
		return true;
	return derivation_of(argument, &args) != DERIVE_NOTHING && policy_folds(linitial(args));
}

/* What a policy argument comes from. */
typedef struct FoldedFrom
{
	const char *name;			/* of the stored policy, or NULL */
	bool		has_day;		/* whether it depends on the day judged */
} FoldedFrom;

/* Returns the value of a policy argument, or 0 if evaluation would raise an error. */
static Datum
fold(Node *argument, FoldedFrom *origin)
{
	Recipe		recipe = {0};
	Derivation	derivation;
	List	   *args;
	Datum		from;
	DateADT		day;
	char	   *made;
	uint64		serial;
	bool		by_name;

	check_stack_depth();
	if (IsA(argument, Const))
		return ((Const *) argument)->constvalue;
	derivation = derivation_of(argument, &args);
	if (derivation == DERIVE_NOTHING)
		return (Datum) 0;
	from = fold(linitial(args), origin);
	if (from == (Datum) 0)
		return (Datum) 0;
	by_name = exprType(linitial(args)) == TEXTOID;
	if (by_name)
		origin->name = TextDatumGetCString(from);
	recipe_from(&recipe, from, by_name);
	switch (derivation)
	{
		case DERIVE_PART:
			recipe.part = DatumGetTextPP(((Const *) lsecond(args))->constvalue);
			break;
		case DERIVE_AS_OF:
			day = DatumGetDateADT(((Const *) lsecond(args))->constvalue);
			recipe_bind(&recipe, day, false);
			break;
		case DERIVE_AMEND:
			recipe.statements = DatumGetTextPP(((Const *) lsecond(args))->constvalue);
			if (by_name)
			{
				recipe_bind(&recipe, day_of_session(), true);
				origin->has_day = true;
			}
			break;
		default:
			break;
	}
	made = recipe_make(&recipe, true, &serial);
	return made ? policy_hold(made, strlen(made), serial) : (Datum) 0;
}

FoldedPolicy
policy_fold(Node *argument, MemoryContext pins)
{
	FoldedPolicy folded = {0};
	FoldedFrom	origin = {0};
	Datum		value = fold(argument, &origin);
	const text *source;

	folded.name = origin.name;
	if (value == (Datum) 0)
		return folded;
	source = DatumGetTextPP(value);
	folded.by_name = exprType(argument) == TEXTOID;
	if (folded.by_name)
	{
		folded.name = text_to_cstring(source);
		folded.compiled = stored_compiled(folded.name, strlen(folded.name), true, pins);
	}
	else
		folded.compiled = compiled_get(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source), pins);
	return folded;
}

FoldedValue
policy_fold_value(Node *argument, DateADT day)
{
	FoldedValue folded = {0};
	FoldedFrom	origin = {0};
	Datum		value = fold(argument, &origin);

	folded.day = day;
	if (value != (Datum) 0 && exprType(argument) == TEXTOID)
	{
		Recipe		recipe = {0};
		char	   *made;
		uint64		serial;

		origin.name = TextDatumGetCString(value);
		origin.has_day = true;
		recipe_from(&recipe, value, true);
		recipe_bind(&recipe, day, true);
		made = recipe_make(&recipe, true, &serial);
		folded.value = made ? CStringGetTextDatum(made) : (Datum) 0;
	}
	else if (value != (Datum) 0)
		folded.value = PointerGetDatum(DatumGetTextPCopy(value));
	folded.name = origin.name;
	folded.has_day = origin.has_day;
	return folded;
}
