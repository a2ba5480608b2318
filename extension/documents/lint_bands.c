/*
 * lint_bands.c
 *		Finds steps of bands that are never reached, are missing, or overlap.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"

#include "engine/value.h"
#include "lint.h"

/* A constant that bounds a step, a text or a number. */
typedef struct Constant
{
	const char *text;			/* NULL for a number */
	Number		number;
} Constant;

static bool
read_constant(const Expression *bound, Constant *constant)
{
	const Expression *literal = bound->kind == EXPR_NEGATE ? linitial(bound->args) : bound;

	constant->text = literal->kind == EXPR_TEXT ? literal->name : NULL;
	if (constant->text)
		return true;
	if (literal->kind != EXPR_NUMBER ||
		!value_of_literal(&constant->number, literal))
		return false;
	if (literal != bound)
		constant->number = number_negate(&constant->number);
	return true;
}

static int
compare_constants(const Constant *a, const Constant *b)
{
	return a->text ? strcmp(a->text, b->text) : number_compare(&a->number, &b->number);
}

static bool
is_upward(CompareOp op)
{
	return op == CMP_GE || op == CMP_GT;
}

static bool
is_downward(CompareOp op)
{
	return op == CMP_LE || op == CMP_LT;
}

/*
 * Returns whether a value satisfies a step with one bound, or is in the list of one with
 * "in".
 */
static bool
step_takes(const Expression *arm, const Constant *value)
{
	ListCell   *cell;

	for_each_from(cell, arm->args, 1)
	{
		Constant	bound;
		int			order;

		if (!read_constant(lfirst(cell), &bound))
			continue;
		order = compare_constants(value, &bound);
		if (arm->compare == CMP_EQ ? order == 0 :
			arm->compare == CMP_GE ? order >= 0 :
			arm->compare == CMP_GT ? order > 0 :
			arm->compare == CMP_LE ? order <= 0 :
			arm->compare == CMP_LT ? order < 0 : false)
			return true;
	}
	return false;
}

/*
 * Returns whether an earlier step takes some of the values of a later one: members of its
 * list, or values between bounds of opposite directions.  Bounds of the same direction
 * always overlap, as intended in a band.
 */
static bool
steps_overlap(const Expression *earlier, const Expression *later)
{
	Constant	a;
	Constant	b;
	int			order;
	ListCell   *cell;

	if (list_length(earlier->args) < 2 || list_length(later->args) < 2)
		return false;
	if (later->compare == CMP_EQ)
	{
		for_each_from(cell, later->args, 1)
		{
			if (read_constant(lfirst(cell), &b) && step_takes(earlier, &b))
				return true;
		}
		return false;
	}
	if (!(is_upward(earlier->compare) && is_downward(later->compare)) &&
		!(is_downward(earlier->compare) && is_upward(later->compare)))
		return false;
	if (!read_constant(lsecond(earlier->args), &a) || !read_constant(lsecond(later->args), &b))
		return false;
	order = compare_constants(&a, &b);
	if (order == 0)
		return (earlier->compare == CMP_GE || earlier->compare == CMP_LE) &&
			(later->compare == CMP_GE || later->compare == CMP_LE);
	return is_upward(earlier->compare) ? order < 0 : order > 0;
}

static void
lint_overlaps(Linter *linter, const char *place, const Expression *expr, const bool *reached)
{
	int			nsteps = list_length(expr->args) - 1;
	int			i,
				j;

	for (j = 1; j < nsteps; j++)
	{
		for (i = 0; i < j; i++)
		{
			const Expression *earlier = list_nth(expr->args, i + 1);
			const Expression *later = list_nth(expr->args, j + 1);

			/* unreached steps are reported separately */
			if ((reached && (!reached[i] || !reached[j])) || !steps_overlap(earlier, later))
				continue;
			lint_report_at(linter, "overlap", place,
						   psprintf(linter->phrases->lint_overlap,
									lint_words(linter, earlier), lint_words(linter, later)), later->span);
		}
		CHECK_FOR_INTERRUPTS();
	}
}

static void
lint_band(Linter *linter, const char *place, const Expression *expr)
{
	const Instr *band = &linter->program->instrs[program_instr(linter->program, expr)];
	int			nsteps = band->nargs / 2;
	bool	   *reached = palloc_array(bool, nsteps + 1);
	bool		known;
	int			i;

	known = band->op == OP_CASE && band->a >= 0 && band->scopes == 0 &&
		run_band_steps(linter->unknown, band, reached);
	lint_overlaps(linter, place, expr, known ? reached : NULL);
	if (!known)
		return;
	for (i = 0; i < nsteps; i++)
		if (!reached[i])
			lint_report_at(linter, "unreachable", place,
						   psprintf(linter->phrases->lint_step, lint_words(linter, list_nth(expr->args, i + 1))),
						   ((const Expression *) list_nth(expr->args, i + 1))->span);
	if (reached[nsteps] && band->nargs % 2 == 0)
		lint_report_at(linter, "gap", place,
					   psprintf(linter->phrases->lint_band_gap, lint_words(linter, linitial(expr->args))), expr->span);
	if (!reached[nsteps] && band->nargs % 2 == 1)
		lint_report_at(linter, "unreachable", place,
					   psprintf(linter->phrases->lint_band_else, lint_words(linter, linitial(expr->args))),
					   ((const Expression *) llast(expr->args))->span);
}

/*
 * A number contributes to every tier below it, so only tiers above its range are never
 * reached.
 */
static void
lint_tiers(Linter *linter, const char *place, const Expression *expr)
{
	const Program *program = linter->program;
	const Instr *tiers = &program->instrs[program_instr(program, expr)];
	const Value *x;
	int			i;

	if (tiers->op != OP_TIERS || program->instrs[tiers->a].scopes != 0)
		return;
	x = run_value(linter->unknown, tiers->a);
	if (high_of(x) == NULL || x->none)
		return;
	for (i = 2; i < tiers->nargs; i += 2)
	{
		const Number *from = &program->numbers[program->instrs[program->args[tiers->args + i - 1]].a];

		if (number_compare(high_of(x), from) <= 0)
			lint_report_at(linter, "unreachable", place,
						   psprintf(linter->phrases->lint_rate, lint_words(linter, list_nth(expr->args, i + 1))),
						   ((const Expression *) list_nth(expr->args, i + 1))->span);
	}
}

void
lint_bands(Linter *linter, const char *place, const Expression *expr)
{
	ListCell   *cell;

	if (expr == NULL)
		return;
	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (expr->kind == EXPR_BAND && program_instr(linter->program, expr) >= 0)
		lint_band(linter, place, expr);
	if (expr->kind == EXPR_TIERS && program_instr(linter->program, expr) >= 0)
		lint_tiers(linter, place, expr);
	foreach(cell, expr->args)
	{
		lint_bands(linter, place, lfirst(cell));
	}
	lint_bands(linter, place, expr->where);
	lint_bands(linter, place, expr->body);
}
