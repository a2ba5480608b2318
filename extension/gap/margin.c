/*
 * margin.c
 *		margin(e, p): how far every compared value of a policy is from its bound.
 *
 * The comparisons are those that its lines read: in conditions, in the steps of bands and
 * in amounts.  Comparisons of elements of lists are left out.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "answers/lines.h"
#include "gap.h"

ZJTX_FUNCTION(zjtx_margin_row);
ZJTX_FUNCTION(zjtx_margin_row_name);
ZJTX_FUNCTION(zjtx_margin_jsonb);
ZJTX_FUNCTION(zjtx_margin_jsonb_name);

/* A line, or the definition that a policy is narrowed to. */
typedef struct MarginLine
{
	const char *key;
	int			truth;			/* instructions; -1 for none */
	int			amount;
} MarginLine;

/* A comparison, and the lines that read it; the same for all rows. */
typedef struct Margin
{
	GapCondition condition;
	List	   *lines;			/* of MarginLine * */
	int			ndependents;	/* number of instructions that depend on it,
								 * including itself */
	int		   *dependents;
} Margin;

/* ---------------- which comparisons ---------------- */

static void
mark_all(bool *marks, int count, const int *instrs)
{
	int			i;

	for (i = 0; i < count; i++)
		marks[instrs[i]] = true;
}

static void
mark_one(bool *marks, int instr)
{
	if (instr >= 0)
		marks[instr] = true;
}

static MarginLine *
make_line(const char *key, int truth, int amount)
{
	MarginLine *line = palloc(sizeof(MarginLine));

	line->key = key;
	line->truth = truth;
	line->amount = amount;
	return line;
}

/* Marks the instructions that give a line; returns NULL for a group, whose members give its line. */
static MarginLine *
mark_line(const LineEntry *entry, bool *marks)
{
	MarginLine *line = NULL;

	if (entry->rung)
	{
		line = make_line(line_key(entry), entry->rung->when, -1);
		mark_all(marks, entry->rung->nshould, entry->rung->should);
	}
	else if (entry->stage)
		line = make_line(line_key(entry), entry->stage->earned, entry->stage->amount);
	else if (entry->clause)
	{
		line = make_line(line_key(entry), entry->clause->satisfied, entry->clause->amount);
		mark_all(marks, entry->clause->nshould, entry->clause->should);
	}
	if (line)
	{
		mark_one(marks, line->truth);
		mark_one(marks, line->amount);
	}
	return line;
}

static bool
reads_facts(GapProgram *known, int number)
{
	const Program *program = known->program;
	bool	   *reached = palloc0_array(bool, program->ninstrs);
	bool		found = false;
	int			i;

	reached[number] = true;
	program_reach(program, reached);
	for (i = 0; i < program->ninstrs && !found; i++)
		found = reached[i] && (program->instrs[i].op == OP_FACT || program->instrs[i].op == OP_YEARLY);
	pfree(reached);
	return found;
}

static bool
is_comparison(GapProgram *known, int number)
{
	const Instr *instr = &known->program->instrs[number];

	return (instr->op == OP_COMPARE || instr->op == OP_TEXT_IN) && instr->scopes == 0 && reads_facts(known, number);
}

/* Adds a line to the comparisons that it reads. */
static void
note_line(GapProgram *known, MarginLine *line, bool *marks, Margin **margins)
{
	int			i;

	program_reach(known->program, marks);
	for (i = 0; i < known->program->ninstrs; i++)
		if (marks[i] && margins[i])
			margins[i]->lines = lappend(margins[i]->lines, line);
}

static Margin *
make_margin(const Program *program, int number)
{
	Margin	   *margin = palloc0(sizeof(Margin));
	bool	   *depends = palloc_array(bool, program->ninstrs);
	int			i;

	margin->condition.instr = number;
	margin->condition.want = TRUTH_TRUE;
	program_dependents(program, number, depends);
	for (i = number; i < program->ninstrs; i++)
		margin->ndependents += depends[i];
	margin->dependents = palloc_array(int, margin->ndependents);
	margin->ndependents = 0;
	for (i = number; i < program->ninstrs; i++)
		if (depends[i])
			margin->dependents[margin->ndependents++] = i;
	pfree(depends);
	return margin;
}

/* Finds the comparisons of a program, in the order in which they are evaluated. */
static List *
find_margins(GapProgram *known)
{
	const Program *program = known->program;
	Margin	  **margins = palloc0_array(Margin *, program->ninstrs);
	bool	   *marks = palloc_array(bool, program->ninstrs);
	LineEntry  *entries;
	int			nlines = lines_of(program, &entries);
	List	   *result = NIL;
	int			i;

	for (i = 0; i < program->ninstrs; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (is_comparison(known, i))
			margins[i] = make_margin(program, i);
	}
	for (i = 0; i < nlines; i++)
	{
		MarginLine *line;

		memset(marks, 0, program->ninstrs);
		line = mark_line(&entries[i], marks);
		if (line)
			note_line(known, line, marks, margins);
	}
	if (program->value >= 0)
	{
		memset(marks, 0, program->ninstrs);
		marks[program->value] = true;
		note_line(known, make_line("rule", program->value, -1), marks, margins);
	}
	for (i = 0; i < program->ninstrs; i++)
		if (margins[i] && margins[i]->lines != NIL)
			result = lappend(result, margins[i]);
	return result;
}

