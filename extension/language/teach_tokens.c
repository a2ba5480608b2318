/*
 * teach_tokens.c
 *		Corrections for what the scanner and the grammar cannot read.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

#include "messages.h"
#include "names.h"
#include "teach.h"
#include "build.h"
#include "language/gram.h"

static bool
is_any(const char *text, const char *const *words, int count)
{
	int			i;

	for (i = 0; i < count; i++)
		if (strcmp(text, words[i]) == 0)
			return true;
	return false;
}

/* ---------------- characters ---------------- */

typedef struct Quotes
{
	const char *open;
	const char *close;
} Quotes;

static const Quotes quotes[] = {
	{"\"", "\""}, {"「", "」"}, {"『", "』"}, {"`", "`"}, {"＂", "＂"}, {"＇", "＇"}, {"〝", "〞"}, {"〈", "〉"}, {"《", "》"},
	{"”", "”"}, {"’", "’"}
};

/* Other quotes: a text, or a name as SQL quotes it. */
static void
teach_quotes(ReadState *state, int at)
{
	const char *text = state->text + at;
	size_t		i;

	for (i = 0; i < lengthof(quotes); i++)
	{
		const char *end;
		const char *inside = text + strlen(quotes[i].open);
		char	   *content;
		int			after;
		Span		span;

		if (strncmp(text, quotes[i].open, strlen(quotes[i].open)) != 0)
			continue;
		end = strstr(inside, quotes[i].close);
		if (end == NULL || end == inside || memchr(inside, '\n', end - inside))
			return;
		content = pnstrdup(inside, end - inside);
		span = teach_span(at, end + strlen(quotes[i].close) - state->text);
		after = teach_after_blanks(state->text, span.end);
		if (!teach_is_comparison(read_token_before(state, 0)->token) && *text == '"' &&
			teach_word_end(content, 0) == (int) strlen(content) &&
			state->text[after] != '\0' && strchr("<>=!+-*/", state->text[after]))
			teach_correct(state, span, content, "a name is written without quotes");
		if (strchr(content, '\''))
			return;
		teach_correct(state, span, psprintf("'%s'", content), "a text must be in single quotes");
	}
}

/* 20元/平方米·月 */
static void
teach_compound_unit(ReadState *state, int at)
{
	const Token *word = read_token_before(state, 0);
	const Token *number = read_token_before(state, 2);
	int			end = at;

	if (word->token != IDENT || read_token_before(state, 1)->token != '/' || number->token != QUANTITY)
		return;
	for (;;)
	{
		int			next = end;

		if (strncmp(state->text + next, "·", strlen("·")) == 0 || strncmp(state->text + next, "•", strlen("•")) == 0 ||
			strncmp(state->text + next, "・", strlen("・")) == 0 || state->text[next] == '.' || state->text[next] == '/')
			next += pg_utf_mblen((const unsigned char *) state->text + next);
		else
			break;
		if (teach_word_end(state->text, next) == next)
			break;
		end = teach_word_end(state->text, next);
	}
	if (end > at)
		teach_correct(state, teach_span(number->span.start, end), teach_token_text(state, number),
					  "a quantity has one unit");
}

/*
 * teach_character: a character that begins no token.  The token before it was returned
 * `back` tokens before the last one.
 */
