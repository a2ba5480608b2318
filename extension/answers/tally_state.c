/*
 * tally_state.c
 *		The state of the aggregate tally(zjtx.verdict), and its type, zjtx.tally_state.
 *
 * Within an aggregate, a state is an expanded object, so that a row is added without copying it.  Everywhere else,
 * as between processes and in tables, it is flat.  Engines that compute an aggregate on several servers send it.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "compat.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "messages.h"
#include "state.h"
#include "tally.h"

ZJTX_FUNCTION(zjtx_tally_state_in);
ZJTX_FUNCTION(zjtx_tally_state_out);
ZJTX_FUNCTION(zjtx_tally_state_recv);
ZJTX_FUNCTION(zjtx_tally_state_send);

static Size tally_flat_size(ExpandedObjectHeader *header);
static void tally_flatten(ExpandedObjectHeader *header, void *result, Size size);

static const ExpandedObjectMethods tally_methods = {tally_flat_size, tally_flatten};

/* ---------------- lines ---------------- */

static uint32
key_hash(const void *key, Size size pg_attribute_unused())
{
	const char *text = *(const char *const *) key;

	return hash_bytes((const unsigned char *) text, strlen(text));
}

static int
key_match(const void *a, const void *b, Size size pg_attribute_unused())
{
	return strcmp(*(const char *const *) a, *(const char *const *) b);
}

Tally *
tally_create(MemoryContext parent)
{
	MemoryContext context = AllocSetContextCreate(parent, "zjtx tally", ALLOCSET_DEFAULT_SIZES);
	Tally	   *tally = MemoryContextAllocZero(context, sizeof(Tally));
	HASHCTL		info;

	EOH_init_header(&tally->header, &tally_methods, context);
	tally->context = context;
	memset(&info, 0, sizeof(info));
	info.hcxt = context;
	info.keysize = sizeof(char *);
	info.entrysize = sizeof(LineSlot);
	info.hash = key_hash;
	info.match = key_match;
	tally->lines = hash_create("zjtx tally", 64, &info, HASH_ELEM | HASH_FUNCTION | HASH_COMPARE | HASH_CONTEXT);
	return tally;
}

static const char *
copy_text(const char *text)
{
	return text ? pstrdup(text) : NULL;
}

static void
append_key(StringInfo key, const char *text)
{
	/* the length prevents different lists of texts from having the same key */
	appendStringInfo(key, "%d:%s;", text ? (int) strlen(text) : -1, text ? text : "");
}

/* NULLs are equal and sort last. */
static int
compare_texts(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a == NULL) - (b == NULL);
	return strcmp(a, b);
}

TallyLine *
tally_line(Tally *tally, const VerdictSubject *subject, int position)
{
	StringInfoData key;
	LineSlot   *slot;
	TallyLine  *line;
	MemoryContext old;
	const char *key_text;
	bool		found;

	initStringInfo(&key);
	append_key(&key, subject->policy);
	append_key(&key, subject->clause);
	append_key(&key, subject->stage);
	append_key(&key, subject->kind);
	append_key(&key, subject->unit);
	append_key(&key, subject->offices);
	append_key(&key, subject->in_total ? "" : NULL);
	key_text = key.data;
	slot = hash_search(tally->lines, &key_text, HASH_FIND, NULL);
	old = MemoryContextSwitchTo(tally->context);
	if (slot == NULL)
	{
		line = palloc0(sizeof(TallyLine));
		line->key = pstrdup(key.data);
		line->subject.policy = copy_text(subject->policy);
		line->subject.clause = copy_text(subject->clause);
		line->subject.stage = copy_text(subject->stage);
		line->subject.title = copy_text(subject->title);
		line->subject.kind = copy_text(subject->kind);
		line->subject.unit = copy_text(subject->unit);
		line->subject.offices = copy_text(subject->offices);
		line->subject.in_total = subject->in_total;
		line->position = position;
		slot = hash_search(tally->lines, &line->key, HASH_ENTER, &found);
		slot->line = line;
	}
	line = slot->line;

	/* the result must not depend on the order of the rows */
	line->position = Min(line->position, position);
	if (compare_texts(subject->title, line->subject.title) < 0)
		line->subject.title = copy_text(subject->title);
	MemoryContextSwitchTo(old);
	pfree(key.data);
	return line;
}

