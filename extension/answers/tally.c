/*
 * tally.c
 *		The aggregate tally(zjtx.verdict) adds up the lines of many verdicts.
 *
 * Lines are added together if they agree in policy, clause, stage, kind, unit and
 * offices.  The rows of one policy have the same shape, which is looked up once.  After
 * that, a row only adds its numbers to the sums of its lines, without any allocation.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "compat.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

#include "messages.h"
#include "sum.h"
#include "verdict.h"

ZJTX_FUNCTION(zjtx_tally_add);
ZJTX_FUNCTION(zjtx_tally_combine);
ZJTX_FUNCTION(zjtx_tally_serialize);
ZJTX_FUNCTION(zjtx_tally_deserialize);
ZJTX_FUNCTION(zjtx_tally_final);

#define TALLY_COLUMNS 16

typedef struct TallyLine
{
	const char *key;			/* hash key, so first */
	VerdictSubject subject;
	int			position;		/* order within its policy */
	int64		eligible;
	int64		refused;
	int64		undecided;
	int64		undetermined;
	Sum			amount;
	Sum			low;
	Sum			high;
	bool		unbounded;
} TallyLine;

typedef struct Shape
{
	uint64		key;			/* hash and length; hash key, so first */
	struct Shape *next;			/* next with the same key */
	char	   *bytes;
	int			nlines;
	TallyLine **lines;
} Shape;

typedef struct ShapeEntry
{
	uint64		key;
	Shape	   *shapes;
} ShapeEntry;

typedef struct Tally
{
	MemoryContext context;		/* contains this structure */
	HTAB	   *lines;			/* of LineSlot, by subject */
	HTAB	   *shapes;
	Shape	   *last;			/* shape of the previous row */
} Tally;

typedef struct LineSlot
{
	const char *key;
	TallyLine  *line;
} LineSlot;

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

static Tally *
tally_create(MemoryContext parent)
{
	MemoryContext context = AllocSetContextCreate(parent, "zjtx tally", ALLOCSET_DEFAULT_SIZES);
	Tally	   *tally = MemoryContextAllocZero(context, sizeof(Tally));
	HASHCTL		info;

	tally->context = context;
	memset(&info, 0, sizeof(info));
	info.hcxt = context;
	info.keysize = sizeof(char *);
	info.entrysize = sizeof(LineSlot);
	info.hash = key_hash;
	info.match = key_match;
	tally->lines = hash_create("zjtx tally", 64, &info, HASH_ELEM | HASH_FUNCTION | HASH_COMPARE | HASH_CONTEXT);
	info.keysize = sizeof(uint64);
	info.entrysize = sizeof(ShapeEntry);
	tally->shapes = hash_create("zjtx shapes", 16, &info, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
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

/* Finds or creates the line for a subject. */
static TallyLine *
find_line(Tally *tally, const VerdictSubject *subject, int position)
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

static uint64
shape_key(const Verdict *verdict)
{
	return (uint64) verdict->hash << 32 | (uint32) verdict->shape_length;
}

static bool
has_shape(const Verdict *verdict, const Shape *shape)
{
	return shape->key == shape_key(verdict) && shape->nlines == verdict->nlines &&
		memcmp(shape->bytes, verdict->data, verdict->shape_length) == 0;
}

static Shape *
find_shape(Tally *tally, const Verdict *verdict)
{
	uint64		key = shape_key(verdict);
	MemoryContext old;
	ShapeEntry *entry;
	Shape	   *shape;
	const char *cursor = verdict->data;
	bool		found;
	int			i;

	entry = hash_search(tally->shapes, &key, HASH_ENTER, &found);
	if (!found)
		entry->shapes = NULL;
	for (shape = entry->shapes; shape; shape = shape->next)
		if (has_shape(verdict, shape))
			return shape;
	old = MemoryContextSwitchTo(tally->context);
	shape = palloc0(sizeof(Shape));
	shape->key = key;
	shape->bytes = palloc(verdict->shape_length);
	memcpy(shape->bytes, verdict->data, verdict->shape_length);
	shape->nlines = verdict->nlines;
	shape->lines = palloc_array(TallyLine *, verdict->nlines + 1);
	for (i = 0; i < verdict->nlines; i++)
	{
		VerdictSubject subject;

		CHECK_FOR_INTERRUPTS();
		cursor = verdict_shape_next(cursor, &subject);
		shape->lines[i] = find_line(tally, &subject, i);
	}
	MemoryContextSwitchTo(old);
	shape->next = entry->shapes;
	entry->shapes = shape;
	return shape;
}

/* ---------------- sums ---------------- */

static void
add_line(Tally *tally, TallyLine *line, const VerdictLine *said)
{
	line->eligible += said->truth == TRUTH_TRUE;
	line->refused += said->truth == TRUTH_FALSE;
	line->undecided += said->truth == TRUTH_UNKNOWN;
	line->undetermined += said->status == LINE_UNDETERMINED;
	if (said->has_amount)
		sum_add(tally->context, &line->amount, &said->amount);
	if (line->subject.stage)
		return;					/* its range is included in that of its clause */
	if (said->ranged)
		sum_add(tally->context, &line->low, &said->low);
	if (said->unbounded)
		line->unbounded = true;
	else if (said->ranged)
		sum_add(tally->context, &line->high, &said->high);
}

/* ---------------- the aggregate ---------------- */

static MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("the support functions of zjtx.tally can be called only by the aggregate")));
	return context;
}

