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

#include "answers/answer.h"
#include "examples.h"
#include "session/used.h"

typedef struct ExampleSource
{
	FactSource	source;
	const Program *program;
	const Expression **given;	/* by fact; NULL if the example does not give
								 * it */
	List	   *in_years;		/* of Expression, EXPR_SET of facts by year;
								 * the last one that was given comes first */
} ExampleSource;

/* ---------------- facts from literals ---------------- */

static void load_literal(const Fact *fact, const Expression *literal, Value *value);

static void
load_rows(const Fact *fact, const Expression *rows, Value *value)
{
	ListValue  *list = palloc(sizeof(ListValue));
	ListCell   *row_cell;

	list->count = list_length(rows->args);
	list->nfields = list_length(fact->fields);
	list->fields = palloc0_array(Value, (Size) Max(list->count, 1) * list->nfields);
	foreach(row_cell, rows->args)
	{
		const Expression *row = lfirst(row_cell);
		Value	   *fields = (Value *) list->fields + foreach_current_index(row_cell) * list->nfields;
		ListCell   *cell;

		if (fact->scalars)
		{
			load_literal(linitial(fact->fields), row, fields);
			continue;
		}
		foreach(cell, fact->fields)
		{
			load_literal(lfirst(cell), NULL, &fields[foreach_current_index(cell)]);
		}
		foreach(cell, row->args)
		{
			const Expression *set = lfirst(cell);

			load_literal(set->fact, linitial(set->args), &fields[set->fact->index]);
		}
	}
	value->known = true;
	value->none = false;
	value->list = list;
}

static void
load_literal(const Fact *fact, const Expression *literal, Value *value)
{
	Number		number;

	if (literal == NULL || literal->kind == EXPR_NONE)
	{
		value_set_null(value, fact);
		return;
	}
	switch (literal->kind)
	{
		case EXPR_NUMBER:
			value_of_literal(&number, literal);
			value_set_number(value, &number);
			break;
		case EXPR_DATE:
			value_set_date(value, literal->date);
			break;
		case EXPR_TEXT:
			value_set_text(value, literal->name, strlen(literal->name));
			break;
		case EXPR_BOOLEAN:
			value_set_truth(value, literal->boolean ? TRUTH_TRUE : TRUTH_FALSE);
			break;
		case EXPR_ROWS:
			load_rows(fact, literal, value);
			break;
		default:
			value_set_unknown(value, fact);
			break;
	}
	value_check_range(value, fact);
}

static void
load_year(const ExampleSource *example, const Fact *fact, int year, Value *value)
{
	ListCell   *cell;

	foreach(cell, example->in_years)
	{
		const Expression *set = lfirst(cell);

		if (set->fact->index == fact->index && set->year == year)
		{
			load_literal(fact, linitial(set->args), value);
			return;
		}
	}
	value_set_unknown(value, fact);
}

/*
 * A fact that is not given is NULL: none if the document defines NULL so, otherwise
 * unknown.  A year that is not given is not there, which is unknown.
 */
static void
example_load(FactSource *source, int number, Value *value)
{
	ExampleSource *example = (ExampleSource *) source;
	int			fact = fact_number(example->program, number);

	if (example->program->facts[fact]->by_year)
		load_year(example, example->program->facts[fact], fact_year(example->program, number), value);
	else
		load_literal(example->program->facts[number], example->given[number], value);
}

/* Collects the facts of an example, those of its base first. */
static void
collect_given(const Example *example, ExampleSource *source)
{
	ListCell   *cell;

	check_stack_depth();
	if (example->base)
		collect_given(example->base, source);
	foreach(cell, example->given)
	{
		Expression *set = lfirst(cell);

		if (set->fact->by_year)
			source->in_years = lcons(set, source->in_years);
		else
			source->given[set->fact->index] = linitial(set->args);
	}
}

/* ---------------- what was found ---------------- */

static char *
number_with_unit(const Number *number, Unit unit)
{
	if (unit == UNIT_PLAIN)
	{
		Number		hundred = number_of(100);
		Number		percent;

		if (number_multiply(&percent, number, &hundred))
			return psprintf("%s%%", number_text(&percent));
	}
	return psprintf("%s%s", number_text(number), unit_name(unit));
}

static char *
truth_text(Truth truth)
{
	return pstrdup(truth == TRUTH_TRUE ? "true" : truth == TRUTH_FALSE ? "false" : "unknown");
}

static char *
value_text(const Value *value, ValueType type, Unit unit)
{
	if (type == TYPE_BOOLEAN)
		return truth_text(value->truth);
	if (value->known && value->none)
		return pstrdup("none");
	switch (type)
	{
		case TYPE_NUMBER:
			if (value->known)
				return number_with_unit(&value->low, unit);
			if (value->low_open && value->high_open)
				return pstrdup("unknown");
			if (value->low_open || value->high_open)
				return psprintf("%s %s%s", value->low_open ? "at most" : "at least",
								number_with_unit(value->low_open ? &value->high : &value->low, unit),
								value->none ? ", or none" : "");
			return psprintf("between %s and %s%s",
							number_with_unit(&value->low, unit), number_with_unit(&value->high, unit),
							value->none ? ", or none" : "");
		case TYPE_DATE:
			if (value->known)
				return date_text(value->day);
			return pstrdup("unknown");
		case TYPE_TEXT:
			if (value->known)
				return psprintf("'%s'", pnstrdup(value->text, value->length));
			return pstrdup("unknown");
		default:
			break;
	}
	return pstrdup("unknown");
}

