/*
 * tokens.h
 *		The tokens of a text on their way from the scanner to the parser.
 *
 * The last tokens are kept for error messages, all tokens if the caller wants them.  The policy has a hash of all
 * tokens.
 */
#ifndef ZJTX_TOKENS_H
#define ZJTX_TOKENS_H

#include "language/gram.h"
#include "read.h"

/* The scanner's next token. */
extern int	token_next(ZJTX_YYSTYPE * value, Span *location, ReadState *state, void *scanner);

extern bool token_is_keyword(int token);

/* Records, in the list of all tokens, that a keyword is used as a name. */
extern void token_is_name(ReadState *state, Span location);

/* Restarts the hash at a position.  The parser may have read one token after it. */
extern void tokens_restart_content(ReadState *state, int from);

#endif							/* ZJTX_TOKENS_H */
