/*
 * read.h
 *		State shared by the scanner, grammar and checker while one text is parsed.
 */
#ifndef ZJTX_READ_H
#define ZJTX_READ_H

#include <setjmp.h>

#include "names.h"
#include "tree.h"

/* A token that the scanner has returned. */
typedef struct Token
{
	int			token;			/* 0: none */
	Span		span;
	bool		keyword;
} Token;

#define RECENT_TOKENS 16		/* a power of two */

typedef struct ReadState
{
	const char *text;
	void	   *scanner;
	Policy	   *policy;
	Document   *doc;			/* current document */
	Provision  *provision;		/* owner of the next attribute */
	Clause	   *clause;			/* current clause */
	bool		statements;		/* the text has only statements, without their
								 * document */
	bool		before_members; /* in a group, where "best of" or "sum of" may
								 * follow */
	List	   *units;			/* of Unit: units that are known in addition
								 * to those of the document */
	int			first_token;	/* token that the scanner returns first, or 0 */

	TextTokens *tokens;			/* all tokens, or NULL if the caller does not
								 * want them */

	/* for error messages: the last tokens, and the language of the keywords */
	Token		recent[RECENT_TOKENS];
	int			ntokens;
	uint64		content;		/* hash of the tokens so far; see Policy */
	int			english;		/* keywords in English so far */
	int			chinese;

	/* position of the first error, which ends parsing */
	sigjmp_buf	escape;
	int			error_at;
	char	   *error;
	char	   *detail;
	const char *hint;
} ReadState;

/* Reports an error at a byte offset and does not return. */
pg_noreturn extern void read_error(ReadState *state, int at, const char *hint,
								   const char *fmt,...) ZJTX_PRINTF(4, 5);

/* Formats an error message: translates the format and inserts the arguments. */
extern char *read_message(const char *fmt, va_list args) ZJTX_PRINTF(1, 0);

/* The token that was returned last, or `back` tokens before it; its token is 0 if there is none. */
static inline const Token *
read_token_before(const ReadState *state, int back)
{
	static const Token none = {0, {0, 0}, false};

	return back < RECENT_TOKENS && back < state->ntokens
		? &state->recent[(state->ntokens - 1 - back) & (RECENT_TOKENS - 1)] : &none;
}

typedef struct Keyword
{
	const char *word;
	int			token;
} Keyword;

/* The units that the text can use here. */
extern List *state_units(const ReadState *state);

extern int	keyword_find(const char *word, int otherwise);
extern void keywords_offer(Nearest *nearest);

extern void scanner_start(ReadState *state);
extern void scanner_end(ReadState *state);
extern void scanner_want_code(void *yyscanner);
extern void scanner_want_codes(void *yyscanner);

extern void check_policy(ReadState *state);

#endif							/* ZJTX_READ_H */