static List *
margins_of(GapProgram *known)
{
	MemoryContext old = MemoryContextSwitchTo(known->context);

	if (!known->has_margins)
	{
		known->margins = find_margins(known);
		known->has_margins = true;
		known->grown = true;
	}
	MemoryContextSwitchTo(old);
	return known->margins;
}

/* ---------------- how far ---------------- */

static bool
difference(const Value *found, const Value *bound, ValueType type, Number *by)
{
	if (!found->known || found->none || !bound->known || bound->none)
		return false;
	if (type == TYPE_DATE)
	{
		*by = number_of(found->day - bound->day);
		return true;
	}
	return type == TYPE_NUMBER && number_subtract(by, &found->low, &bound->low);
}

/*
 * How far a value is on the side where the comparison holds; negative on the other side.
 * For an equality the distance is never positive.
 */
static Number
signed_distance(const Number *difference, CompareOp op)
{
	bool		below = number_sign(difference) < 0;

	switch (op)
	{
		case CMP_GT:
		case CMP_GE:
			return *difference;
		case CMP_LT:
		case CMP_LE:
			return number_negate(difference);
		case CMP_EQ:
			return below ? *difference : number_negate(difference);
		case CMP_NE:
			return below ? number_negate(difference) : *difference;
	}
	return *difference;
}

static void
put_distance(Rows *rows, const Value *found, const Value *bound, ValueType type, CompareOp op)
{
	Number		by;
	Number		size;
	Number		relative;

	if (!difference(found, bound, type, &by))
	{
		rows_put_null(rows);
		rows_put_null(rows);
		return;
	}
	by = signed_distance(&by, op);
	gap_put_number(rows, &by);
	size = bound->low;
	if (type == TYPE_NUMBER && number_sign(&size) < 0)
		size = number_negate(&size);
	if (type == TYPE_NUMBER && number_sign(&size) != 0 && number_divide(&relative, &by, &size))
		gap_put_number(rows, &relative);
	else
		rows_put_null(rows);
}

/* ---------------- which lines it decides ---------------- */

static bool
same_value(const Value *a, const Value *b, ValueType type)
{
	if (type == TYPE_BOOLEAN)
		return a->truth == b->truth;
	if (a->known != b->known || a->none != b->none || (a->known && a->none))
		return a->known == b->known && a->none == b->none;
	if (type == TYPE_TEXT && a->known)
		return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
	if (type == TYPE_DATE)
		return a->day == b->day && (a->known || a->last_day == b->last_day);
	if (type != TYPE_NUMBER)
		return true;
	if (a->known)
		return number_compare(&a->low, &b->low) == 0;
	return a->low_open == b->low_open && a->high_open == b->high_open &&
		(a->low_open || number_compare(&a->low, &b->low) == 0) &&
		(a->high_open || number_compare(&a->high, &b->high) == 0);
}

/* The values that give a line, if the comparison were true or false. */
static void
read_line(Gap *gap, const MarginLine *line, Value *values)
{
	if (line->truth >= 0)
		values[0] = *run_value(gap->run, line->truth);
	if (line->amount >= 0)
		values[1] = *run_value(gap->run, line->amount);
}

static bool
line_differs(Gap *gap, const MarginLine *line, const Value *before)
{
	const Program *program = gap->program;

	return (line->truth >= 0 &&
			!same_value(before, run_value(gap->run, line->truth), program->instrs[line->truth].type)) ||
		(line->amount >= 0 &&
		 !same_value(before + 1, run_value(gap->run, line->amount), program->instrs[line->amount].type));
}

/* A run with a watch function computes every value in its register. */
static void
watch_nothing(Run *run pg_attribute_unused(), int instr pg_attribute_unused(),
			  const Value *value pg_attribute_unused())
{
}

/* Computes everything as if the comparison were true or false. */
static void
suppose(Gap *gap, const Margin *margin, Truth truth)
{
	Run		   *run = gap->run;
	int			number = margin->condition.instr;

	run_forget(run, margin->dependents, margin->ndependents);
	value_set_truth(&run->values[number], truth);
	run->stamps[number] = run->clock;
}

/* Returns the keys of the lines that would change if only the comparison changed. */
static List *
lines_decided(Gap *gap, const Margin *margin)
{
	Value	   *before = palloc0_array(Value, 2 * list_length(margin->lines));
	List	   *keys = NIL;
	ListCell   *cell;

	gap->run->watch = watch_nothing;
	suppose(gap, margin, TRUTH_TRUE);
	foreach(cell, margin->lines)
		read_line(gap, lfirst(cell), before + 2 * foreach_current_index(cell));
	suppose(gap, margin, TRUTH_FALSE);
	foreach(cell, margin->lines)
	{
		const MarginLine *line = lfirst(cell);

		if (line_differs(gap, line, before + 2 * foreach_current_index(cell)))
			keys = lappend(keys, unconstify(char *, line->key));
	}
	gap->run->watch = NULL;
	run_forget(gap->run, margin->dependents, margin->ndependents);
	return keys;
}

