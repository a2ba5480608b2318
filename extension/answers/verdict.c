/*
 * verdict.c
 *		The form of the type zjtx.verdict in memory: its shape, its lines and their amounts.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "verdict.h"

/* ---------------- amounts ---------------- */

Hundredths
verdict_hundredths_of(const Number *number)
{
	Hundredths	amount = {0, NULL};

	if (number->den > 0 && number->den <= 100 && 100 % (int) number->den == 0 &&
		number->num >= 0 && number->num <= PG_INT64_MAX / 100)
	{
		amount.value = (int64) number->num * (100 / (int) number->den);
		return amount;
	}

	/* below 2^100, the hundredths are below 2^107 and do not overflow */
	if (number->den != 0 && number->num >= 0 && number->num >> 100 == 0)
	{
		int128		hundredths = number->num * 100;

		if (hundredths % number->den == 0 && hundredths / number->den <= PG_INT64_MAX)
		{
			amount.value = hundredths / number->den;
			return amount;
		}
	}
	amount.numeric = number_to_numeric(number, 2);
	return amount;
}

Numeric
verdict_hundredths_numeric(const Hundredths *amount)
{
	return amount->numeric ? amount->numeric : int64_div_fast_to_numeric(amount->value, 2);
}

bool
verdict_hundredths_equal(const Hundredths *a, const Hundredths *b)
{
	if (a->numeric == NULL && b->numeric == NULL)
		return a->value == b->value;
	return DatumGetBool(DirectFunctionCall2(numeric_eq, NumericGetDatum(verdict_hundredths_numeric(a)),
											NumericGetDatum(verdict_hundredths_numeric(b))));
}

/* ---------------- offices ---------------- */

/* No text in a policy contains a line end. */
char *
line_offices_joined(const List *offices)
{
	StringInfoData buf;
	ListCell   *cell;

	if (offices == NIL)
		return NULL;
	initStringInfo(&buf);
	foreach(cell, offices)
	{
		if (buf.len > 0)
			appendStringInfoChar(&buf, BETWEEN_OFFICES);
		appendStringInfoString(&buf, lfirst(cell));
	}
	return buf.data;
}

char *
line_office_next(const char **cursor)
{
	const char *start = *cursor;
	const char *end;

	if (start == NULL)
		return NULL;
	end = strchr(start, BETWEEN_OFFICES);
	*cursor = end ? end + 1 : NULL;
	return end ? pnstrdup(start, end - start) : pstrdup(start);
}

Datum
line_offices_array(const char *joined)
{
	ArrayBuildState *state = NULL;
	char	   *office;

	while ((office = line_office_next(&joined)) != NULL)
		state = accumArrayResult(state, CStringGetTextDatum(office), false, TEXTOID, CurrentMemoryContext);
	return state ? PointerGetDatum(DatumGetPointer(makeArrayResult(state, CurrentMemoryContext))) : (Datum) 0;
}

/* ---------------- the shape ---------------- */

/* Appends 't', the text and a zero byte; for NULL, only the zero byte. */
static void
append_text(StringInfo shape, const char *text)
{
	if (text)
	{
		appendStringInfoChar(shape, 't');
		appendStringInfoString(shape, text);
	}
	appendStringInfoChar(shape, '\0');
}

static const char *
next_text(const char *cursor, const char **text)
{
	*text = *cursor ? cursor + 1 : NULL;
	return cursor + strlen(cursor) + 1;
}

void
verdict_shape_append(StringInfo shape, const VerdictSubject *subject)
{
	append_text(shape, subject->policy);
	append_text(shape, subject->clause);
	append_text(shape, subject->stage);
	append_text(shape, subject->title);
	append_text(shape, subject->kind);
	append_text(shape, subject->unit);
	append_text(shape, subject->level);
	append_text(shape, subject->in_total ? "" : NULL);
	append_text(shape, subject->in_group);
	append_text(shape, subject->offices);
}

const char *
verdict_shape_next(const char *cursor, VerdictSubject *subject)
{
	const char *in_total;

	cursor = next_text(cursor, &subject->policy);
	cursor = next_text(cursor, &subject->clause);
	cursor = next_text(cursor, &subject->stage);
	cursor = next_text(cursor, &subject->title);
	cursor = next_text(cursor, &subject->kind);
	cursor = next_text(cursor, &subject->unit);
	cursor = next_text(cursor, &subject->level);
	cursor = next_text(cursor, &in_total);
	subject->in_total = in_total != NULL;
	cursor = next_text(cursor, &subject->in_group);
	return next_text(cursor, &subject->offices);
}

/* ---------------- lines ---------------- */

#define STATUS_BITS		0x07
#define PROVED			0x08	/* satisfied, but its amount is undecided */
#define HAS_AMOUNT		0x10
#define RANGED			0x20
#define UNBOUNDED		0x40
#define HAS_PERIOD		0x80

#define AMOUNT_SAME		0		/* like the previous one in its line; for the
								 * first: zero */
#define AMOUNT_INT64	1
#define AMOUNT_NUMERIC	2

