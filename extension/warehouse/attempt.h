/*
 * attempt.h
 *		Runs code that may fail, without failing the user's statement.
 */
#ifndef ZJTX_ATTEMPT_H
#define ZJTX_ATTEMPT_H

#include "postgres.h"

/*
 * Calls act(argument) in a subtransaction.  Returns NULL, or the error that it raised,
 * whose effects are rolled back.  A cancel request is not caught.
 */
extern ErrorData * attempt(void (*act) (void *argument), void *argument);

#endif							/* ZJTX_ATTEMPT_H */
