/*
 * operators.c
 *		The operators and functions that ask a policy.
 *
 * Each question has four forms: about a row or a jsonb object, with a policy value or a
 * stored name.  The planner replaces calls about a row by calls of two further forms,
 * which take single columns.
 */
#include "postgres.h"

#include "compat.h"
#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"

#include "ahead.h"
#include "answer.h"
#include "ask.h"

static Datum
eligible(FunctionCallInfo fcinfo pg_attribute_unused(), const Question *question)
{
	switch (answer_eligible(question))
	{
		case TRUTH_TRUE:
			PG_RETURN_BOOL(true);
		case TRUTH_FALSE:
			PG_RETURN_BOOL(false);
		case TRUTH_UNKNOWN:
			break;
	}
	PG_RETURN_NULL();
}

/* Returns the tuple of a function with a composite result type. */
static Datum
form_result(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	TupleDesc	desc;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls));
}

Datum
placement_datum(FunctionCallInfo fcinfo, const Rung *rung)
{
	Datum		values[3];
	bool		nulls[3] = {false, false, false};

	values[0] = Int32GetDatum(rung ? rung->level : 0);
	values[1] = CStringGetTextDatum(rung ? rung->provision.code : "none");
	nulls[2] = rung && rung->provision.title == NULL;
	if (!nulls[2])
		values[2] = CStringGetTextDatum(rung ? rung->provision.title : "未入梯度");
	return form_result(fcinfo, values, nulls);
}

/* placement returns few different rows, so each is built only once. */
typedef struct PlacementRow
{
	const Rung *rung;			/* NULL for no rung */
	Datum		row;
	struct PlacementRow *next;
} PlacementRow;

static Datum
placement_row(FunctionCallInfo fcinfo, const Question *question, const Rung *rung)
{
	PlacementRow **rows = (PlacementRow **) ask_place(question);
	PlacementRow *made;
	MemoryContext old;

	for (made = *rows; made; made = made->next)
		if (made->rung == rung)
			return made->row;

	old = MemoryContextSwitchTo(ask_context(question));
	made = palloc(sizeof(PlacementRow));
	made->rung = rung;
	made->row = placement_datum(fcinfo, rung);
	made->next = *rows;
	*rows = made;
	MemoryContextSwitchTo(old);
	return made->row;
}

static Datum
placement(FunctionCallInfo fcinfo, const Question *question)
{
	Placement	placement = answer_placement(question);

	if (placement.state == PLACEMENT_UNDECIDED)
		PG_RETURN_NULL();
	return placement_row(fcinfo, question, placement.state == PLACEMENT_RUNG ? placement.rung : NULL);
}

static Datum
amount(FunctionCallInfo fcinfo pg_attribute_unused(), const Question *question)
{
	int64		hundredths;
	bool		decided;
	Amount		amount;

	if (answer_hundredths(question, &decided, &hundredths))
	{
		if (!decided)
			PG_RETURN_NULL();
		PG_RETURN_NUMERIC(int64_div_fast_to_numeric(hundredths, 2));
	}
	amount = answer_amount(question);
	if (amount.undetermined || amount.unbounded || number_compare(&amount.low, &amount.high) != 0)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(number_to_numeric(&amount.low, 2));
}

static Datum
amount_range(FunctionCallInfo fcinfo, const Question *question)
{
	Amount		amount = answer_amount(question);
	Datum		values[2] = {(Datum) 0, (Datum) 0};
	bool		nulls[2];

	nulls[0] = amount.undetermined;
	nulls[1] = amount.undetermined || amount.unbounded;
	if (!nulls[0])
		values[0] = NumericGetDatum(number_to_numeric(&amount.low, 2));
	if (!nulls[1])
		values[1] = NumericGetDatum(number_to_numeric(&amount.high, 2));
	return form_result(fcinfo, values, nulls);
}

/* A number with up to 20 decimals, and no trailing zeros. */
static Datum
value_numeric(const Number *number)
{
	return DirectFunctionCall1(numeric_trim_scale, NumericGetDatum(number_to_numeric(number, 20)));
}

static Datum
value(FunctionCallInfo fcinfo pg_attribute_unused(), const Question *question)
{
	AnsweredValue answer = answer_value(question);

	if (!answer.known || answer.none)
		PG_RETURN_NULL();
	return value_numeric(&answer.low);
}

static Datum
value_range(FunctionCallInfo fcinfo, const Question *question)
{
	AnsweredValue answer = answer_value(question);
	Datum		values[2] = {(Datum) 0, (Datum) 0};
	bool		nulls[2];

	nulls[0] = answer.none || answer.low_open;
	nulls[1] = answer.none || answer.high_open;
	if (!nulls[0])
		values[0] = value_numeric(&answer.low);
	if (!nulls[1])
		values[1] = value_numeric(&answer.high);
	return form_result(fcinfo, values, nulls);
}