void
teach_character(ReadState *state, int at, int back)
{
	static const Quotes signs[] = {
		{"&&", "and"}, {"||", "or"}, {"&", "and"}, {"|", "or"}, {"＆＆", "and"}, {"＆", "and"}, {"｜｜", "or"}, {"｜", "or"},
		{"≧", ">="}, {"≦", "<="}, {"≥=", ">="}, {"﹥", ">"}, {"﹤", "<"}, {"＃", "--"}, {"#", "--"}, {"。", ";"}, {"•", "*"},
		{"∗", "*"}, {"∕", "/"}, {"﹪", "%"}, {"﹣", "-"}, {"–", "-"}, {"—", "-"}, {"〔", "("}, {"〕", ")"}, {"【", "("}, {"】", ")"},
		{"{", "("}, {"}", ")"}, {"｛", "("}, {"｝", ")"}, {"∧", "and"}, {"∨", "or"}, {"¬", "not"}, {"￢", "not"}
	};
	static const char *const ranges[] = {"~", "～", "〜", "—", "–", "－"};
	const char *text = state->text + at;
	const Token *before = read_token_before(state, back);
	DateLike	date;
	size_t		i;
	int			length;
	bool		has_unit;

	teach_compound_unit(state, at);
	if (before->token == QUANTITY && before->span.end == at &&
		teach_date_like(state->text + before->span.start, &date) && before->span.start + date.length > at)
		teach_correct(state, teach_span(before->span.start, before->span.start + date.length),
					  teach_date_correction(&date), "a date is written with its year, month and day");
	for (i = 0; i < lengthof(ranges); i++)
		if (strncmp(text, ranges[i], strlen(ranges[i])) == 0)
			teach_range_sign(state, at, strlen(ranges[i]));
	teach_quotes(state, at);
	if (*text == '.')
	{
		length = teach_quantity_length(text + 1, &has_unit);
		if (length > 0 && (before->token != QUANTITY || before->span.end != at))
			teach_correct(state, teach_span(at, at + 1 + length), psprintf("0%s", teach_text(state, at, at + 1 + length)),
						  "a number begins with a digit");
		if (length == 0 && before->token == QUANTITY && before->span.end == at)
			teach_correct(state, teach_span(before->span.start, at + 1), teach_token_text(state, before),
						  "a number ends with a digit");
	}
	if ((*text == '!' || strncmp(text, "！", strlen("！")) == 0) && !teach_is_comparison(before->token))
	{
		int			word = teach_after_blanks(state->text, at + (*text == '!' ? 1 : (int) strlen("！")));
		int			end = teach_word_end(state->text, word);

		if (end > word)
			teach_correct(state, teach_span(at, end),
						  psprintf("%s %s", teach_word(state, "not", "非"), teach_text(state, word, end)),
						  "a negation is a word");
	}
	for (i = 0; i < lengthof(signs); i++)
		if (strncmp(text, signs[i].open, strlen(signs[i].open)) == 0)
			teach_correct(state, teach_span(at, at + strlen(signs[i].open)), signs[i].close,
						  "unexpected character \"%s\"", signs[i].open);
}

/* ---------------- syntax ---------------- */

/* ==, =>, =<, > =, < > */
static void
teach_sign(ReadState *state, const Unexpected *found)
{
	const Token *first = read_token_before(state, 1);
	const char *sign = NULL;

	if (found->token == '=')
		sign = first->token == '=' ? "=" : first->token == '>' || first->token == MORE_P ? ">=" :
			first->token == '<' || first->token == LESS_P ? "<=" : NULL;
	if (found->token == '=' && first->token == AT_LEAST_SIGN)
		sign = ">=";
	else if (found->token == '=' && first->token == AT_MOST_SIGN)
		sign = "<=";
	else if (found->token == '=' && first->token == NOT_EQUAL)
		sign = "<>";
	else if (first->token == '=')
		sign = found->token == '=' ? "=" : found->token == '>' ? ">=" : found->token == '<' ? "<=" : NULL;
	else if (first->token == '<' && found->token == '>')
		sign = "<>";
	if (sign)
		teach_correct(state, teach_span(first->span.start, found->at.end), sign, "unexpected \"%s\"",
					  teach_text(state, found->at.start, found->at.end));
	if (found->token == '/' && first->token == '/' && first->span.end == found->at.start)
		teach_correct(state, teach_span(first->span.start, found->at.end), "--", "a comment begins with two hyphens");
}

/* = null, = 是, is true, is '小型' */
static void
teach_equality(ReadState *state, const Unexpected *found)
{
	const Token *sign = read_token_before(state, 1);
	char	   *word = teach_text(state, found->at.start, found->at.end);
	Nearest		nearest;

	if (teach_is_comparison(sign->token) && (found->token == NULL_P || found->token == NONE_P))
	{
		bool		differs = sign->token == NOT_EQUAL || sign->token == DIFFERS_P;

		teach_correct(state, teach_span(sign->span.start, found->at.end),
					  differs ? teach_word(state, "is not null", "不为 空") : teach_word(state, "is null", "为 空"),
					  "nothing is compared with what is none");
	}
	/* in an example only a literal may follow */
	if (teach_is_comparison(sign->token) && (found->operand || found->text) && teach_yes_no(word) >= 0)
		teach_correct(state, found->at, teach_yes_no(word) ? teach_word(state, "true", "真") : teach_word(state, "false", "假"),
					  "a boolean is true or false");
	nearest_start(&nearest, word);
	nearest_offer(&nearest, "null");
	nearest_offer(&nearest, "not");
	if (sign->token == IS_P && found->token != NOT_P && found->token != NONE_P && nearest.best == NULL)
		teach_correct(state, teach_span(sign->span.start, sign->span.end), "=", "only \"null\" follows \"is\"");
	if (sign->token == NOT_P && read_token_before(state, 2)->token == IS_P)
		teach_correct(state, teach_span(read_token_before(state, 2)->span.start, sign->span.end), "<>",
					  "only \"null\" follows \"is not\"");
	if (found->equals_only &&
		(found->token == EQUALS_P || found->token == IS_P || found->token == ':'))
		teach_correct(state, found->at, "=", "unexpected \"%s\"", word);
	if (sign->token == ':' && found->token == '=')
		teach_correct(state, teach_span(sign->span.start, found->at.end), "=", "unexpected \"%s\"", word);
}

