/*
 * unit.h
 *		Types of values, and the units of numbers: built in (units.h), or declared by a document.
 */
#ifndef ZJTX_UNIT_H
#define ZJTX_UNIT_H

#include "nodes/pg_list.h"
#include "utils/numeric.h"

typedef enum ValueType
{
	TYPE_UNKNOWN,				/* not inferred yet */
	TYPE_BOOLEAN,
	TYPE_NUMBER,
	TYPE_TEXT,
	TYPE_DATE,
	TYPE_LIST
} ValueType;

/*
 * A unit, of units.h or declared by the document.  Within a document, units are the same if
 * the pointers are.
 */
typedef struct UnitInfo
{
	const char *name;
	const char *english;		/* for messages; NULL for a declared unit */
	const struct UnitInfo *of;	/* the unit that those of this kind are
								 * converted to */
	const char *numerator;		/* one of this unit is numerator / denominator
								 * of that unit */
	const char *denominator;	/* both are whole or decimal numbers */
	int			decimals;		/* for values proposed by gap() */
	bool		currency;
	bool		declared;
} UnitInfo;

typedef const UnitInfo *Unit;

typedef enum BuiltinUnit
{
#define UNIT(NAME, ...) BUILTIN_##NAME,
#define ALIAS(...)
#include "units.h"
} BuiltinUnit;

extern const UnitInfo builtin_units[];

/*
 * UNIT_FREE is compatible with every unit (products, literals without a unit).  UNIT_PLAIN
 * is for ratios and percentages and is compatible with no other unit.
 */
#define UNIT_FREE ((Unit) NULL)
#define UNIT_PLAIN (&builtin_units[BUILTIN_PLAIN])
#define UNIT_YUAN (&builtin_units[BUILTIN_YUAN])
#define UNIT_POINT (&builtin_units[BUILTIN_POINT])
#define UNIT_YEAR (&builtin_units[BUILTIN_YEAR])
#define UNIT_MONTH (&builtin_units[BUILTIN_MONTH])
#define UNIT_DAY (&builtin_units[BUILTIN_DAY])

/*
 * The powers of currencies of which a number is a product (dimension.c): NULL for no
 * money, such as persons or shares; 元 for an amount, 1/元 for a number per 元. MONEY_ANY is
 * for 0, none and facts whose unit is not known, which fit every amount.
 */
typedef struct Money Money;

extern const Money money_any;

#define MONEY_ANY (&money_any)

extern const char *type_name(ValueType type);

/* The name of a unit in a message: in English if the client's encoding has no Chinese. */
extern const char *unit_word(Unit unit);
extern char *unit_words(const List *declared);	/* the names of all units */

/* The name of a unit, or "" for a number without one. */
extern const char *unit_name(Unit unit);

/* Finds a unit by its name or alias among the built-in ones and those declared, or NULL. */
extern Unit unit_find(const List *declared, const char *name);

/*
 * Splits what follows the digits of a quantity, such as 万平方米, into multiples and a unit:
 * 10 to the power of *exponent, and *unit (UNIT_FREE if there are only multiples).  The
 * longest unit wins.  Moves *suffix past the multiples, and returns false if what follows
 * them is no unit.
 */
extern bool unit_split(const List *declared, const char **suffix, int *exponent, Unit *unit);

/* Whether a word consists of multiples such as 万 only. */
extern bool is_multiple(const char *word);

/*
 * Whether two units are the same.  Units declared by two documents are the same if the
 * declarations are.
 */
extern bool unit_same(Unit a, Unit b);

/* Whether numbers of one unit can be converted to the other. */
extern bool unit_converts(Unit from, Unit to);

/*
 * Sets the ratio by which a number of one unit is multiplied to convert it to another unit
 * of the same kind.
 */
extern void unit_ratio(Unit from, Unit to, Numeric *numerator, Numeric *denominator);

#endif							/* ZJTX_UNIT_H */
