/*
 * totals_values.c
 *		What aggregates come to, as PostgreSQL's aggregates or those of the extension would compute it.
 */
#include "postgres.h"

#include "catalog/pg_aggregate.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "optimizer/planmain.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "compat.h"
#include "totals_state.h"

/* ---------------- adding ---------------- */

static int64
integer(Oid type, Datum value)
{
	return type == INT2OID ? DatumGetInt16(value) : type == INT4OID ? DatumGetInt32(value) : DatumGetBool(value);
}

/* Adds the value that all rows of a cell have. */
static void
add_value(TotalValue *value, const TotalColumn *column, int64 number, int64 nrows)
{
	bool		first = value->count == 0;

	value->count += nrows;
	switch (column->kind)
	{
		case TOTAL_SUM:
		case TOTAL_AVG:
			value->sum += number * nrows;
			break;
		case TOTAL_MIN:
			value->extreme = first ? number : Min(value->extreme, number);
			break;
		case TOTAL_MAX:
			value->extreme = first ? number : Max(value->extreme, number);
			break;
		case TOTAL_EVERY:
			value->truth = (first || value->truth) && number != 0;
			break;
		case TOTAL_ANY:
			value->truth = (!first && value->truth) || number != 0;
			break;
		default:
			break;
	}
}

static void
add_lines(TotalsState *state, LinesTotal *total, const LinesTotal *lines, TotalKind kind)
{
	if (kind == TOTAL_TALLY)
	{
		if (total->tally == NULL)
			total->tally = tally_create(state->context);
		tally_add_state(total->tally, lines->tally);
		return;
	}
	if (total->budget == NULL)
		total->budget = budget_create(state->context);
	budget_add_state(total->budget, lines->budget);
}

void
totals_add_cell(TotalsState *state, const TotalColumn *column, const Cell *cell, TotalValue *value)
{
	ExprContext *econtext = state->css.ss.ps.ps_ExprContext;
	Datum		datum;
	bool		isnull = false;

	if (column->filter)
	{
		datum = ExecEvalExprSwitchContext(column->filter, econtext, &isnull);
		if (isnull || !DatumGetBool(datum))
			return;
	}
	if (column->kind == TOTAL_TALLY || column->kind == TOTAL_BUDGET)
		add_lines(state, &value->lines, &cell->lines[column->place], column->kind);
	else if (column->call >= 0)
		amounts_merge(state->context, &value->amounts, &cell->amounts[column->place]);
	else if (column->argument == NULL)
		value->count += cell->nrows;
	else
	{
		datum = ExecEvalExprSwitchContext(column->argument, econtext, &isnull);
		if (!isnull)
			add_value(value, column, column->kind == TOTAL_COUNT ? 0 : integer(column->type, datum), cell->nrows);
	}
}

/* ---------------- states of numeric's aggregates ---------------- */

/* Calls a function of the state of sum(numeric), which is a pointer, or NULL. */
static void *
call_of_state(TotalsState *state, PGFunction function, void *one, Datum other, bool other_is_null)
{
	LOCAL_FCINFO(fcinfo, 2);
	Datum		result;

	InitFunctionCallInfoData(*fcinfo, NULL, 2, InvalidOid, (Node *) state->aggregating, NULL);
	fcinfo->args[0].value = PointerGetDatum(one);
	fcinfo->args[0].isnull = one == NULL;
	fcinfo->args[1].value = other;
	fcinfo->args[1].isnull = other_is_null;
	result = function(fcinfo);
	return fcinfo->isnull ? NULL : DatumGetPointer(result);
}

/* A state of some values that add up to a sum: the sum, and zeros. */
static Datum
state_of_sum(TotalsState *state, const AmountTotal *amounts)
{
	Datum		zero = NumericGetDatum(int64_div_fast_to_numeric(0, 2));
	int64		rest = amounts->sum.count - 1;
	void	   *power = call_of_state(state, numeric_avg_accum, NULL, zero, false);
	void	   *result = call_of_state(state, numeric_avg_accum, NULL, amounts_sum(amounts), false);

	for (; rest > 0; rest >>= 1)
	{
		void	   *copy;

		if (rest & 1)
			result = call_of_state(state, numeric_avg_combine, result, PointerGetDatum(power), false);
		copy = call_of_state(state, numeric_avg_combine, NULL, PointerGetDatum(power), false);
		power = call_of_state(state, numeric_avg_combine, power, PointerGetDatum(copy), false);
	}
	return PointerGetDatum(call_of_state(state, numeric_avg_serialize, result, (Datum) 0, true));
}

