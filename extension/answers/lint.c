/*
 * lint.c
 *		What is odd about a document.
 *
 * Some of it is read off the program run on facts of which nothing is known, some by
 * watching the examples run.  A finding is no error: the law may well be odd, and
 * then a note says so.
 */
#include "postgres.h"

#include "compat.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "engine/value.h"
#include "examples.h"
#include "rows.h"

ZJTX_FUNCTION(zjtx_lint);

/* What was seen of a comparison in the examples. */
typedef struct Seen
{
	bool		yes;
	bool		no;
	bool		on_bound;
} Seen;

typedef struct Linter
{
	Rows		rows;
	const Policy *policy;
	const Program *program;
	Run		   *unknown;		/* on facts of which nothing is known */
	const Expression **words;	/* by instruction: what it was written as */
	Seen	   *seen;			/* by instruction */
} Linter;

static void report(Linter *linter, const char *kind, const char *place, const char *fmt,...) ZJTX_PRINTF(4, 5);

static void
report(Linter *linter, const char *kind, const char *place, const char *fmt,...)
{
	StringInfoData text;

	initStringInfo(&text);
	for (;;)
	{
		va_list		args;
		int			needed;

		va_start(args, fmt);
		needed = appendStringInfoVA(&text, fmt, args);
		va_end(args);
		if (needed == 0)
			break;
		enlargeStringInfo(&text, needed);
	}
	put_text(&linter->rows, kind);
	put_text(&linter->rows, place);
	put_text(&linter->rows, text.data);
	put_row(&linter->rows);
}

/* A row that gives nothing but what the facts are declared to be. */
typedef struct UnknownSource
{
	FactSource	source;
	const Program *program;
} UnknownSource;

static void
load_range(FactSource *source, int fact, Value *value)
{
	value_set_unknown(value, ((UnknownSource *) source)->program->facts[fact]);
}

/* ---------------- words ---------------- */

static char *
source_words(const Linter *linter, const Expression *expr)
{
	return pnstrdup(linter->policy->text + expr->span.start, expr->span.end - expr->span.start);
}

/* How the author wrote what is in a register. */
static char *
register_words(const Linter *linter, int number)
{
	const Instr *instr = &linter->program->instrs[number];

	if (instr->op == OP_NUMBER)
		return number_text(&linter->program->numbers[instr->a]);
	if (linter->words[number])
		return source_words(linter, linter->words[number]);
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

/* Enters the words of an expression and of all below it; a short form wins. */
static void
enter_words(Linter *linter, const Expression *expr)
{
	ListCell   *cell;

	if (expr == NULL)
		return;
	check_stack_depth();
	if (expr->instr > 0)
	{
		const Expression *other = linter->words[expr->instr - 1];

		if (other == NULL || expr->span.end - expr->span.start < other->span.end - other->span.start)
			linter->words[expr->instr - 1] = expr;
	}
	foreach(cell, expr->args)
		enter_words(linter, lfirst(cell));
	enter_words(linter, expr->where);
	enter_words(linter, expr->body);
}

/* ---------------- bands ---------------- */

static void
lint_band(Linter *linter, const char *place, const Expression *expr)
{
	const Instr *band = &linter->program->instrs[expr->instr - 1];
	int			nsteps = band->nargs / 2;
	bool	   *reached = palloc_array(bool, nsteps + 1);
	int			i;

	if (band->op != OP_CASE || band->a < 0 || band->scopes != 0 ||
		!run_band_steps(linter->unknown, band, reached))
		return;
	for (i = 0; i < nsteps; i++)
		if (!reached[i])
			report(linter, "unreachable", place, "the step \"%s\" of a band is never reached",
				   source_words(linter, list_nth(expr->args, i + 1)));
	if (reached[nsteps] && band->nargs % 2 == 0)
		report(linter, "gap", place, "a band has no step for some values and no else: %s",
			   source_words(linter, linitial(expr->args)));
	if (!reached[nsteps] && band->nargs % 2 == 1)
		report(linter, "unreachable", place, "the else of a band is never reached: %s",
			   source_words(linter, linitial(expr->args)));
}

static void
lint_expression(Linter *linter, const char *place, const Expression *expr)
{
	ListCell   *cell;

	if (expr == NULL)
		return;
	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (expr->kind == EXPR_BAND && expr->instr > 0)
		lint_band(linter, place, expr);
	foreach(cell, expr->args)
		lint_expression(linter, place, lfirst(cell));
	lint_expression(linter, place, expr->where);
	lint_expression(linter, place, expr->body);
}

/* ---------------- conditions ---------------- */

/* The parts of a condition that "and" joins, through definitions. */
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
			parts = conjuncts(lfirst(cell), parts);
		return parts;
	}
	return lappend(parts, (void *) expr);
}

