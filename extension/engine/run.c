/*
 * run.c
 *		Running a program on the facts of one row: the only evaluator.
 *
 * Each instruction has a plain path, for operands that are known, and one for
 * ranges.  The rules for ranges are those of interval arithmetic, with closed ends:
 * the result holds every value that some way of filling in the unknown facts
 * gives, so an answer that is decided is right; it may hold more where a fact
 * occurs twice.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/date.h"
#include "utils/datetime.h"

#include "program.h"

static void compute(Run *run, const Instr *instr, Value *out);

/* ---------------- values ---------------- */

void
value_set_truth(Value *value, Truth truth)
{
	value->truth = truth;
	value->known = truth != TRUTH_UNKNOWN;
	value->none = false;
}

void
value_set_number(Value *value, const Number *number)
{
	value->known = true;
	value->none = false;
	value->low_open = value->high_open = false;
	value->low = *number;
}

void
value_set_date(Value *value, DateADT day)
{
	value->known = true;
	value->none = false;
	value->day = value->last_day = day;
}

void
value_set_text(Value *value, const char *text, int length)
{
	value->known = true;
	value->none = false;
	value->text = text;
	value->length = length;
}

static void
set_none(Value *value)
{
	value->known = true;
	value->none = true;
	value->truth = TRUTH_FALSE;
	value->low_open = value->high_open = false;
	value->low = number_zero;
	value->day = value->last_day = 0;
	value->text = "";
	value->length = 0;
}

/* Nothing is known of a number, a date or a text but whether it may be none. */
static void
set_anything(Value *value, bool none)
{
	value->known = false;
	value->none = none;
	value->truth = TRUTH_UNKNOWN;
	value->low_open = value->high_open = true;
	value->low = value->high = number_zero;
	value->day = DATEVAL_NOBEGIN;
	value->last_day = DATEVAL_NOEND;
	value->text = NULL;
	value->list = NULL;
}

void
value_set_unknown(Value *value, const Fact *fact)
{
	set_anything(value, fact->null_means == NULL_NONE);
	if (fact->low)
	{
		if (fact->type == TYPE_NUMBER)
		{
			value->low_open = false;
			number_from_datum(&value->low, NumericGetDatum(fact->low->number));
		}
		else
			value->day = fact->low->date;
	}
	if (fact->high)
	{
		if (fact->type == TYPE_NUMBER)
		{
			value->high_open = false;
			number_from_datum(&value->high, NumericGetDatum(fact->high->number));
		}
		else
			value->last_day = fact->high->date;
	}
}

void
value_set_null(Value *value, const Fact *fact)
{
	static const ListValue empty = {0, 0, NULL};

	switch (fact->null_means)
	{
		case NULL_UNKNOWN:
			value_set_unknown(value, fact);
			break;
		case NULL_NONE:
			set_none(value);
			if (fact->type == TYPE_BOOLEAN)
				value_set_truth(value, TRUTH_FALSE);
			else if (fact->type == TYPE_LIST)
			{
				value->none = false;
				value->list = &empty;
			}
			break;
		case NULL_ZERO:
			value_set_number(value, &number_zero);
			break;
	}
}

void
value_check_range(Value *value, const Fact *fact)
{
	bool		outside = false;
	ListCell   *cell;

	if (!value->known || value->none)
		return;
	if (fact->values)
	{
		foreach(cell, fact->values)
		{
			const char *text = lfirst(cell);

			if (strlen(text) == (size_t) value->length && memcmp(text, value->text, value->length) == 0)
				return;
		}
		outside = true;
	}
	else if (fact->low || fact->high)
	{
		Value		range;

		value_set_unknown(&range, fact);
		if (fact->type == TYPE_NUMBER)
			outside = (fact->low && number_compare(&value->low, &range.low) < 0) ||
				(fact->high && number_compare(&value->low, &range.high) > 0);
		else
			outside = value->day < range.day || value->day > range.last_day;
	}
	if (outside)
		value_set_unknown(value, fact);
}

/* ---------------- ranges of numbers and dates ---------------- */

static inline bool
is_none(const Value *value)
{
	return value->known && value->none;
}

static inline bool
may_be_none(const Value *value)
{
	return value->none;
}

/* A range of numbers; one that is a single value is known. */
static void
set_range(Value *out, const Number *low, const Number *high, bool none)
{
	out->known = false;
	out->none = none;
	out->low_open = low == NULL;
	out->high_open = high == NULL;
	out->low = low ? *low : number_zero;
	out->high = high ? *high : number_zero;
	if (low && high && !none && number_compare(&out->low, &out->high) == 0)
		out->known = true;
}

static inline const Number *
low_of(const Value *value)
{
	return value->low_open && !value->known ? NULL : &value->low;
}

static inline const Number *
high_of(const Value *value)
{
	if (value->known)
		return &value->low;
	return value->high_open ? NULL : &value->high;
}

/*
 * -1, 0 or 1 if every value of a is below, equal to or above every value of b;
 * otherwise 2.  at_most and at_least say whether a <= b and a >= b hold for all.
 */
