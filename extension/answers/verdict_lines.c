/*
 * verdict_lines.c
 *		lines(verdict) returns a verdict's lines as rows.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"

#include "rows.h"
#include "status_label.h"
#include "verdict.h"

ZJTX_FUNCTION(zjtx_lines);
ZJTX_FUNCTION(zjtx_eligible_lines);

static void
put_hundredths(Rows *rows, const Hundredths *amount, bool there)
{
	if (there)
		rows_put_datum(rows, NumericGetDatum(verdict_hundredths_numeric(amount)));
	else
		rows_put_null(rows);
}

/* Returns the lines, or only those that are satisfied. */
static Datum
return_lines(FunctionCallInfo fcinfo, bool only_eligible)
{
	const Verdict *verdict = (const Verdict *) PG_GETARG_VARLENA_P(0);
	VerdictReader reader = verdict_reader(verdict);
	VerdictSubject subject;
	VerdictLine line;
	Rows		rows;

	rows_start(fcinfo, &rows);
	while (verdict_read(&reader, &subject, &line))
	{
		if (only_eligible && line.truth != TRUTH_TRUE)
			continue;
		rows_put_text(&rows, subject.policy);
		rows_put_text(&rows, subject.clause);
		rows_put_text(&rows, subject.stage);
		rows_put_text(&rows, subject.title);
		rows_put_text(&rows, subject.kind);
		rows_put_text(&rows, subject.unit);
		if (line.truth == TRUTH_UNKNOWN)
			rows_put_null(&rows);
		else
			rows_put_boolean(&rows, line.truth == TRUTH_TRUE);
		rows_put_text(&rows, line_status_name(line.status));
		rows_put_text(&rows, status_label(line_status_name(line.status)));
		if (line.period > 0)
			rows_put_datum(&rows, Int32GetDatum(line.period));
		else
			rows_put_null(&rows);
		put_hundredths(&rows, &line.amount, line.has_amount);
		put_hundredths(&rows, &line.low, line.ranged);
		put_hundredths(&rows, &line.high, line.ranged && !line.unbounded);
		if (subject.offices)
			rows_put_datum(&rows, line_offices_array(subject.offices));
		else
			rows_put_null(&rows);
		rows_put_text(&rows, line_key_of(subject.clause, subject.stage));
		rows_put_boolean(&rows, subject.in_total);
		rows_put_row(&rows);
	}
	return (Datum) 0;
}

/*
 * lines(verdict) → policy, clause, stage, title, kind, unit, eligible, status, status_label,
 * period, amount, low, high, offices, line, in_total; the planner knows the number of eligible
 */
Datum
zjtx_lines(PG_FUNCTION_ARGS)
{
	return return_lines(fcinfo, false);
}

/* eligible_lines(verdict): the same for the lines that are satisfied */
Datum
zjtx_eligible_lines(PG_FUNCTION_ARGS)
{
	return return_lines(fcinfo, true);
}
