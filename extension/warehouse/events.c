/*
 * events.c
 *		The event triggers: what the definition of the database's objects has to do with us.
 *
 * An error in here stops somebody's DDL that has nothing to do with zjtx, so only drop_check
 * raises one, where it has to.
 */
#include "postgres.h"

#include "compat.h"
#include "commands/event_trigger.h"
#include "executor/spi.h"

#include "accounts.h"
#include "events.h"

ZJTX_FUNCTION(zjtx_before_drop);
ZJTX_FUNCTION(zjtx_after_alter);

static EventTriggerData *
event_data(FunctionCallInfo fcinfo, const char *event)
{
	EventTriggerData *data = (EventTriggerData *) fcinfo->context;

	if (!CALLED_AS_EVENT_TRIGGER(fcinfo) || strcmp(data->event, event) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_EVENT_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("this function is for event triggers on %s", event)));
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	return data;
}

/* ddl_command_start, of all that is dropped */
Datum
zjtx_before_drop(PG_FUNCTION_ARGS)
{
	drop_check(event_data(fcinfo, "ddl_command_start")->parsetree);
	SPI_finish();
	PG_RETURN_VOID();
}

/* ddl_command_end, of all that gives relations, schemas or columns another name or other columns */
Datum
zjtx_after_alter(PG_FUNCTION_ARGS)
{
	(void) event_data(fcinfo, "ddl_command_end");
	/* handlers of ALTER … RENAME, SET SCHEMA and ADD, RENAME or DROP of columns are called here */
	accounts_refresh();
	SPI_finish();
	PG_RETURN_VOID();
}
