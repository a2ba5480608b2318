/*
 * ahead_rows.c
 *		changes_ahead(e, p, until) returns what time alone changes; over_days(e, p, first, last, step)
 *		what a row gets on each of several days.
 */
#include "postgres.h"

#include "compat.h"
#include "messages.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/timestamp.h"

#include "ahead.h"
#include "engine/value.h"
#include "rows.h"

ZJTX_FUNCTION(zjtx_changes_ahead_row);
ZJTX_FUNCTION(zjtx_changes_ahead_row_name);
ZJTX_FUNCTION(zjtx_changes_ahead_jsonb);
ZJTX_FUNCTION(zjtx_changes_ahead_jsonb_name);
ZJTX_FUNCTION(zjtx_changes_ahead_facts);
ZJTX_FUNCTION(zjtx_changes_ahead_facts_name);
ZJTX_FUNCTION(zjtx_over_days_row);
ZJTX_FUNCTION(zjtx_over_days_row_name);
ZJTX_FUNCTION(zjtx_over_days_jsonb);
ZJTX_FUNCTION(zjtx_over_days_jsonb_name);
ZJTX_FUNCTION(zjtx_over_days_facts);
ZJTX_FUNCTION(zjtx_over_days_facts_name);

#define MAX_PERIOD 10000		/* days */

/*
 * The further arguments of a call.  They follow e and policy, or with FORM_FACTS the policy and
 * the names.
 */
#define EXTRA(number) (2 + (number))

static bool
any_null(FunctionCallInfo fcinfo, int form)
{
	int			i;

	for (i = 0; i < FORM_EXTRAS(form); i++)
		if (PG_ARGISNULL(EXTRA(i)))
			return true;
	return false;
}

/* Checks a period that the user gave.  what: its last day, for the message. */
static void
check_period(DateADT first, DateADT last, const char *what)
{
	if (DATE_NOT_FINITE(first) || DATE_NOT_FINITE(last))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a period must begin and end on a day"),
				 errdetail("An infinite date is not a day.")));
	if (last < first)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the argument \"%s\" is before the period begins", what),
				 errdetail("The period begins on %s, and \"%s\" is %s.", date_text(first), what, date_text(last))));
	if ((int64) last - first > MAX_PERIOD)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a period has at most %d days", MAX_PERIOD),
				 errdetail("From %s to %s there are %d.", date_text(first), date_text(last), (int) (last - first)),
				 errhint("Ask for a shorter period.")));
}

/* ---------------- changes_ahead ---------------- */

static void
put_change(Rows *rows, DateADT day, const DatedLine *from, const DatedLine *to)
{
	rows_put_date(rows, day, true);
	rows_put_text(rows, from ? from->key : to->key);
	rows_put_text(rows, from ? dated_line_text(from) : NULL);
	rows_put_text(rows, to ? dated_line_text(to) : NULL);
	rows_put_row(rows);
}

static void
put_changes(Rows *rows, const Ahead *ahead)
{
	const Dated *before = ahead->before;
	const Dated *now = ahead->now;
	int			i;

	for (i = 0; i < before->nlines; i++)
	{
		const DatedLine *line = &before->lines[i];
		const DatedLine *then = dated_find(now, line->key, i);

		if (!dated_line_same(line, then))
			put_change(rows, ahead->day, line, then);
	}
	for (i = 0; i < now->nlines; i++)
		if (dated_find(before, now->lines[i].key, i) == NULL)
			put_change(rows, ahead->day, NULL, &now->lines[i]);
}

static Datum
changes_ahead(FunctionCallInfo fcinfo, int form)
{
	const Question *question;
	Ahead	   *ahead;
	Rows		rows;
	DateADT		until;

	form |= FORM_EXTRA(1);
	rows_start(fcinfo, &rows);
	question = ask_question(fcinfo, form);
	if (question == NULL || any_null(fcinfo, form))
		return (Datum) 0;
	ahead = ahead_start(question, ahead_policy_of(question));
	if (ahead == NULL)
	{
		answer_warn_of_day(question);
		return (Datum) 0;
	}
	until = PG_GETARG_DATEADT(EXTRA(0));
	check_period(ahead->day, until, "until");
	while (ahead_next(ahead, until, MAX_PERIOD))
	{
		CHECK_FOR_INTERRUPTS();
		put_changes(&rows, ahead);
	}
	return (Datum) 0;
}

/* ---------------- over_days ---------------- */

/* Requires a positive step of whole days and months. */
static void
check_step(const Interval *step)
{
	if (step->time != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the step must consist of whole days"),
				 errhint("Write, for example, interval '1 day' or interval '3 months'.")));
	if (step->month < 0 || step->day < 0 || (step->month == 0 && step->day == 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the step must be positive"),
				 errhint("Write, for example, interval '1 day' or interval '3 months'.")));
}

/*
 * The day after a number of steps.  Steps are counted from the first day, so that a
 * series that begins on the 31st returns to the 31st after a shorter month.
 */
