/*
 * progress.c
 *		Targets beside what a table shows.
 *
 * A target with "count where" is counted over the table, once for each of its years
 * that has begun, judged for the year's last day, or for today if that is to come.
 * The table is read with the rights of the caller.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"

#include "engine/stored.h"

ZJTX_FUNCTION(zjtx_progress);

#define COLUMNS 11

/* What counting one year's rows gave. */
typedef struct Count
{
	int64		yes;
	int64		undecided;
	int64		of_yes;
	int64		of_undecided;
	int64		rows;
} Count;

static int
year_of_day(DateADT day)
{
	int			year,
				month,
				date;

	j2date(day + POSTGRES_EPOCH_JDATE, &year, &month, &date);
	return year;
}

static char *
qualified_name(Oid relation)
{
	char	   *name = get_rel_name(relation);

	if (name == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation with OID %u does not exist", relation)));
	return quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)), name);
}

static Count
count_year(const Policy *policy, const Document *doc, const Target *target, const char *relation, DateADT day)
{
	StringInfoData query;
	char	   *bound = quote_literal_cstr(date_text(day));
	Count		count;
	int64	   *results[5] = {&count.yes, &count.undecided, &count.of_yes, &count.of_undecided, &count.rows};
	int			i;

	initStringInfo(&query);
	appendStringInfo(&query,
					 "SELECT count(*) FILTER (WHERE o IS NOT FALSE AND a), count(*) FILTER (WHERE o IS NOT FALSE AND a IS NULL), "
					 "count(*) FILTER (WHERE o), count(*) FILTER (WHERE o IS NULL), count(*) "
					 "FROM (SELECT zjtx.eligible(e, zjtx.as_of(%s::zjtx.policy, %s)) AS a, ",
					 quote_literal_cstr(policy_counting(policy, doc, target, false)), bound);
	if (target->of)
		appendStringInfo(&query, "zjtx.eligible(e, zjtx.as_of(%s::zjtx.policy, %s)) AS o",
						 quote_literal_cstr(policy_counting(policy, doc, target, true)), bound);
	else
		appendStringInfoString(&query, "true AS o");
	appendStringInfo(&query, " FROM %s e) s", relation);

	if (SPI_execute(query.data, true, 0) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "could not count \"%s\"", target->provision.code);
	for (i = 0; i < 5; i++)
	{
		bool		null;

		*results[i] = DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, i + 1, &null));
	}
	SPI_freetuptable(SPI_tuptable);
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
 * actual, ratio, met and undecided of a count.  While rows are undecided actual is
 * what is proved, and met is known only where they cannot change it.
 */
static void
judge_count(const Target *target, const Count *count, Datum goal, Datum *values, bool *nulls)
{
	Datum		least = NumericGetDatum(int64_to_numeric(count->yes));
	Datum		most = NumericGetDatum(int64_to_numeric(count->yes + count->undecided));
	bool		decided = count->undecided + count->of_undecided == 0;
	bool		met;

	values[3] = Int64GetDatum(count->undecided + count->of_undecided);
	nulls[3] = false;
	if (count->rows > 0 && count->undecided == count->rows)
		return;					/* nothing that the table gives decides it */
	if (target->of)
	{
		/* a share is known once everything is */
		if (!decided || count->of_yes == 0)
			return;
		least = numeric_quotient(least, NumericGetDatum(int64_to_numeric(count->of_yes)));
		most = least;
	}
	values[0] = least;
	nulls[0] = false;
	if (DatumGetInt32(DirectFunctionCall2(numeric_cmp, goal, NumericGetDatum(int64_to_numeric(0)))) > 0)
	{
		values[1] = numeric_quotient(least, goal);
		nulls[1] = false;
	}
	met = reaches(least, goal, target->at_most);
	if (met == reaches(most, goal, target->at_most))
	{
		values[2] = BoolGetDatum(met);
		nulls[2] = false;
	}
}

/*
 * progress(p, table): code, indicator, unit, measure, year, goal, actual, ratio, met,
 * undecided, day.
 */
Datum
zjtx_progress(PG_FUNCTION_ARGS)
{
	text	   *source = PG_GETARG_TEXT_PP(0);
	char	   *relation = qualified_name(PG_GETARG_OID(1));
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const Policy *policy = compiled_get(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source), CurrentMemoryContext)->policy;
	DateADT		today = policy->has_as_of ? policy->as_of : stored_day().day;
	ListCell   *doc_cell;
	ListCell   *cell;
	ListCell   *goal_cell;

	InitMaterializedSRF(fcinfo, 0);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	foreach(doc_cell, policy->documents)
	{
		const Document *doc = lfirst(doc_cell);

		foreach(cell, doc->targets)
		{
			const Target *target = lfirst(cell);

			foreach(goal_cell, target->goals)
			{
				const Goal *goal = lfirst(goal_cell);
				DateADT		day = Min(today, date2j(goal->year, 12, 31) - POSTGRES_EPOCH_JDATE);
				bool		counted = target->count && goal->year <= year_of_day(today);
				Datum		values[COLUMNS] = {0};
				bool		nulls[COLUMNS];

				memset(nulls, true, sizeof(nulls));
				values[0] = CStringGetTextDatum(target->provision.code);
				values[1] = CStringGetTextDatum(target->provision.title);
				values[2] = CStringGetTextDatum(unit_name(target->unit));
				values[3] = CStringGetTextDatum(target->flow ? "flow" : "stock");
				values[4] = Int32GetDatum(goal->year);
				values[5] = NumericGetDatum(goal->value->number);
				memset(nulls, false, 6);
				if (counted)
				{
					Count		count = count_year(policy, doc, target, relation, day);

					judge_count(target, &count, values[5], &values[6], &nulls[6]);
					values[10] = DateADTGetDatum(day);
					nulls[10] = false;
				}
				tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
			}
		}
	}
	SPI_finish();
	return (Datum) 0;
}
