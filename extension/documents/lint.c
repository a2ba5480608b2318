/*
 * lint.c
 *		Reports problems of a document.
 *
 * Some are found by running the program with all facts unknown, others by watching the
 * examples run.  A finding is not necessarily an error: the law itself may be odd, which a
 * note can explain.
 */
#include "postgres.h"

#include "compat.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "answers/rows.h"
#include "engine/across.h"
#include "engine/value.h"
#include "lint.h"
#include "unknown_facts.h"

ZJTX_FUNCTION(zjtx_lint);

#define MOST_CONJUNCTS 1000		/* greatest number of conjuncts that are
								 * compared with each other */

void
lint_report_at(Linter *linter, const char *kind, const char *place, const char *finding, Span span)
{
	LintFinding *found = palloc(sizeof(LintFinding));

	found->kind = kind;
	found->place = place;
	found->finding = finding;
	found->span = span;
	linter->findings = lappend(linter->findings, found);
}

void
lint_report(Linter *linter, const char *kind, const char *place, const char *finding)
{
	lint_report_at(linter, kind, place, finding, linter->at);
}

void
lint_look_at(Linter *linter, const Provision *provision)
{
	linter->at.start = provision->span.start;
	linter->at.end = provision->name_end > provision->span.start ? provision->name_end : provision->span.end;
}

/* ---------------- source texts ---------------- */

char *
lint_words(const Linter *linter, const Expression *expr)
{
	return pnstrdup(linter->policy->text + expr->span.start, expr->span.end - expr->span.start);
}

static void enter_walker(const Expression *expr, void *linter);

/*
 * Records the source of an expression and its subexpressions for their instructions; the
 * shortest if there are several.
 */
void
lint_enter(Linter *linter, const Expression *expr)
{
	int			instr;

	if (expr == NULL)
		return;
	instr = program_instr(linter->program, expr);
	if (instr >= 0 && linter->answers)
		linter->answers[instr] |= expr->meaning == NAME_USED ? LINT_USED : LINT_OTHER;
	if (instr >= 0)
	{
		const Expression *other = linter->words[instr];

		if (other == NULL || expr->span.end - expr->span.start < other->span.end - other->span.start)
			linter->words[instr] = expr;
	}
	expr_walk(expr, enter_walker, linter);
}

static void
enter_walker(const Expression *expr, void *linter)
{
	lint_enter(linter, expr);
}

/* ---------------- conditions ---------------- */

/* Returns the operands of nested `and`s, with definitions expanded. */
static List *
conjuncts(const Expression *expr, List *parts)
{
	ListCell   *cell;

	check_stack_depth();
	if (expr->kind == EXPR_NAME && expr->meaning == NAME_DEFINE &&
		(expr->define->expr->kind == EXPR_AND || expr->define->expr->kind == EXPR_NAME))
		return conjuncts(expr->define->expr, parts);
	if (expr->kind == EXPR_AND)
	{
		foreach(cell, expr->args)
		{
			parts = conjuncts(lfirst(cell), parts);
		}
		return parts;
	}
	return lappend(parts, (void *) expr);
}

/* Returns whether an instruction must hold if all of the given ones do. */
static bool
follows(const Program *program, const List *given, int number)
{
	const Instr *instr = &program->instrs[number];
	ListCell   *cell;
	int			i;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (instr->op == OP_BOOLEAN && instr->a)
		return true;
	foreach(cell, given)
	{
		const Expression *part = lfirst(cell);

		if (lint_implies(program, program_instr(program, part), number))
			return true;
	}
	if (instr->op == OP_OR || instr->op == OP_AND)
	{
		for (i = 0; i < instr->nargs; i++)
			if (follows(program, given, program->args[instr->args + i]) == (instr->op == OP_OR))
				return instr->op == OP_OR;
		return instr->op == OP_AND;
	}
	return false;
}

static void
lint_rungs(Linter *linter)
{
	const Program *program = linter->program;
	int			i;
	ListCell   *cell;

	for (i = 1; i < program->nrungs; i++)
	{
		const Rung *upper = program->rungs[i].rung;
		const Rung *lower = program->rungs[i - 1].rung;
		List	   *given = conjuncts(upper->when, NIL);
		StringInfoData open;

		initStringInfo(&open);
		foreach(cell, conjuncts(lower->when, NIL))
		{
			const Expression *part = lfirst(cell);

			if (!follows(program, given, program_instr(program, part)))
				appendStringInfo(&open, "%s%s", open.len > 0 ? "; " : "", lint_words(linter, part));
		}
		lint_look_at(linter, &upper->provision);
		if (open.len > 0)
			lint_report(linter, "rung", upper->provision.code,
						psprintf(linter->phrases->lint_rung, lower->provision.code, open.data));
	}
}

