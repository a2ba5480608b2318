/*
 * build.c
 *		Builds the documents and statements of the tree during parsing.
 *
 * The state holds the current document, and the provision to which the next attribute
 * belongs.
 */
#include "postgres.h"

#include "build.h"
#include "messages.h"
#include "tokens.h"

/* ---------------- the text, and documents ---------------- */

void
build_part(ReadState *state, char *code, Span span)
{
	state->policy->part = code;
	state->policy->part_at = span.start;
}

void
build_bound(ReadState *state, DateADT day, bool is_default, Span span)
{
	state->policy->has_as_of = true;
	state->policy->as_of_default = is_default;
	state->policy->as_of = day;
	state->policy->body = span.end;
	if (is_default)
		tokens_restart_content(state, span.end);
}

void
build_bare(ReadState *state, Expression *when, Span span)
{
	build_document(state, NULL, NULL, span);
	state->doc->bare = true;
	build_clause(state, NULL, NULL, span)->when = when;
	state->clause = NULL;
}

void
build_document(ReadState *state, char *code, char *title, Span span)
{
	Document   *doc = palloc0(sizeof(Document));

	state->doc = doc;
	state->policy->documents = lappend(state->policy->documents, doc);
	build_provision(state, &doc->provision, code, title, span);
	doc->header = span;
}

/* A document that the current one uses. */
void
build_use(ReadState *state, char *code, List *mapped, Span span)
{
	DocumentUse *use = palloc0(sizeof(DocumentUse));

	use->code = code;
	use->mapped = mapped;
	use->span = span;
	state->doc->uses = lappend(state->doc->uses, use);
}

/* The text gives the last day in force (through) or the day after it (until). */
void
build_until(ReadState *state, DateADT day, bool through)
{
	state->doc->has_until = true;
	state->doc->until = through ? day + 1 : day;
	state->doc->through = through;
}

/* ---------------- what may be written once ---------------- */

void
build_once(ReadState *state, bool already, Span span, const char *what)
{
	if (already)
		read_error(state, span.start, NULL, "a second \"%s\"", what);
}

void
build_text(ReadState *state, char **place, char *text, Span span, const char *what)
{
	build_once(state, *place != NULL, span, what);
	*place = text;
}

void
build_day(ReadState *state, bool *has_day, DateADT *place, DateADT day, Span span, const char *what)
{
	build_once(state, *has_day, span, what);
	*has_day = true;
	*place = day;
}

/* ---------------- provisions ---------------- */

void
build_provision(ReadState *state, Provision *provision, char *code, char *title, Span span)
{
	provision->code = code;
	provision->title = title;
	provision->span = span;
	provision->name_end = span.end;
	state->provision = provision;
	state->clause = NULL;
}

/* Extends the current document or provision by the statement just parsed. */
void
build_extend(ReadState *state, Span span)
{
	if (state->provision)
		state->provision->span.end = span.end;
	if (state->clause)
		state->clause->provision.span.end = span.end;
	if (state->provision == &state->doc->provision)
		state->doc->header.end = span.end;
}

Provision *
build_provision_of(ReadState *state, Span span)
{
	if (state->provision == NULL)
		read_error(state, span.start, NULL,
				   "this must follow a document header, clause, stage, rung, definition, target or service");
	return state->provision;
}

void
build_note(ReadState *state, char *code, char *text, Span span)
{
	Provision  *provision = build_provision_of(state, span);
	Note	   *note = palloc0(sizeof(Note));

	note->code = code;
	note->text = text;
	provision->notes = lappend(provision->notes, note);
}

void
build_covers(Provision *provision, List *codes)
{
	provision->covers = list_concat(provision->covers, codes);
}

void
build_offices(Provision *provision, List *offices)
{
	provision->offices = list_concat(provision->offices, offices);
}

Define *
build_define(ReadState *state, char *name, char *title, Expression *expr, Span span)
{
	Define	   *define = palloc0(sizeof(Define));

	define->expr = expr;
	state->doc->defines = lappend(state->doc->defines, define);
	build_provision(state, &define->provision, name, title, span);
	return define;
}

