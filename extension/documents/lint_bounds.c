/*
 * lint_bounds.c
 *		Finds bounds for which no example is on the bound or next to it.
 *
 * The examples are watched while they run.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"

#include "engine/value.h"
#include "lint.h"

/* Returns the source of the expression in a register. */
static char *
register_words(const Linter *linter, int number)
{
	const Instr *instr = &linter->program->instrs[number];

	if (instr->op == OP_NUMBER)
		return number_text(&linter->program->numbers[instr->a]);
	if (linter->words[number])
		return lint_words(linter, linter->words[number]);
	if (instr->op == OP_FACT)
		return linter->program->facts[instr->a]->name;
	return pstrdup("…");
}

static char *
comparison_words(const Linter *linter, int number)
{
	static const char *const names[] = {"=", "<>", "<", "<=", ">", ">="};
	const Instr *instr = &linter->program->instrs[number];

	return psprintf("%s %s %s", register_words(linter, instr->a), names[instr->flag],
					register_words(linter, instr->b));
}

/* Returns the position of a comparison.  A step of a band has no source of its own, but the bound has. */
static Span
comparison_span(const Linter *linter, int number)
{
	const Instr *instr = &linter->program->instrs[number];
	int			operands[3] = {number, instr->b, instr->a};
	int			i;

	for (i = 0; i < 3; i++)
		if (linter->words[operands[i]])
			return linter->words[operands[i]]->span;
	return linter->at;
}

bool
lint_is_bound(const Instr *instr)
{
	return instr->op == OP_COMPARE && instr->flag != CMP_EQ && instr->flag != CMP_NE;
}

static void
watch_comparison(Run *run, int number, const Value *value)
{
	const Program *program = run->program;
	const Instr *instr = &program->instrs[number];
	Seen	   *seen = (Seen *) run->watcher + number;
	const Value *a;
	const Value *b;

	if (!lint_is_bound(instr))
		return;
	seen->yes |= value->truth == TRUTH_TRUE;
	seen->no |= value->truth == TRUTH_FALSE;
	a = &run->values[instr->a];
	b = &run->values[instr->b];
	if (!a->known || a->none || !b->known || b->none)
		return;
	if (program->instrs[instr->a].type == TYPE_DATE)
		seen->on_bound |= a->day == b->day;
	else if (program->instrs[instr->a].type == TYPE_NUMBER)
		seen->on_bound |= number_compare(&a->low, &b->low) == 0;
}

/* In a stage, the stage's day replaces as_of; after "satisfies … on", the given day does. */
static int
day_register(const Program *program, int number)
{
	int			i,
				j;

	for (i = 0; i < program->ndays; i++)
		if (program->days[i] == number)
			return program->fact_instrs[0];
	for (i = 0; i < program->nclauses; i++)
		for (j = 0; j < program->clauses[i].nstages; j++)
			if (program->clauses[i].stages[j].on == number)
				return program->fact_instrs[0];
	return number;
}

bool
lint_same_bound(const Program *program, const Instr *a, const Instr *b)
{
	int			as_of = program->fact_instrs[0];

	if (a->flag != b->flag)
		return false;
	if (a->b == b->b && a->b != as_of)
		return day_register(program, a->a) == day_register(program, b->a);
	if (a->a == b->a && a->a != as_of)
		return day_register(program, a->b) == day_register(program, b->b);
	return false;
}

/*
 * Returns whether an operand can never be known, such as 0 / 0 for a figure missing in the
 * law.
 */
static bool
never_known(Linter *linter, int number)
{
	const Instr *instr = &linter->program->instrs[number];

	return instr->scopes == 0 &&
		!value_decided(run_value(linter->unknown, number), instr->type) &&
		run_missing(linter->unknown, number, NULL) == NULL;
}

void
lint_bounds(Linter *linter, const Compiled *compiled)
{
	const Program *program = linter->program;
	bool	   *done = palloc0_array(bool, program->ninstrs);
	int			i,
				j;

	examples_watch(compiled, program, NULL, watch_comparison, linter->seen);
	for (i = 0; i < program->ninstrs; i++)
	{
		Seen		seen = linter->seen[i];

		CHECK_FOR_INTERRUPTS();
		if (done[i] || !lint_is_bound(&program->instrs[i]) || (program->doc->uses && !linter->own[i]))
			continue;
		for (j = i + 1; j < program->ninstrs; j++)
		{
			if (!lint_is_bound(&program->instrs[j]) ||
				!lint_same_bound(program, &program->instrs[i], &program->instrs[j]))
				continue;
			done[j] = true;
			seen.yes |= linter->seen[j].yes;
			seen.no |= linter->seen[j].no;
			seen.on_bound |= linter->seen[j].on_bound;
		}
		if (never_known(linter, program->instrs[i].a) || never_known(linter, program->instrs[i].b))
			continue;
		if (!seen.on_bound || !seen.yes || !seen.no)
			lint_report_at(linter, "bound", comparison_words(linter, i),
						   !seen.on_bound ? linter->phrases->lint_on_bound :
						   !seen.yes ? linter->phrases->lint_inside : linter->phrases->lint_outside,
						   comparison_span(linter, i));
	}
}
