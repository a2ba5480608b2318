/*
 * teach_numbers.c
 *		Corrections for numbers, their units and ranges.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

#include "messages.h"
#include "names.h"
#include "teach.h"
#include "build.h"
#include "language/gram.h"

bool
teach_is_comparison(int token)
{
	switch (token)
	{
		case '=':
		case '<':
		case '>':
		case NOT_EQUAL:
		case AT_MOST_SIGN:
		case AT_LEAST_SIGN:
		case EQUALS_P:
		case DIFFERS_P:
		case LESS_P:
		case MORE_P:
		case AT_LEAST_P:
		case AT_MOST_P:
			return true;
		default:
			return false;
	}
}

Span
teach_span(int start, int end)
{
	Span		span = {start, end};

	return span;
}

char *
teach_token_text(const ReadState *state, const Token *token)
{
	return teach_text(state, token->span.start, token->span.end);
}

/* ---------------- ranges ---------------- */

static const char *const joining[] = {"和", "与", "到", "至", "及", "~", "～", "－", "-", "—", "–", "――", "——", ",", "，", "、", "to"};

bool
teach_joins(const char *word)
{
	size_t		i;

	for (i = 0; i < lengthof(joining); i++)
		if (strcmp(joining[i], word) == 0)
			return true;
	return false;
}

/*
 * "low 和 high" after between.  The low operand begins after the last "between"; `at` is
 * the word between the operands.
 */
void
teach_between(ReadState *state, int back, Span at)
{
	int			low = -1;
	int			high = teach_after_blanks(state->text, at.end);
	int			high_end = high;
	bool		has_unit;
	char	   *from;
	char	   *to;

	for (; back < RECENT_TOKENS && low < 0; back++)
		if (read_token_before(state, back)->token == BETWEEN_P)
			low = read_token_before(state, back - 1)->span.start;
	if (low < 0 || low >= at.start)
		return;
	high_end = high + teach_quantity_length(state->text + high, &has_unit);
	if (high_end == high)
		high_end = teach_word_end(state->text, high);
	if (high_end == high)
		return;
	from = teach_text(state, low, at.start);
	while (*from && strchr(" \t\r\n", from[strlen(from) - 1]))
		from[strlen(from) - 1] = '\0';
	to = teach_text(state, high, high_end);
	if (teach_in_chinese(state, 0))
		teach_correct(state, teach_span(low, high_end),
					  psprintf("%s and %s or %s %s %s", from, to, from, message_word("且", "and"), to),
					  "between joins its ends with \"and\"");
	teach_correct(state, teach_span(low, high_end), psprintf("%s and %s", from, to),
				  "between joins its ends with \"and\"");
}

/* 100万元~200万元 */
void
teach_range_sign(ReadState *state, int at, int length)
{
	const Token *low = read_token_before(state, 0);
	const Token *sign = read_token_before(state, 1);
	int			high = teach_after_blanks(state->text, at + length);
	bool		has_unit;
	int			high_length = teach_quantity_length(state->text + high, &has_unit);
	int			start;

	if (low->token != QUANTITY || high_length == 0)
		return;
	teach_between(state, 0, teach_span(at, at + length));
	start = teach_is_comparison(sign->token) || sign->token == IN_P || sign->token == IS_P ? sign->span.start : low->span.start;
	teach_correct(state, teach_span(start, high + high_length),
				  psprintf("%s %s %s %s", teach_word(state, "between", "介于"), teach_token_text(state, low),
						   teach_word(state, "and", "且"), teach_text(state, high, high + high_length)),
				  "a range is written with \"between\"");
}

/* ---------------- numbers ---------------- */

/* 20%以上, with the comparison before it. */
void
teach_bound(ReadState *state, const Token *before, Span number, int at)
{
	int			words;
	const char *sign = teach_bound_word(state->text + at, &words);
	int			from = teach_is_comparison(before->token) ? before->span.start : number.start;

	if (sign)
		teach_correct(state, teach_span(from, at + words),
					  psprintf("%s %s", sign, teach_text(state, number.start, number.end)),
					  "a bound is written as a comparison");
}

/* A keyword written directly after a quantity, with the text that follows it. */
static void
teach_glued_quantity(ReadState *state, int start, int length, int end)
{
	static const char *const words[] = {"并且", "且", "或者", "或", "则", "否则", "and", "or", "then", "给予", "封顶", "终"};
	const char *rest = state->text + start + length;
	size_t		i;

	for (i = 0; i < lengthof(words); i++)
	{
		int			word = strlen(words[i]);
		int			more = end - start - length - word;

		if (more < 0 || strncmp(rest, words[i], word) != 0)
			continue;
		teach_correct(state, teach_span(start, end),
					  psprintf("%s %s%s%s", teach_text(state, start, start + length), words[i],
							   more > 0 ? " " : "", pnstrdup(rest + word, more)),
					  "words are separated by white space");
	}
	for (i = 0; i < lengthof(joining); i++)
	{
		int			word = strlen(joining[i]);

		if (strncmp(rest, joining[i], word) == 0)
			teach_between(state, 0, teach_span(start + length, start + length + word));
	}
}

