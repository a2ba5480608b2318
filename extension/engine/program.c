/*
 * program.c
 *		Compiles a checked document to a program.
 *
 * A stage is judged with its own day in place of as_of.  For this, the condition is
 * compiled again with the stage's day as as_of.  Instructions that do not depend on the
 * day are shared and computed once.
 */
#include "postgres.h"

#include "module.h"
#include "kernel.h"

static void
compile_stage(Compiler *compiler, const Clause *clause, const Stage *stage, const Place *row, StageEntry *entry)
{
	Place		place = *row;
	int			on;
	int			earned;
	int			pay;
	int			line;
	const Fact *list = stage->list ? module_fact(compiler, row->module, stage->list) : NULL;

	entry->stage = stage;
	if (stage->list && place.depth == MAX_LIST_DEPTH)
	{
		compiler_exceeds_limit(compiler, "lists", MAX_LIST_DEPTH);
		entry->on = entry->earned = entry->amount = emit_boolean(compiler, false);
		return;
	}
	if (stage->list)
	{
		place.depth++;
		place.lists[place.depth] = list;
	}

	/* from here on, as_of is the day of the stage */
	on = compile_expr(compiler, stage->on, &place);
	entry->on = on;
	earned = emit_op(compiler, OP_COMPARE, TYPE_BOOLEAN, CMP_LE, on, row->as_of);
	place.as_of = on;
	if (clause->when)
	{
		/* the clause's condition cannot refer to the stage's list */
		Place		outside = place;

		earned = emit_and(compiler, earned, compile_expr(compiler, clause->when, &outside));
	}
	if (stage->when)
		earned = emit_and(compiler, earned, compile_expr(compiler, stage->when, &place));
	pay = compile_expr(compiler, stage->pay, &place);
	line = emit_op(compiler, OP_LINE, TYPE_NUMBER, 0, earned, pay);

	if (stage->list)
	{
		entry->earned = emit_list(compiler, FUNC_ANY, TYPE_BOOLEAN, emit_fact(compiler, list), place.depth, earned, -1);
		entry->amount = stage->once
			? emit_once(compiler, list, place.depth, earned, on,
						emit_op(compiler, OP_LINE, TYPE_NUMBER, 0, emit_boolean(compiler, true), pay), line)
			: emit_list(compiler, FUNC_SUM, TYPE_NUMBER, emit_fact(compiler, list), place.depth, -1, line);
	}
	else
	{
		entry->earned = earned;
		entry->amount = line;
	}
}

static int *
compile_should(Compiler *compiler, const List *should, const Place *row, const char ***texts)
{
	int		   *result = palloc_array(int, list_length(should));
	ListCell   *cell;

	*texts = palloc_array(const char *, list_length(should));
	foreach(cell, should)
	{
		Expression *expr = lfirst(cell);

		result[foreach_current_index(cell)] = compile_expr(compiler, expr, row);
		(*texts)[foreach_current_index(cell)] =
			pnstrdup(compiler->text + expr->span.start, expr->span.end - expr->span.start);
	}
	return result;
}

void
compile_clause(Compiler *compiler, const Clause *clause, const Place *row, ClauseEntry *entry)
{
	ListCell   *cell;

	entry->clause = clause;
	entry->when = clause->when ? compile_expr(compiler, clause->when, row) : emit_boolean(compiler, true);
	entry->nshould = list_length(clause->should);
	entry->should = compile_should(compiler, clause->should, row, &entry->should_texts);
	entry->nstages = list_length(clause->stages);
	entry->stages = palloc0_array(StageEntry, entry->nstages);
	entry->amount = -1;
	entry->satisfied = entry->when;

	if (entry->nstages > 0)
	{
		int		   *earned = palloc_array(int, entry->nstages);
		int		   *amounts = palloc_array(int, entry->nstages);

		foreach(cell, clause->stages)
		{
			int			i = foreach_current_index(cell);

			compile_stage(compiler, clause, lfirst(cell), row, &entry->stages[i]);
			earned[i] = entry->stages[i].earned;
			amounts[i] = entry->stages[i].amount;
		}
		entry->satisfied = emit_args(compiler, OP_OR, TYPE_BOOLEAN, earned, entry->nstages);
		entry->amount = emit_args(compiler, OP_TOTAL, TYPE_NUMBER, amounts, entry->nstages);
	}
	else if (clause->pay)
		entry->amount = emit_op(compiler, OP_LINE, TYPE_NUMBER, 0, entry->when,
								compile_expr(compiler, clause->pay, row));
	entry->uncapped = entry->amount;
	entry->cap = -1;
	if (clause->cap)
	{
		entry->cap = compile_expr(compiler, clause->cap, row);
		entry->amount = emit_op(compiler, OP_CAP, TYPE_NUMBER, 0, entry->uncapped, entry->cap);
	}
}

/* Compiles the document's own answers. */
/* The part asked alone may be a definition; one that is a boolean can be satisfied. */
static void
compile_value(Program *program)
{
	const char *part = program->doc->part;
	const Define *define = part && program->nclauses + program->nrungs == 0 ? policy_find_define(program->doc, part) : NULL;

	program->value = -1;
	if (define == NULL)
		return;
	program->value = program->define_instrs[define->index];
	program->value_type = define->expr->type;
	if (define->expr->type == TYPE_BOOLEAN)
		program->satisfied = program->value;
}