/* ---------------- states ---------------- */

/* Sorts by policy, then in the order of the document. */
static int
compare_lines(const void *a, const void *b)
{
	const TallyLine *left = *(const TallyLine *const *) a;
	const TallyLine *right = *(const TallyLine *const *) b;
	int			order = compare_texts(left->subject.policy, right->subject.policy);

	if (order == 0)
		order = (left->position > right->position) - (left->position < right->position);
	return order != 0 ? order : strcmp(left->key, right->key);
}

TallyLine **
tally_sorted(const Tally *tally, int *count)
{
	TallyLine **lines = palloc_array(TallyLine *, hash_get_num_entries(tally->lines) + 1);
	HASH_SEQ_STATUS status;
	LineSlot   *slot;

	*count = 0;
	hash_seq_init(&status, tally->lines);
	while ((slot = hash_seq_search(&status)) != NULL)
		lines[(*count)++] = slot->line;
	qsort(lines, *count, sizeof(TallyLine *), compare_lines);
	return lines;
}

static void
write_tally(const Tally *tally, StateForm form, StringInfo buf)
{
	StateWriter writer;
	int			count;
	TallyLine **lines = tally_sorted(tally, &count);
	int			i;

	state_write(&writer, form, buf);
	state_put_number(&writer, count);
	for (i = 0; i < count; i++)
	{
		const TallyLine *line = lines[i];

		CHECK_FOR_INTERRUPTS();
		state_put_text(&writer, 0, line->subject.policy);
		state_put_text(&writer, 1, line->subject.clause);
		state_put_text(&writer, 2, line->subject.stage);
		state_put_text(&writer, 3, line->subject.title);
		state_put_text(&writer, 4, line->subject.kind);
		state_put_text(&writer, 5, line->subject.unit);
		state_put_text(&writer, 6, line->subject.offices);
		state_put_number(&writer, line->subject.in_total);
		state_put_number(&writer, line->position);
		state_put_number(&writer, line->eligible);
		state_put_number(&writer, line->refused);
		state_put_number(&writer, line->undecided);
		state_put_number(&writer, line->undetermined);
		state_put_number(&writer, line->unbounded);
		state_put_sum(&writer, &line->amount);
		state_put_sum(&writer, &line->low);
		state_put_sum(&writer, &line->high);
	}
	state_written(&writer);
	pfree(lines);
}

void
tally_merge(Tally *tally, const TallyLine *from)
{
	TallyLine  *line = tally_line(tally, &from->subject, from->position);

	sum_count(&line->eligible, from->eligible);
	sum_count(&line->refused, from->refused);
	sum_count(&line->undecided, from->undecided);
	sum_count(&line->undetermined, from->undetermined);
	line->unbounded |= from->unbounded;
	sum_merge(tally->context, &line->amount, &from->amount);
	sum_merge(tally->context, &line->low, &from->low);
	sum_merge(tally->context, &line->high, &from->high);
}

/* Adds the lines of a state; returns false if a soft error was reported. */
static bool
read_tally(Tally *tally, StateReader *reader)
{
	int64		count = state_get_number(reader, 0, PG_INT32_MAX);

	for (; count > 0 && !reader->failed; count--)
	{
		TallyLine	line;

		CHECK_FOR_INTERRUPTS();
		memset(&line, 0, sizeof(line));
		line.subject.policy = state_get_text(reader, 0);
		line.subject.clause = state_get_text(reader, 1);
		line.subject.stage = state_get_text(reader, 2);
		line.subject.title = state_get_text(reader, 3);
		line.subject.kind = state_get_text(reader, 4);
		line.subject.unit = state_get_text(reader, 5);
		line.subject.offices = state_get_text(reader, 6);
		line.subject.in_total = state_get_number(reader, 0, 1) != 0;
		line.position = state_get_number(reader, 0, PG_INT32_MAX);
		line.eligible = state_get_number(reader, 0, PG_INT64_MAX);
		line.refused = state_get_number(reader, 0, PG_INT64_MAX);
		line.undecided = state_get_number(reader, 0, PG_INT64_MAX);
		line.undetermined = state_get_number(reader, 0, PG_INT64_MAX);
		line.unbounded = state_get_number(reader, 0, 1) != 0;
		line.amount = state_get_sum(reader);
		line.low = state_get_sum(reader);
		line.high = state_get_sum(reader);
		if (line.subject.kind == NULL)
			state_invalid(reader);
		if (!reader->failed)
			tally_merge(tally, &line);
	}
	return state_was_read(reader);
}