/* 收入 非空, 收入 非 空, 收入 有值 */
static void
teach_null(ReadState *state, const Unexpected *found)
{
	static const char *const words[] = {"非空", "有值", "不空", "不是空", "非空值"};
	const Token *before = read_token_before(state, 1);

	if (found->comparison && is_any(teach_text(state, found->at.start, found->at.end), words, lengthof(words)))
		teach_correct(state, found->at, teach_word(state, "is not null", "不为 空"), "words are separated by white space");
	if (before->token == NOT_P && found->token == NULL_P)
		teach_correct(state, teach_span(before->span.start, found->at.end), teach_word(state, "is not null", "不为 空"),
					  "only \"null\" follows \"is not\"");
}

/* 不 a, 未 超过, 没有 处罚 */
static void
teach_not(ReadState *state, const Unexpected *found)
{
	const Token *before = read_token_before(state, 1);
	char	   *word = teach_token_text(state, before);
	char	   *next = teach_text(state, found->at.start, found->at.end);
	int			length;
	int			end;

	if (before->token == IDENT && found->token == IDENT && teach_negation(word, &length) && length == (int) strlen(word))
		teach_correct(state, teach_span(before->span.start, found->at.end),
					  psprintf("%s %s", teach_word(state, "not", "非"), next), "a negation is \"not\"");

	/* x 不 超过 5; 无 x */
	if (!teach_negation(next, &length) || length != (int) strlen(next))
		return;
	end = teach_word_end(state->text, teach_after_blanks(state->text, found->at.end));
	word = teach_text(state, teach_after_blanks(state->text, found->at.end), end);
	if (found->comparison)
	{
		char	   *both = psprintf("不%s", word);

		if (keyword_find(both, IDENT) != IDENT)
			teach_correct(state, teach_span(found->at.start, end), both, "unexpected \"%s\"", next);
	}
	else if (found->token == NONE_P && found->operand && *word != '\0' && keyword_find(word, IDENT) == IDENT)
		teach_correct(state, teach_span(found->at.start, end),
					  psprintf("%s %s", teach_word(state, "not", "非"), word), "a negation is \"not\"");
}

/* A keyword in front of a word without white space, such as 当收入. */
static void
teach_glued_word(ReadState *state, const Unexpected *found)
{
	static const struct
	{
		const char *word;
		int			token;
	}			words[] = {
		{"并且", AND_P}, {"且", AND_P}, {"或者", OR_P}, {"或", OR_P}, {"当", WHEN_P}, {"给予", PAY_P}, {"封顶", CAP_P},
		{"大于等于", 0}, {"小于等于", 0}
	};
	char	   *text = teach_text(state, found->at.start, found->at.end);
	size_t		i;

	if (found->token != IDENT)
		return;
	for (i = 0; i < lengthof(words); i++)
	{
		size_t		length = strlen(words[i].word);
		bool		fits = words[i].token == WHEN_P || words[i].token == PAY_P || words[i].token == CAP_P ? found->when :
		found->comparison;

		if (words[i].token != 0 && fits && strncmp(text, words[i].word, length) == 0 && text[length] != '\0')
			teach_correct(state, found->at, psprintf("%s %s", words[i].word, text + length),
						  "words are separated by white space");
	}

	/* a comparison in front of its operand: 收入 大于5万元 */
	if (found->comparison)
	{
		size_t		length;

		for (length = strlen(text); length > 0; length--)
		{
			char	   *front = pnstrdup(text, length);

			if (length < strlen(text) && teach_is_comparison(keyword_find(front, IDENT)) && !((text[length] & 0xC0) == 0x80))
				teach_correct(state, found->at, psprintf("%s %s", front, text + length),
							  "words are separated by white space");
		}
	}
}

