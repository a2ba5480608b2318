/*
 * words.c
 *		The tokens of a document as they are written, in the keywords of either language.
 *
 * Some keywords of one language are two of the other: `at least` is 不低于, `per year` 每年.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "language/read.h"
#include "language/gram.h"
#include "words.h"

static const struct
{
	int			token;
	const char *english;
	const char *chinese;
}			keywords[] = {
#define KEYWORD(token, english, chinese) {token, english, chinese},
#include "language/keywords.h"
#undef KEYWORD
};

static const char *const functions[][2] = {
#define FUNCTION(NAME, english, chinese, ...) {english, chinese},
#include "language/functions.h"
#define AGGREGATE(NAME, english, chinese) {english, chinese},
#include "language/aggregates.h"
};

/* Returns the word for a token: the first one in the table. */
static const char *
keyword_of(int token, bool chinese)
{
	size_t		i;

	for (i = 0; i < lengthof(keywords); i++)
	{
		const char *word = chinese ? keywords[i].chinese : keywords[i].english;

		if (keywords[i].token == token && word)
			return word;
	}
	return NULL;
}

static char *
source_of(const char *source, Span span)
{
	return pnstrdup(source + span.start, span.end - span.start);
}

/* A word in ASCII can only differ in case. */
static bool
is_word(const char *source, Span span, const char *word)
{
	return (int) strlen(word) == span.end - span.start && pg_strncasecmp(source + span.start, word, strlen(word)) == 0;
}

/* Whether only white space is between a token and the next one. */
static bool
is_next(const char *source, const Word *word)
{
	return memchr(source + word->span.end, '-', word[1].span.start - word->span.end) == NULL;
}

/* ---------------- names ---------------- */

/* The names of the language that the document declares as its own, which must stay. */
static void
find_declared(const char *source, const Word *words, int count, bool *declared)
{
	bool		bare = true;
	int			i;
	size_t		j;

	for (i = 0; i < count; i++)
	{
		const Word *next = &words[i + 1];
		const Word *before = i > 0 ? &words[i - 1] : NULL;

		if (word_is(&words[i], POLICY_P))
			bare = false;
		if (words[i].token != IDENT)
			continue;

		/*
		 * before its type, or after a word that introduces or qualifies a
		 * name
		 */
		if (!word_is(next, NUMBER_P) && !word_is(next, TEXT_P) && !word_is(next, DATE_P) && !word_is(next, BOOLEAN_P) &&
			!word_is(next, LIST_P) && !(before && (word_is(before, DEFINE_P) || word_is(before, SCORE_P) ||
												   word_is(before, TABLE_P) || word_is(before, POPULATION_P) ||
												   word_is(before, AS_P) || word_is(before, NAMED_P) ||
												   before->token == '.')))
			continue;
		for (j = 0; j < NPREDEFINED; j++)
			declared[j] |= is_word(source, words[i].span, predefined_names[j][0]) || is_word(source, words[i].span, predefined_names[j][1]);
	}

	/* a rule of one expression has no stages: there it is a fact */
	if (bare)
		declared[PREDEFINED_ASKED_ON] = true;
}

static void
write_name(const char *source, Word *word, bool chinese, const bool *declared)
{
	size_t		i;

	if (word[1].token == '(')
	{
		for (i = 0; i < lengthof(functions); i++)
			if (is_word(source, word->span, functions[i][!chinese]))
				word->text = functions[i][chinese];
		return;
	}
	for (i = 0; i < NPREDEFINED; i++)
		if (!declared[i] && is_word(source, word->span, predefined_names[i][!chinese]))
			word->text = predefined_names[i][chinese];
}

/* ---------------- keywords ---------------- */

/* Writes one word in place of two, after any comment between them. */
static void
write_pair(const char *source, Word *word, const char *text)
{
	bool		next = is_next(source, word);

	word->text = next ? text : NULL;
	word[1].text = next ? NULL : text;
}

