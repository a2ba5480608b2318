/*
 * years.h
 *		How columns and keys of facts by year are called.
 */
#ifndef ZJTX_YEARS_H
#define ZJTX_YEARS_H

#include "bound.h"

#define YEAR_DIGITS 4

/* The fields of an element of an array: its year and its value. */
typedef enum YearField
{
	YEAR_OF_ELEMENT,
	VALUE_OF_ELEMENT,
	YEAR_FIELDS
} YearField;

extern const Fact years_field_year;
extern const Fact years_field_value;

/* Returns one of the forms of a column or key that consists of a label and a year. */
#define YEAR_FORMS 7
extern char *years_label_form(const Fact *fact, int form, int year);

#endif							/* ZJTX_YEARS_H */
