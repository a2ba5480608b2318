/*
 * attempt.h
 *		Runs what may fail without failing the statement of the user.
 */
#ifndef ZJTX_ATTEMPT_H
#define ZJTX_ATTEMPT_H

#include "postgres.h"

/*
 * Calls act(argument) in a subtransaction.  Returns NULL, or the error that it raised, whose
 * effects are rolled back.  A cancelled statement is cancelled.
 */
extern ErrorData * attempt(void (*act) (void *argument), void *argument);

#endif							/* ZJTX_ATTEMPT_H */
