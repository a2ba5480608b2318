/*
 * tokens.h
 *		The tokens of a text on their way from the scanner to the parser.
 *
 * The last ones are kept for error messages, all of them for those who want them, and the policy has
 * a hash of them.
 */
#ifndef ZJTX_TOKENS_H
#define ZJTX_TOKENS_H

#include "language/gram.h"
#include "read.h"

/* The scanner's next token. */
extern int	token_next(ZJTX_YYSTYPE * value, Span *location, ReadState *state, void *scanner);

extern bool token_is_keyword(int token);

/* Notes that a keyword is a name, for those who want the tokens. */
extern void token_is_name(ReadState *state, Span location);

/* Begins the hash again at a position.  The parser may have read one token behind it. */
extern void tokens_restart_content(ReadState *state, int from);

#endif							/* ZJTX_TOKENS_H */