/* in 'a', 'b'; 'a' in list */
static void
teach_in(ReadState *state, const Unexpected *found)
{
	const Token *before = read_token_before(state, 1);
	const Token *operand = read_token_before(state, 2);

	if (before->token != IN_P || !found->bracket)
		return;
	if (found->token == STRING)
		teach_correct(state, found->at, psprintf("(%s)", teach_text(state, found->at.start, found->at.end)),
					  "the values of \"in\" must be in parentheses");
	if (found->token == IDENT && (operand->token == STRING || operand->token == IDENT))
		teach_correct(state, teach_span(operand->span.start, found->at.end),
					  psprintf("%s(%s : %s = %s)", teach_word(state, "any", "任一"),
							   teach_text(state, found->at.start, found->at.end), teach_word(state, IT_NAME, IT_LABEL),
							   teach_token_text(state, operand)),
					  "an element of a list is asked for with \"any\"");
}

/* fact a number in (1, 2) */
static void
teach_number_range(ReadState *state, const Unexpected *found)
{
	const Token *bracket = read_token_before(state, 1);
	const Token *word = read_token_before(state, 2);
	int			at = found->at.start;
	char	   *first = NULL;
	char	   *last = NULL;
	bool		has_unit;

	if (!found->text || bracket->token != '(' || word->token != IN_P)
		return;
	for (;;)
	{
		int			length;

		at = teach_after_blanks(state->text, at);
		length = teach_quantity_length(state->text + at, &has_unit);
		if (length == 0)
			return;
		last = teach_text(state, at, at + length);
		if (first == NULL)
			first = last;
		at = teach_after_blanks(state->text, at + length);
		if (state->text[at] == ',')
			at++;
		else if (strncmp(state->text + at, "，", 3) == 0 || strncmp(state->text + at, "、", 3) == 0)
			at += 3;
		else
			break;
	}
	if (state->text[at] == ')')
		at++;
	else if (strncmp(state->text + at, "）", 3) == 0)
		at += 3;
	else
		return;
	teach_correct(state, teach_span(word->span.start, at),
				  psprintf("%s %s %s %s", teach_word(state, "between", "介于"), first, teach_word(state, "and", "且"), last),
				  "a number has a range");
}

/* clause 1（一） */
static void
teach_code(ReadState *state, const Unexpected *found)
{
	static const char *const marks[] = {"（", "）", "／", "·", "：", "，", "、", "。", "．"};
	const Token *code = read_token_before(state, 1);
	StringInfoData joined;
	int			at;
	bool		gap = false;

	if (code->token != CODE || code->span.end != found->at.start)
		return;
	initStringInfo(&joined);
	appendStringInfoString(&joined, teach_token_text(state, code));
	for (at = found->at.start; state->text[at] != '\0';)
	{
		int			end = teach_word_end(state->text, at);
		int			length = pg_utf_mblen((const unsigned char *) state->text + at);

		if (end > at)
		{
			appendStringInfo(&joined, "%s%s", gap ? "-" : "", teach_text(state, at, end));
			gap = false;
			at = end;
		}
		else if (strchr("()/.:,", state->text[at]) ||
				 is_any(teach_text(state, at, at + length), marks, lengthof(marks)))
		{
			gap = true;
			at += length;
		}
		else
			break;
	}
	if (at > found->at.start)
		teach_correct(state, teach_span(code->span.start, at), joined.data,
					  "a code consists of letters, digits and - _ .");
}

/* pay at most 20万元 */
static void
teach_pay_at_most(ReadState *state, const Unexpected *found)
{
	int			back = read_token_before(state, 1)->token == AT_P ? 2 : 1;
	const Token *pay = read_token_before(state, back);
	int			at = found->at.start;
	int			end;
	bool		has_unit;

	if (found->token == MOST_P && read_token_before(state, 1)->token == AT_P)
		at = teach_after_blanks(state->text, found->at.end);
	else if (read_token_before(state, 1)->token == AT_MOST_P)
		pay = read_token_before(state, 2);
	else
		return;
	if (pay->token != PAY_P)
		return;
	end = at + teach_quantity_length(state->text + at, &has_unit);
	if (end == at)
		end = teach_word_end(state->text, at);
	state->detail = NULL;
	read_error(state, pay->span.start,
			   psprintf(_("Write %s instead of %s. Where the text has a figure, its cap follows, such as %s 50%% * x %s %s."),
						psprintf("%s %s", teach_word(state, "pay", "给予"), teach_word(state, "undetermined", "未定")),
						teach_text(state, pay->span.start, end), teach_word(state, "pay", "给予"), teach_word(state, "cap", "封顶"), teach_text(state, at, end)),
			   "a cap is not an amount");
}