Datum
missing_datum(List *names)
{
	Datum	   *items = palloc_array(Datum, list_length(names) + 1);
	ListCell   *cell;

	foreach(cell, names)
	{
		items[foreach_current_index(cell)] = CStringGetTextDatum(lfirst(cell));
	}
	return PointerGetDatum(construct_array(items, list_length(names), TEXTOID, -1, false, TYPALIGN_INT));
}

static Datum
missing(FunctionCallInfo fcinfo pg_attribute_unused(), const Question *question)
{
	return missing_datum(answer_missing(question));
}

static Datum
next_change(FunctionCallInfo fcinfo pg_attribute_unused(), const Question *question)
{
	DateADT		day;

	if (!ahead_next_change(question, ahead_policy_of(question), &day))
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(day);
}

/* ---------------- the forms of each question ---------------- */

ZJTX_FUNCTION(zjtx_eligible_row);
ZJTX_FUNCTION(zjtx_eligible_row_name);
ZJTX_FUNCTION(zjtx_eligible_jsonb);
ZJTX_FUNCTION(zjtx_eligible_jsonb_name);
ZJTX_FUNCTION(zjtx_eligible_facts);
ZJTX_FUNCTION(zjtx_eligible_facts_name);
ZJTX_FUNCTION(zjtx_placement_row);
ZJTX_FUNCTION(zjtx_placement_row_name);
ZJTX_FUNCTION(zjtx_placement_jsonb);
ZJTX_FUNCTION(zjtx_placement_jsonb_name);
ZJTX_FUNCTION(zjtx_placement_facts);
ZJTX_FUNCTION(zjtx_placement_facts_name);
ZJTX_FUNCTION(zjtx_amount_row);
ZJTX_FUNCTION(zjtx_amount_row_name);
ZJTX_FUNCTION(zjtx_amount_jsonb);
ZJTX_FUNCTION(zjtx_amount_jsonb_name);
ZJTX_FUNCTION(zjtx_amount_facts);
ZJTX_FUNCTION(zjtx_amount_facts_name);
ZJTX_FUNCTION(zjtx_amount_range_row);
ZJTX_FUNCTION(zjtx_amount_range_row_name);
ZJTX_FUNCTION(zjtx_amount_range_jsonb);
ZJTX_FUNCTION(zjtx_amount_range_jsonb_name);
ZJTX_FUNCTION(zjtx_amount_range_facts);
ZJTX_FUNCTION(zjtx_amount_range_facts_name);
ZJTX_FUNCTION(zjtx_value_row);
ZJTX_FUNCTION(zjtx_value_row_name);
ZJTX_FUNCTION(zjtx_value_jsonb);
ZJTX_FUNCTION(zjtx_value_jsonb_name);
ZJTX_FUNCTION(zjtx_value_facts);
ZJTX_FUNCTION(zjtx_value_facts_name);
ZJTX_FUNCTION(zjtx_value_range_row);
ZJTX_FUNCTION(zjtx_value_range_row_name);
ZJTX_FUNCTION(zjtx_value_range_jsonb);
ZJTX_FUNCTION(zjtx_value_range_jsonb_name);
ZJTX_FUNCTION(zjtx_value_range_facts);
ZJTX_FUNCTION(zjtx_value_range_facts_name);
ZJTX_FUNCTION(zjtx_missing_row);
ZJTX_FUNCTION(zjtx_missing_row_name);
ZJTX_FUNCTION(zjtx_missing_jsonb);
ZJTX_FUNCTION(zjtx_missing_jsonb_name);
ZJTX_FUNCTION(zjtx_missing_facts);
ZJTX_FUNCTION(zjtx_missing_facts_name);
ZJTX_FUNCTION(zjtx_next_change_row);
ZJTX_FUNCTION(zjtx_next_change_row_name);
ZJTX_FUNCTION(zjtx_next_change_jsonb);
ZJTX_FUNCTION(zjtx_next_change_jsonb_name);
ZJTX_FUNCTION(zjtx_next_change_facts);
ZJTX_FUNCTION(zjtx_next_change_facts_name);

typedef Datum (*ReadOff) (FunctionCallInfo fcinfo, const Question *question);

/* Returns NULL if the policy, or the names argument of FORM_FACTS, is NULL. */
static Datum
answer(FunctionCallInfo fcinfo, ReadOff read_off, int form)
{
	const Question *question = ask_question(fcinfo, form);
	Datum		result;

	if (question == NULL)
		PG_RETURN_NULL();
	result = read_off(fcinfo, question);
	/* a row that is NULL, as of an outer join, has no answer on any day */
	if (fcinfo->isnull && !ask_row_is_null(fcinfo, form, question))
		answer_warn_of_day(question);
	return result;
}

/* → boolean: NULL while undecided */
Datum
zjtx_eligible_row(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, eligible, FORM_ROW);
}

Datum
zjtx_eligible_row_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, eligible, FORM_ROW | FORM_BY_NAME);
}

Datum
zjtx_eligible_jsonb(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, eligible, FORM_JSONB);
}

