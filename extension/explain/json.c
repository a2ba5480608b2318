/*
 * json.c
 *		Converts an explanation to jsonb: an array with an object for each version that may be in force.
 *
 * Keys that do not apply to a node are omitted.  Numbers and days are not formatted;
 * quotients have 20 decimals.
 */
#include "postgres.h"

#define ZJTX_BUILDS_JSONB
#include "compat.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/jsonb.h"

#include "engine/value.h"
#include "explain.h"

static const char *const kind_names[] =
{
	[EXPLAIN_POLICY] = "policy",[EXPLAIN_NO_VERSION] = "no version",[EXPLAIN_AMOUNT] = "amount",
	[EXPLAIN_CLAUSE] = "clause",[EXPLAIN_STAGE] = "stage",[EXPLAIN_PAY] = "pay",[EXPLAIN_CAP] = "cap",[EXPLAIN_BUDGET] = "budget",[EXPLAIN_SELECTED] = "selection",
	[EXPLAIN_GROUP] = "group",[EXPLAIN_MEMBER] = "member",
	[EXPLAIN_PLACEMENT] = "placement",[EXPLAIN_RUNG] = "rung",[EXPLAIN_CONDITION] = "condition",
	[EXPLAIN_AND] = "and",[EXPLAIN_OR] = "or",[EXPLAIN_NOT] = "not",
	[EXPLAIN_DEFINITION] = "definition",[EXPLAIN_SCORE] = "score",[EXPLAIN_VALUE] = "value",
	[EXPLAIN_FACT] = "fact",[EXPLAIN_ELEMENT] = "element",[EXPLAIN_FOLDED] = "folded"
};

/* ---------------- scalars ---------------- */

static void
put_key(JsonbInState *state, const char *key)
{
	JsonbValue	value;

	value.type = jbvString;
	value.val.string.val = unconstify(char *, key);
	value.val.string.len = strlen(key);
	PUSH_JSONB(state, WJB_KEY, &value);
}

static void
rows_put_text(JsonbInState *state, const char *key, const char *text)
{
	JsonbValue	value;

	if (text == NULL)
		return;
	put_key(state, key);
	value.type = jbvString;
	value.val.string.val = unconstify(char *, text);
	value.val.string.len = strlen(text);
	PUSH_JSONB(state, WJB_VALUE, &value);
}

static void
rows_put_texts(JsonbInState *state, const char *key, const List *texts)
{
	ListCell   *cell;

	if (texts == NIL)
		return;
	put_key(state, key);
	PUSH_JSONB(state, WJB_BEGIN_ARRAY, NULL);
	foreach(cell, texts)
	{
		JsonbValue	value;

		value.type = jbvString;
		value.val.string.val = lfirst(cell);
		value.val.string.len = strlen(lfirst(cell));
		PUSH_JSONB(state, WJB_ELEM, &value);
	}
	PUSH_JSONB(state, WJB_END_ARRAY, NULL);
}

static void
rows_put_boolean(JsonbInState *state, const char *key, bool boolean)
{
	JsonbValue	value;

	put_key(state, key);
	value.type = jbvBool;
	value.val.boolean = boolean;
	PUSH_JSONB(state, WJB_VALUE, &value);
}

static void
put_truth(JsonbInState *state, const char *key, Truth truth)
{
	JsonbValue	value;

	if (truth != TRUTH_UNKNOWN)
	{
		rows_put_boolean(state, key, truth == TRUTH_TRUE);
		return;
	}
	put_key(state, key);
	value.type = jbvNull;
	PUSH_JSONB(state, WJB_VALUE, &value);
}

static void
put_number(JsonbInState *state, const char *key, const Number *number)
{
	JsonbValue	value;

	if (number == NULL)
		return;
	put_key(state, key);
	value.type = jbvNumeric;
	value.val.numeric = DatumGetNumeric(DirectFunctionCall1(numeric_trim_scale,
															NumericGetDatum(number_to_numeric(number, 20))));
	PUSH_JSONB(state, WJB_VALUE, &value);
}

static void
put_count(JsonbInState *state, const char *key, int64 count)
{
	Number		number = number_of(count);

	put_number(state, key, &number);
}

/* ---------------- what was found ---------------- */