void
build_define_of(Define *define, char *list, Span list_span, char *element)
{
	define->of = list;
	define->of_span = list_span;
	define->element = element;
}

/* ---------------- clauses and rungs ---------------- */

Clause *
build_clause(ReadState *state, char *code, char *title, Span span)
{
	Clause	   *clause = palloc0(sizeof(Clause));

	state->doc->clauses = lappend(state->doc->clauses, clause);
	build_provision(state, &clause->provision, code, title, span);
	state->clause = clause;
	return clause;
}

Clause *
build_clause_of(ReadState *state, Span span)
{
	if (state->clause == NULL)
		read_error(state, span.start, NULL, "this must follow a clause");
	return state->clause;
}

void
build_kind(ReadState *state, ClauseKind kind, Span span)
{
	Clause	   *clause = build_clause_of(state, span);

	build_once(state, clause->has_kind, span, "kind");
	clause->has_kind = true;
	clause->kind = kind;
}

void
build_pay(ReadState *state, Expression *pay, Span span)
{
	Clause	   *clause = build_clause_of(state, span);

	build_once(state, clause->pay != NULL, span, "pay");
	clause->pay = pay;
}

void
build_undetermined(ReadState *state, Span span)
{
	Clause	   *clause = build_clause_of(state, span);

	build_once(state, clause->undetermined, span, "pay");
	clause->undetermined = true;
}

void
build_stage(ReadState *state, char *code, char *title, const Each *each, Span each_span, Expression *on,
			Expression *when, Expression *pay, Span keyword, Span span)
{
	Clause	   *clause = build_clause_of(state, keyword);
	Stage	   *stage = palloc0(sizeof(Stage));

	stage->each = each->list;
	stage->once = each->once;
	stage->each_span = each_span;
	stage->on = on;
	stage->when = when;
	stage->pay = pay;
	clause->stages = lappend(clause->stages, stage);
	build_provision(state, &stage->provision, code, title, span);
	state->clause = clause;
}

void
build_cap(ReadState *state, Expression *cap, bool in_all, Span span)
{
	ClauseGroup *group = state->doc->groups ? llast(state->doc->groups) : NULL;
	Expression **place;

	if (group && state->provision == &group->provision)
		place = in_all ? &group->cap_in_all : &group->cap;
	else
	{
		Clause	   *clause = build_clause_of(state, span);

		place = in_all ? &clause->cap_in_all : &clause->cap;
	}
	build_once(state, *place != NULL, span, in_all ? "cap in all" : "cap");
	*place = cap;
}

void
build_ladder(ReadState *state, char *title, Span keyword, Span span)
{
	build_once(state, state->doc->has_ladder, keyword, "ladder");
	state->doc->has_ladder = true;
	state->doc->ladder = title;
	state->doc->ladder_span = span;
	state->provision = NULL;
	state->clause = NULL;
}

void
build_rung(ReadState *state, char *code, char *title, Span keyword, Span span)
{
	Rung	   *rung = palloc0(sizeof(Rung));

	if (!state->doc->has_ladder && !state->statements)
		read_error(state, keyword.start, _("Write \"ladder\" before the first rung."),
				   "a rung needs a ladder");
	state->doc->rungs = lappend(state->doc->rungs, rung);
	build_provision(state, &rung->provision, code, title, span);
}

/* The rung to which the next part belongs, or NULL. */
static Rung *
current_rung(const ReadState *state)
{
	Rung	   *rung = state->doc->rungs ? llast(state->doc->rungs) : NULL;

	return rung && state->provision == &rung->provision ? rung : NULL;
}

void
build_level(ReadState *state, Quantity level, Span level_span, Span span)
{
	Rung	   *rung = current_rung(state);

	if (rung == NULL)
		read_error(state, span.start, NULL, "only a rung has a level");
	rung->level_written = true;
	rung->level = whole_number(level.number, 1, 1000);
	if (rung->level < 0)
		read_error(state, level_span.start, NULL, "a level must be a whole number from 1 to 1000");
}

