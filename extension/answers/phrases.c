/*
 * phrases.c
 *		The words of answers, and the language of a document.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

#include "phrases.h"

const Phrases english_phrases =
{
	false,
#define PHRASE(name, english, chinese) english,
	PHRASES(PHRASE)
	TABLE_PHRASES(PHRASE)
	PUBLISHED_PHRASES(PHRASE)
	PAGE_PHRASES(PHRASE)
#undef PHRASE
};

static const Phrases chinese_phrases =
{
	true,
#define PHRASE(name, english, chinese) chinese,
	PHRASES(PHRASE)
	TABLE_PHRASES(PHRASE)
	PUBLISHED_PHRASES(PHRASE)
	PAGE_PHRASES(PHRASE)
#undef PHRASE
};

/* ---------------- the language of a document ---------------- */

/*
 * Returns the character at a position and its length; the texts of policies are valid
 * UTF-8.
 */
static pg_wchar
character(const char *text, int *length)
{
	*length = pg_utf_mblen((const unsigned char *) text);
	return utf8_to_unicode((const unsigned char *) text);
}

static bool
is_han(pg_wchar c)
{
	return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x3FFFF);
}

static bool
is_digit(pg_wchar c)
{
	return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

static bool
has_han(const char *text)
{
	int			length;

	for (; *text; text += length)
		if (is_han(character(text, &length)))
			return true;
	return false;
}

/* Ignores the units of numbers and days, which are Chinese in every language. */
static bool
rule_has_han(const char *text)
{
	bool		in_word = false;
	bool		in_number = false;
	int			length;

	for (; *text; text += length)
	{
		pg_wchar	c = character(text, &length);

		if (is_digit(c))
			in_number = !in_word;
		else if (is_han(c))
		{
			if (!in_number)
				return true;
		}
		else
		{
			in_number = in_number && c == '.';
			in_word = c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		}
	}
	return false;
}

const Phrases *
phrases_of(const Document *doc, const char *text)
{
	if (doc->bare ? rule_has_han(text) : has_han(doc->provision.title))
		return &chinese_phrases;
	return &english_phrases;
}

/* ---------------- composed phrases ---------------- */

const char *
phrases_of_kind(const Phrases *words, ClauseKind kind)
{
	switch (kind)
	{
		case CLAUSE_ELIGIBILITY:
			return words->eligibility;
		case CLAUSE_REWARD:
			return words->reward;
		case CLAUSE_SUBSIDY:
			return words->subsidy;
		case CLAUSE_TAX:
			return words->tax;
		case CLAUSE_POINTS:
			return words->review_points;
	}
	return NULL;
}

/* 一 may number a section of a plan as well as an article */
bool
phrases_article_is_number(const char *article)
{
	return *article && strspn(article, "0123456789") == strlen(article);
}

char *
phrases_of_article(const Phrases *words, const char *article)
{
	if (words->chinese && phrases_article_is_number(article))
		return psprintf("第%s条", article);
	if (words->chinese && (strncmp(article, "第", strlen("第")) == 0 || strncmp(article, "附", strlen("附")) == 0))
		return pstrdup(article);
	return psprintf(words->article, article);
}

char *
phrases_of_title(const Phrases *words, const char *title)
{
	static const char *const marks[][2] = {{"“", "‘"}, {"”", "’"}, {"‘", "“"}, {"’", "”"}};
	StringInfoData buf;
	int			length;

	if (!words->chinese)
		return psprintf(words->title, title);
	initStringInfo(&buf);
	for (; *title; title += length)
	{
		const char *shown = title;
		size_t		i;

		length = pg_utf_mblen((const unsigned char *) title);
		for (i = 0; i < lengthof(marks); i++)
			if (strncmp(title, marks[i][0], strlen(marks[i][0])) == 0)
				shown = marks[i][1];
		appendBinaryStringInfo(&buf, shown, length);
	}
	return psprintf(words->title, buf.data);
}
