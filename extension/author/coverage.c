/*
 * coverage.c
 *		coverage(policy): which examples reach each condition, step and branch of a document.
 *
 * The examples are watched while they run: they compute what the expectations ask for,
 * and whatever that needs.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/bitmapset.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"

#include "answers/phrases.h"
#include "answers/rows.h"
#include "documents/lint.h"
#include "documents/unknown_facts.h"
#include "engine/value.h"

ZJTX_FUNCTION(zjtx_coverage);

typedef enum PointKind
{
	POINT_CLAUSE,
	POINT_STAGE,
	POINT_RUNG,
	POINT_GROUP,
	POINT_BOUND,
	POINT_BRANCH,				/* a branch of `or` */
	POINT_STEP					/* a step of a band or case */
} PointKind;

static const char *const kind_names[] = {"clause", "stage", "rung", "group", "bound", "branch", "step"};

/* What examples should reach. */
typedef struct Point
{
	PointKind	kind;
	const char *place;			/* code of the provision, name of the
								 * definition */
	char	   *condition;		/* as written */
	int			instr;			/* its register; for a step, that of the whole */
	int			number;			/* for a step or branch: its number among
								 * those of the whole */
	const Expression *whole;	/* for a step or branch: the source of the
								 * whole, or NULL */
	bool		only_yes;		/* it cannot be false, or cannot be true */
	bool		only_no;

	/* numbers of examples */
	Bitmapset  *yes;
	Bitmapset  *no;
	Bitmapset  *on_bound;
} Point;

typedef struct Coverage
{
	Rows	   *rows;
	const Compiled *compiled;
	const Program *program;
	Run		   *unknown;		/* a run on a row with all facts unknown */
	const Expression **words;	/* by instruction: the shortest source */
	const Expression **choices; /* … the first `or`, case or band */
	bool	   *used;			/* … whether it belongs to a used document */
	const char **places;		/* by instruction: the first provision that
								 * reads it */
	List	   *points;			/* of Point */
	List	  **by_instr;		/* of Point */
	List	   *titles;			/* titles of the examples */
} Coverage;

/* ---------------- source texts ---------------- */

/* Whether an expression is in a used document, whose text follows the document's own. */
static bool
is_used(const Coverage *coverage, const Expression *expr)
{
	ListCell   *cell;

	foreach(cell, coverage->compiled->policy->used)
	{
		const Document *used = lfirst(cell);

		if (expr->span.start > used->header.start)
			return true;
	}
	return false;
}

static void
find_words(Coverage *coverage)
{
	HASH_SEQ_STATUS all;
	const Words *entry;

	coverage->words = palloc0_array(const Expression *, coverage->program->ninstrs);
	coverage->choices = palloc0_array(const Expression *, coverage->program->ninstrs);
	coverage->used = palloc0_array(bool, coverage->program->ninstrs);
	hash_seq_init(&all, coverage->program->words);
	while ((entry = hash_seq_search(&all)) != NULL)
	{
		const Expression *expr = entry->key.expr;
		const Expression *other;

		if (entry->instr < 0)
			continue;
		if (is_used(coverage, expr))
		{
			coverage->used[entry->instr] = true;
			continue;
		}
		other = coverage->words[entry->instr];
		if (other == NULL || expr->span.end - expr->span.start < other->span.end - other->span.start ||
			(expr->span.end - expr->span.start == other->span.end - other->span.start &&
			 expr->span.start < other->span.start))
			coverage->words[entry->instr] = expr;
		if (expr->kind != EXPR_OR && expr->kind != EXPR_CASE && expr->kind != EXPR_BAND)
			continue;
		other = coverage->choices[entry->instr];
		if (other == NULL || expr->span.start < other->span.start)
			coverage->choices[entry->instr] = expr;
	}
}

static char *
source_of(const Coverage *coverage, const Expression *expr)
{
	if (expr == NULL)
		return NULL;
	return pnstrdup(coverage->compiled->policy->text + expr->span.start, expr->span.end - expr->span.start);
}

static char *
words_of(const Coverage *coverage, int number)
{
	static const char *const signs[] = {"=", "<>", "<", "<=", ">", ">="};
	const Program *program = coverage->program;
	const Instr *instr = &program->instrs[number];

	check_stack_depth();
	if (coverage->words[number])
		return source_of(coverage, coverage->words[number]);
	if (instr->op == OP_COMPARE)
		return psprintf("%s %s %s", words_of(coverage, instr->a), signs[instr->flag], words_of(coverage, instr->b));
	if (instr->op == OP_NUMBER)
		return number_text(&program->numbers[instr->a]);
	if (instr->op == OP_FACT)
		return pstrdup(program->facts[instr->a]->name);
	return pstrdup("\xE2\x80\xA6");
}

