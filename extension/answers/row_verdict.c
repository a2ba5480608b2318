/*
 * row_verdict.c
 *		The verdict of a row of a batch.
 */
#include "postgres.h"

#include "utils/expandeddatum.h"
#include "utils/memutils.h"

#include "many_lines.h"
#include "row_verdict.h"

struct RowVerdict
{
	ExpandedObjectHeader header;	/* must be first */
	Many	   *many;
	int			row;
	uint64		batch;			/* of which the whole verdict is */
	const Verdict *whole;
};

/* ---------------- the whole verdict ---------------- */

static const Verdict *
whole(RowVerdict *verdict)
{
	Many	   *many = verdict->many;
	MemoryContext old;

	if (verdict->whole && verdict->batch == many->nbatches)
		return verdict->whole;
	old = MemoryContextSwitchTo(many->context);
	verdict->whole = NULL;
	many_single(many, verdict->row, many->columns);
	many->nsingly++;
	verdict->whole = (const Verdict *) PG_DETOAST_DATUM(many->verdict);
	verdict->batch = many->nbatches;
	MemoryContextSwitchTo(old);
	return verdict->whole;
}

static Size
get_flat_size(ExpandedObjectHeader *header)
{
	return VARSIZE(whole((RowVerdict *) header));
}

static void
flatten_into(ExpandedObjectHeader *header, void *result, Size allocated_size)
{
	memcpy(result, whole((RowVerdict *) header), allocated_size);
}

static const ExpandedObjectMethods methods = {get_flat_size, flatten_into};

/* ---------------- its lines ---------------- */

RowVerdict *
row_verdicts_create(Many *many)
{
	RowVerdict *verdicts = palloc0_array(RowVerdict, many->nrows);
	int			i;

	for (i = 0; i < many->nrows; i++)
	{
		EOH_init_header(&verdicts[i].header, &methods, CurrentMemoryContext);
		verdicts[i].many = many;
		verdicts[i].row = i;
	}
	return verdicts;
}

Datum
row_verdict_datum(RowVerdict *verdicts, int row)
{
	return EOHPGetRODatum(&verdicts[row].header);
}

RowVerdict *
row_verdict_of(Datum verdict)
{
	RowVerdict *found;

	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(verdict)))
		return NULL;
	found = (RowVerdict *) DatumGetEOHP(verdict);
	return found->header.eoh_methods == &methods && found->many->lines ? found : NULL;
}

const LinesOfRows *
row_verdict_lines(const RowVerdict *verdict)
{
	return verdict->many->lines;
}

static void
read_line(const LineRows *line, int row, VerdictLine *said)
{
	int			g = row / GROUP_ROWS;
	int			bit = row % GROUP_ROWS;

#define HAS(set) (((line->set[g] >> bit) & 1) != 0)
	said->truth = HAS(yes) ? TRUTH_TRUE : HAS(no) ? TRUTH_FALSE : TRUTH_UNKNOWN;
	said->has_amount = HAS(has_amount);
	said->ranged = HAS(ranged);
	said->unbounded = HAS(unbounded);
	said->low.numeric = said->high.numeric = NULL;
	said->low.value = HAS(paying) ? line->low[row] : 0;
	said->high.value = HAS(paying) ? line->high[row] : 0;
	said->amount = said->low;
#undef HAS
}

void
row_verdict_read(RowVerdict *verdict, int number, VerdictLine *line)
{
	Many	   *many = verdict->many;
	const char *cursor;
	int			i;

	if (many_has_line(many, verdict->row, number))
	{
		read_line(&many->lines->lines[number], verdict->row, line);
		return;
	}
	cursor = verdict_lines(whole(verdict));
	for (i = 0; i < number; i++)
		cursor = verdict_line_skip(cursor);
	(void) verdict_line_next(cursor, line);
}
