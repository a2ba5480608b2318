/*
 * office_values.h
 *		Reads booleans, numbers and days from texts in an office's tables.
 *
 * Each function takes a UTF-8 text of `length` bytes, not necessarily NUL-terminated, and
 * never raises an error because of the text.  It sets the value only if it returns
 * OFFICE_VALUE.
 */
#ifndef ZJTX_OFFICE_VALUES_H
#define ZJTX_OFFICE_VALUES_H

#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/date.h"

typedef enum OfficeReading
{
	OFFICE_VALUE,				/* a value was read */
	OFFICE_NOTHING,				/* an empty cell, or a mark such as "-", "/"
								 * or 无 */
	OFFICE_UNREADABLE			/* anything else */
} OfficeReading;

extern OfficeReading office_yes(const char *text, int length, bool *value);

/*
 * office_amount: reads a number in the unit that the text names, with 百, 千, 万, 亿 and %
 * applied. default_unit (may be NULL) applies if the text names none.
 */
extern OfficeReading office_amount(const char *text, int length, const char *default_unit, Datum *numeric);

/* office_amount_unit: the same; sets *named to whether the text names a unit or a multiple. */
extern OfficeReading office_amount_unit(const char *text, int length, const char *default_unit, Datum *numeric,
										bool *named);

extern OfficeReading office_day(const char *text, int length, DateADT *day);

/*
 * office_text: removes spaces at both ends and folds full-width letters and digits.  Never
 * returns OFFICE_UNREADABLE.
 */
extern OfficeReading office_text(const char *text, int length, StringInfo value);

#endif							/* ZJTX_OFFICE_VALUES_H */
