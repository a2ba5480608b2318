/*
 * progress.c
 *		Compares targets with the contents of a table.
 *
 * A target with "count where" is counted once for each of its years that has begun.  Rows
 * are judged as of the last day of the year, or today if that day is in the future.  The
 * table is read with the rights of the caller.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"

#include "answers/quantity.h"
#include "answers/rows.h"
#include "facts/day.h"
#include "language/derive.h"
#include "session/stored.h"
#include "own.h"
#include "relation.h"

ZJTX_FUNCTION(zjtx_progress);

/* The counts for one year. */
typedef struct Count
{
	int64		yes;
	int64		undecided;
	int64		of_yes;
	int64		of_undecided;
	int64		rows;
} Count;

/*
 * Builds eligible(e.*, policy): the policy is the condition of the counted rows or, with
 * `of`, that of the denominator, bound to a day.
 */
static OwnCall
eligible_call(const Policy *policy, const Document *doc, const Target *target, bool of, DateADT day)
{
	OwnCall		call = {.name = "eligible",.result = BOOLOID};
	char	   *text = policy_counting(policy, doc, target, of);
	const Compiled *compiled = compiled_tree(text, strlen(text), CurrentMemoryContext);

	call.constant = CStringGetTextDatum(policy_at(compiled->policy, day, true));
	return call;
}

static Count
count_year(const Policy *policy, const Document *doc, const Target *target, Oid relation, DateADT day)
{
	StringInfoData query;
	OwnCall		calls[2];
	Count		count;
	int64	   *results[5] = {&count.yes, &count.undecided, &count.of_yes, &count.of_undecided, &count.rows};
	SPIPlanPtr	plan;
	int			i;

	calls[0] = eligible_call(policy, doc, target, false, day);
	if (target->of)
		calls[1] = eligible_call(policy, doc, target, true, day);
	initStringInfo(&query);
	appendStringInfo(&query,
					 "SELECT pg_catalog.count(*) FILTER (WHERE o IS NOT FALSE AND a), pg_catalog.count(*) FILTER (WHERE o IS NOT FALSE AND a IS NULL), "
					 "pg_catalog.count(*) FILTER (WHERE o), pg_catalog.count(*) FILTER (WHERE o IS NULL), pg_catalog.count(*) "
					 "FROM (SELECT $1 AS a, %s AS o FROM %s e) s", target->of ? "$2" : "true", relation_words(relation));
	plan = own_prepare(CurrentMemoryContext, query.data, 0, NULL, relation, calls, target->of ? 2 : 1, 0);
	if (SPI_execute_plan(plan, NULL, NULL, true, 0) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "could not count \"%s\"", target->provision.code);
	for (i = 0; i < 5; i++)
	{
		bool		null;

		*results[i] = DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, i + 1, &null));
	}
	SPI_freetuptable(SPI_tuptable);
	SPI_freeplan(plan);
	return count;
}

static Datum
numeric_quotient(Datum a, Datum b)
{
	return DirectFunctionCall2(numeric_round, DirectFunctionCall2(numeric_div, a, b), Int32GetDatum(4));
}

static bool
reaches(Datum actual, Datum goal, bool at_most)
{
	int			order = DatumGetInt32(DirectFunctionCall2(numeric_cmp, actual, goal));

	return at_most ? order <= 0 : order >= 0;
}

/*
 * Outputs actual, actual_shown, ratio, met and undecided.  While rows are undecided, actual
 * counts only the proved ones, and met is known only if the undecided rows cannot change
 * it.
 */
static void
put_judged(Rows *rows, const Policy *policy, const Target *target, const Goal *wanted, const Count *count)
{
	Datum		goal = NumericGetDatum(literal_numeric(wanted->value));
	Datum		least = NumericGetDatum(int64_to_numeric(count->yes));
	Datum		most = NumericGetDatum(int64_to_numeric(count->yes + count->undecided));
	int64		undecided = count->undecided + count->of_undecided;
	bool		known = count->rows == 0 || count->undecided < count->rows;
	bool		positive = DatumGetInt32(DirectFunctionCall2(numeric_cmp, goal,
															 NumericGetDatum(int64_to_numeric(0)))) > 0;

	if (target->of)
	{
		/* a share is known only if no row is undecided */
		known = known && undecided == 0 && count->of_yes > 0;
		if (known)
			least = most = numeric_quotient(least, NumericGetDatum(int64_to_numeric(count->of_yes)));
	}

	if (known)
	{
		rows_put_datum(rows, least);
		rows_put_text(rows, quantity_target_text(policy, target, wanted, DatumGetNumeric(least)));
	}
	else
	{
		rows_put_null(rows);
		rows_put_null(rows);
	}
	if (known && positive)
		rows_put_datum(rows, numeric_quotient(least, goal));
	else
		rows_put_null(rows);
	if (known && reaches(least, goal, target->at_most) == reaches(most, goal, target->at_most))
		rows_put_boolean(rows, reaches(least, goal, target->at_most));
	else
		rows_put_null(rows);
	rows_put_datum(rows, Int64GetDatum(undecided));
}

static void
put_target(Rows *rows, const Policy *policy, const Document *doc, const Target *target,
		   Oid relation, DateADT today)
{
	ListCell   *cell;
	int			i;

	foreach(cell, target->goals)
	{
		const Goal *goal = lfirst(cell);
		int			year = goal->year > 0 ? goal->year : date_year(today);
		DateADT		day = Min(today, date2j(year, 12, 31) - POSTGRES_EPOCH_JDATE);

		rows_put_text(rows, target->provision.code);
		rows_put_text(rows, target->provision.title);
		rows_put_text(rows, unit_name(target->unit));
		rows_put_text(rows, target->flow ? "flow" : "stock");
		rows_put_datum(rows, Int32GetDatum(year));
		rows_put_datum(rows, NumericGetDatum(literal_numeric(goal->value)));
		rows_put_text(rows, quantity_target_text(policy, target, goal, literal_numeric(goal->value)));
		if (target->count && year <= date_year(today))
		{
			Count		count = count_year(policy, doc, target, relation, day);

			put_judged(rows, policy, target, goal, &count);
			rows_put_date(rows, day, true);
		}
		else
		{
			for (i = 0; i < 6; i++)
				rows_put_null(rows);
		}
		rows_put_row(rows);
	}
}

/*
 * progress(p, table): code, indicator, unit, measure, year, goal, goal_shown, actual,
 * actual_shown, ratio, met, undecided, day.
 */
Datum
zjtx_progress(PG_FUNCTION_ARGS)
{
	text	   *source = PG_GETARG_TEXT_PP(0);
	Oid			relation = PG_GETARG_OID(1);
	const Policy *policy = compiled_tree(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source), CurrentMemoryContext)->policy;
	DateADT		today = policy->has_as_of ? policy->as_of : day_of_session();
	Rows		rows;
	ListCell   *doc_cell;
	ListCell   *cell;

	(void) relation_words(relation);
	rows_start(fcinfo, &rows);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	foreach(doc_cell, policy->documents)
	{
		const Document *doc = lfirst(doc_cell);

		foreach(cell, doc->targets)
		{
			put_target(&rows, policy, doc, lfirst(cell), relation, today);
		}
	}
	SPI_finish();
	return (Datum) 0;
}
