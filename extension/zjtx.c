/*
 * zjtx.c
 *		Module initialization and settings.
 */
#include "postgres.h"

#include <limits.h>

#include "compat.h"
#include "miscadmin.h"
#include "pgtime.h"
#include "utils/guc.h"

#include "engine/batch.h"
#include "facts/bind.h"
#include "judge/judge.h"
#include "messages.h"
#include "planner/depends.h"
#include "planner/fold_names.h"
#include "session/cache.h"
#include "session/stored.h"
#include "warehouse/events.h"

ZJTX_MODULE_MAGIC;

extern PGDLLEXPORT void _PG_init(void);

char	   *zjtx_as_of = NULL;
char	   *zjtx_time_zone = NULL;
static char *zjtx_vectors = NULL;

static bool
check_as_of(char **value, void **extra pg_attribute_unused(), GucSource source pg_attribute_unused())
{
	DateADT		day;

	if (*value == NULL || **value == '\0' || day_parse(*value, strlen(*value), &day))
		return true;
	GUC_check_errdetail("The value must be a date such as 2025-06-30, or empty for the date of the transaction.");
	return false;
}

static bool
check_time_zone(char **value, void **extra pg_attribute_unused(), GucSource source pg_attribute_unused())
{
	pg_tz	   *zone;

	if (*value == NULL || **value == '\0')
		return true;
	zone = pg_tzset(*value);
	if (zone && pg_tz_acceptable(zone))
		return true;
	GUC_check_errdetail("The value must be a name from pg_timezone_names, such as Asia/Shanghai, or empty for the session's time zone.");
	return false;
}

static void
assign_as_of(const char *value, void *extra pg_attribute_unused())
{
	if (zjtx_as_of && strcmp(value ? value : "", zjtx_as_of) != 0)
		fold_names_day_changed();
}

static void
assign_time_zone(const char *value, void *extra pg_attribute_unused())
{
	if (zjtx_time_zone && strcmp(value ? value : "", zjtx_time_zone) != 0)
		fold_names_day_changed();
}

static bool
check_vectors(char **value, void **extra pg_attribute_unused(), GucSource source pg_attribute_unused())
{
	if (*value == NULL || batch_has_vectors(*value))
		return true;
	GUC_check_errdetail("The value must be a vector set of this CPU, one of avx512, avx2, sse2 and c, or empty for the best one.");
	return false;
}

static void
assign_vectors(const char *value, void *extra pg_attribute_unused())
{
	(void) batch_use_vectors(value ? value : "");
}

void
_PG_init(void)
{
	pg_bindtextdomain(TEXTDOMAIN);
	DefineCustomStringVariable("zjtx.as_of",
							   "Sets the day for which a stored policy is judged if the row has no day of its own.",
							   "If empty, the date of the transaction applies.",
							   &zjtx_as_of, "", PGC_USERSET, 0,
							   check_as_of, assign_as_of, NULL);
	/* PGC_USERSET, like zjtx.as_of: it prevents mistakes, not misuse */
	DefineCustomStringVariable("zjtx.time_zone",
							   "Sets the time zone that determines today's date.",
							   "If empty, the session's time zone applies.",
							   &zjtx_time_zone, "", PGC_USERSET, 0,
							   check_time_zone, assign_time_zone, NULL);
	DefineCustomIntVariable("zjtx.cache_size",
							"Sets the memory for compiled policies in each session.",
							NULL,
							&zjtx_cache_size, 48 * 1024, 64, MAX_KILOBYTES, PGC_USERSET, GUC_UNIT_KB,
							NULL, NULL, NULL);
	DefineCustomBoolVariable("zjtx.allow_drop",
							 "Allows the extension to be dropped while its tables contain documents or payments.",
							 NULL,
							 &zjtx_allow_drop, false, PGC_USERSET, 0,
							 NULL, NULL, NULL);
	fold_names_init();
	DefineCustomBoolVariable("zjtx.batch",
							 "Judges many rows at a time where that is faster.",
							 "Answers are the same.",
							 &zjtx_batch, true, PGC_USERSET, GUC_EXPLAIN,
							 NULL, NULL, NULL);
	DefineCustomIntVariable("zjtx.batch_rows",
							"Sets the number of rows from which on the planner expects judging many rows at a time to be faster.",
							NULL,
							&zjtx_batch_rows, 500, 0, INT_MAX, PGC_USERSET, GUC_EXPLAIN,
							NULL, NULL, NULL);
	DefineCustomStringVariable("zjtx.vectors",
							   "Sets the vector instructions for judging many rows at a time.",
							   "If empty, the best ones of the CPU are used.  Answers are the same.",
							   &zjtx_vectors, "", PGC_USERSET, 0,
							   check_vectors, assign_vectors, NULL);
	MarkGUCPrefixReserved("zjtx");
	judge_init();
	depends_init();
}