/* Whether a comparison with a constant follows from another of the same register. */
static bool
comparison_follows(const Program *program, const Instr *from, const Instr *to)
{
	int			order;

	if (from->op != OP_COMPARE || to->op != OP_COMPARE || from->a != to->a ||
		program->instrs[from->b].op != OP_NUMBER || program->instrs[to->b].op != OP_NUMBER)
		return false;
	order = number_compare(&program->numbers[program->instrs[from->b].a],
						   &program->numbers[program->instrs[to->b].a]);
	switch ((CompareOp) to->flag)
	{
		case CMP_GE:
			return (from->flag == CMP_GE || from->flag == CMP_GT) && order >= 0;
		case CMP_GT:
			return (from->flag == CMP_GT && order >= 0) || (from->flag == CMP_GE && order > 0);
		case CMP_LE:
			return (from->flag == CMP_LE || from->flag == CMP_LT) && order <= 0;
		case CMP_LT:
			return (from->flag == CMP_LT && order <= 0) || (from->flag == CMP_LE && order < 0);
		default:
			return from->flag == to->flag && order == 0;
	}
}

/* Whether an instruction surely holds where all of these do. */
static bool
follows(const Program *program, const List *given, int number)
{
	const Instr *instr = &program->instrs[number];
	ListCell   *cell;
	int			i;

	check_stack_depth();
	foreach(cell, given)
	{
		const Expression *part = lfirst(cell);

		if (part->instr - 1 == number ||
			comparison_follows(program, &program->instrs[part->instr - 1], instr))
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

			if (!follows(program, given, part->instr - 1))
				appendStringInfo(&open, "%s%s", open.len > 0 ? "; " : "", source_words(linter, part));
		}
		if (open.len > 0)
			report(linter, "rung", upper->provision.code,
				   "does not imply the rung \"%s\" below it: %s", lower->provision.code, open.data);
	}
}

/* Two parts of one condition that no value satisfies: x > 5 and x < 3. */
static bool
contradict(const Program *program, const Instr *a, const Instr *b)
{
	Instr		opposite = *b;

	switch ((CompareOp) b->flag)
	{
		case CMP_GE:
			opposite.flag = CMP_LT;
			break;
		case CMP_GT:
			opposite.flag = CMP_LE;
			break;
		case CMP_LE:
			opposite.flag = CMP_GT;
			break;
		case CMP_LT:
			opposite.flag = CMP_GE;
			break;
		default:
			return false;
	}
	return comparison_follows(program, a, &opposite);
}

static void
lint_condition(Linter *linter, const char *place, const Expression *when, int satisfied)
{
	const Program *program = linter->program;
	List	   *parts = when ? conjuncts(when, NIL) : NIL;
	ListCell   *cell;
	ListCell   *other;

	if (run_truth(linter->unknown, satisfied) == TRUTH_FALSE)
	{
		report(linter, "never", place, "no row can satisfy this");
		return;
	}
	foreach(cell, parts)
	{
		const Expression *a = lfirst(cell);

		foreach(other, parts)
		{
			const Expression *b = lfirst(other);

			if (contradict(program, &program->instrs[a->instr - 1], &program->instrs[b->instr - 1]))
			{
				report(linter, "never", place, "no row can satisfy both \"%s\" and \"%s\"",
					   source_words(linter, a), source_words(linter, b));
				return;
			}
		}
	}
}

/* ---------------- stages ---------------- */

/* The stages of a clause that pay fixed sums, against a fixed cap. */
static void
lint_stages(Linter *linter, const ClauseEntry *entry)
{
	Number		total = number_zero;
	const Value *cap;
	ListCell   *cell;

	if (entry->nstages == 0 || entry->clause->cap == NULL)
		return;
	cap = run_value(linter->unknown, entry->clause->cap->instr - 1);
	if (!cap->known || cap->none)
		return;
	foreach(cell, entry->clause->stages)
	{
		const Stage *stage = lfirst(cell);
		const Value *pay;

		if (stage->list || linter->program->instrs[stage->pay->instr - 1].scopes != 0)
			return;
		pay = run_value(linter->unknown, stage->pay->instr - 1);
		if (!pay->known || pay->none || !number_add(&total, &total, &pay->low))
			return;
	}
	if (number_compare(&total, &cap->low) > 0)
		report(linter, "stages", entry->clause->provision.code,
			   "the stages add up to %s%s, the total is %s%s",
			   number_text(&total), unit_name(clause_unit(entry->clause)),
			   number_text(&cap->low), unit_name(clause_unit(entry->clause)));
}

/* ---------------- bounds ---------------- */

static bool
is_bound(const Instr *instr)
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

	if (!is_bound(instr))
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

/* The day of a stage stands for as_of: what is judged on it is judged on a day. */
static int
day_register(const Program *program, int number)
{
	int			i,
				j;

	for (i = 0; i < program->nclauses; i++)
		for (j = 0; j < program->clauses[i].nstages; j++)
			if (program->clauses[i].stages[j].on == number)
				return program->fact_instrs[0];
	return number;
}

