/*
 * check_across.c
 *		Checks selections, budgets and populations: statements about several rows.
 *
 * Their results are facts of a row, which other statements read: whether a selection has selected the row, the values
 * of a population, and what a budget leaves of the amount of a line.  The facts are added before anything that may
 * read them is checked.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "build.h"
#include "check.h"
#include "messages.h"
#include "names.h"

typedef struct AggregateInfo
{
	const char *name;
	const char *chinese;
} AggregateInfo;

static const AggregateInfo aggregates[] =
{
#define AGGREGATE(NAME, name, chinese) [AGGREGATE_##NAME] = {name, chinese},
#include "aggregates.h"
};

const char *
aggregate_name(Aggregate aggregate, bool chinese)
{
	return chinese ? aggregates[aggregate].chinese : aggregates[aggregate].name;
}

/* ---------------- names ---------------- */

/* Returns what a name already means in a document, for messages; NULL if it is free. */
static const char *
what_is(const Document *doc, const char *name)
{
	if (policy_find_clause(doc, name))
		return gettext_noop("clause");
	if (policy_find_rung(doc, name))
		return gettext_noop("rung");
	if (policy_find_group(doc, name))
		return gettext_noop("group");
	if (policy_find_selection(doc, name))
		return gettext_noop("selection");
	if (policy_find_budget(doc, name))
		return gettext_noop("budget");
	if (policy_find_population(doc, name))
		return gettext_noop("population");
	if (policy_find_population_value(doc, name))
		return gettext_noop("value of a population");
	if (policy_find_define(doc, name))
		return gettext_noop("definition");
	if (policy_find_table(doc, name))
		return gettext_noop("table");
	if (policy_find_fact(doc, name))
		return gettext_noop("fact");
	return NULL;
}

static void
enter(Checker *checker, Symbols *symbols, const char *name, void *item, int at)
{
	const char *what = what_is(checker->doc, name);

	if (what)
		read_error(checker->state, at, NULL, "\"%s\" is a %s already", name, _(what));
	symbols_add(symbols, name, item);
}

void
check_across_names(Checker *checker)
{
	Document   *doc = checker->doc;
	ListCell   *cell;
	ListCell   *inner;

	doc->selections_by_code = symbols_create();
	doc->budgets_by_code = symbols_create();
	doc->populations_by_name = symbols_create();
	doc->population_values_by_name = symbols_create();
	foreach(cell, doc->selections)
	{
		Selection  *selection = lfirst(cell);

		selection->provision.index = foreach_current_index(cell);
		enter(checker, doc->selections_by_code, selection->provision.code, selection, selection->provision.span.start);
	}
	foreach(cell, doc->budgets)
	{
		ClauseBudget *budget = lfirst(cell);

		budget->provision.index = foreach_current_index(cell);
		enter(checker, doc->budgets_by_code, budget->provision.code, budget, budget->provision.span.start);
	}
	foreach(cell, doc->populations)
	{
		Population *population = lfirst(cell);

		population->provision.index = foreach_current_index(cell);
		enter(checker, doc->populations_by_name, population->provision.code, population, population->provision.span.start);
		foreach(inner, population->values)
		{
			PopulationValue *value = lfirst(inner);

			value->population = population;
			enter(checker, doc->population_values_by_name, value->name, value, value->span.start);
		}
	}
}

/* ---------------- facts ---------------- */

static Fact *
add_fact(Checker *checker, char *name, char *label, ValueType type, AcrossKind across, const char *of, int at)
{
	Document   *doc = checker->doc;
	Fact	   *fact = palloc0(sizeof(Fact));

	check_want_column_name(checker, name, at);
	fact->name = name;
	fact->label = label;
	fact->type = type;
	fact->across = across;
	fact->across_of = pstrdup(of);
	/* no enterprise can change it by itself */
	fact->fixed = true;
	fact->used = true;
	fact->index = list_length(doc->facts);
	/* a fact of a used document may already have the name */
	if (!symbols_add(doc->facts_by_name, name, fact))
		read_error(checker->state, at, NULL, "\"%s\" is a %s already", name, _("fact"));
	doc->facts = lappend(doc->facts, fact);
	return fact;
}

