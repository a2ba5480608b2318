/*
 * examples.c
 *		Runs the worked examples of a document.
 *
 * An example is like a row: its facts go through the same program, and its expectations
 * are compared with the same answers that the operators return.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "example_parts.h"
#include "session/used.h"

/* ---------------- expectations ---------------- */

static const ClauseEntry *
clause_entry(const Program *program, const char *code)
{
	int			i;

	for (i = 0; i < program->nclauses; i++)
		if (strcmp(program->clauses[i].clause->provision.code, code) == 0)
			return &program->clauses[i];
	return NULL;
}

static void
expect_clause(Run *run, const Expectation *expect, ExampleResult *result)
{
	const ClauseEntry *entry = clause_entry(run->program, expect->code);
	Truth		satisfied = run_truth(run, entry->satisfied);
	int			number = entry->amount;
	Amount		amount = {false, number_zero, false, number_zero};
	int			i;

	if (expect->verdict != VERDICT_EQUALS && expect->verdict != VERDICT_BETWEEN &&
		expect->verdict != VERDICT_UNDETERMINED)
	{
		result->found = example_truth_text(satisfied);
		result->holds = example_truth_is(satisfied, expect->verdict);
		return;
	}
	for (i = 0; expect->stage && i < entry->nstages; i++)
		if (strcmp(entry->stages[i].stage->provision.code, expect->stage) == 0)
			number = entry->stages[i].amount;
	if (number >= 0)
		amount = answer_amount_of(run_value(run, number));
	amount.undetermined = entry->clause->undetermined && satisfied != TRUTH_FALSE;
	result->found = example_amount_text(&amount, clause_unit(entry->clause));
	if (expect->verdict == VERDICT_UNDETERMINED)
		result->holds = amount.undetermined && satisfied == TRUTH_TRUE;
	else
		result->holds = example_amount_is(&amount, expect);
}

static void
expect_group(Run *run, const Expectation *expect, ExampleResult *result)
{
	const GroupEntry *entry = run->program->groups;
	Amount		amount;
	Truth		satisfied;

	while (strcmp(entry->group->provision.code, expect->code) != 0)
		entry++;
	satisfied = run_truth(run, entry->satisfied);
	if (expect->verdict == VERDICT_TRUE || expect->verdict == VERDICT_FALSE || expect->verdict == VERDICT_UNKNOWN)
	{
		result->found = example_truth_text(satisfied);
		result->holds = example_truth_is(satisfied, expect->verdict);
		return;
	}
	amount = answer_amount_of(run_value(run, entry->amount));
	result->found = example_amount_text(&amount, UNIT_YUAN);
	if (expect->verdict == VERDICT_UNDETERMINED)
		result->holds = amount.unbounded && satisfied == TRUTH_TRUE;
	else
		result->holds = example_amount_is(&amount, expect);
}

static void
expect_rung(Run *run, const Expectation *expect, ExampleResult *result)
{
	int			i = 0;
	Truth		truth;

	while (strcmp(run->program->rungs[i].rung->provision.code, expect->code) != 0)
		i++;
	truth = run_truth(run, run->program->rungs[i].when);
	result->found = example_truth_text(truth);
	result->holds = example_truth_is(truth, expect->verdict);
}

static void
expect_placement(const Question *question, const Expectation *expect, ExampleResult *result)
{
	Placement	placement = answer_placement(question);

	switch (placement.state)
	{
		case PLACEMENT_RUNG:
			result->found = psprintf("placement %s", placement.rung->provision.code);
			result->holds = expect->verdict == VERDICT_NAMES &&
				strcmp(linitial(expect->names), placement.rung->provision.code) == 0;
			break;
		case PLACEMENT_NONE:
			result->found = pstrdup("placement none");
			result->holds = expect->verdict == VERDICT_NONE;
			break;
		case PLACEMENT_UNDECIDED:
			result->found = pstrdup("placement unknown");
			result->holds = expect->verdict == VERDICT_UNKNOWN;
			break;
	}
}

