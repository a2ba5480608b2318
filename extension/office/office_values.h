/*
 * office_values.h
 *		Texts of an office's tables as booleans, numbers and days.
 *
 * Each reader takes a text in UTF-8 of `length` bytes, needs no terminating zero and
 * raises no error for any text.  It stores a value only if it returns OFFICE_VALUE.
 */
#ifndef ZJTX_OFFICE_VALUES_H
#define ZJTX_OFFICE_VALUES_H

#include "postgres.h"

#include "utils/date.h"

typedef enum OfficeReading
{
	OFFICE_VALUE,				/* the text gives a value */
	OFFICE_NOTHING,				/* an empty cell, or a mark such as "-", "/" or 无 */
	OFFICE_UNREADABLE			/* anything else */
} OfficeReading;

extern OfficeReading office_yes(const char *text, int length, bool *value);

/*
 * office_amount: a number in the unit that the text names, with 百, 千, 万, 亿 and %
 * applied.  default_unit (may be NULL) is the unit of a number that names none.
 */
extern OfficeReading office_amount(const char *text, int length, const char *default_unit, Datum *numeric);

extern OfficeReading office_day(const char *text, int length, DateADT *day);

#endif							/* ZJTX_OFFICE_VALUES_H */