static void
compare_values(const Value *a, const Value *b, ValueType type,
			   bool *below, bool *above, bool *at_most, bool *at_least, bool *equal)
{
	*below = *above = *at_most = *at_least = *equal = false;
	if (type == TYPE_DATE)
	{
		*below = a->last_day < b->day;
		*at_most = a->last_day <= b->day && a->last_day != DATEVAL_NOEND && b->day != DATEVAL_NOBEGIN;
		*above = a->day > b->last_day;
		*at_least = a->day >= b->last_day && a->day != DATEVAL_NOBEGIN && b->last_day != DATEVAL_NOEND;
		*equal = *at_most && *at_least;
		return;
	}
	if (high_of(a) && low_of(b))
	{
		int			order = number_compare(high_of(a), low_of(b));

		*below = order < 0;
		*at_most = order <= 0;
		/* for two known numbers this was all there is to ask */
		if (a->known && b->known)
		{
			*above = order > 0;
			*at_least = order >= 0;
			*equal = order == 0;
			return;
		}
	}
	if (low_of(a) && high_of(b))
	{
		int			order = number_compare(low_of(a), high_of(b));

		*above = order > 0;
		*at_least = order >= 0;
	}
	*equal = *at_most && *at_least;
}

static Truth
truth_of(bool yes, bool no)
{
	return yes ? TRUTH_TRUE : no ? TRUTH_FALSE : TRUTH_UNKNOWN;
}

static Truth
compare(const Value *a, const Value *b, ValueType type, CompareOp op)
{
	Truth		truth = TRUTH_UNKNOWN;

	if (type == TYPE_BOOLEAN)
	{
		if (a->truth == TRUTH_UNKNOWN || b->truth == TRUTH_UNKNOWN)
			return TRUTH_UNKNOWN;
		return truth_of((a->truth == b->truth) == (op == CMP_EQ), true);
	}
	if (is_none(a) || is_none(b))
		return TRUTH_FALSE;
	if (type == TYPE_TEXT)
	{
		if (a->known && b->known)
		{
			bool		same = a->length == b->length && memcmp(a->text, b->text, a->length) == 0;

			truth = truth_of(same == (op == CMP_EQ), true);
		}
	}
	else
	{
		bool		below,
					above,
					at_most,
					at_least,
					equal;

		compare_values(a, b, type, &below, &above, &at_most, &at_least, &equal);
		switch (op)
		{
			case CMP_EQ:
				truth = truth_of(equal, below || above);
				break;
			case CMP_NE:
				truth = truth_of(below || above, equal);
				break;
			case CMP_LT:
				truth = truth_of(below, at_least);
				break;
			case CMP_LE:
				truth = truth_of(at_most, above);
				break;
			case CMP_GT:
				truth = truth_of(above, at_most);
				break;
			case CMP_GE:
				truth = truth_of(at_least, below);
				break;
		}
	}
	if (truth == TRUTH_TRUE && (may_be_none(a) || may_be_none(b)))
		truth = TRUTH_UNKNOWN;
	return truth;
}

/* ---------------- arithmetic ---------------- */

/* The widest bound of both, for what may be either; NULL is no bound. */
static const Number *
lower(const Number *a, const Number *b)
{
	if (a == NULL || b == NULL)
		return NULL;
	return number_compare(a, b) <= 0 ? a : b;
}

static const Number *
higher(const Number *a, const Number *b)
{
	if (a == NULL || b == NULL)
		return NULL;
	return number_compare(a, b) >= 0 ? a : b;
}

static void
add(Value *out, const Value *a, const Value *b)
{
	Number		low,
				high;
	bool		bounded_low = low_of(a) && low_of(b) && number_add(&low, low_of(a), low_of(b));
	bool		bounded_high = high_of(a) && high_of(b) && number_add(&high, high_of(a), high_of(b));

	set_range(out, bounded_low ? &low : NULL, bounded_high ? &high : NULL,
			  may_be_none(a) || may_be_none(b));
}

static void
negate(Value *out, const Value *a)
{
	Number		low,
				high;
	bool		bounded_low = high_of(a) != NULL;
	bool		bounded_high = low_of(a) != NULL;

	if (bounded_low)
		low = number_negate(high_of(a));
	if (bounded_high)
		high = number_negate(low_of(a));
	set_range(out, bounded_low ? &low : NULL, bounded_high ? &high : NULL, may_be_none(a));
}

/*
 * The product of two ranges: the extreme products of their ends.  An end that is
 * missing times zero is zero; any other product with it has no bound on the side
 * of its sign.
 */
static void
multiply(Value *out, const Value *a, const Value *b)
{
	const Number *as[2] = {low_of(a), high_of(a)};
	const Number *bs[2] = {low_of(b), high_of(b)};
	Number		low = number_zero,
				high = number_zero;
	bool		open_low = false,
				open_high = false,
				first = true;
	int			i,
				j;

	for (i = 0; i < 2; i++)
	{
		for (j = 0; j < 2; j++)
		{
			/* a missing end is minus or plus infinity */
			int			sign_a = as[i] ? number_sign(as[i]) : (i == 0 ? -1 : 1);
			int			sign_b = bs[j] ? number_sign(bs[j]) : (j == 0 ? -1 : 1);
			Number		product = number_zero;

			if (sign_a * sign_b != 0 && (as[i] == NULL || bs[j] == NULL))
			{
				if (sign_a * sign_b < 0)
					open_low = true;
				else
					open_high = true;
				continue;
			}
			if (sign_a * sign_b != 0 && !number_multiply(&product, as[i], bs[j]))
			{
				open_low = open_high = true;
				continue;
			}
			if (first || number_compare(&product, &low) < 0)
				low = product;
			if (first || number_compare(&product, &high) > 0)
				high = product;
			first = false;
		}
	}
	set_range(out, open_low ? NULL : &low, open_high ? NULL : &high,
			  may_be_none(a) || may_be_none(b));
}

