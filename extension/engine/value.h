/*
 * value.h
 *		Arithmetic and comparison of values, known or not.
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

/* Known to be zero, as a small number. */
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


/* Known to be none; of a number, date or text nothing known. */
extern void value_set_none(Value *value);
extern void value_set_anything(Value *value, bool none);

/* From low to high (NULL: no bound), and perhaps none; one value is known. */
extern void value_set_range(Value *out, const Number *low, const Number *high, bool none);
extern void value_set_days(Value *out, DateADT first, DateADT last, bool none);

/*
 * money, money.c: a payment rounded to the 分, never below zero.  False where the result is a
 * long number, which nobody is paid: it says nothing then.
 */
extern bool money(Number *result, const Number *amount);

extern Truth value_compare(const Value *a, const Value *b, ValueType type, CompareOp op);

extern void value_add(Value *out, const Value *a, const Value *b);
extern void value_subtract(Value *out, const Value *a, const Value *b);
extern void value_multiply(Value *out, const Value *a, const Value *b);
extern void value_divide(Value *out, const Value *a, const Value *b);
extern void value_negate(Value *out, const Value *a);

/* A day shifted; NOBEGIN or NOEND where it leaves the calendar. */
extern DateADT shift_day(DateADT day, Unit unit, int by);
extern void value_shift(Value *out, const Value *a, Unit unit, int by);

/* Makes out hold what it held and value besides; the first time, only value. */
extern void value_widen(Value *out, const Value *value, ValueType type, bool first);

#endif							/* ZJTX_VALUE_H */
