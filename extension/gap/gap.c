/*
 * gap.c
 *		Reports as rows what keeps a row from the next rung and what would suffice to reach it.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "answers/ask.h"
#include "engine/across.h"
#include "language/derive.h"
#include "messages.h"
#include "language/names.h"
#include "session/stored.h"
#include "gap.h"
#include "answers/rows.h"

ZJTX_FUNCTION(zjtx_gap_row);
ZJTX_FUNCTION(zjtx_gap_row_name);
ZJTX_FUNCTION(zjtx_gap_jsonb);
ZJTX_FUNCTION(zjtx_gap_jsonb_name);

/* The rung or clause to reach. */
typedef struct GapGoal
{
	const char *code;			/* NULL in a policy that is an expression */
	int			instr;
	int			nshould;
	const int  *should;
} GapGoal;

/* ---------------- what is to be reached ---------------- */

static void
rung_goal(const RungEntry *entry, GapGoal *goal)
{
	goal->code = entry->rung->provision.code;
	goal->instr = entry->when;
	goal->nshould = entry->nshould;
	goal->should = entry->should;
}

static void
clause_goal(const ClauseEntry *entry, GapGoal *goal)
{
	goal->code = entry->clause->provision.code;
	goal->instr = entry->satisfied;
	goal->nshould = entry->nshould;
	goal->should = entry->should;
}

static bool
find_named(const Program *program, const char *code, GapGoal *goal)
{
	int			i;

	for (i = 0; i < program->nrungs; i++)
		if (strcmp(program->rungs[i].rung->provision.code, code) == 0)
		{
			rung_goal(&program->rungs[i], goal);
			return true;
		}
	for (i = 0; i < program->ngroups; i++)
		if (strcmp(program->groups[i].group->provision.code, code) == 0)
		{
			goal->code = program->groups[i].group->provision.code;
			goal->instr = program->groups[i].satisfied;
			goal->nshould = 0;
			return true;
		}
	for (i = 0; i < program->nselections; i++)
		if (strcmp(program->selections[i].selection->provision.code, code) == 0)
		{
			goal->code = program->selections[i].selection->provision.code;
			goal->instr = program->selections[i].reached;
			goal->nshould = 0;
			return true;
		}
	for (i = 0; i < program->nclauses && !program->doc->bare; i++)
		if (strcmp(program->clauses[i].clause->provision.code, code) == 0)
		{
			clause_goal(&program->clauses[i], goal);
			return true;
		}
	return false;
}

/* Finds the rung above the highest proved one; returns false if the highest proved one is the top. */
static bool
find_next(Run *run, GapGoal *goal)
{
	const Program *program = run->program;
	int			next = program->nrungs;

	if (program->nrungs == 0 && program->nclauses == 1)
	{
		clause_goal(&program->clauses[0], goal);
		return true;
	}
	while (next > 0 && run_truth(run, program->rungs[next - 1].when) != TRUTH_TRUE)
		next--;
	if (next == program->nrungs)
		return false;
	rung_goal(&program->rungs[next], goal);
	return true;
}

/*
 * Returns the code of the goal, or NULL for the next rung.  Raises an error if no version
 * of the policy has it.
 */
static const char *
check_goal(const Compiled *compiled, const char *code)
{
	ListCell   *cell;
	int			i;

	if (code)
	{
		(void) stored_part_or_error(compiled, code);
		code = policy_part_code(compiled->policy, code);
		foreach(cell, compiled->policy->documents)
		{
			if (policy_find_clause(lfirst(cell), code) || policy_find_rung(lfirst(cell), code) ||
				policy_find_group(lfirst(cell), code) || policy_find_selection(lfirst(cell), code))
				return code;
		}
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is a definition, not a clause or rung that could be reached", code)));
	}
	for (i = 0; i < compiled->nprograms; i++)
		if (compiled->programs[i]->nrungs > 0 || compiled->programs[i]->nclauses == 1)
			return NULL;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("policy \"%s\" has no ladder", compiled->name),
			 errhint("Name the clause that is to be reached: zjtx.gap(e, policy, 'clause').")));
}

