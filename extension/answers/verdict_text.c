/*
 * verdict_text.c
 *		The type zjtx.verdict as text, which is JSON, and as jsonb.
 */
#include "postgres.h"

#include "compat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"
#include "utils/jsonb.h"

#include "messages.h"
#include "quantity.h"
#include "verdict.h"

ZJTX_FUNCTION(zjtx_verdict_in);
ZJTX_FUNCTION(zjtx_verdict_out);
ZJTX_FUNCTION(zjtx_verdict_json);
ZJTX_FUNCTION(zjtx_verdict_jsonb);
ZJTX_FUNCTION(zjtx_jsonb_verdict);

/* ---------------- writing ---------------- */

static void
put_key(StringInfo buf, const char *key)
{
	if (buf->data[buf->len - 1] != '{')
		appendStringInfoString(buf, ", ");
	appendStringInfo(buf, "\"%s\": ", key);
}

static void
put_member(StringInfo buf, const char *key, const char *text)
{
	if (text == NULL)
		return;
	put_key(buf, key);
	escape_json(buf, text);
}

static void
put_offices(StringInfo buf, const char *joined)
{
	char	   *office;
	bool		first = true;

	if (joined == NULL)
		return;
	put_key(buf, "offices");
	while ((office = line_office_next(&joined)) != NULL)
	{
		appendStringInfoString(buf, first ? "[" : ", ");
		escape_json(buf, office);
		first = false;
	}
	appendStringInfoChar(buf, ']');
}

static void
put_amount(StringInfo buf, const char *key, const Hundredths *amount, bool there)
{
	if (!there)
		return;
	put_key(buf, key);
	appendStringInfoString(buf, DatumGetCString(DirectFunctionCall1(numeric_out,
																	NumericGetDatum(verdict_hundredths_numeric(amount)))));
}

/*
 * Whether a line is added up to what its document pays, where its text does not say it: rewards,
 * subsidies and groups are, but not those that are members of groups.
 */
static bool
in_total_by_kind(const char *kind)
{
	return strcmp(kind, "reward") == 0 || strcmp(kind, "subsidy") == 0 || strcmp(kind, "group") == 0;
}

/* Appends a JSON array with an object for each line; NULLs are omitted. */
void
verdict_put(StringInfo buf, const Verdict *verdict)
{
	VerdictReader reader = verdict_reader(verdict);
	VerdictSubject subject;
	VerdictLine line;
	const char *between = "{";

	appendStringInfoChar(buf, '[');
	while (verdict_read(&reader, &subject, &line))
	{
		appendStringInfoString(buf, between);
		between = ", {";
		put_member(buf, "policy", subject.policy);
		put_member(buf, "clause", subject.clause);
		put_member(buf, "stage", subject.stage);
		put_member(buf, "title", subject.title);
		put_member(buf, "kind", subject.kind);
		put_member(buf, "unit", subject.unit);
		if (subject.level)
		{
			put_key(buf, "level");
			appendStringInfoString(buf, subject.level);
		}
		if (subject.in_total != in_total_by_kind(subject.kind))
		{
			put_key(buf, "in_total");
			appendStringInfoString(buf, subject.in_total ? "true" : "false");
		}
		put_member(buf, "in_group", subject.in_group);
		put_offices(buf, subject.offices);
		if (line.truth != TRUTH_UNKNOWN)
		{
			put_key(buf, "eligible");
			appendStringInfoString(buf, line.truth == TRUTH_TRUE ? "true" : "false");
		}
		put_member(buf, "status", line_status_name(line.status));
		if (line.period == PERIOD_NO_DAY)
		{
			put_key(buf, "no_day");
			appendStringInfoString(buf, "true");
		}
		else if (line.period)
		{
			put_key(buf, "period");
			appendStringInfoString(buf, line.period == PERIOD_UNKNOWN ? "null" : psprintf("%d", line.period));
		}
		put_amount(buf, "amount", &line.amount, line.has_amount);
		put_amount(buf, "low", &line.low, line.ranged);
		put_amount(buf, "high", &line.high, line.ranged && !line.unbounded);
		appendStringInfoChar(buf, '}');
	}
	appendStringInfoChar(buf, ']');
}

