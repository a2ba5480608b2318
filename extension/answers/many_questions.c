/*
 * many_questions.c
 *		What the questions differ in that are asked of many rows.
 */
#include "postgres.h"

#include "compat.h"
#include "access/htup_details.h"
#include "funcapi.h"
#include "port/pg_bitutils.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "answer.h"
#include "many_questions.h"

#define EACH_ROW(i, word, group) \
	for (uint64 rest_of_rows = (word); \
		 rest_of_rows != 0 && ((i) = (group) * GROUP_ROWS + pg_rightmost_one_pos64(rest_of_rows), true); \
		 rest_of_rows &= rest_of_rows - 1)

/* ---------------- |= ---------------- */

#define CODE_FALSE 0
#define CODE_TRUE 1
#define CODE_UNDECIDED 2
#define ELIGIBLE_CODES 3

static bool
takes_eligible(const Program *program)
{
	return program->value < 0 || program->value_type == TYPE_BOOLEAN;
}

static void
judge_eligible(Many *many, ManyBinding *binding, Batch *batch, int ngroups, const uint64 *wanted)
{
	BatchTruths truths;
	int			g;
	int			i;

	batch_truth(batch, binding->program->satisfied, wanted, &truths);
	for (g = 0; g < ngroups; g++)
	{
		many->doubt[g] = (many->doubt[g] & ~wanted[g]) | (truths.doubt[g] & wanted[g]);
		EACH_ROW(i, wanted[g], g)
			many->code[i] = (truths.yes[g] >> (i % 64)) & 1 ? CODE_TRUE
			: (truths.no[g] >> (i % 64)) & 1 ? CODE_FALSE : CODE_UNDECIDED;
	}
}

static void
single_eligible(Many *many, int row, const Question *question)
{
	Truth		truth = answer_eligible(question);

	many->code[row] = truth == TRUTH_TRUE ? CODE_TRUE : truth == TRUTH_FALSE ? CODE_FALSE : CODE_UNDECIDED;
	if (truth == TRUTH_UNKNOWN)
		answer_warn_of_day(question);
}

static Datum
answer_of_eligible(Many *many pg_attribute_unused(), int code, bool *isnull)
{
	*isnull = code == CODE_UNDECIDED;
	return BoolGetDatum(code == CODE_TRUE);
}

/* ---------------- |^ ---------------- */

/* No rung, undecided, and then the rungs in the order in which they are met. */
#define CODE_NO_RUNG 0
#define CODE_NO_ANSWER 1
#define CODE_FIRST_RUNG 2

static bool
takes_placement(const Program *program)
{
	return program->nrungs > 0 && program->nrungs <= MANY_CODES - CODE_FIRST_RUNG;
}

/* Returns the code of a rung, or of none if it is NULL. */
static uint8
code_of_rung(Many *many, const Rung *rung)
{
	int			i;

	if (rung == NULL)
		return CODE_NO_RUNG;
	for (i = CODE_FIRST_RUNG; i < many->ncodes; i++)
		if (many->rungs[i] == rung)
			return i;
	if (many->ncodes == MANY_CODES)
		elog(ERROR, "too many rungs");
	many->rungs[many->ncodes] = rung;
	return many->ncodes++;
}

static void
bind_placement(Many *many, ManyBinding *binding)
{
	const Program *program = binding->program;
	int			i;

	binding->codes = palloc_array(uint8, program->nrungs + 1);
	binding->codes[0] = CODE_NO_RUNG;
	for (i = 0; i < program->nrungs; i++)
		binding->codes[i + 1] = code_of_rung(many, program->rungs[i].rung);
}

static void
judge_placement(Many *many, ManyBinding *binding, Batch *batch, int ngroups, const uint64 *wanted)
{
	BatchRungs	rungs;
	int			g;
	int			i;

	batch_rungs(batch, wanted, &rungs);
	for (g = 0; g < ngroups; g++)
	{
		many->doubt[g] = (many->doubt[g] & ~wanted[g]) | (rungs.doubt[g] & wanted[g]);
		EACH_ROW(i, wanted[g], g)
			many->code[i] = binding->codes[rungs.rung[i] + 1];
		EACH_ROW(i, wanted[g] & rungs.undecided[g], g)
			many->code[i] = CODE_NO_ANSWER;
	}
}

static void
single_placement(Many *many, int row, const Question *question)
{
	Placement	placement = answer_placement(question);

	many->code[row] = placement.state == PLACEMENT_UNDECIDED ? CODE_NO_ANSWER
		: code_of_rung(many, placement.state == PLACEMENT_RUNG ? placement.rung : NULL);
	if (placement.state == PLACEMENT_UNDECIDED)
		answer_warn_of_day(question);
}

static Datum
answer_of_placement(Many *many, int code, bool *isnull)
{
	*isnull = code == CODE_NO_ANSWER;
	return *isnull ? (Datum) 0 : placement_datum(many->fcinfo, code == CODE_NO_RUNG ? NULL : many->rungs[code]);
}

/* ---------------- |# ---------------- */

static bool
takes_amount(const Program *program)
{
	return program->value < 0 && !program->undetermined;
}

static void
create_amount(Many *many)
{
	many->money = palloc0_object(BatchMoney);
}

/* The values of the rows are made when they are asked for. */
static void
begin_values(Many *many, int ngroups)
{
	memset(many->values, 0, ngroups * GROUP_ROWS * sizeof(Datum));
	memset(many->own, 0, sizeof(many->own));
}