static void
expect_missing(const Question *question, const Expectation *expect, ExampleResult *result)
{
	List	   *names = answer_missing(question);
	StringInfoData buf;
	ListCell   *cell;
	ListCell   *other;

	initStringInfo(&buf);
	result->holds = list_length(names) == list_length(expect->names);
	foreach(cell, names)
	{
		bool		wanted = false;

		appendStringInfo(&buf, "%s%s", buf.len > 0 ? ", " : "", (char *) lfirst(cell));
		foreach(other, expect->names)
		{
			wanted |= strcmp(lfirst(cell), lfirst(other)) == 0;
		}
		result->holds &= wanted;
	}
	result->found = psprintf("missing (%s)", buf.data);
}

static void
expect_name(Run *run, const Expectation *expect, ExampleResult *result)
{
	const Expression *expr = expect->expr;
	Value		loaded;
	const Value *value = &loaded;

	if (expr->meaning == NAME_DEFINE)
		value = run_value(run, run->program->define_instrs[expr->define->index]);
	else
		run->source->load(run->source, expr->fact->index, &loaded);
	result->found = example_value_text(value, expr->type, expr->unit);
	result->holds = example_value_is(value, expr->type, expect);
}

/* With a single row, whether it is selected is given or unknown. */
static void
expect_selection(Run *run, const Expectation *expect, ExampleResult *result)
{
	const Selection *selection = policy_find_selection(run->program->doc, expect->code);
	Value		value;

	run->source->load(run->source, selection->selected->index, &value);
	result->found = example_truth_text(value.truth);
	result->holds = example_truth_is(value.truth, expect->verdict);
}

static ExampleResult *
run_expectation(const Question *question, const char *text, const Example *example, const Expectation *expect)
{
	Run		   *run = question->runs[0];
	ExampleResult *result = palloc0(sizeof(ExampleResult));

	result->example = example->title;
	result->expected = pnstrdup(text + expect->span.start, expect->span.end - expect->span.start);
	result->span = expect->span;
	switch (expect->kind)
	{
		case EXPECT_CLAUSE:
		case EXPECT_STAGE:
			expect_clause(run, expect, result);
			break;
		case EXPECT_RUNG:
			expect_rung(run, expect, result);
			break;
		case EXPECT_GROUP:
			expect_group(run, expect, result);
			break;
		case EXPECT_SELECTION:
			expect_selection(run, expect, result);
			break;
		case EXPECT_BUDGET:
			Assert(false);		/* only over several rows */
			break;
		case EXPECT_PLACEMENT:
			expect_placement(question, expect, result);
			break;
		case EXPECT_AMOUNT:
			{
				Amount		amount = answer_amount(question);

				result->found = example_amount_text(&amount, UNIT_YUAN);
				result->holds = example_amount_is(&amount, expect);
			}
			break;
		case EXPECT_NAME:
			expect_name(run, expect, result);
			break;
		case EXPECT_MISSING:
			expect_missing(question, expect, result);
			break;
	}
	return result;
}

/* Returns the results of one document's expectations, in their order. */
static List *
run_document(const Compiled *compiled, Run *run, void (*begin) (Run *run, const Example *example))
{
	const Program *program = run->program;
	Question	question = {compiled, 1, &run, false};
	List	   *results = NIL;
	ListCell   *cell;

	foreach(cell, program->doc->examples)
	{
		const Example *example = lfirst(cell);
		ExampleSource source;
		ListCell   *expect_cell;

		CHECK_FOR_INTERRUPTS();
		if (example_rows_of(example))
		{
			results = list_concat(results, example_rows_run(program, compiled->policy->text, example,
															run->watch, run->watcher));
			continue;
		}
		example_source(&source, program, example);
		run_begin(run, &source.source);
		if (begin)
			begin(run, example);
		foreach(expect_cell, example->expect)
		{
			results = lappend(results, run_expectation(&question, compiled->policy->text,
													   example, lfirst(expect_cell)));
		}
	}
	return results;
}

List *
examples_run(const Compiled *compiled)
{
	List	   *results = NIL;
	int			i;

	used_want_all(compiled);
	for (i = 0; i < compiled->nprograms; i++)
		results = list_concat(results, run_document(compiled, run_create(compiled->programs[i]), NULL));
	return results;
}

void
examples_watch(const Compiled *compiled, const Program *program,
			   void (*begin) (Run *run, const Example *example),
			   void (*watch) (Run *run, int instr, const Value *value), void *watcher)
{
	Run		   *run = run_create(program);

	run->watch = watch;
	run->watcher = watcher;
	(void) run_document(compiled, run, begin);
}