/* state, verdict → state; NULL is ignored */
Datum
zjtx_tally_add(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	Tally	   *tally = PG_ARGISNULL(0) ? tally_create(context) : (Tally *) PG_GETARG_POINTER(0);
	const Verdict *verdict;
	const char *cursor;
	int			i;

	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(tally);
	verdict = (const Verdict *) PG_GETARG_VARLENA_P(1);
	if (tally->last == NULL || !has_shape(verdict, tally->last))
		tally->last = find_shape(tally, verdict);
	cursor = verdict_lines(verdict);
	for (i = 0; i < verdict->nlines; i++)
	{
		VerdictLine said;

		CHECK_FOR_INTERRUPTS();
		cursor = verdict_line_next(cursor, &said);
		add_line(tally, tally->last->lines[i], &said);
	}
	PG_RETURN_POINTER(tally);
}

/* state, state → state */
Datum
zjtx_tally_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	Tally	   *tally = PG_ARGISNULL(0) ? NULL : (Tally *) PG_GETARG_POINTER(0);
	Tally	   *other = PG_ARGISNULL(1) ? NULL : (Tally *) PG_GETARG_POINTER(1);
	HASH_SEQ_STATUS status;
	LineSlot   *slot;

	if (tally == NULL && other == NULL)
		PG_RETURN_NULL();
	if (other == NULL)
		PG_RETURN_POINTER(tally);
	if (tally == NULL)
		tally = tally_create(context);
	hash_seq_init(&status, other->lines);
	while ((slot = hash_seq_search(&status)) != NULL)
	{
		const TallyLine *from = slot->line;
		TallyLine  *line = find_line(tally, &from->subject, from->position);

		line->eligible += from->eligible;
		line->refused += from->refused;
		line->undecided += from->undecided;
		line->undetermined += from->undetermined;
		line->unbounded |= from->unbounded;
		sum_merge(tally->context, &line->amount, &from->amount);
		sum_merge(tally->context, &line->low, &from->low);
		sum_merge(tally->context, &line->high, &from->high);
	}
	PG_RETURN_POINTER(tally);
}

/* ---------------- between processes ---------------- */

