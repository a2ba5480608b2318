/*
 * impact.c
 *		impact(relation, old, new): the effect of a change of the law on the rows of a relation.
 *
 * The relation is read with the rights of the caller.  Each row is judged by both documents
 * for the same day, and the lines that differ are added up.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "answers/rows.h"
#include "answers/verdict.h"
#include "facts/day.h"
#include "language/derive.h"
#include "language/names.h"
#include "own.h"
#include "session/cache.h"
#include "warehouse/relation.h"

ZJTX_FUNCTION(zjtx_impact);

/* Number of rows fetched at a time. */
#define BATCH 500

/* The totals of a line. */
typedef struct ImpactLine
{
	char	   *key;
	char	   *title;			/* or NULL */
	char	   *unit;			/* or NULL */
	int64		rows;			/* rows in which the line differs */
	int64		gained;			/* … not true before, true now */
	int64		lost;
	int64		open;			/* … not decided by one of the documents */
	Datum		before;			/* known amounts, added up */
	Datum		after;
} ImpactLine;

typedef struct Impact
{
	MemoryContext memory;		/* of the lines */
	List	   *lines;			/* of ImpactLine */
	Symbols    *by_key;
} Impact;

static ImpactLine *
find_line(Impact *impact, const VerdictSide *side)
{
	ImpactLine *line = symbols_find(impact->by_key, side->key);
	MemoryContext old;

	if (line)
		return line;
	old = MemoryContextSwitchTo(impact->memory);
	line = palloc0(sizeof(ImpactLine));
	line->key = pstrdup(side->key);
	line->title = side->subject.title ? pstrdup(side->subject.title) : NULL;
	line->unit = side->subject.unit ? pstrdup(side->subject.unit) : NULL;
	line->before = NumericGetDatum(int64_to_numeric(0));
	line->after = NumericGetDatum(int64_to_numeric(0));
	impact->lines = lappend(impact->lines, line);
	(void) symbols_add(impact->by_key, line->key, line);
	MemoryContextSwitchTo(old);
	return line;
}

/*
 * The amount of a line, if it is known.  A clause that pays in stages has a known amount if its range is a single
 * number.
 */
static Numeric
known_amount(const VerdictSide *side)
{
	const VerdictLine *line = &side->line;
	Numeric		low;

	if (line->has_amount)
		return verdict_hundredths_numeric(&line->amount);
	if (!line->ranged || line->unbounded)
		return NULL;
	low = verdict_hundredths_numeric(&line->low);
	if (!DatumGetBool(DirectFunctionCall2(numeric_eq, NumericGetDatum(low),
										  NumericGetDatum(verdict_hundredths_numeric(&line->high)))))
		return NULL;
	return low;
}

static Datum
add_amount(Impact *impact, Datum sum, const VerdictSide *side)
{
	Numeric		amount = side ? known_amount(side) : NULL;
	MemoryContext old;
	Datum		result;

	if (amount == NULL)
		return sum;
	old = MemoryContextSwitchTo(impact->memory);
	result = DirectFunctionCall2(numeric_add, sum, NumericGetDatum(amount));
	pfree(DatumGetPointer(sum));
	MemoryContextSwitchTo(old);
	return result;
}

static bool
is_open(const VerdictSide *side)
{
	return side && (side->line.truth == TRUTH_UNKNOWN || (side->line.ranged && known_amount(side) == NULL));
}

static void
take_difference(void *taker, const VerdictSide *one, const VerdictSide *other)
{
	Impact	   *impact = taker;
	ImpactLine *line = find_line(impact, other ? other : one);
	bool		before = one && one->line.truth == TRUTH_TRUE;
	bool		after = other && other->line.truth == TRUTH_TRUE;

	line->rows++;
	line->open += is_open(one) || is_open(other);
	line->gained += !before && after;
	line->lost += before && !after;
	line->before = add_amount(impact, line->before, one);
	line->after = add_amount(impact, line->after, other);
}