static void
put_found(JsonbInState *state, const ExplainNode *node)
{
	const Value *value = &node->value;

	rows_put_text(state, "type", type_name(node->type));
	if (node->type == TYPE_NUMBER)
		rows_put_text(state, "unit", node->unit == UNIT_FREE ? NULL : unit_name(node->unit));
	rows_put_text(state, "shown", explain_value_text(&english_phrases, value, node->type, node->unit, node->texts,
													 node->has_bound ? &node->bound : NULL));
	if (node->type == TYPE_BOOLEAN)
	{
		put_truth(state, "found", value->truth);
		return;
	}
	if (is_none(value))
	{
		rows_put_boolean(state, "none", true);
		return;
	}
	switch (node->type)
	{
		case TYPE_NUMBER:
			put_number(state, value->known ? "found" : "low", low_of(value));
			if (!value->known)
				put_number(state, "high", high_of(value));
			break;
		case TYPE_DATE:
			if (value->known)
				rows_put_text(state, "found", date_text(value->day));
			else if (!DATE_NOT_FINITE(value->day))
				rows_put_text(state, "low", date_text(value->day));
			if (!value->known && !DATE_NOT_FINITE(value->last_day))
				rows_put_text(state, "high", date_text(value->last_day));
			break;
		case TYPE_TEXT:
			if (value->known)
				rows_put_text(state, "found", pnstrdup(value->text, value->length));
			break;
		case TYPE_LIST:
			if (value->known)
				put_count(state, "elements", value->list->count);
			break;
		default:
			break;
	}
}

static void
put_origin(JsonbInState *state, const ExplainNode *node)
{
	static const char *const sources[] =
	{
		[ORIGIN_COLUMN] = "column",[ORIGIN_KEY] = "key",[ORIGIN_NO_COLUMN] = NULL,[ORIGIN_NO_KEY] = NULL,[ORIGIN_NO_YEAR] = NULL,
		[ORIGIN_POLICY] = "policy",[ORIGIN_SESSION] = "session",[ORIGIN_ALLOTTED] = "allotted"
	};

	if (!node->has_origin)
		return;
	rows_put_text(state, "source", sources[node->origin.kind]);
	rows_put_text(state, "column", node->origin.name && sources[node->origin.kind] ? node->origin.name : NULL);
}

static void
put_amount(JsonbInState *state, const Amount *amount, const char *key, const char *low, const char *high)
{
	if (amount->undetermined)
		rows_put_boolean(state, "undetermined", true);
	else if (!amount->unbounded && number_compare(&amount->low, &amount->high) == 0)
		put_number(state, key, &amount->low);
	else
	{
		put_number(state, low, &amount->low);
		put_number(state, high, amount->unbounded ? NULL : &amount->high);
	}
}

/* ---------------- nodes ---------------- */

static void put_node(JsonbInState *state, const ExplainNode *node);

static void
put_nodes(JsonbInState *state, const char *key, const List *nodes)
{
	ListCell   *cell;

	if (nodes == NIL)
		return;
	put_key(state, key);
	PUSH_JSONB(state, WJB_BEGIN_ARRAY, NULL);
	foreach(cell, nodes)
	{
		put_node(state, lfirst(cell));
	}
	PUSH_JSONB(state, WJB_END_ARRAY, NULL);
}

static void
put_notes(JsonbInState *state, const List *notes)
{
	ListCell   *cell;

	if (notes == NIL)
		return;
	put_key(state, "notes");
	PUSH_JSONB(state, WJB_BEGIN_ARRAY, NULL);
	foreach(cell, notes)
	{
		const Note *note = lfirst(cell);

		PUSH_JSONB(state, WJB_BEGIN_OBJECT, NULL);
		rows_put_text(state, "code", note->code);
		rows_put_text(state, "note", note->text);
		PUSH_JSONB(state, WJB_END_OBJECT, NULL);
	}
	PUSH_JSONB(state, WJB_END_ARRAY, NULL);
}

/* Puts the document's words: code, title, article and so on. */
static void
put_words(JsonbInState *state, const ExplainNode *node)
{
	bool		is_policy = node->kind == EXPLAIN_POLICY;
	bool		is_fact = node->has_origin || node->kind == EXPLAIN_FACT;

	rows_put_text(state, "code", node->code);
	rows_put_text(state, is_fact && !is_policy ? "label" : "title", node->title);
	rows_put_text(state, "number", node->number);
	rows_put_text(state, "article", node->article);
	rows_put_text(state, "citation", node->citation);
	if (!is_policy)
	{
		rows_put_text(state, "wording", node->wording);
		rows_put_texts(state, "offices", node->offices);
	}
	rows_put_text(state, is_fact ? "fact" : "name", node->name);
	rows_put_text(state, "expression", node->expression);
	if (node->kind == EXPLAIN_CLAUSE)
	{
		rows_put_text(state, "clause", clause_kind_name(node->clause->kind));
		if (node->clause->per_year)
			rows_put_boolean(state, "per_year", true);
	}
}

