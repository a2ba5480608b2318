/*
 * needs.c
 *		What a part of a policy needs of its document.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "needs.h"

static void need_walker(const Expression *expr, void *needs);
static void need_clause(Needs *needs, const Clause *clause);
static void need_rung(Needs *needs, const Rung *rung);
static void need_group(Needs *needs, const ClauseGroup *group);
static void need_population(Needs *needs, const Population *population);
static void need_selection(Needs *needs, const Selection *selection);
static void need_budget(Needs *needs, const ClauseBudget *budget);

void
need_expr(Needs *needs, const Expression *expr)
{
	ListCell   *cell;

	if (expr == NULL)
		return;
	check_stack_depth();
	if (expr->meaning == NAME_TABLE)
		needs->tables = bms_add_member(needs->tables, expr->table->index);
	else if (expr->meaning == NAME_FACT && expr->fact->value && expr->fact->declared_by == NULL)
		need_population(needs, expr->fact->value->population);
	else if (expr->meaning == NAME_FACT || (expr->kind == EXPR_LIST_CALL && expr->fact->index >= 0))
		needs->facts = bms_add_member(needs->facts, expr->fact->index);
	else if (expr->meaning == NAME_DEFINE && !bms_is_member(expr->define->index, needs->defines))
	{
		needs->defines = bms_add_member(needs->defines, expr->define->index);
		need_expr(needs, expr->define->expr);
	}
	else if (expr->meaning == NAME_CLAUSE)
		need_clause(needs, (const Clause *) expr->provision);
	else if (expr->meaning == NAME_RUNG)
		need_rung(needs, (const Rung *) expr->provision);
	else if (expr->meaning == NAME_GROUP)
		need_group(needs, (const ClauseGroup *) expr->provision);
	else if (expr->meaning == NAME_SELECTION)
		need_selection(needs, (const Selection *) expr->provision);
	else if (expr->meaning == NAME_USED)
		needs->used = true;
	else if (expr->meaning == NAME_LADDER)
	{
		foreach(cell, needs->doc->rungs)
		{
			need_rung(needs, lfirst(cell));
		}
	}
	expr_walk(expr, need_walker, needs);
}

static void
need_walker(const Expression *expr, void *needs)
{
	need_expr(needs, expr);
}

static void
need_all(Needs *needs, const List *exprs)
{
	ListCell   *cell;

	foreach(cell, exprs)
	{
		need_expr(needs, lfirst(cell));
	}
}

static void
need_clause(Needs *needs, const Clause *clause)
{
	ListCell   *cell;

	if (bms_is_member(clause->provision.index, needs->clauses))
		return;
	needs->clauses = bms_add_member(needs->clauses, clause->provision.index);
	if (clause->of_used)
		need_group(needs, clause->group);
	if (clause->budget)
		need_budget(needs, clause->budget);
	need_expr(needs, clause->when);
	need_all(needs, clause->should);
	need_expr(needs, clause->pay);
	need_expr(needs, clause->cap);
	need_expr(needs, clause->cap_in_all);
	foreach(cell, clause->stages)
	{
		Stage	   *stage = lfirst(cell);

		if (stage->list)
			needs->facts = bms_add_member(needs->facts, stage->list->index);
		need_expr(needs, stage->on);
		need_expr(needs, stage->when);
		need_expr(needs, stage->pay);
	}
}

static void
need_rung(Needs *needs, const Rung *rung)
{
	if (bms_is_member(rung->provision.index, needs->rungs))
		return;
	needs->rungs = bms_add_member(needs->rungs, rung->provision.index);
	need_expr(needs, rung->when);
	need_all(needs, rung->should);
}

static void
need_group(Needs *needs, const ClauseGroup *group)
{
	ListCell   *cell;

	check_stack_depth();
	if (bms_is_member(group->provision.index, needs->groups))
		return;
	needs->groups = bms_add_member(needs->groups, group->provision.index);
	foreach(cell, group->members)
	{
		const GroupMember *member = lfirst(cell);

		if (member->clause)
			need_clause(needs, member->clause);
		else
			need_group(needs, member->group);
	}
	need_expr(needs, group->cap);
	need_expr(needs, group->cap_in_all);
	if (group->budget)
		need_budget(needs, group->budget);
}

static void
need_population(Needs *needs, const Population *population)
{
	ListCell   *cell;

	if (bms_is_member(population->provision.index, needs->populations))
		return;
	needs->populations = bms_add_member(needs->populations, population->provision.index);
	need_expr(needs, population->when);
	foreach(cell, population->values)
	{
		need_expr(needs, ((const PopulationValue *) lfirst(cell))->expr);
	}
}

static void
need_keys(Needs *needs, const List *keys)
{
	ListCell   *cell;

	foreach(cell, keys)
	{
		need_expr(needs, ((const SortKey *) lfirst(cell))->expr);
	}
}

static void
need_selection(Needs *needs, const Selection *selection)
{
	if (bms_is_member(selection->provision.index, needs->selections))
		return;
	needs->selections = bms_add_member(needs->selections, selection->provision.index);
	need_expr(needs, selection->when);
	need_keys(needs, selection->keys);
}

/* How much a line is paid depends on the other lines of its budget. */
static void
need_budget(Needs *needs, const ClauseBudget *budget)
{
	ListCell   *cell;

	check_stack_depth();
	if (bms_is_member(budget->provision.index, needs->budgets))
		return;
	needs->budgets = bms_add_member(needs->budgets, budget->provision.index);
	need_keys(needs, budget->keys);
	foreach(cell, budget->lines)
	{
		const GroupMember *line = lfirst(cell);

		if (line->clause)
			need_clause(needs, line->clause);
		else
			need_group(needs, line->group);
	}
}