static void
append_amount(StringInfo lines, const Hundredths *amount, Hundredths *before)
{
	if (amount->numeric)
	{
		int32		length = VARSIZE(amount->numeric);

		appendStringInfoChar(lines, AMOUNT_NUMERIC);
		appendBinaryStringInfo(lines, (char *) &length, sizeof(length));
		appendBinaryStringInfo(lines, (char *) amount->numeric, length);
	}
	else if (before->numeric == NULL && amount->value == before->value)
		appendStringInfoChar(lines, AMOUNT_SAME);
	else
	{
		appendStringInfoChar(lines, AMOUNT_INT64);
		appendBinaryStringInfo(lines, (const char *) &amount->value, sizeof(int64));
	}
	*before = *amount;
}

static const char *
next_amount(const char *cursor, Hundredths *amount, Hundredths *before)
{
	int32		length;

	switch (*cursor++)
	{
		case AMOUNT_SAME:
			*amount = *before;
			break;
		case AMOUNT_INT64:
			memcpy(&amount->value, cursor, sizeof(int64));
			amount->numeric = NULL;
			cursor += sizeof(int64);
			break;
		default:
			memcpy(&length, cursor, sizeof(length));
			amount->value = 0;
			amount->numeric = palloc(length);
			memcpy(amount->numeric, cursor + sizeof(length), length);
			cursor += sizeof(length) + length;
			break;
	}
	*before = *amount;
	return cursor;
}

void
verdict_line_append(StringInfo lines, const VerdictLine *line)
{
	Hundredths	before = {0, NULL};

	appendStringInfoChar(lines, (char) (line->status |
										(line->truth == TRUTH_TRUE ? PROVED : 0) |
										(line->has_amount ? HAS_AMOUNT : 0) |
										(line->ranged ? RANGED : 0) |
										(line->unbounded ? UNBOUNDED : 0) |
										(line->period ? HAS_PERIOD : 0)));
	if (line->period)
		appendBinaryStringInfo(lines, (const char *) &line->period, sizeof(line->period));
	if (line->has_amount)
		append_amount(lines, &line->amount, &before);
	if (line->ranged)
		append_amount(lines, &line->low, &before);
	if (line->ranged && !line->unbounded)
		append_amount(lines, &line->high, &before);
}

const char *
verdict_line_next(const char *cursor, VerdictLine *line)
{
	Hundredths	before = {0, NULL};
	uint8		flags = *cursor++;

	line->status = flags & STATUS_BITS;
	line->truth = flags & PROVED ? TRUTH_TRUE : line->status == LINE_UNDECIDED ? TRUTH_UNKNOWN : TRUTH_FALSE;
	line->period = 0;
	if (flags & HAS_PERIOD)
	{
		memcpy(&line->period, cursor, sizeof(line->period));
		cursor += sizeof(line->period);
	}
	line->has_amount = (flags & HAS_AMOUNT) != 0;
	line->ranged = (flags & RANGED) != 0;
	line->unbounded = (flags & UNBOUNDED) != 0;
	if (line->has_amount)
		cursor = next_amount(cursor, &line->amount, &before);
	if (line->ranged)
		cursor = next_amount(cursor, &line->low, &before);
	if (line->ranged && !line->unbounded)
		cursor = next_amount(cursor, &line->high, &before);
	return cursor;
}

static const char *
skip_amount(const char *cursor)
{
	int32		length;

	switch (*cursor++)
	{
		case AMOUNT_SAME:
			return cursor;
		case AMOUNT_INT64:
			return cursor + sizeof(int64);
		default:
			memcpy(&length, cursor, sizeof(length));
			return cursor + sizeof(length) + length;
	}
}

const char *
verdict_line_skip(const char *cursor)
{
	uint8		flags = *cursor++;

	if (flags & HAS_PERIOD)
		cursor += sizeof(int);
	if (flags & HAS_AMOUNT)
		cursor = skip_amount(cursor);
	if (flags & RANGED)
		cursor = skip_amount(cursor);
	if ((flags & (RANGED | UNBOUNDED)) == RANGED)
		cursor = skip_amount(cursor);
	return cursor;
}

uint32
verdict_shape_hash(const StringInfo shape)
{
	return hash_bytes((const unsigned char *) shape->data, shape->len);
}

Verdict *
verdict_make(const StringInfo shape, uint32 hash, int nlines, const StringInfo lines)
{
	Size		size = offsetof(Verdict, data) + shape->len + lines->len;
	Verdict    *verdict = palloc(size);

	SET_VARSIZE(verdict, size);
	verdict->hash = hash;
	verdict->shape_length = shape->len;
	verdict->nlines = nlines;
	memcpy(verdict->data, shape->data, shape->len);
	memcpy(verdict->data + shape->len, lines->data, lines->len);
	return verdict;
}

VerdictReader
verdict_reader(const Verdict *verdict)
{
	VerdictReader reader = {verdict->data, verdict_lines(verdict), verdict->nlines};

	return reader;
}

bool
verdict_read(VerdictReader *reader, VerdictSubject *subject, VerdictLine *line)
{
	CHECK_FOR_INTERRUPTS();
	if (reader->rest == 0)
		return false;
	reader->shape = verdict_shape_next(reader->shape, subject);
	reader->lines = verdict_line_next(reader->lines, line);
	reader->rest--;
	return true;
}
