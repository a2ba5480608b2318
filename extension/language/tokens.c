/*
 * tokens.c
 *		The tokens of a text on their way from the scanner to the parser.
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "tokens.h"

#define KEYWORD(token, english, chinese) \
StaticAssertDecl((int) token >= AND_P && (int) token <= YEAR_P, "gram.y declares all keywords from AND_P to YEAR_P");
#include "keywords.h"
#undef KEYWORD

extern int	zjtx_yylex(ZJTX_YYSTYPE * value, Span *location, void *scanner);

bool
token_is_keyword(int token)
{
	return token >= AND_P && token <= YEAR_P;
}

/* Adds a token to the hash of the text.  The first and the last token may be empty. */
static void
add_content(ReadState *state, const Token *token)
{
	if (token->span.end > token->span.start)
		state->content = hash_bytes_extended((const unsigned char *) state->text + token->span.start,
											 token->span.end - token->span.start, state->content);
}

void
tokens_restart_content(ReadState *state, int from)
{
	const Token *last = &state->recent[(state->ntokens - 1) & (RECENT_TOKENS - 1)];

	state->content = 0;
	if (last->span.start >= from)
		add_content(state, last);
}

static void
keep_token(TextTokens *tokens, int token, const Span *location)
{
	TextToken  *kept;

	if (tokens->count == tokens->size)
	{
		tokens->size *= 2;
		tokens->tokens = repalloc_huge(tokens->tokens, tokens->size * sizeof(TextToken));
	}
	kept = &tokens->tokens[tokens->count++];
	kept->token = token;
	kept->span = *location;
	kept->name = false;
}

void
token_is_name(ReadState *state, Span location)
{
	int			i;

	/* the parser looks ahead by one token */
	for (i = state->tokens ? state->tokens->count - 1 : -1; i >= 0 && state->tokens->tokens[i].span.start >= location.start; i--)
		if (state->tokens->tokens[i].span.start == location.start)
			state->tokens->tokens[i].name = true;
}

int
token_next(ZJTX_YYSTYPE * value, Span *location, ReadState *state, void *scanner)
{
	int			token = zjtx_yylex(value, location, scanner);
	Token	   *recent = &state->recent[state->ntokens++ & (RECENT_TOKENS - 1)];

	recent->token = token;
	recent->span = *location;
	add_content(state, recent);
	recent->keyword = token_is_keyword(token);
	if (recent->keyword)
		(IS_HIGHBIT_SET(state->text[location->start])) ? state->chinese++ : state->english++;
	if (state->tokens)
		keep_token(state->tokens, token, location);
	return token;
}
