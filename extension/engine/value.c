/*
 * value.c
 *		Known values, and ranges of unknown values.
 *
 * The rules are those of interval arithmetic: a result contains every value that some
 * choice from the operands gives.  A number is unbounded if arithmetic exceeds its limits
 * or if a divisor may be zero.
 */
#include "postgres.h"

#include "utils/date.h"

#include "language/texts.h"
#include "value.h"

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

void
value_set_none(Value *value)
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

/* Sets a number, date or text of which only is known whether it may be none. */
void
value_set_anything(Value *value, bool none)
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

bool
value_of_literal(Number *number, const Expression *literal)
{
	Number		divisor;

	if (!number_from_datum(number, NumericGetDatum(literal->number)))
		return false;
	return literal->divisor == NULL ||
		(number_from_datum(&divisor, NumericGetDatum(literal->divisor)) &&
		 number_divide(number, number, &divisor));
}

bool
value_set_literal(Value *value, const Expression *literal)
{
	Number		number;

	switch (literal->kind)
	{
		case EXPR_NUMBER:
			if (!value_of_literal(&number, literal))
				return false;
			value_set_number(value, &number);
			return true;
		case EXPR_DATE:
			value_set_date(value, literal->date);
			return true;
		case EXPR_TEXT:
			value_set_text(value, literal->name, strlen(literal->name));
			return true;
		case EXPR_BOOLEAN:
			value_set_truth(value, literal->boolean ? TRUTH_TRUE : TRUTH_FALSE);
			return true;
		default:
			return false;
	}
}

void
value_set_unknown(Value *value, const Fact *fact)
{
	if (fact->unknown)
		*value = *fact->unknown;
	else
		value_set_range_of(value, fact);
}

