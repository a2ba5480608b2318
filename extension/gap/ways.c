/*
 * ways.c
 *		Finds the ways to satisfy a compound condition, and satisfies the conditions of a way.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "gap.h"

#define MAX_WAYS 8				/* only the shortest are kept */
#define MAX_DEPTH 4				/* nesting depth of gap_settle */
#define MAX_MET 50				/* conditions satisfied along one way */
#define MAX_TRIALS 10000		/* runs for one row */

GapCondition *
gap_make_condition(int instr, Truth want)
{
	GapCondition *condition = palloc0(sizeof(GapCondition));

	condition->instr = instr;
	condition->want = want;
	return condition;
}

static bool
same_condition(const GapCondition *a, const GapCondition *b)
{
	return a->instr == b->instr && a->want == b->want && a->bounded == b->bounded;
}

/* ---------------- ways ---------------- */

/* Keeps the shortest ways, in their order. */
static List *
shortest(List *ways)
{
	List	   *result = NIL;
	List	   *left = ways;

	while (left != NIL && list_length(result) < MAX_WAYS)
	{
		List	   *best = NULL;
		int			best_at = -1;
		ListCell   *cell;

		foreach(cell, left)
		{
			if (best_at < 0 || list_length(lfirst(cell)) < list_length(best))
			{
				best = lfirst(cell);
				best_at = foreach_current_index(cell);
			}
		}
		result = lappend(result, best);
		left = list_delete_nth_cell(left, best_at);
	}
	return result;
}

/* Concatenates two ways; returns NIL if they contradict each other. */
static List *
joined(const List *first, const List *second)
{
	List	   *result = list_copy(first);
	ListCell   *cell;
	ListCell   *other;

	foreach(cell, second)
	{
		const GapCondition *condition = lfirst(cell);
		bool		there = false;

		foreach(other, first)
		{
			const GapCondition *earlier = lfirst(other);

			if (earlier->instr == condition->instr && earlier->want != condition->want)
				return NIL;
			there |= same_condition(earlier, condition);
		}
		if (!there)
			result = lappend(result, lfirst(cell));
	}
	return result;
}

static List *ways_to(Gap *gap, int number, Truth want, const Expression *within);
static int	version_in_force(Gap *gap, int number);

/* Returns the ways in which all arguments get the wanted truth. */
static List *
ways_to_all(Gap *gap, const Instr *instr, Truth want, const Expression *within)
{
	List	   *all = NIL;
	bool		first = true;
	bool		ours = false;
	int			i;

	for (i = 0; i < instr->nargs; i++)
	{
		int			arg = gap->program->args[instr->args + i];
		List	   *some;
		List	   *product = NIL;
		ListCell   *cell;
		ListCell   *other;

		if (run_truth(gap->run, arg) == want)
			continue;
		some = ways_to(gap, arg, want, within);
		if (first)
		{
			all = some;
			first = false;
			continue;
		}
		foreach(cell, all)
		{
			foreach(other, some)
			{
				List	   *way = joined(lfirst(cell), lfirst(other));

				if (way != NIL)
					product = lappend(product, way);
			}
		}

		/*
		 * without this, thousands of increasingly long ways would take
		 * gigabytes
		 */
		if (ours)
		{
			foreach(cell, all)
			{
				list_free(lfirst(cell));
			}
		}
		all = shortest(list_copy(product));
		foreach(cell, product)
		{
			if (!list_member_ptr(all, lfirst(cell)))
				list_free(lfirst(cell));
		}
		ours = true;
	}
	return all;
}

static List *
ways_of(Gap *gap, int number, Truth want, const Expression *within)
{
	const Instr *instr = &gap->program->instrs[number];
	const Expression *source = gap->sources[number];
	List	   *ways = NIL;
	GapCondition *condition;
	int			version;
	int			i;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (source)
		within = source->kind == EXPR_BETWEEN || source->kind == EXPR_IN ? source : NULL;
	switch ((Op) instr->op)
	{
		case OP_NOT:
			return ways_to(gap, instr->a, TRUTH_TRUE - want, NULL);
		case OP_AND:
		case OP_OR:
			if ((instr->op == OP_AND) == (want == TRUTH_TRUE))
				return ways_to_all(gap, instr, want, within);
			for (i = 0; i < instr->nargs; i++)
				ways = list_concat(ways, ways_to(gap, gap->program->args[instr->args + i], want, within));
			return shortest(ways);
		case OP_CASE:
			version = version_in_force(gap, number);
			if (version >= 0)
				return ways_to(gap, version, want, NULL);
			break;
		case OP_BOOLEAN:
			/* a constant cannot change */
			return NIL;
		default:
			break;
	}
	condition = gap_make_condition(number, want);
	condition->within = within;
	return list_make1(list_make1(condition));
}

