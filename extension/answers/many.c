/*
 * many.c
 *		The answers of a question for many rows at a time.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "port/pg_bitutils.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/numeric.h"

#include "ask.h"
#include "engine/batch.h"
#include "facts/column_source.h"
#include "many.h"
#include "many_lines.h"

/* The answer codes of |=. */
#define CODE_FALSE 0
#define CODE_TRUE 1
#define CODE_UNDECIDED 2

/* The answer codes of |^: no rung, undecided, and then the rungs in the order in which they are met. */
#define CODE_NO_RUNG 0
#define CODE_NO_ANSWER 1
#define CODE_FIRST_RUNG 2

/* What is kept for a policy that is bound to the facts of the call. */
typedef struct ManyBinding
{
	const Program *program;
	uint8	   *codes;			/* codes of no rung and of the rungs */
	Batch	   *batch;
	ColumnSource *source;
	ManyLines  *lines;			/* of judge */
	bool		singly;			/* the kernel cannot be used: every row is in
								 * doubt */
} ManyBinding;

bool
many_takes(QuestionKind question)
{
	return question == QUESTION_ELIGIBLE || question == QUESTION_PLACEMENT || question == QUESTION_AMOUNT ||
		question == QUESTION_JUDGE;
}

Many *
many_create(FuncExpr *call, QuestionKind question, int nrows)
{
	Many	   *many = palloc0(sizeof(Many));
	int			nargs = list_length(call->args);

	many->question = question;
	many->form = FORM_FACTS | (exprType(linitial(call->args)) == TEXTOID ? FORM_BY_NAME : 0);
	many->nfacts = nargs - 2;
	fmgr_info(call->funcid, &many->flinfo);
	fmgr_info_set_expr((Node *) call, &many->flinfo);
	many->fcinfo = palloc0(SizeForFunctionCallInfo(nargs));
	InitFunctionCallInfoData(*many->fcinfo, &many->flinfo, nargs, call->inputcollid, NULL, NULL);
	many->nrows = nrows;
	if (question == QUESTION_AMOUNT)
	{
		many->money = palloc0(sizeof(BatchMoney));
		many->amounts = palloc0_array(Datum, MANY_ROWS);
	}
	return many;
}

/* ---------------- one row ---------------- */

/* Sets the arguments of the call to the facts of a row. */
static void
set_row(Many *many, int row, const DatumColumn *columns)
{
	many->fcinfo->isnull = false;
	columns_row(columns, many->nfacts, row, &many->fcinfo->args[2]);
}

