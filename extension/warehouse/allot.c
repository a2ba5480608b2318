/*
 * allot.c
 *		allot() and population(): answers about a row that depend on the other rows.
 */
#include "postgres.h"

#include "compat.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"

#include "answers/rows.h"
#include "messages.h"
#include "session/cache.h"
#include "session/stored.h"
#include "session/used.h"
#include "allot_policy.h"
#include "allot_rows.h"

ZJTX_FUNCTION(zjtx_allot);
ZJTX_FUNCTION(zjtx_allot_name);
ZJTX_FUNCTION(zjtx_population);
ZJTX_FUNCTION(zjtx_population_name);

/* ---------------- allot ---------------- */

/* State of a result. */
typedef struct AllotResult
{
	Rows		rows;
	const RelationRows *relation;
} AllotResult;

static void
put_truth(Rows *rows, Truth truth)
{
	if (truth == TRUTH_UNKNOWN)
		rows_put_null(rows);
	else
		rows_put_boolean(rows, truth == TRUTH_TRUE);
}

static void
put_place(Rows *rows, int64 place)
{
	if (place == 0)
		rows_put_null(rows);
	else
		rows_put_datum(rows, Int64GetDatum(place));
}

/* An amount in 分, as 元. */
Numeric
allotted_amount(int64 amount)
{
	Number		number = {amount, 100, NULL, NULL};

	return number_to_numeric(&number, 2);
}

static void
put_range(Rows *rows, const ClaimRange *range)
{
	rows_put_datum(rows, NumericGetDatum(allotted_amount(range->low)));
	if (range->open)
		rows_put_null(rows);
	else
		rows_put_datum(rows, NumericGetDatum(allotted_amount(range->high)));
}

static void
put_nulls(Rows *rows, int count)
{
	while (count-- > 0)
		rows_put_null(rows);
}

static void
put_line(void *state, const Allotted *line)
{
	AllotResult *result = state;
	Rows	   *rows = &result->rows;

	rows_put_text(rows, relation_rows_key(result->relation));
	if (line->selection)
	{
		rows_put_text(rows, line->selection->selection->provision.code);
		rows_put_null(rows);
		rows_put_text(rows, "selection");
		put_truth(rows, line->member);
		put_place(rows, line->place_low);
		put_place(rows, line->place_high);
		put_truth(rows, line->selected);
		rows_put_text(rows, line->needed);
		put_nulls(rows, 4);
	}
	else
	{
		rows_put_text(rows, line->budget->budget->provision.code);
		rows_put_text(rows, line->line->code);
		rows_put_text(rows, "budget");
		put_truth(rows, line->member);
		put_nulls(rows, 4);
		put_range(rows, &line->claim);
		put_range(rows, &line->amount);
	}
	rows_put_row(rows);
}

static Datum
allot(FunctionCallInfo fcinfo, bool by_name)
{
	AllotPolicy policy;
	MemoryContext context;
	MemoryContext old;
	RelationRows *relation;
	Allotment  *allotment;
	AllotResult result;

	rows_start(fcinfo, &result.rows);
	context = AllocSetContextCreate(CurrentMemoryContext, "zjtx allot", ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(context);
	if (allot_policy(&policy, PG_GETARG_DATUM(2), by_name))
	{
		bool		strict = allot_is_strict(PG_GETARG_TEXT_PP(3));

		allot_policy_check(&policy);
		relation = relation_rows_read(PG_GETARG_OID(0), text_to_cstring(PG_GETARG_TEXT_PP(1)), policy.program,
									  policy.compiled->name, policy.day);
		result.relation = relation;
		allotment = allotment_create(policy.program, &relation->rows, strict);
		allotment_run(allotment, put_line, &result);
		allotment_end(allotment);
		relation_rows_end(relation);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	return (Datum) 0;
}

/* allot(relation, key, policy, undecided) → a row for each key and selection, and for each key and line of a budget */
Datum
zjtx_allot(PG_FUNCTION_ARGS)
{
	return allot(fcinfo, false);
}

/* allot(relation, key, name of a stored policy, undecided) → the same */
Datum
zjtx_allot_name(PG_FUNCTION_ARGS)
{
	return allot(fcinfo, true);
}

/* ---------------- population ---------------- */

static void
append_end(StringInfo json, const char *name, const Number *end)
{
	appendStringInfo(json, "\"%s\": ", name);
	if (end)
		appendStringInfoString(json, number_text(end));
	else
		appendStringInfoString(json, "null");
}

/* A number; null for none; {"low": …, "high": …} while it is not known. */
static void
append_value(StringInfo json, const Value *value)
{
	if (value->known && value->none)
		appendStringInfoString(json, "null");
	else if (value->known)
		appendStringInfoString(json, number_text(&value->low));
	else
	{
		appendStringInfoChar(json, '{');
		append_end(json, "low", value->low_open ? NULL : &value->low);
		appendStringInfoString(json, ", ");
		append_end(json, "high", value->high_open ? NULL : &value->high);
		appendStringInfoChar(json, '}');
	}
}

static Datum
population(FunctionCallInfo fcinfo, bool by_name)
{
	AllotPolicy policy;
	RelationRows *relation;
	Allotment  *allotment;
	StringInfoData json;
	const char *comma = "";
	int			i,
				j;

	if (!allot_policy(&policy, PG_GETARG_DATUM(1), by_name))
		PG_RETURN_NULL();
	relation = relation_rows_read(PG_GETARG_OID(0), NULL, policy.program, policy.compiled->name, policy.day);
	allotment = allotment_create(policy.program, &relation->rows, false);
	allotment_populations(allotment);
	initStringInfo(&json);
	appendStringInfoChar(&json, '{');
	for (i = 0; i < policy.program->npopulations; i++)
	{
		const PopulationEntry *entry = &policy.program->populations[i];

		for (j = 0; j < entry->nvalues; j++)
		{
			appendStringInfoString(&json, comma);
			escape_json(&json, entry->values[j].name);
			appendStringInfoString(&json, ": ");
			append_value(&json, allotment_population(allotment, entry->values[j].fact));
			comma = ", ";
		}
	}
	appendStringInfoChar(&json, '}');
	allotment_end(allotment);
	relation_rows_end(relation);
	PG_RETURN_DATUM(DirectFunctionCall1(jsonb_in, CStringGetDatum(json.data)));
}

/* population(relation, policy) → jsonb, by the name of each value; NULL where no version is in force */
Datum
zjtx_population(PG_FUNCTION_ARGS)
{
	return population(fcinfo, false);
}

/* population(relation, name of a stored policy) → the same */
Datum
zjtx_population_name(PG_FUNCTION_ARGS)
{
	return population(fcinfo, true);
}
