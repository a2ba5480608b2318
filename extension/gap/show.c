/*
 * show.c
 *		Columns of the rows of gap and margin.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "answers/rows.h"
#include "gap.h"

#define SHOWN_DECIMALS 6

/* Rounds to the displayed decimals, away from zero, so that the gap is not understated. */
static Number
away_from_zero(const Number *number)
{
	Number		rounded = number_round(number, SHOWN_DECIMALS);
	int			order = number_compare(&rounded, number);
	Number		million = number_of(1000000);
	Number		sign = number_of(number_sign(number));
	Number		step;
	Number		result;

	if (order * number_sign(number) >= 0 || !number_divide(&step, &sign, &million) ||
		!number_add(&result, &rounded, &step))
		return rounded;
	return result;
}

void
gap_put_number(Rows *rows, const Number *number)
{
	Number		shown = away_from_zero(number);

	rows_put_datum(rows, DirectFunctionCall3(numeric_in, CStringGetDatum(number_text(&shown)),
											 ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
}

void
gap_put_json(Rows *rows, const char *json)
{
	if (json)
		rows_put_datum(rows, DirectFunctionCall1(jsonb_in, CStringGetDatum(json)));
	else
		rows_put_null(rows);
}