/* The header maps facts of used documents, whether or not the part needs those. */
void
need_header(Needs *needs)
{
	ListCell   *cell;
	ListCell   *mapping;

	foreach(cell, needs->doc->uses)
	{
		foreach(mapping, ((const DocumentUse *) lfirst(cell))->mapped)
		{
			need_all(needs, ((const Expression *) lfirst(mapping))->args);
		}
	}
}

Needs
needs_of(const Document *doc, const char *code)
{
	const Clause *clause = policy_find_clause(doc, code);
	const Rung *rung = policy_find_rung(doc, code);
	const Define *define = policy_find_define(doc, code);
	const ClauseGroup *group = policy_find_group(doc, code);
	const Selection *selection = policy_find_selection(doc, code);
	const PopulationValue *value = policy_find_population_value(doc, code);
	Needs		needs;

	memset(&needs, 0, sizeof(needs));
	needs.doc = doc;
	if (clause)
		need_clause(&needs, clause);
	else if (rung)
		need_rung(&needs, rung);
	else if (define)
	{
		needs.defines = bms_add_member(needs.defines, define->index);
		need_expr(&needs, define->expr);
	}
	else if (group)
		need_group(&needs, group);
	else if (selection)
		need_selection(&needs, selection);
	else if (value)
		need_population(&needs, value->population);
	if (clause == NULL && rung == NULL && define == NULL && group == NULL && policy_find_table(doc, code))
		needs.tables = bms_add_member(needs.tables, policy_find_table(doc, code)->index);
	need_header(&needs);
	return needs;
}

bool
needs_others(const Needs *needs, const char *code)
{
	const Document *doc = needs->doc;
	int			others = 0;
	ListCell   *cell;

	foreach(cell, doc->clauses)
	{
		const Clause *clause = lfirst(cell);

		others += bms_is_member(clause->provision.index, needs->clauses) && !policy_is_part(&clause->provision, clause->group, code);
	}
	foreach(cell, doc->rungs)
	{
		const Rung *rung = lfirst(cell);

		others += bms_is_member(rung->provision.index, needs->rungs) && !policy_is_part(&rung->provision, NULL, code);
	}
	foreach(cell, doc->groups)
	{
		const ClauseGroup *group = lfirst(cell);

		others += bms_is_member(group->provision.index, needs->groups) && !policy_is_part(&group->provision, group->group, code);
	}
	return others > 0;
}
