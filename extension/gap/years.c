/*
 * years.c
 *		Facts by year: which years a line reads.
 *
 * The years before the latest have passed, so only the value of the latest can change.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "engine/exact.h"
#include "gap.h"

typedef struct YearWalk
{
	Gap		   *gap;
	int		   *visits;			/* by instruction: the last visit, or 0 */
	int			visit;			/* the current visit: of an element, or 1 */
	int			last_visit;
	void		(*found) (struct YearWalk *walk, const Instr *instr, int first, int last);
	List	   *facts;			/* for callers that collect them */
} YearWalk;

static void walk_instr(YearWalk *walk, int number);

static void
walk_element(YearWalk *walk, const Instr *instr, const Value *fields)
{
	int			outer = walk->visit;

	CHECK_FOR_INTERRUPTS();
	walk->visit = ++walk->last_visit;
	run_enter_element(walk->gap->run, instr->depth, fields);
	walk_instr(walk, instr->b);
	walk_instr(walk, instr->c);
	walk->visit = outer;
}

/* Visits the elements of a range one by one; for another list, what is known of all elements. */
static void
walk_list(YearWalk *walk, const Instr *instr)
{
	Run		   *run = walk->gap->run;
	const Value *list;
	int			i;

	walk_instr(walk, instr->a);
	list = run_value(run, instr->a);
	if (run->program->instrs[instr->a].op != OP_RANGE || !list->known)
		walk_element(walk, instr, run_unknown_element(run, instr));
	else
		for (i = 0; i < list->list->count; i++)
			walk_element(walk, instr, list->list->fields + i);
}

static void
walk_instr(YearWalk *walk, int number)
{
	const Program *program = walk->gap->program;
	const Instr *instr;
	int			visit;
	int			first;
	int			last;

	if (number < 0)
		return;
	instr = &program->instrs[number];
	visit = instr->scopes ? walk->visit : 1;
	if (walk->visits[number] == visit)
		return;
	walk->visits[number] = visit;
	check_stack_depth();
	if (instr->op == OP_LIST)
	{
		walk_list(walk, instr);
		return;
	}
	foreach_operand(operand, program, instr)
		walk_instr(walk, operand);
	if (instr->op == OP_YEARLY && years_of_index(run_value(walk->gap->run, instr->b), &first, &last))
		walk->found(walk, instr, first, last);
}

static List *
walk_from(Gap *gap, int number, void (*found) (YearWalk *walk, const Instr *instr, int first, int last))
{
	YearWalk	walk = {gap, NULL, 1, 1, found, NIL};

	walk.visits = palloc0_array(int, gap->program->ninstrs);
	walk_instr(&walk, number);
	pfree(walk.visits);
	return walk.facts;
}

static void
note_latest(YearWalk *walk, const Instr *instr, int first pg_attribute_unused(), int last)
{
	int		   *latest = &walk->gap->years[instr->a];

	*latest = Max(*latest, last);
}

void
gap_find_latest_years(Gap *gap, int number)
{
	if (gap->known->yearly)
		(void) walk_from(gap, number, note_latest);
}

static void
collect(YearWalk *walk, const Instr *instr, int first, int last)
{
	int			year;

	for (year = last; year >= first; year--)
		walk->facts = list_append_unique_int(walk->facts, fact_in_year(walk->gap->program, instr->a, year));
}

List *
gap_facts_in_years(Gap *gap, int number)
{
	List	   *latest = NIL;
	List	   *others = NIL;
	ListCell   *cell;

	/* facts that can change come first */
	foreach(cell, walk_from(gap, number, collect))
	{
		int			fact = lfirst_int(cell);

		if (fact == gap_fact_at(gap, fact_number(gap->program, fact)))
			latest = lappend_int(latest, fact);
		else
			others = lappend_int(others, fact);
	}
	return list_concat(latest, others);
}

/* Sets gap->depends to what depends on the value of one year of a fact. */
void
gap_find_year_dependents(Gap *gap, int fact)
{
	const Program *program = gap->program;
	int			year = fact_year(program, fact);
	bool	   *depends = gap->depends_in_year;
	int			i;

	memset(depends, 0, program->ninstrs);
	for (i = 0; i < program->ninstrs; i++)
	{
		const Instr *instr = &program->instrs[i];
		int			first;
		int			last;

		foreach_operand(operand, program, instr)
			depends[i] |= depends[operand];
		if (instr->op == OP_YEARLY && instr->a == fact_number(program, fact) && instr->scopes == 0 &&
			years_of_index(run_value(gap->run, instr->b), &first, &last) && first == year && last == year)
			depends[i] = true;
	}
	gap->depends = depends;
}