Datum
zjtx_eligible_jsonb_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, eligible, FORM_JSONB | FORM_BY_NAME);
}

Datum
zjtx_eligible_facts(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, eligible, FORM_FACTS);
}

Datum
zjtx_eligible_facts_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, eligible, FORM_FACTS | FORM_BY_NAME);
}

/* → zjtx.placement: level 0 if on no rung; NULL while undecided */
Datum
zjtx_placement_row(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, placement, FORM_ROW);
}

Datum
zjtx_placement_row_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, placement, FORM_ROW | FORM_BY_NAME);
}

Datum
zjtx_placement_jsonb(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, placement, FORM_JSONB);
}

Datum
zjtx_placement_jsonb_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, placement, FORM_JSONB | FORM_BY_NAME);
}

Datum
zjtx_placement_facts(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, placement, FORM_FACTS);
}

Datum
zjtx_placement_facts_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, placement, FORM_FACTS | FORM_BY_NAME);
}

/*
 * → numeric with two decimals, in 元 (points: 分); NULL while undecided or if the text gives
 * no figure
 */
Datum
zjtx_amount_row(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, amount, FORM_ROW);
}

Datum
zjtx_amount_row_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, amount, FORM_ROW | FORM_BY_NAME);
}

Datum
zjtx_amount_jsonb(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, amount, FORM_JSONB);
}

Datum
zjtx_amount_jsonb_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, amount, FORM_JSONB | FORM_BY_NAME);
}

Datum
zjtx_amount_facts(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, amount, FORM_FACTS);
}

Datum
zjtx_amount_facts_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, amount, FORM_FACTS | FORM_BY_NAME);
}

/* → (low, high) numeric in the same unit; high is NULL if there is no upper bound */
Datum
zjtx_amount_range_row(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, amount_range, FORM_ROW);
}

Datum
zjtx_amount_range_row_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, amount_range, FORM_ROW | FORM_BY_NAME);
}

Datum
zjtx_amount_range_jsonb(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, amount_range, FORM_JSONB);
}

Datum
zjtx_amount_range_jsonb_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, amount_range, FORM_JSONB | FORM_BY_NAME);
}

Datum
zjtx_amount_range_facts(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, amount_range, FORM_FACTS);
}

Datum
zjtx_amount_range_facts_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, amount_range, FORM_FACTS | FORM_BY_NAME);
}

/* → numeric: the value of a definition, in its unit; NULL while unknown and if it is none */
Datum
zjtx_value_row(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, value, FORM_ROW);
}

Datum
zjtx_value_row_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, value, FORM_ROW | FORM_BY_NAME);
}

Datum
zjtx_value_jsonb(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, value, FORM_JSONB);
}

Datum
zjtx_value_jsonb_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, value, FORM_JSONB | FORM_BY_NAME);
}

Datum
zjtx_value_facts(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, value, FORM_FACTS);
}

Datum
zjtx_value_facts_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, value, FORM_FACTS | FORM_BY_NAME);
}

/* → (low, high) numeric; an end is NULL if there is none */
Datum
zjtx_value_range_row(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, value_range, FORM_ROW);
}

Datum
zjtx_value_range_row_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, value_range, FORM_ROW | FORM_BY_NAME);
}

Datum
zjtx_value_range_jsonb(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, value_range, FORM_JSONB);
}

Datum
zjtx_value_range_jsonb_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, value_range, FORM_JSONB | FORM_BY_NAME);
}

Datum
zjtx_value_range_facts(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, value_range, FORM_FACTS);
}

Datum
zjtx_value_range_facts_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, value_range, FORM_FACTS | FORM_BY_NAME);
}

/* → text[]: the names of the unknown facts that can still change the answers */
Datum
zjtx_missing_row(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, missing, FORM_ROW);
}

Datum
zjtx_missing_row_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, missing, FORM_ROW | FORM_BY_NAME);
}

Datum
zjtx_missing_jsonb(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, missing, FORM_JSONB);
}

Datum
zjtx_missing_jsonb_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, missing, FORM_JSONB | FORM_BY_NAME);
}

Datum
zjtx_missing_facts(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, missing, FORM_FACTS);
}

Datum
zjtx_missing_facts_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, missing, FORM_FACTS | FORM_BY_NAME);
}

/* → date: the first day after the day judged on which a line can change; NULL if none until 2999 */
Datum
zjtx_next_change_row(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, next_change, FORM_ROW);
}

Datum
zjtx_next_change_row_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, next_change, FORM_ROW | FORM_BY_NAME);
}

Datum
zjtx_next_change_jsonb(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, next_change, FORM_JSONB);
}

Datum
zjtx_next_change_jsonb_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, next_change, FORM_JSONB | FORM_BY_NAME);
}

Datum
zjtx_next_change_facts(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, next_change, FORM_FACTS);
}

Datum
zjtx_next_change_facts_name(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, next_change, FORM_FACTS | FORM_BY_NAME);
}