/* ---------------- rows ---------------- */

static void
put_difference(Rows *rows, const Fact *fact, const Value *present, const Value *set)
{
	Number		difference;

	if (set == NULL || !set->known || set->none || !present->known || present->none)
		rows_put_null(rows);
	else if (fact->type == TYPE_NUMBER && number_subtract(&difference, &set->low, &present->low))
		gap_put_number(rows, &difference);
	else if (fact->type == TYPE_DATE)
	{
		difference = number_of(set->day - present->day);
		gap_put_number(rows, &difference);
	}
	else
		rows_put_null(rows);
}

static void
put_fact(Gap *gap, Rows *rows, const GapLine *line)
{
	const Fact *fact;
	const char *unit;
	Value		present;

	if (line->fact < 0)
	{
		int			i;

		for (i = 0; i < 6; i++)
			rows_put_null(rows);
		return;
	}
	fact = gap_declared(gap, line->fact);
	gap->overlay.row->load(gap->overlay.row, line->fact, &present);
	unit = "";
	if (fact->type == TYPE_DATE)
		unit = unit_name(UNIT_DAY);
	else if (fact->type == TYPE_NUMBER && fact->unit != UNIT_PLAIN)
		unit = unit_name(fact->unit);	/* a fraction is not shown in % */
	rows_put_text(rows, fact_in_year_name(gap->program, line->fact));
	rows_put_text(rows, fact_in_year_label(gap->program, line->fact));
	gap_put_json(rows, gap_json(&present, fact->type));
	gap_put_json(rows, line->set ? gap_json(line->set, fact->type) : NULL);
	put_difference(rows, fact, &present, line->set);
	rows_put_text(rows, *unit ? unit : NULL);
}

static void
put_line(Gap *gap, Rows *rows, const GapGoal *goal, int way, const GapLine *line)
{
	Number		by;

	rows_put_text(rows, goal->code);
	if (way > 0)
		rows_put_datum(rows, Int32GetDatum(way));
	else
		rows_put_null(rows);
	rows_put_text(rows, gap_condition_words(gap, line->condition));
	rows_put_text(rows, gap_found_words(gap, line->condition));
	rows_put_text(rows, gap_needed_words(gap, line->condition));
	if (gap_condition_short(gap, line->condition, &by))
		gap_put_number(rows, &by);
	else
		rows_put_null(rows);
	put_fact(gap, rows, line);
	if (line->has_points)
		gap_put_number(rows, &line->points);
	else
		rows_put_null(rows);
	rows_put_boolean(rows, line->suffices);
	rows_put_boolean(rows, way == 0);
	rows_put_row(rows);
}

/* Outputs the lines in the order of the conditions. */
static void
put_lines(Gap *gap, Rows *rows, const GapGoal *goal, int way, const List *lines, int last)
{
	int			place;
	ListCell   *cell;

	for (place = 0; place <= last; place++)
	{
		foreach(cell, lines)
		{
			if (((GapLine *) lfirst(cell))->place == place)
				put_line(gap, rows, goal, way, lfirst(cell));
		}
	}
}

static void
put_way(Gap *gap, Rows *rows, const GapGoal *goal, const GapCondition *condition,
		int number, List *way)
{
	put_lines(gap, rows, goal, number, gap_way_lines(gap, condition, way), list_length(way));
}

static void
put_ways(Gap *gap, Rows *rows, const GapGoal *goal)
{
	GapCondition *condition = gap_make_condition(goal->instr, TRUTH_TRUE);
	List	   *ways;
	ListCell   *cell;

	gap_begin(gap);
	if (gap_condition_holds(gap, condition))
		return;
	ways = gap_find_ways(gap, condition);
	/* no row can satisfy the condition */
	if (ways == NIL)
		ways = list_make1(list_make1(condition));
	foreach(cell, ways)
	{
		put_way(gap, rows, goal, condition, foreach_current_index(cell) + 1, lfirst(cell));
	}
}