static char *
amount_text(const Amount *amount, Unit unit)
{
	if (amount->undetermined)
		return pstrdup("undetermined");
	if (!amount->unbounded && number_compare(&amount->low, &amount->high) == 0)
		return number_with_unit(&amount->low, unit);
	if (amount->unbounded)
		return psprintf("at least %s", number_with_unit(&amount->low, unit));
	return psprintf("between %s and %s", number_with_unit(&amount->low, unit), number_with_unit(&amount->high, unit));
}

/* ---------------- comparing ---------------- */

static bool
number_is(const Number *number, const Expression *literal)
{
	Number		wanted;

	value_of_literal(&wanted, literal);
	return number_compare(number, &wanted) == 0;
}

static bool
truth_is(Truth truth, VerdictKind verdict)
{
	return (verdict == VERDICT_TRUE && truth == TRUTH_TRUE) ||
		(verdict == VERDICT_FALSE && truth == TRUTH_FALSE) ||
		(verdict == VERDICT_UNKNOWN && truth == TRUTH_UNKNOWN);
}

static bool
amount_is(const Amount *amount, const Expectation *expect)
{
	if (amount->undetermined || amount->unbounded)
		return false;
	return number_is(&amount->low, expect->low) &&
		number_is(&amount->high, expect->verdict == VERDICT_BETWEEN ? expect->high : expect->low);
}

static bool
value_is(const Value *value, ValueType type, const Expectation *expect)
{
	const Expression *low = expect->low;

	switch (expect->verdict)
	{
		case VERDICT_TRUE:
		case VERDICT_FALSE:
			return truth_is(value->truth, expect->verdict);
		case VERDICT_UNKNOWN:
			return !value_decided(value, type);
		case VERDICT_NONE:
			return value->known && value->none;
		case VERDICT_BETWEEN:
			if (value->known || value->none)
				return false;
			if (type == TYPE_DATE)
				return value->day == low->date && value->last_day == expect->high->date;
			return !value->low_open && !value->high_open &&
				number_is(&value->low, low) && number_is(&value->high, expect->high);
		case VERDICT_EQUALS:
			if (type == TYPE_BOOLEAN)
				return truth_is(value->truth, low->boolean ? VERDICT_TRUE : VERDICT_FALSE);
			if (!value->known || value->none)
				return false;
			if (type == TYPE_DATE)
				return value->day == low->date;
			if (type == TYPE_TEXT)
				return strlen(low->name) == (size_t) value->length &&
					memcmp(low->name, value->text, value->length) == 0;
			return number_is(&value->low, low);
		default:
			return false;
	}
}

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
		result->found = truth_text(satisfied);
		result->holds = truth_is(satisfied, expect->verdict);
		return;
	}
	for (i = 0; expect->stage && i < entry->nstages; i++)
		if (strcmp(entry->stages[i].stage->provision.code, expect->stage) == 0)
			number = entry->stages[i].amount;
	if (number >= 0)
		amount = answer_amount_of(run_value(run, number));
	amount.undetermined = entry->clause->undetermined && satisfied != TRUTH_FALSE;
	result->found = amount_text(&amount, clause_unit(entry->clause));
	if (expect->verdict == VERDICT_UNDETERMINED)
		result->holds = amount.undetermined && satisfied == TRUTH_TRUE;
	else
		result->holds = amount_is(&amount, expect);
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
		result->found = truth_text(satisfied);
		result->holds = truth_is(satisfied, expect->verdict);
		return;
	}
	amount = answer_amount_of(run_value(run, entry->amount));
	result->found = amount_text(&amount, UNIT_YUAN);
	if (expect->verdict == VERDICT_UNDETERMINED)
		result->holds = amount.unbounded && satisfied == TRUTH_TRUE;
	else
		result->holds = amount_is(&amount, expect);
}

static void
expect_rung(Run *run, const Expectation *expect, ExampleResult *result)
{
	int			i = 0;
	Truth		truth;

	while (strcmp(run->program->rungs[i].rung->provision.code, expect->code) != 0)
		i++;
	truth = run_truth(run, run->program->rungs[i].when);
	result->found = truth_text(truth);
	result->holds = truth_is(truth, expect->verdict);
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
	result->found = value_text(value, expr->type, expr->unit);
	result->holds = value_is(value, expr->type, expect);
}

/* Of one row, whether it is selected is given or unknown. */
static void
expect_selection(Run *run, const Expectation *expect, ExampleResult *result)
{
	const Selection *selection = policy_find_selection(run->program->doc, expect->code);
	Value		value;

	run->source->load(run->source, selection->selected->index, &value);
	result->found = truth_text(value.truth);
	result->holds = truth_is(value.truth, expect->verdict);
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

				result->found = amount_text(&amount, UNIT_YUAN);
				result->holds = amount_is(&amount, expect);
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
		memset(&source, 0, sizeof(source));
		source.source.load = example_load;
		source.program = program;
		source.given = palloc0_array(const Expression *, program->nfacts);
		source.in_years = NIL;
		collect_given(example, &source);
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