static void
divide(Value *out, const Value *a, const Value *b)
{
	Number		one = number_of(1);
	Number		ends[2];
	Value		reciprocal;
	bool		none = may_be_none(a) || may_be_none(b);
	bool		positive = low_of(b) && number_sign(low_of(b)) > 0;
	bool		negative = high_of(b) && number_sign(high_of(b)) < 0;

	/* dividing by what may be zero gives anything */
	if (!positive && !negative)
	{
		set_anything(out, none);
		return;
	}
	ends[0] = ends[1] = number_zero;
	if ((high_of(b) && !number_divide(&ends[0], &one, high_of(b))) ||
		(low_of(b) && !number_divide(&ends[1], &one, low_of(b))))
	{
		set_anything(out, none);
		return;
	}
	/* an end that is missing becomes zero */
	set_range(&reciprocal, &ends[0], &ends[1], may_be_none(b));
	multiply(out, a, &reciprocal);
}

static void
arithmetic(Value *out, Op op, const Value *a, const Value *b)
{
	if (is_none(a) || is_none(b))
	{
		set_none(out);
		return;
	}
	if (a->known && b->known)
	{
		Number		result;
		bool		ok;

		switch (op)
		{
			case OP_ADD:
				ok = number_add(&result, &a->low, &b->low);
				break;
			case OP_SUBTRACT:
				ok = number_subtract(&result, &a->low, &b->low);
				break;
			case OP_MULTIPLY:
				ok = number_multiply(&result, &a->low, &b->low);
				break;
			default:
				ok = number_divide(&result, &a->low, &b->low);
				break;
		}
		if (ok)
			value_set_number(out, &result);
		else
			set_anything(out, false);
		return;
	}
	switch (op)
	{
		case OP_ADD:
			add(out, a, b);
			break;
		case OP_SUBTRACT:
			{
				Value		negative;

				negate(&negative, b);
				add(out, a, &negative);
			}
			break;
		case OP_MULTIPLY:
			multiply(out, a, b);
			break;
		default:
			divide(out, a, b);
			break;
	}
}

/* floor and round never decrease, so their ends are those of the range */
static void
rounded(Value *out, const Value *a, Op op, int decimals)
{
	Number		low,
				high;

	if (is_none(a))
	{
		set_none(out);
		return;
	}
	if (low_of(a))
		low = op == OP_FLOOR ? number_floor(low_of(a)) : number_round(low_of(a), decimals);
	if (a->known)
	{
		value_set_number(out, &low);
		return;
	}
	if (high_of(a))
		high = op == OP_FLOOR ? number_floor(high_of(a)) : number_round(high_of(a), decimals);
	set_range(out, low_of(a) ? &low : NULL, high_of(a) ? &high : NULL, may_be_none(a));
}

/* ---------------- dates ---------------- */

static DateADT
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

		if (shifted < DATETIME_MIN_JULIAN - POSTGRES_EPOCH_JDATE)
			return DATEVAL_NOBEGIN;
		if (shifted >= DATE_END_JULIAN - POSTGRES_EPOCH_JDATE)
			return DATEVAL_NOEND;
		return (DateADT) shifted;
	}
	j2date(day + POSTGRES_EPOCH_JDATE, &year, &month, &date);
	months = (int64) year * 12 + (month - 1) + (unit == UNIT_YEAR ? (int64) by * 12 : by);
	if (months < -4700 * 12)
		return DATEVAL_NOBEGIN;
	if (months > (int64) 5800000 * 12)
		return DATEVAL_NOEND;
	year = (int) (months >= 0 ? months / 12 : -((11 - months) / 12));
	month = (int) (months - (int64) year * 12) + 1;
	date = Min(date, day_tab[isleap(year)][month - 1]);
	return date2j(year, month, date) - POSTGRES_EPOCH_JDATE;
}

static void
set_days(Value *out, DateADT first, DateADT last, bool none)
{
	out->known = first == last && !none && !DATE_NOT_FINITE(first);
	out->none = none;
	out->day = first;
	out->last_day = last;
}

static void
shift(Value *out, const Value *a, Unit unit, int by)
{
	if (is_none(a))
		set_none(out);
	else
		set_days(out, shift_day(a->day, unit, by), shift_day(a->last_day, unit, by), may_be_none(a));
}

static void
days_between(Value *out, const Value *a, const Value *b)
{
	Number		low,
				high;
	bool		bounded_low = !DATE_NOT_FINITE(a->day) && !DATE_NOT_FINITE(b->last_day);
	bool		bounded_high = !DATE_NOT_FINITE(a->last_day) && !DATE_NOT_FINITE(b->day);

	if (is_none(a) || is_none(b))
	{
		set_none(out);
		return;
	}
	low = number_of((int64) a->day - b->last_day);
	high = number_of((int64) a->last_day - b->day);
	set_range(out, bounded_low ? &low : NULL, bounded_high ? &high : NULL,
			  may_be_none(a) || may_be_none(b));
}

