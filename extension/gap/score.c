/*
 * score.c
 *		Finds the steps that raise a score to its threshold.
 *
 * A score is a sum of bands, cases, counts and figures, possibly inside least and
 * greatest.  Its steps are the next band, a condition not counted yet, and the next unit of
 * a figure.  The evaluator determines the effect of a step, with the facts replaced.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "gap.h"

#define MAX_STEPS_TAKEN 100

/* ---------------- the shape of a score ---------------- */

static bool
is_sum(const Instr *instr)
{
	switch ((Op) instr->op)
	{
		case OP_ADD:
		case OP_SUBTRACT:
		case OP_MULTIPLY:
		case OP_NEGATE:
		case OP_LEAST:
		case OP_GREATEST:
			return instr->type == TYPE_NUMBER;
		default:
			return false;
	}
}

/* Collects the terms of nested sums. */
static void
find_terms(const Gap *gap, int number, Bitmapset **seen, List **terms)
{
	const Instr *instr = &gap->program->instrs[number];

	check_stack_depth();
	if (bms_is_member(number, *seen))
		return;
	*seen = bms_add_member(*seen, number);
	if (!is_sum(instr))
	{
		*terms = lappend_int(*terms, number);
		return;
	}
	foreach_operand(operand, gap->program, instr)
		find_terms(gap, operand, seen, terms);
}

static List *
terms_of(const Gap *gap, const GapCondition *condition)
{
	const Instr *instr = &gap->program->instrs[condition->instr];
	Bitmapset  *seen = NULL;
	List	   *terms = NIL;

	find_terms(gap, instr->a, &seen, &terms);
	find_terms(gap, instr->b, &seen, &terms);
	return terms;
}

bool
gap_is_score(const Gap *gap, const GapCondition *condition)
{
	const Instr *instr = &gap->program->instrs[condition->instr];
	ListCell   *cell;

	if (condition->bounded || instr->op != OP_COMPARE ||
		gap->program->instrs[instr->a].type != TYPE_NUMBER)
		return false;
	foreach(cell, terms_of(gap, condition))
	{
		uint8		op = gap->program->instrs[lfirst_int(cell)].op;

		if (op == OP_CASE || op == OP_COUNT_TRUE)
			return true;
	}
	return false;
}

/* Returns the operator that must hold: negated if the condition must be false. */
static CompareOp
wanted_op(const Gap *gap, const GapCondition *condition)
{
	CompareOp	op = gap->program->instrs[condition->instr].flag;

	return condition->want == TRUTH_TRUE ? op : compare_opposite(op);
}

/*
 * Returns by how far the left side is above the right (or below, for the opposite
 * operator).  While facts are unknown, this is a lower bound.
 */
bool
gap_score_points(Gap *gap, const GapCondition *condition, Number *points)
{
	const Instr *instr = &gap->program->instrs[condition->instr];
	const Value *left = run_value(gap->run, instr->a);
	const Value *right = run_value(gap->run, instr->b);
	CompareOp	op = wanted_op(gap, condition);
	const Number *more;
	const Number *less;

	if (is_none(left) || is_none(right))
		return false;
	if (op == CMP_LT || op == CMP_LE)
	{
		more = low_of(right);
		less = high_of(left);
	}
	else
	{
		more = low_of(left);
		less = high_of(right);
	}
	return more && less && number_subtract(points, more, less);
}

/* ---------------- what a step changes ---------------- */

/*
 * Returns the change relative to the greater of the current and the required value, or 1
 * if one of them has no figure.
 */
Number
gap_change_cost(Gap *gap, int fact, const Value *value)
{
	Value		now;
	Number		cost = number_of(1);
	Number		difference;
	Number		from;
	Number		to;

	gap->overlay.row->load(gap->overlay.row, fact, &now);
	if (gap_declared(gap, fact)->type != TYPE_NUMBER || !now.known || now.none || value->none)
		return cost;
	from = number_sign(&now.low) < 0 ? number_negate(&now.low) : now.low;
	to = number_sign(&value->low) < 0 ? number_negate(&value->low) : value->low;
	if (number_compare(&from, &to) > 0)
		to = from;
	if (!number_subtract(&difference, &now.low, &value->low))
		return cost;
	if (number_sign(&difference) < 0)
		difference = number_negate(&difference);
	if (number_sign(&to) != 0)
		(void) number_divide(&cost, &difference, &to);
	return cost;
}

