/*
 * headings.c
 *		The heading of an item, and its wording.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "headings.h"

/* The greatest length of a sentence that is a heading, in characters. */
#define MAX_HEADING 32
/*
 * A line shorter than this, or shorter than the next line by this much, ends a heading: it does not end at the
 * margin.
 */
#define SHORT_LINE 13
#define SHORTER 8

/*
 * Skips lines without words; returns the next with words, or an empty line at the end.  *page
 * is set if a page ends before it.
 */
static Slice
next_words(Slice *text, bool *page)
{
	while (!slice_is_empty(*text))
	{
		Slice		line = slice_trim(line_next(text));

		CHECK_FOR_INTERRUPTS();
		if (slice_is_empty(line))
			continue;
		if (!line_is_page_number(line))
			return line;
		*page = true;
	}
	return slice(text->end, text->end);
}

/* Returns the length in bytes of the first sentence, without its full stop, if it is a heading; else 0. */
static int
heading_sentence(const char *wording, int *with_stop)
{
	Slice		rest = {wording, wording + strlen(wording)};
	int			length = 0;

	while (!slice_is_empty(rest) && length <= MAX_HEADING)
	{
		const char *at = rest.at;
		pg_wchar	c = slice_next(&rest);

		if (c == 0x3002)
		{
			*with_stop = rest.at - wording;
			return at - wording;
		}
		if (c == ';' || c == ':' || c == '?' || c == '!')
			return 0;
		length++;
	}
	return 0;
}

/* Whether a line begins with a punctuation mark, so that the line before it is broken. */
static bool
goes_on(Slice line)
{
	pg_wchar	c = slice_peek(line);

	return c == 0x3002 || c == 0x3001 || c == ',' || c == ';' || c == ':' || c == ')' || c == 0x201D || c == 0x300B;
}

void
heading_find(Slice content, bool numbered, bool parent, bool article, Heading *found)
{
	bool		page = false;
	Slice		rest = content;
	Slice		first = next_words(&rest, &page);
	Slice		after = rest;
	Slice		second = next_words(&after, &page);
	int			with_stop = 0;
	int			length;

	found->whole = lines_join(content);
	found->words = NULL;
	found->wording = found->whole;
	found->only = false;
	if (found->whole == NULL || !numbered)
		return;
	if (line_is_title(first) && !page && !goes_on(second))
	{
		int			width = slice_length(first);

		if (slice_is_empty(second) ? parent :
			width < SHORT_LINE || (width <= MAX_HEADING && width + SHORTER < slice_length(second)))
		{
			found->words = slice_copy(first);
			found->wording = lines_join(rest);
			found->only = true;
			return;
		}
	}
	length = heading_sentence(found->whole, &with_stop);
	if (length == 0)
		return;
	if (found->whole[with_stop] != '\0')
		found->words = pnstrdup(found->whole, length);
	else if (parent && !article)
	{
		found->words = pnstrdup(found->whole, length);
		found->wording = NULL;
		found->only = true;
	}
}

void
heading_of_part(Slice content, bool is_header, Heading *found)
{
	Slice		rest = content;
	bool		page = false;
	StringInfoData title;

	initStringInfo(&title);
	found->whole = lines_join(content);
	found->only = false;
	for (;;)
	{
		Slice		before = rest;
		Slice		line = next_words(&rest, &page);

		if (slice_is_empty(line))
			break;
		/* the number of a notice comes before or after its title */
		if (line_is_bracketed(line) || line_is_number(line) || line_is_date(line))
		{
			if (is_header)
				continue;
			break;
		}
		if (!line_is_title(line))
		{
			rest = before;
			break;
		}
		appendBinaryStringInfo(&title, line.at, line.end - line.at);
	}
	found->words = title.len > 0 ? title.data : NULL;
	found->wording = is_header ? found->whole : lines_join(rest);
}