/* Returns the number of words that were written. */
static int
write_chinese(const char *source, Word *word, bool header)
{
	static const struct
	{
		int			first;
		int			second;
		const char *chinese;
	}			pairs[] = {
		{AT_P, LEAST_P, "不低于"}, {AT_P, MOST_P, "不超过"}, {PER_P, YEAR_P, "每年"},
		{BY_P, DATE_P, "按日期"}, {BY_P, NUMBER_P, "按数"}, {BY_P, TEXT_P, "按文本"}, {BY_P, YEAR_P, "逐年"},
		{AS_P, OF_P, "截至"}, {IN_P, FORCE_P, "施行"}
	};
	size_t		i;

	for (i = 0; i < lengthof(pairs); i++)
		if (word->token == pairs[i].first && word_is(word + 1, pairs[i].second))
		{
			write_pair(source, word, pairs[i].chinese);
			return 2;
		}
	switch (word->token)
	{
		case AS_P:
			word->text = word[1].token == DATE_LITERAL || word_is(word + 1, DEFAULT_P) ? "截至" : "记作";
			break;
		case NUMBER_P:
			word->text = header ? "文号" : "数";
			break;
		case IS_P:
			if (word_is(word + 1, NOT_P) && word_is(word + 2, NULL_P))
			{
				write_pair(source, word, "不为");
				return 2;
			}
			word->text = word_is(word + 1, NULL_P) ? "为" : "是";
			break;
		default:
			if (keyword_of(word->token, true))
				word->text = keyword_of(word->token, true);
	}
	return 1;
}

static void
write_english(Word *word)
{
	static const struct
	{
		int			token;
		const char *english;
	}			words[] = {
		{AT_LEAST_P, "at least"}, {AT_MOST_P, "at most"}, {PER_YEAR_P, "per year"}, {BY_DATE_P, "by date"},
		{BY_NUMBER_P, "by number"}, {BY_TEXT_P, "by text"}, {BY_YEAR_P, "by year"}, {NAMED_P, "as"},
		{FORCE_P, "in force"}, {LESS_P, "<"}, {MORE_P, ">"}
	};
	size_t		i;

	for (i = 0; i < lengthof(words); i++)
		if (word->token == words[i].token)
		{
			word->text = words[i].english;
			return;
		}
	switch (word->token)
	{
		case AS_P:
			word->text = word_is(word + 1, OF_P) ? "as" : "as of";
			return;
		case EQUALS_P:
			word->text = word_is(word + 1, NULL_P) ? "is" : "=";
			return;
		case DIFFERS_P:
			word->text = word_is(word + 1, NULL_P) ? "is not" : "<>";
			return;
		default:
			if (keyword_of(word->token, false))
				word->text = keyword_of(word->token, false);
	}
}

static bool
begins_statement(const Word *word)
{
	return word_is(word, FACT_P) || word_is(word, TABLE_P) || word_is(word, DEFINE_P) || word_is(word, SCORE_P) ||
		word_is(word, CLAUSE_P) || word_is(word, LADDER_P) || word_is(word, GROUP_P) || word_is(word, EXAMPLE_P) ||
		word_is(word, TARGET_P) || word_is(word, SERVICE_P) || word_is(word, SELECT_P) || word_is(word, BUDGET_P) ||
		word_is(word, POPULATION_P);
}