static int
year_of(DateADT day)
{
	int			year,
				month,
				date;

	j2date(day + POSTGRES_EPOCH_JDATE, &year, &month, &date);
	return year;
}

static void
year(Value *out, const Value *a)
{
	Number		low = number_zero,
				high = number_zero;

	if (is_none(a))
	{
		set_none(out);
		return;
	}
	if (!DATE_NOT_FINITE(a->day))
		low = number_of(year_of(a->day));
	if (!DATE_NOT_FINITE(a->last_day))
		high = number_of(year_of(a->last_day));
	set_range(out, DATE_NOT_FINITE(a->day) ? NULL : &low, DATE_NOT_FINITE(a->last_day) ? NULL : &high,
			  may_be_none(a));
}

/* ---------------- choices ---------------- */

/* Makes out hold what it held and value besides; the first one only it. */
static void
widen(Value *out, const Value *value, ValueType type, bool first)
{
	if (first)
	{
		*out = *value;
		return;
	}
	if (type == TYPE_BOOLEAN)
	{
		if (out->truth != value->truth)
			value_set_truth(out, TRUTH_UNKNOWN);
		return;
	}
	if (is_none(value))
	{
		if (!is_none(out))
		{
			if (out->known && type == TYPE_NUMBER)
				out->high = out->low;
			out->known = false;
			out->none = true;
		}
		return;
	}
	if (is_none(out))
	{
		*out = *value;
		if (out->known && type == TYPE_NUMBER)
			out->high = out->low;
		out->known = false;
		out->none = true;
		return;
	}
	if (type == TYPE_NUMBER)
	{
		const Number *low = lower(low_of(out), low_of(value));
		const Number *high = higher(high_of(out), high_of(value));
		Value		both;

		set_range(&both, low, high, may_be_none(out) || may_be_none(value));
		*out = both;
	}
	else if (type == TYPE_DATE)
		set_days(out, Min(out->day, value->day), Max(out->last_day, value->last_day),
				 may_be_none(out) || may_be_none(value));
	else if (!(out->known && value->known && out->length == value->length &&
			   memcmp(out->text, value->text, out->length) == 0))
		set_anything(out, may_be_none(out) || may_be_none(value));
}

static void
choose_case(Run *run, const Instr *instr, Value *out)
{
	const int  *args = run->program->args + instr->args;
	bool		first = true;
	Value		none;
	int			i;

	for (i = 0; i + 1 < instr->nargs; i += 2)
	{
		Truth		condition = run_truth(run, args[i]);

		if (condition == TRUTH_FALSE)
			continue;
		widen(out, run_value(run, args[i + 1]), instr->type, first);
		first = false;
		if (condition == TRUTH_TRUE)
			return;
	}
	if (i < instr->nargs)
		widen(out, run_value(run, args[i]), instr->type, first);
	else
	{
		set_none(&none);
		widen(out, &none, instr->type, first);
	}
}

/*
 * least, greatest and earliest pass over none.  While one operand may be none, the
 * bound that it alone gives is not certain.
 */
static void
choose_extreme(Run *run, const Instr *instr, Value *out)
{
	const int  *args = run->program->args + instr->args;
	bool		greatest = instr->op == OP_GREATEST;
	const Value *sure = NULL;	/* the best bound of operands that are there */
	Value		all;			/* everything that the result may be */
	bool		any = false;
	Value		result;
	int			i;

	/*
	 * For least: the result is not below the lowest low end of all, and not above
	 * the lowest high end of those that are surely there (or, if none is, the
	 * highest high end of all).  For greatest the mirror image.
	 */
	set_none(&all);
	for (i = 0; i < instr->nargs; i++)
	{
		const Value *value = run_value(run, args[i]);

		if (is_none(value))
			continue;
		widen(&all, value, instr->type, !any);
		any = true;
		if (may_be_none(value))
			continue;
		if (sure == NULL)
			sure = value;
		else if (instr->type == TYPE_DATE)
		{
			if (greatest ? value->day > sure->day : value->last_day < sure->last_day)
				sure = value;
		}
		else if (greatest)
		{
			if (low_of(value) && (low_of(sure) == NULL || number_compare(low_of(value), low_of(sure)) > 0))
				sure = value;
		}
		else if (high_of(value) && (high_of(sure) == NULL || number_compare(high_of(value), high_of(sure)) < 0))
			sure = value;
	}
	if (!any)
	{
		set_none(out);
		return;
	}
	if (sure == NULL)
	{
		*out = all;
		return;
	}
	if (instr->type == TYPE_DATE)
		set_days(&result, greatest ? sure->day : all.day, greatest ? all.last_day : sure->last_day, false);
	else
		set_range(&result, greatest ? low_of(sure) : low_of(&all),
				  greatest ? high_of(&all) : high_of(sure), false);
	*out = result;
}

