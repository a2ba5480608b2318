/*
 * teach.h
 *		Errors whose hint is a correction.
 *
 * Such an error is reported at the first byte of what is wrong, and its hint is
 *
 *		Write CORRECTION instead of WRONG.
 *
 * or "Write ONE or OTHER instead of WRONG.", so that a program can apply it: the text at the
 * reported position begins with WRONG, which CORRECTION replaces.  Other sentences may follow.
 *
 * The functions teach_… report such an error and do not return if they recognise a mistake, and
 * return otherwise.  Then the caller reports its own error.
 */
#ifndef ZJTX_TEACH_H
#define ZJTX_TEACH_H

#include "check.h"

/* ---------------- teach.c ---------------- */

pg_noreturn extern void teach_correct(ReadState *state, Span wrong, const char *correction,
									  const char *fmt,...) ZJTX_PRINTF(4, 5);
extern char *teach_text(const ReadState *state, int start, int end);

/* Whether the keywords read so far, without the last `without` tokens, are mainly Chinese. */
extern bool teach_in_chinese(const ReadState *state, int without);

/*
 * A keyword in the language of the document. teach_word is for a token that does not fit, which does not count;
 * teach_checked_word is for when the whole document has been parsed.
 */
extern const char *teach_word(const ReadState *state, const char *english, const char *chinese);
extern const char *teach_checked_word(const Checker *checker, const char *english, const char *chinese);

/* The text of an expression. */
extern char *teach_expr_text(const Checker *checker, const Expression *expr);

/* Positions in the text. */
extern int	teach_after_blanks(const char *text, int at);
extern int	teach_word_end(const char *text, int at);

/* ---------------- what people write: teach_words.c ---------------- */

/* A day or a month, in whatever form. */
typedef struct DateLike
{
	bool		whole;			/* a day; otherwise a month */
	DateADT		first;
	DateADT		last;			/* of the month */
	int			length;			/* in bytes */
} DateLike;

extern bool teach_date_like(const char *text, DateLike *found);
extern char *teach_date_correction(const DateLike *found);

/* Splits "5万元且…" at the end of the longest quantity; returns its length, or 0. */
extern int	teach_quantity_length(const char *text, bool *has_unit);

/* Whether a number ends in 万 or the like. */
extern bool teach_ends_in_magnitude(const char *number);

/* The sign that 以上, 以下 and the like mean after a number, or NULL; *length is the length of the word. */
extern const char *teach_bound_word(const char *text, int *length);

/* The unit that a word which is not a unit stands for, or NULL. */
extern const char *teach_unit(const char *word);

/*
 * Writes a number in Chinese characters, such as 五百万元 or 百分之五, in digits; returns NULL if the word is not a number.
 */
extern char *teach_numeral(const char *word, bool *has_unit);

/* 1 for yes, 0 for no, -1 for other words. */
extern int	teach_yes_no(const char *word);

/* Returns whether a text begins with a word for "not", such as 不 or 未; *length is the length of the word. */
extern bool teach_negation(const char *text, int *length);

/* The comparison that a word means, or NULL. */
extern const char *teach_comparison(const char *word);

/* The keyword that a word means, in English, or NULL. */
extern const char *teach_keyword(const char *word, int nth);

/* The function that a word means, in English, or NULL. */
extern const char *teach_function(const char *word);

/* ---------------- numbers: teach_numbers.c ---------------- */

/* Whether a token is a sign or word of comparison. */
extern bool teach_is_comparison(int token);
extern Span teach_span(int start, int end);
extern char *teach_token_text(const ReadState *state, const Token *token);

/* Whether a word or sign is one that people write instead of the "and" of between. */
extern bool teach_joins(const char *word);

/* ---------------- tokens: teach_tokens.c ---------------- */

/* What the grammar found and what it could have accepted. */
typedef struct Unexpected
{
	int			token;
	Span		at;
	bool		operand;		/* an expression could begin here */
	bool		comparison;		/* a comparison could follow */
	bool		text;			/* a text in quotes, but not a name */
	bool		only_text;		/* … nor a keyword */
	bool		date;			/* a date, but not a number */
	bool		and_only;		/* the "and" of between */
	bool		equals_only;	/* =, but no other comparison */
	bool		when;
	bool		bracket;		/* an opening bracket */
} Unexpected;

extern void teach_character(ReadState *state, int at, int back);
extern void teach_syntax(ReadState *state, const Unexpected *unexpected);

/* of numbers, in teach_numbers.c */
extern void teach_number(ReadState *state, int start, int end);
extern void teach_thousands(ReadState *state, int start);
extern void teach_between(ReadState *state, int back, Span at);
extern void teach_range_sign(ReadState *state, int at, int length);
extern void teach_bound(ReadState *state, const Token *before, Span number, int at);
extern void teach_unit_apart(ReadState *state, const Unexpected *found);

/* a < b < c. teach_chain_text appends the last comparison to the correction; teach_chain reports the error. */
extern char *teach_chain_text(const ReadState *state, const char *text, Span left, Span right);
pg_noreturn extern void teach_chain(ReadState *state, const char *correction, Span span);

/* ---------------- names: teach_names.c ---------------- */

/* Whether a name is that of a fact, field or definition. */
extern bool teach_is_declared(const Checker *checker, const char *name, const Scope *scope);

extern void teach_name(Checker *checker, Expression *expr, Scope *scope);
extern void teach_untyped(Checker *checker, Expression *expr);

/* ---------------- types and units: teach_types.c ---------------- */

extern void teach_comparison_types(Checker *checker, Expression *left, Expression *right);
extern void teach_days(Checker *checker, Expression *left, Expression *right);
extern void teach_rule(Checker *checker, const Expression *left, const Expression *right);
extern void teach_order(Checker *checker, const Expression *left, const Expression *right);
extern void teach_itself(Checker *checker, const Expression *left, const Expression *right);
extern void teach_shift(Checker *checker, const Expression *expr);
extern void teach_division(Checker *checker, const Expression *expr, const Scope *scope);
extern void teach_boolean(Checker *checker, const Expression *expr);

/* ---------------- calls: teach_calls.c ---------------- */

extern void teach_list_call(Checker *checker, Expression *expr);
extern void teach_call(Checker *checker, const Expression *expr);

#endif							/* ZJTX_TEACH_H */
