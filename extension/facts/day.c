/*
 * day.c
 *		Determines the day for which a row is judged.
 */
#include "postgres.h"

#include "access/xact.h"
#include "pgtime.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

#include "day.h"
#include "language/tree.h"
#include "messages.h"

/*
 * Returns the date of the transaction's start in zjtx.time_zone, or in the session's time
 * zone.
 */
static DateADT
today(void)
{
	pg_tz	   *zone = zjtx_time_zone && *zjtx_time_zone ? pg_tzset(zjtx_time_zone) : NULL;
	struct pg_tm time;
	fsec_t		fraction;
	int			offset;

	if (zone == NULL)
		return GetSQLCurrentDate();
	if (timestamp2tm(GetCurrentTransactionStartTimestamp(), &offset, &time, &fraction, NULL, zone) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("timestamp out of range")));
	return date2j(time.tm_year, time.tm_mon, time.tm_mday) - POSTGRES_EPOCH_JDATE;
}

DateADT
day_of_session(void)
{
	DateADT		day;

	if (zjtx_as_of == NULL || !day_parse(zjtx_as_of, strlen(zjtx_as_of), &day))
		day = today();
	return day;
}

DaySource
day_source(bool by_name)
{
	DaySource	source = {by_name ? DAY_OF_SESSION : DAY_OF_ROW, 0};

	return source;
}

DaySource
day_bound(DateADT as_of, bool is_default)
{
	DaySource	source = {is_default ? DAY_DEFAULT : DAY_OF_POLICY, as_of};

	return source;
}

bool
day_without_row(DaySource source, DateADT *day)
{
	if (source.kind == DAY_OF_ROW)
		return false;
	*day = source.kind == DAY_OF_SESSION ? day_of_session() : source.day;
	return true;
}

bool
day_parse(const char *text, int length, DateADT *day)
{
	int			part[3] = {0, 0, 0};
	int			i;

	if (length != 10)
		return false;
	for (i = 0; i < 10; i++)
	{
		if (i == 4 || i == 7)
		{
			if (text[i] != '-')
				return false;
		}
		else if (text[i] < '0' || text[i] > '9')
			return false;
		else
		{
			int		   *number = &part[i < 4 ? 0 : i < 7 ? 1 : 2];

			*number = *number * 10 + (text[i] - '0');
		}
	}
	return date_of(part[0], part[1], part[2], day);
}