/* State while parsing a text. */
typedef struct VerdictReading
{
	struct Node *escontext;		/* receives soft errors; NULL: raise errors */
	bool		failed;			/* an error was found, so the rest is skipped */
} VerdictReading;

static void
invalid(VerdictReading *reading, const char *why)
{
	if (reading->failed)
		return;
	reading->failed = true;
	errsave(reading->escontext,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid zjtx.verdict: %s", _(why)),
			 errhint("Verdicts are created by zjtx.judge().")));
}

static char *
text_member(VerdictReading *reading, const JsonbValue *value)
{
	if (value->type == jbvString)
		return pnstrdup(value->val.string.val, value->val.string.len);
	invalid(reading, "a code, title, kind, unit, group or office must be text");
	return NULL;
}

static const char *
offices_member(VerdictReading *reading, const JsonbValue *value)
{
	List	   *offices = NIL;
	int			i;

	if (value->type != jbvBinary || !JsonContainerIsArray(value->val.binary.data) ||
		JsonContainerSize(value->val.binary.data) == 0)
	{
		invalid(reading, "\"offices\" must be a nonempty array of texts");
		return NULL;
	}
	for (i = 0; i < (int) JsonContainerSize(value->val.binary.data) && !reading->failed; i++)
	{
		char	   *office = text_member(reading, getIthJsonbValueFromContainer(value->val.binary.data, i));

		CHECK_FOR_INTERRUPTS();
		if (office && strchr(office, BETWEEN_OFFICES))
			invalid(reading, "an office must not contain a line end");
		offices = lappend(offices, office);
	}
	return reading->failed ? NULL : line_offices_joined(offices);
}

static Truth
truth_member(VerdictReading *reading, const JsonbValue *value)
{
	if (value->type != jbvBool)
		invalid(reading, "\"eligible\" must be true or false");
	return value->type == jbvBool && value->val.boolean ? TRUTH_TRUE : TRUTH_FALSE;
}

static LineStatus
status_member(VerdictReading *reading, const JsonbValue *value)
{
	char	   *name = text_member(reading, value);
	LineStatus	status = LINE_REFUSED;

	if (name && !line_status_find(name, &status))
		invalid(reading, psprintf(_("there is no status \"%s\""), name));
	return status;
}

/* Reads an integer from 1 to high. */
static int
whole_member(VerdictReading *reading, const JsonbValue *value, int high, const char *why)
{
	Number		first = number_of(1);
	Number		last = number_of(high);
	Number		number;
	Number		whole;

	if (value->type == jbvNumeric && number_from_datum(&number, NumericGetDatum(value->val.numeric)) &&
		number_compare(&number, &first) >= 0 && number_compare(&number, &last) <= 0 &&
		(whole = number_floor(&number), number_compare(&number, &whole) == 0))
		return DatumGetInt32(DirectFunctionCall1(numeric_int4, NumericGetDatum(value->val.numeric)));
	invalid(reading, why);
	return 1;
}

static Hundredths
amount_member(VerdictReading *reading, const JsonbValue *value)
{
	Numeric		cents;
	Number		number;
	Hundredths	amount = {0, NULL};

	if (value->type != jbvNumeric)
	{
		invalid(reading, "an amount must be a number");
		return amount;
	}
	if (!quantity_cents(value->val.numeric, &cents) ||
		DatumGetBool(DirectFunctionCall2(numeric_lt, NumericGetDatum(cents), NumericGetDatum(int64_to_numeric(0)))))
		invalid(reading, "an amount must have at most two decimals and not be negative");
	else if (number_from_datum(&number, NumericGetDatum(cents)))
		return verdict_hundredths_of(&number);
	amount.numeric = DatumGetNumericCopy(NumericGetDatum(cents));
	return amount;
}

