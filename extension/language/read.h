/*
 * read.h
 *		State shared by the scanner, grammar and checker while one text is parsed.
 */
#ifndef ZJTX_READ_H
#define ZJTX_READ_H

#include <setjmp.h>

#include "tree.h"

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
	int			first_token;	/* token that the scanner returns first, or 0 */

	/* position of the first error, which ends parsing */
	sigjmp_buf	escape;
	int			error_at;
	char	   *error;
	char	   *detail;
	char	   *hint;
} ReadState;

typedef struct Keyword
{
	const char *word;
	int			token;
} Keyword;

extern int	keyword_find(const char *word, int otherwise);
extern void keywords_offer(Nearest *nearest);

extern void scanner_start(ReadState *state);
extern void scanner_end(ReadState *state);
extern void scanner_want_code(void *yyscanner);

extern void check_policy(ReadState *state);

#endif							/* ZJTX_READ_H */