/* What a budget leaves of the amount of a line. */
static Fact *
add_allotted(Checker *checker, const ClauseBudget *budget, const char *code, int at)
{
	Fact	   *fact = add_fact(checker, psprintf("allotted of %s", code), psprintf("%s%s", "兑现之", code),
								TYPE_NUMBER, ACROSS_ALLOTTED, code, at);
	Expression *zero = expr_literal(EXPR_NUMBER, TYPE_NUMBER, checker->doc->header);

	zero->number = DatumGetNumeric(DirectFunctionCall1(int4_numeric, Int32GetDatum(0)));
	fact->budget = budget->provision.code;
	fact->unit = UNIT_YUAN;
	fact->low = zero;
	fact->has_low = true;
	return fact;
}

/* ---------------- lines of budgets ---------------- */

pg_noreturn static void
unknown_line(Checker *checker, const GroupMember *line)
{
	const Document *doc = checker->doc;
	const char *slash = strchr(line->code, '/');
	Nearest		nearest;
	char	   *hint;

	nearest_start(&nearest, line->code);
	check_offer_codes(&nearest, doc->clauses);
	check_offer_codes(&nearest, doc->groups);
	hint = nearest_hint(&nearest);
	if (slash && policy_find_use(doc, pnstrdup(line->code, slash - line->code)))
		hint = psprintf(_("Make it a member of a group: \"group all sum of %s\"."), line->code);
	read_error(checker->state, line->span.start, hint, "there is no clause or group \"%s\"", line->code);
}

/* A line is paid from at most one budget.  A member of a group is not paid by itself, so it cannot be such a line. */
static void
join_budget(Checker *checker, ClauseBudget *budget, GroupMember *line)
{
	const char *code = check_own_code(checker->doc, line->code);
	const ClauseGroup *within;
	const Provision *provision;
	ClauseBudget **of;

	line->clause = policy_find_clause(checker->doc, code);
	line->group = line->clause ? NULL : policy_find_group(checker->doc, code);
	if (line->clause == NULL && line->group == NULL)
		unknown_line(checker, line);
	provision = line->clause ? &line->clause->provision : &line->group->provision;
	within = line->clause ? line->clause->group : line->group->group;
	if (line->clause && line->clause->kind != CLAUSE_REWARD && line->clause->kind != CLAUSE_SUBSIDY)
		read_error(checker->state, line->span.start, NULL, "clause \"%s\" is not a reward or subsidy", code);
	if (line->clause && line->clause->undetermined)
		read_error(checker->state, line->span.start, NULL,
				   "clause \"%s\" has no figure, of which a budget could pay a part", code);
	if (line->clause && line->clause->stages)
		read_error(checker->state, line->span.start, NULL,
				   "clause \"%s\" is paid in stages, and a budget pays lines of one year", code);
	if (within)
		read_error(checker->state, line->span.start,
				   psprintf(_("Name the group, whose line is paid: \"over %s\"."), within->provision.code),
				   "nothing is paid for \"%s\" by itself", code);
	of = line->clause ? &line->clause->budget : &line->group->budget;
	if (*of)
		read_error(checker->state, line->span.start, NULL,
				   "\"%s\" is paid from budget \"%s\" already", code, (*of)->provision.code);
	*of = budget;
	if (provision->subject != budget->provision.subject)
		read_error(checker->state, line->span.start,
				   psprintf(_("Write \"subject %s\" after the budget."), subject_name(provision->subject)),
				   "\"%s\" reads the row of another subject than its budget", code);
	*(line->clause ? &line->clause->allotted : &line->group->allotted) = add_allotted(checker, budget, code, line->span.start);
}

