/*
 * read.h
 *		What scanner, grammar and checker share while one text is read.
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
	Document   *doc;			/* the document being read */
	Provision  *provision;		/* what the next attribute belongs to */
	Clause	   *clause;			/* the clause being read */
	bool		statements;		/* only statements: their document is elsewhere */
	int			first_token;	/* for the scanner to begin with, or 0 */

	/* the first error; reading ends there */
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

extern void check_policy(ReadState *state);

#endif							/* ZJTX_READ_H */