/* Enters the provision for an instruction and all that it reads. */
static void
mark_place(Coverage *coverage, int number, const char *place)
{
	const Program *program = coverage->program;

	if (number < 0 || coverage->places[number])
		return;
	check_stack_depth();
	coverage->places[number] = place;
	/* instructions of used documents belong to those */
	if (coverage->used[number])
		return;
	foreach_operand(operand, program, &program->instrs[number])
		mark_place(coverage, operand, place);
}

/* ---------------- the points ---------------- */

/* Whether a register is unknown in every row, such as 0 / 0 for a figure that the law does not give. */
static bool
is_never_known(const Coverage *coverage, int number)
{
	const Instr *instr = &coverage->program->instrs[number];

	return instr->scopes == 0 && !value_decided(run_value(coverage->unknown, number), instr->type) &&
		run_missing(coverage->unknown, number, NULL) == NULL;
}

/* Whether a condition can have this truth value in some row; true if that is not certain. */
static bool
can_be(const Coverage *coverage, int number, Truth truth)
{
	const Program *program = coverage->program;
	const Instr *instr = &program->instrs[number];
	bool		all = (instr->op == OP_AND) == (truth == TRUTH_TRUE);
	Truth		known;
	int			i;

	check_stack_depth();
	if (is_never_known(coverage, number))
		return false;
	if (instr->op == OP_COMPARE &&
		(is_never_known(coverage, instr->a) || is_never_known(coverage, instr->b)))
		return false;
	if (instr->op == OP_AND || instr->op == OP_OR)
	{
		for (i = 0; i < instr->nargs; i++)
			if (can_be(coverage, program->args[instr->args + i], truth) != all)
				return !all;
		if (!all)
			return false;
	}
	if (instr->scopes != 0)
		return true;
	known = run_truth(coverage->unknown, number);
	return known == TRUTH_UNKNOWN || known == truth;
}

static void
find_limits(const Coverage *coverage, Point *point, int number)
{
	point->only_yes = !can_be(coverage, number, TRUTH_FALSE);
	point->only_no = !can_be(coverage, number, TRUTH_TRUE);
}

static Point *
add_point(Coverage *coverage, PointKind kind, const char *place, char *condition, int instr)
{
	Point	   *point = palloc0(sizeof(Point));

	point->kind = kind;
	point->place = place;
	point->condition = condition;
	point->instr = instr;
	coverage->points = lappend(coverage->points, point);
	coverage->by_instr[instr] = lappend(coverage->by_instr[instr], point);
	return point;
}

static void
add_condition(Coverage *coverage, PointKind kind, const char *place, char *condition, int number)
{
	if (number < 0)
		return;
	find_limits(coverage, add_point(coverage, kind, place, condition, number), number);
}

/* Returns the members of a group, of which at least one is true if the group is. */
static char *
members_of(const Coverage *coverage, const ClauseGroup *group)
{
	const Phrases *words = phrases_of(coverage->program->doc, coverage->compiled->policy->text);
	StringInfoData members;
	ListCell   *cell;

	initStringInfo(&members);
	foreach(cell, group->members)
		appendStringInfo(&members, "%s%s", members.len > 0 ? words->member_comma : "",
						 ((const GroupMember *) lfirst(cell))->code);
	return members.data;
}

