/*
 * scores.c
 *		The scores of a document as a sheet of points: indicators and their steps.
 *
 * A score is a sum of indicators, which can be scores themselves, possibly inside least and
 * greatest.  The scores that are listed are those that are in no other's sum.  What is multiplied
 * by a weight is no part of a sum: its points would not be those of its steps.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "answers/phrases.h"
#include "answers/rows.h"
#include "engine/value.h"
#include "language/names.h"
#include "session/cache.h"
#include "unknown_facts.h"

ZJTX_FUNCTION(zjtx_scores);

typedef struct Sheet
{
	Rows	   *rows;			/* NULL: only `inner` is set */
	const char *text;			/* of the policy */
	const char *otherwise;		/* the word for the last step of a case */
	Run		   *run;			/* of a row with all facts unknown */
	Symbols    *inner;			/* codes of scores in the sums of others */
	const char *score;
	const char *indicator;
	int			step;
	bool		has_most;
	Number		most;
} Sheet;

/* ---------------- points ---------------- */

/* The number that an expression is, if it is written there. */
static bool
literal(const Expression *expr, Number *number)
{
	if (expr->kind == EXPR_NEGATE && literal(linitial(expr->args), number))
	{
		*number = number_negate(number);
		return true;
	}
	return expr->kind == EXPR_NUMBER && value_of_literal(number, expr);
}

static bool most_of(const Sheet *sheet, const Expression *expr, Number *most);

/* The greatest (or the least) of the most that expressions can be; false if one has no bound. */
static bool
most_of_list(const Sheet *sheet, const List *exprs, int first, int every, Number *most)
{
	int			i;

	for (i = first; i < list_length(exprs); i += every)
	{
		Number		this;

		if (!most_of(sheet, list_nth(exprs, i), &this))
			return false;
		if (i == first || number_compare(&this, most) > 0)
			*most = this;
	}
	return list_length(exprs) > first;
}

/* The least of the bounds that there are. */
static bool
least_bound(const Sheet *sheet, const List *exprs, Number *most)
{
	bool		found = false;
	ListCell   *cell;

	foreach(cell, exprs)
	{
		Number		this;

		if (most_of(sheet, lfirst(cell), &this) && (!found || number_compare(&this, most) < 0))
		{
			*most = this;
			found = true;
		}
	}
	return found;
}

/* The high end of what a definition or fact can be. */
static bool
most_of_name(const Sheet *sheet, const Expression *expr, Number *most)
{
	const Program *program = sheet->run->program;
	const Value *value;

	if (expr->type != TYPE_NUMBER)
		return false;
	if (expr->meaning == NAME_DEFINE && expr->define->list == NULL)
		value = run_value(sheet->run, program->define_instrs[expr->define->index]);
	else if (expr->meaning == NAME_FACT && !expr->fact->by_year && program->fact_instrs[expr->fact->index] >= 0)
		value = run_value(sheet->run, program->fact_instrs[expr->fact->index]);
	else
		return false;
	if (is_none(value) || (!value->known && value->high_open))
		return false;
	*most = *value_high(value);
	return true;
}

/* The most that an expression can be in any row; false if it has no bound that is seen here. */
static bool
most_of(const Sheet *sheet, const Expression *expr, Number *most)
{
	Number		other;
	Number		first;

	check_stack_depth();
	if (literal(expr, most))
		return true;
	switch (expr->kind)
	{
		case EXPR_NAME:
			return most_of_name(sheet, expr, most);
		case EXPR_BAND:
			return most_of_list(sheet, expr->args, 1, 1, most);
		case EXPR_ARM:
			return most_of(sheet, linitial(expr->args), most);
		case EXPR_CASE:
			/* values follow conditions; the else has none */
			if (!most_of_list(sheet, expr->args, 1, 2, most))
				return false;
			if (expr->has_else && most_of(sheet, llast(expr->args), &other) && number_compare(&other, most) > 0)
				*most = other;
			return !expr->has_else || most_of(sheet, llast(expr->args), &other);
		case EXPR_ADD:
			return most_of(sheet, linitial(expr->args), &first) && most_of(sheet, lsecond(expr->args), &other) &&
				number_add(most, &first, &other);
		case EXPR_MULTIPLY:
			/* a product with a literal, of what is not negative */
			if (!literal(linitial(expr->args), &first) && !literal(lsecond(expr->args), &first))
				return false;
			return number_sign(&first) >= 0 &&
				most_of(sheet, literal(linitial(expr->args), &other) ? lsecond(expr->args) : linitial(expr->args), &other) &&
				number_multiply(most, &first, &other);
		case EXPR_CALL:
			if (expr->function == FUNC_COUNT_TRUE)
			{
				*most = number_of(list_length(expr->args));
				return true;
			}
			if (expr->function == FUNC_LEAST)
				return least_bound(sheet, expr->args, most);
			return expr->function == FUNC_GREATEST && most_of_list(sheet, expr->args, 0, 1, most);
		default:
			return false;
	}
}