void
build_when(ReadState *state, Expression *condition, Span span)
{
	Rung	   *rung = current_rung(state);
	Selection  *selection = state->doc->selections ? llast(state->doc->selections) : NULL;
	Expression **place;

	if (rung)
		place = &rung->when;
	else if (selection && state->provision == &selection->provision)
		place = &selection->when;
	else
		place = &build_clause_of(state, span)->when;
	build_once(state, *place != NULL, span, "when");
	*place = condition;
}

void
build_should(ReadState *state, Expression *condition, Span span)
{
	Rung	   *rung = current_rung(state);
	List	  **should = rung ? &rung->should : &build_clause_of(state, span)->should;

	*should = lappend(*should, condition);
}

/* ---------------- groups, selections, budgets, populations ---------------- */

GroupMember *
build_member(char *code, Span span)
{
	GroupMember *member = palloc0(sizeof(GroupMember));

	member->code = code;
	member->span = span;
	return member;
}

void
build_group(ReadState *state, char *code, char *title, bool best, List *members, Span span)
{
	ClauseGroup *group = palloc0(sizeof(ClauseGroup));

	group->best = best;
	group->members = members;
	state->doc->groups = lappend(state->doc->groups, group);
	build_provision(state, &group->provision, code, title, span);
}

SortKey *
build_sort_key(Expression *expr, bool descending)
{
	SortKey    *key = palloc0(sizeof(SortKey));

	key->expr = expr;
	key->descending = descending;
	return key;
}

void
build_selection(ReadState *state, char *code, char *title, Expression *first, List *keys, Span span)
{
	Selection  *selection = palloc0(sizeof(Selection));

	selection->first = first;
	selection->keys = keys;
	state->doc->selections = lappend(state->doc->selections, selection);
	build_provision(state, &selection->provision, code, title, span);
}

void
build_budget(ReadState *state, char *code, char *title, Expression *amount, List *keys, List *lines, Span span)
{
	ClauseBudget *budget = palloc0(sizeof(ClauseBudget));

	budget->amount = amount;
	budget->keys = keys;
	budget->lines = lines;
	state->doc->budgets = lappend(state->doc->budgets, budget);
	build_provision(state, &budget->provision, code, title, span);
}

PopulationValue *
build_population_value(char *name, char *title, char *function, Span function_span, Expression *expr,
					   Expression *share, Span span)
{
	PopulationValue *value = palloc0(sizeof(PopulationValue));

	value->name = name;
	value->title = title;
	value->function = function;
	value->function_span = function_span;
	value->expr = expr;
	value->share = share;
	value->span = span;
	return value;
}

void
build_population(ReadState *state, char *name, char *title, Expression *when, List *values, Span span)
{
	Population *population = palloc0(sizeof(Population));

	population->when = when;
	population->values = values;
	state->doc->populations = lappend(state->doc->populations, population);
	build_provision(state, &population->provision, name, title, span);
}

/* ---------------- targets and services ---------------- */

int
build_goal_year(ReadState *state, Quantity quantity, Span span)
{
	int			year = whole_number(quantity.number, FIRST_YEAR, LAST_YEAR);

	if (year < 0 || (quantity.unit != UNIT_FREE && quantity.unit != UNIT_YEAR))
		read_error(state, span.start, NULL, "the year of a goal must be from 1900 to 2999");
	return year;
}

Goal *
build_goal(int year, Expression *value)
{
	Goal	   *goal = palloc0(sizeof(Goal));

	goal->year = year;
	goal->value = value;
	return goal;
}

Target *
build_target(ReadState *state, char *code, char *title, Unit unit, List *goals, const Counted *counted, Span span)
{
	Target	   *target = palloc0(sizeof(Target));

	target->unit = unit;
	target->goals = goals;
	target->count = counted->count;
	target->of = counted->of;
	state->doc->targets = lappend(state->doc->targets, target);
	build_provision(state, &target->provision, code, title, span);
	return target;
}

void
build_service(ReadState *state, char *code, char *title, Span span)
{
	Service    *service = palloc0(sizeof(Service));

	state->doc->services = lappend(state->doc->services, service);
	build_provision(state, &service->provision, code, title, span);
}