Word *
words_of_tokens(const char *source, const TextTokens *tokens, Language language)
{
	Word	   *words = palloc_extended((tokens->count + 3) * sizeof(Word), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	bool		declared[NPREDEFINED] = {false};
	bool		chinese = language == LANGUAGE_CHINESE;
	bool		header = false;
	int			i;

	for (i = 0; i <= tokens->count; i++)
	{
		const TextToken *token = &tokens->tokens[i];

		CHECK_FOR_INTERRUPTS();
		words[i].token = token->token;
		words[i].name = token->name;
		words[i].span = token->span;
		words[i].keyword = !token->name && token->token >= AND_P && token->token <= YEAR_P;
		words[i].text = source_of(source, token->span);
	}
	if (language == LANGUAGE_AS_IT_IS)
		return words;
	find_declared(source, words, tokens->count, declared);
	for (i = 0; i < tokens->count; i++)
	{
		Word	   *word = &words[i];

		CHECK_FOR_INTERRUPTS();
		if (word_is(word, POLICY_P))
			header = true;
		else if (begins_statement(word))
			header = false;
		if (!word->keyword && (word->token == IDENT || word->name))
			write_name(source, word, chinese, declared);
		else if (!word->keyword || (IS_HIGHBIT_SET(source[word->span.start]) != 0) == chinese)
			continue;
		else if (chinese)
			i += write_chinese(source, word, header) - 1;
		else
			write_english(word);
	}
	return words;
}

/* ---------------- what words say ---------------- */

/*
 * Returns a token that is the same for words of the same meaning; *length is the number of tokens that it consists
 * of.
 */
static int
meaning(const Word *word, int *length)
{
	const Word *next = word + 1;

	*length = 1;
	if (!word->keyword)
		return word->name ? IDENT : word->token;
	switch (word->token)
	{
		case AT_P:
			*length = 2;
			return word_is(next, LEAST_P) ? AT_LEAST_P : AT_MOST_P;
		case BY_P:
			*length = 2;
			if (word_is(next, DATE_P))
				return BY_DATE_P;
			if (word_is(next, NUMBER_P))
				return BY_NUMBER_P;
			if (word_is(next, TEXT_P))
				return BY_TEXT_P;
			if (word_is(next, YEAR_P))
				return BY_YEAR_P;
			*length = 1;
			return BY_P;
		case PER_P:
			*length = 2;
			return PER_YEAR_P;
		case IN_P:
			*length = word_is(next, FORCE_P) ? 2 : 1;
			return *length == 2 ? FORCE_P : IN_P;
		case AS_P:
			*length = word_is(next, OF_P) ? 2 : 1;
			return *length == 2 || next->token == DATE_LITERAL || word_is(next, DEFAULT_P) ? AS_P : NAMED_P;
		case IS_P:
			*length = word_is(next, NOT_P) ? 2 : 1;
			return *length == 2 ? DIFFERS_P : EQUALS_P;
		case EQUALS_P:
			return word_is(next, NULL_P) ? EQUALS_P : '=';
		case DIFFERS_P:
			return word_is(next, NULL_P) ? DIFFERS_P : NOT_EQUAL;
		case LESS_P:
			return '<';
		case MORE_P:
			return '>';
		default:
			return word->token;
	}
}

/* Returns the English of two names, if one is the other's Chinese. */
static bool
same_name(const Word *a, const Word *b)
{
	size_t		i;

	if (pg_strcasecmp(a->text, b->text) == 0)
		return true;
	for (i = 0; i < NPREDEFINED; i++)
		if ((strcmp(a->text, predefined_names[i][1]) == 0 || pg_strcasecmp(a->text, predefined_names[i][0]) == 0) &&
			(strcmp(b->text, predefined_names[i][1]) == 0 || pg_strcasecmp(b->text, predefined_names[i][0]) == 0))
			return true;
	for (i = 0; i < lengthof(functions) && a[1].token == '('; i++)
		if ((strcmp(a->text, functions[i][1]) == 0 || pg_strcasecmp(a->text, functions[i][0]) == 0) &&
			(strcmp(b->text, functions[i][1]) == 0 || pg_strcasecmp(b->text, functions[i][0]) == 0))
			return true;
	return false;
}

bool
words_say_the_same(const char *a, const TextTokens *tokens_a, const char *b, const TextTokens *tokens_b)
{
	const Word *words_a = words_of_tokens(a, tokens_a, LANGUAGE_AS_IT_IS);
	const Word *words_b = words_of_tokens(b, tokens_b, LANGUAGE_AS_IT_IS);
	int			i = 0;
	int			j = 0;

	while (i < tokens_a->count && j < tokens_b->count)
	{
		int			length_a;
		int			length_b;
		int			token = meaning(&words_a[i], &length_a);

		CHECK_FOR_INTERRUPTS();
		if (meaning(&words_b[j], &length_b) != token)
			return false;
		if (token == IDENT ? !same_name(&words_a[i], &words_b[j]) : !words_a[i].keyword && token >= IDENT &&
			token <= DATE_LITERAL && strcmp(words_a[i].text, words_b[j].text) != 0)
			return false;
		i += length_a;
		j += length_b;
	}
	return i == tokens_a->count && j == tokens_b->count;
}