static void
put_lines(Rows *rows, const Impact *impact)
{
	ListCell   *cell;

	foreach(cell, impact->lines)
	{
		const ImpactLine *line = lfirst(cell);

		CHECK_FOR_INTERRUPTS();
		rows_put_text(rows, line->key);
		rows_put_text(rows, line->title);
		rows_put_datum(rows, Int64GetDatum(line->rows));
		rows_put_datum(rows, Int64GetDatum(line->gained));
		rows_put_datum(rows, Int64GetDatum(line->lost));
		rows_put_datum(rows, Int64GetDatum(line->open));
		if (line->unit)
		{
			rows_put_datum(rows, line->before);
			rows_put_datum(rows, line->after);
			rows_put_datum(rows, DirectFunctionCall2(numeric_sub, line->after, line->before));
		}
		else
		{
			rows_put_null(rows);
			rows_put_null(rows);
			rows_put_null(rows);
		}
		rows_put_text(rows, line->unit);
		rows_put_row(rows);
	}
}

/* Binds a policy to the day of the session, unless it has a day. */
static Datum
bound_to_day(text *source)
{
	const Policy *policy = compiled_tree(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source), CurrentMemoryContext)->policy;

	if (policy->has_as_of)
		return PointerGetDatum(source);
	return CStringGetTextDatum(policy_at(policy, day_of_session(), true));
}

/* Judges all rows by both policies. */
static void
judge_rows(Impact *impact, Oid relation, Datum old, Datum new)
{
	OwnCall		calls[2] = {
		{.name = "judge",.result = own_type(OWN_VERDICT),.constant = old},
		{.name = "judge",.result = own_type(OWN_VERDICT),.constant = new}
	};
	StringInfoData query;
	SPIPlanPtr	plan;
	Portal		cursor;
	MemoryContext batch = AllocSetContextCreate(CurrentMemoryContext, "zjtx impact", ALLOCSET_DEFAULT_SIZES);

	initStringInfo(&query);
	appendStringInfo(&query, "SELECT $1 AS a, $2 AS b FROM %s e", relation_words(relation));
	plan = own_prepare(CurrentMemoryContext, query.data, 0, NULL, relation, calls, 2, 0);
	cursor = SPI_cursor_open(NULL, plan, NULL, NULL, true);
	for (;;)
	{
		uint64		i;

		SPI_cursor_fetch(cursor, true, BATCH);
		if (SPI_processed == 0)
			break;
		for (i = 0; i < SPI_processed; i++)
		{
			MemoryContext before = MemoryContextSwitchTo(batch);
			Datum		verdicts[2];
			bool		nulls[2];
			int			j;

			CHECK_FOR_INTERRUPTS();
			for (j = 0; j < 2; j++)
				verdicts[j] = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, j + 1, &nulls[j]);
			if (!nulls[0] && !nulls[1])
				verdict_compare((const Verdict *) PG_DETOAST_DATUM(verdicts[0]),
								(const Verdict *) PG_DETOAST_DATUM(verdicts[1]), take_difference, impact);
			MemoryContextSwitchTo(before);
			MemoryContextReset(batch);
		}
		SPI_freetuptable(SPI_tuptable);
	}
	SPI_cursor_close(cursor);
	SPI_freeplan(plan);
}

/*
 * impact(relation, old, new) → line, title, rows, gained, lost, undecided, amount_1, amount_2,
 * difference, unit
 */
Datum
zjtx_impact(PG_FUNCTION_ARGS)
{
	Oid			relation = PG_GETARG_OID(0);
	Impact		impact = {CurrentMemoryContext, NIL, NULL};
	Datum		old = bound_to_day(PG_GETARG_TEXT_PP(1));
	Datum		new = bound_to_day(PG_GETARG_TEXT_PP(2));
	Rows		rows;

	impact.by_key = symbols_create();
	rows_start(fcinfo, &rows);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	judge_rows(&impact, relation, old, new);
	put_lines(&rows, &impact);
	SPI_finish();
	return (Datum) 0;
}
