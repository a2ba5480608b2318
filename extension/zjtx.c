/*
 * zjtx.c
 *		The module and its settings.
 */
#include "postgres.h"

#include <limits.h>

#include "compat.h"
#include "utils/guc.h"

#include "engine/bind.h"
#include "engine/cache.h"
#include "engine/stored.h"
#include "warehouse/events.h"

ZJTX_MODULE_MAGIC;

extern PGDLLEXPORT void _PG_init(void);

char	   *zjtx_as_of = NULL;

static bool
check_as_of(char **value, void **extra pg_attribute_unused(), GucSource source pg_attribute_unused())
{
	DateADT		day;

	if (*value == NULL || **value == '\0' || parse_day(*value, strlen(*value), &day))
		return true;
	GUC_check_errdetail("The day judged is a date of the form 2025-06-30, or empty for the transaction's date.");
	return false;
}

void
_PG_init(void)
{
	DefineCustomStringVariable("zjtx.as_of",
							   "The day for which a stored policy is judged where the row does not say.",
							   "Empty for the date of the transaction.",
							   &zjtx_as_of, "", PGC_USERSET, 0,
							   check_as_of, NULL, NULL);
	DefineCustomIntVariable("zjtx.cache_size",
							"Memory for compiled policies, for each session.",
							NULL,
							&zjtx_cache_size, 48 * 1024, 64, MAX_KILOBYTES, PGC_USERSET, GUC_UNIT_KB,
							NULL, NULL, NULL);
	DefineCustomBoolVariable("zjtx.allow_drop",
							 "Whether the extension may be dropped while its tables hold documents or payments.",
							 NULL,
							 &zjtx_allow_drop, false, PGC_USERSET, 0,
							 NULL, NULL, NULL);
	MarkGUCPrefixReserved("zjtx");
}
