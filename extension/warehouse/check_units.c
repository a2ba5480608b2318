/*
 * check_units.c
 *		Guesses the unit of a column's figures.
 *
 * The column's name decides if it is the fact's name followed by a unit of the same kind.
 * Otherwise the values decide:
 *
 * - Money that the law compares with constants is taken for 万元 if its median is below
 *   100,000 and below a hundredth of the least constant.  Amounts that enterprises report
 *   in 元 usually have six digits or more, amounts in 万元 seldom more than five; and a
 *   law sets its thresholds near the enterprises' figures, not a hundred times above most
 *   of them.
 * - Other money is taken for 万元 if no value reaches 10,000, because some enterprise
 *   would have more than 1万元.  It is also taken for 万元 if its median is below 100,000
 *   and the first rule found another column in 万元, because one report uses one unit.
 * - A number in %, or one that the law compares only with shares of 1, is taken for
 *   percent if its median is above 1: otherwise more than half of the values would exceed
 *   100%.
 *
 * Zeros are ignored because they reveal no unit.  Fewer than five values are not enough.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "check_table.h"

#define FEWEST_VALUES 5			/* with fewer values there is no guess */

static const Scale scales[] =
{
	{"_wan", "万元", "* 10000", false},
	{"_wanyuan", "万元", "* 10000", false},
	{"_10k", "万元", "* 10000", false},
	{"万元", "万元", "* 10000", false},
	{"_万元", "万元", "* 10000", false},
	{"(万元)", "万元", "* 10000", false},
	{"（万元）", "万元", "* 10000", false},
	{"_yi", "亿元", "* 100000000", false},
	{"亿元", "亿元", "* 100000000", false},
	{"_亿元", "亿元", "* 100000000", false},
	{"(亿元)", "亿元", "* 100000000", false},
	{"（亿元）", "亿元", "* 100000000", false},
	{"_yuan", "元", "", false},
	{"_元", "元", "", false},
	{"(元)", "元", "", false},
	{"（元）", "元", "", false},
	{"_pct", "%", "/ 100.0", true},
	{"_percent", "%", "/ 100.0", true},
	{"%", "%", "/ 100.0", true},
	{"_%", "%", "/ 100.0", true},
	{"(%)", "%", "/ 100.0", true},
	{"（%）", "%", "/ 100.0", true},
	{"（％）", "%", "/ 100.0", true}
};

static const Scale in_wan = {NULL, "万元", "* 10000", false};
static const Scale in_percent = {NULL, "%", "/ 100.0", true};

static bool
is_money(const FactCheck *check)
{
	return check->fact->type == TYPE_NUMBER && check->fact->unit == UNIT_YUAN;
}

static bool
is_share(const FactCheck *check)
{
	if (check->fact->type != TYPE_NUMBER)
		return false;
	return check->fact->unit == UNIT_PLAIN ||
		(check->fact->unit == UNIT_FREE && check->compared && check->shares);
}

bool
check_unit_is_guessed(const FactCheck *check)
{
	return is_money(check) || is_share(check);
}

/* ---------------- bounds in the policy ---------------- */

int
check_compare_numerics(Numeric a, Numeric b)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(a), NumericGetDatum(b)));
}

static Numeric
numeric_of(int64 value)
{
	return int64_to_numeric(value);
}

static void
note_constant(FactCheck **by_index, const Expression *side, const Expression *constant)
{
	FactCheck  *check;
	Numeric		number;

	if (side->kind == EXPR_NAME && side->meaning == NAME_FACT && constant->kind == EXPR_TEXT && by_index[side->fact->index])
		by_index[side->fact->index]->constants = lappend(by_index[side->fact->index]->constants, constant->name);
	if ((side->kind != EXPR_NAME && side->kind != EXPR_INDEX) || side->meaning != NAME_FACT || constant->kind != EXPR_NUMBER)
		return;
	check = by_index[side->fact->index];
	number = literal_numeric(constant);
	if (check == NULL || check_compare_numerics(number, numeric_of(0)) <= 0)
		return;
	check->shares = (check->shares || !check->compared) &&
		check_compare_numerics(number, numeric_of(1)) <= 0;
	check->compared = true;
	if (check->least == NULL || check_compare_numerics(number, check->least) < 0)
		check->least = number;
}