static void
read_member(VerdictReading *reading, const char *key, const JsonbValue *value, VerdictSubject *subject, VerdictLine *line,
			bool *has_status, bool *has_high, Truth *in_total)
{
	if (strcmp(key, "policy") == 0)
		subject->policy = text_member(reading, value);
	else if (strcmp(key, "clause") == 0)
		subject->clause = text_member(reading, value);
	else if (strcmp(key, "stage") == 0)
		subject->stage = text_member(reading, value);
	else if (strcmp(key, "title") == 0)
		subject->title = text_member(reading, value);
	else if (strcmp(key, "kind") == 0)
		subject->kind = text_member(reading, value);
	else if (strcmp(key, "unit") == 0)
		subject->unit = text_member(reading, value);
	else if (strcmp(key, "in_group") == 0)
		subject->in_group = text_member(reading, value);
	else if (strcmp(key, "offices") == 0)
		subject->offices = offices_member(reading, value);
	else if (strcmp(key, "line") == 0 || strcmp(key, "status_label") == 0)

		/*
		 * a row of lines; it follows from clause and stage, or from the
		 * status
		 */
		(void) text_member(reading, value);
	else if (strcmp(key, "in_total") == 0)
	{
		if (value->type != jbvBool)
			invalid(reading, "\"in_total\" must be true or false");
		else
			*in_total = value->val.boolean ? TRUTH_TRUE : TRUTH_FALSE;
	}
	else if (strcmp(key, "eligible") == 0)
		line->truth = truth_member(reading, value);
	else if (strcmp(key, "status") == 0)
	{
		line->status = status_member(reading, value);
		*has_status = true;
	}
	else if (strcmp(key, "period") == 0)
		line->period = value->type == jbvNull ? PERIOD_UNKNOWN :
			whole_member(reading, value, 9999, "a period must be a year from 1 to 9999");
	else if (strcmp(key, "no_day") == 0)
	{
		if (value->type != jbvBool)
			invalid(reading, "\"no_day\" must be true or false");
		else if (value->val.boolean && line->period == 0)
			line->period = PERIOD_NO_DAY;
	}
	else if (strcmp(key, "level") == 0)
		subject->level = psprintf("%d", whole_member(reading, value, MAX_LEVEL, "a level must be a whole number from 1 to 1000"));
	else if (strcmp(key, "amount") == 0)
	{
		line->amount = amount_member(reading, value);
		line->has_amount = true;
	}
	else if (strcmp(key, "low") == 0)
	{
		line->low = amount_member(reading, value);
		line->ranged = true;
	}
	else if (strcmp(key, "high") == 0)
	{
		line->high = amount_member(reading, value);
		*has_high = true;
	}
	else
		invalid(reading, psprintf(_("there is no member \"%s\""), key));
}