void
lint_condition(Linter *linter, const char *place, const Expression *when, int satisfied)
{
	const Program *program = linter->program;
	List	   *parts = when ? conjuncts(when, NIL) : NIL;
	ListCell   *cell;
	ListCell   *other;

	if (run_truth(linter->unknown, satisfied) == TRUTH_FALSE)
	{
		lint_report(linter, "never", place, linter->phrases->lint_never);
		return;
	}
	if (list_length(parts) > MOST_CONJUNCTS)
		return;
	foreach(cell, parts)
	{
		const Expression *a = lfirst(cell);

		CHECK_FOR_INTERRUPTS();
		foreach(other, parts)
		{
			const Expression *b = lfirst(other);

			if (lint_contradict(program, program_instr(program, a), program_instr(program, b)))
			{
				lint_report(linter, "never", place, psprintf(linter->phrases->lint_never_both,
															 lint_words(linter, a), lint_words(linter, b)));
				return;
			}
		}
	}
}

/* Checks the bands, tiers and lists in an expression. */
void
lint_expression(Linter *linter, const char *place, const Expression *expr)
{
	lint_bands(linter, place, expr);
	lint_lists(linter, place, expr);
}

/* ---------------- stages ---------------- */

/* Compares the sum of a clause's stages with its cap, if all are fixed. */
static void
lint_stages(Linter *linter, const ClauseEntry *entry)
{
	Number		total = number_zero;
	const Value *cap;
	ListCell   *cell;

	if (entry->nstages == 0 || entry->clause->cap == NULL)
		return;
	cap = run_value(linter->unknown, program_instr(linter->program, entry->clause->cap));
	if (!cap->known || cap->none)
		return;
	foreach(cell, entry->clause->stages)
	{
		const Stage *stage = lfirst(cell);
		const Value *pay;

		if (stage->list || linter->program->instrs[program_instr(linter->program, stage->pay)].scopes != 0)
			return;
		pay = run_value(linter->unknown, program_instr(linter->program, stage->pay));
		if (!pay->known || pay->none || !number_add(&total, &total, &pay->low))
			return;
	}
	if (number_compare(&total, &cap->low) > 0)
		lint_report(linter, "stages", entry->clause->provision.code,
					psprintf(linter->phrases->lint_stages,
							 number_text(&total), unit_name(clause_unit(entry->clause)),
							 number_text(&cap->low), unit_name(clause_unit(entry->clause))));
}

/* A document that expires at the end of a year is in force on the last day of that year. */
static void
lint_last_day(Linter *linter)
{
	const Document *doc = linter->program->doc;

	if (doc->has_until && !doc->through && date_month(doc->until) == 12 && date_day(doc->until) == 31)
		lint_report(linter, "until", doc->provision.code,
					psprintf(linter->phrases->lint_until, date_text(doc->until)));
}

/* ---------------- used documents ---------------- */

/* Marks an instruction and what it reads, down to the answers of used documents. */
static void
mark_own(Linter *linter, int number)
{
	const Program *program = linter->program;

	if (number < 0 || linter->own[number])
		return;
	check_stack_depth();
	linter->own[number] = true;
	if (linter->answers[number] == LINT_USED)
		return;
	foreach_operand(operand, program, &program->instrs[number])
		mark_own(linter, operand);
}

/* Marks the instructions of the document itself; used documents are checked separately. */
static void
find_own(Linter *linter)
{
	const Program *program = linter->program;
	int			i,
				j;

	linter->own = palloc0_array(bool, program->ninstrs);
	for (i = 0; i < program->ndefines; i++)
		mark_own(linter, program->define_instrs[i]);
	for (i = 0; i < program->ndays; i++)
		mark_own(linter, program->days[i]);
	for (i = 0; i < program->nclauses; i++)
	{
		const ClauseEntry *entry = &program->clauses[i];

		mark_own(linter, entry->satisfied);
		mark_own(linter, entry->amount);
		for (j = 0; j < entry->nshould; j++)
			mark_own(linter, entry->should[j]);
	}
	for (i = 0; i < program->npopulations; i++)
	{
		mark_own(linter, program->populations[i].when);
		for (j = 0; j < program->populations[i].nvalues; j++)
			mark_own(linter, program->populations[i].values[j].instr);
	}
	for (i = 0; i < program->nselections; i++)
	{
		mark_own(linter, program->selections[i].when);
		for (j = 0; j < program->selections[i].nkeys; j++)
			mark_own(linter, program->selections[i].keys[j].instr);
	}
	for (i = 0; i < program->nrungs; i++)
	{
		mark_own(linter, program->rungs[i].when);
		for (j = 0; j < program->rungs[i].nshould; j++)
			mark_own(linter, program->rungs[i].should[j]);
	}
}

/* ---------------- the whole ---------------- */

static void
lint_facts(Linter *linter, const Document *doc)
{
	ListCell   *cell;

	foreach(cell, doc->facts)
	{
		const Fact *fact = lfirst(cell);

		linter->at = fact->span;
		if (!fact->used && fact->index > 0 && fact->declared_by == NULL)
			lint_report(linter, "unused", fact->name, linter->phrases->lint_fact_unused);
	}
}

static void
lint_defines(Linter *linter, const Document *doc)
{
	ListCell   *cell;

	foreach(cell, doc->defines)
	{
		const Define *define = lfirst(cell);

		lint_look_at(linter, &define->provision);
		lint_enter(linter, define->expr);
		lint_expression(linter, define->provision.code, define->expr);
	}
}

