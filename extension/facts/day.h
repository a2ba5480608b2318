/*
 * day.h
 *		Determines the day for which a row is judged.
 *
 * A policy that is bound to a day by as_of(p, date) is judged for that day.  Otherwise the
 * row's column or key as_of gives the day.  If the row has none, it is the policy's
 * default day, which amend('name', ...) sets; or, for a policy given by its name,
 * zjtx.as_of or the date of the transaction.  For a policy value without a day, the day is
 * then unknown.
 */
#ifndef ZJTX_DAY_H
#define ZJTX_DAY_H

#include "postgres.h"

#include "utils/date.h"

/* zjtx.as_of: a date, or empty */
extern char *zjtx_as_of;

/* zjtx.time_zone: the name of a time zone, or empty to use TimeZone */
extern char *zjtx_time_zone;

/* The source of as_of. */
typedef enum DayKind
{
	DAY_OF_ROW,					/* the row, else it is unknown */
	DAY_OF_POLICY,				/* the policy is bound to this day; the row's
								 * as_of is ignored */
	DAY_DEFAULT,				/* the row, else this day of the policy */
	DAY_OF_SESSION				/* the row, else day_of_session() */
} DayKind;

typedef struct DaySource
{
	DayKind		kind;
	DateADT		day;			/* DAY_OF_POLICY, DAY_DEFAULT */
} DaySource;

/* Returns the source for a policy value that is not bound to a day, or for a name. */
extern DaySource day_source(bool by_name);

/* Returns the source for a policy that is bound to a day. */
extern DaySource day_bound(DateADT as_of, bool is_default);

/* Returns whether the day is known without the row, and the day. */
extern bool day_without_row(DaySource source, DateADT *day);

/* Returns the day for which stored policies are judged: zjtx.as_of, or today. */
extern DateADT day_of_session(void);

/* Reads a date in the form 2025-06-30.  Returns false for any other text. */
extern bool day_parse(const char *text, int length, DateADT *day);

#endif							/* ZJTX_DAY_H */