/* ---------------- results ---------------- */

static Datum
array_of_two(int64 first, int64 second)
{
	Datum		values[2] = {Int64GetDatum(first), Int64GetDatum(second)};
	int16		length;
	bool		by_value;
	char		align;

	get_typlenbyvalalign(INT8OID, &length, &by_value, &align);
	return PointerGetDatum(construct_array(values, 2, INT8OID, length, by_value, align));
}

/* The result of the aggregate's final function. */
static Datum
finish(const Aggref *aggregate, Datum value, bool *isnull)
{
	HeapTuple	tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(aggregate->aggfnoid));

	LOCAL_FCINFO(fcinfo, 1);
	FmgrInfo	flinfo;
	Oid			function;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for aggregate %u", aggregate->aggfnoid);
	function = ((Form_pg_aggregate) GETSTRUCT(tuple))->aggfinalfn;
	ReleaseSysCache(tuple);
	if (!OidIsValid(function))
		return value;
	fmgr_info(function, &flinfo);
	InitFunctionCallInfoData(*fcinfo, &flinfo, 1, InvalidOid, NULL, NULL);
	fcinfo->args[0].value = value;
	fcinfo->args[0].isnull = *isnull;
	value = FunctionCallInvoke(fcinfo);
	*isnull = fcinfo->isnull;
	return value;
}

static Datum
lines_result(const TotalColumn *column, const LinesTotal *lines, bool partial, bool *isnull)
{
	Datum		value = (Datum) 0;

	if (lines->tally)
		value = EOHPGetRODatum(&lines->tally->header);
	else if (lines->budget)
		value = budget_datum(lines->budget);
	else
		*isnull = true;
	return partial ? value : finish(column->aggregate, value, isnull);
}

static Datum
amounts_result(TotalsState *state, const TotalColumn *column, const AmountTotal *amounts, bool partial, bool *isnull)
{
	int64		count = amounts->sum.count;

	if (column->kind == TOTAL_COUNT_AMOUNTS)
		return Int64GetDatum(count);
	*isnull = count == 0;
	if (count == 0)
		return (Datum) 0;
	if (column->kind == TOTAL_MIN_AMOUNT || column->kind == TOTAL_MAX_AMOUNT)
		return amounts_extreme(amounts, column->kind == TOTAL_MAX_AMOUNT);
	if (partial)
		return state_of_sum(state, amounts);
	if (column->kind == TOTAL_SUM_AMOUNTS)
		return amounts_sum(amounts);
	return DirectFunctionCall2(numeric_div, amounts_sum(amounts), NumericGetDatum(int64_to_numeric(count)));
}

Datum
totals_result(TotalsState *state, const TotalColumn *column, TotalValue *value, bool *isnull)
{
	bool		partial = DO_AGGSPLIT_SKIPFINAL(column->aggregate->aggsplit);

	*isnull = false;
	switch (column->kind)
	{
		case TOTAL_TALLY:
		case TOTAL_BUDGET:
			return lines_result(column, &value->lines, partial, isnull);
		case TOTAL_COUNT:
			return Int64GetDatum(value->count);
		case TOTAL_AVG:
			if (partial)
				return array_of_two(value->count, value->sum);
			break;
		case TOTAL_SUM:
		case TOTAL_MIN:
		case TOTAL_MAX:
		case TOTAL_EVERY:
		case TOTAL_ANY:
			break;
		default:
			return amounts_result(state, column, &value->amounts, partial, isnull);
	}
	*isnull = value->count == 0;
	if (*isnull)
		return (Datum) 0;
	switch (column->kind)
	{
		case TOTAL_AVG:
			return DirectFunctionCall1(int8_avg, array_of_two(value->count, value->sum));
		case TOTAL_SUM:
			return Int64GetDatum(value->sum);
		case TOTAL_EVERY:
		case TOTAL_ANY:
			return BoolGetDatum(value->truth);
		default:
			return column->type == INT2OID ? Int16GetDatum((int16) value->extreme) : Int32GetDatum((int32) value->extreme);
	}
}
