/*
 * check_text_near.c
 *		Compares texts with the values of a fact, and counts texts.
 *
 * The values are those that the fact declares, with their labels, or the texts with which
 * the document compares it.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

#include "check_table.h"
#include "language/texts.h"
#include "office/cell.h"
#include "office/office_values.h"

#define MOST_NEAR 20

/* ---------------- counts ---------------- */

void
text_counts_add(TextCounts *counts, const char *text, int64 times, int most)
{
	ListCell   *cell;
	TextCount  *count;

	foreach(cell, counts->texts)
	{
		count = lfirst(cell);
		if (strcmp(count->text, text) == 0)
		{
			count->count += times;
			return;
		}
	}
	if (list_length(counts->texts) >= most)
	{
		counts->more = true;
		return;
	}
	count = palloc(sizeof(TextCount));
	count->text = pstrdup(text);
	count->count = times;
	counts->texts = lappend(counts->texts, count);
}

static int
compare_counts(const ListCell *a, const ListCell *b)
{
	const TextCount *x = lfirst(a);
	const TextCount *y = lfirst(b);

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return strcmp(x->text, y->text);
}

char *
text_counts_words(const TextCounts *counts, const char *format, const char *separator)
{
	enum
	{
		SHOWN = 4
	};
	List	   *sorted = list_copy(counts->texts);
	StringInfoData words;
	ListCell   *cell;

	list_sort(sorted, compare_counts);
	initStringInfo(&words);
	foreach(cell, sorted)
	{
		const TextCount *count = lfirst(cell);

		if (foreach_current_index(cell) == SHOWN)
			break;
		appendStringInfo(&words, "%s%s", words.len > 0 ? separator : "",
						 psprintf(format, count->text, psprintf(INT64_FORMAT, count->count)));
	}
	if (counts->more || list_length(sorted) > SHOWN)
		appendStringInfo(&words, "%s…", separator);
	return words.data;
}

/* ---------------- values ---------------- */

/* Calls a function for each text that the fact can be compared with, until it returns true. */
static const char *
find_value(const FactCheck *check, bool (*matches) (const char *value, const void *argument), const void *argument)
{
	const char *longest = NULL;
	ListCell   *cell;
	int			i;

	for (i = 0; check->fact->texts && i < check->fact->texts->nforms; i++)
	{
		const char *value = check->fact->texts->forms[i].text;

		if ((longest == NULL || strlen(value) > strlen(longest)) && matches(value, argument))
			longest = value;
	}
	foreach(cell, check->fact->texts ? NIL : check->constants)
	{
		const char *value = lfirst(cell);

		if ((longest == NULL || strlen(value) > strlen(longest)) && matches(value, argument))
			longest = value;
	}
	return longest;
}

static bool
is_same(const char *value, const void *argument)
{
	return strcmp(value, argument) == 0;
}

static bool
is_inside(const char *value, const void *argument)
{
	return pg_mbstrlen(value) > 1 && strstr(argument, value) != NULL;
}

/* Folds all widths and drops all spaces. */
static char *
bare_words(const char *text)
{
	CellText	folded;
	char	   *to;
	const char *at;

	if (!cell_fold(text, strlen(text), &folded))
		return pstrdup(text);
	to = folded.text;
	for (at = folded.text; *at; at++)
		if (*at != ' ')
			*to++ = *at;
	*to = '\0';
	return pstrdup(folded.text);
}

static bool
is_same_bare(const char *value, const void *argument)
{
	return strcmp(bare_words(value), argument) == 0;
}

/* Whether a text is a value of the fact; if the fact is only compared with texts, any other text is one. */
static bool
is_value(const Fact *fact, const char *text)
{
	return fact->texts && texts_find(fact->texts, text, strlen(text)) >= 0;
}

void
check_near(FactCheck *check, const TextCount *count)
{
	TextFindings *found = &check->texts;
	const char *raw = count->text;
	const char *value;
	StringInfoData read;
	CellText	folded;

	if ((check->fact->texts == NULL && check->constants == NIL) || is_value(check->fact, raw) ||
		find_value(check, is_same, raw))
		return;
	initStringInfo(&read);
	(void) office_text(raw, strlen(raw), &read);
	if ((value = find_value(check, is_same, read.data)) != NULL)
	{
		found->near += count->count;
		text_counts_add(&found->near_texts, value, count->count, MOST_NEAR);
	}
	else if (check->fact->null_means == NULL_NONE && cell_fold(raw, strlen(raw), &folded) && cell_is_nothing(&folded))
	{
		found->nnothing += count->count;
		text_counts_add(&found->nothing, read.data, count->count, MOST_NEAR);
	}
	else if (find_value(check, is_same_bare, bare_words(raw)))
	{
		found->label += count->count;
		text_counts_add(&found->label_texts, raw, count->count, MOST_NEAR);
	}
	else if (find_value(check, is_inside, raw))
	{
		found->contains += count->count;
		text_counts_add(&found->containing, raw, count->count, MOST_NEAR);
	}
}

bool
check_is_value(const Fact *fact, const char *text)
{
	StringInfoData read;

	initStringInfo(&read);
	return is_value(fact, text) || (office_text(text, strlen(text), &read) == OFFICE_VALUE && is_value(fact, read.data));
}

bool
check_all_values(const Fact *fact, const TextCounts *texts)
{
	ListCell   *cell;
	StringInfoData read;

	if (fact->texts == NULL || texts->more || list_length(texts->texts) < 2)
		return false;
	initStringInfo(&read);
	foreach(cell, texts->texts)
	{
		const char *text = ((const TextCount *) lfirst(cell))->text;

		if (office_text(text, strlen(text), &read) == OFFICE_VALUE && !check_is_value(fact, text))
			return false;
	}
	return true;
}