/* The day all had happened: none while one has not. */
static void
choose_latest(Run *run, const Instr *instr, Value *out)
{
	const int  *args = run->program->args + instr->args;
	DateADT		first = DATEVAL_NOBEGIN;
	DateADT		last = DATEVAL_NOBEGIN;
	bool		none = false;
	int			i;

	for (i = 0; i < instr->nargs; i++)
	{
		const Value *value = run_value(run, args[i]);

		if (is_none(value))
		{
			set_none(out);
			return;
		}
		none |= may_be_none(value);
		first = Max(first, value->day);
		last = Max(last, value->last_day);
	}
	set_days(out, first, last, none);
}

static void
coalesce(Run *run, const Instr *instr, Value *out)
{
	const Value *a = run_value(run, instr->a);
	Value		present;

	if (!may_be_none(a))
	{
		*out = *a;
		return;
	}
	if (is_none(a))
	{
		*out = *run_value(run, instr->b);
		return;
	}
	present = *a;
	present.none = false;
	widen(&present, run_value(run, instr->b), instr->type, false);
	*out = present;
}

static void
text_in(Run *run, const Instr *instr, Value *out)
{
	const Value *x = run_value(run, instr->a);
	const Instr *source = &run->program->instrs[instr->a];
	const int  *args = run->program->args + instr->args;
	const Fact *fact = NULL;
	Truth		truth = TRUTH_UNKNOWN;
	int			i;

	if (is_none(x))
	{
		value_set_truth(out, TRUTH_FALSE);
		return;
	}
	if (x->known)
	{
		bool		found = false;

		for (i = 0; i < instr->nargs && !found; i++)
		{
			const Value *member = run_value(run, args[i]);

			found = member->length == x->length && memcmp(member->text, x->text, x->length) == 0;
		}
		value_set_truth(out, found != (bool) instr->flag ? TRUTH_TRUE : TRUTH_FALSE);
		return;
	}

	/* unknown, but one of the values that the fact can have */
	if (source->op == OP_FACT)
		fact = run->program->facts[source->a];
	else if (source->op == OP_FIELD)
		fact = list_nth(run->program->facts[source->c]->fields, source->a);
	if (fact && fact->values)
	{
		int			inside = 0;
		ListCell   *cell;

		foreach(cell, fact->values)
		{
			for (i = 0; i < instr->nargs; i++)
			{
				if (strcmp(run->program->texts[run->program->instrs[args[i]].a], lfirst(cell)) == 0)
				{
					inside++;
					break;
				}
			}
		}
		if (inside == list_length(fact->values))
			truth = instr->flag ? TRUTH_FALSE : TRUTH_TRUE;
		else if (inside == 0)
			truth = instr->flag ? TRUTH_TRUE : TRUTH_FALSE;
	}
	if (truth == TRUTH_TRUE && may_be_none(x))
		truth = TRUTH_UNKNOWN;
	value_set_truth(out, truth);
}

static void
count_true(Run *run, const Instr *instr, Value *out)
{
	const int  *args = run->program->args + instr->args;
	int			sure = 0;
	int			possible = 0;
	Number		low,
				high;
	int			i;

	for (i = 0; i < instr->nargs; i++)
	{
		Truth		truth = run_truth(run, args[i]);

		sure += truth == TRUTH_TRUE;
		possible += truth != TRUTH_FALSE;
	}
	low = number_of(sure);
	high = number_of(possible);
	set_range(out, &low, &high, false);
}

/* ---------------- lists ---------------- */

static void
enter_element(Run *run, int depth, const Value *fields)
{
	run->elements[depth] = fields;
	run->epochs[depth] = ++run->clock;
}

/* An element of which nothing is known. */
static Value *
unknown_element(const Fact *list)
{
	Value	   *fields = palloc0_array(Value, list_length(list->fields));
	ListCell   *cell;

	foreach(cell, list->fields)
		value_set_unknown(&fields[foreach_current_index(cell)], lfirst(cell));
	return fields;
}

/* What an aggregate knows so far. */
typedef struct Tally
{
	bool		empty;			/* no element was surely there */
	bool		any;			/* one may have been */
	int			sure;			/* how many were surely there */
	int			possible;
	Truth		truth;
	Value		value;			/* sum so far; extreme of all that may be there */
	Value		bound;			/* extreme of those surely there */
} Tally;

static void
tally_element(Run *run, const Instr *instr, Tally *tally)
{
	Truth		here = instr->b >= 0 ? run_truth(run, instr->b) : TRUTH_TRUE;
	const Value *body;
	Value		value;
	Value		total;

	if (here == TRUTH_FALSE)
		return;
	tally->sure += here == TRUTH_TRUE;
	tally->possible++;
	switch ((Function) instr->flag)
	{
		case FUNC_ANY:
			tally->truth = Max(tally->truth, instr->c >= 0 ? Min(here, run_truth(run, instr->c)) : here);
			break;
		case FUNC_ALL:
			tally->truth = Min(tally->truth, Max(TRUTH_TRUE - here, run_truth(run, instr->c)));
			break;
		case FUNC_SUM:
			body = run_value(run, instr->c);
			if (is_none(body))
				break;
			value = *body;
			if (here == TRUTH_UNKNOWN || may_be_none(body))
			{
				Value		zero;

				value.none = false;
				value_set_number(&zero, &number_zero);
				widen(&value, &zero, TYPE_NUMBER, false);
			}
			arithmetic(&total, OP_ADD, &tally->value, &value);
			tally->value = total;
			break;
		case FUNC_MIN:
		case FUNC_MAX:
			body = run_value(run, instr->c);
			if (is_none(body))
				break;
			widen(&tally->value, body, instr->type, !tally->any);
			tally->any = true;
			if (here == TRUTH_TRUE && !may_be_none(body))
			{
				/* of two bounds that hold, the better one */
				bool		least = instr->flag == FUNC_MIN;
				bool		better = tally->empty;

				if (!better && instr->type == TYPE_DATE)
					better = least ? body->last_day < tally->bound.last_day : body->day > tally->bound.day;
				else if (!better && least)
					better = high_of(body) && (high_of(&tally->bound) == NULL ||
											   number_compare(high_of(body), high_of(&tally->bound)) < 0);
				else if (!better)
					better = low_of(body) && (low_of(&tally->bound) == NULL ||
											  number_compare(low_of(body), low_of(&tally->bound)) > 0);
				if (better)
					tally->bound = *body;
				tally->empty = false;
			}
			break;
		default:
			break;
	}
}

