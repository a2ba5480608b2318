/*
 * program.c
 *		Compiles a checked document to a program.
 *
 * A stage is judged with its own day in place of as_of.  For this, the condition is
 * compiled again with the stage's day as as_of.  Instructions that do not depend on the
 * day are shared and computed once.
 */
#include "postgres.h"

#include "across.h"
#include "module.h"
#include "kernel.h"

static void
compile_stage(Compiler *compiler, const Clause *clause, const Stage *stage, const Place *row, StageEntry *entry)
{
	Place		place = *row;
	int			depth;
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

	depth = place.depth;

	/* from here on, as_of is the day of the stage */
	on = compile_expr(compiler, stage->on, &place);
	entry->on = on;
	earned = emit_op(compiler, OP_COMPARE, TYPE_BOOLEAN, CMP_LE, on, row->as_of);
	place_set_day(compiler, &place, on);
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
		entry->earned = emit_list(compiler, FUNC_ANY, TYPE_BOOLEAN, emit_fact(compiler, list), depth, earned, -1);
		entry->amount = stage->once
			? emit_once(compiler, list, depth, earned, on,
						emit_op(compiler, OP_LINE, TYPE_NUMBER, 0, emit_boolean(compiler, true), pay), line)
			: emit_list(compiler, FUNC_SUM, TYPE_NUMBER, emit_fact(compiler, list), depth, -1, line);
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

int
compile_caps(Compiler *compiler, int uncapped, const Expression *cap, const Expression *cap_in_all,
			 const Fact *paid, const Place *row, int *cap_instr, int *rest_in_all)
{
	*cap_instr = *rest_in_all = -1;
	if (cap)
		*cap_instr = compile_expr(compiler, cap, row);
	if (cap_in_all)
	{
		*rest_in_all = compile_expr(compiler, cap_in_all, row);
		if (paid)
			*rest_in_all = emit_op(compiler, OP_SUBTRACT, TYPE_NUMBER, 0, *rest_in_all,
								   compile_paid(compiler, paid, row));
		if (cap)
		{
			int			both[2] = {*cap_instr, *rest_in_all};

			*cap_instr = emit_args(compiler, OP_LEAST, TYPE_NUMBER, both, 2);
		}
		else
			*cap_instr = *rest_in_all;
	}
	return *cap_instr < 0 ? uncapped : emit_op(compiler, OP_CAP, TYPE_NUMBER, 0, uncapped, *cap_instr);
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
	entry->cap = entry->rest_in_all = entry->allotted = -1;
	if (entry->amount >= 0)
		entry->amount = compile_caps(compiler, entry->uncapped, clause->cap, clause->cap_in_all, clause->paid, row,
									 &entry->cap, &entry->rest_in_all);
	entry->claim = entry->amount;
	if (entry->amount >= 0)
		entry->amount = compile_allotted(compiler, entry->claim, clause->allotted, row, &entry->allotted);
}

/* Finds the members of the groups among the program's clauses and groups. */
static void
find_members(Program *program)
{
	int			i,
				j;

	for (i = 0; i < program->ngroups; i++)
	{
		GroupEntry *entry = &program->groups[i];
		ListCell   *cell;

		entry->members = palloc_array(MemberEntry, list_length(entry->group->members));
		foreach(cell, entry->group->members)
		{
			const GroupMember *member = lfirst(cell);
			MemberEntry *found = &entry->members[entry->nmembers++];

			found->is_group = member->group != NULL;
			found->number = 0;
			for (j = 0; !found->is_group && j < program->nclauses; j++)
				if (program->clauses[j].clause == member->clause)
					found->number = j;
			for (j = 0; found->is_group && j < program->ngroups; j++)
				if (program->groups[j].group == member->group)
					found->number = j;
		}
	}

	/*
	 * what is in no group is added up, and of what is in groups, the
	 * outermost
	 */
	for (i = 0; i < program->ngroups; i++)
		program->groups[i].in_total = true;
	for (i = 0; i < program->ngroups; i++)
	{
		GroupEntry *entry = &program->groups[i];

		for (j = 0; j < entry->nmembers; j++)
			if (entry->members[j].is_group)
				program->groups[entry->members[j].number].in_total = false;
			else
				program->clauses[entry->members[j].number].in_total = false;
	}
}

/*
 * The part asked alone may be a definition, of which one that is a boolean can be satisfied, a
 * value of a population, or a selection, which is satisfied by the rows that it has selected.
 */
static void
compile_value(Compiler *compiler)
{
	Program    *program = compiler->program;
	const char *part = program->doc->part;
	bool		alone = part && program->nclauses + program->nrungs == 0;
	const Define *define = alone ? policy_find_define(program->doc, part) : NULL;
	const PopulationValue *value = alone ? policy_find_population_value(program->doc, part) : NULL;
	const Selection *selection = alone ? policy_find_selection(program->doc, part) : NULL;

	program->value = -1;
	if (selection)
		program->satisfied = compile_selected(compiler, selection->selected, &compiler->row);
	if (value)
	{
		program->value = emit_fact(compiler, program->facts[value->fact->index]);
		program->value_type = TYPE_NUMBER;
	}
	if (define == NULL)
		return;
	program->value = program->define_instrs[define->index];
	program->value_type = define->expr->type;
	if (define->expr->type == TYPE_BOOLEAN)
		program->satisfied = program->value;
}

/* Compiles the document's own answers. */
static void
compile_whole(Compiler *compiler)
{
	Program    *program = compiler->program;
	int		   *any = palloc_array(int, program->nclauses + program->nrungs + 1);
	int			nany = 0;
	int		   *paid = palloc_array(int, program->nclauses + program->ngroups + 1);
	int			npaid = 0;
	bool		alone = program->nclauses == 1 && program->ngroups == 0;
	int			i;

	for (i = 0; i < program->nclauses; i++)
	{
		ClauseEntry *entry = &program->clauses[i];
		ClauseKind	kind = entry->clause->kind;

		/*
		 * the document answers for enterprises; clauses for other subjects
		 * answer only if asked alone
		 */
		entry->in_whole = alone || entry->clause->provision.subject == SUBJECT_ENTERPRISE || program->doc->part != NULL;
		entry->in_total = (alone || kind == CLAUSE_REWARD || kind == CLAUSE_SUBSIDY) &&
			(entry->amount >= 0 || entry->clause->undetermined) && entry->in_whole;
	}
	for (i = 0; i < program->ngroups; i++)
		program->groups[i].in_whole = program->groups[i].group->provision.subject == SUBJECT_ENTERPRISE ||
			program->doc->part != NULL;
	find_members(program);
	for (i = 0; i < program->nclauses; i++)
	{
		const ClauseEntry *entry = &program->clauses[i];

		if (entry->in_whole)
			any[nany++] = entry->satisfied;
		if (entry->in_total && entry->amount >= 0)
			paid[npaid++] = entry->amount;
	}
	for (i = 0; i < program->ngroups; i++)
	{
		program->groups[i].in_total &= program->groups[i].in_whole;
		if (program->groups[i].in_total)
			paid[npaid++] = program->groups[i].amount;
	}
	for (i = 0; i < program->nrungs; i++)
		any[nany++] = program->rungs[i].when;
	program->satisfied = nany > 0 ? emit_args(compiler, OP_OR, TYPE_BOOLEAN, any, nany)
		: emit_boolean(compiler, false);
	program->amount = npaid > 0 ? emit_args(compiler, OP_TOTAL, TYPE_NUMBER, paid, npaid)
		: emit_number(compiler, &number_zero);
	program->undetermined = alone && program->clauses[0].clause->undetermined;
	compile_value(compiler);
}

/* Returns the program's own copy of a fact, with its range while it is unknown. */
static Fact *
copy_fact(const Fact *from)
{
	Fact	   *fact = palloc(sizeof(Fact));
	ListCell   *cell;

	*fact = *from;
	fact->declared_by = NULL;
	fact->value = NULL;
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
answers(const Document *doc, const Provision *provision, const ClauseGroup *group)
{
	return doc->part == NULL || policy_is_part(provision, group, doc->part);
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

		if (answers(doc, &clause->provision, clause->group))
			compile_clause(&compiler, clause, &row, &program->clauses[program->nclauses++]);
	}

	program->rungs = palloc0_array(RungEntry, list_length(doc->rungs) + 1);
	foreach(cell, doc->rungs)
	{
		Rung	   *rung = lfirst(cell);
		RungEntry  *entry;

		if (!answers(doc, &rung->provision, NULL))
			continue;
		entry = &program->rungs[program->nrungs++];
		entry->rung = rung;
		entry->when = compile_expr(&compiler, rung->when, &row);
		entry->nshould = list_length(rung->should);
		entry->should = compile_should(&compiler, rung->should, &row, &entry->should_texts);
	}

	program->groups = palloc0_array(GroupEntry, list_length(doc->groups) + 1);
	foreach(cell, doc->groups)
	{
		const ClauseGroup *group = lfirst(cell);

		if (answers(doc, &group->provision, group->group))
			compile_group(&compiler, group, &row, &program->groups[program->ngroups++]);
	}
	compile_across(&compiler);
	compile_whole(&compiler);
	if (compiler.failed)
		return NULL;

	compiler_end(&compiler);
	program->kernel = kernel_build(program);
	return program;
}

const Fact *
program_register_fact(const Program *program, int number)
{
	const Instr *instr = &program->instrs[number];

	if (instr->op == OP_FACT)
		return program->facts[instr->a];
	if (instr->op == OP_FIELD)
		return list_nth(program->facts[instr->c]->fields, instr->a);
	return NULL;
}