/* not clause 1 */
static void
teach_clause_condition(ReadState *state, const Unexpected *found)
{
	int			start;
	int			end;

	if (!found->operand || (found->token != CLAUSE_P && found->token != RUNG_P))
		return;
	start = teach_after_blanks(state->text, found->at.end);
	end = teach_word_end(state->text, start);
	while (strchr("-./", state->text[end]) && state->text[end] != '\0' && teach_word_end(state->text, end + 1) > end + 1)
		end = teach_word_end(state->text, end + 1);
	if (end > start)
		teach_correct(state, teach_span(found->at.start, end),
					  psprintf("%s %s", teach_word(state, "satisfies", "符合"), teach_text(state, start, end)),
					  "a clause is not a condition");
}

/* A date in another form, or in quotes. */
static void
teach_date(ReadState *state, const Unexpected *found)
{
	const Token *before = read_token_before(state, 1);
	int			start = found->at.start;
	DateLike	date;

	if (before->token == QUANTITY && before->span.end == start && teach_date_like(state->text + before->span.start, &date) &&
		before->span.start + date.length > start)
		teach_correct(state, teach_span(before->span.start, before->span.start + date.length),
					  teach_date_correction(&date), "a date is written with its year, month and day");
	if (!found->date || (found->token != QUANTITY && found->token != STRING))
		return;
	if (found->token == STRING && teach_date_like(state->text + start + 1, &date) && date.length + 2 == found->at.end - start)
		teach_correct(state, found->at, teach_date_correction(&date), "a date has no quotes");
	if (found->token == QUANTITY && teach_date_like(state->text + start, &date))
		teach_correct(state, teach_span(start, start + date.length), teach_date_correction(&date),
					  "a date is written with its year, month and day");
}

void
teach_syntax(ReadState *state, const Unexpected *found)
{
	const Token *before = read_token_before(state, 1);
	char	   *word = teach_text(state, found->at.start, found->at.end);
	int			length;
	const char *sign;

	teach_sign(state, found);
	teach_date(state, found);
	if (found->token == ',' && before->token == QUANTITY && before->span.end == found->at.start)
	{
		int			groups = found->at.end;
		bool		has_unit;

		length = teach_quantity_length(state->text + groups, &has_unit);
		if (strspn(state->text + groups, "0123456789") == 3 && strspn(teach_token_text(state, before), "0123456789") == strlen(teach_token_text(state, before)))
			teach_correct(state, teach_span(before->span.start, groups + length),
						  psprintf("%s%s", teach_token_text(state, before), teach_text(state, groups, groups + length)),
						  "digits are written without commas");
	}
	if (found->and_only && teach_joins(word))
		teach_between(state, 1, found->at);
	teach_unit_apart(state, found);
	if (before->token == QUANTITY)
		teach_bound(state, read_token_before(state, 2), before->span, found->at.start);
	if (found->comparison && found->token == QUANTITY)
		teach_bound(state, before, found->at, teach_after_blanks(state->text, found->at.end));
	if (found->token == '.')
		teach_character(state, found->at.start, 1);
	teach_equality(state, found);
	teach_null(state, found);
	teach_not(state, found);
	teach_in(state, found);
	teach_number_range(state, found);
	teach_code(state, found);
	teach_pay_at_most(state, found);
	teach_clause_condition(state, found);
	if (found->comparison && (sign = teach_comparison(word)) != NULL)
		teach_correct(state, found->at, sign, "unexpected \"%s\"", word);
	teach_glued_word(state, found);
	if (found->only_text && (found->token == IDENT || found->token == QUANTITY))
		teach_correct(state, found->at, psprintf("'%s'", word), "a text must be in single quotes");
}

char *
teach_chain_text(const ReadState *state, const char *text, Span left, Span right)
{
	return psprintf("%s %s %s", text, teach_word(state, "and", "且"), teach_text(state, left.start, right.end));
}

void
teach_chain(ReadState *state, const char *correction, Span span)
{
	teach_correct(state, span, correction, "comparisons do not chain");
}