/* Outputs the failed soft conditions, from the first way that has any. */
static void
put_soft(Gap *gap, Rows *rows, const GapGoal *goal)
{
	int			i;

	for (i = 0; i < goal->nshould; i++)
	{
		GapCondition *condition = gap_make_condition(goal->should[i], TRUTH_TRUE);
		List	   *ways;
		List	   *way;
		List	   *lines = NIL;
		ListCell   *cell;

		gap_nothing_replaced(gap);
		if (gap_condition_holds(gap, condition))
			continue;
		ways = gap_find_ways(gap, condition);
		way = ways != NIL ? linitial(ways) : list_make1(condition);
		foreach(cell, way)
		{
			gap_add_condition_lines(gap, &lines, foreach_current_index(cell), lfirst(cell));
		}
		put_lines(gap, rows, goal, 0, lines, list_length(way));
	}
}

/* ---------------- the function ---------------- */

static void
gap_of_run(Rows *rows, const Question *question, const char *code)
{
	Run		   *run = question->runs[0];
	FactSource *row = run->source;
	GapGoal		goal;
	Gap			gap;
	int			i;

	if (!(code ? find_named(run->program, code, &goal) : find_next(run, &goal)))
		return;
	gap_start(&gap, question, run);
	gap_find_latest_years(&gap, goal.instr);
	for (i = 0; i < goal.nshould; i++)
		gap_find_latest_years(&gap, goal.should[i]);
	put_ways(&gap, rows, &goal);
	put_soft(&gap, rows, &goal);
	run_begin(run, row);
	gap_program_done(question, gap.known);
}

/* If the day is unknown, so are the version and the next rung. */
static void
put_day_unknown(Rows *rows, const Phrases *words, const char *code)
{
	int			i;

	rows_put_text(rows, code);
	rows_put_datum(rows, Int32GetDatum(1));
	rows_put_null(rows);
	rows_put_text(rows, words->unknown);
	rows_put_null(rows);
	rows_put_null(rows);
	rows_put_text(rows, AS_OF_NAME);
	for (i = 0; i < 4; i++)
		rows_put_null(rows);
	rows_put_text(rows, unit_name(UNIT_DAY));
	rows_put_null(rows);
	rows_put_boolean(rows, false);
	rows_put_boolean(rows, false);
	rows_put_row(rows);
}

static Datum
gap(FunctionCallInfo fcinfo, int form)
{
	const Question *question;
	MemoryContext context;
	MemoryContext old;
	const char *code = NULL;
	Rows		rows;

	rows_start(fcinfo, &rows);
	context = AllocSetContextCreate(CurrentMemoryContext, "zjtx gap", ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(context);
	question = ask_question(fcinfo, form | FORM_TREE);
	if (question)
	{
		if (!PG_ARGISNULL(2))
			code = text_to_cstring(PG_GETARG_TEXT_PP(2));
		code = check_goal(question->compiled, code);
		if (question->nruns + question->nothing > 1)
			put_day_unknown(&rows, phrases_of(question->runs[0]->program->doc,
											  question->compiled->policy->text), code);
		else if (question->nruns == 1)
			gap_of_run(&rows, question, code);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	return (Datum) 0;
}

Datum
zjtx_gap_row(PG_FUNCTION_ARGS)
{
	return gap(fcinfo, FORM_ROW);
}

Datum
zjtx_gap_row_name(PG_FUNCTION_ARGS)
{
	return gap(fcinfo, FORM_ROW | FORM_BY_NAME);
}

Datum
zjtx_gap_jsonb(PG_FUNCTION_ARGS)
{
	return gap(fcinfo, FORM_JSONB);
}

Datum
zjtx_gap_jsonb_name(PG_FUNCTION_ARGS)
{
	return gap(fcinfo, FORM_JSONB | FORM_BY_NAME);
}