void
value_set_range_of(Value *value, const Fact *fact)
{
	value_set_anything(value, fact->null_means == NULL_NONE || fact->perhaps_none);
	if (fact->has_low)
	{
		if (fact->type == TYPE_NUMBER)
		{
			value->low_open = false;
			value_of_literal(&value->low, fact->low);
		}
		else
			value->day = fact->low->date;
	}
	if (fact->has_high)
	{
		if (fact->type == TYPE_NUMBER)
		{
			value->high_open = false;
			value_of_literal(&value->high, fact->high);
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
			value_set_none(value);
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

	if (!value->known || value->none)
		return;
	if (fact->texts)
	{
		int			found = texts_find(fact->texts, value->text, value->length);

		outside = found < 0;
		/* a label is replaced by its value */
		if (found >= 0)
			value_set_text(value, fact->texts->values[found]->text, fact->texts->values[found]->length);
	}
	else if (fact->has_low || fact->has_high)
	{
		Value		range;

		value_set_unknown(&range, fact);
		if (fact->type == TYPE_NUMBER)
			outside = (fact->has_low && number_compare(&value->low, &range.low) < 0) ||
				(fact->has_high && number_compare(&value->low, &range.high) > 0);
		else
			outside = value->day < range.day || value->day > range.last_day;
	}
	if (outside)
		value_set_unknown(value, fact);
}

/* ---------------- ranges of numbers and dates ---------------- */

/* Sets a range of numbers.  A range of a single value is known. */
void
value_set_range(Value *out, const Number *low, const Number *high, bool none)
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

void
value_set_days(Value *out, DateADT first, DateADT last, bool none)
{
	out->known = first == last && !none && !DATE_NOT_FINITE(first);
	out->none = none;
	out->day = first;
	out->last_day = last;
}

/*
 * Returns -1, 0 or 1 if every value of a is below, equal to or above every value of b,
 * otherwise 2. at_most and at_least are set if a <= b and a >= b hold for all values.
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
		/* two known numbers need no further comparison */
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

static bool
same_end(const Number *a, const Number *b)
{
	return a && b ? number_compare(a, b) == 0 : a == b;
}

bool
value_same(const Value *a, const Value *b, ValueType type)
{
	if (type == TYPE_BOOLEAN)
		return a->truth == b->truth;
	if (a->known != b->known || a->none != b->none)
		return false;
	if (is_none(a))
		return true;
	switch (type)
	{
		case TYPE_NUMBER:
			return same_end(low_of(a), low_of(b)) && same_end(high_of(a), high_of(b));
		case TYPE_DATE:
			return a->day == b->day && a->last_day == b->last_day;
		case TYPE_TEXT:
			return a->known && a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
		default:
			return false;
	}
}

static Truth
truth_of(bool yes, bool no)
{
	return yes ? TRUTH_TRUE : no ? TRUTH_FALSE : TRUTH_UNKNOWN;
}

Truth
value_compare(const Value *a, const Value *b, ValueType type, CompareOp op)
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

/* Returns the wider of two bounds; NULL means unbounded. */
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
add_ranges(Value *out, const Value *a, const Value *b)
{
	Number		low,
				high;
	bool		bounded_low = low_of(a) && low_of(b) && number_add(&low, low_of(a), low_of(b));
	bool		bounded_high = high_of(a) && high_of(b) && number_add(&high, high_of(a), high_of(b));

	value_set_range(out, bounded_low ? &low : NULL, bounded_high ? &high : NULL,
					may_be_none(a) || may_be_none(b));
}

void
value_negate(Value *out, const Value *a)
{
	Number		low,
				high;
	bool		bounded_low = high_of(a) != NULL;
	bool		bounded_high = low_of(a) != NULL;

	if (bounded_low)
		low = number_negate(high_of(a));
	if (bounded_high)
		high = number_negate(low_of(a));
	value_set_range(out, bounded_low ? &low : NULL, bounded_high ? &high : NULL, may_be_none(a));
}

/*
 * The product of two ranges is bounded by the extreme products of their ends.  A missing
 * end times zero is zero; any other product with it is unbounded on the side of its sign.
 */
static void
multiply_ranges(Value *out, const Value *a, const Value *b)
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
	value_set_range(out, open_low ? NULL : &low, open_high ? NULL : &high,
					may_be_none(a) || may_be_none(b));
}

static void
divide_ranges(Value *out, const Value *a, const Value *b)
{
	Number		one = number_of(1);
	Number		ends[2];
	Value		reciprocal;
	bool		none = may_be_none(a) || may_be_none(b);
	bool		positive = low_of(b) && number_sign(low_of(b)) > 0;
	bool		negative = high_of(b) && number_sign(high_of(b)) < 0;

	/* division by a range with zero gives any number */
	if (!positive && !negative)
	{
		value_set_anything(out, none);
		return;
	}
	ends[0] = ends[1] = number_zero;
	if ((high_of(b) && !number_divide(&ends[0], &one, high_of(b))) ||
		(low_of(b) && !number_divide(&ends[1], &one, low_of(b))))
	{
		value_set_anything(out, none);
		return;
	}
	/* a missing end becomes zero */
	value_set_range(&reciprocal, &ends[0], &ends[1], may_be_none(b));
	multiply_ranges(out, a, &reciprocal);
}

static void
subtract_ranges(Value *out, const Value *a, const Value *b)
{
	Value		negative;

	value_negate(&negative, b);
	add_ranges(out, a, &negative);
}

/* Arithmetic with none gives none.  Results beyond the limits of exact numbers are unknown. */
static inline void
arithmetic(Value *out, const Value *a, const Value *b,
		   bool (*of_numbers) (Number *result, const Number *a, const Number *b),
		   void (*of_ranges) (Value *out, const Value *a, const Value *b))
{
	Number		result;

	if (is_none(a) || is_none(b))
		value_set_none(out);
	else if (!a->known || !b->known)
		of_ranges(out, a, b);
	else if (of_numbers(&result, &a->low, &b->low))
		value_set_number(out, &result);
	else
		value_set_anything(out, false);
}

void
value_add(Value *out, const Value *a, const Value *b)
{
	arithmetic(out, a, b, number_add, add_ranges);
}

void
value_subtract(Value *out, const Value *a, const Value *b)
{
	arithmetic(out, a, b, number_subtract, subtract_ranges);
}

void
value_multiply(Value *out, const Value *a, const Value *b)
{
	arithmetic(out, a, b, number_multiply, multiply_ranges);
}

void
value_divide(Value *out, const Value *a, const Value *b)
{
	arithmetic(out, a, b, number_divide, divide_ranges);
}

/* Extends the range of out by value.  If `first`, replaces it. */
void
value_widen(Value *out, const Value *value, ValueType type, bool first)
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

		value_set_range(&both, low, high, may_be_none(out) || may_be_none(value));
		*out = both;
	}
	else if (type == TYPE_DATE)
		value_set_days(out, Min(out->day, value->day), Max(out->last_day, value->last_day),
					   may_be_none(out) || may_be_none(value));
	else if (!(out->known && value->known && out->length == value->length &&
			   memcmp(out->text, value->text, out->length) == 0))
		value_set_anything(out, may_be_none(out) || may_be_none(value));
}