static Size
tally_flat_size(ExpandedObjectHeader *header)
{
	Tally	   *tally = (Tally *) header;
	MemoryContext old = MemoryContextSwitchTo(tally->context);

	if (tally->flat == NULL)
		tally->flat = makeStringInfo();
	resetStringInfo(tally->flat);
	write_tally(tally, STATE_FLAT, tally->flat);
	MemoryContextSwitchTo(old);
	return VARHDRSZ + tally->flat->len;
}

/* tally_flat_size() was called just before. */
static void
tally_flatten(ExpandedObjectHeader *header, void *result, Size size)
{
	const Tally *tally = (const Tally *) header;

	Assert(size == VARHDRSZ + (Size) tally->flat->len);
	SET_VARSIZE(result, size);
	memcpy(VARDATA(result), tally->flat->data, tally->flat->len);
}

Tally *
tally_argument(Datum datum, MemoryContext context, bool to_change)
{
	const struct varlena *pointer = (const struct varlena *) DatumGetPointer(datum);
	StateReader reader;
	StringInfoData buf;
	struct varlena *flat;
	Tally	   *tally;

	if ((to_change ? VARATT_IS_EXTERNAL_EXPANDED_RW(pointer) : VARATT_IS_EXTERNAL_EXPANDED(pointer)) &&
		DatumGetEOHP(datum)->eoh_methods == &tally_methods)
		return (Tally *) DatumGetEOHP(datum);
	flat = PG_DETOAST_DATUM(datum);
	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA(flat), VARSIZE(flat) - VARHDRSZ);
	tally = tally_create(context);
	state_read(&reader, STATE_FLAT, "zjtx.tally_state", &buf);
	(void) read_tally(tally, &reader);
	pfree(buf.data);
	return tally;
}

/* ---------------- the type zjtx.tally_state ---------------- */

/* cstring → zjtx.tally_state; errors: 22P02, and those of jsonb's input */
Datum
zjtx_tally_state_in(PG_FUNCTION_ARGS)
{
	Tally	   *tally = tally_create(CurrentMemoryContext);
	StateReader reader;

	state_read_json(&reader, "zjtx.tally_state", PG_GETARG_CSTRING(0), (struct Node *) fcinfo->context);
	if (reader.failed || !read_tally(tally, &reader))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(EOHPGetRWDatum(&tally->header));
}

/* zjtx.tally_state → cstring: a JSON array */
Datum
zjtx_tally_state_out(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	initStringInfo(&buf);
	write_tally(tally_argument(PG_GETARG_DATUM(0), CurrentMemoryContext, false), STATE_JSON, &buf);
	PG_RETURN_CSTRING(buf.data);
}

/* internal → zjtx.tally_state; errors: 22P03, 08P01 */
Datum
zjtx_tally_state_recv(PG_FUNCTION_ARGS)
{
	Tally	   *tally = tally_create(CurrentMemoryContext);
	StateReader reader;

	state_read(&reader, STATE_BINARY, "zjtx.tally_state", (StringInfo) PG_GETARG_POINTER(0));
	(void) read_tally(tally, &reader);
	PG_RETURN_DATUM(EOHPGetRWDatum(&tally->header));
}

/* zjtx.tally_state → bytea */
Datum
zjtx_tally_state_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	write_tally(tally_argument(PG_GETARG_DATUM(0), CurrentMemoryContext, false), STATE_BINARY, &buf);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}
