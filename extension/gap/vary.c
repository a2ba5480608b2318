/*
 * vary.c
 *		vary(p, condition, first, last, step): policies with the bound of a condition moved.
 *
 * A bound is a literal in the text, and only its figures are replaced, so everything else
 * keeps the author's words.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"
#include "utils/numeric.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "answers/rows.h"
#include "engine/value.h"
#include "facts/day.h"
#include "messages.h"
#include "session/derived.h"
#include "vary.h"

#define MAX_STEPS 10000

ZJTX_FUNCTION(zjtx_vary_numbers);
ZJTX_FUNCTION(zjtx_vary_numbers_name);
ZJTX_FUNCTION(zjtx_vary_days);
ZJTX_FUNCTION(zjtx_vary_days_name);

/* ---------------- the steps ---------------- */

pg_noreturn static void
step_is_zero(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the step must not be zero")));
}

pg_noreturn static void
wrong_direction(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the steps do not lead from the first to the last bound"),
			 errhint("The step is above zero where the last bound is above the first, and below zero where it is below.")));
}

static void
check_count(int count)
{
	if (count > MAX_STEPS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("there are more than %d bounds from the first to the last", MAX_STEPS),
				 errhint("Choose a greater step.")));
}

static int
numeric_order(Numeric a, Numeric b)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(a), NumericGetDatum(b)));
}

static void
check_finite(Numeric number)
{
	if (numeric_is_nan(number) || numeric_is_inf(number))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a bound and a step must be finite numbers")));
}

/* Returns the bounds as a list of Numeric, without trailing zeros. */
static List *
number_steps(Numeric first, Numeric last, Numeric step)
{
	Numeric		zero = int64_to_numeric(0);
	int			direction;
	List	   *result = NIL;

	check_finite(first);
	check_finite(last);
	check_finite(step);
	direction = numeric_order(step, zero);
	if (direction == 0)
		step_is_zero();
	if (numeric_order(last, first) * direction < 0)
		wrong_direction();
	for (; numeric_order(first, last) * direction <= 0;
		 first = DatumGetNumeric(DirectFunctionCall2(numeric_add, NumericGetDatum(first), NumericGetDatum(step))))
	{
		CHECK_FOR_INTERRUPTS();
		check_count(list_length(result) + 1);
		result = lappend(result, DatumGetNumeric(DirectFunctionCall1(numeric_trim_scale, NumericGetDatum(first))));
	}
	return result;
}

/*
 * The day after a number of steps: one month after 31 January is the last day of February, two months after it is 31
 * March.
 */
static DateADT
day_after(DateADT first, const Interval *step, int count)
{
	Datum		all = DirectFunctionCall2(interval_mul, IntervalPGetDatum(step), Float8GetDatum(count));
	Datum		at = DirectFunctionCall2(date_pl_interval, DateADTGetDatum(first), all);

	return DatumGetDateADT(DirectFunctionCall1(timestamp_date, at));
}

/* Returns the bounds as a list of ints, which are days. */
static List *
day_steps(DateADT first, DateADT last, const Interval *step)
{
	DateADT		day = first;
	int			direction;
	List	   *result = NIL;

	if (DATE_NOT_FINITE(first) || DATE_NOT_FINITE(last))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a bound must be a finite date")));
	direction = day_after(first, step, 1) - first;
	if (direction == 0)
		step_is_zero();
	if ((int64) (last - first) * direction < 0)
		wrong_direction();
	while (direction > 0 ? day <= last : day >= last)
	{
		CHECK_FOR_INTERRUPTS();
		check_count(list_length(result) + 1);
		result = lappend_int(result, day);
		day = day_after(first, step, list_length(result));
	}
	return result;
}

/* ---------------- the policies ---------------- */

/* Returns the text with all bounds moved.  A number keeps its unit. */
static char *
moved(const char *text, const List *bounds, const char *figures)
{
	StringInfoData buf;
	int			at = 0;
	ListCell   *cell;

	initStringInfo(&buf);
	foreach(cell, bounds)
	{
		const VaryBound *bound = lfirst(cell);

		appendBinaryStringInfo(&buf, text + at, bound->literal.start - at);
		appendStringInfo(&buf, "%s%s", figures, bound->type == TYPE_NUMBER ? bound->unit : "");
		at = bound->literal.end;
	}
	appendStringInfoString(&buf, text + at);
	return buf.data;
}

