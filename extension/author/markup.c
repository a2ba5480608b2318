/*
 * markup.c
 *		Finds the parts of a text that are markup: HTML tags and the front matter of a page.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "outline.h"

/* a longer one is text that begins with < */
#define MAX_TAG 4096

/* Returns the position after the next occurrence of a word, ignoring case, or NULL. */
static const char *
find_end(Slice text, const char *word)
{
	size_t		length = strlen(word);
	const char *at = text.at;

	while (at < text.end && (at = memchr(at, word[0], text.end - at)) != NULL && at + length <= text.end)
	{
		CHECK_FOR_INTERRUPTS();
		if (pg_strncasecmp(at, word, length) == 0)
			return at + length;
		at++;
	}
	return NULL;
}

/* Constructs that extend to their own end mark, whatever is in between. */
static const char *const begins[] = {"<!--", "<script", "<style"};
static const char *const ends[] = {"-->", "</script>", "</style>"};

const char *
markup_end(Markup *markup, Slice text)
{
	const char *at = text.at;
	const char *limit;
	size_t		i;

	if (text.end - at < 3 || *at != '<')
		return NULL;
	for (i = 0; i < lengthof(begins); i++)
		if (!markup->unclosed[i] && (size_t) (text.end - at) > strlen(begins[i]) &&
			pg_strncasecmp(at, begins[i], strlen(begins[i])) == 0)
		{
			const char *end = find_end(text, ends[i]);

			if (end)
				return end;
			markup->unclosed[i] = true;
		}
	at++;
	if (*at == '/' || *at == '!' || *at == '?')
		at++;
	if (!is_letter((unsigned char) *at))
		return NULL;
	limit = text.end - at > MAX_TAG ? at + MAX_TAG : text.end;
	for (; at < limit; at++)
	{
		if (*at == '>')
			return at + 1;
		if (*at == '<')
			return NULL;
	}
	return NULL;
}

Slice
markup_line_next(Markup *markup, Slice *text)
{
	Slice		line = *text;
	const char *at;

	for (at = text->at; at < text->end && *at != '\n' && *at != '\r'; at++)
		if (*at == '<' && markup_end(markup, slice(at, text->end)))
		{
			line.end = text->at = at;
			return line;
		}
	text->at = at;
	line.end = line_next(text).end;
	return line;
}

const char *
front_matter_end(Slice text)
{
	Slice		line = slice_trim(line_next(&text));

	if (line.end - line.at != 3 || memcmp(line.at, "---", 3) != 0)
		return NULL;
	while (!slice_is_empty(text))
	{
		line = slice_trim(line_next(&text));
		if (line.end - line.at == 3 && memcmp(line.at, "---", 3) == 0)
			return text.at;
	}
	return NULL;
}