void
check_across_facts(Checker *checker)
{
	Document   *doc = checker->doc;
	ListCell   *cell;
	ListCell   *inner;

	foreach(cell, doc->populations)
	{
		const Population *population = lfirst(cell);

		foreach(inner, population->values)
		{
			PopulationValue *value = lfirst(inner);

			value->fact = add_fact(checker, value->name, value->title, TYPE_NUMBER, ACROSS_POPULATION,
								   population->provision.code, value->span.start);
			value->fact->value = value;
		}
	}
	foreach(cell, doc->selections)
	{
		Selection  *selection = lfirst(cell);

		selection->selected = add_fact(checker, selection->provision.code, selection->provision.title, TYPE_BOOLEAN,
									   ACROSS_SELECTED, selection->provision.code, selection->provision.span.start);
	}
	foreach(cell, doc->budgets)
	{
		ClauseBudget *budget = lfirst(cell);

		foreach(inner, budget->lines)
		{
			join_budget(checker, budget, lfirst(inner));
		}
	}
}

/* ---------------- subjects ---------------- */

typedef struct SubjectWalk
{
	Checker    *checker;
	const Provision *statement;
	const char *what;			/* the kind of statement */
	bool		of_clause;		/* the statement is a clause, which may refer
								 * to clauses about any subject */
	List	   *seen;			/* of Define */
} SubjectWalk;

/* The statement that an expression asks about, or NULL. */
static const Provision *
asked_about(const SubjectWalk *walk, const Expression *expr)
{
	if (expr->meaning == NAME_FACT && expr->fact->value && expr->fact->declared_by == NULL)
		return &expr->fact->value->population->provision;
	if (walk->of_clause && expr->meaning != NAME_SELECTION)
		return NULL;
	return expr->provision;
}

/*
 * A selection, budget or population is about the rows of one subject.  It cannot refer to
 * clauses about another subject, and they cannot refer to it.
 */
static void
walk_subjects(const Expression *expr, void *context)
{
	SubjectWalk *walk = context;
	const Provision *other;

	if (expr == NULL)
		return;
	check_stack_depth();
	other = asked_about(walk, expr);
	if (other && other->subject != walk->statement->subject)
		read_error(walk->checker->state, expr->span.start,
				   psprintf(_("Write \"subject %s\" after the %s."), subject_name(other->subject), _(walk->what)),
				   "\"%s\" reads the row of another subject than the %s \"%s\"",
				   other->code, _(walk->what), walk->statement->code);
	if (expr->meaning == NAME_DEFINE && !list_member_ptr(walk->seen, expr->define))
	{
		walk->seen = lappend(walk->seen, expr->define);
		walk_subjects(expr->define->expr, walk);
	}
	expr_walk(expr, walk_subjects, walk);
}

static void
check_subjects_of_clause(Checker *checker, const Clause *clause)
{
	SubjectWalk walk = {checker, &clause->provision, gettext_noop("clause"), true, NIL};
	ListCell   *cell;

	walk_subjects(clause->when, &walk);
	foreach(cell, clause->should)
	{
		walk_subjects(lfirst(cell), &walk);
	}
	walk_subjects(clause->pay, &walk);
	walk_subjects(clause->cap, &walk);
	walk_subjects(clause->cap_in_all, &walk);
	foreach(cell, clause->stages)
	{
		const Stage *stage = lfirst(cell);

		walk_subjects(stage->on, &walk);
		walk_subjects(stage->when, &walk);
		walk_subjects(stage->pay, &walk);
	}
}

/* ---------------- selections and budgets ---------------- */

static void
check_keys(Checker *checker, const List *keys, const Provision *statement, const char *what)
{
	SubjectWalk walk = {checker, statement, what, false, NIL};
	ListCell   *cell;

	foreach(cell, keys)
	{
		const SortKey *key = lfirst(cell);

		check_expr(checker, key->expr, NULL);
		if (key->expr->type != TYPE_NUMBER && key->expr->type != TYPE_DATE)
			read_error(checker->state, key->expr->span.start, NULL,
					   "rows are sorted by numbers and dates, and this is a %s", _(type_name(key->expr->type)));
		walk_subjects(key->expr, &walk);
	}
}

/* Compares a literal with a whole number. */
static int
compare_with(const Expression *literal, int number)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(literal->number),
											 DirectFunctionCall1(int4_numeric, Int32GetDatum(number))));
}

#define MOST_PLACES 1000000000

