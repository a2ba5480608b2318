/*
 * reformat.c
 *		reformat(text [, language]): a document laid out, perhaps in the keywords of the other language.
 */
#include "postgres.h"

#include "compat.h"
#include "utils/builtins.h"

#include "language/names.h"
#include "layout.h"
#include "messages.h"
#include "words.h"

ZJTX_FUNCTION(zjtx_reformat);

/* Reads a text that must be a policy. */
static void
read_tokens(const char *text, TextTokens *tokens)
{
	ReadProblem problem = {0};

	/* the second reading raises the error */
	if (policy_tokens(text, &problem, tokens) == NULL)
		(void) policy_read(text, NULL);
}

static Language
language_of(const char *name)
{
	if (pg_strcasecmp(name, "en") == 0 || pg_strcasecmp(name, "English") == 0)
		return LANGUAGE_ENGLISH;
	if (pg_strcasecmp(name, "zh") == 0 || pg_strcasecmp(name, "Chinese") == 0 || strcmp(name, "中文") == 0)
		return LANGUAGE_CHINESE;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the keywords of a document cannot be in \"%s\"", message_word(name, "...")),
			 errhint("Write 'en' for English, 'zh' for Chinese, or NULL to leave them as they are.")));
}

/* reformat(document text, language text DEFAULT NULL) → text; NULL for NULL */
Datum
zjtx_reformat(PG_FUNCTION_ARGS)
{
	Language	language = LANGUAGE_AS_IT_IS;
	TextTokens	tokens;
	TextTokens	result_tokens;
	char	   *source;
	char	   *result;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(1))
		language = language_of(text_to_cstring(PG_GETARG_TEXT_PP(1)));
	source = text_to_cstring(PG_GETARG_TEXT_PP(0));
	read_tokens(source, &tokens);
	result = layout(source, words_of_tokens(source, &tokens, language), tokens.count);
	read_tokens(result, &result_tokens);
	if (!words_say_the_same(source, &tokens, result, &result_tokens))
		elog(ERROR, "the document would say something else");
	PG_RETURN_TEXT_P(cstring_to_text(result));
}