/*
 * Makes a step of the facts replaced since the search began, or returns NULL if it adds
 * nothing.
 */
static Step *
make_step(Gap *gap, const GapCondition *score, const GapCondition *condition,
		  const Overlay *before, const Number *had)
{
	Step	   *step = palloc0(sizeof(Step));
	Number		has;
	int			fact;

	step->condition = condition;
	step->cost = number_zero;
	step->fact = -1;
	if (!gap_score_points(gap, score, &has) || !number_subtract(&step->points, &has, had) ||
		number_sign(&step->points) <= 0)
		return NULL;
	step->set = palloc0_array(const Value *, gap->program->nfacts);
	step->reason = palloc0_array(const GapCondition *, gap->program->nfacts);
	for (fact = 0; fact < gap->program->nfacts; fact++)
	{
		const Value *set = gap->overlay.set[fact];
		Number		cost;
		Number		sum;

		if (set == before->set[fact])
			continue;
		step->set[fact] = set;
		step->reason[fact] = condition;
		cost = gap_change_cost(gap, gap_fact_at(gap, fact), set);
		if (number_add(&sum, &step->cost, &cost))
			step->cost = sum;
		if (step->fact < 0)
			step->fact = fact;
	}
	return step->fact < 0 ? NULL : step;
}

typedef struct ScoreSearch
{
	Gap		   *gap;
	const GapCondition *score;
	Number		had;
	Overlay		before;
	List	   *steps;
} ScoreSearch;

static bool
add_step(ScoreSearch *search, const GapCondition *condition, bool changed)
{
	Step	   *step = NULL;

	if (changed)
	{
		gap_begin(search->gap);
		step = make_step(search->gap, search->score, condition, &search->before, &search->had);
	}
	gap_restore_overlay(search->gap, &search->before);
	if (step)
		search->steps = lappend(search->steps, step);
	return step != NULL;
}

/* Tries to make a boolean true or false. */
static bool
try_condition(ScoreSearch *search, int instr, Truth want)
{
	GapCondition *condition = gap_make_condition(instr, want);

	condition->score = search->score;
	return add_step(search, condition, gap_settle(search->gap, condition));
}

/*
 * Tries every band above the current one, and keeps the one that adds the fewest points; if
 * several do, the one with the smallest change.
 */
static void
try_bands(ScoreSearch *search, const Instr *instr)
{
	Gap		   *gap = search->gap;
	const int  *args = gap->program->args + instr->args;
	List	   *all = search->steps;
	Step	   *next = NULL;
	ListCell   *cell;
	int			i;

	search->steps = NIL;
	for (i = 0; i + 1 < instr->nargs; i += 2)
	{
		Truth		truth = run_truth(gap->run, args[i]);

		(void) try_condition(search, args[i], TRUTH_TRUE - (truth == TRUTH_TRUE));
		if (truth == TRUTH_TRUE)
			break;
	}
	foreach(cell, search->steps)
	{
		Step	   *step = lfirst(cell);
		int			order = next ? number_compare(&step->points, &next->points) : -1;

		if (order < 0 || (order == 0 && number_compare(&step->cost, &next->cost) < 0))
			next = step;
	}
	search->steps = next ? lappend(all, next) : all;
}

/*
 * Tries a figure: the next unit if it is rounded to whole numbers; otherwise the missing
 * amount, or as much as possible.
 */
