/*
 * lint_across.c
 *		Checks selections, budgets and populations.
 */
#include "postgres.h"

#include "engine/across.h"
#include "lint.h"

static void
lint_keys(Linter *linter, const char *place, const List *keys)
{
	ListCell   *cell;
	ListCell   *other;

	foreach(cell, keys)
	{
		const SortKey *key = lfirst(cell);
		int			instr = program_instr(linter->program, key->expr);

		lint_enter(linter, key->expr);
		lint_expression(linter, place, key->expr);
		foreach(other, keys)
		{
			const SortKey *before = lfirst(other);

			if (before == key)
				break;
			if (program_instr(linter->program, before->expr) != instr)
				continue;
			lint_report_at(linter, "order", place,
						   psprintf(linter->phrases->lint_key_again, lint_words(linter, key->expr)), key->expr->span);
			break;
		}
		if (is_constant_op(linter->program->instrs[instr].op))
			lint_report_at(linter, "order", place,
						   psprintf(linter->phrases->lint_key_constant, lint_words(linter, key->expr)), key->expr->span);
	}
}

void
lint_across(Linter *linter)
{
	const Program *program = linter->program;
	ListCell   *cell;
	int			i;

	for (i = 0; i < program->npopulations; i++)
	{
		const Population *population = program->populations[i].population;
		const char *name = population->provision.code;

		lint_look_at(linter, &population->provision);
		lint_enter(linter, population->when);
		lint_expression(linter, name, population->when);
		lint_condition(linter, name, population->when, program->populations[i].when);
		foreach(cell, population->values)
		{
			const PopulationValue *value = lfirst(cell);

			lint_enter(linter, value->expr);
			lint_expression(linter, value->name, value->expr);
		}
	}
	for (i = 0; i < program->nselections; i++)
	{
		const Selection *selection = program->selections[i].selection;
		const char *code = selection->provision.code;

		lint_look_at(linter, &selection->provision);
		lint_enter(linter, selection->when);
		lint_expression(linter, code, selection->when);
		lint_condition(linter, code, selection->when, program->selections[i].when);
		lint_keys(linter, code, selection->keys);
		if (selection->keys == NIL)
			lint_report(linter, "order", code, linter->phrases->lint_no_order);
	}
	for (i = 0; i < program->nbudgets; i++)
	{
		const ClauseBudget *budget = program->budgets[i].budget;

		lint_keys(linter, budget->provision.code, budget->keys);
	}
}