/* Enters conditions that should hold, and looks at each. */
static void
lint_should(Linter *linter, const char *code, const List *should)
{
	ListCell   *cell;

	foreach(cell, should)
	{
		lint_enter(linter, lfirst(cell));
		lint_expression(linter, code, lfirst(cell));
	}
}

static void
lint_clause(Linter *linter, const ClauseEntry *entry)
{
	const Clause *clause = entry->clause;
	const char *code = clause->provision.code ? clause->provision.code : "rule";
	ListCell   *cell;

	lint_look_at(linter, &clause->provision);
	lint_enter(linter, clause->when);
	lint_enter(linter, clause->pay);
	lint_enter(linter, clause->cap);
	lint_should(linter, code, clause->should);
	lint_expression(linter, code, clause->when);
	lint_expression(linter, code, clause->pay);
	lint_expression(linter, code, clause->cap);
	foreach(cell, clause->stages)
	{
		const Stage *stage = lfirst(cell);

		lint_enter(linter, stage->on);
		lint_enter(linter, stage->when);
		lint_enter(linter, stage->pay);
		lint_expression(linter, code, stage->on);
		lint_expression(linter, code, stage->when);
		lint_expression(linter, code, stage->pay);
		lint_look_at(linter, &stage->provision);
		lint_condition(linter, psprintf("%s/%s", code, stage->provision.code), NULL,
					   entry->stages[foreach_current_index(cell)].earned);
		lint_look_at(linter, &clause->provision);
	}
	lint_condition(linter, code, clause->stages ? NULL : clause->when, entry->satisfied);
	lint_stages(linter, entry);
}

static void
lint_group(Linter *linter, const ClauseGroup *group)
{
	lint_look_at(linter, &group->provision);
	lint_enter(linter, group->cap);
	lint_enter(linter, group->cap_in_all);
	if (list_length(group->members) == 1)
		lint_report(linter, "group", group->provision.code, linter->phrases->lint_group);
}

static void
lint_rung(Linter *linter, const RungEntry *entry)
{
	const Rung *rung = entry->rung;

	lint_look_at(linter, &rung->provision);
	lint_enter(linter, rung->when);
	lint_expression(linter, rung->provision.code, rung->when);
	lint_should(linter, rung->provision.code, rung->should);
	lint_condition(linter, rung->provision.code, rung->when, entry->when);
}

static void
lint_document(Linter *linter, const Compiled *compiled)
{
	const Document *doc = linter->program->doc;
	const Program *program = linter->program;
	int			i;

	linter->phrases = phrases_of(doc, linter->policy->text);
	linter->at = doc->bare ? doc->provision.span : doc->header;
	if (policy_not_there(doc))
	{
		lint_report(linter, "uses", policy_not_there(doc)->code,
					linter->phrases->lint_not_there);
		return;
	}
	linter->unknown = run_create(program);
	run_begin(linter->unknown, unknown_facts(program));
	linter->words = palloc0_array(const Expression *, program->ninstrs);
	linter->seen = palloc0_array(Seen, program->ninstrs);
	linter->answers = doc->uses ? palloc0_array(uint8, program->ninstrs) : NULL;

	lint_facts(linter, doc);
	lint_tables(linter, doc);
	lint_defines(linter, doc);
	for (i = 0; i < program->nclauses; i++)
		lint_clause(linter, &program->clauses[i]);
	for (i = 0; i < program->ngroups; i++)
		lint_group(linter, program->groups[i].group);
	for (i = 0; i < program->nrungs; i++)
		lint_rung(linter, &program->rungs[i]);
	lint_across(linter);
	lint_rungs(linter);
	linter->at = doc->bare ? doc->provision.span : doc->header;
	lint_last_day(linter);
	if (doc->uses)
		find_own(linter);
	if (doc->examples)
		lint_bounds(linter, compiled);
	else if (!doc->bare)
		lint_report(linter, "bound", doc->provision.code, linter->phrases->lint_no_examples);
}

List *
lint_policy(const Compiled *compiled)
{
	Linter		linter;
	int			i;

	memset(&linter, 0, sizeof(linter));
	linter.policy = compiled->policy;
	for (i = 0; i < compiled->nprograms; i++)
	{
		linter.program = compiled->programs[i];
		lint_document(&linter, compiled);
	}
	return linter.findings;
}

/* lint(p) → kind, place, finding */
Datum
zjtx_lint(PG_FUNCTION_ARGS)
{
	text	   *policy = PG_GETARG_TEXT_PP(0);
	Rows		rows;
	ListCell   *cell;

	rows_start(fcinfo, &rows);
	foreach(cell, lint_policy(policy_compile(text_to_cstring(policy), true)))
	{
		const LintFinding *found = lfirst(cell);

		rows_put_text(&rows, found->kind);
		rows_put_text(&rows, found->place);
		rows_put_text(&rows, found->finding);
		rows_put_row(&rows);
	}
	return (Datum) 0;
}