/* Whether the kernel cannot answer for any row. */
static bool
is_for_single_rows(const Many *many, const Question *question)
{
	const Program *program;
	int			i;

	if (question->nruns != 1 || question->nothing || (question->compiled->series && ask_day_of_row(question)))
		return true;
	program = question->runs[0]->program;
	if (program->not_there)
		return true;
	switch (many->question)
	{
		case QUESTION_ELIGIBLE:
			for (i = 0; i < question->compiled->nprograms; i++)
				if (question->compiled->programs[i]->value >= 0 &&
					question->compiled->programs[i]->value_type != TYPE_BOOLEAN)
					return true;
			return false;
		case QUESTION_PLACEMENT:
			return program->nrungs == 0 || program->nrungs > MANY_CODES - CODE_FIRST_RUNG;
		case QUESTION_AMOUNT:
			for (i = 0; i < question->compiled->nprograms; i++)
				if (question->compiled->programs[i]->value >= 0)
					return true;
			return program->undetermined;
		case QUESTION_JUDGE:
			return !many_lines_take(program);
		default:
			return true;
	}
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

/* Forgets the codes if they are those of another policy. */
static void
check_policy(Many *many, const Question *question)
{
	uint64		policy = question->compiled->id.serial;
	int			i;

	if (many->policy == policy && many->ncodes > 0)
		return;
	for (i = 0; i < MANY_CODES; i++)
		many->answers[i] = NULL;
	many->policy = policy;
	many->ncodes = many->question == QUESTION_PLACEMENT ? CODE_FIRST_RUNG : CODE_UNDECIDED + 1;
}

/* Returns what is kept for the policy as it is bound now. */
static ManyBinding *
binding_of(Many *many, const Question *question)
{
	void	  **place = ask_bound_place(question);
	const Program *program = question->nruns > 0 ? question->runs[0]->program : NULL;
	ManyBinding *binding = *place;
	MemoryContext old;
	int			i;

	check_policy(many, question);
	if (binding && binding->program == program)
		return binding;
	old = MemoryContextSwitchTo(ask_bound_context(question));
	binding = palloc0(sizeof(ManyBinding));
	binding->program = program;
	binding->singly = is_for_single_rows(many, question);
	if (!binding->singly)
	{
		binding->codes = palloc_array(uint8, program->nrungs + 1);
		binding->codes[0] = CODE_NO_RUNG;
		for (i = 0; many->question == QUESTION_PLACEMENT && i < program->nrungs; i++)
			binding->codes[i + 1] = code_of_rung(many, program->rungs[i].rung);
		binding->batch = batch_create(program, many->nrows);
		binding->source = column_source_create(ask_binding(question));
		if (many->question == QUESTION_JUDGE)
			binding->lines = many_lines_create(program, many->nrows);
	}
	MemoryContextSwitchTo(old);
	*place = binding;
	return binding;
}

/* ---------------- many rows ---------------- */

#define EACH_ROW(i, word, group) \
	for (uint64 rest_of_rows = (word); \
		 rest_of_rows != 0 && ((i) = (group) * GROUP_ROWS + pg_rightmost_one_pos64(rest_of_rows), true); \
		 rest_of_rows &= rest_of_rows - 1)

static void
judge_eligible(Many *many, ManyBinding *binding, int ngroups, const uint64 *wanted)
{
	BatchTruths truths;
	int			g;
	int			i;

	batch_truth(binding->batch, binding->program->satisfied, wanted, &truths);
	for (g = 0; g < ngroups; g++)
	{
		many->doubt[g] = (many->doubt[g] & ~wanted[g]) | (truths.doubt[g] & wanted[g]);
		EACH_ROW(i, wanted[g], g)
			many->code[i] = (truths.yes[g] >> (i % 64)) & 1 ? CODE_TRUE
			: (truths.no[g] >> (i % 64)) & 1 ? CODE_FALSE : CODE_UNDECIDED;
	}
}

static void
judge_placement(Many *many, ManyBinding *binding, int ngroups, const uint64 *wanted)
{
	BatchRungs	rungs;
	int			g;
	int			i;

	batch_rungs(binding->batch, wanted, &rungs);
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
judge_amount(Many *many, ManyBinding *binding, int ngroups, const uint64 *wanted)
{
	BatchMoney *money = many->money;
	int			g;
	int			i;

	batch_money(binding->batch, binding->program->amount, wanted, money);
	for (g = 0; g < ngroups; g++)
	{
		uint64		undecided = money->open[g];

		for (i = 0; i < GROUP_ROWS; i++)
			undecided |= (uint64) (money->low[g * GROUP_ROWS + i] != money->high[g * GROUP_ROWS + i]) << i;
		many->doubt[g] = money->doubt[g] & wanted[g];
		many->null[g] = undecided & wanted[g];
	}
	memset(many->amounts, 0, ngroups * GROUP_ROWS * sizeof(Datum));
	memset(many->numeric, 0, sizeof(many->numeric));
}

bool
many_has_line(Many *many, int row, int number)
{
	MemoryContext old = MemoryContextSwitchTo(many->context);

	many_lines_read(many->reading, number);
	MemoryContextSwitchTo(old);
	return (many_lines_left(many->reading)[row / GROUP_ROWS] >> (row % GROUP_ROWS)) & 1;
}

void
many_read_lines(Many *many)
{
	MemoryContext old = MemoryContextSwitchTo(many->context);
	int			i;
	int			g;

	for (i = 0; many->lines && i < many->lines->nlines; i++)
		many_lines_read(many->reading, i);
	for (g = 0; g < MANY_WORDS; g++)
		many->doubt[g] = many->wanted[g] & ~(many->lines ? many_lines_left(many->reading)[g] : 0);
	MemoryContextSwitchTo(old);
}

void
many_judge(Many *many, int nrows, const uint64 *wanted, const DatumColumn *columns)
{
	int			ngroups = (nrows + GROUP_ROWS - 1) / GROUP_ROWS;
	ManyBinding *binding;
	int			first = 0;
	int			g;

	for (g = 0; g < ngroups && wanted[g] == 0; g++)
		 /* find a row that is wanted */ ;
	many->lines = NULL;
	many->columns = columns;
	many->context = CurrentMemoryContext;
	many->nbatches++;
	memset(many->wanted, 0, sizeof(many->wanted));
	memcpy(many->wanted, wanted, ngroups * sizeof(uint64));
	if (g == ngroups)
		return;
	first = g * GROUP_ROWS + pg_rightmost_one_pos64(wanted[g]);
	set_row(many, first, columns);
	binding = binding_of(many, ask_question(many->fcinfo, many->form));
	if (binding->singly && many->one_by_one)
		return;
	if (binding->singly)
	{
		for (g = 0; g < ngroups; g++)
			many->doubt[g] |= wanted[g];
		return;
	}
	batch_begin(binding->batch, column_source_rows(binding->source, columns), nrows);
	switch (many->question)
	{
		case QUESTION_ELIGIBLE:
			judge_eligible(many, binding, ngroups, wanted);
			break;
		case QUESTION_PLACEMENT:
			judge_placement(many, binding, ngroups, wanted);
			break;
		case QUESTION_JUDGE:
			many->reading = binding->lines;
			many->lines = many_lines_begin(binding->lines, binding->batch, ngroups, wanted);
			if (!many->one_by_one)
				many_read_lines(many);
			break;
		default:
			judge_amount(many, binding, ngroups, wanted);
			break;
	}
}

/* ---------------- one row ---------------- */

Datum
many_value(Many *many, int i, const DatumColumn *columns, bool *isnull)
{
	Datum		value;

	set_row(many, i, columns);
	value = FunctionCallInvoke(many->fcinfo);
	*isnull = many->fcinfo->isnull;
	return value;
}

static void
single_amount(Many *many, int i, const DatumColumn *columns)
{
	uint64		bit = (uint64) 1 << (i % 64);
	bool		isnull;
	Datum		amount = many_value(many, i, columns, &isnull);

	if (isnull)
		many->null[i / 64] |= bit;
	else
	{
		many->null[i / 64] &= ~bit;
		many->numeric[i / 64] |= bit;
		many->amounts[i] = amount;
	}
}

void
many_single(Many *many, int i, const DatumColumn *columns)
{
	const Question *question;
	Placement	placement;
	Truth		truth;
	bool		isnull;

	if (many->question == QUESTION_AMOUNT)
	{
		single_amount(many, i, columns);
		return;
	}
	if (many->question == QUESTION_JUDGE)
	{
		many->verdict = many_value(many, i, columns, &isnull);
		return;
	}
	set_row(many, i, columns);
	question = ask_question(many->fcinfo, many->form);
	check_policy(many, question);
	if (many->question == QUESTION_ELIGIBLE)
	{
		truth = answer_eligible(question);
		many->code[i] = truth == TRUTH_TRUE ? CODE_TRUE : truth == TRUTH_FALSE ? CODE_FALSE : CODE_UNDECIDED;
		if (truth == TRUTH_UNKNOWN)
			answer_warn_of_day(question);
		return;
	}
	placement = answer_placement(question);
	many->code[i] = placement.state == PLACEMENT_UNDECIDED ? CODE_NO_ANSWER
		: code_of_rung(many, placement.state == PLACEMENT_RUNG ? placement.rung : NULL);
	if (placement.state == PLACEMENT_UNDECIDED)
		answer_warn_of_day(question);
}

/* ---------------- answers ---------------- */

static NullableDatum *
make_answer(Many *many, int code)
{
	MemoryContext old = MemoryContextSwitchTo(many->flinfo.fn_mcxt);
	NullableDatum *answer = palloc0(sizeof(NullableDatum));

	if (many->question == QUESTION_ELIGIBLE)
	{
		answer->isnull = code == CODE_UNDECIDED;
		answer->value = BoolGetDatum(code == CODE_TRUE);
	}
	else
	{
		answer->isnull = code == CODE_NO_ANSWER;
		if (!answer->isnull)
			answer->value = placement_datum(many->fcinfo, code == CODE_NO_RUNG ? NULL : many->rungs[code]);
	}
	MemoryContextSwitchTo(old);
	return answer;
}

Datum
many_answer(Many *many, int code, bool *isnull)
{
	if (many->answers[code] == NULL)
		many->answers[code] = make_answer(many, code);
	*isnull = many->answers[code]->isnull;
	return many->answers[code]->value;
}

Datum
many_amount(Many *many, int i, bool *isnull)
{
	*isnull = (many->null[i / 64] >> (i % 64)) & 1;
	if (*isnull)
		return (Datum) 0;
	if (many->amounts[i] == (Datum) 0)
		many->amounts[i] = NumericGetDatum(int64_div_fast_to_numeric(many->money->low[i], 2));
	return many->amounts[i];
}