/* ---------------- rows ---------------- */

static List *
keys_of(const List *lines)
{
	List	   *keys = NIL;
	ListCell   *cell;

	foreach(cell, lines)
		keys = lappend(keys, unconstify(char *, ((const MarginLine *) lfirst(cell))->key));
	return keys;
}

static void
put_comparison(Gap *gap, Rows *rows, const GapCondition *condition, const Instr *instr)
{
	int			subject = gap_subject(gap, condition);
	int			other = subject == instr->a ? instr->b : instr->a;
	ValueType	type = gap->program->instrs[subject].type;
	const Value *found = run_value(gap->run, subject);
	const Value *bound = run_value(gap->run, other);

	gap_put_json(rows, gap_json(found, type));
	gap_put_json(rows, gap_json(bound, type));
	put_distance(rows, found, bound, type, subject == instr->a ? instr->flag : compare_mirrored(instr->flag));
}

/* The texts of a membership are an array, or one text. */
static void
put_membership(Gap *gap, Rows *rows, const Instr *instr)
{
	StringInfoData texts;
	int			i;

	gap_put_json(rows, gap_json(run_value(gap->run, instr->a), TYPE_TEXT));
	initStringInfo(&texts);
	for (i = 0; i < instr->nargs; i++)
		appendStringInfo(&texts, "%s%s", i > 0 ? "," : "",
						 gap_json(run_value(gap->run, gap->program->args[instr->args + i]), TYPE_TEXT));
	gap_put_json(rows, instr->nargs == 1 ? texts.data : psprintf("[%s]", texts.data));
	rows_put_null(rows);
	rows_put_null(rows);
}

/* Returns the unit to show; NULL for a ratio or a number without a unit. */
static const char *
unit_shown(const Gap *gap, const GapCondition *condition)
{
	ValueType	type = gap->program->instrs[gap_subject(gap, condition)].type;
	Unit		unit = gap_unit(gap, condition);

	if (type == TYPE_DATE)
		return unit_name(UNIT_DAY);
	if (type != TYPE_NUMBER || unit == UNIT_PLAIN || *unit_name(unit) == '\0')
		return NULL;
	return unit_name(unit);
}

static void
put_margin(Gap *gap, Rows *rows, const Margin *margin)
{
	const GapCondition *condition = &margin->condition;
	const Instr *instr = &gap->program->instrs[condition->instr];
	Truth		met = run_value(gap->run, condition->instr)->truth;

	rows_put_text(rows, gap_condition_words(gap, condition));
	if (instr->op == OP_COMPARE)
		put_comparison(gap, rows, condition, instr);
	else
		put_membership(gap, rows, instr);
	if (met == TRUTH_UNKNOWN)
		rows_put_null(rows);
	else
		rows_put_boolean(rows, met == TRUTH_TRUE);
	rows_put_text(rows, unit_shown(gap, condition));
	rows_put_texts(rows, keys_of(margin->lines));
	rows_put_texts(rows, lines_decided(gap, margin));
	rows_put_text(rows, gap->program->doc->provision.code);
	rows_put_row(rows);
}

static Datum
margin(FunctionCallInfo fcinfo, int form)
{
	const Question *question;
	MemoryContext context;
	MemoryContext old;
	Rows		rows;
	int			i;

	rows_start(fcinfo, &rows);
	context = AllocSetContextCreate(CurrentMemoryContext, "zjtx margin", ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(context);
	question = ask_question(fcinfo, form | FORM_TREE);
	/* while the day is unknown, all versions of a series may apply */
	for (i = 0; question && i < question->nruns; i++)
	{
		Gap			gap;
		ListCell   *cell;

		gap_start(&gap, question, question->runs[i]);
		foreach(cell, margins_of(gap.known))
		{
			CHECK_FOR_INTERRUPTS();
			put_margin(&gap, &rows, lfirst(cell));
		}
		gap_program_done(question, gap.known);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	return (Datum) 0;
}

/* margin(e, p) → condition, found, bound, distance, relative, met, unit, lines, decides, policy */
Datum
zjtx_margin_row(PG_FUNCTION_ARGS)
{
	return margin(fcinfo, FORM_ROW);
}

Datum
zjtx_margin_row_name(PG_FUNCTION_ARGS)
{
	return margin(fcinfo, FORM_ROW | FORM_BY_NAME);
}

Datum
zjtx_margin_jsonb(PG_FUNCTION_ARGS)
{
	return margin(fcinfo, FORM_JSONB);
}

Datum
zjtx_margin_jsonb_name(PG_FUNCTION_ARGS)
{
	return margin(fcinfo, FORM_JSONB | FORM_BY_NAME);
}