static int64
day_after(DateADT first, const Interval *step, int steps)
{
	int64		months = (int64) step->month * steps;
	int64		days = (int64) step->day * steps;

	/* beyond every period */
	if (months > MAX_PERIOD || days > MAX_PERIOD)
		return PG_INT64_MAX;
	return (int64) shift_day(first, UNIT_MONTH, (int) months) + days;
}

static void
put_amount(Rows *rows, const Number *number, bool known)
{
	if (known)
		rows_put_datum(rows, NumericGetDatum(number_to_numeric(number, 2)));
	else
		rows_put_null(rows);
}

static void
put_level(Rows *rows, const Question *question)
{
	Placement	placement;

	if (!answer_has_ladder(question))
	{
		rows_put_null(rows);
		return;
	}
	placement = answer_placement(question);
	if (placement.state == PLACEMENT_UNDECIDED)
		rows_put_null(rows);
	else
		rows_put_datum(rows, Int32GetDatum(placement.rung ? placement.rung->level : 0));
}

static void
put_day(Rows *rows, const Question *question, DateADT day)
{
	Amount		amount = answer_amount(question);
	bool		known = !amount.undetermined && !amount.unbounded && number_compare(&amount.low, &amount.high) == 0;

	rows_put_date(rows, day, true);
	put_amount(rows, &amount.low, known);
	put_amount(rows, &amount.low, !amount.undetermined);
	put_amount(rows, &amount.high, !amount.undetermined && !amount.unbounded);
	put_level(rows, question);
	rows_put_row(rows);
}

static Datum
over_days(FunctionCallInfo fcinfo, int form)
{
	const Question *question;
	Ahead	   *ahead;
	Rows		rows;
	DateADT		first;
	DateADT		last;
	const Interval *step;
	int64		day;
	int			i;

	form |= FORM_EXTRA(3);
	rows_start(fcinfo, &rows);
	question = ask_question(fcinfo, form);
	if (question == NULL || any_null(fcinfo, form))
		return (Datum) 0;
	first = PG_GETARG_DATEADT(EXTRA(0));
	last = PG_GETARG_DATEADT(EXTRA(1));
	step = PG_GETARG_INTERVAL_P(EXTRA(2));
	check_period(first, last, "last");
	check_step(step);
	ahead = ahead_start_on(question, ahead_policy_of(question), first);
	for (i = 0; (day = day_after(first, step, i)) <= last; i++)
	{
		CHECK_FOR_INTERRUPTS();
		ahead_judge(ahead, (DateADT) day);
		put_day(&rows, question, (DateADT) day);
	}
	return (Datum) 0;
}

/* ---------------- the forms ---------------- */

/* changes_ahead(e, p, until date) → day, line, from, to */
Datum
zjtx_changes_ahead_row(PG_FUNCTION_ARGS)
{
	return changes_ahead(fcinfo, FORM_ROW);
}

Datum
zjtx_changes_ahead_row_name(PG_FUNCTION_ARGS)
{
	return changes_ahead(fcinfo, FORM_ROW | FORM_BY_NAME);
}

Datum
zjtx_changes_ahead_jsonb(PG_FUNCTION_ARGS)
{
	return changes_ahead(fcinfo, FORM_JSONB);
}

Datum
zjtx_changes_ahead_jsonb_name(PG_FUNCTION_ARGS)
{
	return changes_ahead(fcinfo, FORM_JSONB | FORM_BY_NAME);
}

Datum
zjtx_changes_ahead_facts(PG_FUNCTION_ARGS)
{
	return changes_ahead(fcinfo, FORM_FACTS);
}

Datum
zjtx_changes_ahead_facts_name(PG_FUNCTION_ARGS)
{
	return changes_ahead(fcinfo, FORM_FACTS | FORM_BY_NAME);
}

/* over_days(e, p, first date, last date, step interval) → day, amount, low, high, level */
Datum
zjtx_over_days_row(PG_FUNCTION_ARGS)
{
	return over_days(fcinfo, FORM_ROW);
}

Datum
zjtx_over_days_row_name(PG_FUNCTION_ARGS)
{
	return over_days(fcinfo, FORM_ROW | FORM_BY_NAME);
}

Datum
zjtx_over_days_jsonb(PG_FUNCTION_ARGS)
{
	return over_days(fcinfo, FORM_JSONB);
}

Datum
zjtx_over_days_jsonb_name(PG_FUNCTION_ARGS)
{
	return over_days(fcinfo, FORM_JSONB | FORM_BY_NAME);
}

Datum
zjtx_over_days_facts(PG_FUNCTION_ARGS)
{
	return over_days(fcinfo, FORM_FACTS);
}

Datum
zjtx_over_days_facts_name(PG_FUNCTION_ARGS)
{
	return over_days(fcinfo, FORM_FACTS | FORM_BY_NAME);
}
