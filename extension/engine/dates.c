/*
 * dates.c
 *		Dates: exact, and their kernels.
 */
#include "postgres.h"

#include "utils/datetime.h"

#include "exact.h"
#include "kernel_number.h"
#include "value.h"

/* The limits of PostgreSQL's calendar. */
#define FIRST_DAY (DATETIME_MIN_JULIAN - POSTGRES_EPOCH_JDATE)
#define LAST_DAY (DATE_END_JULIAN - 1 - POSTGRES_EPOCH_JDATE)

DateADT
shift_day(DateADT day, Unit unit, int by)
{
	int			year,
				month,
				date;
	int64		months;

	if (DATE_NOT_FINITE(day))
		return day;
	if (unit == UNIT_DAY)
	{
		int64		shifted = (int64) day + by;

		if (shifted < FIRST_DAY)
			return DATEVAL_NOBEGIN;
		if (shifted > LAST_DAY)
			return DATEVAL_NOEND;
		return (DateADT) shifted;
	}
	j2date(day + POSTGRES_EPOCH_JDATE, &year, &month, &date);
	months = (int64) year * 12 + (month - 1) + (unit == UNIT_YEAR ? (int64) by * 12 : by);
	year = (int) (months >= 0 ? months / 12 : -((11 - months) / 12));
	month = (int) (months - (int64) year * 12) + 1;
	if (!IS_VALID_JULIAN(year, month, 1))
		return year < 0 ? DATEVAL_NOBEGIN : DATEVAL_NOEND;
	date = Min(date, day_tab[isleap(year)][month - 1]);
	day = date2j(year, month, date) - POSTGRES_EPOCH_JDATE;
	return day < FIRST_DAY ? DATEVAL_NOBEGIN : day > LAST_DAY ? DATEVAL_NOEND : day;
}

/*
 * A date before or after the calendar is known only to be outside it.  Shifting it back
 * may yield any date that the shift can reach.
 */
void
value_shift(Value *out, const Value *a, Unit unit, int by)
{
	DateADT		first = a->day;
	DateADT		last = a->last_day;

	if (is_none(a))
	{
		value_set_none(out);
		return;
	}
	if (by < 0 && first == DATEVAL_NOEND)
		first = LAST_DAY;
	if (by > 0 && last == DATEVAL_NOBEGIN)
		last = FIRST_DAY;
	value_set_days(out, shift_day(first, unit, by), shift_day(last, unit, by), may_be_none(a));
}

void
exact_shift(Run *run, const Instr *instr, Value *out)
{
	value_shift(out, run_value(run, instr->a), &builtin_units[instr->flag], instr->b);
}

void
kernel_shift(const KernelNode *node, const Lane *const *x, Lane *out)
{
	DateADT		first;
	DateADT		last;

	if (!lane_operands(x, 1, out))
		return;
	first = x[0]->day;
	last = x[0]->last_day;
	if (node->b < 0 && first == DATEVAL_NOEND)
		first = LAST_DAY;
	if (node->b > 0 && last == DATEVAL_NOBEGIN)
		last = FIRST_DAY;
	first = shift_day(first, &builtin_units[node->flag], node->b);
	if (x[0]->state == LANE_VALUE)
		last = first;
	else
		last = shift_day(last, &builtin_units[node->flag], node->b);
	lane_set_days(out, first, last, lane_may_be_none(x[0]));
}

void
exact_days(Run *run, const Instr *instr, Value *out)
{
	const Value *a = run_value(run, instr->a);
	const Value *b = run_value(run, instr->b);
	Number		low;
	Number		high;
	bool		bounded_low = !DATE_NOT_FINITE(a->day) && !DATE_NOT_FINITE(b->last_day);
	bool		bounded_high = !DATE_NOT_FINITE(a->last_day) && !DATE_NOT_FINITE(b->day);

	if (is_none(a) || is_none(b))
	{
		value_set_none(out);
		return;
	}
	low = number_of((int64) a->day - b->last_day);
	high = number_of((int64) a->last_day - b->day);
	value_set_range(out, bounded_low ? &low : NULL, bounded_high ? &high : NULL,
					may_be_none(a) || may_be_none(b));
}

void
kernel_days(const KernelNode *node pg_attribute_unused(), const Lane *const *x, Lane *out)
{
	if (!lane_operands(x, 2, out))
		return;
	if (x[0]->state == LANE_VALUE && x[1]->state == LANE_VALUE)
		lane_set_exact(out, (double) x[0]->day - x[1]->day);
	else
		lane_set_integers(out,
						  !DATE_NOT_FINITE(x[0]->day) && !DATE_NOT_FINITE(x[1]->last_day),
						  (double) x[0]->day - x[1]->last_day,
						  !DATE_NOT_FINITE(x[0]->last_day) && !DATE_NOT_FINITE(x[1]->day),
						  (double) x[0]->last_day - x[1]->day,
						  lane_may_be_none(x[0]) || lane_may_be_none(x[1]));
}

