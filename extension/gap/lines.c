/*
 * lines.c
 *		Converts a way to a goal into lines: what fails, and what suffices.
 */
#include "postgres.h"

#include "gap.h"

/* ---------------- the lines of one way ---------------- */

void
gap_nothing_replaced(Gap *gap)
{
	Size		nfacts = gap->program->nfacts;

	memset(gap->overlay.set, 0, nfacts * sizeof(Value *));
	memset(gap->overlay.reason, 0, nfacts * sizeof(GapCondition *));
	gap_begin(gap);
}

static GapLine *
add_line(List **lines, int place, const GapCondition *condition, int fact, const Value *set)
{
	GapLine    *line = palloc0(sizeof(GapLine));

	line->place = place;
	line->condition = condition;
	line->fact = fact;
	line->set = set;
	*lines = lappend(*lines, line);
	return line;
}

static void
add_score(Gap *gap, List **lines, int place, const GapCondition *condition)
{
	ListCell   *cell;
	int			fact;

	add_line(lines, place, condition, -1, NULL);
	foreach(cell, gap_score_steps(gap, condition))
	{
		const Step *step = lfirst(cell);

		for (fact = 0; fact < gap->program->nfacts; fact++)
			if (step->set[fact])
			{
				GapLine    *line = add_line(lines, place, step->condition, gap_fact_at(gap, fact), step->set[fact]);

				line->has_points = true;
				line->points = step->points;
			}
	}
}

/*
 * Adds a condition that no single fact can satisfy, with its unknown facts and those that
 * make a divisor zero or, if there are none, the first fact.
 */
static void
add_unsolved(Gap *gap, List **lines, int place, const GapCondition *condition)
{
	List	   *facts = gap_condition_facts(gap, condition);
	Bitmapset  *missing = run_missing(gap->run, condition->instr, NULL);
	bool		added = false;
	ListCell   *cell;

	foreach(cell, facts)
	{
		int			fact = lfirst_int(cell);
		Value		value;

		gap->overlay.row->load(gap->overlay.row, fact, &value);
		if (value_decided(&value, gap_declared(gap, fact)->type) && !bms_is_member(fact, missing))
			continue;
		add_line(lines, place, condition, fact, NULL);
		added = true;
	}
	if (!added)
		add_line(lines, place, condition, facts != NIL ? linitial_int(facts) : -1, NULL);
}

void
gap_add_condition_lines(Gap *gap, List **lines, int place, const GapCondition *condition)
{
	int			fact;

	if (gap_is_score(gap, condition))
		add_score(gap, lines, place, condition);
	else if (gap_solve(gap, condition))
	{
		for (fact = 0; fact < gap->program->nfacts; fact++)
			if (gap->overlay.set[fact])
				add_line(lines, place, condition, gap_fact_at(gap, fact), gap->overlay.set[fact]);
	}
	else
		add_unsolved(gap, lines, place, condition);
	gap_nothing_replaced(gap);
}

/* ---------------- what suffices ---------------- */

/* Resets replaced facts that the goal does not need, the greatest change first. */
static void
take_back(Gap *gap, const GapCondition *goal)
{
	int			nfacts = gap->program->nfacts;
	bool	   *tried = palloc0_array(bool, nfacts);

	for (;;)
	{
		int			greatest = -1;
		Number		greatest_cost = number_zero;
		const Value *set;
		int			fact;

		for (fact = 0; fact < nfacts; fact++)
		{
			Number		cost;

			if (gap->overlay.set[fact] == NULL || tried[fact])
				continue;
			cost = gap_change_cost(gap, gap_fact_at(gap, fact), gap->overlay.set[fact]);
			if (greatest < 0 || number_compare(&cost, &greatest_cost) >= 0)
			{
				greatest = fact;
				greatest_cost = cost;
			}
		}
		if (greatest < 0)
			break;
		tried[greatest] = true;
		set = gap->overlay.set[greatest];
		gap->overlay.set[greatest] = NULL;
		gap_begin(gap);
		if (!gap_condition_holds(gap, goal))
			gap->overlay.set[greatest] = set;
		else
			/* facts tried before may have become unnecessary */
			memset(tried, 0, nfacts);
	}
}

/* Computes how many points a single fact adds to a score. */
static void
measure_points(Gap *gap, GapLine *line)
{
	Number		had;
	Number		has;

	line->has_points = false;
	if (line->condition->score == NULL)
		return;
	gap_nothing_replaced(gap);
	if (!gap_score_points(gap, line->condition->score, &had))
		return;
	gap_replace_fact(gap, line->fact, line->set, NULL);
	gap_begin(gap);
	line->has_points = gap_score_points(gap, line->condition->score, &has) &&
		number_subtract(&line->points, &has, &had) && number_sign(&line->points) > 0;
}

static bool
is_fact_op(uint8 op)
{
	return op == OP_FACT || op == OP_YEARLY;
}

static bool
is_line_of(const Gap *gap, const GapLine *line, int fact, const GapCondition *reason)
{
	return line->fact == fact && line->condition->instr == reason->instr &&
		line->condition->want == reason->want && line->condition->bounded == reason->bounded &&
		(!reason->bounded || is_fact_op(gap->program->instrs[reason->instr].op) ||
		 number_compare(&line->condition->bound, &reason->bound) == 0);
}

/* Returns the position in the way of the condition for which a fact was replaced. */
static int
place_of(const List *lines, const GapCondition *reason, int last)
{
	ListCell   *cell;

	if (reason->score)
		reason = reason->score;
	foreach(cell, lines)
	{
		const GapLine *line = lfirst(cell);

		if (line->condition->instr == reason->instr && line->condition->want == reason->want)
			return line->place;
	}
	return last;
}

/* Marks the lines that together suffice. */
static void
mark_sufficient(Gap *gap, List **lines, int last)
{
	Overlay		enough;
	int			fact;

	gap_save_overlay(gap, &enough);
	for (fact = 0; fact < gap->program->nfacts; fact++)
	{
		const GapCondition *reason = enough.reason[fact];
		GapLine    *found = NULL;
		ListCell   *cell;

		if (enough.set[fact] == NULL)
			continue;
		foreach(cell, *lines)
		{
			if (found == NULL && is_line_of(gap, lfirst(cell), gap_fact_at(gap, fact), reason))
				found = lfirst(cell);
		}
		if (found == NULL)
			found = add_line(lines, place_of(*lines, reason, last), reason, gap_fact_at(gap, fact), NULL);
		found->condition = reason;
		found->set = enough.set[fact];
		found->suffices = true;
		measure_points(gap, found);
	}
	gap_nothing_replaced(gap);
}

List *
gap_way_lines(Gap *gap, const GapCondition *goal, List *way)
{
	List	   *lines = NIL;
	ListCell   *cell;

	gap_nothing_replaced(gap);
	foreach(cell, way)
	{
		gap_add_condition_lines(gap, &lines, foreach_current_index(cell), lfirst(cell));
	}
	if (gap_settle_way(gap, goal, way))
	{
		take_back(gap, goal);
		mark_sufficient(gap, &lines, list_length(way));
	}
	gap_nothing_replaced(gap);
	return lines;
}
