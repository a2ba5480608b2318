/*
 * events.h
 *		Functions that the event triggers call.
 */
#ifndef ZJTX_EVENTS_H
#define ZJTX_EVENTS_H

#include "postgres.h"

#include "nodes/parsenodes.h"

/* zjtx.allow_drop */
extern bool zjtx_allow_drop;

/*
 * drop_check: called before a DROP statement runs.  Raises an error if the statement would
 * drop the extension while its tables have rows that CREATE EXTENSION does not bring
 * back.  The caller has connected to SPI.
 */
extern void drop_check(const Node *statement);

#endif							/* ZJTX_EVENTS_H */
