/*
 * syntax.c
 *		Syntax errors: reports what was found, what was expected, and what the author may have meant.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "build.h"
#include "language/gram.h"
#include "messages.h"
#include "syntax.h"
#include "teach.h"
#include "tokens.h"

/* The keywords in both languages. */
static const struct
{
	int			token;
	const char *english;
	const char *chinese;
}			words[] = {
#define KEYWORD(token, english, chinese) {token, english, chinese},
#include "keywords.h"
#undef KEYWORD
};

/* The tokens that a state of the grammar accepts. */
typedef struct Expected
{
	const ExpectedToken *tokens;
	int			count;
	bool		chinese;		/* list keywords in Chinese */
	bool		names;
	bool		signs;
} Expected;

/* Returns the expected token with this number, or NULL. */
static const ExpectedToken *
find(const Expected *expected, int token)
{
	int			i;

	for (i = 0; i < expected->count; i++)
		if (expected->tokens[i].token == token)
			return &expected->tokens[i];
	return NULL;
}

static bool
expects(const Expected *expected, int token)
{
	return find(expected, token) != NULL;
}

/* Whether a token is a single character. */
static bool
is_sign(int token)
{
	return token > ZJTX_YYEOF && token < ZJTX_YYerror;
}

static bool
is_comparison_word(int token)
{
	switch (token)
	{
		case AT_P:
		case AT_LEAST_P:
		case AT_MOST_P:
		case DIFFERS_P:
		case EQUALS_P:
		case LESS_P:
		case MORE_P:
			return true;
		default:
			return false;
	}
}

/* The English name of a token: its keyword, or its name in the grammar. */
static const char *
english_of(const ExpectedToken *token)
{
	size_t		i;

	for (i = 0; i < lengthof(words); i++)
		if (words[i].token == token->token && words[i].english)
			return words[i].english;
	return token->name;
}

/* Returns a token as a message shows it. */
static const char *
shown(const Expected *expected, const ExpectedToken *token)
{
	const char *english = english_of(token);
	size_t		i;

	if (!expected->chinese)
		return english;
	if (token->token == NUMBER_P && expects(expected, ISSUER_P))
		return message_word("文号", english);
	for (i = 0; i < lengthof(words); i++)
		if (words[i].token == token->token && words[i].chinese)
			return message_word(words[i].chinese, english);
	return english;
}

/* Returns whether the list of expected tokens in the message includes a token. */
static bool
is_listed(const Expected *expected, int token)
{
	if (token == STATEMENTS_P)
		return false;

	/* both name the element of a list, each in its language */
	if (expected->chinese ? token == AS_P && expects(expected, NAMED_P) : token == NAMED_P)
		return false;

	/* the signs stand for the words that mean the same */
	if (expected->signs && is_comparison_word(token))
		return false;

	/* a second comparison is expected only to be reported */
	if (expected->signs && !expects(expected, IN_P) &&
		((token >= NOT_EQUAL && token <= AT_LEAST_SIGN) || is_comparison_word(token) ||
		 token == '=' || token == '<' || token == '>'))
		return false;

	/* where a name is allowed, so are all unreserved keywords, and references */
	if (expected->names && ((token >= AMOUNT_P && token <= YEAR_P) ||
							(token >= SATISFIES_P && token <= PAID_OF_P)))
		return false;
	return true;
}

/*
 * Returns the keyword that the author may have meant: one with the same meaning, or one
 * that looks similar.
 */
static char *
nearest_keyword(const Expected *expected, const char *word)
{
	Nearest		nearest;
	const char *synonym;
	size_t		j;
	int			i;

	for (i = 0; (synonym = teach_keyword(word, i)) != NULL; i++)
		for (j = 0; j < lengthof(words); j++)
			if (words[j].english && strcmp(words[j].english, synonym) == 0 && expects(expected, words[j].token))
				return psprintf(_("Perhaps you meant \"%s\"."), shown(expected, find(expected, words[j].token)));

	nearest_start(&nearest, word);
	for (i = 0; i < expected->count; i++)
	{
		if (!token_is_keyword(expected->tokens[i].token))
			continue;
		nearest_offer(&nearest, english_of(&expected->tokens[i]));
		for (j = 0; j < lengthof(words); j++)
			if (words[j].token == expected->tokens[i].token && words[j].chinese)
				nearest_offer(&nearest, words[j].chinese);
	}

	/* in the language of the document, if both languages have the word */
	for (j = 0; j < lengthof(words) && nearest.best; j++)
		if (words[j].english && words[j].chinese && strcmp(words[j].chinese, nearest.best) == 0 && !expected->chinese)
			return psprintf(_("Perhaps you meant \"%s\"."), words[j].english);
	return nearest_hint(&nearest);
}

/* Reports a known mistake, with its correction. */
static void
report_known_mistake(ReadState *state, const Expected *expected, Span at)
{
	Unexpected	unexpected = {0};
	int			i;

	unexpected.token = read_token_before(state, 0)->token;
	unexpected.at = at;
	unexpected.operand = expects(expected, QUANTITY) && expects(expected, CASE_P);
	unexpected.comparison = expected->signs && expects(expected, BETWEEN_P);
	unexpected.text = expects(expected, STRING) && !expected->names;
	unexpected.only_text = unexpected.text;
	for (i = 0; i < expected->count; i++)
		unexpected.only_text &= !token_is_keyword(expected->tokens[i].token) && !is_sign(expected->tokens[i].token) &&
			expected->tokens[i].token != QUANTITY;
	unexpected.date = expects(expected, DATE_LITERAL) && !expects(expected, QUANTITY);
	unexpected.and_only = expects(expected, AND_P) && !expects(expected, OR_P) && !expected->signs;
	unexpected.equals_only = !expected->signs && expects(expected, '=');
	unexpected.bracket = expects(expected, '(');
	unexpected.when = expects(expected, WHEN_P);
	teach_syntax(state, &unexpected);
}

void
syntax_error(ReadState *state, const ExpectedToken *tokens, int count, int found, Span at)
{
	char	   *word = pnstrdup(state->text + at.start, at.end - at.start);
	bool		is_word = found != ZJTX_YYEOF && found != STRING && found != QUANTITY;
	Expected	expected = {tokens, count, false, false, false};
	int			listed = 0;
	StringInfoData list;
	int			i;

	expected.chinese = teach_in_chinese(state, 1);
	expected.names = expects(&expected, IDENT);
	expected.signs = expects(&expected, NOT_EQUAL);

	report_known_mistake(state, &expected, at);
	initStringInfo(&list);
	for (i = 0; i < count; i++)
		if (is_listed(&expected, tokens[i].token) && ++listed <= 12)
			appendStringInfo(&list, "%s%s", list.len > 0 ? ", " : "", shown(&expected, &tokens[i]));
	if (listed == 0)
		appendStringInfoString(&list, _("the end of the text"));
	state->detail = psprintf(listed > 12 ? _("Expected %s, and more.") : _("Expected %s."), list.data);
	if (found == ZJTX_YYEOF)
		read_error(state, at.start, NULL, "the text ends too early");
	read_error(state, at.start, is_word ? nearest_keyword(&expected, word) : NULL,
			   found == STRING ? gettext_noop("unexpected text %s") : gettext_noop("unexpected \"%s\""), word);
}
