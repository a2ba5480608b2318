/*
 * units.c
 *		The units of numbers, and their conversion.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "names.h"
#include "unit.h"

const UnitInfo builtin_units[] =
{
#define UNIT(NAME, name, english, of, numerator, denominator, decimals) \
	[BUILTIN_##NAME] = {name, english, &builtin_units[BUILTIN_##of], #numerator, #denominator, \
		decimals, BUILTIN_##NAME == BUILTIN_YUAN, false},
#define ALIAS(...)
#include "units.h"
};

static const struct
{
	const char *name;
	BuiltinUnit unit;
}			aliases[] =

{
#define UNIT(...)
#define ALIAS(name, NAME) {name, BUILTIN_##NAME},
#include "units.h"
};

/* ---------------- names ---------------- */

const char *
unit_name(Unit unit)
{
	return unit ? unit->name : "";
}

const char *
unit_word(Unit unit)
{
	if (unit == UNIT_FREE)
		return "";
	return unit->english ? message_word(unit->name, unit->english) : unit->name;
}

char *
unit_words(const List *declared)
{
	StringInfoData buf;
	ListCell   *cell;
	size_t		i;

	initStringInfo(&buf);
	for (i = 0; i < lengthof(builtin_units); i++)
		if (&builtin_units[i] != UNIT_PLAIN)
			appendStringInfo(&buf, "%s ", unit_word(&builtin_units[i]));
	foreach(cell, declared)
	{
		appendStringInfo(&buf, "%s ", unit_word(lfirst(cell)));
	}
	appendStringInfo(&buf, "and %s", unit_word(UNIT_PLAIN));
	return buf.data;
}

Unit
unit_find(const List *declared, const char *name)
{
	ListCell   *cell;
	size_t		i;

	for (i = 0; i < lengthof(builtin_units); i++)
		if (strcmp(builtin_units[i].name, name) == 0)
			return &builtin_units[i];
	for (i = 0; i < lengthof(aliases); i++)
		if (strcmp(aliases[i].name, name) == 0)
			return &builtin_units[aliases[i].unit];
	foreach(cell, declared)
	{
		Unit		unit = lfirst(cell);

		if (strcmp(unit->name, name) == 0)
			return unit;
	}
	return NULL;
}

/* ---------------- quantities ---------------- */

/* Returns the length of the multiple at the start of a text, or 0; adds its power of ten. */
static int
take_multiple(const char *text, int *exponent)
{
	static const struct
	{
		const char *name;
		int			exponent;
	}			multiples[] = {{"十", 1}, {"百", 2}, {"千", 3}, {"万", 4}, {"亿", 8}};
	size_t		i;

	for (i = 0; i < lengthof(multiples); i++)
		if (strncmp(text, multiples[i].name, strlen(multiples[i].name)) == 0)
		{
			*exponent += multiples[i].exponent;
			return strlen(multiples[i].name);
		}
	return 0;
}

bool
unit_split(const List *declared, const char **suffix, int *exponent, Unit *unit)
{
	int			length;

	/* try the shortest multiples first, so that the longest unit wins */
	*exponent = 0;
	for (;;)
	{
		*unit = unit_find(declared, *suffix);
		if (*unit != NULL || **suffix == '\0')
			return true;
		length = take_multiple(*suffix, exponent);
		if (length == 0)
			return false;
		*suffix += length;
	}
}

bool
is_multiple(const char *word)
{
	int			exponent = 0;
	int			length;

	while ((length = take_multiple(word, &exponent)) > 0)
		word += length;
	return *word == '\0';
}

/* ---------------- conversion ---------------- */

static Datum
factor(const char *text)
{
	return DirectFunctionCall3(numeric_in, CStringGetDatum(text), ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
}

bool
unit_same(Unit a, Unit b)
{
	if (a == b)
		return true;
	if (a == UNIT_FREE || b == UNIT_FREE || !a->declared || !b->declared)
		return false;
	return strcmp(a->name, b->name) == 0 && a->currency == b->currency &&
		strcmp(a->numerator, b->numerator) == 0 && strcmp(a->denominator, b->denominator) == 0 &&
		(a->of == a ? b->of == b : a->of != a && b->of != b && unit_same(a->of, b->of));
}

bool
unit_converts(Unit from, Unit to)
{
	return from != UNIT_FREE && to != UNIT_FREE && unit_same(from->of, to->of);
}

void
unit_ratio(Unit from, Unit to, Numeric *numerator, Numeric *denominator)
{
	Datum		over = DirectFunctionCall2(numeric_mul, factor(from->numerator), factor(to->denominator));
	Datum		under = DirectFunctionCall2(numeric_mul, factor(from->denominator), factor(to->numerator));
	Datum		common;

	if (DatumGetBool(DirectFunctionCall2(numeric_eq, over, under)))
		over = under = factor("1");
	common = DirectFunctionCall2(numeric_gcd, over, under);
	*numerator = DatumGetNumeric(DirectFunctionCall2(numeric_div_trunc, over, common));
	*denominator = DatumGetNumeric(DirectFunctionCall2(numeric_div_trunc, under, common));
}