/* The extreme of the elements that may be there, given those that surely are. */
static void
set_extreme(Value *out, const Instr *instr, const Tally *tally)
{
	bool		least = instr->flag == FUNC_MIN;

	if (!tally->any)
		set_none(out);
	else if (tally->empty)
	{
		Value		none;

		*out = tally->value;
		set_none(&none);
		widen(out, &none, instr->type, false);
	}
	else if (instr->type == TYPE_DATE)
		set_days(out, least ? tally->value.day : tally->bound.day,
				 least ? tally->bound.last_day : tally->value.last_day, false);
	else
		set_range(out, least ? low_of(&tally->value) : low_of(&tally->bound),
				  least ? high_of(&tally->bound) : high_of(&tally->value), false);
}

/* Of a list that is unknown: as many elements as may be, each unknown. */
static void
list_unknown(Run *run, const Instr *instr, Value *out)
{
	Truth		here;
	Tally		tally;

	enter_element(run, instr->depth, unknown_element(run->program->facts[instr->a]));
	here = instr->b >= 0 ? run_truth(run, instr->b) : TRUTH_TRUE;
	memset(&tally, 0, sizeof(tally));
	tally.empty = true;
	tally.truth = instr->flag == FUNC_ALL ? TRUTH_TRUE : TRUTH_FALSE;

	switch ((Function) instr->flag)
	{
		case FUNC_COUNT:
			set_range(out, &number_zero, here == TRUTH_FALSE ? &number_zero : NULL, false);
			break;
		case FUNC_ANY:
			tally_element(run, instr, &tally);
			value_set_truth(out, tally.truth == TRUTH_FALSE ? TRUTH_FALSE : TRUTH_UNKNOWN);
			break;
		case FUNC_ALL:
			tally_element(run, instr, &tally);
			value_set_truth(out, tally.truth == TRUTH_TRUE ? TRUTH_TRUE : TRUTH_UNKNOWN);
			break;
		case FUNC_SUM:
			if (here == TRUTH_FALSE)
				value_set_number(out, &number_zero);
			else
			{
				const Value *body = run_value(run, instr->c);
				bool		none = is_none(body);
				bool		negative = !none && (low_of(body) == NULL || number_sign(low_of(body)) < 0);
				bool		positive = !none && (high_of(body) == NULL || number_sign(high_of(body)) > 0);

				set_range(out, negative ? NULL : &number_zero, positive ? NULL : &number_zero, false);
			}
			break;
		default:
			tally_element(run, instr, &tally);
			tally.empty = true;
			set_extreme(out, instr, &tally);
			break;
	}
}

static void
aggregate(Run *run, const Instr *instr, Value *out)
{
	const Value *list = run_value(run, run->program->fact_instrs[instr->a]);
	Tally		tally;
	Number		low,
				high;
	int			i;

	if (!list->known)
	{
		list_unknown(run, instr, out);
		return;
	}
	memset(&tally, 0, sizeof(tally));
	tally.empty = true;
	tally.truth = instr->flag == FUNC_ALL ? TRUTH_TRUE : TRUTH_FALSE;
	value_set_number(&tally.value, &number_zero);
	for (i = 0; i < list->list->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		enter_element(run, instr->depth, list->list->fields + i * list->list->nfields);
		tally_element(run, instr, &tally);
		if (instr->flag == FUNC_ANY && tally.truth == TRUTH_TRUE)
			break;
		if (instr->flag == FUNC_ALL && tally.truth == TRUTH_FALSE)
			break;
	}
	switch ((Function) instr->flag)
	{
		case FUNC_COUNT:
			low = number_of(tally.sure);
			high = number_of(tally.possible);
			set_range(out, &low, &high, false);
			break;
		case FUNC_ANY:
		case FUNC_ALL:
			value_set_truth(out, tally.truth);
			break;
		case FUNC_SUM:
			*out = tally.value;
			break;
		default:
			set_extreme(out, instr, &tally);
			break;
	}
}

/* ---------------- money ---------------- */

/* A payment rounded to the 分, never below zero. */
static Number
money(const Number *amount)
{
	if (number_sign(amount) <= 0)
		return number_zero;
	return number_round(amount, 2);
}

