/*
 * day.h
 *		The day judged, where neither a row nor a policy says it.
 */
#ifndef ZJTX_DAY_H
#define ZJTX_DAY_H

#include "postgres.h"

#include "utils/date.h"

/* zjtx.as_of: a day, or empty */
extern char *zjtx_as_of;

/* zjtx.time_zone: the name of a time zone, or empty for the session's */
extern char *zjtx_time_zone;

/* What as_of is where the row does not say. */
typedef enum DayKind
{
	DAY_UNKNOWN,
	DAY_GIVEN,					/* the policy's own */
	DAY_OF_SESSION				/* a stored name's: day_of_session() */
} DayKind;

typedef struct DefaultDay
{
	DayKind		kind;
	DateADT		day;
} DefaultDay;

/* The day for which a stored name is judged: zjtx.as_of, or today. */
extern DateADT day_of_session(void);

/* "2025-06-30" and nothing else. */
extern bool day_parse(const char *text, int length, DateADT *day);

#endif							/* ZJTX_DAY_H */