static void
add_provisions(Coverage *coverage)
{
	const Program *program = coverage->program;
	const Document *doc = program->doc;
	ListCell   *cell;
	int			i,
				j;

	foreach(cell, doc->defines)
	{
		const Define *define = lfirst(cell);

		if (define->of == NULL)
			mark_place(coverage, program->define_instrs[define->index], define->provision.code);
	}
	for (i = 0; i < program->nclauses; i++)
	{
		const ClauseEntry *entry = &program->clauses[i];
		const Clause *clause = entry->clause;
		const char *code = clause->provision.code ? clause->provision.code : "rule";

		CHECK_FOR_INTERRUPTS();
		if (clause->of_used)
			continue;
		add_condition(coverage, POINT_CLAUSE, code, source_of(coverage, clause->when), entry->satisfied);
		for (j = 0; j < entry->nstages; j++)
		{
			const Stage *stage = entry->stages[j].stage;

			add_condition(coverage, POINT_STAGE, psprintf("%s/%s", code, stage->provision.code),
						  source_of(coverage, stage->when), entry->stages[j].earned);
			mark_place(coverage, entry->stages[j].amount, code);
			mark_place(coverage, entry->stages[j].earned, code);
		}
		mark_place(coverage, entry->satisfied, code);
		mark_place(coverage, entry->amount, code);
		for (j = 0; j < entry->nshould; j++)
			mark_place(coverage, entry->should[j], code);
	}
	for (i = 0; i < program->nrungs; i++)
	{
		const RungEntry *entry = &program->rungs[i];

		add_condition(coverage, POINT_RUNG, entry->rung->provision.code,
					  source_of(coverage, entry->rung->when), entry->when);
		mark_place(coverage, entry->when, entry->rung->provision.code);
		for (j = 0; j < entry->nshould; j++)
			mark_place(coverage, entry->should[j], entry->rung->provision.code);
	}
	for (i = 0; i < program->ngroups; i++)
	{
		const GroupEntry *entry = &program->groups[i];

		add_condition(coverage, POINT_GROUP, entry->group->provision.code, members_of(coverage, entry->group), entry->satisfied);
		mark_place(coverage, entry->amount, entry->group->provision.code);
	}
}

/* Returns the point of another instruction that was compiled from the same source, for instance for another day. */
static Point *
same_point(const Coverage *coverage, PointKind kind, int instr, int number)
{
	const Program *program = coverage->program;
	const Expression *whole = coverage->choices[instr];
	ListCell   *cell;

	foreach(cell, coverage->points)
	{
		Point	   *point = lfirst(cell);

		if (point->kind != kind || point->number != number)
			continue;
		if (kind == POINT_BOUND ? lint_same_bound(program, &program->instrs[point->instr], &program->instrs[instr]) :
			whole != NULL && point->whole == whole)
			return point;
	}
	return NULL;
}

/* Adds a point, or adds an instruction to a point. */
static void
add_part(Coverage *coverage, PointKind kind, int instr, int number, int condition)
{
	const char *place = coverage->places[instr];
	Point	   *point = same_point(coverage, kind, instr, number);
	int			watched = kind == POINT_BRANCH ? condition : instr;

	if (point)
	{
		coverage->by_instr[watched] = lappend(coverage->by_instr[watched], point);
		return;
	}
	point = add_point(coverage, kind, place,
					  condition >= 0 ? words_of(coverage, condition) :
					  pstrdup(phrases_of(coverage->program->doc, coverage->compiled->policy->text)->chinese ? "否则" : "else"), watched);
	point->number = number;
	point->whole = coverage->choices[instr];
	if (condition >= 0)
		find_limits(coverage, point, condition);
}

static void
add_parts(Coverage *coverage)
{
	const Program *program = coverage->program;
	int			i,
				j;

	for (i = 0; i < program->ninstrs; i++)
	{
		const Instr *instr = &program->instrs[i];
		const int  *args = program->args + instr->args;

		CHECK_FOR_INTERRUPTS();
		if (coverage->places[i] == NULL || (coverage->used[i] && coverage->words[i] == NULL))
			continue;
		if (lint_is_bound(instr))
		{
			if (!coverage->used[i])
				add_part(coverage, POINT_BOUND, i, 0, i);
		}
		else if (instr->op == OP_OR && coverage->choices[i])
		{
			for (j = 0; j < instr->nargs; j++)
				add_part(coverage, POINT_BRANCH, i, j, args[j]);
		}
		else if (instr->op == OP_CASE && coverage->choices[i])
		{
			for (j = 0; j + 1 < instr->nargs; j += 2)
				add_part(coverage, POINT_STEP, i, j / 2, args[j]);
			if (j < instr->nargs)
				add_part(coverage, POINT_STEP, i, j / 2, -1);
		}
	}
}

/* ---------------- the examples ---------------- */

static void
begin_example(Run *run, const Example *example)
{
	Coverage   *coverage = run->watcher;

	coverage->titles = lappend(coverage->titles, example->title ? example->title : pstrdup(""));
}

/* Returns the step that a case takes; -1 if that is undecided. */
static int
step_taken(Run *run, const Instr *instr)
{
	const int  *args = run->program->args + instr->args;
	int			i;

	if (instr->a >= 0 && !run->values[instr->a].known)
		return -1;
	for (i = 0; i + 1 < instr->nargs; i += 2)
	{
		Truth		truth = run->values[args[i]].truth;

		if (truth == TRUTH_UNKNOWN)
			return -1;
		if (truth == TRUTH_TRUE)
			break;
	}
	return i / 2;
}