static void
try_figure(ScoreSearch *search, int term)
{
	Gap		   *gap = search->gap;
	const Instr *instr = &gap->program->instrs[term];
	const Value *now = run_value(gap->run, term);
	CompareOp	op = wanted_op(gap, search->score);
	GapCondition *whole = gap_make_condition(term, TRUTH_TRUE);
	ListCell   *cell;

	whole->score = search->score;
	whole->bounded = true;
	whole->op = op == CMP_LT || op == CMP_LE ? CMP_LE : CMP_GE;
	whole->bound = now->known ? now->low : number_zero;
	if (instr->op == OP_FLOOR || instr->op == OP_CEIL)
	{
		Number		one = number_of(whole->op == CMP_GE ? 1 : -1);

		if (number_add(&whole->bound, now->known ? &now->low : &number_zero, &one))
			add_step(search, whole, gap_settle(gap, whole));
		return;
	}
	foreach(cell, gap_condition_facts(gap, whole))
	{
		int			fact = lfirst_int(cell);
		Value		value;

		if (fact == 0 || gap_declared(gap, fact)->type != TYPE_NUMBER)
			continue;
		if (!gap_solve_for(gap, search->score, fact, &value))
		{
			/* other facts are also unknown, so use the largest possible value */
			Value		range;
			const Number *end;

			value_set_unknown(&range, gap_declared(gap, fact));
			end = whole->op == CMP_GE ? high_of(&range) : low_of(&range);
			if (end == NULL)
				continue;
			value_set_number(&value, end);
		}
		(void) gap_clamp_to_range(gap_declared(gap, fact), &value);
		gap_replace_fact(gap, fact, &value, whole);
		gap_begin(gap);
		now = run_value(gap->run, term);
		if (now->known)
			whole->bound = now->low;
		if (add_step(search, whole, now->known))
			break;
	}
}

static int
compare_steps(const ListCell *a, const ListCell *b)
{
	const Step *left = lfirst(a);
	const Step *right = lfirst(b);
	int			order = number_compare(&left->cost, &right->cost);

	if (order == 0)
		order = number_compare(&right->points, &left->points);
	return order != 0 ? order : left->fact - right->fact;
}

/* Returns the possible next steps from the current facts, the nearest first. */
List *
gap_score_steps(Gap *gap, const GapCondition *condition)
{
	ScoreSearch search;
	List	   *terms = terms_of(gap, condition);
	ListCell   *cell;
	int			i;

	gap_begin(gap);
	if (!gap_score_points(gap, condition, &search.had))
		return NIL;
	search.gap = gap;
	search.score = condition;
	search.steps = NIL;
	gap_save_overlay(gap, &search.before);
	gap->depth++;
	foreach(cell, terms)
	{
		int			term = lfirst_int(cell);
		const Instr *instr = &gap->program->instrs[term];

		switch ((Op) instr->op)
		{
			case OP_NUMBER:
				break;
			case OP_CASE:
				try_bands(&search, instr);
				break;
			case OP_COUNT_TRUE:
				for (i = 0; i < instr->nargs; i++)
				{
					int			arg = gap->program->args[instr->args + i];

					try_condition(&search, arg, TRUTH_TRUE - (run_truth(gap->run, arg) == TRUTH_TRUE));
				}
				break;
			default:
				try_figure(&search, term);
				break;
		}
	}
	gap->depth--;
	list_sort(search.steps, compare_steps);
	return search.steps;
}

/* Takes the nearest step until the threshold is reached. */
bool
gap_settle_score(Gap *gap, const GapCondition *condition)
{
	int			taken;

	for (taken = 0; taken < MAX_STEPS_TAKEN; taken++)
	{
		List	   *steps = gap_score_steps(gap, condition);
		const Step *step;
		int			fact;

		if (steps == NIL)
			return false;
		step = linitial(steps);
		for (fact = 0; fact < gap->program->nfacts; fact++)
			if (step->set[fact])
				gap_replace_fact(gap, gap_fact_at(gap, fact), step->set[fact], step->reason[fact]);
		gap_begin(gap);
		if (gap_condition_holds(gap, condition))
			return true;
	}
	return false;
}
