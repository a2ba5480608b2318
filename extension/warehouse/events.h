/*
 * events.h
 *		What the event triggers of events.c call.
 */
#ifndef ZJTX_EVENTS_H
#define ZJTX_EVENTS_H

#include "postgres.h"

#include "nodes/parsenodes.h"

/* zjtx.allow_drop */
extern bool zjtx_allow_drop;

/*
 * drop_check: before a DROP statement is run: an error if it would take the extension, with
 * what its tables hold, while these have rows that no CREATE EXTENSION brings back.
 * The caller has connected to SPI.
 */
extern void drop_check(const Node *statement);

#endif							/* ZJTX_EVENTS_H */