Datum
zjtx_tally_serialize(PG_FUNCTION_ARGS)
{
	Tally	   *tally;
	HASH_SEQ_STATUS status;
	LineSlot   *slot;
	StringInfoData buf;

	(void) aggregate_context(fcinfo);
	tally = (Tally *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendint32(&buf, hash_get_num_entries(tally->lines));
	hash_seq_init(&status, tally->lines);
	while ((slot = hash_seq_search(&status)) != NULL)
	{
		const TallyLine *line = slot->line;

		sum_send_text(&buf, line->subject.policy);
		sum_send_text(&buf, line->subject.clause);
		sum_send_text(&buf, line->subject.stage);
		sum_send_text(&buf, line->subject.title);
		sum_send_text(&buf, line->subject.kind);
		sum_send_text(&buf, line->subject.unit);
		sum_send_text(&buf, line->subject.offices);
		pq_sendbyte(&buf, line->subject.in_total);
		pq_sendint32(&buf, line->position);
		pq_sendint64(&buf, line->eligible);
		pq_sendint64(&buf, line->refused);
		pq_sendint64(&buf, line->undecided);
		pq_sendint64(&buf, line->undetermined);
		pq_sendbyte(&buf, line->unbounded);
		sum_send(&buf, &line->amount);
		sum_send(&buf, &line->low);
		sum_send(&buf, &line->high);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
zjtx_tally_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *bytes = PG_GETARG_BYTEA_PP(0);
	Tally	   *tally;
	MemoryContext old;
	StringInfoData buf;
	int			count;

	/* combine copies what it needs, so this state can be freed early */
	(void) aggregate_context(fcinfo);
	tally = tally_create(CurrentMemoryContext);
	old = MemoryContextSwitchTo(tally->context);
	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	for (count = pq_getmsgint(&buf, 4); count > 0; count--)
	{
		VerdictSubject subject;
		TallyLine  *line;

		subject.policy = sum_receive_text(&buf);
		subject.clause = sum_receive_text(&buf);
		subject.stage = sum_receive_text(&buf);
		subject.title = sum_receive_text(&buf);
		subject.kind = sum_receive_text(&buf);
		subject.unit = sum_receive_text(&buf);
		subject.offices = sum_receive_text(&buf);
		subject.in_total = pq_getmsgbyte(&buf) != 0;
		line = find_line(tally, &subject, pq_getmsgint(&buf, 4));
		line->eligible = pq_getmsgint64(&buf);
		line->refused = pq_getmsgint64(&buf);
		line->undecided = pq_getmsgint64(&buf);
		line->undetermined = pq_getmsgint64(&buf);
		line->unbounded = pq_getmsgbyte(&buf) != 0;
		line->amount = sum_receive(&buf);
		line->low = sum_receive(&buf);
		line->high = sum_receive(&buf);
	}
	MemoryContextSwitchTo(old);
	PG_RETURN_POINTER(tally);
}

/* ---------------- the result ---------------- */

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

static Datum
tally_row(TupleDesc desc, const TallyLine *line)
{
	const char *texts[6] = {line->subject.policy, line->subject.clause, line->subject.stage,
	line->subject.title, line->subject.kind, line->subject.unit};
	const int64 counts[4] = {line->eligible, line->refused, line->undecided, line->undetermined};
	const Sum  *sums[3] = {&line->amount, &line->low, &line->high};
	Datum		values[TALLY_COLUMNS];
	bool		nulls[TALLY_COLUMNS];
	int			i;

	for (i = 0; i < 6; i++)
	{
		nulls[i] = texts[i] == NULL;
		values[i] = texts[i] ? CStringGetTextDatum(texts[i]) : (Datum) 0;
	}
	for (i = 0; i < 4; i++)
	{
		nulls[6 + i] = false;
		values[6 + i] = Int64GetDatum(counts[i]);
	}
	for (i = 0; i < 3; i++)
	{
		nulls[10 + i] = sums[i]->count == 0 || (i == 2 && line->unbounded);
		values[10 + i] = nulls[10 + i] ? (Datum) 0 : sum_numeric(sums[i]);
	}
	values[13] = line_offices_array(line->subject.offices);
	nulls[13] = line->subject.offices == NULL;
	values[14] = CStringGetTextDatum(line_key_of(line->subject.clause, line->subject.stage));
	values[15] = BoolGetDatum(line->subject.in_total);
	nulls[14] = nulls[15] = false;
	return HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
}

/*
 * state → zjtx.tally[]; NULL if there was no row.  The type of the rows is that of the function: a caller in C
 * may pass no expression.
 */
Datum
zjtx_tally_final(PG_FUNCTION_ARGS)
{
	Oid			element = get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid));
	TupleDesc	desc;
	Tally	   *tally;
	HASH_SEQ_STATUS status;
	LineSlot   *slot;
	TallyLine **lines;
	Datum	   *rows;
	int			count = 0;
	int			i;

	(void) aggregate_context(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	tally = (Tally *) PG_GETARG_POINTER(0);
	desc = lookup_rowtype_tupdesc_copy(element, -1);
	if (desc->natts != TALLY_COLUMNS)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the SQL objects of zjtx are from another version than its library"),
				 errhint("ALTER EXTENSION zjtx UPDATE.")));
	lines = palloc_array(TallyLine *, hash_get_num_entries(tally->lines) + 1);
	hash_seq_init(&status, tally->lines);
	while ((slot = hash_seq_search(&status)) != NULL)
		lines[count++] = slot->line;
	qsort(lines, count, sizeof(TallyLine *), compare_lines);
	rows = palloc_array(Datum, count + 1);
	for (i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		rows[i] = tally_row(desc, lines[i]);
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(rows, count, element, -1, false, TYPALIGN_DOUBLE));
}