static bool
is_on_bound(const Run *run, const Instr *instr)
{
	const Value *a = &run->values[instr->a];
	const Value *b = &run->values[instr->b];

	if (!a->known || a->none || !b->known || b->none)
		return false;
	switch (run->program->instrs[instr->a].type)
	{
		case TYPE_DATE:
			return a->day == b->day;
		case TYPE_NUMBER:
			return number_compare(&a->low, &b->low) == 0;
		default:
			return false;
	}
}

static void
watch_point(Run *run, int number, const Value *value)
{
	Coverage   *coverage = run->watcher;
	const Instr *instr = &run->program->instrs[number];
	int			example = list_length(coverage->titles) - 1;
	ListCell   *cell;

	foreach(cell, coverage->by_instr[number])
	{
		Point	   *point = lfirst(cell);

		if (point->kind == POINT_STEP)
		{
			if (step_taken(run, instr) == point->number)
				point->yes = bms_add_member(point->yes, example);
			continue;
		}
		if (value->truth == TRUTH_TRUE)
			point->yes = bms_add_member(point->yes, example);
		else if (value->truth == TRUTH_FALSE)
			point->no = bms_add_member(point->no, example);
		if (point->kind == POINT_BOUND && is_on_bound(run, instr))
			point->on_bound = bms_add_member(point->on_bound, example);
	}
}

/* ---------------- the rows ---------------- */

static void
put_examples(Coverage *coverage, const Bitmapset *numbers)
{
	List	   *titles = NIL;
	int			i = -1;

	while ((i = bms_next_member(numbers, i)) >= 0)
		titles = lappend(titles, list_nth(coverage->titles, i));
	rows_put_texts(coverage->rows, titles);
}

static bool
is_covered(const Point *point)
{
	bool		yes = point->yes != NULL || point->only_no;
	bool		no = point->no != NULL || point->only_yes;

	switch (point->kind)
	{
		case POINT_STEP:
		case POINT_BRANCH:
			return yes;
		case POINT_BOUND:
			return yes && no && (point->on_bound != NULL || point->only_yes || point->only_no);
		default:
			return yes && no;
	}
}

static void
put_points(Coverage *coverage)
{
	ListCell   *cell;

	foreach(cell, coverage->points)
	{
		const Point *point = lfirst(cell);

		CHECK_FOR_INTERRUPTS();
		rows_put_text(coverage->rows, kind_names[point->kind]);
		rows_put_text(coverage->rows, point->place);
		rows_put_text(coverage->rows, point->condition);
		put_examples(coverage, point->yes);
		if (point->kind == POINT_STEP)
			rows_put_null(coverage->rows);
		else
			put_examples(coverage, point->no);
		if (point->kind == POINT_BOUND)
			put_examples(coverage, point->on_bound);
		else
			rows_put_null(coverage->rows);
		rows_put_boolean(coverage->rows, is_covered(point));
		rows_put_row(coverage->rows);
	}
}

/* coverage(policy) → kind, place, condition, holds, fails, on_bound, covered */
Datum
zjtx_coverage(PG_FUNCTION_ARGS)
{
	text	   *policy = PG_GETARG_TEXT_PP(0);
	const Compiled *compiled;
	Rows		rows;
	int			i;

	rows_start(fcinfo, &rows);
	compiled = policy_compile(text_to_cstring(policy), true);
	for (i = 0; i < compiled->nprograms; i++)
	{
		Coverage	coverage;

		memset(&coverage, 0, sizeof(coverage));
		coverage.rows = &rows;
		coverage.compiled = compiled;
		coverage.program = compiled->programs[i];
		if (policy_not_there(coverage.program->doc))
			continue;
		coverage.unknown = run_create(coverage.program);
		run_begin(coverage.unknown, unknown_facts(coverage.program));
		coverage.places = palloc0_array(const char *, coverage.program->ninstrs);
		coverage.by_instr = palloc0_array(List *, coverage.program->ninstrs);
		find_words(&coverage);
		add_provisions(&coverage);
		add_parts(&coverage);
		examples_watch(compiled, coverage.program, begin_example, watch_point, &coverage);
		put_points(&coverage);
	}
	return (Datum) 0;
}
