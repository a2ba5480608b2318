/*
 * state.c
 *		States of aggregates and verdicts as bytes and as JSON, for other processes and servers.
 */
#include "postgres.h"

#include "compat.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"

#include "messages.h"
#include "quantity.h"
#include "state.h"

#define STATE_VERSION 1

/* How a text is written as bytes: one of these, or its length after them. */
#define TEXT_NULL	0
#define TEXT_SAME	1
#define TEXT_LENGTH	2

/* How an amount is written as bytes. */
#define AMOUNT_SMALL	0
#define AMOUNT_LARGE	1

/* ---------------- writing ---------------- */

void
state_write(StateWriter *writer, StateForm form, StringInfo buf)
{
	memset(writer, 0, sizeof(StateWriter));
	writer->form = form;
	writer->buf = buf;
	if (form == STATE_JSON)
		appendStringInfoChar(buf, '[');
	state_put_number(writer, STATE_VERSION);
}

static void
put_comma(StateWriter *writer)
{
	if (writer->buf->data[writer->buf->len - 1] != '[')
		appendStringInfoChar(writer->buf, ',');
}

/* Seven bits in each byte, the lowest first; the eighth says that more follow. */
static void
put_bits(StringInfo buf, uint64 number)
{
	while (number >= 0x80)
	{
		appendStringInfoChar(buf, (char) (number | 0x80));
		number >>= 7;
	}
	appendStringInfoChar(buf, (char) number);
}

void
state_put_number(StateWriter *writer, int64 number)
{
	if (writer->form == STATE_JSON)
	{
		put_comma(writer);
		appendStringInfo(writer->buf, INT64_FORMAT, number);
	}
	else
		put_bits(writer->buf, (uint64) number);
}

static void
put_bytes(StateWriter *writer, const char *text)
{
	const char *sent = writer->form == STATE_BINARY ? pg_server_to_client(text, strlen(text)) : text;

	put_bits(writer->buf, TEXT_LENGTH + (uint64) strlen(sent));
	appendBinaryStringInfo(writer->buf, sent, strlen(sent));
}

void
state_put_text(StateWriter *writer, int place, const char *text)
{
	const char *before = writer->before[place];

	writer->before[place] = text;
	if (writer->form == STATE_JSON)
	{
		put_comma(writer);
		if (text)
			escape_json(writer->buf, text);
		else
			appendStringInfoString(writer->buf, "null");
	}
	else if (text == NULL)
		put_bits(writer->buf, TEXT_NULL);
	else if (before && strcmp(before, text) == 0)
		put_bits(writer->buf, TEXT_SAME);
	else
		put_bytes(writer, text);
}

static char *
numeric_text(Numeric numeric)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(numeric)));
}

static void
put_numeric(StateWriter *writer, Numeric numeric)
{
	if (writer->form == STATE_JSON)
	{
		put_comma(writer);
		appendStringInfoString(writer->buf, numeric_text(numeric));
	}
	else
	{
		put_bits(writer->buf, AMOUNT_LARGE);
		put_bytes(writer, numeric_text(numeric));
	}
}

void
state_put_amount(StateWriter *writer, const Hundredths *amount)
{
	if (writer->form == STATE_JSON || amount->numeric)
		put_numeric(writer, verdict_hundredths_numeric(amount));
	else
	{
		put_bits(writer->buf, AMOUNT_SMALL);
		put_bits(writer->buf, (uint64) amount->value);
	}
}

void
state_put_sum(StateWriter *writer, const Sum *sum)
{
	Hundredths	total = {0, NULL};

	state_put_number(writer, sum->count);
	if (sum->large == NULL && sum->hundredths <= PG_INT64_MAX)
		total.value = (int64) sum->hundredths;
	else
		total.numeric = DatumGetNumeric(sum_numeric(sum));
	state_put_amount(writer, &total);
}

void
state_written(StateWriter *writer)
{
	if (writer->form == STATE_JSON)
		appendStringInfoChar(writer->buf, ']');
}

/* ---------------- reading ---------------- */

void
state_invalid(StateReader *reader)
{
	if (reader->failed)
		return;
	reader->failed = true;
	if (reader->form != STATE_JSON)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary format of %s", reader->type)));
	errsave(reader->escontext,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid %s", reader->type),
			 errhint("Such values are created by aggregates of zjtx; do not write them by hand.")));
}

void
state_read(StateReader *reader, StateForm form, const char *type, StringInfo buf)
{
	memset(reader, 0, sizeof(StateReader));
	reader->form = form;
	reader->type = type;
	reader->buf = buf;
	(void) state_get_number(reader, STATE_VERSION, STATE_VERSION);
}

static void
say_type(void *type)
{
	errcontext("text of type %s", (const char *) type);
}

void
state_read_json(StateReader *reader, const char *type, const char *text, struct Node *escontext)
{
	ErrorContextCallback callback = {error_context_stack, say_type, unconstify(char *, type)};
	Datum		datum;
	bool		read;
	Jsonb	   *json;
	JsonbValue	value;

	memset(reader, 0, sizeof(StateReader));
	reader->form = STATE_JSON;
	reader->type = type;
	reader->escontext = escontext;
	/* errors of jsonb's input mention only json */
	error_context_stack = &callback;
	read = JSONB_FROM_TEXT(text, escontext, &datum);
	error_context_stack = callback.previous;
	if (!read)
	{
		reader->failed = true;
		return;
	}
	json = DatumGetJsonbP(datum);
	reader->items = JsonbIteratorInit(&json->root);
	if (!JB_ROOT_IS_ARRAY(json) || JB_ROOT_IS_SCALAR(json) ||
		JsonbIteratorNext(&reader->items, &value, false) != WJB_BEGIN_ARRAY)
		state_invalid(reader);
	(void) state_get_number(reader, STATE_VERSION, STATE_VERSION);
}