/* Returns whether a unit counts places, firms and the like; 元, days and square metres do not. */
static bool
counts_rows(Unit unit)
{
	return unit == UNIT_FREE || (unit >= &builtin_units[BUILTIN_PERSON] && unit <= &builtin_units[BUILTIN_SHEET]) ||
		(unit->declared && !unit->currency && unit->of == unit);
}

static void
check_first(Checker *checker, Expression *first)
{
	if (first->unit == UNIT_PLAIN)
	{
		/* 100% is 1 */
		if (compare_with(first, 0) <= 0 || compare_with(first, 1) > 0)
			read_error(checker->state, first->span.start, NULL, "a share is more than 0%% and at most 100%%");
	}
	else if (!counts_rows(first->unit))
		read_error(checker->state, first->span.start,
				   psprintf(_("Write a number such as 10 or 10%s, or a share such as 20%%."), message_word("名", "")),
				   "%s do not count rows", check_unit_phrase(first->unit));
	else if (whole_number(first->number, 1, MOST_PLACES) < 0)
		read_error(checker->state, first->span.start, NULL,
				   "a number of rows is a whole number from 1 to %d", MOST_PLACES);
	check_number(first);
}

void
check_selection(Checker *checker, Selection *selection, int at)
{
	SubjectWalk walk = {checker, &selection->provision, gettext_noop("selection"), false, NIL};

	if (!check_begin(checker, &selection->provision, "selection", at))
		return;
	check_first(checker, selection->first);
	if (selection->when)
	{
		check_boolean(checker, selection->when, NULL, "a condition");
		walk_subjects(selection->when, &walk);
	}
	check_keys(checker, selection->keys, &selection->provision, walk.what);
	selection->provision.state = 2;
}

void
check_budget(Checker *checker, ClauseBudget *budget, int at)
{
	ListCell   *cell;

	if (!check_begin(checker, &budget->provision, "budget", at))
		return;
	if (budget->amount->unit != UNIT_YUAN)
		read_error(checker->state, budget->amount->span.start,
				   psprintf(_("Write it with its unit, %s."), unit_word(UNIT_YUAN)), "a budget is an amount");
	if (compare_with(budget->amount, 0) <= 0)
		read_error(checker->state, budget->amount->span.start, NULL, "a budget is more than 0");
	check_number(budget->amount);
	foreach(cell, budget->lines)
	{
		const GroupMember *line = lfirst(cell);

		if (line->clause)
			check_clause(checker, line->clause, line->span.start);
		else
			check_group(checker, line->group, line->span.start);
	}
	check_keys(checker, budget->keys, &budget->provision, gettext_noop("budget"));
	budget->provision.state = 2;
}

/* ---------------- populations ---------------- */

static void
find_aggregate(Checker *checker, PopulationValue *value)
{
	static const char *const means[] = {"mean", "average", "均值", "平均数", "平均值"};
	Nearest		nearest;
	size_t		i;

	for (i = 0; i < lengthof(means); i++)
		if (strcmp(means[i], value->function) == 0)
			read_error(checker->state, value->function_span.start,
					   psprintf(_("Write %s(x)."), aggregate_name(AGGREGATE_AVG, IS_HIGHBIT_SET(*value->function))),
					   "there is no function \"%s\" over a population", value->function);
	nearest_start(&nearest, value->function);
	for (i = 0; i < lengthof(aggregates); i++)
	{
		if (strcmp(aggregates[i].name, value->function) == 0 || strcmp(aggregates[i].chinese, value->function) == 0)
		{
			value->aggregate = i;
			return;
		}
		nearest_offer(&nearest, aggregates[i].name);
		nearest_offer(&nearest, aggregates[i].chinese);
	}
	read_error(checker->state, value->function_span.start,
			   nearest_hint(&nearest) ? nearest_hint(&nearest) :
			   pstrdup(_("The functions are avg, min, max, sum, count, median and percentile.")),
			   "there is no function \"%s\" over a population", value->function);
}