static void
compile_whole(Compiler *compiler)
{
	Program    *program = compiler->program;
	int		   *any = palloc_array(int, program->nclauses + program->nrungs + 1);
	int			nany = 0;
	int		   *paid = palloc_array(int, program->nclauses + 1);
	int			npaid = 0;
	int			i;

	for (i = 0; i < program->nclauses; i++)
	{
		ClauseEntry *entry = &program->clauses[i];
		ClauseKind	kind = entry->clause->kind;

		/*
		 * the document answers for enterprises; clauses for other subjects
		 * answer only if asked alone
		 */
		entry->in_whole = program->nclauses == 1 ||
			entry->clause->provision.subject == SUBJECT_ENTERPRISE;
		if (!entry->in_whole)
			continue;
		any[nany++] = entry->satisfied;
		if (entry->amount >= 0 &&
			(program->nclauses == 1 || kind == CLAUSE_REWARD || kind == CLAUSE_SUBSIDY))
			paid[npaid++] = entry->amount;
	}
	for (i = 0; i < program->nrungs; i++)
		any[nany++] = program->rungs[i].when;
	program->satisfied = nany > 0 ? emit_args(compiler, OP_OR, TYPE_BOOLEAN, any, nany)
		: emit_boolean(compiler, false);
	program->amount = npaid > 0 ? emit_args(compiler, OP_TOTAL, TYPE_NUMBER, paid, npaid)
		: emit_number(compiler, &number_zero);
	program->undetermined = program->nclauses == 1 && program->clauses[0].clause->undetermined;
	compile_value(program);
}

/* Returns the program's own copy of a fact, with its range while it is unknown. */
static Fact *
copy_fact(const Fact *from)
{
	Fact	   *fact = palloc(sizeof(Fact));
	ListCell   *cell;

	*fact = *from;
	fact->declared_by = NULL;
	if (fact->has_low || fact->has_high)
	{
		Value	   *unknown = palloc0(sizeof(Value));

		value_set_range_of(unknown, from);
		fact->unknown = unknown;
	}
	fact->fields = NIL;
	foreach(cell, from->fields)
	{
		fact->fields = lappend(fact->fields, copy_fact(lfirst(cell)));
	}
	return fact;
}

/* Whether a provision answers, or is only needed by the part that does. */
static bool
answers(const Document *doc, const Provision *provision)
{
	return doc->part == NULL || strcmp(doc->part, provision->code) == 0;
}

Program *
program_compile(const Document *doc, const char *text, bool words, struct Node *escontext)
{
	Compiler	compiler;
	Program    *program;
	Place		row;
	ListCell   *cell;
	int			i;

	compiler_start(&compiler, doc, words);
	compiler.escontext = escontext;
	compiler.text = text;
	program = compiler.program;
	program->doc = doc;
	program->nfacts = list_length(doc->facts);
	program->facts = palloc_array(const Fact *, program->nfacts);
	program->fact_instrs = palloc_array(int, program->nfacts);
	foreach(cell, doc->facts)
	{
		i = foreach_current_index(cell);
		program->facts[i] = copy_fact(lfirst(cell));
		program->fact_instrs[i] = -1;
	}

	memset(&row, 0, sizeof(row));
	row.module = compiler.module;
	row.as_of = row.asked = emit_fact(&compiler, program->facts[0]);
	compiler.row = row;

	program->ndefines = list_length(doc->defines);
	program->define_instrs = palloc_array(int, list_length(doc->defines) + 1);
	foreach(cell, doc->defines)
	{
		const Define *define = lfirst(cell);

		program->define_instrs[define->index] = define->list ? -1 : compile_define(&compiler, define, &row, 0);
	}

	program->uses_as_of |= program->facts[0]->used || doc->series != NULL;
	foreach(cell, doc->clauses)
	{
		const Clause *clause = lfirst(cell);

		program->uses_as_of |= clause->stages != NIL || clause->per_year;
	}

	program->clauses = palloc0_array(ClauseEntry, list_length(doc->clauses) + 1);
	foreach(cell, doc->clauses)
	{
		const Clause *clause = lfirst(cell);

		if (answers(doc, &clause->provision))
			compile_clause(&compiler, clause, &row, &program->clauses[program->nclauses++]);
	}

	program->rungs = palloc0_array(RungEntry, list_length(doc->rungs) + 1);
	foreach(cell, doc->rungs)
	{
		Rung	   *rung = lfirst(cell);
		RungEntry  *entry;

		if (!answers(doc, &rung->provision))
			continue;
		entry = &program->rungs[program->nrungs++];
		entry->rung = rung;
		entry->when = compile_expr(&compiler, rung->when, &row);
		entry->nshould = list_length(rung->should);
		entry->should = compile_should(&compiler, rung->should, &row, &entry->should_texts);
	}
	compile_whole(&compiler);
	if (compiler.failed)
		return NULL;

	compiler_end(&compiler);
	program->kernel = kernel_build(program);
	return program;
}
