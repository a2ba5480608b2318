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
	const char *text;			/* the text to write; NULL: nothing */
	bool		keyword;		/* a keyword that is not a name */
} Word;

/* Returns the tokens as words, in the keywords of the language; the last one ends the text. */
extern Word *words_of_tokens(const char *source, const TextTokens *tokens, Language language);

/* Returns whether two texts, given with their tokens, differ only in layout and the language of keywords. */
extern bool words_say_the_same(const char *a, const TextTokens *tokens_a, const char *b, const TextTokens *tokens_b);

/* Returns whether a keyword is this token. */
static inline bool
word_is(const Word *word, int token)
{
	return word->keyword && word->token == token;
}

#endif							/* ZJTX_WORDS_H */