static void
put_number(Rows *rows, const Number *number, bool there)
{
	if (there)
		rows_put_datum(rows, DirectFunctionCall1(numeric_trim_scale, NumericGetDatum(number_to_numeric(number, 20))));
	else
		rows_put_null(rows);
}

/* ---------------- steps ---------------- */

static char *
trimmed(const char *text, int length)
{
	while (length > 0 && isspace((unsigned char) text[length - 1]))
		length--;
	for (; length > 0 && isspace((unsigned char) *text); length--)
		text++;
	return pnstrdup(text, length);
}

static char *
written(const Sheet *sheet, int start, int end)
{
	return trimmed(sheet->text + start, Max(end - start, 0));
}

static char *
expression_text(const Sheet *sheet, const Expression *expr)
{
	return written(sheet, expr->span.start, expr->span.end);
}

static void
put_step(Sheet *sheet, const char *condition, const Number *points)
{
	rows_put_text(sheet->rows, sheet->score);
	rows_put_text(sheet->rows, sheet->indicator);
	rows_put_datum(sheet->rows, Int32GetDatum(++sheet->step));
	rows_put_text(sheet->rows, condition);
	put_number(sheet->rows, points, points != NULL);
	put_number(sheet->rows, &sheet->most, sheet->has_most);
	rows_put_row(sheet->rows);
}

static void
put_value_step(Sheet *sheet, const char *condition, const Expression *value)
{
	Number		points;

	put_step(sheet, condition, literal(value, &points) ? &points : NULL);
}

/* The condition of an arm of a band, with what it compares. */
static char *
arm_text(const Sheet *sheet, const Expression *x, const Expression *arm)
{
	static const char *const then[] = {"then", "则"};
	char	   *text = written(sheet, arm->span.start, ((const Expression *) linitial(arm->args))->span.start);
	int			length;
	size_t		i;

	if (list_length(arm->args) == 1)
		return pstrdup(sheet->otherwise);
	/* a value in brackets begins after the bracket */
	length = strlen(text);
	while (length > 0 && (text[length - 1] == '(' || isspace((unsigned char) text[length - 1])))
		length--;
	for (i = 0; i < lengthof(then); i++)
	{
		int			word = strlen(then[i]);

		if (length > word && pg_strncasecmp(text + length - word, then[i], word) == 0)
			length -= word;
	}
	text = trimmed(text, length);
	return psprintf("%s %s", expression_text(sheet, x), text);
}

static void
put_band(Sheet *sheet, const Expression *band)
{
	int			i;

	for (i = 1; i < list_length(band->args); i++)
	{
		const Expression *arm = list_nth(band->args, i);

		CHECK_FOR_INTERRUPTS();
		put_value_step(sheet, arm_text(sheet, linitial(band->args), arm), linitial(arm->args));
	}
}

static void
put_case(Sheet *sheet, const Expression *expr)
{
	int			i;

	for (i = 0; i + 1 < list_length(expr->args); i += 2)
	{
		CHECK_FOR_INTERRUPTS();
		put_value_step(sheet, expression_text(sheet, list_nth(expr->args, i)), list_nth(expr->args, i + 1));
	}
	if (expr->has_else)
		put_value_step(sheet, sheet->otherwise, llast(expr->args));
}

static void
put_count(Sheet *sheet, const Expression *count, const Number *points)
{
	ListCell   *cell;

	foreach(cell, count->args)
	{
		CHECK_FOR_INTERRUPTS();
		put_step(sheet, expression_text(sheet, lfirst(cell)), points);
	}
}

static bool
is_count(const Expression *expr)
{
	return expr->kind == EXPR_CALL && expr->function == FUNC_COUNT_TRUE;
}

