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
#include "compat.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

#include "messages.h"
#include "tally.h"

ZJTX_FUNCTION(zjtx_tally_add);
ZJTX_FUNCTION(zjtx_tally_combine);
ZJTX_FUNCTION(zjtx_tally_final);

#define TALLY_COLUMNS 16

typedef struct TallyShape
{
	uint64		key;			/* hash and length; hash key, so first */
	struct TallyShape *next;	/* next with the same key */
	char	   *bytes;
	int			nlines;
	TallyLine **lines;
} TallyShape;

typedef struct ShapeEntry
{
	uint64		key;
	TallyShape *shapes;
} ShapeEntry;

/* ---------------- shapes ---------------- */

static HTAB *
create_shapes(MemoryContext context)
{
	HASHCTL		info;

	memset(&info, 0, sizeof(info));
	info.hcxt = context;
	info.keysize = sizeof(uint64);
	info.entrysize = sizeof(ShapeEntry);
	return hash_create("zjtx shapes", 16, &info, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

static bool
has_shape(const TallyShape *shape, uint32 hash, const char *bytes, int length, int nlines)
{
	return shape->key == ((uint64) hash << 32 | (uint32) length) && shape->nlines == nlines &&
		memcmp(shape->bytes, bytes, length) == 0;
}

static TallyShape *
find_shape(Tally *tally, uint32 hash, const char *bytes, int length, int nlines)
{
	uint64		key = (uint64) hash << 32 | (uint32) length;
	MemoryContext old;
	ShapeEntry *entry;
	TallyShape *shape;
	const char *cursor = bytes;
	bool		found;
	int			i;

	if (tally->shapes == NULL)
		tally->shapes = create_shapes(tally->context);
	entry = hash_search(tally->shapes, &key, HASH_ENTER, &found);
	if (!found)
		entry->shapes = NULL;
	for (shape = entry->shapes; shape; shape = shape->next)
		if (has_shape(shape, hash, bytes, length, nlines))
			return shape;
	old = MemoryContextSwitchTo(tally->context);
	shape = palloc0(sizeof(TallyShape));
	shape->key = key;
	shape->bytes = palloc(length);
	memcpy(shape->bytes, bytes, length);
	shape->nlines = nlines;
	shape->lines = palloc_array(TallyLine *, nlines + 1);
	for (i = 0; i < nlines; i++)
	{
		VerdictSubject subject;

		CHECK_FOR_INTERRUPTS();
		cursor = verdict_shape_next(cursor, &subject);
		shape->lines[i] = tally_line(tally, &subject, i);
	}
	MemoryContextSwitchTo(old);
	shape->next = entry->shapes;
	entry->shapes = shape;
	return shape;
}

/* Makes a shape the latest. */
static inline void
use_shape(Tally *tally, uint32 hash, const char *bytes, int length, int nlines)
{
	if (tally->last == NULL || !has_shape(tally->last, hash, bytes, length, nlines))
		tally->last = find_shape(tally, hash, bytes, length, nlines);
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

void
tally_add_verdict(Tally *tally, const Verdict *verdict)
{
	const char *cursor = verdict_lines(verdict);
	int			i;

	use_shape(tally, verdict->hash, verdict->data, verdict->shape_length, verdict->nlines);
	for (i = 0; i < verdict->nlines; i++)
	{
		VerdictLine said;

		CHECK_FOR_INTERRUPTS();
		cursor = verdict_line_next(cursor, &said);
		add_line(tally, tally->last->lines[i], &said);
	}
}

/* add_line() for many rows. */
static void
add_line_rows(TallyLine *line, const LinesOfRows *lines, const LineRows *said, const uint64 *rows, int count)
{
	int			eligible = line_rows_count(lines, rows, said->yes);
	int			refused = line_rows_count(lines, rows, said->no);
	uint64		bounded[BATCH_GROUPS];
	int			g;

	line->eligible += eligible;
	line->refused += refused;
	line->undecided += count - eligible - refused;
	line->undetermined += line_rows_count(lines, rows, said->undetermined);
	line->amount.count += line_rows_count(lines, rows, said->has_amount);
	if (said->low)
		line->amount.hundredths += line_rows_sum(lines, said, said->low, rows, said->has_amount);
	if (line->subject.stage)
		return;
	for (g = 0; g < lines->ngroups; g++)
	{
		bounded[g] = said->ranged[g] & ~said->unbounded[g];
		line->unbounded |= (rows[g] & said->unbounded[g]) != 0;
	}
	line->low.count += line_rows_count(lines, rows, said->ranged);
	line->high.count += line_rows_count(lines, rows, bounded);
	if (said->low == NULL)
		return;
	line->low.hundredths += line_rows_sum(lines, said, said->low, rows, said->ranged);
	line->high.hundredths += line_rows_sum(lines, said, said->high, rows, bounded);
}

void
tally_add_rows(Tally *tally, const LinesOfRows *lines, const uint64 *rows)
{
	int			count = line_rows_count(lines, rows, rows);
	int			i;

	use_shape(tally, lines->hash, lines->shape.data, lines->shape.len, lines->nlines);
	for (i = 0; i < lines->nlines; i++)
		add_line_rows(tally->last->lines[i], lines, &lines->lines[i], rows, count);
}

void
tally_add_state(Tally *tally, const Tally *other)
{
	HASH_SEQ_STATUS status;
	LineSlot   *slot;

	hash_seq_init(&status, other->lines);
	while ((slot = hash_seq_search(&status)) != NULL)
		tally_merge(tally, slot->line);
}

/* ---------------- the aggregate ---------------- */

/* Where a new state belongs: an aggregate keeps an object of its context as it is. */
static MemoryContext
state_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	return AggCheckCallContext(fcinfo, &context) ? context : CurrentMemoryContext;
}

/* Returns a state that can be changed. */
static Tally *
state_to_change(FunctionCallInfo fcinfo)
{
	MemoryContext context = state_context(fcinfo);

	return PG_ARGISNULL(0) ? tally_create(context) : tally_argument(PG_GETARG_DATUM(0), context, true);
}

/* state, verdict → state; NULL is ignored */
Datum
zjtx_tally_add(PG_FUNCTION_ARGS)
{
	Tally	   *tally = state_to_change(fcinfo);

	if (!PG_ARGISNULL(1))
		tally_add_verdict(tally, (const Verdict *) PG_GETARG_VARLENA_P(1));
	PG_RETURN_DATUM(EOHPGetRWDatum(&tally->header));
}

/* state, state → state; NULL is ignored */
Datum
zjtx_tally_combine(PG_FUNCTION_ARGS)
{
	Tally	   *tally;

	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	tally = state_to_change(fcinfo);
	if (!PG_ARGISNULL(1))
		tally_add_state(tally, tally_argument(PG_GETARG_DATUM(1), CurrentMemoryContext, false));
	PG_RETURN_DATUM(EOHPGetRWDatum(&tally->header));
}

/* ---------------- the result ---------------- */

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
	const Tally *tally;
	TallyLine **lines;
	Datum	   *rows;
	int			count;
	int			i;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	tally = tally_argument(PG_GETARG_DATUM(0), CurrentMemoryContext, false);
	desc = lookup_rowtype_tupdesc_copy(element, -1);
	if (desc->natts != TALLY_COLUMNS)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the SQL objects of zjtx are from another version than its library"),
				 errhint("ALTER EXTENSION zjtx UPDATE.")));
	lines = tally_sorted(tally, &count);
	rows = palloc_array(Datum, count + 1);
	for (i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		rows[i] = tally_row(desc, lines[i]);
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(rows, count, element, -1, false, TYPALIGN_DOUBLE));
}