static void
note_constants(const Expression *expr, void *context)
{
	FactCheck **by_index = context;
	ListCell   *cell;
	ListCell   *bound;

	if (expr == NULL)
		return;
	if (expr->kind == EXPR_COMPARE)
	{
		note_constant(by_index, linitial(expr->args), lsecond(expr->args));
		note_constant(by_index, lsecond(expr->args), linitial(expr->args));
	}
	else if (expr->kind == EXPR_BETWEEN || expr->kind == EXPR_IN)
	{
		for_each_from(cell, expr->args, 1)
		{
			note_constant(by_index, linitial(expr->args), lfirst(cell));
		}
	}
	else if (expr->kind == EXPR_BAND)
	{
		for_each_from(cell, expr->args, 1)
		{
			const Expression *arm = lfirst(cell);

			for_each_from(bound, arm->args, 1)
			{
				note_constant(by_index, linitial(expr->args), lfirst(bound));
			}
		}
	}
	else if (expr->kind == EXPR_TIERS)
	{
		int			i;

		for (i = 2; i < list_length(expr->args); i += 2)
			note_constant(by_index, linitial(expr->args), list_nth(expr->args, i));
	}
	expr_walk(expr, note_constants, by_index);
}

static void
note_all_constants(FactCheck **by_index, const List *exprs)
{
	ListCell   *cell;

	foreach(cell, exprs)
	{
		note_constants(lfirst(cell), by_index);
	}
}

void
check_note_document(FactCheck **by_index, const Document *doc)
{
	ListCell   *cell;
	ListCell   *inner;

	foreach(cell, doc->defines)
	{
		note_constants(((const Define *) lfirst(cell))->expr, by_index);
	}
	foreach(cell, doc->clauses)
	{
		const Clause *clause = lfirst(cell);

		note_constants(clause->when, by_index);
		note_all_constants(by_index, clause->should);
		note_constants(clause->pay, by_index);
		note_constants(clause->cap, by_index);
		foreach(inner, clause->stages)
		{
			const Stage *stage = lfirst(inner);

			note_constants(stage->when, by_index);
			note_constants(stage->pay, by_index);
		}
	}
	foreach(cell, doc->rungs)
	{
		const Rung *rung = lfirst(cell);

		note_constants(rung->when, by_index);
		note_all_constants(by_index, rung->should);
	}
	foreach(cell, doc->targets)
	{
		note_constants(((const Target *) lfirst(cell))->count, by_index);
		note_constants(((const Target *) lfirst(cell))->of, by_index);
	}
}

/* ---------------- names ---------------- */

/* Truncates a name as PostgreSQL truncates identifiers. */
static char *
as_identifier(const char *name)
{
	return pnstrdup(name, pg_mbcliplen(name, strlen(name), NAMEDATALEN - 1));
}

/*
 * Splits a unit such as 万平方米 into the power of ten and the ratio by which it converts to
 * the fact's.  Returns false if it does not.
 */
static bool
unit_factors(const Fact *fact, const char *word, int *exponent, Numeric *numerator, Numeric *denominator)
{
	const char *rest = word;
	Unit		unit;

	if (!unit_split(NIL, &rest, exponent, &unit) || !unit_converts(unit, fact->unit) || *exponent > 12)
		return false;
	unit_ratio(unit, fact->unit, numerator, denominator);
	return true;
}

static char *
factor_words(Numeric numerator, Numeric denominator)
{
	Numeric		one = numeric_of(1);

	numerator = DatumGetNumeric(DirectFunctionCall1(numeric_trim_scale, NumericGetDatum(numerator)));
	return psprintf("%s%s", check_compare_numerics(numerator, one) == 0 ? "" :
					psprintf("* %s", DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(numerator)))),
					check_compare_numerics(denominator, one) == 0 ? "" :
					psprintf(" / %s.0", DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(denominator)))));
}

static Scale *
scale_of(const Fact *fact, const char *word)
{
	int			exponent;
	Numeric		numerator;
	Numeric		denominator;
	Scale	   *scale;

	if (!unit_factors(fact, word, &exponent, &numerator, &denominator))
		return NULL;
	numerator = DatumGetNumeric(DirectFunctionCall2(numeric_mul, NumericGetDatum(numerator),
													DirectFunctionCall2(numeric_power, NumericGetDatum(numeric_of(10)),
																		NumericGetDatum(numeric_of(exponent)))));
	scale = palloc0(sizeof(Scale));
	scale->words = word;
	scale->factor = factor_words(numerator, denominator);
	return scale;
}

const Scale *
check_scale_of(const Fact *fact, const char *unit)
{
	if (strcmp(unit, "%") == 0)
		return fact->unit == UNIT_PLAIN || fact->unit == UNIT_FREE ? &in_percent : NULL;
	return fact->unit == UNIT_PLAIN ? NULL : scale_of(fact, unit);
}