static bool
is_choice(const Expression *expr)
{
	return expr->kind == EXPR_CALL && (expr->function == FUNC_LEAST || expr->function == FUNC_GREATEST);
}

static void
put_steps(Sheet *sheet, const Expression *expr)
{
	Number		points = number_of(1);
	ListCell   *cell;

	check_stack_depth();
	if (expr->kind == EXPR_BAND)
		put_band(sheet, expr);
	else if (expr->kind == EXPR_CASE)
		put_case(sheet, expr);
	else if (is_count(expr))
		put_count(sheet, expr, &points);
	else if (expr->kind == EXPR_MULTIPLY && literal(linitial(expr->args), &points) && is_count(lsecond(expr->args)))
		put_count(sheet, lsecond(expr->args), &points);
	else if (expr->kind == EXPR_MULTIPLY && literal(lsecond(expr->args), &points) && is_count(linitial(expr->args)))
		put_count(sheet, linitial(expr->args), &points);
	else if (is_choice(expr))
	{
		/* a bound of the points is no step */
		foreach(cell, expr->args)
		{
			if (!literal(lfirst(cell), &points))
				put_steps(sheet, lfirst(cell));
		}
	}
	else
		put_value_step(sheet, expression_text(sheet, expr), expr);
}

/* ---------------- indicators ---------------- */

static bool
is_score_name(const Expression *expr)
{
	return expr->kind == EXPR_NAME && expr->meaning == NAME_DEFINE && expr->define->is_score && !expr->define->list;
}

/* Whether an expression adds up several indicators, or is another score. */
static bool
is_sum(const Expression *expr)
{
	ListCell   *cell;

	check_stack_depth();
	if (expr->kind == EXPR_ADD || is_score_name(expr))
		return true;
	if (!is_choice(expr))
		return false;
	foreach(cell, expr->args)
	{
		if (is_sum(lfirst(cell)))
			return true;
	}
	return false;
}

/* Lists the indicators of an expression; `name` is that of the score that it is, or NULL. */
static void
list_indicators(Sheet *sheet, const Expression *expr, const char *name)
{
	Number		bound;
	ListCell   *cell;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (is_score_name(expr))
	{
		(void) symbols_add(sheet->inner, expr->define->provision.code, expr->define);
		list_indicators(sheet, expr->define->expr, expr->define->provision.code);
	}
	else if (is_sum(expr))
	{
		foreach(cell, expr->args)
		{
			/* least(100分, …) bounds the sum */
			if (expr->kind == EXPR_ADD || !literal(lfirst(cell), &bound))
				list_indicators(sheet, lfirst(cell), NULL);
		}
	}
	else if (sheet->rows)
	{
		sheet->indicator = name ? name : expression_text(sheet, expr);
		sheet->step = 0;
		sheet->has_most = most_of(sheet, expr, &sheet->most);
		put_steps(sheet, expr);
	}
}

static void
list_scores(Sheet *sheet, const Document *doc)
{
	ListCell   *cell;

	foreach(cell, doc->defines)
	{
		const Define *define = lfirst(cell);

		if (!define->is_score || define->list ||
			(sheet->rows && symbols_find(sheet->inner, define->provision.code)))
			continue;
		sheet->score = define->provision.code;
		list_indicators(sheet, define->expr, define->provision.code);
	}
}

/* scores(p) → score, indicator, step, condition, points, most */
Datum
zjtx_scores(PG_FUNCTION_ARGS)
{
	text	   *argument = PG_GETARG_TEXT_PP(0);
	Rows		rows;
	const Compiled *compiled;
	int			i;

	rows_start(fcinfo, &rows);
	compiled = compiled_tree(VARDATA_ANY(argument), VARSIZE_ANY_EXHDR(argument), CurrentMemoryContext);
	for (i = 0; i < compiled->nprograms; i++)
	{
		const Program *program = compiled->programs[i];
		Sheet		sheet = {0};

		if (program->doc->bare)
			continue;			/* an expression has no scores */
		sheet.text = compiled->policy->text;
		sheet.otherwise = phrases_of(program->doc, NULL)->chinese ? "否则" : "else";
		sheet.inner = symbols_create();
		sheet.run = run_create(program);
		run_begin(sheet.run, unknown_facts(program));
		list_scores(&sheet, program->doc);
		sheet.rows = &rows;
		list_scores(&sheet, program->doc);
	}
	return (Datum) 0;
}