/* What is paid while a condition holds: one line. */
static void
line(Run *run, const Instr *instr, Value *out)
{
	Truth		condition = run_truth(run, instr->a);
	const Value *pay;
	Number		low = number_zero;
	Number		high = number_zero;

	if (condition == TRUTH_FALSE)
	{
		value_set_number(out, &number_zero);
		return;
	}
	pay = run_value(run, instr->b);
	if (is_none(pay))
	{
		value_set_number(out, &number_zero);
		return;
	}
	if (condition == TRUTH_TRUE && !may_be_none(pay) && low_of(pay))
		low = money(low_of(pay));
	if (high_of(pay))
		high = money(high_of(pay));
	set_range(out, &low, high_of(pay) ? &high : NULL, false);
}

static void
total(Run *run, const Instr *instr, Value *out)
{
	const int  *args = run->program->args + instr->args;
	Value		sum;
	int			i;

	value_set_number(out, &number_zero);
	for (i = 0; i < instr->nargs; i++)
	{
		arithmetic(&sum, OP_ADD, out, run_value(run, args[i]));
		*out = sum;
	}
}

/* A cap that is none caps nothing; one that may be none only from above. */
static void
cap(Run *run, const Instr *instr, Value *out)
{
	const Value *amount = run_value(run, instr->a);
	const Value *limit = run_value(run, instr->b);
	Number		limit_low = number_zero;
	Number		limit_high = number_zero;
	const Number *low = low_of(amount);
	const Number *high = high_of(amount);

	if (is_none(limit))
	{
		*out = *amount;
		return;
	}
	if (low_of(limit))
		limit_low = money(low_of(limit));
	if (high_of(limit))
		limit_high = money(high_of(limit));
	if (number_compare(&limit_low, low) < 0)
		low = &limit_low;
	if (!may_be_none(limit) && high_of(limit) &&
		(high == NULL || number_compare(&limit_high, high) < 0))
		high = &limit_high;
	{
		Value		result;

		set_range(&result, low, high, false);
		*out = result;
	}
}

/* ---------------- the evaluator ---------------- */

static void
logic(Run *run, const Instr *instr, Value *out)
{
	const int  *args = run->program->args + instr->args;
	Truth		decisive = instr->op == OP_AND ? TRUTH_FALSE : TRUTH_TRUE;
	Truth		result = TRUTH_TRUE - decisive;
	int			i;

	for (i = 0; i < instr->nargs; i++)
	{
		Truth		truth = run_truth(run, args[i]);

		if (truth == decisive)
		{
			result = decisive;
			break;
		}
		if (truth == TRUTH_UNKNOWN)
			result = TRUTH_UNKNOWN;
	}
	value_set_truth(out, result);
}

static void
compute(Run *run, const Instr *instr, Value *out)
{
	const Program *program = run->program;

	switch ((Op) instr->op)
	{
		case OP_NUMBER:
			value_set_number(out, &program->numbers[instr->a]);
			break;
		case OP_DATE:
			value_set_date(out, instr->a);
			break;
		case OP_TEXT:
			value_set_text(out, program->texts[instr->a], strlen(program->texts[instr->a]));
			break;
		case OP_BOOLEAN:
			value_set_truth(out, instr->b ? TRUTH_TRUE : TRUTH_FALSE);
			break;
		case OP_FACT:
			run->source->load(run->source, instr->a, out);
			break;
		case OP_FIELD:
			*out = run->elements[instr->b][instr->a];
			break;
		case OP_AND:
		case OP_OR:
			logic(run, instr, out);
			break;
		case OP_NOT:
			value_set_truth(out, TRUTH_TRUE - run_truth(run, instr->a));
			break;
		case OP_COMPARE:
			{
				const Value *a = run_value(run, instr->a);

				value_set_truth(out, compare(a, run_value(run, instr->b),
											 program->instrs[instr->a].type, instr->flag));
			}
			break;
		case OP_TEXT_IN:
			text_in(run, instr, out);
			break;
		case OP_IS_NONE:
			{
				const Value *a = run_value(run, instr->a);
				Truth		truth = is_none(a) ? TRUTH_TRUE :
					may_be_none(a) ? TRUTH_UNKNOWN : TRUTH_FALSE;

				value_set_truth(out, instr->flag ? TRUTH_TRUE - truth : truth);
			}
			break;
		case OP_ADD:
		case OP_SUBTRACT:
		case OP_MULTIPLY:
		case OP_DIVIDE:
			{
				const Value *a = run_value(run, instr->a);

				arithmetic(out, instr->op, a, run_value(run, instr->b));
			}
			break;
		case OP_NEGATE:
			if (is_none(run_value(run, instr->a)))
				set_none(out);
			else
				negate(out, run_value(run, instr->a));
			break;
		case OP_SHIFT:
			shift(out, run_value(run, instr->a), instr->flag, instr->b);
			break;
		case OP_DAYS:
			{
				const Value *a = run_value(run, instr->a);

				days_between(out, a, run_value(run, instr->b));
			}
			break;
		case OP_CASE:
			choose_case(run, instr, out);
			break;
		case OP_LEAST:
		case OP_GREATEST:
			choose_extreme(run, instr, out);
			break;
		case OP_LATEST:
			choose_latest(run, instr, out);
			break;
		case OP_COALESCE:
			coalesce(run, instr, out);
			break;
		case OP_YEAR:
			year(out, run_value(run, instr->a));
			break;
		case OP_FLOOR:
		case OP_ROUND:
			rounded(out, run_value(run, instr->a), instr->op, instr->b);
			break;
		case OP_COUNT_TRUE:
			count_true(run, instr, out);
			break;
		case OP_LIST:
			aggregate(run, instr, out);
			break;
		case OP_LINE:
			line(run, instr, out);
			break;
		case OP_TOTAL:
			total(run, instr, out);
			break;
		case OP_CAP:
			cap(run, instr, out);
			break;
	}
}

