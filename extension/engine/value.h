/*
 * value.h
 *		Arithmetic and comparison of values and ranges.
 */
#ifndef ZJTX_VALUE_H
#define ZJTX_VALUE_H

#include "program.h"

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

/* Whether a value is known to be zero, as a small number. */
static inline bool
is_zero(const Value *value)
{
	return value->known && !value->none && value->low.num == 0 && value->low.den != 0;
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


/* Set none, and a number, date or text of which nothing is known. */
extern void value_set_none(Value *value);
extern void value_set_anything(Value *value, bool none);

/*
 * Set a range from low to high (NULL: unbounded) that may include none.  A range of a
 * single value is known.
 */
extern void value_set_range(Value *out, const Number *low, const Number *high, bool none);
extern void value_set_days(Value *out, DateADT first, DateADT last, bool none);

/*
 * number_as_payment (money.c): rounds a payment to the 分; negative amounts become zero.  Returns false
 * if the result is a long number; then it is unknown.
 */
extern bool number_as_payment(Number *result, const Number *amount);

/* Whether two values are the same, or the same range; texts and lists of which nothing is known are not. */
extern bool value_same(const Value *a, const Value *b, ValueType type);

extern Truth value_compare(const Value *a, const Value *b, ValueType type, CompareOp op);

extern void value_add(Value *out, const Value *a, const Value *b);
extern void value_subtract(Value *out, const Value *a, const Value *b);
extern void value_multiply(Value *out, const Value *a, const Value *b);
extern void value_divide(Value *out, const Value *a, const Value *b);
extern void value_negate(Value *out, const Value *a);

/* Shift a date; the result is DATE_NOBEGIN or DATE_NOEND outside the calendar. */
extern DateADT shift_day(DateADT day, Unit unit, int by);
extern void value_shift(Value *out, const Value *a, Unit unit, int by);

/* Extends the range of out by value.  If `first`, replaces it. */
extern void value_widen(Value *out, const Value *value, ValueType type, bool first);

#endif							/* ZJTX_VALUE_H */