/* Whether two comparisons are the same one, judged on different days. */
static bool
same_bound(const Program *program, const Instr *a, const Instr *b)
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

/* An operand that no row can make known, such as 0 / 0 for a figure the law lacks. */
static bool
never_known(Linter *linter, int number)
{
	const Instr *instr = &linter->program->instrs[number];

	return instr->scopes == 0 &&
		!value_decided(run_value(linter->unknown, number), instr->type) &&
		run_missing(linter->unknown, number, NULL) == NULL;
}

static void
lint_bounds(Linter *linter, const Compiled *compiled)
{
	const Program *program = linter->program;
	bool	   *done = palloc0_array(bool, program->ninstrs);
	int			i,
				j;

	examples_watch(compiled, program, watch_comparison, linter->seen);
	for (i = 0; i < program->ninstrs; i++)
	{
		Seen		seen = linter->seen[i];

		CHECK_FOR_INTERRUPTS();
		if (done[i] || !is_bound(&program->instrs[i]))
			continue;
		for (j = i + 1; j < program->ninstrs; j++)
		{
			if (!is_bound(&program->instrs[j]) ||
				!same_bound(program, &program->instrs[i], &program->instrs[j]))
				continue;
			done[j] = true;
			seen.yes |= linter->seen[j].yes;
			seen.no |= linter->seen[j].no;
			seen.on_bound |= linter->seen[j].on_bound;
		}
		if (never_known(linter, program->instrs[i].a) || never_known(linter, program->instrs[i].b))
			continue;
		if (!seen.on_bound || !seen.yes || !seen.no)
			report(linter, "bound", comparison_words(linter, i), "no example %s",
				   !seen.on_bound ? "stands on the bound" :
				   !seen.yes ? "is inside it" : "is outside it");
	}
}

/* ---------------- the whole ---------------- */

static void
lint_document(Linter *linter, const Compiled *compiled)
{
	const Document *doc = linter->program->doc;
	const Program *program = linter->program;
	UnknownSource source = {{load_range, NULL}, program};
	ListCell   *cell;
	ListCell   *inner;
	int			i;

	linter->unknown = run_create(program);
	run_begin(linter->unknown, &source.source);
	linter->words = palloc0_array(const Expression *, program->ninstrs);
	linter->seen = palloc0_array(Seen, program->ninstrs);

	foreach(cell, doc->facts)
	{
		const Fact *fact = lfirst(cell);

		if (!fact->used && fact->index > 0)
			report(linter, "unused", fact->name, "the fact is declared and not used");
	}
	foreach(cell, doc->defines)
	{
		const Define *define = lfirst(cell);

		enter_words(linter, define->expr);
		lint_expression(linter, define->provision.code, define->expr);
	}
	for (i = 0; i < program->nclauses; i++)
	{
		const ClauseEntry *entry = &program->clauses[i];
		const Clause *clause = entry->clause;
		const char *code = clause->provision.code ? clause->provision.code : "rule";

		enter_words(linter, clause->when);
		enter_words(linter, clause->pay);
		enter_words(linter, clause->cap);
		lint_expression(linter, code, clause->when);
		lint_expression(linter, code, clause->pay);
		lint_expression(linter, code, clause->cap);
		foreach(inner, clause->stages)
		{
			const Stage *stage = lfirst(inner);

			enter_words(linter, stage->on);
			enter_words(linter, stage->when);
			enter_words(linter, stage->pay);
			lint_expression(linter, code, stage->pay);
			lint_condition(linter, psprintf("%s/%s", code, stage->provision.code), NULL,
						   entry->stages[foreach_current_index(inner)].earned);
		}
		lint_condition(linter, code, clause->stages ? NULL : clause->when, entry->satisfied);
		lint_stages(linter, entry);
	}
	for (i = 0; i < program->nrungs; i++)
	{
		const Rung *rung = program->rungs[i].rung;

		enter_words(linter, rung->when);
		lint_expression(linter, rung->provision.code, rung->when);
		lint_condition(linter, rung->provision.code, rung->when, program->rungs[i].when);
	}
	lint_rungs(linter);
	if (doc->examples)
		lint_bounds(linter, compiled);
	else if (!doc->bare)
		report(linter, "bound", doc->provision.code, "the document has no examples");
}

/* lint(p) → kind, place, finding */
Datum
zjtx_lint(PG_FUNCTION_ARGS)
{
	text	   *policy = PG_GETARG_TEXT_PP(0);
	const Compiled *compiled;
	Linter		linter;
	int			i;

	memset(&linter, 0, sizeof(linter));
	rows_start(fcinfo, &linter.rows);
	compiled = compiled_get(VARDATA_ANY(policy), VARSIZE_ANY_EXHDR(policy), CurrentMemoryContext);
	linter.policy = compiled->policy;
	for (i = 0; i < compiled->nprograms; i++)
	{
		linter.program = compiled->programs[i];
		lint_document(&linter, compiled);
	}
	return (Datum) 0;
}