char *
check_ratio_of(const Fact *fact, const char *unit)
{
	int			exponent;
	Numeric		numerator;
	Numeric		denominator;

	return strcmp(unit, "%") != 0 && unit_factors(fact, unit, &exponent, &numerator, &denominator)
		? factor_words(numerator, denominator) : "";
}

Numeric
check_unit_convert(const Fact *fact, const char *unit, Numeric number)
{
	int			exponent;
	Numeric		numerator;
	Numeric		denominator;

	if (strcmp(unit, "%") == 0 || !unit_factors(fact, unit, &exponent, &numerator, &denominator))
		return number;
	number = DatumGetNumeric(DirectFunctionCall2(numeric_mul, NumericGetDatum(number), NumericGetDatum(numerator)));
	return DatumGetNumeric(DirectFunctionCall2(numeric_div, NumericGetDatum(number), NumericGetDatum(denominator)));
}

/*
 * Returns the scale for a unit after a name, such as 万平方米, _亩 or （公顷）, or NULL if it is
 * not a unit that converts to the fact's.
 */
static const Scale *
scale_of_unit(const Fact *fact, const char *behind)
{
	static const char *const brackets[][2] = {{"（", "）"}, {"(", ")"}, {"_", ""}};
	const char *word = pstrdup(behind);
	size_t		i;

	for (i = 0; i < lengthof(brackets); i++)
	{
		size_t		open = strlen(brackets[i][0]);
		size_t		close = strlen(brackets[i][1]);
		size_t		length = strlen(word);

		if (length > open + close && strncmp(word, brackets[i][0], open) == 0 &&
			strcmp(word + length - close, brackets[i][1]) == 0)
		{
			word = pnstrdup(word + open, length - open - close);
			break;
		}
	}
	return scale_of(fact, word);
}

const Scale *
check_scaled_name(const FactCheck *check, const char *column)
{
	const char *names[2] = {check->fact->name, check->fact->label};
	size_t		i,
				j;

	for (i = 0; i < lengthof(scales); i++)
	{
		if (scales[i].share ? !is_share(check) : !is_money(check))
			continue;
		for (j = 0; j < lengthof(names); j++)
			if (names[j] && strncmp(names[j], column, strlen(names[j])) == 0 &&
				strcmp(as_identifier(psprintf("%s%s", names[j], scales[i].suffix)), column) == 0)
				return &scales[i];
	}
	for (j = 0; j < lengthof(names) && check->fact->type == TYPE_NUMBER && check->fact->unit != UNIT_PLAIN; j++)
		if (names[j] && strncmp(names[j], column, strlen(names[j])) == 0)
		{
			const Scale *scale = scale_of_unit(check->fact, column + strlen(names[j]));

			if (scale)
				return scale;
		}
	return NULL;
}

/* ---------------- values ---------------- */

static bool
below(Numeric a, int64 b)
{
	return check_compare_numerics(a, numeric_of(b)) < 0;
}

static bool
can_guess(const FactCheck *check)
{
	return (check->gives || check->reading == READ_AMOUNT) && check->scale == NULL &&
		check->nonzero >= FEWEST_VALUES && check->median != NULL;
}

static void
guess(FactCheck *check, const Scale *scale)
{
	check->scale = scale;
	check->scale_guessed = true;
}

void
check_guess_units(const List *checks)
{
	bool		money_in_wan = false;
	ListCell   *cell;

	foreach(cell, checks)
	{
		FactCheck  *check = lfirst(cell);
		Numeric		hundredfold;

		if (check->reading == READ_AMOUNT && check->texts.amounts)
			check_weigh_amounts(check);
		if (!can_guess(check))
			continue;
		if (is_share(check))
		{
			if (check_compare_numerics(check->median, numeric_of(1)) > 0)
				guess(check, &in_percent);
			continue;
		}
		if (check->least == NULL || !below(check->median, 100000))
			continue;
		hundredfold = DatumGetNumeric(DirectFunctionCall2(numeric_mul, NumericGetDatum(check->median),
														  NumericGetDatum(numeric_of(100))));
		if (check_compare_numerics(hundredfold, check->least) < 0)
		{
			guess(check, &in_wan);
			money_in_wan = true;
		}
	}
	foreach(cell, checks)
	{
		FactCheck  *check = lfirst(cell);

		if (can_guess(check) && is_money(check) && check->least == NULL &&
			(below(check->greatest, 10000) || (money_in_wan && below(check->median, 100000))))
			guess(check, &in_wan);
	}
}
