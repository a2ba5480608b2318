/*
 * words.h
 *		The tokens of a document as they are written, in the keywords of either language.
 */
#ifndef ZJTX_WORDS_H
#define ZJTX_WORDS_H

#include "postgres.h"

#include "language/tree.h"

typedef enum Language
{
	LANGUAGE_AS_IT_IS,
	LANGUAGE_ENGLISH,
	LANGUAGE_CHINESE
} Language;

typedef struct Word
{
	int			token;			/* of language/gram.h */
	bool		name;			/* a keyword that is a name */
	Span		span;			/* in the source */
	const char *text;			/* what is written; NULL: nothing */
	bool		keyword;		/* and not a name */
} Word;

/* Returns the tokens as words, in the keywords of the language; the last one ends the text. */
extern Word *words_of_tokens(const char *source, const TextTokens *tokens, Language language);

/* Returns whether two texts, of which these are the tokens, say the same in all but layout and keywords. */
extern bool words_say_the_same(const char *a, const TextTokens *tokens_a, const char *b, const TextTokens *tokens_b);

/* Returns whether a keyword is this token. */
static inline bool
word_is(const Word *word, int token)
{
	return word->keyword && word->token == token;
}

#endif							/* ZJTX_WORDS_H */
