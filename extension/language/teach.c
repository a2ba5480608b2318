/*
 * teach.c
 *		Errors whose hint is a correction: how they are reported.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

#include "messages.h"
#include "names.h"
#include "teach.h"

char *
teach_text(const ReadState *state, int start, int end)
{
	return pnstrdup(state->text + start, end - start);
}

void
teach_correct(ReadState *state, Span wrong, const char *correction, const char *fmt,...)
{
	va_list		args;
	char	   *message;

	va_start(args, fmt);
	message = read_message(fmt, args);
	va_end(args);
	state->detail = NULL;

	/*
	 * a client whose encoding has no Chinese would get an encoding error
	 * instead
	 */
	if (strcmp(message_word("x", ""), "x") != 0 && strpbrk(correction, "\xE3\xE4\xE5\xE6\xE7\xE8\xE9"))
		read_error(state, wrong.start, NULL, "%s", message);
	read_error(state, wrong.start,
			   psprintf(_("Write %s instead of %s."), correction, teach_text(state, wrong.start, wrong.end)),
			   "%s", message);
}

bool
teach_in_chinese(const ReadState *state, int without)
{
	int			english = state->english;
	int			chinese = state->chinese;
	int			i;

	for (i = 0; i < without; i++)
	{
		const Token *token = read_token_before(state, i);

		if (token->keyword)
			(IS_HIGHBIT_SET(state->text[token->span.start])) ? chinese-- : english--;
	}
	return chinese > english;
}

const char *
teach_word(const ReadState *state, const char *english, const char *chinese)
{
	return teach_in_chinese(state, 1) ? message_word(chinese, english) : english;
}

const char *
teach_checked_word(const Checker *checker, const char *english, const char *chinese)
{
	return teach_in_chinese(checker->state, 0) ? message_word(chinese, english) : english;
}

char *
teach_expr_text(const Checker *checker, const Expression *expr)
{
	return teach_text(checker->state, expr->span.start, expr->span.end);
}

int
teach_after_blanks(const char *text, int at)
{
	for (;;)
	{
		if (text[at] != '\0' && strchr(" \t\r\n\f\v", text[at]))
			at++;
		else if (strncmp(text + at, "\xE3\x80\x80", 3) == 0)
			at += 3;
		else
			return at;
	}
}

/* Returns the end of the letters and digits at a position. */
int
teach_word_end(const char *text, int at)
{
	while (text[at] != '\0')
	{
		unsigned char c = text[at];

		if (IS_HIGHBIT_SET(c))
		{
			pg_wchar	wide = utf8_to_unicode((const unsigned char *) text + at);

			/* punctuation, symbols and full-width signs */
			if (wide < 0xC0 || wide == 0xD7 || wide == 0xF7 || (wide >= 0x2000 && wide < 0x2150) ||
				(wide >= 0x2190 && wide < 0x3005) || (wide >= 0x3008 && wide < 0x3040) ||
				(wide >= 0xFF00 && wide < 0xFF10) || (wide >= 0xFF1A && wide < 0xFF21) || wide > 0xFFDC)
				break;
			at += pg_utf_mblen((const unsigned char *) text + at);
		}
		else if (isalnum(c) || c == '_')
			at++;
		else
			break;
	}
	return at;
}