static void
judge_amount(Many *many, ManyBinding *binding, Batch *batch, int ngroups, const uint64 *wanted)
{
	BatchMoney *money = many->money;
	int			g;
	int			i;

	batch_money(batch, binding->program->amount, wanted, money);
	for (g = 0; g < ngroups; g++)
	{
		uint64		undecided = money->open[g];

		for (i = 0; i < GROUP_ROWS; i++)
			undecided |= (uint64) (money->low[g * GROUP_ROWS + i] != money->high[g * GROUP_ROWS + i]) << i;
		many->doubt[g] = money->doubt[g] & wanted[g];
		many->null[g] = undecided & wanted[g];
	}
	begin_values(many, ngroups);
}

static Datum
numeric_of_hundredths(int64 hundredths)
{
	return NumericGetDatum(int64_div_fast_to_numeric(hundredths, 2));
}

static Datum
amount_of_row(Many *many, int row)
{
	return numeric_of_hundredths(many->money->low[row]);
}

/* ---------------- amount_range ---------------- */

static void
judge_range(Many *many, ManyBinding *binding, Batch *batch, int ngroups, const uint64 *wanted)
{
	judge_amount(many, binding, batch, ngroups, wanted);
	memset(many->null, 0, sizeof(many->null));
}

static TupleDesc
result_of(Many *many)
{
	MemoryContext old;

	if (many->result)
		return many->result;
	old = MemoryContextSwitchTo(many->flinfo.fn_mcxt);
	if (get_call_result_type(many->fcinfo, NULL, &many->result) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	many->result = BlessTupleDesc(many->result);
	MemoryContextSwitchTo(old);
	return many->result;
}

static Datum
range_of_row(Many *many, int row)
{
	const BatchMoney *money = many->money;
	bool		open = (money->open[row / GROUP_ROWS] >> (row % GROUP_ROWS)) & 1;
	Datum		values[2] = {numeric_of_hundredths(money->low[row]), (Datum) 0};
	bool		nulls[2] = {false, open};

	if (!open)
		values[1] = numeric_of_hundredths(money->high[row]);
	return HeapTupleGetDatum(heap_form_tuple(result_of(many), values, nulls));
}

/* ---------------- value ---------------- */

static bool
takes_value(const Program *program)
{
	return program->value >= 0 && program->value_type == TYPE_NUMBER && batch_may_be_whole(program, program->value);
}

static void
create_value(Many *many)
{
	many->whole = palloc0_object(BatchWhole);
}

static void
judge_value(Many *many, ManyBinding *binding, Batch *batch, int ngroups, const uint64 *wanted)
{
	BatchWhole *whole = many->whole;

	batch_whole(batch, binding->program->value, wanted, whole);
	memcpy(many->doubt, whole->doubt, ngroups * sizeof(uint64));
	memcpy(many->null, whole->none, ngroups * sizeof(uint64));
	begin_values(many, ngroups);
}

static Datum
value_of_row(Many *many, int row)
{
	return NumericGetDatum(int64_to_numeric(many->whole->number[row]));
}

/* ---------------- |! ---------------- */

#define CODE_NOTHING 0
#define MISSING_CODES 1

static bool
takes_missing(const Program *program pg_attribute_unused())
{
	return true;
}

static void
bind_missing(Many *many pg_attribute_unused(), ManyBinding *binding)
{
	binding->missing = many_missing_create(binding->program);
}

static void
judge_missing(Many *many, ManyBinding *binding, Batch *batch, int ngroups, const uint64 *wanted)
{
	uint64		nothing[BATCH_GROUPS];
	int			g;

	memcpy(nothing, wanted, ngroups * sizeof(uint64));
	many_missing_nothing(binding->missing, batch, ngroups, nothing);
	for (g = 0; g < ngroups; g++)
	{
		many->doubt[g] = (many->doubt[g] & ~wanted[g]) | (wanted[g] & ~nothing[g]);
		many->own[g] &= ~wanted[g];
	}
}

static Datum
answer_of_missing(Many *many pg_attribute_unused(), int code pg_attribute_unused(), bool *isnull)
{
	*isnull = false;
	return missing_datum(NIL);
}

/* ---------------- judge ---------------- */

static void
bind_lines(Many *many, ManyBinding *binding)
{
	binding->lines = many_lines_create(binding->program, many->nrows);
}

static void
judge_lines(Many *many, ManyBinding *binding, Batch *batch, int ngroups, const uint64 *wanted)
{
	many->reading = binding->lines;
	many->lines = many_lines_begin(binding->lines, batch, ngroups, wanted);
	if (!many->one_by_one)
		many_read_lines(many);
}

/* ---------------- all of them ---------------- */

const ManyQuestion many_questions[NQUESTIONS] = {
	[QUESTION_ELIGIBLE] = {
		.takes = takes_eligible,
		.judge = judge_eligible,
		.single = single_eligible,
		.answer = answer_of_eligible,
		.ncodes = ELIGIBLE_CODES
	},
	[QUESTION_PLACEMENT] = {
		.takes = takes_placement,
		.bind = bind_placement,
		.judge = judge_placement,
		.single = single_placement,
		.answer = answer_of_placement,
		.ncodes = CODE_FIRST_RUNG
	},
	[QUESTION_AMOUNT] = {
		.takes = takes_amount,
		.create = create_amount,
		.judge = judge_amount,
		.value = amount_of_row
	},
	[QUESTION_AMOUNT_RANGE] = {
		.takes = takes_amount,
		.create = create_amount,
		.judge = judge_range,
		.value = range_of_row
	},
	[QUESTION_VALUE] = {
		.takes = takes_value,
		.create = create_value,
		.judge = judge_value,
		.value = value_of_row
	},
	[QUESTION_MISSING] = {
		.takes = takes_missing,
		.bind = bind_missing,
		.judge = judge_missing,
		.answer = answer_of_missing,
		.ncodes = MISSING_CODES
	},
	[QUESTION_JUDGE] = {
		.takes = many_lines_take,
		.bind = bind_lines,
		.judge = judge_lines
	}
};