static void
read_line(VerdictReading *reading, JsonbContainer *object, StringInfo shape, StringInfo lines)
{
	JsonbIterator *iterator = JsonbIteratorInit(object);
	VerdictSubject subject;
	VerdictLine line;
	bool		has_status = false;
	bool		has_high = false;
	Truth		in_total = TRUTH_UNKNOWN;
	Truth		truth;
	JsonbValue	value;
	JsonbIteratorToken token;

	memset(&subject, 0, sizeof(subject));
	memset(&line, 0, sizeof(line));
	line.truth = TRUTH_UNKNOWN;
	while (!reading->failed && (token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
		{
			char	   *key = pnstrdup(value.val.string.val, value.val.string.len);

			(void) JsonbIteratorNext(&iterator, &value, true);

			/*
			 * null is like a missing member; of a period it says that the
			 * year is unknown
			 */
			if (value.type == jbvNull && strcmp(key, "period") != 0)
				continue;
			read_member(reading, key, &value, &subject, &line, &has_status, &has_high, &in_total);
		}
	}
	if (reading->failed)
		return;
	if (subject.kind == NULL || !has_status)
		invalid(reading, "a line must have a kind and a status");
	truth = line.status == LINE_UNDECIDED ? (line.truth == TRUTH_TRUE ? TRUTH_TRUE : TRUTH_UNKNOWN) :
		line.status == LINE_REFUSED || line.status == LINE_TO_COME ? TRUTH_FALSE : TRUTH_TRUE;
	if (line.truth != truth)
		invalid(reading, "\"eligible\" contradicts the status");
	if (has_high && !line.ranged)
		invalid(reading, "a line with \"high\" must have \"low\"");
	if (reading->failed)
		return;
	line.unbounded = line.ranged && !has_high;
	subject.in_total = in_total == TRUTH_UNKNOWN ? in_total_by_kind(subject.kind) : in_total == TRUTH_TRUE;
	verdict_shape_append(shape, &subject);
	verdict_line_append(lines, &line);
}

static void
say_type(void *arg pg_attribute_unused())
{
	errcontext("text of type zjtx.verdict");
}

/* Returns NULL if an error was saved in escontext. */
static Verdict *
verdict_from_jsonb(Jsonb *jsonb, struct Node *escontext)
{
	VerdictReading reading = {escontext, false};
	StringInfoData shape;
	StringInfoData lines;
	int			nlines;
	int			i;

	if (!JB_ROOT_IS_ARRAY(jsonb) || JB_ROOT_IS_SCALAR(jsonb))
	{
		invalid(&reading, "it must be an array of lines");
		return NULL;
	}
	nlines = JB_ROOT_COUNT(jsonb);
	initStringInfo(&shape);
	initStringInfo(&lines);
	for (i = 0; i < nlines && !reading.failed; i++)
	{
		JsonbValue *element = getIthJsonbValueFromContainer(&jsonb->root, i);

		CHECK_FOR_INTERRUPTS();
		if (element->type == jbvBinary && JsonContainerIsObject(element->val.binary.data))
			read_line(&reading, element->val.binary.data, &shape, &lines);
		else
			invalid(&reading, "a line must be an object");
	}
	return reading.failed ? NULL : verdict_make(&shape, verdict_shape_hash(&shape), nlines, &lines);
}

static Verdict *
verdict_from_text(const char *text, struct Node *escontext)
{
	ErrorContextCallback callback = {error_context_stack, say_type, NULL};
	Datum		datum;
	bool		read;

	/* errors of jsonb's input mention only json */
	error_context_stack = &callback;
	read = JSONB_FROM_TEXT(text, escontext, &datum);
	error_context_stack = callback.previous;
	return read ? verdict_from_jsonb(DatumGetJsonbP(datum), escontext) : NULL;
}

/* cstring → zjtx.verdict; errors: 22P02, and those of jsonb's input */
Datum
zjtx_verdict_in(PG_FUNCTION_ARGS)
{
	Verdict    *verdict = verdict_from_text(PG_GETARG_CSTRING(0), (struct Node *) fcinfo->context);

	if (verdict == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(verdict);
}

/* zjtx.verdict → cstring: JSON */
Datum
zjtx_verdict_out(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	initStringInfo(&buf);
	verdict_put(&buf, (Verdict *) PG_GETARG_VARLENA_P(0));
	PG_RETURN_CSTRING(buf.data);
}

/* zjtx.verdict → json: the same text */
Datum
zjtx_verdict_json(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	initStringInfo(&buf);
	verdict_put(&buf, (Verdict *) PG_GETARG_VARLENA_P(0));
	PG_RETURN_TEXT_P(cstring_to_text_with_len(buf.data, buf.len));
}

/* zjtx.verdict → jsonb */
Datum
zjtx_verdict_jsonb(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	initStringInfo(&buf);
	verdict_put(&buf, (Verdict *) PG_GETARG_VARLENA_P(0));
	PG_RETURN_DATUM(DirectFunctionCall1(jsonb_in, CStringGetDatum(buf.data)));
}

/* jsonb → zjtx.verdict; errors: 22P02 for anything that is not a verdict */
Datum
zjtx_jsonb_verdict(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(verdict_from_jsonb(PG_GETARG_JSONB_P(0), NULL));
}
