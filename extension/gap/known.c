/*
 * known.c
 *		What gap needs to know about a program, independent of the row.
 *
 * It is computed when a call site first asks about a policy, and kept with the policy: for a document of a thousand
 * instructions, computing it takes longer than a row does.
 */
#include "postgres.h"

#include "gap.h"

/* ---------------- the author's words ---------------- */

/*
 * Whether an expression is shorter than another one with the same meaning or, if both have the same length, precedes
 * it in the text.
 */
static bool
is_shorter(const Expression *expr, const Expression *than)
{
	int			difference = (expr->span.end - expr->span.start) - (than->span.end - than->span.start);

	return difference < 0 || (difference == 0 && expr->span.start < than->span.start);
}

/* Whether an expression begins before another in the text; of two that begin together, the longer one. */
static bool
is_before(const Expression *expr, const Expression *than)
{
	if (expr->span.start != than->span.start)
		return expr->span.start < than->span.start;
	return expr->span.end > than->span.end;
}

/*
 * Whether the expression is as_of within a stage, where it means the day of the stage,
 * which has an expression of its own.
 */
static bool
is_day_of_stage(const Program *program, const Words *words)
{
	const Expression *expr = words->key.expr;

	return expr->kind == EXPR_NAME && expr->meaning == NAME_FACT && expr->fact->index == 0 &&
		words->instr != program->fact_instrs[0];
}

/* Whether an expression only names a provision, whose condition has its own source. */
static bool
is_reference(const Expression *expr)
{
	return expr->kind == EXPR_SATISFIES || expr->kind == EXPR_AMOUNT_OF || expr->kind == EXPR_LEVEL_OF;
}

/*
 * Whether an expression replaces another one.  An expression that is not a reference replaces a reference; otherwise
 * `before` decides.
 */
static bool
takes_place(const Expression *expr, const Expression *of, bool (*before) (const Expression *, const Expression *))
{
	if (of == NULL || is_reference(of) != is_reference(expr))
		return of == NULL || is_reference(of);
	return before(expr, of);
}

static void
enter_words(GapProgram *known)
{
	const Program *program = known->program;
	HASH_SEQ_STATUS scan;
	const Words *words;

	known->names = palloc0_array(const Expression *, program->ninstrs);
	known->sources = palloc0_array(const Expression *, program->ninstrs);
	hash_seq_init(&scan, program->words);
	while ((words = hash_seq_search(&scan)) != NULL)
	{
		const Expression *expr = words->key.expr;
		const Expression **name = &known->names[words->instr];
		const Expression **source = &known->sources[words->instr];

		if (is_day_of_stage(program, words))
			continue;
		if (takes_place(expr, *name, is_shorter))
			*name = expr;
		if (takes_place(expr, *source, is_before) &&
			!(expr->kind == EXPR_NAME && expr->meaning == NAME_DEFINE))
			*source = expr;
	}
}

/* ---------------- which instructions depend on a fact ---------------- */

static void
mark_dependents(const Program *program, int place, bool *marks)
{
	int			i;

	for (i = 0; i < program->ninstrs; i++)
	{
		const Instr *instr = &program->instrs[i];

		marks[i] = (instr->op == OP_FACT || instr->op == OP_YEARLY) && instr->a == place;
		foreach_operand(operand, program, instr)
			marks[i] |= marks[operand];
	}
}

const GapDependents *
gap_dependents(GapProgram *known, int place)
{
	const Program *program = known->program;
	MemoryContext old;
	GapDependents *dependents;
	bool	   *marks;
	int		   *instrs;
	int			i;

	if (known->dependents[place])
		return known->dependents[place];
	old = MemoryContextSwitchTo(known->context);
	dependents = palloc0(sizeof(GapDependents));
	marks = palloc_array(bool, program->ninstrs);
	mark_dependents(program, place, marks);
	for (i = 0; i < program->ninstrs; i++)
		dependents->count += marks[i];
	instrs = palloc_array(int, Max(dependents->count, 1));
	dependents->count = 0;
	for (i = 0; i < program->ninstrs; i++)
		if (marks[i])
			instrs[dependents->count++] = i;
	dependents->marks = marks;
	dependents->instrs = instrs;
	known->dependents[place] = dependents;
	known->grown = true;
	MemoryContextSwitchTo(old);
	return dependents;
}

/* ---------------- a program ---------------- */

static GapProgram *
know(const Program *program, MemoryContext context)
{
	GapProgram *known = palloc0(sizeof(GapProgram));
	int			i;

	known->program = program;
	known->context = context;
	known->grown = true;
	known->dependents = palloc0_array(const GapDependents *, program->nfacts);
	known->facts = palloc0_array(List *, program->ninstrs);
	known->nothing = palloc0_array(bool, program->ninstrs);
	for (i = 0; i < program->ninstrs; i++)
		known->yearly |= program->instrs[i].op == OP_YEARLY;
	enter_words(known);
	return known;
}

GapProgram *
gap_program(const Question *question, const Program *program)
{
	const Compiled *compiled = question->compiled;
	void	  **place = ask_place(question);
	MemoryContext old = MemoryContextSwitchTo(ask_context(question));
	GapProgram **known;
	int			i;

	if (*place == NULL)
		*place = palloc0_array(GapProgram *, compiled->nprograms);
	known = *place;
	for (i = 0; compiled->programs[i] != program;)
		i++;
	if (known[i] == NULL)
		known[i] = know(program, ask_context(question));
	MemoryContextSwitchTo(old);
	return known[i];
}

void
gap_program_done(const Question *question, GapProgram *known)
{
	if (known->grown)
		ask_grown(question);
	known->grown = false;
}

/* ---------------- a row ---------------- */

static void
load_overlay(FactSource *source, int fact, Value *value)
{
	Overlay    *overlay = (Overlay *) source;

	int			place = fact_number(overlay->program, fact);

	if (overlay->set[place] && fact_year(overlay->program, fact) == overlay->years[place])
		*value = *overlay->set[place];
	else
		overlay->row->load(overlay->row, fact, value);
}

void
gap_start(Gap *gap, const Question *question, Run *run)
{
	const Program *program = run->program;

	memset(gap, 0, sizeof(Gap));
	gap->run = run;
	gap->program = program;
	gap->known = gap_program(question, program);
	gap->names = gap->known->names;
	gap->sources = gap->known->sources;
	gap->text = question->compiled->policy->text;
	gap->words = phrases_of(program->doc, gap->text);
	gap->overlay.source.load = load_overlay;
	gap->overlay.row = run->source;
	gap->overlay.set = palloc0_array(const Value *, program->nfacts);
	gap->overlay.reason = palloc0_array(const GapCondition *, program->nfacts);
	gap->overlay.program = program;
	gap->overlay.years = gap->years = palloc0_array(int, program->nfacts);
	gap->depends_in_year = palloc_array(bool, program->ninstrs);
	gap->begun_with = palloc0_array(const Value *, program->nfacts);
	gap->followed = palloc_array(bool, 2 * program->ninstrs);
	gap->ways = palloc_array(List *, 2 * program->ninstrs);
}