/* Puts what is needed, and how it is counted. */
static void
put_condition(JsonbInState *state, const ExplainNode *node)
{
	rows_put_text(state, "operator", node->operator);
	rows_put_text(state, "needed", node->needed);
	if (node->has_bound)
		put_number(state, "bound", &node->bound);
	rows_put_text(state, "band", node->band);
	if (node->has_most)
		put_number(state, "most", &node->most);
	if (node->above)
		rows_put_boolean(state, "above", true);
	if (node->has_amount)
		put_amount(state, &node->amount, "amount", "amount_low", "amount_high");
}

/* Puts what is paid: for a group, from a budget, within a cap. */
static void
put_line(JsonbInState *state, const ExplainNode *node)
{
	if (node->kind == EXPLAIN_GROUP)
		rows_put_boolean(state, "best", node->best);
	if (node->chosen)
		rows_put_boolean(state, "chosen", true);
	if (node->in_all)
		rows_put_boolean(state, "in_all", true);
	if (node->has_origin && node->origin.place_low > 0)
	{
		put_count(state, "place_low", node->origin.place_low);
		put_count(state, "place_high", node->origin.place_high);
	}
	if (node->sorts)
		rows_put_boolean(state, "descending", node->descending);
	if (node->kind == EXPLAIN_BUDGET)
	{
		put_truth(state, "allotted", node->capped);
		put_amount(state, &node->before, "claim", "claim_low", "claim_high");
	}
	if (node->kind == EXPLAIN_CAP)
	{
		put_truth(state, "capped", node->capped);
		put_amount(state, &node->before, "before", "before_low", "before_high");
	}
}

/* Puts the only rung of a placement, or the operand of a value. */
static void
put_operand(JsonbInState *state, const ExplainNode *node)
{
	if (node->kind == EXPLAIN_PLACEMENT)
	{
		if (node->operand)
		{
			rows_put_text(state, "placement", node->operand->code);
			put_count(state, "level", node->operand->count);
		}
	}
	else if (node->operand)
	{
		put_key(state, "operand");
		put_node(state, node->operand);
	}
}

static void
put_node(JsonbInState *state, const ExplainNode *node)
{
	bool		is_policy = node->kind == EXPLAIN_POLICY;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	PUSH_JSONB(state, WJB_BEGIN_OBJECT, NULL);
	rows_put_text(state, "kind", kind_names[node->kind]);
	if (node->has_truth)
		put_truth(state, "truth", node->truth);
	if (node->outside)
		rows_put_boolean(state, "in_force", false);
	if (node->soft)
		rows_put_boolean(state, "should", true);
	put_words(state, node);
	if (node->has_day)
	{
		if (is_policy)
			rows_put_text(state, "in_force_from", date_text(node->day));
		else
			put_count(state, "year", date_year(node->day));
	}
	if (node->kind == EXPLAIN_RUNG)
		put_count(state, "level", node->count);
	else if (node->kind == EXPLAIN_FOLDED)
		put_count(state, "count", node->count);
	rows_put_text(state, "what", node->what);
	if (node->has_value)
		put_found(state, node);
	rows_put_text(state, "unknown", node->unknown);
	put_origin(state, node);
	put_condition(state, node);
	put_line(state, node);
	put_operand(state, node);
	put_notes(state, node->notes);
	put_nodes(state, "bounds", node->bounds);
	put_nodes(state, "facts", node->facts);
	put_nodes(state, "children", node->children);
	PUSH_JSONB(state, WJB_END_OBJECT, NULL);
}

Jsonb *
explain_jsonb(const List *nodes)
{
	JsonbInState state = {0};
	ListCell   *cell;

	PUSH_JSONB(&state, WJB_BEGIN_ARRAY, NULL);
	foreach(cell, nodes)
	{
		put_node(&state, lfirst(cell));
	}
	PUSH_JSONB(&state, WJB_END_ARRAY, NULL);
	return JsonbValueToJsonb(state.result);
}