void
exact_year(Run *run, const Instr *instr, Value *out)
{
	const Value *a = run_value(run, instr->a);
	Number		low = number_zero;
	Number		high = number_zero;

	if (is_none(a))
	{
		value_set_none(out);
		return;
	}
	if (!DATE_NOT_FINITE(a->day))
		low = number_of(date_year(a->day));
	if (!DATE_NOT_FINITE(a->last_day))
		high = number_of(date_year(a->last_day));
	value_set_range(out, DATE_NOT_FINITE(a->day) ? NULL : &low, DATE_NOT_FINITE(a->last_day) ? NULL : &high,
					may_be_none(a));
}

void
kernel_year(const KernelNode *node pg_attribute_unused(), const Lane *const *x, Lane *out)
{
	if (!lane_operands(x, 1, out))
		return;
	if (x[0]->state == LANE_VALUE)
		lane_set_exact(out, date_year(x[0]->day));
	else
	{
		bool		bounded_low = !DATE_NOT_FINITE(x[0]->day);
		bool		bounded_high = !DATE_NOT_FINITE(x[0]->last_day);

		lane_set_integers(out, bounded_low, bounded_low ? date_year(x[0]->day) : 0,
						  bounded_high, bounded_high ? date_year(x[0]->last_day) : 0, lane_may_be_none(x[0]));
	}
}

/* If all possible dates are in one year, the month is between theirs; else it can be any. */
void
exact_month(Run *run, const Instr *instr, Value *out)
{
	const Value *a = run_value(run, instr->a);
	Number		low = number_of(1);
	Number		high = number_of(12);

	if (is_none(a))
	{
		value_set_none(out);
		return;
	}
	if (!DATE_NOT_FINITE(a->day) && !DATE_NOT_FINITE(a->last_day) && date_year(a->day) == date_year(a->last_day))
	{
		low = number_of(date_month(a->day));
		high = number_of(date_month(a->last_day));
	}
	value_set_range(out, &low, &high, may_be_none(a));
}

void
kernel_month(const KernelNode *node pg_attribute_unused(), const Lane *const *x, Lane *out)
{
	int			low = 1;
	int			high = 12;

	if (!lane_operands(x, 1, out))
		return;
	if (!DATE_NOT_FINITE(x[0]->day) && !DATE_NOT_FINITE(x[0]->last_day) &&
		date_year(x[0]->day) == date_year(x[0]->last_day))
	{
		low = date_month(x[0]->day);
		high = date_month(x[0]->last_day);
	}
	lane_set_integers(out, true, low, true, high, lane_may_be_none(x[0]));
}

/*
 * Returns the largest number of months by which `from` can be shifted without passing
 * `until`.  If `until` is earlier, returns the negative number of months from `until` to
 * `from`.
 */
static int
months_between(DateADT from, DateADT until)
{
	int			months;

	if (until < from)
		return -months_between(until, from);
	months = (date_year(until) - date_year(from)) * 12 + date_month(until) - date_month(from);
	return shift_day(from, UNIT_MONTH, months) > until ? months - 1 : months;
}

/* The result decreases with the first date and increases with the second. */
void
exact_months(Run *run, const Instr *instr, Value *out)
{
	const Value *a = run_value(run, instr->a);
	const Value *b = run_value(run, instr->b);
	bool		bounded_low = !DATE_NOT_FINITE(a->last_day) && !DATE_NOT_FINITE(b->day);
	bool		bounded_high = !DATE_NOT_FINITE(a->day) && !DATE_NOT_FINITE(b->last_day);
	Number		low = number_zero;
	Number		high = number_zero;

	if (is_none(a) || is_none(b))
	{
		value_set_none(out);
		return;
	}
	if (bounded_low)
		low = number_of(months_between(a->last_day, b->day));
	if (bounded_high)
		high = number_of(months_between(a->day, b->last_day));
	value_set_range(out, bounded_low ? &low : NULL, bounded_high ? &high : NULL,
					may_be_none(a) || may_be_none(b));
}

void
kernel_months(const KernelNode *node pg_attribute_unused(), const Lane *const *x, Lane *out)
{
	bool		bounded_low;
	bool		bounded_high;

	if (!lane_operands(x, 2, out))
		return;
	if (x[0]->state == LANE_VALUE && x[1]->state == LANE_VALUE)
	{
		lane_set_exact(out, months_between(x[0]->day, x[1]->day));
		return;
	}
	bounded_low = !DATE_NOT_FINITE(x[0]->last_day) && !DATE_NOT_FINITE(x[1]->day);
	bounded_high = !DATE_NOT_FINITE(x[0]->day) && !DATE_NOT_FINITE(x[1]->last_day);
	lane_set_integers(out, bounded_low, bounded_low ? months_between(x[0]->last_day, x[1]->day) : 0,
					  bounded_high, bounded_high ? months_between(x[0]->day, x[1]->last_day) : 0,
					  lane_may_be_none(x[0]) || lane_may_be_none(x[1]));
}