static void
check_type(const List *bounds, ValueType type)
{
	ListCell   *cell;

	foreach(cell, bounds)
	{
		const VaryBound *bound = lfirst(cell);

		if (bound->type == type)
			continue;
		if (type == TYPE_DATE)
			ereport(ERROR,
					(errcode(ERRCODE_DATATYPE_MISMATCH),
					 errmsg("the bound of condition \"%s\" is a number", vary_shown(bound->name)),
					 errhint("Pass numbers, in the unit in which the condition is written.")));
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("the bound of condition \"%s\" is a date", vary_shown(bound->name)),
				 errhint("Pass two dates and an interval.")));
	}
}

/*
 * Returns the text of argument 0: a policy or, with by_name, the stored policy of that
 * name, which judges the same days as the name.
 */
static char *
source_text(FunctionCallInfo fcinfo, bool by_name)
{
	Recipe		recipe = {0};
	uint64		serial;

	recipe_from(&recipe, PG_GETARG_DATUM(0), by_name);
	if (by_name)
	{
		recipe.has_day = true;
		recipe.default_day = true;
		recipe.day = day_of_session();
	}
	return recipe_make(&recipe, false, &serial);
}

/* Puts a row for each bound.  The figures that give a valid text form a range, so checking its ends is enough. */
static void
put_policies(Rows *rows, const char *text, const List *bounds, const List *values, ValueType type)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "zjtx vary", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	int			count = list_length(values);
	int			i;

	for (i = 0; i < count; i++)
	{
		Datum		bound;
		char	   *varied;

		CHECK_FOR_INTERRUPTS();
		if (type == TYPE_DATE)
		{
			bound = DateADTGetDatum(list_nth_int(values, i));
			varied = moved(text, bounds, date_text(list_nth_int(values, i)));
		}
		else
		{
			bound = NumericGetDatum(list_nth(values, i));
			varied = moved(text, bounds, DatumGetCString(DirectFunctionCall1(numeric_out, bound)));
		}
		if (i == 0 || i == count - 1)
			(void) compiled_check(varied, strlen(varied), NULL);
		rows_put_datum(rows, bound);
		rows_put_text(rows, varied);
		rows_put_row(rows);
		MemoryContextReset(context);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
}

static Datum
vary(FunctionCallInfo fcinfo, bool by_name, ValueType type)
{
	Rows		rows;
	char	   *source;
	const Compiled *compiled;
	List	   *values;
	List	   *bounds;

	rows_start(fcinfo, &rows);
	source = source_text(fcinfo, by_name);
	compiled = compiled_tree(source, strlen(source), CurrentMemoryContext);
	bounds = vary_find(compiled, text_to_cstring(PG_GETARG_TEXT_PP(1)));
	check_type(bounds, type);
	values = type == TYPE_DATE
		? day_steps(PG_GETARG_DATEADT(2), PG_GETARG_DATEADT(3), PG_GETARG_INTERVAL_P(4))
		: number_steps(PG_GETARG_NUMERIC(2), PG_GETARG_NUMERIC(3), PG_GETARG_NUMERIC(4));
	put_policies(&rows, source, bounds, values, type);
	return (Datum) 0;
}

/*
 * vary(p, condition text, first, last, step) → setof (bound, p zjtx.policy): p is a policy
 * or the name of a stored one; first and last are numbers in the unit of the condition, and
 * step is a number, or they are dates and step is an interval.  Not called with NULL.
 */
Datum
zjtx_vary_numbers(PG_FUNCTION_ARGS)
{
	return vary(fcinfo, false, TYPE_NUMBER);
}

Datum
zjtx_vary_numbers_name(PG_FUNCTION_ARGS)
{
	return vary(fcinfo, true, TYPE_NUMBER);
}

Datum
zjtx_vary_days(PG_FUNCTION_ARGS)
{
	return vary(fcinfo, false, TYPE_DATE);
}

Datum
zjtx_vary_days_name(PG_FUNCTION_ARGS)
{
	return vary(fcinfo, true, TYPE_DATE);
}