static void
check_share(Checker *checker, PopulationValue *value)
{
	bool		wanted = value->aggregate == AGGREGATE_PERCENTILE;

	if (value->share && !wanted)
		read_error(checker->state, value->share->span.start, NULL, "%s takes one expression", value->function);
	if (value->share == NULL && wanted)
		read_error(checker->state, value->function_span.start,
				   psprintf(_("Write %s(x, 80%%)."), value->function), "a percentile needs its share");
	if (value->share == NULL)
		return;
	if ((value->share->unit != UNIT_PLAIN && value->share->unit != UNIT_FREE) ||
		compare_with(value->share, 0) < 0 || compare_with(value->share, 1) > 0)
		read_error(checker->state, value->share->span.start, NULL, "the share of a percentile is from 0%% to 100%%");
	check_number(value->share);
}

static void
check_value(Checker *checker, PopulationValue *value)
{
	SubjectWalk walk = {checker, &value->population->provision, gettext_noop("population"), false, NIL};

	find_aggregate(checker, value);
	if (value->aggregate == AGGREGATE_COUNT)
	{
		if (value->expr)
			read_error(checker->state, value->expr->span.start,
					   psprintf(_("Write %s(), and the condition after \"when\"."), value->function),
					   "%s counts the members and takes no expression", value->function);
		value->fact->unit = UNIT_FREE;
		return;
	}
	if (value->expr == NULL)
		read_error(checker->state, value->function_span.start, psprintf(_("Write %s(x)."), value->function),
				   "%s needs an expression", value->function);
	check_share(checker, value);
	check_expr(checker, value->expr, NULL);
	check_want_type(checker, value->expr, TYPE_NUMBER, "a value of a population");
	walk_subjects(value->expr, &walk);
	value->fact->unit = value->expr->unit;
	value->money = value->expr->money;
	/* without members the value is none */
	if (value->aggregate != AGGREGATE_SUM)
		value->fact->perhaps_none = true;
}

void
check_population(Checker *checker, Population *population, int at)
{
	SubjectWalk walk = {checker, &population->provision, gettext_noop("population"), false, NIL};
	ListCell   *cell;

	if (!check_begin(checker, &population->provision, "population", at))
		return;
	if (population->when)
	{
		check_boolean(checker, population->when, NULL, "a condition");
		walk_subjects(population->when, &walk);
	}
	foreach(cell, population->values)
	{
		CHECK_FOR_INTERRUPTS();
		check_value(checker, lfirst(cell));
	}
	population->provision.state = 2;
}

void
check_across(Checker *checker)
{
	Document   *doc = checker->doc;
	ListCell   *cell;

	foreach(cell, doc->populations)
	{
		check_population(checker, lfirst(cell), -1);
	}
	foreach(cell, doc->selections)
	{
		CHECK_FOR_INTERRUPTS();
		check_selection(checker, lfirst(cell), -1);
	}
	foreach(cell, doc->budgets)
	{
		CHECK_FOR_INTERRUPTS();
		check_budget(checker, lfirst(cell), -1);
	}
	if (doc->populations == NIL && doc->selections == NIL)
		return;
	foreach(cell, doc->clauses)
	{
		CHECK_FOR_INTERRUPTS();
		check_subjects_of_clause(checker, lfirst(cell));
	}
}

/* ---------------- reading what they say of a row ---------------- */

void
check_read_across(Checker *checker, Expression *expr, Fact *fact)
{
	PopulationValue *value;

	if (fact->across == ACROSS_SELECTED)
		read_error(checker->state, expr->span.start, psprintf(_("Write \"satisfies %s\"."), expr->name),
				   "\"%s\" is a selection", expr->name);
	if (fact->across != ACROSS_POPULATION)
		return;
	value = policy_find_population_value(checker->doc, fact->name);
	check_population(checker, value->population, expr->span.start);
}

void
check_satisfies_selection(Checker *checker, Expression *expr, Selection *selection)
{
	check_selection(checker, selection, expr->span.start);
	selection->selected->used = true;
	expr->meaning = NAME_SELECTION;
	expr->provision = &selection->provision;
	expr->fact = selection->selected;
	expr->type = TYPE_BOOLEAN;
}
