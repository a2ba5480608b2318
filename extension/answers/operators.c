/*
 * operators.c
 *		The type zjtx.policy, and the operators and functions that ask it.
 *
 * Each question has four forms: of a row or a jsonb object, to a policy value or a
 * stored name; and two that the planner puts in the place of those of a row, of the
 * columns that the policy reads.
 */
#include "postgres.h"

#include "compat.h"
#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/memutils.h"

#include "answer.h"
#include "ask.h"

/* ---------------- the forms of a question ---------------- */

#define QUESTION(name) \
	static Datum name(FunctionCallInfo fcinfo, const Question *question); \
	ZJTX_FUNCTION(zjtx_##name##_row); \
	ZJTX_FUNCTION(zjtx_##name##_row_name); \
	ZJTX_FUNCTION(zjtx_##name##_jsonb); \
	ZJTX_FUNCTION(zjtx_##name##_jsonb_name); \
	ZJTX_FUNCTION(zjtx_##name##_facts); \
	ZJTX_FUNCTION(zjtx_##name##_facts_name); \
	Datum zjtx_##name##_row(PG_FUNCTION_ARGS) { return answer(fcinfo, name, FORM_ROW); } \
	Datum zjtx_##name##_row_name(PG_FUNCTION_ARGS) { return answer(fcinfo, name, FORM_ROW | FORM_BY_NAME); } \
	Datum zjtx_##name##_jsonb(PG_FUNCTION_ARGS) { return answer(fcinfo, name, FORM_JSONB); } \
	Datum zjtx_##name##_jsonb_name(PG_FUNCTION_ARGS) { return answer(fcinfo, name, FORM_JSONB | FORM_BY_NAME); } \
	Datum zjtx_##name##_facts(PG_FUNCTION_ARGS) { return answer(fcinfo, name, FORM_FACTS); } \
	Datum zjtx_##name##_facts_name(PG_FUNCTION_ARGS) { return answer(fcinfo, name, FORM_FACTS | FORM_BY_NAME); } \
	static Datum \
	name(FunctionCallInfo fcinfo pg_attribute_unused(), const Question *question)

static Datum
answer(FunctionCallInfo fcinfo, Datum (*read_off) (FunctionCallInfo, const Question *), int form)
{
	const Question *question = ask(fcinfo, form);

	if (question == NULL)
		PG_RETURN_NULL();
	return read_off(fcinfo, question);
}

QUESTION(eligible)
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

/* The tuple that a function of a composite type returns. */
static Datum
form_result(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	TupleDesc	desc;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls));
}

/* The rows that placement gives are few: each is made once. */
typedef struct PlacementRow
{
	const Rung *rung;			/* NULL for none */
	Datum		row;
	struct PlacementRow *next;
} PlacementRow;

static Datum
placement_row(FunctionCallInfo fcinfo, const Question *question, const Rung *rung)
{
	PlacementRow **rows = (PlacementRow **) ask_place(question);
	PlacementRow *made;
	MemoryContext old;
	Datum		values[3];
	bool		nulls[3] = {false, false, false};

	for (made = *rows; made; made = made->next)
		if (made->rung == rung)
			return made->row;

	old = MemoryContextSwitchTo(ask_context(question));
	values[0] = Int32GetDatum(rung ? rung->level : 0);
	values[1] = CStringGetTextDatum(rung ? rung->provision.code : "none");
	nulls[2] = rung && rung->provision.title == NULL;
	if (!nulls[2])
		values[2] = CStringGetTextDatum(rung ? rung->provision.title : "未入梯度");
	made = palloc(sizeof(PlacementRow));
	made->rung = rung;
	made->row = form_result(fcinfo, values, nulls);
	made->next = *rows;
	*rows = made;
	MemoryContextSwitchTo(old);
	return made->row;
}

QUESTION(placement)
{
	Placement	placement = answer_placement(question);

	if (placement.state == PLACEMENT_UNDECIDED)
		PG_RETURN_NULL();
	return placement_row(fcinfo, question, placement.state == PLACEMENT_RUNG ? placement.rung : NULL);
}

QUESTION(amount)
{
	Amount		amount = answer_amount(question);

	if (amount.undetermined || amount.unbounded || number_compare(&amount.low, &amount.high) != 0)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(number_to_numeric(&amount.low, 2));
}

QUESTION(amount_range)
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

QUESTION(missing)
{
	List	   *names = answer_missing(question);
	Datum	   *items = palloc_array(Datum, list_length(names) + 1);
	ListCell   *cell;

	foreach(cell, names)
		items[foreach_current_index(cell)] = CStringGetTextDatum(lfirst(cell));
	PG_RETURN_ARRAYTYPE_P(construct_array(items, list_length(names), TEXTOID, -1, false, TYPALIGN_INT));
}

/* ---------------- the type ---------------- */

ZJTX_FUNCTION(zjtx_policy_in);
ZJTX_FUNCTION(zjtx_policy_out);
ZJTX_FUNCTION(zjtx_policy_recv);
ZJTX_FUNCTION(zjtx_policy_send);

/* Reads and checks; what is kept is the text. */
static Datum
policy_from_text(FunctionCallInfo fcinfo, const char *text)
{
	struct Node *escontext = (struct Node *) fcinfo->context;
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "zjtx reading", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	Policy	   *policy = policy_read(text, escontext);

	if (policy)
	{
		/* what no program can be made of is no policy */
		ListCell   *cell;

		foreach(cell, policy->documents)
			if (program_compile(lfirst(cell), escontext) == NULL)
			{
				policy = NULL;
				break;
			}
	}
	MemoryContextSwitchTo(old);
	/* a soft error lies in there, and goes with the caller's memory */
	if (policy == NULL)
		return (Datum) 0;
	MemoryContextDelete(context);
	return PointerGetDatum(cstring_to_text(text));
}

/* cstring → zjtx.policy; errors: 22P02 with line and column */
Datum
zjtx_policy_in(PG_FUNCTION_ARGS)
{
	return policy_from_text(fcinfo, PG_GETARG_CSTRING(0));
}

/* zjtx.policy → cstring: the author's text */
Datum
zjtx_policy_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(TextDatumGetCString(PG_GETARG_DATUM(0)));
}

/* The wire carries text, which is read again: nothing hostile reaches the evaluator. */
Datum
zjtx_policy_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			length;
	char	   *text = pq_getmsgtext(buf, buf->len - buf->cursor, &length);

	if (strlen(text) != (size_t) length)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid zjtx.policy: the text holds a zero byte")));
	return policy_from_text(fcinfo, text);
}

Datum
zjtx_policy_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;
	char	   *source = TextDatumGetCString(PG_GETARG_DATUM(0));

	pq_begintypsend(&buf);
	pq_sendtext(&buf, source, strlen(source));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}