/*
 * The answer of the version of a used series that is in force; -1 if that is not known or a constant, or if no
 * version is in force.  A case that the author wrote can also be decided by another of its conditions.
 */
static int
version_in_force(Gap *gap, int number)
{
	const Instr *instr = &gap->program->instrs[number];
	const Expression *words = gap->names[number];
	const int  *args = gap->program->args + instr->args;
	int			i;

	if (words == NULL || words->meaning != NAME_USED)
		return -1;

	for (i = 0; i + 1 < instr->nargs; i += 2)
	{
		Truth		here = run_truth(gap->run, args[i]);

		if (here == TRUTH_UNKNOWN)
			return -1;
		if (here == TRUTH_TRUE)
			return gap->program->instrs[args[i + 1]].op == OP_BOOLEAN ? -1 : args[i + 1];
	}
	return -1;
}

/* Visits an instruction only once, even if it is used in several places. */
static List *
ways_to(Gap *gap, int number, Truth want, const Expression *within)
{
	int			place = 2 * number + (want == TRUTH_TRUE);

	if (!gap->followed[place])
	{
		gap->ways[place] = ways_of(gap, number, want, within);
		gap->followed[place] = true;
	}
	return gap->ways[place];
}

List *
gap_find_ways(Gap *gap, const GapCondition *condition)
{
	if (condition->bounded)
		return list_make1(list_make1(unconstify(GapCondition *, condition)));
	memset(gap->followed, 0, 2 * gap->program->ninstrs);
	return ways_to(gap, condition->instr, condition->want, condition->within);
}

/* ---------------- going along one ---------------- */

void
gap_save_overlay(const Gap *gap, Overlay *saved)
{
	Size		nfacts = gap->program->nfacts;

	saved->set = palloc_array(const Value *, nfacts);
	saved->reason = palloc_array(const GapCondition *, nfacts);
	memcpy(saved->set, gap->overlay.set, nfacts * sizeof(Value *));
	memcpy(saved->reason, gap->overlay.reason, nfacts * sizeof(GapCondition *));
}

void
gap_restore_overlay(Gap *gap, const Overlay *saved)
{
	Size		nfacts = gap->program->nfacts;

	memcpy(gap->overlay.set, saved->set, nfacts * sizeof(Value *));
	memcpy(gap->overlay.reason, saved->reason, nfacts * sizeof(GapCondition *));
	gap_begin(gap);
}

/* Returns whether a condition consists of other conditions. */
static bool
is_compound(const Gap *gap, const GapCondition *condition)
{
	uint8		op = gap->program->instrs[condition->instr].op;

	return !condition->bounded && (op == OP_AND || op == OP_OR || op == OP_NOT);
}

static bool
settle_compound(Gap *gap, const GapCondition *condition)
{
	ListCell   *cell;

	foreach(cell, gap_find_ways(gap, condition))
	{
		if (gap_settle_way(gap, condition, lfirst(cell)))
			return true;
	}
	return false;
}

bool
gap_settle(Gap *gap, const GapCondition *condition)
{
	Overlay		saved;
	bool		settled;

	gap_begin(gap);
	if (gap_condition_holds(gap, condition))
		return true;
	if (gap->depth >= MAX_DEPTH || gap->trials > MAX_TRIALS)
		return false;
	gap->depth++;
	gap_save_overlay(gap, &saved);
	if (is_compound(gap, condition))
		settled = settle_compound(gap, condition);
	else if (gap_is_score(gap, condition))
		settled = gap_settle_score(gap, condition);
	else
		settled = gap_solve(gap, condition);
	gap->depth--;
	if (!settled)
		gap_restore_overlay(gap, &saved);
	return settled;
}

/* Returns the first condition of a way that fails. */
static const GapCondition *
first_failing(Gap *gap, const List *way)
{
	ListCell   *cell;

	foreach(cell, way)
	{
		if (!gap_condition_holds(gap, lfirst(cell)))
			return lfirst(cell);
	}
	return NULL;
}

/* Satisfying one condition may make an earlier one fail, which is then satisfied again. */
bool
gap_settle_way(Gap *gap, const GapCondition *goal, List *way)
{
	Overlay		saved;
	List	   *conditions = list_copy(way);
	int			met;

	gap_save_overlay(gap, &saved);
	gap_begin(gap);
	for (met = 0; met < MAX_MET; met++)
	{
		const GapCondition *failing;

		if (gap_condition_holds(gap, goal))
			return true;
		failing = first_failing(gap, conditions);
		if (failing == NULL)
		{
			List	   *ways = gap_find_ways(gap, goal);

			if (ways == NIL)
				break;
			conditions = list_concat(conditions, list_copy(linitial(ways)));
			continue;
		}
		if (!gap_settle(gap, failing))
			break;
		gap_begin(gap);
	}
	gap_restore_overlay(gap, &saved);
	return false;
}
