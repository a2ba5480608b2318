/*
 * syntax.h
 *		Syntax errors: reports what was found, what was expected, and what the author may have meant.
 */
#ifndef ZJTX_SYNTAX_H
#define ZJTX_SYNTAX_H

#include "read.h"

/* A token that the grammar could have used. */
typedef struct ExpectedToken
{
	int			token;			/* of gram.h */
	const char *name;			/* what the grammar calls it, for messages */
} ExpectedToken;

/* Reports the token that was found, and the expected ones. */
pg_noreturn extern void syntax_error(ReadState *state, const ExpectedToken *tokens, int count, int found, Span at);

#endif							/* ZJTX_SYNTAX_H */