/* When what an instruction depends on last changed. */
static inline uint64
epoch_of(const Run *run, const Instr *instr)
{
	uint64		epoch = run->epochs[0];
	uint32		scopes = instr->scopes;
	int			depth;

	for (depth = 1; scopes >> depth; depth++)
		if (scopes & ((uint32) 1 << depth))
			epoch = Max(epoch, run->epochs[depth]);
	return epoch;
}

const Value *
run_value(Run *run, int number)
{
	const Instr *instr = &run->program->instrs[number];
	uint64		epoch = epoch_of(run, instr);

	if (run->stamps[number] < epoch)
	{
		check_stack_depth();
		compute(run, instr, &run->values[number]);
		run->stamps[number] = run->clock;
	}
	return &run->values[number];
}

Run *
run_create(const Program *program)
{
	Run		   *run = palloc0(sizeof(Run));

	run->program = program;
	run->values = palloc0_array(Value, program->ninstrs);
	run->stamps = palloc0_array(uint64, program->ninstrs);
	return run;
}

void
run_begin(Run *run, FactSource *source)
{
	run->source = source;
	run->epochs[0] = ++run->clock;
}

/* ---------------- what is missing ---------------- */

typedef struct Missing
{
	Run		   *run;
	Bitmapset  *facts;
	bool	   *seen;			/* instructions of the row already walked */
} Missing;

static void
find_missing(Missing *missing, int number)
{
	Run		   *run = missing->run;
	const Program *program = run->program;
	const Instr *instr;
	const Value *value;
	const int  *args;
	int			i;

	if (number < 0)
		return;
	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	instr = &program->instrs[number];
	if (instr->scopes == 0)
	{
		if (missing->seen[number])
			return;
		missing->seen[number] = true;
	}
	value = run_value(run, number);
	if (value_decided(value, instr->type))
		return;

	args = program->args + instr->args;
	switch ((Op) instr->op)
	{
		case OP_NUMBER:
		case OP_DATE:
		case OP_TEXT:
		case OP_BOOLEAN:
			break;
		case OP_FACT:
			missing->facts = bms_add_member(missing->facts, instr->a);
			break;
		case OP_FIELD:
			missing->facts = bms_add_member(missing->facts, instr->c);
			break;
		case OP_CASE:
			for (i = 0; i + 1 < instr->nargs; i += 2)
			{
				Truth		condition = run_truth(run, args[i]);

				if (condition == TRUTH_FALSE)
					continue;
				find_missing(missing, args[i]);
				find_missing(missing, args[i + 1]);
				if (condition == TRUTH_TRUE)
					break;
			}
			if (i + 1 == instr->nargs)
				find_missing(missing, args[i]);
			break;
		case OP_LIST:
			{
				const Value *list = run_value(run, program->fact_instrs[instr->a]);

				if (!list->known)
				{
					missing->facts = bms_add_member(missing->facts, instr->a);
					break;
				}
				for (i = 0; i < list->list->count; i++)
				{
					enter_element(run, instr->depth, list->list->fields + i * list->list->nfields);
					if (instr->b >= 0 && run_truth(run, instr->b) == TRUTH_FALSE)
						continue;
					find_missing(missing, instr->b);
					enter_element(run, instr->depth, list->list->fields + i * list->list->nfields);
					find_missing(missing, instr->c);
				}
			}
			break;
		case OP_LINE:
			find_missing(missing, instr->a);
			find_missing(missing, instr->b);
			break;
		case OP_AND:
		case OP_OR:
		case OP_TEXT_IN:
		case OP_LEAST:
		case OP_GREATEST:
		case OP_LATEST:
		case OP_COUNT_TRUE:
		case OP_TOTAL:
			if (instr->op == OP_TEXT_IN)
				find_missing(missing, instr->a);
			for (i = 0; i < instr->nargs; i++)
				find_missing(missing, args[i]);
			break;
		case OP_NOT:
		case OP_IS_NONE:
		case OP_NEGATE:
		case OP_SHIFT:
		case OP_YEAR:
		case OP_FLOOR:
		case OP_ROUND:
			find_missing(missing, instr->a);
			break;
		case OP_COMPARE:
		case OP_ADD:
		case OP_SUBTRACT:
		case OP_MULTIPLY:
		case OP_DIVIDE:
		case OP_DAYS:
		case OP_COALESCE:
		case OP_CAP:
			find_missing(missing, instr->a);
			find_missing(missing, instr->b);
			break;
	}
}

Bitmapset *
run_missing(Run *run, int instr, Bitmapset *facts)
{
	Missing		missing;

	missing.run = run;
	missing.facts = facts;
	missing.seen = palloc0_array(bool, run->program->ninstrs);
	find_missing(&missing, instr);
	return missing.facts;
}