/* The code of a clause or rung that begins with a digit, where a condition is asked for. */
static void
teach_code_number(ReadState *state, int start, int end)
{
	char	   *code = teach_text(state, start, end);
	int			before = read_token_before(state, 0)->token;
	static const char *const words[] = {"clause", "rung", "条款", "层级"};
	size_t		i;

	if (before != NOT_P && before != AND_P && before != OR_P && before != WHEN_P)
		return;
	for (i = 0; i < lengthof(words); i++)
	{
		char	   *statement = psprintf("%s %s", words[i], code);
		const char *found = strstr(state->text, statement);

		if (found && strchr(" \t\r\n'", found[strlen(statement)]))
			teach_correct(state, teach_span(start, end), psprintf("%s %s", teach_word(state, "satisfies", "符合"), code),
						  "a clause is not a condition");
	}
}

/*
 * teach_number: a number directly followed by letters that are not a unit.
 */
void
teach_number(ReadState *state, int start, int end)
{
	const char *text = state->text + start;
	DateLike	date;
	bool		has_unit;
	int			length;
	const char *unit;
	char	   *rest;

	if (teach_date_like(text, &date) && start + date.length >= end)
		teach_correct(state, teach_span(start, start + date.length), teach_date_correction(&date),
					  date.whole ? gettext_noop("a date is written with its year, month and day") : gettext_noop("a date has a day"));
	length = teach_quantity_length(text, &has_unit);
	rest = teach_text(state, start + length, end);
	teach_bound(state, read_token_before(state, 0), teach_span(start, start + length), start + length);
	if (*rest == '\0')
		return;
	teach_glued_quantity(state, start, length, end);
	if (!has_unit)
	{
		unit = teach_unit(rest);
		if (unit == NULL && IS_HIGHBIT_SET(text[length - 1]) && pg_mbstrlen(rest) == 1)
			unit = unit_name(UNIT_YUAN);	/* 5万X */
		if (unit)
			teach_correct(state, teach_span(start, end), psprintf("%s%s", teach_text(state, start, start + length), unit),
						  "\"%s\" is not a unit of a number", rest);
	}
	else if (length > (int) strlen("个") && IS_HIGHBIT_SET(text[length - 1]) &&
			 (unit = teach_unit(teach_text(state, start + length - strlen("个"), end))) != NULL)
		teach_correct(state, teach_span(start, end),
					  psprintf("%s%s", teach_text(state, start, start + length - strlen("个")), unit),
					  "\"%s\" is not a unit of a number", rest);
	teach_code_number(state, start, end);
}

/*
 * teach_thousands: 5,000万元. Called for a number that begins here.  Without a unit after
 * the last group, two numbers may be meant.
 */
void
teach_thousands(ReadState *state, int start)
{
	const Token *comma = read_token_before(state, 0);
	const Token *first = read_token_before(state, 1);
	const char *text = state->text;
	StringInfoData joined;
	int			from;
	int			at;
	int			groups = 0;
	bool		has_unit;
	int			length;

	if (comma->token != ',' || first->token != QUANTITY || comma->span.end != start ||
		first->span.end != comma->span.start)
		return;
	from = first->span.start;
	initStringInfo(&joined);
	for (at = from; at < first->span.end; at++)
		if (text[at] < '0' || text[at] > '9')
			return;
	if (first->span.end - from > 3 || text[from] == '0')
		return;
	appendBinaryStringInfo(&joined, text + from, at - from);
	at = start;
	for (;;)
	{
		int			i;

		for (i = 0; i < 3; i++)
			if (text[at + i] < '0' || text[at + i] > '9')
				return;
		if (text[at + 3] >= '0' && text[at + 3] <= '9')
			return;
		groups++;
		if (text[at + 3] != ',' || text[at + 4] < '0' || text[at + 4] > '9')
			break;
		appendBinaryStringInfo(&joined, text + at, 3);
		at += 4;
	}
	length = teach_quantity_length(text + at, &has_unit);
	if (length <= 3 && !(groups > 1 && text[at] == '0'))
		return;
	appendBinaryStringInfo(&joined, text + at, length);
	teach_correct(state, teach_span(from, at + length), joined.data, "digits are written without commas");
}

/* 5000 万元, 3 年, 20 % */
void
teach_unit_apart(ReadState *state, const Unexpected *found)
{
	const Token *number = read_token_before(state, 1);
	char	   *joined;
	bool		has_unit;
	const char *unit;

	if (number->token != QUANTITY || number->span.end == found->at.start)
		return;
	if (found->token != IDENT && found->token != '%')
		return;
	joined = psprintf("%s%s", teach_token_text(state, number), teach_text(state, found->at.start, found->at.end));
	if (teach_quantity_length(joined, &has_unit) == (int) strlen(joined))
	{
		teach_correct(state, teach_span(number->span.start, found->at.end), joined,
					  "a number and its unit are written together");
	}
	unit = teach_unit(teach_text(state, found->at.start, found->at.end));
	if (unit)
		teach_correct(state, teach_span(number->span.start, found->at.end),
					  psprintf("%s%s", teach_token_text(state, number), unit),
					  "a number and its unit are written together");
}