/* Reads the next item of JSON, which must be of a type or null. */
static bool
next_item(StateReader *reader, enum jbvType type, JsonbValue *value)
{
	if (!reader->failed &&
		(JsonbIteratorNext(&reader->items, value, false) != WJB_ELEM ||
		 (value->type != type && value->type != jbvNull)))
		state_invalid(reader);
	return !reader->failed && value->type == type;
}

static uint64
get_bits(StateReader *reader)
{
	uint64		number = 0;
	int			shift;

	for (shift = 0; shift < 64; shift += 7)
	{
		int			byte;

		if (reader->buf->cursor >= reader->buf->len)
			state_invalid(reader);
		byte = pq_getmsgbyte(reader->buf);

		number |= (uint64) (byte & 0x7F) << shift;
		if (byte < 0x80)
			return number;
	}
	state_invalid(reader);
	return 0;
}

/* A whole number of JSON; -1 for what is none. */
static int64
number_item(StateReader *reader)
{
	JsonbValue	value;
	char	   *text;
	char	   *end;
	int64		number;

	if (!next_item(reader, jbvNumeric, &value))
		return -1;
	text = numeric_text(value.val.numeric);
	errno = 0;
	number = strtoll(text, &end, 10);
	return errno == 0 && *end == '\0' ? number : -1;
}

int64
state_get_number(StateReader *reader, int64 least, int64 most)
{
	int64		number = reader->form == STATE_JSON ? number_item(reader) : (int64) get_bits(reader);

	if (number >= least && number <= most)
		return number;
	state_invalid(reader);
	return least;
}

static char *
get_bytes(StateReader *reader, uint64 length)
{
	const char *bytes;
	char	   *text;

	if (length > (uint64) (reader->buf->len - reader->buf->cursor))
		state_invalid(reader);
	bytes = pq_getmsgbytes(reader->buf, (int) length);
	if (memchr(bytes, '\0', length) != NULL)
		state_invalid(reader);
	text = pnstrdup(bytes, length);
	/* this also checks the text */
	return reader->form == STATE_FLAT ? text : pg_client_to_server(text, (int) length);
}

const char *
state_get_text(StateReader *reader, int place)
{
	const char *text = NULL;

	if (reader->form == STATE_JSON)
	{
		JsonbValue	value;

		if (next_item(reader, jbvString, &value))
			text = pnstrdup(value.val.string.val, value.val.string.len);
	}
	else
	{
		uint64		code = get_bits(reader);

		if (code == TEXT_SAME)
			text = reader->before[place];
		else if (code != TEXT_NULL)
			text = get_bytes(reader, code - TEXT_LENGTH);
	}
	reader->before[place] = text;
	return text;
}

/* An amount has at most two decimals and is not negative. */
static Hundredths
amount_of(StateReader *reader, Numeric numeric)
{
	Hundredths	amount = {0, NULL};
	Numeric		cents;
	Number		number;

	if (numeric_is_nan(numeric) || numeric_is_inf(numeric) || !quantity_cents(numeric, &cents) ||
		DatumGetBool(DirectFunctionCall2(numeric_lt, NumericGetDatum(cents), NumericGetDatum(int64_to_numeric(0)))))
		state_invalid(reader);
	else if (number_from_datum(&number, NumericGetDatum(cents)))
		amount = verdict_hundredths_of(&number);
	else
		amount.numeric = DatumGetNumericCopy(NumericGetDatum(cents));
	return amount;
}

Hundredths
state_get_amount(StateReader *reader)
{
	Hundredths	amount = {0, NULL};
	uint64		length;

	if (reader->form == STATE_JSON)
	{
		JsonbValue	value;

		if (next_item(reader, jbvNumeric, &value))
			return amount_of(reader, value.val.numeric);
		state_invalid(reader);
		return amount;
	}
	if (state_get_number(reader, AMOUNT_SMALL, AMOUNT_LARGE) == AMOUNT_SMALL)
	{
		amount.value = state_get_number(reader, 0, PG_INT64_MAX);
		return amount;
	}
	length = get_bits(reader);
	if (length < TEXT_LENGTH)
		state_invalid(reader);
	return amount_of(reader, DatumGetNumeric(DirectFunctionCall3(numeric_in,
																 CStringGetDatum(get_bytes(reader, length - TEXT_LENGTH)),
																 ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1))));
}

Sum
state_get_sum(StateReader *reader)
{
	Sum			sum = {0, 0, NULL};
	Hundredths	total;

	sum.count = state_get_number(reader, 0, PG_INT64_MAX);
	total = state_get_amount(reader);
	if (total.numeric)
		sum.large = total.numeric;
	else
		sum.hundredths = total.value;
	return sum;
}

bool
state_was_read(StateReader *reader)
{
	JsonbValue	value;

	if (reader->failed)
		return false;
	if (reader->form == STATE_JSON ? JsonbIteratorNext(&reader->items, &value, false) != WJB_END_ARRAY
		: reader->buf->cursor != reader->buf->len)
		state_invalid(reader);
	return !reader->failed;
}
