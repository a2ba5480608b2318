/*
 * day.h
 *		Provides the day judged if neither the row nor the policy gives one.
 */
#ifndef ZJTX_DAY_H
#define ZJTX_DAY_H

#include "postgres.h"

#include "utils/date.h"

/* zjtx.as_of: a date, or empty */
extern char *zjtx_as_of;

/* zjtx.time_zone: the name of a time zone, or empty to use TimeZone */
extern char *zjtx_time_zone;

/* The source of as_of for a row that does not have it. */
typedef enum DayKind
{
	DAY_UNKNOWN,
	DAY_GIVEN,					/* the policy is bound to this day */
	DAY_OF_SESSION				/* a stored policy: day_of_session() */
} DayKind;

typedef struct DefaultDay
{
	DayKind		kind;
	DateADT		day;
} DefaultDay;

/* Returns the day for which stored policies are judged: zjtx.as_of, or today. */
extern DateADT day_of_session(void);

/* Reads a date in the form 2025-06-30.  Returns false for any other text. */
extern bool day_parse(const char *text, int length, DateADT *day);

#endif							/* ZJTX_DAY_H */
